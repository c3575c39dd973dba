"""``tf.contrib.opt``: decoupled weight decay above all, and the other optimizers, step by step."""

from facts.vocabulary import error_of, kind_of_error, names_of, steps


def _model(tf):
    with tf.variable_scope("net"):
        w = tf.get_variable("w", [3, 2], initializer=tf.constant_initializer([[1.0, -0.5], [0.25, 2.0], [-1.0, 0.0]]))
        b = tf.get_variable("b", [2], initializer=tf.constant_initializer([0.5, -0.5]))
    x = tf.constant([[1.0, 2.0, -1.0], [0.5, -1.0, 0.25]])
    return w, b, tf.reduce_mean(tf.square(tf.matmul(x, w) + b - 1.0))


def _train(tf, optimizer, **kwargs):
    w, b, loss = _model(tf)
    step = tf.train.get_or_create_global_step()
    train = optimizer.minimize(loss, global_step=step, **kwargs)
    return [train, w, b, step, names_of(tf.global_variables())]


def _embed(tf, optimizer):
    with tf.variable_scope("net"):
        table = tf.get_variable("table", [4, 2], initializer=tf.constant_initializer([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]))
    rows = tf.nn.embedding_lookup(table, tf.constant([1, 3, 1]))
    loss = tf.reduce_sum(tf.square(rows - 1.0) * [[1.0], [2.0], [3.0]])
    train = optimizer.minimize(loss, global_step=tf.train.get_or_create_global_step())
    return [train, table, names_of(tf.global_variables())]


# Decoupled weight decay


@steps(10)
def adamw(tf):
    return _train(tf, tf.contrib.opt.AdamWOptimizer(0.01, learning_rate=0.05))


@steps(10)
def adamw_with_all_its_settings(tf):
    optimizer = tf.contrib.opt.AdamWOptimizer(0.02, 0.05, beta1=0.5, beta2=0.9, epsilon=1e-3, use_locking=True, name="A")
    return _train(tf, optimizer)


@steps(10)
def momentumw(tf):
    return _train(tf, tf.contrib.opt.MomentumWOptimizer(0.01, 0.05, 0.9))


@steps(10)
def nesterov_momentumw(tf):
    return _train(tf, tf.contrib.opt.MomentumWOptimizer(0.01, 0.05, 0.9, use_nesterov=True))


@steps(10)
def an_extended_optimizer(tf):
    optimizer = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.AdagradOptimizer)
    return _train(tf, optimizer(0.02, learning_rate=0.05))


@steps(10)
def extended_gradient_descent(tf):
    optimizer = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.GradientDescentOptimizer)
    return _train(tf, optimizer(weight_decay=0.02, learning_rate=0.05))


@steps(4)
def a_class_that_extends_by_hand(tf):
    class Mine(tf.contrib.opt.DecoupledWeightDecayExtension, tf.train.RMSPropOptimizer):
        def __init__(self, weight_decay, *args, **kwargs):
            super(Mine, self).__init__(weight_decay, *args, **kwargs)

    return _train(tf, Mine(0.05, learning_rate=0.01))


@steps(10)
def the_decay_may_be_a_tensor(tf):
    decay = 0.1 / (1.0 + tf.cast(tf.train.get_or_create_global_step(), tf.float32))
    return _train(tf, tf.contrib.opt.AdamWOptimizer(decay, learning_rate=0.05))


@steps(3)
def minimize_forgets_which_variables_to_decay(tf):
    w, b, loss = _model(tf)
    train = tf.contrib.opt.AdamWOptimizer(0.1, learning_rate=0.05).minimize(loss, decay_var_list=[w])
    return [train, w, b]


def _linear(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([1.0, -2.0]))
    b = tf.get_variable("b", [2], initializer=tf.constant_initializer([0.5, 3.0]))
    return w, b, tf.reduce_sum(w * 2.0 + b)


