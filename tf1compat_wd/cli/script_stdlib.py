"""Python's own modules as the user's files see them: with the names they had when TF1 programs were written.

TF1 programs ran on Python 3.5 to 3.7; the oldest that today's TensorFlow runs on is 3.10, and a good many names
went in between: `time.clock`, `collections.Mapping`, `inspect.getargspec`. The import statements of the user's
files that name such a module are redirected here, in files in which such a name occurs at all. Everybody else keeps
Python's modules as they are.
"""

from __future__ import annotations

import builtins
import importlib
import re
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

# What had its name in `collections` until Python 3.10.
_ABSTRACT = """
AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine Generator
Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible
Sequence Set Sized ValuesView
"""


def _of(module: str, name: str) -> Callable[[], Any]:
    return lambda: getattr(importlib.import_module(module), name)


def _getargspec() -> Any:
    import collections
    import inspect

    ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")

    def getargspec(func: Callable[..., Any]) -> Any:
        full = inspect.getfullargspec(func)
        if full.kwonlyargs or full.annotations:
            raise ValueError("Function has keyword-only parameters or annotations, use inspect.signature()")
        return ArgSpec(*full[:4])

    return getargspec


def _reader(name: str) -> Callable[[], Any]:
    """Return `json.load` or `json.loads` with the argument `encoding`, which nothing has heeded since Python 3.1."""

    def make() -> Any:
        import json

        read = getattr(json, name)
        return lambda source, *, encoding=None, **options: read(source, **options)

    return make


def _sample() -> Any:
    import random
    from collections.abc import Set

    def sample(population: Any, k: int, **options: Any) -> list[Any]:
        return random.sample(tuple(population) if isinstance(population, Set) else population, k, **options)

    return sample


def _escape() -> Any:
    import html

    return lambda s, quote=None: html.escape(s, bool(quote)).replace("&#x27;", "'")


#: Module to names to the function that makes what they meant. Names that the running Python still has are its own,
#: but for those in `_CHANGED`.
REMOVED: dict[str, dict[str, Callable[[], Any]]] = {
    "base64": {"decodestring": _of("base64", "decodebytes"), "encodestring": _of("base64", "encodebytes")},
    "cgi": {"escape": _escape},
    "collections": {name: _of("collections.abc", name) for name in _ABSTRACT.split()},
    "fractions": {"gcd": _of("math", "gcd")},
    "inspect": {"getargspec": _getargspec},
    "json": {"load": _reader("load"), "loads": _reader("loads")},
    "random": {"sample": _sample},
    "time": {"clock": _of("time", "perf_counter")},
}

# Names that are there but refuse what they took: the argument `encoding`, a set to sample from.
_CHANGED = {"json": ("load", "loads"), "random": ("sample",)}

# By which word a file shows that it may need the view of a module; without, one of the names themselves.
_SIGNS = {"json": "encoding"}

#: Modules that have another name today.
RENAMED = {"xml.etree.cElementTree": "xml.etree.ElementTree"}

_UNIVERSAL_NEWLINES = re.compile(rb"""['"](?:rU|Ur|U)b?['"]""")


def needed(source: bytes) -> dict[str, frozenset[str]]:
    """Return the modules of which a file with this `source` gets views, each with the names that differ."""
    words = set(re.findall(r"[A-Za-z_]\w*", source.decode("utf-8", "replace")))
    found = {}
    for module, names in REMOVED.items():
        signs = {_SIGNS[module]} if module in _SIGNS else names.keys()
        if module in words and words & signs:
            found[module] = frozenset(names)
    return found


def opens_with_universal_newlines(source: bytes) -> bool:
    """Tell whether a file with this `source` opens others in mode "rU", which Python 3.11 removed."""
    return bool(_UNIVERSAL_NEWLINES.search(source))


def open(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
    """Open a file as the built-in function does; "U" means nothing, as it has since Python 3.0."""
    if "U" in mode:
        mode = mode.replace("U", "")
        mode = mode if "r" in mode else "r" + mode
    return builtins.open(file, mode, *arguments, **options)


def _view(name: str) -> ModuleType:
    """Return a copy of a module with the names that it lost; what is assigned to it stays with the user's files."""
    module = importlib.import_module(name)
    view = ModuleType(name, module.__doc__)
    vars(view).update(vars(module))
    for lost in REMOVED[name]:
        if lost in _CHANGED.get(name, ()) or not hasattr(module, lost):
            setattr(view, lost, REMOVED[name][lost]())
    vars(view)["__getattr__"] = lambda attribute: getattr(module, attribute)
    return view


def __getattr__(name: str) -> Any:
    """Return the view of a module; or what a `from` import of a lost name wants, for no two modules lost the same."""
    if name in REMOVED:
        value: Any = _view(name)
    else:
        module = next((module for module, names in REMOVED.items() if name in names), None)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(getattr(sys.modules[__name__], module), name)
    globals()[name] = value
    return value
