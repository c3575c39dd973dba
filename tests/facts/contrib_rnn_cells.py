"""The cells that `tf.contrib.rnn` has beside those of `tf.nn.rnn_cell`: numbers, variables, gradients, sizes."""

import numpy as np

from facts.vocabulary import error_of, kind_of_error, names_of


def _wave(shape, dtype=None, partition_info=None):
    """An initializer that gives every element another value."""
    values = 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3)
    return values.reshape(shape).astype("float32" if dtype is None else dtype.as_numpy_dtype)


def _other_wave(shape, dtype=None, partition_info=None):
    return (0.6 * np.cos(1.1 * _wave(shape) + np.arange(shape[-1]))).astype(dtype.as_numpy_dtype)


def _array(shape, phase=0.0):
    return 0.8 * np.cos(phase + 1.3 * np.arange(int(np.prod(shape)))).reshape(shape).astype("float32")


def _leaves(tf, structure):
    return tf.contrib.framework.nest.flatten(structure)


def _plain(size):
    """A size as plain values."""
    if hasattr(size, "as_list"):
        return size.as_list()
    return [_plain(part) for part in size] if isinstance(size, (list, tuple)) else size


def _made_before(tf, *names):
    """Variables that a cell would begin at random, as (name, size)."""
    with tf.variable_scope("s", initializer=_wave):
        for name, size in names:
            tf.get_variable(name, [1, size])


def _two_steps(tf, cell, depth=4, inputs=None, reuse=None, dtype="float32"):
    """Two steps under a scope initializer: outputs, states, variables and the gradients."""
    x = tf.constant(_array([2, depth]).astype(dtype)) if inputs is None else inputs
    size = cell.state_size
    first = [
        tf.constant(_array([2] + (part.as_list() if hasattr(part, "as_list") else [part]), phase).astype(dtype))
        for phase, part in enumerate(_leaves(tf, size))
    ]
    state = tf.contrib.framework.nest.pack_sequence_as(size, first)
    with tf.variable_scope("s", initializer=_wave, reuse=reuse, dtype=tf.as_dtype(dtype)):
        output, new_state = cell(x, state)
        second_output, second_state = cell(x, new_state)
    variables = tf.global_variables()
    leaves = _leaves(tf, second_output) + _leaves(tf, second_state)
    loss = tf.add_n([tf.reduce_sum(leaf * leaf) for leaf in leaves])
    return {
        "output": output,
        "state": _leaves(tf, new_state),
        "second": leaves,
        "kind": type(new_state).__name__ if isinstance(new_state, tuple) else None,
        "sizes": [_plain(size), _plain(cell.output_size)],
        "names": names_of(variables),
        "shapes": [v.shape for v in variables],
        "trainable": names_of(tf.trainable_variables()),
        "gradients": [
            None if g is None else tf.convert_to_tensor(g) for g in tf.gradients(loss, tf.trainable_variables())
        ],
    }


# The same as those of tf.nn.rnn_cell


def names_of_rnn_cell_are_the_same_things(tf):
    names = (
        "BasicLSTMCell BasicRNNCell DeviceWrapper DropoutWrapper GRUCell LSTMCell LSTMStateTuple MultiRNNCell RNNCell"
    )
    return [getattr(tf.contrib.rnn, n) is getattr(tf.nn.rnn_cell, n) for n in names.split() + ["ResidualWrapper"]] + [
        getattr(tf.contrib.rnn, n) is getattr(tf.nn, n)
        for n in ["static_rnn", "static_bidirectional_rnn", "static_state_saving_rnn"]
    ]


def layer_rnn_cell_is_their_base(tf):
    rnn = tf.contrib.rnn
    kinds = [rnn.GRUCell, rnn.LSTMBlockCell, rnn.NASCell, rnn.UGRNNCell, rnn.LayerNormBasicLSTMCell]
    return [issubclass(kind, rnn.LayerRNNCell) for kind in kinds]


# Layer normalization


def an_lstm_with_layer_normalization(tf):
    return _two_steps(tf, tf.contrib.rnn.LayerNormBasicLSTMCell(3), dtype="float64")


