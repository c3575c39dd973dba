"""What becomes of each use of a TF1 name: the same data as for the namespace itself."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tf1compat_wd.cli import redirection
from tf1compat_wd.cli.scan.uses import VERSIONS, canonical
from tf1compat_wd.cli.script_modes import needs_a_session
from tf1compat_wd.names.differs import DIFFERS
from tf1compat_wd.names.not_offered import BEFORE_1_0
from tf1compat_wd.names.status import Status, status_of

MODES = ("graph", "eager", "function")

#: What a name is in a mode, from good to bad.
STATUSES = ("same", "ours", "differs", "session", "later", "gone", "unknown", "unreadable")
MEANINGS = {
    "same": "TensorFlow's own function, which still does what TF1's did",
    "ours": "written anew, with TF1's behaviour",
    "differs": "works, with a difference that is told",
    "session": "needs graph mode: tf1compat-wd run, or a graph and a session",
    "later": "isn't written yet",
    "gone": "isn't offered; there is something else to use",
    "unknown": "no name of TensorFlow 1 that we know",
    "unreadable": "the file is no Python 3",
}
#: These don't run at all.
BLOCKING = frozenset({"later", "gone", "unknown", "unreadable"})


class Fate(NamedTuple):
    """What becomes of a name in each mode, and what to do about it."""

    graph: str
    eager: str
    function: str
    advice: str

    @property
    def worst(self) -> str:
        """The worst of the three statuses."""
        return max(self[:3], key=STATUSES.index)


class Finding(NamedTuple):
    """One use in the user's files.

    Attributes:
        path: of the file.
        line, column: from 1; in a notebook, in the cell.
        name: TF1's name, in full.
        fate: what becomes of it.
        source: the line.
        cell: of a notebook, from 1; 0 in a file.
    """

    path: str
    line: int
    column: int
    name: str
    fate: Fate
    source: str
    cell: int = 0

    @property
    def place(self) -> str:
        """``models/net.py:12``."""
        cell = f" cell {self.cell}" if self.cell else ""
        return f"{self.path}{cell}:{self.line}"


@dataclass
class FileReport:
    """What was found in one file."""

    path: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def readiness(self) -> float:
        """The part of the uses that works in eager mode and in functions, 0 to 1; 1 without any."""
        if not self.findings:
            return 1.0
        blocked = BLOCKING | {"session"}
        return sum(finding.fate.worst not in blocked for finding in self.findings) / len(self.findings)

    @property
    def verdict(self) -> str:
        """``ready``, ``session`` (as it is with `tf1compat-wd run`), or ``blocked``."""
        worst = {finding.fate.worst for finding in self.findings}
        return "blocked" if worst & BLOCKING else "session" if "session" in worst else "ready"


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each status (the worst of the three modes)."""
    counter = Counter(finding.fate.worst for finding in findings)
    return {status: counter[status] for status in STATUSES if counter[status]}


@functools.cache
def fate_of(name: str) -> Fate:
    """What becomes of `name`, a full name of TF1 or of a private module (``tensorflow.python.ops.math_ops``)."""
    if name.startswith("tensorflow."):
        return _fate_of_private(name)
    if name.startswith("tf.tracking"):
        return Fate("ours", "ours", "ours", "Of tf1compat_wd itself.")
    if ".python." in name or name.endswith(".python"):
        return _fate_of_internal(name)
    name = canonical(VERSIONS.get(name, name))
    if name in BEFORE_1_0:
        advice = f"TensorFlow 1.0 renamed it: use {BEFORE_1_0[name]} (`tf1compat-wd rewrite` does it)."
        return Fate("gone", "gone", "gone", advice)
    status = Status("same") if name.startswith(("tf.keras.", "tf.raw_ops.")) else status_of(name)
    if status is None:
        return Fate("unknown", "unknown", "unknown", "TensorFlow 1.15 had no such name.")
    if not status.is_offered:
        advice = f"It {status.reason}. {status.instead}".strip()
        return Fate(status.status, status.status, status.status, advice)
    fate: dict[str, str] = dict.fromkeys(MODES, status.status)
    how, differing = DIFFERS.get(name, ("", ()))
    if not how and needs_a_session(name.removeprefix("tf.")):
        advice = (
            "Graph mode only: `tf1compat-wd run`, or tf.disable_v2_behavior() at the top, or a function "
            "argument in place of the placeholder and a loop in place of the session."
        )
        return Fate(fate["graph"], "session", "session", advice)
    if how:
        fate.update(dict.fromkeys(differing, "differs"))
        return Fate(fate["graph"], fate["eager"], fate["function"], f"{how[0].upper()}{how[1:]}.")
    return Fate(fate["graph"], fate["eager"], fate["function"], "Works once the import is replaced.")


def _fate_of_internal(name: str) -> Fate:
    """tf.contrib.layers.python.layers.utils, and what is in it: where TF1 kept the files of a package."""
    package, _, rest = name.partition(".python")
    public = f"{package}.{rest.rpartition('.')[2]}" if rest else package
    for each in (public, package):
        status = status_of(canonical(each))
        if status is not None and status.is_offered and (each == public or rest.count(".") < 3):
            return Fate("ours", "ours", "ours", f"Works once the import is replaced; the public name is {each}.")
    return Fate("gone", "gone", "gone", f"A private module of TensorFlow 1: use the public names in {package}.")


def _fate_of_private(name: str) -> Fate:
    place = name
    while place.count(".") > 1:  # of the module or of the name in it
        target = redirection.redirected(place)
        if target is not None and _is_ours(target):
            return Fate("ours", "ours", "ours", "Works with `tf1compat-wd run`; otherwise import the public name.")
        place = place.rpartition(".")[0]
    if name.startswith("tensorflow.python.") and _is_file_of_tensorflow1(name.removeprefix("tensorflow.python.")):
        return Fate("ours", "ours", "ours", "Works with `tf1compat-wd run`; otherwise import the public name.")
    return Fate("gone", "gone", "gone", "A private module of TensorFlow 1: use the public name in tf.")


def _is_file_of_tensorflow1(path: str) -> bool:
    """Is `path`, below ``tensorflow.python``, one that `tf1compat_wd.python` has, or a name in one?"""
    files = _files_of_tensorflow1()
    return path in files or path.rpartition(".")[0] in files


@functools.cache
def _files_of_tensorflow1() -> frozenset[str]:
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with open(os.path.join(package, "python", "tf1_15.txt"), encoding="utf-8") as file:
        return frozenset(line.split()[0] for line in file if line.strip() and not line.startswith("#"))


@functools.cache
def _is_ours(module: str) -> bool:
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    place = os.path.join(package, *module.split(".")[1:])
    return os.path.isfile(place + ".py") or os.path.isfile(os.path.join(place, "__init__.py"))


def as_dict(reports: list[FileReport]) -> dict[str, Any]:
    """The findings as plain values, for JSON (``tf1compat-wd scan --help`` describes it)."""
    findings = [finding for report in reports for finding in report.findings]
    return {
        "schema": 1,
        "totals": {"files": len(reports), "uses": len(findings), **counts(findings)},
        "files": [
            {
                "path": report.path,
                "verdict": report.verdict,
                "readiness": round(report.readiness, 4),
                "uses": [
                    {
                        "line": finding.line,
                        "column": finding.column,
                        **({"cell": finding.cell} if finding.cell else {}),
                        "name": finding.name,
                        "status": dict(zip(MODES, finding.fate[:3], strict=True)),
                        "advice": finding.fate.advice,
                        "source": finding.source,
                    }
                    for finding in report.findings
                ],
            }
            for report in reports
        ],
    }
