"""Recurrent networks inside other things: branches, loops, templates, name scopes, getters; and nested inputs."""

import copy

import numpy as np

from facts.vocabulary import error_of, name_of, names_of


def _wave(shape, dtype=None, partition_info=None):
    return 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3).reshape(shape).astype("float32")


def _sequence(tf, depth=3):
    return tf.constant(np.cos(np.arange(2 * 4 * depth)).reshape(2, 4, depth).astype("float32"))


def _network(tf, x=None, **kwargs):
    outputs, _ = tf.nn.dynamic_rnn(
        tf.nn.rnn_cell.BasicLSTMCell(3), _sequence(tf) if x is None else x, dtype=tf.float32, **kwargs
    )
    return outputs


def _variables_and_losses(tf):
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(tf.global_variables()), names_of(losses), losses]


def in_a_template(tf):
    def model(x):
        return _network(tf, x)

    template = tf.make_template("t", model)
    with tf.variable_scope("s", initializer=_wave, regularizer=tf.nn.l2_loss):
        outputs = template(template(_sequence(tf)))
    return [outputs, _variables_and_losses(tf)]


def in_a_branch(tf):
    def run():
        return tf.reduce_sum(_network(tf))

    with tf.variable_scope("s", initializer=_wave):
        result = tf.cond(tf.constant(1.0) < tf.constant(2.0), run, lambda: tf.constant(0.0))
    return [result, names_of(tf.global_variables())]


def in_a_loop(tf):
    with tf.variable_scope("s", initializer=_wave):
        _, result = tf.while_loop(
            lambda i, x: i < 3,
            lambda i, x: (i + 1, _network(tf, x)),
            [tf.constant(0), _sequence(tf)],
        )
    return [result, names_of(tf.global_variables())]


def a_loop_around_a_network_has_a_gradient(tf):
    with tf.variable_scope("s", initializer=_wave):
        _, result = tf.while_loop(
            lambda i, x: i < 2,
            lambda i, x: (i + 1, _network(tf, x)),
            [tf.constant(0), _sequence(tf)],
        )
    return tf.gradients(tf.reduce_sum(result * result), tf.trainable_variables())


def under_name_scopes(tf):
    with tf.name_scope("n"), tf.variable_scope("s", initializer=_wave):
        _network(tf)
        tf.Variable(1.0, name="v")
    with tf.variable_scope("s"):
        tf.Variable(1.0, name="v")
    return names_of(tf.global_variables())


def one_after_the_other(tf):
    with tf.variable_scope("s", initializer=_wave, regularizer=tf.nn.l2_loss):
        with tf.variable_scope("encoder"):
            x = _network(tf)
        with tf.variable_scope("decoder"):
            x = _network(tf, x)
        x = tf.layers.dense(x, 2)
    gradients = tf.gradients(tf.reduce_sum(x), tf.trainable_variables())
    return [x, gradients, _variables_and_losses(tf)]


def a_getter_that_changes_the_variables(tf):
    def halved(getter, *args, **kwargs):
        return 0.5 * getter(*args, **kwargs)

    with tf.variable_scope("s", initializer=_wave, custom_getter=halved):
        outputs, state = tf.nn.static_rnn(
            tf.nn.rnn_cell.GRUCell(3), tf.unstack(_sequence(tf), axis=1)[:1], dtype=tf.float32
        )
    gradients = tf.gradients(tf.reduce_sum(state), tf.trainable_variables())
    return [outputs, state, gradients, names_of(tf.global_variables())]


def a_getter_that_changes_the_variables_of_a_loop(tf):
    def halved(getter, *args, **kwargs):
        return 0.5 * getter(*args, **kwargs)

    with tf.variable_scope("s", initializer=_wave, custom_getter=halved):
        outputs = _network(tf)
    gradients = tf.gradients(tf.reduce_sum(outputs), tf.trainable_variables())
    return [outputs, gradients, names_of(tf.global_variables())]


