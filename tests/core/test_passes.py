"""Passes: what starts afresh with each, what persists, and that nothing is left behind."""

import threading

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay

ONES = tf.ones_initializer()


def weight(name="w", **arguments):
    return tf.get_variable(name, [2], initializer=ONES, regularizer=decay, **arguments)


def public_collections():
    """Key to items of the graph that everybody shares, as code sees it which doesn't know us."""
    graph = tensorflow.compat.v1.get_default_graph()
    keys = [key for key in graph.collections if isinstance(key, str)]
    return {key: tensorflow.compat.v1.get_collection(key) for key in keys if tensorflow.compat.v1.get_collection(key)}


# What persists


def test_a_second_pass_finds_the_variables_of_the_first(net, way):
    seen = []

    def step():
        with net:
            seen.append((weight(), tf.Variable(3.0, name="v"), tf.train.get_or_create_global_step()))

    way(step)()
    way(lambda: step())()
    assert all(first is second for first, second in zip(*seen, strict=True))
    assert [v.name for v in net.variables] == ["w:0", "v:0", "global_step:0"]


def test_values_persist_and_initial_values_do_not_come_back(net):
    with net:
        weight().assign([5.0, 6.0])
    with net:
        assert weight().numpy().tolist() == [5.0, 6.0]


def test_unnamed_tf_variables_are_recognised_by_their_order(net, way):
    def step():
        with net:
            return [tf.Variable(float(i)) + 0.0 for i in range(3)]

    assert [float(x) for x in way(step)()] == [0.0, 1.0, 2.0]
    assert [float(x) for x in way(lambda: step())()] == [0.0, 1.0, 2.0]
    assert [v.name for v in net.variables] == ["Variable:0", "Variable_1:0", "Variable_2:0"]


def test_eager_mode_and_a_function_recognise_the_same_tf_variables(net):
    def step():
        with net, tf.variable_scope("a"):
            tf.matmul([[1.0]], [[1.0]], name="w")  # an operation: only a trace knows its name
            return tf.Variable(1.0, name="v"), tf.Variable(2.0, name="v")

    def values():
        return [x + 0.0 for x in step()]

    first = step()
    assert [float(x) for x in tensorflow.function(values)()] == [1.0, 2.0]
    assert [id(v) for v in net.variables] == [id(v) for v in first]


def test_reuse_true_finds_what_an_earlier_pass_made(net, way):
    """An evaluation pass of its own is normal in TF2."""
    with net:
        trained = weight()

    def evaluate():
        with net, tf.variable_scope("", reuse=True):
            return weight() is trained, len(collected_losses())

    assert [bool(x) for x in way(evaluate)()] == [True, True]


def test_another_shape_than_that_of_an_earlier_pass_is_refused(net):
    with net:
        tf.get_variable("w", [2])
    with net, pytest.raises(ValueError, match=r"^Trying to share variable w, but specified shape \(3,\) and found"):
        tf.get_variable("w", [3])


def test_another_dtype_than_that_of_an_earlier_pass_is_refused(net):
    with net:
        tf.get_variable("w", [2])
    with net, pytest.raises(ValueError, match="^Trying to share variable w, but specified dtype int32 and found dtype"):
        tf.get_variable("w", [2], dtype=tf.int32)


def test_scopes_do_not_share_variables():
    one, other = tf.tracking.VariableTrackingScope("one"), tf.tracking.VariableTrackingScope("other")
    with one:
        first = weight()
    with other:
        second = weight()
    assert first is not second
    assert (first.name, second.name) == ("w:0", "w:0")


# What starts afresh


def test_asking_twice_is_refused_in_every_pass(net, way):
    def step():
        with net:
            weight()
            weight()

    for _ in range(3):
        with pytest.raises(ValueError, match="Variable w already exists, disallowed. Did you mean to set reuse=True"):
            way(lambda: step())()


