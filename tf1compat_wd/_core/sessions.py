"""What only graph mode has: outside it, an error that names the way out."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, modes, op_counts, pass_stack, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.watching import watched

_MODE = {modes.EAGER: "eager mode.", modes.FUNCTION: "a tf.function that is being traced."}


def require_graph_mode(what: str, first: str) -> None:
    """Raise RuntimeError unless in graph mode; `first` is TensorFlow's own sentence."""
    mode = modes.current_mode()
    if mode != modes.GRAPH:
        raise errors.needs_a_session(what, first, _MODE[mode])


_NO_GRAPH = "The Session graph is empty.  Add operations to the graph before calling run()."


class Session(tf.compat.v1.Session):
    """``tf.Session``; raises RuntimeError outside graph mode, unless it is given a `graph`."""

    def __new__(cls, target: str = "", graph: Any = None, config: Any = None) -> Session:
        if graph is None:
            require_graph_mode("tf.Session", _NO_GRAPH)
        return super().__new__(cls)

    def __init__(self, target: str = "", graph: Any = None, config: Any = None) -> None:
        super().__init__(target, graph, config)


class InteractiveSession(tf.compat.v1.InteractiveSession):
    """``tf.InteractiveSession``; raises RuntimeError outside graph mode, unless it is given a `graph`."""

    def __new__(cls, target: str = "", graph: Any = None, config: Any = None) -> InteractiveSession:
        if graph is None:
            require_graph_mode("tf.InteractiveSession", _NO_GRAPH)
        return super().__new__(cls)

    def __init__(self, target: str = "", graph: Any = None, config: Any = None) -> None:
        super().__init__(target, graph, config)


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Any:
    """``tf.placeholder``: graph mode only; a function has arguments instead."""
    require_graph_mode("tf.placeholder", "tf.placeholder() is not compatible with eager execution.")
    return tf.compat.v1.placeholder(dtype, shape, name)


@watched
def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Any:
    """``tf.placeholder_with_default``; outside graph mode it is its default."""
    return tf.compat.v1.placeholder_with_default(input, shape, name)


def sparse_placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Any:
    """``tf.sparse_placeholder``: graph mode only; a function has arguments instead."""
    require_graph_mode("tf.sparse_placeholder", "`sparse_placeholder` is not compatible with eager execution.")
    if shape is not None:
        op_counts.more(-1)
    return tf.compat.v1.sparse_placeholder(dtype, shape, name)


def reset_default_graph() -> None:
    """Start afresh (``tf.reset_default_graph``).

    In eager mode without a tracking scope: forget all variables, collections and names. Variables of tracking
    scopes stay.

    Raises:
        AssertionError: inside a pass, or inside ``Graph.as_default()``.
    """
    stack = pass_stack.thread.stack
    if stack:
        raise errors.graph_inside_pass(stack[-1].store.name, stack[-1].entered_at)
    if modes.current_mode() == modes.EAGER:
        passes.reset_ambient()
    else:
        tf.compat.v1.reset_default_graph()


hooks.keep_from_autograph(__name__)
