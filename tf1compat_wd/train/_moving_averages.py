"""``tf.train.ExponentialMovingAverage``, in all modes."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoints, graph_collections, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope

Variable = Any
Tensor = Any

_Keys = tf.compat.v1.GraphKeys
_DTYPES = (tf.bfloat16, tf.float16, tf.float32, tf.float64)


class ExponentialMovingAverage:
    """Keeps smoothed copies of variables or tensors (``tf.train.ExponentialMovingAverage``).

    Each update makes an average ``decay * average + (1 - decay) * variable``.

    Args:
        decay: number, or scalar tensor, near 1.
        num_updates: number of updates so far, such as the global step: while it is low, the decay is at most
            ``(1 + num_updates) / (10 + num_updates)``.
        zero_debias: take out of the averages of tensors that they begin with 0. Variables' averages begin with the
            variables' initial values.
        name: last part of the averages' names.

    Source: facts of the topic moving_averages.

    Differs from TF 1.15: eagerly a tensor has no name, and its average is called ``Tensor/<name>``, ``Tensor_1/...``.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     averages = tf.train.ExponentialMovingAverage(0.5)
    ...     with tf.control_dependencies([tf.assign(w, 3.0)]):
    ...         update = averages.apply([w])
    ...     average = averages.average(w)
    >>> average.name, float(average)
    ('w/ExponentialMovingAverage:0', 2.0)
    """

    def __init__(
        self, decay: Any, num_updates: Any = None, zero_debias: bool = False, name: str = "ExponentialMovingAverage"
    ) -> None:
        self._decay = decay
        self._num_updates = num_updates
        self._zero_debias = zero_debias
        self._name = name
        # By the id of what is averaged: that itself, so that the id stays its own, and the average. A pass or a graph
        # has those that it has applied; those of variables are known afterwards too.
        self._applied: weakref.WeakKeyDictionary[Any, dict[int, tuple[Any, Variable]]] = weakref.WeakKeyDictionary()
        self._of_variables: dict[int, tuple[Any, Variable]] = {}

    @property
    def name(self) -> str:
        """The last part of the averages' names."""
        return self._name

    def apply(self, var_list: Sequence[Any] | None = None) -> Any:
        """Update the averages of `var_list`, which are made if need be.

        Creates, for each variable w that has no average in this graph or pass:
            <variable scope>/<w>/ExponentialMovingAverage  [shape of w]  not trainable
        A tensor's begins with zeros, and with `zero_debias` has beside it:
            <average>/biased      [shape of the tensor]  not trainable
            <average>/local_step  []                     not trainable
        Variables (but not tensors) join MOVING_AVERAGE_VARIABLES.

        Args:
            var_list: variables and tensors, of floating dtypes. Default: the trainable variables.

        Returns:
            The operation that updates; in eager mode the updates have run.

        Raises:
            TypeError: another dtype.
        """
        if var_list is None:
            var_list = graph_collections.get_collection(_Keys.TRAINABLE_VARIABLES)
        applied = self._applied_here()
        debiased = set()
        for item in var_list:
            if item.dtype.base_dtype not in _DTYPES:
                raise TypeError(f"The variables must be half, float, or double: {getattr(item, 'name', item)}")
            if id(item) in applied:
                continue
            with checkpoints.making_training_state():
                if isinstance(item, tf.Variable):
                    applied[id(item)] = self._of_variables[id(item)] = (item, self._make_for_variable(item))
                    graph_collections.add_to_collection(_Keys.MOVING_AVERAGE_VARIABLES, item)
                else:
                    applied[id(item)] = (item, self._make_for_tensor(item))
                    if self._zero_debias:
                        debiased.add(id(item))
        with name_scope(self._name) as scope:
            decay = tf.convert_to_tensor(self._decay, name="decay")
            if self._num_updates is not None:
                updates = tf.cast(self._num_updates, tf.float32, name="num_updates")
                decay = tf.minimum(decay, (1.0 + updates) / (10.0 + updates))
            operations = [
                _update(applied[id(item)][1], item, decay, is_debiased=id(item) in debiased) for item in var_list
            ]
            return None if modes.current_mode() == modes.EAGER else tf.group(*operations, name=scope)

    def average(self, var: Any) -> Variable | None:
        """The variable that holds the average of `var`, or None if there is none."""
        found = self._applied_here().get(id(var)) or self._of_variables.get(id(var))
        return None if found is None else found[1]

    def average_name(self, var: Any) -> str:
        """The name of the average of `var`, without ":0": what it is called, or would be, in a checkpoint."""
        average = self.average(var)
        return f"{_name_of(var)}/{self._name}" if average is None else average.name[: -len(":0")]

    def variables_to_restore(self, moving_avg_variables: Sequence[Variable] | None = None) -> dict[str, Variable]:
        """What to give to a ``Saver`` so that variables are restored with their averages' values.

        Args:
            moving_avg_variables: those that have averages in the checkpoint. Default: the trainable ones, and those
                in MOVING_AVERAGE_VARIABLES.

        Returns:
            A dict from names in the checkpoint to variables: averages' names for variables that have one, their own
            for the other global variables.
        """
        if moving_avg_variables is None:
            collected = [
                *graph_collections.get_collection(_Keys.TRAINABLE_VARIABLES),
                *graph_collections.get_collection(_Keys.MOVING_AVERAGE_VARIABLES),
            ]
        else:
            collected = list(moving_avg_variables)
        averaged = {id(variable): variable for variable in collected}
        names = {self.average_name(variable): variable for variable in averaged.values()}
        own = {variable.name for variable in averaged.values()}
        for variable in graph_collections.get_collection(_Keys.GLOBAL_VARIABLES):
            name = _name_of(variable)
            if variable.name not in own and name not in names:
                names[name] = variable
        return names

    # -------------------------------------------------------------------------------- making

    def _applied_here(self) -> dict[int, tuple[Any, Variable]]:
        here = passes.current()
        unit = hooks.outermost_graph(hooks.default_graph()) if here is None else here
        return self._applied.setdefault(unit, {})

    def _make_for_variable(self, variable: Variable) -> Variable:
        here = passes.current()
        initial: Any
        if here is None:
            with tf.init_scope():
                initial = variable.initialized_value()
        elif here.eager:
            initial = here.first_values.of(variable)
        else:
            initial = variable.read_value
        average = self._make(variable, _name_of(variable), initial)
        info = hooks.save_slice_info(variable)
        if info is not None:
            last = average.name[len(_name_of(variable)) + 1 : -len(":0")]
            hooks.set_save_slice_info(
                average, f"{info.full_name}/{last}", info.full_shape, info.var_offset, info.var_shape
            )
        return average

    def _make_for_tensor(self, tensor: Tensor) -> Variable:
        return self._make(tensor, _name_of(tensor), lambda: tf.zeros(tensor.shape, tensor.dtype))

    def _make(self, averaged: Any, name: str, initial: Any) -> Variable:
        def make() -> Variable:
            # TF1: no name of its own, only that of a scope which is counted up (fact: two_averages_...).
            with variable_scope(None, f"{name}/{self._name}", auxiliary_name_scope=False) as scope:
                partitioner = scope.partitioner
                scope.set_partitioner(None)
                try:
                    return get_variable("", initializer=initial, trainable=False)
                finally:
                    scope.set_partitioner(partitioner)

        if passes.current() is not None:
            return make()
        with tf.init_scope(), hooks.default_graph().colocate_with(averaged.op):
            return make()


