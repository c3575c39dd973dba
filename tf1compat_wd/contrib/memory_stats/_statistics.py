"""TF1's operations that asked a GPU's allocator, on ``tf.config.experimental.get_memory_info``."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


def BytesInUse() -> Tensor:
    """How many bytes are in use on the GPU, when it is evaluated: a scalar, int64.

    The GPU is that of ``with tf.device("/gpu:1")`` around, else the first.

    Raises:
        tf.errors.NotFoundError: there is no such GPU; in graph mode when it is evaluated.
    """
    return _statistic("current")


def MaxBytesInUse() -> Tensor:
    """How many bytes were in use on the GPU at most so far: as `BytesInUse`."""
    return _statistic("peak")


def _statistic(which: str) -> Tensor:
    place = tf.DeviceSpec.from_string(tf.constant(0).device)
    number = (place.device_index or 0) if place.device_type == "GPU" else 0

    def ask() -> Any:
        try:
            return np.int64(tf.config.experimental.get_memory_info(f"GPU:{number}")[which])
        except ValueError as error:
            raise tf.errors.NotFoundError(None, None, f"tf.contrib.memory_stats wants a GPU: {error}") from None

    if hooks.executing_eagerly():
        return tf.constant(ask())
    with tf.device("/cpu:0"):
        asked = tf.numpy_function(ask, [], tf.int64)
    return tf.ensure_shape(asked, [])


hooks.keep_from_autograph(__name__)
