"""Cells that TF1 had kernels for: ``tf.contrib.rnn.LSTMBlockCell``, ``LSTMBlockFusedCell``, ``GRUBlockCell``.

Here they are made of ordinary operations, so that they run on every device and compile with XLA. As the kernels
did, clipping the memory lets gradients pass.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import while_loop
from tf1compat_wd.contrib.rnn._parts import ones, zeros
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.nn._loop_reads import read_once
from tf1compat_wd.nn._rnn_cell_base import LayerRNNCell, LSTMSizes, LSTMStateTuple, UnitSizes

Tensor = Any


def _depth(shape: Any) -> int:
    size = tf.TensorShape(shape).as_list()[-1]
    if size is None:
        raise ValueError(f"Expecting inputs_shape[1] to be set: {tf.TensorShape(shape)}")
    return size  # type: ignore[no-any-return]


class _Step(NamedTuple):
    """What one step of a block LSTM needs, apart from its gates."""

    forget_bias: float
    cell_clip: float | None
    peepholes: tuple[Tensor, Tensor, Tensor] | None  # i, f, o

    def __call__(self, gates: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """Gates [B, 4 U] in the order i, j, f, o, and the memory, to the new memory and output."""
        i, j, f, o = tf.split(gates, 4, axis=1)
        f = f + self.forget_bias
        if self.peepholes is not None:
            i, f = i + self.peepholes[0] * c, f + self.peepholes[1] * c
        c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(j)
        if self.cell_clip is not None and self.cell_clip > 0:
            c = c + tf.stop_gradient(tf.clip_by_value(c, -self.cell_clip, self.cell_clip) - c)
        if self.peepholes is not None:
            o = o + self.peepholes[2] * c
        return c, tf.sigmoid(o) * tf.tanh(c)


class _BlockLSTM(Layer):
    """What both block LSTMs make."""

    _num_units: int
    _use_peephole: bool

    def build(self, input_shape: Any) -> None:
        units = self._num_units
        self._kernel = self.add_variable("kernel", [_depth(input_shape) + units, 4 * units])
        self._bias = self.add_variable("bias", [4 * units], initializer=zeros)
        self._diagonals: tuple[Any, ...] | None = None
        if self._use_peephole:
            self._diagonals = tuple(self.add_variable(f"w_{gate}_diag", [units]) for gate in "ifo")
        self.built = True


class LSTMBlockCell(_BlockLSTM, LSTMSizes, LayerRNNCell):
    """LSTM with the variables of `LSTMCell` (``tf.contrib.rnn.LSTMBlockCell``).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel                        [D + U, 4 U]  trainable: columns i, j, f, o
        <name>/bias                          [4 U]         trainable, zeros
        <name>/w_i_diag, w_f_diag, w_o_diag  [U]           trainable, with `use_peephole`

    Args:
        num_units: size of memory and output.
        forget_bias: added to f.
        cell_clip: clip the memory to [-cell_clip, cell_clip]; gradients pass.
        use_peephole: let the gates see the memory.
        dtype: of the variables; default: that of the first input.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope; it is not counted.

    Differs from TF 1.15: no kernel of its own; see the module.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.LSTMBlockCell(3, name="example_of_a_block")
    >>> outputs, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 4]), dtype=tf.float32, scope="blocks")
    >>> outputs.shape.as_list(), state.c.shape.as_list()
    ([2, 5, 3], [2, 3])
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        dtype: Any = None,
        reuse: Any = None,
        name: str | None = "lstm_cell",
    ) -> None:
        super().__init__(_reuse=reuse, dtype=dtype, name=name)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._use_peephole = use_peephole
        self._cell_clip = cell_clip
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, LSTMStateTuple]:
        """inputs [B, D], state of c and h [B, U] to output [B, U] and the new state."""
        if len(state) != 2:
            raise ValueError("Expecting state to be a tuple with length 2.")
        c, h = state
        kernel, bias = read_once(self._kernel), read_once(self._bias)
        step = _Step(self._forget_bias, self._cell_clip, _read(self._diagonals))
        c, h = step(tf.nn.bias_add(tf.matmul(tf.concat([inputs, h], 1), kernel), bias), c)
        return h, LSTMStateTuple(c, h)


def _read(diagonals: tuple[Any, ...] | None) -> Any:
    return None if diagonals is None else tuple(read_once(each) for each in diagonals)


