"""``tf.Variable``, the lists of variables, and their initializers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import eager_variables, errors, graph_collections, graph_variables, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import check_scope_name
from tf1compat_wd._core.variable_store import Record, check_collections_and_constraint, checked_options

_Keys = tf.compat.v1.GraphKeys
_AUTO = tf.VariableSynchronization.AUTO
_NONE = tf.compat.v1.VariableAggregation.NONE

variable_creator_scope = tf.compat.v1.variable_creator_scope


class _VariableType(type(tf.compat.v1.Variable)):  # type: ignore[misc]
    """Makes ``tf.Variable(...)`` ask the current pass, and every variable an instance of it."""

    def __call__(
        cls,
        initial_value: Any = None,
        trainable: bool | None = None,
        collections: Sequence[Any] | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        expected_shape: Any = None,
        import_scope: str | None = None,
        constraint: Any = None,
        use_resource: bool | None = None,
        synchronization: Any = _AUTO,
        aggregation: Any = _NONE,
        shape: Any = None,
    ) -> Any:
        here = passes.current()
        if variable_def is None:
            checked_options(name, synchronization, aggregation, trainable)
            if initial_value is None:
                raise ValueError("initial_value must be specified.")
            check_collections_and_constraint(collections, constraint)
            check_scope_name(name)
            if name == "":
                raise errors.not_a_node_name(name)
        if here is None or variable_def is not None or cls is not Variable:
            with graph_variables.scopes_around():
                return graph_variables.make(
                    use_resource,
                    initial_value=initial_value,
                    trainable=trainable,
                    collections=collections,
                    validate_shape=validate_shape,
                    caching_device=caching_device,
                    name=name,
                    variable_def=variable_def,
                    dtype=dtype,
                    expected_shape=expected_shape,
                    import_scope=import_scope,
                    constraint=constraint,
                    synchronization=synchronization,
                    aggregation=aggregation,
                    shape=shape,
                )
        eager_variables.warn_of_unused(caching_device, use_resource, validate_shape)
        return passes.plain_variable(
            here,
            {
                "initial_value": initial_value,
                "name": name,
                "trainable": trainable,
                "collections": collections,
                "caching_device": caching_device,
                "dtype": dtype,
                "validate_shape": validate_shape,
                "constraint": constraint,
                "use_resource": use_resource,
                "synchronization": synchronization,
                "aggregation": aggregation,
            },
        )

    def __instancecheck__(cls, instance: Any) -> bool:
        if cls is Variable:
            return isinstance(instance, tf.Variable)
        return super().__instancecheck__(instance)


class Variable(tf.compat.v1.Variable, metaclass=_VariableType):
    """A variable with an initial value of its own (``tf.Variable``).

    Creates ``<name scope>/<name>``, counted up if the name is taken (Variable, Variable_1, ...), with the
    shape and dtype of `initial_value`, in GLOBAL_VARIABLES and, if trainable, TRAINABLE_VARIABLES.

    In a pass, the same line in the next pass gives the same variable, with its current value: variables are
    recognised by their full name, as a checkpoint recognises them. ``tf.get_variable`` never finds them.

    Args:
        initial_value: tensor, array or number; or a function of nothing that gives one.
        trainable: default True.
        collections: list of keys in place of GLOBAL_VARIABLES.
        validate_shape, caching_device, use_resource: graph mode only; elsewhere they warn once.
        name: default "Variable".
        variable_def, import_scope, expected_shape: graph mode only.
        dtype: convert the initial value to it.
        constraint: function applied to the variable by optimizers after each update.
        synchronization, aggregation: for ``tf.distribute``.
        shape: graph mode only.

    Raises:
        ValueError: no initial value; one of another shape than the variable has from an earlier pass; or
            one that depends on an argument of the function being traced.

    Source: facts of the topic tf.Variable.
    """


# ---------------------------------------------------------------------------------- lists of variables


def global_variables(scope: str | None = None) -> list[Any]:
    """The GLOBAL_VARIABLES of this graph or pass, in the order of creation (``tf.global_variables``)."""
    return graph_collections.get_collection(_Keys.GLOBAL_VARIABLES, scope)


def all_variables() -> list[Any]:
    """The name of `global_variables` before TF 1.0 (``tf.all_variables``)."""
    return global_variables()


def local_variables(scope: str | None = None) -> list[Any]:
    """The LOCAL_VARIABLES of this graph or pass (``tf.local_variables``)."""
    return graph_collections.get_collection(_Keys.LOCAL_VARIABLES, scope)


def model_variables(scope: str | None = None) -> list[Any]:
    """The MODEL_VARIABLES of this graph or pass (``tf.model_variables``)."""
    return graph_collections.get_collection(_Keys.MODEL_VARIABLES, scope)


def trainable_variables(scope: str | None = None) -> list[Any]:
    """The TRAINABLE_VARIABLES of this graph or pass (``tf.trainable_variables``)."""
    return graph_collections.get_collection(_Keys.TRAINABLE_VARIABLES, scope)


def moving_average_variables(scope: str | None = None) -> list[Any]:
    """The variables that have a moving average (``tf.moving_average_variables``)."""
    return graph_collections.get_collection(_Keys.MOVING_AVERAGE_VARIABLES, scope)


# ---------------------------------------------------------------------------------------- initializers


def variables_initializer(var_list: Sequence[Any], name: str = "init") -> Any:
    """An operation that initializes `var_list` (``tf.variables_initializer``).

    Outside graph mode variables are initialized when they are made. Those in LOCAL_VARIABLES, such as the sums of a
    metric, begin anew; the others keep their values.
    """
    here = passes.current()
    if here is None:
        return tf.compat.v1.variables_initializer(var_list, name)
    wanted = {id(variable) for variable in var_list}
    return _begin_anew([record for record in list(here.store.in_order) if id(record.variable) in wanted], name)


def global_variables_initializer() -> Any:
    """An operation that initializes the global variables; outside graph mode it does nothing."""
    if passes.current() is None:
        return tf.compat.v1.global_variables_initializer()
    return tf.no_op(name="init")


def local_variables_initializer() -> Any:
    """An operation that initializes the local variables (``tf.local_variables_initializer``).

    Outside graph mode the local variables of the tracking scope begin anew at once, or each time the traced function
    comes to this place: that is how metrics are set back to zero.

    >>> net = tf.tracking.VariableTrackingScope("net")
    >>> def evaluate(batch):
    ...     with net:
    ...         return float(tf.metrics.mean(batch)[0])
    >>> evaluate([1.0]), evaluate([3.0])
    (1.0, 2.0)
    >>> with net:
    ...     tf.local_variables_initializer()
    >>> evaluate([5.0])
    5.0
    """
    here = passes.current()
    if here is None:
        return tf.compat.v1.local_variables_initializer()
    return _begin_anew(list(here.store.in_order), "init")


def _begin_anew(records: Sequence[Record], name: str) -> Any:
    """Give those of the variables that are local the values that they began with."""
    assignments = []
    for record in records:
        if record.start is not None:
            start = record.start() if callable(record.start) else record.start
            assignments.append(record.variable.assign(tf.convert_to_tensor(start, record.variable.dtype)))
    return tf.group(*assignments, name=name)


def initialize_variables(var_list: Sequence[Any], name: str = "init") -> Any:
    """The name of `variables_initializer` before TF 1.0."""
    return variables_initializer(var_list, name)


def initialize_all_variables() -> Any:
    """The name of `global_variables_initializer` before TF 1.0."""
    return global_variables_initializer()


def initialize_local_variables() -> Any:
    """The name of `local_variables_initializer` before TF 1.0."""
    return local_variables_initializer()


def report_uninitialized_variables(
    var_list: Sequence[Any] | None = None, name: str = "report_uninitialized_variables"
) -> Any:
    """The names of variables without a value, a string tensor [n]; outside graph mode n is 0."""
    if passes.current() is None:
        return tf.compat.v1.report_uninitialized_variables(var_list, name)
    return tf.constant([], tf.string, name=name)


def assert_variables_initialized(var_list: Sequence[Any] | None = None) -> Any:
    """An operation that fails unless all have a value; outside graph mode they have."""
    if passes.current() is None:
        return tf.compat.v1.assert_variables_initialized(var_list)
    wanted = global_variables() + local_variables() if var_list is None else var_list
    return tf.no_op() if wanted else None


def is_variable_initialized(variable: Any) -> Any:
    """A bool tensor []: has `variable` a value? Outside graph mode always True."""
    if passes.current() is None:
        return tf.compat.v1.is_variable_initialized(variable)
    return tf.constant(True)


hooks.keep_from_autograph(__name__)