def gain_and_shift_of_layer_normalization(tf):
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(
        3, forget_bias=0.5, activation=tf.nn.relu, norm_gain=0.7, norm_shift=0.2, reuse=tf.AUTO_REUSE
    )
    return _two_steps(tf, cell, dtype="float64")


def without_layer_normalization_there_is_a_bias(tf):
    return _two_steps(tf, tf.contrib.rnn.LayerNormBasicLSTMCell(3, layer_norm=False))


def a_layer_normalized_lstm_in_a_loop(tf):
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3)
    x = tf.constant(_array([2, 4, 3]))
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(cell, x, sequence_length=[4, 2], dtype=tf.float32)
    loss = tf.reduce_sum(outputs * outputs) + tf.reduce_sum(state.c)
    return [outputs, list(state), names_of(tf.global_variables()), tf.gradients(loss, tf.trainable_variables())]


def recurrent_dropout_keeps_half_of_the_new_memory(tf):
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(1000, layer_norm=False, dropout_keep_prob=0.5, dropout_prob_seed=3)
    with tf.variable_scope("s", initializer=tf.constant_initializer(0.5)):
        _, state = cell(tf.ones([4, 1]), cell.zero_state(4, tf.float32))
    zero = tf.reduce_mean(tf.cast(tf.equal(state.c, 0.0), tf.float32))
    return [tf.reduce_max(state.c), tf.logical_and(zero > 0.4, zero < 0.6)]


def recurrent_dropout_may_be_a_tensor(tf):
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3, dropout_keep_prob=tf.constant(1.0))
    return _two_steps(tf, cell)["output"]


# Block cells


def a_block_lstm(tf):
    return _two_steps(tf, tf.contrib.rnn.LSTMBlockCell(3))


def a_block_lstm_with_peepholes_and_clipping(tf):
    cell = tf.contrib.rnn.LSTMBlockCell(3, forget_bias=0.5, cell_clip=0.6, use_peephole=True, name="block")
    return _two_steps(tf, cell)


def a_block_lstm_in_a_loop(tf):
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(
            tf.contrib.rnn.LSTMBlockCell(3), tf.constant(_array([2, 4, 3])), sequence_length=[4, 2], dtype=tf.float32
        )
    loss = tf.reduce_sum(outputs * outputs) + tf.reduce_sum(state.c)
    return [outputs, list(state), names_of(tf.global_variables()), tf.gradients(loss, tf.trainable_variables())]


def block_lstms_in_a_multi_cell(tf):
    cells = [tf.contrib.rnn.LSTMBlockCell(2), tf.contrib.rnn.LSTMBlockCell(3)]
    return _two_steps(tf, tf.contrib.rnn.MultiRNNCell(cells))


def a_block_gru(tf):
    return _two_steps(tf, tf.contrib.rnn.GRUBlockCell(3))


def a_block_gru_of_the_second_kind(tf):
    return _two_steps(tf, tf.contrib.rnn.GRUBlockCellV2(num_units=3, name="block"))


def a_block_gru_takes_its_size_by_an_old_name(tf):
    make = tf.contrib.rnn.GRUBlockCell
    return [
        make(cell_size=3).state_size,
        error_of(make),
        error_of(make, num_units=3, cell_size=3),
    ]


# Fused


def _fused(tf, cell, x, **arguments):
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = cell(x, **arguments)
    loss = tf.reduce_sum(outputs * outputs) + tf.add_n([tf.reduce_sum(part) for part in _leaves(tf, state)])
    variables = tf.global_variables()
    return {
        "outputs": outputs,
        "state": _leaves(tf, state),
        "kind": type(state).__name__ if isinstance(state, tuple) else None,
        "names": names_of(variables),
        "shapes": [v.shape for v in variables],
        "gradients": tf.gradients(loss, tf.trainable_variables()),
    }


def a_fused_lstm(tf):
    return _fused(tf, tf.contrib.rnn.LSTMBlockFusedCell(3), tf.constant(_array([4, 2, 3])), dtype=tf.float32)


def a_fused_lstm_with_lengths_and_a_state(tf):
    cell = tf.contrib.rnn.LSTMBlockFusedCell(3, forget_bias=0.5, cell_clip=0.6, use_peephole=True, name="fused")
    state = (tf.constant(_array([2, 3])), tf.constant(_array([2, 3], 1.0)))
    return _fused(tf, cell, tf.constant(_array([4, 2, 3])), initial_state=state, sequence_length=[4, 2])


