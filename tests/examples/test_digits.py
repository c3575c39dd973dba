"""The examples do what they promise: the numbers of TF 1.15.5, in a session and in a `tf.function`.

`digits_session_on_tf1_15.txt` is what TF 1.15.5 printed:

    python3.7 migration_guide/examples/digits_session.py > tests/examples/digits_session_on_tf1_15.txt
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tf1compat_wd
from tf1compat_wd.cli import launcher

SOURCE = Path(tf1compat_wd.__file__).parents[1]
EXAMPLES = SOURCE / "migration_guide" / "examples"
RECORDED = (Path(__file__).parent / "digits_session_on_tf1_15.txt").read_text()

# Twenty epochs of float32 sums, added up in another order. Printed are four decimals.
TOLERANCE = 2e-3


def output_of(*command):
    """What the command prints, in a folder of its own."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def epochs(text):
    """The table of losses and weight-decay losses, one row an epoch."""
    return np.array(re.findall(r"loss (\d\.\d+)  weight decay (\d\.\d+)", text), float)


def accuracy(text):
    return float(re.search(r"test accuracy (\d\.\d+)", text)[1])


def test_the_session_script_runs_unchanged_with_the_numbers_of_tf_1_15():
    text = output_of(launcher.__file__, "run", EXAMPLES / "digits_session.py")
    assert "weights with a decay: 2" in text
    assert epochs(text).shape == (20, 2)
    np.testing.assert_allclose(epochs(text), epochs(RECORDED), atol=TOLERANCE)
    assert accuracy(text) >= 0.95
    assert accuracy(text) == pytest.approx(accuracy(RECORDED), abs=0.01)


def test_the_function_has_the_numbers_of_the_session_with_the_optimizer_of_tf1():
    text = output_of(EXAMPLES / "digits_function.py", "--optimizer=v1")
    np.testing.assert_allclose(epochs(text), epochs(RECORDED), atol=TOLERANCE)
    assert accuracy(text) >= 0.95
    names = "digits/hidden/weights:0 digits/hidden/biases:0 digits/logits/weights:0 digits/logits/biases:0"
    assert f"variables {names}\n" in text


def test_the_function_learns_with_keras_and_xla():
    text = output_of(EXAMPLES / "digits_function.py", "--optimizer=keras", "--jit", "--device=/CPU:0")
    assert accuracy(text) >= 0.95
    assert (epochs(text)[:, 1] > 0.02).all()  # there is weight decay in every epoch


def test_the_data_is_what_its_description_says():
    with np.load(EXAMPLES / "digits.npz") as data:
        shapes = {key: data[key].shape for key in data}
        assert {str(data[key].dtype) for key in data} == {"uint8"}
        assert max(data["train_images"].max(), data["test_images"].max()) == 16
        assert sorted(set(data["train_labels"])) == sorted(set(data["test_labels"])) == list(range(10))
    assert shapes == {
        "train_images": (1437, 64),
        "train_labels": (1437,),
        "test_images": (360, 64),
        "test_labels": (360,),
    }
