"""Loops in eager mode, where a TF1 loop body would have been built once and is run again and again.

``tf.while_loop`` builds its body once in a graph: variables, names and losses come up once. Eagerly the body
runs at each iteration; from the second on, everything that the pass counts goes back to where it stood
before the first, so that the body finds the same variables, and what it collects is not collected again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks


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
    return tf.compat.v1.foldr(built_once(fn), elems, initializer, parallel_iterations, back_prop, swap_memory, name)


hooks.keep_from_autograph(__name__)
