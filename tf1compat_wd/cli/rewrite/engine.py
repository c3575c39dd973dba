"""All fixers on one file, again and again until nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tf1compat_wd.cli.messages import shown
from tf1compat_wd.cli.rewrite.fixers import Fixer
from tf1compat_wd.cli.rewrite.source import Change, Note, Source, comments
from tf1compat_wd.cli.scan.uses import Project
from tf1compat_wd.cli.script_files import explain

# Changes inside of one another wait for the next round.
_ROUNDS = 20


class Result(NamedTuple):
    """What became of one file."""

    path: str
    old: bytes
    new: bytes
    notes: list[Note]


def rewrite_file(
    path: str, fixers: list[Fixer], project: Project, rewriter: Callable[..., Result] | None = None
) -> Result:
    """Read the file `path` and rewrite it, in memory, with `rewrite` or what does so for another kind of file."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        return Result(path, b"", b"", [Note(1, f"can't be read: {error.strerror}")])
    return (rewriter or rewrite)(content, path, fixers, project)


def rewrite(content: bytes, path: str, fixers: list[Fixer], project: Project) -> Result:
    """Rewrite `content`, that of the file `path`. If anything looks wrong afterwards, nothing is changed."""
    selected = frozenset(fixer.name for fixer in fixers)
    try:
        source = Source(content, path, project, selected)
    except SyntaxError as error:
        line = error.lineno or 1
        why = explain(error).removeprefix(f"{shown(path)}:{line}: ").removeprefix(f"{shown(path)}: ")
        return Result(path, content, content, [Note(line, why)])
    except (UnicodeError, LookupError, RecursionError) as error:
        return Result(path, content, content, [Note(1, f"not a Python source file ({error})")])
    kept = comments_of(source)
    try:
        for _ in range(_ROUNDS):
            changes = [each for fixer in fixers for each in fixer.fix(source) if isinstance(each, Change)]
            if not changes:
                break
            source = Source(source.with_changes(changes), path, project, selected)
        notes = [each for fixer in fixers for each in fixer.fix(source) if isinstance(each, Note)]
        if comments_of(source) != kept:
            raise ValueError("comments would change")
        new = source.with_changes(())
    except (SyntaxError, UnicodeError, RecursionError, ValueError) as error:
        return Result(path, content, content, [Note(1, f"left as it is: {error}")])
    return Result(path, content, new, sorted(set(notes)))


def comments_of(source: Source) -> list[str]:
    """The comments of `source`, in any order: an argument that changes its place takes its own along."""
    return sorted(comments(source.bytes.decode()))
