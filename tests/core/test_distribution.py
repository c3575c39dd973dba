"""Inside `tf.distribute.MirroredStrategy` on two CPU devices: eagerly and in functions, with and without merge_call."""

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay

ONES = tf.ones_initializer()


@pytest.fixture(scope="module")
def strategy():
    return tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"])


@pytest.fixture(params=[False, True], ids=["alone", "merging"])
def merge(request):
    """Between the variables of the model: nothing, or a meeting of the replicas."""
    if not request.param:
        return lambda: None
    return lambda: tensorflow.distribute.get_replica_context().merge_call(lambda strategy: None)


def model(x, merge):
    with tf.variable_scope("model"):
        w = tf.get_variable("w", [2], initializer=ONES, regularizer=decay)
        merge()
        with tf.variable_scope(None, "layer"):
            v = tf.get_variable("v", [2], initializer=ONES, regularizer=decay)
        merge()
        u = tf.Variable([1.0, 1.0], name="u")
    return tf.reduce_sum(x * w * v * u)


def what_collections_hold():
    """Of TensorFlow's own graph; tf.function leaves empty lists there."""
    graph = tensorflow.compat.v1.get_default_graph()
    found = {key: graph.get_collection(key) for key in graph.get_all_collection_keys()}
    return {key: items for key, items in found.items() if items}


NAMES = ["model/w:0", "model/layer/v:0", "model/u:0"]


def test_a_scope_inside_the_replicas(strategy, net, way, merge):
    """Each replica has a pass of its own, and all share the variables."""

    def replica():
        with net:
            y = model(2.0, merge)
            return y + tf.add_n(collected_losses()), tf.constant(float(len(collected_losses())))

    @way
    def step():
        return strategy.run(replica)

    for _ in range(3):
        results = step()
        for values, expected in zip(results, (5.0, 2.0), strict=True):
            assert [float(x) for x in strategy.experimental_local_results(values)] == [expected] * 2
    assert [v.name for v in net.variables] == NAMES
    assert what_collections_hold() == {}


def test_a_scope_around_the_replicas(strategy, net, way, merge):
    """One pass, in which the second replica finds what the first has made, as in TF1's towers."""

    def replica():
        return model(2.0, merge)

    @way
    def step():
        with net:
            y = strategy.run(replica)
            return y, tf.add_n(collected_losses()), len(collected_losses())

    for _ in range(3):
        y, loss, count = step()
        assert [float(x) for x in strategy.experimental_local_results(y)] == [4.0] * 2
        assert [float(loss), int(count)] == [1.0, 2]
    assert [v.name for v in net.variables] == NAMES


def test_variables_are_mirrored(strategy, net, way):
    @way
    def step():
        return strategy.run(lambda: replica())

    def replica():
        with net:
            return model(2.0, lambda: None)

    step()
    for variable in net.variables:
        assert len(strategy.experimental_local_results(variable)) == 2
    net.variables[0].assign([3.0, 3.0])
    assert [float(x) for x in strategy.experimental_local_results(step())] == [12.0] * 2


def test_replicas_train_together(strategy, net, way):
    """Different data in each replica, one sum of gradients, equal weights then; weight decay counts per replica."""
    data = strategy.experimental_distribute_values_from_function(
        lambda context: tf.constant(float(context.replica_id_in_sync_group + 1))
    )

    def replica(x):
        with tensorflow.GradientTape() as tape, net:
            w = tf.get_variable("w", [2], initializer=ONES, regularizer=decay)
            loss = tf.reduce_sum(x * w) + tf.add_n(collected_losses())
        gradient = tape.gradient(loss, w)
        total = tensorflow.distribute.get_replica_context().all_reduce("sum", gradient)
        w.assign_sub(0.1 * total)
        return loss

    @way
    def step():
        return strategy.run(replica, [data])

    losses = [[float(x) for x in strategy.experimental_local_results(step())] for _ in range(2)]
    np.testing.assert_allclose(losses[0], [2.5, 4.5])
    # 1 - 0.1 * (1 + 2 + 0.5 + 0.5)
    np.testing.assert_allclose(losses[1], [2 * 0.6 + 0.5 * 0.36, 4 * 0.6 + 0.5 * 0.36], rtol=1e-6)
    copies = strategy.experimental_local_results(net.variables[0])
    np.testing.assert_allclose(*[copy.numpy() for copy in copies])


def test_variables_made_under_the_strategy_but_outside_of_run(strategy, net):
    with strategy.scope(), net:
        w = tf.get_variable("w", [2], initializer=ONES, regularizer=decay)
        assert len(collected_losses()) == 1
    assert len(strategy.experimental_local_results(w)) == 2

    def replica():
        with net, tf.variable_scope("", reuse=True):
            return tf.reduce_sum(tf.get_variable("w", [2]))

    assert [float(x) for x in strategy.experimental_local_results(strategy.run(replica))] == [2.0, 2.0]


def test_replicas_without_a_scope_share_the_ambient_one(strategy, ambient, merge):
    @tensorflow.function
    def step():
        return strategy.run(lambda: model(2.0, merge))

    for _ in range(2):
        assert [float(x) for x in strategy.experimental_local_results(step())] == [4.0] * 2
    assert [v.name for v in ambient.variables] == NAMES


def test_an_exception_in_a_replica_leaves_nothing_behind(strategy, net, way, merge):
    def failing():
        with net:
            model(2.0, merge)
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        way(lambda: strategy.run(failing))()
    assert what_collections_hold() == {}

    def replica():
        with net:
            return model(2.0, merge)

    y = way(lambda: strategy.run(replica))()
    assert [float(x) for x in strategy.experimental_local_results(y)] == [4.0] * 2


def test_a_one_device_strategy(net, way):
    strategy = tensorflow.distribute.OneDeviceStrategy("CPU:0")

    def replica():
        with net:
            y = model(2.0, lambda: None)
            return y + tf.add_n(collected_losses())

    @way
    def step():
        return strategy.run(replica)

    for _ in range(2):
        assert float(step()) == 5.0


def test_variables_have_op_as_in_tf1(strategy, net):
    """Legacy code asks for ``v.op.name``, and TensorFlow's own variables of a strategy refuse outside graph mode."""

    @tensorflow.function
    def step():
        def replica():
            with net:
                w = tf.get_variable("w", [2], initializer=ONES)
                names.append(w.op.name)
                return tf.reduce_sum(w)

        return strategy.run(replica)

    names = []
    step()
    assert sorted(names) == ["w", "w/replica_1"]  # so in TF1 as well
