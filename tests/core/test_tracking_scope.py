"""`VariableTrackingScope`: its members, checkpoints and SavedModels, how it ends, and how it must not be left."""

import gc
import threading
import weakref

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import decay, three_layers

ONES = tf.ones_initializer()


def weight(name="w", value=1.0, **arguments):
    return tf.get_variable(name, [2], initializer=tf.constant_initializer(value), **arguments)


# Members


def test_lists_of_variables_are_in_the_order_of_creation(net):
    with net:
        weight("z")
        weight("a", trainable=False)
        tf.get_local_variable("m", [2], initializer=ONES)
        tf.Variable(1.0, name="b")
        tf.train.get_or_create_global_step()
        weight("model", collections=[tf.GraphKeys.MODEL_VARIABLES, tf.GraphKeys.GLOBAL_VARIABLES])

    def names(variables):
        return [v.name for v in variables]

    assert names(net.variables) == ["z:0", "a:0", "m:0", "b:0", "global_step:0", "model:0"]
    assert names(net.trainable_variables) == ["z:0", "b:0", "model:0"]
    assert names(net.non_trainable_variables) == ["a:0", "m:0", "global_step:0"]
    assert names(net.global_variables) == ["z:0", "a:0", "b:0", "global_step:0", "model:0"]
    assert names(net.local_variables) == ["m:0"]
    assert names(net.model_variables) == ["model:0"]
    assert isinstance(net.variables, tuple)


def test_variables_by_name_is_a_read_only_mapping(net):
    with net, tf.variable_scope("a"):
        w = weight()
    assert list(net.variables_by_name) == ["a/w"]
    assert net.variables_by_name["a/w"] is w
    with pytest.raises(TypeError):
        net.variables_by_name["a/w"] = 3


def test_a_variable_knows_its_tf1_members(net, way):
    def step():
        with net, tf.variable_scope("a"):
            w = weight(constraint=abs)
            return w.op.name, w.op.type, w.initialized_value() + 0.0, w.constraint is abs

    seen = way(step)()
    name, kind = (x.numpy().decode() if hasattr(x, "numpy") else x for x in seen[:2])
    assert (name, kind) == ("a/w", "VarHandleOp")
    assert seen[2].numpy().tolist() == [1.0, 1.0]
    assert bool(seen[3])


def test_regularization_losses_are_computed_afresh_outside_of_a_pass(net):
    with net:
        weight("w", regularizer=decay)
        weight("v", regularizer=lambda v: None)
        weight("u")
    assert [float(loss) for loss in net.regularization_losses()] == [0.5]
    net.variables_by_name["w"].assign([2.0, 2.0])
    assert [float(loss) for loss in net.regularization_losses()] == [2.0]


def test_regularization_losses_of_no_variables_are_an_empty_list(net):
    assert net.regularization_losses() == []
    with net:
        weight()
    assert net.regularization_losses() == []


def test_regularization_losses_have_gradients_under_a_tape_and_in_a_function(net):
    with net:
        w = weight("w", 3.0, regularizer=decay)

    def gradient():
        with tensorflow.GradientTape() as tape:
            loss = tf.add_n(net.regularization_losses())
        return tape.gradient(loss, w)

    for run in (gradient, tensorflow.function(gradient), tensorflow.function(gradient, jit_compile=True)):
        assert run().numpy().tolist() == [1.5, 1.5]


def test_regularization_losses_agree_with_the_collection_of_the_pass(net):
    with net:
        three_layers(np.ones([1, 2], np.float32))
        collected = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    assert [float(x) for x in collected] == [float(x) for x in net.regularization_losses()] == [1.0] * 3


def test_regularization_losses_after_a_trace(net):
    @tensorflow.function
    def step():
        with net:
            weight("w", regularizer=decay)

    step()
    assert [float(loss) for loss in net.regularization_losses()] == [0.5]


def test_get_collection_shows_the_last_eager_pass_that_ended_well(net):
    for value in ("first", "second"):
        with net:
            tf.add_to_collection("mine", value)
        assert net.get_collection("mine") == [value]
    with pytest.raises(KeyError), net:
        tf.add_to_collection("mine", "failed")
        raise KeyError
    assert net.get_collection("mine") == ["second"]
    assert net.get_collection("no such key") == []


def test_get_collection_filters_by_scope(net):
    with net:
        for scope in ("a", "b"):
            with tf.variable_scope(scope):
                weight(regularizer=decay)
    assert [v.name for v in net.get_collection("variables", "b/")] == ["b/w:0"]
    assert len(net.get_collection("regularization_losses", "b/")) == 1


def test_get_collection_gives_a_list_of_its_own(net):
    with net:
        tf.add_to_collection("mine", "item")
    net.get_collection("mine").append("other")
    assert net.get_collection("mine") == ["item"]


