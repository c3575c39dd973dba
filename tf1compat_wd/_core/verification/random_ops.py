"""Random operations whose draws depend on nothing but the kind of draw and its shape.

With them two builds of one model draw the same numbers, whatever their mode, their seeds and the order in which they
draw. What they draw is still spread as it should be; only, two draws of one shape are equal.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any

_KINDS = {
    kind: [1907, number]
    for number, kind in enumerate("uniform int normal truncated shuffle categorical gamma poisson".split())
}


def _uniform(kind: str, shape: Any, dtype: Any, low: float = 0.0, high: float = 1.0) -> Tensor:
    # One algorithm by name: what "auto" means differs between the CPU, the GPU and XLA.
    drawn = tf.random.stateless_uniform(shape, _KINDS[kind], low, high, tf.float32, alg="philox")
    return tf.cast(drawn, dtype)


def _normal(kind: str, shape: Any, dtype: Any, bound: float) -> Tensor:
    """A normal distribution, without what lies beyond `bound` standard deviations.

    By the inverse error function: TensorFlow's stateless normals are drawn otherwise under XLA.
    """
    edge = math.erf(bound / math.sqrt(2.0))
    drawn = tf.math.erfinv(_uniform(kind, shape, tf.float32, -edge, edge)) * math.sqrt(2.0)
    return tf.cast(drawn, dtype)


def _random_uniform(shape: Any, dtype: Any, seed: int = 0, seed2: int = 0, name: str | None = None) -> Tensor:
    with tf.name_scope(name or "RandomUniform"):
        return _uniform("uniform", shape, dtype)


def _random_uniform_int(
    shape: Any, minval: Any, maxval: Any, seed: int = 0, seed2: int = 0, name: str | None = None
) -> Tensor:
    with tf.name_scope(name or "RandomUniformInt"):
        low, high = tf.convert_to_tensor(minval), tf.convert_to_tensor(maxval)
        width = tf.cast(high - low, tf.float32)
        return tf.minimum(low + tf.cast(_uniform("int", shape, tf.float32) * width, low.dtype), high - 1)


def _random_standard_normal(shape: Any, dtype: Any, seed: int = 0, seed2: int = 0, name: str | None = None) -> Tensor:
    with tf.name_scope(name or "RandomStandardNormal"):
        return _normal("normal", shape, dtype, 4.5)


def _truncated_normal(shape: Any, dtype: Any, seed: int = 0, seed2: int = 0, name: str | None = None) -> Tensor:
    with tf.name_scope(name or "TruncatedNormal"):
        return _normal("truncated", shape, dtype, 2.0)


def _random_shuffle(value: Any, seed: int = 0, seed2: int = 0, name: str | None = None) -> Tensor:
    with tf.name_scope(name or "RandomShuffle"):
        value = tf.convert_to_tensor(value)
        return tf.gather(value, tf.argsort(_uniform("shuffle", tf.shape(value)[:1], tf.float32)))


def _multinomial(
    logits: Any, num_samples: Any, seed: int = 0, seed2: int = 0, output_dtype: Any = tf.int64, name: str | None = None
) -> Tensor:
    with tf.name_scope(name or "Multinomial"):
        return tf.random.stateless_categorical(logits, num_samples, _KINDS["categorical"], output_dtype)


def _random_gamma(shape: Any, alpha: Any, seed: int = 0, seed2: int = 0, name: str | None = None) -> Tensor:
    with tf.name_scope(name or "RandomGamma"):
        alpha = tf.convert_to_tensor(alpha)
        whole = tf.concat([shape, tf.shape(alpha)], 0)
        return tf.random.stateless_gamma(whole, _KINDS["gamma"], alpha, dtype=alpha.dtype)


def _random_poisson(
    shape: Any, rate: Any, seed: int = 0, seed2: int = 0, dtype: Any = tf.int64, name: str | None = None
) -> Tensor:
    with tf.name_scope(name or "RandomPoisson"):
        rate = tf.convert_to_tensor(rate)
        whole = tf.concat([shape, tf.shape(rate)], 0)
        return tf.random.stateless_poisson(whole, _KINDS["poisson"], rate, dtype)


_REPLACEMENTS: dict[str, Callable[..., Tensor]] = {
    "multinomial": _multinomial,
    "random_gamma": _random_gamma,
    "random_poisson_v2": _random_poisson,
    "random_shuffle": _random_shuffle,
    "random_standard_normal": _random_standard_normal,
    "random_uniform": _random_uniform,
    "random_uniform_int": _random_uniform_int,
    "truncated_normal": _truncated_normal,
}


def aligned() -> AbstractContextManager[None]:
    """Let all random operations made meanwhile, dropout and initializers included, draw so; in this process."""
    return hooks.random_kernels_replaced(_REPLACEMENTS)


hooks.keep_from_autograph(__name__)
