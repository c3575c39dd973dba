"""`tf.contrib.layers` without weights, or hardly any: pooling, flattening, dropout, softmax, rows of layers, and more."""

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


def _tags(tf, key="outs"):
    return list(tf.contrib.slim.utils.convert_collection_to_dict(key))


# Pooling


def pooling_along_two_axes(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 5, 2)
    outputs = [
        layers.max_pool2d(x, 2, outputs_collections="outs"),
        layers.avg_pool2d(x, [2, 3], stride=[1, 2], outputs_collections="outs"),
        layers.max_pool2d(x, 3, 2, "SAME", scope="mp", outputs_collections="outs"),
        layers.avg_pool2d(x, 3, 2, "SAME"),
        layers.max_pool2d(x, 2),
    ]
    return [outputs, names_of(outputs), _tags(tf)]


def pooling_along_three_axes(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 2, 4, 4, 1)
    outputs = [layers.max_pool3d(x, 2), layers.avg_pool3d(x, [1, 2, 2], 1, outputs_collections="outs")]
    return [outputs, names_of(outputs), _tags(tf)]


def pooling_with_channels_first(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 2, 4, 4)
    return [layers.max_pool2d(x, 2, data_format="NCHW").shape, layers.avg_pool2d(x, 2, data_format="NCHW").shape]


