"""Which files are the user's own, and how their source is read.

Only the user's own files are redirected. These are the files in the script's folder and below, the modules
named with ``--also``, and what the script imports from a folder that it put on `sys.path` and that contains
the script (``sys.path.append("..")`` in ``scripts/train.py`` means: the whole repository is mine). Installed
libraries, the standard library and this package never are, wherever they lie.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import sysconfig
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from tf1compat_wd.cli.messages import shown

_INSTALLED = ("site-packages", "dist-packages")

# What Python 3 says of the things that only Python 2 could read, and what such a line looks like where it
# says no more than "invalid syntax".
_PYTHON_2_MESSAGES = re.compile(
    r"Missing parentheses in call to|multiple exception types must be parenthesized|leading zeros in decimal"
    r"|inconsistent use of tabs"
)
_PYTHON_2_LINES = re.compile(
    r"^\s*print\b(?!\s*[(=.,)])|^\s*raise\s+[\w.]+\s*,|^\s*exec\s+[\"'\w]|\b(?:0[xX][\da-fA-F]+|\d+)[lL]\b|<>|`|\bur[\"']|^\s*except\b.*,.*:"
)


def _folder_prefix(folder: str) -> str:
    return os.path.join(os.path.realpath(folder), "")


# Never the user's own, even for a script in a folder above: the standard library, and this package.
_NEVER = tuple(
    {
        _folder_prefix(sysconfig.get_path("stdlib")),
        _folder_prefix(sysconfig.get_path("platstdlib")),
        _folder_prefix(os.path.dirname(os.path.dirname(__file__))),
    }
)


def is_installed(path: str) -> bool:
    """Tell whether the real path `path` belongs to an installed library, the standard library or this package."""
    return path.startswith(_NEVER) or any(f"{os.sep}{name}{os.sep}" in path for name in _INSTALLED)


@dataclass(frozen=True)
class ScriptFiles:
    """The user's own files.

    Attributes:
        folder: real path of the script's folder, which is also the first entry of its `sys.path`.
        also: names of modules and packages that are the user's own wherever they lie.
    """

    folder: str
    also: tuple[str, ...] = ()

    def named(self, module: str) -> bool:
        """Tell whether `module` is, or lies in, one that ``--also`` names."""
        return any(module == name or module.startswith(name + ".") for name in self.also)

    def hold(self, path: str) -> bool:
        """Tell whether the file or folder `path` lies in the script's folder or below."""
        prefix = _folder_prefix(self.folder)
        path = os.path.realpath(path)
        if not (path + os.sep).startswith(prefix) or path.startswith(_NEVER):
            return False
        # Parts below the folder only: the folder itself may be in an installed library, with `-m`.
        return not any(part in _INSTALLED for part in path[len(prefix) :].split(os.sep))

    def folders_above(self, search_path: Iterable[str]) -> list[str]:
        """Return the entries of `search_path` that contain the script's folder."""
        prefix = _folder_prefix(self.folder)
        return [
            entry
            for entry in search_path
            if os.path.dirname(entry) != entry and prefix.startswith(_folder_prefix(entry))
        ]


# Trees of files that were read to find the mode, and will be loaded next: parsing takes the most time.
_kept: dict[str, tuple[bytes, ast.Module]] = {}


def parse(source: bytes, path: str, keep: bool = False) -> ast.Module:
    """Return the syntax tree of `source`, the content of the file `path`.

    Args:
        source: any bytes.
        path: for messages.
        keep: have the tree ready for the next call with the same arguments. That call's caller may change it.

    Raises:
        SyntaxError: it has none, whatever the reason.
    """
    kept_source, kept_tree = _kept.pop(path, (b"", None))
    if kept_tree is not None and kept_source == source:
        return kept_tree
    try:
        with warnings.catch_warnings():
            # "\d" in an old string: worth a warning to an author, not to somebody who runs the file as it is.
            warnings.simplefilter("ignore")
            tree = ast.parse(source, path)
    except SyntaxError as error:
        error.filename = error.filename or path  # Python forgets it for null bytes
        raise
    except ValueError as error:  # null bytes too, before Python 3.12
        raise SyntaxError(str(error), (path, None, None, None)) from None
    except RecursionError:
        raise SyntaxError("too deeply nested", (path, None, None, None)) from None
    if keep:
        _kept[path] = source, tree
    return tree


def explain(error: SyntaxError) -> str:
    """Return the one line that says what stands in the way of running a file, and what to do."""
    place = shown(error.filename or "<unknown>") + (f":{error.lineno}" if error.lineno else "")
    message = error.msg or "invalid syntax"
    line = error.text or ""
    is_python_2 = bool(_PYTHON_2_MESSAGES.search(message) or _PYTHON_2_LINES.search(line))
    quoted = f": {line.strip()}" if line.strip() else ""
    if is_python_2:
        return f"{place}: a Python 2 program{quoted}; convert it to Python 3 first, for instance with 2to3"
    if "null byte" in message or "can't decode" in message or "unknown encoding" in message:
        return f"{place}: not a Python source file ({message})"
    if line.lstrip().startswith(("%", "!")):
        return f"{place}: a notebook's command{quoted}; convert the notebook with: jupyter nbconvert --to script"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{place}: not Python {version}: {message}{quoted}"
