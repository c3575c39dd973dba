"""Building and running one function in one way: a session, eagerly, in a ``tf.function``, or compiled by XLA."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import collection_items, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.tracking_scope import VariableTrackingScope
from tf1compat_wd._core.verification import random_ops
from tf1compat_wd._core.verification.native_variables import NativeVariables, refused
from tf1compat_wd._core.verification.observations import Observation, OperationSeen, Structure, VariableSeen

Tensor = Any
Array = Any
#: Says what value each variable begins with, when it is known which there are.
ChooseValues = Callable[[list[VariableSeen], Mapping[str, Array]], Mapping[str, Array]]

WAYS = ("session", "eager", "function", "jit")

_Keys = tf.compat.v1.GraphKeys
_LISTS_OF_VARIABLES = (
    _Keys.GLOBAL_VARIABLES,
    _Keys.LOCAL_VARIABLES,
    _Keys.TRAINABLE_VARIABLES,
    _Keys.MODEL_VARIABLES,
)
# What only a graph has, whatever the model.
_ONLY_IN_GRAPHS = (_Keys.COND_CONTEXT, _Keys.WHILE_CONTEXT)
# Their items are operations, or stand for operations that have run.
_WITHOUT_VALUES = (_Keys.UPDATE_OPS, _Keys.TRAIN_OP, _Keys.SUMMARIES)
_OLD_CONTROL_FLOW = frozenset(("Enter", "Exit", "Merge", "NextIteration", "Switch"))
_SAMPLE = 5000
_REGULARIZATION = _Keys.REGULARIZATION_LOSSES


class Task(NamedTuple):
    """What is to be built.

    Attributes:
        function: builds the model.
        inputs: its arguments; NumPy arrays become tensors.
        passes: how often it runs.
        choose_values: says what the variables begin with.
        gradients: whether they are computed.
        operations: whether the operations behind the outputs are looked at, in a session.
    """

    function: Callable[..., Any]
    inputs: Sequence[Any]
    passes: int
    choose_values: ChooseValues
    gradients: bool
    operations: bool = False


class _Look(NamedTuple):
    """What one run of the forward code gave."""

    structure: Structure
    variables: dict[str, Any]
    tensors: dict[str, Tensor]
    operations: list[Any]
    updates: list[Any]


def build(task: Task, way: str, label: str) -> Observation:
    """Build `task` in one way and run its passes. What it raises is in the result."""
    seen = Observation(label, way)
    with random_ops.aligned(), _seeded():
        try:
            _BUILDERS[way](task, seen)
        except Exception as error:
            seen.error = error
    return seen


@contextmanager
def _seeded() -> Iterator[None]:
    """Python's and NumPy's own random numbers begin anew, and go on afterwards where they were."""
    state, numpys = random.getstate(), np.random.get_state()
    random.seed(1907)
    np.random.seed(1907)
    try:
        yield
    finally:
        random.setstate(state)
        np.random.set_state(numpys)


# ------------------------------------------------------------------------------------ the forward code


def _run_forward(task: Task, inputs: Sequence[Any]) -> _Look:
    """Run the forward code here and now, on `inputs`, and look at what it leaves behind."""
    result = task.function(*inputs)
    tensors: dict[str, Tensor] = {}
    operations: list[Any] = []
    for name, leaf in _leaves(result, "output"):
        if isinstance(leaf, tf.Operation):
            operations.append(leaf)
        elif leaf is not None:
            tensors[name] = leaf
    collections = {
        key: collection_items.read(hooks.collections_of(hooks.default_graph()), key)
        for key in hooks.collections_of(hooks.default_graph())
        if isinstance(key, str) and key not in _ONLY_IN_GRAPHS
    }
    found = _variables_in(collections)
    structure = Structure(
        [_seen(name, variable, collections) for name, variable in found.items()],
        {
            key: [collection_items.name_of(item) for item in items]
            for key, items in collections.items()
            if items and not any(isinstance(item, tf.Variable) for item in items)
        },
    )
    for key, items in collections.items():
        if key not in structure.collections or key in _WITHOUT_VALUES:
            continue
        for position, item in enumerate(items):
            if tf.is_tensor(item) and not isinstance(item, tf.Variable) and _is_here(item):
                tensors[_item_label(key, position, item)] = item
    return _Look(structure, found, tensors, operations, list(collections.get(_Keys.UPDATE_OPS, ())))


def _item_label(key: str, position: int, item: Any) -> str:
    constant = {_REGULARIZATION: "REGULARIZATION_LOSSES", _Keys.LOSSES: "LOSSES"}.get(key, key)
    label = f"{constant}[{position}]"
    name = collection_items.name_of(item)
    if key == _REGULARIZATION and isinstance(name, str) and "/Regularizer/" in name:
        # The name of the loss itself is made up in eager mode; that of the variable is not.
        return f"{label} of {name.partition('/Regularizer/')[0]}"
    return label


def _is_here(tensor: Tensor) -> bool:
    """Does `tensor` stand in the current graph, and not in a branch or loop?"""
    return hooks.executing_eagerly() or getattr(tensor, "graph", None) is hooks.default_graph()


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The tensors in what a function returned, each with a name that says where it was."""
    if isinstance(value, Mapping):
        for key in value:
            yield from _leaves(value[key], f"{name}[{key!r}]")
    elif isinstance(value, (list, tuple)) and not isinstance(value, tf.TensorShape):
        fields = getattr(value, "_fields", None)
        for position, item in enumerate(value):
            yield from _leaves(item, f"{name}.{fields[position]}" if fields else f"{name}[{position}]")
    elif value is None or isinstance(value, tf.Operation):
        yield name, value
    elif isinstance(value, tf.IndexedSlices):
        yield name, tf.convert_to_tensor(value)
    elif tf.is_tensor(value) and not isinstance(value, (tf.Tensor, tf.Variable)):  # sparse, ragged
        for position, part in enumerate(tf.nest.flatten(value, expand_composites=True)):
            yield f"{name} (part {position})", part
    elif tf.is_tensor(value) or isinstance(value, (tf.Variable, np.ndarray, np.generic, bool, int, float)):
        yield name, tf.convert_to_tensor(value)


