"""What programs rarely ask of layers."""

from facts.layer_cases import counted
from facts.vocabulary import error_of, kind_of_error


def text_needs_an_initializer(tf):
    return [
        error_of(tf.layers.Layer(name="a").add_weight, "w", [], tf.string),
        error_of(tf.layers.Layer(name="b").add_weight, "w", [], tf.complex64),
    ]


def an_input_of_many_numbers_is_many_inputs(tf):
    return error_of(tf.layers.dense, [[1.0, 2.0]], 2)


# Windows


def _x(tf, *shape):
    return tf.constant(counted(shape, 0.1))


def windows_must_fit_into_the_inputs(tf):
    layers = tf.layers
    first = {"data_format": "channels_first"}
    return [
        kind_of_error(layers.conv1d, _x(tf, 1, 4, 1), 2, 5),
        kind_of_error(layers.conv1d, _x(tf, 1, 4, 1), 2, 5, use_bias=False),
        kind_of_error(layers.conv1d, _x(tf, 1, 1, 4), 2, 5, **first),
        kind_of_error(layers.conv2d, _x(tf, 1, 4, 4, 1), 2, (2, 3), dilation_rate=2),
        kind_of_error(layers.conv3d, _x(tf, 1, 4, 4, 4, 1), 2, (2, 5, 2)),
        kind_of_error(layers.separable_conv1d, _x(tf, 1, 4, 2), 2, 5),
        kind_of_error(layers.separable_conv2d, _x(tf, 1, 4, 4, 2), 2, 3, dilation_rate=2),
        kind_of_error(layers.max_pooling1d, _x(tf, 1, 4, 2), 5, 1),
        kind_of_error(layers.average_pooling1d, _x(tf, 1, 2, 4), 5, 1, **first),
        kind_of_error(layers.max_pooling2d, _x(tf, 1, 4, 4, 2), (5, 2), 1),
        kind_of_error(layers.average_pooling2d, _x(tf, 1, 4, 4, 2), (2, 6), 2),
        kind_of_error(layers.max_pooling3d, _x(tf, 1, 4, 4, 4, 2), (2, 5, 2), 1),
        layers.max_pooling2d(_x(tf, 1, 4, 4, 2), 5, 1, "same"),
    ]


def strides_and_holes_are_positive(tf):
    return [
        error_of(tf.layers.conv1d, _x(tf, 1, 4, 1), 2, 2, strides=0),
        error_of(tf.layers.conv2d, _x(tf, 1, 4, 4, 1), 2, 2, strides=-1),
        error_of(tf.layers.conv2d, _x(tf, 1, 4, 4, 1), 2, 2, strides=0, dilation_rate=(2, 0)),
    ]


def the_depth_is_needed_for_the_shape_of_the_outputs(tf):
    return error_of(tf.layers.Dense(3).compute_output_shape, tf.TensorShape([2, None]))
