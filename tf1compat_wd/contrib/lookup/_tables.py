"""Tables from words to numbers and back.

In a graph a table is filled by ``tf.tables_initializer()``; eagerly it is filled when it is made. Inside a
``tf.function`` a table can be used, and has to be made outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any

_kept = hooks.lookup_tables()
FastHashSpec = _kept.FastHashSpec
HasherSpec = _kept.HasherSpec
StrongHashSpec = _kept.StrongHashSpec
TextFileIdTableInitializer = _kept.TextFileIdTableInitializer
TextFileStringTableInitializer = _kept.TextFileStringTableInitializer


@contextmanager
def _filled_at_once() -> Iterator[None]:
    """Eagerly a table is filled when it is made; TensorFlow collects its initializer, a None, all the same."""
    if modes.current_mode() != modes.EAGER:
        yield
        return
    key = tf.compat.v1.GraphKeys.TABLE_INITIALIZERS
    graph = hooks.default_graph()
    before = graph.get_collection(key)
    try:
        yield
    finally:
        if before:
            graph.get_collection_ref(key)[:] = before
        else:
            graph.clear_collection(key)


def _require_place(function: str) -> None:
    if modes.current_mode() == modes.FUNCTION:
        raise RuntimeError(
            f"tf.contrib.lookup.{function} makes a table, which a tf.function would make and lose at each trace. Make "
            "the table outside and call its lookup() inside."
        )


class HashTable(tf.compat.v1.lookup.StaticHashTable):  # type: ignore[misc]
    """A table that doesn't change (``tf.contrib.lookup.HashTable``).

    Args:
        initializer: keys and values, such as `tf.lookup.KeyValueTensorInitializer`.
        default_value: for keys that aren't in it.
        shared_name: has no effect: two tables of one name are two tables.
        name: of the operations.

    >>> table = tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(["a", "b"], [1, 2]), -1)
    >>> table.lookup(tf.constant(["b", "c"])).numpy().tolist()
    [2, -1]
    """

    def __init__(
        self, initializer: Any, default_value: Any, shared_name: str | None = None, name: str | None = None
    ) -> None:
        with _filled_at_once():
            super().__init__(initializer, default_value, name)

    @property
    def init(self) -> Any:
        """The operation that fills the table; `initializer` by its old name."""
        return self.initializer


def index_table_from_tensor(
    mapping: Any,
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    dtype: Any = tf.string,
    name: str | None = None,
) -> Any:
    """A table from words to their places in a list (``tf.contrib.lookup.index_table_from_tensor``).

    Args:
        mapping: words, strings or integers, a list or tensor [N].
        num_oov_buckets: other words get numbers from N on, by their hash, below N + `num_oov_buckets`; or if it is 0
        default_value: this one.
        hasher_spec: how they are hashed.
        dtype: of the words.
        name: of the operations.

    Returns:
        An object with `lookup`.

    Raises:
        ValueError: `mapping` is None or `num_oov_buckets` is negative.
        RuntimeError: in a ``tf.function``.

    Source: test_lookup.py, whose numbers TF 1.15.5 gave.

    >>> table = tf.contrib.lookup.index_table_from_tensor(["a", "b"])
    >>> table.lookup(tf.constant(["b", "c"])).numpy().tolist()
    [1, -1]
    """
    if mapping is None:
        raise ValueError("mapping must be specified.")
    _require_place("index_table_from_tensor")
    with _filled_at_once():
        return _kept.index_table_from_tensor(
            mapping, num_oov_buckets, default_value, hasher_spec, dtype=dtype, name=name
        )


def string_to_index_table_from_tensor(
    mapping: Any,
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    name: str | None = None,
) -> Any:
    """`index_table_from_tensor` of strings, by its old name."""
    return index_table_from_tensor(mapping, num_oov_buckets, default_value, hasher_spec, name=name)


def index_table_from_file(
    vocabulary_file: Any = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    key_dtype: Any = tf.string,
    name: str | None = None,
    key_column_index: int = -2,
    value_column_index: int = -1,
    delimiter: str = "\t",
) -> Any:
    """A table from words to the numbers of their lines (``tf.contrib.lookup.index_table_from_file``).

    Args:
        vocabulary_file: name of a file with a word in each line.
        num_oov_buckets, default_value, hasher_spec, name: as for `index_table_from_tensor`.
        vocab_size: the number of lines; None counts them.
        key_dtype: of the words.
        key_column_index, value_column_index: which columns to take; -2 is the line, -1 its number.
        delimiter: between columns.

    Raises:
        ValueError: there is no file, or a number is negative.
        RuntimeError: in a ``tf.function``.

    Source: test_lookup.py, whose numbers TF 1.15.5 gave.
    """
    _require_place("index_table_from_file")
    with _filled_at_once():
        return _kept.index_table_from_file(
            vocabulary_file, num_oov_buckets, vocab_size, default_value, hasher_spec, key_dtype, name, key_column_index,
            value_column_index, delimiter,
        )  # fmt: skip


def string_to_index_table_from_file(
    vocabulary_file: Any = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    name: str | None = None,
) -> Any:
    """`index_table_from_file` of strings, by its old name."""
    return index_table_from_file(vocabulary_file, num_oov_buckets, vocab_size, default_value, hasher_spec, name=name)


def index_to_string_table_from_tensor(mapping: Any, default_value: str = "UNK", name: str | None = None) -> Any:
    """A table from places in a list to its words (``tf.contrib.lookup.index_to_string_table_from_tensor``).

    Args:
        mapping: strings, a list or tensor [N].
        default_value: for other numbers.
        name: of the operations.

    Raises:
        ValueError: `mapping` is None.
        RuntimeError: in a ``tf.function``.

    Source: test_lookup.py, whose numbers TF 1.15.5 gave.

    >>> table = tf.contrib.lookup.index_to_string_table_from_tensor(["a", "b"])
    >>> table.lookup(tf.constant([1, 5], tf.int64)).numpy().tolist()
    [b'b', b'UNK']
    """
    if mapping is None:
        raise ValueError("mapping must be specified.")
    _require_place("index_to_string_table_from_tensor")
    with _filled_at_once():
        return _kept.index_to_string_table_from_tensor(vocabulary_list=mapping, default_value=default_value, name=name)


def index_to_string_table_from_file(
    vocabulary_file: Any,
    vocab_size: int | None = None,
    default_value: str = "UNK",
    name: str | None = None,
    key_column_index: int = -1,
    value_column_index: int = -2,
    delimiter: str = "\t",
) -> Any:
    """A table from the numbers of lines to their words (``tf.contrib.lookup.index_to_string_table_from_file``).

    Args:
        vocabulary_file, vocab_size, key_column_index, value_column_index, delimiter, name: as for
            `index_table_from_file`.
        default_value: for other numbers.

    Source: test_lookup.py, whose numbers TF 1.15.5 gave.
    """
    _require_place("index_to_string_table_from_file")
    with _filled_at_once():
        return _kept.index_to_string_table_from_file(
            vocabulary_file, vocab_size, default_value, name, key_column_index, value_column_index, delimiter
        )


def string_to_index(tensor: Tensor, mapping: Any, default_value: int = -1, name: str | None = None) -> Tensor:
    """The places of words in a list (``tf.contrib.lookup.string_to_index``).

    Args:
        tensor: strings of any shape.
        mapping, default_value, name: as for `index_table_from_tensor`.
    """
    table = index_table_from_tensor(mapping=mapping, default_value=default_value, name=name)
    return table.lookup(tensor)


def index_to_string(tensor: Tensor, mapping: Any, default_value: str = "UNK", name: str | None = None) -> Tensor:
    """The words at some places of a list (``tf.contrib.lookup.index_to_string``).

    Args:
        tensor: int64 of any shape.
        mapping, default_value, name: as for `index_to_string_table_from_tensor`.
    """
    table = index_to_string_table_from_tensor(mapping=mapping, default_value=default_value, name=name)
    return table.lookup(tensor)


hooks.keep_from_autograph(__name__)
