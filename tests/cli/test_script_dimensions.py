"""``.value`` of dimensions in scripts that run in eager mode. Nothing here starts a process."""

import ast
import enum
import traceback

import numpy as np
import pytest

from tf1compat_wd.cli import script_dimensions, script_imports
from tf1compat_wd.cli.redirection import redirect


class Color(enum.Enum):
    RED = 7


class Box:
    def __init__(self, value):
        self.value = value


def changed(source):
    return script_dimensions.give_dimensions(ast.parse(source), source.encode())


def run(source, **names):
    """Run `source` as a file of the user's in eager mode; return its names."""
    exec(compile(changed(source), "script.py", "exec"), names)
    return names


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("shape[0].value", 2),
        ("shape[2].value", None),
        ("x.shape[-1].value or 5", 5),
        ("[d.value for d in shape]", [2, 3, None]),
        ("(lambda d: d.value)(shape[1])", 3),
        ("(shape[0] * shape[1]).value", 6),
        ("np.prod(shape[:2]).value", 6),
        ("f'{shape[0].value}'", "2"),
        ("{shape[0].value: box.value}[2]", "contents"),
        ("Color.RED.value + Color['RED'].value", 14),
        ("Box(Box(3)).value.value", 3),
        ("Box(shape[1]).value.value", 3),
        ("Box(lambda: 4).value()", 4),
        ("hasattr(3, 'value')", False),
        ("type(shape[0].value)", int),
        ("type(np.prod(shape[:2]).value)", int),
    ],
)
def test_the_value_of_an_axis_is_its_number_and_other_values_stay(expression, value):
    names = {"shape": [2, 3, None], "box": Box("contents"), "Box": Box, "Color": Color, "np": np}
    names["x"] = type("Tensor", (), {"shape": names["shape"]})
    assert run(f"result = {expression}", **names)["result"] == value


def test_only_reading_changes():
    source = """
from __future__ import annotations
class Node:
    def __init__(self, value: Color.RED.value, *rest: Color.RED.value) -> Color.RED.value:
        self.value = value
        self.value += 1
        self.next: Node.value = None
    def __dim(self):
        return self.value
    def grow(self):
        self.value.real
        return self.__dim()
node = Node(3)
node.value *= 2
grown = node.grow()
other = Node(1)
del other.value
match 7:
    case Color.RED.value:
        matched = True
    case _:
        matched = False
annotations = Node.__init__.__annotations__
"""
    names = run(source, Color=Color)
    assert (names["node"].value, names["grown"], names["matched"]) == (8, 8, True)
    assert not hasattr(names["other"], "value")
    assert names["annotations"] == dict.fromkeys(("value", "rest", "return"), "Color.RED.value")


def test_unpacked_and_unknown_axes():
    names = run(
        "n, (h, w) = x.shape[0], x.shape[1:]\nresult = [n.value, h.value, w.value]\n"
        "for axis in x.shape: result.append(axis.value)",
        x=np.zeros([2, 3, 4]),
    )
    assert names["result"] == [2, 3, 4, 2, 3, 4]
    tensor = type("Tensor", (), {"get_shape": lambda: [None]})
    assert run("n = t.get_shape()[0]\nresult = n.value", t=tensor)["result"] is None


@pytest.mark.parametrize(("thing", "name"), [(None, "NoneType"), ("text", "str"), (2.5, "float"), (True, "bool")])
def test_what_has_no_value_is_told_as_in_plain_python(thing, name):
    source = "def f(node):\n\n    return (1,\n            node.value)\nf(thing)\n"
    shown = []
    for tree in (ast.parse(source), changed(source)):
        with pytest.raises(AttributeError, match=f"^'{name}' object has no attribute 'value'$") as error:
            exec(compile(tree, "script.py", "exec"), {"thing": thing})
        frames = traceback.extract_tb(error.value.__traceback__)[1:]
        shown.append([(frame.filename, frame.lineno, frame.name) for frame in frames])
        assert [frame[1] for frame in shown[-1]] == [5, 4]
    assert shown[0] == shown[1]


def test_places_of_expressions_stay():
    source = '"""Doc."""\nfrom __future__ import division\nimport os\nx = (a.shape[0].value +\n     b.value)\n'
    plain, tree = ast.parse(source), changed(source)

    def places(tree):
        return [
            (type(node).__name__, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Attribute, ast.BinOp, ast.Name, ast.Import, ast.Assign))
        ]

    assert set(places(plain)) <= set(places(tree))
    assert ast.get_docstring(tree) == "Doc."
    assert isinstance(tree.body[1], ast.ImportFrom)
    assert tree.body[1].module == "__future__"


@pytest.mark.parametrize("source", ["values = x.values\nx.value = 3\nx.value()\nv = 'x.value'\n", "import os\n"])
def test_a_file_without_values_is_left_alone(source):
    assert ast.dump(changed(source)) == ast.dump(ast.parse(source))


def test_only_files_of_eager_scripts_change(tmp_path):
    path = tmp_path / "script.py"
    path.write_text("import importlib\nresult = shape[0].value\n")
    for mode in ("eager", "graph"):
        code = script_imports.ScriptLoader("script", str(path), mode).get_code("script")
        names = {"shape": [3]}
        if mode == "eager":
            exec(code, names)
            assert names["result"] == 3
        else:
            with pytest.raises(AttributeError):
                exec(code, names)
        assert names["importlib"].__name__ == "tf1compat_wd.cli.script_importlib"
    assert not any(isinstance(node, ast.Call) for node in ast.walk(redirect(path.read_bytes(), "script.py")))
