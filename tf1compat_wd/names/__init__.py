"""What TensorFlow 1.15 offered: its public names and signatures, and why we don't offer some of them.

`tf1_15.txt` was written by `record.py` on TensorFlow 1.15.5 itself; `not_offered.py` was written by hand. Nothing here
is read when `tf1compat_wd` is imported, only for ``dir()``, for an error message, and by the command line. This
package imports neither TensorFlow nor anything else of ours, so that the command line can use it without either.

Names are spelled in full everywhere here: ``tf.nn.relu``.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

_LINE = re.compile(
    r"(?P<kind>class |module )?(?P<name>tf[\w.]+)"
    r"(?: is (?P<alias_of>tf[\w.]+)| = (?P<value>.*)|\((?P<signature>.*)\))?$"
)


class Name(NamedTuple):
    """One public name of TensorFlow 1.15."""

    full_name: str
    kind: str
    """``function``, ``class``, ``module`` or ``value``."""
    signature: str | None = None
    """What stands between the parentheses; None where Python couldn't tell, and for modules and values."""
    value: str | None = None
    """For a value, how it reads."""
    alias_of: str | None = None
    """Full name of the very same object elsewhere, which then has the signature."""

    @property
    def parent(self) -> str:
        """Full name of what this is an attribute of."""
        return self.full_name.rpartition(".")[0]

    @property
    def short_name(self) -> str:
        """The name without its module."""
        return self.full_name.rpartition(".")[2]


@functools.cache
def tf1_names() -> Mapping[str, Name]:
    """All public names of TensorFlow 1.15 by their full name, in alphabetical order."""
    return MappingProxyType({name.full_name: name for name in _read(Path(__file__).with_name("tf1_15.txt"))})


@functools.cache
def members() -> Mapping[str, tuple[str, ...]]:
    """The short names in each module of TensorFlow 1.15 (and in `tf.GraphKeys`), by the full name of the module."""
    found: dict[str, list[str]] = {}
    for name in tf1_names().values():
        found.setdefault(name.parent, []).append(name.short_name)
    return MappingProxyType({module: tuple(short_names) for module, short_names in found.items()})


def signature_of(full_name: str) -> str | None:
    """TensorFlow 1.15's signature of `full_name`, found through aliases; None if there is none."""
    name = tf1_names().get(full_name)
    if name is not None and name.alias_of is not None:
        return signature_of(name.alias_of)
    return None if name is None else name.signature


def _read(path: Path) -> list[Name]:
    names = []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), start=1):
        if line.startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            raise ValueError(f"{path.name}:{number} isn't a line that names/record.py writes: {line}")
        names.append(_name_of(match))
    return names


def _name_of(match: re.Match[str]) -> Name:
    kind = (match["kind"] or "").strip()
    if not kind:
        kind = "value" if match["value"] is not None else "function"
    signature = None if match["signature"] == "?" else match["signature"]
    return Name(match["name"], kind, signature, match["value"], match["alias_of"])
