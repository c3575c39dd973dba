"""Normalization that needs no moving averages: of a whole example, of each channel, of groups of channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._outputs import collect_named_outputs
from tf1compat_wd.contrib.layers._scopes import activated, check_data_format, own_variable

Tensor = Any
Variable = Any

_zeros = tf.compat.v1.zeros_initializer
_ones = tf.compat.v1.ones_initializer


def _offset_and_scale(
    shape: Sequence[int],
    dtype: Any,
    center: bool,
    scale: bool,
    variables_collections: Any,
    trainable: bool,
    initializers: dict[str, Any] | None = None,
) -> tuple[Variable | None, Variable | None]:
    """The variables beta and gamma, or None for the one that isn't wanted."""
    given = initializers or {}
    beta = gamma = None
    if center:
        beta = own_variable("beta", shape, dtype, given.get("beta", _zeros()), variables_collections, trainable)
    if scale:
        gamma = own_variable("gamma", shape, dtype, given.get("gamma", _ones()), variables_collections, trainable)
    return beta, gamma


def _reshaped(shape: Sequence[int], *values: Any) -> list[Any]:
    """Each of `values` in this shape, but for Nones."""
    return [None if value is None else tf.reshape(value, shape) for value in values]


def _name(inputs: Tensor) -> str:
    return str(getattr(inputs, "name", "of eager mode"))


def _known_rank(inputs: Tensor) -> int:
    rank = inputs.shape.rank
    if rank is None:
        raise ValueError(f"Inputs {_name(inputs)} has undefined rank.")
    return int(rank)


def _keep_shape(outputs: Tensor, shape: tf.TensorShape) -> None:
    if not hooks.executing_eagerly():
        outputs.set_shape(shape)


# -------------------------------------------------------------------------------------- layer norm


@add_arg_scope
def layer_norm(
    inputs: Any,
    center: bool = True,
    scale: bool = True,
    activation_fn: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    begin_norm_axis: int = 1,
    begin_params_axis: int = -1,
    scope: Any = None,
) -> Tensor:
    """Give each example mean 0 and variance 1, then a learned scale and offset (``slim.layer_norm``).

    Creates, P being the sizes of `inputs` from `begin_params_axis` on:
        <scope>/beta   P  in MODEL_VARIABLES, with `center`
        <scope>/gamma  P  the same, with `scale`
    Without `scope` as a name: LayerNorm, LayerNorm_1, ...

    Args:
        inputs: floating tensor of a known rank.
        center, scale: whether to learn an offset and a scale.
        activation_fn: function of the output, or None.
        begin_norm_axis: mean and variance are taken over this axis and those that follow.
        begin_params_axis: the first axis along which offset and scale vary.
        reuse, variables_collections, outputs_collections, trainable, scope: as for `fully_connected`; the variables
            are called "beta" and "gamma".

    Raises:
        ValueError: the rank or P isn't known, or there are no such axes; those of ``tf.get_variable``.

    Source: facts of the topic contrib_layers_normalization. Differs from TF 1.15: nothing known.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     y = tf.contrib.layers.layer_norm(tf.constant([[1.0, 3.0]]))
    >>> y.numpy().round(2).tolist()
    [[-1.0, 1.0]]
    """
    with variable_scope(scope, "LayerNorm", [inputs], reuse=reuse) as opened:
        inputs = tf.convert_to_tensor(inputs)
        rank, shape = _known_rank(inputs), inputs.shape
        if begin_norm_axis < 0:
            begin_norm_axis += rank
        if begin_params_axis >= rank or begin_norm_axis >= rank:
            raise ValueError(
                f"begin_params_axis ({begin_params_axis}) and begin_norm_axis ({begin_norm_axis}) must be < "
                f"rank(inputs) ({rank})"
            )
        params_shape = shape[begin_params_axis:]
        if not params_shape.is_fully_defined():
            shown = tuple("?" if size is None else size for size in shape.as_list())
            raise ValueError(
                f"Inputs {_name(inputs)}: shape(inputs)[{begin_params_axis}:] is not fully defined: "
                f"({', '.join(map(str, shown))})"
            )
        beta, gamma = _offset_and_scale(
            params_shape.as_list(), inputs.dtype, center, scale, variables_collections, trainable
        )
        axes = list(range(begin_norm_axis, rank))
        mean, variance = tf.compat.v1.nn.moments(inputs, axes, keep_dims=True)
        epsilon = 1e-3 if inputs.dtype == tf.float16 else 1e-12
        outputs = tf.compat.v1.nn.batch_normalization(inputs, mean, variance, beta, gamma, epsilon)
        _keep_shape(outputs, shape)
        return collect_named_outputs(outputs_collections, opened.name, activated(outputs, activation_fn))


