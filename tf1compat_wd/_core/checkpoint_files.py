"""Checkpoint files with TF1's names: reading them, and writing them so that a killed program leaves the last one whole.

A checkpoint of today's format (V2) called ``model`` is a table, ``model.index``, and the values that it points into,
``model.data-00000-of-00001``. TensorFlow replaces the one and then the other: killed in between, the old table stands
beside new values. Here the values of a new checkpoint get a name that no file has yet, ``...-of-00002`` if need be (the
number stands at the beginning of the table). Replacing the table, in one step, makes the new checkpoint of the old.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import trackable_object_graph_pb2

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks

Variable = Any
Tensor = Any


# ------------------------------------------------------------------------------ what stands where


class Slice(NamedTuple):
    """The part of a saved value that a shard of a partitioned variable is."""

    full_shape: tuple[int, ...]
    offset: tuple[int, ...]
    shape: tuple[int, ...]

    @property
    def spec(self) -> str:
        """As the operations that save and restore want it: ``4 3 0,2:0,3``."""
        parts = ":".join(f"{begin},{size}" for begin, size in zip(self.offset, self.shape, strict=True))
        return f"{' '.join(map(str, self.full_shape))} {parts}"

    def cut(self, value: np.ndarray) -> np.ndarray:
        """This part of the whole `value`."""
        return value[tuple(slice(begin, begin + size) for begin, size in zip(self.offset, self.shape, strict=True))]


class Entry(NamedTuple):
    """A variable, the name of its value in a checkpoint, and which part of that it is (None: all of it)."""

    name: str
    variable: Variable
    slice: Slice | None = None

    @property
    def full_shape(self) -> tuple[int, ...]:
        """The shape that the whole value should have."""
        return tuple(self.variable.shape.as_list()) if self.slice is None else self.slice.full_shape

    @property
    def spec(self) -> str:
        return "" if self.slice is None else self.slice.spec


def entry_of(variable: Variable) -> Entry:
    """Where TF1 saves `variable`: under its name without ":0"; a shard, as a slice of its partitioned variable."""
    info = hooks.save_slice_info(variable)
    return Entry(variable.name[: -len(":0")] if info is None else info.full_name, variable, slice_of(variable))


def slice_of(variable: Variable) -> Slice | None:
    """Which part of a partitioned variable `variable` is; None if it is none."""
    info = hooks.save_slice_info(variable)
    return None if info is None else Slice(tuple(info.full_shape), tuple(info.var_offset), tuple(info.var_shape))


def entries_of(variables: Iterable[Any] | Mapping[str, Any]) -> list[Entry]:
    """Where TF1's ``Saver(variables)`` saves them.

    Args:
        variables: variables and partitioned variables; or names for them, whose values may also be lists of shards.

    Raises:
        TypeError: something else is among them.
        ValueError: two have the same name, or one has two names.
    """
    if isinstance(variables, Mapping):
        return _with_names(variables)
    if not isinstance(variables, list | tuple | set):
        raise errors.variables_not_a_list(variables)
    entries: list[Entry] = []
    for item in variables:
        for variable in _shards(item):
            if not isinstance(variable, tf.Variable):
                raise errors.not_a_variable_to_save(variable)
            entries.append(entry_of(variable))
    seen = set()
    for entry in entries:
        key = (entry.name, entry.slice and entry.slice.offset)
        if key in seen:
            raise errors.saved_twice_by_name(entry.name)
        seen.add(key)
    return entries


def _shards(item: Any) -> list[Any]:
    return list(item) if isinstance(item, hooks.PartitionedVariable) else [item]


def _with_names(variables: Mapping[str, Any]) -> list[Entry]:
    entries = []
    seen: set[int] = set()
    for name, item in sorted(variables.items(), key=lambda pair: str(pair[0])):
        if not isinstance(name, str):
            raise errors.saved_name_not_a_string(name)
        is_sliced = isinstance(item, list | tuple | hooks.PartitionedVariable)
        for variable in list(item) if is_sliced else [item]:
            if not isinstance(variable, tf.Variable):
                raise errors.not_a_variable_in_dict(variable)
            if id(variable) in seen:
                raise errors.saved_under_two_names(name)
            seen.add(id(variable))
            part = slice_of(variable) if is_sliced else None
            if is_sliced and part is None:
                raise errors.not_a_slice(variable)
            entries.append(Entry(name, variable, part))
    return entries


# ----------------------------------------------------------------------------------------- reading


def latest_in(path: str) -> str:
    """`path`; of a folder, the latest checkpoint in it.

    Raises:
        ValueError: the folder has none.
    """
    path = os.fspath(path)
    if not tf.io.gfile.isdir(path):
        return path
    latest = tf.train.latest_checkpoint(path)
    if latest is None:
        raise errors.no_such_checkpoint(path, "It is a folder, and no file `checkpoint` in it says what is the latest.")
    return str(latest)


class CheckpointFile:
    """A checkpoint that is being read: the names in it, and their values.

    It stays readable when its files are deleted or replaced later (but for checkpoints of the old format, V1).

    Args:
        path: as ``Saver.save`` returns it.

    Raises:
        ValueError: there is no checkpoint.
        tf.errors.DataLossError: it is damaged.
    """

    def __init__(self, path: str) -> None:
        path = os.fspath(path)
        self.path = path
        if not _exists(path):
            raise errors.no_such_checkpoint(path, _what_is_there(path))
        try:
            self._reader = tf.compat.v1.train.NewCheckpointReader(path)
            self.shapes: dict[str, tuple[int, ...]] = {
                name: tuple(shape) for name, shape in self._reader.get_variable_to_shape_map().items()
            }
            self.dtypes: dict[str, tf.DType] = self._reader.get_variable_to_dtype_map()
        except (tf.errors.OpError, RuntimeError) as error:
            raise errors.checkpoint_damaged(path, [], error) from None
        self._is_v1 = not tf.io.gfile.exists(f"{path}.index")
        self._keys: dict[str, str] = {}
        self.is_by_objects = _OBJECT_GRAPH in self.shapes
        if self.is_by_objects:
            self._read_object_graph()

    def _read_object_graph(self) -> None:
        """Go by names in a checkpoint of TF2's ``tf.train.Checkpoint`` too, which goes by attributes of objects."""
        graph = trackable_object_graph_pb2.TrackableObjectGraph()
        graph.ParseFromString(self._reader.get_tensor(_OBJECT_GRAPH))
        attributes = [attribute for node in graph.nodes for attribute in node.attributes if attribute.full_name]
        counts = Counter(attribute.full_name for attribute in attributes)
        self._keys = {a.full_name: a.checkpoint_key for a in attributes if counts[a.full_name] == 1}
        self.shapes = {name: self.shapes[key] for name, key in self._keys.items()}
        self.dtypes = {name: self.dtypes[key] for name, key in self._keys.items()}

    def _key(self, name: str) -> str:
        return self._keys.get(name, name)

    def mismatch(self, entry: Entry) -> tuple[str, str] | None:
        """How the value in the file differs from what `entry` needs, in TF1's words and in ours; None if it fits."""
        name, shape, dtype = entry.name, list(self.shapes[entry.name]), self.dtypes[entry.name]
        wanted_shape, wanted = list(entry.full_shape), entry.variable.dtype.base_dtype
        if dtype != wanted:
            return (
                f"tensor_name = {name}; expected dtype {_short(wanted)} does not equal original dtype {_short(dtype)}",
                f"{name}: {dtype.name} in the checkpoint, {wanted.name} here",
            )
        if shape != wanted_shape:
            lhs, rhs = (str(dimensions).replace(" ", "") for dimensions in (wanted_shape, shape))
            return (
                f"Assign requires shapes of both tensors to match. lhs shape= {lhs} rhs shape= {rhs}",
                f"{name}: shape {shape} in the checkpoint, {wanted_shape} here",
            )
        return None

    def read(self, entries: Sequence[Entry]) -> list[Tensor]:
        """The values of `entries`, which must be in the file.

        Raises:
            tf.errors.DataLossError: some can't be read; the message names all of these.
        """
        if not entries:
            return []
        try:
            with tf.init_scope(), tf.device("/cpu:0"):
                return list(
                    tf.raw_ops.RestoreV2(
                        prefix=self.path,
                        tensor_names=[self._key(entry.name) for entry in entries],
                        shape_and_slices=[entry.spec for entry in entries],
                        dtypes=[self.dtypes[entry.name] for entry in entries],
                    )
                )
        except (tf.errors.OpError, RuntimeError) as error:
            damaged = self.unreadable({entry.name for entry in entries})
            raise errors.checkpoint_damaged(self.path, list(damaged), error) from None

    def read_one(self, entry: Entry) -> Any:
        """The value of `entry`, also when the files are gone since this one was made and read once."""
        if self._is_v1:  # where only a part of the slices is there, its reader makes up the rest
            return self.read([entry])[0]
        try:
            value = np.asarray(self._reader.get_tensor(self._key(entry.name)))
        except Exception as error:  # see _damage
            damage = _damage(error)
            if damage is None:
                return self.read([entry])[0]
            raise errors.checkpoint_damaged(self.path, [entry.name], damage) from None
        return value if entry.slice is None else entry.slice.cut(value)

    def unreadable(self, names: Iterable[str]) -> dict[str, Exception]:
        """Those of `names` whose values can't be read, because a file is damaged or missing; and TensorFlow's error."""
        damaged = {}
        for name in sorted(names):
            try:
                self._reader.get_tensor(self._key(name))
            except Exception as error:  # see _damage
                damage = _damage(error)
                if damage is not None:
                    damaged[name] = damage
        return damaged


def _damage(error: Exception) -> Exception | None:
    """What a reader's `error` says about the file; None if it says that the value can be read in slices only.

    TensorFlow makes Python's IndexError and ValueError of some errors, with its own words.
    """
    if isinstance(error, tf.errors.UnimplementedError) or "sufficient slices" in str(error):
        return None
    return tf.errors.OutOfRangeError(None, None, str(error)) if isinstance(error, IndexError) else error


def _short(dtype: tf.DType) -> str:
    """The name of a dtype in TensorFlow's C++."""
    return {"float32": "float", "float64": "double", "float16": "half"}.get(dtype.name, dtype.name)


_OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH"


def _exists(path: str) -> bool:
    return tf.io.gfile.exists(f"{path}.index") or bool(not tf.io.gfile.isdir(path) and tf.io.gfile.glob(path))


def _what_is_there(path: str) -> str:
    """A hint: what begins like `path`."""
    if tf.io.gfile.isdir(path):
        return "It is a folder; tf.train.latest_checkpoint(folder) says which checkpoint in it is the latest."
    folder, base = os.path.split(path)
    if not tf.io.gfile.isdir(folder or "."):
        return f"There is no folder {folder}."
    names = sorted(
        name.removesuffix(".index") for name in tf.io.gfile.listdir(folder or ".") if name.endswith(".index")
    )
    similar = [name for name in names if name.startswith(base)] or names
    return f"In that folder there are the checkpoints {', '.join(similar[:5])}." if similar else ""


# ----------------------------------------------------------------------------------------- writing


_commit = threading.Lock()


def write(path: str, entries: Sequence[Entry]) -> None:
    """Write a checkpoint; until it is complete, one that is there already under the same name stays.

    Args:
        path: to which ".index" and ".data-..." are added. Its folder must exist.
        entries: at least one.
    """
    path = os.fspath(path)
    if "://" in path:  # there is no renaming in one step on such file systems
        _save(path, entries)
        return
    folder, base = os.path.split(os.path.abspath(path))
    _clear_leftovers(folder, base)
    scratch = os.path.join(folder, f"{base}{_WRITING}{_this_process()}-{threading.get_ident()}")
    os.mkdir(scratch)
    try:
        written = os.path.join(scratch, "part")
        _save(written, entries)
        with _commit:
            _put_in_place(written, os.path.join(folder, base))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_v1(path: str, entries: Sequence[Entry]) -> None:
    """The same in TF1's old format, a single file."""
    scratch = f"{path}{_WRITING}{_this_process()}-{threading.get_ident()}"
    try:
        with tf.init_scope(), tf.device("/cpu:0"):
            tf.raw_ops.SaveSlices(
                filename=scratch,
                tensor_names=[entry.name for entry in entries],
                shapes_and_slices=[entry.spec for entry in entries],
                data=[entry.variable.read_value() for entry in entries],
            )
        tf.io.gfile.rename(scratch, path, overwrite=True)
    finally:
        if tf.io.gfile.exists(scratch):
            tf.io.gfile.remove(scratch)


def _save(path: str, entries: Sequence[Entry]) -> None:
    with tf.init_scope(), tf.device("/cpu:0"):
        tf.raw_ops.SaveV2(
            prefix=path,
            tensor_names=[entry.name for entry in entries],
            shape_and_slices=[entry.spec for entry in entries],
            tensors=[entry.variable.read_value() for entry in entries],
        )


def _put_in_place(written: str, path: str) -> None:
    """Make the checkpoint `written`, of one data file, the checkpoint `path`."""
    folder, base = os.path.split(path)
    is_data = re.compile(re.escape(base) + r"\.data-\d{5}-of-(\d{5})\Z").match
    old = {name: int(found[1]) for name in os.listdir(folder) if (found := is_data(name))}
    count = next(n for n in range(1, 128) if n not in old.values())
    index = f"{written}.index"
    if count > 1 and not _set_number_of_files(index, count):
        count = 1
    data = f"{written}.data-00000-of-00001"
    for file in (data, index):
        _flush(file)
    os.rename(data, f"{path}.data-00000-of-{count:05d}")
    os.replace(index, f"{path}.index")
    for name in old:
        os.remove(os.path.join(folder, name))


def _flush(file: str) -> None:
    """Have `file` on the disk before its name is: a rename may overtake what was written."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# The scratch folder of a process that was killed is removed by whoever writes the same checkpoint next.
_WRITING = ".writing-"
_DAY = 24 * 3600


def _this_process() -> str:
    return f"{re.sub('[^A-Za-z0-9.]', '_', socket.gethostname())}-{os.getpid()}"


def _clear_leftovers(folder: str, base: str) -> None:
    host, _, process = _this_process().rpartition("-")
    for name in os.listdir(folder):
        if not name.startswith(base + _WRITING):
            continue
        path = os.path.join(folder, name)
        made_by = name[len(base + _WRITING) :].split("-")
        try:
            here = "-".join(made_by[:-2]) == host
            gone = here and made_by[-2] != process and not _is_alive(int(made_by[-2]))
            if gone or time.time() - os.path.getmtime(path) > _DAY:
                shutil.rmtree(path, ignore_errors=True)
        except (OSError, ValueError, IndexError):
            continue


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


# ------------------------------------------------------------------------- the number in the table
#
# The table is a LevelDB table: blocks of sorted keys and values, each followed by a byte for its compression (always
# 0 here) and a checksum. The first key is "", and its value a BundleHeaderProto whose first field is the number of
# data files: 00 00 <length> 08 <number>.


def _set_number_of_files(index: str, count: int) -> bool:
    """Change the number in the table; False if a new TensorFlow has written something that we don't know."""
    with open(index, "r+b") as file:
        table = bytearray(file.read())
        size = _size_of_first_block(table)
        if table[0:2] != b"\0\0" or table[3:5] != b"\x08\x01" or table[size] != 0:
            return False
        table[4] = count
        checksum = _crc32c(table[: size + 1])
        masked = ((checksum >> 15 | checksum << 17) + 0xA282EAD8) & 0xFFFFFFFF
        table[size + 1 : size + 5] = masked.to_bytes(4, "little")
        file.seek(0)
        file.write(table)
    return True


def _size_of_first_block(table: bytearray) -> int:
    position = len(table) - 48  # the footer: where the meta index is and how long, then the same for the index
    for _ in range(2):
        _, position = _varint(table, position)
    index, _ = _varint(table, position)
    # The first entry of the index: three lengths, a key, and where the block is and how long.
    position = index
    _, position = _varint(table, position)
    key_length, position = _varint(table, position)
    _, position = _varint(table, position)
    begin, position = _varint(table, position + key_length)
    assert begin == 0
    return _varint(table, position)[0]


def _varint(table: bytearray, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = table[position]
        position += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, position


@functools.cache
def _crc_table() -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


def _crc32c(data: bytes | bytearray) -> int:
    table, value = _crc_table(), 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ table[(value ^ byte) & 255]
    return value ^ 0xFFFFFFFF


hooks.keep_from_autograph(__name__)
