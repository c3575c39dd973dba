"""The loss of sequences: ``tf.contrib.seq2seq.sequence_loss``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any


def sequence_loss(
    logits: Tensor,
    targets: Tensor,
    weights: Tensor,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    sum_over_timesteps: bool = False,
    sum_over_batch: bool = False,
    softmax_loss_function: Callable[..., Tensor] | None = None,
    name: str | None = None,
) -> Tensor:
    """The weighted cross-entropy of sequences.

    Letters: B sequences, T steps, C classes.

    Args:
        logits: tensor [B, T, C].
        targets: integers [B, T].
        weights: tensor [B, T].
        average_across_timesteps, average_across_batch: add up over this axis and divide by the sum of the weights.
        sum_over_timesteps, sum_over_batch: add up over this axis and divide by the number of weights that aren't 0.
        softmax_loss_function: function of `labels` and `logits`, given by these names, in place of the cross-entropy.
        name: of the name scope.

    Returns:
        Tensor [B, T], less the axes that are added up over.

    Raises:
        ValueError: wrong ranks, or an axis is both averaged and summed over.

    Source: facts of the topic contrib_seq2seq.

    >>> logits, targets = tf.zeros([2, 3, 4]), tf.zeros([2, 3], tf.int32)
    >>> round(float(tf.contrib.seq2seq.sequence_loss(logits, targets, tf.ones([2, 3]))), 3)
    1.386
    """
    logits, targets, weights = (
        tf.convert_to_tensor(logits),
        tf.convert_to_tensor(targets),
        tf.convert_to_tensor(weights),
    )
    if logits.shape.rank != 3:
        raise ValueError("Logits must be a [batch_size x sequence_length x logits] tensor")
    if targets.shape.rank != 2:
        raise ValueError("Targets must be a [batch_size x sequence_length] tensor")
    if weights.shape.rank != 2:
        raise ValueError("Weights must be a [batch_size x sequence_length] tensor")
    if average_across_timesteps and sum_over_timesteps:
        raise ValueError("average_across_timesteps and sum_over_timesteps cannot be set to True at same time.")
    if average_across_batch and sum_over_batch:
        raise ValueError("average_across_batch and sum_over_batch cannot be set to True at same time.")
    with name_scope(name, "sequence_loss", [logits, targets, weights]):
        flat_logits, flat_targets = tf.reshape(logits, [-1, tf.shape(logits)[2]]), tf.reshape(targets, [-1])
        loss_of = softmax_loss_function or tf.nn.sparse_softmax_cross_entropy_with_logits
        losses = loss_of(labels=flat_targets, logits=flat_logits) * tf.reshape(weights, [-1])
        if average_across_timesteps and average_across_batch:
            return tf.reduce_sum(losses) / (tf.reduce_sum(weights) + 1e-12)
        if sum_over_timesteps and sum_over_batch:
            count = tf.math.count_nonzero(weights, dtype=losses.dtype)
            return tf.math.divide_no_nan(tf.reduce_sum(losses), count)
        losses = tf.reshape(losses, tf.shape(logits)[:2])
        if average_across_timesteps or average_across_batch:
            axis = 1 if average_across_timesteps else 0
            return tf.reduce_sum(losses, axis) / (tf.reduce_sum(weights, axis) + 1e-12)
        if sum_over_timesteps or sum_over_batch:
            axis = 1 if sum_over_timesteps else 0
            count = tf.math.count_nonzero(weights, axis, dtype=losses.dtype)
            return tf.math.divide_no_nan(tf.reduce_sum(losses, axis), count)
        return losses


hooks.keep_from_autograph(__name__)
