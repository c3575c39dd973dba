"""Checks of shapes and dtypes, and what losses and metrics shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd import _weights
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any


def _shown_name(tensor: Tensor) -> str:
    return str(getattr(tensor, "name", "of eager mode"))


def assert_scalar_int(tensor: Any, name: str | None = None) -> Tensor:
    """`tensor`, as a tensor, after checking that it is a scalar of an integer dtype.

    Raises:
        ValueError: it isn't.
    """
    with name_scope(name, "assert_scalar_int", [tensor]):
        tensor = tf.convert_to_tensor(tensor)
        if not tensor.dtype.base_dtype.is_integer:
            raise ValueError(
                f"Expected integer type for {_shown_name(tensor)}, received type: {tensor.dtype.base_dtype}."
            )
        if tensor.shape.rank != 0:
            raise ValueError(f"Expected scalar shape for {_shown_name(tensor)}, saw shape: {tensor.shape}.")
        return tensor


def reduce_sum_n(tensors: Sequence[Tensor], name: str | None = None) -> Tensor:
    """The sum of all elements of all `tensors`.

    Raises:
        ValueError: there are none.

    >>> float(tf.contrib.framework.reduce_sum_n([tf.ones([2, 2]), tf.ones([3])]))
    7.0
    """
    if not tensors:
        raise ValueError("No tensors provided.")
    with name_scope(name, "reduce_sum_n", tensors) as scope:
        sums = [tf.reduce_sum(each, name=_sum_name(each)) for each in tensors]
        return sums[0] if len(sums) == 1 else tf.add_n(sums, name=scope or None)


def _sum_name(tensor: Tensor) -> str | None:
    name = getattr(tensor, "name", None)
    return None if name is None else f"{name.partition(':')[0]}/sum"


def remove_squeezable_dimensions(predictions: Tensor, labels: Tensor, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Drop a last axis of length 1 that only one of the two has.

    As ``tf.confusion_matrix.remove_squeezable_dimensions``, whose arguments stand the other way round.
    """
    with name_scope(name, "remove_squeezable_dimensions", [labels, predictions]):
        predictions, labels = tf.convert_to_tensor(predictions), tf.convert_to_tensor(labels)
        labels, predictions, _ = _weights.drop_last_axis(labels, predictions, None)
        return predictions, labels


def with_same_shape(expected_tensor: Tensor, tensor: Tensor) -> Tensor:
    """`tensor`, checked to have the shape of `expected_tensor`; see `with_shape`."""
    with name_scope(f"{_op_name(tensor)}/", values=[expected_tensor, tensor]):
        static = expected_tensor.shape
        wanted = static.as_list() if static.is_fully_defined() else tf.shape(expected_tensor)
        return with_shape(wanted, tensor)


def with_shape(expected_shape: Any, tensor: Tensor) -> Tensor:
    """`tensor`, checked to have a shape: now if it is known, else when the tensor is computed.

    Args:
        expected_shape: list, TensorShape, array or tensor of integers.
        tensor: tensor.

    Returns:
        The tensor itself if nothing is left to check, else a copy that fails if the shape is wrong. Its static shape
        is the one expected.

    Raises:
        ValueError: the shape is wrong, or `expected_shape` is no shape.
    """
    if isinstance(expected_shape, tf.TensorShape):
        expected_shape = expected_shape.as_list()
    if tf.is_tensor(expected_shape):
        return _with_shape_of_tensor(expected_shape, tensor)
    wanted = np.asarray(expected_shape, None if np.size(expected_shape) else np.int32)
    _check_is_shape(wanted.dtype, wanted.ndim, expected_shape, tensor)
    if tensor.shape.is_fully_defined():
        if tensor.shape.as_list() != wanted.tolist():
            raise _wrong_shape(tensor, wanted)
        return tensor
    checked = _checked_at_run_time(tf.constant(wanted, tf.int32), tensor)
    checked.set_shape(wanted.tolist())
    return checked


def _with_shape_of_tensor(wanted: Tensor, tensor: Tensor) -> Tensor:
    _check_is_shape(np.dtype(wanted.dtype.as_numpy_dtype), wanted.shape.rank, wanted, tensor)
    known = tf.get_static_value(wanted)
    if known is not None and tensor.shape.is_fully_defined() and tensor.shape.as_list() != known.tolist():
        raise _wrong_shape(tensor, known)
    checked = _checked_at_run_time(tf.cast(wanted, tf.int32), tensor)
    if known is not None:
        checked.set_shape(known.tolist())
    return checked


def _check_is_shape(dtype: np.dtype[Any], rank: int | None, shape: Any, tensor: Tensor) -> None:
    if dtype.kind not in "iu":
        raise ValueError(f"Invalid dtype {dtype} for shape {shape} expected of tensor {_shown_name(tensor)}.")
    if rank not in (None, 1):
        raise ValueError(f"Invalid rank {rank} for shape {shape} expected of tensor {_shown_name(tensor)}.")


def _wrong_shape(tensor: Tensor, wanted: Any) -> ValueError:
    return ValueError(f"Invalid shape for tensor {_shown_name(tensor)}, expected {wanted}, got {tensor.shape}.")


def _op_name(tensor: Tensor) -> str:
    return str(getattr(tensor, "name", "with_shape")).partition(":")[0]


def _checked_at_run_time(wanted: Tensor, tensor: Tensor) -> Tensor:
    with name_scope(f"{_op_name(tensor)}/", values=[wanted, tensor]):
        actual = tf.shape(tensor, name="actual_shape")
        same = tf.cond(
            tf.equal(tf.size(wanted), tf.size(actual)),
            lambda: tf.reduce_all(tf.equal(wanted, actual)),
            lambda: tf.constant(False),
        )
        text = f"Wrong shape for {_shown_name(tensor)} [expected] [actual]."
        assertion = tf.debugging.Assert(same, [text, wanted, actual], name="assert_shape")
        with tf.control_dependencies([assertion] if assertion is not None else []):
            return tf.identity(tensor)


hooks.keep_from_autograph(__name__)
