"""Convolution along one, two or three axes."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers._arguments import arguments_of, make_and_call
from tf1compat_wd.layers._convolutional_base import Convolution

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer


class Conv1D(Convolution):
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
        super().__init__(1, **arguments_of(locals()))


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
    return make_and_call(Conv1D, locals())


class Conv2D(Convolution):
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
        super().__init__(2, **arguments_of(locals()))


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
    return make_and_call(Conv2D, locals())


class Conv3D(Convolution):
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
        super().__init__(3, **arguments_of(locals()))


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
    return make_and_call(Conv3D, locals())


hooks.keep_from_autograph(__name__)
