"""Helpers say what a decoder reads next: ``tf.contrib.seq2seq.TrainingHelper``, ``GreedyEmbeddingHelper``, ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.rnn._stacked import transpose_batch_time

Tensor = Any


class Helper:
    """Base class of helpers, and of yours (``tf.contrib.seq2seq.Helper``).

    `BasicDecoder` asks `initialize` for what to read first, then at each step `sample` for symbols and `next_inputs`
    for what to read next.
    """

    @property
    def batch_size(self) -> Any:
        """Number of sequences: scalar tensor."""
        raise NotImplementedError("batch_size has not been implemented")

    @property
    def sample_ids_shape(self) -> Any:
        """Shape of what `sample` gives, less the batch."""
        raise NotImplementedError("sample_ids_shape has not been implemented")

    @property
    def sample_ids_dtype(self) -> Any:
        """Dtype of what `sample` gives."""
        raise NotImplementedError("sample_ids_dtype has not been implemented")

    def initialize(self, name: str | None = None) -> tuple[Any, Any]:
        """Which sequences are finished already, [B], and the first inputs."""
        raise NotImplementedError

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Symbols for these outputs."""
        raise NotImplementedError

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Any, Any, Any]:
        """Which sequences are finished, [B], the next inputs, and the next state."""
        raise NotImplementedError


class _SymbolHelper(Helper):
    """A helper whose samples are integers [B]."""

    _batch_size: Any

    @property
    def batch_size(self) -> Any:
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        return tf.TensorShape([])

    @property
    def sample_ids_dtype(self) -> tf.DType:
        return tf.int32


def _most_likely(outputs: Any) -> Tensor:
    if not tf.is_tensor(outputs):
        raise TypeError(f"Expected outputs to be a single Tensor, got: {type(outputs)}")
    return tf.argmax(outputs, axis=-1, output_type=tf.int32)


def _drawn(logits: Tensor, seed: int | None) -> Tensor:
    return tf.reshape(tf.random.categorical(logits, 1, dtype=tf.int32, seed=seed), [-1])


def choose(condition: Tensor, one: Any, other: Any) -> Any:
    """`one` if the scalar `condition` holds, else `other`."""
    return tf.nest.map_structure(lambda a, b: tf.where(condition, a, b), one, other)


class _Steps:
    """Inputs [T, B, ...] read step by step; zeros after the last one."""

    def __init__(self, inputs: Any) -> None:
        self.zeros = tf.nest.map_structure(lambda each: tf.zeros_like(each[0]), inputs)
        self._inputs = inputs
        self._arrays = [self._array(each) for each in tf.nest.flatten(inputs)]
        self._count = tf.shape(tf.nest.flatten(inputs)[0])[0]

    @staticmethod
    def _array(tensor: Tensor) -> tf.TensorArray:
        padded = tf.concat([tensor, tf.zeros_like(tf.expand_dims(tensor[0], 0))], 0)
        array = tf.TensorArray(
            tensor.dtype, tf.shape(padded)[0], element_shape=tensor.shape[1:], clear_after_read=False
        )
        return array.unstack(padded)

    def read(self, time: Any) -> Any:
        step = tf.minimum(time, self._count)
        return tf.nest.pack_sequence_as(self._inputs, [array.read(step) for array in self._arrays])


