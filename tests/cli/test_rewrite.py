"""``tf1compat-wd rewrite``: before and after both run, with equal results; near misses stay as they are."""
# ruff: noqa: E501  (before and after stand one above the other)

import ast
import os
import random
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tf1compat_wd as tf
from tf1compat_wd.cli import redirection
from tf1compat_wd.cli.rewrite.engine import rewrite
from tf1compat_wd.cli.rewrite.fixers import all_fixers
from tf1compat_wd.cli.rewrite.source import comments
from tf1compat_wd.cli.scan.uses import Project

ROOT = Path(__file__).parents[2]
FIXERS = {fixer.name: fixer for fixer in all_fixers()}


def rewritten(source, *only, path="program.py"):
    """The source after the fixers, and the notes."""
    source = textwrap.dedent(source)
    chosen = [FIXERS[name] for name in only] if only else list(FIXERS.values())
    result = rewrite(source.encode(), path, chosen, Project())
    again = rewrite(result.new, path, chosen, Project())
    assert again.new == result.new  # twice equals once
    return result.new.decode(), [note.message for note in result.notes]


def run_program(source, names=()):
    """What a program leaves in `result`, its imports redirected as by `tf1compat-wd run`."""
    scope = {"__name__": "program", **dict(names)}
    exec(compile(redirection.redirect(source.encode(), "program.py"), "program.py", "exec"), scope)
    return tensorflow.nest.map_structure(lambda value: np.asarray(value).tolist(), scope["result"])


