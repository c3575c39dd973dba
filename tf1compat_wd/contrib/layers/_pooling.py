"""Average and max pooling along two or three axes, and ``pool`` along any number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._dimensions import n_positive_integers
from tf1compat_wd.contrib.layers._outputs import collect_named_outputs
from tf1compat_wd.contrib.layers._scopes import check_data_format
from tf1compat_wd.layers import AveragePooling2D, AveragePooling3D, MaxPooling2D, MaxPooling3D

Tensor = Any


def _pooled(layer_class: Any, default_name: str, data_formats: Sequence[str], given: Mapping[str, Any]) -> Tensor:
    """What a pooling layer of `tf.layers` makes of `given`, the arguments of a function of tf.contrib."""
    check_data_format(given["data_format"], *data_formats)
    with name_scope(given["scope"], default_name, [given["inputs"]]) as opened:
        inputs = tf.convert_to_tensor(given["inputs"])
        layer = layer_class(
            pool_size=given["kernel_size"],
            strides=given["stride"],
            padding=given["padding"],
            data_format="channels_first" if given["data_format"].startswith("NC") else "channels_last",
            _scope=opened,
        )
        return collect_named_outputs(given["outputs_collections"], opened, layer(inputs))


@add_arg_scope
def avg_pool2d(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 2,
    padding: str = "VALID",
    data_format: str = "NHWC",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """The mean of each window along two axes (``slim.avg_pool2d``).

    Args:
        inputs: tensor [N, H, W, C]; or [N, C, H, W] with NCHW.
        kernel_size, stride: integer, or a list of two.
        padding: VALID or SAME.
        data_format: NHWC or NCHW.
        outputs_collections: keys for the output, tagged with the name scope.
        scope: name scope; default AvgPool2D.

    Raises:
        ValueError: another rank or data format.

    Source: facts of the topic contrib_layers_shapes.

    >>> tf.contrib.layers.avg_pool2d(tf.ones([1, 4, 4, 2]), 2).shape.as_list()
    [1, 2, 2, 2]
    """
    return _pooled(AveragePooling2D, "AvgPool2D", ("NCHW", "NHWC"), locals())


@add_arg_scope
def avg_pool3d(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 2,
    padding: str = "VALID",
    data_format: str = "NDHWC",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """As `avg_pool2d`, for inputs [N, D, H, W, C], or [N, C, D, H, W] with NCDHW. Default scope: AvgPool3D."""
    return _pooled(AveragePooling3D, "AvgPool3D", ("NCDHW", "NDHWC"), locals())


@add_arg_scope
def max_pool2d(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 2,
    padding: str = "VALID",
    data_format: str = "NHWC",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """The greatest value of each window along two axes (``slim.max_pool2d``). Default scope: MaxPool2D.

    Arguments and errors are those of `avg_pool2d`.
    """
    return _pooled(MaxPooling2D, "MaxPool2D", ("NCHW", "NHWC"), locals())


@add_arg_scope
def max_pool3d(
    inputs: Any,
    kernel_size: Any,
    stride: Any = 2,
    padding: str = "VALID",
    data_format: str = "NDHWC",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """As `max_pool2d`, for inputs [N, D, H, W, C], or [N, C, D, H, W] with NCDHW. Default scope: MaxPool3D."""
    return _pooled(MaxPooling3D, "MaxPool3D", ("NCDHW", "NDHWC"), locals())


@add_arg_scope
def pool(
    inputs: Any,
    kernel_size: Any,
    pooling_type: str,
    padding: str = "VALID",
    data_format: str | None = None,
    dilation_rate: Any = 1,
    stride: Any = 1,
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Pool along one, two or three axes (``slim.pool``).

    Args:
        inputs: tensor [N, S, C]; or [N, C, S] with a data format that begins with NC.
        kernel_size, dilation_rate, stride: integer for all axes S, or a list with one for each. Stride and rate
            can't both be more than 1.
        pooling_type: AVG or MAX.
        padding: VALID or SAME.
        data_format: None for channels last, or NWC, NCW, NHWC, ...
        outputs_collections: keys for the output, tagged with the name scope.
        scope: name scope; default avg_pool or max_pool.

    Raises:
        ValueError: the rank isn't known or less than 3, or there is no such pooling.
    """
    with name_scope(scope, f"{pooling_type.lower()}_pool", [inputs]) as opened:
        inputs = tf.convert_to_tensor(inputs)
        rank = inputs.shape.rank
        if rank is None:
            raise ValueError("Rank of inputs must be known")
        if rank < 3:
            raise ValueError("Rank of inputs must be >= 3")
        if pooling_type not in ("AVG", "MAX"):
            raise ValueError(f"{rank - 2}-D {pooling_type} pooling is not supported.")
        outputs = tf.compat.v1.nn.pool(
            inputs,
            window_shape=n_positive_integers(rank - 2, kernel_size),
            pooling_type=pooling_type,
            padding=padding,
            data_format=data_format,
            dilation_rate=n_positive_integers(rank - 2, dilation_rate),
            strides=n_positive_integers(rank - 2, stride),
            name=opened,
        )
        return collect_named_outputs(outputs_collections, opened, outputs)


hooks.keep_from_autograph(__name__)
