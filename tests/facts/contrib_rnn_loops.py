"""The loops of `tf.contrib.rnn`: stacks of bidirectional networks, and the small functions beside them."""

import importlib

import numpy as np

from facts.vocabulary import error_of, kind_of_error, names_of


def _wave(shape, dtype=None, partition_info=None):
    """An initializer that gives every element another value."""
    values = 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3)
    return values.reshape(shape).astype("float32")


def _array(shape, phase=0.0):
    return 0.8 * np.cos(phase + 1.3 * np.arange(int(np.prod(shape)))).reshape(shape).astype("float32")


def _leaves(tf, structure):
    return tf.contrib.framework.nest.flatten(structure)


def _gradients(tf, outputs):
    loss = tf.add_n([tf.reduce_sum(output * output) for output in _leaves(tf, outputs)])
    return tf.gradients(loss, tf.trainable_variables())


def a_stack_of_bidirectional_networks(tf):
    cells = tf.contrib.rnn
    with tf.variable_scope("s", initializer=_wave):
        outputs, forward, backward = cells.stack_bidirectional_dynamic_rnn(
            [cells.GRUCell(2), cells.BasicLSTMCell(2)],
            [cells.BasicRNNCell(3), cells.GRUCell(2)],
            tf.constant(_array([2, 3, 2])),
            dtype=tf.float32,
            sequence_length=[3, 2],
        )
    states = [type(forward).__name__, _leaves(tf, forward), type(backward).__name__, _leaves(tf, backward)]
    return [outputs, states, names_of(tf.global_variables()), _gradients(tf, outputs)]


def a_time_major_stack_with_first_states_and_a_scope(tf):
    cells = tf.contrib.rnn
    with tf.variable_scope("s", initializer=_wave):
        outputs, forward, backward = cells.stack_bidirectional_dynamic_rnn(
            [cells.GRUCell(2)],
            [cells.BasicRNNCell(2)],
            tf.constant(_array([3, 2, 2])),
            initial_states_fw=[tf.constant(_array([2, 2]))],
            initial_states_bw=[tf.constant(_array([2, 2], 1.0))],
            time_major=True,
            scope="stack",
        )
    return [outputs, list(forward), list(backward), names_of(tf.global_variables())]


def a_static_stack_of_bidirectional_networks(tf):
    cells = tf.contrib.rnn
    with tf.variable_scope("s", initializer=_wave):
        outputs, forward, backward = cells.stack_bidirectional_rnn(
            [cells.GRUCell(2), cells.BasicLSTMCell(2)],
            [cells.BasicRNNCell(3), cells.GRUCell(2)],
            tf.unstack(tf.constant(_array([3, 2, 2]))),
            dtype=tf.float32,
            sequence_length=[3, 2],
        )
    states = [type(forward).__name__, _leaves(tf, forward), type(backward).__name__, _leaves(tf, backward)]
    return [outputs, states, names_of(tf.global_variables()), _gradients(tf, outputs)]


def a_static_stack_with_first_states_and_a_scope(tf):
    cells = tf.contrib.rnn
    with tf.variable_scope("s", initializer=_wave):
        outputs, forward, backward = cells.stack_bidirectional_rnn(
            [cells.GRUCell(2)],
            [cells.BasicRNNCell(2)],
            tf.unstack(tf.constant(_array([3, 2, 2]))),
            initial_states_fw=[tf.constant(_array([2, 2]))],
            initial_states_bw=[tf.constant(_array([2, 2], 1.0))],
            scope="stack",
        )
    return [outputs, list(forward), list(backward), names_of(tf.global_variables())]


def what_a_stack_needs(tf):
    cells = tf.contrib.rnn
    one, two = [cells.GRUCell(2)], [cells.GRUCell(2), cells.GRUCell(2)]
    results = []
    for run, x in [
        (cells.stack_bidirectional_dynamic_rnn, tf.zeros([2, 3, 2])),
        (cells.stack_bidirectional_rnn, [tf.zeros([2, 2])]),
    ]:
        results.append(
            [
                error_of(run, None, one, x),
                error_of(run, one, None, x),
                error_of(run, one[0], one, x),
                error_of(run, one, tuple(one), x),
                error_of(run, one, two, x),
                error_of(run, one, one, x, initial_states_fw=(0,)),
                error_of(run, one, one, x, initial_states_bw=[0, 0]),
                kind_of_error(run, one, one, x),
            ]
        )
    return results


