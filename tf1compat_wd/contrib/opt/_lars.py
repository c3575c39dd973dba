"""Learning rates that follow the norms of each layer's weights and gradients (You et al., arXiv:1708.03888)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.opt._formulas import (
    FormulaOptimizer,
    like,
    set_rows_to,
    set_to,
    subtract,
    subtract_from_rows,
)

Tensor = Any
Variable = Any


class LARSOptimizer(FormulaOptimizer):
    """Momentum with a learning rate for each variable (``tf.contrib.opt.LARSOptimizer``).

    Makes ``<w>/LARSOptimizer``. Sparse gradients are taken as `tf.train.MomentumOptimizer` takes them.

    Args:
        learning_rate: number or scalar tensor.
        momentum: number.
        weight_decay: number; multiplies the weights and is added to their gradients.
        eeta: the coefficient of the layers' rates.
        epsilon: added where is divided by the norm of a gradient.
        name: of the slots and operations.
        skip_list: texts; a variable whose name has one of them in it gets neither decay nor a rate of its own.
        use_nesterov: Nesterov's momentum.

    Raises:
        ValueError: `momentum` or `weight_decay` is negative.

    Source: facts of the topic contrib_opt.
    """

    _SLOTS = ("momentum",)

    def __init__(
        self,
        learning_rate: Any,
        momentum: float = 0.9,
        weight_decay: float = 0.0001,
        eeta: float = 0.001,
        epsilon: float = 0.0,
        name: str = "LARSOptimizer",
        skip_list: Sequence[str] | None = None,
        use_nesterov: bool = False,
    ) -> None:
        if momentum < 0.0:
            raise ValueError(f"momentum should be positive: {momentum}")
        if weight_decay < 0.0:
            raise ValueError(f"weight_decay should be positive: {weight_decay}")
        super().__init__(False, name)
        self._rate_setting = learning_rate
        self._momentum_setting = momentum
        self._decay_setting = weight_decay
        self._coefficient = eeta
        self._smallest = epsilon
        self._skip_list = skip_list
        self._looks_ahead = use_nesterov

    def compute_lr(self, grad: Tensor, var: Variable) -> tuple[Tensor, Tensor]:
        """The learning rate of a variable, and its gradient with the decay added."""
        rate = like(var, self._rate_setting)
        if self._skip_list is not None and any(text in var.name for text in self._skip_list):
            return rate, grad
        size, steepness = tf.norm(var, ord=2), tf.norm(grad, ord=2)
        whole = steepness + self._decay_setting * size + self._smallest
        trust = tf.where(
            tf.greater(size, 0), tf.where(tf.greater(steepness, 0), self._coefficient * size / whole, 1.0), 1.0
        )
        return rate * tf.cast(trust, rate.dtype), grad + self._decay_setting * var

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        rate, gradient = self.compute_lr(gradient, variable)
        gathered = self.get_slot(variable, "momentum")
        momentum = like(variable, self._momentum_setting)
        # TF1: the rate goes into the momentum, which then keeps the layers' earlier rates (fact: lars).
        step = rate * gradient
        moved = set_to(gathered, momentum * gathered + step)
        return subtract(variable, step + momentum * moved if self._looks_ahead else moved)

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        gathered = self.get_slot(variable, "momentum")
        momentum = like(variable, self._momentum_setting)
        moved = set_rows_to(gathered, momentum * tf.gather(gathered, rows) + gradient, rows)
        step = gradient + momentum * moved if self._looks_ahead else moved
        return subtract_from_rows(variable, like(variable, self._rate_setting) * step, rows)


hooks.keep_from_autograph(__name__)
