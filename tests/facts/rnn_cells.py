"""The cells of `tf.nn.rnn_cell`, one step at a time: numbers, variables, states, sharing, errors."""

import numpy as np

from facts.vocabulary import Raised, error_of, kind_of_error, names_of


def _wave(shape, dtype=None, partition_info=None):
    """An initializer that gives every element another value."""
    offset = 0 if partition_info is None else partition_info.var_offset[0]
    values = 0.5 * np.sin(0.7 * (np.arange(int(np.prod(shape))) + offset) + 0.3)
    return values.reshape(shape).astype("float32" if dtype is None else dtype.as_numpy_dtype)


def _operation_error_of(function, *args):
    """What an operation says that refuses its inputs, less the operation's name.

    TF 1.15 runs `call` through AutoGraph, which puts what happened at the end of "in converted code: ...".
    """
    raised = error_of(function, *args)
    lines = raised.says.strip().split("\n")
    line = lines[-1].split("ValueError: ")[-1] if lines[0] == "in converted code:" else lines[0]
    return Raised(raised.error, says=line.split(" for ")[0])


def _input(tf, dtype="float32", depth=4):
    return tf.constant(np.cos(np.arange(3 * depth)).reshape(3, depth).astype(dtype))


def _state(tf, size, dtype="float32", phase=0.0):
    return tf.constant(0.8 * np.sin(phase + np.arange(3 * size)).reshape(3, size).astype(dtype))


def _lstm_state(tf, size, dtype="float32", outputs=None):
    return tf.nn.rnn_cell.LSTMStateTuple(
        _state(tf, size, dtype, 1.0), _state(tf, size if outputs is None else outputs, dtype, 2.0)
    )


def _step(tf, cell, state, dtype="float32", depth=4):
    """One step under a scope initializer: output, new state, variables, their first values and the gradients."""
    with tf.variable_scope("s", initializer=_wave, dtype=tf.as_dtype(dtype)):
        output, new_state = cell(_input(tf, dtype, depth), state)
    variables = tf.global_variables()
    leaves = [output] + (list(new_state) if isinstance(new_state, tuple) else [new_state])
    loss = tf.add_n([tf.reduce_sum(leaf * leaf) for leaf in leaves])
    return {
        "output": output,
        "state": leaves[1:],
        "names": names_of(variables),
        "shapes": [v.shape for v in variables],
        "dtypes": [v.dtype.base_dtype for v in variables],
        "values": [tf.identity(v) for v in variables],
        "gradients": tf.gradients(loss, tf.trainable_variables()),
    }


# Numbers


def a_basic_cell(tf):
    return _step(tf, tf.nn.rnn_cell.BasicRNNCell(3), _state(tf, 3))


def a_basic_cell_with_another_activation(tf):
    return _step(tf, tf.nn.rnn_cell.BasicRNNCell(3, activation=tf.nn.relu), _state(tf, 3))


def an_activation_may_be_given_by_name(tf):
    return _step(tf, tf.nn.rnn_cell.BasicRNNCell(3, activation="sigmoid"), _state(tf, 3))


def a_gated_cell(tf):
    return _step(tf, tf.nn.rnn_cell.GRUCell(3), _state(tf, 3))


def a_gated_cell_with_initializers_and_activation(tf):
    cell = tf.nn.rnn_cell.GRUCell(
        3,
        activation=tf.nn.relu,
        kernel_initializer=tf.constant_initializer(0.25),
        bias_initializer=tf.constant_initializer(-0.5),
    )
    return _step(tf, cell, _state(tf, 3))


def a_basic_lstm(tf):
    return _step(tf, tf.nn.rnn_cell.BasicLSTMCell(3), _lstm_state(tf, 3))


def a_basic_lstm_with_forget_bias_and_activation(tf):
    return _step(tf, tf.nn.rnn_cell.BasicLSTMCell(3, forget_bias=0.25, activation=tf.nn.relu), _lstm_state(tf, 3))


def a_basic_lstm_whose_state_is_one_tensor(tf):
    return _step(tf, tf.nn.rnn_cell.BasicLSTMCell(3, state_is_tuple=False), _state(tf, 6))


