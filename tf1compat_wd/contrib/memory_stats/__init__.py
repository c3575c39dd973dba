"""``tf.contrib.memory_stats``: how much memory a GPU has given to tensors."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.memory_stats._statistics import BytesInUse, MaxBytesInUse

__all__ = ["BytesInUse", "MaxBytesInUse"]

__getattr__, __dir__ = _namespace.names_of(__name__)
