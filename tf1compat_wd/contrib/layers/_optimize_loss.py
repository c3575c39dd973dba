"""``optimize_loss``: a training step from a loss and the name of an optimizer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import summary, train
from tf1compat_wd._core import graph_collections
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import get_variable, variable_scope

Tensor = Any
GradsAndVars = Sequence[tuple[Any, Any]]

_Keys = tf.compat.v1.GraphKeys

OPTIMIZER_CLS_NAMES: dict[str, Callable[[Any], Any]] = {
    "Adagrad": train.AdagradOptimizer,
    "Adam": train.AdamOptimizer,
    "Ftrl": train.FtrlOptimizer,
    "Momentum": lambda learning_rate: train.MomentumOptimizer(learning_rate, momentum=0.9),
    "RMSProp": train.RMSPropOptimizer,
    "SGD": train.GradientDescentOptimizer,
}

OPTIMIZER_SUMMARIES = ["learning_rate", "loss", "gradients", "gradient_norm", "global_gradient_norm"]

_USUAL_SUMMARIES = ("loss", "learning_rate", "global_gradient_norm")


def optimize_loss(
    loss: Any,
    global_step: Any,
    learning_rate: Any,
    optimizer: Any,
    gradient_noise_scale: float | None = None,
    gradient_multipliers: dict[Any, Any] | None = None,
    clip_gradients: Any = None,
    learning_rate_decay_fn: Callable[[Any, Any], Any] | None = None,
    update_ops: Iterable[Any] | None = None,
    variables: Sequence[Any] | None = None,
    name: str | None = None,
    summaries: Sequence[str] | None = None,
    colocate_gradients_with_ops: bool = False,
    increment_global_step: bool = True,
) -> Tensor:
    """Make one training step (``tf.contrib.layers.optimize_loss``): updates, gradients, clipping, optimizer, summaries.

    Creates, in the variable scope `name` (default OptimizeLoss, counted):
        <name>/learning_rate  []  not trainable; if `learning_rate` is a float
    and the optimizer's variables, ``<name>/w/Adam`` and so on. The variable keeps the learning rate of the first pass:
    to change it, assign it, or give a tensor.

    Args:
        loss: scalar tensor.
        global_step: variable to count up; None: the one of this graph or pass, if there is one.
        learning_rate: float or scalar tensor; None if `optimizer` needs none.
        optimizer: one of `OPTIMIZER_CLS_NAMES`; a class, or a function of the learning rate (or, without one, of
            nothing); or an optimizer.
        gradient_noise_scale: add normal noise, cut at two standard deviations, times this to the gradients.
        gradient_multipliers: dictionary of variables, or their names ("w:0"), to factors for their gradients.
        clip_gradients: float: the greatest norm of all gradients together; or a function of the pairs of gradient and
            variable giving such pairs.
        learning_rate_decay_fn: function of learning rate and global step giving the rate.
        update_ops: operations to run before the loss is used; None: those in UPDATE_OPS.
        variables: to be trained; None: all trainable ones.
        name: of the variable scope.
        summaries: which of `OPTIMIZER_SUMMARIES`; None: loss, learning_rate and global_gradient_norm.
        colocate_gradients_with_ops: graph and function mode only.
        increment_global_step: whether to count the step.

    Returns:
        The loss, which depends on the step.

    Raises:
        ValueError: an argument is of the wrong kind, or a loss that depends on no variable.
        RuntimeError: in eager mode, in a tracking scope without ``tape=True``.

    Source: facts of the topic contrib_layers_optimize_loss.

    >>> with tf.tracking.VariableTrackingScope("net", tape=True):
    ...     w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    ...     loss = tf.contrib.layers.optimize_loss(w * w, None, 0.25, "SGD")
    >>> float(w)
    0.5
    """
    loss = tf.convert_to_tensor(loss)
    if loss.shape.rank != 0:
        raise ValueError(f"Expected scalar shape for {getattr(loss, 'name', 'the loss')}, saw shape: {loss.shape}.")
    if global_step is None:
        global_step = train.get_global_step()
    else:
        train.assert_global_step(global_step)
    wanted = _USUAL_SUMMARIES if summaries is None else summaries
    for each in wanted:
        if each not in OPTIMIZER_SUMMARIES:
            raise ValueError(f"Summaries should be one of [{', '.join(OPTIMIZER_SUMMARIES)}], you provided {each}.")
    with variable_scope(name, "OptimizeLoss", [loss, global_step]):
        updates = graph_collections.get_collection(_Keys.UPDATE_OPS) if update_ops is None else list(update_ops)
        if updates:
            loss = _after(updates, loss)
        rate = _learning_rate(learning_rate, learning_rate_decay_fn, global_step, wanted)
        chosen = _choose_optimizer(optimizer, rate, learning_rate)
        pairs = chosen.compute_gradients(loss, variables, colocate_gradients_with_ops=colocate_gradients_with_ops)
        if not pairs:
            raise ValueError("Empty list of (gradient, variable) pairs encountered. This is most likely to be caused "
                             "by an improper value of gradient_multipliers.")  # fmt: skip
        if gradient_noise_scale is not None:
            pairs = _add_noise(pairs, gradient_noise_scale)
        if gradient_multipliers is not None:
            pairs = _multiply(pairs, gradient_multipliers)
            if not pairs:
                raise ValueError("Empty list of (gradient, variable) pairs encountered. This is most likely to be "
                                 "caused by an improper value of gradient_multipliers.")  # fmt: skip
        wants_norm = "global_gradient_norm" in wanted or "gradient_norm" in wanted
        if wants_norm:
            summary.scalar("global_norm/gradient_norm", tf.linalg.global_norm([gradient for gradient, _ in pairs]))
        pairs = _clip(pairs, clip_gradients)
        if "loss" in wanted:
            summary.scalar("loss", loss)
        _summarize_gradients(pairs, wanted)
        if clip_gradients is not None and wants_norm:
            norm = tf.linalg.global_norm([gradient for gradient, _ in pairs])
            summary.scalar("global_norm/clipped_gradient_norm", norm)
        step = chosen.apply_gradients(pairs, global_step=global_step if increment_global_step else None, name="train")
        return _after([step], loss)


def _after(operations: Sequence[Any], tensor: Tensor) -> Tensor:
    """`tensor`, once `operations` have run."""
    with tf.control_dependencies([each for each in operations if each is not None]):
        return tf.identity(tensor, name="control_dependency")


def _learning_rate(given: Any, decay_fn: Any, global_step: Any, wanted: Sequence[str]) -> Any:
    if given is None:
        return None
    if isinstance(given, float):
        if given < 0.0:
            # TF1 forgot to fill in the rate, and shows the two parts of its message
            raise ValueError(f"('Invalid learning_rate %s.', {given})")
        initializer = tf.compat.v1.constant_initializer(given)
        rate: Any = get_variable("learning_rate", [], trainable=False, initializer=initializer)
    elif isinstance(given, tf.Tensor | tf.Variable) and given.shape.rank == 0:
        rate = given
    else:
        raise ValueError(f"Learning rate should be 0d Tensor or float. Got {given} of type {type(given)}")
    if decay_fn is not None:
        if global_step is None:
            raise ValueError("global_step is required for learning_rate_decay_fn.")
        rate = decay_fn(rate, global_step)
        if "learning_rate" in wanted:
            summary.scalar("learning_rate", rate)
    return rate


def _choose_optimizer(given: Any, rate: Any, learning_rate: Any) -> Any:
    base = tf.compat.v1.train.Optimizer
    if isinstance(given, str):
        if given not in OPTIMIZER_CLS_NAMES:
            names = ", ".join(OPTIMIZER_CLS_NAMES)
            raise ValueError(f"Optimizer name should be one of [{names}], you provided {given}.")
        if learning_rate is None:
            raise ValueError(f"Learning rate is None, but should be specified if optimizer is string ({given}).")
        return OPTIMIZER_CLS_NAMES[given](rate)
    if inspect.isclass(given) and issubclass(given, base):
        if learning_rate is None:
            raise ValueError(f"Learning rate is None, but should be specified if optimizer is class ({given}).")
        return given(rate)
    if isinstance(given, base):
        return given
    if callable(given):
        made = given(rate) if learning_rate is not None else given()
        if not isinstance(made, base):
            raise ValueError(f"Unrecognized optimizer: function should return subclass of Optimizer. Got {made}.")
        return made
    raise ValueError(
        "Unrecognized optimizer: should be string, subclass of Optimizer, instance of subclass of Optimizer or "
        f"function with one argument. Got {given}."
    )


# --------------------------------------------------------------------------------- gradients


def _scaled(gradient: Any, factor: Any) -> Any:
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(gradient.values * factor, gradient.indices, gradient.dense_shape)
    return gradient * factor


def _add_noise(pairs: GradsAndVars, scale: float) -> GradsAndVars:
    noisy = []
    for gradient, variable in pairs:
        if gradient is not None:
            shape = gradient.dense_shape if isinstance(gradient, tf.IndexedSlices) else tf.shape(gradient)
            gradient = gradient + tf.random.truncated_normal(shape) * scale
        noisy.append((gradient, variable))
    return noisy


def _multiply(pairs: GradsAndVars, multipliers: dict[Any, Any]) -> GradsAndVars:
    by_name = {key if isinstance(key, str) else _key(key): factor for key, factor in multipliers.items()}
    multiplied = []
    for gradient, variable in pairs:
        factor = by_name.get(_key(variable))
        if gradient is not None and factor is not None:
            gradient = _scaled(gradient, tf.cast(factor, gradient.dtype))
        multiplied.append((gradient, variable))
    return multiplied


def _key(variable: Any) -> str:
    """A variable's name; what stands in a dictionary may be its reference, for variables can't be hashed today."""
    return str((variable.deref() if hasattr(variable, "deref") else variable).name)


def _clip(pairs: GradsAndVars, clip_gradients: Any) -> GradsAndVars:
    if clip_gradients is None:
        return pairs
    if isinstance(clip_gradients, float):
        gradients, variables = zip(*pairs, strict=True)
        clipped, _ = tf.clip_by_global_norm(gradients, clip_gradients)
        return list(zip(clipped, variables, strict=True))
    if callable(clip_gradients):
        return clip_gradients(pairs)  # type: ignore[no-any-return]
    raise ValueError(f"Unknown type {type(clip_gradients)} for clip_gradients")


def _summarize_gradients(pairs: GradsAndVars, wanted: Sequence[str]) -> None:
    for gradient, variable in pairs:
        values = gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
        if values is None:
            continue
        name = variable.name.replace(":", "_")
        if "gradients" in wanted:
            summary.histogram(f"gradients/{name}", values)
        if "gradient_norm" in wanted:
            summary.scalar(f"gradient_norm/{name}", tf.linalg.global_norm([values]))


def adaptive_clipping_fn(
    std_factor: Any = 2.0,
    decay: Any = 0.95,
    static_max_norm: float | None = None,
    global_step: Any = None,
    report_summary: bool = False,
    epsilon: float = 1e-8,
    name: str | None = None,
) -> Callable[[GradsAndVars], GradsAndVars]:
    """A function for `clip_gradients` of `optimize_loss` which learns how great gradients usually are.

    Creates, in the scope `name` (default AdaptiveMaxNorm): mean [] and sq_mean [], the moving averages of the
    logarithm of the gradients' norm, and of its square.

    Args:
        std_factor: gradients are clipped above mean + `std_factor` * standard deviation (of the logarithm).
        decay: of the moving averages.
        static_max_norm: the greatest norm in any case.
        global_step: lets the averages move faster in the first steps.
        report_summary: make a summary of the norm above which gradients are clipped.
        epsilon: the least variance.
        name: of the variable scope.

    Returns:
        Function of pairs of gradient and variable giving such pairs.
    """

    def clip(pairs: GradsAndVars) -> GradsAndVars:
        norm = tf.linalg.global_norm([gradient for gradient, _ in pairs])
        greatest, usual = _adaptive_max_norm(norm, std_factor, decay, global_step, epsilon, name)
        if report_summary:
            summary.scalar("global_norm/adaptive_max_gradient_norm", greatest)
        factor = tf.where(norm < greatest, tf.ones_like(norm), tf.exp(usual) / norm)
        if static_max_norm is not None:
            factor = tf.minimum(static_max_norm / norm, factor)
        return [(None if gradient is None else _scaled(gradient, factor), variable) for gradient, variable in pairs]

    return clip


def _adaptive_max_norm(
    norm: Tensor, std_factor: Any, decay: Any, global_step: Any, epsilon: float, name: str | None
) -> tuple[Tensor, Tensor]:
    with variable_scope(name, "AdaptiveMaxNorm", [norm]):
        log_norm = tf.math.log(norm + epsilon)
        if global_step is not None:
            step = tf.cast(global_step, tf.float32)
            decay = tf.minimum(tf.cast(decay, tf.float32), step / (step + 1.0))
        mean = _averaged("mean", log_norm, decay)
        variance = _averaged("sq_mean", tf.square(log_norm), decay) - tf.square(mean)
        deviation = tf.sqrt(tf.maximum(epsilon, variance))
        return tf.exp(mean + std_factor * deviation), mean


def _averaged(name: str, value: Tensor, decay: Any) -> Tensor:
    average = get_variable(
        name, shape=value.shape, dtype=value.dtype, initializer=tf.compat.v1.zeros_initializer(), trainable=False
    )
    moved = average - (average - value) * (1.0 - decay)
    update = tf.compat.v1.assign(average, moved)
    with tf.control_dependencies([] if hooks.executing_eagerly() else [update]):
        return tf.identity(moved)


hooks.keep_from_autograph(__name__)
