"""A legacy function as a Keras 3 layer: built, trained, saved, loaded, with its losses and its moving averages."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf

SOURCE = Path(tf.__file__).parents[1]
EXAMPLES = SOURCE / "migration_guide" / "examples"
DECAY = 1e-3


def l2(weight):
    return DECAY * tf.nn.l2_loss(weight)


def dense(x, units=3):
    with tf.variable_scope("layer"):
        w = tf.get_variable("w", [x.shape[-1], units], initializer=tf.ones_initializer(), regularizer=l2)
        b = tf.get_variable("b", [units], initializer=tf.zeros_initializer())
    return tf.matmul(x, w) + b


def normalized(x, is_training):
    return tf.layers.batch_normalization(x, training=is_training, momentum=0.5)


def paths(layer):
    return [weight.path for weight in layer.weights]


@pytest.fixture(autouse=True)
def keras_is_as_new():
    keras.utils.clear_session()
    yield
    keras.utils.clear_session()


# ------------------------------------------------------------------------------------- weights


def test_weights_are_keras_weights_with_the_tf1_names():
    layer = tf.tracking.keras_layer(dense)
    layer(np.ones([2, 4], "float32"))
    assert paths(layer) == ["dense/layer/w", "dense/layer/b"]
    assert all(isinstance(weight, keras.Variable) for weight in layer.trainable_weights)
    assert [v.name for v in layer.scope.variables] == ["layer/w:0", "layer/b:0"]
    assert layer.count_params() == 15


def test_keras_and_the_scope_share_the_memory():
    layer = tf.tracking.keras_layer(dense)
    x = np.ones([2, 4], "float32")
    layer(x)
    layer.weights[1].assign([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(layer.scope.variables_by_name["layer/b"], [1, 2, 3])
    np.testing.assert_array_equal(layer(x)[0], [5, 6, 7])
    layer.scope.variables_by_name["layer/b"].assign([0.0, 0.0, 0.0])
    np.testing.assert_array_equal(layer.weights[1], [0, 0, 0])


def test_two_instances_do_not_share():
    first, second = tf.tracking.keras_layer(dense), tf.tracking.keras_layer(dense)
    x = np.ones([2, 4], "float32")
    for layer in (first, second):
        layer(x)
    first.weights[0].assign(np.zeros([4, 3]))
    assert second.weights[0].numpy().sum() == 12
    assert (first.name, second.name) == ("dense", "dense_1")


def test_summary_counts_the_weights():
    inputs = keras.Input([4])
    model = keras.Model(inputs, tf.tracking.keras_layer(normalized)(tf.tracking.keras_layer(dense)(inputs)))
    lines = []
    model.summary(print_fn=lambda line, **_: lines.append(line))
    text = "\n".join(lines)
    assert "Trainable params: 21" in text
    assert "Non-trainable params: 6" in text


def test_not_a_function():
    with pytest.raises(TypeError, match="makes a layer of a function, but got 3"):
        tf.tracking.keras_layer(3)


def test_variables_that_come_later_are_refused():
    made = []

    def grows(x):
        made.append(None)
        return x + tf.get_variable(f"v{min(len(made), 2)}", [])

    with pytest.raises(ValueError, match="did not make when the layer was built: v2:0"):
        tf.tracking.keras_layer(grows)(np.ones([2], "float32"))


# -------------------------------------------------------------------------------- inputs, models


def test_symbolic_inputs_give_shape_and_dtype():
    out = tf.tracking.keras_layer(dense)(keras.Input([4]))
    assert isinstance(out, keras.KerasTensor)
    assert (out.shape, out.dtype) == ((None, 3), "float32")


def test_compute_output_spec():
    layer = tf.tracking.keras_layer(dense)
    layer.build((None, 4))
    assert layer.compute_output_spec(keras.KerasTensor([None, 4])).shape == (None, 3)


def test_several_inputs_of_several_dtypes_and_a_dict_of_outputs():
    def gather(ids, features, scale):
        table = tf.get_variable("table", [5, 2], initializer=tf.ones_initializer())
        return {"sum": tf.nn.embedding_lookup(table, ids) * scale + features["x"]}

    ids, x = keras.Input([], dtype="int32"), keras.Input([2])
    out = tf.tracking.keras_layer(gather, arguments={"scale": 3.0})(ids, {"x": x})
    model = keras.Model([ids, x], out)
    result = model([np.array([0, 4]), np.ones([2, 2], "float32")])
    np.testing.assert_array_equal(result["sum"], np.full([2, 2], 4.0))


def test_sequential_and_a_subclassed_model_built_by_fit():
    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.legacy = tf.tracking.keras_layer(dense)

        def call(self, x):
            return self.legacy(x)

    x, y = np.ones([8, 4], "float32"), np.zeros([8, 3], "float32")
    for model in (Model(), keras.Sequential([tf.tracking.keras_layer(dense)])):
        model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
        before, after = model.fit(x, y, epochs=2, verbose=0, batch_size=8).history["loss"]
        assert before == pytest.approx(16 + DECAY * 6)
        assert after < before
        assert len(model.trainable_weights) == 2


# ---------------------------------------------------------------------------------------- losses


def test_weight_decay_is_in_the_loss_exactly_once():
    layer = tf.tracking.keras_layer(dense)
    inputs = [keras.Input([4]), keras.Input([4])]
    model = keras.Model(inputs, layer(inputs[0]) + layer(inputs[1]))  # a shared layer
    x, y = np.ones([8, 4], "float32"), np.full([8, 3], 8.0, "float32")
    model.compile(keras.optimizers.SGD(0.0), "mse", jit_compile=False)
    losses = model.fit([x, x], y, epochs=2, verbose=0, batch_size=4).history["loss"]
    assert losses == pytest.approx([DECAY * 6] * 2)
    assert model.evaluate([x, x], y, verbose=0) == pytest.approx(DECAY * 6)
    model([x, x])
    model([x, x])
    assert [float(loss) for loss in model.losses] == pytest.approx([DECAY * 6])


def test_activity_losses_and_losses_of_tf_losses_join_once_a_call():
    def with_losses(x):
        x = tf.layers.dense(
            x, 1, kernel_initializer=tf.ones_initializer(), activity_regularizer=tf.reduce_sum, kernel_regularizer=l2
        )
        tf.losses.add_loss(tf.reduce_max(x))
        return x

    layer = tf.tracking.keras_layer(with_losses)
    for _ in range(2):
        layer(np.ones([2, 4], "float32"))
        assert sorted(float(loss) for loss in layer.losses) == pytest.approx([DECAY * 2, 4, 4])  # 8 / 2 examples


def test_gradient_of_the_losses():
    layer = tf.tracking.keras_layer(dense)
    with tf2.GradientTape() as tape:
        layer(np.ones([2, 4], "float32"))
        loss = sum(layer.losses)
    np.testing.assert_allclose(tape.gradient(loss, layer.trainable_weights[0]), np.full([4, 3], DECAY))


# -------------------------------------------------------------------------------------- training


def test_training_is_the_argument_and_moving_averages_move():
    layer = tf.tracking.keras_layer(normalized)
    inputs = keras.Input([1])
    model = keras.Model(inputs, layer(inputs))
    mean = layer.scope.variables_by_name["batch_normalization/moving_mean"]
    x = np.array([[1.0], [3.0]], "float32")
    assert mean.numpy() == 0  # symbolic calls and building don't count
    model.compile(keras.optimizers.SGD(0.0), "mse", jit_compile=False)
    model.predict(x, verbose=0)
    assert mean.numpy() == 0
    model.fit(x, x, epochs=2, verbose=0, batch_size=2, shuffle=False)
    assert mean.numpy() == 1.5
    layer(x, training=True)
    assert mean.numpy() == 1.75
    assert [weight.path.split("/")[-1] for weight in layer.non_trainable_weights] == ["moving_mean", "moving_variance"]


def test_a_frozen_layer_is_not_trained():
    layer = tf.tracking.keras_layer(dense)
    model = keras.Sequential([keras.Input([4]), layer, keras.layers.Dense(1)])
    layer.trainable = False
    model.compile("sgd", "mse", jit_compile=False)
    model.fit(np.ones([4, 4]), np.zeros([4, 1]), verbose=0)
    assert layer.weights[0].numpy().sum() == 12


def test_a_constraint_holds():
    def constrained(x):
        return x * tf.get_variable("w", [], initializer=tf.ones_initializer(), constraint=lambda w: tf.minimum(w, 1.5))

    layer = tf.tracking.keras_layer(constrained)
    model = keras.Sequential([keras.Input([]), layer])
    model.compile(keras.optimizers.SGD(1.0), "mse", jit_compile=False)
    model.fit(np.ones([4]), np.full([4], 9.0), verbose=0)
    assert layer.weights[0].numpy() == 1.5


# ------------------------------------------------------------------------------- mixed precision


@pytest.mark.parametrize(
    ("policy", "kept", "computed"),
    [
        ("mixed_float16", "float32", "float16"),
        ("mixed_bfloat16", "float32", "bfloat16"),
        ("float64", "float64", "float64"),
    ],
)
def test_the_dtype_policy_is_respected(policy, kept, computed):
    def model(x, is_training):
        return tf.layers.batch_normalization(tf.layers.dense(dense(x), 2, kernel_regularizer=l2), training=is_training)

    layer = tf.tracking.keras_layer(model, dtype=policy)
    x = np.ones([2, 4], "float32")
    with tf2.GradientTape() as tape:
        out = layer(x, training=True)
        loss = tf2.reduce_sum(tf2.cast(out, tf2.float32))
    assert out.dtype == computed
    assert {v.dtype.name for v in layer.scope.trainable_variables} <= {kept, "float32"}
    assert layer.scope.variables_by_name["layer/w"].dtype == kept
    assert layer.scope.variables_by_name["dense/kernel"].dtype == kept
    # As with TF1's getters, tf.layers regularizes the cast kernel and get_variable the variable itself.
    assert {tf2.as_dtype(loss.dtype).name for loss in layer.losses} == {kept, computed}
    assert all(g is not None for g in tape.gradient(loss, layer.trainable_weights))


# --------------------------------------------------------------------------------------- digits

DIGITS = """
import sys
import keras, numpy as np
import tf1compat_wd as tf
sys.path.insert(0, {examples!r})
import digits_function