def a_fused_lstm_refuses_a_list_of_steps(tf):
    cell = tf.contrib.rnn.LSTMBlockFusedCell(3)
    return kind_of_error(cell, tf.unstack(tf.constant(_array([4, 2, 3]))), dtype=tf.float32)


def a_fused_lstm_called_again_shares_its_weights(tf):
    cell = tf.contrib.rnn.LSTMBlockFusedCell(3)
    x = tf.constant(_array([2, 2, 3]))
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = cell(x, dtype=tf.float32)
        more, _ = cell(x, initial_state=state)
    return [outputs, more, names_of(tf.global_variables()), names_of(cell.variables), cell.num_units]


def what_a_fused_lstm_needs(tf):
    cell = tf.contrib.rnn.LSTMBlockFusedCell(3)
    x = tf.zeros([4, 2, 3])
    return [
        kind_of_error(cell, x),
        error_of(cell, tf.zeros([4, 2]), dtype=tf.float32),
        kind_of_error(cell, x, initial_state=(tf.zeros([2, 3]),)),
    ]


def a_fused_cell_made_of_a_cell(tf):
    cell = tf.contrib.rnn.FusedRNNCellAdaptor(tf.contrib.rnn.GRUCell(3))
    return _fused(tf, cell, tf.constant(_array([4, 2, 3])), dtype=tf.float32)


def a_fused_cell_made_of_a_cell_runs_dynamically(tf):
    cell = tf.contrib.rnn.FusedRNNCellAdaptor(tf.contrib.rnn.BasicLSTMCell(3), use_dynamic_rnn=True)
    return _fused(tf, cell, tf.constant(_array([4, 2, 3])), dtype=tf.float32, sequence_length=[4, 2])


def a_fused_cell_made_of_a_cell_gives_a_list_for_a_list(tf):
    cell = tf.contrib.rnn.FusedRNNCellAdaptor(tf.contrib.rnn.GRUCell(3))
    steps = tf.unstack(tf.constant(_array([4, 2, 3])))
    dynamic = tf.contrib.rnn.FusedRNNCellAdaptor(tf.contrib.rnn.GRUCell(3), use_dynamic_rnn=True)
    with tf.variable_scope("s", initializer=_wave):
        outputs, _ = cell(steps, dtype=tf.float32, scope="one")
        more, _ = dynamic(steps, dtype=tf.float32, scope="two")
    return [isinstance(outputs, list), isinstance(more, list), outputs, more, names_of(tf.global_variables())]


def time_reversed(tf):
    cell = tf.contrib.rnn.TimeReversedFusedRNN(tf.contrib.rnn.LSTMBlockFusedCell(3))
    return _fused(tf, cell, tf.constant(_array([4, 2, 3])), dtype=tf.float32)


def time_reversed_with_lengths(tf):
    cell = tf.contrib.rnn.TimeReversedFusedRNN(tf.contrib.rnn.LSTMBlockFusedCell(3))
    return _fused(tf, cell, tf.constant(_array([4, 2, 3])), dtype=tf.float32, sequence_length=[4, 2])


def a_reversed_list_of_steps_begins_with_the_last(tf):
    cell = tf.contrib.rnn.TimeReversedFusedRNN(tf.contrib.rnn.FusedRNNCellAdaptor(tf.contrib.rnn.GRUCell(3)))
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = cell(tf.unstack(tf.constant(_array([4, 2, 3]))), dtype=tf.float32, sequence_length=[4, 2])
    return [isinstance(outputs, list), outputs, state]


# Wrappers


def an_embedding_wrapper(tf):
    cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.GRUCell(3), 5, 2)
    return _two_steps(tf, cell, inputs=tf.constant([[1], [4]]))


def an_embedding_wrapper_takes_a_vector_of_ids(tf):
    initializer = tf.constant_initializer(0.25)
    cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.BasicLSTMCell(3), 5, 2, initializer=initializer)
    return _two_steps(tf, cell, inputs=tf.constant([1, 4]))


