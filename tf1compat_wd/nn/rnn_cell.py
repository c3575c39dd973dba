"""``tf.nn.rnn_cell``: cells of recurrent networks, with TF1's variables and numbers.

Kernels have the rows of the inputs first, those of the state below. In a checkpoint of TF 1 the columns of an
LSTM's kernel and bias are the input gate, the new input, the forget gate, the output gate (i, j, f, o).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd._core.variable_store import whole_dimension
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._identifiers import initializer_of, to_config
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.nn._loop_reads import read_once
from tf1compat_wd.nn._rnn_cell_base import (
    LayerRNNCell,
    LSTMSizes,
    LSTMStateTuple,
    RNNCell,
    UnitSizes,
    activation_or_tanh,
    warn_of_joined_state,
)
from tf1compat_wd.nn._rnn_cell_wrappers import DeviceWrapper, DropoutWrapper, ResidualWrapper

__all__ = [
    "BasicLSTMCell",
    "BasicRNNCell",
    "DeviceWrapper",
    "DropoutWrapper",
    "GRUCell",
    "LSTMCell",
    "LSTMStateTuple",
    "MultiRNNCell",
    "RNNCell",
    "ResidualWrapper",
]

Tensor = Any
Activation = Callable[[Tensor], Tensor]

_log = tf.compat.v1.logging


class _OneStep(LayerRNNCell):
    """A cell whose steps, once it is built, are its `call` and nothing else."""

    def _again(self) -> Callable[[Any, Any], tuple[Any, Any]] | None:
        is_ours = type(self) in _PLAIN and self._activity_regularizer is None and "call" not in vars(self)
        return self.call if is_ours and self.built else None  # type: ignore[attr-defined]


class BasicRNNCell(UnitSizes, _OneStep):
    """output = new state = act(W · [input, state] + b) (``tf.nn.rnn_cell.BasicRNNCell``).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [D + U, U]  trainable
        <name>/bias    [U]         trainable, zeros
    Without `name`: basic_rnn_cell, counted.

    Args:
        num_units: size of state and output.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.
        **kwargs: of ``tf.layers.Layer``.

    Source: facts of the topics rnn_cells and rnn_loops.

    >>> cell = tf.nn.rnn_cell.BasicRNNCell(4, name="example_of_a_basic_cell")
    >>> output, state = cell(tf.ones([2, 3]), cell.zero_state(2, tf.float32))
    >>> output.shape.as_list(), [v.shape.as_list() for v in cell.variables]
    ([2, 4], [[7, 4], [4]])
    """

    def __init__(
        self,
        num_units: int,
        activation: Any = None,
        reuse: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype, **kwargs)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = whole_dimension(num_units)
        self._activation = activation_or_tanh(activation)

    def build(self, inputs_shape: Any) -> None:
        depth = _depth(inputs_shape)
        self._kernel = self.add_variable("kernel", [depth + self._num_units, self._num_units])
        self._bias = self.add_variable("bias", [self._num_units], initializer=_zeros)
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        output = self._activation(_affine([inputs, state], self._kernel, self._bias))
        return output, output

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same cell again."""
        return {
            **super().get_config(),
            "num_units": self._num_units,
            "activation": to_config(self._activation),
            "reuse": self._reuse,
        }