def an_lstm(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3), _lstm_state(tf, 3))


def an_lstm_with_its_own_initializer(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, initializer=tf.constant_initializer(0.125)), _lstm_state(tf, 3))


def an_lstm_with_peepholes(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True, forget_bias=0.5), _lstm_state(tf, 3))


def an_lstm_with_peepholes_and_its_own_initializer(tf):
    cell = tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True, initializer=tf.constant_initializer(0.125))
    return _step(tf, cell, _lstm_state(tf, 3))


def an_lstm_with_a_clipped_cell(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, cell_clip=0.3), _lstm_state(tf, 3))


def an_lstm_with_projection(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, num_proj=2), _lstm_state(tf, 3, outputs=2))


def an_lstm_with_clipped_projection(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, num_proj=2, proj_clip=0.1), _lstm_state(tf, 3, outputs=2))


def proj_clip_without_projection_does_nothing(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, proj_clip=0.01), _lstm_state(tf, 3))


def an_lstm_with_everything(tf):
    cell = tf.nn.rnn_cell.LSTMCell(
        3, use_peepholes=True, cell_clip=0.4, num_proj=2, proj_clip=0.3, forget_bias=0.1, activation=tf.nn.softsign
    )
    return _step(tf, cell, _lstm_state(tf, 3, outputs=2))


def an_lstm_whose_state_is_one_tensor(tf):
    return _step(tf, tf.nn.rnn_cell.LSTMCell(3, num_proj=2, state_is_tuple=False), _state(tf, 5))


def an_lstm_cut_into_shards(tf):
    cell = tf.nn.rnn_cell.LSTMCell(3, num_proj=2, num_unit_shards=2, num_proj_shards=3)
    return _step(tf, cell, _lstm_state(tf, 3, outputs=2), depth=4)


def a_partitioner_of_the_scope_cuts_the_kernels(tf):
    with tf.variable_scope("s", partitioner=tf.fixed_size_partitioner(2)):
        tf.nn.rnn_cell.BasicLSTMCell(2)(_input(tf), _lstm_state(tf, 2))
    return names_of(tf.global_variables())


def cells_in_float64(tf):
    cells, results = tf.nn.rnn_cell, []
    for cell, state in [
        (cells.BasicRNNCell(2, dtype=tf.float64), _state(tf, 2, "float64")),
        (cells.GRUCell(2, dtype=tf.float64), _state(tf, 2, "float64")),
        (cells.BasicLSTMCell(2, dtype=tf.float64), _lstm_state(tf, 2, "float64")),
        (cells.LSTMCell(2, use_peepholes=True, num_proj=2, dtype=tf.float64), _lstm_state(tf, 2, "float64")),
    ]:
        results.append(cell(_input(tf, "float64"), state)[0].dtype)
    return [results, names_of(tf.global_variables()), [v.dtype.base_dtype for v in tf.global_variables()]]


def a_basic_lstm_in_float64(tf):
    return _step(tf, tf.nn.rnn_cell.BasicLSTMCell(3), _lstm_state(tf, 3, "float64"), "float64")


def a_gated_cell_in_float64(tf):
    return _step(tf, tf.nn.rnn_cell.GRUCell(3), _state(tf, 3, "float64"), "float64")


def an_lstm_in_float64(tf):
    cell = tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True, num_proj=2)
    return _step(tf, cell, _lstm_state(tf, 3, "float64", 2), "float64")


