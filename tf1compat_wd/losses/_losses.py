"""The losses of ``tf.losses``: each computes one loss per element, and hands them to be weighed and collected."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _weights
from tf1compat_wd._core import errors, op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.losses._weighted import Reduction, collect, present, weigh
from tf1compat_wd.nn._cross_entropy import (
    sigmoid_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits_v2,
    sparse_softmax_cross_entropy_with_logits,
)

Tensor = Any

_LOSSES = GraphKeys.LOSSES
_BY_NONZERO_WEIGHTS = Reduction.SUM_BY_NONZERO_WEIGHTS


def absolute_difference(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """How far predictions are from labels (``tf.losses.absolute_difference``).

    Args:
        labels, predictions: tensors of one shape.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is
            "absolute_difference" unless given.

    Returns:
        Float32 tensor: a scalar, or of the shape of `labels` with ``Reduction.NONE``.

    Raises:
        ValueError: labels or predictions are None, or shapes don't fit.

    Source: facts of the topic losses.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.losses.absolute_difference([1.0, 2.0], [1.0, 5.0])
    >>> float(loss)
    1.5
    """
    _require(labels=labels, predictions=predictions)
    with name_scope(scope, "absolute_difference", [predictions, labels, weights]) as opened:
        labels, predictions = _two_floats(labels, predictions)
        losses = tf.abs(tf.subtract(predictions, labels))
        return weigh(losses, weights, opened, loss_collection, reduction)


def cosine_distance(
    labels: Tensor,
    predictions: Tensor,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
    dim: int | None = None,
) -> Tensor:
    """1 minus the inner product of vectors that have length 1 already (``tf.losses.cosine_distance``).

    Args:
        labels, predictions: tensors of one shape, normalized along `axis`.
        axis: of the vectors. It stays, with length 1, as far as weights are concerned.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is
            "cosine_distance_loss" unless given.
        dim: older name of `axis`.

    Returns:
        Float32 tensor: a scalar, or of the shape of `labels` but 1 along `axis` with ``Reduction.NONE``.

    Raises:
        ValueError: no axis, labels or predictions are None, or shapes don't fit.

    Source: facts of the topic losses.
    """
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'dim' and 'axis'")
        axis = dim
    if axis is None:
        raise ValueError("You must specify 'axis'.")
    _require(labels=labels, predictions=predictions)
    with name_scope(scope, "cosine_distance_loss", [predictions, labels, weights]) as opened:
        labels, predictions = _two_floats(labels, predictions)
        products = tf.multiply(predictions, labels)
        losses = 1 - tf.reduce_sum(products, axis=(axis,), keepdims=True)
        return weigh(losses, weights, opened, loss_collection, reduction)


def hinge_loss(
    labels: Tensor,
    logits: Tensor,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """How far a logit is from being 1 on its label's side of 0 (``tf.losses.hinge_loss``).

    Args:
        labels: tensor like `logits` of 0 and 1, or of bools.
        logits: tensor.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is "hinge_loss"
            unless given.

    Returns:
        Float32 tensor: a scalar, or of the shape of `labels` with ``Reduction.NONE``.

    Raises:
        ValueError: labels or logits are None, or shapes don't fit.

    Source: facts of the topic losses.
    """
    _require(labels=labels, logits=logits)
    with name_scope(scope, "hinge_loss", [logits, labels, weights]) as opened:
        labels, logits = _two_floats(labels, logits)
        signs = 2 * labels - 1
        op_counts.more(1)  # of ones
        losses = tf.nn.relu(tf.subtract(1.0, tf.multiply(signs, logits)))
        return weigh(losses, weights, opened, loss_collection, reduction)


def huber_loss(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = 1.0,
    delta: float = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """Half the squared error up to an error of `delta`, from there on a straight line (``tf.losses.huber_loss``).

    Args:
        labels, predictions: tensors of one shape.
        delta: where the parabola ends.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is "huber_loss"
            unless given.

    Returns:
        Float32 tensor: a scalar, or of the shape of `labels` with ``Reduction.NONE``.

    Raises:
        ValueError: labels or predictions are None, or shapes don't fit.

    Source: facts of the topic losses.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.losses.huber_loss([0.0, 0.0], [0.5, 3.0], reduction=tf.losses.Reduction.NONE)
    >>> loss.numpy().tolist()
    [0.125, 2.5]
    """
    _require(labels=labels, predictions=predictions)
    with name_scope(scope, "huber_loss", [predictions, labels, weights]) as opened:
        labels, predictions = _two_floats(labels, predictions)
        distance = tf.abs(tf.subtract(predictions, labels))
        in_parabola = tf.minimum(distance, delta)
        on_line = tf.subtract(distance, in_parabola)
        losses = tf.multiply(0.5, tf.multiply(in_parabola, in_parabola)) + tf.multiply(float(delta), on_line)
        return weigh(losses, weights, opened, loss_collection, reduction)


def log_loss(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = 1.0,
    epsilon: float = 1e-7,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """Cross entropy of predicted probabilities, each of one yes or no (``tf.losses.log_loss``).

    Args:
        labels, predictions: tensors of one shape, between 0 and 1.
        epsilon: is added before a logarithm is taken.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is "log_loss"
            unless given.

    Returns:
        Float32 tensor: a scalar, or of the shape of `labels` with ``Reduction.NONE``.

    Raises:
        ValueError: labels or predictions are None, or shapes don't fit.

    Source: facts of the topic losses.
    """
    _require(labels=labels, predictions=predictions)
    with name_scope(scope, "log_loss", [predictions, labels, weights]) as opened:
        labels, predictions = _two_floats(labels, predictions)
        of_yes = tf.multiply(labels, tf.math.log(predictions + epsilon))
        of_no = tf.multiply(1 - labels, tf.math.log(1 - predictions + epsilon))
        return weigh(-of_yes - of_no, weights, opened, loss_collection, reduction)


def mean_pairwise_squared_error(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
) -> Tensor:
    """How much the differences between elements of an example are off (``tf.losses.mean_pairwise_squared_error``).

    Letters: B batch, N... the other axes.

    For each example, the mean over all pairs of elements of the squared difference between how far predicted they are
    apart and how far they should be. The loss is the sum over the batch; it doesn't change if a number is added to all
    predictions of an example.

    Args:
        labels, predictions: tensors of one shape [B, N...].
        weights: a number, or a tensor with as many axes, each as long or of length 1.
        scope: name scope, "mean_pairwise_squared_error" unless given.
        loss_collection: where the loss is collected; None for nowhere.

    Returns:
        Float32 scalar tensor.

    Raises:
        ValueError: labels or predictions are None, or shapes don't fit.

    Source: facts of the topic losses. (TensorFlow 2.x takes the whole batch for one example in eager mode.)
    """
    _require(labels=labels, predictions=predictions)
    with name_scope(scope, "mean_pairwise_squared_error", [predictions, labels, weights]) as opened:
        if weights is None:  # eagerly, TensorFlow has other words
            raise ValueError("None values not supported.")
        weights = tf.cast(weights, tf.float32)
        labels, predictions = _two_floats(labels, predictions)
        with tf.control_dependencies(_weights.check(weights, labels)):
            differences = tf.subtract(predictions, labels)
        axes = range(1, labels.shape.rank) if labels.shape.rank else tf.range(1, tf.rank(labels))
        count = tf.reduce_sum(present(labels, weights), axis=axes, keepdims=True)
        squares = tf.reduce_sum(tf.square(differences), axis=axes, keepdims=True)
        square_of_sum = tf.square(tf.reduce_sum(differences, axis=axes, keepdims=True))
        # The mean of (a - b)^2 over all ordered pairs, without making them.
        fewer = tf.maximum(count - 1, 0)
        of_squares = 2.0 * tf.math.divide_no_nan(squares, fewer, name="value")
        of_products = 2.0 * tf.math.divide_no_nan(square_of_sum, count * fewer, name="value")
        losses = tf.multiply(of_squares - of_products, weights)
        total = tf.reduce_sum(losses)
        loss = tf.where(tf.reduce_sum(count) > 0, total, tf.zeros_like(total), name="value")
        return collect(loss, f"{opened}value", loss_collection)


def mean_squared_error(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """The squared error (``tf.losses.mean_squared_error``).

    Args:
        labels, predictions: tensors of one shape.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is
            "mean_squared_error" unless given.

    Returns:
        Float32 tensor: a scalar, or of the shape of `labels` with ``Reduction.NONE``.

    Raises:
        ValueError: labels or predictions are None, or shapes don't fit.

    Source: facts of the topic losses.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.losses.mean_squared_error([1.0, 2.0], [1.0, 5.0])
    ...     collected = tf.losses.get_losses()
    >>> float(loss), collected[0] is loss
    (4.5, True)
    """
    _require(labels=labels, predictions=predictions)
    with name_scope(scope, "mean_squared_error", [predictions, labels, weights]) as opened:
        labels, predictions = _two_floats(labels, predictions)
        losses = tf.math.squared_difference(predictions, labels)
        return weigh(losses, weights, opened, loss_collection, reduction)


def sigmoid_cross_entropy(
    multi_class_labels: Tensor,
    logits: Tensor,
    weights: Any = 1.0,
    label_smoothing: float = 0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """Cross entropy of logits, each of one yes or no (``tf.losses.sigmoid_cross_entropy``).

    Args:
        multi_class_labels: tensor like `logits`, between 0 and 1.
        logits: floating tensor.
        label_smoothing: moves the labels by this part of the way to 1/2.
        weights, scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is
            "sigmoid_cross_entropy_loss" unless given.

    Returns:
        Tensor with the dtype of `logits`: a scalar, or of their shape with ``Reduction.NONE``.

    Raises:
        ValueError: labels or logits are None, or shapes don't fit.

    Source: facts of the topic losses.
    """
    _require(multi_class_labels=multi_class_labels, logits=logits)
    with name_scope(scope, "sigmoid_cross_entropy_loss", [logits, multi_class_labels, weights]) as opened:
        logits = tf.convert_to_tensor(logits)
        labels = tf.cast(multi_class_labels, logits.dtype)
        logits.shape.assert_is_compatible_with(labels.shape)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        return weigh(losses, weights, opened, loss_collection, reduction)


def softmax_cross_entropy(
    onehot_labels: Tensor,
    logits: Tensor,
    weights: Any = 1.0,
    label_smoothing: float = 0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """Cross entropy of logits of classes that exclude each other (``tf.losses.softmax_cross_entropy``).

    Letters: B... the axes of examples, C classes.

    Args:
        onehot_labels: tensor [B..., C] of probabilities; no gradient flows into them.
        logits: floating tensor [B..., C].
        label_smoothing: moves the labels by this part of the way to 1/C.
        weights: a number, or a tensor with the rank of [B...].
        scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is
            "softmax_cross_entropy_loss" unless given.

    Returns:
        Tensor with the dtype of `logits`: a scalar, or [B...] with ``Reduction.NONE``.

    Raises:
        ValueError: labels or logits are None, or shapes don't fit.

    Source: facts of the topic losses.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.losses.softmax_cross_entropy([[1.0, 0.0]], [[0.0, 0.0]])
    >>> round(float(loss), 4)
    0.6931
    """
    _require(onehot_labels=onehot_labels, logits=logits)
    with name_scope(scope, "softmax_cross_entropy_loss", [logits, onehot_labels, weights]) as opened:
        logits = tf.convert_to_tensor(logits)
        labels = tf.cast(onehot_labels, logits.dtype)
        logits.shape.assert_is_compatible_with(labels.shape)
        if label_smoothing > 0:
            classes = tf.cast(tf.shape(labels)[-1], logits.dtype)
            labels = labels * (1.0 - label_smoothing) + label_smoothing / classes
        labels = tf.stop_gradient(labels, name="labels_stop_gradient")
        losses = softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, name="xentropy")
        return weigh(losses, weights, opened, loss_collection, reduction)


def sparse_softmax_cross_entropy(
    labels: Tensor,
    logits: Tensor,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = _LOSSES,
    reduction: str = _BY_NONZERO_WEIGHTS,
) -> Tensor:
    """The same for labels that are the number of the true class (``tf.losses.sparse_softmax_cross_entropy``).

    Letters: B... the axes of examples, C classes.

    Args:
        labels: int32 or int64 tensor [B...] or [B..., 1], from 0 to C - 1.
        logits: floating tensor [B..., C].
        weights: a number, or a tensor with the rank of [B...], or of [B..., 1].
        scope, loss_collection, reduction: as for `compute_weighted_loss`; the name scope is
            "sparse_softmax_cross_entropy_loss" unless given.

    Returns:
        Tensor with the dtype of `logits`: a scalar, or [B...] with ``Reduction.NONE``.

    Raises:
        ValueError: labels or logits are None, or shapes don't fit.
        TypeError: labels that aren't integers, logits that are.

    Source: facts of the topic losses.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     loss = tf.losses.sparse_softmax_cross_entropy([0, 1], [[0.0, 0.0], [0.0, 0.0]])
    >>> round(float(loss), 4)
    0.6931
    """
    _require(labels=labels, logits=logits)
    with name_scope(scope, "sparse_softmax_cross_entropy_loss", [logits, labels, weights]) as opened:
        labels, logits = tf.convert_to_tensor(labels), tf.convert_to_tensor(logits)
        if weights is None:
            raise ValueError("None values not supported.")
        if not isinstance(weights, bool | int | float):
            weights = tf.convert_to_tensor(weights)
        labels, logits, fitting = _weights.drop_last_axis(
            labels, logits, weights if tf.is_tensor(weights) else None, rank_difference=1
        )
        losses = sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
        if fitting is None:
            op_counts.more(-1)
        return weigh(losses, weights if fitting is None else fitting, opened, loss_collection, reduction)


def _require(**arguments: Any) -> None:
    for name, value in arguments.items():
        if value is None:
            raise errors.must_not_be_none(name)


def _two_floats(labels: Any, predictions: Any) -> tuple[Tensor, Tensor]:
    """Both as float32 tensors of compatible shapes."""
    labels, predictions = tf.cast(labels, tf.float32), tf.cast(predictions, tf.float32)
    predictions.shape.assert_is_compatible_with(labels.shape)
    return labels, predictions


hooks.keep_from_autograph(__name__)
