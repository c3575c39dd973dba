"""Optimizers around another optimizer: averages of its variables, norms of them, gradients that are zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import graph_collections, modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.train._moving_averages import ExponentialMovingAverage
from tf1compat_wd.train._optimizers import Optimizer
from tf1compat_wd.train._saver import Saver

Tensor = Any
Variable = Any

_v1 = tf.compat.v1


class MovingAverageOptimizer(Optimizer):
    """Keeps moving averages of what another optimizer trains (``tf.contrib.opt.MovingAverageOptimizer``).

    Makes what `opt` makes, and ``<w>/ExponentialMovingAverage`` for each variable that has a gradient.

    Args:
        opt: the optimizer that computes and applies gradients.
        average_decay: see `tf.train.ExponentialMovingAverage`.
        num_updates: see there.
        sequential_update: average after the update. Without it, in a graph, at the same time.

    Source: facts of the topic contrib_opt.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True) as net:
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1), 0.5)
    ...     optimizer.minimize(w * 2.0)
    >>> {name: round(float(variable), 2) for name, variable in net.variables_by_name.items()}
    {'w': 0.8, 'w/ExponentialMovingAverage': 0.9}
    """

    def __init__(
        self, opt: Any, average_decay: Any = 0.9999, num_updates: Any = None, sequential_update: bool = True
    ) -> None:
        super().__init__(False, "MovingAverageOptimizer")
        self._opt = opt
        self._averages = ExponentialMovingAverage(average_decay, num_updates=num_updates)
        self._is_sequential = sequential_update
        #: Names of variables and of their averages, each to the other.
        self._swapped: dict[str, str] = {}

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """What the optimizer inside computes."""
        return self._opt.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Let the optimizer inside update the variables, then update the averages."""
        pairs = list(grads_and_vars)
        train_op = self._opt.apply_gradients(pairs, global_step=global_step, name=name)
        variables = [variable for gradient, variable in pairs if gradient is not None]
        is_after = self._is_sequential and train_op is not None
        with tf.control_dependencies([train_op] if is_after else []):
            averaging = self._averages.apply(variables)
        for variable in variables:
            own, average = _key_of(variable), _key_of(self._averages.average(variable))
            self._swapped.update({own: average, average: own})
        if modes.current_mode() == modes.EAGER:
            return None
        return tf.group(train_op, averaging, name="train_with_avg")

    def swapping_saver(self, var_list: Any = None, name: str = "swapping_saver", **kwargs: Any) -> Saver:
        """A `Saver` that writes the averages under the names of the variables, and the variables under theirs.

        Args:
            var_list: list of variables, or dict from names to variables, of which those that are called as their
                variables are swapped. Default: all global variables.
            name: of the operations.
            **kwargs: for `tf.train.Saver`.

        Raises:
            RuntimeError: nothing has been averaged yet.
            ValueError: an average is missing in `var_list`.
        """
        if not self._swapped:
            raise RuntimeError("Must call apply_gradients or minimize before creating the swapping_saver")
        if var_list is None:
            var_list = graph_collections.get_collection(_v1.GraphKeys.GLOBAL_VARIABLES)
        if not isinstance(var_list, Mapping):
            var_list = {_key_of(variable): variable for variable in var_list}
        swapped = {}
        for key, variable in var_list.items():
            other = self._swapped.get(key)
            if other is not None and other not in var_list:
                raise ValueError(
                    f"Variable to swap {other} is not part of variables to save. This breaks MovingAverageOptimizer."
                )
            swapped[key] = variable if other is None else var_list[other]
        return Saver(swapped, name=name, **kwargs)


def _key_of(variable: Variable) -> str:
    return str(variable.name).rpartition(":")[0]


