"""``tf.contrib.learn.datasets``: small data sets by name. Nothing is fetched but by `base.maybe_download`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.learn.datasets import base as base
from tf1compat_wd.contrib.learn.datasets import mnist as mnist
from tf1compat_wd.contrib.learn.datasets.base import load_boston, load_iris

__all__ = ["load_boston", "load_dataset", "load_iris"]

#: Functions that load a data set, by its name.
DATASETS: dict[str, Callable[..., Any]] = {"iris": load_iris, "boston": load_boston, "mnist": mnist.load_mnist}


def load_dataset(name: str, size: str = "small", test_with_fake_data: bool = False) -> Any:
    """Load a data set by its name.

    Args:
        name: "iris", "boston" or "mnist"; TF 1.15's "dbpedia" isn't offered.
        size, test_with_fake_data: were for "dbpedia" alone.

    Raises:
        ValueError: there is no such name.
        FileNotFoundError: its files aren't there; see `load_boston` and `mnist.read_data_sets`.

    >>> load_dataset("iris").data.shape
    (150, 4)
    """
    if name not in DATASETS:
        raise ValueError(f"Name of dataset is not found: {name}")
    return DATASETS[name]()


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