def test_collections_start_empty(net, way):
    counts = []

    def step():
        with net:
            counts.append([len(tf.get_collection(key)) for key in ("mine", "regularization_losses", "variables")])
            weight()
            tf.add_to_collection("mine", tf.constant(1.0))

    for _ in range(3):
        way(lambda: step())()
    assert counts == [[0, 0, 0]] * 3


def test_default_names_start_afresh(net, way):
    names = []

    def step():
        with net:
            for _ in range(2):
                with tf.variable_scope(None, "layer") as scope, tf.name_scope("inner") as inner:
                    names.append((scope.name, inner))

    for _ in range(2):
        way(lambda: step())()
    assert names == [("layer", "layer/inner/"), ("layer_1", "layer_1/inner/")] * 2


def test_the_root_scope_starts_afresh(net):
    with net:
        tf.get_variable_scope().reuse_variables()
        tf.get_variable_scope().set_initializer(ONES)
    with net:
        assert tf.get_variable_scope().reuse is False
        assert tf.get_variable_scope().initializer is None


def test_a_pass_is_at_the_root_whatever_is_open_outside(net, ambient):
    """Legacy code makes its variables under the same names wherever it is called from."""
    with tf.variable_scope("outside"), tf.name_scope("names"), net:
        assert tf.get_variable_scope().name == ""
        assert weight().name == "w:0"
        assert tf.Variable(1.0, name="v").name == "v:0"


def test_a_regularizer_given_in_a_later_pass_only_counts_there(net):
    counts = []
    for regularizer in (None, decay, None):
        with net:
            tf.get_variable("w", [2], initializer=ONES, regularizer=regularizer)
            counts.append(len(collected_losses()))
    assert counts == [0, 1, 0]


def test_a_scope_regularizer_reaches_variables_of_earlier_passes(net, way):
    with net:
        tf.get_variable("w", [2], initializer=ONES)

    def step():
        with net, tf.variable_scope("", regularizer=decay):
            tf.get_variable("w", [2], initializer=ONES)
            return tf.add_n(collected_losses())

    assert float(way(step)()) == 0.5


def test_a_regularizer_runs_once_per_pass_however_often_the_variable_is_reused(net, way):
    calls = []

    def counted(tensor):
        calls.append(tensor)
        return decay(tensor)

    def step():
        with net, tf.variable_scope("", reuse=tf.AUTO_REUSE):
            for _ in range(5):
                tf.get_variable("w", [2], regularizer=counted)
            return len(collected_losses())

    assert int(way(step)()) == 1
    assert len(calls) == 1
    assert int(way(lambda: step())()) == 1
    assert len(calls) == 2


# Nothing is left behind


def test_nothing_of_a_pass_stays_in_the_graph(net, way):
    def step():
        with net:
            weight()
            tf.add_to_collection("mine", tf.constant(1.0))
            tensorflow.compat.v1.add_to_collection("theirs", tf.constant(1.0))
            tensorflow.compat.v1.losses.add_loss(tf.constant(1.0))
            with tf.variable_scope("a"):
                weight()

    before = public_collections()
    way(step)()
    assert public_collections() == before == {}
    assert tensorflow.compat.v1.get_variable_scope().name == ""


def test_nothing_of_a_pass_stays_in_the_graph_after_an_exception(net, way):
    def step():
        with net, tf.variable_scope("a"), tf.name_scope("b"):
            weight()
            tf.add_to_collection("mine", tf.constant(1.0))
            raise KeyError("on purpose")

    for _ in range(2):
        with pytest.raises(KeyError, match="on purpose"):
            way(step)()
        assert public_collections() == {}
        assert tensorflow.compat.v1.get_variable_scope().name == ""
        with tensorflow.name_scope("x") as scope:
            assert scope == "x/"


def test_what_stood_in_the_graph_before_comes_back_as_the_same_lists(net):
    mine = tensorflow.compat.v1.get_collection_ref("mine")
    mine.append("before")
    try:
        with net:
            assert tf.get_collection("mine") == []
            tf.add_to_collection("mine", "inside")
        assert tensorflow.compat.v1.get_collection_ref("mine") is mine
        assert mine == ["before"]
    finally:
        tensorflow.compat.v1.get_default_graph().clear_collection("mine")


