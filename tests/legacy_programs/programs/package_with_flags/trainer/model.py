import numpy as np
import tensorflow as tf

from . import config

FLAGS = config.flags.FLAGS


def l2(weight_decay, scope=None):
    def regularizer(tensor):
        with tf.name_scope(scope, default_name="l2_regularizer", values=[tensor]):
            l2_weight = tf.convert_to_tensor(weight_decay, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")
    return regularizer


def fixed_init(shape, dtype=tf.float32, partition_info=None):
    return tf.reshape(tf.sin(tf.range(float(np.prod([int(d) for d in shape])))), shape)


def network(x):
    with tf.variable_scope("network", regularizer=l2(FLAGS.weight_decay), initializer=fixed_init):
        for i, units in enumerate(FLAGS.hidden_units):
            with tf.variable_scope("layer_%d" % i):
                w = tf.get_variable("w", [x.shape[1].value, int(units)])
                b = tf.get_variable("b", [int(units)], regularizer=tf.no_regularizer)
                x = getattr(tf.nn, FLAGS.activation)(tf.nn.xw_plus_b(x, w, b))
        return tf.get_variable("out", [x.shape[1].value, 2], initializer=tf.ones_initializer()), x
