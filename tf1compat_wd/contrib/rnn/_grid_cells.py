"""LSTMs over time and frequency: ``tf.contrib.rnn.TimeFreqLSTMCell``, ``GridLSTMCell``, ``BidirectionalGridLSTMCell``.

A spectrum is cut into windows, and the same cell goes over them, from low frequencies to high (and back), with a memory
over time for each window. Li et al., "LSTM time and frequency recurrence", ASRU 2015; "Exploring multidimensional LSTMs
for large vocabulary ASR", ICASSP 2016; Kalchbrenner et al., https://arxiv.org/abs/1507.01526.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.rnn._parts import depth_of, sharded, value_of, zeros
from tf1compat_wd.nn._rnn_cell_base import RNNCell, warn_of_joined_state

Tensor = Any


class TimeFreqLSTMCell(RNNCell):
    """LSTM over windows of a spectrum (``tf.contrib.rnn.TimeFreqLSTMCell``).

    Letters: B batch, D depth of the inputs, F `feature_size`, W number of windows, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/W_0                            [F + 2 U, 4 U]  trainable: columns i, j, f, o; W_1, ... with shards
        <name>/B                              [4 U]           trainable, zeros
        <name>/W_F_diag, W_I_diag, W_O_diag   [U]             trainable, with `use_peepholes`
    The name is time_freq_lstm_cell, counted.

    Args:
        num_units: size of a window's memory and output.
        use_peepholes: let the gates see the memory.
        cell_clip: clip the memory to [-cell_clip, cell_clip].
        initializer: no effect, as in TF 1.15: it is the variable scope's.
        num_unit_shards: number of variables that W is made of.
        forget_bias: added to f.
        feature_size: size of a window.
        frequency_skip: how far each window is from the next.
        reuse: True or AUTO_REUSE: share the variables.

    `state_size` is 2 U, as in TF 1.15, but a state has as much for each window: give [B, 2 U W], c before h.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int = 1,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._cell_clip = cell_clip
        self._num_unit_shards = num_unit_shards
        self._forget_bias = forget_bias
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip

    @property
    def state_size(self) -> int:
        return 2 * self._num_units

    @property
    def output_size(self) -> int:
        return self._num_units

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, 2 U W] to outputs of all windows, [B, U W], and the new state."""
        return self._step(inputs, state)

    def _step(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        units, dtype = self._num_units, inputs.dtype
        windows = _windows(inputs, self._feature_size or depth_of(inputs), self._frequency_skip)
        rows = depth_of(windows[0]) + 2 * units
        kernel = sharded("W", [rows, 4 * units], dtype, self._num_unit_shards)
        bias = value_of("B", [4 * units], dtype, zeros)
        if self._use_peepholes:
            to_forget, to_input, to_output = (value_of(f"W_{gate}_diag", [units], dtype) for gate in "FIO")
        below = tf.zeros_like(state[:, :units])
        outputs, states = [], []
        for n, window in enumerate(windows):
            c, h = state[:, 2 * n * units : (2 * n + 1) * units], state[:, (2 * n + 1) * units : (2 * n + 2) * units]
            gates = tf.nn.bias_add(tf.matmul(tf.concat([window, h, below], 1), kernel), bias)
            i, j, f, o = tf.split(gates, 4, axis=1)
            f = f + self._forget_bias
            if self._use_peepholes:
                f, i = f + to_forget * c, i + to_input * c
            c = _clipped(tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(j), self._cell_clip)
            if self._use_peepholes:
                o = o + to_output * c
            below = tf.sigmoid(o) * tf.tanh(c)
            outputs.append(below)
            states += [c, below]
        return tf.concat(outputs, 1), tf.concat(states, 1)


def _windows(inputs: Tensor, size: int, skip: int) -> list[Tensor]:
    count = (depth_of(inputs) - size) // skip + 1
    return [inputs[:, n * skip : n * skip + size] for n in range(count)]


def _clipped(c: Tensor, clip: float | None) -> Tensor:
    return c if clip is None else tf.clip_by_value(c, -clip, clip)


class _Gates(NamedTuple):
    """The gates of one of the two LSTMs of a grid, before the memories are seen."""

    i: Tensor
    j: Tensor
    f: Tensor | None  # None: as much is forgotten as is taken in
    o: Tensor


class GridLSTMCell(RNNCell):
    """LSTM with a memory over time and one over frequencies (``tf.contrib.rnn.GridLSTMCell``).

    Letters: B batch, D depth of the inputs, F `feature_size`, W windows of all blocks together, U `num_units`.

    Creates, in this order, in the current variable scope, for each block n:
        <name>/W_f_<n>_0, B_f_<n>  [F + 2 U, 4 U], [4 U]  trainable; 3 U with `couple_input_forget_gates`
        <name>/W_t_<n>_0, B_t_<n>  the same, without `share_time_frequency_weights`
        <name>/W_<gate>_diag_freqf_<n>, W_<gate>_diag_freqt_<n>  [U]  for each gate F, I, O, with `use_peepholes`
        <name>/W_<gate>_diag_timef_<n>, W_<gate>_diag_timet_<n>  the same, without `share_time_frequency_weights`
    With shards, W_f_<n>_1, ... follow. The name is grid_lstm_cell, counted.

    Args:
        num_units: size of memory and output.
        use_peepholes: let the gates see the memories.
        share_time_frequency_weights: one matrix for both.
        cell_clip: clip the memories to [-cell_clip, cell_clip].
        initializer: no effect, as in TF 1.15: it is the variable scope's.
        num_unit_shards: number of variables that each matrix is made of.
        forget_bias: added to f.
        feature_size: size of a window.
        frequency_skip: how far each window is from the next.
        num_frequency_blocks: list: for each block, how many windows it has.
        start_freqindex_list, end_freqindex_list: lists: for each block, where in the inputs it begins and ends;
            default: one block over all.
        couple_input_forget_gates: forget as much as is taken in.
        state_is_tuple: True: a named tuple of c and m for each window of each block. False: all of it side by side.
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        ValueError: no `num_frequency_blocks`, or another number of windows than it says.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.GridLSTMCell(2, feature_size=2, frequency_skip=1, num_frequency_blocks=[3])
    >>> cell(tf.ones([1, 4]), cell.zero_state(1, tf.float32))[0].shape.as_list()
    [1, 12]
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int | None = None,
        num_frequency_blocks: Sequence[int] | None = None,
        start_freqindex_list: Sequence[int] | None = None,
        end_freqindex_list: Sequence[int] | None = None,
        couple_input_forget_gates: bool = False,
        state_is_tuple: bool = True,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if not state_is_tuple:
            warn_of_joined_state(self)
        if not num_frequency_blocks:
            raise ValueError("Must specify num_frequency_blocks")
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._share_time_frequency_weights = share_time_frequency_weights
        self._cell_clip = cell_clip
        self._num_unit_shards = num_unit_shards
        self._forget_bias = forget_bias
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip
        self._num_frequency_blocks = list(num_frequency_blocks)
        self._start_freqindex_list = start_freqindex_list
        self._end_freqindex_list = end_freqindex_list
        self._couple_input_forget_gates = couple_input_forget_gates
        self._state_is_tuple = state_is_tuple
        self._state_tuple_type = self._make_state_tuple_type("GridLSTMStateTuple", ("",))

    def _make_state_tuple_type(self, name: str, prefixes: Sequence[str]) -> Any:
        fields = [
            f"{prefix}state_f{window:02d}_b{block:02d}_{part}"
            for prefix in prefixes
            for block, count in enumerate(self._num_frequency_blocks)
            for window in range(count)
            for part in "cm"
        ]
        return namedtuple(name, fields)  # type: ignore[misc]

    @property
    def state_tuple_type(self) -> Any:
        """The class of states, with `state_is_tuple`."""
        return self._state_tuple_type

    @property
    def output_size(self) -> int:
        return self._num_units * sum(self._num_frequency_blocks) * 2

    @property
    def state_size(self) -> Any:
        count = len(self._state_tuple_type._fields)
        return self._state_tuple_type(*[self._num_units] * count) if self._state_is_tuple else count * self._num_units

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """inputs [B, D] to output [B, 2 U W], m over time and m over frequencies for each window, and the new state."""
        states = list(state) if self._state_is_tuple else tf.split(state, self.state_size // self._num_units, axis=1)
        outputs, new_states = self._over_blocks(self._blocks(inputs), states)
        return tf.concat(outputs, 1), self._packed(new_states)

    def _packed(self, states: list[Tensor]) -> Any:
        return self._state_tuple_type(*states) if self._state_is_tuple else tf.concat(states, 1)

    def _blocks(self, inputs: Tensor, offset: int = 0) -> list[list[Tensor]]:
        """The windows of each block."""
        depth = depth_of(inputs)
        size = self._feature_size or depth
        if offset:
            shifted = inputs[:, offset:] if offset > 0 else inputs[:, :offset]
            inputs = tf.pad(shifted, [[0, 0], [0, offset] if offset > 0 else [-offset, 0]])
        starts, ends = self._start_freqindex_list, self._end_freqindex_list
        if starts is None or ends is None:
            starts, ends = [0], [depth]
        if len(starts) != len(ends):
            raise ValueError(f"Length of start and end freqindex_list does not match {len(starts)} {len(ends)}")
        if len(self._num_frequency_blocks) != len(starts):
            raise ValueError(
                "Length of num_frequency_blocks is not the same as start_freqindex_list "
                f"{len(self._num_frequency_blocks)} {len(starts)}"
            )
        blocks = []
        for n, (start, end, count) in enumerate(zip(starts, ends, self._num_frequency_blocks, strict=True)):
            skip = self._frequency_skip or 1
            windows = _windows(inputs[:, start:end], size, skip)
            if len(windows) != count:
                raise ValueError(
                    "Invalid num_frequency_blocks, requires "
                    f"{self._num_frequency_blocks[n]} but gets {len(windows)}, please check the input size and filter "
                    "config are correct."
                )
            blocks.append(windows)
        return blocks

    def _over_blocks(self, blocks: list[list[Tensor]], states: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        outputs: list[Tensor] = []
        new_states: list[Tensor] = []
        for n, windows in enumerate(blocks):
            # TF1: each block begins with the first window's state again, if states are one tensor (fact:
            # blocks_of_a_grid_lstm_with_a_joined_state_read_the_first_states).
            begin = len(new_states) if self._state_is_tuple else 0
            made = self._over_windows(n, windows, states[begin : begin + 2 * len(windows)])
            outputs += made[0]
            new_states += made[1]
        return outputs, new_states

    def _over_windows(self, block: int, windows: list[Tensor], states: list[Tensor]) -> tuple[list[Tensor], ...]:
        units, dtype = self._num_units, windows[0].dtype
        columns = (3 if self._couple_input_forget_gates else 4) * units
        affine = {}
        for which in "f" if self._share_time_frequency_weights else "ft":
            kernel = sharded(
                f"W_{which}_{block}", [depth_of(windows[0]) + 2 * units, columns], dtype, self._num_unit_shards
            )
            affine[which] = kernel, value_of(f"B_{which}_{block}", [columns], dtype, zeros)
        peepholes = self._peepholes(block, dtype) if self._use_peepholes else None
        below_c = below_m = tf.zeros_like(states[0])
        outputs, new_states = [], []
        for window, c, m in zip(windows, states[::2], states[1::2], strict=True):
            seen = tf.concat([window, m, below_m], 1)
            gates = {which: self._gates(seen, *weights) for which, weights in affine.items()}
            of_frequency, of_time = gates["f"], gates.get("t", gates["f"])
            memories = below_c, c
            below_c = self._remembered(of_frequency, below_c, memories, peepholes and peepholes["freq"])
            c = self._remembered(of_time, c, memories, peepholes and peepholes["time"])
            below_m = self._output(of_frequency, below_c, (below_c, c), peepholes and peepholes["freq"])
            m = self._output(of_time, c, (below_c, c), peepholes and peepholes["time"])
            outputs += [m, below_m]
            new_states += [c, m]
        return outputs, new_states

    def _peepholes(self, block: int, dtype: tf.DType) -> dict[str, dict[str, tuple[Tensor, Tensor]]]:
        """For both LSTMs and each gate: how it sees the memory over frequencies, and that over time."""
        gates = "IO" if self._couple_input_forget_gates else "FIO"
        found = {
            which: {
                gate: tuple(value_of(f"W_{gate}_diag_{which}{of}_{block}", [self._num_units], dtype) for of in "ft")
                for gate in gates
            }
            for which in (("freq",) if self._share_time_frequency_weights else ("freq", "time"))
        }
        return {"time": found["freq"], **found}  # type: ignore[dict-item]

    def _gates(self, seen: Tensor, kernel: Tensor, bias: Tensor) -> _Gates:
        product = tf.nn.bias_add(tf.matmul(seen, kernel), bias)
        if self._couple_input_forget_gates:
            i, j, o = tf.split(product, 3, axis=1)
            return _Gates(i, j, None, o)
        return _Gates(*tf.split(product, 4, axis=1))

    def _remembered(self, gates: _Gates, c: Tensor, memories: tuple[Tensor, Tensor], peepholes: Any) -> Tensor:
        i = tf.sigmoid(_seeing(gates.i, memories, peepholes, "I"))
        if gates.f is None:
            kept = 1 - i
        else:
            kept = tf.sigmoid(_seeing(gates.f + self._forget_bias, memories, peepholes, "F"))
        return _clipped(kept * c + i * tf.tanh(gates.j), self._cell_clip)

    @staticmethod
    def _output(gates: _Gates, c: Tensor, memories: tuple[Tensor, Tensor], peepholes: Any) -> Tensor:
        return tf.sigmoid(_seeing(gates.o, memories, peepholes, "O")) * tf.tanh(c)


def _seeing(gate: Tensor, memories: tuple[Tensor, Tensor], peepholes: Any, name: str) -> Tensor:
    if not peepholes:
        return gate
    for weight, memory in zip(peepholes[name], memories, strict=True):
        gate = gate + weight * memory
    return gate


class BidirectionalGridLSTMCell(GridLSTMCell):
    """`GridLSTMCell` from low frequencies to high, and one back (``tf.contrib.rnn.BidirectionalGridLSTMCell``).

    Creates what `GridLSTMCell` creates, in the variable scopes ``<name>/fwd`` and ``<name>/bwd``; the name is
    bidirectional_grid_lstm_cell, counted.

    Args:
        backward_slice_offset: by how many elements the inputs of the way back are moved to the left (to the right if
            it is negative), with zeros behind them.
        num_units, use_peepholes, share_time_frequency_weights, cell_clip, initializer, num_unit_shards, forget_bias,
            feature_size, frequency_skip, num_frequency_blocks, start_freqindex_list, end_freqindex_list,
            couple_input_forget_gates, reuse: as for `GridLSTMCell`.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int | None = None,
        num_frequency_blocks: Sequence[int] | None = None,
        start_freqindex_list: Sequence[int] | None = None,
        end_freqindex_list: Sequence[int] | None = None,
        couple_input_forget_gates: bool = False,
        backward_slice_offset: int = 0,
        reuse: Any = None,
    ) -> None:
        super().__init__(
            num_units, use_peepholes, share_time_frequency_weights, cell_clip, initializer, num_unit_shards,
            forget_bias, feature_size, frequency_skip, num_frequency_blocks, start_freqindex_list, end_freqindex_list,
            couple_input_forget_gates, True, reuse,
        )  # fmt: skip
        self._backward_slice_offset = backward_slice_offset
        self._state_tuple_type = self._make_state_tuple_type("BidirectionalGridLSTMStateTuple", ("fwd_", "bwd_"))

    @property
    def output_size(self) -> int:
        return 2 * super().output_size

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """inputs [B, D] to output [B, 4 U W], forward before backward, and the new state."""
        states = list(state)
        half = len(states) // 2
        forward = self._blocks(inputs)
        backward = [windows[::-1] for windows in self._blocks(inputs, self._backward_slice_offset)]
        outputs: list[Tensor] = []
        new_states: list[Tensor] = []
        for scope, blocks, own in (("fwd", forward, states[:half]), ("bwd", backward, states[half:])):
            with variable_scope(scope):
                made = self._over_blocks(blocks, own)
            outputs += made[0]
            new_states += made[1]
        return tf.concat(outputs, 1), self._packed(new_states)


hooks.keep_from_autograph(__name__)
