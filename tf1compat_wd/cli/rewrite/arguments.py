"""Renaming keyword arguments of TF1's functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source


def renamed_arguments(source: Source, old: str, new: str, of: Collection[str]) -> Iterator[Change | Note]:
    """Rename the argument `old` to `new` in calls of the functions `of`."""
    for call, name in source.calls():
        if name not in of:
            continue
        given = [keyword.arg for keyword in call.keywords]
        if old not in given:
            continue
        keyword = call.keywords[given.index(old)]
        start = source.start(keyword)
        end = start + len(old.encode())
        if new in given or source.text(start, end) != old or not source.is_really_at(call):
            yield Note(call.lineno, f"{name}: rename {old} to {new}")
            continue
        yield Change((Edit(start, end, new),))
