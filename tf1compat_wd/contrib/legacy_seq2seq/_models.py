"""Models without attention: ``basic_rnn_seq2seq``, ``embedding_rnn_seq2seq``, ``tied_rnn_seq2seq`` and decoders.

Steps stand in lists: of inputs [B, D], or of integers [B] with embeddings. Where the decoder is fed with its own
outputs (`feed_previous`), the first of its inputs is used, and of the others only their number.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import cond
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope
from tf1compat_wd.contrib.rnn._wrappers import EmbeddingWrapper, OutputProjectionWrapper
from tf1compat_wd.nn._static_rnn import static_rnn

Tensor = Any
LoopFunction = Callable[[Tensor, int], Tensor]


def rnn_decoder(
    decoder_inputs: Sequence[Tensor],
    initial_state: Any,
    cell: Any,
    loop_function: LoopFunction | None = None,
    scope: Any = None,
) -> tuple[list[Tensor], Any]:
    """Run `cell` over a list of steps, or over what a function makes of its outputs.

    Creates what `cell` creates, in the variable scope ``rnn_decoder``.

    Args:
        decoder_inputs: list of tensors [B, D].
        initial_state: of the cell.
        cell: the cell.
        loop_function: function of the last output and the number of the step, which gives the step's input; not
            called for the first step. Gradients go through it.
        scope: name or object of the variable scope.

    Returns:
        The list of outputs, and the last state.

    Source: facts of the topic legacy_seq2seq.
    """
    outputs: list[Tensor] = []
    state = initial_state
    with variable_scope(scope or "rnn_decoder"):
        for n, given in enumerate(decoder_inputs):
            step = given
            if loop_function is not None and outputs:
                with variable_scope("loop_function", reuse=True):
                    step = loop_function(outputs[-1], n)
            if n > 0:
                get_variable_scope().reuse_variables()
            output, state = cell(step, state)
            outputs.append(output)
    return outputs, state


def basic_rnn_seq2seq(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs: Sequence[Tensor],
    cell: Any,
    dtype: Any = tf.float32,
    scope: Any = None,
) -> tuple[list[Tensor], Any]:
    """Encode one list of steps, and decode another one from the state that this leads to.

    Creates what `cell` creates, twice: in the variable scopes ``basic_rnn_seq2seq/rnn`` and ``.../rnn_decoder``.

    Args:
        encoder_inputs, decoder_inputs: lists of tensors [B, D].
        cell: the cell; encoder and decoder have a copy each.
        dtype: of the first state.
        scope: name or object of the variable scope.

    Returns:
        The decoder's list of outputs, and its last state.

    Source: facts of the topic legacy_seq2seq.

    >>> steps = tf.unstack(tf.ones([3, 2, 4]))
    >>> outputs, _ = tf.contrib.legacy_seq2seq.basic_rnn_seq2seq(steps, steps[:2], tf.contrib.rnn.GRUCell(5))
    >>> len(outputs), outputs[0].shape.as_list()
    (2, [2, 5])
    """
    with variable_scope(scope or "basic_rnn_seq2seq"):
        _, state = static_rnn(copy.deepcopy(cell), encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, cell)


def tied_rnn_seq2seq(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs: Sequence[Tensor],
    cell: Any,
    loop_function: LoopFunction | None = None,
    dtype: Any = tf.float32,
    scope: Any = None,
) -> tuple[list[Tensor], Any]:
    """As `basic_rnn_seq2seq`, with one set of weights for both.

    Creates what `cell` creates, in the variable scope ``combined_tied_rnn_seq2seq/tied_rnn_seq2seq``.

    Args:
        encoder_inputs, decoder_inputs: lists of tensors [B, D].
        cell: the cell.
        loop_function: as for `rnn_decoder`.
        dtype: of the first state.
        scope: name or object of the inner variable scope.

    Returns:
        The decoder's list of outputs, and its last state.

    Source: facts of the topic legacy_seq2seq.
    """
    with variable_scope("combined_tied_rnn_seq2seq"):
        scope = scope or "tied_rnn_seq2seq"
        _, state = static_rnn(cell, encoder_inputs, dtype=dtype, scope=scope)
        get_variable_scope().reuse_variables()
        return rnn_decoder(decoder_inputs, state, cell, loop_function, scope)


# -------------------------------------------------------------------------------------- embeddings


def from_outputs(
    embedding: Any, output_projection: tuple[Any, Any] | None = None, update_embedding: bool = True
) -> LoopFunction:
    """The loop function that looks up what the decoder finds most likely.

    Args:
        embedding: table [symbols, size].
        output_projection: matrix and vector that make symbols' scores of outputs.
        update_embedding: False: no gradients for the table this way.
    """

    def loop_function(previous: Tensor, _: int) -> Tensor:
        if output_projection is not None:
            previous = tf.compat.v1.nn.xw_plus_b(previous, output_projection[0], output_projection[1])
        looked_up = tf.nn.embedding_lookup(embedding, tf.argmax(previous, 1))
        return looked_up if update_embedding else tf.stop_gradient(looked_up)

    return loop_function


def embedding_rnn_decoder(
    decoder_inputs: Sequence[Tensor],
    initial_state: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    output_projection: tuple[Any, Any] | None = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    scope: Any = None,
) -> tuple[list[Tensor], Any]:
    """Decode symbols, which are looked up in a table.

    Creates, in the variable scope ``embedding_rnn_decoder``:
        embedding  [num_symbols, embedding_size]  trainable
        what `cell` creates, in ``rnn_decoder``

    Args:
        decoder_inputs: list of integers [B].
        initial_state: of the cell.
        cell: the cell.
        num_symbols, embedding_size: shape of the table.
        output_projection: matrix [U, num_symbols] and vector [num_symbols] that make symbols' scores of outputs; used
            with `feed_previous` only.
        feed_previous: True: feed the most likely symbol of each step into the next.
        update_embedding_for_previous: False: then no gradients for the table, but for the first step's.
        scope: name or object of the variable scope.

    Returns:
        The list of outputs, and the last state.

    Raises:
        ValueError: `output_projection` has the wrong shapes.

    Source: facts of the topic legacy_seq2seq.
    """
    with variable_scope(scope or "embedding_rnn_decoder") as opened:
        check_projection(output_projection, num_symbols)
        embedding = get_variable("embedding", [num_symbols, embedding_size], dtype=opened.dtype)
        loop_function = (
            from_outputs(embedding, output_projection, update_embedding_for_previous) if feed_previous else None
        )
        embedded = [tf.nn.embedding_lookup(embedding, each) for each in decoder_inputs]
        return rnn_decoder(embedded, initial_state, cell, loop_function)


def check_projection(projection: tuple[Any, Any] | None, symbols: int) -> None:
    """Raise TF1's error if matrix or vector haven't as many columns as there are symbols."""
    if projection is None:
        return
    matrix, vector = (tf.convert_to_tensor(each) for each in projection)
    matrix.shape.assert_is_compatible_with([None, symbols])
    vector.shape.assert_is_compatible_with([symbols])


def embedding_rnn_seq2seq(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs: Sequence[Tensor],
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    output_projection: tuple[Any, Any] | None = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple[list[Tensor], Any]:
    """Encode symbols, and decode others from the state that this leads to.

    Creates, in the variable scope ``embedding_rnn_seq2seq``, what these create: an `EmbeddingWrapper` of `cell`, in
    ``rnn``; and `embedding_rnn_decoder` with `cell`, inside an `OutputProjectionWrapper` unless there is an
    `output_projection`.

    Args:
        encoder_inputs, decoder_inputs: lists of integers [B].
        cell: the cell; encoder and decoder have a copy each.
        num_encoder_symbols, num_decoder_symbols, embedding_size: shapes of the two tables.
        output_projection: as for `embedding_rnn_decoder`; outputs are not projected then.
        feed_previous: bool or boolean scalar tensor: feed the most likely symbol of each step into the next.
        dtype: of the variables and the first state; default: the scope's.
        scope: name or object of the variable scope.

    Returns:
        The decoder's list of outputs [B, num_decoder_symbols], and its last state.

    Source: facts of the topic legacy_seq2seq.
    """
    with variable_scope(scope or "embedding_rnn_seq2seq") as opened:
        dtype = use_dtype(opened, dtype)
        encoder = EmbeddingWrapper(
            copy.deepcopy(cell), embedding_classes=num_encoder_symbols, embedding_size=embedding_size
        )
        _, state = static_rnn(encoder, encoder_inputs, dtype=dtype)
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)

        # TF1: no gradients for the table by way of outputs if a tensor decides (fact:
        # an_embedding_model_fed_by_a_tensor).
        updates = isinstance(feed_previous, bool)

        def decode(state: Any, feeds: bool) -> tuple[list[Tensor], Any]:
            return embedding_rnn_decoder(
                decoder_inputs, state, cell, num_decoder_symbols, embedding_size, output_projection, feeds, updates
            )

        if isinstance(feed_previous, bool):
            return decode(state, feed_previous)
        return decode_either(feed_previous, state, decode)


def use_dtype(scope: Any, dtype: Any) -> Any:
    """`dtype`, which variables in `scope` have from now on; or, if it is None, the scope's."""
    if dtype is None:
        return scope.dtype
    scope.set_dtype(dtype)
    return dtype


