"""`tf.contrib.seq2seq`: helpers, decoders, attention, beam search, losses."""

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


def _gradients(tf, tensors):
    loss = tf.add_n([tf.reduce_sum(tensor * tensor) for tensor in tensors])
    variables = tf.trainable_variables()
    gradients = zip(tf.gradients(loss, variables), variables)
    return [tf.zeros(v.shape) if g is None else tf.convert_to_tensor(g) for g, v in gradients]


def _decoded(tf, decoder, **arguments):
    outputs, state, lengths = tf.contrib.seq2seq.dynamic_decode(decoder, **arguments)
    variables = tf.global_variables()
    return {
        "outputs": list(outputs),
        "kind": type(outputs).__name__,
        "state": [leaf for leaf in _leaves(tf, state) if hasattr(leaf, "shape")],
        "lengths": lengths,
        "variables": [[v.name, v.shape] for v in variables],
        "gradients": _gradients(tf, [outputs[0]]),
    }


def _embedding(tf):
    return tf.constant(_array([5, 2], 2.0))


# Helpers and the basic decoder


def a_training_decoder(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.TrainingHelper(tf.constant(_array([2, 3, 2])), [3, 2])
        cell = tf.contrib.rnn.GRUCell(4)
        return _decoded(tf, seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32)))


def a_training_decoder_with_an_output_layer(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.TrainingHelper(tf.constant(_array([3, 2, 2])), [3, 1], time_major=True)
        cell = tf.contrib.rnn.BasicLSTMCell(3)
        decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32), tf.layers.Dense(5, name="out"))
        return _decoded(tf, decoder, output_time_major=True, impute_finished=True, scope="decode")


def a_greedy_decoder(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.GreedyEmbeddingHelper(_embedding(tf), [1, 2], 0)
        cell = tf.contrib.rnn.GRUCell(3)
        decoder = seq2seq.BasicDecoder(cell, helper, tf.constant(_array([2, 3])), tf.layers.Dense(5, name="out"))
        return _decoded(tf, decoder, maximum_iterations=4)


def a_greedy_decoder_stops_at_the_end_token(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.GreedyEmbeddingHelper(lambda ids: tf.one_hot(ids, 3), [0, 1], 2)
        cell = tf.contrib.rnn.GRUCell(3)
        decoder = seq2seq.BasicDecoder(cell, helper, tf.constant(_array([2, 3])))
        return _decoded(tf, decoder, maximum_iterations=6, impute_finished=True)


def an_inference_helper(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.InferenceHelper(
            sample_fn=lambda outputs: outputs,
            sample_shape=[3],
            sample_dtype=tf.float32,
            start_inputs=tf.constant(_array([2, 3])),
            end_fn=lambda sample: tf.reduce_sum(sample, 1) > 10.0,
        )
        cell = tf.contrib.rnn.GRUCell(3)
        return _decoded(tf, seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32)), maximum_iterations=3)


def a_custom_helper(tf):
    seq2seq = tf.contrib.seq2seq
    x = tf.constant(_array([2, 3]))
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.CustomHelper(
            initialize_fn=lambda: (tf.constant([False, False]), x),
            sample_fn=lambda time, outputs, state: tf.cast(tf.argmax(outputs, 1), tf.int32) + time,
            next_inputs_fn=lambda time, outputs, state, sample_ids: (
                tf.stack([time >= 1, time >= 2]),
                outputs,
                state,
            ),
        )
        cell = tf.contrib.rnn.GRUCell(3)
        return _decoded(tf, seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32)))


def a_scheduled_helper_that_never_samples(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.ScheduledEmbeddingTrainingHelper(
            tf.constant(_array([2, 3, 2])), [3, 2], _embedding(tf), tf.constant(0.0)
        )
        cell = tf.contrib.rnn.GRUCell(5)
        return _decoded(tf, seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32)))


def a_scheduled_output_helper_that_always_samples(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.ScheduledOutputTrainingHelper(tf.constant(_array([2, 3, 2])), [3, 2], tf.constant(1.0))
        cell = tf.contrib.rnn.GRUCell(2)
        return _decoded(tf, seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32)))


def a_scheduled_output_helper_with_auxiliary_inputs(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.ScheduledOutputTrainingHelper(
            tf.constant(_array([2, 3, 2])),
            [3, 2],
            tf.constant(1.0),
            next_inputs_fn=lambda outputs: 2.0 * outputs,
            auxiliary_inputs=tf.constant(_array([2, 3, 1])),
        )
        cell = tf.contrib.rnn.GRUCell(2)
        return _decoded(tf, seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32)))


