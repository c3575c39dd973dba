"""No operation of a training step of ours is for the host only. Needs no GPU: TensorFlow's registrations are read."""

import pytest
import tensorflow as tf2

import tf1compat_wd as tf
from gpu import kernels
from gpu.steps import STEPS

pytestmark = pytest.mark.skipif(not kernels.can_tell(), reason="this TensorFlow is built without kernels for GPUs")


def traced(function, *arguments):
    return tf2.function(function).get_concrete_function(*arguments)


@pytest.mark.parametrize("name", STEPS)
def test_every_operation_of_a_training_step_has_a_kernel_for_gpus(name):
    ours, handwritten, batch = STEPS[name]()
    step = traced(ours, *batch)
    assert kernels.not_on_a_gpu(step) == []
    # And none are there that the step written by hand doesn't have: no copies, no checks on the host.
    assert kernels.operations(step) <= 1.05 * kernels.operations(traced(handwritten, *batch))


def test_operations_for_the_host_are_named():
    def loop(x):
        words = tf.strings.join(["a", "b"])
        y = tf2.py_function(lambda value: value, [x], tf.float32)
        _, z = tf.while_loop(lambda i, _: i < 3, lambda i, z: (i + 1, tf.random_shuffle(z)), (0, x))
        return words, y, z, tf.linalg.logm(tf.complex(x, x)), x * 2.0

    found = kernels.not_on_a_gpu(traced(loop, tf.ones([2, 2])))
    named = {sentence.split()[0]: sentence for sentence in found}
    assert {"EagerPyFunc", "MatrixLogarithm", "RandomShuffle", "StringJoin"} <= set(named)
    assert named["EagerPyFunc"].endswith("runs in Python")
    assert named["MatrixLogarithm"].endswith("in the step has kernels for CPU only")
    assert "(called by " in named["RandomShuffle"]
    assert not {"Mul", "While", "StatelessWhile"} & set(named)


def test_types_without_a_kernel_count():
    """A running sum of int16 has a kernel, but none on GPUs."""
    x = tf.ones([2, 2], tf.int16)
    assert kernels.not_on_a_gpu(traced(lambda: tf.cumsum(x))) != []
    assert kernels.not_on_a_gpu(traced(lambda: tf.cumsum(tf.cast(x, tf.float32)))) == []
