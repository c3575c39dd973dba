"""``tf.contrib.eager.Network``: layers put together by a class, which Keras models replaced."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers import Layer

Variable = Any


class Network(Layer):
    """Base class of layers made of layers (``tf.contrib.eager.Network``).

    A subclass makes its layers in ``__init__``, with `track_layer`, and calls them in `call`. Networks are layers, too.

    Creates what its layers create, in its own variable scope: ``<network>/dense/kernel``. Without `name` it is the
    class's name in snake case, counted: my_net, my_net_1.

    Args:
        name: string without ``/``.

    Attributes: layers, in the order of tracking; variables (weights), trainable_* and non_trainable_*: those of the
        layers, one layer after the other; losses and updates too.

    Raises:
        ValueError: there is a ``/`` in `name`.

    Differs from TF 1.15: a name can be read before the first call, and two networks can be given one. Layers are named
        as outside of networks, where TF 1.15 counted their names afresh in each network; their variables are as there.

    >>> class Net(tf.contrib.eager.Network):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.hidden = self.track_layer(tf.layers.Dense(3))
    ...     def call(self, x):
    ...         return self.hidden(x)
    >>> net = Net()
    >>> net(tf.ones([1, 2])).shape.as_list(), [v.name for v in net.variables]
    ([1, 3], ['net/dense/kernel:0', 'net/dense/bias:0'])
    """

    def __init__(self, name: str | None = None) -> None:
        if isinstance(name, str) and "/" in name:
            raise ValueError("Forward slashes ('/') are not allowed in Network names.")
        super().__init__(name=name)
        self._tracked: list[Any] = []

    def track_layer(self, layer: Any) -> Any:
        """Add `layer` to the network's, and return it.

        Raises:
            TypeError: it isn't a layer.
        """
        if not isinstance(layer, Layer | tf.keras.layers.Layer):
            raise TypeError(f"Network.track_layer() passed type {type(layer)}, not a tf.layers.Layer")
        self._tracked.append(layer)
        return layer

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """The tracked layer of this name, or at this index.

        Raises:
            ValueError: there is no such layer, or not exactly one of `name` and `index` is given.
        """
        if name is not None and index is not None:
            raise ValueError("Exactly one of 'index' or 'name' must be provided")
        if index is not None:
            if index >= len(self._tracked):
                raise ValueError(
                    f"Was asked to retrieve layer at index {index} but model only has {len(self._tracked)} layers."
                )
            return self._tracked[index]
        if name is None:
            raise ValueError("Provide either a layer name or layer index.")
        for layer in self._tracked:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}")

    @property
    def name(self) -> str:
        """The network's variable scope, once it was called."""
        scope = self._known_scope
        return super().name if scope is None else scope.name

    @property
    def layers(self) -> list[Any]:
        """The tracked layers."""
        return list(self._tracked)

    def add_variable(self, *args: Any, **kwargs: Any) -> Variable:
        """Networks have no variables but their layers'.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(
            "add_variable not supported in Network class yet. Please file an issue at "
            "https://github.com/tensorflow/tensorflow/issues/new if this is important to you"
        )

    @property
    def trainable_weights(self) -> list[Variable]:
        """The trainable weights of the layers; [] if the network is not trainable."""
        return [w for layer in self._tracked for w in layer.trainable_weights] if self.trainable else []

    @property
    def non_trainable_weights(self) -> list[Variable]:
        """The others."""
        if not self.trainable:
            return self.weights
        return [w for layer in self._tracked for w in layer.non_trainable_weights]

    @property
    def weights(self) -> list[Variable]:
        """All weights, layer after layer."""
        return [w for layer in self._tracked for w in layer.weights]

    @property
    def losses(self) -> list[Any]:
        """The losses of the layers."""
        return [*super().losses, *(loss for layer in self._tracked for loss in layer.losses)]

    @property
    def updates(self) -> list[Any]:
        """The updates of the layers."""
        return [update for layer in self._tracked for update in layer.updates]


hooks.keep_from_autograph(__name__)
