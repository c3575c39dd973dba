"""The getter that TF1 programs trained in half precision with: variables are float32, the model sees casts of them."""

import functools

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

DECAY, SCALE, RATE = 0.01, 64.0, 0.1
X = np.random.RandomState(0).normal(size=[4, 6, 6, 2]).astype("float32")
WEIGHTS = [
    "net/conv2d/kernel",
    "net/conv2d/bias",
    "net/batch_normalization/gamma",
    "net/batch_normalization/beta",
    "net/rnn/basic_lstm_cell/kernel",
    "net/rnn/basic_lstm_cell/bias",
    "net/w",
]


def master_weights(getter, name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=True, **kwargs):
    """As in NVIDIA's guide of 2017 and in many programs since."""
    kept = tf.float32 if trainable else dtype
    variable = getter(
        name, shape, dtype=kept, initializer=initializer, regularizer=regularizer, trainable=trainable, **kwargs
    )
    return tf.cast(variable, dtype) if trainable and dtype != tf.float32 else variable


def decay(weight):
    return DECAY * tf.nn.l2_loss(weight)


def waves(shape, dtype=None, partition_info=None):
    numbers = np.sin(1.0 + np.arange(int(np.prod(shape)))).reshape(shape)
    return tf.constant(0.5 * numbers, dtype)


def model(x):
    with tf.variable_scope("net", custom_getter=master_weights, initializer=waves, regularizer=decay, dtype=x.dtype):
        x = tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu)
        x = tf.layers.batch_normalization(x, training=True)
        cell = tf.nn.rnn_cell.BasicLSTMCell(4, dtype=x.dtype)
        _, (_, x) = tf.nn.dynamic_rnn(cell, tf.reshape(x, [4, 4, 16]), dtype=x.dtype)
        x = tf.matmul(x, tf.get_variable("w", [4, 1]))
    return tf.reduce_mean(tf.square(tf.cast(x, tf.float32) - 1.0))


def graph_step(dtype):
    """Three steps in a session: losses, dtypes of the regularization losses, gradients and variables, final values."""
    with tf.Graph().as_default(), tf.Session() as session:
        decays = []
        loss = model(tf.cast(tf.constant(X), dtype))
        decays = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
        loss += tf.add_n([tf.cast(each, tf.float32) for each in decays])
        variables = tf.trainable_variables()
        gradients = [g / SCALE for g in tf.gradients(loss * SCALE, variables)]
        train = tf.train.GradientDescentOptimizer(RATE).apply_gradients(zip(gradients, variables, strict=True))
        session.run(tf.global_variables_initializer())
        losses = [session.run([loss, train])[0] for _ in range(3)]
        dtypes = [[t.dtype.base_dtype.name for t in each] for each in (decays, gradients, variables)]
        return losses, dtypes, {v.op.name: session.run(v) for v in variables}


def tf2_step(dtype, prepare):
    net = tf.tracking.VariableTrackingScope("net")
    dtypes = []

    @prepare
    def step(x):
        with tensorflow.GradientTape() as tape, net:
            loss = model(tf.cast(x, dtype))
            decays = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
            loss += tf.add_n([tf.cast(each, tf.float32) for each in decays])
            scaled = loss * SCALE
        variables = net.trainable_variables
        gradients = [g / SCALE for g in tape.gradient(scaled, variables)]
        for variable, gradient in zip(variables, gradients, strict=True):
            variable.assign_sub(RATE * gradient)
        dtypes[:] = [[t.dtype.base_dtype.name for t in each] for each in (decays, gradients, variables)]
        return loss

    losses = [float(step(tensorflow.constant(X))) for _ in range(3)]
    return losses, dtypes, {v.name[:-2]: v.numpy() for v in net.trainable_variables}


WAYS = {
    "graph": graph_step,
    "eager": functools.partial(tf2_step, prepare=lambda step: step),
    "function": functools.partial(tf2_step, prepare=tensorflow.function),
    "jit": functools.partial(tf2_step, prepare=lambda step: tensorflow.function(step, jit_compile=True)),
}


@functools.cache
def in_float32():
    return graph_step(tf.float32)


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16], ids=["float16", "bfloat16"])
@pytest.mark.parametrize("way", WAYS)
def test_master_weights(way, dtype):
    losses, (decays, gradients, variables), values = WAYS[way](dtype)
    assert list(values) == WEIGHTS
    assert set(variables) == {"float32"}
    assert set(gradients) == {"float32"}  # so that small ones add up
    expected, (expected_decays, *_), expected_values = in_float32()
    # Weight decay of each weight once, of the float32 variable: get_variable has the regularizer and not the layer.
    assert decays == expected_decays == ["float32"] * len(decays)
    tolerance = 0.01 if dtype == tf.float16 else 0.05
    np.testing.assert_allclose(losses, expected, rtol=tolerance)
    for name, value in values.items():
        np.testing.assert_allclose(value, expected_values[name], atol=tolerance, err_msg=name)
