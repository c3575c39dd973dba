"""``slim.data_decoder``: what turns records into items."""

from __future__ import annotations

import abc
from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["DataDecoder"]


class DataDecoder(abc.ABC):
    """Base class of decoders; see `slim.tfexample_decoder.TFExampleDecoder`."""

    @abc.abstractmethod
    def decode(self, data: Any, items: Any) -> Any:
        """The tensors for `items`, a list of names, decoded from `data`."""

    @abc.abstractmethod
    def list_items(self) -> list[str]:
        """The names of the items that can be decoded."""


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