def batch_and_time_are_swapped(tf):
    swap = tf.contrib.rnn.transpose_batch_time
    return [swap(tf.constant(_array([2, 3]))), swap(tf.constant(_array([2, 3, 2]))), swap(tf.constant([1.0, 2.0]))]


def the_batch_size_of_time_major_inputs(tf):
    size = tf.contrib.rnn.best_effort_input_batch_size
    return [size([tf.zeros([3, 2, 1])]), size([tf.zeros([3, 4]), tf.zeros([3, 2, 1])]), kind_of_error(size, [tf.zeros([3])])]


def old_loops_with_new_cells(tf):
    cells = tf.contrib.rnn
    steps = tf.unstack(tf.constant(_array([3, 2, 2])))
    results = []
    with tf.variable_scope("s", initializer=_wave):
        for name, cell in [
            ("norm", cells.LayerNormBasicLSTMCell(2)),
            ("block", cells.LSTMBlockCell(2)),
            ("projected", cells.OutputProjectionWrapper(cells.GRUCell(2), 3)),
            ("highway", cells.HighwayWrapper(cells.BasicRNNCell(2))),
            ("attention", cells.AttentionCellWrapper(cells.GRUCell(2), 2)),
        ]:
            outputs, _ = cells.static_rnn(cell, steps, dtype=tf.float32, scope=name)
            results.append(outputs)
    return [results, names_of(tf.global_variables())]


def new_cells_in_dynamic_loops(tf):
    cells = tf.contrib.rnn
    x = tf.constant(_array([2, 3, 2]))
    results = []
    with tf.variable_scope("s", initializer=_wave):
        for name, cell in [
            ("gru", cells.GRUBlockCellV2(2)),
            ("ugrnn", cells.UGRNNCell(2)),
            ("intersection", cells.IntersectionRNNCell(2)),
            ("nas", cells.NASCell(2)),
            ("group", cells.GLSTMCell(2, number_of_groups=2)),
            ("sru", cells.SRUCell(2)),
            ("highway", cells.HighwayWrapper(cells.BasicRNNCell(2))),
            ("coupled", cells.CoupledInputForgetGateLSTMCell(2, use_peepholes=True)),
        ]:
            outputs, _ = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32, scope=name)
            results.append(outputs)
    return [results, names_of(tf.global_variables()), _gradients(tf, results)]


def embeddings_in_a_dynamic_loop(tf):
    cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.GRUCell(2), 5, 2)
    ids = tf.constant([[[1], [2], [0]], [[4], [1], [1]]])
    with tf.variable_scope("s", initializer=_wave):
        outputs, _ = tf.nn.dynamic_rnn(cell, ids, dtype=tf.float32)
    gradients = [tf.convert_to_tensor(gradient) for gradient in _gradients(tf, outputs)]
    return [outputs, names_of(tf.global_variables()), gradients]


def the_linear_function_that_programs_import(tf):
    linear = importlib.import_module(tf.contrib.rnn.__name__ + ".python.ops.core_rnn_cell")._linear
    x, y = tf.constant(_array([2, 2])), tf.constant(_array([2, 1]))
    with tf.variable_scope("s", initializer=_wave):
        with tf.variable_scope("one"):
            one = linear([x, y], 2, True)
        with tf.variable_scope("two"):
            two = linear(x, 2, False, kernel_initializer=tf.constant_initializer(0.5))
        with tf.variable_scope("three"):
            three = linear(x, 1, True, bias_initializer=tf.constant_initializer(0.5))
        errors = [error_of(linear, [], 2, True), kind_of_error(linear, [tf.zeros([2])], 2, True)]
    return [one, two, three, names_of(tf.global_variables()), errors]
