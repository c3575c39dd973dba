"""Recurrent units other than LSTM and GRU: ``tf.contrib.rnn.UGRNNCell``, ``NASCell``, ``SRUCell``, ..."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope
from tf1compat_wd.contrib.rnn._parts import depth_of, linear, ones, value_of, zeros
from tf1compat_wd.layers._identifiers import initializer_of
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.nn._loop_reads import read_once
from tf1compat_wd.nn._rnn_cell_base import (
    LayerRNNCell,
    LSTMSizes,
    LSTMStateTuple,
    RNNCell,
    UnitSizes,
    activation_or_tanh,
)

Tensor = Any
Activation = Callable[[Tensor], Tensor]


def _depth(inputs_shape: Any) -> int:
    size = tf.TensorShape(inputs_shape).as_list()[-1]
    if size is None:
        raise ValueError(f"Expected inputs.shape[-1] to be known, saw shape: {tf.TensorShape(inputs_shape)}")
    return size  # type: ignore[no-any-return]


# ---------------------------------------------------------------------- of Collins et al., 2016


class UGRNNCell(UnitSizes, RNNCell):
    """Update gate recurrent network (``tf.contrib.rnn.UGRNNCell``; https://arxiv.org/abs/1611.09913).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [D + U, 2 U]  trainable: columns gate, candidate
        <name>/bias    [2 U]         trainable, zeros
    The name is ugrnn_cell, counted.

    Args:
        num_units: size of state and output.
        initializer: of the kernel; default: the variable scope's.
        forget_bias: added to the gate.
        activation: function.
        reuse: True or AUTO_REUSE: share the variables.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        initializer: Any = None,
        forget_bias: float = 1.0,
        activation: Activation = tf.tanh,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._activation = activation

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        with variable_scope(get_variable_scope(), initializer=self._initializer):
            gates = linear([inputs, state], 2 * self._num_units)
        gate, candidate = tf.split(gates, 2, axis=1)
        gate = tf.sigmoid(gate + self._forget_bias)
        state = gate * state + (1 - gate) * self._activation(candidate)
        return state, state


class IntersectionRNNCell(UnitSizes, RNNCell):
    """The "+RNN", with a way through time and one through layers (``tf.contrib.rnn.IntersectionRNNCell``).

    Collins et al., https://arxiv.org/abs/1611.09913.

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/in_projection/kernel  [D, num_in_proj]  trainable, if D isn't U
        <name>/in_projection/bias    [num_in_proj]     trainable, zeros, if D isn't U
        <name>/kernel                [U + U, 4 U]      trainable: gate and candidate of the state, then of the output
        <name>/bias                  [4 U]             trainable, zeros
    The name is intersection_rnn_cell, counted.

    Args:
        num_units: size of state and output.
        num_in_proj: `num_units`, if inputs have another size: they are projected.
        initializer: of the kernels; default: the variable scope's.
        forget_bias: added to both gates.
        y_activation: function of the output's candidate.
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        ValueError: the inputs have another size, and there is no `num_in_proj`.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        num_in_proj: int | None = None,
        initializer: Any = None,
        forget_bias: float = 1.0,
        y_activation: Activation = tf.nn.relu,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._num_input_proj = num_in_proj
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._y_activation = y_activation

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and new state [B, U]."""
        with variable_scope(get_variable_scope(), initializer=self._initializer):
            if depth_of(inputs) != self._num_units:
                if not self._num_input_proj:
                    raise ValueError(
                        "Must have input size == output size for Intersection RNN. To fix, num_in_proj should be set "
                        "to num_units at cell init."
                    )
                with variable_scope("in_projection"):
                    inputs = linear(inputs, self._num_input_proj)
            gates = linear([inputs, state], 4 * self._num_units)
        state_gate, candidate, output_gate, output = tf.split(gates, 4, axis=1)
        state_gate = tf.sigmoid(state_gate + self._forget_bias)
        output_gate = tf.sigmoid(output_gate + self._forget_bias)
        new_state = state_gate * state + (1 - state_gate) * tf.tanh(candidate)
        return output_gate * inputs + (1 - output_gate) * self._y_activation(output), new_state


# ------------------------------------------------------------------------------- found by search


class NASCell(LSTMSizes, LayerRNNCell):
    """The cell that neural architecture search found (``tf.contrib.rnn.NASCell``; https://arxiv.org/abs/1611.01578).

    Letters: B batch, D depth of the inputs, U `num_units`, P `num_proj` if given, else U.

    Creates, in this order, in the current variable scope:
        <name>/recurrent_kernel    [P, 8 U]  trainable
        <name>/kernel              [D, 8 U]  trainable
        <name>/bias                [8 U]     trainable, zeros, with `use_bias`
        <name>/projection_weights  [U, P]    trainable, with `num_proj`
    Without `name`: nas_cell, counted.

    Args:
        num_units: size of the memory.
        num_proj: size of the output, if it is to be projected.
        use_bias: whether there is a bias.
        reuse: True or AUTO_REUSE: share the variables.
        **kwargs: of ``tf.layers.Layer``.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self, num_units: int, num_proj: int | None = None, use_bias: bool = False, reuse: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(_reuse=reuse, **kwargs)
        self._num_units = num_units
        self._num_proj = num_proj
        self._use_bias = use_bias
        self.input_spec = InputSpec(ndim=2)

    @property
    def output_size(self) -> int:
        return self._num_units if self._num_proj is None else self._num_proj

    def build(self, inputs_shape: Any) -> None:
        columns = 8 * self._num_units
        self._recurrent_kernel = self.add_variable("recurrent_kernel", [self.output_size, columns])
        self._kernel = self.add_variable("kernel", [_depth(inputs_shape), columns])
        self._bias = self.add_variable("bias", [columns], initializer=zeros) if self._use_bias else None
        if self._num_proj is not None:
            self._projection = self.add_variable("projection_weights", [self._num_units, self._num_proj])
        self.built = True

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, LSTMStateTuple]:
        """inputs [B, D], state of c [B, U] and h [B, P] to output [B, P] and the new state."""
        c, h = state
        of_state = tf.matmul(h, read_once(self._recurrent_kernel))
        if self._bias is not None:
            of_state = tf.nn.bias_add(of_state, read_once(self._bias))
        s = tf.split(of_state, 8, axis=1)
        x = tf.split(tf.matmul(inputs, read_once(self._kernel)), 8, axis=1)
        # The tree that the search found: eight leaves, four nodes, two nodes, the output.
        one = tf.tanh(tf.sigmoid(x[0] + s[0]) * tf.nn.relu(x[1] + s[1]))
        two = tf.tanh(tf.sigmoid(x[2] + s[2]) + tf.nn.relu(x[3] * s[3]))
        three = tf.tanh(tf.tanh(x[4] + s[4]) * tf.sigmoid(x[5] + s[5]))
        four = tf.sigmoid(tf.tanh(x[6] + s[6]) + tf.sigmoid(x[7] + s[7]))
        c = tf.tanh(one + c) * two
        h = tf.tanh(c * tf.tanh(three + four))
        if self._num_proj is not None:
            h = tf.matmul(h, read_once(self._projection))
        return h, LSTMStateTuple(c, h)


# --------------------------------------------------------------------------- variants of the LSTM


class PhasedLSTMCell(LSTMSizes, RNNCell):
    """LSTM whose gates open by the clock (``tf.contrib.rnn.PhasedLSTMCell``; https://arxiv.org/abs/1610.09513).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope (rows D + U, and U more for gates with `use_peepholes`):
        <name>/mask_gates/kernel, bias   [rows, 2 U], [2 U]  trainable: input gate, forget gate
        <name>/new_input/kernel, bias    [D + U, U], [U]     trainable
        <name>/output_gate/kernel, bias  [rows, U], [U]      trainable
        <name>/period                    [U]                 trainable, log-uniform
        <name>/phase                     [U]                 trainable, uniform between 0 and the period
        <name>/ratio_on                  [U]                 `ratio_on`
    The name is phased_lstm_cell, counted.

    Args:
        num_units: size of memory and output.
        use_peepholes: let the gates see the memory.
        leak: how much passes when the gates are closed.
        ratio_on: first value of the share of a period in which the gates are open.
        trainable_ratio_on: whether that share is trainable.
        period_init_min, period_init_max: bounds of the periods' first values.
        reuse: True or AUTO_REUSE: share the variables.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        leak: float = 0.001,
        ratio_on: float = 0.1,
        trainable_ratio_on: bool = True,
        period_init_min: float = 1.0,
        period_init_max: float = 1000.0,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._leak = leak
        self._ratio_on = ratio_on
        self._trainable_ratio_on = trainable_ratio_on
        self._period_init_min = period_init_min
        self._period_init_max = period_init_max

    def call(self, inputs: Any, state: Any) -> tuple[Tensor, LSTMStateTuple]:
        """inputs of times [B, 1] and x [B, D], state of c and h [B, U] to output [B, U] and the new state."""
        (times, x), (c, h) = inputs, state
        with variable_scope("mask_gates"):
            seen = [x, h, c] if self._use_peepholes else [x, h]
            input_gate, forget_gate = tf.split(tf.sigmoid(linear(seen, 2 * self._num_units)), 2, axis=1)
        with variable_scope("new_input"):
            new = tf.tanh(linear([x, h], self._num_units))
        new_c = c * forget_gate + input_gate * new
        with variable_scope("output_gate"):
            seen = [x, h, new_c] if self._use_peepholes else [x, h]
            output_gate = tf.sigmoid(linear(seen, self._num_units))
        new_h = tf.tanh(new_c) * output_gate
        is_open = self._openness(times, x.dtype)
        new_c = is_open * new_c + (1 - is_open) * c
        new_h = is_open * new_h + (1 - is_open) * h
        return new_h, LSTMStateTuple(new_c, new_h)

    def _openness(self, times: Tensor, dtype: tf.DType) -> Tensor:
        """How far the gates are open at these times, [B, U]."""
        units = [self._num_units]
        period_variable = get_variable("period", units, dtype, initializer=self._first_period)
        phase_variable = get_variable("phase", units, dtype, initializer=_FirstPhase(period_variable))
        period, phase = read_once(period_variable), read_once(phase_variable)
        ratio_on = read_once(
            get_variable(
                "ratio_on",
                units,
                dtype,
                initializer=tf.compat.v1.constant_initializer(self._ratio_on),
                trainable=self._trainable_ratio_on,
            )
        )
        since = tf.cast(times, dtype) - phase
        # The gradient is that of the time alone.
        cycle = (since + tf.stop_gradient(tf.math.floormod(since, period) - since)) / period
        opening = 2 * cycle / ratio_on
        closed = self._leak * cycle
        is_open = tf.where(cycle < ratio_on, 2 - opening, closed)
        return tf.where(cycle < 0.5 * ratio_on, opening, is_open)

    def _first_period(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        low, high = math.log(self._period_init_min), math.log(self._period_init_max)
        return tf.exp(tf.random.uniform(shape, low, high, dtype=dtype or tf.float32))


class _FirstPhase:
    """Initializer: uniform between 0 and the first value of a period."""

    def __init__(self, period: Any) -> None:
        self._period = period

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        is_variable = isinstance(self._period, tf.Variable) and modes.current_mode() == modes.GRAPH
        period = self._period.initialized_value() if is_variable else tf.convert_to_tensor(self._period)
        return tf.random.uniform(shape, dtype=dtype or tf.float32) * period


class GLSTMCell(LSTMSizes, RNNCell):
    """LSTM in groups which don't see each other (``tf.contrib.rnn.GLSTMCell``; https://arxiv.org/abs/1703.10722).

    Letters: B batch, D depth of the inputs, U `num_units`, P `num_proj` if given, else U, G `number_of_groups`.

    Creates, in this order, in the current variable scope:
        <name>/group<n>/kernel                 [(D + P) / G, 4 U / G]  trainable, for each group: columns i, j, f, o
        <name>/bias_i, bias_j, bias_f, bias_o  [U]                     trainable, zeros
        <name>/projection/kernel               [U, P]                  trainable, with `num_proj`
    The name is glstm_cell, counted.

    Args:
        num_units: size of the memory.
        initializer: of the groups' kernels; default: the variable scope's, which is the projection's.
        num_proj: size of the output, if it is to be projected.
        number_of_groups: of which all sizes are multiples.
        forget_bias: added to f.
        activation: function.
        reuse: True or AUTO_REUSE: share the variables.

    Raises:
        ValueError: a size is no multiple of `number_of_groups`.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        initializer: Any = None,
        num_proj: int | None = None,
        number_of_groups: int = 1,
        forget_bias: float = 1.0,
        activation: Activation = tf.tanh,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if num_units % number_of_groups != 0:
            raise ValueError("num_units must be divisible by number_of_groups")
        if num_proj and num_proj % number_of_groups != 0:
            raise ValueError("num_proj must be divisible by number_of_groups")
        self._num_units = num_units
        self._initializer = initializer
        self._num_proj = num_proj
        self._number_of_groups = number_of_groups
        self._forget_bias = forget_bias
        self._activation = activation

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, LSTMStateTuple]:
        """inputs [B, D], state of c [B, U] and h [B, P] to output [B, P] and the new state."""
        (c, h), groups = state, self._number_of_groups
        if depth_of(inputs) % groups:
            raise ValueError(
                f"Cannot divide evenly the inputs' {depth_of(inputs)} columns into {groups} groups: dimension 1 of "
                "the inputs must be a multiple of number_of_groups."
            )
        with variable_scope(get_variable_scope(), initializer=self._initializer):
            parts = []
            for n, seen in enumerate(zip(tf.split(inputs, groups, axis=1), tf.split(h, groups, axis=1), strict=True)):
                with variable_scope(f"group{n}"):
                    gates = linear(list(seen), 4 * self._num_units // groups, bias=False)
                parts.append(tf.split(gates, 4, axis=1))
            i, j, f, o = (
                tf.nn.bias_add(tf.concat(gate, 1), value_of(f"bias_{letter}", [self._num_units], inputs.dtype, zeros))
                for letter, gate in zip("ijfo", zip(*parts, strict=True), strict=True)
            )
            c = tf.sigmoid(f + self._forget_bias) * c + tf.sigmoid(i) * tf.tanh(j)
            h = tf.sigmoid(o) * self._activation(c)
        if self._num_proj is not None:
            with variable_scope("projection"):
                h = linear(h, self._num_proj, bias=False)
        return h, LSTMStateTuple(c, h)


# ------------------------------------------------------------------- recurrence element by element


class SRUCell(UnitSizes, LayerRNNCell):
    """Simple recurrent unit (``tf.contrib.rnn.SRUCell``; https://arxiv.org/abs/1709.02755).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [D, 4 U]  trainable: columns new input, forget gate, reset gate, way past
        <name>/bias    [2 U]     trainable, zeros: of the gates
    Without `name`: sru_cell, counted.

    Args:
        num_units: size of state and output.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope.
        **kwargs: of ``tf.layers.Layer``.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self, num_units: int, activation: Any = None, reuse: Any = None, name: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(_reuse=reuse, name=name, **kwargs)
        self._num_units = num_units
        self._activation = activation_or_tanh(activation)
        self.input_spec = InputSpec(ndim=2)

    def build(self, inputs_shape: Any) -> None:
        self._kernel = self.add_variable("kernel", [_depth(inputs_shape), 4 * self._num_units])
        self._bias = self.add_variable("bias", [2 * self._num_units], initializer=zeros)
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and new state [B, U]."""
        new, forget, reset, past = tf.split(tf.matmul(inputs, read_once(self._kernel)), 4, axis=1)
        gates = tf.sigmoid(tf.nn.bias_add(tf.concat([forget, reset], 1), read_once(self._bias)))
        forget, reset = tf.split(gates, 2, axis=1)
        state = forget * state + (1 - forget) * new
        return reset * self._activation(state) + (1 - reset) * past, state


class IndRNNCell(UnitSizes, LayerRNNCell):
    """Independent recurrent network (``tf.contrib.rnn.IndRNNCell``; https://arxiv.org/abs/1803.04831).

    output = new state = act(W · input + u * state + b).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel_w  [D, U]  trainable
        <name>/kernel_u  [1, U]  trainable, uniform in [-1, 1]
        <name>/bias      [U]     trainable, zeros
    Without `name`: ind_rnn_cell, counted.

    Args:
        num_units: size of state and output.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self, num_units: int, activation: Any = None, reuse: Any = None, name: str | None = None, dtype: Any = None
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = activation_or_tanh(activation)

    def build(self, inputs_shape: Any) -> None:
        self._kernel_w = self.add_variable("kernel_w", [_depth(inputs_shape), self._num_units])
        self._kernel_u = self.add_variable("kernel_u", [1, self._num_units], initializer=_between_minus_one_and_one)
        self._bias = self.add_variable("bias", [self._num_units], initializer=zeros)
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        gates = tf.matmul(inputs, read_once(self._kernel_w)) + state * read_once(self._kernel_u)
        output = self._activation(tf.nn.bias_add(gates, read_once(self._bias)))
        return output, output


_between_minus_one_and_one = tf.compat.v1.random_uniform_initializer(-1.0, 1.0)


class IndyGRUCell(UnitSizes, LayerRNNCell):
    """GRU whose gates see the state element by element (``tf.contrib.rnn.IndyGRUCell``).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/gates/kernel_w      [D, 2 U]  trainable: columns r, then u
        <name>/gates/kernel_u      [1, 2 U]  trainable, uniform in [-1, 1]
        <name>/gates/bias          [2 U]     trainable, ones
        <name>/candidate/kernel    [D, U]    trainable
        <name>/candidate/kernel_u  [1, U]    trainable, uniform in [-1, 1]
        <name>/candidate/bias      [U]       trainable, zeros
    Without `name`: indy_gru_cell, counted.

    Args:
        num_units: size of state and output.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        kernel_initializer: of the matrices; default: the variable scope's.
        bias_initializer: of both biases; default: ones for the gates, zeros for the candidate.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.

    Source: facts of the topic contrib_rnn_cells.
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
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = activation_or_tanh(activation)
        self._kernel_initializer = initializer_of(kernel_initializer)
        self._bias_initializer = initializer_of(bias_initializer)

    def build(self, inputs_shape: Any) -> None:
        depth, units = _depth(inputs_shape), self._num_units
        kernel, bias, uniform = self._kernel_initializer, self._bias_initializer, _between_minus_one_and_one
        self._gate_w = self.add_variable("gates/kernel_w", [depth, 2 * units], initializer=kernel)
        self._gate_u = self.add_variable("gates/kernel_u", [1, 2 * units], initializer=uniform)
        self._gate_bias = self.add_variable("gates/bias", [2 * units], initializer=ones if bias is None else bias)
        self._candidate_w = self.add_variable("candidate/kernel", [depth, units], initializer=kernel)
        self._candidate_u = self.add_variable("candidate/kernel_u", [1, units], initializer=uniform)
        self._candidate_bias = self.add_variable("candidate/bias", [units], initializer=zeros if bias is None else bias)
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        gates = tf.matmul(inputs, read_once(self._gate_w)) + tf.tile(state, [1, 2]) * read_once(self._gate_u)
        r, u = tf.split(tf.sigmoid(tf.nn.bias_add(gates, read_once(self._gate_bias))), 2, axis=1)
        candidate = tf.matmul(inputs, read_once(self._candidate_w)) + r * state * read_once(self._candidate_u)
        candidate = self._activation(tf.nn.bias_add(candidate, read_once(self._candidate_bias)))
        state = u * state + (1 - u) * candidate
        return state, state


class IndyLSTMCell(LSTMSizes, LayerRNNCell):
    """LSTM whose gates see the output element by element (``tf.contrib.rnn.IndyLSTMCell``; arXiv 1903.08023).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel_w  [D, 4 U]  trainable: columns i, j, f, o
        <name>/kernel_u  [1, 4 U]  trainable, uniform in [-1, 1]
        <name>/bias      [4 U]     trainable, zeros
    Without `name`: indy_lstm_cell, counted.

    Args:
        num_units: size of memory and output.
        forget_bias: added to f.
        activation: function, or its name; default: tanh.
        reuse: True or AUTO_REUSE: share the variables.
        kernel_initializer: of the matrix; default: the variable scope's.
        bias_initializer: default: zeros.
        name: of the variable scope.
        dtype: of the variables; default: that of the first input.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        activation: Any = None,
        reuse: Any = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._activation = activation_or_tanh(activation)
        self._kernel_initializer = initializer_of(kernel_initializer)
        self._bias_initializer = initializer_of(bias_initializer)

    def build(self, inputs_shape: Any) -> None:
        depth, columns = _depth(inputs_shape), 4 * self._num_units
        bias = zeros if self._bias_initializer is None else self._bias_initializer
        self._kernel_w = self.add_variable("kernel_w", [depth, columns], initializer=self._kernel_initializer)
        self._kernel_u = self.add_variable("kernel_u", [1, columns], initializer=_between_minus_one_and_one)
        self._bias = self.add_variable("bias", [columns], initializer=bias)
        self.built = True

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, LSTMStateTuple]:
        """inputs [B, D], state of c and h [B, U] to output [B, U] and the new state."""
        c, h = state
        gates = tf.matmul(inputs, read_once(self._kernel_w)) + tf.tile(h, [1, 4]) * read_once(self._kernel_u)
        i, j, f, o = tf.split(tf.nn.bias_add(gates, read_once(self._bias)), 4, axis=1)
        c = c * tf.sigmoid(f + self._forget_bias) + tf.sigmoid(i) * self._activation(j)
        h = self._activation(c) * tf.sigmoid(o)
        return h, LSTMStateTuple(c, h)


hooks.keep_from_autograph(__name__)
