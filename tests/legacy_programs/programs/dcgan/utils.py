import tensorflow as tf
import tensorflow.contrib.slim as slim


def show_all_variables():
  model_vars = tf.trainable_variables()
  for v in model_vars:
    print(v.name, v.get_shape().as_list())