def _variables_in(collections: Mapping[str, list[Any]]) -> dict[str, Any]:
    """All variables by name, those of GLOBAL_VARIABLES first."""
    found: dict[str, Any] = {}
    for key in (*_LISTS_OF_VARIABLES, *collections):
        for item in collections.get(key, ()):
            for variable in item if isinstance(item, hooks.PartitionedVariable) else [item]:
                if isinstance(variable, tf.Variable):
                    found.setdefault(variable.name.removesuffix(":0"), variable)
    return found


def _add_unlisted(look: _Look, known: Mapping[str, Any]) -> None:
    """Add the variables that are in no collection."""
    for name, variable in known.items():
        if name not in look.variables:
            look.variables[name] = variable
            look.structure.variables.append(_seen(name, variable, {}))


def _add_native(look: _Look, known: Mapping[str, Any]) -> None:
    """Add TensorFlow 2's variables, which say themselves whether they are trainable."""
    for name, variable in known.items():
        look.variables[name] = variable
        plain = _seen(name, variable, {})
        look.structure.variables.append(plain._replace(is_trainable=bool(variable.trainable), collections=None))


def _seen(name: str, variable: Any, collections: Mapping[str, list[Any]]) -> VariableSeen:
    shape = None if variable.shape.rank is None else tuple(variable.shape.as_list())
    inside = tuple(sorted(key for key, items in collections.items() if any(item is variable for item in items)))
    return VariableSeen(name, shape, variable.dtype.base_dtype.name, _Keys.TRAINABLE_VARIABLES in inside, inside)


# --------------------------------------------------------------------------------------------- gradients


