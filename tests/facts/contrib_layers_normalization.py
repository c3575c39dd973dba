"""`tf.contrib.layers`: layer, instance and group normalization, and unit norm."""

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


def _with_gradients(tf, function, shape, **arguments):
    x = tf.get_variable("x", initializer=_input(tf, *shape))
    y = function(x, scope="n", **arguments)
    loss = tf.reduce_sum(y * y * _wave(tf)(shape))
    return [y, tf.gradients(loss, tf.trainable_variables()), name_of(y), names_of(tf.trainable_variables())]


def layer_norm_of_rank_2(tf):
    return _with_gradients(tf, tf.contrib.layers.layer_norm, (3, 4))


def layer_norm_of_rank_4(tf):
    return _with_gradients(tf, tf.contrib.layers.layer_norm, (2, 2, 2, 3), activation_fn=tf.nn.relu)


def layer_norm_over_the_last_axes(tf):
    return _with_gradients(tf, tf.contrib.layers.layer_norm, (2, 3, 4), begin_norm_axis=-1)


def layer_norm_with_parameters_for_more_axes(tf):
    return _with_gradients(tf, tf.contrib.layers.layer_norm, (2, 3, 4), begin_norm_axis=2, begin_params_axis=-2)


def layer_norm_without_center(tf):
    return _with_gradients(tf, tf.contrib.layers.layer_norm, (3, 4), center=False)


def layer_norm_of_small_values(tf):
    layer_norm = tf.contrib.layers.layer_norm
    return [
        layer_norm(tf.constant([[1e-6, 3e-6]])),
        layer_norm(tf.constant([[1e-7, 2e-7]], tf.float64)),
        layer_norm(tf.constant([[1e-3, 2e-3]], tf.float16)),
    ]


def the_variables_of_layer_norm(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 4)
    with tf.variable_scope("s"):
        layers.layer_norm(x, variables_collections=["mine"], outputs_collections="outs")
        layers.layer_norm(x, trainable=False, variables_collections={"beta": ["bs"], "gamma": ["gs"]})
        layers.layer_norm(x, scale=False, scope="ln")
        layers.layer_norm(x, scale=False, scope="ln", reuse=True)
    return collections_of(tf)


def what_layer_norm_refuses(tf):
    layer_norm = tf.contrib.layers.layer_norm
    x = _input(tf, 2, 3, 4)
    return [
        error_of(layer_norm, x, begin_norm_axis=3),
        error_of(layer_norm, x, begin_params_axis=3),
        error_of(layer_norm, x, scope="nothing", reuse=True),
    ]


def instance_norm_of_images(tf):
    return _with_gradients(tf, tf.contrib.layers.instance_norm, (2, 2, 3, 2))


def instance_norm_with_channels_first(tf):
    return _with_gradients(tf, tf.contrib.layers.instance_norm, (2, 2, 2, 3), data_format="NCHW")


def instance_norm_of_sequences(tf):
    initializers = {"gamma": tf.constant_initializer(2.0), "beta": tf.constant_initializer(0.5)}
    return _with_gradients(
        tf, tf.contrib.layers.instance_norm, (2, 5, 3), param_initializers=initializers, epsilon=0.1
    )


def instance_norm_without_parameters(tf):
    return _with_gradients(
        tf, tf.contrib.layers.instance_norm, (2, 2, 3, 2), center=False, scale=False, activation_fn=tf.nn.relu
    )


def the_variables_of_instance_norm(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 2, 2, 3)
    with tf.variable_scope("s"):
        layers.instance_norm(x, variables_collections=["mine"], outputs_collections="outs")
        layers.instance_norm(x, trainable=False)
        layers.instance_norm(x, scope="in")
        layers.instance_norm(x, scope="in", reuse=True)
    return collections_of(tf)


def what_instance_norm_refuses(tf):
    return error_of(tf.contrib.layers.instance_norm, _input(tf, 2, 2, 2, 3), data_format="X")


def group_norm_of_images(tf):
    return _with_gradients(tf, tf.contrib.layers.group_norm, (2, 2, 3, 4), groups=2)


def group_norm_with_channels_first(tf):
    return _with_gradients(
        tf, tf.contrib.layers.group_norm, (2, 4, 2, 3), groups=2, channels_axis=-3, reduction_axes=[-2, -1]
    )


def group_norm_of_sequences(tf):
    return _with_gradients(
        tf, tf.contrib.layers.group_norm, (2, 5, 6), groups=3, reduction_axes=[-2], center=False, epsilon=0.1
    )


def group_norm_with_a_mean_close_to_zero(tf):
    return _with_gradients(
        tf, tf.contrib.layers.group_norm, (2, 2, 2, 4), groups=4, mean_close_to_zero=True, scale=False
    )


def group_norm_with_initializers(tf):
    initializers = {"gamma": tf.constant_initializer(2.0), "beta": tf.constant_initializer(0.5)}
    return _with_gradients(
        tf,
        tf.contrib.layers.group_norm,
        (1, 2, 2, 2),
        groups=1,
        param_initializers=initializers,
        activation_fn=tf.nn.relu,
    )


def the_variables_of_group_norm(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 2, 2, 4)
    with tf.variable_scope("s"):
        y = layers.group_norm(x, 2, variables_collections=["mine"], outputs_collections="outs")
        layers.group_norm(x, 2, trainable=False)
        layers.group_norm(x, 2, scope="gn")
        layers.group_norm(x, 2, scope="gn", reuse=True)
    return [name_of(y), collections_of(tf)]


def what_group_norm_refuses(tf):
    group_norm = tf.contrib.layers.group_norm
    x = _input(tf, 2, 2, 2, 4)
    return [
        error_of(group_norm, x),
        error_of(group_norm, x, 3),
        error_of(group_norm, x, 2, reduction_axes=[-1]),
        error_of(group_norm, x, 2, reduction_axes=[7]),
        error_of(group_norm, x, 2, channels_axis=5),
    ]


def unit_norm_divides_by_the_length(tf):
    unit_norm = tf.contrib.layers.unit_norm
    x = _input(tf, 2, 3)
    outputs = [unit_norm(x, 1), unit_norm(x, 0, epsilon=0.5, scope="un"), unit_norm(x, 1)]
    return [outputs, names_of(outputs)]


def what_unit_norm_refuses(tf):
    unit_norm = tf.contrib.layers.unit_norm
    return [error_of(unit_norm, _input(tf, 2, 3), 5), error_of(unit_norm, _input(tf, 2, 3), -1)]
