"""Keras 3 layers that legacy functions call: kept by the program, or made anew each time."""

import keras
import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf

X = np.random.RandomState(0).normal(size=[8, 3]).astype("float32")
kept = {}


@keras.saving.register_keras_serializable(package="inside")
def with_kept_layers(x, is_training):
    x = kept["first"](x)
    x = tf.layers.dense(x, 4, activation=tf.nn.relu, name="ours")
    return kept["rest"](x, training=is_training)


def makes_a_layer(x):
    return keras.layers.Dense(2)(x)


@pytest.fixture(autouse=True)
def layers_are_new():
    keras.utils.clear_session()
    kept["first"] = keras.layers.Dense(3, kernel_regularizer="l2", name="first")
    kept["rest"] = keras.Sequential(
        [keras.layers.BatchNormalization(name="norm"), keras.layers.Dense(1, name="out")], name="rest"
    )
    yield
    kept.clear()
    keras.utils.clear_session()


def test_kept_layers_are_parts_of_a_keras_layer(tmp_path):
    layer = tf.tracking.keras_layer(with_kept_layers, name="legacy")
    model = keras.Sequential([keras.Input([3]), layer])
    assert [w.path.removeprefix("sequential/legacy/") for w in layer.trainable_weights] == [
        "ours/kernel", "ours/bias", "first/kernel", "first/bias", "rest/norm/gamma", "rest/norm/beta",
        "rest/out/kernel", "rest/out/bias",
    ]  # fmt: skip
    before = [w.numpy() for w in layer.weights]
    model.compile(keras.optimizers.Adam(0.1), "mse", jit_compile=False)
    model.fit(X, X.sum(axis=1), verbose=0, epochs=2)
    model(X)
    assert len(model.losses) == 1
    assert not any(np.array_equal(w.numpy(), old) for w, old in zip(layer.weights, before, strict=True))

    predictions = model.predict(X, verbose=0)
    model.save(tmp_path / "model.keras")
    kept["first"], kept["rest"] = (part.__class__.from_config(part.get_config()) for part in kept.values())
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(loaded.predict(X, verbose=0), predictions, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("way", [lambda step: step, tf2.function], ids=["eager", "function"])
def test_kept_layers_are_found_in_each_pass(way):
    net = tf.tracking.VariableTrackingScope("net")

    @way
    def step(x):
        with net:
            return with_kept_layers(x, is_training=False)

    np.testing.assert_array_equal(step(tf2.constant(X)), step(tf2.constant(X)))
    assert [v.name for v in net.variables] == ["ours/kernel:0", "ours/bias:0"]
    assert len(kept["first"].losses) == 1


def test_a_layer_made_in_each_eager_pass_warns():
    net = tf.tracking.VariableTrackingScope("net")

    def step():
        with net:
            makes_a_layer(X)

    step()
    with pytest.warns(UserWarning, match="made a new variable in each of two passes of Var.* 'net'") as caught:
        step()
    assert caught[0].filename == __file__
    step()  # once is enough


def test_a_layer_made_in_the_function_of_a_keras_layer_is_refused():
    with pytest.raises(ValueError, match="'makes_a_layer' makes a Keras layer, .* anew whenever it runs"):
        tf.tracking.keras_layer(makes_a_layer)(X)
