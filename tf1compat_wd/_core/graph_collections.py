"""``tf.get_collection`` and what belongs to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items, passes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks

GraphKeys = tf.compat.v1.GraphKeys

# A line of a program without tracking scope that adds to one collection this often is a training loop.
_GROWS = 100


def _collections() -> dict[Any, list[Any]]:
    passes.current()  # what stands in the graph must be those of the current pass
    return hooks.collections_of(hooks.default_graph())


def get_collection(key: Any, scope: str | None = None) -> list[Any]:
    """A new list of what stands in collection `key` (``tf.get_collection``).

    Outside graph mode it is what this pass has collected so far. Without a tracking scope, the
    REGULARIZATION_LOSSES of eager mode are computed at each call, so that value and gradient are current.

    Args:
        key: often one of `GraphKeys`; any hashable object.
        scope: only items whose name begins with this regular expression; items without a name are left out.
    """
    here = passes.current()  # what stands in the graph must be those of the current pass
    if here is not None and here.lost_losses and key == GraphKeys.REGULARIZATION_LOSSES:
        _warn_of_lost_losses(here)
    return collection_items.read(hooks.collections_of(hooks.default_graph()), key, scope)


def _warn_of_lost_losses(here: passes.Pass) -> None:
    user_frames.warn_once(
        f"lost losses at {user_frames.user_line_key()}",
        f"The regularization losses of {', '.join(here.lost_losses[:3])} are not among these: the variables were "
        "regularized in a tf.function that this one calls, and tensors of its trace can't leave it. Read the losses "
        "there and return their sum; or call the model's Python function itself; or use "
        "tf.tracking.default_scope().regularization_losses().",
    )


def get_collection_ref(key: Any) -> list[Any]:
    """The list itself, which goes on to change (``tf.get_collection_ref``); made if there is none."""
    return _collections().setdefault(key, [])


_added: Counter[tuple[Any, tuple[str, int]]] = Counter()


def add_to_collection(name: Any, value: Any) -> None:
    """Append `value` to collection `name` (``tf.add_to_collection``). Duplicates are kept."""
    here = passes.current()
    if here is not None and here.eager and isinstance(value, tf.Tensor) and not collection_items.is_named(value):
        collection_items.give_name(value, f"{hooks.eager_name_scope()}value:0")
    hooks.collections_of(hooks.default_graph()).setdefault(name, []).append(value)
    if here is not None and here.ambient and hasattr(value, "numpy"):
        _warn_of_growth(name)


def add_to_collections(names: Any, value: Any) -> None:
    """Append `value` to each collection in `names`, or to the one that a string names."""
    keys = (names,) if isinstance(names, str) else dict.fromkeys(names)
    for key in keys:
        add_to_collection(key, value)


def _warn_of_growth(name: Any) -> None:
    line = user_frames.user_line_key()
    _added[name, line] += 1
    if _added[name, line] != _GROWS:
        return
    user_frames.warn_once(
        f"growth of {name!r} at {line}",
        f"Collection {name!r} has got {_GROWS} tensors from this line, and keeps them all: in eager mode without a "
        "tracking scope nothing ends. Run each step inside `with tf.tracking.VariableTrackingScope(...)`, "
        "where collections start afresh, or call tf.reset_default_graph().",
    )


hooks.keep_from_autograph(__name__)
