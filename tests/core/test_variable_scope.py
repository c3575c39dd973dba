"""`get_variable` and `variable_scope`: what facts don't show, errors as users read them, constraints, getters."""

import gc
import weakref

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay
from tf1compat_wd._core.variable_scope import current_scopes

ONES = tf.ones_initializer()


def message_of(error):
    """What the error says, less what AutoGraph puts around it."""
    return str(error.value)


# Errors


def test_the_error_for_an_existing_variable_says_where_it_was_made_and_what_to_write(net):
    with net, tf.variable_scope("a"):
        tf.get_variable("w", [2])
        with pytest.raises(ValueError, match="^[TV]") as raised:
            tf.get_variable("w", [2])
    said = message_of(raised)
    assert said.startswith(
        "Variable a/w already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope? "
        "Originally defined at:\n\n  "
    )
    assert f"{__file__}:" in said
    assert "in test_the_error_for_an_existing_variable_says_where_it_was_made" in said
    assert "in this pass of VariableTrackingScope 'net' (entered at " in said
    assert 'ask for "w" inside tf.variable_scope("a", reuse=True)' in said
    assert "migration_guide/variables.md" in said


def test_errors_name_the_users_lines_also_where_autograph_has_rewritten_them(net):
    @tensorflow.function
    def step():
        with net:
            tf.get_variable("w", [2])
            tf.get_variable("w", [2])

    with pytest.raises(ValueError, match="already exists") as raised:
        step()
    said = message_of(raised)
    assert "__autograph_generated_file" not in said.split("Originally defined at:")[1]
    assert f"{__file__}:" in said.split("Originally defined at:")[1].split("entered at")[0]
    assert f"(entered at {__file__}:" in said


def test_the_error_for_a_missing_variable_names_the_nearest(net):
    with net, tf.variable_scope("layer"):
        tf.get_variable("kernel", [2])
        with tf.variable_scope("", reuse=True), pytest.raises(ValueError, match="^[TV]") as raised:
            tf.get_variable("kernal", [2])
    said = message_of(raised)
    assert said.startswith(
        "Variable layer//kernal does not exist, or was not created with tf.get_variable(). "
        "Did you mean to set reuse=tf.AUTO_REUSE in VarScope?"
    )
    assert "The names nearest to it: layer/kernel." in said
    assert "A variable made by tf.Variable is never shared." in said


def test_the_error_for_another_shape_than_in_an_earlier_pass_says_so(net):
    with net:
        tf.get_variable("w", [2])
    with net, pytest.raises(ValueError, match="^[TV]") as raised:
        tf.get_variable("w", [3])
    said = message_of(raised)
    assert said.startswith("Trying to share variable w, but specified shape (3,) and found shape (2,).")
    assert "w is left from an earlier pass: variables stay in their tracking scope for good." in said


def test_the_error_for_another_shape_in_the_same_pass_does_not_speak_of_earlier_ones(net):
    with net, tf.variable_scope("", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [2])
        with pytest.raises(ValueError, match="^Trying to share variable w") as raised:
            tf.get_variable("w", [3])
    assert "earlier pass" not in message_of(raised)


def test_the_error_for_a_regularizer_that_gives_a_number_says_what_to_give(net, way):
    def step():
        with net:
            tf.get_variable("w", [2], regularizer=lambda v: 3.0)

    with pytest.raises(AttributeError, match="'float' object has no attribute 'name'") as raised:
        way(step)()
    assert "The regularizer of variable w returned 3.0. It must return a tensor, or None" in message_of(raised)


def test_the_error_for_an_empty_list_of_losses_says_why_it_may_be_empty(net, way):
    def step():
        with net:
            tf.get_variable("w", [2])
            return tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))

    first = "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape"
    with pytest.raises(ValueError, match=first) as raised:
        way(step)()
    assert "collections start afresh with each" in message_of(raised)
    assert "migration_guide/weight_decay.md" in message_of(raised)


def test_the_error_for_scopes_left_in_the_wrong_order_names_both(net):
    with net:
        root = tf.get_variable_scope()
        outer, inner = tf.variable_scope("outer"), tf.variable_scope("inner")
        outer.__enter__()
        inner.__enter__()
        with pytest.raises(RuntimeError, match=r"^Improper nesting of variable_scope\.") as raised:
            outer.__exit__(None, None, None)
        assert "Leaving variable scope 'outer' while 'outer/inner' is the current one" in message_of(raised)
        current_scopes().current_scope = root  # so that the pass can end


