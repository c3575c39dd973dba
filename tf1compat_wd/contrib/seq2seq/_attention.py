"""Ways to attend to a memory: ``tf.contrib.seq2seq.BahdanauAttention``, ``LuongAttention``, and monotonic ones."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import scan
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import get_variable, variable_scope
from tf1compat_wd.layers._core import Dense
from tf1compat_wd.nn._loop_reads import read_once

Tensor = Any


class AttentionMechanism:
    """Base class of attention mechanisms (``tf.contrib.seq2seq.AttentionMechanism``)."""

    @property
    def alignments_size(self) -> Any:
        """How many things there are to attend to."""
        raise NotImplementedError

    @property
    def state_size(self) -> Any:
        """Size of the state."""
        raise NotImplementedError


class _Attention(AttentionMechanism):
    """Attention to a memory [B, L, D], by keys that a layer makes of it.

    A subclass says `_scope`, the name of the variable scope of a call, and `_score`, how well queries and keys agree.
    """

    _scope: str
    _probability_fn: Callable[..., Tensor]

    def __init__(
        self,
        query_layer: Any,
        memory_layer: Any,
        memory: Any,
        memory_sequence_length: Any,
        score_mask_value: Any,
        custom_key_value_fn: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]] | None = None,
    ) -> None:
        self._query_layer = query_layer
        self._memory_layer = memory_layer
        with name_scope(None, "BaseAttentionMechanismInit", tf.nest.flatten(memory)):
            memory = tf.convert_to_tensor(memory, name="memory")
            self._lengths = None
            if memory_sequence_length is not None:
                self._lengths = tf.convert_to_tensor(memory_sequence_length, name="memory_sequence_length")
                mask = tf.sequence_mask(self._lengths, tf.shape(memory)[1], dtype=memory.dtype)
                rank = memory.shape.rank
                memory = memory * tf.reshape(mask, tf.concat([tf.shape(mask), [1] * (rank - 2)], 0))
            self._values = memory
        # The layer's scope is the current variable scope, and its name counts there.
        self._keys = memory if memory_layer is None else memory_layer(memory)
        if custom_key_value_fn is not None:
            self._keys, self._values = custom_key_value_fn(self._keys, self._values)
        self._score_mask_value = score_mask_value
        sizes = self._keys.shape.as_list()
        self._batch_size = tf.shape(self._keys)[0] if sizes[0] is None else sizes[0]
        self._alignments_size = tf.shape(self._keys)[1] if sizes[1] is None else sizes[1]

    @property
    def memory_layer(self) -> Any:
        """The layer that makes keys of the memory."""
        return self._memory_layer

    @property
    def query_layer(self) -> Any:
        """The layer that queries go through, or None."""
        return self._query_layer

    @property
    def values(self) -> Tensor:
        """The memory, with zeros behind the ends."""
        return self._values

    @property
    def keys(self) -> Tensor:
        """What queries are compared with, [B, L, N]."""
        return self._keys

    @property
    def batch_size(self) -> Any:
        """Number of sequences."""
        return self._batch_size

    @property
    def alignments_size(self) -> Any:
        return self._alignments_size

    @property
    def state_size(self) -> Any:
        return self._alignments_size

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Tensor:
        """The alignments before the first step, [batch_size, L]."""
        return _with_shape(tf.zeros(tf.stack([batch_size, self._alignments_size]), dtype), self._keys)

    def initial_state(self, batch_size: Any, dtype: Any) -> Tensor:
        """The state before the first step: the alignments."""
        return self.initial_alignments(batch_size, dtype)

    def __call__(self, query: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Alignments [B, L] for a query [B, Q] and the last alignments, and the same as next state."""
        with variable_scope(None, self._scope, [query]):
            alignments = self._aligned(self._score(query), state)
        return alignments, alignments

    def _score(self, query: Tensor) -> Tensor:
        """How well the query agrees with each of the keys, [B, L]."""
        raise NotImplementedError

    def _aligned(self, score: Tensor, state: Tensor) -> Tensor:
        return self._probability_fn(self._masked(score))

    def _masked(self, score: Tensor) -> Tensor:
        """The score, with the mask's value behind the ends."""
        if self._lengths is None:
            return score
        value = -math.inf if self._score_mask_value is None else self._score_mask_value
        is_inside = tf.sequence_mask(self._lengths, tf.shape(score)[1])
        return tf.where(is_inside, score, tf.cast(value, score.dtype))


