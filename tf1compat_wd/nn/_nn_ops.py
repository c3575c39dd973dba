"""Functions of ``tf.nn`` that TensorFlow still has, with TF1's errors."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._dropout import drop

v1 = tf.compat.v1

Tensor = Any


def _with_shape(result: Tensor, shape: Any) -> Tensor:
    """Give `result` the static shape that TF1 read from the argument `shape`.

    TensorFlow 2 takes the first axis from elsewhere, and forgets it if that is unknown: DCGAN, among others, reshapes
    to ``deconv.get_shape()``.
    """
    if tf.is_tensor(shape):
        sizes = tf.get_static_value(shape, partial=True)
    else:  # without making a tensor of it, which would be one more operation in the graph
        sizes = [tf.get_static_value(size) if tf.is_tensor(size) else size for size in shape]
    if sizes is not None and not tf.executing_eagerly() and len(sizes) == result.shape.rank:
        sizes = [v1.dimension_value(size) for size in sizes]
        result.set_shape([None if size is None or size < 0 else int(size) for size in sizes])
    return result


def conv2d_transpose(
    value: Tensor | None = None,
    filter: Tensor | None = None,
    output_shape: Any = None,
    strides: Any = None,
    padding: str = "SAME",
    data_format: str = "NHWC",
    name: str | None = None,
    input: Tensor | None = None,
    filters: Tensor | None = None,
    dilations: Any = None,
) -> Tensor:
    """The gradient of `tf.nn.conv2d`, as an upsampling convolution (``tf.nn.conv2d_transpose``).

    Letters: B the batch, H and W height and width, D and U the channels of input and output.

    Args:
        value, input: tensor [B, H, W, D]; [B, D, H, W] with `data_format` ``NCHW``.
        filter, filters: tensor [height, width, U, D].
        output_shape: what comes out, four numbers or a tensor of them. Its static value is the static shape.
        strides: one number, or two, or four.
        padding: ``SAME`` or ``VALID``.
        data_format: ``NHWC`` or ``NCHW``.
        name: of the operation.
        dilations: one number, or two, or four.

    Returns:
        Tensor of the shape `output_shape`.

    Source: facts of the topic nn_ops. (TensorFlow 2 forgets the batch of `output_shape` where the input's is unknown.)

    >>> tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 1]), tf.ones([3, 3, 5, 1]), [1, 4, 4, 5], 2).shape.as_list()
    [1, 4, 4, 5]
    """
    result = v1.nn.conv2d_transpose(
        value, filter, output_shape, strides, padding, data_format, name, input, filters, dilations
    )
    return _with_shape(result, output_shape)


def conv2d_backprop_input(
    input_sizes: Any,
    filter: Tensor | None = None,
    out_backprop: Tensor | None = None,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations: Any = [1, 1, 1, 1],  # noqa: B006  (TF1's signature)
    name: str | None = None,
    filters: Tensor | None = None,
) -> Tensor:
    """The gradient of `tf.nn.conv2d` with respect to its input (``tf.nn.conv2d_backprop_input``).

    Args:
        input_sizes: shape of that input, four numbers or a tensor of them. Its static value is the static shape.
        filter, filters: tensor [height, width, D, U].
        out_backprop: gradient of the convolution's result.
        strides, padding, data_format, dilations: those of the convolution.
        use_cudnn_on_gpu: without effect.
        name: of the operation.

    Returns:
        Tensor of the shape `input_sizes`.

    Source: facts of the topic nn_ops.

    >>> kernel, gradient = tf.ones([3, 3, 5, 1]), tf.ones([1, 2, 2, 1])
    >>> tf.nn.conv2d_backprop_input([1, 4, 4, 5], kernel, gradient, [1, 2, 2, 1], "SAME").shape.as_list()
    [1, 4, 4, 5]
    """
    result = v1.nn.conv2d_backprop_input(
        input_sizes, filter, out_backprop, strides, padding, use_cudnn_on_gpu, data_format, dilations, name, filters
    )
    return _with_shape(result, input_sizes)


def conv1d_transpose(
    input: Tensor,
    filters: Tensor,
    output_shape: Any,
    strides: Any,
    padding: str = "SAME",
    data_format: str = "NWC",
    dilations: Any = None,
    name: str | None = None,
) -> Tensor:
    """The gradient of `tf.nn.conv1d`, as an upsampling convolution (``tf.nn.conv1d_transpose``).

    Args:
        input: tensor [B, W, D].
        filters: tensor [width, U, D].
        output_shape: what comes out, three numbers or a tensor of them. Its static value is the static shape.
        strides, padding, data_format, dilations, name: as in `conv2d_transpose`.

    Returns:
        Tensor of the shape `output_shape`.

    Source: facts of the topic nn_ops.

    >>> tf.nn.conv1d_transpose(tf.ones([1, 2, 3]), tf.ones([3, 5, 3]), [1, 4, 5], 2).shape.as_list()
    [1, 4, 5]
    """
    result = v1.nn.conv1d_transpose(input, filters, output_shape, strides, padding, data_format, dilations, name)
    return _with_shape(result, output_shape)


def atrous_conv2d_transpose(
    value: Tensor, filters: Tensor, output_shape: Any, rate: int, padding: Any, name: str | None = None
) -> Tensor:
    """The gradient of `tf.nn.atrous_conv2d`, as a convolution (``tf.nn.atrous_conv2d_transpose``).

    Args:
        value: tensor [B, H, W, D].
        filters: tensor [height, width, U, D].
        output_shape: what comes out, four numbers or a tensor of them. Its static value is the static shape.
        rate: how far apart the elements of the filter stand.
        padding: ``SAME`` or ``VALID``.
        name: of the operation.

    Returns:
        Tensor of the shape `output_shape`.

    Source: facts of the topic nn_ops.

    >>> kernel = tf.ones([3, 3, 5, 1])
    >>> tf.nn.atrous_conv2d_transpose(tf.ones([1, 4, 4, 1]), kernel, [1, 4, 4, 5], 2, "SAME").shape.as_list()
    [1, 4, 4, 5]
    """
    return _with_shape(v1.nn.atrous_conv2d_transpose(value, filters, output_shape, rate, padding, name), output_shape)


def dropout(
    x: Tensor,
    keep_prob: Any = None,
    noise_shape: Any = None,
    seed: int | None = None,
    name: str | None = None,
    rate: Any = None,
) -> Tensor:
    """Set elements to 0 at random, and make up for it with the others (``tf.nn.dropout``).

    Args:
        x: floating tensor.
        keep_prob: number or scalar tensor; each element stays with this probability, divided by it.
        noise_shape: shape of the random numbers, which broadcasts to that of `x`.
        seed: for the random numbers.
        name: of the operation.
        rate: ``1 - keep_prob``, in place of it.

    Returns:
        Tensor like `x`.

    Raises:
        ValueError: neither or both of `keep_prob` and `rate`; a rate that isn't from 0 to less than 1; or `x` are
            integers.

    Source: facts of the topic nn_ops.

    >>> tf.nn.dropout(tf.ones([3]), keep_prob=1.0).numpy().tolist()
    [1.0, 1.0, 1.0]
    """
    if keep_prob is not None and rate is not None:
        raise ValueError("Cannot specify both 'keep_prob' and 'rate'")
    if rate is None:
        rate = None if keep_prob is None else 1 - keep_prob
    if rate is None:
        raise ValueError("You must provide a rate to dropout.")
    return drop(tf.convert_to_tensor(x), rate, noise_shape, seed, name)


hooks.keep_from_autograph(__name__)
