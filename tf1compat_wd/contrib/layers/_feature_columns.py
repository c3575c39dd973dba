"""What the feature columns of `tf.contrib.layers` are: records that say how to read, transform and look up a feature.

A column computes its tensor in `transformed`, from raw features and from other columns; `_Features` keeps what is
computed. The layers that take columns are in `_column_layers`, the functions that make them in `_making_columns`.
TF1's names of the classes are kept, because columns are told apart by a text that begins with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib import lookup
from tf1compat_wd.contrib.layers._feature_crosses import bucketize, sparse_feature_cross

Tensor = Any


class LookUp(NamedTuple):
    """What to look up in a layer's weights, and how."""

    ids: tf.SparseTensor
    weights: tf.SparseTensor | None
    size: int
    """How many rows the weights have."""
    combiner: str


class Features:
    """Raw features by name and, once they are computed, transformed ones by column."""

    def __init__(self, tensors: dict[Any, Any]) -> None:
        self.tensors = tensors

    def transformed(self, column: FeatureColumn) -> Any:
        """The tensor of a column, computed when it is first asked for."""
        if column not in self.tensors:
            self.tensors[column] = column.transformed(self)
        return self.tensors[column]


class FeatureColumn:
    """What all columns have in common."""

    @property
    def name(self) -> str:
        """Of the column, and of the scope of its variables."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """Tells it from other columns, and gives their order."""
        return repr(self)

    @property
    def config(self) -> dict[str, Any]:
        """How to parse its raw features."""
        raise NotImplementedError

    def transformed(self, features: Features) -> Any:
        """Its tensor, sparse tensor, or pair of these: ids and weights."""
        raise NotImplementedError

    def look_up(self, value: Any) -> LookUp:
        """What a linear model looks up for it; `value` is what `transformed` gave."""
        raise NotImplementedError

    def dense(self, value: Any) -> Tensor:
        """What a linear model multiplies by weights, if it looks nothing up."""
        raise NotImplementedError(f"No dense tensor representation for column {self!r}.")

    def _refuse_in_input(self, kind: str, instead: str) -> None:
        raise ValueError(
            f"{kind} is not supported in DNN. Please use {instead}. column: {self!r}, "
            f"No deep embedding lookup arguments for column {self!r}."
        )

    def check_as_input(self) -> None:
        """Raise ValueError if a layer for columns can't take it."""


class SparseIdLookupConfig(NamedTuple):
    """How words get numbers."""

    vocabulary_file: str | None = None
    keys: tuple[Any, ...] | None = None
    num_oov_buckets: int = 0
    vocab_size: int | None = None
    default_value: int = -1


SparseIdLookupConfig.__name__ = "_SparseIdLookupConfig"


# ---------------------------------------------------------------------------------------- words


class _SparseFields(NamedTuple):
    column_name: str
    is_integerized: bool
    bucket_size: int | None
    lookup_config: SparseIdLookupConfig | None
    combiner: str
    dtype: Any


class SparseColumn(_SparseFields, FeatureColumn):
    """Words, or numbers that stand for something."""

    @property
    def name(self) -> str:
        return self.column_name

    @property
    def config(self) -> dict[str, Any]:
        return {self.column_name: tf.io.VarLenFeature(self.dtype)}

    @property
    def length(self) -> int:
        """How many different ids there are."""
        if self.lookup_config is None:
            return int(self.bucket_size or 0)
        return int(self.lookup_config.vocab_size or 0) + self.lookup_config.num_oov_buckets

    def transformed(self, features: Features) -> tf.SparseTensor:
        words = as_sparse(features.tensors[self.column_name])
        return tf.SparseTensor(words.indices, self._ids(words.values), words.dense_shape)

    def _ids(self, words: Tensor) -> Tensor:
        raise NotImplementedError

    def look_up(self, value: tf.SparseTensor) -> LookUp:
        return LookUp(value, None, self.length, self.combiner)

    def check_as_input(self) -> None:
        self._refuse_in_input("SparseColumn", "embedding_column or one_hot_column")

    def is_compatible(self, other: SparseColumn) -> bool:
        """Whether ids of both mean the same."""
        return self.lookup_config == other.lookup_config and self.length == other.length


