"""Training loops and input queues that run in sessions: TensorFlow's own in graph mode, an error that helps elsewhere.

In a ``tf.function`` a queue would be built that no thread ever fills, and the program would wait forever.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections, modes, sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.train._saver import Saver

_v1 = tf.compat.v1.train
_Keys = tf.compat.v1.GraphKeys

_NO_QUEUES = (
    "Input pipelines based on Queues are not supported when eager execution is enabled. Please use tf.data to ingest "
    "data into your model instead."
)
_LOOP = (
    "Outside graph mode a loop of Python calls the train step, VariableTrackingScope.save writes checkpoints, and an "
    "active writer of TF2 writes the summaries."
)


# --------------------------------------------------------------------------------- input queues


def _of_queues(function: Callable[..., Any]) -> Any:
    """`function`, which builds queues, for graph mode only."""

    @functools.wraps(function)
    def in_graph_mode(*args: Any, **kwargs: Any) -> Any:
        if modes.current_mode() != modes.GRAPH:
            sessions.require_graph_mode(f"tf.train.{function.__name__}, which fills a queue for a session,", _NO_QUEUES)
        return function(*args, **kwargs)

    in_graph_mode.__module__ = __name__
    in_graph_mode.__doc__ = f"TensorFlow's own ``tf.train.{function.__name__}``; graph mode only (use ``tf.data``)."
    return in_graph_mode


batch = _of_queues(_v1.batch)
batch_join = _of_queues(_v1.batch_join)
input_producer = _of_queues(_v1.input_producer)
limit_epochs = _of_queues(_v1.limit_epochs)
match_filenames_once = _of_queues(_v1.match_filenames_once)
maybe_batch = _of_queues(_v1.maybe_batch)
maybe_batch_join = _of_queues(_v1.maybe_batch_join)
maybe_shuffle_batch = _of_queues(_v1.maybe_shuffle_batch)
maybe_shuffle_batch_join = _of_queues(_v1.maybe_shuffle_batch_join)
range_input_producer = _of_queues(_v1.range_input_producer)
shuffle_batch = _of_queues(_v1.shuffle_batch)
shuffle_batch_join = _of_queues(_v1.shuffle_batch_join)
slice_input_producer = _of_queues(_v1.slice_input_producer)


@_of_queues
@functools.wraps(_v1.string_input_producer)
def string_input_producer(string_tensor: Any, *args: Any, **kwargs: Any) -> Any:
    # What match_filenames_once gives is a variable, and TensorFlow 2 asks whether a variable is true.
    if isinstance(string_tensor, tf.Variable):
        string_tensor = tf.convert_to_tensor(string_tensor)
    return _v1.string_input_producer(string_tensor, *args, **kwargs)


def start_queue_runners(
    sess: Any = None,
    coord: Any = None,
    daemon: bool = True,
    start: bool = True,
    collection: str = tf.compat.v1.GraphKeys.QUEUE_RUNNERS,
) -> Any:
    """Start the threads that fill the queues of the graph (``tf.train.start_queue_runners``); graph mode only.

    Args:
        sess: the session; by default the default one.
        coord: the ``tf.train.Coordinator`` that stops them.
        daemon, start: of the threads.
        collection: where the graph's queue runners are.

    Returns:
        The threads.

    Raises:
        RuntimeError: not in graph mode.
    """
    if sess is None:
        sessions.require_graph_mode("tf.train.start_queue_runners", "Queues are not compatible with eager execution.")
    return _v1.start_queue_runners(sess, coord, daemon, start, collection)


class QueueRunner(_v1.QueueRunner):  # type: ignore[misc]
    """Knows the operations that fill a queue, and runs them in threads (``tf.train.QueueRunner``); graph mode only."""

    def __init__(
        self,
        queue: Any = None,
        enqueue_ops: Any = None,
        close_op: Any = None,
        cancel_op: Any = None,
        queue_closed_exception_types: Any = None,
        queue_runner_def: Any = None,
        import_scope: str | None = None,
    ) -> None:
        sessions.require_graph_mode(
            "tf.train.QueueRunner",
            "QueueRunners are not supported when eager execution is enabled. Instead, please use tf.data to get data "
            "into your model.",
        )
        super().__init__(
            queue, enqueue_ops, close_op, cancel_op, queue_closed_exception_types, queue_runner_def, import_scope
        )


# -------------------------------------------------------------------------------- training loops


def _collect_saver(**options: Any) -> None:
    """Put the saver that TensorFlow's loops would make by themselves where they look first.

    Theirs lets a checkpoint give a resource variable another shape, without a word; ours refuses that as TF1 did.
    """
    if not graph_collections.get_collection(_Keys.SAVERS):
        graph_collections.add_to_collection(_Keys.SAVERS, Saver(**options))


class Scaffold(_v1.Scaffold):  # type: ignore[misc]
    """What a session of a training loop begins with, and its saver (``tf.train.Scaffold``); graph mode only."""

    def __init__(
        self,
        init_op: Any = None,
        init_feed_dict: Any = None,
        init_fn: Any = None,
        ready_op: Any = None,
        ready_for_local_init_op: Any = None,
        local_init_op: Any = None,
        summary_op: Any = None,
        saver: Any = None,
        copy_from_scaffold: Any = None,
    ) -> None:
        super().__init__(
            init_op, init_feed_dict, init_fn, ready_op, ready_for_local_init_op, local_init_op, summary_op, saver,
            copy_from_scaffold,
        )  # fmt: skip

    def finalize(self) -> Any:
        """Make what isn't given, and finalize the graph."""
        if self.saver is None:
            _collect_saver(sharded=True, allow_empty=True)
        return super().finalize()


