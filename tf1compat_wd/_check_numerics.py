"""``tf.add_check_numerics_ops``: fail as soon as any operation so far gives NaN or infinity."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, modes
from tf1compat_wd._core import tensorflow_hooks as hooks


def add_check_numerics_ops() -> Any:
    """Check every floating tensor that has been computed in this graph or trace (``tf.add_check_numerics_ops``).

    In a ``tf.function`` the check runs by itself, in graph mode when a session runs it.

    Returns:
        The operation.

    Raises:
        RuntimeError: in eager mode, where nothing is known of the operations that have run.
        ValueError: an operation stands in a ``tf.cond`` or ``tf.while_loop`` (of TF1's kind).

    >>> with tf.Graph().as_default(), tf.Session() as session:
    ...     root = tf.sqrt(-1.0)
    ...     check = tf.add_check_numerics_ops()
    ...     try:
    ...         session.run(check)
    ...     except tf.errors.InvalidArgumentError as error:
    ...         "had NaN" in error.message
    True
    """
    mode = modes.current_mode()
    if mode == modes.EAGER:
        raise errors.cannot_check_afterwards()
    check = tf.compat.v1.add_check_numerics_ops()
    if mode == modes.FUNCTION:
        with tf.control_dependencies([check]):
            tf.debugging.Assert(True, ["all numbers are finite"])  # a function leaves out what has no effect
    return check


hooks.keep_from_autograph(__name__)
