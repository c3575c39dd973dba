"""``arg_scope``: default arguments for functions that are called further down.

Which scope is current is kept per thread. A thread that has opened none itself sees the one that stands in the graph
it works in: replica threads of a distribution strategy build into the graph of the thread that started them.
"""

from __future__ import annotations

import functools
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from tf1compat_wd._core import tensorflow_hooks as hooks

Scope = dict[str, dict[str, Any]]
Function = TypeVar("Function", bound=Callable[..., Any])


class _Stack(threading.local):
    """The scopes that this thread has entered, innermost last."""

    def __init__(self) -> None:
        super().__init__()
        self.scopes: list[Scope] = []


_stack = _Stack()
_standing: weakref.WeakKeyDictionary[Any, list[Scope]] = weakref.WeakKeyDictionary()


def current_arg_scope() -> Scope:
    """The arguments given now: a dictionary of function keys to dictionaries of arguments."""
    if _stack.scopes:
        return _stack.scopes[-1]
    graph = hooks.default_graph()
    while True:
        standing = _standing.get(graph)
        if standing:
            return standing[-1]
        if not hooks.is_function_graph(graph):
            return {}
        graph = hooks.outer_graph(graph)


def arg_scope_func_key(op: Callable[..., Any]) -> str:
    """The key of `op` in a scope."""
    return getattr(op, "_key_op", str(op))


def _name_of(op: Any) -> tuple[str, str]:
    return (op.__module__, op.__name__)


@contextmanager
def arg_scope(list_ops_or_scope: Any, **kwargs: Any) -> Iterator[Scope]:
    """Give functions default arguments (``slim.arg_scope``): those decorated with `add_arg_scope` look here.

    Inner scopes add to outer ones and win over them; what a call says itself wins over all.

    Args:
        list_ops_or_scope: list or tuple of decorated functions; or a scope, as an earlier ``with`` gave it,
            which then replaces whatever is current.
        **kwargs: the arguments. That the functions accept them is only noticed when they are called.

    Returns:
        As a context manager, the scope: a dictionary that another `arg_scope` takes.

    Raises:
        TypeError: `list_ops_or_scope` is neither list, tuple nor dictionary.
        ValueError: a function isn't decorated; or a scope is given together with arguments.

    Source: facts of the topic contrib_framework.

    >>> @tf.contrib.framework.add_arg_scope
    ... def scaled(x, by=1.0):
    ...     return x * by
    >>> with tf.contrib.framework.arg_scope([scaled], by=3.0):
    ...     scaled(2.0), scaled(2.0, by=5.0)
    (6.0, 10.0)
    """
    scope = _scope_to_enter(list_ops_or_scope, kwargs)
    graph = hooks.default_graph()
    _stack.scopes.append(scope)
    standing = _standing.setdefault(graph, [])
    standing.append(scope)
    try:
        yield scope
    finally:
        _stack.scopes.pop()
        for position in range(len(standing) - 1, -1, -1):  # another thread's may stand above it
            if standing[position] is scope:
                del standing[position]
                break


def _scope_to_enter(given: Any, arguments: Mapping[str, Any]) -> Scope:
    if isinstance(given, dict):
        if arguments:
            raise ValueError(
                "When attempting to re-use a scope by suppling adictionary, kwargs must be empty.\n\n"
                "Open the scope first, and another one inside it for the new arguments."
            )
        return given.copy()
    if not isinstance(given, list | tuple):
        raise TypeError(
            "list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)\n\n"
            f"Got {given!r}. For a single function write arg_scope([function], ...)."
        )
    scope = current_arg_scope().copy()
    for op in given:
        if not has_arg_scope(op):
            # TF1 forgot to fill in the name, and shows the two parts of its message (fact: an_undecorated_function)
            raise ValueError(
                f"('%s is not decorated with @add_arg_scope', {_name_of(op)})\n\n"
                f"Put @add_arg_scope above the definition of {op.__name__}."
            )
        key = arg_scope_func_key(op)
        scope[key] = {**scope.get(key, {}), **arguments}
    return scope


def add_arg_scope(func: Function) -> Function:
    """Decorate `func` so that `arg_scope` can give it arguments (``slim.add_arg_scope``).

    A function that is decorated already comes back as another function which goes by the same key.
    """
    key = arg_scope_func_key(func)

    @functools.wraps(func)
    def func_with_args(*args: Any, **kwargs: Any) -> Any:
        given = current_arg_scope().get(key)
        return func(*args, **{**given, **kwargs}) if given else func(*args, **kwargs)

    func_with_args._key_op = key  # type: ignore[attr-defined]
    func_with_args._scoped_names = _names_of_defaults(func)  # type: ignore[attr-defined]
    return func_with_args  # type: ignore[return-value]


def _names_of_defaults(func: Any) -> Sequence[str]:
    if hasattr(func, "_scoped_names"):
        return func._scoped_names  # type: ignore[no-any-return]
    code = func.__code__
    names = code.co_varnames[: code.co_argcount]
    return names[len(names) - len(func.__defaults__ or ()) :]


def has_arg_scope(func: Callable[..., Any]) -> bool:
    """Can `arg_scope` give `func` arguments?"""
    return getattr(func, "_key_op", None) is not None


def arg_scoped_arguments(func: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the arguments of the decorated function `func` that have defaults.

    Raises:
        AssertionError: `func` isn't decorated.
    """
    assert has_arg_scope(func), f"{_name_of(func)} is not decorated with @add_arg_scope"
    return tuple(func._scoped_names)  # type: ignore[attr-defined]


hooks.keep_from_autograph(__name__)
