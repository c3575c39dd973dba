"""`tf.contrib.distributions`: densities, moments, entropies, divergences, and what sampling gives on average."""

from facts.vocabulary import error_of, kind_of_error


def _shown(distribution, x, *names):
    """Density at x and what else is asked for, with the shapes."""
    shown = {name: getattr(distribution, name)() for name in names}
    shown["log_prob"] = distribution.log_prob(x)
    shown["prob"] = distribution.prob(x)
    shown["batch"], shown["event"] = distribution.batch_shape, distribution.event_shape
    shown["tensors"] = [distribution.batch_shape_tensor(), distribution.event_shape_tensor()]
    shown["dtype"] = distribution.dtype
    shown["parameters"] = sorted(key for key in distribution.parameters if key != "is_vector")
    shown["shapes"] = [distribution.sample().shape, distribution.sample([4, 3], seed=1).shape]
    return shown


def _averages(tf, distribution, count=20000):
    """Mean and standard deviation of many samples, less their own: near zero, rounded away."""
    x = tf.cast(distribution.sample(count, seed=7), tf.float32)
    mean, variance = tf.nn.moments(x, [0])
    close = tf.abs(mean - tf.cast(distribution.mean(), tf.float32)) < 0.1
    spread = tf.abs(tf.sqrt(variance) - tf.cast(distribution.stddev(), tf.float32)) < 0.15
    return [close, spread]


def _variable(tf, name, values):
    return tf.get_variable(name, [len(values)], initializer=tf.constant_initializer(values))


MOMENTS = ("mean", "mode", "variance", "stddev", "entropy")