PAIRS = {
    "imports": [
        ("import tensorflow as tf\nresult = tf.nn.relu(-1.0)", "import tf1compat_wd as tf\nresult = tf.nn.relu(-1.0)"),
        (
            "import tensorflow.compat.v1 as tf  # TF1\nresult = tf.to_float(3)",
            "import tf1compat_wd as tf  # TF1\nresult = tf.to_float(3)",
        ),
        ("from tensorflow.compat import v1 as t\nresult = t.exp(0.0)", "import tf1compat_wd as t\nresult = t.exp(0.0)"),
        ("from tensorflow import exp, nn\nresult = nn.relu(exp(0.0))", "from tf1compat_wd import exp, nn\nresult = nn.relu(exp(0.0))"),
        ("import tensorflow as tf\nresult = tf.__version__[:1] < '2'", "import tf1compat_wd as tf\nresult = tf.__version__[:1] < '2'"),
        ("import os, tensorflow as tf, sys\nresult = tf.exp(0.0)", "import os, tf1compat_wd as tf, sys\nresult = tf.exp(0.0)"),
        ("import tensorflow\nresult = tensorflow.exp(0.0)", "import tf1compat_wd as tensorflow\nresult = tensorflow.exp(0.0)"),
        ("def f():\n\timport tensorflow as t; return t.exp(0.0)\nresult = f()", "def f():\n\timport tf1compat_wd as t; return t.exp(0.0)\nresult = f()"),
    ],
    "contrib_imports": [
        (
            "from tensorflow.contrib.layers import flatten as l2  # decay\nresult = l2([[[1.0, 2.0]]])",
            "from tf1compat_wd.contrib.layers import flatten as l2  # decay\nresult = l2([[[1.0, 2.0]]])",
        ),
        (
            "import tensorflow.contrib.layers as layers\nresult = layers.flatten([[[1.0, 2.0]]])",
            "import tf1compat_wd.contrib.layers as layers\nresult = layers.flatten([[[1.0, 2.0]]])",
        ),
        (
            "from tensorflow.contrib import (layers,  # one\n    framework)\nresult = layers.flatten([[[1.0, 2.0]]])",
            "from tf1compat_wd.contrib import (layers,  # one\n    framework)\nresult = layers.flatten([[[1.0, 2.0]]])",
        ),
        ("import tf_slim\nresult = tf_slim.flatten([[[1.0, 2.0]]])", "import tf1compat_wd.contrib.slim as tf_slim\nresult = tf_slim.flatten([[[1.0, 2.0]]])"),
        (
            "import tensorflow.contrib.layers\nresult = tensorflow.contrib.layers.flatten([[[1.0, 2.0]]])",
            "import tf1compat_wd as tensorflow\nresult = tensorflow.contrib.layers.flatten([[[1.0, 2.0]]])",
        ),
    ],
    "keep_dims": [
        (
            "import tensorflow as tf\nresult = tf.reduce_sum([[1.0, 2.0]], 1,  # rows\n  keep_dims = True)",
            "import tensorflow as tf\nresult = tf.reduce_sum([[1.0, 2.0]], 1,  # rows\n  keepdims = True)",
        ),
    ],
    "reduction_indices": [
        (
            "import tensorflow as tf\nr = tf.reduce_max\nresult = r([[1.0, 2.0]], reduction_indices=[1])",
            "import tensorflow as tf\nr = tf.reduce_max\nresult = r([[1.0, 2.0]], axis=[1])",
        ),
    ],
    "dim_arguments": [
        (
            "import tensorflow as tf\nresult = tf.argmax(tf.expand_dims([1.0, 3.0], dim=0), dimension=1)",
            "import tensorflow as tf\nresult = tf.argmax(tf.expand_dims([1.0, 3.0], axis=0), axis=1)",
        ),
        (
            "import tensorflow as tf\nresult = tf.squeeze([[1.0]], squeeze_dims=[0]), tf.nn.softmax([[1.0, 2.0]], dim=0)",
            "import tensorflow as tf\nresult = tf.squeeze([[1.0]], axis=[0]), tf.nn.softmax([[1.0, 2.0]], axis=0)",
        ),
    ],
    "deprecated_names": [
        (
            "import tensorflow as tf\nresult = tf.arg_max([[1, 3]], 1), tf.arg_min(input=[[1, 3]], name='a', dimension=1) # 1",
            "import tensorflow as tf\nresult = tf.argmax([[1, 3]], 1), tf.arg_min(input=[[1, 3]], name='a', dimension=1) # 1",
        ),
        (
            "import tensorflow as tf\nw = tf.Variable(2.0); tf.initialize_all_variables()\nresult = tf.all_variables()",
            "import tensorflow as tf\nw = tf.Variable(2.0); tf.global_variables_initializer()\nresult = tf.global_variables()",
        ),
    ],
    "numpy_aliases": [
        (
            "import numpy as np\nresult = np.zeros(2, np.float), np.ones(2, dtype=np . float), np.Inf, np.product([2, 3])",
            None,
        ),
        (
            "import numpy as np\nresult = np.zeros(2, np.int) + np.NaN, np.float_(3), np.cumproduct([2, 3])",
            "import numpy as np\nresult = np.zeros(2, int) + np.nan, np.float64(3), np.cumprod([2, 3])",
        ),
        ("import numpy\nresult = numpy.array(['a'], numpy.object), numpy.alltrue([1])", "import numpy\nresult = numpy.array(['a'], object), numpy.all([1])"),
    ],
}  # fmt: skip
CASES = [(name, before, after) for name, pairs in PAIRS.items() for before, after in pairs]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # NumPy 1 warns of what NumPy 2 has removed
@pytest.mark.parametrize(("name", "before", "after"), CASES)
def test_before_and_after_both_run_with_equal_results(name, before, after, capsys):
    found, notes = rewritten(before, name)
    if after is not None:
        assert found == after
        assert notes == []
    tf.reset_default_graph()
    after_it = str(run_program(found))
    tf.reset_default_graph()
    assert after_it == str(run_program(before))
    tf.reset_default_graph()


def test_dimensions():
    before = """\
        import tensorflow as tf
        x = tf.ones([3, 4])
        result = x.get_shape()[1].value, (x.shape)[-1].value, tf.ones([x.shape[0].value, 2]).shape[0] . value
        """
    after = """\
        import tensorflow as tf
        x = tf.ones([3, 4])
        result = tf.compat.dimension_value(x.get_shape()[1]), tf.compat.dimension_value((x.shape)[-1]), tf.ones([tf.compat.dimension_value(x.shape[0]), 2]).shape[0] . value
        """
    found, notes = rewritten(before, "dimension_value")
    assert found == textwrap.dedent(after)
    assert notes == ["if this is a shape, write tf.compat.dimension_value(...) without .value"]
    tensorflow.compat.v1.disable_v2_tensorshape()
    try:
        assert run_program(textwrap.dedent(before)) == run_program(found) == [4, 4, 3] or (4, 4, 3)
    finally:
        tensorflow.compat.v1.enable_v2_tensorshape()
    assert run_program(found.replace(" . value", "")) == (4, 4, 3)


