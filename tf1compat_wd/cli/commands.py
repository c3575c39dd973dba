"""Reads the command line and hands over to one command. Each command is one module."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tf1compat_wd.cli import rewrite, run, scan, verify
from tf1compat_wd.cli.messages import PROGRAM, UsageError, say

# Each has NAME, `add_to(subparsers)` and `main(arguments) -> exit status`.
COMMANDS = (run, scan, rewrite, verify)

USAGE_ERROR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        argv: what stands behind the program's name; default `sys.argv[1:]`.
    """
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description="Run TensorFlow 1 programs on today's TensorFlow.", allow_abbrev=False
    )
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subparsers)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.command(arguments))
    except UsageError as error:
        say(str(error))
        return USAGE_ERROR
