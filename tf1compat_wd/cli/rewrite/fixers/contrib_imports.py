"""Imports of tf.contrib: tensorflow.contrib and tf_slim become tf1compat_wd.contrib.

Before:

    import tensorflow.contrib.slim as slim
    from tensorflow.contrib import rnn
    import tf_slim

After:

    import tf1compat_wd.contrib.slim as slim
    from tf1compat_wd.contrib import rnn
    import tf1compat_wd.contrib.slim as tf_slim

Only together with the fixer `imports`, unless the file imports nothing else of TensorFlow.
"""

from __future__ import annotations

from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.import_lines import rewritten_imports
from tf1compat_wd.cli.rewrite.source import Change, Note, Source


def fix(source: Source) -> Iterator[Change | Note]:
    """Rewrite the imports of contrib."""
    yield from rewritten_imports(source, contrib=True)
