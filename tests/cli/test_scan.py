"""``tf1compat-wd scan``: finds names through any alias, and says what becomes of them as the namespace does."""
# ruff: noqa: E501  (a program and what is found in it stand side by side)

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import tf1compat_wd as tf
from tf1compat_wd import names
from tf1compat_wd.cli.messages import UsageError
from tf1compat_wd.cli.scan import as_dict, page, scan
from tf1compat_wd.cli.scan.files import find_files
from tf1compat_wd.cli.scan.findings import STATUSES, fate_of

ROOT = Path(__file__).parents[2]


def scanned(folder, **files):
    """The report of each file of a project in `folder`, by its name."""
    for name, source in files.items():
        path = folder / name.replace("__", "/", 1 if not name.startswith("__") else 0)
        path = path.with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(source), encoding="utf-8")
    reports = scan(find_files([str(folder)]), (str(folder),), 1)
    return {Path(report.path).stem: report for report in reports}


def found(folder, source):
    report = scanned(folder, program=source)["program"]
    return [(finding.line, finding.name) for finding in report.findings]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import tensorflow as tf\ntf.nn.relu(1)", [(2, "tf.nn.relu")]),
        ("import tensorflow\ntensorflow.nn.relu.__name__", [(2, "tf.nn.relu")]),
        ("import tensorflow.compat.v1 as tf\ntf.mul", [(2, "tf.mul")]),
        ("import tensorflow as tf\ntf.compat.v1.layers.dense", [(2, "tf.layers.dense")]),
        ("from tensorflow.compat import v1 as t\nt.layers", [(2, "tf.layers")]),
        ("from tensorflow import layers as l\nl.dense", [(1, "tf.layers"), (2, "tf.layers.dense")]),
        ("import tensorflow.contrib.slim as s\ns.conv2d", [(1, "tf.contrib.slim"), (2, "tf.contrib.slim.conv2d")]),
        ("import tf_slim as s\ns.conv2d", [(1, "tf.contrib.slim"), (2, "tf.contrib.slim.conv2d")]),
        ("from tensorflow.contrib.rnn import *\nLSTMCell(3)", [(1, "tf.contrib.rnn"), (2, "tf.contrib.rnn.LSTMCell")]),
        ("from tensorflow import *\nnn.relu", [(2, "tf.nn.relu")]),
        ("import tensorflow as tf\nslim = tf.contrib.slim\ndef f(): slim.conv2d", [(2, "tf.contrib.slim"), (3, "tf.contrib.slim.conv2d")]),
        ("import tensorflow as tf\na, (b, c) = tf.nn, (1, tf.layers)\na.relu, c.dense", [(2, "tf.nn"), (2, "tf.layers"), (3, "tf.nn.relu"), (3, "tf.layers.dense")]),
        ("def f():\n  import tensorflow as t\n  return t.nn.relu", [(3, "tf.nn.relu")]),
        ("def f():\n  import tensorflow as t\nt.nn.relu", []),
        ("import tensorflow as tf\nclass A:\n  def a(self): self.l = tf.layers\n  def b(self): self.l.dense(1)", [(3, "tf.layers"), (4, "tf.layers.dense")]),
        ("import tensorflow as tf\ngetattr(tf.nn, 'relu')", [(2, "tf.nn.relu"), (2, "tf.nn")]),
        ("import importlib\nt = importlib.import_module('tensorflow.contrib.slim')\nt.conv2d", [(3, "tf.contrib.slim.conv2d")]),
        ("try:\n  import tensorflow.compat.v1 as tf\nexcept ImportError:\n  import tensorflow as tf\ntf.nn.relu", [(5, "tf.nn.relu")]),
        ("import tensorflow as tf\nf = tf.nn.relu if 1 else tf.nn.elu\nf(1)", [(2, "tf.nn.relu"), (2, "tf.nn.elu"), (3, "tf.nn.elu"), (3, "tf.nn.relu")]),
        ("import tensorflow as tf\ndef f(act=tf.nn.relu, *, b=lambda x: tf.exp(x)): act(1)", [(2, "tf.nn.relu"), (2, "tf.exp"), (2, "tf.nn.relu")]),
        ("import tensorflow as tf\nx = f'{tf.nn.relu(1)}'", [(2, "tf.nn.relu")]),
        ("import tensorflow as tf\nF = tf.app.flags\nF.FLAGS.x", [(2, "tf.app.flags"), (3, "tf.app.flags.FLAGS")]),
        ("import tensorflow as tf\ntf.keras.layers.Dense(3)", [(2, "tf.keras.layers.Dense")]),
        ("def model(tf, x): return tf.exp(x)", [(1, "tf.exp")]),
        ("from tensorflow.python.ops import math_ops\nmath_ops.add", [(1, "tensorflow.python.ops.math_ops"), (2, "tensorflow.python.ops.math_ops.add")]),
        ("import tf1compat_wd as tf, tensorflow as tf2\ntf.nn.relu, tf2.nn.elu", [(2, "tf.nn.relu")]),
        ("import numpy as np\nnp.exp(1)", []),
        ("import tensorflow as tf\nfrom tensorflow import __version__ as v\nv, tf.__version__, tf.nn.__name__, tf.__file__", [(2, "tf.__version__"), (3, "tf.__version__"), (3, "tf.__version__"), (3, "tf.nn")]),
        ("x = 'tf.nn.relu' # tf.nn.relu", []),
        ("import tensorflow as tf\n@tf.function\nclass A(tf.Module): x: tf.Tensor = tf.ones([1])", [(2, "tf.function"), (3, "tf.Module"), (3, "tf.Tensor"), (3, "tf.ones")]),
    ],
)  # fmt: skip
def test_names_are_found_through_aliases(tmp_path, source, expected):
    assert sorted(found(tmp_path, source)) == sorted(expected)


