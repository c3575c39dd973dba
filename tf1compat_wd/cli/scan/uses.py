"""Where a source uses TensorFlow's names, whatever it calls them.

Names are followed through imports (in functions and branches too), star imports, aliases, assignments
(``slim = tf.contrib.slim``), attributes (``self.tf = tf``), `getattr` with a literal, and through the user's other
files (``from .common import *``). Scopes are Python's; the order of statements isn't looked at, so that a name with
several meanings has all of them, and is marked as not certain.
"""

from __future__ import annotations

import ast
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Union

from tf1compat_wd.cli.script_files import parse
from tf1compat_wd.names import members, tf1_names
from tf1compat_wd.names.not_offered import BEFORE_1_0

_OURS = "tf1compat_wd"
# Parts of TensorFlow that were never public, or aren't TF1's: their names stay as they are written.
_NOT_TF1 = ("tensorflow.python", "tensorflow.core", "tensorflow.examples", "tensorflow.tools", "tensorflow.models")
# Passed on as they are, so that nobody lists what is in them.
_PASSED_ON = ("tf.keras", "tf.raw_ops")
_DEEPEST = 30
# Before the names of modules that are neither TensorFlow's nor the user's.
_FOREIGN = "other:"
_CONVENTIONAL = {"tf": "tf", "tensorflow": "tf"}

#: What TF1 had under another name, too.
VERSIONS = {f"tf.__{name}__": f"tf.{name.upper()}" for name in ("version", "git_version", "compiler_version")}

#: What else a file may bind: another file of the user's, an expression in a scope, or something unknown.
_Meaning = Union[str, "_File", "_Expression", None]


class Use(NamedTuple):
    """One place that names something of TensorFlow.

    Attributes:
        name: in full, as TF1 spells it: ``tf.contrib.slim.conv2d``.
        node: the expression, or the import statement.
        is_certain: whether it can't mean anything else.
    """

    name: str
    node: ast.expr | ast.stmt
    is_certain: bool


class _Expression(NamedTuple):
    node: ast.expr
    scope: _Scope


@dataclass(eq=False)
class _Scope:
    parent: _Scope | None
    is_class: bool = False
    bindings: dict[str, list[_Meaning]] = field(default_factory=dict)
    elsewhere: dict[str, _Scope] = field(default_factory=dict)  # global, nonlocal

    def bind(self, name: str, meaning: _Meaning) -> None:
        self.elsewhere.get(name, self).bindings.setdefault(name, []).append(meaning)


@dataclass(eq=False)
class _File:
    """One of the user's files, with what its names mean."""

    path: str
    project: Project
    scope: _Scope = field(default_factory=lambda: _Scope(None))
    stars: list[_Meaning] = field(default_factory=list)
    attributes: dict[str, list[_Meaning]] = field(default_factory=dict)
    places: list[tuple[ast.expr, _Scope]] = field(default_factory=list)
    imports: list[tuple[str, ast.stmt]] = field(default_factory=list)
    is_migrated: bool = False
    known: dict[str, _Meanings] = field(default_factory=dict)
    values: dict[int, _Meanings] = field(default_factory=dict)


class Project:
    """The user's files, read once each.

    Args:
        folders: where absolute imports begin; a file's own folder and those above it up to the first come too.
    """

    def __init__(self, folders: tuple[str, ...] = ()) -> None:
        self.folders = folders
        self._files: dict[str, _File | None] = {}

    def uses(self, tree: ast.Module, path: str) -> list[Use]:
        """All uses in `tree`, the syntax tree of the file `path`, in the order of its lines."""
        file = self._read(tree, path)
        found = {}
        for node, scope in file.places:
            for use in _uses_at(node, scope, file):
                found[use.name, use.node.lineno, use.node.col_offset] = use
        for name, statement in file.imports:
            found.setdefault((name, statement.lineno, -1), Use(name, statement, True))
        return sorted(found.values(), key=lambda use: (use.node.lineno, use.node.col_offset, use.name))

    def file(self, path: str) -> _File | None:
        """What the names in the file `path` mean; None if it can't be read."""
        path = os.path.abspath(path)
        if path not in self._files:
            self._files[path] = None  # it may import itself, through others
            try:
                with open(path, "rb") as opened:
                    tree = parse(opened.read(), path)
            except (OSError, SyntaxError):
                return None
            self._files[path] = self._read(tree, path)
        return self._files[path]

    def _read(self, tree: ast.Module, path: str) -> _File:
        file = _File(path, self)
        imported = (name for statement in _statements(tree) for name in _imported(statement))
        file.is_migrated = any(name.partition(".")[0] == _OURS for name in imported)
        _Binder(file).visit(tree)
        return file

    def find(self, module: str, level: int, path: str) -> str | None:
        """The file of `module` as the file `path` would import it, if it is the user's."""
        folder = os.path.dirname(os.path.abspath(path))
        if level:
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
            candidates = [folder]
        else:
            candidates = [folder, *self.folders]
            while self.folders and folder.startswith(self.folders[0]) and os.path.dirname(folder) != folder:
                folder = os.path.dirname(folder)
                candidates.append(folder)
        for start in candidates:
            place = os.path.join(start, *module.split(".")) if module else start
            for file in (place + ".py", os.path.join(place, "__init__.py")):
                if os.path.isfile(file):
                    return file
        return None


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Every statement; much faster than `ast.walk`, which goes through expressions too."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            inside = getattr(node, block, None)
            if isinstance(inside, list):
                waiting += inside


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        yield node.module