def the_default_of_an_embedding_is_uniform(tf):
    cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.GRUCell(3), 500, 4)
    cell(tf.constant([1, 4]), cell.zero_state(2, tf.float32))
    embedding = tf.global_variables()[0]
    low, high = tf.reduce_min(embedding), tf.reduce_max(embedding)
    return [low > -1.7321, high < 1.7321, low < -1.65, high > 1.65]


def what_an_embedding_wrapper_needs(tf):
    wrap, cell = tf.contrib.rnn.EmbeddingWrapper, tf.contrib.rnn.GRUCell(3)
    return [error_of(wrap, cell, 0, 2), error_of(wrap, cell, 5, 0), error_of(wrap, 3, 5, 2)]


def an_input_projection_wrapper(tf):
    cell = tf.contrib.rnn.InputProjectionWrapper(tf.contrib.rnn.GRUCell(3), 2)
    return _two_steps(tf, cell)


def an_input_projection_with_an_activation(tf):
    cell = tf.contrib.rnn.InputProjectionWrapper(tf.contrib.rnn.BasicRNNCell(3), 2, activation=tf.nn.relu)
    return _two_steps(tf, cell)


def an_output_projection_wrapper(tf):
    cell = tf.contrib.rnn.OutputProjectionWrapper(tf.contrib.rnn.BasicLSTMCell(3), 2)
    return _two_steps(tf, cell)


def an_output_projection_with_an_activation(tf):
    cell = tf.contrib.rnn.OutputProjectionWrapper(tf.contrib.rnn.GRUCell(3), 2, activation=tf.nn.relu)
    return _two_steps(tf, cell)


def what_projection_wrappers_need(tf):
    rnn = tf.contrib.rnn
    return [
        error_of(rnn.OutputProjectionWrapper, rnn.GRUCell(3), 0),
        error_of(rnn.OutputProjectionWrapper, 3, 2),
        error_of(rnn.InputProjectionWrapper, 3, 2),
    ]


def an_attention_wrapper(tf):
    cell = tf.contrib.rnn.AttentionCellWrapper(tf.contrib.rnn.BasicLSTMCell(3), 4)
    return _two_steps(tf, cell)


def an_attention_wrapper_with_its_own_sizes(tf):
    cell = tf.contrib.rnn.AttentionCellWrapper(
        tf.contrib.rnn.GRUCell(3), 3, attn_size=2, attn_vec_size=5, input_size=6, state_is_tuple=True
    )
    return _two_steps(tf, cell)


def an_attention_wrapper_whose_state_is_one_tensor(tf):
    cell = tf.contrib.rnn.AttentionCellWrapper(tf.contrib.rnn.GRUCell(3), 2, attn_size=2, state_is_tuple=False)
    return _two_steps(tf, cell)


def an_attention_wrapper_in_a_loop(tf):
    cell = tf.contrib.rnn.AttentionCellWrapper(tf.contrib.rnn.GRUCell(3), 2)
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(cell, tf.constant(_array([2, 4, 3])), dtype=tf.float32)
    gradients = tf.gradients(tf.reduce_sum(outputs * outputs), tf.trainable_variables())
    return [outputs, list(state), names_of(tf.global_variables()), gradients]


def what_an_attention_wrapper_needs(tf):
    rnn = tf.contrib.rnn
    wrap = rnn.AttentionCellWrapper
    return [
        error_of(wrap, 3, 2),
        error_of(wrap, rnn.GRUCell(3), 0),
        kind_of_error(wrap, rnn.BasicLSTMCell(3), 2, state_is_tuple=False),
    ]


def a_highway_wrapper(tf):
    return _two_steps(tf, tf.contrib.rnn.HighwayWrapper(tf.contrib.rnn.GRUCell(4)))


def a_highway_wrapper_with_both_gates(tf):
    cell = tf.contrib.rnn.HighwayWrapper(
        tf.contrib.rnn.BasicLSTMCell(4), couple_carry_transform_gates=False, carry_bias_init=0.5
    )
    return _two_steps(tf, cell)


def a_compiled_wrapper(tf):
    return _two_steps(tf, tf.contrib.rnn.CompiledWrapper(tf.contrib.rnn.GRUCell(4)))


# Other recurrent units


def an_lstm_with_coupled_gates(tf):
    return _two_steps(tf, tf.contrib.rnn.CoupledInputForgetGateLSTMCell(3))