def a_sampling_helper_draws_symbols(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        helper = seq2seq.SampleEmbeddingHelper(_embedding(tf), [1, 2], 7, softmax_temperature=0.5, seed=3)
        cell = tf.contrib.rnn.GRUCell(5)
        decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
        outputs, _, lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=3)
    return [
        lengths,
        tf.reduce_all(tf.logical_and(outputs.sample_id >= 0, outputs.sample_id < 5)),
        outputs.sample_id.dtype,
    ]


def what_helpers_and_decoders_say(tf):
    seq2seq = tf.contrib.seq2seq
    training = seq2seq.TrainingHelper(tf.zeros([2, 3, 4]), [3, 2])
    greedy = seq2seq.GreedyEmbeddingHelper(_embedding(tf), [1, 2], 0)
    cell = tf.contrib.rnn.GRUCell(3)
    decoder = seq2seq.BasicDecoder(cell, training, cell.zero_state(2, tf.float32))
    return [
        [training.batch_size, training.sample_ids_shape.as_list(), training.sample_ids_dtype],
        [greedy.batch_size, greedy.sample_ids_shape.as_list(), greedy.sample_ids_dtype],
        [decoder.batch_size, decoder.output_size.rnn_output, decoder.output_dtype.sample_id],
        decoder.output_dtype.rnn_output,
        decoder.tracks_own_finished,
    ]


def what_helpers_and_decoders_need(tf):
    seq2seq, x = tf.contrib.seq2seq, tf.zeros([2, 3, 2])
    cell = tf.contrib.rnn.GRUCell(5)
    helper = seq2seq.TrainingHelper(x, [3, 2])
    return [
        error_of(seq2seq.TrainingHelper, x, 3),
        error_of(seq2seq.GreedyEmbeddingHelper, _embedding(tf), 1, 0),
        error_of(seq2seq.GreedyEmbeddingHelper, _embedding(tf), [1], [0]),
        kind_of_error(seq2seq.BasicDecoder, 3, helper, None),
        kind_of_error(seq2seq.BasicDecoder, cell, 3, None),
        kind_of_error(seq2seq.BasicDecoder, cell, helper, None, output_layer=3),
        kind_of_error(seq2seq.dynamic_decode, 3),
    ]


# Attention


def _attended(tf, make, cell=None, **arguments):
    seq2seq = tf.contrib.seq2seq
    memory = tf.constant(_array([2, 3, 2], 1.0))
    with tf.variable_scope("s", initializer=_wave):
        mechanism = make(memory)
        wrapped = seq2seq.AttentionWrapper(cell or tf.contrib.rnn.GRUCell(4), mechanism, **arguments)
        helper = seq2seq.TrainingHelper(tf.constant(_array([2, 3, 2])), [3, 2])
        decoder = seq2seq.BasicDecoder(wrapped, helper, wrapped.zero_state(2, tf.float32))
        return _decoded(tf, decoder)


def bahdanau_attention(tf):
    make = tf.contrib.seq2seq.BahdanauAttention
    return _attended(tf, lambda memory: make(3, memory, memory_sequence_length=[3, 2]))


def bahdanau_attention_normalized(tf):
    make = tf.contrib.seq2seq.BahdanauAttention
    return _attended(tf, lambda memory: make(3, memory, normalize=True), attention_layer_size=5)


def luong_attention(tf):
    make = tf.contrib.seq2seq.LuongAttention
    return _attended(tf, lambda memory: make(4, memory, memory_sequence_length=[3, 2]))


def luong_attention_scaled_with_a_layer(tf):
    make = tf.contrib.seq2seq.LuongAttention
    return _attended(
        tf,
        lambda memory: make(4, memory, scale=True),
        tf.contrib.rnn.BasicLSTMCell(4),
        attention_layer_size=3,
        output_attention=False,
    )


def attention_with_hardmax_and_functions_of_ones_own(tf):
    seq2seq = tf.contrib.seq2seq
    return _attended(
        tf,
        lambda memory: seq2seq.LuongAttention(4, memory, probability_fn=seq2seq.hardmax),
        cell_input_fn=lambda inputs, attention: inputs + attention,
    )


