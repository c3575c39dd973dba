"""Networks unrolled over a list of steps: ``tf.nn.static_rnn`` and its relatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.nn._loop_reads import reading_once
from tf1compat_wd.nn._rnn import later_steps, let_reads_stay_outside, select_state
from tf1compat_wd.nn._rnn_cell_wrappers import begin_loop
from tf1compat_wd.nn._rnn_states import check_is_cell, dtype_of_state, first_state, zeros_of

Tensor = Any


def static_rnn(
    cell: Any,
    inputs: Sequence[Any],
    initial_state: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[list[Any], Any]:
    """Run `cell` over a list of steps, one after the other (``tf.nn.static_rnn``).

    Letters: B sequences, D depth of the inputs, U the cell's output size.

    Creates what `cell` creates, in the variable scope ``rnn``: ``rnn/<the cell's name>/<variable>``.

    Args:
        cell: an RNNCell, or anything with its methods.
        inputs: list of tensors [B, D], or of structures of them.
        initial_state: with the structure of ``cell.state_size``; default: the cell's zero state.
        dtype: of the initial state and the outputs; needed if there is no initial state.
        sequence_length: integers [B]. From a sequence's end on, its outputs are zeros and its state stays.
        scope: name or object of the variable scope.

    Returns:
        The list of outputs [B, U], one for each step; and the last state.

    Raises:
        TypeError: `cell` is no cell, or `inputs` no list.
        ValueError: no inputs; neither `initial_state` nor `dtype`; inputs of different batch sizes; or
            `sequence_length` is no vector.

    Source: facts of the topics rnn_loops and rnn_custom.

    >>> steps = tf.unstack(tf.ones([2, 5, 3]), axis=1)
    >>> outputs, _ = tf.nn.static_rnn(tf.nn.rnn_cell.GRUCell(4), steps, dtype=tf.float32, scope="unrolled")
    >>> len(outputs), outputs[0].shape.as_list()
    (5, [2, 4])
    """
    check_is_cell("cell", cell)
    if not _is_sequence(inputs):
        raise TypeError("inputs must be a sequence")
    if not inputs:
        raise ValueError("inputs must not be empty")
    outputs = []
    with variable_scope(scope or "rnn") as opened:
        let_reads_stay_outside(opened)
        batch = _batch_size(inputs)
        if initial_state is not None:
            state = initial_state
        elif not dtype:
            raise ValueError("If no initial_state is provided, dtype must be specified")
        else:
            state = first_state(cell, batch, dtype)
        ends = None if sequence_length is None else _Ends(cell, sequence_length, batch, dtype_of_state(dtype, state))
        begin_loop()
        with reading_once():
            step = cell
            for time, step_inputs in enumerate(inputs):
                if time == 1:
                    opened.reuse_variables()
                    step = later_steps(cell)
                output, new_state = step(step_inputs, state)
                if ends is not None:
                    output, new_state = ends.at(time, state, output, new_state)
                outputs.append(output)
                state = new_state
    return outputs, state


class _Ends:
    """What becomes of outputs and states when sequences end."""

    def __init__(self, cell: Any, sequence_length: Any, batch: Any, dtype: tf.DType) -> None:
        self._lengths = tf.cast(sequence_length, tf.int32)
        if self._lengths.shape.rank not in (None, 1):
            raise ValueError(
                f"sequence_length must be a vector of length batch_size\n\nIts shape is {self._lengths.shape}."
            )
        self._zeros = zeros_of(cell.output_size, batch, dtype)

    def at(self, time: int, state: Any, output: Any, new_state: Any) -> tuple[Any, Any]:
        is_over = time >= self._lengths
        return select_state(is_over, self._zeros, output), select_state(is_over, state, new_state)


def _is_sequence(inputs: Any) -> bool:
    return isinstance(inputs, Sequence) and not isinstance(inputs, str)


def _batch_size(inputs: Sequence[Any]) -> Any:
    """Of the first step: an int, or a tensor if it is unknown.

    Raises:
        ValueError: the depth is unknown, there is none, or steps have different batch sizes.
    """
    batch = tf.compat.v1.Dimension(None)
    first = tf.convert_to_tensor(tf.nest.flatten(inputs[0])[0])
    for step in inputs:
        for each in tf.nest.flatten(step):
            shape = tf.convert_to_tensor(each).shape
            if shape.rank is None:
                continue
            if first.shape.rank != 1:  # TF1: of those the cell complains
                shape.with_rank_at_least(2)
            for axis, size in enumerate(shape.as_list()[1:], 1):
                if size is None:
                    raise ValueError(
                        f"Input size (dimension {axis} of inputs) must be accessible via shape inference, but saw "
                        "value None."
                    )
            batch = batch.merge_with(shape.as_list()[0])
    return tf.shape(first)[0] if batch.value is None else batch.value


def static_bidirectional_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Sequence[Any],
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[list[Any], Any, Any]:
    """Run one cell forward and one backward over a list of steps (``tf.nn.static_bidirectional_rnn``).

    Creates what the cells create, in the variable scopes ``bidirectional_rnn/fw`` and ``bidirectional_rnn/bw``.

    Args:
        cell_fw, cell_bw: the cells.
        initial_state_fw, initial_state_bw: first states; default: the cells' zero states.
        inputs, dtype, sequence_length, scope: as for `static_rnn`; the backward cell begins with each sequence's
            own end.

    Returns:
        The list of outputs, forward and backward side by side, [B, U + V]; the last forward state; the last
        backward state.

    Raises:
        TypeError, ValueError: as for `static_rnn`.

    Source: facts of the topic rnn_loops.
    """
    check_is_cell("cell_fw", cell_fw)
    check_is_cell("cell_bw", cell_bw)
    if not _is_sequence(inputs):
        raise TypeError("inputs must be a sequence")
    if not inputs:
        raise ValueError("inputs must not be empty")
    with variable_scope(scope or "bidirectional_rnn"):
        with variable_scope("fw") as forward:
            outputs_fw, state_fw = static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length, forward)
        with variable_scope("bw") as backward:
            outputs, state_bw = static_rnn(
                cell_bw, _reversed(inputs, sequence_length), initial_state_bw, dtype, sequence_length, backward
            )
    outputs_bw = _reversed(outputs, sequence_length)
    side_by_side = [
        tf.nest.map_structure(lambda one, other: tf.concat([one, other], 1), *both)
        for both in zip(outputs_fw, outputs_bw, strict=True)
    ]
    return side_by_side, state_fw, state_bw


def _reversed(steps: Sequence[Any], lengths: Any) -> list[Any]:
    """The steps of each sequence from its end; what lies behind the end stays."""
    if lengths is None:
        return list(reversed(steps))
    turned = [
        tf.unstack(tf.reverse_sequence(tf.stack(leaf), lengths, seq_axis=0, batch_axis=1))
        for leaf in zip(*(tf.nest.flatten(step) for step in steps), strict=True)
    ]
    return [
        tf.nest.pack_sequence_as(step, leaves) for step, leaves in zip(steps, zip(*turned, strict=True), strict=True)
    ]


def static_state_saving_rnn(
    cell: Any,
    inputs: Sequence[Any],
    state_saver: Any,
    state_name: Any,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[list[Any], Any]:
    """Run `cell` over a list of steps, from a state that is kept elsewhere (``tf.nn.static_state_saving_rnn``).

    Creates what `cell` creates, in the variable scope ``rnn``.

    Args:
        state_saver: object with ``state(name)``, which gives a saved state, and ``save_state(name, value)``, which
            gives an operation or tensor that saves it.
        state_name: names of the states, with the structure of ``cell.state_size``.
        cell, inputs, sequence_length, scope: as for `static_rnn`.

    Returns:
        The list of outputs [B, U], the last of which depends on the state's being saved; and the last state.

    Raises:
        TypeError, ValueError: as for `static_rnn`.
        ValueError: the structure of `state_name` isn't that of ``cell.state_size``.

    Source: facts of the topic rnn_loops.
    """
    sizes = cell.state_size
    are_several, are_named_severally = tf.nest.is_nested(sizes), tf.nest.is_nested(state_name)
    if are_several != are_named_severally:
        raise ValueError(
            "state_name should be the same type as cell.state_size.  "
            f"state_name: {state_name!s}, cell.state_size: {sizes!s}"
        )
    flat_names, flat_sizes = tf.nest.flatten(state_name), tf.nest.flatten(sizes)
    if len(flat_names) != len(flat_sizes):
        raise ValueError(f"#elems(state_name) != #elems(state_size): {len(flat_names)} vs. {len(flat_sizes)}")
    initial = tf.nest.pack_sequence_as(sizes, [state_saver.state(name) for name in flat_names])
    outputs, state = static_rnn(cell, inputs, initial, sequence_length=sequence_length, scope=scope)
    saving = [state_saver.save_state(name, part) for name, part in zip(flat_names, tf.nest.flatten(state), strict=True)]
    if modes.current_mode() != modes.EAGER:
        with tf.control_dependencies(saving):
            outputs[-1] = tf.nest.map_structure(tf.identity, outputs[-1])
            if are_several:
                state = tf.nest.map_structure(tf.identity, state)
    return outputs, state


hooks.keep_from_autograph(__name__)
