"""Every page of the guide runs from top to bottom; its links lead somewhere."""

import re
from pathlib import Path

import pytest

import tf1compat_wd as tf
from tf1compat_wd.names import members, tf1_names

from . import known_differences, names

GUIDE = Path(__file__).parents[2] / "migration_guide"
PAGES = sorted(path for path in GUIDE.rglob("*.md"))

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def page_name(path):
    return str(path.relative_to(GUIDE))


def with_real_line_numbers(text):
    """The code of a page, where every line stands at its place on the page."""
    lines = []
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1))
        lines += [""] * (first - len(lines))
        lines += block.group(1).splitlines()
    return "\n".join(lines) + "\n"


@pytest.fixture(autouse=True)
def ambient_scope_is_empty():
    tf.reset_default_graph()
    yield
    tf.reset_default_graph()


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_block_of_a_page_runs(path):
    text = path.read_text(encoding="utf-8")
    exec(compile(with_real_line_numbers(text), str(path), "exec"), {"__name__": "guide_page"})


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_links_between_pages_lead_somewhere(path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


TRANSLATIONS = sorted((GUIDE / "zh").glob("*.md"))


@pytest.mark.parametrize("path", TRANSLATIONS, ids=page_name)
def test_a_translation_has_the_blocks_of_the_english_page(path):
    blocks = [BLOCK.findall(page.read_text(encoding="utf-8")) for page in (path, GUIDE / path.name)]
    assert blocks[0] == blocks[1]


def test_the_guide_has_its_pages():
    assert {"weight_decay.md", "variables.md", "zh/weight_decay.md"} <= {page_name(path) for path in PAGES}


def test_the_start_page_leads_to_every_page():
    links = set(LINK.findall((GUIDE / "README.md").read_text(encoding="utf-8")))
    assert {page_name(path) for path in PAGES} - {"README.md"} <= links


def test_pages_that_errors_name_exist():
    errors = (Path(tf.__file__).parent / "_core" / "errors.py").read_text(encoding="utf-8")
    for name in set(re.findall(r"migration_guide/([\w/]+\.md)", errors)):
        assert (GUIDE / name).exists(), name


def test_the_page_of_known_differences_is_the_table_of_differences():
    # If not: python tests/guide/known_differences.py
    assert known_differences.PAGE.read_text(encoding="utf-8") == known_differences.page()


def test_the_page_of_names_is_what_the_package_answers():
    # If not: python -m tests.guide.names
    assert names.PAGE.read_text(encoding="utf-8") == names.page()


def test_the_page_of_names_has_every_name():
    text = names.PAGE.read_text(encoding="utf-8")
    whole = tuple(found.removesuffix("*") for found in re.findall(r"`(tf\.[\w.]+\*)`", text))
    listed = set()
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        module, _, rows = section.partition("\n")
        listed |= {name if name.startswith("tf.") else f"{module}.{name}" for name in re.findall(r"`([\w.]+)`", rows)}
    for name in tf1_names():
        assert name in listed or name in members() or name.startswith(whole), name