def test_a_failed_request_leaves_the_pass_usable(net):
    def broken(v):
        raise KeyError("mine")

    for _ in range(2):
        with net:
            with pytest.raises(KeyError, match="mine"):
                tf.get_variable("w", [2], regularizer=broken)
            with tf.name_scope("x") as scope:
                assert scope == "x/"
            tf.get_variable("v", [2], regularizer=decay)
            assert len(collected_losses()) == 1


# Only sessions


@pytest.mark.parametrize(
    ("use", "first"),
    [
        (lambda: tf.placeholder(tf.float32, [None]), r"tf.placeholder\(\) is not compatible with eager execution."),
        (lambda: tf.sparse_placeholder(tf.float32), "`sparse_placeholder` is not compatible with eager execution."),
        (tf.Session, "The Session graph is empty.  Add operations to the graph before calling run"),
        (tf.InteractiveSession, "The Session graph is empty.  Add operations to the graph before calling run"),
    ],
    ids=["placeholder", "sparse_placeholder", "Session", "InteractiveSession"],
)
def test_what_only_a_session_can_do_names_the_ways_out(net, way, use, first):
    def step():
        with net:
            use()

    with pytest.raises(RuntimeError, match=first) as raised:
        way(step)()
    said = message_of(raised)
    assert "tf1compat-wd run" in said
    assert "tf.disable_v2_behavior()" in said
    assert "with tf.Graph().as_default():" in said


# Constraints


def test_a_constraint_is_the_variables_in_every_pass(net, way):
    @way
    def step():
        with net, tf.variable_scope("a", constraint=tf.nn.relu):
            w = tf.get_variable("w", [2], initializer=tf.constant_initializer([-1.0, 2.0]))
            return w.constraint(w)

    for _ in range(2):
        assert step().numpy().tolist() == [0.0, 2.0]


def test_an_optimizer_applies_the_constraint_after_the_update(net):
    @tensorflow.function
    def step():
        with net:
            w = tf.get_variable("w", [], initializer=tf.constant_initializer(1.0), constraint=tf.nn.relu)
            tf.train.GradientDescentOptimizer(10.0).minimize(w * w)
            return w + 0.0

    step()
    assert net.variables[0].numpy() == 0.0  # 1 - 10 * 2, cut off


def test_a_constraint_of_a_later_pass_takes_the_place_of_the_first(net):
    for bound in (1.0, 2.0):
        with net:
            w = tf.get_variable("w", [], initializer=ONES, constraint=lambda v, bound=bound: tf.minimum(v, bound))
            assert float(w.constraint(tf.constant(5.0))) == bound


# Custom getters that cast


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16], ids=["float16", "bfloat16"])
def test_a_casting_getter_keeps_the_variable_and_its_loss_in_float32(net, way, dtype):
    """Mixed precision as it was done in TF1: float32 weights, weight decay on them, and half-width use."""

    def getter(getter, name, shape=None, dtype=None, **kwargs):
        variable = getter(name, shape, dtype=tf.float32, **kwargs)
        return tf.cast(variable, dtype) if dtype != tf.float32 else variable

    @way
    def step():
        with tensorflow.GradientTape() as tape, net:
            with tf.variable_scope("model", custom_getter=getter, dtype=dtype):
                w = tf.get_variable("w", [2], initializer=ONES, regularizer=decay)
                y = tf.reduce_sum(w * tf.cast(3.0, dtype))
            loss = tf.cast(y, tf.float32) + tf.add_n(collected_losses())
        (gradient,) = tape.gradient(loss, net.variables)
        return tf.cast(w, tf.float32), w.dtype == dtype, loss, gradient

    for _ in range(2):
        w, is_cast, loss, gradient = step()
        assert w.numpy().tolist() == [1.0, 1.0]
        assert bool(is_cast)
        assert float(loss) == 6.5
        assert gradient.dtype == tf.float32
        np.testing.assert_allclose(gradient, [3.5, 3.5])
    assert [(v.name, v.dtype) for v in net.variables] == [("model/w:0", tf.float32)]
    assert [v.dtype for v in net.get_collection("variables")] in ([], [tf.float32])


def test_a_getter_runs_in_every_pass_also_for_variables_that_exist(net, way):
    names = []

    def getter(getter, name, *args, **kwargs):
        names.append(name)
        return getter(name, *args, **kwargs) * 2.0

    def step():
        with net, tf.variable_scope("a", custom_getter=getter):
            return tf.get_variable("w", [2], initializer=ONES)

    for _ in range(2):
        assert way(lambda: step())().numpy().tolist() == [2.0, 2.0]
    assert names == ["a/w", "a/w"]


