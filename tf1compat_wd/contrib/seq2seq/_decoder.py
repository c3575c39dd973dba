"""The loop that decodes: ``tf.contrib.seq2seq.dynamic_decode``, ``Decoder``, ``BasicDecoder``."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import while_loop
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.rnn._stacked import transpose_batch_time
from tf1compat_wd.contrib.seq2seq._helpers import Helper
from tf1compat_wd.nn._loop_reads import reading_once
from tf1compat_wd.nn._rnn import let_reads_stay_outside, select_state
from tf1compat_wd.nn._rnn_cell_wrappers import begin_loop
from tf1compat_wd.nn._rnn_states import check_is_cell, with_batch

Tensor = Any


class Decoder:
    """Base class of decoders, and of yours (``tf.contrib.seq2seq.Decoder``).

    `dynamic_decode` asks `initialize` for what to begin with, then calls `step` until all sequences are finished, and
    `finalize`.
    """

    @property
    def batch_size(self) -> Any:
        """Number of sequences: scalar tensor."""
        raise NotImplementedError

    @property
    def output_size(self) -> Any:
        """Size of a step's outputs, less the batch: int, TensorShape, or a structure of them."""
        raise NotImplementedError

    @property
    def output_dtype(self) -> Any:
        """Dtypes of a step's outputs, in the structure of `output_size`."""
        raise NotImplementedError

    def initialize(self, name: str | None = None) -> tuple[Any, Any, Any]:
        """Which sequences are finished already, [B], the first inputs, and the first state."""
        raise NotImplementedError

    def step(self, time: Tensor, inputs: Any, state: Any, name: str | None = None) -> tuple[Any, Any, Any, Any]:
        """One step: outputs, next state, next inputs, and which sequences are finished, [B]."""
        raise NotImplementedError

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> tuple[Any, Any]:
        """What becomes of all outputs, time-major, and of the last state."""
        raise NotImplementedError

    @property
    def tracks_own_finished(self) -> bool:
        """Whether a sequence that was finished may be unfinished after the next step."""
        return False


def dynamic_decode(
    decoder: Any,
    output_time_major: bool = False,
    impute_finished: bool = False,
    maximum_iterations: Any = None,
    parallel_iterations: int = 32,
    swap_memory: bool = False,
    scope: Any = None,
    **kwargs: Any,
) -> tuple[Any, Any, Any]:
    """Run a decoder until all sequences are finished (``tf.contrib.seq2seq.dynamic_decode``).

    Creates what the decoder creates, in the variable scope ``decoder``, counted.

    Args:
        decoder: a `Decoder`.
        output_time_major: outputs [T, B, ...] rather than [B, T, ...].
        impute_finished: zeros as outputs of a sequence that is finished, and its state stays.
        maximum_iterations: how many steps there may be: int or scalar tensor.
        parallel_iterations, swap_memory: of the loop; no effect in eager mode.
        scope: name or object of the variable scope.
        **kwargs: none.

    Returns:
        The outputs, in the structure of the decoder's; the last state; and the lengths [B].

    Raises:
        TypeError: `decoder` is no decoder.
        ValueError: `maximum_iterations` is no scalar.

    Source: facts of the topic contrib_seq2seq.

    >>> cell = tf.contrib.rnn.GRUCell(4)
    >>> helper = tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 3, 5]), [3, 2])
    >>> decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
    >>> outputs, _, lengths = tf.contrib.seq2seq.dynamic_decode(decoder)
    >>> outputs.rnn_output.shape.as_list(), lengths.numpy().tolist()
    ([2, 3, 4], [3, 2])
    """
    if not isinstance(decoder, Decoder):
        raise TypeError(f"Expected decoder to be type Decoder, but saw: {type(decoder)}")
    with variable_scope(scope, "decoder") as opened:
        let_reads_stay_outside(opened)
        limit = None
        if maximum_iterations is not None:
            limit = tf.convert_to_tensor(maximum_iterations, tf.int32, name="maximum_iterations")
            if limit.shape.rank != 0:
                raise ValueError("maximum_iterations must be a scalar")
        begin_loop()
        with reading_once():
            outputs, state, lengths = _run(decoder, impute_finished, limit, parallel_iterations, swap_memory)
        try:
            outputs, state = decoder.finalize(outputs, state, lengths)
        except NotImplementedError:
            pass
        if not output_time_major:
            outputs = tf.nest.map_structure(transpose_batch_time, outputs)
    return outputs, state, lengths


