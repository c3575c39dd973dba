"""Distributions over single real numbers that TensorFlow 2 dropped."""

from __future__ import annotations

import math
from typing import Any

import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.distributions._parameters import OfScalars, given, open_uniform, positive, tf1, with_leading

Tensor = Any
_REPARAMETERIZED = tf1.distributions.FULLY_REPARAMETERIZED


class _OfLocationAndScale(OfScalars):
    """What Logistic and Cauchy share."""

    def __init__(self, loc: Tensor, scale: Tensor, parameters: dict[str, Any], name: str) -> None:
        validate_args = parameters["validate_args"]
        with name_scope(name, values=[loc, scale]) as name:
            scale = positive(tensorflow.convert_to_tensor(scale, name="scale"), validate_args)
            loc = tensorflow.identity(tensorflow.convert_to_tensor(loc, name="loc"), name="loc")
            tf1.debugging.assert_same_float_dtype([loc, scale])
        self._given = loc, scale
        super().__init__(
            dtype=scale.dtype,
            reparameterization_type=_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=parameters["allow_nan_stats"],
            parameters=parameters,
            graph_parents=[loc, scale],
            name=name,
        )

    @property
    def loc(self) -> Tensor:
        """Where the middle is."""
        return self._given[0]

    @property
    def scale(self) -> Tensor:
        """How wide it is."""
        return self._given[1]

    def _z(self, x: Tensor) -> Tensor:
        return (x - self.loc) / self.scale

    def _mode(self) -> Tensor:
        return self._broadcast(self.loc)


class Logistic(_OfLocationAndScale):
    """The logistic distribution (``tf.contrib.distributions.Logistic``).

    Args:
        loc, scale: floating tensors whose shapes broadcast; `scale` is positive.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        loc: Tensor,
        scale: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Logistic",
    ) -> None:
        super().__init__(loc, scale, given(locals()), name)

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        drawn = open_uniform(with_leading(n, self.batch_shape_tensor()), self.dtype, seed)
        return (tensorflow.math.log(drawn) - tensorflow.math.log1p(-1.0 * drawn)) * self.scale + self.loc

    def _log_prob(self, x: Tensor) -> Tensor:
        z = self._z(x)
        return -z - 2.0 * tensorflow.nn.softplus(-z) - tensorflow.math.log(self.scale)

    def _cdf(self, x: Tensor) -> Tensor:
        return tensorflow.sigmoid(self._z(x))

    def _log_cdf(self, x: Tensor) -> Tensor:
        return -tensorflow.nn.softplus(-self._z(x))

    def _survival_function(self, x: Tensor) -> Tensor:
        return tensorflow.sigmoid(-self._z(x))

    def _log_survival_function(self, x: Tensor) -> Tensor:
        return -tensorflow.nn.softplus(self._z(x))

    def _entropy(self) -> Tensor:
        return self._broadcast(2.0 + tensorflow.math.log(self.scale))

    def _mean(self) -> Tensor:
        return self._broadcast(self.loc)

    def _stddev(self) -> Tensor:
        return self._broadcast(self.scale) * math.pi / math.sqrt(3.0)

    def _variance(self) -> Tensor:
        return tensorflow.square(self._stddev())


class Cauchy(_OfLocationAndScale):
    """The Cauchy distribution, which has no mean (``tf.contrib.distributions.Cauchy``).

    Args:
        loc, scale: floating tensors whose shapes broadcast; `scale` is positive.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        loc: Tensor,
        scale: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Cauchy",
    ) -> None:
        super().__init__(loc, scale, given(locals()), name)

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        drawn = tf1.random_uniform(with_leading(n, self.batch_shape_tensor()), 0.0, 1.0, self.dtype, seed)
        return self._quantile(drawn)

    def _log_prob(self, x: Tensor) -> Tensor:
        return -tensorflow.math.log1p(tensorflow.square(self._z(x))) - (
            math.log(math.pi) + tensorflow.math.log(self.scale)
        )

    def _cdf(self, x: Tensor) -> Tensor:
        return tensorflow.atan(self._z(x)) / math.pi + 0.5

    def _log_cdf(self, x: Tensor) -> Tensor:
        return tensorflow.math.log1p(2.0 / math.pi * tensorflow.atan(self._z(x))) - math.log(2.0)

    def _quantile(self, p: Tensor) -> Tensor:
        return self.loc + self.scale * tensorflow.tan(math.pi * (p - 0.5))

    def _entropy(self) -> Tensor:
        return self._broadcast(math.log(4.0 * math.pi) + tensorflow.math.log(self.scale))

    def _undefined(self) -> Tensor:
        if not self.allow_nan_stats:
            raise ValueError("`mean` is undefined for Cauchy distribution.")
        return tensorflow.fill(self.batch_shape_tensor(), tensorflow.constant(math.nan, self.dtype))

    _mean = _stddev = _variance = _undefined


