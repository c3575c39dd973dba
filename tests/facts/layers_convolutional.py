"""Convolutions: along one, two and three axes, separable ones and transposed ones."""

from facts.layer_cases import CASES, counted, counting
from facts.vocabulary import error_of, graph_only, kind_of_error, names_of

_CONV1D = CASES["conv1d"]
_CONV2D = CASES["conv2d"]
_CONV3D = CASES["conv3d"]
_SEPARABLE_CONV1D = CASES["separable_conv1d"]
_SEPARABLE_CONV2D = CASES["separable_conv2d"]
_CONV2D_TRANSPOSE = CASES["conv2d_transpose"]
_CONV3D_TRANSPOSE = CASES["conv3d_transpose"]


# conv1d


def conv1d_computes(tf):
    return _CONV1D.outputs_and_gradients(tf)


def conv1d_makes_its_variables_in_this_order(tf):
    return _CONV1D.variables_and_collections(tf)


def conv1d_can_do_without_bias(tf):
    return _CONV1D.variables_and_collections(tf, use_bias=False)


def conv1d_is_counted_in_each_variable_scope(tf):
    return _CONV1D.names_without_a_name(tf)


def conv1d_is_shared_by_name(tf):
    return _CONV1D.sharing_by_name(tf)


def conv1d_is_shared_as_an_object(tf):
    return _CONV1D.sharing_an_object(tf)


def conv1d_takes_other_floats(tf):
    return _CONV1D.other_precisions(tf)


@graph_only("an unknown batch size")
def conv1d_takes_an_unknown_batch(tf):
    return _CONV1D.unknown_batch(tf)


def conv1d_pads_so_that_the_size_stays(tf):
    return _CONV1D.outputs_and_gradients(tf, padding="same")


def conv1d_moves_on_in_strides(tf):
    return _CONV1D.outputs_and_gradients(tf, padding="same", strides=2)


def conv1d_takes_channels_first(tf):
    return _CONV1D.channels_first(tf)


def conv1d_leaves_holes(tf):
    return _CONV1D.outputs_and_gradients(tf, dilation_rate=2)


# conv2d


def conv2d_computes(tf):
    return _CONV2D.outputs_and_gradients(tf)


def conv2d_makes_its_variables_in_this_order(tf):
    return _CONV2D.variables_and_collections(tf)


def conv2d_can_do_without_bias(tf):
    return _CONV2D.variables_and_collections(tf, use_bias=False)


def conv2d_is_counted_in_each_variable_scope(tf):
    return _CONV2D.names_without_a_name(tf)


def conv2d_is_shared_by_name(tf):
    return _CONV2D.sharing_by_name(tf)


def conv2d_is_shared_as_an_object(tf):
    return _CONV2D.sharing_an_object(tf)


def conv2d_takes_other_floats(tf):
    return _CONV2D.other_precisions(tf)


@graph_only("an unknown batch size")
def conv2d_takes_an_unknown_batch(tf):
    return _CONV2D.unknown_batch(tf)


def conv2d_pads_so_that_the_size_stays(tf):
    return _CONV2D.outputs_and_gradients(tf, padding="same")


def conv2d_moves_on_in_strides(tf):
    return _CONV2D.outputs_and_gradients(tf, padding="same", strides=2)


def conv2d_takes_channels_first(tf):
    return _CONV2D.channels_first(tf)


def conv2d_leaves_holes(tf):
    return _CONV2D.outputs_and_gradients(tf, dilation_rate=2)


# conv3d


def conv3d_computes(tf):
    return _CONV3D.outputs_and_gradients(tf)


def conv3d_makes_its_variables_in_this_order(tf):
    return _CONV3D.variables_and_collections(tf)


def conv3d_can_do_without_bias(tf):
    return _CONV3D.variables_and_collections(tf, use_bias=False)


def conv3d_is_counted_in_each_variable_scope(tf):
    return _CONV3D.names_without_a_name(tf)


def conv3d_is_shared_by_name(tf):
    return _CONV3D.sharing_by_name(tf)


