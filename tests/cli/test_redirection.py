"""What import statements of the user's own files become. Nothing here runs a script."""

import ast
import sys

import pytest

from tf1compat_wd.cli.redirection import redirect, redirected

VIEWS = "tf1compat_wd.cli"

REWRITTEN = {
    "import tensorflow as tf": "import tf1compat_wd as tf",
    "import tensorflow": "import tf1compat_wd as tensorflow",
    "import tensorflow.compat.v1 as tf": "import tf1compat_wd as tf",
    "import tensorflow.compat.v1": "import tf1compat_wd as tensorflow",
    "import tensorflow.contrib.slim as slim": "import tf1compat_wd.contrib.slim as slim",
    "import tensorflow.contrib.slim":
        "import tf1compat_wd.contrib.slim as tensorflow; import tf1compat_wd as tensorflow",
    "import tf_slim as slim": "import tf1compat_wd.contrib.slim as slim",
    "from tensorflow_estimator.python.estimator import model_fn":
        "from tf1compat_wd.python.estimator import model_fn",
    "import tensorflow_estimator as tfe": "import tf1compat_wd.estimator as tfe",
    "import os, tensorflow as tf, sys": "import os; import tf1compat_wd as tf; import sys",
    "from tensorflow import *": "from tf1compat_wd import *",
    "from tensorflow import Session, placeholder as p": "from tf1compat_wd import Session, placeholder as p",
    "from tensorflow import keras, layers": "from tf1compat_wd import keras, layers",
    "from tensorflow.contrib import layers as l, slim": "from tf1compat_wd.contrib import layers as l, slim",
    "from tensorflow.contrib.layers import xavier_initializer":
        "from tf1compat_wd.contrib.layers import xavier_initializer",
    "from tensorflow.compat.v1 import placeholder": "from tf1compat_wd import placeholder",
    "from tensorflow.compat.v1.train import Saver": "from tf1compat_wd.train import Saver",
    "from tensorflow.compat import v1 as tf": "import tf1compat_wd as tf",
    "from tensorflow.compat import v1, v2": "import tf1compat_wd as v1; from tf1compat_wd.compat import v2",
    "from tensorflow import python, nn": "from tf1compat_wd import python, nn",
    "from tensorflow import core, nn": "from tensorflow import core; from tf1compat_wd import nn",
    "import tensorflow.python.ops.array_ops":
        "import tf1compat_wd.python.ops.array_ops as tensorflow; import tf1compat_wd as tensorflow",
    "from tensorflow.python.framework import ops": "from tf1compat_wd.python.framework import ops",
    "from tensorflow.examples.tutorials.mnist import input_data":
        "from tf1compat_wd.examples.tutorials.mnist import input_data",
    "import tensorflow.keras": "import tensorflow.keras as tensorflow; import tf1compat_wd as tensorflow",
    "import numpy as np": f"from {VIEWS}.script_numpy import _this_module as np",
    "import numpy": f"from {VIEWS}.script_numpy import _this_module as numpy",
    "import numpy.random": f"import numpy.random as numpy; from {VIEWS}.script_numpy import _this_module as numpy",
    "from numpy import ones, int, load": f"from numpy import ones; from {VIEWS}.script_numpy import int, load",
    "from numpy import *": f"from {VIEWS}.script_numpy import *",
    "import importlib": f"from {VIEWS}.script_importlib import _this_module as importlib",
    "from importlib import import_module": f"from {VIEWS}.script_importlib import import_module",
}  # fmt: skip

LEFT_ALONE = (
    "import os.path",
    "import tensorflow_probability as tfp",
    "import tensorflow.keras.backend as K",
    "from tensorflow.python import keras",
    "from tensorflow.python.keras import backend as K",
    "import tensorflow.compat.v2 as tf",
    "from tensorflow.keras import layers",
    "from tensorflow.core.framework import graph_pb2",
    "from . import tensorflow",
    "from .tensorflow import Session",
    "from __future__ import print_function",
    "import numpy.random as npr",
    "from numpy.random import rand",
    "from importlib import util",
    "tensorflow = 'import tensorflow as tf'",
    "import keras, scipy",
)


def tree_of(source):
    return redirect(source.encode(), "script.py")


def rewritten(source):
    return "; ".join(ast.unparse(statement) for statement in tree_of(source).body)


@pytest.mark.parametrize("source", REWRITTEN)
def test_the_statement_is_redirected(source):
    assert rewritten(source) == REWRITTEN[source]


