"""`tf.contrib.layers.batch_norm`: every argument that has an effect, its variables, its updates, its numbers.

Gradients are in every fact that trains. An update is asked for by its collection, as a training step asks for it.
"""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of, steps


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


def _at_once(tf, tensors):
    """All elements of all tensors as one: whatever else they run is run once."""
    return tf.concat([tf.reshape(tensor, [-1]) for tensor in tensors], 0)


def _trained(tf, shape, collection="update_ops", **arguments):
    """What a layer called bn gives in one training step (output, gradient, its variables afterwards), and the names."""
    x = tf.get_variable("x", initializer=_input(tf, *shape))
    y = tf.contrib.layers.batch_norm(x, decay=0.9, scope="bn", **arguments)
    gradient = tf.gradients(tf.reduce_sum(y * y * _wave(tf)(shape)), [x])[0]
    with tf.control_dependencies([y, gradient] + tf.get_collection(collection)):
        averages = [v.read_value() for v in tf.global_variables() if "bn/" in v.name]
    return [_at_once(tf, [y, gradient] + averages), names_of(tf.global_variables())]


def rank_4(tf):
    return _trained(tf, (2, 2, 2, 2), scale=True)


def rank_4_not_fused(tf):
    return _trained(tf, (2, 2, 2, 2), fused=False)


def rank_4_updated_in_place(tf):
    return _trained(tf, (2, 2, 2, 2), updates_collections=None)


def rank_4_not_fused_updated_in_place(tf):
    return _trained(tf, (2, 2, 2, 2), fused=False, updates_collections=None, scale=True)


def rank_4_with_updates_elsewhere(tf):
    return _trained(tf, (2, 2, 2, 2), collection="mine", updates_collections="mine")


def rank_2(tf):
    return _trained(tf, (4, 3), scale=True)


def rank_2_not_fused(tf):
    return _trained(tf, (4, 3), fused=False)


def rank_2_updated_in_place(tf):
    return _trained(tf, (4, 3), updates_collections=None)


def rank_3(tf):
    return _trained(tf, (2, 3, 2), scale=True)


def rank_3_updated_in_place(tf):
    return _trained(tf, (2, 3, 2), updates_collections=None)


def rank_5(tf):
    return _trained(tf, (2, 1, 2, 2, 2))


def zero_debias(tf):
    return _trained(tf, (2, 2, 2, 2), zero_debias_moving_mean=True)


def zero_debias_rank_3(tf):
    return _trained(tf, (2, 3, 2), zero_debias_moving_mean=True, updates_collections=None)


def renorm(tf):
    return _trained(tf, (2, 2, 2, 2), renorm=True, renorm_decay=0.8)


def renorm_with_clipping(tf):
    return _trained(tf, (4, 3), renorm=True, renorm_clipping={"rmax": 1.1, "rmin": 0.9, "dmax": 0.1})


def weights_of_the_batch(tf):
    return _trained(tf, (3, 2, 2, 2), batch_weights=tf.constant([1.0, 2.0, 0.0]))


def weights_of_the_batch_rank_3_in_place(tf):
    return _trained(tf, (3, 2, 2), batch_weights=tf.constant([1.0, 2.0, 0.0]), updates_collections=None)


def neither_center_nor_scale(tf):
    return _trained(tf, (4, 3), center=False)


def an_adjustment(tf):
    def adjust(shape):
        return tf.fill([1, 1, 1, 2], 2.0), tf.fill([1, 1, 1, 2], 0.5)

    return _trained(tf, (2, 2, 2, 2), adjustment=adjust)


def evaluated(tf):
    return [_trained(tf, (2, 2, 2, 2), is_training=False, epsilon=0.1), names_of(tf.get_collection("update_ops"))]


def evaluated_rank_2(tf):
    return _trained(tf, (4, 3), is_training=False, updates_collections=None)


def evaluated_plainly(tf):
    return _trained(tf, (2, 3, 2), is_training=False, updates_collections=None)


