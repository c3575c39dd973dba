"""Unique names, counted as a TF1 graph counts them."""

from __future__ import annotations

from tf1compat_wd._core import tensorflow_hooks as hooks


class NameCounter:
    """Hands out each name once: ``w``, then ``w_1``, ``w_2``; upper and lower case are one name.

    Scopes (without their slash) and variables share one counter, as they do in a TF1 graph
    (facts: var_vs_get_variable_names, var_unique_name_case_insensitive).
    """

    __slots__ = ("_next",)

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """`name` if it is still free, else with the first suffix that is; taken from now on."""
        base = name.lower()
        suffix = self._next.get(base, 0)
        if suffix == 0:
            self._next[base] = 1
            return name
        while f"{base}_{suffix}" in self._next:
            suffix += 1
        self._next[base] = suffix + 1
        self._next[f"{base}_{suffix}"] = 1
        return f"{name}_{suffix}"

    def copy(self) -> NameCounter:
        """A counter that goes on from here by itself."""
        other = NameCounter()
        other._next = dict(self._next)
        return other


hooks.keep_from_autograph(__name__)
