"""What `dense` and the convolutions have in common: a kernel, a bias and an activation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._identifiers import (
    activation_of,
    constraint_of,
    initializer_of,
    linear,
    regularizer_of,
    to_config,
)

Tensor = Any


class KernelLayer(Layer):
    """A layer that multiplies by a kernel in one way or another, then adds a bias, then activates."""

    def __init__(
        self,
        *,
        activation: Any,
        use_bias: bool,
        bias_initializer: Any,
        bias_regularizer: Any,
        bias_constraint: Any,
        kernel_initializer: Any = None,
        kernel_regularizer: Any = None,
        kernel_constraint: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=regularizer_of(activity_regularizer), **kwargs)
        self.activation = activation_of(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializer_of(kernel_initializer)
        self.bias_initializer = initializer_of(bias_initializer)
        self.kernel_regularizer = regularizer_of(kernel_regularizer)
        self.bias_regularizer = regularizer_of(bias_regularizer)
        self.kernel_constraint = constraint_of(kernel_constraint)
        self.bias_constraint = constraint_of(bias_constraint)

    def _add_kernel(self, shape: Sequence[int]) -> None:
        self.kernel = self.add_weight(
            "kernel",
            shape,
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )

    def _add_bias(self, shape: Sequence[int]) -> None:
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape,
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def _activate(self, outputs: Tensor) -> Tensor:
        return outputs if self.activation is linear else self.activation(outputs)

    def _kernel_config(self) -> dict[str, Any]:
        """The arguments of this class, the last part of a layer's `get_config`."""
        return {
            "activation": to_config(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": to_config(self.kernel_initializer),
            "bias_initializer": to_config(self.bias_initializer),
            "kernel_regularizer": to_config(self.kernel_regularizer),
            "bias_regularizer": to_config(self.bias_regularizer),
            "activity_regularizer": to_config(self.activity_regularizer),
            "kernel_constraint": to_config(self.kernel_constraint),
            "bias_constraint": to_config(self.bias_constraint),
        }


hooks.keep_from_autograph(__name__)
