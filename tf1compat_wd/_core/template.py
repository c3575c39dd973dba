"""``tf.make_template``: a function whose variables are made at its first call and shared by the others."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items, graph_collections, passes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.scope_state import VariableScope
from tf1compat_wd._core.variable_scope import unique_scope_name, variable_scope

_Keys = tf.compat.v1.GraphKeys


def make_template(
    name_: str,
    func_: Callable[..., Any],
    create_scope_now_: bool = False,
    unique_name_: str | None = None,
    custom_getter_: Any = None,
    **kwargs: Any,
) -> Template:
    """Wrap `func_` so that all its calls share the variables of the first (``tf.make_template``).

    Creates whatever `func_` asks for with ``get_variable``, under the variable scope `name_` (made unique), or
    `unique_name_` as it is. Outside graph mode the first call of each pass makes or finds them, with their
    regularization losses, and further calls of the pass reuse them.

    Args:
        name_: default name of the variable scope.
        func_: the function; called with the arguments of each call and with `kwargs`.
        create_scope_now_: choose the scope's name now, not at the first call.
        unique_name_: exact name of the variable scope.
        custom_getter_: custom getter for its variables.
        **kwargs: arguments for `func_`.

    Raises:
        ValueError: `name_` is None; or, when called, a trainable variable is made after the first call
            (``tf.Variable`` where ``tf.get_variable`` was meant).

    Source: facts of the topic template.
    """
    if name_ is None:
        raise ValueError("name cannot be None.")
    function = functools.partial(func_, **kwargs) if kwargs else func_
    return Template(name_, function, create_scope_now_, unique_name_, custom_getter_)


class Template:
    """What `make_template` gives: call it as the function it wraps."""

    def __init__(
        self, name: str, function: Callable[..., Any], create_scope_now: bool, unique_name: str | None, getter: Any
    ) -> None:
        self._name = name
        self._function = function
        self._unique_name = unique_name
        self._custom_getter = getter
        self._made_at = user_frames.user_line()
        self._scope: VariableScope | None = None
        # The graphs and passes in which it has been called: there it reuses.
        self._called: weakref.WeakSet[Any] = weakref.WeakSet()
        self._has_variables = False  # TF1: not before a call has come to its end
        self._store: Any = None
        if create_scope_now:
            name = unique_name or unique_scope_name(name)
            # TF1: such a scope does not inherit the dtype.
            with variable_scope(name, custom_getter=getter, dtype=tf.float32, auxiliary_name_scope=False) as scope:
                self._scope = scope
            scope.set_original_name_scope(name)  # TF1: without a slash, and without that of the scopes around it

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        here = passes.current()
        unit = here if here is not None else hooks.outermost_graph(hooks.default_graph())
        if here is not None:
            self._store = here.store
        again = unit in self._called
        if self._scope is None:
            with variable_scope(self._unique_name, self._name, custom_getter=self._custom_getter) as scope:
                self._scope = scope
                return self._call(unit, again, args, kwargs)
        with variable_scope(self._scope, reuse=again):
            return self._call(unit, again, args, kwargs)

    def _call(self, unit: Any, again: bool, args: Any, kwargs: Any) -> Any:
        trainable = graph_collections.get_collection_ref(_Keys.TRAINABLE_VARIABLES)
        before = len(trainable)
        try:
            result = hooks.convert_like_caller(self._function)(*args, **kwargs)
            if again and len(trainable) != before:
                raise ValueError(
                    "Trainable variable created when calling a template after the first time, perhaps you used "
                    f"tf.Variable when you meant tf.get_variable: {trainable[before:]}"
                )
        except Exception as error:
            first = error.args[0] if error.args else ""
            error.args = (f"{first}\n\noriginally defined at:\n  {self._made_at}", *error.args[1:])
            raise
        self._called.add(unit)
        self._has_variables = True
        return result

    @property
    def name(self) -> str:
        return self._name

    @property
    def func(self) -> Callable[..., Any]:
        return self._function

    @property
    def variable_scope(self) -> VariableScope | None:
        """Its variable scope; None before the first call."""
        return self._scope

    @property
    def var_scope(self) -> VariableScope | None:
        """The name of `variable_scope` in older TF1."""
        return self._scope

    @property
    def variable_scope_name(self) -> str | None:
        """The name of its variable scope, with a slash at the end; None before the first call."""
        if self._scope is None:
            return None
        name = self._scope.name
        return name if not name or name.endswith("/") else f"{name}/"

    def _in(self, key: str) -> list[Any]:
        prefix = self.variable_scope_name
        if prefix is None or not self._has_variables:
            return []
        here = passes.current()
        if here is not None and here in self._called:
            return collection_items.read(here.collections, key, prefix)
        if self._store is not None:
            return [v for v in self._store.variables(key) if v.name.startswith(prefix)]
        return collection_items.read(hooks.collections_of(hooks.default_graph()), key, prefix)

    @property
    def variables(self) -> list[Any]:
        """The global and local variables that it has made."""
        return self.global_variables + self.local_variables

    @property
    def global_variables(self) -> list[Any]:
        return self._in(_Keys.GLOBAL_VARIABLES)

    @property
    def local_variables(self) -> list[Any]:
        return self._in(_Keys.LOCAL_VARIABLES)

    @property
    def trainable_variables(self) -> list[Any]:
        return self._in(_Keys.TRAINABLE_VARIABLES)

    @property
    def non_trainable_variables(self) -> list[Any]:
        trainable = {id(v) for v in self.trainable_variables}
        return [v for v in self.global_variables if id(v) not in trainable]

    @property
    def weights(self) -> list[Any]:
        return self.variables

    @property
    def trainable_weights(self) -> list[Any]:
        return self.trainable_variables

    @property
    def non_trainable_weights(self) -> list[Any]:
        return self.non_trainable_variables


hooks.keep_from_autograph(__name__)
