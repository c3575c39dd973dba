"""`get_variable` and regularizers in `tf.cond`, loops and what AutoGraph makes of `if` and `while`."""

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay


def weight(name="w", value=1.0):
    return tf.get_variable(name, [], initializer=tf.constant_initializer(value), regularizer=decay)


def test_a_loss_from_a_branch_is_usable_outside(net):
    """Regularizers are hoisted out of the branch: the loss counts whichever branch is taken."""

    @tensorflow.function
    def step(x):
        with tensorflow.GradientTape() as tape, net:
            y = tf.cond(x > 0.0, lambda: x * weight("w", 3.0), lambda: x)
            losses = collected_losses()
            loss = tf.add_n(losses)
        return y, loss, len(losses), tape.gradient(loss, net.trainable_variables)[0]

    for x in (2.0, -2.0):
        y, loss, count, gradient = step(tf.constant(x))
        assert float(y) == (6.0 if x > 0 else -2.0)
        assert (float(loss), int(count), float(gradient)) == (0.25 * 9.0, 1, 1.5)


def test_both_branches_make_their_variables(net):
    @tensorflow.function
    def step(x):
        with net:
            return tf.cond(x > 0.0, lambda: weight("w", 3.0) + 0.0, lambda: weight("v", 4.0) + 0.0), len(
                collected_losses()
            )

    assert [float(y) for y in step(tf.constant(1.0))] == [3.0, 2.0]
    assert [float(y) for y in step(tf.constant(-1.0))] == [4.0, 2.0]
    assert [v.name for v in net.variables] == ["w:0", "v:0"]


def test_branches_in_branches(net):
    @tensorflow.function
    def step(x):
        with net:
            y = tf.cond(x > 0.0, lambda: tf.cond(x > 1.0, lambda: x * weight("w", 3.0), lambda: x), lambda: x)
            return y, tf.add_n(collected_losses())

    assert [float(y) for y in step(tf.constant(2.0))] == [6.0, 2.25]
    assert [float(y) for y in step(tf.constant(-2.0))] == [-2.0, 2.25]


def test_both_branches_may_share_a_variable_with_auto_reuse(net):
    @tensorflow.function
    def step(x):
        with net, tf.variable_scope("", reuse=tf.AUTO_REUSE):
            y = tf.cond(x > 0.0, lambda: weight() + 1.0, lambda: weight() + 2.0)
            return y, len(collected_losses())

    assert [float(y) for y in step(tf.constant(1.0))] == [2.0, 1.0]
    assert [float(y) for y in step(tf.constant(-1.0))] == [3.0, 1.0]
    assert len(net.variables) == 1


def test_autographs_if(net):
    @tensorflow.function
    def step(x):
        with net:
            if x > 0.0:
                y = x * weight("w", 3.0)
            else:
                y = x * weight("v", 4.0)
            return y, len(collected_losses()), tf.add_n(collected_losses())

    assert [float(y) for y in step(tf.constant(2.0))] == [6.0, 2.0, 0.25 * 25.0]
    assert [float(y) for y in step(tf.constant(-2.0))] == [-8.0, 2.0, 0.25 * 25.0]


def test_autographs_while_with_auto_reuse(net):
    @tensorflow.function
    def step(n):
        with net, tf.variable_scope("", reuse=tf.AUTO_REUSE):
            total = tf.constant(0.0)
            while n > 0.0:
                total += weight("w", 3.0)
                n -= 1.0
            return total, len(collected_losses()), tf.add_n(collected_losses())

    assert [float(y) for y in step(tf.constant(4.0))] == [12.0, 1.0, 2.25]


def test_autographs_for_over_a_range(net):
    @tensorflow.function
    def step(n):
        with net, tf.variable_scope("", reuse=tf.AUTO_REUSE):
            total = tf.constant(0.0)
            for _ in tf.range(n):
                total += weight("w", 3.0)
            return total, len(collected_losses())

    assert [float(y) for y in step(tf.constant(3))] == [9.0, 1.0]


