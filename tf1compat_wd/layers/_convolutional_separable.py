"""Separable convolution along one or two axes: each channel by itself, then channels mixed."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers._arguments import (
    arguments_of,
    channels_first_order,
    channels_last_order,
    check_windows,
    has_gpu,
    make_and_call,
)
from tf1compat_wd.layers._convolutional_base import Convolution, add_bias
from tf1compat_wd.layers._identifiers import constraint_of, initializer_of, regularizer_of, to_config
from tf1compat_wd.layers._input_spec import InputSpec

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer


class _Separable(Convolution):
    """Each channel convolved by itself, then channels mixed; other keywords are those of `KernelLayer`."""

    def __init__(
        self,
        rank: int,
        depth_multiplier: int,
        depthwise_initializer: Any,
        pointwise_initializer: Any,
        depthwise_regularizer: Any,
        pointwise_regularizer: Any,
        depthwise_constraint: Any,
        pointwise_constraint: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(rank, kernel_initializer=tf.compat.v1.glorot_uniform_initializer(), **kwargs)
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
        self._add_bias((self.filters,))
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


class SeparableConv1D(_Separable):
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
        super().__init__(1, **arguments_of(locals()))

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        padding = self.padding
        check_windows(inputs, self.kernel_size, self.dilation_rate, padding, self.data_format)
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
        return self._activate(outputs)


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
    return make_and_call(SeparableConv1D, locals())


class SeparableConv2D(_Separable):
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
        super().__init__(2, **arguments_of(locals()))

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        check_windows(inputs, self.kernel_size, self.dilation_rate, self.padding, self.data_format)
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
    return make_and_call(SeparableConv2D, locals())


hooks.keep_from_autograph(__name__)