def _targets(look: _Look) -> dict[str, Tensor]:
    """What is derived: the outputs, LOSSES and REGULARIZATION_LOSSES, each as one sum with unequal weights."""
    groups: dict[str, list[Tensor]] = {}
    for name, tensor in look.tensors.items():
        if tensor.dtype.is_floating:
            group = next((key for key in ("output", "LOSSES", "REGULARIZATION_LOSSES") if name.startswith(key)), None)
            if group:
                groups.setdefault(group, []).append(tensor)
    return {
        {"output": "the output"}.get(group, group): tf.add_n([tf.cast(_weighed(t), tf.float32) for t in tensors])
        for group, tensors in groups.items()
    }


def _weighed(tensor: Tensor) -> Tensor:
    # Unequal weights, or the gradient of a softmax's sum would be zero whatever the model.
    weights = tf.random.stateless_uniform(tf.shape(tensor), [7, 19], 0.5, 1.5, tf.float32, alg="philox")
    return tf.reduce_sum(tensor * tf.cast(weights, tensor.dtype))


def _gradient_label(target: str, variable: str) -> str:
    return f"gradient of {target} by {variable}"


def _trainable(look: _Look) -> dict[str, Any]:
    return {v.name: look.variables[v.name] for v in look.structure.variables if v.is_trainable}


# --------------------------------------------------------------------------------------------- a session


def _build_session(task: Task, seen: Observation) -> None:
    with tf.Graph().as_default() as graph, refused():
        inputs, feed = [], {}
        for position, value in enumerate(task.inputs):
            if isinstance(value, np.ndarray):
                placeholder = tf.compat.v1.placeholder(value.dtype, value.shape, f"verify/input_{position}")
                feed[placeholder] = value
                value = placeholder
            inputs.append(value)
        look = _run_forward(task, inputs)
        stored, _ = hooks.stored_variables(hooks.graph_variable_store())
        _add_unlisted(look, {variable.name.removesuffix(":0"): variable for variable in stored.values()})
        seen.structure = look.structure
        gradients = _session_gradients(look) if task.gradients else {}
        numbers = {**look.tensors, **{name: g for name, g in gradients.items() if g is not None}}
        steps = look.operations or look.updates
        fetched_steps = [item for item in steps if isinstance(item, (tf.Operation, tf.Tensor))]
        outputs = [tensor for name, tensor in look.tensors.items() if name.startswith("output")]
        changed = list(look.variables.values())
        assigned = [tf.compat.v1.placeholder(v.dtype.base_dtype, v.shape) for v in changed]
        assign = [
            tf.compat.v1.assign(variable, value, validate_shape=False).op
            for variable, value in zip(changed, assigned, strict=True)
        ]
        reads = {name: variable.read_value() for name, variable in look.variables.items()}
        with tf.compat.v1.Session(graph=graph) as session:

            def set_all(values: Mapping[str, Array]) -> None:
                session.run(assign, dict(zip(assigned, (values[name] for name in look.variables), strict=True)))

            session.run([v.initializer for v in look.variables.values()])
            session.run(tf.compat.v1.tables_initializer())
            seen.initial = session.run(reads)
            set_all(task.choose_values(seen.structure.variables, seen.initial))
            for number in range(task.passes):
                before = session.run(reads)
                found = session.run(numbers, feed)
                if number == 0 and task.operations:
                    set_all(before)
                    seen.operations = _operations_behind(outputs, session, feed)
                set_all(before)  # an output may be a tensor that trains
                session.run([outputs, fetched_steps], feed)
                if number in (0, task.passes - 1):
                    seen.passes.append({**dict.fromkeys(gradients), **found})
            seen.after = session.run(reads)


def _operations_behind(outputs: list[Tensor], session: Any, feed: Mapping[Any, Any]) -> list[OperationSeen]:
    """The operations that the outputs are computed from, in the order in which they were made, with their results."""
    behind: set[Any] = set()
    waiting = [tensor.op for tensor in outputs if isinstance(tensor, tf.Tensor)]
    while waiting:
        operation = waiting.pop()
        if operation in behind:
            continue
        if operation.type in _OLD_CONTROL_FLOW:  # what is in a loop can't be fetched
            return []
        behind.add(operation)
        waiting += [tensor.op for tensor in operation.inputs]
    fetched = {
        operation.name: operation.outputs[0]
        for operation in hooks.default_graph().get_operations()
        if operation in behind and operation.outputs and operation.outputs[0].dtype.is_floating
    }
    results = session.run(fetched, feed)
    return [
        OperationSeen(name, tensor.op.type, user_frames.line_among(tensor.op.traceback), _sample(results[name]))
        for name, tensor in fetched.items()
    ]


