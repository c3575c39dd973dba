"""Batch normalization: trained with update ops, saved, and used with the moving averages from the file."""
import numpy as np
import tensorflow as tf

BN_EPSILON = 0.001
_BATCH_NORM_DECAY = 0.9
rng = np.random.RandomState(2)


def kernel_initializer(shape, dtype=None, partition_info=None):
    return np.random.RandomState(int(np.prod(shape))).normal(scale=0.2, size=shape).astype(np.float32)


def batch_norm_relu(inputs, training):
    inputs = tf.layers.batch_normalization(inputs=inputs, axis=3, momentum=_BATCH_NORM_DECAY, epsilon=BN_EPSILON,
                                           center=True, scale=True, training=training, fused=True)
    return tf.nn.relu(inputs)


def block(x, filters, training, stride):
    shortcut = tf.layers.conv2d(x, filters, 1, strides=stride, padding='SAME', use_bias=False,
                                kernel_initializer=kernel_initializer)
    x = batch_norm_relu(x, training)
    x = tf.layers.conv2d(x, filters, 3, strides=stride, padding='SAME', use_bias=False,
                         kernel_initializer=kernel_initializer)
    return batch_norm_relu(x, training) + shortcut


def model(features, training):
    x = block(features, 4, training, 1)
    x = block(x, 6, training, 2)
    x = tf.reduce_mean(x, [1, 2], keepdims=True)
    x = tf.squeeze(x, [1, 2])
    return tf.layers.dense(x, 3, kernel_initializer=kernel_initializer, name='final_dense')


images = rng.rand(20, 6, 6, 2).astype(np.float32) + 1
labels = rng.randint(3, size=20)

x = tf.placeholder(tf.float32, [None, 6, 6, 2])
y = tf.placeholder(tf.int64, [None])
is_training = tf.placeholder(tf.bool, name='is_training')
logits = model(x, is_training)
cross_entropy = tf.losses.sparse_softmax_cross_entropy(logits=logits, labels=y)
l2 = 0.001 * tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables() if 'batch_normalization' not in v.name])
loss = cross_entropy + l2
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = tf.train.GradientDescentOptimizer(0.05).minimize(loss)
print(len(update_ops), len(tf.trainable_variables()), len(tf.global_variables()))
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(6):
        _, value = sess.run([train_op, loss], {x: images, y: labels, is_training: True})
        print('%d %.6f' % (step, value))
    print(sess.run(logits, {x: images[:2], is_training: False}).round(5).tolist())
    saver.save(sess, './bn.ckpt')

tf.reset_default_graph()
x = tf.placeholder(tf.float32, [None, 6, 6, 2])
logits = model(x, False)
print([v.name for v in tf.get_collection(tf.GraphKeys.UPDATE_OPS)])
bn_moving_vars = [v for v in tf.global_variables() if 'moving_mean' in v.name or 'moving_variance' in v.name]
saver = tf.train.Saver(tf.trainable_variables() + bn_moving_vars)
with tf.Session() as sess:
    saver.restore(sess, './bn.ckpt')
    print(sess.run(logits, {x: images[:2]}).round(5).tolist())
    print([v.op.name for v in bn_moving_vars][:2], '%.5f' % sess.run(bn_moving_vars[0]).sum())
