"""Who imports whom, and who knows TensorFlow's insides: read from the sources, nothing is imported.

Arrows point one way:

    tf1compat_wd → tracking → _core
    tf1compat_wd → layers, nn, losses, metrics, train, summary, contrib → _core
    contrib.slim → contrib.layers, contrib.rnn → contrib.framework → layers, nn, losses, train
    cli → nothing of TensorFlow
"""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "tf1compat_wd"
HOOKS = f"{PACKAGE}._core.tensorflow_hooks"
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", PACKAGE, "migration_guide", "tests"}


class Arrow(NamedTuple):
    """One import statement's name: of a module of ours if there is one, else of what the statement names."""

    target: str
    line: int
    is_deferred: bool  # inside a function


@cache
def trees():
    """Our modules by name, as syntax trees."""
    files = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        files[name] = ast.parse(path.read_bytes(), str(path))
    return files


def is_below(module, *packages):
    return any(module == package or module.startswith(package + ".") for package in packages)


@cache
def arrows(module):
    """What `module` imports."""
    found = []

    def visit(node, is_deferred):
        if isinstance(node, ast.Import):
            found.extend(Arrow(alias.name, node.lineno, is_deferred) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.append(Arrow(whole if whole in trees() else node.module, node.lineno, is_deferred))
        for child in ast.iter_child_nodes(node):
            visit(child, is_deferred or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)))

    visit(trees()[module], False)
    return tuple(found)


def ours_imported_by(module):
    return {arrow.target for arrow in arrows(module) if is_below(arrow.target, PACKAGE)} - {module}


def modules_below(*packages):
    return [module for module in trees() if is_below(module, *(f"{PACKAGE}.{package}" for package in packages))]


def places(module, wanted):
    """The imports of `module` that are wanted, as a reader can find them."""
    return [f"{module}:{arrow.line} imports {arrow.target}" for arrow in arrows(module) if wanted(arrow)]


# ------------------------------------------------------------------------------- arrows among ours


def test_there_is_no_circle():
    """A circle hidden by a deferred import counts: something stands in the wrong file."""
    waiting = {module: ours_imported_by(module) for module in trees()}
    # A package's __init__ names what is in it; that alone is no circle, for nobody in it imports the __init__.
    while free := [module for module, needed in waiting.items() if not needed & waiting.keys()]:
        for module in free:
            del waiting[module]
    in_circles = {
        module: sorted(needed & waiting.keys())
        for module, needed in waiting.items()
        if any(module in ours_imported_by(other) for other in waiting)
    }
    assert in_circles == {}


@pytest.mark.parametrize("module", modules_below("_core"))
def test_the_core_imports_the_core_alone(module):
    assert places(module, lambda a: is_below(a.target, PACKAGE) and not is_below(a.target, f"{PACKAGE}._core")) == []


@pytest.mark.parametrize("module", [f"{PACKAGE}._core.errors", HOOKS, f"{PACKAGE}._typing"])
def test_what_everybody_imports_imports_nothing_of_ours(module):
    if module in trees():
        assert ours_imported_by(module) == set()


def test_tracking_imports_the_core_and_on_demand_the_keras_layer():
    others = {
        (arrow.target, arrow.is_deferred)
        for arrow in arrows(f"{PACKAGE}.tracking")
        if is_below(arrow.target, PACKAGE) and not is_below(arrow.target, f"{PACKAGE}._core")
    }
    assert others == {(f"{PACKAGE}._keras_layer", True)}


def test_the_keras_layer_alone_imports_keras():
    assert [module for module in trees() if places(module, lambda arrow: is_below(arrow.target, "keras"))] == [
        f"{PACKAGE}._keras_layer"
    ]


@pytest.mark.parametrize("module", [module for module in trees() if module != PACKAGE])
def test_nobody_imports_what_stands_above(module):
    above = [f"{PACKAGE}.tracking"]
    if not is_below(module, f"{PACKAGE}.cli"):
        above.append(f"{PACKAGE}.cli")
    if not is_below(module, f"{PACKAGE}.contrib"):
        above.append(f"{PACKAGE}.contrib")
    if is_below(module, f"{PACKAGE}.contrib.framework"):
        above += [f"{PACKAGE}.contrib.{name}" for name in ("layers", "rnn", "slim")]
    if is_below(module, f"{PACKAGE}.contrib.layers", f"{PACKAGE}.contrib.rnn"):
        above.append(f"{PACKAGE}.contrib.slim")
    assert places(module, lambda arrow: arrow.target == PACKAGE or is_below(arrow.target, *above)) == []


