"""`tf.train.ExponentialMovingAverage`: names, values, what is collected and what is restored."""

from facts.vocabulary import error_of, graph_only, name_of, names_of, steps


def _scalar(tf, name="w", value=1.0, **kwargs):
    return tf.get_variable(name, [], initializer=tf.constant_initializer(value), **kwargs)


def _sorted_items(mapping):
    return sorted([key, name_of(value)] for key, value in mapping.items())


# Values


@steps(3)
def an_average_follows_its_variable(tf):
    w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9)
    with tf.control_dependencies([tf.assign_add(w, 1.0)]):
        update = averages.apply([w])
    return [update, w, averages.average(w)]


@steps(3)
def an_average_of_a_vector(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([1.0, -2.0]))
    averages = tf.train.ExponentialMovingAverage(0.5)
    with tf.control_dependencies([tf.assign(w, w * 2.0)]):
        update = averages.apply([w])
    return [update, averages.average(w)]


@steps(3)
def the_number_of_updates_makes_the_first_ones_faster(tf):
    w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9, num_updates=3)
    with tf.control_dependencies([tf.assign_add(w, 1.0)]):
        update = averages.apply([w])
    return [update, averages.average(w)]


@steps(3)
def the_number_of_updates_may_be_the_global_step(tf):
    w = _scalar(tf)
    step = tf.train.get_or_create_global_step()
    train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w, global_step=step)
    averages = tf.train.ExponentialMovingAverage(0.999, step)
    with tf.control_dependencies([train]):
        update = averages.apply([w])
    return [update, w, averages.average(w), step]


@steps(3)
def averages_of_what_an_optimizer_trains(tf):
    with tf.variable_scope("net"):
        w, u = _scalar(tf, "w"), _scalar(tf, "u", 2.0)
    train = tf.train.AdamOptimizer(0.1).minimize(w * w * u)
    averages = tf.train.ExponentialMovingAverage(0.5)
    with tf.control_dependencies([train]):
        update = averages.apply(tf.trainable_variables())
    return [update, averages.average(w), averages.average(u), sorted(names_of(tf.global_variables()))]


@steps(3)
def an_average_of_a_tensor_begins_with_zero(tf):
    x = tf.constant([1.0, 2.0]) * 3.0
    averages = tf.train.ExponentialMovingAverage(0.5)
    update = averages.apply([x])
    return [update, averages.average(x)]


@steps(3)
def an_average_of_a_tensor_without_the_bias_of_that_zero(tf):
    x = tf.constant([1.0, 2.0]) * 3.0
    averages = tf.train.ExponentialMovingAverage(0.5, zero_debias=True)
    update = averages.apply([x])
    return [update, averages.average(x), len(tf.global_variables())]


@steps(2)
def variables_are_never_debiased(tf):
    w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.5, zero_debias=True)
    with tf.control_dependencies([tf.assign_add(w, 1.0)]):
        update = averages.apply([w])
    return [update, averages.average(w), names_of(tf.global_variables())]


@steps(2)
def a_decay_may_be_a_tensor(tf):
    w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(tf.constant(0.25) * 2.0)
    with tf.control_dependencies([tf.assign_add(w, 1.0)]):
        update = averages.apply([w])
    return [update, averages.average(w)]


@steps(2)
def an_average_in_double_and_half(tf):
    d = tf.get_variable("d", initializer=tf.constant(1.0, tf.float64))
    h = tf.get_variable("h", initializer=tf.constant(1.0, tf.float16))
    averages = tf.train.ExponentialMovingAverage(0.5)
    with tf.control_dependencies([tf.assign_add(d, 1.0)]):
        update = averages.apply([d, h])
    return [update, averages.average(d), averages.average(h), averages.average(d).dtype.base_dtype]


@steps(2)
def two_averages_of_one_variable(tf):
    w = _scalar(tf)
    slow, fast = tf.train.ExponentialMovingAverage(0.9, name="slow"), tf.train.ExponentialMovingAverage(0.5, name="fast")
    with tf.control_dependencies([tf.assign_add(w, 1.0)]):
        update = tf.group(slow.apply([w]), fast.apply([w]))
    return [update, slow.average(w), fast.average(w), names_of(tf.global_variables())]


@steps(2)
def applying_twice_to_different_variables(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u", 5.0)
    averages = tf.train.ExponentialMovingAverage(0.5)
    with tf.control_dependencies([tf.assign_add(w, 1.0), tf.assign_add(u, 1.0)]):
        update = tf.group(averages.apply([w]), averages.apply([u]))
    return [update, averages.average(w), averages.average(u), names_of(tf.moving_average_variables())]


# Names


def names_in_scopes(tf):
    with tf.variable_scope("net"):
        w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9)
    with tf.variable_scope("train"), tf.name_scope("ops"):
        averages.apply([w])
    return [averages.average(w).name, averages.average_name(w), names_of(tf.global_variables())]


