"""The errors that users see: TF 1.15's class and first sentence, then their names and a way out.

Builders return the exception, so that the line which raises it reads ``raise errors.x(...)``.
Nothing of ours is imported here.
"""

from __future__ import annotations

from typing import Any

_GUIDE = "See migration_guide/variables.md."


def _text(first: str, then: str) -> str:
    return f"{first}\n\n{then}" if then else first


def shape_text(shape: Any) -> str:
    """A TensorShape as TF1 writes it: ``(?, 4)``, ``<unknown>``."""
    return str(shape).replace("None", "?")


# ---------------------------------------------------------------------------------- get_variable


def already_exists(name: str, made_at: str | None, where: str) -> ValueError:
    first = (
        f"Variable {name} already exists, disallowed. Did you mean to set reuse=True or "
        "reuse=tf.AUTO_REUSE in VarScope?"
    )
    if made_at:
        first += f" Originally defined at:\n\n  {made_at}"
    scope, _, last = name.rpartition("/")
    share = (
        f'tf.variable_scope("{scope}", reuse=True)'
        if scope
        else ("tf.variable_scope(tf.get_variable_scope(), reuse=True)")
    )
    return ValueError(
        _text(
            first,
            f'It is asked for a second time {where}, with reuse=False. To share it, ask for "{last}" '
            f"inside {share}; for a second variable, give one of them another name. {_GUIDE}",
        )
    )


def does_not_exist(name: str, similar: list[str], where: str) -> ValueError:
    hint = f" The names nearest to it: {', '.join(similar)}." if similar else ""
    return ValueError(
        _text(
            f"Variable {name} does not exist, or was not created with tf.get_variable(). "
            "Did you mean to set reuse=tf.AUTO_REUSE in VarScope?",
            f"reuse=True only finds variables, and there is none of this name {where}.{hint} "
            "A variable made by tf.Variable is never shared. " + _GUIDE,
        )
    )


def wrong_shape(name: str, wanted: Any, found: Any, persisted: bool) -> ValueError:
    return ValueError(
        _text(
            f"Trying to share variable {name}, but specified shape {shape_text(wanted)} and found shape {found}.",
            _persisted_hint(name) if persisted else "",
        )
    )


def wrong_dtype(name: str, wanted: str, found: str, persisted: bool) -> ValueError:
    return ValueError(
        _text(
            f"Trying to share variable {name}, but specified dtype {wanted} and found dtype {found}.",
            _persisted_hint(name) if persisted else "",
        )
    )


def _persisted_hint(name: str) -> str:
    return (
        f"{name} is left from an earlier pass: variables stay in their tracking scope for good. "
        "If this is another model, give it another VariableTrackingScope or another variable scope. " + _GUIDE
    )


def constant_with_shape() -> ValueError:
    return ValueError("If initializer is a constant, do not specify shape.")


def initializer_dtype(found: Any, wanted: Any) -> ValueError:
    return ValueError(f"Initializer type '{found}' and explicit dtype '{wanted}' don't match.")


def initializer_invalid(name: str, shape: Any) -> ValueError:
    return ValueError(
        _text(
            "The initializer passed is not valid. It should be a callable with no arguments and the shape "
            "should not be provided or an instance of `tf.keras.initializers.*' and `shape` should be "
            "fully defined.",
            f"Variable {name} was asked for with shape {shape}.",
        )
    )


def initializer_required(name: str, dtype: Any) -> ValueError:
    return ValueError(f"An initializer for variable {name} of {dtype} is required")


def initializer_inside_control_flow(name: str) -> ValueError:
    return ValueError(
        f"Initializer for variable {name}/ is from inside a control-flow construct, such as a loop or "
        "conditional. When creating a variable inside a loop or conditional, use a lambda as the initializer."
    )


def initial_value_depends_on_input(name: str, detail: str) -> ValueError:
    return ValueError(
        _text(
            f"The initial value of variable {name} depends on an argument of the tf.function that is being traced.",
            "Variables are created once, outside the trace, when no argument has a value yet. Use an "
            "initializer (tf.zeros_initializer(), ...) or a constant, or create the variable in one eager "
            f"pass before the function is traced. {_GUIDE}\n\nTensorFlow's own words: {detail}",
        )
    )


def collections_not_a_list(collections: Any) -> ValueError:
    return ValueError(
        "collections argument to Variable constructor must be a list, tuple, or set. "
        f"Got {collections} of type {type(collections)}"
    )


def getter_not_callable(getter: Any) -> ValueError:
    return ValueError(f"Passed a custom_getter which is not callable: {getter}")


