"""`tf.contrib.slim.learning`: the training step. Its loop is tested in tests/contrib/test_slim_learning.py."""

from facts.vocabulary import collections_of, error_of, names_of, steps


def _loss(tf, start=(1.0, 2.0)):
    w = tf.get_variable("w", initializer=tf.constant(start))
    b = tf.get_variable("b", initializer=tf.constant(0.5))
    return tf.reduce_sum(tf.square(w)) + 3.0 * b


@steps(3)
def a_training_step_gives_the_loss_before_it(tf):
    train_op = tf.contrib.slim.learning.create_train_op(_loss(tf), tf.train.GradientDescentOptimizer(0.25))
    return [train_op, tf.train.get_global_step()] + tf.trainable_variables()


def a_training_step_has_names_and_is_collected(tf):
    train_op = tf.contrib.slim.learning.create_train_op(_loss(tf), tf.train.MomentumOptimizer(0.25, 0.5))
    return [names_of([train_op]), train_op.dtype, train_op.shape, names_of(tf.global_variables()), collections_of(tf)]


@steps(2)
def a_training_step_updates_moving_averages_first(tf):
    slim = tf.contrib.slim
    x = tf.constant([[1.0, 2.0], [3.0, 6.0]])
    with slim.arg_scope([slim.batch_norm], decay=0.5):
        y = slim.fully_connected(
            x, 2, normalizer_fn=slim.batch_norm, weights_initializer=tf.constant_initializer(0.5), scope="fc"
        )
    train_op = slim.learning.create_train_op(tf.reduce_sum(y), tf.train.GradientDescentOptimizer(0.25))
    return [train_op] + tf.global_variables()


@steps(2)
def only_these_updates(tf):
    counted = tf.get_variable("counted", [], initializer=tf.zeros_initializer(), trainable=False)
    other = tf.get_variable("other", [], initializer=tf.zeros_initializer(), trainable=False)
    update = tf.assign_add(counted, 1.0)
    train_op = tf.contrib.slim.learning.create_train_op(
        _loss(tf), tf.train.GradientDescentOptimizer(0.25), update_ops=[update]
    )
    return [train_op, counted, other]


@steps(2)
def only_these_variables_and_no_step(tf):
    loss = _loss(tf)
    w, b = tf.trainable_variables()
    train_op = tf.contrib.slim.learning.create_train_op(
        loss, tf.train.GradientDescentOptimizer(0.25), global_step=None, variables_to_train=[b]
    )
    return [train_op, w, b, tf.train.get_global_step() is None]


@steps(2)
def a_global_step_of_ones_own(tf):
    step = tf.get_variable("my_step", [], tf.int64, initializer=tf.zeros_initializer(), trainable=False)
    train_op = tf.contrib.slim.learning.create_train_op(
        _loss(tf), tf.train.GradientDescentOptimizer(0.25), global_step=step
    )
    return [train_op, step, names_of(tf.global_variables())]


@steps(2)
def gradients_are_clipped_after_they_are_multiplied(tf):
    loss = _loss(tf)
    train_op = tf.contrib.slim.learning.create_train_op(
        loss, tf.train.GradientDescentOptimizer(0.25), clip_gradient_norm=1.0, gradient_multipliers={"b": 0.125}
    )
    return [train_op] + tf.trainable_variables()


def gradients_are_clipped_one_by_one(tf):
    slim = tf.contrib.slim
    slices = tf.IndexedSlices(tf.constant([[3.0], [4.0]]), tf.constant([0, 2]), tf.constant([5, 1]))
    clipped = slim.learning.clip_gradient_norms(
        [(tf.constant([3.0, 4.0]), "u"), (None, "v"), (slices, "w"), (tf.constant([0.3, 0.4]), "x")], 1.0
    )
    (first, _), (second, _), (third, _), (fourth, _) = clipped
    return [first, second, third.values, third.indices, fourth, [name for _, name in clipped]]


def gradients_are_multiplied_by_name_or_variable(tf):
    slim = tf.contrib.slim
    w, u = tf.get_variable("w", [2]), tf.get_variable("u", [1])
    slices = tf.IndexedSlices(tf.constant([3.0]), tf.constant([0]), tf.constant([1]))
    by_name = slim.learning.multiply_gradients([(tf.constant([3.0, 4.0]), w), (slices, u)], {"w": 2.0, "u": 0.5})
    (first, _), (second, _) = by_name
    return [first, second.values, second.indices, [v.name for _, v in by_name]]


def what_multiplying_refuses(tf):
    multiply = tf.contrib.slim.learning.multiply_gradients
    w = tf.get_variable("w", [2])
    return [
        error_of(multiply, ((tf.ones([2]), w),), {"w": 2.0}),
        error_of(multiply, [(tf.ones([2]), w)], {}),
        error_of(multiply, [(tf.ones([2]), w)], [2.0]),
        error_of(multiply, [(None, w)], {"w": 2.0}),
    ]


def what_a_training_step_refuses(tf):
    create = tf.contrib.slim.learning.create_train_op
    loss = _loss(tf)
    frozen = tf.get_variable("frozen", [], trainable=False)
    optimizer = tf.train.GradientDescentOptimizer(0.25)
    return [
        error_of(create, loss, optimizer, variables_to_train=[frozen]),
        error_of(create, loss, optimizer, variables_to_train=[]),
    ]


def summaries_of_gradients(tf):
    slim = tf.contrib.slim
    with tf.variable_scope("a"):
        loss = _loss(tf)
    slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.25), summarize_gradients=True)
    return names_of(tf.get_collection(tf.GraphKeys.SUMMARIES))


def a_loss_that_is_no_number_passes_without_the_check(tf):
    loss = _loss(tf, start=(float("nan"), 1.0))
    optimizer = tf.train.GradientDescentOptimizer(0.25)
    return tf.contrib.slim.learning.create_train_op(loss, optimizer, check_numerics=False)


@steps(2)
def a_loss_with_weight_decay_is_trained(tf):
    slim = tf.contrib.slim
    x = tf.constant([[1.0, -1.0, 2.0], [0.5, 0.0, 1.0]])
    with slim.arg_scope(
        [slim.fully_connected],
        weights_regularizer=slim.l2_regularizer(0.5),
        weights_initializer=tf.constant_initializer([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]),
    ):
        y = slim.fully_connected(x, 2, activation_fn=None, scope="fc")
    tf.losses.softmax_cross_entropy(tf.constant([[0.0, 1.0], [1.0, 0.0]]), y)
    train_op = slim.learning.create_train_op(tf.losses.get_total_loss(), tf.train.AdamOptimizer(0.125))
    with tf.control_dependencies([train_op]):
        return tf.concat([tf.reshape(v.read_value(), [-1]) for v in tf.trainable_variables()], 0)
