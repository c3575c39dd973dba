"""`tf.contrib.layers.optimize_loss`, and summaries of what there is."""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of, steps


def _loss(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([3.0, 4.0]))
    b = tf.get_variable("b", [], initializer=tf.ones_initializer())
    return w, b, tf.reduce_sum(w * w) + b


def _state(tf, *arguments, **keywords):
    """All variables after a training step."""
    w, b, loss = _loss(tf)
    tf.train.create_global_step()
    step = tf.contrib.layers.optimize_loss(loss, *arguments, **keywords)
    with tf.control_dependencies([step]):
        values = [tf.reshape(tf.cast(v.read_value(), tf.float32), [-1]) for v in tf.global_variables()]
    return [tf.concat(values, 0), names_of(tf.global_variables())]


@steps(2)
def sgd_by_name(tf):
    return _state(tf, None, 0.1, "SGD")


@steps(2)
def adam_by_name(tf):
    return _state(tf, None, 0.1, "Adam")


@steps(2)
def momentum_by_name(tf):
    return _state(tf, None, 0.1, "Momentum")


@steps(2)
def rmsprop_by_name(tf):
    return _state(tf, None, 0.1, "RMSProp", name="OL")


@steps(2)
def adagrad_by_class(tf):
    return _state(tf, None, 0.1, tf.train.AdagradOptimizer)


@steps(2)
def an_optimizer_object(tf):
    return _state(tf, None, None, tf.train.GradientDescentOptimizer(0.25))


@steps(2)
def a_function_of_the_learning_rate(tf):
    return _state(tf, None, 0.1, lambda rate: tf.train.MomentumOptimizer(rate, 0.5))


@steps(2)
def a_function_of_nothing(tf):
    return _state(tf, None, None, lambda: tf.train.GradientDescentOptimizer(0.2))


@steps(2)
def a_learning_rate_that_is_a_tensor(tf):
    return _state(tf, None, tf.constant(0.1), "SGD")


@steps(2)
def a_learning_rate_that_decays(tf):
    def decay(rate, step):
        return rate / (tf.cast(step, tf.float32) + 1.0)

    return _state(tf, None, 0.1, "SGD", learning_rate_decay_fn=decay)


@steps(2)
def gradients_clipped_by_their_norm(tf):
    return _state(tf, None, 0.1, "SGD", clip_gradients=1.0)


@steps(2)
def gradients_clipped_by_a_function(tf):
    def halve(pairs):
        return [(gradient * 0.5, variable) for gradient, variable in pairs]

    return _state(tf, None, 0.1, "SGD", clip_gradients=halve)


@steps(2)
def gradients_multiplied(tf):
    return _state(tf, None, 0.1, "SGD", gradient_multipliers={"w:0": 0.5, "b": 100.0})


@steps(2)
def a_step_that_is_not_counted(tf):
    return _state(tf, None, 0.1, "SGD", increment_global_step=False)


@steps(3)
def gradients_clipped_by_what_is_usual(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([3.0, 4.0]))
    step = tf.train.create_global_step()
    clip = tf.contrib.slim.adaptive_clipping_fn(1.0, 0.5, global_step=step, static_max_norm=2.0)
    train = tf.contrib.layers.optimize_loss(tf.reduce_sum(w * w), step, 0.1, "SGD", clip_gradients=clip)
    with tf.control_dependencies([train]):
        values = [tf.reshape(tf.cast(v.read_value(), tf.float32), [-1]) for v in tf.global_variables()]
    return [tf.concat(values[:1] + values[3:], 0), names_of(tf.global_variables())]


def only_some_variables(tf):
    w, b, loss = _loss(tf)
    step = tf.contrib.layers.optimize_loss(loss, None, 0.1, "Adam", variables=[b])
    with tf.control_dependencies([step]):
        return [tf.concat([w.read_value(), [b.read_value()]], 0), names_of(tf.global_variables())]


def the_global_step_is_found(tf):
    w, b, loss = _loss(tf)
    global_step = tf.train.create_global_step()
    step = tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD")
    with tf.control_dependencies([step]):
        return [global_step.read_value(), name_of(step)]


def updates_come_first(tf):
    counter = tf.get_variable("counter", [], initializer=tf.zeros_initializer(), trainable=False)
    w, b, loss = _loss(tf)
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(counter, 1.0))
    step = tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD")
    with tf.control_dependencies([step]):
        return [counter.read_value(), name_of(step)]


def its_names(tf):
    w, b, loss = _loss(tf)
    with tf.variable_scope("train"):
        steps = [
            tf.contrib.layers.optimize_loss(loss, None, 0.1, "Momentum", summaries=[]),
            tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD", summaries=[]),
            tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD", summaries=[], name="mine"),
        ]
    return [names_of(steps), names_of(tf.global_variables()), names_of(tf.trainable_variables())]


