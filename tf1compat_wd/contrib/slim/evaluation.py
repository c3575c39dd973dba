"""``slim.evaluation``: evaluate checkpoints in a session, once or whenever there is a new one. Graph mode only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd import _namespace, train
from tf1compat_wd._core import sessions, tensorflow_hooks

__all__ = ["checkpoints_iterator", "evaluate_once", "evaluation_loop", "wait_for_new_checkpoint"]

_v1 = tf.compat.v1
_logging = _v1.logging

#: What an argument that isn't given stands for.
_USE_DEFAULT = 0


# --------------------------------------------------------------------------- waiting for checkpoints


def wait_for_new_checkpoint(
    checkpoint_dir: str, last_checkpoint: str | None = None, seconds_to_sleep: float = 1, timeout: float | None = None
) -> str | None:
    """The newest checkpoint of a folder, as soon as it is another one than `last_checkpoint`.

    Args:
        checkpoint_dir: folder.
        last_checkpoint: the one that is known.
        seconds_to_sleep: between looks.
        timeout: seconds to wait at most; None: for ever.

    Returns:
        Its prefix; None if the time is up.
    """
    _logging.info("Waiting for new checkpoint at %s", checkpoint_dir)
    stop = None if timeout is None else time.time() + timeout
    while True:
        found = tf.train.latest_checkpoint(checkpoint_dir)
        if found is not None and found != last_checkpoint:
            _logging.info("Found new checkpoint at %s", found)
            return str(found)
        if stop is not None and time.time() + seconds_to_sleep > stop:
            return None
        time.sleep(seconds_to_sleep)


def checkpoints_iterator(
    checkpoint_dir: str,
    min_interval_secs: float = 0,
    timeout: float | None = None,
    timeout_fn: Callable[[], bool] | None = None,
) -> Iterator[str]:
    """Yield checkpoints as they appear in a folder.

    Args:
        checkpoint_dir: folder.
        min_interval_secs: seconds from one to the next at least.
        timeout: seconds to wait for each; None: for ever.
        timeout_fn: called when the time is up; the iterator ends if it gives True, or if there is none.
    """
    found = None
    while True:
        newer = wait_for_new_checkpoint(checkpoint_dir, found, timeout=timeout)
        if newer is None:
            _logging.info("Timed-out waiting for a checkpoint.")
            if timeout_fn is None or timeout_fn():
                return
            continue
        started, found = time.time(), newer
        yield newer
        left = started + min_interval_secs - time.time()
        if left > 0:
            time.sleep(left)


# ---------------------------------------------------------------------------------------- evaluating


class _LastHook(_v1.train.SessionRunHook):  # type: ignore[misc]
    """Computes the result and writes the summary when everything else is done."""

    def __init__(self, final_op: Any, final_feed: Any, summary_op: Any, summary_feed: Any, logdir: str | None) -> None:
        if summary_op == _USE_DEFAULT:
            summary_op = _v1.summary.merge_all()
        self._final_op, self._final_feed = final_op, final_feed
        self._logdir = logdir if summary_op is not None else None
        self._summary_feed = summary_feed
        if self._logdir:
            self._summary_ops = [summary_op, train.get_or_create_global_step()]
        self.result: Any = None

    def end(self, session: Any) -> None:
        self.result = None if self._final_op is None else session.run(self._final_op, self._final_feed)
        if self._logdir:
            summary, step = session.run(self._summary_ops, self._summary_feed)
            writer = _v1.summary.FileWriterCache.get(self._logdir)
            writer.add_summary(summary, int(step))
            writer.flush()


class _Evaluation(NamedTuple):
    """What both ways of evaluating do with a checkpoint."""

    scaffold: Any
    master: str
    session_config: Any
    num_evals: int
    eval_op: Any
    eval_op_feed_dict: Any
    hooks: Sequence[Any]
    last: _LastHook


def _scaffold(
    initial_op: Any, initial_feed: Any, init_fn: Callable[[Any], Any] | None, variables_to_restore: Any
) -> Any:
    """How the session becomes ready. What a checkpoint restores isn't initialized, so these are rarely run."""
    return train.Scaffold(
        init_op=initial_op,
        init_feed_dict=initial_feed,
        init_fn=None if init_fn is None else lambda scaffold, session: init_fn(session),
        saver=None if variables_to_restore is None else train.Saver(variables_to_restore),
    )


def _evaluate(plan: _Evaluation, checkpoint_path: str) -> Any:
    """Evaluate one checkpoint."""
    _logging.info("Starting evaluation at %s", _now())
    creator = train.ChiefSessionCreator(
        plan.scaffold, plan.master, plan.session_config, checkpoint_filename_with_path=checkpoint_path
    )
    with _v1.train.MonitoredSession(creator, hooks=[*plan.hooks, plan.last]) as session:
        if plan.eval_op is not None:
            for number in range(1, plan.num_evals + 1):
                session.run(plan.eval_op, plan.eval_op_feed_dict)
                _logging.info("Evaluation [%d/%d]", number, plan.num_evals)
    _logging.info("Finished evaluation at %s", _now())
    return plan.last.result


