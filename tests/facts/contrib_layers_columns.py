"""`tf.contrib.layers`: feature columns, and the layers that take them."""

import os
import tempfile

import numpy as np

from facts.vocabulary import collections_of, error_of, graph_only, kind_of_error, name_of, names_of


def _wave(tf):
    """An initializer whose values are all different and the same everywhere."""

    def initialize(shape, dtype=None, partition_info=None):
        count = 1
        for length in shape:
            count *= int(length)
        return tf.reshape(tf.sin(tf.range(count, dtype=tf.float32) * 1.3), [int(length) for length in shape])

    return initialize


def _words(tf):
    return tf.SparseTensor([[0, 0], [1, 0], [1, 1], [3, 0]], ["a", "b", "c", "zz"], [4, 2])


def _numbers(tf):
    return tf.SparseTensor([[0, 0], [1, 0], [1, 1], [3, 1]], tf.constant([1, 3, 7, -1], tf.int64), [4, 2])


def _weights(tf):
    return tf.SparseTensor([[0, 0], [1, 0], [1, 1], [3, 0]], [0.5, 2.0, 3.0, 1.0], [4, 2])


def _values(tf):
    return tf.constant([[0.5, -2.0], [1.5, 3.0], [10.0, 0.0], [4.0, 5.0]])


def _variables(tf):
    return [[v.name, v.shape] for v in tf.global_variables()]


def _sparse(tf, t):
    """Places, values and shape as one vector, so that a session has one thing less to optimize the graph for."""
    parts = [tf.reshape(t.indices, [-1]), t.values, t.dense_shape]
    if t.values.dtype.is_floating:
        return [t.values.dtype, tf.concat([tf.cast(each, tf.float32) for each in parts], 0)]
    texts = [each if each.dtype == tf.string else tf.as_string(each) for each in parts]
    return [t.values.dtype, tf.concat(texts, 0)]


def columns_say_what_to_parse(tf):
    layers = tf.contrib.layers
    columns = [
        layers.real_valued_column("price", 2, default_value=1.0),
        layers.real_valued_column("size", default_value=[3], dtype=tf.int32),
        layers.sparse_column_with_hash_bucket("word", 10),
        layers.sparse_column_with_integerized_feature("number", 5),
        layers.sparse_column_with_keys("kind", ["a", "b"]),
        layers.bucketized_column(layers.real_valued_column("length"), [0.0, 1.0]),
        layers.one_hot_column(layers.sparse_column_with_hash_bucket("other", 10, dtype=tf.int32)),
    ]
    spec = layers.create_feature_spec_for_parsing(columns)
    return [sorted((name, repr(value)) for name, value in spec.items())]


