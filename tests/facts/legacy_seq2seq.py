"""`tf.contrib.legacy_seq2seq`: encoders and decoders unrolled over lists, attention, losses, buckets."""

import numpy as np

from facts.vocabulary import error_of, kind_of_error, names_of


def _wave(shape, dtype=None, partition_info=None):
    """An initializer that gives every element another value."""
    values = 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3)
    return values.reshape(shape).astype("float32")


def _array(shape, phase=0.0):
    return 0.8 * np.cos(phase + 1.3 * np.arange(int(np.prod(shape)))).reshape(shape).astype("float32")


def _steps(tf, count, phase=0.0):
    return tf.unstack(tf.constant(_array([count, 2, 3], phase)))


def _ids(tf, *rows):
    return [tf.constant(row) for row in rows]


def _leaves(tf, structure):
    return tf.contrib.framework.nest.flatten(structure)


def _shown(tf, outputs, state):
    """Outputs, states, variables and gradients."""
    leaves = _leaves(tf, outputs) + _leaves(tf, state)
    loss = tf.add_n([tf.reduce_sum(leaf * leaf) for leaf in leaves])
    variables = tf.global_variables()
    gradients = tf.gradients(loss, tf.trainable_variables())
    return {
        "outputs": outputs,
        "state": _leaves(tf, state),
        "kind": type(state).__name__ if isinstance(state, (tuple, dict)) else None,
        "variables": [[v.name, v.shape] for v in variables],
        "gradients": [None if g is None else tf.convert_to_tensor(g) for g in gradients],
    }


def _run(tf, name, *arguments, **keywords):
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = getattr(tf.contrib.legacy_seq2seq, name)(*arguments, **keywords)
    return _shown(tf, outputs, state)


# Without embeddings


def a_decoder_of_a_list(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    return _run(tf, "rnn_decoder", _steps(tf, 3), tf.constant(_array([2, 3], 1.0)), cell)


def a_decoder_that_reads_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    return _run(
        tf,
        "rnn_decoder",
        _steps(tf, 3),
        tf.constant(_array([2, 3], 1.0)),
        cell,
        loop_function=lambda previous, i: previous * float(i),
        scope="decoder",
    )


def a_basic_model(tf):
    return _run(tf, "basic_rnn_seq2seq", _steps(tf, 2), _steps(tf, 3, 1.0), tf.contrib.rnn.BasicLSTMCell(3))


def a_basic_model_in_a_scope(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    return _run(tf, "basic_rnn_seq2seq", _steps(tf, 2), _steps(tf, 1), cell, scope="model")


def a_tied_model(tf):
    return _run(tf, "tied_rnn_seq2seq", _steps(tf, 2), _steps(tf, 3, 1.0), tf.contrib.rnn.GRUCell(3))


def a_tied_model_that_reads_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    return _run(
        tf, "tied_rnn_seq2seq", _steps(tf, 2), _steps(tf, 3, 1.0), cell, loop_function=lambda previous, _: 2.0 * previous
    )


# With embeddings


def an_embedding_decoder(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    ids = _ids(tf, [0, 4], [1, 3], [2, 2])
    return _run(tf, "embedding_rnn_decoder", ids, tf.constant(_array([2, 3])), cell, 5, 2)


def an_embedding_decoder_fed_with_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(5)
    ids = _ids(tf, [0, 4], [1, 3], [2, 2])
    state = tf.constant(_array([2, 5]))
    return _run(tf, "embedding_rnn_decoder", ids, state, cell, 5, 2, feed_previous=True, scope="decoder")


def an_embedding_decoder_with_a_projection(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    ids = _ids(tf, [0, 4], [1, 3], [2, 2])
    projection = (tf.constant(_array([3, 5])), tf.constant(_array([5])))
    return _run(
        tf,
        "embedding_rnn_decoder",
        ids,
        tf.constant(_array([2, 3])),
        cell,
        5,
        2,
        output_projection=projection,
        feed_previous=True,
        update_embedding_for_previous=False,
    )


def an_embedding_model(tf):
    cell = tf.contrib.rnn.BasicLSTMCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3])
    return _run(tf, "embedding_rnn_seq2seq", encoder, decoder, cell, 4, 5, 2)


def an_embedding_model_fed_with_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3], [0, 0])
    return _run(tf, "embedding_rnn_seq2seq", encoder, decoder, cell, 4, 5, 2, feed_previous=True)


def an_embedding_model_with_a_projection(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3], [0, 0])
    projection = (tf.constant(_array([2, 5])), tf.constant(_array([5])))
    return _run(
        tf, "embedding_rnn_seq2seq", encoder, decoder, cell, 4, 5, 2, output_projection=projection, feed_previous=True
    )


