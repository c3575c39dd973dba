"""LSTMs with layer normalization: ``tf.contrib.rnn.LayerNormBasicLSTMCell``, ``CoupledInputForgetGateLSTMCell``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.rnn._parts import depth_of, normalized, sharded, value_of, zeros
from tf1compat_wd.nn._nn_ops import dropout
from tf1compat_wd.nn._rnn_cell_base import LSTMSizes, LSTMStateTuple, RNNCell, warn_of_joined_state

Tensor = Any
Activation = Callable[[Tensor], Tensor]


class LayerNormBasicLSTMCell(LSTMSizes, RNNCell):
    """LSTM with layer normalization and dropout of what is new (``tf.contrib.rnn.LayerNormBasicLSTMCell``).

    Ba et al., https://arxiv.org/abs/1607.06450; Semeniuta et al., https://arxiv.org/abs/1603.05118.

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [D + U, 4 U]   trainable: columns i, j, f, o
        <name>/bias    [4 U]          trainable, with the scope's initializer; without `layer_norm`
        <name>/{input, transform, forget, output, state}/{gamma, beta}  [U]  trainable, with `layer_norm`
    The name is layer_norm_basic_lstm_cell, counted.

    Args:
        num_units: size of memory and output.
        forget_bias: added to f.
        input_size: no effect.
        activation: function.
        layer_norm: normalize the gates, the new input and the memory.
        norm_gain, norm_shift: first values of gamma and beta.
        dropout_keep_prob: probability to keep an element of the new input; float or scalar tensor.
        dropout_prob_seed: int.
        reuse: True or AUTO_REUSE: share the variables.

    Differs from TF 1.15: random numbers are TensorFlow 2's.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3)
    >>> outputs, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 4]), dtype=tf.float32, scope="example_of_layer_norm")
    >>> outputs.shape.as_list(), len(cell.variables)
    ([2, 5, 3], 11)
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        input_size: Any = None,
        activation: Activation = tf.tanh,
        layer_norm: bool = True,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        dropout_keep_prob: Any = 1.0,
        dropout_prob_seed: int | None = None,
        reuse: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if input_size is not None:
            tf.compat.v1.logging.warn("%s: The input_size parameter is deprecated.", self)
        self._num_units = num_units
        self._activation = activation
        self._forget_bias = forget_bias
        self._keep_prob = dropout_keep_prob
        self._seed = dropout_prob_seed
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift

    def _norm(self, values: Tensor, scope: str) -> Tensor:
        return normalized(values, scope, self._norm_gain, self._norm_shift) if self._layer_norm else values

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, LSTMStateTuple]:
        """inputs [B, D], state of c and h [B, U] to output [B, U] and the new state."""
        c, h = state
        together = tf.concat([inputs, h], 1)
        kernel = value_of("kernel", [depth_of(together), 4 * self._num_units], together.dtype)
        gates = tf.matmul(together, kernel)
        if not self._layer_norm:
            gates = tf.nn.bias_add(gates, value_of("bias", [4 * self._num_units], together.dtype))
        i, j, f, o = tf.split(gates, 4, axis=1)
        op_counts.more(1)
        i, j, f, o = (
            self._norm(i, "input"), self._norm(j, "transform"), self._norm(f, "forget"), self._norm(o, "output")
        )  # fmt: skip
        new = self._activation(j)
        if not isinstance(self._keep_prob, float) or self._keep_prob < 1:
            new = dropout(new, self._keep_prob, seed=self._seed)
        c = self._norm(c * tf.sigmoid(f + self._forget_bias) + tf.sigmoid(i) * new, "state")
        h = self._activation(c) * tf.sigmoid(o)
        return h, LSTMStateTuple(c, h)


