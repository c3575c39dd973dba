"""Variables are made outside the trace, with initial values lifted from it."""

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf


def value_of(net, make):
    """What the variable begins with that `make` asks for in a trace, and how often that is traced."""
    traces = []

    @tensorflow.function
    def step():
        with net:
            traces.append(make())
            return traces[-1] + 0

    result = step()
    np.testing.assert_array_equal(result, step())
    np.testing.assert_array_equal(net.variables[-1], result)
    assert len(traces) == 1, "making a variable must not make tf.function trace twice"
    return result.numpy().tolist()


def test_a_constant_of_the_trace(net):
    assert value_of(net, lambda: tf.get_variable("w", initializer=tf.constant([1.0, 2.0]))) == [1.0, 2.0]


def test_an_expression_of_the_trace(net):
    assert value_of(net, lambda: tf.Variable(tf.ones([2]) * 3.0 + tf.range(2.0))) == [3.0, 4.0]


def test_an_expression_of_another_variable(net):
    def make():
        w = tf.get_variable("w", [2], initializer=tf.constant_initializer(3.0))
        return tf.get_variable("v", initializer=w.initialized_value() * 2.0)

    assert value_of(net, make) == [6.0, 6.0]


def test_another_variable_itself(net):
    def make():
        w = tf.get_variable("w", [2], initializer=tf.constant_initializer(3.0))
        return tf.Variable(w, name="v")

    assert value_of(net, make) == [3.0, 3.0]


def test_a_function_over_tensors_of_the_trace(net):
    def make():
        three = tf.constant(3.0) + 0.0
        return tf.get_variable("w", initializer=lambda: tf.fill([2], three))

    assert value_of(net, make) == [3.0, 3.0]


def test_an_initializer_over_tensors_of_the_trace(net):
    def make():
        three = tf.constant(3.0) + 0.0
        return tf.get_variable("w", [2], initializer=lambda shape, dtype=None: tf.fill(shape, three))

    assert value_of(net, make) == [3.0, 3.0]


def test_an_eager_tensor_from_outside(net):
    outside = tensorflow.constant([5.0, 6.0])
    assert value_of(net, lambda: tf.get_variable("w", initializer=outside)) == [5.0, 6.0]


def test_an_expression_of_an_eager_tensor_from_outside(net):
    outside = tensorflow.constant([5.0, 6.0])
    assert value_of(net, lambda: tf.Variable(outside * 2.0)) == [10.0, 12.0]


def test_an_expression_of_a_plain_tensorflow_2_variable(net):
    outside = tensorflow.Variable([5.0, 6.0])
    assert value_of(net, lambda: tf.Variable(outside + 1.0)) == [6.0, 7.0]


def test_a_list_of_tensors_of_the_trace(net):
    assert value_of(net, lambda: tf.Variable([tf.constant(1.0) + 0.0, 2.0])) == [1.0, 2.0]


def test_a_static_shape_of_the_input_is_no_input(net):
    @tensorflow.function
    def step(x):
        with net:
            return x + tf.Variable(tf.zeros([x.shape[1]])) + tf.get_variable("w", [int(x.shape[1])])

    assert step(tf.ones([2, 3])).shape == [2, 3]


def test_random_initializers_are_drawn_once(net):
    @tensorflow.function
    def step():
        with net:
            return tf.get_variable("w", [100]) + 0.0, tf.Variable(tf.random_normal([100])) + 0.0

    for first, second in zip(step(), step(), strict=True):
        np.testing.assert_array_equal(first, second)
        assert np.std(first) > 0


def test_a_later_pass_does_not_run_the_initializer_again(net):
    calls = []

    def initializer(shape, dtype=None, partition_info=None):
        calls.append(shape)
        return tf.ones(shape, dtype)

    for _ in range(3):
        with net:
            tf.get_variable("w", [2], initializer=initializer)

    @tensorflow.function
    def step():
        with net:
            return tf.get_variable("w", [2], initializer=initializer) + 0.0

    step()
    assert calls == [[2]]


