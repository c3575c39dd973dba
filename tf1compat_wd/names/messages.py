"""What to tell somebody who asks for a name that isn't there."""

import difflib
from collections.abc import Collection
from typing import NamedTuple

from tf1compat_wd.names import members, tf1_names
from tf1compat_wd.names.not_offered import BEFORE_1_0, reason_for


class Missing(NamedTuple):
    """A name that was asked for and isn't there."""

    module_name: str
    """The module as Python calls it, ``tf1compat_wd.nn``."""
    full_name: str
    """The name as TF1 would spell it, ``tf.nn.relu7``."""
    offered: Collection[str]
    """What the module has, short names."""
    is_tensorflow_2: bool
    """Whether TensorFlow 2 has it."""


def no_such_name(missing: Missing) -> str:
    """The message: Python's own sentence first, then what became of the name or which one may be meant."""
    short_name = missing.full_name.rpartition(".")[2]
    first = f"module {missing.module_name!r} has no attribute {short_name!r}"
    advice = _advice(missing, short_name)
    return f"{first}\n\n{advice}" if advice else first


def _advice(missing: Missing, short_name: str) -> str:
    full_name = missing.full_name
    if full_name in BEFORE_1_0:
        return f"TensorFlow 1.0 renamed {full_name}: it is {BEFORE_1_0[full_name]} since then."
    if full_name in tf1_names():
        return _what_became_of(full_name)
    if missing.is_tensorflow_2:
        name = full_name.removeprefix("tf.")
        return (
            f"{full_name} is TensorFlow 2's; TensorFlow 1 had no such name. To use both, "
            f"`import tensorflow as tf2` beside this one and write tf2.{name}."
        )
    parent = full_name.rpartition(".")[0]
    of_tf1 = members().get(parent, ())
    similar = _similar(short_name, {*missing.offered, *of_tf1})
    offered = [name for name in similar if name in missing.offered]
    elsewhere = _elsewhere(short_name)
    if offered or elsewhere:
        return f"Did you mean {_either([repr(name) for name in offered] + elsewhere)}?"
    if similar:
        return f"Did you mean {similar[0]!r}? {_what_became_of(f'{parent}.{similar[0]}')}"
    return _what_became_of(full_name)


def _what_became_of(full_name: str) -> str:
    found = reason_for(full_name)
    if found is None:
        return ""
    name, row = found
    # A whole package can be gone, but one that isn't finished may well have other names already.
    subject = full_name if row.status == "later" else name
    return f"{subject} {row.reason}. {row.instead}".rstrip()


def _similar(short_name: str, names: Collection[str]) -> list[str]:
    same_but_for_case = [name for name in names if name.lower() == short_name.lower()]
    return same_but_for_case or difflib.get_close_matches(short_name, sorted(names), n=3, cutoff=0.75)


def _elsewhere(short_name: str) -> list[str]:
    """Full names of the same function in other modules of TF1, as far as they work."""
    found = [
        name.full_name
        for name in tf1_names().values()
        if name.short_name == short_name and name.alias_of is None and name.kind in ("function", "class")
    ]
    return [name for name in found if reason_for(name) is None][:3]


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
