"""Losses of lists of steps, and models that are unrolled to several lengths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import get_variable_scope, variable_scope

Tensor = Any
LossFunction = Callable[..., Tensor]


def sequence_loss_by_example(
    logits: Sequence[Tensor],
    targets: Sequence[Tensor],
    weights: Sequence[Tensor],
    average_across_timesteps: bool = True,
    softmax_loss_function: LossFunction | None = None,
    name: str | None = None,
) -> Tensor:
    """The weighted cross-entropy of each sequence.

    Args:
        logits: list of tensors [B, symbols], one for each step.
        targets: list of integers [B].
        weights: list of floating tensors [B].
        average_across_timesteps: divide by the sum of a sequence's weights.
        softmax_loss_function: function of `labels` and `logits`, given by these names, in place of the cross-entropy.
        name: of the name scope.

    Returns:
        Tensor [B].

    Raises:
        ValueError: the lists differ in length.

    Source: facts of the topic legacy_seq2seq.
    """
    if len(targets) != len(logits) or len(weights) != len(logits):
        raise ValueError(
            f"Lengths of logits, weights, and targets must be the same {len(logits)}, {len(weights)}, {len(targets)}."
        )
    with name_scope(name, "sequence_loss_by_example", [*logits, *targets, *weights]):
        losses = []
        for scores, target, weight in zip(logits, targets, weights, strict=True):
            if softmax_loss_function is None:
                loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.reshape(target, [-1]), logits=scores)
            else:
                loss = softmax_loss_function(labels=target, logits=scores)
            losses.append(loss * weight)
        total = tf.add_n(losses)
        if average_across_timesteps:
            total = total / (tf.add_n(list(weights)) + 1e-12)
        return total


def sequence_loss(
    logits: Sequence[Tensor],
    targets: Sequence[Tensor],
    weights: Sequence[Tensor],
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    softmax_loss_function: LossFunction | None = None,
    name: str | None = None,
) -> Tensor:
    """The sum of `sequence_loss_by_example` over the batch, a scalar.

    Args:
        average_across_batch: divide by the size of the batch.
        logits, targets, weights, average_across_timesteps, softmax_loss_function, name: as there.

    Source: facts of the topic legacy_seq2seq.

    >>> logits, targets, weights = [tf.zeros([2, 4])], [tf.constant([0, 3])], [tf.ones([2])]
    >>> round(float(tf.contrib.legacy_seq2seq.sequence_loss(logits, targets, weights)), 3)
    1.386
    """
    with name_scope(name, "sequence_loss", [*logits, *targets, *weights]):
        total = tf.reduce_sum(
            sequence_loss_by_example(
                logits,
                targets,
                weights,
                average_across_timesteps=average_across_timesteps,
                softmax_loss_function=softmax_loss_function,
            )
        )
        return total / tf.cast(tf.shape(targets[0])[0], total.dtype) if average_across_batch else total


def model_with_buckets(
    encoder_inputs: Sequence[Tensor],
    decoder_inputs: Sequence[Tensor],
    targets: Sequence[Tensor],
    weights: Sequence[Tensor],
    buckets: Sequence[tuple[int, int]],
    seq2seq: Callable[[Any, Any], tuple[Any, Any]],
    softmax_loss_function: LossFunction | None = None,
    per_example_loss: bool = False,
    name: str | None = None,
) -> tuple[list[list[Tensor]], list[Tensor]]:
    """Build a model for several lengths, with the same variables.

    Args:
        encoder_inputs, decoder_inputs, targets, weights: lists of tensors, as long as the last bucket or longer.
        buckets: list of (encoder steps, decoder steps).
        seq2seq: function of encoder and decoder inputs, which gives outputs and the last state.
        softmax_loss_function: as for `sequence_loss`.
        per_example_loss: losses by example rather than scalars.
        name: of the name scope.

    Returns:
        For each bucket the outputs; and the loss.

    Raises:
        ValueError: a list is shorter than the last bucket.

    Source: facts of the topic legacy_seq2seq.
    """
    longest_encoder, longest_decoder = buckets[-1]
    for what, steps, least in (
        ("encoder_inputs", encoder_inputs, longest_encoder),
        ("targets", targets, longest_decoder),
        ("weights", weights, longest_decoder),
    ):
        if len(steps) < least:
            raise ValueError(f"Length of {what} ({len(steps)}) must be at least that of last bucket ({least}).")
    outputs, losses = [], []
    loss_of = sequence_loss_by_example if per_example_loss else sequence_loss
    with name_scope(name, "model_with_buckets", [*encoder_inputs, *decoder_inputs, *targets, *weights]):
        for n, (encoder_steps, decoder_steps) in enumerate(buckets):
            with variable_scope(get_variable_scope(), reuse=True if n > 0 else None):
                made, _ = seq2seq(encoder_inputs[:encoder_steps], decoder_inputs[:decoder_steps])
                outputs.append(made)
                losses.append(
                    loss_of(
                        made,
                        targets[:decoder_steps],
                        weights[:decoder_steps],
                        softmax_loss_function=softmax_loss_function,
                    )
                )
    return outputs, losses


hooks.keep_from_autograph(__name__)