class LSTMBlockWrapper(Layer):
    """Base class of fused LSTMs: a whole sequence in one call (``tf.contrib.rnn.LSTMBlockWrapper``).

    A subclass gives `num_units` and ``_call_cell(inputs, initial_cell_state, initial_output, dtype,
    sequence_length)``, which returns memories and outputs of all steps.
    """

    @property
    def num_units(self) -> int:
        """Size of memory and output."""
        raise NotImplementedError

    def _call_cell(
        self, inputs: Tensor, initial_cell_state: Any, initial_output: Any, dtype: Any, sequence_length: Any
    ) -> tuple[Tensor, Tensor]:
        raise NotImplementedError

    def call(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None
    ) -> tuple[Any, LSTMStateTuple]:
        """Run over a sequence.

        Letters: T steps, B sequences, D depth of the inputs, U `num_units`.

        Args:
            inputs: tensor [T, B, D].
            initial_state: memory and output [B, U]; default: zeros, and then `dtype` is needed.
            dtype: of state and outputs; default: the initial state's.
            sequence_length: integers [B]. From a sequence's end on, its outputs are zeros and its state stays.

        Returns:
            The outputs [T, B, U] and the last state, an `LSTMStateTuple`.

        Raises:
            ValueError: neither `initial_state` nor `dtype`, or a state that isn't a pair.
        """
        is_list = isinstance(inputs, list)
        if is_list:
            inputs = tf.stack(inputs)
        sizes = inputs.shape.as_list()
        if inputs.shape.rank != 3:
            raise ValueError(f"Expecting inputs to be a 3-D tensor [time_len, batch_size, input_size], got {sizes}")
        steps = tf.shape(inputs)[0] if sizes[0] is None else sizes[0]
        batch = tf.shape(inputs)[1] if sizes[1] is None else sizes[1]
        if initial_state is None:
            if dtype is None:
                raise ValueError("Either initial_state or dtype needs to be specified")
            zero = tf.zeros(tf.stack([batch, self.num_units]), dtype)
            c, h = zero, zero
        else:
            if len(initial_state) != 2:
                raise ValueError("Expecting initial_state to be a tuple with length 2 or None")
            c, h = (tf.convert_to_tensor(part) for part in initial_state)
            dtype = dtype or c.dtype
        lengths = None if sequence_length is None else tf.cast(sequence_length, tf.int32)
        memories, outputs = self._call_cell(inputs, c, h, dtype, lengths)
        if lengths is None:
            last = LSTMStateTuple(memories[-1], outputs[-1])
        else:
            is_inside = tf.sequence_mask(lengths, steps, dtype=outputs.dtype)
            outputs = outputs * tf.expand_dims(tf.transpose(is_inside), -1)
            last = LSTMStateTuple(*(_at_the_end(*pair, lengths) for pair in ((c, memories), (h, outputs))))
        return (tf.unstack(outputs) if is_list else outputs), last


def _at_the_end(first: Tensor, later: Tensor, lengths: Tensor) -> Tensor:
    """Of [first, *later] what each sequence ends with."""
    everything = tf.concat([first[None], later], 0)
    return tf.gather_nd(everything, tf.stack([lengths, tf.range(tf.shape(lengths)[0])], 1))


