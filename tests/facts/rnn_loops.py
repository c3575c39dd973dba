"""`tf.nn.dynamic_rnn` and the other loops over cells: numbers, lengths, scopes, shapes, errors."""

import numpy as np

from facts.vocabulary import Raised, error_of, graph_only, kind_of_error, name_of, names_of


def _wave(shape, dtype=None, partition_info=None):
    values = 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3)
    return values.reshape(shape).astype("float32" if dtype is None else dtype.as_numpy_dtype)


def _sequence(tf, dtype="float32", time_major=False, depth=3):
    values = np.cos(np.arange(2 * 4 * depth)).reshape(2, 4, depth).astype(dtype)
    return tf.constant(values.transpose([1, 0, 2]) if time_major else values)


def _steps(tf, depth=3):
    return tf.unstack(_sequence(tf, depth=depth), axis=1)


def _flat(state):
    return [leaf for part in state for leaf in _flat(part)] if isinstance(state, (tuple, list)) else [state]


def _result(tf, outputs, state):
    loss = tf.add_n([tf.reduce_sum(leaf * leaf) for leaf in _flat([outputs, state])])
    return {
        "outputs": outputs,
        "state": state,
        "names": names_of(tf.global_variables()),
        "gradients": tf.gradients(loss, tf.trainable_variables()),
        "shapes": [leaf.shape for leaf in _flat([outputs, state])],
        "dtypes": [leaf.dtype for leaf in _flat([outputs, state])],
    }


def _dynamic(tf, cell, inputs=None, **kwargs):
    kwargs.setdefault("dtype", tf.float32)
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(cell, _sequence(tf) if inputs is None else inputs, **kwargs)
    return _result(tf, outputs, state)


# dynamic_rnn


def a_basic_cell(tf):
    return _dynamic(tf, tf.nn.rnn_cell.BasicRNNCell(3))


def a_gated_cell(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3))


def a_basic_lstm(tf):
    return _dynamic(tf, tf.nn.rnn_cell.BasicLSTMCell(3))


def an_lstm_with_peepholes_and_projection(tf):
    return _dynamic(tf, tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True, num_proj=2, cell_clip=0.5))


def an_lstm_whose_state_is_one_tensor(tf):
    return _dynamic(tf, tf.nn.rnn_cell.BasicLSTMCell(3, state_is_tuple=False))


def an_lstm_cut_into_shards(tf):
    return _dynamic(tf, tf.nn.rnn_cell.LSTMCell(3, num_unit_shards=2))


def several_layers(tf):
    cells = tf.nn.rnn_cell
    return _dynamic(tf, cells.MultiRNNCell([cells.BasicLSTMCell(3), cells.GRUCell(2), cells.BasicRNNCell(2)]))


def several_layers_with_one_state_tensor(tf):
    cells = tf.nn.rnn_cell
    made = [cells.BasicLSTMCell(3, state_is_tuple=False), cells.GRUCell(2)]
    return _dynamic(tf, cells.MultiRNNCell(made, state_is_tuple=False))


def wrapped_layers(tf):
    cells = tf.nn.rnn_cell
    wrapped = cells.DropoutWrapper(cells.BasicLSTMCell(3), output_keep_prob=1.0)
    residual = cells.ResidualWrapper(cells.GRUCell(3))
    return _dynamic(tf, cells.MultiRNNCell([wrapped, residual, cells.DeviceWrapper(cells.BasicRNNCell(2), "/cpu:0")]))


def outputs_end_with_the_sequence_and_states_stay(tf):
    return _dynamic(tf, tf.nn.rnn_cell.BasicLSTMCell(3), sequence_length=[1, 3])


def a_sequence_of_length_zero(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), sequence_length=tf.constant([0, 2]))


def all_sequences_of_length_zero(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), sequence_length=[0, 0])


def lengths_beyond_the_end(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), sequence_length=[4, 9])