class GRUCell(UnitSizes, _OneStep):
    """Gated recurrent unit (``tf.nn.rnn_cell.GRUCell``; Cho et al., https://arxiv.org/abs/1406.1078).

    With r, u = sigmoid(W · [input, state] + b): new state = u · state + (1 - u) · act(V · [input, r · state] + c).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/gates/kernel      [D + U, 2 U]  trainable: columns r, then u
        <name>/gates/bias        [2 U]         trainable, ones
        <name>/candidate/kernel  [D + U, U]    trainable
        <name>/candidate/bias    [U]           trainable, zeros
    Without `name`: gru_cell, counted.

    Args:
        num_units: size of state and output.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        kernel_initializer: default: the variable scope's.
        bias_initializer: of both biases; default: ones for the gates, zeros for the candidate.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.
        **kwargs: of ``tf.layers.Layer``.

    Source: facts of the topics rnn_cells and rnn_loops.
    """

    def __init__(
        self,
        num_units: int,
        activation: Any = None,
        reuse: Any = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype, **kwargs)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = whole_dimension(num_units)
        self._activation = activation_or_tanh(activation)
        self._kernel_initializer = initializer_of(kernel_initializer)
        self._bias_initializer = initializer_of(bias_initializer)

    def build(self, inputs_shape: Any) -> None:
        rows, units = _depth(inputs_shape) + self._num_units, self._num_units
        of_kernels, of_biases = self._kernel_initializer, self._bias_initializer
        of_gates, of_candidate = (_ones, _zeros) if of_biases is None else (of_biases, of_biases)
        self._gate_kernel = self.add_variable("gates/kernel", [rows, 2 * units], initializer=of_kernels)
        self._gate_bias = self.add_variable("gates/bias", [2 * units], initializer=of_gates)
        self._candidate_kernel = self.add_variable("candidate/kernel", [rows, units], initializer=of_kernels)
        self._candidate_bias = self.add_variable("candidate/bias", [units], initializer=of_candidate)
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        gates = tf.sigmoid(_affine([inputs, state], self._gate_kernel, self._gate_bias))
        r, u = tf.split(gates, 2, axis=1)
        op_counts.more(1)  # the number of parts, as in the other cells
        candidate = self._activation(_affine([inputs, r * state], self._candidate_kernel, self._candidate_bias))
        state = u * state + (1 - u) * candidate
        return state, state

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same cell again."""
        return {
            **super().get_config(),
            "num_units": self._num_units,
            "kernel_initializer": to_config(self._kernel_initializer),
            "bias_initializer": to_config(self._bias_initializer),
            "activation": to_config(self._activation),
            "reuse": self._reuse,
        }


class BasicLSTMCell(LSTMSizes, _OneStep):
    """Long short-term memory (``tf.nn.rnn_cell.BasicLSTMCell``; https://arxiv.org/abs/1409.2329).

    With i, j, f, o = W · [input, h] + b: new c = sigmoid(f + `forget_bias`) · c + sigmoid(i) · act(j), and
    output = new h = sigmoid(o) · act(new c).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [D + U, 4 U]  trainable: columns i, j, f, o
        <name>/bias    [4 U]         trainable, zeros
    Without `name`: basic_lstm_cell, counted.

    Args:
        num_units: size of memory and output.
        forget_bias: added to f; not part of the bias in checkpoints.
        state_is_tuple: True: states are an `LSTMStateTuple`. False: one tensor [B, 2 U], c before h.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.
        **kwargs: of ``tf.layers.Layer``.

    Source: facts of the topics rnn_cells and rnn_loops.

    >>> cell = tf.nn.rnn_cell.BasicLSTMCell(4)
    >>> outputs, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 3]), dtype=tf.float32, scope="example_of_an_lstm")
    >>> [v.name for v in cell.variables], state.c.shape.as_list()
    (['example_of_an_lstm/basic_lstm_cell/kernel:0', 'example_of_an_lstm/basic_lstm_cell/bias:0'], [2, 4])
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = None,
        reuse: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype, **kwargs)
        if not state_is_tuple:
            warn_of_joined_state(self)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = whole_dimension(num_units)
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = activation_or_tanh(activation)

    def build(self, inputs_shape: Any) -> None:
        rows, units = _depth(inputs_shape) + self._num_units, self._num_units
        self._kernel = self.add_variable("kernel", [rows, 4 * units])
        self._bias = self.add_variable("bias", [4 * units], initializer=_zeros)
        self.built = True

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """inputs [B, D], state of c and h [B, U] to output [B, U] and the new state."""
        c, h = _c_and_h(state) if self._state_is_tuple else tf.split(state, 2, axis=1)
        gates = _affine([inputs, h], self._kernel, self._bias)
        i, j, f, o = tf.split(gates, 4, axis=1)
        op_counts.more(1)
        # Functions instead of operators: the operations are called Add and Mul.
        forget = tf.sigmoid(tf.add(f, self._forget_bias))
        c = tf.add(_product(c, forget, tf.multiply), tf.multiply(tf.sigmoid(i), self._activation(j)))
        h = tf.multiply(self._activation(c), tf.sigmoid(o))
        return h, LSTMStateTuple(c, h) if self._state_is_tuple else tf.concat([c, h], 1)

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same cell again."""
        return {
            **super().get_config(),
            "num_units": self._num_units,
            "forget_bias": self._forget_bias,
            "state_is_tuple": self._state_is_tuple,
            "activation": to_config(self._activation),
            "reuse": self._reuse,
        }


class LSTMCell(LSTMSizes, _OneStep):
    """Long short-term memory with all its options (``tf.nn.rnn_cell.LSTMCell``).

    As `BasicLSTMCell`; with peepholes (Sak et al., https://research.google.com/pubs/archive/43905.pdf) the gates see
    the memory as well; with `num_proj` the output is projected to that size.

    Letters: B batch, D depth of the inputs, U `num_units`, P `num_proj` if given, else U.

    Creates, in this order, in the current variable scope:
        <name>/kernel             [D + P, 4 U]  trainable: columns i, j, f, o
        <name>/bias               [4 U]         trainable, zeros
        <name>/w_f_diag           [U]           trainable, with `use_peepholes`
        <name>/w_i_diag           [U]           trainable, with `use_peepholes`
        <name>/w_o_diag           [U]           trainable, with `use_peepholes`
        <name>/projection/kernel  [U, P]        trainable, with `num_proj`
    Without `name`: lstm_cell, counted.

    Args:
        num_units: size of the memory.
        use_peepholes: let the gates see the memory.
        cell_clip: clip the memory to [-cell_clip, cell_clip].
        initializer: of kernels and peepholes; default: the variable scope's.
        num_proj: size of the output, if it is to be projected.
        proj_clip: clip the projected output; nothing without `num_proj`.
        num_unit_shards, num_proj_shards: cut the kernels along the first axis; use a partitioner instead.
        forget_bias: added to f; not part of the bias in checkpoints.
        state_is_tuple: True: states are an `LSTMStateTuple`. False: one tensor [B, U + P], c before h.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.
        **kwargs: of ``tf.layers.Layer``.

    Source: facts of the topics rnn_cells and rnn_loops.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int | None = None,
        num_proj_shards: int | None = None,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = None,
        reuse: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype, **kwargs)
        if not state_is_tuple:
            warn_of_joined_state(self)
        if num_unit_shards is not None or num_proj_shards is not None:
            _log.warn(
                "%s: The num_unit_shards and proj_unit_shards parameters are deprecated and will be removed in Jan "
                "2017.  Use a variable scope with a partitioner instead.",
                self,
            )
        self.input_spec = InputSpec(ndim=2)
        self._num_units = whole_dimension(num_units)
        self._use_peepholes = use_peepholes
        self._cell_clip = cell_clip
        self._initializer = initializer_of(initializer)
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._num_unit_shards = num_unit_shards
        self._num_proj_shards = num_proj_shards
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = activation_or_tanh(activation)

    def build(self, inputs_shape: Any) -> None:
        rows, units = _depth(inputs_shape) + self.output_size, self._num_units
        self._kernel = self.add_variable(
            "kernel", [rows, 4 * units], initializer=self._initializer, partitioner=_shards(self._num_unit_shards)
        )
        initializer = tf.compat.v1.zeros_initializer(dtype=self._dtype) if self._dtype else _zeros
        self._bias = self.add_variable("bias", [4 * units], initializer=initializer)
        if self._use_peepholes:
            self._w_f_diag = self.add_variable("w_f_diag", [units], initializer=self._initializer)
            self._w_i_diag = self.add_variable("w_i_diag", [units], initializer=self._initializer)
            self._w_o_diag = self.add_variable("w_o_diag", [units], initializer=self._initializer)
        if self._num_proj is not None:
            self._projection = self.add_variable(
                "projection/kernel",
                [units, self._num_proj],
                initializer=self._initializer,
                partitioner=_shards(self._num_proj_shards),
            )
        self.built = True

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """inputs [B, D], state of c [B, U] and h [B, P] to output [B, P] and the new state."""
        sizes = [self._num_units, self.output_size]
        c, h = _c_and_h(state) if self._state_is_tuple else tf.split(state, sizes, axis=1)
        gates = _affine([inputs, h], self._kernel, self._bias)
        i, j, f, o = tf.split(gates, 4, axis=1)
        op_counts.more(1)
        f = f + self._forget_bias
        if self._use_peepholes:
            f = f + _product(read_once(self._w_f_diag), c)
            i = i + read_once(self._w_i_diag) * c
        c = _product(tf.sigmoid(f), c) + tf.sigmoid(i) * self._activation(j)
        if self._cell_clip is not None:
            c = tf.clip_by_value(c, -self._cell_clip, self._cell_clip)
        if self._use_peepholes:
            o = o + read_once(self._w_o_diag) * c
        h = tf.sigmoid(o) * self._activation(c)
        if self._num_proj is not None:
            h = tf.matmul(h, read_once(self._projection))
            if self._proj_clip is not None:
                h = tf.clip_by_value(h, -self._proj_clip, self._proj_clip)
        return h, LSTMStateTuple(c, h) if self._state_is_tuple else tf.concat([c, h], 1)

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same cell again."""
        return {
            **super().get_config(),
            "num_units": self._num_units,
            "use_peepholes": self._use_peepholes,
            "cell_clip": self._cell_clip,
            "initializer": to_config(self._initializer),
            "num_proj": self._num_proj,
            "proj_clip": self._proj_clip,
            "num_unit_shards": self._num_unit_shards,
            "num_proj_shards": self._num_proj_shards,
            "forget_bias": self._forget_bias,
            "state_is_tuple": self._state_is_tuple,
            "activation": to_config(self._activation),
            "reuse": self._reuse,
        }


class MultiRNNCell(RNNCell):
    """Several cells, each fed with the output of the one before (``tf.nn.rnn_cell.MultiRNNCell``).

    Creates nothing by itself. The variables of cell number n are called
    ``<name>/cell_<n>/<the cell's name>/<variable>``, with `multi_rnn_cell` as name.

    Args:
        cells: list or tuple of cells. One that stands there twice shares its variables with itself.
        state_is_tuple: True: the state is the tuple of the cells' states. False: their states, which are one tensor
            each, side by side in one tensor.

    Raises:
        TypeError: `cells` is neither list nor tuple.
        ValueError: it is empty; or states are tuples although `state_is_tuple` is False.

    Source: facts of the topics rnn_cells and rnn_loops.

    >>> cells = [tf.nn.rnn_cell.GRUCell(size) for size in (3, 2)]
    >>> tf.nn.rnn_cell.MultiRNNCell(cells).state_size
    (3, 2)
    """

    def __init__(self, cells: Sequence[Any], state_is_tuple: bool = True) -> None:
        super().__init__()
        if isinstance(cells, list | tuple) and not cells:
            raise ValueError("Must specify at least one cell for MultiRNNCell.")
        if not isinstance(cells, list | tuple):
            raise TypeError(f"cells must be a list or tuple, but saw: {cells}.")
        if len({id(cell) for cell in cells}) < len(cells):
            _log.warn("At least two cells provided to MultiRNNCell are the same object and will share weights.")
        self._cells = cells
        self._state_is_tuple = state_is_tuple
        if not state_is_tuple and any(tf.nest.is_nested(cell.state_size) for cell in cells):
            raise ValueError(
                "Some cells return tuples of states, but the flag state_is_tuple is not set.  State sizes are: "
                f"{[cell.state_size for cell in cells]}"
            )

    @property
    def state_size(self) -> Any:
        sizes = tuple(cell.state_size for cell in self._cells)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> Any:
        return self._cells[-1].output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """The zero states of the cells, or one tensor of zeros."""
        with name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            if self._state_is_tuple:
                return tuple(cell.zero_state(batch_size, dtype) for cell in self._cells)
            return super().zero_state(batch_size, dtype)

    @property
    def trainable_weights(self) -> list[Any]:
        """Those of the cells, in their order."""
        layers = [cell for cell in self._cells if isinstance(cell, Layer)]
        return [weight for layer in layers for weight in layer.trainable_weights] if self.trainable else []

    @property
    def non_trainable_weights(self) -> list[Any]:
        """Those of the cells, in their order."""
        layers = [cell for cell in self._cells if isinstance(cell, Layer)]
        others = [weight for layer in layers for weight in layer.non_trainable_weights]
        if self.trainable:
            return others
        return [weight for layer in layers for weight in layer.trainable_weights] + others

    def call(self, inputs: Any, state: Any) -> tuple[Any, Any]:
        """One step of each cell, in order."""
        return self._step_through(inputs, state, [self._in_scope(n, cell) for n, cell in enumerate(self._cells)])

    @staticmethod
    def _in_scope(number: int, cell: Any) -> Callable[[Any, Any], tuple[Any, Any]]:
        def step(inputs: Any, state: Any) -> tuple[Any, Any]:
            with variable_scope(f"cell_{number}"):
                return cell(inputs, state)  # type: ignore[no-any-return]

        return step

    def _step_through(self, inputs: Any, state: Any, steps: list[Callable[[Any, Any], Any]]) -> tuple[Any, Any]:
        if self._state_is_tuple:
            if not tf.nest.is_nested(state) or len(state) != len(steps):
                raise ValueError(f"Expected state to be a tuple of length {len(steps)}, but received: {state}")
            states = state
        else:
            states = tf.split(state, [cell.state_size for cell in self._cells], axis=1)
        new_states = []
        for step, each in zip(steps, states, strict=True):
            inputs, new_state = step(inputs, each)
            new_states.append(new_state)
        return inputs, tuple(new_states) if self._state_is_tuple else tf.concat(new_states, 1)

    def _again(self) -> Callable[[Any, Any], tuple[Any, Any]] | None:
        steps = [cell._again() if isinstance(cell, RNNCell) else None for cell in self._cells]
        if type(self) is not MultiRNNCell or None in steps or self._activity_regularizer is not None:
            return None
        return lambda inputs, state: self._step_through(inputs, state, steps)


_PLAIN = (BasicRNNCell, GRUCell, BasicLSTMCell, LSTMCell)


# ------------------------------------------------------------------------------------------ arguments

_ones = tf.compat.v1.ones_initializer()
_zeros = tf.compat.v1.zeros_initializer()


def _shards(count: int | None) -> Any:
    return None if count is None else tf.compat.v1.fixed_size_partitioner(count)


def _depth(inputs_shape: Any) -> int:
    sizes = tuple(tf.TensorShape(inputs_shape).as_list())
    if sizes[-1] is None:
        raise ValueError(f"Expected inputs.shape[-1] to be known, saw shape: {sizes}")
    return sizes[-1]  # type: ignore[no-any-return]


# ------------------------------------------------------------------------------------------ computing


def _affine(parts: list[Tensor], kernel: Any, bias: Any) -> Tensor:
    """[parts side by side] · kernel + bias."""
    kernel = read_once(kernel)
    for part in parts:
        if not part.dtype.is_floating and not part.dtype.is_complex:
            raise ValueError(f"RNN cell only supports floating point inputs, but saw dtype: {part.dtype}")
    try:
        return tf.nn.bias_add(tf.matmul(tf.concat(parts, 1), kernel), read_once(bias))
    except tf.errors.InvalidArgumentError as error:  # eager mode; a graph raises TF1's error by itself
        raise _why_no_product(parts, kernel, error) from error


def _product(first: Tensor, second: Tensor, multiply: Callable[[Tensor, Tensor], Tensor] = operator.mul) -> Tensor:
    try:
        return multiply(first, second)
    except tf.errors.InvalidArgumentError as error:
        raise ValueError(
            f"Dimensions must be equal, but are {first.shape[-1]} and {second.shape[-1]} for the cell's memory, with "
            f"input shapes: {first.shape}, {second.shape}."
        ) from error


def _why_no_product(parts: list[Tensor], kernel: Tensor, error: Exception) -> Exception:
    inputs, state = (tf.convert_to_tensor(part) for part in parts)
    if inputs.dtype != state.dtype or inputs.dtype != kernel.dtype:
        return TypeError(
            f"Tensors in list passed to 'values' of 'ConcatV2' Op have types [{inputs.dtype.name}, "
            f"{state.dtype.name}] that don't all match.\n\nInputs, state and kernel ({kernel.dtype.name}) of a cell "
            "must have one dtype: see the dtype= of tf.nn.dynamic_rnn and of the cell."
        )
    if inputs.shape.rank != 2 or state.shape.rank != 2:
        return ValueError(f"Inputs and state of a cell must have rank 2, but have shapes {inputs.shape}, {state.shape}")
    if inputs.shape[0] != state.shape[0]:
        rows = (inputs.shape[0], state.shape[0])
        return ValueError(
            f"Dimension 0 in both shapes must be equal, but are {rows[0]} and {rows[1]}. Shapes are [{rows[0]}] and "
            f"[{rows[1]}].\n\nThey are the number of sequences in inputs and state."
        )
    width, height = inputs.shape[1] + state.shape[1], kernel.shape[0]
    if width != height:
        return ValueError(
            f"Dimensions must be equal, but are {width} and {height} for 'MatMul' (op: 'MatMul') with input shapes: "
            f"[{inputs.shape[0]},{width}], [{height},{kernel.shape[1]}].\n\nThe cell's kernel was made for inputs and "
            f"state of together {height} columns, and they have {inputs.shape[1]} + {state.shape[1]}. A cell keeps the "
            "depth of its first inputs: make another cell for other inputs."
        )
    return error


def _c_and_h(state: Any) -> tuple[Tensor, Tensor]:
    if tf.is_tensor(state):
        raise TypeError(
            f"The state of an LSTM is a tuple of c and h, but it is a tensor: {state}\n\n"
            "Use cell.zero_state(...), or tf.nn.rnn_cell.LSTMStateTuple(c, h); or state_is_tuple=False."
        )
    c, h = state
    return c, h


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
