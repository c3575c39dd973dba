"""SavedModels of legacy models, served where this package is not installed: same numbers, any batch size."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import tensorflow as tf2

import tf1compat_wd as tf

X = np.random.RandomState(0).normal(size=[5, 8, 8, 3]).astype("float32")

# The path of this package is in the import path of the process; what finds it refuses.
SERVE = """
import importlib.abc, json, sys

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "tf1compat_wd":
            raise ModuleNotFoundError(f"No module named {name!r}: it is not on this server", name=name)

sys.meta_path.insert(0, Missing())
try:
    import tf1compat_wd
except ModuleNotFoundError:
    pass
else:
    raise AssertionError("the package can be imported")

import numpy as np
import tensorflow as tf

folder = sys.argv[1]
x = np.load(folder + "/x.npy")
results = {}
for name in json.loads(sys.argv[2]):
    signatures = tf.saved_model.load(f"{folder}/{name}").signatures
    for signature in signatures:
        for size in (1, len(x)):
            (result,) = signatures[signature](tf.constant(x[:size])).values()
            results[f"{name}/{signature}/{size}"] = result.numpy().tolist()
json.dump(results, open(folder + "/results.json", "w"))
"""


def model(x, is_training):
    with tf.variable_scope("net", regularizer=lambda w: 0.1 * tf.nn.l2_loss(w)):
        x = tf.layers.conv2d(x, 4, 3, strides=2, activation=tf.nn.relu)
        x = tf.layers.batch_normalization(x, training=is_training, momentum=0.5)
        x = tf.contrib.layers.flatten(x)
        cell = tf.nn.rnn_cell.BasicLSTMCell(3)
        x, _ = tf.nn.dynamic_rnn(cell, tf.reshape(x, [-1, 6, 6]), dtype=tf.float32)
        return tf.layers.dense(x[:, -1], 2)


class Module(tf2.Module):
    """What a program exports: its own module, with the scope in it and a signature for each of its functions."""

    def __init__(self):
        super().__init__()
        self.net = tf.tracking.VariableTrackingScope("net")

    @tf2.function(input_signature=[tf2.TensorSpec([None, 8, 8, 3], name="images")])
    def logits(self, images):
        with self.net:
            return {"logits": model(images, is_training=False)}

    @tf2.function(input_signature=[tf2.TensorSpec([None, 8, 8, 3], name="images")])
    def classes(self, images):
        with self.net:
            return {"classes": tf.argmax(model(images, is_training=False), 1)}

    def train(self, images):
        with tf2.GradientTape() as tape, self.net:
            loss = tf.reduce_sum(model(images, is_training=True) ** 2)
            loss += tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
            optimizer = tf.train.AdamOptimizer(0.1)
            variables = self.net.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))


def export_module(folder):
    module = Module()
    module.train(X)
    signatures = {"serving_default": module.logits, "classes": module.classes}
    tf2.saved_model.save(module, f"{folder}/module", signatures=signatures)
    return {"serving_default": module.logits(X)["logits"], "classes": module.classes(X)["classes"]}


def export_keras(folder):
    inputs = keras.Input([8, 8, 3])
    layer = tf.tracking.keras_layer(model)
    network = keras.Model(inputs, layer(inputs))
    network.compile(keras.optimizers.Adam(0.1), "mse", jit_compile=False)
    network.fit(X, np.ones([5, 2]), verbose=0)
    network.export(f"{folder}/keras", verbose=False)
    return {"serving_default": network(X)}


def test_exported_models_need_nothing_of_ours_and_give_the_same_numbers(tmp_path):
    folder = str(tmp_path)
    np.save(tmp_path / "x.npy", X)
    expected = {"module": export_module(folder), "keras": export_keras(folder)}
    done = subprocess.run(
        [sys.executable, "-c", SERVE, folder, json.dumps(list(expected))],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    results = json.loads((tmp_path / "results.json").read_text())
    for name, signatures in expected.items():
        for signature, values in signatures.items():
            for size in (1, 5):
                found = results[f"{name}/{signature}/{size}"]
                np.testing.assert_allclose(found, values[:size], rtol=1e-5, atol=1e-6, err_msg=f"{name}/{signature}")
