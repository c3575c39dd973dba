"""``slim.queues``: queue runners for the time of a ``with``. Graph mode only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["NestedQueueRunnerError", "QueueRunners"]

_v1 = tf.compat.v1

#: Stands in a graph while its queue runners run.
_RUNNING = ("__tf1compat_wd_queues",)


class NestedQueueRunnerError(Exception):
    """The queue runners of this graph run already."""


@contextmanager
def QueueRunners(session: Any) -> Iterator[None]:
    """Start the queue runners of a session's graph, and stop them at the end (``slim.queues.QueueRunners``).

    Args:
        session: an open session.

    Raises:
        NestedQueueRunnerError: they run already.
    """
    collections = hooks.collections_of(session.graph)
    if collections.get(_RUNNING):
        raise NestedQueueRunnerError("QueueRunners cannot be nested")
    coordinator = _v1.train.Coordinator()
    collections[_RUNNING] = [coordinator]
    try:
        threads: list[Any] = []
        for runner in session.graph.get_collection(_v1.GraphKeys.QUEUE_RUNNERS):
            threads += runner.create_threads(session, coord=coordinator, daemon=True, start=True)
        try:
            yield
        finally:
            coordinator.request_stop()
            try:
                coordinator.join(threads, stop_grace_period_secs=120)
            except RuntimeError:
                session.close()
    finally:
        collections.pop(_RUNNING, None)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
