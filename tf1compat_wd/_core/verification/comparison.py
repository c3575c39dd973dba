"""Comparing two builds, what comes first in a program first: variables, initial values, losses, outputs, gradients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.verification.observations import Observation, Structure, VariableSeen

Array = Any

#: How far two numbers may lie apart, as a part of the largest in the array.
TOLERANCES: Mapping[str, float] = {
    "float64": 1e-9,
    "float32": 2e-5,
    "float16": 5e-3,
    "bfloat16": 4e-2,
    "complex64": 2e-5,
    "complex128": 1e-9,
}
#: XLA computes the same in another order, and fuses what rounds in between.
_JIT_FACTOR = 10.0
_SMALLEST_SCALE = 1e-3
_PLOTTED = 400
_COLOURS = re.compile("\x1b" + r"\[\d*m")


@dataclass(frozen=True)
class Difference:
    """Something that isn't as in the reference.

    Attributes:
        quantity: what differs: ``variable a/w``, ``output['logits']``, ``gradient of the output by a/w``.
        where: the build in which it does: ``eager``, or with two functions ``migrated (session)``.
        explanation: how it differs.
        expected: its value in the reference; None if it isn't a matter of numbers.
        found: its value here.
    """

    quantity: str
    where: str
    explanation: str
    expected: Array | None = None
    found: Array | None = None

    def __str__(self) -> str:
        return f"{self.quantity} in {self.where}: {self.explanation}"


class Measured(NamedTuple):
    """An array that was compared, whether it differs or not: for plots."""

    quantity: str
    where: str
    error: float
    allowed: float
    expected: Array
    found: Array


@dataclass(frozen=True)
class Tolerances:
    """By dtype, the largest difference that doesn't count, relative to the largest number of an array."""

    by_dtype: Mapping[str, float]

    def allowed(self, expected: Array, way: str, largest: float = 0.0) -> float:
        """The largest difference from `expected` that doesn't count; `largest` is that of arrays which belong to it."""
        relative = self.by_dtype.get(expected.dtype.name, 0.0)
        if way == "jit":
            relative *= _JIT_FACTOR
        return relative * max(largest, _largest(expected), _SMALLEST_SCALE)


def _largest(array: Array | None) -> float:
    if array is None or np.asarray(array).dtype.kind in "OSUb":
        return 0.0
    values = np.abs(_numbers(np.asarray(array)))
    finite = values[np.isfinite(values)]
    return float(np.max(finite)) if finite.size else 0.0


def failure(where: str, error: Exception) -> Difference:
    """A build that raised, told by the first paragraph of the error."""
    text = _COLOURS.sub("", str(error))
    if text.startswith("Exception encountered when calling"):  # Keras puts its own sentence first
        text = text.partition("\n\n")[2] or text
    first = text.partition("\n\n")[0].strip()
    return Difference("the function", where, f"raises {type(error).__name__}: {first}")


def compare(reference: Observation, other: Observation, tolerances: Tolerances) -> Iterator[Difference | Measured]:
    """Yield what differs between two builds, and all arrays that were compared."""
    if other.error is not None:
        yield failure(other.label, other.error)
        return
    yield from _compare_structures(reference.structure, other.structure, other.label)
    if other.later is not None:
        yield from _compare_structures(other.structure, other.later, f"a later pass of {other.label}")
    initial = _common(reference.initial, other.initial)
    yield from _compare_arrays("initial value of {}", *initial, other, tolerances)
    known = set()
    for number, (expected, found) in enumerate(zip(reference.passes, other.passes, strict=True)):
        when = "{}" if number == 0 else "{} in the last pass"
        for kind in _KINDS:
            mine, others = _of_kind(expected, kind), _of_kind(found, kind)
            for each in _compare_arrays(when, mine, others, other, tolerances):
                if number == 0 and isinstance(each, Difference):
                    known.add(when.format(each.quantity))
                elif isinstance(each, Difference) and each.quantity.removesuffix(" in the last pass") in known:
                    continue
                yield each
    yield from _compare_arrays("variable {} after the last pass", reference.after, other.after, other, tolerances)