class _SparseColumnHashed(SparseColumn):
    hash_keys: Any = None

    def transformed(self, features: Features) -> tf.SparseTensor:
        if not self.hash_keys:
            return super().transformed(features)
        words = as_sparse(features.tensors[self.column_name])
        texts, size = _as_texts(words.values), int(self.bucket_size or 0)
        hashed = [tf.strings.to_hash_bucket_strong(texts, size, key) for key in self.hash_keys]
        return tf.sparse.concat(1, [tf.SparseTensor(words.indices, each, words.dense_shape) for each in hashed])

    def _ids(self, words: Tensor) -> Tensor:
        return tf.strings.to_hash_bucket_fast(_as_texts(words), int(self.bucket_size or 0))


class _SparseColumnIntegerized(SparseColumn):
    def _ids(self, words: Tensor) -> Tensor:
        return tf.math.floormod(words, tf.constant(self.bucket_size, words.dtype))


class _SparseColumnKeys(SparseColumn):
    def _ids(self, words: Tensor) -> Tensor:
        config = self.lookup_config or SparseIdLookupConfig()
        if modes.current_mode() == modes.FUNCTION:
            return _found(words, tf.constant(config.keys, self.dtype), config)
        keys = tf.constant(config.keys, self.dtype)
        return lookup.index_table_from_tensor(
            keys, default_value=config.default_value, dtype=self.dtype, name="lookup"
        ).lookup(words)


class _SparseColumnVocabulary(SparseColumn):
    def _ids(self, words: Tensor) -> Tensor:
        config = self.lookup_config or SparseIdLookupConfig()
        if modes.current_mode() == modes.FUNCTION:
            with tf.io.gfile.GFile(config.vocabulary_file, "rb") as file:
                lines = file.read().splitlines()[: config.vocab_size]
            return _found(_as_texts(words), tf.constant(lines, tf.string), config)
        return lookup.index_table_from_file(
            config.vocabulary_file,
            config.num_oov_buckets,
            config.vocab_size,
            config.default_value,
            key_dtype=self.dtype,
            name=f"{self.name}_lookup",
        ).lookup(words)


def _found(words: Tensor, keys: Tensor, config: SparseIdLookupConfig) -> Tensor:
    """The places of words among keys, without a table: one made inside a trace would be lost with it."""
    equal = tf.equal(words[:, tf.newaxis], keys)
    default = tf.fill(tf.shape(words), tf.constant(config.default_value, tf.int64))
    if config.num_oov_buckets:
        default = tf.strings.to_hash_bucket_fast(_as_texts(words), config.num_oov_buckets) + keys.shape[0]
    return tf.where(tf.reduce_any(equal, 1), tf.argmax(tf.cast(equal, tf.int32), 1), default)


def _as_texts(words: Tensor) -> Tensor:
    return words if words.dtype == tf.string else tf.strings.as_string(words)


def as_sparse(feature: Any) -> tf.SparseTensor:
    """A raw feature as a sparse tensor: without the "" or -1 of a dense one."""
    if isinstance(feature, tf.SparseTensor):
        return feature
    feature = tf.convert_to_tensor(feature)
    if feature.dtype.is_floating:
        indices = tf.where(tf.ones_like(feature, tf.bool))
    else:
        missing = tf.constant("" if feature.dtype == tf.string else -1, feature.dtype)
        indices = tf.where(tf.not_equal(feature, missing))
    return tf.SparseTensor(indices, tf.gather_nd(feature, indices), tf.shape(feature, tf.int64))


class _WeightedSparseFields(NamedTuple):
    sparse_id_column: Any
    weight_column_name: str
    dtype: Any


