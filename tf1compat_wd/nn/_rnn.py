"""Loops over time: ``tf.nn.dynamic_rnn``, ``bidirectional_dynamic_rnn``, ``raw_rnn``.

TF 1 built the body of such a loop once, in a ``tf.while_loop``, and so do graph and function mode here. In eager mode
the steps run one by one in Python, but as built once: see `_EagerSteps`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import modes, op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import built_once, while_loop
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.nn._loop_reads import reading_once
from tf1compat_wd.nn._rnn_cell_base import RNNCell
from tf1compat_wd.nn._rnn_cell_wrappers import begin_loop
from tf1compat_wd.nn._rnn_states import (
    check_is_cell,
    dtype_of_state,
    first_state,
    known_size,
    with_batch,
    zeros_of,
)

Tensor = Any
_Step = Callable[[Any, Any], tuple[Any, Any]]

_where = tf.compat.v1.where  # a vector as condition chooses rows


# ------------------------------------------------------------------------------------------ dynamic_rnn


def dynamic_rnn(
    cell: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state: Any = None,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    time_major: bool = False,
    scope: Any = None,
) -> tuple[Any, Any]:
    """Run `cell` over sequences (``tf.nn.dynamic_rnn``).

    Letters: B sequences, T steps, D depth of the inputs, U the cell's output size.

    Creates what `cell` creates, in the variable scope ``rnn``: ``rnn/<the cell's name>/<variable>``. A second network
    in the same scope raises TF1's error, unless the scope is reused, `scope` has another name, or `cell` is the same.

    Args:
        cell: an RNNCell, or anything with its methods.
        inputs: floating tensor [B, T, D...], or a structure of them; D... must be known. [T, B, D...] with
            `time_major`.
        sequence_length: integers [B]. From a sequence's end on, its outputs are zeros and its state stays.
        initial_state: with the structure of ``cell.state_size``; default: ``cell.get_initial_state`` or
            ``cell.zero_state``.
        dtype: of the initial state and the outputs; needed if there is no initial state.
        parallel_iterations, swap_memory: of the loop; no effect in eager mode.
        time_major: inputs and outputs begin with the steps. It saves two transpositions.
        scope: name or object of the variable scope.

    Returns:
        The outputs, [B, T, U] (or [T, B, U]), with the structure of ``cell.output_size``; and the last state.

    Raises:
        TypeError: `cell` is no cell; or the state's structure changes.
        ValueError: neither `initial_state` nor `dtype`; inputs that are integers, of rank < 3, of unknown depth, or of
            different lengths; `sequence_length` is no vector, or has another length than the batch.

    Differs from TF 1.15: in eager mode a length that is not one of the batch is an error before the loop starts.

    Source: facts of the topics rnn, rnn_loops and rnn_custom.

    >>> cell = tf.nn.rnn_cell.BasicLSTMCell(4)
    >>> with tf.tracking.VariableTrackingScope("net") as net:
    ...     outputs, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 3]), sequence_length=[5, 2], dtype=tf.float32)
    >>> outputs.shape.as_list(), float(tf.reduce_sum(abs(outputs[1, 2:]))), [v.name for v in net.variables]
    ([2, 5, 4], 0.0, ['rnn/basic_lstm_cell/kernel:0', 'rnn/basic_lstm_cell/bias:0'])
    """
    check_is_cell("cell", cell)
    with variable_scope(scope or "rnn") as opened:
        let_reads_stay_outside(opened)
        leaves = [tf.convert_to_tensor(each) for each in tf.nest.flatten(inputs)]
        # Eager steps are cut from the batch-major inputs as they are.
        swaps = not time_major and not tf.executing_eagerly()
        if swaps:
            leaves = [_swap_batch_and_time(each) for each in leaves]
        time_axis = 0 if time_major or swaps else 1
        sequences = _Sequences(leaves, time_axis)
        sequences.check(time_major)
        lengths = None if sequence_length is None else _checked_lengths(sequence_length)
        if initial_state is not None:
            state = initial_state
        elif not dtype:
            raise ValueError("If there is no initial_state, you must give a dtype.")
        else:
            state = first_state(cell, sequences.batch_size(), dtype)
        if lengths is not None:
            lengths = _checked_batch(lengths, sequences)
        plan = _Plan(cell, inputs, sequences, lengths, dtype_of_state(dtype, state), parallel_iterations, swap_memory)
        op_counts.more(
            sequences.more_before(swaps, initial_state is None)
            + (0 if lengths is None else sequences.more_for(lengths))
        )
        with reading_once():
            if tf.executing_eagerly():
                with name_scope("while"):
                    outputs, state = _run_eagerly(plan, state)
            else:
                outputs, state = _run_in_graph(plan, state)
        op_counts.more(sequences.more_after(swaps) - (0 if lengths is None else 2))
        if swaps:
            outputs = tf.nest.map_structure(_swap_batch_and_time, outputs)
    return outputs, state


class _Sequences(NamedTuple):
    """The inputs of a network: tensors of rank >= 3, steps along `time_axis`, sequences along the other (0 or 1)."""

    tensors: list[Tensor]
    time_axis: int

    def batch_size(self) -> Any:
        """An int, if it is known, else a tensor."""
        return self._size(1 - self.time_axis)

    def steps(self) -> Any:
        """An int, if it is known, else a tensor."""
        return self._size(self.time_axis)

    # Beside the loop, TF 1.15 computed sizes and orders of axes step by step, and partly for nothing: so many
    # operations more than here (legacy program: seeded).

    def _knows(self, axis: int) -> int:
        return 0 if known_size(self.tensors[0], axis) is None else 1

    def more_before(self, swaps: bool, makes_state: bool) -> int:
        """Before the loop."""
        unused_size = 0 if makes_state or self._knows(1 - self.time_axis) else 5
        return (15 if swaps else 9) + self._knows(0) + self._knows(1) + unused_size

    def more_for(self, lengths: Tensor) -> int:
        """Before the loop, because there are lengths."""
        if not self._knows(1 - self.time_axis):
            return -24
        return 3 if lengths.shape.is_fully_defined() else -12

    def more_after(self, swaps: bool) -> int:
        """After the loop."""
        only_steps = self._knows(self.time_axis) and not self._knows(1 - self.time_axis)
        return (8 if swaps else 2) - (1 if only_steps else 0)

    def _size(self, axis: int) -> Any:
        for each in self.tensors:
            size = known_size(each, axis)
            if size is not None:
                return size
        return tf.shape(self.tensors[0])[axis]

    def check(self, time_major: bool) -> None:
        """Raise TF1's errors for inputs that can't be run over."""
        for each in self.tensors:
            rank = each.shape.rank
            if rank is None:
                then = "\n\nThe rank of the inputs must be known: use set_shape([None, None, depth])."
                if time_major:
                    raise ValueError(f"as_list() is not defined on an unknown TensorShape.{then}")
                raise TypeError(f"'NoneType' object is not subscriptable{then}")
            if rank < 2:
                raise ValueError(f"Expected input tensor {each} to have rank at least 2")
            if rank == 2:
                steps_first = tf.TensorShape([known_size(each, self.time_axis), known_size(each, 1 - self.time_axis)])
                raise ValueError(
                    f"Shape {steps_first} must have rank at least 3\n\nInputs are (steps, batch, depth) or, unless "
                    "time_major, (batch, steps, depth)."
                )
            if not each.shape[2:].is_fully_defined():
                raise ValueError(
                    "Input size (depth of inputs) must be accessible via shape inference, but saw value None."
                )
        first = self.tensors[0]
        for each in self.tensors:
            if known_size(each, self.time_axis) != known_size(first, self.time_axis):
                raise ValueError("Time steps is not the same for all the elements in the input in a batch.")
            if known_size(each, 1 - self.time_axis) != known_size(first, 1 - self.time_axis):
                raise ValueError("Batch_size is not the same for all the elements in the input.")


class _Plan(NamedTuple):
    """What a loop does."""

    cell: Any
    inputs: Any  # their structure
    sequences: _Sequences
    lengths: Tensor | None
    output_dtype: tf.DType
    parallel_iterations: int | None
    swap_memory: bool

    def step_inputs(self, leaves: Sequence[Tensor]) -> Any:
        return tf.nest.pack_sequence_as(self.inputs, leaves)

    def sizes(self) -> list[Any]:
        """Of the outputs' leaves."""
        return tf.nest.flatten(self.cell.output_size)  # type: ignore[no-any-return]

    def zero_outputs(self) -> list[Tensor]:
        return zeros_of(self.sizes(), self.sequences.batch_size(), self.output_dtype)  # type: ignore[no-any-return]

    def packed(self, outputs: list[Tensor]) -> Any:
        return tf.nest.pack_sequence_as(self.cell.output_size, outputs)


