"""The code in a notebook's file, and where in the file each piece of it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from tf1compat_wd.cli.script_files import parse

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[-+.\w]+")
# Commands to the notebook: %matplotlib inline, !ls, files = !ls, ?help, help?
_COMMAND = re.compile(r"^(\s*)(?:[%!]|\?|[\w.]+\?{1,2}\s*$|[\w, ]+=\s*[%!])")
_RUNS_ITS_CELL = re.compile(r"\s*%%(?:time|timeit|capture|prun)\b")


class _Node(NamedTuple):
    """A JSON value; those in it are nodes, too."""

    value: Any
    start: int
    end: int


class Piece(NamedTuple):
    """A string in the file: the cell's source, or one line of it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Cell:
    """A cell with Python code.

    Attributes:
        number: of all cells, from 1.
        pieces: what it consists of.
        python: its text, with ``pass`` in the place of commands to the notebook.
        error: why it is no Python 3, if it isn't.
    """

    number: int
    pieces: tuple[Piece, ...]
    python: str
    error: SyntaxError | None = None

    @property
    def text(self) -> str:
        """What is in the file."""
        return "".join(piece.text for piece in self.pieces)


def cells_of(text: str, path: str) -> list[Cell]:
    """The cells with Python code in `text`, the content of the notebook's file `path`; [] if it is in another language.

    Raises:
        ValueError: it is no notebook.
    """
    try:
        notebook, end = _node(text, 0)
        if text[end:].strip() or not isinstance(notebook.value, dict):
            raise ValueError
        if not _is_python(json.loads(text).get("metadata", {})):
            return []
        return [
            _cell(number, _pieces(cell.value["source" if "source" in cell.value else "input"]), path)
            for number, cell in enumerate(_cells(notebook), start=1)
            if cell.value["cell_type"].value == "code"
        ]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise ValueError("not a notebook") from None


def _is_python(metadata: dict[str, Any]) -> bool:
    kernel, language = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    name = language.get("name") or kernel.get("language") or "python"
    return str(name).lower().startswith(("python", "ipython"))


def _cells(notebook: _Node) -> Iterator[_Node]:
    if "cells" in notebook.value:
        yield from notebook.value["cells"].value
        return
    for sheet in notebook.value["worksheets"].value:  # until 2014
        yield from sheet.value["cells"].value


def _pieces(source: _Node) -> tuple[Piece, ...]:
    nodes = source.value if isinstance(source.value, list) else [source]
    if not all(isinstance(node.value, str) for node in nodes):
        raise ValueError
    return tuple(Piece(*node) for node in nodes)


def _cell(number: int, pieces: tuple[Piece, ...], path: str) -> Cell:
    text = "".join(piece.text for piece in pieces)
    error = None
    for python in _without_commands(text):
        try:
            parse(python.encode("utf-8", "surrogatepass"), f"{path} cell {number}")
            return Cell(number, pieces, python)
        except (SyntaxError, UnicodeError) as found:
            error = found if isinstance(found, SyntaxError) else SyntaxError(str(found))
    return Cell(number, pieces, "", error)


def _without_commands(text: str) -> Iterator[str]:
    """`text` with fewer and fewer lines taken for Python, since one that begins with % may go on with a formatting."""
    if text.lstrip().startswith("%%"):
        # Another language, or options for the whole cell.
        lines = text.split("\n")
        first = next(number for number, line in enumerate(lines) if line.strip())
        runs = _RUNS_ITS_CELL.match(lines[first])
        text = "\n".join("pass" if n <= first else line if runs else "" for n, line in enumerate(lines))
    yield text
    lines = text.split("\n")
    yield "\n".join("pass" if _COMMAND.match(line) and not line[:1].isspace() else line for line in lines)
    yield "\n".join(f"{found[1]}pass" if (found := _COMMAND.match(line)) else line for line in lines)


# ------------------------------------------------------------------------------------------ JSON with its places


def _node(text: str, start: int) -> tuple[_Node, int]:
    """The JSON value at or after `start`, and where it ends."""
    start = _after_space(text, start)
    first = text[start]
    if first == '"':
        value, end = scanstring(text, start + 1)
    elif first in "{[":
        value, end = _members(text, start + 1, "}" if first == "{" else "]")
    else:
        match = _SCALAR.match(text, start)
        if match is None:
            raise ValueError
        value, end = json.loads(match[0]), match.end()
    return _Node(value, start, end), end


def _members(text: str, place: int, closing: str) -> tuple[dict[str, _Node] | list[_Node], int]:
    found: dict[str, _Node] = {}
    items: list[_Node] = []
    place = _after_space(text, place)
    while text[place] != closing:
        item, place = _node(text, place)
        place = _after_space(text, place)
        if closing == "}":
            if text[place] != ":":
                raise ValueError
            key = item.value
            item, place = _node(text, place + 1)
            found[key] = item
            place = _after_space(text, place)
        items.append(item)
        if text[place] == ",":
            place = _after_space(text, place + 1)
        elif text[place] != closing:
            raise ValueError
    return (found if closing == "}" else items), place + 1


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    assert match is not None
    return match.end()
