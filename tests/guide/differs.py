"""Writes tf1compat_wd/names/differs.py from tests/differences.toml and the namespace. Run it as a module."""

import inspect
import types
from functools import cache
from pathlib import Path

import tf1compat_wd
from tf1compat_wd._namespace import look_up
from tf1compat_wd.names import tf1_names

from . import known_differences

FILE = Path(__file__).parents[2] / "tf1compat_wd" / "names" / "differs.py"

HEAD = '''"""TF1's names that need a session, and those that do something else in some mode.

Written by `python -m tests.guide.differs` from `tests/differences.toml`, whose rows are tests, and from what the
functions of the namespace ask for. The whole list of differences is migration_guide/known_differences.md.
"""

'''


@cache
def offered():
    """TF1's functions and classes that are offered, by full name."""
    found = {name: look_up(name) for name, known in tf1_names().items() if known.kind in ("function", "class")}
    return {name: each.value for name, each in found.items() if each is not None}


def names_that_need_a_session():
    """The names whose functions raise outside graph mode, before anything else."""
    return sorted(name for name, value in offered().items() if any(map(_asks_for_graph_mode, _codes(value))))


def _codes(value):
    """The code that runs when `value` is called, with that of the functions that it wraps."""
    if inspect.isclass(value):
        for name in ("__new__", "__init__"):
            yield from _codes(vars(value).get(name))
    while value is not None:
        value = getattr(value, "__func__", value)
        if isinstance(value, types.FunctionType):
            yield value.__code__
        value = getattr(value, "__wrapped__", None)


def _asks_for_graph_mode(code):
    return bool({"require_graph_mode", "_require_graph_for_loop"} & set(code.co_names))


def names_that_differ():
    """By full name: how, and the modes."""
    found = {}
    for row in (*known_differences.rows("difference"), *known_differences.rows("elsewhere")):
        modes = sorted({mode.removeprefix("second_") for mode in row["modes"]})
        for name in names_of(row):
            found.setdefault(name, (f"{row['reason']}: {row['way_out']}", modes))
    return {name: found[name] for name in sorted(found)}


def names_of(row):
    """The names that a row speaks for, those included under which TF1 had the same function elsewhere."""
    if "kind_of" not in row:
        named = row.get("names", [])
        meant = [offered()[name] for name in named if name in offered()]
        found = [name for name, value in offered().items() if any(value is each for each in meant)]
        return found + [name for name in named if name not in offered()]
    kind = look_up(row["kind_of"]).value
    return [name for name, value in offered().items() if inspect.isclass(value) and issubclass(value, kind)]


def text():
    """The text of the file."""
    session = names_that_need_a_session()
    differ = {name: row for name, row in names_that_differ().items() if name not in session}
    lines = [HEAD, "NEED_A_SESSION: frozenset[str] = frozenset(\n    {\n"]
    lines += [f'        "{name}",\n' for name in session]
    lines += ['    }\n)\n"""They raise outside graph mode."""\n\n_HOW = (\n']
    hows = list(dict.fromkeys(how for how, _ in differ.values()))
    for how in hows:
        lines += [f"    {_quoted(part)}\n" for part in _parts(how)]
        lines[-1] = lines[-1].rstrip("\n") + ",\n"
    lines += [")\n\nDIFFERS: dict[str, tuple[str, tuple[str, ...]]] = {\n"]
    for name, (how, modes) in differ.items():
        in_modes = ", ".join(f'"{mode}"' for mode in modes) + ("," if len(modes) == 1 else "")
        lines.append(f'    "{name}": (_HOW[{hows.index(how)}], ({in_modes})),\n')
    lines += ['}\n"""By full name, how it differs, and in which modes."""\n']
    return "".join(lines)


def _parts(how):
    words = how.split(" ")
    line = ""
    for word in words:
        if len(line) + len(word) > 100:
            yield line
            line = ""
        line += f"{word} "
    yield line.rstrip()


def _quoted(part):
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    assert tf1compat_wd  # loaded, so that all namespaces are
    FILE.write_text(text(), encoding="utf-8")