def decode_either(
    feed_previous: Tensor, state: Any, decode: Callable[[Any, bool], tuple[list[Tensor], Any]]
) -> tuple[list[Tensor], Any]:
    """What `decode` gives if a tensor decides whether previous outputs are fed."""
    if tf.executing_eagerly():
        return decode(state, bool(feed_previous))
    structure: list[Any] = []

    def branch(feeds: bool) -> list[Tensor]:
        with variable_scope(get_variable_scope(), reuse=None if feeds else True):
            outputs, last = decode(state, feeds)
        structure[:] = [outputs, last]
        return tf.nest.flatten((outputs, last))  # type: ignore[no-any-return]

    made = cond(feed_previous, lambda: branch(True), lambda: branch(False))
    outputs, last = structure
    return tuple(tf.nest.pack_sequence_as((outputs, last), tf.nest.flatten(made)))  # type: ignore[return-value]


def embedding_tied_rnn_seq2seq(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs: Sequence[Tensor],
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_decoder_symbols: int | None = None,
    output_projection: tuple[Any, Any] | None = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple[list[Tensor], Any]:
    """As `embedding_rnn_seq2seq`, with one table and one set of weights for both.

    Creates, in the variable scope ``embedding_tied_rnn_seq2seq``:
        embedding  [num_symbols, embedding_size]  trainable
        what `tied_rnn_seq2seq` creates

    Args:
        num_symbols, embedding_size: shape of the table.
        num_decoder_symbols: how many of the symbols are decoded; default: all.
        encoder_inputs, decoder_inputs, cell, output_projection, feed_previous, dtype, scope: as for
            `embedding_rnn_seq2seq`.

    Returns:
        The decoder's list of outputs, and its last state.

    Source: facts of the topic legacy_seq2seq.
    """
    with variable_scope(scope or "embedding_tied_rnn_seq2seq") as opened:
        dtype = use_dtype(opened, dtype)
        check_projection(output_projection, num_symbols)
        embedding = get_variable("embedding", [num_symbols, embedding_size], dtype=dtype)
        encoded = [tf.nn.embedding_lookup(embedding, each) for each in encoder_inputs]
        decoded = [tf.nn.embedding_lookup(embedding, each) for each in decoder_inputs]
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols or num_symbols)

        updates = isinstance(feed_previous, bool)  # as in embedding_rnn_seq2seq

        def decode(_: Any, feeds: bool) -> tuple[list[Tensor], Any]:
            loop_function = from_outputs(embedding, output_projection, updates) if feeds else None
            return tied_rnn_seq2seq(encoded, decoded, cell, loop_function, dtype)

        if isinstance(feed_previous, bool):
            return decode(None, feed_previous)
        return decode_either(feed_previous, None, decode)