def _with_shape(alignments: Tensor, keys: Tensor) -> Tensor:
    if not tf.executing_eagerly():
        alignments.set_shape([None, keys.shape.as_list()[1]])
    return alignments


def _units_layer(units: int, name: str, dtype: Any) -> Dense:
    return Dense(units, name=name, use_bias=False, dtype=dtype)


class _Additive:
    """Mixed into mechanisms: the score of Bahdanau et al."""

    _keys: Tensor
    _query_layer: Any
    _num_units: int
    _normalize: bool

    def _score(self, query: Tensor) -> Tensor:
        """Sum over units of v * tanh(key + query)."""
        units, dtype = self._num_units, query.dtype
        asked = self._query_layer(query)[:, None] if self._query_layer else query[:, None]
        v = read_once(get_variable("attention_v", [units], dtype))
        if not self._normalize:
            return tf.reduce_sum(v * tf.tanh(self._keys + asked), 2)
        first = tf.compat.v1.constant_initializer(math.sqrt(1.0 / units))
        g = read_once(get_variable("attention_g", (), dtype, initializer=first))
        b = read_once(get_variable("attention_b", [units], dtype, initializer=tf.compat.v1.zeros_initializer()))
        v = g * v * tf.math.rsqrt(tf.reduce_sum(tf.square(v)))
        return tf.reduce_sum(v * tf.tanh(self._keys + asked + b), 2)


class _Multiplicative:
    """Mixed into mechanisms: the score of Luong et al."""

    _keys: Tensor
    _scale: bool

    def _score(self, query: Tensor) -> Tensor:
        """Product of key and query."""
        depth, units = query.shape.as_list()[-1], self._keys.shape.as_list()[-1]
        if depth != units:
            raise ValueError(
                "Incompatible or unknown inner dimensions between query and keys.  "
                f"Query ({query}) has units: {depth}.  Keys ({self._keys}) have units: {units}.  "
                "Perhaps you need to set num_units to the keys' dimension?"
            )
        score = tf.squeeze(tf.matmul(query[:, None], self._keys, transpose_b=True), [1])
        if not self._scale:
            return score
        return score * read_once(
            get_variable("attention_g", (), query.dtype, initializer=tf.compat.v1.ones_initializer())
        )


class BahdanauAttention(_Additive, _Attention):
    """Additive attention (``tf.contrib.seq2seq.BahdanauAttention``; https://arxiv.org/abs/1409.0473).

    Letters: B batch, L length of the memory, D its depth, N `num_units`, Q depth of the queries.

    Creates, when it is made:
        memory_layer/kernel  [D, N]  trainable, counted
    and when it is called first, in the variable scope ``bahdanau_attention``, counted:
        query_layer/kernel        [Q, N]  trainable
        attention_v               [N]     trainable
        attention_g, attention_b  [], [N] trainable: sqrt(1 / N), zeros; with `normalize`

    Args:
        num_units: size of what is compared.
        memory: tensor [B, L, D].
        memory_sequence_length: integers [B]: nothing behind is attended to.
        normalize: normalize the weights (https://arxiv.org/abs/1602.07868).
        probability_fn: function of scores giving alignments; default: softmax.
        score_mask_value: score of what lies behind the ends; default: minus infinity.
        dtype: of the layers; default: float32.
        custom_key_value_fn: function of keys and values, giving others.
        name: no effect, as in TF 1.15.

    Source: facts of the topic contrib_seq2seq.
    """

    _scope = "bahdanau_attention"

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        probability_fn: Callable[[Tensor], Tensor] | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Any = None,
        name: str = "BahdanauAttention",
    ) -> None:
        dtype = dtype or tf.float32
        super().__init__(
            _units_layer(num_units, "query_layer", dtype),
            _units_layer(num_units, "memory_layer", dtype),
            memory,
            memory_sequence_length,
            score_mask_value,
            custom_key_value_fn,
        )
        self._num_units = num_units
        self._normalize = normalize
        self._probability_fn = probability_fn or tf.nn.softmax