@steps(3)
def which_variables_decay_is_forgotten_after_a_step(tf):
    w, b, loss = _linear(tf)
    optimizer = tf.contrib.opt.MomentumWOptimizer(0.1, 0.05, 0.9)
    first = optimizer.apply_gradients(optimizer.compute_gradients(loss), decay_var_list=[b])
    with tf.control_dependencies([first] if first is not None else []):
        return [optimizer.apply_gradients([(tf.constant([1.0, 1.0]), w), (tf.constant([1.0, 1.0]), b)]), w, b]


@steps(3)
def minimize_ignores_an_earlier_list_of_variables_to_decay(tf):
    w, b, loss = _linear(tf)
    optimizer = tf.contrib.opt.AdamWOptimizer(0.1, learning_rate=0.05)
    pairs = optimizer.compute_gradients(loss)
    first = optimizer.apply_gradients(pairs, decay_var_list=(b,))
    with tf.control_dependencies([first] if first is not None else []):
        return [optimizer.minimize(loss), w, b]


@steps(3)
def the_variables_to_decay_are_given_when_gradients_are_applied(tf):
    w, b, loss = _model(tf)
    optimizer = tf.contrib.opt.MomentumWOptimizer(0.1, 0.05, 0.9)
    pairs = optimizer.compute_gradients(loss)
    return [optimizer.apply_gradients(pairs, decay_var_list=[b]), w, b]


def the_constructor_takes_no_variables_to_decay(tf):
    return kind_of_error(tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.GradientDescentOptimizer), 0.1, learning_rate=0.05, decay_var_list=[])


@steps(3)
def an_empty_list_of_variables_to_decay_decays_all(tf):
    w, b, loss = _model(tf)
    return [tf.contrib.opt.AdamWOptimizer(0.1, learning_rate=0.05).minimize(loss, decay_var_list=[]), w, b]


@steps(3)
def a_variable_without_a_gradient_does_not_decay(tf):
    w, b, loss = _model(tf)
    other = tf.get_variable("other", [2], initializer=tf.ones_initializer())
    return [tf.contrib.opt.AdamWOptimizer(0.1, learning_rate=0.05).minimize(loss), w, other]


def _embed_linearly(tf, optimizer):
    """TF 1.15 may decay before or after it reads the rows: here the gradient doesn't depend on them."""
    with tf.variable_scope("net"):
        table = tf.get_variable("table", [4, 2], initializer=tf.constant_initializer([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]))
    rows = tf.nn.embedding_lookup(table, tf.constant([1, 3, 1]))
    step = tf.train.get_or_create_global_step()
    loss = tf.reduce_sum(rows * [[1.0], [2.0], [3.0]]) * tf.cast(step + 1, tf.float32)
    return [optimizer.minimize(loss, global_step=step), table, names_of(tf.global_variables())]


@steps(3)
def sparse_adamw_decays_the_rows_that_have_a_gradient(tf):
    return _embed_linearly(tf, tf.contrib.opt.AdamWOptimizer(0.1, learning_rate=0.05))


@steps(3)
def sparse_momentumw_decays_the_rows_that_have_a_gradient(tf):
    return _embed_linearly(tf, tf.contrib.opt.MomentumWOptimizer(0.1, 0.05, 0.9))


def names_of_extended_classes(tf):
    made = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.AdamOptimizer)
    return [
        made.__name__,
        issubclass(made, tf.train.AdamOptimizer),
        issubclass(made, tf.contrib.opt.DecoupledWeightDecayExtension),
        issubclass(tf.contrib.opt.AdamWOptimizer, tf.train.AdamOptimizer),
        made(0.1).get_name(),
        tf.contrib.opt.AdamWOptimizer(0.1).get_name(),
        tf.contrib.opt.MomentumWOptimizer(0.1, 0.1, 0.9).get_name(),
    ]


# Variants of Adam


@steps(4)
def lazy_adam(tf):
    return _train(tf, tf.contrib.opt.LazyAdamOptimizer(0.05))


