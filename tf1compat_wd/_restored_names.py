"""TF1's functions that today's TensorFlow lost or gave other arguments.

Here is only what a few lines on public functions bring back; `names/moved.py` says under which names they appear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1compat_wd._constant_op import constant as constant
from tf1compat_wd._random_ops import random_uniform as random_uniform
from tf1compat_wd._script_ops import numpy_function as numpy_function
from tf1compat_wd._script_ops import py_func as py_func

Tensor = Any
Dataset = Any

# -------------------------------------------------- an argument was put in before TF1's last ones


def top_k(input: Tensor, k: int = 1, sorted: bool = True, name: str | None = None) -> Any:
    """The `k` largest entries along the last axis and where they are (``tf.nn.top_k``).

    TensorFlow 2.x takes the dtype of the indices where TF1 took `name`.
    """
    return tf.nn.top_k(input, k=k, sorted=sorted, name=name)


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


# ------------------------------------------------------------------ other results than in TF1


def angle(input: Tensor, name: str | None = None) -> Tensor:
    """The angle of complex numbers, 0 for real ones (``tf.angle``).

    TensorFlow 2.x gives pi for negative real numbers, and refuses integers.
    """
    tensor = tf.convert_to_tensor(input)
    return tf.angle(tensor, name=name) if tensor.dtype.is_complex else tf.zeros_like(tensor, name=name)


def bincount(
    arr: Tensor, weights: Tensor = None, minlength: Any = None, maxlength: Any = None, dtype: Any = tf.int32
) -> Tensor:
    """How often each number from 0 occurs, or the sum of its weights (``tf.bincount``).

    TensorFlow 2.x takes int32 and int64 only, and looks at axes; TF1 made int32 of what isn't a tensor yet.
    """
    return tf.bincount(
        tf.convert_to_tensor(arr, None if tf.is_tensor(arr) else tf.int32), weights, minlength, maxlength, dtype
    )


def parallel_stack(values: Sequence[Tensor], name: str = "parallel_stack") -> Tensor:
    """Tensors of one shape stacked along a new first axis (``tf.parallel_stack``); TensorFlow 2.x only in graphs."""
    if tf.executing_eagerly():
        return tf.stack(values, name=name)
    return tf.parallel_stack(values, name=name)


def per_image_standardization(image: Tensor) -> Tensor:
    """Each image less its mean, divided by its standard deviation (``tf.image.per_image_standardization``).

    Letters: B... any axes before, H height, W width, C channels.

    Args:
        image: tensor [B..., H, W, C].

    Returns:
        Tensor with the shape and dtype of `image`. (TensorFlow 2.x gives float32.) Integers are taken for parts of
        their greatest value, and negative results are cut off where the dtype has none: convert such images first.
    """
    image = tf.convert_to_tensor(image)
    if image.dtype == tf.float32:
        return tf.image.per_image_standardization(image)
    standardized = tf.image.per_image_standardization(tf.image.convert_image_dtype(image, tf.float32))
    return tf.image.convert_image_dtype(standardized, image.dtype, saturate=True)


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
