"""TensorFlow's distributions with a parameter that a network gives as it is, and softplus makes positive."""

from __future__ import annotations

from typing import Any

import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.distributions._parameters import given, softplus, tf1
from tf1compat_wd.contrib.distributions._scalars import Chi2, InverseGamma

Tensor = Any
_distributions = tf1.distributions


class NormalWithSoftplusScale(_distributions.Normal):  # type: ignore[misc]
    """`tf.distributions.Normal` with ``softplus(scale)``."""

    def __init__(
        self,
        loc: Tensor,
        scale: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "NormalWithSoftplusScale",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[scale]) as name:
            super().__init__(loc, softplus(scale, "softplus_scale"), validate_args, allow_nan_stats, name)
        self._parameters = parameters


class LaplaceWithSoftplusScale(_distributions.Laplace):  # type: ignore[misc]
    """`tf.distributions.Laplace` with ``softplus(scale)``."""

    def __init__(
        self,
        loc: Tensor,
        scale: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "LaplaceWithSoftplusScale",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[loc, scale]) as name:
            super().__init__(loc, softplus(scale, "softplus_scale"), validate_args, allow_nan_stats, name)
        self._parameters = parameters


class ExponentialWithSoftplusRate(_distributions.Exponential):  # type: ignore[misc]
    """`tf.distributions.Exponential` with ``softplus(rate)``."""

    def __init__(
        self,
        rate: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "ExponentialWithSoftplusRate",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[rate]) as name:
            super().__init__(softplus(rate, "softplus_rate"), validate_args, allow_nan_stats, name)
        self._parameters = parameters


class GammaWithSoftplusConcentrationRate(_distributions.Gamma):  # type: ignore[misc]
    """`tf.distributions.Gamma` with ``softplus(concentration)`` and ``softplus(rate)``."""

    def __init__(
        self,
        concentration: Tensor,
        rate: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "GammaWithSoftplusConcentrationRate",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[concentration, rate]) as name:
            super().__init__(
                softplus(concentration, "softplus_concentration"),
                softplus(rate, "softplus_rate"),
                validate_args,
                allow_nan_stats,
                name,
            )
        self._parameters = parameters


class BetaWithSoftplusConcentration(_distributions.Beta):  # type: ignore[misc]
    """`tf.distributions.Beta` with softplus of both concentrations."""

    def __init__(
        self,
        concentration1: Tensor,
        concentration0: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "BetaWithSoftplusConcentration",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[concentration1, concentration0]) as name:
            super().__init__(
                softplus(concentration1, "softplus_concentration1"),
                softplus(concentration0, "softplus_concentration0"),
                validate_args,
                allow_nan_stats,
                name,
            )
        self._parameters = parameters


class InverseGammaWithSoftplusConcentrationRate(InverseGamma):
    """`InverseGamma` with ``softplus(concentration)`` and ``softplus(rate)``."""

    def __init__(
        self,
        concentration: Tensor,
        rate: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "InverseGammaWithSoftplusConcentrationRate",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[concentration, rate]) as name:
            super().__init__(
                softplus(concentration, "softplus_concentration"),
                softplus(rate, "softplus_rate"),
                validate_args,
                allow_nan_stats,
                name,
            )
        self._parameters = parameters


class StudentTWithAbsDfSoftplusScale(_distributions.StudentT):  # type: ignore[misc]
    """`tf.distributions.StudentT` with ``floor(abs(df))`` and ``softplus(scale)``."""

    def __init__(
        self,
        df: Tensor,
        loc: Tensor,
        scale: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "StudentTWithAbsDfSoftplusScale",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[df, scale]) as name:
            degrees = tensorflow.floor(tensorflow.abs(tensorflow.convert_to_tensor(df)))
            super().__init__(degrees, loc, softplus(scale, "softplus_scale"), validate_args, allow_nan_stats, name)
        self._parameters = parameters


class Chi2WithAbsDf(Chi2):
    """`Chi2` with ``floor(abs(df))``."""

    def __init__(
        self, df: Tensor, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Chi2WithAbsDf"
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[df]) as name:
            degrees = tensorflow.floor(tensorflow.abs(tensorflow.convert_to_tensor(df), name="abs_df"))
            super().__init__(degrees, validate_args, allow_nan_stats, name)
        self._parameters = parameters


hooks.keep_from_autograph(__name__)
