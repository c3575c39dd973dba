"""The layers that take feature columns: as input of a net, in a linear model, and for sequences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import add_to_collection, get_collection
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import model_variable
from tf1compat_wd.contrib.layers._embeddings import safe_embedding_lookup_sparse
from tf1compat_wd.contrib.layers._feature_columns import (
    FeatureColumn,
    Features,
    _BucketizedColumn,
    _CrossedColumn,
    _EmbeddingColumn,
    _OneHotColumn,
    _RealValuedColumn,
    _ScatteredEmbeddingColumn,
)
from tf1compat_wd.contrib.layers._feature_crosses import scattered_embedding_lookup_sparse
from tf1compat_wd.train import init_from_checkpoint

Tensor = Any
Variable = Any


def check_feature_columns(feature_columns: Iterable[Any]) -> None:
    """Raise ValueError if two of the columns are the same."""
    seen = set()
    for column in feature_columns:
        if column.key in seen:
            raise ValueError(
                f"Duplicate feature column key found for column: {column.name}. This usually means that the column is "
                "almost identical to another column, and one must be discarded."
            )
        seen.add(column.key)


def _in_order(feature_columns: Iterable[Any]) -> list[Any]:
    return sorted(set(feature_columns), key=lambda column: column.key)


def transform_features(features: Mapping[Any, Any], feature_columns: Iterable[Any]) -> dict[Any, Any]:
    """What each column makes of the raw features: numbers normalized, words numbered, and so on.

    Args:
        features: dictionary from names to tensors and sparse tensors.
        feature_columns: the columns.

    Returns:
        Dictionary from columns to tensors, sparse tensors, or for weighted words pairs of ids and weights.

    Raises:
        ValueError: a column stands there twice.
    """
    columns = list(feature_columns)
    check_feature_columns(columns)
    known = Features(dict(features))
    return {column: known.transformed(column) for column in _in_order(columns)}


# ----------------------------------------------------------------------------- as input of a net


def input_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Iterable[Any],
    weight_collections: Iterable[str] | None = None,
    trainable: bool = True,
    scope: Any = None,
    cols_to_outs: dict[Any, Any] | None = None,
) -> Tensor:
    """Features side by side, as the input of a net (``tf.contrib.layers.input_from_feature_columns``).

    Creates, for each column that needs it, in the order of the columns' keys:
        <scope>/<column's name>/weights  [ids, dimension]  in MODEL_VARIABLES
    or, for shared ones, <scope>/<first column's name>/<shared_embedding_name>.
    Without `scope`: input_from_feature_columns, input_from_feature_columns_1, ...

    Args:
        columns_to_tensors: dictionary from names to raw features.
        feature_columns: columns of numbers, buckets, embeddings and one-hot vectors, in any order.
        weight_collections: more collections for the variables.
        trainable: whether variables are put into TRAINABLE_VARIABLES.
        scope: variable scope.
        cols_to_outs: dictionary which gets each column's part.

    Returns:
        Tensor [N, D].

    Raises:
        ValueError: no column, a column twice, or one of words, which needs an embedding.

    Source: facts of the topic contrib_layers_columns.

    >>> layers = tf.contrib.layers
    >>> word = layers.sparse_column_with_hash_bucket("word", 10)
    >>> with tf.tracking.VariableTrackingScope("net") as net:
    ...     y = layers.input_from_feature_columns(
    ...         {"word": tf.constant([["a"], ["b"]]), "size": tf.constant([[1.0], [2.0]])},
    ...         [layers.embedding_column(word, 3), layers.real_valued_column("size")],
    ...     )
    >>> y.shape.as_list(), list(net.variables_by_name)
    ([2, 4], ['input_from_feature_columns/word_embedding/weights'])
    """
    return _input(
        columns_to_tensors, feature_columns, weight_collections, trainable, scope, 2, "input_from_feature_columns",
        cols_to_outs,
    )  # fmt: skip


def sequence_input_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Iterable[Any],
    weight_collections: Iterable[str] | None = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """`input_from_feature_columns` for features [N, T, ...] of sequences.

    Returns:
        Tensor [N, T, D].

    Raises:
        ValueError: no column, a column twice, or one that isn't of numbers, embeddings or one-hot vectors.
    """
    columns = list(feature_columns)
    for column in columns:
        if not isinstance(column, _RealValuedColumn | _EmbeddingColumn | _OneHotColumn):
            raise ValueError(
                f"FeatureColumn type {type(column).__name__} is not currently supported for sequence data."
            )
    default_name = "sequence_input_from_feature_columns"
    return _input(columns_to_tensors, columns, weight_collections, trainable, scope, 3, default_name, None)


def _input(
    tensors: Mapping[Any, Any],
    feature_columns: Iterable[Any],
    collections: Iterable[str] | None,
    trainable: bool,
    scope: Any,
    rank: int,
    default_name: str,
    outputs: dict[Any, Any] | None,
) -> Tensor:
    columns = list(feature_columns)
    check_feature_columns(columns)
    if not columns:
        raise ValueError("List argument 'values' to 'ConcatV2' Op with length 0 shorter than minimum length 2.")
    features = Features(dict(tensors))
    parts = []
    with variable_scope(scope, default_name, list(tensors.values())):
        for column in _in_order(columns):
            with variable_scope(None, column.name):
                value = features.transformed(column)
                try:
                    column.check_as_input()
                except ValueError as error:
                    raise ValueError(f"Error creating input layer for column: {column.name}.\n{error}") from error
                part = _part(column, value, collections, trainable, rank)
                parts.append(part)
                if outputs is not None:
                    outputs[column] = part
        return tf.concat(parts, rank - 1)


def _part(column: FeatureColumn, value: Any, collections: Any, trainable: bool, rank: int) -> Tensor:
    if isinstance(column, _EmbeddingColumn):
        return _embeddings(column, value, collections, trainable, rank)
    if isinstance(column, _ScatteredEmbeddingColumn):
        weights = _weights("weights", [column.size], column.initializer, trainable, collections)
        return scattered_embedding_lookup_sparse(
            weights,
            _flat_inside(value, rank),
            column.dimension,
            column.combiner,
            hash_key=column.hash_key,
            name="lookup",
        )
    if isinstance(column, _OneHotColumn):
        return _counts(value, column.length, rank)
    if isinstance(column, _BucketizedColumn):
        vectors = tf.one_hot(tf.cast(value, tf.int64), column.length, 1.0, 0.0)
        return tf.reshape(vectors, [-1, column.length * column.source_column.dimension])
    return _with_rank(column.dense(value), rank)


def _weights(name: str, shape: list[int], initializer: Any, trainable: bool, collections: Any) -> Variable:
    return model_variable(
        name, shape=shape, dtype=tf.float32, initializer=initializer, trainable=trainable,
        collections=list(collections or ()),
    )  # fmt: skip


def _embeddings(column: _EmbeddingColumn, value: Any, collections: Any, trainable: bool, rank: int) -> Tensor:
    ids, weights = value if isinstance(value, tuple) and not isinstance(value, tf.SparseTensor) else (value, None)

    def make(name: str) -> Variable:
        shape = [column.length, column.dimension]
        made = _weights(name, shape, column.initializer, trainable and column.trainable, collections)
        if column.ckpt_to_load_from is not None:
            init_from_checkpoint(column.ckpt_to_load_from, {str(column.tensor_name_in_ckpt): made})
        return made

    if column.shared_embedding_name is None:
        embeddings = make("weights")
    else:
        embeddings = _shared(column.shared_embedding_name, make)
    return safe_embedding_lookup_sparse(
        embeddings,
        _flat_inside(ids, rank),
        None if weights is None else _flat_inside(weights, rank),
        combiner=column.combiner,
        name=f"{column.name}weights",
        max_norm=column.max_norm,
    )


def _shared(name: str, make: Callable[[str], Variable]) -> Variable:
    key = f"SHARED_EMBEDDING_COLLECTION_{name.upper()}"
    found = get_collection(key)
    if found:
        return found[0] if len(found) == 1 else found
    made = make(name)
    for part in list(made) if isinstance(made, hooks.PartitionedVariable) else [made]:
        add_to_collection(key, part)
    return made


def _flat_inside(sparse: tf.SparseTensor, rank: int) -> tf.SparseTensor:
    """The same with the last axes as one."""
    if sparse.shape.rank == rank:
        return sparse
    shape = sparse.dense_shape
    return tf.sparse.reshape(sparse, tf.concat([shape[: rank - 1], [tf.reduce_prod(shape[rank - 1 :])]], 0))


def _counts(value: Any, length: int, rank: int) -> Tensor:
    """How often each id stands in a row, or the sum of its weights."""
    if isinstance(value, tuple) and not isinstance(value, tf.SparseTensor):
        ids, weights = value
        known = tf.where(tf.logical_and(ids.values >= 0, ids.values < length))[:, 0]
        at = tf.concat([tf.gather(ids.indices, known)[:, :-1], tf.gather(ids.values, known)[:, tf.newaxis]], 1)
        shape = tf.concat([ids.dense_shape[:-1], [length]], 0)
        return tf.scatter_nd(at, tf.gather(weights.values, known), shape)
    dense = tf.compat.v1.sparse_tensor_to_dense(_flat_inside(value, rank), default_value=-1)
    return tf.reduce_sum(tf.one_hot(dense, length, 1.0, 0.0), [rank - 1])


def _with_rank(value: Tensor, rank: int) -> Tensor:
    if value.shape.rank == rank:
        return value
    if value.shape.rank is not None and value.shape.rank < rank:
        return tf.expand_dims(value, -1)
    shape = tf.shape(value)
    result = tf.reshape(value, tf.concat([shape[: rank - 1], [tf.reduce_prod(shape[rank - 1 :])]], 0))
    if not hooks.executing_eagerly():
        inner = value.shape[rank - 1 :].num_elements()
        result.set_shape(value.shape[: rank - 1].concatenate([inner]))
    return result


# ------------------------------------------------------------------------------ in a linear model


def weighted_sum_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Iterable[Any],
    num_outputs: int,
    weight_collections: Iterable[str] | None = None,
    trainable: bool = True,
    scope: Any = None,
) -> tuple[Tensor, dict[Any, list[Variable]], Variable]:
    """A linear model of features (``tf.contrib.layers.weighted_sum_from_feature_columns``).

    Letters: U `num_outputs`.

    Creates, in the order of the columns' keys:
        <scope>/<column's name>/weights  [ids, U]        for words, crosses and buckets
        <scope>/<column's name>/weight   [dimension, U]  for numbers
        <scope>/bias_weight              [U]
    all zeros at first, and in MODEL_VARIABLES. Without `scope`: weighted_sum_from_feature_columns, ..._1, ...

    Args:
        columns_to_tensors, weight_collections, trainable, scope: as for `input_from_feature_columns`.
        feature_columns: columns of words, crosses, buckets and numbers.
        num_outputs: how many sums there are.

    Returns:
        The sums [N, U], a dictionary from columns to lists of their variables, and the bias.

    Raises:
        ValueError: no column, a column twice, or an embedding.
        NotImplementedError: one-hot vectors.
    """
    columns = list(feature_columns)
    check_feature_columns(columns)
    if not columns:
        raise ValueError("inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape")
    features = Features(dict(columns_to_tensors))
    sums, variables = [], {}
    with variable_scope(scope, "weighted_sum_from_feature_columns", list(columns_to_tensors.values())):
        for column in _in_order(columns):
            with variable_scope(None, column.name):
                value = features.transformed(column)
                try:
                    variable, part = _weighted(column, value, num_outputs, weight_collections, trainable)
                except ValueError as error:
                    raise ValueError(f"Error creating weighted sum for column: {column.name}.\n{error}") from error
                variables[column] = list(variable) if isinstance(variable, hooks.PartitionedVariable) else [variable]
                sums.append(tf.reshape(part, [-1, num_outputs]))
        result, bias = _with_bias(tf.add_n(sums), num_outputs, weight_collections, trainable)
    return result, variables, bias


def _weighted(
    column: FeatureColumn, value: Any, num_outputs: int, collections: Any, trainable: bool
) -> tuple[Variable, Tensor]:
    zeros = tf.compat.v1.zeros_initializer()
    try:
        asked = column.look_up(value)
    except NotImplementedError:
        dense = _with_rank(column.dense(value), 2)
        weight = _weights("weight", [int(dense.shape[1]), num_outputs], zeros, trainable, collections)
        return weight, tf.matmul(dense, tf.convert_to_tensor(weight), name="matmul")
    weights = _weights("weights", [asked.size, num_outputs], zeros, trainable, collections)
    if isinstance(column, _CrossedColumn) and column.ckpt_to_load_from is not None:
        init_from_checkpoint(column.ckpt_to_load_from, {str(column.tensor_name_in_ckpt): weights})
    return weights, safe_embedding_lookup_sparse(
        weights,
        _flat_inside(asked.ids, 2),
        None if asked.weights is None else _flat_inside(asked.weights, 2),
        combiner=asked.combiner,
        name=f"{column.name}_weights",
    )


def _with_bias(sums: Tensor, num_outputs: int, collections: Any, trainable: bool) -> tuple[Tensor, Variable]:
    bias = _weights("bias_weight", [num_outputs], tf.compat.v1.zeros_initializer(), trainable, collections)
    return tf.nn.bias_add(sums, tf.convert_to_tensor(bias)), bias


def joint_weighted_sum_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Iterable[Any],
    num_outputs: int,
    weight_collections: Iterable[str] | None = None,
    trainable: bool = True,
    scope: Any = None,
) -> tuple[Tensor, list[Variable], Variable]:
    """`weighted_sum_from_feature_columns` with one variable for all columns.

    Letters: U `num_outputs`, S the ids of all columns together.

    Creates:
        <scope>/linear_weights/weights  [S, U]
        <scope>/bias_weight             [U]
    all zeros at first, and in MODEL_VARIABLES. Without `scope`: joint_weighted_sum_from_feature_columns, ..._1, ...

    Returns:
        The sums [N, U], a list of the variable, and the bias.

    Raises:
        ValueError: no column, a column twice, or an embedding.
        NotImplementedError: numbers or one-hot vectors.
    """
    columns = list(feature_columns)
    check_feature_columns(columns)
    features = Features(dict(columns_to_tensors))
    zeros = tf.compat.v1.zeros_initializer()
    with variable_scope(scope, "joint_weighted_sum_from_feature_columns", list(columns_to_tensors.values())):
        asked = []
        for column in _in_order(columns):
            try:
                asked.append(column.look_up(features.transformed(column)))
            except NotImplementedError:
                raise NotImplementedError(
                    "Real-valued columns are not supported. Use weighted_sum_from_feature_columns instead, or "
                    "bucketize these columns."
                ) from None
        total = sum(each.size for each in asked)
        with variable_scope(None, "linear_weights"):
            weights = _weights("weights", [total, num_outputs], zeros, trainable, weight_collections)
        sums, start = [], 0
        for each in asked:
            ids = _flat_inside(each.ids, 2)
            moved = tf.SparseTensor(
                ids.indices, tf.where(ids.values < 0, ids.values, ids.values + start), ids.dense_shape
            )
            counted = None if each.weights is None else _flat_inside(each.weights, 2)
            sums.append(safe_embedding_lookup_sparse(weights, moved, counted, combiner=each.combiner, name="lookup"))
            start += each.size
        result, bias = _with_bias(tf.add_n(sums), num_outputs, weight_collections, trainable)
    return result, list(weights) if isinstance(weights, hooks.PartitionedVariable) else [weights], bias


hooks.keep_from_autograph(__name__)
