"""``tf.name_scope`` with TF1's unique names, in eager mode too."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, passes
from tf1compat_wd._core import tensorflow_hooks as hooks

_AT_ROOT = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*\Z")
_NESTED = re.compile(r"[A-Za-z0-9_.\\/>-]*\Z")


class name_scope:
    """Group operations under a name (``tf.name_scope``): opened twice, the second is ``name_1``.

    TensorFlow 2 stopped counting name scopes in eager mode. Here they are counted per pass, because
    ``tf.Variable`` takes its name, and with it its place in a checkpoint, from the name scope.

    Args:
        name: the scope; one that ends with a slash is opened again as it is; None with no `default_name`,
            or "", goes back to the root.
        default_name: used if `name` is None.
        values: tensors that the operations use; in graph mode the scope opens in their graph.

    Returns:
        As a context manager, the full name of the scope, with a slash at its end; "" at the root.

    Raises:
        ValueError: the name has characters that an operation's name can't have; or there is neither a name
            nor a default name although `values` are given.

    Differs from TF 1.15: in eager mode the names of operations are not known, so that a scope which
    shares its name with an earlier *operation* is not counted up.

    >>> with tf.Graph().as_default():
    ...     with tf.name_scope("a"), tf.name_scope("b") as scope:
    ...         pass
    >>> scope
    'a/b/'
    """

    def __init__(self, name: str | None, default_name: str | None = None, values: Any = None) -> None:
        self._name = default_name if name is None else name
        self._default_name = default_name
        self._values = values
        self._inner: Any = None
        self._outer: Any = None
        self._scopes: Any = None

    @property
    def name(self) -> str | None:
        return self._name

    def __enter__(self) -> str:
        here = passes.current()
        check_scope_name(self._name)
        if here is None:
            self._inner = tf.compat.v1.name_scope(self._name, self._default_name, self._values)
            return self._inner.__enter__()
        if self._name is None and self._values is not None:
            raise ValueError(
                f"At least one of name ({self._name}) and default_name ({self._default_name}) must be provided."
            )
        if here.eager and not hooks.is_function_graph(hooks.default_graph()):
            return self._enter_eager(here)
        return self._enter_trace(here)

    def _enter_eager(self, here: passes.Pass) -> str:
        outer, name = hooks.eager_name_scope(), self._name
        if not name:
            scope = ""
        elif name.endswith("/"):
            scope = name
        else:
            scope = here.names.unique(outer + name) + "/"
        self._outer = outer
        hooks.set_eager_name_scope(scope)
        return scope

    def _enter_trace(self, here: passes.Pass) -> str:
        name, scopes = self._name, here.scopes
        outer = here.logical_name_scope()
        self._inner = tf.compat.v1.name_scope(name, self._default_name, self._values)
        actual: str = self._inner.__enter__()
        if not name:
            logical = ""
        elif name.endswith("/"):
            logical = scopes.logical_names.get(name, name)
        else:
            logical = here.names.unique(outer + name) + "/"
        scopes.logical_names[actual] = logical
        self._scopes, self._outer = scopes, scopes.innermost_name_scope
        scopes.innermost_name_scope = (actual, logical)
        return actual

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        inner, scopes, outer = self._inner, self._scopes, self._outer
        self._inner = self._scopes = self._outer = None
        if scopes is not None:
            scopes.innermost_name_scope = outer
        if inner is not None:
            inner.__exit__(kind, error, trace)
        else:
            hooks.set_eager_name_scope(outer)


def check_scope_name(name: Any) -> None:
    """Raise TF1's error if no name scope can be called `name` here."""
    if not name or (isinstance(name, str) and name.endswith("/")):
        return
    if not isinstance(name, str):
        raise TypeError(f"expected string or bytes-like object\n\nThe name of a scope is a string; this is {name!r}.")
    if not (_NESTED if _is_nested() else _AT_ROOT).match(name):
        raise errors.not_a_scope_name(name)


def _is_nested() -> bool:
    return bool(current_name_scope())


def current_name_scope() -> str:
    """The full name of the open name scope with a slash at its end, "" at the root."""
    graph = hooks.default_graph()
    if hooks.executing_eagerly() and not hooks.is_function_graph(graph):
        return hooks.eager_name_scope()
    scope = graph.get_name_scope()
    return f"{scope}/" if scope else ""


def op_scope(values: Any, name: str | None, default_name: str | None = None) -> name_scope:
    """The order of arguments that ``name_scope`` had before TF 1.0 (``tf.op_scope``)."""
    return name_scope(name, default_name, values)


hooks.keep_from_autograph(__name__)
