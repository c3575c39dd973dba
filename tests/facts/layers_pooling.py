"""Average and max pooling."""

import numpy as np

from facts.layer_cases import counted
from facts.vocabulary import error_of, graph_only, kind_of_error, name_of, names_of

_SHAPES = {1: [2, 7, 3], 2: [2, 5, 6, 3], 3: [1, 4, 5, 4, 2]}


def _pool(tf, kind, rank, x, *args, **kwargs):
    return getattr(tf.layers, "%s_pooling%dd" % (kind, rank))(x, *args, **kwargs)


def _outputs_and_gradients(tf, kind, rank, *args, **kwargs):
    # Squares of different numbers: the greatest in a window is never a tie.
    values = (np.arange(np.prod(_SHAPES[rank])) * 7 % 101 / 50.0 - 1.0).astype("float32").reshape(_SHAPES[rank])
    x = tf.get_variable("x", initializer=tf.constant(values))
    y = _pool(tf, kind, rank, x, *args, **kwargs)
    return [name_of(y), y.shape, y, tf.gradients(tf.reduce_sum(tf.square(y)), x)]


def _all_ranks(tf, kind, *args, **kwargs):
    found = []
    for rank in [1, 2, 3]:
        with tf.variable_scope("rank%d" % rank):
            found.append(_outputs_and_gradients(tf, kind, rank, *args, **kwargs))
    return found


def average_pooling_takes_averages(tf):
    return _all_ranks(tf, "average", 2, 2)


def max_pooling_takes_the_greatest(tf):
    return _all_ranks(tf, "max", 2, 2)


def average_pooling_pads_with_nothing(tf):
    return _all_ranks(tf, "average", 3, 2, padding="same")


def max_pooling_pads_with_nothing(tf):
    return _all_ranks(tf, "max", 3, 2, padding="SAME")


def windows_overlap_where_strides_are_small(tf):
    return _all_ranks(tf, "max", 3, 1) + _outputs_and_gradients(tf, "average", 2, (2, 3), (1, 2))


def pooling_one_axis_takes_channels_first(tf):
    x = tf.constant(counted([2, 3, 6], 0.1))
    outputs = [_pool(tf, kind, 1, x, 2, 2, data_format="channels_first") for kind in ["average", "max"]]
    return [names_of(outputs), outputs]


def pooling_three_axes_takes_channels_first(tf):
    x = tf.constant(counted([1, 2, 4, 5, 4], 0.1))
    outputs = [_pool(tf, kind, 3, x, 2, 2, data_format="channels_first") for kind in ["average", "max"]]
    return [names_of(outputs), outputs]


def pooling_two_axes_takes_channels_first(tf):
    x = tf.constant(counted([2, 3, 4, 6], 0.1))
    outputs = [_pool(tf, kind, 2, x, 2, 2, data_format="channels_first") for kind in ["average", "max"]]
    return [names_of(outputs), [y.shape for y in outputs]]


def pooling_takes_other_floats(tf):
    found = []
    for kind in ["average", "max"]:
        for rank in [1, 2]:
            for dtype in ["float16", "float64"]:
                y = _pool(tf, kind, rank, tf.constant(counted(_SHAPES[rank], 1.0), dtype), 2, 2)
                found.append([y.dtype, y])
    return found


def pooling_is_counted_and_named(tf):
    x = tf.constant(counted(_SHAPES[2], 0.1))
    outputs = [tf.layers.max_pooling2d(x, 2, 2), tf.layers.max_pooling2d(x, 2, 2)]
    outputs += [tf.layers.max_pooling2d(x, 2, 2, name="p"), tf.layers.max_pooling2d(x, 2, 2, name="p")]
    with tf.variable_scope("s"):
        outputs.append(tf.layers.average_pooling2d(x, 2, 2))
    return names_of(outputs)


@graph_only("unknown sizes")
def pooling_takes_unknown_sizes(tf):
    found = []
    for rank in [1, 2, 3]:
        x = tf.placeholder_with_default(counted(_SHAPES[rank], 0.1), [None] * (rank + 1) + [None])
        y = _pool(tf, "max", rank, x, 2, 2)
        found.append([y.shape.as_list(), y])
    return found


@graph_only("an unknown rank")
def the_rank_must_be_known(tf):
    return [error_of(_pool, tf, "max", rank, tf.placeholder(tf.float32), 2, 2) for rank in [1, 2, 3]]


def the_rank_must_be_right(tf):
    return [error_of(_pool, tf, "average", rank, tf.ones(_SHAPES[rank][1:]), 2, 2) for rank in [1, 2, 3]]


def strides_are_required(tf):
    return [error_of(_pool, tf, "max", rank, tf.ones(_SHAPES[rank]), 2, None) for rank in [1, 2, 3]]


def arguments_have_their_errors(tf):
    x = tf.ones(_SHAPES[2])
    return [
        error_of(tf.layers.max_pooling2d, x, 2, 2, data_format="NHWC"),
        error_of(tf.layers.max_pooling2d, x, 2, 2, padding="full"),
        error_of(tf.layers.max_pooling2d, x, (2, 2, 2), 2),
        error_of(tf.layers.average_pooling2d, x, 2, "a"),
        kind_of_error(tf.layers.average_pooling2d, x, 2, 2, padding="causal"),
    ]


def pooling_objects_have_a_configuration_and_shapes(tf):
    found = []
    for name, rank in [("MaxPooling1D", 1), ("MaxPooling2D", 2), ("AveragePooling3D", 3)]:
        layer = getattr(tf.layers, name)(3, 2, padding="same")
        y = layer(tf.ones(_SHAPES[rank]))
        config = layer.get_config()
        found.append([y.shape, layer.compute_output_shape(_SHAPES[rank]).as_list(), config, layer.variables])
        found.append(getattr(tf.layers, name)(2, 2).compute_output_shape([None] + _SHAPES[rank][1:]).as_list())
    return found