def conv3d_is_shared_as_an_object(tf):
    return _CONV3D.sharing_an_object(tf)


def conv3d_takes_other_floats(tf):
    return _CONV3D.other_precisions(tf)


@graph_only("an unknown batch size")
def conv3d_takes_an_unknown_batch(tf):
    return _CONV3D.unknown_batch(tf)


def conv3d_pads_so_that_the_size_stays(tf):
    return _CONV3D.outputs_and_gradients(tf, padding="same")


def conv3d_moves_on_in_strides(tf):
    return _CONV3D.outputs_and_gradients(tf, padding="same", strides=2)


def conv3d_takes_channels_first(tf):
    return _CONV3D.channels_first(tf)


def conv3d_leaves_holes(tf):
    return _CONV3D.outputs_and_gradients(tf, padding="same", dilation_rate=(2, 1, 2))


# separable_conv1d


def separable_conv1d_computes(tf):
    return _SEPARABLE_CONV1D.outputs_and_gradients(tf)


def separable_conv1d_makes_its_variables_in_this_order(tf):
    return _SEPARABLE_CONV1D.variables_and_collections(tf)


def separable_conv1d_can_do_without_bias(tf):
    return _SEPARABLE_CONV1D.variables_and_collections(tf, use_bias=False)


def separable_conv1d_is_counted_in_each_variable_scope(tf):
    return _SEPARABLE_CONV1D.names_without_a_name(tf)


def separable_conv1d_is_shared_by_name(tf):
    return _SEPARABLE_CONV1D.sharing_by_name(tf)


def separable_conv1d_is_shared_as_an_object(tf):
    return _SEPARABLE_CONV1D.sharing_an_object(tf)


def separable_conv1d_takes_other_floats(tf):
    return _SEPARABLE_CONV1D.other_precisions(tf)


@graph_only("an unknown batch size")
def separable_conv1d_takes_an_unknown_batch(tf):
    return _SEPARABLE_CONV1D.unknown_batch(tf)


def separable_conv1d_pads_so_that_the_size_stays(tf):
    return _SEPARABLE_CONV1D.outputs_and_gradients(tf, padding="same")


def separable_conv1d_moves_on_in_strides(tf):
    return _SEPARABLE_CONV1D.outputs_and_gradients(tf, padding="same", strides=2)


def separable_conv1d_takes_channels_first(tf):
    return _SEPARABLE_CONV1D.channels_first(tf)


def separable_conv1d_leaves_holes(tf):
    return _SEPARABLE_CONV1D.outputs_and_gradients(tf, dilation_rate=2)


# separable_conv2d


def separable_conv2d_computes(tf):
    return _SEPARABLE_CONV2D.outputs_and_gradients(tf)


def separable_conv2d_makes_its_variables_in_this_order(tf):
    return _SEPARABLE_CONV2D.variables_and_collections(tf)


def separable_conv2d_can_do_without_bias(tf):
    return _SEPARABLE_CONV2D.variables_and_collections(tf, use_bias=False)


def separable_conv2d_is_counted_in_each_variable_scope(tf):
    return _SEPARABLE_CONV2D.names_without_a_name(tf)


def separable_conv2d_is_shared_by_name(tf):
    return _SEPARABLE_CONV2D.sharing_by_name(tf)


def separable_conv2d_is_shared_as_an_object(tf):
    return _SEPARABLE_CONV2D.sharing_an_object(tf)


def separable_conv2d_takes_other_floats(tf):
    return _SEPARABLE_CONV2D.other_precisions(tf)


@graph_only("an unknown batch size")
def separable_conv2d_takes_an_unknown_batch(tf):
    return _SEPARABLE_CONV2D.unknown_batch(tf)


def separable_conv2d_pads_so_that_the_size_stays(tf):
    return _SEPARABLE_CONV2D.outputs_and_gradients(tf, padding="same")


def separable_conv2d_moves_on_in_strides(tf):
    return _SEPARABLE_CONV2D.outputs_and_gradients(tf, padding="same", strides=2)