def tensorflow_name(module: str, is_migrated: bool = False) -> str | None:
    """What the module `module` is in TF1's terms; None if it isn't TensorFlow's.

    >>> tensorflow_name("tensorflow.compat.v1.nn"), tensorflow_name("tf_slim"), tensorflow_name("numpy")
    ('tf.nn', 'tf.contrib.slim', None)
    """
    root, _, rest = module.partition(".")
    if root == "tf_slim":
        return _normal(f"tf.contrib.slim.{rest}".rstrip("."))
    if root == _OURS:
        return _normal(f"tf.{rest}".rstrip("."))
    if root != "tensorflow" or is_migrated:  # a migrated file says which TensorFlow it means
        return None
    if module.startswith(_NOT_TF1):
        return module
    return _normal(f"tf.{rest}".rstrip("."))


def _normal(name: str) -> str:
    while name == "tf.compat.v1" or name.startswith("tf.compat.v1."):
        name = "tf" + name[len("tf.compat.v1") :]
    return f"tensorflow{name[2:]}" if name.startswith(("tf.python.", "tf.core.")) or name == "tf.python" else name


# --------------------------------------------------------------------------------- what names are bound to


class _Binder(ast.NodeVisitor):
    """Collects what each scope binds, and the expressions that may be uses."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._scope = file.scope

    def _inside(self, scope: _Scope, nodes: list[ast.AST]) -> None:
        outer, self._scope = self._scope, scope
        for node in nodes:
            self.visit(node)
        self._scope = outer

    # Imports.

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = tensorflow_name(alias.name, self._file.is_migrated)
            if name is not None:
                if name != "tf":
                    self._file.imports.append((name, node))
                root = tensorflow_name(alias.name.partition(".")[0], self._file.is_migrated)
                self._scope.bind(alias.asname or alias.name.partition(".")[0], name if alias.asname else root)
                continue
            module = alias.name if alias.asname else alias.name.partition(".")[0]
            self._scope.bind(alias.asname or module, self._users(module, 0) or _FOREIGN + module)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        root = None if node.level else tensorflow_name(module, self._file.is_migrated)
        if root is not None:
            for alias in node.names:
                if alias.name == "*":
                    self._file.stars.append(root)
                    self._note_import(root, node)
                    continue
                name = _normal(f"{root}.{alias.name}")
                self._note_import(name, node)
                self._scope.bind(alias.asname or alias.name, name)
            return
        for alias in node.names:
            source = self._users(module, node.level)
            if alias.name == "*":
                self._file.stars.append(source)
                continue
            meaning: _Meaning = self._users(f"{module}.{alias.name}".lstrip("."), node.level)
            if isinstance(source, _File) and (meaning is None or alias.name in source.scope.bindings):
                holder = _Scope(None, False, {"<module>": [source]})
                meaning = _Expression(ast.Attribute(ast.Name("<module>"), alias.name), holder)
            elif meaning is None and alias.name in _CONVENTIONAL and not self._file.is_migrated:
                meaning = _CONVENTIONAL[alias.name]  # from six_of_the_users import tf
            self._scope.bind(alias.asname or alias.name, meaning)

    def _note_import(self, name: str, node: ast.stmt) -> None:
        if name != "tf":
            self._file.imports.append((name, node))

    def _users(self, module: str, level: int) -> _File | None:
        path = self._file.project.find(module, level, self._file.path)
        if path is None or os.path.abspath(path) == os.path.abspath(self._file.path):
            return None
        return self._file.project.file(path)

    # Other bindings.

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._scope.bind(node.id, None)
        elif isinstance(node.ctx, ast.Load):
            self._file.places.append((node, self._scope))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load):
            self._file.places.append((node, self._scope))
        root: ast.expr = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name):
            self.visit(root)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "getattr":
            self._file.places.append((node, self._scope))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._assign(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self._assign(node.target, node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._assign(node.target, node.value)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        pair = isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List))
        if pair and len(target.elts) == len(value.elts):  # type: ignore[attr-defined]
            for each, part in zip(target.elts, value.elts, strict=True):  # type: ignore[attr-defined]
                self._assign(each, part)
        elif isinstance(target, ast.Name):
            self._scope.bind(target.id, _Expression(value, self._scope))
            if self._scope.is_class:
                self._file.attributes.setdefault(target.id, []).append(_Expression(value, self._scope))
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            if target.value.id in ("self", "cls"):
                self._file.attributes.setdefault(target.attr, []).append(_Expression(value, self._scope))
            self.visit(target.value)
        else:
            self.visit(target)

    def visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            self._scope.elsewhere[name] = self._file.scope

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        outer = self._scope.parent
        for name in node.names:
            while outer is not None and name not in outer.bindings and outer.parent is not None:
                outer = outer.parent
            if outer is not None:
                self._scope.elsewhere[name] = outer

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._scope.bind(node.name, None)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self._scope.bind(node.name, None)
        self.generic_visit(node)

    # Scopes.

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._scope.bind(node.name, None)
        for each in (*node.decorator_list, *([node.returns] if node.returns else ())):
            self.visit(each)
        self._function(node.args, list(node.body))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node.args, [node.body])

    def _function(self, arguments: ast.arguments, body: list[ast.AST]) -> None:
        scope = _Scope(self._scope)
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
        defaults.update(
            (a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None
        )
        for argument in (*positional, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if argument is None:
                continue
            if argument.annotation is not None:
                self.visit(argument.annotation)
            scope.bind(argument.arg, None)
            if argument in defaults:
                scope.bind(argument.arg, _Expression(defaults[argument], self._scope))
        for default in defaults.values():
            self.visit(default)
        self._inside(scope, body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._scope.bind(node.name, None)
        for each in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(each)
        self._inside(_Scope(self._scope, is_class=True), list(node.body))

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        parts: list[ast.AST] = [part for each in node.generators for part in (each.target, each.iter, *each.ifs)]
        parts += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._inside(_Scope(self._scope), parts)

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension


# --------------------------------------------------------------------------------- what expressions mean


class _Meanings(NamedTuple):
    found: frozenset[str | _File]
    is_certain: bool


_NOTHING = _Meanings(frozenset(), False)


def _meanings(node: ast.expr, scope: _Scope, file: _File, depth: int = 0) -> _Meanings:
    """What of TensorFlow, or which file of the user's, `node` can stand for."""
    if depth > _DEEPEST:
        return _NOTHING
    if isinstance(node, ast.Name):
        return _look_up(node.id, scope, file, depth + 1)
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
            return _union(file.attributes.get(node.attr, []), file, depth + 1)
        return _attribute(_meanings(node.value, scope, file, depth + 1), node.attr, depth)
    if isinstance(node, ast.Call):
        return _of_call(node, scope, file, depth)
    if isinstance(node, (ast.IfExp, ast.BoolOp)):
        parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values
        found = [_meanings(part, scope, file, depth + 1) for part in parts]
        return _Meanings(frozenset().union(*(each.found for each in found)), False)
    if isinstance(node, ast.NamedExpr):
        return _meanings(node.value, scope, file, depth + 1)
    return _NOTHING