def _now() -> str:
    return time.strftime("%Y-%m-%d-%H:%M:%S", time.gmtime())


def evaluate_once(
    master: str,
    checkpoint_path: str,
    logdir: str | None,
    num_evals: int = 1,
    initial_op: Any = None,
    initial_op_feed_dict: dict[Any, Any] | None = None,
    eval_op: Any = None,
    eval_op_feed_dict: dict[Any, Any] | None = None,
    final_op: Any = None,
    final_op_feed_dict: dict[Any, Any] | None = None,
    summary_op: Any = _USE_DEFAULT,
    summary_op_feed_dict: dict[Any, Any] | None = None,
    variables_to_restore: Sequence[Any] | None = None,
    session_config: Any = None,
    hooks: Sequence[Any] | None = None,
) -> Any:
    """Restore a checkpoint and evaluate it in a session (``slim.evaluation.evaluate_once``).

    Args:
        master: of the session.
        checkpoint_path: prefix of the checkpoint.
        logdir: folder for summaries; None writes none.
        num_evals: how often `eval_op` is run.
        initial_op: initializes, where there is something that the checkpoint doesn't restore; not run otherwise.
        eval_op, final_op: run `num_evals` times; at the end. Each with its feed dictionary.
        summary_op: run at the end and written to `logdir`; default: all of SUMMARIES, merged; None: none.
        variables_to_restore: default: all that can be saved.
        session_config: ``ConfigProto`` of the session.
        hooks: ``SessionRunHook`` objects.

    Returns:
        What `final_op` gives, or None.

    Raises:
        ValueError: there is no such checkpoint.
        RuntimeError: outside graph mode.
    """
    sessions.require_graph_mode("slim.evaluation.evaluate_once", "The Session graph is empty.")
    scaffold = _scaffold(initial_op, initial_op_feed_dict, None, variables_to_restore)
    last = _LastHook(final_op, final_op_feed_dict, summary_op, summary_op_feed_dict, logdir)

    plan = _Evaluation(scaffold, master, session_config, num_evals, eval_op, eval_op_feed_dict, hooks or (), last)
    return _evaluate(plan, checkpoint_path)


def evaluation_loop(
    master: str,
    checkpoint_dir: str,
    logdir: str | None,
    num_evals: int = 1,
    initial_op: Any = None,
    initial_op_feed_dict: dict[Any, Any] | None = None,
    init_fn: Callable[[Any], Any] | None = None,
    eval_op: Any = None,
    eval_op_feed_dict: dict[Any, Any] | None = None,
    final_op: Any = None,
    final_op_feed_dict: dict[Any, Any] | None = None,
    summary_op: Any = _USE_DEFAULT,
    summary_op_feed_dict: dict[Any, Any] | None = None,
    variables_to_restore: Sequence[Any] | None = None,
    eval_interval_secs: float = 60,
    max_number_of_evaluations: int | None = None,
    session_config: Any = None,
    timeout: float | None = None,
    timeout_fn: Callable[[], bool] | None = None,
    hooks: Sequence[Any] | None = None,
) -> Any:
    """Evaluate each new checkpoint of a folder (``slim.evaluation.evaluation_loop``).

    Args:
        checkpoint_dir: the folder.
        init_fn: function of the session, called after `initial_op`, if that is run.
        eval_interval_secs: seconds from one evaluation to the next at least.
        max_number_of_evaluations: stop after as many; None: go on.
        timeout, timeout_fn: see `checkpoints_iterator`.
        The rest is as for `evaluate_once`.

    Returns:
        What `final_op` gave the last time, or None.

    Raises:
        RuntimeError: outside graph mode.
    """
    sessions.require_graph_mode("slim.evaluation.evaluation_loop", "The Session graph is empty.")
    scaffold = _scaffold(initial_op, initial_op_feed_dict, init_fn, variables_to_restore)
    last = _LastHook(final_op, final_op_feed_dict, summary_op, summary_op_feed_dict, logdir)

    plan = _Evaluation(scaffold, master, session_config, num_evals, eval_op, eval_op_feed_dict, hooks or (), last)
    checkpoints = checkpoints_iterator(checkpoint_dir, eval_interval_secs, timeout, timeout_fn)
    for count, checkpoint in enumerate(checkpoints, start=1):
        _evaluate(plan, checkpoint)
        if max_number_of_evaluations is not None and count >= max_number_of_evaluations:
            break
    return last.result


__getattr__, __dir__ = _namespace.names_of(__name__)

tensorflow_hooks.keep_from_autograph(__name__)
