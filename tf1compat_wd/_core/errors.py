"""The errors that users see: TF 1.15's class and first sentence, then their names and a way out.

Builders return the exception, so that the line which raises it reads ``raise errors.x(...)``.
Nothing of ours is imported here.
"""

from __future__ import annotations

from typing import Any

from tensorflow import errors as tf_errors

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


def default_name_not_text(name: Any) -> TypeError:
    return TypeError(
        f"`default_name` type ({type(name)}) is not a string type. You likely meant to pass this into the `values` "
        "kwarg."
    )


def fraction_as_dimension(size: Any) -> ValueError:
    return ValueError(
        _text(
            f"Ambiguous dimension: {size}",
            "A dimension is a whole number. In Python 3, n / 2 is a fraction where n is odd; n // 2 never is.",
        )
    )


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


def made_anew(scope: str) -> str:
    return _text(
        f"This line has made a new variable in each of two passes of {scope}.",
        "Variables of tf.Variable in TensorFlow 2, and of Keras layers, belong to whoever makes them: a later pass "
        "does not find them again, so that what is learned in one is lost in the next. Make the variable or the Keras "
        "layer once, outside of the passes; or use tf.get_variable or tf.layers, whose variables are found by name. "
        "See migration_guide/inside_keras.md.",
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


def partitioner_not_callable(partitioner: Any) -> ValueError:
    return ValueError(f"Partitioner must be callable, but received: {partitioner}")


def partitioned_shape_not_defined(name: str, shape: Any) -> ValueError:
    return ValueError(
        _text(
            f"Shape of a new partitioned variable must be fully defined, but instead was {shape_text(shape)}.",
            f"A partitioner cuts variable {name} up as `shape` says, or a tensor as the initializer. For a list, a "
            "number or an array as the initializer give `shape` too.",
        )
    )


def constant_of_other_rank(shard: str, found: list[int], rank: int) -> ValueError:
    shape = str(found).replace(" ", "")
    return ValueError(
        _text(
            f"Shape must be rank {rank} but is rank {len(found)} for '{shard}/PartitionedInitializer/Slice' "
            f"(op: 'Slice') with input shapes: {shape}, [{rank}], [{rank}].",
            "A constant as the initializer of a partitioned variable is cut up as the variable is, so that it must "
            "have as many axes. For one number everywhere use tf.constant_initializer.",
        )
    )


def unpartitioned_found(name: str) -> ValueError:
    return ValueError(
        f"A partitioner was provided, but an unpartitioned version of the variable was found: {name}.  "
        "Perhaps a variable of the same name was already created without partitioning?"
    )


def not_callable_constraint(constraint: Any) -> ValueError:
    return ValueError(_text("The `constraint` argument must be a callable.", f"It is {constraint!r}."))


def partitioned_mismatch(name: str, what: str, wanted: Any, found: Any, persisted: bool) -> ValueError:
    return ValueError(
        _text(
            f"Trying to reuse partitioned variable {name}, but specified {what} {wanted} and found {what} {found}.",
            _persisted_hint(name) if persisted else "",
        )
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


def cannot_check_afterwards() -> RuntimeError:
    return RuntimeError(
        _text(
            "add_check_numerics_ops() is not compatible with eager execution. To check for Inf's and NaN's under eager "
            "execution, call tf.debugging.enable_check_numerics() once before executing the checked operations.",
            "Eagerly the operations have run, and nothing is known of them. Inside a tf.function it works as it is.",
        )
    )


def no_gradients(variables: list[Any], loss: Any) -> ValueError:
    return ValueError(
        "No gradients provided for any variable, check your graph for ops that do not support gradients, between "
        f"variables {[str(variable) for variable in variables]} and loss {loss!r}."
    )


def cannot_derive(loss: Any, dtypes: tuple[Any, ...]) -> ValueError:
    return ValueError(f"Invalid type {loss.dtype!r} for the loss, expected: {[dtype.name for dtype in dtypes]}.")


def no_such_gate(gate: Any) -> ValueError:
    return ValueError(
        f"gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH.  Not {gate}"
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


# ------------------------------------------------------------------------------------ checkpoints

_CHECKPOINTS_GUIDE = "See migration_guide/checkpoints.md."


def no_such_checkpoint(path: str, hint: str) -> ValueError:
    return ValueError(_text(f"The passed save_path is not a valid checkpoint: {path}", hint))


def checkpoint_damaged(path: str, names: list[str], error: Exception) -> Exception:
    detail = str(error).split(" [Op:")[0].split("}} ")[-1].strip()
    kinds = (tf_errors.DataLossError, tf_errors.OutOfRangeError, tf_errors.NotFoundError)
    kind = type(error) if isinstance(error, kinds) else tf_errors.DataLossError
    what = f"The values of these can't be read: {', '.join(names)}. " if names else ""
    return kind(
        None,
        None,
        _text(detail, f"Checkpoint {path} is damaged or was not copied as a whole. {what}No variable was changed."),
    )


def cannot_restore(
    path: str, missing: list[str], mismatched: list[tuple[str, str]], unexpected: list[str], way_out: str
) -> Exception:
    """`mismatched`: TensorFlow's sentence about it, and ours."""
    kind = tf_errors.NotFoundError if missing else tf_errors.InvalidArgumentError
    cause = (
        "a Variable name or other graph key that is missing from the checkpoint"
        if missing
        else "a mismatch between the current graph and the graph from the checkpoint"
    )
    first = (
        f"Restoring from checkpoint failed. This is most likely due to {cause}. Please ensure that you have not "
        f"altered the graph expected based on the checkpoint. Original error:\n\n"
        + (f"Key {missing[0]} not found in checkpoint" if missing else mismatched[0][0])
    )
    lines = [f"Checkpoint {path}; no variable was changed."]
    if missing:
        lines += ["It has nothing for:", *(f"  {name}" for name in missing)]
    if mismatched:
        lines += ["It has something else for:", *(f"  {ours}" for _, ours in mismatched)]
    if unexpected:
        more = "" if len(unexpected) <= 20 else f"\n  and {len(unexpected) - 20} more"
        lines += ["It has these as well, which were not asked for:", *(f"  {name}" for name in unexpected[:20])]
        lines[-1] += more
    return kind(None, None, _text(first, "\n".join([*lines, f"{way_out} {_CHECKPOINTS_GUIDE}".strip()])))


def no_variables_to_save(hint: str) -> ValueError:
    return ValueError(_text("No variables to save", hint))


def variables_not_a_list(variables: Any) -> TypeError:
    return TypeError(f"Variables to save should be passed in a dict or a list: {variables}")


def not_a_variable_to_save(thing: Any) -> TypeError:
    return TypeError(f"Variable to save is not a Variable: {thing}")


def not_a_variable_in_dict(thing: Any) -> TypeError:
    return TypeError(
        f"names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a variable: {thing}"
    )


def saved_name_not_a_string(name: Any) -> TypeError:
    return TypeError(
        f"names_to_saveables must be a dict mapping string names to trackable operations. Name is not a string: {name}"
    )


def saved_twice_by_name(name: str) -> ValueError:
    return ValueError(f"At least two variables have the same name: {name}")


def saved_under_two_names(name: str) -> ValueError:
    return ValueError(f"The same saveable will be restored with two names: {name}")


def not_a_slice(variable: Any) -> ValueError:
    return ValueError(f"Slices must all be slices: {variable}")


def checkpoints_need_eager(what: str, mode: str) -> RuntimeError:
    return RuntimeError(
        _text(
            f"{what} reads or writes the values that variables have now.",
            f"There are none {mode}. Call it in eager mode, outside of any tf.function: before the first pass, between "
            f"two steps, or in a pass. {_CHECKPOINTS_GUIDE}",
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


def _axes(shape: Any) -> str:
    return f"[{','.join('?' if axis is None else str(axis) for axis in shape.as_list())}]"


def last_axis_not_one(operation: str, shape: Any) -> ValueError:
    axes = shape.as_list()
    return ValueError(
        _text(
            f"Can not squeeze dim[{len(axes) - 1}], expected a dimension of 1, got {axes[-1]} for '{operation}' "
            f"(op: 'Squeeze') with input shapes: {_axes(shape)}.",
            "There is an axis more than there should be; it may only have length 1. Class numbers have one axis less "
            "than what they are compared with: labels [batch] for logits [batch, classes].",
        )
    )


def weights_cannot_multiply(operation: str, axis: int, values: Any, weights: Any) -> ValueError:
    return ValueError(
        _text(
            f"Dimensions must be equal, but are {values[axis]} and {weights[axis]} for '{operation}' (op: 'Mul') with "
            f"input shapes: {_axes(values)}, {_axes(weights)}.",
            _WEIGHTS_RULE,
        )
    )


def wrong_dtype_of_parameter(parameter: str, found: str, allowed: tuple[str, ...]) -> TypeError:
    return TypeError(
        f"Value passed to parameter '{parameter}' has DataType {found} not in list of allowed values: "
        f"{', '.join(allowed)}"
    )


def verify_in_graph() -> RuntimeError:
    return RuntimeError(
        _text(
            "tf.tracking.verify builds its own graphs, and can't be called while one is being built.",
            "Call it from a test or a program of its own, outside `with graph.as_default()`, of a tf.function, and "
            "without tf.disable_eager_execution().",
        )
    )


def native_variable_in_session(what: str) -> TypeError:
    return TypeError(
        _text(
            f"{what} is TensorFlow 2's own (of a tf.Module, a Keras layer, or a plain tf2.Variable): it lives on from "
            'call to call, and has no place in a session\'s graph. Verify with modes=("eager", "function").',
            "See migration_guide/trusting_a_migration.md.",
        )
    )


def native_variable_made_anew(name: str) -> ValueError:
    return ValueError(
        _text(
            f"Variable {name} is made anew in a later pass, so that nothing is learned. Make the tf2.Variable, "
            "tf2.Module or Keras layer once, outside the function.",
            "See migration_guide/trusting_a_migration.md.",
        )
    )