def a_cell_takes_the_dtype_of_its_first_input(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(2)
    before = cell.dtype
    output, _ = cell(_input(tf, "float16"), _lstm_state(tf, 2, "float16"))
    return [before, cell.dtype, output.dtype, [v.dtype.base_dtype for v in tf.global_variables()]]


def a_gated_cell_in_float16(tf):
    cell = tf.nn.rnn_cell.GRUCell(2)
    output, _ = cell(_input(tf, "float16"), _state(tf, 2, "float16"))
    return [output.dtype, [v.dtype.base_dtype for v in tf.global_variables()]]


# Two steps, sharing


def a_cell_called_twice_shares_its_variables(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)
    with tf.variable_scope("s", initializer=_wave):
        _, state = cell(_input(tf), _state(tf, 3))
        output, _ = cell(_input(tf), state)
    return [output, names_of(tf.global_variables())]


def a_cell_called_in_another_scope_keeps_its_variables(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)
    for scope in ["s", "t"]:
        with tf.variable_scope(scope, initializer=_wave):
            output, _ = cell(_input(tf), _lstm_state(tf, 3))
    return [output, names_of(tf.global_variables()), cell.name, cell.scope_name]


def unnamed_cells_are_counted(tf):
    for _ in range(2):
        tf.nn.rnn_cell.BasicLSTMCell(3)(_input(tf), _lstm_state(tf, 3))
    return names_of(tf.global_variables())


def a_name_takes_the_place_of_the_class(tf):
    cells = tf.nn.rnn_cell
    cells.BasicLSTMCell(2, name="a")(_input(tf), _lstm_state(tf, 2))
    cells.LSTMCell(2, name="b")(_input(tf), _lstm_state(tf, 2))
    cells.GRUCell(2, name="c")(_input(tf), _state(tf, 2))
    cells.BasicRNNCell(2, name="d")(_input(tf), _state(tf, 2))
    return names_of(tf.global_variables())


def the_same_name_twice_is_counted(tf):
    for _ in range(2):
        tf.nn.rnn_cell.BasicRNNCell(2, name="a")(_input(tf), _state(tf, 2))
    return names_of(tf.global_variables())


def cells_in_a_scope_of_their_own_are_counted_anew(tf):
    for scope in ["s", "t"]:
        with tf.variable_scope(scope):
            tf.nn.rnn_cell.BasicRNNCell(2)(_input(tf), _state(tf, 2))
    return names_of(tf.global_variables())


def reuse_shares_what_the_first_cell_made(tf):
    outputs = []
    with tf.variable_scope("s", initializer=_wave):
        for reuse in [None, True]:
            outputs.append(tf.nn.rnn_cell.GRUCell(2, name="a", reuse=reuse)(_input(tf), _state(tf, 2))[0])
    return [outputs, names_of(tf.global_variables())]


def reuse_of_what_does_not_exist_raises(tf):
    with tf.variable_scope("s"):
        tf.nn.rnn_cell.LSTMCell(2, reuse=True)(_input(tf), _lstm_state(tf, 2))


def an_unnamed_cell_in_a_reused_scope_shares(tf):
    outputs = []
    for reuse in [None, True]:
        with tf.variable_scope("s", reuse=reuse, initializer=_wave):
            outputs.append(tf.nn.rnn_cell.LSTMCell(2)(_input(tf), _lstm_state(tf, 2))[0])
    return [outputs, names_of(tf.global_variables())]


def reuse_with_another_size_raises(tf):
    for size in [2, 3]:
        with tf.variable_scope("s", reuse=tf.AUTO_REUSE):
            tf.nn.rnn_cell.GRUCell(size)(_input(tf), _state(tf, size))


def a_cell_used_twice_with_another_depth_raises(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(2)
    cell(_input(tf), _lstm_state(tf, 2))
    return _operation_error_of(cell, _input(tf, depth=5), _lstm_state(tf, 2))


def a_scope_given_to_the_call_names_the_variables(tf):
    cells = tf.nn.rnn_cell
    cells.BasicLSTMCell(2)(_input(tf), _lstm_state(tf, 2), scope="a")
    cells.GRUCell(2)(_input(tf), _state(tf, 2), scope="b")
    cells.MultiRNNCell([cells.BasicRNNCell(2)])(_input(tf), (_state(tf, 2),), scope="c")
    return names_of(tf.global_variables())


def a_scope_object_may_be_given_to_the_call(tf):
    with tf.variable_scope("outer") as scope:
        pass
    tf.nn.rnn_cell.BasicLSTMCell(2)(_input(tf), _lstm_state(tf, 2), scope=scope)
    return names_of(tf.global_variables())


# What a cell says of itself


def what_a_cell_says_before_and_after_it_is_built(tf):
    results = []
    cells = tf.nn.rnn_cell
    for cell, state in [
        (cells.BasicRNNCell(2), _state(tf, 2)),
        (cells.GRUCell(2), _state(tf, 2)),
        (cells.BasicLSTMCell(2), _lstm_state(tf, 2)),
        (cells.LSTMCell(2, num_proj=3), _lstm_state(tf, 2, outputs=3)),
    ]:
        before = [cell.built, cell.name, cell.state_size, cell.output_size, cell.trainable, len(cell.variables)]
        cell(_input(tf), state)
        after = [cell.built, cell.name, cell.scope_name, names_of(cell.variables), names_of(cell.trainable_weights)]
        results.append([before, after, names_of(cell.trainable_variables), names_of(cell.weights), cell.count_params()])
    return results


def cells_are_layers(tf):
    cells = tf.nn.rnn_cell
    classes = [cells.BasicRNNCell, cells.GRUCell, cells.BasicLSTMCell, cells.LSTMCell, cells.MultiRNNCell]
    classes += [cells.DropoutWrapper, cells.ResidualWrapper, cells.DeviceWrapper]
    return [[issubclass(c, cells.RNNCell), issubclass(c, tf.layers.Layer)] for c in classes]


def a_cells_losses_are_the_scopes(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss, initializer=_wave):
        cell = tf.nn.rnn_cell.BasicLSTMCell(2)
        for _ in range(2):
            cell(_input(tf), _lstm_state(tf, 2))
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), losses, len(cell.losses)]


