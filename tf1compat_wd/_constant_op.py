"""``tf.constant``, which repeats the last value where a shape asks for more."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.watching import watched


@watched
def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const", verify_shape: bool = False) -> Any:
    """A tensor with the values given (``tf.constant``).

    Args:
        value: number, text, array or nested lists.
        dtype: default: that of `value`; float32 for Python's floats, int32 for its integers.
        shape: default: that of `value`. Where it has room for more elements the last one is repeated. (TensorFlow 2
            does so in graphs only.)
        name: of the operation.
        verify_shape: refuse a value of another shape.

    Raises:
        TypeError: `verify_shape`, and another shape.
        ValueError: there are more values than `shape` has room for.

    >>> tf.constant([1, 2], shape=[2, 2]).numpy().tolist()
    [[1, 2], [2, 2]]
    """
    if shape is None or verify_shape or modes.current_mode() != modes.EAGER or tf.is_tensor(value):
        return tf.compat.v1.constant(value, dtype, shape, name, verify_shape)
    tensor = tf.compat.v1.constant(value, dtype)
    given, wanted = tensor.shape.num_elements(), tf.TensorShape(shape).num_elements()
    if wanted is None or given in (1, wanted):
        return tf.compat.v1.constant(value, dtype, shape, name)
    if given == 0 or wanted == 0:
        return tf.zeros(shape, tensor.dtype)
    if given > wanted:
        raise ValueError(f"Too many elements provided. Needed at most {wanted}, but received {given}")
    values = np.ravel(tensor.numpy())
    repeated = np.concatenate([values, np.repeat(values[-1:], wanted - given)])
    return tf.compat.v1.constant(repeated.reshape(tf.TensorShape(shape).as_list()), tensor.dtype)


hooks.keep_from_autograph(__name__)
