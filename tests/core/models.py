"""Small legacy models, as people wrote them for TF 1."""

import tf1compat_wd as tf

WEIGHT_DECAY = 0.5


def decay(tensor, scope=None):
    """The regularizer of DESIGN section 1: 0.5 * sum(tensor ** 2) / 2."""
    with tf.name_scope(scope, default_name="l2_regularizer", values=[tensor]):
        l2_weight = tf.convert_to_tensor(WEIGHT_DECAY, dtype=tensor.dtype.base_dtype, name="weight_decay")
        return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")


def three_layers(x):
    """x [B, 2] to [B, 2] through three weights [2, 2], each all ones at first."""
    for layer in ("first", "second", "third"):
        with tf.variable_scope(layer):
            x = tf.matmul(x, tf.get_variable("w", [2, 2], initializer=tf.ones_initializer(), regularizer=decay))
    return x


def collected_losses():
    return tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)


def loss_of_three_layers(x):
    """The sum of the outputs and of what `REGULARIZATION_LOSSES` holds: 3 * 0.5 * 4 / 2 = 3.0 at first."""
    logits = three_layers(x)
    return tf.add_n(collected_losses()) + tf.reduce_sum(logits)
