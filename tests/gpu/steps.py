"""The training steps that are to run on a GPU: an MLP, a ResNet-20 and an LSTM, each with its batch."""

import numpy as np
import tensorflow as tf2
from benchmarks import networks, programs
from layers import resnet

import tf1compat_wd as tf


def mlp():
    pair = programs.make_pair(programs.SMALL_MLP)
    return pair.ours, pair.handwritten, pair.batch


def resnet20(width=2):
    random = np.random.RandomState(0)
    images = tf2.constant(random.randn(4, 8, 8, 3), tf2.float32)
    batch = images, tf2.constant(random.randint(0, 10, [4]), tf2.int32)
    net = tf.tracking.VariableTrackingScope("resnet")
    ours = resnet.legacy_step(net, width)
    tf2.function(ours).get_concrete_function(*batch)  # makes the variables
    return ours, resnet.handwritten_step(resnet.copies_of(net.variables)), batch


def lstm():
    return networks._language_models()


STEPS = {"MLP": mlp, "ResNet-20": resnet20, "LSTM": lstm}
