"""``tf.py_func`` and ``tf.numpy_function``: a Python function as an operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any

# What TensorFlow's C++ calls dtypes, in its errors.
_NAMES_IN_ERRORS = {"float16": "half", "float32": "float", "float64": "double"}


def py_func(
    func: Callable[..., Any], inp: Sequence[Any], Tout: Any, stateful: bool = True, name: str | None = None
) -> Any:
    """Call `func` on NumPy arrays as an operation (``tf.py_func``).

    Args:
        func: function of as many arrays (NumPy scalars where a tensor has no axes, bytes for text) as there are
            elements in `inp`. It returns an array, or a list of them.
        inp: list of tensors.
        Tout: dtype of the result, or a list of dtypes. What `func` returns must be of that dtype already: a Python
            float is float64.
        stateful: False if equal inputs give equal results.
        name: of the operation.

    Returns:
        A tensor; or, where `Tout` is a list, a list of tensors even if it has one element. (In eager mode TensorFlow 2
        takes it out of the list, so that ``[0]`` would take its first row, and doesn't look at `Tout`.)

    Raises:
        ValueError: `func` can't be called.
        InvalidArgumentError: another number of results, or another dtype, than `Tout` says.

    Source: facts of the topic script_ops.

    >>> [doubled] = tf.py_func(lambda x: 2 * x, [tf.constant([1.0, 2.0])], [tf.float32])
    >>> doubled.numpy().tolist()
    [2.0, 4.0]
    """
    _require_callable(func)
    if modes.current_mode() == modes.EAGER:
        return _call_now(func, inp, Tout)
    return tf.compat.v1.py_func(func, inp, Tout, stateful=stateful, name=name)


def numpy_function(func: Callable[..., Any], inp: Sequence[Any], Tout: Any, name: str | None = None) -> Any:
    """The same as `py_func` under another name (``tf.numpy_function``).

    TensorFlow 2.x takes `stateful` where TF1 took `name`.
    """
    _require_callable(func)
    if modes.current_mode() == modes.EAGER:
        return _call_now(func, inp, Tout)
    return tf.compat.v1.numpy_function(func, inp, Tout, name=name)


def _require_callable(func: Any) -> None:
    if not callable(func):
        raise ValueError(f"Expected func to be callable, got func of type {type(func)}")


def _call_now(func: Callable[..., Any], inp: Sequence[Any], Tout: Any) -> Any:
    if not isinstance(inp, list | tuple):
        raise TypeError(f"Expected list for 'input' argument to 'PyFunc' Op, not {inp}.")
    wanted = [tf.as_dtype(dtype) for dtype in (Tout if isinstance(Tout, list | tuple) else [Tout])]
    returned = func(*(tf.convert_to_tensor(tensor).numpy() for tensor in inp))
    if returned is None:
        returned = []
    values = list(returned) if isinstance(returned, list | tuple) else [returned]
    if len(values) != len(wanted):
        raise _refusal(f"pyfunc_0 returns {len(values)} values, but expects to see {len(wanted)} values.", func)
    results = [_checked(position, values[position], dtype, func) for position, dtype in enumerate(wanted)]
    if not results:
        return None
    return results if isinstance(Tout, list | tuple) else results[0]


def _checked(position: int, value: Any, wanted: tf.DType, func: Callable[..., Any]) -> Tensor:
    array = np.asarray(value, order="C")
    found = tf.as_dtype(array.dtype) if array.dtype.kind not in "SUO" else tf.string
    if found != wanted:
        shown = [_NAMES_IN_ERRORS.get(dtype.name, dtype.name) for dtype in (found, wanted)]
        first = f"{position}-th value returned by pyfunc_0 is {shown[0]}, but expects {shown[1]}"
        raise _refusal(first, func)
    return tf.constant(array, dtype=wanted)


def _refusal(first: str, func: Callable[..., Any]) -> tf.errors.InvalidArgumentError:
    name = getattr(func, "__qualname__", repr(func))
    return tf.errors.InvalidArgumentError(
        None, None, f"{first}\n\nThe function is {name}. np.float32(...) and array.astype(...) make other dtypes."
    )


hooks.keep_from_autograph(__name__)
