"""Linear-chain conditional random fields: scores of sequences of tags, their sum, and the best one.

Letters: B batch, T steps, N tags.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable

Tensor = Any

_v1 = tf.compat.v1


def _mask(lengths: Tensor, steps: Any, dtype: tf.DType) -> Tensor:
    return tf.sequence_mask(lengths, maxlen=steps, dtype=dtype)


def crf_unary_score(tag_indices: Tensor, sequence_lengths: Tensor, inputs: Tensor) -> Tensor:
    """The sum of the potentials of the tags of each sequence (``tf.contrib.crf.crf_unary_score``).

    Args:
        tag_indices: integers [B, T].
        sequence_lengths: integers [B]; what comes after doesn't count.
        inputs: potentials [B, T, N].

    Returns:
        Tensor [B].
    """
    tags, inputs = tf.cast(tag_indices, tf.int32), tf.convert_to_tensor(inputs)
    potentials = tf.gather(inputs, tags, batch_dims=2)
    return tf.reduce_sum(potentials * _mask(sequence_lengths, tf.shape(tags)[1], inputs.dtype), 1)


def crf_binary_score(tag_indices: Tensor, sequence_lengths: Tensor, transition_params: Tensor) -> Tensor:
    """The sum of the scores of the transitions in each sequence (``tf.contrib.crf.crf_binary_score``).

    Args:
        tag_indices: integers [B, T].
        sequence_lengths: integers [B].
        transition_params: scores [N, N] from one tag to the next.

    Returns:
        Tensor [B].
    """
    tags, transitions = tf.cast(tag_indices, tf.int32), tf.convert_to_tensor(transition_params)
    scores = tf.gather_nd(transitions, tf.stack([tags[:, :-1], tags[:, 1:]], -1))
    return tf.reduce_sum(scores * _mask(sequence_lengths, tf.shape(tags)[1], transitions.dtype)[:, 1:], 1)


def crf_sequence_score(
    inputs: Tensor, tag_indices: Tensor, sequence_lengths: Tensor, transition_params: Tensor
) -> Tensor:
    """The score of each sequence of tags, not normalized (``tf.contrib.crf.crf_sequence_score``).

    Args:
        inputs: potentials [B, T, N].
        tag_indices: integers [B, T].
        sequence_lengths: integers [B].
        transition_params: scores [N, N].

    Returns:
        Tensor [B].

    Source: facts of the topic contrib_crf.
    """
    unary = crf_unary_score(tag_indices, sequence_lengths, inputs)
    return unary + crf_binary_score(tag_indices, sequence_lengths, transition_params)


def crf_multitag_sequence_score(
    inputs: Tensor, tag_bitmap: Tensor, sequence_lengths: Tensor, transition_params: Tensor
) -> Tensor:
    """The logarithm of the sum of the scores' exponentials over all sequences of tags that are allowed.

    Args:
        inputs: potentials [B, T, N].
        tag_bitmap: booleans [B, T, N]: which tags are allowed.
        sequence_lengths: integers [B].
        transition_params: scores [N, N].

    Returns:
        Tensor [B].

    Source: facts of the topic contrib_crf.
    """
    inputs = tf.convert_to_tensor(inputs)
    allowed = tf.where(tag_bitmap, inputs, tf.fill(tf.shape(inputs), tf.constant(-np.inf, inputs.dtype)))
    # A tag of a step is enough where there is no transition, and where there is one, all ways through it count.
    return crf_log_norm(allowed, sequence_lengths, transition_params)


def crf_log_norm(inputs: Tensor, sequence_lengths: Tensor, transition_params: Tensor) -> Tensor:
    """The logarithm of the sum of the scores' exponentials over all sequences (``tf.contrib.crf.crf_log_norm``).

    Args:
        inputs: potentials [B, T, N].
        sequence_lengths: integers [B].
        transition_params: scores [N, N].

    Returns:
        Tensor [B]; 0 for a sequence of length 0.

    Source: facts of the topic contrib_crf.
    """
    inputs, transitions = tf.convert_to_tensor(inputs), tf.convert_to_tensor(transition_params)
    lengths = tf.cast(sequence_lengths, tf.int32)

    def step(time: Tensor, scores: Tensor) -> tuple[Tensor, Tensor]:
        through = tf.reduce_logsumexp(scores[:, :, tf.newaxis] + transitions[tf.newaxis], 1) + inputs[:, time]
        return time + 1, tf.where((time < lengths)[:, tf.newaxis], through, scores)

    steps = tf.shape(inputs)[1]
    _, scores = _v1.while_loop(lambda time, _: time < steps, step, (tf.constant(1), inputs[:, 0]))
    norm = tf.reduce_logsumexp(scores, 1)
    return tf.where(lengths <= 0, tf.zeros_like(norm), norm)


def crf_log_likelihood(
    inputs: Tensor, tag_indices: Tensor, sequence_lengths: Tensor, transition_params: Any = None
) -> tuple[Tensor, Any]:
    """The logarithm of the probability of each sequence of tags (``tf.contrib.crf.crf_log_likelihood``).

    Creates, unless `transition_params` is given:
        transitions  [N, N]  trainable, in the current variable scope

    Args:
        inputs: potentials [B, T, N]; N must be known.
        tag_indices: integers [B, T].
        sequence_lengths: integers [B].
        transition_params: scores [N, N].

    Returns:
        Tensor [B], and `transition_params` or the variable.

    Source: facts of the topic contrib_crf.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     likelihood, transitions = tf.contrib.crf.crf_log_likelihood(
    ...         tf.zeros([1, 2, 2]), tf.constant([[0, 1]]), tf.constant([2]), tf.zeros([2, 2])
    ...     )
    >>> round(float(likelihood[0]), 3)  # one of four sequences
    -1.386
    """
    inputs = tf.convert_to_tensor(inputs)
    if transition_params is None:
        number = inputs.shape[2]
        transition_params = get_variable("transitions", [number, number])
    score = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
    return score - crf_log_norm(inputs, sequence_lengths, transition_params), transition_params


def viterbi_decode(score: Any, transition_params: Any) -> tuple[list[int], Any]:
    """The best sequence of tags, with NumPy (``tf.contrib.crf.viterbi_decode``).

    Args:
        score: array [T, N] of potentials.
        transition_params: array [N, N] of scores.

    Returns:
        A list of T tags, and their score.

    Source: facts of the topic contrib_crf.

    >>> import numpy as np
    >>> tags, best = tf.contrib.crf.viterbi_decode(np.array([[1.0, 0.0], [0.0, 2.0]]), np.zeros([2, 2]))
    >>> tags, float(best)
    ([0, 1], 3.0)
    """
    score, transition_params = np.asarray(score), np.asarray(transition_params)
    best = np.zeros_like(score)
    came_from = np.zeros(score.shape, np.int32)
    best[0] = score[0]
    for time in range(1, score.shape[0]):
        through = best[time - 1][:, np.newaxis] + transition_params
        best[time] = score[time] + through.max(0)
        came_from[time] = through.argmax(0)
    tags = [int(best[-1].argmax())]
    for origins in came_from[:0:-1]:
        tags.append(int(origins[tags[-1]]))
    return tags[::-1], best[-1].max()


def crf_decode(potentials: Tensor, transition_params: Tensor, sequence_length: Tensor) -> tuple[Tensor, Tensor]:
    """The best sequence of tags (``tf.contrib.crf.crf_decode``).

    Args:
        potentials: tensor [B, T, N].
        transition_params: scores [N, N].
        sequence_length: integers [B].

    Returns:
        Tags, int32 [B, T], 0 after the end of a sequence; and their scores [B].

    Source: facts of the topic contrib_crf.

    >>> tags, score = tf.contrib.crf.crf_decode(
    ...     tf.constant([[[1.0, 0.0], [0.0, 2.0]]]), tf.zeros([2, 2]), tf.constant([2])
    ... )
    >>> tags.numpy().tolist(), score.numpy().tolist()
    ([[0, 1]], [3.0])
    """
    potentials, transitions = tf.convert_to_tensor(potentials), tf.convert_to_tensor(transition_params)
    lengths = tf.maximum(tf.cast(sequence_length, tf.int32), 1)
    steps = tf.shape(potentials)[1]

    def forwards(time: Tensor, scores: Tensor, came_from: Any) -> tuple[Any, ...]:
        through = scores[:, :, tf.newaxis] + transitions[tf.newaxis]
        better = tf.reduce_max(through, 1) + potentials[:, time]
        came_from = came_from.write(time, tf.argmax(through, 1, output_type=tf.int32))
        return time + 1, tf.where((time < lengths)[:, tf.newaxis], better, scores), came_from

    first = tf.zeros(tf.shape(potentials[:, 0]), tf.int32)
    origins = tf.TensorArray(tf.int32, steps, clear_after_read=False, element_shape=[None, potentials.shape[2]])
    _, scores, origins = _v1.while_loop(
        lambda time, *_: time < steps, forwards, (tf.constant(1), potentials[:, 0], origins.write(0, first))
    )
    last = tf.argmax(scores, 1, output_type=tf.int32)

    def backwards(time: Tensor, tag: Tensor, chosen: Any) -> tuple[Any, ...]:
        tag = tf.where(time < lengths - 1, tf.gather(origins.read(time + 1), tag, batch_dims=1), last)
        return time - 1, tag, chosen.write(time, tag)

    chosen = tf.TensorArray(tf.int32, steps, element_shape=[None]).write(steps - 1, last)
    _, _, chosen = _v1.while_loop(lambda time, *_: time >= 0, backwards, (steps - 2, last, chosen))
    tags = tf.transpose(chosen.stack()) * _mask(lengths, steps, tf.int32)
    tags.set_shape(potentials.shape[:2])
    return tags, tf.reduce_max(scores, 1)


hooks.keep_from_autograph(__name__)