@pytest.mark.parametrize(
    "make",
    [
        lambda x: tf.get_variable("w", initializer=x * 2.0),
        lambda x: tf.Variable(x, name="w"),
        lambda x: tf.Variable(lambda: x * 2.0, name="w"),
        lambda x: tf.get_variable("w", [2], initializer=lambda shape, dtype=None: tf.fill(shape, x[0])),
        lambda x: tf.Variable([x[0], 1.0], name="w"),
    ],
    ids=["a tensor", "the argument", "a function", "an initializer", "a list"],
)
def test_an_initial_value_that_depends_on_an_argument_is_refused(net, make):
    @tensorflow.function(autograph=False)
    def step(x):
        with net:
            return make(x) + 0.0

    with pytest.raises(ValueError, match=r"^The initial value of variable w depends on an argument of the ") as raised:
        step(tf.constant([1.0, 2.0]))
    assert "Use an initializer (tf.zeros_initializer(), ...) or a constant" in str(raised.value)
    assert net.variables == ()


def test_after_an_eager_pass_an_initial_value_may_depend_on_an_argument(net):
    """As the error says: the variable exists then, and keeps its value."""

    def step(x):
        with net:
            return tf.get_variable("w", initializer=x * 2.0) + 0.0

    assert step(tf.constant([1.0])).numpy().tolist() == [2.0]
    assert tensorflow.function(step)(tf.constant([5.0])).numpy().tolist() == [2.0]


def test_an_initial_value_from_inside_a_branch_is_refused(net):
    @tensorflow.function(autograph=False)
    def step(x):
        def branch():
            return tf.get_variable("w", initializer=tf.constant(1.0) + 1.0) + 0.0

        with net:
            return tf.cond(x > 0.0, branch, lambda: 0.0)

    with pytest.raises(ValueError, match="^Initializer for variable w/ is from inside a control-flow construct"):
        step(tf.constant(1.0))


def test_a_variable_that_cannot_be_made_leaves_no_trace(net, way):
    def fails(shape, dtype=None, partition_info=None):
        raise KeyError("mine")

    def step(initializer):
        with net:
            return tf.get_variable("w", [2], initializer=initializer) + 0.0

    with pytest.raises(KeyError, match="mine"):
        way(lambda: step(fails))()
    assert net.variables == ()
    assert way(lambda: step(tf.ones_initializer()))().numpy().tolist() == [1.0, 1.0]
    assert [v.name for v in net.variables] == ["w:0"]


def test_variables_made_in_a_trace_outlive_it(net):
    @tensorflow.function
    def step():
        with net:
            tf.get_variable("w", [2], initializer=tf.ones_initializer()).assign_add([1.0, 1.0])

    step()
    step()
    assert net.variables[0].numpy().tolist() == [3.0, 3.0]
    assert isinstance(net.variables[0], tensorflow.Variable)


def test_a_function_traced_with_variables_present_and_one_that_makes_them_agree(net):
    def step(x):
        with net:
            return x * tf.get_variable("w", [], initializer=tf.constant_initializer(3.0))

    first, second = tensorflow.function(step), tensorflow.function(step)
    assert float(first(tf.constant(2.0))) == float(second(tf.constant(2.0))) == 6.0
    assert first.experimental_get_tracing_count() == 1


def test_a_new_variable_in_a_retrace_is_allowed(net):
    """`tf.function` itself forbids variables on any but the first call."""

    @tensorflow.function
    def step(deep):
        with net:
            y = tf.get_variable("first", [], initializer=tf.ones_initializer())
            if deep:
                y = y + tf.get_variable("second", [], initializer=tf.ones_initializer())
            return y + 0.0

    assert float(step(False)) == 1.0
    assert float(step(True)) == 2.0


def test_arguments_without_effect_warn_once_at_the_users_line(net, monkeypatch):
    from tf1compat_wd._core import user_frames

    monkeypatch.setattr(user_frames, "_warned", set())
    with net, pytest.warns(UserWarning, match="has no effect in") as warnings:
        for name in ("w", "v"):
            tf.get_variable(name, [2], caching_device="/cpu:0", use_resource=False, validate_shape=False)
    assert sorted(str(w.message).split(" has no effect in eager mode")[0] for w in warnings) == [
        "caching_device",
        "use_resource=False",
        "validate_shape=False",
    ]
    assert {w.filename for w in warnings} == {__file__}
