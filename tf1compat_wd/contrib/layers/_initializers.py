"""Initializers whose spread depends on how many inputs and outputs a weight has."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Initializer = Callable[..., Any]

#: A normal distribution cut at two standard deviations has a variance smaller than that by this factor, nearly.
_CUT = 1.3


def xavier_initializer(uniform: bool = True, seed: int | None = None, dtype: Any = tf.float32) -> Initializer:
    """Glorot's and Bengio's initializer: the default of layers here (``slim.xavier_initializer``).

    Uniform between plus and minus sqrt(6 / (inputs + outputs)); or else normal, cut at two standard deviations, with
    a standard deviation of sqrt(2 / (inputs + outputs)).

    Args:
        uniform: uniform or normal.
        seed: of the random numbers.
        dtype: for when the caller of the initializer gives none.

    Raises:
        TypeError: `dtype` isn't a floating one.

    Source: facts of the topic contrib_layers_initializers.

    >>> tf.contrib.layers.xavier_initializer()([2, 3]).shape.as_list()
    [2, 3]
    """
    return variance_scaling_initializer(1.0, "FAN_AVG", uniform, seed, dtype)


def variance_scaling_initializer(
    factor: float = 2.0, mode: str = "FAN_IN", uniform: bool = False, seed: int | None = None, dtype: Any = tf.float32
) -> Initializer:
    """An initializer with a variance of `factor` / n (``slim.variance_scaling_initializer``).

    Args:
        factor: 2.0 suits relu.
        mode: what n is: FAN_IN the inputs of the weight, FAN_OUT its outputs, FAN_AVG the mean of both. They are the
            last two axes of the shape, each times the product of the other axes.
        uniform: uniform, or normal and cut at two standard deviations.
        seed: of the random numbers.
        dtype: for when the caller of the initializer gives none.

    Returns:
        Function of shape, dtype and partition_info.

    Raises:
        TypeError: `dtype` isn't a floating one, or there is no such `mode`.
    """
    if not tf.as_dtype(dtype).is_floating:
        raise TypeError("Cannot create initializer for non-floating point type.")
    if mode not in ("FAN_IN", "FAN_OUT", "FAN_AVG"):
        # TF1 forgot to fill in the mode, and shows the two parts of its message (fact: an_unknown_mode_is_refused)
        raise TypeError(f"('Unknown mode %s [FAN_IN, FAN_OUT, FAN_AVG]', {mode!r})")
    default_dtype = dtype

    def _initializer(shape: Any, dtype: Any = default_dtype, partition_info: Any = None) -> Any:
        del partition_info
        if not tf.as_dtype(dtype).is_floating:
            raise TypeError("Cannot create initializer for non-floating point type.")
        size = [int(length) for length in shape]
        variance = factor / _connections(size, mode)
        if uniform:
            limit = math.sqrt(3.0 * variance)
            return tf.compat.v1.random_uniform(size, -limit, limit, dtype, seed=seed)
        return tf.compat.v1.truncated_normal(size, 0.0, math.sqrt(_CUT * variance), dtype, seed=seed)

    return _initializer


def _connections(shape: Sequence[int], mode: str) -> float:
    fan_in = float(shape[-2]) if len(shape) > 1 else float(shape[-1]) if shape else 1.0
    fan_out = float(shape[-1]) if shape else 1.0
    others = math.prod(shape[:-2])
    if mode == "FAN_IN":
        return fan_in * others
    return fan_out * others if mode == "FAN_OUT" else (fan_in + fan_out) * others / 2.0


hooks.keep_from_autograph(__name__)