class TrainingHelper(_SymbolHelper):
    """Read the inputs, whatever comes out (``tf.contrib.seq2seq.TrainingHelper``).

    Args:
        inputs: tensor [B, T, ...], or a structure of them; [T, B, ...] with `time_major`.
        sequence_length: integers [B].
        time_major: see `inputs`.
        name: of the name scope.

    Raises:
        ValueError: `sequence_length` is no vector.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(self, inputs: Any, sequence_length: Any, time_major: bool = False, name: str | None = None) -> None:
        with name_scope(name, "TrainingHelper", [*tf.nest.flatten(inputs), sequence_length]):
            inputs = tf.nest.map_structure(tf.convert_to_tensor, inputs)
            self._given_inputs = inputs
            if not time_major:
                inputs = tf.nest.map_structure(transpose_batch_time, inputs)
            self._steps = _Steps(inputs)
            self._sequence_length = tf.cast(tf.convert_to_tensor(sequence_length, name="sequence_length"), tf.int32)
            if self._sequence_length.shape.rank != 1:
                raise ValueError(
                    f"Expected sequence_length to be a vector, but received shape: {self._sequence_length.shape}"
                )
            self._batch_size = tf.size(self._sequence_length)

    @property
    def inputs(self) -> Any:
        """The inputs, as they were given."""
        return self._given_inputs

    @property
    def sequence_length(self) -> Tensor:
        """The lengths, [B]."""
        return self._sequence_length

    def initialize(self, name: str | None = None) -> tuple[Tensor, Any]:
        with name_scope(name, "TrainingHelperInitialize"):
            return self._at(tf.constant(0))

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Tensor:
        with name_scope(name, "TrainingHelperSample", [time, outputs]):
            return _most_likely(outputs)

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Tensor, Any, Any]:
        with name_scope(name, "TrainingHelperNextInputs", [time, outputs]):
            finished, inputs = self._at(time + 1)
            return finished, inputs, state

    def _at(self, time: Tensor) -> tuple[Tensor, Any]:
        finished = time >= self._sequence_length
        return finished, choose(tf.reduce_all(finished), self._steps.zeros, self._steps.read(time))


class ScheduledEmbeddingTrainingHelper(TrainingHelper):
    """Read the inputs or, at random, what was drawn from the outputs (``...ScheduledEmbeddingTrainingHelper``).

    Bengio et al., https://arxiv.org/abs/1506.03099.

    Args:
        inputs, sequence_length, time_major, name: as for `TrainingHelper`.
        embedding: table, or function of integers [B], that gives inputs.
        sampling_probability: how often symbols are drawn: scalar or [B].
        seed, scheduling_seed: of the symbols, and of the decision.

    Raises:
        ValueError: `sampling_probability` has more than one axis.

    Differs from TF 1.15: random numbers are TensorFlow 2's.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        embedding: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        scheduling_seed: int | None = None,
        name: str | None = None,
    ) -> None:
        with name_scope(name, "ScheduledEmbeddingSamplingWrapper", [embedding, sampling_probability]):
            self._embedding_fn = embedding_fn(embedding)
            self._sampling_probability = _probability(sampling_probability)
            self._seed = seed
            self._scheduling_seed = scheduling_seed
            super().__init__(inputs, sequence_length, time_major=time_major, name=name)

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Tensor:
        """Integers [B]: -1 where nothing is drawn."""
        with name_scope(name, "ScheduledEmbeddingTrainingHelperSample", [time, outputs]):
            decided = tf.random.uniform([self.batch_size], seed=self._scheduling_seed) < self._sampling_probability
            return tf.where(decided, _drawn(outputs, self._seed), tf.fill([self.batch_size], -1))

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Tensor, Any, Any]:
        with name_scope(name, "ScheduledEmbeddingTrainingHelperNextInputs", [time, outputs]):
            finished, inputs, state = super().next_inputs(time, outputs, state, sample_ids)
            looked_up = self._embedding_fn(tf.maximum(sample_ids, 0))
            chosen = tf.compat.v1.where(sample_ids > -1, looked_up, inputs)
            return finished, choose(tf.reduce_all(finished), inputs, chosen), state


