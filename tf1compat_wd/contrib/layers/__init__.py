"""``tf.contrib.layers``."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.layers._dense import (
    bias_add,
    elu,
    fully_connected,
    legacy_fully_connected,
    legacy_linear,
    legacy_relu,
    linear,
    relu,
    relu6,
)
from tf1compat_wd.contrib.layers._initializers import variance_scaling_initializer, xavier_initializer
from tf1compat_wd.contrib.layers._regularizers import (
    apply_regularization,
    l1_l2_regularizer,
    l1_regularizer,
    l2_regularizer,
    sum_regularizer,
)

__all__ = [
    "apply_regularization",
    "bias_add",
    "elu",
    "fully_connected",
    "l1_l2_regularizer",
    "l1_regularizer",
    "l2_regularizer",
    "legacy_fully_connected",
    "legacy_linear",
    "legacy_relu",
    "linear",
    "relu",
    "relu6",
    "sum_regularizer",
    "variance_scaling_initializer",
    "xavier_initializer",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
