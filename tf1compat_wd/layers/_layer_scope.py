"""The variable scope of a layer: opened once in each pass, and gone back to by each call."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.scope_state import VariableScope, open_inside
from tf1compat_wd._core.variable_scope import (
    check_reuse,
    current_scopes,
    get_variable_scope,
    unique_scope_name,
    variable_scope,
)


def open_scope(scope: Any, base_name: str, reuse: Any) -> VariableScope:
    """Open `scope`, or one named after the layer: `base_name`, counted unless it is to be shared."""
    if scope is not None or reuse:
        opening = variable_scope(base_name if scope is None else scope)
    else:
        opening = variable_scope(None, default_name=base_name)
    with opening as captured:
        return captured


def open_known_scope(known: VariableScope, scope: Any, base_name: str, reuse: Any) -> VariableScope:
    """Open in this pass the variable scope that an earlier one decided on, wherever we are now."""
    outer = get_variable_scope().name
    if isinstance(scope, tf.compat.v1.VariableScope):
        found = scope.name
    else:
        last = scope or (base_name if reuse else unique_scope_name(base_name))
        found = f"{outer}/{last}" if outer else last
    if found == known.name:
        return open_scope(scope, base_name, reuse)
    scopes = current_scopes()
    scopes.open_variable_scope(known.name)
    scopes.close_variable_subscopes(known.name)
    with name_scope(known.name.split("/")[-1] or None) as opened:
        return scope_like(known, known.reuse, opened)


class Inside:
    """Be in the variable scope and in the name scope of a layer.

    As ``variable_scope(scope, reuse=reuse, auxiliary_name_scope=False)`` and a name scope would be, but for a scope
    that is not open there is nothing to count, which makes it cheaper.
    """

    __slots__ = ("_names", "_opening", "_outer", "_reuse", "_scope", "_scopes")

    def __init__(self, scope: VariableScope, reuse: Any) -> None:
        self._scope = scope
        self._reuse = reuse
        self._opening: Any = None

    def __enter__(self) -> VariableScope:
        scope = self._scope
        self._scopes = current_scopes()
        self._outer = self._scopes.current_scope
        if not scope.name or f"{self._outer.name}/".startswith(f"{scope.name}/"):
            self._opening = variable_scope(scope, reuse=self._reuse, auxiliary_name_scope=False)
            opened = self._opening.__enter__()
        else:
            if self._reuse is not None and self._reuse is not True:
                check_reuse(self._reuse)
            opened = self._scopes.current_scope = scope_like(
                scope, self._reuse or scope.reuse, scope.original_name_scope
            )
        self._names = name_scope(scope.original_name_scope)
        self._names.__enter__()
        return opened

    def __exit__(self, *error: Any) -> None:
        self._names.__exit__(*error)
        if self._opening is not None:
            self._opening.__exit__(*error)
        else:
            self._scopes.close_variable_subscopes(self._scope.name)
            self._scopes.current_scope = self._outer


def scope_like(scope: VariableScope, reuse: Any, opened: str) -> VariableScope:
    """A scope of the same name and settings, with the name scope `opened`."""
    return open_inside(scope, scope.name, opened, reuse, scope.custom_getter, scope.constraint, None)


hooks.keep_from_autograph(__name__)
