"""Normal distributions over vectors, with a scale of one form or another."""

from __future__ import annotations

import math
from typing import Any

import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.distributions._parameters import Distribution, given, softplus, tf1, with_leading

Tensor = Any
_linalg = tensorflow.linalg


class _MultivariateNormal(Distribution):  # type: ignore[misc]
    """Normal over vectors: ``scale @ z + loc`` for a standard normal z.

    Letters: B the shape of the batch, K the length of a vector.
    """

    def __init__(
        self, loc: Tensor, scale: Any, parameters: dict[str, Any], validate_args: bool, allow_nan_stats: bool, name: str
    ) -> None:
        self._loc, self._scale = loc, scale
        super().__init__(
            dtype=scale.dtype,
            reparameterization_type=tf1.distributions.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[each for each in [loc] if each is not None],
            name=name,
        )

    @property
    def loc(self) -> Tensor:
        """Where the middle is, [B, K], or None for zero."""
        return self._loc

    @property
    def scale(self) -> Any:
        """The square root of the covariance, a `tf.linalg.LinearOperator`."""
        return self._scale

    def _batch_shape_tensor(self) -> Tensor:
        shape = self._scale.batch_shape_tensor()
        if self._loc is None:
            return shape
        return tensorflow.broadcast_dynamic_shape(shape, tensorflow.shape(self._loc)[:-1])

    def _batch_shape(self) -> Any:
        shape = self._scale.batch_shape
        return shape if self._loc is None else tensorflow.broadcast_static_shape(shape, self._loc.shape[:-1])

    def _event_shape_tensor(self) -> Tensor:
        return self._scale.range_dimension_tensor()[tensorflow.newaxis]

    def _event_shape(self) -> Any:
        return tensorflow.TensorShape([self._scale.range_dimension])

    def _whole_shape(self) -> Tensor:
        return tensorflow.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0)

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        shape = with_leading(n, self._whole_shape())
        drawn = self._scale.matvec(tf1.random_normal(shape, dtype=self.dtype, seed=seed))
        return drawn if self._loc is None else drawn + self._loc

    def _log_prob(self, x: Tensor) -> Tensor:
        x = x if self._loc is None else x - self._loc
        # A batch of vectors is solved for as it is; only a scale with a batch of its own must be given whole vectors.
        z = self._scale.solvevec(x + tensorflow.zeros(self._whole_shape(), self.dtype))
        size = tensorflow.cast(self._scale.range_dimension_tensor(), self.dtype)
        return (
            -0.5 * tensorflow.reduce_sum(tensorflow.square(z), -1)
            - 0.5 * math.log(2.0 * math.pi) * size
            - self._scale.log_abs_determinant()
        )

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.exp(self._log_prob(x))

    def _entropy(self) -> Tensor:
        size = tensorflow.cast(self._scale.range_dimension_tensor(), self.dtype)
        entropy = 0.5 * (1.0 + math.log(2.0 * math.pi)) * size + self._scale.log_abs_determinant()
        return entropy + tensorflow.zeros(self.batch_shape_tensor(), self.dtype)

    def _mean(self) -> Tensor:
        zeros = tensorflow.zeros(self._whole_shape(), self.dtype)
        return zeros if self._loc is None else zeros + self._loc

    def _mode(self) -> Tensor:
        return self._mean()

    def _covariance(self) -> Tensor:
        root = self._scale.to_dense()
        # TF1, too: as many as there are scales, however many locations there are
        return tensorflow.matmul(root, root, adjoint_b=True)

    def _variance(self) -> Tensor:
        root = self._scale.to_dense()
        return tensorflow.reduce_sum(tensorflow.square(root), -1)

    def _stddev(self) -> Tensor:
        return tensorflow.sqrt(self._variance())


