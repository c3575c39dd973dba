"""`tf.train.ExponentialMovingAverage` where the facts don't reach: evaluating with the averages in place of weights."""

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf


def model(x):
    with tf.variable_scope("net"):
        return x * tf.get_variable("w", [], initializer=tf.ones_initializer())


def train(x):
    """One step, and the averages after it."""
    loss = tf.square(model(x) - 4.0)
    step = tf.train.get_or_create_global_step()
    update = tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)
    averages = tf.train.ExponentialMovingAverage(0.5)
    with tf.control_dependencies([update]):
        averages.apply(tf.trainable_variables())
    return loss


def evaluate_with_averages(x):
    """The same model, whose get_variable gives the averages."""
    averages = tf.train.ExponentialMovingAverage(0.5)

    def average_of(getter, name, *args, **kwargs):
        variable = getter(name, *args, **kwargs)
        averages.apply([variable]) if averages.average(variable) is None else None
        return averages.average(variable)

    with tf.variable_scope("", reuse=tf.AUTO_REUSE, custom_getter=average_of):
        return model(x)


# w by steps from 1 to 4 with rate 0.1, and its average.
WEIGHTS = [4.0 - 3.0 * 0.8**n for n in range(5)]


def averages_of(weights):
    value, found = weights[0], []
    for weight in weights[1:]:
        value = 0.5 * value + 0.5 * weight
        found.append(value)
    return found


@pytest.mark.parametrize("way", [lambda step: step, tensorflow.function], ids=["eager", "function"])
def test_evaluating_between_steps_by_swapping_values(way, tmp_path):
    net = tf.tracking.VariableTrackingScope("net", tape=True)

    @way
    def step(x):
        with net:
            return train(x)

    found = []
    for number in range(4):
        step(tensorflow.constant(1.0))
        backup = {variable.name: variable.numpy() for variable in net.trainable_variables}
        with net:
            model(1.0)
            restore = tf.train.ExponentialMovingAverage(0.5).variables_to_restore()
        assert sorted(restore) == ["net/w/ExponentialMovingAverage"]
        path = net.save(tmp_path / "model")
        net.restore(path, variables=restore)
        with net:
            found.append(float(model(1.0)))
        for variable in net.trainable_variables:
            variable.assign(backup[variable.name])
            assert variable.numpy() == pytest.approx(WEIGHTS[number + 1])
    np.testing.assert_allclose(found, averages_of(WEIGHTS), rtol=1e-5)


@pytest.mark.parametrize("way", [lambda step: step, tensorflow.function], ids=["eager", "function"])
def test_a_scope_of_its_own_for_evaluation_restores_the_averages(way, tmp_path):
    net = tf.tracking.VariableTrackingScope("net", tape=True)

    @way
    def step(x):
        with net:
            return train(x)

    for _ in range(3):
        step(tensorflow.constant(1.0))
    path = net.save(tmp_path / "model")
    test = tf.tracking.VariableTrackingScope("test")

    @way
    def evaluate(x):
        with test:
            return model(x)

    evaluate(tensorflow.constant(1.0))
    with test:
        model(1.0)
        saver = tf.train.Saver(tf.train.ExponentialMovingAverage(0.5).variables_to_restore())
    saver.restore(None, path)
    assert float(evaluate(tensorflow.constant(1.0))) == pytest.approx(averages_of(WEIGHTS)[2])


def test_in_a_session_the_same_files_give_the_same(tmp_path):
    with tensorflow.Graph().as_default(), tf.Session() as session:
        averages = tf.train.ExponentialMovingAverage(0.5)
        loss = tf.square(model(tf.constant(1.0)) - 4.0)
        update = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
        with tf.control_dependencies([update]):
            step = averages.apply(tf.trainable_variables())
        session.run(tf.global_variables_initializer())
        for _ in range(3):
            session.run(step)
        path = tf.train.Saver().save(session, str(tmp_path / "model"))
    test = tf.tracking.VariableTrackingScope("test")
    with test:
        model(1.0)
        tf.train.Saver(tf.train.ExponentialMovingAverage(0.5).variables_to_restore()).restore(None, path)
        with tf.variable_scope("", reuse=True):
            assert float(model(1.0)) == pytest.approx(averages_of(WEIGHTS)[2])


def test_an_optimizer_object_and_averages_may_live_outside_the_pass():
    net = tf.tracking.VariableTrackingScope("net", tape=True)
    optimizer, averages = tf.train.AdamOptimizer(0.1), tf.train.ExponentialMovingAverage(0.5)

    def step():
        with net:
            loss = tf.square(model(1.0) - 4.0)
            with tf.control_dependencies([optimizer.minimize(loss)]):
                averages.apply(tf.trainable_variables())
            return averages.average(tf.trainable_variables()[0]).read_value()

    traced = tensorflow.function(step)
    values = [float(way()) for way in (step, traced, step, traced)]
    assert values == sorted(values)
    assert [variable.name for variable in net.variables] == [
        "net/w:0",
        "beta1_power:0",
        "beta2_power:0",
        "net/w/Adam:0",
        "net/w/Adam_1:0",
        "net/w/ExponentialMovingAverage:0",
    ]
