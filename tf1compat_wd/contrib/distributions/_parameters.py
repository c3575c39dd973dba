"""What every distribution begins with: one of logits and probs, shapes that broadcast, assertions on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

tf1 = tensorflow.compat.v1
Tensor = Any

Distribution: Any = tf1.distributions.Distribution


def given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What a constructor was called with, for `parameters` and `copy()`."""
    return {name: value for name, value in arguments.items() if name not in ("self", "__class__")}


def logits_and_probs(
    logits: Tensor = None, probs: Tensor = None, is_multidimensional: bool = False, name: str = "logits_and_probs"
) -> tuple[Tensor, Tensor]:
    """Both, from the one that was given: log-odds and probabilities, or over the last axis if multidimensional.

    Raises:
        ValueError: both were given, or neither.
    """
    with name_scope(name, values=[logits, probs]):
        if (probs is None) == (logits is None):
            raise ValueError("Must pass probs or logits, but not both.")
        if probs is None:
            logits = tensorflow.convert_to_tensor(logits, name="logits")
            if not logits.dtype.is_floating:
                raise TypeError("logits must having floating type.")
            return logits, (tensorflow.nn.softmax(logits) if is_multidimensional else tensorflow.sigmoid(logits))
        probs = tensorflow.convert_to_tensor(probs, name="probs")
        if not probs.dtype.is_floating:
            raise TypeError("probs must having floating type.")
        if is_multidimensional:
            return tensorflow.math.log(probs), probs
        return tensorflow.math.log(probs) - tensorflow.math.log1p(-1.0 * probs), probs


def positive(tensor: Tensor, validate_args: bool) -> Tensor:
    """The tensor, of which every element is asserted to be positive if that is wanted."""
    if not validate_args:
        return tensorflow.identity(tensor)
    with tensorflow.control_dependencies([tf1.assert_positive(tensor)]):
        return tensorflow.identity(tensor)


def softplus(tensor: Tensor, name: str) -> Tensor:
    """What makes any number a positive one."""
    return tensorflow.nn.softplus(tensorflow.convert_to_tensor(tensor), name=name)


def dynamic_broadcast(*tensors: Tensor) -> Tensor:
    """The shape that the tensors have together, as a tensor."""
    shape = tensorflow.shape(tensors[0])
    for tensor in tensors[1:]:
        shape = tensorflow.broadcast_dynamic_shape(shape, tensorflow.shape(tensor))
    return shape


def static_broadcast(*tensors: Tensor) -> Any:
    """The same as far as it is known."""
    shape = tensors[0].shape
    for tensor in tensors[1:]:
        shape = tensorflow.broadcast_static_shape(shape, tensor.shape)
    return shape


def with_leading(count: Tensor, shape: Tensor) -> Tensor:
    """`shape` with an axis of `count` in front of it."""
    return tensorflow.concat([[count], shape], 0)


class OfScalars(Distribution):  # type: ignore[misc]
    """A distribution over single numbers whose batch has the shape of its parameters, broadcast.

    A subclass gives its parameters as `_given`, a tuple of tensors.
    """

    _given: tuple[Tensor, ...]

    def _batch_shape_tensor(self) -> Tensor:
        return dynamic_broadcast(*self._given)

    def _batch_shape(self) -> Any:
        return static_broadcast(*self._given)

    def _event_shape_tensor(self) -> Tensor:
        return tensorflow.constant([], dtype=tensorflow.int32)

    def _event_shape(self) -> Any:
        return tensorflow.TensorShape([])

    def _broadcast(self, tensor: Tensor) -> Tensor:
        return tensor + tensorflow.zeros(self.batch_shape_tensor(), tensor.dtype)


def open_uniform(shape: Tensor, dtype: Any, seed: int | None) -> Tensor:
    """Numbers between 0 and 1, neither of which they reach: their logarithms are finite."""
    smallest = np.finfo(dtype.as_numpy_dtype).tiny
    return tf1.random_uniform(shape, smallest, 1.0, dtype, seed)


hooks.keep_from_autograph(__name__)
