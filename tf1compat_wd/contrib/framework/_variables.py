"""Variables with a device and model variables, and finding them again by name."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections, modes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.scope_state import VariableScope
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope
from tf1compat_wd._core.variables import Variable
from tf1compat_wd.contrib.framework._arg_scope import add_arg_scope

_Keys = tf.compat.v1.GraphKeys
_AUTO = tf.VariableSynchronization.AUTO
_NONE = tf.compat.v1.VariableAggregation.NONE


# ---------------------------------------------------------------------------------------- making them


@add_arg_scope
def variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    collections: Any = None,
    caching_device: Any = None,
    device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    use_resource: bool | None = None,
    synchronization: Any = _AUTO,
    aggregation: Any = _NONE,
) -> Any:
    """Find or make a variable of the current variable scope (``slim.variable``).

    As ``tf.get_variable``, and in addition:

    Args:
        collections: keys in place of GLOBAL_VARIABLES; a set, too.
        device: where to put the variable. A function of the variable's operation is called in graph mode only;
            elsewhere it warns once.
        custom_getter: called in place of ``tf.get_variable``, with the same arguments and `reuse`. (That of
            ``tf.get_variable`` is told a `getter` instead.)

    Creates ``<variable scope>/<name>``.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.contrib.framework.variable("w", [2], device="/cpu:0")
    >>> w.name
    'w:0'
    """
    getter: Callable[..., Any] = get_variable
    if custom_getter is not None:
        getter = functools.partial(custom_getter, reuse=get_variable_scope().reuse)
    keys = list(collections) if collections is not None else [_Keys.GLOBAL_VARIABLES]
    with _on_device(device):
        return getter(
            name,
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
            collections=list(dict.fromkeys(keys)),
            caching_device=caching_device,
            partitioner=partitioner,
            use_resource=use_resource,
            synchronization=synchronization,
            aggregation=aggregation,
        )


def _on_device(device: Any) -> contextlib.AbstractContextManager[Any]:
    if not device:
        return contextlib.nullcontext()
    if callable(device) and modes.current_mode() != modes.GRAPH:
        user_frames.warn_once(
            "device function",
            "A function as device chooses among the machines of a TF1 cluster, and is ignored outside graph mode.",
        )
        return contextlib.nullcontext()
    return tf.compat.v1.device(device)


@add_arg_scope
def model_variable(
    name: str,
    shape: Any = None,
    dtype: Any = tf.float32,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    collections: Any = None,
    caching_device: Any = None,
    device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    use_resource: bool | None = None,
    synchronization: Any = _AUTO,
    aggregation: Any = _NONE,
) -> Any:
    """As `variable`, but in GLOBAL_VARIABLES and MODEL_VARIABLES besides `collections` (``slim.model_variable``).

    Everything that a layer makes is a model variable, so that arguments which `arg_scope` gives this function (a
    device, say) reach the variables of layers.
    """
    keys = [*(collections or []), _Keys.GLOBAL_VARIABLES, _Keys.MODEL_VARIABLES]
    return variable(
        name,
        shape=shape,
        dtype=dtype,
        initializer=initializer,
        regularizer=regularizer,
        trainable=trainable,
        collections=keys,
        caching_device=caching_device,
        device=device,
        partitioner=partitioner,
        custom_getter=custom_getter,
        use_resource=use_resource,
        synchronization=synchronization,
        aggregation=aggregation,
    )


def local_variable(
    initial_value: Any, validate_shape: bool = True, name: str | None = None, use_resource: bool | None = None
) -> Any:
    """As ``tf.Variable``, not trainable and in LOCAL_VARIABLES only."""
    keys = [_Keys.LOCAL_VARIABLES]
    return Variable(initial_value, False, keys, validate_shape, name=name, use_resource=use_resource)


def global_variable(
    initial_value: Any, validate_shape: bool = True, name: str | None = None, use_resource: bool | None = None
) -> Any:
    """As ``tf.Variable``, not trainable and in GLOBAL_VARIABLES only."""
    keys = [_Keys.GLOBAL_VARIABLES]
    return Variable(initial_value, False, keys, validate_shape, name=name, use_resource=use_resource)


def add_model_variable(var: Any) -> None:
    """Add `var` to MODEL_VARIABLES unless it is there already."""
    if not any(each is var for each in graph_collections.get_collection(_Keys.MODEL_VARIABLES)):
        graph_collections.add_to_collection(_Keys.MODEL_VARIABLES, var)


def zero_initializer(ref: Any, use_locking: bool = True, name: str = "zero_initializer") -> Any:
    """Give the uninitialized variable `ref` its first value, zeros (``tf.contrib.framework.zero_initializer``).

    Outside graph mode variables have a value as soon as they exist, so that there it raises.

    Raises:
        FailedPreconditionError: `ref` is initialized, noticed when the operation runs.
    """
    del use_locking
    is_new = tf.logical_not(tf.compat.v1.is_variable_initialized(ref))
    assertion = tf.debugging.Assert(is_new, [f"input is already initialized: {ref.name}"], name=name)
    with tf.control_dependencies([assertion] if assertion is not None else []):
        return tf.compat.v1.assign(ref, tf.zeros(ref.shape, ref.dtype.base_dtype), validate_shape=True)


# --------------------------------------------------------------------------------------- finding them


def get_variables(
    scope: str | VariableScope | None = None, suffix: str | None = None, collection: Any = "variables"
) -> list[Any]:
    """The variables of a scope (``slim.get_variables``).

    Args:
        scope: a regular expression that their names begin with, or a variable scope.
        suffix: what their names end with, ":0" not counted.
        collection: GLOBAL_VARIABLES, or another key.
    """
    name = scope.name if isinstance(scope, tf.compat.v1.VariableScope) else scope
    if suffix is not None:
        suffix = suffix if ":" in suffix else f"{suffix}:0"
        name = f"{name or ''}.*{suffix}"
    return graph_collections.get_collection(collection, name)


def get_model_variables(scope: str | VariableScope | None = None, suffix: str | None = None) -> list[Any]:
    """`get_variables` among the MODEL_VARIABLES."""
    return get_variables(scope, suffix, _Keys.MODEL_VARIABLES)


def get_local_variables(scope: str | VariableScope | None = None, suffix: str | None = None) -> list[Any]:
    """`get_variables` among the LOCAL_VARIABLES."""
    return get_variables(scope, suffix, _Keys.LOCAL_VARIABLES)


def get_trainable_variables(scope: str | VariableScope | None = None, suffix: str | None = None) -> list[Any]:
    """`get_variables` among the TRAINABLE_VARIABLES."""
    return get_variables(scope, suffix, _Keys.TRAINABLE_VARIABLES)


def get_variables_by_suffix(suffix: str, scope: str | None = None) -> list[Any]:
    """The global variables whose names end with `suffix`."""
    return get_variables(scope=scope, suffix=suffix)


def get_variables_by_name(given_name: str, scope: str | None = None) -> list[Any]:
    """The global variables that are called `given_name`, whatever scope they are in."""
    return get_variables(scope=scope, suffix=f"/{given_name}:|^{given_name}:")


def get_unique_variable(var_op_name: str) -> Any:
    """The global variable of the full name `var_op_name`.

    Raises:
        ValueError: there is none; or several variables have names that begin so, and none is called just so.
    """
    candidates = get_variables(scope=var_op_name)
    if not candidates:
        raise ValueError(f"Couldn't find variable {var_op_name}")
    for candidate in candidates:
        if get_op_name(candidate) == var_op_name:
            return candidate
    raise ValueError(
        f"Variable {var_op_name} does not uniquely identify a variable\n\n"
        f"These begin with it: {', '.join(v.name for v in candidates)}."
    )


def get_variables_to_restore(include: Sequence[str] | None = None, exclude: Sequence[str] | None = None) -> list[Any]:
    """The variables to restore from a checkpoint (``slim.get_variables_to_restore``).

    Args:
        include: scopes; default: all global variables.
        exclude: scopes whose variables are left out.

    Raises:
        TypeError: `include` or `exclude` is neither list nor tuple.
    """
    for what, given in (("include", include), ("exclude", exclude)):
        if given is not None and not isinstance(given, list | tuple):
            raise TypeError(f"{what} is provided but is not a list or a tuple.\n\nWrite [{given!r}].")
    if include is None:
        found = get_variables()
    else:
        found = [each for scope in include for each in get_variables(scope)]
    excluded = {id(each) for scope in exclude or () for each in get_variables(scope)}
    return [each for each in found if id(each) not in excluded]


def filter_variables(
    var_list: Iterable[Any],
    include_patterns: Iterable[str] | None = None,
    exclude_patterns: Iterable[str] | None = None,
    reg_search: bool = True,
) -> list[Any]:
    """The variables whose names fit regular expressions.

    Args:
        var_list: variables.
        include_patterns: one of them must fit; default: all do.
        exclude_patterns: none of these may fit.
        reg_search: look for them anywhere in the name; False: at its beginning.
    """
    fits = re.search if reg_search else re.match

    def any_fits(patterns: Iterable[str], name: str) -> bool:
        return any(fits(pattern, name) for pattern in patterns)

    found = list(var_list)
    if include_patterns is not None:
        included = list(include_patterns)
        found = [each for each in found if any_fits(included, each.name)]
    if exclude_patterns is not None:
        excluded = list(exclude_patterns)
        found = [each for each in found if not any_fits(excluded, each.name)]
    return found


def get_op_name(var: Any) -> str:
    """The name of a variable or tensor without ":0"."""
    return str(var.name).partition(":")[0]


def get_variable_full_name(var: Any) -> str:
    """The name of `var` in a checkpoint: for a shard, that of the whole partitioned variable."""
    info = hooks.save_slice_info(var)
    return info.full_name if info is not None else get_op_name(var)


class VariableDeviceChooser:
    """Gives variables to parameter servers in turn (``slim.VariableDeviceChooser``): a function for `device`.

    Args:
        num_tasks: how many parameter servers there are; with 0 the device has no job.
        job_name, device_type, device_index, replica: parts of the device's name.

    >>> chooser = tf.contrib.framework.VariableDeviceChooser(num_tasks=2)
    >>> [chooser(None) for _ in range(3)]
    ['/job:ps/task:0/device:CPU:0', '/job:ps/task:1/device:CPU:0', '/job:ps/task:0/device:CPU:0']
    """

    def __init__(
        self,
        num_tasks: int = 0,
        job_name: str = "ps",
        device_type: str = "CPU",
        device_index: int = 0,
        replica: int | None = None,
    ) -> None:
        self._num_tasks = num_tasks
        self._job_name = job_name
        self._device_type = device_type
        self._device_index = device_index
        self._replica = replica
        self._next_task = 0

    def __call__(self, op: Any) -> str:
        name = ""
        if self._num_tasks > 0:
            name = f"/job:{self._job_name}"
            if self._replica is not None:
                name += f"/replica:{self._replica}"
            name += f"/task:{self._next_task}"
            self._next_task = (self._next_task + 1) % self._num_tasks
        elif self._replica is not None:
            name = f"/replica:{self._replica}"
        return f"{name}/device:{self._device_type}:{self._device_index}"


hooks.keep_from_autograph(__name__)
