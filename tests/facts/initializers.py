"""`tf.zeros_initializer` and its kin: what they put into a variable."""

import numpy as np

from facts.vocabulary import kind_of_error


def _filled(tf, initializer, shape=(2, 2), dtype=None):
    return tf.get_variable("w", list(shape), dtype=dtype, initializer=initializer)


def zeros_and_ones_take_the_variables_dtype(tf):
    with tf.variable_scope("a"):
        zeros = _filled(tf, tf.zeros_initializer(), dtype=tf.int32)
    return [zeros, _filled(tf, tf.ones_initializer(), dtype=tf.float64)]


def zeros_and_ones_can_be_called(tf):
    return [
        tf.zeros_initializer()([2]),
        tf.ones_initializer()([2], dtype=tf.int32),
        tf.zeros_initializer(tf.int32)([1]),
    ]


def a_constant_fills_a_shape_with_one_number(tf):
    return _filled(tf, tf.constant_initializer(3.0))


def a_constant_list_fills_a_shape_in_order(tf):
    return _filled(tf, tf.constant_initializer([1.0, 2.0, 3.0, 4.0]))


def a_constant_array_keeps_its_shape(tf):
    return _filled(tf, tf.constant_initializer(np.array([[1.0, 2.0], [3.0, 4.0]])))


def a_constant_list_that_is_too_short_repeats_its_last_number(tf):
    return _filled(tf, tf.constant_initializer([1.0, 2.0]))


def a_constant_list_that_is_too_long_is_refused(tf):
    return kind_of_error(_filled, tf, tf.constant_initializer([1.0] * 5))


def a_constant_that_must_have_the_shape_is_refused_if_it_does_not(tf):
    return kind_of_error(_filled, tf, tf.constant_initializer([1.0, 2.0], verify_shape=True))


def a_constant_that_is_no_number_or_list_is_refused(tf):
    return kind_of_error(tf.constant_initializer, {"a": 1})


def an_identity_has_ones_on_the_diagonal(tf):
    return _filled(tf, tf.initializers.identity(gain=2.0), shape=[2, 3])


def an_identity_needs_two_axes(tf):
    return kind_of_error(_filled, tf, tf.initializers.identity(), shape=[2])


def uniform_numbers_lie_between_the_limits(tf):
    w = _filled(tf, tf.random_uniform_initializer(2.0, 3.0), shape=[200])
    return [tf.reduce_min(w) >= 2.0, tf.reduce_max(w) < 3.0, tf.abs(tf.reduce_mean(w) - 2.5) < 0.2]


def uniform_numbers_lie_between_zero_and_one_by_default(tf):
    w = _filled(tf, tf.random_uniform_initializer(), shape=[200])
    return [tf.reduce_min(w) >= 0.0, tf.reduce_max(w) < 1.0, tf.reduce_max(w) > 0.5]


def normal_numbers_have_mean_and_deviation(tf):
    w = _filled(tf, tf.random_normal_initializer(5.0, 2.0), shape=[2000])
    mean = tf.reduce_mean(w)
    return [tf.abs(mean - 5.0) < 0.5, tf.abs(tf.sqrt(tf.reduce_mean(tf.square(w - mean))) - 2.0) < 0.3]


def truncated_normal_numbers_stay_within_two_deviations(tf):
    w = _filled(tf, tf.truncated_normal_initializer(5.0, 2.0), shape=[2000])
    return [tf.reduce_min(w) >= 1.0, tf.reduce_max(w) <= 9.0, tf.abs(tf.reduce_mean(w) - 5.0) < 0.5]


def glorot_uniform_is_limited_by_both_sizes(tf):
    w = _filled(tf, tf.glorot_uniform_initializer(), shape=[30, 70])
    limit = (6.0 / 100.0) ** 0.5
    return [tf.reduce_max(tf.abs(w)) <= limit, tf.reduce_max(tf.abs(w)) > 0.95 * limit]


