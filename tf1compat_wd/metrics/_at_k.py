"""Precision and recall of the `k` classes with the highest predictions.

Letters, throughout: B... the axes of examples, L labels of an example, C classes.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _weights
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.metrics._running import metric_variable, running

Tensor = Any

_sets = tf.compat.v1.sets


def recall_at_k(
    labels: Any,
    predictions: Tensor,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Which part of the labels is among the `k` highest predictions (``tf.metrics.recall_at_k``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/true_positive_at_<k>   []  float64
        <name>/false_negative_at_<k>  []  float64
    With `class_id`, names go on with ``_class<class_id>``. Without `name`: recall_at_<k>, recall_at_<k>_1, ...

    Args:
        labels: int64 tensor [B..., L] or [B...], or SparseTensor [B..., L], of class numbers; a number that isn't
            from 0 to C - 1 counts as not found.
        predictions: floating tensor [B..., C].
        k: how many of the predictions count.
        class_id: look at labels and predictions of this class only.
        weights: None, a scalar, or a tensor with the rank of [B...], each axis as long or of length 1.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float64 scalar tensors; NaN while there are no
        labels.

    Raises:
        ValueError: shapes don't fit.
        TypeError: labels aren't int64.

    Source: facts of the topic metrics.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     labels = tf.constant([[0], [2]], tf.int64)
    ...     value, update_op = tf.metrics.recall_at_k(labels, [[0.1, 0.5, 0.4], [0.6, 0.1, 0.3]], k=2)
    >>> float(value)
    0.5
    """
    with name_scope(name, _name_at_k("recall", k, class_id), [predictions, labels, weights]) as scope:
        highest = _highest(predictions, k)
        return recall_at_top_k(
            labels, highest, k, class_id, weights, metrics_collections, updates_collections, name=scope
        )


