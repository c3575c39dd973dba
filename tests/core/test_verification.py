"""`tf.tracking.verify`: passes on equal models, and names what differs first in models with a planted bug."""

import json

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

X = tensorflow.TensorSpec([6, 5], tensorflow.float32)
ALL = ("session", "eager", "function", "jit")


def l2(weight_decay):
    def regularizer(tensor):
        with tf.name_scope(None, default_name="l2_regularizer", values=[tensor]):
            l2_weight = tf.convert_to_tensor(weight_decay, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")

    return regularizer


def model(
    x,
    decay=0.1,
    training=True,
    epsilon=1e-3,
    rate=0.5,
    dropout_training=True,
    axis=-1,
    transpose=False,
    stop=True,
    trainable=True,
    initializer=None,
    reuse=True,
    updates=True,
):
    """A model in which each argument can be wrong."""
    regularizer = l2(decay) if decay else None
    with tf.variable_scope("net", regularizer=regularizer, initializer=initializer):
        w = tf.get_variable("w", [5, 5], trainable=trainable)
        h = tf.matmul(x, w, transpose_b=transpose)
    with tf.variable_scope("net" if reuse else "net_1", reuse=reuse or None):
        h = tf.matmul(h, tf.get_variable("w", [5, 5], trainable=trainable))
    h = tf.layers.batch_normalization(h, training=training, epsilon=epsilon, name="bn")
    if not updates:
        tf.get_default_graph().clear_collection(tf.GraphKeys.UPDATE_OPS)
    h = tf.layers.dropout(tf.nn.relu(h), rate, training=dropout_training)
    gate = tf.get_variable("gate", [5])
    gate = tf.stop_gradient(gate) if stop else gate
    return {"logits": tf.nn.softmax(h * gate, axis=axis)}


def train(x, rate=0.1, with_updates=True, optimizer=tf.train.MomentumOptimizer):
    logits = model(x)["logits"]
    tf.losses.mean_squared_error(tf.zeros_like(logits), logits)
    loss = tf.losses.get_total_loss()
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS) if with_updates else []):
        arguments = (rate, 0.9) if optimizer is tf.train.MomentumOptimizer else (rate,)
        step = optimizer(*arguments).minimize(loss, global_step=tf.train.get_or_create_global_step())
    return loss, step


def migrated(function=model, **arguments):
    def other(x):
        return function(x, **arguments)

    return other


def test_a_model_is_the_same_in_every_mode():
    report = tf.tracking.verify(model, X, modes=ALL).check()
    assert report
    assert report.first is None
    assert {each.where for each in report.measured} == {"eager", "function", "jit"}
    assert any(each.quantity == "REGULARIZATION_LOSSES[0] of net/w" for each in report.measured)


def test_a_train_step_is_the_same_in_every_mode():
    tf.tracking.verify(train, X, modes=ALL).check()


