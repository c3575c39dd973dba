"""``dense``, ``dropout`` and ``flatten``."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.errors import shape_text
from tf1compat_wd._dropout import drop
from tf1compat_wd.layers._arguments import arguments_of, channels_last_order, data_format_of, make_and_call
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.layers._kernel_layer import KernelLayer
from tf1compat_wd.layers._training import choose, is_training

Tensor = Any

_zeros = tf.compat.v1.zeros_initializer


class Dense(KernelLayer):
    """The layer object behind `dense`; see there.

    >>> layer = tf.layers.Dense(4)
    >>> layer(tf.ones([2, 3])).shape.as_list(), layer.kernel.shape.as_list()
    ([2, 4], [3, 4])
    """

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**arguments_of(locals(), "units"))
        self.units = int(units)
        self.supports_masking = True
        self._input_spec = InputSpec(min_ndim=2)

    def build(self, input_shape: Any) -> None:
        dtype = tf.as_dtype(self.dtype or tf.float32)
        if not (dtype.is_floating or dtype.is_complex):
            raise TypeError(f"Unable to build `Dense` layer with non-floating point dtype {dtype}")
        depth = tf.TensorShape(input_shape).as_list()[-1]
        if depth is None:
            raise ValueError("The last dimension of the inputs to `Dense` should be defined. Found `None`.")
        self._input_spec = InputSpec(min_ndim=2, axes={-1: depth})
        self._add_kernel([depth, self.units])
        self._add_bias([self.units])
        self.built = True

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        if isinstance(inputs, tf.SparseTensor | tf.compat.v1.SparseTensorValue):
            outputs = tf.sparse.sparse_dense_matmul(inputs, tf.convert_to_tensor(self.kernel))
        else:
            inputs = tf.convert_to_tensor(inputs)
            if inputs.shape.rank > 2:
                outputs = tf.tensordot(inputs, self.kernel, [[inputs.shape.rank - 1], [0]])
                op_counts.more(4)  # TF 1.15 transposed and reshaped the kernel, too, into what it was
            else:
                # TF1: inputs of rank 2 get the layer's dtype, those of a higher rank don't.
                outputs = tf.matmul(tf.cast(inputs, self.kernel.dtype.base_dtype), self.kernel)
        if self.bias is not None:
            outputs = tf.nn.bias_add(outputs, self.bias)
        return self._activate(outputs)

    def compute_output_shape(self, input_shape: Any) -> tf.TensorShape:
        """The input's shape with `units` in place of the last axis."""
        shape = tf.TensorShape(input_shape).with_rank_at_least(2)
        if shape[-1] is None:
            raise ValueError(
                f"The innermost dimension of input_shape must be defined, but saw: {shape_text(input_shape)}"
            )
        return shape[:-1].concatenate(self.units)

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments."""
        return {**super().get_config(), "units": self.units, **self._kernel_config()}


def dense(
    inputs: Any,
    units: int,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = _zeros(),  # noqa: B008 (TF1's signature)
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    trainable: bool = True,
    name: Any = None,
    reuse: Any = None,
) -> Tensor:
    """Multiply by a learned matrix and add a learned vector (``tf.layers.dense``).

    Letters: B any leading axes, D the last axis of `inputs`, U `units`.

    Creates, in this order, in the current variable scope:
        <name>/kernel  [D, U]  trainable
        <name>/bias    [U]     trainable, with `use_bias`
    Without `name`: dense, dense_1, ... counted per pass.

    Args:
        inputs: floating tensor [B, D], B one axis or more; D must be known. A ``tf.SparseTensor`` has rank 2.
        units: integer.
        activation: function of the output, or its name; None: none.
        use_bias: whether to add the vector.
        kernel_initializer, bias_initializer: function of shape and dtype, or its name; None: that of the variable
            scope, else Glorot uniform.
        kernel_regularizer, bias_regularizer: function of the variable giving a scalar; joins the
            REGULARIZATION_LOSSES of this pass, once however often the variable is shared.
        activity_regularizer: function of the output giving a scalar; divided by the size of the first axis it joins the
            REGULARIZATION_LOSSES, at each call.
        kernel_constraint, bias_constraint: function that optimizers apply to the variable after each update.
        trainable: whether the variables are put into TRAINABLE_VARIABLES.
        name: of the variable scope.
        reuse: True: share the variables of an earlier layer of this `name` (or, without one, of the first unnamed
            layer). AUTO_REUSE: share or make.

    Returns:
        Tensor [B, U] with the dtype of `inputs`.

    Raises:
        ValueError: D is unknown, or `inputs` has rank 0 or 1; those of ``tf.get_variable``.
        TypeError: `inputs` is neither floating nor complex.

    Source: facts of the topics layers and layers_core. Differs from TF 1.15: nothing known.

    >>> tf.layers.dense(tf.ones([2, 3]), 4).shape.as_list()
    [2, 4]
    """
    return make_and_call(Dense, locals())


class Dropout(Layer):
    """The layer object behind `dropout`; see there.

    >>> tf.layers.Dropout(0.5)(tf.ones([2])).numpy().tolist()
    [1.0, 1.0]
    """

    def __init__(
        self, rate: Any = 0.5, noise_shape: Any = None, seed: int | None = None, name: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.rate = rate
        self.noise_shape = noise_shape
        self.seed = seed
        self.supports_masking = True

    def call(self, inputs: Any, training: Any = False) -> Tensor:  # type: ignore[override]
        def dropped() -> Tensor:
            return drop(tf.convert_to_tensor(inputs), self.rate, self._get_noise_shape(inputs), self.seed)

        return choose(is_training(training), dropped, lambda: tf.identity(inputs))

    def _get_noise_shape(self, inputs: Tensor) -> Any:
        """The shape of the mask; subclasses override it."""
        if self.noise_shape is None or isinstance(self.noise_shape, tf.Tensor):
            return self.noise_shape
        shape = tf.shape(inputs)
        return [shape[axis] if size is None else size for axis, size in enumerate(self.noise_shape)]

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The input's shape."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments."""
        return {**super().get_config(), "rate": self.rate, "noise_shape": self.noise_shape, "seed": self.seed}


