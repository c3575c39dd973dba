"""Code that has never heard of us and calls `tensorflow.compat.v1`: it lands in the pass."""

import inspect

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay

v1 = tensorflow.compat.v1


def third_party_layer(x, units=2, scope=None):
    """A layer of somebody else's package."""
    with v1.variable_scope(scope, "dense", [x]):
        w = v1.get_variable("w", [x.shape[-1], units], initializer=v1.ones_initializer(), regularizer=decay)
        b = v1.get_variable("b", [units], initializer=v1.zeros_initializer())
        v1.add_to_collection("mine", w)
        return tensorflow.matmul(x, w) + b


X = np.ones([1, 2], np.float32)


def test_its_variables_are_tracked_and_regularized(net, way):
    @way
    def step():
        with net:
            y = third_party_layer(third_party_layer(tf.constant(X)))
            return y, tf.add_n(collected_losses()), len(collected_losses()), len(tf.get_collection("mine"))

    for _ in range(2):
        y, loss, *counts = step()
        assert y.numpy().tolist() == [[4.0, 4.0]]
        assert [float(loss), *map(int, counts)] == [2.0, 2, 2]
    assert [v.name for v in net.variables] == ["dense/w:0", "dense/b:0", "dense_1/w:0", "dense_1/b:0"]
    assert [v.name for v in net.trainable_variables] == [v.name for v in net.variables]


def test_its_rules_of_reuse_are_tf1s(net, way):
    """TensorFlow 2's own variable_scope says AUTO_REUSE in eager mode."""

    def twice():
        with net:
            third_party_layer(tf.constant(X), scope="a")
            third_party_layer(tf.constant(X), scope="a")

    def missing():
        with net, v1.variable_scope("b", reuse=True):
            v1.get_variable("w", [2])

    def shared():
        with net, v1.variable_scope("c", reuse=v1.AUTO_REUSE):
            return v1.get_variable("w", [2]) is v1.get_variable("w", [2])

    for _ in range(2):
        with pytest.raises(ValueError, match="Variable a/w already exists, disallowed"):
            way(lambda: twice())()
        with pytest.raises(ValueError, match="Variable b/w does not exist, or was not created with"):
            way(lambda: missing())()
        assert bool(way(lambda: shared())())


def test_its_scopes_and_ours_nest_in_each_other(net, way):
    names = []

    @way
    def step():
        with net:
            with tf.variable_scope("ours", regularizer=decay), v1.variable_scope("theirs"):
                names.append(v1.get_variable("w", [2]).name)
                names.append(tf.get_variable("v", [2]).name)
                with tf.variable_scope("again"):
                    names.append(v1.get_variable("w", [2]).name)
            with v1.variable_scope("theirs", reuse=v1.AUTO_REUSE) as scope, tf.variable_scope(scope):
                names.append(tf.get_variable("w", [2]).name)
            return len(collected_losses())

    assert int(step()) == 3
    assert names == ["ours/theirs/w:0", "ours/theirs/v:0", "ours/theirs/again/w:0", "theirs/w:0"]


def test_its_tf_variables_are_found_again(net, way):
    seen = []

    def step():
        with net, v1.variable_scope("a"):
            counter = v1.Variable(0.0, name="counter", trainable=False)
            seen.append(counter)
            return counter.assign_add(1.0)

    assert float(way(step)()) == 1.0
    assert float(way(lambda: step())()) == 2.0
    assert seen[0] is seen[1]
    assert [v.name for v in net.variables] == ["a/counter:0"]
    assert net.trainable_variables == ()


def test_its_lists_of_variables_are_those_of_the_pass(net, way):
    @way
    def step():
        with net:
            third_party_layer(tf.constant(X), scope="a")
            lists = (v1.global_variables(), v1.trainable_variables(), v1.get_collection("variables", scope="a/b"))
            return [len(each) for each in lists]

    for _ in range(2):
        assert [int(n) for n in step()] == [2, 2, 1]
    assert v1.global_variables() == []


def test_its_losses_are_collected(net, way):
    @way
    def step():
        with net:
            third_party_layer(tf.constant(X))
            v1.losses.add_loss(tf.constant(7.0))
            return tf.losses.get_total_loss(), v1.losses.get_regularization_loss()

    # Its own add_loss does nothing in eager mode; ours does.
    expected = [1.0, 1.0] if inspect.isfunction(step) else [8.0, 1.0]
    for _ in range(2):
        assert [float(x) for x in step()] == expected
    assert v1.get_collection(v1.GraphKeys.LOSSES) == []