def test_a_getter_may_give_an_exponential_moving_average(net):
    """Evaluation with averaged weights, as TF1 programs did it."""
    average = tf.train.ExponentialMovingAverage(0.5)

    def averaged(getter, *args, **kwargs):
        return average.average(getter(*args, **kwargs))

    with net:
        w = tf.get_variable("w", [], initializer=tf.constant_initializer(4.0))
        average.apply([w])
        w.assign(8.0)
        average.apply([w])
        with tf.variable_scope("", reuse=True, custom_getter=averaged):
            assert float(tf.get_variable("w")) == 6.0


# Partitioned variables over passes


def test_a_partitioned_variable_keeps_its_shards_over_passes(net, way):
    @way
    def step():
        with net:
            w = tf.get_variable(
                "w", [4], initializer=tf.range(4.0), regularizer=decay, partitioner=tf.fixed_size_partitioner(2)
            )
            return tf.convert_to_tensor(w), len(list(w)), tf.add_n(collected_losses()), len(collected_losses())

    for _ in range(2):
        value, shards, loss, count = step()
        assert value.numpy().tolist() == [0.0, 1.0, 2.0, 3.0]
        assert [int(shards), int(count), float(loss)] == [2, 2, 3.5]
    assert [v.name for v in net.variables] == ["w/part_0:0", "w/part_1:0"]


def test_a_later_pass_shares_a_partitioned_variable_without_knowing_its_partitioner(net):
    with net:
        tf.get_variable("w", [4], initializer=ONES, partitioner=tf.fixed_size_partitioner(2))
    with net, tf.variable_scope("", reuse=True):
        assert [v.name for v in tf.get_variable("w")] == ["w/part_0:0", "w/part_1:0"]


def test_another_partitioning_than_that_of_an_earlier_pass_is_refused(net):
    with net:
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    with (
        net,
        pytest.raises(ValueError, match=r"^Trying to reuse partitioned variable w, but specified partitions \[4\]"),
    ):
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(4))
    with net, pytest.raises(ValueError, match=r"^Trying to reuse partitioned variable w, but specified shape \(6,\)"):
        tf.get_variable("w", [6], partitioner=tf.fixed_size_partitioner(2))


def test_partitioned_and_whole_variables_of_earlier_passes_stand_in_each_others_way(net):
    with net:
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
        tf.get_variable("v", [4])
    with net, pytest.raises(ValueError, match="^No partitioner was provided, but a partitioned version"):
        tf.get_variable("w", [4])
    with net, pytest.raises(ValueError, match="^A partitioner was provided, but an unpartitioned version"):
        tf.get_variable("v", [4], partitioner=tf.fixed_size_partitioner(2))


# Scope objects over passes


def test_a_scope_object_of_an_earlier_pass_can_be_opened_again(net):
    with net, tf.variable_scope("a", initializer=ONES) as scope:
        first = tf.get_variable("w", [2])
    with net, tf.variable_scope(scope):
        assert tf.get_variable("w", [2]) is first


def test_a_context_that_is_kept_starts_afresh_in_each_pass(net):
    """`variable_scope` objects remember what their first entry decided: for that pass."""
    context = tf.variable_scope(None, "layer")
    for _ in range(2):
        with net:
            for suffix in ("", "_1"):
                with context as scope, tf.name_scope("n") as names:
                    assert (scope.name, names) == ("layer", f"layer{suffix}/n/")
            with tf.variable_scope(None, "layer") as scope:
                assert scope.name == "layer_1"


def test_reuse_variables_ends_with_its_scope_and_its_pass(net):
    with net:
        tf.get_variable("w", [2])
    for _ in range(2):
        with net:
            with tf.variable_scope(""):
                tf.get_variable_scope().reuse_variables()
                assert tf.get_variable_scope().reuse is True
            assert tf.get_variable_scope().reuse is False


def test_setters_act_on_their_scope_in_their_pass_only(net, way):
    def step():
        with net:
            with tf.variable_scope("a") as scope:
                scope.set_regularizer(decay)
                scope.set_initializer(ONES)
                scope.set_dtype(tf.float64)
                w = tf.get_variable("w", [2])
            with tf.variable_scope("b") as scope:
                assert scope.regularizer is None
                assert scope.dtype == tf.float32
            return tf.add_n(collected_losses()), w.dtype.name

    for _ in range(2):
        loss, dtype = way(lambda: step())()
        assert float(loss) == 0.5
        assert (dtype.numpy().decode() if hasattr(dtype, "numpy") else dtype) == "float64"


def test_scope_objects_do_not_keep_a_pass_alive(net):
    with net, tf.variable_scope("a") as scope:
        tensor = tf.constant(1.0) + 0.0
        tf.add_to_collection("mine", tensor)
    with net:
        pass
    kept = weakref.ref(tensor)
    del tensor
    gc.collect()
    assert kept() is None
    assert scope.name == "a"
