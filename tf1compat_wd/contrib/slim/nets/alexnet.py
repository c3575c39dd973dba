"""AlexNet: Krizhevsky, "One weird trick for parallelizing convolutional neural networks", arXiv 1404.5997."""

from __future__ import annotations

from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.framework import arg_scope
from tf1compat_wd.contrib.layers import max_pool2d
from tf1compat_wd.contrib.slim.nets import _classifiers
from tf1compat_wd.contrib.slim.nets._classifiers import Call, Classifier, Convolution, Pool, trunc_normal

__all__ = ["alexnet_v2", "alexnet_v2_arg_scope", "trunc_normal"]

Tensor = Any


def _alexnet() -> Classifier:
    return _classifiers.beginning_narrowly(
        layers=(
            Convolution("conv1", 64, 11, {"stride": 4, "padding": "VALID"}),
            Pool("pool1", 3),
            Convolution("conv2", 192, 5),
            Pool("pool2", 3),
            Convolution("conv3", 384, 3),
            Convolution("conv4", 384, 3),
            Convolution("conv5", 256, 3),
            Pool("pool5", 3),
        ),
        fc6=Convolution("fc6", 4096, 5),
    )


def alexnet_v2_arg_scope(weight_decay: float = 0.0005) -> dict[str, dict[str, Any]]:
    """The arguments with which AlexNet was trained, for `slim.arg_scope`."""
    scope = _classifiers.classifier_arg_scope(weight_decay, 0.1)
    with arg_scope(scope), arg_scope([max_pool2d], padding="VALID") as scope:
        return scope


def alexnet_v2(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: Any = "alexnet_v2",
) -> tuple[Tensor, dict[str, Tensor]]:
    """AlexNet, version 2 (``slim.nets.alexnet.alexnet_v2``).

    Creates, with biases each, <scope>/conv1 ... conv5, fc6, fc7, fc8: 16 variables, all trainable.

    Args:
        inputs: images [B, H, W, 3]; 224 x 224 gives one vector of logits for each.
        num_classes: how many logits.
        is_training: drop out? A bool or a bool tensor.
        dropout_keep_prob: how much is kept.
        spatial_squeeze: drop the two axes of length 1. Larger images need False, and give a map of logits.
        scope: variable scope; default alexnet_v2.

    Returns:
        Logits [B, `num_classes`], and the end points: a dictionary of scope names to tensors.

    Source: facts of the topic slim_nets.

    >>> with tf.Graph().as_default(), tf.contrib.slim.arg_scope(tf.contrib.slim.nets.alexnet.alexnet_v2_arg_scope()):
    ...     logits, end_points = tf.contrib.slim.nets.alexnet.alexnet_v2(tf.zeros([1, 224, 224, 3]), 10)
    ...     logits.shape.as_list(), list(end_points)[:2], len(tf.losses.get_regularization_losses())
    ([1, 10], ['alexnet_v2/conv1', 'alexnet_v2/pool1'], 8)
    """
    call = Call(inputs, num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope)
    return _classifiers.run(_alexnet(), call, "alexnet_v2", is_by_name_scope=True)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
