"""A whole training program: model, losses, decay of rate and weights, clipping, averages, updates, global step."""

from facts.vocabulary import names_of, steps


def _numbers(tf, shape, seed):
    """Numbers between -1 and 1 that look random."""
    count = 1
    for size in shape:
        count *= size
    values = [((i * 7919 + seed * 104729) % 2003) / 1001.0 - 1.0 for i in range(count)]
    return tf.reshape(tf.constant(values), shape)


def _initializer(tf, seed):
    def initialize(shape, dtype=None, partition_info=None):
        return _numbers(tf, [int(size) for size in shape], seed) * 0.5

    return initialize


def _batch(tf, step):
    """Four of eight images and their labels, by the step."""
    images, labels = _numbers(tf, [8, 6, 6, 2], 1), tf.constant([0, 1, 2, 0, 1, 2, 0, 1])
    which = tf.mod(tf.cast(step, tf.int32) * 3 + tf.range(4), 8)
    return tf.gather(images, which), tf.gather(labels, which)


def _model(tf, images, is_training):
    def decay(w):
        return 1e-3 * tf.nn.l2_loss(w)

    with tf.variable_scope("net", regularizer=decay):
        net = tf.layers.conv2d(images, 4, 3, padding="same", kernel_initializer=_initializer(tf, 2), name="conv")
        net = tf.layers.batch_normalization(net, training=is_training, momentum=0.9, name="norm")
        net = tf.layers.max_pooling2d(tf.nn.relu(net), 2, 2)
        net = tf.reshape(net, [-1, 3 * 3 * 4])
        with tf.variable_scope("head"):
            w = tf.get_variable("w", [36, 5], initializer=_initializer(tf, 3))
            b = tf.get_variable("b", [5], initializer=tf.zeros_initializer(), regularizer=tf.no_regularizer)
            net = tf.tanh(tf.matmul(net, w) + b)
        return tf.layers.dense(net, 3, kernel_initializer=_initializer(tf, 4), name="logits")


def _train(tf, optimizer, clip, summarize=False):
    step = tf.train.get_or_create_global_step()
    images, labels = _batch(tf, step)
    logits = _model(tf, images, True)
    tf.losses.sparse_softmax_cross_entropy(labels, logits)
    loss = tf.losses.get_total_loss()
    if summarize:
        tf.summary.scalar("loss", loss)
    rate = tf.train.exponential_decay(0.05, step, 5, 0.7, staircase=True)
    opt = optimizer(rate)
    variables = tf.trainable_variables()
    if clip:
        gradients, _ = tf.clip_by_global_norm(tf.gradients(loss, variables), 1.0)
        pairs = zip(gradients, variables)
    else:
        # All of them before the first is applied: TF1 otherwise changes variables while it still reads them.
        pairs = opt.compute_gradients(loss, gate_gradients=opt.GATE_GRAPH)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        with tf.variable_scope("train"):
            train = opt.apply_gradients(pairs, global_step=step)
    averages = tf.train.ExponentialMovingAverage(0.9, step)
    with tf.control_dependencies([train]):
        train = averages.apply(variables)
    return loss, train, averages.average(variables[0])


@steps(20)
def losses_of_twenty_steps_with_adam(tf):
    loss, train, average = _train(tf, tf.train.AdamOptimizer, True)
    return [loss, train, tf.reduce_sum(tf.square(average.read_value()))]


@steps(20)
def losses_of_twenty_steps_with_momentum(tf):
    loss, train, average = _train(tf, lambda rate: tf.train.MomentumOptimizer(rate, 0.9), False)
    return [loss, train, tf.reduce_sum(tf.square(average.read_value()))]


@steps(20)
def losses_of_twenty_steps_with_rmsprop(tf):
    loss, train, average = _train(tf, tf.train.RMSPropOptimizer, True)
    return [loss, train, tf.reduce_sum(tf.square(average.read_value()))]


@steps(20)
def losses_of_twenty_steps_with_summaries(tf):
    loss, train, _ = _train(tf, tf.train.AdamOptimizer, True, summarize=True)
    summaries = tf.summary.merge_all()
    return [loss, train, summaries.dtype, len(tf.get_collection(tf.GraphKeys.SUMMARIES))]


def variables_of_the_program(tf):
    _train(tf, tf.train.AdamOptimizer, True)
    return [
        [[variable.name, variable.shape] for variable in tf.global_variables()],
        names_of(tf.trainable_variables()),
        names_of(tf.moving_average_variables()),
        len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)),
        len(tf.losses.get_losses()),
    ]


@steps(3)
def training_and_testing_share_their_variables(tf):
    step = tf.train.get_or_create_global_step()
    images, labels = _batch(tf, step)
    with tf.variable_scope("", reuse=tf.AUTO_REUSE):
        trained = _model(tf, images, True)
    with tf.variable_scope("", reuse=True):
        tested = _model(tf, images, False)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=trained))
    loss += tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)
    return [loss, train, tested.shape, len(tf.global_variables()), len(tf.get_collection(tf.GraphKeys.UPDATE_OPS))]
