"""A classifier as slim's users wrote it: flags, arg_scopes, a training loop in a session."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

from nets import factory

flags = tf.app.flags
flags.DEFINE_integer('steps', 4, 'Training steps.')
flags.DEFINE_float('weight_decay', 0.01, 'Weight decay.')
flags.DEFINE_string('network', 'small', 'Name of the network.')
FLAGS = flags.FLAGS


def main(_):
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.set_random_seed(1)
    images = tf.placeholder(tf.float32, [None, 8, 8, 1], name='images')
    labels = tf.placeholder(tf.int64, [None])
    is_training = tf.placeholder_with_default(True, [])
    with slim.arg_scope(factory.arg_scope(FLAGS.weight_decay)):
        logits, end_points = factory.get(FLAGS.network)(images, is_training=True)
    one_hot = slim.one_hot_encoding(labels, 3)
    slim.losses.softmax_cross_entropy(logits, one_hot)
    total = slim.losses.get_total_loss()
    step = tf.train.get_or_create_global_step()
    rate = tf.train.exponential_decay(0.1, step, 2, 0.9, staircase=True)
    optimizer = tf.train.MomentumOptimizer(rate, 0.9)
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(updates):
        train_op = optimizer.minimize(total, global_step=step)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), labels), tf.float32))

    random = np.random.RandomState(0)
    x = random.rand(12, 8, 8, 1).astype(np.float32)
    y = (np.arange(12) % 3).astype(np.int)
    config = tf.ConfigProto(allow_soft_placement=True)
    with tf.Session(config=config) as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        for i in range(FLAGS.steps):
            value, _ = sess.run([total, train_op], feed_dict={images: x, labels: y})
            print('step %d loss %.5f' % (i, value))
        print('accuracy %.3f' % sess.run(accuracy, {images: x, labels: y, is_training: False}))
    print(len(slim.get_model_variables()), len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)), sorted(end_points))


if __name__ == '__main__':
    tf.app.run()