class LSTMBlockFusedCell(_BlockLSTM, LSTMBlockWrapper):
    """A whole sequence through an LSTM in one call (``tf.contrib.rnn.LSTMBlockFusedCell``).

    Letters: T steps, B sequences, D depth of the inputs, U `num_units`.

    Creates what `LSTMBlockCell` creates, under the name lstm_fused_cell, so that checkpoints of both differ in that
    name only. See `call` for the arguments of a call.

    Args:
        num_units, forget_bias, cell_clip, use_peephole, reuse, dtype, name: as for `LSTMBlockCell`.

    Differs from TF 1.15: no kernel of its own; see the module.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.LSTMBlockFusedCell(3, name="example_of_a_fused_cell")
    >>> outputs, state = cell(tf.ones([5, 2, 4]), dtype=tf.float32)
    >>> outputs.shape.as_list(), state.h.shape.as_list()
    ([5, 2, 3], [2, 3])
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        reuse: Any = None,
        dtype: Any = None,
        name: str | None = "lstm_fused_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = cell_clip
        self._use_peephole = use_peephole
        self.input_spec = InputSpec(ndim=3)

    @property
    def num_units(self) -> int:
        return self._num_units

    def _call_cell(
        self, inputs: Tensor, initial_cell_state: Any, initial_output: Any, dtype: Any, sequence_length: Any
    ) -> tuple[Tensor, Tensor]:
        depth, units = inputs.shape.as_list()[-1], self._num_units
        kernel = tf.convert_to_tensor(self._kernel)
        of_inputs, of_outputs = kernel[:depth], kernel[depth:]
        gates = tf.nn.bias_add(tf.tensordot(inputs, of_inputs, 1), self._bias)
        peepholes = None if self._diagonals is None else tuple(tf.convert_to_tensor(each) for each in self._diagonals)
        step = _Step(self._forget_bias, self._cell_clip, peepholes)
        steps = inputs.shape.as_list()[0]
        count = tf.shape(inputs)[0] if steps is None else steps
        if tf.executing_eagerly():
            return _eager_loop(step, gates, of_outputs, initial_cell_state, initial_output)
        shape = [inputs.shape.as_list()[1], units]
        arrays = [tf.TensorArray(dtype, count, element_shape=shape) for _ in range(2)]
        sources = tf.TensorArray(gates.dtype, count, element_shape=gates.shape[1:]).unstack(gates)

        def body(time: Tensor, c: Tensor, h: Tensor, *arrays: Any) -> tuple[Any, ...]:
            here = sources.read(time) + tf.matmul(h, of_outputs)
            new = step(here, c)
            for tensor, old in zip(new, (c, h), strict=True):
                tensor.set_shape(old.shape)
            return (time + 1, *new, *(array.write(time, each) for array, each in zip(arrays, new, strict=True)))

        first = (tf.constant(0), initial_cell_state, initial_output, *arrays)
        *_, memories, outputs = while_loop(
            lambda time, *_: time < count, body, first, parallel_iterations=32, maximum_iterations=count
        )
        stacked = memories.stack(), outputs.stack()
        for each in stacked:
            each.set_shape([steps, *shape])
        return stacked


def _eager_loop(step: _Step, gates: Tensor, of_outputs: Tensor, c: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    made = []
    for here in tf.unstack(gates):
        c, h = step(here + tf.matmul(h, of_outputs), c)
        made.append((c, h))
    memories, outputs = zip(*made, strict=True)
    return tf.stack(memories), tf.stack(outputs)


class GRUBlockCell(UnitSizes, LayerRNNCell):
    """Gated recurrent unit (``tf.contrib.rnn.GRUBlockCell``).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/w_ru  [D + U, 2 U]  trainable: columns r, then u
        <name>/b_ru  [2 U]         trainable, ones
        <name>/w_c   [D + U, U]    trainable
        <name>/b_c   [U]           trainable, zeros

    Args:
        num_units: size of state and output.
        cell_size: an older name of `num_units`.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope; it is not counted.

    Raises:
        ValueError: not exactly one of `num_units` and `cell_size`.

    Differs from TF 1.15: no kernel of its own; see the module.

    Source: facts of the topic contrib_rnn_cells.
    """

    _NAMES = ("w_ru", "b_ru", "w_c", "b_c")

    def __init__(
        self,
        num_units: int | None = None,
        cell_size: int | None = None,
        reuse: Any = None,
        name: str | None = "gru_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name)
        if (cell_size is None) == (num_units is None):
            raise ValueError("Exactly one of num_units or cell_size must be provided.")
        self._num_units: Any = cell_size if num_units is None else num_units
        self.input_spec = InputSpec(ndim=2)

    def build(self, input_shape: Any) -> None:
        rows, units = _depth(input_shape) + self._num_units, self._num_units
        of_gates, bias_of_gates, of_candidate, bias_of_candidate = self._NAMES
        self._gate_kernel = self.add_variable(of_gates, [rows, 2 * units])
        self._gate_bias = self.add_variable(bias_of_gates, [2 * units], initializer=ones)
        self._candidate_kernel = self.add_variable(of_candidate, [rows, units])
        self._candidate_bias = self.add_variable(bias_of_candidate, [units], initializer=zeros)
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        gates = _affine([inputs, state], self._gate_kernel, self._gate_bias)
        r, u = tf.split(tf.sigmoid(gates), 2, axis=1)
        candidate = tf.tanh(_affine([inputs, r * state], self._candidate_kernel, self._candidate_bias))
        state = u * state + (1 - u) * candidate
        return state, state


def _affine(parts: list[Tensor], kernel: Any, bias: Any) -> Tensor:
    return tf.nn.bias_add(tf.matmul(tf.concat(parts, 1), read_once(kernel)), read_once(bias))


class GRUBlockCellV2(GRUBlockCell):
    """`GRUBlockCell` with the variables of `GRUCell` (``tf.contrib.rnn.GRUBlockCellV2``).

    Creates ``<name>/gates/kernel``, ``<name>/gates/bias``, ``<name>/candidate/kernel`` and ``<name>/candidate/bias``.

    Source: facts of the topic contrib_rnn_cells.
    """

    _NAMES = ("gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias")


hooks.keep_from_autograph(__name__)
