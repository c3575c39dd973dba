"""`DropoutWrapper`, `ResidualWrapper` and `DeviceWrapper` of `tf.nn.rnn_cell`."""

import numpy as np

from facts.vocabulary import error_of, kind_of_error, names_of


def _wave(shape, dtype=None, partition_info=None):
    return 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3).reshape(shape).astype("float32")


def _input(tf, depth=3):
    return tf.constant(np.cos(np.arange(2 * depth)).reshape(2, depth).astype("float32"))


def _echo(tf, output_size=None):
    """A cell that does nothing: what comes out is what the wrapper did."""

    class Echo(tf.nn.rnn_cell.RNNCell):
        def __init__(self, size):
            super(Echo, self).__init__()
            self._size = size

        @property
        def state_size(self):
            return self._size

        @property
        def output_size(self):
            return self._size

        def call(self, inputs, state):
            return inputs, state

    return Echo


def _kinds(tf, values):
    """Which multiples of one occur, and whether about half of the elements are zero."""
    zeros = tf.reduce_mean(tf.cast(tf.equal(values, 0.0), tf.float32))
    return [
        tf.reduce_all(tf.logical_or(tf.equal(values, 0.0), tf.equal(values, 2.0))),
        tf.logical_and(zeros > 0.4, zeros < 0.6),
    ]


# Dropout


def input_dropout_keeps_half_and_doubles_it(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(1000), input_keep_prob=0.5)
    output, state = cell(tf.ones([10, 1000]), tf.ones([10, 1000]))
    return [_kinds(tf, output), tf.reduce_all(tf.equal(state, 1.0))]


def output_dropout_leaves_the_state(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(1000), output_keep_prob=0.5)
    output, state = cell(tf.ones([10, 1000]), tf.ones([10, 1000]))
    return [_kinds(tf, output), tf.reduce_all(tf.equal(state, 1.0))]


def state_dropout_leaves_the_output(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(1000), state_keep_prob=0.5)
    output, state = cell(tf.ones([10, 1000]), tf.ones([10, 1000]))
    return [_kinds(tf, state), tf.reduce_all(tf.equal(output, 1.0))]


def state_dropout_leaves_the_memory_of_an_lstm(tf):
    with tf.variable_scope("s", initializer=tf.zeros_initializer()):
        cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.BasicLSTMCell(1000), state_keep_prob=0.5)
        state = tf.nn.rnn_cell.LSTMStateTuple(tf.ones([10, 1000]), tf.ones([10, 1000]))
        _, state = cell(tf.ones([10, 1]), state)
    dropped = tf.reduce_mean(tf.cast(tf.equal(state.h, 0.0), tf.float32))
    return [
        type(state).__name__,
        tf.reduce_any(tf.equal(state.c, 0.0)),
        tf.logical_and(dropped > 0.4, dropped < 0.6),
    ]


def a_visitor_says_which_states_are_dropped(tf):
    def visitor(substate):
        if isinstance(substate, tf.nn.rnn_cell.LSTMStateTuple):
            return tf.nn.rnn_cell.LSTMStateTuple(c=True, h=False)
        return True

    with tf.variable_scope("s", initializer=tf.zeros_initializer()):
        cell = tf.nn.rnn_cell.DropoutWrapper(
            tf.nn.rnn_cell.BasicLSTMCell(1000), state_keep_prob=0.5, dropout_state_filter_visitor=visitor
        )
        state = tf.nn.rnn_cell.LSTMStateTuple(tf.ones([10, 1000]), tf.ones([10, 1000]))
        _, state = cell(tf.ones([10, 1]), state)
    dropped = tf.reduce_mean(tf.cast(tf.equal(state.c, 0.0), tf.float32))
    return [tf.reduce_any(tf.equal(state.h, 0.0)), tf.logical_and(dropped > 0.4, dropped < 0.6)]


def a_keep_prob_may_be_a_tensor(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(1000), output_keep_prob=tf.fill([], 0.5) + 0.0)
    output, _ = cell(tf.ones([10, 1000]), tf.ones([10, 1000]))
    return _kinds(tf, output)


def a_keep_prob_of_one_is_no_dropout(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(3), 1.0, 1, tf.constant(1.0))
    return list(cell(_input(tf), _input(tf)))


def steps_of_a_loop_are_dropped_independently(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(1000), output_keep_prob=0.5)
    outputs, _ = tf.nn.dynamic_rnn(cell, tf.ones([2, 3, 1000]), dtype=tf.float32)
    same = [tf.reduce_mean(tf.cast(tf.equal(outputs[:, 0], outputs[:, i]), tf.float32)) for i in [1, 2]]
    return [_kinds(tf, outputs), [tf.logical_and(s > 0.4, s < 0.6) for s in same]]


def variational_dropout_is_the_same_at_every_step_and_in_the_batch(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(
        _echo(tf)(1000), output_keep_prob=0.5, variational_recurrent=True, dtype=tf.float32
    )
    outputs, _ = tf.nn.dynamic_rnn(cell, tf.ones([2, 3, 1000]), dtype=tf.float32)
    return [
        _kinds(tf, outputs),
        [tf.reduce_all(tf.equal(outputs[:, 0], outputs[:, i])) for i in [1, 2]],
        tf.reduce_all(tf.equal(outputs[0], outputs[1])),
    ]


def variational_dropout_of_inputs_and_states(tf):
    cell = tf.nn.rnn_cell.DropoutWrapper(
        tf.nn.rnn_cell.DropoutWrapper(_echo(tf)(1000)),
        input_keep_prob=0.5,
        state_keep_prob=0.5,
        variational_recurrent=True,
        input_size=1000,
        dtype=tf.float32,
    )
    outputs, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 3, 1000]), dtype=tf.float32, initial_state=tf.ones([2, 1000]))
    kept = tf.equal(state, 8.0)
    share = tf.reduce_mean(tf.cast(kept, tf.float32))
    return [
        _kinds(tf, outputs),
        tf.reduce_all(tf.equal(outputs[:, 0], outputs[:, 2])),
        tf.reduce_all(tf.logical_or(kept, tf.equal(state, 0.0))),
        tf.logical_and(share > 0.4, share < 0.6),
    ]