def test_in_a_trace_what_stood_in_the_graph_comes_back(net):
    @tensorflow.function
    def step():
        tensorflow.compat.v1.add_to_collection("mine", "before")
        with net:
            inside = tensorflow.compat.v1.get_collection("mine")
            tf.add_to_collection("mine", "inside")
        return len(inside), tensorflow.compat.v1.get_collection("mine") == ["before"]

    assert [int(x) for x in step()] == [0, 1]


def test_no_tensor_of_a_trace_gets_into_eager_lists(net):
    @tensorflow.function
    def step():
        with net:
            weight()
            tf.add_to_collection("mine", tf.constant(1.0))

    with net:
        weight()
        tf.add_to_collection("mine", tf.constant(2.0))
    step()
    for key in ("mine", "regularization_losses"):
        assert [hasattr(each, "numpy") for each in net.get_collection(key)] == [True]
    assert public_collections() == {}


def test_creators_and_name_scopes_of_the_outside_come_back(net):
    made = []

    def creator(next_creator, **arguments):
        made.append(arguments["name"])
        return next_creator(**arguments)

    with tensorflow.variable_creator_scope(creator), tensorflow.name_scope("outer"):
        with net:
            weight()
        tensorflow.Variable(1.0, name="theirs")
        with tensorflow.name_scope("inner") as scope:
            assert scope == "outer/inner/"
    assert made == ["w", "theirs"]


# Joining and nesting


def test_entering_a_scope_again_inside_its_own_pass_joins_it(net, way):
    def step():
        with net:
            weight("w")
            with net:
                weight("v")
                with net, pytest.raises(ValueError, match="^Variable w already exists"):
                    weight("w")
            return len(collected_losses())

    assert int(way(step)()) == 2
    assert [v.name for v in net.variables] == ["w:0", "v:0"]


def test_joining_keeps_the_variable_scope_that_is_open(net):
    with net, tf.variable_scope("a"):
        with net:
            assert weight().name == "a/w:0"
        assert tf.get_variable_scope().name == "a"


def test_joining_in_a_branch_joins_the_pass_around_it(net):
    @tensorflow.function
    def step(x):
        with net:
            weight("w")

            def branch():
                with net:
                    return tf.reduce_sum(weight("v"))

            y = tf.cond(x > 0.0, branch, lambda: 0.0)
            return y + tf.add_n(collected_losses()), len(collected_losses())

    value, count = step(tf.constant(1.0))
    assert (float(value), int(count)) == (3.0, 2)


def test_the_collections_of_the_whole_pass_are_kept_not_those_of_a_joined_part(net):
    with net:
        weight("w")
        with net:
            weight("v")
        assert net.get_collection("regularization_losses") == []  # this pass has not ended
        weight("u")
    assert len(net.get_collection("regularization_losses")) == 3


def test_a_scope_nested_in_another_owns_what_is_made_inside(way):
    outer, inner = tf.tracking.VariableTrackingScope("outer"), tf.tracking.VariableTrackingScope("inner")

    def step():
        with outer:
            weight("w")
            tf.Variable(1.0, name="v")
            with inner:
                weight("w")
                weight("u")
                tf.Variable(1.0, name="v")
                inside = len(collected_losses())
            weight("x")
            return inside, len(collected_losses())

    for _ in range(2):
        assert [int(n) for n in way(lambda: step())()] == [2, 2]
    assert [v.name for v in outer.variables] == ["w:0", "v:0", "x:0"]
    assert [v.name for v in inner.variables] == ["w:0", "u:0", "v:0"]


def test_a_scope_may_be_entered_again_inside_another_one_that_is_nested_in_it():
    outer, inner = tf.tracking.VariableTrackingScope("outer"), tf.tracking.VariableTrackingScope("inner")
    with outer:
        weight("w")
        with inner:
            weight("w")
            with outer:
                weight("v")
                assert len(collected_losses()) == 2
            weight("u")
            assert len(collected_losses()) == 2
        assert len(collected_losses()) == 2
    assert [v.name for v in outer.variables] == ["w:0", "v:0"]
    assert [v.name for v in inner.variables] == ["w:0", "u:0"]


