"""Learning rates that depend on the global step.

In TF1 each of these gives a tensor. TensorFlow 2 gives a function instead when it runs eagerly, which ``lr * 0.1``, a
summary or an optimizer of one's own can't use; here it is a tensor in every mode, the rate at this step.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any


def exponential_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """``learning_rate * decay_rate ** (global_step / decay_steps)`` (``tf.train.exponential_decay``).

    Args:
        learning_rate: floating number or scalar tensor, the rate at step 0. The result has its dtype.
        global_step: number, scalar tensor or variable.
        decay_steps: after how many steps the rate is multiplied by `decay_rate` once.
        decay_rate: number or scalar tensor.
        staircase: multiply once every `decay_steps`, and keep the rate between.
        name: of the operation, "ExponentialDecay" unless given.

    Returns:
        Scalar tensor.

    Raises:
        ValueError: there is no global step.
        TypeError: the learning rate is an integer.

    Source: facts of the topic decay.

    >>> round(float(tf.train.exponential_decay(0.1, 200, decay_steps=100, decay_rate=0.5)), 6)
    0.025
    """
    with _decay(name, "ExponentialDecay", learning_rate, global_step, decay_steps, decay_rate) as (rate, scope):
        periods = _periods(rate, global_step, decay_steps, staircase)
        return tf.multiply(rate, tf.pow(tf.cast(decay_rate, rate.dtype), periods), name=scope)


def natural_exp_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """``learning_rate * exp(-decay_rate * global_step / decay_steps)`` (``tf.train.natural_exp_decay``).

    Args:
        learning_rate, global_step, decay_steps, decay_rate, staircase, name: as for `exponential_decay`.

    Returns:
        Scalar tensor.
    """
    factor = tf.exp(tf.negative(decay_rate))
    return exponential_decay(learning_rate, global_step, decay_steps, factor, staircase, name)


def inverse_time_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """``learning_rate / (1 + decay_rate * global_step / decay_steps)`` (``tf.train.inverse_time_decay``).

    Args:
        learning_rate, global_step, decay_steps, staircase: as for `exponential_decay`.
        decay_rate: number or scalar tensor.
        name: of the operation, "InverseTimeDecay" unless given.

    Returns:
        Scalar tensor.
    """
    with _decay(name, "InverseTimeDecay", learning_rate, global_step, decay_rate) as (rate, scope):
        periods = _periods(rate, global_step, decay_steps, staircase)
        return tf.divide(rate, 1 + tf.cast(decay_rate, rate.dtype) * periods, name=scope)


def polynomial_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    end_learning_rate: Any = 0.0001,
    power: Any = 1.0,
    cycle: bool = False,
    name: str | None = None,
) -> Tensor:
    """From `learning_rate` to `end_learning_rate` along a power of the steps left (``tf.train.polynomial_decay``).

    ``(learning_rate - end) * (1 - global_step / decay_steps) ** power + end``, and `end` afterwards.

    Args:
        learning_rate, global_step: as for `exponential_decay`.
        decay_steps: when the end is reached.
        end_learning_rate: number or scalar tensor.
        power: number or scalar tensor; 1.0 is a straight line.
        cycle: instead of staying at the end, start again from a rate that would reach it at the next multiple of
            `decay_steps`.
        name: of the operation, "PolynomialDecay" unless given.

    Returns:
        Scalar tensor.
    """
    others = [decay_steps, end_learning_rate, power]
    with _decay(name, "PolynomialDecay", learning_rate, global_step, *others) as (rate, scope):
        step, steps = tf.cast(global_step, rate.dtype), tf.cast(decay_steps, rate.dtype)
        end, power = tf.cast(end_learning_rate, rate.dtype), tf.cast(power, rate.dtype)
        op_counts.more(8 if cycle else 1)
        if cycle:
            steps = steps * tf.maximum(tf.math.ceil(step / steps), tf.ones([], rate.dtype))
        else:
            step = tf.minimum(step, steps)
        return tf.add((rate - end) * tf.pow(1 - step / steps, power), end, name=scope)


def cosine_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, alpha: float = 0.0, name: str | None = None
) -> Tensor:
    """From `learning_rate` to its `alpha`th part along half a cosine (``tf.train.cosine_decay``).

    Args:
        learning_rate, global_step: as for `exponential_decay`.
        decay_steps: when the end is reached.
        alpha: the part of the rate that is left.
        name: of the name scope, "CosineDecay" unless given.

    Returns:
        Scalar tensor.
    """
    with _decay(name, "CosineDecay", learning_rate, global_step) as (rate, _):
        fraction = _part_done(rate, global_step, decay_steps)
        cosine = 0.5 * (1.0 + tf.cos(math.pi * fraction))
        return tf.multiply(rate, (1 - alpha) * cosine + alpha, name="Mul_3")  # TF1's name


def cosine_decay_restarts(
    learning_rate: Any,
    global_step: Any,
    first_decay_steps: Any,
    t_mul: Any = 2.0,
    m_mul: Any = 1.0,
    alpha: float = 0.0,
    name: str | None = None,
) -> Tensor:
    """`cosine_decay` again and again (``tf.train.cosine_decay_restarts``).

    Args:
        learning_rate, global_step: as for `exponential_decay`.
        first_decay_steps: length of the first period.
        t_mul: each period is by this factor longer than the one before.
        m_mul: the rate at which a period begins is by this factor that of the one before.
        alpha: the part of the rate that is left at the end of each.
        name: of the operation, "SGDRDecay" unless given.

    Returns:
        Scalar tensor.
    """
    with _decay(name, "SGDRDecay", learning_rate, global_step) as (rate, scope):
        periods = tf.cast(global_step, rate.dtype) / tf.cast(first_decay_steps, rate.dtype)
        factor = tf.cast(t_mul, rate.dtype)
        is_one = tf.equal(factor, 1.0)
        index, fraction = tf.cond(is_one, lambda: _equal_period(periods), lambda: _growing_period(periods, factor))
        cosine = 0.5 * tf.pow(tf.cast(m_mul, rate.dtype), index) * (1.0 + tf.cos(math.pi * fraction))
        return tf.multiply(rate, (1 - alpha) * cosine + alpha, name=scope)


def _equal_period(periods: Tensor) -> tuple[Tensor, Tensor]:
    """Which period it is, from 0, and how much of it is over."""
    index = tf.floor(periods)
    return index, periods - index


def _growing_period(periods: Tensor, factor: Tensor) -> tuple[Tensor, Tensor]:
    """The same if each period is longer than the one before: their lengths are a geometric series."""
    index = tf.floor(tf.math.log(1.0 - periods * (1.0 - factor)) / tf.math.log(factor))
    begin, length = (1.0 - factor**index) / (1.0 - factor), factor**index
    return index, (periods - begin) / length


def linear_cosine_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
    name: str | None = None,
) -> Tensor:
    """A straight line to 0 times a cosine (``tf.train.linear_cosine_decay``).

    ``learning_rate * ((alpha + 1 - x) * (1 + cos(2 * pi * num_periods * x)) / 2 + beta)`` with x the part of
    `decay_steps` that is over.

    Args:
        learning_rate, global_step: as for `exponential_decay`.
        decay_steps: when the end is reached.
        num_periods: of the cosine until then.
        alpha, beta: see above.
        name: of the operation, "LinearCosineDecay" unless given.

    Returns:
        Scalar tensor.
    """
    with _decay(name, "LinearCosineDecay", learning_rate, global_step) as (rate, scope):
        done = _part_done(rate, global_step, decay_steps)
        cosine = 0.5 * (1.0 + tf.cos(2.0 * math.pi * num_periods * done))
        return tf.multiply(rate, (alpha + (1.0 - done)) * cosine + beta, name=scope)


def noisy_linear_cosine_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    initial_variance: float = 1.0,
    variance_decay: float = 0.55,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
    name: str | None = None,
) -> Tensor:
    """`linear_cosine_decay` with noise on the straight line (``tf.train.noisy_linear_cosine_decay``).

    Args:
        learning_rate, global_step, decay_steps, num_periods, alpha, beta: as for `linear_cosine_decay`.
        initial_variance: of the noise at step 0.
        variance_decay: it is divided by ``(1 + global_step) ** variance_decay``.
        name: of the operation, "NoisyLinearCosineDecay" unless given.

    Returns:
        Scalar tensor.
    """
    with _decay(name, "NoisyLinearCosineDecay", learning_rate, global_step) as (rate, scope):
        done = _part_done(rate, global_step, decay_steps)
        step = tf.minimum(tf.cast(global_step, rate.dtype), tf.cast(decay_steps, rate.dtype))
        deviation = tf.sqrt(initial_variance / tf.pow(1.0 + step, variance_decay))
        line = (1.0 - done) + tf.random.normal([], stddev=deviation, dtype=rate.dtype)
        cosine = 0.5 * (1.0 + tf.cos(2.0 * math.pi * num_periods * done))
        return tf.multiply(rate, (alpha + line) * cosine + beta, name=scope)


def piecewise_constant(x: Any, boundaries: Sequence[Any], values: Sequence[Any], name: str | None = None) -> Tensor:
    """``values[0]`` up to and at ``boundaries[0]``, and so on (``tf.train.piecewise_constant``).

    Args:
        x: scalar tensor, variable or number, often the global step.
        boundaries: n numbers or scalar tensors with the dtype of `x`, rising; int32 for an int64 `x` is fine.
        values: n + 1 numbers or scalar tensors of one dtype.
        name: of the name scope, "PiecewiseConstant" unless given.

    Returns:
        Scalar tensor with the dtype of `values`.

    Raises:
        ValueError: lengths or dtypes don't fit.

    >>> [float(tf.train.piecewise_constant(step, [10, 20], [1.0, 0.5, 0.25])) for step in (10, 11, 21)]
    [1.0, 0.5, 0.25]
    """
    if len(boundaries) != len(values) - 1:
        raise ValueError("The length of boundaries should be 1 less than the length of values")
    if x is None:
        raise errors.none_value()
    # TF 1.15 made a branch for each value, and a check that exactly one is taken.
    made = len(boundaries) ** 2 + 14 * len(boundaries) + 26
    with name_scope(name, "PiecewiseConstant", [x, boundaries, values]), op_counts.exactly(made):
        x = tf.convert_to_tensor(x)
        limits = [_limit(boundary, x.dtype) for boundary in boundaries]
        levels = [tf.convert_to_tensor(value) for value in values]
        for level in levels[1:]:
            if level.dtype != levels[0].dtype:
                raise ValueError(
                    f"Values must have elements all with the same dtype ({levels[0].dtype} vs {level.dtype})."
                )
        index = tf.add_n([tf.cast(tf.greater(x, limit), tf.int32) for limit in limits]) if limits else 0
        return tf.gather(tf.stack(levels), index, name="case/cond/Merge")  # TF1's name


def _limit(boundary: Any, dtype: tf.DType) -> Tensor:
    limit = tf.convert_to_tensor(boundary)
    if limit.dtype == dtype:
        return limit
    if limit.dtype == tf.int32 and dtype == tf.int64:
        return tf.cast(limit, tf.int64)
    raise ValueError(f"Boundaries ({limit.dtype}) must have the same dtype as x ({dtype}).")


piecewise_constant_decay = piecewise_constant

# ------------------------------------------------------------------------------------- arguments


@contextmanager
def _decay(
    name: str | None, default_name: str, learning_rate: Any, global_step: Any, *others: Any
) -> Iterator[tuple[Tensor, str]]:
    """The name scope of a decay. Gives the rate at step 0 as a tensor, and the scope's name."""
    if global_step is None:
        raise errors.none_value()
    with name_scope(name, default_name, [learning_rate, global_step, *others]) as scope:
        rate = tf.convert_to_tensor(learning_rate, name="learning_rate")
        if not rate.dtype.is_floating:
            raise TypeError(f"A learning rate must be a floating number, but {learning_rate!r} is {rate.dtype.name}.")
        yield rate, scope


def _periods(rate: Tensor, global_step: Any, decay_steps: Any, staircase: bool) -> Tensor:
    periods = tf.cast(global_step, rate.dtype) / tf.cast(decay_steps, rate.dtype)
    return tf.floor(periods) if staircase else periods


def _part_done(rate: Tensor, global_step: Any, decay_steps: Any) -> Tensor:
    """From 0 to 1, and 1 afterwards."""
    steps = tf.cast(decay_steps, rate.dtype)
    return tf.minimum(tf.cast(global_step, rate.dtype), steps) / steps


hooks.keep_from_autograph(__name__)
