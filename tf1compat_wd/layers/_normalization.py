"""Batch normalization."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import collection_items, modes, op_counts, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.layers._arguments import make_and_call
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._identifiers import constraint_of, initializer_of, regularizer_of, to_config
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.layers._training import choose, is_training

Tensor = Any
Variable = Any

_zeros = tf.compat.v1.zeros_initializer
_ones = tf.compat.v1.ones_initializer
_CLIPPINGS = ("rmax", "rmin", "dmax")


class BatchNormalization(Layer):
    """The layer object behind `batch_normalization`; see there.

    >>> layer = tf.layers.BatchNormalization()
    >>> layer(tf.constant([[1.0], [3.0]]), training=True).numpy().round(2).tolist()
    [[-1.0], [1.0]]
    """

    def __init__(
        self,
        axis: int | list[int] = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        gamma_initializer: Any = _ones(),  # noqa: B008
        moving_mean_initializer: Any = _zeros(),  # noqa: B008
        moving_variance_initializer: Any = _ones(),  # noqa: B008
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        renorm: bool = False,
        renorm_clipping: dict[str, Any] | None = None,
        renorm_momentum: float = 0.99,
        fused: bool | None = None,
        trainable: bool = True,
        virtual_batch_size: int | None = None,
        adjustment: Callable[[Tensor], tuple[Tensor, Tensor]] | None = None,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(trainable=trainable, name=name, **kwargs)
        if not isinstance(axis, int | list):
            raise TypeError(f"axis must be int or list, type given: {type(axis)}")
        clipping = renorm_clipping or {}
        if renorm and set(clipping) - set(_CLIPPINGS):
            raise ValueError(f"renorm_clipping {renorm_clipping} contains keys not in {list(_CLIPPINGS)}")
        self.axis: Any = axis if isinstance(axis, int) else list(axis)
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.beta_initializer = initializer_of(beta_initializer)
        self.gamma_initializer = initializer_of(gamma_initializer)
        self.moving_mean_initializer = initializer_of(moving_mean_initializer)
        self.moving_variance_initializer = initializer_of(moving_variance_initializer)
        self.beta_regularizer = regularizer_of(beta_regularizer)
        self.gamma_regularizer = regularizer_of(gamma_regularizer)
        self.beta_constraint = constraint_of(beta_constraint)
        self.gamma_constraint = constraint_of(gamma_constraint)
        self.renorm = renorm
        if renorm:
            self.renorm_clipping = clipping
            self.renorm_momentum = renorm_momentum
        self.fused = True if fused is None else fused
        self.virtual_batch_size = virtual_batch_size
        self.adjustment = adjustment
        self.supports_masking = True
        self._given = (self.axis, self.fused)  # which `build` goes on to change

    # ------------------------------------------------------------------------------------ variables

    def build(self, input_shape: Any) -> None:
        shape = tf.TensorShape(input_shape)
        if not shape.rank:
            raise ValueError("Input has undefined rank:", shape)
        if self.dtype is not None and not tf.as_dtype(self.dtype).is_floating:
            raise TypeError(f"Layer {self.name} normalizes floating tensors only, but its inputs are {self.dtype}.")
        axes = self._find_axes(shape)
        self._check_virtual_batches(axes)
        self.fused = self._given[1] and self._can_be_fused(shape.rank, axes)
        lengths = shape.as_list()
        sizes = {axis: lengths[axis] for axis in axes}
        if None in sizes.values():
            raise ValueError("Input has undefined `axis` dimension. Input shape: ", shape)
        self._input_spec = InputSpec(ndim=shape.rank, axes=sizes)
        self.axis = axes
        if len(axes) == 1 and self.virtual_batch_size is None:
            self._param_shape = [sizes[axes[0]]]
        else:
            self._param_shape = [sizes.get(axis, 1) for axis in range(shape.rank)]
        if self.virtual_batch_size is not None:
            self._param_shape.insert(1, 1)
            self.axis = [axis + 1 for axis in axes]  # the axis of virtual batches comes second
        self.gamma = self.beta = None
        if self.scale:
            self.gamma = self._add("gamma", self.gamma_initializer, self.gamma_regularizer, self.gamma_constraint)
        if self.center:
            self.beta = self._add("beta", self.beta_initializer, self.beta_regularizer, self.beta_constraint)
        with self._unpartitioned() if self._is_partitioned() else nullcontext():
            self._add_averages()
        self.built = True

    def _find_axes(self, shape: tf.TensorShape) -> list[int]:
        given = self._given[0]
        axes = [axis + shape.rank if axis < 0 else axis for axis in ([given] if isinstance(given, int) else given)]
        for axis in axes:
            if not 0 <= axis < shape.rank:
                raise ValueError(f"Invalid axis: {axis}\n\nLayer {self.name} has axis={given} for inputs of {shape}.")
        if len(set(axes)) != len(axes):
            raise ValueError(f"Duplicate axis: {axes}")
        return axes

    def _check_virtual_batches(self, axes: list[int]) -> None:
        if self.virtual_batch_size is None:
            return
        if self.virtual_batch_size <= 0:
            raise ValueError(
                "virtual_batch_size must be a positive integer that divides the true batch size of the input Tensor"
                f"\n\nIt is {self.virtual_batch_size}."
            )
        if 0 in axes:
            raise ValueError(
                "When using virtual_batch_size, the batch dimension must be 0 and thus axis cannot include 0"
            )
        if self.adjustment is not None:
            raise ValueError("When using virtual_batch_size, adjustment cannot be specified")

    def _can_be_fused(self, rank: int, axes: list[int]) -> bool:
        return (
            rank == 4
            and axes in ([1], [3])
            and self.virtual_batch_size is None
            and self.adjustment is None
            and not self.renorm
            and self.dtype != "float64"
        )

    @property
    def _param_dtype(self) -> tf.DType:
        return tf.float32 if self.dtype in ("float16", "bfloat16", None) else tf.as_dtype(self.dtype)

    def _add(self, name: str, initializer: Any, regularizer: Any, constraint: Any) -> Variable:
        return self.add_weight(
            name,
            self._param_shape,
            dtype=self._param_dtype,
            initializer=initializer,
            regularizer=regularizer,
            constraint=constraint,
            trainable=True,
        )

    def _add_averages(self) -> None:
        def add(name: str, initializer: Any) -> Variable:
            return self.add_weight(
                name,
                self._param_shape,
                dtype=self._param_dtype,
                initializer=initializer,
                trainable=False,
                synchronization=tf.VariableSynchronization.ON_READ,
                aggregation=tf.compat.v1.VariableAggregation.MEAN,
            )

        variance_initializer = self.moving_variance_initializer or _ones()

        def stddev_initializer(*args: Any, **kwargs: Any) -> Tensor:
            return tf.sqrt(variance_initializer(*args, **kwargs))

        self.moving_mean = add("moving_mean", self.moving_mean_initializer)
        self.moving_variance = add("moving_variance", self.moving_variance_initializer)
        if self.renorm:
            self.moving_stddev = add("moving_stddev", stddev_initializer)
            self.renorm_mean = add("renorm_mean", self.moving_mean_initializer)
            self.renorm_stddev = add("renorm_stddev", stddev_initializer)

    # ---------------------------------------------------------------------------------- computation

    def call(self, inputs: Any, training: Any = False) -> Tensor:  # type: ignore[override]
        training = is_training(training)
        if self.fused:
            return self._normalize_fused(inputs, training)
        if self.virtual_batch_size is None:
            return self._normalize(inputs, training)
        sizes = _sizes(inputs)
        outputs = self._normalize(tf.reshape(inputs, [self.virtual_batch_size, -1, *sizes[1:]]), training)
        return tf.reshape(outputs, [-1, *sizes[1:]])

    def _normalize_fused(self, inputs: Tensor, training: Any) -> Tensor:
        op_counts.more(1 if training is False else 3 if training is True else 4)
        gamma = tf.ones(self._param_shape, self._param_dtype) if self.gamma is None else self.gamma
        beta = tf.zeros(self._param_shape, self._param_dtype) if self.beta is None else self.beta
        data_format = "NCHW" if self.axis == [1] else "NHWC"
        normalize = tf.compat.v1.nn.fused_batch_norm

        def by_batch() -> tuple[Tensor, Tensor, Tensor]:
            return normalize(inputs, gamma, beta, epsilon=self.epsilon, data_format=data_format)

        def by_averages() -> tuple[Tensor, Tensor, Tensor]:
            mean, variance = tf.convert_to_tensor(self.moving_mean), tf.convert_to_tensor(self.moving_variance)
            return normalize(inputs, gamma, beta, mean, variance, self.epsilon, data_format, is_training=False)

        outputs, mean, variance = choose(training, by_batch, by_averages)
        if training is not False and self._has_updates():
            decay = _in_float32(1.0, self.momentum)
            if training is not True:
                decay = choose(training, lambda: tf.convert_to_tensor(decay), lambda: tf.constant(0.0))
            self.add_update(self._move(self.moving_mean, mean, decay), inputs=inputs)
            self.add_update(self._move(self.moving_variance, variance, decay, "_1"), inputs=inputs)
        return outputs

    def _normalize(self, inputs: Tensor, training: Any) -> Tensor:
        scale, offset = self._across(inputs, self.gamma), self._across(inputs, self.beta)
        if training is False:
            mean, variance = tf.convert_to_tensor(self.moving_mean), tf.convert_to_tensor(self.moving_variance)
        else:
            if self.adjustment is not None:
                scale, offset = _then(*self._adjust(inputs, training), scale, offset)
            mean, variance = self._moments(inputs, training)
            new_mean, new_variance = mean, variance
            if self.virtual_batch_size is not None:
                new_mean = tf.reduce_mean(mean, axis=1, keepdims=True)
                new_variance = tf.reduce_mean(variance, axis=1, keepdims=True)
            if self.renorm:
                r, d, new_mean, new_variance = self._renormalize(new_mean, new_variance, training, inputs)
                r = self._across(inputs, tf.stop_gradient(r, name="renorm_r"))
                d = self._across(inputs, tf.stop_gradient(d, name="renorm_d"))
                scale, offset = _then(r, d, scale, offset)
            if self._has_updates():
                op_counts.more(0 if training is True else -2)
                self._update_averages(new_mean, new_variance, training, inputs)
        dtype = inputs.dtype
        mean, variance = self._across(inputs, tf.cast(mean, dtype)), self._across(inputs, tf.cast(variance, dtype))
        offset = None if offset is None else tf.cast(offset, dtype)
        scale = None if scale is None else tf.cast(scale, dtype)
        outputs = tf.compat.v1.nn.batch_normalization(inputs, mean, variance, offset, scale, self.epsilon)
        if not hooks.executing_eagerly():
            outputs.set_shape(inputs.shape)
        return outputs

    def _across(self, inputs: Tensor, values: Any) -> Any:
        """`values`, one for each channel, in a shape that can be broadcast to `inputs`."""
        rank = inputs.shape.rank
        if values is None or len(values.shape) == rank or self.axis == [rank - 1]:
            return values
        shape = [1] * rank
        shape[self.axis[0]] = inputs.shape.as_list()[self.axis[0]]
        return tf.reshape(values, shape)

    def _adjust(self, inputs: Tensor, training: Any) -> tuple[Tensor, Tensor]:
        assert self.adjustment is not None
        scale, bias = self.adjustment(tf.shape(inputs))
        return (
            choose(training, lambda: scale, lambda: tf.ones_like(scale)),
            choose(training, lambda: bias, lambda: tf.zeros_like(bias)),
        )

    def _moments(self, inputs: Tensor, training: Any) -> tuple[Tensor, Tensor]:
        """Mean and variance of the batch, or the moving averages if a tensor `training` turns out to be false."""
        axes = [axis for axis in range(inputs.shape.rank) if axis not in self.axis]
        if self.virtual_batch_size is not None:
            del axes[1]
        keep_dims = self.virtual_batch_size is not None or len(self.axis) > 1
        mean, variance = tf.compat.v1.nn.moments(tf.cast(inputs, self._param_dtype), axes, keep_dims=keep_dims)
        return (
            choose(training, lambda: mean, lambda: tf.convert_to_tensor(self.moving_mean)),
            choose(training, lambda: variance, lambda: tf.convert_to_tensor(self.moving_variance)),
        )

    def _renormalize(
        self, mean: Tensor, variance: Tensor, training: Any, inputs: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The correction r, d of batch renormalization; and mean and variance, after whose use its averages move."""
        stddev = tf.sqrt(variance + self.epsilon)
        known_stddev = tf.maximum(self.renorm_stddev, tf.sqrt(tf.constant(self.epsilon, stddev.dtype)))
        r = stddev / known_stddev
        d = (mean - self.renorm_mean) / known_stddev
        with tf.control_dependencies([r, d]):
            mean, stddev = tf.identity(mean), tf.identity(stddev)
        rmin, rmax, dmax = (self.renorm_clipping.get(key) for key in ("rmin", "rmax", "dmax"))
        if rmin is not None:
            r = tf.maximum(r, rmin)
        if rmax is not None:
            r = tf.minimum(r, rmax)
        if dmax is not None:
            d = tf.minimum(tf.maximum(d, -dmax), dmax)
        r = choose(training, lambda: r, lambda: tf.ones_like(r))
        d = choose(training, lambda: d, lambda: tf.zeros_like(d))
        updates = []
        if self._has_updates():
            decay = _in_float32(1.0 - self.renorm_momentum)
            for average, value in ((self.renorm_mean, mean), (self.renorm_stddev, stddev)):
                move = functools.partial(self._move, average, value, decay)
                updates.append(_if_training(training, move, average))
        with tf.control_dependencies(updates):
            return r, d, tf.identity(mean), tf.identity(variance)

    # --------------------------------------------------------------------------- moving averages

    def _has_updates(self) -> bool:
        """Do the averages move? In graph mode they don't of themselves; TF1 built the operations in any case."""
        return self.trainable or modes.current_mode() == modes.GRAPH

    def _update_averages(self, mean: Tensor, variance: Tensor, training: Any, inputs: Tensor) -> None:
        decay = _in_float32(1.0 - self.momentum)

        def move_mean() -> Any:
            return self._move(self.moving_mean, mean, decay, "_2" if self.renorm else "")

        def move_variance() -> Any:
            if not self.renorm:
                return self._move(self.moving_variance, variance, decay, "_1")
            moved = self._move(self.moving_stddev, tf.sqrt(variance + self.epsilon), decay, "_3")
            stddev = tf.convert_to_tensor(self.moving_stddev if hooks.executing_eagerly() else moved)
            return self._assign(self.moving_variance, tf.nn.relu(stddev * stddev - self.epsilon))

        self.add_update(_if_training(training, move_mean, self.moving_mean), inputs=inputs)
        self.add_update(_if_training(training, move_variance, self.moving_variance), inputs=inputs)

    def _move(self, average: Variable, value: Tensor, decay: Any, number: str = "") -> Any:
        """Move `average` towards `value`; gives what stands for the update: eagerly, where it has run, a tensor."""
        if value.dtype != average.dtype.base_dtype:
            value = tf.cast(value, average.dtype.base_dtype)
        if hooks.executing_eagerly():
            difference = (average - value) * decay
            average.assign_sub(difference, read_value=False)
            return collection_items.give_name(difference, f"{self._scope_of_updates()}AssignMovingAvg{number}")
        with name_scope("AssignMovingAvg") as scope:
            if tf.is_tensor(decay):
                decay = tf.cast(decay, value.dtype)
            return tf.compat.v1.assign_sub(average, (average - value) * decay, name=scope)

    def _scope_of_updates(self) -> str:
        """Where eager updates are found: in the name scope of the call; in a pass without an end, in the layer's."""
        here = passes.current()
        return f"{self.scope_name}/" if here is not None and here.ambient else hooks.eager_name_scope()

    def _assign(self, average: Variable, value: Tensor) -> Any:
        if not hooks.executing_eagerly():
            with name_scope("AssignNewValue") as scope:
                return tf.compat.v1.assign(average, value, name=scope)
        average.assign(value, read_value=False)
        return collection_items.give_name(value, f"{self._scope_of_updates()}AssignNewValue")

    # -------------------------------------------------------------------------------------- the rest

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The input's shape."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments, but for `adjustment`."""
        config = {
            **super().get_config(),
            "axis": self._given[0],
            "momentum": self.momentum,
            "epsilon": self.epsilon,
            "center": self.center,
            "scale": self.scale,
            "beta_initializer": to_config(self.beta_initializer),
            "gamma_initializer": to_config(self.gamma_initializer),
            "moving_mean_initializer": to_config(self.moving_mean_initializer),
            "moving_variance_initializer": to_config(self.moving_variance_initializer),
            "beta_regularizer": to_config(self.beta_regularizer),
            "gamma_regularizer": to_config(self.gamma_regularizer),
            "beta_constraint": to_config(self.beta_constraint),
            "gamma_constraint": to_config(self.gamma_constraint),
        }
        if self.renorm:
            config.update(renorm=True, renorm_clipping=self.renorm_clipping, renorm_momentum=self.renorm_momentum)
        if self.virtual_batch_size is not None:
            config["virtual_batch_size"] = self.virtual_batch_size
        return config


