"""Rewriting import statements, for two fixers: they mean what `tf1compat-wd run` makes of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1compat_wd.cli.redirection import PACKAGE, redirected
from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source
from tf1compat_wd.cli.scan.findings import fate_of

_FROM = re.compile(r"from[ \t\f]+((?:tensorflow|tf_slim)[\w.]*)[ \t\f]+import\b")
_FROM_COMPAT = re.compile(r"from[ \t]+tensorflow\.compat[ \t]+import[ \t]+v1(?:[ \t]+as[ \t]+(\w+))?$")
_ALIAS = re.compile(r"([\w.]+)(?:[ \t\f]+as[ \t\f]+(\w+))?$")
_PARTS_LEFT_ALONE = "isn't one of TF1's public modules: import the public name"


def rewritten_imports(source: Source, contrib: bool) -> Iterator[Change | Note]:
    """Rewrite the imports of contrib, or all others of TensorFlow."""
    statements = [node for node in ast.walk(source.tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    if any(module.partition(".")[0] == PACKAGE for node in statements for module in _modules(node)):
        return
    wanted = [node for node in statements if any(_is_tensorflow(module) for module in _modules(node))]
    mine = [node for node in wanted if any(_is_contrib(node, module) == contrib for module in _modules(node))]
    if not mine:
        return
    unknown = sorted({use.name for use in source.uses if use.is_certain and fate_of(use.name).graph == "unknown"})
    if unknown:
        names = ", ".join(unknown[:3])
        if not contrib or len(mine) == len(wanted):
            yield Note(mine[0].lineno, f"left as it is: TF1 had no {names}; is this TensorFlow 2 code?")
        return
    other = "imports" if contrib else "contrib_imports"
    if other not in source.selected and len(mine) != len(wanted):
        yield Note(mine[0].lineno, f"left as it is: half of the imports can't stay behind; use the fixer {other} too")
        return
    for node in mine:
        if isinstance(node, ast.Import):
            yield from _import(source, node, contrib)
        else:
            yield from _import_from(source, node)


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [] if node.level else [node.module or ""]


def _is_tensorflow(module: str) -> bool:
    return module.partition(".")[0] in ("tensorflow", "tf_slim")


def _is_contrib(node: ast.Import | ast.ImportFrom, module: str) -> bool | None:
    """None if it isn't TensorFlow's."""
    if not _is_tensorflow(module):
        return None
    if module.startswith(("tensorflow.contrib", "tf_slim", "tensorflow.compat.v1.contrib")):
        return True
    return isinstance(node, ast.ImportFrom) and all(alias.name == "contrib" for alias in node.names)


def _import(source: Source, node: ast.Import, contrib: bool) -> Iterator[Change | Note]:
    for alias in node.names:
        if _is_contrib(node, alias.name) is not contrib:
            continue
        target = redirected(alias.name)
        if target is None:
            yield Note(node.lineno, f"left as it is: {alias.name} {_PARTS_LEFT_ALONE}")
            continue
        start, end = source.start(alias), source.end(alias)
        match = _ALIAS.match(source.text(start, end))
        if match is None:
            yield Note(node.lineno, f"left as it is: write the import of {alias.name} on one line")
            continue
        if alias.asname:
            text = f"{target} as {alias.asname}"
        else:
            # import tensorflow.contrib.slim binds tensorflow; ours loads what is in it by itself.
            root = alias.name.partition(".")[0]
            text = f"{target if root == 'tf_slim' and '.' not in alias.name else _root_of(root)} as {root}"
        yield Change((Edit(start, end, text),))


def _root_of(root: str) -> str:
    return f"{PACKAGE}.contrib.slim" if root == "tf_slim" else PACKAGE


def _import_from(source: Source, node: ast.ImportFrom) -> Iterator[Change | Note]:
    start, end = source.start(node), source.end(node)
    text = source.text(start, end)
    compat = _FROM_COMPAT.match(text)
    if compat:
        yield Change((Edit(start, end, f"import {PACKAGE} as {compat[1] or 'v1'}"),))
        return
    module = node.module or ""
    match = _FROM.match(text)
    if match is None or match[1] != module:
        yield Note(node.lineno, f"left as it is: write the import from {module} on one line")
        return
    target = redirected(module)
    parts = [alias.name for alias in node.names if module == "tensorflow" and not _is_public(alias.name)]
    if module == "tensorflow.compat" or target is None or parts:
        name = f"{module}.{parts[0]}" if parts else module
        yield Note(node.lineno, f"left as it is: {name} {_PARTS_LEFT_ALONE}")
        return
    yield Change((Edit(start + match.start(1), start + match.end(1), target),))


def _is_public(name: str) -> bool:
    return name in ("*", "keras", "compat") or redirected(f"tensorflow.{name}") is not None