def a_cell_that_is_not_trainable(tf):
    cell = tf.nn.rnn_cell.GRUCell(2, trainable=False)
    cell(_input(tf), _state(tf, 2))
    return [names_of(tf.trainable_variables()), names_of(tf.global_variables()), names_of(cell.trainable_weights)]


def the_configuration_of_a_cell(tf):
    cells = tf.nn.rnn_cell
    made = [
        cells.BasicRNNCell(2, name="a"),
        cells.GRUCell(2, name="b", activation=tf.nn.relu),
        cells.BasicLSTMCell(2, name="c", forget_bias=0.5),
        cells.LSTMCell(2, name="d", num_proj=3, use_peepholes=True),
    ]
    return [dict(cell.get_config()) for cell in made]


# States


def zero_states(tf):
    cells = tf.nn.rnn_cell
    made = [
        cells.BasicRNNCell(2),
        cells.GRUCell(2),
        cells.BasicLSTMCell(2),
        cells.BasicLSTMCell(2, state_is_tuple=False),
        cells.LSTMCell(2, num_proj=3),
        cells.MultiRNNCell([cells.GRUCell(2), cells.LSTMCell(2)]),
        cells.MultiRNNCell([cells.GRUCell(2), cells.GRUCell(1)], state_is_tuple=False),
    ]
    return [cell.zero_state(3, tf.float32) for cell in made]


def the_kinds_of_zero_states(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(2), cells.LSTMCell(2)]).zero_state(1, tf.float64)
    return [
        type(cells.BasicLSTMCell(2).zero_state(1, tf.float32)).__name__,
        type(multi).__name__,
        type(multi[1]).__name__,
        multi[0].dtype,
        multi[1].dtype,
        multi[1].c.shape,
    ]


def names_of_zero_states(tf):
    cells = tf.nn.rnn_cell
    state = cells.BasicLSTMCell(2).zero_state(3, tf.float32)
    multi = cells.MultiRNNCell([cells.GRUCell(2), cells.LSTMCell(2)]).zero_state(1, tf.float32)
    wrapped = cells.DropoutWrapper(cells.GRUCell(2)).zero_state(1, tf.float32)
    again = cells.BasicLSTMCell(2).zero_state(3, tf.float32)
    return names_of(list(state) + [multi[0]] + list(multi[1]) + [wrapped] + list(again))


def the_batch_size_of_a_zero_state_may_be_a_tensor(tf):
    x = _input(tf)
    state = tf.nn.rnn_cell.BasicLSTMCell(2).zero_state(tf.shape(x)[0], tf.float32)
    return [state.c, state.h, tf.shape(state.c), state.c.shape.ndims, state.c.shape[1:].as_list()]


def a_batch_size_of_zero(tf):
    return tf.shape(tf.nn.rnn_cell.GRUCell(2).zero_state(0, tf.float32))


