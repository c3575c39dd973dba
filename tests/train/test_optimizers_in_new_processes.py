"""Each of TF1's optimizers in each mode: ten steps with a retrace, saved, and ten more in a new process.

The programs are those of `facts/optimizer_steps.py`, and the numbers and names TF 1.15's. Run as a program, this file
restores what the tests saved and prints the ten steps that follow.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow
from facts import optimizer_steps

import tf1compat_wd as tf

TESTS = Path(__file__).parents[1]
OPTIMIZERS = ("gradient_descent", "momentum", "nesterov_momentum", "adam", "adagrad", "adadelta", "rmsprop", "ftrl")
MODES = ("graph", "eager", "function")
CASES = [(optimizer, mode) for optimizer in OPTIMIZERS for mode in MODES]


def ten_steps(optimizer, mode, folder, is_new):
    """The values and names after each of ten steps, and the names in the checkpoint that is saved at the end."""
    run = {"graph": in_graph, "eager": in_passes, "function": in_passes}[mode]
    path = str(Path(folder) / f"{optimizer}-{mode}")
    rows = run(getattr(optimizer_steps, optimizer), mode, path, is_new)
    return rows, [name for name, _ in tf.train.list_variables(path)]


def in_graph(program, mode, path, is_new):
    with tensorflow.Graph().as_default(), tf.Session() as session:
        train, w, b, names = program(tf)
        saver = tf.train.Saver()
        if is_new:
            session.run(tf.global_variables_initializer())
        else:
            saver.restore(session, path)
        rows = []
        for _ in range(10):
            session.run(train)
            rows.append([*(value.tolist() for value in session.run([w, b])), names])
        saver.save(session, path)
    return rows


def in_passes(program, mode, path, is_new):
    scope = tf.tracking.VariableTrackingScope("net", tape=mode == "eager")
    if not is_new:
        scope.restore(path)
    names = []

    def step(trace):
        with scope:
            _, w, b, names[:] = program(tf)
            return tensorflow.convert_to_tensor(w), tensorflow.convert_to_tensor(b)

    traced = tensorflow.function(step, autograph=False)
    take = traced if mode == "function" else step
    rows = []
    for number in range(10):
        values = take("first" if number < 5 else "second")
        rows.append([*(value.numpy().tolist() for value in values), list(names)])
    assert mode == "eager" or traced.experimental_get_tracing_count() == 2
    scope.save(path)
    return rows


if __name__ == "__main__":
    print(json.dumps({f"{o}-{m}": ten_steps(o, m, sys.argv[1], is_new=False) for o, m in CASES}))
    sys.exit()

GOLDEN = json.loads((TESTS / "golden" / "optimizer_steps.json").read_text())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("checkpoints")


@pytest.fixture(scope="module")
def first(folder):
    """What this process does, by optimizer and mode."""
    return {f"{optimizer}-{mode}": ten_steps(optimizer, mode, folder, is_new=True) for optimizer, mode in CASES}


@pytest.fixture(scope="module")
def then(first, folder):
    """What a new process does after it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    command = [sys.executable, __file__, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def compare(rows, optimizer, which):
    golden = GOLDEN[optimizer]
    expected = golden.get(which, golden["value"])
    assert len(rows) == len(expected) == 10
    for (w, b, names), (_, tf1_w, tf1_b, tf1_names) in zip(rows, expected, strict=True):
        np.testing.assert_allclose(w, tf1_w, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(b, tf1_b, rtol=1e-5, atol=1e-6)
        assert names == tf1_names


@pytest.mark.parametrize(("optimizer", "mode"), CASES)
def test_ten_steps_with_a_retrace_in_the_middle(optimizer, mode, first):
    rows, saved = first[f"{optimizer}-{mode}"]
    compare(rows, optimizer, "value")
    assert saved == sorted(name[: -len(":0")] for name in rows[-1][2])


@pytest.mark.parametrize(("optimizer", "mode"), CASES)
def test_ten_more_steps_in_a_new_process(optimizer, mode, then):
    rows, _ = then[f"{optimizer}-{mode}"]
    compare(rows, optimizer, "second")


@pytest.mark.parametrize(("saved_by", "mode"), [("graph", "function"), ("function", "eager"), ("eager", "graph")])
def test_one_mode_goes_on_where_another_stopped(saved_by, mode, tmp_path):
    ten_steps("adam", saved_by, tmp_path, is_new=True)
    for file in tmp_path.glob(f"adam-{saved_by}.*"):
        file.rename(tmp_path / file.name.replace(saved_by, mode))
    rows, _ = ten_steps("adam", mode, tmp_path, is_new=False)
    compare(rows, "adam", "second")