def lengths_may_be_of_any_number_type(tf):
    lengths = [tf.constant([1, 3], tf.int64), np.array([1, 3], "int32"), np.array([1.9, 3.2], "float32")]
    outputs = []
    for i, length in enumerate(lengths):
        with tf.variable_scope("s%d" % i, initializer=_wave):
            outputs.append(tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), _sequence(tf), length, dtype=tf.float32)[0])
    return outputs


def several_layers_with_lengths(tf):
    cells = tf.nn.rnn_cell
    return _dynamic(tf, cells.MultiRNNCell([cells.LSTMCell(3), cells.GRUCell(2)]), sequence_length=[2, 4])


def time_may_come_first(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), _sequence(tf, time_major=True), time_major=True)


def time_first_with_lengths(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    return _dynamic(tf, cell, _sequence(tf, time_major=True), time_major=True, sequence_length=[3, 2])


def an_initial_state(tf):
    state = tf.nn.rnn_cell.LSTMStateTuple(tf.fill([2, 3], 0.5), tf.fill([2, 3], -0.25))
    return _dynamic(tf, tf.nn.rnn_cell.BasicLSTMCell(3), initial_state=state, dtype=None)


def an_initial_state_with_lengths(tf):
    state = tf.fill([2, 3], 0.5)
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), initial_state=state, sequence_length=[0, 3])


def an_initial_state_may_be_a_variable(tf):
    state = tf.get_variable("initial", [2, 3], initializer=tf.constant_initializer(0.5))
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), initial_state=state)


def the_last_state_feeds_the_next_network(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    with tf.variable_scope("s", initializer=_wave):
        _, state = tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32)
        outputs, state = tf.nn.dynamic_rnn(cell, _sequence(tf), initial_state=state)
    return _result(tf, outputs, state)


def float64(tf):
    cell = tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True)
    return _dynamic(tf, cell, _sequence(tf, "float64"), dtype=tf.float64, sequence_length=[2, 4])


def float16(tf):
    outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), _sequence(tf, "float16"), dtype=tf.float16)
    return [outputs.dtype, state.c.dtype, outputs.shape, [v.dtype.base_dtype for v in tf.global_variables()]]


def one_step(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), _sequence(tf)[:, :1])


def no_steps(tf):
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), _sequence(tf)[:, :0], dtype=tf.float32)
    return [outputs, state, names_of(tf.global_variables())]


def numpy_inputs(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(2), np.cos(np.arange(12)).reshape(2, 3, 2).astype("float32"))


def memory_and_parallelism_change_no_numbers(tf):
    return _dynamic(tf, tf.nn.rnn_cell.GRUCell(3), swap_memory=True, parallel_iterations=1)


def the_gradient_reaches_the_inputs(tf):
    shift = tf.get_variable("shift", [], initializer=tf.zeros_initializer())
    x = _sequence(tf) + shift
    return _dynamic(tf, tf.nn.rnn_cell.BasicLSTMCell(3), x, sequence_length=[2, 4])


@graph_only("placeholders")
def unknown_sizes(tf):
    x = tf.placeholder(tf.float32, [None, None, 3])
    lengths = tf.placeholder(tf.int32, [None])
    cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(3), tf.nn.rnn_cell.GRUCell(2)])
    outputs, state = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)
    return [outputs.shape, state[0].c.shape, state[0].h.shape, state[1].shape]


@graph_only("placeholders")
def an_unknown_batch(tf):
    x = tf.placeholder(tf.float32, [None, 4, 3])
    outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), x, dtype=tf.float32)
    return [outputs.shape, state.c.shape]


@graph_only("placeholders")
def an_unknown_time(tf):
    x = tf.placeholder(tf.float32, [2, None, 3])
    outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), x, dtype=tf.float32)
    return [outputs.shape, state.c.shape]


@graph_only("placeholders")
def unknown_depth_or_rank_raises(tf):
    cells, unknown = tf.nn.rnn_cell, tf.placeholder(tf.float32)
    return [
        error_of(tf.nn.dynamic_rnn, cells.GRUCell(2), tf.placeholder(tf.float32, [2, 2, None]), dtype=tf.float32),
        error_of(tf.nn.dynamic_rnn, cells.GRUCell(2), unknown, dtype=tf.float32),
        error_of(tf.nn.dynamic_rnn, cells.GRUCell(2), unknown, dtype=tf.float32, time_major=True),
    ]


