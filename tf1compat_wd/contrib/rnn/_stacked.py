"""Stacks of bidirectional networks: ``tf.contrib.rnn.stack_bidirectional_rnn`` and ``..._dynamic_rnn``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.nn._rnn import bidirectional_dynamic_rnn
from tf1compat_wd.nn._rnn_states import known_size
from tf1compat_wd.nn._static_rnn import static_bidirectional_rnn

Tensor = Any


def stack_bidirectional_rnn(
    cells_fw: Sequence[Any],
    cells_bw: Sequence[Any],
    inputs: Sequence[Any],
    initial_states_fw: Sequence[Any] | None = None,
    initial_states_bw: Sequence[Any] | None = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[list[Any], tuple[Any, ...], tuple[Any, ...]]:
    """Layers of unrolled bidirectional networks, each over the outputs of the last one.

    Creates what the cells create, in the variable scopes ``stack_bidirectional_rnn/cell_<n>/bidirectional_rnn/fw``
    and ``.../bw``.

    Args:
        cells_fw, cells_bw: lists of cells, equally long: one of each for every layer.
        inputs: list of T tensors [B, D].
        initial_states_fw, initial_states_bw: lists of first states, as long as the cells'; default: zeros.
        dtype: of the initial states and the outputs; needed if there are no initial states.
        sequence_length: integers [B].
        scope: name or object of the variable scope.

    Returns:
        The last layer's list of outputs, forward and backward side by side; a tuple of the layers' last forward
        states; one of their last backward states.

    Raises:
        ValueError: cells or states are no lists, or not equally long; or as `tf.nn.static_bidirectional_rnn`.

    Source: facts of the topic contrib_rnn_loops.
    """
    _check(cells_fw, cells_bw, initial_states_fw, initial_states_bw)
    states_fw, states_bw = [], []
    layer: Any = inputs
    with variable_scope(scope or "stack_bidirectional_rnn"):
        for n, (forward, backward) in enumerate(zip(cells_fw, cells_bw, strict=True)):
            with variable_scope(f"cell_{n}") as opened:
                layer, state_fw, state_bw = static_bidirectional_rnn(
                    forward,
                    backward,
                    layer,
                    initial_state_fw=initial_states_fw[n] if initial_states_fw else None,
                    initial_state_bw=initial_states_bw[n] if initial_states_bw else None,
                    sequence_length=sequence_length,
                    dtype=dtype,
                    scope=opened,
                )
            states_fw.append(state_fw)
            states_bw.append(state_bw)
    return layer, tuple(states_fw), tuple(states_bw)


def stack_bidirectional_dynamic_rnn(
    cells_fw: Sequence[Any],
    cells_bw: Sequence[Any],
    inputs: Any,
    initial_states_fw: Sequence[Any] | None = None,
    initial_states_bw: Sequence[Any] | None = None,
    dtype: Any = None,
    sequence_length: Any = None,
    parallel_iterations: int | None = None,
    time_major: bool = False,
    scope: Any = None,
    swap_memory: bool = False,
) -> tuple[Tensor, tuple[Any, ...], tuple[Any, ...]]:
    """Layers of bidirectional networks, each over the outputs of the last one.

    Creates what the cells create, in the variable scopes ``stack_bidirectional_rnn/cell_<n>/bidirectional_rnn/fw``
    and ``.../bw``.

    Args:
        cells_fw, cells_bw: lists of cells, equally long: one of each for every layer.
        inputs: tensor [B, T, D], or [T, B, D] with `time_major`.
        initial_states_fw, initial_states_bw: lists of first states, as long as the cells'; default: zeros.
        dtype, sequence_length, parallel_iterations, time_major, scope, swap_memory: as for `tf.nn.dynamic_rnn`.

    Returns:
        The last layer's outputs, forward and backward side by side, [B, T, U + V]; a tuple of the layers' last forward
        states; one of their last backward states.

    Raises:
        ValueError: cells or states are no lists, or not equally long; or as `tf.nn.dynamic_rnn`.

    Source: facts of the topic contrib_rnn_loops.

    >>> cells = [tf.contrib.rnn.GRUCell(size) for size in (3, 2)]
    >>> others = [tf.contrib.rnn.GRUCell(size) for size in (3, 2)]
    >>> outputs, *_ = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(
    ...     cells, others, tf.ones([2, 5, 4]), dtype=tf.float32)
    >>> outputs.shape.as_list()
    [2, 5, 4]
    """
    _check(cells_fw, cells_bw, initial_states_fw, initial_states_bw)
    states_fw, states_bw = [], []
    layer = inputs
    with variable_scope(scope or "stack_bidirectional_rnn"):
        for n, (forward, backward) in enumerate(zip(cells_fw, cells_bw, strict=True)):
            with variable_scope(f"cell_{n}"):
                outputs, (state_fw, state_bw) = bidirectional_dynamic_rnn(
                    forward,
                    backward,
                    layer,
                    initial_state_fw=initial_states_fw[n] if initial_states_fw else None,
                    initial_state_bw=initial_states_bw[n] if initial_states_bw else None,
                    sequence_length=sequence_length,
                    parallel_iterations=parallel_iterations,
                    dtype=dtype,
                    swap_memory=swap_memory,
                    time_major=time_major,
                )
                layer = tf.concat(outputs, 2)
            states_fw.append(state_fw)
            states_bw.append(state_bw)
    return layer, tuple(states_fw), tuple(states_bw)


def _check(cells_fw: Any, cells_bw: Any, states_fw: Any, states_bw: Any) -> None:
    if cells_fw is None:
        raise ValueError("Must specify at least one fw cell for BidirectionalRNN.")
    if cells_bw is None:
        raise ValueError("Must specify at least one bw cell for BidirectionalRNN.")
    if not isinstance(cells_fw, list):
        raise ValueError("cells_fw must be a list of RNNCells (one per layer).")
    if not isinstance(cells_bw, list):
        raise ValueError("cells_bw must be a list of RNNCells (one per layer).")
    if len(cells_fw) != len(cells_bw):
        raise ValueError("Forward and Backward cells must have the same depth.")
    for states, cells, which in ((states_fw, cells_fw, "fw"), (states_bw, cells_bw, "bw")):
        if states is not None and (not isinstance(states, list) or len(states) != len(cells)):
            raise ValueError(f"initial_states_{which} must be a list of state tensors (one per layer).")


def transpose_batch_time(x: Tensor) -> Tensor:
    """Swap the first two axes (``tf.contrib.rnn.transpose_batch_time``).

    Args:
        x: tensor [A, B, ...]; one of rank < 2 is given back.

    Source: facts of the topic contrib_rnn_loops.
    """
    x = tf.convert_to_tensor(x)
    rank = x.shape.rank
    if rank is not None:
        return x if rank < 2 else tf.transpose(x, [1, 0, *range(2, rank)])
    return tf.transpose(x, tf.concat([[1, 0], tf.range(2, tf.rank(x))], 0))


def best_effort_input_batch_size(flat_input: Sequence[Tensor]) -> Any:
    """The batch size of time-major inputs: an int if it is known, else a tensor.

    Args:
        flat_input: list of tensors [T, B, ...].

    Source: facts of the topic contrib_rnn_loops.
    """
    for each in flat_input:
        if each.shape.rank is None or each.shape.rank < 2:
            if each.shape.rank is None:
                continue
            raise ValueError(f"Expected input tensor {each} to have rank at least 2")
        size = known_size(each, 1)
        if size is not None:
            return size
    return tf.shape(flat_input[0])[1]


hooks.keep_from_autograph(__name__)
