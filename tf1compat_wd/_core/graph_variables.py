"""Making a variable of a plain graph, where ``Session`` and ``Saver`` are TensorFlow's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks


class ResourceVariable(hooks.ResourceVariable):
    """A graph's ResourceVariable with the members that TensorFlow 2 dropped from it."""

    def initialized_value(self) -> Any:
        """The value, or the initial value while the variable is not initialized yet."""
        with tf.init_scope():
            return tf.cond(tf.compat.v1.is_variable_initialized(self), self.read_value, lambda: self.initial_value)

    def load(self, value: Any, session: Any = None) -> None:
        """Set the variable to `value` in `session`, or in the default session.

        Raises:
            ValueError: there is no session.
        """
        session = session or tf.compat.v1.get_default_session()
        if session is None:
            raise ValueError("Either session argument should be provided or default session should be established")
        session.run(self.initializer, {self.initializer.inputs[1]: value})


def make(use_resource: bool | None, **arguments: Any) -> Any:
    """``tf.Variable`` in graph mode.

    Args:
        use_resource: None for what the variable scope says, else what ``tf.enable_resource_variables`` set.
        **arguments: those of ``tf.compat.v1.Variable``.
    """
    graph = hooks.default_graph()
    initial_value = arguments.get("initial_value")
    if isinstance(initial_value, tf.Tensor):
        _refuse_branch(initial_value, arguments.get("name") or "Variable")
    if use_resource is None:
        use_resource = tf.compat.v1.get_variable_scope().use_resource
    if use_resource is None:
        use_resource = hooks.default_use_resource()
    before = hooks.variable_creators(graph)
    hooks.set_variable_creators(graph, [(0, _make_ours), *before])
    try:
        return tf.compat.v1.Variable(use_resource=use_resource, **arguments)
    finally:
        hooks.set_variable_creators(graph, before)


@contextmanager
def scopes_around() -> Iterator[None]:
    """In a branch or loop, let a variable's name begin with the name scopes around it, as in TF1: ``while/v``.

    TensorFlow 2 builds it in a graph of its own, whose name scopes begin at the root.
    """
    graph, scopes = hooks.default_graph(), ""
    while hooks.is_function_graph(graph) and hooks.is_control_flow_graph(graph):
        graph = hooks.outer_graph(graph)
        outer = graph.get_name_scope()
        scopes = f"{outer}/{scopes}" if outer else scopes
    if not scopes:
        yield
        return
    inner = hooks.default_graph().get_name_scope()
    with tf.compat.v1.name_scope(f"{scopes}{inner}/" if inner else scopes):
        yield


def _refuse_branch(tensor: Any, name: str) -> None:
    if hooks.is_function_graph(tensor.graph) and hooks.is_control_flow_graph(tensor.graph):
        raise errors.initializer_inside_control_flow(name)


def _make_ours(next_creator: Any, **arguments: Any) -> Any:
    if not arguments.get("use_resource") or tf.distribute.has_strategy():
        return next_creator(**arguments)
    for ignored in ("use_resource", "expected_shape"):
        arguments.pop(ignored, None)
    return ResourceVariable(**arguments)


hooks.keep_from_autograph(__name__)
