from . import tf_v1 as tf
from .shapes import static_size


def factorize(users, items, size=3, decay=0.1):
    """Matrix factorization; runs eagerly as well as in a graph."""
    l2 = tf.keras.regularizers and (lambda w: decay * tf.nn.l2_loss(w))
    with tf.variable_scope("factors", reuse=tf.AUTO_REUSE, regularizer=l2):
        init = tf.initializers.random_normal(stddev=0.5, seed=5)
        p = tf.get_variable("users", [4, size], initializer=init)
        q = tf.get_variable("items", [5, size], initializer=init)
        b = tf.get_variable("bias", [], initializer=tf.zeros_initializer, regularizer=tf.no_regularizer)
    a, c = tf.gather(p, users), tf.gather(q, items)
    assert static_size(a, -1) == size
    return tf.reduce_sum(a * c, reduction_indices=1) + b


def normalized(x):
    return tf.nn.l2_normalize(x, dim=0)
