"""A model in TF1's names that needs no session."""
import numpy as np
import tensorflow as tf

net = tf.tracking.VariableTrackingScope("net")
for step in range(2):
    with net:
        with tf.variable_scope("layer"):
            w = tf.get_variable("w", [3], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
        losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    print(w.name, len(net.variables), [float(loss) for loss in losses], np.bool(True))
print(tf.executing_eagerly(), w.shape[0].value)
tf.contrib.cloud
from tensorflow.contrib.cloud import BigQueryReader
