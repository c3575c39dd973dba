"""What AlexNet, OverFeat and VGG share: three fully connected layers, made as convolutions.

So the networks take images that are larger than those they were trained on, and give a map of logits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import arg_scope
from tf1compat_wd.contrib.layers import conv2d, dropout, fully_connected, l2_regularizer, max_pool2d
from tf1compat_wd.contrib.slim.utils import convert_collection_to_dict

Tensor = Any
EndPoints = dict[str, Tensor]

_v1 = tf.compat.v1


class Convolution(NamedTuple):
    """A convolution with a square kernel."""

    name: str
    depth: int
    size: int
    options: dict[str, Any] = {}


class Pool(NamedTuple):
    """Max pooling with a stride of 2."""

    name: str
    size: int


class Classifier(NamedTuple):
    """A network of layers one after another, and what its fully connected layers look like."""

    layers: Sequence[Convolution | Pool]
    fc6: Convolution
    initializers: dict[str, Any] = {}
    fc8_options: dict[str, Any] = {}


def beginning_narrowly(layers: Sequence[Convolution | Pool], fc6: Convolution) -> Classifier:
    """A network whose fully connected layers begin with small weights, and all but the last with a bias."""
    initializers = {"weights_initializer": trunc_normal(0.005), "biases_initializer": _v1.constant_initializer(0.1)}
    return Classifier(layers, fc6, initializers, fc8_options={"biases_initializer": _v1.zeros_initializer()})


class Call(NamedTuple):
    """The arguments that all of these networks take."""

    inputs: Tensor
    num_classes: int
    is_training: Any
    dropout_keep_prob: float
    spatial_squeeze: bool
    scope: Any


def trunc_normal(stddev: float) -> Any:
    """An initializer: normally distributed around 0, cut off at twice `stddev`."""
    return _v1.truncated_normal_initializer(0.0, stddev)


@contextmanager
def collecting(call: Call, default_name: str, is_by_name_scope: bool) -> Iterator[tuple[Any, str]]:
    """The scope of a network whose layers collect their outputs; and the collection.

    Args:
        is_by_name_scope: name the collection after the name scope, which is another one for each call; otherwise it
            goes by the variable scope, and end points of earlier calls stay in it (fact: end_points_of_two_calls).
    """
    with variable_scope(call.scope, default_name, [call.inputs]) as scope:
        collection = (scope.original_name_scope if is_by_name_scope else scope.name) + "_end_points"
        with arg_scope([conv2d, fully_connected, max_pool2d], outputs_collections=[collection]):
            yield scope, collection


def run(classifier: Classifier, call: Call, default_name: str, is_by_name_scope: bool) -> tuple[Tensor, EndPoints]:
    """Logits and end points of a network."""
    with collecting(call, default_name, is_by_name_scope) as (scope, collection):
        net = call.inputs
        for layer in classifier.layers:
            if isinstance(layer, Pool):
                net = max_pool2d(net, [layer.size, layer.size], 2, scope=layer.name)
            else:
                net = conv2d(net, layer.depth, [layer.size, layer.size], scope=layer.name, **layer.options)
        return logits_of(net, classifier, call, scope, collection)


def logits_of(net: Tensor, classifier: Classifier, call: Call, scope: Any, collection: str) -> tuple[Tensor, EndPoints]:
    """The three last layers, fc6 to fc8, with dropout after the first two."""
    fc6 = classifier.fc6
    with arg_scope([conv2d], **classifier.initializers):
        net = conv2d(net, fc6.depth, [fc6.size, fc6.size], padding="VALID", scope="fc6")
        net = dropout(net, call.dropout_keep_prob, is_training=call.is_training, scope="dropout6")
        net = conv2d(net, 4096, [1, 1], scope="fc7")
        net = dropout(net, call.dropout_keep_prob, is_training=call.is_training, scope="dropout7")
        net = conv2d(
            net,
            call.num_classes,
            [1, 1],
            activation_fn=None,
            normalizer_fn=None,
            scope="fc8",
            **classifier.fc8_options,
        )
    end_points = convert_collection_to_dict(collection)
    if call.spatial_squeeze:
        net = tf.squeeze(net, [1, 2], name="fc8/squeezed")
        end_points[f"{scope.name}/fc8"] = net
    return net, end_points


def classifier_arg_scope(weight_decay: float, bias: float) -> dict[str, dict[str, Any]]:
    """A scope that gives weights their decay, and biases the value with which they begin."""
    initializer: Callable[..., Any] = _v1.constant_initializer(bias) if bias else _v1.zeros_initializer()
    with (
        arg_scope(
            [conv2d, fully_connected],
            activation_fn=tf.nn.relu,
            weights_regularizer=l2_regularizer(weight_decay),
            biases_initializer=initializer,
        ),
        arg_scope([conv2d], padding="SAME") as scope,
    ):
        return scope


hooks.keep_from_autograph(__name__)
