"""Optimizers beyond the facts: objects that live through passes, retracing, threads of modes, sparse tapes, devices."""

import json
import weakref
from pathlib import Path

import numpy as np
import pytest
import tensorflow
from facts import optimizer_steps

import tf1compat_wd as tf

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "optimizer_steps.json").read_text())

WAYS = {
    "eager": lambda step: step,
    "function": lambda step: tensorflow.function(step),
    "xla": lambda step: tensorflow.function(step, jit_compile=True),
}

# What the facts of the same name make, here as one object for all passes.
OBJECTS = {
    "gradient_descent": lambda: tf.train.GradientDescentOptimizer(0.05),
    "momentum": lambda: tf.train.MomentumOptimizer(0.05, 0.9),
    "adam": lambda: tf.train.AdamOptimizer(0.05),
    "adagrad": lambda: tf.train.AdagradOptimizer(0.05, initial_accumulator_value=0.2),
    "adadelta": lambda: tf.train.AdadeltaOptimizer(0.5, rho=0.9, epsilon=1e-4),
    "rmsprop": lambda: tf.train.RMSPropOptimizer(0.05),
    "ftrl": lambda: tf.train.FtrlOptimizer(0.05),
    "proximal_adagrad": lambda: tf.train.ProximalAdagradOptimizer(0.05, l1_regularization_strength=0.1),
}


def after_ten_steps(name):
    _, w, b, names = GOLDEN[name]["value"][-1]
    return w, b, names


def taken(scope):
    values = scope.variables_by_name
    names = [variable.name for variable in scope.global_variables]
    return values["net/w"].numpy(), values["net/b"].numpy(), names


def check(scope, name):
    w, b, names = after_ten_steps(name)
    mine = taken(scope)
    np.testing.assert_allclose(mine[0], w, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(mine[1], b, rtol=1e-4, atol=1e-5)
    assert mine[2] == names


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net", tape=True)


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("is_one_object", [False, True])
def test_ten_steps_through_all_modes_and_a_retrace_are_tf1s(net, name, is_one_object):
    one = OBJECTS[name]()

    def step():
        with net:
            optimizer_steps._train(tf, one if is_one_object else OBJECTS[name]())
        return 0.0

    traced = tensorflow.function(step)
    for way in (step, traced, traced, tensorflow.function(step), step):
        for _ in range(2):
            way()
    check(net, name)


@pytest.mark.parametrize("name", OBJECTS)
def test_ten_steps_with_save_and_restore_in_a_new_scope_in_the_middle_are_tf1s(name, tmp_path):
    for part in range(2):
        scope = tf.tracking.VariableTrackingScope("net", tape=True)
        if part:
            scope.restore(tmp_path / "model")

        @tensorflow.function
        def step(scope=scope):
            with scope:
                optimizer_steps._train(tf, OBJECTS[name]())

        for _ in range(5):
            step()
        scope.save(tmp_path / "model")
    check(scope, name)


@pytest.mark.parametrize("way", WAYS)
def test_one_object_and_new_objects_side_by_side_keep_their_slots_apart(net, way):
    """Without asking again in each pass, the new one would be given the slot of the one that lives on."""
    lasting = tf.train.MomentumOptimizer(0.1, 0.9)

    def step():
        with net:
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
            lasting.minimize(w * 2.0)
            fresh = tf.train.MomentumOptimizer(0.0, 0.0)
            fresh.minimize(w * 3.0)
            names = [variable.name for variable in tf.global_variables()]
            assert names == ["w:0", "w/Momentum:0", "w/Momentum_1:0"]
            return lasting.get_slot(w, "momentum") + 0.0, fresh.get_slot(w, "momentum") + 0.0

    run = WAYS[way](step)
    slots = [[float(slot) for slot in run()] for _ in range(3)]
    np.testing.assert_allclose(slots, [[2.0, 3.0], [3.8, 3.0], [5.42, 3.0]], rtol=1e-6)


def test_an_object_shows_its_slots_after_the_pass(net):
    optimizer = tf.train.AdamOptimizer(0.1)
    with net:
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        optimizer.minimize(w * w)
    assert [v.name for v in optimizer.variables()] == ["beta1_power:0", "beta2_power:0", "w/Adam:0", "w/Adam_1:0"]
    assert optimizer.get_slot(w, "m").numpy().max() > 0.0
    assert set(map(id, optimizer.variables())) <= set(map(id, net.variables))


def test_an_object_may_serve_several_scopes():
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    scopes = [tf.tracking.VariableTrackingScope(name, tape=True) for name in "ab"]
    for _ in range(3):
        for scope in scopes:
            with scope:
                optimizer.minimize(tf.get_variable("w", [], initializer=tf.ones_initializer()) * 1.0)
    np.testing.assert_allclose([s.variables_by_name["w/Momentum"].numpy() for s in scopes], [2.71, 2.71], rtol=1e-6)


def test_tensorflow_2s_tape_and_variables(net):
    v = tensorflow.Variable([1.0, 2.0], name="v")
    optimizer = tf.train.AdamOptimizer(0.1)

    @tensorflow.function
    def step():
        with tensorflow.GradientTape() as tape, net:
            loss = tensorflow.reduce_sum(v * v)
            gradients = tape.gradient(loss, [v])
            optimizer.apply_gradients(zip(gradients, [v], strict=True))
        return loss

    assert float(step()) > float(step())
    assert [v.name for v in net.variables] == ["beta1_power:0", "beta2_power:0", "v/Adam:0", "v/Adam_1:0"]


def test_a_function_of_nothing_is_a_loss_without_a_tape():
    scope = tf.tracking.VariableTrackingScope("net")
    with scope:
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        tf.train.GradientDescentOptimizer(0.25).minimize(lambda: w * w)
    assert float(w) == 0.5


def test_a_tensor_without_a_tape_says_how_to_get_one():
    with tf.tracking.VariableTrackingScope("net"):
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        with pytest.raises(
            RuntimeError, match=r"(?s)should be a function when eager.*VariableTrackingScope\(tape=True\)"
        ):
            tf.train.AdamOptimizer().minimize(w * w)
    with pytest.raises(RuntimeError, match="VariableTrackingScope"):
        tf.train.AdamOptimizer().minimize(tensorflow.constant(1.0), var_list=[w])


def test_a_step_leaves_nothing_on_the_tape_that_nobody_derives_by(net):
    with net:
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        optimizer = tf.train.AdamOptimizer(0.1)
        optimizer.minimize(w * w)
        inside = weakref.ref(tf.gradients(w * w, w)[0])
        slot = optimizer.get_slot(w, "m")
        assert tf.gradients(tf.identity(slot) * 2.0, w) == [None]
    assert inside() is None


def test_minimizing_in_an_own_compute_gradients_may_derive_twice(net):
    class Penalized(tf.train.GradientDescentOptimizer):
        def compute_gradients(self, loss, *args, **kwargs):
            slope = super().compute_gradients(loss, *args, **kwargs)[0][0]
            return super().compute_gradients(slope * slope, *args, **kwargs)

    with net:
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        Penalized(0.1).minimize(w * w)  # (2 w)^2, whose derivative is 8 w
    np.testing.assert_allclose(float(w), 0.2, rtol=1e-6)


@pytest.mark.parametrize("way", ["eager", "function"])
def test_every_pass_begins_with_an_empty_list_of_train_operations(net, way):
    counts = []

    def step():
        with net:
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
            tf.train.GradientDescentOptimizer(0.1).minimize(w * w)
            counts.append(len(tf.get_collection(tf.GraphKeys.TRAIN_OP)))
        return 0.0

    for _ in range(2):
        WAYS[way](step)()
    assert counts == [1, 1]


def test_eager_steps_without_a_scope_collect_no_litter():
    tf.reset_default_graph()
    try:
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
        for _ in range(5):
            optimizer.minimize(lambda: w * 1.0)
        assert [v.name for v in tf.global_variables()] == ["w:0", "w/Momentum:0"]
        assert len(tf.get_collection(tf.GraphKeys.TRAIN_OP)) == 1
    finally:
        tf.reset_default_graph()


def test_replicas_train_in_step():
    strategy = tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tensorflow.distribute.ReductionToOneDevice())
    scope = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function
    def step():
        def replica():
            with scope:
                w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
                loss = tf.reduce_sum(w * w)
                tf.train.AdamOptimizer(0.1).minimize(loss)
                return loss

        return strategy.reduce("SUM", strategy.run(replica), axis=None)

    losses = [float(step()) for _ in range(3)]
    assert losses == sorted(losses, reverse=True)
    assert [v.name for v in scope.variables] == ["w:0", "beta1_power:0", "beta2_power:0", "w/Adam:0", "w/Adam_1:0"]
    first, second = scope.variables[0].values
    assert first.numpy().tolist() == second.numpy().tolist()


