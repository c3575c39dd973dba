"""NumPy as the user's own files see it: with the names it had when TF1 programs were written.

The import statements of these files are redirected here. Everybody else keeps NumPy as it is: a library that
asks whether `np.int` exists gets the true answer. Two things differ from NumPy:

* names that NumPy removed (`np.int`, `np.float`, `np.asscalar`, ...) mean what they meant; the first use says so;
* `np.load` reads pickled objects unless told otherwise, as before NumPy 1.16.3. Pickles run code: a data file
  from a stranger is as dangerous for an old script as it was then.
"""

from __future__ import annotations

import sys
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
