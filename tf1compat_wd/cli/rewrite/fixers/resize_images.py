"""Height and width of tf.image.resize_images, which TensorFlow 1.0 made one argument.

Before:

    small = tf.image.resize_images(x, 32, 48)

After:

    small = tf.image.resize_images(x, [32, 48])

Only where both are numbers: TF 1.0 to 1.15 raise for a size that is one number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source

_COMMA = re.compile(r"\s*,\s*")


def fix(source: Source) -> Iterator[Change | Note]:
    """Put the two numbers into a list."""
    for call, name in source.calls():
        if name != "tf.image.resize_images" or not 3 <= len(call.args) <= 4:
            continue
        height, width = call.args[1:3]
        if not (_is_size(height) and _is_size(width)):
            continue
        places = source.start(height), source.end(width)
        before, between = (
            source.text(source.end(call.args[0]), places[0]),
            source.text(source.end(height), source.start(width)),
        )
        if not _COMMA.fullmatch(before) or not _COMMA.fullmatch(between) or not source.is_really_at(call):
            yield Note(call.lineno, f"{name} takes the size as one argument since TensorFlow 1.0: [height, width]")
            continue
        yield Change((Edit(places[0], places[0], "["), Edit(places[1], places[1], "]")))


def _is_size(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int
