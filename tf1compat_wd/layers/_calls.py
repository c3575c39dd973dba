"""The calls of layers that are going on: which layer, with which inputs, training or not."""

from __future__ import annotations

import functools
import inspect
import threading
import weakref
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks


class Calls(threading.local):
    """The layers that this thread is calling, outermost first, with the inputs and `training` of each."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[Any, Any, Any]] = []


calls = Calls()


class CallArguments(NamedTuple):
    """Which of the arguments that we fill in a layer's `call` has."""

    scope: bool
    training: int | None  # its position after `inputs`


@functools.lru_cache(maxsize=1024)
def taken_by(call: Callable[..., Any]) -> CallArguments:
    """What `call` takes of it."""
    try:
        names = [p.name for p in inspect.signature(call).parameters.values() if p.kind is not p.VAR_KEYWORD]
    except (TypeError, ValueError):  # not a function of Python
        names = []
    return CallArguments("scope" in names, names.index("training") - 2 if "training" in names else None)


def training_of_call(takes: CallArguments, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What `training` is for this call: as passed, else as in the call of the layer around it."""
    if "training" in kwargs:
        training = kwargs["training"]
        if takes.training is None:
            del kwargs["training"]
    elif takes.training is not None and len(args) > takes.training:
        training = args[takes.training]
    else:
        training = calls.stack[-1][2] if calls.stack else None
        if takes.training is not None and training is not None:
            kwargs["training"] = training
    return training


def inputs_of_call(layer: Any, inputs: Any) -> list[Any]:
    """Weak references to `inputs` and to those of the current call of `layer`."""
    tensors = [inputs] if isinstance(inputs, tf.Tensor) else tf.nest.flatten(inputs)
    for called, called_with, _ in reversed(calls.stack):
        if called is layer:
            if called_with is not inputs:
                tensors += tf.nest.flatten(called_with)
            break
    return [weakref.ref(t) for t in tensors if tf.is_tensor(t)]


def with_tensors(inputs: Any) -> Any:
    """`inputs` with tensors in place of arrays and numbers."""

    def convert(thing: Any) -> Any:
        return tf.convert_to_tensor(thing) if isinstance(thing, np.ndarray | float | int) else thing

    return tf.nest.map_structure(convert, inputs)


hooks.keep_from_autograph(__name__)
