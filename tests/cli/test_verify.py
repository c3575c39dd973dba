"""``tf1compat-wd verify``, as a user starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MODELS = """
import tensorflow as tf
from tensorflow.contrib import slim

def net(x, decay=0.1, is_training=True):
    with slim.arg_scope([slim.fully_connected], weights_regularizer=slim.l2_regularizer(decay)):
        return slim.fully_connected(x, 3, scope="fc")
"""
MIGRATED = """
import tf1compat_wd as tf

def net(x, is_training=True):
    regularizer = lambda w: 0.1 * tf.nn.l2_loss(w)
    return tf.layers.dense(x, 3, tf.nn.relu, name="fc", kernel_regularizer=regularizer)

def decays_twice(x, is_training=True):
    with tf.variable_scope("fc"):
        w = tf.get_variable("weights", [x.shape[1], 3], regularizer=lambda w: 0.2 * tf.nn.l2_loss(w))
        b = tf.get_variable("biases", [3], initializer=tf.zeros_initializer())
    for each in (w, b):
        tf.add_to_collection(tf.GraphKeys.MODEL_VARIABLES, each)
    return tf.nn.relu(tf.matmul(x, w) + b)
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "models.py").write_text(MODELS)
    (tmp_path / "migrated.py").write_text(MIGRATED)
    (tmp_path / "python2.py").write_text("print 'a'\n")
    return tmp_path


def verify(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    return subprocess.run(
        [sys.executable, ROOT / "tf1compat_wd" / "cli" / "launcher.py", "verify", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_an_unchanged_model_of_tf1_is_the_same_in_every_mode(folder):
    done = verify(folder, "models:net", "--input", "x=float32[4,5]", "--input", "is_training=true", "--jit")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("net: the same; session compared with eager, function, jit\n  2 variables")


def test_two_functions_the_report_as_json_and_a_page(folder):
    done = verify(
        folder, "models:net", "--against", "migrated:decays_twice", "--input", "x=float32[4,5]", "--modes", "session",
        "--json", "--html", "report.html",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["differences"][0]["quantity"].startswith("REGULARIZATION_LOSSES[0] of fc/")
    assert "plots are in report.html" in done.stderr
    assert "<svg" in (folder / "report.html").read_text(encoding="utf-8")


def test_other_names_are_the_first_difference(folder):
    done = verify(folder, "models:net", "--against", "migrated:net", "--input", "x=float32[4,5]")
    assert done.returncode == 1, done.stderr
    assert "first difference: variable fc/weights in the second net (session): is missing" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["models"], "models: write module:function"),
        (["missing:net"], "there is no module missing in"),
        (["models:missing"], "models has no missing"),
        (["models:slim"], "models:slim is no function"),
        (["python2:net"], "a Python 2 program"),
        (["models:net", "--input", "x"], "--input x: write NAME=VALUE"),
        (["models:net", "--input", "x=float33[2]"], "float33 is no dtype of TensorFlow"),
        (["models:net", "--input", "x=missing.npy"], "No such file"),
        (["models:net", "--tolerance", "float32=small"], "small is no number"),
        (["models:net", "--modes", "graph"], "modes must be some of"),
        (["models:net", "--checkpoint", "nowhere"], "there is no checkpoint nowhere"),
        (["models:net", "--html", "no/such/folder.html"], "there is no folder for"),
    ],
)
def test_bad_arguments_are_told_in_one_line(folder, arguments, says):
    if "--input" not in arguments:
        arguments = [*arguments, "--input", "x=float32[4,5]"]
    done = verify(folder, *arguments)
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("tf1compat-wd:")]
    assert says in line
    assert "Traceback" not in done.stderr
