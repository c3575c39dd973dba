"""The model of `digits_session.py` in a TensorFlow 2 program: no session, no placeholder, the same layers.

    python digits_function.py
    python digits_function.py --optimizer=v1 --jit --device=/GPU:0

`linear`, `model` and the regularizer are the TF1 functions as they were. What is new stands below them: the
variables belong to a `VariableTrackingScope`, a training step is a `tf.function`, gradients come from a tape.
"""

import argparse
import pathlib

import keras
import numpy as np
import tensorflow as tf2

import tf1compat_wd as tf

DATA = pathlib.Path(__file__).with_name("digits.npz")
HIDDEN = 64
EPOCHS = 20
BATCH_SIZE = 50
LEARNING_RATE = 0.003
WEIGHT_DECAY = 1e-3


def weight_decay_regularizer(weight_decay, scope=None):
    def regularizer(tensor):
        with tf.name_scope(scope, default_name="l2_regularizer", values=[tensor]):
            l2_weight = tf.convert_to_tensor(weight_decay, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")

    return regularizer


def linear(inputs, units, scope, seed):
    with tf.variable_scope(scope):
        depth = inputs.shape[1]
        weights = tf.get_variable(
            "weights",
            [depth, units],
            initializer=tf.truncated_normal_initializer(stddev=depth**-0.5, seed=seed),
            regularizer=weight_decay_regularizer(WEIGHT_DECAY),
        )
        biases = tf.get_variable("biases", [units], initializer=tf.zeros_initializer())
        return tf.nn.xw_plus_b(inputs, weights, biases)


def model(images, seed):
    with tf.variable_scope("digits"):
        hidden = tf.nn.relu(linear(images, HIDDEN, "hidden", seed))
        return linear(hidden, 10, "logits", seed + 1)


def main():
    parser = argparse.ArgumentParser(description="Train a small digit classifier with weight decay.")
    parser.add_argument("--optimizer", choices=["keras", "v1"], default="keras", help="Adam of Keras 3 or of TF1")
    parser.add_argument("--jit", action="store_true", help="compile the training step with XLA")
    parser.add_argument("--device", default="/CPU:0", help="where to compute, for instance /GPU:0")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1, help="seed of the initial weights and the order of the images")
    arguments = parser.parse_args()

    tf.set_random_seed(arguments.seed)
    data = np.load(DATA)
    train_images, test_images = (np.float32(data[key] / 16) for key in ("train_images", "test_images"))
    train_labels, test_labels = (np.int64(data[key]) for key in ("train_labels", "test_labels"))

    net = tf.tracking.VariableTrackingScope("net")
    if arguments.optimizer == "keras":
        optimizer = keras.optimizers.Adam(LEARNING_RATE, epsilon=1e-8)
    else:
        optimizer = tf.train.AdamOptimizer(LEARNING_RATE)

    @tf2.function(jit_compile=arguments.jit)
    def train_step(images, labels):
        with tf2.GradientTape() as tape, net:
            logits = model(images, arguments.seed)
            cross_entropy = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
            # One entry for each weight matrix, in every step: weight decay acts.
            weight_decay = tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
            loss = weight_decay + cross_entropy
        variables = net.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return loss

    @tf2.function
    def test_step(images, labels):
        with net:  # a pass of its own: it finds the variables that training made
            predictions = tf.argmax(model(images, arguments.seed), 1)
        return tf.reduce_mean(tf.cast(tf.equal(predictions, labels), tf.float32))

    shuffle = np.random.RandomState(arguments.seed)
    with tf2.device(arguments.device):
        for epoch in range(arguments.epochs):
            order = shuffle.permutation(len(train_labels))
            losses = []
            for start in range(0, len(order) - BATCH_SIZE + 1, BATCH_SIZE):
                batch = order[start : start + BATCH_SIZE]
                losses.append(train_step(train_images[batch], train_labels[batch]))
            weight_decay = sum(float(loss) for loss in net.regularization_losses())
            print(f"epoch {epoch + 1:2d}  loss {np.mean(losses):.4f}  weight decay {weight_decay:.4f}")
        print("variables", *(variable.name for variable in net.trainable_variables))
        print(f"test accuracy {test_step(test_images, test_labels):.4f}")


if __name__ == "__main__":
    main()
