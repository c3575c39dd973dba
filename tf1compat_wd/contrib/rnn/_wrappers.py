"""Cells around cells: ``tf.contrib.rnn.OutputProjectionWrapper``, ``AttentionCellWrapper``, ..."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import get_variable_scope, variable_scope
from tf1compat_wd.contrib.rnn._parts import depth_of, linear, value_of
from tf1compat_wd.nn._rnn_cell_base import RNNCell, warn_of_joined_state
from tf1compat_wd.nn._rnn_states import check_is_cell

Tensor = Any
Activation = Callable[[Tensor], Tensor]


class _Around(RNNCell):
    """A cell with another one inside, and the state of that."""

    _cell: Any

    @property
    def state_size(self) -> Any:
        return self._cell.state_size

    @property
    def output_size(self) -> Any:
        return self._cell.output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """The inner cell's."""
        with name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            return self._cell.zero_state(batch_size, dtype)


class _InScope(_Around):
    """The same, in its own variable scope."""

    def __init__(self, cell: Any, reuse: Any) -> None:
        super().__init__(_reuse=reuse)
        check_is_cell("cell", cell)
        self._cell = cell


class EmbeddingWrapper(_InScope):
    """Look the inputs up in a table before a cell sees them (``tf.contrib.rnn.EmbeddingWrapper``).

    Creates, before what the cell creates:
        <name>/embedding  [embedding_classes, embedding_size]  trainable
    The name is embedding_wrapper, counted.

    Args:
        cell: the cell.
        embedding_classes: rows of the table.
        embedding_size: columns of the table.
        initializer: of the table; default: the variable scope's or, if it has none, uniform in [-sqrt 3, sqrt 3].
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        TypeError: `cell` is no cell.
        ValueError: a size is not positive.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.GRUCell(3), embedding_classes=5, embedding_size=2)
    >>> cell(tf.constant([1, 4]), cell.zero_state(2, tf.float32))[0].shape.as_list()
    [2, 3]
    """

    def __init__(
        self, cell: Any, embedding_classes: int, embedding_size: int, initializer: Any = None, reuse: Any = None
    ) -> None:
        super().__init__(cell, reuse)
        if embedding_classes <= 0 or embedding_size <= 0:
            raise ValueError(
                f"Both embedding_classes and embedding_size must be > 0: {embedding_classes}, {embedding_size}."
            )
        self._embedding_classes = embedding_classes
        self._embedding_size = embedding_size
        self._initializer = initializer

    def call(self, inputs: Tensor, state: Any) -> tuple[Any, Any]:
        """inputs [B] or [B, 1] of integers."""
        initializer = self._initializer or get_variable_scope().initializer
        if initializer is None:
            bound = math.sqrt(3)
            initializer = tf.compat.v1.random_uniform_initializer(-bound, bound)
        dtype = (state[0] if isinstance(state, tuple) else state).dtype
        with _on_the_cpu():
            table = value_of("embedding", [self._embedding_classes, self._embedding_size], dtype, initializer)
            embedded = tf.nn.embedding_lookup(table, tf.reshape(inputs, [-1]))
        return self._cell(embedded, state)  # type: ignore[no-any-return]


def _on_the_cpu() -> Any:
    return tf.compat.v1.device("/cpu:0") if modes.current_mode() == modes.GRAPH else nullcontext()


