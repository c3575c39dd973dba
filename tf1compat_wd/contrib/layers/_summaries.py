"""Summaries of tensors by their names: of activations, of weights, of whole collections."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd import summary
from tf1compat_wd._core import graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.layers._outputs import get_tensor_aliases

Tensor = Any

_Keys = tf.compat.v1.GraphKeys


def name_of(tensor: Tensor) -> str:
    """The name of the operation that makes `tensor`; an eager tensor goes by its tag in an end point collection."""
    if not hasattr(tensor, "name"):
        return next(iter(get_tensor_aliases(tensor)), "tensor")
    return str(tensor.name).partition(":")[0]


def summarize_tensor(tensor: Tensor, tag: str | None = None) -> Tensor | None:
    """A summary of `tensor`: of a scalar its value, else the distribution of its elements.

    Args:
        tensor: tensor or variable.
        tag: default: the name of its operation and "_summary".

    Returns:
        String tensor; None for strings.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.get_variable("w", [2])
    ...     _ = tf.contrib.layers.summarize_tensor(w)
    ...     len(tf.get_collection(tf.GraphKeys.SUMMARIES))
    1
    """
    if tensor.dtype.base_dtype == tf.string:
        return None
    tag = tag or f"{name_of(tensor)}_summary"
    return summary.scalar(tag, tensor) if tensor.shape.rank == 0 else summary.histogram(tag, tensor)


def summarize_activation(op: Tensor) -> Tensor:
    """A summary of the activation `op`: its distribution; after a relu how often it is 0, after a relu6 how often 6.

    Which activation it is only a graph knows; eagerly there is the distribution alone.
    """
    name = name_of(op)
    kind = None if hooks.executing_eagerly() else op.op.type
    if kind in ("Relu", "Softplus", "Relu6"):
        summary.scalar(f"{name}/zeros", _share_of(tf.equal(op, tf.zeros([], op.dtype))))
    if kind == "Relu6":
        summary.scalar(f"{name}/sixes", _share_of(tf.equal(op, tf.cast(6.0, op.dtype))))
    return summary.histogram(f"{name}/activation", op)


def _share_of(elements: Tensor) -> Tensor:
    return tf.reduce_mean(tf.cast(elements, tf.float32))


def summarize_tensors(
    tensors: Iterable[Tensor], summarizer: Callable[[Tensor], Tensor | None] = summarize_tensor
) -> list[Tensor | None]:
    """What `summarizer` makes of each tensor."""
    return [summarizer(tensor) for tensor in tensors]


def summarize_collection(
    collection: Any, name_filter: str | None = None, summarizer: Callable[[Tensor], Tensor | None] = summarize_tensor
) -> list[Tensor | None]:
    """What `summarizer` makes of each tensor in a collection whose name begins with `name_filter`."""
    return summarize_tensors(graph_collections.get_collection(collection, name_filter), summarizer)


def summarize_activations(
    name_filter: str | None = None, summarizer: Callable[[Tensor], Tensor | None] = summarize_activation
) -> list[Tensor | None]:
    """`summarize_collection` for ACTIVATIONS."""
    return summarize_collection(_Keys.ACTIVATIONS, name_filter, summarizer)


summarize_variables = functools.partial(summarize_collection, _Keys.GLOBAL_VARIABLES)
summarize_weights = functools.partial(summarize_collection, _Keys.WEIGHTS)
summarize_biases = functools.partial(summarize_collection, _Keys.BIASES)

hooks.keep_from_autograph(__name__)
