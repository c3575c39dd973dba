"""NumPy as the user's own files see it: with the names it had when TF1 programs were written.

The import statements of these files are redirected here. Everybody else keeps NumPy as it is: a library that
asks whether `np.int` exists gets the true answer. Three things differ from NumPy:

* names that NumPy removed (`np.int`, `np.float`, `np.asscalar`, ...) mean what they meant; the first use says so;
* functions take what they took and refuse today: `np.array` rows of different lengths, `np.fromstring` bytes,
  `np.vstack` a generator;
* `np.load` reads pickled objects unless told otherwise, as before NumPy 1.16.3. Pickles run code: a data file
  from a stranger is as dangerous for an old script as it was then.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy

from tf1compat_wd.cli.messages import hint, shown
from tf1compat_wd.cli.numpy_names import REMOVED_NAMES

# A copy, so that an attribute costs what it costs in NumPy, and an assignment (`np.load = my_load`) stays with
# the user's files.
globals().update({name: value for name, value in vars(numpy).items() if not name.startswith("__")})
__version__ = numpy.__version__
__all__ = list(numpy.__all__)

_this_module = sys.modules[__name__]
_has_told = False
_IS_NUMPY_2 = int(numpy.__version__.partition(".")[0]) >= 2


def load(
    file: Any,
    mmap_mode: Any = None,
    allow_pickle: bool = True,
    fix_imports: bool = True,
    encoding: Any = "ASCII",
    **options: Any,
) -> Any:
    """Read an array, an archive or a pickle: `numpy.load` with the default of `allow_pickle` that it had in 2018.

    The arguments stand in NumPy's order because programs replace the defaults by position
    (`np.load.__defaults__ = (None, True, True, "ASCII")`).
    """
    return numpy.load(file, mmap_mode, allow_pickle, fix_imports, encoding, **options)


def _array_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `np.array` or `np.asarray` as they were.

    Rows of different lengths gave an array of objects, until NumPy 1.24. And ``copy=False`` meant "if it can be
    avoided", until NumPy 2.
    """

    @functools.wraps(function)
    def convert(a: Any, *arguments: Any, **options: Any) -> Any:
        if _IS_NUMPY_2 and options.get("copy", True) is False:
            options["copy"] = None
        try:
            return function(a, *arguments, **options)
        except ValueError as error:
            if "inhomogeneous shape" not in str(error) or arguments or options.get("dtype") is not None:
                raise
        return function(a, **{**options, "dtype": object})

    return convert


def _stack_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that stacks arrays, and takes a generator or a `map` too, as until NumPy 1.24."""

    @functools.wraps(function)
    def stack(arrays: Any, *arguments: Any, **options: Any) -> Any:
        return function(list(arrays) if isinstance(arrays, Iterator) else arrays, *arguments, **options)

    return stack


array, asarray = _array_of(numpy.array), _array_of(numpy.asarray)
column_stack, dstack, hstack = _stack_of(numpy.column_stack), _stack_of(numpy.dstack), _stack_of(numpy.hstack)
stack, vstack = _stack_of(numpy.stack), _stack_of(numpy.vstack)


@functools.wraps(numpy.sum)
def sum(a: Any, *arguments: Any, **options: Any) -> Any:
    return numpy.sum(list(a) if isinstance(a, Iterator) else a, *arguments, **options)


def fromstring(string: Any, dtype: Any = float, count: int = -1, *, sep: str = "", **options: Any) -> Any:
    """Read numbers from text; or with no `sep` from bytes, a copy of them, as until NumPy 2.3."""
    if sep:
        return numpy.fromstring(string, dtype, count, sep=sep, **options)
    content = string.encode("latin1") if isinstance(string, str) else string
    return numpy.frombuffer(content, dtype, count).copy()


def histogram(a: Any, bins: Any = 10, range: Any = None, *arguments: Any, **options: Any) -> Any:
    """Count values: `numpy.histogram`, with `normed`, which is called `density` today."""
    if (normed := options.pop("normed", None)) is not None:
        options["density"] = normed
    return numpy.histogram(a, bins, range, *arguments, **options)


def reshape(a: Any, *arguments: Any, **options: Any) -> Any:
    """Give an array another shape: `numpy.reshape`, which called its second argument `newshape` until NumPy 2.4."""
    if "newshape" in options:
        arguments = (options.pop("newshape"), *arguments)
    return numpy.reshape(a, *arguments, **options)


def save(file: Any, arr: Any, *arguments: Any, **options: Any) -> None:
    """Write an array; rows of different lengths are an array of objects, as in `array`."""
    numpy.save(file, asarray(arr) if isinstance(arr, (list, tuple)) else arr, *arguments, **options)


def __getattr__(name: str) -> Any:
    if name not in REMOVED_NAMES:
        return getattr(numpy, name)  # a submodule that NumPy loads on demand, or its own error
    _tell_once(name)
    value = REMOVED_NAMES[name](numpy)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return dir(numpy)


def _tell_once(name: str) -> None:
    global _has_told
    if _has_told:
        return
    _has_told = True
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename.startswith("<frozen"):  # the import system, for `from` imports
        frame = frame.f_back
    place = f"{shown(frame.f_code.co_filename)}:{frame.f_lineno}"
    hint(
        f"{place} uses np.{name}, which NumPy has removed; such names keep their old meaning in the script's own files"
    )