def integers_may_go_into_a_cell_that_takes_them(tf):
    class Embedding(tf.nn.rnn_cell.RNNCell):
        state_size = 2
        output_size = 2

        def call(self, inputs, state):
            table = tf.get_variable("table", [5, 2])
            output = tf.nn.embedding_lookup(table, tf.reshape(inputs, [-1])) + state
            return output, output

    x = tf.constant([[[1], [4], [0]], [[2], [2], [3]]])
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(Embedding(), x, sequence_length=[3, 2], dtype=tf.float32)
    gradient = tf.gradients(tf.reduce_sum(outputs * outputs), tf.trainable_variables())[0]
    return [outputs, state, tf.convert_to_tensor(gradient), names_of(tf.global_variables())]


def integers_do_not_go_into_the_usual_cells(tf):
    cells, x = tf.nn.rnn_cell, tf.zeros([2, 3, 4], tf.int32)
    return [
        _error_of_network(tf, cells.GRUCell(2), x, dtype=tf.float32),
        _error_of_network(tf, cells.BasicRNNCell(2), x, dtype=tf.float32),
        _error_of_network(tf, cells.BasicLSTMCell(2), x, dtype=tf.float32),
        _error_of_network(tf, cells.LSTMCell(2), x, dtype=tf.float32),
    ]


# Scopes and sharing


def the_scope_is_called_rnn(tf):
    outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), _sequence(tf), dtype=tf.float32)
    return [names_of(tf.global_variables()), name_of(outputs)]


def the_scope_may_be_named(tf):
    for scope in ["a", "b"]:
        tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), _sequence(tf), dtype=tf.float32, scope=scope)
    return names_of(tf.global_variables())


def the_scope_may_be_an_object(tf):
    with tf.variable_scope("a") as scope:
        pass
    tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), _sequence(tf), dtype=tf.float32, scope=scope)
    return names_of(tf.global_variables())


def a_second_network_in_the_same_scope_raises(tf):
    tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), _sequence(tf), dtype=tf.float32)
    tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), _sequence(tf), dtype=tf.float32)


def a_second_network_of_several_layers_raises(tf):
    cells, errors = tf.nn.rnn_cell, []
    for _ in range(2):
        multi = cells.MultiRNNCell([cells.BasicLSTMCell(2)])
        errors.append(kind_of_error(tf.nn.dynamic_rnn, multi, _sequence(tf), dtype=tf.float32))
    return errors


def the_same_cell_in_the_same_scope_shares(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    with tf.variable_scope("s", initializer=_wave):
        outputs, _ = tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32)
        outputs, state = tf.nn.dynamic_rnn(cell, outputs, dtype=tf.float32)
    return _result(tf, outputs, state)


def the_same_layers_in_the_same_scope_share(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(3), cells.GRUCell(3)])
    with tf.variable_scope("s", initializer=_wave):
        outputs, _ = tf.nn.dynamic_rnn(multi, _sequence(tf), dtype=tf.float32)
        outputs, state = tf.nn.dynamic_rnn(multi, outputs, dtype=tf.float32)
    return _result(tf, outputs, state)


def the_same_cell_in_another_scope_keeps_its_variables(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    for scope in ["a", "b"]:
        tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32, scope=scope)
    return names_of(tf.global_variables())


def the_same_layers_in_another_scope_keep_their_variables(tf):
    multi = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(3)])
    for scope in ["a", "b"]:
        tf.nn.dynamic_rnn(multi, _sequence(tf), dtype=tf.float32, scope=scope)
    return names_of(tf.global_variables())


