"""Choices as one-hot vectors, and what is nearly a choice and has a gradient."""

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
_distributions = tf1.distributions
_math = tensorflow.math


class _OfClasses(Distribution):  # type: ignore[misc]
    """What distributions over vectors [K] have in common, whose parameters are ``_logits`` and ``_probs`` [B, K]."""

    _logits: Tensor
    _probs: Tensor

    @property
    def event_size(self) -> Tensor:
        """How many classes there are, as a tensor."""
        return tensorflow.shape(self._logits)[-1]

    @property
    def logits(self) -> Tensor:
        """Log-probabilities up to a constant, [B, K]."""
        return self._logits

    @property
    def probs(self) -> Tensor:
        """Probabilities, [B, K]."""
        return self._probs

    def _batch_shape_tensor(self) -> Tensor:
        return tensorflow.shape(self.logits)[:-1]

    def _batch_shape(self) -> Any:
        return self.logits.shape[:-1]

    def _event_shape_tensor(self) -> Tensor:
        return tensorflow.shape(self.logits)[-1:]

    def _event_shape(self) -> Any:
        return self.logits.shape[-1:]

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.exp(self._log_prob(x))


class OneHotCategorical(_OfClasses):
    """A choice among K, as a vector with a single one (``tf.contrib.distributions.OneHotCategorical``).

    Letters: B the shape of the batch, K the number of classes.

    Args:
        logits, probs: floating tensor [B, K]: log-probabilities up to a constant, or probabilities; one of them.
        dtype: of the vectors.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Categorical`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        logits: Tensor = None,
        probs: Tensor = None,
        dtype: Any = tensorflow.int32,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "OneHotCategorical",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[logits, probs]) as name:
            self._logits, self._probs = logits_and_probs(logits, probs, is_multidimensional=True)
        super().__init__(
            dtype=dtype,
            reparameterization_type=_distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self._logits, self._probs],
            name=name,
        )

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        shape = with_leading(n, tensorflow.shape(self.logits))
        flat = tensorflow.reshape(self.logits, [-1, self.event_size])
        drawn = tensorflow.transpose(tf1.multinomial(flat, n, seed=seed))
        return tensorflow.reshape(tensorflow.one_hot(drawn, self.event_size, dtype=self.dtype), shape)

    def _log_prob(self, x: Tensor) -> Tensor:
        x = tensorflow.cast(x, self.logits.dtype)
        shape = tensorflow.broadcast_dynamic_shape(tensorflow.shape(x), tensorflow.shape(self.logits))
        labels, logits = (tensorflow.broadcast_to(each, shape) for each in (x, self.logits))
        return -tensorflow.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)

    def _entropy(self) -> Tensor:
        return -tensorflow.reduce_sum(tensorflow.nn.log_softmax(self.logits) * self.probs, -1)

    def _mode(self) -> Tensor:
        best = tensorflow.argmax(self.logits, axis=-1)
        return tensorflow.one_hot(best, self.event_size, dtype=self.dtype)

    def _covariance(self) -> Tensor:
        products = self.probs[..., :, tensorflow.newaxis] * self.probs[..., tensorflow.newaxis, :]
        return tensorflow.linalg.set_diag(-products, self.variance())

    def _mean(self) -> Tensor:
        return self.probs

    def _variance(self) -> Tensor:
        return self.probs * (1.0 - self.probs)


@_distributions.RegisterKL(OneHotCategorical, OneHotCategorical)
def _kl_of_choices(a: OneHotCategorical, b: OneHotCategorical, name: str | None = None) -> Tensor:
    with name_scope(name, "kl_categorical_categorical", values=[a.logits, b.logits]):
        log_ratio = tensorflow.nn.log_softmax(a.logits) - tensorflow.nn.log_softmax(b.logits)
        return tensorflow.reduce_sum(tensorflow.nn.softmax(a.logits) * log_ratio, -1)


class ExpRelaxedOneHotCategorical(_OfClasses):
    """The logarithm of `RelaxedOneHotCategorical`, which is stabler (``tf.contrib.distributions``).

    Letters: B the shape of the batch, K the number of classes.

    Args:
        temperature: positive floating tensor [B]; the lower, the nearer to a choice.
        logits, probs: floating tensor [B, K]: log-probabilities up to a constant, or probabilities; one of them.
        dtype: of the vectors; None for that of the logits.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Categorical`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        temperature: Tensor,
        logits: Tensor = None,
        probs: Tensor = None,
        dtype: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "ExpRelaxedOneHotCategorical",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[logits, probs, temperature]) as name:
            self._logits, self._probs = logits_and_probs(logits, probs, is_multidimensional=True)
            temperature = tensorflow.convert_to_tensor(temperature, dtype=self._logits.dtype, name="temperature")
            self._temperature = positive(temperature, validate_args)
        super().__init__(
            dtype=self._logits.dtype if dtype is None else tensorflow.as_dtype(dtype),
            reparameterization_type=_distributions.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self._logits, self._probs, self._temperature],
            name=name,
        )

    @property
    def temperature(self) -> Tensor:
        """How far from a choice."""
        return self._temperature

    def _heat(self) -> Tensor:
        return self.temperature[..., tensorflow.newaxis]

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        noise = -_math.log(-_math.log(open_uniform(with_leading(n, tensorflow.shape(self.logits)), self.dtype, seed)))
        return tensorflow.nn.log_softmax((noise + self.logits) / self._heat())

    def _log_prob(self, x: Tensor) -> Tensor:
        size = tensorflow.cast(self.event_size, self.dtype)
        constant = _math.lgamma(size) + (size - 1.0) * _math.log(self.temperature)
        likely = tensorflow.nn.log_softmax(self.logits - x * self._heat())
        return tensorflow.reduce_sum(likely, -1) + constant


class RelaxedOneHotCategorical(ExpRelaxedOneHotCategorical):
    """Nearly a choice among K: positive numbers that add up to one, with a gradient, known as Concrete or
    Gumbel-softmax (``tf.contrib.distributions.RelaxedOneHotCategorical``).

    Letters: B the shape of the batch, K the number of classes.

    Args:
        temperature: positive floating tensor [B]; the lower, the nearer to a choice.
        logits, probs: floating tensor [B, K]: log-probabilities up to a constant, or probabilities; one of them.
        dtype: of the vectors; None for that of the logits.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Categorical`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        temperature: Tensor,
        logits: Tensor = None,
        probs: Tensor = None,
        dtype: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "RelaxedOneHotCategorical",
    ) -> None:
        super().__init__(temperature, logits, probs, dtype, validate_args, allow_nan_stats, name)

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        return tensorflow.exp(super()._sample_n(n, seed))

    def _log_prob(self, x: Tensor) -> Tensor:
        logarithm = _math.log(x)
        return super()._log_prob(logarithm) - tensorflow.reduce_sum(logarithm, -1)


