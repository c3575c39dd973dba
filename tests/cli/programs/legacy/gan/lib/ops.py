import tensorflow as tf
from tensorflow.python.framework import ops as tf_ops  # noqa

batch_norm = tf.contrib.layers.batch_norm


def linear(x, size, scope, stddev=0.1, bias=0.0):
    shape = x.get_shape().as_list()
    with tf.variable_scope(scope):
        matrix = tf.get_variable("Matrix", [shape[1], size], tf.float32,
                                 tf.random_normal_initializer(stddev=stddev, seed=7))
        b = tf.get_variable("bias", [size], initializer=tf.constant_initializer(bias))
        return tf.matmul(x, matrix) + b


def lrelu(x, leak=0.2, name="lrelu"):
    with tf.name_scope(name):
        return tf.maximum(x, leak * x)


def norm(x, name, train=True):
    return batch_norm(x, decay=0.9, updates_collections=None, epsilon=1e-5, scale=True, is_training=train, scope=name)


def pixelwise(x, eps=1e-8):
    return x / tf.sqrt(tf.reduce_mean(tf.square(x),
                                      reduction_indices=[1],  # features
                                      keep_dims=True) + eps)