def an_lstm_with_coupled_gates_and_all_options(tf):
    cell = tf.contrib.rnn.CoupledInputForgetGateLSTMCell(
        3,
        use_peepholes=True,
        initializer=_other_wave,
        num_proj=2,
        proj_clip=0.4,
        forget_bias=0.5,
        activation=tf.nn.relu,
        layer_norm=True,
        norm_gain=0.7,
        norm_shift=0.2,
    )
    return _two_steps(tf, cell, dtype="float64")


def an_lstm_with_coupled_gates_and_a_joined_state(tf):
    cell = tf.contrib.rnn.CoupledInputForgetGateLSTMCell(
        3, use_peepholes=True, num_proj=2, num_unit_shards=2, num_proj_shards=3, state_is_tuple=False
    )
    return _two_steps(tf, cell)


def a_ugrnn(tf):
    return _two_steps(tf, tf.contrib.rnn.UGRNNCell(3))


def a_ugrnn_with_its_own_initializer(tf):
    cell = tf.contrib.rnn.UGRNNCell(3, tf.constant_initializer(0.2), forget_bias=0.5, activation=tf.nn.relu)
    return _two_steps(tf, cell)


def an_intersection_rnn(tf):
    return _two_steps(tf, tf.contrib.rnn.IntersectionRNNCell(4))


def an_intersection_rnn_that_projects_its_inputs(tf):
    cell = tf.contrib.rnn.IntersectionRNNCell(3, num_in_proj=3, forget_bias=0.5, y_activation=tf.tanh)
    return _two_steps(tf, cell)


def an_intersection_rnn_wants_equal_sizes(tf):
    cell = tf.contrib.rnn.IntersectionRNNCell(3)
    return kind_of_error(cell, tf.zeros([2, 4]), tf.zeros([2, 3]))


def a_nas_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.NASCell(3))


def a_nas_cell_with_bias_and_projection(tf):
    return _two_steps(tf, tf.contrib.rnn.NASCell(3, num_proj=2, use_bias=True, name="found"))


def a_phased_lstm(tf):
    cell = tf.contrib.rnn.PhasedLSTMCell(3, use_peepholes=True, ratio_on=0.4)
    size = cell.state_size
    x = (tf.constant([[0.3], [7.1]]), tf.constant(_array([2, 4])))
    with tf.variable_scope("s", initializer=_wave):
        tf.get_variable("phased_lstm_cell/period", [3], initializer=tf.constant_initializer([2.0, 3.0, 5.0]))
        tf.get_variable("phased_lstm_cell/phase", [3], initializer=tf.constant_initializer([0.5, 0.25, 0.0]))
    with tf.variable_scope("s", initializer=_wave, reuse=tf.AUTO_REUSE):
        state = tf.nn.rnn_cell.LSTMStateTuple(tf.constant(_array([2, 3])), tf.constant(_array([2, 3], 1.0)))
        output, state = cell(x, state)
        x = (x[0] + 0.25, x[1])
        output, state = cell(x, state)
    variables = tf.trainable_variables()
    loss = tf.reduce_sum(output * output) + tf.reduce_sum(state.c)
    return [output, list(state), list(size), names_of(variables), tf.gradients(loss, variables)]


def a_phased_lstm_makes_these_variables(tf):
    cell = tf.contrib.rnn.PhasedLSTMCell(2, trainable_ratio_on=False, period_init_min=2.0, period_init_max=4.0)
    cell((tf.zeros([2, 1]), tf.zeros([2, 4])), cell.zero_state(2, tf.float32))
    period, phase = tf.global_variables()[-3:-1]
    inside = [tf.reduce_all(tf.logical_and(period >= 2.0, period <= 4.0)), tf.reduce_all(phase <= period)]
    return [names_of(tf.global_variables()), names_of(tf.trainable_variables()), inside, tf.global_variables()[-1]]


def a_group_lstm(tf):
    return _two_steps(tf, tf.contrib.rnn.GLSTMCell(4, number_of_groups=2))


def a_group_lstm_with_projection(tf):
    cell = tf.contrib.rnn.GLSTMCell(
        4,
        initializer=tf.constant_initializer(0.2),
        num_proj=2,
        number_of_groups=2,
        forget_bias=0.5,
        activation=tf.nn.relu,
    )
    return _two_steps(tf, cell)


