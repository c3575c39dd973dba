"""The import hook: the user's own modules are compiled with their import statements redirected.

A finder stands first in `sys.meta_path`. It asks the other finders, in their order, and replaces the loader
of what they find if the file is the user's own. So a module lies where Python would have found it, and only
its import statements differ. Byte code is neither read nor written: what lies in ``__pycache__`` was compiled
without redirection, and must be fit for plain Python afterwards.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Sequence
from types import CodeType, ModuleType
from typing import Any

from tf1compat_wd.cli.messages import hint, shown
from tf1compat_wd.cli.redirection import redirect
from tf1compat_wd.cli.script_dimensions import give_dimensions
from tf1compat_wd.cli.script_files import ScriptFiles, is_installed
from tf1compat_wd.cli.script_modes import Mode
from tf1compat_wd.cli.script_protobufs import renew


class ScriptLoader(importlib.machinery.SourceFileLoader):
    """Loads one of the user's own files.

    Args:
        fullname, path: of the module.
        mode: the one it runs in; shapes are made of numbers in eager mode, where TF1 had `Dimension`.
        source: its content; default: that of the file.
    """

    def __init__(self, fullname: str, path: str, mode: Mode, source: bytes | None = None) -> None:
        super().__init__(fullname, path)
        self._mode: Mode = mode
        self._source = source

    def get_data(self, path: str) -> bytes:
        return super().get_data(path) if self._source is None or path != self.path else self._source

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = self.get_data(path)
        tree = renew(redirect(source, path), source)
        if self._mode == "eager":
            give_dimensions(tree, source)
        code: CodeType = compile(tree, path, "exec", dont_inherit=True)
        return code


class ScriptFinder(importlib.abc.MetaPathFinder):
    """Finds the user's own modules, and what else the other finders find.

    Args:
        files: which files are the user's own.
        mode: the one they run in.
        when_tensorflow_is_loaded: called once, as soon as somebody has imported TensorFlow. The script may set
            environment variables before it does, so we don't import it first.
    """

    def __init__(self, files: ScriptFiles, mode: Mode, when_tensorflow_is_loaded: Callable[[], None]) -> None:
        self._files = files
        self._mode: Mode = mode
        self._when_tensorflow_is_loaded = when_tensorflow_is_loaded
        self._own: set[str] = set()
        self._named_in_hints: set[str] = set()
        self._is_own_folder: dict[str, bool] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if path is not None and not self._may_be_own(fullname, path):
            return None
        spec = self._ask_the_others(fullname, path, target)
        if spec is None:
            return None
        if fullname == "tensorflow" and spec.loader is not None:
            spec.loader = _Afterwards(spec.loader, self._when_tensorflow_is_loaded)
        elif spec.origin is None and spec.submodule_search_locations:  # a folder without __init__.py
            if any(self._is_own(fullname, folder, True) for folder in spec.submodule_search_locations):
                self._own.add(fullname)
        elif type(spec.loader) is importlib.machinery.SourceFileLoader and spec.origin:
            if self._is_own(fullname, spec.origin, spec.submodule_search_locations is not None):
                self._own.add(fullname)
                spec.loader = ScriptLoader(fullname, spec.origin, self._mode)
            else:
                self._hint(fullname, spec.origin)
        return spec

    def _may_be_own(self, fullname: str, path: Sequence[str]) -> bool:
        """Tell quickly whether `fullname`, a module in a package at `path`, needs a closer look.

        TensorFlow alone asks two thousand times.
        """
        if fullname.rpartition(".")[0] in self._own or self._files.named(fullname):
            return True
        for folder in path:
            if folder not in self._is_own_folder:
                self._is_own_folder[folder] = self._files.hold(folder)
            if self._is_own_folder[folder]:
                return True
        return False

    def _ask_the_others(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None
    ) -> importlib.machinery.ModuleSpec | None:
        for finder in sys.meta_path:
            find_spec = getattr(finder, "find_spec", None)
            if finder is self or find_spec is None:
                continue
            spec: importlib.machinery.ModuleSpec | None = find_spec(fullname, path, target)
            if spec is not None:
                return spec
        return None

    def _is_own(self, fullname: str, place: str, is_package: bool) -> bool:
        if self._files.named(fullname) or self._files.hold(place):
            return True
        parent = fullname.rpartition(".")[0]
        if parent:
            return parent in self._own
        # In a folder that contains the script, and that is on the path: sys.path.append("..")
        place = os.path.realpath(place)
        folder = os.path.dirname(os.path.dirname(place) if is_package and place.endswith(".py") else place)
        above = {os.path.realpath(entry) for entry in self._files.folders_above(sys.path)}
        return folder in above and not is_installed(place)

    def _hint(self, fullname: str, origin: str) -> None:
        """Say once for each package that it isn't redirected, if it is nobody's library and uses TensorFlow."""
        root = fullname.partition(".")[0]
        if root in self._named_in_hints or is_installed(os.path.realpath(origin)):
            return
        try:
            with open(origin, "rb") as file:
                uses_tensorflow = b"import tensorflow" in file.read()
        except OSError:
            return
        if uses_tensorflow:
            self._named_in_hints.add(root)
            hint(
                f"{shown(origin)} uses TensorFlow but lies outside {shown(self._files.folder)}, so it is left alone; "
                f"if it is TF1 code too, add: --also {root}"
            )


class _Afterwards(importlib.abc.Loader):
    """Loads a module as `loader` does, puts that loader back in its place, and then calls `then`."""

    def __init__(self, loader: Any, then: Callable[[], None]) -> None:
        self._loader = loader
        self._then = then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._then()


def install(files: ScriptFiles, mode: Mode, when_tensorflow_is_loaded: Callable[[], None]) -> None:
    """Redirect the user's own files from now on."""
    sys.meta_path.insert(0, ScriptFinder(files, mode, when_tensorflow_is_loaded))
    if "tensorflow" in sys.modules:
        when_tensorflow_is_loaded()
