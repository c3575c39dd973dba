"""Notebooks: the source of their cells is rewritten, and every other byte of the file stays."""

from __future__ import annotations

import json
from typing import NamedTuple

from tf1compat_wd.cli.messages import shown
from tf1compat_wd.cli.notebook_cells import Cell, Piece, cells_of
from tf1compat_wd.cli.rewrite.engine import Result, rewrite
from tf1compat_wd.cli.rewrite.fixers import Fixer
from tf1compat_wd.cli.rewrite.source import Note
from tf1compat_wd.cli.scan.uses import Project
from tf1compat_wd.cli.script_files import explain

SUFFIX = ".ipynb"
# Between the cells in the program that they are together; a comment, so that no fixer touches it.
_BORDER = "# tf1compat-wd: cell {}\n"


class _Replaced(NamedTuple):
    start: int
    end: int
    text: str


def rewrite_notebook(content: bytes, path: str, fixers: list[Fixer], project: Project) -> Result:
    """Rewrite the cells of a notebook as one program, or, if one of them is no Python 3, nothing."""
    try:
        text = content.decode()
        cells = cells_of(text, path)
    except ValueError:
        return Result(path, content, content, [Note(1, "not a notebook")])
    notes = [
        Note(cell.error.lineno or 1, _why(cell.error, path, cell.number), cell.number) for cell in cells if cell.error
    ]
    if notes:
        return Result(path, content, content, notes)
    program = "".join(f"{_BORDER.format(cell.number)}{cell.python}\n" for cell in cells)
    result = rewrite(program.encode(), path, fixers, project)
    notes = [_in_its_cell(note, cells) for note in result.notes]
    try:
        replaced = _replaced(cells, result.new.decode(), text)
    except ValueError as error:
        return Result(path, content, content, [*notes, Note(1, f"left as it is: {error}")])
    new, place = [], 0
    for each in replaced:
        new += [text[place : each.start], each.text]
        place = each.end
    return Result(path, content, ("".join(new) + text[place:]).encode(), notes)


def _why(error: SyntaxError, path: str, number: int) -> str:
    """`explain`, without the place, which the note has."""
    place = f"{shown(f'{path} cell {number}')}:{error.lineno}: "
    return f"{explain(error).removeprefix(place)} (the notebook is left as it is)"


def _in_its_cell(note: Note, cells: list[Cell]) -> Note:
    line = note.line
    for cell in cells:
        lines = cell.python.count("\n") + 2
        if line <= lines:
            return note._replace(line=max(1, line - 1), cell=cell.number)
        line -= lines
    return note


def _replaced(cells: list[Cell], program: str, text: str) -> list[_Replaced]:
    """What is to be replaced in the file's `text`.

    Raises:
        ValueError: the cells, their lines or their strings can't be told apart any more.
    """
    found = []
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        border = _BORDER.format(cell.number)
        if not program.startswith(border):
            raise ValueError(f"the code of cell {cell.number} would move")
        end = program.find("\n" + _BORDER.format(following.number)) if following else len(program) - 1
        if end < 0:
            raise ValueError(f"the code of cell {cell.number} would move")
        new, program = program[len(border) : end], program[end + 1 :]
        if new != cell.python:
            found += _of_cell(cell, new, text)
    return found


def _of_cell(cell: Cell, new: str, text: str) -> list[_Replaced]:
    before, after, original = (each.split("\n") for each in (cell.python, new, cell.text))
    if not len(before) == len(after) == len(original):
        raise ValueError(f"cell {cell.number} would get other lines")
    # Commands to the notebook are no Python; they are put back where they were.
    lines = [old if was == now else now for was, now, old in zip(before, after, original, strict=True)]
    if any(was != now and was != old for was, now, old in zip(before, after, original, strict=True)):
        raise ValueError(f"a command in cell {cell.number} would change")
    whole = "\n".join(lines)
    if len(cell.pieces) == 1:
        parts = [whole]
    else:
        parts = whole.splitlines(keepends=True) if "\r" in whole else [*(f"{line}\n" for line in lines[:-1]), lines[-1]]
        parts = [part for part in parts if part]
    if len(parts) != len([piece for piece in cell.pieces if piece.text]):
        raise ValueError(f"the strings of cell {cell.number} aren't its lines")
    pieces = [piece for piece in cell.pieces if piece.text]
    return [
        _Replaced(piece.start, piece.end, _as_string(part, piece, text))
        for piece, part in zip(pieces, parts, strict=True)
        if part != piece.text
    ]


def _as_string(new: str, piece: Piece, text: str) -> str:
    """`new` as a JSON string, written in the way of the one that it replaces."""
    before = text[piece.start : piece.end]
    for ascii_only in (False, True):
        if json.dumps(piece.text, ensure_ascii=ascii_only) == before:
            return json.dumps(new, ensure_ascii=ascii_only)
    raise ValueError("a string is escaped in an unusual way")
