"""A ResNet-20 made of layers trains alike in a session, eagerly, in functions and compiled, and as one by hand."""

import functools

import numpy as np
import pytest
import tensorflow
from facts.networks import images_and_labels, resnet20
from layers.resnet import DECAY, RATE, copies_of, handwritten_step, legacy_step

import tf1compat_wd as tf

WIDTH, STEPS = 2, 3

WAYS = {
    "eager": lambda step: step,
    "function": tensorflow.function,
    "jit": functools.partial(tensorflow.function, jit_compile=True),
}


@functools.cache
def in_a_session():
    """The losses of a plain graph with TF1's optimizer, and the variables afterwards, by name."""
    images, labels = images_and_labels()
    with tensorflow.Graph().as_default(), tf.Session() as session:
        logits = resnet20(tf, tf.constant(images), True, WIDTH, decay=DECAY)
        entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.constant(labels), logits=logits)
        loss = tf.reduce_mean(entropy) + tf.losses.get_regularization_loss()
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train = tf.train.GradientDescentOptimizer(RATE).minimize(loss)
        session.run(tf.global_variables_initializer())
        losses = [session.run([loss, train])[0] for _ in range(STEPS)]
        return losses, dict(session.run({v.name[:-2]: v for v in tf.global_variables()}))


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_resnet_of_layers_trains_as_in_a_session(way):
    images, labels = (tensorflow.constant(each) for each in images_and_labels())
    net = tf.tracking.VariableTrackingScope("net")
    step = WAYS[way](legacy_step(net, WIDTH))
    losses = [float(step(images, labels)) for _ in range(STEPS)]
    expected, variables = in_a_session()
    np.testing.assert_allclose(losses, expected, rtol=1e-3)
    assert list(net.variables_by_name) == list(variables)
    for name, variable in net.variables_by_name.items():
        np.testing.assert_allclose(variable.numpy(), variables[name], rtol=2e-2, atol=2e-3, err_msg=name)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_it_is_the_handwritten_network(way):
    images, labels = (tensorflow.constant(each) for each in images_and_labels())
    net = tf.tracking.VariableTrackingScope("net")
    first = WAYS[way](legacy_step(net, WIDTH))
    first(images, labels)
    by_hand = WAYS[way](handwritten_step(copies_of(net.variables)))
    mine, other = float(first(images, labels)), float(by_hand(images, labels))
    assert mine == pytest.approx(other, rel=1e-5)


def test_a_traced_step_runs_nothing_more_than_the_handwritten_one():
    images, labels = (tensorflow.constant(each) for each in images_and_labels())
    net = tf.tracking.VariableTrackingScope("net")
    legacy_step(net, WIDTH)(images, labels)

    def operations(step):
        graph = tensorflow.function(step).get_concrete_function(images, labels).graph
        ignored = ("Const", "Identity", "NoOp", "Placeholder")
        found = [operation.type for operation in graph.get_operations() if operation.type not in ignored]
        return {kind: found.count(kind) for kind in sorted(set(found))}

    assert operations(legacy_step(net, WIDTH)) == operations(handwritten_step(copies_of(net.variables)))


def test_evaluation_shares_the_trained_network():
    images, labels = (tensorflow.constant(each) for each in images_and_labels())
    net = tf.tracking.VariableTrackingScope("net")
    step = tensorflow.function(legacy_step(net, WIDTH))

    @tensorflow.function
    def evaluate(images):
        with net, tf.variable_scope(tf.get_variable_scope(), reuse=True):
            return resnet20(tf, images, False, WIDTH)

    step(images, labels)
    before = evaluate(images).numpy()
    count = len(net.variables)
    np.testing.assert_array_equal(evaluate(images).numpy(), before)
    step(images, labels)
    assert np.abs(evaluate(images).numpy() - before).max() > 1e-3
    assert len(net.variables) == count
