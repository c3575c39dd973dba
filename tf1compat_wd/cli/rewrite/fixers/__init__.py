"""The fixers: each file here is one rule, and the folder is the list of them.

A fixer is a module whose docstring says what it does, why that is safe, and shows before and after; and whose function
``fix(source)`` yields a `Change` for what it rewrites and a `Note` for what it leaves to the user.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tf1compat_wd.cli.rewrite.source import Change, Note, Source


class Fixer(NamedTuple):
    """One rule."""

    name: str
    title: str
    fix: Callable[[Source], Iterator[Change | Note]]


def all_fixers() -> list[Fixer]:
    """Every fixer, by name."""
    found = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        title = (loaded.__doc__ or "").strip().partition("\n")[0]
        found.append(Fixer(module.name, title, loaded.fix))
    return found