class HalfNormal(OfScalars):
    """The absolute value of a normal number around zero (``tf.contrib.distributions.HalfNormal``).

    Args:
        scale: positive floating tensor.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self, scale: Tensor, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "HalfNormal"
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[scale]) as name:
            self._given = (positive(tensorflow.convert_to_tensor(scale, name="scale"), validate_args),)
        super().__init__(
            dtype=self.scale.dtype,
            reparameterization_type=_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.scale],
            name=name,
        )

    @property
    def scale(self) -> Tensor:
        """The standard deviation of the normal number."""
        return self._given[0]

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        shape = with_leading(n, self.batch_shape_tensor())
        return tensorflow.abs(tf1.random_normal(shape, dtype=self.dtype, seed=seed) * self.scale)

    def _prob(self, x: Tensor) -> Tensor:
        height = math.sqrt(2.0 / math.pi) / self.scale
        density = height * tensorflow.exp(-0.5 * tensorflow.square(x / self.scale))
        return density * tensorflow.cast(x >= 0, self.dtype)

    def _cdf(self, x: Tensor) -> Tensor:
        return tensorflow.math.erf(tensorflow.nn.relu(x) / self.scale / math.sqrt(2.0))

    def _quantile(self, p: Tensor) -> Tensor:
        return math.sqrt(2.0) * self.scale * tensorflow.math.erfinv(p)

    def _entropy(self) -> Tensor:
        return 0.5 * tensorflow.math.log(math.pi * tensorflow.square(self.scale) / 2.0) + 0.5

    def _mean(self) -> Tensor:
        return self.scale * math.sqrt(2.0 / math.pi)

    def _mode(self) -> Tensor:
        return tensorflow.zeros(self.batch_shape_tensor(), self.dtype)

    def _variance(self) -> Tensor:
        return tensorflow.square(self.scale) * (1.0 - 2.0 / math.pi)


class Chi2(tf1.distributions.Gamma):  # type: ignore[misc]
    """The sum of `df` squared standard normal numbers (``tf.contrib.distributions.Chi2``).

    Args:
        df: positive floating tensor.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Gamma`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self, df: Tensor, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Chi2"
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[df]) as name:
            self._df = positive(tensorflow.convert_to_tensor(df, name="df"), validate_args)
            half = tensorflow.constant(0.5, self._df.dtype, name="rate")
            super().__init__(0.5 * self._df, half, validate_args, allow_nan_stats, name)
        self._parameters = parameters

    @property
    def df(self) -> Tensor:
        """How many numbers."""
        return self._df


class InverseGamma(OfScalars):
    """One over a number of the gamma distribution (``tf.contrib.distributions.InverseGamma``).

    Args:
        concentration, rate: positive floating tensors whose shapes broadcast.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Gamma`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        concentration: Tensor,
        rate: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "InverseGamma",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[concentration, rate]) as name:
            concentration = positive(tensorflow.convert_to_tensor(concentration, name="concentration"), validate_args)
            rate = positive(tensorflow.convert_to_tensor(rate, name="rate"), validate_args)
            tf1.debugging.assert_same_float_dtype([concentration, rate])
        self._given = concentration, rate
        super().__init__(
            dtype=concentration.dtype,
            reparameterization_type=tf1.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[concentration, rate],
            name=name,
        )

    @property
    def concentration(self) -> Tensor:
        """The shape parameter."""
        return self._given[0]

    @property
    def rate(self) -> Tensor:
        """The rate of the gamma distribution."""
        return self._given[1]

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        shape = tensorflow.reshape(n, [1])
        beta = self._broadcast(self.rate)
        return 1.0 / tf1.random_gamma(shape, self._broadcast(self.concentration), beta, self.dtype, seed)

    def _log_prob(self, x: Tensor) -> Tensor:
        above = -(1.0 + self.concentration) * tensorflow.math.log(x) - self.rate / x
        return above - tensorflow.math.lgamma(self.concentration) + self.concentration * tensorflow.math.log(self.rate)

    def _cdf(self, x: Tensor) -> Tensor:
        return tensorflow.math.igammac(self.concentration + tensorflow.zeros_like(x), self.rate / x)

    def _entropy(self) -> Tensor:
        return (
            self.concentration
            + tensorflow.math.log(self.rate)
            + tensorflow.math.lgamma(self.concentration)
            - (1.0 + self.concentration) * tensorflow.math.digamma(self.concentration)
        )

    def _mode(self) -> Tensor:
        return self.rate / (1.0 + self.concentration)

    def _mean(self) -> Tensor:
        return self._where_above(1.0, self.rate / (self.concentration - 1.0), "mean")

    def _variance(self) -> Tensor:
        squared = tensorflow.square(self.rate) / tensorflow.square(self.concentration - 1.0)
        return self._where_above(2.0, squared / (self.concentration - 2.0), "variance")

    def _where_above(self, least: float, value: Tensor, what: str) -> Tensor:
        concentration = self._broadcast(self.concentration)
        if self.allow_nan_stats:
            return tensorflow.where(concentration > least, value, tensorflow.constant(math.nan, self.dtype))
        message = f"{what} undefined when any concentration <= {least:.0f}"
        check = tf1.assert_less(tensorflow.constant(least, self.dtype), concentration, message=message)
        with tensorflow.control_dependencies([check]):
            return tensorflow.identity(value)


hooks.keep_from_autograph(__name__)
