"""What TensorFlow's own files had in TF 1.15, or before, and lost; and that was never public."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import tensorflow
import tensorflow.compat.v1 as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope

Tensor = Any

_WEIGHTS, _BIAS = "kernel", "bias"


def _linear(
    args: Tensor | Sequence[Tensor],
    output_size: int,
    bias: bool,
    bias_initializer: Any = None,
    kernel_initializer: Any = None,
    scope: str | None = None,
) -> Tensor:
    """The sum of each of `args` times a matrix of its own, stored as one matrix, plus a vector with `bias`.

    Letters: B the batch, D the sum of the last axes of `args`, U `output_size`.

    Creates: kernel [D, U] and bias [U], in the current variable scope, or in `scope`.

    Args:
        args: tensor [B, d] or a list of such.
        output_size: U.
        bias: whether there is a vector. Before TF 1.1 its first value could be given here too, as a number.
        bias_initializer, kernel_initializer: of the vector (zeros) and of the matrix (the scope's).
        scope: a variable scope to open first; TF 1.0 had it.

    Returns:
        Tensor [B, U].

    Raises:
        ValueError: no `args`, or of an unknown last axis.
    """
    inputs = list(args) if isinstance(args, (list, tuple)) else [args]
    if args is None or not inputs:
        raise ValueError("`args` must be specified")
    depth = 0
    for shape in (each.get_shape() for each in inputs):
        if shape.ndims != 2:
            raise ValueError(f"linear is expecting 2D arguments: {[each.get_shape() for each in inputs]}")
        last = tf.dimension_value(shape[1])
        if last is None:
            raise ValueError(f"linear expects shape[1] to be provided for shape {shape}, but saw {shape[1]}")
        depth += last
    dtype = inputs[0].dtype.base_dtype
    with variable_scope(get_variable_scope() if scope is None else scope) as outer:
        weights = get_variable(_WEIGHTS, [depth, output_size], dtype=dtype, initializer=kernel_initializer)
        result = tf.matmul(inputs[0] if len(inputs) == 1 else tf.concat(inputs, 1), weights)
        if not bias:
            return result
        with variable_scope(outer) as inner:
            inner.set_partitioner(None)
            if bias_initializer is None:
                bias_initializer = tf.zeros_initializer()
            return tf.nn.bias_add(result, get_variable(_BIAS, [output_size], dtype=dtype, initializer=bias_initializer))


class _Linear:
    """`_linear` with its variables made once, in the variable scope where this is built.

    Creates: kernel [D, U] and, with `build_bias`, bias [U].

    Args:
        args: tensor [B, d] or a list of such, to tell the shapes.
        output_size: U.
        build_bias: whether there is a vector.
        bias_initializer, kernel_initializer: see `_linear`.
    """

    def __init__(
        self,
        args: Tensor | Sequence[Tensor],
        output_size: int,
        build_bias: bool,
        bias_initializer: Any = None,
        kernel_initializer: Any = None,
    ) -> None:
        inputs = list(args) if isinstance(args, (list, tuple)) else [args]
        if args is None or not inputs:
            raise ValueError("`args` must be specified")
        depth = sum(tf.dimension_value(each.get_shape()[1]) for each in inputs)
        dtype = inputs[0].dtype.base_dtype
        with variable_scope(get_variable_scope()) as scope:
            self._weights = get_variable(_WEIGHTS, [depth, output_size], dtype=dtype, initializer=kernel_initializer)
            self._biases = None
            if build_bias:
                with variable_scope(scope) as inner:
                    inner.set_partitioner(None)
                    if bias_initializer is None:
                        bias_initializer = tf.zeros_initializer()
                    self._biases = get_variable(_BIAS, [output_size], dtype=dtype, initializer=bias_initializer)

    def __call__(self, args: Tensor | Sequence[Tensor]) -> Tensor:
        inputs = list(args) if isinstance(args, (list, tuple)) else [args]
        result = tf.matmul(inputs[0] if len(inputs) == 1 else tf.concat(inputs, 1), self._weights)
        return result if self._biases is None else tf.nn.bias_add(result, self._biases)


class RegisterShape:
    """``@ops.RegisterShape("MyOp")``: TensorFlow knows the shapes of its ops by itself; nothing is left to register.

    Args:
        op_type: name of an op.
    """

    def __init__(self, op_type: str) -> None:
        self._op_type = op_type

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return function


def _like_rnncell(cell: Any) -> bool:
    """Whether `cell` has all that an RNN cell needs."""
    return callable(cell) and all(hasattr(cell, name) for name in ("output_size", "state_size", "zero_state"))


def _build_info(name: str, default: Any) -> Any:
    return tensorflow.sysconfig.get_build_info().get(name, default)


_linear_names = {"_linear": _linear, "_Linear": _Linear}

#: By TF 1.15's file and name.
NAMES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "framework.common_shapes": {
            name: lambda op: []
            for name in ("call_cpp_shape_fn", "scalar_shape", "unchanged_shape", "unknown_shape", "no_outputs")
        },
        "framework.ops": {"RegisterShape": RegisterShape},
        "framework.tensor_shape": {
            "scalar": lambda: tf.TensorShape([]),
            "vector": lambda length: tf.TensorShape([length]),
            "matrix": lambda rows, cols: tf.TensorShape([rows, cols]),
        },
        "ops.rnn_cell": _linear_names,
        "ops.rnn_cell_impl": {**_linear_names, "_like_rnncell": _like_rnncell},
        "platform.build_info": {
            "is_cuda_build": tf.test.is_built_with_cuda(),
            "is_rocm_build": tf.test.is_built_with_rocm(),
            "cuda_version_number": _build_info("cuda_version", ""),
            "cudnn_version_number": _build_info("cudnn_version", ""),
        },
        "util.nest": {"is_sequence": hooks.tensorflows_nest.is_nested},
        "data.util.nest": {"is_sequence": hooks.tensorflows_nest.is_nested},
    }
)

hooks.keep_from_autograph(__name__)