def what_a_group_lstm_needs(tf):
    make = tf.contrib.rnn.GLSTMCell
    cell = make(4, number_of_groups=2)
    return [
        error_of(make, 3, number_of_groups=2),
        error_of(make, 4, num_proj=3, number_of_groups=2),
        kind_of_error(cell, tf.zeros([2, 3]), cell.zero_state(2, tf.float32)),
    ]


def a_simple_recurrent_unit(tf):
    return _two_steps(tf, tf.contrib.rnn.SRUCell(4))


def a_simple_recurrent_unit_with_an_activation(tf):
    return _two_steps(tf, tf.contrib.rnn.SRUCell(4, activation=tf.nn.relu, name="simple"))


def a_simple_recurrent_unit_wants_equal_sizes(tf):
    cell = tf.contrib.rnn.SRUCell(3)
    return kind_of_error(cell, tf.zeros([2, 4]), tf.zeros([2, 3]))


def an_independent_rnn(tf):
    _made_before(tf, ("ind_rnn_cell/kernel_u", 3))
    return _two_steps(tf, tf.contrib.rnn.IndRNNCell(3), reuse=tf.AUTO_REUSE)


def an_independent_rnn_with_an_activation(tf):
    _made_before(tf, ("ind_rnn_cell/kernel_u", 3))
    return _two_steps(tf, tf.contrib.rnn.IndRNNCell(3, activation=tf.nn.relu), reuse=tf.AUTO_REUSE)


def an_independent_gru(tf):
    _made_before(tf, ("indy_gru_cell/gates/kernel_u", 6), ("indy_gru_cell/candidate/kernel_u", 3))
    return _two_steps(tf, tf.contrib.rnn.IndyGRUCell(3), reuse=tf.AUTO_REUSE)


def recurrent_weights_of_independent_cells_begin_between_minus_one_and_one(tf):
    for cell in [tf.contrib.rnn.IndRNNCell(500), tf.contrib.rnn.IndyGRUCell(500), tf.contrib.rnn.IndyLSTMCell(500)]:
        cell(tf.zeros([1, 1]), cell.zero_state(1, tf.float32))
    weights = [v for v in tf.global_variables() if "kernel_u" in v.name]
    within = [tf.reduce_max(tf.abs(v)) < 1.0 for v in weights]
    return [names_of(weights), within, [tf.reduce_max(v) - tf.reduce_min(v) > 1.8 for v in weights]]


def an_independent_gru_with_initializers(tf):
    _made_before(tf, ("indy_gru_cell/gates/kernel_u", 6), ("indy_gru_cell/candidate/kernel_u", 3))
    cell = tf.contrib.rnn.IndyGRUCell(
        3,
        activation=tf.nn.relu,
        kernel_initializer=tf.constant_initializer(0.2),
        bias_initializer=tf.constant_initializer(0.1),
    )
    return _two_steps(tf, cell, reuse=tf.AUTO_REUSE)


def an_independent_lstm(tf):
    _made_before(tf, ("indy_lstm_cell/kernel_u", 12))
    return _two_steps(tf, tf.contrib.rnn.IndyLSTMCell(3), reuse=tf.AUTO_REUSE)


def an_independent_lstm_with_initializers(tf):
    _made_before(tf, ("indy_lstm_cell/kernel_u", 12))
    cell = tf.contrib.rnn.IndyLSTMCell(
        3,
        forget_bias=0.5,
        activation=tf.nn.relu,
        kernel_initializer=tf.constant_initializer(0.2),
        bias_initializer=tf.constant_initializer(0.1),
    )
    return _two_steps(tf, cell, reuse=tf.AUTO_REUSE)


# Convolutions


def a_convolutional_lstm_over_one_axis(tf):
    cell = tf.contrib.rnn.Conv1DLSTMCell(input_shape=[3, 2], output_channels=2, kernel_shape=[3])
    return _two_steps(tf, cell, inputs=tf.constant(_array([2, 3, 2])))


