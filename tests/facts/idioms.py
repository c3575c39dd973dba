"""Lines that legacy code repeats, put together from `tf.get_variable`, scopes and collections."""

import numpy as np

from facts.vocabulary import error_of, name_of, names_of, steps


def _linear(tf, x, size, scope=None, **kwargs):
    """The `_linear` of many old programs."""
    with tf.variable_scope(scope or "Linear"):
        w = tf.get_variable("Matrix", [x.shape[1], size], initializer=tf.ones_initializer(), **kwargs)
        b = tf.get_variable("Bias", [size], initializer=tf.zeros_initializer())
    return tf.matmul(x, w) + b


# Weight decay


def weight_decay_by_hand_in_a_collection_of_ones_own(tf):
    def variable_with_weight_decay(name, shape, weight):
        variable = tf.get_variable(name, shape, initializer=tf.ones_initializer())
        if weight is not None:
            tf.add_to_collection("losses", tf.multiply(tf.nn.l2_loss(variable), weight, name="weight_loss"))
        return variable

    with tf.variable_scope("conv1"):
        variable_with_weight_decay("weights", [2, 2], 0.5)
        variable_with_weight_decay("biases", [2], None)
    tf.add_to_collection("losses", tf.constant(10.0))
    return [len(tf.get_collection("losses")), tf.add_n(tf.get_collection("losses"), name="total_loss")]


def weight_decay_over_all_variables_but_the_biases(tf):
    _linear(tf, tf.ones([1, 2]), 3)
    kept = [v for v in tf.trainable_variables() if "Bias" not in v.name]
    return [names_of(kept), 0.5 * tf.add_n([tf.nn.l2_loss(v) for v in kept])]


def weight_decay_by_a_scope_around_the_model(tf):
    with tf.variable_scope("model", regularizer=lambda v: 0.1 * tf.nn.l2_loss(v)):
        _linear(tf, _linear(tf, tf.ones([1, 2]), 3, "one"), 1, "two")
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), tf.reduce_sum(losses)]


def weight_decay_only_where_there_is_some(tf):
    y = tf.reduce_sum(_linear(tf, tf.ones([1, 2]), 3))
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return tf.add_n([y] + losses) if losses else y


def weight_decay_of_a_model_built_twice_counts_once(tf):
    for reuse in [False, True]:
        with tf.variable_scope("model", reuse=reuse):
            _linear(tf, tf.ones([1, 2]), 3, regularizer=tf.nn.l2_loss)
    return [len(tf.losses.get_regularization_losses()), tf.losses.get_regularization_loss()]


def weight_decay_of_two_towers_counts_once(tf):
    totals = []
    for tower in range(2):
        with tf.variable_scope(tf.get_variable_scope(), reuse=tower > 0):
            with tf.name_scope("tower_%d" % tower):
                y = _linear(tf, tf.ones([1, 2]), 1, regularizer=tf.nn.l2_loss)
                totals.append(tf.add_n(tf.losses.get_regularization_losses()) + tf.reduce_sum(y))
    return [names_of(tf.trainable_variables()), totals]


# Sharing


def a_siamese_network_shares_by_reuse_variables(tf):
    with tf.variable_scope("siamese") as scope:
        left = _linear(tf, tf.ones([1, 2]), 2)
        scope.reuse_variables()
        right = _linear(tf, tf.ones([1, 2]) * 2.0, 2)
    return [left, right, names_of(tf.global_variables())]


def an_unrolled_network_shares_from_the_second_step_on(tf):
    state = tf.ones([1, 2])
    with tf.variable_scope("RNN"):
        for step in range(3):
            if step > 0:
                tf.get_variable_scope().reuse_variables()
            state = _linear(tf, state, 2)
    return [state, names_of(tf.global_variables())]


def two_layers_of_the_same_scope_are_refused(tf):
    x = _linear(tf, tf.ones([1, 2]), 2)
    return error_of(_linear, tf, x, 2)


def a_model_for_training_and_one_for_validation_share(tf):
    outputs = []
    for name, reuse in [("Train", None), ("Valid", True)]:
        with tf.name_scope(name):
            with tf.variable_scope("Model", reuse=reuse):
                outputs.append(_linear(tf, tf.ones([1, 2]), 2))
    return [names_of(outputs), names_of(tf.global_variables())]


