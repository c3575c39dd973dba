"""The global step: an int64 variable that counts training steps."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections, modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable

_Keys = tf.compat.v1.GraphKeys


def get_global_step(graph: Any = None) -> Any:
    """The global step of this graph or pass, or None if there is none (``tf.train.get_global_step``).

    What `create_global_step` has made or GLOBAL_STEP holds; without either, a global variable called ``global_step``.

    Raises:
        TypeError: what is collected as global step is not an integer scalar.
    """
    steps = _collection(_Keys.GLOBAL_STEP, graph)
    if len(steps) == 1:
        step = steps[0]
    elif steps:
        tf.compat.v1.logging.error("Multiple tensors in global_step collection.")
        return None
    else:
        step = _by_name(graph)
        if step is None:
            return None
    assert_global_step(step)
    return step


def _collection(key: str, graph: Any) -> list[Any]:
    return graph_collections.get_collection(key) if graph is None else list(graph.get_collection(key))


def _by_name(graph: Any) -> Any:
    # TF1 finds the tensor of that name, which is the variable's if it is a ref variable, and with a resource variable
    # says that a resource is no integer.
    for variable in _collection(_Keys.GLOBAL_VARIABLES, graph):
        if getattr(variable, "name", None) == "global_step:0":
            return variable
    if graph is None and modes.current_mode() != modes.GRAPH:
        return None
    try:
        return (graph or tf.compat.v1.get_default_graph()).get_tensor_by_name("global_step:0")
    except KeyError:
        return None


def create_global_step(graph: Any = None) -> Any:
    """Make the global step (``tf.train.create_global_step``).

    Creates ``<variable scope>/global_step``, int64 [], not trainable, in GLOBAL_VARIABLES and GLOBAL_STEP.

    Raises:
        ValueError: there is one already.
    """
    if get_global_step(graph) is not None:
        raise ValueError('"global_step" already exists.')
    if graph is None:
        return _make()
    with graph.as_default(), tf.compat.v1.name_scope(None):
        return _make()


def _make() -> Any:
    return get_variable(
        _Keys.GLOBAL_STEP,
        shape=[],
        dtype=tf.int64,
        initializer=tf.compat.v1.zeros_initializer(),
        trainable=False,
        aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        collections=[_Keys.GLOBAL_VARIABLES, _Keys.GLOBAL_STEP],
    )


def get_or_create_global_step(graph: Any = None) -> Any:
    """The global step, made if there is none yet (``tf.train.get_or_create_global_step``)."""
    step = get_global_step(graph)
    return create_global_step(graph) if step is None else step


def assert_global_step(global_step_tensor: Any) -> None:
    """Raise TypeError unless `global_step_tensor` is an integer scalar (``tf.train.assert_global_step``)."""
    if not (isinstance(global_step_tensor, tf.Variable | tf.Tensor) or tf.is_tensor(global_step_tensor)):
        raise TypeError(f'Existing "global_step" must be a Variable or Tensor: {global_step_tensor}.')
    if not global_step_tensor.dtype.base_dtype.is_integer:
        raise TypeError(f'Existing "global_step" does not have integer type: {global_step_tensor.dtype}')
    shape = global_step_tensor.get_shape()
    if shape.rank not in (0, None):
        raise TypeError(f'Existing "global_step" is not scalar: {shape}')


def global_step(sess: Any, global_step_tensor: Any) -> int:
    """The value of the global step as a number (``tf.train.global_step``).

    Args:
        sess: the session; not looked at outside graph mode.
        global_step_tensor: the global step.
    """
    if modes.current_mode() == modes.EAGER and sess is None:
        return int(global_step_tensor.numpy())
    return int(sess.run(global_step_tensor))


hooks.keep_from_autograph(__name__)
