"""``slim.model_analyzer``: what is in a graph, and how large it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["analyze_ops", "analyze_vars", "tensor_description"]


def tensor_description(var: Any) -> str:
    """Dtype and shape of a variable or tensor.

    >>> tf.contrib.slim.model_analyzer.tensor_description(tf.ones([2, 3]))
    '(float32 2x3)'
    """
    sizes = ["?" if size is None else str(size) for size in var.shape]
    return f"({var.dtype.name} {'x'.join(sizes)})"


def _print_title(title: str) -> None:
    print("---------")
    print(title)
    print("---------")


def analyze_ops(graph: Any, print_info: bool = False) -> int:
    """How many elements the outputs of all operations of a graph have, as far as that is known.

    Args:
        graph: a ``tf.Graph``.
        print_info: print each operation with its outputs.
    """
    if print_info:
        _print_title("Operations: name -> (type shapes) [size]")
    total = 0
    for operation in graph.get_operations():
        size, shapes = 0, []
        for output in operation.outputs:
            size += output.shape.num_elements() or 0
            if output.shape.rank is not None:
                shapes.append(tensor_description(output))
        if print_info:
            print(operation.name, "\t->", ", ".join(shapes), f"[{size}]")
        total += size
    return total


def analyze_vars(variables: Iterable[Any], print_info: bool = False) -> tuple[int, int]:
    """How many elements variables have, and how many bytes.

    Args:
        variables: variables.
        print_info: print each of them.

    >>> w = tf.Variable([1.0, 2.0], name="w")
    >>> tf.contrib.slim.model_analyzer.analyze_vars([w], print_info=True)
    ---------
    Variables: name (type shape) [size]
    ---------
    w:0 (float32 2) [2, bytes: 8]
    Total size of variables: 2
    Total bytes of variables: 8
    (2, 8)
    """
    if print_info:
        _print_title("Variables: name (type shape) [size]")
    total_size = total_bytes = 0
    for variable in variables:
        size = variable.shape.num_elements() or 0
        count = size * variable.dtype.size
        total_size += size
        total_bytes += count
        if print_info:
            print(variable.name, tensor_description(variable), f"[{size}, bytes: {count}]")
    if print_info:
        print(f"Total size of variables: {total_size}")
        print(f"Total bytes of variables: {total_bytes}")
    return total_size, total_bytes


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
