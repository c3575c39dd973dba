"""``tf.gradients`` and ``tf.hessians`` in all modes: in eager mode on the tape of the pass."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import errors, modes, passes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks

_NONE = tf.UnconnectedGradients.NONE
_ZERO = tf.UnconnectedGradients.ZERO
_DERIVABLE = (tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.complex64, tf.complex128)


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

    In eager mode it needs a pass of a ``VariableTrackingScope(tape=True)``, and `xs` are variables, or tensors that
    were made in this pass by functions of this namespace, or arguments of a function that ``tf.tracking.track`` wraps
    (see `watching`). For others it gives None there, or zeros, and warns. With `stop_gradients` it is found there by
    taking away what flows through these tensors from the whole, which is exact but for rounding, and where that is
    finite.

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
        ValueError: there are not as many `grad_ys` as `ys`; or no such `unconnected_gradients`.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     a = tf.constant(2.0)
    ...     b = a * 3.0
    ...     [float(d) for d in tf.gradients(a * b, [a, b], stop_gradients=[a, b])]
    [6.0, 2.0]
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
    unconnected = getattr(unconnected_gradients, "value", unconnected_gradients)
    if unconnected not in (_NONE.value, _ZERO.value):
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected_gradients!r}")
    sources = [x if isinstance(x, tf.Variable) else tf.convert_to_tensor(x) for x in sources]
    if stop_gradients is None:
        result = tape.gradient(targets, sources, begin)
    else:
        result = _gradients_around(tape, targets, sources, begin, _as_list(stop_gradients))
    if any(_is_unknown(x) for d, x in zip(result, sources, strict=True) if d is None):
        user_frames.warn_once(f"gradient of a constant at {user_frames.user_line_key()}", _OF_A_CONSTANT)
    if unconnected == _ZERO.value:
        return [tf.zeros_like(x) if d is None else d for d, x in zip(result, sources, strict=True)]
    return list(result)


def _is_unknown(x: Any) -> bool:
    """Whether no tape knows the tensor, so that None may be wrong."""
    return not isinstance(x, tf.Variable) and x.dtype in _DERIVABLE and not hooks.is_on_a_tape(x)


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
    direct_ways, ways_left = _ways_around(tape, ys, xs, stops)
    result = []
    for x, whole, part, ways in zip(xs, tape.gradient(ys, xs, begin), through, ways_left, strict=True):
        own = next((pair for pair in zip(direct, direct_ways, stops, strict=True) if pair[2] is x), None)
        if own is not None:
            result.append(own[0] if own[1] else None)
        elif whole is None or part is None or not ways:
            result.append(whole if ways else None)
        else:
            result.append(tf.convert_to_tensor(whole) - part)
    return result


def _ways_around(tape: Any, ys: list[Any], xs: list[Any], stops: list[Any]) -> tuple[Any, Any]:
    """How many ways lead back from `ys` to each of `stops` past none of the others, and to each of `xs` past none.

    Counted as `_gradients_around` finds the derivatives, in the graph of their operations.
    """
    from_ys, from_stops = _ways(tape, ys, [*stops, *xs]).sum(axis=0), _ways(tape, stops, [*stops, *xs])
    count = len(stops)
    direct = term = from_ys[:count]
    for _ in stops[1:]:
        term = term - term @ from_stops[:, :count]
        direct = direct + term
    return direct, from_ys[count:] - direct @ from_stops[:, count:]


def _ways(tape: Any, ys: list[Any], xs: list[Any]) -> Any:
    """A matrix of numbers, in Python's integers: the ways by which the derivative of each x comes from that of each y.

    Only the graph of the derivatives is built, and nothing computed.
    """
    with hooks.new_function_graph("derivatives").as_default() as graph:
        begin = [tf.compat.v1.placeholder(y.dtype, y.shape) for y in ys]
        found = tape.gradient(ys, xs, begin)
    ways: dict[Any, Any] = {}
    for operation in graph.get_operations():  # each stands after its inputs
        ways[operation.name] = np.array([operation is seed.op for seed in begin], dtype=int).astype(object)
        for tensor in operation.inputs:
            ways[operation.name] = ways[operation.name] + ways[tensor.op.name]
    none: Any = np.zeros(len(ys), dtype=object)
    rows = [none if d is None else ways[getattr(d, "values", d).op.name] for d in found]
    return np.stack(rows, axis=1)


def _zeros_if_none(gradient: Any, like: Any) -> Any:
    return tf.zeros_like(like) if gradient is None else tf.convert_to_tensor(gradient)


_OF_A_CONSTANT = (
    "tf.gradients gives no derivative by a tensor which the tape of this pass does not know. If it is an input, say "
    "x = tf.convert_to_tensor(x) in the pass before it is used; or run the step under tf.function."
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


_NO_DERIVATIVE = "Tried to convert 'tensor' to a tensor and failed. Error: None values not supported."


def _hessian(ys: Any, x: Any, name: str, options: tuple[Any, Any, Any]) -> Any:
    size = x.shape.num_elements()
    first = gradients(ys, x, None, name, *options)[0]
    if first is None or size is None:
        raise ValueError(_NO_DERIVATIVE if first is None else f"The shape of {x} must be known.")
    flat = tf.reshape(first, [-1])
    rows = [gradients(flat[i], x, None, name, *options)[0] for i in range(size)]
    if any(row is None for row in rows):  # all are, as each derives by the whole of x
        raise ValueError(_NO_DERIVATIVE)
    return tf.reshape(tf.stack([tf.convert_to_tensor(row) for row in rows]), x.shape.as_list() * 2)


hooks.keep_from_autograph(__name__)