def test_names_are_found_through_other_files(tmp_path):
    reports = scanned(
        tmp_path,
        common="import tensorflow as tf\nfrom tensorflow.contrib import slim\nlayers = tf.layers",
        package____init__="",
        package__stars="from common import *\ntf.nn.relu\nslim.conv2d\nlayers.dense",
        package__named="from .stars import tf as t, layers\nimport common as c\nt.nn.elu\nc.slim.fully_connected\nlayers.flatten",
        unknown="from somewhere import tf\nfrom elsewhere import *\ntf.nn.tanh",
    )

    def names_in(file):
        return {finding.name for finding in reports[file].findings}

    assert {"tf.nn.relu", "tf.contrib.slim.conv2d", "tf.layers.dense"} <= names_in("stars")
    assert {"tf.nn.elu", "tf.contrib.slim.fully_connected", "tf.layers.flatten"} <= names_in("named")
    assert names_in("unknown") == {"tf.nn.tanh"}


def test_files_that_import_each_other_end(tmp_path):
    reports = scanned(tmp_path, a="from b import *\ntf.exp", b="from a import *\nimport tensorflow as tf\nx = x")
    assert "tf.exp" in {finding.name for finding in reports["a"].findings}


def test_names_that_are_bound_by_one_another_do_not_take_forever(tmp_path):
    """As in tflearn: every way through them was gone once, which were 2 to the 30."""
    body = "import tensorflow as tf\nclass A:\n  def a(self, x):\n"
    body += "".join(f"    self.x = self.x or self.y or x{n}; self.y = self.y or self.x or tf.nn\n" for n in range(8))
    reports = scanned(tmp_path, program=body + "    self.x.relu(self.y.elu)")
    assert {"tf.nn.relu", "tf.nn.elu"} <= {finding.name for finding in reports["program"].findings}
    for number in range(8):
        stars = "".join(f"from m{other} import *\n" for other in range(8) if other != number)
        (tmp_path / f"m{number}.py").write_text(
            stars + ("import tensorflow as tf\n" if number == 5 else "tf.nn.relu\n")
        )
    reports = {Path(report.path).stem: report for report in scan(find_files([str(tmp_path)]), (str(tmp_path),), 1)}
    assert all("tf.nn.relu" in {f.name for f in reports[f"m{n}"].findings} for n in (0, 4, 7))


# ---------------------------------------------------------------------------------------- what becomes of them


def test_the_fate_of_every_name_is_that_of_the_namespace():
    for name, known in names.tf1_names().items():
        if known.kind == "module":  # offered if something in it is
            continue
        fate = fate_of(name)
        assert set(fate[:3]) <= set(STATUSES)
        is_there = tf._namespace.look_up(name) is not None
        assert is_there == (fate.graph in ("same", "ours", "differs", "session")), name


