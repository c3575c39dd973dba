"""Losses with weights that are spread over trailing axes; each joins the collection LOSSES."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import losses as core_losses
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.framework import add_arg_scope

Tensor = Any

# ------------------------------------------------------------------------------------- collections


@add_arg_scope
def add_loss(loss: Tensor, loss_collection: Any = GraphKeys.LOSSES) -> None:
    """Add a loss of your own to LOSSES, or to `loss_collection`; nowhere if that is None."""
    core_losses.add_loss(loss, loss_collection)


def get_losses(scope: str | None = None, loss_collection: Any = GraphKeys.LOSSES) -> list[Tensor]:
    """The losses that this pass has collected, those whose name begins with `scope`."""
    return core_losses.get_losses(scope, loss_collection)


def get_regularization_losses(scope: str | None = None) -> list[Tensor]:
    """The losses that regularizers gave in this pass, those whose name begins with `scope`."""
    return core_losses.get_regularization_losses(scope)


def get_total_loss(add_regularization_losses: bool = True, name: str = "total_loss") -> Tensor:
    """The sum of LOSSES and, unless told otherwise, of REGULARIZATION_LOSSES, a scalar.

    Raises:
        ValueError: there are none at all.
    """
    return core_losses.get_total_loss(add_regularization_losses, name)


# ----------------------------------------------------------------------------------------- weights


def compute_weighted_loss(losses: Any, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """The weighted sum of `losses` by the number of those with a weight other than 0; it joins LOSSES.

    Args:
        losses: tensor [N, ...].
        weights: a number; or a tensor whose shape is that of `losses` or its beginning. Where it ends it is spread;
            a last axis of length 1 is dropped.
        scope: name scope; default weighted_loss.

    Returns:
        Scalar, float32 inside and with the dtype of `losses`.

    Raises:
        ValueError: `weights` is None, shapes don't fit, or a rank isn't known.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.contrib.losses.compute_weighted_loss([[1.0, 3.0], [5.0, 7.0]], tf.constant([1.0, 0.0]))
    >>> float(loss)
    2.0
    """
    _check_weights(weights)
    with name_scope(scope, "weighted_loss", [losses, weights]):
        losses = tf.convert_to_tensor(losses)
        dtype = losses.dtype
        losses, weights = tf.cast(losses, tf.float32), tf.cast(tf.convert_to_tensor(weights), tf.float32)
        for what, tensor in (("losses", losses), ("weights", weights)):
            if tensor.shape.rank is None:
                raise ValueError(f"{what}.get_shape().ndims cannot be None")
        if weights.shape.rank > 1 and weights.shape[-1] in (1, None):
            weights = tf.squeeze(weights, [-1])
        total = _weighted_sum(losses, weights)
        present = tf.reduce_sum(_present_per_example(losses, weights))
        mean = tf.cast(tf.math.divide_no_nan(total, present, name="value"), dtype)
        add_loss(mean)
        return mean


def _check_weights(weights: Any) -> None:
    if weights is None:
        raise ValueError("None values not supported.\n\n`weights` cannot be None; 1.0 leaves the loss as it is.")


def _weighted_sum(losses: Tensor, weights: Tensor) -> Tensor:
    """The sum of `losses` times `weights`, each weight for all that lies below it."""
    trailing = list(range(max(0, weights.shape.rank), losses.shape.rank))
    try:
        return tf.reduce_sum(tf.multiply(tf.reduce_sum(losses, trailing), weights))
    except tf.errors.InvalidArgumentError as error:  # eagerly; in graphs it is a ValueError already
        raise ValueError(f"Dimensions must be equal: losses are {losses.shape}, weights {weights.shape}.") from error


def _present_per_example(losses: Tensor, weights: Tensor) -> Tensor:
    """How many elements of each example have a weight other than 0, [N]."""
    size = tf.cast(tf.size(losses), tf.float32)
    examples = tf.cast(tf.shape(losses)[0], tf.float32) if losses.shape.rank else 1.0
    if weights.shape.rank == 0:
        is_present = tf.cast(tf.not_equal(weights, 0.0), tf.float32)
        count = tf.shape(losses)[0] if losses.shape.rank else 1
        return tf.fill([count], is_present * size / examples)
    per_example = tf.reduce_sum(tf.cast(tf.not_equal(weights, 0.0), tf.float32), list(range(1, weights.shape.rank)))
    below = tf.reduce_prod(tf.shape(losses)[weights.shape.rank :])
    return per_example * tf.cast(below, tf.float32)


def _floats(predictions: Any, labels: Any) -> tuple[Tensor, Tensor]:
    predictions, labels = tf.convert_to_tensor(predictions), tf.convert_to_tensor(labels)
    predictions.shape.assert_is_compatible_with(labels.shape)
    return tf.cast(predictions, tf.float32), tf.cast(labels, tf.float32)


# ------------------------------------------------------------------------------------------ losses


def absolute_difference(predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """The mean of absolute differences; it joins LOSSES. `weights` as for `compute_weighted_loss`."""
    with name_scope(scope, "absolute_difference", [predictions, labels, weights]) as opened:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(tf.abs(predictions - labels), weights, scope=opened)


def mean_squared_error(predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """The mean of squared differences; it joins LOSSES. `weights` as for `compute_weighted_loss`."""
    with name_scope(scope, "mean_squared_error", [predictions, labels, weights]) as opened:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(tf.math.squared_difference(predictions, labels), weights, scope=opened)


def log_loss(
    predictions: Any, labels: Any = None, weights: Any = 1.0, epsilon: float = 1e-7, scope: str | None = None
) -> Tensor:
    """The mean cross entropy of probabilities and labels 0 and 1; it joins LOSSES.

    `epsilon` keeps the logarithm from zero; `weights` as for `compute_weighted_loss`.
    """
    with name_scope(scope, "log_loss", [predictions, labels, weights]) as opened:
        predictions, labels = _floats(predictions, labels)
        likelihood = labels * tf.math.log(predictions + epsilon) + (1 - labels) * tf.math.log(1 - predictions + epsilon)
        return compute_weighted_loss(-likelihood, weights, scope=opened)


def hinge_loss(logits: Any, labels: Any = None, scope: str | None = None) -> Tensor:
    """The hinge loss of each element, for labels 0 and 1. It has no weights and isn't collected."""
    with name_scope(scope, "hinge_loss", [logits, labels]):
        logits, labels = tf.convert_to_tensor(logits), tf.convert_to_tensor(labels)
        logits.shape.assert_is_compatible_with(labels.shape)
        signs = 2 * tf.cast(labels, tf.float32) - 1
        return tf.nn.relu(1 - signs * logits)


