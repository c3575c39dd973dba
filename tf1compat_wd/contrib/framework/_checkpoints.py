"""Reading checkpoints, and giving variables the values that stand there or elsewhere.

Outside graph mode there is no operation that somebody would run later: an assignment has been made when its function
returns, and what stands in for the operation does nothing more. In a ``tf.function`` it is part of the function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd import train
from tf1compat_wd._core import graph_collections, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.framework._variables import get_op_name, get_variable_full_name

_v1 = tf.compat.v1

# ------------------------------------------------------------------------------------------- reading


def load_checkpoint(filepattern: str) -> Any:
    """A reader of the checkpoint in a folder or with a prefix (as ``tf.train.load_checkpoint``).

    Raises:
        ValueError: the folder has none.
        NotFoundError: there are no files with that prefix.
    """
    return _v1.train.load_checkpoint(filepattern)


def load_variable(checkpoint_dir: str, name: str) -> np.ndarray:
    """The value of variable `name` in a checkpoint.

    Raises:
        NotFoundError: the checkpoint has no such variable.
    """
    return _v1.train.load_variable(checkpoint_dir, name.removesuffix(":0"))


def list_variables(checkpoint_dir: str) -> list[tuple[str, list[int]]]:
    """Names and shapes of the variables in a checkpoint, sorted by name."""
    return _v1.train.list_variables(checkpoint_dir)


# ----------------------------------------------------------------------------------------- assigning


def _assign(assignments: Sequence[tuple[Any, np.ndarray]]) -> tuple[Any, dict[Any, np.ndarray]]:
    """An operation that assigns, and what to feed it. In graph mode the values don't become part of the graph."""
    operations: list[Any] = []
    feeds: dict[Any, np.ndarray] = {}
    for variable, value in assignments:
        if modes.current_mode() != modes.GRAPH:
            operations.append(_v1.assign(variable, value))
            continue
        name = f"placeholder/{get_op_name(variable)}"
        placeholder = _v1.placeholder(variable.dtype.base_dtype, variable.shape, name=name)
        operations.append(_v1.assign(variable, placeholder))
        feeds[placeholder] = value
    if modes.current_mode() == modes.EAGER:
        return tf.no_op(), feeds
    return tf.group(*operations, name="group_deps"), feeds


def assign_from_values(var_names_to_values: Mapping[str, Any]) -> tuple[Any, dict[Any, Any]]:
    """Give variables values by their names (``slim.assign_from_values``).

    Returns:
        An operation, and the dictionary to feed when it is run.

    Raises:
        ValueError: there is no such variable, or the value has another number of elements.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.get_variable("w", [2])
    ...     _ = tf.contrib.framework.assign_from_values({"w": [1.0, 2.0]})
    >>> w.numpy().tolist()
    [1.0, 2.0]
    """
    assignments = []
    for name, value in var_names_to_values.items():
        found = graph_collections.get_collection(_v1.GraphKeys.GLOBAL_VARIABLES, name)
        variable = next((each for each in found if get_op_name(each) == name), None)
        if variable is None:
            raise ValueError(f"Variable {name} wasn't found")
        array = np.asarray(value, variable.dtype.base_dtype.as_numpy_dtype)
        assignments.append((variable, array.reshape(variable.shape.as_list())))
    return _assign(assignments)


def assign_from_values_fn(var_names_to_values: Mapping[str, Any]) -> Callable[[Any], None]:
    """As `assign_from_values`, but a function of the session that does it; outside graph mode, of None."""
    if modes.current_mode() != modes.GRAPH:

        def assign_now(session: Any = None) -> None:
            del session
            assign_from_values(var_names_to_values)

        return assign_now
    operation, feeds = assign_from_values(var_names_to_values)

    def assign(session: Any) -> None:
        return session.run(operation, feeds)

    return assign


def _grouped(var_list: Any) -> dict[str, list[Any]]:
    """Names in the checkpoint, and the variable, or the shards, that each is for."""
    if isinstance(var_list, Mapping):
        return {name: list(given) if isinstance(given, list) else [given] for name, given in var_list.items()}
    grouped: dict[str, list[Any]] = {}
    for variable in var_list:
        if isinstance(variable, hooks.PartitionedVariable):
            grouped.setdefault(variable.name, []).extend(variable)
        else:
            grouped.setdefault(get_variable_full_name(variable), []).append(variable)
    return grouped


