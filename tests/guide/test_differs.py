"""What `tf1compat-wd scan` tells of a name is what the facts and the namespace show."""

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from tf1compat_wd.cli.scan.findings import MODES, fate_of
from tf1compat_wd.names import tf1_names
from tf1compat_wd.names.differs import DIFFERS, NEED_A_SESSION

from . import differs, known_differences


def in_graph(program):
    with tensorflow.Graph().as_default(), tf.Session() as session:
        result = program()
        session.run(tf.global_variables_initializer())
        return session.run(result)


def eagerly(program):
    with tf.tracking.VariableTrackingScope("net"):
        return program()


def in_function(program):
    scope = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function(autograph=False)
    def step():
        with scope:
            return program()

    return step()


WAYS = {"graph": in_graph, "eager": eagerly, "function": in_function}
ELSEWHERE = known_differences.rows("elsewhere")


def test_the_file_is_what_the_rows_and_the_namespace_say():
    # If not: python -m tests.guide.differs
    assert differs.FILE.read_text(encoding="utf-8") == differs.text()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("row", ELSEWHERE, ids=lambda row: (row.get("names") or [row["kind_of"]])[0])
def test_a_program_shows_the_difference_in_these_modes_and_in_no_other(row, mode):
    def program():
        scope = {"tf": tf, "result": []}
        exec(row["program"], scope)
        return scope["result"]

    if "gives" in row:
        is_the_same = np.allclose(WAYS[mode](program), row["gives"], rtol=1e-5)
        assert is_the_same == (mode not in row["modes"])
    elif mode in row["modes"]:
        with pytest.raises(RuntimeError):
            WAYS[mode](program)
    else:
        WAYS[mode](program)


def test_rows_name_names_of_tf1():
    for row in (*known_differences.rows("difference"), *ELSEWHERE):
        assert set(row.get("names", ())) <= set(tf1_names())


@pytest.mark.parametrize("name", sorted(NEED_A_SESSION | set(DIFFERS)))
def test_scan_says_so(name):
    fate = fate_of(name)
    if name in NEED_A_SESSION:
        assert fate[1:3] == ("session", "session")
    else:
        how, modes = DIFFERS[name]
        assert {mode for mode, status in zip(MODES, fate, strict=False) if status == "differs"} == set(modes)
        assert fate.advice == f"{how[0].upper()}{how[1:]}."


def test_no_function_that_is_called_eagerly_asks_for_a_session_unnoticed():
    """The names that the file has are found by their code; here a few are called."""
    for name in ("tf.placeholder", "tf.train.batch", "tf.contrib.training.train", "tf.train.MonitoredTrainingSession"):
        function = differs.offered()[name]
        arguments = {"tf.placeholder": (tf.float32,), "tf.train.batch": ([1.0], 2)}.get(name, ())
        if name == "tf.contrib.training.train":
            arguments = (None, None)
        with pytest.raises(RuntimeError), tf.tracking.VariableTrackingScope("net"):
            function(*arguments)
        assert name in NEED_A_SESSION
