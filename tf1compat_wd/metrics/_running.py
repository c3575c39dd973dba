"""What all metrics share: local variables that add up, and the pair (value, update_op).

In a graph the two are what they were in TF1: evaluating ``update_op`` takes a batch into account and gives the result
up to then, evaluating ``value`` gives the result and changes nothing. Elsewhere there is nothing to evaluate later. The
call itself takes the batch into account, once, and both are the result after that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys, add_to_collections
from tf1compat_wd._core.variables import Variable

Tensor = Any

#: A function of a name and of variables, or tensors with their values, that gives the result under that name.
Compute = Callable[..., Tensor]

#: The names of value and update_op.
NAMES = ("value", "update_op")


def metric_variable(shape: Any, dtype: tf.DType, name: str) -> Any:
    """A local variable of zeros that replicas keep each for themselves and that is read as their sum.

    Creates ``<name scope>/<name>`` in LOCAL_VARIABLES and METRIC_VARIABLES, not trainable.

    Raises:
        ValueError: the shape isn't known.
    """
    shape = tf.TensorShape(shape)
    if not shape.is_fully_defined():
        shown = "<unknown>" if shape.rank is None else str(shape).replace("None", "?")
        raise ValueError(f"Cannot convert a partially known TensorShape to a Tensor: {shown}")
    return Variable(
        initial_value=lambda: tf.zeros(shape, dtype),
        trainable=False,
        collections=[GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES],
        name=name,
        synchronization=tf.VariableSynchronization.ON_READ,
        aggregation=tf.VariableAggregation.SUM,
    )


def running(
    additions: Sequence[tuple[Any, Tensor]],
    compute: Compute,
    metrics_collections: Any,
    updates_collections: Any,
    compute_update: Compute | None = None,
    names: tuple[str, str] = NAMES,
) -> tuple[Tensor, Tensor]:
    """Add to the variables of a metric, and compute its result.

    Args:
        additions: each variable with what is to be added to it.
        compute: the result as a function of the variables.
        metrics_collections: key or keys under which the value is collected, or None.
        updates_collections: key or keys under which the update is collected, or None.
        compute_update: what ``update_op`` gives, where that isn't the result.
        names: of value and update_op.
    """
    variables = [variable for variable, _ in additions]
    compute_update = compute_update or compute
    if modes.current_mode() == modes.GRAPH:
        value = across_replicas(compute, names[0], variables, metrics_collections)
        update = compute_update(names[1], *_add(additions))
    else:
        _add(additions)
        value = across_replicas(compute, names[0], variables, metrics_collections)
        update = compute_update(names[1], *variables)
    return value, collected(update, updates_collections)


def running_sum(
    variable: Any, amount: Tensor, metrics_collections: Any, updates_collections: Any
) -> tuple[Tensor, Tensor]:
    """A metric that is nothing but the sum of what has been added."""

    def compute(name: str, total: Tensor) -> Tensor:
        return tf.identity(total, name=name)

    names = ("Identity", "AssignAdd")
    return running([(variable, amount)], compute, metrics_collections, updates_collections, the_sum, names)


def the_sum(name: str, total: Any) -> Tensor:
    """For ``update_op``: what the variable is after the addition, which in a graph is what the addition gives."""
    return total if modes.current_mode() == modes.GRAPH else tf.identity(total, name=name)


def combined(
    parts: Sequence[tuple[Tensor, Tensor]], compute: Compute, metrics_collections: Any, updates_collections: Any
) -> tuple[Tensor, Tensor]:
    """A metric made of others: `compute` is a function of their values, and then of their updates."""
    values, updates = [part[0] for part in parts], [part[1] for part in parts]
    value = across_replicas(compute, NAMES[0], values, metrics_collections)
    return value, collected(compute(NAMES[1], *updates), updates_collections)


def across_replicas(compute: Compute, name: str, arguments: Sequence[Any], collections: Any) -> Tensor:
    """The result, computed where a variable is read as the sum over all replicas, and collected."""

    def in_the_middle(_: Any, *values: Any) -> Tensor:
        return collected(compute(name, *values), collections)

    replica = tf.distribute.get_replica_context() if tf.distribute.has_strategy() else None
    if replica is None:
        return in_the_middle(None, *arguments)
    return replica.merge_call(in_the_middle, args=tuple(arguments))


def collected(result: Tensor, collections: Any) -> Tensor:
    """`result`, added to `collections` if there are any."""
    if collections:
        add_to_collections(collections, result)
    return result


def safe_ratio(name: str, numerator: Tensor, denominator: Tensor) -> Tensor:
    """The ratio; 0 where the denominator is 0 or less."""
    return tf.math.divide_no_nan(numerator, tf.maximum(denominator, 0), name=name)


def _add(additions: Sequence[tuple[Any, Tensor]]) -> list[Tensor]:
    """Add, once everything that is to be added is known to be good."""
    with tf.control_dependencies([amount for _, amount in additions]):
        return [tf.compat.v1.assign_add(variable, amount) for variable, amount in additions]


hooks.keep_from_autograph(__name__)
