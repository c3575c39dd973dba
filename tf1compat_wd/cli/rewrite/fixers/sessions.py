"""Sessions, placeholders and queues: only told, never rewritten.

Which of a session's fetches become a function, and which of its feeds an argument, is for somebody who knows the
program. `tf1compat-wd run` runs it as it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Note, Source
from tf1compat_wd.cli.scan.findings import fate_of


def fix(source: Source) -> Iterator[Note]:
    """Tell where a session is needed."""
    for use in source.uses:
        if isinstance(use.node, ast.expr) and "session" in fate_of(use.name)[:3]:
            yield Note(use.node.lineno, f"{use.name} needs graph mode: `tf1compat-wd run`, or make it a function")
