from tensorflow import *
import tensorflow


def tensorflow_of_net():
    return tensorflow


def late():
    try:
        import tensorflow.compat.v1 as tf
    except ImportError:
        import tensorflow as tf
    return tf