def test_synchronizing_replicas_is_for_graphs():
    with pytest.raises(RuntimeError, match=r"(?s)MirroredStrategy.*tf1compat-wd run"):
        tf.train.SyncReplicasOptimizer(tf.train.AdamOptimizer(), 2)
    with tf.Graph().as_default():
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        optimizer = tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1), 1, 1)
        assert optimizer.minimize(w * w, global_step=tf.train.create_global_step()) is not None


def test_checking_numbers_runs_by_itself_in_a_function(net):
    @tensorflow.function
    def step(x):
        with net:
            tf.sqrt(x)
            tf.add_check_numerics_ops()
        return 0.0

    step(tensorflow.constant(1.0))
    with pytest.raises(tf.errors.InvalidArgumentError, match="NaN"):
        step(tensorflow.constant(-1.0))
    with net, pytest.raises(RuntimeError, match="not compatible with eager execution"):
        tf.add_check_numerics_ops()


def test_the_gradient_of_what_was_made_elsewhere_warns_in_eager_mode(net):
    x = tensorflow.constant(3.0)

    def step(x, **options):
        with net:
            return tf.gradients(x * x * tf.get_variable("w", [], initializer=tf.ones_initializer()), x, **options)[0]

    with pytest.warns(UserWarning, match=r"tf\.convert_to_tensor\(x\) in the pass before"):
        assert step(x) is None
    with net:
        x_of_pass = tf.convert_to_tensor(x)
        assert [float(d) for d in tf.gradients(x_of_pass * x_of_pass, x_of_pass)] == [6.0]
    assert float(tensorflow.function(step)(x)) == 6.0


def test_zeros_for_what_was_made_elsewhere_warn_too(net):
    x = tensorflow.constant(3.0)
    with net, pytest.warns(UserWarning, match=r"does not know"):
        assert float(tf.gradients(x * x, x, unconnected_gradients="zero")[0]) == 0.0


def test_the_arguments_of_a_tracked_function_can_be_derived_by():
    @tf.tracking.track(tape=True)
    def slope(x, scale):
        y = scale["by"] * x * x * tf.get_variable("w", [], initializer=tf.ones_initializer())
        return tf.gradients(y, [x, scale["by"]])

    assert [float(d) for d in slope(tensorflow.constant(3.0), {"by": tensorflow.constant(2.0)})] == [12.0, 9.0]