def one2many_rnn_seq2seq(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs_dict: dict[str, Sequence[Tensor]],
    enc_cell: Any,
    dec_cells_dict: dict[str, Any],
    num_encoder_symbols: int,
    num_decoder_symbols_dict: dict[str, int],
    embedding_size: int,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple[dict[str, list[Tensor]], dict[str, Any]]:
    """Encode symbols, and decode several lists from the state that this leads to.

    Creates, in the variable scope ``one2many_rnn_seq2seq``, what an `EmbeddingWrapper` of `enc_cell` creates, in
    ``rnn``; and for each decoder what `embedding_rnn_decoder` creates, in ``one2many_decoder_<its name>``.

    Args:
        encoder_inputs: list of integers [B].
        decoder_inputs_dict: for each decoder's name, a list of integers [B].
        enc_cell: the encoder's cell.
        dec_cells_dict: the decoders' cells.
        num_encoder_symbols, num_decoder_symbols_dict, embedding_size: shapes of the tables.
        feed_previous, dtype, scope: as for `embedding_rnn_seq2seq`.

    Returns:
        Dictionaries of the decoders' lists of outputs, and of their last states.

    Source: facts of the topic legacy_seq2seq.
    """
    outputs, states = {}, {}
    with variable_scope(scope or "one2many_rnn_seq2seq") as opened:
        dtype = use_dtype(opened, dtype)
        encoder = EmbeddingWrapper(enc_cell, embedding_classes=num_encoder_symbols, embedding_size=embedding_size)
        _, state = static_rnn(encoder, encoder_inputs, dtype=dtype)
        for name, decoder_inputs in decoder_inputs_dict.items():
            symbols = num_decoder_symbols_dict[name]
            with variable_scope(f"one2many_decoder_{name}"):
                cell = OutputProjectionWrapper(dec_cells_dict[name], symbols)
                decode = _decoder_of(decoder_inputs, cell, symbols, embedding_size)
                if isinstance(feed_previous, bool):
                    outputs[name], states[name] = decode(state, feed_previous)
                else:
                    outputs[name], states[name] = decode_either(feed_previous, state, decode)
    return outputs, states


def _decoder_of(
    decoder_inputs: Sequence[Tensor], cell: Any, symbols: int, size: int
) -> Callable[[Any, bool], tuple[list[Tensor], Any]]:
    def decode(state: Any, feeds: bool) -> tuple[list[Tensor], Any]:
        return embedding_rnn_decoder(decoder_inputs, state, cell, symbols, size, feed_previous=feeds)

    return decode


hooks.keep_from_autograph(__name__)
