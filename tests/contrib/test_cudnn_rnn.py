"""The networks of `tf.contrib.cudnn_rnn`, which TF 1.15 runs on GPUs only.

Its own advice for CPUs was to run the compatible cells over its checkpoints: that is what ours are compared with. The
names and errors below are TF 1.15.5's.
"""

import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf

cudnn_rnn = tf.contrib.cudnn_rnn
rnn = tf.contrib.rnn

LAYERS = {
    "CudnnLSTM": cudnn_rnn.CudnnCompatibleLSTMCell,
    "CudnnGRU": cudnn_rnn.CudnnCompatibleGRUCell,
    "CudnnRNNTanh": tf.nn.rnn_cell.BasicRNNCell,
    "CudnnRNNRelu": lambda units: tf.nn.rnn_cell.BasicRNNCell(units, tf.nn.relu),
}
SCOPES = {
    "CudnnLSTM": "cudnn_lstm",
    "CudnnGRU": "cudnn_gru",
    "CudnnRNNTanh": "cudnn_rnn_tanh",
    "CudnnRNNRelu": "cudnn_rnn_relu",
}


def values(*shape):
    return np.sin(np.arange(np.prod(shape)) * 1.3).reshape(shape).astype("float32")


def states_of(states):
    """The states of cells as cuDNN has them."""
    if isinstance(states[0], tuple):
        return [tf.stack([state.h for state in states]), tf.stack([state.c for state in states])]
    return [tf.stack(states)]


