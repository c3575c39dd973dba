"""How many operations a graph would have by now in TF 1.15.

That number was the seed of a random operation without a seed of its own, once `tf.set_random_seed` had been called. So
the weights and the dropout of a seeded program, and every number that it prints, hang on how many operations TF 1.15
made before. TensorFlow 2 counts random operations instead, and all numbers are others.

`tf1compat-wd run` counts as TF 1.15 did. Where TensorFlow 2 or we make fewer operations than TF 1.15 made, or more, the
difference is noted with `more`: by our own functions, by `call_counts` for those that we pass on, and by
`gradient_counts` for derivatives. Not derivatives of derivatives, and not everything that seldom stands before a random
operation: see the guide, migration_guide/running_scripts.md.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tf1compat_wd._core import gradient_counts
from tf1compat_wd._core import tensorflow_hooks as hooks

_differences: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
_is_counting = False


def start() -> None:
    """Seed random operations by the number of operations, from now on and in the whole process."""
    global _is_counting
    _is_counting = True
    hooks.seed_random_operations_by(count)
    hooks.when_iterator_is_made(lambda: more(3))  # TF 1.15 had its optimizations of datasets in the graph
    hooks.when_gradients_are_asked(_gradients)
    hooks.when_gradient_is_made(_gradient)


def is_counting() -> bool:
    """Has `start` been called?"""
    return _is_counting


def count(graph: Any) -> int:
    """Return the number of operations that `graph` would have in TF 1.15, as far as we know."""
    return hooks.number_of_operations(graph) + _differences.get(graph, 0)


def more(number: int) -> None:
    """Note that TF 1.15 made `number` operations more than were made here; or fewer, if it is negative."""
    if _is_counting and not hooks.executing_eagerly():
        graph = hooks.default_graph()
        _differences[graph] = _differences.get(graph, 0) + number


@contextmanager
def exactly(number: int) -> Iterator[None]:
    """Note that for what is made inside, TF 1.15 made `number` operations."""
    if not _is_counting or hooks.executing_eagerly():
        yield
        return
    graph = hooks.default_graph()
    before = count(graph)
    yield
    more(number - (count(graph) - before))


_has_gates: ContextVar[bool] = ContextVar("_has_gates", default=False)


@contextmanager
def _gradients(has_gates: bool) -> Iterator[None]:
    token = _has_gates.set(has_gates)
    try:
        yield
    finally:
        _has_gates.reset(token)


@contextmanager
def _gradient(operation: Any, gradients: tuple[Any, ...]) -> Iterator[None]:
    """Note how many operations TF 1.15 made for the derivative of `operation`, which is made inside."""
    graph = operation.graph
    first, before = hooks.number_of_operations(graph), count(graph)
    yield
    in_loop = hooks.is_in_loop(operation)
    made = graph.get_operations()[first:] if in_loop and gradient_counts.is_known(operation) else None
    number = gradient_counts.number(operation, gradients, made)
    difference = (
        gradient_counts.more(operation, in_loop, _has_gates.get())
        if number is None
        else number - (count(graph) - before)
    )
    if difference:
        _differences[graph] = _differences.get(graph, 0) + difference


hooks.keep_from_autograph(__name__)
