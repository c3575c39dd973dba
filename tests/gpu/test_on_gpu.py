"""Training steps on a GPU: every operation placed there, the numbers of the CPU, XLA, copies, time.

    CUDA_VISIBLE_DEVICES=0 python -m pytest tests/gpu

Skipped where there is none (and by default: `tests/conftest.py` hides them).
"""

import time

import numpy as np
import pytest
import tensorflow as tf2
from benchmarks.measuring import compare

from gpu import profile
from gpu.steps import STEPS

GPU = "/GPU:0"
pytestmark = pytest.mark.skipif(not tf2.config.list_physical_devices("GPU"), reason="no GPU")


@pytest.fixture(params=STEPS)
def step(request):
    """Makes the step of ours, the handwritten one and their batch anew, on the current device."""
    return STEPS[request.param]


def losses(step, batch, count=4):
    return [float(step(*batch)) for _ in range(count)]


def test_every_operation_of_a_step_is_placed_on_the_gpu(step):
    """Without soft placement an operation that can't run on the device raises."""
    soft = tf2.config.get_soft_device_placement()
    with tf2.device(GPU):
        ours, _, batch = step()
        tf2.config.set_soft_device_placement(False)
        try:
            loss = tf2.function(ours)(*batch)
        finally:
            tf2.config.set_soft_device_placement(soft)
    assert "GPU" in loss.device


@pytest.mark.parametrize("jit", [False, True], ids=["function", "jit"])
def test_the_losses_are_those_of_the_cpu(step, jit):
    found = {}
    for device in ("/CPU:0", GPU):
        tf2.random.set_seed(1)  # for the LSTM's weights; the others' are drawn by NumPy or constant
        with tf2.device(device):
            ours, _, batch = step()
            found[device] = losses(tf2.function(ours, jit_compile=jit), batch)
    np.testing.assert_allclose(found[GPU], found["/CPU:0"], rtol=2e-3)


def test_a_step_copies_no_more_than_the_handwritten_one(step, tmp_path):
    with tf2.device(GPU):
        ours, handwritten, batch = step()
        copies = []
        for number, function in enumerate((tf2.function(ours), tf2.function(handwritten))):
            losses(function, batch)
            folder = str(tmp_path / str(number))
            with tf2.profiler.experimental.Profile(folder):
                for _ in range(10):
                    loss = function(*batch)
                float(loss)
            copies.append(profile.copies(folder))
    mine, others = copies
    for kind in ("MemcpyH2D", "MemcpyD2H"):
        assert mine[kind] <= others[kind], copies


@pytest.mark.parametrize("jit", [False, True], ids=["function", "jit"])
def test_a_step_takes_as_long_as_the_handwritten_one(step, jit):
    with tf2.device(GPU):
        ours, handwritten, batch = step()
        mine, others = (tf2.function(each, jit_compile=jit) for each in (ours, handwritten))
        for function in (mine, others):
            losses(function, batch)

        def run(function):
            for _ in range(9):
                function(*batch)
            float(function(*batch))  # waits for the device

        ratio = compare(lambda: run(mine), lambda: run(others), pairs=61, calls=1, clock=time.perf_counter)
    print(f"{ratio} ({ratio.spread})")
    assert ratio.low <= 1.02, ratio
