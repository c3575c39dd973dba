"""True and false positives and negatives, counted, and what is made of the counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import _weights
from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import current_name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.metrics._running import combined, metric_variable, running, running_sum

Tensor = Any
Condition = Callable[[Tensor, Tensor], Tensor]

#: Keeps thresholds clear of 0 and 1, and ratios of 0 / 0.
_EPSILON = 1e-7

#: Each as a function of what is and what is predicted, in the order in which TF1 makes the variables.
_CONDITIONS: dict[str, Condition] = {
    "true_positives": lambda label, prediction: label & prediction,
    "false_negatives": lambda label, prediction: label & ~prediction,
    "true_negatives": lambda label, prediction: ~label & ~prediction,
    "false_positives": lambda label, prediction: ~label & prediction,
}

# ------------------------------------------------------------------------- predictions of yes or no


def true_positives(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """How often yes was predicted and is true (``tf.metrics.true_positives``).

    Creates ``<name>/count``, float32 [], in LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`: true_positives,
    true_positives_1, ...

    Args:
        labels, predictions: tensors of one shape, converted to bool; a last axis of length 1 that only one of them has
            is dropped.
        weights: what each counts; None, a scalar, or a tensor of a shape that broadcasts.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 scalar tensors.

    Raises:
        ValueError: shapes don't fit.

    Source: facts of the topic metrics.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     value, update_op = tf.metrics.true_positives([1, 0, 1], [1, 1, 0])
    >>> float(value)
    1.0
    """
    return _count("true_positives", labels, predictions, weights, metrics_collections, updates_collections, name)


def false_negatives(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """How often no was predicted and isn't true; otherwise as `true_positives` (``tf.metrics.false_negatives``)."""
    return _count("false_negatives", labels, predictions, weights, metrics_collections, updates_collections, name)


def true_negatives(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """How often no was predicted and is true; otherwise as `true_positives` (``tf.metrics.true_negatives``)."""
    return _count("true_negatives", labels, predictions, weights, metrics_collections, updates_collections, name)


def false_positives(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """How often yes was predicted and isn't true; otherwise as `true_positives` (``tf.metrics.false_positives``)."""
    return _count("false_positives", labels, predictions, weights, metrics_collections, updates_collections, name)


def precision(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Which part of the predictions of yes is true; 0 if there are none (``tf.metrics.precision``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/true_positives/count   []  float32
        <name>/false_positives/count  []  float32
    Without `name`: precision, precision_1, ...

    Args:
        labels, predictions, weights: as for `true_positives`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 scalar tensors.

    Raises:
        ValueError: shapes don't fit.
    """
    with variable_scope(name, "precision", [predictions, labels, weights]):
        labels, predictions, weights = _as_bools(labels, predictions, weights)
        parts = [f(labels, predictions, weights) for f in (true_positives, false_positives)]
        return combined(parts, _part_of_both, metrics_collections, updates_collections)


def recall(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For which part of what is true yes was predicted; 0 if there is none (``tf.metrics.recall``).

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/true_positives/count   []  float32
        <name>/false_negatives/count  []  float32
    Without `name`: recall, recall_1, ...

    Args:
        labels, predictions, weights: as for `true_positives`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 scalar tensors.

    Raises:
        ValueError: shapes don't fit.
    """
    with variable_scope(name, "recall", [predictions, labels, weights]):
        labels, predictions, weights = _as_bools(labels, predictions, weights)
        parts = [f(labels, predictions, weights) for f in (true_positives, false_negatives)]
        return combined(parts, _part_of_both, metrics_collections, updates_collections)


def _count(
    condition: str,
    labels: Tensor,
    predictions: Tensor,
    weights: Any,
    metrics_collections: Any,
    updates_collections: Any,
    name: str | None,
) -> tuple[Tensor, Tensor]:
    with variable_scope(name, condition, [predictions, labels, weights]):
        labels, predictions, weights = _as_bools(labels, predictions, weights)
        met = tf.cast(_CONDITIONS[condition](labels, predictions), tf.float32)
        count = metric_variable([], tf.float32, "count")
        if weights is not None:
            met = _multiplied(met, tf.cast(_weights.drop_last_axis_of_weights(weights, met), tf.float32))
        return running_sum(count, tf.reduce_sum(met), metrics_collections, updates_collections)


def _multiplied(values: Tensor, weights: Tensor) -> Tensor:
    if weights.shape.is_fully_defined() and values.shape.is_fully_defined() and weights.shape.rank == values.shape.rank:
        for axis, (mine, theirs) in enumerate(zip(values.shape.as_list(), weights.shape.as_list(), strict=True)):
            if mine != theirs and 1 not in (mine, theirs):
                raise errors.weights_cannot_multiply(f"{current_name_scope()}Mul", axis, values.shape, weights.shape)
    return tf.multiply(values, weights)


def _as_bools(labels: Any, predictions: Any, weights: Any) -> tuple[Tensor, Tensor, Tensor | None]:
    labels, predictions, weights = _weights.drop_last_axis(
        tf.cast(labels, tf.bool),
        tf.cast(predictions, tf.bool),
        None if weights is None else tf.convert_to_tensor(weights),
    )
    predictions.shape.assert_is_compatible_with(labels.shape)
    return labels, predictions, weights


def _part_of_both(name: str, part: Tensor, rest: Tensor) -> Tensor:
    both = tf.add(part, rest)
    return tf.where(tf.greater(both, 0), tf.divide(part, both), tf.zeros_like(both), name=name)


# -------------------------------------------------------------- predictions compared with thresholds


def true_positives_at_thresholds(
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold, how often a prediction above it was true (``tf.metrics.true_positives_at_thresholds``).

    Letters: T thresholds.

    Creates ``<name>/true_positives``, float32 [T], in LOCAL_VARIABLES and METRIC_VARIABLES. Without `name`:
    true_positives, true_positives_1, ...

    Args:
        labels: tensor like `predictions`, converted to bool.
        predictions: floating tensor, from 0 to 1.
        thresholds: list or tuple of numbers.
        weights: what each counts; None, a scalar, or a tensor with the rank of `predictions` (or one less), each axis
            as long or of length 1.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 tensors [T].

    Raises:
        ValueError: shapes don't fit.
        InvalidArgumentError: a prediction isn't between 0 and 1.

    Source: facts of the topic metrics.
    """
    return _count_at_thresholds(
        "true_positives", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def false_negatives_at_thresholds(
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """As `true_positives_at_thresholds`, for predictions not above though true."""
    return _count_at_thresholds(
        "false_negatives", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def true_negatives_at_thresholds(
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """As `true_positives_at_thresholds`, for predictions not above and not true."""
    return _count_at_thresholds(
        "true_negatives", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def false_positives_at_thresholds(
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """As `true_positives_at_thresholds`, for predictions above though not true."""
    return _count_at_thresholds(
        "false_positives", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def _count_at_thresholds(
    condition: str,
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any,
    metrics_collections: Any,
    updates_collections: Any,
    name: str | None,
) -> tuple[Tensor, Tensor]:
    with variable_scope(name, condition, [predictions, labels, weights]):
        [(variable, amount)] = _additions(labels, predictions, thresholds, weights, [condition])
        return running_sum(variable, amount, metrics_collections, updates_collections)


def precision_at_thresholds(
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold, which part of the predictions above it is true (``tf.metrics.precision_at_thresholds``).

    Letters: T thresholds.

    Creates ``<name>/true_positives`` and ``<name>/false_positives``, float32 [T], in LOCAL_VARIABLES and
    METRIC_VARIABLES. Without `name`: precision_at_thresholds, ...

    Args:
        labels, predictions, thresholds, weights: as for `true_positives_at_thresholds`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 tensors [T].
    """
    with variable_scope(name, "precision_at_thresholds", [predictions, labels, weights]):
        wanted = ["true_positives", "false_positives"]
        additions = _additions(labels, predictions, thresholds, weights, wanted)
        names = ("precision_value", "precision_update_op")
        return running(additions, _part_with_epsilon, metrics_collections, updates_collections, names=names)


def recall_at_thresholds(
    labels: Tensor,
    predictions: Tensor,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold, for which part of what is true it was exceeded (``tf.metrics.recall_at_thresholds``).

    Letters: T thresholds.

    Creates ``<name>/true_positives`` and ``<name>/false_negatives``, float32 [T], in LOCAL_VARIABLES and
    METRIC_VARIABLES. Without `name`: recall_at_thresholds, ...

    Args:
        labels, predictions, thresholds, weights: as for `true_positives_at_thresholds`.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 tensors [T].
    """
    with variable_scope(name, "recall_at_thresholds", [predictions, labels, weights]):
        wanted = ["true_positives", "false_negatives"]
        additions = _additions(labels, predictions, thresholds, weights, wanted)
        names = ("recall_value", "recall_update_op")
        return running(additions, _part_with_epsilon, metrics_collections, updates_collections, names=names)


def _part_with_epsilon(name: str, part: Tensor, rest: Tensor) -> Tensor:
    return tf.divide(part, _EPSILON + part + rest, name=name)


def _additions(
    labels: Any, predictions: Any, thresholds: Sequence[float], weights: Any, conditions: Sequence[str]
) -> list[tuple[Any, Tensor]]:
    """The variables of the conditions, one element per threshold, and what this batch adds to them."""
    predictions = tf.cast(predictions, tf.float32)
    in_range = [
        tf.debugging.assert_greater_equal(predictions, 0.0, message="predictions must be in [0, 1]"),
        tf.debugging.assert_less_equal(predictions, 1.0, message="predictions must be in [0, 1]"),
    ]
    with tf.control_dependencies([each for each in in_range if each is not None]):
        predictions = tf.identity(predictions, name="between_0_and_1")
    labels, predictions, weights = _weights.drop_last_axis(
        tf.cast(labels, tf.bool), predictions, None if weights is None else tf.convert_to_tensor(weights)
    )
    predictions.shape.assert_is_compatible_with(labels.shape)
    is_true = tf.reshape(labels, [1, -1])
    is_above = tf.greater(tf.reshape(predictions, [1, -1]), tf.reshape(tf.cast(thresholds, tf.float32), [-1, 1]))
    if weights is not None:
        weights = tf.reshape(_weights.broadcast(weights, predictions), [1, -1])
    additions = []
    for condition in conditions:
        variable = metric_variable([len(thresholds)], tf.float32, condition)
        met = tf.cast(_CONDITIONS[condition](is_true, is_above), tf.float32)
        additions.append((variable, tf.reduce_sum(met if weights is None else met * weights, 1)))
    return additions


def _spread(num_thresholds: int) -> list[float]:
    """Thresholds from just below 0 to just above 1, at equal distances."""
    return _between_ends([i / (num_thresholds - 1) for i in range(1, num_thresholds - 1)])


def _between_ends(thresholds: Sequence[float]) -> list[float]:
    return [0.0 - _EPSILON, *thresholds, 1.0 + _EPSILON]


# -------------------------------------------------------------------- curves over all thresholds


def auc(
    labels: Tensor,
    predictions: Tensor,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    curve: str = "ROC",
    name: str | None = None,
    summation_method: str = "trapezoidal",
    thresholds: Sequence[float] | None = None,
) -> tuple[Tensor, Tensor]:
    """The area under the ROC or the precision-recall curve, from a sum over thresholds (``tf.metrics.auc``).

    Letters: T thresholds.

    Creates, in LOCAL_VARIABLES and METRIC_VARIABLES:
        <name>/true_positives   [T]  float32
        <name>/false_negatives  [T]  float32
        <name>/true_negatives   [T]  float32
        <name>/false_positives  [T]  float32
    Without `name`: auc, auc_1, ...

    Args:
        labels: tensor like `predictions`, converted to bool.
        predictions: floating tensor, from 0 to 1.
        weights: as for `true_positives_at_thresholds`.
        num_thresholds: T; they are at equal distances.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.
        curve: "ROC" or "PR".
        summation_method: what the curve is taken for between two thresholds: "trapezoidal" a straight line,
            "minoring" the lower, "majoring" the higher of its ends; "careful_interpolation", for "PR", what it is if
            true positives grow evenly. (With "ROC" that one is "trapezoidal".)
        thresholds: list of numbers in place of `num_thresholds`; the two ends are added.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 scalar tensors.

    Raises:
        ValueError: shapes don't fit; or an unknown curve or summation method.
        InvalidArgumentError: a prediction isn't between 0 and 1.

    Source: facts of the topic metrics.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     value, update_op = tf.metrics.auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> round(float(value), 4)
    0.75
    """
    with variable_scope(name, "auc", [labels, predictions, weights]):
        if curve not in ("ROC", "PR"):
            raise ValueError(f"curve must be either ROC or PR, {curve} unknown")
        thresholds = _spread(num_thresholds) if thresholds is None else _between_ends(sorted(thresholds))
        additions = _additions(labels, predictions, thresholds, weights, list(_CONDITIONS))

        def compute(name: str, hits: Tensor, misses: Tensor, rejections: Tensor, alarms: Tensor) -> Tensor:
            if curve == "PR" and summation_method == "careful_interpolation":
                return _interpolated_area(hits, misses, alarms)
            found = tf.divide(hits + _EPSILON, hits + misses + _EPSILON)
            if curve == "ROC":
                x, y = _of_both(alarms, rejections), found
            else:
                x, y = found, tf.divide(hits + _EPSILON, hits + alarms + _EPSILON)
            return tf.reduce_sum((x[:-1] - x[1:]) * _height(summation_method, y[:-1], y[1:]), name=name)

        return running(additions, compute, metrics_collections, updates_collections)


def _height(summation_method: str, left: Tensor, right: Tensor) -> Tensor:
    if summation_method in ("trapezoidal", "careful_interpolation"):
        return (left + right) / 2.0
    if summation_method == "minoring":
        return tf.minimum(left, right)
    if summation_method == "majoring":
        return tf.maximum(left, right)
    raise ValueError(f"Invalid summation_method: {summation_method}")


def _interpolated_area(hits: Tensor, misses: Tensor, alarms: Tensor) -> Tensor:
    """The area under precision over recall, if between thresholds hits grow with predictions as a straight line does.

    With p predictions above a threshold and hits(p) = slope * p + offset, the area between two thresholds is the
    integral of hits(p) / p over the hits, divided by how many hits there can be.
    """
    predicted = hits + alarms
    more_hits = hits[:-1] - hits[1:]
    slope = tf.math.divide_no_nan(more_hits, tf.maximum(predicted[:-1] - predicted[1:], 0))
    offset = hits[1:] - slope * predicted[1:]
    are_two = tf.logical_and(predicted[:-1] > 0, predicted[1:] > 0)
    growth = tf.math.divide_no_nan(predicted[:-1], tf.maximum(predicted[1:], 0))
    logarithm = tf.math.log(tf.where(are_two, growth, tf.ones_like(growth)))
    areas = tf.math.divide_no_nan(slope * (more_hits + offset * logarithm), tf.maximum(hits[1:] + misses[1:], 0))
    return tf.reduce_sum(areas, name="interpolate_pr_auc")


def sensitivity_at_specificity(
    labels: Tensor,
    predictions: Tensor,
    specificity: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Sensitivity at the threshold whose specificity is nearest to the one given.

    (``tf.metrics.sensitivity_at_specificity``.) Creates the variables of `auc`; without `name`:
    sensitivity_at_specificity, ...

    Args:
        labels, predictions, weights, num_thresholds: as for `auc`.
        specificity: from 0 to 1.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 scalar tensors.

    Raises:
        ValueError: the specificity isn't between 0 and 1, or shapes don't fit.
    """
    if specificity < 0 or specificity > 1:
        raise ValueError("`specificity` must be in the range [0, 1].")

    def compute(name: str, hits: Tensor, misses: Tensor, rejections: Tensor, alarms: Tensor) -> Tensor:
        distance = tf.abs(_of_both(rejections, alarms) - specificity)
        nearest = tf.argmin(distance, 0, output_type=tf.int32)
        return tf.divide(hits[nearest], hits[nearest] + misses[nearest] + _EPSILON, name=name)

    with variable_scope(name, "sensitivity_at_specificity", [predictions, labels, weights]):
        additions = _additions(labels, predictions, _spread(num_thresholds), weights, list(_CONDITIONS))
        return running(additions, compute, metrics_collections, updates_collections)


def specificity_at_sensitivity(
    labels: Tensor,
    predictions: Tensor,
    sensitivity: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Any = None,
    updates_collections: Any = None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """Specificity at the highest threshold whose sensitivity is nearest to the one given.

    (``tf.metrics.specificity_at_sensitivity``.) Creates the variables of `auc`; without `name`:
    specificity_at_sensitivity, ...

    Args:
        labels, predictions, weights, num_thresholds: as for `auc`.
        sensitivity: from 0 to 1.
        metrics_collections, updates_collections, name: as for `tf1compat_wd.metrics.mean`.

    Returns:
        ``value`` and ``update_op`` (see `tf1compat_wd.metrics.mean`), float32 scalar tensors.

    Raises:
        ValueError: the sensitivity isn't between 0 and 1, or shapes don't fit.
    """
    if sensitivity < 0 or sensitivity > 1:
        raise ValueError("`sensitivity` must be in the range [0, 1].")

    def compute(name: str, hits: Tensor, misses: Tensor, rejections: Tensor, alarms: Tensor) -> Tensor:
        distance = tf.abs(_of_both(hits, misses) - sensitivity)
        are_nearest = tf.equal(distance, tf.reduce_min(distance))
        nearest = tf.reduce_max(tf.where(are_nearest, tf.range(num_thresholds), 0))
        return tf.divide(rejections[nearest], rejections[nearest] + alarms[nearest] + _EPSILON, name=name)

    with variable_scope(name, "specificity_at_sensitivity", [predictions, labels, weights]):
        additions = _additions(labels, predictions, _spread(num_thresholds), weights, list(_CONDITIONS))
        return running(additions, compute, metrics_collections, updates_collections)


def _of_both(part: Tensor, rest: Tensor) -> Tensor:
    return tf.divide(part, part + rest + _EPSILON)


hooks.keep_from_autograph(__name__)
