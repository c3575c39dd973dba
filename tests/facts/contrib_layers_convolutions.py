"""`tf.contrib.layers`: convolutions, plain, transposed, separable, and in each plane by itself."""

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


def _shown(tf, y):
    return [name_of(y), y.shape, y, names_of(tf.global_variables()), [v.shape for v in tf.global_variables()]]


def convolution_along_two_axes(tf):
    layers = tf.contrib.layers
    y = layers.conv2d(_input(tf, 1, 4, 4, 2), 3, [3, 2], stride=[2, 1], weights_initializer=_wave(tf))
    return [_shown(tf, y), tf.gradients(tf.reduce_sum(y * y), tf.trainable_variables())]


def convolution_along_one_axis(tf):
    y = tf.contrib.layers.conv1d(_input(tf, 1, 5, 2), 3, 3, padding="VALID", weights_initializer=_wave(tf))
    return _shown(tf, y)


def convolution_along_three_axes(tf):
    y = tf.contrib.layers.conv3d(_input(tf, 1, 3, 3, 3, 2), 2, [1, 2, 3], stride=2, weights_initializer=_wave(tf))
    return _shown(tf, y)


def convolution_goes_by_the_rank(tf):
    convolution = tf.contrib.layers.convolution
    outputs = [
        convolution(_input(tf, 1, 5, 2), 3, 3),
        convolution(_input(tf, 1, 4, 4, 2), 3, 3),
        convolution(_input(tf, 1, 3, 3, 3, 2), 3, 3),
    ]
    return [[y.shape for y in outputs], names_of(outputs), [v.shape for v in tf.global_variables()]]


def a_rate_spreads_the_kernel(tf):
    y = tf.contrib.layers.conv2d(_input(tf, 1, 6, 6, 1), 1, 3, rate=2, weights_initializer=_wave(tf), scope="c")
    return [y, name_of(y)]


def channels_may_come_first(tf):
    layers = tf.contrib.layers
    y = layers.conv2d(_input(tf, 1, 2, 4, 4), 3, 3, data_format="NCHW", scope="c")
    return [y.shape, name_of(y), names_of(tf.global_variables()), [v.shape for v in tf.global_variables()]]


def its_losses_and_collections(tf):
    layers = tf.contrib.layers
    layers.conv2d(
        _input(tf, 1, 4, 4, 2),
        3,
        3,
        weights_regularizer=layers.l2_regularizer(0.1),
        biases_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"weights": ["ws"], "biases": ["bs"]},
        outputs_collections=["outs", "all"],
        scope="c",
    )
    return collections_of(tf)


def a_normalizer_with_parameters(tf):
    layers = tf.contrib.layers
    y = layers.conv2d(
        _input(tf, 2, 3, 3, 2),
        2,
        3,
        weights_initializer=_wave(tf),
        normalizer_fn=layers.batch_norm,
        normalizer_params={"scale": True, "decay": 0.9},
        scope="c",
    )
    return [y, name_of(y), names_of(tf.global_variables()), names_of(tf.model_variables())]


def a_whole_net_by_argument_scope_twice(tf):
    slim = tf.contrib.slim

    def net(x, reuse):
        with tf.variable_scope("net", reuse=reuse):
            with slim.arg_scope(
                [slim.conv2d, slim.fully_connected],
                weights_initializer=_wave(tf),
                weights_regularizer=slim.l2_regularizer(0.01),
                normalizer_fn=slim.batch_norm,
                outputs_collections="end_points",
            ):
                with slim.arg_scope([slim.batch_norm], is_training=not reuse, decay=0.9):
                    x = slim.conv2d(x, 2, [3, 3], scope="c1")
                    x = slim.repeat(x, 2, slim.conv2d, 2, [3, 3], scope="c2")
                    x = slim.max_pool2d(x, 2, scope="p")
                    return slim.fully_connected(slim.flatten(x), 2, normalizer_fn=None, activation_fn=None, scope="fc")

    outputs = [net(_input(tf, 2, 4, 4, 1), None), net(_input(tf, 2, 4, 4, 1), True)]
    end_points = slim.utils.convert_collection_to_dict("end_points")
    return [
        outputs[0],
        names_of(outputs),
        names_of(tf.global_variables()),
        names_of(tf.model_variables()),
        names_of(tf.trainable_variables()),
        names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)),
        tf.losses.get_regularization_loss(),
        len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        list(end_points),
    ]


