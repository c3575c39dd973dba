"""Batches of examples that are alike, by queues. Graph mode only."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import summary
from tf1compat_wd._core import sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any
_v1 = tf.compat.v1

_ENDS = (tf.errors.OutOfRangeError, tf.errors.CancelledError)


def bucket(
    tensors: Any,
    which_bucket: Tensor,
    batch_size: Any,
    num_buckets: int,
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Sequence[int] | None = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> tuple[Tensor, Any]:
    """Batches whose examples all went to the same bucket (``tf.contrib.training.bucket``).

    Each bucket has a queue; when one holds a batch, that goes to a queue on top, from which this reads. Two queue
    runners are added to QUEUE_RUNNERS, and summaries of the queues' sizes to SUMMARIES.

    Args:
        tensors: list or dictionary of tensors: one example.
        which_bucket: scalar int32 tensor, from 0 up to `num_buckets`.
        batch_size: how many examples make a batch, or a list with a number for each bucket.
        num_buckets: how many buckets there are.
        num_threads: how many threads fill the buckets.
        capacity: of the queue on top and, without `bucket_capacities`, of each bucket.
        bucket_capacities: the capacity of each bucket.
        shapes: shapes of the tensors of an example, where they are not known.
        dynamic_pad: pad with zeros (or "") to the longest example of the batch.
        allow_smaller_final_batch: when the input ends, also give what the buckets still hold.
        keep_input: boolean scalar tensor: whether the example is used at all.
        shared_name: name for other sessions to find the queue on top by.
        name: name scope; default bucket.

    Returns:
        The bucket of the batch, a scalar int32 tensor, and the batch, which looks like `tensors`; a tensor for a list
        of one.

    Raises:
        RuntimeError: outside graph mode; ``tf.data.Dataset.bucket_by_sequence_length`` is the way there.
        ValueError: numbers of sizes or capacities are not the number of buckets, there are no tensors, or, without
            `dynamic_pad`, a shape is not fully defined.

    Source: tests/contrib/test_bucketing.py, recorded on 1.15.5.
    """
    sessions.require_graph_mode("tf.contrib.training.bucket", "Input pipelines based on Queues are not supported.")
    sizes = _numbers(batch_size, num_buckets, "batch_size")
    if bucket_capacities is not None and len(bucket_capacities) != num_buckets:
        raise ValueError(
            f"The list bucket_capacities ({bucket_capacities}) must have exactly num_buckets ({num_buckets}) elements."
        )
    values, pack = _flat(tensors)
    with name_scope(name, "bucket", values):
        which_bucket = tf.cast(tf.convert_to_tensor(which_bucket), tf.int32)
        which_bucket.shape.assert_has_rank(0)
        keep = _condition(keep_input)
        values, shapes = _known(values, shapes, dynamic_pad)
        dtypes = [each.dtype for each in values]
        make_queue = tf.queue.PaddingFIFOQueue if dynamic_pad else tf.queue.FIFOQueue
        queues = [
            make_queue(
                capacity=bucket_capacities[number] if bucket_capacities is not None else capacity,
                dtypes=dtypes,
                shapes=shapes,
                name=f"bucket_queue_{number}",
            )
            for number in range(num_buckets)
        ]
        counts = {None if allow_smaller_final_batch else size for size in sizes}
        count = counts.pop() if len(counts) == 1 else None
        top = tf.queue.PaddingFIFOQueue(
            capacity=capacity,
            dtypes=[tf.int32, *dtypes],
            shapes=[tf.TensorShape([]), *(tf.TensorShape([count]).concatenate(shape) for shape in shapes)],
            shared_name=shared_name,
            name="top_queue",
        )

        def put() -> Any:
            puts = []
            for number, queue in enumerate(queues):

                def into(queue: Any = queue) -> Any:
                    with tf.control_dependencies([queue.enqueue(values)]):
                        return tf.constant(True)

                puts.append(_v1.cond(tf.equal(which_bucket, number), into, lambda: tf.constant(False)))
            return tf.group(*puts)

        enqueue = put() if keep is None else _only_if(keep, put)
        moves = []
        for number, (queue, size) in enumerate(zip(queues, sizes, strict=True)):
            read = queue.dequeue_up_to if allow_smaller_final_batch else queue.dequeue_many
            batch = read(size, name=f"read_bucket_{number}")
            batch = batch if isinstance(batch, (list, tuple)) else [batch]
            moves.append(top.enqueue([tf.constant(number), *batch], name=f"enqueue_from_bucket_{number}"))
        _run(queues[0], [enqueue] * num_threads, queues)
        _run(top, moves, [top])
        for queue in queues:
            summary.scalar(f"bucket/{queue.name}/size", tf.cast(queue.size(), tf.float32))
        share = tf.cast(top.size(), tf.float32) * (1.0 / capacity)
        summary.scalar(f"bucket/{top.name}/fraction_of_{capacity}_full", share)
        which, *batch = top.dequeue(name="dequeue_top")
        for each, shape in zip(batch, shapes, strict=True):
            each.set_shape(tf.TensorShape([count]).concatenate(shape))
        # TF1: a list of one example's only tensor comes back as a tensor
        return which, batch[0] if isinstance(tensors, (list, tuple)) and len(batch) == 1 else pack(batch)


def bucket_by_sequence_length(
    input_length: Tensor,
    tensors: Any,
    batch_size: Any,
    bucket_boundaries: Sequence[int],
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Sequence[int] | None = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> tuple[Tensor, Any]:
    """Batches of sequences that are about as long (``tf.contrib.training.bucket_by_sequence_length``).

    With the boundaries 5 and 10 there are three buckets: lengths below 5, from 5 and below 10, and from 10.

    Args:
        input_length: scalar int32 tensor, the length of the example.
        tensors, num_threads, capacity, shapes, dynamic_pad, allow_smaller_final_batch, keep_input, shared_name: as
            for `bucket`.
        batch_size: how many examples make a batch, or a list with a number for each bucket.
        bucket_boundaries: growing integers.
        bucket_capacities: the capacity of each bucket, one more than there are boundaries.
        name: name scope; default bucket_by_sequence_length.

    Returns:
        The lengths of the batch's sequences, an int32 tensor [batch], and the batch, which looks like `tensors`.

    Raises:
        RuntimeError: outside graph mode; ``tf.data.Dataset.bucket_by_sequence_length`` is the way there.
        ValueError, TypeError: there are no boundaries, or they don't grow or are no integers; as `bucket`.

    Source: tests/contrib/test_bucketing.py, recorded on 1.15.5.
    """
    _check_boundaries(bucket_boundaries)
    sessions.require_graph_mode(
        "tf.contrib.training.bucket_by_sequence_length", "Input pipelines based on Queues are not supported."
    )
    count = len(bucket_boundaries) + 1
    _numbers(batch_size, count, "batch_size")
    if bucket_capacities is not None and len(bucket_capacities) != count:
        raise ValueError(
            f"The list bucket_capacities ({bucket_capacities}) must have exactly num_buckets ({count}) elements."
        )
    values, pack = _flat(tensors)
    with name_scope(name, "bucket_by_sequence_length", [input_length, *values]):
        length = tf.cast(tf.convert_to_tensor(input_length), tf.int32)
        above = [tf.less_equal(tf.constant(boundary), length) for boundary in bucket_boundaries]
        which = tf.reduce_sum(tf.cast(tf.stack(above), tf.int32), 0)
        _, batch = bucket(
            [length, *values],
            which,
            batch_size,
            count,
            num_threads=num_threads,
            capacity=capacity,
            bucket_capacities=bucket_capacities,
            shapes=None if shapes is None else [[], *shapes],
            dynamic_pad=dynamic_pad,
            allow_smaller_final_batch=allow_smaller_final_batch,
            keep_input=keep_input,
            shared_name=shared_name,
        )
        return batch[0], pack(batch[1:])


def _check_boundaries(boundaries: Any) -> None:
    if not isinstance(boundaries, (list, tuple)):
        raise TypeError(f"bucket_boundaries must be a list or tuple, but received: {boundaries}")
    if not boundaries:
        raise ValueError("bucket_boundaries must not be empty")
    for lower, upper in itertools.pairwise(boundaries):
        if not isinstance(lower, int) or not isinstance(upper, int):
            raise TypeError(f"bucket boundaries must be integers, but saw: {lower} and {upper}")
        if lower >= upper:
            raise ValueError(f"Buckets must contain sequential increasing lengths, but saw: {lower} before {upper}")


def _numbers(number: Any, count: int, what: str) -> list[Any]:
    if not isinstance(number, (list, tuple)):
        return [number] * count
    if len(number) != count:
        raise ValueError(f"If {what} is a list it must have num_buckets elements")
    return list(number)


def _flat(tensors: Any) -> tuple[list[Tensor], Callable[[list[Tensor]], Any]]:
    """The tensors as a list, and what puts others of their number into the same form."""
    if isinstance(tensors, Mapping):
        keys = sorted(tensors)
        return [_tensor(tensors[key]) for key in keys], lambda batch: dict(zip(keys, batch, strict=True))
    if tf.is_tensor(tensors) or isinstance(tensors, tf.Variable):
        return [_tensor(tensors)], lambda batch: batch[0]
    if not tensors:
        raise ValueError("Expected at least one tensor in bucket().")
    return [_tensor(each) for each in tensors], lambda batch: batch


def _tensor(value: Any) -> Tensor:
    if isinstance(value, tf.SparseTensor):
        raise TypeError("tf.contrib.training.bucket takes no sparse tensors; use tf.sparse.to_dense first.")
    return tf.convert_to_tensor(value)


def _condition(keep_input: Any) -> Tensor:
    """The condition as a tensor; None where every example is kept."""
    keep = tf.convert_to_tensor(keep_input)
    if keep.shape.rank is None:
        raise ValueError("`keep_input` dimensions must be known at graph construction.")
    if keep.shape.rank > 0:
        raise ValueError("`keep_input` cannot be a vector when `enqueue_many=False`.")
    return None if tf.get_static_value(keep) is not None and bool(tf.get_static_value(keep)) else keep


def _known(values: list[Tensor], shapes: Any, dynamic_pad: bool) -> tuple[list[Tensor], list[Any]]:
    if shapes is None:
        found = [each.shape for each in values]
    else:
        found = [tf.TensorShape(shape) for shape in shapes]
        for each, shape in zip(values, found, strict=True):
            each.shape.assert_is_compatible_with(shape)
    if dynamic_pad and any(shape.rank is None for shape in found):
        raise ValueError(f"Cannot infer Tensor's rank: {values}")
    if not dynamic_pad and not all(shape.is_fully_defined() for shape in found):
        raise ValueError(f"All shapes must be fully defined: {found}")
    return values, found


def _only_if(condition: Tensor, put: Callable[[], Any]) -> Any:
    def into() -> Any:
        with tf.control_dependencies([put()]):
            return tf.constant(True)

    return _v1.cond(condition, into, lambda: tf.constant(False)).op


def _run(queue: Any, enqueues: list[Any], closed: list[Any]) -> None:
    close = tf.group(*(each.close() for each in closed))
    cancel = tf.group(*(each.close(cancel_pending_enqueues=True) for each in closed))
    _v1.train.add_queue_runner(
        _v1.train.QueueRunner(queue, enqueues, close_op=close, cancel_op=cancel, queue_closed_exception_types=_ENDS)
    )


hooks.keep_from_autograph(__name__)
