"""Which mode a program was written for, found by reading its sources.

A TF1 program ran in graph mode unless it said otherwise; but a good deal of code in TF1's names (model files,
programs half way to TF2) works eagerly and shows it by what it doesn't do: it opens no session. So the answer
is graph mode if the script, or one of the user's own files that it imports, needs what only a graph has.
"""

from __future__ import annotations

import ast
import importlib.machinery
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from tf1compat_wd.cli.messages import shown
from tf1compat_wd.cli.redirection import PACKAGE, imports
from tf1compat_wd.cli.script_files import ScriptFiles, parse
from tf1compat_wd.names.differs import NEED_A_SESSION

Mode = Literal["graph", "eager"]

# How much a reason weighs: the program says which mode it wants; it can't work in the other; it hints at one.
SAYS, NEEDS, HINTS = range(3)


class Reason(NamedTuple):
    """One place in the sources that speaks for a mode."""

    mode: Mode
    weight: int
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line} uses {self.what}"


class Choice(NamedTuple):
    """A mode and what speaks for it, which may be nothing."""

    mode: Mode
    reasons: tuple[Reason, ...]


_SAYS_GRAPH = frozenset({"disable_eager_execution", "disable_v2_behavior"})
_SAYS_EAGER = frozenset({"enable_eager_execution", "enable_v2_behavior"})
# Those that raise in the other modes are known; these work there, or are TensorFlow's own, and speak for a session too.
_GRAPH_ONLY = frozenset(name.removeprefix("tf.") for name in NEED_A_SESSION) | frozenset(
    """
    Graph InteractiveSession Session get_default_session import_graph_def
    placeholder placeholder_with_default sparse_placeholder
    FIFOQueue PaddingFIFOQueue PriorityQueue RandomShuffleQueue
    data.make_initializable_iterator data.make_one_shot_iterator
    queue.FIFOQueue queue.PaddingFIFOQueue queue.PriorityQueue queue.RandomShuffleQueue
    train.MonitoredSession train.MonitoredTrainingSession train.QueueRunner train.Scaffold train.SessionManager
    train.SingularMonitoredSession train.Supervisor train.add_queue_runner train.batch train.batch_join
    train.import_meta_graph train.input_producer train.limit_epochs train.maybe_batch train.range_input_producer
    train.shuffle_batch train.shuffle_batch_join train.slice_input_producer train.start_queue_runners
    train.string_input_producer
    """.split()
)
_GRAPH_ONLY_NAMESPACES = ("estimator.", "contrib.estimator.", "contrib.learn.", "contrib.slim.learning.")
_WITHOUT_A_GRAPH = ("contrib.learn.datasets", "contrib.learn.preprocessing", "contrib.learn.python.learn.")
# Nothing else has a method of this name, or takes such an argument, whatever the object.
_GRAPH_ONLY_METHODS = frozenset({"make_initializable_iterator", "make_one_shot_iterator", "test_session"})
_GRAPH_ONLY_ARGUMENT = "feed_dict"
_EAGER_ONLY = frozenset({"GradientTape", "contrib.eager"})
# A source without any of these words has no reasons, which spares looking at each of its expressions.
_WORDS = re.compile(
    "|".join(
        {
            *(name.rpartition(".")[2] for name in _SAYS_GRAPH | _SAYS_EAGER | _GRAPH_ONLY | _EAGER_ONLY),
            *(name.strip(".").rpartition(".")[2] for name in _GRAPH_ONLY_NAMESPACES),
            *_GRAPH_ONLY_METHODS,
            _GRAPH_ONLY_ARGUMENT,
        }
    ).encode()
)


def choose_mode(script: str, files: ScriptFiles, package: str = "", source: bytes | None = None) -> Choice:
    """Return the mode that `script` and the user's own files that it imports were written for.

    Args:
        script: path of the script.
        files: which files are the user's own.
        package: the package that the script belongs to, with ``-m``.
        source: content of the script; default: of its file.
    """
    reasons = [
        reason
        for path, content, tree in own_sources(script, files, package, source)
        if _WORDS.search(content)
        for reason in reasons_in(tree, path)
    ]
    for weight in (SAYS, NEEDS, HINTS):
        # Equal weights: with a session somewhere the rest is graph code too; the other way round it isn't so.
        modes: tuple[Mode, ...] = ("graph", "eager")
        for mode in modes:
            found = tuple(reason for reason in reasons if reason.weight == weight and reason.mode == mode)
            if found:
                return Choice(mode, found)
    return Choice("eager", ())


def own_sources(
    script: str, files: ScriptFiles, package: str = "", content: bytes | None = None
) -> Iterator[tuple[str, bytes, ast.Module]]:
    """Yield path, source and syntax tree of `script` and of the user's own files that it imports, directly or not.

    The source of the script itself is `content`, if that is given.

    A file that can't be read or parsed is left out: whether it matters shows when it is really imported.
    """
    folders = [files.folder, *files.folders_above(sys.path)]
    waiting = [(script, package)]
    seen = set()
    while waiting:
        path, package = waiting.pop(0)
        if os.path.realpath(path) in seen:
            continue
        seen.add(os.path.realpath(path))
        try:
            source = _read(path) if content is None else content
            tree = parse(source, path, keep=True)
        except (OSError, SyntaxError):
            continue
        finally:
            content = None  # only the first is the script
        yield path, source, tree
        if b"sys.path" in source:
            # sys.path.append(".."), in one of the many ways to write it: what lies above may be imported too.
            above = os.path.dirname(files.folder)
            folders += [folder for folder in (above, os.path.dirname(above)) if folder not in folders]
        for module in _imported_modules(tree, package):
            waiting.extend(_files_of(module, folders + _folders_of_named(module, files)))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _imported_modules(tree: ast.Module, package: str) -> Iterator[str]:
    """Yield the full names of the modules that `tree`, a module in `package`, may import."""
    for statement in imports(tree):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
            continue
        start = package.split(".")[: package.count(".") + 2 - statement.level] if statement.level else []
        module = ".".join([*start, *([statement.module] if statement.module else [])])
        yield module
        yield from (f"{module}.{alias.name}" for alias in statement.names)


