"""Sums whose errors TF1 users meet first: ``tf.add_n``."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
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


hooks.keep_from_autograph(__name__)