def feed_previous_may_be_a_tensor(tf):
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3], [0, 0])
    results = []
    for n, feed in enumerate([tf.constant(True), tf.constant(False)]):
        with tf.variable_scope("s%d" % n, initializer=_wave):
            outputs, state = tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(
                encoder, decoder, tf.contrib.rnn.GRUCell(2), 4, 5, 2, feed_previous=feed
            )
        results.append([outputs, state])
    return [results, names_of(tf.global_variables())]


def an_embedding_model_fed_by_a_tensor(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3], [0, 0])
    return _run(tf, "embedding_rnn_seq2seq", encoder, decoder, cell, 4, 5, 2, feed_previous=tf.constant(True))


def one_of_many_decoders_fed_by_a_tensor(tf):
    encoder, decoders = _ids(tf, [0, 1], [2, 3]), {"one": _ids(tf, [0, 4], [1, 3])}
    cells = {"one": tf.contrib.rnn.GRUCell(2)}
    feed = tf.constant(True)
    return _run(
        tf, "one2many_rnn_seq2seq", encoder, decoders, tf.contrib.rnn.GRUCell(2), cells, 4, {"one": 5}, 2, feed
    )


def a_tied_embedding_model(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3])
    return _run(tf, "embedding_tied_rnn_seq2seq", encoder, decoder, cell, 5, 2)


def a_tied_embedding_model_with_fewer_symbols_to_decode(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 2], [1, 1])
    return _run(
        tf, "embedding_tied_rnn_seq2seq", encoder, decoder, cell, 5, 2, num_decoder_symbols=3, feed_previous=True
    )


def a_tied_embedding_model_fed_by_a_tensor(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 2], [1, 1])
    return _run(
        tf, "embedding_tied_rnn_seq2seq", encoder, decoder, cell, 5, 2, feed_previous=tf.constant(True), scope="tied"
    )


# With attention


def an_attention_decoder(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    attention = tf.constant(_array([2, 4, 3], 2.0))
    return _run(tf, "attention_decoder", _steps(tf, 3), tf.constant(_array([2, 2])), attention, cell)


def an_attention_decoder_with_heads_and_an_output_size(tf):
    cell = tf.contrib.rnn.BasicLSTMCell(2)
    attention = tf.constant(_array([2, 4, 3], 2.0))
    state = tf.nn.rnn_cell.LSTMStateTuple(tf.constant(_array([2, 2])), tf.constant(_array([2, 2], 1.0)))
    return _run(
        tf,
        "attention_decoder",
        _steps(tf, 3),
        state,
        attention,
        cell,
        output_size=4,
        num_heads=2,
        initial_state_attention=True,
    )


def an_attention_decoder_that_reads_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    attention = tf.constant(_array([2, 4, 3], 2.0))
    return _run(
        tf,
        "attention_decoder",
        _steps(tf, 3),
        tf.constant(_array([2, 3])),
        attention,
        cell,
        loop_function=lambda previous, _: previous,
        scope="decoder",
    )


def an_embedding_attention_decoder(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    attention = tf.constant(_array([2, 4, 3], 2.0))
    ids = _ids(tf, [0, 4], [1, 3])
    state = tf.constant(_array([2, 2]))
    return _run(tf, "embedding_attention_decoder", ids, state, attention, cell, 5, 2, output_size=3)


def an_embedding_attention_decoder_fed_with_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    attention = tf.constant(_array([2, 4, 3], 2.0))
    ids = _ids(tf, [0, 4], [1, 3])
    projection = (tf.constant(_array([2, 5])), tf.constant(_array([5])))
    return _run(
        tf,
        "embedding_attention_decoder",
        ids,
        tf.constant(_array([2, 2])),
        attention,
        cell,
        5,
        2,
        output_projection=projection,
        feed_previous=True,
    )


def an_embedding_attention_model(tf):
    cell = tf.contrib.rnn.BasicLSTMCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3])
    return _run(tf, "embedding_attention_seq2seq", encoder, decoder, cell, 4, 5, 2)


def an_embedding_attention_model_with_heads_fed_with_its_outputs(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3])
    return _run(
        tf, "embedding_attention_seq2seq", encoder, decoder, cell, 4, 5, 2, num_heads=2, feed_previous=True
    )


