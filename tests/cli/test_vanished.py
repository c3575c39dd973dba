"""What ends an old program without being TensorFlow's gets one line: where, what, and what to do."""

import pytest

from tf1compat_wd.cli import messages, notebook, vanished
from tf1compat_wd.cli.script_files import explain
from tf1compat_wd.cli.tracebacks import without_our_frames

ENDINGS = {
    "import urllib2": "program.py:1: there is no urllib2: a Python 2 program; convert it to Python 3 first",
    "import tensorflow.models.rnn": "program.py:1: there is no tensorflow.models: it is in github.com/",
    "import nets.vgg": "program.py:1: there is no nets: it is in github.com/tensorflow/models",
    "from itertools import izip": "program.py:1: cannot import name 'izip' from 'itertools'",
    "x = {}\nx.iteritems()": "program.py:2: 'dict' object has no attribute 'iteritems': a Python 2 program",
    "def f():\n    xrange(3)\nf()": "program.py:2: name 'xrange' is not defined: a Python 2 program",
}


@pytest.mark.parametrize("source", ENDINGS)
def test_one_line_says_where_and_what_to_do(source):
    with pytest.raises((ImportError, AttributeError, NameError)) as info:
        exec(compile(source, "program.py", "exec"), {})
    assert vanished.explain(info.value).startswith(ENDINGS[source])


@pytest.mark.parametrize("source", ["import of_somebody_else", "nothing", "1 .x", "raise ImportError('x')", "1/0"])
def test_other_errors_speak_for_themselves(source):
    with pytest.raises(Exception) as info:  # noqa: PT011  (all of them)
        exec(compile(source, "program.py", "exec"), {})
    assert vanished.explain(info.value) is None


def test_a_missing_module_has_the_name_that_the_script_wrote():
    with pytest.raises(ModuleNotFoundError) as info:
        import tf1compat_wd.contrib.nothing  # noqa: F401
    without_our_frames(info.value)
    assert str(info.value) == "No module named 'tensorflow.contrib.nothing'"


def test_a_notebooks_commands_do_nothing_and_its_code_runs(capsys, monkeypatch):
    monkeypatch.setattr(messages, "_leaves_hints_to_parent", False)
    here = notebook.Notebook()
    here.magic("matplotlib inline")
    here.system("pip install x")
    here.run_cell_magic("time", "", "print('run')")
    here.run_line_magic("time", "print('run, too')")
    said = capsys.readouterr()
    assert said.out == "run\nrun, too\n"
    assert said.err == "tf1compat-wd: commands to the notebook do nothing here: %matplotlib inline\n"


def test_a_line_for_the_notebook_is_explained():
    with pytest.raises(SyntaxError) as info:
        compile("%matplotlib inline\n", "program.py", "exec")
    assert "program.py:1: a notebook's command: %matplotlib inline; convert" in explain(info.value)
