"""Distributions made of others: mixtures, and batches taken for one event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.contrib.distributions._parameters import Distribution, given, tf1, with_leading

Tensor = Any
_distributions = tf1.distributions


class Independent(Distribution):  # type: ignore[misc]
    """The last axes of a batch as one event (``tf.contrib.distributions.Independent``).

    Args:
        distribution: with a batch of some rank.
        reinterpreted_batch_ndims: how many of its last axes belong to the event; None for all but the first.
        validate_args: whether to look at shapes that are known only when it runs.
        name: None for "Independent" and the distribution's.

    Raises:
        ValueError: the batch has fewer axes.

    Source: facts of the topic contrib_distributions.

    >>> normal = tf.contrib.distributions.Normal([0.0, 1.0], 1.0)
    >>> tf.contrib.distributions.Independent(normal, 1).log_prob([0.0, 1.0]).shape.as_list()
    []
    """

    def __init__(
        self,
        distribution: Any,
        reinterpreted_batch_ndims: int | None = None,
        validate_args: bool = False,
        name: str | None = None,
    ) -> None:
        parameters = given(locals())
        name = name or "Independent" + (distribution.name or type(distribution).__name__)
        self._distribution = distribution
        with name_scope(name) as name:
            rank = distribution.batch_shape.rank
            count = reinterpreted_batch_ndims
            if count is None:
                if rank is None:
                    raise ValueError("reinterpreted_batch_ndims must be given: the rank of the batch is not known.")
                count = max(0, rank - 1)
            self._count = int(tensorflow.get_static_value(count)) if tensorflow.is_tensor(count) else int(count)
            if rank is not None and self._count > rank:
                raise ValueError(
                    f"reinterpreted_batch_ndims({self._count}) cannot exceed distribution.batch_ndims({rank})"
                )
            super().__init__(
                dtype=distribution.dtype,
                reparameterization_type=distribution.reparameterization_type,
                validate_args=validate_args,
                allow_nan_stats=distribution.allow_nan_stats,
                parameters=parameters,
                graph_parents=[],
                name=name,
            )

    @property
    def distribution(self) -> Any:
        """The one whose batch this takes apart."""
        return self._distribution

    @property
    def reinterpreted_batch_ndims(self) -> Tensor:
        """How many axes of its batch belong to the event."""
        return self._count

    def _batch_shape_tensor(self) -> Tensor:
        shape = self.distribution.batch_shape_tensor()
        return shape[: tensorflow.shape(shape)[0] - self._count]

    def _batch_shape(self) -> Any:
        shape = self.distribution.batch_shape
        return shape if shape.rank is None else shape[: shape.rank - self._count]

    def _event_shape_tensor(self) -> Tensor:
        shape = self.distribution.batch_shape_tensor()
        inner = shape[tensorflow.shape(shape)[0] - self._count :]
        return tensorflow.concat([inner, self.distribution.event_shape_tensor()], 0)

    def _event_shape(self) -> Any:
        shape = self.distribution.batch_shape
        if shape.rank is None:
            return tensorflow.TensorShape(None)
        return shape[shape.rank - self._count :].concatenate(self.distribution.event_shape)

    def _sum(self, value: Tensor) -> Tensor:
        return tensorflow.reduce_sum(value, list(range(-self._count, 0)))

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        return self.distribution.sample(sample_shape=n, seed=seed)

    def _log_prob(self, x: Tensor) -> Tensor:
        return self._sum(self.distribution.log_prob(x))

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.exp(self._log_prob(x))

    def _entropy(self) -> Tensor:
        return self._sum(self.distribution.entropy())

    def _mean(self) -> Tensor:
        return self.distribution.mean()

    def _variance(self) -> Tensor:
        return self.distribution.variance()

    def _stddev(self) -> Tensor:
        return self.distribution.stddev()

    def _mode(self) -> Tensor:
        return self.distribution.mode()


@_distributions.RegisterKL(Independent, Independent)
def _kl_of_independent(a: Independent, b: Independent, name: str | None = None) -> Tensor:
    if not a.event_shape.is_fully_defined() or not b.event_shape.is_fully_defined():
        raise NotImplementedError("KL between Independents whose event shapes are not known.")
    if a.event_shape.as_list() != b.event_shape.as_list():
        raise ValueError("Event shapes do not match.")
    if a.distribution.event_shape.as_list() != b.distribution.event_shape.as_list():
        raise NotImplementedError("KL between Independents with different event shapes not supported.")
    with name_scope(name, "kl_independent"):
        return a._sum(_distributions.kl_divergence(a.distribution, b.distribution))


def _log_weights(chooser: Any) -> Tensor:
    return tensorflow.nn.log_softmax(chooser.logits)


class Mixture(Distribution):  # type: ignore[misc]
    """One of several distributions, drawn by weight (``tf.contrib.distributions.Mixture``).

    Letters: B the shape of the batch, E that of an event, K the number of components.

    Args:
        cat: `tf.distributions.Categorical` over K, with the batch B.
        components: K distributions with batch B and event E.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.
        use_static_graph: changes nothing here: all components are always sampled.

    Raises:
        TypeError: `cat` is no Categorical, a component no distribution, or dtypes differ.
        ValueError: there are no components, or shapes don't agree.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        cat: Any,
        components: Sequence[Any],
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        use_static_graph: bool = False,
        name: str = "Mixture",
    ) -> None:
        parameters = given(locals())
        if not isinstance(cat, _distributions.Categorical):
            raise TypeError(f"cat must be a Categorical distribution, but saw: {cat}")
        if not components:
            raise ValueError("components must be a non-empty list or tuple")
        if not isinstance(components, (list, tuple)):
            raise TypeError(f"components must be a list or tuple, but saw: {components}")
        if not all(isinstance(each, Distribution) for each in components):
            raise TypeError(f"all entries in components must be Distribution instances but saw: {components}")
        dtype = components[0].dtype
        if not all(each.dtype == dtype for each in components):
            shown = [(each.name, each.dtype) for each in components]
            raise TypeError(f"All components must have the same dtype, but saw dtypes: {shown}")
        events = components[0].event_shape
        batch = cat.batch_shape
        for each in components:
            events = events.merge_with(each.event_shape)
            batch = batch.merge_with(each.batch_shape)
        if events.rank is None:
            raise ValueError("Expected to know rank(event_shape) from components, but none of the components "
                             "provide a static number of ndims")  # fmt: skip
        count = cat.event_size if isinstance(cat.event_size, int) else tensorflow.get_static_value(cat.event_size)
        if count is not None and int(count) != len(components):
            raise ValueError(f"cat.num_classes != len(components): {int(count)} vs. {len(components)}")
        self._cat, self._components = cat, list(components)
        self._static_events, self._static_batch = events, batch
        with name_scope(name) as name:
            super().__init__(
                dtype=dtype,
                reparameterization_type=_distributions.NOT_REPARAMETERIZED,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=[],
                name=name,
            )

    @property
    def cat(self) -> Any:
        """Which component is drawn how often."""
        return self._cat

    @property
    def components(self) -> list[Any]:
        """The distributions."""
        return self._components

    @property
    def num_components(self) -> int:
        """How many there are."""
        return len(self._components)

    def _batch_shape_tensor(self) -> Tensor:
        return self._cat.batch_shape_tensor()

    def _batch_shape(self) -> Any:
        return self._static_batch

    def _event_shape_tensor(self) -> Tensor:
        return self._components[0].event_shape_tensor()

    def _event_shape(self) -> Any:
        return self._static_events

    def _weights(self, is_logarithm: bool = False) -> list[Tensor]:
        weights = _log_weights(self._cat)
        return tensorflow.unstack(weights if is_logarithm else tensorflow.exp(weights), len(self._components), axis=-1)

    def _over_events(self, weight: Tensor) -> Tensor:
        """A weight for each of the batch, with an axis of one for each of the event."""
        ones = [1] * self._static_events.rank
        return tensorflow.reshape(
            weight, tensorflow.concat([tensorflow.shape(weight), tensorflow.constant(ones, tensorflow.int32)], 0)
        )

    def _mean(self) -> Tensor:
        pairs = zip(self._weights(), self._components, strict=True)
        return tensorflow.add_n([self._over_events(weight) * each.mean() for weight, each in pairs])

    def _stddev(self) -> Tensor:
        mean, squares = self._mean(), []
        for weight, each in zip(self._weights(), self._components, strict=True):
            squares.append(
                self._over_events(weight) * (tensorflow.square(each.stddev()) + tensorflow.square(each.mean()))
            )
        return tensorflow.sqrt(tensorflow.add_n(squares) - tensorflow.square(mean))

    def _variance(self) -> Tensor:
        return tensorflow.square(self._stddev())

    def _log_prob(self, x: Tensor) -> Tensor:
        pairs = zip(self._weights(is_logarithm=True), self._components, strict=True)
        return tensorflow.reduce_logsumexp(tensorflow.stack([w + each.log_prob(x) for w, each in pairs], 0), [0])

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.exp(self._log_prob(x))

    def _log_cdf(self, x: Tensor) -> Tensor:
        pairs = zip(self._weights(is_logarithm=True), self._components, strict=True)
        return tensorflow.reduce_logsumexp(tensorflow.stack([w + each.log_cdf(x) for w, each in pairs], 0), [0])

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        chosen = self._cat.sample(n, seed=seed)
        drawn = [
            each.sample(n, seed=None if seed is None else seed + number)
            for number, each in enumerate(self._components, start=1)
        ]
        samples = tensorflow.stack(drawn, -1 - self._static_events.rank)
        mask = tensorflow.one_hot(chosen, len(drawn), dtype=self.dtype)
        mask = self._over_events(mask)
        return tensorflow.reduce_sum(samples * mask, -1 - self._static_events.rank)

    def entropy_lower_bound(self, name: str = "entropy_lower_bound") -> Tensor:
        """A number which the entropy is not below: the weighted mean of the components' entropies."""
        with name_scope(f"{self.name}{name}" if (self.name or "").endswith("/") else name):
            pairs = zip(self._weights(), self._components, strict=True)
            return tensorflow.add_n([weight * each.entropy() for weight, each in pairs])