def separable_conv2d_takes_channels_first(tf):
    return _SEPARABLE_CONV2D.channels_first(tf)


def separable_conv2d_leaves_holes(tf):
    return _SEPARABLE_CONV2D.outputs_and_gradients(tf, dilation_rate=2)


# conv2d_transpose


def conv2d_transpose_computes(tf):
    return _CONV2D_TRANSPOSE.outputs_and_gradients(tf)


def conv2d_transpose_makes_its_variables_in_this_order(tf):
    return _CONV2D_TRANSPOSE.variables_and_collections(tf)


def conv2d_transpose_can_do_without_bias(tf):
    return _CONV2D_TRANSPOSE.variables_and_collections(tf, use_bias=False)


def conv2d_transpose_is_counted_in_each_variable_scope(tf):
    return _CONV2D_TRANSPOSE.names_without_a_name(tf)


def conv2d_transpose_is_shared_by_name(tf):
    return _CONV2D_TRANSPOSE.sharing_by_name(tf)


def conv2d_transpose_is_shared_as_an_object(tf):
    return _CONV2D_TRANSPOSE.sharing_an_object(tf)


def conv2d_transpose_takes_other_floats(tf):
    return _CONV2D_TRANSPOSE.other_precisions(tf)


@graph_only("an unknown batch size")
def conv2d_transpose_takes_an_unknown_batch(tf):
    return _CONV2D_TRANSPOSE.unknown_batch(tf)


def conv2d_transpose_pads_so_that_the_size_stays(tf):
    return _CONV2D_TRANSPOSE.outputs_and_gradients(tf, padding="same")


def conv2d_transpose_moves_on_in_strides(tf):
    return _CONV2D_TRANSPOSE.outputs_and_gradients(tf, padding="same", strides=2)


def conv2d_transpose_takes_channels_first(tf):
    return _CONV2D_TRANSPOSE.channels_first(tf)


# conv3d_transpose


def conv3d_transpose_computes(tf):
    return _CONV3D_TRANSPOSE.outputs_and_gradients(tf)


def conv3d_transpose_makes_its_variables_in_this_order(tf):
    return _CONV3D_TRANSPOSE.variables_and_collections(tf)


def conv3d_transpose_can_do_without_bias(tf):
    return _CONV3D_TRANSPOSE.variables_and_collections(tf, use_bias=False)


def conv3d_transpose_is_counted_in_each_variable_scope(tf):
    return _CONV3D_TRANSPOSE.names_without_a_name(tf)


def conv3d_transpose_is_shared_by_name(tf):
    return _CONV3D_TRANSPOSE.sharing_by_name(tf)


def conv3d_transpose_is_shared_as_an_object(tf):
    return _CONV3D_TRANSPOSE.sharing_an_object(tf)


def conv3d_transpose_takes_other_floats(tf):
    return _CONV3D_TRANSPOSE.other_precisions(tf)


@graph_only("an unknown batch size")
def conv3d_transpose_takes_an_unknown_batch(tf):
    return _CONV3D_TRANSPOSE.unknown_batch(tf)


def conv3d_transpose_pads_so_that_the_size_stays(tf):
    return _CONV3D_TRANSPOSE.outputs_and_gradients(tf, padding="same")


def conv3d_transpose_moves_on_in_strides(tf):
    return _CONV3D_TRANSPOSE.outputs_and_gradients(tf, padding="same", strides=2)


def conv3d_transpose_takes_channels_first(tf):
    return _CONV3D_TRANSPOSE.channels_first(tf)


# Particular arguments


def conv1d_with_causal_padding_sees_nothing_later(tf):
    return [
        _CONV1D.outputs_and_gradients(tf, padding="causal"),
        _CONV1D.call(tf, tf.constant(counted([2, 6, 3], 0.1)), padding="causal", dilation_rate=2),
        _SEPARABLE_CONV1D.call(tf, tf.constant(counted([2, 6, 3], 0.1)), padding="causal"),
    ]


