"""Dropout, as `tf.nn.dropout`, `tf.layers.dropout` and `DropoutWrapper` do it."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._random_ops import random_uniform

Tensor = Any


def drop(x: Tensor, rate: Any, noise_shape: Any = None, seed: int | None = None, name: str | None = None) -> Tensor:
    """Set elements of `x` to 0 with the probability `rate`, and divide the others by ``1 - rate``.

    Args:
        x: floating tensor.
        rate: number from 0 to less than 1, or scalar tensor.
        noise_shape: shape of the random numbers, which broadcasts to that of `x`.
        seed: for the random numbers.
        name: of the operation.

    Raises:
        ValueError: a rate that isn't from 0 to less than 1; or `x` are integers.
    """
    if not x.dtype.is_floating:
        raise ValueError(
            f"x has to be a floating point tensor since it's going to be scaled. Got a {x.dtype} tensor instead."
        )
    if isinstance(rate, int | float) and not 0 <= rate < 1:
        raise ValueError(f"rate must be a scalar tensor or a float in the range [0, 1), got {rate:g}")
    if modes.current_mode() == modes.GRAPH and not (isinstance(rate, int | float) and rate == 0):
        return _drop_in_graph(x, rate, noise_shape, seed, name)
    return tf.compat.v1.nn.dropout(x, noise_shape=noise_shape, seed=seed, name=name, rate=rate)


def _drop_in_graph(x: Tensor, rate: Any, noise_shape: Any, seed: int | None, name: str | None) -> Tensor:
    """The operations that TF 1.15 made, one by one: programs fetch them by name, and count on their seeds."""
    with name_scope(name, "dropout", [x]):
        rate = tf.convert_to_tensor(rate, x.dtype, name="rate")
        known = tf.get_static_value(rate)
        if known is not None and known == 0:
            return x
        shape = _noise_shape(x, noise_shape)
        noise = random_uniform(shape, seed=seed, dtype=x.dtype)
        scale = 1 / (1 - rate)
        kept = noise >= rate
        dropped = x * scale * tf.cast(kept, x.dtype)
        if not tf.executing_eagerly():
            dropped.set_shape(x.shape)
        return dropped


def _noise_shape(x: Tensor, noise_shape: Any) -> Any:
    """`noise_shape`, with the sizes of `x` where it says None."""
    if noise_shape is None:
        return tf.shape(x)
    if tf.is_tensor(noise_shape):
        return noise_shape
    try:
        sizes = tf.TensorShape(noise_shape)
    except (TypeError, ValueError):  # some sizes are tensors
        return noise_shape
    if x.shape.rank is not None and x.shape.rank == sizes.rank:
        known = [own if size is None else size for size, own in zip(sizes.as_list(), x.shape.as_list(), strict=True)]
        return known if None not in known else tf.TensorShape(known)
    return noise_shape


hooks.keep_from_autograph(__name__)
