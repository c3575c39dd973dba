"""Pairs of rows and columns, nearest first."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import control_flow
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any


class BipartiteMatch(NamedTuple):
    """The partner of each row and of each column; -1: it has none."""

    row_to_col_match_indices: Tensor
    col_to_row_match_indices: Tensor


def bipartite_match(
    distance_mat: Tensor, num_valid_rows: Tensor, top_k: Tensor = -1, name: str | None = "bipartite_match"
) -> BipartiteMatch:
    """Match rows with columns greedily: the smallest distance first (``tf.contrib.image.bipartite_match``).

    Letters: R rows, C columns.

    Args:
        distance_mat: float32 tensor [R, C].
        num_valid_rows: number, or tensor of one: only so many rows are matched, from the first; negative: all.
        top_k: number, or tensor of one: at most so many matches; negative or 0: as many as there are.
        name: of the operations.

    Returns:
        The column of each row, int32 [R], and the row of each column, int32 [C]; -1 where there is none.

    Differs from TF 1.15: of equal distances the first is taken, where TF 1.15 took one by how its sorting went.
    Source: facts of the topic contrib_image.

    >>> [match.numpy().tolist() for match in tf.contrib.image.bipartite_match([[0.5, 0.1, 0.8], [0.3, 0.2, 0.15]], -1)]
    [[1, 2], [-1, 0, 1]]
    """
    with name_scope(name, "bipartite_match", [distance_mat, num_valid_rows, top_k]):
        distances = tf.convert_to_tensor(distance_mat, tf.float32)
        distances.shape.assert_has_rank(2)
        rows, columns = tf.unstack(tf.shape(distances))
        valid = _number(num_valid_rows)
        valid = tf.where(valid < 0, rows, tf.minimum(valid, rows))
        matches = tf.minimum(valid, columns)
        limit = _number(top_k)
        matches = tf.where(limit > 0, tf.minimum(limit, matches), matches)
        row_numbers, column_numbers = tf.range(rows), tf.range(columns)
        is_valid = row_numbers < valid

        def match_one(done: Tensor, of_rows: Tensor, of_columns: Tensor) -> tuple[Tensor, Tensor, Tensor]:
            is_free = tf.logical_and(is_valid, of_rows < 0)[:, None] & (of_columns < 0)[None, :]
            place = tf.argmin(tf.reshape(tf.where(is_free, distances, distances.dtype.max), [-1]), output_type=tf.int32)
            row, column = place // columns, place % columns
            return (
                done + 1,
                tf.where(tf.equal(row_numbers, row), column, of_rows),
                tf.where(tf.equal(column_numbers, column), row, of_columns),
            )

        _, of_rows, of_columns = control_flow.while_loop(
            lambda done, of_rows, of_columns: done < matches,
            match_one,
            (tf.constant(0), tf.fill([rows], -1), tf.fill([columns], -1)),
        )
        of_rows.set_shape([distances.shape[0]])
        of_columns.set_shape([distances.shape[1]])
        return BipartiteMatch(of_rows, of_columns)


def _number(value: Tensor) -> Tensor:
    return tf.reshape(tf.cast(value, tf.int32), [])


hooks.keep_from_autograph(__name__)
