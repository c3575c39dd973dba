"""Cross entropies of logits: the functions that TF1 let nobody call by position.

Before 1.0 their order was (logits, labels). TensorFlow 2.x takes (labels, logits) by position: a program that never ran
on TF1 >= 1.0 would get wrong numbers in silence.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any

_FLOATING = ("float16", "bfloat16", "float32", "float64")
_OF_EXP = ("bfloat16", "float16", "float32", "float64", "complex64", "complex128")
_CLASS_NUMBERS = ("int32", "int64")


def sigmoid_cross_entropy_with_logits(
    _sentinel: None = None, labels: Tensor = None, logits: Tensor = None, name: str | None = None
) -> Tensor:
    """Cross entropy of each logit as the log-odds of one yes or no (``tf.nn.sigmoid_cross_entropy_with_logits``).

    Args:
        _sentinel: keeps away positional arguments; don't use it.
        labels: tensor like `logits`, each element a probability.
        logits: floating tensor.
        name: name of the operation.

    Returns:
        Tensor like `logits`.

    Raises:
        ValueError: positional arguments, labels or logits missing, or shapes that differ.
        TypeError: logits are integers.

    Source: facts of the topic nn_ops.

    >>> float(tf.nn.sigmoid_cross_entropy_with_logits(labels=1.0, logits=0.0))  # doctest: +ELLIPSIS
    0.693147...
    """
    _refuse_positional("sigmoid_cross_entropy_with_logits", _sentinel, labels, logits)
    labels, logits = tf.convert_to_tensor(labels), _tensor_of(logits, "x", _OF_EXP)
    if not labels.shape.is_compatible_with(logits.shape):
        raise ValueError(f"logits and labels must have the same shape ({logits.shape} vs {labels.shape})")
    return tf.compat.v1.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: Tensor = None,
    logits: Tensor = None,
    dim: int = -1,
    name: str | None = None,
    axis: int | None = None,
) -> Tensor:
    """Cross entropy between two distributions over classes (``tf.nn.softmax_cross_entropy_with_logits``).

    No gradient flows into `labels`; `tf.nn.softmax_cross_entropy_with_logits_v2` lets it through.

    Args:
        _sentinel: keeps away positional arguments; don't use it.
        labels: tensor like `logits`; along `axis` its elements are probabilities.
        logits: floating tensor with the classes along `axis`.
        dim: older name of `axis`.
        name: name of the operation.
        axis: the axis of the classes, the last unless given.

    Returns:
        Tensor with the shape of `logits` without `axis`.

    Raises:
        ValueError: positional arguments, or labels or logits missing.
        TypeError: logits are integers.

    Source: facts of the topic nn_ops.
    """
    _refuse_positional("softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    logits = _tensor_of(logits, "features", _FLOATING)
    return tf.compat.v1.nn.softmax_cross_entropy_with_logits(
        labels=labels, logits=logits, dim=dim, name=name, axis=axis
    )


def softmax_cross_entropy_with_logits_v2(
    labels: Tensor, logits: Tensor, axis: int | None = None, name: str | None = None, dim: int | None = None
) -> Tensor:
    """Cross entropy between two distributions; gradients flow into both (``tf.nn.softmax_..._v2``).

    Args:
        labels: tensor like `logits`; along `axis` its elements are probabilities.
        logits: floating tensor with the classes along `axis`.
        axis: the axis of the classes, the last unless given.
        name: name of the operation.
        dim: older name of `axis`.

    Returns:
        Tensor with the shape of `logits` without `axis`.

    Raises:
        TypeError: logits are integers.
    """
    logits = _tensor_of(logits, "features", _FLOATING)
    return tf.compat.v1.nn.softmax_cross_entropy_with_logits_v2(
        labels=labels, logits=logits, axis=axis, name=name, dim=dim
    )


def sparse_softmax_cross_entropy_with_logits(
    _sentinel: None = None, labels: Tensor = None, logits: Tensor = None, name: str | None = None
) -> Tensor:
    """Cross entropy where `labels` holds the number of the true class (``tf.nn.sparse_softmax_...``).

    Args:
        _sentinel: keeps away positional arguments; don't use it.
        labels: integer tensor [...] of class numbers.
        logits: floating tensor [..., classes].
        name: name of the operation.

    Returns:
        Tensor with the shape of `labels` and the dtype of `logits`.

    Raises:
        ValueError: positional arguments, labels or logits missing, or ranks that don't fit.
        TypeError: labels aren't int32 or int64, or logits are integers.

    Source: facts of the topic nn_ops.

    >>> logits = tf.constant([[0.0, 0.0], [9.0, -9.0]])
    >>> tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 0], logits=logits).numpy().round(3).tolist()
    [0.6930000185966492, 0.0]
    """
    _refuse_positional("sparse_softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    labels, logits = tf.convert_to_tensor(labels), tf.convert_to_tensor(logits)
    _check_ranks(labels.shape, logits.shape)
    logits = _tensor_of(logits, "features", _FLOATING)
    labels = _tensor_of(labels, "labels", _CLASS_NUMBERS)
    return tf.compat.v1.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def _refuse_positional(function: str, sentinel: Any, labels: Tensor, logits: Tensor) -> None:
    if sentinel is not None:
        raise ValueError(f"Only call `{function}` with named arguments (labels=..., logits=..., ...)")
    if labels is None or logits is None:
        raise ValueError("Both labels and logits must be provided.")


def _tensor_of(value: Any, parameter: str, allowed: tuple[str, ...]) -> Tensor:
    """`value` as a tensor; TF1's error for a dtype that the operation doesn't take, in eager mode too."""
    tensor = tf.convert_to_tensor(value)
    if tensor.dtype.base_dtype.name not in allowed:
        raise errors.wrong_dtype_of_parameter(parameter, tensor.dtype.base_dtype.name, allowed)
    return tensor


def _check_ranks(labels: tf.TensorShape, logits: tf.TensorShape) -> None:
    """Raise TF1's errors, whose words TensorFlow 2.x changed."""
    if logits.rank == 0:
        raise ValueError("Logits cannot be scalars - received shape ().")
    if labels.rank is None or logits.rank is None:
        return
    if labels.rank != logits.rank - 1:
        raise ValueError(
            f"Rank mismatch: Rank of labels (received {labels.rank}) should equal rank of logits minus 1 "
            f"(received {logits.rank})."
        )
    if not labels.is_compatible_with(logits[:-1]):
        raise ValueError(
            f"Shape mismatch: The shape of labels (received {labels}) should equal the shape of logits except for the "
            f"last dimension (received {logits})."
        )


hooks.keep_from_autograph(__name__)
