"""Which parameter server keeps a variable, for the `ps_strategy` of `tf.train.replica_device_setter`."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Any

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks


class GreedyLoadBalancingStrategy:
    """Puts each operation on the task with the least load (``tf.contrib.training.GreedyLoadBalancingStrategy``).

    Args:
        num_tasks: number of parameter servers.
        load_fn: function of an operation giving its load, such as `byte_size_load_fn`.

    >>> place = tf.contrib.training.GreedyLoadBalancingStrategy(2, lambda load: load)
    >>> [place(load) for load in (3, 1, 1, 4)]
    [0, 1, 1, 1]
    """

    def __init__(self, num_tasks: int, load_fn: Callable[[Any], float]) -> None:
        self._loads = [0.0] * num_tasks
        self._load_of = load_fn

    def __call__(self, op: Any) -> int:
        task = self._loads.index(min(self._loads))
        self._loads[task] += self._load_of(op)
        return task


class RandomStrategy:
    """Puts each operation on a task that its name decides (``tf.contrib.training.RandomStrategy``).

    Args:
        num_ps_tasks: number of parameter servers.
        seed: another one gives other places.
    """

    def __init__(self, num_ps_tasks: int, seed: int = 0) -> None:
        self._tasks = num_ps_tasks
        self._seed = seed

    def __call__(self, op: Any) -> int:
        digest = hashlib.md5(f"{op.name}_{self._seed}".encode(), usedforsecurity=False).hexdigest()
        return int(digest, 16) % self._tasks


def byte_size_load_fn(op: Any) -> int:
    """The number of bytes of an operation's output (``tf.contrib.training.byte_size_load_fn``).

    Raises:
        ValueError: it has another number of outputs, or its shape isn't known.
    """
    if len(op.outputs) != 1:
        raise ValueError(f"Op {op} must have a single output")
    shape = op.outputs[0].shape
    if not shape.is_fully_defined():
        raise ValueError(
            f"Shape {errors.shape_text(shape)} is not fully defined\n\n"
            f"It is the shape of {op.outputs[0]}: only what has a known size can be weighed."
        )
    return int(op.outputs[0].dtype.size * math.prod(shape.as_list()))


hooks.keep_from_autograph(__name__)
