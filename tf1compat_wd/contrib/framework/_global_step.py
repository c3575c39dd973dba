"""The global step under its names in tf.contrib; `tf.train` has the functions that do the work."""

from __future__ import annotations

from typing import Any

from tf1compat_wd import train
from tf1compat_wd._core import tensorflow_hooks as hooks


def get_global_step(graph: Any = None) -> Any:
    """``tf.train.get_global_step``."""
    return train.get_global_step(graph)


def create_global_step(graph: Any = None) -> Any:
    """``tf.train.create_global_step``."""
    return train.create_global_step(graph)


def get_or_create_global_step(graph: Any = None) -> Any:
    """``tf.train.get_or_create_global_step``."""
    return train.get_or_create_global_step(graph)


def assert_global_step(global_step_tensor: Any) -> None:
    """``tf.train.assert_global_step``."""
    train.assert_global_step(global_step_tensor)


def assert_or_get_global_step(graph: Any = None, global_step_tensor: Any = None) -> Any:
    """`global_step_tensor` after checking it; without one, the global step of this graph or pass, or None."""
    if global_step_tensor is None:
        return train.get_global_step(graph)
    train.assert_global_step(global_step_tensor)
    return global_step_tensor


hooks.keep_from_autograph(__name__)