def let_reads_stay_outside(scope: Any) -> None:
    """As TF1, let variables be cached where they are, so that a loop of TF1's kind reads them once."""
    if modes.current_mode() == modes.GRAPH and scope.caching_device is None and not _is_in_loop():
        scope.set_caching_device(lambda operation: operation.device)


def _is_in_loop() -> bool:
    graph = hooks.default_graph()
    return hooks.is_function_graph(graph) or hooks.is_in_old_control_flow(graph)


def _swap_batch_and_time(tensor: Tensor) -> Tensor:
    rank = tensor.shape.rank
    if rank is not None:
        return tensor if rank < 2 else tf.transpose(tensor, [1, 0, *range(2, rank)])
    return tf.transpose(tensor, tf.concat([[1, 0], tf.range(2, tf.rank(tensor))], 0))


def _checked_lengths(sequence_length: Any) -> Tensor:
    lengths = tf.cast(sequence_length, tf.int32)
    if lengths.shape.rank not in (None, 1):
        raise ValueError(f"sequence_length must be a vector of length batch_size, but saw shape: {lengths.shape}")
    return tf.identity(lengths, name="sequence_length")


def _checked_batch(lengths: Tensor, sequences: _Sequences) -> Tensor:
    """`lengths`, of which there must be as many as sequences."""
    batch = sequences.batch_size()
    count = known_size(lengths, 0)
    if isinstance(batch, int) and count is not None:
        if count != batch:
            raise ValueError(
                f"Dimension 0 in both shapes must be equal, but are {count} and {batch}. Shapes are [{count}] and "
                f"[{batch}].\n\nsequence_length has {count} elements, but there are {batch} sequences."
            )
        return lengths
    check = tf.debugging.assert_equal(
        tf.shape(lengths), tf.stack([batch]), f"Expected shape for Tensor {lengths.name} is [batch size]"
    )
    with tf.control_dependencies([check]):
        return tf.identity(lengths, name="CheckSeqLen")


