from __future__ import absolute_import, division, print_function

import os
import sys

import tensorflow as tf

from trainer import data
from trainer.config import flags
from . import model

FLAGS = flags.FLAGS


def main(argv):
    print("arguments left", argv[1:], os.path.basename(sys.argv[0]))
    print("flags", FLAGS.hidden_units, FLAGS.activation, FLAGS.verbose, FLAGS["job-dir"].value)
    x = tf.placeholder(tf.float32, [None, 4])
    y = tf.placeholder(tf.int64, [None])
    out, features = model.network(x)
    logits = tf.matmul(features, out)
    data_loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    decay = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    print([loss.name for loss in decay])
    loss = tf.add_n(decay) + data_loss
    step = tf.train.create_global_step()
    train_op = tf.train.AdadeltaOptimizer(0.5).minimize(loss, global_step=step)
    tf.logging.info("not shown on stdout")
    with tf.train.SingularMonitoredSession() as sess:
        for batch_x, batch_y in data.batches(5):
            _, value, only_data = sess.run([train_op, loss, data_loss], {x: batch_x, y: batch_y})
            print("loss %.6f data %.6f step %d" % (value, only_data, sess.run(step)))
    print(sorted(name for name in FLAGS.flag_values_dict() if name in ("activation", "batch-size", "verbose")))


if __name__ == "__main__":
    tf.app.run()
