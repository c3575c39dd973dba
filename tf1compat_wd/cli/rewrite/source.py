"""A source file and the changes to it: text is replaced at the places of syntax nodes, and nothing else moves."""

from __future__ import annotations

import ast
import functools
import io
import re
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tf1compat_wd.cli.scan.uses import Project, Use
from tf1compat_wd.cli.script_files import parse

_NEWLINE = re.compile(rb"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class Edit(NamedTuple):
    """Replace the bytes from `start` to `end` (of the source in UTF-8) by `text`."""

    start: int
    end: int
    text: str


class Note(NamedTuple):
    """Something that a fixer leaves to the user; `cell` is that of a notebook, from 1."""

    line: int
    message: str
    cell: int = 0


class Change(NamedTuple):
    """What belongs together: all of these edits, or none."""

    edits: tuple[Edit, ...]


class Source:
    """A source file, read in its own encoding.

    Args:
        content: of the file.
        path: of the file.
        project: the user's other files.
        selected: the names of the fixers that are at work.

    Raises:
        SyntaxError: it isn't Python 3.
    """

    def __init__(self, content: bytes, path: str, project: Project, selected: frozenset[str]) -> None:
        self.path = path
        self.project = project
        self.selected = selected
        parse(content, path)  # Python's own opinion of encoding and syntax
        self._bom = _BOM if content.startswith(_BOM) else b""
        self._encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if self._bom:
            self._encoding = "utf-8"
        text = content[len(self._bom) :].decode(self._encoding)
        self.bytes = text.encode()
        self.tree = _parsed(text, path)
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(self.bytes))]

    def with_changes(self, changes: Iterable[Change]) -> bytes:
        """The content of the file after `changes`, in its encoding. Changes that overlap earlier ones are left out.

        Raises:
            UnicodeEncodeError: the encoding doesn't have a character.
        """
        taken: list[Edit] = []
        for change in changes:
            if not any(_overlap(edit, other) for edit in change.edits for other in taken):
                taken.extend(change.edits)
        result, position = [], 0
        for edit in sorted(taken, key=lambda edit: (edit.start, edit.end)):
            result += [self.bytes[position : edit.start], edit.text.encode()]
            position = edit.end
        result.append(self.bytes[position:])
        return self._bom + b"".join(result).decode().encode(self._encoding)

    @functools.cached_property
    def uses(self) -> list[Use]:
        """Where TensorFlow's names are used."""
        return self.project.uses(self.tree, self.path)

    @functools.cached_property
    def names(self) -> dict[int, Use]:
        """The uses by the ids of their nodes, those that are certain."""
        return {id(use.node): use for use in self.uses if use.is_certain}

    @functools.cached_property
    def tensorflow(self) -> str | None:
        """What the whole file calls TensorFlow, if it is certain: ``tf``."""
        for statement in self.tree.body:
            if isinstance(statement, ast.Import):
                for alias in statement.names:
                    if alias.name in ("tensorflow", "tensorflow.compat.v1", "tf1compat_wd"):
                        name = alias.asname or alias.name
                        if "." not in name and self.is_bound_once(name):
                            return name
        return None

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call of a function of TF1, with its name in full."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and id(node.func) in self.names:
                yield node, self.names[id(node.func)].name

    @functools.cached_property
    def _bindings(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for node in ast.walk(self.tree):
            names: list[str] = []
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                names = [node.id]
            elif isinstance(node, ast.arg):
                names = [node.arg]
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names = [node.name]
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
            elif isinstance(node, (ast.ExceptHandler, ast.MatchAs)) and node.name:
                names = [node.name]
            for name in names:
                found[name] = found.get(name, 0) + 1
        return found

    def is_bound_once(self, name: str) -> bool:
        """Is `name` given a meaning once in the whole file, and by no star import?"""
        return self._bindings.get(name, 0) == 1

    def is_bound(self, name: str) -> bool:
        """Does the file give `name` a meaning, or may a star import?"""
        return name in self._bindings or "*" in self._bindings

    # Places.

    def start(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> int:
        """Where `node` begins."""
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> int:
        """Where `node` ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, start: int, end: int) -> str:
        """The source between two places."""
        return self.bytes[start:end].decode("utf-8", "replace")

    def is_really_at(self, node: ast.expr) -> bool:
        """Does the source at the place of `node` read as `node` does? (Not so in f-strings, before Python 3.12.)"""
        try:
            again = ast.parse(f"({self.text(self.start(node), self.end(node))}\n)", mode="eval").body
        except (SyntaxError, ValueError):
            return False
        return ast.dump(again) == ast.dump(node)

    def comments(self) -> list[str]:
        """All comments."""
        return comments(self.bytes.decode())


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:  # an insertion
        return one.start < other.end and other.start < one.end and one != other
    return one.start < other.end and other.start < one.end


def _parsed(text: str, path: str) -> ast.Module:
    # As text, so that a coding cookie isn't looked at again.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d" in an old string
        return ast.parse(text, path)


def comments(text: str) -> list[str]:
    """All comments in `text`."""
    tokens = tokenize.generate_tokens(io.StringIO(text, newline="").readline)
    return [token.string.rstrip("\r") for token in tokens if token.type == tokenize.COMMENT]