class CoupledInputForgetGateLSTMCell(LSTMSizes, RNNCell):
    """LSTM that takes in what it forgets (``tf.contrib.rnn.CoupledInputForgetGateLSTMCell``).

    Greff et al., https://arxiv.org/abs/1503.04069: the input gate is one minus the forget gate.

    Letters: B batch, D depth of the inputs, U `num_units`, P `num_proj` if given, else U.

    Creates, in this order, in the current variable scope:
        <name>/W_0       [D + P, 3 U]  trainable: columns j, f, o; W_1, ... with `num_unit_shards`
        <name>/B         [3 U]         trainable, zeros; of no effect with `layer_norm`
        <name>/{transform, forget, output}/{gamma, beta}  [U]  trainable, with `layer_norm`
        <name>/W_F_diag, <name>/W_O_diag                  [U]  trainable, with `use_peepholes`
        <name>/state/{gamma, beta}                        [U]  trainable, with `layer_norm`
        <name>/W_P_0     [U, P]        trainable, with `num_proj`; W_P_1, ... with `num_proj_shards`
    The name is coupled_input_forget_gate_lstm_cell, counted.

    Args:
        num_units: size of the memory.
        use_peepholes: let the gates see the memory.
        initializer: no effect, as in TF 1.15: it is the variable scope's.
        num_proj: size of the output, if it is to be projected.
        proj_clip: clip the projected output; nothing without `num_proj`.
        num_unit_shards, num_proj_shards: number of variables that W and W_P are made of.
        forget_bias: added to f.
        state_is_tuple: True: states are an `LSTMStateTuple`. False: one tensor [B, U + P], c before h.
        activation: function.
        reuse: True or AUTO_REUSE: share the variables.
        layer_norm: normalize the gates, the new input and the memory.
        norm_gain, norm_shift: first values of gamma and beta.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int = 1,
        num_proj_shards: int = 1,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Activation = tf.tanh,
        reuse: Any = None,
        layer_norm: bool = False,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
    ) -> None:
        super().__init__(_reuse=reuse)
        if not state_is_tuple:
            warn_of_joined_state(self)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._num_unit_shards = num_unit_shards
        self._num_proj_shards = num_proj_shards
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = activation
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift

    def _norm(self, values: Tensor, scope: str) -> Tensor:
        return normalized(values, scope, self._norm_gain, self._norm_shift) if self._layer_norm else values

    def call(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """inputs [B, D], state of c [B, U] and h [B, P] to output [B, P] and the new state."""
        c, h = state if self._state_is_tuple else tf.split(state, [self._num_units, self.output_size], axis=1)
        c, h = self._step(inputs, c, h)
        return h, LSTMStateTuple(c, h) if self._state_is_tuple else tf.concat([c, h], 1)

    def _step(self, inputs: Tensor, c: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        units, dtype = self._num_units, inputs.dtype
        together = tf.concat([inputs, h], 1)
        gates = tf.matmul(together, sharded("W", [depth_of(together), 3 * units], dtype, self._num_unit_shards))
        bias = value_of("B", [3 * units], dtype, zeros)
        if not self._layer_norm:
            gates = tf.nn.bias_add(gates, bias)
        j, f, o = tf.split(gates, 3, axis=1)
        j, f, o = self._norm(j, "transform"), self._norm(f, "forget"), self._norm(o, "output")
        f = f + self._forget_bias
        if self._use_peepholes:
            to_forget, to_output = (value_of(f"W_{gate}_diag", [units], dtype) for gate in "FO")
            f = f + to_forget * c
        kept = tf.sigmoid(f)
        c = self._norm(kept * c + (1 - kept) * self._activation(j), "state")
        if self._use_peepholes:
            o = o + to_output * c
        h = tf.sigmoid(o) * self._activation(c)
        if self._num_proj is not None:
            h = tf.matmul(h, sharded("W_P", [units, self._num_proj], dtype, self._num_proj_shards))
            if self._proj_clip is not None:
                h = tf.clip_by_value(h, -self._proj_clip, self._proj_clip)
        return c, h


hooks.keep_from_autograph(__name__)