def its_summaries(tf):
    w, b, loss = _loss(tf)
    names = ["loss", "learning_rate", "gradients", "gradient_norm", "global_gradient_norm"]
    tf.train.create_global_step()
    tf.contrib.layers.optimize_loss(
        loss, None, 0.1, "SGD", summaries=names, clip_gradients=1.0, learning_rate_decay_fn=lambda rate, step: rate * 0.5
    )
    return names_of(tf.get_collection(tf.GraphKeys.SUMMARIES))


def what_it_refuses(tf):
    optimize_loss = tf.contrib.layers.optimize_loss
    w, b, loss = _loss(tf)
    return [
        error_of(optimize_loss, loss, None, 0.1, "bad"),
        error_of(optimize_loss, loss, None, 0.1, 3),
        error_of(optimize_loss, loss, None, None, "Adam"),
        error_of(optimize_loss, loss, None, "a", "SGD"),
        error_of(optimize_loss, loss, None, -1.0, "SGD"),
        error_of(optimize_loss, loss, None, 1, "SGD"),
        error_of(optimize_loss, loss, None, 0.1, "SGD", clip_gradients=1),
        error_of(optimize_loss, loss, None, 0.1, "SGD", summaries=["zz"]),
        error_of(optimize_loss, loss, None, 0.1, lambda rate: 3),
        error_of(optimize_loss, loss, None, 0.1, "SGD", learning_rate_decay_fn=lambda rate, step: rate),
        kind_of_error(optimize_loss, tf.ones([2]), None, 0.1, "SGD"),
        kind_of_error(optimize_loss, loss, tf.constant(1.0), 0.1, "SGD"),
    ]


def the_names_of_optimizers(tf):
    return [sorted(tf.contrib.layers.OPTIMIZER_CLS_NAMES), tf.contrib.layers.OPTIMIZER_SUMMARIES]


# Summaries


def a_tensor_is_summarized_by_its_name(tf):
    slim = tf.contrib.slim
    w = tf.get_variable("w", [2])
    s = tf.get_variable("s", [])
    text = tf.get_variable("t", [], tf.string, initializer=tf.constant_initializer("a"))
    summaries = [slim.summarize_tensor(w), slim.summarize_tensor(s), slim.summarize_tensor(w, tag="mine")]
    return [names_of(summaries), slim.summarize_tensor(text), names_of(tf.get_collection(tf.GraphKeys.SUMMARIES))]


def collections_are_summarized(tf):
    slim = tf.contrib.slim
    with tf.variable_scope("a"):
        slim.fully_connected(tf.ones([2, 3]), 2, variables_collections={"weights": ["weights"], "biases": ["biases"]})
    with tf.variable_scope("b"):
        slim.fully_connected(tf.ones([2, 3]), 2, variables_collections={"weights": ["weights"], "biases": ["biases"]})
    summaries = [
        slim.summarize_weights(),
        slim.summarize_biases(),
        slim.summarize_variables("b/"),
        slim.summarize_collection("weights", name_filter="a/.*"),
        slim.summarize_collection("weights", name_filter="nothing"),
        slim.summarize_tensors(tf.get_collection("biases")),
    ]
    return [names_of(group) for group in summaries]


def activations_are_summarized_by_their_kind(tf):
    slim = tf.contrib.slim
    x = tf.constant([1.0, -1.0])
    for function in [tf.nn.relu, tf.nn.relu6, tf.nn.softplus, tf.nn.sigmoid]:
        with tf.name_scope("n"):
            slim.summarize_activation(function(x))
    return names_of(tf.get_collection(tf.GraphKeys.SUMMARIES))


def summaries_of_slim(tf):
    summaries = tf.contrib.slim.summaries
    w = tf.get_variable("w", [2], initializer=tf.zeros_initializer())
    s = tf.get_variable("s", [])
    image = tf.get_variable("i", [1, 2, 2, 3])
    made = [
        summaries.add_histogram_summary(w),
        summaries.add_histogram_summary(w, "n", "p"),
        summaries.add_scalar_summary(s),
        summaries.add_scalar_summary(s, name="n"),
        summaries.add_zero_fraction_summary(w),
        summaries.add_zero_fraction_summary(w, prefix="p"),
        summaries.add_image_summary(image),
    ]
    made += summaries.add_histogram_summaries([w], prefix="q")
    made += summaries.add_scalar_summaries([s], prefix="q")
    made += summaries.add_image_summaries([image], prefix="q")
    made += summaries.add_zero_fraction_summaries([w], prefix="q")
    return names_of(made)
