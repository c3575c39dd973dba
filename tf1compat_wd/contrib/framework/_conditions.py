"""``smart_cond`` and ``smart_case``: a branch is chosen in Python where the condition is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks


def smart_constant_value(pred: Any) -> bool | None:
    """The value of the condition `pred`, or None if it is only known at run time.

    Args:
        pred: bool, 0 or 1, or a scalar bool tensor.

    Raises:
        TypeError: it is something else.

    >>> tf.contrib.framework.smart_constant_value(tf.constant(True))
    True
    """
    if isinstance(pred, tf.Tensor):
        value = tf.get_static_value(pred)
        return None if value is None else bool(value)
    # 1.15's refuses a variable; in 2.x its value is a matter of run time, as a tensor's.
    is_bool = isinstance(pred, bool) or type(pred).__name__ in ("bool_", "bool")
    if is_bool or (isinstance(pred, int) and pred in (0, 1)):
        return bool(pred)
    raise TypeError(f"`pred` must be a Tensor, or a Python bool, or 1 or 0. Found instead: {type(pred)}")


def smart_cond(pred: Any, true_fn: Any = None, false_fn: Any = None, name: str | None = None) -> Any:
    """What `true_fn` or `false_fn` returns; a ``tf.cond`` only where the condition isn't known yet.

    Raises:
        TypeError: a function can't be called, or `pred` isn't a condition.

    >>> tf.contrib.framework.smart_cond(True, lambda: "yes", lambda: "no")
    'yes'
    """
    for argument, function in (("true_fn", true_fn), ("false_fn", false_fn)):
        if not callable(function):
            raise TypeError(f"`{argument}` must be callable.\n\nGot {function!r}.")
    known = smart_constant_value(pred)
    if known is None:
        return tf.compat.v1.cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)
    return true_fn() if known else false_fn()


def smart_case(
    pred_fn_pairs: Any, default: Callable[[], Any] | None = None, exclusive: bool = False, name: str = "smart_case"
) -> Any:
    """``tf.case``, chosen in Python as far as the conditions are known.

    Args:
        pred_fn_pairs: dictionary, or list of pairs, of conditions and functions. The first whose condition holds
            decides.
        default: function for when none holds.
        exclusive: check at run time that no two conditions hold.
        name: of the ``tf.case``, if there is one.

    Raises:
        TypeError: something isn't of its kind.
    """
    if isinstance(pred_fn_pairs, dict):
        pairs = list(pred_fn_pairs.items())
    elif isinstance(pred_fn_pairs, list | tuple):
        pairs = list(pred_fn_pairs)
    else:
        raise TypeError("fns must be a list, tuple, or dict")
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError("Each entry in pred_fn_pairs must be a 2-tuple")
        if not callable(pair[1]):
            raise TypeError(f"fn for pred {pair[0]} must be callable.")
    if default is not None and not callable(default):
        raise TypeError(f"`false_fn` must be callable.\n\nGot {default!r} as default.")
    unknown = []
    for pred, function in pairs:
        known = smart_constant_value(pred)
        if known is None:
            unknown.append((pred, function))
        elif known:
            default = function
            break
    if not unknown and default is not None:
        return default()
    if not unknown:  # tf.case says at run time that none holds
        unknown = [(tf.constant(False), function) for _, function in pairs]
    return tf.compat.v1.case(unknown, default=default, exclusive=exclusive, name=name)


hooks.keep_from_autograph(__name__)
