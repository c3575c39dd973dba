"""``slim.dataset_data_provider``: the items of a `slim.dataset.Dataset`, record by record. Graph mode only."""

from __future__ import annotations

from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.slim import parallel_reader
from tf1compat_wd.contrib.slim.data_provider import DataProvider

__all__ = ["DatasetDataProvider"]


class DatasetDataProvider(DataProvider):
    """Reads a data set in parallel and decodes each record.

    Args:
        dataset: a `slim.dataset.Dataset`.
        num_readers: how many readers read at a time.
        reader_kwargs: dictionary of the readers' arguments.
        shuffle: files, and records in the queue.
        num_epochs: how often to read each file (counted in a local variable); None: for ever.
        common_queue_capacity, common_queue_min: of the queue of records.
        record_key: the name of the item that is the record's key.
        seed: for shuffling.
        scope: name scope for the readers.

    Raises:
        ValueError: the data set has an item called `record_key`.
        RuntimeError: outside graph mode; ``tf.data`` is the way there, with ``dataset.decoder.decode``.
    """

    def __init__(
        self,
        dataset: Any,
        num_readers: int = 1,
        reader_kwargs: dict[str, Any] | None = None,
        shuffle: bool = True,
        num_epochs: int | None = None,
        common_queue_capacity: int = 256,
        common_queue_min: int = 128,
        record_key: str = "record_key",
        seed: int | None = None,
        scope: str | None = None,
    ) -> None:
        key, data = parallel_reader.parallel_read(
            dataset.data_sources,
            reader_class=dataset.reader,
            num_epochs=num_epochs,
            num_readers=num_readers,
            reader_kwargs=reader_kwargs,
            shuffle=shuffle,
            capacity=common_queue_capacity,
            min_after_dequeue=common_queue_min,
            seed=seed,
            scope=scope,
        )
        items = dataset.decoder.list_items()
        tensors = dataset.decoder.decode(data, items)
        items_to_tensors = dict(zip(items, tensors, strict=True))
        if record_key in items_to_tensors:
            raise ValueError(
                f"The item name used for `record_key` cannot also be used for a dataset item: {record_key}"
            )
        items_to_tensors[record_key] = key
        super().__init__(items_to_tensors=items_to_tensors, num_samples=dataset.num_samples)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
