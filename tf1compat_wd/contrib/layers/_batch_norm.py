"""``batch_norm``: normalization by the statistics of the batch, with moving averages for evaluation.

TF1 had three ways to do it, and so have we, because names, the order of variables and the estimate of the variance
tell them apart (facts of the topic contrib_layers_batch_norm):

layer    that of `tf.layers`, where updates go to UPDATE_OPS: rank 4, rank 3 and 5, and rank 2 if not fused
fused    by the fused operation: rank 2, and rank 4 with other `updates_collections` or `zero_debias_moving_mean`
plain    the rest: not fused with other `updates_collections`, and `batch_weights`
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import graph_collections, op_counts, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable_scope, variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._dimensions import constant_value
from tf1compat_wd.contrib.layers._moving_averages import move_average
from tf1compat_wd.contrib.layers._outputs import add_variable_to_collections, collect_named_outputs
from tf1compat_wd.contrib.layers._scopes import activated, check_data_format, layer_scope, own_variable
from tf1compat_wd.layers import BatchNormalization
from tf1compat_wd.layers._arguments import channels_first_order, channels_last_order, has_gpu
from tf1compat_wd.layers._training import choose

Tensor = Any
Variable = Any

_Keys = tf.compat.v1.GraphKeys
_zeros = tf.compat.v1.zeros_initializer
_ones = tf.compat.v1.ones_initializer


class _Arguments(NamedTuple):
    """Those of `batch_norm` that all three ways need."""

    decay: float
    center: bool
    scale: bool
    epsilon: float
    param_initializers: dict[str, Any]
    param_regularizers: dict[str, Any]
    updates_collections: Any
    variables_collections: Any
    trainable: bool
    batch_weights: Any
    data_format: str
    zero_debias_moving_mean: bool


@add_arg_scope
def batch_norm(
    inputs: Any,
    decay: float = 0.999,
    center: bool = True,
    scale: bool = False,
    epsilon: float = 0.001,
    activation_fn: Any = None,
    param_initializers: dict[str, Any] | None = None,
    param_regularizers: dict[str, Any] | None = None,
    updates_collections: Any = _Keys.UPDATE_OPS,
    is_training: Any = True,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    batch_weights: Any = None,
    fused: bool | None = None,
    data_format: str = "NHWC",
    zero_debias_moving_mean: bool = False,
    scope: Any = None,
    renorm: bool = False,
    renorm_clipping: dict[str, Any] | None = None,
    renorm_decay: float = 0.99,
    adjustment: Any = None,
) -> Tensor:
    """Normalize each channel by mean and variance of the batch (``slim.batch_norm``).

    Creates, C being the number of channels, in MODEL_VARIABLES:
        <scope>/beta             [C]  trainable, with `center`
        <scope>/gamma            [C]  trainable, with `scale`; before beta where `tf.layers` does the work
        <scope>/moving_mean      [C]
        <scope>/moving_variance  [C]
        and with `renorm` moving_stddev, renorm_mean, renorm_stddev; with `zero_debias_moving_mean`
        <scope>/<scope>/moving_mean/biased [C] and .../local_step []
    Without `scope` as a name: BatchNorm, BatchNorm_1, ...

    Training, the moving averages are updated once for each call. Where the updates happen `updates_collections` says:

        UPDATE_OPS    in graph mode when these operations are run, so that the training step must depend on them (see
                      `slim.learning.create_train_op`); elsewhere they have run, or will run, by themselves, and what
                      stands in the collection is harmless
        None          in place, before the output is there
        another key   as UPDATE_OPS, but in that collection

    Args:
        inputs: floating tensor [N, ..., C]; or [N, C, ...] with NCHW. C must be known.
        decay: how much of the moving average stays at each update.
        center, scale: whether to learn an offset and a scale.
        epsilon: added to the variance.
        activation_fn: function of the output, or None.
        param_initializers: dictionary of initializers for "beta", "gamma", "moving_mean" and "moving_variance".
        param_regularizers: dictionary of regularizers for "beta" and "gamma"; ignored, as in TF 1.15, with
            `batch_weights`, and where it isn't fused with other `updates_collections` or `zero_debias_moving_mean`.
        is_training: bool or scalar bool tensor: normalize by the batch, or by the moving averages.
        batch_weights: tensor [N] of weights for the statistics; not fused.
        fused: use the fused operation where it can be; None: yes. Its moving variance is an unbiased estimate.
        data_format: NHWC or NCHW.
        zero_debias_moving_mean: let the moving mean begin with the first batch instead of with zero.
        renorm, renorm_clipping, renorm_decay: batch renormalization, see ``tf.layers.batch_normalization``.
        adjustment: function of the shape of the inputs giving a scale and an offset for training, see there.
        reuse, variables_collections, outputs_collections, trainable, scope: as for `fully_connected`; the variables
            are called "beta", "gamma", "moving_mean" and "moving_variance".

    Raises:
        ValueError: another data format, an unknown rank or C; `renorm` with `batch_weights`,
            `zero_debias_moving_mean` or other `updates_collections`; those of ``tf.get_variable``.

    Differs from TF 1.15: NCHW works on CPUs, too; so does float64 where fused is the default.

    >>> with tf.tracking.VariableTrackingScope("net") as net:
    ...     y = tf.contrib.layers.batch_norm(tf.constant([[1.0], [3.0]]), decay=0.9, updates_collections=None)
    >>> y.numpy().round(2).tolist(), net.variables_by_name["BatchNorm/moving_mean"].numpy().round(2).tolist()
    ([[-1.0], [1.0]], [0.2])
    """
    check_data_format(data_format, "NCHW", "NHWC")
    inputs = tf.convert_to_tensor(inputs)
    rank = inputs.shape.rank
    in_layer = updates_collections == _Keys.UPDATE_OPS and batch_weights is None and not zero_debias_moving_mean
    if renorm and not in_layer:
        raise ValueError("renorm is not supported with batch_weights, updates_collections or zero_debias_moving_mean")
    wants_fused = fused is None or fused
    can_be_fused = batch_weights is None and not renorm and adjustment is None and rank in (2, 4)
    can_be_fused = can_be_fused and inputs.dtype != tf.float64
    given = _Arguments(
        decay, center, scale, epsilon, param_initializers or {}, param_regularizers or {}, updates_collections,
        variables_collections, trainable, batch_weights, data_format, zero_debias_moving_mean,
    )  # fmt: skip
    by_itself = wants_fused and can_be_fused and (rank == 2 or not in_layer)
    # TF1: what zero_debias adds is no model variable if fused (fact: zero_debias_is_for_the_model_if_not_fused)
    opening = variable_scope if by_itself else layer_scope
    with opening(scope, "BatchNorm", [inputs], reuse=reuse) as opened:
        if by_itself:
            outputs = _normalize_fused(inputs, given, is_training)
        elif in_layer:
            outputs = _normalize_in_layer(
                inputs, given, is_training, opened,
                fused=fused, renorm=renorm, renorm_clipping=renorm_clipping, renorm_momentum=renorm_decay,
                adjustment=adjustment, _reuse=reuse,
            )  # fmt: skip
        else:
            if adjustment is not None:
                user_frames.warn_once(
                    "batch_norm adjustment",
                    "batch_norm ignores adjustment (as TF 1.15 did) together with batch_weights, "
                    "zero_debias_moving_mean or updates_collections other than UPDATE_OPS.",
                )
            outputs = _normalize_plain(inputs, given, is_training)
        return collect_named_outputs(outputs_collections, opened.name, activated(outputs, activation_fn))


# ----------------------------------------------------------------------------------- by tf.layers


def _normalize_in_layer(inputs: Tensor, given: _Arguments, is_training: Any, opened: Any, **more: Any) -> Tensor:
    initializers, regularizers = given.param_initializers, given.param_regularizers
    layer = BatchNormalization(
        axis=1 if given.data_format == "NCHW" else -1,
        momentum=given.decay,
        epsilon=given.epsilon,
        center=given.center,
        scale=given.scale,
        beta_initializer=initializers.get("beta", _zeros()),
        gamma_initializer=initializers.get("gamma", _ones()),
        moving_mean_initializer=initializers.get("moving_mean", _zeros()),
        moving_variance_initializer=initializers.get("moving_variance", _ones()),
        beta_regularizer=regularizers.get("beta"),
        gamma_regularizer=regularizers.get("gamma"),
        trainable=given.trainable,
        name=opened.name,
        _scope=opened,
        **more,
    )
    outputs = layer(inputs, training=is_training)
    for name in ("moving_mean", "moving_variance", "beta", "gamma"):
        variable = getattr(layer, name)
        if variable is not None:
            add_variable_to_collections(variable, given.variables_collections, name)
    return outputs


# ------------------------------------------------------------------------------------- variables


class _Variables(NamedTuple):
    beta: Variable | None
    gamma: Variable | None
    moving_mean: Variable
    moving_variance: Variable


def _make_variables(given: _Arguments, channels: int, dtype: tf.DType, regularized: bool) -> _Variables:
    def make(name: str, default: Any, trainable: bool) -> Variable:
        return own_variable(
            name,
            [channels],
            dtype,
            given.param_initializers.get(name, default),
            given.variables_collections,
            trainable,
            given.param_regularizers.get(name) if regularized and name in ("beta", "gamma") else None,
        )

    beta = make("beta", _zeros(), given.trainable) if given.center else None
    gamma = make("gamma", _ones(), given.trainable) if given.scale else None
    scope = get_variable_scope()
    partitioner = scope.partitioner
    scope.set_partitioner(None)
    try:
        averages = make("moving_mean", _zeros(), False), make("moving_variance", _ones(), False)
    finally:
        scope.set_partitioner(partitioner)
    return _Variables(beta, gamma, *averages)


def _channels(inputs: Tensor, axis: int, which: str) -> int:
    channels = inputs.shape.as_list()[axis]
    if channels is None:
        raise ValueError(f"Inputs {getattr(inputs, 'name', 'of eager mode')} has undefined {which} dimension (?,).")
    return int(channels)


def _collect_updates(updates: list[Any], collections: Any) -> None:
    for update in updates:
        graph_collections.add_to_collections(collections, update)


# ----------------------------------------------------------------------------------------- fused


def _normalize_fused(inputs: Tensor, given: _Arguments, is_training: Any) -> Tensor:
    original, channels_first = inputs, given.data_format == "NCHW"
    if inputs.shape.rank == 2:
        channels = inputs.shape.as_list()[1]
        if channels is None:
            raise ValueError("`C` dimension must be known but is None")
        inputs = tf.reshape(inputs, [-1, channels, 1, 1] if channels_first else [-1, 1, 1, channels])
    else:
        channels = _channels(inputs, 1 if channels_first else 3, "`C`")
    dtype = tf.float32 if inputs.dtype in (tf.float16, tf.bfloat16) else inputs.dtype
    own = _make_variables(given, channels, dtype, regularized=True)
    beta = tf.zeros([channels], dtype) if own.beta is None else own.beta
    gamma = tf.ones([channels], dtype) if own.gamma is None else own.gamma
    transposes = channels_first and not has_gpu()
    if transposes:
        inputs = tf.transpose(inputs, channels_last_order(4))
    data_format = "NHWC" if transposes else given.data_format
    normalize = tf.compat.v1.nn.fused_batch_norm

    def by_batch() -> tuple[Tensor, Tensor, Tensor]:
        return normalize(inputs, gamma, beta, epsilon=given.epsilon, data_format=data_format)

    def by_averages() -> tuple[Tensor, Tensor, Tensor]:
        mean, variance = tf.convert_to_tensor(own.moving_mean), tf.convert_to_tensor(own.moving_variance)
        return normalize(inputs, gamma, beta, mean, variance, given.epsilon, data_format, is_training=False)

    training = _known(is_training)
    outputs, mean, variance = choose(training, by_batch, by_averages)
    if transposes:
        outputs = tf.transpose(outputs, channels_first_order(4))
    if training is not False:
        updates = _update_averages(own, mean, variance, given, training)
        if training is not True:
            op_counts.more(-7 if given.updates_collections is None else -6)  # TF 1.15 chose a decay, not an update
        if given.updates_collections is None:
            with tf.control_dependencies(updates):
                outputs = tf.identity(outputs)
        else:
            _collect_updates(updates, given.updates_collections)
    if not hooks.executing_eagerly() and inputs.shape.rank == original.shape.rank:
        outputs.set_shape(original.shape)
    if original.shape.rank == 2:
        outputs = tf.reshape(outputs, tf.shape(original))
        if not hooks.executing_eagerly():
            outputs.set_shape(original.shape)
    return outputs


def _known(is_training: Any) -> Any:
    """True or False if that is known now, else the tensor."""
    known = constant_value(is_training)
    return tf.convert_to_tensor(is_training) if known is None else bool(known)


def _update_averages(own: _Variables, mean: Tensor, variance: Tensor, given: _Arguments, training: Any) -> list[Any]:
    """The updates of both averages; where only the run decides whether it trains, they decide there."""

    def move_mean() -> Any:
        return move_average(own.moving_mean, mean, given.decay, given.zero_debias_moving_mean)

    def move_variance() -> Any:
        return move_average(own.moving_variance, variance, given.decay)

    if training is True:
        return [move_mean(), move_variance()]
    return [
        choose(training, lambda: _after(move_mean(), own.moving_mean), lambda: tf.convert_to_tensor(own.moving_mean)),
        choose(
            training,
            lambda: _after(move_variance(), own.moving_variance),
            lambda: tf.convert_to_tensor(own.moving_variance),
        ),
    ]


def _after(update: Any, average: Variable) -> Tensor:
    """The value of `average` after `update`."""
    with tf.control_dependencies([] if hooks.executing_eagerly() else [update]):
        return tf.identity(average)


# ----------------------------------------------------------------------------------------- plain


def _normalize_plain(inputs: Tensor, given: _Arguments, is_training: Any) -> Tensor:
    rank = inputs.shape.rank
    if rank is None:
        raise ValueError(f"Inputs {getattr(inputs, 'name', 'of eager mode')} has undefined rank.")
    axis = 1 if given.data_format == "NCHW" and rank > 2 else rank - 1
    weights = None
    if given.batch_weights is not None:
        weights = tf.convert_to_tensor(given.batch_weights)
        inputs.shape[:1].assert_is_compatible_with(weights.shape)
        weights = tf.reshape(weights, [-1] + [1] * (rank - 1))
    channels = _channels(inputs, axis, "channels")
    # TF1 forgot the regularizers here (fact: its_collections_where_it_is_not_by_tf_layers)
    own = _make_variables(given, channels, inputs.dtype, regularized=False)
    training = _known(is_training)
    if training is False:
        mean, variance = tf.convert_to_tensor(own.moving_mean), tf.convert_to_tensor(own.moving_variance)
    else:
        mean, variance = _moments(inputs, [each for each in range(rank) if each != axis], weights)
        updates = _update_averages(own, mean, variance, given, training)
        if training is not True:
            op_counts.more(-20)  # TF 1.15 chose once for both averages and both moments
            batch = mean, variance
            mean = choose(training, lambda: batch[0], lambda: tf.convert_to_tensor(own.moving_mean))
            variance = choose(training, lambda: batch[1], lambda: tf.convert_to_tensor(own.moving_variance))
        if given.updates_collections is None:
            with tf.control_dependencies(updates):
                mean, variance = tf.identity(mean), tf.identity(variance)
        else:
            _collect_updates(updates, given.updates_collections)
    beta, gamma = own.beta, own.gamma
    if axis != rank - 1:
        across = [1, channels, *[1] * (rank - 2)]
        mean, variance = tf.reshape(mean, across), tf.reshape(variance, across)
        beta = None if beta is None else tf.reshape(beta, across)
        gamma = None if gamma is None else tf.reshape(gamma, across)
    outputs = tf.compat.v1.nn.batch_normalization(inputs, mean, variance, beta, gamma, given.epsilon)
    if not hooks.executing_eagerly():
        outputs.set_shape(inputs.shape)
    return outputs


def _moments(inputs: Tensor, axes: list[int], weights: Tensor | None) -> tuple[Tensor, Tensor]:
    if weights is None:
        return tf.compat.v1.nn.moments(inputs, axes)  # type: ignore[no-any-return]
    return tf.compat.v1.nn.weighted_moments(inputs, axes, weights)  # type: ignore[no-any-return]


hooks.keep_from_autograph(__name__)