class _WeightedSparseColumn(_WeightedSparseFields, FeatureColumn):
    @property
    def name(self) -> str:
        return f"{self.sparse_id_column.name}_weighted_by_{self.weight_column_name}"

    @property
    def config(self) -> dict[str, Any]:
        return {**self.sparse_id_column.config, self.weight_column_name: tf.io.VarLenFeature(self.dtype)}

    @property
    def length(self) -> int:
        """How many different ids there are."""
        return int(self.sparse_id_column.length)

    @property
    def lookup_config(self) -> Any:
        """That of the ids."""
        return self.sparse_id_column.lookup_config

    def transformed(self, features: Features) -> tuple[tf.SparseTensor, tf.SparseTensor]:
        weights = as_sparse(features.tensors[self.weight_column_name])
        if not self.dtype.is_floating:
            weights = tf.SparseTensor(weights.indices, tf.cast(weights.values, tf.float32), weights.dense_shape)
        return features.transformed(self.sparse_id_column), weights

    def look_up(self, value: Any) -> LookUp:
        return LookUp(value[0], value[1], self.length, self.sparse_id_column.combiner)

    def check_as_input(self) -> None:
        self._refuse_in_input("WeightedSparseColumn", "embedding_column or one_hot_column")

    def is_compatible(self, other: Any) -> bool:
        """Whether ids of both mean the same."""
        return bool(self.sparse_id_column.is_compatible(other))


# -------------------------------------------------------------------------------------- numbers


class _RealValuedFields(NamedTuple):
    column_name: str
    dimension: int
    default_value: tuple[Any, ...] | None
    dtype: Any
    normalizer: Callable[[Tensor], Tensor] | None


class _RealValuedColumn(_RealValuedFields, FeatureColumn):
    @property
    def name(self) -> str:
        return self.column_name

    @property
    def key(self) -> str:
        return (
            f"_RealValuedColumn(column_name={self.column_name}, dimension={self.dimension}, "
            f"default_value={self.default_value}, dtype={self.dtype!s})"
        )

    @property
    def config(self) -> dict[str, Any]:
        default = None if self.default_value is None else list(self.default_value)
        return {self.column_name: tf.io.FixedLenFeature([self.dimension], self.dtype, default)}

    @property
    def normalizer_fn(self) -> Any:
        """`normalizer` by another name."""
        return self.normalizer

    def transformed(self, features: Features) -> Tensor:
        value = features.tensors[self.column_name]
        return value if self.normalizer is None else self.normalizer(value)

    def dense(self, value: Any) -> Tensor:
        value = tf.convert_to_tensor(value)
        return value if value.dtype.is_floating else tf.cast(value, tf.float32)


class _BucketizedFields(NamedTuple):
    source_column: _RealValuedColumn
    boundaries: tuple[float, ...]


class _BucketizedColumn(_BucketizedFields, FeatureColumn):
    @property
    def name(self) -> str:
        return f"{self.source_column.name}_bucketized"

    @property
    def config(self) -> dict[str, Any]:
        return self.source_column.config

    @property
    def length(self) -> int:
        """How many buckets there are."""
        return len(self.boundaries) + 1

    def transformed(self, features: Features) -> Tensor:
        return bucketize(features.transformed(self.source_column), self.boundaries, "bucketize")

    def look_up(self, value: Any) -> LookUp:
        return LookUp(self.sparse(value), None, self.length * self.source_column.dimension, "sum")

    def sparse(self, value: Tensor) -> tf.SparseTensor:
        """Each number's bucket as an id of its own for each place."""
        dimension = self.source_column.dimension
        ids = tf.cast(tf.reshape(value, [-1, dimension]), tf.int64)
        ids += self.length * tf.range(dimension, dtype=tf.int64)
        shape = tf.shape(ids, tf.int64)
        return tf.SparseTensor(tf.where(tf.ones_like(ids, tf.bool)), tf.reshape(ids, [-1]), shape)


# ------------------------------------------------------------------------------ of other columns


class _CrossedFields(NamedTuple):
    columns: tuple[Any, ...]
    hash_bucket_size: int
    hash_key: int | None
    combiner: str
    ckpt_to_load_from: str | None
    tensor_name_in_ckpt: str | None