def test_while_loop_builds_its_body_once(net, way):
    """Eagerly the body runs at each iteration, but asks for its variables as if for the first time."""

    @way
    def step():
        def body(n, total):
            with tf.variable_scope(None, "layer"):
                tf.add_to_collection("mine", "item")
                return n + 1, total + weight("w", 3.0) + tf.Variable(0.0, name="v")

        with net:
            _, total = tf.while_loop(lambda n, _: n < 4, body, [tf.constant(0), tf.constant(0.0)])
            return total, len(collected_losses()), len(tf.get_collection("mine"))

    for _ in range(2):
        assert [float(y) for y in step()] == [12.0, 1.0, 1.0]
    assert [v.name for v in net.variables] == ["layer/w:0", "while/layer/v:0"]


@pytest.mark.parametrize("loop", ["map_fn", "foldl", "foldr", "scan"])
def test_loops_over_elements_build_their_function_once(net, way, loop):
    x = np.array([1.0, 2.0, 3.0], np.float32)
    expected = {"map_fn": [3.0, 6.0, 9.0], "foldl": 18.0, "foldr": 18.0, "scan": [3.0, 9.0, 18.0]}[loop]

    @way
    def step():
        with net:
            if loop == "map_fn":
                y = tf.map_fn(lambda each: each * weight("w", 3.0), x)
            else:
                y = getattr(tf, loop)(lambda total, each: total + each * weight("w", 3.0), x, initializer=0.0)
            return y, len(collected_losses())

    for _ in range(2):
        y, count = step()
        assert (y.numpy().tolist(), int(count)) == (expected, 1)
    assert len(net.variables) == 1


def test_after_an_eager_loop_names_count_on(net):
    with net:
        tf.while_loop(lambda n: n < 3, lambda n: n + tf.cast(tf.Variable(1, name="v"), tf.int32), [tf.constant(0)])
        assert [tf.Variable(1.0, name="v").name, tf.get_variable("x", []).name] == ["v:0", "x:0"]


def test_an_exception_in_an_eager_loop_leaves_the_pass_usable(net):
    def body(n):
        weight()
        if int(n) == 1:
            raise KeyError("mine")
        return n + 1

    with net:
        with pytest.raises(KeyError, match="mine"):
            tf.while_loop(lambda n: n < 3, body, [tf.constant(0)])
        with pytest.raises(ValueError, match="^Variable w already exists"):
            weight()
        assert len(collected_losses()) == 1


def test_an_eager_cond_runs_the_branch_that_is_taken(net):
    with net:
        y = tf.cond(tf.constant(True), lambda: weight("w", 3.0) + 0.0, lambda: weight("v") + 0.0)
        assert float(y) == 3.0
        assert [float(x) for x in collected_losses()] == [2.25]
    assert [v.name for v in net.variables] == ["w:0"]


def test_a_regularizer_with_a_cond_of_its_own(net, way):
    def regularizer(tensor):
        return tf.cond(tensor > 0.0, lambda: tensor * 2.0, lambda: tf.zeros([]))

    @way
    def step():
        with net:
            tf.get_variable("w", [], initializer=tf.constant_initializer(3.0), regularizer=regularizer)
            return tf.add_n(collected_losses())

    assert float(step()) == 6.0
    net.variables[0].assign(-3.0)
    assert float(step()) == 0.0


def test_in_a_graph_a_loss_from_a_branch_is_usable_outside():
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [])
        y = tf.cond(x > 0.0, lambda: x * weight("w", 3.0), lambda: x)
        loss = tf.add_n(collected_losses())
        session.run(tf.global_variables_initializer())
        assert session.run([y, loss], {x: 2.0}) == [6.0, 2.25]
        assert session.run([y, loss], {x: -2.0}) == [-2.0, 2.25]


def test_a_function_inside_a_pass_may_not_make_a_loss(net):
    """The loss would be there when the inner function is traced, and gone at all other times."""

    @tensorflow.function(autograph=False)
    def inner():
        return weight() + 0.0

    for run in (lambda f: f, lambda f: tensorflow.function(f, autograph=False)):

        def outer():
            with net:
                return inner()

        with pytest.raises(RuntimeError, match="^The regularization loss of variable w would be lost") as raised:
            run(outer)()
        assert "Enter the scope inside the tf.function" in str(raised.value)
        assert "migration_guide/weight_decay.md" in str(raised.value)
