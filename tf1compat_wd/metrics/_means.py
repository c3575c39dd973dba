"""Means of batches, and of how far predictions are off."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _weights
from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.metrics._running import collected, metric_variable, running, safe_ratio, the_sum

Tensor = Any


def mean(
    values: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The weighted mean of all values seen (``tf.metrics.mean``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/total  []  float32
        <name>/count  []  float32
    Without `name`: mean, mean_1, ... counted per pass.

    In a graph ``update_op`` takes the batch into account each time it is evaluated, and ``value`` doesn't. In eager
    mode and in a ``tf.function`` the call itself takes it into account, once in each pass, and both are the result
    after that. ``tf.local_variables_initializer()`` starts from zero again.

    Args:
        values: tensor of any shape and of any dtype that has numbers.
        weights: None, a scalar, or a tensor with the rank of `values` (or one less), each axis as long or of length 1.
        metrics_collections: key, or list of keys, under which ``value`` is collected.
        updates_collections: the same for ``update_op``.
        name: of the variable scope.

    Returns:
        ``value`` and ``update_op``, float32 scalar tensors; 0 while the weights add up to 0.

    Raises:
        ValueError: weights of a shape that doesn't fit.

    Source: facts of the topic metrics.

    >>> net = tf.tracking.VariableTrackingScope("net")
    >>> for batch in [1.0, 3.0], [5.0]:
    ...     with net:
    ...         value, update_op = tf.metrics.mean(batch)
    >>> float(value)
    3.0
    """
    with variable_scope(name, "mean", [values, weights]):
        if values is None:
            raise errors.none_value()
        values = tf.cast(values, tf.float32)
        total = metric_variable([], tf.float32, "total")
        count = metric_variable([], tf.float32, "count")
        if weights is None:
            number = tf.cast(tf.size(values), tf.float32)
        else:
            weights = _weights.broadcast(_fitting(weights, values), values)
            values = tf.multiply(values, weights)
            number = tf.reduce_sum(weights)
        additions = [(total, tf.reduce_sum(values)), (count, number)]
        return running(additions, safe_ratio, metrics_collections, updates_collections)


