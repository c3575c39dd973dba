"""Distributions over whole numbers, and over a single value."""

from __future__ import annotations

from typing import Any

import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.distributions._parameters import (
    Distribution,
    OfScalars,
    given,
    logits_and_probs,
    open_uniform,
    positive,
    tf1,
    with_leading,
)

Tensor = Any
_NOT_REPARAMETERIZED = tf1.distributions.NOT_REPARAMETERIZED
_math = tensorflow.math


class Poisson(OfScalars):
    """How often something happens that happens `rate` times on average (``tf.contrib.distributions.Poisson``).

    Args:
        rate: positive floating tensor; or log_rate: its logarithm.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Raises:
        ValueError: neither or both of `rate` and `log_rate` were given.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        rate: Tensor = None,
        log_rate: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Poisson",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[rate]) as name:
            if (rate is None) == (log_rate is None):
                raise ValueError("Must specify exactly one of `rate` and `log_rate`.")
            if log_rate is None:
                rate = positive(tensorflow.convert_to_tensor(rate, name="rate"), validate_args)
                log_rate = _math.log(rate, name="log_rate")
            else:
                log_rate = tensorflow.convert_to_tensor(log_rate, name="log_rate")
                rate = tensorflow.exp(log_rate, name="rate")
        self._rate, self._log_rate = rate, log_rate
        self._given = (rate,)
        super().__init__(
            dtype=rate.dtype,
            reparameterization_type=_NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[rate],
            name=name,
        )

    @property
    def rate(self) -> Tensor:
        """How often on average."""
        return self._rate

    @property
    def log_rate(self) -> Tensor:
        """The logarithm of `rate`."""
        return self._log_rate

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        return tf1.random_poisson(self.rate, tensorflow.reshape(n, [1]), dtype=self.dtype, seed=seed)

    def _log_prob(self, x: Tensor) -> Tensor:
        return x * self.log_rate - _math.lgamma(1.0 + x) - self.rate

    def _cdf(self, x: Tensor) -> Tensor:
        return _math.igammac(1.0 + x, self.rate + tensorflow.zeros_like(x))

    def _mean(self) -> Tensor:
        return tensorflow.identity(self.rate)

    def _variance(self) -> Tensor:
        return tensorflow.identity(self.rate)

    def _mode(self) -> Tensor:
        return tensorflow.floor(self.rate)


class _OfLogits(OfScalars):
    """Has log-odds and probabilities."""

    _logits: Tensor
    _probs: Tensor

    @property
    def logits(self) -> Tensor:
        """Log-odds of success."""
        return self._logits

    @property
    def probs(self) -> Tensor:
        """Probability of success."""
        return self._probs


class Geometric(_OfLogits):
    """How many failures come before the first success (``tf.contrib.distributions.Geometric``).

    Args:
        logits, probs: floating tensor: log-odds or probability of success, one of them.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Bernoulli`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        logits: Tensor = None,
        probs: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Geometric",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[logits, probs]) as name:
            self._logits, self._probs = logits_and_probs(logits, probs)
            self._probs = positive(self._probs, validate_args)
        self._given = (self._probs,)
        super().__init__(
            dtype=self._probs.dtype,
            reparameterization_type=_NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self._probs, self._logits],
            name=name,
        )

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        drawn = open_uniform(with_leading(n, self.batch_shape_tensor()), self.dtype, seed)
        return tensorflow.floor(_math.log(drawn) / _math.log1p(-self.probs))

    def _log_prob(self, x: Tensor) -> Tensor:
        # Where success is certain, no failure has probability one and not 0 * -inf.
        probs = self.probs + tensorflow.zeros_like(x)
        safe = tensorflow.where(tensorflow.equal(x, 0.0), tensorflow.zeros_like(probs), probs)
        return x * _math.log1p(-safe) + _math.log(probs)

    def _cdf(self, x: Tensor) -> Tensor:
        counts = 1.0 + x
        known = -_math.expm1(counts * _math.log1p(-self.probs))
        return tensorflow.where(counts < 0.0, tensorflow.zeros_like(counts), known)

    def _entropy(self) -> Tensor:
        failure = 1.0 - self.probs
        return -(failure * _math.log1p(-self.probs) + self.probs * _math.log(self.probs)) / self.probs

    def _mean(self) -> Tensor:
        return tensorflow.exp(-self.logits)

    def _variance(self) -> Tensor:
        return self._mean() / self.probs

    def _mode(self) -> Tensor:
        return tensorflow.zeros(self.batch_shape_tensor(), self.dtype)


class _OfTrials(_OfLogits):
    """Has a number of trials."""

    @property
    def total_count(self) -> Tensor:
        """How many trials; for `NegativeBinomial`, how many failures."""
        return self._given[0]

    def __init__(self, total_count: Tensor, parameters: dict[str, Any], name: str) -> None:
        validate_args = parameters["validate_args"]
        logits, probs = parameters["logits"], parameters["probs"]
        with name_scope(name, values=[total_count, logits, probs]) as name:
            self._logits, self._probs = logits_and_probs(logits, probs)
            total_count = tensorflow.convert_to_tensor(total_count, dtype=self._probs.dtype, name="total_count")
            if validate_args:
                with tensorflow.control_dependencies([tf1.assert_non_negative(total_count)]):
                    total_count = tensorflow.identity(total_count)
        self._given = total_count, self._probs
        super().__init__(
            dtype=self._probs.dtype,
            reparameterization_type=_NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=parameters["allow_nan_stats"],
            parameters=parameters,
            graph_parents=[total_count, self._logits, self._probs],
            name=name,
        )


class Binomial(_OfTrials):
    """How many of `total_count` trials succeed (``tf.contrib.distributions.Binomial``).

    Args:
        total_count: floating tensor.
        logits, probs: floating tensor: log-odds or probability of success, one of them.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Bernoulli`.

    Raises:
        NotImplementedError: `sample` is called, which TF 1.15 doesn't offer either.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        total_count: Tensor,
        logits: Tensor = None,
        probs: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Binomial",
    ) -> None:
        super().__init__(total_count, given(locals()), name)

    def _log_prob(self, x: Tensor) -> Tensor:
        missed = self.total_count - x
        likely = x * _math.log(self.probs) + missed * _math.log1p(-self.probs)
        return likely - (_math.lgamma(1.0 + x) + _math.lgamma(1.0 + missed) - _math.lgamma(1.0 + self.total_count))

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.exp(self._log_prob(x))

    def _cdf(self, x: Tensor) -> Tensor:
        x = tensorflow.floor(x)
        known = _math.betainc(
            *(each + tensorflow.zeros_like(self._broadcast(x)) for each in (self.total_count - x, x + 1.0)),
            1.0 - self._broadcast(self.probs) + tensorflow.zeros_like(x),
        )
        ones = tensorflow.ones_like(known)
        return tensorflow.where(self._broadcast(x) >= self.total_count, ones, known)

    def _mean(self) -> Tensor:
        return self.total_count * self.probs

    def _variance(self) -> Tensor:
        return self._mean() * (1.0 - self.probs)

    def _mode(self) -> Tensor:
        return tensorflow.floor((1.0 + self.total_count) * self.probs)


