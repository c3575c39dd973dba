""" Recurrent networks: static, dynamic and in both directions, on sequences of different lengths. """
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import rnn

n_steps, n_input, n_hidden, n_classes = 5, 4, 6, 3
rng = np.random.RandomState(0)

x = tf.placeholder("float", [None, n_steps, n_input])
y = tf.placeholder("float", [None, n_classes])
seqlen = tf.placeholder(tf.int32, [None])
weights = {'out': tf.Variable(np.float32(rng.normal(size=[2 * n_hidden, n_classes])))}
biases = {'out': tf.Variable(np.float32(rng.normal(size=[n_classes])))}


def BiRNN(x, weights, biases):
    x = tf.unstack(x, n_steps, 1)
    lstm_fw_cell = rnn.BasicLSTMCell(n_hidden, forget_bias=1.0)
    lstm_bw_cell = rnn.BasicLSTMCell(n_hidden, forget_bias=1.0)
    try:
        outputs, _, _ = rnn.static_bidirectional_rnn(lstm_fw_cell, lstm_bw_cell, x, dtype=tf.float32)
    except Exception:  # Old TensorFlow version only returns outputs not states
        outputs = rnn.static_bidirectional_rnn(lstm_fw_cell, lstm_bw_cell, x, dtype=tf.float32)
    return tf.matmul(outputs[-1], weights['out']) + biases['out']


def dynamicRNN(x, seqlen):
    with tf.variable_scope("dynamic"):
        cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(n_hidden),
                                            tf.contrib.rnn.DropoutWrapper(tf.contrib.rnn.LSTMCell(n_hidden, use_peepholes=True), 1.0)])
        outputs, states = tf.nn.dynamic_rnn(cell, x, sequence_length=seqlen, dtype=tf.float32)
        batch_size = tf.shape(outputs)[0]
        index = tf.range(0, batch_size) * n_steps + (seqlen - 1)
        last = tf.gather(tf.reshape(outputs, [-1, n_hidden]), index)
        (fw, bw), _ = tf.nn.bidirectional_dynamic_rnn(rnn.LSTMCell(3), rnn.LSTMCell(3), outputs, seqlen, dtype=tf.float32)
        return last, states, tf.concat([fw, bw], 2)


pred = BiRNN(x, weights, biases)
last, states, both = dynamicRNN(x, seqlen)
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=pred, labels=y)) + tf.reduce_mean(last ** 2) \
    + tf.reduce_mean(tf.abs(both))
optimizer = tf.train.AdamOptimizer(learning_rate=0.01).minimize(cost)
for v in tf.trainable_variables():
    print(v.name, v.get_shape().as_list())

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for v in tf.trainable_variables()[2:]:
        v.load(rng.normal(scale=0.4, size=v.get_shape().as_list()), sess)
    data, labels, lengths = rng.rand(8, n_steps, n_input), np.eye(3)[rng.randint(3, size=8)], rng.randint(1, 6, size=8)
    for step in range(5):
        _, loss = sess.run([optimizer, cost], feed_dict={x: data, y: labels, seqlen: lengths})
        print("Iter " + str(step) + ", Minibatch Loss= " + "{:.6f}".format(loss))
    value, state = sess.run([both, states], {x: data[:2], seqlen: [2, 5]})
    print(value.round(5).tolist())
    print(type(state[1]).__name__, state[1].c.round(5).tolist())
