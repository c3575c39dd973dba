"""`Dimension.value` in eager mode: ``x.shape[0].value``, where `x.shape[0]` is a number today.

TF1 gave a `Dimension` for each axis. In graph mode `run` has TensorFlow do so again, for everybody. In eager mode
Keras 3 and installed libraries share the process and expect numbers, so there only the user's own files are changed:
while such a file is loaded, ``e.value`` becomes ``dimension_or_itself(e).value``. What isn't a number comes back as it
is: ``.value`` means what it means for enumerations, flags and messages, and an error is raised at its old place.

Functions that AutoGraph converts are read by it from the file once more, without the change.
"""

from __future__ import annotations

import ast
import numbers
from typing import Any, NamedTuple

from tf1compat_wd.cli.redirection import after_future_imports

_ATTRIBUTE = "value"
# Two underscores at both ends: star imports leave it, and in a class Python doesn't change it.
_NAME = "__tf1compat_wd_dimension__"
_UNKNOWN_TOO = "__tf1compat_wd_dimension_or_none__"
_SHAPE_ATTRIBUTES = frozenset({"shape", "get_shape"})


class _Dimension(NamedTuple):
    """A number, or None, as a `Dimension` shows it."""

    value: int | None


def dimension_or_itself(thing: Any) -> Any:
    """Return something with a `value` for an integer, NumPy's included; anything else as it is.

    >>> dimension_or_itself(3).value
    3
    """
    if type(thing) is int:
        return _Dimension(thing)
    if type(thing).__module__ == "numpy" and isinstance(thing, numbers.Integral):  # np.prod(shape)
        return _Dimension(int(thing))
    return thing


def dimension_or_none_or_itself(thing: Any) -> Any:
    """Return the same as `dimension_or_itself`, and for None an unknown dimension.

    For expressions of which the source says that they are an axis of a shape; elsewhere None is somebody's mistake.
    """
    return _Dimension(None) if thing is None else dimension_or_itself(thing)


def give_dimensions(tree: ast.Module, source: bytes) -> ast.Module:
    """Change ``e.value`` in `tree`, the syntax of `source`, in place. Places of expressions stay.

    Only where such an attribute is read: not in assignments, patterns, annotations, nor method calls ``e.value()``.
    """
    if b".value" not in source:
        return tree
    changes = _Changes(_names_of_dimensions(tree))
    changes.visit(tree)
    if changes.helpers:
        names = [
            ast.alias(function.__name__, name)
            for name, function in ((_NAME, dimension_or_itself), (_UNKNOWN_TOO, dimension_or_none_or_itself))
            if name in changes.helpers
        ]
        place = after_future_imports(tree.body)
        # At a line of the file, for tracebacks if somebody has removed us meanwhile.
        tree.body.insert(place, ast.fix_missing_locations(ast.ImportFrom(__name__, names, 0)))
    return tree


class _Changes(ast.NodeTransformer):
    """Wraps what `.value` is read from.

    Attributes:
        helpers: names of the functions used.
    """

    def __init__(self, dimensions: frozenset[str]) -> None:
        self.helpers: set[str] = set()
        self._dimensions = dimensions

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr == _ATTRIBUTE and isinstance(node.ctx, ast.Load) and not isinstance(node.value, ast.Constant):
            is_axis = _is_axis(node.value, self._dimensions)
            helper = _UNKNOWN_TOO if is_axis else _NAME
            self.helpers.add(helper)
            call = ast.Call(ast.Name(helper, ast.Load()), [node.value], [])
            ast.copy_location(call.func, node.value)
            node.value = ast.copy_location(call, node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Attribute):  # a method, or a function of a module
            node.func.value = self.visit(node.func.value)
        else:
            node.func = self.visit(node.func)
        node.args = [self.visit(argument) for argument in node.args]
        node.keywords = [self.visit(keyword) for keyword in node.keywords]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.target = self.visit(node.target)
        node.value = self.visit(node.value) if node.value is not None else None
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_MatchValue(self, node: ast.AST) -> ast.AST:
        return node

    def visit_MatchMapping(self, node: ast.AST) -> ast.AST:
        return node

    def visit_MatchClass(self, node: ast.AST) -> ast.AST:
        return node

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        returns, node.returns = node.returns, None
        self.generic_visit(node)
        node.returns = returns
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function


def _is_axis(node: ast.expr, dimensions: frozenset[str]) -> bool:
    if isinstance(node, ast.Subscript):
        return _mentions_shape(node.value)
    return isinstance(node, ast.Name) and node.id in dimensions


def _mentions_shape(node: ast.expr) -> bool:
    return any(
        (isinstance(inner, ast.Attribute) and inner.attr in _SHAPE_ATTRIBUTES)
        or (isinstance(inner, ast.Name) and "shape" in inner.id.lower())
        for inner in ast.walk(node)
    )


def _names_of_dimensions(tree: ast.Module) -> frozenset[str]:
    """Return the names that are given axes of shapes: ``for d in x.shape``, ``n, h = x.shape``, ``n = x.shape[0]``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign) and _mentions_shape(node.value):
            targets = node.targets
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)) and _mentions_shape(node.iter):
            targets = [node.target]
        for target in targets:
            found |= {inner.id for inner in ast.walk(target) if isinstance(inner, ast.Name)}
    return frozenset(found)
