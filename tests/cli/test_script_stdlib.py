"""Python's own modules and NumPy's arrays as old programs knew them."""

import subprocess
import sys
import textwrap

import numpy
import pytest

from tf1compat_wd.cli import numpy_arrays, script_numpy, script_stdlib
from tf1compat_wd.cli.redirection import redirect


def run(source):
    """Run `source` as a file of the user's, and return what it defined."""
    scope = {}
    exec(compile(redirect(textwrap.dedent(source).encode(), "old.py"), "old.py", "exec"), scope)
    return scope


@pytest.mark.parametrize(
    "source",
    [
        "import time\nresult = time.clock() >= 0",
        "from time import clock\nresult = clock() >= 0",
        "def f():\n    import time as t\n    return t.clock() >= 0\nresult = f()",
        "import collections\nresult = isinstance([], collections.Iterable)",
        "import collections\nimport collections.abc\nresult = isinstance({}, collections.Mapping)",
        "from collections import OrderedDict, Mapping as M\nresult = issubclass(OrderedDict, M)",
        "import collections as c\nresult = c.Sequence is c.abc.Sequence",
        "import inspect\nresult = inspect.getargspec(lambda a, b=1: 0).args == ['a', 'b']",
        "from fractions import gcd, Fraction\nresult = gcd(4, 6) == Fraction(2)",
        "import json\nresult = json.loads('[1]', encoding='utf-8') == [1]",
        "import random\nresult = sorted(random.sample({1, 2}, 2)) == [1, 2]",
        "import base64\nresult = base64.encodestring(b'abc') == b'YWJj\\n'",
        "import xml.etree.cElementTree as ET\nresult = ET.fromstring('<a/>').tag == 'a'",
        "from xml.etree import cElementTree as ET\nresult = ET.fromstring('<a/>').tag == 'a'",
        "import os\nwith open(os.devnull, 'rU') as file:\n    result = file.read() == ''",
    ],
)
def test_names_that_python_lost(source):
    assert run(source)["result"] is True


def test_a_file_without_such_names_gets_pythons_modules():
    scope = run("import time, collections, json, random\nfrom collections import OrderedDict\nt = time.time()")
    assert scope["time"] is sys.modules["time"]
    assert scope["collections"] is sys.modules["collections"]
    assert scope["json"] is sys.modules["json"]
    assert "open" not in scope


def test_python_itself_stays_as_it_is():
    run("import time, collections\ntime.clock()\ncollections.Mapping\ntime.sleep = None")
    assert not hasattr(sys.modules["time"], "clock")
    assert not hasattr(sys.modules["collections"], "Mapping")
    assert sys.modules["time"].sleep is not None


def test_an_unknown_name_gives_pythons_error():
    with pytest.raises(AttributeError, match="module 'time' has no attribute 'nonsense'"):
        run("import time\ntime.clock()\ntime.nonsense")


def test_no_two_modules_lost_the_same_name():
    names = [name for lost in script_stdlib.REMOVED.values() for name in lost]
    assert len(names) == len(set(names))


def test_arrays_of_unequal_rows_are_arrays_of_objects():
    assert script_numpy.array([[1, 2], [3]]).dtype == object
    assert script_numpy.asarray([[1], [1, 2]]).shape == (2,)
    assert script_numpy.array([1, 2], copy=False).tolist() == [1, 2]
    with pytest.raises(ValueError, match="inhomogeneous|sequence"):
        script_numpy.array([[1, 2], [3]], dtype=float)


def test_unequal_rows_can_be_written(tmp_path):
    script_numpy.save(tmp_path / "a.npy", [[1], [2, 3]])
    assert script_numpy.load(tmp_path / "a.npy").tolist() == [[1], [2, 3]]


def test_functions_take_what_they_took():
    view = script_numpy
    assert view.fromstring(b"\x01\x02", dtype=numpy.uint8).tolist() == [1, 2]
    assert view.fromstring(b"\x01\x02", numpy.uint8, 1).flags.writeable
    assert view.fromstring("1 2", sep=" ").tolist() == [1.0, 2.0]
    assert view.vstack(row for row in [[1], [2]]).tolist() == [[1], [2]]
    assert view.hstack(map(list, "ab")).tolist() == ["a", "b"]
    assert view.sum(i for i in range(4)) == 6
    assert view.sum([[1, 2]], axis=1).tolist() == [3]
    assert view.reshape([1, 2], newshape=[2, 1]).shape == (2, 1)
    assert view.reshape([1, 2], (2, 1)).shape == (2, 1)
    assert view.histogram([1, 2], bins=2, normed=True)[0].tolist() == [1.0, 1.0]
    assert view.cast["int32"](3.7) == 3


def test_arrays_of_one_are_numbers():
    # In a process of its own: NumPy's arrays can't be given their methods for a while.
    program = """
    import math, warnings
    import numpy as np
    from tf1compat_wd.cli import numpy_arrays

    warnings.simplefilter("ignore")
    numpy_arrays.restore_methods()
    numpy_arrays.restore_methods()
    one = np.array([[2.5]])
    assert ("%.2f %d" % (one, one), float(one), int(one), math.sqrt(np.array([4.0]))) == ("2.50 2", 2.5, 2, 2.0)
    x = np.zeros(3, np.float32)
    x[1] = one
    assert x.tolist() == [0.0, 2.5, 0.0]
    assert np.array([1, 2], np.uint8).tostring() == b"\\x01\\x02"
    assert (float(np.array(3)), int(np.float32(3.5)), float(np.matrix([[1]]))) == (3.0, 3, 1.0)
    for wrong, error in ((np.zeros(2), TypeError), (np.zeros(0), TypeError), (np.array(["x"]), ValueError)):
        try:
            float(wrong)
        except error:
            continue
        raise AssertionError(wrong)
    try:
        np.ndarray.nonsense = 1
    except TypeError:
        print("fine")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True)
    assert done.stdout == "fine\n", done.stderr


def test_arrays_keep_what_they_have():
    before = vars(numpy.ndarray).keys() & {"tobytes", "__float__", "tolist"}
    assert before == {"tobytes", "__float__", "tolist"}
    assert numpy_arrays._OFFSET_OF_FLAGS == 168
