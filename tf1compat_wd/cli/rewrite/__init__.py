"""``tf1compat-wd rewrite``: the mechanical part of a migration.

Read in this order: `source` (a file and the changes to it), `fixers` (one file for each rule), `engine` (all rules on
one file), `notebooks` (the cells of one), `writing` (files that are whole at any moment).

Text is replaced at the places that Python's own syntax tree names, so that comments and layout can't change; and
the names are those that `scan` finds.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys

from tf1compat_wd.cli.messages import UsageError, say, shown
from tf1compat_wd.cli.rewrite.engine import Result, rewrite, rewrite_file
from tf1compat_wd.cli.rewrite.fixers import Fixer, all_fixers
from tf1compat_wd.cli.rewrite.notebooks import SUFFIX, rewrite_notebook
from tf1compat_wd.cli.rewrite.writing import BACKUP, check_writable, replace
from tf1compat_wd.cli.scan.files import find_files
from tf1compat_wd.cli.scan.uses import Project

_DESCRIPTION = """\
Show, as a diff, what can be rewritten safely: imports, names of before 1.0, renamed arguments, x.shape[i].value,
names that NumPy removed. Comments and layout stay as they are; in a notebook, all but the source of its cells.
What needs a hand is listed with file and line.

With --write the files are edited, each at one stroke. In a git repository they must be committed as they are;
elsewhere, or with --backup, the old file stays beside the new one as FILE.orig.
"""


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``rewrite`` to the command line."""
    parser = subparsers.add_parser(
        "rewrite",
        help="rewrite what can be rewritten safely",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    parser.add_argument("--write", action="store_true", help="edit the files; without it a diff is shown")
    parser.add_argument("--backup", action="store_true", help=f"with --write, keep old files as FILE{BACKUP}")
    parser.add_argument("--only", action="append", default=[], metavar="FIXERS", help="these alone, comma-separated")
    parser.add_argument("--skip", action="append", default=[], metavar="FIXERS", help="all but these")
    parser.add_argument("--check", action="store_true", help="exit with 1 if there is anything to rewrite")
    parser.add_argument("--list", action="store_true", help="list the fixers")
    parser.set_defaults(command=main)


def main(arguments: argparse.Namespace) -> int:
    """Rewrite, or show what would be; return the exit status."""
    fixers = all_fixers()
    if arguments.list:
        for fixer in fixers:
            print(f"{fixer.name:<18} {fixer.title}")
        return 0
    if not arguments.paths:
        raise UsageError("name files or folders")
    chosen = _chosen(fixers, arguments.only, arguments.skip)
    files = find_files(arguments.paths)
    if not files:
        raise UsageError(f"there are no Python files or notebooks in {', '.join(arguments.paths)}")
    project = Project(tuple(os.path.abspath(path) for path in arguments.paths if os.path.isdir(path)))
    results = [
        rewrite_file(path, chosen, project, rewrite_notebook if path.endswith(SUFFIX) else rewrite) for path in files
    ]
    changed = [result for result in results if result.new != result.old]
    try:
        if arguments.write and changed:
            backup = check_writable([result.path for result in changed], arguments.backup)
            for result in changed:
                replace(result.path, result.old, result.new, backup)
                print(f"rewrote {shown(result.path)}")
        else:
            for result in changed:
                sys.stdout.write(_diff(result))
        _show_notes(results)
        sys.stdout.flush()
    except BrokenPipeError:  # piped into head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    done = "rewritten" if arguments.write else "to be rewritten (--write does it)"
    say(f"{len(changed)} of {len(files)} files {done}; {sum(len(r.notes) for r in results)} places need a hand")
    return int(arguments.check and bool(changed))


def _chosen(fixers: list[Fixer], only: list[str], skip: list[str]) -> list[Fixer]:
    known = {fixer.name for fixer in fixers}
    wanted = {name.strip() for text in only for name in text.split(",") if name.strip()}
    unwanted = {name.strip() for text in skip for name in text.split(",") if name.strip()}
    for name in sorted(wanted | unwanted):
        if name not in known:
            raise UsageError(f"there is no fixer {name}; there are {', '.join(sorted(known))}")
    return [fixer for fixer in fixers if fixer.name in (wanted or known) - unwanted]


def _diff(result: Result) -> str:
    name = shown(result.path)
    lines = difflib.unified_diff(
        result.old.decode("utf-8", "replace").splitlines(keepends=True),
        result.new.decode("utf-8", "replace").splitlines(keepends=True),
        name,
        name,
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _show_notes(results: list[Result]) -> None:
    for result in results:
        for note in result.notes:
            cell = f" cell {note.cell}" if note.cell else ""
            print(f"{shown(result.path)}{cell}:{note.line}: {note.message}")