@steps(4)
def sparse_lazy_adam(tf):
    return _embed(tf, tf.contrib.opt.LazyAdamOptimizer(0.05, beta1=0.8, epsilon=0.01))


@steps(10)
def nadam(tf):
    return _train(tf, tf.contrib.opt.NadamOptimizer(0.05))


@steps(4)
def sparse_nadam(tf):
    return _embed(tf, tf.contrib.opt.NadamOptimizer(0.05))


@steps(10)
def adamax(tf):
    return _train(tf, tf.contrib.opt.AdaMaxOptimizer(0.05))


@steps(4)
def sparse_adamax(tf):
    return _embed(tf, tf.contrib.opt.AdaMaxOptimizer(0.05, beta1=0.8, beta2=0.9, epsilon=0.01))


@steps(4)
def adam_that_counts_by_the_global_step(tf):
    step = tf.train.get_or_create_global_step()
    return _train(tf, tf.contrib.opt.AdamGSOptimizer(step, 0.05))


@steps(4)
def lazy_adam_that_counts_by_the_global_step(tf):
    step = tf.train.get_or_create_global_step()
    return _embed(tf, tf.contrib.opt.LazyAdamGSOptimizer(step, 0.05))


@steps(4)
def sparse_adam_that_counts_by_the_global_step(tf):
    step = tf.train.get_or_create_global_step()
    return _embed(tf, tf.contrib.opt.AdamGSOptimizer(step, 0.05))


# By the sign of the gradient


@steps(10)
def power_sign(tf):
    return _train(tf, tf.contrib.opt.PowerSignOptimizer(0.05))


@steps(10)
def power_sign_with_a_decay(tf):
    optimizer = tf.contrib.opt.PowerSignOptimizer(0.05, base=2.0, beta=0.5, sign_decay_fn=lambda step: 1.0 / (1.0 + tf.cast(step, tf.float32)))
    return _train(tf, optimizer)


@steps(10)
def add_sign(tf):
    return _train(tf, tf.contrib.opt.AddSignOptimizer(0.05))


@steps(10)
def add_sign_with_a_decay(tf):
    optimizer = tf.contrib.opt.AddSignOptimizer(0.05, alpha=0.5, beta=0.5, sign_decay_fn=lambda step: 1.0 / (1.0 + tf.cast(step, tf.float32)))
    return _train(tf, optimizer)


@steps(3)
def sparse_power_sign(tf):
    return _embed(tf, tf.contrib.opt.PowerSignOptimizer(0.01))


@steps(3)
def sparse_add_sign(tf):
    return _embed(tf, tf.contrib.opt.AddSignOptimizer(0.01))


def a_decay_of_the_sign_needs_the_global_step(tf):
    w, b, loss = _model(tf)
    optimizer = tf.contrib.opt.AddSignOptimizer(0.05, sign_decay_fn=lambda step: 1.0 / (1.0 + tf.cast(step, tf.float32)))
    return error_of(optimizer.minimize, loss)


# By layers


@steps(10)
def lars(tf):
    return _train(tf, tf.contrib.opt.LARSOptimizer(5.0))


@steps(10)
def lars_with_all_its_settings(tf):
    optimizer = tf.contrib.opt.LARSOptimizer(
        2.0, momentum=0.8, weight_decay=0.01, eeta=0.01, epsilon=1e-3, skip_list=["b"], use_nesterov=True
    )
    return _train(tf, optimizer)


@steps(3)
def sparse_lars(tf):
    return _embed(tf, tf.contrib.opt.LARSOptimizer(0.05))


def lars_refuses_a_negative_momentum(tf):
    return error_of(tf.contrib.opt.LARSOptimizer, 0.1, momentum=-1.0)


# Around another optimizer


@steps(3)
def moving_averages(tf):
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.05), average_decay=0.5)
    w, b, loss = _model(tf)
    train = optimizer.minimize(loss, global_step=tf.train.get_or_create_global_step())
    averages = [v for v in tf.global_variables() if "ExponentialMovingAverage" in v.name]
    return [train, w, b, averages, names_of(tf.global_variables())]


