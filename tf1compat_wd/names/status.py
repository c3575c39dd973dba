"""What becomes of each of TF1's names here, found out without importing TensorFlow or the package that has it.

The command line needs it so. `tf1compat_wd._namespace` finds the same out by looking; a test holds the two together.
"""

import ast
import functools
from pathlib import Path
from typing import Literal, NamedTuple

from tf1compat_wd.names import members, tf1_names
from tf1compat_wd.names.moved import MOVED, RESTORED
from tf1compat_wd.names.not_offered import reason_for

_PACKAGE = Path(__file__).parent.parent


class Status(NamedTuple):
    """What becomes of one name."""

    status: Literal["ours", "same", "later", "gone"]
    """``ours``: written anew, with TF1's behaviour. ``same``: TensorFlow's own. The others aren't offered."""
    reason: str = ""
    instead: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether the name works."""
        return self.status in ("ours", "same")


def status_of(full_name: str) -> Status | None:
    """What becomes of a public name of TensorFlow 1.15; None if it isn't one."""
    name = tf1_names().get(full_name)
    if name is None:
        return None
    if name.parent in tf1_names() and tf1_names()[name.parent].kind == "class":
        return status_of(name.parent)
    path = full_name.removeprefix("tf.")
    if name.kind == "module" and name.alias_of is None and path not in MOVED:
        return _status_of_module(full_name)
    if _is_own(path) or path in RESTORED:
        return Status("ours")
    if path in MOVED:
        return status_of(f"tf.{MOVED[path]}") if MOVED[path] else Status("ours")
    if name.alias_of is not None:
        other = status_of(name.alias_of)
        if other is not None and other.is_offered:
            return other
    return _not_offered(full_name) or Status("same")


def own_names(path: str) -> frozenset[str] | None:
    """The names that our file for TF1's module `path` says are ours; None if there is no such file.

    They are in its `__all__`; at the root, where that is TF1's whole list, they are what is imported from ours.
    """
    file = _file_of(path)
    if file is None:
        return None
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if not path:
        imports = (statement for statement in tree.body if isinstance(statement, ast.ImportFrom))
        return frozenset(
            alias.asname or alias.name
            for statement in imports
            if (statement.module or "").startswith("tf1compat_wd")
            for alias in statement.names
            if not (alias.asname or alias.name).startswith("_")
        )
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(_is_all(target) for target in statement.targets):
            return frozenset(ast.literal_eval(statement.value))
    return frozenset()


@functools.cache
def _own_names(path: str) -> frozenset[str]:
    return own_names(path) or frozenset()


def _is_own(path: str) -> bool:
    module, _, name = path.rpartition(".")
    return name in _own_names(module)


def _is_all(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "__all__"


def _file_of(path: str) -> Path | None:
    place = _PACKAGE.joinpath(*path.split(".")) if path else _PACKAGE
    for file in (place / "__init__.py", place.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def _status_of_module(full_name: str) -> Status:
    """A module is offered if something in it is; it is ours if we have a file for it, with names."""
    if own_names(full_name.removeprefix("tf.")):
        return Status("ours")
    inside = members().get(full_name, ())
    if any((found := status_of(f"{full_name}.{name}")) is not None and found.is_offered for name in inside):
        return Status("same")
    return _not_offered(full_name) or Status("same")


def _not_offered(full_name: str) -> Status | None:
    row = reason_for(full_name)
    return None if row is None else Status(row[1].status, row[1].reason, row[1].instead)