def _common(one: Mapping[str, Array], other: Mapping[str, Array]) -> tuple[dict[str, Array], dict[str, Array]]:
    """What both have: a variable that is missing has been told, and one of TensorFlow 2's has no initial value."""
    return {name: one[name] for name in one if name in other}, {name: other[name] for name in one if name in other}


#: Quantities by how they begin, in the order in which they are compared.
_KINDS = (
    "REGULARIZATION_LOSSES",
    "LOSSES",
    "",
    "output",
    "gradient of REGULARIZATION_LOSSES",
    "gradient of LOSSES",
    "gradient of the output",
)


def first_operation(reference: Observation, other: Observation, tolerances: Tolerances) -> str:
    """The first operation that computes something else; "" if none does, or the names have nothing in common."""
    known = {operation.name: operation for operation in other.operations}
    for operation in reference.operations:
        twin = known.get(operation.name)
        if twin is None:
            continue
        before, now = operation.result, twin.result
        if before.shape == now.shape and before.dtype == now.dtype:
            with np.errstate(invalid="ignore"):
                far = np.abs(_numbers(now) - _numbers(before)) > tolerances.allowed(before, "session")
            if not np.any(far):
                continue
        return f"{operation.name} ({operation.type}, {twin.line}; in the reference {operation.line})"
    return ""


def _of_kind(quantities: Mapping[str, Array | None], kind: str) -> dict[str, Array | None]:
    if kind:
        return {name: value for name, value in quantities.items() if name.startswith(kind)}
    named = tuple(kind for kind in _KINDS if kind)
    return {name: value for name, value in quantities.items() if not name.startswith(named)}


def _compare_structures(expected: Structure, found: Structure, where: str) -> Iterator[Difference]:
    mine = {variable.name: variable for variable in expected.variables}
    others = {variable.name: variable for variable in found.variables}
    for name in mine:
        if name not in others:
            yield Difference(f"variable {name}", where, "is missing")
    for name in others:
        if name not in mine:
            yield Difference(f"variable {name}", where, "isn't in the reference")
    common = [name for name in mine if name in others]
    listed = [name for name in common if _is_listed(mine[name]) and _is_listed(others[name])]
    there = [name for name in others if name in listed]
    if there != listed:
        position = next(i for i, pair in enumerate(zip(listed, there, strict=True)) if pair[0] != pair[1])
        first, second = listed[position], there[position]
        yield Difference("the order of variables", where, f"{second} is number {position}, where {first} should be")
    for name in common:
        for field in ("shape", "dtype", "is_trainable", "collections"):
            before, now = getattr(mine[name], field), getattr(others[name], field)
            if field == "collections" and not (_is_listed(mine[name]) and _is_listed(others[name])):
                continue
            if before != now:
                shown = field.replace("_", " ")
                yield Difference(f"variable {name}", where, f"{shown} is {_shown(now)} instead of {_shown(before)}")
    for key in (*expected.collections, *(key for key in found.collections if key not in expected.collections)):
        before, now = expected.collections.get(key, []), found.collections.get(key, [])
        if key == tf.compat.v1.GraphKeys.UPDATE_OPS and not all(map(_is_listed, (*mine.values(), *others.values()))):
            continue  # TensorFlow 2's layers update their variables by themselves; those are compared
        if len(before) != len(now):
            yield Difference(f"collection {key}", where, f"has {_entries(now)} instead of {_entries(before)}")


def _is_listed(variable: VariableSeen) -> bool:
    """Is it TF1's, which are in collections, in the order in which they were made? TensorFlow 2's are in none."""
    return variable.collections is not None


def _shown(value: Any) -> str:
    return str(list(value)) if isinstance(value, tuple) else str(value)


