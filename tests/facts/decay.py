"""Learning rates that depend on the global step: `tf.train.exponential_decay` and its kind."""

from facts.vocabulary import error_of, kind_of_error, name_of

_STEPS = [0, 37, 100, 250]


def _at_each_step(tf, function, *args, **options):
    return [function(0.1, tf.constant(step, tf.int64), *args, **options) for step in _STEPS]


def each_is_a_tensor_at_once(tf):
    train, step = tf.train, tf.constant(3, tf.int64)
    rates = [
        train.exponential_decay(0.1, step, 10, 0.5),
        train.natural_exp_decay(0.1, step, 10, 0.5),
        train.inverse_time_decay(0.1, step, 10, 0.5),
        train.polynomial_decay(0.1, step, 10),
        train.cosine_decay(0.1, step, 10),
        train.cosine_decay_restarts(0.1, step, 10),
        train.linear_cosine_decay(0.1, step, 10),
        train.noisy_linear_cosine_decay(0.1, step, 10, initial_variance=0.0),
        train.piecewise_constant(step, [10], [0.1, 0.01]),
        train.piecewise_constant_decay(step, [1, 2], [0.1, 0.01, 0.001]),
    ]
    return [[tf.is_tensor(rate), rate.dtype, rate.shape, rate * 2.0] for rate in rates]


def each_is_named_after_what_it_does(tf):
    train, step = tf.train, tf.constant(3, tf.int64)
    rates = [
        train.exponential_decay(0.1, step, 10, 0.5),
        train.natural_exp_decay(0.1, step, 10, 0.5),
        train.inverse_time_decay(0.1, step, 10, 0.5),
        train.polynomial_decay(0.1, step, 10),
        train.cosine_decay(0.1, step, 10),
        train.cosine_decay_restarts(0.1, step, 10),
        train.linear_cosine_decay(0.1, step, 10),
        train.noisy_linear_cosine_decay(0.1, step, 10),
        train.exponential_decay(0.1, step, 10, 0.5, name="mine"),
        train.polynomial_decay(0.1, step, 10, name="mine"),
    ]
    return [name_of(rate) for rate in rates]


def exponential_decay_goes_down_by_a_factor(tf):
    function = tf.train.exponential_decay
    return [_at_each_step(tf, function, 100, 0.5), _at_each_step(tf, function, 100, 0.5, staircase=True)]


def natural_exp_decay_goes_down_by_a_power_of_e(tf):
    function = tf.train.natural_exp_decay
    return [_at_each_step(tf, function, 100, 0.5), _at_each_step(tf, function, 100, 0.5, True)]


def inverse_time_decay_goes_down_with_time(tf):
    function = tf.train.inverse_time_decay
    return [_at_each_step(tf, function, 100, 0.5), _at_each_step(tf, function, 100, 0.5, staircase=True)]


def polynomial_decay_goes_down_to_an_end(tf):
    function = tf.train.polynomial_decay
    return [
        _at_each_step(tf, function, 100),
        _at_each_step(tf, function, 100, 0.01, 2.0),
        _at_each_step(tf, function, 100, 0.01, power=0.5, cycle=True),
    ]


def cosine_decay_goes_down_along_half_a_cosine(tf):
    function = tf.train.cosine_decay
    return [_at_each_step(tf, function, 100), _at_each_step(tf, function, 100, alpha=0.25)]


def cosine_decay_restarts_begins_again_and_again(tf):
    function = tf.train.cosine_decay_restarts
    return [
        _at_each_step(tf, function, 100),
        _at_each_step(tf, function, 80, 1.0, 0.5),
        _at_each_step(tf, function, 30, t_mul=1.5, m_mul=0.9, alpha=0.1),
        _at_each_step(tf, function, 30, t_mul=tf.constant(1.0)),
    ]


def linear_cosine_decay_goes_down_along_a_cosine_and_a_line(tf):
    function = tf.train.linear_cosine_decay
    return [_at_each_step(tf, function, 100), _at_each_step(tf, function, 100, 2.0, 0.1, 0.2)]