def _name_of(item: Any) -> str:
    if isinstance(item, tf.Variable):
        return str(item.name[: -len(":0")])
    if modes.current_mode() == modes.EAGER:
        return "Tensor"
    return str(item.op.name)


# ------------------------------------------------------------------------------------ updating


def _update(average: Variable, value: Any, decay: Tensor, is_debiased: bool) -> Any:
    """Move `average` towards `value`; returns the operation."""
    if not tf.distribute.has_strategy():
        return _move(average, value, decay, is_debiased)
    if tf.distribute.in_cross_replica_context():
        return tf.distribute.get_strategy().extended.update(average, _move, args=(value, decay, is_debiased))
    return tf.distribute.get_replica_context().merge_call(_move_in_strategy, args=(average, value, decay, is_debiased))


def _move_in_strategy(strategy: Any, average: Variable, value: Any, decay: Tensor, is_debiased: bool) -> Any:
    mean = strategy.extended.reduce_to(tf.distribute.ReduceOp.MEAN, value, average)
    return strategy.extended.update(average, _move, args=(mean, decay, is_debiased))


def _move(average: Variable, value: Any, decay: Tensor, is_debiased: bool) -> Any:
    with tf.compat.v1.name_scope("AssignMovingAvg") as scope:
        rate = tf.cast(1.0 - decay, average.dtype.base_dtype)
        if is_debiased:
            return _move_without_bias(average, value, rate)
        return tf.compat.v1.assign_sub(average, (average - value) * rate, name=scope)


def _move_without_bias(average: Variable, value: Any, rate: Tensor) -> Any:
    with variable_scope(average.name[: -len(":0")], values=[average, value, rate]):
        biased = get_variable(
            _free_name("biased"), initializer=lambda: tf.zeros(average.shape, average.dtype.base_dtype), trainable=False
        )
        step = get_variable(
            _free_name("local_step"), [], average.dtype.base_dtype, tf.compat.v1.zeros_initializer(), trainable=False
        )
        moved = tf.compat.v1.assign_sub(biased, (biased - value) * rate)
        counted = tf.compat.v1.assign_add(step, tf.ones([], step.dtype.base_dtype))
        with tf.control_dependencies([moved, counted]):
            whole = 1 - tf.pow(1 - rate, step.read_value())
            return tf.compat.v1.assign_sub(average, average - biased.read_value() / whole)


def _free_name(name: str) -> str:
    scope = get_variable_scope()
    if scope.reuse:
        return name
    taken = {variable.name for variable in scope.global_variables()}
    free, count = name, 0
    while f"{scope.name}/{free}:0" in taken:
        count += 1
        free = f"{name}_{count}"
    return free


hooks.keep_from_autograph(__name__)
