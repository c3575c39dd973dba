"""The optimizers of `tf.contrib.opt` under XLA and in replicas do what they do eagerly."""

import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf

opt = tf.contrib.opt

OPTIMIZERS = {
    "AdamW": lambda: opt.AdamWOptimizer(0.1, learning_rate=0.05),
    "MomentumW": lambda: opt.MomentumWOptimizer(0.1, learning_rate=0.05, momentum=0.9),
    "LazyAdam": lambda: opt.LazyAdamOptimizer(0.05),
    "Nadam": lambda: opt.NadamOptimizer(0.05),
    "AdaMax": lambda: opt.AdaMaxOptimizer(0.05),
    "AddSign": lambda: opt.AddSignOptimizer(0.05),
    "PowerSign": lambda: opt.PowerSignOptimizer(0.05),
    "LARS": lambda: opt.LARSOptimizer(0.05),
    "RegAdagrad": lambda: opt.RegAdagradOptimizer(0.05),
    "MovingAverage": lambda: opt.MovingAverageOptimizer(tf.train.MomentumOptimizer(0.05, 0.9), 0.9),
}
each_optimizer = pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)


def train(make):
    """Build one training step."""
    w = tf.get_variable("w", [3], initializer=tf.constant_initializer([1.0, -2.0, 0.5]))
    loss = tf.reduce_sum(w * w * tf.constant([1.0, 2.0, 3.0]))
    make().minimize(loss)
    return loss


def values_after(step, net, steps=3):
    for _ in range(steps):
        step()
    return {name: variable.numpy() for name, variable in net.variables_by_name.items()}


def eagerly(make):
    net = tf.tracking.VariableTrackingScope("net", tape=True)

    def step():
        with net:
            train(make)

    return values_after(step, net)


def assert_same(left, right):
    assert list(left) == list(right)
    for name in left:
        np.testing.assert_allclose(left[name], right[name], rtol=1e-5, atol=1e-6, err_msg=name)


@each_optimizer
def test_xla_gives_the_same(make):
    net = tf.tracking.VariableTrackingScope("net")

    @tf2.function(jit_compile=True)
    def step():
        with net:
            return train(make)

    assert_same(values_after(step, net), eagerly(make))


@each_optimizer
def test_replicas_stay_in_step(make):
    strategy = tf2.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tf2.distribute.ReductionToOneDevice())
    net = tf.tracking.VariableTrackingScope("net")

    @tf2.function
    def step():
        def replica():
            with net:
                return train(make) / 2.0

        return strategy.reduce("SUM", strategy.run(replica), axis=None)

    losses = [float(step()) for _ in range(3)]
    assert losses == sorted(losses, reverse=True)
    assert {name.split("/")[0] for name in net.variables_by_name} >= {"w"}
    for variable in net.variables:
        replicas = [each.numpy() for each in getattr(variable, "values", [variable])]
        np.testing.assert_array_equal(replicas[0], replicas[-1], err_msg=variable.name)