def noisy_linear_cosine_decay_without_noise_is_linear_cosine_decay(tf):
    return _at_each_step(tf, tf.train.noisy_linear_cosine_decay, 100, initial_variance=0.0, num_periods=2.0)


def piecewise_constant_changes_after_each_boundary(tf):
    steps = [0, 10, 11, 20, 21]
    return [tf.train.piecewise_constant(tf.constant(step, tf.int64), [10, 20], [1.0, 0.5, 0.1]) for step in steps]


def piecewise_constant_takes_integers_and_tensors(tf):
    function = tf.train.piecewise_constant
    rates = [
        function(tf.constant(5), [10, 20], [1, 5, 2]),
        function(tf.constant(5.5), [5.0], [1.0, 5.0]),
        function(tf.constant(15, tf.int64), [tf.constant(10), 20], [1.0, tf.constant(5.0), 2.0]),
        function(5, [10], [1.0, 5.0]),
    ]
    return [[rate.dtype, rate] for rate in rates]


def piecewise_constant_refuses_what_does_not_fit(tf):
    function, step = tf.train.piecewise_constant, tf.constant(5)
    return [
        error_of(function, step, [10, 20], [1.0, 0.5]),
        error_of(function, step, [10.0, 20.0], [1.0, 0.5, 0.1]),
        error_of(function, tf.constant(5.0), [10, 20], [1.0, 0.5, 0.1]),
        error_of(function, step, [10, 20], [1.0, 5, 2]),
        error_of(function, None, [10, 20], [1.0, 0.5, 0.1]),
    ]


def the_global_step_may_be_a_number_or_of_any_dtype(tf):
    steps = [3, 3.0, tf.constant(3), tf.constant(3.0), tf.constant(3.0, tf.float64)]
    return [tf.train.exponential_decay(0.1, step, 10, 0.5) for step in steps]


def the_rate_follows_the_global_step(tf):
    step = tf.train.get_or_create_global_step()
    rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
    later = tf.assign_add(step, 10) + 0
    return [rate, later]


def the_rate_has_the_dtype_of_the_learning_rate(tf):
    step = tf.constant(3, tf.int64)
    rates = [tf.train.exponential_decay(tf.constant(0.1, dtype), step, 10, 0.5) for dtype in (tf.float64, tf.float16)]
    return [[rate.dtype, rate] for rate in rates]


def the_arguments_may_be_tensors(tf):
    step = tf.constant(30, tf.int64)
    return [
        tf.train.exponential_decay(tf.constant(0.1), step, tf.constant(10), tf.constant(0.5)),
        tf.train.natural_exp_decay(tf.constant(0.1), step, tf.constant(10), tf.constant(0.5)),
        tf.train.polynomial_decay(tf.constant(0.1), step, tf.constant(100.0), tf.constant(0.01), tf.constant(2.0)),
        tf.train.cosine_decay(tf.constant(0.1), step, tf.constant(100.0)),
    ]


def no_global_step_is_refused(tf):
    train = tf.train
    return [
        error_of(train.exponential_decay, 0.1, None, 10, 0.5),
        error_of(train.inverse_time_decay, 0.1, None, 10, 0.5),
        error_of(train.polynomial_decay, 0.1, None, 10),
        error_of(train.cosine_decay, 0.1, None, 10),
        error_of(train.linear_cosine_decay, 0.1, None, 10),
    ]


def an_integer_learning_rate_is_refused(tf):
    return [
        kind_of_error(tf.train.exponential_decay, 1, 3, 10, 0.5),
        kind_of_error(tf.train.inverse_time_decay, 1, 3, 10, 0.5),
        kind_of_error(tf.train.polynomial_decay, 1, 3, 10),
        kind_of_error(tf.train.cosine_decay, 1, 3, 10),
        kind_of_error(tf.train.linear_cosine_decay, 1, 3, 10),
    ]
