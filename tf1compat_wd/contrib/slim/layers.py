"""``slim.layers``: the layers of `tf.contrib.layers`, and one that only stands here."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

__all__ = ["poincare_normalize"]


def poincare_normalize(x: Any, axis: Any = 1, epsilon: float = 1e-5, name: str | None = None) -> Any:
    """Scale vectors down to a length of 1 - `epsilon`; shorter ones stay as they are.

    Args:
        x: floating tensor.
        axis: that of the vectors, or a list of axes.
        epsilon: distance from the unit sphere.
        name: name scope; default poincare_normalize.

    >>> [vector] = tf.contrib.slim.layers.poincare_normalize(tf.constant([[3.0, 4.0]]), epsilon=0.5)
    >>> [round(float(each), 3) for each in vector]
    [0.3, 0.4]
    """
    with name_scope(name, "poincare_normalize", [x]) as scope:
        x = tf.convert_to_tensor(x)
        factor = (1.0 - epsilon) * tf.math.rsqrt(tf.reduce_sum(tf.square(x), axis, keepdims=True))
        return tf.multiply(x, tf.minimum(tf.constant(1.0, x.dtype), factor), name=scope)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
