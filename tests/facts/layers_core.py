"""`dense`, `dropout` and `flatten`."""

import numpy as np

from facts.layer_cases import CASES, counted, counting
from facts.vocabulary import error_of, graph_only, kind_of_error, name_of, names_of

_DENSE = CASES["dense"]
_DENSE_OF_RANK_4 = CASES["dense_of_rank_4"]


def _x(tf):
    return tf.constant(counted([4, 3], 0.1))


# dense


def dense_multiplies_and_adds(tf):
    return _DENSE.outputs_and_gradients(tf)


def dense_takes_more_axes(tf):
    return _DENSE_OF_RANK_4.outputs_and_gradients(tf)


def dense_applies_its_activation(tf):
    return _DENSE.outputs_and_gradients(tf, activation=tf.nn.tanh)


def dense_can_do_without_bias(tf):
    return _DENSE.variables_and_collections(tf, use_bias=False)


def dense_makes_kernel_and_bias(tf):
    return _DENSE.variables_and_collections(tf)


def dense_that_is_not_trainable_is_in_fewer_collections(tf):
    return _DENSE.variables_and_collections(tf, trainable=False)


def dense_is_counted_in_each_variable_scope(tf):
    return _DENSE.names_without_a_name(tf)


def dense_is_shared_by_name(tf):
    return _DENSE.sharing_by_name(tf)


def dense_is_shared_as_an_object(tf):
    return _DENSE.sharing_an_object(tf)


def dense_takes_other_floats(tf):
    return _DENSE.other_precisions(tf)


def dense_takes_bfloat16(tf):
    y = _DENSE.call(tf, tf.constant(counted([4, 3], 1.0), tf.bfloat16), step=1.0)
    return [y.dtype, tf.cast(y, tf.float32), [v.dtype.base_dtype for v in tf.global_variables()]]


@graph_only("an unknown batch size")
def dense_takes_an_unknown_batch(tf):
    return [_DENSE.unknown_batch(tf), _DENSE_OF_RANK_4.unknown_batch(tf)]


@graph_only("unknown sizes")
def dense_takes_unknown_sizes_in_the_middle(tf):
    x = tf.placeholder_with_default(counted([2, 3, 4], 0.1), [None, None, 4])
    y = tf.layers.dense(x, 2, kernel_initializer=counting(tf))
    return [y.shape.as_list(), y]


@graph_only("an unknown depth")
def dense_wants_a_known_depth(tf):
    tf.layers.dense(tf.placeholder(tf.float32, [2, None]), 2)


@graph_only("an unknown rank")
def dense_wants_a_known_rank(tf):
    tf.layers.dense(tf.placeholder(tf.float32), 2)


def dense_wants_two_axes(tf):
    return [error_of(tf.layers.dense, tf.ones([3]), 2), error_of(tf.layers.dense, tf.ones([]), 2)]


def dense_wants_floats(tf):
    tf.layers.dense(tf.ones([1, 2], tf.int32), 3)


def dense_takes_complex_numbers(tf):
    y = tf.layers.dense(tf.constant([[1 + 2j, 3]], tf.complex64), 1, kernel_initializer=tf.ones_initializer())
    return [tf.real(y), tf.imag(y), y.dtype]


def dense_takes_arrays(tf):
    y = tf.layers.dense(np.array([[1.0, 2.0]]), 1, kernel_initializer=tf.ones_initializer())
    return [y, y.dtype, [v.dtype.base_dtype for v in tf.global_variables()]]


def dense_takes_sparse_inputs(tf):
    x = tf.SparseTensor([[0, 1], [2, 0]], [2.0, 3.0], [3, 2])
    layer = tf.layers.Dense(2, kernel_initializer=counting(tf))
    layer.build([3, 2])
    return layer.call(x)


def an_object_called_with_another_depth_raises(tf):
    layer = tf.layers.Dense(2)
    layer(tf.ones([1, 3]))
    layer(tf.ones([1, 4]))


def sharing_with_another_depth_raises(tf):
    tf.layers.dense(tf.ones([1, 3]), 2, name="d")
    tf.layers.dense(tf.ones([1, 4]), 2, name="d", reuse=True)


def sharing_with_another_dtype_raises(tf):
    tf.layers.dense(tf.ones([1, 3]), 2, name="d")
    return kind_of_error(tf.layers.dense, tf.ones([1, 3], tf.float64), 2, name="d", reuse=True)


def reuse_without_a_name_shares_the_first(tf):
    x = _x(tf)
    tf.layers.dense(x, 2)
    tf.layers.dense(x, 2)
    tf.layers.dense(x, 2, reuse=True)
    return names_of(tf.global_variables())


def reuse_without_anything_to_share_raises(tf):
    tf.layers.dense(_x(tf), 2, reuse=True)


def a_unit_count_is_made_an_integer(tf):
    return [tf.layers.Dense("3").units, tf.layers.Dense(3.7).units]


# dropout


