"""The functions that make feature columns, and what they refuse."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.layers._feature_columns import (
    SparseColumn,
    SparseIdLookupConfig,
    _BucketizedColumn,
    _CrossedColumn,
    _EmbeddingColumn,
    _OneHotColumn,
    _RealValuedColumn,
    _ScatteredEmbeddingColumn,
    _SparseColumnHashed,
    _SparseColumnIntegerized,
    _SparseColumnKeys,
    _SparseColumnVocabulary,
    _WeightedSparseColumn,
)

Column = Any

# ---------------------------------------------------------------------------------------- words


def sparse_column_with_hash_bucket(
    column_name: str, hash_bucket_size: int, combiner: str = "sum", dtype: Any = tf.string, hash_keys: Any = None
) -> Column:
    """A feature of words or integers, numbered by their hash (``tf.contrib.layers.sparse_column_with_hash_bucket``).

    Args:
        column_name: of the raw feature: a sparse tensor, or a dense one where "" or -1 means nothing.
        hash_bucket_size: ids are less than this.
        combiner: sum, mean or sqrtn: how a linear model combines an example's weights.
        dtype: string or an integer type.
        hash_keys: list of pairs of integers; each gives an id of its own for each word.

    Raises:
        ValueError: the size isn't positive, or another `dtype`.
    """
    column = _SparseColumnHashed(*_checked(column_name, False, hash_bucket_size, None, combiner, dtype))
    column.hash_keys = hash_keys
    return column


def sparse_column_with_integerized_feature(
    column_name: str, bucket_size: int, combiner: str = "sum", dtype: Any = tf.int64
) -> Column:
    """A feature of integers that are ids already; larger ones count modulo `bucket_size`.

    Args:
        column_name, combiner: as for `sparse_column_with_hash_bucket`.
        bucket_size: how many ids there are.
        dtype: an integer type.

    Raises:
        ValueError: the size isn't positive, or another `dtype`.
    """
    return _SparseColumnIntegerized(*_checked(column_name, True, bucket_size, None, combiner, dtype))


def sparse_column_with_keys(
    column_name: str, keys: Sequence[Any], default_value: int = -1, combiner: str = "sum", dtype: Any = tf.string
) -> Column:
    """A feature of words, numbered by their places in a list.

    In graph mode ``tf.tables_initializer()`` must be run before, as in TF1.

    Args:
        column_name, combiner, dtype: as for `sparse_column_with_hash_bucket`.
        keys: the words.
        default_value: the id of others.

    Raises:
        ValueError: another `dtype`.
    """
    words = tuple(keys)
    config = SparseIdLookupConfig(keys=words, vocab_size=len(words), default_value=default_value)
    return _SparseColumnKeys(*_checked(column_name, False, None, config, combiner, dtype))


def sparse_column_with_vocabulary_file(
    column_name: str,
    vocabulary_file: str,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    combiner: str = "sum",
    dtype: Any = tf.string,
) -> Column:
    """A feature of words, numbered by their lines in a file.

    Args:
        column_name, combiner, dtype: as for `sparse_column_with_hash_bucket`.
        vocabulary_file: a word on each line.
        num_oov_buckets: other words get ids from `vocab_size` on, by their hash; or if it is 0
        vocab_size: how many lines count.
        default_value: this one.

    Raises:
        ValueError: no `vocab_size`, no file, or another `dtype`.
    """
    if not vocab_size:
        raise ValueError(f"vocab_size should be defined. column_name: {column_name}")
    if not vocabulary_file:
        raise ValueError(f"vocabulary_file must be a non-empty string. column_name: {column_name}")
    config = SparseIdLookupConfig(vocabulary_file, None, num_oov_buckets, vocab_size, default_value)
    return _SparseColumnVocabulary(*_checked(column_name, False, None, config, combiner, dtype))


def _checked(
    name: str, is_integerized: bool, size: int | None, config: SparseIdLookupConfig | None, combiner: str, dtype: Any
) -> tuple[Any, ...]:
    dtype = tf.as_dtype(dtype)
    if is_integerized and not dtype.is_integer:
        raise ValueError(f"dtype must be an integer if is_integerized is True. dtype: {dtype!s}, column_name: {name}.")
    if size is None and config is None:
        raise ValueError(f"one of bucket_size or lookup_config must be set. column_name: {name}")
    if dtype != tf.string and not dtype.is_integer:
        raise ValueError(f"dtype must be string or integer. dtype: {dtype!s}, column_name: {name}")
    if size is not None and size < 1:
        raise ValueError(f"bucket_size must be at least 1. bucket_size: {size}, column_name: {name}")
    return name, is_integerized, size, config, combiner, dtype


def weighted_sparse_column(sparse_id_column: Column, weight_column_name: str, dtype: Any = tf.float32) -> Column:
    """Words that count with weights, which another feature has at the same places.

    Raises:
        ValueError: `dtype`, of the weights, isn't a number's.
    """
    dtype = tf.as_dtype(dtype)
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"dtype is not convertible to float. Given {dtype!s}")
    return _WeightedSparseColumn(sparse_id_column, weight_column_name, dtype)


# -------------------------------------------------------------------------------------- numbers


def real_valued_column(
    column_name: str,
    dimension: int = 1,
    default_value: Any = None,
    dtype: Any = tf.float32,
    normalizer: Callable[[Any], Any] | None = None,
) -> Column:
    """A feature of numbers (``tf.contrib.layers.real_valued_column``).

    Args:
        column_name: of the raw feature, a tensor [N, dimension].
        dimension: how many numbers each example has.
        default_value: what missing ones are when examples are parsed: a number, or a list of `dimension` numbers.
        dtype: of the raw feature, an integer or floating type.
        normalizer: function of the tensor.

    Raises:
        TypeError: `dimension` isn't an integer, or `default_value` isn't of the `dtype`.
        ValueError: another `dimension`, `dtype` or number of default values.

    >>> column = tf.contrib.layers.real_valued_column("size", normalizer=lambda size: size / 10.0)
    >>> tf.contrib.layers.input_from_feature_columns({"size": tf.constant([[20.0], [30.0]])}, [column]).numpy().tolist()
    [[2.0], [3.0]]
    """
    at = f"column_name: {column_name}"
    if dimension is None:
        raise TypeError(
            "dimension must be an integer. Use the _real_valued_var_len_column for variable length features."
            f"dimension: {dimension}, {at}"
        )
    if not isinstance(dimension, int):
        raise TypeError(f"dimension must be an integer. dimension: {dimension}, {at}")
    if dimension < 1:
        raise ValueError(f"dimension must be greater than 0. dimension: {dimension}, {at}")
    dtype = tf.as_dtype(dtype)
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"dtype must be convertible to float. dtype: {dtype!s}, {at}")
    defaults = _defaults(default_value, dimension, dtype, at)
    return _RealValuedColumn(column_name, dimension, defaults, dtype, normalizer)


def _defaults(given: Any, dimension: int, dtype: Any, at: str) -> tuple[Any, ...] | None:
    if given is None:
        return None
    several = isinstance(given, list | tuple)
    values = list(given) if several else [given] * dimension
    fits = all(isinstance(each, int) or (isinstance(each, float) and dtype.is_floating) for each in values)
    if not fits:
        raise TypeError(f"default_value must be compatible with dtype. default_value: {given}, dtype: {dtype!s}, {at}")
    if len(values) != dimension:
        raise ValueError(
            f"The length of default_value must be equal to dimension. default_value: {given}, dimension: {dimension}, "
            f"{at}"
        )
    return tuple(float(each) if dtype.is_floating else int(each) for each in values)


def bucketized_column(source_column: Column, boundaries: Sequence[float]) -> Column:
    """Numbers sorted into buckets: each bucket begins with a boundary.

    Raises:
        TypeError: `source_column` isn't a `real_valued_column`.
        ValueError: `boundaries` are empty or not sorted.
    """
    if not isinstance(source_column, _RealValuedColumn):
        raise TypeError(f"source_column must be an instance of _RealValuedColumn. source_column: {source_column}")
    if not isinstance(boundaries, list | tuple) or not boundaries:
        raise ValueError(f"boundaries must be a non-empty list or tuple. boundaries: {boundaries}")
    if any(left > right for left, right in itertools.pairwise(boundaries)):
        raise ValueError(f"boundaries must be a sorted list. boundaries: {boundaries}")
    return _BucketizedColumn(source_column, tuple(dict.fromkeys(boundaries)))


def infer_real_valued_columns(features: Any) -> list[Column]:
    """A `real_valued_column` for each feature of a dictionary, or for a tensor.

    Raises:
        ValueError: a feature is sparse, or not of numbers.
    """
    named = features if isinstance(features, dict) else {"": features}
    return [_inferred(name, feature) for name, feature in named.items()]


def _inferred(name: str, feature: Any) -> Column:
    advice = "Please define corresponding FeatureColumn for tensor {} {}."
    if isinstance(feature, tf.SparseTensor):
        raise ValueError(f"SparseTensor is not supported for auto detection. {advice}", name, feature)
    if not (feature.dtype.is_integer or feature.dtype.is_floating):
        raise ValueError(
            f"Non integer or non floating types are not supported for auto detection. {advice}", name, feature
        )
    shape = feature.shape.as_list()
    dimension = 1
    for length in shape[1:]:
        dimension *= int(length)
    return real_valued_column(name, dimension, dtype=feature.dtype)


# ------------------------------------------------------------------------------ of other columns


def crossed_column(
    columns: Iterable[Column],
    hash_bucket_size: int,
    combiner: str = "sum",
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    hash_key: int | None = None,
) -> Column:
    """All combinations of other columns' features, numbered by their hash.

    Args:
        columns: two or more columns of words, buckets or crosses.
        hash_bucket_size: ids are less than this.
        combiner: as for `sparse_column_with_hash_bucket`.
        ckpt_to_load_from, tensor_name_in_ckpt: where the weights of a linear model begin with.
        hash_key: how to hash, see ``slim.sparse_feature_cross``.

    Raises:
        TypeError: another kind of column.
        ValueError: fewer than two columns or ids.
    """
    for column in columns:
        if not isinstance(column, SparseColumn | _CrossedColumn | _BucketizedColumn):
            raise TypeError(
                "columns must be a set of _SparseColumn, _CrossedColumn, or _BucketizedColumn instances. (column "
                f"{column} is a {type(column).__name__})"
            )
    if len(list(columns)) < 2:
        raise ValueError(f"columns must contain at least 2 elements. columns: {columns}")
    if hash_bucket_size < 2:
        raise ValueError(f"hash_bucket_size must be at least 2. hash_bucket_size: {hash_bucket_size}")
    _check_checkpoint(ckpt_to_load_from, tensor_name_in_ckpt)
    ordered = tuple(sorted(columns, key=lambda column: column.name))
    return _CrossedColumn(ordered, hash_bucket_size, hash_key, combiner, ckpt_to_load_from, tensor_name_in_ckpt)


def _check_checkpoint(path: str | None, name: str | None) -> None:
    if (path is None) != (name is None):
        raise ValueError("Must specify both `ckpt_to_load_from` and `tensor_name_in_ckpt` or none of them.")


def one_hot_column(sparse_id_column: Column) -> Column:
    """Words as vectors that count them, for `input_from_feature_columns`."""
    return _OneHotColumn(sparse_id_column)


def embedding_column(
    sparse_id_column: Column,
    dimension: int,
    combiner: str = "mean",
    initializer: Any = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> Column:
    """Words as learned vectors, for `input_from_feature_columns`.

    Args:
        sparse_id_column: column of words, crosses or weighted words.
        dimension: of the vectors.
        combiner: mean, sqrtn or sum: how an example's vectors are combined.
        initializer: default: a truncated normal distribution, of the deviation 1 / sqrt(number of ids).
        ckpt_to_load_from, tensor_name_in_ckpt: where the variable begins with instead.
        max_norm: vectors are scaled down to this length before they are combined.
        trainable: whether the variable is.

    Raises:
        ValueError: `initializer` can't be called; a file without a name.
    """
    _check_initializer(initializer, f"Embedding of column_name: {getattr(sparse_id_column, 'name', None)}")
    _check_checkpoint(ckpt_to_load_from, tensor_name_in_ckpt)
    initializer = initializer or _normal(1 / math.sqrt(sparse_id_column.length))
    return _EmbeddingColumn(
        sparse_id_column, dimension, combiner, initializer, ckpt_to_load_from, tensor_name_in_ckpt, None, None,
        max_norm, trainable,
    )  # fmt: skip


def _check_initializer(initializer: Any, at: str) -> None:
    if initializer is not None and not callable(initializer):
        raise ValueError(f"initializer must be callable if specified. {at}")


def _normal(stddev: float) -> Any:
    return tf.compat.v1.truncated_normal_initializer(0.0, stddev)


def shared_embedding_columns(
    sparse_id_columns: Sequence[Column],
    dimension: int,
    combiner: str = "mean",
    shared_embedding_name: str | None = None,
    initializer: Any = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> tuple[Column, ...]:
    """`embedding_column` for several columns of the same words, with one variable for all.

    Args:
        sparse_id_columns: list of columns.
        shared_embedding_name: of the variable; default: made of the columns' names.
        dimension, combiner, initializer, ckpt_to_load_from, tensor_name_in_ckpt, max_norm, trainable: as there.

    Raises:
        TypeError: there is no list, or another kind of column in it.
        ValueError: the columns don't have the same ids, or there are none.
    """
    if not isinstance(sparse_id_columns, Sequence):
        raise TypeError(
            "sparse_id_columns must be a non-string sequence (ex: list or tuple) instead of type "
            f"{type(sparse_id_columns)}."
        )
    if len(sparse_id_columns) < 1:
        raise ValueError("The input sparse_id_columns should have at least one element.")
    for column in sparse_id_columns:
        if not isinstance(column, SparseColumn | _WeightedSparseColumn):
            raise TypeError(
                f"Elements of sparse_id_columns must be _SparseColumn or _WeightedSparseColumn, but {column} is not."
            )
    first = sparse_id_columns[0]
    if len(sparse_id_columns) == 1:
        return (
            _shared(first, dimension, combiner, shared_embedding_name, None, initializer, ckpt_to_load_from,
                    tensor_name_in_ckpt, max_norm, trainable),
        )  # fmt: skip
    ids = [getattr(column, "sparse_id_column", column) for column in sparse_id_columns]
    if not all(ids[0].is_compatible(other) for other in ids[1:]):
        raise ValueError("The input sparse id columns are not compatible.")
    name = shared_embedding_name or _name_for([column.name for column in sparse_id_columns])
    initializer = initializer or _normal(1 / math.sqrt(first.length))
    return tuple(
        _shared(column, dimension, combiner, name, first.length, initializer, ckpt_to_load_from, tensor_name_in_ckpt,
                max_norm, trainable)
        for column in sparse_id_columns
    )  # fmt: skip


def _shared(
    column: Column, dimension: int, combiner: str, name: str | None, size: int | None, initializer: Any,
    path: str | None, name_there: str | None, max_norm: float | None, trainable: bool,
) -> Column:  # fmt: skip
    alone = embedding_column(column, dimension, combiner, initializer, path, name_there, max_norm, trainable)
    return alone._replace(shared_embedding_name=name, shared_vocab_size=size)


def _name_for(names: list[str]) -> str:
    names = sorted(names)
    others = f"_plus_{len(names) - 3}_others" if len(names) > 3 else ""
    return f"{'_'.join(names[:3])}{others}_shared_embedding"


def scattered_embedding_column(
    column_name: str, size: int, dimension: int, hash_key: int | None, combiner: str = "mean", initializer: Any = None
) -> Column:
    """Words as vectors whose elements are found by hashing in one vector of `size` weights.

    Args:
        column_name: of a raw feature of strings.
        size: how many weights there are.
        dimension: of a word's vector.
        hash_key: how to hash, see ``slim.sparse_feature_cross``.
        combiner: mean, sqrtn or sum.
        initializer: default: a truncated normal distribution, of the deviation 0.1.

    Raises:
        ValueError: a size isn't positive, an unknown `combiner`, or `initializer` can't be called.
    """
    at = f"column_name: {column_name}"
    if dimension < 1 or size < 1:
        raise ValueError(f"Dimension and size must be greater than 0. dimension: {dimension}, size: {size}, {at}")
    if combiner not in ("mean", "sqrtn", "sum"):
        raise ValueError(f"Combiner must be one of 'mean', 'sqrtn' or 'sum'. combiner: {combiner}, {at}")
    _check_initializer(initializer, at)
    return _ScatteredEmbeddingColumn(column_name, size, dimension, hash_key, combiner, initializer or _normal(0.1))


hooks.keep_from_autograph(__name__)
