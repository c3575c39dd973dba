"""``tf.fixed_size_partitioner`` and its kind: TensorFlow's own, with TF1's errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks

Partitioner = Callable[..., Sequence[int]]


def fixed_size_partitioner(num_shards: int, axis: int = 0) -> Partitioner:
    """Cut a variable into `num_shards` along `axis`, but never into more than it has rows there.

    >>> tf.fixed_size_partitioner(2)(shape=tf.TensorShape([4, 3]), dtype=tf.float32)
    [2, 1]
    """
    return tf.compat.v1.fixed_size_partitioner(num_shards, axis)


def variable_axis_size_partitioner(
    max_shard_bytes: int, axis: int = 0, bytes_per_string_element: int = 16, max_shards: int | None = None
) -> Partitioner:
    """Cut a variable along `axis` into shards of at most `max_shard_bytes`, but at most `max_shards`.

    Raises:
        ValueError: a limit is below 1; or, when called, the shape is not fully known.
    """
    theirs = tf.compat.v1.variable_axis_size_partitioner(max_shard_bytes, axis, bytes_per_string_element, max_shards)

    def partitioner(shape: Any, dtype: Any) -> Sequence[int]:
        if not isinstance(shape, tf.TensorShape):
            raise ValueError(f"shape is not a TensorShape: {shape}")
        if not shape.is_fully_defined():
            raise ValueError(f"shape is not fully defined: {errors.shape_text(shape)}")
        return theirs(shape=shape, dtype=dtype)

    return partitioner


def min_max_variable_partitioner(
    max_partitions: int = 1, axis: int = 0, min_slice_size: int = 256 << 10, bytes_per_string_element: int = 16
) -> Partitioner:
    """Cut a variable along `axis` into at most `max_partitions` shards of at least `min_slice_size` bytes.

    Raises:
        ValueError: a limit is below 1; or, when called, the variable has no such axis.
    """
    theirs = tf.compat.v1.min_max_variable_partitioner(max_partitions, axis, min_slice_size, bytes_per_string_element)

    def partitioner(shape: Any, dtype: Any) -> Sequence[int]:
        if axis >= shape.rank:
            raise ValueError(f"Can not partition variable along axis {axis} when shape is only {shape}")
        return theirs(shape=shape, dtype=dtype)

    return partitioner


def of_strategy(shape: Any, dtype: Any, trainable: bool | None) -> Partitioner | None:
    """What cuts up a new variable for which the program names no partitioner; None to leave it whole.

    The ``variable_partitioner`` of a ParameterServerStrategy would make one object of several variables, which
    TF1's code, optimizers and checkpoints don't know. As a partitioner of TF1 it gives what those expect: slices
    ``w/part_0``, ``w/part_1`` with slots of their own. What no gradient changes (moving averages) stays whole.
    """
    theirs = hooks.partitioner_of(tf.distribute.get_strategy())
    if theirs is None or trainable is False or shape is None:
        return None
    static = tf.TensorShape(shape)
    if not static.rank or not static.is_fully_defined():
        return None
    counts = theirs(shape=static, dtype=dtype)
    return (lambda **_: list(counts)) if max(counts) > 1 else None


hooks.keep_from_autograph(__name__)