def test_its_name_is_the_modules(net):
    assert net.name == "net"
    assert repr(net) == "<VariableTrackingScope 'net' with 0 variables>"
    assert tf.tracking.VariableTrackingScope().name == "variable_tracking_scope"


# track


def test_track_makes_a_module_of_a_function(way):
    def model(x):
        """Says what it does."""
        return x * weight(regularizer=decay)

    tracked = tf.tracking.track(model)
    call = way(lambda x: tracked(x))
    assert call(tf.constant(2.0)).numpy().tolist() == [2.0, 2.0]
    assert call(tf.constant(3.0)).numpy().tolist() == [3.0, 3.0]
    assert [v.name for v in tracked.variables] == ["w:0"]
    assert [v.name for v in tracked.trainable_variables] == ["w:0"]
    assert list(tracked.variables_by_name) == ["w"]
    assert [float(x) for x in tracked.regularization_losses()] == [0.5]
    assert (tracked.name, tracked.__doc__, tracked.__wrapped__) == ("model", "Says what it does.", model)
    assert isinstance(tracked, tensorflow.Module)


def test_track_is_a_decorator_with_and_without_arguments():
    @tf.tracking.track
    def one():
        return weight()

    @tf.tracking.track(name="other", tape=True)
    def two():
        w = weight()
        return tf.gradients(tf.reduce_sum(w * w), w)[0]

    assert one().name == "w:0"
    assert two().numpy().tolist() == [2.0, 2.0]
    assert (one.name, two.name) == ("one", "other")


def test_track_shows_no_other_names():
    tracked = tf.tracking.track(lambda: weight())
    with pytest.raises(AttributeError, match="'no_such_member'"):
        tracked.no_such_member  # noqa: B018


def test_track_refuses_what_is_no_function():
    with pytest.raises(TypeError, match="^track makes a module of a function, but got 3"):
        tf.tracking.track(3)


# Checkpoints and SavedModels


def test_a_checkpoint_restores_into_another_scope(net, tmp_path):
    with net, tf.variable_scope("a"):
        weight("w", 3.0)
        tf.Variable(4.0, name="v")
    path = tensorflow.train.Checkpoint(net=net).save(tmp_path / "model")

    other = tf.tracking.VariableTrackingScope("other")
    with other, tf.variable_scope("a"):
        weight("w", 0.0)
        tf.Variable(0.0, name="v")
    tensorflow.train.Checkpoint(net=other).restore(path).assert_consumed()
    assert [v.numpy().tolist() for v in other.variables] == [[3.0, 3.0], 4.0]


def test_a_checkpoint_restores_variables_that_are_made_afterwards(net, tmp_path):
    """The first pass of a restored model makes its variables with the values of the checkpoint."""
    with net:
        weight("w", 3.0)
    path = tensorflow.train.Checkpoint(net=net).save(tmp_path / "model")

    other = tf.tracking.VariableTrackingScope("other")
    status = tensorflow.train.Checkpoint(net=other).restore(path)
    with other:
        assert weight("w", 0.0).numpy().tolist() == [3.0, 3.0]
    status.assert_existing_objects_matched()


def test_a_checkpoint_finds_the_variables_of_a_scope_inside_a_module(net, tmp_path):
    class Model(tensorflow.Module):
        def __init__(self):
            super().__init__()
            self.net = net

    with net:
        weight("w", 3.0)
    assert [v.name for v in Model().variables] == ["w:0"]
    path = tensorflow.train.Checkpoint(model=Model()).save(tmp_path / "model")
    net.variables[0].assign([0.0, 0.0])
    tensorflow.train.Checkpoint(model=Model()).restore(path).assert_consumed()
    assert net.variables[0].numpy().tolist() == [3.0, 3.0]


def test_a_saved_model_serves_a_module_that_holds_a_scope(net, tmp_path):
    class Model(tensorflow.Module):
        def __init__(self):
            super().__init__()
            self.net = net

        @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 2], tf.float32)])
        def serve(self, x):
            with self.net:
                return {"y": three_layers(x)}

    model, x = Model(), np.ones([3, 2], np.float32)
    expected = model.serve(x)["y"].numpy()
    net.variables_by_name["second/w"].assign(np.full([2, 2], 2.0))
    tensorflow.saved_model.save(model, str(tmp_path), signatures={"serving_default": model.serve})
    loaded = tensorflow.saved_model.load(str(tmp_path))
    np.testing.assert_allclose(loaded.serve(x)["y"], 2 * expected)
    np.testing.assert_allclose(loaded.signatures["serving_default"](x=tf.constant(x))["y"], 2 * expected)
    assert sorted(v.name for v in vars(loaded.net._tracked).values() if hasattr(v, "name")) == [
        "first/w:0",
        "second/w:0",
        "third/w:0",
    ]


