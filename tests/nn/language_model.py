"""The language model of the TF 1 tutorials, in small: embedding, two LSTM layers with dropout, softmax."""

import numpy as np

import tf1compat_wd as tf

SEQUENCES, STEPS, WORDS, UNITS = 4, 6, 11, 8
NAMES = [
    "model/embedding:0",
    "model/rnn/multi_rnn_cell/cell_0/basic_lstm_cell/kernel:0",
    "model/rnn/multi_rnn_cell/cell_0/basic_lstm_cell/bias:0",
    "model/rnn/multi_rnn_cell/cell_1/basic_lstm_cell/kernel:0",
    "model/rnn/multi_rnn_cell/cell_1/basic_lstm_cell/bias:0",
    "model/softmax/kernel:0",
    "model/softmax/bias:0",
]


def wave(shape, dtype=None, partition_info=None):
    """An initializer without chance, of which no two columns are the same."""
    return 0.3 * np.sin(1.3 * np.arange(int(np.prod(shape))) + 0.1).reshape(shape).astype("float32")


def text():
    """Words and the words that follow them: [SEQUENCES, STEPS] each."""
    words = (np.arange(SEQUENCES * (STEPS + 1)) * 7 % WORDS).reshape(SEQUENCES, STEPS + 1)
    return words[:, :-1].astype("int32"), words[:, 1:].astype("int32")


def make_cell(keep_prob=1.0):
    cells = tf.nn.rnn_cell
    return cells.MultiRNNCell(
        [cells.DropoutWrapper(cells.BasicLSTMCell(UNITS), output_keep_prob=keep_prob) for _ in range(2)]
    )


def decay(weight):
    return 1e-3 * tf.nn.l2_loss(weight)


def loss_of(words, next_words, cell=None, lengths=None):
    """The model's loss, weight decay included. Without `cell`, it makes one afresh."""
    with tf.variable_scope("model", initializer=wave, regularizer=decay):
        embedding = tf.get_variable("embedding", [WORDS, UNITS])
        inputs = tf.nn.embedding_lookup(embedding, words)
        outputs, _ = tf.nn.dynamic_rnn(cell or make_cell(), inputs, sequence_length=lengths, dtype=tf.float32)
        logits = tf.layers.dense(outputs, WORDS, name="softmax")
    error = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=next_words, logits=logits)
    return tf.reduce_mean(error) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
