"""ResNet-20 twice: with `tf.layers`, as in `facts.networks`, and the same network handwritten in TF2."""

from collections.abc import Callable, Iterator
from typing import Any

import tensorflow as tf2
from facts.networks import resnet20

import tf1compat_wd as tf

Tensor = Any
Variable = Any
Step = Callable[[Tensor, Tensor], Tensor]

DECAY = 1e-4
RATE = 0.01


def legacy_step(net: tf.tracking.VariableTrackingScope, width: int) -> Step:
    """A training step of the network made of layers: gives the loss."""

    def step(images: Tensor, labels: Tensor) -> Tensor:
        with tf2.GradientTape() as tape, net:
            logits = resnet20(tf, images, True, width, decay=DECAY)
            entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
            loss = tf.reduce_mean(entropy) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
            updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        weights = net.trainable_variables
        gradients = tape.gradient(loss, weights)
        with tf.control_dependencies(updates):
            for weight, gradient in zip(weights, gradients, strict=True):
                weight.assign_sub(RATE * tf2.convert_to_tensor(gradient))
        return loss

    return step


def copies_of(variables: tuple[Variable, ...]) -> dict[str, Variable]:
    """Plain variables of TF2 with the same names, values and trainability."""
    return {v.name[:-2]: tf2.Variable(v.read_value(), trainable=v.trainable, name=v.name[:-2]) for v in variables}


def handwritten_step(variables: dict[str, Variable]) -> Step:
    """The same training step on plain operations, given the variables in the order of their creation."""
    weights = [v for v in variables.values() if v.trainable]
    decayed = [v for name, v in variables.items() if name.endswith("/kernel")]

    def step(images: Tensor, labels: Tensor) -> Tensor:
        with tf2.GradientTape() as tape:
            logits = _logits(iter(variables.values()), images)
            entropy = tf2.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
            loss = tf2.reduce_mean(entropy) + tf2.add_n([DECAY * tf2.nn.l2_loss(kernel) for kernel in decayed])
        for weight, gradient in zip(weights, tape.gradient(loss, weights), strict=True):
            weight.assign_sub(RATE * tf2.convert_to_tensor(gradient))
        return loss

    return step


def _logits(variables: Iterator[Variable], images: Tensor) -> Tensor:
    def convolve(x: Tensor, strides: int) -> Tensor:
        kernel, gamma, beta, moving_mean, moving_variance = (next(variables) for _ in range(5))
        x = tf2.nn.conv2d(x, kernel, strides, "SAME")
        x, mean, variance = tf2.compat.v1.nn.fused_batch_norm(x, gamma, beta)
        moving_mean.assign_sub((moving_mean - mean) * 0.1)
        moving_variance.assign_sub((moving_variance - variance) * 0.1)
        return x

    x = tf2.nn.relu(convolve(images, 1))
    for stage in range(3):
        for block in range(3):
            strides = 2 if stage and not block else 1
            y = tf2.nn.relu(convolve(x, strides))
            y = convolve(y, 1)
            if strides > 1:
                x = convolve(x, strides)
            x = tf2.nn.relu(x + y)
    kernel, bias = next(variables), next(variables)
    return tf2.nn.bias_add(tf2.matmul(tf2.reduce_mean(x, axis=[1, 2]), kernel), bias)
