"""Regularizers: functions of a weight giving a scalar, for the `regularizer` arguments of variables and layers."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any
Regularizer = Callable[[Any], Any]

_Keys = tf.compat.v1.GraphKeys


def _none(_: Any) -> None:
    return


def _is_off(scale: Any, argument: str = "scale", end: str = "") -> bool:
    """Is `scale` 0.0? Checks that it is a float not below zero; a tensor is taken as it is. `end` ends a message."""
    if isinstance(scale, numbers.Integral):
        raise ValueError(f"{argument} cannot be an integer: {scale}\n\nWrite {float(scale)}.")
    if not isinstance(scale, numbers.Real):
        return False
    if scale < 0.0:
        raise ValueError(f"Setting a scale less than 0 on a regularizer: {scale:g}{end}")
    return scale == 0.0


def l1_regularizer(scale: Any, scope: str | None = None) -> Regularizer:
    """A function that gives `scale` times the sum of absolute values (``slim.l1_regularizer``).

    Args:
        scale: float or scalar tensor; 0.0 makes a function that gives None, which adds no loss.
        scope: name of the loss; default l1_regularizer. For a variable w it is ``w/Regularizer/l1_regularizer:0``.

    Raises:
        ValueError: `scale` is an integer or less than zero.

    Source: facts of the topic contrib_layers_regularizers.

    >>> float(tf.contrib.layers.l1_regularizer(0.5)(tf.constant([1.0, -3.0])))
    2.0
    """
    if _is_off(scale):
        return _none

    def l1(weights: Tensor) -> Tensor:
        with name_scope(scope, "l1_regularizer", [weights]) as name:
            by = tf.convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name="scale")
            return tf.multiply(by, tf.reduce_sum(tf.abs(weights)), name=name)

    return l1


def l2_regularizer(scale: Any, scope: str | None = None) -> Regularizer:
    """A function that gives `scale` times half the sum of squares (``slim.l2_regularizer``).

    Args:
        scale: float or scalar tensor; 0.0 makes a function that gives None, which adds no loss.
        scope: name of the loss; default l2_regularizer. For a variable w it is ``w/Regularizer/l2_regularizer:0``.

    Raises:
        ValueError: `scale` is an integer or less than zero.

    Source: facts of the topic contrib_layers_regularizers.

    >>> float(tf.contrib.layers.l2_regularizer(0.5)(tf.constant([1.0, -3.0])))
    2.5
    """
    if _is_off(scale, end="."):
        return _none

    def l2(weights: Tensor) -> Tensor:
        with name_scope(scope, "l2_regularizer", [weights]) as name:
            by = tf.convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name="scale")
            return tf.multiply(by, tf.nn.l2_loss(weights), name=name)

    return l2


def l1_l2_regularizer(scale_l1: Any = 1.0, scale_l2: Any = 1.0, scope: str | None = None) -> Regularizer:
    """The sum of `l1_regularizer` and `l2_regularizer` (``slim.l1_l2_regularizer``).

    Args:
        scale_l1, scale_l2: floats or scalar tensors; 0.0 leaves one out.
        scope: name of the loss; default l1_l2_regularizer.

    Raises:
        ValueError: a scale is an integer or less than zero.
    """
    for argument, scale in (("scale_l1", scale_l1), ("scale_l2", scale_l2)):
        if isinstance(scale, numbers.Integral):
            _is_off(scale, argument)
    scope = scope or "l1_l2_regularizer"
    if _is_off(scale_l1):
        return l2_regularizer(scale_l2, scope)
    if _is_off(scale_l2):
        return l1_regularizer(scale_l1, scope)
    return sum_regularizer([l1_regularizer(scale_l1), l2_regularizer(scale_l2)], scope=scope)  # type: ignore[return-value]


def sum_regularizer(regularizer_list: Iterable[Any], scope: str | None = None) -> Regularizer | None:
    """The sum of several regularizers; those that are None, or give None, count for nothing.

    Args:
        regularizer_list: functions.
        scope: name of the loss; default sum_regularizer.

    Returns:
        A function, or None if there are no regularizers.
    """
    regularizers = [each for each in regularizer_list if each is not None]
    if not regularizers:
        return None

    def sum_reg(weights: Tensor) -> Tensor | None:
        with name_scope(scope, "sum_regularizer", [weights]) as name:
            losses = [loss for loss in (each(weights) for each in regularizers) if loss is not None]
            return tf.add_n(losses, name=name) if losses else None

    return sum_reg


def apply_regularization(regularizer: Regularizer, weights_list: Iterable[Any] | None = None) -> Tensor:
    """The sum of what `regularizer` gives for each weight, added to REGULARIZATION_LOSSES.

    Args:
        regularizer: function of a weight giving a scalar, or None for nothing.
        weights_list: weights; default: the collection WEIGHTS.

    Returns:
        Scalar called get_regularization_penalty.

    Raises:
        ValueError: there are no weights, or what `regularizer` gives is no scalar.

    >>> w = tf.constant([1.0, 1.0])
    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     penalty = tf.contrib.layers.apply_regularization(tf.contrib.layers.l2_regularizer(0.5), [w, w])
    >>> float(penalty)
    1.0
    """
    if weights_list is None:
        weights_list = graph_collections.get_collection(_Keys.WEIGHTS)
    weights = list(weights_list)
    if not weights:
        raise ValueError("No weights to regularize.")
    with name_scope("get_regularization_penalty", values=weights) as scope:
        losses = [tf.constant(0.0) if loss is None else loss for loss in map(regularizer, weights)]
        for loss in losses:
            if loss.shape.rank != 0:
                raise ValueError(
                    f"regularizer must return a scalar Tensor instead of a Tensor with rank {loss.shape.rank}."
                )
        total = tf.add_n(losses, name=scope)
    graph_collections.add_to_collection(_Keys.REGULARIZATION_LOSSES, total)
    return total


hooks.keep_from_autograph(__name__)
