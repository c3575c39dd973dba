"""`get_ipython`, for notebooks that were converted to scripts (``jupyter nbconvert --to script``)."""

from __future__ import annotations

import sys
from typing import Any

from tf1compat_wd.cli.messages import hint

# Magics whose argument is Python code of the program's own.
_RUN_THEIR_CODE = frozenset({"capture", "prun", "time", "timeit"})


class Notebook:
    """What `get_ipython()` gives: commands to the notebook do nothing, code that they wrap is run once."""

    def __init__(self) -> None:
        self._has_told = False

    def run_line_magic(self, magic_name: str, line: str = "", *rest: Any) -> None:
        """``%time f(x)`` runs ``f(x)``; ``%matplotlib inline`` does nothing."""
        if magic_name in _RUN_THEIR_CODE:
            self._run(line)
        else:
            self._tell(f"%{magic_name} {line}")

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> None:
        """``%%time`` runs the cell; ``%%bash`` does nothing."""
        if magic_name in _RUN_THEIR_CODE:
            self._run(cell)
        else:
            self._tell(f"%%{magic_name} {line}")

    def magic(self, arg_s: str) -> None:
        """A line magic in one string, as it was written until IPython 7."""
        self.run_line_magic(*arg_s.lstrip("%").partition(" ")[::2])

    def system(self, cmd: str) -> None:
        """``!pip install x`` does nothing."""
        self._tell(f"!{cmd}")

    getoutput = system

    def _run(self, code: str) -> None:
        exec(compile(code, "<cell>", "exec"), vars(sys.modules["__main__"]))

    def _tell(self, command: str) -> None:
        if not self._has_told:
            self._has_told = True
            hint(f"commands to the notebook do nothing here: {command.strip()}")


_notebook = Notebook()


def get_ipython() -> Notebook:
    """Return the notebook that isn't there."""
    return _notebook
