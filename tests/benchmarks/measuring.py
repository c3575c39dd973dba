"""Times that can be trusted on a machine with other work on it.

Nothing is ever compared with a time from another process or another day. The two sides of a ratio take turns in one
process, in short blocks, and each pair of neighbouring blocks gives one ratio; what is reported is the median of those,
with the quartiles. Clocks are CPU time, which other processes disturb far less than they disturb wall time; of the process
where TensorFlow may work in threads of its own (steps, traces), else of the thread.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

Work = Callable[[], object]
Clock = Callable[[], float]


class Ratio(NamedTuple):
    """How much longer one side took than the other."""

    median: float
    low: float  # quartiles of the paired ratios
    high: float
    of_minima: float  # best block against best block
    ours: float  # seconds of one call, median
    theirs: float

    def __str__(self) -> str:
        return f"{self.median:.3f}"

    @property
    def spread(self) -> str:
        return f"{self.low:.3f} to {self.high:.3f}"


def compare(ours: Work, theirs: Work, *, pairs: int, calls: int, clock: Clock = time.process_time) -> Ratio:
    """Let `ours` and `theirs` take turns: `pairs` times a block of `calls` of each, who begins changing every time."""
    ours_times: list[float] = []
    their_times: list[float] = []
    for turn in range(pairs):
        if turn % 10 == 0:
            gc.collect()
        sides = ((ours, ours_times), (theirs, their_times))
        for work, times in sides if turn % 2 else reversed(sides):
            times.append(_block(work, calls, clock))
    ratios = [mine / other for mine, other in zip(ours_times, their_times, strict=True)]
    low, median, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return Ratio(
        median,
        low,
        high,
        min(ours_times) / min(their_times),
        statistics.median(ours_times),
        statistics.median(their_times),
    )


def take_turns(works: Sequence[Work], *, turns: int, calls: int, clock: Clock = time.thread_time) -> list[list[float]]:
    """Seconds of one call of each of `works`, `turns` times, a block of each in turn."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(turns):
        for work, mine in zip(works, times, strict=True):
            gc.collect()
            mine.append(_block(work, calls, clock))
    return times


def _block(work: Work, calls: int, clock: Clock) -> float:
    start = clock()
    for _ in range(calls):
        work()
    return (clock() - start) / calls
