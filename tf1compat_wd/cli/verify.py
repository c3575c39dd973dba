"""``tf1compat-wd verify``: proves that a model is the same in a session and today, or before and after a migration."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from tf1compat_wd.cli import script_imports
from tf1compat_wd.cli.messages import UsageError, say, shown
from tf1compat_wd.cli.redirection import PACKAGE
from tf1compat_wd.cli.script_files import ScriptFiles, explain

_DESCRIPTION = """\
Build a model in a graph with a session, eagerly and in a tf.function, with equal weights, and compare
variables (names, shapes, dtypes, order, trainability, collections), initial values, collections,
REGULARIZATION_LOSSES one by one, outputs, gradients, and all of it again after some passes of training.

With --against a second function is built in the same ways and compared with the first in a session: your
legacy model and its migration. The imports of your own files are redirected as in `tf1compat-wd run`.

Exit status: 0 if all is the same, 1 if something differs, 2 if it could not be tried.
"""
_EXAMPLES = """\
examples:
  tf1compat-wd verify models.resnet:inference --input images=float32[2,32,32,3] --input is_training=true
  tf1compat-wd verify old.net:model --against new.net:model --input x=float32[8,784] --html report.html
"""


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``verify`` to the command line."""
    parser = subparsers.add_parser(
        "verify",
        help="prove that a model's numbers are the same in every mode, or after a migration",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("function", metavar="module:function", help="builds the model, from the current folder")
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an argument of the function: a dtype with a shape (x=float32[32,784], ? for any size), a .npy file, "
        "true, false, none, a number or a string; may be repeated",
    )
    parser.add_argument("--against", metavar="module:function", help="another function, compared with the first")
    parser.add_argument(
        "--modes", default="session,eager,function", metavar="LIST", help="default: session,eager,function"
    )
    parser.add_argument("--jit", action="store_true", help="compiled by XLA, too")
    parser.add_argument("--passes", type=int, default=3, metavar="N", help="how often it runs (default: 3)")
    parser.add_argument("--checkpoint", metavar="PATH", help="take the weights from there, by name")
    parser.add_argument("--no-gradients", action="store_true", help="don't compare gradients")
    parser.add_argument(
        "--tolerance",
        action="append",
        default=[],
        metavar="DTYPE=NUMBER",
        help="largest difference, as a part of an array's largest number (float32=2e-5)",
    )
    parser.add_argument(
        "--also", action="append", default=[], metavar="PKG", help="as for run: another package that is TF1 code"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--html", metavar="FILE", help="write a page with plots of the differences")
    parser.set_defaults(command=main)


def main(arguments: argparse.Namespace) -> int:
    """Verify, print the report, and return the exit status."""
    modes = [mode.strip() for mode in arguments.modes.split(",") if mode.strip()]
    if arguments.jit and "jit" not in modes:
        modes.append("jit")
    tolerances = dict(_number(text) for text in arguments.tolerance)
    given = [_pair(text, "--input") for text in arguments.input]
    if arguments.html and not os.path.isdir(os.path.dirname(os.path.abspath(arguments.html))):
        raise UsageError(f"there is no folder for {arguments.html}")
    folder = os.getcwd()
    root = sys.modules.get(PACKAGE)
    if root is not None and "is_stand_in" in vars(root):  # put there by the launcher
        del sys.modules[PACKAGE]
    # Mode "graph": the files are read as they are, without help for `Dimension.value`.
    script_imports.install(ScriptFiles(os.path.realpath(folder), tuple(arguments.also)), "graph", lambda: None)
    sys.path.insert(0, folder)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

    tracking = importlib.import_module(f"{PACKAGE}.tracking")  # and TensorFlow with it
    parse = importlib.import_module(f"{PACKAGE}._core.verification.inputs").parse
    inputs = {}
    for name, text in given:
        try:
            inputs[name] = parse(text)
        except (OSError, ValueError) as error:
            raise UsageError(f"--input {name}={text}: {error}") from None
    functions = [_find(each) for each in (arguments.function, arguments.against) if each]
    called = [_with_names(function, tuple(inputs)) for function in functions]
    try:
        report = tracking.verify(
            called[0],
            *inputs.values(),
            against=called[1] if len(called) > 1 else None,
            modes=modes,
            passes=arguments.passes,
            checkpoint=arguments.checkpoint,
            gradients=not arguments.no_gradients,
            tolerances=tolerances,
        )
    except (ValueError, TypeError, RuntimeError) as error:
        raise UsageError(str(error).partition("\n")[0]) from None
    print(json.dumps(report.as_dict(), indent=2) if arguments.json else report)
    if arguments.html:
        try:
            report.write_html(arguments.html)
        except OSError as error:
            raise UsageError(f"can't write {arguments.html}: {error.strerror}") from None
        say(f"plots are in {shown(arguments.html)}")
    return 0 if report.ok else 1


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise UsageError(f"{option} {text}: write NAME=VALUE")
    return name, value


def _number(text: str) -> tuple[str, float]:
    name, value = _pair(text, "--tolerance")
    try:
        return name, float(value)
    except ValueError:
        raise UsageError(f"--tolerance {text}: {value} is no number") from None


def _find(place: str) -> Callable[..., Any]:
    """Import the function that `place`, ``module:function``, names."""
    module_name, colon, path = place.partition(":")
    if not colon or not path:
        raise UsageError(f"{place}: write module:function, as in models.resnet:inference")
    try:
        found: Any = importlib.import_module(module_name)
    except SyntaxError as error:
        raise UsageError(explain(error)) from None
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise
        raise UsageError(f"there is no module {error.name} in {os.getcwd()} or on the Python path") from None
    for part in path.split("."):
        if not hasattr(found, part):
            raise UsageError(f"{module_name} has no {path}")
        found = getattr(found, part)
    if not callable(found):
        raise UsageError(f"{place} is no function")
    return found


def _with_names(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    def call(*values: Any) -> Any:
        return function(**dict(zip(names, values, strict=True)))

    call.__name__ = getattr(function, "__name__", type(function).__name__)
    return call
