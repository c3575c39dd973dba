"""The programs, what they are started with, and how their output is compared. Also read by Python 3.7 (`record`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
GOLDENS = HERE / "goldens"

# A program in a folder is its main.py, started in that folder's parent as one types it; `module` runs with -m.
ARGUMENTS = {
    "flags": [
        "--batch_size=16", "--lr", "0.5", "--nouse_fp16", "--layers=8,4", "one", "--gpu=1", "--gpu=2",
        "--verbose=false", "--logs_dir=here", "two", "--", "--mode=eval",
    ],
    "package_with_flags": ["-m", "trainer.task", "--job-dir=out", "--hidden_units=8,4", "--noverbose"],
}  # fmt: skip


class Program(NamedTuple):
    """One legacy program.

    Attributes:
        name: its file or folder in `programs`, without ``.py``.
        command: what stands behind ``python``.
        folders: what else it needs on its search path (with ``-m``: the folder of the package).
    """

    name: str
    command: list[str]
    folders: list[Path]


def programs() -> list[Program]:
    """All programs, by name."""
    found = []
    for place in sorted(PROGRAMS.iterdir()):
        if place.name.startswith(("_", ".")):
            continue
        arguments = ARGUMENTS.get(place.stem, [])
        if arguments[:1] == ["-m"]:
            found.append(Program(place.stem, arguments, [place]))
        else:
            script = place / "main.py" if place.is_dir() else place
            found.append(Program(place.stem, [str(script), *arguments], []))
    return found


_NUMBER = re.compile(r"(?<![A-Za-z_\d])[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:e[-+]?\d+)?(?![A-Za-z_\d])")


def numbers_in(text: str) -> list[float]:
    """Every number in what a program printed."""
    return [float(number) for number in _NUMBER.findall(text)]


def words_in(text: str) -> str:
    """What a program printed, with each number and the space around it as one sign."""
    return re.sub(r"\s+", " ", _NUMBER.sub("#", text))
