"""Cells with the variables under which TF1 saved cuDNN's networks, for every device."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.rnn._block_cells import LSTMBlockCell
from tf1compat_wd.nn._loop_reads import read_once
from tf1compat_wd.nn.rnn_cell import GRUCell

Tensor = Any

_ones = tf.compat.v1.ones_initializer()
_zeros = tf.compat.v1.zeros_initializer()


class CudnnCompatibleLSTMCell(LSTMBlockCell):
    """LSTM that reads checkpoints of `CudnnLSTM` (``tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell``).

    An `LSTMBlockCell` without forget bias, clipping and peepholes.

    Letters: D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        cudnn_compatible_lstm_cell/kernel  [D + U, 4 U]  trainable: columns i, j, f, o
        cudnn_compatible_lstm_cell/bias    [4 U]         trainable, zeros

    Args:
        num_units: size of memory and output.
        reuse: True or AUTO_REUSE: share the variables.

    Source: facts of the topic cudnn_rnn.
    """

    def __init__(self, num_units: int, reuse: Any = None) -> None:
        super().__init__(
            num_units,
            forget_bias=0,
            cell_clip=None,
            use_peephole=False,
            reuse=reuse,
            name="cudnn_compatible_lstm_cell",
        )


class CudnnCompatibleGRUCell(GRUCell):
    """GRU that reads checkpoints of `CudnnGRU` (``tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell``).

    cuDNN resets the product of state and matrix, not the state: candidate = tanh(W · input + b + r · (V · state + c)).

    Letters: B batch, D depth of the inputs, U `num_units`.

    Creates, in this order, in the current variable scope:
        <name>/gates/kernel                         [D + U, 2 U]  trainable: columns r, then u
        <name>/gates/bias                           [2 U]         trainable, ones
        <name>/candidate/input_projection/kernel    [D, U]        trainable
        <name>/candidate/hidden_projection/kernel   [U, U]        trainable
        <name>/candidate/input_projection/bias      [U]           trainable, zeros
        <name>/candidate/hidden_projection/bias     [U]           trainable, zeros
    The name is cudnn_compatible_gru_cell, counted.

    Args:
        num_units: size of state and output.
        reuse: True or AUTO_REUSE: share the variables.
        kernel_initializer: default: the variable scope's.

    Source: facts of the topic cudnn_rnn.

    >>> cell = tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell(3)
    >>> cell(tf.ones([2, 4]), cell.zero_state(2, tf.float32))[0].shape.as_list()
    [2, 3]
    """

    def __init__(self, num_units: int, reuse: Any = None, kernel_initializer: Any = None) -> None:
        super().__init__(num_units, activation=None, reuse=reuse, kernel_initializer=kernel_initializer)

    def build(self, inputs_shape: Any) -> None:
        depth = tf.TensorShape(inputs_shape).as_list()[-1]
        if depth is None:
            raise ValueError(f"Expected inputs.shape[-1] to be known, saw shape: {tf.TensorShape(inputs_shape)}")
        units, kernel = self._num_units, self._kernel_initializer
        given = self._bias_initializer
        of_gates, of_candidate = (_ones, _zeros) if given is None else (given, given)
        self._gate_kernel = self.add_variable("gates/kernel", [depth + units, 2 * units], initializer=kernel)
        self._gate_bias = self.add_variable("gates/bias", [2 * units], initializer=of_gates)
        self._input_kernel, self._hidden_kernel = (
            self.add_variable(f"candidate/{what}_projection/kernel", [rows, units], initializer=kernel)
            for what, rows in (("input", depth), ("hidden", units))
        )
        self._input_bias, self._hidden_bias = (
            self.add_variable(f"candidate/{what}_projection/bias", [units], initializer=of_candidate)
            for what in ("input", "hidden")
        )
        self.built = True

    def call(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """inputs [B, D], state [B, U] to output [B, U] and the same as new state."""
        gates = tf.sigmoid(_affine(tf.concat([inputs, state], 1), self._gate_kernel, self._gate_bias))
        r, u = tf.split(gates, 2, axis=1)
        candidate = self._activation(
            _affine(inputs, self._input_kernel, self._input_bias)
            + r * _affine(state, self._hidden_kernel, self._hidden_bias)
        )
        state = (1 - u) * candidate + u * state
        return state, state


def _affine(values: Tensor, kernel: Any, bias: Any) -> Tensor:
    return tf.nn.bias_add(tf.matmul(values, read_once(kernel)), read_once(bias))


hooks.keep_from_autograph(__name__)