def not_a_node_name(name: str) -> ValueError:
    return ValueError(f"'{name}' is not a valid node name")


def not_a_scope_name(name: str) -> ValueError:
    return ValueError(f"'{name}' is not a valid scope name")


def loss_has_no_name(loss: Any, name: str) -> AttributeError:
    return AttributeError(
        _text(
            f"'{type(loss).__name__}' object has no attribute 'name'",
            f"The regularizer of variable {name} returned {loss!r}. It must return a tensor, or None "
            "for no loss; tf.convert_to_tensor makes one of a number, tf.add_n of a list.",
        )
    )


def loss_lost_in_inner_function(name: str, scope: str) -> RuntimeError:
    return RuntimeError(
        _text(
            f"The regularization loss of variable {name} would be lost.",
            f"get_variable runs inside a tf.function that was called within a pass of {scope}. Its Python "
            "code runs only while it is traced, so that the pass would have the loss the first time and "
            "silently not have it afterwards. Enter the scope inside the tf.function (and read "
            "REGULARIZATION_LOSSES there), or call the model's Python function itself. "
            "See migration_guide/weight_decay.md.",
        )
    )


# ------------------------------------------------------------------------------------ partitioned


def partitioned_exists(name: str) -> ValueError:
    return ValueError(
        f"Partitioned variable with name {name} already exists. Did you mean to set reuse=True or "
        "reuse=tf.AUTO_REUSE in VarScope?"
    )


def partitioned_does_not_exist(name: str) -> ValueError:
    return ValueError(
        f"PartitionedVariable {name} does not exist, or was not created with tf.get_variable(). "
        "Did you mean to set reuse=False or reuse=tf.AUTO_REUSE in VarScope?"
    )


def unpartitioned_found(name: str) -> ValueError:
    return ValueError(
        f"A partitioner was provided, but an unpartitioned version of the variable was found: {name}.  "
        "Perhaps a variable of the same name was already created without partitioning?"
    )


def not_callable_constraint(constraint: Any) -> ValueError:
    return ValueError(_text("The `constraint` argument must be a callable.", f"It is {constraint!r}."))


def partitioned_mismatch(name: str, what: str, wanted: Any, found: Any) -> ValueError:
    return ValueError(
        f"Trying to reuse partitioned variable {name}, but specified {what} {wanted} and found {what} {found}."
    )


def partitioned_found(name: str) -> ValueError:
    return ValueError(
        f"No partitioner was provided, but a partitioned version of the variable was found: {name}/part_0. "
        "Perhaps a variable of the same name was already created with partitioning?"
    )


def parts_with_custom_getter(getter: Any) -> ValueError:
    return ValueError(
        "Private access to _get_partitioned_variable is not allowed when a custom getter is set.  Current custom "
        f"getter: {getter}.  It is likely that you're using create_partitioned_variables.  If so, consider instead "
        "using get_variable with a non-empty partitioner parameter instead."
    )


def other_partitioning(name: str, shards: int, found: str, missing_or_extra: str) -> ValueError:
    return ValueError(
        "Partitioner returned a different partitioning than what was already found.  "
        f"Partitioner returned {shards} shards, and shard {found} was found, but {missing_or_extra}."
    )


# -------------------------------------------------------------------------------- variable_scope


def scope_name_required() -> TypeError:
    return TypeError("If default_name is None then name_or_scope is required")


def scope_of_wrong_type() -> TypeError:
    return TypeError("VariableScope: name_or_scope must be a string or VariableScope.")


def reuse_of_wrong_type() -> ValueError:
    return ValueError("The reuse parameter must be True or False or None.")


def reuse_without_name() -> ValueError:
    return ValueError("reuse=True cannot be used without a name_or_scope")


def improper_nesting(current: str, leaving: str) -> RuntimeError:
    return RuntimeError(
        _text(
            "Improper nesting of variable_scope.",
            f"Leaving variable scope '{leaving}' while '{current}' is the current one. Leave scopes in the "
            "reverse order of entering them, in the thread that entered them: use `with`.",
        )
    )


# ---------------------------------------------------------------------------------------- passes


def left_open(scope: str, entered_at: str) -> RuntimeError:
    return RuntimeError(
        _text(
            f"{scope} was entered at {entered_at} and never left.",
            "The function that entered it has been traced to its end. It is closed now; the variables are "
            "kept. Enter a tracking scope with `with`, so that it is left again also after an exception.",
        )
    )


