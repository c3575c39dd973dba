"""``tf.contrib.learn.datasets.mnist``: the digits of the tutorials, under another name."""

from __future__ import annotations

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.learn.datasets import base as base
from tf1compat_wd.examples.tutorials.mnist.input_data import (
    SOURCE_URL,
    DataSet,
    Datasets,
    dense_to_one_hot,
    extract_images,
    extract_labels,
    read_data_sets,
)

__all__ = [
    "DEFAULT_SOURCE_URL",
    "DataSet",
    "dense_to_one_hot",
    "extract_images",
    "extract_labels",
    "load_mnist",
    "read_data_sets",
]

DEFAULT_SOURCE_URL = SOURCE_URL


def load_mnist(train_dir: str = "MNIST-data") -> Datasets:
    """Read MNIST from the four files in `train_dir`; see `read_data_sets`."""
    return read_data_sets(train_dir)


hooks.keep_from_autograph(__name__)
