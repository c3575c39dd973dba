"""``tf.gradients`` and ``tf.hessians`` in all modes: in eager mode on the tape of the pass."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, modes, passes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks

_NONE = tf.UnconnectedGradients.NONE
_ZERO = tf.UnconnectedGradients.ZERO


def tape_of_pass(what: str, first: str) -> tf.GradientTape:
    """The tape of the current eager pass.

    Raises:
        RuntimeError: the tracking scope keeps none; `first` is the error's first sentence.
    """
    here = passes.current()
    if here is None or here.tape is None:
        raise errors.needs_a_tape(what, first)
    return here.tape


class _Pauses(threading.local):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0


_pauses = _Pauses()


@contextmanager
def not_recording() -> Iterator[None]:
    """Leave what runs here out of the tape of the current eager pass, if there is one: nobody derives by it."""
    here = passes.current() if modes.current_mode() == modes.EAGER else None
    if here is None or here.tape is None or _pauses.depth:
        yield
        return
    _pauses.depth += 1
    try:
        with here.tape.stop_recording():
            yield
    finally:
        _pauses.depth -= 1


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
    With `stop_gradients` it is found there by taking away what flows through these tensors from the whole, which
    is exact but for rounding, and gives zeros instead of None where nothing is left.

    Args:
        ys, xs: a tensor or a list of them.
        grad_ys: the derivatives to begin with, one for each of `ys`; None for ones.
        name: of the operations.
        colocate_gradients_with_ops, gate_gradients, aggregation_method: graph and function mode only.
        stop_gradients: tensors to be taken as constants.
        unconnected_gradients: NONE, or ZERO for zeros where there is no path.

    Returns:
        A list with a tensor, or None, for each of `xs`.

    Raises:
        RuntimeError: in eager mode, without a tape.
        ValueError: there are not as many `grad_ys` as `ys`.
    """
    targets, sources = _as_list(ys), _as_list(xs)
    begin = [None] * len(targets) if grad_ys is None else _as_list(grad_ys)
    if len(begin) != len(targets):
        raise ValueError(f"Passed {len(begin)} grad_ys for {len(targets)} ys")
    if modes.current_mode() != modes.EAGER:
        return tf.compat.v1.gradients(
            ys, xs, grad_ys, name, colocate_gradients_with_ops, gate_gradients, aggregation_method,
            stop_gradients, unconnected_gradients,
        )  # fmt: skip
    tape = tape_of_pass(
        "tf.gradients", "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
    )
    begin = [tf.ones_like(y) if given is None else given for y, given in zip(targets, begin, strict=True)]
    zeros = tf.UnconnectedGradients(getattr(unconnected_gradients, "value", unconnected_gradients)) == _ZERO
    if stop_gradients is None:
        result = tape.gradient(targets, sources, begin)
    else:
        result = _gradients_around(tape, targets, sources, begin, _as_list(stop_gradients))
    if zeros:
        return [tf.zeros_like(x) if d is None else d for d, x in zip(result, sources, strict=True)]
    if any(d is None and not isinstance(x, tf.Variable) for d, x in zip(result, sources, strict=True)):
        user_frames.warn_once(f"gradient of a constant at {user_frames.user_line_key()}", _OF_A_CONSTANT)
    return list(result)


def _as_list(items: Any) -> list[Any]:
    return list(items) if isinstance(items, list | tuple) else [items]


def _gradients_around(tape: Any, ys: list[Any], xs: list[Any], begin: list[Any], stops: list[Any]) -> list[Any]:
    """The derivatives of `ys` along the paths to `xs` that pass none of `stops`; `begin` is what `ys` begin with.

    A tape knows whole derivatives only. What arrives at a tensor of `stops` directly is what arrives there at all, less
    what came by another of them: as none lies before itself, taking away, adding back, and so on comes to an end.
    """
    term = [_zeros_if_none(d, s) for d, s in zip(tape.gradient(ys, stops, begin), stops, strict=True)]
    direct = term
    for _ in stops[1:]:
        passed_on = tape.gradient(stops, stops, term)  # each gives its own to itself, too
        term = [own - _zeros_if_none(d, own) for d, own in zip(passed_on, term, strict=True)]
        direct = [d + t for d, t in zip(direct, term, strict=True)]
    through = tape.gradient(stops, xs, direct)
    result = []
    for x, whole, part in zip(xs, tape.gradient(ys, xs, begin), through, strict=True):
        own = next((d for d, stop in zip(direct, stops, strict=True) if stop is x), None)
        if whole is None or (part is None and own is None):
            result.append(whole)
        else:
            result.append(tf.convert_to_tensor(whole) - part if own is None else own)
    return result


def _zeros_if_none(gradient: Any, like: Any) -> Any:
    return tf.zeros_like(like) if gradient is None else tf.convert_to_tensor(gradient)


_OF_A_CONSTANT = (
    "tf.gradients gives None for a tensor. In eager mode only what is computed from variables can be derived by; if "
    "this tensor is an input, run the step under tf.function, where it works as in TF1."
)


def hessians(
    ys: Any,
    xs: Any,
    name: str = "hessians",
    colocate_gradients_with_ops: bool = False,
    gate_gradients: bool = False,
    aggregation_method: int | None = None,
) -> list[Any]:
    """The second derivatives of the sum of `ys` with respect to each of `xs` by itself (``tf.hessians``).

    Costs a gradient for each element of `xs`: in function mode in the size of the trace, too.

    Args:
        ys, xs: a tensor or a list of them; the shapes of `xs` must be known. In eager mode as for `gradients`.
        name: of the operations.
        colocate_gradients_with_ops, gate_gradients, aggregation_method: graph and function mode only.

    Returns:
        A list with a tensor ``shape(x) + shape(x)`` for each x.

    Raises:
        ValueError: `ys` don't depend on some x; or its shape is unknown.
        RuntimeError: in eager mode, without a tape.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    ...     second = tf.hessians(w[0] * w[0] * w[1], w)
    >>> second[0].numpy().tolist()
    [[2.0, 2.0], [2.0, 0.0]]
    """
    options = (colocate_gradients_with_ops, gate_gradients, aggregation_method)
    if modes.current_mode() == modes.GRAPH:
        return tf.compat.v1.hessians(ys, xs, name, *options)
    sources = list(xs) if isinstance(xs, list | tuple) else [xs]
    return [_hessian(ys, x, name, options) for x in sources]


def _hessian(ys: Any, x: Any, name: str, options: tuple[Any, Any, Any]) -> Any:
    size = x.shape.num_elements()
    first = gradients(ys, x, None, name, *options)[0]
    if first is None or size is None:
        none = "Tried to convert 'tensor' to a tensor and failed. Error: None values not supported."
        raise ValueError(none if first is None else f"The shape of {x} must be known.")
    flat = tf.reshape(first, [-1])
    rows = [gradients(flat[i], x, None, name, *options, None, _ZERO)[0] for i in range(size)]
    return tf.reshape(tf.stack([tf.convert_to_tensor(row) for row in rows]), x.shape.as_list() * 2)


hooks.keep_from_autograph(__name__)