@pytest.mark.parametrize(
    ("name", "graph", "eager", "says"),
    [
        ("tf.nn.relu", "same", "same", "Works once the import is replaced."),
        ("tf.get_variable", "ours", "ours", "Works once the import is replaced."),
        ("tf.placeholder", "ours", "session", "Graph mode only: `tf1compat-wd run`"),
        ("tf.cond", "ours", "differs", "Eagerly the branch that isn't taken"),
        ("tf.contrib.tpu.InfeedQueue", "gone", "gone", "drove TPUs"),
        ("tf.app.flags.FLAGS", "same", "same", "Works"),
        ("tf.mul", "gone", "gone", "use tf.multiply"),
        ("tf.__version__", "differs", "differs", "those of the TensorFlow 2 that is installed"),
        ("tf.nn.relu7", "unknown", "unknown", "no such name"),
        ("tensorflow.python.ops.math_ops", "ours", "ours", "tf1compat-wd run"),
        ("tensorflow.core.framework.graph_pb2", "gone", "gone", "private module"),
    ],
)
def test_fates(name, graph, eager, says):
    fate = fate_of(name)
    assert (fate.graph, fate.eager) == (graph, eager)
    assert says in fate.advice


# ------------------------------------------------------------------------------------------ files and notebooks


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": source.splitlines(True)} for source in cells]})


def test_a_notebook_is_one_program(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(
        notebook("%matplotlib inline\nimport tensorflow as tf\n!ls", "print 'x'", "%%bash\nls", "x = 1\ntf.mul(x, x)")
    )
    (report,) = scan([str(path)], (), 1)
    assert [(f.cell, f.line, f.name) for f in report.findings] == [(2, 1, "(file)"), (4, 2, "tf.mul")]
    assert report.findings[1].place.endswith("a.ipynb cell 4:2")
    assert report.findings[1].source == "tf.mul(x, x)"


def test_what_cannot_be_read_is_a_finding_and_not_skipped(tmp_path):
    (tmp_path / "two.py").write_text("print 'a'\n")
    (tmp_path / "binary.py").write_bytes(b"\x00\x01\xff")
    (tmp_path / "not.ipynb").write_text("[]")
    (tmp_path / "latin.py").write_bytes("# coding: latin-1\nimport tensorflow as tf\ntf.mul  # é\n".encode("latin-1"))
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "missing")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.py").write_text("import tensorflow as tf; tf.mul")
    reports = {Path(r.path).name: r for r in scan(find_files([str(tmp_path)]), (), 1)}
    assert set(reports) == {"two.py", "binary.py", "not.ipynb", "latin.py"}
    assert "a Python 2 program" in reports["two.py"].findings[0].fate.advice
    assert reports["binary.py"].verdict == reports["not.ipynb"].verdict == "blocked"
    assert reports["latin.py"].findings[0].source == "tf.mul  # é"


