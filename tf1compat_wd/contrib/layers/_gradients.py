"""Operations that differ in their gradients only."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


@tf.custom_gradient
def _scale_gradient(inputs: Tensor, gradient_multiplier: Tensor) -> Any:
    def gradient(upstream: Tensor) -> tuple[Tensor, None]:
        return upstream * tf.cast(gradient_multiplier, upstream.dtype), None

    return tf.identity(inputs), gradient


def scale_gradient(*args: Any, **kwargs: Any) -> Tensor:
    """The inputs as they are, with their gradient multiplied (``slim.scale_gradient``).

    Args:
        *args, **kwargs: `inputs`, a tensor, and `gradient_multiplier`, a number or scalar tensor; and `name`.

    Raises:
        TypeError: one is missing.

    >>> import tensorflow as tf2
    >>> x = tf.constant(3.0)
    >>> with tf2.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.contrib.layers.scale_gradient(x, 0.25)
    >>> float(y), float(tape.gradient(y, x))
    (3.0, 0.25)
    """
    name = kwargs.pop("name", None)
    inputs, multiplier = _inputs_and_multiplier(*args, **kwargs)
    return tf.identity(_scale_gradient(tf.convert_to_tensor(inputs), tf.convert_to_tensor(multiplier)), name=name)


def _inputs_and_multiplier(inputs: Any, gradient_multiplier: Any) -> tuple[Any, Any]:
    return inputs, gradient_multiplier


hooks.keep_from_autograph(__name__)