def dropout(
    inputs: Any,
    rate: Any = 0.5,
    noise_shape: Any = None,
    seed: int | None = None,
    training: Any = False,
    name: Any = None,
) -> Tensor:
    """Set random elements to zero while training, and scale up the others (``tf.layers.dropout``).

    Creates no variables.

    Args:
        inputs: floating tensor.
        rate: the part that is dropped, in [0, 1); may be a tensor.
        noise_shape: of the mask, which is broadcast over `inputs`; a None is the size of that axis.
        seed: of the random mask.
        training: bool, or bool tensor []; False gives `inputs`.
        name: of the operations.

    Returns:
        Tensor with the shape and dtype of `inputs`.

    Raises:
        ValueError: `rate` is not in [0, 1), or `inputs` is not floating; only if `training`.

    Source: facts of the topic layers_core.
    Differs from TF 1.15: in eager mode a seed does not begin again with each pass.

    >>> tf.layers.dropout(tf.ones([2, 3])).numpy().tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    """
    return Dropout(rate, noise_shape=noise_shape, seed=seed, name=name)(inputs, training=training)


class Flatten(Layer):
    """The layer object behind `flatten`; see there.

    >>> tf.layers.Flatten()(tf.ones([2, 3, 4])).shape.as_list()
    [2, 12]
    """

    def __init__(self, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = data_format_of(data_format)
        self._input_spec = InputSpec(min_ndim=1)

    def call(self, inputs: Any) -> Tensor:  # type: ignore[override]
        rank = inputs.shape.rank
        if self.data_format == "channels_first" and rank > 1:
            inputs = tf.transpose(inputs, channels_last_order(rank))
        sizes = inputs.shape.as_list()
        outputs = tf.reshape(inputs, (sizes[0] or tf.shape(inputs)[0], -1))
        if hooks.executing_eagerly():
            return outputs
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def compute_output_shape(self, input_shape: Any) -> tf.TensorShape:
        """The first axis, and the product of the others."""
        sizes = tf.TensorShape(input_shape).as_list()
        product: int | None = 1
        for size in sizes[1:]:
            product = None if size is None or product is None else product * size
        return tf.TensorShape([sizes[0], product])

    def get_config(self) -> dict[str, Any]:
        """The layer's arguments."""
        return {**super().get_config(), "data_format": self.data_format}


def flatten(inputs: Any, name: Any = None, data_format: str | None = "channels_last") -> Tensor:
    """Make one axis of all but the first (``tf.layers.flatten``).

    Creates no variables.

    Args:
        inputs: tensor of rank 1 or more.
        name: of the operations.
        data_format: with "channels_first" axis 1 is moved to the end before.

    Returns:
        Tensor [B, F]; F is 1 for rank 1.

    Raises:
        ValueError: unknown rank, rank 0, or another `data_format`.

    Source: facts of the topic layers_core. Differs from TF 1.15: nothing known.

    >>> tf.layers.flatten(tf.ones([2, 3, 4])).shape.as_list()
    [2, 12]
    """
    return Flatten(name=name, data_format=data_format)(inputs)


hooks.keep_from_autograph(__name__)
