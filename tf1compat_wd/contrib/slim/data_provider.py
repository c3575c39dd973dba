"""``slim.data_provider``: items by name, from wherever they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["DataProvider"]


class DataProvider:
    """Base class of providers; see `slim.dataset_data_provider.DatasetDataProvider`.

    Args:
        items_to_tensors: dictionary of names to tensors.
        num_samples: how many samples there are.
    """

    def __init__(self, items_to_tensors: Mapping[str, Any], num_samples: int | None) -> None:
        self._items_to_tensors = items_to_tensors
        self._num_samples = num_samples

    def get(self, items: Sequence[str]) -> list[Any]:
        """The tensors for `items`.

        Raises:
            ValueError: there are others than those of `list_items`.
        """
        self._validate_items(items)
        return [self._items_to_tensors[item] for item in items]

    def list_items(self) -> Iterable[str]:
        """The names of the items that can be had."""
        return self._items_to_tensors.keys()

    def num_samples(self) -> int | None:
        """How many samples there are."""
        return self._num_samples

    def _validate_items(self, items: Sequence[str]) -> None:
        if not isinstance(items, list | tuple):
            raise ValueError("items must be a list or tuple")
        for item in items:
            if item not in self._items_to_tensors:
                raise ValueError(f"Item [{item}] is invalid. Valid entries include: {self.list_items()}")


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
