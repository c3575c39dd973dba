"""The collections of losses, and their sums."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items, modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys, add_to_collection, get_collection
from tf1compat_wd._math_ops import add_n

Tensor = Any


def add_loss(loss: Tensor, loss_collection: Any = GraphKeys.LOSSES) -> None:
    """Add a loss of your own to LOSSES, or to `loss_collection`; nowhere if that is None (``tf.losses.add_loss``).

    Differs from TF 1.15: an eager tensor has no name. `get_losses` finds it by the name scope in which it was added,
    not by that in which it was computed.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     tf.losses.add_loss(tf.constant(0.5))
    ...     total = tf.losses.get_total_loss()
    >>> float(total)
    0.5
    """
    if loss_collection:
        if modes.current_mode() == modes.EAGER and not collection_items.is_named(loss):
            collection_items.give_name(loss, f"{hooks.eager_name_scope()}loss:0")
        add_to_collection(loss_collection, loss)


def get_losses(scope: str | None = None, loss_collection: Any = GraphKeys.LOSSES) -> list[Tensor]:
    """The losses that this pass has collected, those whose name begins with `scope` (``tf.losses.get_losses``)."""
    return get_collection(loss_collection, scope)


def get_regularization_losses(scope: str | None = None) -> list[Tensor]:
    """The losses that regularizers gave in this pass, those whose name begins with `scope`.

    They are what stands in REGULARIZATION_LOSSES (``tf.losses.get_regularization_losses``).
    """
    return get_collection(GraphKeys.REGULARIZATION_LOSSES, scope)


def get_regularization_loss(scope: str | None = None, name: str = "total_regularization_loss") -> Tensor:
    """The sum of `get_regularization_losses`, a scalar; 0.0 if there are none (``tf.losses.get_regularization_loss``).

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    ...     decay = tf.losses.get_regularization_loss()
    >>> float(decay)
    1.0
    """
    losses = get_regularization_losses(scope)
    return tf.add_n(losses, name=name) if losses else tf.constant(0.0)


def get_total_loss(
    add_regularization_losses: bool = True, name: str = "total_loss", scope: str | None = None
) -> Tensor:
    """The sum of LOSSES and, unless told otherwise, of REGULARIZATION_LOSSES, a scalar (``tf.losses.get_total_loss``).

    Raises:
        ValueError: there are none at all.
    """
    losses = get_losses(scope=scope)
    if add_regularization_losses:
        losses += get_regularization_losses(scope=scope)
    return add_n(losses, name=name)


hooks.keep_from_autograph(__name__)
