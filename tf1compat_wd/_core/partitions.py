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


class Slices(NamedTuple):
    partitions: list[int]  # the number of shards along each axis
    slices: list[Slice]


def decide(name: str, shape: tf.TensorShape, dtype: tf.DType, partitioner: Any) -> Slices:
    """Ask `partitioner` how to cut variable `name`; without one, it stays whole in one shard.

    Raises:
        ValueError: it is not callable, the shape is not fully known, or the answer is not one number per
            axis with at most one of them above 1.
    """
    if partitioner is not None and not callable(partitioner):
        raise ValueError(f"Partitioner must be callable, but received: {partitioner}")
    if not shape.is_fully_defined():
        raise ValueError(
            "Shape of a new partitioned variable must be fully defined, but instead was "
            f"{errors.shape_text(shape)}.\n\nThe variable is {name}."
        )
    if not shape.rank:
        raise ValueError(f"A partitioned Variable must have rank at least 1: {shape}.")
    answer = [1] * shape.rank if partitioner is None else partitioner(shape=shape, dtype=dtype)
    partitions = _checked(answer, shape)
    axis = next((i for i, count in enumerate(partitions) if count > 1), 0)
    return Slices(partitions, list(_cut(shape.as_list(), axis, partitions[axis])))


def _checked(answer: Any, shape: tf.TensorShape) -> list[int]:
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


def _cut(shape: list[int], axis: int, count: int) -> list[Slice]:
    """Shards as even as can be; the first ones take what is left over (fact: part_uneven_axis1)."""
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
