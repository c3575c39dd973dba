"""A script, its files and its mode: all that this process, or a child of it, must know to run it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import CodeType
from typing import Any

from tf1compat_wd.cli import notebook, script_imports, tensorflow_modes
from tf1compat_wd.cli.redirection import PACKAGE
from tf1compat_wd.cli.script_files import ScriptFiles
from tf1compat_wd.cli.script_modes import Mode


@dataclass(frozen=True)
class Program:
    """A script, its files and its mode. It can be pickled.

    Attributes:
        path: absolute path of the script's file.
        module: its name, if it was started with ``-m``; else ``""``.
        package: the package that it belongs to, with ``-m``.
        mode: the mode that it runs in.
        files: which files are the user's own.
        source: content of the script, if it can be read only once; else None.
    """

    path: str
    module: str
    package: str
    mode: Mode
    files: ScriptFiles
    source: bytes | None = None

    def install(self) -> None:
        """Redirect the user's own files, and set the mode when TensorFlow is loaded."""
        root = sys.modules.get(PACKAGE)
        if root is not None and "is_stand_in" in vars(root):  # put there by the launcher
            del sys.modules[PACKAGE]
        script_imports.install(self.files, self.mode, tensorflow_modes.setter(self.mode))

    def code(self) -> CodeType:
        """Compile the script, redirected."""
        return self._loader().get_code("__main__")

    def attributes(self) -> dict[str, Any]:
        """Return what the script's module knows of itself before its first line: the same as with plain Python."""
        attributes = {"get_ipython": notebook.get_ipython} if self._comes_from_a_notebook() else {}
        return attributes | {
            "__file__": self.path,
            "__cached__": None,
            "__loader__": self._loader(),
            "__package__": self.package if self.module else None,
            "__spec__": None,
        }

    def _comes_from_a_notebook(self) -> bool:
        return b"get_ipython()" in self._loader().get_data(self.path)

    def _loader(self) -> script_imports.ScriptLoader:
        return script_imports.ScriptLoader("__main__", self.path, self.mode, self.source)
