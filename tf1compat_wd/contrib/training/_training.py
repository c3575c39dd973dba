"""``tf.contrib.training``: a training step, and a loop of a session that runs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import train as core_train
from tf1compat_wd._core import sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.slim import _train_op
from tf1compat_wd.contrib.slim._train_op import clip_gradient_norms

Tensor = Any
GradsAndVars = Sequence[tuple[Any, Any]]

_v1 = tf.compat.v1


def clip_gradient_norms_fn(max_norm: float) -> Callable[[GradsAndVars], GradsAndVars]:
    """`clip_gradient_norms` as the `transform_grads_fn` of `create_train_op`."""
    return lambda grads_and_vars: clip_gradient_norms(grads_and_vars, max_norm)


class _Transforming:
    """An optimizer whose gradients go through a function."""

    def __init__(self, optimizer: Any, transform: Callable[[GradsAndVars], GradsAndVars]) -> None:
        self._optimizer = optimizer
        self._transform = transform

    def compute_gradients(self, *args: Any, **kwargs: Any) -> GradsAndVars:
        return self._transform(self._optimizer.compute_gradients(*args, **kwargs))

    def apply_gradients(self, *args: Any, **kwargs: Any) -> Any:
        return self._optimizer.apply_gradients(*args, **kwargs)


def create_train_op(
    total_loss: Any,
    optimizer: Any,
    global_step: Any = _train_op.USE_GLOBAL_STEP,
    update_ops: Sequence[Any] | None = None,
    variables_to_train: Sequence[Any] | None = None,
    transform_grads_fn: Callable[[GradsAndVars], GradsAndVars] | None = None,
    summarize_gradients: bool = False,
    gate_gradients: int = _v1.train.Optimizer.GATE_OP,
    aggregation_method: int | None = None,
    colocate_gradients_with_ops: bool = False,
    check_numerics: bool = True,
) -> Tensor:
    """Make one training step, which gives the loss (``tf.contrib.training.create_train_op``).

    Creates ``global_step`` if there is none, and the variables of `optimizer`.

    Args:
        total_loss: scalar tensor.
        optimizer: one of ``tf.train``.
        global_step: variable to count up; default: the one of this graph or pass; None counts none.
        update_ops: operations to run before the loss is used; None: those in UPDATE_OPS.
        variables_to_train: default: all trainable ones.
        transform_grads_fn: function of the pairs of gradients and variables, such as `clip_gradient_norms_fn` makes.
        summarize_gradients: make summaries of the gradients.
        gate_gradients, aggregation_method, colocate_gradients_with_ops: graph and function mode only.
        check_numerics: fail if the loss is infinite or not a number.

    Returns:
        The loss, which depends on the step. It is in TRAIN_OP.

    Raises:
        AssertionError: a variable to train isn't trainable.
        ValueError: the loss depends on no variable.
        RuntimeError: in eager mode, in a tracking scope without ``tape=True``.

    Source: facts of the topic contrib_training.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     loss = tf.contrib.training.create_train_op(w * w, tf.train.GradientDescentOptimizer(0.25))
    >>> float(loss), float(w)
    (1.0, 0.5)
    """
    return _train_op.create_train_op(
        total_loss,
        optimizer if transform_grads_fn is None else _Transforming(optimizer, transform_grads_fn),
        global_step=global_step,
        update_ops=update_ops,
        variables_to_train=variables_to_train,
        summarize_gradients=summarize_gradients,
        gate_gradients=gate_gradients,
        aggregation_method=aggregation_method,
        colocate_gradients_with_ops=colocate_gradients_with_ops,
        check_numerics=check_numerics,
    )


def train(
    train_op: Any,
    logdir: str | None,
    master: str = "",
    is_chief: bool = True,
    scaffold: Any = None,
    hooks: Sequence[Any] | None = None,
    chief_only_hooks: Sequence[Any] | None = None,
    save_checkpoint_secs: float | None = 600,
    save_summaries_steps: int | None = 100,
    config: Any = None,
    max_wait_secs: float = 7200,
    run_metadata: Any = None,
) -> Any:
    """Run `train_op` in a session until a hook stops it (``tf.contrib.training.train``). Graph mode only.

    Args:
        train_op: what `create_train_op` made.
        logdir: folder for checkpoints and summaries; None needs `hooks` and writes none.
        master, is_chief, config, max_wait_secs: of the session.
        scaffold: a `tf.train.Scaffold`.
        hooks, chief_only_hooks: `tf.train.SessionRunHook` objects; one must stop the loop.
        save_checkpoint_secs, save_summaries_steps: how often; None: never.
        run_metadata: a ``RunMetadata`` to fill.

    Returns:
        What `train_op` gave the last time, or None.

    Raises:
        ValueError: there is neither a `logdir` nor a reason to be without.
        RuntimeError: outside graph mode.
    """
    sessions.require_graph_mode("tf.contrib.training.train", "The Session graph is empty.")
    if logdir is None and is_chief:
        if save_summaries_steps:
            raise ValueError("logdir cannot be None when save_summaries_steps is not None")
        if save_checkpoint_secs:
            raise ValueError("logdir cannot be None when save_checkpoint_secs is not None")
    with core_train.MonitoredTrainingSession(
        master=master,
        is_chief=is_chief,
        checkpoint_dir=logdir,
        scaffold=scaffold,
        hooks=hooks,
        chief_only_hooks=chief_only_hooks,
        save_checkpoint_secs=save_checkpoint_secs,
        save_summaries_steps=save_summaries_steps,
        config=config,
        max_wait_secs=max_wait_secs,
    ) as session:
        loss = None
        while not session.should_stop():
            loss = session.run(train_op, run_metadata=run_metadata)
    return loss


hooks.keep_from_autograph(__name__)
