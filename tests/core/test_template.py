"""`make_template` over passes and traces: variables are made once, losses are there in every pass."""

import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay

ONES = tf.ones_initializer()


def scaled(x):
    return x * tf.get_variable("w", [], initializer=ONES, regularizer=decay)


def test_all_calls_share_the_variables_of_the_first(net, way):
    template = tf.make_template("t", scaled)

    @way
    def step():
        with net:
            return template(2.0) + template(3.0), len(collected_losses())

    for _ in range(2):
        assert [float(x) for x in step()] == [5.0, 1.0]
    assert [v.name for v in net.variables] == ["t/w:0"]


def test_a_template_gives_its_loss_in_every_trace(net):
    """TensorFlow's own gives it in the trace that makes the variable, and silently in no other."""
    template = tf.make_template("t", scaled)
    counts = []

    @tensorflow.function
    def step(x):
        with net:
            y = template(x)
            counts.append(len(collected_losses()))
            return y + tf.add_n(collected_losses())

    assert float(step(tf.constant(2.0))) == 2.25
    assert step(tf.constant([2.0])).numpy().tolist() == [2.25]
    assert step(tf.constant([[2.0]])).numpy().tolist() == [[2.25]]
    assert counts == [1, 1, 1]


def test_a_template_made_inside_the_pass_is_the_same_in_the_next(net, way):
    def step():
        with net:
            first, second = tf.make_template("t", scaled), tf.make_template("t", scaled)
            return first(1.0) + first(1.0) + second(1.0)

    for _ in range(2):
        assert float(way(lambda: step())()) == 3.0
    assert [v.name for v in net.variables] == ["t/w:0", "t_1/w:0"]


def test_a_template_belongs_to_the_scope_in_whose_pass_it_is_called():
    template = tf.make_template("t", scaled)
    scopes = [tf.tracking.VariableTrackingScope(name) for name in ("one", "other")]
    for scope in scopes:
        with scope:
            template(1.0)
        assert [v.name for v in template.variables] == ["t/w:0"]
    assert [len(scope.variables) for scope in scopes] == [1, 1]
    assert scopes[0].variables[0] is not scopes[1].variables[0]


def test_its_lists_of_variables_are_there_after_the_pass(net, way):
    def model():
        tf.get_variable("w", [2])
        tf.get_variable("frozen", [2], trainable=False)
        tf.get_local_variable("local", [2])

    template = tf.make_template("t", model)

    @way
    def step():
        with net:
            template()
            tf.get_variable("outside", [2])

    step()

    def names(variables):
        return [v.name for v in variables]

    assert names(template.variables) == ["t/w:0", "t/frozen:0", "t/local:0"]
    assert names(template.trainable_variables) == ["t/w:0"]
    assert names(template.global_variables) == ["t/w:0", "t/frozen:0"]
    assert names(template.local_variables) == ["t/local:0"]
    assert template.variable_scope_name == "t/"


def test_a_tf_variable_in_a_later_call_is_refused_in_every_pass(net, way):
    template = tf.make_template("t", lambda: tf.Variable(1.0))

    def step():
        with net:
            template()
            template()

    for _ in range(2):
        with pytest.raises(ValueError, match="Trainable variable created when calling a template after the") as raised:
            way(lambda: step())()
        assert "originally defined at:" in str(raised.value)
        assert "test_template.py" in str(raised.value)


def test_without_a_scope_functions_share_a_template(ambient):
    template = tf.make_template("t", scaled)
    first = tensorflow.function(lambda x: template(x) + tf.add_n(collected_losses()))
    second = tensorflow.function(lambda x: template(x) + tf.add_n(collected_losses()))
    assert [float(f(tf.constant(2.0))) for f in (first, second, first)] == [2.25] * 3
    assert float(template(2.0)) == 2.0
    assert len(ambient.variables) == 1


def test_templates_in_templates(net, way):
    inner = tf.make_template("inner", scaled)
    outer = tf.make_template("outer", lambda x: inner(x) + inner(2.0 * x))

    @way
    def step():
        with net:
            return outer(1.0) + outer(1.0), len(collected_losses())

    for _ in range(2):
        assert [float(x) for x in step()] == [6.0, 1.0]
    assert [v.name for v in net.variables] == ["outer/inner/w:0"]
