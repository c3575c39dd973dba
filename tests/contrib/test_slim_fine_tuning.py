"""Fine-tuning as slim's users know it: a network from a checkpoint, a new last layer, and the rest frozen."""

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from tf1compat_wd.contrib.slim.nets import _residual

slim = tf.contrib.slim
v1 = tensorflow.compat.v1
resnet_v1 = slim.nets.resnet_v1

IMAGES = np.cos(np.arange(2 * 17 * 17 * 3)).reshape([2, 17, 17, 3]).astype(np.float32)


def network(images, classes, is_training=True):
    blocks = [resnet_v1.resnet_v1_block("block1", 2, 2, 2), resnet_v1.resnet_v1_block("block2", 2, 1, 1)]
    with slim.arg_scope(resnet_v1.resnet_arg_scope(weight_decay=0.001)):
        logits, end_points = resnet_v1.resnet_v1(
            images, blocks, classes, is_training=is_training, include_root_block=False, scope="resnet"
        )
    return tf.squeeze(logits, [1, 2]), end_points


def training_step(classes, labels, trained=None):
    logits, _ = network(tf.constant(IMAGES), classes)
    tf.losses.sparse_softmax_cross_entropy(tf.constant(labels), logits)
    variables = slim.get_trainable_variables(trained) if trained else None
    total = tf.losses.get_total_loss()
    return slim.learning.create_train_op(total, tf.train.MomentumOptimizer(0.1, 0.9), variables_to_train=variables)


@pytest.fixture
def pretrained(tmp_path):
    """A checkpoint after five steps with four classes."""
    logdir = str(tmp_path / "pretrained")
    with tf.Graph().as_default():
        slim.learning.train(training_step(4, [1, 3]), logdir, number_of_steps=5, log_every_n_steps=0)
    return tf.train.latest_checkpoint(logdir)


def checkpoint_values(path):
    return {name: tf.train.load_variable(path, name) for name, _ in tf.train.list_variables(path)}


def test_a_new_last_layer_is_trained_on_top_of_what_was_learned(pretrained, tmp_path):
    old = checkpoint_values(pretrained)
    with tf.Graph().as_default():
        train_op = training_step(3, [0, 2], trained="resnet/logits")
        restored = slim.get_variables_to_restore(include=["resnet"], exclude=["resnet/logits"])
        restored = [v for v in restored if not v.op.name.endswith("Momentum")]
        init_fn = slim.assign_from_checkpoint_fn(pretrained, restored)
        logdir = str(tmp_path / "tuned")
        slim.learning.train(train_op, logdir, init_fn=init_fn, number_of_steps=20, log_every_n_steps=0)
        names = {v.op.name for v in restored}
    new = checkpoint_values(tf.train.latest_checkpoint(logdir))
    frozen = [name for name in names if "moving" not in name]
    assert len(frozen) > 20
    for name in frozen:
        np.testing.assert_array_equal(new[name], old[name], err_msg=name)
    assert new["resnet/logits/weights"].shape[-1] == 3
    moved = "resnet/block1/unit_1/bottleneck_v1/conv1/BatchNorm/moving_mean"
    assert (new[moved] != old[moved]).any()  # UPDATE_OPS go on
    assert {name for name in new if name.endswith("Momentum")} == {
        "resnet/logits/weights/Momentum", "resnet/logits/biases/Momentum",
    }  # fmt: skip


def test_what_is_missing_in_the_checkpoint_is_said_or_passed_over(pretrained):
    with tf.Graph().as_default():
        network(tf.constant(IMAGES), 4)
        added = slim.model_variable("added", shape=[1])
        with pytest.raises((ValueError, tf.errors.NotFoundError), match="added"), tf.Session() as session:
            slim.assign_from_checkpoint_fn(pretrained, slim.get_model_variables())(session)
        restore = slim.assign_from_checkpoint_fn(pretrained, slim.get_model_variables(), ignore_missing_vars=True)
        with tf.Session() as session:
            restore(session)
            assert session.run(v1.is_variable_initialized(added)) == False  # noqa: E712 - a NumPy bool
            assert len(session.run(v1.report_uninitialized_variables())) == 1


def test_names_of_the_checkpoint_can_be_others(pretrained):
    old = checkpoint_values(pretrained)
    with tf.Graph().as_default():
        with tf.variable_scope("mine"):
            network(tf.constant(IMAGES), 4)
        names = {v.op.name.removeprefix("mine/"): v for v in slim.get_model_variables("mine")}
        operation, feeds = slim.assign_from_checkpoint(pretrained, names)
        with tf.Session() as session:
            session.run(operation, feeds)
            for name, variable in names.items():
                np.testing.assert_array_equal(session.run(variable), old[name], err_msg=name)


@pytest.mark.parametrize("is_function", [False, True])
def test_a_checkpoint_of_a_session_is_gone_on_with_in_a_tracking_scope(pretrained, is_function):
    """The same network, eagerly or in a function: the numbers of the session, and weight decay once a pass."""
    with tf.Graph().as_default():
        logits, _ = network(tf.constant(IMAGES), 4, is_training=False)
        with tf.Session() as session:
            slim.assign_from_checkpoint_fn(pretrained, slim.get_model_variables())(session)
            expected = session.run([logits, tf.losses.get_regularization_loss()])
            count = len(tf.losses.get_regularization_losses())
    net = tf.tracking.VariableTrackingScope("net")

    def evaluate():
        with net:
            logits, _ = network(tf.constant(IMAGES), 4, is_training=False)
            losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
            assert len(losses) == count
            return logits, tf.add_n(losses)

    run = tensorflow.function(evaluate) if is_function else evaluate
    run()
    net.restore(pretrained)
    for actual, value in zip(run(), expected, strict=True):
        np.testing.assert_allclose(actual, value, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("network", [slim.nets.resnet_v1.resnet_v1_152, slim.nets.resnet_v2.resnet_v2_152])
def test_the_network_of_152_layers_is_that_of_101_with_tf1s_blocks(network, monkeypatch):
    """Built whole on TF 1.15.5, version 1 has 775 variables: a convolution's weights and four of its normalization."""
    seen = []
    monkeypatch.setattr(_residual, "run", lambda version, blocks, call: seen.append((blocks, call)))
    network("images")
    [(blocks, call)] = seen
    assert call.scope == network.__name__
    assert [len(block.args) for block in blocks] == [3, 8, 36, 3]
    units, shortcuts = sum(len(block.args) for block in blocks), len(blocks)
    assert 5 * (1 + 3 * units + shortcuts) == 775
    assert [[unit["stride"] for unit in block.args][-1] for block in blocks] == [2, 2, 2, 1]
