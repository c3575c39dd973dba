"""The few lines that every TF1 project has (DESIGN section 1): n weights, n losses, in every mode and every pass."""

import threading

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.conftest import WAYS
from core.models import collected_losses, decay, loss_of_three_layers, three_layers

X = np.ones([1, 2], np.float32)
LOSS = 3.0 + 16.0  # of the regularizers; and 8 * 2, the sum of the outputs


def step_of(net):
    """One pass: the loss, how many regularization losses there are, and the gradients."""

    def step(x):
        with tensorflow.GradientTape() as tape, net:
            loss = loss_of_three_layers(x)
            count = len(collected_losses())
        return loss, count, tape.gradient(loss, net.trainable_variables)

    return step


def assert_as_expected(result, scale=1.0):
    loss, count, gradients = result
    assert int(count) == 3
    np.testing.assert_allclose(loss, 3.0 * scale**2 + 16.0 * scale**3, rtol=1e-6)
    assert len(gradients) == 3
    for gradient in gradients:  # of each weight, by the regularizer; and each of 4 ways through the other layers
        np.testing.assert_allclose(gradient, np.full([2, 2], 0.5 * scale + 4.0 * scale**2), rtol=1e-6)


def test_a_graph_has_a_loss_for_each_weight():
    with tf.Graph().as_default(), tf.Session() as session:
        loss = loss_of_three_layers(tf.constant(X))
        gradients = tf.gradients(loss, tf.trainable_variables())
        names = [each.name for each in collected_losses()]
        session.run(tf.global_variables_initializer())
        assert_as_expected((session.run(loss), len(names), session.run(gradients)))
    assert names == [f"{layer}/w/Regularizer/l2_regularizer/value:0" for layer in ("first", "second", "third")]


@pytest.mark.parametrize("way", WAYS)
def test_a_pass_has_a_loss_for_each_weight(net, way):
    assert_as_expected(WAYS[way](step_of(net))(tf.constant(X)))


@pytest.mark.parametrize("way", WAYS)
def test_the_thousandth_pass_does_what_the_first_does(net, way):
    step = WAYS[way](step_of(net))
    for _ in range(1000):
        result = step(X)
    assert_as_expected(result)
    assert len(net.variables) == 3


def test_the_fortieth_trace_does_what_the_first_does(net):
    for _ in range(40):
        result = tensorflow.function(step_of(net))(X)
    assert_as_expected(result)
    assert len(net.variables) == 3


@pytest.mark.parametrize("way", WAYS)
def test_losses_and_gradients_follow_the_weights(net, way):
    step = WAYS[way](step_of(net))
    step(X)
    for variable in net.variables:
        variable.assign(np.full([2, 2], 2.0))
    assert_as_expected(step(X), scale=2.0)


def test_eager_mode_and_functions_share_the_weights(net):
    for way in WAYS.values():
        assert_as_expected(way(step_of(net))(X))
    assert [v.name for v in net.variables] == ["first/w:0", "second/w:0", "third/w:0"]


@pytest.mark.parametrize("way", WAYS)
def test_an_exception_in_between_loses_no_loss(net, way):
    """TF2's own shim never regularizes variables again whose first pass failed."""

    def failing(x):
        with net:
            three_layers(x)
            raise KeyError("on purpose")

    with pytest.raises(KeyError, match="on purpose"):
        WAYS[way](failing)(X)
    assert_as_expected(WAYS[way](step_of(net))(X))
    with pytest.raises(KeyError, match="on purpose"):
        WAYS[way](failing)(X)
    assert_as_expected(WAYS[way](step_of(net))(X))


@pytest.mark.parametrize("way", WAYS)
def test_two_threads_at_once_do_not_see_each_other(net, way):
    """The threads meet in the middle of each pass, when half of the losses are collected."""
    meet = threading.Barrier(2, timeout=60)
    results, failures = [], []

    def step(x):
        with tensorflow.GradientTape() as tape, net:
            with tf.variable_scope("first"):
                x = tf.matmul(x, tf.get_variable("w", [2, 2], initializer=tf.ones_initializer(), regularizer=decay))
            meet.wait()
            for layer in ("second", "third"):
                with tf.variable_scope(layer):
                    x = tf.matmul(x, tf.get_variable("w", [2, 2], initializer=tf.ones_initializer(), regularizer=decay))
            meet.wait()
            loss = tf.add_n(collected_losses()) + tf.reduce_sum(x)
            count = len(collected_losses())
        return loss, count, tape.gradient(loss, net.trainable_variables)

    def work():
        try:
            for _ in range(3):
                results.append(WAYS[way](step)(X))
        except BaseException as error:
            failures.append(error)
            meet.abort()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(results) == 6
    for result in results:
        assert_as_expected(result)
    assert len(net.variables) == 3


def test_weight_decay_alone_shrinks_the_weights_as_it_should(net, way):
    """Gradient descent on weight decay multiplies each weight by 1 - rate * decay at each step."""

    @way
    def step():
        with tensorflow.GradientTape() as tape, net:
            three_layers(X)
            loss = tf.add_n(collected_losses())
        for variable, gradient in zip(net.variables, tape.gradient(loss, net.variables), strict=True):
            variable.assign_sub(0.5 * gradient)
        return loss

    losses = [float(step()) for _ in range(4)]
    np.testing.assert_allclose(losses, [3.0 * (1 - 0.5 * 0.5) ** (2 * i) for i in range(4)], rtol=1e-6)


def test_a_function_without_a_scope_has_a_loss_for_each_weight(ambient):
    @tensorflow.function
    def step(x):
        return loss_of_three_layers(x), len(collected_losses())

    for _ in range(2):
        loss, count = step(X)
        assert float(loss) == LOSS
        assert int(count) == 3


def test_eager_code_without_a_scope_has_a_loss_for_each_weight(ambient):
    loss = loss_of_three_layers(X)
    assert float(loss) == LOSS
    assert len(collected_losses()) == 3
