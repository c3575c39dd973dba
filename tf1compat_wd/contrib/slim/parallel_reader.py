"""``slim.parallel_reader``: several readers that fill one queue. Graph mode only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace, summary
from tf1compat_wd._core import sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

__all__ = ["ParallelReader", "get_data_files", "parallel_read", "single_pass_read"]

_v1 = tf.compat.v1


class ParallelReader(_v1.ReaderBase):  # type: ignore[misc]
    """Several readers that read different files and put the records into one queue.

    A queue runner for the readers is added to QUEUE_RUNNERS.

    Args:
        reader_class: class of the readers.
        common_queue: queue of pairs of strings, or of what the readers give.
        num_readers: how many there are.
        reader_kwargs: dictionary of their arguments.

    Raises:
        TypeError: `common_queue` is for something else than pairs of strings.
    """

    def __init__(
        self, reader_class: Any, common_queue: Any, num_readers: int = 4, reader_kwargs: dict[str, Any] | None = None
    ) -> None:
        dtypes = common_queue.dtypes
        if len(dtypes) != 2 or any(not dtype.is_compatible_with(tf.string) for dtype in dtypes):
            raise TypeError("common_queue.dtypes must be [tf.string, tf.string]")
        self._readers = [reader_class(**(reader_kwargs or {})) for _ in range(num_readers)]
        self._common_queue = common_queue

    @property
    def num_readers(self) -> int:
        return len(self._readers)

    @property
    def common_queue(self) -> Any:
        return self._common_queue

    def read(self, queue: Any, name: str | None = None) -> Any:
        """The next record, a pair of key and value, of the files in `queue`."""
        self._configure_readers_by(queue)
        return self._common_queue.dequeue(name=name)

    def read_up_to(self, queue: Any, num_records: int, name: str | None = None) -> Any:
        """Up to `num_records` records: a tensor of keys and one of values."""
        self._configure_readers_by(queue)
        return self._common_queue.dequeue_up_to(num_records, name)

    def _configure_readers_by(self, queue: Any) -> None:
        enqueue_ops = [self._common_queue.enqueue(reader.read(queue)) for reader in self._readers]
        _v1.train.add_queue_runner(_v1.train.QueueRunner(self._common_queue, enqueue_ops))

    def num_records_produced(self, name: str | None = None) -> Any:
        """How many records all readers have read, int64."""
        return tf.add_n([reader.num_records_produced() for reader in self._readers], name=name)

    def num_work_units_completed(self, name: str | None = None) -> Any:
        """How many files all readers have read, int64."""
        return tf.add_n([reader.num_work_units_completed() for reader in self._readers], name=name)


def get_data_files(data_sources: Any) -> list[str]:
    """The files that a name, a pattern, or a list of them stands for (``slim.parallel_reader.get_data_files``).

    Raises:
        ValueError: there are none.
    """
    if isinstance(data_sources, list | tuple):
        files = [file for source in data_sources for file in get_data_files(source)]
    elif any(mark in data_sources for mark in "*?["):
        files = tf.io.gfile.glob(data_sources)
    else:
        files = [data_sources]
    if not files:
        raise ValueError(f"No data files found in {data_sources}")
    return files


def parallel_read(
    data_sources: Any,
    reader_class: Any,
    num_epochs: int | None = None,
    num_readers: int = 4,
    reader_kwargs: dict[str, Any] | None = None,
    shuffle: bool = True,
    dtypes: Sequence[Any] | None = None,
    capacity: int = 256,
    min_after_dequeue: int = 128,
    seed: int | None = None,
    scope: str | None = None,
) -> tuple[Any, Any]:
    """Records of several files, read by several readers (``slim.parallel_reader.parallel_read``).

    Args:
        data_sources: see `get_data_files`.
        reader_class: class of the readers.
        num_epochs: how often to read each file; None: for ever.
        num_readers: at most; there are no more than files.
        reader_kwargs: dictionary of the readers' arguments.
        shuffle: files, and records in the queue.
        dtypes: of key and value; default: strings.
        capacity, min_after_dequeue: of the queue.
        seed: for shuffling.
        scope: name scope; default parallel_read.

    Returns:
        Key and value.

    Raises:
        RuntimeError: outside graph mode; ``tf.data`` is the way there.
    """
    sessions.require_graph_mode("slim.parallel_reader", "Input pipelines based on Queues are not supported.")
    data_files = get_data_files(data_sources)
    with name_scope(scope, "parallel_read"):
        filenames = _v1.train.string_input_producer(
            data_files, num_epochs=num_epochs, shuffle=shuffle, seed=seed, name="filenames"
        )
        dtypes = list(dtypes or [tf.string, tf.string])
        if shuffle:
            common_queue = tf.queue.RandomShuffleQueue(
                capacity, min_after_dequeue, dtypes, seed=seed, name="common_queue"
            )
        else:
            common_queue = tf.queue.FIFOQueue(capacity, dtypes, name="common_queue")
        share = tf.cast(common_queue.size(), tf.float32) * (1.0 / capacity)
        summary.scalar(f"fraction_of_{capacity}_full", share)
        reader = ParallelReader(reader_class, common_queue, min(num_readers, len(data_files)), reader_kwargs)
        return reader.read(filenames)  # type: ignore[no-any-return]


def single_pass_read(
    data_sources: Any, reader_class: Any, reader_kwargs: dict[str, Any] | None = None, scope: str | None = None
) -> tuple[Any, Any]:
    """Records of several files, one after the other, once (``slim.parallel_reader.single_pass_read``).

    Args:
        data_sources: see `get_data_files`.
        reader_class: class of the reader.
        reader_kwargs: dictionary of its arguments.
        scope: name scope; default single_pass_read.

    Returns:
        Key and value.
    """
    sessions.require_graph_mode("slim.parallel_reader", "Input pipelines based on Queues are not supported.")
    data_files = get_data_files(data_sources)
    with name_scope(scope, "single_pass_read"):
        filenames = _v1.train.string_input_producer(
            data_files, num_epochs=1, shuffle=False, capacity=1, name="filenames"
        )
        return reader_class(**(reader_kwargs or {})).read(filenames)  # type: ignore[no-any-return]


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
