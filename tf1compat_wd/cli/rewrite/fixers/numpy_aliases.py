"""Names that NumPy removed: np.int is int, np.float is float, np.NaN is np.nan.

Before:

    x = np.zeros(3, np.float) + np.Inf

After:

    x = np.zeros(3, float) + np.inf

Not where the file gives `int` or `np` another meaning.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source

_BUILTINS = {
    "bool": "bool", "complex": "complex", "float": "float", "int": "int", "long": "int", "object": "object",
    "str": "str", "unicode": "str",
}  # fmt: skip
_RENAMED = {
    "Inf": "inf", "Infinity": "inf", "NAN": "nan", "NaN": "nan", "PINF": "inf", "infty": "inf",
    "alltrue": "all", "sometrue": "any", "product": "prod", "cumproduct": "cumprod", "row_stack": "vstack",
    "complex_": "complex128", "float_": "float64", "longfloat": "longdouble", "singlecomplex": "complex64",
    "round_": "round", "string_": "bytes_", "unicode_": "str_", "mat": "asmatrix", "rank": "ndim",
}  # fmt: skip
_BY_HAND = {
    "asscalar": "x.item()", "NINF": "-np.inf", "asfarray": "np.asarray(x, dtype=float)",
    "in1d": "np.isin", "msort": "np.sort(x, axis=0)", "trapz": "np.trapezoid",
}  # fmt: skip


def fix(source: Source) -> Iterator[Change | Note]:
    """Replace the names that are certain, and tell of the others."""
    modules = {
        alias.asname or alias.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "numpy"
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "numpy" and not node.level:
            gone = [a.name for a in node.names if a.name in {**_BUILTINS, **_RENAMED, **_BY_HAND}]
            if gone:
                yield Note(node.lineno, f"NumPy has removed {', '.join(gone)}")
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name) or node.value.id not in modules:
            continue
        name = node.attr
        if name in _BY_HAND:
            yield Note(node.lineno, f"NumPy has removed np.{name}: use {_BY_HAND[name]}")
        elif name in _BUILTINS or name in _RENAMED:
            yield _replaced(source, node, name)


def _replaced(source: Source, node: ast.Attribute, name: str) -> Change | Note:
    assert isinstance(node.value, ast.Name)
    new = _BUILTINS.get(name) or f"{node.value.id}.{_RENAMED[name]}"
    is_certain = (
        isinstance(node.ctx, ast.Load)
        and source.is_bound_once(node.value.id)
        and not (name in _BUILTINS and source.is_bound(new))
    )
    start, end = source.start(node), source.end(node)
    written = re.fullmatch(rf"{re.escape(node.value.id)}\.{name}", source.text(start, end))
    if not is_certain or not written:
        return Note(node.lineno, f"NumPy has removed np.{name}: use {new}")
    return Change((Edit(start, end, new),))
