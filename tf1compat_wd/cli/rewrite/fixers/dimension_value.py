"""The value of a dimension: TensorFlow 2's shapes hold plain integers, which have no .value.

Before:

    width = x.get_shape()[1].value
    depth = x.shape[-1].value

After:

    width = tf.compat.dimension_value(x.get_shape()[1])
    depth = tf.compat.dimension_value(x.shape[-1])

``tf.compat.dimension_value`` takes TF1's dimensions and integers, so that the code works in both.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source

_VALUE = re.compile(r"\.value")


def fix(source: Source) -> Iterator[Change | Note]:
    """Rewrite x.shape[i].value and x.get_shape()[i].value."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute) or node.attr != "value" or not isinstance(node.ctx, ast.Load):
            continue
        held = node.value
        if not isinstance(held, ast.Subscript) or isinstance(held.slice, (ast.Slice, ast.Tuple)):
            continue
        kind = _kind(held.value)
        if not kind:
            continue
        start, middle, end = source.start(held), source.end(held), source.end(node)
        if (
            kind == "shape"
            and source.tensorflow
            and _VALUE.fullmatch(source.text(middle, end))
            and source.is_really_at(node)
        ):
            call = f"{source.tensorflow}.compat.dimension_value("
            yield Change((Edit(start, start, call), Edit(middle, end, ")")))
        else:
            name = source.tensorflow or "tf"
            yield Note(node.lineno, f"if this is a shape, write {name}.compat.dimension_value(...) without .value")


def _kind(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and node.attr == "shape":
        return "shape"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_shape":
        return "shape" if not node.args and not node.keywords else ""
    if isinstance(node, ast.Name) and "shape" in node.id.lower():
        return "perhaps"
    return ""
