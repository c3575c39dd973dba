"""TensorFlow's own files below its package ``python`` as they were in TF 1.15, for programs that import from there.

They were never meant to be named, and are, in every third of the programs we counted (``framework.ops`` above all).
Each file is a module here, `tf1compat_wd.python.framework.ops`, made when it is imported. A name in it is looked for
in this order:

1. in `_lost_names`: what TF 1.15 had there and TensorFlow lost, written anew;
2. if the name was public too (`tf1_15.txt` says under which name: ``layers.core.Dense`` is `tf.layers.Dense`), that of
   this package, if it is ours;
3. in TensorFlow's own file;
4. the public name once more, which may be TensorFlow's (``control_flow_ops.cond`` is `tf.cond`);
5. in the file that TensorFlow moved it to.

Its Keras isn't here: that is TensorFlow's own.

`tf1_15.txt` is written on TF 1.15.5 by tests/record_internal_names.py.
"""

from __future__ import annotations

import functools
import importlib
import importlib.machinery
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.python import _lost_names

__all__: list[str] = []


@functools.cache
def _recorded() -> Mapping[str, Mapping[str, str]]:
    """For each of TF 1.15's files the names in it that were public too, with their full public name."""
    files: dict[str, dict[str, str]] = {}
    for line in Path(__file__).with_name("tf1_15.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        place, _, names = line.partition(": ")
        path, _, parent = place.partition(" ")
        public = files.setdefault(path, {})
        for name in names.split():
            short_name, _, leaf = name.partition("=")
            # A name may be public in two places; what the file itself is about comes first.
            public.setdefault(short_name, f"{parent}.{leaf or short_name}")
    return files


def _is_file(path: str) -> bool:
    """Whether TF 1.15 or TensorFlow now has a file (or a folder) of this path."""
    return path in _recorded() or hooks.internal_module(path) is not None


def _find(path: str, name: str) -> Any:
    """What `name` in the file `path` stands for here.

    Raises:
        AttributeError: there is no such name; why, if it was a public one.
    """
    lost = _lost_names.NAMES.get(path, {})
    if name in lost:
        return lost[name]
    public = _recorded().get(path, {}).get(name)
    found = _namespace.look_up(public) if public else None
    if found is not None and found.origin == "ours":
        return found.value
    with suppress(AttributeError):
        return _ours_for(hooks.internal_value(path, name))
    if found is not None:
        return found.value
    with suppress(AttributeError):
        return _ours_for(hooks.moved_internal_value(path, name))
    if public:
        parent, _, leaf = public.rpartition(".")
        return getattr(
            importlib.import_module(f"tf1compat_wd{parent.removeprefix('tf')}"), leaf
        )  # raises, and says why
    raise AttributeError(f"module '{hooks.INTERNAL}.{path}' has no attribute {name!r}", name=name)


def _ours_for(value: Any) -> Any:
    """A file of TensorFlow's that another one imported (``rnn.array_ops``) is seen as ours, too."""
    path = hooks.internal_path(value) if isinstance(value, ModuleType) else None
    return value if path is None else importlib.import_module(f"{__name__}.{path}")


class _File(ModuleType):
    """One of TF 1.15's own files, or a folder of them."""

    def __getattr__(self, name: str) -> Any:
        path = self.__name__.removeprefix(f"{__name__}.")
        if name.startswith("__"):
            if name != "__all__":
                raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name)
            return [each for each in dir(self) if not each.startswith("_")]
        try:
            value = _find(path, name)
        except AttributeError:
            if not _is_file(f"{path}.{name}"):
                raise
            return importlib.import_module(f"{self.__name__}.{name}")
        vars(self)[name] = value
        return value

    def __dir__(self) -> list[str]:
        path = self.__name__.removeprefix(f"{__name__}.")
        file = hooks.internal_module(path)
        return sorted({*_lost_names.NAMES.get(path, ()), *_recorded().get(path, ()), *(dir(file) if file else ())})


class _Finder(MetaPathFinder, Loader):
    """Makes the modules below this package."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith(f"{__name__}.") or ".__" in fullname:
            return None
        inner = fullname.removeprefix(f"{__name__}.")
        if not _is_file(inner):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _File(spec.name, f"What TF 1.15 kept in {spec.name.replace('tf1compat_wd', 'tensorflow', 1)}.")

    def exec_module(self, module: ModuleType) -> None:
        module.__path__ = []


if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
    sys.meta_path.append(_Finder())


def __getattr__(name: str) -> Any:
    if not name.startswith("_") and (name == "keras" or _is_file(name)):
        return hooks.internal_module(name) if name == "keras" else importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {hooks.INTERNAL!r} has no attribute {name!r}", name=name)


hooks.keep_from_autograph(__name__)
