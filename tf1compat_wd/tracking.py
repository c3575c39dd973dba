"""The few public names that are ours and not TF1's: ``tf.tracking``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tf1compat_wd._core.tracking_scope import VariableTrackingScope, default_scope, track
from tf1compat_wd._core.verification import verify

__all__ = ["VariableTrackingScope", "default_scope", "keras_layer", "track", "verify"]


def keras_layer(
    function: Callable[..., Any], *, arguments: Mapping[str, Any] | None = None, name: str | None = None, **options: Any
) -> Any:
    """Make of a legacy function a Keras 3 layer (``tf.tracking.keras_layer``).

    Its variables are the layer's weights, under their TF1 names in ``layer.scope`` (a `VariableTrackingScope` of the
    layer's own, which also restores TF1's checkpoints). Each call is a pass. What the pass collects under
    REGULARIZATION_LOSSES and LOSSES joins ``layer.losses``; the loss of a weight is there once, however often the
    layer is called in a model. The weights are those that the function makes, for training and for inference, when the
    layer is built.

    With a dtype policy other than float32, ``get_variable`` without a dtype makes variables of the compute dtype;
    trainable ones are kept in the variable dtype and cast where they are used.

    A program that loads a saved model names ``tf.tracking.LegacyLayer``, the layer's class, which registers it with
    Keras. The function itself must be registered, with ``keras.saving.register_keras_serializable``.

    Args:
        function: called with the layer's inputs; its argument `is_training` or `training`, if it has one, is Keras's
            `training`, a bool, False where Keras doesn't say.
        arguments: further arguments of `function`, by name; saved with the layer.
        name: default: the function's, counted up.
        options: `dtype`, `trainable` and the like, for ``keras.layers.Layer``.

    Returns:
        A ``keras.layers.Layer``.

    Raises:
        TypeError: `function` can't be called.
        RuntimeError: Keras's backend is not TensorFlow.
        ValueError: from a call: the function makes variables that it did not make when the layer was built.

    >>> def model(x, is_training):
    ...     return tf.layers.dense(x, 2, kernel_regularizer=tf.nn.l2_loss)
    >>> layer = tf.tracking.keras_layer(model, name="net")
    >>> layer(tf.ones([3, 4])).shape.as_list(), [w.path for w in layer.weights], len(layer.losses)
    ([3, 2], ['net/dense/kernel', 'net/dense/bias'], 1)
    """
    from tf1compat_wd import _keras_layer  # Keras is loaded by those who use it

    return _keras_layer.LegacyLayer(function, arguments, name=name, **options)


def __getattr__(name: str) -> Any:
    if name == "LegacyLayer":
        from tf1compat_wd import _keras_layer  # as above

        return _keras_layer.LegacyLayer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
