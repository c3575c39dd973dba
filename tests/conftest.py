"""What holds for every test: a quiet TensorFlow on two CPU devices, random order, and nothing left behind."""

import os
import random
import sys
from pathlib import Path

# Before TensorFlow is imported. A session on a GPU machine sets CUDA_VISIBLE_DEVICES itself.
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # the same sums on every machine
sys.path.insert(0, str(Path(__file__).parent))  # `facts` and `modes`, whatever the import mode

import pytest
import tensorflow

SEED = pytest.StashKey[int]()


def pytest_addoption(parser):
    parser.addoption("--seed", type=int, default=None, help="order of the tests; the header says which one was used")


def pytest_configure(config):
    # Workers of pytest-xdist must agree with the main process on the order.
    given = getattr(config, "workerinput", {}).get("seed", config.getoption("--seed"))
    config.stash[SEED] = random.SystemRandom().randrange(10**6) if given is None else given
    _make_two_cpu_devices()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker of pytest-xdist which order we take."""
    node.workerinput["seed"] = node.config.stash[SEED]


def pytest_report_header(config):
    return f"test order: --seed {config.stash[SEED]}"


def pytest_collection_modifyitems(config, items):
    random.Random(config.stash[SEED]).shuffle(items)


@pytest.fixture(autouse=True)
def nothing_left_behind():
    """No tracking scope or graph stays open, and nothing stays in the graph that everybody shares."""
    before = _state_around_tests()
    yield
    after = _state_around_tests()
    if after != before:
        # Don't let one test's litter fail all those after it.
        graph = tensorflow.compat.v1.get_default_graph()
        for key in graph.collections:
            graph.clear_collection(key)
    assert after == before


def _make_two_cpu_devices():
    cpus = tensorflow.config.list_physical_devices("CPU")
    two = [tensorflow.config.LogicalDeviceConfiguration()] * 2
    tensorflow.config.set_logical_device_configuration(cpus[0], two)


def _state_around_tests():
    """What a test must leave as it was: it runs eagerly, at the root of the shared graph, with empty collections."""
    v1 = tensorflow.compat.v1
    eager = tensorflow.executing_eagerly()  # False where a graph, a pass in a graph or a trace stays open
    scope = v1.get_variable_scope()
    collected = {key: v1.get_collection(key) for key in v1.get_default_graph().collections if isinstance(key, str)}
    return {
        "executing eagerly": eager,
        # Without a pass, reuse is False or AUTO_REUSE by whether a trace or eager code asked TensorFlow for it first.
        "variable scope": (scope.name, scope.reuse is True),
        "collections": {key: [repr(item) for item in items] for key, items in collected.items() if items},
    }
