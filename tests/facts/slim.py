"""`tf.contrib.slim` and `tf.contrib.framework`: names, regularization, collections, argument scopes."""

from facts.vocabulary import collections_of, names_of


def _losses(tf):
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def contrib_finds_the_same_global_step(tf):
    step = tf.contrib.framework.get_or_create_global_step()
    return [step.name, tf.contrib.framework.get_global_step() is step, tf.train.get_global_step() is step]


def regularizers_name_their_losses(tf):
    slim = tf.contrib.slim
    tf.get_variable("w", [1], regularizer=slim.l2_regularizer(0.1))
    tf.get_variable("u", [1], regularizer=slim.l1_regularizer(0.1))
    tf.get_variable("z", [1], regularizer=slim.l2_regularizer(0.0))
    return [_losses(tf), slim.l2_regularizer(0.0)(tf.ones([1]))]


def a_regularizer_of_a_scope_takes_its_name(tf):
    slim = tf.contrib.slim
    tf.get_variable("a", [1], regularizer=slim.l1_l2_regularizer(0.1, 0.1))
    tf.get_variable("b", [1], regularizer=slim.l2_regularizer(0.1, scope="mine"))
    return _losses(tf)


def fully_connected_has_weights_biases_and_a_loss_named_kernel(tf):
    slim = tf.contrib.slim
    first = slim.fully_connected(tf.ones([1, 2]), 3, weights_regularizer=slim.l2_regularizer(0.1))
    second = slim.fully_connected(first, 3)
    return [
        names_of([first, second]),
        names_of(tf.global_variables()),
        names_of(tf.model_variables()),
        _losses(tf),
        names_of(slim.get_variables()),
    ]


def an_argument_scope_gives_arguments_to_its_functions(tf):
    slim = tf.contrib.slim
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        weights_regularizer=slim.l2_regularizer(0.1),
        normalizer_fn=slim.batch_norm,
        outputs_collections="outs",
    ):
        x = slim.conv2d(tf.ones([1, 4, 4, 1]), 2, [3, 3], scope="c1")
        slim.fully_connected(slim.flatten(x), 2, normalizer_fn=None, scope="fc")
    return [
        names_of(tf.global_variables()),
        names_of(tf.trainable_variables()),
        _losses(tf),
        names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        names_of(tf.get_collection("outs")),
        names_of(tf.model_variables()),
    ]


def its_losses_are_those_of_tf_losses(tf):
    tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]))
    return names_of(tf.contrib.slim.losses.get_losses())


def a_model_variable_is_in_the_model_variables(tf):
    slim = tf.contrib.slim
    slim.model_variable("w", [1], regularizer=tf.nn.l2_loss)
    slim.variable("u", [1])
    return collections_of(tf)


def _two_layers(tf, x, reuse=None):
    slim = tf.contrib.slim
    with tf.variable_scope("net", reuse=reuse):
        x = slim.conv2d(x, 2, [3, 3], scope="conv")
        x = slim.repeat(x, 2, slim.conv2d, 2, [1, 1], scope="again")
        x = slim.fully_connected(slim.flatten(x), 2, activation_fn=None, scope="fc")
        return slim.batch_norm(x, scope="bn")


def weight_decay_counts_each_variable_once_however_often_it_is_used(tf):
    slim = tf.contrib.slim
    x = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        weights_regularizer=slim.l2_regularizer(0.5),
        weights_initializer=tf.constant_initializer(0.25),
        biases_initializer=tf.constant_initializer(0.125),
    ):
        _two_layers(tf, x)
        before = _losses(tf)
        _two_layers(tf, x, reuse=True)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [
        before,
        _losses(tf) == before,
        losses,
        tf.add_n(losses),
        slim.losses.get_regularization_losses() == losses,
        tf.losses.get_regularization_loss(),
        [g is None for g in tf.gradients(tf.add_n(losses), tf.trainable_variables())],
        tf.gradients(losses[0], tf.trainable_variables()[0]),
    ]


def inner_argument_scopes_decide_about_weight_decay(tf):
    slim = tf.contrib.slim
    x = tf.ones([1, 2, 2, 1])
    with slim.arg_scope([slim.conv2d], weights_regularizer=slim.l2_regularizer(0.5)):
        slim.conv2d(x, 1, [1, 1], scope="a")
        with slim.arg_scope([slim.conv2d], weights_regularizer=slim.l1_regularizer(0.5)):
            slim.conv2d(x, 1, [1, 1], scope="b")
        slim.conv2d(x, 1, [1, 1], weights_regularizer=None, scope="c")
        slim.conv2d(x, 1, [1, 1], biases_regularizer=slim.l2_regularizer(0.5), scope="d")
        with tf.variable_scope("s", regularizer=slim.l1_regularizer(0.25)):
            slim.conv2d(x, 1, [1, 1], scope="e")
            slim.conv2d(x, 1, [1, 1], weights_regularizer=None, scope="f")
            slim.fully_connected(tf.ones([1, 2]), 1, scope="g")
    return _losses(tf)


def each_call_of_a_model_collects_its_updates_and_end_points(tf):
    slim = tf.contrib.slim
    x = tf.ones([1, 4, 4, 1])
    shown = []
    with slim.arg_scope([slim.conv2d, slim.fully_connected], outputs_collections="ends"):
        for reuse in [None, True]:
            _two_layers(tf, x, reuse)
            shown.append(list(slim.utils.convert_collection_to_dict("ends", clear_collection=True)))
    keys = tf.GraphKeys
    return shown + [
        names_of(tf.get_collection(keys.UPDATE_OPS)),
        names_of(tf.get_collection(keys.MODEL_VARIABLES)),
        len(tf.get_collection(keys.ACTIVATIONS)),
    ]


def the_total_loss_has_weight_decay_unless_told_otherwise(tf):
    slim = tf.contrib.slim
    weights = tf.constant_initializer(0.5)
    x = slim.fully_connected(
        tf.ones([2, 3]), 2, weights_initializer=weights, weights_regularizer=slim.l2_regularizer(0.5)
    )
    loss = slim.losses.softmax_cross_entropy(x, tf.constant([[0.0, 1.0], [1.0, 0.0]]))
    slim.losses.add_loss(tf.constant(3.0))
    total, without = slim.losses.get_total_loss(), slim.losses.get_total_loss(add_regularization_losses=False)
    return [loss, names_of(slim.losses.get_losses()), total, without, names_of([total, without])]


def updates_losses_and_outputs_of_a_clone_are_found_by_its_name_scope(tf):
    slim, found = tf.contrib.slim, []
    for i in range(2):
        with tf.name_scope("clone_%d" % i) as scope, tf.variable_scope(tf.get_variable_scope(), reuse=i > 0 or None):
            slim.conv2d(
                tf.ones([1, 4, 4, 1]),
                2,
                3,
                scope="c",
                weights_regularizer=slim.l2_regularizer(0.1),
                normalizer_fn=slim.batch_norm,
                outputs_collections="outputs",
            )
            slim.batch_norm(tf.ones([2, 3]), scope="b", updates_collections="updates")
            keys = [tf.GraphKeys.REGULARIZATION_LOSSES, tf.GraphKeys.UPDATE_OPS, "updates", "outputs"]
            found.append([len(tf.get_collection(key, scope)) for key in keys])
    return found
