"""``tf.contrib.training``: evaluate checkpoints in a session, once or whenever there is a new one. Graph mode only."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import train
from tf1compat_wd._core import graph_collections, sessions, tensorflow_hooks
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope
from tf1compat_wd.contrib.slim.evaluation import checkpoints_iterator

Tensor = Any

_v1 = tf.compat.v1
_logging = _v1.logging
_Hook = _v1.train.SessionRunHook


def get_or_create_eval_step() -> Any:
    """The counter of evaluation steps, made if there is none (``tf.contrib.training.get_or_create_eval_step``).

    Creates ``eval_step``, an int64 that isn't trainable, in LOCAL_VARIABLES and EVAL_STEP.

    Raises:
        ValueError: there are several.
    """
    found = graph_collections.get_collection(_v1.GraphKeys.EVAL_STEP)
    if len(found) > 1:
        raise ValueError(f"Multiple tensors added to tf.GraphKeys.EVAL_STEP\n\nThey are {found}.")
    if found:
        return found[0]
    with variable_scope(get_variable_scope(), use_resource=True):
        return get_variable(
            "eval_step",
            shape=[],
            dtype=tf.int64,
            initializer=_v1.zeros_initializer(),
            trainable=False,
            collections=[_v1.GraphKeys.LOCAL_VARIABLES, _v1.GraphKeys.EVAL_STEP],
        )


class StopAfterNEvalsHook(_Hook):  # type: ignore[misc]
    """Stops an evaluation after `num_evals` steps (``tf.contrib.training.StopAfterNEvalsHook``).

    Args:
        num_evals: how many; None: never stops.
        log_progress: log each step.
    """

    def __init__(self, num_evals: int | None, log_progress: bool = True) -> None:
        self._last = num_evals
        self._is_logging = log_progress
        self._counter: Any = None

    def count_by(self, counted: Tensor) -> None:
        """Take the number of steps from `counted`, which has it when a step is done."""
        self._counter = counted

    def begin(self) -> None:
        """Find the counter, if no evaluation has said what counts."""
        if self._counter is None:
            self._counter = get_or_create_eval_step()

    def before_run(self, run_context: Any) -> Any:
        """Ask for the counter."""
        return _v1.train.SessionRunArgs({"step": self._counter})

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Stop when it has come to its end."""
        step = int(run_values.results["step"])
        if self._is_logging:
            _logging.info("Evaluation [%d%s]", step, "" if self._last is None else f"/{self._last}")
        if self._last is not None and step >= self._last:
            run_context.request_stop()