def dropout_does_nothing_unless_training(tf):
    x = _x(tf)
    outputs = [tf.layers.dropout(x), tf.layers.dropout(x, 0.9, training=tf.constant(False))]
    return [names_of(outputs), outputs]


def dropout_scales_what_it_keeps(tf):
    y = tf.layers.dropout(tf.ones([1000]), 0.75, training=True, seed=1)
    kept = tf.reduce_sum(tf.cast(y > 0, tf.float32))
    return [tf.reduce_max(y), tf.reduce_min(y), kept > 150, kept < 350]


def dropout_of_nothing_keeps_everything(tf):
    return tf.layers.dropout(_x(tf), 0.0, training=True)


def dropout_decides_by_a_tensor(tf):
    training = tf.less(tf.reduce_sum(_x(tf)), 1000.0)
    return [
        tf.reduce_max(tf.layers.dropout(tf.ones([100]), 0.5, training=training)),
        tf.layers.dropout(tf.ones([4]), 0.5, training=tf.logical_not(training)),
    ]


def dropout_masks_along_the_axes_of_a_noise_shape(tf):
    y = tf.layers.dropout(tf.ones([100, 5]), 0.5, noise_shape=[100, 1], training=True)
    z = tf.layers.dropout(tf.ones([100, 5]), 0.5, noise_shape=[None, 1], training=True)
    return [tf.reduce_max(tf.abs(y - y[:, :1])), tf.reduce_max(tf.abs(z - z[:, :1]))]


def dropout_takes_a_tensor_as_rate(tf):
    y = tf.layers.dropout(tf.ones([100]), tf.constant(0.75), training=True)
    return tf.reduce_max(y)


def dropout_has_a_gradient_where_it_keeps(tf):
    x = tf.get_variable("x", initializer=tf.ones([50]))
    y = tf.layers.dropout(x, 0.5, training=True)
    return tf.reduce_max(tf.abs(tf.gradients(tf.reduce_sum(y), x)[0] - y))


def dropout_of_other_floats_keeps_their_dtype(tf):
    return [tf.layers.dropout(tf.ones([2], dtype), training=True).dtype for dtype in ["float16", "float64"]]


def dropout_wants_a_rate_below_one_and_floats(tf):
    x = tf.ones([2])
    return [
        kind_of_error(tf.layers.dropout, x, 1.5, training=True),
        kind_of_error(tf.layers.dropout, x, -0.5, training=True),
        kind_of_error(tf.layers.dropout, tf.ones([2], tf.int32), training=True),
    ]


def a_dropout_object_is_called_with_training(tf):
    layer = tf.layers.Dropout(0.75, name="drop")
    outputs = [layer(tf.ones([100]), training=True), layer(tf.ones([2]))]
    return [tf.reduce_max(outputs[0]), outputs[1], layer.name, layer.variables, layer.get_config()]


# flatten


def flatten_keeps_the_first_axis(tf):
    outputs = [tf.layers.flatten(tf.constant(counted([2, 3, 2], 1.0))), tf.layers.flatten(tf.ones([3]))]
    return [names_of(outputs), outputs]


def flatten_puts_the_channels_last_first(tf):
    y = tf.layers.flatten(tf.constant(counted([2, 2, 3, 2], 1.0)), data_format="channels_first")
    return [name_of(y), y]


@graph_only("unknown sizes")
def flatten_knows_what_can_be_known(tf):
    x = tf.placeholder_with_default(counted([2, 3, 4], 1.0), [None, 3, 4])
    z = tf.placeholder_with_default(counted([2, 3, 4], 1.0), [None, None, 4])
    outputs = [tf.layers.flatten(x), tf.layers.flatten(z)]
    return [[y.shape.as_list() for y in outputs], outputs]


@graph_only("an unknown rank")
def flatten_wants_a_known_rank(tf):
    tf.layers.flatten(tf.placeholder(tf.float32))


def flatten_wants_an_axis_and_a_data_format(tf):
    return [
        error_of(tf.layers.flatten, tf.ones([])),
        error_of(tf.layers.flatten, tf.ones([2, 2, 2]), data_format="NHWC"),
    ]


def flatten_is_an_object_too(tf):
    layer = tf.layers.Flatten(name="f")
    y = layer(tf.ones([2, 3, 4]))
    return [y.shape, layer.name, layer.get_config(), layer.compute_output_shape([None, 3, 4]).as_list()]


# Arguments by name


def activations_have_names(tf):
    x = tf.constant([[-2.0, -0.5, 0.5, 2.0]])
    names = ["elu", "exponential", "hard_sigmoid", "linear", "relu", "selu", "sigmoid", "softmax", "softplus"]
    names += ["softsign", "tanh"]
    eye = tf.keras.initializers.Identity() if hasattr(tf.keras.initializers, "Identity") else "identity"
    return [tf.layers.dense(x, 4, name, kernel_initializer=eye) for name in names]


def unknown_activations_raise(tf):
    return [error_of(tf.layers.Dense, 2, "swoosh"), error_of(tf.layers.Dense, 2, 3)]