def wrappers_leave_no_trace_in_names(tf):
    cells = tf.nn.rnn_cell
    cell = cells.DropoutWrapper(cells.ResidualWrapper(cells.GRUCell(3)), output_keep_prob=1.0)
    with tf.variable_scope("s", initializer=_wave):
        output, state = cell(_input(tf), _input(tf))
    return [output, state, names_of(tf.global_variables())]


def a_scope_reaches_the_wrapped_cell(tf):
    cells = tf.nn.rnn_cell
    cells.DropoutWrapper(cells.GRUCell(3))(_input(tf), _input(tf), scope="a")
    cells.ResidualWrapper(cells.GRUCell(3))(_input(tf), _input(tf), "b")
    cells.DeviceWrapper(cells.GRUCell(3), "/cpu:0")(_input(tf), _input(tf), "c")
    return names_of(tf.global_variables())


def what_a_wrapper_says(tf):
    cells = tf.nn.rnn_cell
    results = []
    for wrap in [cells.DropoutWrapper, cells.ResidualWrapper, lambda cell: cells.DeviceWrapper(cell, "/cpu:0")]:
        inner = cells.BasicLSTMCell(3)
        cell = wrap(inner)
        cell(_input(tf), cell.zero_state(2, tf.float32))
        results.append(
            [
                cell.state_size,
                cell.output_size,
                names_of(cell.variables),
                names_of(cell.trainable_weights),
                cell.built,
                hasattr(cell, "wrapped_cell"),
            ]
        )
    return results


def a_dropout_wrapper_shows_its_cell(tf):
    cell = tf.nn.rnn_cell.GRUCell(2)
    return tf.nn.rnn_cell.DropoutWrapper(cell).wrapped_cell is cell


def keep_probs_out_of_range_raise(tf):
    wrap, cell = tf.nn.rnn_cell.DropoutWrapper, tf.nn.rnn_cell.GRUCell(2)
    return [
        error_of(wrap, cell, input_keep_prob=2.0),
        error_of(wrap, cell, output_keep_prob=-1.0),
        error_of(wrap, cell, state_keep_prob=tf.constant(3.0)),
        kind_of_error(wrap, cell, input_keep_prob="half"),
    ]


def variational_dropout_needs_sizes(tf):
    wrap, cell = tf.nn.rnn_cell.DropoutWrapper, tf.nn.rnn_cell.GRUCell(2)
    return [
        error_of(wrap, cell, input_keep_prob=0.5, variational_recurrent=True),
        error_of(wrap, cell, input_keep_prob=0.5, variational_recurrent=True, dtype=tf.float32),
        error_of(wrap, cell, dropout_state_filter_visitor=3),
        error_of(wrap, 3),
    ]


def the_configuration_of_a_dropout_wrapper(tf):
    cells = tf.nn.rnn_cell
    config = cells.DropoutWrapper(cells.GRUCell(2, name="g"), 0.5, 0.25, seed=3, name="d").get_config()
    return dict(config)


# Residual, device


def a_residual_wrapper_adds_the_inputs(tf):
    with tf.variable_scope("s", initializer=_wave):
        output, state = tf.nn.rnn_cell.ResidualWrapper(tf.nn.rnn_cell.GRUCell(3))(_input(tf), _input(tf))
    return [output, state, output - state, _input(tf)]


def a_residual_function_replaces_the_sum(tf):
    wrapper = tf.nn.rnn_cell.ResidualWrapper(_echo(tf)(3), residual_fn=lambda i, o: 2.0 * i - 3.0 * o)
    return wrapper(_input(tf), _input(tf))[0]


def residuals_of_another_size_raise(tf):
    cell = tf.nn.rnn_cell.ResidualWrapper(tf.nn.rnn_cell.GRUCell(2))
    return [error_of(cell, _input(tf), tf.zeros([2, 2])), error_of(tf.nn.rnn_cell.ResidualWrapper, 3)]


def a_device_wrapper_changes_no_numbers(tf):
    with tf.variable_scope("s", initializer=_wave):
        cell = tf.nn.rnn_cell.DeviceWrapper(tf.nn.rnn_cell.GRUCell(3), "/cpu:0")
        output, state = cell(_input(tf), cell.zero_state(2, tf.float32))
    return [output, state, names_of(tf.global_variables()), kind_of_error(tf.nn.rnn_cell.DeviceWrapper, 3, "/cpu:0")]


def the_configuration_of_the_other_wrappers(tf):
    cells = tf.nn.rnn_cell
    made = [
        cells.ResidualWrapper(cells.GRUCell(2, name="g"), name="r"),
        cells.DeviceWrapper(cells.GRUCell(2, name="g"), "/cpu:0", name="d"),
    ]
    return [dict(cell.get_config()) for cell in made]
