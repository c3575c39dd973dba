import os
import pprint
import numpy as np

from model import DCGAN
from utils import show_all_variables

import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer("epoch", 3, "Epoch to train [25]")
flags.DEFINE_float("learning_rate", 0.0002, "Learning rate of for adam [0.0002]")
flags.DEFINE_boolean("train", True, "True for training, False for testing [False]")
FLAGS = flags.FLAGS
pp = pprint.PrettyPrinter()


def main(_):
  pp.pprint(sorted(name for name in flags.FLAGS.__flags if name in ("epoch", "learning_rate", "train")))
  run_config = tf.ConfigProto()
  run_config.gpu_options.allow_growth = True
  with tf.Session(config=run_config) as sess:
    dcgan = DCGAN(sess)
    show_all_variables()
    if FLAGS.train:
      dcgan.train(FLAGS.epoch)


if __name__ == '__main__':
  tf.app.run()
