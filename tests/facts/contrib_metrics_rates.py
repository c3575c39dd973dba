"""`tf.contrib.metrics`: rates for several thresholds, and Cohen's kappa."""

from facts.vocabulary import collections_of, names_of


def _shown(tf, pair):
    value, update = pair
    variables = [[v.name, v.shape, v.dtype.base_dtype.name] for v in tf.local_variables()]
    return [update, names_of([value, update]), variables, sorted(set(collections_of(tf)) - {"cond_context"})]


def _data(tf):
    return tf.constant([0.1, 0.6, 0.8, 0.3]), tf.constant([0, 1, 0, 1])


def false_positive_rates(tf):
    p, t = _data(tf)
    rates = tf.contrib.metrics.streaming_false_positive_rate_at_thresholds
    return _shown(tf, rates(p, t, [0.05, 0.2, 0.7, 0.9]))


def false_positive_rates_with_weights(tf):
    p, t = _data(tf)
    rates = tf.contrib.metrics.streaming_false_positive_rate_at_thresholds
    return _shown(
        tf, rates(p, t, [0.5], weights=[1.0, 2.0, 3.0, 4.0], metrics_collections="m", updates_collections="u")
    )


def false_negative_rates(tf):
    p, t = _data(tf)
    rates = tf.contrib.metrics.streaming_false_negative_rate_at_thresholds
    return _shown(tf, rates(p, t, [0.2, 0.5, 0.9], weights=[1.0, 2.0, 3.0, 4.0], name="mine"))


def kappa(tf):
    return _shown(tf, tf.contrib.metrics.cohen_kappa(tf.constant([0, 1, 2, 1]), tf.constant([0, 1, 1, 1]), 3))


def kappa_with_weights(tf):
    labels, predictions = tf.constant([[0], [1], [2], [1]]), tf.constant([[0], [1], [1], [2]])
    weights = tf.constant([0.5, 2.0, 1.0, 3.0])
    return _shown(tf, tf.contrib.metrics.cohen_kappa(labels, predictions, 3, weights, "m", "u", "k"))


def kappa_of_nothing(tf):
    return _shown(tf, tf.contrib.metrics.cohen_kappa(tf.zeros([0], tf.int32), tf.zeros([0], tf.int32), 2))
