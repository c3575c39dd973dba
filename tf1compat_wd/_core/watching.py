"""What begins in a pass that keeps a tape can be derived by, as everything in a TF1 graph can.

A tape records operations on what it watches and what was computed from that: by itself, on variables only. TF1's
``tf.gradients`` derives by a constant or an input just as well. So, while a tape of a pass is open, the tensors are
watched which a program makes of nothing (``tf.constant``, ``tf.zeros``, ``tf.random_normal``), of values from elsewhere
(``tf.convert_to_tensor``, ``tf.identity``, ``tf.reshape``), or of something without a derivative (``tf.cast``).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks

#: TensorFlow's own functions that `_namespace` gives as `watched`.
NAMES = frozenset(
    """
    cast convert_to_tensor eye fill identity lin_space linspace one_hot ones ones_like random_normal range reshape
    stop_gradient to_bfloat16 to_double to_float truncated_normal zeros zeros_like
    linalg.eye math.cast random.normal random.stateless_normal random.stateless_uniform random.truncated_normal
    """.split()
)


@functools.cache
def watched(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, with its result watched by the tape of the current eager pass, if there is one."""

    @functools.wraps(function)
    def watching(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if passes.open_tapes:
            watch(result)
        return result

    return watching


def watch(tensor: Any) -> None:
    """Let the tape of the current eager pass, if there is one, record what is computed from `tensor`."""
    if not isinstance(tensor, tf.Tensor) or not (tensor.dtype.is_floating or tensor.dtype.is_complex):
        return
    here = passes.current() if modes.current_mode() == modes.EAGER else None
    if here is not None and here.tape is not None:
        here.tape.watch(tensor)


hooks.keep_from_autograph(__name__)
