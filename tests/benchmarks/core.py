"""What one call of the core costs, beside TensorFlow's own ``compat.v1``."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

import tensorflow as tf2

import tf1compat_wd as tf
from tests.benchmarks.measuring import Work, take_turns
from tests.benchmarks.report import Report

v1 = tf2.compat.v1

REUSED_BAR = 10.0  # microseconds
EMPTY_PASS_BAR = 40.0

_MANY = 100  # calls in one pass, so that the pass itself does not count


def run(report: Report) -> None:
    report.section(
        "Core, eager mode",
        "CPU time of the thread for one call, median and best of 31 blocks in turn with TensorFlow's own. That is used in "
        "a plain graph: in eager mode its `get_variable` makes a new variable at every call, and its scopes are slower "
        "the more of them have been opened before.",
        ("call", "ours, us", "best", "compat.v1, us", "best", "bar"),
        _rows(report),
    )


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    calls = _calls()
    works = [_many(one, within) for _, one, within, _, _ in calls]
    theirs = [
        _many(own, _in_graph if name.startswith("get_variable") else _in_new_graph) if own else None
        for name, _, _, own, _ in calls
    ]
    times = take_turns([*works, *(work for work in theirs if work)], turns=31, calls=3)
    mine, others = times[: len(works)], iter(times[len(works) :])
    for (name, _, _, _, bar), own, seconds in zip(calls, theirs, mine, strict=True):
        per_call = _median(seconds)
        yield (
            name, f"**{per_call:.2f}**", f"{_best(seconds):.2f}",
            *((f"{_median(other):.2f}", f"{_best(other):.2f}") if own and (other := next(others)) else ("", "")),
            report.verdict(name, per_call, bar) if bar else "",
        )  # fmt: skip


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds) / _MANY * 1e6


def _best(seconds: list[float]) -> float:
    return min(seconds) / _MANY * 1e6


Within = Callable[[Work], object]


def _many(one: Callable[[int], object], within: Within) -> Work:
    def loop() -> None:
        for number in range(_MANY):
            one(number)

    return lambda: within(loop)


# Where the calls are made.

_scope = tf.tracking.VariableTrackingScope("core")
_graph = v1.Graph()


def _plainly(work: Work) -> object:
    return work()


def _in_pass(work: Work) -> object:
    with _scope:
        return work()


def _in_reusing_pass(work: Work) -> object:
    with _scope:
        tf.get_variable("w", [4, 3], initializer=_ZEROS)
        with tf.variable_scope(tf.get_variable_scope(), reuse=True):
            return work()


def _in_new_graph(work: Work) -> object:
    with v1.Graph().as_default():
        return work()


def _in_graph(work: Work) -> object:
    with _graph.as_default(), v1.variable_scope("", reuse=v1.AUTO_REUSE):
        v1.get_variable("w", [4, 3], initializer=_ZEROS)
        return work()


_ZEROS = tf.zeros_initializer()
_NAMES = [f"w{number}" for number in range(_MANY)]


def _no_loss(variable: Any) -> Any:
    return None


def _empty_pass(_: int) -> None:
    with _scope:
        pass


def _joined_pass(_: int) -> None:
    with _scope:
        pass


def _variable_scope(_: int) -> None:
    with tf.variable_scope("a"):
        pass


def _own_variable_scope(_: int) -> None:
    with v1.variable_scope("a"):
        pass


def _default_variable_scope(_: int) -> None:
    with tf.variable_scope(None, "a"):
        pass


def _own_default_variable_scope(_: int) -> None:
    with v1.variable_scope(None, "a"):
        pass


def _name_scope(_: int) -> None:
    with tf.name_scope("a"):
        pass


def _own_name_scope(_: int) -> None:
    with v1.name_scope("a"):
        pass


def _calls() -> list[tuple[str, Callable[[int], object], Within, Callable[[int], object] | None, float | None]]:
    losses = tf.GraphKeys.REGULARIZATION_LOSSES
    return [
        ("empty pass", _empty_pass, _plainly, None, EMPTY_PASS_BAR),
        ("pass joined by its own scope", _joined_pass, _in_pass, None, EMPTY_PASS_BAR),
        (
            "get_variable, reused, with shape and initializer",
            lambda _: tf.get_variable("w", [4, 3], initializer=_ZEROS),
            _in_reusing_pass,
            lambda _: v1.get_variable("w", [4, 3], initializer=_ZEROS),
            REUSED_BAR,
        ),
        (
            "get_variable, reused, by name",
            lambda _: tf.get_variable("w"),
            _in_reusing_pass,
            lambda _: v1.get_variable("w"),
            REUSED_BAR,
        ),
        (
            "get_variable, first in a later pass",
            lambda number: tf.get_variable(_NAMES[number], [4, 3], initializer=_ZEROS),
            _in_pass,
            None,
            REUSED_BAR,
        ),
        (
            "the same with a regularizer that does nothing",
            lambda number: tf.get_variable(_NAMES[number], [4, 3], initializer=_ZEROS, regularizer=_no_loss),
            _in_pass,
            None,
            None,
        ),
        ("tf.Variable in a later pass", lambda _: tf.Variable(0.0, name="v"), _in_pass, None, None),
        ("variable_scope, entered and left", _variable_scope, _in_pass, _own_variable_scope, None),
        ("variable_scope with a default name", _default_variable_scope, _in_pass, _own_default_variable_scope, None),
        ("name_scope, entered and left", _name_scope, _in_pass, _own_name_scope, None),
        (
            "get_collection, empty",
            lambda _: tf.get_collection(losses),
            _in_pass,
            lambda _: v1.get_collection(losses),
            None,
        ),
    ]
