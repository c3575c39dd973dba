"""What a layer knows about one pass or graph: its scope there, losses and updates, and what they depend on."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


class Memory:
    """What a layer knows about one pass or graph.

    Attributes:
        scope: the variable scope of the layer there.
        losses: loss tensors, each with the inputs it depends on; None if it depends on none.
        weight_losses: functions that compute the losses of weights, and losses that were given as functions.
        updates: updates, each with inputs in the same way.
    """

    __slots__ = ("losses", "owner", "scope", "updates", "weight_losses")

    def __init__(self, owner: Any) -> None:
        self.owner = weakref.ref(owner)
        self.scope: Any = None
        self.losses: list[tuple[Tensor, list[Any] | None]] = []
        self.weight_losses: list[Callable[[], Tensor | None]] = []
        self.updates: list[tuple[Any, list[Any] | None]] = []

    def all_losses(self) -> list[Tensor]:
        """The losses that the layer has added, and those of its weights, computed now."""
        return [loss for loss, _ in self.losses if _can_be_used(loss)] + self._compute_weight_losses()

    def losses_for(self, inputs: Any) -> list[Tensor]:
        """The losses that depend on `inputs`; those that depend on no inputs if it is None."""
        usable = [each for each in self.losses if _can_be_used(each[0])]
        if inputs is None:
            return [loss for loss, depends in usable if depends is None] + self._compute_weight_losses()
        return _reachable(inputs, [each for each in usable if each[1] is not None])

    def _compute_weight_losses(self) -> list[Tensor]:
        computed = [loss_of() for loss_of in self.weight_losses]
        return [loss for loss in computed if loss is not None]

    def all_updates(self) -> list[Any]:
        """The updates that the layer has added."""
        return [update for update, _ in self.updates if _can_be_used(update)]

    def updates_for(self, inputs: Any) -> list[Any]:
        """The updates that depend on `inputs`; those that depend on no inputs if it is None."""
        usable = [each for each in self.updates if _can_be_used(each[0])]
        if inputs is not None:
            return _reachable(inputs, usable)
        return [update for update, depends in usable if not _is_conditional(update, depends)]


def _can_be_used(thing: Any) -> bool:
    """Is `thing` an eager tensor, or of a graph that the calling code is in?"""
    if hasattr(thing, "numpy") or not hasattr(thing, "graph"):
        return True
    wanted, graph = thing.graph, hooks.default_graph()
    if not hooks.is_function_graph(wanted):
        return True
    while graph is not wanted and hooks.is_function_graph(graph):
        graph = hooks.outer_graph(graph)
    return graph is wanted


def _is_conditional(thing: Any, depends: list[Any] | None) -> bool:
    """Does `thing`, added in a call with these inputs, depend on them?"""
    if depends is None:
        return False
    known = [tensor for tensor in (reference() for reference in depends) if tensor is not None]
    return True if modes.current_mode() == modes.EAGER else bool(_reachable(known, [(thing, depends)]))


def _reachable(inputs: Any, pairs: Iterable[tuple[Any, list[Any] | None]]) -> list[Any]:
    """The first of each pair whose tensor or operation can be reached from `inputs`; eagerly: was added with them."""
    wanted = [t for t in tf.nest.flatten(inputs) if tf.is_tensor(t)]
    if any(hasattr(t, "numpy") for t in wanted):
        given = {id(t) for t in wanted}
        return [thing for thing, depends in pairs if any(id(each()) in given for each in depends or [])]
    reached, waiting = {id(t) for t in wanted}, list(wanted)
    while waiting:
        for operation in waiting.pop().consumers():
            if id(operation) not in reached:
                reached.add(id(operation))
                reached.update(id(output) for output in operation.outputs)
                waiting += operation.outputs
    return [thing for thing, _ in pairs if id(thing) in reached]


hooks.keep_from_autograph(__name__)
