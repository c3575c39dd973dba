"""Code that enters no scope of its own: one long pass in eager mode, and a pass per trace in functions."""

import threading
import warnings

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay
from tf1compat_wd._core import graph_collections, user_frames

ONES = tf.ones_initializer()


def weight(name="w", **arguments):
    return tf.get_variable(name, [2], initializer=ONES, regularizer=decay, **arguments)


# Functions


def test_functions_that_build_the_same_model_share_its_weights(ambient):
    def model(x):
        with tf.variable_scope("model"):
            return x * weight()

    @tensorflow.function
    def train_step(x):
        with tensorflow.GradientTape() as tape:
            loss = tf.reduce_sum(model(x)) + tf.add_n(collected_losses())
        for variable, gradient in zip(ambient.variables, tape.gradient(loss, ambient.variables), strict=True):
            variable.assign_sub(gradient)
        return loss

    @tensorflow.function
    def eval_step(x):
        return model(x)

    assert float(train_step(2.0)) == 4.5  # 2 * 2 and 0.5 * 2 / 2
    assert eval_step(1.0).numpy().tolist() == [-1.5, -1.5]  # 1 - (2 + 0.5)
    assert [v.name for v in ambient.variables] == ["model/w:0"]


def test_a_retrace_finds_the_variables_and_the_losses(ambient):
    counts = []

    @tensorflow.function
    def step(x):
        y = x * weight()
        counts.append(len(collected_losses()))
        return y + tf.add_n(collected_losses())

    assert step(tf.ones([2])).numpy().tolist() == [1.5, 1.5]
    assert step(tf.ones([3, 2])).shape == [3, 2]
    assert step(tf.ones([4, 3, 2])).shape == [4, 3, 2]
    assert counts == [1, 1, 1]
    assert len(ambient.variables) == 1


def test_asking_twice_in_one_trace_is_refused_in_every_trace(ambient):
    for _ in range(2):

        @tensorflow.function(autograph=False)
        def step():
            weight()
            weight()

        with pytest.raises(ValueError, match="^Variable w already exists, disallowed"):
            step()


def test_a_trace_sees_no_collections_of_other_traces(ambient):
    counts = []

    def step():
        tf.add_to_collection("mine", tf.constant(1.0))
        counts.append(len(tf.get_collection("mine")))

    for _ in range(3):
        tensorflow.function(lambda: step())()
    assert counts == [1, 1, 1]
    assert tf.get_collection("mine") == []


def test_variables_of_a_trace_show_in_eager_mode(ambient):
    @tensorflow.function
    def step():
        return weight() + 0.0

    step()
    assert [v.name for v in tf.global_variables()] == ["w:0"]
    assert [v.name for v in tf.trainable_variables()] == ["w:0"]
    assert [float(x) for x in collected_losses()] == [0.5]


def test_reuse_true_in_eager_mode_finds_what_a_trace_made(ambient):
    @tensorflow.function
    def step():
        return weight() + 0.0

    step()
    with tf.variable_scope("", reuse=True):
        assert weight() is ambient.variables[0]


def test_a_function_inside_a_function_is_part_of_the_forward_code(ambient):
    @tensorflow.function
    def inner(x):
        with tf.variable_scope("", reuse=tf.AUTO_REUSE):
            return x * tf.get_variable("w", [2], initializer=ONES)

    @tensorflow.function
    def outer(x):
        return inner(x) + inner(2.0 * x)

    assert outer(tf.constant(1.0)).numpy().tolist() == [3.0, 3.0]
    assert len(ambient.variables) == 1


def test_tf_variable_is_the_same_object_in_every_trace(ambient):
    @tensorflow.function
    def step(x):
        counter = tf.Variable(0.0, name="counter", trainable=False)
        counter.assign_add(1.0)
        return x * counter

    assert float(step(tf.constant(1.0))) == 1.0
    assert step(tf.constant([1.0])).numpy().tolist() == [2.0]
    assert [v.name for v in ambient.variables] == ["counter:0"]


# Eager mode


def test_eagerly_names_and_reuse_are_those_of_one_long_pass(ambient):
    weight()
    with pytest.raises(ValueError, match="^Variable w already exists, disallowed") as raised:
        weight()
    assert "since the last tf.reset_default_graph()" in str(raised.value)
    assert [tf.Variable(1.0).name for _ in range(2)] == ["Variable:0", "Variable_1:0"]
    with tf.variable_scope(None, "layer") as first, tf.variable_scope(None, "layer"):
        pass
    with tf.variable_scope(None, "layer") as second:
        pass
    assert (first.name, second.name) == ("layer", "layer_1")