@pytest.mark.parametrize("source", LEFT_ALONE)
def test_the_statement_is_left_alone(source):
    assert rewritten(source) == source


@pytest.mark.parametrize("source", [*REWRITTEN, *LEFT_ALONE])
def test_the_statement_binds_the_names_that_it_bound(source):
    def bound(tree):
        names = set()
        for statement in tree.body:
            for alias in getattr(statement, "names", ()):
                names.add(alias.asname or alias.name.partition(".")[0])
        return names

    assert bound(tree_of(source)) == bound(ast.parse(source))


def test_statements_in_functions_branches_and_handlers_are_redirected():
    source = """
def f():
    if x:
        for i in y:
            import tensorflow as a
        else:
            import tensorflow as b
    while x:
        with y:
            import tensorflow as c
class C:
    try:
        import tensorflow as d
    except ImportError:
        import tensorflow as e
    else:
        import tensorflow as f
    finally:
        import tensorflow as g
    async def method(self):
        match x:
            case 1:
                import tensorflow as h
"""
    text = ast.unparse(tree_of(source))
    assert [f"import tf1compat_wd as {name}" in text for name in "abcdefgh"] == [True] * 8
    assert "tensorflow" not in text


def test_line_numbers_stay():
    source = "x = 1\n\nfrom tensorflow.compat import (\n    v1,\n    v2,\n)\nimport os, tensorflow\ny = 1 / 0\n"
    tree = tree_of(source)
    assert [statement.lineno for statement in tree.body] == [1, 3, 3, 7, 7, 8]
    with pytest.raises(ZeroDivisionError) as raised:
        exec(compile(ast.Module(tree.body[-1:], []), "script.py", "exec"))
    assert raised.traceback[-1].lineno + 1 == 8


def test_a_file_that_imports_us_is_left_alone():
    source = "import tensorflow as tf2\nimport tf1compat_wd as tf"
    assert rewritten(source) == source.replace("\n", "; ")


def test_dunder_import_comes_after_the_docstring_and_future_imports():
    tree = tree_of('"""Doc."""\nfrom __future__ import division\ntf = __import__("tensorflow")')
    assert [type(statement).__name__ for statement in tree.body] == ["Expr", "ImportFrom", "ImportFrom", "Assign"]
    assert ast.unparse(tree.body[2]) == f"from {VIEWS}.script_importlib import __import__"
    compile(tree, "script.py", "exec")


def test_names_given_at_run_time_are_redirected_too():
    import tf1compat_wd

    scope = {}
    source = """
import importlib
from importlib import import_module
modules = [
    importlib.import_module("tensorflow"), import_module("tensorflow.compat.v1"), __import__("tensorflow"),
    __import__("tensorflow.compat.v1"), __import__("tensorflow.compat.v1", fromlist=["nn"]),
]
train = importlib.import_module("tensorflow.train"), __import__("tensorflow.train", fromlist=["x"])
others = importlib.import_module("os.path"), __import__("os.path"), importlib.import_module(".path", "os")
reload = importlib.reload
"""
    exec(compile(tree_of(source), "script.py", "exec"), scope)
    import importlib
    import os

    assert scope["modules"] == [tf1compat_wd] * 5
    assert scope["train"] == (tf1compat_wd.train,) * 2
    assert scope["others"] == (os.path, os, os.path)
    assert scope["reload"] is importlib.reload


def test_redirected_modules_can_be_imported():
    scope = {}
    source = """
import tensorflow.contrib.slim, tensorflow.compat.v1
import tensorflow.train as train
from tensorflow.compat.v1 import nn
from tensorflow import *
"""
    exec(compile(tree_of(source), "script.py", "exec"), scope)
    import tf1compat_wd

    assert scope["tensorflow"] is tf1compat_wd
    assert scope["tensorflow"].contrib.slim is sys.modules["tf1compat_wd.contrib.slim"]
    assert scope["train"] is tf1compat_wd.train
    assert scope["nn"] is tf1compat_wd.nn
    assert scope["get_variable"] is tf1compat_wd.get_variable
    assert sys.modules["tensorflow"] is not tf1compat_wd


@pytest.mark.parametrize("module", ["numpy", "tensorflowx", "tf_slimmer", "tensorflow_core", "keras.tensorflow"])
def test_other_modules_are_not_redirected(module):
    assert redirected(module) is None
