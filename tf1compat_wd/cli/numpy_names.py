"""The names that NumPy removed and old programs use, as a table that can be read without importing NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Name to a function that finds the old meaning in today's NumPy. NumPy 1.24 removed the second names of
# Python's types, NumPy 2.0 a good many aliases, and others went in between. A name that the installed NumPy
# has, or has again (`np.bool` and `np.long` in 2.x), is never looked up here.
REMOVED_NAMES: dict[str, Callable[[Any], Any]] = {
    "bool": lambda np: bool,
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
    "float_": lambda np: np.float64,
    "in1d": lambda np: lambda ar1, ar2, *options, **named: np.isin(np.ravel(ar1), ar2, *options, **named),
    "infty": lambda np: np.inf,
    "longfloat": lambda np: np.longdouble,
    "mat": lambda np: np.asmatrix,
    "msort": lambda np: lambda a: np.sort(a, axis=0),
    "product": lambda np: np.prod,
    "rank": lambda np: np.ndim,
    "round_": lambda np: np.round,
    "row_stack": lambda np: np.vstack,
    "singlecomplex": lambda np: np.complex64,
    "sometrue": lambda np: np.any,
    "string_": lambda np: np.bytes_,
    "trapz": lambda np: np.trapezoid,
    "typeDict": lambda np: np.sctypeDict,
    "unicode_": lambda np: np.str_,
}