def _sample(array: Array) -> Array:
    flat = array.reshape(-1)
    return flat[:: max(1, -(-flat.size // _SAMPLE))]


def _session_gradients(look: _Look) -> dict[str, Tensor | None]:
    trainable = _trainable(look)
    found: dict[str, Tensor | None] = {}
    for target, total in _targets(look).items():
        for name, gradient in zip(
            trainable, tf.compat.v1.gradients(total, list(trainable.values())) if trainable else [], strict=True
        ):
            found[_gradient_label(target, name)] = None if gradient is None else tf.convert_to_tensor(gradient)
    return found


# ------------------------------------------------------------------------------ eagerly and in a tf.function


def _build_in_scope(task: Task, seen: Observation) -> None:
    scope = VariableTrackingScope("verify", tape=True)
    native = NativeVariables(scope)
    with native:
        _build_with(task, seen, scope, native)


def _build_with(task: Task, seen: Observation, scope: VariableTrackingScope, native: NativeVariables) -> None:
    structures: list[Structure] = []
    without_gradient: set[str] = set()
    initial: dict[str, Array] = {}
    seen.initial = initial

    def note_initial_value(name: str, variable: Any) -> None:
        with tf.init_scope():
            initial[name] = variable.numpy()

    def step(*tensors: Tensor) -> dict[str, Tensor]:
        given = iter(tensors)
        inputs = [next(given) if isinstance(value, np.ndarray) else value for value in task.inputs]
        with tf.GradientTape(persistent=True) as tape:
            with scope, native.of_a_pass():
                look = _run_forward(task, inputs)
            targets = _targets(look) if task.gradients else {}
        for variable in tape.watched_variables():  # operations written in C read them by themselves
            native.note(variable)
        _add_unlisted(look, scope.variables_by_name)
        _add_native(look, native.by_name())
        structures.append(look.structure)
        trainable = _trainable(look)
        numbers = {name: tf.convert_to_tensor(tensor) for name, tensor in look.tensors.items()}
        for target, total in targets.items():
            for name, gradient in zip(trainable, tape.gradient(total, list(trainable.values())), strict=True):
                label = _gradient_label(target, name)
                if gradient is None:
                    without_gradient.add(label)
                else:
                    numbers[label] = tf.convert_to_tensor(gradient)
        return numbers

    scope._call_for_new_variables(note_initial_value)
    run: Callable[..., dict[str, Tensor]] = step
    if seen.way != "eager":
        run = tf.function(step, autograph=False, jit_compile=seen.way == "jit")
    arrays = [tf.constant(value) for value in task.inputs if isinstance(value, np.ndarray)]
    if seen.way == "eager":
        run(*arrays)
    else:
        run.get_concrete_function(*arrays)  # type: ignore[attr-defined]
    seen.structure = structures[0]
    native.made = True
    known = {**scope.variables_by_name, **native.by_name()}
    # Not for comparing: what the user's objects hold, no initializer has made.
    values = {**seen.initial, **native.initial_values()}
    for name, value in task.choose_values(seen.structure.variables, values).items():
        known[name].assign(value)
    for number in range(task.passes):
        found = run(*arrays)
        if number in (0, task.passes - 1):
            numbers: dict[str, Array | None] = {name: tensor.numpy() for name, tensor in found.items()}
            seen.passes.append({**dict.fromkeys(without_gradient), **numbers})
    seen.later = structures[-1] if len(structures) > 1 else None
    seen.after = {name: variable.numpy() for name, variable in {**scope.variables_by_name, **native.by_name()}.items()}


_BUILDERS: dict[str, Callable[[Task, Observation], None]] = {
    "session": _build_session,
    "eager": _build_in_scope,
    "function": _build_in_scope,
    "jit": _build_in_scope,
}

hooks.keep_from_autograph(__name__)
