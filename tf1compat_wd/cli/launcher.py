"""Starts the command without loading TensorFlow.

Python imports a package before the modules in it, and importing `tf1compat_wd` loads TensorFlow: three seconds
before ``--help`` or "there is no such file", and too early for scripts that set environment variables before
their own ``import tensorflow``. So this file is installed a second time beside the package, as
`tf1compat_wd_launcher` (see pyproject.toml); it puts an empty module in the place of `tf1compat_wd`, which
stays there until the script runs (`program` takes it away).

``python -m tf1compat_wd.cli`` does the same work, later by these seconds.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

_PACKAGE = "tf1compat_wd"


def main() -> int:
    """Run the command; the console script's entry point."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is not None and spec.submodule_search_locations and _PACKAGE not in sys.modules:
        stand_in = ModuleType(_PACKAGE)
        stand_in.__path__ = spec.submodule_search_locations
        vars(stand_in)["is_stand_in"] = True
        sys.modules[_PACKAGE] = stand_in
    from tf1compat_wd.cli import commands

    return commands.main()


if __name__ == "__main__":
    sys.exit(main())
