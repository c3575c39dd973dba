"""Branches and loops in eager mode: what is built once in a graph, and the names that it gets there.

``tf.while_loop`` builds its body once in a graph: variables, names and losses come up once. Eagerly the body
runs at each iteration; from the second on, everything that the pass counts goes back to where it stood
before the first, so that the body finds the same variables, and what it collects is not collected again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope


def _scopes(name: str | None, default_name: str, *inner: str) -> ExitStack:
    """The name scopes that branches and loops stand in: eagerly, where TensorFlow opens none, ours.

    A ``tf.Variable`` in a loop is ``while/v``, and must be the same variable in every mode.
    """
    scopes = ExitStack()
    if modes.current_mode() == modes.EAGER:
        scopes.enter_context(name_scope(name, default_name))
        for each in inner:
            scopes.enter_context(name_scope(each))
    return scopes


def cond(
    pred: Any,
    true_fn: Callable[[], Any] | None = None,
    false_fn: Callable[[], Any] | None = None,
    strict: bool = False,
    name: str | None = None,
    fn1: Callable[[], Any] | None = None,
    fn2: Callable[[], Any] | None = None,
) -> Any:
    """What `true_fn` returns if `pred` is true, else what `false_fn` returns (``tf.cond``).

    Variables that a branch asks for are made whichever branch is taken, and so are their regularization losses;
    but in eager mode only one of the branches runs.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.cond(tf.constant(True), lambda: tf.get_variable("w", [2]) + 0.0, lambda: tf.zeros([2]))
    >>> w.shape.as_list()
    [2]
    """
    with _scopes(name, "cond"):
        result = as_in_graph(tf.compat.v1.cond(pred, true_fn, false_fn, strict, name, fn1, fn2))
    if not strict and isinstance(result, list | tuple) and len(result) == 1:
        return result[0]  # as TF1, and TensorFlow 2 in eager mode; not so its control flow of today
    return result


def as_in_graph(result: Any) -> Any:
    """What a branch returned, with numbers, arrays and variables made tensors as a graph makes them."""
    if modes.current_mode() != modes.EAGER:
        return result
    return tf.nest.map_structure(_as_tensor, result)


def _as_tensor(value: Any) -> Any:
    if isinstance(value, tf.Variable | bool | int | float | complex | str | bytes | np.ndarray | np.generic):
        return tf.convert_to_tensor(value)
    return value


def case(
    pred_fn_pairs: Any,
    default: Callable[[], Any] | None = None,
    exclusive: bool = False,
    strict: bool = False,
    name: str = "case",
) -> Any:
    """What the function of the first true predicate returns, else what `default` returns (``tf.case``).

    >>> float(tf.case([(tf.constant(False), lambda: 1.0), (tf.constant(True), lambda: 2.0)], default=lambda: 3.0))
    2.0
    """
    return as_in_graph(tf.compat.v1.case(pred_fn_pairs, default, exclusive, strict, name))


def built_once(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, which runs once per iteration, as the pass sees it in a graph: built once."""
    if modes.current_mode() != modes.EAGER or not callable(function):
        return function
    before: list[passes.Snapshot] = []

    def run(*args: Any, **kwargs: Any) -> Any:
        here = passes.current()
        if here is None:
            return function(*args, **kwargs)
        if not before:
            before.append(here.snapshot())
            return function(*args, **kwargs)
        now = here.snapshot()
        here.go_back(before[0])
        try:
            return function(*args, **kwargs)
        finally:
            here.go_back(now)

    return run


def while_loop(
    cond: Callable[..., Any],
    body: Callable[..., Any],
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
    maximum_iterations: Any = None,
    return_same_structure: bool = False,
) -> Any:
    """Repeat `body` while `cond` holds (``tf.while_loop``).

    `body` may ask for variables; in every mode they are made, named and regularized once.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     n = tf.while_loop(
    ...         lambda n: n < 3.0,
    ...         lambda n: n + tf.get_variable("step", [], initializer=tf.ones_initializer()),
    ...         [tf.constant(0.0)])
    >>> float(n)
    3.0
    """
    with _scopes(name, "while"):
        return tf.compat.v1.while_loop(
            built_once(cond),
            built_once(body),
            loop_vars,
            shape_invariants=shape_invariants,
            parallel_iterations=parallel_iterations,
            back_prop=back_prop,
            swap_memory=swap_memory,
            name=name,
            maximum_iterations=maximum_iterations,
            return_same_structure=return_same_structure,
        )


def map_fn(
    fn: Callable[..., Any],
    elems: Any,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
) -> Any:
    """Apply `fn` to each element along the first axis (``tf.map_fn``); its variables are made once."""
    with _scopes(name, "map", "while"):
        return tf.compat.v1.map_fn(
            built_once(fn), elems, dtype, parallel_iterations, back_prop, swap_memory, infer_shape, name
        )


def scan(
    fn: Callable[..., Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    reverse: bool = False,
    name: str | None = None,
) -> Any:
    """Fold `fn` over the first axis and keep every step (``tf.scan``); its variables are made once."""
    with _scopes(name, "scan", "while"):
        return tf.compat.v1.scan(
            built_once(fn), elems, initializer, parallel_iterations, back_prop, swap_memory, infer_shape, reverse, name
        )


def foldl(
    fn: Callable[..., Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Fold `fn` over the first axis from the first element (``tf.foldl``); its variables are made once."""
    with _scopes(name, "foldl", "while"):
        return tf.compat.v1.foldl(built_once(fn), elems, initializer, parallel_iterations, back_prop, swap_memory, name)


def foldr(
    fn: Callable[..., Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Fold `fn` over the first axis from the last element (``tf.foldr``); its variables are made once."""
    with _scopes(name, "foldr", "while"):
        return tf.compat.v1.foldr(built_once(fn), elems, initializer, parallel_iterations, back_prop, swap_memory, name)


hooks.keep_from_autograph(__name__)
