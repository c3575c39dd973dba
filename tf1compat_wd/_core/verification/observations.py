"""What there is to see of a model that was built in one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Array = Any


class VariableSeen(NamedTuple):
    """A variable, as it was made; `collections` is None for TensorFlow 2's own, which are in none."""

    name: str
    shape: tuple[int | None, ...] | None
    dtype: str
    is_trainable: bool
    collections: tuple[str, ...] | None


class OperationSeen(NamedTuple):
    """An operation, the user's line that made it, and some of what it computes."""

    name: str
    type: str
    line: str
    result: Array


@dataclass
class Structure:
    """What a pass leaves behind, but for numbers.

    Attributes:
        variables: in the order of the collections, GLOBAL_VARIABLES first.
        collections: by key, the names of what else is in the collections; None for what has no name.
    """

    variables: list[VariableSeen] = field(default_factory=list)
    collections: dict[str, list[str | None]] = field(default_factory=dict)


@dataclass
class Observation:
    """All that `verify` compares.

    Attributes:
        label: ``session``, or with two functions ``model (session)``.
        way: ``session``, ``eager``, ``function`` or ``jit``.
        structure: of the first pass.
        later: of the last pass, in eager mode.
        initial: what variables begin with, by name.
        passes: quantities of the first and of the last pass, by what they are: ``output['logits']``.
        after: the variables after the last pass.
        operations: those behind the outputs, in a session that is compared with another one.
        error: why it couldn't be built or run.
    """

    label: str
    way: str
    structure: Structure = field(default_factory=Structure)
    later: Structure | None = None
    initial: Mapping[str, Array] = field(default_factory=dict)
    passes: list[dict[str, Array | None]] = field(default_factory=list)
    after: Mapping[str, Array] = field(default_factory=dict)
    operations: list[OperationSeen] = field(default_factory=list)
    error: Exception | None = None
