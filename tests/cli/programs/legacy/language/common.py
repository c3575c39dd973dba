import tensorflow as tf
import numpy as np
from tensorflow.contrib import rnn as rnn_lib

layers = tf.layers
Cell = rnn_lib.BasicLSTMCell


def log(message, *values):
    print(message % values)
