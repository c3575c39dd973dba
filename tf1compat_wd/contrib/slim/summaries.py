"""``slim.summaries``: summaries of tensors under their own names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace, summary
from tf1compat_wd._core import graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.layers._summaries import name_of

__all__ = [
    "add_histogram_summaries",
    "add_histogram_summary",
    "add_image_summaries",
    "add_image_summary",
    "add_scalar_summaries",
    "add_scalar_summary",
    "add_zero_fraction_summaries",
    "add_zero_fraction_summary",
]

Tensor = Any


def _tag(tensor: Tensor, name: str | None, prefix: str | None, postfix: str | None = None) -> str:
    return "/".join(part for part in (prefix, name or name_of(tensor), postfix) if part)


def add_histogram_summary(tensor: Tensor, name: str | None = None, prefix: str | None = None) -> Tensor:
    """A summary of how the elements of `tensor` are distributed.

    Args:
        tensor: tensor or variable.
        name: the tag; default: the name of its operation.
        prefix: what stands before the tag, with a slash.

    Returns:
        String tensor.
    """
    return summary.histogram(_tag(tensor, name, prefix), tensor)


def add_image_summary(
    tensor: Tensor, name: str | None = None, prefix: str | None = None, print_summary: bool = False
) -> Tensor:
    """A summary of images [N, H, W, C]; `print_summary` prints them, too, when it is computed."""
    tag = _tag(tensor, name, prefix)
    return _printed(summary.image(tag, tensor), tag, tensor, print_summary)


def add_scalar_summary(
    tensor: Tensor, name: str | None = None, prefix: str | None = None, print_summary: bool = False
) -> Tensor:
    """A summary of one number; `print_summary` prints it, too, when it is computed."""
    tag = _tag(tensor, name, prefix)
    return _printed(summary.scalar(tag, tensor), tag, tensor, print_summary)


def add_zero_fraction_summary(
    tensor: Tensor, name: str | None = None, prefix: str | None = None, print_summary: bool = False
) -> Tensor:
    """A summary of how much of `tensor` is 0: the tag ends with "Fraction of Zero Values"."""
    tag = _tag(tensor, name, prefix, "Fraction of Zero Values")
    tensor = tf.math.zero_fraction(tensor)
    return _printed(summary.scalar(tag, tensor), tag, tensor, print_summary)


def _printed(made: Tensor, tag: str, tensor: Tensor, print_summary: bool) -> Tensor:
    """`made`; if asked for, a tensor that prints when it is computed and takes its place in SUMMARIES."""
    if not print_summary:
        return made
    with tf.control_dependencies([tf.print(tag, tensor, sep="")] if not hooks.executing_eagerly() else []):
        printing = tf.identity(made)
    if hooks.executing_eagerly():
        tf.print(tag, tensor, sep="")
    collected = graph_collections.get_collection_ref(tf.compat.v1.GraphKeys.SUMMARIES)
    collected[:] = [printing if each is made else each for each in collected]
    return printing


def add_histogram_summaries(tensors: Iterable[Tensor], prefix: str | None = None) -> list[Tensor]:
    """`add_histogram_summary` for each tensor."""
    return [add_histogram_summary(tensor, prefix=prefix) for tensor in tensors]


def add_image_summaries(tensors: Iterable[Tensor], prefix: str | None = None) -> list[Tensor]:
    """`add_image_summary` for each tensor."""
    return [add_image_summary(tensor, prefix=prefix) for tensor in tensors]


def add_scalar_summaries(
    tensors: Iterable[Tensor], prefix: str | None = None, print_summary: bool = False
) -> list[Tensor]:
    """`add_scalar_summary` for each tensor."""
    return [add_scalar_summary(tensor, prefix=prefix, print_summary=print_summary) for tensor in tensors]


def add_zero_fraction_summaries(tensors: Iterable[Tensor], prefix: str | None = None) -> list[Tensor]:
    """`add_zero_fraction_summary` for each tensor."""
    return [add_zero_fraction_summary(tensor, prefix=prefix) for tensor in tensors]


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
