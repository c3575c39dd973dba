"""Does anything grow over 100,000 eager passes, or over 1,000 retraces?"""

from __future__ import annotations

import gc
import itertools
import os
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tensorflow as tf2

import tf1compat_wd as tf
from tests.benchmarks.measuring import Work
from tests.benchmarks.report import Report

_PACKAGE = str(Path(tf.__file__).parent)

#: Memory that is allocated and given back in other sizes lets a process settle late; what leaks one object
#: of the smallest size (16 bytes) and its list entry in each pass lies above.
_BYTES_A_PASS = 8.0
_BYTES_A_TRACE = 1024.0


def run(report: Report) -> None:
    report.section(
        "Memory",
        "After a warm-up and a full collection: what was left more at the end than at the beginning. Resident memory and the objects that "
        "Python's collector knows are read without tracemalloc; Python's own memory, and the part of it that our "
        "files allocated, in a further tenth of the repetitions with it. For traces, the same with the "
        "handwritten function says what TensorFlow itself keeps.",
        ("what", "times", "resident, KiB", "objects", "Python, bytes each", "ours, bytes each", "bar"),
        _rows(report),
    )


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    for title, times, work, limit in (
        ("eager passes", 100_000, _eager_pass(), _BYTES_A_PASS),
        ("eager passes that end with an exception", 10_000, _failing_pass(), _BYTES_A_PASS),
        ("eager passes without a scope, AUTO_REUSE", 10_000, _ambient_pass(), None),
        ("retraces of one tf.function (which keeps each)", 1_000, _retrace(), None),
        ("retraces by hand (which keeps each)", 1_000, _handwritten_retrace(), None),
        ("new tf.functions, traced in one scope", 1_000, _new_function(), _BYTES_A_TRACE),
        ("new tf.functions by hand", 1_000, _handwritten_new_function(), None),
    ):
        resident, objects, python, ours = _growth(work, times)
        verdict = "" if limit is None else report.verdict(f"memory: {title}, bytes of ours each", ours, limit)
        yield title, f"{times:,}", f"{resident:+,}", f"{objects:+,}", f"{python:+.1f}", f"{ours:+.1f}", verdict


def _growth(work: Work, times: int) -> tuple[int, int, float, float]:
    """Growth of resident KiB and of objects in all; of Python's memory and of our share of it, in bytes each."""
    _repeat(work, times // 10)
    resident, objects = _resident_kib(), len(gc.get_objects())
    _repeat(work, times)
    resident, objects = _resident_kib() - resident, len(gc.get_objects()) - objects
    further = times // 10
    tracemalloc.start(1)
    try:
        _repeat(work, max(further // 10, 1))
        before = tracemalloc.take_snapshot()
        _repeat(work, further)
        after = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    ours = [tracemalloc.Filter(inclusive=True, filename_pattern=os.path.join(_PACKAGE, "*"))]
    python, share = (
        (_total(after.filter_traces(kept)) - _total(before.filter_traces(kept))) / further
        for kept in (_NOT_ITSELF, ours)
    )
    return resident, objects, python, share


_NOT_ITSELF = [tracemalloc.Filter(inclusive=False, filename_pattern=tracemalloc.__file__)]


def _total(snapshot: tracemalloc.Snapshot) -> int:
    return sum(statistic.size for statistic in snapshot.statistics("filename"))


def _repeat(work: Work, times: int) -> None:
    for _ in range(times):
        work()
    gc.collect()


def _resident_kib() -> int:
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


# ----------------------------------------------------------------------------------------- what is repeated


def _regularizer(variable: Any) -> Any:
    with tf.name_scope(None, "l2_regularizer", [variable]):
        return tf.multiply(1e-4, tf.nn.l2_loss(variable), name="value")


def _model(x: Any, reuse: Any = None) -> Any:
    with tf.variable_scope("a", reuse=reuse), tf.variable_scope("b"):
        w = tf.get_variable("w", [4, 3], initializer=tf.zeros_initializer(), regularizer=_regularizer)
        tf.add_to_collection("activations", x)
        y = tf.matmul(x, w)
    if reuse is None:
        with tf.variable_scope(None, "head"):
            y += tf.Variable(1.0, name="scale")
    return tf.reduce_sum(y) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def _eager_pass() -> Work:
    scope, x = tf.tracking.VariableTrackingScope("net"), tf.ones([2, 4])

    def work() -> None:
        with tf2.GradientTape() as tape, scope:
            loss = _model(x)
        tape.gradient(loss, scope.trainable_variables)

    return work


def _failing_pass() -> Work:
    scope, x = tf.tracking.VariableTrackingScope("net"), tf.ones([2, 4])

    def work() -> None:
        try:
            with scope, tf.variable_scope("outer"):
                _model(x)
                tf.get_variable("missing")
        except ValueError:
            pass

    return work


def _ambient_pass() -> Work:
    x = tf.ones([2, 4])

    def work() -> None:
        with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
            w = tf.get_variable("w", [4, 3], initializer=tf.zeros_initializer(), regularizer=_regularizer)
            tf.reduce_sum(tf.matmul(x, w)) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))

    return work


def _retrace() -> Work:
    scope = tf.tracking.VariableTrackingScope("net")

    @tf2.function
    def function(x: Any) -> Any:
        with scope:
            return _model(x)

    return _with_new_shapes(function)


def _handwritten_retrace() -> Work:
    return _with_new_shapes(tf2.function(_handwritten_model()))


def _with_new_shapes(function: Any) -> Work:
    lengths = itertools.count(1)
    return lambda: function.get_concrete_function(tf2.TensorSpec([next(lengths), 4], tf2.float32))


def _new_function() -> Work:
    scope = tf.tracking.VariableTrackingScope("net")

    def function(x: Any) -> Any:
        with scope:
            return _model(x)

    return _traced_anew(function)


def _handwritten_new_function() -> Work:
    return _traced_anew(_handwritten_model())


def _traced_anew(function: Callable[[Any], Any]) -> Work:
    x = tf2.ones([2, 4])
    return lambda: tf2.function(function).get_concrete_function(x)


def _handwritten_model() -> Callable[[Any], Any]:
    w, scale = tf2.Variable(tf2.zeros([4, 3])), tf2.Variable(1.0)

    def model(x: Any) -> Any:
        return tf2.reduce_sum(tf2.matmul(x, w) + scale) + tf2.add_n([1e-4 * tf2.nn.l2_loss(w)])

    return model
