"""Graphs seen from outside: whose inputs these are, which placeholders there are; and functions of NumPy arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks


def get_graph_from_inputs(op_input_list: Sequence[Any], graph: Any = None) -> Any:
    """The graph that the inputs of an operation belong to.

    Args:
        op_input_list: tensors, operations, and things that belong to no graph.
        graph: a graph that all of them must be from.

    Returns:
        The graph; the default graph if nothing belongs to one.

    Raises:
        TypeError: `graph` isn't one.
        ValueError: the inputs are from several graphs, or from another one than `graph`.
    """
    if graph is None:
        return hooks.graph_of_inputs(list(op_input_list))
    _check_is_graph(graph)
    for each in op_input_list:
        if isinstance(each, tf.Operation | tf.Tensor | tf.Variable) and each.graph is not graph:
            raise ValueError(f"{each} is not from the passed-in graph.")
    return graph


def _check_is_graph(graph: Any) -> None:
    if not isinstance(graph, tf.Graph):
        raise TypeError(f"Input graph needs to be a Graph: {graph}")


def get_placeholders(graph: Any) -> list[Any]:
    """The placeholders of a graph, in the order in which they were made.

    Raises:
        TypeError: `graph` isn't one.
    """
    _check_is_graph(graph)
    return [operation.outputs[0] for operation in graph.get_operations() if operation.type == "Placeholder"]


def py_func(
    func: Callable[..., Any],
    args: Any = [],  # noqa: B006  (TF1's signature; it is not changed)
    kwargs: dict[str, Any] | None = None,
    output_types: Any = None,
    output_shapes: Any = None,
    stateful: bool = True,
    name: str | None = None,
) -> Any:
    """A Python function of NumPy arrays as an operation: ``tf.py_func`` with keywords and nested outputs.

    Args:
        func: function of arrays giving arrays.
        args: list of tensors, or of nested structures of them.
        kwargs: dictionary of tensors.
        output_types: dtype, or nested structure of dtypes.
        output_shapes: shapes in the same structure; default: unknown.
        stateful: False lets equal calls be merged.
        name: of the operation.

    Returns:
        Tensors in the structure of `output_types`.

    Raises:
        TypeError: `args` isn't a list or tuple, or `output_types` is missing.
    """
    if not isinstance(args, list | tuple):
        raise TypeError(f"args must be list and not {type(args)}. args: {args}")
    if output_types is None:
        raise TypeError("Expected DataType for argument 'Tout' not None.")
    inputs = {"args": list(args), "kwargs": dict(kwargs or {})}
    flat_types = tf.nest.flatten(output_types)

    def call(*flat: Any) -> Any:
        given = tf.nest.pack_sequence_as(inputs, list(flat))
        results = func(*given["args"], **given["kwargs"])
        tf.nest.assert_same_structure(output_types, results)
        return tf.nest.flatten(results)

    flat = tf.compat.v1.py_func(call, tf.nest.flatten(inputs), flat_types, stateful=stateful, name=name)
    results = list(flat) if isinstance(flat, list | tuple) else [flat]
    if output_shapes is not None:
        for tensor, shape in zip(results, _flat_shapes(output_types, output_shapes), strict=True):
            tensor.set_shape(shape)
    return tf.nest.pack_sequence_as(output_types, results)


def _flat_shapes(types: Any, shapes: Any) -> list[Any]:
    """Shapes in the structure of `types`: a list may be a shape, so that only the types say where to stop."""
    return hooks.tensorflows_nest.flatten_up_to(types, shapes)  # type: ignore[no-any-return]


hooks.keep_from_autograph(__name__)
