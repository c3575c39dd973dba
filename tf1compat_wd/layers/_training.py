"""``training``: a bool, or a tensor that decides when the graph runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


def is_training(training: Any) -> Any:
    """True or False if that is known now, else `training`, a tensor. None, TF1's learning phase, is False."""
    if training is None or training is False:
        return False
    if training is True or isinstance(training, int):
        return bool(training)
    if isinstance(training, tf.Variable):
        training = tf.convert_to_tensor(training)
    known = tf.get_static_value(training)
    return training if known is None else bool(known)


def choose(condition: Any, if_true: Callable[[], Any], if_false: Callable[[], Any]) -> Any:
    """What one of two functions gives; for a tensor `condition` decided when the graph runs."""
    if condition is True or condition is False:
        return if_true() if condition else if_false()
    return tf.compat.v1.cond(condition, if_true, if_false)


hooks.keep_from_autograph(__name__)
