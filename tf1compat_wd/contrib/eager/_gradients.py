"""Functions that give gradients of functions: how eager programs were written before there were tapes."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any
Function = Callable[..., Any]


def implicit_value_and_gradients(f: Function) -> Function:
    """A function of the same arguments that gives the result of `f`, and its gradients by variables.

    Args:
        f: function that gives a tensor, or several, whose sum is derived.

    Returns:
        Function giving a pair: what `f` gives, and a list of pairs of gradient and variable, of the trainable
        variables that `f` used. A gradient is None where nothing depends on the variable.

    Raises:
        ValueError: in that function: `f` gives None, or no trainable variable was used.

    >>> w = tf.contrib.eager.Variable(3.0, name="w")
    >>> value, [(gradient, variable)] = tf.contrib.eager.implicit_value_and_gradients(lambda x: w * w * x)(2.0)
    >>> float(value), float(gradient), variable is w
    (18.0, 12.0, True)
    """

    @functools.wraps(f)
    def value_and_gradients(*args: Any, **kwargs: Any) -> Any:
        with tf.GradientTape() as tape:
            value = f(*args, **kwargs)
        _check_result(f, value)
        variables = tape.watched_variables()
        if not variables:
            raise ValueError("No trainable variables were accessed while the function was being computed.")
        gradients = tape.gradient(value, list(variables))
        return value, list(zip(gradients, variables, strict=True))

    return value_and_gradients


def implicit_gradients(f: Function) -> Function:
    """`implicit_value_and_gradients` without the value.

    >>> w = tf.contrib.eager.Variable(3.0, name="w")
    >>> [(gradient, variable)] = tf.contrib.eager.implicit_gradients(lambda: w * w)()
    >>> float(gradient)
    6.0
    """
    value_and_gradients = implicit_value_and_gradients(f)

    @functools.wraps(f)
    def gradients(*args: Any, **kwargs: Any) -> Any:
        return value_and_gradients(*args, **kwargs)[1]

    return gradients


def value_and_gradients_function(f: Function, params: Sequence[int | str] | None = None) -> Function:
    """A function of the same arguments that gives the result of `f`, and its gradients by arguments.

    Args:
        f: function of tensors that gives a tensor, or several, whose sum is derived.
        params: by which arguments: numbers or names; default all.

    Returns:
        Function giving a pair: what `f` gives, and a list of gradients. It also takes `dy`, which multiplies them.

    Raises:
        ValueError: `params` names no argument; in that function: `f` gives None.

    >>> value, gradients = tf.contrib.eager.value_and_gradients_function(lambda x, y: x * x * y)(2.0, 3.0)
    >>> float(value), [float(each) for each in gradients]
    (12.0, [12.0, 4.0])
    """

    @functools.wraps(f)
    def value_and_gradients(*args: Any, dy: Any = None) -> Any:
        positions = _positions(f, params, len(args))
        tensors = [tf.convert_to_tensor(arg) for arg in args]
        with tf.GradientTape() as tape:
            for position in positions:
                tape.watch(tensors[position])
            value = f(*tensors)
        _check_result(f, value)
        if not tf.is_tensor(value) and not isinstance(value, list | tuple):
            return value, [None] * len(positions)
        factor = None if dy is None else tf.nest.map_structure(tf.convert_to_tensor, dy)
        return value, tape.gradient(value, [tensors[position] for position in positions], output_gradients=factor)

    return value_and_gradients


def gradients_function(f: Function, params: Sequence[int | str] | None = None) -> Function:
    """`value_and_gradients_function` without the value.

    >>> [gradient] = tf.contrib.eager.gradients_function(lambda x: x * x)(3.0)
    >>> float(gradient)
    6.0
    """
    value_and_gradients = value_and_gradients_function(f, params)

    @functools.wraps(f)
    def gradients(*args: Any, dy: Any = None) -> Any:
        return value_and_gradients(*args, dy=dy)[1]

    return gradients


def _check_result(f: Function, value: Any) -> None:
    if value is None:
        raise ValueError(
            "Cannot differentiate a function that returns None; did you forget to return a value from "
            f"{getattr(f, '__name__', f)}?"
        )


def _positions(f: Function, params: Sequence[int | str] | None, count: int) -> list[int]:
    if params is None:
        return list(range(count))
    names = list(inspect.signature(f).parameters)
    return [names.index(param) if isinstance(param, str) else param for param in params]


hooks.keep_from_autograph(__name__)
