"""A two-layer LSTM language model trains alike in a session, eagerly, in functions and compiled with XLA."""

import functools

import numpy as np
import pytest
import tensorflow
from nn.language_model import NAMES, STEPS, loss_of, make_cell, text

import tf1compat_wd as tf

TRAINING_STEPS, RATE = 8, 2.0

WAYS = {
    "eager": lambda step: step,
    "function": tensorflow.function,
    "jit": functools.partial(tensorflow.function, jit_compile=True),
}


@functools.cache
def losses_in_a_session():
    """What a plain graph with TF1's optimizer gives."""
    words, next_words = text()
    with tensorflow.Graph().as_default(), tf.Session() as session:
        loss = loss_of(tf.constant(words), tf.constant(next_words))
        train = tf.train.GradientDescentOptimizer(RATE).minimize(loss)
        session.run(tf.global_variables_initializer())
        assert [v.name for v in tf.trainable_variables()] == NAMES
        return [session.run([loss, train])[0] for _ in range(TRAINING_STEPS)]


def train(way, cell_of):
    words, next_words = (tensorflow.constant(each) for each in text())
    net = tf.tracking.VariableTrackingScope("net")

    @WAYS[way]
    def step(words, next_words):
        with tensorflow.GradientTape() as tape, net:
            loss = loss_of(words, next_words, cell_of())
        variables = net.trainable_variables
        for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
            variable.assign_sub(RATE * tensorflow.convert_to_tensor(gradient))
        return loss

    losses = [float(step(words, next_words)) for _ in range(TRAINING_STEPS)]
    assert [v.name for v in net.trainable_variables] == NAMES
    return losses


def test_the_session_learns():
    losses = losses_in_a_session()
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] - 0.05


@pytest.mark.parametrize("way", sorted(WAYS))
def test_training_with_a_cell_made_afresh_in_each_pass(way):
    np.testing.assert_allclose(train(way, make_cell), losses_in_a_session(), rtol=2e-5)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_training_with_a_cell_that_is_kept(way):
    cell = make_cell()
    np.testing.assert_allclose(train(way, lambda: cell), losses_in_a_session(), rtol=2e-5)


def test_tf1_optimizers_train_it_in_functions_and_eagerly():
    words, next_words = (tensorflow.constant(each) for each in text())
    found = {}
    for way in ["eager", "function"]:
        net = tf.tracking.VariableTrackingScope("net", tape=True)

        @WAYS[way]
        def step(net=net):
            with net:
                loss = loss_of(words, next_words)
                update = tf.train.GradientDescentOptimizer(RATE).minimize(loss)
                with tf.control_dependencies([update] if update is not None else []):
                    return tf.identity(loss)

        found[way] = [float(step()) for _ in range(TRAINING_STEPS)]
    for losses in found.values():
        np.testing.assert_allclose(losses, losses_in_a_session(), rtol=2e-5)


def test_one_cell_serves_a_graph_a_pass_and_a_trace():
    cell = make_cell()
    words, next_words = text()
    lengths = np.array([STEPS, 2, 0, 3], "int32")
    with tensorflow.Graph().as_default(), tf.Session() as session:
        loss = loss_of(tf.constant(words), tf.constant(next_words), cell, lengths)
        session.run(tf.global_variables_initializer())
        expected = session.run(loss)
    net = tf.tracking.VariableTrackingScope("net")

    def run():
        with net:
            return loss_of(words, next_words, cell, lengths)

    for way in [*WAYS.values(), WAYS["eager"]]:
        np.testing.assert_allclose(way(run)(), expected, rtol=1e-5)
    assert [v.name for v in net.variables] == NAMES


def test_evaluation_in_a_pass_of_its_own_finds_the_weights():
    words, next_words = text()
    net = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function
    def train_loss():
        with net:
            return loss_of(words, next_words)

    @tensorflow.function
    def evaluation_loss():
        with net, tf.variable_scope("", reuse=True):
            return loss_of(words, next_words)

    assert float(train_loss()) == pytest.approx(float(evaluation_loss()), rel=1e-6)
    assert [v.name for v in net.variables] == NAMES


def test_retracing_for_other_lengths_of_text():
    net = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function(reduce_retracing=False)
    def run(words):
        with net:
            return loss_of(words, words)

    for steps in range(1, 5):
        assert np.isfinite(run(tensorflow.ones([2, steps], tensorflow.int32)))
    assert [v.name for v in net.variables] == NAMES


def test_unknown_sizes_in_a_function():
    net = tf.tracking.VariableTrackingScope("net")
    words, next_words = text()
    lengths = np.array([3, 6, 1, 2], "int32")

    def run(words, next_words, lengths):
        with net:
            return loss_of(words, next_words, lengths=lengths)

    matrix, vector = tensorflow.TensorSpec([None, None], "int32"), tensorflow.TensorSpec([None], "int32")
    traced = tensorflow.function(run, input_signature=[matrix, matrix, vector])
    np.testing.assert_allclose(traced(words, next_words, lengths), run(words, next_words, lengths), rtol=1e-5)
