"""Activations, initializers, regularizers and constraints given by name.

TF1's layers took them as Keras did: ``activation="relu"``, ``kernel_initializer="he_normal"``, or the dictionary that
`get_config` had written. A function is what it is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any
Function = Callable[..., Any]

_initializers = tf.compat.v1.initializers


# ------------------------------------------------------------------------------------- activations


def linear(x: Tensor) -> Tensor:
    """`x` itself: the activation of a layer that has none."""
    return x


def hard_sigmoid(x: Tensor) -> Tensor:
    """0.2 x + 0.5, between 0 and 1."""
    return tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)


def softmax(x: Tensor) -> Tensor:
    """Softmax over the last axis.

    Raises:
        ValueError: `x` has one axis only.
    """
    if x.shape.rank == 1:
        raise ValueError(f"Cannot apply softmax to a tensor that is 1D. Received input: {x}")
    return tf.nn.softmax(x)


_ACTIVATIONS: dict[str, Function] = {
    "elu": tf.nn.elu,
    "exponential": tf.exp,
    "hard_sigmoid": hard_sigmoid,
    "linear": linear,
    "relu": tf.nn.relu,
    "selu": tf.nn.selu,
    "sigmoid": tf.nn.sigmoid,
    "softmax": softmax,
    "softplus": tf.nn.softplus,
    "softsign": tf.nn.softsign,
    "tanh": tf.nn.tanh,
}


def activation_of(given: Any) -> Function:
    """The function that `given` names, or is; `linear` for None.

    Raises:
        ValueError: no activation has this name.
        TypeError: it is neither a name nor a function.
    """
    if given is None:
        return linear
    if isinstance(given, str):
        if given not in _ACTIVATIONS:
            raise ValueError(
                f"Unknown activation function:{given}\n\nThe names are {', '.join(_ACTIVATIONS)}; "
                "or give a function, such as tf.nn.leaky_relu."
            )
        return _ACTIVATIONS[given]
    if callable(given):
        return given
    raise TypeError(f"Could not interpret activation function identifier: {given!r}")


# ------------------------------------------------------------------------------------ initializers


def _normal(mean: float = 0.0, stddev: float = 0.05, seed: int | None = None, dtype: Any = tf.float32) -> Any:
    return _initializers.random_normal(mean, stddev, seed, dtype)


def _uniform(minval: float = -0.05, maxval: float = 0.05, seed: int | None = None, dtype: Any = tf.float32) -> Any:
    return _initializers.random_uniform(minval, maxval, seed, dtype)


def _truncated(mean: float = 0.0, stddev: float = 0.05, seed: int | None = None, dtype: Any = tf.float32) -> Any:
    return _initializers.truncated_normal(mean, stddev, seed, dtype)


_INITIALIZERS: dict[str, Function] = {
    "zeros": _initializers.zeros,
    "zero": _initializers.zeros,
    "Zeros": _initializers.zeros,
    "ones": _initializers.ones,
    "one": _initializers.ones,
    "Ones": _initializers.ones,
    "constant": _initializers.constant,
    "Constant": _initializers.constant,
    "random_normal": _normal,
    "normal": _normal,
    "RandomNormal": _normal,
    "random_uniform": _uniform,
    "uniform": _uniform,
    "RandomUniform": _uniform,
    "truncated_normal": _truncated,
    "TruncatedNormal": _truncated,
    "VarianceScaling": _initializers.variance_scaling,
    "orthogonal": _initializers.orthogonal,
    "Orthogonal": _initializers.orthogonal,
    "identity": _initializers.identity,
    "Identity": _initializers.identity,
    "glorot_uniform": tf.compat.v1.glorot_uniform_initializer,
    "GlorotUniform": tf.compat.v1.glorot_uniform_initializer,
    "glorot_normal": tf.compat.v1.glorot_normal_initializer,
    "GlorotNormal": tf.compat.v1.glorot_normal_initializer,
    "he_normal": _initializers.he_normal,
    "he_uniform": _initializers.he_uniform,
    "lecun_normal": _initializers.lecun_normal,
    "lecun_uniform": _initializers.lecun_uniform,
}


def initializer_of(given: Any) -> Function | None:
    """The initializer that `given` names, or is; None for None.

    Raises:
        ValueError: no initializer has this name, or it is neither a name nor a function.
    """
    if given is None:
        return None
    if callable(given):
        return given() if inspect.isclass(given) else given  # type: ignore[return-value]
    found = _by_name(given, _INITIALIZERS, "Unknown initializer:{}")
    if found is None:
        raise ValueError(
            f"Could not interpret initializer identifier: {given}\n\nA layer's initializer is a function of shape and "
            "dtype, or the name of one; for a constant write tf.constant_initializer(...)."
        )
    return found


# ------------------------------------------------------------------------ regularizers, constraints


class L1L2(NamedTuple):
    """A regularizer: l1 times the sum of absolute values, plus l2 times the sum of squares."""

    l1: float = 0.0
    l2: float = 0.0

    def __call__(self, weight: Tensor) -> Tensor:
        loss = tf.constant(0.0, weight.dtype)
        if self.l1:
            loss += tf.reduce_sum(self.l1 * tf.abs(weight))
        if self.l2:
            loss += tf.reduce_sum(self.l2 * tf.square(weight))
        return loss

    def get_config(self) -> dict[str, Any]:
        return self._asdict()


_REGULARIZERS: dict[str, Function] = {
    "l1": lambda l1=0.01: L1L2(l1=l1),
    "l2": lambda l2=0.01: L1L2(l2=l2),
    "l1_l2": lambda l1=0.01, l2=0.01: L1L2(l1, l2),
    "L1L2": L1L2,
}


def regularizer_of(given: Any) -> Function | None:
    """The regularizer that `given` names, or is; None for None.

    Raises:
        ValueError: no regularizer has this name, or it is neither a name nor a function.
    """
    if given is None or callable(given):
        return given
    found = _by_name(given, _REGULARIZERS, "Unknown regularizer:{}")
    if found is None:
        raise ValueError("Could not interpret regularizer identifier:", given)
    return found


_EPSILON = 1e-7


class NonNeg:
    """A constraint: negative weights become zero."""

    def __call__(self, weight: Tensor) -> Tensor:
        return tf.maximum(weight, 0.0)

    def get_config(self) -> dict[str, Any]:
        return {}


class MinMaxNorm(NamedTuple):
    """A constraint: the norm along `axis` goes into [min_value, max_value], all the way with a `rate` of 1."""

    min_value: float = 0.0
    max_value: float = 1.0
    rate: float = 1.0
    axis: int = 0

    def __call__(self, weight: Tensor) -> Tensor:
        norms = tf.sqrt(tf.reduce_sum(tf.square(weight), axis=self.axis, keepdims=True))
        wanted = self.rate * tf.clip_by_value(norms, self.min_value, self.max_value) + (1.0 - self.rate) * norms
        return weight * (wanted / (_EPSILON + norms))

    def get_config(self) -> dict[str, Any]:
        return self._asdict()


class MaxNorm(NamedTuple):
    """A constraint: the norm along `axis` is at most `max_value`."""

    max_value: float = 2.0
    axis: int = 0

    def __call__(self, weight: Tensor) -> Tensor:
        return MinMaxNorm(0.0, self.max_value, 1.0, self.axis)(weight)

    def get_config(self) -> dict[str, Any]:
        return self._asdict()


class UnitNorm(NamedTuple):
    """A constraint: the norm along `axis` is one."""

    axis: int = 0

    def __call__(self, weight: Tensor) -> Tensor:
        return weight / (_EPSILON + tf.sqrt(tf.reduce_sum(tf.square(weight), axis=self.axis, keepdims=True)))

    def get_config(self) -> dict[str, Any]:
        return self._asdict()


_CONSTRAINTS: dict[str, Function] = {
    "max_norm": MaxNorm,
    "maxnorm": MaxNorm,
    "MaxNorm": MaxNorm,
    "non_neg": NonNeg,
    "nonneg": NonNeg,
    "NonNeg": NonNeg,
    "unit_norm": UnitNorm,
    "unitnorm": UnitNorm,
    "UnitNorm": UnitNorm,
    "min_max_norm": MinMaxNorm,
    "MinMaxNorm": MinMaxNorm,
}


def constraint_of(given: Any) -> Function | None:
    """The constraint that `given` names, or is; None for None.

    Raises:
        ValueError: no constraint has this name, or it is neither a name nor a function.
    """
    if given is None or callable(given):
        return given
    found = _by_name(given, _CONSTRAINTS, "Unknown constraint: {}")
    if found is None:
        raise ValueError(f"Could not interpret constraint identifier: {given}")
    return found


# ------------------------------------------------------------------------------------- by name, to name


def _by_name(given: Any, known: dict[str, Function], unknown: str) -> Any:
    """What a name, or the dictionary of a configuration, stands for; None if `given` is neither."""
    if isinstance(given, str):
        name, arguments = given, {}
    elif isinstance(given, dict) and "class_name" in given:
        name, arguments = given["class_name"], given.get("config", {})
    else:
        return None
    if name not in known:
        raise ValueError(f"{unknown.format(name)}\n\nThe names are {', '.join(known)}.")
    return known[name](**arguments)


def to_config(function: Any) -> Any:
    """What a configuration says of a function: its name, or class and arguments; None for None."""
    if function is None:
        return None
    if hasattr(function, "get_config"):
        return {"class_name": type(function).__name__, "config": function.get_config()}
    return getattr(function, "__name__", type(function).__name__)


hooks.keep_from_autograph(__name__)