def _part_of(value: np.ndarray, variable: Any) -> np.ndarray:
    info = hooks.save_slice_info(variable)
    if info is None:
        return value
    place = zip(info.var_offset, info.var_shape, strict=True)
    return value[tuple(slice(begin, begin + length) for begin, length in place)]


def _values_in_checkpoint(
    model_path: str, var_list: Any, ignore_missing_vars: bool, reshape: bool
) -> list[tuple[Any, np.ndarray]]:
    reader = load_checkpoint(model_path)
    found = []
    for name, variables in _grouped(var_list).items():
        if not reader.has_tensor(name):
            if not ignore_missing_vars:
                raise ValueError(
                    f"Checkpoint is missing variable [{name}]\n\n"
                    f"{model_path} is for {', '.join(v.name for v in variables)} to be restored from. "
                    "tf.train.list_variables shows what is in it."
                )
            _v1.logging.warning("Checkpoint is missing variable [%s]", name)
            continue
        value = reader.get_tensor(name)
        found += [(variable, _fitting(name, _part_of(value, variable), variable, reshape)) for variable in variables]
    return found


def _fitting(name: str, value: np.ndarray, variable: Any, reshape: bool) -> np.ndarray:
    wanted = variable.shape
    if wanted.is_compatible_with(value.shape):
        return value
    if reshape and wanted.num_elements() == value.size:
        return value.reshape(wanted.as_list())
    raise ValueError(
        f"Total size of new array must be unchanged for {name} lh_shape: [{value.shape}], "
        f"rh_shape: [{tuple(wanted.as_list())}]"
    )


def assign_from_checkpoint(model_path: str, var_list: Any, ignore_missing_vars: bool = False) -> tuple[Any, Any]:
    """Give variables the values that a checkpoint has for them (``slim.assign_from_checkpoint``).

    Args:
        model_path: prefix of the checkpoint's files, or their folder.
        var_list: variables; or a dictionary of names in the checkpoint to variables, or to lists of shards.
        ignore_missing_vars: leave alone variables that the checkpoint doesn't have.

    Returns:
        An operation, and the dictionary to feed when it is run.

    Raises:
        ValueError: the checkpoint has no such variable, or one with another number of elements.
    """
    return _assign(_values_in_checkpoint(model_path, var_list, ignore_missing_vars, reshape=True))


def assign_from_checkpoint_fn(
    model_path: str, var_list: Any, ignore_missing_vars: bool = False, reshape_variables: bool = False
) -> Callable[[Any], None] | None:
    """A function of the session that restores variables from a checkpoint (``slim.assign_from_checkpoint_fn``).

    Outside graph mode it is a function of None.

    Args:
        model_path: prefix of the checkpoint's files.
        var_list: variables; or a dictionary of names in the checkpoint to variables.
        ignore_missing_vars: leave alone variables that the checkpoint doesn't have.
        reshape_variables: restore also from values of another shape with as many elements.

    Returns:
        The function; None if `ignore_missing_vars` leaves no variable.

    Raises:
        ValueError: there are no variables.
    """
    if not var_list:
        raise ValueError("var_list cannot be empty")
    if ignore_missing_vars:
        reader = load_checkpoint(model_path)
        by_name = var_list if isinstance(var_list, Mapping) else {get_op_name(each): each for each in var_list}
        var_list = {}
        for name, variable in by_name.items():
            if reader.has_tensor(name):
                var_list[name] = variable
            else:
                _v1.logging.warning("Variable %s missing in checkpoint %s", name, model_path)
        if not var_list:
            _v1.logging.warning("No Variables to restore")
            return None
    if modes.current_mode() == modes.GRAPH:
        saver = train.Saver(var_list, reshape=reshape_variables)

        def restore(session: Any) -> None:
            saver.restore(session, model_path)

        return restore

    def restore_now(session: Any = None) -> None:
        del session
        _assign(_values_in_checkpoint(model_path, var_list, False, reshape_variables))

    return restore_now