def a_discriminator_called_twice_shares_by_its_argument(tf):
    def discriminator(x, reuse=False):
        with tf.variable_scope("discriminator") as scope:
            if reuse:
                scope.reuse_variables()
            return _linear(tf, x, 1, "d_h0")

    real = discriminator(tf.ones([1, 2]))
    fake = discriminator(tf.zeros([1, 2]), reuse=True)
    return [real, fake, names_of(tf.trainable_variables())]


def two_players_have_variables_of_their_own_by_name(tf):
    with tf.variable_scope("generator"):
        _linear(tf, tf.ones([1, 2]), 2, "g_h0")
    with tf.variable_scope("discriminator"):
        _linear(tf, tf.ones([1, 2]), 1, "d_h0")
    variables = tf.trainable_variables()
    return [
        names_of(v for v in variables if "g_" in v.name),
        names_of(v for v in variables if v.name.startswith("discriminator/")),
        names_of(tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="generator")),
    ]


def an_embedding_is_tied_by_asking_for_it_again(tf):
    with tf.variable_scope("model"):
        embedding = tf.get_variable("embedding", [3, 2], initializer=tf.ones_initializer())
        x = tf.nn.embedding_lookup(embedding, [0, 2])
    with tf.variable_scope("model", reuse=True):
        tied = tf.get_variable("embedding")
    return [tied is embedding, tf.matmul(x, tied, transpose_b=True)]


def a_scope_of_the_class_name_is_the_default(tf):
    class GRUCell(object):
        def __call__(self, x, scope=None):
            with tf.variable_scope(scope or type(self).__name__):
                with tf.variable_scope("Gates"):
                    return _linear(tf, x, 2)

    GRUCell()(tf.ones([1, 2]))
    GRUCell()(tf.ones([1, 2]), scope="mine")
    return names_of(tf.global_variables())


def a_scope_that_is_passed_on_as_an_object(tf):
    def layer(x, scope):
        with tf.variable_scope(scope):
            return _linear(tf, x, 2)

    with tf.variable_scope("net") as scope:
        pass
    with tf.variable_scope("elsewhere"):
        y = layer(tf.ones([1, 2]), scope)
    return [name_of(y), names_of(tf.global_variables())]


def a_counter_in_the_name_makes_layers_of_their_own(tf):
    x = tf.ones([1, 2])
    for i in range(3):
        x = _linear(tf, x, 2, "layer_{}".format(i))
    return [x, names_of(tf.global_variables())]


def a_loop_with_default_names_makes_layers_of_their_own(tf):
    x = tf.ones([1, 2])
    for _ in range(3):
        with tf.variable_scope(None, default_name="layer"):
            x = _linear(tf, x, 2)
    return names_of(tf.trainable_variables())


# Lists of variables


def the_parameters_are_counted(tf):
    _linear(tf, tf.ones([1, 2]), 3)
    return int(sum(np.prod(v.get_shape().as_list()) for v in tf.trainable_variables()))


def the_names_are_listed_with_their_shapes(tf):
    _linear(tf, tf.ones([1, 2]), 3)
    return [[v.op.name, v.get_shape().as_list(), v.dtype.base_dtype.name] for v in tf.global_variables()]


def a_variable_is_found_by_its_name_in_the_list(tf):
    _linear(tf, tf.ones([1, 2]), 3)
    found = [v for v in tf.global_variables() if v.name == "Linear/Bias:0"]
    return [len(found), found[0]]


def a_dictionary_of_names_gives_a_variable_its_value(tf):
    _linear(tf, tf.ones([1, 2]), 1)
    values = {"Linear/Matrix": [[3.0], [4.0]], "Linear/Bias": [5.0]}
    assigned = [tf.assign(v, values[v.name.split(":")[0]]) for v in tf.trainable_variables()]
    with tf.control_dependencies(assigned):
        return [v.read_value() for v in tf.trainable_variables()]


def a_target_network_is_copied_in_order(tf):
    with tf.variable_scope("online"):
        _linear(tf, tf.ones([1, 2]), 1)
    with tf.variable_scope("target"):
        tf.get_variable("Matrix", [2, 1], initializer=tf.zeros_initializer())
        tf.get_variable("Bias", [1], initializer=tf.ones_initializer())
    online, target = (tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope) for scope in ("online", "target"))
    with tf.control_dependencies([tf.group(*[tf.assign(t, o) for o, t in zip(online, target)])]):
        return [names_of(target), [t.read_value() for t in target]]


