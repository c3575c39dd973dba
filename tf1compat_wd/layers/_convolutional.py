"""Convolution along one, two or three axes, separable convolution, and transposed convolution."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers._arguments import (
    channels_first_order,
    channels_last_order,
    data_format_of,
    has_gpu,
    integers,
    padding_of,
)
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._identifiers import (
    activation_of,
    constraint_of,
    initializer_of,
    linear,
    regularizer_of,
    to_config,
)
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.layers._pooling import output_length

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer

# By the number of axes that are convolved.
_CHANNELS_LAST = {1: "NWC", 2: "NHWC", 3: "NDHWC"}
_CHANNELS_FIRST = {1: "NCW", 2: "NCHW", 3: "NCDHW"}
_OPERATIONS = {1: "conv1d", 2: "Conv2D", 3: "Conv3D"}


# ------------------------------------------------------------------------------------- computation


def convolve(
    inputs: Tensor, kernel: Any, strides: tuple[int, ...], padding: Any, dilation: tuple[int, ...], data_format: str
) -> Tensor:
    """Convolve `inputs`; `padding` is "VALID", "SAME" or a list of paddings for every axis."""
    rank = len(strides)
    name = _OPERATIONS[rank]
    if data_format == "channels_last":
        return _convolve_channels_last(inputs, kernel, strides, padding, dilation, name)
    if has_gpu():
        return _convolution(inputs, kernel, (1, 1, *strides), padding, _CHANNELS_FIRST[rank], (1, 1, *dilation), name)
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
    strides, data_format = (1, *strides, 1), _CHANNELS_LAST[rank]
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


# ------------------------------------------------------------------------------------------ layers


class _Conv(Layer):
    """Convolution along `rank` axes."""

    def __init__(
        self,
        rank: int,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: str | None = None,
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            trainable=trainable, name=name, activity_regularizer=regularizer_of(activity_regularizer), **kwargs
        )
        self.rank = rank
        self.filters = filters
        self.kernel_size = integers(kernel_size, rank, "kernel_size")
        self.strides = integers(strides, rank, "strides")
        self.padding = padding_of(padding)
        if self.padding == "causal" and rank != 1:
            raise ValueError("Causal padding is only supported for `Conv1D`and ``SeparableConv1D`.")
        self.data_format = data_format_of(data_format)
        self.dilation_rate = integers(dilation_rate, rank, "dilation_rate")
        self.activation = activation_of(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializer_of(kernel_initializer)
        self.bias_initializer = initializer_of(bias_initializer)
        self.kernel_regularizer = regularizer_of(kernel_regularizer)
        self.bias_regularizer = regularizer_of(bias_regularizer)
        self.kernel_constraint = constraint_of(kernel_constraint)
        self.bias_constraint = constraint_of(bias_constraint)
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
        self.kernel = self.add_weight(
            "kernel",
            self._kernel_shape(depth),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self._add_bias_weight()
        self._input_spec = InputSpec(ndim=self.rank + 2, axes={self._channel_axis: depth})
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                "strides > 1 not supported in conjunction with dilation_rate > 1\n\n"
                f"Layer {self.name} has strides {self.strides} and dilation_rate {self.dilation_rate}."
            )
        self.built = True

    def _add_bias_weight(self) -> None:
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                (self.filters,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        padding = self.padding
        if padding == "causal":
            inputs, padding = tf.pad(inputs, self._causal_padding()), "valid"
        if isinstance(padding, str):
            padding = padding.upper()
        outputs = convolve(inputs, self.kernel, self.strides, padding, self.dilation_rate, self.data_format)
        return self._finish(outputs)

    def _finish(self, outputs: Tensor) -> Tensor:
        if self.bias is not None:
            outputs = add_bias(outputs, self.bias, self.data_format)
        return outputs if self.activation is linear else self.activation(outputs)

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
            "activation": to_config(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": to_config(self.kernel_initializer),
            "bias_initializer": to_config(self.bias_initializer),
            "kernel_regularizer": to_config(self.kernel_regularizer),
            "bias_regularizer": to_config(self.bias_regularizer),
            "activity_regularizer": to_config(self.activity_regularizer),
            "kernel_constraint": to_config(self.kernel_constraint),
            "bias_constraint": to_config(self.bias_constraint),
        }


class _SeparableConv(_Conv):
    """Each channel convolved by itself, then channels mixed."""

    def __init__(
        self,
        rank: int,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: str | None = None,
        dilation_rate: Any = 1,
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = None,
        pointwise_initializer: Any = None,
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            rank,
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            kernel_initializer=tf.compat.v1.glorot_uniform_initializer(),
            bias_initializer=bias_initializer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = initializer_of(depthwise_initializer)
        self.pointwise_initializer = initializer_of(pointwise_initializer)
        self.depthwise_regularizer = regularizer_of(depthwise_regularizer)
        self.pointwise_regularizer = regularizer_of(pointwise_regularizer)
        self.depthwise_constraint = constraint_of(depthwise_constraint)
        self.pointwise_constraint = constraint_of(pointwise_constraint)

    def build(self, input_shape: Any) -> None:
        depth = self._depth(input_shape)
        self._check_dtype()
        self._input_spec = InputSpec(ndim=self.rank + 2, axes={self._channel_axis: depth})
        self.depthwise_kernel = self.add_weight(
            "depthwise_kernel",
            (*self.kernel_size, depth, self.depth_multiplier),
            initializer=self.depthwise_initializer,
            regularizer=self.depthwise_regularizer,
            constraint=self.depthwise_constraint,
        )
        self.pointwise_kernel = self.add_weight(
            "pointwise_kernel",
            (*(1,) * self.rank, self.depth_multiplier * depth, self.filters),
            initializer=self.pointwise_initializer,
            regularizer=self.pointwise_regularizer,
            constraint=self.pointwise_constraint,
        )
        self._add_bias_weight()
        self.built = True

    def _convolve(
        self, inputs: Tensor, depthwise: Any, pointwise: Any, strides: tuple[int, ...], padding: Any, rate: Any
    ) -> Tensor:
        """Separable convolution along two axes."""
        separable = tf.compat.v1.nn.separable_conv2d
        if isinstance(padding, str):
            padding = padding.upper()
        if self.data_format == "channels_last":
            return separable(inputs, depthwise, pointwise, (1, *strides, 1), padding, rate)
        if has_gpu():
            return separable(inputs, depthwise, pointwise, (1, 1, *strides), padding, rate, data_format="NCHW")
        inputs = tf.transpose(inputs, channels_last_order(4))
        name = "separable_conv2dChannelsLast"
        outputs = separable(inputs, depthwise, pointwise, (1, *strides, 1), padding, rate, name=name)
        return tf.transpose(outputs, channels_first_order(4), name="separable_conv2d")

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments."""
        return {
            **super().get_config(),
            "depth_multiplier": self.depth_multiplier,
            "depthwise_initializer": to_config(self.depthwise_initializer),
            "pointwise_initializer": to_config(self.pointwise_initializer),
            "depthwise_regularizer": to_config(self.depthwise_regularizer),
            "pointwise_regularizer": to_config(self.pointwise_regularizer),
            "depthwise_constraint": to_config(self.depthwise_constraint),
            "pointwise_constraint": to_config(self.pointwise_constraint),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """A new layer with these arguments."""
        unused = ("kernel_initializer", "kernel_regularizer", "kernel_constraint")
        return cls(**{key: value for key, value in config.items() if key not in unused})


class _ConvTranspose(_Conv):
    """The gradient of a convolution, used the other way round."""

    def _depth(self, input_shape: Any) -> int:
        shape = tf.TensorShape(input_shape)
        if self.rank == 3 and shape.as_list()[self._channel_axis] is None:
            sizes = ", ".join("?" if size is None else str(size) for size in shape.as_list())
            raise ValueError(f"The channel dimension of the inputs should be defined, found None: ({sizes})")
        return super()._depth(input_shape)

    def _kernel_shape(self, depth: int) -> tuple[Any, ...]:
        return (*self.kernel_size, self.filters, depth)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        rank = self.rank
        first = 1 if self.data_format == "channels_last" else 2
        known = inputs.shape.as_list()
        dynamic = tf.shape(inputs) if None in (known[0], *known[first : first + rank]) else None
        sizes = [dynamic[axis] if size is None else size for axis, size in enumerate(known)]  # type: ignore[index]
        lengths = [self._output_length(sizes[first + axis], axis) for axis in range(rank)]
        channels_first = self.data_format == "channels_first"
        transposed = channels_first and not has_gpu()
        if transposed:
            inputs = tf.transpose(inputs, channels_last_order(rank + 2))
        name = f"conv{rank}d_transpose"
        function = tf.compat.v1.nn.conv2d_transpose if rank == 2 else tf.compat.v1.nn.conv3d_transpose
        if channels_first and not transposed:
            shape, strides, data_format = [sizes[0], self.filters, *lengths], (1, 1, *self.strides), _CHANNELS_FIRST
        else:
            shape, strides, data_format = [sizes[0], *lengths, self.filters], (1, *self.strides, 1), _CHANNELS_LAST
        outputs = function(
            inputs,
            self.kernel,
            shape if dynamic is None else tf.stack(shape),
            strides,
            self.padding.upper(),
            data_format[rank],
            name=f"{name}ChannelsLast" if transposed else name,
        )
        if transposed:
            outputs = tf.transpose(outputs, channels_first_order(rank + 2), name=name)
        if dynamic is not None:
            outputs.set_shape(self.compute_output_shape(known))
        return self._finish(outputs)

    def _output_length(self, length: Any, axis: int) -> Any:
        if length is None:
            return None
        stretched = length * self.strides[axis]
        if self.padding == "valid":
            stretched += max(self.kernel_size[axis] - self.strides[axis], 0)
        return stretched

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments, and some of Keras's that `from_config` leaves out."""
        config = {**super().get_config(), "output_padding": None}
        if self.rank == 3:
            del config["dilation_rate"]
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """A new layer with these arguments."""
        unused = ("dilation_rate", "output_padding")
        return cls(**{key: value for key, value in config.items() if key not in unused})


class Conv1D(_Conv):
    """The layer object behind `conv1d`; see there.

    >>> layer = tf.layers.Conv1D(5, 3)
    >>> layer(tf.ones([2, 6, 3])).shape.as_list()
    [2, 4, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            1,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )


def conv1d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    dilation_rate: Any = 1,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve along one axis with learned kernels (``tf.layers.conv1d``).

    Letters: B batch, S the convolved axis, D channels, K `kernel_size`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [K, D, F]  trainable
        <name>/bias    [F]        trainable, with `use_bias`
    Without `name`: conv1d, conv1d_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, D]; with "channels_first" [B, D, S]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer: size of the kernel, and how far it moves on.
        padding: "valid"; "same": as if `inputs` went on with zeros; or "causal": no output sees what comes after it.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        dilation_rate: an integer: step between the elements that the kernel sees; above 1 only with strides of 1.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        kernel_initializer, bias_initializer: function of shape and dtype, or its name; None: that of the variable
            scope, else Glorot uniform.
        kernel_regularizer, bias_regularizer: function of the variable giving a scalar; joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        kernel_constraint, bias_constraint: function that optimizers apply to the variable after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            strides and dilation_rate are both above 1; those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.conv1d(tf.ones([2, 6, 3]), 5, 3).shape.as_list()
    [2, 4, 5]
    """
    layer = Conv1D(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        activation=activation,
        use_bias=use_bias,
        kernel_initializer=kernel_initializer,
        bias_initializer=bias_initializer,
        kernel_regularizer=kernel_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        kernel_constraint=kernel_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


class Conv2D(_Conv):
    """The layer object behind `conv2d`; see there.

    >>> layer = tf.layers.Conv2D(5, 3)
    >>> layer(tf.ones([2, 6, 6, 3])).shape.as_list()
    [2, 4, 4, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        dilation_rate: Any = (1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            2,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )


def conv2d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = (1, 1),
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    dilation_rate: Any = (1, 1),
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve along two axes with learned kernels (``tf.layers.conv2d``).

    Letters: B batch, S, T the convolved axes, D channels, K, L `kernel_size`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [K, L, D, F]  trainable
        <name>/bias    [F]           trainable, with `use_bias`
    Without `name`: conv2d, conv2d_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, T, D]; with "channels_first" [B, D, S, T]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer or two: size of the kernel, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on with zeros.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        dilation_rate: an integer or two: step between the elements that the kernel sees; above 1 only with strides of
            1.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        kernel_initializer, bias_initializer: function of shape and dtype, or its name; None: that of the variable
            scope, else Glorot uniform.
        kernel_regularizer, bias_regularizer: function of the variable giving a scalar; joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        kernel_constraint, bias_constraint: function that optimizers apply to the variable after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            strides and dilation_rate are both above 1; those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.conv2d(tf.ones([2, 6, 6, 3]), 5, 3).shape.as_list()
    [2, 4, 4, 5]
    """
    layer = Conv2D(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        activation=activation,
        use_bias=use_bias,
        kernel_initializer=kernel_initializer,
        bias_initializer=bias_initializer,
        kernel_regularizer=kernel_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        kernel_constraint=kernel_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


class Conv3D(_Conv):
    """The layer object behind `conv3d`; see there.

    >>> layer = tf.layers.Conv3D(5, 3)
    >>> layer(tf.ones([2, 6, 6, 6, 3])).shape.as_list()
    [2, 4, 4, 4, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1, 1),
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        dilation_rate: Any = (1, 1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            3,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )


def conv3d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = (1, 1, 1),
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    dilation_rate: Any = (1, 1, 1),
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve along three axes with learned kernels (``tf.layers.conv3d``).

    Letters: B batch, S, T, U the convolved axes, D channels, K, L, M `kernel_size`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [K, L, M, D, F]  trainable
        <name>/bias    [F]              trainable, with `use_bias`
    Without `name`: conv3d, conv3d_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, T, U, D]; with "channels_first" [B, D, S, T, U]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer or three: size of the kernel, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on with zeros.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        dilation_rate: an integer or three: step between the elements that the kernel sees; above 1 only with strides
            of 1.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        kernel_initializer, bias_initializer: function of shape and dtype, or its name; None: that of the variable
            scope, else Glorot uniform.
        kernel_regularizer, bias_regularizer: function of the variable giving a scalar; joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        kernel_constraint, bias_constraint: function that optimizers apply to the variable after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            strides and dilation_rate are both above 1; those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.conv3d(tf.ones([2, 6, 6, 6, 3]), 5, 3).shape.as_list()
    [2, 4, 4, 4, 5]
    """
    layer = Conv3D(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        activation=activation,
        use_bias=use_bias,
        kernel_initializer=kernel_initializer,
        bias_initializer=bias_initializer,
        kernel_regularizer=kernel_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        kernel_constraint=kernel_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


class SeparableConv1D(_SeparableConv):
    """The layer object behind `separable_conv1d`; see there.

    >>> layer = tf.layers.SeparableConv1D(5, 3)
    >>> layer(tf.ones([2, 6, 3])).shape.as_list()
    [2, 4, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        dilation_rate: Any = 1,
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = None,
        pointwise_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            1,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            depth_multiplier=depth_multiplier,
            activation=activation,
            use_bias=use_bias,
            depthwise_initializer=depthwise_initializer,
            pointwise_initializer=pointwise_initializer,
            bias_initializer=bias_initializer,
            depthwise_regularizer=depthwise_regularizer,
            pointwise_regularizer=pointwise_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            depthwise_constraint=depthwise_constraint,
            pointwise_constraint=pointwise_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        padding = self.padding
        if padding == "causal":
            inputs, padding = tf.pad(inputs, self._causal_padding()), "valid"
        axis = 1 if self.data_format == "channels_last" else 2
        if not isinstance(padding, str):
            padding = [*padding[:axis], [0, 0], *padding[axis:]]
        outputs = self._convolve(
            tf.expand_dims(inputs, axis),
            tf.expand_dims(self.depthwise_kernel, 0),
            tf.expand_dims(self.pointwise_kernel, 0),
            self.strides * 2,
            padding,
            (1, *self.dilation_rate),
        )
        if self.bias is not None:
            outputs = add_bias(outputs, self.bias, self.data_format)
        outputs = tf.squeeze(outputs, axis)
        return outputs if self.activation is linear else self.activation(outputs)


def separable_conv1d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    dilation_rate: Any = 1,
    depth_multiplier: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    depthwise_initializer: Any = None,
    pointwise_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    depthwise_regularizer: Any = None,
    pointwise_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    depthwise_constraint: Any = None,
    pointwise_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve each channel by itself along one axis, then mix the channels (``tf.layers.separable_conv1d``).

    Letters: B batch, S the convolved axis, D channels, K `kernel_size`, P `depth_multiplier`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/depthwise_kernel  [K, D, P]    trainable
        <name>/pointwise_kernel  [1, D P, F]  trainable
        <name>/bias              [F]          trainable, with `use_bias`
    Without `name`: separable_conv1d, separable_conv1d_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, D]; with "channels_first" [B, D, S]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer: size of the kernel, and how far it moves on.
        padding: "valid"; "same": as if `inputs` went on with zeros; or "causal": no output sees what comes after it.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        dilation_rate: an integer: step between the elements that the kernel sees.
        depth_multiplier: how many kernels each channel has.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        depthwise_initializer, pointwise_initializer, bias_initializer: function of shape and dtype, or its name;
            None: that of the variable scope, else Glorot uniform.
        depthwise_regularizer, pointwise_regularizer, bias_regularizer: function of the variable giving a scalar;
            joins the REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        depthwise_constraint, pointwise_constraint, bias_constraint: function that optimizers apply to the variable
            after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.separable_conv1d(tf.ones([2, 6, 3]), 5, 3).shape.as_list()
    [2, 4, 5]
    """
    layer = SeparableConv1D(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        depth_multiplier=depth_multiplier,
        activation=activation,
        use_bias=use_bias,
        depthwise_initializer=depthwise_initializer,
        pointwise_initializer=pointwise_initializer,
        bias_initializer=bias_initializer,
        depthwise_regularizer=depthwise_regularizer,
        pointwise_regularizer=pointwise_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        depthwise_constraint=depthwise_constraint,
        pointwise_constraint=pointwise_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


class SeparableConv2D(_SeparableConv):
    """The layer object behind `separable_conv2d`; see there.

    >>> layer = tf.layers.SeparableConv2D(5, 3)
    >>> layer(tf.ones([2, 6, 6, 3])).shape.as_list()
    [2, 4, 4, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        dilation_rate: Any = (1, 1),
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = None,
        pointwise_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            2,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            depth_multiplier=depth_multiplier,
            activation=activation,
            use_bias=use_bias,
            depthwise_initializer=depthwise_initializer,
            pointwise_initializer=pointwise_initializer,
            bias_initializer=bias_initializer,
            depthwise_regularizer=depthwise_regularizer,
            pointwise_regularizer=pointwise_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            depthwise_constraint=depthwise_constraint,
            pointwise_constraint=pointwise_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        outputs = self._convolve(
            inputs, self.depthwise_kernel, self.pointwise_kernel, self.strides, self.padding, self.dilation_rate
        )
        return self._finish(outputs)


def separable_conv2d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = (1, 1),
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    dilation_rate: Any = (1, 1),
    depth_multiplier: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    depthwise_initializer: Any = None,
    pointwise_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    depthwise_regularizer: Any = None,
    pointwise_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    depthwise_constraint: Any = None,
    pointwise_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve each channel by itself along two axes, then mix the channels (``tf.layers.separable_conv2d``).

    Letters: B batch, S, T the convolved axes, D channels, K, L `kernel_size`, P `depth_multiplier`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/depthwise_kernel  [K, L, D, P]    trainable
        <name>/pointwise_kernel  [1, 1, D P, F]  trainable
        <name>/bias              [F]             trainable, with `use_bias`
    Without `name`: separable_conv2d, separable_conv2d_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, T, D]; with "channels_first" [B, D, S, T]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer or two: size of the kernel, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on with zeros.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        dilation_rate: an integer or two: step between the elements that the kernel sees.
        depth_multiplier: how many kernels each channel has.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        depthwise_initializer, pointwise_initializer, bias_initializer: function of shape and dtype, or its name;
            None: that of the variable scope, else Glorot uniform.
        depthwise_regularizer, pointwise_regularizer, bias_regularizer: function of the variable giving a scalar;
            joins the REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        depthwise_constraint, pointwise_constraint, bias_constraint: function that optimizers apply to the variable
            after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.separable_conv2d(tf.ones([2, 6, 6, 3]), 5, 3).shape.as_list()
    [2, 4, 4, 5]
    """
    layer = SeparableConv2D(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
        depth_multiplier=depth_multiplier,
        activation=activation,
        use_bias=use_bias,
        depthwise_initializer=depthwise_initializer,
        pointwise_initializer=pointwise_initializer,
        bias_initializer=bias_initializer,
        depthwise_regularizer=depthwise_regularizer,
        pointwise_regularizer=pointwise_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        depthwise_constraint=depthwise_constraint,
        pointwise_constraint=pointwise_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


class Conv2DTranspose(_ConvTranspose):
    """The layer object behind `conv2d_transpose`; see there.

    >>> layer = tf.layers.Conv2DTranspose(5, 3)
    >>> layer(tf.ones([2, 6, 6, 3])).shape.as_list()
    [2, 8, 8, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            2,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )


def conv2d_transpose(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = (1, 1),
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve along two axes the other way round (``tf.layers.conv2d_transpose``).

    It computes the gradient of a `conv2d` with respect to its inputs, and so goes from small to large.

    Letters: B batch, S, T the convolved axes, D channels, K, L `kernel_size`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [K, L, F, D]  trainable
        <name>/bias    [F]           trainable, with `use_bias`
    Without `name`: conv2d_transpose, conv2d_transpose_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, T, D]; with "channels_first" [B, D, S, T]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer or two: size of the kernel, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on with zeros.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        kernel_initializer, bias_initializer: function of shape and dtype, or its name; None: that of the variable
            scope, else Glorot uniform.
        kernel_regularizer, bias_regularizer: function of the variable giving a scalar; joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        kernel_constraint, bias_constraint: function that optimizers apply to the variable after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.conv2d_transpose(tf.ones([2, 6, 6, 3]), 5, 3).shape.as_list()
    [2, 8, 8, 5]
    """
    layer = Conv2DTranspose(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        activation=activation,
        use_bias=use_bias,
        kernel_initializer=kernel_initializer,
        bias_initializer=bias_initializer,
        kernel_regularizer=kernel_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        kernel_constraint=kernel_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


class Conv3DTranspose(_ConvTranspose):
    """The layer object behind `conv3d_transpose`; see there.

    >>> layer = tf.layers.Conv3DTranspose(5, 3)
    >>> layer(tf.ones([2, 6, 6, 6, 3])).shape.as_list()
    [2, 8, 8, 8, 5]
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1, 1),
        padding: Any = "valid",
        data_format: str | None = "channels_last",
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            3,
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            trainable=trainable,
            name=name,
            **kwargs,
        )


def conv3d_transpose(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = (1, 1, 1),
    padding: Any = "valid",
    data_format: str | None = "channels_last",
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Convolve along three axes the other way round (``tf.layers.conv3d_transpose``).

    It computes the gradient of a `conv3d` with respect to its inputs, and so goes from small to large.

    Letters: B batch, S, T, U the convolved axes, D channels, K, L, M `kernel_size`, F `filters`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [K, L, M, F, D]  trainable
        <name>/bias    [F]              trainable, with `use_bias`
    Without `name`: conv3d_transpose, conv3d_transpose_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, S, T, U, D]; with "channels_first" [B, D, S, T, U]. D must be known.
        filters: integer: how many channels come out.
        kernel_size, strides: an integer or three: size of the kernel, and how far it moves on.
        padding: "valid", or "same": as if `inputs` went on with zeros.
        data_format: "channels_last" or "channels_first"; the latter is transposed where there is no GPU.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add a learned number to each channel.
        kernel_initializer, bias_initializer: function of shape and dtype, or its name; None: that of the variable
            scope, else Glorot uniform.
        kernel_regularizer, bias_regularizer: function of the variable giving a scalar; joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins
            the REGULARIZATION_LOSSES, at each call.
        kernel_constraint, bias_constraint: function that optimizers apply to the variable after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.

    Returns:
        Tensor with the rank and dtype of `inputs`.

    Raises:
        ValueError: unknown or wrong rank; D is unknown; another `padding` or `data_format`; wrong number of integers;
            those of ``tf.get_variable``.

    Source: facts of the topic layers_convolutional. Differs from TF 1.15: nothing known.

    >>> tf.layers.conv3d_transpose(tf.ones([2, 6, 6, 6, 3]), 5, 3).shape.as_list()
    [2, 8, 8, 8, 5]
    """
    layer = Conv3DTranspose(
        filters,
        kernel_size,
        strides=strides,
        padding=padding,
        data_format=data_format,
        activation=activation,
        use_bias=use_bias,
        kernel_initializer=kernel_initializer,
        bias_initializer=bias_initializer,
        kernel_regularizer=kernel_regularizer,
        bias_regularizer=bias_regularizer,
        activity_regularizer=activity_regularizer,
        kernel_constraint=kernel_constraint,
        bias_constraint=bias_constraint,
        trainable=trainable,
        name=name,
        _scope=name,
        _reuse=reuse,
    )
    return layer(inputs)


hooks.keep_from_autograph(__name__)
