"""What facts can't ask of `tf.contrib.rnn` and `tf.contrib.seq2seq`: XLA, sharing between cells, training eagerly."""

import importlib

import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf


@pytest.mark.parametrize("name", ["LSTMBlockCell", "LayerNormBasicLSTMCell", "GRUBlockCellV2", "NASCell"])
def test_cells_compile_with_xla(name):
    cell = getattr(tf.contrib.rnn, name)(3)
    scope = tf.tracking.VariableTrackingScope("net")

    def run(x):
        with scope:
            return tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)[0]

    x = tf.ones([2, 4, 3])
    expected = run(x)
    np.testing.assert_allclose(tf2.function(run, jit_compile=True)(x), expected, rtol=1e-5, atol=1e-6)


def test_block_cells_read_the_variables_of_lstm_cells():
    scope = tf.tracking.VariableTrackingScope("net")
    x, results = tf.ones([2, 4, 3]), []
    for cell in (tf.contrib.rnn.LSTMCell(3), tf.contrib.rnn.LSTMBlockCell(3)):
        with scope:
            results.append(tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)[0])
    np.testing.assert_allclose(*results, rtol=1e-5, atol=1e-6)
    assert sorted(scope.variables_by_name) == ["rnn/lstm_cell/bias", "rnn/lstm_cell/kernel"]


def test_a_decoder_with_attention_trains_eagerly():
    scope = tf.tracking.VariableTrackingScope("net")
    optimizer = tf2.keras.optimizers.SGD(0.5)
    targets = tf.constant([[1, 2, 0], [2, 0, 0]])
    losses = []
    for _ in range(5):
        with tf2.GradientTape() as tape, scope:
            seq2seq = tf.contrib.seq2seq
            cell = seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(4), seq2seq.LuongAttention(4, tf.ones([2, 5, 3])))
            helper = seq2seq.TrainingHelper(tf.one_hot(targets, 3), [3, 2])
            decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32), tf.layers.Dense(3))
            outputs, _, _ = seq2seq.dynamic_decode(decoder)
            loss = seq2seq.sequence_loss(outputs.rnn_output, targets, tf.sequence_mask([3, 2], dtype=tf.float32))
        variables = scope.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        losses.append(float(loss))
    assert losses == sorted(losses, reverse=True)


def test_tf1s_own_paths_can_be_imported():
    module = importlib.import_module("tf1compat_wd.contrib.rnn.python.ops.core_rnn_cell")
    assert module.LSTMStateTuple is tf.nn.rnn_cell.LSTMStateTuple
    module = importlib.import_module("tf1compat_wd.contrib.legacy_seq2seq.python.ops.seq2seq")
    assert module.sequence_loss is tf.contrib.legacy_seq2seq.sequence_loss