def nested_inputs(tf):
    class Pair(tf.nn.rnn_cell.RNNCell):
        state_size = 3
        output_size = 3

        def call(self, inputs, state):
            first, second = inputs["a"], inputs["b"]
            w = tf.get_variable("w", [3, 3])
            output = tf.tanh(tf.matmul(first, w) + tf.reduce_sum(second, [1, 2])[:, None] + state)
            return output, output

    x = {"a": _sequence(tf), "b": tf.reshape(_sequence(tf, 4), [2, 4, 2, 2])}
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(Pair(), x, sequence_length=[2, 4], dtype=tf.float32)
        gradients = tf.gradients(tf.reduce_sum(outputs), tf.trainable_variables())
    return [outputs, state, gradients, names_of(tf.global_variables())]


def nested_inputs_in_both_directions(tf):
    class Pair(tf.nn.rnn_cell.RNNCell):
        state_size = 3
        output_size = 3

        def call(self, inputs, state):
            first, second = inputs
            output = tf.tanh(first + second + state)
            return output, output

    x = (_sequence(tf), _sequence(tf) * 0.5)
    return tf.nn.bidirectional_dynamic_rnn(Pair(), Pair(), x, sequence_length=[2, 4], dtype=tf.float32)


def nested_inputs_unrolled(tf):
    class Pair(tf.nn.rnn_cell.RNNCell):
        state_size = 3
        output_size = (3, 3)

        def call(self, inputs, state):
            first, second = inputs
            output = tf.tanh(first + second + state)
            return (output, first), output

    steps = [(x, 0.5 * x) for x in tf.unstack(_sequence(tf), axis=1)]
    unrolled = tf.nn.static_rnn(Pair(), steps, sequence_length=[2, 4], dtype=tf.float32)
    both = tf.nn.static_bidirectional_rnn(
        Pair(), Pair(), steps, sequence_length=tf.constant([2, 4], tf.int64), dtype=tf.float32
    )
    return [unrolled, both]


def a_copy_of_a_cell_has_variables_of_its_own(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)
    cells = [copy.deepcopy(cell) for _ in range(2)]
    with tf.variable_scope("s", initializer=_wave):
        tf.nn.dynamic_rnn(tf.nn.rnn_cell.MultiRNNCell(cells), _sequence(tf), dtype=tf.float32)
    return names_of(tf.global_variables())


def a_cell_knows_its_variables_afterwards(tf):
    cells = tf.nn.rnn_cell
    single, multi = cells.LSTMCell(2), cells.MultiRNNCell([cells.GRUCell(2), cells.BasicRNNCell(2)])
    with tf.variable_scope("s", initializer=_wave):
        x, _ = tf.nn.dynamic_rnn(single, _sequence(tf), dtype=tf.float32)
        tf.nn.dynamic_rnn(multi, x, dtype=tf.float32, scope="t")
    return [
        names_of(single.variables),
        names_of(multi.variables),
        single.scope_name,
        multi.scope_name,
        single.built,
        multi.built,
        multi.count_params(),
    ]


def a_cell_in_a_loop_and_by_hand(tf):
    """A decoder: trained in a loop, then run step by step with the same variables."""
    cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(3), tf.nn.rnn_cell.GRUCell(3)])
    with tf.variable_scope("s", initializer=_wave):
        _, state = tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32)
        with tf.variable_scope("rnn", reuse=True):
            output, state = cell(tf.ones([2, 3]), state)
            output, state = cell(output, state)
    return [output, state, names_of(tf.global_variables())]


def a_step_by_hand_before_a_loop(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    with tf.variable_scope("s", initializer=_wave):
        output, state = cell(tf.ones([2, 3]), cell.zero_state(2, tf.float32))
        outputs, _ = tf.nn.dynamic_rnn(cell, _sequence(tf), initial_state=state)
    return [output, outputs, names_of(tf.global_variables())]


def the_unrolled_idiom_with_reuse_variables(tf):
    """The language model of TF 1's tutorials."""
    cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(3) for _ in range(2)], state_is_tuple=True)
    state = cell.zero_state(2, tf.float32)
    outputs = []
    with tf.variable_scope("RNN", initializer=_wave, regularizer=tf.nn.l2_loss):
        for step in range(4):
            if step > 0:
                tf.get_variable_scope().reuse_variables()
            output, state = cell(_sequence(tf)[:, step, :], state)
            outputs.append(output)
    gradients = tf.gradients(tf.reduce_sum(output), tf.trainable_variables())
    return [outputs, state, gradients, _variables_and_losses(tf)]


