"""The losses of weights: what their regularizers give, collected once in a pass however often a weight is shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items, graph_collections, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any
Variable = Any


def global_variables() -> list[Variable]:
    """The live list of GLOBAL_VARIABLES; [] if there is none."""
    return hooks.collections_of(hooks.default_graph()).get(GraphKeys.GLOBAL_VARIABLES, [])


def shards_of(weight: Variable) -> list[Variable]:
    """The parts of a partitioned weight; of another one, itself alone."""
    return list(weight) if isinstance(weight, hooks.PartitionedVariable) else [weight]


def is_new(weight: Variable, before: int, reuse: Any) -> bool:
    """Is `weight` not among the first `before` of the GLOBAL_VARIABLES, those that there were already?

    TF1 asks just this, so that a tensor which a custom getter has made of a variable is new each time. In a later
    pass ``reuse=True`` finds a variable that nobody has asked for in this one; its loss then comes from the
    regularizer which the earlier pass has left with it.
    """
    shards = shards_of(weight)
    if not isinstance(shards[0], tf.Variable):
        return True
    if reuse is True:
        return False
    collected = global_variables()
    if any(each is shards[0] for each in collected[before:]):
        return True
    return not any(each is shard for each in collected[:before] for shard in shards)


class WeightLoss:
    """A regularizer that opens its name scope itself."""

    __slots__ = ("regularizer", "scope")

    def __init__(self, scope: str, regularizer: Callable[..., Any]) -> None:
        self.scope = scope
        self.regularizer = regularizer

    def __call__(self, weight: Variable) -> Tensor | None:
        with name_scope(self.scope):
            loss = self.regularizer(weight)
        if loss is None:
            return None
        loss = loss if tf.is_tensor(loss) else tf.convert_to_tensor(loss, tf.float32)
        return collection_items.give_name(loss, f"{self.scope}value:0")


def collect_weight_loss(loss_of: WeightLoss, weight: Variable, name: str, also: Any) -> None:
    """Put the loss of a weight into the REGULARIZATION_LOSSES, outside of any branch or loop."""
    here = passes.current()
    if not isinstance(weight, tf.Variable):
        loss = loss_of(weight)
    elif here is not None:
        here.add_regularizer(name, weight, loss_of, also)
        return
    else:
        with hooks.in_graph(hooks.outermost_graph(hooks.default_graph()), eager=False):
            loss = loss_of(weight)
    if loss is not None:
        collect_loss(loss, f"{loss_of.scope}value:0")


def collect_loss(loss: Tensor, name: str) -> None:
    """Add a loss, called `name` where tensors have no names, to the REGULARIZATION_LOSSES."""
    graph_collections.add_to_collection(GraphKeys.REGULARIZATION_LOSSES, collection_items.give_name(loss, name))


hooks.keep_from_autograph(__name__)
