"""Importing us changes nothing in TensorFlow and loads little. (How long it takes is measured in the benchmarks.)"""

import json
import subprocess
import sys

import pytest

NOT_LOADED = ("keras", "libcst", "rich", "tf_keras", "pytest", "importlib.metadata")

WATCH = """
import json, sys
import tensorflow, tensorflow.compat.v1

def places():
    from tensorflow.python.framework import func_graph, ops
    from tensorflow.python.ops import variable_scope, variables
    from tensorflow.python.training import optimizer
    modules = [tensorflow, tensorflow.compat.v1, tensorflow.compat.v1.train, tensorflow.compat.v1.nn, tensorflow.nn]
    modules += [func_graph, ops, variable_scope, variables, optimizer]
    classes = [ops.Graph, func_graph.FuncGraph, tensorflow.Tensor, type(tensorflow.constant(0)), optimizer.Optimizer]
    classes += [variable_scope.VariableScope, variable_scope._VariableStore, variables.Variable, tensorflow.Module]
    classes += [type(tensorflow.Variable(0)), tensorflow.GradientTape, tensorflow.DType, tensorflow.TensorShape]
    return modules + classes

def picture():
    return [{name: id(value) for name, value in vars(place).items()} for place in places()]

def hooks():
    return [list(map(id, hooks)) for hooks in (sys.meta_path, sys.path_hooks)] + [sys.path[:], sys.excepthook]

def state():
    graph = tensorflow.compat.v1.get_default_graph()
    return {
        "eager": tensorflow.executing_eagerly(),
        "collections": {str(key): len(graph.get_collection(key)) for key in graph.collections},
        "resource variables": tensorflow.compat.v1.resource_variables_enabled(),
        "control flow v2": tensorflow.compat.v1.control_flow_v2_enabled(),
        "devices": len(tensorflow.config.list_logical_devices()),
    }

picture(), state()  # loads what looking loads
before, hooks_before, state_before, loaded = picture(), hooks(), state(), set(sys.modules)
import tf1compat_wd
changed = [
    f"{getattr(place, '__name__', place)}.{name}"
    for place, old, new in zip(places(), before, picture())
    for name in sorted(set(old) | set(new))
    if old.get(name) != new.get(name)
]
files = [name for name in set(sys.modules) - loaded if getattr(sys.modules[name], "__file__", None)]
print(json.dumps({
    "changed": changed,
    "hooks": hooks() == hooks_before,
    "state": state() == state_before,
    "loaded": sorted(files),
    "data": tf1compat_wd.names.tf1_names.cache_info().currsize,
}))
"""


@pytest.fixture(scope="module")
def seen():
    done = subprocess.run([sys.executable, "-c", WATCH], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_in_tensorflow_is_changed(seen):
    assert seen["changed"] == []


def test_the_state_of_tensorflow_is_not_changed(seen):
    assert seen["state"]


def test_no_import_hook_is_left(seen):
    assert seen["hooks"]


def test_nothing_heavy_is_loaded(seen):
    """TensorFlow itself loads keras and rich; we load nothing more of them, nor what the command line needs."""
    assert [name for name in seen["loaded"] if name.startswith(NOT_LOADED)] == []
    assert [name for name in seen["loaded"] if not name.startswith(("tf1compat_wd", "tensorflow."))] == []


def test_modules_that_come_on_demand_are_not_loaded(seen):
    late = ("cli", "contrib", "layers", "losses", "metrics", "nn", "summary", "train")
    assert [name for name in seen["loaded"] if name.removeprefix("tf1compat_wd.").startswith(late)] == []


def test_the_list_of_tf1s_names_is_not_read(seen):
    assert seen["data"] == 0
    assert "tf1compat_wd.names.not_offered" not in seen["loaded"]
