"""`tf.metrics`: local variables, values and updates."""

from facts.vocabulary import name_of, names_of


def the_mean_has_two_local_variables(tf):
    value, update = tf.metrics.mean(tf.constant([1.0, 3.0]))
    return [
        name_of(value),
        name_of(update),
        names_of(tf.local_variables()),
        names_of(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)),
        names_of(tf.global_variables()),
    ]
