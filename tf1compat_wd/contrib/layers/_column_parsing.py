"""Reading the raw features of feature columns: from examples, or from placeholders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.layers._column_layers import _in_order, check_feature_columns
from tf1compat_wd.contrib.layers._feature_columns import FeatureColumn, Features

Tensor = Any


def create_feature_spec_for_parsing(feature_columns: Iterable[Any]) -> dict[str, Any]:
    """How ``tf.io.parse_example`` has to parse the features of some columns.

    Raises:
        TypeError: something isn't a column of `tf.contrib.layers`.

    >>> tf.contrib.layers.create_feature_spec_for_parsing([tf.contrib.layers.real_valued_column("size")])
    {'size': FixedLenFeature(shape=[1], dtype=tf.float32, default_value=None)}
    """
    columns = list(feature_columns)
    for column in columns:
        if not isinstance(column, FeatureColumn):
            raise TypeError(
                f"feature_columns should only contain instances of _FeatureColumn. Given column is {column}"
            )
    return {name: how for column in columns for name, how in column.config.items()}


def parse_feature_columns_from_examples(
    serialized: Any, feature_columns: Iterable[Any], name: str | None = None, example_names: Any = None
) -> dict[Any, Any]:
    """Parse examples, and transform their features (``tf.contrib.layers.parse_feature_columns_from_examples``).

    Args:
        serialized: tensor [N] of serialized ``tf.train.Example`` records.
        feature_columns: columns.
        name: of the operation.
        example_names: tensor [N] of names, for errors.

    Returns:
        Dictionary from names to raw features, and from columns to transformed ones.

    Raises:
        ValueError: a column stands there twice.
    """
    columns = list(feature_columns)
    check_feature_columns(columns)
    spec = create_feature_spec_for_parsing(columns)
    features = Features(dict(tf.compat.v1.parse_example(serialized, spec, name, example_names)))
    for column in _in_order(columns):
        features.transformed(column)
    return features.tensors


def parse_feature_columns_from_sequence_examples(
    serialized: Any,
    context_feature_columns: Iterable[Any] | None,
    sequence_feature_columns: Iterable[Any] | None,
    name: str | None = None,
    example_name: Any = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parse a sequence example: features of the whole, and of each step.

    Args:
        serialized: scalar, a serialized ``tf.train.SequenceExample`` record.
        context_feature_columns, sequence_feature_columns: columns.
        name: of the operations.
        example_name: scalar, for errors.

    Returns:
        Two dictionaries from names to raw features.
    """
    context = create_feature_spec_for_parsing(context_feature_columns or [])
    steps = create_feature_spec_for_parsing(sequence_feature_columns or [])
    return tf.io.parse_single_sequence_example(  # type: ignore[no-any-return]
        serialized, context, {each: _at_each_step(how) for each, how in steps.items()}, example_name, name
    )


def _at_each_step(how: Any) -> Any:
    if not isinstance(how, tf.io.FixedLenFeature):
        return how
    return tf.io.FixedLenSequenceFeature(how.shape, how.dtype, allow_missing=how.default_value is not None)


def make_place_holder_tensors_for_base_features(feature_columns: Iterable[Any]) -> dict[str, Any]:
    """A placeholder for each raw feature of some columns; in graph mode."""
    spec = create_feature_spec_for_parsing(feature_columns)
    return {name: _placeholder(how) for name, how in spec.items()}


def _placeholder(how: Any) -> Any:
    if isinstance(how, tf.io.VarLenFeature):
        return tf.compat.v1.sparse_placeholder(how.dtype)
    return tf.compat.v1.placeholder(how.dtype, [None, *how.shape])


hooks.keep_from_autograph(__name__)
