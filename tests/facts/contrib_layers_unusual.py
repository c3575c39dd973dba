"""`tf.contrib.layers` with arguments that are seldom given, and what is collected and shared then."""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of


def _wave(tf):
    """An initializer whose values are all different and the same everywhere."""

    def initialize(shape, dtype=None, partition_info=None):
        count = 1
        for length in shape:
            count *= int(length)
        return tf.reshape(tf.sin(tf.range(count, dtype=tf.float32) * 1.3), [int(length) for length in shape])

    return initialize


def _input(tf, *shape):
    return _wave(tf)(shape) + 0.5


def _global_shapes(tf):
    return [[v.name, v.shape] for v in tf.global_variables()]


def a_convolution_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.conv2d(
        _input(tf, 1, 5, 5, 2),
        3,
        [3, 3],
        stride=2,
        padding="SAME",
        rate=1,
        activation_fn=tf.nn.tanh,
        normalizer_fn=layers.layer_norm,
        normalizer_params={"center": True, "scale": False, "scope": "norm"},
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
        biases_initializer=None,
        reuse=None,
        variables_collections={"weights": ["w"], "biases": ["b"]},
        outputs_collections=["out", "more"],
        trainable=True,
        scope="net/conv",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def a_convolution_shared_by_reuse_collects_its_output_twice(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 1)
    a = layers.conv2d(x, 2, 3, weights_initializer=_wave(tf), outputs_collections="out", scope="c")
    b = layers.conv2d(x, 2, 3, outputs_collections="out", scope="c", reuse=True)
    return [a, b, names_of([a, b]), len(tf.get_collection("out"))]


def reuse_wants_a_scope(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 1)
    return [
        error_of(layers.conv2d, x, 2, 3, reuse=True),
        error_of(layers.fully_connected, x, 2, reuse=True),
        error_of(layers.conv2d, x, 2, 3, scope="c", reuse=True),
        error_of(layers.batch_norm, x, reuse=True),
        error_of(layers.layer_norm, x, reuse=True),
        error_of(layers.separable_conv2d, x, 2, 3, 1, reuse=True),
        error_of(layers.bias_add, x, reuse=True),
    ]


def what_isnt_trainable(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    layers.conv2d(x, 2, 3, trainable=False, weights_regularizer=layers.l2_regularizer(0.1), scope="c")
    layers.separable_conv2d(x, 2, 3, 1, trainable=False, scope="s")
    layers.conv2d_transpose(x, 2, 3, trainable=False, scope="t")
    layers.conv2d_in_plane(x, 3, trainable=False, scope="p")
    layers.layer_norm(x, trainable=False, scope="l")
    layers.instance_norm(x, trainable=False, scope="i")
    layers.bias_add(x, trainable=False, scope="b")
    return [
        names_of(tf.trainable_variables()),
        names_of(tf.get_collection(tf.GraphKeys.MODEL_VARIABLES)),
        collections_of(tf),
    ]


def channels_first_with_a_normalizer(tf):
    layers = tf.contrib.layers
    y = layers.conv2d(
        _input(tf, 1, 2, 4, 4),
        3,
        1,
        data_format="NCHW",
        normalizer_fn=layers.bias_add,
        normalizer_params={"data_format": "NCHW", "activation_fn": None},
        scope="c",
    )
    return [y.shape, name_of(y), _global_shapes(tf)]


def channels_first_of_a_separable_convolution(tf):
    y = tf.contrib.layers.separable_conv2d(_input(tf, 1, 2, 5, 5), 3, 3, 2, data_format="NCHW", scope="s")
    return [y.shape, _global_shapes(tf)]


def channels_first_of_a_transposed_convolution(tf):
    y = tf.contrib.layers.conv2d_transpose(_input(tf, 1, 2, 3, 3), 3, 3, stride=2, data_format="NCHW", scope="t")
    return [y.shape, _global_shapes(tf)]


def channels_first_of_other_ranks(tf):
    layers = tf.contrib.layers
    a = layers.conv1d(_input(tf, 1, 2, 5), 3, 3, data_format="NCW", scope="a")
    b = layers.conv3d(_input(tf, 1, 2, 3, 3, 3), 3, 1, data_format="NCDHW", scope="b")
    c = layers.conv3d_transpose(_input(tf, 1, 2, 3, 3, 3), 3, 2, stride=2, data_format="NCDHW", scope="c")
    return [a.shape, b.shape, c.shape, _global_shapes(tf)]


def a_separable_convolution_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.separable_conv2d(
        _input(tf, 1, 5, 5, 2),
        3,
        [3, 2],
        2,
        stride=[1, 1],
        rate=[2, 1],
        padding="VALID",
        activation_fn=None,
        weights_initializer=_wave(tf),
        pointwise_initializer=tf.ones_initializer(),
        weights_regularizer=layers.l2_regularizer(0.1),
        biases_initializer=tf.ones_initializer(),
        biases_regularizer=layers.l1_regularizer(0.2),
        variables_collections=["mine"],
        outputs_collections="out",
        scope="s",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def a_depthwise_convolution_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.separable_conv2d(
        _input(tf, 1, 5, 5, 2),
        None,
        3,
        2,
        stride=2,
        activation_fn=tf.nn.relu6,
        normalizer_fn=layers.bias_add,
        normalizer_params={"initializer": tf.ones_initializer()},
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"depthwise_weights": ["d"], "weights": ["w"], "biases": ["b"]},
        outputs_collections="out",
        scope="s",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def a_depthwise_convolution_without_biases(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    y = layers.separable_conv2d(x, None, 3, weights_initializer=_wave(tf), biases_initializer=None, scope="s")
    z = layers.separable_conv2d(x, None, 3, biases_initializer=None, scope="s", reuse=True)
    return [y, z, names_of([y, z]), collections_of(tf)]


def one_kernel_for_every_plane_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.conv2d_in_plane(
        _input(tf, 1, 4, 5, 2),
        [1, 2],
        stride=[1, 1],
        padding="VALID",
        activation_fn=tf.nn.elu,
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l1_regularizer(0.1),
        biases_initializer=tf.ones_initializer(),
        biases_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"weights": ["w"], "biases": ["b"]},
        outputs_collections="out",
        scope="p",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def one_kernel_for_every_plane_shared(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    a = layers.conv2d_in_plane(x, 2, weights_initializer=_wave(tf), scope="p")
    b = layers.conv2d_in_plane(x, 2, scope="p", reuse=True)
    c = layers.conv2d_in_plane(x, 2)
    return [a, b, names_of([a, b, c]), _global_shapes(tf), kind_of_error(layers.conv2d_in_plane, x, 2, scope="p")]


def a_transposed_convolution_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.conv2d_transpose(
        _input(tf, 1, 2, 3, 2),
        3,
        [3, 2],
        stride=[2, 1],
        padding="VALID",
        activation_fn=tf.nn.sigmoid,
        normalizer_fn=layers.layer_norm,
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l2_regularizer(0.1),
        variables_collections={"weights": ["w"]},
        outputs_collections="out",
        scope="t",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def biases_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.bias_add(
        _input(tf, 2, 3),
        activation_fn=tf.nn.relu,
        initializer=_wave(tf),
        regularizer=layers.l2_regularizer(0.5),
        variables_collections=["mine"],
        outputs_collections="out",
        scope="b",
    )
    z = layers.bias_add(_input(tf, 2, 3), outputs_collections="out", scope="b", reuse=True)
    return [names_of([y, z]), y, z, collections_of(tf), tf.losses.get_regularization_losses()]


def biases_with_channels_first(tf):
    x = _input(tf, 1, 2, 3, 3)
    y = tf.contrib.layers.bias_add(x, initializer=_wave(tf), data_format="NCHW", scope="b")
    return [y, name_of(y), _global_shapes(tf), error_of(tf.contrib.layers.bias_add, x, data_format="NHCW", scope="c")]


def a_dense_layer_with_everything(tf):
    layers = tf.contrib.layers
    y = layers.fully_connected(
        _input(tf, 2, 3),
        4,
        activation_fn=tf.nn.softplus,
        normalizer_fn=layers.layer_norm,
        normalizer_params={"begin_norm_axis": 1, "begin_params_axis": -1},
        weights_initializer=_wave(tf),
        weights_regularizer=layers.l1_l2_regularizer(0.1, 0.2),
        biases_initializer=tf.ones_initializer(),
        variables_collections={"weights": ["w"], "biases": ["b"]},
        outputs_collections="out",
        scope="f",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def a_dense_layer_twice_under_one_unnamed_scope(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3)
    with tf.variable_scope("a"):
        first = layers.fully_connected(x, 2, scope=None, weights_initializer=_wave(tf))
        second = layers.fully_connected(first, 2, scope=None, weights_initializer=_wave(tf))
    with tf.variable_scope("a", reuse=True):
        again = layers.fully_connected(x, 2, scope=None)
        last = layers.fully_connected(again, 2, scope=None)
    return [first, second, again, last, names_of([first, second, again, last]), _global_shapes(tf)]


def legacy_layers_with_everything(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3)
    y = layers.legacy_fully_connected(
        x,
        2,
        activation_fn=tf.nn.tanh,
        weight_init=_wave(tf),
        bias_init=tf.ones_initializer(),
        name="f",
        weight_collections=("w",),
        bias_collections=("b",),
        output_collections=("out",),
        trainable=True,
        weight_regularizer=layers.l2_regularizer(0.1),
        bias_regularizer=layers.l1_regularizer(0.1),
    )
    z = layers.legacy_fully_connected(x, 2, name=None, weight_init=_wave(tf), bias_init=None, trainable=False)
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        again = layers.legacy_fully_connected(x, 2, activation_fn=tf.nn.tanh, name="f")
    return [names_of([y, z, again]), y, z, again, collections_of(tf), tf.losses.get_regularization_losses()]


def legacy_layers_of_higher_rank(tf):
    y = tf.contrib.layers.legacy_fully_connected(_input(tf, 2, 2, 3), 2, weight_init=_wave(tf), name="f")
    return [y, y.shape, name_of(y), _global_shapes(tf)]


def stack_with_arguments(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 6, 6, 2)
    y = layers.stack(
        x, layers.conv2d, [(3, [3, 3]), (2, [1, 1])], scope="core", padding="VALID", weights_initializer=_wave(tf)
    )
    z = layers.stack(x, layers.fully_connected, [3, 2], outputs_collections="out", activation_fn=None)
    again = layers.stack(x, layers.conv2d, [(3, [3, 3]), (2, [1, 1])], scope="core", reuse=True, padding="VALID")
    return [y, names_of([y, z, again]), again, _global_shapes(tf), len(tf.get_collection("out"))]


def stack_with_keyword_arguments(tf):
    layers = tf.contrib.layers
    return [
        kind_of_error(layers.stack, _input(tf, 1, 4), layers.fully_connected, 3),
        kind_of_error(layers.stack, _input(tf, 1, 4), lambda x, n: x, [3]),
        kind_of_error(layers.repeat, _input(tf, 1, 4), 2.5, layers.fully_connected, 3),
    ]


def repeat_names_its_layers(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    a = layers.repeat(x, 2, layers.conv2d, 2, 3, scope="conv", outputs_collections="out")
    b = layers.repeat(x, 2, layers.conv2d, 2, 3)
    c = layers.repeat(x, 0, layers.conv2d, 2, 3, scope="none")
    d = layers.repeat(x, 1, layers.max_pool2d, 2)
    return [names_of([a, b, d]), c is x, _global_shapes(tf), len(tf.get_collection("out"))]


def repeat_of_ones_own_function(tf):
    layers = tf.contrib.layers

    def twice(x, scope=None):
        with tf.variable_scope(scope, "twice"):
            return tf.get_variable("w", [], initializer=tf.ones_initializer()) * x * 2.0

    y = layers.repeat(tf.constant(1.0), 3, twice)
    z = layers.repeat(tf.constant(1.0), 2, twice, scope="other")
    return [y, z, names_of([y, z]), _global_shapes(tf)]


def norms_with_collections(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 4, 4, 2)
    layers.layer_norm(x, variables_collections=["l"], outputs_collections="lo", activation_fn=tf.nn.relu, scope="l")
    layers.instance_norm(x, variables_collections={"beta": ["i"]}, outputs_collections="io", scope="i")
    layers.group_norm(x, 2, variables_collections={"gamma": ["g"]}, outputs_collections="go", scope="g")
    layers.unit_norm(x, 3, scope="u")
    return collections_of(tf)


def norms_are_shared_by_reuse(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3, 3, 4)
    results = []
    for reuse in (None, True):
        results.append(layers.layer_norm(x, reuse=reuse, scope="l"))
        results.append(layers.instance_norm(x, reuse=reuse, scope="i"))
        results.append(layers.group_norm(x, 2, reuse=reuse, scope="g"))
        results.append(layers.batch_norm(x, reuse=reuse, scope="b", scale=True))
    return [names_of(results), _global_shapes(tf), names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS))]


def initializers_of_norms(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3, 3, 2)
    a = layers.instance_norm(x, param_initializers={"gamma": _wave(tf), "beta": tf.ones_initializer()}, epsilon=0.1)
    b = layers.group_norm(
        x, 1, channels_axis=-1, reduction_axes=[-3, -2], param_initializers={"beta": _wave(tf)}, epsilon=0.1
    )
    return [a, b, names_of([a, b]), _global_shapes(tf)]


def a_batch_norm_with_initializers_and_regularizers(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3, 3, 2)
    y = layers.batch_norm(
        x,
        decay=0.5,
        center=True,
        scale=True,
        epsilon=0.1,
        activation_fn=tf.nn.relu,
        param_initializers={
            "beta": _wave(tf),
            "gamma": tf.constant_initializer(2.0),
            "moving_mean": tf.constant_initializer(3.0),
            "moving_variance": tf.constant_initializer(4.0),
        },
        param_regularizers={"beta": layers.l2_regularizer(0.1), "gamma": layers.l1_regularizer(0.1)},
        is_training=False,
        outputs_collections="out",
        variables_collections={"beta": ["b"], "gamma": ["g"], "moving_mean": ["m"], "moving_variance": ["v"]},
        scope="bn",
    )
    return [name_of(y), y, collections_of(tf), tf.losses.get_regularization_losses()]


def a_batch_norm_with_a_regularizer_for_one_parameter(tf):
    layers = tf.contrib.layers
    x = _input(tf, 4, 2)
    layers.batch_norm(x, param_regularizers={"gamma": layers.l2_regularizer(0.1)}, scale=True, scope="a")
    layers.batch_norm(x, param_regularizers={"beta": layers.l2_regularizer(0.1)}, fused=False, scope="b")
    return [names_of(tf.losses.get_regularization_losses()), tf.losses.get_regularization_losses(), _global_shapes(tf)]


def a_batch_norm_told_by_a_constant_tensor(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3, 3, 2)
    y = layers.batch_norm(x, is_training=tf.constant(True), decay=0.5, updates_collections=None, scope="a")
    z = layers.batch_norm(x, is_training=tf.constant(False), decay=0.5, updates_collections=None, scope="b")
    return [y, z, tf.global_variables()]


def a_batch_norm_with_channels_first_not_fused(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 2, 3, 3)
    y = layers.batch_norm(
        x, data_format="NCHW", fused=False, scale=True, decay=0.5, updates_collections=None, scope="a"
    )
    return [y, _global_shapes(tf), tf.global_variables()]


def a_batch_norm_of_rank_5_with_channels_first(tf):
    y = tf.contrib.layers.batch_norm(_input(tf, 1, 2, 2, 2, 2), data_format="NCDHW", scope="a")
    return [y.shape, _global_shapes(tf)]


def a_batch_norm_with_renorm_decay(tf):
    y = tf.contrib.layers.batch_norm(
        _input(tf, 4, 2),
        renorm=True,
        renorm_decay=0.5,
        renorm_clipping={"rmax": 1.5, "rmin": 0.5, "dmax": 0.3},
        decay=0.9,
        scale=True,
        variables_collections=["mine"],
        scope="a",
    )
    return [y.shape, _global_shapes(tf), collections_of(tf)]


def weights_of_the_batch_for_images(tf):
    x = _input(tf, 3, 2, 2, 2)
    y = tf.contrib.layers.batch_norm(
        x, batch_weights=tf.constant([1.0, 0.0, 2.0]), decay=0.5, updates_collections=None, scope="a"
    )
    return [y, _global_shapes(tf), tf.global_variables()]


def zero_debias_with_update_ops(tf):
    x = _input(tf, 4, 2)
    y = tf.contrib.layers.batch_norm(x, zero_debias_moving_mean=True, decay=0.5, scope="a")
    return [y, names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)), _global_shapes(tf), collections_of(tf)]


def zero_debias_is_for_the_model_if_not_fused(tf):
    x = _input(tf, 4, 2, 2)
    y = tf.contrib.layers.batch_norm(x, zero_debias_moving_mean=True, decay=0.5, scope="a")
    return [y, names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)), collections_of(tf)]


def arguments_of_batch_norm_that_exclude_each_other(tf):
    batch_norm = tf.contrib.layers.batch_norm
    x = _input(tf, 2, 3, 3, 2)
    return [
        error_of(batch_norm, x, fused=True, batch_weights=tf.ones([2])),
        error_of(batch_norm, x, fused=True, param_regularizers={"beta": None}),
        error_of(batch_norm, x, data_format="NHCW"),
        error_of(batch_norm, x, batch_weights=tf.ones([2]), renorm=True),
        error_of(batch_norm, x, renorm=True, fused=True),
        kind_of_error(batch_norm, x, renorm=True, renorm_clipping={"max": 1.0}),
        error_of(batch_norm, tf.constant(1.0)),
    ]


def embeddings_shared_by_reuse(tf):
    layers = tf.contrib.layers
    ids = tf.constant([[0, 1], [2, 1]])
    first = layers.embed_sequence(
        ids,
        vocab_size=4,
        embed_dim=3,
        unique=True,
        initializer=_wave(tf),
        regularizer=layers.l2_regularizer(0.1),
        trainable=True,
        scope="e",
    )
    second = layers.embed_sequence(ids, vocab_size=4, embed_dim=3, scope="e", reuse=True)
    third = layers.embed_sequence(ids, vocab_size=4, embed_dim=3, trainable=False)
    return [first, second, names_of([first, second, third]), collections_of(tf), tf.losses.get_regularization_losses()]


def embeddings_of_ones_own(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("e"):
        tf.get_variable("embeddings", [4, 2], initializer=tf.ones_initializer())
    return [
        layers.embed_sequence([[0, 1]], 4, 2, scope="e", reuse=True),
        names_of(tf.global_variables()),
        error_of(layers.embed_sequence, [[0]], reuse=True),
    ]


def embeddings_of_sparse_ids_with_weights(tf):
    lookup = tf.contrib.layers.safe_embedding_lookup_sparse
    table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    ids = tf.SparseTensor([[0, 0], [0, 1], [2, 0], [2, 1], [3, 0]], tf.constant([0, 2, -1, 1, -5], tf.int64), [5, 2])
    weights = tf.SparseTensor(ids.indices, [0.5, 2.0, 1.0, -1.0, 3.0], [5, 2])
    return [
        lookup(table, ids),
        lookup(table, ids, weights, combiner="sum"),
        lookup(table, ids, weights, combiner="sqrtn", default_id=1),
        lookup(table, ids, None, "mean", 2, "named"),
        lookup(table, ids, weights, combiner="sum", max_norm=1.0),
        lookup([table[:2], table[2:]], ids, combiner="sum", partition_strategy="mod"),
        lookup([table[:2], table[2:]], ids, combiner="sum"),
    ]


def embeddings_of_sparse_ids_of_higher_rank(tf):
    lookup = tf.contrib.layers.safe_embedding_lookup_sparse
    table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    ids = tf.SparseTensor([[0, 0, 0], [0, 1, 1], [1, 1, 0]], tf.constant([0, 2, 1], tf.int64), [2, 2, 2])
    y = lookup(table, ids, combiner="sum")
    return [y, y.shape, error_of(lookup, None, ids), error_of(lookup, [], ids)]


def encoders_share_their_embeddings(tf):
    encode = tf.contrib.layers.bow_encoder
    ids = tf.constant([[0, 1, 1], [2, 1, 0]])
    a = encode(ids, 4, 2, initializer=_wave(tf), regularizer=tf.contrib.layers.l2_regularizer(0.1), scope="e")
    b = encode(ids, 4, 2, scope="e", reuse=True)
    c = encode(ids, 4, 2, sparse_lookup=False, initializer=_wave(tf), trainable=False)
    return [a, b, c, names_of([a, b, c]), collections_of(tf)]


def pooling_collects_its_outputs(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    a = layers.max_pool2d(x, 2, outputs_collections="out", scope="a")
    b = layers.avg_pool2d(x, [3, 2], stride=1, padding="SAME", outputs_collections="out")
    c = layers.max_pool2d(x, [2, 2], [2, 1])
    d = layers.dropout(x, 1.0, outputs_collections="out", scope="d")
    e = layers.flatten(x, outputs_collections="out", scope="e")
    f = layers.one_hot_encoding([1], 2, outputs_collections="out")
    return [a, b, c, names_of([a, b, c, d, e, f]), names_of(tf.get_collection("out"))]


def flatten_of_other_ranks(tf):
    flatten = tf.contrib.layers.flatten
    return [flatten(tf.zeros([3])).shape, flatten(tf.zeros([3, 1, 2])).shape, error_of(flatten, tf.constant(1.0))]


def one_hot_vectors_with_other_values(tf):
    encode = tf.contrib.layers.one_hot_encoding
    a = encode(tf.constant([0, 2], tf.int64), 3, on_value=2.0, off_value=-1.0, scope="o")
    b = encode([[0], [1]], 2)
    return [a, b, a.dtype.name, b.shape, names_of([a, b])]


def regularizers_in_a_scope(tf):
    layers = tf.contrib.layers
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    both = layers.sum_regularizer([layers.l1_regularizer(0.1, "one"), None, layers.l2_regularizer(0.2)], scope="both")
    nothing = layers.sum_regularizer([None, layers.l1_regularizer(0.0)])
    y = layers.l1_l2_regularizer(0.1, 0.2, scope="mixed")(w)
    z = both(w)
    return [
        y,
        z,
        names_of([y, z]),
        nothing is None or nothing(w) is None,
        kind_of_error(layers.l1_regularizer, 1),
        layers.apply_regularization(layers.l2_regularizer(0.5), [w, w]),
        names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)),
    ]


def a_layer_in_a_scope_with_a_partitioner_and_a_regularizer(tf):
    layers = tf.contrib.layers
    with tf.variable_scope(
        "a", partitioner=tf.fixed_size_partitioner(2, axis=0), regularizer=layers.l2_regularizer(0.1)
    ):
        y = layers.conv2d(_input(tf, 1, 4, 4, 2), 2, 2, weights_initializer=tf.ones_initializer(), scope="c")
    return [y, _global_shapes(tf), names_of(tf.losses.get_regularization_losses())]


def layers_within_layers_scopes(tf):
    layers, framework = tf.contrib.layers, tf.contrib.framework
    with framework.arg_scope([layers.conv2d, layers.fully_connected], activation_fn=None, outputs_collections="all"):
        with framework.arg_scope([layers.conv2d], normalizer_fn=layers.batch_norm, normalizer_params={"scale": True}):
            with tf.variable_scope("net"):
                x = layers.conv2d(_input(tf, 1, 4, 4, 1), 2, 3, scope="c1")
                x = layers.conv2d(x, 2, 3, normalizer_params={"center": False}, scope="c2")
                x = layers.fully_connected(layers.flatten(x), 2, scope="logits")
    return [name_of(x), collections_of(tf)]


def summaries_of_tensors(tf):
    layers = tf.contrib.layers
    v = tf.get_variable("v", [2], initializer=tf.ones_initializer())
    s = tf.get_variable("s", [], initializer=tf.ones_initializer())
    x = tf.identity(v, "x")
    made = [layers.summarize_tensor(v), layers.summarize_tensor(s, tag="tagged"), layers.summarize_activation(x)]
    more = layers.summarize_tensors([v, s])
    also = layers.summarize_collection(tf.GraphKeys.GLOBAL_VARIABLES, name_filter="v")
    return [names_of(made), names_of(more), names_of(also), len(tf.get_collection(tf.GraphKeys.SUMMARIES))]


def gradients_through_a_whole_net(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 4, 4, 1)
    wave = {"weights_initializer": _wave(tf)}
    h = layers.conv2d(x, 2, 3, normalizer_fn=layers.instance_norm, scope="a", **wave)
    h = layers.separable_conv2d(h, 2, 2, 1, pointwise_initializer=_wave(tf), scope="b", **wave)
    h = layers.conv2d_transpose(h, 2, 2, stride=2, normalizer_fn=layers.layer_norm, scope="c", **wave)
    h = layers.conv2d_in_plane(h, 2, stride=2, scope="d", **wave)
    h = layers.fully_connected(layers.flatten(layers.avg_pool2d(h, 2)), 2, activation_fn=tf.nn.tanh, scope="e", **wave)
    loss = tf.reduce_sum(tf.square(h))
    return [loss, tf.gradients(loss, tf.trainable_variables()), names_of(tf.trainable_variables())]


def a_reversible_block(tf):
    layers = tf.contrib.layers

    def f(x):
        return tf.layers.dense(x, 2, use_bias=False, kernel_initializer=_wave(tf))

    def g(x):
        return tf.nn.relu(tf.layers.dense(x, 2, kernel_initializer=_wave(tf)))

    def with_side(x, side):
        return tf.layers.dense(x, 2, kernel_initializer=_wave(tf)) + side[0]

    with tf.variable_scope("net", use_resource=True):
        a, b = layers.rev_block(tf.ones([1, 2]), 2.0 * tf.ones([1, 2]), f, g, num_layers=2)
        c, d = layers.rev_block(a, b, [f, g], [g, f], num_layers=2)
        e, h = layers.rev_block(c, d, with_side, g, f_side_input=[tf.ones([1, 2])], is_training=False)
    variables = tf.trainable_variables()
    return [names_of([a, b, c, d, e, h]), a, b, c, d, e, h, names_of(variables)]


def the_gradient_of_a_reversible_block(tf):
    def f(x):
        return tf.tanh(tf.layers.dense(x, 2, kernel_initializer=_wave(tf)))

    with tf.variable_scope("net", use_resource=True):
        x = _input(tf, 2, 2)
        a, b = tf.contrib.layers.rev_block(x, 2.0 * x, f, f, num_layers=2)
    return tf.gradients(tf.reduce_sum(a * a + b), tf.trainable_variables())


def a_function_computed_again_for_the_gradient(tf):
    with tf.variable_scope("net", use_resource=True):
        x = _input(tf, 2, 2)
        f = tf.contrib.layers.recompute_grad(lambda y: tf.layers.dense(tf.tanh(y), 3, kernel_initializer=_wave(tf)))
        y = f(x)
    return [y, tf.gradients(tf.reduce_sum(y * y), tf.trainable_variables()), names_of(tf.global_variables())]
