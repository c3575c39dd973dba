"""Residual networks that activate first: He et al., "Identity mappings in deep residual networks", arXiv 1603.05027."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers import batch_norm, conv2d
from tf1compat_wd.contrib.slim.nets import _residual
from tf1compat_wd.contrib.slim.nets._residual import Call, Result, Version
from tf1compat_wd.contrib.slim.nets.resnet_utils import (
    Block,
    bottleneck_block,
    conv2d_same,
    resnet_arg_scope,
    subsample,
)
from tf1compat_wd.contrib.slim.utils import collect_named_outputs, last_dimension

__all__ = [
    "bottleneck",
    "resnet_arg_scope",
    "resnet_v2",
    "resnet_v2_101",
    "resnet_v2_152",
    "resnet_v2_200",
    "resnet_v2_50",
    "resnet_v2_block",
]

Tensor = Any


@add_arg_scope
def bottleneck(
    inputs: Tensor,
    depth: int,
    depth_bottleneck: int,
    stride: int,
    rate: int = 1,
    outputs_collections: Any = None,
    scope: Any = None,
) -> Tensor:
    """Normalize and activate; then three convolutions beside a shortcut, and their sum.

    Creates, under <scope>: preact (normalization), shortcut (if the depth changes), conv1 (1 x 1), conv2 (3 x 3) and
    conv3 (1 x 1).

    Args:
        inputs: tensor [B, H, W, C]; C must be known.
        depth: channels of the output.
        depth_bottleneck: channels between.
        stride: of the second convolution and of the shortcut.
        rate: dilation of the second convolution.
        outputs_collections: key or keys for the output.
        scope: variable scope; default bottleneck_v2.

    Returns:
        Tensor [B, H / `stride`, W / `stride`, `depth`].
    """
    with variable_scope(scope, "bottleneck_v2", [inputs]) as opened:
        linear = {"normalizer_fn": None, "activation_fn": None}
        depth_in = last_dimension(inputs.shape, min_rank=4)
        active = batch_norm(inputs, activation_fn=tf.nn.relu, scope="preact")
        if depth_in == depth:
            shortcut = subsample(inputs, stride, "shortcut")
        else:
            shortcut = conv2d(active, depth, [1, 1], stride=stride, scope="shortcut", **linear)
        residual = conv2d(active, depth_bottleneck, [1, 1], stride=1, scope="conv1")
        residual = conv2d_same(residual, depth_bottleneck, 3, stride, rate=rate, scope="conv2")
        residual = conv2d(residual, depth, [1, 1], stride=1, scope="conv3", **linear)
        return collect_named_outputs(outputs_collections, opened.name, shortcut + residual)


def resnet_v2_block(scope: str, base_depth: int, num_units: int, stride: int) -> Block:
    """A block of bottlenecks with 4 times `base_depth` channels, the last of which has the stride."""
    return bottleneck_block(scope, bottleneck, base_depth, num_units, stride)


def _last_activation(net: Tensor) -> Tensor:
    return batch_norm(net, activation_fn=tf.nn.relu, scope="postnorm")


#: The first unit begins with a normalization of its own.
_VERSION = Version(
    "resnet_v2", bottleneck, root_options={"activation_fn": None, "normalizer_fn": None}, finish=_last_activation
)


def resnet_v2(
    inputs: Tensor,
    blocks: Sequence[Block],
    num_classes: int | None = None,
    is_training: Any = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    include_root_block: bool = True,
    reuse: Any = None,
    scope: Any = None,
) -> Result:
    """A residual network of the blocks that are given (``slim.nets.resnet_v2.resnet_v2``).

    Args:
        inputs: images [B, H, W, C].
        blocks: list of `slim.nets.resnet_utils.Block`.
        num_classes: how many logits; None: give features instead.
        is_training: normalize by the batch, and update the moving averages? A bool or a bool tensor.
        global_pool: take the mean over the image at the end; False keeps a map, for dense predictions.
        output_stride: how much smaller than the image the map shall be; None: what the blocks make of it, 32.
        include_root_block: begin with a convolution and pooling, which make the image a quarter as large?
        reuse: of the variable scope.
        scope: variable scope; default resnet_v2.

    Returns:
        Logits [B, 1, 1, `num_classes`] or a map of them, and the end points: a dictionary of scope names to tensors,
        with "predictions" for the softmax of the logits.

    Raises:
        ValueError: `output_stride` can't be reached, or isn't a multiple of 4 with a root block.

    Source: facts of the topic slim_nets.
    """
    call = Call(inputs, num_classes, is_training, global_pool, output_stride, include_root_block, reuse, scope)
    return _residual.run(_VERSION, blocks, call)


def resnet_v2_50(
    inputs: Tensor,
    num_classes: int | None = None,
    is_training: Any = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: Any = None,
    scope: Any = "resnet_v2_50",
) -> Result:
    """The network of 50 layers (``slim.nets.resnet_v2.resnet_v2_50``); see `resnet_v2`."""
    call = Call(inputs, num_classes, is_training, global_pool, output_stride, True, reuse, scope)
    return _residual.run(_VERSION, _residual.blocks_of(50, bottleneck), call)


def resnet_v2_101(
    inputs: Tensor,
    num_classes: int | None = None,
    is_training: Any = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: Any = None,
    scope: Any = "resnet_v2_101",
) -> Result:
    """The network of 101 layers (``slim.nets.resnet_v2.resnet_v2_101``); see `resnet_v2`."""
    call = Call(inputs, num_classes, is_training, global_pool, output_stride, True, reuse, scope)
    return _residual.run(_VERSION, _residual.blocks_of(101, bottleneck), call)


def resnet_v2_152(
    inputs: Tensor,
    num_classes: int | None = None,
    is_training: Any = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: Any = None,
    scope: Any = "resnet_v2_152",
) -> Result:
    """The network of 152 layers (``slim.nets.resnet_v2.resnet_v2_152``); see `resnet_v2`."""
    call = Call(inputs, num_classes, is_training, global_pool, output_stride, True, reuse, scope)
    return _residual.run(_VERSION, _residual.blocks_of(152, bottleneck), call)


def resnet_v2_200(
    inputs: Tensor,
    num_classes: int | None = None,
    is_training: Any = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: Any = None,
    scope: Any = "resnet_v2_200",
) -> Result:
    """The network of 200 layers (``slim.nets.resnet_v2.resnet_v2_200``); see `resnet_v2`."""
    call = Call(inputs, num_classes, is_training, global_pool, output_stride, True, reuse, scope)
    return _residual.run(_VERSION, _residual.blocks_of(200, bottleneck), call)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
