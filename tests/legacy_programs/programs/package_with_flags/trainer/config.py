"""Flags of all parts."""
import tensorflow as tf

flags = tf.flags
flags.DEFINE_string("job-dir", "jobs", "where to write")
flags.DEFINE_list("hidden_units", "16,8", "units of the hidden layers")
flags.DEFINE_enum("activation", "relu", ["relu", "tanh"], "activation")
flags.DEFINE_bool("verbose", True, "print more")
flags.DEFINE_float("weight_decay", 0.01, "factor")
flags.DEFINE_integer("batch-size", 10, "examples a step")
