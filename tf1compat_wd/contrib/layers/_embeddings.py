"""Embeddings: of sequences, of bags of words, and looking up each row once."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import model_variable

Tensor = Any


def embed_sequence(
    ids: Any,
    vocab_size: int | None = None,
    embed_dim: int | None = None,
    unique: bool = False,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    scope: Any = None,
    reuse: Any = None,
) -> Tensor:
    """A learned vector for each symbol of a sequence (``slim.embed_sequence``).

    Creates:
        <scope>/embeddings  [vocab_size, embed_dim]  in MODEL_VARIABLES
    Without `scope`: EmbedSequence, EmbedSequence_1, ...

    Args:
        ids: integer tensor [N, T].
        vocab_size, embed_dim: may be left out with `reuse`.
        unique: look up each symbol once only, see `embedding_lookup_unique`.
        initializer, regularizer: as for ``tf.get_variable``.
        trainable: whether the variable is put into TRAINABLE_VARIABLES.
        scope: variable scope, which must be given with `reuse`.
        reuse: True: share the variable of `scope`.

    Returns:
        Tensor [N, T, embed_dim].

    Raises:
        ValueError: a size is missing; those of ``tf.get_variable``.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     y = tf.contrib.layers.embed_sequence([[1, 2], [3, 0]], 5, 3)
    >>> y.shape.as_list()
    [2, 2, 3]
    """
    if not (reuse or (vocab_size and embed_dim)):
        raise ValueError(
            "Must specify vocab size and embedding dimension when not reusing. "
            f"Got vocab_size={vocab_size} and embed_dim={embed_dim}"
        )
    with variable_scope(scope, "EmbedSequence", [ids], reuse=reuse):
        known = vocab_size is not None and embed_dim is not None
        embeddings = model_variable(
            "embeddings",
            shape=[vocab_size, embed_dim] if known or not reuse else None,
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        if unique:
            return embedding_lookup_unique(embeddings, ids)
        return tf.compat.v1.nn.embedding_lookup(embeddings, ids)


def bow_encoder(
    ids: Any,
    vocab_size: int,
    embed_dim: int,
    sparse_lookup: bool = True,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    scope: Any = None,
    reuse: Any = None,
) -> Tensor:
    """The mean of the learned vectors of the symbols of each example (``slim.bow_encoder``).

    Creates:
        <scope>/embeddings  [vocab_size, embed_dim]  in MODEL_VARIABLES
    Without `scope`: bow_encoder, bow_encoder_1, ...

    Args:
        ids: integer tensor, or sparse tensor, [N, T].
        vocab_size, embed_dim: sizes of the variable.
        sparse_lookup: make `ids` sparse, whereby 0 (padding) and -1 count for nothing. An example without any id gets
            the embedding of id 0.
        initializer, regularizer, trainable, scope, reuse: as for `embed_sequence`.

    Returns:
        Tensor [N, embed_dim].

    Raises:
        ValueError: a size is missing; those of ``tf.get_variable``.
        TypeError: `ids` is sparse without `sparse_lookup`.
    """
    if not vocab_size or not embed_dim:
        raise ValueError("Must specify vocab size and embedding dimension")
    with variable_scope(scope, "bow_encoder", [ids], reuse=reuse):
        embeddings = model_variable(
            "embeddings",
            shape=[vocab_size, embed_dim],
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        if sparse_lookup:
            sparse = ids if isinstance(ids, tf.SparseTensor) else _without_padding(tf.convert_to_tensor(ids))
            return safe_embedding_lookup_sparse(
                [embeddings], sparse, combiner="mean", default_id=0, name="embedding_lookup"
            )
        if isinstance(ids, tf.SparseTensor):
            raise TypeError("ids are expected to be dense Tensor, got: %s", ids)
        return tf.reduce_mean(tf.compat.v1.nn.embedding_lookup(embeddings, ids), axis=1)


def _without_padding(ids: Tensor) -> tf.SparseTensor:
    indices = tf.where(tf.not_equal(ids, tf.zeros([], ids.dtype)))
    values = tf.cast(tf.gather_nd(ids, indices), tf.int64)
    return tf.SparseTensor(indices, values, tf.shape(ids, out_type=tf.int64))


def embedding_lookup_unique(params: Any, ids: Any, partition_strategy: str = "mod", name: str | None = None) -> Tensor:
    """As ``tf.nn.embedding_lookup``, but each id is looked up once however often it stands in `ids`.

    Args:
        params: variable, PartitionedVariable, tensor or list of them, [V, ...].
        ids: integer tensor of any shape.
        partition_strategy: mod or div: which of several `params` holds which row.
        name: of the name scope; default EmbeddingLookupUnique.

    Returns:
        Tensor of the shape of `ids`, followed by that of a row.

    >>> rows = tf.constant([[0.0], [10.0], [20.0]])
    >>> tf.contrib.layers.embedding_lookup_unique(rows, [[1, 1], [2, 1]]).numpy()[..., 0].tolist()
    [[10.0, 10.0], [20.0, 10.0]]
    """
    with name_scope(name, "EmbeddingLookupUnique", [params, ids]):
        ids = tf.convert_to_tensor(ids)
        shape, flat = tf.shape(ids), tf.reshape(ids, [tf.size(ids)])
        unique_ids, places = tf.unique(flat)
        rows = tf.compat.v1.nn.embedding_lookup(params, unique_ids, partition_strategy)
        found = tf.gather(rows, places)
        result = tf.reshape(found, tf.concat([shape, tf.shape(rows)[1:]], 0))
        if not hooks.executing_eagerly():
            result.set_shape(ids.shape.concatenate(rows.shape[1:]))
        return result


def safe_embedding_lookup_sparse(
    embedding_weights: Any,
    sparse_ids: tf.SparseTensor,
    sparse_weights: tf.SparseTensor | None = None,
    combiner: str | None = None,
    default_id: int | None = None,
    name: str | None = None,
    partition_strategy: str = "div",
    max_norm: float | None = None,
) -> Tensor:
    """Combine the embeddings of each row's ids; rows without any, and bad ids, do no harm.

    Args:
        embedding_weights: variable, PartitionedVariable, tensor or list of them, [V, ...].
        sparse_ids: integer sparse tensor; ids less than 0 are left out.
        sparse_weights: sparse tensor of weights of the same shape; ids with a weight of 0 or less are left out.
        combiner: mean (which None means), sqrtn or sum.
        default_id: whose embedding rows without ids get; default: zeros.
        name: of the operations.
        partition_strategy: div or mod: which of several `embedding_weights` holds which row.
        max_norm: embeddings are scaled down to this norm before they are combined.

    Returns:
        Tensor of the shape of `sparse_ids` without its last axis, followed by that of an embedding.

    Raises:
        ValueError: there are no `embedding_weights`.
    """
    if embedding_weights is None or (isinstance(embedding_weights, list | tuple) and not embedding_weights):
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    return tf.compat.v1.nn.safe_embedding_lookup_sparse(
        embedding_weights,
        sparse_ids,
        sparse_weights,
        combiner=combiner or "mean",
        default_id=default_id,
        name=name,
        partition_strategy=partition_strategy,
        max_norm=max_norm,
    )


hooks.keep_from_autograph(__name__)
