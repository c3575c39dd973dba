"""What all convolutions share: their arguments, their kernel and bias, and how they compute.

A separable or a transposed one overrides what is different.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
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
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.layers._kernel_layer import KernelLayer
from tf1compat_wd.layers._pooling import output_length

Tensor = Any

# By the number of axes that are convolved.
CHANNELS_LAST = {1: "NWC", 2: "NHWC", 3: "NDHWC"}
CHANNELS_FIRST = {1: "NCW", 2: "NCHW", 3: "NCDHW"}
_OPERATIONS = {1: "conv1d", 2: "Conv2D", 3: "Conv3D"}


def convolve(
    inputs: Tensor, kernel: Any, strides: tuple[int, ...], padding: Any, dilation: tuple[int, ...], data_format: str
) -> Tensor:
    """Convolve `inputs`; `padding` is "VALID", "SAME" or a list of paddings for every axis."""
    rank = len(strides)
    name = _OPERATIONS[rank]
    if data_format == "channels_last":
        return _convolve_channels_last(inputs, kernel, strides, padding, dilation, name)
    if has_gpu():
        return _convolution(inputs, kernel, (1, 1, *strides), padding, CHANNELS_FIRST[rank], (1, 1, *dilation), name)
    order = channels_last_order(rank + 2)
    if not isinstance(padding, str):
        padding = [padding[axis] for axis in order]
    inputs = tf.transpose(inputs, order)
    outputs = _convolve_channels_last(inputs, kernel, strides, padding, dilation, f"{name}ChannelsLast")
    return tf.transpose(outputs, channels_first_order(rank + 2), name=name)


def _convolve_channels_last(
    inputs: Tensor, kernel: Any, strides: tuple[int, ...], padding: Any, dilation: tuple[int, ...], name: str
) -> Tensor:
    rank = len(strides)
    strides, data_format = (1, *strides, 1), CHANNELS_LAST[rank]
    if all(rate == 1 for rate in dilation):
        return _convolution(inputs, kernel, strides, padding, data_format, None, name)
    if has_gpu():
        return _convolution(inputs, kernel, strides, padding, data_format, (1, *dilation, 1), name)
    if not isinstance(padding, str):
        inputs, padding = tf.pad(inputs, padding), "VALID"

    def convolve_blocks(blocks: Tensor, num_spatial_dims: int, padding: str) -> Tensor:
        return _convolution(blocks, kernel, strides, padding, data_format, None, name)

    return tf.compat.v1.nn.with_space_to_batch(
        inputs, list(dilation), padding, convolve_blocks, filter_shape=kernel.shape[:rank]
    )


def _convolution(
    inputs: Tensor, kernel: Any, strides: Any, padding: Any, data_format: str, dilations: Any, name: str
) -> Tensor:
    rank = len(strides) - 2
    if rank == 1:
        stride = strides[data_format.index("W")]
        rate = None if dilations is None else dilations[data_format.index("W")]
        return tf.nn.conv1d(inputs, kernel, stride, padding, data_format=data_format, dilations=rate, name=name)
    if rank == 2:
        return tf.nn.conv2d(inputs, kernel, strides, padding, data_format, dilations, name)
    return tf.nn.conv3d(inputs, kernel, strides, padding, data_format, dilations, name)


def add_bias(outputs: Tensor, bias: Any, data_format: str) -> Tensor:
    """Add `bias` to each channel."""
    rank = outputs.shape.rank - 2
    if data_format == "channels_last":
        return tf.nn.bias_add(outputs, bias, data_format="NHWC")
    if rank == 1:
        return outputs + tf.reshape(bias, (1, bias.shape[0], 1))  # TF1 does it so: the operation is called add
    return tf.nn.bias_add(outputs, bias, data_format="NCHW")


class Convolution(KernelLayer):
    """Convolution along `rank` axes; other keywords are those of `KernelLayer`."""

    def __init__(
        self,
        rank: int,
        filters: int,
        kernel_size: Any,
        strides: Any,
        padding: Any,
        data_format: str | None,
        dilation_rate: Any = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.rank = rank
        self.filters = filters
        self.kernel_size = integers(kernel_size, rank, "kernel_size")
        self.strides = integers(strides, rank, "strides")
        self.padding = padding_of(padding)
        if self.padding == "causal" and rank != 1:
            raise ValueError("Causal padding is only supported for `Conv1D`and ``SeparableConv1D`.")
        self.data_format = data_format_of(data_format)
        self.dilation_rate = integers(dilation_rate, rank, "dilation_rate")
        self._input_spec = InputSpec(ndim=rank + 2)

    @property
    def _channel_axis(self) -> int:
        return 1 if self.data_format == "channels_first" else -1

    def _depth(self, input_shape: Any) -> int:
        depth: int | None = tf.TensorShape(input_shape).as_list()[self._channel_axis]
        if depth is None:
            raise ValueError("The channel dimension of the inputs should be defined. Found `None`.")
        return depth

    def _check_dtype(self) -> None:
        dtype = tf.as_dtype(self.dtype or tf.float32)
        if not dtype.is_floating:  # TensorFlow 2 convolves integers, too
            raise TypeError(
                f"Value passed to parameter 'input' has DataType {dtype.name} not in list of allowed values: float16, "
                f"bfloat16, float32, float64\n\nLayer {self.name} convolves floating tensors only; see tf.cast."
            )

    def _kernel_shape(self, depth: int) -> tuple[Any, ...]:
        return (*self.kernel_size, depth, self.filters)

    def build(self, input_shape: Any) -> None:
        depth = self._depth(input_shape)
        self._check_dtype()
        self._add_kernel(self._kernel_shape(depth))
        self._add_bias((self.filters,))
        self._input_spec = InputSpec(ndim=self.rank + 2, axes={self._channel_axis: depth})
        for argument in ("dilation_rate", "strides"):
            if min(getattr(self, argument)) < 1:
                raise ValueError(
                    f"all values of {argument} must be positive\n\nLayer {self.name} has {argument}="
                    f"{getattr(self, argument)}."
                )
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                "strides > 1 not supported in conjunction with dilation_rate > 1\n\n"
                f"Layer {self.name} has strides {self.strides} and dilation_rate {self.dilation_rate}."
            )
        self.built = True

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        padding = self.padding
        check_windows(inputs, self.kernel_size, self.dilation_rate, padding, self.data_format)
        if padding == "causal":
            inputs, padding = tf.pad(inputs, self._causal_padding()), "valid"
        if isinstance(padding, str):
            padding = padding.upper()
        if max(self.dilation_rate) == 1:
            op_counts.more(1)  # TF 1.15 put the rates into the graph, and didn't use them
        outputs = convolve(inputs, self.kernel, self.strides, padding, self.dilation_rate, self.data_format)
        return self._finish(outputs)

    def _finish(self, outputs: Tensor) -> Tensor:
        if self.bias is not None:
            outputs = add_bias(outputs, self.bias, self.data_format)
        return self._activate(outputs)

    def _causal_padding(self) -> list[list[int]]:
        """So much at the beginning of the only axis that no output sees what comes after it."""
        before = [self.dilation_rate[0] * (self.kernel_size[0] - 1), 0]
        return [[0, 0], before, [0, 0]] if self.data_format == "channels_last" else [[0, 0], [0, 0], before]

    def _output_length(self, length: int | None, axis: int) -> int | None:
        return output_length(length, self.kernel_size[axis], self.padding, self.strides[axis], self.dilation_rate[axis])

    def compute_output_shape(self, input_shape: Any) -> tf.TensorShape:
        """The input's shape with the convolved axes made shorter, and `filters` channels."""
        sizes = tf.TensorShape(input_shape).as_list()
        first = 1 if self.data_format == "channels_last" else 2
        lengths = [self._output_length(sizes[first + axis], axis) for axis in range(self.rank)]
        if self.data_format == "channels_last":
            return tf.TensorShape([sizes[0], *lengths, self.filters])
        return tf.TensorShape([sizes[0], self.filters, *lengths])

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "dilation_rate": self.dilation_rate,
            **self._kernel_config(),
        }


hooks.keep_from_autograph(__name__)
