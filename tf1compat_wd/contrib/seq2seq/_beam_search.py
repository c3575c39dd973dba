"""Beam search: ``tf.contrib.seq2seq.BeamSearchDecoder``, ``tile_batch``, ``gather_tree``."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import while_loop
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.seq2seq._attention_wrapper import AttentionWrapperState
from tf1compat_wd.contrib.seq2seq._decoder import Decoder
from tf1compat_wd.contrib.seq2seq._helpers import choose, embedding_fn, first_and_last
from tf1compat_wd.nn._rnn_states import check_is_cell

Tensor = Any


class BeamSearchDecoderState(NamedTuple):
    """The state of a `BeamSearchDecoder`; B sequences, K beams.

    Attributes:
        cell_state: of the cell, [B, K, ...].
        log_probs: of each beam, [B, K].
        finished: [B, K].
        lengths: int64 [B, K].
        accumulated_attention_probs: [B, K, L] with a coverage penalty, else ().
    """

    cell_state: Any
    log_probs: Any
    finished: Any
    lengths: Any
    accumulated_attention_probs: Any


class BeamSearchDecoderOutput(NamedTuple):
    """What a step gives: scores, symbols and the beams that they continue, [B, K] each."""

    scores: Any
    predicted_ids: Any
    parent_ids: Any


class FinalBeamSearchDecoderOutput(NamedTuple):
    """What the search gives: the best sequences [B, T, K], and the outputs of the steps."""

    predicted_ids: Any
    beam_search_decoder_output: Any


def tile_batch(t: Any, multiplier: int, name: str | None = None) -> Any:
    """Repeat each sequence (``tf.contrib.seq2seq.tile_batch``).

    Args:
        t: tensor [B, ...], or a structure of them.
        multiplier: how often.
        name: of the name scope.

    Returns:
        The same with B * multiplier sequences, the repetitions of each side by side.

    >>> tf.contrib.seq2seq.tile_batch(tf.constant([1, 2]), 2).numpy().tolist()
    [1, 1, 2, 2]
    """
    with name_scope(name, "tile_batch", [*tf.nest.flatten(t), multiplier]):
        return tf.nest.map_structure(lambda each: _tiled(each, multiplier), t)


def _tiled(tensor: Any, multiplier: int) -> Tensor:
    tensor = tf.convert_to_tensor(tensor, name="t")
    if tensor.shape.rank is None:
        raise ValueError("t must have statically known rank")
    repeated = tf.repeat(tensor, multiplier, axis=0)
    batch = tensor.shape.as_list()[0]
    known = batch * multiplier if batch is not None and isinstance(multiplier, int) else None
    return tf.ensure_shape(repeated, [known, *tensor.shape.as_list()[1:]])


def gather_tree(
    step_ids: Tensor, parent_ids: Tensor, max_sequence_lengths: Tensor, end_token: Any, name: str | None = None
) -> Tensor:
    """Follow each beam back from its last step (``tf.contrib.seq2seq.gather_tree``).

    Args:
        step_ids, parent_ids: symbols, and the beams that they continue, [T, B, K].
        max_sequence_lengths: integers [B].
        end_token: symbol for what lies behind an end.
        name: of the name scope.

    Returns:
        The symbols of each beam, [T, B, K].

    Source: facts of the topic contrib_seq2seq.
    """
    with name_scope(name, "GatherTree"):
        step_ids, parent_ids = tf.convert_to_tensor(step_ids), tf.convert_to_tensor(parent_ids)
        end = tf.cast(end_token, step_ids.dtype)
        lengths = tf.convert_to_tensor(max_sequence_lengths)[:, None]
        steps, beams = tf.shape(step_ids)[0], tf.shape(step_ids)[2]
        parents = tf.zeros_like(step_ids[0], tf.int32) + tf.range(beams)
        array = tf.TensorArray(step_ids.dtype, steps, element_shape=step_ids.shape[1:])

        def body(time: Tensor, parents: Tensor, array: tf.TensorArray) -> tuple[Any, ...]:
            is_inside = tf.cast(time, lengths.dtype) < lengths
            here = tf.gather(step_ids[time], parents, batch_dims=1)
            before = tf.cast(tf.gather(parent_ids[time], parents, batch_dims=1), tf.int32)
            array = array.write(time, tf.where(is_inside, here, end))
            return time - 1, tf.where(is_inside, before, parents), array

        _, _, array = while_loop(lambda time, *_: time >= 0, body, (steps - 1, parents, array))
        gathered = array.stack()
        ends = tf.cumsum(tf.cast(tf.equal(gathered, end), tf.int32), axis=0, exclusive=True)
        return tf.ensure_shape(tf.where(ends > 0, end, gathered), step_ids.shape)


class BeamSearchDecoder(Decoder):
    """Keep the most likely sequences of symbols (``tf.contrib.seq2seq.BeamSearchDecoder``).

    Letters: B sequences, K beams, T steps.

    The cell works on B * K sequences: make its initial state (and an attention's memory) with `tile_batch`.

    Args:
        cell: the cell.
        embedding: table, or function of integers, that gives inputs.
        start_tokens: the first symbols, [B].
        end_token: symbol that finishes a sequence: integer scalar.
        initial_state: of the cell, [B * K, ...].
        beam_width: K.
        output_layer: layer that makes scores of the outputs.
        length_penalty_weight: scores are divided by ((5 + length) / 6) to this power.
        coverage_penalty_weight: of a penalty for what was attended to little; needs an `AttentionWrapper`.
        reorder_tensor_arrays: put the ``tf.TensorArray``s of the last state in the order of the beams.

    Raises:
        TypeError: `cell` is no cell, or `output_layer` no layer.
        ValueError: `start_tokens` is no vector, or `end_token` no scalar.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(
        self,
        cell: Any,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        initial_state: Any,
        beam_width: int,
        output_layer: Any = None,
        length_penalty_weight: float = 0.0,
        coverage_penalty_weight: float = 0.0,
        reorder_tensor_arrays: bool = True,
    ) -> None:
        check_is_cell("cell", cell)
        if output_layer is not None and not hasattr(output_layer, "compute_output_shape"):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell = cell
        self._output_layer = output_layer
        self._reorder_tensor_arrays = reorder_tensor_arrays
        self._embedding_fn = embedding_fn(embedding)
        self._start_tokens, self._end_token = first_and_last(start_tokens, end_token)
        self._batch_size = tf.size(self._start_tokens)
        self._beam_width = beam_width
        self._length_penalty_weight = length_penalty_weight
        self._coverage_penalty_weight = coverage_penalty_weight
        self._dtype = tf.nest.flatten(initial_state)[0].dtype
        self._initial_cell_state = tf.nest.map_structure(self._split, initial_state)
        start = tf.tile(self._start_tokens[:, None], [1, beam_width])
        self._start_inputs = self._embedding_fn(start)
        self._finished = tf.one_hot(
            tf.zeros([self._batch_size], tf.int32), beam_width, on_value=False, off_value=True, dtype=tf.bool
        )

    @property
    def batch_size(self) -> Any:
        return self._batch_size

    @property
    def tracks_own_finished(self) -> bool:
        """True: a beam may continue another one that isn't finished."""
        return True

    @property
    def output_size(self) -> BeamSearchDecoderOutput:
        size = tf.TensorShape([self._beam_width])
        return BeamSearchDecoderOutput(scores=size, predicted_ids=size, parent_ids=size)

    @property
    def output_dtype(self) -> BeamSearchDecoderOutput:
        return BeamSearchDecoderOutput(scores=self._dtype, predicted_ids=tf.int32, parent_ids=tf.int32)

    def _split(self, tensor: Any) -> Any:
        """[B * K, ...] to [B, K, ...]; scalars and arrays stay."""
        if isinstance(tensor, tf.TensorArray) or tensor.shape.rank == 0:
            return tensor
        shape = tf.concat([[self._batch_size, self._beam_width], tf.shape(tensor)[1:]], 0)
        return tf.ensure_shape(
            tf.reshape(tensor, shape), [self._known_batch(), self._beam_width, *tensor.shape.as_list()[1:]]
        )

    def _merge(self, tensor: Any) -> Any:
        """[B, K, ...] to [B * K, ...]; scalars and arrays stay."""
        if isinstance(tensor, tf.TensorArray) or tensor.shape.rank == 0:
            return tensor
        batch = self._known_batch()
        shape = tf.concat([[self._batch_size * self._beam_width], tf.shape(tensor)[2:]], 0)
        known = None if batch is None else batch * self._beam_width
        return tf.ensure_shape(tf.reshape(tensor, shape), [known, *tensor.shape.as_list()[2:]])

    def _known_batch(self) -> int | None:
        return self._start_tokens.shape.as_list()[0]  # type: ignore[no-any-return]

    def initialize(self, name: str | None = None) -> tuple[Any, Any, Any]:
        first = tf.zeros([self._batch_size], tf.int32)
        attended: Any = ()
        if self._coverage_penalty_weight != 0.0:
            attended = tf.zeros_like(self._alignments_in(self._initial_cell_state))
        state = BeamSearchDecoderState(
            cell_state=self._initial_cell_state,
            log_probs=tf.one_hot(
                first,
                self._beam_width,
                on_value=tf.cast(0.0, self._dtype),
                off_value=tf.cast(-float("inf"), self._dtype),
                dtype=self._dtype,
            ),
            finished=self._finished,
            lengths=tf.zeros(tf.stack([self._batch_size, self._beam_width]), tf.int64),
            accumulated_attention_probs=attended,
        )
        return self._finished, self._start_inputs, state

    @staticmethod
    def _alignments_in(cell_state: Any) -> Tensor:
        if not isinstance(cell_state, AttentionWrapperState):
            raise ValueError(
                "coverage_penalty_weight must be 0.0 if no cell is attentional.\n\n"
                "The cell must be an AttentionWrapper."
            )
        alignments = cell_state.alignments
        return tf.add_n(list(alignments)) / len(alignments) if isinstance(alignments, tuple) else alignments

    def step(self, time: Tensor, inputs: Any, state: Any, name: str | None = None) -> tuple[Any, Any, Any, Any]:
        with name_scope(name, "BeamSearchDecoderStep", [time]):
            outputs, cell_state = self._cell(
                tf.nest.map_structure(self._merge, inputs), tf.nest.map_structure(self._merge, state.cell_state)
            )
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            cell_state = tf.nest.map_structure(self._split, cell_state)
            made, new_state = self._best(self._split(outputs), cell_state, state)
            next_inputs = choose(
                tf.reduce_all(new_state.finished), self._start_inputs, self._embedding_fn(made.predicted_ids)
            )
        return made, new_state, next_inputs, new_state.finished

    def _best(self, logits: Tensor, cell_state: Any, state: BeamSearchDecoderState) -> tuple[Any, Any]:
        """The K most likely continuations of the K beams."""
        symbols = logits.shape.as_list()[-1] or tf.shape(logits)[-1]
        log_probs = tf.nn.log_softmax(logits)
        # A finished beam goes on with the end token, at no cost.
        only_end = tf.one_hot(
            self._end_token,
            symbols,
            on_value=tf.cast(0.0, logits.dtype),
            off_value=logits.dtype.min,
            dtype=logits.dtype,
        )
        log_probs = tf.where(state.finished[..., None], only_end, log_probs)
        total = state.log_probs[..., None] + log_probs
        is_other = tf.one_hot(self._end_token, symbols, on_value=0, off_value=1, dtype=tf.int64)
        lengths = state.lengths[..., None] + tf.cast(~state.finished, tf.int64)[..., None] * is_other
        scores = total / self._length_penalty(lengths)
        attended: Any = ()
        if self._coverage_penalty_weight != 0.0:
            now = tf.where(state.finished[..., None], 0.0, self._alignments_in(cell_state))
            attended = state.accumulated_attention_probs + now
            # TF1: what wasn't attended to at all doesn't count, and neither do beams that go on (fact:
            # contrib_seq2seq_beams.penalties_for_length_and_coverage)
            counted = tf.where(tf.equal(attended, 0.0), tf.ones_like(attended), tf.minimum(attended, 1.0))
            penalty = tf.reduce_sum(tf.math.log(counted), 2) * tf.cast(state.finished, self._dtype)
            scores = scores + (self._coverage_penalty_weight * penalty)[..., None]
        shape = tf.stack([self._batch_size, self._beam_width * symbols])
        best, indices = tf.math.top_k(tf.reshape(scores, shape), self._beam_width)
        beams, words = indices // symbols, indices % symbols

        def of_beams(tensor: Any) -> Any:
            is_left = isinstance(tensor, tf.TensorArray) or tensor.shape.rank == 0
            return tensor if is_left else tf.gather(tensor, beams, batch_dims=1)

        was_finished = of_beams(state.finished)
        new_state = BeamSearchDecoderState(
            cell_state=tf.nest.map_structure(of_beams, cell_state),
            log_probs=tf.gather(tf.reshape(total, shape), indices, batch_dims=1),
            finished=tf.logical_or(was_finished, tf.equal(words, self._end_token)),
            lengths=of_beams(state.lengths) + tf.cast(~was_finished, tf.int64),
            accumulated_attention_probs=attended if isinstance(attended, tuple) else of_beams(attended),
        )
        return BeamSearchDecoderOutput(scores=best, predicted_ids=words, parent_ids=beams), new_state

    def _length_penalty(self, lengths: Tensor) -> Any:
        weight = tf.convert_to_tensor(self._length_penalty_weight, dtype=self._dtype)
        if tf.get_static_value(weight) == 0:
            return tf.cast(1.0, self._dtype)
        return ((5.0 + tf.cast(lengths, self._dtype)) / 6.0) ** weight

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> tuple[Any, Any]:
        lengths = tf.cast(tf.reduce_max(final_state.lengths, axis=1), tf.int32)
        ids = gather_tree(outputs.predicted_ids, outputs.parent_ids, lengths, self._end_token)
        if self._reorder_tensor_arrays:
            final_state = final_state._replace(
                cell_state=tf.nest.map_structure(
                    lambda each: self._in_order(each, outputs.parent_ids, sequence_lengths), final_state.cell_state
                )
            )
        return FinalBeamSearchDecoderOutput(predicted_ids=ids, beam_search_decoder_output=outputs), final_state

    def _in_order(self, array: Any, parent_ids: Tensor, sequence_lengths: Tensor) -> Any:
        """A ``tf.TensorArray`` of what the beams had at each step, as the tensor of what led to each beam's end."""
        if not isinstance(array, tf.TensorArray):
            return array
        stacked = array.stack()  # [T, B * K, ...]
        shape = tf.shape(stacked)
        steps = shape[0]
        split = tf.reshape(stacked, tf.concat([[steps, self._batch_size, self._beam_width], shape[2:]], 0))
        beams = tf.zeros_like(parent_ids) + tf.range(self._beam_width)
        lengths = tf.reduce_max(sequence_lengths, axis=1)
        path = gather_tree(beams, parent_ids, lengths, self._beam_width + 1)
        is_inside = tf.transpose(tf.sequence_mask(sequence_lengths, steps), [2, 0, 1])
        path = tf.where(is_inside, path, beams)
        ordered = tf.gather(split, path, axis=2, batch_dims=2)
        return tf.ensure_shape(tf.reshape(ordered, shape), stacked.shape)


hooks.keep_from_autograph(__name__)