def an_lstm_state_is_a_structure(tf):
    state = tf.nn.rnn_cell.LSTMStateTuple(tf.ones([1, 2]), tf.zeros([1, 2]))
    c, h = state
    replaced = state._replace(h=c)
    mapped = tf.nest.map_structure(lambda part: part + 1.0, state)
    return [c, h, replaced, type(replaced).__name__, mapped, type(mapped).__name__, state == state]


def states_may_be_lists_in_single_steps(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(2), cells.BasicLSTMCell(2)])
    with tf.variable_scope("s", initializer=_wave):
        output, state = multi(tf.ones([2, 3]), [tf.ones([2, 2]), [tf.ones([2, 2]), tf.zeros([2, 2])]])
    return [output, state, type(state).__name__, type(state[1]).__name__]


def the_scopes_initializer_reaches_the_kernels(tf):
    with tf.variable_scope("s", initializer=tf.constant_initializer(0.25)):
        cells = tf.nn.rnn_cell
        multi = cells.MultiRNNCell([cells.GRUCell(1), cells.LSTMCell(1, use_peepholes=True), cells.BasicRNNCell(1)])
        tf.nn.dynamic_rnn(multi, _sequence(tf), dtype=tf.float32)
    return [tf.reduce_mean(v) for v in tf.global_variables()]


def batches_of_other_sizes_share_the_cell(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    results = []
    with tf.variable_scope("s", initializer=_wave, reuse=tf.AUTO_REUSE):
        for x in [_sequence(tf), _sequence(tf)[:1], tf.concat([_sequence(tf), _sequence(tf)], 1)]:
            results.append(tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)[0])
    return [results, names_of(tf.global_variables())]


def a_wrong_scope_raises(tf):
    return error_of(tf.nn.dynamic_rnn, tf.nn.rnn_cell.GRUCell(2), _sequence(tf), dtype=tf.float32, scope=3)


def operations_of_cells_have_these_names(tf):
    cells, names = tf.nn.rnn_cell, []
    for cell in [
        cells.BasicRNNCell(4), cells.GRUCell(4), cells.BasicLSTMCell(4), cells.LSTMCell(4, cell_clip=1.0),
        cells.BasicLSTMCell(4, state_is_tuple=False), cells.ResidualWrapper(cells.BasicLSTMCell(4)),
        cells.MultiRNNCell([cells.BasicLSTMCell(4)]),
    ]:  # fmt: skip
        output, state = cell(tf.ones([2, 4]), cell.zero_state(2, tf.float32))
        names.append(names_of([output, cell(output, state)[0], tf.nest.flatten(state)[0]]))
    return names


def what_comes_backwards_is_turned_around_outside_of_the_scope(tf):
    cells = tf.nn.rnn_cell.GRUCell(2), tf.nn.rnn_cell.GRUCell(2)
    with tf.variable_scope("s"):
        outputs, _ = tf.nn.bidirectional_dynamic_rnn(*cells, inputs=_sequence(tf), sequence_length=[1, 2], dtype=tf.float32)
    return name_of(outputs[1])


def a_zero_state_needs_a_batch_size(tf):
    return error_of(tf.nn.rnn_cell.BasicLSTMCell(3).zero_state, None, tf.float32)


def unrolled_steps_have_two_axes(tf):
    cell, unroll = tf.nn.rnn_cell.GRUCell(3), tf.nn.static_rnn
    return [
        error_of(unroll, cell, [tf.constant(1.0)], dtype=tf.float32),
        error_of(unroll, cell, [tf.ones([2])], dtype=tf.float32),
        error_of(unroll, cell, [tf.ones([2, 2]), tf.ones([2])], dtype=tf.float32),
    ]
