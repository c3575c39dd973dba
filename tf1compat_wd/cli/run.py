"""``tf1compat-wd run``: executes a TensorFlow 1 script on today's TensorFlow, without editing a file."""

from __future__ import annotations

import argparse
import importlib
import importlib.machinery
import os
import re
import sys
from types import CodeType, ModuleType
from typing import NamedTuple

from tf1compat_wd.cli import tracebacks, vanished
from tf1compat_wd.cli.messages import UsageError, say, shown
from tf1compat_wd.cli.program import Program
from tf1compat_wd.cli.redirection import PACKAGE
from tf1compat_wd.cli.script_files import ScriptFiles, explain, is_installed
from tf1compat_wd.cli.script_modes import Choice, Mode, choose_mode
from tf1compat_wd.cli.script_processes import tell_children

_DESCRIPTION = """\
Run a TensorFlow 1 script on the TensorFlow that is installed here. No file is edited: only the import
statements of your own files are redirected, while they are loaded.

Your own files are those in the script's folder and below, and the modules named with --also. Installed
libraries keep seeing the real TensorFlow. NumPy names that were removed (np.int, np.float, ...) work again
in your own files, and np.load reads pickled arrays as it did in 2018."""


class _Script(NamedTuple):
    """Where the script is.

    Attributes:
        path: absolute path of its file.
        argv0: what it finds in `sys.argv[0]`.
        search_folder: first entry of its `sys.path`.
        own_folder: the folder whose files are the user's own.
        module: its name with ``-m``, else ``""``.
        package: the package it belongs to with ``-m``, else ``""``.
        source: its content, if it can be read only once; else None.
    """

    path: str
    argv0: str
    search_folder: str
    own_folder: str
    module: str = ""
    package: str = ""
    source: bytes | None = None


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``run`` to the command line."""
    parser = subparsers.add_parser(
        "run",
        help="run a TensorFlow 1 script unchanged",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="tf1compat-wd run [--mode auto|graph|eager] [--also PKG] [--explain] [-m] script.py [args ...]",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--mode",
        choices=("auto", "graph", "eager"),
        default="auto",
        help="graph: as TF1 was, with sessions; eager: values at once; auto (default): graph if the sources "
        "use sessions, placeholders, queues or the like, else eager",
    )
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="PKG",
        help="a module or package outside the script's folder that is TF1 code too; may be repeated",
    )
    parser.add_argument("--explain", action="store_true", help="say on stderr which mode was chosen and why")
    parser.add_argument(
        "-m", action="store_true", dest="is_module", help="script is the name of a module, as in python -m"
    )
    parser.add_argument("script", help="the script, or - for standard input, or with -m a module")
    parser.add_argument("args", nargs=argparse.REMAINDER, help="handed to the script as they are")
    parser.set_defaults(command=main)


def main(arguments: argparse.Namespace) -> int:
    """Run the script in this process; its exit status is ours."""
    script = _find_module(arguments.script) if arguments.is_module else _find_file(arguments.script)
    files = ScriptFiles(script.own_folder, tuple(arguments.also))
    choice = choose_mode(script.path, files, script.package, script.source)
    mode: Mode = choice.mode if arguments.mode == "auto" else arguments.mode
    program = Program(script.path, script.module, script.package, mode, files, script.source)
    code = _compiled(program)
    if arguments.explain:
        _explain(choice, mode, arguments.mode, files)

    sys.argv[:] = [script.argv0, *arguments.args]
    if not getattr(sys.flags, "safe_path", False):  # python -P, from 3.11 on
        sys.path[0] = script.search_folder
    program.install()
    tell_children(program)
    _execute(program, code)
    return 0


def _find_file(name: str) -> _Script:
    if name == "-":
        # Python names it so, too.
        return _Script("<stdin>", name, "", os.path.realpath(os.curdir), source=sys.stdin.buffer.read())
    if os.path.isdir(name):
        raise UsageError(f"{name} is a folder; name the script in it")
    if not os.path.exists(name):
        raise UsageError(f"there is no file {name}")
    path = os.path.join(os.getcwd(), name)  # not normalised: neither does Python
    folder = os.path.dirname(os.path.realpath(path))
    return _Script(path, name, folder, folder, source=_content_of_a_pipe(path))


def _content_of_a_pipe(path: str) -> bytes | None:
    """Return what is in `path`, such as /dev/stdin or the shell's <(command), if it isn't a file; else None."""
    if os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"can't read {shown(path)}: {error.strerror or error}") from None


def _find_module(name: str) -> _Script:
    """Find a module as ``python -m`` does, but without importing the packages above it."""
    folder = os.getcwd()
    search_path: list[str] | None = [folder, *sys.path[1:]]
    parts = name.split(".")
    own_folder = folder
    for end in range(1, len(parts) + 1):
        spec = importlib.machinery.PathFinder.find_spec(".".join(parts[:end]), search_path)
        if spec is None or (spec.origin is None and spec.submodule_search_locations is None):
            raise UsageError(f"there is no module {'.'.join(parts[:end])} in {shown(folder)} or on the Python path")
        locations = spec.submodule_search_locations
        search_path = list(locations) if locations is not None else []
        if end == 1 and not (spec.origin or search_path[0]).startswith(os.path.join(folder, "")):
            # Somebody's package elsewhere: that alone is the user's own.
            own_folder = search_path[0] if locations is not None else os.path.dirname(spec.origin or folder)
    if locations is not None:
        name = f"{name}.__main__"
        spec = importlib.machinery.PathFinder.find_spec(name, search_path)
    if spec is None or spec.origin is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
        raise UsageError(f"there is no module {name} with a source file that could be run")
    path = os.path.abspath(spec.origin)
    return _Script(path, path, folder, os.path.realpath(own_folder), name, name.rpartition(".")[0])


def _compiled(program: Program) -> CodeType:
    """Compile the script; raise `UsageError` if it can't be read or isn't Python 3. Nothing of it has run yet."""
    try:
        return program.code()
    except SyntaxError as error:
        raise UsageError(explain(error)) from None
    except OSError as error:
        raise UsageError(f"can't read {shown(program.path)}: {error.strerror or error}") from None


def _explain(choice: Choice, mode: Mode, asked: str, files: ScriptFiles) -> None:
    first_places = {reason.what: reason for reason in reversed(choice.reasons)}
    shown_places = sorted(first_places.values(), key=choice.reasons.index)[:5]
    why = "; ".join(map(str, shown_places)) or "nothing in the sources needs a session"
    if len(choice.reasons) > len(shown_places):
        why += f"; and {len(choice.reasons) - len(shown_places)} more"
    if asked == "auto":
        say(f"{mode} mode: {why}")
    else:
        say(f"{mode} mode: --mode says so (auto would choose {choice.mode}: {why})")
    also = f" and {', '.join(files.also)}" if files.also else ""
    say(f"redirected: the files below {files.folder}{also}")


def _execute(program: Program, code: CodeType) -> None:
    """Run the script as ``__main__``. Exceptions leave as Python would let them leave."""
    main_module = ModuleType("__main__")
    vars(main_module).update(program.attributes())
    # It stays there to the end: what the script registered with atexit may still look for its own classes.
    # The second name is the one under which multiprocessing's children know it.
    sys.modules["__main__"] = sys.modules["__mp_main__"] = main_module
    try:
        if program.package:
            importlib.import_module(program.package)
        exec(code, vars(main_module))
    except SystemExit:
        raise
    except BaseException as error:
        _show(error)
        # Raised again, with nothing more to print, because Python itself knows best how to end: status 1, or
        # the signal if it was Ctrl-C.
        sys.excepthook = lambda *_: None
        raise


def _show(error: BaseException) -> None:
    """Show an exception that ends the script: its traceback, or for a file that isn't Python 3 one line."""
    if (
        isinstance(error, SyntaxError)
        and error.filename
        and os.path.isfile(error.filename)
        and not is_installed(os.path.realpath(error.filename))
    ):
        say(explain(error))
    else:
        tracebacks.show(error)
        explanation = vanished.explain(error)
        if explanation:
            say(explanation)
        elif isinstance(error, ImportError):
            _say_why_it_is_missing(error)


def _say_why_it_is_missing(error: ImportError) -> None:
    """Say why there is no such name of TF1, which `tf.name` says by itself but ``from`` imports don't let through."""
    name = re.match(r"cannot import name '(\w+)'", str(error))
    module = sys.modules.get(error.name or "")
    if name is None or module is None or not module.__name__.startswith(PACKAGE):
        return
    try:
        getattr(module, name[1])
    except AttributeError as reason:
        _, *explanation = str(reason).split("\n\n")
        if explanation:
            say(" ".join(" ".join(explanation).split()))
