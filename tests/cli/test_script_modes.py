"""Which mode a program is found to be written for, and why. Nothing here runs a program."""

import ast

import pytest

from tf1compat_wd.cli.script_files import ScriptFiles
from tf1compat_wd.cli.script_modes import Choice, choose_mode, reasons_in


@pytest.fixture
def mode_of(tmp_path):
    """Write a script, and other files by their path; return what is chosen for the script."""

    def choose(script, files=None, package=""):
        for name, source in {"script.py": script, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)
        return choose_mode(str(tmp_path / "script.py"), ScriptFiles(str(tmp_path)), package)

    return choose


GRAPH = {
    "import tensorflow as tf\nwith tf.Session() as sess: pass": "tf.Session",
    "import tensorflow as tf\nx = tf.placeholder(tf.float32)": "tf.placeholder",
    "import tensorflow.compat.v1 as tf1\nx = tf1.placeholder(tf1.float32)": "tf.placeholder",
    "import tensorflow\nx = tensorflow.compat.v1.placeholder()": "tf.placeholder",
    "from tensorflow import Session\nSession()": "tf.Session",
    "from tensorflow import Session as S\nS()": "tf.Session",
    "from tensorflow.compat import v1\nv1.Session()": "tf.Session",
    "import tensorflow as tf\ntf.compat.v1.disable_v2_behavior()": "tf.disable_v2_behavior",
    "import tensorflow as tf\nsv = tf.train.Supervisor()": "tf.train.Supervisor",
    "import tensorflow as tf\nwith tf.train.MonitoredTrainingSession() as s: pass": "tf.train.MonitoredTrainingSession",
    "import tensorflow as tf\nq = tf.train.string_input_producer([])": "tf.train.string_input_producer",
    "import tensorflow as tf\nq = tf.FIFOQueue(3, [])": "tf.FIFOQueue",
    "import tensorflow as tf\ne = tf.estimator.Estimator(f)": "tf.estimator.Estimator",
    "from tensorflow.contrib import learn\nlearn.Experiment()": "tf.contrib.learn.Experiment",
    "import tensorflow.contrib.slim as slim\nslim.learning.train(op)": "tf.contrib.slim.learning.train",
    "import tf_slim as slim\nslim.learning.train(op)": "tf.contrib.slim.learning.train",
    "it = dataset.make_one_shot_iterator()": ".make_one_shot_iterator",
    "def step(sess, op, x):\n    return sess.run(op, feed_dict={x: 1})": "feed_dict=",
    "from common import *\nx = tf.placeholder(tf.float32)": "tf.placeholder",
    # Says one thing on a condition, needs the other.
    "import tensorflow as tf\nif FLAGS.eager:\n    tf.enable_eager_execution()\ntf.Session()": "tf.Session",
    "import tensorflow as tf\ntf.Session()\nwith tf.GradientTape() as t: pass": "tf.Session",
}

EAGER = {
    "import tensorflow as tf\nprint(tf.get_variable('w', [2]))": None,
    "import numpy as np\nclass Session: pass\nSession()": None,
    "import other\nother.Session()\nother.tf_placeholder()": None,
    "import tensorflow as tf\ntf.enable_eager_execution()": "tf.enable_eager_execution",
    "import tensorflow as tf\nif __name__ == '__main__':\n    tf.enable_eager_execution()": "tf.enable_eager_execution",
    "import tensorflow as tf\ntf.enable_eager_execution()\ndef old():\n    tf.Session()": "tf.enable_eager_execution",
    "import tensorflow as tf\nif x:\n    tf.enable_eager_execution()": "tf.enable_eager_execution",
    "import tensorflow as tf\nwith tf.GradientTape() as tape: pass": "tf.GradientTape",
    "# tf.Session()\n'tf.placeholder'": None,
    "from tensorflow.contrib import learn\nlearn.preprocessing.VocabularyProcessor(3)": None,
    "import tensorflow as tf\niris = tf.contrib.learn.datasets.load_iris()": None,
}