def reuse_shares_between_networks(tf):
    results = []
    for reuse in [None, True]:
        with tf.variable_scope("s", reuse=reuse, initializer=_wave):
            cells = tf.nn.rnn_cell
            multi = cells.MultiRNNCell([cells.LSTMCell(3), cells.GRUCell(2)])
            results.append(tf.nn.dynamic_rnn(multi, _sequence(tf), dtype=tf.float32)[0])
    return [results, names_of(tf.global_variables())]


def auto_reuse_shares_between_networks(tf):
    results = []
    for _ in range(2):
        with tf.variable_scope("s", reuse=tf.AUTO_REUSE, initializer=_wave):
            results.append(tf.nn.dynamic_rnn(tf.nn.rnn_cell.LSTMCell(3), _sequence(tf), dtype=tf.float32)[0])
    return [results, names_of(tf.global_variables())]


def a_network_with_another_depth_raises(tf):
    cell = tf.nn.rnn_cell.GRUCell(2)
    tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32)
    raised = error_of(tf.nn.dynamic_rnn, cell, _sequence(tf, depth=5), dtype=tf.float32)
    lines = raised.says.strip().split("\n")
    line = lines[-1].split("ValueError: ")[-1] if lines[0] == "in converted code:" else lines[0]
    return Raised(raised.error, says=line.split(" for ")[0])


def another_depth_with_reuse_raises(tf):
    for depth in [3, 5]:
        with tf.variable_scope("s", reuse=tf.AUTO_REUSE):
            tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), _sequence(tf, depth=depth), dtype=tf.float32)


def regularizers_count_once(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss, initializer=_wave):
        cells = tf.nn.rnn_cell
        multi = cells.MultiRNNCell([cells.LSTMCell(3, use_peepholes=True), cells.BasicRNNCell(2)])
        tf.nn.dynamic_rnn(multi, _sequence(tf), dtype=tf.float32)
        tf.nn.dynamic_rnn(multi, _sequence(tf), dtype=tf.float32)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), losses, tf.gradients(tf.add_n(losses), tf.trainable_variables())]


def a_custom_getter_sees_the_variables(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append(name)
        return getter(name, *args, **kwargs)

    with tf.variable_scope("s", custom_getter=watch):
        cells = tf.nn.rnn_cell
        tf.nn.dynamic_rnn(cells.MultiRNNCell([cells.GRUCell(2)]), _sequence(tf), dtype=tf.float32)
    return seen


def the_scopes_dtype_is_not_asked(tf):
    with tf.variable_scope("s", dtype=tf.float64):
        tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), _sequence(tf), dtype=tf.float32)
    return [v.dtype.base_dtype for v in tf.global_variables()]


def layers_around_a_network_are_counted_as_usual(tf):
    x = tf.layers.dense(_sequence(tf), 3)
    x, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), x, dtype=tf.float32)
    tf.layers.dense(x, 3)
    return names_of(tf.global_variables())


def plain_variables_around_a_network_are_counted_as_usual(tf):
    tf.Variable(1.0, name="v")
    tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), _sequence(tf), dtype=tf.float32)
    tf.Variable(1.0, name="v")
    with tf.name_scope("rnn"):
        tf.Variable(1.0, name="v")
    return names_of(tf.global_variables())


# Errors of dynamic_rnn


def _error_of_network(tf, *args, **kwargs):
    """TF 1.15 runs `call` through AutoGraph, which puts what happened at the end of "in converted code: ..."."""
    with tf.variable_scope(None, default_name="e"):
        raised = error_of(tf.nn.dynamic_rnn, *args, **kwargs)
    lines = raised.says.strip().split("\n")
    if lines[0] != "in converted code:":
        return raised
    return Raised(raised.error, says=lines[-1].split("ValueError: ")[-1])


def _kind_of_network_error(tf, *args, **kwargs):
    return Raised(_error_of_network(tf, *args, **kwargs).error, says="")


