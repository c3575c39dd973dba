"""``tf.contrib.training``: a training step, gradients, evaluation steps and places for variables."""

from facts.vocabulary import error_of, kind_of_error, names_of, steps


def _model(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([1.0, -2.0]))
    b = tf.get_variable("b", [], initializer=tf.zeros_initializer())
    return w, b, tf.reduce_sum(tf.square(w)) + b * 2.0


@steps(3)
def a_train_op_gives_the_loss(tf):
    w, b, loss = _model(tf)
    train_op = tf.contrib.training.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1))
    return [train_op, w, b, tf.train.get_global_step(), names_of(tf.global_variables())]


@steps(3)
def gradients_are_transformed(tf):
    w, b, loss = _model(tf)
    train_op = tf.contrib.training.create_train_op(
        loss, tf.train.GradientDescentOptimizer(0.1), transform_grads_fn=tf.contrib.training.clip_gradient_norms_fn(0.5)
    )
    return [train_op, w, b]


@steps(2)
def no_step_is_counted_without_one(tf):
    w, b, loss = _model(tf)
    train_op = tf.contrib.training.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1), global_step=None)
    return [train_op, w, names_of(tf.global_variables())]


@steps(2)
def only_some_variables_are_trained(tf):
    w, b, loss = _model(tf)
    train_op = tf.contrib.training.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1), variables_to_train=[b])
    return [train_op, w, b]


@steps(2)
def updates_run_first(tf):
    w, b, loss = _model(tf)
    count = tf.get_variable("count", [], initializer=tf.zeros_initializer(), trainable=False)
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(count, 1.0))
    train_op = tf.contrib.training.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1))
    return [train_op, count]


def multiplied_gradients(tf):
    w, b, _ = _model(tf)
    pairs = tf.contrib.training.multiply_gradients([(tf.constant([1.0, 2.0]), w), (tf.constant(3.0), b)], {"w": 10.0})
    return [gradient for gradient, _ in pairs]


def clipped_gradients(tf):
    w, b, _ = _model(tf)
    pairs = tf.contrib.training.clip_gradient_norms([(tf.constant([3.0, 4.0]), w), (None, b)], 1.0)
    return [gradient for gradient, _ in pairs]


def the_evaluation_step(tf):
    step = tf.contrib.training.get_or_create_eval_step()
    again = tf.contrib.training.get_or_create_eval_step()
    return [
        step.name, step.dtype.base_dtype.name, step is again, names_of(tf.global_variables()),
        names_of(tf.local_variables()), names_of(tf.get_collection(tf.GraphKeys.EVAL_STEP)), step,
    ]


def the_least_loaded_server(tf):
    place = tf.contrib.training.GreedyLoadBalancingStrategy(3, lambda load: load)
    return [place(load) for load in (5, 3, 1, 1, 1, 4, 2)]


class _Op(object):
    def __init__(self, name):
        self.name = name


def a_random_server_by_name(tf):
    return [[tf.contrib.training.RandomStrategy(97, seed)(_Op(name)) for name in ("a", "net/w", "b")] for seed in (0, 7)]


def a_hook_for_the_summaries_needs_a_place(tf):
    return error_of(tf.contrib.training.SummaryAtEndHook)
