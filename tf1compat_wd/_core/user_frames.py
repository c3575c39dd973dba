"""Where in the user's own program we are: for errors, and for warnings at the user's line."""

from __future__ import annotations

import os
import sys
import warnings
from types import FrameType

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

_NOT_THE_USERS = (
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep,
    os.path.dirname(os.path.abspath(tf.__file__)) + os.sep,
    os.path.dirname(os.path.abspath(warnings.__file__)) + os.sep + "contextlib",
)

_warned: set[str] = set()


def _user_frame() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_NOT_THE_USERS):
        frame = frame.f_back
    return frame


def user_line() -> str:
    """``train.py:41, in model``: the innermost line that is neither ours nor TensorFlow's."""
    frame = _user_frame()
    if frame is None:
        return "an unknown line"
    return f"{frame.f_code.co_filename}:{frame.f_lineno}, in {frame.f_code.co_name}"


def user_line_key() -> tuple[str, int]:
    """File and line of the user's call, to tell calls apart."""
    frame = _user_frame()
    return ("", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)


def warn_once(key: str, message: str) -> None:
    """Warn at the user's line, the first time in this process that `key` comes up."""
    if key in _warned:
        return
    _warned.add(key)
    frame = _user_frame()
    if frame is None:
        warnings.warn(message, UserWarning, stacklevel=2)
    else:
        warnings.warn_explicit(
            message, UserWarning, frame.f_code.co_filename, frame.f_lineno, registry=None,
            module=frame.f_globals.get("__name__", "__main__"),
        )  # fmt: skip


hooks.keep_from_autograph(__name__)
