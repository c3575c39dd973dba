"""``tf.contrib``: what real code used of it, written anew on plain ops; `tf.contrib.X` is `contrib/X`."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths

__all__: list[str] = []

_internal_paths.install()

__getattr__, __dir__ = _namespace.names_of(__name__)
