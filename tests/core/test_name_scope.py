"""Name scopes: counted per pass in every mode, because `tf.Variable` takes its name from them."""

import pytest
import tensorflow

import tf1compat_wd as tf


def test_scopes_are_counted_per_pass_in_every_mode(net, way):
    seen = []

    def step():
        with net:
            for _ in range(2):
                with tf.name_scope("a") as a, tf.name_scope("b") as b:
                    seen.append((a, b, tf.Variable(1.0, name="v").name))

    for _ in range(2):
        way(lambda: step())()
    assert seen == [("a/", "a/b/", "a/b/v:0"), ("a_1/", "a_1/b/", "a_1/b/v:0")] * 2


def test_variable_scopes_count_with_name_scopes(net, way):
    seen = []

    @way
    def step():
        with net:
            with tf.name_scope("a"):
                pass
            with tf.variable_scope("a") as scope:
                seen.append((scope.name, scope.original_name_scope, tf.get_variable("w", [2]).name))

    step()
    assert seen == [("a", "a_1/", "a/w:0")]


def test_a_scope_that_ends_with_a_slash_is_opened_again_as_it_is(net, way):
    seen = []

    @way
    def step():
        with net:
            with tf.name_scope("a") as a:
                pass
            with tf.name_scope("b"), tf.name_scope(a) as again:
                seen.append((again, tf.Variable(1.0, name="v").name))

    step()
    assert seen == [("a/", "a/v:0")]


def test_none_goes_back_to_the_root(net, way):
    seen = []

    @way
    def step():
        with net, tf.name_scope("a"), tf.name_scope(None) as root, tf.name_scope("b") as b:
            seen.append((root, b))

    step()
    assert seen == [("", "b/")]


def test_tensorflows_own_name_scopes_name_variables_too(net, way):
    seen = []

    @way
    def step():
        with net, tensorflow.name_scope("theirs"), tf.name_scope("ours"):
            seen.append(tf.Variable(1.0, name="v").name)

    step()
    assert seen == ["theirs/ours/v:0"]


def test_operations_in_a_trace_stand_in_the_scopes(net):
    names = []

    @tensorflow.function
    def step():
        with net, tf.variable_scope("a"), tf.name_scope("b"):
            names.append(tf.constant(1.0, name="c").name)

    step()
    assert names == ["a/b/c:0"]


def test_an_operation_in_the_way_does_not_change_which_variable_is_found(net):
    """Only a trace knows the names of operations: what identifies a variable must not depend on them."""

    def step(with_operation):
        with net:
            if with_operation:
                tf.constant(1.0, name="a")
            with tf.name_scope("a"):
                return tf.Variable(1.0, name="v") + 0.0

    step(False)
    tensorflow.function(step)(True)
    tensorflow.function(step)(False)
    assert len(net.variables) == 1


@pytest.mark.parametrize("name", ["a b", "_a", "a:0", "/a"])
def test_a_bad_name_is_refused_and_leaves_the_scope_as_it_was(net, way, name):
    @way
    def step():
        with net:
            with tf.name_scope("outer"):
                pass
            with pytest.raises(ValueError, match=f"^'{name}' is not a valid scope name"), tf.name_scope(name):
                pass
            with tf.name_scope("x") as scope:
                assert scope == "x/"

    step()


def test_an_exception_leaves_the_scope_as_it_was(net, way):
    @way
    def step():
        with net, tf.name_scope("outer"):
            try:
                with tf.name_scope("inner"), tf.variable_scope("deeper"):
                    raise KeyError
            except KeyError:
                pass
            with tf.name_scope("x") as scope:
                assert scope == "outer/x/"

    step()
