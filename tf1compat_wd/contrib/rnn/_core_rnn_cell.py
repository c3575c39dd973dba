"""What TF1 kept in ``tensorflow/contrib/rnn/python/ops/core_rnn_cell.py``: programs imported `_linear` from there."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable
from tf1compat_wd.contrib.rnn._parts import depth_of, linear, side_by_side, zeros

Tensor = Any


def _linear(
    args: Any, output_size: int, bias: bool, bias_initializer: Any = None, kernel_initializer: Any = None
) -> Tensor:
    """[args side by side] · kernel + bias, with ``kernel`` and ``bias`` in the current variable scope.

    Args:
        args: tensor [B, D], or a list of them.
        output_size: columns of the kernel.
        bias: whether there is one.
        bias_initializer: default: zeros.
        kernel_initializer: default: the variable scope's.

    Raises:
        ValueError: no `args`, or one that isn't of rank 2.

    Source: facts of the topic contrib_rnn_loops.
    """
    if args is None or (isinstance(args, list | tuple) and not args):
        raise ValueError("`args` must be specified")
    parts = list(args) if isinstance(args, list | tuple) else [args]
    for shape in (part.shape for part in parts):
        if shape.rank != 2:
            raise ValueError(f"linear is expecting 2D arguments: {[part.shape for part in parts]}")
    return linear(parts, output_size, bias, bias_initializer, kernel_initializer)


class _Linear:
    """`_linear` as an object, which makes its variables once.

    Args:
        args: tensors, as those that it will be called with.
        output_size, build_bias, bias_initializer, kernel_initializer: as for `_linear`.
    """

    def __init__(
        self,
        args: Any,
        output_size: int,
        build_bias: bool,
        bias_initializer: Any = None,
        kernel_initializer: Any = None,
    ) -> None:
        parts = list(args) if isinstance(args, list | tuple) else [args]
        dtype = parts[0].dtype
        self._is_sequence = isinstance(args, list | tuple)
        self._weights = get_variable(
            "kernel", [sum(depth_of(part) for part in parts), output_size], dtype, initializer=kernel_initializer
        )
        self._biases = (
            get_variable("bias", [output_size], dtype, initializer=bias_initializer or zeros) if build_bias else None
        )

    def __call__(self, args: Sequence[Tensor]) -> Tensor:
        product = tf.matmul(side_by_side(list(args) if self._is_sequence else [args]), self._weights)
        return product if self._biases is None else tf.nn.bias_add(product, self._biases)


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    return getattr(importlib.import_module("tf1compat_wd.contrib.rnn"), name)


hooks.keep_from_autograph(__name__)
