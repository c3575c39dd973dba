"""`MultiWorkerMirroredStrategy` in two processes: the same training as in one, and after a worker was killed."""

import sys

import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf
from distribution import models
from distribution.processes import Processes, free_addresses

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def trained_in_one_process():
    """Losses and variables of both halves in turn in one graph-like pass, as a TF1 program has its towers."""
    net = tf.tracking.VariableTrackingScope("net")
    optimizer = tf.train.MomentumOptimizer(models.RATE, models.MOMENTUM)

    def step():
        averages = []
        with tf2.GradientTape() as tape, net:
            errors = []
            before = {v.name: v.numpy() for v in net.variables}
            for number, half in enumerate(models.HALVES):
                with tf.variable_scope("", reuse=number > 0):
                    errors.append(models.error(*half))
                # Each worker moves its own average from where the last step of all has left it.
                moved = {v.name: v for v in net.variables if "moving" in v.name}
                averages.append({name: v.numpy() for name, v in moved.items()})
                for name, v in moved.items():
                    v.assign(before.get(name, np.ones(v.shape) if "variance" in name else np.zeros(v.shape)))
            loss = tf.add_n(errors) / 2 + models.weight_decay()
            variables = net.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        for name, v in moved.items():
            v.assign((averages[0][name] + averages[1][name]) / 2)
        return float(loss)

    losses = [step() for _ in range(models.STEPS)]
    return losses, {v.name: v.numpy() for v in net.variables}


def test_two_workers_train_as_one_process_does_and_go_on_after_one_was_killed(tmp_path):
    losses, variables = trained_in_one_process()
    workers = free_addresses(2)
    told = {"role": "worker", "workers": workers, "folder": str(tmp_path)}
    with Processes("mirrored_program.py", tmp_path, seconds=240) as processes:
        first = [processes.start(index=i, restore=None, stop_after=4 if i else None, **told) for i in range(2)]
        first[1].wait(240)
        processes.wait(first[0], until=lambda lines: len(lines) >= 4)
        processes.kill(first[0])  # as the manager of a cluster does: all begin again
        assert first[1].returncode == -9
        assert [line["step"] for line in processes.lines(first[1])] == [1, 2, 3, 4]

        latest = str(tmp_path / "worker0" / "step4" / "model")
        told["workers"] = free_addresses(2)
        again = [processes.start(index=i, restore=latest, stop_after=None, **told) for i in range(2)]
        ends = [processes.wait(process) for process in again]
        begins = processes.lines(first[0])[:4]

    for end in ends:
        steps = [*begins, *end[:-1]]
        assert [line["step"] for line in steps] == list(range(1, models.STEPS + 1))
        np.testing.assert_allclose([line["loss"] for line in steps], losses, rtol=1e-4)
    found = ends[0][-1]["variables"]
    assert found == ends[1][-1]["variables"]  # "drawn" too, which is random
    assert np.any(np.array(found.pop("drawn:0")) != 0)
    assert found.pop("global_step:0") == models.STEPS
    assert set(found) == set(variables)  # the slots are called hidden/kernel/Momentum and so on
    for name, value in variables.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-4, atol=1e-5, err_msg=name)
