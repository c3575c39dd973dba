"""`importlib` as the user's own files see it: names given at run time mean what they mean in an import statement."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from tf1compat_wd.cli.redirection import redirected

_this_module = sys.modules[__name__]


def import_module(name: str, package: str | None = None) -> ModuleType:
    """Import the module that `name` means in a TF1 program (`importlib.import_module`)."""
    return importlib.import_module(redirected(name) or name, package)


def __import__(
    name: str,
    globals: Mapping[str, object] | None = None,
    locals: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    """Import as the built-in function of this name does: the leaf with a `fromlist`, else the root."""
    target = None if level else redirected(name)
    if target is None:
        return builtins.__import__(name, globals, locals, fromlist, level)
    module = importlib.import_module(target)
    if fromlist:
        return builtins.__import__(target, globals, locals, fromlist, 0)
    root = name.partition(".")[0]
    return module if root == name else importlib.import_module(redirected(root) or root)


def __getattr__(name: str) -> Any:
    return getattr(importlib, name)


def __dir__() -> list[str]:
    return dir(importlib)
