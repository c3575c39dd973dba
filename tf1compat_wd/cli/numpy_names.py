"""The names that NumPy removed and old programs use, as a table that can be read without importing NumPy."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any


class _Casts:
    """`np.cast`: a dictionary of functions, by type."""

    def __init__(self, numpy: Any) -> None:
        self._numpy = numpy

    def __getitem__(self, dtype: Any) -> Callable[[Any], Any]:
        return lambda x: self._numpy.asarray(x).astype(dtype)


# Name to a function that finds the old meaning in today's NumPy. NumPy 1.24 removed the second names of
# Python's types, NumPy 2.0 a good many aliases, and others went in between. A name that the installed NumPy
# has, or has again (`np.bool` and `np.long` in 2.x), is never looked up here.
REMOVED_NAMES: dict[str, Callable[[Any], Any]] = {
    "bool": lambda np: bool,
    "bool8": lambda np: np.bool_,
    "bytes0": lambda np: np.bytes_,
    "cast": lambda np: _Casts(np),
    "complex": lambda np: complex,
    "float": lambda np: float,
    "int": lambda np: int,
    "long": lambda np: int,
    "object": lambda np: object,
    "str": lambda np: str,
    "unicode": lambda np: str,
    "Inf": lambda np: np.inf,
    "Infinity": lambda np: np.inf,
    "NAN": lambda np: np.nan,
    "NINF": lambda np: -np.inf,
    "NZERO": lambda np: -0.0,
    "NaN": lambda np: np.nan,
    "PINF": lambda np: np.inf,
    "PZERO": lambda np: 0.0,
    "alltrue": lambda np: np.all,
    "asfarray": lambda np: lambda a, dtype=float: np.asarray(a, dtype if np.issubdtype(dtype, np.inexact) else float),
    "asscalar": lambda np: lambda a: a.item(),
    "complex_": lambda np: np.complex128,
    "cumproduct": lambda np: np.cumprod,
    "disp": lambda np: (
        lambda mesg, device=None, linefeed=True: print(mesg, end="\n" if linefeed else "", file=device, flush=True)
    ),
    "find_common_type": lambda np: lambda arrays, scalars: np.result_type(*arrays, *scalars),
    "float_": lambda np: np.float64,
    "in1d": lambda np: lambda ar1, ar2, *options, **named: np.isin(np.ravel(ar1), ar2, *options, **named),
    "infty": lambda np: np.inf,
    "int0": lambda np: np.intp,
    "longfloat": lambda np: np.longdouble,
    "mat": lambda np: np.asmatrix,
    "math": lambda np: math,
    "msort": lambda np: lambda a: np.sort(a, axis=0),
    "object0": lambda np: np.object_,
    "product": lambda np: np.prod,
    "rank": lambda np: np.ndim,
    "round_": lambda np: np.round,
    "row_stack": lambda np: np.vstack,
    "singlecomplex": lambda np: np.complex64,
    "sometrue": lambda np: np.any,
    "str0": lambda np: np.str_,
    "string_": lambda np: np.bytes_,
    "trapz": lambda np: np.trapezoid,
    "typeDict": lambda np: np.sctypeDict,
    "uint0": lambda np: np.uintp,
    "unicode_": lambda np: np.str_,
    "void0": lambda np: np.void,
}

# Names that NumPy has but that refuse today what they took then; `script_numpy` has functions for them.
CHANGED_NAMES = frozenset(
    "array asarray column_stack dstack fromstring histogram hstack load reshape save stack sum vstack".split()
)