class VariableClippingOptimizer(Optimizer):
    """Clips the norms of variables after each step of another optimizer.

    Args:
        opt: the optimizer that computes and applies gradients. Its own variables (``beta1_power``) get `name` in front.
        vars_to_clip_dims: dict from variables to the axes along which their norms are taken.
        max_norm: the greatest norm.
        use_locking: lock the variable while it is clipped.
        colocate_clip_ops_with_vars: clip on the variable's device.
        name: of the operations.

    With a sparse gradient only the rows that have one are clipped, and a row that is in the gradient twice, as after
    looking it up twice, is clipped twice, as in TF 1.15; `tf.nn.embedding_lookup` of unique ids avoids that.

    Source: facts of the topic contrib_opt.
    """

    def __init__(
        self,
        opt: Any,
        vars_to_clip_dims: Mapping[Any, Sequence[int]],
        max_norm: Any,
        use_locking: bool = False,
        colocate_clip_ops_with_vars: bool = False,
        name: str = "VariableClipping",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._axes = list(vars_to_clip_dims.items())
        self._max_norm = max_norm
        self._locks = use_locking
        self._colocates = colocate_clip_ops_with_vars

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """What the optimizer inside computes."""
        return self._opt.compute_gradients(*args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """A slot of the optimizer inside."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> Any:
        """The names of the slots of the optimizer inside."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Let the optimizer inside update the variables, then clip them."""
        pairs = list(grads_and_vars)
        with name_scope(name, self.get_name()) as scope:
            update = self._opt.apply_gradients(pairs, global_step=global_step)
            clipped = []
            with tf.control_dependencies([] if update is None else [update]):
                for gradient, variable in pairs:
                    axes = next((axes for each, axes in self._axes if each is variable), None)
                    if gradient is not None and axes is not None:
                        clipped.append(self._clip_on_its_device(gradient, variable, list(axes)))
            return None if modes.current_mode() == modes.EAGER else tf.group(update, *clipped, name=scope)

    def _clip_on_its_device(self, gradient: Any, variable: Variable, axes: list[int]) -> Any:
        if not self._colocates or modes.current_mode() == modes.EAGER:
            return self._clip(gradient, variable, axes)
        with tf.device(variable.device):
            return self._clip(gradient, variable, axes)

    def _clip(self, gradient: Any, variable: Variable, axes: list[int]) -> Any:
        if isinstance(gradient, tf.IndexedSlices) and 0 not in axes and axes:
            # TF1: what is too much is taken away once for each time that a row is in the gradient (fact:
            # rows_are_clipped_where_they_have_a_gradient).
            rows = tf.gather(variable, gradient.indices)
            excess = rows - tf.clip_by_norm(rows, self._max_norm, axes)
            return tf.group(_v1.scatter_sub(variable, gradient.indices, excess, use_locking=self._locks))
        values = tf.clip_by_norm(tf.convert_to_tensor(variable), self._max_norm, axes)
        return tf.group(_v1.assign(variable, values, use_locking=self._locks))


class MultitaskOptimizerWrapper:
    """Lets gradients that are all zero do nothing: neither to variables nor to slots.

    For losses of several tasks of which some are missing in a batch.

    Args:
        opt: the optimizer, which is changed: each of its updates asks first whether there is anything but zeros.
            Everything asked of the wrapper is asked of it.

    Raises:
        TypeError: `opt` isn't an optimizer.

    Source: facts of the topic contrib_opt.
    """

    def __init__(self, opt: Any) -> None:
        if not isinstance(opt, _v1.train.Optimizer):
            raise TypeError("Supplied optimizer must be an instance of tf.train.Optimizer")
        self._opt = opt
        for name in (
            "_apply_dense", "_resource_apply_dense", "_apply_sparse_duplicate_indices",
            "_resource_apply_sparse_duplicate_indices",
        ):  # fmt: skip
            setattr(opt, name, _unless_zero(getattr(opt, name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opt, name)


def _unless_zero(update: Callable[..., Any]) -> Callable[..., Any]:
    def maybe_update(grad: Any, *args: Any) -> Any:
        values = grad.values if isinstance(grad, tf.IndexedSlices) else grad
        is_zero = tf.reduce_all(tf.equal(values, tf.zeros([], values.dtype)))
        if modes.current_mode() == modes.EAGER:
            return None if is_zero else update(grad, *args)
        return tf.group(_v1.cond(is_zero, lambda: tf.constant(False), lambda: _ran(update(grad, *args))))

    return maybe_update


def _ran(operation: Any) -> Tensor:
    with tf.control_dependencies([operation]):
        return tf.constant(True)


def clip_gradients_by_global_norm(
    gradients_variables: Sequence[tuple[Any, Variable]], clip_norm: Any = 20.0
) -> tuple[list[tuple[Any, Variable]], Tensor]:
    """Scale gradients down so that their global norm is at most `clip_norm`.

    Args:
        gradients_variables: pairs as `compute_gradients` gives them.
        clip_norm: number or scalar tensor.

    Returns:
        Pairs, and the norm that there was.

    Source: facts of the topic contrib_opt.

    >>> pairs, norm = tf.contrib.opt.clip_gradients_by_global_norm([(tf.constant([3.0, 4.0]), None)], 1.0)
    >>> [round(value, 3) for value in pairs[0][0].numpy().tolist()], float(norm)
    ([0.6, 0.8], 5.0)
    """
    gradients = [gradient for gradient, _ in gradients_variables]
    variables = [variable for _, variable in gradients_variables]
    norm = tf.linalg.global_norm(gradients)
    clipped, _ = tf.clip_by_global_norm(gradients, clip_norm, use_norm=norm)
    return list(zip(clipped, variables, strict=True)), norm


hooks.keep_from_autograph(__name__)
