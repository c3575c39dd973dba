"""What the user sees of an exception that the script didn't catch: the script's own lines, without our machinery."""

from __future__ import annotations

import os
import sys
from types import TracebackType

_PACKAGE = __name__.partition(".")[0]
_OURS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "")


def without_our_frames(error: BaseException) -> None:
    """Take the frames of the command line and of the import system out of the tracebacks of `error`, in place."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        current.__traceback__ = _script_part(current.__traceback__)
        if isinstance(current, ModuleNotFoundError):
            # As the script wrote it: "No module named 'tensorflow.contrib.nothing'".
            current.msg = current.msg.replace(f"'{_PACKAGE}.", "'tensorflow.")
        waiting += [current.__cause__, current.__context__]


def show(error: BaseException) -> None:
    """Print `error` as Python would print it, with the script's own `sys.excepthook` if it has one."""
    without_our_frames(error)
    sys.excepthook(type(error), error, error.__traceback__)


def _script_part(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if not file.startswith((_OURS, "<frozen importlib")):
            kept.append(traceback)
        traceback = traceback.tb_next
    for link, following in zip(kept, [*kept[1:], None], strict=True):
        link.tb_next = following
    return kept[0] if kept else None
