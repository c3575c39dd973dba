"""Convolution along one, two or three axes, plain, transposed, separable and in each plane by itself.

All of these end in the same way: normalize or add biases, then activate, then collect the output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._dimensions import last_dimension, two_element_tuple
from tf1compat_wd.contrib.layers._initializers import xavier_initializer
from tf1compat_wd.contrib.layers._scopes import (
    arguments_for_layer,
    check_data_format,
    collect_weights,
    finished,
    layer_scope,
    own_variable,
)
from tf1compat_wd.layers import Conv1D, Conv2D, Conv2DTranspose, Conv3D, Conv3DTranspose, SeparableConv2D
from tf1compat_wd.layers._arguments import channels_first_order, channels_last_order, has_gpu

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer

_NAMES = {"kernel": "weights", "bias": "biases"}
_SEPARABLE_NAMES = {
    "depthwise_kernel": "depthwise_weights", "pointwise_kernel": "pointwise_weights", "bias": "biases",
}  # fmt: skip
_DATA_FORMATS = (None, "NWC", "NCW", "NHWC", "NCHW", "NDHWC", "NCDHW")
_LAYERS = {3: Conv1D, 4: Conv2D, 5: Conv3D}


def _order_of_channels(data_format: str | None) -> str:
    return "channels_first" if data_format and data_format.startswith("NC") else "channels_last"


def _outputs_of(
    layer_class: Any, inputs: Tensor, given: Mapping[str, Any], opened: Any, kernels: Sequence[str], **arguments: Any
) -> Tensor:
    """What a layer of this class, made with `given` and in the scope `opened`, makes of `inputs`."""
    layer = layer_class(
        given["num_outputs"],
        given["kernel_size"],
        strides=given["stride"],
        padding=given["padding"],
        data_format=_order_of_channels(given["data_format"]),
        **arguments,
        **arguments_for_layer(given, opened, inputs),
    )
    outputs = layer(inputs)
    collect_weights(layer, given["variables_collections"], *kernels)
    return outputs


def _with_one_kernel(
    layer_class: Any, inputs: Tensor, given: Mapping[str, Any], opened: Any, **arguments: Any
) -> Tensor:
    """All of a convolution that isn't separable."""
    outputs = _outputs_of(
        layer_class,
        inputs,
        given,
        opened,
        ["kernel"],
        kernel_initializer=given["weights_initializer"],
        kernel_regularizer=given["weights_regularizer"],
        **arguments,
    )
    return finished(outputs, given, opened)


# ------------------------------------------------------------------------------------------- plain


def _convolve(arguments: Mapping[str, Any]) -> Tensor:
    """The convolution that `arguments`, those of `convolution`, describe."""
    given = arguments
    if given["data_format"] not in _DATA_FORMATS:
        raise ValueError(f"Invalid data_format: {given['data_format']!r}")
    with layer_scope(given["scope"], "Conv", [given["inputs"]], given["reuse"], _NAMES) as opened:
        inputs = tf.convert_to_tensor(given["inputs"])
        layer_class = _layer_for(inputs, given["conv_dims"])
        return _with_one_kernel(layer_class, inputs, given, opened, dilation_rate=given["rate"])


def _layer_for(inputs: Tensor, conv_dims: int | None) -> Any:
    rank = inputs.shape.rank
    if conv_dims is not None and rank is None:
        raise TypeError("%d format: a number is required, not NoneType\n\nThe rank of the inputs isn't known.")
    if conv_dims is not None and conv_dims + 2 != rank:
        raise ValueError(f"Convolution expects input with rank {conv_dims + 2}, got {rank}")
    if rank not in _LAYERS:
        raise ValueError("Convolution not supported for input with rank", rank)
    return _LAYERS[rank]


@add_arg_scope
def convolution(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str | None = None,
    rate: Any = 1,
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
    conv_dims: int | None = None,
) -> Tensor:
    """Convolve along one, two or three axes, then normalize or add biases, then activate (``slim.convolution``).

    Letters: N batch, S the one to three axes that are convolved, C channels, U `num_outputs`, K `kernel_size`.

    Creates, in this order, in the current variable scope:
        <scope>/weights  [K, C, U]  in MODEL_VARIABLES and, with `trainable`, TRAINABLE_VARIABLES
        <scope>/biases   [U]        the same; without `normalizer_fn`, and unless `biases_initializer` is None
    Without `scope`: Conv, Conv_1, ... counted per pass. Their losses are ``<scope>/kernel/Regularizer/...`` and
    ``<scope>/bias/Regularizer/...``.

    Args:
        inputs: tensor [N, S, C]; or [N, C, S] with a data format that begins with NC.
        num_outputs: integer.
        kernel_size, stride, rate: integer for all axes S, or a list with one for each. Stride and rate can't both
            be more than 1.
        padding: SAME or VALID.
        data_format: NWC, NHWC, NDHWC (which None means), NCW, NCHW or NCDHW.
        activation_fn, normalizer_fn, normalizer_params, weights_initializer, weights_regularizer, biases_initializer,
            biases_regularizer, reuse, variables_collections, outputs_collections, trainable, scope: as for
            `fully_connected`.
        conv_dims: how many axes S there must be.

    Returns:
        Tensor [N, S, U], S made smaller by stride and padding.

    Raises:
        ValueError: wrong rank, data format, padding, or an unknown C; those of ``tf.get_variable``.

    Source: facts of the topics slim and contrib_layers_convolutions. Differs from TF 1.15: NCHW works on CPUs, too.

    >>> with tf.tracking.VariableTrackingScope("net") as net:
    ...     y = tf.contrib.layers.conv2d(tf.ones([1, 4, 4, 2]), 3, [3, 3], stride=2, scope="c")
    >>> y.shape.as_list(), net.variables[0].name, net.variables[0].shape.as_list()
    ([1, 2, 2, 3], 'c/weights:0', [3, 3, 2, 3])
    """
    return _convolve(locals())


