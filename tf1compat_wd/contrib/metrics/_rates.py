"""Rates for several thresholds, and how far two judges agree beyond chance."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.metrics._conditions import _additions
from tf1compat_wd.metrics._running import metric_variable, running

Tensor = Any
Pair = tuple[Any, Any]

_EPSILON = 1e-7


def streaming_false_positive_rate_at_thresholds(
    predictions: Tensor,
    labels: Tensor,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For each threshold, for which part of what isn't true yes was predicted.

    Creates ``<name>/true_negatives`` and ``<name>/false_positives``, float32 with an element for each threshold, in
    LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: false_positive_rate_at_thresholds, ...

    Returns:
        ``value`` and ``update_op`` (see `tf.metrics.mean`).

    Source: facts of the topic contrib_metrics_rates.
    """
    with variable_scope(name, "false_positive_rate_at_thresholds", [predictions, labels, weights]):
        additions = _additions(labels, predictions, thresholds, weights, ["true_negatives", "false_positives"])
        names = ("fpr_value", "fpr_update_op")
        return running(additions, _rate, metrics_collections, updates_collections, names=names)


def streaming_false_negative_rate_at_thresholds(
    predictions: Tensor,
    labels: Tensor,
    thresholds: Any,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """For each threshold, for which part of what is true no was predicted.

    Creates ``<name>/true_positives`` and ``<name>/false_negatives``, float32 with an element for each threshold, in
    LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: false_negative_rate_at_thresholds, ...

    Returns:
        ``value`` and ``update_op`` (see `tf.metrics.mean`).

    Source: facts of the topic contrib_metrics_rates.
    """
    with variable_scope(name, "false_negative_rate_at_thresholds", [predictions, labels, weights]):
        additions = _additions(labels, predictions, thresholds, weights, ["true_positives", "false_negatives"])
        names = ("fnr_value", "fnr_update_op")
        return running(additions, _rate, metrics_collections, updates_collections, names=names)


def _rate(name: str, right: Tensor, wrong: Tensor) -> Tensor:
    return tf.truediv(wrong, _EPSILON + wrong + right, name=name)


def cohen_kappa(
    labels: Tensor,
    predictions_idx: Tensor,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> Pair:
    """Cohen's kappa: how far predictions agree with labels beyond chance, 1 at most.

    Creates ``<name>/po``, ``<name>/pe_row`` and ``<name>/pe_col``, with an element for each class, int64 or of the
    dtype of `weights`, in LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: cohen_kappa, ...

    Args:
        labels, predictions_idx: integer tensors [N] or [N, 1], less than `num_classes`.
        num_classes: how many classes there are.
        weights: tensor of the shape of `labels`.
        metrics_collections, updates_collections, name: as for `tf.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf.metrics.mean`).

    Source: facts of the topic contrib_metrics_rates.
    """
    with variable_scope(name, "cohen_kappa", [labels, predictions_idx, weights]):
        labels, predictions = (_flat(tf.convert_to_tensor(each)) for each in (labels, predictions_idx))
        predictions.shape.assert_is_compatible_with(labels.shape)
        weights = None if weights is None else tf.convert_to_tensor(weights)
        dtype = tf.int64 if weights is None else weights.dtype
        weights = None if weights is None else tf.cast(_flat(weights), dtype)
        variables = [metric_variable([num_classes], dtype, part) for part in ("po", "pe_row", "pe_col")]
        counts = tf.math.confusion_matrix(labels, predictions, num_classes, weights, dtype)
        parts = [tf.linalg.diag_part(counts), tf.reduce_sum(counts, 0), tf.reduce_sum(counts, 1)]
        return running(list(zip(variables, parts, strict=True)), _kappa, metrics_collections, updates_collections)


def _flat(values: Tensor) -> Tensor:
    return tf.squeeze(values, [-1]) if values.shape.rank == 2 else values


def _kappa(name: str, agreed: Tensor, of_predictions: Tensor, of_labels: Tensor) -> Tensor:
    agreed, of_predictions, of_labels = (tf.cast(each, tf.float64) for each in (agreed, of_predictions, of_labels))
    total = tf.reduce_sum(of_predictions)
    by_chance = tf.reduce_sum(tf.math.divide_no_nan(of_predictions * of_labels, total))
    kappa = (tf.reduce_sum(agreed) - by_chance) / (total - by_chance)
    return tf.where(total > 0, kappa, tf.zeros([], tf.float64), name=name)


hooks.keep_from_autograph(__name__)
