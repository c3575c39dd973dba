"""`tf.nn.rnn_cell` and `tf.nn.dynamic_rnn`: names of variables and sharing."""

from facts.vocabulary import names_of


def _run(tf, cell):
    return tf.nn.dynamic_rnn(cell, tf.ones([2, 4, 5]), dtype=tf.float32)


def cells_of_a_multi_cell_are_numbered(tf):
    _run(tf, tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.LSTMCell(3), tf.nn.rnn_cell.GRUCell(3)]))
    return names_of(tf.global_variables())


def both_directions_have_scopes_of_their_own(tf):
    forward, backward = tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.GRUCell(3)
    tf.nn.bidirectional_dynamic_rnn(forward, backward, tf.ones([2, 4, 5]), dtype=tf.float32)
    return names_of(tf.global_variables())


def the_scopes_regularizer_applies_to_all_variables_of_a_cell(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss):
        _run(tf, tf.nn.rnn_cell.GRUCell(3))
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_second_network_in_the_same_scope_raises(tf):
    _run(tf, tf.nn.rnn_cell.GRUCell(3))
    _run(tf, tf.nn.rnn_cell.GRUCell(3))