def dynamic_rnn_wants_a_cell_a_dtype_and_floats(tf):
    cells, x = tf.nn.rnn_cell, _sequence(tf)
    return [
        _error_of_network(tf, 3, x, dtype=tf.float32),
        _error_of_network(tf, cells.GRUCell(2), x),
        _error_of_network(tf, cells.GRUCell(2), tf.zeros([2, 3]), dtype=tf.float32),
        _error_of_network(tf, cells.GRUCell(2), tf.zeros([2, 3, 4], tf.int32), dtype=tf.int32),
        _error_of_network(tf, cells.GRUCell(2), (tf.zeros([3, 2, 3]), tf.zeros([3, 4, 3])), dtype=tf.float32),
        _error_of_network(tf, cells.GRUCell(2), (tf.zeros([3, 2, 3]), tf.zeros([4, 2, 3])), dtype=tf.float32),
    ]


def lengths_must_be_one_per_sequence(tf):
    cells, x = tf.nn.rnn_cell, _sequence(tf)
    return [
        _error_of_network(tf, cells.GRUCell(2), x, sequence_length=[[1, 2]], dtype=tf.float32),
        _error_of_network(tf, cells.GRUCell(2), x, sequence_length=3, dtype=tf.float32),
        _kind_of_network_error(tf, cells.GRUCell(2), x, sequence_length=[1], dtype=tf.float32),
    ]


def an_initial_state_of_another_structure_raises(tf):
    zeros, cells, x = tf.zeros([2, 2]), tf.nn.rnn_cell, _sequence(tf)
    multi = cells.MultiRNNCell([cells.GRUCell(2)])
    mixed = cells.LSTMStateTuple(zeros, tf.zeros([2, 2], tf.float64))
    return [
        _kind_of_network_error(tf, cells.LSTMCell(2), x, initial_state=(zeros,)),
        _kind_of_network_error(tf, cells.LSTMCell(2), x, initial_state=(zeros, zeros)),
        _kind_of_network_error(tf, multi, x, initial_state=[zeros]),
        _kind_of_network_error(tf, cells.GRUCell(2), x, initial_state=tf.zeros([2, 3])),
        _kind_of_network_error(tf, cells.GRUCell(2), x, initial_state=tf.zeros([3, 2])),
        _error_of_network(tf, cells.LSTMCell(2), x, initial_state=mixed),
    ]


def inputs_of_another_dtype_than_the_state_raise(tf):
    cells = tf.nn.rnn_cell
    return [
        _kind_of_network_error(tf, cells.GRUCell(2), _sequence(tf), dtype=tf.float64),
        _kind_of_network_error(tf, cells.BasicLSTMCell(2), _sequence(tf, "float64"), dtype=tf.float32),
    ]


# bidirectional_dynamic_rnn


def _bidirectional(tf, forward, backward, inputs=None, **kwargs):
    with tf.variable_scope("s", initializer=_wave):
        outputs, states = tf.nn.bidirectional_dynamic_rnn(
            forward, backward, _sequence(tf) if inputs is None else inputs, dtype=tf.float32, **kwargs
        )
    return _result(tf, outputs, states)


def both_directions(tf):
    return _bidirectional(tf, tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.BasicLSTMCell(2))


def both_directions_with_lengths(tf):
    return _bidirectional(tf, tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.LSTMCell(2), sequence_length=[2, 4])


def both_directions_with_time_first(tf):
    cells = tf.nn.rnn_cell
    x = _sequence(tf, time_major=True)
    return _bidirectional(tf, cells.GRUCell(3), cells.GRUCell(3), x, sequence_length=[3, 1], time_major=True)


def both_directions_with_initial_states(tf):
    return _bidirectional(
        tf,
        tf.nn.rnn_cell.GRUCell(3),
        tf.nn.rnn_cell.GRUCell(3),
        initial_state_fw=tf.fill([2, 3], 0.5),
        initial_state_bw=tf.fill([2, 3], -0.5),
    )


def both_directions_with_one_cell_share(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)
    return _bidirectional(tf, cell, cell)


def both_directions_of_several_layers(tf):
    cells = tf.nn.rnn_cell
    forward = cells.MultiRNNCell([cells.GRUCell(3), cells.GRUCell(2)])
    backward = cells.MultiRNNCell([cells.GRUCell(3), cells.GRUCell(2)])
    return _bidirectional(tf, forward, backward, sequence_length=[2, 4])


