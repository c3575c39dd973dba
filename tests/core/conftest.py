"""What the tests of the core share: a fresh tracking scope, and the ways to run a step."""

import pytest
import tensorflow

import tf1compat_wd as tf

WAYS = {
    "eager": lambda step: step,
    "function": lambda step: tensorflow.function(step),
    "jit": lambda step: tensorflow.function(step, jit_compile=True),
}


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


@pytest.fixture(params=["eager", "function"])
def way(request):
    """Turns a step into how it is run: as it is, or as a `tf.function`."""
    return WAYS[request.param]


@pytest.fixture
def ambient():
    """The ambient scope, empty; for tests that run without a scope of their own."""
    tf.reset_default_graph()
    yield tf.tracking.default_scope()
    tf.reset_default_graph()