# ----------------------------------------------------------------------------------- instance norm


@add_arg_scope
def instance_norm(
    inputs: Any,
    center: bool = True,
    scale: bool = True,
    epsilon: float = 1e-6,
    activation_fn: Any = None,
    param_initializers: dict[str, Any] | None = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    data_format: str = "NHWC",
    scope: Any = None,
) -> Tensor:
    """Give each channel of each example mean 0 and variance 1 (``slim.instance_norm``).

    Creates, C being the number of channels:
        <scope>/beta   [C]  in MODEL_VARIABLES, with `center`
        <scope>/gamma  [C]  the same, with `scale`
    Without `scope` as a name: InstanceNorm, InstanceNorm_1, ...

    Args:
        inputs: floating tensor [N, ..., C]; or [N, C, ...] with NCHW.
        center, scale: whether to learn an offset and a scale.
        epsilon: added to the variance.
        activation_fn: function of the output, or None.
        param_initializers: dictionary of initializers for "beta" and "gamma".
        data_format: NHWC or NCHW.
        reuse, variables_collections, outputs_collections, trainable, scope: as for `fully_connected`.

    Raises:
        ValueError: another data format, or the rank or C isn't known; those of ``tf.get_variable``.
    """
    rank = _known_rank(inputs := tf.convert_to_tensor(inputs))
    check_data_format(data_format, "NCHW", "NHWC")
    with variable_scope(scope, "InstanceNorm", [inputs], reuse=reuse) as opened:
        axis = 1 if data_format == "NCHW" else rank - 1
        channels = inputs.shape.as_list()[axis]
        if channels is None:
            raise ValueError(f"Inputs {_name(inputs)} has undefined channels dimension (?,).")
        beta, gamma = _offset_and_scale(
            [channels], inputs.dtype, center, scale, variables_collections, trainable, param_initializers
        )
        if axis != rank - 1:
            beta, gamma = _reshaped([1, channels, *[1] * (rank - 2)], beta, gamma)
        axes = [each for each in range(1, rank) if each != axis]
        mean, variance = tf.compat.v1.nn.moments(inputs, axes, keep_dims=True)
        with name_scope("instancenorm"):
            factor = tf.math.rsqrt(variance + epsilon)
            factor = factor if gamma is None else factor * gamma
            outputs = inputs * factor + (-mean * factor if beta is None else beta - mean * factor)
        _keep_shape(outputs, inputs.shape)
        return collect_named_outputs(outputs_collections, opened.name, activated(outputs, activation_fn))


# -------------------------------------------------------------------------------------- group norm


