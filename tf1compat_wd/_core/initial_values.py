"""What a new variable starts with: the initializer argument, decided as TF 1.15 decides."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks


class InitialValue(NamedTuple):
    """A constant or tensor, or a function of no argument that makes one; and the variable's dtype.

    `dtype` is None where the value's own dtype decides.
    """

    value: Any
    dtype: tf.DType | None


def is_constant(initializer: Any) -> bool:
    """Is `initializer` a value (number, list, array, tensor) rather than something to call?"""
    return initializer is not None and not callable(initializer)


def resolve(
    name: str, shape: tf.TensorShape, dtype: tf.DType, initializer: Any, partition_info: Any = None
) -> InitialValue:
    """Decide the initial value of variable `name`.

    Raises:
        ValueError: no initializer fits `dtype`, or the shape is not known and the initializer wants one.
    """
    if is_constant(initializer):
        return InitialValue(initializer, None)
    if initializer is None:
        initializer = default_initializer(name, dtype)
    elif inspect.isclass(initializer):
        initializer = initializer()
    if shape.is_fully_defined():
        call_with = {"dtype": dtype}
        if accepts(initializer, "partition_info"):
            call_with["partition_info"] = partition_info
        dimensions = shape.as_list()

        def make() -> Any:
            if getattr(initializer, "seed", None) is not None and hooks.executing_eagerly():
                hooks.restart_random_kernels()
            return initializer(list(dimensions), **call_with)

        return InitialValue(make, dtype.base_dtype)
    if _needs_no_argument(initializer):
        return InitialValue(initializer, None)
    raise errors.initializer_invalid(name, shape)


def default_initializer(name: str, dtype: tf.DType) -> Callable[..., Any]:
    """What a variable of `dtype` starts with if nobody says.

    Raises:
        ValueError: there is nothing that fits `dtype`.
    """
    if dtype.is_floating:
        return tf.compat.v1.glorot_uniform_initializer()
    if dtype.is_integer or dtype.is_bool or dtype == tf.string:
        return tf.compat.v1.zeros_initializer()
    raise errors.initializer_required(name, dtype)


def accepts(function: Callable[..., Any], argument: str) -> bool:
    """Can `function` be called with the keyword `argument`?"""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(p.name == argument or p.kind is p.VAR_KEYWORD for p in parameters)


def _needs_no_argument(function: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return all(p.default is not p.empty or p.kind in variadic for p in parameters)


hooks.keep_from_autograph(__name__)
