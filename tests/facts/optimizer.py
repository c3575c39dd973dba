"""Three steps of each of TF1's optimizers: the values afterwards and the names of what they remember."""

from facts.vocabulary import names_of, steps


def _train(tf, optimizer):
    with tf.variable_scope("net", regularizer=tf.nn.l2_loss):
        w = tf.get_variable("w", [3, 2], initializer=tf.constant_initializer(1.0))
        b = tf.get_variable("b", [2], initializer=tf.constant_initializer(0.5), regularizer=tf.no_regularizer)
    loss = tf.reduce_sum(tf.square(tf.matmul(tf.ones([2, 3]), w) + b))
    loss += tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
    train = optimizer.minimize(loss, global_step=tf.train.get_or_create_global_step())
    return [train, w[0, 0], b[0], sorted(names_of(tf.global_variables()))]


@steps(3)
def gradient_descent(tf):
    return _train(tf, tf.train.GradientDescentOptimizer(0.01))


@steps(3)
def momentum(tf):
    return _train(tf, tf.train.MomentumOptimizer(0.01, 0.9))


@steps(3)
def nesterov_momentum(tf):
    return _train(tf, tf.train.MomentumOptimizer(0.01, 0.9, use_nesterov=True))


@steps(3)
def adam(tf):
    return _train(tf, tf.train.AdamOptimizer(0.01))


@steps(3)
def adagrad(tf):
    return _train(tf, tf.train.AdagradOptimizer(0.01))


@steps(3)
def adadelta(tf):
    return _train(tf, tf.train.AdadeltaOptimizer(0.01))


@steps(3)
def rmsprop(tf):
    return _train(tf, tf.train.RMSPropOptimizer(0.01))


@steps(3)
def ftrl(tf):
    return _train(tf, tf.train.FtrlOptimizer(0.01))
