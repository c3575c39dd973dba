"""`tf.train`: optimizers at work, gradients, moving averages, savers."""

from facts.vocabulary import graph_only, name_of, names_of, steps


def _scalar(tf, name="w", value=1.0, **kwargs):
    return tf.get_variable(name, [], initializer=tf.constant_initializer(value), **kwargs)


# Gradients


def the_gradient_of_a_variable_and_of_one_that_plays_no_part(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u")
    return tf.gradients(w * w * 3.0, [w, u])


def the_gradient_of_a_gradient(tf):
    w = _scalar(tf)
    return tf.gradients(tf.gradients(w * w * w, w)[0], w)


def the_gradient_with_respect_to_something_in_between(tf):
    h = _scalar(tf) * 2.0
    return tf.gradients(h * h, h)


def the_gradient_of_a_regularization_loss(tf):
    w = _scalar(tf, value=3.0, regularizer=tf.nn.l2_loss)
    return tf.gradients(tf.losses.get_regularization_loss(), w)


# Minimizing


def minimizing_without_variables_raises(tf):
    tf.train.GradientDescentOptimizer(0.1).minimize(tf.constant(1.0))


def minimizing_what_no_variable_influences_raises(tf):
    _scalar(tf)
    tf.train.GradientDescentOptimizer(0.1).minimize(tf.constant(1.0))


def compute_gradients_pairs_gradients_with_variables(tf):
    w = _scalar(tf, "w")
    _scalar(tf, "u")
    pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * w * 3.0)
    return [[gradient is None, variable.name] for gradient, variable in pairs]


def apply_gradients_changes_the_variables_and_counts(tf):
    w = _scalar(tf)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    step = tf.train.get_or_create_global_step()
    train = optimizer.apply_gradients(optimizer.compute_gradients(w * w * 3.0), global_step=step)
    return [train, w, step]


def a_list_of_variables_leaves_the_others_alone(tf):
    with tf.variable_scope("g"):
        w = _scalar(tf)
    with tf.variable_scope("d"):
        u = _scalar(tf)
    variables = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="d")
    return [tf.train.GradientDescentOptimizer(0.5).minimize(w * u, var_list=variables), w, u]


def a_constraint_is_applied_after_the_update(tf):
    w = _scalar(tf, constraint=lambda x: tf.clip_by_value(x, 0.0, 0.5))
    return [tf.train.GradientDescentOptimizer(0.1).minimize(w + 0.0), w]


def update_operations_run_before_the_step(tf):
    y = tf.layers.batch_normalization(tf.constant([[2.0], [4.0]]), training=True, momentum=0.5)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(y * y))
    mean = next(variable for variable in tf.global_variables() if "moving_mean" in variable.name)
    return [train, mean]


@steps(2)
def a_decaying_rate_follows_the_global_step(tf):
    w = _scalar(tf)
    step = tf.train.get_or_create_global_step()
    rate = tf.train.exponential_decay(0.1, step, 1, 0.5, staircase=True)
    train = tf.train.GradientDescentOptimizer(rate).minimize(w + 0.0, global_step=step)
    return [train, w, step]


def momentum_has_a_slot_for_each_variable(tf):
    w = _scalar(tf)
    tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w)
    return names_of(tf.global_variables())


def adam_makes_its_powers_before_its_slots(tf):
    with tf.variable_scope("net"):
        w = _scalar(tf)
    with tf.variable_scope("train"):
        tf.train.AdamOptimizer(0.1).minimize(w * w)
    return names_of(tf.global_variables())


def the_train_operation_is_collected(tf):
    w = _scalar(tf)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w)
    return [name_of(train), len(tf.get_collection(tf.GraphKeys.TRAIN_OP))]


# Moving averages and savers


def moving_averages_have_variables_of_their_own(tf):
    with tf.variable_scope("a"):
        w = _scalar(tf)
    averages = tf.train.ExponentialMovingAverage(0.9)
    averages.apply([w])
    return [
        names_of(tf.global_variables()),
        names_of(tf.moving_average_variables()),
        averages.average(w).name,
        averages.average_name(w),
        sorted(averages.variables_to_restore()),
    ]


def a_saver_without_variables_raises(tf):
    tf.train.Saver()


@graph_only("names of operations of a graph")
def a_saver_takes_all_variables_by_name(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w", [1])
        tf.layers.dense(tf.ones([1, 1]), 1)
    return sorted(variable.op.name for variable in tf.train.Saver()._var_list)


def the_loss_may_be_a_variable(tf):
    w = tf.get_variable("w", initializer=3.0)
    return [tf.gradients(w, w), tf.train.GradientDescentOptimizer(1.0).minimize(w), w]
