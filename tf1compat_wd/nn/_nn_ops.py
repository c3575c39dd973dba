"""Functions of ``tf.nn`` that TensorFlow still has, with TF1's errors."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


def dropout(
    x: Tensor,
    keep_prob: Any = None,
    noise_shape: Any = None,
    seed: int | None = None,
    name: str | None = None,
    rate: Any = None,
) -> Tensor:
    """Set elements to 0 at random, and make up for it with the others (``tf.nn.dropout``).

    Args:
        x: floating tensor.
        keep_prob: number or scalar tensor; each element stays with this probability, divided by it.
        noise_shape: shape of the random numbers, which broadcasts to that of `x`.
        seed: for the random numbers.
        name: of the operation.
        rate: ``1 - keep_prob``, in place of it.

    Returns:
        Tensor like `x`.

    Raises:
        ValueError: neither or both of `keep_prob` and `rate`; a rate that isn't from 0 to less than 1; or `x` are
            integers.

    Source: facts of the topic nn_ops.

    >>> tf.nn.dropout(tf.ones([3]), keep_prob=1.0).numpy().tolist()
    [1.0, 1.0, 1.0]
    """
    if keep_prob is not None and rate is not None:
        raise ValueError("Cannot specify both 'keep_prob' and 'rate'")
    if rate is None:
        rate = None if keep_prob is None else 1 - keep_prob
    if rate is None:
        raise ValueError("You must provide a rate to dropout.")
    x = tf.convert_to_tensor(x)
    if not x.dtype.is_floating:
        raise ValueError(
            f"x has to be a floating point tensor since it's going to be scaled. Got a {x.dtype} tensor instead."
        )
    if isinstance(rate, int | float) and not 0 <= rate < 1:
        raise ValueError(f"rate must be a scalar tensor or a float in the range [0, 1), got {rate:g}")
    return tf.compat.v1.nn.dropout(x, noise_shape=noise_shape, seed=seed, name=name, rate=rate)


hooks.keep_from_autograph(__name__)
