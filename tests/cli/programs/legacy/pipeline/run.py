import sys

import tensorflow as tf, numpy as np  # on one line
import data
from data import D, arg_scope


def switch(x, use_square):
    return tf.cond(use_square, lambda: tf.square(x), lambda: tf.identity(x))


def loop(x):
    condition = lambda i, acc: tf.less(i, 3)
    body = lambda i, acc: (tf.add(i, 1), acc + x)
    return tf.while_loop(condition, body, [tf.constant(0), tf.zeros_like(x)])[1]


def hook_class(base=tf.train.SessionRunHook):
    class Count(base):
        def begin(self):
            self.count = 0

        def before_run(self, context):
            self.count += 1
            return tf.train.SessionRunArgs(tf.train.get_global_step())

    return Count


if __name__ == "__main__":
    path = sys.argv[1] + "/records"
    data.write(path)
    with arg_scope([data.batches], size=3):
        batch = data.batches(path, repeat=2)
    print(data.names(batch), D.TFRecordDataset.__name__)
    x = batch["x"]; y = tf.expand_dims(tf.cast(batch["y"], tf.float32), dim=1)
    w = tf.Variable(tf.ones([2, 1]), name="w"); average = tf.train.ExponentialMovingAverage(0.5)
    out = switch(tf.matmul(loop(x), w), tf.greater(tf.reduce_max(x), 0.0))
    loss = tf.reduce_mean(tf.abs(out - y) * 1e-2)
    step = tf.train.create_global_step()
    train = tf.train.AdagradOptimizer(0.1).minimize(loss, step, [w])
    with tf.control_dependencies([train]):
        train = average.apply([w])
    hook = hook_class()()
    with tf.train.MonitoredTrainingSession(hooks=[hook, tf.train.StopAtStepHook(3)]) as sess:
        while not sess.should_stop():
            print("%.5f" % sess.run([loss, train])[0], hook.count)
    print(tf.squeeze(w, squeeze_dims=[1]).shape.as_list(), np.float_(2.5), np.Inf > 1)
