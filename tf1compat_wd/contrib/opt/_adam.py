"""Variants of Adam: lazy about rows without a gradient, with Nesterov's momentum, or counting in other ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.opt._formulas import (
    Formula,
    FormulaOfRows,
    FormulaOptimizer,
    like,
    moving_mean,
    moving_mean_of_rows,
    set_rows_to,
    set_to,
    subtract,
    subtract_from_rows,
    value_of,
)
from tf1compat_wd.train._optimizers import AdamOptimizer

Tensor = Any
Variable = Any

_v1 = tf.compat.v1


class _Adam(AdamOptimizer):
    """Adam with what its formulas are made of."""

    def _settings_for(self, variable: Variable) -> hooks.AdamSettings:
        """The settings with the dtype of `variable`."""
        return hooks.AdamSettings(*(like(variable, setting) for setting in hooks.adam_settings(self)))

    def _rate(self, variable: Variable) -> Tensor:
        """The learning rate with the correction for moments that began with 0."""
        power1, power2 = (like(variable, power) for power in hooks.adam_powers(self))
        return self._settings_for(variable).learning_rate * tf.sqrt(1 - power2) / (1 - power1)


class _LazyRows(FormulaOfRows):
    """To be inherited from before a kind of Adam: rows without a gradient stay as they are, moments included."""

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        settings = self._settings_for(variable)
        m = moving_mean_of_rows(self.get_slot(variable, "m"), gradient, settings.beta1, rows)
        v = moving_mean_of_rows(self.get_slot(variable, "v"), tf.square(gradient), settings.beta2, rows)
        return subtract_from_rows(variable, self._rate(variable) * m / (tf.sqrt(v) + settings.epsilon), rows)


class LazyAdamOptimizer(_LazyRows, _Adam):
    """Adam that leaves rows without a gradient alone, moments included (``tf.contrib.opt.LazyAdamOptimizer``).

    Where gradients aren't sparse it is Adam. Makes what `tf.train.AdamOptimizer` makes.

    Source: facts of the topic contrib_opt.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     table = tf.get_variable("table", [3], initializer=tf.ones_initializer())
    ...     loss = tf.reduce_sum(tf.nn.embedding_lookup(table, [1]))
    ...     tf.contrib.opt.LazyAdamOptimizer(0.5).minimize(loss)
    ...     print(table.numpy().round(3).tolist())
    [1.0, 0.5, 1.0]
    """


class NadamOptimizer(Formula, _Adam):
    """Adam with Nesterov's momentum (``tf.contrib.opt.NadamOptimizer``). Makes what `tf.train.AdamOptimizer` makes.

    Source: facts of the topic contrib_opt.
    """

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        settings = self._settings_for(variable)
        m = moving_mean(self.get_slot(variable, "m"), gradient, settings.beta1)
        v = moving_mean(self.get_slot(variable, "v"), tf.square(gradient), settings.beta2)
        ahead = settings.beta1 * m + (1 - settings.beta1) * gradient
        return subtract(variable, self._rate(variable) * ahead / (tf.sqrt(v) + settings.epsilon))

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        return self._update(_spread(gradient, variable, rows), variable)


def _spread(gradient: Tensor, variable: Variable, rows: Tensor) -> Tensor:
    """The gradient of some rows, with zeros for the others: Adam's moments go on without a gradient."""
    return tf.scatter_nd(rows[:, tf.newaxis], gradient, tf.shape(variable, out_type=rows.dtype))


class AdaMaxOptimizer(Formula, _Adam):
    """Adam with the greatest gradient in place of the mean square (``tf.contrib.opt.AdaMaxOptimizer``).

    Makes ``beta1_power``, and ``<w>/AdaMax`` and ``<w>/AdaMax_1`` for each variable w. Rows without a gradient stay.

    Source: facts of the topic contrib_opt.
    """

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-08,
        use_locking: bool = False,
        name: str = "AdaMax",
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)
        self._first_power = beta1

    def _create_slots(self, var_list: Sequence[Variable]) -> None:
        first = min(var_list, key=lambda variable: variable.name)
        hooks.make_non_slot(self, value_of(self._first_power), "beta1_power", first)
        for variable in var_list:
            hooks.zeros_slot(self, variable, "m", self.get_name())
            hooks.zeros_slot(self, variable, "v", self.get_name())

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        settings = self._settings_for(variable)
        m = moving_mean(self.get_slot(variable, "m"), gradient, settings.beta1)
        greatest = self.get_slot(variable, "v")
        v = set_to(greatest, tf.maximum(settings.beta2 * greatest, tf.abs(gradient)))
        return subtract(variable, self._rate(variable) * m / (v + settings.epsilon))

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        settings = self._settings_for(variable)
        m = moving_mean_of_rows(self.get_slot(variable, "m"), gradient, settings.beta1, rows)
        greatest = self.get_slot(variable, "v")
        v = set_rows_to(greatest, tf.maximum(settings.beta2 * tf.gather(greatest, rows), tf.abs(gradient)), rows)
        return subtract_from_rows(variable, self._rate(variable) * m / (v + settings.epsilon), rows)

    def _rate(self, variable: Variable) -> Tensor:
        power = like(variable, hooks.non_slot(self, "beta1_power"))
        return self._settings_for(variable).learning_rate / (1 - power)

    def _finish(self, update_ops: list[Any], name_scope: str) -> Any:
        power = hooks.non_slot(self, "beta1_power")
        with tf.control_dependencies(update_ops):
            raised = _v1.assign(power, power * like(power, hooks.adam_settings(self).beta1))
        return tf.group(*update_ops, raised, name=name_scope)


class AdamGSOptimizer(FormulaOptimizer):
    """Adam that takes the number of steps from `global_step` (``tf.contrib.opt.AdamGSOptimizer``).

    Makes ``<w>/Adam`` and ``<w>/Adam_1``, and no powers of its own.

    Source: facts of the topic contrib_opt.
    """

    _SLOTS = ("m", "v")

    def __init__(
        self,
        global_step: Any = 0,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-08,
        use_locking: bool = False,
        name: str = "Adam",
    ) -> None:
        super().__init__(use_locking, name)
        self._steps = global_step
        self._hyper = hooks.AdamSettings(learning_rate, beta1, beta2, epsilon)

    def _settings_for(self, variable: Variable) -> hooks.AdamSettings:
        return hooks.AdamSettings(*(like(variable, setting) for setting in self._hyper))

    def _rate(self, variable: Variable) -> Tensor:
        settings = self._settings_for(variable)
        count = tf.cast(value_of(self._steps), variable.dtype.base_dtype) + 1
        corrected = tf.sqrt(1 - tf.pow(settings.beta2, count)) / (1 - tf.pow(settings.beta1, count))
        return settings.learning_rate * corrected

    def _update(self, gradient: Tensor, variable: Variable) -> Any:
        settings = self._settings_for(variable)
        m = moving_mean(self.get_slot(variable, "m"), gradient, settings.beta1)
        v = moving_mean(self.get_slot(variable, "v"), tf.square(gradient), settings.beta2)
        return subtract(variable, self._rate(variable) * m / (tf.sqrt(v) + settings.epsilon))

    def _update_rows(self, gradient: Tensor, variable: Variable, rows: Tensor) -> Any:
        return self._update(_spread(gradient, variable, rows), variable)


class LazyAdamGSOptimizer(_LazyRows, AdamGSOptimizer):
    """`AdamGSOptimizer` that leaves rows without a gradient alone (``tf.contrib.opt.LazyAdamGSOptimizer``).

    Source: facts of the topic contrib_opt.
    """


hooks.keep_from_autograph(__name__)
