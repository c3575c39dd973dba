"""``tf.contrib.tensorboard``: the projector of embeddings, as the package tensorboard has it today."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths

__all__: list[str] = []

plugins = _internal_paths.module_of("tensorboard.plugins")

__getattr__, __dir__ = _namespace.names_of(__name__)