class _CrossedColumn(_CrossedFields, FeatureColumn):
    @property
    def name(self) -> str:
        return "_X_".join(sorted(column.name for column in self.columns))

    @property
    def config(self) -> dict[str, Any]:
        return {name: how for column in self.columns for name, how in column.config.items()}

    @property
    def length(self) -> int:
        """How many different ids there are."""
        return self.hash_bucket_size

    def transformed(self, features: Features) -> tf.SparseTensor:
        tensors = []
        for column in _without_crosses(self.columns):
            if isinstance(column, SparseColumn):
                tensors.append(as_sparse(features.tensors[column.name]))
            else:
                tensors.append(column.sparse(features.transformed(column)))
        return sparse_feature_cross(tensors, True, self.hash_bucket_size, "cross", self.hash_key)

    def look_up(self, value: tf.SparseTensor) -> LookUp:
        return LookUp(value, None, self.length, self.combiner)

    def check_as_input(self) -> None:
        self._refuse_in_input("CrossedColumn", "embedding_column")


def _without_crosses(columns: Iterable[Any]) -> list[Any]:
    leaves = []
    for column in columns:
        leaves += _without_crosses(column.columns) if isinstance(column, _CrossedColumn) else [column]
    return leaves


class _EmbeddingFields(NamedTuple):
    sparse_id_column: Any
    dimension: int
    combiner: str
    initializer: Any
    ckpt_to_load_from: str | None
    tensor_name_in_ckpt: str | None
    shared_embedding_name: str | None
    shared_vocab_size: int | None
    max_norm: float | None
    trainable: bool


class _EmbeddingColumn(_EmbeddingFields, FeatureColumn):
    @property
    def name(self) -> str:
        kind = "embedding" if self.shared_embedding_name is None else "shared_embedding"
        return f"{self.sparse_id_column.name}_{kind}"

    @property
    def key(self) -> str:
        return _key_without(self, "initializer")

    @property
    def config(self) -> Any:
        return self.sparse_id_column.config

    @property
    def length(self) -> int:
        """How many embeddings there are."""
        return int(self.sparse_id_column.length if self.shared_vocab_size is None else self.shared_vocab_size)

    def transformed(self, features: Features) -> Any:
        return features.transformed(self.sparse_id_column)

    def look_up(self, value: Any) -> LookUp:
        raise ValueError(f"Column {self!r} is not supported in linear models. Please use sparse_column.")


class _OneHotFields(NamedTuple):
    sparse_id_column: Any


class _OneHotColumn(_OneHotFields, FeatureColumn):
    @property
    def name(self) -> str:
        return f"{self.sparse_id_column.name}_one_hot"

    @property
    def config(self) -> Any:
        return self.sparse_id_column.config

    @property
    def length(self) -> int:
        """How many different ids there are."""
        return int(self.sparse_id_column.length)

    def transformed(self, features: Features) -> Any:
        return features.transformed(self.sparse_id_column)


class _ScatteredEmbeddingFields(NamedTuple):
    column_name: str
    size: int
    dimension: int
    hash_key: int | None
    combiner: str
    initializer: Any


class _ScatteredEmbeddingColumn(_ScatteredEmbeddingFields, FeatureColumn):
    @property
    def name(self) -> str:
        return f"{self.column_name}_scattered_embedding"

    @property
    def key(self) -> str:
        return _key_without(self, "initializer")

    @property
    def config(self) -> dict[str, Any]:
        return {self.column_name: tf.io.VarLenFeature(tf.string)}

    def transformed(self, features: Features) -> tf.SparseTensor:
        return as_sparse(features.tensors[self.column_name])


def _key_without(column: Any, left_out: str) -> str:
    fields: Mapping[str, Any] = column._asdict()
    shown = ", ".join(f"{name}={value}" for name, value in fields.items() if name != left_out)
    return f"{type(column).__name__}({shown})"


hooks.keep_from_autograph(__name__)