def select(is_over: Tensor, then: Tensor, otherwise: Tensor) -> Tensor:
    """`then` for the sequences that are over, else `otherwise`; TensorArrays and scalars have no sequences."""
    if isinstance(otherwise, tf.TensorArray) or otherwise.shape.rank == 0:
        return otherwise
    return _where(is_over, then, otherwise)


def select_state(is_over: Tensor, state: Any, new_state: Any) -> Any:
    leaves = zip(tf.nest.flatten(state), tf.nest.flatten(new_state), strict=True)
    return tf.nest.pack_sequence_as(new_state, [select(is_over, old, new) for old, new in leaves])


def _flat_outputs(cell: Any, output: Any) -> list[Tensor]:
    tf.nest.assert_same_structure(cell.output_size, output)
    return tf.nest.flatten(output)  # type: ignore[no-any-return]


# ------------------------------------------------------------------------------- in a graph, in a trace


def _run_in_graph(plan: _Plan, state: Any) -> tuple[Any, Any]:
    """The loop as a ``tf.while_loop`` over time-major inputs."""
    sequences, steps, batch = plan.sequences, plan.sequences.steps(), plan.sequences.batch_size()
    state = tf.nest.map_structure(_as_tensor, state)
    shapes = [with_batch(batch, size)[1] for size in plan.sizes()]
    time = tf.constant(0, name="time")
    bound = steps
    zeros: list[Tensor] = []
    if plan.lengths is not None:
        zeros = plan.zero_outputs()
        # At least one step, so that there are outputs to be zeros.
        bound = tf.minimum(steps, tf.maximum(1, tf.reduce_max(plan.lengths)))
    with tf.name_scope("dynamic_rnn"):
        outputs = tuple(
            tf.TensorArray(plan.output_dtype, steps, element_shape=shape, tensor_array_name=f"output_{n}")
            for n, shape in enumerate(shapes)
        )
        inputs = tuple(
            tf.TensorArray(each.dtype, steps, element_shape=each.shape[1:], tensor_array_name=f"input_{n}").unstack(
                each
            )
            for n, each in enumerate(sequences.tensors)
        )

    def body(time: Tensor, outputs: tuple[Any, ...], state: Any) -> tuple[Tensor, tuple[Any, ...], Any]:
        leaves = [array.read(time) for array in inputs]
        for leaf, each in zip(leaves, sequences.tensors, strict=True):
            leaf.set_shape(each.shape[1:])
        output, new_state = plan.cell(plan.step_inputs(leaves), state)
        tf.nest.assert_same_structure(state, new_state)
        made = _flat_outputs(plan.cell, output)
        if plan.lengths is not None:
            is_over = time >= plan.lengths
            made = [select(is_over, zero, new) for zero, new in zip(zeros, made, strict=True)]
            new_state = select_state(is_over, state, new_state)
        _keep_shapes(state, new_state)
        written = tuple(array.write(time, new) for array, new in zip(outputs, made, strict=True))
        return time + 1, written, new_state

    _, outputs, state = while_loop(
        lambda time, *_: time < bound,
        body,
        (time, outputs, state),
        parallel_iterations=plan.parallel_iterations or 32,
        maximum_iterations=steps,
        swap_memory=plan.swap_memory,
    )
    stacked = [array.stack() for array in outputs]
    for each, shape in zip(stacked, shapes, strict=True):
        each.set_shape([steps if isinstance(steps, int) else None, *shape.as_list()])
    return plan.packed(stacked), state


