"""`tf.contrib.layers`: `fully_connected`, its shorthands and its ancestor, and `bias_add`."""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of


def _wave(tf):
    """An initializer whose values are all different and the same everywhere."""

    def initialize(shape, dtype=None, partition_info=None):
        count = 1
        for length in shape:
            count *= int(length)
        return tf.reshape(tf.sin(tf.range(count, dtype=tf.float32) * 1.3), shape)

    return initialize


def _input(tf, *shape):
    return _wave(tf)(shape) + 0.5


def its_value_and_gradients(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3)
    y = layers.fully_connected(
        x, 4, weights_initializer=_wave(tf), biases_initializer=tf.constant_initializer(0.1), scope="fc"
    )
    return [y, name_of(y), tf.gradients(tf.reduce_sum(y * y), tf.trainable_variables())]


def its_variables_and_collections(tf):
    layers = tf.contrib.layers
    layers.fully_connected(
        _input(tf, 2, 3),
        4,
        weights_regularizer=layers.l2_regularizer(0.1),
        biases_regularizer=layers.l1_regularizer(0.1),
        variables_collections=["mine"],
        outputs_collections="outs",
    )
    return [collections_of(tf), [v.shape for v in tf.global_variables()]]


def a_dictionary_of_collections_goes_by_the_variables_name(tf):
    tf.contrib.layers.fully_connected(
        _input(tf, 2, 3), 4, variables_collections={"weights": ["ws"], "kernel": ["ks"]}, scope="fc"
    )
    return collections_of(tf)


def unnamed_ones_are_counted(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3)
    with tf.variable_scope("s"):
        outputs = [layers.fully_connected(x, 2), layers.linear(x, 2), layers.relu6(x, 2), layers.elu(x, 2)]
    return [names_of(outputs), names_of(tf.global_variables())]


def it_is_shared_by_reuse(tf):
    layers = tf.contrib.layers
    outputs = []
    for reuse in [None, True]:
        outputs.append(
            layers.fully_connected(
                _input(tf, 2, 3),
                4,
                weights_initializer=_wave(tf),
                weights_regularizer=layers.l2_regularizer(0.1),
                scope="fc",
                reuse=reuse,
                variables_collections=["mine"],
                outputs_collections="outs",
            )
        )
    return [names_of(outputs), outputs[0] - outputs[1], collections_of(tf)]


def it_is_shared_by_the_scope_around(tf):
    layers = tf.contrib.layers
    with tf.contrib.framework.arg_scope([layers.fully_connected], weights_regularizer=layers.l2_regularizer(0.1)):
        with tf.variable_scope("net") as scope:
            layers.fully_connected(_input(tf, 2, 3), 3)
        with tf.variable_scope(scope, reuse=True):
            layers.fully_connected(_input(tf, 2, 3), 3)
        with tf.variable_scope("net", reuse=tf.AUTO_REUSE):
            layers.fully_connected(_input(tf, 2, 3), 3)
    return collections_of(tf)


def the_same_scope_twice_raises(tf):
    layers = tf.contrib.layers
    layers.fully_connected(_input(tf, 2, 3), 4, scope="fc")
    layers.fully_connected(_input(tf, 2, 3), 4, scope="fc")


def reuse_finds_only_what_is_there(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3)
    layers.fully_connected(x, 4, scope="fc")
    return [
        error_of(layers.fully_connected, x, 4, scope="other", reuse=True),
        error_of(layers.fully_connected, x, 5, scope="fc", reuse=True),
        error_of(layers.fully_connected, x, 5, reuse=True),
    ]


def a_normalizer_comes_in_place_of_biases(tf):
    layers = tf.contrib.layers
    y = layers.fully_connected(
        _input(tf, 4, 3),
        2,
        weights_initializer=_wave(tf),
        normalizer_fn=layers.batch_norm,
        normalizer_params={"scale": True, "decay": 0.9},
        biases_regularizer=layers.l2_regularizer(0.1),
        scope="fc",
        outputs_collections="outs",
    )
    found = collections_of(tf)
    del found[tf.GraphKeys.UPDATE_OPS]
    return [y, name_of(y), found]


def without_biases_there_is_only_the_product(tf):
    y = tf.contrib.layers.fully_connected(
        _input(tf, 2, 3), 2, activation_fn=None, biases_initializer=None, weights_initializer=_wave(tf), scope="fc"
    )
    return [y, name_of(y), names_of(tf.global_variables())]


def more_axes_in_front_stay(tf):
    y = tf.contrib.layers.fully_connected(_input(tf, 2, 3, 4), 5, weights_initializer=_wave(tf))
    return [y.shape, y, name_of(y)]


def what_it_refuses(tf):
    fully_connected = tf.contrib.layers.fully_connected
    x = _input(tf, 2, 3)
    return [
        error_of(fully_connected, x, 5.0),
        error_of(fully_connected, x, None),
        error_of(fully_connected, x[0], 5),
        error_of(fully_connected, tf.constant([[1, 2]]), 3),
    ]


def what_isnt_trainable_is_not_collected_as_such(tf):
    tf.contrib.layers.fully_connected(_input(tf, 2, 3), 2, trainable=False)
    return collections_of(tf)


