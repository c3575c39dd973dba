"""What losses and metrics share: how weights fit values, and last axes of length 1 that TF1 drops.

The rule is stricter than broadcasting: weights are a scalar, or have the rank of the values with each axis of the same
length or of length 1.

Tensors are compared with ``tf.equal`` here, as in all code of ours: after ``tf.disable_v2_behavior()`` ``==`` asks
whether they are the same object.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import current_name_scope

Tensor = Any


def check(weights: Tensor, values: Tensor) -> list[Any]:
    """Check that tensor `weights` fits tensor `values`, now where shapes are known.

    Returns:
        The operations that check at run time what isn't known yet; [] if there is nothing left to check.

    Raises:
        ValueError: they don't fit.
    """
    weights_shape, values_shape = weights.shape, values.shape
    if weights_shape.rank == 0:
        return []
    if weights_shape.rank is not None and values_shape.rank is not None and weights_shape.rank != values_shape.rank:
        raise errors.weights_of_other_rank(weights_shape, values_shape)
    if weights_shape.is_fully_defined() and values_shape.is_fully_defined():
        for axis, (mine, theirs) in enumerate(zip(weights_shape.as_list(), values_shape.as_list(), strict=True)):
            if mine not in (1, theirs):
                raise errors.weights_of_other_shape(axis, weights_shape, values_shape)
        return []
    fits = _fits(tf.shape(weights), tf.shape(values))
    data = ["weights can not be broadcast to values.", "weights.shape=", tf.shape(weights),
            "values.shape=", tf.shape(values)]  # fmt: skip
    return [tf.debugging.Assert(fits, data)]


def _fits(weights_shape: Tensor, values_shape: Tensor) -> Tensor:
    rank, wanted = tf.size(weights_shape), tf.size(values_shape)

    def axes_fit() -> Tensor:
        return tf.reduce_all(tf.equal(weights_shape, 1) | tf.equal(weights_shape, values_shape))

    return tf.cond(tf.equal(rank, 0), lambda: True, lambda: tf.cond(tf.equal(rank, wanted), axes_fit, lambda: False))


def broadcast(weights: Tensor, values: Tensor) -> Tensor:
    """`weights`, as float32, repeated to the shape of `values`.

    Raises:
        ValueError: they don't fit (see `check`).
    """
    weights = tf.cast(weights, tf.float32)
    assertions = check(weights, values)
    if weights.shape.is_fully_defined() and values.shape == weights.shape:
        return weights
    with tf.control_dependencies(assertions):
        return tf.multiply(weights, tf.ones_like(values, tf.float32))


# ----------------------------------------------------------------------------- last axes of length 1


def drop_last_axis(
    labels: Tensor, predictions: Tensor, weights: Tensor | None, rank_difference: int = 0
) -> tuple[Tensor, Tensor, Tensor | None]:
    """Drop the last axis of labels, predictions or weights where one has an axis more than it should.

    Labels of shape [B, 1] for predictions [B] lose their last axis, and the other way round. Where a rank isn't known,
    that is decided at run time.

    Args:
        labels, predictions: tensors.
        weights: tensor, or None.
        rank_difference: what the rank of predictions should be more than that of labels.

    Raises:
        ValueError: the axis to drop has another length than 1.
    """
    surplus = _rank_difference(predictions, labels)
    if surplus is None:
        labels, predictions = _drop_at_run_time(labels, predictions, rank_difference)
    elif surplus == rank_difference + 1:
        predictions = _squeeze(predictions, "remove_squeezable_dimensions/Squeeze")
    elif surplus == rank_difference - 1:
        labels = _squeeze(labels, "remove_squeezable_dimensions/Squeeze")
    return labels, predictions, drop_last_axis_of_weights(weights, labels)


def drop_last_axis_of_weights(weights: Tensor | None, values: Tensor) -> Tensor | None:
    """Let `weights`, unless None or a scalar, have the rank of `values` if one axis of length 1 is in the way."""
    if weights is None or weights.shape.rank == 0:
        return weights
    surplus = _rank_difference(weights, values)
    if surplus == 1:
        return _squeeze(weights, "Squeeze")
    if surplus == -1:
        return tf.expand_dims(weights, [-1])
    if surplus is not None:
        return weights
    difference = tf.rank(weights) - tf.rank(values)
    return tf.case(
        [
            (tf.equal(tf.rank(weights), 0), lambda: weights),
            (tf.equal(difference, -1), lambda: tf.expand_dims(weights, [-1])),
            (_is_one_too_many(difference, 1, weights), lambda: tf.squeeze(weights, [-1])),
        ],
        default=lambda: weights,
    )


def _rank_difference(first: Tensor, second: Tensor) -> int | None:
    if first.shape.rank is None or second.shape.rank is None:
        return None
    return first.shape.rank - second.shape.rank  # type: ignore[no-any-return]


def _drop_at_run_time(labels: Tensor, predictions: Tensor, rank_difference: int) -> tuple[Tensor, Tensor]:
    surplus = tf.rank(predictions) - tf.rank(labels)
    if predictions.shape.rank is None or predictions.shape[-1:].is_compatible_with([1]):
        predictions = tf.cond(
            _is_one_too_many(surplus, rank_difference + 1, predictions),
            lambda tensor=predictions: tf.squeeze(tensor, [-1]),
            lambda tensor=predictions: tensor,
        )
    if labels.shape.rank is None or labels.shape[-1:].is_compatible_with([1]):
        labels = tf.cond(
            _is_one_too_many(surplus, rank_difference - 1, labels),
            lambda tensor=labels: tf.squeeze(tensor, [-1]),
            lambda tensor=labels: tensor,
        )
    return labels, predictions


def _is_one_too_many(surplus: Tensor, unwanted: int, tensor: Tensor) -> Tensor:
    return tf.equal(surplus, unwanted) & tf.reduce_all(tf.equal(tf.shape(tensor)[-1:], 1))


def _squeeze(tensor: Tensor, operation: str) -> Tensor:
    if tensor.shape[-1] not in (None, 1):
        raise errors.last_axis_not_one(current_name_scope() + operation, tensor.shape)
    return tf.squeeze(tensor, [-1])


hooks.keep_from_autograph(__name__)
