import tensorflow as tf

from nets import small

slim = tf.contrib.slim
NETWORKS = {'small': small.network}


def get(name):
    return NETWORKS[name]


def arg_scope(weight_decay):
    with slim.arg_scope([slim.conv2d, slim.fully_connected],
                        weights_regularizer=slim.l2_regularizer(weight_decay),  # as in the paper
                        weights_initializer=tf.truncated_normal_initializer(stddev=0.1, seed=3),
                        activation_fn=tf.nn.relu) as scope:
        return scope