@tf1.distributions.RegisterKL(_MultivariateNormal, _MultivariateNormal)
def _kl_of_normals(a: _MultivariateNormal, b: _MultivariateNormal, name: str | None = None) -> Tensor:
    with name_scope(name, "kl_mvn", values=[a.loc, b.loc]):
        ratio = b.scale.solve(a.scale.to_dense())
        apart = b.scale.solvevec(b.mean() - a.mean())
        size = tensorflow.cast(b.scale.domain_dimension_tensor(), b.dtype)
        return (
            b.scale.log_abs_determinant()
            - a.scale.log_abs_determinant()
            + 0.5
            * (
                -size
                + tensorflow.reduce_sum(tensorflow.square(ratio), [-2, -1])
                + tensorflow.reduce_sum(tensorflow.square(apart), -1)
            )
        )


def _location(loc: Tensor, dtype: Any = None) -> Tensor:
    return None if loc is None else tensorflow.convert_to_tensor(loc, dtype=dtype, name="loc")


def _diagonal(loc: Tensor, diagonal: Tensor, multiplier: Tensor) -> Tensor:
    """The diagonal of a scale, [B, K]: the one that was given plus a multiple of ones."""
    if diagonal is None and loc is None:
        raise ValueError("Cannot infer `event_shape` unless `loc` or `scale_diag` is specified.")
    if diagonal is not None:
        diagonal = tensorflow.convert_to_tensor(diagonal, name="scale_diag")
        if multiplier is None:
            return diagonal
        return diagonal + tensorflow.convert_to_tensor(multiplier, dtype=diagonal.dtype)[..., tensorflow.newaxis]
    ones = tensorflow.ones(tensorflow.shape(loc)[-1:] if loc.shape[-1] is None else [loc.shape[-1]], loc.dtype)
    if multiplier is None:
        return ones
    return ones * tensorflow.convert_to_tensor(multiplier, dtype=loc.dtype)[..., tensorflow.newaxis]