class InputProjectionWrapper(_InScope):
    """Multiply the inputs by a learned matrix before a cell sees them (``tf.contrib.rnn.InputProjectionWrapper``).

    Creates, before what the cell creates:
        <name>/kernel  [D, num_proj]  trainable
        <name>/bias    [num_proj]     trainable, zeros
    The name is input_projection_wrapper, counted.

    Args:
        cell: the cell.
        num_proj: columns of the matrix.
        activation: function of the product; default: none.
        input_size: no effect.
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        TypeError: `cell` is no cell.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        cell: Any,
        num_proj: int,
        activation: Activation | None = None,
        input_size: Any = None,
        reuse: Any = None,
    ) -> None:
        super().__init__(cell, reuse)
        if input_size is not None:
            tf.compat.v1.logging.warn("%s: The input_size parameter is deprecated.", self)
        self._num_proj = num_proj
        self._activation = activation

    def call(self, inputs: Tensor, state: Any) -> tuple[Any, Any]:
        """inputs [B, D]."""
        projected = linear(inputs, self._num_proj)
        if self._activation:
            projected = self._activation(projected)
        return self._cell(projected, state)  # type: ignore[no-any-return]


class OutputProjectionWrapper(_InScope):
    """Multiply a cell's outputs by a learned matrix (``tf.contrib.rnn.OutputProjectionWrapper``).

    Creates, after what the cell creates:
        <name>/kernel  [U, output_size]  trainable
        <name>/bias    [output_size]     trainable, zeros
    The name is output_projection_wrapper, counted.

    Args:
        cell: the cell.
        output_size: columns of the matrix.
        activation: function of the product; default: none.
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        TypeError: `cell` is no cell.
        ValueError: `output_size` is not positive.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(self, cell: Any, output_size: int, activation: Activation | None = None, reuse: Any = None) -> None:
        super().__init__(cell, reuse)
        if output_size < 1:
            raise ValueError(f"Parameter output_size must be > 0: {output_size}.")
        self._output_size = output_size
        self._activation = activation

    @property
    def output_size(self) -> int:
        return self._output_size

    def call(self, inputs: Any, state: Any) -> tuple[Tensor, Any]:
        output, new_state = self._cell(inputs, state)
        projected = linear(output, self._output_size)
        return self._activation(projected) if self._activation else projected, new_state


