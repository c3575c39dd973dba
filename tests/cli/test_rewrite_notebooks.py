"""``tf1compat-wd rewrite`` on notebooks: the source of cells changes, every other byte stays."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tf1compat_wd.cli.rewrite.fixers import all_fixers
from tf1compat_wd.cli.rewrite.notebooks import rewrite_notebook
from tf1compat_wd.cli.scan import scan
from tf1compat_wd.cli.scan.uses import Project

FIXERS = all_fixers()


def rewritten(content, path="a.ipynb"):
    result = rewrite_notebook(content, path, FIXERS, Project())
    assert rewrite_notebook(result.new, path, FIXERS, Project()).new == result.new
    return result


def notebook(*cells, as_lines=True, **style):
    """A notebook of code cells, with outputs and text around them."""

    def source(text):
        return text.splitlines(keepends=True) if as_lines else text

    found = [{"cell_type": "markdown", "metadata": {}, "source": ["import tensorflow as tf é"]}]
    for number, cell in enumerate(cells):
        output = {"output_type": "stream", "name": "stdout", "text": ["tf.mul(1, 2)\n"], "number": 1.50}
        found.append(
            {
                "cell_type": "code",
                "execution_count": number,
                "metadata": {},
                "outputs": [output],
                "source": source(cell),
            }
        )
    whole = {"cells": found, "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 2}
    return json.dumps(whole, **style).encode()


def sources(content):
    cells = json.loads(content)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("style", [{}, {"indent": 1}, {"ensure_ascii": False, "separators": (",", ":")}])
@pytest.mark.parametrize("as_lines", [True, False])
def test_cells_are_one_program_and_only_their_source_changes(style, as_lines):
    before = notebook(
        "%matplotlib inline\nimport tensorflow as tf  # é\n!pip list\nfiles = !ls",
        "",
        "y = tf.mul(1.0,  # é\n           2.0)\n\n",
        "%%time\nz = tf.concat(0, [[y], [y]]); print('%s'\n  % z)",
        "%%bash\nimport tensorflow",
        as_lines=as_lines,
        **style,
    )
    result = rewritten(before)
    assert sources(result.new) == [
        "%matplotlib inline\nimport tf1compat_wd as tf  # é\n!pip list\nfiles = !ls",
        "",
        "y = tf.multiply(1.0,  # é\n           2.0)\n\n",
        "%%time\nz = tf.concat([[y], [y]], 0); print('%s'\n  % z)",
        "%%bash\nimport tensorflow",
    ]
    assert result.notes == []
    # With the new sources in place of the old ones, the old file is the new one, byte by byte.
    expected = json.loads(before)
    for old, new in zip(expected["cells"], json.loads(result.new)["cells"], strict=True):
        old["source"] = new["source"]
    assert json.dumps(expected, **style).encode() == result.new


def test_what_is_odd_in_the_file_stays():
    before = (
        b'\n {"cells" : [ {"cell_type":"code", "source": ["import tensorflow as tf\\n",\r\n  "tf.mul(1, 2)"],'
        b' "outputs": [1e5, 1.0E+2, null, true, "\\u00e9\\/", "\xc3\xa9"]\t} ], "metadata": {}}\n\n'
    )
    after = before.replace(b"import tensorflow", b"import tf1compat_wd").replace(b"tf.mul", b"tf.multiply")
    assert rewritten(before).new == after


def test_what_needs_a_hand_is_told_with_its_cell():
    result = rewritten(notebook("import tensorflow as tf", "# a\nwith tf.Session() as s:\n  pass"))
    assert [(note.cell, note.line) for note in result.notes] == [(3, 2)]


@pytest.mark.parametrize(
    ("cells", "cell", "says"),
    [
        (["import tensorflow as tf\ntf.mul(1, 2)", "print 'a'"], 3, "a Python 2 program"),
        (["import tensorflow as tf\ntf.mul(1, 2)", "x = (1,"], 3, "not Python 3"),
    ],
)
def test_a_cell_that_is_not_python_3_leaves_the_whole_notebook(cells, cell, says):
    before = notebook(*cells)
    result = rewritten(before)
    assert result.new == before
    assert [note.cell for note in result.notes] == [cell]
    assert says in result.notes[0].message


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"cells": 3}', b'{"cells": [}', b"\xff", b'{"cells": [{"cell_type": "code"}]}']
)
def test_what_is_no_notebook_is_told(content):
    result = rewritten(content)
    assert result.new == content
    assert [note.message for note in result.notes] == ["not a notebook"]


def test_another_language_is_left_and_not_scanned(tmp_path):
    whole = json.loads(notebook("library(tensorflow)"))
    whole["metadata"] = {"kernelspec": {"language": "R"}, "language_info": {"name": "R"}}
    content = json.dumps(whole).encode()
    assert rewritten(content).new == content
    (tmp_path / "r.ipynb").write_bytes(content)
    assert scan([str(tmp_path / "r.ipynb")], (), 1)[0].findings == []


def test_a_notebook_of_2014(tmp_path):
    cell = {"cell_type": "code", "input": ["import tensorflow as tf\n", "tf.mul(1, 2)"], "outputs": []}
    content = json.dumps({"worksheets": [{"cells": [cell]}], "nbformat": 3, "metadata": {}}).encode()
    assert b"tf.multiply(1, 2)" in rewritten(content).new
    (tmp_path / "old.ipynb").write_bytes(content)
    assert [finding.name for finding in scan([str(tmp_path / "old.ipynb")], (), 1)[0].findings] == ["tf.mul"]


LINES = st.sampled_from(
    [
        "import tensorflow as tf",
        "tf.mul(1, 2)",
        "%time tf.mul(1, 2)",
        "!ls {tf.mul}",
        "",
        "x = '\\u2028é\\\\n'",
        "tf.neg?",
    ]
    + ["y = tf.concat(1, [  # é", "    a, b])", "# tf1compat-wd: cell 1", "print('%d'", "% 3)", "\tz = 3", "%%bash"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(LINES, max_size=5).map("\n".join), max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_any_notebook_stays_one_with_the_same_lines(cells, as_lines, indent):
    before = notebook(*cells, as_lines=as_lines, indent=indent)
    after = rewritten(before).new
    assert [text.count("\n") for text in sources(after)] == [text.count("\n") for text in cells]
    expected = json.loads(before)
    for old, new in zip(expected["cells"], json.loads(after)["cells"], strict=True):
        old["source"] = new["source"]
    assert json.dumps(expected, indent=indent).encode() == after


def test_the_command_writes_notebooks(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook("import tensorflow as tf", "tf.mul(1, 2)"))
    old = path.read_bytes()
    launcher = Path(__file__).parents[2] / "tf1compat_wd" / "cli" / "launcher.py"
    done = subprocess.run(
        [sys.executable, launcher, "rewrite", ".", "--write"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sources(path.read_bytes()) == ["import tf1compat_wd as tf", "tf.multiply(1, 2)"]
    assert (tmp_path / "a.ipynb.orig").read_bytes() == old
