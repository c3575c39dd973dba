"""Changing what an expression names, with the rest of it as it was."""

from __future__ import annotations

import ast
import re

from tf1compat_wd.cli.rewrite.source import Edit, Source
from tf1compat_wd.cli.scan.uses import Use


def renamed(source: Source, use: Use, new: str) -> Edit | None:
    """The edit that makes ``tf.mul`` say `new`; None if the place isn't certain or isn't written ``name.name``."""
    if not use.is_certain or not isinstance(use.node, ast.Attribute) or not source.is_really_at(use.node):
        return None
    old_parts, new_parts = use.name.split("."), new.split(".")
    same = 0
    while same < min(len(old_parts), len(new_parts)) - 1 and old_parts[same] == new_parts[same]:
        same += 1
    holder: ast.expr = use.node
    for _ in old_parts[same:]:
        if not isinstance(holder, ast.Attribute):
            return None
        holder = holder.value
    start, end = source.end(holder), source.end(use.node)
    if not re.fullmatch(r"\.".join(["", *map(re.escape, old_parts[same:])]), source.text(start, end)):
        return None
    return Edit(start, end, "." + ".".join(new_parts[same:]))
