"""``tf.initializers``: TensorFlow's own, but for constants in eager mode."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["constant"]


class constant(tf.compat.v1.constant_initializer):
    """Fill a variable with `value` (``tf.constant_initializer``).

    Args:
        value: a number, or a list or array; one with fewer elements than the variable is continued with its last
            element.
        dtype: of what is made where the variable does not say.
        verify_shape: refuse a value of another shape than the variable's.

    Raises:
        ValueError: when called, `value` has more elements than the variable.
        TypeError: when called, the shape is another and `verify_shape` is set.

    Source: facts of the topic initializers. (In eager mode ``tf.compat.v1.constant_initializer`` refuses a value that
    is too short.)

    >>> tf.constant_initializer([1.0, 2.0])([3], tf.float32).numpy().tolist()
    [1.0, 2.0, 2.0]
    """

    def __init__(self, value: Any = 0, dtype: Any = tf.float32, verify_shape: bool = False) -> None:
        super().__init__(value)  # TensorFlow 2 warns of the other two, and only keeps them
        self.dtype, self._verify_shape = tf.as_dtype(dtype), verify_shape

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None, verify_shape: Any = None) -> Any:
        must_fit = self._verify_shape if verify_shape is None else verify_shape
        if must_fit or modes.current_mode() == modes.GRAPH:
            return super().__call__(shape, dtype, partition_info, verify_shape)
        values = np.asarray(self.value)
        if values.dtype.kind != "b" and not isinstance(self.value, np.ndarray | np.generic):
            tf.constant(self.value, dtype or self.dtype)  # refuses 0.5 as an integer, which NumPy would round
        wanted = tf.TensorShape(shape).num_elements()
        if values.size == 1 and wanted == 0:
            return tf.zeros(shape, dtype or self.dtype)
        if values.size > wanted:
            raise ValueError(
                f"Too many elements provided. Takes at most {wanted:d}, but got {values.size:d}\n\n"
                f"The variable has shape {tuple(shape)}, the constant {values.shape}."
            )
        if 1 < values.size < wanted:
            flat = values.reshape(-1)
            values = np.concatenate([flat, np.full(wanted - flat.size, flat[-1], flat.dtype)]).reshape(shape)
        elif values.size == wanted:
            values = values.reshape(shape)
        return tf.constant(values.tolist() if values.dtype == object else values, dtype or self.dtype, shape=shape)


constant.__name__ = "Constant"

__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
