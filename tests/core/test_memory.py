"""Nothing grows: not over passes, not over traces, not after exceptions. Objects are counted, not bytes."""

import gc
import subprocess
import sys
import weakref
from collections import Counter

import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay
from tf1compat_wd._core import pass_stack


def weights(count=3):
    for _ in range(count):
        with tf.variable_scope(None, "layer"):
            tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=decay)
    tf.Variable(1.0, name="v")
    tf.add_to_collection("mine", tf.constant(1.0))
    return tf.add_n(collected_losses())


def objects():
    """How many objects of each type the garbage collector knows."""
    gc.collect()
    return Counter(type(thing).__name__ for thing in gc.get_objects())


def growth_over(repeat, times):
    """Types of which there are more after `times` repetitions: at least one more for every five."""
    repeat(10)
    before = objects()
    repeat(times)
    after = objects()
    after.subtract(before)
    return {name: count for name, count in after.items() if count >= times // 5}


def test_eager_passes_leave_no_objects(net):
    def repeat(times):
        for _ in range(times):
            with net:
                weights()

    assert growth_over(repeat, 1000) == {}


def test_empty_passes_leave_no_objects(net):
    def repeat(times):
        for _ in range(times):
            with net:
                pass

    assert growth_over(repeat, 3000) == {}


def test_passes_with_a_tape_leave_no_objects():
    net = tf.tracking.VariableTrackingScope("net", tape=True)

    def repeat(times):
        for _ in range(times):
            with net:
                tf.gradients(weights(1), tf.trainable_variables())

    assert growth_over(repeat, 300) == {}


def test_failing_passes_leave_no_objects(net):
    def repeat(times):
        for _ in range(times):
            with pytest.raises(KeyError), net, tf.variable_scope("a"):
                weights(1)
                raise KeyError

    assert growth_over(repeat, 300) == {}


def test_calls_of_a_traced_function_leave_no_objects(net):
    @tensorflow.function
    def step():
        with net:
            return weights()

    def repeat(times):
        for _ in range(times):
            step()

    assert growth_over(repeat, 1000) == {}


def traces_that_live_on(step):
    """How many graphs are still there of 30 functions that are gone."""
    graphs = []

    def trace():
        function = tensorflow.function(lambda: step())
        function()
        graphs.append(weakref.ref(function.get_concrete_function().graph))

    for _ in range(30):
        trace()
    gc.collect()
    return sum(graph() is not None for graph in graphs)


def test_traces_are_freed(net):
    """Neither the scope nor a pass keeps the graph of a function that is gone."""

    def step():
        with net:
            return weights()

    # The last one may still be held, by the constraint or regularizer that it gave.
    assert traces_that_live_on(step) <= 1


def test_traces_without_a_scope_are_freed(ambient):
    assert traces_that_live_on(weights) <= 1


def test_failing_traces_are_freed(net):
    graphs = []

    def trace():
        @tensorflow.function(autograph=False)
        def step():
            graphs.append(weakref.ref(tensorflow.compat.v1.get_default_graph()))
            with net:
                weights()
                raise KeyError

        with pytest.raises(KeyError):
            step()

    for _ in range(20):
        trace()
    gc.collect()
    assert sum(graph() is not None for graph in graphs) <= 1


def test_scopes_are_freed_with_everything_they_own():
    kept = []

    def use():
        net = tf.tracking.VariableTrackingScope("net")

        @tensorflow.function
        def step():
            with net:
                return weights()

        with net:
            weights()
        step()
        kept.extend([weakref.ref(net), weakref.ref(net._store), *map(weakref.ref, net.variables)])

    for _ in range(5):
        use()
    gc.collect()
    assert len(kept) >= 5 * 6
    assert [thing() for thing in kept if thing() is not None] == []


RESET = """
import gc, weakref
import tf1compat_wd as tf
with tf.variable_scope("layer"):
    tf.get_variable("w", [2], regularizer=tf.nn.l2_loss)
tf.Variable(1.0, name="v")
variables = [weakref.ref(v) for v in tf.tracking.default_scope().variables]
assert len(variables) == 2
tf.reset_default_graph()
gc.collect()
assert [v() for v in variables] == [None, None]
"""


def test_reset_default_graph_frees_the_ambient_variables():
    """In a process of its own: what other tests have traced may hold variables of the ambient scope."""
    subprocess.run([sys.executable, "-c", RESET], check=True)


def test_threads_that_have_ended_leave_nothing(net):
    import threading

    def work():
        with net:
            weights()

    def repeat(times):
        for _ in range(times):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()

    grown = growth_over(repeat, 100)
    assert {name: count for name, count in grown.items() if name in ("Pass", "ScopeStore", "EagerTensor", "dict")} == {}


def test_after_all_that_no_pass_is_open():
    assert pass_stack.thread.stack == []