def more_columns_say_what_to_parse(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    other = layers.sparse_column_with_hash_bucket("other", 10)
    columns = [
        layers.crossed_column([word, other], 100),
        layers.weighted_sparse_column(word, "weight"),
        layers.embedding_column(word, 3),
        layers.scattered_embedding_column("scattered", 20, 3, 5),
        layers.real_valued_column("any"),
    ] + list(layers.shared_embedding_columns([word, other], 3))
    spec = layers.create_feature_spec_for_parsing(columns)
    return [sorted((name, repr(value)) for name, value in spec.items()), [column.name for column in columns]]


def columns_have_names_keys_and_fields(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    kind = layers.sparse_column_with_keys("kind", ("a", "b"), default_value=0)
    price = layers.real_valued_column("price", 2, default_value=[1, 2])
    columns = [
        word,
        kind,
        price,
        layers.sparse_column_with_integerized_feature("number", 5, combiner="mean"),
        layers.bucketized_column(price, (0, 1, 1)),
        layers.crossed_column([kind, word], 100, combiner="sqrtn", hash_key=7),
        layers.crossed_column([layers.crossed_column([word, kind], 10), layers.bucketized_column(price, [1.0])], 5),
        layers.weighted_sparse_column(word, "weight"),
        layers.embedding_column(word, 3, combiner="sum", max_norm=2.0, trainable=False),
        layers.one_hot_column(kind),
        layers.scattered_embedding_column("scattered", 20, 3, 5),
    ]
    return [[c.name for c in columns], [c.key for c in columns], [list(c._fields) for c in columns], price[1:4]]


def lengths_of_columns(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    kind = layers.sparse_column_with_keys("kind", ("a", "b"))
    return [
        word.length,
        kind.length,
        layers.sparse_column_with_integerized_feature("number", 5).length,
        layers.bucketized_column(layers.real_valued_column("price"), [0.0, 1.0]).length,
        layers.crossed_column([kind, word], 100).length,
        layers.embedding_column(word, 3).length,
        layers.one_hot_column(kind).length,
        layers.weighted_sparse_column(kind, "weight").length,
    ]


def what_columns_refuse(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    price = layers.real_valued_column("price")
    return [
        error_of(layers.real_valued_column, "x", 0),
        error_of(layers.real_valued_column, "x", 1.5),
        error_of(layers.real_valued_column, "x", dtype=tf.string),
        error_of(layers.real_valued_column, "x", 2, default_value=[1.0]),
        error_of(layers.real_valued_column, "x", 2, default_value="a"),
        error_of(layers.real_valued_column, "x", normalizer=3),
        error_of(layers.sparse_column_with_hash_bucket, "x", 0),
        error_of(layers.sparse_column_with_hash_bucket, "x", None),
        error_of(layers.sparse_column_with_hash_bucket, "x", 5, dtype=tf.float32),
        error_of(layers.sparse_column_with_hash_bucket, "x", 5, combiner="max"),
        error_of(layers.sparse_column_with_integerized_feature, "x", 0),
        error_of(layers.sparse_column_with_integerized_feature, "x", 5, dtype=tf.string),
        error_of(layers.bucketized_column, word, [1.0]),
        error_of(layers.bucketized_column, price, []),
        error_of(layers.bucketized_column, price, 3.0),
        error_of(layers.crossed_column, [word], 10),
        error_of(layers.crossed_column, [word, price], 10),
        error_of(layers.crossed_column, [word, word], None),
        error_of(layers.embedding_column, word, 0),
        error_of(layers.embedding_column, word, 3, initializer=4),
        error_of(layers.embedding_column, word, 3, ckpt_to_load_from="x"),
        error_of(layers.scattered_embedding_column, "x", 0, 3, 1),
        error_of(layers.scattered_embedding_column, "x", 10, 0, 1),
        error_of(layers.shared_embedding_columns, [], 3),
        error_of(layers.shared_embedding_columns, [price], 3),
        error_of(layers.shared_embedding_columns, [word, layers.sparse_column_with_hash_bucket("y", 11)], 3),
    ]


def what_layers_of_columns_refuse(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    price = layers.real_valued_column("price")
    features = {"word": _words(tf), "price": tf.constant([[1.0]])}
    return [
        error_of(layers.input_from_feature_columns, features, []),
        error_of(layers.input_from_feature_columns, features, [word]),
        error_of(layers.input_from_feature_columns, features, [price, price]),
        error_of(layers.input_from_feature_columns, features, ["price"]),
        error_of(layers.weighted_sum_from_feature_columns, features, [layers.embedding_column(word, 3)], 1),
        error_of(layers.weighted_sum_from_feature_columns, features, [], 1),
        error_of(layers.check_feature_columns, [word, word]),
        error_of(layers.check_feature_columns, [word, price]),
        error_of(layers.create_feature_spec_for_parsing, [word, "b"]),
    ]


def numbers_come_in_by_the_name_of_their_column(tf):
    layers = tf.contrib.layers
    columns = [
        layers.real_valued_column("wide", 2, normalizer=lambda x: x * 2.0),
        layers.real_valued_column("narrow"),
    ]
    features = {"wide": _values(tf), "narrow": tf.constant([[1], [2], [3], [4]])}
    y = layers.input_from_feature_columns(features, columns)
    return [y, y.shape, _variables(tf), collections_of(tf)]


def words_come_in_as_embeddings(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    kind = layers.sparse_column_with_keys("kind", ["b", "c", "a"], default_value=1)
    outs = {}
    columns = [
        layers.embedding_column(kind, 2, initializer=_wave(tf)),
        layers.embedding_column(word, 3, combiner="sqrtn", initializer=_wave(tf)),
    ]
    y = layers.input_from_feature_columns(
        {"word": _words(tf), "kind": _words(tf)}, columns, ["mine"], cols_to_outs=outs
    )
    shapes = [outs[columns[1]].shape, outs[columns[0]].shape]
    tables = tf.tables_initializer()
    return [tables, y, _variables(tf), shapes, names_of(tf.get_collection("mine"))]


def an_embedding_that_is_not_trainable_and_has_a_norm(tf):
    layers = tf.contrib.layers
    number = layers.sparse_column_with_integerized_feature("number", 5)
    column = layers.embedding_column(number, 2, "sum", _wave(tf), max_norm=0.5, trainable=False)
    with tf.variable_scope("net"):
        y = layers.input_from_feature_columns({"number": _numbers(tf)}, [column], scope="input")
    return [y, _variables(tf), collections_of(tf)]


def the_names_of_unnamed_inputs(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    columns = [layers.embedding_column(word, 3, initializer=_wave(tf))]
    a = layers.input_from_feature_columns({"word": _words(tf)}, columns)
    b = layers.input_from_feature_columns({"word": _words(tf)}, columns)
    with tf.variable_scope("s", reuse=tf.AUTO_REUSE):
        c = layers.input_from_feature_columns({"word": _words(tf)}, columns, scope="x")
        d = layers.input_from_feature_columns({"word": _words(tf)}, columns, scope="x")
    return [_variables(tf), a.shape, b.shape, c, d, names_of([a, b, c, d])]


def embeddings_are_shared_by_columns(tf):
    layers = tf.contrib.layers
    pair = [layers.sparse_column_with_hash_bucket(name, 10) for name in ("left", "right")]
    columns = layers.shared_embedding_columns(pair, 2, initializer=_wave(tf))
    named = layers.shared_embedding_columns(pair[:1], 2, shared_embedding_name="mine", initializer=_wave(tf))
    features = {"left": _words(tf), "right": _words(tf)}
    y = layers.input_from_feature_columns(features, list(columns) + list(named))
    return [y, _variables(tf), collections_of(tf)]


def words_come_in_as_one_hot_vectors(tf):
    layers = tf.contrib.layers
    columns = [
        layers.one_hot_column(layers.sparse_column_with_integerized_feature("number", 4)),
        layers.one_hot_column(layers.sparse_column_with_keys("word", ["a", "b"])),
        layers.one_hot_column(
            layers.weighted_sparse_column(layers.sparse_column_with_keys("weighted", ["a", "b", "zz"]), "weight")
        ),
    ]
    features = {"number": _numbers(tf), "word": _words(tf), "weighted": _words(tf), "weight": _weights(tf)}
    y = layers.input_from_feature_columns(features, columns)
    return [tf.tables_initializer(), y, _variables(tf)]


def numbers_come_in_as_buckets(tf):
    layers = tf.contrib.layers
    columns = [
        layers.bucketized_column(layers.real_valued_column("wide", 2), [0.0, 1.5, 3.0]),
        layers.bucketized_column(layers.real_valued_column("narrow"), [2.0]),
    ]
    features = {"wide": _values(tf), "narrow": tf.constant([[1.0], [2.0], [3.0], [4.0]])}
    y = layers.input_from_feature_columns(features, columns)
    return [y, y.shape, _variables(tf)]


def crossed_words_come_in_as_embeddings(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    number = layers.sparse_column_with_integerized_feature("number", 10)
    columns = [
        layers.embedding_column(layers.crossed_column([word, number], 20), 2, "sum", _wave(tf)),
        layers.embedding_column(layers.crossed_column([word, number], 20, hash_key=956888297470), 2, "sum", _wave(tf)),
    ]
    features = {
        "word": _words(tf),
        "number": tf.SparseTensor([[0, 0], [1, 0], [1, 1]], tf.constant([1, 2, 3], tf.int64), [4, 2]),
    }
    return [
        layers.input_from_feature_columns(features, columns[:1]),
        layers.input_from_feature_columns(features, columns[1:]),
    ]


def scattered_embeddings(tf):
    layers = tf.contrib.layers
    column = layers.scattered_embedding_column("word", 20, 3, 5, initializer=_wave(tf))
    y = layers.input_from_feature_columns({"word": _words(tf)}, [column])
    return [y, _variables(tf), collections_of(tf)]


def hashed_words(tf):
    layers = tf.contrib.layers
    columns = [
        layers.sparse_column_with_hash_bucket("word", 1000),
        layers.sparse_column_with_hash_bucket("number", 1000, dtype=tf.int64),
        layers.sparse_column_with_keys("word", ["zz", "a"]),
        layers.sparse_column_with_integerized_feature("number", 3),
    ]
    made = layers.transform_features({"word": _words(tf), "number": _numbers(tf)}, columns)
    return [tf.tables_initializer(), [_sparse(tf, made[column]) for column in columns]]


def dense_words_become_sparse(tf):
    layers = tf.contrib.layers
    column = layers.sparse_column_with_keys("word", ["zz", "a"])
    number = layers.sparse_column_with_integerized_feature("number", 3)
    features = {"word": tf.constant([["a", ""], ["zz", "a"]]), "number": tf.constant([[1, -1], [2, 0]], tf.int64)}
    made = layers.transform_features(features, [column, number])
    return [tf.tables_initializer(), _sparse(tf, made[column]), _sparse(tf, made[number])]


def transformed_features(tf):
    layers = tf.contrib.layers
    price = layers.real_valued_column("price", 2, normalizer=lambda x: x + 1.0)
    bucket = layers.bucketized_column(layers.real_valued_column("price", 2), [0.0, 1.5])
    word = layers.sparse_column_with_hash_bucket("word", 10)
    weighted = layers.weighted_sparse_column(word, "weight")
    cross = layers.crossed_column([word, bucket], 30)
    features = {"price": _values(tf), "word": _words(tf), "weight": _weights(tf)}
    made = layers.transform_features(features, [price, bucket, word, weighted, cross])
    return [
        made[price],
        made[bucket],
        _sparse(tf, made[word]),
        _sparse(tf, made[weighted][0]),
        _sparse(tf, made[weighted][1]),
        _sparse(tf, made[cross]),
        len(made),
        sorted(features),
    ]


def a_weighted_sum(tf):
    layers = tf.contrib.layers
    price = layers.real_valued_column("price", 2)
    word = layers.sparse_column_with_hash_bucket("word", 10)
    features = {"price": _values(tf), "word": _words(tf)}
    y, variables, bias = layers.weighted_sum_from_feature_columns(features, [price, word], 3, ["mine"])
    return [
        y,
        y.shape,
        _variables(tf),
        collections_of(tf),
        [names_of(variables[price]), names_of(variables[word])],
        name_of(bias),
        [
            tf.convert_to_tensor(gradient)
            for gradient in tf.gradients(tf.reduce_sum(y * tf.constant([[1.0, 2.0, 3.0]])), tf.trainable_variables())
        ],
    ]


def a_weighted_sum_of_everything(tf):
    layers = tf.contrib.layers
    price = layers.real_valued_column("price", 2)
    bucket = layers.bucketized_column(price, [0.0, 1.5])
    word = layers.sparse_column_with_hash_bucket("word", 10, combiner="sqrtn")
    kind = layers.sparse_column_with_keys("kind", ["a", "zz"], combiner="mean")
    weighted = layers.weighted_sparse_column(layers.sparse_column_with_integerized_feature("number", 4), "weight")
    columns = [bucket, word, kind, weighted, layers.crossed_column([word, kind], 30), price]
    features = {
        "price": _values(tf),
        "word": _words(tf),
        "kind": _words(tf),
        "number": tf.SparseTensor(_words(tf).indices, tf.constant([1, 2, 3, 0], tf.int64), [4, 2]),
        "weight": _weights(tf),
    }
    y, variables, bias = layers.weighted_sum_from_feature_columns(features, columns, 2, scope="net")
    values = [tf.sin(tf.range(float(v.shape.num_elements()))) for v in tf.global_variables()]
    assigned = [tf.assign(v, tf.reshape(value, v.shape)) for v, value in zip(tf.global_variables(), values)]
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        with tf.control_dependencies(assigned):
            again, _, _ = layers.weighted_sum_from_feature_columns(features, columns, 2, scope="net")
    return [tf.tables_initializer(), again, _variables(tf), name_of(bias), [len(variables[c]) for c in columns]]


def a_joint_weighted_sum(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    kind = layers.sparse_column_with_keys("kind", ["a", "zz"])
    features = {"word": _words(tf), "kind": _words(tf)}
    y, variables, bias = layers.joint_weighted_sum_from_feature_columns(features, [word, kind], 2, ["mine"])
    return [
        tf.tables_initializer(),
        y,
        _variables(tf),
        names_of(variables),
        name_of(bias),
        names_of(tf.get_collection("mine")),
    ]


def a_joint_weighted_sum_takes_words_only(tf):
    layers = tf.contrib.layers
    price = layers.real_valued_column("price")
    return error_of(layers.joint_weighted_sum_from_feature_columns, {"price": _values(tf)}, [price], 1)


def sequences_come_in(tf):
    layers = tf.contrib.layers
    value = layers.real_valued_column("value", 2)
    number = layers.sparse_column_with_integerized_feature("number", 5)
    columns = [value, layers.one_hot_column(number), layers.embedding_column(number, 2, initializer=_wave(tf))]
    features = {
        "value": tf.reshape(tf.range(12.0), [2, 3, 2]),
        "number": tf.SparseTensor([[0, 0, 0], [0, 1, 0], [1, 2, 1]], tf.constant([1, 3, 4], tf.int64), [2, 3, 2]),
    }
    y = layers.sequence_input_from_feature_columns(features, columns)
    return [y, y.shape, _variables(tf), error_of(layers.sequence_input_from_feature_columns, features, [number])]


def examples_are_parsed(tf):
    layers = tf.contrib.layers
    price = layers.real_valued_column("price", 2, default_value=[1.0, 2.0])
    word = layers.sparse_column_with_keys("word", ["a", "b"])
    bucket = layers.bucketized_column(layers.real_valued_column("price", 2, default_value=[1.0, 2.0]), [0.0, 1.5])
    feature = tf.train.Feature
    examples = [
        tf.train.Example(
            features=tf.train.Features(
                feature={
                    "price": feature(float_list=tf.train.FloatList(value=[3.0, -1.0])),
                    "word": feature(bytes_list=tf.train.BytesList(value=[b"b", b"x"])),
                }
            )
        ),
        tf.train.Example(),
    ]
    made = layers.parse_feature_columns_from_examples([e.SerializeToString() for e in examples], [price, word, bucket])
    return [tf.tables_initializer(), made[price], _sparse(tf, made[word]), made[bucket], len(made)]


def sequence_examples_are_parsed(tf):
    layers = tf.contrib.layers
    feature = tf.train.Feature
    steps = [feature(float_list=tf.train.FloatList(value=[value, value + 1])) for value in (1.0, 5.0)]
    example = tf.train.SequenceExample(
        context=tf.train.Features(feature={"size": feature(int64_list=tf.train.Int64List(value=[3]))}),
        feature_lists=tf.train.FeatureLists(feature_list={"value": tf.train.FeatureList(feature=steps)}),
    )
    context, sequence = layers.parse_feature_columns_from_sequence_examples(
        example.SerializeToString(),
        [layers.real_valued_column("size", dtype=tf.int64)],
        [layers.real_valued_column("value", 2)],
    )
    return [context["size"], sequence["value"], sorted(context), sorted(sequence)]


def columns_for_every_feature(tf):
    layers = tf.contrib.layers
    features = {"b": tf.zeros([3, 2]), "a": tf.zeros([3, 1], tf.int32)}
    columns = layers.infer_real_valued_columns(features)
    [alone] = layers.infer_real_valued_columns(tf.zeros([3, 4]))
    return [
        [column.key for column in columns],
        alone.key,
        kind_of_error(layers.infer_real_valued_columns, {"s": _words(tf)}),
        kind_of_error(layers.infer_real_valued_columns, {"w": tf.constant(["a"])}),
        kind_of_error(layers.infer_real_valued_columns, tf.zeros([])),
    ]


def numbers_sorted_into_buckets(tf):
    bucketize = tf.contrib.slim.bucketize
    y = bucketize(tf.constant([[-5.0, 1.0], [0.0, 20.0]]), [0.0, 10.0], name="b")
    return [y, y.dtype.name, name_of(y)]


def crossed_features(tf):
    cross = tf.contrib.slim.sparse_feature_cross
    a = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], ["x", "y", "z"], [2, 2])
    b = tf.SparseTensor([[0, 0], [1, 0], [1, 1]], tf.constant([3, 4, 5], tf.int64), [2, 2])
    c = tf.constant([["p"], ["q"]])
    d = tf.constant([[1], [2]])
    return [
        _sparse(tf, cross([a, b])),
        _sparse(tf, cross([c, a])),
        _sparse(tf, cross([c, a, d], hashed_output=True, num_buckets=1000)),
        _sparse(tf, cross([b, c], hashed_output=True, num_buckets=1000)),
        _sparse(tf, cross([b, b], hashed_output=True)),
        _sparse(
            tf,
            cross(
                [a, b],
                hashed_output=True,
                num_buckets=1000,
                hash_key=tf.contrib.layers.SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY,
            )
        ),
        _sparse(tf, cross([d, d], hashed_output=True, hash_key=3)),
    ]


def what_crossed_features_refuse(tf):
    cross = tf.contrib.slim.sparse_feature_cross
    return [kind_of_error(cross, "a"), kind_of_error(cross, [3.0])]


def looked_up_in_scattered_places(tf):
    slim = tf.contrib.slim
    table = tf.sin(tf.range(20.0))
    values = tf.constant([["a", "b"], ["c", "a"]])
    sparse = tf.SparseTensor([[0, 0], [0, 1], [2, 0]], ["a", "b", "c"], [4, 2])
    return [
        slim.scattered_embedding_lookup(table, values, 3),
        slim.scattered_embedding_lookup(table, tf.constant([5, 6]), 2, hash_key=7),
        slim.scattered_embedding_lookup_sparse(table, sparse, 3, combiner="sum", hash_key=7),
        slim.scattered_embedding_lookup_sparse(table, tf.SparseTensor([[1, 0]], tf.constant([4], tf.int64), [3, 1]), 2),
        slim.scattered_embedding_lookup_sparse(table, sparse, 3, combiner="sqrtn", default_value="d"),
        kind_of_error(slim.scattered_embedding_lookup, table, values, None),
    ]


def looked_up_with_few_transfers(tf):
    lookup = tf.contrib.slim.embedding_lookup_sparse_with_distributed_aggregation
    table = tf.reshape(tf.range(8.0), [4, 2]) + 1.0
    ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], tf.constant([0, 3, 2], tf.int64), [2, 2])
    weights = tf.SparseTensor(ids.indices, [0.5, 2.0, 3.0], [2, 2])
    return [
        lookup(table, ids, None),
        lookup([table], ids, None, combiner="sum"),
        lookup(table, ids, weights, combiner="mean"),
        lookup(table, ids, weights, combiner="sqrtn"),
        lookup([table[::2], table[1::2]], ids, weights, combiner="sum", max_norm=3.0),
        lookup([table[::2], table[1::2]], ids, None, combiner="sqrtn"),
        error_of(lookup, table, ids, None, combiner="max"),
    ]


def default_initializers_of_columns(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    columns = [
        layers.embedding_column(word, 4),
        layers.scattered_embedding_column("word", 10, 4, 1),
        layers.shared_embedding_columns([word], 4)[0],
    ]
    return [[c.initializer.mean, c.initializer.stddev] for c in columns]


def several_hashes_for_each_word(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10, hash_keys=[[1, 2], [3, 4]])
    made = layers.transform_features({"word": _words(tf)}, [word])
    return [_sparse(tf, made[word]), word.key, word.length]


def a_vocabulary_in_a_file_has_a_size(tf):
    make = tf.contrib.layers.sparse_column_with_vocabulary_file
    column = make("word", "words.txt", vocab_size=3, num_oov_buckets=2)
    return [column.key, column.length, column.name, error_of(make, "word", ""), error_of(make, "word", "words.txt")]


@graph_only("makes placeholders")
def placeholders_for_columns(tf):
    layers = tf.contrib.layers
    columns = [layers.real_valued_column("price", 2), layers.sparse_column_with_hash_bucket("word", 10)]
    made = layers.make_place_holder_tensors_for_base_features(columns)
    return [made["price"].shape, made["price"].dtype.name, made["word"].dtype.name, sorted(made)]


def a_whole_model_of_columns_is_trained(tf):
    layers = tf.contrib.layers
    price = layers.real_valued_column("price", 2)
    word = layers.sparse_column_with_hash_bucket("word", 10)
    deep = [price, layers.embedding_column(word, 2, initializer=_wave(tf))]
    wide = [word, layers.crossed_column([word, layers.bucketized_column(price, [0.0])], 20)]
    features = {"price": _values(tf), "word": _words(tf)}
    net = layers.fully_connected(
        layers.input_from_feature_columns(features, deep), 1, None, weights_initializer=_wave(tf), scope="deep"
    )
    linear, _, _ = layers.weighted_sum_from_feature_columns(features, wide, 1, scope="wide")
    loss = tf.reduce_sum(tf.square(net + linear - 1.0))
    train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    return [loss, train, tf.global_variables(), _variables(tf)]


def crossed_columns_that_are_crossed(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    number = layers.sparse_column_with_integerized_feature("number", 10)
    cross = layers.crossed_column([layers.crossed_column([word, number], 20), word], 1000)
    features = {"word": _words(tf), "number": tf.SparseTensor(_words(tf).indices, tf.range(4, dtype=tf.int64), [4, 2])}
    return _sparse(tf, layers.transform_features(features, [cross])[cross])


def names_of_shared_embeddings(tf):
    layers = tf.contrib.layers
    columns = [layers.sparse_column_with_hash_bucket("c%d" % i, 10) for i in range(5)]
    shared = layers.shared_embedding_columns
    names = [shared(columns[:count], 2)[0].shared_embedding_name for count in (1, 2, 3, 4, 5)]
    return [names, error_of(shared, 3, 2), shared(columns[:1], 2)[0].key, shared(columns[1::-1], 2)[1].key]


def features_of_other_shapes(tf):
    layers = tf.contrib.layers
    wide, narrow = layers.real_valued_column("x", 4), layers.real_valued_column("x")
    y = layers.input_from_feature_columns
    return [
        y({"x": tf.zeros([3, 2, 2])}, [wide]).shape,
        y({"x": tf.zeros([3])}, [narrow]).shape,
        kind_of_error(y, {"x": tf.zeros([3])}, [layers.real_valued_column("y")]),
        kind_of_error(layers.transform_features, {"x": tf.zeros([3])}, [layers.sparse_column_with_hash_bucket("y", 3)]),
        layers.weighted_sum_from_feature_columns({"x": tf.zeros([3, 2, 2])}, [wide], 2)[0].shape,
    ]


def a_vocabulary_in_a_file_is_looked_up(tf):
    layers = tf.contrib.layers
    file = os.path.join(tempfile.mkdtemp(), "words.txt")
    with open(file, "w") as opened:
        opened.write("a\nzz\nb\n")
    column = layers.sparse_column_with_vocabulary_file("word", file, num_oov_buckets=2, vocab_size=2)
    unknown = layers.sparse_column_with_vocabulary_file("other", file, default_value=2, vocab_size=3)
    features = {"word": _words(tf), "other": _words(tf)}
    made = layers.transform_features(features, [column, unknown])
    y = layers.input_from_feature_columns(features, [layers.one_hot_column(column)], scope="net")
    return [tf.tables_initializer(), _sparse(tf, made[column]), _sparse(tf, made[unknown]), y, column.length]


def embeddings_come_from_a_checkpoint(tf):
    layers = tf.contrib.layers
    prefix = os.path.join(tempfile.mkdtemp(), "model.ckpt")
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        v = tf.compat.v1.get_variable("old/weights", initializer=tf.constant(np.arange(20.0, dtype="f").reshape(10, 2)))
        session.run(v.initializer)
        tf.compat.v1.train.Saver({"old/weights": v}).save(session, prefix)
    word = layers.sparse_column_with_hash_bucket("word", 10)
    column = layers.embedding_column(word, 2, ckpt_to_load_from=prefix, tensor_name_in_ckpt="old/weights")
    features = {"word": _words(tf)}
    y = layers.input_from_feature_columns(features, [column], scope="net")
    return [y, _variables(tf)]


def weights_of_columns_are_partitioned(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    columns = [layers.embedding_column(word, 2, initializer=tf.constant_initializer(0.5))]
    features = {"word": _words(tf)}
    with tf.variable_scope("parts", partitioner=tf.fixed_size_partitioner(2)):
        y = layers.input_from_feature_columns(features, columns, scope="net")
        z, variables, bias = layers.weighted_sum_from_feature_columns(features, [word], 3, scope="sum")
    return [y, z, _variables(tf), len(variables[word]), names_of(variables[word]), name_of(bias)]


def joint_weights_of_columns_are_partitioned(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket("word", 10)
    kind = layers.sparse_column_with_integerized_feature("number", 4)
    numbers = tf.SparseTensor(_words(tf).indices, tf.constant([1, 2, 3, 0], tf.int64), [4, 2])
    with tf.variable_scope("parts", partitioner=tf.fixed_size_partitioner(2)):
        z, variables, bias = layers.joint_weighted_sum_from_feature_columns(
            {"word": _words(tf), "number": numbers}, [word, kind], 1, scope="sum"
        )
    return [z, _variables(tf), name_of(bias)]
