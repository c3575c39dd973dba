"""`ExponentialMovingAverage` beyond the facts: objects that live on, tensors, replicas, the ambient scope."""

import gc
import weakref

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

WAYS = {"eager": lambda step: step, "function": lambda step: tensorflow.function(step)}


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net", tape=True)


@pytest.fixture(params=["eager", "function"])
def way(request):
    return WAYS[request.param]


@pytest.mark.parametrize("is_one_object", [False, True])
def test_objects_may_be_made_anew_or_live_on(net, way, is_one_object):
    one = tf.train.ExponentialMovingAverage(0.5)

    def step():
        averages = one if is_one_object else tf.train.ExponentialMovingAverage(0.5)
        with net:
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
            with tf.control_dependencies([tf.assign_add(w, 1.0)]):
                averages.apply([w])
            assert [v.name for v in tf.global_variables()] == ["w:0", "w/ExponentialMovingAverage:0"]
            assert len(tf.moving_average_variables()) == 1
            return averages.average(w).read_value()

    values = [float(run()) for run in (way(step), way(step)) for _ in range(2)]
    assert values == [1.5, 2.25, 3.125, 4.0625]


def test_an_object_shows_the_averages_in_a_pass_that_does_not_apply_it(net):
    averages = tf.train.ExponentialMovingAverage(0.5)
    with net:
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        averages.apply([w])
    with net:
        w = tf.get_variable("w", [])
        assert averages.average(w).name == "w/ExponentialMovingAverage:0"
        assert averages.average_name(w) == "w/ExponentialMovingAverage"
        assert list(averages.variables_to_restore()) == ["w/ExponentialMovingAverage"]
    assert averages.average(w) is net.variables[1]


def test_an_average_begins_with_the_initial_value_although_training_came_first(net, way):
    def step():
        with net:
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
            train = tf.train.GradientDescentOptimizer(1.0).minimize(w * 4.0)
            averages = tf.train.ExponentialMovingAverage(0.5)
            with tf.control_dependencies([train]):
                averages.apply([w])
            return averages.average(w).read_value()

    assert float(way(step)()) == 0.5 * 1.0 + 0.5 * -3.0


def test_without_a_scope_an_average_begins_with_the_initial_value_too():
    tf.reset_default_graph()
    try:
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        optimizer, averages = tf.train.GradientDescentOptimizer(1.0), tf.train.ExponentialMovingAverage(0.5)
        values = []
        for _ in range(2):
            optimizer.minimize(lambda: w * 4.0)
            averages.apply([w])
            values.append(float(averages.average(w)))
        assert values == [-1.0, -4.0]
        assert [v.name for v in tf.global_variables()] == ["w:0", "w/ExponentialMovingAverage:0"]
    finally:
        tf.reset_default_graph()


def test_first_values_are_let_go_when_the_pass_ends(net):
    with net:
        w = tf.get_variable("w", [1000], initializer=tf.ones_initializer())
        first = net._entries.open[-1].entered.first_values
        assert first._values
    assert not first._values
    assert w.shape == [1000]


def test_averages_of_tensors_are_found_again_in_the_next_pass(net, way):
    one = tf.train.ExponentialMovingAverage(0.5)

    def step():
        with net:
            x, y = tf.constant(2.0) * 1.0, tf.constant(4.0) * 1.0
            one.apply([x, y])
            return one.average(x) + 0.0, one.average(y) + 0.0

    values = [[float(value) for value in run()] for run in (way(step), way(step))]
    assert values == [[1.0, 2.0], [1.5, 3.0]]
    assert len(net.variables) == 2


def test_a_pass_and_its_tensors_are_not_kept_alive(net):
    averages = tf.train.ExponentialMovingAverage(0.5)
    tensors = []
    for _ in range(3):
        with net:
            x = tf.constant([2.0]) * 1.0
            averages.apply([x])
            tensors.append(weakref.ref(x))
    del x
    with net:
        pass
    gc.collect()
    assert [tensor() for tensor in tensors] == [None] * 3


def test_the_bias_of_zero_is_taken_out(net, way):
    def step():
        with net:
            x = tf.get_variable("x", [], initializer=tf.zeros_initializer())
            with tf.control_dependencies([tf.assign_add(x, 1.0)]):
                value = x.read_value() * 1.0
            averages = tf.train.ExponentialMovingAverage(0.9, zero_debias=True)
            averages.apply([value])
            return averages.average(value).read_value()

    run = way(step)
    biased, expected = 0.0, []
    for number in range(1, 4):
        biased = 0.9 * biased + 0.1 * number
        expected.append(biased / (1 - 0.9**number))
    np.testing.assert_allclose([float(run()) for _ in range(3)], expected, rtol=1e-5)


def test_compiled_by_xla(net):
    @tensorflow.function(jit_compile=True)
    def step():
        with net:
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
            averages = tf.train.ExponentialMovingAverage(0.5, num_updates=tf.train.get_or_create_global_step())
            with tf.control_dependencies([tf.assign_add(w, 1.0)]):
                averages.apply([w])
            return averages.average(w).read_value()

    np.testing.assert_allclose(float(step()), 0.1 * 1.0 + 0.9 * 2.0, rtol=1e-6)


def test_replicas_average_in_step():
    strategy = tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tensorflow.distribute.ReductionToOneDevice())
    scope = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function
    def step():
        def replica():
            with scope:
                w = tf.get_variable("w", [], initializer=tf.ones_initializer())
                tf.train.GradientDescentOptimizer(0.5).minimize(w * 1.0)
                averages = tf.train.ExponentialMovingAverage(0.5)
                averages.apply([w])
                return averages.average(w).read_value()

        return strategy.run(replica)

    results = strategy.experimental_local_results(step())
    assert [float(value) for value in results] == [0.5, 0.5]  # each replica subtracts the sum of two gradients
