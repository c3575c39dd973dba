"""``slim.prefetch_queue``: batches ahead of time. Graph mode only."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace, summary
from tf1compat_wd._core import sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

__all__ = ["prefetch_queue"]

_v1 = tf.compat.v1


def prefetch_queue(
    tensors: Any,
    capacity: int = 8,
    num_threads: int = 1,
    dynamic_pad: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """A queue of batches that are computed ahead of time (``slim.prefetch_queue.prefetch_queue``).

    A queue runner is added to QUEUE_RUNNERS.

    Args:
        tensors: list, or dictionary, of tensors to put into the queue.
        capacity: of the queue.
        num_threads: how many threads fill it.
        dynamic_pad: let shapes differ from batch to batch.
        shared_name: name for other sessions to find the queue by.
        name: name scope; default prefetch_queue.

    Returns:
        The queue; what ``dequeue()`` gives looks like `tensors`.

    Raises:
        RuntimeError: outside graph mode; ``tf.data``'s prefetch is the way there.
    """
    sessions.require_graph_mode("slim.prefetch_queue", "Input pipelines based on Queues are not supported.")
    if isinstance(tensors, dict):
        names: list[str] | None = sorted(tensors)
        values = [tensors[each] for each in names]  # type: ignore[union-attr]
    else:
        names, values = None, list(tensors)
    with name_scope(name, "prefetch_queue", values):
        values = [tf.convert_to_tensor(each) for each in values]
        dtypes, shapes = [each.dtype for each in values], [each.shape for each in values]
        make_queue = tf.queue.PaddingFIFOQueue if dynamic_pad else tf.queue.FIFOQueue
        queue = make_queue(capacity=capacity, dtypes=dtypes, shapes=shapes, names=names, shared_name=shared_name)
        enqueue = queue.enqueue(dict(zip(names, values, strict=True)) if names else values)
        _v1.train.add_queue_runner(_v1.train.QueueRunner(queue, [enqueue] * num_threads))
        share = tf.cast(queue.size(), tf.float32) * (1.0 / capacity)
        summary.scalar(f"fraction_of_{capacity}_full", share)
        return queue


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
