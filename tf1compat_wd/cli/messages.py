"""What the command line says by itself: one line each, on stderr, so that a script's own output stays as it was."""

from __future__ import annotations

import os
import sys

PROGRAM = "tf1compat-wd"

_leaves_hints_to_parent = False


class UsageError(Exception):
    """Something is wrong with what the user gave us; the text is the one line that they read."""


def say(text: str) -> None:
    """Write one line to stderr, marked as ours."""
    print(f"{PROGRAM}: {text}", file=sys.stderr, flush=True)


def hint(text: str) -> None:
    """Write one line that is good to know, unless this process was told to leave that to its parent."""
    if not _leaves_hints_to_parent:
        say(text)


def leave_hints_to_parent() -> None:
    """Give no hints from now on: this process runs the same files as its parent, which gives them."""
    global _leaves_hints_to_parent
    _leaves_hints_to_parent = True


def shown(path: str) -> str:
    """Return `path` as the user would type it: relative if it lies below the working directory."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # the working directory is gone; or another drive, on Windows
        return path
    return path if relative.startswith(os.pardir) else relative
