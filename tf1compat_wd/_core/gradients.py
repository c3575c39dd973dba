"""``tf.gradients`` in all modes: in eager mode on the tape of the pass."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks

_NONE = tf.UnconnectedGradients.NONE


def tape_of_pass(what: str, first: str) -> tf.GradientTape:
    """The tape of the current eager pass.

    Raises:
        RuntimeError: the tracking scope keeps none; `first` is the error's first sentence.
    """
    here = passes.current()
    if here is None or here.tape is None:
        raise errors.needs_a_tape(what, first)
    return here.tape


def gradients(
    ys: Any,
    xs: Any,
    grad_ys: Any = None,
    name: str = "gradients",
    colocate_gradients_with_ops: bool = False,
    gate_gradients: bool = False,
    aggregation_method: int | None = None,
    stop_gradients: Any = None,
    unconnected_gradients: Any = _NONE,
) -> list[Any]:
    """The derivatives of the sum of `ys` with respect to each of `xs` (``tf.gradients``).

    In eager mode it needs a pass of a ``VariableTrackingScope(tape=True)``, and `xs` are variables, or
    tensors computed from variables in this pass: the derivative with respect to a constant is None there.

    Args:
        ys, xs: a tensor or a list of them.
        grad_ys: the derivatives to begin with, one for each of `ys`.
        name: of the operations.
        colocate_gradients_with_ops, gate_gradients, aggregation_method: graph and function mode only.
        stop_gradients: tensors to be taken as constants; graph and function mode only.
        unconnected_gradients: NONE, or ZERO for zeros where there is no path.

    Returns:
        A list with a tensor, or None, for each of `xs`.

    Raises:
        RuntimeError: in eager mode, without a tape.
        NotImplementedError: `stop_gradients` in eager mode.
    """
    if modes.current_mode() != modes.EAGER:
        return tf.compat.v1.gradients(
            ys, xs, grad_ys, name, colocate_gradients_with_ops, gate_gradients, aggregation_method,
            stop_gradients, unconnected_gradients,
        )  # fmt: skip
    tape = tape_of_pass(
        "tf.gradients", "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
    )
    if stop_gradients is not None:
        raise NotImplementedError(
            "stop_gradients is not supported in eager mode.\n\nUse tf.stop_gradient where the tensor is used, or run "
            "the step under tf.function."
        )
    many = isinstance(xs, list | tuple)
    result = tape.gradient(
        list(ys) if isinstance(ys, list | tuple) else ys,
        list(xs) if many else [xs],
        output_gradients=grad_ys,
        unconnected_gradients=tf.UnconnectedGradients(getattr(unconnected_gradients, "value", unconnected_gradients)),
    )
    return list(result)


hooks.keep_from_autograph(__name__)
