"""Unique names in the replicas of a `tf.distribute` strategy: each replica counts by itself."""

from __future__ import annotations

import weakref
from threading import get_ident
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_counter import NameCounter


class ReplicaNames(NameCounter):
    """The names of one pass.

    All replicas of ``strategy.run`` run the same code, in threads of their own, and share the variables: the second has
    to arrive at the names of the first, not at ``name_1``. So each goes on from what was there when the run began; and
    after it, what the first replica has counted holds for the pass.
    """

    __slots__ = ("_replicas", "_thread")

    def __init__(self) -> None:
        self._next = {}
        # None: begun by one of the replicas, for all of them
        self._thread = None if hooks.has_strategy() and _replica_context() else get_ident()
        self._replicas: dict[int, tuple[weakref.ref[Any], NameCounter]] = {}  # with the context of their run

    def unique(self, name: str) -> str:
        if get_ident() == self._thread:
            if self._replicas:
                self._end_run()
        else:
            context = _replica_context()
            if context is not None:
                return self._of_replica(context).unique(name)
        base = name.lower()
        if base not in self._next:  # the usual case, without another call
            self._next[base] = 1
            return name
        return super().unique(name)

    def copy(self) -> NameCounter:
        """A counter that goes on from here by itself."""
        other = ReplicaNames()
        other._next, other._thread = dict(self._next), self._thread
        return other

    def _of_replica(self, context: Any) -> NameCounter:
        replica = hooks.replica_number(context)
        known = self._replicas.get(replica)
        if known is not None and known[0]() is context:
            return known[1]
        if replica == 0:  # which is the first to start
            self._end_run()
        counter = NameCounter()
        counter._next = dict(self._next)
        self._replicas[replica] = weakref.ref(context), counter
        return counter

    def _end_run(self) -> None:
        if 0 in self._replicas:
            self._next = self._replicas[0][1]._next
        self._replicas.clear()


def _replica_context() -> Any:
    return tf.distribute.get_replica_context() if hooks.has_strategy() else None


def without_replica(scope: str) -> str:
    """The name scope `scope` of a trace without the part that a strategy adds for its second and further replicas."""
    context = _replica_context()
    replica = 0 if context is None else hooks.replica_number(context)
    return scope.replace(f"replica_{replica}/", "", 1) if replica else scope


hooks.keep_from_autograph(__name__)
