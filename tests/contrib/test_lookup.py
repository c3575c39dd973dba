"""``tf.contrib.lookup``: the same numbers in a graph and eagerly, which TF 1.15 gave too; tables used in a function."""

import pytest
import tensorflow as tf2

import tf1compat_wd as tf

WORDS = ["a", "b", "c"]


def looked_up(tmp_path):
    lookup = tf.contrib.lookup
    file = tmp_path / "words.txt"
    file.write_text("a\nb\nc\n")
    words = tf.constant(["b", "x", "a"])
    numbers = tf.constant([2, 7], tf.int64)
    return [
        lookup.index_table_from_tensor(WORDS).lookup(words),
        lookup.index_table_from_tensor(WORDS, default_value=5).lookup(words),
        lookup.index_table_from_tensor(WORDS, num_oov_buckets=10).lookup(words),
        lookup.index_table_from_tensor([10, 20], dtype=tf.int64).lookup(tf.constant([20, 3], tf.int64)),
        lookup.index_table_from_file(str(file), num_oov_buckets=7).lookup(words),
        lookup.index_to_string_table_from_tensor(WORDS).lookup(numbers),
        lookup.index_to_string_table_from_file(str(file), default_value="?").lookup(numbers),
        lookup.string_to_index(words, WORDS),
        lookup.index_to_string(numbers, WORDS),
        lookup.HashTable(lookup.KeyValueTensorInitializer(["a"], [3]), -1).lookup(words),
    ]


# Recorded on TF 1.15.5.
EXPECTED = [
    [1, -1, 0], [1, 5, 0], [1, 3, 0], [1, -1], [1, 4, 0], [b"c", b"UNK"], [b"c", b"?"], [1, -1, 0], [b"c", b"UNK"],
    [-1, -1, 3],
]  # fmt: skip


def test_in_a_graph(tmp_path):
    with tf2.Graph().as_default():
        tensors = looked_up(tmp_path)
        with tf.Session() as session:
            session.run(tf.tables_initializer())
            assert [value.tolist() for value in session.run(tensors)] == EXPECTED


def test_eagerly(tmp_path):
    with tf.tracking.VariableTrackingScope("net"):
        assert [tensor.numpy().tolist() for tensor in looked_up(tmp_path)] == EXPECTED


def test_a_table_made_outside_is_used_in_a_function():
    table = tf.contrib.lookup.index_table_from_tensor(WORDS)
    assert tf2.function(lambda words: table.lookup(words))(tf.constant(["c"])).numpy().tolist() == [2]


def test_a_table_is_not_made_in_a_function():
    with pytest.raises(RuntimeError, match="Make the table outside"):
        tf2.function(lambda: tf.contrib.lookup.index_table_from_tensor(WORDS).lookup(tf.constant(["a"])))()


def test_what_is_wrong():
    with pytest.raises(ValueError, match="mapping must be specified"):
        tf.contrib.lookup.index_table_from_tensor(None)
    with pytest.raises(ValueError, match="must be specified"):
        tf.contrib.lookup.index_table_from_file(None)


def test_a_table_has_its_initializer_by_both_names():
    with tf2.Graph().as_default():
        table = tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(["a"], [3]), -1)
        assert table.init is table.initializer
