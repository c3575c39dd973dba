"""Names that nobody offers any more: only told, with what to use instead."""

from __future__ import annotations

from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Note, Source
from tf1compat_wd.cli.scan.findings import BLOCKING, fate_of
from tf1compat_wd.names.not_offered import BEFORE_1_0


def fix(source: Source) -> Iterator[Note]:
    """Tell where a name is gone."""
    for use in source.uses:
        fate = fate_of(use.name)
        if fate.worst in BLOCKING and use.name not in BEFORE_1_0:
            yield Note(use.node.lineno, f"{use.name}: {fate.advice}")
