"""The recurrent networks of cuDNN, computed with ordinary operations on every device.

TF1 kept all weights in one opaque variable that only cuDNN could read, and saved them in checkpoints under the names
of the cells that compute the same (`CudnnCompatibleLSTMCell` and others). Here these are the variables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers import Layer
from tf1compat_wd.nn import dynamic_rnn
from tf1compat_wd.nn.rnn_cell import LSTMStateTuple

Tensor = Any
Variable = Any

_DIRECTIONS = ("unidirectional", "bidirectional")
_INPUT_MODES = ("linear_input", "skip_input", "auto_select")


class _Part(NamedTuple):
    """A variable of one layer in one direction."""

    name: str
    gates: int
    """How many matrices stand side by side in it."""
    reads: str
    """What they are multiplied by: the ``inputs``, the ``state`` or ``both``."""


class _Step:
    """One layer in one direction, as a cell for ``tf.nn.dynamic_rnn``."""

    def __init__(self, compute: Callable[..., Any], weights: Sequence[Tensor], state_size: Any) -> None:
        self._compute, self._weights, self.state_size = compute, weights, state_size

    @property
    def output_size(self) -> int:
        """Of the output at each step."""
        return int(self.state_size[0] if isinstance(self.state_size, tuple) else self.state_size)

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """The state at the beginning."""
        return tf.nest.map_structure(lambda size: tf.zeros(tf.stack([batch_size, size]), dtype), self.state_size)

    def __call__(self, inputs: Tensor, state: Any, scope: Any = None) -> Any:
        return self._compute(inputs, state, self._weights)


class _CudnnRNN(Layer):
    """What the four networks have in common."""

    _rnn_mode: str
    _cell_name: str
    _parts: tuple[_Part, ...]
    _states = 1

    def __init__(
        self,
        num_layers: int,
        num_units: int,
        input_mode: str = "linear_input",
        direction: str = "unidirectional",
        dropout: float = 0.0,
        seed: int | None = None,
        dtype: Any = tf.float32,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
    ) -> None:
        if direction not in _DIRECTIONS:
            raise ValueError(f"Invalid direction: {direction}, expecting unidirectional or bidirectional")
        if input_mode not in _INPUT_MODES:
            raise ValueError(f"Invalid input_mode: {input_mode}, expect one of ({', '.join(_INPUT_MODES)})")
        if input_mode == "skip_input":
            raise ValueError(
                "input_mode='skip_input' needs cuDNN.\n\nUse 'linear_input', which has weights for inputs."
            )
        dtype = tf.as_dtype(dtype)
        if dtype not in (tf.float16, tf.float32, tf.float64):
            raise ValueError(f"Only support float16, float32, float64, provided {dtype!s}")
        super().__init__(dtype=dtype, name=name)
        self._num_layers, self._num_units = num_layers, num_units
        self._input_mode, self._direction = input_mode, direction
        self._dropout, self._seed = dropout, seed
        self._kernel_initializer = kernel_initializer or tf.compat.v1.glorot_uniform_initializer(seed)
        self._bias_initializer = bias_initializer or tf.compat.v1.zeros_initializer()
        self._input_size: int | None = None
        self._kept: list[list[Variable]] = []

    @property
    def num_layers(self) -> int:
        """How many layers there are."""
        return self._num_layers

    @property
    def num_units(self) -> int:
        """The size of the state."""
        return self._num_units

    @property
    def input_mode(self) -> str:
        """As it was given."""
        return self._input_mode

    @property
    def direction(self) -> str:
        """As it was given."""
        return self._direction

    @property
    def num_dirs(self) -> int:
        """1, or 2 if it is bidirectional."""
        return 1 + (self._direction == "bidirectional")

    @property
    def rnn_mode(self) -> str:
        """cuDNN's name of the kind."""
        return self._rnn_mode

    @property
    def input_size(self) -> int:
        """The depth of the inputs."""
        if self._input_size is None:
            raise ValueError("'input_size' is unknown since layer has not been built.")
        return self._input_size

    @property
    def canonical_weight_shapes(self) -> list[tuple[int, int]]:
        """The shapes of cuDNN's matrices: for each layer and direction those for inputs, then those for the state."""
        if self._input_size is None:
            raise RuntimeError(f"{type(self).__name__}.canonical_weight_shapes invoked before input shape is known")
        shapes = []
        for layer in range(self.num_layers):
            depth = self.input_size if layer == 0 else self.num_units * self.num_dirs
            of_one = [(self.num_units, depth)] * self._gates() + [(self.num_units, self.num_units)] * self._gates()
            shapes += of_one * self.num_dirs
        return shapes

    @property
    def canonical_bias_shapes(self) -> list[list[int]]:
        """The shapes of cuDNN's biases."""
        return [[self.num_units]] * (2 * self._gates() * self.num_layers * self.num_dirs)

    def _gates(self) -> int:
        return sum(part.gates for part in self._parts if "kernel" in part.name and part.reads != "state")

    def state_shape(self, batch_size: int) -> tuple[list[int], ...]:
        """The shapes of the state of a batch."""
        return ([self.num_layers * self.num_dirs, batch_size, self.num_units],) * self._states

    # ------------------------------------------------------------------------------------ variables

    def build(self, input_shape: Any) -> None:
        shape = tf.TensorShape(input_shape)
        if shape.rank != 3:
            raise ValueError(f"Expecting input_shape with 3 dims, got {shape.rank}")
        if shape[-1] is None:
            raise ValueError("The last dimension of the inputs to `CudnnRNN` should be defined. Found `None`.")
        self._input_size = int(shape[-1])
        self._kept = []
        for layer in range(self.num_layers):
            depth = self._input_size if layer == 0 else self.num_units * self.num_dirs
            for scope in self._scopes(layer):
                made = [self._make(f"{scope}/{self._cell_name}/", part, depth) for part in self._parts]
                self._kept.append(made)
        self.built = True

    def _scopes(self, layer: int) -> list[str]:
        if self.num_dirs == 1:
            return [f"rnn/multi_rnn_cell/cell_{layer}"]
        return [f"stack_bidirectional_rnn/cell_{layer}/bidirectional_rnn/{way}" for way in ("fw", "bw")]

    def _make(self, scope: str, part: _Part, depth: int) -> Variable:
        units = self.num_units
        heights = {"inputs": [depth], "state": [units], "both": [depth, units]}[part.reads]
        if part.name.endswith("bias"):

            def initialize(shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
                # cuDNN has a bias for inputs and one for the state; the cells have their sum.
                given = [[self._bias_initializer([units], dtype) for _ in heights] for _ in range(part.gates)]
                return tf.concat([tf.add_n(each) for each in given], 0)

            return self.add_weight(scope + part.name, [part.gates * units], initializer=initialize)

        def initialize_matrices(shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
            def column() -> Tensor:
                return tf.concat(
                    [tf.transpose(self._kernel_initializer([units, height], dtype)) for height in heights], 0
                )

            return tf.concat([column() for _ in range(part.gates)], 1)

        return self.add_weight(scope + part.name, [sum(heights), part.gates * units], initializer=initialize_matrices)

    # -------------------------------------------------------------------------------------- running

    def call(
        self,
        inputs: Tensor,
        initial_state: Any = None,
        sequence_lengths: Any = None,
        time_major: bool = True,
        training: bool = True,
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Run over a batch of sequences.

        Letters: T steps, B batch, D depth of the inputs, U `num_units`, L layers times directions.

        Args:
            inputs: tensor [T, B, D], or [B, T, D] without `time_major`.
            initial_state: tuple of tensors [L, B, U]; default zeros.
            sequence_lengths: how many steps of each sequence count: [B].
            time_major: whether steps are the first axis.
            training: whether there is dropout between layers.

        Returns:
            Outputs [T, B, U], or twice as deep in both directions; and the last state, a tuple of tensors [L, B, U].
        """
        outputs = tf.convert_to_tensor(inputs)
        if initial_state is not None and not isinstance(initial_state, tuple):
            raise TypeError(f"Invalid initial_state type: {initial_state}, expecting tuple.")
        if not time_major:
            outputs = tf.transpose(outputs, [1, 0, 2])
        states = []
        for layer in range(self.num_layers):
            if layer and self._dropout and training:
                outputs = tf.nn.dropout(outputs, rate=self._dropout, seed=self._seed)
            outputs, last = self._run_layer(layer, outputs, initial_state, sequence_lengths)
            states += last
        if not time_major:
            outputs = tf.transpose(outputs, [1, 0, 2])
        if self._states == 1:
            return outputs, (tf.stack(states),)
        return outputs, (tf.stack([state.h for state in states]), tf.stack([state.c for state in states]))

    def _run_layer(self, layer: int, inputs: Tensor, initial: Any, lengths: Any) -> tuple[Tensor, list[Any]]:
        found, states = [], []
        for way in range(self.num_dirs):
            number = layer * self.num_dirs + way
            weights = [tf.convert_to_tensor(weight) for weight in self._kept[number]]
            size = self.num_units if self._states == 1 else LSTMStateTuple(self.num_units, self.num_units)
            first = None if initial is None else self._state_of(initial, number)
            step = _Step(self._step, weights, size)
            given = _reversed(inputs, lengths) if way else inputs
            outputs, state = dynamic_rnn(
                step, given, lengths, first, dtype=inputs.dtype, time_major=True, scope=f"layer_{number}"
            )
            found.append(_reversed(outputs, lengths) if way else outputs)
            states.append(state)
        return tf.concat(found, 2) if len(found) > 1 else found[0], states

    def _state_of(self, initial: tuple[Tensor, ...], number: int) -> Any:
        return initial[0][number] if self._states == 1 else LSTMStateTuple(c=initial[1][number], h=initial[0][number])

    @staticmethod
    def _step(inputs: Tensor, state: Any, weights: Sequence[Tensor]) -> Any:
        raise NotImplementedError


def _reversed(sequences: Tensor, lengths: Any) -> Tensor:
    if lengths is None:
        return tf.reverse(sequences, [0])
    return tf.reverse_sequence(sequences, lengths, seq_axis=0, batch_axis=1)


def _affine(values: Tensor, kernel: Tensor, bias: Tensor) -> Tensor:
    return tf.nn.bias_add(tf.matmul(values, kernel), bias)


class CudnnLSTM(_CudnnRNN):
    """Layers of LSTM (``tf.contrib.cudnn_rnn.CudnnLSTM``), on every device.

    Letters: D depth of a layer's inputs, U `num_units`.

    Creates, for each layer i:
        <name>/rnn/multi_rnn_cell/cell_<i>/cudnn_compatible_lstm_cell/kernel  [D + U, 4 U]  trainable
        <name>/rnn/multi_rnn_cell/cell_<i>/cudnn_compatible_lstm_cell/bias    [4 U]         trainable
    or, if it is bidirectional, both in <name>/stack_bidirectional_rnn/cell_<i>/bidirectional_rnn/fw and .../bw.
    The name is cudnn_lstm, counted. TF1 saved its weights under these names, so that its checkpoints can be restored.

    Args:
        num_layers: how many layers.
        num_units: size of state and output.
        input_mode: linear_input or auto_select; skip_input needs cuDNN and raises ValueError.
        direction: unidirectional or bidirectional.
        dropout: what part of the values between layers is dropped in training.
        seed: of dropout and initializers.
        dtype: of variables and inputs.
        kernel_initializer: of each of cuDNN's matrices; default: glorot_uniform.
        bias_initializer: of each of cuDNN's biases; default: zeros.
        name: of the layer.

    Differs from TF 1.15: the variables are those of the checkpoint, instead of one called opaque_kernel.

    Source: the names that TF 1.15.5 gives to what it saves; facts of the topic cudnn_rnn.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     outputs, (h, c) = tf.contrib.cudnn_rnn.CudnnLSTM(2, 3)(tf.ones([5, 2, 4]))
    >>> outputs.shape.as_list(), c.shape.as_list()
    ([5, 2, 3], [2, 2, 3])
    """

    _rnn_mode, _cell_name, _states = "lstm", "cudnn_compatible_lstm_cell", 2
    _parts = (_Part("kernel", 4, "both"), _Part("bias", 4, "both"))

    @staticmethod
    def _step(inputs: Tensor, state: Any, weights: Sequence[Tensor]) -> Any:
        kernel, bias = weights
        i, j, f, o = tf.split(_affine(tf.concat([inputs, state.h], 1), kernel, bias), 4, axis=1)
        c = tf.sigmoid(f) * state.c + tf.sigmoid(i) * tf.tanh(j)
        h = tf.sigmoid(o) * tf.tanh(c)
        return h, LSTMStateTuple(c=c, h=h)


class CudnnGRU(_CudnnRNN):
    """Layers of cuDNN's GRU (``tf.contrib.cudnn_rnn.CudnnGRU``), on every device.

    As `CudnnLSTM`, with the variables of `CudnnCompatibleGRUCell`. The name is cudnn_gru, counted.
    """

    _rnn_mode, _cell_name = "gru", "cudnn_compatible_gru_cell"
    _parts = (
        _Part("gates/kernel", 2, "both"),
        _Part("gates/bias", 2, "both"),
        _Part("candidate/input_projection/kernel", 1, "inputs"),
        _Part("candidate/hidden_projection/kernel", 1, "state"),
        _Part("candidate/input_projection/bias", 1, "inputs"),
        _Part("candidate/hidden_projection/bias", 1, "state"),
    )

    @staticmethod
    def _step(inputs: Tensor, state: Any, weights: Sequence[Tensor]) -> Any:
        gates, gates_bias, of_inputs, of_state, inputs_bias, state_bias = weights
        r, u = tf.split(tf.sigmoid(_affine(tf.concat([inputs, state], 1), gates, gates_bias)), 2, axis=1)
        candidate = tf.tanh(_affine(inputs, of_inputs, inputs_bias) + r * _affine(state, of_state, state_bias))
        state = (1.0 - u) * candidate + u * state
        return state, state


class CudnnRNNTanh(_CudnnRNN):
    """Layers of a plain recurrent network with tanh (``tf.contrib.cudnn_rnn.CudnnRNNTanh``), on every device.

    As `CudnnLSTM`, with the variables of ``tf.nn.rnn_cell.BasicRNNCell``. The name is cudnn_rnn_tanh, counted.
    """

    _rnn_mode, _cell_name = "rnn_tanh", "basic_rnn_cell"
    _parts = (_Part("kernel", 1, "both"), _Part("bias", 1, "both"))

    @staticmethod
    def _step(inputs: Tensor, state: Any, weights: Sequence[Tensor]) -> Any:
        state = tf.tanh(_affine(tf.concat([inputs, state], 1), *weights))
        return state, state


class CudnnRNNRelu(_CudnnRNN):
    """Layers of a plain recurrent network with relu (``tf.contrib.cudnn_rnn.CudnnRNNRelu``), on every device.

    As `CudnnLSTM`, with the variables of ``tf.nn.rnn_cell.BasicRNNCell``. The name is cudnn_rnn_relu, counted.
    """

    _rnn_mode, _cell_name = "rnn_relu", "basic_rnn_cell"
    _parts = (_Part("kernel", 1, "both"), _Part("bias", 1, "both"))

    @staticmethod
    def _step(inputs: Tensor, state: Any, weights: Sequence[Tensor]) -> Any:
        state = tf.nn.relu(_affine(tf.concat([inputs, state], 1), *weights))
        return state, state


hooks.keep_from_autograph(__name__)
