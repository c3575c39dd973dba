"""The part of a layer that only a Keras model would give a meaning; on a layer in no model TF 1.15 raises."""

from __future__ import annotations

from typing import Any

from tf1compat_wd._core import tensorflow_hooks as hooks


class UnconnectedLayer:
    """Properties and methods of Keras for a layer that isn't part of a model."""

    name: Any

    @property
    def metrics(self) -> list[Any]:
        """[]: see `add_metric`."""
        return []

    def add_metric(self, value: Any, aggregation: str | None = None, name: str | None = None) -> None:
        """Not offered: it makes an object of Keras.

        Raises:
            NotImplementedError: always; ``tf.metrics.mean`` is the way of TF1.
        """
        raise NotImplementedError(
            "Layer.add_metric makes a Keras metric, which tf.layers doesn't have here.\n\n"
            "Use tf.metrics.mean(value), which works in all modes."
        )

    # Who asks for these has a Keras model in mind; on a layer that isn't part of one, TF 1.15 raises.

    @property
    def input(self) -> Any:
        raise AttributeError(f"Layer {self.name} is not connected, no input to return.")

    @property
    def output(self) -> Any:
        raise AttributeError(f"Layer {self.name} has no inbound nodes.")

    @property
    def input_mask(self) -> Any:
        raise AttributeError(f"Layer {self.name} is not connected, no input to return.")

    @property
    def output_mask(self) -> Any:
        raise AttributeError(f"Layer {self.name} has no inbound nodes.")

    @property
    def input_shape(self) -> Any:
        raise AttributeError("The layer has never been called and thus has no defined input shape.")

    @property
    def output_shape(self) -> Any:
        raise AttributeError("The layer has never been called and thus has no defined output shape.")

    @property
    def inbound_nodes(self) -> list[Any]:
        return []

    @property
    def outbound_nodes(self) -> list[Any]:
        return []

    def get_input_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined input.")

    def get_output_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined output.")

    def get_input_shape_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined input shape.")

    def get_output_shape_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined output shape.")

    def get_input_mask_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined input.")

    def get_output_mask_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined output.")


hooks.keep_from_autograph(__name__)
