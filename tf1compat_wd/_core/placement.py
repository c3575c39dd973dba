"""``tf.device`` with TF1's functions of an operation, in eager mode too."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks


def device(device_name_or_function: Any) -> AbstractContextManager[Any]:
    """Place operations and variables on a device (``tf.device``).

    Args:
        device_name_or_function: such as ``"/gpu:0"``; None ends the devices around; or a function of an operation,
            such as ``tf.train.replica_device_setter`` gives.

    Differs from TF 1.15: in eager mode there is no operation to ask about, so that a function places nothing.

    >>> with tf.device("/cpu:0"):
    ...     tf.constant(1.0).device[-5:]
    'CPU:0'
    """
    if callable(device_name_or_function) and modes.current_mode() == modes.EAGER:
        user_frames.warn_once(
            "tf.device(function)",
            "A function given to tf.device has no effect in eager mode: there is no operation to ask it about.",
        )
        return nullcontext()
    return tf.compat.v1.device(device_name_or_function)


hooks.keep_from_autograph(__name__)
