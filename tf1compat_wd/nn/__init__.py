"""``tf.nn``: ours where TensorFlow 2 differs from TF1, TensorFlow's own elsewhere."""

from tf1compat_wd import _namespace
from tf1compat_wd.nn._cross_entropy import (
    sigmoid_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits_v2,
    sparse_softmax_cross_entropy_with_logits,
)
from tf1compat_wd.nn._nn_ops import (
    atrous_conv2d_transpose,
    conv1d_transpose,
    conv2d_backprop_input,
    conv2d_transpose,
    dropout,
)
from tf1compat_wd.nn._rnn import bidirectional_dynamic_rnn, dynamic_rnn, raw_rnn
from tf1compat_wd.nn._static_rnn import static_bidirectional_rnn, static_rnn, static_state_saving_rnn

__all__ = [
    "atrous_conv2d_transpose",
    "bidirectional_dynamic_rnn",
    "conv1d_transpose",
    "conv2d_backprop_input",
    "conv2d_transpose",
    "dropout",
    "dynamic_rnn",
    "raw_rnn",
    "sigmoid_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "sparse_softmax_cross_entropy_with_logits",
    "static_bidirectional_rnn",
    "static_rnn",
    "static_state_saving_rnn",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
