"""Collections in passes: copies and live lists, filters, and code that keeps a list for later."""

import pytest
import tensorflow

import tf1compat_wd as tf


def test_get_collection_is_a_copy_and_get_collection_ref_the_list(net, way):
    @way
    def step():
        with net:
            tf.add_to_collection("mine", "first")
            copy, live = tf.get_collection("mine"), tf.get_collection_ref("mine")
            tf.add_to_collection("mine", "second")
            live.append("third")
            return len(copy), len(live), len(tf.get_collection("mine"))

    for _ in range(2):
        assert [int(n) for n in step()] == [1, 3, 3]


def test_taking_a_loss_out_of_the_live_list_takes_it_out(net, way):
    @way
    def step():
        with net:
            for name in ("w", "v"):
                tf.get_variable(name, [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
            del tf.get_collection_ref(tf.GraphKeys.REGULARIZATION_LOSSES)[0]
            return len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))

    for _ in range(2):
        assert int(step()) == 1


def test_the_graphs_own_methods_see_the_pass(net, way):
    @way
    def step():
        with net:
            graph = tf.get_default_graph()
            graph.add_to_collection("mine", "item")
            seen = [tf.get_collection("mine") == ["item"], "mine" in graph.get_all_collection_keys()]
            graph.clear_collection("mine")
            return [*seen, tf.get_collection("mine") == []]

    for _ in range(2):
        assert all(bool(x) for x in step())


def test_keys_may_be_tuples_and_others_are_not_listed(net, way):
    @way
    def step():
        with net:
            key = ("__my_private_key",)
            before = len(tf.get_collection(key))
            tf.add_to_collection(key, "item")
            return before, len(tf.get_collection(key)), key in tf.get_default_graph().get_all_collection_keys()

    for _ in range(2):
        assert [int(x) for x in step()] == [0, 1, 0]


def test_a_filter_finds_eager_losses_by_the_names_they_have_in_graphs(net, way):
    @way
    def step():
        with net:
            for scope in ("tower_0", "tower_1"):
                with tf.variable_scope(scope):
                    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
            return len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES, "tower_1"))

    for _ in range(2):
        assert int(step()) == 1


def test_scope_objects_list_their_own_variables(net, way):
    @way
    def step():
        with net:
            with tf.variable_scope("a") as a:
                tf.get_variable("w", [2])
                tf.get_local_variable("local", [2])
            with tf.variable_scope("ab"):
                tf.get_variable("w", [2], trainable=False)
            lists = (a.global_variables(), a.trainable_variables(), a.local_variables(), tf.global_variables())
            return [len(each) for each in lists]

    for _ in range(2):
        assert [int(n) for n in step()] == [1, 1, 1, 2]


def test_a_list_kept_from_a_pass_is_not_touched_by_the_next(net):
    with net:
        tf.add_to_collection("mine", "first")
        kept = tf.get_collection_ref("mine")
    with net:
        tf.add_to_collection("mine", "second")
    assert kept == ["first"]


def test_collections_of_variables_are_as_they_were_asked_for_in_every_pass(net, way):
    @way
    def step():
        with net:
            tf.get_variable("w", [2], collections=["mine", tf.GraphKeys.GLOBAL_VARIABLES])
            tf.get_variable("v", [2], collections=[])
            tf.get_variable("u", [2], collections=["mine"], trainable=False)
            keys = ("mine", "variables", "trainable_variables")
            return [len(tf.get_collection(key)) for key in keys]

    for _ in range(3):
        assert [int(n) for n in step()] == [2, 1, 2]


def test_a_function_finds_nothing_that_eager_code_has_collected(ambient):
    tf.add_to_collection("mine", "eager")

    @tensorflow.function
    def step():
        return len(tf.get_collection("mine"))

    assert int(step()) == 0
    assert tf.get_collection("mine") == ["eager"]


def test_initializers_and_reports_do_nothing_where_variables_have_values(net, way):
    @way
    def step():
        with net:
            w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
            w.assign([5.0, 5.0])
            with tf.control_dependencies([tf.global_variables_initializer(), tf.variables_initializer([w])]):
                value = w.read_value()
            return value, tf.report_uninitialized_variables(), tf.is_variable_initialized(w)

    for _ in range(2):
        value, report, initialized = step()
        assert value.numpy().tolist() == [5.0, 5.0]
        assert report.shape == [0]
        assert bool(initialized)


def test_update_ops_are_harmless_as_control_dependencies(net, way):
    @way
    def step():
        with net:
            count = tf.get_variable("count", [], initializer=tf.zeros_initializer(), trainable=False)
            tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, count.assign_add(1.0))
            with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
                return count.read_value()

    assert [float(step()) for _ in range(3)] == [1.0, 2.0, 3.0]


def test_an_unhashable_key_is_a_type_error(net):
    with net, pytest.raises(TypeError):
        tf.get_collection(["a", "list"])