@keras.saving.register_keras_serializable(package="digits")
def digits(images, is_training, seed):
    logits = digits_function.model(images, seed)
    return tf.layers.batch_normalization(logits, training=is_training)

with np.load(digits_function.DATA) as data:
    train_images, test_images = (np.float32(data[key] / 16) for key in ("train_images", "test_images"))
    train_labels, test_labels = (np.int64(data[key]) for key in ("train_labels", "test_labels"))
"""

LOAD = """
tf.tracking.LegacyLayer  # registers the class
folder = sys.argv[1]
model = keras.models.load_model(folder + "/model.keras")
np.save(folder + "/loaded.npy", model.predict(test_images, verbose=0))
inputs = keras.Input([64])
model = keras.Model(inputs, tf.tracking.keras_layer(digits, arguments={"seed": 7}, name="digits")(inputs))
model.load_weights(folder + "/model.weights.h5")
np.save(folder + "/weights.npy", model.predict(test_images, verbose=0))
"""


def test_digits_train_in_fit_and_come_back_in_a_new_process(tmp_path):
    program = DIGITS.format(examples=str(EXAMPLES))
    names = {"__name__": "digits_program"}
    path = sys.path[:]
    try:
        exec(program, names)
    finally:
        sys.path[:] = path
    keras.utils.set_random_seed(1)
    inputs = keras.Input([64])
    layer = tf.tracking.keras_layer(names["digits"], arguments={"seed": 1})
    model = keras.Model(inputs, layer(inputs))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003), loss, metrics=["accuracy"])
    model.fit(names["train_images"], names["train_labels"], epochs=20, batch_size=50, verbose=0)
    assert model.evaluate(names["test_images"], names["test_labels"], verbose=0)[1] >= 0.95
    assert len(model.losses) == 2

    predictions = model.predict(names["test_images"], verbose=0)
    model.save(tmp_path / "model.keras")
    model.save_weights(tmp_path / "model.weights.h5")
    done = subprocess.run(
        [sys.executable, "-c", program + LOAD, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    np.testing.assert_array_equal(np.load(tmp_path / "loaded.npy"), predictions)
    np.testing.assert_array_equal(np.load(tmp_path / "weights.npy"), predictions)


def test_fit_reaches_the_accuracy_of_the_session_script():
    """digits_session.py ends with 0.9778 on TF 1.15.5; its model, optimizer and batches, in `fit`."""
    spec = importlib.util.spec_from_file_location("digits_function", EXAMPLES / "digits_function.py")
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    with np.load(example.DATA) as data:
        images, test_images = (np.float32(data[key] / 16) for key in ("train_images", "test_images"))
        labels, test_labels = (np.int64(data[key]) for key in ("train_labels", "test_labels"))
    keras.utils.set_random_seed(1)
    layer = tf.tracking.keras_layer(example.model, arguments={"seed": 1})
    model = keras.Sequential([keras.Input([64]), layer])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam(example.LEARNING_RATE, epsilon=1e-8)
    model.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False)
    order = np.random.RandomState(1)  # the script's, which leaves the rest of each epoch out
    whole_batches = len(labels) - len(labels) % example.BATCH_SIZE
    for _ in range(example.EPOCHS):
        chosen = order.permutation(len(labels))[:whole_batches]
        model.fit(images[chosen], labels[chosen], batch_size=example.BATCH_SIZE, shuffle=False, verbose=0)
    assert model.evaluate(test_images, test_labels, verbose=0)[1] == pytest.approx(0.9778, abs=0.003)


def test_a_subclassed_models_layer_comes_back_with_the_dtypes_of_its_inputs():
    layer = tf.tracking.keras_layer(dense, arguments={"units": 2}, dtype="float64")
    layer(np.ones([2, 4]))
    config = layer.get_build_config()
    other = tf.tracking.LegacyLayer.from_config({**layer.get_config(), "function": dense})
    other.build_from_config(config)
    assert [(w.shape, w.dtype) for w in other.weights] == [(w.shape, w.dtype) for w in layer.weights]
    assert other.get_build_config() == config


def test_a_tf1_checkpoint_comes_in(tmp_path):
    net = tf.tracking.VariableTrackingScope("net")
    with net:
        dense(tf.ones([2, 4]))
    net.variables[1].assign([1.0, 2.0, 3.0])
    path = net.save(str(tmp_path / "model"))
    layer = tf.tracking.keras_layer(dense)
    layer.scope.restore(path)
    np.testing.assert_array_equal(layer(np.ones([1, 4], "float32")), [[5, 6, 7]])
    np.testing.assert_array_equal(layer.weights[1], [1, 2, 3])


def test_object_based_checkpoints_and_saved_models_have_the_weights(tmp_path):
    def model():
        inputs = keras.Input([4])
        return keras.Model(inputs, tf.tracking.keras_layer(normalized)(tf.tracking.keras_layer(dense)(inputs)))

    x = np.ones([2, 4], "float32")
    first, second = model(), model()
    for weight in first.weights:
        weight.assign(np.full(weight.shape, 2.0))
    path = tf2.train.Checkpoint(model=first).save(str(tmp_path / "checkpoint"))
    tf2.train.Checkpoint(model=second).restore(path).assert_consumed()
    np.testing.assert_array_equal(second(x), first(x))
    first.export(str(tmp_path / "exported"), verbose=False)
    exported = tf2.saved_model.load(str(tmp_path / "exported"))
    np.testing.assert_allclose(exported.serve(x), first(x))


def test_under_a_strategy_the_losses_and_weights_are_those_of_one_device():
    def trained():
        layer = tf.tracking.keras_layer(dense)
        model = keras.Sequential([keras.Input([4]), layer])
        model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
        x, y = np.arange(32, dtype="float32").reshape(8, 4) / 32, np.ones([8, 3], "float32")
        losses = model.fit(x, y, epochs=3, batch_size=8, verbose=0, shuffle=False).history["loss"]
        return losses, [weight.numpy() for weight in layer.weights]

    losses, weights = trained()
    # Its own reduction: on CPUs the collectives of several strategies in one process disturb each other.
    reduction = tf2.distribute.ReductionToOneDevice()
    with tf2.distribute.MirroredStrategy(["CPU:0", "CPU:1"], reduction).scope():
        on_two, weights_on_two = trained()
    assert on_two == pytest.approx(losses, rel=1e-5)
    for one, two in zip(weights, weights_on_two, strict=True):
        np.testing.assert_allclose(two, one, rtol=1e-5)


def test_another_backend_of_keras_is_refused(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "numpy")
    with pytest.raises(RuntimeError, match="needs Keras on TensorFlow, but its backend is numpy"):
        tf.tracking.keras_layer(dense)
