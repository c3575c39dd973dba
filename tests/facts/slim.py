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
