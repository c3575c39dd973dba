"""A program of several files, in graph mode, that looks at TensorFlow in all the ways there are."""
from __future__ import print_function

import importlib
import json
import multiprocessing
import os
import pickle
import sys
from concurrent import futures

if __name__ == "__main__":
    assert "tensorflow" not in sys.modules
os.environ["SET_BEFORE_TENSORFLOW"] = "1"

from models.net import *  # first, or TF1's `keras`, `train`, ... would hide what follows

import keras
import numpy
import numpy as np
import outside_module
import tensorflow
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow.compat import v1
from models import net

seen = {}
flags = tf.app.flags
FLAGS = flags.FLAGS
flags.DEFINE_integer("steps", 3, "Steps.")
flags.DEFINE_string("log_dir", "logs", "A flag that absl has too.")


class Point(object):
    def __init__(self, x):
        self.x = x


def in_a_child(point):
    import tensorflow as tf
    return os.getpid(), tf.__name__, tf.executing_eagerly(), Point(point.x ** 2)


def main(argv):
    seen["argv"] = argv
    seen["flags"] = [FLAGS.steps, FLAGS.log_dir, "steps" in FLAGS.__flags]
    everywhere = [
        tf, tf1, v1, tensorflow, net.tensorflow_of_net(), net.late(), importlib.import_module("tensorflow"),
        __import__("tensorflow"), importlib.import_module("tensorflow.compat.v1"),
    ]
    seen["script"] = sorted(set(module.__name__ for module in everywhere))
    seen["star"] = global_variables.__module__.split(".")[0]
    seen["others"] = [
        sys.modules["tensorflow"].__name__, outside_module.tf.__name__, hasattr(sys.modules["tensorflow"], "placeholder"),
        keras.__name__, hasattr(sys.modules["numpy"], "int"),
    ]
    seen["numpy"] = [np.int is int, numpy.float is float, np.asscalar(np.array([2])), np.random.__name__]

    x = tf.placeholder(tf.float32, [None, 3])
    w = tf.get_variable("w", [3, 1], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    loss = tf.reduce_sum(tf.matmul(x, w)) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
    count = tf.while_loop(lambda i: i < 4, lambda i: i + 1, [tf.constant(0)])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        seen["session"] = [float(sess.run(loss, feed_dict={x: [[1, 2, 3]]})), int(sess.run(count))]
    seen["graph"] = [tf.executing_eagerly(), x.shape[1].value, x.get_shape().as_list()]

    seen["pickle"] = pickle.loads(pickle.dumps(Point(2))).x
    seen["children"] = {}
    for method in ["fork", "spawn"]:
        with futures.ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
            pid, name, is_eager, point = pool.submit(in_a_child, Point(3)).result()
        seen["children"][method] = [pid != os.getpid(), name, is_eager, point.x, isinstance(point, Point)]
    sys.stdout.write(json.dumps(seen))  # `print` is tf.print after the star import, as on TF 1.15
    return 5


if __name__ == "__main__":
    tf.app.run()