def initializers_have_names(tf):
    names = ["zeros", "ones", "Zeros", "constant", "identity", {"class_name": "Constant", "config": {"value": 3.0}}]
    for name in names:
        tf.layers.dense(tf.ones([1, 2]), 2, kernel_initializer=name)
    return [v for v in tf.global_variables() if "kernel" in v.name]


def random_initializers_have_names(tf):
    expected = {
        "glorot_normal": (2 / 250) ** 0.5,
        "glorot_uniform": (2 / 250) ** 0.5,
        "he_normal": 0.1,
        "he_uniform": 0.1,
        "lecun_normal": 0.005**0.5,
        "lecun_uniform": 0.005**0.5,
        "VarianceScaling": 0.005**0.5,
        "random_normal": 0.05,
        "random_uniform": 0.05 / 3**0.5,
        "truncated_normal": 0.05 * 0.88,
        "orthogonal": 0.005**0.5,
        "uniform": 0.05 / 3**0.5,
        "normal": 0.05,
    }
    found = []
    for name in sorted(expected):
        layer = tf.layers.Dense(50, kernel_initializer=name)
        layer(tf.ones([1, 200]))
        deviation = tf.sqrt(tf.reduce_mean(tf.square(layer.kernel)))
        found.append([name, tf.abs(deviation / expected[name] - 1.0) < 0.1])
    return found


def constants_are_no_initializers_of_a_layer(tf):
    return [
        error_of(tf.layers.Dense, 2, kernel_initializer=0.5),
        error_of(tf.layers.Dense, 2, kernel_initializer="nonsense"),
    ]


def an_initializer_may_be_a_class(tf):
    return tf.layers.dense(tf.ones([1, 2]), 2, kernel_initializer=tf.ones_initializer)


def initializers_of_keras_work(tf):
    initializers = [tf.keras.initializers.Constant(2.0), tf.keras.initializers.Zeros(), tf.keras.initializers.Ones()]
    return [tf.layers.dense(tf.ones([1, 2]), 2, kernel_initializer=each) for each in initializers]


def regularizers_have_names(tf):
    for regularizer in ["l1", "l2", "l1_l2", {"class_name": "L1L2", "config": {"l1": 0.5, "l2": 0.25}}]:
        tf.layers.dense(
            tf.ones([1, 3]), 2, kernel_initializer=counting(tf, 1.0), kernel_regularizer=regularizer, use_bias=False
        )
    return tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)


def regularizers_of_keras_work(tf):
    tf.layers.dense(
        tf.ones([1, 3]),
        2,
        kernel_initializer=counting(tf, 1.0),
        kernel_regularizer=tf.keras.regularizers.l2(0.5),
        use_bias=False,
    )
    return tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)


def unknown_regularizers_and_constraints_raise(tf):
    return [
        error_of(tf.layers.Dense, 2, kernel_regularizer="nonsense"),
        error_of(tf.layers.Dense, 2, kernel_constraint="nonsense"),
        error_of(tf.layers.Dense, 2, kernel_constraint=3),
    ]


def constraints_have_names_and_are_the_variables(tf):
    found = []
    for name in ["max_norm", "nonneg", "non_neg", "unit_norm", "min_max_norm"]:
        layer = tf.layers.Dense(2, kernel_constraint=name)
        layer(tf.ones([1, 3]))
        constraint = layer.kernel.constraint
        found.append([constraint is layer.kernel_constraint, constraint(tf.constant(counted([3, 2], 2.0)))])
    return found


# Configurations


def a_configuration_makes_the_layer_again(tf):
    layer = tf.layers.Dense(2, activation="relu", name="k", kernel_initializer="ones", trainable=False)
    again = tf.layers.Dense.from_config(layer.get_config())
    return [again.name, again.units, again.trainable, again(tf.ones([1, 3])), names_of(again.variables)]


def a_configuration_names_functions(tf):
    config = tf.layers.Dense(
        2, activation=tf.nn.relu, kernel_regularizer=tf.nn.l2_loss, kernel_initializer=tf.ones_initializer()
    ).get_config()
    return config


def a_dense_layer_casts_matrices_to_its_dtype_but_no_larger_inputs(tf):
    layer = tf.layers.Dense(2, dtype=tf.float64, kernel_initializer=tf.ones_initializer())
    matrix = layer(tf.ones([1, 2]))
    return [matrix, matrix.dtype, layer(tf.ones([1, 2], tf.int32))]


def sizes_may_be_floating_numbers_that_are_whole(tf):
    images = tf.ones([1, 6, 6, 2])
    tf.layers.dense(tf.ones([1, 4]), 4 / 2)
    tf.layers.conv2d(images, 4 / 2, 3)
    tf.layers.separable_conv2d(images, 2.0, 3)
    tf.layers.conv1d(tf.ones([1, 4, 2]), 2.0, 2)
    tf.layers.conv3d(tf.ones([1, 4, 4, 4, 1]), 2.0, 2)
    return [[v.name, v.shape] for v in tf.global_variables()]
