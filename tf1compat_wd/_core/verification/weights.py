"""Equal weights for every build: derived from names and shapes, or read from a checkpoint."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.verification.observations import VariableSeen

Array = Any


def values_for(
    variables: list[VariableSeen], initial: Mapping[str, Array], checkpoint: Mapping[str, Array]
) -> dict[str, Array]:
    """The value that each variable gets before the first pass, by name.

    That in the checkpoint if it has one of this shape. Else, for a trainable variable, its initial value plus numbers
    that depend on its name and shape, so that no two weights are equal and none is as the initializer left it. The
    means and variances of a batch normalization likewise; other variables begin as they do.
    """
    values = {}
    for variable in variables:
        start = initial[variable.name]
        saved = checkpoint.get(variable.name)
        if saved is not None and saved.shape == start.shape:
            values[variable.name] = saved.astype(start.dtype)
        else:
            values[variable.name] = _derived(variable, start)
    return values


def _derived(variable: VariableSeen, start: Array) -> Array:
    if not np.issubdtype(_plain(start).dtype, np.floating):
        return start
    drawn = noise(variable.name, start.shape)
    last = variable.name.rpartition("/")[2]
    if last == "moving_variance":
        change = 0.1 * np.abs(drawn)
    elif last == "moving_mean" or (variable.is_trainable and start.ndim < 2):
        change = 0.1 * drawn
    elif variable.is_trainable:
        change = drawn / np.sqrt(max(1, np.prod(start.shape[:-1])))
    else:
        return start
    return (_plain(start) + change).astype(start.dtype)


def noise(name: str, shape: tuple[int, ...]) -> Array:
    """Numbers around 0, that `name` and `shape` decide."""
    seed = zlib.crc32(f"{name} {list(shape)}".encode())
    return np.random.default_rng(seed).standard_normal(shape)


def _plain(value: Array) -> Array:
    """bfloat16 and its kind are no floating types to NumPy."""
    return value.astype(np.float32) if value.dtype.kind == "V" else value


def read_checkpoint(path: str | None) -> dict[str, Array]:
    """All values in the checkpoint at `path`, by TF1 name; {} without one."""
    if path is None:
        return {}
    try:
        reader = tf.train.load_checkpoint(path)
    except (tf.errors.OpError, ValueError):
        raise ValueError(f"there is no checkpoint {path}") from None
    return {name: np.asarray(reader.get_tensor(name)) for name in reader.get_variable_to_shape_map()}


hooks.keep_from_autograph(__name__)
