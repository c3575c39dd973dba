"""Models with attention: ``attention_decoder`` and, with embeddings, ``embedding_attention_seq2seq``.

Vinyals et al., https://arxiv.org/abs/1412.7449; Bahdanau et al., https://arxiv.org/abs/1409.0473.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope
from tf1compat_wd.contrib.legacy_seq2seq._models import (
    LoopFunction,
    check_projection,
    decode_either,
    from_outputs,
    use_dtype,
)
from tf1compat_wd.contrib.rnn._parts import depth_of, linear
from tf1compat_wd.contrib.rnn._wrappers import EmbeddingWrapper, OutputProjectionWrapper
from tf1compat_wd.nn._static_rnn import static_rnn

Tensor = Any


class _Heads:
    """The ways to look at the attention states, each with weights ``AttnW_<n>`` and ``AttnV_<n>``."""

    def __init__(self, states: Tensor, count: int, dtype: Any) -> None:
        self._states = states
        self._size = depth_of(states)
        self._heads = []
        for n in range(count):
            matrix = get_variable(f"AttnW_{n}", [1, 1, self._size, self._size], dtype=dtype)
            features = tf.tensordot(states, tf.reshape(matrix, [self._size, self._size]), 1)
            self._heads.append((features, get_variable(f"AttnV_{n}", [self._size], dtype=dtype)))

    def __call__(self, query: Any) -> list[Tensor]:
        """For each head the mean of the states [B, L, A], weighted by how well they agree with `query`."""
        flat = tf.nest.flatten(query)
        together = tf.concat(flat, 1) if tf.nest.is_nested(query) else flat[0]
        seen = []
        for n, (features, weights) in enumerate(self._heads):
            with variable_scope(f"Attention_{n}"):
                asked = linear(together, self._size)
            scores = tf.reduce_sum(weights * tf.tanh(features + asked[:, None]), 2)
            seen.append(tf.reduce_sum(tf.nn.softmax(scores)[:, :, None] * self._states, 1))
        return seen

    def nothing(self, batch: Any, dtype: Any) -> list[Tensor]:
        """What is seen before the first step: zeros."""
        made = []
        for _ in self._heads:
            zeros = tf.zeros(tf.stack([batch, self._size]), dtype)
            if not tf.executing_eagerly():
                zeros.set_shape([None, self._size])
            made.append(zeros)
        return made


def attention_decoder(
    decoder_inputs: Sequence[Tensor],
    initial_state: Any,
    attention_states: Tensor,
    cell: Any,
    output_size: int | None = None,
    num_heads: int = 1,
    loop_function: LoopFunction | None = None,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> tuple[list[Tensor], Any]:
    """Run `cell` over a list of steps, and let it look at other states as it goes.

    Letters: B batch, D depth of the inputs, L number of states, A their size, O `output_size`, S size of the state.

    Creates, in the variable scope ``attention_decoder``:
        AttnW_<n>, AttnV_<n>  [1, 1, A, A], [A]             trainable, for each head
        kernel, bias          [D + A heads, D], [D]         trainable: of the cell's inputs
        what `cell` creates
        Attention_<n>/kernel, bias         [S, A], [A]              trainable, for each head
        AttnOutputProjection/kernel, bias  [U + A heads, O], [O]    trainable
    With `initial_state_attention`, those of Attention_<n> come before ``kernel``.

    Args:
        decoder_inputs: list of tensors [B, D].
        initial_state: of the cell.
        attention_states: tensor [B, L, A].
        cell: the cell.
        output_size: default: the cell's.
        num_heads: how many ways there are to look.
        loop_function: as for `rnn_decoder`.
        dtype: of the variables and the first state; default: the scope's.
        scope: name or object of the variable scope.
        initial_state_attention: look before the first step, too.

    Returns:
        The list of outputs [B, O], and the last state.

    Raises:
        ValueError: no inputs, no heads, or states whose size or number isn't known.

    Source: facts of the topic legacy_seq2seq.
    """
    if not decoder_inputs:
        raise ValueError("Must provide at least 1 input to attention decoder.")
    if num_heads < 1:
        raise ValueError("With less than 1 heads, use a non-attention decoder.")
    if attention_states.shape.as_list()[2] is None:
        raise ValueError(f"Shape[2] of attention_states must be known: {attention_states.shape}")
    outputs: list[Tensor] = []
    with variable_scope(scope or "attention_decoder", dtype=dtype) as opened:
        dtype = opened.dtype
        heads = _Heads(attention_states, num_heads, dtype)
        state = initial_state
        if initial_state_attention:
            seen = heads(initial_state)
        else:
            seen = heads.nothing(tf.shape(decoder_inputs[0])[0], dtype)
        for n, given in enumerate(decoder_inputs):
            if n > 0:
                get_variable_scope().reuse_variables()
            step = given
            if loop_function is not None and outputs:
                with variable_scope("loop_function", reuse=True):
                    step = loop_function(outputs[-1], n)
            if step.shape.as_list()[1:2] in ([], [None]):
                raise ValueError(f"Could not infer input size from input: {step.name}")
            mixed = linear([step, *seen], depth_of(step))
            output, state = cell(mixed, state)
            if n == 0 and initial_state_attention:
                with variable_scope(get_variable_scope(), reuse=True):
                    seen = heads(state)
            else:
                seen = heads(state)
            with variable_scope("AttnOutputProjection"):
                outputs.append(linear([output, *seen], output_size or cell.output_size))
    return outputs, state


def embedding_attention_decoder(
    decoder_inputs: Sequence[Tensor],
    initial_state: Any,
    attention_states: Tensor,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_size: int | None = None,
    output_projection: tuple[Any, Any] | None = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> tuple[list[Tensor], Any]:
    """`attention_decoder` of symbols, which are looked up in a table.

    Creates, in the variable scope ``embedding_attention_decoder``:
        embedding  [num_symbols, embedding_size]  trainable
        what `attention_decoder` creates

    Args:
        decoder_inputs: list of integers [B].
        num_symbols, embedding_size: shape of the table.
        output_projection, feed_previous, update_embedding_for_previous: as for `embedding_rnn_decoder`.
        initial_state, attention_states, cell, num_heads, output_size, dtype, scope, initial_state_attention: as for
            `attention_decoder`.

    Returns:
        The list of outputs, and the last state.

    Source: facts of the topic legacy_seq2seq.
    """
    if output_size is None:
        output_size = cell.output_size
    if output_projection is not None:
        check_projection((output_projection[0], output_projection[1]), num_symbols)
    with variable_scope(scope or "embedding_attention_decoder", dtype=dtype):
        embedding = get_variable("embedding", [num_symbols, embedding_size])
        loop_function = (
            from_outputs(embedding, output_projection, update_embedding_for_previous) if feed_previous else None
        )
        embedded = [tf.nn.embedding_lookup(embedding, each) for each in decoder_inputs]
        return attention_decoder(
            embedded,
            initial_state,
            attention_states,
            cell,
            output_size=output_size,
            num_heads=num_heads,
            loop_function=loop_function,
            initial_state_attention=initial_state_attention,
        )


def embedding_attention_seq2seq(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs: Sequence[Tensor],
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_projection: tuple[Any, Any] | None = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> tuple[list[Tensor], Any]:
    """Encode symbols, and decode others with an eye on all the encoder's outputs.

    Creates, in the variable scope ``embedding_attention_seq2seq``, what these create: an `EmbeddingWrapper` of `cell`,
    in ``rnn``; and `embedding_attention_decoder` with `cell`, inside an `OutputProjectionWrapper` unless there is an
    `output_projection`.

    Args:
        num_heads, initial_state_attention: as for `attention_decoder`.
        encoder_inputs, decoder_inputs, cell, num_encoder_symbols, num_decoder_symbols, embedding_size,
            output_projection, feed_previous, dtype, scope: as for `embedding_rnn_seq2seq`.

    Returns:
        The decoder's list of outputs, and its last state.

    Source: facts of the topic legacy_seq2seq.
    """
    with variable_scope(scope or "embedding_attention_seq2seq", dtype=dtype) as opened:
        dtype = use_dtype(opened, None)
        encoder = EmbeddingWrapper(
            copy.deepcopy(cell), embedding_classes=num_encoder_symbols, embedding_size=embedding_size
        )
        encoded, state = static_rnn(encoder, encoder_inputs, dtype=dtype)
        attention_states = tf.stack(encoded, axis=1)
        output_size = None
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)
            output_size = num_decoder_symbols

        def decode(state: Any, feeds: bool) -> tuple[list[Tensor], Any]:
            return embedding_attention_decoder(
                decoder_inputs,
                state,
                attention_states,
                cell,
                num_decoder_symbols,
                embedding_size,
                num_heads=num_heads,
                output_size=output_size,
                output_projection=output_projection,
                feed_previous=feeds,
                update_embedding_for_previous=isinstance(feed_previous, bool),  # as in embedding_rnn_seq2seq
                initial_state_attention=initial_state_attention,
            )

        if isinstance(feed_previous, bool):
            return decode(state, feed_previous)
        return decode_either(feed_previous, state, decode)


hooks.keep_from_autograph(__name__)