def a_convolutional_lstm_over_two_axes(tf):
    cell = tf.contrib.rnn.Conv2DLSTMCell(
        input_shape=[2, 3, 1], output_channels=2, kernel_shape=[2, 3], skip_connection=True, forget_bias=0.5
    )
    x = tf.constant(_array([2, 2, 3, 1]))
    with tf.variable_scope("s", initializer=_wave):
        output, state = cell(x, cell.zero_state(2, tf.float32))
    sizes = [cell.output_size.as_list(), cell.state_size.c.as_list()]
    return [output, list(state), sizes, names_of(tf.global_variables())]


def a_convolutional_lstm_over_three_axes(tf):
    cell = tf.contrib.rnn.Conv3DLSTMCell(
        input_shape=[2, 2, 2, 1], output_channels=1, kernel_shape=[2, 2, 2], use_bias=False
    )
    return _two_steps(tf, cell, inputs=tf.constant(_array([2, 2, 2, 2, 1])))


def initializers_of_a_convolutional_lstm_have_no_effect(tf):
    cell = tf.contrib.rnn.ConvLSTMCell(
        1, [3, 2], 2, [3], initializers=tf.constant_initializer(0.1), name="convolutional"
    )
    return _two_steps(tf, cell, inputs=tf.constant(_array([2, 3, 2])))


def a_convolutional_lstm_in_a_loop(tf):
    cell = tf.contrib.rnn.ConvLSTMCell(1, [3, 1], 2, [3])
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(cell, tf.constant(_array([2, 3, 3, 1])), [3, 1], dtype=tf.float32)
    gradients = tf.gradients(tf.reduce_sum(outputs * outputs), tf.trainable_variables())
    return [outputs, list(state), names_of(tf.global_variables()), gradients]


def a_convolutional_lstm_wants_as_many_axes_as_it_says(tf):
    return error_of(tf.contrib.rnn.ConvLSTMCell, 2, [3, 2], 2, [3])


# Grids


def a_time_frequency_lstm_with_peepholes(tf):
    cell = tf.contrib.rnn.TimeFreqLSTMCell(
        2, use_peepholes=True, cell_clip=0.6, num_unit_shards=2, forget_bias=0.5, feature_size=2, frequency_skip=2
    )
    state = tf.constant(_array([2, 8]))
    with tf.variable_scope("s", initializer=_wave):
        output, state = cell(tf.constant(_array([2, 4])), state)
        output, state = cell(tf.constant(_array([2, 4], 1.0)), state)
    variables = tf.global_variables()
    gradients = tf.gradients(tf.reduce_sum(output * output), variables)
    return [output, state, names_of(variables), gradients, cell.state_size, cell.output_size]


def a_grid_lstm(tf):
    cell = tf.contrib.rnn.GridLSTMCell(2, feature_size=2, frequency_skip=1, num_frequency_blocks=[3])
    return _two_steps(tf, cell)


def a_grid_lstm_with_peepholes(tf):
    cell = tf.contrib.rnn.GridLSTMCell(
        2,
        use_peepholes=True,
        cell_clip=0.6,
        num_unit_shards=2,
        forget_bias=0.5,
        feature_size=2,
        frequency_skip=2,
        num_frequency_blocks=[2],
    )
    return _two_steps(tf, cell)


def a_grid_lstm_that_shares_weights(tf):
    cell = tf.contrib.rnn.GridLSTMCell(
        2,
        use_peepholes=True,
        share_time_frequency_weights=True,
        couple_input_forget_gates=True,
        feature_size=2,
        frequency_skip=1,
        num_frequency_blocks=[1, 2],
        start_freqindex_list=[0, 1],
        end_freqindex_list=[2, 4],
        state_is_tuple=False,
    )
    return _two_steps(tf, cell)


def blocks_of_a_grid_lstm_with_a_joined_state_read_the_first_states(tf):
    results = []
    for is_tuple in [True, False]:
        cell = tf.contrib.rnn.GridLSTMCell(
            1,
            feature_size=1,
            frequency_skip=1,
            num_frequency_blocks=[1, 1],
            start_freqindex_list=[0, 1],
            end_freqindex_list=[1, 2],
            state_is_tuple=is_tuple,
            reuse=tf.AUTO_REUSE,
        )
        parts = [tf.constant([[value]]) for value in [0.1, 0.2, 0.3, 0.4]]
        state = cell.state_tuple_type(*parts) if is_tuple else tf.concat(parts, 1)
        with tf.variable_scope("s", initializer=_wave):
            output, state = cell(tf.constant([[1.0, -1.0]]), state)
        results.append([output, _leaves(tf, state)])
    return results