@pytest.mark.parametrize("source", GRAPH)
def test_graph_mode_is_found(source, mode_of):
    choice = mode_of(source)
    assert choice.mode == "graph"
    assert GRAPH[source] in [reason.what for reason in choice.reasons]


@pytest.mark.parametrize("source", EAGER)
def test_eager_mode_is_found(source, mode_of):
    choice = mode_of(source)
    assert choice.mode == "eager"
    assert [reason.what for reason in choice.reasons] == ([EAGER[source]] if EAGER[source] else [])


def test_a_reason_names_file_and_line(mode_of, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    choice = mode_of("import tensorflow as tf\n\n\nx = tf.placeholder(\n    tf.float32)\n")
    assert [str(reason) for reason in choice.reasons] == ["script.py:4 uses tf.placeholder"]


def test_reasons_come_in_the_order_of_the_lines():
    tree = ast.parse("import tensorflow as tf\ntf.Session()\nx = tf.placeholder()\nsess.run(y, feed_dict={})")
    assert [reason.line for reason in reasons_in(tree, "x.py")] == [2, 3, 4]


SESSION = "import tensorflow as tf\ntf.Session()"


IMPORTS = [
    ("import model", {"model.py": SESSION}),
    ("def f():\n    import model", {"model.py": SESSION}),
    ("import a", {"a.py": "import b", "b.py": "import a\nimport c", "c.py": SESSION}),
    ("import package", {"package/__init__.py": SESSION}),
    ("import package.model", {"package/__init__.py": "", "package/model.py": SESSION}),
    ("from package import model", {"package/__init__.py": "", "package/model.py": SESSION}),
    ("from package.model import f", {"package/model.py": SESSION}),
    ("import package", {"package/__init__.py": "from . import model", "package/model.py": SESSION}),
    ("import package", {"package/__init__.py": "from .model import f", "package/model.py": SESSION}),
    ("import p.q.a", {"p/__init__.py": "", "p/q/__init__.py": "", "p/q/a.py": "from ..b import f", "p/b.py": SESSION}),
]


@pytest.mark.parametrize(("script", "files"), IMPORTS)
def test_imported_files_are_read_too(script, files, mode_of):
    assert mode_of(script, files).mode == "graph"


def test_a_module_of_a_package_may_import_its_neighbours(mode_of):
    assert mode_of("from . import model", {"package/model.py": SESSION}, package="package").mode == "graph"


def test_folders_above_are_read_if_the_script_changes_its_path(tmp_path):
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "train.py"
    (tmp_path / "model.py").write_text(SESSION)
    for source, mode in (("import model", "eager"), ("import sys; sys.path.append('..'); import model", "graph")):
        script.write_text(source)
        assert choose_mode(str(script), ScriptFiles(str(script.parent))).mode == mode


def test_modules_named_with_also_are_read(tmp_path, monkeypatch):
    (tmp_path / "elsewhere" / "library").mkdir(parents=True)
    (tmp_path / "elsewhere" / "library" / "__init__.py").write_text("from . import inner")
    (tmp_path / "elsewhere" / "library" / "inner.py").write_text(SESSION)
    (tmp_path / "script.py").write_text("import library")
    monkeypatch.syspath_prepend(tmp_path / "elsewhere")
    for also, mode in (((), "eager"), (("library",), "graph")):
        assert choose_mode(str(tmp_path / "script.py"), ScriptFiles(str(tmp_path), also)).mode == mode


def test_files_that_are_not_imported_are_not_read(mode_of):
    assert mode_of("import tensorflow", {"other.py": SESSION}) == Choice("eager", ())


def test_a_broken_or_missing_import_does_not_matter(mode_of):
    assert mode_of("import broken, missing, os", {"broken.py": "print 'x'"}).mode == "eager"
