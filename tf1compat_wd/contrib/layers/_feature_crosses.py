"""Crossing features, sorting numbers into buckets, and embeddings scattered over one vector of weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any

SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY = 956888297470

_LARGEST = 2**63 - 1


def bucketize(input_tensor: Any, boundaries: Sequence[float], name: str | None = None) -> Tensor:
    """For each number, how many of the sorted `boundaries` are not greater (``slim.bucketize``).

    >>> tf.contrib.slim.bucketize([[-5.0, 1.0], [0.0, 20.0]], [0.0, 10.0]).numpy().tolist()
    [[0, 1], [1, 2]]
    """
    return tf.raw_ops.Bucketize(
        input=tf.convert_to_tensor(input_tensor), boundaries=[float(each) for each in boundaries], name=name
    )


def sparse_feature_cross(
    inputs: Sequence[Any],
    hashed_output: bool = False,
    num_buckets: int = 0,
    name: str | None = None,
    hash_key: int | None = None,
) -> tf.SparseTensor:
    """All combinations of the features of each row (``slim.sparse_feature_cross``).

    Args:
        inputs: list of tensors and sparse tensors [N, ...] of strings or integers. Sparse ones are crossed before
            dense ones.
        hashed_output: give numbers instead of texts such as "a_X_3".
        num_buckets: with `hashed_output`, numbers are less than this; 0: they are large.
        name: of the name scope.
        hash_key: how to hash. None is the hash of the first versions, which weights trained then are for.

    Returns:
        Sparse tensor [N, K] of strings, or of int64 with `hashed_output`.

    Raises:
        TypeError: `inputs` isn't a list, or something in it isn't a tensor.

    Source: TF 1.15.5, which gave the numbers in contrib_layers_columns.crossed_features.

    >>> words = tf.constant([["a", "b"], ["c", "d"]])
    >>> tf.sparse.to_dense(tf.contrib.slim.sparse_feature_cross([words, [[1], [2]]])).numpy().tolist()
    Traceback (most recent call last):
    TypeError: All inputs must be Tensor or SparseTensor
    >>> tf.sparse.to_dense(tf.contrib.slim.sparse_feature_cross([words, tf.constant([[1], [2]])])).numpy().tolist()
    [[b'a_X_1', b'b_X_1'], [b'c_X_2', b'd_X_2']]
    """
    if not isinstance(inputs, list):
        raise TypeError(f"Inputs must be a list\n\nGot {type(inputs).__name__}.")
    if not all(isinstance(each, tf.SparseTensor) or tf.is_tensor(each) for each in inputs):
        raise TypeError("All inputs must be Tensor or SparseTensor")
    with name_scope(name, "SparseFeatureCross"):
        features = sorted(map(_with_long_integers, inputs), key=lambda each: not isinstance(each, tf.SparseTensor))
        if not hashed_output:
            return tf.sparse.cross(features)
        if hash_key is not None:
            return tf.sparse.cross_hashed(features, num_buckets, hash_key)
        return _hashed_as_at_first(features, num_buckets)


def _with_long_integers(feature: Any) -> Any:
    if feature.dtype == tf.string or feature.dtype == tf.int64:
        return feature
    if isinstance(feature, tf.SparseTensor):
        return tf.SparseTensor(feature.indices, tf.cast(feature.values, tf.int64), feature.dense_shape)
    return tf.cast(feature, tf.int64)


# ---------------------------------------------------------------------- the hash of the first versions


class _Rows(NamedTuple):
    """Numbers, each in a row; rows in order."""

    rows: Tensor
    """int64 [M]"""
    numbers: Tensor
    """int64 [M]"""


def _hashed_as_at_first(features: list[Any], num_buckets: int) -> tf.SparseTensor:
    first = features[0]
    count = first.dense_shape[0] if isinstance(first, tf.SparseTensor) else tf.shape(first, tf.int64)[0]
    every_row = tf.range(count, dtype=tf.int64)
    hashed = _Rows(every_row, tf.fill([count], tf.constant(0xDECAFCAFFE, tf.int64)))
    for feature in features:
        hashed = _crossed(hashed, _rows_of(feature), count)
    buckets = tf.constant(num_buckets or _LARGEST, tf.uint64)
    values = tf.cast(tf.math.floormod(tf.bitcast(hashed.numbers, tf.uint64), buckets), tf.int64)
    lengths = tf.math.bincount(tf.cast(hashed.rows, tf.int32), minlength=tf.cast(count, tf.int32), dtype=tf.int64)
    starts = tf.cumsum(lengths, exclusive=True)
    places = tf.range(tf.size(values, tf.int64), dtype=tf.int64) - tf.gather(starts, hashed.rows)
    longest = tf.reduce_max(tf.concat([lengths, [0]], 0))
    return tf.SparseTensor(tf.stack([hashed.rows, places], 1), values, tf.stack([count, longest]))


def _rows_of(feature: Any) -> _Rows:
    if isinstance(feature, tf.SparseTensor):
        return _Rows(feature.indices[:, 0], _as_numbers(feature.values))
    shape = tf.shape(feature, tf.int64)
    rows = tf.range(tf.size(feature, tf.int64), dtype=tf.int64) // tf.reduce_prod(shape[1:])
    return _Rows(rows, _as_numbers(tf.reshape(feature, [-1])))


def _as_numbers(values: Tensor) -> Tensor:
    return tf.bitcast(tf.fingerprint(values), tf.int64) if values.dtype == tf.string else values


def _crossed(left: _Rows, right: _Rows, count: Tensor) -> _Rows:
    """Each of a row's numbers on the left with each on the right; the right ones change fastest."""
    lengths = tf.math.bincount(tf.cast(right.rows, tf.int32), minlength=tf.cast(count, tf.int32), dtype=tf.int64)
    starts = tf.cumsum(lengths, exclusive=True)
    repeats = tf.gather(lengths, left.rows)
    ends = tf.cumsum(repeats)
    pairs = tf.range(tf.reduce_sum(repeats), dtype=tf.int64)
    # Which on the left each pair has; tf.repeat would take some forty operations for each of the three.
    owners = tf.searchsorted(ends, pairs, side="right")
    rows = tf.gather(left.rows, owners)
    others = tf.gather(starts, rows) + pairs - tf.gather(ends - repeats, owners)
    return _Rows(rows, _combined(tf.gather(left.numbers, owners), tf.gather(right.numbers, others)))


