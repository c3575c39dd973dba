"""Towers on several devices with shared variables and averaged gradients."""
from __future__ import print_function
import numpy as np
import tensorflow as tf

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_integer('num_gpus', 2, """How many GPUs to use.""")
tf.app.flags.DEFINE_integer('batch', 6, """Examples a tower.""")


def tower_loss(scope, images, labels):
    rng = np.random.RandomState(0)
    with tf.variable_scope('fc1'):
        w = tf.get_variable('weights', [8, 6], initializer=tf.constant_initializer(rng.randn(8, 6) / 3))
        b = tf.get_variable('biases', [6], initializer=tf.zeros_initializer())
        tf.add_to_collection('losses', tf.multiply(tf.nn.l2_loss(w), 0.01, name='weight_loss'))
        h = tf.nn.relu(tf.nn.xw_plus_b(images, w, b))
    with tf.variable_scope('fc2'):
        w = tf.get_variable('weights', [6, 3], initializer=tf.constant_initializer(rng.randn(6, 3) / 3))
        logits = tf.matmul(h, w)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    tf.add_to_collection('losses', loss)
    losses = tf.get_collection('losses', scope)
    print(scope, [l.op.name for l in losses])
    return tf.add_n(losses, name='total_loss')


def average_gradients(tower_grads):
    average_grads = []
    for grad_and_vars in zip(*tower_grads):
        grads = []
        for g, _ in grad_and_vars:
            expanded_g = tf.expand_dims(g, 0)
            grads.append(expanded_g)
        grad = tf.concat(axis=0, values=grads)
        grad = tf.reduce_mean(grad, 0)
        v = grad_and_vars[0][1]
        average_grads.append((grad, v))
    return average_grads


def train():
    rng = np.random.RandomState(1)
    with tf.Graph().as_default(), tf.device('/cpu:0'):
        global_step = tf.get_variable('global_step', [], initializer=tf.constant_initializer(0), trainable=False)
        opt = tf.train.MomentumOptimizer(0.1, 0.9)
        images = tf.placeholder(tf.float32, [FLAGS.num_gpus * FLAGS.batch, 8])
        labels = tf.placeholder(tf.int32, [FLAGS.num_gpus * FLAGS.batch])
        image_splits = tf.split(axis=0, num_or_size_splits=FLAGS.num_gpus, value=images)
        label_splits = tf.split(labels, FLAGS.num_gpus)
        tower_grads = []
        with tf.variable_scope(tf.get_variable_scope()):
            for i in range(FLAGS.num_gpus):
                with tf.device('/gpu:%d' % i):
                    with tf.name_scope('%s_%d' % ('tower', i)) as scope:
                        loss = tower_loss(scope, image_splits[i], label_splits[i])
                        tf.get_variable_scope().reuse_variables()
                        summaries = tf.get_collection(tf.GraphKeys.SUMMARIES, scope)
                        grads = opt.compute_gradients(loss)
                        tower_grads.append(grads)
        grads = average_gradients(tower_grads)
        apply_gradient_op = opt.apply_gradients(grads, global_step=global_step)
        variable_averages = tf.train.ExponentialMovingAverage(0.99, global_step)
        variables_averages_op = variable_averages.apply(tf.trainable_variables())
        train_op = tf.group(apply_gradient_op, variables_averages_op)
        sess = tf.Session(config=tf.ConfigProto(allow_soft_placement=True, log_device_placement=False))
        sess.run(tf.global_variables_initializer())
        for step in range(5):
            _, loss_value = sess.run([train_op, loss], {
                images: rng.rand(12, 8), labels: rng.randint(3, size=12)})
            print('step %d, loss = %.6f' % (step, loss_value))
        for v in tf.trainable_variables():
            print(v.op.name, '%.5f' % np.abs(sess.run(v)).sum(), sess.run(global_step))


def main(argv=None):  # pylint: disable=unused-argument
    train()


if __name__ == '__main__':
    tf.app.run()
