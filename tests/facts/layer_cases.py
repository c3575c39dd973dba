"""The layers that have weights, each described once (`CASES`), and asked the same questions.

A `LayerCase` says how a layer is called and what it is given. Its weights count up, so that every element matters, and
are whole numbers times a step: a step of 1 keeps half precision exact. The facts of the topics `layers_*` are answers
to the questions, recorded on TF 1.15; `tests/layers` asks ours some more. Goldens don't notice a change of this file:
if a question changes, record with `--all`.
"""

import numpy as np

from facts.vocabulary import collections_of, name_of, names_of


class LayerCase(object):
    """One layer with all the arguments that it needs.

    Attributes:
        function: its name in `tf.layers`, such as `conv2d`.
        class_name: the name of its class.
        shape: of the inputs.
        arguments: positional arguments after the inputs.
        options: further arguments.
        weights: the names of its weights that take an initializer, such as `kernel`.
        call_options: those of the options that the layer object wants when it is called.
    """

    def __init__(self, function, class_name, shape, arguments, weights, options=None, call_options=None):
        self.function = function
        self.class_name = class_name
        self.shape = shape
        self.arguments = arguments
        self.weights = weights
        self.options = options or {}
        self.call_options = call_options or {}

    def call(self, tf, x, step=0.1, **options):
        """The layer's output for `x`, with weights that count up in steps."""
        given = dict(self.initializers(tf, step), **self.options)
        given.update(self.call_options)
        given.update(options)
        return getattr(tf.layers, self.function)(x, *self.arguments, **given)

    def make(self, tf, step=0.1, **options):
        """The layer object."""
        given = dict(self.initializers(tf, step), **self.options)
        given.update(options)
        return getattr(tf.layers, self.class_name)(*self.arguments, **given)

    def initializers(self, tf, step):
        return {weight + "_initializer": counting(tf, step) for weight in self.weights}

    def inputs(self, tf, step=0.1, dtype="float32"):
        """A variable `x`, so that all modes can differentiate with respect to it."""
        return tf.get_variable("x", initializer=tf.constant(counted(self.shape, step), dtype))

    # The questions.

    def outputs_and_gradients(self, tf, **options):
        """The output's name, shape and numbers; and the derivatives of the sum of its squares."""
        x = self.inputs(tf)
        y = self.call(tf, x, **options)
        variables = tf.trainable_variables()
        gradients = tf.gradients(tf.reduce_sum(tf.square(y)), variables)
        return [name_of(y), y.shape, y, names_of(variables), gradients]

    def variables_and_collections(self, tf, **options):
        """Everything that a call leaves in the graph's collections, and what the variables look like."""
        y = self.call(tf, tf.constant(counted(self.shape, 0.1)), **options)
        return [
            name_of(y),
            [[v.name, v.shape, v.dtype.base_dtype, v.trainable] for v in tf.global_variables()],
            collections_of(tf),
        ]

    def names_without_a_name(self, tf):
        """Where the variables are of unnamed layers: at the root, in a scope, and in that scope again with reuse."""
        x = tf.constant(counted(self.shape, 0.1))
        outputs = [self.call(tf, x), self.call(tf, x)]
        for reuse in [None, True]:
            with tf.variable_scope("s", reuse=reuse):
                outputs += [self.call(tf, x), self.call(tf, x)]
        return [names_of(outputs), names_of(tf.global_variables())]

    def sharing_by_name(self, tf):
        """Calls with one name: outputs, variables, losses of weights (once) and of activities (each time)."""
        x = tf.constant(counted(self.shape, 0.1))
        options = {weight + "_regularizer": tf.nn.l2_loss for weight in self.weights}
        options["activity_regularizer"] = tf.reduce_sum
        options["name"] = "d"
        outputs = [self.call(tf, x, reuse=reuse, **options) for reuse in [None, True, tf.AUTO_REUSE]]
        losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
        return [names_of(outputs), outputs[0] - outputs[2], names_of(tf.global_variables()), names_of(losses), losses]

    def sharing_an_object(self, tf):
        """An object that is called twice, in two scopes: names, weights, and its own lists of losses."""
        x = tf.constant(counted(self.shape, 0.1))
        options = {weight + "_regularizer": tf.nn.l2_loss for weight in self.weights}
        layer = self.make(tf, activity_regularizer=tf.reduce_sum, **options)
        with tf.variable_scope("s"):
            outputs = [layer(x, **self.call_options)]
        with tf.variable_scope("t"):
            outputs += [layer(x, **self.call_options)]
        collected = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
        return [
            [layer.name, layer.scope_name, layer.dtype, layer.built, layer.count_params()],
            [names_of(outputs), outputs[0] - outputs[1]],
            [names_of(layer.trainable_weights), names_of(layer.non_trainable_variables), names_of(layer.variables)],
            [names_of(collected), collected, layer.losses, names_of(layer.updates)],
            layer.compute_output_shape(tf.TensorShape(self.shape)),
        ]

    def other_precisions(self, tf, dtypes=("float16", "float64")):
        """Outputs, dtypes of outputs and of variables, for inputs of these dtypes."""
        found = []
        for dtype in dtypes:
            with tf.variable_scope(dtype):
                y = self.call(tf, tf.constant(counted(self.shape, 1.0), dtype), step=1.0)
                found.append([y, y.dtype])
        return [found, [[v.name, v.dtype.base_dtype] for v in tf.global_variables()]]

    def unknown_batch(self, tf):
        """Outputs and their static shape where the batch size is not known when the graph is built."""
        x = tf.placeholder_with_default(counted(self.shape, 0.1), [None] + self.shape[1:])
        y = self.call(tf, x)
        return [y.shape.as_list(), y]

    def channels_first(self, tf):
        """The output's name and static shape: TF 1.15 could build this everywhere, but run it on GPUs only."""
        x = tf.constant(np.moveaxis(counted(self.shape, 0.1), -1, 1))
        y = self.call(tf, x, data_format="channels_first")
        return [name_of(y), y.shape, names_of(tf.global_variables())]


