"""``tensorflow.examples.tutorials.mnist.mnist``: the tutorial's network, in four functions.

TF 1.15 didn't ship it any more; TF 1.14 did.
"""

from __future__ import annotations

import math
from typing import Any

import tensorflow.compat.v1 as tf

from tf1compat_wd import losses, summary, train
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variables import Variable

__all__ = ["IMAGE_PIXELS", "IMAGE_SIZE", "NUM_CLASSES", "evaluation", "inference", "loss", "training"]

Tensor = Any

NUM_CLASSES = 10
IMAGE_SIZE = 28
IMAGE_PIXELS = IMAGE_SIZE * IMAGE_SIZE


def inference(images: Tensor, hidden1_units: int, hidden2_units: int) -> Tensor:
    """Two hidden layers and the logits.

    Letters: B the batch.

    Creates: hidden1/weights, hidden1/biases, hidden2/weights, hidden2/biases, softmax_linear/weights,
    softmax_linear/biases.

    Args:
        images: float32 [B, 784].
        hidden1_units, hidden2_units: units of the hidden layers.

    Returns:
        Tensor [B, 10].
    """
    hidden1 = tf.nn.relu(_linear(images, IMAGE_PIXELS, hidden1_units, "hidden1"))
    hidden2 = tf.nn.relu(_linear(hidden1, hidden1_units, hidden2_units, "hidden2"))
    return _linear(hidden2, hidden2_units, NUM_CLASSES, "softmax_linear")


def _linear(inputs: Tensor, rows: int, columns: int, name: str) -> Tensor:
    with tf.name_scope(name):
        weights = Variable(tf.truncated_normal([rows, columns], stddev=1.0 / math.sqrt(rows)), name="weights")
        biases = Variable(tf.zeros([columns]), name="biases")
        return tf.matmul(inputs, weights) + biases


def loss(logits: Tensor, labels: Tensor) -> Tensor:
    """The mean cross entropy of `logits` [B, 10] and class numbers `labels` [B]."""
    return losses.sparse_softmax_cross_entropy(labels=tf.cast(labels, tf.int64), logits=logits)


def training(loss: Tensor, learning_rate: float) -> Any:
    """The op that takes a step of gradient descent and counts it in ``global_step``, with a summary of the loss."""
    summary.scalar("loss", loss)
    global_step = Variable(0, name="global_step", trainable=False)
    return train.GradientDescentOptimizer(learning_rate).minimize(loss, global_step=global_step)


def evaluation(logits: Tensor, labels: Tensor) -> Tensor:
    """How many of the `labels` [B] the `logits` [B, 10] get right: int32."""
    return tf.reduce_sum(tf.cast(tf.nn.in_top_k(logits, labels, 1), tf.int32))


hooks.keep_from_autograph(__name__)