def _combined(left: Tensor, right: Tensor) -> Tensor:
    """One number of two, in arithmetic that wraps around; the shift to the right keeps the sign."""
    constant = tf.constant(0x9E3779B97F4A7800 - 2**64, tf.int64)
    shifted = tf.bitwise.left_shift(left, tf.constant(10, tf.int64))
    shifted += tf.bitwise.right_shift(left, tf.constant(4, tf.int64))
    return tf.bitwise.bitwise_xor(left, right + constant + shifted)


# ------------------------------------------------------------------------------ scattered embeddings


def scattered_embedding_lookup(
    params: Any, values: Any, dimension: int | None, name: str | None = None, hash_key: int | None = None
) -> Tensor:
    """Embeddings whose elements are found by hashing in one vector of weights.

    Args:
        params: tensor or variable [P], or list of such, together all weights.
        values: tensor of strings or integers.
        dimension: D, the length of an embedding.
        name: of the name scope.
        hash_key: as for `sparse_feature_cross`.

    Returns:
        Tensor of the shape of `values`, and D.

    Raises:
        ValueError: `dimension` is None.
    """
    if dimension is None:
        raise ValueError("You must specify dimension.")
    with name_scope(name, "scattered_embedding_lookup", [params, values]):
        parts = list(params) if isinstance(params, list | tuple) else [params]
        if isinstance(params, hooks.PartitionedVariable):
            parts = list(params)
        parts = [tf.convert_to_tensor(part) for part in parts]
        size = sum(int(part.shape.num_elements()) for part in parts)
        values = tf.convert_to_tensor(values)
        shape, flat = tf.shape(values), tf.reshape(values, [-1, 1])
        positions = tf.tile(tf.range(dimension, dtype=tf.int64)[tf.newaxis], [tf.size(flat), 1])
        hashed = sparse_feature_cross([positions, flat], True, size, hash_key=hash_key)
        found = tf.compat.v1.nn.embedding_lookup(parts, hashed.values, partition_strategy="div")
        result = tf.reshape(found, tf.concat([shape, [dimension]], 0))
        if not hooks.executing_eagerly():
            result.set_shape(values.shape.concatenate([dimension]))
        return result


