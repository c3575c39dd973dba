"""Layers that change shape or scale: flatten, dropout, one hot, softmax, unit norm, maxout and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import add_arg_scope
from tf1compat_wd.contrib.layers._dimensions import last_dimension
from tf1compat_wd.contrib.layers._outputs import collect_named_outputs
from tf1compat_wd.contrib.layers._scopes import check_data_format, layer_scope, own_variable
from tf1compat_wd.layers import Dropout
from tf1compat_wd.layers import flatten as core_flatten

Tensor = Any


@add_arg_scope
def flatten(inputs: Any, outputs_collections: Any = None, scope: str | None = None) -> Tensor:
    """Make one axis of all but the first (``slim.flatten``). Default scope: Flatten.

    Args:
        inputs: tensor of rank 1 or more.
        outputs_collections: keys for the output, tagged with the name scope.
        scope: name scope.

    Raises:
        ValueError: the rank is 0 or isn't known.

    >>> tf.contrib.layers.flatten(tf.ones([2, 3, 4])).shape.as_list()
    [2, 12]
    """
    with name_scope(scope, "Flatten", [inputs]) as opened:
        outputs = core_flatten(tf.convert_to_tensor(inputs))
        return collect_named_outputs(outputs_collections, opened, outputs)


@add_arg_scope
def dropout(
    inputs: Any,
    keep_prob: Any = 0.5,
    noise_shape: Any = None,
    is_training: Any = True,
    outputs_collections: Any = None,
    scope: Any = None,
    seed: int | None = None,
) -> Tensor:
    """Set elements to zero by chance and scale the others up, in training (``slim.dropout``).

    Args:
        inputs: floating tensor.
        keep_prob: the probability that an element is kept; a number or a scalar tensor.
        noise_shape: shape that is broadcast to that of `inputs`: where it is 1, elements share their fate.
        is_training: bool or scalar bool tensor; False gives the inputs as they are.
        outputs_collections: keys for the output, tagged with the name of the scope.
        scope: variable scope; default Dropout.
        seed: of the random numbers.

    >>> tf.contrib.layers.dropout(tf.ones([2]), is_training=False).numpy().tolist()
    [1.0, 1.0]
    """
    with layer_scope(scope, "Dropout", [inputs], None) as opened:
        inputs = tf.convert_to_tensor(inputs)
        layer = Dropout(
            rate=1 - keep_prob,
            noise_shape=noise_shape,
            seed=seed,
            name=opened.name,
            _scope=opened,
        )
        outputs = layer(inputs, training=is_training)
        return collect_named_outputs(outputs_collections, opened.name, outputs)


@add_arg_scope
def one_hot_encoding(
    labels: Any,
    num_classes: int,
    on_value: float = 1.0,
    off_value: float = 0.0,
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Vectors with a 1 where the label is and zeros elsewhere (``slim.one_hot_encoding``).

    Args:
        labels: integer tensor [B].
        num_classes: length of the vectors.
        on_value, off_value: in place of 1 and 0.
        outputs_collections: keys for the output, tagged with the name scope.
        scope: name scope; default OneHotEncoding.

    Returns:
        Tensor [B, num_classes].

    Raises:
        TypeError: `labels` aren't integers.

    >>> tf.contrib.layers.one_hot_encoding([0, 2], 3).numpy().tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    with name_scope(scope, "OneHotEncoding", [labels, num_classes]) as opened:
        labels = tf.convert_to_tensor(labels)
        if labels.dtype == tf.int32:
            labels = tf.cast(labels, tf.int64, name="ToInt64")
        if labels.dtype not in (tf.uint8, tf.int64, tf.int8):
            raise TypeError(
                f"Value passed to parameter 'indices' has DataType {labels.dtype.name} not in list of allowed values: "
                "uint8, int32, int64"
            )
        op_counts.more(2)  # the two values stood in the graph twice
        outputs = tf.one_hot(labels, num_classes, on_value=on_value, off_value=off_value)
        return collect_named_outputs(outputs_collections, opened, outputs)


@add_arg_scope
def softmax(logits: Any, scope: Any = None) -> Tensor:
    """Probabilities along the last axis, for any rank from 2 (``slim.softmax``). Default scope: softmax.

    Raises:
        ValueError: the rank is less than 2, or the size of the last axis isn't known.
    """
    with variable_scope(scope, "softmax", [logits]):
        logits = tf.convert_to_tensor(logits)
        classes = last_dimension(logits.shape, min_rank=2)
        outputs = tf.reshape(tf.nn.softmax(tf.reshape(logits, [-1, classes])), tf.shape(logits))
        if not hooks.executing_eagerly():
            outputs.set_shape(logits.shape)
        return outputs


@add_arg_scope
def unit_norm(inputs: Any, dim: int, epsilon: float = 1e-7, scope: Any = None) -> Tensor:
    """Divide by the Euclidean norm along an axis (``slim.unit_norm``). Default scope: UnitNorm.

    Args:
        inputs: floating tensor.
        dim: the axis, not negative.
        epsilon: added to the sum of squares.

    Raises:
        ValueError: the rank isn't known, or there is no such axis.

    >>> tf.contrib.layers.unit_norm(tf.constant([[3.0, 4.0]]), 1).numpy().round(2).tolist()
    [[0.6, 0.8]]
    """
    with variable_scope(scope, "UnitNorm", [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        if inputs.shape.rank is None:
            raise ValueError("The input rank must be known.")
        if not 0 <= dim < inputs.shape.rank:
            raise ValueError(
                f"dim must be positive but smaller than the input rank.\n\nGot {dim} for rank {inputs.shape.rank}."
            )
        lengths = tf.sqrt(epsilon + tf.reduce_sum(tf.square(inputs), dim, keepdims=True))
        return tf.divide(inputs, lengths, name="div")


@add_arg_scope
def maxout(inputs: Any, num_units: int, axis: int = -1, scope: Any = None) -> Tensor:
    """The greatest of each group of neighbouring channels (``slim.maxout``). Default scope: MaxOut.

    Args:
        inputs: tensor.
        num_units: how many groups.
        axis: that of the channels.

    Returns:
        Tensor with `num_units` along `axis`.

    Raises:
        ValueError: the channels can't be grouped so.

    >>> tf.contrib.layers.maxout(tf.constant([[1.0, 2.0, 3.0, 4.0]]), 2).numpy().tolist()
    [[2.0, 4.0]]
    """
    with variable_scope(scope, "MaxOut", [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        sizes = inputs.shape.as_list()
        channels = sizes[axis]
        if channels is None:
            raise TypeError("unsupported operand type(s) for %: 'NoneType' and 'int'\n\nThe channels aren't known.")
        if channels % num_units:
            raise ValueError(f"number of features({channels}) is not a multiple of num_units({num_units})")
        dynamic = tf.shape(inputs) if None in sizes else None
        shape = [dynamic[place] if size is None else size for place, size in enumerate(sizes)]  # type: ignore[index]
        shape[axis] = num_units
        # TF1: also where the channels are not the last axis (fact: maxout_along_another_axis_groups_the_last)
        return tf.reduce_max(tf.reshape(inputs, [*shape, channels // num_units]), -1)


@add_arg_scope
def spatial_softmax(
    features: Any,
    temperature: float | None = None,
    name: Any = None,
    variables_collections: Any = None,
    trainable: bool = True,
    data_format: str = "NHWC",
) -> Tensor:
    """Where in the image each channel is strongest: the mean place, weighted by a softmax (``slim.spatial_softmax``).

    Creates:
        <name>/temperature  []  in MODEL_VARIABLES, if `trainable` or without `temperature`
    Without `name`: spatial_softmax, spatial_softmax_1, ...

    Args:
        features: tensor [N, H, W, C]; or [N, C, H, W] with NCHW.
        temperature: what the features are divided by at first; default 1.0.
        variables_collections: keys for the variable.
        trainable: whether the temperature is.
        data_format: NHWC or NCHW.

    Returns:
        Tensor [N, 2 C]: x and y, each between -1 and 1, of one channel after the other.

    Raises:
        ValueError: another data format.
    """
    check_data_format(data_format, "NCHW", "NHWC")
    with variable_scope(name, "spatial_softmax"):
        features = tf.convert_to_tensor(features)
        channels_first = data_format == "NCHW"
        known, dynamic = features.shape.as_list(), tf.shape(features)
        first = 2 if channels_first else 1
        height, width = (dynamic[a] if known[a] is None else known[a] for a in (first, first + 1))
        channels = known[1 if channels_first else 3]
        initializer = tf.compat.v1.constant_initializer(1.0 if temperature is None else temperature)
        scale = own_variable("temperature", (), tf.float32, initializer, variables_collections, trainable)
        if not channels_first:
            features = tf.transpose(features, [0, 3, 1, 2])
        with name_scope("spatial_softmax_op"):
            attention = tf.nn.softmax(tf.reshape(features, [-1, height * width]) / scale)
            x, y = tf.meshgrid(tf.linspace(-1.0, 1.0, num=width), tf.linspace(-1.0, 1.0, num=height))
            # TF1 calls the first of each pair x, although it runs down the rows.
            places = [tf.reduce_sum(tf.reshape(place, [-1]) * attention, [1], keepdims=True) for place in (y, x)]
            return tf.reshape(tf.concat(places, 1), [-1, channels * 2])


# --------------------------------------------------------------------------------- layers in a row


def repeat(inputs: Any, repetitions: int, layer: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Apply a layer several times over, each with variables of its own (``slim.repeat``).

    The variables are in ``<scope>/<scope>_1``, ``<scope>/<scope>_2``, ...; the default of `scope` is the layer's name.

    Args:
        inputs: for the first layer.
        repetitions: how often.
        layer: function of inputs and keyword arguments, `scope` among them.
        *args, **kwargs: arguments of every layer.

    Returns:
        What the last layer gives.

    >>> with tf.tracking.VariableTrackingScope("net") as net:
    ...     y = tf.contrib.layers.repeat(
    ...         tf.ones([1, 2]), 2, tf.contrib.layers.linear, 2, biases_initializer=None, scope="fc")
    >>> [v.name for v in net.variables]
    ['fc/fc_1/weights:0', 'fc/fc_2/weights:0']
    """
    scope = kwargs.pop("scope", None)
    with variable_scope(scope, "Repeat", [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        if scope is None:
            scope = _name_of_layer(layer, "repeat")
        outputs = inputs
        for number in range(1, repetitions + 1):
            outputs = layer(outputs, *args, **{**kwargs, "scope": f"{scope}_{number}"})
        return outputs


def _name_of_layer(layer: Any, otherwise: str) -> str:
    name = getattr(layer, "__name__", None) or getattr(getattr(layer, "func", None), "__name__", None)
    return name or otherwise


def stack(inputs: Any, layer: Callable[..., Any], stack_args: Sequence[Any], **kwargs: Any) -> Any:
    """Apply a layer once for each of `stack_args`, each with variables of its own (``slim.stack``).

    Args:
        inputs: for the first layer.
        layer: function of inputs and arguments, `scope` among the keywords.
        stack_args: for each layer a value, or a list of them, that follows the inputs.
        **kwargs: arguments of every layer. `scope` (default: the layer's name, with Stack around) is made
            ``<scope>_1``, ``<scope>_2``, ...

    Returns:
        What the last layer gives.

    Raises:
        ValueError: `stack_args` is neither list nor tuple.
    """
    scope = kwargs.pop("scope", None)
    if not isinstance(stack_args, list | tuple):
        raise ValueError("stack_args need to be a list or tuple")
    with variable_scope(scope, "Stack", [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        if scope is None:
            scope = _name_of_layer(layer, "stack")
        outputs = inputs
        for number, given in enumerate(stack_args, start=1):
            arguments = given if isinstance(given, list | tuple) else [given]
            outputs = layer(outputs, *arguments, **{**kwargs, "scope": f"{scope}_{number}"})
        return outputs


hooks.keep_from_autograph(__name__)