def both_directions_under_a_name(tf):
    cells = tf.nn.rnn_cell
    return _bidirectional(tf, cells.GRUCell(2), cells.GRUCell(2), scope="b")["names"]


def both_directions_want_cells(tf):
    cells = tf.nn.rnn_cell
    return [
        error_of(tf.nn.bidirectional_dynamic_rnn, 3, cells.GRUCell(2), _sequence(tf), dtype=tf.float32),
        error_of(tf.nn.bidirectional_dynamic_rnn, cells.GRUCell(2), 3, _sequence(tf), dtype=tf.float32),
        error_of(tf.nn.bidirectional_dynamic_rnn, cells.GRUCell(2), cells.GRUCell(2), _sequence(tf)),
    ]


# static_rnn


def _static(tf, cell, **kwargs):
    kwargs.setdefault("dtype", tf.float32)
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.static_rnn(cell, _steps(tf), **kwargs)
    return _result(tf, outputs, state)


def unrolled(tf):
    return _static(tf, tf.nn.rnn_cell.BasicLSTMCell(3))


def unrolled_layers(tf):
    cells = tf.nn.rnn_cell
    return _static(tf, cells.MultiRNNCell([cells.GRUCell(3), cells.LSTMCell(2)]))


def unrolled_with_lengths(tf):
    return _static(tf, tf.nn.rnn_cell.LSTMCell(3), sequence_length=[1, 3])


def unrolled_with_lengths_of_zero(tf):
    return _static(tf, tf.nn.rnn_cell.GRUCell(3), sequence_length=tf.constant([0, 2]))


def unrolled_layers_with_lengths(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(3), cells.LSTMCell(2)])
    return _static(tf, multi, sequence_length=tf.constant([2, 3], tf.int64))


def unrolled_with_an_initial_state(tf):
    return _static(tf, tf.nn.rnn_cell.GRUCell(3), initial_state=tf.fill([2, 3], 0.5), dtype=None)


def unrolled_under_a_name(tf):
    return _static(tf, tf.nn.rnn_cell.GRUCell(3), scope="u")["names"]


def unrolled_regularizers_count_once(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss, initializer=_wave):
        cells = tf.nn.rnn_cell
        tf.nn.static_rnn(cells.MultiRNNCell([cells.LSTMCell(2), cells.GRUCell(2)]), _steps(tf), dtype=tf.float32)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), losses]


def unrolled_twice_raises(tf):
    for _ in range(2):
        tf.nn.static_rnn(tf.nn.rnn_cell.GRUCell(2), _steps(tf), dtype=tf.float32)


def unrolled_twice_with_reuse_shares(tf):
    results = []
    for reuse in [None, True]:
        with tf.variable_scope("s", reuse=reuse, initializer=_wave):
            results.append(tf.nn.static_rnn(tf.nn.rnn_cell.GRUCell(2), _steps(tf), dtype=tf.float32)[0][-1])
    return [results, names_of(tf.global_variables())]


def static_rnn_wants_a_cell_a_list_and_a_dtype(tf):
    cells = tf.nn.rnn_cell
    return [
        error_of(tf.nn.static_rnn, 3, _steps(tf), dtype=tf.float32),
        error_of(tf.nn.static_rnn, cells.GRUCell(2), _sequence(tf), dtype=tf.float32),
        error_of(tf.nn.static_rnn, cells.GRUCell(2), [], dtype=tf.float32),
        error_of(tf.nn.static_rnn, cells.GRUCell(2), _steps(tf)),
        error_of(tf.nn.static_rnn, cells.GRUCell(2), _steps(tf), sequence_length=[[1]], dtype=tf.float32),
        error_of(tf.nn.static_rnn, cells.GRUCell(2), [tf.zeros([3, 2]), tf.zeros([4, 2])], dtype=tf.float32),
    ]


# static_bidirectional_rnn