class NegativeBinomial(_OfTrials):
    """How many successes come before `total_count` failures (``tf.contrib.distributions.NegativeBinomial``).

    Args:
        total_count: floating tensor.
        logits, probs: floating tensor: log-odds or probability of success, one of them.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Bernoulli`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        total_count: Tensor,
        logits: Tensor = None,
        probs: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "NegativeBinomial",
    ) -> None:
        super().__init__(total_count, given(locals()), name)

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        rate = tf1.random_gamma(
            tensorflow.reshape(n, [1]),
            self._broadcast(self.total_count),
            self._broadcast(tensorflow.exp(-self.logits)),
            self.dtype,
            seed,
        )
        return tf1.random_poisson(rate, [], dtype=self.dtype, seed=None if seed is None else seed + 1)

    def _log_prob(self, x: Tensor) -> Tensor:
        likely = self.total_count * _math.log_sigmoid(-self.logits) + x * _math.log_sigmoid(self.logits)
        return likely - (-_math.lgamma(self.total_count + x) + _math.lgamma(1.0 + x) + _math.lgamma(self.total_count))

    def _cdf(self, x: Tensor) -> Tensor:
        x = tensorflow.floor(self._broadcast(x))
        return _math.betainc(
            self.total_count + tensorflow.zeros_like(x),
            1.0 + x,
            tensorflow.sigmoid(-self.logits) + tensorflow.zeros_like(x),
        )

    def _mean(self) -> Tensor:
        return self.total_count * tensorflow.exp(self.logits)

    def _variance(self) -> Tensor:
        return self._mean() / tensorflow.sigmoid(-self.logits)

    def _mode(self) -> Tensor:
        adjusted = tensorflow.where(
            self.total_count > 1.0, self.total_count - 1.0, tensorflow.zeros_like(self.total_count)
        )
        return tensorflow.floor(adjusted * tensorflow.exp(self.logits))


class _Deterministic(Distribution):  # type: ignore[misc]
    """All probability at one value."""

    _loc: Tensor

    def __init__(self, parameters: dict[str, Any], name: str) -> None:
        tensors = [parameters[each] for each in ("loc", "atol", "rtol")]
        with name_scope(name, values=tensors) as name:
            loc = tensorflow.convert_to_tensor(tensors[0], name="loc")
            if parameters["validate_args"] and self._rank_of_events:
                message = "Argument loc must be at least rank 1."
                if loc.shape.rank == 0:
                    raise ValueError(message)
            absolute, relative = (
                tensorflow.zeros([], loc.dtype) if each is None else tensorflow.convert_to_tensor(each, dtype=loc.dtype)
                for each in tensors[1:]
            )
            slack = absolute + relative * tensorflow.abs(loc)
        self._loc, self._slack = loc, slack
        super().__init__(
            dtype=loc.dtype,
            reparameterization_type=tf1.distributions.FULLY_REPARAMETERIZED,
            validate_args=parameters["validate_args"],
            allow_nan_stats=parameters["allow_nan_stats"],
            parameters=parameters,
            graph_parents=[loc],
            name=name,
        )

    _rank_of_events = 0

    @property
    def loc(self) -> Tensor:
        """The value."""
        return self._loc

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        return tensorflow.broadcast_to(self.loc, with_leading(n, tensorflow.shape(self.loc)))

    def _mean(self) -> Tensor:
        return tensorflow.identity(self.loc)

    _mode = _mean

    def _variance(self) -> Tensor:
        return tensorflow.zeros_like(self.loc)

    def _entropy(self) -> Tensor:
        return tensorflow.zeros(self.batch_shape_tensor(), self.dtype)

    def _is_near(self, x: Tensor) -> Tensor:
        return tensorflow.abs(x - self.loc) <= self._slack


class Deterministic(_Deterministic):
    """A number that is always `loc` (``tf.contrib.distributions.Deterministic``).

    Args:
        loc: numeric tensor, the values.
        atol, rtol: how far another number may be from `loc` to have probability one: ``atol + rtol * abs(loc)``.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        loc: Tensor,
        atol: Tensor = None,
        rtol: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Deterministic",
    ) -> None:
        super().__init__(given(locals()), name)

    def _batch_shape_tensor(self) -> Tensor:
        return tensorflow.shape(self.loc)

    def _batch_shape(self) -> Any:
        return self.loc.shape

    def _event_shape_tensor(self) -> Tensor:
        return tensorflow.constant([], dtype=tensorflow.int32)

    def _event_shape(self) -> Any:
        return tensorflow.TensorShape([])

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.cast(self._is_near(x), self.dtype)

    def _cdf(self, x: Tensor) -> Tensor:
        return tensorflow.cast(x >= self.loc - self._slack, self.dtype)


class VectorDeterministic(_Deterministic):
    """A vector that is always `loc` (``tf.contrib.distributions.VectorDeterministic``).

    Args:
        loc: numeric tensor [B, K]: K numbers for each of the batch.
        atol, rtol, validate_args, allow_nan_stats, name: as for `Deterministic`.

    Source: facts of the topic contrib_distributions.
    """

    _rank_of_events = 1

    def __init__(
        self,
        loc: Tensor,
        atol: Tensor = None,
        rtol: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "VectorDeterministic",
    ) -> None:
        super().__init__(given(locals()), name)

    def _batch_shape_tensor(self) -> Tensor:
        return tensorflow.shape(self.loc)[:-1]

    def _batch_shape(self) -> Any:
        return self.loc.shape[:-1]

    def _event_shape_tensor(self) -> Tensor:
        return tensorflow.shape(self.loc)[-1:]

    def _event_shape(self) -> Any:
        return self.loc.shape[-1:]

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.cast(tensorflow.reduce_all(self._is_near(x), -1), self.dtype)


hooks.keep_from_autograph(__name__)
