"""The import line: tensorflow becomes tf1compat_wd.

Before:

    import tensorflow as tf
    from tensorflow.compat.v1 import layers

After:

    import tf1compat_wd as tf
    from tf1compat_wd import layers

Not where a file uses names that TF1 didn't have: it is TensorFlow 2 code, or partly so. Not `tensorflow.python` and
other parts that aren't TF1's public names. A file that imports `tf1compat_wd` already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.import_lines import rewritten_imports
from tf1compat_wd.cli.rewrite.source import Change, Note, Source


def fix(source: Source) -> Iterator[Change | Note]:
    """Rewrite all imports of TensorFlow but those of contrib."""
    yield from rewritten_imports(source, contrib=False)
