"""Where in the user's own program we are: for errors, and for warnings at the user's line."""

from __future__ import annotations

import os
import sys
import warnings
from types import CodeType, FrameType
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

_NOT_THE_USERS = (
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep,
    os.path.dirname(os.path.abspath(tf.__file__)) + os.sep,
    os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(tf.__file__))), "keras") + os.sep,
    os.path.dirname(os.path.abspath(warnings.__file__)) + os.sep + "contextlib",
)

#: File, line and function; None: unknown.
Place = tuple[str, int, str] | None

#: The code that a user's frame runs and the instruction it is at, of which `place_of` makes the line. Or the line.
Spot = tuple[CodeType, int] | Place

_warned: set[str] = set()


def _user_frame() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_NOT_THE_USERS):
        frame = frame.f_back
    return frame


def user_spot() -> Spot:
    """As `user_place`, for each pass: the line is worked out only if somebody asks for it."""
    frame = _user_frame()
    if frame is None:
        return None
    code = frame.f_code
    if hooks.is_made_by_autograph(code.co_filename):  # which knows the user's line during the trace only
        line = frame.f_lineno
        return hooks.line_before_autograph(code.co_filename, line) or (code.co_filename, line, code.co_name)
    return code, frame.f_lasti


def place_of(spot: Spot) -> Place:
    """The line of `spot`."""
    if spot is None or len(spot) == 3:
        return spot
    code, instruction = spot
    lines = [line for begin, end, line in code.co_lines() if begin <= instruction < end and line is not None]
    return code.co_filename, lines[0] if lines else code.co_firstlineno, code.co_name


def user_place() -> Place:
    """The innermost line that is neither ours nor TensorFlow's, also where AutoGraph has rewritten it."""
    return place_of(user_spot())


def line_at(place: Place) -> str:
    """``train.py:41, in model``."""
    return "an unknown line" if place is None else f"{place[0]}:{place[1]}, in {place[2]}"


def user_line() -> str:
    """`user_place` as `line_at` puts it."""
    return line_at(user_place())


def line_among(frames: Any) -> str:
    """As `user_line`, of a stack that was recorded: its innermost line that is neither ours nor TensorFlow's."""
    for frame in reversed(list(frames)):
        if not frame.filename.startswith(_NOT_THE_USERS):
            return f"{frame.filename}:{frame.lineno}"
    return "an unknown line"


def user_line_key() -> tuple[str, int]:
    """File and line of the user's call, to tell calls apart."""
    place = user_place()
    return ("", 0) if place is None else place[:2]


def warn_once(key: str, message: str) -> None:
    """Warn at the user's line, the first time in this process that `key` comes up."""
    if key in _warned:
        return
    _warned.add(key)
    place, frame = user_place(), _user_frame()
    if place is None or frame is None:
        warnings.warn(message, UserWarning, stacklevel=2)
    else:
        module = frame.f_globals.get("__name__", "__main__")
        warnings.warn_explicit(message, UserWarning, place[0], place[1], registry=None, module=module)


hooks.keep_from_autograph(__name__)
