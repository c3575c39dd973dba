import tensorflow.compat.v1 as tf

tf_v1 = tf