def _as_tensor(value: Any) -> Any:
    return value if isinstance(value, tf.TensorArray) else tf.convert_to_tensor(value)


def _keep_shapes(state: Any, new_state: Any) -> None:
    for old, new in zip(tf.nest.flatten(state), tf.nest.flatten(new_state), strict=True):
        if not isinstance(new, tf.TensorArray):
            new.set_shape(old.shape)


# -------------------------------------------------------------------------------------------- eagerly


def later_steps(cell: Any) -> _Step:
    """What to call for the second and later steps: `cell`, or in eager mode, what does the same with less ado."""
    again = cell._again() if tf.executing_eagerly() and isinstance(cell, RNNCell) else None
    return again or cell


class _EagerSteps:
    """The steps of an eager loop, which the pass must see as built once.

    The first step is a call as any. Cells of ours can then go on without opening scopes again; other cells are
    called as if for the first time, and find what the first step has made.
    """

    def __init__(self, cell: Any) -> None:
        begin_loop()
        self._cell = cell
        self._first: _Step = built_once(cell)
        self._next: _Step | None = None

    def __call__(self, inputs: Any, state: Any) -> tuple[Any, Any]:
        if self._next is not None:
            return self._next(inputs, state)
        result = self._first(inputs, state)
        again = later_steps(self._cell)
        self._next = self._first if again is self._cell else again
        return result


def _run_eagerly(plan: _Plan, state: Any) -> tuple[Any, Any]:
    sequences, steps = plan.sequences, plan.sequences.steps()
    state = tf.nest.map_structure(_as_tensor, state)
    unstacked = [tf.unstack(each, axis=sequences.time_axis) for each in sequences.tensors]
    step = _EagerSteps(plan.cell)
    if steps == 0:
        return _run_nothing(plan, step, state)
    lengths = None if plan.lengths is None else plan.lengths.numpy()
    shortest, longest = steps, steps
    if lengths is not None:
        shortest, longest = int(lengths.min(initial=steps)), int(lengths.max(initial=0))
    zeros = plan.zero_outputs() if shortest < steps else []
    outputs: list[list[Tensor]] = []
    for time in range(min(steps, max(1, longest))):
        output, new_state = step(plan.step_inputs([each[time] for each in unstacked]), state)
        tf.nest.assert_same_structure(state, new_state)
        made = _flat_outputs(plan.cell, output)
        if time >= shortest:
            is_over = tf.constant(lengths <= time)
            made = [select(is_over, zero, new) for zero, new in zip(zeros, made, strict=True)]
            new_state = select_state(is_over, state, new_state)
        outputs.append(made)
        state = new_state
    outputs += [zeros] * (steps - len(outputs))
    return plan.packed([tf.stack(leaf, axis=sequences.time_axis) for leaf in zip(*outputs, strict=True)]), state


def _run_nothing(plan: _Plan, step: _Step, state: Any) -> tuple[Any, Any]:
    """No steps: make the variables, as building the loop would have done."""
    sequences, batch = plan.sequences, plan.sequences.batch_size()
    step(plan.step_inputs([tf.zeros([batch, *t.shape.as_list()[2:]], t.dtype) for t in sequences.tensors]), state)
    outputs = [tf.expand_dims(zero, sequences.time_axis) for zero in plan.zero_outputs()]
    empty = [
        tf.zeros([0 if n == sequences.time_axis else size for n, size in enumerate(each.shape.as_list())], each.dtype)
        for each in outputs
    ]
    return plan.packed(empty), state


# ---------------------------------------------------------------------------- bidirectional_dynamic_rnn


