"""How a partitioner cuts a variable into shards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks


class Slice(NamedTuple):
    """One shard: ``part_0``, where it begins in the whole variable, and its shape."""

    name: str
    offset: tuple[int, ...]
    shape: tuple[int, ...]


class Partitioning(NamedTuple):
    """What an earlier pass has made of a partitioned variable."""

    shape: tf.TensorShape
    partitions: list[int]  # the number of shards along each axis


def decide(name: str, shape: tf.TensorShape, dtype: tf.DType, partitioner: Any) -> list[int]:
    """Ask `partitioner` into how many shards to cut variable `name` along each axis.

    Raises:
        ValueError: the shape is not fully known, or the answer is not one number per axis with at most one of
            them above 1.
    """
    if not shape.is_fully_defined():
        raise errors.partitioned_shape_not_defined(name, shape)
    if not shape.rank:
        raise ValueError(f"A partitioned Variable must have rank at least 1, shape: {shape}")
    answer = partitioner(shape=shape, dtype=dtype)
    if not isinstance(answer, Sequence):
        raise ValueError(f"Partitioner must return a sequence, but saw: {answer}")
    if len(answer) != shape.rank:
        raise ValueError(
            f"Partitioner returned a partition list that does not match the Variable's rank: {answer} vs. {shape}"
        )
    if any(count < 1 for count in answer):
        raise ValueError(f"Partitioner returned zero partitions for some axes: {answer}")
    if sum(count > 1 for count in answer) > 1:
        raise ValueError(f"Can only slice a variable along one dimension: shape: {shape}, partitioning: {answer}")
    return list(answer)


def cut(shape: list[int], partitions: list[int]) -> list[Slice]:
    """Shards as even as can be; the first ones take what is left over (fact: part_uneven_axis1)."""
    axis = next((i for i, count in enumerate(partitions) if count > 1), 0)
    count = partitions[axis]
    size, extra = divmod(shape[axis], count)
    slices = []
    begin = 0
    for i in range(count):
        length = size + (i < extra)
        offset = tuple(begin if a == axis else 0 for a in range(len(shape)))
        extent = tuple(length if a == axis else n for a, n in enumerate(shape))
        slices.append(Slice(f"part_{i}", offset, extent))
        begin += length
    return slices


hooks.keep_from_autograph(__name__)