@pytest.mark.parametrize("lengths", [None, [4, 2]])
@pytest.mark.parametrize("kind", LAYERS)
def test_the_compatible_cells_compute_the_same(kind, lengths):
    x = tf.constant(values(4, 2, 3))
    with tf.tracking.VariableTrackingScope("net") as net:
        made = getattr(cudnn_rnn, kind)(2, 3)(x, sequence_lengths=lengths)
        names = list(net.variables_by_name)
        with tf.variable_scope(SCOPES[kind], reuse=True):
            cell = tf.nn.rnn_cell.MultiRNNCell([LAYERS[kind](3) for _ in range(2)])
            outputs, states = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32, time_major=True)
    assert list(net.variables_by_name) == names
    np.testing.assert_allclose(made[0], outputs, atol=1e-6)
    for ours, theirs in zip(made[1], states_of(states), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


@pytest.mark.parametrize("kind", ["CudnnLSTM", "CudnnGRU"])
def test_the_compatible_cells_compute_the_same_in_both_directions(kind):
    x = tf.constant(values(4, 2, 3))
    with tf.tracking.VariableTrackingScope("net") as net:
        made = getattr(cudnn_rnn, kind)(2, 3, direction="bidirectional")(x, sequence_lengths=[4, 3])
        names = list(net.variables_by_name)
        with tf.variable_scope(SCOPES[kind], reuse=True):
            outputs, *_ = rnn.stack_bidirectional_dynamic_rnn(
                [LAYERS[kind](3) for _ in range(2)],
                [LAYERS[kind](3) for _ in range(2)],
                x,
                dtype=tf.float32,
                sequence_length=[4, 3],
                time_major=True,
            )
    assert list(net.variables_by_name) == names
    assert made[1][0].shape.as_list() == [4, 2, 3]
    np.testing.assert_allclose(made[0], outputs, atol=1e-6)


def test_the_names_are_those_of_checkpoints():
    x = tf.ones([5, 2, 4])
    with tf.tracking.VariableTrackingScope("net") as net:
        cudnn_rnn.CudnnLSTM(1, 3)(x)
        with tf.variable_scope("m"):
            cudnn_rnn.CudnnGRU(1, 3, direction="bidirectional")(x)
    cell = "m/cudnn_gru/stack_bidirectional_rnn/cell_0/bidirectional_rnn/{}/cudnn_compatible_gru_cell/"
    parts = [f"{what}/{kind}" for what in ("gates", "candidate/input_projection") for kind in ("kernel", "bias")]
    assert {f"{cell.format(way)}{part}" for way in ("fw", "bw") for part in parts} < set(net.variables_by_name)
    assert list(net.variables_by_name)[:2] == [
        "cudnn_lstm/rnn/multi_rnn_cell/cell_0/cudnn_compatible_lstm_cell/kernel",
        "cudnn_lstm/rnn/multi_rnn_cell/cell_0/cudnn_compatible_lstm_cell/bias",
    ]


def test_graphs_and_functions_compute_the_same():
    x, state = values(4, 2, 3), (values(1, 2, 3), values(1, 2, 3) + 1.0)

    def model():
        layer = cudnn_rnn.CudnnLSTM(
            1, 3, kernel_initializer=tf.constant_initializer(0.1), bias_initializer=tf.ones_initializer()
        )
        outputs, last = layer(tf.constant(x), initial_state=tuple(map(tf.constant, state)))
        return outputs, *last, tf.gradients(tf.reduce_sum(outputs), tf.trainable_variables())[1]

    with tf.Graph().as_default(), tf.Session() as session:
        tensors = model()
        session.run(tf.global_variables_initializer())
        in_graph = session.run(tensors)
    net = tf.tracking.VariableTrackingScope("net")

    @tf2.function
    def step():
        with net:
            return model()

    for ours, theirs in zip(step(), in_graph, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)
    assert net.variables_by_name[list(net.variables_by_name)[1]].numpy().tolist() == [2.0] * 12  # both of cuDNN's


def test_batches_may_come_first_and_a_layer_is_shared():
    x = values(2, 4, 3)
    with tf.tracking.VariableTrackingScope("net") as net:
        layer = cudnn_rnn.CudnnGRU(2, 3, dropout=0.5)
        first, _ = layer(tf.constant(x), time_major=False, training=False)
        second, _ = layer(tf.constant(x.transpose(1, 0, 2)), training=False)
    np.testing.assert_allclose(first, tf.transpose(second, [1, 0, 2]), atol=1e-6)
    assert len(net.variables) == len(layer.variables) == 12


def test_what_it_says_of_itself():
    layer = cudnn_rnn.CudnnLSTM(2, 3, direction="bidirectional")
    assert (layer.rnn_mode, layer.num_dirs, layer.input_mode) == ("lstm", 2, "linear_input")
    assert layer.state_shape(7) == ([4, 7, 3], [4, 7, 3])
    with pytest.raises(ValueError, match="'input_size' is unknown since layer has not been built"):
        layer.input_size  # noqa: B018
    with pytest.raises(RuntimeError, match="CudnnLSTM.canonical_weight_shapes invoked before input shape is known"):
        layer.canonical_weight_shapes  # noqa: B018
    with tf.tracking.VariableTrackingScope("net"):
        layer(tf.ones([5, 2, 4]))
    assert (
        layer.canonical_weight_shapes
        == [(3, 4)] * 4 + [(3, 3)] * 4 + [(3, 4)] * 4 + [(3, 3)] * 4 + ([(3, 6)] * 4 + [(3, 3)] * 4) * 2
    )
    assert layer.canonical_bias_shapes == [[3]] * 32
    gru = cudnn_rnn.CudnnGRU(1, 3)
    with tf.tracking.VariableTrackingScope("net"):
        gru(tf.ones([5, 2, 4]))
    assert gru.canonical_weight_shapes == [(3, 4)] * 3 + [(3, 3)] * 3


def test_what_it_refuses():
    with pytest.raises(ValueError, match="^Invalid direction: x, expecting unidirectional or bidirectional"):
        cudnn_rnn.CudnnLSTM(2, 3, direction="x")
    with pytest.raises(ValueError, match="^Invalid input_mode: x, expect one of"):
        cudnn_rnn.CudnnLSTM(2, 3, input_mode="x")
    with pytest.raises(ValueError, match="needs cuDNN"):
        cudnn_rnn.CudnnLSTM(2, 3, input_mode="skip_input")
    with pytest.raises(ValueError, match="^Only support float16, float32, float64, provided <dtype: 'int32'>"):
        cudnn_rnn.CudnnLSTM(2, 3, dtype=tf.int32)
    with tf.tracking.VariableTrackingScope("net"):
        with pytest.raises(ValueError, match="^Expecting input_shape with 3 dims, got 2"):
            cudnn_rnn.CudnnLSTM(2, 3)(tf.ones([2, 3]))
        with pytest.raises(TypeError, match=r"(?s)^Invalid initial_state type: .*, expecting tuple"):
            cudnn_rnn.CudnnGRU(1, 3)(tf.ones([5, 2, 4]), initial_state=tf.zeros([1, 2, 3]))
