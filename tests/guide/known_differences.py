"""Writes migration_guide/known_differences.md from tests/differences.toml. Run it as a program."""

from pathlib import Path

try:
    import tomllib
except ImportError:  # Python 3.10, where pytest itself brings this one
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "migration_guide" / "known_differences.md"
ROWS = ROOT / "tests" / "differences.toml"
ALL_MODES = {"graph", "eager", "function"}

HEAD = """# Known differences from TF 1.15

What TF 1.15 does is recorded as some thousand facts, and each is replayed here in graph, eager and function mode, and
in the second pass of the last two. These are the facts that don't come out the same, knowingly. Each is a test that
is expected to fail, so that a row that is no longer true is noticed. Where a row names functions, `tf1compat-wd scan`
tells the difference at each use of them.

This page is written by `python tests/guide/known_differences.py` from `tests/differences.toml`.

| fact of TF 1.15 | differs in | why | what to write |
|---|---|---|---|
"""


ELSEWHERE = """
## What facts don't show

Facts run with a tape, without random numbers, and in no session of their own. These are the differences beyond; a test
runs a program for each.

| what | differs in | why | what to write |
|---|---|---|---|
"""


def rows(kind):
    """The rows ``[[difference]]`` or ``[[elsewhere]]``."""
    return tomllib.loads(ROWS.read_text(encoding="utf-8")).get(kind, [])


def page():
    """The text of the page."""
    facts, others = rows("difference"), rows("elsewhere")
    return HEAD + "".join(map(_row, facts)) + ELSEWHERE + "".join(map(_row, others))


def _what(row):
    names = ", ".join(f"`{name}`" for name in row.get("names", ()))
    if "fact" not in row:
        return names or f"`{row['kind_of']}` and all optimizers"
    topic, _, name = row["fact"].partition(".")
    return f"{topic}: {name.replace('_', ' ')}" + (f" ({names})" if names else "")


def _row(row):
    modes = {mode.removeprefix("second_") for mode in row["modes"]}
    later = "" if set(row["modes"]) & ALL_MODES else ", later passes"
    where = "every mode" if modes == ALL_MODES else ", ".join(sorted(modes))
    cells = (_what(row), where + later, row["reason"], row["way_out"])
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