@steps(3)
def a_moving_average_by_hand_moves_each_step(tf):
    mean = tf.get_variable("mean", [], initializer=tf.zeros_initializer(), trainable=False)
    with tf.control_dependencies([tf.assign(mean, 0.5 * mean + 0.5 * 8.0)]):
        return mean.read_value()


@steps(3)
def a_step_counter_of_ones_own_counts(tf):
    step = tf.Variable(0, name="my_step", trainable=False)
    return tf.assign_add(step, 1)


@steps(2)
def update_operations_collected_by_hand_run_once_a_step(tf):
    with tf.variable_scope("bn"):
        mean = tf.get_variable("moving_mean", [], initializer=tf.zeros_initializer(), trainable=False)
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_sub(mean, -1.0))
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(updates):
        return [len(updates), mean.read_value()]


def variables_of_a_scope_are_found_by_the_scopes_name(tf):
    with tf.variable_scope("net") as scope:
        _linear(tf, tf.ones([1, 2]), 3)
    with tf.variable_scope("net_2"):
        _linear(tf, tf.ones([1, 2]), 3)
    return [
        names_of(tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope=scope.name)),
        names_of(tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope=scope.name + "/")),
        names_of(scope.global_variables()),
    ]


def end_points_are_kept_in_a_collection_of_the_scope(tf):
    with tf.variable_scope("net") as scope:
        key = scope.original_name_scope + "end_points"
        for name in ["one", "two"]:
            tf.add_to_collection(key, _linear(tf, tf.ones([1, 2]), 2, name))
    return [key, len(tf.get_collection(key)), tf.get_collection(key)]


def a_frozen_part_is_not_trained(tf):
    with tf.variable_scope("frozen"):
        tf.get_variable("w", [2], trainable=False)
    with tf.variable_scope("tuned"):
        tf.get_variable("w", [2])
    frozen = [v for v in tf.global_variables() if v not in tf.trainable_variables()]
    return [names_of(tf.trainable_variables()), names_of(frozen)]


def a_custom_getter_makes_a_part_not_trained(tf):
    def not_trained(getter, *args, **kwargs):
        kwargs["trainable"] = False
        return getter(*args, **kwargs)

    with tf.variable_scope("frozen", custom_getter=not_trained):
        _linear(tf, tf.ones([1, 2]), 3)
    return [names_of(tf.global_variables()), names_of(tf.trainable_variables())]


def half_precision_with_variables_in_single_precision(tf):
    def single(getter, name, shape=None, dtype=None, trainable=True, **kwargs):
        variable = getter(name, shape, dtype=tf.float32, trainable=trainable, **kwargs)
        return tf.cast(variable, dtype) if dtype != tf.float32 else variable

    with tf.variable_scope("fp32", custom_getter=single):
        w = tf.get_variable("w", [2], dtype=tf.float16, initializer=tf.ones_initializer())
    return [w.dtype, w, tf.trainable_variables()[0].dtype.base_dtype]


def spectral_normalization_keeps_a_vector_beside_the_weight(tf):
    def normalized(w):
        u = tf.get_variable("u", [1, 2], initializer=tf.ones_initializer(), trainable=False)
        v = tf.nn.l2_normalize(tf.matmul(u, w, transpose_b=True))
        sigma = tf.reduce_sum(tf.matmul(tf.matmul(v, w), u, transpose_b=True))
        with tf.control_dependencies([tf.assign(u, tf.nn.l2_normalize(tf.matmul(v, w)))]):
            return w / sigma

    with tf.variable_scope("layer"):
        w = tf.get_variable("w", [2, 2], initializer=tf.ones_initializer())
        result = normalized(w)
    return [names_of(tf.global_variables()), names_of(tf.trainable_variables()), result.shape]


def the_gradients_are_clipped_by_their_norm(tf):
    loss = tf.reduce_sum(_linear(tf, tf.ones([1, 2]), 1)) * 10.0
    gradients, norm = tf.clip_by_global_norm(tf.gradients(loss, tf.trainable_variables()), 1.0)
    return [norm, gradients]