class LuongAttention(_Multiplicative, _Attention):
    """Multiplicative attention (``tf.contrib.seq2seq.LuongAttention``; https://arxiv.org/abs/1508.04025).

    Letters: B batch, L length of the memory, D its depth, N `num_units`.

    Creates, when it is made:
        memory_layer/kernel  [D, N]  trainable, counted
    and when it is called first, in the variable scope ``luong_attention``, counted:
        attention_g  []  trainable, one; with `scale`

    Args:
        num_units: depth of the queries.
        scale: multiply scores by a weight.
        memory, memory_sequence_length, probability_fn, score_mask_value, dtype, custom_key_value_fn, name: as for
            `BahdanauAttention`.

    Raises:
        ValueError: queries have another depth (when it is called).

    Source: facts of the topic contrib_seq2seq.
    """

    _scope = "luong_attention"

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        probability_fn: Callable[[Tensor], Tensor] | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Any = None,
        name: str = "LuongAttention",
    ) -> None:
        super().__init__(
            None,
            _units_layer(num_units, "memory_layer", dtype or tf.float32),
            memory,
            memory_sequence_length,
            score_mask_value,
            custom_key_value_fn,
        )
        self._num_units = num_units
        self._scale = scale
        self._probability_fn = probability_fn or tf.nn.softmax


class _Monotonic(_Attention):
    """Attention that only moves forward; it begins with the first of the memory."""

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Tensor:
        first = tf.one_hot(tf.zeros([batch_size], tf.int32), self._alignments_size, dtype=dtype)
        return _with_shape(first, self._keys)

    def _set_probability(self, sigmoid_noise: float, mode: str, seed: int | None, bias: float) -> None:
        self._probability_fn = functools.partial(_monotonic_probability, noise=sigmoid_noise, mode=mode, seed=seed)
        self._score_bias_init = bias

    def _aligned(self, score: Tensor, state: Tensor) -> Tensor:
        first = tf.compat.v1.constant_initializer(self._score_bias_init)
        score = score + read_once(get_variable("attention_score_bias", (), score.dtype, initializer=first))
        return self._probability_fn(self._masked(score), state)


def _monotonic_probability(score: Tensor, previous: Tensor, noise: float, mode: str, seed: int | None) -> Tensor:
    if noise > 0:
        score = score + noise * tf.random.normal(tf.shape(score), dtype=score.dtype, seed=seed)
    choose = tf.cast(score > 0, score.dtype) if mode == "hard" else tf.sigmoid(score)
    return monotonic_attention(choose, previous, mode)


class BahdanauMonotonicAttention(_Additive, _Monotonic):
    """Additive attention that only moves forward (``...BahdanauMonotonicAttention``; arXiv 1704.00784).

    Creates what `BahdanauAttention` creates, in the variable scope ``bahdanau_monotonic_attention``, and then there:
        attention_score_bias  []  trainable, `score_bias_init`

    Args:
        sigmoid_noise, sigmoid_noise_seed: standard deviation of noise that is added to scores, and its seed.
        score_bias_init: first value of a bias.
        mode: of `monotonic_attention`.
        num_units, memory, memory_sequence_length, normalize, score_mask_value, dtype, name: as for
            `BahdanauAttention`.

    Source: facts of the topic contrib_seq2seq.
    """

    _scope = "bahdanau_monotonic_attention"

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        score_mask_value: Any = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: float = 0.0,
        mode: str = "parallel",
        dtype: Any = None,
        name: str = "BahdanauMonotonicAttention",
    ) -> None:
        dtype = dtype or tf.float32
        query, keys = _units_layer(num_units, "query_layer", dtype), _units_layer(num_units, "memory_layer", dtype)
        super().__init__(query, keys, memory, memory_sequence_length, score_mask_value)
        self._num_units = num_units
        self._normalize = normalize
        self._set_probability(sigmoid_noise, mode, sigmoid_noise_seed, score_bias_init)


