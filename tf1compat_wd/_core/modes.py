"""Where the code runs: graph, eager or function mode.

graph     a plain ``tf.Graph`` with sessions, and whatever is nested in it
eager     values at once
function  while a ``tf.function`` is traced from eager code, branches and loops included
"""

from __future__ import annotations

from tf1compat_wd._core import tensorflow_hooks as hooks

GRAPH = "graph"
EAGER = "eager"
FUNCTION = "function"


def current_mode() -> str:
    """The mode of the calling code: "graph", "eager" or "function"."""
    if not hooks.default_graph().building_function:
        return EAGER if hooks.executing_eagerly() else GRAPH
    return FUNCTION if hooks.outside_is_eager() else GRAPH


def unit_graph(graph: hooks.Graph) -> hooks.Graph:
    """The graph of the function (or the plain graph) in which the branch or loop `graph` stands.

    A ``tf.cond`` branch is part of the forward code around it; a ``tf.function`` is a unit of its own.
    """
    while hooks.is_function_graph(graph) and hooks.is_control_flow_graph(graph):
        graph = hooks.outer_graph(graph)
    return graph


hooks.keep_from_autograph(__name__)