def bidirectional_dynamic_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    time_major: bool = False,
    scope: Any = None,
) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Run one cell forward and one backward over sequences (``tf.nn.bidirectional_dynamic_rnn``).

    Creates what the cells create, in the variable scopes ``bidirectional_rnn/fw`` and ``bidirectional_rnn/bw``.

    Args:
        cell_fw, cell_bw: the cells.
        sequence_length: integers [B]; the backward cell begins with each sequence's own end.
        initial_state_fw, initial_state_bw: first states; default: the cells' zero states.
        inputs, dtype, parallel_iterations, swap_memory, time_major, scope: as for `dynamic_rnn`.

    Returns:
        A pair of outputs, forward and backward, both in the order of the inputs; and the pair of last states.

    Raises:
        TypeError, ValueError: as for `dynamic_rnn`.

    Differs from TF 1.15: where a cell's output is a structure, each part of the backward outputs is turned round. TF
        1.15 made one tensor of the parts first, and turned that round along a wrong axis.

    Source: facts of the topics rnn and rnn_loops.

    >>> cells = tf.nn.rnn_cell.GRUCell(4), tf.nn.rnn_cell.GRUCell(4)
    >>> outputs, _ = tf.nn.bidirectional_dynamic_rnn(*cells, tf.ones([2, 5, 3]), dtype=tf.float32)
    >>> tf.concat(outputs, 2).shape.as_list()
    [2, 5, 8]
    """
    check_is_cell("cell_fw", cell_fw)
    check_is_cell("cell_bw", cell_bw)
    with variable_scope(scope or "bidirectional_rnn"):
        with variable_scope("fw") as forward:
            outputs_fw, state_fw = dynamic_rnn(
                cell_fw, inputs, sequence_length, initial_state_fw, dtype, parallel_iterations, swap_memory,
                time_major, forward,
            )  # fmt: skip
        with variable_scope("bw") as backward:
            reversed_inputs = tf.nest.map_structure(lambda each: _reversed(each, sequence_length, time_major), inputs)
            outputs, state_bw = dynamic_rnn(
                cell_bw, reversed_inputs, sequence_length, initial_state_bw, dtype, parallel_iterations, swap_memory,
                time_major, backward,
            )  # fmt: skip
    outputs_bw = tf.nest.map_structure(lambda each: _reversed(each, sequence_length, time_major), outputs)
    return (outputs_fw, outputs_bw), (state_fw, state_bw)


def _reversed(tensor: Tensor, lengths: Any, time_major: bool) -> Tensor:
    time, batch = (0, 1) if time_major else (1, 0)
    if lengths is None:
        return tf.reverse(tensor, [time])
    return tf.reverse_sequence(tensor, lengths, seq_axis=time, batch_axis=batch)


# -------------------------------------------------------------------------------------------- raw_rnn


def raw_rnn(
    cell: Any,
    loop_fn: Callable[[Tensor, Any, Any, Any], tuple[Any, Any, Any, Any, Any]],
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    scope: Any = None,
) -> tuple[Any, Any, Any]:
    """Run `cell` with inputs that a function of yours makes, step by step (``tf.nn.raw_rnn``).

    Creates what `cell` and `loop_fn` create, in the variable scope ``rnn``.

    Args:
        cell: the cell.
        loop_fn: function of (time, cell_output, cell_state, loop_state), called before the first step with time 0
            and None for the rest, then after each step. It gives
            (finished [B] of bool, next_input, next_state, emit_output, next_loop_state). What it emits before the
            first step says structure and shapes (without B) of what it emits later: None for the cell's output.
        parallel_iterations, swap_memory: of the loop; no effect in eager mode.
        scope: name or object of the variable scope.

    Returns:
        ``tf.TensorArray`` (or a structure of them) of what was emitted; the last state; the last loop state. When a
        sequence is finished, zeros are emitted for it and its state stays; the loop ends when all are.

    Raises:
        TypeError: `cell` is no cell, or `loop_fn` no function.
        ValueError: the first input's shape is unknown.

    Source: facts of the topic rnn_loops.
    """
    check_is_cell("cell", cell)
    if not callable(loop_fn):
        raise TypeError("loop_fn must be a callable")
    with variable_scope(scope or "rnn") as opened:
        let_reads_stay_outside(opened)
        time = tf.constant(0, tf.int32)
        finished, inputs, state, emitted, loop_state = loop_fn(time, None, None, None)
        raw = _RawLoop(cell, loop_fn, inputs, state, emitted)
        loop_variables = (time, tf.convert_to_tensor(finished), inputs, raw.arrays, state, loop_state)
        with reading_once():
            if tf.executing_eagerly():
                loop_variables = raw.run_eagerly(loop_variables)
            else:
                loop_variables = raw.run_in_graph(loop_variables, parallel_iterations or 32, swap_memory)
        _, _, _, arrays, state, loop_state = loop_variables
    return tf.nest.pack_sequence_as(raw.emitted, arrays), state, loop_state


class _RawLoop:
    """The body of `raw_rnn`'s loop, and what it emits into."""

    def __init__(self, cell: Any, loop_fn: Callable[..., Any], inputs: Any, state: Any, emitted: Any) -> None:
        self.cell = cell
        self.loop_fn = loop_fn
        flat_inputs, flat_state = tf.nest.flatten(inputs), tf.nest.flatten(state)
        if not flat_inputs or flat_inputs[0].shape.rank is None:
            raise ValueError("The first input of raw_rnn has no known rank.")
        batch = known_size(flat_inputs[0], 0)
        self._batch_size = tf.shape(flat_inputs[0])[0] if batch is None else batch
        if emitted is None:
            self.emitted = cell.output_size
            sizes = [tf.TensorShape(size if not isinstance(size, int) else [size]) for size in self._flat_emitted()]
            dtypes = [flat_state[0].dtype] * len(sizes)
        else:
            self.emitted = emitted
            sizes = [each.shape for each in self._flat_emitted()]
            dtypes = [each.dtype for each in self._flat_emitted()]
        self._zeros = [zeros_of(size, self._batch_size, dtype) for size, dtype in zip(sizes, dtypes, strict=True)]
        self.arrays = tuple(
            tf.TensorArray(
                dtype, 0, dynamic_size=True, element_shape=tf.TensorShape([batch]).concatenate(size),
                tensor_array_name=f"rnn_output_{n}",
            )
            for n, (size, dtype) in enumerate(zip(sizes, dtypes, strict=True))
        )  # fmt: skip

    def _flat_emitted(self) -> list[Any]:
        return tf.nest.flatten(self.emitted)  # type: ignore[no-any-return]

    def body(
        self, step: _Step, loop_fn: Callable[..., Any], time: Tensor, finished: Tensor, inputs: Any,
        arrays: tuple[Any, ...], state: Any, loop_state: Any,
    ) -> tuple[Any, ...]:  # fmt: skip
        output, cell_state = step(inputs, state)
        tf.nest.assert_same_structure(state, cell_state)
        time = time + 1
        next_finished, next_inputs, next_state, emitted, next_loop_state = loop_fn(time, output, cell_state, loop_state)
        tf.nest.assert_same_structure(state, next_state)
        tf.nest.assert_same_structure(inputs, next_inputs)
        tf.nest.assert_same_structure(self.emitted, emitted)
        made = [select(finished, zero, new) for zero, new in zip(self._zeros, tf.nest.flatten(emitted), strict=True)]
        state = select_state(finished, state, next_state)
        arrays = tuple(array.write(time - 1, new) for array, new in zip(arrays, made, strict=True))
        finished = tf.logical_or(finished, next_finished)
        return time, finished, next_inputs, arrays, state, loop_state if next_loop_state is None else next_loop_state

    def run_in_graph(self, loop_variables: tuple[Any, ...], parallel_iterations: int, swap_memory: bool) -> Any:
        *known, loop_state = loop_variables
        placeholder = tf.constant(0) if loop_state is None else loop_state

        def body(*variables: Any) -> tuple[Any, ...]:
            *rest, inner = variables
            result = self.body(self.cell, self.loop_fn, *rest, None if loop_state is None else inner)
            return (*result[:-1], inner if loop_state is None else result[-1])

        *known, last = while_loop(
            lambda time, finished, *_: tf.logical_not(tf.reduce_all(finished)),
            body,
            (*known, placeholder),
            parallel_iterations=parallel_iterations,
            swap_memory=swap_memory,
        )
        return (*known, None if loop_state is None else last)

    def run_eagerly(self, loop_variables: tuple[Any, ...]) -> tuple[Any, ...]:
        begin_loop()
        body = built_once(lambda *variables: self.body(self.cell, self.loop_fn, *variables))
        with name_scope("while"):
            while not np.all(loop_variables[1].numpy()):
                loop_variables = body(*loop_variables)
        return loop_variables


hooks.keep_from_autograph(__name__)