def initial_states_from_inputs_and_from_sizes(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(2)
    from_inputs = cell.get_initial_state(inputs=_input(tf))
    from_sizes = cell.get_initial_state(batch_size=2, dtype=tf.float64)
    return [from_inputs, from_sizes, from_inputs.c.dtype, from_sizes.c.dtype]


def an_initial_state_needs_inputs_or_sizes(tf):
    cell = tf.nn.rnn_cell.GRUCell(2)
    return [
        error_of(cell.get_initial_state),
        error_of(cell.get_initial_state, batch_size=2),
        error_of(cell.get_initial_state, inputs=_input(tf), dtype=tf.float64),
        error_of(cell.get_initial_state, inputs=_input(tf), batch_size=4),
    ]


def a_state_tuple_has_parts_and_a_dtype(tf):
    state = _lstm_state(tf, 2)
    mixed = tf.nn.rnn_cell.LSTMStateTuple(_state(tf, 2), _state(tf, 2, "float64"))
    return [state._fields, len(state), state.dtype, state.c, state.h, error_of(lambda: mixed.dtype)]


# Errors


def inputs_of_unknown_depth_raise(tf):
    cells = tf.nn.rnn_cell
    return [
        error_of(cells.BasicRNNCell(2).build, tf.TensorShape([None, None])),
        error_of(cells.GRUCell(2).build, tf.TensorShape([None, None])),
        error_of(cells.BasicLSTMCell(2).build, tf.TensorShape([None, None])),
        error_of(cells.LSTMCell(2).build, tf.TensorShape([None, None])),
    ]


def inputs_of_wrong_rank_raise(tf):
    cells = tf.nn.rnn_cell
    x = tf.zeros([3, 1, 4])
    return [
        error_of(cells.BasicRNNCell(2, name="a"), x, _state(tf, 2)),
        error_of(cells.GRUCell(2, name="b"), x, _state(tf, 2)),
        error_of(cells.BasicLSTMCell(2, name="c"), x, _lstm_state(tf, 2)),
        error_of(cells.LSTMCell(2, name="d"), x, _lstm_state(tf, 2)),
    ]


def no_cells_raise(tf):
    cells = tf.nn.rnn_cell
    return [
        error_of(cells.MultiRNNCell, []),
        error_of(cells.MultiRNNCell, 3),
        error_of(cells.MultiRNNCell, [cells.GRUCell(2), cells.BasicLSTMCell(2)], state_is_tuple=False),
    ]


def unknown_keywords_raise(tf):
    return [error_of(tf.nn.rnn_cell.GRUCell, 2, nonsense=1), error_of(tf.nn.rnn_cell.LSTMCell, 2, input_size=3)]


def cells_without_state_size_are_abstract(tf):
    cell = tf.nn.rnn_cell.RNNCell()
    return [error_of(lambda: cell.state_size), error_of(lambda: cell.output_size)]


def a_state_of_another_kind_raises(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(2), cells.GRUCell(2)])
    return [
        kind_of_error(multi, _input(tf), _state(tf, 4)),
        kind_of_error(multi, _input(tf), (_state(tf, 2),)),
        kind_of_error(cells.BasicLSTMCell(2), _input(tf), _state(tf, 4)),
        kind_of_error(cells.LSTMCell(2), _input(tf), _state(tf, 4)),
    ]


def a_state_of_another_size_raises(tf):
    cells = tf.nn.rnn_cell
    return [
        _operation_error_of(cells.GRUCell(2), _input(tf), _state(tf, 3)),
        _operation_error_of(cells.BasicRNNCell(2), _input(tf), _state(tf, 3)),
        _operation_error_of(cells.BasicLSTMCell(2), _input(tf), _lstm_state(tf, 3)),
        _operation_error_of(cells.LSTMCell(2), _input(tf), _lstm_state(tf, 3)),
        _operation_error_of(cells.LSTMCell(2), _input(tf), _lstm_state(tf, 3, outputs=2)),
        _operation_error_of(cells.BasicLSTMCell(2), _input(tf), _lstm_state(tf, 3, outputs=2)),
    ]


