"""The training step: updates, gradients, what is done to them, and the optimizer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import summary, train
from tf1compat_wd._core import graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variables import trainable_variables

Tensor = Any
GradsAndVars = Sequence[tuple[Any, Any]]

_Keys = tf.compat.v1.GraphKeys

#: Stands for the global step of this graph or pass, where None means that no step is counted.
USE_GLOBAL_STEP = 0


def _name_of(variable: Any) -> str:
    return str(variable.name).partition(":")[0]


def _with_values(gradient: Any, change: Any) -> Any:
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(change(gradient.values), gradient.indices, gradient.dense_shape)
    return change(gradient)


def clip_gradient_norms(gradients_to_variables: GradsAndVars, max_norm: float) -> list[tuple[Any, Any]]:
    """Scale each gradient down to a norm of `max_norm`, by itself (``slim.learning.clip_gradient_norms``).

    Args:
        gradients_to_variables: pairs of gradient, or None, and variable.
        max_norm: the greatest norm.

    >>> [(gradient, _)] = tf.contrib.slim.learning.clip_gradient_norms([(tf.constant([3.0, 4.0]), None)], 1.0)
    >>> [round(float(each), 3) for each in gradient]
    [0.6, 0.8]
    """
    return [
        (None if gradient is None else _with_values(gradient, lambda v: tf.clip_by_norm(v, max_norm)), variable)
        for gradient, variable in gradients_to_variables
    ]


def multiply_gradients(grads_and_vars: GradsAndVars, gradient_multipliers: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """Multiply the gradients of some variables (``slim.learning.multiply_gradients``).

    Args:
        grads_and_vars: list of pairs of gradient and variable.
        gradient_multipliers: dictionary of variables, or their names without ":0", to factors. (A variable can be a
            key in graphs with TF1's variables; elsewhere give its name or ``variable.ref()``.)

    Raises:
        ValueError: an argument is of the wrong kind or empty, or a gradient to be multiplied is None.
    """
    if not isinstance(grads_and_vars, list):
        raise ValueError("`grads_and_vars` must be a list.")
    if not gradient_multipliers:
        raise ValueError("`gradient_multipliers` is empty.")
    if not isinstance(gradient_multipliers, Mapping):
        raise ValueError("`gradient_multipliers` must be a dict.")
    factors = {_key(key): factor for key, factor in gradient_multipliers.items()}
    multiplied = []
    for gradient, variable in grads_and_vars:
        name = _name_of(variable)
        if name in factors:
            if gradient is None:
                raise ValueError(f"Requested multiple of `None` gradient.\n\nIt is that of {name}.")
            factor = tf.cast(factors[name], gradient.dtype)
            gradient = _with_values(gradient, lambda values, factor=factor: values * factor)
        multiplied.append((gradient, variable))
    return multiplied


def _key(key: Any) -> str:
    return key if isinstance(key, str) else _name_of(key.deref() if hasattr(key, "deref") else key)


def add_gradients_summaries(grads_and_vars: GradsAndVars) -> list[Tensor]:
    """Summaries of the distribution and norm of each gradient that isn't None."""
    summaries = []
    for gradient, variable in grads_and_vars:
        if gradient is None:
            tf.compat.v1.logging.info("Var %s has no gradient", _name_of(variable))
            continue
        values = gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
        name = _name_of(variable)
        summaries.append(summary.histogram(f"{name}_gradient", values))
        summaries.append(summary.scalar(f"{name}_gradient_norm", tf.linalg.global_norm([values])))
    return summaries


def create_train_op(
    total_loss: Any,
    optimizer: Any,
    global_step: Any = USE_GLOBAL_STEP,
    update_ops: Sequence[Any] | None = None,
    variables_to_train: Sequence[Any] | None = None,
    clip_gradient_norm: float = 0,
    summarize_gradients: bool = False,
    gate_gradients: int = tf.compat.v1.train.Optimizer.GATE_OP,
    aggregation_method: int | None = None,
    colocate_gradients_with_ops: bool = False,
    gradient_multipliers: Mapping[Any, Any] | None = None,
    check_numerics: bool = True,
) -> Tensor:
    """Make one training step, which gives the loss (``slim.learning.create_train_op``).

    Creates ``global_step`` if there is none, and the variables of `optimizer`.

    Args:
        total_loss: scalar tensor, often of `slim.losses.get_total_loss`.
        optimizer: one of ``tf.train``.
        global_step: variable to count up; default: the one of this graph or pass; None counts none.
        update_ops: operations to run before the loss is used; None: those in UPDATE_OPS.
        variables_to_train: default: all trainable ones.
        clip_gradient_norm: if greater than 0, the greatest norm of each gradient.
        summarize_gradients: make summaries of the gradients.
        gate_gradients, aggregation_method, colocate_gradients_with_ops: graph and function mode only.
        gradient_multipliers: see `multiply_gradients`.
        check_numerics: fail if the loss is infinite or not a number.

    Returns:
        The loss, which depends on the step. It is in TRAIN_OP.

    Raises:
        AssertionError: a variable to train isn't trainable.
        ValueError: the loss depends on no variable.
        RuntimeError: in eager mode, in a tracking scope without ``tape=True``.

    Source: facts of the topic slim_learning.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     loss = tf.contrib.slim.learning.create_train_op(w * w, tf.train.GradientDescentOptimizer(0.25))
    >>> float(loss), float(w)
    (1.0, 0.5)
    """
    if global_step is USE_GLOBAL_STEP:
        global_step = train.get_or_create_global_step()
    total_loss = _after_updates(update_ops, total_loss)
    if variables_to_train is None:
        variables_to_train = trainable_variables()
    else:
        trainable = trainable_variables()
        for variable in variables_to_train:
            assert any(variable is each for each in trainable), f"{variable.name} is not trainable"
    assert variables_to_train, "there are no variables to train"
    pairs = optimizer.compute_gradients(
        total_loss,
        variables_to_train,
        gate_gradients=gate_gradients,
        aggregation_method=aggregation_method,
        colocate_gradients_with_ops=colocate_gradients_with_ops,
    )
    if gradient_multipliers:
        pairs = multiply_gradients(pairs, gradient_multipliers)
    if clip_gradient_norm > 0:
        pairs = clip_gradient_norms(pairs, clip_gradient_norm)
    if summarize_gradients:
        with name_scope("summarize_grads"):
            add_gradients_summaries(pairs)
    step = optimizer.apply_gradients(pairs, global_step=global_step)
    with name_scope("train_op"):
        if check_numerics:
            total_loss = tf.debugging.check_numerics(total_loss, "LossTensor is inf or nan")
        train_op = _after([step], total_loss)
    if not any(each is train_op for each in graph_collections.get_collection(_Keys.TRAIN_OP)):
        graph_collections.add_to_collection(_Keys.TRAIN_OP, train_op)
    return train_op


def _after_updates(update_ops: Sequence[Any] | None, total_loss: Tensor) -> Tensor:
    collected = graph_collections.get_collection(_Keys.UPDATE_OPS)
    if update_ops is None:
        updates = collected
    else:
        updates = list(update_ops)
        if any(not any(each is given for given in updates) for each in collected):
            tf.compat.v1.logging.warning(
                "update_ops in create_train_op does not contain all the update_ops in GraphKeys.UPDATE_OPS"
            )
    if not updates:
        return total_loss
    with tf.control_dependencies(updates):
        barrier = tf.no_op(name="update_barrier")
    return _after([barrier], total_loss)


def _after(operations: Sequence[Any], tensor: Tensor) -> Tensor:
    """`tensor`, once `operations` have run."""
    with tf.control_dependencies([each for each in operations if each is not None]):
        return tf.identity(tensor, name="control_dependency")


hooks.keep_from_autograph(__name__)
