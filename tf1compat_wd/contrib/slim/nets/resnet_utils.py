"""What the residual networks share: units in blocks, strides that become dilation, and a convolution that pads itself.

He et al., arXiv 1512.03385; with `output_stride`, dense features as in Chen et al., arXiv 1606.00915.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope, arg_scope
from tf1compat_wd.contrib.layers import (
    batch_norm,
    conv2d,
    l2_regularizer,
    max_pool2d,
    variance_scaling_initializer,
)
from tf1compat_wd.contrib.slim.utils import collect_named_outputs

__all__ = ["Block", "conv2d_same", "resnet_arg_scope", "stack_blocks_dense", "subsample"]

Tensor = Any

_CANNOT_BE_REACHED = "The target output_stride cannot be reached."


class Block(NamedTuple):
    """A block of units.

    Attributes:
        scope: its name.
        unit_fn: function of a tensor, the arguments in an item of `args`, and ``rate``: one unit.
        args: list of dictionaries, one for each unit, with ``stride`` among their items.
    """

    scope: str
    unit_fn: Callable[..., Any]
    args: list[dict[str, Any]]


def bottleneck_block(scope: str, unit_fn: Callable[..., Any], base_depth: int, num_units: int, stride: int) -> Block:
    """A block of bottlenecks, the last of which has the stride."""
    unit = {"depth": base_depth * 4, "depth_bottleneck": base_depth, "stride": 1}
    return Block(scope, unit_fn, [dict(unit) for _ in range(num_units - 1)] + [{**unit, "stride": stride}])


def subsample(inputs: Tensor, factor: int, scope: str | None = None) -> Tensor:
    """Every `factor`-th pixel of `inputs`, which are returned as they are if `factor` is 1."""
    return inputs if factor == 1 else max_pool2d(inputs, [1, 1], stride=factor, scope=scope)


def conv2d_same(
    inputs: Tensor, num_outputs: int, kernel_size: int, stride: int, rate: int = 1, scope: str | None = None
) -> Tensor:
    """A convolution whose padding doesn't depend on the size of the images (``slim.nets.resnet_utils.conv2d_same``).

    With a stride, padding "SAME" puts the first kernel elsewhere for even sizes than for odd ones. This one pads by
    half a kernel on each side, so that a strided convolution gives every `stride`-th pixel of one without.

    Args:
        inputs: tensor [B, H, W, C].
        num_outputs: channels of the output.
        kernel_size: side of the kernel.
        stride: of the convolution.
        rate: its dilation; only without a stride.
        scope: of `slim.conv2d`, to which the rest is left.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     tf.contrib.slim.nets.resnet_utils.conv2d_same(tf.ones([1, 8, 8, 3]), 4, 3, stride=2).shape.as_list()
    [1, 4, 4, 4]
    """
    if stride == 1:
        return conv2d(inputs, num_outputs, kernel_size, stride=1, rate=rate, padding="SAME", scope=scope)
    before, after = padding_around(kernel_size, rate)
    inputs = tf.pad(inputs, [[0, 0], [before, after], [before, after], [0, 0]])
    return conv2d(inputs, num_outputs, kernel_size, stride=stride, rate=rate, padding="VALID", scope=scope)


def padding_around(kernel_size: int, rate: int) -> tuple[int, int]:
    """How many zeros go before and after a row, for a kernel that is stretched by `rate`."""
    total = (kernel_size - 1) * rate
    return total // 2, total - total // 2


@add_arg_scope
def stack_blocks_dense(
    net: Tensor, blocks: Iterable[Block], output_stride: int | None = None, outputs_collections: Any = None
) -> Tensor:
    """Blocks one after another (``slim.nets.resnet_utils.stack_blocks_dense``).

    Args:
        net: tensor [B, H, W, C].
        blocks: list of `Block`.
        output_stride: how much smaller than `net` the output shall be. When that is reached, the strides of further
            units become dilation. None: whatever the units make of it.
        outputs_collections: key or keys for the output of each block.

    Returns:
        The output of the last unit.

    Raises:
        ValueError: the strides of the units don't lead to `output_stride`.
    """
    reached, rate = 1, 1
    for block in blocks:
        with variable_scope(block.scope, "block", [net]) as scope:
            for number, arguments in enumerate(block.args, start=1):
                if output_stride is not None and reached > output_stride:
                    raise ValueError(_CANNOT_BE_REACHED)
                stride = arguments.get("stride", 1)
                with variable_scope(f"unit_{number}", values=[net]):
                    if reached == output_stride:
                        net = block.unit_fn(net, rate=rate, **{**arguments, "stride": 1})
                        rate *= stride
                    else:
                        net = block.unit_fn(net, rate=1, **arguments)
                        reached *= stride
            net = collect_named_outputs(outputs_collections, scope.name, net)
    if output_stride is not None and reached != output_stride:
        raise ValueError(_CANNOT_BE_REACHED)
    return net


def resnet_arg_scope(
    weight_decay: float = 0.0001,
    batch_norm_decay: float = 0.997,
    batch_norm_epsilon: float = 1e-5,
    batch_norm_scale: bool = True,
) -> dict[str, dict[str, Any]]:
    """The arguments with which residual networks were trained, for `slim.arg_scope`.

    Args:
        weight_decay: for the weights of convolutions.
        batch_norm_decay, batch_norm_epsilon: of `slim.batch_norm`.
        batch_norm_scale: does it have a gamma?
    """
    normalization = {
        "decay": batch_norm_decay,
        "epsilon": batch_norm_epsilon,
        "scale": batch_norm_scale,
        "updates_collections": tf.compat.v1.GraphKeys.UPDATE_OPS,
    }
    with (
        arg_scope(
            [conv2d],
            weights_regularizer=l2_regularizer(weight_decay),
            weights_initializer=variance_scaling_initializer(),
            activation_fn=tf.nn.relu,
            normalizer_fn=batch_norm,
            normalizer_params=normalization,
        ),
        arg_scope([batch_norm], **normalization),
        arg_scope([max_pool2d], padding="SAME") as scope,
    ):
        return scope


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
