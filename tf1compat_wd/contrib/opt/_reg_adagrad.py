"""Adagrad some of whose steps don't count for the learning rate, for losses that only regularize."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.opt._formulas import Formula, like, set_rows_to, set_to, subtract, subtract_from_rows
from tf1compat_wd.train._optimizers import AdagradOptimizer

Tensor = Any
Variable = Any


class RegAdagradOptimizer(Formula, AdagradOptimizer):
    """Adagrad that can leave its slots as they are (``tf.contrib.opt.RegAdagradOptimizer``).

    Makes ``<w>/RegAdagrad``.

    Source: facts of the topic contrib_opt.
    """

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "RegAdagrad",
    ) -> None:
        super().__init__(learning_rate, initial_accumulator_value, use_locking, name)
        self._counts = True

    @contextmanager
    def avoid_updating_slots(self) -> Iterator[None]:
        """While it is entered, `minimize` and `apply_gradients` use the slots without changing them."""
        before, self._counts = self._counts, False
        try:
            yield
        finally:
            self._counts = before

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        squares = self.get_slot(variable, "accumulator")
        total = set_to(squares, squares + tf.square(gradient)) if self._counts else squares
        return subtract(variable, like(variable, hooks.adagrad_rate(self)) * gradient * tf.math.rsqrt(total))

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        squares = self.get_slot(variable, "accumulator")
        total = tf.gather(squares, rows)
        if self._counts:
            total = set_rows_to(squares, total + tf.square(gradient), rows)
        step = like(variable, hooks.adagrad_rate(self)) * gradient * tf.math.rsqrt(total)
        return subtract_from_rows(variable, step, rows)


hooks.keep_from_autograph(__name__)
