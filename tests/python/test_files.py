"""TensorFlow's own files as they were in TF 1.15."""

import importlib

import pytest

import tf1compat_wd as tf
from tf1compat_wd.python import _recorded

# What the programs of the census import from there, and what it is the same as.
SAME = {
    "framework.dtypes.float32": "float32",
    "framework.graph_util.convert_variables_to_constants": "graph_util.convert_variables_to_constants",
    "framework.ops.GraphKeys": "GraphKeys",
    "framework.ops.Tensor": "Tensor",
    "framework.ops.name_scope": "name_scope",
    "layers.base.Layer": "layers.Layer",
    "layers.core.Dense": "layers.Dense",
    "layers.normalization.BatchNormalization": "layers.BatchNormalization",
    "ops.array_ops.stack": "stack",
    "ops.array_ops.unstack": "unstack",
    "ops.control_flow_ops.Assert": "Assert",
    "ops.control_flow_ops.cond": "cond",
    "ops.control_flow_ops.while_loop": "while_loop",
    "ops.nn.relu": "nn.relu",
    "ops.rnn.dynamic_rnn": "nn.dynamic_rnn",
    "ops.rnn_cell.BasicLSTMCell": "nn.rnn_cell.BasicLSTMCell",
    "ops.rnn_cell_impl.LSTMStateTuple": "nn.rnn_cell.LSTMStateTuple",
    "ops.variable_scope.get_variable": "get_variable",
    "platform.gfile.FastGFile": "gfile.FastGFile",
    "pywrap_tensorflow.NewCheckpointReader": "train.NewCheckpointReader",
    "summary.summary.scalar": "summary.scalar",
    "training.optimizer.Optimizer": "train.Optimizer",
    "training.saver.Saver": "train.Saver",
}
THERE = """
client.device_lib.list_local_devices client.timeline.Timeline data.util.nest.flatten debug.LocalCLIDebugHook
framework.function.Defun framework.ops.colocate_with framework.ops.register_proto_function
ops.control_flow_ops.ControlFlowContext ops.control_flow_ops.merge ops.control_flow_ops.switch
ops.control_flow_ops.with_dependencies ops.init_ops.zeros_initializer ops.math_ops.to_float
ops.resource_variable_ops._to_proto_fn ops.resources.shared_resources
ops.rnn_cell_impl._linear platform.build_info.cuda_version_number platform.tf_logging.info
pywrap_tensorflow.EventsWriter training.evaluation._StopAfterNEvalsHook training.moving_averages.assign_moving_average
training.training_ops.apply_adam training.training_ops.resource_apply_adam util.function_utils.fn_args
util.nest.is_sequence util.tf_inspect.getfullargspec
""".split()


def attribute(path):
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(f"tf1compat_wd.python.{module}"), name)


@pytest.mark.parametrize("path", SAME)
def test_a_public_name_is_the_public_thing(path):
    expected = tf
    for part in SAME[path].split("."):
        expected = getattr(expected, part)
    assert attribute(path) is expected


@pytest.mark.parametrize("path", THERE)
def test_what_programs_import_is_there(path):
    assert attribute(path) is not None


def test_a_file_that_another_one_imported_is_a_file_of_ours():
    assert attribute("ops.rnn.array_ops") is importlib.import_module("tf1compat_wd.python.ops.array_ops")


def test_shapes_of_one_number_two_and_none():
    shapes = importlib.import_module("tf1compat_wd.python.framework.tensor_shape")
    assert [shapes.scalar().as_list(), shapes.vector(2).as_list(), shapes.matrix(2, 3).as_list()] == [[], [2], [2, 3]]


def test_linear_multiplies_and_adds():
    helpers = importlib.import_module("tf1compat_wd.python.ops.rnn_cell_impl")
    net = tf.tracking.VariableTrackingScope("net")
    with net, tf.variable_scope("cell", initializer=tf.ones_initializer()):
        both = helpers._linear([tf.ones([1, 2]), tf.ones([1, 3])], 4, True, tf.constant_initializer(0.5))
        with pytest.raises(ValueError, match="Variable cell/kernel already exists"):
            helpers._linear(tf.ones([1, 2]), 4, True)
    assert both.numpy().tolist() == [[5.5] * 4]
    assert [variable.name for variable in net.variables][:2] == ["cell/kernel:0", "cell/bias:0"]


def test_what_isnt_there_is_said_as_python_says_it():
    ops = importlib.import_module("tf1compat_wd.python.framework.ops")
    with pytest.raises(
        AttributeError, match=r"module 'tensorflow\.python\.framework\.ops' has no attribute 'nonsense'"
    ):
        _ = ops.nonsense
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tf1compat_wd.python.framework.nonsense")


def test_the_root_shows_them_without_an_import():
    assert tf.python.framework.ops.Graph is tf.Graph
    assert "python" not in dir(tf)


def test_every_recorded_file_can_be_imported():
    for path in list(_recorded())[::40]:
        assert importlib.import_module(f"tf1compat_wd.python.{path}") is not None
