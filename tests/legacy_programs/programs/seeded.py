"""Random numbers after `tf.set_random_seed`, which TF1 took from how many operations the graph had.

Every network here is followed by a random operation without a seed of its own; its number tells whether the operations
before it were counted as in TF1.
"""

import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers, slim

layer = tf.layers
cell = tf.nn.rnn_cell


def rows():
    return tf.placeholder(tf.float32, [None, 8])


def sequences():
    return tf.placeholder(tf.float32, [None, 5, 4])


def images():
    return tf.placeholder(tf.float32, [None, 8, 8, 3])


def flag():
    return tf.placeholder(tf.bool)


def drop(cell, **probabilities):
    return tf.nn.rnn_cell.DropoutWrapper(cell, **probabilities)


def rnn(cell, inputs=None, **options):
    return tf.nn.dynamic_rnn(cell, sequences() if inputs is None else inputs, dtype=tf.float32, **options)


def deep():
    x = layer.dense(rows(), 6, tf.nn.relu)
    for _ in range(2):
        x = layer.dropout(layer.dense(x, 6, tf.nn.relu), training=flag())
    return tf.losses.softmax_cross_entropy(tf.placeholder(tf.float32, [None, 6]), layer.dense(x, 6))


def convolutional():
    x = layer.conv2d(images(), 4, 3, padding="same", activation=tf.nn.relu)
    x = layer.max_pooling2d(x, 2, 2)
    x = layer.batch_normalization(layer.conv2d(x, 4, 3), training=True)
    x = layer.flatten(x)
    return tf.nn.dropout(layer.dense(x, 5), tf.placeholder(tf.float32))


def generator():
    x = tf.reshape(layer.dense(rows(), 32), [-1, 4, 4, 2])
    x = layer.conv2d_transpose(x, 3, 5, strides=2, padding="same")
    return layer.conv2d_transpose(x, 1, 3)


def slim_network():
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, weights_regularizer=slim.l2_regularizer(0.1)):
        x = slim.repeat(images(), 2, slim.conv2d, 4, 3, scope="conv")
    return slim.dropout(slim.fully_connected(slim.flatten(x), 5, activation_fn=None))


NETWORKS = {
    "plain": lambda: tf.Variable(tf.truncated_normal([3, 4])),
    "get_variable": lambda: tf.get_variable("w", [3, 4], regularizer=layers.l2_regularizer(0.1)),
    "uniform": lambda: tf.random_uniform([2]) + tf.random_uniform([2], -1, 1),
    "deep": deep,
    "convolutional": convolutional,
    "generator": generator,
    "slim": slim_network,
    "on sequences": lambda: layer.dense(sequences(), 3),
    "conv1d": lambda: layer.conv1d(sequences(), 3, 2),
    "conv3d_transpose": lambda: layer.conv3d_transpose(tf.placeholder(tf.float32, [None, 4, 4, 4, 2]), 3, 2),
    "normalized": lambda: layer.batch_normalization(images()),
    "normalized, 2 axes": lambda: layer.batch_normalization(rows(), training=flag()),
    "normalized, 4 axes": lambda: layer.batch_normalization(images(), training=flag()),
    "dropout": lambda: tf.nn.dropout(rows(), 0.5),
    "dropout by rate": lambda: tf.nn.dropout(rows(), rate=0.3, noise_shape=[1, 8]),
    "dropout by variable": lambda: tf.nn.dropout(rows(), tf.Variable(0.5)),
    "basic": lambda: rnn(cell.BasicRNNCell(4)),
    "gru": lambda: rnn(cell.GRUCell(4)),
    "lstm": lambda: rnn(cell.BasicLSTMCell(4)),
    "lstm with lengths": lambda: rnn(cell.LSTMCell(4), sequence_length=tf.placeholder(tf.int32, [None])),
    "lstm, time major": lambda: rnn(cell.LSTMCell(4), time_major=True),
    "two layers": lambda: rnn(cell.MultiRNNCell([drop(cell.GRUCell(4), output_keep_prob=0.5) for _ in range(2)])),
    "known sizes": lambda: rnn(cell.GRUCell(4), tf.placeholder(tf.float32, [2, 5, 4])),
    "unrolled": lambda: tf.nn.static_rnn(cell.LSTMCell(4), [rows(), rows()], dtype=tf.float32),
    "both ways": lambda: tf.nn.bidirectional_dynamic_rnn(
        cell.GRUCell(4), cell.GRUCell(4), sequences(), dtype=tf.float32
    ),
    "squared error": lambda: tf.losses.mean_squared_error(rows(), rows()),
    "cross entropy": lambda: tf.losses.sparse_softmax_cross_entropy(tf.placeholder(tf.int64, [None]), rows()),
}

for name in sorted(NETWORKS):
    tf.reset_default_graph()
    tf.set_random_seed(7)
    NETWORKS[name]()
    after = tf.random_normal([2])
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        values = [np.abs(value).sum() for value in session.run(tf.trainable_variables())]
        print(name, " ".join("%.5f" % value for value in values), "then", session.run(after))

# A whole program, with seeds in its functions, too.
tf.reset_default_graph()
tf.set_random_seed(1)
data = np.random.RandomState(1).rand(32, 8).astype(np.float32)
batch = tf.data.Dataset.from_tensor_slices(data).shuffle(32, seed=3).batch(8).repeat().make_one_shot_iterator()
x = batch.get_next()
code = layer.dense(layer.dropout(x, 0.25, training=True), 3, tf.nn.tanh)
loss = tf.losses.mean_squared_error(x, layer.dense(code, 8))
train = tf.train.AdamOptimizer(0.01).minimize(loss)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for step in range(5):
        print("step %d: loss %.5f" % (step, session.run([loss, train])[0]))
