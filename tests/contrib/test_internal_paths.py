"""Paths of TF 1.15's own files below tf.contrib can be imported; what isn't offered there raises when it is used."""

import importlib

import pytest

import tf1compat_wd as tf


def test_a_file_of_a_package_without_files_of_ours():
    graph_matcher = importlib.import_module("tf1compat_wd.contrib.quantize.python.graph_matcher")

    class Derived(graph_matcher.GraphMatcher):
        pattern = graph_matcher.OpTypePattern.ANY

    with pytest.raises(AttributeError, match="tf.contrib.quantize rewrote finished graphs"):
        Derived(3)


def test_names_that_are_offered_are_ours():
    tpu_config = importlib.import_module("tf1compat_wd.contrib.tpu.python.tpu.tpu_config")
    assert tpu_config.TPUConfig is tf.contrib.tpu.TPUConfig
    image_ops = importlib.import_module("tf1compat_wd.contrib.image.python.ops.image_ops")
    assert image_ops.rotate is tf.contrib.image.rotate


def test_a_file_that_tensorflow_still_has():
    tpu_function = importlib.import_module("tf1compat_wd.contrib.tpu.python.tpu.tpu_function")
    assert tpu_function.get_tpu_context().number_of_shards is None


def test_a_file_that_tf1_did_not_have():
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tf1compat_wd.contrib.tpu.python.tpu.estimator_of_tpus")


def test_the_projector_of_tensorboard(tmp_path):
    projector = importlib.import_module("tf1compat_wd.contrib.tensorboard.plugins.projector")
    assert tf.contrib.tensorboard.plugins.projector is projector
    config = projector.ProjectorConfig()
    config.embeddings.add().tensor_name = "words"
    projector.visualize_embeddings(str(tmp_path), config)
    assert 'tensor_name: "words"' in (tmp_path / "projector_config.pbtxt").read_text()


def test_where_the_input_of_a_tpu_was_built():
    config = importlib.import_module("tf1compat_wd.contrib.tpu.python.tpu.tpu_config").InputPipelineConfig
    assert config is tf.contrib.tpu.InputPipelineConfig
    values = [config.PER_SHARD_V1, config.PER_HOST_V1, config.PER_HOST_V2, config.BROADCAST, config.SLICED]
    assert values == [1, 2, 3, 4, 5]