def several_mechanisms(tf):
    seq2seq = tf.contrib.seq2seq
    return _attended(
        tf,
        lambda memory: [seq2seq.LuongAttention(4, memory), seq2seq.BahdanauAttention(4, memory)],
        attention_layer_size=[3, 2],
        name="wrapper",
    )


def bahdanau_monotonic_attention(tf):
    make = tf.contrib.seq2seq.BahdanauMonotonicAttention
    return _attended(tf, lambda memory: make(3, memory, [3, 2], normalize=True, score_bias_init=0.5))


def luong_monotonic_attention(tf):
    make = tf.contrib.seq2seq.LuongMonotonicAttention
    return _attended(tf, lambda memory: make(4, memory, scale=True, mode="recursive"))


def luong_monotonic_hard_attention(tf):
    make = tf.contrib.seq2seq.LuongMonotonicAttention
    return _attended(tf, lambda memory: make(4, memory, [3, 2], mode="hard"))


def alignments_are_kept(tf):
    seq2seq = tf.contrib.seq2seq
    memory = tf.constant(_array([2, 3, 2], 1.0))
    with tf.variable_scope("s", initializer=_wave):
        cell = seq2seq.AttentionWrapper(
            tf.contrib.rnn.GRUCell(4), seq2seq.BahdanauAttention(4, memory), alignment_history=True
        )
        helper = seq2seq.TrainingHelper(tf.constant(_array([2, 3, 2])), [3, 3])
        decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
        _, state, _ = seq2seq.dynamic_decode(decoder)
    return [state.alignment_history.stack(), state.alignments, state.time, type(state).__name__]


def a_wrapper_called_step_by_step(tf):
    seq2seq = tf.contrib.seq2seq
    memory = tf.constant(_array([2, 3, 2], 1.0))
    with tf.variable_scope("s", initializer=_wave):
        cell = seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(4), seq2seq.LuongAttention(4, memory))
        state = cell.zero_state(2, tf.float32).clone(cell_state=tf.constant(_array([2, 4])))
        output, state = cell(tf.constant(_array([2, 2])), state)
        more, state = cell(tf.constant(_array([2, 2])), state)
    return [output, more, state.attention, state.time, cell.output_size, names_of(tf.global_variables())]


def a_wrapper_in_a_dynamic_rnn(tf):
    seq2seq = tf.contrib.seq2seq
    memory = tf.constant(_array([2, 3, 2], 1.0))
    with tf.variable_scope("s", initializer=_wave):
        cell = seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(4), seq2seq.BahdanauAttention(3, memory, [3, 1]))
        outputs, state = tf.nn.dynamic_rnn(cell, tf.constant(_array([2, 3, 2])), dtype=tf.float32)
    return [outputs, state.attention, state.alignments, names_of(tf.global_variables())]


def an_initial_cell_state(tf):
    seq2seq = tf.contrib.seq2seq
    memory, first = tf.constant(_array([2, 3, 2], 1.0)), tf.constant(_array([2, 4]))
    with tf.variable_scope("s", initializer=_wave):
        cell = seq2seq.AttentionWrapper(
            tf.contrib.rnn.GRUCell(4), seq2seq.LuongAttention(4, memory), initial_cell_state=first
        )
        state = cell.zero_state(2, tf.float32)
    return [state.cell_state, state.attention, state.alignments, state.time]


# Beam search


def _searched(tf, cell, state, memory=None, **arguments):
    seq2seq = tf.contrib.seq2seq
    decoder = seq2seq.BeamSearchDecoder(
        cell, _embedding(tf), [1, 2], 0, state, beam_width=3, output_layer=tf.layers.Dense(5, name="out"), **arguments
    )
    outputs, state, lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=4)
    inner = outputs.beam_search_decoder_output
    return {
        "ids": outputs.predicted_ids,
        "scores": inner.scores,
        "steps": [inner.predicted_ids, inner.parent_ids],
        "state": [state.log_probs, state.finished, state.lengths],
        "lengths": lengths,
        "kinds": [type(outputs).__name__, type(inner).__name__, type(state).__name__],
        "variables": [[v.name, v.shape] for v in tf.global_variables()],
    }


def a_beam_search(tf):
    with tf.variable_scope("s", initializer=_wave):
        cell = tf.contrib.rnn.GRUCell(3)
        state = tf.contrib.seq2seq.tile_batch(tf.constant(_array([2, 3])), 3)
        return _searched(tf, cell, state)


