"""The frame of a residual network, which both versions share; they differ in their units and in what comes last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import arg_scope
from tf1compat_wd.contrib.layers import batch_norm, conv2d, max_pool2d, softmax
from tf1compat_wd.contrib.slim.nets.resnet_utils import Block, bottleneck_block, conv2d_same, stack_blocks_dense
from tf1compat_wd.contrib.slim.utils import convert_collection_to_dict

Tensor = Any
Result = tuple[Tensor, dict[str, Tensor]]

#: How many units the four blocks have, by the number of layers (arXiv 1512.03385, table 1; 200: arXiv 1603.05027).
UNITS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3), 200: (3, 24, 36, 3)}
_BASE_DEPTHS = (64, 128, 256, 512)


class Version(NamedTuple):
    """What is special about a version."""

    name: str
    unit: Callable[..., Any]
    root_options: dict[str, Any]
    """Of the first convolution."""
    finish: Callable[[Tensor], Tensor]
    """What follows the last block."""


class Call(NamedTuple):
    """The arguments that all of these networks take."""

    inputs: Tensor
    num_classes: int | None
    is_training: Any
    global_pool: bool
    output_stride: int | None
    include_root_block: bool
    reuse: Any
    scope: Any


def blocks_of(layers: int, unit: Callable[..., Any]) -> list[Block]:
    """The blocks of a network with so many layers; all but the last halve the size."""
    return [
        bottleneck_block(f"block{number}", unit, base_depth, num_units, stride=2 if number < 4 else 1)
        for number, (base_depth, num_units) in enumerate(zip(_BASE_DEPTHS, UNITS[layers], strict=True), start=1)
    ]


def run(version: Version, blocks: Sequence[Block], call: Call) -> Result:
    """Logits or features, and end points."""
    with variable_scope(call.scope, version.name, [call.inputs], reuse=call.reuse) as scope:
        collection = scope.original_name_scope + "_end_points"
        with (
            arg_scope([conv2d, version.unit, stack_blocks_dense], outputs_collections=collection),
            arg_scope([batch_norm], is_training=call.is_training),
        ):
            net, output_stride = call.inputs, call.output_stride
            if call.include_root_block:
                if output_stride is not None:
                    if output_stride % 4:
                        raise ValueError(
                            f"The output_stride needs to be a multiple of 4.\n\nGot {output_stride}: the layers "
                            "before the first block make images a quarter as large already."
                        )
                    output_stride //= 4
                with arg_scope([conv2d], **version.root_options):
                    net = conv2d_same(net, 64, 7, stride=2, scope="conv1")
                net = max_pool2d(net, [3, 3], stride=2, scope="pool1")
            net = version.finish(stack_blocks_dense(net, blocks, output_stride))
            if call.global_pool:
                net = tf.reduce_mean(net, [1, 2], keepdims=True, name="pool5")
            if call.num_classes is not None:
                net = conv2d(net, call.num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope="logits")
            end_points = convert_collection_to_dict(collection)
            if call.num_classes is not None:
                end_points["predictions"] = softmax(net, scope="predictions")
            return net, end_points


hooks.keep_from_autograph(__name__)
