"""Shapes, sizes and conditions as the arguments of layers give them, brought into one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks


def channel_dimension(shape: Any, data_format: str, min_rank: int = 1) -> int:
    """The number of channels in `shape`.

    Args:
        shape: TensorShape.
        data_format: "channels_first", or anything else for channels last.
        min_rank: the least rank.

    Raises:
        ValueError: the rank is less, or the number isn't known.
    """
    return _known_dimension(shape, 1 if data_format == "channels_first" else -1, min_rank)


def last_dimension(shape: Any, min_rank: int = 1) -> int:
    """The size of the last axis (``slim.utils.last_dimension``).

    Raises:
        ValueError: the rank is less than `min_rank`, or the size isn't known.
    """
    return _known_dimension(shape, -1, min_rank)


def _known_dimension(shape: Any, axis: int, min_rank: int) -> int:
    shape = tf.TensorShape(shape)
    if shape.rank is None:
        raise ValueError("dims of shape must be known but is None")
    if shape.rank < min_rank:
        raise ValueError(f"rank of shape must be at least {min_rank} not: {shape.rank}")
    size = shape.as_list()[axis]
    if size is None:
        shown = ", ".join("?" if length is None else str(length) for length in shape.as_list())
        raise ValueError(f"dimension {axis} of shape must be known but is None: ({shown})")
    return int(size)


def two_element_tuple(int_or_tuple: Any) -> tuple[int, int]:
    """Height and width, of an integer for both, a list of two, or a TensorShape.

    Raises:
        ValueError: it is something else.
    """
    if isinstance(int_or_tuple, list | tuple):
        if len(int_or_tuple) != 2:
            raise ValueError(f"Must be a list with 2 elements: {int_or_tuple}")
        return int(int_or_tuple[0]), int(int_or_tuple[1])
    if isinstance(int_or_tuple, int):
        return int(int_or_tuple), int(int_or_tuple)
    if isinstance(int_or_tuple, tf.TensorShape) and int_or_tuple.rank == 2:
        return tuple(int_or_tuple.as_list())  # type: ignore[return-value]
    raise ValueError("Must be an int, a list with 2 elements or a TensorShape of length 2")


def n_positive_integers(n: int, value: Any) -> tuple[int, ...]:
    """`n` positive integers, of one for all or of as many.

    Raises:
        TypeError: `n` is no integer.
        ValueError: there are more or less than `n`, or one isn't positive.
    """
    count = int(n)
    if count < 1:
        raise ValueError("n must be a positive integer")
    wrong = f"Expected sequence of {count} positive integers, but received {value!r}"
    if isinstance(value, tf.TensorShape):
        value = value.as_list()
    try:
        values = (int(value),) * count
    except (TypeError, ValueError):
        try:
            values = tuple(int(each) for each in value)
        except (TypeError, ValueError):
            raise ValueError(wrong) from None
        if len(values) != count:
            raise ValueError(wrong) from None
    for each in values:
        if each < 1:
            raise ValueError(f"expected positive integer, but received {each}")
    return values


# ------------------------------------------------------------------------------------- conditions


def constant_value(value_or_tensor_or_var: Any, dtype: Any = None) -> Any:
    """The value if it is known now, else None.

    Args:
        value_or_tensor_or_var: number, bool, tensor or variable.
        dtype: what a tensor's dtype must be.

    Raises:
        ValueError: it is None, or a tensor of another dtype.
    """
    given = value_or_tensor_or_var
    if given is None:
        raise ValueError("value_or_tensor_or_var cannot be None")
    if not isinstance(given, tf.Tensor | tf.Variable):
        return given
    if dtype and given.dtype.base_dtype != tf.as_dtype(dtype):
        raise ValueError(f"It has the wrong type {given.dtype} instead of {tf.as_dtype(dtype)}")
    return None if isinstance(given, tf.Variable) else tf.get_static_value(given)


def static_cond(pred: Any, fn1: Callable[[], Any], fn2: Callable[[], Any]) -> Any:
    """What `fn1` or `fn2` gives, by the truth of `pred`.

    Raises:
        TypeError: one can't be called.
    """
    for name, function in (("fn1", fn1), ("fn2", fn2)):
        if not callable(function):
            raise TypeError(f"{name} must be callable.")
    return fn1() if pred else fn2()


def smart_cond(pred: Any, fn1: Callable[[], Any], fn2: Callable[[], Any], name: str | None = None) -> Any:
    """What `fn1` or `fn2` gives; a ``tf.cond`` only where `pred` isn't known yet."""
    known = constant_value(pred)
    if known is None:
        return tf.compat.v1.cond(pred, fn1, fn2, name=name)
    return static_cond(known, fn1, fn2)


hooks.keep_from_autograph(__name__)
