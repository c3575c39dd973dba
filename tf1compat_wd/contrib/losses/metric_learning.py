"""``tf.contrib.losses.metric_learning``: losses that bring embeddings of equal labels together.

None of them is collected: add them to what is minimized.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

__all__ = [
    "contrastive_loss",
    "lifted_struct_loss",
    "npairs_loss",
    "npairs_loss_multilabel",
    "triplet_semihard_loss",
]

Tensor = Any


def contrastive_loss(labels: Any, embeddings_anchor: Any, embeddings_positive: Any, margin: float = 1.0) -> Tensor:
    """Mean square of the distances of pairs that belong together, and of what others lack to the margin.

    Letters: B batch, D depth.

    Args:
        labels: tensor [B], 1 for pairs that belong together and 0 for others.
        embeddings_anchor, embeddings_positive: tensors [B, D]: the pairs.
        margin: how far apart others should be.

    >>> far, near = tf.constant([[3.0, 4.0]]), tf.constant([[0.0, 0.0]])
    >>> tf.contrib.losses.metric_learning.contrastive_loss([1.0], far, near).numpy().tolist()
    25.0
    """
    distances = tf.sqrt(tf.reduce_sum(tf.math.squared_difference(embeddings_anchor, embeddings_positive), 1))
    labels = tf.cast(labels, distances.dtype)
    lacking = tf.square(tf.maximum(margin - distances, 0.0))
    return tf.reduce_mean(labels * tf.square(distances) + (1.0 - labels) * lacking, name="contrastive_loss")


def triplet_semihard_loss(labels: Any, embeddings: Any, margin: float = 1.0) -> Tensor:
    """Triplet loss with semi-hard negatives (Schroff et al. 2015).

    For each pair of equal labels: what the nearest other that is farther away than the pair (or, if there is none, the
    farthest other) lacks to the margin, in squared distances; the mean over pairs.

    Args:
        labels: integer tensor [B].
        embeddings: tensor [B, D], of length 1 as a rule.
        margin: how much farther away others should be.
    """
    distances = _distances(embeddings, squared=True)
    same = _same(labels)
    others = tf.logical_not(same)
    count = tf.shape(distances)[0]
    # [anchor, positive, negative]
    is_farther = tf.logical_and(others[:, tf.newaxis, :], distances[:, tf.newaxis, :] > distances[:, :, tf.newaxis])
    every = tf.broadcast_to(distances[:, tf.newaxis, :], [count, count, count])
    nearest_farther = _least_where(every, is_farther, 2)
    farthest = -_least_where(-distances, others, 1)[:, tf.newaxis]
    negatives = tf.where(tf.reduce_any(is_farther, 2), nearest_farther, tf.broadcast_to(farthest, [count, count]))
    pairs = _pairs(same, distances.dtype)
    lacking = tf.maximum((margin + distances - negatives) * pairs, 0.0)
    return tf.truediv(tf.reduce_sum(lacking), tf.reduce_sum(pairs), name="triplet_semihard_loss")


def lifted_struct_loss(labels: Any, embeddings: Any, margin: float = 1.0) -> Tensor:
    """Lifted structured loss (Song et al. 2016).

    For each pair of equal labels: its distance, and a soft maximum of what all others lack to the margin from either.

    Args:
        labels: integer tensor [B].
        embeddings: tensor [B, D].
        margin: how far away others should be.
    """
    distances = _distances(embeddings, squared=False)
    same = _same(labels)
    lacking = margin - distances
    others = tf.cast(tf.logical_not(same), distances.dtype)
    greatest = -_least_where(-lacking, tf.logical_not(same), 1)
    greatest = tf.maximum(greatest[:, tf.newaxis], greatest[tf.newaxis, :])
    # [of which pair, the other of it, negative]
    of_first = tf.reduce_sum(
        tf.exp(lacking[:, tf.newaxis, :] - greatest[:, :, tf.newaxis]) * others[:, tf.newaxis, :], 2
    )
    losses = greatest + tf.math.log(of_first + tf.transpose(of_first)) + distances
    pairs = _pairs(same, distances.dtype)
    total = tf.reduce_sum(tf.square(tf.maximum(losses * pairs, 0.0)))
    return tf.truediv(0.25 * total, tf.reduce_sum(pairs) / 2.0, name="liftedstruct_loss")


def npairs_loss(
    labels: Any, embeddings_anchor: Any, embeddings_positive: Any, reg_lambda: float = 0.002, print_losses: bool = False
) -> Tensor:
    """N-pairs loss (Sohn 2016): cross entropy of the similarities with where labels are equal, and weight decay.

    Args:
        labels: integer tensor [B].
        embeddings_anchor, embeddings_positive: tensors [B, D]: pairs of equal labels, not scaled to one length.
        reg_lambda: how much of the embeddings' mean square is added.
        print_losses: print both parts.
    """
    reg_anchor, reg_positive = (
        tf.reduce_mean(tf.reduce_sum(tf.square(each), 1)) for each in (embeddings_anchor, embeddings_positive)
    )
    decay = tf.multiply(0.25 * reg_lambda, reg_anchor + reg_positive, name="l2loss")
    return _of_pairs(tf.cast(_same(labels), tf.float32), embeddings_anchor, embeddings_positive, decay, print_losses)


def npairs_loss_multilabel(
    sparse_labels: Sequence[tf.SparseTensor],
    embeddings_anchor: Any,
    embeddings_positive: Any,
    reg_lambda: float = 0.002,
    print_losses: bool = False,
) -> Tensor:
    """`npairs_loss` for examples with several labels: pairs count by how many labels they have in common.

    Args:
        sparse_labels: for each example a sparse tensor [labels] with ones at its labels.
        embeddings_anchor, embeddings_positive, reg_lambda, print_losses: as there.
    """
    with name_scope(None, "NpairsLossMultiLabel"):
        reg_anchor, reg_positive = (
            tf.reduce_mean(tf.reduce_sum(tf.square(each), 1)) for each in (embeddings_anchor, embeddings_positive)
        )
        decay = tf.multiply(0.25 * reg_lambda, reg_anchor + reg_positive, name="l2loss")
        labels = tf.stack([tf.cast(tf.sparse.to_dense(each), tf.float32) for each in sparse_labels])
        in_common = tf.matmul(labels, labels, transpose_b=True)
        return _of_pairs(in_common, embeddings_anchor, embeddings_positive, decay, print_losses)


def _of_pairs(in_common: Tensor, anchor: Any, positive: Any, decay: Tensor, prints: bool) -> Tensor:
    similarities = tf.matmul(anchor, positive, transpose_b=True)
    targets = in_common / tf.reduce_sum(in_common, 1, keepdims=True)
    entropies = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(targets), logits=similarities)
    entropy = tf.reduce_mean(entropies, name="xentropy")
    if prints:
        entropy = tf.compat.v1.Print(entropy, ["cross entropy:", entropy, "l2loss:", decay])
    return decay + entropy


def _distances(embeddings: Any, squared: bool) -> Tensor:
    """The distances of all pairs; zero, with no gradient, where two are at one place."""
    embeddings = tf.convert_to_tensor(embeddings)
    squares = tf.reduce_sum(tf.square(embeddings), 1)
    products = tf.matmul(embeddings, embeddings, transpose_b=True)
    found = tf.maximum(squares[:, tf.newaxis] + squares[tf.newaxis, :] - 2.0 * products, 0.0)
    is_zero = tf.cast(found <= 0.0, found.dtype)
    if not squared:
        found = tf.sqrt(found + is_zero * 1e-16)
    found *= 1.0 - is_zero
    return found * (1.0 - tf.eye(tf.shape(found)[0], dtype=found.dtype))


def _same(labels: Any) -> Tensor:
    labels = tf.reshape(labels, [-1])
    return tf.equal(labels[:, tf.newaxis], labels[tf.newaxis, :])


def _pairs(same: Tensor, dtype: tf.DType) -> Tensor:
    """1 for two of the same label, 0 for others and for one with itself."""
    return tf.cast(same, dtype) - tf.eye(tf.shape(same)[0], dtype=dtype)


def _least_where(values: Tensor, mask: Tensor, axis: int) -> Tensor:
    """The least of those that count; if none does, the greatest of all."""
    greatest = tf.reduce_max(values, axis, keepdims=True)
    least = tf.reduce_min((values - greatest) * tf.cast(mask, values.dtype), axis, keepdims=True) + greatest
    return tf.squeeze(least, axis)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