def tags_are_the_name_scopes(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    with tf.variable_scope("s") as scope:
        pass
    with tf.variable_scope(scope):
        layers.max_pool2d(x, 2, outputs_collections="outs")
        layers.conv2d(x, 2, 3, outputs_collections="outs")
        layers.dropout(x, outputs_collections="outs", is_training=False)
        layers.flatten(x, outputs_collections="outs")
        layers.one_hot_encoding([1], 2, outputs_collections="outs")
    return [_tags(tf), names_of(tf.get_collection("outs"))]


def what_pooling_refuses(tf):
    layers = tf.contrib.layers
    x = _input(tf, 1, 4, 4, 2)
    return [
        error_of(layers.max_pool2d, x, 2, data_format="X"),
        error_of(layers.avg_pool2d, x, 2, data_format="X"),
        error_of(layers.max_pool3d, x, 2, data_format="X"),
        error_of(layers.avg_pool3d, x, 2, data_format="X"),
        kind_of_error(layers.max_pool2d, x[0], 2),
    ]


def pool_goes_by_the_rank(tf):
    slim = tf.contrib.slim
    outputs = [
        slim.pool(_input(tf, 1, 4, 4, 1), 2, "AVG"),
        slim.pool(_input(tf, 1, 4, 4, 1), [2, 2], "MAX", padding="SAME", stride=2, outputs_collections="outs"),
        slim.pool(_input(tf, 1, 6, 2), 3, "AVG", dilation_rate=2),
        slim.pool(_input(tf, 1, 6, 2), 3, "MAX", scope="p", outputs_collections="outs"),
    ]
    return [outputs, [y.shape for y in outputs], _tags(tf)]


def what_pool_refuses(tf):
    pool = tf.contrib.slim.pool
    x = _input(tf, 1, 4, 4, 1)
    return [
        error_of(pool, x, 2, "BAD"),
        error_of(pool, x[0, 0], 2, "MAX"),
        kind_of_error(pool, x, 2, "MAX", stride=2, dilation_rate=2),
    ]


# Flatten, dropout, one hot


def flatten_keeps_the_first_axis(tf):
    flatten = tf.contrib.layers.flatten
    outputs = [flatten(_input(tf, 2, 3, 2)), flatten(_input(tf, 3)), flatten(_input(tf, 2, 3), "outs", "flat")]
    return [outputs, names_of(outputs), _tags(tf), kind_of_error(flatten, tf.constant(1.0))]


def dropout_scales_what_is_left(tf):
    x = tf.ones([100, 100])
    y = tf.contrib.layers.dropout(x, 0.8)
    kept = tf.reduce_mean(tf.cast(y > 0.0, tf.float32))
    return [tf.abs(kept - 0.8) < 0.03, tf.reduce_max(y), tf.reduce_min(y), y.shape]


def dropout_is_nothing_where_it_does_not_train(tf):
    dropout = tf.contrib.layers.dropout
    x = _input(tf, 2, 3)
    outputs = [
        dropout(x, 0.1, is_training=False),
        dropout(x, 0.1, is_training=tf.placeholder_with_default(False, []), scope="d"),
        dropout(x, 1.0),
        dropout(x, tf.constant(1.0)),
    ]
    return outputs


def names_of_dropout(tf):
    dropout = tf.contrib.layers.dropout
    x = _input(tf, 2, 3)
    outputs = [
        dropout(x, is_training=False),
        dropout(x, is_training=False, outputs_collections="outs"),
        dropout(x, is_training=False, scope="d", outputs_collections="outs"),
    ]
    return [names_of(outputs), _tags(tf)]


def dropout_with_a_noise_shape_drops_whole_rows(tf):
    y = tf.contrib.layers.dropout(tf.ones([50, 4]), 0.5, noise_shape=[50, 1])
    return tf.reduce_max(tf.abs(y - y[:, :1]))


def one_hot_vectors(tf):
    encode = tf.contrib.layers.one_hot_encoding
    outputs = [
        encode([0, 2], 3),
        encode(tf.constant([[0, 1]], tf.int64), 3, 5.0, -1.0, scope="oh", outputs_collections="outs"),
        encode(tf.constant([0, 1], tf.uint8), 2),
    ]
    return [outputs, names_of(outputs), _tags(tf), kind_of_error(encode, tf.constant([0.0]), 3)]


# Softmax, maxout, places


def softmax_of_any_rank(tf):
    softmax = tf.contrib.layers.softmax
    outputs = [softmax(_input(tf, 2, 2, 3)), softmax(_input(tf, 2, 3)), softmax(_input(tf, 1, 2), scope="sm")]
    return [outputs, names_of(outputs), error_of(softmax, _input(tf, 3))]


def maxout_takes_the_greatest_of_neighbours(tf):
    maxout = tf.contrib.layers.maxout
    outputs = [maxout(tf.constant([[1.0, 2.0, 4.0, 3.0]]), 2), maxout(_input(tf, 2, 2, 6), 3, scope="mo")]
    return [outputs, names_of(outputs), error_of(maxout, _input(tf, 2, 4), 3)]


def maxout_along_another_axis_groups_the_last(tf):
    return tf.contrib.layers.maxout(_input(tf, 2, 4, 2), 2, axis=1)


def spatial_softmax_says_where_a_channel_is_strongest(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 2, 3, 2)
    outputs = [
        layers.spatial_softmax(x),
        layers.spatial_softmax(x, temperature=0.5, variables_collections=["mine"]),
        layers.spatial_softmax(tf.transpose(x, [0, 3, 1, 2]), data_format="NCHW", name="first", trainable=False),
    ]
    return [outputs, names_of(outputs), collections_of(tf), error_of(layers.spatial_softmax, x, data_format="X")]


# Rows of layers


def repeat_counts_inside_its_scope(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 3)
    image = _input(tf, 1, 4, 4, 2)
    outputs = [
        layers.repeat(x, 2, layers.fully_connected, 3, scope="fc"),
        layers.repeat(x, 2, layers.fully_connected, 3),
        layers.repeat(x, 1, layers.linear, 3),
        layers.repeat(image, 2, layers.conv2d, 2, [3, 3]),
        layers.repeat(image, 1, layers.conv2d, 2, 3, scope="c", stride=2),
    ]
    nothing = layers.repeat(x, 0, layers.linear, 3)
    return [names_of(outputs), names_of(tf.global_variables()), nothing]


def stack_has_arguments_for_each_layer(tf):
    layers = tf.contrib.layers
    outputs = [
        layers.stack(_input(tf, 2, 3), layers.fully_connected, [3, 4], scope="fc"),
        layers.stack(_input(tf, 2, 3), layers.fully_connected, (3, 4), activation_fn=None),
        layers.stack(_input(tf, 1, 4, 4, 2), layers.conv2d, [(3, [3, 3]), (4, [1, 1])], scope="core"),
        layers.stack(_input(tf, 2, 3), layers.linear, [3]),
    ]
    return [
        names_of(outputs),
        names_of(tf.global_variables()),
        error_of(layers.stack, _input(tf, 2, 3), layers.linear, 3),
    ]


def a_function_without_a_good_name_needs_a_scope(tf):
    layers = tf.contrib.layers

    class Layer(object):
        def __call__(self, x, scope=None):
            return layers.linear(x, 2, scope=scope)

    layers.repeat(_input(tf, 2, 3), 2, Layer())
    return [
        names_of(tf.global_variables()),
        error_of(layers.repeat, _input(tf, 2, 3), 1, lambda x, scope: layers.linear(x, 2, scope=scope)),
    ]


def repeat_is_shared_by_reuse(tf):
    layers = tf.contrib.layers
    outputs = []
    for reuse in [None, True]:
        with tf.variable_scope("net", reuse=reuse):
            outputs.append(
                layers.repeat(_input(tf, 2, 3), 2, layers.fully_connected, 3, weights_initializer=_wave(tf), scope="fc")
            )
    return [outputs[0] - outputs[1], names_of(tf.global_variables())]


# Sequences


def images_as_sequences_and_back(tf):
    layers = tf.contrib.layers
    x = _input(tf, 2, 2, 3, 2)
    sequence = layers.images_to_sequence(x, outputs_collections="outs")
    outputs = [
        sequence,
        layers.images_to_sequence(tf.transpose(x, [0, 3, 1, 2]), data_format="NCHW", scope="i"),
        layers.sequence_to_images(sequence, 2) - x,
        layers.sequence_to_images(sequence, 2, output_data_format="channels_first", outputs_collections="outs"),
    ]
    return [outputs, _tags(tf), error_of(layers.images_to_sequence, x, data_format="X")]


def dense_tensors_as_sparse_ones(tf):
    layers = tf.contrib.layers
    sparse = layers.dense_to_sparse(tf.constant([[1, 0], [2, 3]]))
    other = layers.dense_to_sparse(tf.constant([[1, 0], [2, 3]]), eos_token=2, scope="d")
    return [[s.indices, s.values, s.dense_shape] for s in [sparse, other]]


def a_gradient_is_scaled(tf):
    x = tf.get_variable("x", initializer=tf.constant([1.0, 2.0]))
    y = tf.contrib.layers.scale_gradient(x, 0.25)
    return [y, tf.gradients(y, [x])[0]]


def vectors_in_the_poincare_ball(tf):
    normalize = tf.contrib.slim.layers.poincare_normalize
    x = tf.constant([[3.0, 4.0], [0.1, 0.2]])
    outputs = [normalize(x), normalize(x, axis=0), normalize(x, epsilon=0.5, name="p")]
    return [outputs, names_of(outputs)]


# Embeddings


def embeddings_of_sequences(tf):
    layers = tf.contrib.layers
    ids = [[1, 2], [3, 1]]
    outputs = [
        layers.embed_sequence(ids, 5, 3, initializer=_wave(tf), regularizer=layers.l2_regularizer(0.1)),
        layers.embed_sequence(ids, 5, 3, unique=True, initializer=_wave(tf), scope="e", trainable=False),
        layers.embed_sequence(ids, 5, 3, scope="e", reuse=True),
        layers.embed_sequence(ids, scope="e", reuse=True),
    ]
    return [outputs, collections_of(tf)]


def what_embed_sequence_refuses(tf):
    embed = tf.contrib.layers.embed_sequence
    return [error_of(embed, [[1]]), error_of(embed, [[1]], 5), error_of(embed, [[1]], 5, 3, reuse=True)]


def the_gradient_of_embeddings_looked_up_once(tf):
    w = tf.get_variable("w", [4, 2], initializer=_wave(tf))
    y = tf.contrib.layers.embedding_lookup_unique(w, [[1, 1], [2, 1]])
    return [y, tf.convert_to_tensor(tf.gradients(tf.reduce_sum(y * y), [w])[0])]


def embeddings_in_several_parts(tf):
    parts = [tf.get_variable("a", [3, 2], initializer=_wave(tf)), tf.get_variable("b", [2, 2], initializer=_wave(tf))]
    lookup = tf.contrib.layers.embedding_lookup_unique
    return [lookup(parts, tf.constant([0, 1, 4, 4])), lookup(parts, tf.constant([0, 1, 4]), "div")]


def the_mean_of_a_bag_of_words(tf):
    encode = tf.contrib.layers.bow_encoder
    outputs = [
        encode([[0, 1], [2, -1]], 5, 2, initializer=_wave(tf)),
        encode([[0, 0], [1, 2]], 5, 2, sparse_lookup=False, initializer=_wave(tf)),
        encode(tf.SparseTensor([[0, 0], [1, 1]], tf.constant([1, 2], tf.int64), [2, 3]), 5, 2, initializer=_wave(tf)),
    ]
    return [outputs, collections_of(tf), error_of(encode, [[1]], None, 2)]


def embeddings_of_sparse_ids(tf):
    lookup = tf.contrib.layers.safe_embedding_lookup_sparse
    w = _wave(tf)([5, 2])
    ids = tf.SparseTensor([[0, 0], [0, 1], [2, 0], [3, 0]], tf.constant([1, 2, -1, 3], tf.int64), [5, 3])
    weights = tf.SparseTensor([[0, 0], [0, 1], [2, 0], [3, 0]], [1.0, 3.0, 1.0, 0.0], [5, 3])
    return [
        lookup([w], ids),
        lookup([w], ids, weights),
        lookup([w], ids, combiner="sum"),
        lookup([w], ids, default_id=4),
        lookup([w], ids, None, "sqrtn"),
        lookup([w], ids, weights, combiner="sum", max_norm=0.5),
        error_of(lookup, None, ids),
        error_of(lookup, [], ids),
    ]