def scattered_embedding_lookup_sparse(
    params: Any,
    sparse_values: tf.SparseTensor,
    dimension: int | None,
    combiner: str | None = None,
    default_value: Any = None,
    name: str | None = None,
    hash_key: int | None = None,
) -> Tensor:
    """`scattered_embedding_lookup` of each row's values, combined.

    Args:
        params, dimension, name, hash_key: as there.
        sparse_values: sparse tensor [N, ...].
        combiner: mean (which None means), sqrtn or sum.
        default_value: the value of rows without any; default one that nobody has, the same as in TF1.

    Returns:
        Tensor [N, D].

    Raises:
        TypeError: `sparse_values` isn't sparse.
        ValueError: `dimension` is None, or an unknown `combiner`.
    """
    if not isinstance(sparse_values, tf.SparseTensor):
        raise TypeError("sparse_values must be SparseTensor")
    with name_scope(name, "scattered_embedding_lookup_sparse", [params, sparse_values]):
        if default_value is None:
            default_value = "6ZxWzWOHxZ" if sparse_values.dtype == tf.string else 1288896567
        filled, _ = tf.sparse.fill_empty_rows(sparse_values, tf.constant(default_value, sparse_values.dtype))
        values, places = tf.unique(filled.values)
        embeddings = scattered_embedding_lookup(params, values, dimension, hash_key=hash_key)
        return combined_segments(embeddings, places, tf.cast(filled.indices[:, 0], tf.int32), combiner or "mean")


def combined_segments(embeddings: Tensor, places: Tensor, rows: Tensor, combiner: str) -> Tensor:
    """The rows `places` of `embeddings`, combined by `rows`."""
    if combiner == "sum":
        return tf.compat.v1.sparse_segment_sum(embeddings, places, rows)
    if combiner == "mean":
        return tf.compat.v1.sparse_segment_mean(embeddings, places, rows)
    if combiner == "sqrtn":
        return tf.compat.v1.sparse_segment_sqrt_n(embeddings, places, rows)
    raise ValueError(f"Combiner must be one of 'mean', 'sqrtn' or 'sum'.\n\nGot {combiner!r}.")


def embedding_lookup_sparse_with_distributed_aggregation(
    params: Any,
    sp_ids: tf.SparseTensor,
    sp_weights: tf.SparseTensor | None,
    partition_strategy: str = "mod",
    name: str | None = None,
    combiner: str | None = None,
    max_norm: float | None = None,
) -> Tensor:
    """``tf.nn.embedding_lookup_sparse``, under slim's name.

    TF1 combined the embeddings of each part where it was stored; the result is the same.

    Raises:
        ValueError: an unknown `combiner`.
    """
    if combiner not in (None, "mean", "sqrtn", "sum"):
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum'\n\nGot {combiner!r}.")
    return tf.compat.v1.nn.embedding_lookup_sparse(
        params, sp_ids, sp_weights, partition_strategy, name, combiner or "mean", max_norm
    )


hooks.keep_from_autograph(__name__)