class LuongMonotonicAttention(_Multiplicative, _Monotonic):
    """Multiplicative attention that only moves forward (``tf.contrib.seq2seq.LuongMonotonicAttention``).

    Creates what `LuongAttention` creates, in the variable scope ``luong_monotonic_attention``, and then there:
        attention_score_bias  []  trainable, `score_bias_init`

    Args:
        sigmoid_noise, sigmoid_noise_seed, score_bias_init, mode: as for `BahdanauMonotonicAttention`.
        num_units, memory, memory_sequence_length, scale, score_mask_value, dtype, name: as for `LuongAttention`.

    Source: facts of the topic contrib_seq2seq.
    """

    _scope = "luong_monotonic_attention"

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        score_mask_value: Any = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: float = 0.0,
        mode: str = "parallel",
        dtype: Any = None,
        name: str = "LuongMonotonicAttention",
    ) -> None:
        keys = _units_layer(num_units, "memory_layer", dtype or tf.float32)
        super().__init__(None, keys, memory, memory_sequence_length, score_mask_value)
        self._num_units = num_units
        self._scale = scale
        self._set_probability(sigmoid_noise, mode, sigmoid_noise_seed, score_bias_init)


# --------------------------------------------------------------------------------------- functions


def hardmax(logits: Tensor, name: str | None = None) -> Tensor:
    """1 where `logits` [..., C] are largest along the last axis, else 0 (``tf.contrib.seq2seq.hardmax``).

    >>> tf.contrib.seq2seq.hardmax(tf.constant([[1.0, 3.0, 2.0]])).numpy().tolist()
    [[0.0, 1.0, 0.0]]
    """
    with name_scope(name, "Hardmax", [logits]):
        logits = tf.convert_to_tensor(logits, name="logits")
        return tf.one_hot(tf.argmax(logits, -1), tf.shape(logits)[-1], dtype=logits.dtype)


def safe_cumprod(x: Tensor, *args: Any, **kwargs: Any) -> Tensor:
    """``tf.cumprod`` of numbers between 0 and 1, whose gradient is never NaN; further arguments as for ``tf.cumsum``.

    Source: facts of the topic contrib_seq2seq.
    """
    with name_scope(None, "SafeCumprod", [x]):
        x = tf.convert_to_tensor(x, name="x")
        smallest = np.finfo(x.dtype.as_numpy_dtype).tiny
        return tf.exp(tf.cumsum(tf.math.log(tf.clip_by_value(x, smallest, 1)), *args, **kwargs))


def monotonic_attention(p_choose_i: Tensor, previous_attention: Tensor, mode: str) -> Tensor:
    """Attention that only moves forward (``tf.contrib.seq2seq.monotonic_attention``; arXiv 1704.00784).

    Args:
        p_choose_i: probability to stop at each thing, [B, L].
        previous_attention: probability to have stopped there before, [B, L].
        mode: "recursive": exact, step by step. "parallel": fast, and may lose precision where probabilities are near 0
            or 1. "hard": for probabilities that are 0 or 1.

    Returns:
        Probability to stop there now, [B, L].

    Raises:
        ValueError: `mode` is none of these.

    Source: facts of the topic contrib_seq2seq.
    """
    choose = tf.convert_to_tensor(p_choose_i, name="p_choose_i")
    before = tf.convert_to_tensor(previous_attention, name="previous_attention")
    if mode == "recursive":
        passed = tf.concat([tf.ones_like(choose[:, :1]), 1 - choose[:, :-1]], 1)
        reached = scan(
            lambda x, both: tf.reshape(both[0] * x + both[1], tf.shape(x)),
            [tf.transpose(passed), tf.transpose(before)],
            tf.zeros([tf.shape(choose)[0]], choose.dtype),
        )
        return choose * tf.transpose(reached)
    if mode == "parallel":
        passed = safe_cumprod(1 - choose, axis=1, exclusive=True)
        return choose * passed * tf.cumsum(before / tf.clip_by_value(passed, 1e-10, 1.0), axis=1)
    if mode == "hard":
        choose = choose * tf.cumsum(before, axis=1)
        return choose * tf.math.cumprod(1 - choose, axis=1, exclusive=True)
    raise ValueError("mode must be 'recursive', 'parallel', or 'hard'.")


hooks.keep_from_autograph(__name__)
