"""Weight decay that doesn't go through the gradient: each step first shrinks the variables, then optimizes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.user_frames import warn_once
from tf1compat_wd.contrib.opt._formulas import like, subtract, subtract_from_rows, value_of
from tf1compat_wd.train._optimizers import AdamOptimizer, MomentumOptimizer, Optimizer

Tensor = Any
Variable = Any


class DecoupledWeightDecayExtension:
    """To be inherited from before an optimizer: in each step ``w -= weight_decay * w`` first, then the optimizer's.

    Unlike an L2 loss it doesn't pass through the optimizer's own scaling (Loshchilov and Hutter, arXiv:1711.05101).
    The decay isn't multiplied by the learning rate. A variable without a gradient doesn't decay; of a variable with a
    sparse gradient, the rows that have one do.

    Args:
        weight_decay: number, scalar tensor or, in eager mode, function of nothing.
        **kwargs: what the optimizer takes.

    Source: facts of the topic contrib_opt.
    """

    def __init__(self, weight_decay: Any, **kwargs: Any) -> None:
        self._weight_decay = weight_decay
        #: The variables to decay, kept so that their ids stay theirs; None for all.
        self._decayed: list[Variable] | None = None
        self._gradients: list[Tensor] = []
        super().__init__(**kwargs)

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = Optimizer.GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
        decay_var_list: Iterable[Variable] | None = None,
    ) -> Any:
        """Take one step; see `tf.train.Optimizer.minimize`.

        Args:
            decay_var_list: has no effect, as in TF 1.15, where `minimize` forgot it: all variables decay. Warns.
        """
        if decay_var_list:
            # TF 1.15 did so (fact: minimize_forgets_which_variables_to_decay), and its numbers are what is wanted here.
            warn_once(
                f"decay_var_list {type(self).__name__}",
                f"decay_var_list= has no effect in {type(self).__name__}.minimize: all variables decay, as in "
                "TF 1.15. To decay only these, call compute_gradients, and apply_gradients with decay_var_list=.",
            )
        return super().minimize(  # type: ignore[misc]
            loss,
            global_step=global_step,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            name=name,
            grad_loss=grad_loss,
        )

    def apply_gradients(
        self,
        grads_and_vars: Any,
        global_step: Any = None,
        name: str | None = None,
        decay_var_list: Iterable[Variable] | None = None,
    ) -> Any:
        """Decay, then update; see `tf.train.Optimizer.apply_gradients`.

        Args:
            decay_var_list: the variables to decay in this step. Default, and if it is empty: all.
        """
        pairs = list(grads_and_vars)
        self._decayed = list(decay_var_list) if decay_var_list else None
        self._gradients = [
            gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
            for gradient, _ in pairs
            if gradient is not None
        ]
        return super().apply_gradients(pairs, global_step=global_step, name=name)  # type: ignore[misc]

    def _prepare(self) -> None:
        self._weight_decay_tensor = tf.convert_to_tensor(value_of(self._weight_decay), name="weight_decay")
        super()._prepare()  # type: ignore[misc]

    def _after_gradients(self) -> Any:
        # In a graph of TF 1.15 the model could read a variable before or after it decayed, and results varied from run
        # to run. Before is what its resource variables did, and what eager code does.
        return tf.control_dependencies([] if modes.current_mode() == modes.EAGER else self._gradients)

    def _is_decayed(self, variable: Variable) -> bool:
        if self._decayed is None:
            return True
        # Under a distribution strategy the variable of one replica comes here.
        return any(
            variable is each or any(variable is part for part in getattr(each, "values", ())) for each in self._decayed
        )

    def _shrink(self, variable: Variable) -> list[Any]:
        if not self._is_decayed(variable):
            return []
        with self._after_gradients():
            return [subtract(variable, like(variable, self._weight_decay_tensor) * variable)]

    def _shrink_rows(self, variable: Variable, rows: Tensor) -> list[Any]:
        if not self._is_decayed(variable):
            return []
        with self._after_gradients():
            return [
                subtract_from_rows(
                    variable, like(variable, self._weight_decay_tensor) * tf.gather(variable, rows), rows
                )
            ]

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        with tf.control_dependencies(self._shrink(var)):
            return super()._apply_dense(grad, var)  # type: ignore[misc]

    def _resource_apply_dense(self, grad: Tensor, var: Variable) -> Any:
        with tf.control_dependencies(self._shrink(var)):
            return super()._resource_apply_dense(grad, var)  # type: ignore[misc]

    def _apply_sparse(self, grad: Any, var: Variable) -> Any:
        with tf.control_dependencies(self._shrink_rows(var, grad.indices)):
            return super()._apply_sparse(grad, var)  # type: ignore[misc]

    def _resource_apply_sparse(self, grad: Tensor, var: Variable, indices: Tensor) -> Any:
        with tf.control_dependencies(self._shrink_rows(var, indices)):
            return super()._resource_apply_sparse(grad, var, indices)  # type: ignore[misc]


def extend_with_decoupled_weight_decay(base_optimizer: type) -> type:
    """A class like `base_optimizer` that takes `weight_decay` before its arguments, and decays the weights.

    Args:
        base_optimizer: a class of optimizers, such as `tf.train.AdamOptimizer`. Its update may not depend on the
            value of the variable, which has been decayed by then.

    Returns:
        A class that inherits from `DecoupledWeightDecayExtension` and `base_optimizer`; the optimizer's own arguments
        are to be named.

    Source: facts of the topic contrib_opt.

    >>> decaying = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.GradientDescentOptimizer)
    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     decaying(0.1, learning_rate=0.5).minimize(w * 1.0)
    ...     print(round(float(w), 4))
    0.4
    """

    class OptimizerWithDecoupledWeightDecay(DecoupledWeightDecayExtension, base_optimizer):  # type: ignore[misc]
        """An optimizer that decays the weights before each step."""

    return OptimizerWithDecoupledWeightDecay


class MomentumWOptimizer(DecoupledWeightDecayExtension, MomentumOptimizer):
    """Gradient descent with momentum and decoupled weight decay. Makes ``<w>/MomentumW``.

    Source: facts of the topic contrib_opt.
    """

    def __init__(
        self,
        weight_decay: Any,
        learning_rate: Any,
        momentum: Any,
        use_locking: bool = False,
        name: str = "MomentumW",
        use_nesterov: bool = False,
    ) -> None:
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            momentum=momentum,
            use_locking=use_locking,
            name=name,
            use_nesterov=use_nesterov,
        )


class AdamWOptimizer(DecoupledWeightDecayExtension, AdamOptimizer):
    """Adam with decoupled weight decay (``tf.contrib.opt.AdamWOptimizer``).

    Makes ``beta1_power``, ``beta2_power``, and ``<w>/AdamW`` and ``<w>/AdamW_1`` for each variable w.

    Source: facts of the topic contrib_opt.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     tf.contrib.opt.AdamWOptimizer(weight_decay=0.1, learning_rate=0.2).minimize(w * w)
    ...     print(round(float(w), 4))
    0.7
    """

    def __init__(
        self,
        weight_decay: Any,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-08,
        use_locking: bool = False,
        name: str = "AdamW",
    ) -> None:
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            use_locking=use_locking,
            name=name,
        )


hooks.keep_from_autograph(__name__)
