"""Modules that an old protocol buffer compiler wrote (``string_int_label_map_pb2.py``), on the protobuf of today.

Until protoc 3.19 such a module built each message's descriptor by hand, field by field; protobuf 4 and later refuse
that ("Descriptors cannot be created directly"). All of it stands in the module once more, serialized, and from that
today's generated code is made. So while such a file of the user's own is loaded, it becomes what protoc writes now.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_MARK = b"_descriptor.FileDescriptor("

# What protoc writes today, after the imports of the files that this one builds on.
_TODAY = """
from google.protobuf import descriptor_pool as _descriptor_pool
from google.protobuf.internal import builder as _builder
DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile(b"")
_builder.BuildMessageAndEnumDescriptors(DESCRIPTOR, globals())
_builder.BuildTopDescriptorsAndMessages(DESCRIPTOR, __name__, globals())
"""


def renew(tree: ast.Module, source: bytes) -> ast.Module:
    """Replace the body of `tree`, the syntax of `source`, in place if an old protoc wrote it."""
    if _MARK not in source:
        return tree
    files = [serialized for statement in tree.body if (serialized := _serialized_file(statement)) is not None]
    if len(files) != 1:
        return tree
    today = ast.parse(_TODAY)
    for node in ast.walk(today):
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            node.value = files[0]
    imports = [statement for statement in tree.body if _builds_on_others(statement)]
    place = next(statement for statement in tree.body if _serialized_file(statement) is not None)
    for statement in today.body:
        for node in ast.walk(statement):
            if hasattr(node, "lineno"):
                ast.copy_location(node, place)
    tree.body = [*imports, *today.body]
    return tree


def _serialized_file(statement: ast.stmt) -> bytes | None:
    """The message types that ``DESCRIPTOR = _descriptor.FileDescriptor(..., serialized_pb=...)`` describes."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return None
    if ast.unparse(statement.targets[0]) != "DESCRIPTOR":
        return None
    for keyword in statement.value.keywords:
        if keyword.arg == "serialized_pb":
            return _bytes(keyword.value)
    return None


def _bytes(node: ast.expr) -> bytes | None:
    if isinstance(node, ast.Call) and len(node.args) == 1:  # _b('...'), for Python 2
        node = node.args[0]
    if not isinstance(node, ast.Constant):
        return None
    if isinstance(node.value, str):
        return node.value.encode("latin-1")
    return node.value if isinstance(node.value, bytes) else None


def _builds_on_others(statement: ast.stmt) -> bool:
    """Whether it imports what protoc made of another file: it must be known first, and may be re-exported."""
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        return True
    return any(name.endswith("_pb2") for name in _imported(statement))


def _imported(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.name for alias in node.names)
