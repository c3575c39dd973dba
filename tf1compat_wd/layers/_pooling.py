"""Average and max pooling along one, two or three axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers._arguments import (
    channels_first_order,
    channels_last_order,
    check_windows,
    data_format_of,
    has_gpu,
    integers,
    padding_of,
)
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._input_spec import InputSpec

Tensor = Any


class _Operation(NamedTuple):
    """What a class of pooling layers computes."""

    rank: int  # how many axes are pooled
    function: Callable[..., Tensor]
    name: str  # what TF1 called it; TensorFlow 2 says MaxPool2d and AvgPool2D


class _Pooling(Layer):
    """Pooling; subclasses say by which operation."""

    _operation: _Operation

    def __init__(
        self,
        pool_size: Any,
        strides: Any,
        padding: str = "valid",
        data_format: str | None = "channels_last",
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        if strides is None:
            raise ValueError("Argument `strides` must not be None.")
        super().__init__(name=name, **kwargs)
        rank = self._operation.rank
        self.pool_function = self._operation.function
        self.pool_size = integers(pool_size, rank, "pool_size")
        self.strides = integers(strides, rank, "strides")
        self.padding = padding_of(padding)
        self.data_format = data_format_of(data_format)
        self.supports_masking = True
        self._input_spec = InputSpec(ndim=rank + 2)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        rank = len(self.pool_size)
        check_windows(inputs, self.pool_size, None, self.padding, self.data_format)
        if rank == 1:
            axis = 2 if self.data_format == "channels_last" else 3
            outputs = self._pool(tf.expand_dims(inputs, axis), (*self.pool_size, 1), (*self.strides, 1))
            return tf.squeeze(outputs, axis)
        return self._pool(inputs, self.pool_size, self.strides)

    def _pool(self, inputs: Tensor, size: tuple[int, ...], strides: tuple[int, ...]) -> Tensor:
        rank, name = len(size) + 2, self._operation.name
        if self.padding not in ("valid", "same"):
            raise ValueError(f"Invalid padding: {self.padding}\n\nLayer {self.name} can have 'valid' or 'same'.")
        padding = self.padding.upper()
        if self.data_format == "channels_first" and rank == 4 and has_gpu():
            return self.pool_function(inputs, (1, 1, *size), (1, 1, *strides), padding, data_format="NCHW", name=name)
        size, strides = (1, *size, 1), (1, *strides, 1)
        if self.data_format == "channels_last":
            return self.pool_function(inputs, size, strides, padding, name=name)
        inputs = tf.transpose(inputs, channels_last_order(rank))
        outputs = self.pool_function(inputs, size, strides, padding, name=f"{name}ChannelsLast")
        is_tf1s_own = rank == 5 or len(self.pool_size) == 1  # TF1 transposes there, too
        return tf.transpose(outputs, channels_first_order(rank), name="transpose" if is_tf1s_own else name)

    def compute_output_shape(self, input_shape: Any) -> tf.TensorShape:
        """The input's shape with the pooled axes made shorter."""
        sizes = tf.TensorShape(input_shape).as_list()
        first = 1 if self.data_format == "channels_last" else 2
        for axis, (window, stride) in enumerate(zip(self.pool_size, self.strides, strict=True), first):
            sizes[axis] = output_length(sizes[axis], window, self.padding, stride)
        return tf.TensorShape(sizes)

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments."""
        return {
            **super().get_config(),
            "strides": self.strides,
            "pool_size": self.pool_size,
            "padding": self.padding,
            "data_format": self.data_format,
        }


def output_length(length: int | None, window: int, padding: str, stride: int, dilation: int = 1) -> int | None:
    """How long an axis is after a window has gone over it; None if that isn't known."""
    if length is None:
        return None
    covered = length if padding in ("same", "causal") else length - (window - 1) * dilation
    return -(-covered // stride)


class AveragePooling1D(_Pooling):
    """The layer object behind `average_pooling1d`; see there.

    >>> tf.layers.AveragePooling1D(2, 2)(tf.ones([2, 6, 3])).shape.as_list()
    [2, 3, 3]
    """

    _operation = _Operation(1, tf.compat.v1.nn.avg_pool, "AvgPool")


def average_pooling1d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str | None = "channels_last",
    name: Any = None,
) -> Tensor:
    """Take the average over a window along one axis (``tf.layers.average_pooling1d``).

    Letters: B batch, S the pooled axis, D channels.

    Creates no variables.

    Args:
        inputs: tensor [B, S, D]; with "channels_first" [B, D, S].
        pool_size, strides: an integer: size of the window, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        name: of the operations.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; another `padding` or `data_format`; wrong number of integers.

    Source: facts of the topic layers_pooling. Differs from TF 1.15: nothing known.

    >>> tf.layers.average_pooling1d(tf.ones([2, 6, 3]), 2, 2).shape.as_list()
    [2, 3, 3]
    """
    return AveragePooling1D(pool_size, strides, padding, data_format, name)(inputs)


class AveragePooling2D(_Pooling):
    """The layer object behind `average_pooling2d`; see there.

    >>> tf.layers.AveragePooling2D(2, 2)(tf.ones([2, 6, 6, 3])).shape.as_list()
    [2, 3, 3, 3]
    """

    _operation = _Operation(2, tf.compat.v1.nn.avg_pool, "AvgPool")


