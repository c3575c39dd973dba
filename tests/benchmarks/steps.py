"""What a training step costs, eagerly, under ``tf.function`` and compiled by XLA; and what a trace costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import tensorflow as tf2

from tests.benchmarks.measuring import Ratio, compare
from tests.benchmarks.programs import CHAIN, MODELS, Pair, Step, make_pair
from tests.benchmarks.report import Report

EAGER_BAR = 1.10
FUNCTION_BAR = 1.02
TRACE_BAR = 1.15

_BLOCK, _IN_ALL = 0.01, 12.0  # seconds

_MODES: dict[str, tuple[Callable[[Step], Step], float]] = {
    "eager": (lambda step: step, EAGER_BAR),
    "function": (tf2.function, FUNCTION_BAR),
    "jit_compile": (lambda step: tf2.function(step, jit_compile=True), FUNCTION_BAR),
}


def run(report: Report) -> None:
    report.section(
        "Training step",
        "CPU time of the process, ours to handwritten; both gave the same losses. By hand there are no scopes, except in the "
        "rows that say so.",
        ("model", "mode", "handwritten, ms", "ours, ms", "ratio", "quartiles", "of minima", "bar"),
        _steps(report),
    )
    report.section(
        "Trace",
        "CPU time of the process for `tf.function(step).get_concrete_function`, the variables being there already.",
        ("model", "handwritten, ms", "ours, ms", "ratio", "quartiles", "of minima", "bar", "operations, ours/theirs"),
        _traces(report),
    )


def _steps(report: Report) -> Iterator[tuple[Any, ...]]:
    for model in MODELS:
        for mode, (prepare, bar) in _MODES.items():
            pair = make_pair(model)
            ours, theirs = prepare(pair.ours), prepare(pair.handwritten)
            _warm_up(ours, theirs, pair)
            ratio = _compare(ours, theirs, pair)
            yield (model.title, mode, *_times(ratio), report.verdict(f"{mode} step, {model.title}", ratio.median, bar))
            if mode == "eager":
                ratio = _compare(pair.ours, pair.handwritten_with_names, pair)
                yield (model.title, "eager, name scopes by hand too", *_times(ratio), "")


def _compare(ours: Step, theirs: Step, pair: Pair) -> Ratio:
    """In blocks of about a hundredth of a second, for some fifteen seconds."""
    once = min(compare(lambda: theirs(*pair.batch), lambda: theirs(*pair.batch), pairs=4, calls=3)[-2:])
    calls = max(1, round(_BLOCK / once))
    pairs = max(41, round(_IN_ALL / (2 * calls * once)))
    return compare(lambda: ours(*pair.batch), lambda: theirs(*pair.batch), pairs=pairs, calls=calls)


def _warm_up(ours: Step, theirs: Step, pair: Pair) -> None:
    """Trace, compile; and see that both sides go through the same losses."""
    for _ in range(5):
        mine, other = float(ours(*pair.batch)), float(theirs(*pair.batch))
        if abs(mine - other) > 1e-4 * abs(other):
            raise AssertionError(f"not the same program: loss {mine} with us, {other} by hand")


def _traces(report: Report) -> Iterator[tuple[Any, ...]]:
    for model in MODELS:
        pair = make_pair(model)
        for _ in range(2):
            ours, theirs = _trace(pair.ours, pair), _trace(pair.handwritten, pair)
        ratio = compare(
            lambda: _trace(pair.ours, pair),  # noqa: B023
            lambda: _trace(pair.handwritten, pair),  # noqa: B023
            pairs=9 if model is CHAIN else 31,
            calls=1 if model is CHAIN else 4,
        )
        bar = report.verdict(f"trace, {model.title}", ratio.median, TRACE_BAR)
        yield (model.title, *_times(ratio), bar, f"{_operations(ours)}/{_operations(theirs)}")


def _trace(step: Step, pair: Pair) -> Any:
    return tf2.function(step).get_concrete_function(*pair.batch)


def _operations(traced: Any) -> int:
    """How many operations the graph has."""
    return len(traced.graph.get_operations())


def _times(ratio: Ratio) -> tuple[str, ...]:
    return (
        f"{ratio.theirs * 1e3:.3f}", f"{ratio.ours * 1e3:.3f}", f"**{ratio}**", ratio.spread, f"{ratio.of_minima:.3f}",
    )  # fmt: skip
