"""Building a layer once more in another pass: what it was before it was built, and the weights it had by then."""

from __future__ import annotations

from typing import Any, NamedTuple

from tf1compat_wd._core import tensorflow_hooks as hooks

Variable = Any


class EarlyWeight(NamedTuple):
    """A weight that was made before the first call, and the arguments of its `add_weight`."""

    arguments: tuple[Any, ...]
    weight: Variable


class BeforeBuild:
    """What a layer was before it was built, to build it once more in another pass.

    ``build`` may also have put things into lists of its own (``self.blocks.append(...)``); they would be there twice.
    """

    __slots__ = ("containers", "dtype", "input_spec", "weights")

    def __init__(self, layer: Any) -> None:
        self.input_spec = layer._input_spec
        self.dtype = layer._dtype
        self.weights = (len(layer._trainable_weights), len(layer._non_trainable_weights))
        self.containers: list[tuple[Any, Any]] = []
        if not hasattr(type(layer).build, "autograph_info__"):  # it isn't one of ours, which do no such thing
            values = [value for name, value in vars(layer).items() if name not in _OWN_CONTAINERS]
            self.containers = [(value, value.copy()) for value in values if type(value) in (list, dict, set)]

    def keep_changes(self) -> None:
        """Forget what the first build has left as it was: later changes are not the build's."""
        self.containers = [(now, before) for now, before in self.containers if not _is_same(now, before)]

    def go_back(self, layer: Any) -> None:
        layer.built = False
        layer._input_spec = self.input_spec
        layer._dtype = self.dtype
        del layer._trainable_weights[self.weights[0] :], layer._non_trainable_weights[self.weights[1] :]
        for container, before in self.containers:
            container.clear()
            (container.extend if type(container) is list else container.update)(before)


_OWN_CONTAINERS = frozenset(("_trainable_weights", "_non_trainable_weights", "_early_weights", "_weights_by_name"))


def _is_same(now: Any, before: Any) -> bool:
    """Do two lists, dictionaries or sets hold the same objects?"""
    if type(now) is dict:
        return len(now) == len(before) and all(key in before and now[key] is before[key] for key in now)
    if type(now) is set:
        return {id(item) for item in now} == {id(item) for item in before}
    return len(now) == len(before) and all(a is b for a, b in zip(now, before, strict=True))


hooks.keep_from_autograph(__name__)