def mean_tensor(
    values: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The weighted mean of each element over all tensors seen (``tf.metrics.mean_tensor``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/total_tensor  the shape of `values`  float32
        <name>/count_tensor  the shape of `values`  float32
    Without `name`: mean, mean_1, ...

    Args:
        values: tensor of a shape that is known.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 tensors with the shape of `values`.

    Raises:
        ValueError: the shape of `values` isn't known, or that of `weights` doesn't fit.

    Source: facts of the topic metrics.
    """
    with variable_scope(name, "mean", [values, weights]):
        values = tf.cast(values, tf.float32)
        total = metric_variable(values.shape, tf.float32, "total_tensor")
        count = metric_variable(values.shape, tf.float32, "count_tensor")
        number = tf.ones_like(values)
        if weights is not None:
            weights = _weights.broadcast(_fitting(weights, values), values)
            values, number = tf.multiply(values, weights), tf.multiply(number, weights)
        return running([(total, values), (count, number)], safe_ratio, metrics_collections, updates_collections)


def accuracy(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """How often predictions equal labels (``tf.metrics.accuracy``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: accuracy, accuracy_1, ...

    Args:
        labels, predictions: tensors of one shape; a last axis of length 1 that only one of them has is dropped.
            Predictions of another dtype are converted to that of labels.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors.

    Raises:
        ValueError: shapes don't fit.

    Source: facts of the topic metrics.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     value, update_op = tf.metrics.accuracy([1, 2, 3, 4], [1, 2, 0, 0])
    >>> float(value)
    0.5
    """
    labels, predictions, weights = _aligned(labels, predictions, weights)
    if labels.dtype != predictions.dtype:
        predictions = tf.cast(predictions, labels.dtype)
    correct = tf.cast(tf.equal(predictions, labels), tf.float32)
    return mean(correct, weights, metrics_collections, updates_collections, name or "accuracy")


def mean_absolute_error(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean of the absolute error (``tf.metrics.mean_absolute_error``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: mean_absolute_error, ...

    Args:
        labels, predictions: tensors of one shape and dtype.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors.
    """
    labels, predictions, weights = _aligned(labels, predictions, weights)
    error = tf.abs(predictions - labels)
    return mean(error, weights, metrics_collections, updates_collections, name or "mean_absolute_error")


def mean_squared_error(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean of the squared error (``tf.metrics.mean_squared_error``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: mean_squared_error, ...

    Args:
        labels, predictions: tensors of one shape and dtype.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors.
    """
    labels, predictions, weights = _aligned(labels, predictions, weights)
    error = tf.math.squared_difference(labels, predictions)
    return mean(error, weights, metrics_collections, updates_collections, name or "mean_squared_error")


def root_mean_squared_error(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The root of the mean of the squared error (``tf.metrics.root_mean_squared_error``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: root_mean_squared_error, ...

    Args:
        labels, predictions: tensors of one shape and dtype.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors.
    """
    value, update_op = mean_squared_error(labels, predictions, weights, None, None, name or "root_mean_squared_error")
    value = collected(tf.sqrt(value), metrics_collections)
    return value, collected(tf.sqrt(update_op), updates_collections)


def mean_relative_error(
    labels: Tensor,
    predictions: Tensor,
    normalizer: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean of the absolute error, divided by `normalizer` (``tf.metrics.mean_relative_error``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: mean_relative_error, ...

    Args:
        labels, predictions: tensors of one shape and dtype.
        normalizer: tensor of the same shape; where it is 0, the relative error is taken as 0.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors.
    """
    labels, predictions, weights = _aligned(labels, predictions, weights)
    predictions, normalizer, _ = _weights.drop_last_axis(predictions, tf.convert_to_tensor(normalizer), None)
    predictions.shape.assert_is_compatible_with(normalizer.shape)
    is_zero = tf.equal(normalizer, tf.zeros_like(normalizer))
    ratio = tf.abs(labels - predictions) / tf.where(is_zero, tf.ones_like(normalizer), normalizer)
    error = tf.where(is_zero, tf.zeros_like(ratio), ratio)
    return mean(error, weights, metrics_collections, updates_collections, name or "mean_relative_error")


def mean_cosine_distance(
    labels: Tensor,
    predictions: Tensor,
    dim: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """1 minus the mean inner product of vectors of length 1 (``tf.metrics.mean_cosine_distance``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: mean_cosine_distance, ...

    Args:
        labels, predictions: tensors of one shape and dtype, normalized along `dim`.
        dim: the axis of the vectors. It stays, with length 1, as far as weights are concerned.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors.
    """
    labels, predictions, weights = _aligned(labels, predictions, weights)
    products = tf.reduce_sum(tf.multiply(predictions, labels), axis=[dim], keepdims=True)
    value, update_op = mean(products, weights, None, None, name or "mean_cosine_distance")
    value = collected(tf.subtract(1.0, value), metrics_collections)
    return value, collected(tf.subtract(1.0, update_op), updates_collections)


def percentage_below(
    values: Tensor,
    threshold: float,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Which part of the values is less than `threshold` (``tf.metrics.percentage_below``).

    Creates ``<name>/total`` and ``<name>/count`` as `mean` does; without `name`: percentage_below_threshold, ...

    Args:
        values: tensor.
        threshold: number.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value`` and ``update_op`` (see `mean`), float32 scalar tensors from 0 to 1.
    """
    is_below = tf.cast(tf.less(values, threshold), tf.float32)
    return mean(is_below, weights, metrics_collections, updates_collections, name or "percentage_below_threshold")


# ------------------------------------------------------------------------------------- by class


def mean_per_class_accuracy(
    labels: Tensor,
    predictions: Tensor,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The accuracy of each class, and their mean (``tf.metrics.mean_per_class_accuracy``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/total  [num_classes]  float32  labels seen
        <name>/count  [num_classes]  float32  those predicted right
    Without `name`: mean_accuracy, mean_accuracy_1, ...

    Args:
        labels, predictions: integer tensors of one shape, from 0 to ``num_classes - 1``.
        num_classes: how many classes there are. One that hasn't been seen counts with 0.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value``, the mean, a float32 scalar tensor; and ``update_op``, the accuracy of each class, [num_classes]. In
        a graph evaluating ``update_op`` takes the batch into account (see `mean`).
    """
    with variable_scope(name, "mean_accuracy", [predictions, labels, weights]):
        labels = tf.cast(labels, tf.int64)
        predictions = tf.convert_to_tensor(predictions)
        predictions.shape.assert_is_compatible_with(labels.shape)
        total = metric_variable([num_classes], tf.float32, "total")
        count = metric_variable([num_classes], tf.float32, "count")
        labels, predictions = _flat(labels), _flat(predictions)
        seen = tf.ones([tf.size(labels)], tf.float32)
        right = tf.cast(tf.equal(tf.cast(predictions, labels.dtype), labels), tf.float32)
        if weights is not None:
            weights = _flat(tf.cast(weights, tf.float32))
            seen, right = seen * weights, right * weights
        classes = tf.expand_dims(labels, 1)
        seen, right = (tf.scatter_nd(classes, amount, [num_classes]) for amount in (seen, right))
        names = ("mean_accuracy", "update_op")
        return running(
            [(total, seen), (count, right)],
            _mean_ratio,
            metrics_collections,
            updates_collections,
            _ratio_of_each,
            names,
        )


def _ratio_of_each(name: str, total: Tensor, count: Tensor) -> Tensor:
    return safe_ratio(name, count, total)


def _mean_ratio(name: str, total: Tensor, count: Tensor) -> Tensor:
    return tf.reduce_mean(_ratio_of_each("div_no_nan", total, count), name=name)


def mean_iou(
    labels: Tensor,
    predictions: Tensor,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Intersection over union of each class, and the mean over those seen (``tf.metrics.mean_iou``).

    Creates ``<name>/total_confusion_matrix``, [num_classes, num_classes] (label, prediction), float64, in
    LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: mean_iou, mean_iou_1, ...

    Args:
        labels, predictions: integer tensors of one shape, from 0 to ``num_classes - 1``.
        num_classes: how many classes there are. One that has neither been seen nor predicted doesn't count.
        weights, metrics_collections, updates_collections, name: as for `mean`.

    Returns:
        ``value``, a float32 scalar tensor; and ``update_op``, the confusion matrix. In a graph evaluating ``update_op``
        takes the batch into account (see `mean`).

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     value, update_op = tf.metrics.mean_iou([0, 1, 1], [0, 1, 0], num_classes=2)
    >>> float(value), update_op.numpy().tolist()
    (0.5, [[1.0, 0.0], [1.0, 1.0]])
    """
    with variable_scope(name, "mean_iou", [predictions, labels, weights]):
        labels, predictions = tf.convert_to_tensor(labels), tf.convert_to_tensor(predictions)
        predictions.shape.assert_is_compatible_with(labels.shape)
        seen = metric_variable([num_classes, num_classes], tf.float64, "total_confusion_matrix")
        weights = None if weights is None else _flat(tf.convert_to_tensor(weights))
        batch = tf.math.confusion_matrix(
            _flat(tf.cast(labels, tf.int64)), _flat(tf.cast(predictions, tf.int64)), num_classes, weights, tf.float64
        )
        names = ("Select_1", "AssignAdd")
        return running([(seen, batch)], _mean_iou, metrics_collections, updates_collections, the_sum, names)


def _mean_iou(name: str, seen: Tensor) -> Tensor:
    labelled, predicted = (tf.cast(tf.reduce_sum(seen, axis), tf.float32) for axis in (1, 0))
    both = tf.cast(tf.linalg.diag_part(seen), tf.float32)
    either = labelled + predicted - both
    occurring = tf.reduce_sum(tf.cast(tf.not_equal(either, 0), tf.float32))
    ratios = tf.math.divide_no_nan(both, either)
    return tf.math.divide_no_nan(tf.reduce_sum(ratios), occurring, name=name)


# ------------------------------------------------------------------------------------- arguments


def _aligned(labels: Any, predictions: Any, weights: Any) -> tuple[Tensor, Tensor, Tensor | None]:
    """All as tensors of shapes that fit, last axes of length 1 dropped."""
    labels, predictions = tf.convert_to_tensor(labels), tf.convert_to_tensor(predictions)
    labels, predictions, weights = _weights.drop_last_axis(
        labels, predictions, None if weights is None else tf.convert_to_tensor(weights)
    )
    predictions.shape.assert_is_compatible_with(labels.shape)
    return labels, predictions, weights


def _fitting(weights: Any, values: Tensor) -> Tensor:
    return _weights.drop_last_axis_of_weights(tf.convert_to_tensor(weights), values)


def _flat(tensor: Tensor) -> Tensor:
    return tensor if tensor.shape.rank in (0, 1) else tf.reshape(tensor, [-1])


hooks.keep_from_autograph(__name__)