def glorot_normal_deviates_by_both_sizes(tf):
    w = _filled(tf, tf.glorot_normal_initializer(), shape=[30, 70])
    return tf.abs(tf.sqrt(tf.reduce_mean(tf.square(w))) - (2.0 / 100.0) ** 0.5) < 0.01


def variance_scaling_of_fan_in_deviates_by_the_first_size(tf):
    w = _filled(tf, tf.variance_scaling_initializer(scale=2.0), shape=[50, 40])
    return tf.abs(tf.sqrt(tf.reduce_mean(tf.square(w))) - (2.0 / 50.0) ** 0.5) < 0.02


def variance_scaling_uniform_is_limited(tf):
    w = _filled(tf, tf.variance_scaling_initializer(mode="fan_out", distribution="uniform"), shape=[50, 40])
    limit = (3.0 / 40.0) ** 0.5
    return [tf.reduce_max(tf.abs(w)) <= limit, tf.reduce_max(tf.abs(w)) > 0.95 * limit]


def variance_scaling_refuses_a_scale_of_zero(tf):
    return kind_of_error(tf.variance_scaling_initializer, scale=0.0)


def variance_scaling_refuses_an_unknown_mode(tf):
    return kind_of_error(tf.variance_scaling_initializer, mode="fan")


def variance_scaling_refuses_an_unknown_distribution(tf):
    return kind_of_error(tf.variance_scaling_initializer, distribution="flat")


def an_orthogonal_matrix_is_orthogonal(tf):
    w = _filled(tf, tf.orthogonal_initializer(gain=2.0), shape=[4, 4])
    return tf.reduce_max(tf.abs(tf.matmul(w, w, transpose_b=True) - 4.0 * tf.eye(4))) < 1e-4


def an_orthogonal_matrix_needs_two_axes(tf):
    return kind_of_error(_filled, tf, tf.orthogonal_initializer(), shape=[4])


def uniform_unit_scaling_is_limited_by_the_first_size(tf):
    w = _filled(tf, tf.uniform_unit_scaling_initializer(factor=1.0), shape=[50, 40])
    limit = (3.0 / 50.0) ** 0.5
    return [tf.reduce_max(tf.abs(w)) <= limit, tf.reduce_max(tf.abs(w)) > 0.95 * limit]


def the_same_seed_gives_the_same_numbers(tf):
    one = tf.get_variable("one", [5], initializer=tf.random_normal_initializer(seed=3))
    two = tf.get_variable("two", [5], initializer=tf.random_normal_initializer(seed=3))
    return tf.reduce_all(tf.equal(one, two))


def initializers_have_a_configuration(tf):
    return [
        tf.constant_initializer(3.0).get_config(),
        tf.random_uniform_initializer(1.0, 2.0, seed=3).get_config(),
        tf.zeros_initializer().get_config(),
    ]


def initializers_can_be_made_from_their_configuration(tf):
    initializer = tf.constant_initializer.from_config(tf.constant_initializer(3.0).get_config())
    return _filled(tf, initializer)


def the_module_initializers_has_the_same_ones(tf):
    return [
        tf.initializers.zeros is tf.zeros_initializer,
        tf.initializers.constant is tf.constant_initializer,
        tf.initializers.random_normal is tf.random_normal_initializer,
        tf.initializers.variance_scaling is tf.variance_scaling_initializer,
    ]


def he_and_lecun_deviate_by_the_first_size(tf):
    he = tf.get_variable("he", [50, 40], initializer=tf.initializers.he_normal())
    lecun = tf.get_variable("lecun", [50, 40], initializer=tf.initializers.lecun_normal())
    deviations = [tf.sqrt(tf.reduce_mean(tf.square(w))) for w in (he, lecun)]
    return [tf.abs(deviations[0] - (2.0 / 50.0) ** 0.5) < 0.02, tf.abs(deviations[1] - (1.0 / 50.0) ** 0.5) < 0.02]


def integers_cannot_be_drawn_from_a_normal_distribution(tf):
    return kind_of_error(tf.random_normal_initializer, dtype=tf.int32)