def test_a_function_called_in_an_eager_pass_has_a_pass_of_its_own_if_it_enters_the_scope(net):
    @tensorflow.function
    def inner():
        with net:
            weight("w")
            return tf.add_n(collected_losses())

    with net:
        weight("w")
        assert float(inner()) == 0.5
        assert float(inner()) == 0.5
        assert len(collected_losses()) == 1
    assert len(net.variables) == 1


def test_a_function_called_in_a_pass_shares_its_variables(net):
    @tensorflow.function
    def inner(x):
        with tf.variable_scope("", reuse=tf.AUTO_REUSE):
            return x * tf.get_variable("w", [2], initializer=ONES)

    @tensorflow.function
    def outer(x):
        with net:
            return inner(x) + inner(x)

    assert outer(tf.constant(2.0)).numpy().tolist() == [4.0, 4.0]
    with net:
        assert inner(tf.constant(2.0)).numpy().tolist() == [2.0, 2.0]
    assert [v.name for v in net.variables] == ["w:0"]


def test_a_keras_model_built_inside_a_pass_is_left_alone(net):
    with net:
        layer = tensorflow.keras.layers.Dense(2)
        layer(np.ones([1, 3], np.float32))
        weight()
    assert [v.name for v in net.variables] == ["w:0"]
    assert len(layer.trainable_variables) == 2


# Threads


def test_threads_have_passes_of_their_own(net, way):
    """Each waits for the other inside its pass; names, collections and reuse do not mix."""
    meet = threading.Barrier(2, timeout=60)
    results, failures = {}, []

    def step(name):
        with net, tf.variable_scope(name):
            meet.wait()
            first = weight("w")
            tf.add_to_collection("mine", name)
            meet.wait()
            with tf.variable_scope(None, "layer"):
                second = weight("v")
            meet.wait()
            results.setdefault(name, []).append(
                (first.name, second.name, list(tf.get_collection("mine")), len(collected_losses()))
            )

    def work(name):
        try:
            for _ in range(3):
                way(lambda: step(name))()
        except BaseException as error:
            failures.append(error)
            meet.abort()

    threads = [threading.Thread(target=work, args=[name]) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    for name in ("a", "b"):
        assert results[name] == [(f"{name}/w:0", f"{name}/layer/v:0", [name], 2)] * 3
    assert len(net.variables) == 4


def test_threads_that_race_for_a_variable_get_the_same_one(net):
    for attempt in range(20):
        start, made = threading.Barrier(4, timeout=60), []

        def work(name=f"w{attempt}", start=start, made=made):
            start.wait()
            with net:
                made.append(weight(name))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 4
        assert len({id(v) for v in made}) == 1
    assert len(net.variables) == 20


def test_a_thread_started_in_a_pass_is_not_in_it(net, ambient):
    seen = []

    def work():
        with tf.variable_scope("", reuse=tf.AUTO_REUSE):
            seen.append(tf.get_variable("theirs", [2]).name)

    with net:
        weight()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == ["theirs:0"]
    assert [v.name for v in net.variables] == ["w:0"]
    assert [v.name for v in ambient.variables] == ["theirs:0"]


# Graph mode


def test_in_a_plain_graph_a_scope_lets_everything_through(net):
    with tf.Graph().as_default() as graph, net:
        v = weight()
        assert v.graph is graph
        assert graph.get_collection("variables") == [v]
    assert net.variables == ()


def test_a_graph_built_inside_a_pass_is_a_graph_of_its_own(net):
    with net:
        weight("w")
        with tf.Graph().as_default() as graph:
            inner = weight("w")
            assert graph.get_collection("variables") == [inner]
            assert len(collected_losses()) == 1
        weight("v")
        assert len(collected_losses()) == 2
    assert [v.name for v in net.variables] == ["w:0", "v:0"]
