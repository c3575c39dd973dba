"""Cells that run a whole sequence in one call: ``tf.contrib.rnn.FusedRNNCell`` and its relatives."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.nn._rnn import dynamic_rnn
from tf1compat_wd.nn._static_rnn import static_rnn

Tensor = Any


class FusedRNNCell:
    """Base class of what runs a whole sequence in one call (``tf.contrib.rnn.FusedRNNCell``)."""

    def __call__(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
    ) -> tuple[Any, Any]:
        """Run over a sequence; to be overridden.

        Args:
            inputs: tensor [T, B, D], or a list of T tensors [B, D].
            initial_state: first state; default: zeros.
            dtype: of the initial state and the outputs; needed if there is no initial state.
            sequence_length: integers [B].
            scope: name or object of the variable scope.

        Returns:
            The outputs, as the inputs are, and the last state.
        """
        raise NotImplementedError


class FusedRNNCellAdaptor(FusedRNNCell):
    """An ordinary cell that is called as a fused one (``tf.contrib.rnn.FusedRNNCellAdaptor``).

    Creates what the cell creates, in the variable scope ``rnn`` or the `scope` of the call.

    Args:
        cell: the cell.
        use_dynamic_rnn: True: a loop, as in `tf.nn.dynamic_rnn`. False: unrolled, as in `tf.nn.static_rnn`.

    Source: facts of the topic contrib_rnn_cells.
    """

    def __init__(self, cell: Any, use_dynamic_rnn: bool = False) -> None:
        self._cell = cell
        self._use_dynamic_rnn = use_dynamic_rnn

    def __call__(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
    ) -> tuple[Any, Any]:
        """Run over a sequence; see `FusedRNNCell`."""
        is_list = isinstance(inputs, list)
        if self._use_dynamic_rnn:
            outputs, state = dynamic_rnn(
                self._cell,
                tf.stack(inputs) if is_list else inputs,
                sequence_length=sequence_length,
                initial_state=initial_state,
                dtype=dtype,
                time_major=True,
                scope=scope,
            )
            return (tf.unstack(outputs) if is_list else outputs), state
        outputs, state = static_rnn(
            self._cell,
            inputs if is_list else tf.unstack(inputs),
            initial_state=initial_state,
            dtype=dtype,
            sequence_length=sequence_length,
            scope=scope,
        )
        return (outputs if is_list else tf.stack(outputs)), state


class TimeReversedFusedRNN(FusedRNNCell):
    """A fused cell that begins with each sequence's end (``tf.contrib.rnn.TimeReversedFusedRNN``).

    Args:
        cell: the fused cell.

    Source: facts of the topic contrib_rnn_cells.

    >>> backward = tf.contrib.rnn.TimeReversedFusedRNN(tf.contrib.rnn.LSTMBlockFusedCell(3, name="from_the_end"))
    >>> backward(tf.ones([5, 2, 4]), dtype=tf.float32)[0].shape.as_list()
    [5, 2, 3]
    """

    def __init__(self, cell: Any) -> None:
        self._cell = cell

    def __call__(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
    ) -> tuple[Any, Any]:
        """Run over a sequence; see `FusedRNNCell`."""
        outputs, state = self._cell(
            _reversed(inputs, sequence_length),
            initial_state=initial_state,
            dtype=dtype,
            sequence_length=sequence_length,
            scope=scope,
        )
        return _reversed(outputs, sequence_length), state


def _reversed(steps: Any, lengths: Any) -> Any:
    """The steps of each sequence from its end; what lies behind the end stays."""
    if isinstance(steps, list):
        return steps[::-1]  # TF1: whatever the lengths are (fact: a_reversed_list_of_steps_begins_with_the_last)
    if lengths is None:
        return tf.reverse(steps, [0])
    return tf.reverse_sequence(steps, lengths, seq_axis=0, batch_axis=1)


hooks.keep_from_autograph(__name__)
