"""TensorFlow 2's own variables in a function that is verified: of a `tf2.Module`, of Keras layers, and plain ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.tracking_scope import VariableTrackingScope

Variable = Any
Array = Any


class NativeVariables:
    """Notes the variables that a function reads beside those of `scope`, and gives them their values back at the end.

    Attributes:
        made: whether the first pass is over, after which no variable may be made any more.
    """

    def __init__(self, scope: VariableTrackingScope) -> None:
        self._scope = scope
        self._seen: dict[str, Variable] = {}
        self._initial: dict[str, Array] = {}
        self._at_work = ExitStack()
        self._is_in_pass = False
        self.made = False

    def __enter__(self) -> None:
        self._at_work.enter_context(hooks.noting_variables(self._note_in_pass))

    def __exit__(self, *error: object) -> None:
        self._at_work.close()
        for key, value in self._initial.items():
            self._seen[key].assign(value)

    @contextmanager
    def of_a_pass(self) -> Iterator[None]:
        """What is read meanwhile is read by the function."""

        def creator(next_creator: Any, **kwargs: Any) -> Variable:
            if self.made and _is_tensorflow_2s(kwargs):
                raise errors.native_variable_made_anew(str(kwargs.get("name") or "Variable"))
            return next_creator(**kwargs)

        self._is_in_pass = True
        try:
            with tf.variable_creator_scope(creator):
                yield
        finally:
            self._is_in_pass = False

    def _note_in_pass(self, variable: Variable) -> None:
        if self._is_in_pass:
            self.note(variable)

    def note(self, variable: Variable) -> None:
        """Note that the function uses `variable`, which may be one of the scope's."""
        if not isinstance(variable, tf.Variable):
            return
        key = hooks.unique_id(variable)
        if key in self._seen:
            return
        self._seen[key] = variable
        self._read(key)

    def _read(self, key: str) -> None:
        if key in self._initial or key in self._of_the_scope():
            return
        with tf.init_scope():
            if self._seen[key].is_initialized():  # not while the trace goes on in which it was made
                self._initial[key] = self._seen[key].numpy()

    def _of_the_scope(self) -> set[str]:
        return {hooks.unique_id(variable) for variable in self._scope.variables_by_name.values()}

    def by_name(self) -> dict[str, Variable]:
        """The variables in the order in which they were made, by names that no other one has."""
        taken, own = self._scope.variables_by_name, self._of_the_scope()
        found: dict[str, Variable] = {}
        for variable in sorted(self._seen.values(), key=_creation):
            if hooks.unique_id(variable) in own:
                continue
            name = plain = variable.name.removesuffix(":0")
            number = 1
            while name in found or name in taken:
                number += 1
                name = f"{plain} ({number})"
            found[name] = variable
        return found

    def initial_values(self) -> dict[str, Array]:
        """What they were before the function ran, by name."""
        named = self.by_name()
        for variable in named.values():
            self._read(hooks.unique_id(variable))
        return {name: self._initial[hooks.unique_id(variable)] for name, variable in named.items()}


def _creation(variable: Variable) -> int:
    number = hooks.unique_id(variable).rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


@contextmanager
def refused() -> Iterator[None]:
    """Refuse TensorFlow 2's own variables: in a session's graph they would be of no use afterwards.

    Raises:
        TypeError: the function makes or reads one.
    """

    def note(variable: Variable) -> None:
        if isinstance(variable, tf.Variable) and hasattr(variable, "numpy") and not _is_in_a_graph(variable):
            raise errors.native_variable_in_session(f"Variable {variable.name.removesuffix(':0')}")

    def creator(next_creator: Any, **kwargs: Any) -> Variable:
        if _is_tensorflow_2s(kwargs):
            raise errors.native_variable_in_session(f"Variable {kwargs.get('name') or 'Variable'}")
        return next_creator(**kwargs)

    with tf.variable_creator_scope(creator), hooks.noting_variables(note):
        try:
            yield
        except RuntimeError as error:
            if "capture an EagerTensor without building a function" in str(error):  # assigned to before it is read
                raise errors.native_variable_in_session("A variable or tensor made outside") from error
            raise


def _is_in_a_graph(variable: Variable) -> bool:
    return not hasattr(variable.handle, "numpy")  # eager tensors have a value


def _is_tensorflow_2s(arguments: dict[str, Any]) -> bool:
    """Were these given to a creator by ``tf2.Variable``? TF1's has collections."""
    return "collections" not in arguments


hooks.keep_from_autograph(__name__)
