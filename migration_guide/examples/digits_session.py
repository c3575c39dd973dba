"""Train a small digit classifier with weight decay, as one wrote it for TensorFlow 1 in 2017.

    python digits_session.py                   with TensorFlow 1.15
    tf1compat-wd run digits_session.py         with TensorFlow 2.16 to 2.21, the file unchanged
"""

from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os

import numpy as np
import tensorflow as tf

flags = tf.app.flags
FLAGS = flags.FLAGS

flags.DEFINE_string("data", os.path.join(os.path.dirname(os.path.abspath(__file__)), "digits.npz"),
                    "The handwritten digits (see DIGITS.md).")
flags.DEFINE_integer("hidden", 64, "Units of the hidden layer.")
flags.DEFINE_integer("epochs", 20, "How often to go through the training images.")
flags.DEFINE_integer("batch_size", 50, "Images a step.")
flags.DEFINE_float("learning_rate", 0.003, "Learning rate of Adam.")
flags.DEFINE_float("weight_decay", 1e-3, "Factor of the L2 loss of each weight matrix; 0 turns it off.")
flags.DEFINE_integer("seed", 1, "Seed of the initial weights and of the order of the images.")


def weight_decay_regularizer(weight_decay, scope=None):
    def regularizer(tensor):
        with tf.name_scope(scope, default_name="l2_regularizer", values=[tensor]):
            l2_weight = tf.convert_to_tensor(weight_decay, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")

    return regularizer


def linear(inputs, units, scope, seed):
    with tf.variable_scope(scope):
        depth = inputs.get_shape()[1].value
        weights = tf.get_variable(
            "weights", [depth, units],
            initializer=tf.truncated_normal_initializer(stddev=depth ** -0.5, seed=seed),
            regularizer=weight_decay_regularizer(FLAGS.weight_decay))
        biases = tf.get_variable("biases", [units], initializer=tf.zeros_initializer())
        return tf.nn.xw_plus_b(inputs, weights, biases)


def model(images):
    with tf.variable_scope("digits"):
        hidden = tf.nn.relu(linear(images, FLAGS.hidden, "hidden", FLAGS.seed))
        return linear(hidden, 10, "logits", FLAGS.seed + 1)


def main(_):
    tf.set_random_seed(FLAGS.seed)
    data = np.load(FLAGS.data)
    train_images, train_labels = data["train_images"] / 16.0, data["train_labels"]
    test_images, test_labels = data["test_images"] / 16.0, data["test_labels"]

    images = tf.placeholder(tf.float32, [None, 64], name="images")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    logits = model(images)

    cross_entropy = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    regularization_losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    weight_decay = tf.add_n(regularization_losses, name="weight_decay")
    loss = weight_decay + cross_entropy
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), labels), tf.float32))

    global_step = tf.Variable(0, trainable=False, name="global_step")
    optimizer = tf.train.AdamOptimizer(FLAGS.learning_rate)
    train_op = optimizer.minimize(loss, global_step=global_step)

    print("weights with a decay: %d" % len(regularization_losses))
    shuffle = np.random.RandomState(FLAGS.seed)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for epoch in range(FLAGS.epochs):
            order = shuffle.permutation(len(train_labels))
            losses = []
            for start in range(0, len(order) - FLAGS.batch_size + 1, FLAGS.batch_size):
                batch = order[start:start + FLAGS.batch_size]
                _, batch_loss = sess.run(
                    [train_op, loss], feed_dict={images: train_images[batch], labels: train_labels[batch]})
                losses.append(batch_loss)
            print("epoch %2d  loss %.4f  weight decay %.4f" % (epoch + 1, np.mean(losses), sess.run(weight_decay)))
        result = sess.run(accuracy, feed_dict={images: test_images, labels: test_labels})
        print("steps %d  test accuracy %.4f" % (sess.run(global_step), result))


if __name__ == "__main__":
    tf.app.run()
