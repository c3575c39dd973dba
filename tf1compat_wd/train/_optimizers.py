"""TF1's optimizers, which find their slots again in each pass and differentiate tensors in eager mode too.

The updates are TensorFlow's own. What is ours: `compute_gradients` of a tensor in eager mode goes through the tape
of the pass; and the variables that an optimizer makes (``w/Adam``, ``beta1_power``) belong to the tracking scope, so
that a new optimizer object in each pass, as legacy code makes one, goes on where the last one stopped.
"""

from __future__ import annotations

import contextlib
import weakref
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoints, errors, graph_collections, modes, passes, sessions
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.gradients import not_recording, tape_of_pass

_v1 = tf.compat.v1.train
_Keys = tf.compat.v1.GraphKeys
_DTYPES = (tf.float32, tf.float64, tf.float16, tf.bfloat16)


class Optimizer(_v1.Optimizer):  # type: ignore[misc]
    """Base class of optimizers (``tf.train.Optimizer``), to be subclassed as in TF1.

    Creates its slots and other variables under TF1's names when gradients are applied, with the variable scope
    that is current then as prefix: ``<scope>/w/Adam``, ``<scope>/beta1_power``. An optimizer object may be made anew
    in each pass, or live through many: the variables are the same.

    Source: facts of the topics optimizer, optimizer_parts, optimizer_steps and train.

    Differs from TF 1.15: eagerly a step has been taken when `minimize` or `apply_gradients` returns, None stands for
    the operation, and for a loss that is a tensor the tracking scope must keep a tape. Where TF1 may change one
    variable while the gradient of another still reads it (with ref variables), here all gradients are computed before.

    >>> net = tf.tracking.VariableTrackingScope("net", tape=True)
    >>> for _ in range(2):
    ...     with net:
    ...         w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...         train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w)
    >>> [v.name for v in net.variables], round(float(w), 6)
    (['w:0', 'w/Momentum:0'], 0.46)
    """

    #: The pass that the slots were asked for in, as a weak reference.
    _tf1_pass: Any = None

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = _v1.Optimizer.GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:
        """Take one step: `compute_gradients`, then `apply_gradients`; see there.

        Raises:
            ValueError: there are no variables, or `loss` depends on none.
            RuntimeError: `loss` is a tensor, in eager mode, and the tracking scope keeps no tape.
        """
        if modes.current_mode() != modes.EAGER or callable(loss):
            return super().minimize(
                loss, global_step, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, name,
                grad_loss,
            )  # fmt: skip
        if isinstance(loss, tf.Variable):
            loss = tf.convert_to_tensor(loss)  # here, where the tape sees it
        # Unless somebody else computes the gradients, nobody derives by them.
        is_ours = type(self).compute_gradients is Optimizer.compute_gradients
        with not_recording() if is_ours else contextlib.nullcontext():
            pairs = self.compute_gradients(
                loss,
                var_list=var_list,
                gate_gradients=gate_gradients,
                aggregation_method=aggregation_method,
                colocate_gradients_with_ops=colocate_gradients_with_ops,
                grad_loss=grad_loss,
            )
        if all(gradient is None for gradient, _ in pairs):
            raise errors.no_gradients([variable for _, variable in pairs], loss)
        return self.apply_gradients(pairs, global_step=global_step, name=name)

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
        if gate_gradients not in (self.GATE_NONE, self.GATE_OP, self.GATE_GRAPH):
            raise errors.no_such_gate(gate_gradients)
        tape = tape_of_pass(
            f"{type(self).__name__}.minimize or compute_gradients",
            "`loss` passed to Optimizer.compute_gradients should be a function when eager execution is enabled.",
        )
        if loss.dtype.base_dtype not in _DTYPES:
            raise errors.cannot_derive(loss, _DTYPES)
        loss = tf.convert_to_tensor(loss)
        if var_list is None:
            var_list = [
                *graph_collections.get_collection(_Keys.TRAINABLE_VARIABLES),
                *graph_collections.get_collection(_Keys.TRAINABLE_RESOURCE_VARIABLES),
            ]
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
        here = passes.current()
        if here is None:
            return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)
        if self._tf1_pass is None or self._tf1_pass() is not here:
            # A TF1 graph is built once. In each pass the optimizer asks for its variables again, so that they are among
            # the pass's, and so that the names of those made after them are what they were in the first pass.
            hooks.forget_slots(self)
            self._tf1_pass = weakref.ref(here)
        pairs = tuple(grads_and_vars)
        eager = modes.current_mode() == modes.EAGER
        if eager:
            for gradient, _ in pairs:
                if not (gradient is None or tf.is_tensor(gradient) or isinstance(gradient, tf.IndexedSlices)):
                    _check_gradient(gradient)
            here.first_values.about_to_train(pair[1] for pair in pairs if isinstance(pair[1], tf.Variable))
        with passes.keeping_v1_variables(), checkpoints.making_training_state(), not_recording():
            train_op = super().apply_gradients(pairs, global_step=global_step, name=name)
        if not eager:
            return train_op
        collected = graph_collections.get_collection_ref(_Keys.TRAIN_OP)
        if not here.ambient or not collected:
            collected.append(None)  # what stands for an operation that has run
        return None

    def _create_slots(self, var_list: Any) -> None:
        """Make the variables; a subclass of one's own overrides this, as in TF1."""
        if passes.current() is None or not tf.distribute.has_strategy():
            super()._create_slots(var_list)
            return
        # The strategy, which TensorFlow's own would ask first, can't make variables while a function is traced.
        with tf.variable_creator_scope(_find_in_pass):
            super()._create_slots(var_list)

    def _create_non_slot_variable(self, initial_value: Any, name: str, colocate_with: Any) -> Any:
        """Make a variable of its own; a class that has its own `_create_slots` comes here without what that does."""
        if passes.current() is None or not tf.distribute.has_strategy():
            return super()._create_non_slot_variable(initial_value, name, colocate_with)
        with tf.variable_creator_scope(_find_in_pass):
            return super()._create_non_slot_variable(initial_value, name, colocate_with)

    def _get_non_slot_variable(self, name: str, graph: Any = None) -> Any:
        """What `_create_non_slot_variable` made; a pass has no other than its own, whatever `graph` is given."""
        return super()._get_non_slot_variable(name, None if passes.current() is not None else graph)