class ChiefSessionCreator(_v1.ChiefSessionCreator):  # type: ignore[misc]
    """Makes the session of the worker that initializes and restores (``tf.train.ChiefSessionCreator``)."""

    def __init__(
        self,
        scaffold: Any = None,
        master: str = "",
        config: Any = None,
        checkpoint_dir: str | None = None,
        checkpoint_filename_with_path: str | None = None,
    ) -> None:
        super().__init__(scaffold or Scaffold(), master, config, checkpoint_dir, checkpoint_filename_with_path)


class WorkerSessionCreator(_v1.WorkerSessionCreator):  # type: ignore[misc]
    """Makes the session of a worker that waits for the chief (``tf.train.WorkerSessionCreator``)."""

    def __init__(
        self, scaffold: Any = None, master: str = "", config: Any = None, max_wait_secs: float = 30 * 60
    ) -> None:
        super().__init__(scaffold or Scaffold(), master, config, max_wait_secs)


def _require_graph_for_loop(name: str) -> None:
    sessions.require_graph_mode(f"tf.train.{name}", f"tf.train.{name} is not compatible with eager execution. {_LOOP}")


@functools.wraps(_v1.MonitoredTrainingSession)
def MonitoredTrainingSession(*args: Any, **kwargs: Any) -> Any:
    _require_graph_for_loop("MonitoredTrainingSession")
    given = _signature.bind(*args, **kwargs).arguments
    given["scaffold"] = given.get("scaffold") or Scaffold()
    return _v1.MonitoredTrainingSession(**given)


MonitoredTrainingSession.__module__ = __name__
_signature = inspect.signature(_v1.MonitoredTrainingSession)
MonitoredTrainingSession.__signature__ = _signature.replace(  # type: ignore[attr-defined]
    parameters=[each for each in _signature.parameters.values() if each.name != "save_graph_def"]  # TensorFlow 2's
)
MonitoredTrainingSession.__doc__ = (
    "A session that initializes, restores, saves and writes summaries by itself; graph mode only."
)


class MonitoredSession(_v1.MonitoredSession):  # type: ignore[misc]
    """A session with hooks, made again when a worker is lost (``tf.train.MonitoredSession``); graph mode only."""

    def __init__(self, session_creator: Any = None, hooks: Any = None, stop_grace_period_secs: int = 120) -> None:
        _require_graph_for_loop("MonitoredSession")
        super().__init__(session_creator or ChiefSessionCreator(), hooks, stop_grace_period_secs)


class SingularMonitoredSession(_v1.SingularMonitoredSession):  # type: ignore[misc]
    """A session with hooks, which errors end (``tf.train.SingularMonitoredSession``); graph mode only."""

    def __init__(
        self,
        hooks: Any = None,
        scaffold: Any = None,
        master: str = "",
        config: Any = None,
        checkpoint_dir: str | None = None,
        stop_grace_period_secs: int = 120,
        checkpoint_filename_with_path: str | None = None,
    ) -> None:
        _require_graph_for_loop("SingularMonitoredSession")
        super().__init__(
            hooks, scaffold or Scaffold(), master, config, checkpoint_dir, stop_grace_period_secs,
            checkpoint_filename_with_path,
        )  # fmt: skip


_signature_of_supervisor = inspect.signature(_v1.Supervisor.__init__)


class Supervisor(_v1.Supervisor):  # type: ignore[misc]
    """Initializes, restores and saves around a training loop (``tf.train.Supervisor``); graph mode only."""

    @functools.wraps(_v1.Supervisor.__init__)
    def __init__(self, graph: Any = None, *args: Any, **kwargs: Any) -> None:
        sessions.require_graph_mode(
            "tf.train.Supervisor", f"Supervisors are incompatible with eager execution. {_LOOP}"
        )
        graph = graph or tf.compat.v1.get_default_graph()
        given = _signature_of_supervisor.bind(self, graph, *args, **kwargs)
        given.apply_defaults()
        if given.arguments["saver"] is self.USE_DEFAULT and graph.get_collection(_Keys.GLOBAL_VARIABLES):
            with graph.as_default():
                _collect_saver()
        super().__init__(graph, *args, **kwargs)
        stop_on_exception = self.coord.stop_on_exception  # each of its threads begins by entering this

        # A new thread is in eager mode unless the program has called `tf.disable_v2_behavior`, and would ask the global
        # step there for its number.
        @contextmanager
        def stop_on_exception_in_graph() -> Iterator[None]:
            with graph.as_default(), stop_on_exception():
                yield

        self.coord.stop_on_exception = stop_on_exception_in_graph


hooks.keep_from_autograph(__name__)
