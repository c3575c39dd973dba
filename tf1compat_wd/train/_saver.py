"""``tf.train.Saver``: TensorFlow's own in graph mode; elsewhere it saves the variables of a tracking scope."""

from __future__ import annotations

import numbers
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoint_files, checkpoints, errors, graph_collections, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.checkpoint_files import CheckpointFile, Entry
from tf1compat_wd.train._meta_graph import require_graph

_v1 = tf.compat.v1.train
_Keys = tf.compat.v1.GraphKeys
_V1_FORMAT = _v1.SaverDef.V1


class Saver(_v1.Saver):  # type: ignore[misc]
    """Writes and reads checkpoints, and deletes old ones (``tf.train.Saver``).

    In graph mode it is TensorFlow's own. In eager mode `save` and `restore` act on the variables' values at once,
    whatever is given as session (None, say); a saver that is made in a ``tf.function`` can be used when that has
    returned. The files are the same in all modes, and TF 1.15's: ``<path>-<step>.index``, ``.data-...``,
    ``checkpoint``. Only graph mode writes ``.meta``, which holds the graph.

    Args:
        var_list: list of variables, or dict from names in the checkpoint to variables. Default: GLOBAL_VARIABLES of the
            graph or pass so far; in a pass that has asked for none yet, those of its tracking scope. Outside of any
            tracking scope that is the ambient scope.
        reshape: restore values of another shape with as many elements.
        sharded: in the old format (V1), add the number of a shard to the file's name; no other effect in eager mode.
        max_to_keep: delete all but the latest so many; 0 or None keeps all.
        keep_checkpoint_every_n_hours: of those to be deleted, keep one in so many hours.
        name, restore_sequentially, saver_def, builder, filename: graph mode only.
        defer_build: decide about the variables when `build` is called.
        allow_empty: don't mind if there are none.
        write_version: SaverDef.V2, or SaverDef.V1 for the old format.
        pad_step_number: write the step with eight digits.
        save_relative_paths: write paths into the file ``checkpoint`` that are relative to its folder.

    Raises:
        ValueError: there are no variables, or two have the same name.
        TypeError: something is not a variable.

    Differs from TF 1.15: a `restore` that raises has changed nothing, in graph mode either. In eager mode, what is
    wrong with a checkpoint is told with all names, and `save` over an existing checkpoint can be killed at any moment.

    >>> import os, tempfile
    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    ...     saver = tf.train.Saver(max_to_keep=2)
    >>> folder = tempfile.mkdtemp()
    >>> for step in range(3):
    ...     path = saver.save(None, os.path.join(folder, "model"), global_step=step)
    >>> [os.path.basename(path) for path in saver.last_checkpoints]
    ['model-1', 'model-2']
    >>> saver.restore(None, tf.train.latest_checkpoint(folder))
    """

    def __init__(
        self,
        var_list: Any = None,
        reshape: bool = False,
        sharded: bool = False,
        max_to_keep: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000.0,
        name: str | None = None,
        restore_sequentially: bool = False,
        saver_def: Any = None,
        builder: Any = None,
        defer_build: bool = False,
        allow_empty: bool = False,
        write_version: int = _v1.SaverDef.V2,
        pad_step_number: bool = False,
        save_relative_paths: bool = False,
        filename: str | None = None,
    ) -> None:
        if var_list is not None and not isinstance(var_list, Mapping | list | tuple | set):
            raise errors.variables_not_a_list(var_list)
        self._has_graph = modes.current_mode() == modes.GRAPH
        self._can_reshape = reshape
        if self._has_graph:
            super().__init__(
                var_list, reshape, sharded, max_to_keep, keep_checkpoint_every_n_hours, name, restore_sequentially,
                saver_def, builder, defer_build, allow_empty, write_version, pad_step_number, save_relative_paths,
                filename,
            )  # fmt: skip
            return
        if saver_def is not None and not isinstance(saver_def, _v1.SaverDef):
            raise ValueError(f"saver_def must be a saver_pb2.SaverDef: {saver_def}")
        self._var_list = var_list
        self._pass = passes.current()
        self._is_sharded = sharded
        self._allows_empty = allow_empty
        self._format = write_version
        self._pads_step = pad_step_number
        self._has_relative_paths = save_relative_paths
        self._entries: list[Entry] | None = None
        self._kept = _Kept(max_to_keep, keep_checkpoint_every_n_hours)
        if not defer_build:
            self.build()

    def build(self) -> None:
        """Decide which variables are saved, if that was deferred (`defer_build`)."""
        if self._has_graph:
            super().build()
            return
        if self._entries is not None:
            return
        if self._var_list is None:
            self._var_list = _variables_of(self._pass)
        self._pass = None
        if not self._var_list and not self._allows_empty:
            raise errors.no_variables_to_save(
                "tf.train.Saver() without arguments takes the variables of the current pass. Make it where the model "
                "is built, or in a pass of its own (`with scope: saver = tf.train.Saver()`); or give it a list of "
                "variables; or use scope.save(path)."
            )
        self._entries = checkpoint_files.entries_of(self._var_list)

    # ------------------------------------------------------------------------------ saving

    def save(
        self,
        sess: Any,
        save_path: str,
        global_step: Any = None,
        latest_filename: str | None = None,
        meta_graph_suffix: str = "meta",
        write_meta_graph: bool = True,
        write_state: bool = True,
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> str | None:
        """Write a checkpoint, note it in the file ``checkpoint``, and delete the oldest if there are too many.

        Args:
            sess: the session; not looked at in eager mode.
            save_path: path of the checkpoint, less the global step.
            global_step: number, or the variable, to be added to the path.
            latest_filename: name of the file that lists the latest checkpoints; default "checkpoint".
            meta_graph_suffix, write_meta_graph, strip_default_attrs, save_debug_info: graph mode only.
            write_state: whether to note and delete.

        Returns:
            The path to restore from; None if there are no variables.

        Raises:
            ValueError: `latest_filename` is a path or collides with `save_path`; or the folder doesn't exist.
            RuntimeError: `build` was deferred and not called; or a ``tf.function`` is being traced.
        """
        if self._has_graph:
            return super().save(  # type: ignore[no-any-return]
                sess, save_path, global_step, latest_filename, meta_graph_suffix, write_meta_graph, write_state,
                strip_default_attrs, save_debug_info,
            )  # fmt: skip
        if self._entries is None:
            raise RuntimeError("`build()` should be called before save if defer_build==True")
        checkpoints.require_eager("Saver.save")
        if latest_filename is None:
            latest_filename = "checkpoint"
        if os.path.split(latest_filename)[0]:
            raise ValueError("'latest_filename' must not contain path components")
        save_path = os.fspath(save_path)
        path = save_path
        if global_step is not None:
            step = global_step if isinstance(global_step, numbers.Integral) else int(tf.convert_to_tensor(global_step))
            path = f"{save_path}-{step:08d}" if self._pads_step else f"{save_path}-{step}"
        elif os.path.basename(save_path) == latest_filename and not self._is_sharded:
            raise ValueError(f"'latest_filename' collides with 'save_path': '{latest_filename}' and '{save_path}'")
        if not self._entries:
            return None
        folder = os.path.dirname(save_path)
        _make_last_folder(folder, save_path)
        path = self._write(path, self._entries)
        if write_state:
            self._kept.add(path)
            self._write_state(folder, path, latest_filename)
            self._kept.delete_next(self._format == _V1_FORMAT)
        return path

    def _write(self, path: str, entries: list[Entry]) -> str:
        if self._format != _V1_FORMAT:
            checkpoint_files.write(path, entries)
            return path
        if not self._is_sharded:
            checkpoint_files.write_v1(path, entries)
            return path
        checkpoint_files.write_v1(f"{path}-00000-of-00001", entries)
        return f"{path}-?????-of-00001"

    def _write_state(self, folder: str, path: str, latest_filename: str) -> None:
        state_path = os.path.join(folder, latest_filename)
        paths = self._kept.paths
        if self._has_relative_paths:
            path, *paths = (os.path.relpath(p, folder) if os.path.isabs(p) else p for p in (path, *paths))
        state = _v1.generate_checkpoint_state_proto(folder, path, paths)
        if state_path == state.model_checkpoint_path:
            raise RuntimeError(
                f"Save path '{path}' conflicts with path used for checkpoint state.  Please use a different save path."
            )
        scratch = f"{state_path}.tmp{os.getpid()}"
        with tf.io.gfile.GFile(scratch, "w") as file:
            file.write(str(state))
        tf.io.gfile.rename(scratch, state_path, overwrite=True)

    # --------------------------------------------------------------------------- restoring

    def restore(self, sess: Any, save_path: str) -> None:
        """Give the variables the values in a checkpoint.

        Args:
            sess: the session; not looked at in eager mode.
            save_path: what `save` returned, or ``tf.train.latest_checkpoint(folder)``.

        Raises:
            ValueError: there is no checkpoint.
            tf.errors.NotFoundError: the checkpoint has nothing for some variables.
            tf.errors.InvalidArgumentError: it has something of another shape or dtype.
            tf.errors.DataLossError, OutOfRangeError: files are damaged.
        """
        if self._has_graph:
            self._check_first(sess, save_path)
            super().restore(sess, save_path)
            return
        if self._entries is None:
            raise RuntimeError("`build()` should be called before restore if defer_build==True")
        if not self._entries:
            return
        checkpoints.require_eager("Saver.restore")
        if save_path is None:
            raise ValueError("Can't load save_path when it is None.")
        file = CheckpointFile(save_path)
        found = [entry for entry in self._entries if entry.name in file.shapes]
        missing = dict.fromkeys(entry.name for entry in self._entries if entry.name not in file.shapes)
        whole = found
        if self._can_reshape:
            whole = [
                entry._replace(variable=_Reshaped(entry, file)) if entry.slice is None else entry for entry in found
            ]
        checkpoints.check(file, whole, list(missing), [])
        values = file.read(found)
        if self._can_reshape:
            values = [tf.reshape(value, entry.variable.shape) for value, entry in zip(values, found, strict=True)]
        checkpoints.assign(found, values)

    def _check_first(self, sess: Any, path: Any) -> None:
        """Raise what a `restore` in a graph would raise, before it changes a variable.

        TF1's variables refuse a value of another shape. The resource variables of TensorFlow 2's graphs take it,
        without a word. And where variables lie on several devices, some would have their values when the values of
        others turn out to be missing or damaged: so these are read beforehand.
        """
        if path is None or self.saver_def is None or not _v1.checkpoint_exists(path):
            return
        try:
            file = CheckpointFile(path)
        except tf.errors.OpError:
            return  # TensorFlow's own restore says it in its words
        graph = getattr(sess, "graph", None)
        operations = [] if graph is None else _restoring_operations(graph, self.saver_def.restore_op_name)
        readers = [operation for operation in operations if operation.type == "RestoreV2"]
        missing: list[str] = []
        if len(readers) > 1 and not file.is_by_objects:
            names = [name.decode() for reader in readers for name in tf.get_static_value(reader.inputs[1])]
            missing = [name for name in names if name not in file.shapes]
        variables = _restored_whole(graph, operations) if self._var_list is None else self._var_list
        found = [] if self._can_reshape else _entries_in_graph(variables)
        checkpoints.check(file, [entry for entry in found if entry.name in file.shapes], missing, [])
        if len(readers) > 1 and not file.is_by_objects:
            sess.run(readers, {self.saver_def.filename_tensor_name: path})

    # ------------------------------------------------------------------------- bookkeeping

    @property
    def last_checkpoints(self) -> list[str]:
        """The checkpoints that are kept, the latest last; give them to `recover_last_checkpoints` of a new saver."""
        return super().last_checkpoints if self._has_graph else self._kept.paths

    def set_last_checkpoints(self, last_checkpoints: Sequence[str]) -> None:
        """Say which checkpoints there are; `set_last_checkpoints_with_time` says when they were made, too."""
        if self._has_graph:
            super().set_last_checkpoints(last_checkpoints)
            return
        assert isinstance(last_checkpoints, list)
        self._kept.items = [(path, float("inf")) for path in last_checkpoints]

    def set_last_checkpoints_with_time(self, last_checkpoints_with_time: Sequence[tuple[str, float]]) -> None:
        """Say which checkpoints there are: pairs of a path and the time when it was written."""
        if self._has_graph:
            super().set_last_checkpoints_with_time(last_checkpoints_with_time)
            return
        assert isinstance(last_checkpoints_with_time, list)
        self._kept.items = list(last_checkpoints_with_time)

    def recover_last_checkpoints(self, checkpoint_paths: Sequence[str]) -> None:
        """Go on with the checkpoints of an earlier run: those of `checkpoint_paths` that are there."""
        if self._has_graph:
            super().recover_last_checkpoints(checkpoint_paths)
            return
        found = []
        for path in checkpoint_paths:
            try:
                found.append((path, _v1.get_checkpoint_mtimes([path])[0]))
            except (tf.errors.NotFoundError, IndexError):
                continue
        self._kept.items = found

    # ---------------------------------------------------------------------- only of a graph

    def as_saver_def(self) -> Any:
        """The saver as a protocol buffer; graph mode only."""
        self._require_graph("as_saver_def")
        return super().as_saver_def()

    def to_proto(self, export_scope: str | None = None) -> Any:
        """The saver as a protocol buffer; graph mode only."""
        self._require_graph("to_proto")
        return super().to_proto(export_scope)

    def export_meta_graph(self, *args: Any, **kwargs: Any) -> Any:
        """The graph with this saver as a protocol buffer; graph mode only."""
        self._require_graph("export_meta_graph")
        return super().export_meta_graph(*args, **kwargs)

    def _require_graph(self, what: str) -> None:
        if self._has_graph:
            return
        require_graph(f"Saver.{what}")
        raise ValueError(f"Saver.{what} needs a saver that was made in graph mode, and this one was not.")


def _variables_of(here: passes.Pass | None) -> list[Any]:
    """The global variables of a pass so far; if it has asked for none yet, of its tracking scope."""
    if here is None:
        return graph_collections.get_collection(_Keys.GLOBAL_VARIABLES)
    collected = here.collections.get(_Keys.GLOBAL_VARIABLES, [])
    return list(collected or here.store.variables(_Keys.GLOBAL_VARIABLES))


def _entries_in_graph(variables: Any) -> list[Entry]:
    """Where the variables of a graph are saved, as far as their shapes are known; tables and such are left out."""

    def is_variable(item: Any) -> bool:
        shards = item if isinstance(item, list | tuple | hooks.PartitionedVariable) else [item]
        return all(isinstance(shard, tf.Variable) and shard.shape.is_fully_defined() for shard in shards)

    if isinstance(variables, Mapping):
        return checkpoint_files.entries_of({name: item for name, item in variables.items() if is_variable(item)})
    return checkpoint_files.entries_of([item for item in variables or [] if is_variable(item)])


def _make_last_folder(folder: str, save_path: str) -> None:
    if not folder or tf.io.gfile.isdir(folder):
        return
    try:
        tf.io.gfile.mkdir(folder)
    except tf.errors.OpError:
        raise ValueError(f"Parent directory of {save_path} doesn't exist, can't save.") from None


def import_meta_graph(
    meta_graph_or_file: Any, clear_devices: bool = False, import_scope: str | None = None, **kwargs: Any
) -> Saver | None:
    """Build the graph that `export_meta_graph` wrote; returns its saver (``tf.train.import_meta_graph``)."""
    require_graph("tf.train.import_meta_graph")
    theirs = _v1.import_meta_graph(meta_graph_or_file, clear_devices, import_scope, **kwargs)
    return None if theirs is None else Saver(saver_def=theirs.as_saver_def())


def _restoring_operations(graph: Any, restore_op_name: str) -> list[Any]:
    """The operations of `graph` that run when a saver restores."""
    found, waiting = {}, [graph.get_operation_by_name(restore_op_name)]
    while waiting:
        operation = waiting.pop()
        if operation.name not in found:
            found[operation.name] = operation
            waiting += [*operation.control_inputs, *(tensor.op for tensor in operation.inputs)]
    return list(found.values())


def _restored_whole(graph: Any, operations: list[Any]) -> dict[str, Any]:
    """The resource variables that the `operations` restore, by their names in the checkpoint.

    Not those which they reshape or restore slices of: TensorFlow's operations look at these themselves.
    """
    if graph is None:
        return {}
    variables = {variable.op.name: variable for variable in graph.get_collection(_Keys.GLOBAL_VARIABLES)}
    found = {}
    for operation in operations:
        if operation.type != "AssignVariableOp" or operation.inputs[0].op.name not in variables:
            continue
        value = operation.inputs[1]
        while value.op.type == "Identity":
            value = value.op.inputs[0]
        if value.op.type == "RestoreV2":
            names, slices = (tf.get_static_value(each)[value.value_index] for each in value.op.inputs[1:3])
            if not slices:
                found[names.decode()] = variables[operation.inputs[0].op.name]
    return found


class _Reshaped:
    """Stands for a variable that takes a value of another shape with as many elements."""

    def __init__(self, entry: Entry, file: CheckpointFile) -> None:
        self.dtype = entry.variable.dtype
        self.shape = entry.variable.shape
        in_file = tf.TensorShape(file.shapes[entry.name])
        if in_file.num_elements() == self.shape.num_elements():
            self.shape = in_file


class _Kept:
    """Which checkpoints a saver has written and not deleted."""

    def __init__(self, max_to_keep: int | None, every_n_hours: float) -> None:
        self._max_to_keep = max_to_keep
        self._period = every_n_hours * 3600
        self._keep_after = time.time() + self._period
        self._to_delete: list[tuple[str, float]] = []
        self.items: list[tuple[str, float]] = []

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.items]

    def add(self, path: str) -> None:
        if not self._max_to_keep:
            return
        self.items = [item for item in self.items if item[0] != path]
        self.items.append((path, time.time()))
        if len(self.items) > self._max_to_keep:
            self._to_delete.append(self.items.pop(0))

    def delete_next(self, is_v1: bool) -> None:
        """Delete the checkpoint that is one too many, unless it is to stay as that of its hours."""
        if not self._to_delete:
            return
        path, written_at = self._to_delete.pop(0)
        if written_at > self._keep_after:
            self._keep_after += self._period
            return
        files = [path] if is_v1 else [f"{path}.index", f"{path}.data-?????-of-?????"]
        for pattern in [*files, f"{path}.meta"]:
            for file in tf.io.gfile.glob(pattern):
                try:
                    tf.io.gfile.remove(file)
                except tf.errors.OpError as error:
                    tf.compat.v1.logging.warning("Ignoring: %s", error)


hooks.keep_from_autograph(__name__)
