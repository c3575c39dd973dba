"""``fully_connected`` and its shorthands, what it was called before, and ``bias_add``."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable, variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._initializers import xavier_initializer
from tf1compat_wd.contrib.layers._outputs import collect_named_outputs
from tf1compat_wd.contrib.layers._scopes import (
    activated,
    arguments_for_layer,
    check_data_format,
    collect_weights,
    finished,
    layer_scope,
    own_variable,
)
from tf1compat_wd.layers import Dense

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer
_Keys = tf.compat.v1.GraphKeys


@add_arg_scope
def fully_connected(
    inputs: Any,
    num_outputs: int,
    activation_fn: Any = tf.nn.relu,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    weights_regularizer: Any = None,
    biases_initializer: Any = _zeros(),  # noqa: B008
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """Multiply by a learned matrix, then normalize or add a learned vector, then activate (``slim.fully_connected``).

    Letters: B any leading axes, D the last axis of `inputs`, U `num_outputs`.

    Creates, in this order, in the current variable scope:
        <scope>/weights  [D, U]  in MODEL_VARIABLES and, with `trainable`, TRAINABLE_VARIABLES
        <scope>/biases   [U]     the same; without `normalizer_fn`, and unless `biases_initializer` is None
    Without `scope`: fully_connected, fully_connected_1, ... counted per pass. Their losses are
    ``<scope>/kernel/Regularizer/...`` and ``<scope>/bias/Regularizer/...``.

    Args:
        inputs: floating tensor [B, D]; D must be known.
        num_outputs: integer.
        activation_fn: function of the output; None for none. The default is relu.
        normalizer_fn: function of the product, `batch_norm` for instance, in place of biases.
        normalizer_params: dictionary of its arguments.
        weights_initializer, biases_initializer: functions of shape and dtype.
        weights_regularizer, biases_regularizer: functions of the variable giving a scalar, which joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is reused.
        reuse: True or AUTO_REUSE: share the variables of `scope`, which must be given.
        variables_collections: keys for all variables; or a dictionary with lists of keys for "weights" and "biases".
        outputs_collections: keys for the output, which is tagged with the scope's name.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        scope: name or scope object.

    Returns:
        Tensor [B, U].

    Raises:
        ValueError: `num_outputs` is no integer, D is unknown, or `inputs` has rank 0 or 1; those of
            ``tf.get_variable``.

    Source: facts of the topics slim and contrib_layers_dense. Differs from TF 1.15: nothing known.

    >>> with tf.tracking.VariableTrackingScope("net") as net:
    ...     y = tf.contrib.layers.fully_connected(tf.ones([2, 3]), 4)
    >>> y.shape.as_list(), [v.name for v in net.variables]
    ([2, 4], ['fully_connected/weights:0', 'fully_connected/biases:0'])

    See also: `tf1compat_wd.layers.dense`.
    """
    given = locals()
    if not isinstance(num_outputs, int):
        raise ValueError(f"num_outputs type should be one of {[int]}, got {type(num_outputs)}.")
    with layer_scope(
        scope, "fully_connected", [inputs], reuse, names={"kernel": "weights", "bias": "biases"}
    ) as opened:
        inputs = tf.convert_to_tensor(inputs)
        layer = Dense(
            num_outputs,
            kernel_initializer=weights_initializer,
            kernel_regularizer=weights_regularizer,
            **arguments_for_layer(given, opened, inputs),
        )
        outputs = layer(inputs)
        collect_weights(layer, variables_collections, "kernel")
        return finished(outputs, given, opened)


relu = functools.partial(fully_connected, activation_fn=tf.nn.relu)
relu6 = functools.partial(fully_connected, activation_fn=tf.nn.relu6)
elu = functools.partial(fully_connected, activation_fn=tf.nn.elu)
linear = functools.partial(fully_connected, activation_fn=None)


@add_arg_scope
def bias_add(
    inputs: Any,
    activation_fn: Any = None,
    initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    data_format: str = "NHWC",
    scope: Any = None,
) -> Tensor:
    """Add a learned number to each channel (``slim.bias_add``).

    Creates:
        <scope>/biases  [C]  in MODEL_VARIABLES; C is the number of channels
    Without `scope`: BiasAdd, BiasAdd_1, ...

    Args:
        inputs: tensor whose last axis are the channels; or, with NCHW, of rank 4, whose second axis are.
        activation_fn: function of the sum, or None.
        initializer, regularizer, reuse, variables_collections, outputs_collections, trainable, scope: as for
            `fully_connected`.
        data_format: NHWC or NCHW.

    Raises:
        ValueError: another `data_format`, NCHW for another rank, or an unknown number of channels.
    """
    check_data_format(data_format, "NCHW", "NHWC")
    with variable_scope(scope, "BiasAdd", [inputs], reuse=reuse) as opened:
        inputs = tf.convert_to_tensor(inputs)
        rank = inputs.shape.rank
        if rank is None:
            raise ValueError("Dims of shape must be known but is None")
        if rank != 4 and data_format == "NCHW":
            raise ValueError("Data format NCHW only supports 4D Tensor")
        axis = 1 if data_format == "NCHW" else -1
        channels = inputs.shape[axis]
        if channels is None:
            raise ValueError("`C` dimension must be known but is None")
        biases = own_variable(
            "biases", [channels], inputs.dtype, initializer, variables_collections, trainable, regularizer
        )
        outputs = tf.compat.v1.nn.bias_add(inputs, biases, data_format=data_format)
        return collect_named_outputs(outputs_collections, opened.name, activated(outputs, activation_fn))


# -------------------------------------------------------------------------------- before slim


def legacy_fully_connected(
    x: Any,
    num_output_units: int,
    activation_fn: Any = None,
    weight_init: Any = xavier_initializer(),  # noqa: B008 (TF1's signature)
    bias_init: Any = _zeros(),  # noqa: B008
    name: Any = None,
    weight_collections: Sequence[Any] = (_Keys.WEIGHTS,),
    bias_collections: Sequence[Any] = (_Keys.BIASES,),
    output_collections: Sequence[Any] = (_Keys.ACTIVATIONS,),
    trainable: bool = True,
    weight_regularizer: Any = None,
    bias_regularizer: Any = None,
) -> Tensor:
    """What `fully_connected` was before slim: it uses the variable scope alone, and no argument scope.

    Creates:
        <name>/weights  [D, U]  in GLOBAL_VARIABLES and `weight_collections`
        <name>/bias     [U]     in GLOBAL_VARIABLES and `bias_collections`, unless `bias_init` is None
    Without `name`: fully_connected, ...

    Args:
        x: floating tensor [B, D], of rank 2 or more; D must be known.
        num_output_units: U.
        activation_fn: function of the sum, or None.
        weight_init, bias_init: initializers.
        name: of the variable scope.
        weight_collections, bias_collections: keys, besides GLOBAL_VARIABLES, for the variables.
        output_collections: keys for the output, besides ACTIVATIONS.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        weight_regularizer, bias_regularizer: functions of the variables giving a scalar.

    Raises:
        ValueError: `x` has rank 0 or 1, or an unknown last axis.
    """
    with variable_scope(name, "fully_connected", [x]):
        x = tf.convert_to_tensor(x)
        shape = x.shape
        if shape.rank is None:
            raise ValueError("dims of x must be known but is None")
        if shape.rank < 2:
            raise ValueError(f"rank of x must be at least 2 not: {shape.rank}")
        if shape[-1] is None:
            raise ValueError("last dimension of x must be known but is None")
        dtype = x.dtype.base_dtype

        def make(variable: str, size: list[int], initializer: Any, collections: Sequence[Any], regularizer: Any) -> Any:
            return get_variable(
                variable,
                shape=size,
                dtype=dtype,
                initializer=initializer,
                collections=list(dict.fromkeys([*(collections or ()), _Keys.GLOBAL_VARIABLES])),
                regularizer=regularizer,
                trainable=trainable,
            )

        weights = make("weights", [shape[-1], num_output_units], weight_init, weight_collections, weight_regularizer)
        flat = x if shape.rank == 2 else tf.reshape(x, [-1, shape[-1]])
        outputs = tf.matmul(flat, weights)
        if bias_init is not None:
            biases = make("bias", [num_output_units], bias_init, bias_collections, bias_regularizer)
            outputs = tf.nn.bias_add(outputs, biases)
        if shape.rank > 2:
            outputs = tf.reshape(outputs, tf.concat([tf.shape(x)[:-1], [num_output_units]], 0))
            outputs.set_shape([*shape.as_list()[:-1], num_output_units])
        outputs = activated(outputs, activation_fn)
        graph_collections.add_to_collections([*(output_collections or ()), _Keys.ACTIVATIONS], outputs)
        return outputs


legacy_linear = functools.partial(legacy_fully_connected, activation_fn=None)
legacy_relu = functools.partial(legacy_fully_connected, activation_fn=tf.nn.relu)


hooks.keep_from_autograph(__name__)