def mean_pairwise_squared_error(
    predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None
) -> Tensor:
    """How far differences between elements of an example are from those of the labels; it joins LOSSES.

    Args:
        predictions, labels: tensors [N, ...].
        weights: a number, or a tensor [N].
        scope: name scope; default mean_pairwise_squared_error.

    Raises:
        ValueError: shapes don't fit, or the rank of `weights` isn't known.
    """
    _check_weights(weights)
    with name_scope(scope, "mean_pairwise_squared_error", [predictions, labels, weights]):
        predictions, labels = _floats(predictions, labels)
        weights = tf.cast(tf.convert_to_tensor(weights), tf.float32)
        differences = predictions - labels
        if weights.shape.rank is None:
            raise ValueError("weights.get_shape().ndims cannot be None")
        axes = list(range(1, differences.shape.rank))
        present = _present_per_example(differences, weights)
        squares = tf.reduce_sum(tf.square(differences), axes)
        term_1 = 2.0 * tf.math.divide_no_nan(squares, present, name="value")
        squared_sum = tf.square(tf.reduce_sum(differences, axes))
        term_2 = 2.0 * tf.math.divide_no_nan(squared_sum, tf.square(present), name="value")
        loss = _weighted_sum(term_1 - term_2, weights)
        mean = tf.where(tf.reduce_sum(present) > 0, loss, tf.zeros_like(loss), name="value")
        add_loss(mean)
        return mean