class RelaxedBernoulli(OfScalars):
    """Nearly yes or no: a number between 0 and 1 with a gradient (``tf.contrib.distributions.RelaxedBernoulli``).

    Args:
        temperature: positive floating tensor; the lower, the nearer to 0 and 1.
        logits, probs: floating tensor: log-odds or probability of 1; one of them.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Bernoulli`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        temperature: Tensor,
        logits: Tensor = None,
        probs: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "RelaxedBernoulli",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[temperature, logits, probs]) as name:
            self._logits, self._probs = logits_and_probs(logits, probs)
            temperature = tensorflow.convert_to_tensor(temperature, dtype=self._logits.dtype, name="temperature")
            self._temperature = positive(temperature, validate_args)
        self._given = self._logits, self._temperature
        super().__init__(
            dtype=self._logits.dtype,
            reparameterization_type=_distributions.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self._logits, self._temperature],
            name=name,
        )

    @property
    def temperature(self) -> Tensor:
        """How far from 0 and 1."""
        return self._temperature

    @property
    def logits(self) -> Tensor:
        """Log-odds of 1."""
        return self._logits

    @property
    def probs(self) -> Tensor:
        """Probability of 1."""
        return self._probs

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        drawn = open_uniform(with_leading(n, self.batch_shape_tensor()), self.dtype, seed)
        noise = _math.log(drawn) - _math.log1p(-1.0 * drawn)
        return tensorflow.sigmoid((noise + self.logits) / self.temperature)

    def _log_prob(self, x: Tensor) -> Tensor:
        odds = _math.log(x) - _math.log1p(-x)
        z = odds * self.temperature - self.logits
        density = -z - 2.0 * tensorflow.nn.softplus(-z) + _math.log(self.temperature)
        return density - _math.log(x) - _math.log1p(-x)

    def _cdf(self, x: Tensor) -> Tensor:
        odds = _math.log(x) - _math.log1p(-x)
        return tensorflow.sigmoid(odds * self.temperature - self.logits)


hooks.keep_from_autograph(__name__)
