"""Optimizers that trust a gradient more where it points as the earlier ones did (Bello et al., arXiv:1709.07417)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.opt._formulas import (
    FormulaOptimizer,
    like,
    moving_mean,
    moving_mean_of_rows,
    subtract,
    subtract_from_rows,
)

Tensor = Any
Variable = Any


class _SignOptimizer(FormulaOptimizer):
    """Scales each gradient by how its sign goes with that of the moving mean."""

    _SLOTS = ("m",)

    def __init__(
        self,
        learning_rate: Any,
        beta: Any,
        sign_decay_fn: Callable[[Tensor], Tensor] | None,
        use_locking: bool,
        name: str,
    ) -> None:
        super().__init__(use_locking, name)
        self._rate_setting = learning_rate
        self._mean_decay = beta
        self._sign_decay_fn = sign_decay_fn

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Update the variables; see `tf.train.Optimizer.apply_gradients`.

        Args:
            global_step: needed if there is a `sign_decay_fn`, which gets it.

        Raises:
            ValueError: it is needed and missing.
        """
        if self._sign_decay_fn is not None and global_step is None:
            raise ValueError(
                "None values not supported.\n\n"
                "sign_decay_fn is a function of the global step: give global_step= to minimize or apply_gradients."
            )
        self._counted = global_step
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _prepare(self) -> None:
        # Before the global step is counted up.
        self._sign_decay = 1.0 if self._sign_decay_fn is None else self._sign_decay_fn(tf.identity(self._counted))

    def _scaled(self, gradient: Tensor, agreement: Tensor, variable: Variable) -> Tensor:
        """The gradient, scaled by `agreement`: 1 where it goes with the mean, -1 where against it."""
        raise NotImplementedError

    def _step(self, gradient: Tensor, mean: Tensor, variable: Variable) -> Tensor:
        agreement = like(variable, self._sign_decay) * tf.sign(gradient) * tf.sign(mean)
        return like(variable, self._rate_setting) * self._scaled(gradient, agreement, variable)

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        mean = moving_mean(self.get_slot(variable, "m"), gradient, like(variable, self._mean_decay))
        return subtract(variable, self._step(gradient, mean, variable))

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        mean = moving_mean_of_rows(self.get_slot(variable, "m"), gradient, like(variable, self._mean_decay), rows)
        return subtract_from_rows(variable, self._step(gradient, mean, variable), rows)


class PowerSignOptimizer(_SignOptimizer):
    """PowerSign: gradients times a power of how they agree (``tf.contrib.opt.PowerSignOptimizer``).

    ``w -= learning_rate * base ** (decay * sign(g) * sign(m)) * g``. Makes ``<w>/PowerSignOptimizer``, the mean m.

    Source: facts of the topic contrib_opt.
    """

    def __init__(
        self,
        learning_rate: Any = 0.1,
        base: float = math.e,
        beta: Any = 0.9,
        sign_decay_fn: Callable[[Tensor], Tensor] | None = None,
        use_locking: bool = False,
        name: str = "PowerSignOptimizer",
    ) -> None:
        super().__init__(learning_rate, beta, sign_decay_fn, use_locking, name)
        self._base = base

    def _scaled(self, gradient: Tensor, agreement: Tensor, variable: Variable) -> Tensor:
        return tf.pow(like(variable, self._base), agreement) * gradient


class AddSignOptimizer(_SignOptimizer):
    """AddSign: gradients times ``alpha`` plus how they agree (``tf.contrib.opt.AddSignOptimizer``).

    ``w -= learning_rate * (alpha + decay * sign(g) * sign(m)) * g``. Makes ``<w>/AddSignOptimizer``, the mean m.

    Source: facts of the topic contrib_opt.
    """

    def __init__(
        self,
        learning_rate: Any = 0.1,
        alpha: Any = 1.0,
        beta: Any = 0.9,
        sign_decay_fn: Callable[[Tensor], Tensor] | None = None,
        use_locking: bool = False,
        name: str = "AddSignOptimizer",
    ) -> None:
        super().__init__(learning_rate, beta, sign_decay_fn, use_locking, name)
        self._alpha = alpha

    def _scaled(self, gradient: Tensor, agreement: Tensor, variable: Variable) -> Tensor:
        return (like(variable, self._alpha) + agreement) * gradient


hooks.keep_from_autograph(__name__)