# ---------------------------------------------------------------------------------- TensorFlow


@cache
def names_of_ours():
    """Every attribute, function, class and argument name with an underscore that we define ourselves."""
    names = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                    names.add(node.attr)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).rpartition(".")[2])
    return names | {module.rpartition(".")[2] for module in trees()}


# Underscored names that are no secrets of TensorFlow.
NO_SECRETS = {
    *("_replace", "_asdict", "_fields", "_make", "_field_defaults"),  # namedtuple
    *("_getframe", "_SubParsersAction"),  # sys, argparse
    *("_key_op", "_scoped_names"),  # what arg_scope writes on the functions it wraps
}


def attribute_named_by(node):
    """The attribute that ``x.name`` or ``getattr(x, "name")`` asks for, or ``""``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
        name = node.args[1]
        if node.func.id in ("getattr", "setattr", "hasattr", "delattr") and isinstance(name, ast.Constant):
            return name.value
    return ""


def underscored(module):
    """The underscored names that `module` takes from things that aren't ours."""
    for node in ast.walk(trees()[module]):
        name = attribute_named_by(node)
        is_secret = name.startswith("_") and not (name.startswith("__") and name.endswith("__"))
        if is_secret and name not in names_of_ours() | NO_SECRETS:
            yield f"{module}:{node.lineno} uses {name}"


@pytest.mark.parametrize("module", [module for module in trees() if module != HOOKS])
def test_only_the_hooks_know_tensorflows_insides(module):
    private = [f"{library}.{name}" for library in ("tensorflow", "keras") for name in ("python", "_api", "src")]
    assert places(module, lambda arrow: is_below(arrow.target, *private)) == []
    chains = [
        f"{module}:{node.lineno} uses {ast.unparse(node)}"
        for node in ast.walk(trees()[module])
        if isinstance(node, ast.Attribute)
        and node.attr in ("python", "__internal__")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("tf", "tf2", "tensorflow")
    ]
    assert chains == []
    assert list(underscored(module)) == []


# ----------------------------------------------------------------------------- the command line


def loaded_with(module):
    """The modules that are loaded when `module` is, by their import statements outside functions."""
    loaded, waiting = set(), [module]
    while waiting:
        name = waiting.pop()
        if name not in loaded:
            loaded.add(name)
            waiting += [arrow.target for arrow in arrows(name) if not arrow.is_deferred and arrow.target in trees()]
    return loaded


def test_the_command_line_starts_with_the_standard_library_alone():
    """TensorFlow and rich are loaded by the commands that need them, when they need them."""
    modules = loaded_with(f"{PACKAGE}.cli.commands")
    assert all(is_below(module, f"{PACKAGE}.cli", f"{PACKAGE}.names") for module in modules)
    needed = {arrow.target.partition(".")[0] for module in modules for arrow in arrows(module) if not arrow.is_deferred}
    assert sorted(needed - {PACKAGE} - sys.stdlib_module_names) == []


@pytest.mark.parametrize("module", modules_below("cli"))
def test_the_command_line_never_imports_tensorflow_itself(module):
    assert places(module, lambda arrow: is_below(arrow.target, "tensorflow", "keras", "tf_keras")) == []


def test_the_launcher_loads_no_tensorflow():
    launcher = ROOT / PACKAGE / "cli" / "launcher.py"
    program = (
        "import runpy, sys; sys.argv = ['tf1compat-wd', 'run', 'missing.py'];"
        f"sys.path[0] = {str(ROOT)!r}; module = runpy.run_path({str(launcher)!r});"
        "status = module['main'](); print(status, 'tensorflow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "2 False\n", done.stderr


# -------------------------------------------------------------------------------- the repository


def test_the_top_level_holds_nothing_else():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    top = {Path(line).parts[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL
