"""Looking into checkpoints, and ``tf.train.init_from_checkpoint``."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoints, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.checkpoint_files import CheckpointFile, Entry, slice_of

_v1 = tf.compat.v1.train

Variable = Any


# --------------------------------------------------------------------------------------- reading


def NewCheckpointReader(filepattern: str) -> Any:
    """A reader of the checkpoint `filepattern`, in TF1's new or old format (``tf.train.NewCheckpointReader``).

    It has ``get_variable_to_shape_map()``, ``get_variable_to_dtype_map()``, ``has_tensor(name)`` and
    ``get_tensor(name)``.

    Raises:
        tf.errors.NotFoundError: there is none.
        tf.errors.DataLossError: it is damaged.
    """
    try:
        return _v1.NewCheckpointReader(filepattern)
    except tf.errors.OpError as error:
        if type(error) is not tf.errors.OpError:
            raise
        # TensorFlow 2 has one class for all errors whose words it doesn't know.
        raise tf.errors.DataLossError(None, None, error.message) from None


def load_checkpoint(ckpt_dir_or_file: str) -> Any:
    """A reader of a checkpoint, or of the latest one in a folder (``tf.train.load_checkpoint``).

    Raises:
        ValueError: the folder has none.
        tf.errors.NotFoundError, tf.errors.DataLossError: as `NewCheckpointReader`.
    """
    path = ckpt_dir_or_file
    if tf.io.gfile.isdir(path):
        path = tf.train.latest_checkpoint(path)
    if path is None:
        raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {ckpt_dir_or_file}")
    return NewCheckpointReader(path)


def load_variable(ckpt_dir_or_file: str, name: str) -> Any:
    """The value of one variable in a checkpoint, an array (``tf.train.load_variable``).

    Raises:
        tf.errors.NotFoundError: there is no checkpoint, or nothing of that name in it.
    """
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))


def list_variables(ckpt_dir_or_file: str) -> list[tuple[str, list[int]]]:
    """The names in a checkpoint and the values' shapes, sorted by name (``tf.train.list_variables``)."""
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())


# ---------------------------------------------------------------------------------- initializing


def init_from_checkpoint(ckpt_dir_or_file: str, assignment_map: Mapping[str, Any]) -> None:
    """Let variables start with values from a checkpoint (``tf.train.init_from_checkpoint``).

    In graph mode it replaces their initializers. Elsewhere they get the values now, each variable once in its life:
    a model function, run for each pass, may say this every time, and training is not undone. A variable that was
    restored (by a ``Saver``, or by its tracking scope) keeps what it has.

    Args:
        ckpt_dir_or_file: the checkpoint, or a folder for the latest one in it.
        assignment_map: from names in the checkpoint to what gets them: a variable, the name of a variable that
            ``get_variable`` has made (less ":0"), or the list of shards of a partitioned variable. And from scopes in
            the checkpoint to variable scopes, both with a slash at the end, "/" for the root: all variables which
            ``get_variable`` has made in that scope so far.

    Raises:
        ValueError: a name is missing in the checkpoint, or a shape differs. Then no variable has changed.
        tf.errors.NotFoundError: there is no checkpoint.

    Source: facts of the topic checkpoints.

    >>> import os, tempfile
    >>> net = tf.tracking.VariableTrackingScope("net")
    >>> with net, tf.variable_scope("old"):
    ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    >>> path = net.save(os.path.join(tempfile.mkdtemp(), "model"))
    >>> with tf.tracking.VariableTrackingScope("other"):
    ...     with tf.variable_scope("new"):
    ...         w = tf.get_variable("w", [2], initializer=tf.zeros_initializer())
    ...     tf.train.init_from_checkpoint(path, {"old/": "new/"})
    >>> w.numpy().tolist()
    [1.0, 1.0]
    """
    here = passes.current()
    if here is None:
        _v1.init_from_checkpoint(ckpt_dir_or_file, assignment_map)
        return
    path = tf.train.latest_checkpoint(ckpt_dir_or_file) if tf.io.gfile.isdir(ckpt_dir_or_file) else ckpt_dir_or_file
    load_checkpoint(ckpt_dir_or_file)  # raises TF1's errors
    file = CheckpointFile(path)
    known = here.variables or {name: record.variable for name, record in here.store.shared.items()}
    entries = [
        entry
        for name, target in assignment_map.items()
        for entry in _decide(_Names(ckpt_dir_or_file, file), known, name, target)
        if may_set(entry.variable, here)
    ]
    checkpoints.check(file, entries, [], [])
    checkpoints.assign(entries, file.read(entries), given_by=weakref.ref(here))


class _Names:
    """The names in a checkpoint, and what to call it in errors."""

    def __init__(self, path: str, file: CheckpointFile) -> None:
        self.path = path
        self.shapes = {name: list(shape) for name, shape in file.shapes.items()}


def may_set(variable: Variable, here: passes.Pass) -> bool:
    given_by = checkpoints.value_from_checkpoint(variable)
    return given_by is None or (given_by != checkpoints.RESTORED and given_by() is here)


def _decide(names: _Names, known: Mapping[str, Variable], name: str, target: Any) -> Iterator[Entry]:
    """What one entry of an assignment map means."""
    found = _find(known, target)
    if found is not None:
        if name not in names.shapes:
            raise ValueError(f"Tensor {name} is not found in {names.path} checkpoint {names.shapes}")
        yield from _entries(names, name, found)
        return
    scope = target.rpartition("/")[0]
    if not name.endswith("/"):
        raise ValueError(
            f"Assignment map with scope only name {scope} should map to scope only {name}. "
            "Should be 'scope/': 'other_scope/'."
        )
    inside = (each for each in known if not scope or each.startswith(f"{scope}/"))
    for full_name in sorted({each.partition("/part_")[0] for each in inside}):
        rest = full_name[len(scope) :]
        saved = rest if target == "/" else rest[1:]
        saved = saved if name == "/" else name + saved
        saved = saved.removesuffix("/")
        if saved not in names.shapes:
            raise ValueError(f"Tensor {saved} ({rest[1:]} in {name}) is not found in {names.path} checkpoint")
        variable = _find(known, full_name)
        assert variable is not None
        yield from _entries(names, saved, variable)


def _find(known: Mapping[str, Variable], target: Any) -> Any:
    """The variable, or the list of shards, that `target` is or names; None if it names a scope."""
    if isinstance(target, tf.Variable):
        return target
    if isinstance(target, list | tuple | hooks.PartitionedVariable):
        shards = list(target)
        if not all(isinstance(shard, tf.Variable) for shard in shards):
            raise TypeError(f"Only variables, and names, can be initialized from a checkpoint: {target}")
        return shards
    if not isinstance(target, str):
        raise TypeError(f"Only variables, and names, can be initialized from a checkpoint: {target}")
    if target in known:
        return known[target]
    shards = []
    while f"{target}/part_{len(shards)}" in known:
        shards.append(known[f"{target}/part_{len(shards)}"])
    return shards or None


def _entries(names: _Names, name: str, found: Any) -> Iterator[Entry]:
    for variable in found if isinstance(found, list) else [found]:
        entry = Entry(name, variable, slice_of(variable) if isinstance(found, list) else None)
        if list(entry.full_shape) != names.shapes[name]:
            shown = tuple(entry.full_shape)
            raise ValueError(
                f"Shape of variable {variable.name} ({shown}) doesn't match with shape of tensor {name} "
                f"({names.shapes[name]}) from checkpoint reader."
            )
        yield entry


hooks.keep_from_autograph(__name__)