def cosine_distance(
    predictions: Any,
    labels: Any = None,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    dim: int | None = None,
) -> Tensor:
    """1 minus the inner product along `axis` of vectors of length 1; it joins LOSSES.

    Args:
        predictions, labels: tensors; the vectors must have length 1 already.
        axis: that of the vectors; `dim` is its old name.
        weights: as for `compute_weighted_loss`.
        scope: name scope; default cosine_distance_loss.

    Raises:
        ValueError: there is no axis, or there are two; shapes don't fit.
    """
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'axis' and 'dim'")
        axis = dim
    if axis is None:
        raise ValueError("You must specify 'axis'.")
    with name_scope(scope, "cosine_distance_loss", [predictions, labels, weights]) as opened:
        predictions, labels = _floats(predictions, labels)
        distances = 1 - tf.reduce_sum(predictions * labels, [axis])
        return compute_weighted_loss(distances, weights, scope=opened)


# ---------------------------------------------------------------------------------- cross entropies


def sigmoid_cross_entropy(
    logits: Any, multi_class_labels: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None
) -> Tensor:
    """The mean cross entropy of independent classes; it joins LOSSES.

    Args:
        logits, multi_class_labels: tensors [N, C].
        weights: as for `compute_weighted_loss`.
        label_smoothing: how far labels are moved towards 1/2.
        scope: name scope; default sigmoid_cross_entropy_loss.
    """
    with name_scope(scope, "sigmoid_cross_entropy_loss", [logits, multi_class_labels, weights]) as opened:
        logits, labels = tf.convert_to_tensor(logits), tf.convert_to_tensor(multi_class_labels)
        logits.shape.assert_is_compatible_with(labels.shape)
        labels = tf.cast(labels, logits.dtype)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope=opened)


def softmax_cross_entropy(
    logits: Any, onehot_labels: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None
) -> Tensor:
    """The mean cross entropy of classes of which one holds; it joins LOSSES.

    Args:
        logits, onehot_labels: tensors [N, C].
        weights: as for `compute_weighted_loss`.
        label_smoothing: how far labels are moved towards 1/C.
        scope: name scope; default softmax_cross_entropy_loss.
    """
    with name_scope(scope, "softmax_cross_entropy_loss", [logits, onehot_labels, weights]) as opened:
        logits, labels = tf.convert_to_tensor(logits), tf.convert_to_tensor(onehot_labels)
        logits.shape.assert_is_compatible_with(labels.shape)
        labels = tf.cast(labels, logits.dtype)
        if label_smoothing > 0:
            classes = tf.cast(tf.shape(labels)[1], logits.dtype)
            labels = labels * (1 - label_smoothing) + label_smoothing / classes
        losses = tf.nn.softmax_cross_entropy_with_logits(
            labels=tf.stop_gradient(labels), logits=logits, name="xentropy"
        )
        return compute_weighted_loss(losses, weights, scope=opened)


def sparse_softmax_cross_entropy(logits: Any, labels: Any, weights: Any = 1.0, scope: str | None = None) -> Tensor:
    """As `softmax_cross_entropy`, for labels that are numbers of classes: integer tensor [N] or [N, 1]."""
    with name_scope(scope, "sparse_softmax_cross_entropy_loss", [logits, labels, weights]) as opened:
        logits, labels = tf.convert_to_tensor(logits), tf.convert_to_tensor(labels)
        flat = tf.reshape(labels, [tf.shape(labels)[0]])
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=flat, logits=logits, name="xentropy")
        return compute_weighted_loss(losses, weights, scope=opened)


hooks.keep_from_autograph(__name__)
