"""VGG: Simonyan and Zisserman, "Very deep convolutional networks", arXiv 1409.1556, table 1, columns A, D and E."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.layers import conv2d, max_pool2d, repeat
from tf1compat_wd.contrib.slim.nets import _classifiers
from tf1compat_wd.contrib.slim.nets._classifiers import Call, Classifier, Convolution

__all__ = ["vgg_16", "vgg_19", "vgg_a", "vgg_arg_scope", "vgg_d", "vgg_e"]

Tensor = Any
Result = tuple[Tensor, dict[str, Tensor]]

_DEPTHS = (64, 128, 256, 512, 512)

_CLASSIFIER = Classifier(layers=(), fc6=Convolution("fc6", 4096, 7))


def vgg_arg_scope(weight_decay: float = 0.0005) -> dict[str, dict[str, Any]]:
    """The arguments with which VGG was trained, for `slim.arg_scope`."""
    return _classifiers.classifier_arg_scope(weight_decay, 0.0)


def _vgg(counts: Sequence[int], call: Call, default_name: str, is_by_name_scope: bool) -> Result:
    """A network with so many convolutions in each of its five parts."""
    with _classifiers.collecting(call, default_name, is_by_name_scope) as (scope, collection):
        net = call.inputs
        for number, (count, depth) in enumerate(zip(counts, _DEPTHS, strict=True), start=1):
            net = repeat(net, count, conv2d, depth, [3, 3], scope=f"conv{number}")
            net = max_pool2d(net, [2, 2], scope=f"pool{number}")
        return _classifiers.logits_of(net, _CLASSIFIER, call, scope, collection)


def vgg_a(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: Any = "vgg_a",
) -> Result:
    """VGG with 11 layers (``slim.nets.vgg.vgg_a``); see `vgg_16`."""
    call = Call(inputs, num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope)
    return _vgg((1, 1, 2, 2, 2), call, "vgg_a", is_by_name_scope=True)


def vgg_16(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: Any = "vgg_16",
) -> Result:
    """VGG with 16 layers (``slim.nets.vgg.vgg_16``).

    Creates <scope>/conv1/conv1_1 ... conv5/conv5_3, fc6, fc7 and fc8, each with weights and biases: 32 variables.

    Args:
        inputs: images [B, H, W, 3]; 224 x 224 gives one vector of logits for each.
        num_classes: how many logits.
        is_training: drop out? A bool or a bool tensor.
        dropout_keep_prob: how much is kept.
        spatial_squeeze: drop the two axes of length 1. Larger images need False, and give a map of logits.
        scope: variable scope; default vgg_16.

    Returns:
        Logits [B, `num_classes`], and the end points: a dictionary of scope names to tensors.

    Source: facts of the topic slim_nets.

    >>> with tf.Graph().as_default(), tf.contrib.slim.arg_scope(tf.contrib.slim.nets.vgg.vgg_arg_scope()):
    ...     logits, end_points = tf.contrib.slim.nets.vgg.vgg_16(tf.zeros([1, 224, 224, 3]))
    ...     end_points["vgg_16/pool5"].shape.as_list(), len(tf.model_variables())
    ([1, 7, 7, 512], 32)
    """
    call = Call(inputs, num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope)
    return _vgg((2, 2, 3, 3, 3), call, "vgg_16", is_by_name_scope=True)


def vgg_19(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: Any = "vgg_19",
) -> Result:
    """VGG with 19 layers (``slim.nets.vgg.vgg_19``); see `vgg_16`.

    A second call with the same variables shows the end points of the first call, too.
    """
    call = Call(inputs, num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope)
    return _vgg((2, 2, 4, 4, 4), call, "vgg_19", is_by_name_scope=False)


vgg_d = vgg_16
vgg_e = vgg_19

__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
