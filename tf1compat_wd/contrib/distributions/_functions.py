"""Functions that distributions are made with."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any


def softplus_inverse(x: Tensor, name: str | None = None) -> Tensor:
    """The number whose softplus is `x`, ``log(exp(x) - 1)``, without overflow.

    Args:
        x: positive floating tensor.

    Returns:
        Tensor of the shape of `x`.

    >>> round(float(tf.contrib.distributions.softplus_inverse(1.0)), 4)
    0.5413
    """
    with name_scope(name, "softplus_inverse", values=[x]):
        x = tensorflow.convert_to_tensor(x, name="x")
        threshold = math.log(np.finfo(x.dtype.as_numpy_dtype).eps) + 2.0
        small, large = x < math.exp(threshold), x > -threshold
        # Neither branch of where may see numbers for which the other's gradient is infinite.
        middle = tensorflow.where(small | large, tensorflow.ones_like(x), x)
        known = x + tensorflow.math.log(-tensorflow.math.expm1(-middle))
        return tensorflow.where(small, tensorflow.math.log(tensorflow.where(small, x, tensorflow.ones_like(x))),
                                tensorflow.where(large, x, known))  # fmt: skip


def reduce_weighted_logsumexp(
    logx: Tensor,
    w: Tensor = None,
    axis: Any = None,
    keep_dims: bool = False,
    return_sign: bool = False,
    name: str | None = None,
) -> Any:
    """``log(abs(sum(w * exp(logx))))``, without overflow.

    Args:
        logx: floating tensor.
        w: weights, which may be negative, of a shape that broadcasts; None for ones.
        axis, keep_dims: as for `tf.reduce_sum`.
        return_sign: also return the sign of the sum.

    Returns:
        Tensor, or pair of tensors with `return_sign`.
    """
    with name_scope(name, "reduce_weighted_logsumexp", values=[logx, w]):
        logx = tensorflow.convert_to_tensor(logx, name="logx")
        if w is None:
            total = tensorflow.reduce_logsumexp(logx, axis, keep_dims)
            return (total, tensorflow.ones_like(total)) if return_sign else total
        w = tensorflow.convert_to_tensor(w, dtype=logx.dtype, name="w")
        weighed = logx + tensorflow.math.log(tensorflow.abs(w))
        most = tensorflow.stop_gradient(tensorflow.reduce_max(weighed, axis, keepdims=True))
        most = tensorflow.where(tensorflow.math.is_inf(most), tensorflow.zeros_like(most), most)
        total = tensorflow.reduce_sum(tensorflow.sign(w) * tensorflow.exp(weighed - most), axis, keep_dims)
        if not keep_dims:
            most = tensorflow.reshape(most, tensorflow.shape(total))
        value = most + tensorflow.math.log(tensorflow.abs(total))
        return (value, tensorflow.sign(total)) if return_sign else value


def matrix_diag_transform(
    matrix: Tensor, transform: Callable[[Tensor], Tensor] | None = None, name: str | None = None
) -> Tensor:
    """`matrix` with `transform` of its diagonal; the usual one is `tf.nn.softplus`.

    Args:
        matrix: tensor [..., K, K].
        transform: function of the diagonal [..., K]; None for none.

    Returns:
        Tensor of the shape of `matrix`.
    """
    with name_scope(name, "matrix_diag_transform", values=[matrix]):
        matrix = tensorflow.convert_to_tensor(matrix, name="matrix")
        if transform is None:
            return matrix
        return tensorflow.linalg.set_diag(matrix, transform(tensorflow.linalg.diag_part(matrix)))


def _order_of_vector(length: int) -> int:
    """K of a triangle with `length` = K (K + 1) / 2 numbers."""
    order = math.isqrt(8 * length + 1)
    if order * order != 8 * length + 1:
        raise ValueError(f"Input right-most shape ({length}) does not correspond to a triangular matrix.")
    return (order - 1) // 2


def fill_triangular(x: Tensor, upper: bool = False, name: str | None = None) -> Tensor:
    """Triangular matrices from vectors; the numbers run around the triangle like the hand of a clock.

    Args:
        x: tensor [..., K (K + 1) / 2] with a known last axis.
        upper: whether the triangle is the upper one.

    Returns:
        Tensor [..., K, K].

    Raises:
        ValueError: the last axis belongs to no triangle.

    >>> tf.contrib.distributions.fill_triangular([1, 2, 3]).numpy().tolist()
    [[3, 0], [2, 1]]
    """
    with name_scope(name, "fill_triangular", values=[x]):
        x = tensorflow.convert_to_tensor(x, name="x")
        order = _order_of_vector(x.shape[-1])
        tail = x[..., order:]
        pieces = [x, tensorflow.reverse(tail, [-1])] if upper else [tail, tensorflow.reverse(x, [-1])]
        shape = tensorflow.concat([tensorflow.shape(x)[:-1], [order, order]], 0)
        square = tensorflow.reshape(tensorflow.concat(pieces, -1), shape)
        square.set_shape(x.shape[:-1].concatenate([order, order]))
        return tensorflow.linalg.band_part(square, 0, -1) if upper else tensorflow.linalg.band_part(square, -1, 0)


def fill_triangular_inverse(x: Tensor, upper: bool = False, name: str | None = None) -> Tensor:
    """The vectors that `fill_triangular` makes the matrices of.

    Args:
        x: tensor [..., K, K] with a known last axis.
        upper: whether the triangle is the upper one.

    Returns:
        Tensor [..., K (K + 1) / 2].
    """
    with name_scope(name, "fill_triangular_inverse", values=[x]):
        x = tensorflow.convert_to_tensor(x, name="x")
        order = x.shape[-1]
        count = order * (order + 1) // 2
        places = np.full([order, order], -1)
        numbers = np.arange(count)
        tail = numbers[order:]
        around = [numbers, tail[::-1]] if upper else [tail, numbers[::-1]]
        square = np.concatenate(around).reshape([order, order])
        kept = np.triu(np.ones_like(places)) if upper else np.tril(np.ones_like(places))
        where = np.empty(count, np.int64)
        where[square[kept == 1]] = np.flatnonzero(kept == 1)
        shape = tensorflow.concat([tensorflow.shape(x)[:-2], [order * order]], 0)
        vector = tensorflow.gather(tensorflow.reshape(x, shape), where, axis=-1)
        vector.set_shape(x.shape[:-2].concatenate([count]))
        return vector


def tridiag(below: Tensor = None, diag: Tensor = None, above: Tensor = None, name: str | None = None) -> Tensor:
    """Matrices with numbers on the diagonal, right below and right above it.

    Args:
        below, above: tensors [..., K - 1]; None for zeros.
        diag: tensor [..., K]; None for zeros.

    Returns:
        Tensor [..., K, K].

    Raises:
        ValueError: all are None.
    """

    def padded(numbers: Tensor, is_below: bool) -> Tensor:
        numbers = tensorflow.convert_to_tensor(numbers)
        matrix = tensorflow.linalg.diag(numbers)
        sides = [[1, 0], [0, 1]] if is_below else [[0, 1], [1, 0]]
        return tensorflow.pad(matrix, [[0, 0]] * (matrix.shape.rank - 2) + sides)

    with name_scope(name, "tridiag", values=[below, diag, above]):
        parts = []
        if below is not None:
            parts.append(padded(below, True))
        if diag is not None:
            parts.append(tensorflow.linalg.diag(tensorflow.convert_to_tensor(diag, name="diag")))
        if above is not None:
            parts.append(padded(above, False))
        if not parts:
            raise ValueError("Must specify at least one of `below`, `diag`, `above`.")
        return sum(parts[1:], parts[0])


hooks.keep_from_autograph(__name__)
