"""Convolutional network with the layers API, on NumPy data in fixed batches."""
import numpy as np
import tensorflow as tf

flags = tf.flags
flags.DEFINE_integer("batch_size", 16, "Batch Size")
flags.DEFINE_integer("steps", 6, "Training steps")
flags.DEFINE_float("learning_rate", 1e-3, "Learning rate")
flags.DEFINE_float("dropout", 0.0, "Dropout rate")
FLAGS = flags.FLAGS

init_rng = np.random.RandomState(7)


def fixed(shape, dtype=None, partition_info=None):
    return tf.constant(init_rng.uniform(-.1, .1, size=shape), dtype=dtype)


def conv_net(x_dict, n_classes, dropout, reuse, is_training):
    with tf.variable_scope('ConvNet', reuse=reuse):
        x = tf.reshape(x_dict['images'], shape=[-1, 28, 28, 1])
        conv1 = tf.layers.conv2d(x, 8, 5, activation=tf.nn.relu, kernel_initializer=fixed)
        conv1 = tf.layers.max_pooling2d(conv1, 2, 2)
        conv2 = tf.layers.conv2d(conv1, 16, 3, activation=tf.nn.relu, kernel_initializer=fixed, padding="same",
                                 kernel_regularizer=tf.contrib.layers.l2_regularizer(0.01))
        conv2 = tf.layers.average_pooling2d(conv2, 2, 2)
        fc1 = tf.contrib.layers.flatten(conv2)
        fc1 = tf.layers.dense(fc1, 32, kernel_initializer=fixed, name="fc1")
        fc1 = tf.layers.dropout(fc1, rate=dropout, training=is_training)
        out = tf.layers.dense(fc1, n_classes, kernel_initializer=fixed)
        out = tf.nn.softmax(out) if not is_training else out
    return out


def main(argv):
    rng = np.random.RandomState(0)
    images = rng.rand(64, 784).astype(np.float32)
    labels = rng.randint(10, size=64)

    X = tf.placeholder(tf.float32, [None, 784])
    Y = tf.placeholder(tf.int32, [None])
    logits_train = conv_net({'images': X}, 10, FLAGS.dropout, reuse=False, is_training=True)
    probabilities = conv_net({'images': X}, 10, FLAGS.dropout, reuse=True, is_training=False)

    loss_op = tf.losses.sparse_softmax_cross_entropy(labels=Y, logits=logits_train)
    total = tf.losses.get_total_loss()
    optimizer = tf.train.AdamOptimizer(learning_rate=FLAGS.learning_rate)
    train_op = optimizer.minimize(total, global_step=tf.train.get_or_create_global_step())
    acc, acc_op = tf.metrics.accuracy(labels=Y, predictions=tf.argmax(probabilities, axis=1))

    for v in tf.global_variables():
        print(v.name, v.get_shape().as_list())
    with tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))) as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        for step in range(FLAGS.steps):
            begin = step * FLAGS.batch_size % len(images)
            feed = {X: images[begin:begin + FLAGS.batch_size], Y: labels[begin:begin + FLAGS.batch_size]}
            _, loss, everything = sess.run([train_op, loss_op, total], feed)
            sess.run(acc_op, feed)
            print("step %d loss %.6f total %.6f" % (step, loss, everything))
        print("streaming accuracy %.4f, global step %d" % (sess.run(acc), tf.train.global_step(sess, tf.train.get_global_step())))


if __name__ == '__main__':
    tf.app.run()