@add_arg_scope
def convolution1d(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str | None = None,
    rate: Any = 1,
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """`convolution` along one axis: inputs [N, W, C]."""
    return _convolve({**locals(), "conv_dims": 1})


@add_arg_scope
def convolution2d(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str | None = None,
    rate: Any = 1,
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """`convolution` along two axes: inputs [N, H, W, C]."""
    return _convolve({**locals(), "conv_dims": 2})


@add_arg_scope
def convolution3d(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str | None = None,
    rate: Any = 1,
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """`convolution` along three axes: inputs [N, D, H, W, C]."""
    return _convolve({**locals(), "conv_dims": 3})


# -------------------------------------------------------------------------------------- transposed


def _transpose(layer_class: Any, default_name: str, data_formats: Sequence[str], given: Mapping[str, Any]) -> Tensor:
    with layer_scope(given["scope"], default_name, [given["inputs"]], given["reuse"], _NAMES) as opened:
        check_data_format(given["data_format"], *data_formats)
        return _with_one_kernel(layer_class, tf.convert_to_tensor(given["inputs"]), given, opened)


@add_arg_scope
def convolution2d_transpose(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str = "NHWC",
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """The gradient of a convolution as a layer, which makes images larger (``slim.conv2d_transpose``).

    Creates:
        <scope>/weights  [KH, KW, U, C]  in MODEL_VARIABLES
        <scope>/biases   [U]             the same; without `normalizer_fn`, and unless `biases_initializer` is None
    Without `scope`: Conv2d_transpose, Conv2d_transpose_1, ...

    Args:
        inputs: tensor [N, H, W, C]; or [N, C, H, W] with NCHW.
        kernel_size, stride: integer, or a list of two.
        data_format: NHWC or NCHW.
        The rest is as for `convolution`.

    Raises:
        ValueError: another rank or data format; those of ``tf.get_variable``.
    """
    return _transpose(Conv2DTranspose, "Conv2d_transpose", ("NCHW", "NHWC"), locals())


@add_arg_scope
def convolution3d_transpose(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str = "NDHWC",
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """As `conv2d_transpose`, for inputs [N, D, H, W, C], or [N, C, D, H, W] with NCDHW.

    Without `scope`: Conv3d_transpose, ...
    """
    return _transpose(Conv3DTranspose, "Conv3d_transpose", ("NCDHW", "NDHWC"), locals())


# --------------------------------------------------------------------------------------- separable


@add_arg_scope
def separable_convolution2d(
    inputs: Any,
    num_outputs: int | None,
    kernel_size: Any,
    depth_multiplier: int = 1,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str = "NHWC",
    rate: Any = 1,
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    pointwise_initializer: Any = None,
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """Convolve each channel by itself, then mix the channels (``slim.separable_conv2d``).

    Letters: C channels of `inputs`, M `depth_multiplier`, U `num_outputs`.

    Creates, in this order:
        <scope>/depthwise_weights  [KH, KW, C, M]   in MODEL_VARIABLES
        <scope>/pointwise_weights  [1, 1, C M, U]   the same; unless `num_outputs` is None
        <scope>/biases             [U] or [C M]     the same; without `normalizer_fn`
    Without `scope`: SeparableConv2d, SeparableConv2d_1, ...

    Args:
        inputs: tensor [N, H, W, C]; or [N, C, H, W] with NCHW.
        num_outputs: integer; None leaves the channels unmixed.
        depth_multiplier: outputs for each channel.
        pointwise_initializer: default: `weights_initializer`.
        weights_regularizer: for depthwise and pointwise weights.
        The rest is as for `convolution`.

    Returns:
        Tensor [N, H, W, U], or [N, H, W, C M] if `num_outputs` is None.

    Raises:
        ValueError: another rank or data format; those of ``tf.get_variable``.
    """
    check_data_format(data_format, "NCHW", "NHWC")
    given = locals()
    with layer_scope(scope, "SeparableConv2d", [inputs], reuse, _SEPARABLE_NAMES) as opened:
        given["inputs"] = tf.convert_to_tensor(inputs)
        convolve = _depthwise if num_outputs is None else _separable
        return finished(convolve(given, opened), given, opened)


def _separable(given: Mapping[str, Any], opened: Any) -> Tensor:
    return _outputs_of(
        SeparableConv2D,
        given["inputs"],
        given,
        opened,
        ["depthwise_kernel", "pointwise_kernel"],
        dilation_rate=two_element_tuple(given["rate"]),
        depth_multiplier=given["depth_multiplier"],
        depthwise_initializer=given["weights_initializer"],
        pointwise_initializer=given["pointwise_initializer"] or given["weights_initializer"],
        depthwise_regularizer=given["weights_regularizer"],
        pointwise_regularizer=given["weights_regularizer"],
    )


def _depthwise(given: Mapping[str, Any], opened: Any) -> Tensor:
    del opened
    inputs, data_format = given["inputs"], given["data_format"]
    channels = inputs.shape.as_list()[1 if data_format == "NCHW" else 3]
    weights = own_variable(
        "depthwise_weights",
        [*two_element_tuple(given["kernel_size"]), channels, given["depth_multiplier"]],
        inputs.dtype,
        given["weights_initializer"],
        given["variables_collections"],
        given["trainable"],
        given["weights_regularizer"],
        collected_as="weights",
    )
    outputs = _convolve_each_channel(
        inputs, weights, two_element_tuple(given["stride"]), given["padding"], data_format, given["rate"]
    )
    return _with_own_biases(outputs, given, channels * given["depth_multiplier"], data_format)


def _convolve_each_channel(
    inputs: Tensor, weights: Any, stride: tuple[int, int], padding: str, data_format: str, rate: Any
) -> Tensor:
    convolve, rates = tf.compat.v1.nn.depthwise_conv2d, two_element_tuple(rate)
    if data_format == "NHWC":
        return convolve(inputs, weights, [1, *stride, 1], padding, rates)
    if has_gpu():
        return convolve(inputs, weights, [1, 1, *stride], padding, rates, data_format="NCHW")
    # TF 1.15 could not, on a CPU.
    outputs = convolve(tf.transpose(inputs, channels_last_order(4)), weights, [1, *stride, 1], padding, rates)
    return tf.transpose(outputs, channels_first_order(4), name="depthwise")


def _with_own_biases(outputs: Tensor, given: Mapping[str, Any], channels: int, data_format: str) -> Tensor:
    """`outputs` with biases, unless a normalizer comes instead."""
    if given["normalizer_fn"] is not None or given["biases_initializer"] is None:
        return outputs
    biases = own_variable(
        "biases", [channels], outputs.dtype, given["biases_initializer"], given["variables_collections"],
        given["trainable"], given["biases_regularizer"],
    )  # fmt: skip
    return tf.compat.v1.nn.bias_add(outputs, biases, data_format=data_format)


@add_arg_scope
def convolution2d_in_plane(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """Convolve each channel by itself, all with the same weights (``slim.conv2d_in_plane``).

    Creates, in this order:
        <scope>/weights  [KH, KW, 1, 1]  in MODEL_VARIABLES
        <scope>/biases   [C]             the same; without `normalizer_fn`, and unless `biases_initializer` is None
    Without `scope`: ConvInPlane, ConvInPlane_1, ...

    Args:
        inputs: tensor [N, H, W, C].
        The rest is as for `convolution`.

    Raises:
        ValueError: a rank less than 4, or an unknown C; those of ``tf.get_variable``.
    """
    given = locals()
    with variable_scope(scope, "ConvInPlane", [inputs], reuse=reuse) as opened:
        inputs = tf.convert_to_tensor(inputs)
        channels = last_dimension(inputs.shape, min_rank=4)
        weights = own_variable(
            "weights", [*two_element_tuple(kernel_size), 1, 1], inputs.dtype, weights_initializer,
            variables_collections, trainable, weights_regularizer,
        )  # fmt: skip
        weights = tf.tile(weights, [1, 1, channels, 1])
        outputs = tf.compat.v1.nn.depthwise_conv2d(inputs, weights, [1, *two_element_tuple(stride), 1], padding)
        outputs = _with_own_biases(outputs, given, channels, "NHWC")
        return finished(outputs, given, opened)


# TF1 names scopes after the functions (`repeat`), so these names are the functions' own.
conv1d = convolution1d
conv2d = convolution2d
conv2d_in_plane = convolution2d_in_plane
conv2d_transpose = convolution2d_transpose
conv3d = convolution3d
conv3d_transpose = convolution3d_transpose
separable_conv2d = separable_convolution2d

hooks.keep_from_autograph(__name__)