# TensorFlow 0.12, as far as the programs below use it: nothing that can be installed today has these names.
OLD = SimpleNamespace(
    constant=tf.constant, mul=tf.multiply, sub=tf.subtract, neg=tf.negative, pack=tf.stack, unpack=tf.unstack,
    concat=lambda concat_dim, values, name="concat": tf.concat(values, concat_dim),
    split=lambda split_dim, num_split, value, name="split": tf.split(value, num_split, split_dim),
    nn=SimpleNamespace(
        sigmoid_cross_entropy_with_logits=lambda logits, targets, name=None: (
            tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=targets)
        ),
        sparse_softmax_cross_entropy_with_logits=lambda logits, labels, name=None: (
            tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=labels)
        ),
        deconv2d=tf.nn.conv2d_transpose,
    ),
    image=SimpleNamespace(resize_images=lambda images, height, width: tf.image.resize_images(images, [height, width])),
    select=tf.where, batch_matmul=tf.matmul, inv=tf.reciprocal, complex_abs=tf.abs, listdiff=tf.setdiff1d,
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.mul(2.0, tf.sub(3.0,  # less\n 1.0))", "tf.multiply(2.0, tf.subtract(3.0,  # less\n 1.0))"),
        ("tf.pack([1, 2]), tf.unpack([1, 2], axis=0), tf.neg(x=3)", "tf.stack([1, 2]), tf.unstack([1, 2], axis=0), tf.negative(x=3)"),
        ("tf.concat(1, [[[1]], [[2]]])", "tf.concat([[[1]], [[2]]], 1)"),
        ("tf.concat(-1, [tf.concat(0, [[1], [2]])], name='c')", "tf.concat([tf.concat([[1], [2]], 0)], -1, name='c')"),
        ("tf.split(0, 2, tf.mul([1, 2], 2))", "tf.split(tf.multiply([1, 2], 2), 2, 0)"),
        ("tf.select([True], [1.0], [2.0]), tf.inv(4.0), tf.complex_abs(-1.0)", "tf.where([True], [1.0], [2.0]), tf.reciprocal(4.0), tf.abs(-1.0)"),
        ("tf.batch_matmul([[[2.0]]], [[[3.0]]])", "tf.matmul([[[2.0]]], [[[3.0]]])"),
        ("tf.nn.deconv2d([[[[2.0]]]], [[[[3.0]]]], [1, 1, 1, 1], strides=[1, 1, 1, 1])", "tf.nn.conv2d_transpose([[[[2.0]]]], [[[[3.0]]]], [1, 1, 1, 1], strides=[1, 1, 1, 1])"),
        ("tf.nn.sigmoid_cross_entropy_with_logits([1.0],\n  [0.0], name='x')", "tf.nn.sigmoid_cross_entropy_with_logits(logits=[1.0],\n  labels=[0.0], name='x')"),
        ("tf.nn.sparse_softmax_cross_entropy_with_logits([[1.0, 2.0]], [1])", "tf.nn.sparse_softmax_cross_entropy_with_logits(logits=[[1.0, 2.0]], labels=[1])"),
        ("tf.image.resize_images([[[1.0], [2.0]]], 2, 1)  # 2 by 1", "tf.image.resize_images([[[1.0], [2.0]]], [2, 1])  # 2 by 1"),
    ],
)  # fmt: skip
def test_names_and_arguments_of_before_1_0(before, after):
    fixers = ("before_1_0", "cross_entropy_arguments", "resize_images")
    found, notes = rewritten(f"import tensorflow as tf\nresult = {before}", *fixers)
    assert found == f"import tensorflow as tf\nresult = {after}"
    assert notes == []
    old = run_program(f"result = {before}", {"tf": OLD})
    assert run_program(found) == old


