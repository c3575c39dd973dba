"""`tf.contrib.seq2seq`: what a beam search does with attention: coverage, histories, and what goes with each beam."""

import numpy as np

from facts.vocabulary import error_of


def _wave(shape, dtype=None, partition_info=None):
    values = 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3)
    return values.reshape(shape).astype("float32")


def _array(shape, phase=0.0):
    return 0.8 * np.cos(phase + 1.3 * np.arange(int(np.prod(shape)))).reshape(shape).astype("float32")


def _of_unknown_batch(tf, values):
    return tf.placeholder_with_default(tf.constant(values), [None] + list(values.shape[1:]))


def _attending(tf, beams, history, **arguments):
    seq2seq = tf.contrib.seq2seq
    memory = seq2seq.tile_batch(_of_unknown_batch(tf, _array([2, 3, 2])), beams)
    lengths = seq2seq.tile_batch(_of_unknown_batch(tf, np.array([3, 2], "int32")), beams)
    mechanism = seq2seq.LuongAttention(3, memory, lengths, scale=True)
    cell = seq2seq.AttentionWrapper(
        tf.contrib.rnn.GRUCell(3), mechanism, attention_layer_size=3, alignment_history=history, **arguments
    )
    return cell, memory


def _searched(tf, beams=3, steps=5, history=False, state_of=None, **arguments):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        cell, memory = _attending(tf, beams, history)
        state = cell.zero_state(tf.shape(memory)[0], tf.float32)
        decoder = seq2seq.BeamSearchDecoder(
            cell,
            tf.constant(2.0 * _array([5, 2], 2.0)),
            _of_unknown_batch(tf, np.array([0, 1], "int32")),
            4,
            state if state_of is None else state_of(state),
            beams,
            output_layer=tf.layers.Dense(5, use_bias=False, kernel_initializer=_wave),
            **arguments,
        )
        outputs, last, lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=steps)
    return outputs, last, lengths


def _together(tf, tensors):
    """All shapes, then all numbers, as one vector: a session optimizes the loop anew for each thing it evaluates."""
    vectors = [tf.shape(each) for each in tensors] + [tf.reshape(each, [-1]) for each in tensors]
    return tf.concat([tf.cast(each, tf.float32) for each in vectors], 0)


def _shown(tf, found, *more):
    outputs, last, lengths = found
    scores = outputs.beam_search_decoder_output.scores
    tensors = [outputs.predicted_ids, scores, last.log_probs, last.finished, last.lengths, lengths]
    dtypes = [each.dtype.name for each in tensors]
    return [dtypes, _together(tf, tensors + list(more))]


def penalties_for_length_and_coverage(tf):
    return _shown(tf, _searched(tf, length_penalty_weight=0.6, coverage_penalty_weight=0.4))


def the_history_of_alignments_follows_the_beams(tf):
    found = _searched(tf, history=True)
    history = found[1].cell_state.alignment_history
    return _shown(tf, found, history, found[1].cell_state.alignments)


def a_search_that_begins_with_a_state(tf):
    def state_of(state):
        return state.clone(cell_state=tf.constant(_array([6, 3])))

    return _shown(tf, _searched(tf, state_of=state_of, coverage_penalty_weight=0.3))


def a_search_one_step_at_a_time(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        cell, memory = _attending(tf, 2, False)
        decoder = seq2seq.BeamSearchDecoder(
            cell,
            tf.constant(2.0 * _array([5, 2], 2.0)),
            [0, 1],
            4,
            cell.zero_state(tf.shape(memory)[0], tf.float32),
            2,
            output_layer=tf.layers.Dense(5, use_bias=False, kernel_initializer=_wave),
            coverage_penalty_weight=0.5,
        )
        finished, inputs, state = decoder.initialize()
        outputs, state, inputs, finished = decoder.step(0, inputs, state)
        more, state, inputs, finished = decoder.step(1, inputs, state)
    steps = list(outputs) + list(more) + [state.accumulated_attention_probs, inputs, finished]
    return [
        _together(tf, steps),
        [each.dtype.name for each in steps],
        [decoder.output_size.scores, decoder.output_size.predicted_ids],
        decoder.output_dtype.predicted_ids.name,
        decoder.tracks_own_finished,
        decoder.batch_size,
    ]


def a_coverage_penalty_wants_attention(tf):
    seq2seq = tf.contrib.seq2seq
    cell = tf.contrib.rnn.GRUCell(3)
    decoder = seq2seq.BeamSearchDecoder(
        cell,
        tf.constant(_array([5, 2])),
        [0, 1],
        4,
        seq2seq.tile_batch(cell.zero_state(2, tf.float32), 2),
        2,
        output_layer=tf.layers.Dense(5),
        coverage_penalty_weight=0.5,
    )
    return error_of(seq2seq.dynamic_decode, decoder, maximum_iterations=2)


def several_mechanisms_in_a_search(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        memory = seq2seq.tile_batch(_of_unknown_batch(tf, _array([2, 3, 2])), 2)
        mechanisms = [seq2seq.LuongAttention(3, memory), seq2seq.BahdanauAttention(3, memory)]
        cell = seq2seq.AttentionWrapper(
            tf.contrib.rnn.GRUCell(3), mechanisms, attention_layer_size=[3, 2], alignment_history=True
        )
        decoder = seq2seq.BeamSearchDecoder(
            cell,
            tf.constant(2.0 * _array([5, 2], 2.0)),
            _of_unknown_batch(tf, np.array([0, 1], "int32")),
            4,
            cell.zero_state(tf.shape(memory)[0], tf.float32),
            2,
            output_layer=tf.layers.Dense(5, use_bias=False, kernel_initializer=_wave),
        )
        outputs, last, lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=4, output_time_major=True)
    histories = list(last.cell_state.alignment_history)
    return _together(tf, [outputs.predicted_ids, last.log_probs, lengths] + histories)


def the_history_of_alignments_is_left_alone_where_the_batch_is_known(tf):
    seq2seq = tf.contrib.seq2seq
    with tf.variable_scope("s", initializer=_wave):
        memory = seq2seq.tile_batch(tf.constant(_array([2, 3, 2])), 2)
        cell = seq2seq.AttentionWrapper(
            tf.contrib.rnn.GRUCell(3), seq2seq.LuongAttention(3, memory), alignment_history=True
        )
        decoder = seq2seq.BeamSearchDecoder(
            cell,
            tf.constant(2.0 * _array([5, 2], 2.0)),
            [0, 1],
            4,
            cell.zero_state(4, tf.float32),
            2,
            output_layer=tf.layers.Dense(5, use_bias=False, kernel_initializer=_wave),
        )
        _, last, _ = seq2seq.dynamic_decode(decoder, maximum_iterations=4)
    return isinstance(last.cell_state.alignment_history, tf.TensorArray)