@steps(3)
def moving_averages_with_a_number_of_updates_and_adam(tf):
    step = tf.train.get_or_create_global_step()
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.AdamOptimizer(0.05), average_decay=0.9, num_updates=step)
    w, b, loss = _model(tf)
    train = optimizer.minimize(loss, global_step=step)
    averages = [v for v in tf.global_variables() if "ExponentialMovingAverage" in v.name]
    return [train, w, b, averages, names_of(tf.global_variables())]


@steps(2)
def only_what_has_a_gradient_is_averaged(tf):
    other = tf.get_variable("other", [2], initializer=tf.ones_initializer())
    w, b, loss = _model(tf)
    train = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.05)).minimize(loss)
    return [train, names_of(tf.global_variables()), names_of(tf.moving_average_variables())]


def an_average_missing_for_the_swapping_saver(tf):
    w, b, loss = _model(tf)
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.05))
    optimizer.minimize(loss)
    return error_of(optimizer.swapping_saver, [w])


@steps(2)
def rows_are_clipped_where_they_have_a_gradient(tf):
    table = tf.get_variable("table", [4, 2], initializer=tf.constant_initializer([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]))
    rows = tf.nn.embedding_lookup(table, tf.constant([1, 3, 1]))
    optimizer = tf.contrib.opt.VariableClippingOptimizer(tf.train.GradientDescentOptimizer(0.05), {table: [1]}, 2.0)
    return [optimizer.minimize(tf.reduce_sum(rows)), table]


def multitask_needs_an_optimizer(tf):
    return error_of(tf.contrib.opt.MultitaskOptimizerWrapper, 3)


def a_swapping_saver_needs_the_averages_first(tf):
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.05))
    return error_of(optimizer.swapping_saver)


@steps(3)
def zero_gradients_leave_the_slots_alone(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    u = tf.get_variable("u", [2], initializer=tf.ones_initializer())
    step = tf.train.get_or_create_global_step()
    optimizer = tf.contrib.opt.MultitaskOptimizerWrapper(tf.train.MomentumOptimizer(0.1, 0.9))
    is_first = tf.cast(tf.less(step, 1), tf.float32)
    loss = tf.reduce_sum(w * w) * is_first + tf.reduce_sum(u * u)
    return [optimizer.minimize(loss, global_step=step), w, u]


def clipping_by_the_norm_of_gradients_that_are_not_zero(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    pairs = [(tf.constant([3.0, 4.0]), w), (tf.constant([0.0, 0.0]), w), (tf.constant([6.0, 8.0]), w)]
    clipped, norm = tf.contrib.opt.clip_gradients_by_global_norm(pairs, 5.0)
    return [[gradient for gradient, _ in clipped], norm]


@steps(3)
def variables_are_clipped_after_each_step(tf):
    w, b, loss = _model(tf)
    optimizer = tf.contrib.opt.VariableClippingOptimizer(tf.train.AdamOptimizer(0.05), {w: [0]}, 1.0)
    return [optimizer.minimize(loss), w, b, names_of(tf.global_variables())]


# Adagrad whose slots need not be updated


@steps(5)
def reg_adagrad(tf):
    return _train(tf, tf.contrib.opt.RegAdagradOptimizer(0.05))


@steps(5)
def reg_adagrad_that_leaves_its_slots(tf):
    w, b, loss = _model(tf)
    optimizer = tf.contrib.opt.RegAdagradOptimizer(0.05)
    first = optimizer.minimize(loss)
    with tf.control_dependencies([first] if first is not None else []):
        with optimizer.avoid_updating_slots():
            second = optimizer.minimize(tf.reduce_sum(w * w))
    return [second, w, b, names_of(tf.global_variables())]


@steps(3)
def sparse_reg_adagrad(tf):
    return _embed(tf, tf.contrib.opt.RegAdagradOptimizer(0.05))
