"""`tf.contrib.layers`: regularizers and initializers."""

from facts.vocabulary import error_of, kind_of_error, name_of, names_of


def _losses(tf):
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def the_values_of_regularizers(tf):
    layers = tf.contrib.layers
    w = tf.constant([[1.0, -2.0], [3.0, -4.0]])
    return [
        layers.l1_regularizer(0.5)(w),
        layers.l2_regularizer(0.5)(w),
        layers.l1_l2_regularizer(0.5, 0.25)(w),
        layers.sum_regularizer([layers.l1_regularizer(0.5), layers.l2_regularizer(0.5), None])(w),
        layers.l2_regularizer(tf.constant(0.1))(w),
        layers.l2_regularizer(0.1)(tf.constant([1.0, 2.0], tf.float64)),
    ]


def the_names_of_their_losses(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("s", regularizer=layers.l2_regularizer(0.1)), tf.name_scope("n"):
        tf.get_variable("a", [1])
        tf.get_variable("b", [1], regularizer=layers.l1_regularizer(0.1))
        tf.get_variable("c", [1], regularizer=layers.l1_l2_regularizer(0.1, 0.2))
        tf.get_variable("d", [1], regularizer=layers.l1_l2_regularizer(0.0, 0.2))
        tf.get_variable("e", [1], regularizer=layers.l1_l2_regularizer(0.1, 0.0))
        tf.get_variable("f", [1], regularizer=layers.sum_regularizer([layers.l1_regularizer(0.1)]))
        tf.get_variable("g", [1], regularizer=layers.l2_regularizer(0.1, scope="mine"))
        tf.get_variable("h", [1], regularizer=layers.l2_regularizer(0.0))
        tf.get_variable("i", [1], regularizer=layers.l1_l2_regularizer(0.1, 0.2, scope="mine"))
    return _losses(tf)


def the_operations_inside_a_regularizer(tf):
    layers = tf.contrib.layers
    w = tf.ones([2])
    return [
        name_of(layers.l1_regularizer(0.1)(w)),
        name_of(layers.l1_l2_regularizer(0.1, 0.1)(w)),
        name_of(layers.sum_regularizer([layers.l1_regularizer(0.1)])(w)),
        name_of(layers.sum_regularizer([layers.l1_regularizer(0.1)], scope="z")(w)),
        name_of(layers.l1_regularizer(0.1)(w)),
    ]


def a_scale_of_zero_gives_no_loss(tf):
    layers = tf.contrib.layers
    w = tf.ones([2])
    return [
        layers.l1_regularizer(0.0)(w),
        layers.l2_regularizer(0.0)(w),
        layers.l1_l2_regularizer(0.0, 0.0)(w),
        layers.sum_regularizer([layers.l1_regularizer(0.0)])(w),
        layers.sum_regularizer([]),
        layers.sum_regularizer([None]),
    ]


def a_scale_is_a_float_not_below_zero(tf):
    layers = tf.contrib.layers
    return [
        error_of(layers.l2_regularizer, 1),
        error_of(layers.l1_regularizer, 0),
        error_of(layers.l2_regularizer, -1.0),
        error_of(layers.l1_regularizer, -1.0),
        error_of(layers.l1_l2_regularizer, 1, 1.0),
        error_of(layers.l1_l2_regularizer, 1.0, 2),
        error_of(layers.l1_l2_regularizer, -1.0, 2.0),
        error_of(layers.l2_regularizer, True),
    ]


def the_functions_are_called_after_what_they_do(tf):
    layers = tf.contrib.layers
    return [
        layers.l1_regularizer(0.1).__name__,
        layers.l2_regularizer(0.1).__name__,
        layers.l1_l2_regularizer(0.1, 0.1).__name__,
        layers.sum_regularizer([layers.l1_regularizer(0.1)]).__name__,
    ]


def regularization_is_applied_to_the_collection_of_weights(tf):
    layers = tf.contrib.layers
    a = tf.get_variable("a", [2], initializer=tf.ones_initializer())
    b = tf.get_variable("b", [3], initializer=tf.ones_initializer())
    tf.add_to_collection(tf.GraphKeys.WEIGHTS, a)
    penalties = [
        layers.apply_regularization(layers.l2_regularizer(0.5)),
        layers.apply_regularization(layers.l2_regularizer(0.5), [a, b]),
        layers.apply_regularization(lambda w: None, [a, b]),
    ]
    return [names_of(penalties), penalties, _losses(tf)]


def regularization_wants_weights_and_scalars(tf):
    apply_regularization = tf.contrib.layers.apply_regularization
    a = tf.get_variable("a", [2])
    return [
        error_of(apply_regularization, tf.nn.l2_loss),
        error_of(apply_regularization, tf.nn.l2_loss, []),
        error_of(apply_regularization, lambda w: w * 1.0, [a]),
        _losses(tf),
    ]


# Initializers


def _spreads(tf, initializer, shape, deviation):
    """Whether the values have mean 0 and this deviation, as nearly as chance allows."""
    values = initializer(shape)
    mean, variance = tf.nn.moments(tf.reshape(values, [-1]), [0])
    return [values.shape, tf.abs(mean) < 0.03 * deviation, tf.abs(tf.sqrt(variance) / deviation - 1.0) < 0.015]


def xavier_spreads_by_inputs_and_outputs(tf):
    layers = tf.contrib.layers
    shapes = [([200, 600], 400), ([3, 3, 100, 140], 9 * 120), ([100000], 100000)]
    return [
        [_spreads(tf, layers.xavier_initializer(uniform=uniform), shape, (1.0 / n) ** 0.5) for shape, n in shapes]
        for uniform in [True, False]
    ]


def variance_scaling_spreads_by_what_is_asked(tf):
    layers = tf.contrib.layers
    return [
        _spreads(tf, layers.variance_scaling_initializer(2.0, mode, uniform), [300, 600], (2.0 / n) ** 0.5)
        for mode, n in [("FAN_IN", 300), ("FAN_OUT", 600), ("FAN_AVG", 450)]
        for uniform in [True, False]
    ]


def uniform_values_have_a_limit(tf):
    values = tf.contrib.layers.xavier_initializer()([100, 500])
    limit = (6.0 / 600) ** 0.5
    return [tf.reduce_max(tf.abs(values)) <= limit, tf.reduce_max(tf.abs(values)) > 0.99 * limit]


def normal_values_are_cut_at_two_deviations(tf):
    values = tf.contrib.layers.variance_scaling_initializer(1.0)([100, 500])
    limit = 2 * (1.3 / 100) ** 0.5
    return [tf.reduce_max(tf.abs(values)) <= limit * 1.0001, tf.reduce_max(tf.abs(values)) > 0.99 * limit]


def an_initializer_takes_a_dtype(tf):
    layers = tf.contrib.layers
    return [
        layers.xavier_initializer()([2, 3]).dtype,
        layers.xavier_initializer()([2, 3], dtype=tf.float64).dtype,
        layers.xavier_initializer(dtype=tf.float16)([2, 3]).dtype,
        layers.xavier_initializer()([], partition_info=None).shape,
        error_of(layers.xavier_initializer, dtype=tf.int32),
        error_of(layers.xavier_initializer(), [2], dtype=tf.int32),
    ]


def an_unknown_mode_is_refused(tf):
    return error_of(tf.contrib.layers.variance_scaling_initializer, mode="FAN")


def an_initializer_makes_a_variable(tf):
    layers = tf.contrib.layers
    w = tf.get_variable("w", [3, 4], initializer=layers.xavier_initializer())
    u = tf.get_variable("u", [3, 3, 1, 4], initializer=layers.xavier_initializer_conv2d())
    return [w.shape, u.shape, names_of(tf.global_variables())]