def normal_over_vectors(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalDiag([0.5, -1.0], [1.0, 2.0])
    return [_shown(mvn, [[0.3, 0.2], [1.0, -1.0]], "covariance", *MOMENTS), _averages(tf, mvn)]


def normal_over_vectors_in_a_batch(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalDiag([[0.5, -1.0], [0.0, 0.0], [1.0, 1.0]], [1.0, 2.0])
    return [_shown(mvn, [0.3, 0.2], "covariance", *MOMENTS), mvn.log_prob(tf.zeros([5, 3, 2])), mvn.loc]


def normal_over_vectors_from_a_multiple_of_one(tf):
    d = tf.contrib.distributions
    both = d.MultivariateNormalDiag([0.5, -1.0], [1.0, 2.0], scale_identity_multiplier=0.5)
    alone = d.MultivariateNormalDiag([0.5, -1.0], scale_identity_multiplier=3.0)
    several = d.MultivariateNormalDiag([0.5, -1.0], scale_identity_multiplier=[3.0, 2.0])
    return [each.stddev() for each in (both, alone, several)] + [several.batch_shape]


def normal_over_vectors_without_a_location(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalDiag(scale_diag=[1.0, 2.0])
    plain = d.MultivariateNormalDiag(loc=[1.0, 2.0, 3.0])
    return [mvn.loc, mvn.mean(), mvn.log_prob([1.0, 1.0]), plain.stddev(), plain.log_prob([0.0, 0.0, 0.0])]


def normal_over_vectors_of_no_known_length(tf):
    d = tf.contrib.distributions
    return [
        kind_of_error(d.MultivariateNormalDiag),
        kind_of_error(d.MultivariateNormalDiag, scale_identity_multiplier=2.0),
        kind_of_error(d.MultivariateNormalTriL),
    ]


def normal_over_vectors_with_softplus(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalDiagWithSoftplusScale([0.5, -1.0], [-1.0, 2.0])
    return _shown(mvn, [0.3, 0.2], *MOMENTS)


def normal_over_vectors_by_a_triangle(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalTriL([0.5, -1.0], [[1.0, 9.0], [0.5, 2.0]])
    return [_shown(mvn, [0.3, 0.2], "covariance", *MOMENTS), mvn.scale.to_dense(), _averages(tf, mvn)]


def normal_over_vectors_by_triangles(tf):
    d = tf.contrib.distributions
    scale = [[[1.0, 0.0], [0.5, 2.0]], [[2.0, 0.0], [-0.5, 1.0]]]
    mvn = d.MultivariateNormalTriL(scale_tril=scale)
    return [_shown(mvn, [[0.3, 0.2], [0.1, 0.4]], "covariance", *MOMENTS), mvn.log_prob(tf.ones([3, 2, 2]))]


def normal_over_vectors_by_covariance(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalFullCovariance([0.5, -1.0], [[2.0, 0.3], [0.3, 1.0]])
    unit = d.MultivariateNormalFullCovariance([0.5, -1.0])
    return [_shown(mvn, [0.3, 0.2], "covariance", *MOMENTS), unit.covariance(), mvn.scale.to_dense()]


def normal_over_vectors_of_low_rank(tf):
    d = tf.contrib.distributions
    mvn = d.MultivariateNormalDiagPlusLowRank([0.5, -1.0, 0.0], [1.0, 2.0, 1.5], scale_perturb_factor=[[1.0], [0.5], [0.0]])
    weighted = d.MultivariateNormalDiagPlusLowRank(
        [0.5, -1.0, 0.0], [1.0, 2.0, 1.5], None, [[1.0], [0.5], [0.0]], [2.0]
    )
    return [_shown(mvn, [0.3, 0.2, 0.1], "covariance", *MOMENTS), weighted.covariance()]


def divergence_of_normals_over_vectors(tf):
    d = tf.contrib.distributions
    diag = d.MultivariateNormalDiag([0.5, -1.0], [1.0, 2.0])
    tril = d.MultivariateNormalTriL([[0.0, 0.5], [1.0, 1.0]], [[1.0, 0.0], [0.5, 2.0]])
    return [d.kl_divergence(diag, tril), tril.kl_divergence(diag), diag.kl_divergence(diag)]


def normal_over_vectors_has_gradients(tf):
    d = tf.contrib.distributions
    loc, raw = _variable(tf, "loc", [0.5, -1.0]), _variable(tf, "raw", [0.1, 0.2])
    prior = d.MultivariateNormalDiag(tf.zeros([2]), tf.ones([2]))
    mvn = d.MultivariateNormalDiag(loc, tf.nn.softplus(raw))
    loss = -mvn.log_prob([0.2, 0.3]) + d.kl_divergence(mvn, prior)
    return tf.gradients(loss, [loc, raw])


def samples_of_normals_over_vectors_have_gradients(tf):
    d = tf.contrib.distributions
    loc = _variable(tf, "loc", [0.5, -1.0])
    return tf.gradients(tf.reduce_sum(d.MultivariateNormalDiag(loc, [1.0, 2.0]).sample(4, seed=1)), loc)


# -------------------------------------------------------------------------------------- numbers


def logistic(tf):
    d = tf.contrib.distributions.Logistic([0.5, -1.0], 2.0)
    x = [0.3, 0.2]
    more = [d.cdf(x), d.log_cdf(x), d.survival_function(x), d.log_survival_function(x)]
    return [_shown(d, x, *MOMENTS), more, d.loc, d.scale, _averages(tf, d)]


def cauchy(tf):
    d = tf.contrib.distributions.Cauchy([0.5, -1.0], 2.0)
    x = [0.3, 0.2]
    return [_shown(d, x, "mode", "entropy"), d.cdf(x), d.log_cdf(x), d.quantile([0.2, 0.9]), d.mean()]


def half_normal(tf):
    d = tf.contrib.distributions.HalfNormal([0.5, 2.0])
    x = [0.3, 0.2]
    return [_shown(d, x, *MOMENTS), d.cdf(x), d.quantile([0.2, 0.9]), d.prob([-1.0, 1.0]), _averages(tf, d)]


def chi_squared(tf):
    d = tf.contrib.distributions.Chi2([3.0, 5.0])
    absolute = tf.contrib.distributions.Chi2WithAbsDf([-3.5, 5.0])
    return [_shown(d, [0.3, 0.2], *MOMENTS), d.df, d.cdf([0.3, 0.2]), absolute.df, absolute.mean()]


def inverse_gamma(tf):
    d = tf.contrib.distributions.InverseGamma([3.0, 5.0], 2.0)
    x = [0.3, 0.2]
    low = tf.contrib.distributions.InverseGamma([0.5, 1.5], 2.0)
    return [_shown(d, x, *MOMENTS), d.cdf(x), low.mean(), low.variance()]


def what_softplus_makes_positive(tf):
    d = tf.contrib.distributions
    return [
        _shown(d.NormalWithSoftplusScale(0.5, [-1.0, 2.0]), [0.3, 0.2], *MOMENTS),
        _shown(d.LaplaceWithSoftplusScale(0.5, [-1.0, 2.0]), [0.3, 0.2], *MOMENTS),
        d.ExponentialWithSoftplusRate([-1.0, 2.0]).mean(),
        d.GammaWithSoftplusConcentrationRate([-1.0, 2.0], 1.0).log_prob([0.3, 0.2]),
        d.BetaWithSoftplusConcentration([-1.0, 2.0], 1.0).log_prob([0.3, 0.2]),
        d.InverseGammaWithSoftplusConcentrationRate([-1.0, 2.0], 1.0).log_prob([0.3, 0.2]),
        d.StudentTWithAbsDfSoftplusScale(-3.4, 0.5, [-1.0, 2.0]).log_prob([0.3, 0.2]),
    ]


# --------------------------------------------------------------------------------------- counts


def poisson(tf):
    d = tf.contrib.distributions
    each = d.Poisson([0.5, 3.0])
    return [
        _shown(each, [0.0, 2.0], "mean", "mode", "variance", "stddev"),
        each.cdf([0.0, 2.0]),
        d.Poisson(log_rate=[0.0, 1.0]).rate,
        error_of(d.Poisson),
        error_of(d.Poisson, 1.0, 1.0),
        _averages(tf, each),
    ]


def geometric(tf):
    d = tf.contrib.distributions
    each = d.Geometric(probs=[0.2, 0.7])
    return [
        _shown(each, [0.0, 2.0], *MOMENTS),
        each.cdf([0.0, 2.0]),
        d.Geometric([0.0, 1.0]).probs,
        error_of(d.Geometric),
        _averages(tf, d.Geometric(probs=[0.5, 0.7])),
    ]


def binomial(tf):
    d = tf.contrib.distributions
    each = d.Binomial([4.0, 5.0], probs=[0.2, 0.7])
    return [
        each.log_prob([1.0, 2.0]),
        each.prob([0.0, 5.0]),
        each.mean(),
        each.variance(),
        each.mode(),
        each.cdf([1.0, 2.0]),
        d.Binomial(3.0, logits=[0.0, 1.0]).probs,
        each.batch_shape,
        kind_of_error(each.sample),
        error_of(d.Binomial, 1.0),
    ]


def negative_binomial(tf):
    d = tf.contrib.distributions
    each = d.NegativeBinomial([4.0, 1.0], probs=[0.2, 0.7])
    return [_shown(each, [1.0, 2.0], "mean", "mode", "variance", "stddev"), each.cdf([1.0, 2.0]), each.logits]


def always_the_same(tf):
    d = tf.contrib.distributions
    each = d.Deterministic([1.0, 2.0])
    near = d.Deterministic([1.0, 2.0], atol=0.1, rtol=0.1)
    vector = d.VectorDeterministic([[1.0, 2.0], [3.0, 4.0]])
    return [
        _shown(each, [1.0, 1.0], *MOMENTS),
        each.cdf([0.5, 2.5]),
        near.prob([1.15, 2.5]),
        _shown(vector, [1.0, 2.0], *MOMENTS),
        each.sample(2),
        vector.sample(2),
    ]


# -------------------------------------------------------------------------------------- choices


def choices_as_vectors(tf):
    d = tf.contrib.distributions
    each = d.OneHotCategorical(probs=[[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
    return [
        _shown(each, [[0, 1, 0], [1, 0, 0]], "covariance", "mode", "variance", "entropy"),
        each.event_size,
        tf.reduce_sum(each.sample(5, seed=1), -1),
        error_of(d.OneHotCategorical),
        d.OneHotCategorical([0.0, 1.0], dtype=tf.float32).sample(3, seed=2).dtype,
        tf.abs(tf.reduce_mean(tf.cast(each.sample(20000, seed=3), tf.float32), 0) - each.probs) < 0.02,
    ]


def divergence_of_choices(tf):
    d = tf.contrib.distributions
    a, b = d.OneHotCategorical(probs=[0.2, 0.3, 0.5]), d.OneHotCategorical([0.0, 1.0, 2.0])
    return [d.kl_divergence(a, b), a.kl_divergence(a)]


def nearly_a_choice(tf):
    d = tf.contrib.distributions
    each = d.RelaxedOneHotCategorical(0.5, probs=[[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
    exp = d.ExpRelaxedOneHotCategorical(2.0, logits=[[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
    return [
        each.log_prob([0.2, 0.2, 0.6]),
        exp.log_prob(tf.log([0.2, 0.2, 0.6])),
        [each.batch_shape, each.event_shape, exp.batch_shape, exp.event_shape],
        tf.reduce_sum(each.sample(3, seed=1), -1),
        tf.reduce_sum(tf.exp(exp.sample(3, seed=1)), -1),
        exp.temperature,
        exp.event_size,
        error_of(d.RelaxedOneHotCategorical, 1.0),
    ]


def samples_that_are_nearly_a_choice_have_gradients(tf):
    logits = _variable(tf, "logits", [0.2, 0.3, 0.5])
    near = tf.contrib.distributions.RelaxedOneHotCategorical(0.5, logits=logits).sample(seed=1)
    gradient = tf.gradients(near[0], logits)[0]
    return [gradient.shape, tf.abs(tf.reduce_sum(gradient)) < 1e-5, gradient[0] > 0.0]


def nearly_yes_or_no(tf):
    d = tf.contrib.distributions
    each = d.RelaxedBernoulli([0.5, 2.0], probs=[0.2, 0.7])
    inside = each.sample(100, seed=1)
    return [
        each.log_prob([0.3, 0.2]),
        each.prob([0.3, 0.2]),
        each.cdf([0.3, 0.2]),
        [each.batch_shape, each.event_shape, inside.shape],
        tf.reduce_all((inside >= 0.0) & (inside <= 1.0)),
        each.logits,
        each.temperature,
    ]


# ------------------------------------------------------------------------------------- combined


def a_batch_as_one_event(tf):
    d = tf.contrib.distributions
    normal = d.Normal([[0.0, 1.0, 2.0], [1.0, 0.0, -1.0]], 2.0)
    each = d.Independent(normal, 1)
    whole = d.Independent(normal, reinterpreted_batch_ndims=2)
    default = d.Independent(normal)
    return [
        _shown(each, [0.3, 0.2, 0.1], *MOMENTS),
        [default.batch_shape, default.event_shape, whole.batch_shape, whole.event_shape],
        whole.log_prob(tf.zeros([2, 3])),
        d.kl_divergence(each, d.Independent(d.Normal(tf.zeros([3]), 1.0), 1)),
        error_of(d.Independent, normal, 3),
    ]


def a_mixture(tf):
    d = tf.contrib.distributions
    mixture = d.Mixture(d.Categorical(probs=[0.3, 0.7]), [d.Normal(-1.0, 0.5), d.Normal(2.0, 1.5)])
    return [
        mixture.log_prob([0.3, 0.2]),
        mixture.prob(0.5),
        mixture.cdf([0.3, 0.2]),
        mixture.mean(),
        mixture.variance(),
        mixture.entropy_lower_bound(),
        mixture.num_components,
        [mixture.batch_shape, mixture.event_shape, mixture.sample([4, 3]).shape],
        _averages(tf, mixture),
    ]


def a_mixture_of_vectors_in_a_batch(tf):
    d = tf.contrib.distributions
    weights = d.Categorical(logits=[[0.0, 1.0], [1.0, -1.0]])
    parts = [d.MultivariateNormalDiag(tf.zeros([2, 3]), tf.ones([3])), d.MultivariateNormalDiag(tf.ones([2, 3]), [1.0, 2.0, 3.0])]
    mixture = d.Mixture(weights, parts)
    return [
        mixture.log_prob([0.3, 0.2, 0.1]),
        mixture.mean(),
        [mixture.batch_shape, mixture.event_shape, mixture.sample([4]).shape],
        mixture.entropy_lower_bound(),
    ]


def what_no_mixture_is_made_of(tf):
    d = tf.contrib.distributions
    normal, weights = d.Normal(0.0, 1.0), d.Categorical(probs=[0.3, 0.7])
    return [
        kind_of_error(d.Mixture, normal, [normal]),
        error_of(d.Mixture, weights, []),
        kind_of_error(d.Mixture, weights, [normal, 3.0]),
        error_of(d.Mixture, weights, [normal, normal, normal]),
        kind_of_error(d.Mixture, weights, [normal, d.MultivariateNormalDiag([0.0], [1.0])]),
    ]


def a_mixture_within_one_family(tf):
    d = tf.contrib.distributions
    mixture = d.MixtureSameFamily(d.Categorical(probs=[0.3, 0.7]), d.Normal([-1.0, 2.0], [0.5, 1.5]))
    return [
        mixture.log_prob([0.3, 0.2]),
        mixture.cdf([0.3, 0.2]),
        mixture.mean(),
        mixture.variance(),
        [mixture.batch_shape, mixture.event_shape, mixture.sample([4, 3]).shape],
        _averages(tf, mixture),
    ]


def a_mixture_of_vectors_within_one_family(tf):
    d = tf.contrib.distributions
    parts = d.MultivariateNormalDiag([[[0.0, 0.5], [1.0, 1.0]], [[2.0, 1.0], [0.0, 3.0]]], [[1.0, 2.0], [0.5, 0.5]])
    mixture = d.MixtureSameFamily(d.Categorical(logits=[[0.0, 1.0], [1.0, -1.0]]), parts)
    return [
        mixture.log_prob([0.3, 0.2]),
        mixture.mean(),
        mixture.variance(),
        mixture.covariance(),
        [mixture.batch_shape, mixture.event_shape, mixture.sample([4]).shape],
        kind_of_error(d.MixtureSameFamily, d.Categorical(probs=[0.3, 0.3, 0.4]), parts),
    ]


# ------------------------------------------------------------------------------------ functions


def inverse_of_softplus(tf):
    d = tf.contrib.distributions
    x = _variable(tf, "x", [1e-20, 1e-3, 1.0, 5.0, 100.0])
    y = d.softplus_inverse(x)
    return [y, tf.gradients(y, x)]


def triangles(tf):
    d = tf.contrib.distributions
    x = tf.constant([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])
    lower, upper = d.fill_triangular(x), d.fill_triangular(x, upper=True)
    return [lower, upper, d.fill_triangular_inverse(lower), d.fill_triangular_inverse(upper, upper=True),
            kind_of_error(d.fill_triangular, tf.ones([4]))]  # fmt: skip


def other_matrices(tf):
    d = tf.contrib.distributions
    m = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    return [
        d.matrix_diag_transform(m, tf.exp),
        d.matrix_diag_transform(m),
        d.tridiag([1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0]),
        d.tridiag(diag=[3.0, 4.0]),
        d.tridiag(below=[[1.0], [2.0]]),
        kind_of_error(d.tridiag),
    ]


def weighted_sums_of_exponentials(tf):
    d = tf.contrib.distributions
    x = tf.constant([[0.0, 1.0, 1000.0], [-1.0, 2.0, 3.0]])
    return [
        d.reduce_weighted_logsumexp(x),
        d.reduce_weighted_logsumexp(x, axis=1),
        d.reduce_weighted_logsumexp(x, w=[1.0, 1.0, -1.0], axis=1, return_sign=True),
        d.reduce_weighted_logsumexp(x, w=2.0, axis=0, keep_dims=True),
    ]
