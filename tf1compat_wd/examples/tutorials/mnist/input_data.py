"""``tensorflow.examples.tutorials.mnist.input_data``: MNIST from its four files, in shuffled batches.

TF 1.15 fetched files that weren't there; here they must be in the folder (compressed as they are handed out, or
unpacked), and an error says which one isn't.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["DataSet", "Datasets", "dense_to_one_hot", "extract_images", "extract_labels", "read_data_sets"]

SOURCE_URL = "https://storage.googleapis.com/cvdf-datasets/mnist/"

TRAIN_IMAGES = "train-images-idx3-ubyte.gz"
TRAIN_LABELS = "train-labels-idx1-ubyte.gz"
TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
TEST_LABELS = "t10k-labels-idx1-ubyte.gz"

_MAGIC_OF_IMAGES, _MAGIC_OF_LABELS = 2051, 2049
_PIXELS, _CLASSES = 784, 10


class Datasets(NamedTuple):
    """The three parts of a data set."""

    train: Any
    validation: Any
    test: Any


class DataSet:
    """Images and their labels, handed out in batches.

    Letters: N the examples, H and W the size of an image.

    Makes NumPy's generator start again, at the graph's seed (`tf.set_random_seed`) or at `seed`; with neither at a
    random place: as TF 1.15 did.

    Args:
        images: uint8 [N, H, W, 1].
        labels: [N], or [N, 10] with one-hot labels.
        fake_data: no images at all; ``next_batch(fake_data=True)`` makes some up.
        one_hot: whether made-up labels are one-hot.
        dtype: `tf.uint8` leaves the images as they are, `tf.float32` scales them to [0, 1].
        reshape: hand the images out as rows, [N, H * W].
        seed: where the shuffling starts.

    Raises:
        TypeError: another `dtype`.
        AssertionError: not as many labels as images, or with `reshape` more than one channel.
    """

    def __init__(
        self,
        images: Any,
        labels: Any,
        fake_data: bool = False,
        one_hot: bool = False,
        dtype: Any = tf.float32,
        reshape: bool = True,
        seed: int | None = None,
    ) -> None:
        graph_seed, op_seed = tf.get_seed(seed)
        np.random.seed(graph_seed if seed is None else op_seed)
        dtype = tf.as_dtype(dtype).base_dtype
        if dtype not in (tf.uint8, tf.float32):
            raise TypeError(f"Invalid image dtype {dtype!r}, expected uint8 or float32")
        self.one_hot = one_hot
        if fake_data:
            self._num_examples = 10000
        else:
            assert images.shape[0] == labels.shape[0], f"images.shape: {images.shape} labels.shape: {labels.shape}"
            self._num_examples = images.shape[0]
            if reshape:
                assert images.shape[3] == 1
                images = images.reshape(images.shape[0], images.shape[1] * images.shape[2])
            if dtype == tf.float32:
                images = np.multiply(images.astype(np.float32), 1.0 / 255.0)
        self._images = images
        self._labels = labels
        self._epochs_completed = 0
        self._index_in_epoch = 0

    @property
    def images(self) -> Any:
        """The images, in the order of the current epoch."""
        return self._images

    @property
    def labels(self) -> Any:
        """The labels, in the order of the current epoch."""
        return self._labels

    @property
    def num_examples(self) -> int:
        """How many examples there are."""
        return self._num_examples

    @property
    def epochs_completed(self) -> int:
        """How often all examples have been handed out."""
        return self._epochs_completed

    def next_batch(self, batch_size: int, fake_data: bool = False, shuffle: bool = True) -> tuple[Any, Any]:
        """The next examples; at the end of an epoch what is left, filled up from the next one.

        Args:
            batch_size: how many.
            fake_data: made-up images instead, all ones, of class 0.
            shuffle: put the examples into a new order before each epoch, the first included.
        """
        if fake_data:
            label: Any = [1] + [0] * (_CLASSES - 1) if self.one_hot else 0
            return [[1] * _PIXELS for _ in range(batch_size)], [label for _ in range(batch_size)]
        start = self._index_in_epoch
        if self._epochs_completed == 0 and start == 0 and shuffle:
            self._shuffle()
        if start + batch_size <= self._num_examples:
            self._index_in_epoch += batch_size
            return self._images[start : self._index_in_epoch], self._labels[start : self._index_in_epoch]
        self._epochs_completed += 1
        rest = self._images[start:], self._labels[start:]
        if shuffle:
            self._shuffle()
        self._index_in_epoch = batch_size - len(rest[0])
        new = self._images[: self._index_in_epoch], self._labels[: self._index_in_epoch]
        return np.concatenate((rest[0], new[0]), axis=0), np.concatenate((rest[1], new[1]), axis=0)

    def _shuffle(self) -> None:
        order = np.arange(self._num_examples)
        np.random.shuffle(order)
        self._images, self._labels = self._images[order], self._labels[order]


def read_data_sets(
    train_dir: str,
    fake_data: bool = False,
    one_hot: bool = False,
    dtype: Any = tf.float32,
    reshape: bool = True,
    validation_size: int = 5000,
    seed: int | None = None,
    source_url: str = SOURCE_URL,
) -> Datasets:
    """Read MNIST from the four files in `train_dir`.

    Args:
        train_dir: the folder.
        fake_data: read nothing; see `DataSet`.
        one_hot: labels as rows of ten.
        dtype, reshape, seed: see `DataSet`.
        validation_size: how many of the training images make the validation set.
        source_url: where the files can be had; an error names it.

    Returns:
        `Datasets` with ``train``, ``validation`` and ``test``.

    Raises:
        FileNotFoundError: a file isn't there. TF 1.15 fetched it.
        ValueError: `validation_size` is more than there is; or a file isn't what its name says.

    >>> digits = read_data_sets("nowhere", fake_data=True)
    >>> len(digits.train.next_batch(3, fake_data=True)[1])
    3
    """
    options: dict[str, Any] = {"dtype": dtype, "reshape": reshape, "seed": seed}
    if fake_data:

        def fake() -> DataSet:
            return DataSet([], [], fake_data=True, one_hot=one_hot, dtype=dtype, seed=seed)

        return Datasets(train=fake(), validation=fake(), test=fake())
    # All four first: who has to fetch them wants to know once.
    paths = _find(train_dir, (TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS), source_url)
    train_images, train_labels = _images(paths[0]), _labels(paths[1], one_hot)
    test_images, test_labels = _images(paths[2]), _labels(paths[3], one_hot)
    if not 0 <= validation_size <= len(train_images):
        raise ValueError(f"Validation size should be between 0 and {len(train_images)}. Received: {validation_size}.")
    return Datasets(
        train=DataSet(train_images[validation_size:], train_labels[validation_size:], **options),
        validation=DataSet(train_images[:validation_size], train_labels[:validation_size], **options),
        test=DataSet(test_images, test_labels, **options),
    )


def dense_to_one_hot(labels_dense: Any, num_classes: int) -> Any:
    """Class numbers [N] as rows [N, num_classes] of one 1 each."""
    return np.eye(num_classes)[np.ravel(labels_dense)]


def extract_images(f: Any) -> Any:
    """The images in an open compressed file: uint8 [N, H, W, 1]."""
    with gzip.GzipFile(fileobj=f) as content:
        return _parse_images(content.read(), f.name)


def extract_labels(f: Any, one_hot: bool = False, num_classes: int = _CLASSES) -> Any:
    """The labels in an open compressed file: uint8 [N], or one-hot [N, num_classes]."""
    with gzip.GzipFile(fileobj=f) as content:
        labels = _parse_labels(content.read(), f.name)
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


def _find(folder: str, names: Sequence[str], source_url: str) -> list[str]:
    found = []
    missing = []
    for name in names:
        packed = os.path.join(folder, name)
        unpacked = packed.removesuffix(".gz")
        places = [path for path in (packed, unpacked, unpacked.replace("-idx", ".idx")) if os.path.isfile(path)]
        if places:
            found.append(places[0])
        else:
            missing.append(name)
    if missing:
        addresses = ", ".join(f"{source_url.rstrip('/')}/{name}" for name in missing)
        raise FileNotFoundError(
            f"there is no {', '.join(missing)} in {os.path.abspath(folder)}\n\n"
            f"MNIST is four files, which TensorFlow 1 fetched by itself. Get them from {addresses} and put them there."
        )
    return found


def _read(path: str) -> bytes:
    print("Extracting", path)  # as TF 1.15 did
    if path.endswith(".gz"):
        with gzip.open(path) as file:
            return file.read()
    with open(path, "rb") as file:
        return file.read()


def _images(path: str) -> Any:
    return _parse_images(_read(path), path)


def _labels(path: str, one_hot: bool) -> Any:
    labels = _parse_labels(_read(path), path)
    return dense_to_one_hot(labels, _CLASSES) if one_hot else labels


def _parse_images(content: bytes, path: str) -> Any:
    magic, count, rows, columns = (int(number) for number in np.frombuffer(content, ">u4", 4))
    if magic != _MAGIC_OF_IMAGES:
        raise ValueError(f"Invalid magic number {magic} in MNIST image file: {path}")
    return np.frombuffer(content, np.uint8, count * rows * columns, 16).reshape(count, rows, columns, 1)


def _parse_labels(content: bytes, path: str) -> Any:
    magic, count = (int(number) for number in np.frombuffer(content, ">u4", 2))
    if magic != _MAGIC_OF_LABELS:
        raise ValueError(f"Invalid magic number {magic} in MNIST label file: {path}")
    return np.frombuffer(content, np.uint8, count, 8)


hooks.keep_from_autograph(__name__)