def _static_bidirectional(tf, forward, backward, **kwargs):
    with tf.variable_scope("s", initializer=_wave):
        outputs, first, second = tf.nn.static_bidirectional_rnn(
            forward, backward, _steps(tf), dtype=tf.float32, **kwargs
        )
    return _result(tf, outputs, [first, second])


def unrolled_in_both_directions(tf):
    return _static_bidirectional(tf, tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.LSTMCell(2))


def unrolled_in_both_directions_with_lengths(tf):
    cells = tf.nn.rnn_cell
    return _static_bidirectional(tf, cells.GRUCell(3), cells.LSTMCell(2), sequence_length=tf.constant([1, 3], tf.int64))


def unrolled_in_both_directions_with_initial_states(tf):
    cells = tf.nn.rnn_cell
    return _static_bidirectional(
        tf,
        cells.GRUCell(3),
        cells.GRUCell(3),
        initial_state_fw=tf.fill([2, 3], 0.5),
        initial_state_bw=tf.fill([2, 3], -0.5),
        scope="b",
    )


def static_bidirectional_rnn_wants_cells_and_a_list(tf):
    cells = tf.nn.rnn_cell
    return [
        error_of(tf.nn.static_bidirectional_rnn, 3, cells.GRUCell(2), _steps(tf), dtype=tf.float32),
        error_of(tf.nn.static_bidirectional_rnn, cells.GRUCell(2), 3, _steps(tf), dtype=tf.float32),
        error_of(tf.nn.static_bidirectional_rnn, cells.GRUCell(2), cells.GRUCell(2), _sequence(tf), dtype=tf.float32),
        error_of(tf.nn.static_bidirectional_rnn, cells.GRUCell(2), cells.GRUCell(2), [], dtype=tf.float32),
    ]


# static_state_saving_rnn


def _saver(tf, states):
    class Saver(object):
        saved = {}

        def state(self, name):
            return states[name]

        def save_state(self, name, value):
            self.saved[name] = value
            return tf.no_op() if value is None else tf.identity(value)

    return Saver()


def a_state_that_is_saved(tf):
    saver = _saver(tf, {"h": tf.fill([2, 3], 0.5)})
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.static_state_saving_rnn(tf.nn.rnn_cell.GRUCell(3), _steps(tf), saver, "h")
    return [_result(tf, outputs, state), saver.saved]


def states_that_are_saved(tf):
    saver = _saver(tf, {name: tf.fill([2, 3], value) for name, value in [("c", 0.5), ("h", -0.5)]})
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.static_state_saving_rnn(
            tf.nn.rnn_cell.BasicLSTMCell(3), _steps(tf), saver, ("c", "h"), sequence_length=[1, 3]
        )
    return [_result(tf, outputs, state), [saver.saved["c"], saver.saved["h"]]]


def nested_states_that_are_saved(tf):
    cells = tf.nn.rnn_cell
    saver = _saver(tf, {name: tf.fill([2, 2], 0.5) for name in ["a", "b", "c"]})
    multi = cells.MultiRNNCell([cells.BasicLSTMCell(2), cells.GRUCell(2)])
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.static_state_saving_rnn(multi, _steps(tf), saver, (("a", "b"), "c"))
    return _result(tf, outputs, state)


def names_of_saved_states_must_fit(tf):
    cells = tf.nn.rnn_cell
    saver = _saver(tf, {"h": tf.zeros([2, 2])})
    return [
        error_of(tf.nn.static_state_saving_rnn, cells.LSTMCell(2), _steps(tf), saver, "h"),
        error_of(tf.nn.static_state_saving_rnn, cells.GRUCell(2), _steps(tf), saver, ("h", "h")),
        error_of(tf.nn.static_state_saving_rnn, cells.LSTMCell(2), _steps(tf), saver, ("h",)),
    ]


# raw_rnn


def _raw_result(tf, outputs, state):
    """Eager mode knows how many steps there were; nothing else does."""
    return {key: value for key, value in _result(tf, outputs, state).items() if key != "shapes"}


