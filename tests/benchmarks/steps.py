"""What a training step costs, eagerly, under ``tf.function`` and compiled by XLA; and what a trace costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import tensorflow as tf2

from tests.benchmarks.measuring import Ratio, compare
from tests.benchmarks.programs import CHAIN, MODELS, Model, Pair, Step, make_pair
from tests.benchmarks.report import Report

EAGER_BAR = 1.10
FUNCTION_BAR = 1.02
TRACE_BAR = 1.15

_MODES: dict[str, tuple[Callable[[Step], Step], float]] = {
    "eager": (lambda step: step, EAGER_BAR),
    "function": (tf2.function, FUNCTION_BAR),
    "jit_compile": (lambda step: tf2.function(step, jit_compile=True), FUNCTION_BAR),
}


def run(report: Report) -> None:
    report.section(
        "Training step",
        "CPU time of the process, ours to handwritten; both gave the same losses.",
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
            calls = _calls_for(lambda: theirs(*pair.batch), seconds=0.1)  # noqa: B023 (called at once)
            ratio = compare(
                lambda: ours(*pair.batch),  # noqa: B023
                lambda: theirs(*pair.batch),  # noqa: B023
                pairs=41,
                calls=calls,
            )
            yield (model.title, mode, *_times(ratio), report.verdict(f"{mode} step, {model.title}", ratio.median, bar))


def _warm_up(ours: Step, theirs: Step, pair: Pair) -> None:
    """Trace, compile; and see that both sides go through the same losses."""
    for _ in range(5):
        mine, other = float(ours(*pair.batch)), float(theirs(*pair.batch))
        if abs(mine - other) > 1e-4 * abs(other):
            raise AssertionError(f"not the same program: loss {mine} with us, {other} by hand")


def _calls_for(work: Callable[[], Any], seconds: float) -> int:
    ratio = compare(work, work, pairs=2, calls=2)
    return max(1, round(seconds / max(ratio.theirs, 1e-6)))


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
    """How many operations run in the graph; what tf.function would prune is not counted."""
    return Counter(node.op for node in traced.graph.as_graph_def().node).total()


def _times(ratio: Ratio) -> tuple[str, ...]:
    return (
        f"{ratio.theirs * 1e3:.3f}", f"{ratio.ours * 1e3:.3f}", f"**{ratio}**", ratio.spread, f"{ratio.of_minima:.3f}",
    )  # fmt: skip


__all__ = ["CHAIN", "Model", "run"]
