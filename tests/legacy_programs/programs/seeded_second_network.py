"""Random numbers of what is built after a first optimizer, with `tf.set_random_seed`.

TF1 took the seed of a random operation from how many operations the graph had, gradients included: of an agent's actor
after its critic, of a second model after the first. Each line ends in the number of a random operation that follows.
"""

import tensorflow as tf

layer = tf.layers
cell = tf.nn.rnn_cell


def known(*shape):
    return tf.placeholder(tf.float32, shape)


def rows():
    return tf.placeholder(tf.float32, [None, 4])


def squared_error():
    return tf.losses.mean_squared_error(known(None, 1), layer.dense(rows(), 1))


def cross_entropy():
    logits = layer.dense(layer.dense(rows(), 5, tf.nn.relu), 3)
    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=known(None, 3), logits=logits))


def sparse_cross_entropy():
    labels = tf.placeholder(tf.int32, [None])
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=layer.dense(rows(), 3)))


def convolutional():
    x = layer.conv2d(known(None, 8, 8, 3), 4, 3, activation=tf.nn.relu)
    x = layer.batch_normalization(layer.max_pooling2d(x, 2, 2), training=True)
    return tf.reduce_mean(layer.dense(layer.flatten(x), 2) ** 2)


def by_hand():
    x, w, b = rows(), tf.Variable(tf.ones([4, 3])), tf.Variable(tf.zeros([3]))
    return tf.reduce_sum((tf.nn.sigmoid(tf.matmul(x, w) + b) - known(None, 3)) ** 2)


def shapes_that_are_known():
    x, w, b = known(7, 4), tf.Variable(tf.ones([4, 3])), tf.Variable(tf.zeros([3]))
    return tf.reduce_mean(tf.square(tf.matmul(x, w) + b - known(7, 3)) * 2.0)


def batch_normalized():
    return tf.reduce_mean(layer.dense(layer.batch_normalization(rows(), training=True), 2) ** 2)


def clipped():
    probabilities = tf.clip_by_value(tf.nn.softmax(layer.dense(rows(), 3)), 1e-10, 1.0)
    return -tf.reduce_mean(tf.reduce_sum(known(None, 3) * tf.log(probabilities), axis=1))


def looked_up():
    table = tf.get_variable("table", [10, 4])
    return tf.reduce_sum(tf.nn.embedding_lookup(table, tf.placeholder(tf.int32, [None, 2])))


def broadcast():
    w, x = tf.get_variable("w", [3]), known(None, 3)
    return tf.reduce_mean(tf.abs((x - w) / (x + 1.0) * 2.0 - w / 3) + tf.maximum(x, w) + tf.minimum(x, w * w))


def of_a_variable():
    w = tf.get_variable("w", [3, 4])
    return tf.reduce_max(w) + tf.reduce_mean(w) + tf.reduce_sum(w[0] * w[:, 1:2])


def in_parts():
    left, right = tf.split(tf.matmul(known(None, 3), tf.get_variable("w", [3, 4])), 2, 1)
    return tf.reduce_sum(tf.concat([left, tf.tanh(right)], 1) * 3)


def chosen():
    values = tf.reduce_sum(layer.dense(rows(), 3) * tf.one_hot(tf.placeholder(tf.int32, [None]), 3), axis=1)
    return tf.reduce_mean(tf.squared_difference(known(None), values))


def dropped():
    return tf.reduce_mean(layer.dense(tf.nn.dropout(layer.dense(rows(), 4), 0.5), 2))


def branches():
    w = tf.get_variable("w", [3])
    return tf.reduce_sum(tf.cond(tf.placeholder(tf.bool, []), lambda: w * 2.0, lambda: w + 1.0))


def recurrent():
    outputs, _ = tf.nn.dynamic_rnn(cell.BasicLSTMCell(4), known(None, 5, 3), dtype=tf.float32)
    return tf.reduce_mean(layer.dense(outputs[:, -1], 2))


def unrolled():
    outputs, _ = tf.nn.static_rnn(cell.BasicLSTMCell(4), tf.unstack(known(None, 5, 3), axis=1), dtype=tf.float32)
    return tf.reduce_mean(outputs[-1])


def derivative_of_a_derivative():
    x = rows()
    slope = tf.gradients(layer.dense(layer.dense(x, 3, tf.nn.tanh), 1), x)[0]
    return tf.reduce_mean((tf.sqrt(tf.reduce_sum(slope**2, axis=1)) - 1.0) ** 2)


LOSSES = [
    squared_error, cross_entropy, sparse_cross_entropy, convolutional, by_hand, shapes_that_are_known, batch_normalized,
    clipped, looked_up, broadcast, of_a_variable, in_parts, chosen, dropped, branches, recurrent, unrolled,
    derivative_of_a_derivative,
]  # fmt: skip
for loss in LOSSES:
    tf.reset_default_graph()
    tf.set_random_seed(3)
    tf.train.AdamOptimizer().minimize(loss())
    actor = layer.dense(tf.ones([1, 2]), 1, name="actor")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        print(loss.__name__, "%.5f" % session.run(actor)[0, 0])