def test_eagerly_losses_are_computed_at_each_read(ambient):
    w = weight()
    assert [float(x) for x in collected_losses()] == [0.5]
    w.assign([2.0, 2.0])
    assert [float(x) for x in collected_losses()] == [2.0]
    assert [float(x) for x in tf.losses.get_regularization_losses()] == [2.0]


def test_eagerly_losses_have_gradients_at_each_read(ambient):
    """The training loop of somebody who only replaced the import: the model is built once, outside of the tape."""
    w = weight()
    for _ in range(2):
        with tensorflow.GradientTape() as tape:
            loss = tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
        w.assign_sub(tape.gradient(loss, w))
    np.testing.assert_allclose(w, [0.25, 0.25])


def test_eagerly_losses_filter_by_scope(ambient):
    for scope in ("a", "b"):
        with tf.variable_scope(scope):
            weight()
    assert len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES, scope="b/")) == 1
    assert len(collected_losses()) == 2


def test_a_regularizer_that_gives_nothing_is_left_out_at_each_read(ambient):
    tf.get_variable("w", [2], regularizer=tf.no_regularizer)
    assert collected_losses() == []


def test_reset_default_graph_forgets_everything(ambient):
    first = weight()
    tf.add_to_collection("mine", 1)
    tf.get_variable_scope().reuse_variables()
    tf.reset_default_graph()
    assert ambient.variables == ()
    assert tf.get_collection("mine") == []
    assert tf.global_variables() == []
    assert collected_losses() == []
    assert tf.get_variable_scope().reuse is False
    second = weight()
    assert second is not first
    assert second.name == "w:0"


def test_reset_default_graph_leaves_other_scopes_alone(ambient, net):
    with net:
        weight()
    tf.reset_default_graph()
    assert len(net.variables) == 1


def test_reset_default_graph_under_an_open_variable_scope_is_survived(ambient):
    with tf.variable_scope("a"):
        tf.reset_default_graph()
        assert tf.get_variable_scope().name == ""
        weight()
    assert tf.get_variable_scope().name == ""
    assert [v.name for v in ambient.variables] == ["w:0"]


def test_default_scope_is_one_object_with_the_members_of_a_scope(ambient):
    assert tf.tracking.default_scope() is ambient
    with tf.variable_scope("a"):
        weight()
    assert isinstance(ambient, tf.tracking.VariableTrackingScope)
    assert list(ambient.variables_by_name) == ["a/w"]
    assert [float(x) for x in ambient.regularization_losses()] == [0.5]
    assert repr(ambient) == "<the ambient scope with 1 variables>"


def test_threads_share_the_ambient_scope(ambient):
    names = []

    def work():
        with tf.variable_scope("thread"):
            names.append(weight("theirs").name)

    with tf.variable_scope("mine"):
        weight("w")
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert names == ["thread/theirs:0"]  # the variable scope is each thread's own
    assert [v.name for v in tf.global_variables()] == ["mine/w:0", "thread/theirs:0"]


def test_eager_code_may_enter_the_ambient_scope_as_a_pass(ambient):
    for _ in range(2):
        with ambient:
            w = weight()
            assert [float(x) for x in collected_losses()] == [0.5]
    assert ambient.variables == (w,)


# A list that only grows


@pytest.fixture
def no_growth_seen(monkeypatch):
    monkeypatch.setattr(user_frames, "_warned", set())
    graph_collections._added.clear()


def test_a_loop_that_adds_to_a_collection_again_and_again_warns_once(ambient, no_growth_seen):
    def step():
        tf.add_to_collection("mine", tf.constant(1.0))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(99):
            step()
    with pytest.warns(UserWarning, match="^Collection 'mine' has got 100 tensors from this line") as seen:
        for _ in range(200):
            step()
    assert len(seen) == 1
    assert "VariableTrackingScope" in str(seen[0].message)
    assert seen[0].filename == __file__


def test_adding_plain_values_or_in_a_scope_does_not_warn(ambient, net, no_growth_seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for i in range(300):
            tf.add_to_collection("mine", i)
            with net:
                tf.add_to_collection("losses", tf.constant(1.0))
