"""What the import statements of the user's own files mean.

The statements are changed in the syntax tree, before compilation, as if the user had edited the file:
``import tensorflow as tf`` becomes ``import tf1compat_wd as tf``. Everything else follows from that without
any trickery at run time: `sys.modules` keeps the real TensorFlow for everybody else, line numbers and
tracebacks are those of the file, classes pickle under their own names, and late imports inside functions,
``from`` imports and star imports do what Python does with them.

A file that imports `tf1compat_wd` itself has been migrated and says which TensorFlow it means; it is left alone.
"""

from __future__ import annotations

import ast
import functools
import os
from collections.abc import Iterable, Iterator, Mapping

from tf1compat_wd.cli import script_stdlib
from tf1compat_wd.cli.numpy_names import CHANGED_NAMES, REMOVED_NAMES
from tf1compat_wd.cli.script_files import parse

PACKAGE = "tf1compat_wd"
_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Parts of TensorFlow that `tf1compat_wd` doesn't speak for; left as they are, unless there is a file of ours.
_LEFT_ALONE = frozenset(
    "compiler core distribute dtensor examples include keras lite models python security tools tsl xla".split()
)
# Files of ours that no TF1 program means, whatever it imports.
_NOT_TENSORFLOWS = frozenset({"cli", "names", "tracking"})

# Modules of which the user's files see a view of ours; and the names that `from` imports must take from the
# view, the others being the same.
_VIEWS = {
    "importlib": ("script_importlib", frozenset({"import_module", "__import__"})),
    "numpy": ("script_numpy", frozenset(REMOVED_NAMES) | CHANGED_NAMES | {"*"}),
}
_VIEWS_PACKAGE = f"{PACKAGE}.cli"
_ROOTS = frozenset({"tensorflow", "tensorflow_estimator", "tf_slim", "xml", *_VIEWS})


@functools.cache
def _has_file(name: str) -> bool:
    if name.startswith("_") or name in _NOT_TENSORFLOWS:
        return False
    place = os.path.join(_FOLDER, name)
    return os.path.isfile(place + ".py") or os.path.isfile(os.path.join(place, "__init__.py"))


def redirected(module: str) -> str | None:
    """Return which module the user's files get when they name `module`; None if it is the one they name.

    >>> redirected("tensorflow.compat.v1.train"), redirected("tf_slim"), redirected("tensorflow.keras")
    ('tf1compat_wd.train', 'tf1compat_wd.contrib.slim', None)
    """
    root, *parts = module.split(".")
    if module in script_stdlib.RENAMED:
        return script_stdlib.RENAMED[module]
    if root == "tf_slim":
        return ".".join([PACKAGE, "contrib", "slim", *parts])
    if root == "tensorflow_estimator":  # where TF 1.15 kept tf.estimator; tensorflow.python.estimator passed it on
        return ".".join([PACKAGE, *([] if parts[:2] == ["python", "estimator"] else ["estimator"]), *parts])
    if root != "tensorflow":
        return None
    while parts[:2] == ["compat", "v1"]:
        parts = parts[2:]
    if parts[:2] == ["compat", "v2"]:
        return None
    if (parts and parts[0] in _LEFT_ALONE and not _has_file(parts[0])) or parts[:2] == ["python", "keras"]:
        return None
    return ".".join([PACKAGE, *parts])


def redirect(source: bytes, path: str) -> ast.Module:
    """Return the syntax tree of `source` with its import statements redirected. Line numbers stay.

    Raises:
        SyntaxError: it isn't Python 3.
    """
    tree = parse(source, path)
    rewriter = _Rewriter(_names(tree, PACKAGE), script_stdlib.needed(source))
    tree.body = rewriter.block(tree.body)
    builtins = {}
    if b"__import__" in source:
        builtins["__import__"] = f"{_VIEWS_PACKAGE}.{_VIEWS['importlib'][0]}"
    if script_stdlib.opens_with_universal_newlines(source):
        builtins["open"] = script_stdlib.__name__
    for name, module in builtins.items():
        shim = ast.ImportFrom(module, [ast.alias(name, None)], 0)
        tree.body.insert(after_future_imports(tree.body), ast.fix_missing_locations(shim))
    return tree


def imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the import statements of `tree`, those in functions and branches included."""
    for statement in _statements(tree.body):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield statement


def blocks(statement: ast.AST) -> Iterator[tuple[ast.AST, str, list[ast.stmt]]]:
    """Yield the lists of statements inside `statement`, each with its owner and field.

    Import statements occur nowhere else, so expressions, by far the most of a tree, need no visit.
    """
    for field in ("body", "orelse", "finalbody"):
        inner = getattr(statement, field, None)
        if isinstance(inner, list):
            yield statement, field, inner
    for field in ("handlers", "cases"):
        for owner in getattr(statement, field, ()):
            yield owner, "body", owner.body


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        for _, _, inner in blocks(statement):
            yield from _statements(inner)


def _names(tree: ast.Module, package: str) -> bool:
    for statement in imports(tree):
        if isinstance(statement, ast.Import):
            modules = [alias.name for alias in statement.names]
        else:
            modules = [] if statement.level else [statement.module or ""]
        if any(module.partition(".")[0] == package for module in modules):
            return True
    return False


def after_future_imports(body: list[ast.stmt]) -> int:
    place = 0
    for index, statement in enumerate(body):
        is_docstring = index == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not (is_docstring or is_future):
            break
        place = index + 1
    return place


class _Rewriter:
    """Replaces import statements by others at the same place.

    Args:
        is_migrated: the file says itself which TensorFlow it means.
        stdlib: Python's modules of which it gets views, each with the names that differ.
    """

    def __init__(self, is_migrated: bool, stdlib: Mapping[str, frozenset[str]]) -> None:
        self._is_migrated = is_migrated
        self._stdlib = stdlib

    def _target(self, module: str) -> str | None:
        return None if self._is_migrated else redirected(module)

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        result: list[ast.stmt] = []
        for statement in body:
            if isinstance(statement, ast.Import):
                new = self._import(statement)
            elif isinstance(statement, ast.ImportFrom):
                new = self._import_from(statement)
            else:
                for owner, field, inner in blocks(statement):
                    setattr(owner, field, self.block(inner))
                new = [statement]
            for replacement in new:
                if replacement is not statement:
                    ast.copy_location(replacement, statement)
                    ast.fix_missing_locations(replacement)
            result.extend(new)
        return result

    def _import(self, statement: ast.Import) -> list[ast.stmt]:
        """Rewrite ``import a.b as c, d.e``, one statement for each name, so that each binds what it bound."""
        if not any(alias.name.partition(".")[0] in _ROOTS | self._stdlib.keys() for alias in statement.names):
            return [statement]
        result: list[ast.stmt] = []
        for alias in statement.names:
            name = alias.name
            root, _, rest = name.partition(".")
            if root in _VIEWS and not (rest and alias.asname):
                if rest:
                    result.append(_import(name, root))
                result.append(_import_view(root, alias.asname or root))
            elif root in self._stdlib and not (rest and alias.asname):
                if rest:
                    result.append(_import(name))
                result.append(ast.ImportFrom(script_stdlib.__name__, [ast.alias(root, alias.asname)], 0))
            elif alias.asname or not rest:
                result.append(_import(self._target(name) or name, alias.asname or root))
            elif (root_target := self._target(root)) is None:
                result.append(_import(name))
            else:
                # import tensorflow.contrib.slim: load the one, bind the other.
                if (target := self._target(name) or name) != root_target:
                    result.append(_import(target, root))
                result.append(_import(root_target, root))
        return result

    def _import_from(self, statement: ast.ImportFrom) -> list[ast.stmt]:
        """Rewrite ``from a.b import c, d as e``; names that come from the same module stay in one statement."""
        if statement.level or not statement.module:
            return [statement]
        result: list[ast.stmt] = []
        for alias in statement.names:
            source, is_module = self._source(statement.module, alias.name)
            if is_module:
                result.append(_import(source, alias.asname or alias.name))
                continue
            last = result[-1] if result else None
            if isinstance(last, ast.ImportFrom) and last.module == source:
                last.names.append(alias)
            else:
                result.append(ast.ImportFrom(source, [alias], 0))
        return result

    def _source(self, module: str, name: str) -> tuple[str, bool]:
        """Return where `name` comes from, and whether that is the wanted module itself."""
        if module in _VIEWS:
            view, names = _VIEWS[module]
            return (f"{_VIEWS_PACKAGE}.{view}" if name in names else module), False
        if name in self._stdlib.get(module, ()):
            return script_stdlib.__name__, False
        target = self._target(module)
        whole = self._target(f"{module}.{name}") if name != "*" else None
        if whole is not None and whole != f"{target}.{name}":  # from tensorflow.compat import v1
            return whole, True
        if module == "tensorflow" and name in _LEFT_ALONE - {"keras"} and whole is None:  # from tensorflow import core
            return module, False
        if f"{module}.{name}" == "tensorflow.python.keras":
            return module, False
        return target or module, False


def _import(module: str, name: str | None = None) -> ast.Import:
    return ast.Import([ast.alias(module, None if name == module else name)])


def _import_view(module: str, name: str) -> ast.ImportFrom:
    # Neither `import tf1compat_wd.cli.script_numpy as np` nor `from tf1compat_wd.cli import script_numpy as np`:
    # these forms import the root package too, and so TensorFlow.
    return ast.ImportFrom(f"{_VIEWS_PACKAGE}.{_VIEWS[module][0]}", [ast.alias("_this_module", name)], 0)
