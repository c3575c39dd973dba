"""Optimizers whose update is a formula in plain operations, the same for all kinds of variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.train._optimizers import Optimizer

Tensor = Any
Variable = Any

_v1 = tf.compat.v1


class FormulaOfRows:
    """To be inherited from before an optimizer: says what to do with a gradient of some rows of a variable."""

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        """Take a step along a gradient of some rows of `variable`, each of which is in `rows` once."""
        raise NotImplementedError

    def _apply_sparse(self, grad: Any, var: Variable) -> Any:
        return self._update_rows(grad.values, var, grad.indices)

    def _resource_apply_sparse(self, grad: Tensor, handle: Variable, indices: Tensor) -> Any:
        return self._update_rows(grad, handle, indices)


class Formula(FormulaOfRows):
    """The same for all gradients, whole or as rows."""

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        """Take a step along `gradient`, which has the shape of `variable`; returns what runs it."""
        raise NotImplementedError

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        return self._update(grad, var)

    def _resource_apply_dense(self, grad: Tensor, handle: Variable) -> Any:
        return self._update(grad, handle)


class FormulaOptimizer(Formula, Optimizer):
    """An optimizer that is nothing but a formula and its slots."""

    _SLOTS: tuple[str, ...]
    """What each variable has a slot of zeros for."""

    def _create_slots(self, var_list: Sequence[Variable]) -> None:
        for variable in var_list:
            for slot in self._SLOTS:
                hooks.zeros_slot(self, variable, slot, self.get_name())


def value_of(setting: Any) -> Any:
    """A setting as a number or tensor: eagerly it may be a function of nothing."""
    return setting() if callable(setting) else setting


def like(variable: Variable, setting: Any) -> Tensor:
    """A setting as a tensor with the dtype of `variable`."""
    return tf.cast(value_of(setting), variable.dtype.base_dtype)


def moving_mean(average: Variable, value: Tensor, decay: Tensor) -> Tensor:
    """Move `average` towards `value`; gives where it is then."""
    return set_to(average, decay * average + (1 - decay) * value)


def moving_mean_of_rows(average: Variable, value: Tensor, decay: Tensor, rows: Tensor) -> Tensor:
    """The same for some rows; the others stay."""
    return set_rows_to(average, decay * tf.gather(average, rows) + (1 - decay) * value, rows)


def set_to(variable: Variable, value: Tensor) -> Tensor:
    """Assign, and give what was assigned."""
    update = _v1.assign(variable, value)
    with tf.control_dependencies([update]):
        return tf.identity(value)


def set_rows_to(variable: Variable, value: Tensor, rows: Tensor) -> Tensor:
    """Assign some rows, and give what was assigned."""
    update = _v1.scatter_update(variable, rows, value)
    with tf.control_dependencies([update]):
        return tf.identity(value)


def subtract(variable: Variable, value: Tensor, use_locking: bool = False) -> Any:
    """Subtract; returns what runs it."""
    return tf.group(_v1.assign_sub(variable, value, use_locking=use_locking))


def subtract_from_rows(variable: Variable, value: Tensor, rows: Tensor, use_locking: bool = False) -> Any:
    """Subtract from some rows; returns what runs it."""
    return tf.group(_v1.scatter_sub(variable, rows, value, use_locking=use_locking))


hooks.keep_from_autograph(__name__)
