"""Moving averages of batch statistics, moved where the code stands."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import get_variable, variable_scope

Tensor = Any
Variable = Any


def move_average(average: Variable, value: Tensor, decay: float, zero_debias: bool = False) -> Any:
    """Move `average` towards `value`: ``average -= (average - value) * (1 - decay)``.

    Args:
        average: variable.
        value: tensor.
        decay: how much of the average stays.
        zero_debias: divide by the weight of all values so far, so that the zero which the average began with doesn't
            count. Creates, in the current variable scope, <name of average>/biased and <name of average>/local_step.

    Returns:
        What stands for the update in UPDATE_OPS: an operation or tensor; eagerly, where it has run, a tensor.
    """
    with name_scope("AssignMovingAvg") as scope:
        value = tf.cast(value, average.dtype.base_dtype)
        step = tf.convert_to_tensor(1.0 - decay, dtype=average.dtype.base_dtype, name="decay")
        unbiased = _without_bias(average, value, step) if zero_debias else None
        difference = (average - value) * step if unbiased is None else average - unbiased
        if not hooks.executing_eagerly():
            if unbiased is not None:
                update = tf.compat.v1.assign(average, unbiased, name=scope)
            else:
                update = tf.compat.v1.assign_sub(average, difference, name=scope)
            return update.op if isinstance(update, tf.Variable) else update
    average.assign_sub(difference, read_value=False)
    return collection_items.give_name(difference, f"{scope[:-1]}:0")


def _without_bias(average: Variable, value: Tensor, step: Tensor) -> Tensor:
    with variable_scope(average.name.partition(":")[0], values=[average, value, step]):
        zeros = tf.compat.v1.zeros_initializer()
        biased = get_variable("biased", average.shape, average.dtype.base_dtype, zeros, trainable=False)
        local_step = get_variable("local_step", [], average.dtype.base_dtype, zeros, trainable=False)
    biased_value = biased - (biased - value) * step
    steps = local_step + 1.0
    updates = [tf.compat.v1.assign(biased, biased_value), tf.compat.v1.assign(local_step, steps)]
    with tf.control_dependencies([] if hooks.executing_eagerly() else updates):
        return biased_value / (1.0 - tf.pow(1.0 - step, steps))


hooks.keep_from_autograph(__name__)
