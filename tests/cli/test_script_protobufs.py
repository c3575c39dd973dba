"""Modules that an old protoc wrote work in the user's own files."""

import ast
import types

from tf1compat_wd.cli.script_protobufs import renew

SERIALIZED = (
    b'\n\x14tf1compat_test.proto\x12\x0etf1compat_test"(\n\x04Item\x12\n\n\x02id\x18\x01 \x01(\x05'
    b"\x12\x14\n\x04name\x18\x02 \x01(\t:\x06nobody*\x1a\n\x05\x43olor"
    b"\x12\x07\n\x03RED\x10\x00\x12\x08\n\x04BLUE\x10\x01"
)

OLD = f"""
import sys
_b=sys.version_info[0]<3 and (lambda x:x) or (lambda x:x.encode('latin1'))
from google.protobuf import descriptor as _descriptor
from google.protobuf import descriptor_pb2

DESCRIPTOR = _descriptor.FileDescriptor(
  name='tf1compat_test.proto',
  package='tf1compat_test',
  serialized_pb=_b({SERIALIZED.decode("latin-1")!r})
)
_ITEM = _descriptor.Descriptor(name='Item', full_name='tf1compat_test.Item', fields=[])
"""


def loaded(source):
    module = types.ModuleType("old_pb2")
    exec(compile(renew(ast.parse(source), source.encode()), "old_pb2.py", "exec"), vars(module))
    return module


def test_messages_and_enumerations_of_an_old_module():
    old_pb2 = loaded(OLD)
    item = old_pb2.Item(id=3)
    assert (item.name, old_pb2.BLUE, old_pb2.Color.Name(0)) == ("nobody", 1, "RED")
    assert old_pb2.Item.FromString(item.SerializeToString()) == item


def test_a_module_of_another_kind_stays():
    source = "DESCRIPTOR = 1"
    assert ast.unparse(renew(ast.parse(source), source.encode())) == source