def what_it_refuses(tf):
    layers = tf.contrib.layers
    image = _input(tf, 1, 4, 4, 2)
    return [
        error_of(layers.conv2d, image, 3, 3, data_format="bad"),
        error_of(layers.conv2d, image[0], 3, 3),
        error_of(layers.conv1d, image, 3, 3),
        error_of(layers.conv3d, image, 3, 3),
        error_of(layers.convolution, image[0, 0], 3, 3),
        error_of(layers.convolution, image, 3, 3, conv_dims=3),
        error_of(layers.conv2d, image, 3, 3, padding="bad"),
        error_of(layers.conv2d, image, 3, [3]),
        kind_of_error(layers.conv2d, image, 3, 3, rate=2, stride=2),
    ]


# In each plane by itself


def one_kernel_for_every_plane(tf):
    layers = tf.contrib.layers
    y = layers.conv2d_in_plane(
        _input(tf, 1, 3, 3, 2),
        [3, 2],
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
        biases_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"weights": ["ws"], "biases": ["bs"]},
    )
    return [_shown(tf, y), collections_of(tf)]


def in_plane_with_a_normalizer(tf):
    layers = tf.contrib.layers
    y = layers.conv2d_in_plane(
        _input(tf, 1, 4, 4, 2), 3, stride=2, weights_initializer=_wave(tf), normalizer_fn=layers.batch_norm, scope="ip"
    )
    return [_shown(tf, y), error_of(layers.conv2d_in_plane, _input(tf, 1, 4, 2), 3)]


# Transposed


def transposed_along_two_axes(tf):
    layers = tf.contrib.layers
    y = layers.conv2d_transpose(
        _input(tf, 1, 2, 2, 2),
        3,
        [3, 2],
        stride=2,
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
    )
    return [_shown(tf, y), names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))]


def transposed_without_padding_and_biases(tf):
    y = tf.contrib.layers.conv2d_transpose(
        _input(tf, 1, 2, 2, 2),
        1,
        3,
        stride=[2, 1],
        padding="VALID",
        activation_fn=None,
        biases_initializer=None,
        weights_initializer=_wave(tf),
        scope="ct",
    )
    return _shown(tf, y)


def transposed_along_three_axes(tf):
    y = tf.contrib.layers.conv3d_transpose(_input(tf, 1, 2, 2, 2, 1), 1, 3, stride=2, weights_initializer=_wave(tf))
    return _shown(tf, y)


def what_transposed_refuses(tf):
    layers = tf.contrib.layers
    return [
        error_of(layers.conv2d_transpose, _input(tf, 1, 2, 2, 2), 3, 3, data_format="bad"),
        error_of(layers.conv3d_transpose, _input(tf, 1, 2, 2, 2, 1), 3, 3, data_format="bad"),
        error_of(layers.conv2d_transpose, _input(tf, 1, 2, 2), 3, 3),
    ]


# Separable


def separable_mixes_channels_afterwards(tf):
    layers = tf.contrib.layers
    y = layers.separable_conv2d(
        _input(tf, 1, 4, 4, 2),
        3,
        3,
        2,
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
        biases_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"weights": ["ws"], "biases": ["bs"]},
        outputs_collections="outs",
    )
    return [_shown(tf, y), collections_of(tf), tf.gradients(tf.reduce_sum(y * y), tf.trainable_variables())]


def separable_without_outputs_leaves_channels_unmixed(tf):
    layers = tf.contrib.layers
    y = layers.separable_conv2d(
        _input(tf, 1, 4, 4, 2),
        None,
        [3, 2],
        2,
        stride=2,
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"weights": ["ws"], "biases": ["bs"]},
        scope="dw",
    )
    return [_shown(tf, y), collections_of(tf)]


def separable_with_a_rate(tf):
    layers = tf.contrib.layers
    outputs = [
        layers.separable_conv2d(_input(tf, 1, 5, 5, 1), 2, 3, 1, rate=2, weights_initializer=_wave(tf)),
        layers.separable_conv2d(_input(tf, 1, 5, 5, 1), None, 3, 1, rate=2, weights_initializer=_wave(tf)),
    ]
    return [outputs, [y.shape for y in outputs]]


def separable_with_a_normalizer_and_another_initializer(tf):
    layers = tf.contrib.layers
    y = layers.separable_conv2d(
        _input(tf, 2, 4, 4, 2),
        3,
        3,
        1,
        weights_initializer=_wave(tf),
        pointwise_initializer=tf.ones_initializer(),
        normalizer_fn=layers.batch_norm,
        scope="s",
    )
    return [names_of(tf.global_variables()), y.shape, tf.contrib.framework.get_variables("s/pointwise")[0]]


def what_separable_refuses(tf):
    layers = tf.contrib.layers
    return [
        error_of(layers.separable_conv2d, _input(tf, 1, 4, 4, 2), 3, 3, 1, data_format="bad"),
        error_of(layers.separable_conv2d, _input(tf, 1, 4, 2), 3, 3, 1),
    ]
