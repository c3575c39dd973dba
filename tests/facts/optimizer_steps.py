"""Ten steps of each of TF1's optimizers, dense and sparse: values, and the names of what they remember, in order."""

from facts.vocabulary import names_of, steps


def _train(tf, optimizer, global_step=True):
    with tf.variable_scope("net"):
        w = tf.get_variable("w", [3, 2], initializer=tf.constant_initializer([[1.0, -0.5], [0.25, 2.0], [-1.0, 0.0]]))
        b = tf.get_variable("b", [2], initializer=tf.constant_initializer([0.5, -0.5]))
    x = tf.constant([[1.0, 2.0, -1.0], [0.5, -1.0, 0.25]])
    loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - 1.0))
    step = tf.train.get_or_create_global_step() if global_step else None
    train = optimizer.minimize(loss, global_step=step)
    return [train, w, b, names_of(tf.global_variables())]


@steps(10)
def gradient_descent(tf):
    return _train(tf, tf.train.GradientDescentOptimizer(0.05))


@steps(10)
def gradient_descent_without_a_global_step(tf):
    return _train(tf, tf.train.GradientDescentOptimizer(0.05), global_step=False)


@steps(10)
def momentum(tf):
    return _train(tf, tf.train.MomentumOptimizer(0.05, 0.9))


@steps(10)
def nesterov_momentum(tf):
    return _train(tf, tf.train.MomentumOptimizer(0.05, 0.9, use_nesterov=True))


@steps(10)
def adam(tf):
    return _train(tf, tf.train.AdamOptimizer(0.05))


@steps(10)
def adam_with_all_its_settings(tf):
    return _train(tf, tf.train.AdamOptimizer(0.05, beta1=0.5, beta2=0.9, epsilon=1e-3, use_locking=True, name="A"))


@steps(10)
def adagrad(tf):
    return _train(tf, tf.train.AdagradOptimizer(0.05, initial_accumulator_value=0.2))


@steps(10)
def adadelta(tf):
    return _train(tf, tf.train.AdadeltaOptimizer(0.5, rho=0.9, epsilon=1e-4))


@steps(10)
def rmsprop(tf):
    return _train(tf, tf.train.RMSPropOptimizer(0.05))


@steps(10)
def centered_rmsprop_with_momentum(tf):
    return _train(tf, tf.train.RMSPropOptimizer(0.05, decay=0.8, momentum=0.5, epsilon=1e-3, centered=True))


@steps(10)
def ftrl(tf):
    return _train(tf, tf.train.FtrlOptimizer(0.05))


@steps(10)
def ftrl_with_regularization(tf):
    return _train(
        tf,
        tf.train.FtrlOptimizer(
            0.05,
            learning_rate_power=-0.6,
            l1_regularization_strength=0.01,
            l2_regularization_strength=0.02,
            accum_name="accumulator",
            linear_name="linear",
        ),
    )


@steps(10)
def ftrl_with_shrinkage(tf):
    return _train(tf, tf.train.FtrlOptimizer(0.05, l2_shrinkage_regularization_strength=0.1))


@steps(10)
def proximal_gradient_descent(tf):
    return _train(
        tf,
        tf.train.ProximalGradientDescentOptimizer(
            0.05, l1_regularization_strength=0.1, l2_regularization_strength=0.01
        ),
    )


@steps(10)
def proximal_adagrad(tf):
    return _train(tf, tf.train.ProximalAdagradOptimizer(0.05, l1_regularization_strength=0.1))


@steps(10)
def adagrad_dual_averaging(tf):
    step = tf.train.get_or_create_global_step()
    return _train(tf, tf.train.AdagradDAOptimizer(0.05, step, l1_regularization_strength=0.01))


# A part of the variables only


@steps(3)
def two_optimizers_for_two_parts(tf):
    with tf.variable_scope("g"):
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    with tf.variable_scope("d"):
        u = tf.get_variable("w", [], initializer=tf.ones_initializer())
    slow = tf.train.AdamOptimizer(0.1, name="slow").minimize(w * w * 2.0, var_list=[w])
    fast = tf.train.AdamOptimizer(0.5, name="fast").minimize(u * u * 2.0, var_list=tf.trainable_variables("d"))
    return [tf.group(slow, fast), w, u, names_of(tf.global_variables())]


@steps(3)
def two_optimizers_of_one_name_for_one_variable(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    first = tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w)
    with tf.control_dependencies([first]):
        second = tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w * 2.0)
    return [second, names_of(tf.global_variables())]


# Sparse gradients


def _embed(tf, optimizer):
    with tf.variable_scope("net"):
        table = tf.get_variable("table", [4, 2], initializer=tf.constant_initializer([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]))
    rows = tf.nn.embedding_lookup(table, tf.constant([1, 3, 1]))
    loss = tf.reduce_sum(tf.square(rows - 1.0) * [[1.0], [2.0], [3.0]])
    train = optimizer.minimize(loss, global_step=tf.train.get_or_create_global_step())
    return [train, table]


@steps(3)
def sparse_gradient_descent(tf):
    return _embed(tf, tf.train.GradientDescentOptimizer(0.05))


@steps(3)
def sparse_momentum(tf):
    return _embed(tf, tf.train.MomentumOptimizer(0.05, 0.9))


@steps(3)
def sparse_adam(tf):
    return _embed(tf, tf.train.AdamOptimizer(0.05))


@steps(3)
def sparse_adagrad(tf):
    return _embed(tf, tf.train.AdagradOptimizer(0.05))


@steps(3)
def sparse_adadelta(tf):
    return _embed(tf, tf.train.AdadeltaOptimizer(0.5))


@steps(3)
def sparse_rmsprop(tf):
    return _embed(tf, tf.train.RMSPropOptimizer(0.05, momentum=0.5))


@steps(3)
def sparse_ftrl(tf):
    return _embed(tf, tf.train.FtrlOptimizer(0.05, l1_regularization_strength=0.01))


@steps(3)
def sparse_proximal_adagrad(tf):
    return _embed(tf, tf.train.ProximalAdagradOptimizer(0.05, l1_regularization_strength=0.01))


@steps(3)
def sparse_proximal_gradient_descent(tf):
    return _embed(tf, tf.train.ProximalGradientDescentOptimizer(0.05, l1_regularization_strength=0.01))


@steps(3)
def sparse_adagrad_dual_averaging(tf):
    step = tf.train.get_or_create_global_step()
    return _embed(tf, tf.train.AdagradDAOptimizer(0.05, step))


@steps(3)
def a_partitioned_table(tf):
    table = tf.get_variable(
        "table", [4, 2], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2)
    )
    rows = tf.nn.embedding_lookup(table, tf.constant([1, 3, 1]), partition_strategy="div")
    train = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(tf.square(rows) * [[1.0], [2.0], [3.0]]))
    return [train, table.as_tensor(), names_of(tf.global_variables())]