def counted(shape, step):
    """Numbers that count up: -3, -2, ... 3 and again, times `step`."""
    return ((np.arange(np.prod(shape)) % 7 - 3) * step).astype(np.float32).reshape(shape)


def counting(tf, step=0.1):
    """An initializer that gives `counted` numbers."""

    def initialize(shape, dtype=None, partition_info=None):
        return tf.constant(counted([int(size) for size in shape], step), dtype)

    return initialize


_ONE, _TWO = ["kernel", "bias"], ["depthwise", "pointwise", "bias"]
_NORMS = ["gamma", "beta", "moving_mean"]
_TRAINING = {"training": True}

CASES = {
    "dense": LayerCase("dense", "Dense", [4, 3], [2], _ONE),
    "dense_of_rank_4": LayerCase("dense", "Dense", [2, 3, 4, 3], [2], _ONE),
    "conv1d": LayerCase("conv1d", "Conv1D", [2, 6, 3], [2, 3], _ONE),
    "conv2d": LayerCase("conv2d", "Conv2D", [2, 5, 6, 3], [2, 3], _ONE),
    "conv3d": LayerCase("conv3d", "Conv3D", [1, 4, 5, 4, 2], [2, 3], _ONE),
    "separable_conv1d": LayerCase("separable_conv1d", "SeparableConv1D", [2, 6, 3], [2, 3], _TWO),
    "separable_conv2d": LayerCase("separable_conv2d", "SeparableConv2D", [2, 5, 6, 3], [2, 3], _TWO),
    "conv2d_transpose": LayerCase("conv2d_transpose", "Conv2DTranspose", [2, 3, 4, 3], [2, 3], _ONE),
    "conv3d_transpose": LayerCase("conv3d_transpose", "Conv3DTranspose", [1, 3, 2, 3, 2], [2, 3], _ONE),
    "norm": LayerCase("batch_normalization", "BatchNormalization", [6, 3], [], _NORMS),
    "norm_trained": LayerCase("batch_normalization", "BatchNormalization", [6, 3], [], _NORMS, None, _TRAINING),
    "fused_norm": LayerCase("batch_normalization", "BatchNormalization", [4, 3, 2, 3], [], _NORMS),
    "fused_norm_trained": LayerCase(
        "batch_normalization", "BatchNormalization", [4, 3, 2, 3], [], _NORMS, None, _TRAINING
    ),
}