def _attribute(holder: _Meanings, name: str, depth: int) -> _Meanings:
    found: set[str | _File] = set()
    is_certain = holder.is_certain
    for each in holder.found:
        if isinstance(each, _File):
            inner = _in_file(name, each, depth + 1)
            found |= inner.found
            is_certain = is_certain and inner.is_certain
        else:
            found.add(_normal(f"{each}.{name}"))
    return _Meanings(frozenset(found), is_certain)


def _of_call(node: ast.Call, scope: _Scope, file: _File, depth: int) -> _Meanings:
    called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if called == "getattr" and len(node.args) > 1 and literals and isinstance(node.args[1], ast.Constant):
        return _attribute(_meanings(node.args[0], scope, file, depth + 1), literals[0], depth)
    if called in ("import_module", "__import__") and literals and node.args[0] is not None:
        name = tensorflow_name(literals[0], file.is_migrated)
        if name is not None:
            whole = name if called == "import_module" else name.partition(".")[0]
            return _Meanings(frozenset([whole]), False)
    return _NOTHING


def _look_up(name: str, scope: _Scope, file: _File, depth: int) -> _Meanings:
    here: _Scope | None = scope.elsewhere.get(name, scope)
    first = True
    while here is not None:
        if name in here.bindings and (first or not here.is_class):
            found = _union(here.bindings[name], file, depth)
            if not found.found and name == "tf":  # def model(tf, x)
                return _Meanings(frozenset(["tf"]), False)
            return found
        here, first = here.parent, False
    for star in file.stars:
        if isinstance(star, _File) and depth < _DEEPEST:
            found = _in_file(name, star, depth + 1)
            if found.found:
                return found._replace(is_certain=False)
        elif isinstance(star, str) and name in members().get(canonical(star), ()):
            return _Meanings(frozenset([_normal(f"{star}.{name}")]), False)
    if any(star is None for star in file.stars) and name in _CONVENTIONAL and not file.is_migrated:
        return _Meanings(frozenset([_CONVENTIONAL[name]]), False)
    return _NOTHING