# Several cells


def a_multi_cell(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(3), cells.LSTMCell(2), cells.BasicRNNCell(2)])
    with tf.variable_scope("s", initializer=_wave):
        output, state = multi(_input(tf), (_state(tf, 3), _lstm_state(tf, 2), _state(tf, 2)))
    return [
        output,
        list(state),
        type(state).__name__,
        names_of(tf.global_variables()),
        multi.state_size,
        multi.output_size,
        names_of(multi.variables),
        names_of(multi.trainable_weights),
        multi.name,
    ]


def a_multi_cell_whose_state_is_one_tensor(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(3), cells.BasicLSTMCell(2, state_is_tuple=False)], state_is_tuple=False)
    with tf.variable_scope("s", initializer=_wave):
        output, state = multi(_input(tf), _state(tf, 7))
    return [output, state, multi.state_size]


def a_multi_cell_of_multi_cells(tf):
    cells = tf.nn.rnn_cell
    inner = cells.MultiRNNCell([cells.GRUCell(2), cells.GRUCell(3)])
    outer = cells.MultiRNNCell([inner, cells.BasicLSTMCell(2)])
    with tf.variable_scope("s", initializer=_wave):
        output, _ = outer(_input(tf), ((_state(tf, 2), _state(tf, 3)), _lstm_state(tf, 2)))
    return [output, names_of(tf.global_variables()), outer.state_size]


def a_multi_cell_called_twice_shares(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(4), cells.GRUCell(4)])
    with tf.variable_scope("s", initializer=_wave):
        output, state = multi(_input(tf), (_state(tf, 4), _state(tf, 4)))
        output, _ = multi(output, state)
    return [output, names_of(tf.global_variables())]


def one_cell_several_times_in_a_multi_cell_shares(tf):
    cell = tf.nn.rnn_cell.GRUCell(4)
    multi = tf.nn.rnn_cell.MultiRNNCell([cell, cell])
    with tf.variable_scope("s", initializer=_wave):
        output, _ = multi(_input(tf), (_state(tf, 4), _state(tf, 4)))
    return [output, names_of(tf.global_variables())]


def one_cell_several_times_with_different_depths_raises(tf):
    cell = tf.nn.rnn_cell.BasicLSTMCell(2)
    multi = tf.nn.rnn_cell.MultiRNNCell([cell] * 2)
    return _operation_error_of(multi, _input(tf), (_lstm_state(tf, 2), _lstm_state(tf, 2)))


def a_named_cell_in_a_multi_cell(tf):
    cells = tf.nn.rnn_cell
    multi = cells.MultiRNNCell([cells.GRUCell(2, name="a"), cells.GRUCell(2, name="a")])
    multi(_input(tf), (_state(tf, 2), _state(tf, 2)))
    return names_of(tf.global_variables())


def two_multi_cells_are_not_counted(tf):
    cells = tf.nn.rnn_cell
    cells.MultiRNNCell([cells.GRUCell(2)])(_input(tf), (_state(tf, 2),))
    error = kind_of_error(cells.MultiRNNCell([cells.GRUCell(2)]), _input(tf), (_state(tf, 2),))
    return [error, names_of(tf.global_variables())]


def two_multi_cells_share_by_auto_reuse(tf):
    cells, outputs = tf.nn.rnn_cell, []
    for _ in range(2):
        with tf.variable_scope("s", reuse=tf.AUTO_REUSE, initializer=_wave):
            outputs.append(cells.MultiRNNCell([cells.GRUCell(2)])(_input(tf), (_state(tf, 2),))[0])
    return [outputs, names_of(tf.global_variables())]


def sizes_of_cells_may_be_floating_numbers_that_are_whole(tf):
    cells = [tf.nn.rnn_cell.BasicRNNCell, tf.nn.rnn_cell.GRUCell, tf.nn.rnn_cell.BasicLSTMCell, tf.nn.rnn_cell.LSTMCell]
    for cell in cells:
        tf.nn.dynamic_rnn(cell(4 / 2), tf.ones([2, 3, 4]), dtype=tf.float32)
    return [[v.name, v.shape] for v in tf.global_variables()]
