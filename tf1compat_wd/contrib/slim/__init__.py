"""``tf.contrib.slim``: short names for `tf.contrib.layers` and `tf.contrib.framework`, and a way to train."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.framework._arg_scope import arg_scope_func_key
from tf1compat_wd.contrib.layers._feature_crosses import (
    SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY,
    bucketize,
    embedding_lookup_sparse_with_distributed_aggregation,
    scattered_embedding_lookup,
    scattered_embedding_lookup_sparse,
    sparse_feature_cross,
)
from tf1compat_wd.contrib.layers._optimize_loss import OPTIMIZER_CLS_NAMES, OPTIMIZER_SUMMARIES, adaptive_clipping_fn
from tf1compat_wd.contrib.layers._pooling import pool
from tf1compat_wd.contrib.layers._summaries import summarize_biases, summarize_variables, summarize_weights

__all__ = [
    "OPTIMIZER_CLS_NAMES",
    "OPTIMIZER_SUMMARIES",
    "SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY",
    "adaptive_clipping_fn",
    "arg_scope_func_key",
    "bucketize",
    "embedding_lookup_sparse_with_distributed_aggregation",
    "pool",
    "scattered_embedding_lookup",
    "scattered_embedding_lookup_sparse",
    "sparse_feature_cross",
    "summarize_biases",
    "summarize_variables",
    "summarize_weights",
]

python = _internal_paths.python_of("slim")

__getattr__, __dir__ = _namespace.names_of(__name__)