def _loop_over(tf, x, cell, lengths, batch=2):
    """The loop function that TF 1's documentation shows: it does what dynamic_rnn does."""
    ta = tf.TensorArray(tf.float32, size=x.shape.as_list()[0]).unstack(x)

    def loop_fn(time, cell_output, cell_state, loop_state):
        next_state = cell.zero_state(batch, tf.float32) if cell_output is None else cell_state
        finished = time >= lengths
        all_finished = tf.reduce_all(finished)
        next_input = tf.cond(all_finished, lambda: tf.zeros([batch, 3]), lambda: ta.read(time))
        return finished, next_input, next_state, cell_output, None

    return loop_fn


def a_raw_loop(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    loop_fn = _loop_over(tf, _sequence(tf, time_major=True), cell, tf.constant([2, 4]))
    with tf.variable_scope("s", initializer=_wave):
        emit, state, loop_state = tf.nn.raw_rnn(cell, loop_fn)
        return [_raw_result(tf, emit.stack(), state), loop_state]


def a_raw_loop_that_ends_early(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)
    loop_fn = _loop_over(tf, _sequence(tf, time_major=True), cell, tf.constant([1, 2]))
    with tf.variable_scope("s", initializer=_wave):
        emit, state, _ = tf.nn.raw_rnn(cell, loop_fn, scope="raw")
        return _raw_result(tf, emit.stack(), state)


def a_raw_loop_may_feed_itself(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)

    def loop_fn(time, cell_output, cell_state, loop_state):
        with tf.variable_scope("feed", reuse=tf.AUTO_REUSE):
            w = tf.get_variable("w", [3, 3])
        if cell_output is None:
            return tf.constant([False, False]), tf.ones([2, 3]), cell.zero_state(2, tf.float32), None, tf.constant(0)
        next_input = tf.matmul(cell_output, w)
        return time >= tf.constant([2, 3]), next_input, cell_state, cell_output, loop_state + time

    with tf.variable_scope("s", initializer=_wave, regularizer=tf.nn.l2_loss):
        emit, state, loop_state = tf.nn.raw_rnn(cell, loop_fn)
        outputs = emit.stack()
    return [
        _raw_result(tf, outputs, state),
        loop_state,
        names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)),
    ]


def a_raw_loop_may_emit_something_else(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)

    def loop_fn(time, cell_output, cell_state, loop_state):
        if cell_output is None:
            emit = (tf.zeros([2]), tf.zeros([1], tf.int32))
            return tf.constant([False, False]), tf.ones([2, 3]), cell.zero_state(2, tf.float32), emit, None
        emit = (tf.ones([2, 2]) * cell_output[:, :2], tf.fill([2, 1], time))
        return time >= tf.constant([2, 3]), tf.ones([2, 3]), cell_state, emit, None

    with tf.variable_scope("s", initializer=_wave):
        (first, second), _, _ = tf.nn.raw_rnn(cell, loop_fn)
        return [first.stack(), second.stack()]


def a_raw_loop_whose_loop_state_is_a_tensor_array(tf):
    cell = tf.nn.rnn_cell.BasicRNNCell(3)

    def loop_fn(time, cell_output, cell_state, loop_state):
        if cell_output is None:
            history = tf.TensorArray(tf.float32, size=3, clear_after_read=False)
            return tf.constant([False, False]), tf.ones([2, 3]), cell.zero_state(2, tf.float32), None, history
        history = loop_state.write(time - 1, cell_output)
        return time >= tf.constant([2, 3]), cell_output, cell_state, cell_output, history

    with tf.variable_scope("s", initializer=_wave):
        _, _, history = tf.nn.raw_rnn(cell, loop_fn)
        return history.stack()


def raw_rnn_wants_a_cell_and_a_function(tf):
    return [
        error_of(tf.nn.raw_rnn, 3, lambda *_: None),
        error_of(tf.nn.raw_rnn, tf.nn.rnn_cell.GRUCell(2), 3),
    ]
