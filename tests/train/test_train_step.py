"""The training programs of `facts/train_step.py` where the facts' modes don't reach: XLA, and modes in turn."""

import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow
from facts import train_step

import tf1compat_wd as tf

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "train_step.json").read_text())
# XLA compiles no string operations, so no summaries.
PROGRAMS = [f"losses_of_twenty_steps_with_{optimizer}" for optimizer in ("adam", "momentum", "rmsprop")]


def losses_of(fact, steps):
    """The losses that TF 1.15 had, of `steps` steps."""
    golden = GOLDEN[fact]
    return [row[0] for row in golden["value"] + golden.get("second", golden["value"])][:steps]


def step_of(fact, scope):
    def step():
        with scope:
            loss, _, average = getattr(train_step, fact)(tf)
        return loss, average

    return step


@pytest.mark.parametrize("fact", PROGRAMS)
def test_compiled_by_xla_the_losses_are_tf1s(fact):
    scope = tf.tracking.VariableTrackingScope("net")
    step = tensorflow.function(step_of(fact, scope), jit_compile=True)
    np.testing.assert_allclose([float(step()[0]) for _ in range(20)], losses_of(fact, 20), rtol=1e-3)


def test_eagerly_then_in_a_function_then_retraced_then_eagerly_again_it_goes_on():
    fact = "losses_of_twenty_steps_with_adam"
    scope = tf.tracking.VariableTrackingScope("net", tape=True)
    step = step_of(fact, scope)
    ways = [step, tensorflow.function(step), tensorflow.function(step), step]
    losses = [float(way()[0]) for way in ways for _ in range(4)]
    np.testing.assert_allclose(losses, losses_of(fact, 16), rtol=1e-4)


def test_saved_and_restored_in_the_middle_it_goes_on(tmp_path):
    fact = "losses_of_twenty_steps_with_adam"
    losses, path = [], tmp_path / "model"
    for way in (tensorflow.function, lambda step: step, tensorflow.function):
        scope = tf.tracking.VariableTrackingScope("net", tape=True)
        if losses:
            scope.restore(path)
        step = way(step_of(fact, scope))
        losses += [float(step()[0]) for _ in range(5)]
        scope.save(path)
    np.testing.assert_allclose(losses, losses_of(fact, 15), rtol=1e-4)


def test_without_a_scope_a_function_trains_the_ambient_variables():
    fact = "losses_of_twenty_steps_with_momentum"
    tf.reset_default_graph()
    try:

        @tensorflow.function
        def step():
            return getattr(train_step, fact)(tf)[0]

        losses = [float(step()) for _ in range(10)]
    finally:
        tf.reset_default_graph()
    np.testing.assert_allclose(losses, losses_of(fact, 10), rtol=1e-4)
