"""The arguments that many layers share, brought into one form, and where they can't be honoured as they are."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


def integers(value: Any, count: int, name: str) -> tuple[int, ...]:
    """`count` integers, of an integer or as many of them; TF1's ValueError otherwise."""
    if isinstance(value, int):
        return (value,) * count
    wrong = f"The `{name}` argument must be a tuple of {count} integers. Received: {value}"
    try:
        values = tuple(value)
    except TypeError:
        raise ValueError(wrong) from None
    if len(values) != count:
        raise ValueError(wrong)
    for each in values:
        try:
            int(each)
        except (TypeError, ValueError):
            raise ValueError(f"{wrong} including element {each} of type {type(each)}") from None
    return values


def data_format_of(value: str | None) -> str:
    """``channels_last`` (which None means) or ``channels_first``; TF1's ValueError otherwise."""
    found = "channels_last" if value is None else value.lower()
    if found not in ("channels_first", "channels_last"):
        raise ValueError(
            f'The `data_format` argument must be one of "channels_first", "channels_last". Received: {value}'
        )
    return found


def padding_of(value: Any) -> Any:
    """``valid``, ``same`` or ``causal``, or a list of paddings as it is; TF1's ValueError otherwise."""
    if isinstance(value, list | tuple):
        return value
    found = value.lower()
    if found not in ("valid", "same", "causal"):
        raise ValueError(
            'The `padding` argument must be a list/tuple or one of "valid", "same" (or "causal", only for `Conv1D). '
            f"Received: {found}"
        )
    return found


@functools.cache
def has_gpu() -> bool:
    """Is there a GPU? Without one, TensorFlow computes convolutions and pooling with channels first, and gradients
    with a dilation rate, only where oneDNN happens to be switched on."""
    return bool(tf.config.get_visible_devices("GPU"))


def check_windows(
    inputs: Tensor, windows: tuple[int, ...], rates: tuple[int, ...] | None, padding: Any, data_format: str
) -> None:
    """Raise the ValueError of a graph in eager mode, too, where a window is larger than the inputs.

    TensorFlow 2.21 gives any numbers there on a CPU with oneDNN, or ends the program (max pooling by 5 of 4 pixels).
    """
    if padding != "valid" or not tf.executing_eagerly():
        return
    first = 1 if data_format == "channels_last" else 2
    sizes = inputs.shape[first : first + len(windows)]
    for size, window, rate in zip(sizes, windows, rates or (1,) * len(windows), strict=True):
        reach = (window - 1) * rate + 1
        if reach > size:
            raise ValueError(
                f"Negative dimension size caused by subtracting {reach} from {size}\n\nWindows of {windows} do not fit "
                f"into inputs of shape {inputs.shape.as_list()}; padding='same' makes room for them."
            )


def channels_last_order(rank: int) -> list[int]:
    """The permutation from channels first to channels last; `rank` counts all axes."""
    return [0, *range(2, rank), 1]


def channels_first_order(rank: int) -> list[int]:
    """The permutation from channels last to channels first; `rank` counts all axes."""
    return [0, rank - 1, *range(1, rank - 1)]


def arguments_of(variables: Mapping[str, Any], *but: str) -> dict[str, Any]:
    """What an ``__init__`` was called with, of its `locals()`, to be passed on; without `self` and those in `but`.

    The signatures of TF1's layers are long, and a class, its base and its function have the same arguments.
    """
    given = {name: value for name, value in variables.items() if name not in ("self", "__class__", "kwargs", *but)}
    return {**given, **variables["kwargs"]}


def make_and_call(layer_class: Callable[..., Any], arguments: Mapping[str, Any], *of_call: str) -> Tensor:
    """Make the layer behind a function like ``tf.layers.dense``, and call it.

    Args:
        layer_class: the layer's class.
        arguments: the function's, its `locals()`. They go to the class under their own names, but for `inputs`, and
            for `reuse`, which with `name` decides the variable scope.
        *of_call: the names of those that go to the layer's call.
    """
    given = dict(arguments)
    inputs, reuse = given.pop("inputs"), given.pop("reuse")
    for_call = {name: given.pop(name) for name in of_call}
    return layer_class(**given, _scope=given["name"], _reuse=reuse)(inputs, **for_call)


hooks.keep_from_autograph(__name__)