def test_many_files_are_scanned_in_parallel_with_the_same_result(tmp_path):
    for number in range(100):
        (tmp_path / f"m{number:03}.py").write_text("import tensorflow as tf\n" + "tf.exp(1)\n" * (number % 7))
    files = find_files([str(tmp_path)])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    launcher = ROOT / "tf1compat_wd" / "cli" / "launcher.py"
    done = subprocess.run(
        [sys.executable, launcher, "scan", str(tmp_path), "--json", "--jobs", "2"],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == as_dict(scan(files, (str(tmp_path),), 1))


# ------------------------------------------------------------------------------------------------ the command


@pytest.fixture
def project(tmp_path):
    (tmp_path / "good.py").write_text("import tensorflow as tf\nx = tf.nn.relu(1.0)\n")
    (tmp_path / "session.py").write_text("import tensorflow as tf\nx = tf.placeholder(tf.float32)\n")
    return tmp_path


def command(folder, *arguments):
    launcher = ROOT / "tf1compat_wd" / "cli" / "launcher.py"
    return subprocess.run(
        [sys.executable, launcher, "scan", *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_text_and_exit_status(project):
    done = command(project, ".")
    assert done.returncode == 0, done.stderr
    assert "session.py:2: tf.placeholder session (eager, function): Graph mode only" in done.stdout
    assert "tf.nn.relu" not in done.stdout
    assert "3 uses of TensorFlow 1 in 2 of 2 files" in done.stdout
    assert "tf.nn.relu same" in command(project, "--all", "good.py").stdout
    assert command(project, ".", "--fail-on", "session").returncode == 1
    (project / "bad.py").write_text("from tensorflow.contrib.tpu import InfeedQueue\n")
    assert command(project, ".").returncode == 1
    assert command(project, ".", "--fail-on", "never").returncode == 0


def test_json_is_what_the_help_says(project):
    (project / "n.ipynb").write_text(notebook("", "import tensorflow as tf\ntf.nn.relu(1)"))
    whole = json.loads(command(project, ".", "--json", "--fail-on", "never").stdout)
    text = " ".join(command(project, "--help").stdout.split())
    assert set(whole) == {"schema", "totals", "files"}
    assert whole["schema"] == 1
    files = {file["path"]: file for file in whole["files"]}
    assert set(files["session.py"]) == {"path", "verdict", "readiness", "uses"}
    assert (files["session.py"]["verdict"], files["session.py"]["readiness"]) == ("session", 0.5)
    assert (files["good.py"]["verdict"], files["good.py"]["readiness"]) == ("ready", 1.0)
    (use,) = files["n.ipynb"]["uses"]
    assert (use["cell"], use["line"]) == (2, 2)
    assert set(use["status"]) == {"graph", "eager", "function"}
    for key in (*whole, *whole["files"][0], *use, *use["status"]):
        assert f'"{key}"' in text
    assert whole["totals"] == {"files": 3, "uses": 4, "same": 3, "session": 1}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_many_files_show_a_progress_bar_to_somebody_who_watches(tmp_path):
    for number in range(60):
        (tmp_path / f"m{number}.py").write_text("import tensorflow as tf\ntf.exp(1)\n")
    ours, theirs = os.openpty()
    launcher = ROOT / "tf1compat_wd" / "cli" / "launcher.py"
    done = subprocess.run(
        [sys.executable, launcher, "scan", ".", "--jobs", "2"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}, text=True, check=False, timeout=120,
    )  # fmt: skip
    os.close(theirs)
    assert done.returncode == 0
    assert "scanning" not in done.stdout
    assert b"scanning" in os.read(ours, 65536)
    os.close(ours)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing"], "there is no file or folder missing"),
        (["empty"], "there are no Python files or notebooks in empty"),
        (["notes.txt"], "notes.txt is neither a folder nor one of .py, .ipynb"),
        (["good.py", "--html", "no/folder.html"], "there is no folder for no/folder.html"),
        (["good.py", "--html", "empty"], "can't write empty"),
    ],
)
def test_bad_arguments_are_told_in_one_line(project, arguments, says):
    (project / "empty").mkdir()
    (project / "notes.txt").write_text("x")
    done = command(project, *arguments)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"tf1compat-wd: {says}")


def test_find_files_raises_for_what_is_not_there(tmp_path):
    with pytest.raises(UsageError):
        find_files([str(tmp_path / "missing")])


# ---------------------------------------------------------------------------------------------------- the page


def test_the_page_stands_alone(project):
    (project / "odd.py").write_text("import tensorflow as tf\ntf.mul('</script><b>&')\n")
    text = page.render(scan(find_files([str(project)]), (), 1), [str(project)])
    assert "://" not in text
    assert text.count("</script>") == 3
    assert "tf.placeholder" in text


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def in_chromium(*arguments):
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900"]
    return subprocess.run([CHROMIUM, *options, *arguments], capture_output=True, text=True, check=True, timeout=120)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_the_page_works_in_a_browser(project, tmp_path):
    path = tmp_path / "scan.html"
    path.write_text(page.render(scan(find_files([str(project)]), (), 1), ["project"]), encoding="utf-8")
    whole = in_chromium("--dump-dom", f"file://{path}").stdout
    rows = whole[whole.index("<tbody>") : whole.index("</tbody>")]
    assert rows.count("<tr>") == 3
    assert "3 of 3 uses" in whole
    filtered = in_chromium("--dump-dom", f"file://{path}#search=placeholder&status=session").stdout
    assert "1 of 3 uses" in filtered
    ordered = in_chromium("--dump-dom", f"file://{path}#sort=name&order=descending").stdout
    body = ordered[ordered.index("<tbody>") :]
    assert body.index(">tf.placeholder<") < body.index(">tf.nn.relu<") < body.index(">tf.float32<")
    in_chromium(f"--screenshot={tmp_path / 'scan.png'}", f"file://{path}")
    assert (tmp_path / "scan.png").stat().st_size > 10_000
