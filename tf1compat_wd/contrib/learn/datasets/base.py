"""``tf.contrib.learn.datasets.base``: tables in text files."""

from __future__ import annotations

import csv
import os
import urllib.request
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.examples.tutorials.mnist.input_data import Datasets

__all__ = [
    "Dataset",
    "Datasets",
    "load_boston",
    "load_csv_with_header",
    "load_csv_without_header",
    "load_iris",
    "maybe_download",
]

# R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936.
_IRIS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "iris.csv")


class Dataset(NamedTuple):
    """Examples [N, D] and what is to be found out about them [N]."""

    data: Any
    target: Any


def load_csv_with_header(filename: str, target_dtype: Any, features_dtype: Any, target_column: int = -1) -> Dataset:
    """Read a table whose first line begins with the number of rows and of features.

    Args:
        filename: any path that `tf.io.gfile` can open.
        target_dtype, features_dtype: NumPy's.
        target_column: which column is the target; the others are features.

    Raises:
        ValueError: there are other rows than the first line says, or a cell isn't a number.
    """
    with tf.io.gfile.GFile(filename) as file:
        rows = csv.reader(file)
        samples, features, *_ = (int(cell) for cell in next(rows)[:2])
        found = _split(rows, target_dtype, features_dtype, target_column)
    if found.data.shape != (samples, features):
        raise ValueError(
            f"{filename} has {found.data.shape[0]} rows of {' '.join(map(str, found.data.shape[1:]))} features, "
            f"but its first line says {samples} of {features}."
        )
    return found


def load_csv_without_header(filename: str, target_dtype: Any, features_dtype: Any, target_column: int = -1) -> Dataset:
    """Read a table; arguments as for `load_csv_with_header`."""
    with tf.io.gfile.GFile(filename) as file:
        return _split(csv.reader(file), target_dtype, features_dtype, target_column)


def load_iris(data_path: str | None = None) -> Dataset:
    """Fisher's irises: float64 [150, 4], and their species as int64 [150].

    Args:
        data_path: another file of this form.

    >>> load_iris().target[[0, 50, 100]].tolist()
    [0, 1, 2]
    """
    return load_csv_with_header(data_path or _IRIS, target_dtype=int, features_dtype=float)


def load_boston(data_path: str | None = None) -> Dataset:
    """Houses in Boston: float64 [506, 13], and their prices [506], from a file.

    Args:
        data_path: the file, which TF 1.15 called ``boston_house_prices.csv``; its second line names the columns.

    Raises:
        FileNotFoundError: no `data_path`. The table isn't part of this package.
    """
    if data_path is None:
        raise FileNotFoundError(
            "there is no boston_house_prices.csv here\n\nTensorFlow 1.15 came with that table; this package doesn't. "
            "Take the file from TensorFlow 1.15's package, in contrib/learn/python/learn/datasets/data, or from an old "
            'scikit-learn\'s, in datasets/data, and call load_boston("boston_house_prices.csv").'
        )
    with tf.io.gfile.GFile(data_path) as file:
        rows = csv.reader(file)
        for _ in range(2):
            next(rows)
        return _split(rows, float, float, -1)


def maybe_download(filename: str, work_directory: str, source_url: str) -> str:
    """Fetch `source_url` unless the file is there; return the path of ``work_directory/filename``."""
    tf.io.gfile.makedirs(work_directory)
    path = os.path.join(work_directory, filename)
    if not tf.io.gfile.exists(path):
        temporary, _ = urllib.request.urlretrieve(source_url)  # not half a file under its name
        tf.io.gfile.copy(temporary, path)
        print("Successfully downloaded", filename, tf.io.gfile.stat(path).length, "bytes.")
    return path


def _split(rows: Iterable[list[str]], target_dtype: Any, features_dtype: Any, target_column: int) -> Dataset:
    targets, features = [], []
    for row in rows:
        targets.append(row.pop(target_column))
        features.append(np.asarray(row, dtype=features_dtype))
    return Dataset(data=np.array(features), target=np.array(targets, dtype=target_dtype))


hooks.keep_from_autograph(__name__)
