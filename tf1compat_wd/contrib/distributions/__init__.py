"""``tf.contrib.distributions``: TensorFlow's own, and those that policies, autoencoders and mixtures were made of."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.distributions._categories import (
    ExpRelaxedOneHotCategorical,
    OneHotCategorical,
    RelaxedBernoulli,
    RelaxedOneHotCategorical,
)
from tf1compat_wd.contrib.distributions._combined import Independent, Mixture, MixtureSameFamily
from tf1compat_wd.contrib.distributions._counts import (
    Binomial,
    Deterministic,
    Geometric,
    NegativeBinomial,
    Poisson,
    VectorDeterministic,
)
from tf1compat_wd.contrib.distributions._functions import (
    fill_triangular,
    fill_triangular_inverse,
    matrix_diag_transform,
    reduce_weighted_logsumexp,
    softplus_inverse,
    tridiag,
)
from tf1compat_wd.contrib.distributions._multivariate_normal import (
    MultivariateNormalDiag,
    MultivariateNormalDiagPlusLowRank,
    MultivariateNormalDiagWithSoftplusScale,
    MultivariateNormalFullCovariance,
    MultivariateNormalTriL,
)
from tf1compat_wd.contrib.distributions._scalars import Cauchy, Chi2, HalfNormal, InverseGamma, Logistic
from tf1compat_wd.contrib.distributions._softplus import (
    BetaWithSoftplusConcentration,
    Chi2WithAbsDf,
    ExponentialWithSoftplusRate,
    GammaWithSoftplusConcentrationRate,
    InverseGammaWithSoftplusConcentrationRate,
    LaplaceWithSoftplusScale,
    NormalWithSoftplusScale,
    StudentTWithAbsDfSoftplusScale,
)

__all__ = [
    "BetaWithSoftplusConcentration",
    "Binomial",
    "Cauchy",
    "Chi2",
    "Chi2WithAbsDf",
    "Deterministic",
    "ExpRelaxedOneHotCategorical",
    "ExponentialWithSoftplusRate",
    "GammaWithSoftplusConcentrationRate",
    "Geometric",
    "HalfNormal",
    "Independent",
    "InverseGamma",
    "InverseGammaWithSoftplusConcentrationRate",
    "LaplaceWithSoftplusScale",
    "Logistic",
    "Mixture",
    "MixtureSameFamily",
    "MultivariateNormalDiag",
    "MultivariateNormalDiagPlusLowRank",
    "MultivariateNormalDiagWithSoftplusScale",
    "MultivariateNormalFullCovariance",
    "MultivariateNormalTriL",
    "NegativeBinomial",
    "NormalWithSoftplusScale",
    "OneHotCategorical",
    "Poisson",
    "RelaxedBernoulli",
    "RelaxedOneHotCategorical",
    "StudentTWithAbsDfSoftplusScale",
    "VectorDeterministic",
    "fill_triangular",
    "fill_triangular_inverse",
    "matrix_diag_transform",
    "reduce_weighted_logsumexp",
    "softplus_inverse",
    "tridiag",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
