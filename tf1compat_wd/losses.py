"""``tf.losses``: the collections of losses.

Weight decay comes from here: `get_regularization_losses` is what the regularizers of this pass gave.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys, add_to_collection, get_collection

__all__ = ["add_loss", "get_losses", "get_regularization_loss", "get_regularization_losses", "get_total_loss"]


def add_loss(loss: Any, loss_collection: Any = GraphKeys.LOSSES) -> None:
    """Add a loss of your own to LOSSES, or to `loss_collection`; nowhere if that is None."""
    if loss_collection:
        add_to_collection(loss_collection, loss)


def get_losses(scope: str | None = None, loss_collection: Any = GraphKeys.LOSSES) -> list[Any]:
    """The losses that this pass has collected, those whose name begins with `scope`."""
    return get_collection(loss_collection, scope)


def get_regularization_losses(scope: str | None = None) -> list[Any]:
    """The losses that regularizers gave in this pass, those whose name begins with `scope`."""
    return get_collection(GraphKeys.REGULARIZATION_LOSSES, scope)


def get_regularization_loss(scope: str | None = None, name: str = "total_regularization_loss") -> Any:
    """The sum of `get_regularization_losses`, a scalar; 0.0 if there are none.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    ...     decay = tf.losses.get_regularization_loss()
    >>> float(decay)
    1.0
    """
    losses = get_regularization_losses(scope)
    return tf.add_n(losses, name=name) if losses else tf.constant(0.0)


def get_total_loss(add_regularization_losses: bool = True, name: str = "total_loss", scope: str | None = None) -> Any:
    """The sum of LOSSES and, unless told otherwise, of REGULARIZATION_LOSSES, a scalar.

    Raises:
        ValueError: there are none at all.
    """
    losses = get_losses(scope=scope)
    if add_regularization_losses:
        losses += get_regularization_losses(scope=scope)
    return tf.add_n(losses, name=name)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
