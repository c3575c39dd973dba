"""Transposed convolution along two or three axes: the gradient of a convolution, from small to large."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers._arguments import (
    arguments_of,
    channels_first_order,
    channels_last_order,
    has_gpu,
    make_and_call,
)
from tf1compat_wd.layers._convolutional_base import CHANNELS_FIRST, CHANNELS_LAST, Convolution

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer


class _Transposed(Convolution):
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
        # TF 1.15 computed each length in the graph, whether it was known or not.
        steps = self.rank * (8 if self.padding == "valid" else 6)
        with op_counts.exactly(steps + (12 if self.rank == 2 else 8)):
            outputs = self._convolve_back(inputs)
        return self._finish(outputs)

    def _convolve_back(self, inputs: Any) -> Tensor:
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
            shape, strides, data_format = [sizes[0], self.filters, *lengths], (1, 1, *self.strides), CHANNELS_FIRST
        else:
            shape, strides, data_format = [sizes[0], *lengths, self.filters], (1, *self.strides, 1), CHANNELS_LAST
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
        return outputs

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


class Conv2DTranspose(_Transposed):
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
        super().__init__(2, **arguments_of(locals()))


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
    return make_and_call(Conv2DTranspose, locals())


class Conv3DTranspose(_Transposed):
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
        super().__init__(3, **arguments_of(locals()))


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
    return make_and_call(Conv3DTranspose, locals())


hooks.keep_from_autograph(__name__)