def an_embedding_attention_model_with_a_projection(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder, decoder = _ids(tf, [0, 1], [2, 3]), _ids(tf, [0, 4], [1, 3])
    projection = (tf.constant(_array([2, 5])), tf.constant(_array([5])))
    return _run(
        tf,
        "embedding_attention_seq2seq",
        encoder,
        decoder,
        cell,
        4,
        5,
        2,
        output_projection=projection,
        feed_previous=tf.constant(True),
        initial_state_attention=True,
    )


def one_encoder_for_many_decoders(tf):
    cell = tf.contrib.rnn.GRUCell(2)
    encoder = _ids(tf, [0, 1], [2, 3])
    decoders = {"one": _ids(tf, [0, 4], [1, 3]), "two": _ids(tf, [0, 1])}
    cells = {"one": tf.contrib.rnn.GRUCell(2), "two": tf.contrib.rnn.GRUCell(2)}
    with tf.variable_scope("s", initializer=_wave):
        outputs, states = tf.contrib.legacy_seq2seq.one2many_rnn_seq2seq(
            encoder, decoders, cell, cells, 4, {"one": 5, "two": 3}, 2
        )
    return [outputs, states, sorted(names_of(tf.global_variables()))]


def what_attention_needs(tf):
    seq2seq, cell = tf.contrib.legacy_seq2seq, tf.contrib.rnn.GRUCell(2)
    state, attention = tf.zeros([2, 2]), tf.zeros([2, 4, 3])
    return [
        error_of(seq2seq.attention_decoder, [], state, attention, cell),
        error_of(seq2seq.attention_decoder, _steps(tf, 1), state, attention, cell, num_heads=0),
        kind_of_error(
            seq2seq.embedding_rnn_decoder, _ids(tf, [0, 1]), state, cell, 5, 2, output_projection=(tf.zeros([2, 5]), 3)
        ),
    ]


# Losses


def _for_losses(tf):
    logits = [tf.constant(_array([2, 4], n)) for n in range(3)]
    targets = _ids(tf, [0, 3], [1, 2], [2, 2])
    weights = [tf.constant([1.0, 0.5]), tf.constant([1.0, 0.0]), tf.constant([0.0, 0.0])]
    return logits, targets, weights


def losses_by_example(tf):
    logits, targets, weights = _for_losses(tf)
    seq2seq = tf.contrib.legacy_seq2seq
    return [
        seq2seq.sequence_loss_by_example(logits, targets, weights),
        seq2seq.sequence_loss_by_example(logits, targets, weights, average_across_timesteps=False),
    ]


def the_loss_of_a_sequence(tf):
    logits, targets, weights = _for_losses(tf)
    loss = tf.contrib.legacy_seq2seq.sequence_loss
    return [
        loss(logits, targets, weights),
        loss(logits, targets, weights, average_across_timesteps=False),
        loss(logits, targets, weights, average_across_batch=False),
    ]


def a_loss_function_of_ones_own(tf):
    logits, targets, weights = _for_losses(tf)

    def loss_function(labels, logits):
        return tf.reduce_sum(logits, 1) + tf.cast(labels, tf.float32)

    return [
        tf.contrib.legacy_seq2seq.sequence_loss(logits, targets, weights, softmax_loss_function=loss_function),
        tf.contrib.legacy_seq2seq.sequence_loss_by_example(
            logits, targets, weights, softmax_loss_function=loss_function
        ),
    ]


def a_loss_wants_lists_of_one_length(tf):
    logits, targets, weights = _for_losses(tf)
    return error_of(tf.contrib.legacy_seq2seq.sequence_loss_by_example, logits, targets[1:], weights)


# Buckets


def _bucketed(tf, **arguments):
    seq2seq = tf.contrib.legacy_seq2seq
    encoder, decoder = _ids(tf, [0, 1], [2, 3], [1, 1]), _ids(tf, [0, 4], [1, 3], [2, 0])
    weights = [tf.ones([2])] * 3

    def model(x, y):
        return seq2seq.embedding_rnn_seq2seq(x, y, tf.contrib.rnn.GRUCell(2), 4, 5, 2)

    with tf.variable_scope("s", initializer=_wave):
        return seq2seq.model_with_buckets(
            encoder, decoder, decoder[1:] + decoder[:1], weights, [(1, 2), (3, 3)], model, **arguments
        )


def a_model_with_buckets(tf):
    outputs, losses = _bucketed(tf)
    return [outputs, losses, names_of(tf.global_variables()), [len(each) for each in outputs]]


def a_model_with_buckets_and_losses_by_example(tf):
    return _bucketed(tf, per_example_loss=True)[1]


def buckets_need_enough_steps(tf):
    run, ids = tf.contrib.legacy_seq2seq.model_with_buckets, _ids(tf, [0, 1])
    return [
        error_of(run, ids, ids, ids, ids, [(2, 1)], None),
        error_of(run, ids, ids * 2, ids, ids * 2, [(1, 2)], None),
        error_of(run, ids, ids * 2, ids * 2, ids, [(1, 2)], None),
    ]
