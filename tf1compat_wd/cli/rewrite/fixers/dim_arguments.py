"""Arguments called dim, dimension or squeeze_dims, which are called axis today.

Before:

    tf.argmax(tf.expand_dims(x, dim=0), dimension=1)
    tf.squeeze(x, squeeze_dims=[0])
    tf.nn.softmax(x, dim=-1)

After:

    tf.argmax(tf.expand_dims(x, axis=0), axis=1)
    tf.squeeze(x, axis=[0])
    tf.nn.softmax(x, axis=-1)
"""

from __future__ import annotations

from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.arguments import renamed_arguments
from tf1compat_wd.cli.rewrite.source import Change, Note, Source

_FUNCTIONS = {
    "dim": ("tf.expand_dims", "tf.nn.softmax", "tf.nn.log_softmax", "tf.nn.l2_normalize", "tf.math.l2_normalize"),
    "dimension": ("tf.argmax", "tf.argmin", "tf.math.argmax", "tf.math.argmin"),
    "squeeze_dims": ("tf.squeeze",),
}


def fix(source: Source) -> Iterator[Change | Note]:
    """Rename them in the functions whose argument is the same."""
    for old, functions in _FUNCTIONS.items():
        yield from renamed_arguments(source, old, "axis", functions)