# ---------------------------------------------------------------------------------- initial values


def init_from_checkpoint(checkpoint_dir: str, assignment_map: Mapping[str, Any]) -> None:
    """Let variables begin with the values that a checkpoint has for them (as ``tf.train.init_from_checkpoint``).

    Outside graph mode a variable gets its value at once, the first time that it is asked for it: later passes leave
    alone what training has changed since.

    Args:
        checkpoint_dir: folder or prefix.
        assignment_map: names in the checkpoint to variables, lists of shards, or names of variables in this graph or
            pass; or scopes to scopes, ``{"from/": "to/"}``, with "/" for the whole checkpoint.

    Raises:
        ValueError: a variable, or its value in the checkpoint, doesn't exist, or their shapes differ.
    """
    if passes.current() is None:
        _v1.train.init_from_checkpoint(checkpoint_dir, dict(assignment_map))
        return
    reader = load_checkpoint(checkpoint_dir)
    shapes = reader.get_variable_to_shape_map()
    pairs: list[tuple[str, list[Any]]] = []
    for source, target in assignment_map.items():
        if isinstance(target, str):
            pairs += _pairs_by_name(source, target, shapes, checkpoint_dir)
        else:
            pairs.append((source, _as_list(target)))
    for source, variables in pairs:
        _check_in_checkpoint(source, variables, shapes, checkpoint_dir)
    for source, variables in pairs:
        new = [variable for variable in variables if not getattr(variable, _BEGAN_WITH_CHECKPOINT, False)]
        value = reader.get_tensor(source) if new else None
        for variable in new:
            with tf.init_scope():
                variable.assign(_part_of(value, variable))
            setattr(variable, _BEGAN_WITH_CHECKPOINT, True)


_BEGAN_WITH_CHECKPOINT = "tf1_began_with_checkpoint"


def _as_list(target: Any) -> list[Any]:
    return list(target) if isinstance(target, list | tuple | hooks.PartitionedVariable) else [target]


def _variables_by_full_name() -> dict[str, list[Any]]:
    """The variables of this pass that ``tf.get_variable`` gave, shards under the name of the whole."""
    here = passes.current()
    assert here is not None
    found: dict[str, list[Any]] = {}
    for variable in here.variables.values():
        found.setdefault(get_variable_full_name(variable), []).append(variable)
    return found


def _pairs_by_name(
    source: str, target: str, shapes: Mapping[str, Any], checkpoint_dir: str
) -> list[tuple[str, list[Any]]]:
    variables = _variables_by_full_name()
    if not target.endswith("/") and target in variables:
        return [(source, variables[target])]
    if not target.endswith("/") or not source.endswith("/"):
        raise ValueError(
            f"Assignment map with scope only name {target.rpartition('/')[0] or target} should map to scope only "
            f"{source}. Should be 'scope/': 'other_scope/'.\n\nThere is no variable {target!r} in this pass."
        )
    prefix = "" if source == "/" else source
    within = "" if target == "/" else target
    pairs = []
    for name, found in variables.items():
        if not name.startswith(within):
            continue
        wanted = prefix + name[len(within) :]
        if wanted not in shapes:
            raise ValueError(
                f"Tensor {wanted} ({name[len(within) :]} in {source}) is not found in {checkpoint_dir} checkpoint"
            )
        pairs.append((wanted, found))
    return pairs


def _check_in_checkpoint(source: str, variables: list[Any], shapes: Mapping[str, Any], checkpoint_dir: str) -> None:
    if source not in shapes:
        raise ValueError(f"Tensor {source} is not found in {checkpoint_dir} checkpoint {dict(shapes)}")
    for variable in variables:
        info = hooks.save_slice_info(variable)
        shape = variable.shape if info is None else tf.TensorShape(info.full_shape)
        if not shape.is_compatible_with(shapes[source]):
            raise ValueError(
                f"Shape of variable {variable.name} ({shape}) doesn't match with shape of tensor {source} "
                f"({shapes[source]}) from checkpoint reader."
            )


hooks.keep_from_autograph(__name__)