def test_a_saved_model_of_a_tracked_function(tmp_path):
    @tf.tracking.track
    def model(x):
        return x * weight("w", 3.0)

    module = tensorflow.Module()
    module.model = model
    module.serve = tensorflow.function(lambda x: model(x), input_signature=[tensorflow.TensorSpec([], tf.float32)])
    module.serve(tf.constant(1.0))
    tensorflow.saved_model.save(module, str(tmp_path))
    assert tensorflow.saved_model.load(str(tmp_path)).serve(tf.constant(2.0)).numpy().tolist() == [6.0, 6.0]


# How it ends


def test_a_scope_that_is_dropped_frees_its_variables(way):
    net = tf.tracking.VariableTrackingScope("net")

    def step():
        with net, tf.variable_scope("a", reuse=tf.AUTO_REUSE):  # noqa: F821 (deleted at the end)
            weight("w", regularizer=decay)
            tf.Variable(1.0)
            tf.add_to_collection("mine", tf.constant(1.0))

    run = way(step)
    for _ in range(2):
        run()
    variables = [weakref.ref(v) for v in net.variables]
    assert len(variables) == 2
    del net, step, run
    gc.collect()
    assert [v() for v in variables] == [None, None]


def test_a_scope_that_was_entered_by_threads_is_freed_too():
    net = tf.tracking.VariableTrackingScope("net")

    def work():
        with net:  # noqa: F821 (deleted at the end)
            weight()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    variable = weakref.ref(net.variables[0])
    del net, work, thread
    gc.collect()
    assert variable() is None


# How it must not be left


def test_leaving_a_scope_that_was_not_entered_is_refused(net):
    with pytest.raises(RuntimeError, match=r"is left in a thread that has not entered it(.|\n)*use `with`"):
        net.__exit__(None, None, None)


def test_leaving_a_scope_from_another_thread_is_refused(net):
    errors = []

    def work():
        try:
            net.__exit__(None, None, None)
        except RuntimeError as error:
            errors.append(str(error))

    with net:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        weight()
    assert len(errors) == 1
    assert errors[0].startswith("VariableTrackingScope 'net' is left in a thread that has not entered it.")
    assert "Enter and leave the scope in the same thread: use `with`." in errors[0]
    assert len(net.variables) == 1


def test_leaving_out_of_order_is_refused_and_both_can_still_be_left(net):
    other = tf.tracking.VariableTrackingScope("other")
    net.__enter__()
    other.__enter__()
    with pytest.raises(
        RuntimeError, match="'net' is left while VariableTrackingScope 'other', entered later at .*"
    ) as e:
        net.__exit__(None, None, None)
    assert f"{__file__}:" in str(e.value)
    assert "Leave scopes in the reverse order of entering them" in str(e.value)
    other.__exit__(None, None, None)
    net.__exit__(None, None, None)
    with net:
        weight()
    assert len(net.variables) == 1


def test_a_variable_scope_that_is_left_open_is_noticed_at_the_end_of_the_pass(net):
    with pytest.raises(RuntimeError, match=r"^Improper nesting of variable_scope.(.|\n)*'a' is still open"), net:
        tf.variable_scope("a").__enter__()
    with net:
        assert tf.get_variable_scope().name == ""


def test_a_pass_that_a_trace_leaves_open_is_noticed(net):
    @tensorflow.function
    def step():
        net.__enter__()
        weight()
        return 0.0

    step()
    with pytest.raises(
        RuntimeError, match=r"'net' was entered at .*test_tracking_scope.py:\d+, in step and never left"
    ):
        net.__enter__()
    with net:  # it is closed now, and the variables are kept
        assert tf.get_variable_scope().name == ""
    assert [v.name for v in net.variables] == ["w:0"]


def test_a_pass_that_a_trace_leaves_open_does_not_swallow_what_comes_after(net, ambient):
    @tensorflow.function
    def step():
        net.__enter__()
        return 0.0

    step()
    with pytest.raises(RuntimeError, match="never left"):
        tf.get_variable("w", [2])
    tf.get_variable("w", [2])
    assert [v.name for v in ambient.variables] == ["w:0"]


def test_an_exception_goes_through_unchanged(net):
    error = KeyError("mine")
    with pytest.raises(KeyError) as raised, net, tf.variable_scope("a"):
        raise error
    assert raised.value is error


def test_reset_default_graph_inside_a_pass_is_refused(net):
    with net:
        with pytest.raises(AssertionError, match=r"^Do not use tf.reset_default_graph\(\) to clear nested graphs"):
            tf.reset_default_graph()
        weight()
    assert len(net.variables) == 1