def others_refuse_causal_padding(tf):
    return [
        error_of(tf.layers.conv2d, tf.ones([1, 3, 3, 1]), 1, 2, padding="causal"),
        error_of(tf.layers.conv3d, tf.ones([1, 3, 3, 3, 1]), 1, 2, padding="causal"),
        error_of(tf.layers.separable_conv2d, tf.ones([1, 3, 3, 1]), 1, 2, padding="causal"),
        error_of(tf.layers.conv2d_transpose, tf.ones([1, 3, 3, 1]), 1, 2, padding="causal"),
    ]


def kernels_and_strides_need_not_be_square(tf):
    x = tf.constant(counted([2, 5, 6, 3], 0.1))
    return [
        _CONV2D.make(tf).kernel_size,
        tf.layers.conv2d(x, 2, (2, 3), strides=(2, 1), kernel_initializer=counting(tf)),
        tf.layers.conv2d(x, 2, [1, 2], strides=[1, 3], padding="SAME", kernel_initializer=counting(tf)),
        tf.layers.conv2d_transpose(x, 1, (3, 2), strides=(1, 2), kernel_initializer=counting(tf)),
        tf.layers.conv2d_transpose(x, 1, (2, 3), (3, 1), padding="same", kernel_initializer=counting(tf)),
    ]


def a_kernel_may_be_smaller_than_the_strides(tf):
    x = tf.constant(counted([2, 5, 6, 3], 0.1))
    return [
        tf.layers.conv2d(x, 2, 1, 3, kernel_initializer=counting(tf)),
        tf.layers.conv2d_transpose(x, 1, 1, 2, kernel_initializer=counting(tf)),
    ]


def separable_kernels_can_be_several_for_each_channel(tf):
    return [
        _SEPARABLE_CONV2D.outputs_and_gradients(tf, depth_multiplier=2),
        _SEPARABLE_CONV1D.call(tf, tf.constant(counted([2, 6, 3], 0.1)), depth_multiplier=2),
        [[v.name, v.shape] for v in tf.global_variables()],
    ]


def convolutions_apply_their_activation(tf):
    y = _CONV2D.call(tf, tf.constant(counted([2, 5, 6, 3], 0.1)), activation=tf.nn.sigmoid)
    z = _SEPARABLE_CONV1D.call(tf, tf.constant(counted([2, 6, 3], 0.1)), activation="tanh")
    return [names_of([y, z]), y, z]


def a_scopes_initializer_is_for_kernels_without_one(tf):
    with tf.variable_scope("s", initializer=tf.ones_initializer()):
        tf.layers.conv2d(tf.ones([1, 3, 3, 1]), 1, 2)
    return tf.global_variables()


@graph_only("unknown sizes")
def unknown_sizes_stay_unknown(tf):
    found = []
    for case in [_CONV1D, _CONV2D, _CONV3D, _SEPARABLE_CONV1D, _SEPARABLE_CONV2D, _CONV2D_TRANSPOSE, _CONV3D_TRANSPOSE]:
        x = tf.placeholder_with_default(counted(case.shape, 0.1), [None] * (len(case.shape) - 1) + case.shape[-1:])
        y = case.call(tf, x)
        found.append([y.shape.as_list(), y])
    return found


@graph_only("unknown sizes")
def a_convolution_with_holes_takes_unknown_sizes(tf):
    x = tf.placeholder_with_default(counted([2, 5, 6, 3], 0.1), [None, None, None, 3])
    y = _CONV2D.call(tf, x, dilation_rate=2, padding="same")
    return [y.shape.as_list(), y]


# Errors


@graph_only("an unknown depth")
def the_depth_must_be_known(tf):
    def ask(case):
        return error_of(case.call, tf, tf.placeholder(tf.float32, case.shape[:-1] + [None]))

    return [ask(_CONV1D), ask(_CONV2D), ask(_CONV3D), ask(_SEPARABLE_CONV2D), ask(_CONV2D_TRANSPOSE)]


@graph_only("an unknown depth")
def the_depth_of_conv3d_transpose_must_be_known(tf):
    _CONV3D_TRANSPOSE.call(tf, tf.placeholder(tf.float32, [1, 2, 2, 2, None]))


