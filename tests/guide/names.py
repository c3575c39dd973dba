"""Writes migration_guide/names.md: every name of TF 1.15 and its fate. Run it as a program."""

from pathlib import Path

from tf1compat_wd.names import members, tf1_names
from tf1compat_wd.names.differs import DIFFERS, NEED_A_SESSION
from tf1compat_wd.names.status import Status, status_of

PAGE = Path(__file__).parents[2] / "migration_guide" / "names.md"

HEAD = """# Every TF1 name and its fate

The public names of TF 1.15 and what each is in `tf1compat_wd`:

- **ours**: written anew, with TF1's behaviour in graph mode, eagerly and in a `tf.function`.
- **same**: TensorFlow's own, from `tf.compat.v1` or where it is today.
- **later**: not written yet.
- **gone**: not offered, with the reason and what to use.

A name that isn't offered says the same when it is used. Of those that are, the ones that need a session, and the ones
that do something else in some mode, are listed at the end; corners are in [known_differences.md](known_differences.md).

This page is written by `python -m tests.guide.names` from the data that the package itself answers from.

"""

ORDER = ("ours", "same", "later", "gone")


def page():
    """The text of the page: a table that counts, then a section for each module."""
    fates = {name: status_of(name) for name in tf1_names()}
    counts = [sum(fate.status == status for fate in fates.values()) for status in ORDER]
    head = f"| {' | '.join(ORDER)} | together |\n|{'---|' * 5}\n| {' | '.join(map(str, counts))} | {len(fates)} |\n"
    return HEAD + head + "".join(_sections("tf", fates)) + _in_some_modes()


def _in_some_modes():
    lines = ["\n## In graph mode only\n\nThey raise eagerly and in a `tf.function`, and say what to do.\n\n"]
    lines.append(" ".join(f"`{name}`" for name in sorted(NEED_A_SESSION)) + ".\n")
    lines.append("\n## Otherwise in some mode\n\n")
    ways = {}
    for name, (how, modes) in DIFFERS.items():
        ways.setdefault((how, modes), []).append(name)
    for (how, modes), names in ways.items():
        lines.append(f"- {' '.join(f'`{name}`' for name in names)} ({', '.join(modes)}): {how}.\n")
    return "".join(lines)


def _sections(module, fates):
    """A module's own section, then those of the modules in it; only one line for a module with a single fate."""
    inside = [name for name in fates if name.startswith(f"{module}.")]
    if len({fates[name] for name in inside}) == 1:
        everything = f"{module}.*" if len(inside) > 1 else inside[0]
        yield f"\n## {module}\n\n{_row(fates[inside[0]], [everything])}"
        return
    modules = {name for name in (f"{module}.{member}" for member in members()[module]) if name in members()}
    groups: dict[Status, list[str]] = {}
    for member in members()[module]:
        if f"{module}.{member}" not in modules:
            groups.setdefault(fates[f"{module}.{member}"], []).append(member)
    if groups:
        yield f"\n## {module}\n\n"
    for fate in sorted(groups, key=lambda fate: ORDER.index(fate.status)):
        yield _row(fate, groups[fate])
    for each in sorted(modules):
        yield from _sections(each, fates)


def _row(fate, names):
    because = f" It {fate.reason}." if fate.reason else ""
    instead = f" {fate.instead}" if fate.instead else ""
    row = f"- **{fate.status}**: {' '.join(f'`{name}`' for name in names)}.{because}{instead}"
    return row.replace("\n", " ") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
