"""Which operations of a traced function have no kernel for a GPU?

TensorFlow's usual package for Linux is built with CUDA: its GPU kernels are registered also where no GPU is
present, and what is registered is what is asked here. A build without CUDA can't answer (`can_tell`).
"""

import tensorflow as tf
from tensorflow.python.framework import kernels  # noqa: TID251  (a list of kernels is shown nowhere else)

# Registered for any device, but what they do runs in Python on the host.
PYTHON = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc", "NumpyFunction"})
# Nodes that say where values come from or go; nothing is computed.
_STRUCTURE = frozenset({"_Arg", "_Retval", "_DeviceArg", "_DeviceRetval", "_HostSend", "_HostRecv"})


def can_tell():
    """Does this TensorFlow register GPU kernels?"""
    return tf.test.is_built_with_cuda()


def not_on_a_gpu(concrete):
    """Sentences on the operations of the concrete function, and of all that it calls, that can't run on a GPU."""
    graph = concrete.graph.as_graph_def()
    library = {function.signature.name: function for function in graph.library.function}
    found, seen, waiting = [], set(), [("the step", graph.node)]
    while waiting:
        place, nodes = waiting.pop()
        for node in nodes:
            reason = _reason(node)
            if reason:
                found.append(f"{node.op} {node.name!r} in {place} {reason}")
            for name in _called(node):
                if name not in seen:
                    seen.add(name)
                    waiting.append((f"{name} (called by {node.op} {node.name!r})", library[name].node_def))
    return sorted(found)


def operations(concrete):
    """How many operations there are, those of called functions included."""
    graph = concrete.graph.as_graph_def()
    return len(graph.node) + sum(len(function.node_def) for function in graph.library.function)


def _called(node):
    for value in node.attr.values():
        for each in (value, *value.list.func):
            name = each.name if hasattr(each, "name") else each.func.name
            if name:
                yield name


def _reason(node):
    if node.op in _STRUCTURE:
        return ""
    if node.op in PYTHON:
        return "runs in Python"
    types = [value for attr in node.attr.values() for value in (attr.type, *attr.list.type)]
    if tf.string.as_datatype_enum in types:
        return "works on strings"
    registered = kernels.get_registered_kernels_for_op(node.op).kernel
    fitting = [kernel for kernel in registered if all(_holds(node, each) for each in kernel.constraint)]
    devices = {kernel.device_type for kernel in fitting}
    if devices & {"GPU", "DEFAULT"}:
        return ""
    if not registered:
        return ""  # a function, called by its name: what it does is looked at by itself
    return f"has kernels for {', '.join(sorted(devices)) or 'other types'} only"


def _holds(node, constraint):
    """Is the attribute one of the types that the kernel is for?"""
    allowed = set(constraint.allowed_values.list.type)
    if constraint.name not in node.attr or not allowed:
        return True
    value = node.attr[constraint.name]
    return {value.type, *value.list.type} - {0} <= allowed