def recall_at_top_k(
    labels: Any,
    predictions_idx: Tensor,
    k: int | None = None,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """`recall_at_k` of classes that have been chosen already (``tf.metrics.recall_at_top_k``).

    Args:
        predictions_idx: integer tensor [B..., k] of class numbers.
        k: for names only; without it they have "k" in its place.
        labels, class_id, weights: as for `recall_at_k`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float64 scalar tensors.
    """
    with name_scope(name, _name_at_k("recall", k, class_id), [predictions_idx, labels, weights]) as scope:
        counts = _found_and("false_negative", labels, predictions_idx, class_id)
        return _running_part(counts, k, class_id, weights, metrics_collections, updates_collections, scope)


def precision_at_k(
    labels: Any,
    predictions: Tensor,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Which part of the `k` highest predictions is among the labels (``tf.metrics.precision_at_k``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/true_positive_at_<k>   []  float64
        <name>/false_positive_at_<k>  []  float64
    With `class_id`, names go on with ``_class<class_id>``. Without `name`: precision_at_<k>, precision_at_<k>_1, ...

    Args:
        labels, predictions, k, class_id, weights: as for `recall_at_k`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float64 scalar tensors; NaN while there are no
        predictions.

    Raises:
        ValueError: shapes don't fit.
        TypeError: labels aren't int64.

    Source: facts of the topic metrics.
    """
    with name_scope(name, _name_at_k("precision", k, class_id), [predictions, labels, weights]) as scope:
        highest = _highest(predictions, k)
        return precision_at_top_k(
            labels, highest, k, class_id, weights, metrics_collections, updates_collections, name=scope
        )


def precision_at_top_k(
    labels: Any,
    predictions_idx: Tensor,
    k: int | None = None,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """`precision_at_k` of classes that have been chosen already (``tf.metrics.precision_at_top_k``).

    Args:
        predictions_idx: integer tensor [B..., k] of class numbers.
        k: for names only; without it they have "k" in its place.
        labels, class_id, weights: as for `recall_at_k`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float64 scalar tensors.
    """
    with name_scope(name, _name_at_k("precision", k, class_id), [predictions_idx, labels, weights]) as scope:
        counts = _found_and("false_positive", labels, predictions_idx, class_id)
        return _running_part(counts, k, class_id, weights, metrics_collections, updates_collections, scope)


def sparse_precision_at_k(
    labels: Any,
    predictions: Tensor,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The older name of `precision_at_k` (``tf.metrics.sparse_precision_at_k``)."""
    return precision_at_k(labels, predictions, k, class_id, weights, metrics_collections, updates_collections, name)


def average_precision_at_k(
    labels: Any,
    predictions: Tensor,
    k: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean over examples of the average precision of the `k` highest (``tf.metrics.average_precision_at_k``).

    The average precision of an example is the sum of the precisions at those places from 1 to `k` where a label
    stands, divided by how many labels there can be, the lesser of L and `k`.

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/max_1  []  float64  weights seen (TF1's name)
        <name>/total  []  float64
    Without `name`: average_precision_at_<k>, average_precision_at_<k>_1, ...

    Args:
        labels: int64 tensor [B..., L] or [B...], or SparseTensor [B..., L], of class numbers; a number that isn't
            from 0 to C - 1 is left out.
        predictions: floating tensor [B..., C].
        k: how many of the predictions count.
        weights: None, a scalar, or a tensor with the rank of [B...], each axis as long or of length 1.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float64 scalar tensors; NaN once there was an
        example without labels.

    Raises:
        ValueError: shapes don't fit, or `k` is less than 1.
        TypeError: labels aren't int64.

    Source: facts of the topic metrics.
    """
    if k < 1:
        raise ValueError(f"Invalid k={k}.")
    with name_scope(name, _name_at_k("average_precision", k), [predictions, labels, weights]) as scope:
        predictions = tf.convert_to_tensor(predictions)
        highest = _highest(predictions, k)
        labels = _labels_for(labels, highest)
        _require_int64(labels)
        precisions = _average_precisions(labels, highest, tf.shape(predictions, out_type=tf.int64)[-1], k)
        if weights is None:
            number = tf.cast(tf.size(precisions), tf.float64)
        else:
            weights = _weighing(weights, precisions)
            precisions, number = precisions * weights, tf.reduce_sum(weights)
        most = metric_variable([], tf.float64, "max_1")
        total = metric_variable([], tf.float64, "total")

        def mean(step: str, most: Tensor, total: Tensor) -> Tensor:
            return tf.math.divide_no_nan(total, most, name=step)

        additions = [(most, number), (total, tf.reduce_sum(precisions))]
        return running(additions, mean, metrics_collections, updates_collections, names=("mean", scope))


def sparse_average_precision_at_k(
    labels: Any,
    predictions: Tensor,
    k: int,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The older name of `average_precision_at_k` (``tf.metrics.sparse_average_precision_at_k``)."""
    return average_precision_at_k(labels, predictions, k, weights, metrics_collections, updates_collections, name)


# ------------------------------------------------------------------------------------- arguments


def _name_at_k(name: str, k: int | None, class_id: int | None = None) -> str:
    of_class = "" if class_id is None else f"_class{class_id}"
    return f"{name}_at_{'k' if k is None else k}{of_class}"


def _highest(predictions: Any, k: int) -> Tensor:
    """The numbers of the `k` classes with the highest predictions, int64 [B..., k]."""
    return tf.cast(tf.math.top_k(predictions, k)[1], tf.int64)


def _labels_for(labels: Any, chosen: Tensor) -> Any:
    """`labels` with the rank of `chosen`: as the only label of an example where they have one axis less."""
    if isinstance(labels, tf.SparseTensor | tf.compat.v1.SparseTensorValue):
        labels = tf.SparseTensor.from_value(labels)
        rank, expand = labels.shape.rank, tf.sparse.expand_dims
    else:
        labels = tf.convert_to_tensor(labels)
        rank, expand = labels.shape.rank, tf.expand_dims
    if rank is not None and chosen.shape.rank is not None:
        return expand(labels, -1) if rank == chosen.shape.rank - 1 else labels
    if isinstance(labels, tf.SparseTensor):
        return labels
    is_one_less = tf.equal(tf.rank(labels), tf.rank(chosen) - 1)
    return tf.cond(is_one_less, lambda: tf.expand_dims(labels, -1), lambda: labels)


def _require_int64(labels: Any) -> None:
    if labels.dtype != tf.int64:
        raise TypeError(f"Types don't match, {tf.int64} vs {labels.dtype}.")


def _only(numbers: Any, class_id: int) -> tf.SparseTensor:
    """Of `numbers` [B..., n], those that are `class_id`, as a SparseTensor of the same shape."""
    if isinstance(numbers, tf.SparseTensor):
        return tf.sparse.retain(numbers, tf.equal(numbers.values, class_id))
    places = tf.where(tf.equal(numbers, class_id))
    values = tf.fill([tf.shape(places)[0]], tf.cast(class_id, tf.int64))
    return tf.SparseTensor(places, values, tf.shape(numbers, out_type=tf.int64))


def _weighing(weights: Any, values: Tensor) -> Tensor:
    weights = tf.cast(weights, tf.float64)
    with tf.control_dependencies(_weights.check(weights, values)):
        return tf.multiply(weights, tf.ones_like(values))


# ------------------------------------------------------------------------------------- computing


def _found_and(missed: str, labels: Any, predictions_idx: Any, class_id: int | None) -> dict[str, Tensor]:
    """How many chosen classes are labels; and how many labels were not chosen, or chosen classes are no labels."""
    chosen = tf.cast(predictions_idx, tf.int64)
    labels = _labels_for(labels, chosen)
    if class_id is not None:
        labels, chosen = _only(labels, class_id), _only(chosen, class_id)
    return {
        "true_positive": _sets.set_size(_sets.set_intersection(chosen, labels)),
        missed: _sets.set_size(_sets.set_difference(chosen, labels, aminusb=missed == "false_positive")),
    }


def _running_part(
    counts: dict[str, Tensor],
    k: int | None,
    class_id: int | None,
    weights: Any,
    metrics_collections: Any,
    updates_collections: Any,
    scope: str,
) -> tuple[Tensor, Tensor]:
    """The first of the two counts as a part of both."""
    additions = []
    for condition, count in counts.items():
        count = tf.cast(count, tf.float64)
        if weights is not None:
            count = count * _weighing(weights, count)
        variable = metric_variable([], tf.float64, _name_at_k(condition, k, class_id))
        additions.append((variable, tf.reduce_sum(count)))

    def part(name: str, first: Tensor, second: Tensor) -> Tensor:
        return tf.divide(first, tf.add(first, second), name=name)

    return running(additions, part, metrics_collections, updates_collections, names=(scope, "update"))


def _average_precisions(labels: Any, highest: Tensor, classes: Tensor, k: int) -> Tensor:
    """The average precision of each example, float64 [B...]."""
    if isinstance(labels, tf.SparseTensor):
        labels = tf.sparse.to_dense(tf.sparse.reorder(labels), default_value=-1)
    is_class = tf.logical_and(tf.greater_equal(labels, 0), tf.less(labels, classes))
    labels = tf.where(is_class, labels, -tf.ones_like(labels))
    found = tf.reduce_any(tf.equal(tf.expand_dims(highest, -1), tf.expand_dims(labels, -2)), -1)
    found = tf.cast(found, tf.float64)
    places = tf.range(1, k + 1, dtype=tf.float64)
    precisions = tf.cumsum(found, -1) / places
    possible = tf.minimum(tf.reduce_sum(tf.cast(is_class, tf.int32), -1), k)
    return tf.reduce_sum(precisions * found, -1) / tf.cast(possible, tf.float64)


hooks.keep_from_autograph(__name__)
