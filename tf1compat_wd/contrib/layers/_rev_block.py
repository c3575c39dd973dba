"""Reversible residual blocks."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core import user_frames
from tf1compat_wd._core.variable_scope import variable_scope

Tensor = Any
Function = TypeVar("Function", bound=Callable[..., Any])


def rev_block(
    x1: Any,
    x2: Any,
    f: Any,
    g: Any,
    num_layers: int = 1,
    f_side_input: Sequence[Tensor] | None = None,
    g_side_input: Sequence[Tensor] | None = None,
    is_training: bool = True,
) -> tuple[Tensor, Tensor]:
    """Layers of two streams, each of which adds to the other (``tf.contrib.layers.rev_block``).

    Each layer computes ``y1 = x1 + f(x2)`` and ``y2 = x2 + g(y1)``. Variables are made by `f` and `g`, in the scopes
    revblock/revlayer_<i>/f and .../g; the next block is revblock_1.

    Args:
        x1, x2: tensors of one shape.
        f, g: functions of a tensor, or lists with one for each layer.
        num_layers: how many layers.
        f_side_input, g_side_input: second arguments for `f` and `g`: lists of tensors.
        is_training: has no effect on numbers.

    Returns:
        Both streams after the last layer.

    Raises:
        ValueError: a list isn't of the length `num_layers`.

    Differs from TF 1.15: activations are kept for the gradient, where TF1 computed them again; numbers are the same.

    >>> y1, y2 = tf.contrib.layers.rev_block(tf.constant(1.0), tf.constant(2.0), lambda x: 10.0 * x, lambda x: x + 1.0)
    >>> y1.numpy().tolist(), y2.numpy().tolist()
    (21.0, 24.0)
    """
    streams = tf.convert_to_tensor(x1), tf.convert_to_tensor(x2)
    all_f, all_g = _for_each_layer(f, num_layers), _for_each_layer(g, num_layers)
    f_more = () if f_side_input is None else (f_side_input,)
    g_more = () if g_side_input is None else (g_side_input,)
    with variable_scope(None, "revblock"):
        for number in range(num_layers):
            with variable_scope(f"revlayer_{number}/f"):
                change = all_f[number](streams[1], *f_more)
            first = streams[0] + change
            with variable_scope(f"revlayer_{number}/g"):
                change = all_g[number](first, *g_more)
            streams = first, streams[1] + change
        if is_training:
            streams = tuple(tf.identity_n(streams))
    return streams


def _for_each_layer(function: Any, count: int) -> list[Callable[..., Tensor]]:
    functions = list(function) if isinstance(function, list | tuple) else [function] * count
    if len(functions) != count:
        raise ValueError(f"There are {count} layers, and {len(functions)} functions for them.")
    return functions


def recompute_grad(
    fn: Function, use_data_dep: Any = "__rev_block_lib_default", tupleize_grads: bool = False
) -> Function:
    """A function whose activations TF1 computed again for the gradient (``tf.contrib.layers.recompute_grad``).

    Here they are kept, which one warning says: results and gradients are the same, and more memory is needed.

    Args:
        fn: function of tensors, which may make variables.
        use_data_dep, tupleize_grads: have no effect.

    See also: `tf2.recompute_grad`, for functions that make no variables.

    >>> tf.contrib.layers.recompute_grad(lambda x: 2.0 * x)(tf.constant(3.0)).numpy().tolist()
    6.0
    """

    @functools.wraps(fn)
    def call(*args: Any) -> Any:
        user_frames.warn_once(
            "recompute_grad",
            "tf.contrib.layers.recompute_grad has no effect in this version: activations are kept, and numbers are the "
            "same. tf2.recompute_grad computes them again, for functions that make no variables.",
        )
        return fn(*args)

    return call  # type: ignore[return-value]


hooks.keep_from_autograph(__name__)