def a_tensor_says_whether_it_trains(tf):
    return [
        _trained_by_tensor(tf, name, value, shape, arguments)
        for name, value, shape, arguments in [
            ("a", True, (2, 2, 2, 2), {}),
            ("b", False, (2, 2, 2, 2), {}),
            ("c", True, (4, 3), {}),
            ("d", False, (4, 3), {}),
            ("e", True, (2, 3, 2), {"updates_collections": None}),
            ("f", False, (2, 3, 2), {"updates_collections": None}),
            ("g", True, (2, 2, 2, 2), {"updates_collections": None}),
            ("h", False, (2, 2, 2, 2), {"updates_collections": None}),
        ]
    ]


def _trained_by_tensor(tf, name, value, shape, arguments):
    with tf.variable_scope(name):
        y = tf.contrib.layers.batch_norm(
            _input(tf, *shape),
            decay=0.9,
            is_training=tf.placeholder_with_default(value, []),
            scope="bn",
            **arguments
        )
        with tf.control_dependencies([y] + tf.get_collection("update_ops", name + "/")):
            averages = [v.read_value() for v in tf.contrib.framework.get_variables(name + "/bn/moving")]
        return _at_once(tf, [y] + averages)


@steps(3)
def averages_move_once_a_step(tf):
    layers = tf.contrib.layers
    y = layers.batch_norm(_input(tf, 4, 3), decay=0.5, scope="bn")
    with tf.control_dependencies([y] + tf.get_collection("update_ops")):
        return _at_once(tf, [v.read_value() for v in tf.contrib.framework.get_variables("bn/moving")])


@steps(3)
def averages_move_once_a_step_in_place(tf):
    layers = tf.contrib.layers
    y = layers.batch_norm(_input(tf, 2, 3, 2), decay=0.5, updates_collections=None, scope="bn")
    with tf.control_dependencies([y]):
        return _at_once(tf, [v.read_value() for v in tf.contrib.framework.get_variables("bn/moving")])


@steps(3)
def a_moving_mean_without_bias(tf):
    layers = tf.contrib.layers
    y = layers.batch_norm(
        _input(tf, 2, 3, 2), decay=0.5, zero_debias_moving_mean=True, updates_collections=None, scope="bn"
    )
    with tf.control_dependencies([y]):
        return _at_once(tf, [v.read_value() for v in tf.contrib.framework.get_variables("bn/")])


def the_same_layer_twice_updates_twice(tf):
    layers = tf.contrib.layers
    outputs = [
        layers.batch_norm(_input(tf, 2, 2, 2, 2), scope="bn", reuse=number > 0, outputs_collections="outs")
        for number in range(2)
    ]
    return [
        outputs[0] - outputs[1],
        names_of(outputs),
        names_of(tf.get_collection("update_ops")),
        names_of(tf.get_collection("outs")),
        names_of(tf.global_variables()),
        names_of(tf.model_variables()),
    ]


def training_and_evaluation_share_variables(tf):
    layers = tf.contrib.layers
    outputs = []
    for is_training in [True, False]:
        with tf.variable_scope("net", reuse=not is_training):
            outputs.append(layers.batch_norm(_input(tf, 4, 3), is_training=is_training, scale=True))
    return [outputs[0], names_of(outputs), collections_of(tf)["variables"], len(tf.get_collection("update_ops"))]