@add_arg_scope
def group_norm(
    inputs: Any,
    groups: int = 32,
    channels_axis: int = -1,
    reduction_axes: Sequence[int] = (-3, -2),
    center: bool = True,
    scale: bool = True,
    epsilon: float = 1e-6,
    activation_fn: Any = None,
    param_initializers: dict[str, Any] | None = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
    mean_close_to_zero: bool = False,
) -> Tensor:
    """Give each group of channels of each example mean 0 and variance 1 (``slim.group_norm``).

    Creates, C being the number of channels:
        <scope>/beta   [C]  in MODEL_VARIABLES, with `center`
        <scope>/gamma  [C]  the same, with `scale`
    Without `scope` as a name: GroupNorm, GroupNorm_1, ...

    Args:
        inputs: floating tensor; the sizes of `channels_axis` and `reduction_axes` must be known.
        groups: into how many groups of neighbours the channels are divided.
        channels_axis: the axis of channels.
        reduction_axes: mean and variance are taken over these and over the group.
        center, scale: whether to learn an offset and a scale.
        epsilon: added to the variance.
        activation_fn: function of the output, or None.
        param_initializers: dictionary of initializers for "beta" and "gamma".
        mean_close_to_zero: take the variance as the mean square minus the squared mean, in one go.
        reuse, variables_collections, outputs_collections, trainable, scope: as for `fully_connected`.

    Raises:
        ValueError: axes that don't exist or that clash, groups that don't divide C, or unknown sizes; those of
            ``tf.get_variable``.
    """
    inputs = tf.convert_to_tensor(inputs)
    rank = _known_rank(inputs)
    axis, reduced = _axes_of_groups(rank, channels_axis, reduction_axes)
    sizes = _sizes_for_groups(inputs, axis, reduced)
    channels = sizes[axis]
    if groups > channels:
        raise ValueError(f"Invalid groups {groups} for {channels} channels.")
    if channels % groups:
        raise ValueError(f"{channels} channels is not commensurate with {groups} groups.")
    dynamic = tf.shape(inputs) if None in sizes else None
    in_groups = [groups, channels // groups]
    shape = [size if size is not None else dynamic[place] for place, size in enumerate(sizes)]  # type: ignore[index]
    grouped = tf.reshape(inputs, [*shape[:axis], *in_groups, *shape[axis + 1 :]])
    across = [*[1] * axis, *in_groups, *[1] * (rank - axis - 1)]
    over = sorted([each if each < axis else each + 1 for each in reduced] + [axis + 1])
    with variable_scope(scope, "GroupNorm", [inputs], reuse=reuse) as opened:
        beta, gamma = _offset_and_scale(
            [channels], inputs.dtype, center, scale, variables_collections, trainable, param_initializers
        )
        beta, gamma = _reshaped(across, beta, gamma)
        mean, variance = _moments(grouped, over, mean_close_to_zero)
        factor = tf.math.rsqrt(variance + epsilon)
        offset = -mean * factor
        if gamma is not None:
            factor, offset = factor * gamma, offset * gamma
        if beta is not None:
            offset = offset + beta
        outputs = tf.reshape(grouped * factor + offset, shape)
        _keep_shape(outputs, inputs.shape)
        return collect_named_outputs(outputs_collections, opened.name, activated(outputs, activation_fn))


def _axes_of_groups(rank: int, channels_axis: int, reduction_axes: Sequence[int]) -> tuple[int, list[int]]:
    """The axis of channels and those to reduce, none of them negative."""
    axis = channels_axis + rank if channels_axis < 0 else channels_axis
    reduced = [each + rank if each < 0 else each for each in reduction_axes]
    for each in reduced:
        if each >= rank:
            raise ValueError("Axis is out of bounds.")
        if each == axis:
            raise ValueError("reduction_axis must be mutually exclusive with channels_axis")
    if not 0 <= axis < rank:
        raise ValueError("Axis is out of bounds.")
    return axis, reduced


def _sizes_for_groups(inputs: Tensor, axis: int, reduced: Sequence[int]) -> list[int | None]:
    sizes: list[int | None] = inputs.shape.as_list()
    for each in reduced:
        if sizes[each] is None:
            raise ValueError(f"Inputs {_name(inputs)} has undefined dimensions {each}.")
    if sizes[axis] is None:
        raise ValueError(f"Inputs {_name(inputs)} has undefined channel dimension: {axis}.")
    return sizes


def _moments(inputs: Tensor, axes: Sequence[int], mean_close_to_zero: bool) -> tuple[Tensor, Tensor]:
    if not mean_close_to_zero:
        return tf.compat.v1.nn.moments(inputs, axes, keep_dims=True)  # type: ignore[no-any-return]
    counts, mean_ss, variance_ss, _ = tf.compat.v1.nn.sufficient_statistics(inputs, axes, keep_dims=True)
    return tf.nn.normalize_moments(counts, mean_ss, variance_ss, shift=None)  # type: ignore[no-any-return]


hooks.keep_from_autograph(__name__)
