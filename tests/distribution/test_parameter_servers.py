"""`ParameterServerStrategy`: a coordinator, two workers and a parameter server in processes of their own."""

import sys

import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf
from distribution import models
from distribution.processes import Processes, free_addresses

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def trained_in_one_process(batches, optimizer, normalized):
    """The losses of a step for each of `batches`, and the variables after them."""
    net = tf.tracking.VariableTrackingScope("net")
    losses = []
    for x, y in batches:
        with tf2.GradientTape() as tape, net:
            loss = models.error(x, y, normalized) + models.weight_decay()
            variables = net.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        losses.append(float(loss))
    return losses, {v.name: v.numpy() for v in net.variables}


def assert_equal_variables(found, expected):
    found = dict(found)
    for name in [name for name in found if "/part_0" in name]:
        slices = [found.pop(name), found.pop(name.replace("/part_0", "/part_1"))]
        found[name.replace("/part_0", "")] = np.concatenate(slices)
    assert set(found) == set(expected)
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-4, atol=1e-5, err_msg=name)


def test_training_is_that_of_one_process_while_workers_and_the_coordinator_fail(tmp_path):
    batches = [models.HALVES[step % 2] for step in range(models.STEPS)]
    momentum = tf.train.MomentumOptimizer(models.RATE, models.MOMENTUM)
    losses, variables = trained_in_one_process(batches, momentum, normalized=True)
    adam = tf.train.AdamOptimizer(models.RATE)
    whole = [(models.INPUTS, models.LABELS)] * models.STEPS
    joint_losses, joint_variables = trained_in_one_process(whole, adam, normalized=False)

    chief, *workers, server = free_addresses(4)
    cluster = {"chief": [chief], "worker": workers, "ps": [server]}
    told = {"cluster": cluster, "folder": str(tmp_path)}
    coordinator = {"role": "chief", "shards": None, **told}
    with Processes("servers_program.py", tmp_path, seconds=240) as processes:
        servers = [processes.start(role="ps", index=0, **told)]
        servers += [processes.start(role="worker", index=i, **told) for i in range(2)]
        first = processes.start(restore=None, pause_after=3, stop_after=6, **coordinator)
        processes.wait(first, until=lambda lines: len(lines) == 3)
        processes.kill(servers[2])
        servers[2] = processes.start(role="worker", index=1, **told)
        processes.wait(servers[2], until=bool)
        first.stdin.write(b"go on\n")
        first.stdin.flush()
        first.wait(240)
        begin = processes.lines(first)
        assert [line["step"] for line in begin] == [1, 2, 3, 4, 5, 6], processes.logs()

        latest = str(tmp_path / "step6" / "model")
        second = processes.start(restore=latest, pause_after=None, stop_after=None, **{**coordinator, "shards": 2})
        lines = [*begin, *processes.wait(second)]

    steps = [line for line in lines if "step" in line]
    assert [line["step"] for line in steps] == list(range(1, models.STEPS + 1))
    np.testing.assert_allclose([line["loss"] for line in steps], losses, rtol=1e-4)
    found = lines[models.STEPS]["variables"]
    assert found.pop("global_step:0") == models.STEPS
    assert {"hidden/kernel/part_0:0", "hidden/kernel/part_1/Momentum:0", "norm/moving_mean:0"} <= set(found)
    assert_equal_variables(found, variables)

    np.testing.assert_allclose([line["joint"] for line in lines if "joint" in line], joint_losses, rtol=1e-4)
    assert_equal_variables(lines[-1]["joint_variables"], joint_variables)
    assert lines[-1]["devices"] == [f"/job:worker/replica:0/task:{i}" for i in range(2)]
