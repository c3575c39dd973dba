"""``python -m tests.benchmarks [--dry] [NAME ...]``: run benchmarks by hand."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Sequence

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if importlib.util.find_spec("tf_keras"):  # for side_by_side: what the official shim needs; nothing of ours uses Keras
    os.environ["TF_USE_LEGACY_KERAS"] = "1"

import tensorflow as tf

from tests.benchmarks import core, imports, memory, networks, run_command, side_by_side, sizes, steps
from tests.benchmarks.report import Report

BENCHMARKS = {
    "core": core,
    "steps": steps,
    "networks": networks,
    "side_by_side": side_by_side,
    "sizes": sizes,
    "imports": imports,
    "memory": memory,
    "run": run_command,
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Run benchmarks by hand.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--dry", action="store_true", help="print the figures, but don't append them to RESULTS.md")
    wanted = parser.parse_args(arguments)
    unknown = [name for name in wanted.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark is called {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    # One thread: with more, CPU time also counts how long TensorFlow's workers look for work before they sleep.
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.set_visible_devices([], "GPU")
    report = Report(" ".join(["python -m tests.benchmarks", *arguments]), wanted.dry)
    for name in wanted.names or BENCHMARKS:
        BENCHMARKS[name].run(report)
    print("\n" + report.summary())
    if not wanted.dry:
        report.append_to_results()
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
