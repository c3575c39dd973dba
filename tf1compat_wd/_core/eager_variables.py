"""Making a variable outside the trace, so that it outlives the pass.

A variable made through ``tf.function``'s own creator would make it trace twice and forbid any later
creation, so the class is called directly. Under a distribution strategy the strategy must make it, and
a replica of a running ``strategy.run`` cannot: a helper thread, which stands outside, does it.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import errors, modes, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.initial_values import InitialValue

Variable = Any

# Arguments that variable creators are given, and ResourceVariable doesn't take.
_CREATORS_ONLY = ("use_resource", "collections", "expected_shape")


class VariableOp(NamedTuple):
    """What ``variable.op`` answers outside graph mode, where a variable has no operation.

    `graph` is only good for telling variables of one name apart (TF1's optimizers do).
    """

    name: str
    device: str
    graph: object
    type: str = "VarHandleOp"
    traceback: tuple[object, ...] = ()


class ResourceVariable(hooks.ResourceVariable):
    """A ResourceVariable with those TF1 members that TensorFlow 2 gives to graph variables only."""

    @property
    def constraint(self) -> Any:
        """The constraint it was last asked for with."""
        return self.tf1_constraint[0] if self.tf1_constraint else super().constraint

    #: Set by a later pass: the function of that pass, which may close over tensors of its trace.
    tf1_constraint: tuple[Any, ...] = ()

    @property
    def op(self) -> VariableOp:
        if self._graph_token is None:
            self._graph_token = object()
        return VariableOp(self.name[: -len(":0")], self.device, self._graph_token)

    _graph_token: object | None = None

    # TF1 code asks `v in tf.trainable_variables()` and makes sets of variables: two variables are equal if they are
    # the same. Compared with a value, a variable compares element by element, as in TensorFlow 2.

    def __eq__(self, other: object) -> Any:
        if isinstance(other, tf.Variable):
            return self is other
        return super().__eq__(other)

    def __ne__(self, other: object) -> Any:
        if isinstance(other, tf.Variable):
            return self is not other
        return super().__ne__(other)

    def __hash__(self) -> int:
        return id(self)

    def initialized_value(self) -> Any:
        """The value: a variable of a pass is always initialized."""
        return self.read_value()

    def load(self, value: Any, session: Any = None) -> None:
        """Set the variable to `value`; there is no session to name outside graph mode."""
        del session
        self.assign(value)


class Options(NamedTuple):
    """The arguments of a variable that do not depend on where it is made."""

    trainable: bool | None = True  # None is True, where the program says nothing
    constraint: Any = None
    synchronization: Any = tf.VariableSynchronization.AUTO
    aggregation: Any = tf.compat.v1.VariableAggregation.NONE


def make(name: str, initial: InitialValue, options: Options) -> Variable:
    """Make the variable ``name + ":0"``, with its value, in eager TensorFlow.

    Raises:
        ValueError: the initial value depends on an argument of the function being traced, or is a tensor
            made inside a branch or a loop.
    """
    value = outside_the_trace(name, initial.value)
    arguments = {
        "initial_value": value,
        "dtype": initial.dtype,
        "trainable": options.trainable is not False,
        "constraint": options.constraint,
        "synchronization": options.synchronization,
        "aggregation": options.aggregation,
        "name": f"{name}/" if name.endswith("/") else name,  # TensorFlow takes one slash away
    }
    if tf.distribute.has_strategy():
        return _make_in_helper_thread(tf.distribute.get_strategy(), arguments)
    with tf.init_scope(), tf.compat.v1.name_scope(None):
        return ResourceVariable(**arguments)


def set_constraint(variable: Variable, constraint: Any) -> None:
    """Give `variable`, which an earlier pass made, the constraint that this pass asks for."""
    if constraint is not None and type(variable) is ResourceVariable:
        variable.tf1_constraint = (constraint,)


def _make_in_helper_thread(strategy: tf.distribute.Strategy, arguments: dict[str, Any]) -> Variable:
    result: list[Variable] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            # See partitioners.of_strategy for the last of these.
            with tf.variable_creator_scope(_part), strategy.scope(), hooks.without_partitioner(strategy):
                result.append(tf.Variable(**arguments))
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=work, name="tf1compat_wd-variable")
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return result[0]


def _part(next_creator: Any, **arguments: Any) -> Variable:
    """What a strategy keeps on one device: a variable with TF1's members, ``v.op.name`` above all."""
    del next_creator
    known = {key: value for key, value in arguments.items() if key not in _CREATORS_ONLY}
    return ResourceVariable(**known)


def outside_the_trace(name: str, value: Any) -> Any:
    """The initial value of variable `name` as something that has a value outside the trace."""
    if callable(value) and not isinstance(value, tf.Variable):
        return _evaluate(name, value)
    if _is_traced(value):
        return _lift(name, value)
    if isinstance(value, list | tuple) and any(_is_traced(item) for item in tf.nest.flatten(value)):
        return _lift(name, tf.convert_to_tensor(value))
    return value


def _evaluate(name: str, function: Any) -> Any:
    if not hooks.is_function_graph(hooks.default_graph()):
        return function
    try:
        with tf.init_scope():
            value = function()
    except (TypeError, ValueError, NotImplementedError) as error:
        # The function may use tensors of the trace (``lambda: tf.zeros([n])``): trace it, then lift.
        traced = function()
        if not _is_traced(traced):
            raise error
        return _lift(name, traced)
    return _lift(name, value) if _is_traced(value) else value


def _is_traced(value: Any) -> bool:
    return isinstance(value, tf.Tensor) and not hasattr(value, "numpy") and hooks.is_function_graph(value.graph)


def _lift(name: str, tensor: Any) -> Any:
    if hooks.is_control_flow_graph(tensor.graph):
        raise errors.initializer_inside_control_flow(name)
    try:
        return hooks.lift_to_eager(tensor)
    except hooks.CannotLiftError as error:
        raise errors.initial_value_depends_on_input(name, str(error)) from None


def unused_in_mode(argument: str) -> str:
    """The sentence for an argument that has an effect in graph mode only."""
    return f"{argument} has no effect in {modes.current_mode()} mode: variables there are resource variables"


def warn_of_unused(caching_device: Any, use_resource: bool | None, validate_shape: bool) -> None:
    if caching_device is not None and not hooks.is_tensorflows(caching_device):
        user_frames.warn_once("caching_device", unused_in_mode("caching_device"))
    if use_resource is False:
        user_frames.warn_once("use_resource", unused_in_mode("use_resource=False"))
    if not validate_shape:
        user_frames.warn_once("validate_shape", unused_in_mode("validate_shape=False"))


hooks.keep_from_autograph(__name__)
