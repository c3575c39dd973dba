"""``tf.random_uniform``, counted as in TF 1.15."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.watching import watched

Tensor = Any

_tensorflows = tf.compat.v1.random_uniform  # looked up now: `run` puts ours in its place


@watched
def random_uniform(
    shape: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = tf.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Draw numbers from a range, each with the same probability (``tf.random_uniform``).

    Args:
        shape: of the result; list of int, or integer tensor.
        minval: the least that is drawn; number or scalar tensor.
        maxval: above all that is drawn; 1 for floats, and needed for integers.
        dtype: a float type, int32 or int64.
        seed: of this operation.
        name: of the operation.

    Returns:
        Tensor of `shape`.

    Raises:
        ValueError: integers without `maxval`, or a type that can't be drawn.

    Source: the legacy program `seeded`.

    >>> tf.random_uniform([2, 3]).shape.as_list()
    [2, 3]
    """
    # Floats from 0 to 1 are what the kernel gives, and TensorFlow 2 leaves it at that. TF 1.15 multiplied by the
    # difference of the limits, and added the lower one: two operations before the kernel and three after it.
    is_plain = tf.as_dtype(dtype).is_floating and _is(minval, 0) and (maxval is None or _is(maxval, 1))
    if is_plain:
        op_counts.more(2)
    drawn = _tensorflows(shape, minval, maxval, dtype, seed, name)
    if is_plain:
        op_counts.more(3)
    elif _is(minval, 0) and drawn.dtype.is_floating:
        op_counts.more(2)  # TensorFlow 2 multiplies by the upper limit, without difference and sum
    return drawn


def _is(limit: Any, number: int) -> bool:
    return isinstance(limit, int) and limit == number  # TensorFlow 2 doesn't see that 0.0 is 0


hooks.keep_from_autograph(__name__)
