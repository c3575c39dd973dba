"""What NumPy's arrays could do themselves, as opposed to NumPy's functions, when TF1 programs were written.

A method belongs to the array, wherever it came from: `session.run` returns arrays, and ``"%.3f" % loss`` asks them.
So this can't be limited to the user's own files. But it happens in the script's process only, what NumPy can do
already stays NumPy's, and what is added was an error before.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

# CPython's PyTypeObject: the variable-size head (an object's head and a length), then 18 words, then tp_flags.
_OFFSET_OF_FLAGS = object.__basicsize__ + (1 + 18) * ctypes.sizeof(ctypes.c_void_p)
_IS_IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE, since Python 3.10


def restore_methods() -> None:
    """Give arrays back what NumPy took from them: 2.3 the method `tostring`, 2.4 the numbers in arrays of one.

    `float`, `int`, ``"%f" % array``, `math` and the assignment ``x[0] = array`` accept an array with one element,
    whatever its shape, as they did for twenty years. Does nothing where NumPy still has all this, and on a
    Python that isn't CPython.
    """
    numpy = sys.modules["numpy"]
    array = numpy.ndarray
    methods: dict[str, Callable[..., Any]] = {}
    if not hasattr(array, "tostring"):
        methods["tostring"] = array.tobytes
    try:
        float(numpy.ones(1))
    except TypeError:
        methods |= {"__float__": _to_float, "__int__": _to_int}
    if methods:
        _set(array, methods)


def _to_float(self: Any) -> float:
    if self.size != 1:
        raise TypeError("only size-1 arrays can be converted to Python scalars")
    return float(self.item())


def _to_int(self: Any) -> int:
    if self.size != 1:
        raise TypeError("only size-1 arrays can be converted to Python scalars")
    return int(self.item())


def _set(owner: type, methods: dict[str, Callable[..., Any]]) -> None:
    """Set attributes of a type written in C, which Python refuses while the type is marked as immutable."""
    if sys.implementation.name != "cpython":
        return
    flags = ctypes.c_ulong.from_address(id(owner) + _OFFSET_OF_FLAGS)
    if flags.value != owner.__flags__:  # laid out otherwise than we know: hands off
        return
    flags.value &= ~_IS_IMMUTABLE
    try:
        for name, method in methods.items():
            setattr(owner, name, method)
    finally:
        flags.value |= _IS_IMMUTABLE
