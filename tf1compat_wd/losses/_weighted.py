"""From the losses of single elements to the loss that is collected: weights and reductions."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _weights
from tf1compat_wd._core import collection_items, errors, modes, op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.losses._collected_losses import add_loss

Tensor = Any

Reduction = tf.compat.v1.losses.Reduction

#: The name of the operation that gives the loss: in TF1's graphs, and noted for eager tensors.
_NAMES = {Reduction.NONE: "Mul", Reduction.SUM: "Sum"}


def compute_weighted_loss(
    losses: Tensor,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES,
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """Weigh `losses`, reduce them, and collect what comes out (``tf.losses.compute_weighted_loss``).

    Letters: B... any axes.

    Args:
        losses: tensor [B...]; TF1 computes in float32 whatever its dtype.
        weights: a number or scalar tensor; or a tensor with the rank of `losses`, each axis as long or of length 1.
        scope: name scope, "weighted_loss" unless given.
        loss_collection: where the loss is collected; None for nowhere.
        reduction: a member of `Reduction`:
            NONE: the weighted losses, [B...]
            SUM: their sum
            MEAN: their sum, divided by the sum of the weights
            SUM_OVER_BATCH_SIZE: their sum, divided by the number of losses
            SUM_BY_NONZERO_WEIGHTS: their sum, divided by the number of losses whose weight isn't 0 (the default)
            SUM_OVER_NONZERO_WEIGHTS: an older name of the same
            A division by 0 gives 0.

    Returns:
        Scalar tensor, or [B...] with NONE, with the dtype of `losses`.

    Raises:
        ValueError: weights of a shape that doesn't fit, or a reduction that doesn't exist.

    Source: facts of the topic losses.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.losses.compute_weighted_loss([2.0, 4.0, 9.0], weights=[1.0, 0.5, 0.0])
    >>> float(loss)
    2.0
    """
    Reduction.validate(reduction)
    with name_scope(scope, "weighted_loss", [losses, weights]) as opened:
        return weigh(losses, weights, opened, loss_collection, reduction)


def weigh(losses: Tensor, weights: Any, scope: str, loss_collection: Any, reduction: str) -> Tensor:
    """`compute_weighted_loss` inside the name scope `scope`, which is open already."""
    Reduction.validate(reduction)
    if losses is None or weights is None:
        raise errors.none_value()
    losses = tf.convert_to_tensor(losses)
    dtype = losses.dtype
    losses = tf.cast(losses, tf.float32)
    number = weights if isinstance(weights, bool | int | float) else None
    if number == 1.0 and reduction != Reduction.NONE and modes.current_mode() == modes.EAGER:
        weighted = losses  # no operation whose name could be missed
    else:
        weights = tf.cast(weights, tf.float32)
        if number is not None:
            known_size = reduction in _MORE and losses.shape.is_fully_defined()
            op_counts.more(_MORE.get(reduction, 6) + known_size)  # that weights fit, in constants
        elif reduction == Reduction.SUM_BY_NONZERO_WEIGHTS:
            known = losses.shape.is_fully_defined() and weights.shape.is_fully_defined()
            op_counts.more(9 if known else 94)  # that weights fit, in branches
        with tf.control_dependencies(_weights.check(weights, losses)):
            weighted = tf.multiply(losses, weights, name="Mul")
    loss = weighted if reduction == Reduction.NONE else tf.reduce_sum(weighted, name="Sum")
    if reduction not in _NAMES:
        loss = tf.math.divide_no_nan(loss, _divisor(losses, weights, number, reduction), name="value")
    if dtype != tf.float32:
        loss = tf.cast(loss, dtype)
    return collect(loss, scope + _NAMES.get(reduction, "value"), loss_collection)


_MORE = {Reduction.SUM_BY_NONZERO_WEIGHTS: 24, Reduction.SUM_OVER_BATCH_SIZE: 8, Reduction.MEAN: 10}


def collect(loss: Tensor, name: str, loss_collection: Any) -> Tensor:
    """Add `loss` to the collection; `name` is noted where tensors have none, so that it is found by scope."""
    add_loss(collection_items.give_name(loss, f"{name}:0"), loss_collection)
    return loss


def _divisor(losses: Tensor, weights: Tensor, number: float | None, reduction: str) -> Tensor:
    if reduction == Reduction.SUM_OVER_BATCH_SIZE:
        return _size(losses)
    if reduction == Reduction.MEAN:
        return tf.reduce_sum(weights * tf.ones_like(losses)) if number is None else number * _size(losses)
    if number is not None:
        return _size(losses) if number else tf.constant(0.0)
    return tf.reduce_sum(present(losses, weights))


def _size(losses: Tensor) -> Tensor:
    size = losses.shape.num_elements()
    return tf.cast(tf.size(losses), tf.float32) if size is None else tf.constant(float(size))


def present(losses: Tensor, weights: Tensor) -> Tensor:
    """1.0 where the weight of a loss isn't 0, else 0.0: a tensor like `losses`."""
    return tf.cast(tf.not_equal(weights, 0.0), tf.float32) * tf.ones_like(losses)


hooks.keep_from_autograph(__name__)
