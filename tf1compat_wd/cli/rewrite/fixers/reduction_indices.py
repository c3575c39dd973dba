"""The argument reduction_indices, which TensorFlow 1.0 renamed to axis.

Before:

    tf.reduce_sum(x, reduction_indices=[1])

After:

    tf.reduce_sum(x, axis=[1])
"""

from __future__ import annotations

from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.arguments import renamed_arguments
from tf1compat_wd.cli.rewrite.source import Change, Note, Source

_REDUCTIONS = frozenset(
    f"{module}.reduce_{name}"
    for module in ("tf", "tf.math")
    for name in "all any logsumexp max mean min prod sum".split()
)


def fix(source: Source) -> Iterator[Change | Note]:
    """Rename reduction_indices in the reductions."""
    yield from renamed_arguments(source, "reduction_indices", "axis", _REDUCTIONS)
