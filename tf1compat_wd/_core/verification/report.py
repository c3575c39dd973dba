"""What `verify` found out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.verification.comparison import Difference, Measured
from tf1compat_wd._core.verification.observations import Observation

_SHOWN = 12


class VerificationError(AssertionError):
    """Two builds of a model that should be the same are not."""


@dataclass(frozen=True)
class Report:
    """What `verify` found out (``tf.tracking.verify``).

    Attributes:
        name: of the function, or of both.
        reference: the build that the others were compared with.
        others: the other builds.
        passes: how often each ran.
        weights: where the weights came from.
        differences: what differs, what comes first in a program first. Empty if nothing does.
        measured: every array that was compared.
        first_operation: of two functions in sessions, the first operation behind the outputs that has the same name and
            another result, with the lines that made it; "" if there is none.
    """

    name: str
    reference: Observation
    others: tuple[Observation, ...]
    passes: int
    weights: str
    differences: tuple[Difference, ...]
    measured: tuple[Measured, ...]
    first_operation: str = ""

    @property
    def ok(self) -> bool:
        """Is everything the same?"""
        return not self.differences

    @property
    def first(self) -> Difference | None:
        """The first difference: what comes after it may follow from it."""
        return self.differences[0] if self.differences else None

    def check(self) -> Report:
        """Raise `VerificationError` if anything differs; else return the report."""
        if not self.ok:
            raise VerificationError(str(self))
        return self

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        where = ", ".join(other.label for other in self.others)
        count = len(self.reference.structure.variables)
        lines = [
            f"{self.name}: {'the same' if self.ok else 'DIFFERENT'}; {self.reference.label} compared with {where}",
            f"  {count} variable{'' if count == 1 else 's'}, {len(self.measured)} arrays, {self.passes} passes; "
            f"weights: {self.weights}; random operations: aligned (a draw depends on its kind and shape alone)",
        ]
        if self.first is not None:
            lines.append(f"  first difference: {self.first}")
        if self.first_operation:
            lines.append(f"  first operation with another result: {self.first_operation}")
        lines += [f"  then: {difference}" for difference in self.differences[1:_SHOWN]]
        if len(self.differences) > _SHOWN:
            lines.append(f"  and {len(self.differences) - _SHOWN} more")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "schema": 1,
            "name": self.name,
            "ok": self.ok,
            "reference": self.reference.label,
            "compared": [other.label for other in self.others],
            "passes": self.passes,
            "weights": self.weights,
            "random_operations": "aligned",
            "variables": [
                {
                    "name": variable.name,
                    "shape": None if variable.shape is None else list(variable.shape),
                    "dtype": variable.dtype,
                    "trainable": variable.is_trainable,
                    "collections": list(variable.collections or ()),
                }
                for variable in self.reference.structure.variables
            ],
            "differences": [
                {"quantity": each.quantity, "where": each.where, "explanation": each.explanation}
                for each in self.differences
            ],
            "first_operation": self.first_operation,
            "measured": [
                {"quantity": each.quantity, "where": each.where, "error": each.error, "allowed": each.allowed}
                for each in self.measured
            ],
        }

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Write the report as one page that needs nothing else, with plots of the differences."""
        from tf1compat_wd._core.verification import page  # deferred: few ask for it

        with open(path, "w", encoding="utf-8") as file:
            file.write(page.render(self))


hooks.keep_from_autograph(__name__)
