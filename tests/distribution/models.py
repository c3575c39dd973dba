"""A legacy model for several processes: weight decay, batch normalization, and weights that are equal everywhere."""

import numpy as np

import tf1compat_wd as tf

DECAY, RATE, MOMENTUM, STEPS = 0.1, 0.05, 0.9, 10

random = np.random.RandomState(0)
INPUTS = random.normal(size=[8, 3]).astype("float32")
LABELS = INPUTS.sum(axis=1, keepdims=True)
HALVES = [(INPUTS[:4], LABELS[:4]), (INPUTS[4:], LABELS[4:])]


def decay(weight):
    return DECAY * tf.nn.l2_loss(weight)


def waves(shape, dtype=None, partition_info=None):
    """An initializer that gives the same anywhere, whole or in slices along the first axis."""
    begin = partition_info.var_offset[0] if partition_info else 0
    below = int(np.prod(shape[1:]))
    numbers = np.arange(begin * below, (begin + shape[0]) * below)
    return tf.constant(np.sin(1.0 + numbers).reshape(shape), dtype)


def error(x, y, normalized=True, training=True):
    """The mean squared error of x [B, 3] and y [B, 1], without the weight decay, which is collected."""
    x = tf.layers.dense(x, 4, tf.nn.tanh, kernel_initializer=waves, kernel_regularizer=decay, name="hidden")
    if normalized:
        x = tf.layers.batch_normalization(x, momentum=0.9, training=training, name="norm")
    with tf.variable_scope("out", initializer=waves, regularizer=decay):
        x = tf.matmul(x, tf.get_variable("w", [4, 1]))
    return tf.reduce_mean(tf.square(x - y))


def weight_decay():
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    assert len(losses) in (2, 4), losses  # 4: of two weights in two slices each
    return tf.add_n(losses)
