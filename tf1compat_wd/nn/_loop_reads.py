"""Reading a variable once for a whole loop over time, as TF 1's caching did.

``tf.nn.dynamic_rnn`` of TF 1 read each weight once, outside its loop (it gave the variable scope a caching device).
Inside the body of a ``tf.while_loop`` of TensorFlow 2 a variable is read at every step, and the loop's gradient keeps
every one of the values; compiled with XLA, these are copies. So the weights of a cell of ours that something in the
loop's body assigns keep their old values until the loop ends, as they did in TF 1.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks


class _Reads:
    """What one loop has read, and the graph that the loop stands in (None in eager mode)."""

    __slots__ = ("graph", "values")

    def __init__(self, graph: hooks.Graph | None) -> None:
        self.graph = graph
        self.values: dict[int, tuple[Any, Any]] = {}


class _Innermost(threading.local):
    reads: _Reads | None = None


_innermost = _Innermost()


@contextmanager
def reading_once() -> Iterator[None]:
    """A loop: inside, `read_once` reads each variable the first time only."""
    outer = _innermost.reads
    _innermost.reads = _Reads(None if hooks.executing_eagerly() else hooks.default_graph())
    try:
        yield
    finally:
        _innermost.reads = outer


def read_once(variable: Any) -> Any:
    """The value of `variable`, read before the loop around us; without a loop, the variable itself."""
    reads = _innermost.reads
    if reads is None:
        return variable
    found = reads.values.get(id(variable))
    if found is None:
        found = reads.values[id(variable)] = (variable, _read(variable, reads.graph))
    return found[1]


def _read(variable: Any, graph: hooks.Graph | None) -> Any:
    if not isinstance(variable, tf.Variable | hooks.PartitionedVariable):
        return variable  # what a custom getter has made of it in the loop's body
    if graph is None:
        return tf.convert_to_tensor(variable)
    if graph is hooks.default_graph():  # a loop of TF 1's kind, or none: the caching device has seen to it
        return variable
    with hooks.in_graph(graph, eager=False):
        return tf.convert_to_tensor(variable)


hooks.keep_from_autograph(__name__)