def a_bidirectional_grid_lstm(tf):
    cell = tf.contrib.rnn.BidirectionalGridLSTMCell(
        2, use_peepholes=True, feature_size=2, frequency_skip=2, num_frequency_blocks=[2], backward_slice_offset=0
    )
    return _two_steps(tf, cell)


def a_bidirectional_grid_lstm_with_a_negative_offset(tf):
    cell = tf.contrib.rnn.BidirectionalGridLSTMCell(
        2, feature_size=2, frequency_skip=2, num_frequency_blocks=[2], backward_slice_offset=-1
    )
    return _two_steps(tf, cell)["output"]


def a_bidirectional_grid_lstm_with_an_offset(tf):
    cell = tf.contrib.rnn.BidirectionalGridLSTMCell(
        2,
        share_time_frequency_weights=True,
        feature_size=2,
        frequency_skip=2,
        num_frequency_blocks=[2],
        couple_input_forget_gates=True,
        backward_slice_offset=1,
    )
    return _two_steps(tf, cell)


def initializers_of_these_cells_and_their_effect(tf):
    rnn, initializer = tf.contrib.rnn, tf.constant_initializer(0.25)
    grid = {"feature_size": 2, "frequency_skip": 2, "use_peepholes": True, "initializer": initializer}
    cells = [
        rnn.TimeFreqLSTMCell(1, **grid),
        rnn.GridLSTMCell(1, num_frequency_blocks=[1], **grid),
        rnn.BidirectionalGridLSTMCell(1, num_frequency_blocks=[1], **grid),
        rnn.CoupledInputForgetGateLSTMCell(1, use_peepholes=True, num_proj=1, initializer=initializer),
        rnn.GLSTMCell(1, initializer, num_proj=1),
        rnn.IntersectionRNNCell(1, num_in_proj=1, initializer=initializer),
        rnn.UGRNNCell(1, initializer),
    ]
    with tf.variable_scope("s", initializer=tf.constant_initializer(0.5)):
        for cell in cells:
            cell(tf.ones([1, 2]), cell.zero_state(1, tf.float32))
    return [[v.name, tf.reduce_mean(v)] for v in tf.global_variables()]


def a_grid_lstm_needs_frequency_blocks(tf):
    return error_of(tf.contrib.rnn.GridLSTMCell, 2)


# All of them


def cells_may_be_called_anew_in_a_reused_scope(tf):
    rnn = tf.contrib.rnn
    results = []
    for make in [
        lambda: rnn.LayerNormBasicLSTMCell(3, reuse=True),
        lambda: rnn.UGRNNCell(3),
        lambda: rnn.LSTMBlockCell(3),
        lambda: rnn.OutputProjectionWrapper(rnn.GRUCell(3), 2),
    ]:
        first = type(make())
        with tf.variable_scope(first.__name__, initializer=_wave):
            one = make() if first is not rnn.LayerNormBasicLSTMCell else rnn.LayerNormBasicLSTMCell(3)
            a, _ = one(tf.constant(_array([2, 4])), one.zero_state(2, tf.float32))
        with tf.variable_scope(first.__name__, reuse=True):
            other = make()
            b, _ = other(tf.constant(_array([2, 4])), other.zero_state(2, tf.float32))
        results.append([a, b])
    return [results, names_of(tf.global_variables())]


def what_the_cells_are_called(tf):
    rnn = tf.contrib.rnn
    makers = [rnn.UGRNNCell, rnn.NASCell, rnn.LSTMBlockCell, rnn.GRUBlockCellV2, rnn.IntersectionRNNCell]
    cells = [make(2) for make in makers]
    for cell in cells:
        _called_in(tf, cell)
    again = [kind_of_error(_called_in, tf, make(2)) for make in makers]
    return [[cell.scope_name for cell in cells], names_of(tf.global_variables()), again]


def _called_in(tf, cell):
    with tf.variable_scope("s"):
        cell(tf.zeros([1, 2]), cell.zero_state(1, tf.float32))
