"""What several cells of ``tf.contrib.rnn`` are made of: products with a matrix, layer normalization, shards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable, variable_scope
from tf1compat_wd.nn._loop_reads import read_once

Tensor = Any

ones = tf.compat.v1.ones_initializer()
zeros = tf.compat.v1.zeros_initializer()


def value_of(name: str, shape: Sequence[int], dtype: Any, initializer: Any = None) -> Tensor:
    """The value of the variable `name` in the current variable scope; inside a loop it is read once."""
    return read_once(get_variable(name, list(shape), dtype, initializer=initializer))


def depth_of(tensor: Tensor) -> int:
    """The size of the last axis.

    Raises:
        ValueError: it is unknown.
    """
    sizes = tensor.shape.as_list()
    if sizes[-1] is None:
        raise ValueError(f"Expected shape[-1] of a cell's inputs to be known, saw shape: {tensor.shape}")
    return sizes[-1]  # type: ignore[no-any-return]


def linear(
    parts: Tensor | Sequence[Tensor],
    size: int,
    bias: bool = True,
    bias_initializer: Any = None,
    kernel_initializer: Any = None,
) -> Tensor:
    """[parts side by side] · kernel + bias, with ``kernel`` and ``bias`` in the current variable scope.

    Args:
        parts: tensors [B, D].
        size: columns of the kernel.
        bias: whether there is one.
        bias_initializer: default: zeros.
        kernel_initializer: default: the variable scope's.
    """
    together = side_by_side(list(parts) if isinstance(parts, list | tuple) else [parts])
    kernel = value_of("kernel", [depth_of(together), size], together.dtype, kernel_initializer)
    product = tf.matmul(together, kernel)
    if not bias:
        return product
    return tf.nn.bias_add(product, value_of("bias", [size], together.dtype, bias_initializer or zeros))


def side_by_side(parts: list[Tensor]) -> Tensor:
    """The parts along the last of two axes."""
    return parts[0] if len(parts) == 1 else tf.concat(parts, 1)


def normalized(values: Tensor, scope: str, gain: float, shift: float) -> Tensor:
    """Layer normalization over the last axis, with ``<scope>/gamma`` and ``<scope>/beta``."""
    shape = [depth_of(values)]
    constant = tf.compat.v1.constant_initializer
    with variable_scope(scope):
        gamma = value_of("gamma", shape, values.dtype, constant(gain))
        beta = value_of("beta", shape, values.dtype, constant(shift))
    mean, variance = tf.nn.moments(values, [-1], keepdims=True)
    epsilon = 1e-3 if values.dtype == tf.float16 else 1e-12
    return tf.nn.batch_normalization(values, mean, variance, beta, gamma, epsilon)


def sharded(name: str, shape: Sequence[int], dtype: Any, shards: int) -> Tensor:
    """The rows of the variables ``<name>_0``, ``<name>_1``, ..., one below the other."""
    rows, rest = divmod(shape[0], shards)
    if shards > shape[0]:
        raise ValueError(f"Too many shards: shape={list(shape)}, num_shards={shards}")
    values = [value_of(f"{name}_{n}", [rows + (n < rest), *shape[1:]], dtype) for n in range(shards)]
    return values[0] if shards == 1 else tf.concat(values, 0)


hooks.keep_from_autograph(__name__)