def _files_of(module: str, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the file of `module` and those of the packages above it, each with the package that it belongs to."""
    parts = module.split(".")
    for folder in folders:
        for end in range(1, len(parts) + 1):
            place = os.path.join(folder, *parts[:end])
            if os.path.isfile(os.path.join(place, "__init__.py")):
                yield os.path.join(place, "__init__.py"), ".".join(parts[:end])
            elif os.path.isfile(place + ".py"):
                yield place + ".py", ".".join(parts[: end - 1])


def _folders_of_named(module: str, files: ScriptFiles) -> list[str]:
    """Return the folders where `module` lies, if ``--also`` names it."""
    if not files.named(module):
        return []
    spec = importlib.machinery.PathFinder.find_spec(module.partition(".")[0])
    if spec is None:
        return []
    return [os.path.dirname(place) for place in spec.submodule_search_locations or [spec.origin or ""]]


def reasons_in(tree: ast.Module, path: str) -> Iterator[Reason]:
    """Yield what in one file speaks for a mode, in the order of its lines."""
    aliases = _aliases(tree)
    found = set()
    for node, is_conditional in _expressions(tree):
        mode: Mode = "graph"
        weight = NEEDS
        if isinstance(node, ast.keyword):
            name, shown_name = "", f"{node.arg}="
            if node.arg != _GRAPH_ONLY_ARGUMENT:
                continue
        else:
            name = _tf1_name(node, aliases)
            shown_name = f"tf.{name}"
            if name in _SAYS_GRAPH:
                weight = SAYS
            elif name in _SAYS_EAGER:
                # if FLAGS.eager: tf.enable_eager_execution()
                mode, weight = "eager", HINTS if is_conditional else SAYS
            elif name in _EAGER_ONLY:
                mode, weight = "eager", HINTS
            elif isinstance(node, ast.Attribute) and node.attr in _GRAPH_ONLY_METHODS:
                shown_name = f".{node.attr}"
            elif not needs_a_session(name):
                continue
        found.add(Reason(mode, weight, path, node.lineno, shown_name))
    yield from sorted(found, key=lambda reason: (reason.line, reason.what))


def _expressions(tree: ast.Module) -> Iterator[tuple[ast.Name | ast.Attribute | ast.keyword, bool]]:
    """Yield every name, attribute and keyword argument, and whether an ``if`` decides if it is reached."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, is_conditional = waiting.pop()
        if isinstance(node, (ast.Name, ast.Attribute, ast.keyword)):
            yield node, is_conditional
        inner = is_conditional or (isinstance(node, ast.If) and not _asks_for_main(node))
        waiting.extend((child, inner) for child in ast.iter_child_nodes(node))


def _asks_for_main(node: ast.If) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test))


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Return what the file calls TensorFlow and things in it, each with its TF1 name (``""`` is TensorFlow itself)."""
    # Files that get TensorFlow by `from common import *` call it `tf` as everybody does.
    aliases = {"tf": "", "tensorflow": ""}
    for statement in imports(tree):
        if isinstance(statement, ast.Import):
            pairs = [(alias.asname, alias.name) for alias in statement.names]
        else:
            module = "" if statement.level else statement.module or ""
            pairs = [(alias.asname or alias.name, f"{module}.{alias.name}") for alias in statement.names]
        for name, source in pairs:
            root, _, rest = source.partition(".")
            if name and root == "tensorflow":
                aliases[name] = _without_version(rest)
            elif name and root == "tf_slim":
                aliases[name] = "contrib.slim" + (f".{rest}" if rest else "")
            elif name and root == PACKAGE:
                aliases[name] = rest
    return aliases


def _tf1_name(node: ast.Name | ast.Attribute, aliases: dict[str, str]) -> str:
    """Return the TF1 name that `node` stands for, without ``tf.``; ``""`` if it isn't one."""
    parts: list[str] = []
    root: ast.expr = node
    while isinstance(root, ast.Attribute):
        parts.append(root.attr)
        root = root.value
    if not isinstance(root, ast.Name) or root.id not in aliases:
        return ""
    start = aliases[root.id]
    return _without_version(".".join(([start] if start else []) + parts[::-1]))


def _without_version(name: str) -> str:
    while name == "compat.v1" or name.startswith("compat.v1."):
        name = name[len("compat.v1.") :]
    return name


def needs_a_session(name: str) -> bool:
    """Tell whether the TF1 name `name`, without ``tf.``, is of use in graph mode only."""
    if name.startswith(_WITHOUT_A_GRAPH):
        return False
    return name in _GRAPH_ONLY or name.startswith(_GRAPH_ONLY_NAMESPACES)
