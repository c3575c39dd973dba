"""Names that only Python 2 had, such as xrange: only told, as 2to3 rewrites them.

The file can be read by Python 3, and fails when it comes to them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Note, Source

_INSTEAD = {
    "basestring": "str", "cmp": "(a > b) - (a < b)", "execfile": "exec", "long": "int", "raw_input": "input",
    "reduce": "functools.reduce", "unichr": "chr", "unicode": "str", "xrange": "range",
}  # fmt: skip


def fix(source: Source) -> Iterator[Note]:
    """Tell of the names that the file gives no meaning of its own."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id in _INSTEAD and not source.is_bound(node.id):
            yield Note(node.lineno, f"Python 2's {node.id} is gone: use {_INSTEAD[node.id]}")