def _run(
    decoder: Decoder, impute_finished: bool, limit: Tensor | None, parallel_iterations: int, swap_memory: bool
) -> tuple[Any, Any, Tensor]:
    finished, inputs, state = decoder.initialize()
    finished = tf.convert_to_tensor(finished)
    state = tf.nest.map_structure(_as_tensor, state)
    inputs = tf.nest.map_structure(_as_tensor, inputs)
    zeros, arrays = _empty_outputs(decoder)
    time = tf.constant(0)
    if limit is not None:
        finished = tf.logical_or(finished, time >= limit)
    lengths = tf.zeros_like(finished, tf.int32)

    def body(time: Tensor, arrays: Any, state: Any, inputs: Any, finished: Tensor, lengths: Tensor) -> tuple[Any, ...]:
        outputs, new_state, next_inputs, is_over = decoder.step(time, inputs, state)
        next_finished = is_over if decoder.tracks_own_finished else tf.logical_or(is_over, finished)
        if limit is not None:
            next_finished = tf.logical_or(next_finished, time + 1 >= limit)
        lengths = tf.where(finished, lengths, time + 1)
        tf.nest.assert_same_structure(state, new_state)
        tf.nest.assert_same_structure(zeros, outputs)
        tf.nest.assert_same_structure(inputs, next_inputs)
        if impute_finished:
            outputs = select_state(finished, zeros, outputs)
            new_state = select_state(finished, state, new_state)
        made = tf.nest.flatten(outputs)
        written = tuple(array.write(time, each) for array, each in zip(arrays, made, strict=True))
        _keep_shapes(state, new_state)
        return time + 1, written, new_state, next_inputs, next_finished, lengths

    _, arrays, state, _, _, lengths = while_loop(
        lambda time, arrays, state, inputs, finished, lengths: tf.logical_not(tf.reduce_all(finished)),
        body,
        (time, arrays, state, inputs, finished, lengths),
        parallel_iterations=parallel_iterations,
        maximum_iterations=limit,
        swap_memory=swap_memory,
    )
    outputs = tf.nest.pack_sequence_as(decoder.output_dtype, [array.stack() for array in arrays])
    return outputs, state, lengths


def _as_tensor(value: Any) -> Any:
    return value if isinstance(value, tf.TensorArray) else tf.convert_to_tensor(value)


def _keep_shapes(state: Any, new_state: Any) -> None:
    for old, new in zip(tf.nest.flatten(state), tf.nest.flatten(new_state), strict=True):
        if not isinstance(new, tf.TensorArray) and not tf.executing_eagerly():
            new.set_shape(old.shape)


def _empty_outputs(decoder: Decoder) -> tuple[Any, tuple[tf.TensorArray, ...]]:
    """Zeros like the outputs of a step, and arrays to write outputs to."""
    dtypes = tf.nest.flatten(decoder.output_dtype)
    sizes = tf.nest.flatten(decoder.output_size)
    zeros, arrays = [], []
    for size, dtype in zip(sizes, dtypes, strict=True):
        shape, static = with_batch(decoder.batch_size, size)
        zeros.append(tf.zeros(shape, dtype))
        arrays.append(tf.TensorArray(dtype, 0, dynamic_size=True, element_shape=static))
    return tf.nest.pack_sequence_as(decoder.output_dtype, zeros), tuple(arrays)


class BasicDecoderOutput(NamedTuple):
    """What a step of `BasicDecoder` gives: the cell's outputs, and the helper's samples."""

    rnn_output: Any
    sample_id: Any


class BasicDecoder(Decoder):
    """A cell that reads what a helper says (``tf.contrib.seq2seq.BasicDecoder``).

    Creates what the cell and the output layer create.

    Args:
        cell: the cell.
        helper: a `Helper`.
        initial_state: of the cell.
        output_layer: layer that the outputs go through before anything is drawn from them, such as
            ``tf.layers.Dense``.

    Raises:
        TypeError: `cell` is no cell, `helper` no helper, or `output_layer` no layer.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(self, cell: Any, helper: Any, initial_state: Any, output_layer: Any = None) -> None:
        check_is_cell("cell", cell)
        if not isinstance(helper, Helper):
            raise TypeError(f"helper must be a Helper, received: {type(helper)}")
        if output_layer is not None and not hasattr(output_layer, "compute_output_shape"):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell = cell
        self._helper = helper
        self._initial_state = initial_state
        self._output_layer = output_layer

    @property
    def batch_size(self) -> Any:
        return self._helper.batch_size

    def _rnn_output_size(self) -> Any:
        return size_after(self._output_layer, self._cell.output_size)

    @property
    def output_size(self) -> BasicDecoderOutput:
        return BasicDecoderOutput(self._rnn_output_size(), self._helper.sample_ids_shape)

    @property
    def output_dtype(self) -> BasicDecoderOutput:
        dtype = tf.nest.flatten(self._initial_state)[0].dtype
        of_outputs = tf.nest.map_structure(lambda _: dtype, self._rnn_output_size())
        return BasicDecoderOutput(of_outputs, self._helper.sample_ids_dtype)

    def initialize(self, name: str | None = None) -> tuple[Any, Any, Any]:
        return (*self._helper.initialize(), self._initial_state)

    def step(self, time: Tensor, inputs: Any, state: Any, name: str | None = None) -> tuple[Any, Any, Any, Any]:
        with name_scope(name, "BasicDecoderStep", [time]):
            outputs, state = self._cell(inputs, state)
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            sample_ids = self._helper.sample(time=time, outputs=outputs, state=state)
            finished, next_inputs, state = self._helper.next_inputs(
                time=time, outputs=outputs, state=state, sample_ids=sample_ids
            )
        return BasicDecoderOutput(outputs, sample_ids), state, next_inputs, finished


def size_after(layer: Any, size: Any) -> Any:
    """The size that outputs of this `size` have after `layer`, which may be None."""
    if layer is None:
        return size

    def after(each: Any) -> tf.TensorShape:
        shape = tf.TensorShape([None]).concatenate(tf.TensorShape([each] if isinstance(each, int) else each))
        return tf.TensorShape(layer.compute_output_shape(shape))[1:]

    return tf.nest.map_structure(after, size)


hooks.keep_from_autograph(__name__)
