"""Metrics that only `tf.contrib.metrics` had: correlation, rates of errors, F1, and what has no state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd import _weights, metrics
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.metrics._conditions import _additions, _as_bools, _part_of_both, _spread
from tf1compat_wd.metrics._running import collected, combined, metric_variable, running

Tensor = Any
Pair = tuple[Any, Any]

# ------------------------------------------------------------------------- going together


def streaming_covariance(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The unbiased covariance of predictions and labels (``tf.contrib.metrics.streaming_covariance``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/count            []  float32
        <name>/mean_prediction  []  float32
        <name>/mean_label       []  float32
        <name>/comoment         []  float32
    Without `name`: covariance, covariance_1, ...

    Args:
        predictions, labels: tensors of one shape.
        weights: None, or a tensor that can be broadcast to them; how often each pair counts.
        metrics_collections, updates_collections, name: as for `tf.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf.metrics.mean`); not a number for less than two pairs.

    Source: facts of the topic contrib_metrics.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     value, _ = tf.contrib.metrics.streaming_covariance([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    >>> float(value)
    2.0
    """
    with variable_scope(name, "covariance", [predictions, labels, weights]):
        labels, predictions, weights = _weights.drop_last_axis(
            tf.cast(labels, tf.float32), tf.cast(predictions, tf.float32),
            None if weights is None else tf.cast(weights, tf.float32),
        )  # fmt: skip
        predictions.shape.assert_is_compatible_with(labels.shape)
        count, mean_prediction, mean_label, comoment = (
            metric_variable([], tf.float32, part) for part in ("count", "mean_prediction", "mean_label", "comoment")
        )
        if weights is None:
            weights = tf.ones_like(predictions)
        weights = _weights.broadcast(weights, predictions)
        added = tf.reduce_sum(weights)
        center_prediction = tf.math.divide_no_nan(tf.reduce_sum(predictions * weights), added)
        center_label = tf.math.divide_no_nan(tf.reduce_sum(labels * weights), added)
        within = tf.reduce_sum((predictions - center_prediction) * (labels - center_label) * weights)
        off_prediction, off_label = center_prediction - mean_prediction, center_label - mean_label
        share = tf.math.divide_no_nan(added, count + added)
        additions = [
            (count, added),
            (mean_prediction, off_prediction * share),
            (mean_label, off_label * share),
            (comoment, within + off_prediction * off_label * count * share),
        ]
        return running(
            additions, _covariance, metrics_collections, updates_collections, names=("covariance", "update_op")
        )


def _covariance(name: str, count: Tensor, mean_prediction: Tensor, mean_label: Tensor, comoment: Tensor) -> Tensor:
    count, comoment = tf.convert_to_tensor(count), tf.convert_to_tensor(comoment)
    means = [tf.convert_to_tensor(mean_prediction), tf.convert_to_tensor(mean_label)]
    with tf.control_dependencies(means):  # which the next batch needs, though this result doesn't
        return tf.where(tf.less_equal(count, 1.0), float("nan"), tf.truediv(comoment, count - 1), name=name)