def left_by_another_thread(scope: str) -> RuntimeError:
    return RuntimeError(
        _text(
            f"{scope} is left in a thread that has not entered it.",
            "Each thread has passes of its own. Enter and leave the scope in the same thread: use `with`.",
        )
    )


def left_out_of_order(scope: str, inner: str, entered_at: str) -> RuntimeError:
    return RuntimeError(
        _text(
            f"{scope} is left while {inner}, entered later at {entered_at}, is still open.",
            "Leave scopes in the reverse order of entering them: use `with`.",
        )
    )


def variable_scope_left_open(scope: str, name: str) -> RuntimeError:
    return RuntimeError(
        _text(
            "Improper nesting of variable_scope.",
            f"{scope} is left while the variable scope '{name}' is still open. It is closed now; use "
            "`with tf.variable_scope(...)` inside the pass.",
        )
    )


# ---------------------------------------------------------------------------------- only sessions


def needs_a_session(what: str, first: str, instead: str) -> RuntimeError:
    return RuntimeError(
        _text(
            first,
            f"{what} belongs to graph mode, and this is {instead} Ways out: run the script unchanged with "
            "`tf1compat-wd run script.py`; or call tf.disable_v2_behavior() at the top of the program; or build "
            "inside `with tf.Graph().as_default():`. See migration_guide/README.md.",
        )
    )


def graph_inside_pass(scope: str, entered_at: str) -> AssertionError:
    return AssertionError(
        _text(
            "Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit "
            "the nesting and create a new graph.",
            f"A pass of {scope} is open (entered at {entered_at}). Every pass starts afresh by itself; to "
            "forget the variables as well, make a new VariableTrackingScope.",
        )
    )


def needs_a_tape(what: str, first: str) -> RuntimeError:
    return RuntimeError(
        _text(
            first,
            f"{what} on tensors that are computed already needs a record of how: run the step in a scope that "
            "keeps one, VariableTrackingScope(tape=True), or under tf.function, where it works as it is. "
            "See migration_guide/README.md.",
        )
    )


def empty_sum() -> ValueError:
    return ValueError(
        _text(
            "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape",
            "tf.add_n was given an empty list. If it came from tf.get_collection(...), nothing has been collected in "
            "this pass: collections start afresh with each, so read them in the pass that builds the model (or "
            "use scope.regularization_losses() afterwards); and check that get_variable gets a regularizer. "
            "tf.losses.get_regularization_loss() gives 0.0 where there are no losses. "
            "See migration_guide/weight_decay.md.",
        )
    )


# ------------------------------------------------------------------------------- losses and metrics


def none_value() -> ValueError:
    return ValueError("None values not supported.")


def must_not_be_none(argument: str) -> ValueError:
    return ValueError(f"{argument} must not be None.")


_WEIGHTS_RULE = (
    "Weights are a scalar, or have as many axes as the values, each of the same length or of length 1: for values "
    "[batch, n], [[2.0]] or tf.reshape(w, [-1, 1]) fit, a vector [batch] doesn't."
)


def weights_of_other_rank(weights: Any, values: Any) -> ValueError:
    return ValueError(
        _text(
            f"weights can not be broadcast to values. values.rank={values.rank}. weights.rank={weights.rank}. "
            f"values.shape={values}. weights.shape={weights}.",
            _WEIGHTS_RULE,
        )
    )


def weights_of_other_shape(axis: int, weights: Any, values: Any) -> ValueError:
    shown = [f"[{' '.join(map(str, shape.as_list()))}]" for shape in (values, weights)]
    return ValueError(
        _text(
            f"weights can not be broadcast to values. Mismatch at dim {axis}. "
            f"values.shape={shown[0]} weights.shape={shown[1]}.",
            _WEIGHTS_RULE,
        )
    )


def last_axis_not_one(scope: str, shape: Any) -> ValueError:
    axes = shape.as_list()
    return ValueError(
        _text(
            f"Can not squeeze dim[{len(axes) - 1}], expected a dimension of 1, got {axes[-1]} for "
            f"'{scope}remove_squeezable_dimensions/Squeeze' (op: 'Squeeze') with input shapes: "
            f"[{','.join('?' if axis is None else str(axis) for axis in axes)}].",
            "There is an axis more than there should be; it may only have length 1. Class numbers have one axis less "
            "than what they are compared with: labels [batch] for logits [batch, classes].",
        )
    )


def wrong_dtype_of_parameter(parameter: str, found: str, allowed: tuple[str, ...]) -> TypeError:
    return TypeError(
        f"Value passed to parameter '{parameter}' has DataType {found} not in list of allowed values: "
        f"{', '.join(allowed)}"
    )
