"""``tf.contrib``: what real code used of it, written anew on plain ops; `tf.contrib.X` is `contrib/X`."""

from tf1compat_wd import _namespace

__all__: list[str] = []

__getattr__, __dir__ = _namespace.names_of(__name__)