def unnamed_ones_are_counted(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("s"):
        outputs = [layers.batch_norm(_input(tf, 2, 2, 2, 2)), layers.batch_norm(_input(tf, 4, 3))]
        outputs += [layers.batch_norm(_input(tf, 2, 3, 2), updates_collections=None)]
    return [names_of(outputs), names_of(tf.global_variables()), names_of(tf.get_collection("update_ops"))]


def its_collections(tf):
    layers = tf.contrib.layers
    names = ["beta", "gamma", "moving_mean", "moving_variance"]
    for number, arguments in enumerate([{}, {"updates_collections": "mine"}, {"fused": False}]):
        layers.batch_norm(
            _input(tf, 2, 2, 2, 2),
            scale=True,
            param_regularizers={"beta": layers.l2_regularizer(0.1), "gamma": layers.l2_regularizer(0.2)},
            variables_collections={name: [name + "s"] for name in names},
            scope="bn%d" % number,
            **arguments
        )
    layers.batch_norm(_input(tf, 2, 2, 2, 2), variables_collections=["all"], outputs_collections="outs", scope="last")
    return collections_of(tf)


def its_collections_where_it_is_not_by_tf_layers(tf):
    layers = tf.contrib.layers
    for number, arguments in enumerate([{}, {"updates_collections": None, "fused": False}]):
        layers.batch_norm(
            _input(tf, 4, 3),
            scale=True,
            param_regularizers={"beta": layers.l2_regularizer(0.1), "gamma": layers.l2_regularizer(0.2)},
            variables_collections=["all"],
            scope="bn%d" % number,
            **arguments
        )
    return collections_of(tf)


def its_initializers(tf):
    layers = tf.contrib.layers
    initializers = {
        "beta": tf.constant_initializer(0.1),
        "gamma": tf.constant_initializer(2.0),
        "moving_mean": tf.constant_initializer(0.3),
        "moving_variance": tf.constant_initializer(0.4),
    }
    outputs = [
        layers.batch_norm(
            _input(tf, *shape), scale=True, is_training=False, param_initializers=initializers, **arguments
        )
        for shape, arguments in [
            ((2, 2, 2, 2), {}),
            ((4, 3), {}),
            ((2, 3, 2), {"updates_collections": None}),
        ]
    ]
    return [outputs, tf.global_variables()]


def what_isnt_trainable_has_no_updates_in_tf_layers(tf):
    layers = tf.contrib.layers
    layers.batch_norm(_input(tf, 2, 2, 2, 2), trainable=False, scope="a")
    layers.batch_norm(_input(tf, 4, 3), trainable=False, scope="b")
    return collections_of(tf)


def an_activation_comes_last(tf):
    y = tf.contrib.layers.batch_norm(
        _input(tf, 2, 2, 2, 2), activation_fn=tf.nn.relu, outputs_collections="outs", scope="bn"
    )
    tags = list(tf.contrib.slim.utils.convert_collection_to_dict("outs"))
    return [y, name_of(y), names_of(tf.get_collection("outs")), tags]


def channels_may_come_first(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 2, 2, 3)
    transposed = tf.transpose(x, [0, 3, 1, 2])
    last = layers.batch_norm(x, scope="last", fused=False)
    first = layers.batch_norm(transposed, scope="first", data_format="NCHW", fused=False)
    in_place = layers.batch_norm(
        transposed, scope="third", data_format="NCHW", fused=False, scale=True, updates_collections=None
    )
    return [
        tf.reduce_max(tf.abs(last - tf.transpose(first, [0, 2, 3, 1]))) < 1e-5,
        tf.reduce_max(tf.abs(first - in_place)) < 1e-5,
        first.shape,
        names_of([last, first]),
    ]


def half_precision_keeps_parameters_in_single(tf):
    layers = tf.contrib.layers
    x = tf.cast(_input(tf, 2, 2, 2, 2), tf.float16)
    dtypes = []
    for number, arguments in enumerate([{}, {"updates_collections": None, "fused": False}]):
        y = layers.batch_norm(x, scope="bn%d" % number, **arguments)
        dtypes.append([y.dtype, [v.dtype.base_dtype for v in tf.contrib.framework.get_variables("bn%d" % number)]])
    return dtypes


def the_gradient_with_respect_to_its_parameters(tf):
    layers = tf.contrib.layers
    y = layers.batch_norm(_input(tf, 4, 3), scale=True, scope="bn")
    return tf.gradients(tf.reduce_sum(y * y * _wave(tf)((4, 3))), tf.trainable_variables())


def what_it_refuses(tf):
    batch_norm = tf.contrib.layers.batch_norm
    x = _input(tf, 2, 2, 2, 2)
    return [
        error_of(batch_norm, x, data_format="X"),
        error_of(batch_norm, x, renorm=True, updates_collections=None),
        error_of(batch_norm, x, renorm=True, zero_debias_moving_mean=True),
        error_of(batch_norm, x, renorm=True, batch_weights=tf.ones([2])),
        kind_of_error(batch_norm, x, batch_weights=tf.ones([3])),
        error_of(batch_norm, x, is_training=None, updates_collections=None),
        error_of(batch_norm, x, scope="nothing", reuse=True),
        error_of(batch_norm, x, reuse=True),
    ]


def a_partitioner_leaves_the_averages_whole(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("p", partitioner=tf.fixed_size_partitioner(2)):
        layers.batch_norm(_input(tf, 2, 3, 2), updates_collections=None, fused=False, scope="bn")
    return names_of(tf.global_variables())
