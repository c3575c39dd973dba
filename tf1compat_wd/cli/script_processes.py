"""Children that the script makes with `multiprocessing`.

A forked child has everything already. A spawned one is a new Python: it reads a pickled dictionary with
`sys.path` and the like, and runs the script again under the name ``__mp_main__`` so that its classes and
functions can be unpickled. We add one entry to the dictionary, whose unpickling redirects the child's
imports, and have the child run `spawned_main`, which becomes the script.
"""

from __future__ import annotations

import multiprocessing.spawn
from collections.abc import Callable
from typing import Any

from tf1compat_wd.cli import messages
from tf1compat_wd.cli.program import Program

# In a spawned child, the program that it belongs to.
program_of_this_child: Program | None = None


class _Message:
    """The entry in the dictionary. Unpickling it calls `_receive` in the child."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def __reduce__(self) -> tuple[Callable[[Program], None], tuple[Program]]:
        return _receive, (self._program,)


def _receive(program: Program) -> None:
    global program_of_this_child
    program_of_this_child = program
    messages.leave_hints_to_parent()
    program.install()
    tell_children(program)


def tell_children(program: Program) -> None:
    """Make the children that this process spawns run the files of `program` as this process does."""
    original = multiprocessing.spawn.get_preparation_data

    def get_preparation_data(name: str) -> dict[str, Any]:
        data: dict[str, Any] = original(name)
        data["tf1compat_wd"] = _Message(program)
        runs_main_again = "init_main_from_path" in data or "init_main_from_name" in data
        # As multiprocessing has it, the __main__ of a package is not run again.
        if runs_main_again and not program.module.endswith(".__main__"):
            data.pop("init_main_from_path", None)
            data["init_main_from_name"] = "tf1compat_wd.cli.spawned_main"
        return data

    multiprocessing.spawn.get_preparation_data = get_preparation_data
