"""Inception networks as tables: layers in branches, branches in mixed blocks, blocks in a row.

A layer's name says how large its kernel is ("Conv2d_0b_1x7"), and a few names are wrong about it; these say `kernel`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import arg_scope
from tf1compat_wd.contrib.layers import (
    avg_pool2d,
    batch_norm,
    conv2d,
    dropout,
    fully_connected,
    l2_regularizer,
    max_pool2d,
    separable_conv2d,
    variance_scaling_initializer,
)
from tf1compat_wd.contrib.slim.nets._classifiers import trunc_normal

Tensor = Any
Result = tuple[Tensor, dict[str, Tensor]]
Depth = Callable[[int], int]

_v1 = tf.compat.v1


def _kernel_of(name: str) -> list[int]:
    found = re.search(r"_(\d+)x(\d+)$", name)
    assert found is not None, name
    return [int(side) for side in found.groups()]


class Conv(NamedTuple):
    """A convolution."""

    name: str
    depth: int
    stride: int = 1
    padding: str = "SAME"
    stddev: float | None = None
    """Of the weights at the beginning; None leaves that to the argument scope."""
    kernel: list[int] | None = None

    def apply(self, net: Tensor, depth: Depth) -> Tensor:
        """The layer's output."""
        initializer = {} if self.stddev is None else {"weights_initializer": trunc_normal(self.stddev)}
        return conv2d(
            net,
            depth(self.depth),
            self.kernel or _kernel_of(self.name),
            stride=self.stride,
            padding=self.padding,
            scope=self.name,
            **initializer,
        )


class SeparableConv(NamedTuple):
    """A separable convolution without normalization."""

    name: str
    depth: int
    stride: int

    def apply(self, net: Tensor, depth: Depth) -> Tensor:
        """The layer's output."""
        channels = depth(self.depth)
        return separable_conv2d(
            net,
            channels,
            _kernel_of(self.name),
            depth_multiplier=min(channels // 3, 8),
            stride=self.stride,
            padding="SAME",
            weights_initializer=trunc_normal(1.0),
            scope=self.name,
        )


class Pool(NamedTuple):
    """Pooling: of the kind that the name begins with."""

    name: str
    stride: int = 1
    padding: str = "SAME"

    def apply(self, net: Tensor, depth: Depth) -> Tensor:
        """The layer's output."""
        pool = max_pool2d if self.name.startswith("MaxPool") else avg_pool2d
        return pool(net, _kernel_of(self.name), stride=self.stride, padding=self.padding, scope=self.name)


class Fork(NamedTuple):
    """Convolutions of the same input, side by side."""

    layers: Sequence[Conv]

    def apply(self, net: Tensor, depth: Depth) -> Tensor:
        """Their outputs, one after another in the channels."""
        return tf.concat([layer.apply(net, depth) for layer in self.layers], 3)


class Mixed(NamedTuple):
    """Branches of the same input, side by side."""

    name: str
    branches: Sequence[Sequence[Conv | Pool | Fork]]

    def apply(self, net: Tensor, depth: Depth) -> Tensor:
        """Their outputs, one after another in the channels."""
        outputs = []
        with variable_scope(self.name):
            for number, layers in enumerate(self.branches):
                with variable_scope(f"Branch_{number}"):
                    output = net
                    for layer in layers:
                        output = layer.apply(output, depth)
                outputs.append(output)
            return tf.concat(outputs, 3)


def all_of_it(depth: int) -> int:
    """A network that isn't made narrower."""
    return depth


def depth_with(depth_multiplier: float, min_depth: int) -> Depth:
    """How many channels a layer has of those in the table.

    Raises:
        ValueError: the multiplier isn't positive.
    """
    if depth_multiplier <= 0:
        raise ValueError(f"depth_multiplier is not greater than zero.\n\nGot {depth_multiplier}.")
    return lambda depth: max(int(depth * depth_multiplier), min_depth)


def run(stages: Sequence[Any], inputs: Tensor, final_endpoint: str, depth: Depth) -> Result:
    """The stages in their order, as far as `final_endpoint`; and what each of them gives.

    Raises:
        ValueError: there is no such stage.
    """
    net, end_points = inputs, {}
    for stage in stages:
        net = end_points[stage.name] = stage.apply(net, depth)
        if stage.name == final_endpoint:
            return net, end_points
    names = ", ".join(stage.name for stage in stages)
    raise ValueError(f"Unknown final endpoint {final_endpoint}\n\nThere are {names}.")


def kernel_for(net: Tensor, side: int) -> list[int]:
    """A kernel that isn't larger than the images are known to be."""
    height, width = net.shape[1:3]
    return [side if size is None else min(int(size), side) for size in (height, width)]


def logits_of(net: Tensor, num_classes: int, name: str, spatial_squeeze: bool, **options: Any) -> Tensor:
    """The last convolution."""
    logits = conv2d(net, num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope=name, **options)
    return tf.squeeze(logits, [1, 2], name="SpatialSqueeze") if spatial_squeeze else logits


def training_scope(is_training: Any) -> Any:
    """Tell layers that behave differently in training."""
    return arg_scope([batch_norm, dropout], is_training=is_training)


def inception_arg_scope(
    weight_decay: float, normalizer_fn: Any, normalizer_params: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """A scope that gives weights their decay, and convolutions their normalization."""
    with (
        arg_scope([conv2d, fully_connected], weights_regularizer=l2_regularizer(weight_decay)),
        arg_scope(
            [conv2d],
            weights_initializer=variance_scaling_initializer(),
            activation_fn=tf.nn.relu,
            normalizer_fn=normalizer_fn,
            normalizer_params=normalizer_params,
        ) as scope,
    ):
        return scope


def normalization(moving_averages: str, **options: Any) -> dict[str, Any]:
    """Arguments for `slim.batch_norm`.

    Args:
        moving_averages: key of a collection for the moving averages.
        **options: what differs.
    """
    return {
        "decay": 0.9997,
        "epsilon": 0.001,
        "updates_collections": _v1.GraphKeys.UPDATE_OPS,
        "variables_collections": {
            "beta": None,
            "gamma": None,
            "moving_mean": [moving_averages],
            "moving_variance": [moving_averages],
        },
        **options,
    }


hooks.keep_from_autograph(__name__)
