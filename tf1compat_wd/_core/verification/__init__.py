"""Proving that a model is the same in every mode, or before and after a migration: ``tf.tracking.verify``.

Read it in this order: `observations` (what there is to see), `builds` (building and running one function in one
way), `inputs`, `random_ops`, `weights` and `native_variables` (what makes the builds comparable), `comparison`,
`report`, `page`.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.verification import weights as _weights
from tf1compat_wd._core.verification.builds import WAYS, Task, build
from tf1compat_wd._core.verification.comparison import (
    TOLERANCES,
    Difference,
    Measured,
    Tolerances,
    compare,
    failure,
    first_operation,
)
from tf1compat_wd._core.verification.inputs import input_from
from tf1compat_wd._core.verification.observations import Observation, VariableSeen
from tf1compat_wd._core.verification.report import Report, VerificationError

__all__ = ["Difference", "Report", "VerificationError", "verify"]

Array = Any


def verify(
    function: Callable[..., Any],
    *inputs: Any,
    against: Callable[..., Any] | None = None,
    modes: Sequence[str] = ("session", "eager", "function"),
    passes: int = 3,
    checkpoint: str | os.PathLike[str] | None = None,
    gradients: bool = True,
    tolerances: Mapping[str, float] | None = None,
) -> Report:
    """Build a model in several modes with equal weights, and compare all there is to see (``tf.tracking.verify``).

    `function` runs in a graph with a session as on TF1, eagerly, and in a ``tf.function``. Compared are the names,
    shapes, dtypes, order, trainability and collections of variables; their initial values; the collections;
    REGULARIZATION_LOSSES one by one; LOSSES; outputs; the gradients of each of these by each trainable variable; and,
    after some passes in which updates are applied, outputs and variables again. With `against`, another function
    is built in the same modes and compared with the first one in a session: a legacy model and its migration.

    The weights are those of the reference's initializers, changed by numbers that depend on name and shape only.
    Meanwhile random operations are aligned, in this process: what one draws depends on its kind and shape alone, so
    that dropout drops the same units everywhere.

    Variables of TensorFlow 2's own (``tf2.Variable``, those of a ``tf2.Module`` or a Keras layer) are compared like the
    others, by their names, in every mode but the session: their objects live on from call to call, and can't be in a
    graph of the session's. With them, choose `modes` without "session". They get their values back afterwards.

    Args:
        function: takes `inputs` as tensors, builds the model, and returns tensors in any structure. Operations in
            it (a train op) run once in each pass; if there are none, UPDATE_OPS do.
        *inputs: arrays, which become tensors; a ``tf.TensorSpec`` stands for an array that is made up; what is neither
            (a bool, a string, None) is passed on.
        against: the function to be compared with `function`, which then is the reference.
        modes: some of "session", "eager", "function", and "jit" (compiled by XLA). The first is the reference.
        passes: how often each build runs.
        checkpoint: of TF1 or of `VariableTrackingScope.save`; what it has of the variables is used.
        gradients: False doesn't compare them.
        tolerances: the largest difference that doesn't count, by the name of a dtype, as a part of the array's
            largest number. Default: 2e-5 for float32, 1e-9 for float64, 5e-3 for float16, 4e-2 for bfloat16; ten
            times that for "jit". Other dtypes must be equal.

    Returns:
        The report: true if all is the same; ``report.first`` is the first difference; ``str(report)``,
        ``report.check()``, which raises, and ``report.write_html(path)`` show it. A build that raises is a difference.

    Raises:
        TypeError: `function` is none.
        ValueError: an unknown mode, no pass, or no checkpoint at that place.

    >>> def model(x):
    ...     w = tf.get_variable("w", [3, 2], regularizer=tf.nn.l2_loss)
    ...     return tf.matmul(x, w)
    >>> tf.tracking.verify(model, tf.TensorSpec([4, 3], tf.float32)).ok
    True
    >>> def migrated(x):
    ...     w = tf.get_variable("w", [3, 2])
    ...     return tf.matmul(x, w)
    >>> print(tf.tracking.verify(model, tf.TensorSpec([4, 3], tf.float32), against=migrated).first)
    collection regularization_losses in migrated (session): has 0 entries instead of 1 entry (w/Regularizer/L2Loss:0)
    """
    for each in (function, against):
        if each is not None and not callable(each):
            raise TypeError(f"verify builds what a function makes, but got {each!r}")
    modes = tuple(modes)
    wrong = [mode for mode in modes if mode not in WAYS]
    if wrong or not modes:
        raise ValueError(f"modes must be some of {', '.join(WAYS)}, but got {wrong or modes}")
    if passes < 1:
        raise ValueError(f"passes must be at least 1, but got {passes}")
    if not tf.executing_eagerly():
        raise errors.verify_in_graph()
    values = [input_from(value, position) for position, value in enumerate(inputs)]
    saved = _weights.read_checkpoint(None if checkpoint is None else os.fspath(checkpoint))
    name, other_name = _name_of(function), _name_of(against)
    if against is not None and name == other_name:
        name, other_name = f"the first {name}", f"the second {other_name}"

    first: dict[str, Array] = {}

    def choose(variables: list[VariableSeen], initial: Mapping[str, Array]) -> Mapping[str, Array]:
        chosen = _weights.values_for(variables, initial, saved)
        if not first:
            first.update(chosen)
        return {
            each: first[each] if each in first and first[each].shape == value.shape else value
            for each, value in chosen.items()
        }

    two = against is not None

    def built(what: Callable[..., Any], mode: str, label: str) -> Observation:
        return build(Task(what, values, passes, choose, gradients, two), mode, label)

    reference = built(function, modes[0], f"{name} ({modes[0]})" if two else modes[0])
    others = [built(function, mode, f"{name} ({mode})" if two else mode) for mode in modes[1:]]
    if against is not None:
        others += [built(against, mode, f"{other_name} ({mode})") for mode in modes]
    limits = Tolerances({**TOLERANCES, **(tolerances or {})})
    differences, measured = _compared(reference, others, limits)
    operations = [first_operation(reference, other, limits) for other in others if other.operations and differences]
    weights = "initial values, changed by name and shape"
    if checkpoint is not None:
        found = sum(v.name in saved for v in reference.structure.variables)
        weights = f"{found} of {len(reference.structure.variables)} variables from {os.fspath(checkpoint)}"
    title = f"{name} and {other_name}" if two else name
    return Report(
        title, reference, tuple(others), passes, weights, tuple(differences), tuple(measured), "".join(operations[-1:])
    )


def _compared(
    reference: Observation, others: list[Observation], tolerances: Tolerances
) -> tuple[list[Difference], list[Measured]]:
    if reference.error is not None:
        return [failure(reference.label, reference.error)], []
    differences, measured = [], []
    for other in others:
        for found in compare(reference, other, tolerances):
            if isinstance(found, Difference):
                differences.append(found)
            else:
                measured.append(found)
    return differences, measured


def _name_of(function: Any) -> str:
    if isinstance(function, functools.partial):
        return _name_of(function.func)
    return str(getattr(function, "__name__", type(function).__name__))


hooks.keep_from_autograph(__name__)