def _in_float32(value: Any, less: Any = 0.0) -> Any:
    """`value` less `less`, computed as TF1 did whatever the dtype of the variables; a tensor if it is one."""
    if any(not isinstance(each, int | float) and tf.is_tensor(each) for each in (value, less)):
        return value - less
    return float(np.float32(value) - np.float32(less))


def _if_training(training: Any, update: Callable[[], Any], average: Variable) -> Any:
    """The update, or what decides when the graph runs whether it is made."""
    if training is True:
        return update()
    return choose(training, lambda: tf.identity(update()), lambda: tf.convert_to_tensor(average))


def _then(scale: Tensor, offset: Tensor, then_scale: Any, then_offset: Any) -> tuple[Tensor, Tensor]:
    """The scale and offset which do what the first two do, then what the others do."""
    if then_scale is not None:
        scale *= then_scale
        offset *= then_scale
    if then_offset is not None:
        offset += then_offset
    return scale, offset


def _sizes(inputs: Tensor) -> list[Any]:
    """The size of each axis: a number, or a tensor if it isn't known before the graph runs."""
    known = inputs.shape.as_list()
    if None not in known[1:]:
        return known
    dynamic = tf.shape(inputs)
    return [dynamic[axis] if size is None else size for axis, size in enumerate(known)]


