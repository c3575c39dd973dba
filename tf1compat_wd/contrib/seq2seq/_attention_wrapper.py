"""A cell that attends: ``tf.contrib.seq2seq.AttentionWrapper``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.seq2seq._attention import AttentionMechanism
from tf1compat_wd.layers._core import Dense
from tf1compat_wd.nn._rnn_cell_base import RNNCell
from tf1compat_wd.nn._rnn_states import check_is_cell

Tensor = Any


class _Fields(NamedTuple):
    cell_state: Any
    attention: Any
    time: Any
    alignments: Any
    alignment_history: Any
    attention_state: Any


class AttentionWrapperState(_Fields):
    """The state of an `AttentionWrapper`.

    Attributes:
        cell_state: of the wrapped cell.
        attention: the last attention, [B, A].
        time: number of the step: scalar.
        alignments: the last alignments, [B, L]; a tuple if there are several mechanisms.
        alignment_history: ``tf.TensorArray`` of all alignments, or (); a tuple if there are several mechanisms.
        attention_state: states of the mechanisms.
    """

    __slots__ = ()

    def clone(self, **kwargs: Any) -> AttentionWrapperState:
        """A copy with other values, which must have the same structures and compatible shapes."""

        def checked(old: Any, new: Any) -> Any:
            if tf.is_tensor(old) and tf.is_tensor(new):
                old.shape.assert_is_compatible_with(new.shape)
                if not tf.executing_eagerly():
                    new.set_shape(old.shape)
            return new

        return tf.nest.map_structure(checked, self, self._replace(**kwargs))  # type: ignore[no-any-return]


class AttentionWrapper(RNNCell):
    """A cell that attends to memories (``tf.contrib.seq2seq.AttentionWrapper``).

    At each step the cell sees the inputs and the last attention. With its output the mechanism is asked for
    alignments, the mean of the memory weighted by them is the context, and a layer makes the attention of output and
    context (without a layer, the context is the attention).

    Creates, in this order, in the variable scope ``attention_wrapper``:
        what the cell creates, then for each mechanism what it creates and
        attention_layer/kernel  [U + D, size]  trainable, with `attention_layer_size`; counted

    Args:
        cell: the cell.
        attention_mechanism: one, or a list of them.
        attention_layer_size: size of the attention, or a list of sizes; None: no layers.
        alignment_history: keep all alignments in the state.
        cell_input_fn: function of inputs and attention, giving what the cell sees; default: side by side.
        output_attention: the output is the attention; False: the cell's output.
        initial_cell_state: of the cell, for `zero_state`.
        name: of the variable scope.
        attention_layer: layer, or list of them, in place of `attention_layer_size`.
        attention_fn: function of mechanism, cell output, attention state and attention layer, giving attention,
            alignments and the next attention state.
        dtype: of the wrapper.

    Raises:
        TypeError: `cell` is no cell, a mechanism is none, or `cell_input_fn` can't be called.
        ValueError: not as many layers as mechanisms, or both sizes and layers are given.

    Source: facts of the topic contrib_seq2seq.

    >>> memory = tf.ones([2, 5, 3])
    >>> mechanism = tf.contrib.seq2seq.LuongAttention(4, memory)
    >>> cell = tf.contrib.seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(4), mechanism, attention_layer_size=6)
    >>> output, state = cell(tf.ones([2, 7]), cell.zero_state(2, tf.float32))
    >>> output.shape.as_list(), state.alignments.shape.as_list()
    ([2, 6], [2, 5])
    """

    def __init__(
        self,
        cell: Any,
        attention_mechanism: Any,
        attention_layer_size: Any = None,
        alignment_history: bool = False,
        cell_input_fn: Callable[[Any, Any], Any] | None = None,
        output_attention: bool = True,
        initial_cell_state: Any = None,
        name: str | None = None,
        attention_layer: Any = None,
        attention_fn: Callable[..., tuple[Any, Any, Any]] | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        check_is_cell("cell", cell)
        self._is_multi = isinstance(attention_mechanism, list | tuple)
        self._attention_mechanisms = tuple(attention_mechanism) if self._is_multi else (attention_mechanism,)
        for mechanism in self._attention_mechanisms:
            if not isinstance(mechanism, AttentionMechanism):
                raise TypeError(
                    "attention_mechanism must contain only instances of AttentionMechanism, saw type: "
                    f"{type(mechanism).__name__}"
                )
        if cell_input_fn is not None and not callable(cell_input_fn):
            raise TypeError(f"cell_input_fn must be callable, saw type: {type(cell_input_fn).__name__}")
        if attention_layer_size is not None and attention_layer is not None:
            raise ValueError("Only one of attention_layer_size and attention_layer should be set")
        self._attention_layers = self._layers_of(attention_layer_size, attention_layer, dtype)
        self._cell = cell
        self._cell_input_fn = cell_input_fn or (lambda inputs, attention: tf.concat([inputs, attention], -1))
        self._attention_fn = attention_fn or _attend
        self._output_attention = output_attention
        self._alignment_history = alignment_history
        self._initial_cell_state = initial_cell_state

    def _layers_of(self, sizes: Any, layers: Any, dtype: Any) -> list[Any]:
        count = len(self._attention_mechanisms)
        if layers is not None:
            made = list(layers) if isinstance(layers, list | tuple) else [layers]
            what = "layers"
        elif sizes is not None:
            many = list(sizes) if isinstance(sizes, list | tuple) else [sizes]
            made = [Dense(size, name="attention_layer", use_bias=False, dtype=dtype) for size in many]
            what = "sizes"
        else:
            return [None] * count
        if len(made) != count:
            if what == "sizes":
                raise ValueError(
                    "If provided, attention_layer_size must contain exactly one integer per attention_mechanism, saw: "
                    f"{len(made)} vs {count}"
                )
            raise ValueError(
                "If provided, attention_layer must contain exactly one layer per attention_mechanism, saw: "
                f"{len(made)} vs {count}"
            )
        return made

    def _attention_size(self) -> int:
        total = 0
        for layer, mechanism in zip(self._attention_layers, self._attention_mechanisms, strict=True):
            depth = mechanism.values.shape.as_list()[-1]
            if layer is not None:
                depth = tf.TensorShape(layer.compute_output_shape([None, self._cell.output_size + depth])).as_list()[-1]
            total += depth
        return total

    def _one_or_all(self, parts: Any) -> Any:
        parts = tuple(parts)
        return parts if self._is_multi else parts[0]

    @property
    def output_size(self) -> Any:
        return self._attention_size() if self._output_attention else self._cell.output_size

    @property
    def state_size(self) -> AttentionWrapperState:
        mechanisms = self._attention_mechanisms
        return AttentionWrapperState(
            cell_state=self._cell.state_size,
            time=tf.TensorShape([]),
            attention=self._attention_size(),
            alignments=self._one_or_all(each.alignments_size for each in mechanisms),
            attention_state=self._one_or_all(each.state_size for each in mechanisms),
            alignment_history=self._one_or_all(
                each.alignments_size if self._alignment_history else () for each in mechanisms
            ),
        )

    def zero_state(self, batch_size: Any, dtype: Any) -> AttentionWrapperState:
        """The first state: the cell's, or the `initial_cell_state`, and nothing attended to yet."""
        with name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            if self._initial_cell_state is not None:
                cell_state = tf.nest.map_structure(tf.identity, self._initial_cell_state)
            else:
                cell_state = self._cell.zero_state(batch_size, dtype)
            mechanisms = self._attention_mechanisms
            alignments = [each.initial_alignments(batch_size, dtype) for each in mechanisms]
            attention = tf.zeros(tf.stack([batch_size, self._attention_size()]), dtype)
            if not tf.executing_eagerly():
                attention.set_shape([None, self._attention_size()])
            return AttentionWrapperState(
                cell_state=cell_state,
                time=tf.zeros([], tf.int32),
                attention=attention,
                alignments=self._one_or_all(alignments),
                attention_state=self._one_or_all(each.initial_state(batch_size, dtype) for each in mechanisms),
                alignment_history=self._one_or_all(
                    tf.TensorArray(dtype, 0, dynamic_size=True, element_shape=each.shape)
                    if self._alignment_history
                    else ()
                    for each in alignments
                ),
            )

    def call(self, inputs: Any, state: Any) -> tuple[Any, AttentionWrapperState]:
        """One step."""
        if not isinstance(state, AttentionWrapperState):
            raise TypeError(
                f"Expected state to be instance of AttentionWrapperState. Received type {type(state)} instead."
            )
        cell_output, cell_state = self._cell(self._cell_input_fn(inputs, state.attention), state.cell_state)
        before, histories = state.attention_state, state.alignment_history
        if not self._is_multi:
            before, histories = (before,), (histories,)
        attentions, alignments, states, kept = [], [], [], []
        for n, mechanism in enumerate(self._attention_mechanisms):
            attention, alignment, new_state = self._attention_fn(
                mechanism, cell_output, before[n], self._attention_layers[n]
            )
            attentions.append(attention)
            alignments.append(alignment)
            states.append(new_state)
            kept.append(histories[n].write(state.time, alignment) if self._alignment_history else ())
        attention = tf.concat(attentions, 1)
        new = AttentionWrapperState(
            cell_state=cell_state,
            attention=attention,
            time=state.time + 1,
            alignments=self._one_or_all(alignments),
            alignment_history=self._one_or_all(kept),
            attention_state=self._one_or_all(states),
        )
        return attention if self._output_attention else cell_output, new


def _attend(mechanism: Any, cell_output: Tensor, state: Any, layer: Any) -> tuple[Tensor, Tensor, Any]:
    alignments, new_state = mechanism(cell_output, state=state)
    context = tf.squeeze(tf.matmul(alignments[:, None], mechanism.values), [1])
    attention = context if layer is None else layer(tf.concat([cell_output, context], 1))
    return attention, alignments, new_state


hooks.keep_from_autograph(__name__)
