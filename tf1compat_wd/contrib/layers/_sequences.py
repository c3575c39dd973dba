"""Images as sequences of columns and back, and dense tensors as sparse ones."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._outputs import collect_named_outputs
from tf1compat_wd.contrib.layers._scopes import check_data_format

Tensor = Any


@add_arg_scope
def dense_to_sparse(
    tensor: Any, eos_token: int = 0, outputs_collections: Any = None, scope: Any = None
) -> tf.SparseTensor:
    """The elements other than `eos_token`, as a sparse tensor (``slim.dense_to_sparse``).

    Args:
        tensor: tensor.
        eos_token: what stands for nothing.
        outputs_collections: keys for the output, tagged with the name of the scope.
        scope: variable scope; default dense_to_sparse.

    >>> tf.contrib.layers.dense_to_sparse(tf.constant([[1, 0], [2, 3]])).values.numpy().tolist()
    [1, 2, 3]
    """
    with variable_scope(scope, "dense_to_sparse", [tensor]) as opened:
        tensor = tf.convert_to_tensor(tensor)
        indices = tf.where(tf.not_equal(tensor, tf.constant(eos_token, tensor.dtype)))
        values = tf.gather_nd(tensor, indices)
        outputs = tf.SparseTensor(indices, values, tf.shape(tensor, out_type=tf.int64))
        return collect_named_outputs(outputs_collections, opened.name, outputs)


@add_arg_scope
def images_to_sequence(
    inputs: Any, data_format: str = "NHWC", outputs_collections: Any = None, scope: str | None = None
) -> Tensor:
    """Images [N, H, W, C] as sequences [W, N H, C] of the columns of each row (``slim.images_to_sequence``).

    Args:
        inputs: tensor [N, H, W, C]; or [N, C, H, W] with NCHW.
        data_format: NHWC or NCHW.
        outputs_collections: keys for the output, tagged with the name scope.
        scope: name scope; default ImagesToSequence.

    Raises:
        ValueError: another data format.
    """
    check_data_format(data_format, "NCHW", "NHWC")
    with name_scope(scope, "ImagesToSequence", [inputs]) as opened:
        inputs = tf.convert_to_tensor(inputs)
        columns_first = [3, 0, 2, 1] if data_format == "NCHW" else [2, 0, 1, 3]
        inputs = tf.transpose(inputs, columns_first)
        known, dynamic = inputs.shape.as_list(), tf.shape(inputs)
        width, batch, height, channels = (dynamic[a] if size is None else size for a, size in enumerate(known))
        outputs = tf.reshape(inputs, [width, batch * height, channels])
        return collect_named_outputs(outputs_collections, opened, outputs)


@add_arg_scope
def sequence_to_images(
    inputs: Any,
    height: int,
    output_data_format: str = "channels_last",
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """The reverse of `images_to_sequence`.

    Args:
        inputs: tensor [W, N H, C].
        height: H.
        output_data_format: channels_first for [N, C, H, W], else [N, H, W, C].
        outputs_collections: keys for the output, tagged with the name scope.
        scope: name scope; default SequenceToImages.
    """
    with name_scope(scope, "SequenceToImages", [inputs]) as opened:
        inputs = tf.convert_to_tensor(inputs)
        known = inputs.shape.as_list()
        batch = -1 if known[1] is None else known[1] // height
        width = tf.shape(inputs)[0] if known[0] is None else known[0]
        grouped = tf.reshape(inputs, [width, batch, height, known[2]])
        order = [1, 3, 2, 0] if output_data_format == "channels_first" else [1, 2, 0, 3]
        return collect_named_outputs(outputs_collections, opened, tf.transpose(grouped, order))


hooks.keep_from_autograph(__name__)
