"""LSTMs that convolve: ``tf.contrib.rnn.ConvLSTMCell`` and its three sizes (https://arxiv.org/abs/1506.04214)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.rnn._parts import depth_of, value_of, zeros
from tf1compat_wd.nn._rnn_cell_base import LSTMStateTuple, RNNCell

Tensor = Any

_DATA_FORMATS = {1: "NWC", 2: "NHWC", 3: "NDHWC"}


class ConvLSTMCell(RNNCell):
    """LSTM whose inputs, memory and output are images (``tf.contrib.rnn.ConvLSTMCell``).

    Letters: B batch, S... the axes that are convolved, C channels of the inputs, O `output_channels`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [*kernel_shape, C + O, 4 O]  trainable: channels i, j, f, o
        <name>/biases  [4 O]                        trainable, zeros, with `use_bias`

    Args:
        conv_ndims: number of axes that are convolved: 1, 2, 3.
        input_shape: [S..., C].
        output_channels: of memory and output.
        kernel_shape: as many sizes as `conv_ndims`.
        use_bias: whether there is a bias.
        skip_connection: append the inputs' channels to the output's.
        forget_bias: added to f.
        initializers: no effect, as in TF 1.15; the kernel's is the variable scope's.
        name: of the variable scope; it is not counted.

    Raises:
        ValueError: `input_shape` has not `conv_ndims` + 1 sizes.

    Source: facts of the topic contrib_rnn_cells.

    >>> cell = tf.contrib.rnn.ConvLSTMCell(2, input_shape=[4, 4, 1], output_channels=3, kernel_shape=[3, 3])
    >>> outputs, _ = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 4, 4, 1]), dtype=tf.float32, scope="example_of_images")
    >>> outputs.shape.as_list()
    [2, 5, 4, 4, 3]
    """

    def __init__(
        self,
        conv_ndims: int,
        input_shape: Sequence[int],
        output_channels: int,
        kernel_shape: Sequence[int],
        use_bias: bool = True,
        skip_connection: bool = False,
        forget_bias: float = 1.0,
        initializers: Any = None,
        name: str | None = "conv_lstm_cell",
    ) -> None:
        super().__init__(name=name)
        if conv_ndims != len(input_shape) - 1:
            raise ValueError(f"Invalid input_shape {input_shape} for conv_ndims={conv_ndims}.")
        self._conv_ndims = conv_ndims
        self._input_shape = list(input_shape)
        self._output_channels = output_channels
        self._kernel_shape = list(kernel_shape)
        self._use_bias = use_bias
        self._skip_connection = skip_connection
        self._forget_bias = forget_bias

    @property
    def output_size(self) -> tf.TensorShape:
        channels = self._output_channels + (self._input_shape[-1] if self._skip_connection else 0)
        return tf.TensorShape([*self._input_shape[:-1], channels])

    @property
    def state_size(self) -> LSTMStateTuple:
        size = tf.TensorShape([*self._input_shape[:-1], self._output_channels])
        return LSTMStateTuple(size, size)

    def call(self, inputs: Tensor, state: Any, scope: Any = None) -> tuple[Tensor, LSTMStateTuple]:
        """inputs [B, S..., C], state of c and h [B, S..., O] to output [B, S..., O] and the new state."""
        c, h = state
        seen = tf.concat([inputs, h], -1)
        shape = [*self._kernel_shape, depth_of(seen), 4 * self._output_channels]
        kernel = value_of("kernel", shape, inputs.dtype)
        # Without data_format, TensorFlow 2.21 has no gradient of the three-dimensional one in eager mode.
        gates = tf.nn.convolution(seen, kernel, padding="SAME", data_format=_DATA_FORMATS[self._conv_ndims])
        if self._use_bias:
            gates = gates + value_of("biases", shape[-1:], inputs.dtype, zeros)
        i, j, f, o = tf.split(gates, 4, axis=-1)
        c = tf.sigmoid(f + self._forget_bias) * c + tf.sigmoid(i) * tf.tanh(j)
        h = tf.tanh(c) * tf.sigmoid(o)
        if self._skip_connection:
            h = tf.concat([h, inputs], -1)
        return h, LSTMStateTuple(c, h)


class Conv1DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over one axis (``tf.contrib.rnn.Conv1DLSTMCell``); arguments as there, less `conv_ndims`."""

    def __init__(self, name: str | None = "conv_1d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(1, name=name, **kwargs)


class Conv2DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over two axes (``tf.contrib.rnn.Conv2DLSTMCell``); arguments as there, less `conv_ndims`."""

    def __init__(self, name: str | None = "conv_2d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(2, name=name, **kwargs)


class Conv3DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over three axes (``tf.contrib.rnn.Conv3DLSTMCell``); arguments as there, less `conv_ndims`."""

    def __init__(self, name: str | None = "conv_3d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(3, name=name, **kwargs)


hooks.keep_from_autograph(__name__)
