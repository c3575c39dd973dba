"""``tensorflow.examples.tutorials.mnist``: the handwritten digits that every tutorial began with."""

from tf1compat_wd.examples.tutorials.mnist import input_data, mnist

__all__ = ["input_data", "mnist"]