class AttentionCellWrapper(RNNCell):
    """Let a cell attend to its last outputs (``tf.contrib.rnn.AttentionCellWrapper``; https://arxiv.org/abs/1409.0473).

    Letters: B batch, D depth of the inputs, I `input_size` or D, L `attn_length`, A `attn_size`, V `attn_vec_size`,
    S size of the cell's state.

    Creates, in this order:
        <name>/kernel                         [D + A, I]     trainable
        <name>/bias                           [I]            trainable, zeros
        what the cell creates
        <name>/attention/attn_w               [1, 1, A, V]   trainable
        <name>/attention/attn_v               [V]            trainable
        <name>/attention/kernel               [S, V]         trainable
        <name>/attention/bias                 [V]            trainable, zeros
        <name>/attn_output_projection/kernel  [U + A, A]     trainable
        <name>/attn_output_projection/bias    [A]            trainable, zeros
    The name is attention_cell_wrapper, counted.

    Args:
        cell: the cell.
        attn_length: how many outputs are remembered.
        attn_size: size of an output; default: the cell's.
        attn_vec_size: size of the vectors that are compared; default: `attn_size`.
        input_size: size of what the cell sees; default: that of the inputs.
        state_is_tuple: True: the state is the cell's, the last attention [B, A] and the memory [B, A L]. False: all of
            it side by side.
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        TypeError: `cell` is no cell.
        ValueError: `attn_length` is not positive, or the cell's state is a tuple although `state_is_tuple` is False.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.AttentionCellWrapper(tf.contrib.rnn.GRUCell(3), attn_length=4)
    >>> cell.state_size
    (3, 3, 12)
    """

    def __init__(
        self,
        cell: Any,
        attn_length: int,
        attn_size: int | None = None,
        attn_vec_size: int | None = None,
        input_size: int | None = None,
        state_is_tuple: bool = True,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        check_is_cell("cell", cell)
        if tf.nest.is_nested(cell.state_size) and not state_is_tuple:
            raise ValueError(
                "Cell returns tuple of states, but the flag state_is_tuple is not set. State size is: "
                f"{cell.state_size!s}"
            )
        if attn_length <= 0:
            raise ValueError(f"attn_length should be greater than zero, got {attn_length}")
        if not state_is_tuple:
            warn_of_joined_state(self)
        self._cell = cell
        self._attn_length = attn_length
        self._attn_size = attn_size or cell.output_size
        self._attn_vec_size = attn_vec_size or self._attn_size
        self._input_size = input_size
        self._state_is_tuple = state_is_tuple

    @property
    def state_size(self) -> Any:
        sizes = (self._cell.state_size, self._attn_size, self._attn_size * self._attn_length)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> int:
        return self._attn_size  # type: ignore[no-any-return]

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """inputs [B, D] to output [B, A] and the new state."""
        length, size = self._attn_length, self._attn_size
        if self._state_is_tuple:
            cell_state, attention, memory = state
        else:
            cell_state, attention, memory = tf.split(state, [self._cell.state_size, size, size * length], axis=1)
        memory = tf.reshape(memory, [-1, length, size])
        mixed = linear([inputs, attention], self._input_size or depth_of(inputs))
        output, cell_state = self._cell(mixed, cell_state)
        attention = self._attend(tf.concat(tf.nest.flatten(cell_state), 1), memory)
        with variable_scope("attn_output_projection"):
            output = linear([output, attention], size)
        memory = tf.reshape(tf.concat([memory[:, 1:], output[:, None]], 1), [-1, length * size])
        new_state = (cell_state, attention, memory)
        return output, new_state if self._state_is_tuple else tf.concat(new_state, 1)

    def _attend(self, query: Tensor, memory: Tensor) -> Tensor:
        """The mean of `memory` [B, L, A], weighted by how well it agrees with `query` [B, S]."""
        size, columns = self._attn_size, self._attn_vec_size
        with variable_scope("attention"):
            of_memory = value_of("attn_w", [1, 1, size, columns], query.dtype)
            weights = value_of("attn_v", [columns], query.dtype)
            features = tf.tensordot(memory, tf.reshape(of_memory, [size, columns]), 1)
            features = tf.tanh(features + linear(query, columns)[:, None])
            chosen = tf.nn.softmax(tf.reduce_sum(weights * features, 2))
            return tf.reduce_sum(chosen[:, :, None] * memory, 1)


class HighwayWrapper(_Around):
    """Mix a cell's inputs into its outputs (``tf.contrib.rnn.HighwayWrapper``; https://arxiv.org/abs/1505.00387).

    Creates, after what the cell creates, in the current variable scope itself (call it twice only where variables are
    reused, as the loops do):
        carry_w      [D, D]  trainable
        carry_b      [D]     trainable, `carry_bias_init`
        transform_w  [D, D]  trainable, without `couple_carry_transform_gates`
        transform_b  [D]     trainable, -`carry_bias_init`, without `couple_carry_transform_gates`

    Args:
        cell: the cell; its outputs have the size of its inputs.
        couple_carry_transform_gates: one gate for both: outputs are let through as far as inputs are not.
        carry_bias_init: first value of a bias.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(self, cell: Any, couple_carry_transform_gates: bool = True, carry_bias_init: float = 1.0) -> None:
        super().__init__()
        self._cell = cell
        self._couple_carry_transform_gates = couple_carry_transform_gates
        self._carry_bias_init = carry_bias_init

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:
        """One step; `scope` is the inner cell's."""
        outputs, state = self._cell(inputs, state, scope=scope)
        tf.nest.assert_same_structure(inputs, outputs)
        tf.nest.map_structure(lambda one, other: one.shape.assert_is_compatible_with(other.shape), inputs, outputs)
        return tf.nest.map_structure(self._mix, inputs, outputs), state

    def _mix(self, given: Tensor, made: Tensor) -> Tensor:
        carried = _gate(given, "carry", self._carry_bias_init)
        if self._couple_carry_transform_gates:
            let_through = 1 - carried
        else:
            let_through = _gate(given, "transform", -self._carry_bias_init)
        return given * carried + made * let_through


def _gate(inputs: Tensor, name: str, bias: float) -> Tensor:
    size = depth_of(inputs)
    kernel = value_of(f"{name}_w", [size, size], inputs.dtype)
    offset = value_of(f"{name}_b", [size], inputs.dtype, tf.compat.v1.constant_initializer(bias))
    return tf.sigmoid(tf.nn.bias_add(tf.matmul(inputs, kernel), offset))


class CompiledWrapper(_Around):
    """Let XLA compile a cell (``tf.contrib.rnn.CompiledWrapper``).

    In graph mode the cell's operations are marked for XLA. Outside it, use ``tf.function(jit_compile=True)``.

    Args:
        cell: the cell.
        compile_stateful: True: mark operations with a state, too.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(self, cell: Any, compile_stateful: bool = False) -> None:
        super().__init__()
        self._cell = cell
        self._compile_stateful = compile_stateful

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:
        """One step; `scope` is the inner cell's."""
        with self._marking():
            return self._cell(inputs, state, scope=scope)  # type: ignore[no-any-return]

    def _marking(self) -> Any:
        if modes.current_mode() != modes.GRAPH:
            return nullcontext()
        return tf.compat.v1.xla.experimental.jit_scope(
            True if self._compile_stateful else lambda node: not node.op.startswith(_STATEFUL)
        )


#: How the operations begin that read or write something, or draw random numbers.
_STATEFUL = ("Var", "ReadVariable", "Assign", "Random", "TruncatedNormal", "ParameterizedTruncated", "Multinomial")


hooks.keep_from_autograph(__name__)
