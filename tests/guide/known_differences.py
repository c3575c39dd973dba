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
is expected to fail, so that a row that is no longer true is noticed.

This page is written by `python tests/guide/known_differences.py` from `tests/differences.toml`.

| fact of TF 1.15 | differs in | why | what to write |
|---|---|---|---|
"""


def page():
    rows = tomllib.loads(ROWS.read_text(encoding="utf-8")).get("difference", [])
    return HEAD + "".join(_row(row) for row in rows)


def _row(row):
    topic, _, name = row["fact"].partition(".")
    modes = {mode.removeprefix("second_") for mode in row["modes"]}
    later = "" if set(row["modes"]) & ALL_MODES else ", later passes"
    where = "every mode" if modes == ALL_MODES else ", ".join(sorted(modes))
    cells = (f"{topic}: {name.replace('_', ' ')}", where + later, row["reason"], row["way_out"])
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
