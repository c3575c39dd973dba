"""The metrics of `tf.metrics` as `tf.contrib.metrics` called them: predictions come before labels.

``tf.metrics.mean`` says how the pair of ``value`` and ``update_op`` behaves in each mode.
"""

from __future__ import annotations

from typing import Any

from tf1compat_wd import metrics
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.metrics._conditions import _additions
from tf1compat_wd.metrics._running import running_sum

Tensor = Any
Pair = tuple[Any, Any]


def streaming_mean(
    values: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The weighted mean of all values seen (`tf.metrics.mean`)."""
    return metrics.mean(values, weights, metrics_collections, updates_collections, name)


def streaming_mean_tensor(
    values: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The weighted mean of each element over all tensors seen (`tf.metrics.mean_tensor`)."""
    return metrics.mean_tensor(values, weights, metrics_collections, updates_collections, name)


def streaming_percentage_less(
    values: Tensor,
    threshold: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Which part of the values is below `threshold` (`tf.metrics.percentage_below`)."""
    return metrics.percentage_below(values, threshold, weights, metrics_collections, updates_collections, name)


def streaming_sparse_precision_at_top_k(
    top_k_predictions: Tensor,
    labels: Tensor,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Which part of the predictions given as highest are labels (`tf.metrics.precision_at_top_k`)."""
    return metrics.precision_at_top_k(
        labels=labels,
        predictions_idx=top_k_predictions,
        class_id=class_id,
        weights=weights,
        metrics_collections=metrics_collections,
        updates_collections=updates_collections,
        name=name,
    )


def sparse_recall_at_top_k(
    labels: Tensor,
    top_k_predictions: Tensor,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Which part of the labels is among the predictions given as highest (`tf.metrics.recall_at_top_k`)."""
    return metrics.recall_at_top_k(
        labels=labels,
        predictions_idx=top_k_predictions,
        class_id=class_id,
        weights=weights,
        metrics_collections=metrics_collections,
        updates_collections=updates_collections,
        name=name,
    )


def streaming_accuracy(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How often predictions equal labels (`tf.metrics.accuracy`)."""
    return metrics.accuracy(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_auc(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    curve: str = "ROC",
    name: str | None = None,
) -> Pair:
    """The area under the ROC or precision-recall curve (`tf.metrics.auc`)."""
    return metrics.auc(
        labels, predictions, weights, num_thresholds, metrics_collections, updates_collections, curve, name
    )


def streaming_false_negatives(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How often no was predicted and yes is true (`tf.metrics.false_negatives`)."""
    return metrics.false_negatives(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_false_positives(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How often yes was predicted and no is true (`tf.metrics.false_positives`)."""
    return metrics.false_positives(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_true_negatives(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How often no was predicted and is true (`tf.metrics.true_negatives`)."""
    return metrics.true_negatives(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_true_positives(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """How often yes was predicted and is true (`tf.metrics.true_positives`)."""
    return metrics.true_positives(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_mean_absolute_error(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The mean distance of predictions from labels (`tf.metrics.mean_absolute_error`)."""
    return metrics.mean_absolute_error(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_mean_cosine_distance(
    predictions: Tensor,
    labels: Tensor,
    dim: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The mean cosine distance of predictions from labels (`tf.metrics.mean_cosine_distance`)."""
    return metrics.mean_cosine_distance(
        labels, predictions, dim, weights, metrics_collections, updates_collections, name
    )


def streaming_mean_iou(
    predictions: Tensor,
    labels: Tensor,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The mean over classes of intersection over union (`tf.metrics.mean_iou`)."""
    return metrics.mean_iou(labels, predictions, num_classes, weights, metrics_collections, updates_collections, name)


def streaming_mean_relative_error(
    predictions: Tensor,
    labels: Tensor,
    normalizer: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The mean distance of predictions from labels, divided by `normalizer` (`tf.metrics.mean_relative_error`)."""
    return metrics.mean_relative_error(
        labels, predictions, normalizer, weights, metrics_collections, updates_collections, name
    )


def streaming_mean_squared_error(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The mean squared distance of predictions from labels (`tf.metrics.mean_squared_error`)."""
    return metrics.mean_squared_error(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_root_mean_squared_error(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The root of the mean squared distance of predictions from labels (`tf.metrics.root_mean_squared_error`)."""
    return metrics.root_mean_squared_error(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_precision(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Which part of the predictions of yes is true (`tf.metrics.precision`)."""
    return metrics.precision(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_recall(
    predictions: Tensor,
    labels: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For which part of what is true yes was predicted (`tf.metrics.recall`)."""
    return metrics.recall(labels, predictions, weights, metrics_collections, updates_collections, name)


def streaming_precision_at_thresholds(
    predictions: Tensor,
    labels: Tensor,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For each threshold, which part of the predictions above it is true (`tf.metrics.precision_at_thresholds`)."""
    return metrics.precision_at_thresholds(
        labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def streaming_recall_at_thresholds(
    predictions: Tensor,
    labels: Tensor,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For each threshold, which part of what is true is predicted above it (`tf.metrics.recall_at_thresholds`)."""
    return metrics.recall_at_thresholds(
        labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def streaming_sensitivity_at_specificity(
    predictions: Tensor,
    labels: Tensor,
    specificity: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The sensitivity where the specificity is the one given (`tf.metrics.sensitivity_at_specificity`)."""
    return metrics.sensitivity_at_specificity(
        labels, predictions, specificity, weights, num_thresholds, metrics_collections, updates_collections, name
    )


def streaming_specificity_at_sensitivity(
    predictions: Tensor,
    labels: Tensor,
    sensitivity: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The specificity where the sensitivity is the one given (`tf.metrics.specificity_at_sensitivity`)."""
    return metrics.specificity_at_sensitivity(
        labels, predictions, sensitivity, weights, num_thresholds, metrics_collections, updates_collections, name
    )


def streaming_sparse_recall_at_k(
    predictions: Tensor,
    labels: Tensor,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Which part of the labels is among the k highest predictions (`tf.metrics.recall_at_k`)."""
    return metrics.recall_at_k(
        labels, predictions, k, class_id, weights, metrics_collections, updates_collections, name
    )


def streaming_sparse_precision_at_k(
    predictions: Tensor,
    labels: Tensor,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Which part of the k highest predictions are labels (`tf.metrics.precision_at_k`)."""
    return metrics.precision_at_k(
        labels, predictions, k, class_id, weights, metrics_collections, updates_collections, name
    )


def streaming_sparse_average_precision_at_k(
    predictions: Tensor,
    labels: Tensor,
    k: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """The mean of the precisions at 1 to k (`tf.metrics.average_precision_at_k`)."""
    return metrics.average_precision_at_k(
        labels, predictions, k, weights, metrics_collections, updates_collections, name
    )


def _at_thresholds(condition: str, predictions: Tensor, labels: Tensor, thresholds: Any, weights: Any) -> Pair:
    """Unlike those of `tf.metrics`, these open no variable scope of their own."""
    [(variable, amount)] = _additions(labels, predictions, thresholds, weights, [condition])
    return running_sum(variable, amount, None, None)


def streaming_false_negatives_at_thresholds(
    predictions: Tensor, labels: Tensor, thresholds: Any, weights: Any = None
) -> Pair:
    """For each threshold, how often no is a wrong prediction (compare `tf.metrics.false_negatives_at_thresholds`).

    Creates ``false_negatives``, float32 with an element for each threshold, in LOCAL_VARIABLES and METRIC_VARIABLES.
    """
    return _at_thresholds("false_negatives", predictions, labels, thresholds, weights)


def streaming_false_positives_at_thresholds(
    predictions: Tensor, labels: Tensor, thresholds: Any, weights: Any = None
) -> Pair:
    """For each threshold, how often yes is a wrong prediction (compare `tf.metrics.false_positives_at_thresholds`).

    Creates ``false_positives``, float32 with an element for each threshold, in LOCAL_VARIABLES and METRIC_VARIABLES.
    """
    return _at_thresholds("false_positives", predictions, labels, thresholds, weights)


def streaming_true_negatives_at_thresholds(
    predictions: Tensor, labels: Tensor, thresholds: Any, weights: Any = None
) -> Pair:
    """For each threshold, how often no was predicted and is true (compare `tf.metrics.true_negatives_at_thresholds`).

    Creates ``true_negatives``, float32 with an element for each threshold, in LOCAL_VARIABLES and METRIC_VARIABLES.
    """
    return _at_thresholds("true_negatives", predictions, labels, thresholds, weights)


def streaming_true_positives_at_thresholds(
    predictions: Tensor, labels: Tensor, thresholds: Any, weights: Any = None
) -> Pair:
    """For each threshold, how often yes was predicted and is true (compare `tf.metrics.true_positives_at_thresholds`).

    Creates ``true_positives``, float32 with an element for each threshold, in LOCAL_VARIABLES and METRIC_VARIABLES.
    """
    return _at_thresholds("true_positives", predictions, labels, thresholds, weights)


hooks.keep_from_autograph(__name__)
