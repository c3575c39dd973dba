"""``tf.contrib.crf``: scores, likelihoods and the best sequence of a linear-chain conditional random field."""

from facts.vocabulary import names_of, steps


def _data(tf):
    potentials = tf.constant([
        [[1.0, 0.5, -0.2], [0.3, 2.0, 0.1], [-1.0, 0.2, 0.7], [0.4, 0.4, 0.9]],
        [[0.1, 0.2, 0.3], [1.5, -0.5, 0.0], [0.0, 3.0, 1.0], [2.0, 0.0, 0.0]],
        [[0.6, 0.1, 0.9], [0.0, 0.0, 0.5], [1.0, 1.0, 1.0], [0.2, 0.8, 0.4]],
    ])
    tags = tf.constant([[0, 1, 2, 2], [2, 0, 1, 0], [2, 0, 1, 1]])
    lengths = tf.constant([4, 3, 1])
    transitions = tf.constant([[0.2, -0.4, 0.6], [1.0, 0.0, -0.3], [-0.5, 0.8, 0.1]])
    return potentials, tags, lengths, transitions


def scores(tf):
    potentials, tags, lengths, transitions = _data(tf)
    crf = tf.contrib.crf
    return [
        crf.crf_sequence_score(potentials, tags, lengths, transitions),
        crf.crf_unary_score(tags, lengths, potentials),
        crf.crf_binary_score(tags, lengths, transitions),
        crf.crf_log_norm(potentials, lengths, transitions),
    ]


def log_likelihood_and_its_gradients(tf):
    potentials, tags, lengths, _ = _data(tf)
    w = tf.get_variable("w", [3], initializer=tf.constant_initializer([1.0, 0.5, 2.0]))
    t = tf.get_variable("t", [3, 3], initializer=tf.constant_initializer([[0.2, -0.4, 0.6], [1.0, 0.0, -0.3], [-0.5, 0.8, 0.1]]))
    likelihood, transitions = tf.contrib.crf.crf_log_likelihood(potentials * w, tags, lengths, t)
    return [likelihood, transitions is t, tf.gradients(tf.reduce_sum(likelihood), [w, t])]


def transitions_are_made(tf):
    potentials, tags, lengths, _ = _data(tf)
    with tf.variable_scope("crf", initializer=tf.constant_initializer([[0.2, -0.4, 0.6], [1.0, 0.0, -0.3], [-0.5, 0.8, 0.1]])):
        likelihood, transitions = tf.contrib.crf.crf_log_likelihood(potentials, tags, lengths)
    return [likelihood, transitions.name, names_of(tf.trainable_variables())]


@steps(3)
def training(tf):
    potentials, tags, lengths, _ = _data(tf)
    with tf.variable_scope("crf", initializer=tf.zeros_initializer()):
        likelihood, transitions = tf.contrib.crf.crf_log_likelihood(potentials, tags, lengths)
    train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_mean(-likelihood))
    return [train, transitions]


def the_best_sequence(tf):
    potentials, tags, lengths, transitions = _data(tf)
    best, score = tf.contrib.crf.crf_decode(potentials, transitions, lengths)
    return [best, score, best.dtype.name, best.shape.as_list()]


def sequences_of_one_step(tf):
    potentials, tags, lengths, transitions = _data(tf)
    one = tf.constant([1, 1, 1])
    crf = tf.contrib.crf
    return [
        crf.crf_log_likelihood(potentials[:, :1], tags[:, :1], one, transitions)[0],
        list(crf.crf_decode(potentials[:, :1], transitions, one)),
        crf.crf_log_norm(potentials[:, :1], one, transitions),
    ]


def sequences_without_a_step(tf):
    potentials, tags, lengths, transitions = _data(tf)
    none = tf.constant([0, 2, 0])
    crf = tf.contrib.crf
    return [
        crf.crf_log_norm(potentials, none, transitions),
        crf.crf_sequence_score(potentials, tags, none, transitions),
        list(crf.crf_decode(potentials, transitions, none)),
    ]


def several_tags_allowed(tf):
    potentials, tags, lengths, transitions = _data(tf)
    allowed = tf.constant([[[True, False, True]] * 4, [[False, True, True]] * 4, [[True, True, False]] * 4])
    return tf.contrib.crf.crf_multitag_sequence_score(potentials, allowed, lengths, transitions)


def decoding_with_numpy(tf):
    import numpy as np

    score = np.array([[1.0, 0.5, -0.2], [0.3, 2.0, 0.1], [-1.0, 0.2, 0.7], [0.4, 0.4, 0.9]])
    transitions = np.array([[0.2, -0.4, 0.6], [1.0, 0.0, -0.3], [-0.5, 0.8, 0.1]])
    tags, best = tf.contrib.crf.viterbi_decode(score, transitions)
    return [[int(tag) for tag in tags], float(best), type(tags).__name__, [int(tag) for tag in tf.contrib.crf.viterbi_decode(score[:1], transitions)[0]]]


def int64_lengths_and_tags(tf):
    potentials, tags, lengths, transitions = _data(tf)
    crf = tf.contrib.crf
    lengths = tf.cast(lengths, tf.int64)
    return [crf.crf_log_norm(potentials, lengths, transitions), list(crf.crf_decode(potentials, transitions, lengths))]
