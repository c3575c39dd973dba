# CIFAR-10 from binary files through queues, with averages of the weights: the tutorial's way in one file.

import os
import re
from datetime import datetime

import numpy as np
import tensorflow as tf
from six.moves import xrange

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_integer('batch_size', 8, """Number of images to process in a batch.""")
tf.app.flags.DEFINE_string('data_dir', './cifar10_data', """Path to the CIFAR-10 data directory.""")
tf.app.flags.DEFINE_boolean('use_fp16', False, """Train the model using fp16.""")
tf.app.flags.DEFINE_integer('max_steps', 5, """Number of batches to run.""")

IMAGE_SIZE = 24
NUM_CLASSES = 10
TOWER_NAME = 'tower'
MOVING_AVERAGE_DECAY = 0.9
weights_rng = np.random.RandomState(3)


def write_data():
    rng = np.random.RandomState(0)
    tf.gfile.MakeDirs(FLAGS.data_dir)
    for i in xrange(1, 3):
        records = rng.randint(0, 256, size=(40, 3073)).astype(np.uint8)
        records[:, 0] = rng.randint(0, 10, size=40)
        with open(os.path.join(FLAGS.data_dir, 'data_batch_%d.bin' % i), 'wb') as f:
            f.write(records.tobytes())


def read_cifar10(filename_queue):
    class CIFAR10Record:
        pass
    result = CIFAR10Record()
    label_bytes = 1
    result.height, result.width, result.depth = 32, 32, 3
    image_bytes = result.height * result.width * result.depth
    reader = tf.FixedLengthRecordReader(record_bytes=label_bytes + image_bytes)
    result.key, value = reader.read(filename_queue)
    record_bytes = tf.decode_raw(value, tf.uint8)
    result.label = tf.cast(tf.strided_slice(record_bytes, [0], [label_bytes]), tf.int32)
    depth_major = tf.reshape(
        tf.strided_slice(record_bytes, [label_bytes], [label_bytes + image_bytes]),
        [result.depth, result.height, result.width])
    result.uint8image = tf.transpose(depth_major, [1, 2, 0])
    return result


def inputs(data_dir, batch_size):
    filenames = [os.path.join(data_dir, 'data_batch_%d.bin' % i) for i in xrange(1, 3)]
    for f in filenames:
        if not tf.gfile.Exists(f):
            raise ValueError('Failed to find file: ' + f)
    with tf.name_scope('data_augmentation'):
        filename_queue = tf.train.string_input_producer(filenames, shuffle=False)
        read_input = read_cifar10(filename_queue)
        reshaped_image = tf.cast(read_input.uint8image, tf.float32)
        cropped = tf.image.resize_image_with_crop_or_pad(reshaped_image, IMAGE_SIZE, IMAGE_SIZE)
        float_image = tf.image.per_image_standardization(cropped)
        float_image.set_shape([IMAGE_SIZE, IMAGE_SIZE, 3])
        read_input.label.set_shape([1])
        images, label_batch = tf.train.batch(
            [float_image, read_input.label], batch_size=batch_size, num_threads=1, capacity=32)
    tf.summary.image('images', images)
    return images, tf.reshape(label_batch, [batch_size])


def _activation_summary(x):
    tensor_name = re.sub('%s_[0-9]*/' % TOWER_NAME, '', x.op.name)
    tf.summary.histogram(tensor_name + '/activations', x)
    tf.summary.scalar(tensor_name + '/sparsity', tf.nn.zero_fraction(x))


def _variable_on_cpu(name, shape, initializer):
    with tf.device('/cpu:0'):
        dtype = tf.float16 if FLAGS.use_fp16 else tf.float32
        var = tf.get_variable(name, shape, initializer=initializer, dtype=dtype)
    return var


def _variable_with_weight_decay(name, shape, stddev, wd):
    value = weights_rng.normal(scale=stddev, size=shape)
    var = _variable_on_cpu(name, shape, tf.constant_initializer(value))
    if wd is not None:
        weight_decay = tf.multiply(tf.nn.l2_loss(var), wd, name='weight_loss')
        tf.add_to_collection('losses', weight_decay)
    return var


