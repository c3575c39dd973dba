"""Sums whose errors TF1 users meet first: ``tf.add_n`` and the norms of lists of gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks


def add_n(inputs: Any, name: str | None = None) -> Any:
    """The sum of tensors of one shape and dtype (``tf.add_n``).

    Args:
        inputs: a list of them, often a collection of losses.
        name: of the operation.

    Raises:
        ValueError: the list is empty; with what to look at if it came from a collection.
    """
    if isinstance(inputs, list | tuple) and not inputs:
        raise errors.empty_sum()
    return tf.add_n(inputs, name=name)


def global_norm(t_list: Any, name: str | None = None) -> Any:
    """The square root of the sum of the squares of all elements (``tf.global_norm``).

    Args:
        t_list: list of tensors, ``IndexedSlices`` and None, which is left out.
        name: of the operation.

    Raises:
        TypeError: `t_list` is not a list.

    >>> float(tf.global_norm([tf.constant([3.0]), None, tf.constant(4.0)]))
    5.0
    """
    _check_list(t_list)
    return tf.linalg.global_norm(t_list, name)


def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None) -> Any:
    """Scale tensors by one factor, so that their global norm is at most `clip_norm` (``tf.clip_by_global_norm``).

    Args:
        t_list: list of tensors, ``IndexedSlices`` and None, which stays None.
        clip_norm: number or scalar tensor.
        use_norm: their global norm, if it is known.
        name: of the operations.

    Returns:
        The list of the clipped tensors, and the global norm before.

    Raises:
        TypeError: `t_list` is not a list.

    >>> [clipped], norm = tf.clip_by_global_norm([tf.constant([3.0, 4.0])], 1.0)
    >>> [round(float(x), 3) for x in clipped], float(norm)
    ([0.6, 0.8], 5.0)
    """
    _check_list(t_list)
    op_counts.more(1)
    return tf.clip_by_global_norm(t_list, clip_norm, use_norm, name)


def _check_list(t_list: Any) -> None:
    if not isinstance(t_list, Sequence) or isinstance(t_list, str):
        raise errors.not_a_list_of_tensors(t_list)


hooks.keep_from_autograph(__name__)