def its_name_is_the_last_part_of_the_averages(tf):
    with tf.variable_scope("net"):
        w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9, name="avg")
    averages.apply([w])
    return [averages.average(w).name, averages.average_name(w), averages.name]


def the_average_of_a_tensor_is_called_after_it(tf):
    with tf.name_scope("loss"):
        x = tf.identity(tf.constant(1.0), name="total")
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([x])
    return [name_of(averages.average(x)), names_of(tf.global_variables()), len(tf.moving_average_variables())]


@graph_only("names of tensors")
def a_debiased_average_has_two_more_variables(tf):
    with tf.name_scope("loss"):
        x = tf.identity(tf.constant(1.0), name="total")
    with tf.variable_scope("train"):
        tf.train.ExponentialMovingAverage(0.9, zero_debias=True).apply([x])
    return [[variable.name, variable.trainable] for variable in tf.global_variables()]


@graph_only("names of operations")
def names_of_the_updates(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u")
    averages = tf.train.ExponentialMovingAverage(0.9)
    with tf.name_scope("outer"):
        update = averages.apply([w, u])
    again = tf.train.ExponentialMovingAverage(0.9, num_updates=2, name="avg").apply([w])
    kinds = ("AssignSub", "AssignSubVariableOp", "NoOp")
    operations = [operation.name for operation in tf.get_default_graph().get_operations() if operation.type in kinds]
    return [update.name, again.name, operations]


def without_a_list_it_takes_the_trainable_variables(tf):
    _scalar(tf, "w")
    _scalar(tf, "u", trainable=False)
    tf.Variable(1.0, name="v")
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply()
    return [names_of(tf.moving_average_variables()), names_of(tf.global_variables())]


def averages_are_not_trainable(tf):
    w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([w])
    name = averages.average(w).name
    return [name in names_of(tf.get_collection(key)) for key in ("variables", "local_variables", "trainable_variables")]


def an_average_takes_its_variables_value(tf):
    w = _scalar(tf, value=7.0)
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([w])
    return [averages.average(w).initialized_value(), averages.average(w).shape]


def a_partitioned_variable_has_an_average_for_each_shard(tf):
    w = tf.get_variable("w", [4], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply()
    return [names_of(tf.global_variables()), [averages.average(shard).name for shard in w]]


# What is asked about later


def an_average_that_was_not_made_is_none(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u")
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([w])
    return [averages.average(u) is None, averages.average_name(u)]


def the_name_of_an_average_before_it_is_made(tf):
    with tf.variable_scope("a"):
        w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9)
    return [averages.average_name(w), averages.average(w) is None]


def what_to_restore(tf):
    with tf.variable_scope("a"):
        _scalar(tf, "w")
        _scalar(tf, "u", trainable=False)
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply()
    return _sorted_items(averages.variables_to_restore())


def what_to_restore_without_applying(tf):
    with tf.variable_scope("a"):
        _scalar(tf, "w")
        _scalar(tf, "u", trainable=False)
    return _sorted_items(tf.train.ExponentialMovingAverage(0.9).variables_to_restore())


def what_to_restore_of_given_variables(tf):
    w = _scalar(tf, "w")
    _scalar(tf, "u")
    return _sorted_items(tf.train.ExponentialMovingAverage(0.9).variables_to_restore([w]))


def what_to_restore_with_an_optimizer(tf):
    w = _scalar(tf)
    step = tf.train.get_or_create_global_step()
    tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w, global_step=step)
    averages = tf.train.ExponentialMovingAverage(0.9, step)
    averages.apply(tf.trainable_variables())
    return _sorted_items(averages.variables_to_restore())


@steps(2)
def a_getter_that_shows_the_averages_in_place_of_the_weights(tf):
    def model():
        return _scalar(tf, "w") * 1.0

    with tf.variable_scope("net", reuse=tf.AUTO_REUSE):
        trained = model()
    averages = tf.train.ExponentialMovingAverage(0.5)
    w = tf.trainable_variables()[0]
    with tf.control_dependencies([tf.assign_add(w, 2.0)]):
        update = averages.apply([w])

    def averaged(getter, name, *args, **kwargs):
        variable = getter(name, *args, **kwargs)
        average = averages.average(variable)
        return variable if average is None else average

    with tf.variable_scope("net", reuse=True, custom_getter=averaged):
        smooth = model()
    return [trained.dtype, update, w, averages.average(w), smooth.dtype, len(tf.global_variables())]


def applying_twice_to_one_variable_makes_one_average(tf):
    w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([w])
    averages.apply([w])
    return [names_of(tf.global_variables()), names_of(tf.moving_average_variables())]


def an_integer_has_no_average(tf):
    w = tf.get_variable("w", [], tf.int32, initializer=tf.zeros_initializer())
    tf.train.ExponentialMovingAverage(0.9).apply([w])


def no_variables_is_no_error(tf):
    averages = tf.train.ExponentialMovingAverage(0.9)
    return [error_of(averages.apply), error_of(averages.apply, [])]