class SummaryAtEndHook(_Hook):  # type: ignore[misc]
    """Writes summaries when a session ends (``tf.contrib.training.SummaryAtEndHook``).

    Args:
        log_dir: folder; or
        summary_writer: a ``FileWriter``.
        summary_op: what to write; default: all of SUMMARIES, merged.
        feed_dict: for `summary_op`.

    Raises:
        ValueError: neither `log_dir` nor `summary_writer` is given.
    """

    def __init__(
        self,
        log_dir: str | None = None,
        summary_writer: Any = None,
        summary_op: Any = None,
        feed_dict: Mapping[Any, Any] | None = None,
    ) -> None:
        if log_dir is None and summary_writer is None:
            raise ValueError("One of log_dir or summary_writer should be used.")
        self._folder = log_dir
        self._writer = summary_writer
        self._summary = summary_op
        self._feed = feed_dict

    def begin(self) -> None:
        """Merge the summaries while the graph can still be changed."""
        if self._summary is None:
            self._summary = _v1.summary.merge_all()
        self._step = _v1.train.get_or_create_global_step()

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Open the writer."""
        if self._writer is None and self._folder is not None:
            self._writer = _v1.summary.FileWriterCache.get(self._folder)

    def end(self, session: Any) -> None:
        """Write."""
        if self._summary is None:
            return
        step = _v1.train.global_step(session, self._step)
        self._writer.add_summary(session.run(self._summary, self._feed), step)
        self._writer.flush()


def _evaluate(
    checkpoint_path: str | None, master: str, scaffold: Any, eval_ops: Any, feed_dict: Any, final_ops: Any,
    final_ops_feed_dict: Any, hooks: Sequence[Any] | None, config: Any,
) -> Any:  # fmt: skip
    """Evaluate one checkpoint; the graph counts its steps already."""
    last = _v1.train.FinalOpsHook(final_ops, final_ops_feed_dict)
    creator = train.ChiefSessionCreator(
        scaffold=scaffold, checkpoint_filename_with_path=checkpoint_path, master=master, config=config
    )
    with _v1.train.MonitoredSession(creator, hooks=[*(hooks or ()), last]) as session:
        _logging.info("Starting evaluation at %s", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        while eval_ops is not None and not session.should_stop():
            session.run(eval_ops, feed_dict)
    _logging.info("Finished evaluation at %s", time.strftime("%Y-%m-%d-%H:%M:%S", time.gmtime()))
    return last.final_ops_values


def _counted(eval_ops: Any, hooks: Sequence[Any] | None) -> Any:
    """`eval_ops` and the counter of evaluation steps, which goes up by one each time; tells `hooks` of it."""
    update = _v1.assign_add(get_or_create_eval_step(), 1) + 0
    for hook in hooks or ():
        if isinstance(hook, StopAfterNEvalsHook):
            hook.count_by(update)
    if eval_ops is None:
        return None
    if isinstance(eval_ops, Mapping):
        return {**eval_ops, "update_eval_step": update}
    if isinstance(eval_ops, (list, tuple)):
        return [*eval_ops, update]
    return [eval_ops, update]


def evaluate_once(
    checkpoint_path: str,
    master: str = "",
    scaffold: Any = None,
    eval_ops: Any = None,
    feed_dict: Mapping[Any, Any] | None = None,
    final_ops: Any = None,
    final_ops_feed_dict: Mapping[Any, Any] | None = None,
    hooks: Sequence[Any] | None = None,
    config: Any = None,
) -> Any:
    """Restore a checkpoint and evaluate it in a session (``tf.contrib.training.evaluate_once``).

    Args:
        checkpoint_path: prefix of the checkpoint.
        master, config: of the session.
        scaffold: a `tf.train.Scaffold`.
        eval_ops: run until a hook stops it, such as `StopAfterNEvalsHook`: a tensor or operation, or several in a
            list or dict.
        feed_dict: for `eval_ops`.
        final_ops: run at the end, with `final_ops_feed_dict`.
        hooks: `tf.train.SessionRunHook` objects.

    Returns:
        What `final_ops` gives, or None.

    Raises:
        RuntimeError: outside graph mode.
    """
    sessions.require_graph_mode("tf.contrib.training.evaluate_once", "The Session graph is empty.")
    eval_ops = _counted(eval_ops, hooks)
    return _evaluate(
        checkpoint_path, master, scaffold, eval_ops, feed_dict, final_ops, final_ops_feed_dict, hooks, config
    )


def evaluate_repeatedly(
    checkpoint_dir: str,
    master: str = "",
    scaffold: Any = None,
    eval_ops: Any = None,
    feed_dict: Mapping[Any, Any] | None = None,
    final_ops: Any = None,
    final_ops_feed_dict: Mapping[Any, Any] | None = None,
    eval_interval_secs: float = 60,
    hooks: Sequence[Any] | None = None,
    config: Any = None,
    max_number_of_evaluations: int | None = None,
    timeout: float | None = None,
    timeout_fn: Callable[[], bool] | None = None,
) -> Any:
    """Evaluate each new checkpoint of a folder (``tf.contrib.training.evaluate_repeatedly``).

    Args:
        checkpoint_dir: the folder.
        eval_interval_secs: seconds from one evaluation to the next at least.
        max_number_of_evaluations: stop after as many; None: go on.
        timeout, timeout_fn: see `checkpoints_iterator`.
        The rest is as for `evaluate_once`.

    Returns:
        What `final_ops` gave the last time, or None.

    Raises:
        ValueError: `max_number_of_evaluations` is 0.
        RuntimeError: outside graph mode.
    """
    sessions.require_graph_mode("tf.contrib.training.evaluate_repeatedly", "The Session graph is empty.")
    if max_number_of_evaluations is not None and max_number_of_evaluations < 1:
        raise ValueError("`max_number_of_evaluations` must be either None or a positive integer")
    eval_ops = _counted(eval_ops, hooks)
    final = None
    checkpoints = checkpoints_iterator(checkpoint_dir, eval_interval_secs, timeout, timeout_fn)
    for checkpoint in itertools.islice(checkpoints, max_number_of_evaluations):
        # A scaffold is finished with its first session; a graph can have one after another.
        final = _evaluate(
            checkpoint, master, scaffold, eval_ops, feed_dict, final_ops, final_ops_feed_dict, hooks, config
        )
    return final


tensorflow_hooks.keep_from_autograph(__name__)