def _in_file(name: str, file: _File, depth: int) -> _Meanings:
    """What `name` is in the user's file `file`, for others that import it."""
    # Files that import all of each other's names would be gone through in every order otherwise.
    if name not in file.known:
        file.known[name] = _NOTHING
        file.known[name] = _look_up(name, file.scope, file, depth)
    return file.known[name]


def _of_expression(expression: _Expression, file: _File, depth: int) -> _Meanings:
    """What an assigned expression stands for; nothing while that is being found out (``self.x = self.x or y``)."""
    key = id(expression.node)
    if key not in file.values:
        file.values[key] = _NOTHING
        file.values[key] = _meanings(expression.node, expression.scope, file, depth)
    return file.values[key]


def _union(bindings: list[_Meaning], file: _File, depth: int) -> _Meanings:
    found: set[str | _File] = set()
    is_certain = True
    for meaning in bindings:
        if isinstance(meaning, (str, _File)):
            found.add(meaning)
        elif meaning is None:
            is_certain = False
        elif depth < _DEEPEST:
            inner = _of_expression(meaning, file, depth + 1)
            found |= inner.found
            is_certain = is_certain and inner.is_certain
    return _Meanings(frozenset(found), is_certain and len(found) == 1)


# ------------------------------------------------------------------------------------------------- uses


def _uses_at(node: ast.expr, scope: _Scope, file: _File) -> Iterator[Use]:
    """The uses at an expression: the longest part of ``tf.nn.relu.__name__`` that is a name of TF1."""
    meanings = _meanings(node, scope, file)
    for meaning in meanings.found:
        if isinstance(meaning, _File) or meaning == "tf" or meaning.startswith(_FOREIGN):
            continue
        if meaning.startswith(_NOT_TF1):
            yield Use(meaning, node, meanings.is_certain)
            continue
        name = known_part(meaning)
        if name == "tf":
            continue
        inner: ast.expr = node
        for _ in range(meaning.count(".") - name.count(".")):
            if isinstance(inner, ast.Attribute):
                inner = inner.value
        yield Use(name, inner, meanings.is_certain)
    if not meanings.found and isinstance(node, ast.Attribute):
        # self.tf.nn is nothing that we know, but self.tf may be.
        yield from _uses_at(node.value, scope, file) if isinstance(node.value, (ast.Attribute, ast.Name)) else ()


def known_part(name: str) -> str:
    """`name` up to the first part that isn't a module: what TF1 knows of ``tf.nn.relu.__name__`` is ``tf.nn.relu``.

    An unknown name in a known module is kept: ``tf.nn.relu7``.
    """
    names = tf1_names()
    parts = name.split(".")
    path = parts[0]
    for number, part in enumerate(parts[1:], start=2):
        holder = canonical(path)
        if holder in _PASSED_ON:
            return name
        whole = f"{holder}.{part}"
        if part.startswith("__"):  # every module has a __name__
            return name if whole in VERSIONS else path
        if whole not in names:
            known = names.get(holder)
            is_module = holder == "tf" or known is None or known.kind == "module"
            return ".".join(parts[:number]) if whole in BEFORE_1_0 or is_module else path
        path = ".".join(parts[:number])
    return path


@functools.cache
def canonical(name: str) -> str:
    """`name` through modules that are another's second name: ``tf.app.flags.FLAGS`` is ``tf.flags.FLAGS``."""
    names = tf1_names()
    if name == "tf":
        return name
    parent, _, last = name.rpartition(".")
    whole = f"{canonical(parent)}.{last}" if parent else last
    known = names.get(whole)
    if known is not None and known.kind == "module" and known.alias_of:
        return known.alias_of
    return whole