class ScheduledOutputTrainingHelper(TrainingHelper):
    """Read the inputs or, at random, the outputs (``tf.contrib.seq2seq.ScheduledOutputTrainingHelper``).

    Args:
        inputs, sequence_length, time_major, name: as for `TrainingHelper`.
        sampling_probability: how often outputs are read: scalar or [B].
        seed: of the decision.
        next_inputs_fn: function of outputs that gives inputs; default: the outputs themselves.
        auxiliary_inputs: of the shape of the inputs, but for the depth; appended to inputs, read or made.

    Raises:
        ValueError: `sampling_probability` has more than one axis.

    Differs from TF 1.15: random numbers are TensorFlow 2's.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        next_inputs_fn: Callable[[Any], Any] | None = None,
        auxiliary_inputs: Any = None,
        name: str | None = None,
    ) -> None:
        with name_scope(name, "ScheduledOutputTrainingHelper", [inputs, auxiliary_inputs, sampling_probability]):
            self._sampling_probability = _probability(sampling_probability)
            self._seed = seed
            self._next_inputs_fn = next_inputs_fn
            self._auxiliary: _Steps | None = None
            if auxiliary_inputs is not None:
                auxiliary = tf.nest.map_structure(tf.convert_to_tensor, auxiliary_inputs)
                inputs = tf.nest.map_structure(lambda one, other: tf.concat([one, other], -1), inputs, auxiliary)
                swapped = auxiliary if time_major else tf.nest.map_structure(transpose_batch_time, auxiliary)
                self._auxiliary = _Steps(swapped)
            super().__init__(inputs, sequence_length, time_major=time_major, name=name)

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Tensor:
        """Integers [B]: 1 where outputs are to be read."""
        with name_scope(name, "ScheduledOutputTrainingHelperSample", [time, outputs]):
            decided = tf.random.uniform([self.batch_size], seed=self._seed) < self._sampling_probability
            return tf.cast(decided, tf.int32)

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Tensor, Any, Any]:
        with name_scope(name, "ScheduledOutputTrainingHelperNextInputs", [time, outputs]):
            finished, inputs, state = super().next_inputs(time, outputs, state, sample_ids)
            made = outputs if self._next_inputs_fn is None else self._next_inputs_fn(outputs)
            if self._auxiliary is not None:
                made = tf.nest.map_structure(
                    lambda one, other: tf.concat([one, other], -1), made, self._auxiliary.read(time + 1)
                )
            is_made = tf.cast(sample_ids, tf.bool)
            chosen = tf.nest.map_structure(lambda a, b: tf.compat.v1.where(is_made, a, b), made, inputs)
            return finished, choose(tf.reduce_all(finished), inputs, chosen), state


def _probability(given: Any) -> Tensor:
    probability = tf.convert_to_tensor(given, name="sampling_probability")
    if probability.shape.rank not in (0, 1):
        raise ValueError(f"sampling_probability must be either a scalar or a vector. saw shape: {probability.shape}")
    return probability


def embedding_fn(embedding: Any) -> Callable[[Tensor], Any]:
    if callable(embedding) and not tf.is_tensor(embedding) and not isinstance(embedding, tf.Variable):
        return embedding
    return lambda ids: tf.nn.embedding_lookup(embedding, ids)


def first_and_last(start_tokens: Any, end_token: Any) -> tuple[Tensor, Tensor]:
    """The first symbols [B], and the one that finishes a sequence, as int32 tensors."""
    first = tf.cast(tf.convert_to_tensor(start_tokens, name="start_tokens"), tf.int32)
    last = tf.cast(tf.convert_to_tensor(end_token, name="end_token"), tf.int32)
    if first.shape.rank != 1:
        raise ValueError("start_tokens must be a vector")
    if last.shape.rank != 0:
        raise ValueError("end_token must be a scalar")
    return first, last


class GreedyEmbeddingHelper(_SymbolHelper):
    """Read the most likely symbol of each step's outputs (``tf.contrib.seq2seq.GreedyEmbeddingHelper``).

    Args:
        embedding: table, or function of integers [B], that gives inputs.
        start_tokens: the first symbols, [B].
        end_token: symbol that finishes a sequence: integer scalar.

    Raises:
        ValueError: `start_tokens` is no vector, or `end_token` no scalar.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(self, embedding: Any, start_tokens: Any, end_token: Any) -> None:
        self._embedding_fn = embedding_fn(embedding)
        self._start_tokens, self._end_token = first_and_last(start_tokens, end_token)
        self._batch_size = tf.size(self._start_tokens)
        self._start_inputs = self._embedding_fn(self._start_tokens)

    def initialize(self, name: str | None = None) -> tuple[Tensor, Any]:
        return tf.fill([self._batch_size], False), self._start_inputs

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Tensor:
        return _most_likely(outputs)

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Tensor, Any, Any]:
        finished = tf.equal(sample_ids, self._end_token)
        return finished, choose(tf.reduce_all(finished), self._start_inputs, self._embedding_fn(sample_ids)), state


