"""What ``tf1compat-wd run`` costs: at the start of a package of twenty files, and at each step of a session."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow.compat.v1 as v1

import tf1compat_wd as tf
from tests.benchmarks.measuring import compare
from tests.benchmarks.report import Report
from tf1compat_wd.cli import launcher

START_BAR = 0.5  # seconds
STEP_BAR = 1.02
RUNS = 15
WARM_UPS = 2
SOURCE = Path(launcher.__file__).parents[2]

# One of twenty files, of a hundred lines each.
_MODULE = '''
"""Part {number} of a package."""
import numpy as np
import tensorflow.compat.v1 as tf

from package import part{before} as before
''' + "".join(
    f'''

def layer{number}(x, units, name="layer{number}"):
    """A layer."""
    with tf.variable_scope(name):
        shape = [int(x.shape[-1]), units]
        w = tf.get_variable("w", shape, initializer=tf.zeros_initializer())
        b = tf.get_variable("b", [units], initializer=tf.zeros_initializer())
        if before is not None:
            return tf.nn.relu(tf.nn.xw_plus_b(x, w, b))
    return np.zeros(shape)
'''
    for number in range(9)
).replace("{", "{{").replace("}", "}}")
# TensorFlow by its own name first: `import tensorflow.compat.v1` alone costs plain CPython 3.11 40,000 more page faults
# (0.25 s, an accident of how it allocates), and would hide as much of ours.
_SCRIPT = """
import numpy as np
import tensorflow
import tensorflow.compat.v1 as tf
from package import part19

tf.disable_v2_behavior()
x = tf.placeholder(tf.float32, [None, 4])
with tf.Session() as session:
    print(session.run(x + 1, {x: [[1, 2, 3, 4]]}))
"""


def run(report: Report) -> None:
    report.section(
        "`tf1compat-wd run`: start",
        f"A package of 20 files with sessions, seconds of CPU time of the process, medians of {RUNS} runs in turn after "
        f"{WARM_UPS} that find the disk cold and write byte code. `python script.py` runs the same files on "
        "`tensorflow.compat.v1`, and finds their byte code; ours redirects and compiles them each time.",
        ("python script.py", "tf1compat-wd run script.py", "more", "quartiles", "bar"),
        _start(report),
    )
    report.section(
        "`tf1compat-wd run`: step",
        "One `Session.run` of a training step: the graph built with our names and with `tensorflow.compat.v1`'s.",
        ("model", "ratio", "quartiles", "ours, us", "bar"),
        _steps(report),
    )


def _start(report: Report) -> Iterator[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "package")
        package.mkdir()
        Path(folder, "script.py").write_text(_SCRIPT)
        (package / "__init__.py").touch()
        (package / "part0.py").write_text("before = None\n")
        for number in range(1, 20):
            (package / f"part{number}.py").write_text(_MODULE.format(number=number, before=number - 1))
        commands = {"plain": ("script.py",), "ours": (launcher.__file__, "run", "script.py")}
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(WARM_UPS + RUNS):
            for name in sorted(commands, reverse=bool(turn % 2)):
                taken = _seconds(folder, *commands[name])
                if turn >= WARM_UPS:
                    seconds[name].append(taken)
        # Each run against its neighbour: the machine's pace changes over minutes.
        more = [mine - other for mine, other in zip(seconds["ours"], seconds["plain"], strict=True)]
        low, median, high = statistics.quantiles(more, n=4, method="inclusive")
    yield (
        f"{statistics.median(seconds['plain']):.2f}",
        f"{statistics.median(seconds['ours']):.2f}",
        f"**{median:.2f}**",
        f"{low:.2f} to {high:.2f}",
        report.verdict("start of tf1compat-wd run", median, START_BAR),
    )


def _seconds(folder: str, *arguments: str) -> float:
    # Without byte code, which the environment may forbid, the plain script would compile its files each time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _steps(report: Report) -> Iterator[tuple[Any, ...]]:
    for title, sizes, batch in (
        ("MLP 64-32-10, batch 32", (64, 32, 10), 32),
        ("MLP 784-256-10, batch 128", (784, 256, 10), 128),
    ):
        ours, theirs = (_step(api, sizes, batch) for api in (tf, v1))
        ratio = compare(ours, theirs, pairs=60, calls=40)
        yield (
            title,
            f"**{ratio}**",
            ratio.spread,
            f"{ratio.ours * 1e6:.0f}",
            report.verdict(f"session step, {title}", ratio.median, STEP_BAR),
        )


def _step(api: Any, sizes: tuple[int, ...], batch: int) -> Any:
    random = np.random.RandomState(0)
    data = random.rand(batch, sizes[0]).astype(np.float32)
    labels = random.randint(sizes[-1], size=batch)
    with v1.Graph().as_default() as graph:
        x, y = api.placeholder(api.float32, [None, sizes[0]]), api.placeholder(api.int64, [None])
        hidden = x
        for number, units in enumerate(sizes[1:]):
            with api.variable_scope(f"layer{number}"):
                w = api.get_variable("w", [int(hidden.shape[-1]), units], initializer=api.zeros_initializer())
                b = api.get_variable("b", [units], initializer=api.zeros_initializer())
                hidden = api.nn.xw_plus_b(api.nn.relu(hidden) if number else hidden, w, b)
        loss = api.reduce_mean(api.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=hidden))
        train = api.train.AdamOptimizer(1e-3).minimize(loss)
        session = api.Session(graph=graph)
        session.run(api.global_variables_initializer())
    return lambda: session.run([train, loss], {x: data, y: labels})