def the_scopes_regularizer_names_the_variables(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("s", regularizer=layers.l2_regularizer(0.1), initializer=tf.ones_initializer()):
        y = layers.fully_connected(_input(tf, 2, 3), 2, weights_initializer=None)
    return [names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)), y]


def the_losses_and_their_gradients(tf):
    layers = tf.contrib.layers
    for number in range(2):
        layers.fully_connected(
            _input(tf, 2, 3),
            2,
            weights_initializer=_wave(tf),
            weights_regularizer=layers.l2_regularizer(0.5),
            scope="fc",
            reuse=number > 0,
        )
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [losses, tf.gradients(tf.add_n(losses), tf.contrib.framework.get_variables_by_name("weights"))]


def a_scope_object_is_opened_again(tf):
    with tf.variable_scope("s") as scope:
        pass
    y = tf.contrib.layers.fully_connected(_input(tf, 2, 3), 2, scope=scope)
    return [name_of(y), names_of(tf.global_variables())]


def a_custom_getter_sees_the_names_of_contrib(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append([name, sorted(kwargs["collections"]), kwargs["trainable"], kwargs["reuse"]])
        return getter(name, *args, **kwargs)

    with tf.variable_scope("s", custom_getter=watch):
        tf.contrib.layers.fully_connected(_input(tf, 2, 3), 2, scope="fc")
        tf.contrib.layers.fully_connected(_input(tf, 2, 3), 2, scope="fc", reuse=True)
    return seen


def a_getter_may_give_tensors(tf):
    layers = tf.contrib.layers

    def double(getter, name, *args, **kwargs):
        return getter(name, *args, **kwargs) * 2.0

    with tf.variable_scope("s", custom_getter=double):
        y = layers.fully_connected(
            _input(tf, 2, 3), 2, weights_initializer=_wave(tf), weights_regularizer=layers.l2_regularizer(0.1), scope="f"
        )
    return [y, names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)), names_of(tf.model_variables())]


def a_partitioner_cuts_the_variables(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("p", partitioner=tf.fixed_size_partitioner(2)):
        y = layers.fully_connected(
            _input(tf, 2, 4),
            2,
            weights_initializer=tf.ones_initializer(),
            weights_regularizer=layers.l2_regularizer(0.1),
            variables_collections=["mine"],
        )
    found = collections_of(tf)
    return [y, found["mine"], found[tf.GraphKeys.MODEL_VARIABLES], found[tf.GraphKeys.REGULARIZATION_LOSSES]]


def an_argument_scope_reaches_its_variables(tf):
    framework = tf.contrib.framework
    with framework.arg_scope([framework.model_variable], trainable=False):
        tf.contrib.layers.fully_connected(_input(tf, 2, 3), 2)
    with framework.arg_scope([framework.variable], device="/cpu:0", caching_device=None):
        tf.contrib.layers.fully_connected(_input(tf, 2, 3), 2)
    return collections_of(tf)


def a_numpy_array_will_do(tf):
    y = tf.contrib.layers.fully_connected([[1.0, 2.0]], 2, weights_initializer=_wave(tf))
    return y


# bias_add


def bias_add_adds_to_each_channel(tf):
    layers = tf.contrib.layers
    y = layers.bias_add(
        _input(tf, 2, 3, 3, 2),
        activation_fn=tf.nn.relu,
        initializer=_wave(tf),
        regularizer=layers.l2_regularizer(0.1),
        outputs_collections="outs",
    )
    return [y, name_of(y), collections_of(tf)]


def bias_add_takes_any_rank_with_channels_last(tf):
    layers = tf.contrib.layers
    outputs = [layers.bias_add(_input(tf, 2, 3), initializer=_wave(tf)), layers.bias_add(_input(tf, 2, 7, 3))]
    return [names_of(outputs), outputs, names_of(tf.global_variables())]


def what_bias_add_refuses(tf):
    bias_add = tf.contrib.layers.bias_add
    return [
        error_of(bias_add, _input(tf, 2, 3, 3, 2), data_format="X"),
        error_of(bias_add, _input(tf, 2, 3), data_format="NCHW"),
    ]


# Before slim


def legacy_fully_connected_has_collections_of_its_own(tf):
    layers = tf.contrib.layers
    y = layers.legacy_fully_connected(
        _input(tf, 2, 3), 4, weight_init=_wave(tf), weight_regularizer=layers.l2_regularizer(0.1)
    )
    return [y, name_of(y), collections_of(tf)]


def legacy_shorthands(tf):
    layers = tf.contrib.layers
    outputs = [
        layers.legacy_relu(_input(tf, 2, 3, 5), 4, weight_init=_wave(tf), name="lr"),
        layers.legacy_linear(_input(tf, 2, 3), 4, weight_init=_wave(tf), bias_init=None, name="ll"),
    ]
    return [outputs, names_of(outputs), collections_of(tf)]


def what_legacy_fully_connected_refuses(tf):
    return error_of(tf.contrib.layers.legacy_fully_connected, _input(tf, 3), 4)
