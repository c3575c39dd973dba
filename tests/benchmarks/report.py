"""The figures of one run, as Markdown: printed as they come, and appended to RESULTS.md at the end."""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tensorflow as tf

RESULTS = Path(__file__).with_name("RESULTS.md")

_PREFACE = """\
# Benchmark results

Appended by `python -m tests.benchmarks`, newest last; how times are taken stands in `measuring.py`. Ratios are to the same
work without us in the same process: below 1 we are faster. Absolute times are of one machine with other work on it.
"""


class Report:
    def __init__(self, command: str, dry: bool = False) -> None:
        self.dry = dry
        load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
        self._parts = [
            f"## {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC, TensorFlow {tf.__version__}",
            f"`{command}`",
            f"Python {platform.python_version()}, {os.cpu_count()} CPUs ({_processor()}), load when begun {load}. "
            + _accelerators(),
        ]
        self.missed: list[str] = []
        print("\n\n".join(self._parts), flush=True)

    def section(self, title: str, note: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A table with a line on what was measured."""
        lines = [f"### {title}", "", note, "", _line(columns), _line(["---"] * len(columns))]
        print("\n".join(["", *lines]), flush=True)
        for row in rows:
            lines.append(_line(row))
            print(lines[-1], flush=True)
        self._parts.append("\n".join(lines))

    def verdict(self, what: str, value: float, bar: float) -> str:
        """How `value` stands to the most it may be."""
        if value <= bar:
            return f"<= {bar:g} met"
        self.missed.append(f"{what}: {value:.3g}, bar {bar:g}")
        return f"<= {bar:g} **missed**"

    def append_to_results(self) -> None:
        before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _PREFACE
        RESULTS.write_text(before + "\n" + "\n\n".join([*self._parts, self.summary()]) + "\n", encoding="utf-8")

    def summary(self) -> str:
        return "Bars missed: " + "; ".join(self.missed) + "." if self.missed else "No bar missed."


def _line(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or sys.platform
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _accelerators() -> str:
    found = tf.config.list_physical_devices("GPU")
    return f"Not run on a GPU: {len(found)} present, hidden." if found else "GPU: not run on a GPU."
