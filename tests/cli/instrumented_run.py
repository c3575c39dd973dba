"""Runs a script as ``tf1compat-wd run`` does, and writes down which names of TF1 its files touch, and where.

    python instrumented_run.py OUT.json script.py [args ...]

Every ``a.b`` in the user's files becomes a call that looks whether `a` is a module of TF1 (or `tf.GraphKeys`), and
every name that a star import brought a call that looks where it comes from.
"""

import ast
import atexit
import json
import sys
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[2]))

from tf1compat_wd.cli import commands, redirection, script_imports

OURS = "tf1compat_wd"
touched = set()
from_stars = {}


def name_of(holder):
    if isinstance(holder, ModuleType) and holder.__name__.startswith(f"{OURS}.cli."):  # NumPy as the script sees it
        return None
    if isinstance(holder, ModuleType) and (holder.__name__ + ".").startswith(OURS + "."):
        return "tf" + holder.__name__[len(OURS) :]
    if isinstance(holder, type) and holder.__name__ == "GraphKeys":
        return "tf.GraphKeys"
    return None


def touch(holder, attribute, path, line):
    name = name_of(holder)
    if name is not None and not attribute.startswith("_"):
        touched.add((path, line, f"{name}.{attribute}"))
    return getattr(holder, attribute)


def touch_name(value, name, path, line):
    origin = from_stars.get((path, name))
    if origin is not None:
        touched.add((path, line, f"{origin}.{name}"))
    return value


def note_import(module, names, path, line):
    """After ``from module import names``."""
    loaded = sys.modules.get(module)
    tf1_name = loaded and name_of(loaded)
    if not tf1_name:
        return
    for name in names:
        if name == "*":
            from_stars.update({(path, each): tf1_name for each in getattr(loaded, "__all__", dir(loaded))})
        else:
            touched.add((path, line, f"{tf1_name}.{name}"))


class Instrument(ast.NodeTransformer):
    def __init__(self, path):
        self.path = path

    def call(self, function, node, *arguments):
        values = [*arguments, self.path, node.lineno]
        constants = [each if isinstance(each, ast.AST) else ast.Constant(each) for each in values]
        call = ast.Call(ast.Name(function, ast.Load()), constants, [])
        return ast.fix_missing_locations(ast.copy_location(call, node))

    def visit_Attribute(self, node):
        self.generic_visit(node)
        return self.call("__touch__", node, node.value, node.attr) if isinstance(node.ctx, ast.Load) else node

    def visit_Name(self, node):
        return self.call("__touch_name__", node, node, node.id) if isinstance(node.ctx, ast.Load) else node

    def visit_ImportFrom(self, node):
        names = ast.List([ast.Constant(alias.name) for alias in node.names], ast.Load())
        if node.level or not node.module or not node.module.startswith(OURS):
            return node
        return [node, ast.copy_location(ast.Expr(self.call("__note_import__", node, node.module, names)), node)]


def instrumented(source, path):
    tree = redirection.redirect(source, path)
    return ast.fix_missing_locations(Instrument(path).visit(tree))


if __name__ == "__main__":
    import builtins

    out = sys.argv.pop(1)
    builtins.__touch__, builtins.__touch_name__, builtins.__note_import__ = touch, touch_name, note_import
    script_imports.redirect = instrumented
    atexit.register(lambda: Path(out).write_text(json.dumps(sorted(touched))))
    sys.exit(commands.main(["run", *sys.argv[1:]]))