def streaming_pearson_correlation(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Pearson's coefficient of correlation (``tf.contrib.metrics.streaming_pearson_correlation``).

    Creates ``<name>/covariance``, ``<name>/variance_predictions`` and ``<name>/variance_labels``, with the variables of
    `streaming_covariance` below each. Without `name`: pearson_r, pearson_r_1, ...

    Args:
        As for `streaming_covariance`.

    Returns:
        ``value`` and ``update_op`` (see `tf.metrics.mean`).

    Source: facts of the topic contrib_metrics.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     value, _ = tf.contrib.metrics.streaming_pearson_correlation([1.0, 2.0, 3.0], [3.0, 1.0, 2.0])
    >>> round(float(value), 3)
    -0.5
    """
    with variable_scope(name, "pearson_r", [predictions, labels, weights]):
        labels, predictions = tf.cast(labels, tf.float32), tf.cast(predictions, tf.float32)
        predictions.shape.assert_is_compatible_with(labels.shape)
        parts = [
            streaming_covariance(predictions, labels, weights, name="covariance"),
            streaming_covariance(predictions, predictions, weights, name="variance_predictions"),
            streaming_covariance(labels, labels, weights, name="variance_labels"),
        ]
        value = _correlation("pearson_r", *(part[0] for part in parts))
        update = _correlation("update_op", *(part[1] for part in parts))
        return collected(value, metrics_collections), collected(update, updates_collections)


def _correlation(name: str, covariance: Tensor, variance: Tensor, other_variance: Tensor) -> Tensor:
    return tf.truediv(covariance, tf.sqrt(variance) * tf.sqrt(other_variance), name=name)


# -------------------------------------------------------------------------- rates of errors


def streaming_false_positive_rate(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For which part of what isn't true yes was predicted (``tf.contrib.metrics.streaming_false_positive_rate``).

    Creates ``<name>/false_positives/count`` and ``<name>/true_negatives/count``, in LOCAL_VARIABLES and
    METRIC_VARIABLES. Without `name`: false_positive_rate, ...
    """
    with variable_scope(name, "false_positive_rate", [predictions, labels, weights]):
        labels, predictions, weights = _as_bools(labels, predictions, weights)
        parts = [f(labels, predictions, weights) for f in (metrics.false_positives, metrics.true_negatives)]
        return combined(parts, _part_of_both, metrics_collections, updates_collections)


def streaming_false_negative_rate(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For which part of what is true no was predicted (``tf.contrib.metrics.streaming_false_negative_rate``).

    Creates ``<name>/false_negatives/count`` and ``<name>/true_positives/count``, in LOCAL_VARIABLES and
    METRIC_VARIABLES. Without `name`: false_negative_rate, ...
    """
    with variable_scope(name, "false_negative_rate", [predictions, labels, weights]):
        labels, predictions, weights = _as_bools(labels, predictions, weights)
        parts = [f(labels, predictions, weights) for f in (metrics.false_negatives, metrics.true_positives)]
        return combined(parts, _part_of_both, metrics_collections, updates_collections)


def f1_score(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The best F1 score over many thresholds (``tf.contrib.metrics.f1_score``).

    Creates ``<name>/true_positives``, ``<name>/false_negatives`` and ``<name>/false_positives``, float32
    [num_thresholds], in LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: f1, f1_1, ...

    Args:
        labels, predictions, weights, num_thresholds: as for `tf.metrics.auc`.
        metrics_collections, updates_collections, name: as for `tf.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf.metrics.mean`).

    Source: facts of the topic contrib_metrics.
    """
    with variable_scope(name, "f1", [labels, predictions, weights]):
        wanted = ["true_positives", "false_negatives", "false_positives"]
        additions = _additions(labels, predictions, _spread(num_thresholds), weights, wanted)
        return running(additions, _best_f1, metrics_collections, updates_collections)


def _best_f1(name: str, hits: Tensor, misses: Tensor, alarms: Tensor) -> Tensor:
    epsilon = 1e-8
    precision = hits / (epsilon + hits + alarms)
    recall = hits / (epsilon + hits + misses)
    return tf.reduce_max(2.0 * precision * recall / (precision + recall + epsilon), name=name)


def count(
    values: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How many values there were, or the sum of their weights (``tf.contrib.metrics.count``).

    Creates ``<name>/count``, a float32 scalar, in LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: count, ...
    """
    with variable_scope(name, "count", [values, weights]):
        values = tf.convert_to_tensor(values)
        total = metric_variable([], tf.float32, "count")
        if weights is None:
            number = tf.cast(tf.size(values), tf.float32)
        else:
            number = tf.reduce_sum(_weights.broadcast(tf.cast(weights, tf.float32), values))
        return running([(total, number)], _as_it_is, metrics_collections, updates_collections)


def _as_it_is(name: str, total: Tensor) -> Tensor:
    return tf.identity(total, name=name)


def streaming_recall_at_k(
    predictions: Tensor,
    labels: Tensor,
    k: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How often the label is among the k highest predictions (``tf.contrib.metrics.streaming_recall_at_k``).

    Creates ``<name>/total`` and ``<name>/count`` as `tf.metrics.mean` does. Without `name`: recall_at_<k>, ...

    Args:
        predictions: floating tensor [batch, classes].
        labels: integers [batch].
        k: how many.
        weights, metrics_collections, updates_collections, name: as for `tf.metrics.mean`.
    """
    is_in = tf.cast(tf.math.in_top_k(targets=labels, predictions=predictions, k=k), tf.float32)
    return metrics.mean(is_in, weights, metrics_collections, updates_collections, name or f"recall_at_{k}")


# ------------------------------------------------------------------------------ without state


def accuracy(predictions: Tensor, labels: Tensor, weights: Any = None, name: str | None = None) -> Tensor:
    """How often predictions equal labels in this batch (``tf.contrib.metrics.accuracy``).

    Args:
        predictions, labels: integers, booleans or strings of one shape and dtype.
        weights: None, or a tensor that can be broadcast to them.
        name: of the operation.

    Raises:
        ValueError: the dtypes differ, or aren't such; or the shapes differ.

    Source: facts of the topic contrib_metrics.

    >>> float(tf.contrib.metrics.accuracy(tf.constant([1, 2]), tf.constant([1, 3])))
    0.5
    """
    if not (labels.dtype.is_integer or labels.dtype in (tf.bool, tf.string)):
        raise ValueError(f"Labels should have bool, integer, or string dtype, not {labels.dtype!r}")
    if not labels.dtype.is_compatible_with(predictions.dtype):
        raise ValueError(
            f"Dtypes of predictions and labels should match. Given: predictions ({predictions.dtype!r}) and labels "
            f"({labels.dtype!r})"
        )
    predictions.shape.assert_is_compatible_with(labels.shape)
    with name_scope(name, "accuracy", [predictions, labels]):
        is_right = tf.cast(tf.equal(predictions, labels), tf.float32)
        if weights is None:
            return tf.reduce_mean(is_right)
        weights = tf.cast(weights, tf.float32)
        return tf.reduce_sum(is_right * weights) / tf.reduce_sum(tf.ones_like(is_right) * weights)


def aggregate_metrics(*value_update_tuples: Pair) -> tuple[list[Any], list[Any]]:
    """The values and the updates of several metrics, each in a list (``tf.contrib.metrics.aggregate_metrics``).

    Raises:
        ValueError: there are none.
    """
    if not value_update_tuples:
        raise ValueError("Expected at least one value_tensor/update_op pair")
    values, updates = zip(*value_update_tuples, strict=True)
    return list(values), list(updates)


def aggregate_metric_map(names_to_tuples: Mapping[str, Pair]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values and the updates of several metrics, each in a dict (``tf.contrib.metrics.aggregate_metric_map``)."""
    values, updates = zip(*names_to_tuples.values(), strict=True)
    return dict(zip(names_to_tuples, values, strict=True)), dict(zip(names_to_tuples, updates, strict=True))


hooks.keep_from_autograph(__name__)