class MixtureSameFamily(Distribution):  # type: ignore[misc]
    """One of several distributions that are the last axis of a batch (``tf.contrib.distributions.MixtureSameFamily``).

    Letters: B the shape of the batch, E that of an event, K the number of components.

    Args:
        mixture_distribution: `tf.distributions.Categorical` over K, with the batch B or without one.
        components_distribution: distribution with batch [B, K] and event E.
        validate_args, allow_nan_stats, name: as for `tf.distributions.Normal`.

    Raises:
        ValueError: the numbers of components don't agree.

    Source: facts of the topic contrib_distributions.
    """

    def __init__(
        self,
        mixture_distribution: Any,
        components_distribution: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MixtureSameFamily",
    ) -> None:
        parameters = given(locals())
        with name_scope(name) as name:
            if not mixture_distribution.dtype.is_integer:
                raise ValueError(
                    f"`mixture_distribution.dtype` ({mixture_distribution.dtype.name}) is not over integers"
                )
            inner = components_distribution.batch_shape
            outer = mixture_distribution.batch_shape
            count, choices = inner[-1] if inner.rank else None, mixture_distribution.logits.shape[-1]
            if outer.rank and not outer.is_compatible_with(inner[:-1]):
                raise ValueError(
                    f"`mixture_distribution.batch_shape` ({outer.as_list()}) is not compatible with "
                    f"`components_distribution.batch_shape` ({inner[:-1].as_list()})"
                )
            if None not in (count, choices) and count != choices:
                raise ValueError(
                    f"`mixture_distribution components` ({choices}) does not equal "
                    f"`components_distribution.batch_shape[-1]` ({count})"
                )
            self._chooser, self._family = mixture_distribution, components_distribution
            self._event_rank = components_distribution.event_shape.rank
            super().__init__(
                dtype=components_distribution.dtype,
                reparameterization_type=_distributions.NOT_REPARAMETERIZED,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=[],
                name=name,
            )

    @property
    def mixture_distribution(self) -> Any:
        """Which component is drawn how often."""
        return self._chooser

    @property
    def components_distribution(self) -> Any:
        """The components."""
        return self._family

    def _batch_shape_tensor(self) -> Tensor:
        return self._family.batch_shape_tensor()[:-1]

    def _batch_shape(self) -> Any:
        return self._family.batch_shape[:-1]

    def _event_shape_tensor(self) -> Tensor:
        return self._family.event_shape_tensor()

    def _event_shape(self) -> Any:
        return self._family.event_shape

    def _over_events(self, weights: Tensor) -> Tensor:
        for _ in range(self._event_rank):
            weights = weights[..., tensorflow.newaxis]
        return weights

    def _expanded(self, x: Tensor) -> Tensor:
        return tensorflow.expand_dims(x, -1 - self._event_rank)

    def _sample_n(self, n: Tensor, seed: int | None = None) -> Tensor:
        drawn = self._family.sample(n, seed=seed)
        shape = with_leading(n, self.batch_shape_tensor()) if self._chooser.batch_shape.rank == 0 else [n]
        chosen = self._chooser.sample(shape, seed=None if seed is None else seed + 1)
        mask = tensorflow.one_hot(chosen, self._chooser.logits.shape[-1], dtype=self.dtype)
        return tensorflow.reduce_sum(drawn * self._over_events(mask), -1 - self._event_rank)

    def _log_prob(self, x: Tensor) -> Tensor:
        return tensorflow.reduce_logsumexp(self._family.log_prob(self._expanded(x)) + _log_weights(self._chooser), -1)

    def _prob(self, x: Tensor) -> Tensor:
        return tensorflow.exp(self._log_prob(x))

    def _log_cdf(self, x: Tensor) -> Tensor:
        return tensorflow.reduce_logsumexp(self._family.log_cdf(self._expanded(x)) + _log_weights(self._chooser), -1)

    def _weights(self) -> Tensor:
        return self._over_events(tensorflow.exp(_log_weights(self._chooser)))

    def _mean(self) -> Tensor:
        return tensorflow.reduce_sum(self._weights() * self._family.mean(), -1 - self._event_rank)

    def _variance(self) -> Tensor:
        axis = -1 - self._event_rank
        apart = tensorflow.square(self._family.mean() - self._expanded(self._mean()))
        return tensorflow.reduce_sum(self._weights() * (self._family.variance() + apart), axis)

    def _covariance(self) -> Tensor:
        weights = tensorflow.exp(_log_weights(self._chooser))[..., tensorflow.newaxis, tensorflow.newaxis]
        apart = self._family.mean() - self._expanded(self._mean())
        spread = apart[..., :, tensorflow.newaxis] * apart[..., tensorflow.newaxis, :]
        return tensorflow.reduce_sum(weights * (self._family.covariance() + spread), -3)


hooks.keep_from_autograph(__name__)