class MultivariateNormalDiag(_MultivariateNormal):
    """Normal over vectors whose elements vary by themselves (``tf.contrib.distributions.MultivariateNormalDiag``).

    Letters: B the shape of the batch, K the length of a vector.

    Args:
        loc: floating tensor [B, K]; None for zero.
        scale_diag: standard deviations [B, K]; they may be negative.
        scale_identity_multiplier: scalar or [B], added to all of them; alone it is the standard deviation.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Raises:
        ValueError: neither `loc` nor `scale_diag` says how long the vectors are.

    Source: facts of the topic contrib_distributions.

    >>> mvn = tf.contrib.distributions.MultivariateNormalDiag([0.0, 1.0], [1.0, 2.0])
    >>> mvn.sample(3).shape.as_list(), round(float(mvn.log_prob([0.0, 1.0])), 4)
    ([3, 2], -2.531)
    """

    def __init__(
        self,
        loc: Tensor = None,
        scale_diag: Tensor = None,
        scale_identity_multiplier: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalDiag",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[loc, scale_diag, scale_identity_multiplier]) as name:
            loc = _location(loc)
            diagonal = _diagonal(loc, scale_diag, scale_identity_multiplier)
            scale = _linalg.LinearOperatorDiag(diagonal, is_non_singular=True)
            super().__init__(loc, scale, parameters, validate_args, allow_nan_stats, name)


class MultivariateNormalDiagWithSoftplusScale(MultivariateNormalDiag):
    """`MultivariateNormalDiag` with ``softplus(scale_diag)``, which is positive."""

    def __init__(
        self,
        loc: Tensor,
        scale_diag: Tensor,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalDiagWithSoftplusScale",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[scale_diag]) as name:
            super().__init__(
                loc, softplus(scale_diag, "softplus_scale_diag"), None, validate_args, allow_nan_stats, name
            )
        self._parameters = parameters


class MultivariateNormalTriL(_MultivariateNormal):
    """Normal over vectors by a triangular scale (``tf.contrib.distributions.MultivariateNormalTriL``).

    Letters: B the shape of the batch, K the length of a vector.

    Args:
        loc: floating tensor [B, K]; None for zero.
        scale_tril: lower triangular matrices [B, K, K] without zeros on the diagonal; what is above it does not count.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Raises:
        ValueError: neither `loc` nor `scale_tril` says how long the vectors are.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        loc: Tensor = None,
        scale_tril: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalTriL",
    ) -> None:
        parameters = given(locals())
        if loc is None and scale_tril is None:
            raise ValueError("Must specify one or both of `loc`, `scale_tril`.")
        with name_scope(name, values=[loc, scale_tril]) as name:
            loc = _location(loc)
            if scale_tril is None:
                scale: Any = _linalg.LinearOperatorDiag(_diagonal(loc, None, None), is_non_singular=True)
            else:
                matrix = tensorflow.convert_to_tensor(scale_tril, name="scale_tril")
                scale = _linalg.LinearOperatorLowerTriangular(
                    _linalg.band_part(matrix, -1, 0), is_non_singular=True, is_positive_definite=True
                )
            super().__init__(loc, scale, parameters, validate_args, allow_nan_stats, name)


class MultivariateNormalFullCovariance(MultivariateNormalTriL):
    """Normal over vectors by its covariance (``tf.contrib.distributions.MultivariateNormalFullCovariance``).

    Letters: B the shape of the batch, K the length of a vector.

    Args:
        loc: floating tensor [B, K]; None for zero.
        covariance_matrix: symmetric positive definite matrices [B, K, K]; None for ones on the diagonal.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        loc: Tensor = None,
        covariance_matrix: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalFullCovariance",
    ) -> None:
        parameters = given(locals())
        with name_scope(name, values=[loc, covariance_matrix]) as name:
            root = None
            if covariance_matrix is not None:
                matrix = tensorflow.convert_to_tensor(covariance_matrix, name="covariance_matrix")
                checks = []
                if validate_args:
                    message = "Matrix was not symmetric."
                    checks.append(tf1.assert_near(matrix, _linalg.matrix_transpose(matrix), message=message))
                with tensorflow.control_dependencies(checks):
                    root = _linalg.cholesky(matrix)
            super().__init__(loc, root, validate_args, allow_nan_stats, name)
        self._parameters = parameters


class MultivariateNormalDiagPlusLowRank(_MultivariateNormal):
    """Normal over vectors by a diagonal and a few directions more
    (``tf.contrib.distributions.MultivariateNormalDiagPlusLowRank``).

    The scale is ``diag(scale_diag + scale_identity_multiplier) + F @ diag(scale_perturb_diag) @ F.T`` for
    F = `scale_perturb_factor`.

    Letters: B the shape of the batch, K the length of a vector, R the number of directions.

    Args:
        loc: floating tensor [B, K]; None for zero.
        scale_diag: [B, K]. scale_identity_multiplier: [B].
        scale_perturb_factor: [B, K, R]. scale_perturb_diag: [B, R]; None for ones.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        loc: Tensor = None,
        scale_diag: Tensor = None,
        scale_identity_multiplier: Tensor = None,
        scale_perturb_factor: Tensor = None,
        scale_perturb_diag: Tensor = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalDiagPlusLowRank",
    ) -> None:
        parameters = given(locals())
        tensors = [loc, scale_diag, scale_identity_multiplier, scale_perturb_factor, scale_perturb_diag]
        with name_scope(name, values=tensors) as name:
            loc = _location(loc)
            if loc is None and scale_diag is None and scale_perturb_factor is not None:
                factor = tensorflow.convert_to_tensor(scale_perturb_factor)
                diagonal = _diagonal(factor[..., 0], None, scale_identity_multiplier)
            else:
                diagonal = _diagonal(loc, scale_diag, scale_identity_multiplier)
            base = _linalg.LinearOperatorDiag(diagonal, is_non_singular=True, is_positive_definite=True)
            scale: Any = base
            if scale_perturb_factor is not None:
                factor = tensorflow.convert_to_tensor(scale_perturb_factor, name="scale_perturb_factor")
                weights = None
                if scale_perturb_diag is not None:
                    weights = tensorflow.convert_to_tensor(scale_perturb_diag, name="scale_perturb_diag")
                scale = _linalg.LinearOperatorLowRankUpdate(
                    base,
                    u=factor,
                    diag_update=weights,
                    is_diag_update_positive=weights is None,
                    is_non_singular=True,
                    is_self_adjoint=True,
                    is_positive_definite=True,
                    is_square=True,
                )
            super().__init__(loc, scale, parameters, validate_args, allow_nan_stats, name)


hooks.keep_from_autograph(__name__)
