"""TF1's optimizers, which find their slots again in each pass and differentiate tensors in eager mode too.

The updates are TensorFlow's own. What is ours: `compute_gradients` of a tensor in eager mode goes through the tape
of the pass; and the variables that an optimizer makes (``w/Adam``, ``beta1_power``) belong to the tracking scope, so
that a new optimizer object in each pass, as legacy code makes one, goes on where the last one stopped.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.gradients import tape_of_pass

_v1 = tf.compat.v1.train
_Keys = tf.compat.v1.GraphKeys


class Optimizer(_v1.Optimizer):  # type: ignore[misc]
    """Base class of optimizers (``tf.train.Optimizer``), to be subclassed as in TF1.

    Creates its slots and other variables under TF1's names when gradients are applied, with the variable scope
    that is current then as prefix: ``<scope>/w/Adam``, ``<scope>/beta1_power``.
    """

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = _v1.Optimizer.GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> list[tuple[Any, Any]]:
        """The gradients of `loss`, and the variables they belong to.

        Args:
            loss: a tensor; in eager mode also a function of nothing.
            var_list: variables; by default the trainable ones of this graph or pass.
            gate_gradients, aggregation_method, colocate_gradients_with_ops: graph and function mode only.
            grad_loss: the derivative to begin with.

        Returns:
            Pairs of a gradient, or None, and a variable.

        Raises:
            RuntimeError: `loss` is a tensor, in eager mode, and the tracking scope keeps no tape.
            ValueError: there are no variables.
        """
        if modes.current_mode() != modes.EAGER or callable(loss):
            return super().compute_gradients(  # type: ignore[no-any-return]
                loss, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss
            )
        tape = tape_of_pass(
            f"{type(self).__name__}.minimize or compute_gradients",
            "`loss` passed to Optimizer.compute_gradients should be a function when eager execution is enabled.",
        )
        if var_list is None:
            var_list = graph_collections.get_collection(_Keys.TRAINABLE_VARIABLES)
        variables = tf.nest.flatten(var_list)
        if not variables:
            raise ValueError("No variables to optimize.")
        return list(zip(tape.gradient(loss, variables, grad_loss), variables, strict=True))

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Update the variables; returns the operation that does, or in eager mode None after doing it.

        Args:
            grads_and_vars: pairs as `compute_gradients` gives them.
            global_step: variable to count up by one.
            name: of the operation.

        Raises:
            ValueError: no variable has a gradient.
        """
        with passes.keeping_v1_variables():
            return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)


class GradientDescentOptimizer(Optimizer, _v1.GradientDescentOptimizer):  # type: ignore[misc]
    """Subtract the gradient times the learning rate. Makes no variables."""


class MomentumOptimizer(Optimizer, _v1.MomentumOptimizer):  # type: ignore[misc]
    """Gradient descent with momentum, Nesterov's if wanted. Makes ``<w>/Momentum``."""


class AdagradOptimizer(Optimizer, _v1.AdagradOptimizer):  # type: ignore[misc]
    """Adagrad. Makes ``<w>/Adagrad``."""


class AdagradDAOptimizer(Optimizer, _v1.AdagradDAOptimizer):  # type: ignore[misc]
    """Adagrad with dual averaging. Makes ``<w>/gradient_accumulator`` and ``<w>/gradient_squared_accumulator``."""


class AdadeltaOptimizer(Optimizer, _v1.AdadeltaOptimizer):  # type: ignore[misc]
    """Adadelta. Makes ``<w>/Adadelta`` and ``<w>/Adadelta_1``."""


class AdamOptimizer(Optimizer, _v1.AdamOptimizer):  # type: ignore[misc]
    """Adam. Makes ``beta1_power``, ``beta2_power``, and ``<w>/Adam`` and ``<w>/Adam_1`` for each variable w."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-08,
        use_locking: bool = False,
        name: str = "Adam",
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)


class FtrlOptimizer(Optimizer, _v1.FtrlOptimizer):  # type: ignore[misc]
    """Follow the regularized leader. Makes ``<w>/Ftrl`` and ``<w>/Ftrl_1``."""


class RMSPropOptimizer(Optimizer, _v1.RMSPropOptimizer):  # type: ignore[misc]
    """RMSProp. Makes ``<w>/RMSProp`` and ``<w>/RMSProp_1``, and ``<w>/RMSProp_2`` if centered."""


class ProximalGradientDescentOptimizer(Optimizer, _v1.ProximalGradientDescentOptimizer):  # type: ignore[misc]
    """Gradient descent with L1 and L2 in the update. Makes no variables."""


class ProximalAdagradOptimizer(Optimizer, _v1.ProximalAdagradOptimizer):  # type: ignore[misc]
    """Adagrad with L1 and L2 in the update. Makes ``<w>/ProximalAdagrad``."""


hooks.keep_from_autograph(__name__)
