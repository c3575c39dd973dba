"""Logits and labels by position, which TensorFlow 1.0 refused since it swapped them.

Before:

    loss = tf.nn.softmax_cross_entropy_with_logits(pred, y)

After:

    loss = tf.nn.softmax_cross_entropy_with_logits(logits=pred, labels=y)

TF 1.0 to 1.15 raise for the first, so that it can only be the order of 2016: logits first.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source

_FUNCTIONS = frozenset(f"tf.nn.{name}_cross_entropy_with_logits" for name in ("sigmoid", "softmax", "sparse_softmax"))
_OPENING, _COMMA = re.compile(r"\s*\(\s*"), re.compile(r"\s*,\s*")


def fix(source: Source) -> Iterator[Change | Note]:
    """Name the two arguments."""
    for call, name in source.calls():
        if name not in _FUNCTIONS or not call.args:
            continue
        advice = f"{name}: logits and labels go by name since TensorFlow 1.0, and logits came first before"
        plain = not any(isinstance(argument, (ast.Starred, ast.NamedExpr)) for argument in call.args)
        if not plain or len(call.args) != 2 or any(keyword.arg != "name" for keyword in call.keywords):
            yield Note(call.lineno, advice)
            continue
        logits, labels = call.args
        opening = source.text(source.end(call.func), source.start(logits))
        comma = source.text(source.end(logits), source.start(labels))
        if not _OPENING.fullmatch(opening) or not _COMMA.fullmatch(comma) or not source.is_really_at(call):
            yield Note(call.lineno, advice)
            continue
        places = source.start(logits), source.start(labels)
        yield Change((Edit(places[0], places[0], "logits="), Edit(places[1], places[1], "labels=")))
