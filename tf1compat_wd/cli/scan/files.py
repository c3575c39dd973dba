"""Which files are scanned, and how one of them is: Python sources and notebooks."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections.abc import Iterable, Iterator

from tf1compat_wd.cli.messages import UsageError, shown
from tf1compat_wd.cli.notebook_cells import cells_of
from tf1compat_wd.cli.scan.findings import Fate, FileReport, Finding, fate_of
from tf1compat_wd.cli.scan.uses import Project
from tf1compat_wd.cli.script_files import explain, parse

SUFFIXES = (".py", ".ipynb")
_SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", "venv", "env"})
_LARGEST = 20_000_000


def find_files(paths: Iterable[str], suffixes: tuple[str, ...] = SUFFIXES) -> list[str]:
    """All sources in `paths`, files or folders. Hidden folders, virtual environments and links to folders are left out.

    Raises:
        UsageError: a path doesn't exist, or can't be read.
    """
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            if not os.access(path, os.R_OK | os.X_OK):
                raise UsageError(f"can't read the folder {path}")
            for name in _walk(path, suffixes):
                found.setdefault(name)
        elif os.path.isfile(path):
            if not path.endswith(suffixes):
                raise UsageError(f"{path} is neither a folder nor one of {', '.join(suffixes)}")
            found.setdefault(path)
        else:
            raise UsageError(f"there is no file or folder {path}")
    return list(found)


def _walk(folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _SKIPPED_FOLDERS
            and not os.path.exists(os.path.join(place, name, "pyvenv.cfg"))
        )
        for name in sorted(files):
            path = os.path.join(place, name)
            if name.endswith(suffixes) and os.path.isfile(path):  # neither a pipe nor a link to nowhere
                yield path


def scan_file(path: str, project: Project) -> FileReport:
    """Scan one file. What can't be read is a finding."""
    name = shown(path)
    report = FileReport(name)
    try:
        if os.path.getsize(path) > _LARGEST:
            report.findings.append(_unreadable(name, 1, "larger than 20 MB: no source that somebody wrote"))
            return report
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        report.findings.append(_unreadable(name, 1, f"can't be read: {error.strerror}"))
        return report
    if path.endswith(".ipynb"):
        _scan_notebook(content, path, project, report)
        return report
    try:
        tree = parse(content, path)
    except SyntaxError as error:
        report.findings.append(_unreadable(name, error.lineno or 1, explain(error)))
        return report
    lines = _lines(content)
    _add_uses(tree, path, project, lines, report)
    return report


def _add_uses(
    tree: ast.Module,
    path: str,
    project: Project,
    lines: list[str],
    report: FileReport,
    cells: list[tuple[int, int]] | None = None,
) -> None:
    try:
        uses = project.uses(tree, path)
    except RecursionError:
        report.findings.append(_unreadable(report.path, 1, "too deeply nested"))
        return
    for use in uses:
        line = use.node.lineno
        source = lines[line - 1].strip() if line <= len(lines) else ""
        cell, line = cells[line - 1] if cells else (0, line)
        report.findings.append(
            Finding(report.path, line, use.node.col_offset + 1, use.name, fate_of(use.name), source[:200], cell)
        )


def _lines(content: bytes) -> list[str]:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding, "replace")
    except (SyntaxError, LookupError):
        text = content.decode("utf-8", "replace")
    return re.split("\r\n|\r|\n", text)


def _scan_notebook(content: bytes, path: str, project: Project, report: FileReport) -> None:
    """Scan the cells as one program: a cell uses what earlier ones import."""
    try:
        cells = cells_of(content.decode(), path)
    except ValueError:
        report.findings.append(_unreadable(report.path, 1, "not a notebook"))
        return
    program: list[str] = []
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for cell in cells:
        if cell.error is not None:
            why = explain(cell.error).removeprefix(f"{shown(f'{path} cell {cell.number}')}:{cell.error.lineno}: ")
            report.findings.append(_unreadable(report.path, cell.error.lineno or 1, why, cell.number))
            continue
        of_cell = cell.python.split("\n")
        program += of_cell
        lines += cell.text.split("\n")
        places += [(cell.number, line) for line in range(1, len(of_cell) + 1)]
    try:
        tree = parse("\n".join(program).encode(), path)
    except SyntaxError as error:
        report.findings.append(_unreadable(report.path, 1, explain(error)))
        return
    _add_uses(tree, path, project, lines, report, places)


def _unreadable(path: str, line: int, why: str, cell: int = 0) -> Finding:
    why = why.removeprefix(f"{path}:{line}: ").removeprefix(f"{path}: ")
    return Finding(path, line, 1, "(file)", Fate("unreadable", "unreadable", "unreadable", why), "", cell)