@pytest.mark.parametrize(
    ("make", "slots"),
    [
        (lambda: v1.train.GradientDescentOptimizer(0.1), []),
        (lambda: v1.train.MomentumOptimizer(0.5, 0.9), ["w/Momentum:0"]),
        (lambda: v1.train.AdamOptimizer(0.5), ["beta1_power:0", "beta2_power:0", "w/Adam:0", "w/Adam_1:0"]),
    ],
    ids=["sgd", "momentum", "adam"],
)
def test_its_optimizers_keep_their_slots_in_the_scope(net, make, slots):
    """A new optimizer object in every trace, as legacy code makes it: the slots are the same."""

    def step():
        with net:
            w = tf.get_variable("w", [], initializer=tf.constant_initializer(3.0))
            optimizer = make()
            optimizer.minimize(w * w, global_step=tf.train.get_or_create_global_step())
        return w

    first, second = tensorflow.function(lambda: step() + 0.0), tensorflow.function(lambda: step() + 0.0)
    values = [float(run()) for run in (first, first, second, first)]
    assert len(set(values)) == 4
    assert int(net.variables_by_name["global_step"]) == 4
    assert [v.name for v in net.variables] == ["w:0", "global_step:0", *slots]


def test_its_optimizers_train_as_in_a_graph(net):
    """Adam's second step depends on its slots and on beta1_power: the same numbers as with a session."""

    def loss():
        w = tf.get_variable("w", [], initializer=tf.constant_initializer(3.0))
        return w, v1.train.AdamOptimizer(0.5).minimize(w * w)

    with tf.Graph().as_default(), tf.Session() as session:
        w, train = loss()
        session.run(tf.global_variables_initializer())
        expected = []
        for _ in range(4):
            session.run(train)
            expected.append(session.run(w))

    def step():
        with net:
            return loss()[0] + 0.0

    values = []
    for run in (tensorflow.function(step), tensorflow.function(step)):
        for _ in range(2):
            run()
            values.append(net.variables_by_name["w"].numpy())
    np.testing.assert_allclose(values, expected, rtol=1e-6)


def test_its_templates_share_variables(net, way):
    @way
    def step():
        with net:
            template = v1.make_template("t", lambda x: x * v1.get_variable("w", [], regularizer=decay))
            template(1.0)
            template(2.0)
            return len(collected_losses())

    for _ in range(2):
        assert int(step()) == 1
    assert [v.name for v in net.variables] == ["t/w:0"]


def test_its_global_step_is_ours(net, way):
    @way
    def step():
        with net:
            first = v1.train.get_or_create_global_step()
            return tf.train.get_global_step() is first, v1.train.get_global_step() is first

    for _ in range(2):
        assert [bool(x) for x in step()] == [True, True]
    assert [v.name for v in net.variables] == ["global_step:0"]


def test_tensorflow_2s_own_variables_are_left_alone(net, way):
    """Such an object belongs to whoever made it, and a name isn't enough to recognise it in the next pass."""
    made = []

    @way
    def step():
        with net:
            if not made:
                made.append(tensorflow.Variable(1.0, name="theirs"))
            return made[0] + tf.get_variable("w", [], initializer=tf.ones_initializer())

    for _ in range(2):
        assert float(step()) == 2.0
    assert [v.name for v in net.variables] == ["w:0"]


def test_in_a_graph_its_variables_and_ours_are_one_store():
    with tf.Graph().as_default():
        with v1.variable_scope("a"):
            theirs = v1.get_variable("w", [2])
        with tf.variable_scope("a", reuse=True):
            assert tf.get_variable("w", [2]) is theirs
        with tf.variable_scope("b"):
            ours = tf.get_variable("w", [2])
        with v1.variable_scope("b", reuse=True):
            assert v1.get_variable("w", [2]) is ours
        assert tf.global_variables() == v1.global_variables()


def test_importing_us_changes_nothing_for_others(ambient):
    """Outside of a pass, TensorFlow's own functions do what they did."""
    with tf.tracking.VariableTrackingScope("net"):
        assert v1.VariableScope(True).reuse is True
    assert v1.VariableScope(True).reuse is v1.AUTO_REUSE  # as it always is in eager mode
    with pytest.raises(KeyError), tf.tracking.VariableTrackingScope("net"):
        raise KeyError
    assert v1.VariableScope(True).reuse is v1.AUTO_REUSE
    with v1.Graph().as_default(), v1.variable_scope("a"):
        assert v1.get_variable("w", [2]).name == "a/w:0"
