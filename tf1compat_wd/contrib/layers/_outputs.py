"""End points: outputs of layers in collections, each tagged with the name of its layer's scope.

Tags stand on the tensors themselves, as their attribute `aliases`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, NamedTuple

from tf1compat_wd._core import collection_items, graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


class NamedOutputs(NamedTuple):
    """A name and outputs."""

    name: Any
    outputs: Any


def append_tensor_alias(tensor: Tensor, alias: str) -> Tensor:
    """`tensor`, which is called `alias` from now on, too."""
    if not hasattr(tensor, "aliases"):
        tensor.aliases = []
    tensor.aliases.append(alias)
    return tensor


def collect_named_outputs(collections: Any, alias: str, outputs: Tensor) -> Tensor:
    """Add `outputs` to collections, tagged with `alias` (``slim.utils.collect_named_outputs``).

    Args:
        collections: a key or a list of keys; None does nothing.
        alias: the tag.
        outputs: tensor.

    Returns:
        `outputs`.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     y = tf.contrib.layers.fully_connected(tf.ones([1, 2]), 3, scope="fc", outputs_collections="end_points")
    ...     end_points = tf.contrib.slim.utils.convert_collection_to_dict("end_points")
    >>> list(end_points)
    ['fc']
    """
    if collections:
        alias = alias.removesuffix("/")  # of a name scope
        append_tensor_alias(outputs, alias)
        if hooks.executing_eagerly():  # for get_collection(scope=)
            collection_items.give_name(outputs, f"{hooks.eager_name_scope()}output:0")
        graph_collections.add_to_collections(collections, outputs)
    return outputs


def get_tensor_aliases(tensor: Tensor) -> list[str]:
    """The tags of `tensor`; if there are none, its name. An eager tensor has none."""
    if hasattr(tensor, "aliases"):
        return list(tensor.aliases)
    name = collection_items.name_of(tensor)
    return [] if name is None else [str(name).partition(":")[0]]


def gather_tensors_aliases(tensors: Iterable[Tensor]) -> list[str]:
    """The tags of all `tensors`."""
    return [alias for tensor in tensors for alias in get_tensor_aliases(tensor)]


def convert_collection_to_dict(collection: Any, clear_collection: bool = False) -> OrderedDict[str, Tensor]:
    """What stands in a collection, by tag (``slim.utils.convert_collection_to_dict``): a model's end points.

    Args:
        collection: a key.
        clear_collection: empty it afterwards.

    Returns:
        Dictionary of tags to tensors, in the order of the collection. An eager tensor without a tag is left out, for
        it has no name either.
    """
    found = graph_collections.get_collection(collection)
    if clear_collection:
        hooks.collections_of(hooks.default_graph()).pop(collection, None)
    return OrderedDict((alias, tensor) for tensor in found for alias in get_tensor_aliases(tensor))


def get_variable_collections(variables_collections: Any, name: str) -> Any:
    """The keys for variable `name` of a layer: `variables_collections`, or what it says for `name` if it is a dict."""
    return variables_collections.get(name) if isinstance(variables_collections, dict) else variables_collections


def add_variable_to_collections(variable: Any, variables_collections: Any, name: str) -> None:
    """Add variable `name` of a layer, or its shards, to those collections that don't have it yet."""
    shards = list(variable) if isinstance(variable, hooks.PartitionedVariable) else [variable]
    for key in get_variable_collections(variables_collections, name) or ():
        present = graph_collections.get_collection(key)
        for shard in shards:
            if not any(shard is each for each in present):
                graph_collections.add_to_collection(key, shard)


hooks.keep_from_autograph(__name__)