class SampleEmbeddingHelper(GreedyEmbeddingHelper):
    """Read symbols drawn from each step's outputs (``tf.contrib.seq2seq.SampleEmbeddingHelper``).

    Args:
        embedding, start_tokens, end_token: as for `GreedyEmbeddingHelper`.
        softmax_temperature: the outputs are divided by it: the higher, the more random.
        seed: int.

    Differs from TF 1.15: random numbers are TensorFlow 2's.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(
        self,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        softmax_temperature: Any = None,
        seed: int | None = None,
    ) -> None:
        super().__init__(embedding, start_tokens, end_token)
        self._softmax_temperature = softmax_temperature
        self._seed = seed

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Tensor:
        if not tf.is_tensor(outputs):
            raise TypeError(f"Expected outputs to be a single Tensor, got: {type(outputs)}")
        temperature = self._softmax_temperature
        return _drawn(outputs if temperature is None else outputs / temperature, self._seed)


class InferenceHelper(Helper):
    """Read what functions of yours make of the outputs (``tf.contrib.seq2seq.InferenceHelper``).

    Args:
        sample_fn: function of outputs that gives samples.
        sample_shape, sample_dtype: of a sample, less the batch.
        start_inputs: the first inputs.
        end_fn: function of samples that says which sequences are finished, [B].
        next_inputs_fn: function of samples that gives inputs; default: the samples themselves.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(
        self,
        sample_fn: Callable[[Any], Any],
        sample_shape: Any,
        sample_dtype: Any,
        start_inputs: Any,
        end_fn: Callable[[Any], Any],
        next_inputs_fn: Callable[[Any], Any] | None = None,
    ) -> None:
        self._sample_fn = sample_fn
        self._end_fn = end_fn
        self._sample_shape = tf.TensorShape(sample_shape)
        self._sample_dtype = sample_dtype
        self._next_inputs_fn = next_inputs_fn
        self._start_inputs = tf.convert_to_tensor(start_inputs, name="start_inputs")
        self._batch_size = tf.shape(self._start_inputs)[0]

    @property
    def batch_size(self) -> Any:
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        return self._sample_shape

    @property
    def sample_ids_dtype(self) -> Any:
        return self._sample_dtype

    def initialize(self, name: str | None = None) -> tuple[Tensor, Any]:
        return tf.fill([self._batch_size], False), self._start_inputs

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Any:
        return self._sample_fn(outputs)

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Any, Any, Any]:
        inputs = sample_ids if self._next_inputs_fn is None else self._next_inputs_fn(sample_ids)
        return self._end_fn(sample_ids), inputs, state


class CustomHelper(Helper):
    """A helper made of functions (``tf.contrib.seq2seq.CustomHelper``).

    Args:
        initialize_fn: function of nothing, giving (finished [B], first inputs).
        sample_fn: function of time, outputs and state, giving samples.
        next_inputs_fn: function of time, outputs, state and sample_ids, giving (finished [B], inputs, state).
        sample_ids_shape, sample_ids_dtype: of a sample, less the batch; default: an int32 scalar.

    Source: facts of the topic contrib_seq2seq.
    """

    def __init__(
        self,
        initialize_fn: Callable[[], tuple[Any, Any]],
        sample_fn: Callable[..., Any],
        next_inputs_fn: Callable[..., tuple[Any, Any, Any]],
        sample_ids_shape: Any = None,
        sample_ids_dtype: Any = None,
    ) -> None:
        self._initialize_fn = initialize_fn
        self._sample_fn = sample_fn
        self._next_inputs_fn = next_inputs_fn
        self._batch_size: Any = None
        self._sample_ids_shape = tf.TensorShape(sample_ids_shape or [])
        self._sample_ids_dtype = sample_ids_dtype or tf.int32

    @property
    def batch_size(self) -> Any:
        if self._batch_size is None:
            raise ValueError("batch_size accessed before initialize was called")
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        return self._sample_ids_shape

    @property
    def sample_ids_dtype(self) -> Any:
        return self._sample_ids_dtype

    def initialize(self, name: str | None = None) -> tuple[Any, Any]:
        with name_scope(name, "CustomHelperInitialize"):
            finished, inputs = self._initialize_fn()
            if self._batch_size is None:
                self._batch_size = tf.size(finished)
        return finished, inputs

    def sample(self, time: Tensor, outputs: Any, state: Any, name: str | None = None) -> Any:
        with name_scope(name, "CustomHelperSample", [time]):
            return self._sample_fn(time=time, outputs=outputs, state=state)

    def next_inputs(
        self, time: Tensor, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> tuple[Any, Any, Any]:
        with name_scope(name, "CustomHelperNextInputs", [time]):
            return self._next_inputs_fn(time=time, outputs=outputs, state=state, sample_ids=sample_ids)


hooks.keep_from_autograph(__name__)
