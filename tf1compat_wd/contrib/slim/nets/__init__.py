"""``slim.nets``: well-known networks for images, under the names that published checkpoints have.

What each layer is called, and how the networks are made, is what TF 1.15 shows from the outside: names and shapes of
variables, end points and operations. The papers are named where the networks are.
"""

from tf1compat_wd import _namespace

__all__: list[str] = []

__getattr__, __dir__ = _namespace.names_of(__name__)