def batch_normalization(
    inputs: Any,
    axis: int | list[int] = -1,
    momentum: float = 0.99,
    epsilon: float = 1e-3,
    center: bool = True,
    scale: bool = True,
    beta_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    gamma_initializer: Any = _ones(),  # noqa: B008
    moving_mean_initializer: Any = _zeros(),  # noqa: B008
    moving_variance_initializer: Any = _ones(),  # noqa: B008
    beta_regularizer: Any = None,
    gamma_regularizer: Any = None,
    beta_constraint: Any = None,
    gamma_constraint: Any = None,
    training: Any = False,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
    renorm: bool = False,
    renorm_clipping: dict[str, Any] | None = None,
    renorm_momentum: float = 0.99,
    fused: bool | None = None,
    virtual_batch_size: int | None = None,
    adjustment: Callable[[Tensor], tuple[Tensor, Tensor]] | None = None,
) -> Tensor:
    """Bring each channel to mean 0 and variance 1, then scale and shift it (``tf.layers.batch_normalization``).

    While training, mean and variance are those of the batch, and moving averages of them move on, once per call;
    otherwise the moving averages are used.

    Letters: D the channels, which is `axis`.

    Creates, in this order, in the current variable scope:
        <name>/gamma            [D]  trainable, with `scale`
        <name>/beta             [D]  trainable, with `center`
        <name>/moving_mean      [D]  not trainable
        <name>/moving_variance  [D]  not trainable
        <name>/moving_stddev, renorm_mean, renorm_stddev  [D]  not trainable, with `renorm`
    With several axes, or virtual batches, their shape has as many axes as `inputs` (one more), of size 1 where there
    are no channels. Without `name`: batch_normalization, batch_normalization_1, ... counted per pass.

    Adds to UPDATE_OPS, if `trainable` and not without training: two updates per call. In graph mode nothing moves until
    they are run, usually so:

        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train_op = optimizer.minimize(loss)

    Elsewhere they run by themselves: under ``tf.function`` with the function, eagerly before the layer returns. Then
    the same lines do no harm.

    Args:
        inputs: floating tensor of rank 1 or more; D must be known.
        axis: integer, or a list of them: the channels; 1 for "channels_first".
        momentum: of the moving averages: ``average = momentum * average + (1 - momentum) * value``.
        epsilon: added to the variance.
        center, scale: whether there are beta and gamma.
        beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer: function of shape and
            dtype, or its name.
        beta_regularizer, gamma_regularizer: function of the variable giving a scalar, for the REGULARIZATION_LOSSES.
        beta_constraint, gamma_constraint: function that optimizers apply to the variable after each update.
        training: bool, or bool tensor [] that decides when the graph runs.
        trainable: whether gamma and beta are put into TRAINABLE_VARIABLES; if not, the averages don't move either.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name`. AUTO_REUSE: share or make.
        renorm: batch renormalization (arXiv 1702.03275).
        renorm_clipping: "rmax", "rmin" and "dmax", the bounds of its correction; may be tensors.
        renorm_momentum: of its own moving averages.
        fused: None or True: use one fused operation if possible: rank 4, `axis` 1 or 3, not float64, none of
            renorm, virtual_batch_size and adjustment. Its variance is that of a sample: n - 1 in place of n.
        virtual_batch_size: normalize parts of the batch of this size, each by itself; must divide the batch size.
        adjustment: function of the inputs' shape, a tensor, giving scale and bias that are applied while training.

    Returns:
        Tensor with the shape and dtype of `inputs`. float16 and bfloat16 have variables of float32.

    Raises:
        ValueError: unknown rank or D; invalid or repeated axis; virtual_batch_size that is not positive, or given with
            an adjustment or with axis 0; an unknown key in `renorm_clipping`.
        TypeError: `axis` is neither integer nor list.

    Source: facts of the topic layers_normalization.
    Differs from TF 1.15: inputs of rank 4 and float64, where TF1 failed unless ``fused=False``, are not fused.

    >>> tf.layers.batch_normalization(tf.constant([[1.0], [3.0]]), training=True).numpy().round(2).tolist()
    [[-1.0], [1.0]]
    """
    return make_and_call(BatchNormalization, locals(), "training")


hooks.keep_from_autograph(__name__)
