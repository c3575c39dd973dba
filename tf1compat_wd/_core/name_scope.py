"""``tf.name_scope`` with TF1's unique names, in eager mode too."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, passes
from tf1compat_wd._core import tensorflow_hooks as hooks

_AT_ROOT = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_./-]*\Z")  # today's TensorFlow also takes > and backslashes
_NESTED = re.compile(r"[A-Za-z0-9_./-]*\Z")

_good_anywhere: set[str] = set()  # names that have been looked at: each pass opens the same ones
_MOST = 10_000


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
        TypeError: a name is no text.

    Differs from TF 1.15: in eager mode the names of operations are not known, so that a scope which
    shares its name with an earlier *operation* is not counted up.

    >>> with tf.Graph().as_default():
    ...     with tf.name_scope("a"), tf.name_scope("b") as scope:
    ...         pass
    >>> scope
    'a/b/'
    """

    # What to put back, while it is entered.
    _kept: Any = None
    _inner: Any = None
    _outer: Any = None
    _scopes: Any = None

    def __init__(self, name: str | None, default_name: str | None = None, values: Any = None) -> None:
        if not (default_name is None or isinstance(default_name, str)):
            raise errors.default_name_not_text(default_name)
        self._name = default_name if name is None else name
        self._default_name = default_name
        self._values = values

    @property
    def name(self) -> str | None:
        return self._name

    def __enter__(self) -> str:
        here = passes.eager_here()
        if here is not None:
            if self._name is None and self._values is not None:
                raise self._nameless()
            self._kept = kept = hooks.eager_names()
            self._outer = kept.scope_name
            return open_eagerly(here, kept, self._name)
        check_scope_name(self._name)
        here = passes.current()
        if here is None:
            self._inner = tf.compat.v1.name_scope(self._name, self._default_name, self._values)
            return self._inner.__enter__()
        if self._name is None and self._values is not None:
            raise self._nameless()
        return self._enter_trace(here)

    def _nameless(self) -> ValueError:
        return ValueError(
            f"At least one of name ({self._name}) and default_name ({self._default_name}) must be provided."
        )

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
        kept, outer = self._kept, self._outer
        if kept is not None:
            self._kept = self._outer = None
            kept.scope_name = outer
            return
        inner, scopes = self._inner, self._scopes
        self._inner = self._scopes = self._outer = None
        if scopes is not None:
            scopes.innermost_name_scope = outer
        inner.__exit__(kind, error, trace)


def open_eagerly(here: passes.Pass, kept: Any, name: Any) -> str:
    """Let the name scope `name` of the eager pass `here` be the current one, which is ``kept.scope_name``."""
    outer: str = kept.scope_name
    if not name:
        scope = ""
    else:
        if name not in _good_anywhere:
            _check(name, outer)
        scope = name if name[-1] == "/" else here.names.unique(outer + name) + "/"
    kept.scope_name = scope
    return scope


def check_scope_name(name: Any) -> None:
    """Raise TF1's error if no name scope can be called `name` here."""
    if name:
        _check(name, current_name_scope())


def _check(name: Any, outer: str) -> None:
    """Raise TF1's error if no name scope can be called `name` inside the name scope `outer`."""
    if not isinstance(name, str):
        raise TypeError(f"expected string or bytes-like object\n\nThe name of a scope is a string; this is {name!r}.")
    if _AT_ROOT.match(name):
        if len(_good_anywhere) < _MOST:
            _good_anywhere.add(name)
    elif not outer or not _NESTED.match(name):
        raise errors.not_a_scope_name(name)


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
