"""The cells of `tf.contrib.cudnn_rnn` that run on every device."""

import numpy as np

from facts.vocabulary import names_of


def _wave(shape, dtype=None, partition_info=None):
    """An initializer that gives every element another value."""
    values = 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3)
    return values.reshape(shape).astype("float32")


def _array(shape, phase=0.0):
    return 0.8 * np.cos(phase + 1.3 * np.arange(int(np.prod(shape)))).reshape(shape).astype("float32")


def _run(tf, cell):
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(cell, tf.constant(_array([2, 3, 2])), [3, 2], dtype=tf.float32)
    variables = tf.global_variables()
    gradients = tf.gradients(tf.reduce_sum(outputs * outputs), variables)
    return [outputs, state, [[v.name, v.shape] for v in variables], gradients]


def a_compatible_gru(tf):
    return _run(tf, tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell(3))


def a_compatible_gru_with_its_own_initializer(tf):
    return _run(tf, tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell(3, kernel_initializer=tf.constant_initializer(0.2)))


def a_compatible_lstm(tf):
    return _run(tf, tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell(3))


def compatible_cells_in_a_multi_cell(tf):
    cells = [tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell(2) for _ in range(2)]
    outputs, _, variables, _ = _run(tf, tf.nn.rnn_cell.MultiRNNCell(cells))
    return [outputs, variables, names_of(cells[1].variables)]