def _entries(names: list[str | None]) -> str:
    count = "1 entry" if len(names) == 1 else f"{len(names)} entries"
    known = [name for name in names if name]
    return f"{count} ({', '.join(known[:6])}{', ...' if len(known) > 6 else ''})" if known else count


def _compare_arrays(
    label: str,
    expected: Mapping[str, Array | None],
    found: Mapping[str, Array | None],
    other: Observation,
    tolerances: Tolerances,
) -> Iterator[Difference | Measured]:
    # The gradients of one thing belong together: one that should be 0 is as exact as the largest.
    largest = max(map(_largest, expected.values()), default=0.0) if next(iter(expected), "").startswith("grad") else 0.0
    for name, before in expected.items():
        quantity = label.format(name)
        if name not in found:
            if not _is_listed_elsewhere(name, quantity):
                yield Difference(quantity, other.label, "is missing")
            continue
        yield from _compare_array(quantity, before, found[name], other, tolerances, largest)
    for name in found:
        if name not in expected and not _is_listed_elsewhere(name, label.format(name)):
            yield Difference(label.format(name), other.label, "isn't in the reference")


def _is_listed_elsewhere(name: str, quantity: str) -> bool:
    """A missing variable or loss has been told about already, when structures were compared."""
    return quantity != name and not quantity.startswith(("output", "gradient"))


def _compare_array(
    quantity: str,
    expected: Array | None,
    found: Array | None,
    other: Observation,
    tolerances: Tolerances,
    largest: float,
) -> Iterator[Difference | Measured]:
    if expected is None or found is None:
        if expected is not found:
            now, before = ("None", "a tensor") if found is None else ("a tensor", "None")
            yield Difference(quantity, other.label, f"is {now} instead of {before}")
        return
    expected, found = np.asarray(expected), np.asarray(found)
    if expected.dtype != found.dtype:
        yield Difference(quantity, other.label, f"dtype is {found.dtype.name} instead of {expected.dtype.name}")
        return
    if expected.shape != found.shape:
        yield Difference(quantity, other.label, f"shape is {list(found.shape)} instead of {list(expected.shape)}")
        return
    if not expected.size:
        return
    if expected.dtype.name not in tolerances.by_dtype:
        if not np.array_equal(expected, found):
            yield _difference(quantity, other.label, expected, found, expected != found, "")
        return
    allowed = tolerances.allowed(expected, other.way, largest)
    before, now = _numbers(expected), _numbers(found)
    with np.errstate(invalid="ignore"):
        distances = np.abs(now - before)
        distances = np.where((before == now) | (np.isnan(before) & np.isnan(now)), 0.0, distances)
        distances = np.where(np.isnan(distances), np.inf, distances)
    error = float(np.max(distances))
    yield Measured(quantity, other.label, error, allowed, _sample(before), _sample(now))
    if error > allowed:
        detail = f" (by up to {error:.3g}; {allowed:.2g} is allowed)"
        yield _difference(quantity, other.label, before, now, distances > allowed, detail)


def _difference(quantity: str, where: str, expected: Array, found: Array, differs: Array, detail: str) -> Difference:
    place = tuple(int(i) for i in np.argwhere(differs)[0])
    at = f" at {list(place)}" if place else ""
    of = f"; {int(np.sum(differs))} of {expected.size} elements differ" if expected.size > 1 else ""
    explanation = f"{_number(found[place])} instead of {_number(expected[place])}{at}{of}{detail}"
    return Difference(quantity, where, explanation, expected, found)


def _number(value: Any) -> str:
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    return repr(value.item() if isinstance(value, np.generic) else value)


def _numbers(array: Array) -> Array:
    """In a dtype that NumPy can compute with: bfloat16 is none of its own."""
    if array.dtype.kind == "c":
        return array.astype(np.complex128)
    return array.astype(np.float64)


def _sample(array: Array) -> Array:
    flat = array.reshape(-1)
    return flat[:: max(1, -(-flat.size // _PLOTTED))]


hooks.keep_from_autograph(__name__)
