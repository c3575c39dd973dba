"""Inception, versions 1 to 3: arXiv 1409.4842, 1502.03167 and 1512.00567."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.layers import avg_pool2d, batch_norm, conv2d, dropout, softmax
from tf1compat_wd.contrib.slim.nets import _inception_parts as parts
from tf1compat_wd.contrib.slim.nets._classifiers import trunc_normal
from tf1compat_wd.contrib.slim.nets._inception_tables import V1, V2, V3

__all__ = [
    "inception_v1",
    "inception_v1_arg_scope",
    "inception_v1_base",
    "inception_v2",
    "inception_v2_arg_scope",
    "inception_v2_base",
    "inception_v3",
    "inception_v3_arg_scope",
    "inception_v3_base",
]

Tensor = Any
Result = tuple[Tensor, dict[str, Tensor]]
ArgScope = dict[str, dict[str, Any]]

# -------------------------------------------------------------------------------------- version 1


def inception_v1_arg_scope(
    weight_decay: float = 0.00004, use_batch_norm: bool = True, batch_norm_var_collection: str = "moving_vars"
) -> ArgScope:
    """The arguments with which Inception v1 was trained, for `slim.arg_scope`.

    Args:
        weight_decay: for the weights of convolutions and fully connected layers.
        use_batch_norm: normalize after convolutions, instead of adding biases?
        batch_norm_var_collection: key of a collection for the moving averages.
    """
    if not use_batch_norm:
        return parts.inception_arg_scope(weight_decay, None, {})
    return parts.inception_arg_scope(weight_decay, batch_norm, parts.normalization(batch_norm_var_collection))


def inception_v1_base(inputs: Tensor, final_endpoint: str = "Mixed_5c", scope: Any = "InceptionV1") -> Result:
    """Inception v1 up to an end point, without logits (``slim.nets.inception.inception_v1_base``).

    Args:
        inputs: images [B, H, W, C].
        final_endpoint: where to stop: Conv2d_1a_7x7, MaxPool_2a_3x3, Conv2d_2b_1x1, Conv2d_2c_3x3, MaxPool_3a_3x3,
            Mixed_3b, Mixed_3c, MaxPool_4a_3x3, Mixed_4b ... Mixed_4f, MaxPool_5a_2x2, Mixed_5b or Mixed_5c.
        scope: variable scope.

    Returns:
        The tensor there, and a dictionary of all end points so far.

    Raises:
        ValueError: there is no such end point.
    """
    with variable_scope(scope, "InceptionV1", [inputs]):
        return parts.run(V1, inputs, final_endpoint, parts.all_of_it)


def inception_v1(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.8,
    prediction_fn: Callable[..., Tensor] = softmax,
    spatial_squeeze: bool = True,
    reuse: Any = None,
    scope: Any = "InceptionV1",
) -> Result:
    """Inception v1, GoogLeNet (``slim.nets.inception.inception_v1``).

    Args:
        inputs: images [B, H, W, C]; 224 x 224 gives one vector of logits for each, larger ones a map.
        num_classes: how many logits.
        is_training: drop out, normalize by the batch, and update the moving averages? A bool or a bool tensor.
        dropout_keep_prob: how much is kept.
        prediction_fn: function of the logits and ``scope=`` giving predictions.
        spatial_squeeze: drop the two axes of length 1; a map of logits needs False.
        reuse: of the variable scope.
        scope: variable scope.

    Returns:
        Logits [B, `num_classes`], and the end points: those of `inception_v1_base`, Logits and Predictions.

    Source: facts of the topic slim_nets.

    >>> inception = tf.contrib.slim.nets.inception
    >>> with tf.Graph().as_default(), tf.contrib.slim.arg_scope(inception.inception_v1_arg_scope()):
    ...     logits, end_points = inception.inception_v1(tf.zeros([1, 224, 224, 3]), 10)
    ...     logits.shape.as_list(), end_points["Mixed_5c"].shape.as_list(), len(tf.model_variables())
    ([1, 10], [1, 7, 7, 1024], 230)
    """
    with (
        variable_scope(scope, "InceptionV1", [inputs], reuse=reuse) as opened,
        parts.training_scope(is_training),
    ):
        net, end_points = inception_v1_base(inputs, scope=opened)
        with variable_scope("Logits"):
            net = avg_pool2d(net, [7, 7], stride=1, scope="MaxPool_0a_7x7")  # TF1's name for it
            net = dropout(net, dropout_keep_prob, scope="Dropout_0b")
            logits = parts.logits_of(net, num_classes, "Conv2d_0c_1x1", spatial_squeeze)
            end_points["Logits"] = logits
            end_points["Predictions"] = prediction_fn(logits, scope="Predictions")
        return logits, end_points


# -------------------------------------------------------------------------------------- version 2


def inception_v2_arg_scope(weight_decay: float = 0.00004, batch_norm_var_collection: str = "moving_vars") -> ArgScope:
    """The arguments with which Inception v2 was trained, for `slim.arg_scope`; see `inception_v1_arg_scope`."""
    return parts.inception_arg_scope(weight_decay, batch_norm, parts.normalization(batch_norm_var_collection))


def inception_v2_base(
    inputs: Tensor,
    final_endpoint: str = "Mixed_5c",
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    scope: Any = None,
) -> Result:
    """Inception v2 up to an end point, without logits (``slim.nets.inception.inception_v2_base``).

    Args:
        inputs: images [B, H, W, C].
        final_endpoint: where to stop: Conv2d_1a_7x7, MaxPool_2a_3x3, Conv2d_2b_1x1, Conv2d_2c_3x3, MaxPool_3a_3x3,
            Mixed_3b, Mixed_3c, Mixed_4a ... Mixed_4e, Mixed_5a, Mixed_5b or Mixed_5c.
        min_depth: channels that a layer has at least.
        depth_multiplier: factor to the number of channels of all layers.
        scope: variable scope; default InceptionV2.

    Returns:
        The tensor there, and a dictionary of all end points so far.

    Raises:
        ValueError: there is no such end point, or `depth_multiplier` isn't positive.
    """
    depth = parts.depth_with(depth_multiplier, min_depth)
    with variable_scope(scope, "InceptionV2", [inputs]):
        return parts.run(V2, inputs, final_endpoint, depth)


def inception_v2(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.8,
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    prediction_fn: Callable[..., Tensor] = softmax,
    spatial_squeeze: bool = True,
    reuse: Any = None,
    scope: Any = "InceptionV2",
) -> Result:
    """Inception v2, BN-Inception (``slim.nets.inception.inception_v2``).

    Args:
        inputs: images [B, H, W, C]; up to 224 x 224 gives one vector of logits for each, larger ones a map.
        min_depth, depth_multiplier: as for `inception_v2_base`.
        num_classes, is_training, dropout_keep_prob, prediction_fn, spatial_squeeze, reuse, scope: as for
            `inception_v1`.

    Returns:
        Logits [B, `num_classes`], and the end points: those of `inception_v2_base`, Logits and Predictions.

    Source: facts of the topic slim_nets.
    """
    depth = parts.depth_with(depth_multiplier, min_depth)
    with (
        variable_scope(scope, "InceptionV2", [inputs], reuse=reuse) as opened,
        parts.training_scope(is_training),
    ):
        with variable_scope(opened):
            net, end_points = parts.run(V2, inputs, "Mixed_5c", depth)
        with variable_scope("Logits"):
            height, width = parts.kernel_for(net, 7)
            net = avg_pool2d(net, [height, width], padding="VALID", scope=f"AvgPool_1a_{height}x{width}")
            net = dropout(net, dropout_keep_prob, scope="Dropout_1b")
            logits = parts.logits_of(net, num_classes, "Conv2d_1c_1x1", spatial_squeeze)
        end_points["Logits"] = logits
        end_points["Predictions"] = prediction_fn(logits, scope="Predictions")
        return logits, end_points


# -------------------------------------------------------------------------------------- version 3


def inception_v3_arg_scope(
    weight_decay: float = 0.00004,
    batch_norm_var_collection: str = "moving_vars",
    batch_norm_decay: float = 0.9997,
    batch_norm_epsilon: float = 0.001,
    updates_collections: Any = tf.compat.v1.GraphKeys.UPDATE_OPS,
    use_fused_batchnorm: bool = True,
) -> ArgScope:
    """The arguments with which Inception v3 was trained, for `slim.arg_scope`.

    Args:
        weight_decay: for the weights of convolutions and fully connected layers.
        batch_norm_var_collection: key of a collection for the moving averages.
        batch_norm_decay, batch_norm_epsilon, updates_collections, use_fused_batchnorm: of `slim.batch_norm`.
    """
    normalization = parts.normalization(
        batch_norm_var_collection,
        decay=batch_norm_decay,
        epsilon=batch_norm_epsilon,
        updates_collections=updates_collections,
        fused=use_fused_batchnorm,
    )
    return parts.inception_arg_scope(weight_decay, batch_norm, normalization)


def inception_v3_base(
    inputs: Tensor,
    final_endpoint: str = "Mixed_7c",
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    scope: Any = None,
) -> Result:
    """Inception v3 up to an end point, without logits (``slim.nets.inception.inception_v3_base``).

    Args:
        inputs: images [B, H, W, C].
        final_endpoint: where to stop: Conv2d_1a_3x3, Conv2d_2a_3x3, Conv2d_2b_3x3, MaxPool_3a_3x3, Conv2d_3b_1x1,
            Conv2d_4a_3x3, MaxPool_5a_3x3, Mixed_5b, Mixed_5c, Mixed_5d, Mixed_6a ... Mixed_6e, Mixed_7a, Mixed_7b or
            Mixed_7c.
        min_depth: channels that a layer has at least.
        depth_multiplier: factor to the number of channels of all layers.
        scope: variable scope; default InceptionV3.

    Returns:
        The tensor there, and a dictionary of all end points so far.

    Raises:
        ValueError: there is no such end point, or `depth_multiplier` isn't positive.
    """
    depth = parts.depth_with(depth_multiplier, min_depth)
    with variable_scope(scope, "InceptionV3", [inputs]):
        return parts.run(V3, inputs, final_endpoint, depth)


def inception_v3(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.8,
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    prediction_fn: Callable[..., Tensor] = softmax,
    spatial_squeeze: bool = True,
    reuse: Any = None,
    scope: Any = "InceptionV3",
) -> Result:
    """Inception v3 (``slim.nets.inception.inception_v3``).

    Args:
        inputs: images [B, H, W, C]; up to 299 x 299 gives one vector of logits for each, larger ones a map. Images
            smaller than 107 x 107 are too small for the auxiliary logits.
        min_depth, depth_multiplier: as for `inception_v3_base`.
        num_classes, is_training, dropout_keep_prob, prediction_fn, spatial_squeeze, reuse, scope: as for
            `inception_v1`.

    Returns:
        Logits [B, `num_classes`], and the end points: those of `inception_v3_base`, AuxLogits (logits of Mixed_6e,
        for a second loss), PreLogits, Logits and Predictions.

    Source: facts of the topic slim_nets.
    """
    depth = parts.depth_with(depth_multiplier, min_depth)
    with (
        variable_scope(scope, "InceptionV3", [inputs], reuse=reuse) as opened,
        parts.training_scope(is_training),
    ):
        with variable_scope(opened):
            net, end_points = parts.run(V3, inputs, "Mixed_7c", depth)
        with variable_scope("AuxLogits"):
            end_points["AuxLogits"] = _auxiliary_logits(end_points["Mixed_6e"], num_classes, depth, spatial_squeeze)
        with variable_scope("Logits"):
            height, width = parts.kernel_for(net, 8)
            net = avg_pool2d(net, [height, width], padding="VALID", scope=f"AvgPool_1a_{height}x{width}")
            net = end_points["PreLogits"] = dropout(net, dropout_keep_prob, scope="Dropout_1b")
            logits = parts.logits_of(net, num_classes, "Conv2d_1c_1x1", spatial_squeeze)
        end_points["Logits"] = logits
        end_points["Predictions"] = prediction_fn(logits, scope="Predictions")
        return logits, end_points


def _auxiliary_logits(net: Tensor, num_classes: int, depth: parts.Depth, spatial_squeeze: bool) -> Tensor:
    net = avg_pool2d(net, [5, 5], stride=3, padding="VALID", scope="AvgPool_1a_5x5")
    net = conv2d(net, depth(128), [1, 1], stride=1, padding="SAME", scope="Conv2d_1b_1x1")
    height, width = parts.kernel_for(net, 5)
    net = conv2d(
        net,
        depth(768),
        [height, width],
        stride=1,
        padding="VALID",
        weights_initializer=trunc_normal(0.01),
        scope=f"Conv2d_2a_{height}x{width}",
    )
    return parts.logits_of(net, num_classes, "Conv2d_2b_1x1", spatial_squeeze, weights_initializer=trunc_normal(0.001))


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
