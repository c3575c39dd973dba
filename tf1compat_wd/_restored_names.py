"""TF1's functions that today's TensorFlow lost or gave other arguments.

Here is only what a few lines on public functions bring back; `names/moved.py` says under which names they appear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

Tensor = Any
Dataset = Any

# -------------------------------------------------------------------------------- cross entropies
#
# TF1 made these three refuse positional arguments, because (logits, labels) had been their order before 1.0. TensorFlow
# 2.x takes (labels, logits) by position: a program that never ran on TF1 >= 1.0 would get wrong numbers in silence.


def sigmoid_cross_entropy_with_logits(
    _sentinel: None = None, labels: Tensor = None, logits: Tensor = None, name: str | None = None
) -> Tensor:
    """Cross entropy of each logit as the log-odds of one yes or no (``tf.nn.sigmoid_cross_entropy_with_logits``).

    Args:
        _sentinel: keeps away positional arguments; don't use it.
        labels: tensor like `logits`, each element a probability.
        logits: floating tensor.
        name: name of the operation.

    Returns:
        Tensor like `logits`.

    Raises:
        ValueError: positional arguments, labels or logits missing, or shapes that differ.
    """
    _refuse_positional("sigmoid_cross_entropy_with_logits", _sentinel, labels, logits)
    return tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: Tensor = None,
    logits: Tensor = None,
    dim: int = -1,
    name: str | None = None,
    axis: int | None = None,
) -> Tensor:
    """Cross entropy between two distributions over classes (``tf.nn.softmax_cross_entropy_with_logits``).

    No gradient flows into `labels`; `tf.nn.softmax_cross_entropy_with_logits_v2` lets it through.

    Args:
        _sentinel: keeps away positional arguments; don't use it.
        labels: tensor like `logits`; along `axis` its elements are probabilities.
        logits: floating tensor with the classes along `axis`.
        dim: older name of `axis`.
        name: name of the operation.
        axis: the axis of the classes, the last unless given.

    Returns:
        Tensor with the shape of `logits` without `axis`.

    Raises:
        ValueError: positional arguments, or labels or logits missing.
    """
    _refuse_positional("softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    return tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, dim=dim, name=name, axis=axis)


def sparse_softmax_cross_entropy_with_logits(
    _sentinel: None = None, labels: Tensor = None, logits: Tensor = None, name: str | None = None
) -> Tensor:
    """Cross entropy where `labels` holds the number of the true class (``tf.nn.sparse_softmax_...``).

    Args:
        _sentinel: keeps away positional arguments; don't use it.
        labels: integer tensor [...] of class numbers.
        logits: floating tensor [..., classes].
        name: name of the operation.

    Returns:
        Tensor with the shape of `labels` and the dtype of `logits`.

    Raises:
        ValueError: positional arguments, labels or logits missing, or ranks that don't fit.
    """
    _refuse_positional("sparse_softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def _refuse_positional(function: str, sentinel: Any, labels: Tensor, logits: Tensor) -> None:
    if sentinel is not None:
        raise ValueError(f"Only call `{function}` with named arguments (labels=..., logits=..., ...)")
    if labels is None or logits is None:
        raise ValueError("Both labels and logits must be provided.")


# -------------------------------------------------- an argument was put in before TF1's last ones


def top_k(input: Tensor, k: int = 1, sorted: bool = True, name: str | None = None) -> Any:
    """The `k` largest entries along the last axis and where they are (``tf.nn.top_k``).

    TensorFlow 2.x takes the dtype of the indices where TF1 took `name`.
    """
    return tf.nn.top_k(input, k=k, sorted=sorted, name=name)


def numpy_function(
    func: Callable[..., Any], inp: Sequence[Tensor], Tout: Any, name: str | None = None
) -> Tensor | list[Tensor]:
    """Call `func` on NumPy arrays as an operation (``tf.numpy_function``).

    TensorFlow 2.x takes `stateful` where TF1 took `name`.
    """
    return tf.numpy_function(func, inp, Tout, name=name)


def scatter_nd(indices: Tensor, updates: Tensor, shape: Tensor, name: str | None = None) -> Tensor:
    """Zeros of `shape` with `updates` added at `indices` (``tf.scatter_nd``).

    TensorFlow 2.17 and later take a policy for bad indices where TF1 took `name`; so do the next two.
    """
    return tf.scatter_nd(indices, updates, shape, name=name)


def tensor_scatter_add(tensor: Tensor, indices: Tensor, updates: Tensor, name: str | None = None) -> Tensor:
    """A copy of `tensor` with `updates` added at `indices` (``tf.tensor_scatter_add``)."""
    return tf.tensor_scatter_nd_add(tensor, indices, updates, name=name)


def tensor_scatter_sub(tensor: Tensor, indices: Tensor, updates: Tensor, name: str | None = None) -> Tensor:
    """A copy of `tensor` with `updates` subtracted at `indices` (``tf.tensor_scatter_sub``)."""
    return tf.tensor_scatter_nd_sub(tensor, indices, updates, name=name)


def adjust_jpeg_quality(image: Tensor, jpeg_quality: Tensor, name: str | None = None) -> Tensor:
    """`image` after being saved as a JPEG of that quality (``tf.image.adjust_jpeg_quality``).

    TensorFlow 2.x takes the kind of cosine transform where TF1 took `name`.
    """
    return tf.image.adjust_jpeg_quality(image, jpeg_quality, name=name)


def set_virtual_device_configuration(device: Any, virtual_devices: Sequence[Any]) -> None:
    """Split a device into several (``tf.config.experimental.set_virtual_device_configuration``).

    TensorFlow 2.x calls the second argument `logical_devices`.
    """
    tf.config.experimental.set_virtual_device_configuration(device, virtual_devices)


# ----------------------------------------------------------------------------- tf.contrib.data


def batch_and_drop_remainder(batch_size: int) -> Callable[[Dataset], Dataset]:
    """For ``dataset.apply``: batches of exactly `batch_size` (``tf.contrib.data.batch_and_drop_remainder``)."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(
    batch_size: int, padded_shapes: Any, padding_values: Any = None
) -> Callable[[Dataset], Dataset]:
    """For ``dataset.apply``: padded batches of exactly `batch_size` (``tf.contrib.data.padded_batch_and_...``)."""
    return lambda dataset: dataset.padded_batch(batch_size, padded_shapes, padding_values, drop_remainder=True)


def sloppy_interleave(map_func: Callable[..., Dataset], cycle_length: int, block_length: int = 1) -> Any:
    """For ``dataset.apply``: interleave without waiting for slow ones (``tf.contrib.data.sloppy_interleave``)."""
    return tf.data.experimental.parallel_interleave(map_func, cycle_length, block_length, sloppy=True)