def _check_gradient(gradient: Any) -> None:
    try:
        tf.convert_to_tensor(gradient)
    except (TypeError, ValueError):
        raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {gradient}") from None


def _find_in_pass(next_creator: Any, **arguments: Any) -> Any:
    here = passes.current()
    if here is None or "collections" not in arguments:
        return next_creator(**arguments)
    return passes.plain_variable(here, arguments)


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

    def __init__(
        self,
        learning_rate: Any,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "Ftrl",
        accum_name: str | None = None,
        linear_name: str | None = None,
        l2_shrinkage_regularization_strength: float = 0.0,
    ) -> None:
        super().__init__(
            learning_rate,
            learning_rate_power,
            initial_accumulator_value,
            l1_regularization_strength,
            l2_regularization_strength,
            use_locking,
            name,
            accum_name,
            linear_name,
            l2_shrinkage_regularization_strength,
        )


class RMSPropOptimizer(Optimizer, _v1.RMSPropOptimizer):  # type: ignore[misc]
    """RMSProp. Makes ``<w>/RMSProp`` and ``<w>/RMSProp_1``, and ``<w>/RMSProp_2`` if centered."""


class ProximalGradientDescentOptimizer(Optimizer, _v1.ProximalGradientDescentOptimizer):  # type: ignore[misc]
    """Gradient descent with L1 and L2 in the update. Makes no variables."""


class ProximalAdagradOptimizer(Optimizer, _v1.ProximalAdagradOptimizer):  # type: ignore[misc]
    """Adagrad with L1 and L2 in the update. Makes ``<w>/ProximalAdagrad``."""


class SyncReplicasOptimizer(Optimizer, _v1.SyncReplicasOptimizer):  # type: ignore[misc]
    """Collects gradients of several workers on parameter servers; graph mode only."""

    def __init__(
        self,
        opt: Any,
        replicas_to_aggregate: int,
        total_num_replicas: int | None = None,
        variable_averages: Any = None,
        variables_to_average: Any = None,
        use_locking: bool = False,
        name: str = "sync_replicas",
    ) -> None:
        sessions.require_graph_mode(
            "tf.train.SyncReplicasOptimizer, which keeps workers in step through queues that a session runs,",
            "tf.train.SyncReplicasOptimizer is not compatible with eager execution. To train on several devices in "
            "step, call the optimizer that it is given, inside strategy.run of a tf.distribute.MirroredStrategy or "
            "MultiWorkerMirroredStrategy.",
        )
        super().__init__(
            opt, replicas_to_aggregate, total_num_replicas, variable_averages, variables_to_average, use_locking, name
        )


hooks.keep_from_autograph(__name__)