def average_pooling2d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str | None = "channels_last",
    name: Any = None,
) -> Tensor:
    """Take the average over a window along two axes (``tf.layers.average_pooling2d``).

    Letters: B batch, S, T the pooled axes, D channels.

    Creates no variables.

    Args:
        inputs: tensor [B, S, T, D]; with "channels_first" [B, D, S, T].
        pool_size, strides: an integer or two: size of the window, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        name: of the operations.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; another `padding` or `data_format`; wrong number of integers.

    Source: facts of the topic layers_pooling. Differs from TF 1.15: nothing known.

    >>> tf.layers.average_pooling2d(tf.ones([2, 6, 6, 3]), 2, 2).shape.as_list()
    [2, 3, 3, 3]
    """
    return AveragePooling2D(pool_size, strides, padding, data_format, name)(inputs)


class AveragePooling3D(_Pooling):
    """The layer object behind `average_pooling3d`; see there.

    >>> tf.layers.AveragePooling3D(2, 2)(tf.ones([2, 6, 6, 6, 3])).shape.as_list()
    [2, 3, 3, 3, 3]
    """

    _operation = _Operation(3, tf.compat.v1.nn.avg_pool3d, "AvgPool3D")


def average_pooling3d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str | None = "channels_last",
    name: Any = None,
) -> Tensor:
    """Take the average over a window along three axes (``tf.layers.average_pooling3d``).

    Letters: B batch, S, T, U the pooled axes, D channels.

    Creates no variables.

    Args:
        inputs: tensor [B, S, T, U, D]; with "channels_first" [B, D, S, T, U].
        pool_size, strides: an integer or three: size of the window, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on.
        data_format: "channels_last" or "channels_first"; the latter is transposed.
        name: of the operations.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; another `padding` or `data_format`; wrong number of integers.

    Source: facts of the topic layers_pooling. Differs from TF 1.15: nothing known.

    >>> tf.layers.average_pooling3d(tf.ones([2, 6, 6, 6, 3]), 2, 2).shape.as_list()
    [2, 3, 3, 3, 3]
    """
    return AveragePooling3D(pool_size, strides, padding, data_format, name)(inputs)


class MaxPooling1D(_Pooling):
    """The layer object behind `max_pooling1d`; see there.

    >>> tf.layers.MaxPooling1D(2, 2)(tf.ones([2, 6, 3])).shape.as_list()
    [2, 3, 3]
    """

    _operation = _Operation(1, tf.compat.v1.nn.max_pool, "MaxPool")


def max_pooling1d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str | None = "channels_last",
    name: Any = None,
) -> Tensor:
    """Take the greatest over a window along one axis (``tf.layers.max_pooling1d``).

    Letters: B batch, S the pooled axis, D channels.

    Creates no variables.

    Args:
        inputs: tensor [B, S, D]; with "channels_first" [B, D, S].
        pool_size, strides: an integer: size of the window, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        name: of the operations.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; another `padding` or `data_format`; wrong number of integers.

    Source: facts of the topic layers_pooling. Differs from TF 1.15: nothing known.

    >>> tf.layers.max_pooling1d(tf.ones([2, 6, 3]), 2, 2).shape.as_list()
    [2, 3, 3]
    """
    return MaxPooling1D(pool_size, strides, padding, data_format, name)(inputs)


class MaxPooling2D(_Pooling):
    """The layer object behind `max_pooling2d`; see there.

    >>> tf.layers.MaxPooling2D(2, 2)(tf.ones([2, 6, 6, 3])).shape.as_list()
    [2, 3, 3, 3]
    """

    _operation = _Operation(2, tf.compat.v1.nn.max_pool, "MaxPool")


def max_pooling2d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str | None = "channels_last",
    name: Any = None,
) -> Tensor:
    """Take the greatest over a window along two axes (``tf.layers.max_pooling2d``).

    Letters: B batch, S, T the pooled axes, D channels.

    Creates no variables.

    Args:
        inputs: tensor [B, S, T, D]; with "channels_first" [B, D, S, T].
        pool_size, strides: an integer or two: size of the window, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        name: of the operations.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; another `padding` or `data_format`; wrong number of integers.

    Source: facts of the topic layers_pooling. Differs from TF 1.15: nothing known.

    >>> tf.layers.max_pooling2d(tf.ones([2, 6, 6, 3]), 2, 2).shape.as_list()
    [2, 3, 3, 3]
    """
    return MaxPooling2D(pool_size, strides, padding, data_format, name)(inputs)


class MaxPooling3D(_Pooling):
    """The layer object behind `max_pooling3d`; see there.

    >>> tf.layers.MaxPooling3D(2, 2)(tf.ones([2, 6, 6, 6, 3])).shape.as_list()
    [2, 3, 3, 3, 3]
    """

    _operation = _Operation(3, tf.compat.v1.nn.max_pool3d, "MaxPool3D")


def max_pooling3d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str | None = "channels_last",
    name: Any = None,
) -> Tensor:
    """Take the greatest over a window along three axes (``tf.layers.max_pooling3d``).

    Letters: B batch, S, T, U the pooled axes, D channels.

    Creates no variables.

    Args:
        inputs: tensor [B, S, T, U, D]; with "channels_first" [B, D, S, T, U].
        pool_size, strides: an integer or three: size of the window, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on.
        data_format: "channels_last" or "channels_first"; the latter is transposed.
        name: of the operations.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; another `padding` or `data_format`; wrong number of integers.

    Source: facts of the topic layers_pooling. Differs from TF 1.15: nothing known.

    >>> tf.layers.max_pooling3d(tf.ones([2, 6, 6, 6, 3]), 2, 2).shape.as_list()
    [2, 3, 3, 3, 3]
    """
    return MaxPooling3D(pool_size, strides, padding, data_format, name)(inputs)


hooks.keep_from_autograph(__name__)
