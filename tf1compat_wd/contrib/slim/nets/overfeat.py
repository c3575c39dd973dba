"""OverFeat's fast model: Sermanet et al., arXiv 1312.6229, table 1."""

from __future__ import annotations

from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.framework import arg_scope
from tf1compat_wd.contrib.layers import max_pool2d
from tf1compat_wd.contrib.slim.nets import _classifiers
from tf1compat_wd.contrib.slim.nets._classifiers import Call, Classifier, Convolution, Pool, trunc_normal

__all__ = ["overfeat", "overfeat_arg_scope", "trunc_normal"]

Tensor = Any


def _overfeat() -> Classifier:
    return _classifiers.beginning_narrowly(
        layers=(
            Convolution("conv1", 64, 11, {"stride": 4, "padding": "VALID"}),
            Pool("pool1", 2),
            Convolution("conv2", 256, 5, {"padding": "VALID"}),
            Pool("pool2", 2),
            Convolution("conv3", 512, 3),
            Convolution("conv4", 1024, 3),
            Convolution("conv5", 1024, 3),
            Pool("pool5", 2),
        ),
        fc6=Convolution("fc6", 3072, 6),
    )


def overfeat_arg_scope(weight_decay: float = 0.0005) -> dict[str, dict[str, Any]]:
    """The arguments with which OverFeat was trained, for `slim.arg_scope`."""
    scope = _classifiers.classifier_arg_scope(weight_decay, 0.0)
    with arg_scope(scope), arg_scope([max_pool2d], padding="VALID") as scope:
        return scope


def overfeat(
    inputs: Tensor,
    num_classes: int = 1000,
    is_training: Any = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: Any = "overfeat",
) -> tuple[Tensor, dict[str, Tensor]]:
    """OverFeat (``slim.nets.overfeat.overfeat``).

    Creates, with biases each, <scope>/conv1 ... conv5, fc6, fc7, fc8: 16 variables, all trainable.

    Args:
        inputs: images [B, H, W, 3]; 231 x 231 gives one vector of logits for each.
        num_classes, is_training, dropout_keep_prob, spatial_squeeze: as for `slim.nets.alexnet.alexnet_v2`.
        scope: variable scope; default overfeat.

    Returns:
        Logits [B, `num_classes`], and the end points. A second call with the same variables shows those of the first
        call, too.

    Source: facts of the topic slim_nets.
    """
    call = Call(inputs, num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope)
    return _classifiers.run(_overfeat(), call, "overfeat", is_by_name_scope=False)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