def a_beam_search_with_a_length_penalty(tf):
    with tf.variable_scope("s", initializer=_wave):
        cell = tf.contrib.rnn.BasicLSTMCell(3)
        first = tf.nn.rnn_cell.LSTMStateTuple(tf.constant(_array([2, 3])), tf.constant(_array([2, 3], 1.0)))
        return _searched(tf, cell, tf.contrib.seq2seq.tile_batch(first, 3), length_penalty_weight=0.7)


def a_beam_search_with_attention(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        memory = seq2seq.tile_batch(tf.constant(_array([2, 3, 2])), 3)
        lengths = seq2seq.tile_batch(tf.constant([3, 2]), 3)
        cell = seq2seq.AttentionWrapper(
            tf.contrib.rnn.GRUCell(3), seq2seq.BahdanauAttention(3, memory, lengths), attention_layer_size=3
        )
        return _searched(tf, cell, cell.zero_state(6, tf.float32))


# Functions


def the_loss_of_sequences(tf):
    loss = tf.contrib.seq2seq.sequence_loss
    logits, targets = tf.constant(_array([2, 3, 4])), tf.constant([[0, 1, 2], [3, 2, 1]])
    weights = tf.constant([[1.0, 1.0, 0.0], [0.5, 1.0, 1.0]])
    return [
        loss(logits, targets, weights),
        loss(logits, targets, weights, average_across_timesteps=False),
        loss(logits, targets, weights, average_across_batch=False),
        loss(logits, targets, weights, average_across_timesteps=False, average_across_batch=False),
        loss(
            logits,
            targets,
            weights,
            average_across_timesteps=False,
            average_across_batch=False,
            sum_over_timesteps=True,
            sum_over_batch=True,
        ),
        loss(
            logits,
            targets,
            weights,
            softmax_loss_function=lambda labels, logits: tf.reduce_sum(logits, -1) + tf.cast(labels, tf.float32),
        ),
    ]


def a_loss_wants_three_axes(tf):
    loss, logits, targets = tf.contrib.seq2seq.sequence_loss, tf.zeros([2, 3, 4]), tf.zeros([2, 3], tf.int32)
    weights = tf.ones([2, 3])
    return [
        error_of(loss, tf.zeros([2, 3]), targets, weights),
        error_of(loss, logits, tf.zeros([2], tf.int32), weights),
        error_of(loss, logits, targets, tf.ones([2])),
        error_of(loss, logits, targets, weights, sum_over_timesteps=True),
        error_of(loss, logits, targets, weights, sum_over_batch=True),
    ]


def a_batch_is_tiled(tf):
    tile = tf.contrib.seq2seq.tile_batch
    state = tf.nn.rnn_cell.LSTMStateTuple(tf.constant([[1.0], [2.0]]), tf.constant([3, 4]))
    made = tile(state, 2)
    return [type(made).__name__, list(made)]


def trees_are_gathered(tf):
    steps = tf.transpose(tf.constant([[[1, 2, 3], [4, 5, 6], [7, 8, 9], [-1, -1, -1]]]), [1, 0, 2])
    parents = tf.transpose(tf.constant([[[0, 0, 0], [0, 1, 1], [2, 1, 2], [-1, -1, -1]]]), [1, 0, 2])
    return tf.contrib.seq2seq.gather_tree(steps, parents, max_sequence_lengths=[3], end_token=10)


def a_hardmax(tf):
    return tf.contrib.seq2seq.hardmax(tf.constant(_array([2, 3])))


def a_safe_product(tf):
    x = tf.constant([[0.5, 0.0, 0.25], [1.0, 0.5, 0.5]])
    product = tf.contrib.seq2seq.safe_cumprod
    return [product(x, axis=1), product(x, axis=1, exclusive=True)]


def monotonic_attention_in_three_ways(tf):
    attend = tf.contrib.seq2seq.monotonic_attention
    choose, before = tf.constant([[0.2, 0.5, 0.9]]), tf.constant([[0.5, 0.3, 0.2]])
    return [
        attend(choose, before, "recursive"),
        attend(choose, before, "parallel"),
        attend(tf.round(choose), tf.constant([[0.0, 1.0, 0.0]]), "hard"),
        error_of(attend, choose, before, "other"),
    ]
