"""``tf.contrib.slim``: short names for `tf.contrib.layers` and `tf.contrib.framework`, and a way to train."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.framework._arg_scope import arg_scope_func_key
from tf1compat_wd.contrib.layers._optimize_loss import OPTIMIZER_CLS_NAMES, OPTIMIZER_SUMMARIES, adaptive_clipping_fn
from tf1compat_wd.contrib.layers._pooling import pool
from tf1compat_wd.contrib.layers._summaries import summarize_biases, summarize_variables, summarize_weights

__all__ = [
    "OPTIMIZER_CLS_NAMES",
    "OPTIMIZER_SUMMARIES",
    "adaptive_clipping_fn",
    "arg_scope_func_key",
    "pool",
    "summarize_biases",
    "summarize_variables",
    "summarize_weights",
]

python = _internal_paths.python_of("slim")

__getattr__, __dir__ = _namespace.names_of(__name__)
