"""Does a variable cost the same among 10,000 as among 100?"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

import tensorflow as tf2

import tf1compat_wd as tf
from tests.benchmarks.measuring import Work, take_turns
from tests.benchmarks.report import Report

SIZES = (100, 1_000, 10_000)
BAR = 1.3
_TURNS = 3
_IN_A_SCOPE = 10

_ZEROS = tf.zeros_initializer()


def run(report: Report) -> None:
    report.section(
        "Many variables",
        "CPU time of the thread per variable, best of the blocks; each size does the same work in all (100 passes of 100 "
        f"variables, one of 10,000). {_IN_A_SCOPE} variables [2] to a variable scope, each with a regularizer. Handwritten: "
        "the same `tf.Variable`s and losses. The bar is for the cost among 10,000 to that among 100.",
        ("what", *(f"{size:,}, us" for size in SIZES), "10,000 to 100", "bar"),
        _rows(report),
    )


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    for title, make, bar in _WORKS:
        works = [_repeated(make(size), SIZES[-1] // size) for size in SIZES]
        times = take_turns(works, turns=_TURNS, calls=1)
        per_variable = [min(mine) / SIZES[-1] * 1e6 for mine in times]
        ratio = statistics.median(last / first for first, last in zip(times[0], times[-1], strict=True))
        yield (
            title, *(f"{each:.1f}" for each in per_variable), f"**{ratio:.2f}**",
            report.verdict(title, ratio, bar) if bar else "",
        )  # fmt: skip


def _repeated(work: Work, count: int) -> Work:
    def loop() -> None:
        for _ in range(count):
            work()

    return loop


def _regularizer(variable: Any) -> Any:
    return tf.nn.l2_loss(variable)


def _model(size: int) -> list[Any]:
    variables = []
    for block in range(size // _IN_A_SCOPE):
        with tf.variable_scope(f"block{block}"):
            variables += [
                tf.get_variable(f"w{n}", [2], initializer=_ZEROS, regularizer=_regularizer) for n in range(_IN_A_SCOPE)
            ]
    return tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)


# Each takes a number of variables and gives the work to time.


def _first_pass(size: int) -> Work:
    def work() -> None:
        with tf.tracking.VariableTrackingScope("net"):
            _model(size)

    return work


def _later_pass(size: int) -> Work:
    scope = tf.tracking.VariableTrackingScope("net")

    def work() -> None:
        with scope:
            _model(size)

    return work


def _trace(size: int) -> Work:
    scope = tf.tracking.VariableTrackingScope("net")

    def work() -> None:
        with scope:
            _model(size)

    return lambda: tf2.function(work, autograph=False).get_concrete_function()


def _default_names(size: int) -> Work:
    scope = tf.tracking.VariableTrackingScope("net")

    def work() -> None:
        with scope:
            for _ in range(size):
                with tf.variable_scope(None, "layer"):
                    tf.get_variable("w", [2], initializer=_ZEROS)

    return work


def _plain_variables(size: int) -> Work:
    scope = tf.tracking.VariableTrackingScope("net")

    def work() -> None:
        with scope:
            for _ in range(size):
                tf.Variable(0.0)

    return work


def _lists(size: int) -> Work:
    scope = tf.tracking.VariableTrackingScope("net")
    with scope:
        _model(size)
    return lambda: (scope.trainable_variables, scope.variables, scope.get_collection(tf.GraphKeys.GLOBAL_VARIABLES))


def _handwritten_first(size: int) -> Work:
    return lambda: [tf2.nn.l2_loss(tf2.Variable(tf2.zeros([2]))) for _ in range(size)]


def _handwritten_later(size: int) -> Work:
    variables = [tf2.Variable(tf2.zeros([2])) for _ in range(size)]
    return lambda: [tf2.nn.l2_loss(variable) for variable in variables]


def _handwritten_trace(size: int) -> Work:
    variables = [tf2.Variable(tf2.zeros([2])) for _ in range(size)]

    def work() -> None:
        for variable in variables:
            tf2.nn.l2_loss(variable)

    return lambda: tf2.function(work, autograph=False).get_concrete_function()


_WORKS: list[tuple[str, Callable[[int], Work], float | None]] = [
    ("first eager pass, which makes them", _first_pass, BAR),
    ("later eager pass", _later_pass, BAR),
    ("trace", _trace, BAR),
    ("later pass, variable scopes with default names", _default_names, BAR),
    ("later pass, `tf.Variable` without a name", _plain_variables, BAR),
    ("the scope's lists of variables", _lists, BAR),
    ("handwritten: first", _handwritten_first, None),
    ("handwritten: later", _handwritten_later, None),
    ("handwritten: trace", _handwritten_trace, None),
]