#: The bug: the first quantity that differs, in the session of the migrated model.
PLANTED = {
    "weight decay doubled": ({"decay": 0.2}, "REGULARIZATION_LOSSES[0] of net/w"),
    "weight decay dropped": ({"decay": 0}, "collection regularization_losses"),
    "batch norm in evaluation": ({"training": False}, "collection update_ops"),
    "no weight sharing": ({"reuse": False}, "variable net_1/w"),
    "softmax over the wrong axis": ({"axis": 0}, "output['logits']"),
    "kernel transposed": ({"transpose": True}, "output['logits']"),
    "another epsilon": ({"epsilon": 1e-5}, "output['logits']"),
    "no dropout in training": ({"dropout_training": False}, "output['logits']"),
    "another dropout rate": ({"rate": 0.4}, "output['logits']"),
    "stop_gradient lost": ({"stop": False}, "gradient of the output by gate"),
    "not trainable": ({"trainable": False}, "variable net/w"),
    "another initializer": ({"initializer": tf.truncated_normal_initializer(stddev=0.1)}, "initial value of net/w"),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_caught_and_named(bug):
    arguments, quantity = PLANTED[bug]
    report = tf.tracking.verify(model, X, against=migrated(**arguments))
    assert not report.ok
    assert (report.first.quantity, report.first.where) == (quantity, "other (session)")
    # It is there in every mode.
    assert {each.where for each in report.differences} == {
        f"other ({mode})" for mode in ("session", "eager", "function")
    }


def test_a_migration_without_a_bug_passes():
    tf.tracking.verify(model, X, against=migrated()).check()
    tf.tracking.verify(train, X, against=migrated(train)).check()


@pytest.mark.parametrize(
    ("arguments", "quantity"),
    [
        ({"with_updates": False}, "variable bn/moving_mean after the last pass"),
        ({"rate": 0.11}, "REGULARIZATION_LOSSES[0] of net/w in the last pass"),
        ({"optimizer": tf.train.GradientDescentOptimizer}, "variable net/w/Momentum"),
    ],
    ids=["updates are not applied", "another learning rate", "another optimizer"],
)
def test_a_planted_bug_of_the_training_is_caught_and_named(arguments, quantity):
    report = tf.tracking.verify(train, X, against=migrated(train, **arguments), modes=["session"])
    assert report.first.quantity == quantity


@pytest.mark.parametrize(
    ("bug", "operation"),
    [
        ({"epsilon": 1e-5}, "bn/"),
        ({"transpose": True}, "net/MatMul (MatMul, "),
        ({"axis": 0}, ""),  # the softmax over another axis consists of other operations
        ({"rate": 0.4}, "dropout/"),
        ({"decay": 0.2}, ""),
    ],
    ids=lambda value: None if isinstance(value, str) else next(iter(value)),
)
def test_the_first_operation_with_another_result_is_named_with_its_line(bug, operation):
    report = tf.tracking.verify(model, X, against=migrated(**bug), modes=["session"])
    if operation:
        assert report.first_operation.startswith(operation)
        assert f"{__file__}:" in report.first_operation
        assert report.first_operation in str(report)
    else:
        assert "net/" not in report.first_operation


def test_dropout_left_on_in_evaluation_is_caught():
    report = tf.tracking.verify(
        migrated(training=False, dropout_training=False), X, against=migrated(training=False), modes=["eager"]
    )
    assert report.first.quantity == "output['logits']"


def test_an_update_op_that_was_thrown_away_is_caught():
    report = tf.tracking.verify(model, X, against=migrated(updates=False), modes=["session"])
    assert report.first.quantity == "collection update_ops"
    assert any(each.quantity == "variable bn/moving_mean after the last pass" for each in report.differences)


# ------------------------------------------------------------------------------ bugs of one mode


def test_a_model_that_keeps_a_tensor_of_the_first_pass_is_caught():
    kept = []

    def stale(x):
        w = tf.get_variable("w", [5, 3])
        if tensorflow.executing_eagerly():
            kept.append(tf.matmul(x, w))
            return kept[0]
        return tf.matmul(x, w)

    report = tf.tracking.verify(stale, X)
    assert (report.first.quantity, report.first.where) == ("output", "eager")


def test_a_variable_made_anew_in_each_pass_is_caught():
    counter = []

    def grows(x):
        counter.append(None)
        return x * tf.get_variable(f"w{len(counter) if tensorflow.executing_eagerly() else 1}", [])

    counter.clear()
    report = tf.tracking.verify(grows, X, modes=["session", "eager"])
    assert not report.ok
    assert "variable w" in report.first.quantity


def test_a_mode_that_raises_is_a_difference_and_the_others_are_compared():
    def only_graphs(x):
        if tensorflow.executing_eagerly():
            raise KeyError("on purpose")
        return x * tf.get_variable("w", [])

    report = tf.tracking.verify(only_graphs, X)
    assert [str(each) for each in report.differences] == ["the function in eager: raises KeyError: 'on purpose'"]
    with pytest.raises(AssertionError, match="raises KeyError"):
        report.check()


def test_a_reference_that_raises_is_the_only_difference():
    def broken(x):
        raise KeyError("on purpose")

    assert [each.where for each in tf.tracking.verify(broken, X).differences] == ["session"]


# ------------------------------------------------------------------------------ variables of TensorFlow 2's own

TF2_MODES = ("eager", "function", "jit")


class Native(tensorflow.Module):
    """A model as TensorFlow 2 has it: one kernel, and a count of its calls."""

    def __init__(self):
        super().__init__("net")
        with self.name_scope:
            self.w = tensorflow.Variable(np.ones([5, 3], np.float32), name="w")
            self.calls = tensorflow.Variable(0.0, trainable=False, name="calls")

    def __call__(self, x):
        calls = self.calls.assign_add(1.0)
        return tensorflow.matmul(x, self.w) + calls


def legacy(x):
    with tf.variable_scope("net"):
        w = tf.get_variable("w", [5, 3], initializer=tf.ones_initializer())
        calls = tf.get_variable("calls", [], trainable=False, initializer=tf.zeros_initializer())
    with tf.control_dependencies([calls.assign_add(1.0)]):
        return tf.matmul(x, w) + calls.read_value()


def test_a_module_is_the_same_in_every_mode_and_as_its_legacy_twin():
    net = Native()
    report = tf.tracking.verify(net, X, modes=TF2_MODES).check()
    assert {v.name for v in report.reference.structure.variables} == {"net/w", "net/calls"}
    quantities = {each.quantity for each in report.measured}
    assert {"gradient of the output by net/w", "variable net/calls after the last pass"} <= quantities
    tf.tracking.verify(legacy, X, against=net, modes=TF2_MODES).check()
    np.testing.assert_array_equal(net.w, np.ones([5, 3]))  # it is the user's
    assert float(net.calls) == 0.0


def test_a_keras_layer_is_compared_with_its_legacy_twin():
    import keras

    bn = keras.layers.BatchNormalization(momentum=0.99, epsilon=1e-3, name="bn")
    dense = keras.layers.Dense(3, name="fc")

    def native(x):
        return dense(bn(x, training=True))

    def twin(x):
        return tf.layers.dense(tf.layers.batch_normalization(x, training=True, name="bn"), 3, name="fc")

    def native_in_evaluation(x):
        return dense(bn(x, training=False))

    tf.tracking.verify(twin, X, against=native, modes=("eager", "function")).check()
    wrong = tf.tracking.verify(native, X, against=native_in_evaluation, modes=("eager", "function"))
    assert wrong.first.quantity == "output"
    assert "variable bn/moving_mean after the last pass" in {each.quantity for each in wrong.differences}


def test_a_plain_variable_kept_from_the_first_pass_is_compared():
    kept = []

    def lazily(x):
        if not kept:
            kept.append(tensorflow.Variable(np.ones([5, 3], np.float32), name="kept"))
        return tensorflow.matmul(x, kept[0]) * tf.get_variable("w", [])

    for modes in (("eager", "function"), ("function", "eager")):
        kept.clear()
        report = tf.tracking.verify(lazily, X, modes=modes).check()
        assert [v.name for v in report.reference.structure.variables] == ["w", "kept"]


def test_two_of_the_same_name_are_told_apart():
    first, second = (tensorflow.Variable(value, name="w") for value in (1.0, 2.0))
    report = tf.tracking.verify(lambda x: x * first + second, X, modes=("eager", "function")).check()
    assert [v.name for v in report.reference.structure.variables] == ["w", "w (2)"]


@pytest.mark.parametrize("is_built", [False, True])
def test_in_a_session_they_are_refused_with_what_to_do(is_built):
    import keras

    dense = keras.layers.Dense(3, name="fc")
    if is_built:
        dense.build((None, 5))
    for function in (dense, Native()):
        first = tf.tracking.verify(function, X).first
        assert first.where == "session"
        assert 'modes=("eager", "function")' in first.explanation
        tf.tracking.verify(function, X, modes=("eager", "function")).check()


@pytest.mark.parametrize("mode", ["eager", "function"])
def test_one_that_is_made_anew_in_each_pass_is_told(mode):
    def anew(x):
        return tensorflow.matmul(x, tensorflow.Variable(np.ones([5, 3], np.float32), name="w"))

    first = tf.tracking.verify(anew, X, modes=(mode,)).first
    assert first.quantity == "the function"
    assert "w is made anew" in first.explanation or "tf.function only supports" in first.explanation


# ------------------------------------------------------------------------------- inputs, weights, report


def test_dtypes_and_structures(tmp_path):
    def mixed(x, y, flag, lengths):
        assert flag is True
        w = tf.get_variable("w", [2], tf.float64, initializer=tf.ones_initializer())
        half = tf.get_variable("h", [2], tf.bfloat16, initializer=tf.ones_initializer())
        counted = tf.get_variable("n", [], tf.int32, initializer=tf.zeros_initializer(), trainable=False)
        return [(x * w, y + 1), {"half": half * 2, "n": counted, "name": tf.constant("a")}, None, lengths]

    x = np.arange(2.0)
    report = tf.tracking.verify(mixed, x, tensorflow.TensorSpec([None], tensorflow.int32), True, [1, 2, 3])
    report.check()
    quantities = {each.quantity for each in report.measured}
    assert {"output[0][0]", "output[1]['half']", "variable w after the last pass"} <= quantities


def test_weights_come_from_a_checkpoint(tmp_path):
    net = tf.tracking.VariableTrackingScope("net")
    with net:
        tf.get_variable("w", [5, 2], initializer=tf.constant_initializer(3.0))
    path = net.save(str(tmp_path / "model"))
    report = tf.tracking.verify(lambda x: tf.get_variable("w", [5, 2]), X, checkpoint=path).check()
    assert np.all(report.reference.passes[0]["output"] == 3.0)
    assert "1 of 1 variables from" in report.weights


def test_the_same_weights_each_time_and_no_two_alike():
    def two(x):
        return [tf.get_variable("a", [5, 3]), tf.get_variable("b", [5, 3])]

    first, second = (tf.tracking.verify(two, X).check().reference.passes[0] for _ in range(2))
    np.testing.assert_array_equal(first["output[0]"], second["output[0]"])
    assert not np.allclose(first["output[0]"], first["output[1]"])


def test_random_numbers_of_other_code_go_on():
    np.random.seed(3)
    expected = np.random.rand(2)
    np.random.seed(3)
    found = [np.random.rand()]
    tf.tracking.verify(model, X)
    found.append(np.random.rand())
    np.testing.assert_array_equal(found, expected)
    assert float(tf.random_normal([])) != float(tf.random_normal([]))


def test_tolerances_are_the_users():
    report = tf.tracking.verify(model, X, against=migrated(epsilon=1.1e-3), tolerances={"float32": 1e-2})
    assert report.ok
    assert not tf.tracking.verify(model, X, against=migrated(epsilon=1.1e-3)).ok


def test_random_ops_are_spread_as_they_should_be():
    def draws(x):
        return [tf.random_normal([4000]), tf.truncated_normal([4000]), tf.random_uniform([4000], 2, 9, tf.int32)]

    normal, truncated, integers = (
        tf.tracking.verify(draws, X, modes=ALL).check().reference.passes[0][f"output[{i}]"] for i in range(3)
    )
    assert abs(normal.mean()) < 0.06
    assert abs(normal.std() - 1) < 0.06
    assert np.abs(truncated).max() <= 2.0
    assert set(integers) == set(range(2, 9))


def test_the_report_as_json_and_as_a_page(tmp_path):
    report = tf.tracking.verify(model, X, against=migrated(decay=0.2), modes=["session"])
    plain = json.loads(json.dumps(report.as_dict()))
    assert plain["differences"][0]["quantity"] == "REGULARIZATION_LOSSES[0] of net/w"
    assert plain["variables"][0]["name"] == "net/w"
    report.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "REGULARIZATION_LOSSES[0] of net/w" in page
    assert page.count("<circle") > 10
    assert "http" not in page


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"modes": ["graph"]}, ValueError, "modes must be some of session, eager, function, jit"),
        ({"modes": []}, ValueError, "modes must be some of"),
        ({"passes": 0}, ValueError, "passes must be at least 1, but got 0"),
        ({"against": 3}, TypeError, "verify builds what a function makes, but got 3"),
    ],
)
def test_bad_arguments(arguments, error, says):
    with pytest.raises(error, match=says):
        tf.tracking.verify(model, X, **arguments)


def test_not_while_a_graph_is_built():
    with tensorflow.Graph().as_default(), pytest.raises(RuntimeError, match="can't be called while one is being built"):
        tf.tracking.verify(model, X)
