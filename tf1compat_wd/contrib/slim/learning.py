"""``slim.learning``: the training step, and the loop that runs it in a session until enough steps are made.

`create_train_op` and what belongs to it work in all modes. `train` is a session's loop, for graph mode.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd import train as core_train
from tf1compat_wd._core import sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.slim._train_op import (
    add_gradients_summaries,
    clip_gradient_norms,
    create_train_op,
    multiply_gradients,
)

__all__ = [
    "add_gradients_summaries",
    "clip_gradient_norms",
    "create_train_op",
    "multiply_gradients",
    "train",
    "train_step",
]

_v1 = tf.compat.v1
_logging = _v1.logging

#: What an argument that isn't given stands for.
_USE_DEFAULT = 0


# -------------------------------------------------------------------------------------- one step


def train_step(sess: Any, train_op: Any, global_step: Any, train_step_kwargs: dict[str, Any]) -> tuple[Any, Any]:
    """Run one training step in a session (``slim.learning.train_step``).

    Args:
        sess: the session.
        train_op: what `create_train_op` gives.
        global_step: the global step.
        train_step_kwargs: dictionary of bool tensors: should_stop, should_log and should_trace; and with the last
            of them logdir and, if there is one, summary_writer. All may be missing.

    Returns:
        The loss, and whether to stop.

    Raises:
        ValueError: there is should_trace without logdir.
    """
    started = time.time()
    options = metadata = None
    if "should_trace" in train_step_kwargs:
        if "logdir" not in train_step_kwargs:
            raise ValueError("logdir must be present in train_step_kwargs when should_trace is present")
        if sess.run(train_step_kwargs["should_trace"]):
            options, metadata = _v1.RunOptions(trace_level=_v1.RunOptions.FULL_TRACE), _v1.RunMetadata()
    loss = sess.run(train_op, options=options, run_metadata=metadata)
    elapsed = time.time() - started
    step = sess.run(global_step)  # in the same run, a resource variable would be read before the step or after it
    if metadata is not None:
        _write_trace(metadata, step, train_step_kwargs)
    if "should_log" in train_step_kwargs and sess.run(train_step_kwargs["should_log"]):
        _logging.info("global step %d: loss = %.4f (%.3f sec/step)", step, loss, elapsed)
    should_stop = sess.run(train_step_kwargs["should_stop"]) if "should_stop" in train_step_kwargs else False
    return loss, should_stop


def _write_trace(metadata: Any, step: Any, arguments: dict[str, Any]) -> None:
    path = os.path.join(arguments["logdir"], f"tf_trace-{step}.json")
    _logging.info("Writing trace to %s", path)
    with tf.io.gfile.GFile(path, "w") as file:
        file.write(hooks.chrome_trace(metadata))
    writer = arguments.get("summary_writer")
    if writer is not None:
        writer.add_run_metadata(metadata, f"run_metadata-{step}", step)


# --------------------------------------------------------------------------------------- the loop


class _Plan(NamedTuple):
    """What `train` has made of its arguments."""

    supervisor: Any
    global_step: Any
    step_arguments: dict[str, Any]
    synchronized: list[Any]  # SyncReplicasOptimizers
    tokens: list[Any]  # operations that fill the queues of the optimizers


def train(
    train_op: Any,
    logdir: str | None,
    train_step_fn: Callable[..., Any] = train_step,
    train_step_kwargs: Any = _USE_DEFAULT,
    log_every_n_steps: int = 1,
    graph: Any = None,
    master: str = "",
    is_chief: bool = True,
    global_step: Any = None,
    number_of_steps: int | None = None,
    init_op: Any = _USE_DEFAULT,
    init_feed_dict: dict[Any, Any] | None = None,
    local_init_op: Any = _USE_DEFAULT,
    init_fn: Callable[[Any], Any] | None = None,
    ready_op: Any = _USE_DEFAULT,
    summary_op: Any = _USE_DEFAULT,
    save_summaries_secs: int = 600,
    summary_writer: Any = _USE_DEFAULT,
    startup_delay_steps: int = 0,
    saver: Any = None,
    save_interval_secs: int = 600,
    sync_optimizer: Any = None,
    session_config: Any = None,
    session_wrapper: Callable[[Any], Any] | None = None,
    trace_every_n_steps: int | None = None,
    ignore_live_threads: bool = False,
) -> Any:
    """Train in a session until `number_of_steps` are made, or the input ends (``slim.learning.train``).

    Variables are initialized, or restored from the newest checkpoint in `logdir`; queues are started; summaries and
    checkpoints are written. Graph mode only.

    Args:
        train_op: what `create_train_op` gives.
        logdir: folder for checkpoints, summaries and the graph; None writes nothing.
        train_step_fn: function of session, `train_op`, global step and `train_step_kwargs` giving the loss and
            whether to stop.
        train_step_kwargs: dictionary for it; default: see `train_step`.
        log_every_n_steps: how often loss and step are logged; 0: never.
        graph: default: the default graph.
        master: of the session.
        is_chief: does this process initialize, and write? The others wait for it.
        global_step: default: the one of the graph, made if there is none.
        number_of_steps: the global step at which to stop; None: never.
        init_op, init_feed_dict, local_init_op, init_fn, ready_op: how the session is initialized, and when it is;
            default: global and local variables and tables. `init_fn` is a function of the session that is called if
            no checkpoint was found.
        summary_op: default: all of SUMMARIES, merged.
        save_summaries_secs, save_interval_secs: how often summaries and checkpoints are written.
        summary_writer: None writes no summaries.
        startup_delay_steps: if this isn't the chief, the global step to wait for.
        saver: default: one of all variables.
        sync_optimizer: a ``SyncReplicasOptimizer``, or a list of them.
        session_config: ``ConfigProto`` of the session.
        session_wrapper: function of the session giving the one to be used.
        trace_every_n_steps: how often a trace for Chrome is written, as ``tf_trace-<step>.json``.
        ignore_live_threads: don't raise if threads go on after the end.

    Returns:
        The loss of the last step, or None.

    Raises:
        ValueError: arguments that don't go together.
        RuntimeError: outside graph mode.

    Source: tests/contrib/test_slim_learning.py, with what 1.15.5 logged and wrote.
    """
    if graph is None:
        sessions.require_graph_mode("slim.learning.train", "The Session graph is empty.")
    if train_op is None:
        raise ValueError("train_op cannot be None.")
    if logdir is None:
        given = {"summary_op": summary_op != _USE_DEFAULT, "saver": saver is not None}
        given["trace_every_n_steps"] = trace_every_n_steps is not None
        for argument, is_given in given.items():
            if is_given:
                raise ValueError(f"Cannot provide {argument} because logdir=None")
    if sync_optimizer is not None and startup_delay_steps > 0:
        raise ValueError("startup_delay_steps must be zero when sync_optimizer is supplied.")
    if number_of_steps is not None and number_of_steps <= 0:
        raise ValueError("`number_of_steps` must be either None or a positive number.")
    graph = graph or _v1.get_default_graph()
    with graph.as_default():
        plan = _make_plan(
            graph, logdir, train_step_kwargs, log_every_n_steps, is_chief, global_step, number_of_steps, init_op,
            init_feed_dict, local_init_op, init_fn, ready_op, summary_op, save_summaries_secs, summary_writer, saver,
            save_interval_secs, sync_optimizer, trace_every_n_steps,
        )  # fmt: skip
        loss = None
        while True:
            try:
                with plan.supervisor.managed_session(
                    master, start_standard_services=False, config=session_config
                ) as session:
                    _logging.info("Starting Session.")
                    if session_wrapper is not None:
                        _logging.info("Wrapping session with wrapper function: %s", session_wrapper)
                        session = session_wrapper(session)
                    loss = _run(session, plan, train_op, train_step_fn, logdir, startup_delay_steps, number_of_steps,
                                ignore_live_threads)  # fmt: skip
                break  # here, too, if the end of the input has closed the session
            except tf.errors.AbortedError:
                # A parameter server has gone and come back: begin again, from the last checkpoint.
                _logging.info("Retrying training!")
    return loss


def _make_plan(
    graph: Any, logdir: str | None, step_arguments: Any, log_every_n_steps: int, is_chief: bool, global_step: Any,
    number_of_steps: int | None, init_op: Any, init_feed_dict: Any, local_init_op: Any, init_fn: Any, ready_op: Any,
    summary_op: Any, save_summaries_secs: int, summary_writer: Any, saver: Any, save_interval_secs: int,
    sync_optimizer: Any, trace_every_n_steps: int | None,
) -> _Plan:  # fmt: skip
    """Complete the graph: once the supervisor is made, it is final."""
    if global_step is None:
        global_step = core_train.get_or_create_global_step()
    saver = saver or core_train.Saver()
    synchronized = _as_list_of_sync_optimizers(sync_optimizer)
    with name_scope("init_ops"):
        if init_op == _USE_DEFAULT:
            init_op = _v1.global_variables_initializer()
        if ready_op == _USE_DEFAULT:
            ready_op = _v1.report_uninitialized_variables()
        if local_init_op == _USE_DEFAULT:
            local_init_op = tf.group(_v1.local_variables_initializer(), _v1.tables_initializer())
        ready_for_local_init_op, tokens = None, []
        for optimizer in synchronized:
            if is_chief:
                local_init_op = tf.group(local_init_op, optimizer.chief_init_op)
            else:
                local_init_op = tf.group(local_init_op, optimizer.local_step_init_op)
            ready_for_local_init_op = optimizer.ready_for_local_init_op
            if is_chief:
                tokens.append(optimizer.get_init_tokens_op())
    if summary_op == _USE_DEFAULT:
        summary_op = _v1.summary.merge_all()
    if summary_writer == _USE_DEFAULT:
        summary_writer = core_train.Supervisor.USE_DEFAULT
    if step_arguments == _USE_DEFAULT:
        step_arguments = _default_step_arguments(
            global_step, number_of_steps, log_every_n_steps, trace_every_n_steps if is_chief else None, logdir
        )
    supervisor = core_train.Supervisor(
        graph,
        is_chief=is_chief,
        logdir=logdir,
        init_op=init_op,
        init_feed_dict=init_feed_dict,
        local_init_op=local_init_op,
        ready_for_local_init_op=ready_for_local_init_op,
        ready_op=ready_op,
        summary_op=summary_op,
        summary_writer=summary_writer,
        global_step=global_step,
        saver=saver,
        save_summaries_secs=save_summaries_secs,
        save_model_secs=save_interval_secs,
        init_fn=init_fn,
    )
    if summary_writer is not None:
        step_arguments["summary_writer"] = supervisor.summary_writer
    return _Plan(supervisor, global_step, step_arguments, synchronized, tokens)


def _as_list_of_sync_optimizers(given: Any) -> list[Any]:
    if given is None:
        return []
    optimizers = list(given) if isinstance(given, list | tuple) else [given]
    for each in optimizers:
        if not isinstance(each, _v1.train.SyncReplicasOptimizer):
            raise ValueError(f"`sync_optimizer` must be a tf.train.SyncReplicasOptimizer.\n\nGot {each!r}.")
    return optimizers


def _default_step_arguments(
    global_step: Any, number_of_steps: int | None, log_every: int, trace_every: int | None, logdir: str | None
) -> dict[str, Any]:
    with name_scope("train_step"):
        arguments: dict[str, Any] = {
            "should_stop": tf.constant(False)
            if number_of_steps is None
            else tf.greater_equal(global_step, number_of_steps)
        }
        if log_every > 0:
            arguments["should_log"] = tf.equal(tf.math.floormod(global_step, log_every), 0)
        if trace_every is not None:
            arguments["should_trace"] = tf.equal(tf.math.floormod(global_step, trace_every), 0)
            arguments["logdir"] = logdir
    return arguments


def _run(
    session: Any,
    plan: _Plan,
    train_op: Any,
    train_step_fn: Callable[..., Any],
    logdir: str | None,
    startup_delay_steps: int,
    number_of_steps: int | None,
    ignore_live_threads: bool,
) -> Any:
    """The loop in an open session; returns the last loss."""
    supervisor, loss = plan.supervisor, None
    if supervisor.is_chief:
        if logdir:
            supervisor.start_standard_services(session)
    elif startup_delay_steps > 0:
        _wait_for_step(session, plan.global_step, min(startup_delay_steps, number_of_steps or startup_delay_steps))
    threads = supervisor.start_queue_runners(session)
    _logging.info("Starting Queues.")
    if supervisor.is_chief and plan.synchronized:
        runners = [each.get_chief_queue_runner() for each in plan.synchronized]
        supervisor.start_queue_runners(session, runners)
        session.run(plan.tokens)
    try:
        while not supervisor.should_stop():
            loss, should_stop = train_step_fn(session, train_op, plan.global_step, plan.step_arguments)
            if should_stop:
                _logging.info("Stopping Training.")
                supervisor.request_stop()
                break
    except tf.errors.OutOfRangeError as error:  # the input has come to its end (tf.train.limit_epochs)
        _logging.info("Caught OutOfRangeError. Stopping Training. %s", error)
    if logdir and supervisor.is_chief:
        _logging.info("Finished training! Saving model to disk.")
        try:
            # First, lest the thread that saves now and then is at it, and its checkpoint taken for the last.
            supervisor.stop(threads, close_summary_writer=False, ignore_live_threads=ignore_live_threads)
        finally:
            supervisor.saver.save(session, supervisor.save_path, global_step=supervisor.global_step)
    return loss


def _wait_for_step(session: Any, global_step: Any, step: int) -> None:
    while core_train.global_step(session, global_step) < step:
        time.sleep(1.0)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