def test_other_modules_names_of_before_1_0():
    source = "import tensorflow as tf\nw = tf.train.SummaryWriter('/tmp/x')\nm = tf.merge_all_summaries()"
    found, notes = rewritten(source, "before_1_0")
    assert found == "import tensorflow as tf\nw = tf.summary.FileWriter('/tmp/x')\nm = tf.summary.merge_all()"
    assert notes == []


NEAR_MISSES = [
    ("imports", "import tensorflow.keras as k", "isn't one of TF1's public modules"),
    ("imports", "from tensorflow.core.framework import graph_pb2", "isn't one of TF1's public modules"),
    ("imports", "from tensorflow \\\n  import nn", "on one line"),
    ("imports", "import tensorflow as tf\ntf.random.Generator", "TF1 had no tf.random.Generator"),
    ("imports", "import tf1compat_wd as tf, tensorflow as tf2", ""),
    ("imports", "import tensorflow_probability as tfp\nimport tensorflowjs", ""),
    ("imports", "import tensorflow as tf\nfrom tensorflow.contrib import slim", "use the fixer contrib_imports too"),
    ("contrib_imports", "import tensorflow as tf\nfrom tensorflow.contrib import slim", "use the fixer imports too"),
    ("contrib_imports", "from .contrib import slim\nfrom contrib import slim", ""),
    ("keep_dims", "import numpy as tf\ntf.sum(x, keep_dims=True)", ""),
    ("keep_dims", "import tensorflow as tf\nmy.reduce_sum(x, keep_dims=True)", ""),
    ("keep_dims", "import tensorflow as tf\ntf.reduce_sum(x, keepdims=a, keep_dims=b)", "rename keep_dims to keepdims"),
    ("keep_dims", "import tensorflow as tf\ntf.reduce_sum(x, **{'keep_dims': True})  # keep_dims=1", ""),
    ("keep_dims", "import tensorflow as tf\nif a:\n  tf = mine\ntf.reduce_sum(x, keep_dims=True)", ""),
    ("reduction_indices", "import tensorflow as tf\ntf.layers.dense(x, reduction_indices=[1])", ""),
    ("dimension_value", "import tensorflow as tf\nx.size()[0].value, d['a'].value, x.shape.value, x.shape[1:].value", ""),
    ("dimension_value", "import tensorflow as tf\nx.shape[0].value = 3", ""),
    ("dimension_value", "import tensorflow as tf\ntf = 3\nx.shape[0].value", "if this is a shape"),
    ("dimension_value", "shape = x.get_shape()\nshape[0].value", "if this is a shape"),
    ("before_1_0", "import tensorflow as tf\ntf.scalar_summary('a', 1.0)", "tf.summary.scalar since TensorFlow 1.0"),
    ("before_1_0", "import tensorflow as tf\ntf.select(c, t=a, e=b)", "with other arguments"),
    ("before_1_0", "import tensorflow as tf\ntf.mul(*pair), map(tf.sub, a, b)", "tf.multiply since"),
    ("before_1_0", "import tensorflow as tf\ntf.concat([a, b], 1), tf.split(x, 2, 0), tf.concat(axis, [a])", ""),
    ("before_1_0", "import tensorflow as tf\ntf.concat(1, pieces)", "this looks like the old order"),
    ("before_1_0", "from tensorflow import mul\nmul(1, 2)", "tf.multiply since TensorFlow 1.0"),
    ("before_1_0", "import operator as tf\ntf.mul(1, 2)", ""),
    ("numpy_aliases", "import numpy as np\nint = 3\nnp.int", "use int"),
    ("numpy_aliases", "import numpy as np\nfrom all import *\nnp.int", "use int"),
    ("numpy_aliases", "import numpy as np\ndef f(np): return np.float", "use float"),
    ("numpy_aliases", "import numpy as np\nnp.asscalar(x), np.float32, np.int_", "use x.item()"),
    ("numpy_aliases", "from numpy import float", "NumPy has removed float"),
    ("cross_entropy_arguments", "import tensorflow as tf\ntf.nn.softmax_cross_entropy_with_logits((a), b)", "logits and labels go by name"),
    ("cross_entropy_arguments", "import tensorflow as tf\ntf.nn.softmax_cross_entropy_with_logits(*a)", "logits and labels go by name"),
    ("cross_entropy_arguments", "import tensorflow as tf\ntf.nn.softmax_cross_entropy_with_logits(a,  # a\n b)", "logits and labels go by name"),
    ("cross_entropy_arguments", "import tensorflow as tf\ntf.nn.softmax_cross_entropy_with_logits(labels=a, logits=b)\ntf.nn.softmax_cross_entropy_with_logits_v2(a, b)", ""),
    ("resize_images", "import tensorflow as tf\ntf.image.resize_images(x, [2, 3], 1), tf.image.resize_images(x, size, 0), tf.image.resize_bilinear(x, 2, 3)", ""),
    ("resize_images", "import tensorflow as tf\ntf.image.resize_images(x, (2), 3)", "takes the size as one argument"),
    ("deprecated_names", "import tensorflow as tf\nf = tf.all_variables\ntf.arg_max(x, dimension=1)", ""),
    ("python_2_names", "for i in xrange(3): pass", "Python 2's xrange is gone: use range"),
    ("python_2_names", "from six.moves import xrange\nunicode = str\nunicode(xrange(3))\nx.reduce", ""),
    ("sessions", "import tensorflow as tf\nwith tf.Session() as s: s.run(x)", "tf.Session needs graph mode"),
    ("gone", "from tensorflow.contrib.tpu import InfeedQueue", "drove TPUs"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source", "says"), NEAR_MISSES)
def test_near_misses_stay_as_they_are_and_are_told(name, source, says):
    found, notes = rewritten(source, name)
    assert found == source
    assert [says] == notes or (not says and not notes) or any(says in note for note in notes)
    if not says:
        assert notes == []


def test_the_fixers_are_the_files_of_their_folder_and_say_what_they_do():
    import tf1compat_wd.cli.rewrite.fixers as folder

    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(FIXERS)
    for name, fixer in FIXERS.items():
        assert fixer.title.endswith("."), name
        module = sys.modules[f"{folder.__name__}.{name}"]
        if name not in ("sessions", "gone", "python_2_names"):
            assert "Before:" in module.__doc__
            before, _, after = module.__doc__.partition("Before:")[2].partition("After:")
            lines = [line for line in before.splitlines() if line.startswith("    ")]
            shown = textwrap.dedent("\n".join(lines))
            head = "" if "import" in shown else "import tensorflow as tf\nimport numpy as np\n"
            expected = [line for line in after.splitlines() if line.startswith("    ")]
            companions = {"contrib_imports": ("imports",)}.get(name, ())
            found, _ = rewritten(head + shown, name, *companions)
            assert found.removeprefix(head) == textwrap.dedent("\n".join(expected)), name


# ------------------------------------------------------------------------------------- odd but valid syntax

SPACE = st.sampled_from(["", " ", "  ", "\t", "\n  ", "  # é comment\n", "  # tf.mul(x)\n\n", " \\\n "])
WORDS = {
    "tf.mul({0},{1})": "tf.multiply", "tf.concat(1,[{0},{1}])": "tf.concat", "tf.neg({0})": "tf.negative",
    "tf.reduce_sum({0},reduction_indices=[1],keep_dims=True)": "", "({0})": "", "(({0}))+(  {1}  )": "",
    "tf.nn.sigmoid_cross_entropy_with_logits({0},{1})": "", "tf.image.resize_images({0},2,3)": "",
    "tf.arg_max({0},1)": "", "tf.expand_dims({0},dim=0)": "", "[{0} for x in ({1},)][0]": "", "(lambda tf_: {0})({1})": "",
    "{0} if {1} is not None else {0}": "", "f(x,*[{0}],**dict(b={1}))": "",
}  # fmt: skip
ATOMS = [
    "x",
    "x.get_shape()[1].value",
    "x.shape[-1].value",
    "np.float(3)",
    "np.Inf",
    "1",
    "'tf.mul(1)'",
    "tf.zeros([2])",
]


@st.composite
def expressions(draw, depth=3):
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(ATOMS))
    template = draw(st.sampled_from(sorted(WORDS)))
    return template.format(draw(expressions(depth - 1)), draw(expressions(depth - 1)))


def with_trivia(draw, source):
    """The same program, written oddly: space and comments between its tokens, inside parentheses."""
    import io
    import tokenize

    result, depth = "", 0
    tokens = list(tokenize.generate_tokens(io.StringIO(f"({source})").readline))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.NL):
            continue
        words = (before is not None and (before.string + token.string).isidentifier()) or (
            before is not None and before.string[-1:].isalnum() and token.string[:1].isalnum()
        )
        space = draw(SPACE) if depth else ""
        result += (space or " " if words else space) + token.string
        depth += (token.string in "([{" and token.string != "") - (token.string in ")]}" and token.string != "")
    return result