@graph_only("an unknown rank")
def the_rank_must_be_known(tf):
    return [error_of(case.call, tf, tf.placeholder(tf.float32)) for case in [_CONV1D, _CONV2D, _SEPARABLE_CONV1D]]


def the_rank_must_be_right(tf):
    cases = [_CONV1D, _CONV2D, _CONV3D, _SEPARABLE_CONV1D, _SEPARABLE_CONV2D, _CONV2D_TRANSPOSE, _CONV3D_TRANSPOSE]
    return [error_of(case.call, tf, tf.ones(case.shape[1:])) for case in cases]


def the_data_format_has_two_values(tf):
    cases = [_CONV1D, _CONV2D, _CONV3D, _SEPARABLE_CONV1D, _SEPARABLE_CONV2D, _CONV2D_TRANSPOSE, _CONV3D_TRANSPOSE]
    return [error_of(case.call, tf, tf.ones(case.shape), data_format="NHWC") for case in cases]


def the_padding_has_known_names(tf):
    return [error_of(case.call, tf, tf.ones(case.shape), padding="full") for case in [_CONV1D, _CONV2D]]


def sizes_and_strides_are_integers_one_for_each_axis(tf):
    return [
        error_of(tf.layers.Conv2D, 1, (3, 3, 3)),
        error_of(tf.layers.Conv2D, 1, "a"),
        error_of(tf.layers.Conv1D, 1, "a"),
        error_of(tf.layers.Conv3D, 1, 3, strides=(1, 1)),
        error_of(tf.layers.Conv2D, 1, 3, strides=0.5),
        error_of(tf.layers.Conv2D, 1, 3, dilation_rate=(1, 2, 3)),
        error_of(tf.layers.SeparableConv2D, 1, (1, 1, 1)),
    ]


def strides_and_holes_exclude_each_other(tf):
    return [error_of(case.call, tf, tf.ones(case.shape), strides=2, dilation_rate=2) for case in [_CONV1D, _CONV2D]]


def an_object_called_with_another_depth_raises(tf):
    found = []
    for case in [_CONV2D, _SEPARABLE_CONV2D, _CONV3D_TRANSPOSE]:
        layer = case.make(tf)
        layer(tf.ones(case.shape))
        found.append(error_of(layer, tf.ones(case.shape[:-1] + [7])))
    return found


def sharing_with_another_kernel_raises(tf):
    tf.layers.conv2d(tf.ones([1, 4, 4, 1]), 1, 3, name="c")
    tf.layers.conv2d(tf.ones([1, 4, 4, 1]), 1, 2, name="c", reuse=True)


def the_same_name_twice_raises(tf):
    tf.layers.conv2d(tf.ones([1, 4, 4, 1]), 1, 3, name="c")
    tf.layers.conv2d(tf.ones([1, 4, 4, 1]), 1, 3, name="c")


def integers_are_not_convolved(tf):
    return kind_of_error(tf.layers.conv2d, tf.ones([1, 3, 3, 1], tf.int32), 1, 2)


# Configurations


def a_configuration_makes_the_layer_again(tf):
    found = []
    for case in [_CONV1D, _CONV2D, _CONV3D, _SEPARABLE_CONV2D, _CONV2D_TRANSPOSE, _CONV3D_TRANSPOSE]:
        layer = getattr(tf.layers, case.class_name)(2, 3, name="c", padding="SAME", activation="relu")
        config = layer.get_config()
        config.pop("kernel_initializer")  # that of a separable convolution means nothing
        found.append(config)
    return found


def convolutions_have_attributes(tf):
    layer = tf.layers.Conv2D(2, 3, strides=2, padding="same", name="c")
    layer(tf.ones([1, 3, 3, 2]))
    return [
        [layer.rank, layer.filters, layer.kernel_size, layer.strides, layer.padding, layer.data_format],
        [layer.dilation_rate, layer.use_bias, layer.kernel_regularizer, str(layer.input_spec)],
        names_of([layer.kernel, layer.bias]),
    ]
