"""What stands in a collection, and how it is read: live losses, and filtering by name."""

from __future__ import annotations

import re
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

_NAME_ATTRIBUTE = "tf1_name"


class LiveLoss:
    """A regularization loss that is computed when it is read.

    Only the long eager pass of the ambient scope holds these: a loss computed once would be stale after
    the first training step, and outside the tape that is active when it is read. Code that reads the graph's
    own list without us can still use one as a tensor.
    """

    __slots__ = ("name", "regularizer", "variable")

    def __init__(self, variable: Any, regularizer: Any, name: str) -> None:
        self.variable = variable
        self.regularizer = regularizer
        self.name = name

    def compute(self) -> Any:
        """The loss of the variable as it is now, or None if the regularizer gives none."""
        loss = self.regularizer(self.variable)
        return None if loss is None else give_name(loss, self.name)

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Any:
        return tf.convert_to_tensor(self.compute(), dtype=dtype, name=name)

    def __repr__(self) -> str:
        return f"<regularization loss of {self.variable.name}, computed when read>"


def give_name(loss: Any, name: str, unless_noted: bool = False) -> Any:
    """Note the TF1 name of an eager tensor, whose own ``name`` TensorFlow refuses to tell."""
    if loss.__class__ is hooks.EagerTensor:  # slow to say that it lacks an attribute: so its dictionary is asked
        if not unless_noted or _NAME_ATTRIBUTE not in loss.__dict__:
            loss.__dict__[_NAME_ATTRIBUTE] = name
    elif not (unless_noted and hasattr(loss, _NAME_ATTRIBUTE)) and not hasattr(loss, "name"):
        try:
            setattr(loss, _NAME_ATTRIBUTE, name)
        except AttributeError:
            pass  # it only can't be found by name
    return loss


_MISSING = object()


def is_named(item: Any) -> bool:
    """Has `item` a name of its own, or one that `give_name` noted?"""
    return _name_of(item) is not _MISSING


def name_of(item: Any) -> Any:
    """The name of `item`, or the one that `give_name` noted; None if it has neither."""
    name = _name_of(item)
    return None if name is _MISSING else name


def _name_of(item: Any) -> Any:
    name = getattr(item, "name", _MISSING)
    return getattr(item, _NAME_ATTRIBUTE, _MISSING) if name is _MISSING else name


def read(collections: dict[Any, list[Any]], key: Any, scope: str | None = None) -> list[Any]:
    """A new list of the items under `key` whose name begins with the regular expression `scope`."""
    found = collections.get(key)
    if not found:
        return []
    items = list(found)
    if scope is not None:
        matches = re.compile(scope).match
        names = [(item, _name_of(item)) for item in items]
        items = [item for item, name in names if name is not _MISSING and matches(name)]
    if LiveLoss in map(type, items):
        items = [item.compute() if type(item) is LiveLoss else item for item in items]
        items = [item for item in items if item is not None]
    return items


hooks.keep_from_autograph(__name__)
