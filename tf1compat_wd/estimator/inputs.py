"""``tf.estimator.inputs``: arrays and data frames as input."""

from tf1compat_wd import _namespace
from tf1compat_wd.estimator._input_fns import numpy_input_fn, pandas_input_fn

__all__ = ["numpy_input_fn", "pandas_input_fn"]

__getattr__, __dir__ = _namespace.names_of(__name__)
