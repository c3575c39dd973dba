"""``slim.dataset``: what a data set consists of."""

from __future__ import annotations

from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["Dataset"]


class Dataset:
    """A record of a data set, for `slim.dataset_data_provider.DatasetDataProvider` to read.

    Args:
        data_sources: files, or a pattern.
        reader: reader class, ``tf.TFRecordReader`` for instance.
        decoder: see `slim.data_decoder`.
        num_samples: how many samples there are.
        items_to_descriptions: dictionary of the names of items to what they are.
        **kwargs: become attributes, too.
    """

    def __init__(
        self,
        data_sources: Any,
        reader: Any,
        decoder: Any,
        num_samples: int | None,
        items_to_descriptions: dict[str, str],
        **kwargs: Any,
    ) -> None:
        kwargs.update(
            data_sources=data_sources,
            reader=reader,
            decoder=decoder,
            num_samples=num_samples,
            items_to_descriptions=items_to_descriptions,
        )
        self.__dict__.update(kwargs)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