def inference(images):
    with tf.variable_scope('conv1') as scope:
        kernel = _variable_with_weight_decay('weights', shape=[5, 5, 3, 8], stddev=5e-2, wd=None)
        conv = tf.nn.conv2d(images, kernel, [1, 1, 1, 1], padding='SAME')
        biases = _variable_on_cpu('biases', [8], tf.constant_initializer(0.0))
        pre_activation = tf.nn.bias_add(conv, biases)
        conv1 = tf.nn.relu(pre_activation, name=scope.name)
        _activation_summary(conv1)
    pool1 = tf.nn.max_pool(conv1, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME', name='pool1')
    norm1 = tf.nn.lrn(pool1, 4, bias=1.0, alpha=0.001 / 9.0, beta=0.75, name='norm1')
    with tf.variable_scope('local3') as scope:
        reshape = tf.reshape(norm1, [images.get_shape().as_list()[0], -1])
        dim = reshape.get_shape()[1].value
        weights = _variable_with_weight_decay('weights', shape=[dim, 16], stddev=0.04, wd=0.004)
        biases = _variable_on_cpu('biases', [16], tf.constant_initializer(0.1))
        local3 = tf.nn.relu(tf.matmul(reshape, weights) + biases, name=scope.name)
        _activation_summary(local3)
    with tf.variable_scope('softmax_linear') as scope:
        weights = _variable_with_weight_decay('weights', [16, NUM_CLASSES], stddev=1 / 16.0, wd=0.002)
        biases = _variable_on_cpu('biases', [NUM_CLASSES], tf.constant_initializer(0.0))
        softmax_linear = tf.add(tf.matmul(local3, weights), biases, name=scope.name)
        _activation_summary(softmax_linear)
    return softmax_linear


def loss(logits, labels):
    labels = tf.cast(labels, tf.int64)
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=labels, logits=logits, name='cross_entropy_per_example')
    cross_entropy_mean = tf.reduce_mean(cross_entropy, name='cross_entropy')
    tf.add_to_collection('losses', cross_entropy_mean)
    return tf.add_n(tf.get_collection('losses'), name='total_loss')


def _add_loss_summaries(total_loss):
    loss_averages = tf.train.ExponentialMovingAverage(0.9, name='avg')
    losses = tf.get_collection('losses')
    loss_averages_op = loss_averages.apply(losses + [total_loss])
    for l in losses + [total_loss]:
        tf.summary.scalar(l.op.name + ' (raw)', l)
        tf.summary.scalar(l.op.name, loss_averages.average(l))
    return loss_averages_op


def train(total_loss, global_step):
    lr = tf.train.exponential_decay(0.1, global_step, 2, 0.5, staircase=True)
    tf.summary.scalar('learning_rate', lr)
    loss_averages_op = _add_loss_summaries(total_loss)
    with tf.control_dependencies([loss_averages_op]):
        opt = tf.train.GradientDescentOptimizer(lr)
        grads = opt.compute_gradients(total_loss)
    apply_gradient_op = opt.apply_gradients(grads, global_step=global_step)
    for var in tf.trainable_variables():
        tf.summary.histogram(var.op.name, var)
    for grad, var in grads:
        if grad is not None:
            tf.summary.histogram(var.op.name + '/gradients', grad)
    variable_averages = tf.train.ExponentialMovingAverage(MOVING_AVERAGE_DECAY, global_step)
    with tf.control_dependencies([apply_gradient_op]):
        variables_averages_op = variable_averages.apply(tf.trainable_variables())
    return variables_averages_op, lr, variable_averages


def main(argv=None):
    write_data()
    with tf.Graph().as_default():
        global_step = tf.Variable(0, trainable=False, name='global_step')
        images, labels = inputs(FLAGS.data_dir, FLAGS.batch_size)
        logits = inference(images)
        total_loss = loss(logits, labels)
        train_op, lr, averages = train(total_loss, global_step)
        saver = tf.train.Saver(tf.all_variables() if hasattr(tf, "all_variables") else tf.global_variables())
        summary_op = tf.summary.merge_all()
        init = tf.global_variables_initializer()
        sess = tf.Session(config=tf.ConfigProto(log_device_placement=False))
        sess.run(init)
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess=sess, coord=coord)
        summary_writer = tf.summary.FileWriter('./cifar10_train', sess.graph)
        for step in xrange(FLAGS.max_steps):
            _, loss_value, rate = sess.run([train_op, total_loss, lr])
            assert not np.isnan(loss_value), 'Model diverged with loss = NaN'
            print('step %d, loss = %.5f, rate = %.4f' % (step, loss_value, rate))
            if step % 2 == 0:
                summary_writer.add_summary(sess.run(summary_op), step)
        path = saver.save(sess, os.path.join('cifar10_train', 'model.ckpt'), global_step=global_step)
        print(os.path.basename(path), datetime.now() is not None)
        for name, variable in sorted(averages.variables_to_restore().items()):
            if 'ExponentialMovingAverage' in name:
                print(name, '%.6f' % np.abs(sess.run(variable)).sum())
        coord.request_stop()
        coord.join(threads)
        sess.close()


if __name__ == '__main__':
    tf.app.run()
