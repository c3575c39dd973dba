"""The inputs of a model that is verified: given, or made up from their dtypes and shapes."""

from __future__ import annotations

import ast
import re
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.verification.weights import noise

_SPECIFICATION = re.compile(r"(?P<dtype>[a-z]+[0-9]*)\[(?P<shape>[^\]]*)\]$")
_WORDS = {"true": True, "false": False, "none": None}


def input_from(specification: Any, position: int) -> Any:
    """An input as `verify` keeps it: an array for what will be a tensor, anything else as it is.

    A ``tf.TensorSpec`` stands for an array that is made up.

    Floats spread around 0 with variance 1, integers in 0 to 9; unknown dimensions are 4.
    """
    if isinstance(specification, (tf.Tensor, tf.Variable)):
        return specification.numpy()
    if isinstance(specification, (list, tuple)) and _is_numbers(specification):
        array = np.asarray(specification)
        return array.astype({"f": np.float32, "i": np.int32}.get(array.dtype.kind, array.dtype))
    if not isinstance(specification, tf.TensorSpec):
        return specification
    shape = tuple(4 if size is None else size for size in specification.shape.as_list())
    drawn = noise(f"input {position}", shape)
    dtype = specification.dtype
    if dtype.is_floating:
        return drawn.astype(dtype.as_numpy_dtype)
    if dtype.is_bool:
        return drawn > 0
    if dtype.is_integer:
        return (np.abs(drawn) * 1000 % 10).astype(dtype.as_numpy_dtype)
    if dtype.is_complex:
        return (drawn + 1j * noise(f"imaginary input {position}", shape)).astype(dtype.as_numpy_dtype)
    raise TypeError(f"there is no input to be made up for dtype {dtype.name}; give an array")


def _is_numbers(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(_is_numbers, value))
    return isinstance(value, (int, float))


def parse(text: str) -> Any:
    """What a user has typed for an input.

    A dtype and a shape stand for an array that is made up; else it is the name of a ``.npy`` file, a word (true, false,
    none), a Python literal, or a string.

    Raises:
        ValueError: the dtype or the shape can't be understood.
        OSError: there is no such file.

    >>> from tf1compat_wd._core.verification import inputs
    >>> inputs.parse("float32[32,784]"), inputs.parse("true"), inputs.parse("0.5"), inputs.parse("SAME")
    (TensorSpec(shape=(32, 784), dtype=tf.float32, name=None), True, 0.5, 'SAME')
    """
    match = _SPECIFICATION.match(text)
    if match:
        try:
            dtype = tf.as_dtype(match["dtype"])
        except TypeError:
            raise ValueError(f"{match['dtype']} is no dtype of TensorFlow") from None
        sizes = [size.strip() for size in match["shape"].split(",") if size.strip()]
        if not all(size.isdigit() or size in ("?", "None") for size in sizes):
            raise ValueError(f"[{match['shape']}] is no shape: write numbers, and ? for a size that doesn't matter")
        return tf.TensorSpec([int(size) if size.isdigit() else None for size in sizes], dtype)
    if text.endswith(".npy"):
        return np.load(text)
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


hooks.keep_from_autograph(__name__)
