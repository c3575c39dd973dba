"""What ``import tf1compat_wd`` costs after ``import tensorflow``."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.report import Report

BAR = 150.0  # milliseconds

_PROGRAM = """
import time
begun = time.process_time()
import tensorflow
between = time.process_time()
import tf1compat_wd
print(between - begun, time.process_time() - between)
"""


def run(report: Report) -> None:
    report.section(
        "Import",
        "CPU time of the process, median of 7 processes.",
        ("import tensorflow, ms", "import tf1compat_wd after it, ms", "most", "bar"),
        _rows(report),
    )


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    runs = [_import() for _ in range(7)]
    theirs, ours = ([seconds * 1e3 for seconds in side] for side in zip(*runs, strict=True))
    median = statistics.median(ours)
    yield (
        f"{statistics.median(theirs):.0f}",
        f"**{median:.0f}**",
        f"{max(ours):.0f}",
        report.verdict("import", median, BAR),
    )


def _import() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    theirs, ours = done.stdout.split()
    return float(theirs), float(ours)