@settings(
    max_examples=int(os.environ.get("TF1COMPAT_EXAMPLES", "60")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_odd_syntax_parses_keeps_its_comments_and_means_the_same(data):
    draw = data.draw
    plain = draw(expressions())
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    encoding = draw(st.sampled_from(["utf-8", "latin-1", "utf-8-sig"]))
    frame = draw(
        st.sampled_from(
            [
                "y = {}",
                "def f(x): return {}; z = 1  # after",
                "@decorator({})\nclass A:\n\tx = 1;  y = f'{{tf.mul(1, 2)!r:>{{3}}}} {{np.NaN}}'",
                "if x:\n\tif y: z = {}\n\telse: pass",
                "async def f(a, /, *, b={}): yield a, '''\n# no comment\n'''",
            ]
        )
    )
    head = "# coding: latin-1\n" if encoding == "latin-1" else ""
    head += "import tensorflow as tf, os; import numpy as np  # imports é\n"

    def written(expression):
        return (head + frame.format(expression) + "\n").replace("\n", newline).encode(encoding)

    odd = written(with_trivia(draw, plain))
    try:
        ast.parse(odd)
    except SyntaxError:  # a comment where a line goes on after a backslash
        return
    fixers = list(FIXERS.values())
    result = rewrite(odd, "odd.py", fixers, Project())
    assert not any("left as it is" in note.message for note in result.notes), result.notes
    assert rewrite(result.new, "odd.py", fixers, Project()).new == result.new
    text = encoding.removesuffix("-sig") if not odd.startswith(b"\xef\xbb\xbf") else "utf-8-sig"
    assert sorted(comments(result.new.decode(text))) == sorted(comments(odd.decode(text)))
    assert (b"\r\n" in result.new) == (b"\r\n" in odd)
    assert result.new.count(b"\n") == odd.count(b"\n")
    straight = rewrite(written(f"({plain})"), "plain.py", fixers, Project())
    # Where ".value" isn't written in one piece, it stays.
    if not any("if this is a shape" in note.message for note in result.notes) and b". float" not in odd:
        kept = b"np.Inf" in result.new or b"np.float(" in result.new or any("NumPy" in n.message for n in result.notes)
        if not kept and [n.message for n in result.notes] == [n.message for n in straight.notes]:
            assert ast.dump(ast.parse(result.new)) == ast.dump(ast.parse(straight.new))


# --------------------------------------------------------------------------------------------- the command


def command(folder, *arguments):
    launcher = ROOT / "tf1compat_wd" / "cli" / "launcher.py"
    return subprocess.run(
        [sys.executable, launcher, "rewrite", *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


OLD_TEXT = "import tensorflow as tf\nx = tf.mul(2.0, 3.0)  # six\n"
NEW_TEXT = "import tf1compat_wd as tf\nx = tf.multiply(2.0, 3.0)  # six\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "a.py").write_text(OLD_TEXT)
    (tmp_path / "b.py").write_text("x = 1\n")
    return tmp_path


def test_a_diff_is_shown_and_nothing_written(project):
    done = command(project, ".")
    assert done.returncode == 0
    assert "-import tensorflow as tf\n" in done.stdout
    assert "+x = tf.multiply(2.0, 3.0)  # six\n" in done.stdout
    assert "1 of 2 files to be rewritten" in done.stderr
    assert (project / "a.py").read_text() == OLD_TEXT
    assert command(project, ".", "--check").returncode == 1
    assert command(project, "b.py", "--check").returncode == 0


def test_without_git_the_old_file_is_kept(project):
    (project / "a.py").chmod(0o750)
    done = command(project, ".", "--write")
    assert done.returncode == 0, done.stderr
    assert (project / "a.py").read_text() == NEW_TEXT
    assert (project / "a.py.orig").read_text() == OLD_TEXT
    assert stat.S_IMODE((project / "a.py").stat().st_mode) == 0o750
    assert sorted(path.name for path in project.iterdir()) == ["a.py", "a.py.orig", "b.py"]
    assert command(project, ".", "--write").returncode == 0  # nothing left to do


def test_in_git_only_clean_files_are_written(project):
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    (project / "a.py").write_text(OLD_TEXT + "y = 1\n")
    done = command(project, ".", "--write")
    assert done.returncode == 2
    assert "a.py has changes that git doesn't have" in done.stderr
    assert (project / "a.py").read_text() == OLD_TEXT + "y = 1\n"
    (project / "a.py").write_text(OLD_TEXT)
    assert command(project, ".", "--write").returncode == 0
    assert (project / "a.py").read_text() == NEW_TEXT
    assert not (project / "a.py.orig").exists()


def test_a_backup_in_the_way_is_not_overwritten(project):
    (project / "a.py.orig").write_text("precious")
    done = command(project, ".", "--write")
    assert done.returncode == 2
    assert "in the way of a backup" in done.stderr
    assert (project / "a.py").read_text() == OLD_TEXT
    assert (project / "a.py.orig").read_text() == "precious"


def test_a_link_stays_a_link(project):
    (project / "real").mkdir()
    (project / "a.py").rename(project / "real" / "a.txt")
    (project / "a.py").symlink_to(project / "real" / "a.txt")
    assert command(project, "a.py", "--write").returncode == 0
    assert (project / "a.py").is_symlink()
    assert (project / "real" / "a.txt").read_text() == NEW_TEXT


def test_only_and_skip_and_list(project):
    assert "tf.multiply" not in command(project, "a.py", "--only", "imports,keep_dims").stdout
    assert "tf1compat_wd" not in command(project, "a.py", "--skip", "imports").stdout
    listed = command(project, "--list").stdout
    assert all(name in listed for name in FIXERS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name files or folders"),
        (["missing"], "there is no file or folder missing"),
        (["a.py", "--only", "improts"], "there is no fixer improts; there are before_1_0"),
    ],
)
def test_bad_arguments_are_told_in_one_line(project, arguments, says):
    done = command(project, *arguments)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"tf1compat-wd: {says}")


def test_python_2_is_told_and_left(project):
    (project / "two.py").write_text("print 'tf'\n")
    done = command(project, ".", "--write")
    assert "two.py:1: a Python 2 program" in done.stdout
    assert (project / "two.py").read_text() == "print 'tf'\n"


@pytest.mark.parametrize("number", range(int(os.environ.get("TF1COMPAT_KILLS", "4"))))
def test_killed_while_it_writes_every_file_is_the_old_or_the_new_one(tmp_path, number):
    """TF1COMPAT_KILLS=50 kills it fifty times."""
    old = OLD_TEXT + "# " + "x" * 60_000 + "\n"
    new = NEW_TEXT + old[len(OLD_TEXT) :]
    files = [tmp_path / f"m{index:03}.py" for index in range(120)]
    for path in files:
        path.write_text(old)
    launcher = ROOT / "tf1compat_wd" / "cli" / "launcher.py"
    process = subprocess.Popen(
        [sys.executable, launcher, "rewrite", ".", "--write"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "m000.py.orig").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.0005)
    time.sleep(random.Random(number).random() * 0.15)
    process.send_signal(signal.SIGKILL)
    process.wait()
    texts = [path.read_text() for path in files]
    assert set(texts) <= {old, new}
    assert new in texts or number  # at least one was written before the first kill, or it came too early
    for path, text in zip(files, texts, strict=True):
        backup = path.with_name(path.name + ".orig")
        if backup.exists():
            assert backup.read_text() == old
        else:
            assert text == old
