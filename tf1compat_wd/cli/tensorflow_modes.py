"""What happens once TensorFlow is loaded: it gets into the mode that the script was written for."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable

from tf1compat_wd.cli import numpy_arrays, soft_placement
from tf1compat_wd.cli.script_modes import Mode


def setter(mode: Mode) -> Callable[[], None]:
    """Return the function to be called as soon as TensorFlow is loaded."""
    return functools.partial(_set, mode)


def _set(mode: Mode) -> None:
    if mode == "graph":
        _switch_to_graphs()
    soft_placement.allow()
    _give_flags_away()
    _show_numbers_plainly()
    numpy_arrays.restore_methods()


def _switch_to_graphs() -> None:
    """Turn all of TensorFlow 2's behaviours off: no eager execution, TF1's shapes and control flow."""
    v1 = sys.modules["tensorflow"].compat.v1
    # TensorFlow warns that it won't support this for ever, which the user of a TF1 script can't help.
    verbosity = v1.logging.get_verbosity()
    v1.logging.set_verbosity(v1.logging.ERROR)
    try:
        v1.disable_v2_behavior()
    finally:
        v1.logging.set_verbosity(verbosity)
    # Deferred: the command line loads nothing of TensorFlow before the script does.
    importlib.import_module("tf1compat_wd._core.op_counts").start()
    hooks = importlib.import_module("tf1compat_wd._core.tensorflow_hooks")
    hooks.draw_uniformly_by(importlib.import_module("tf1compat_wd._random_ops").random_uniform)


def _show_numbers_plainly() -> None:
    """Have NumPy 2 show the numbers in a list as "[0.5]", as it did, and not as "[np.float32(0.5)]".

    What a program prints is read by other programs. NumPy has no such setting for some files only; but this is the
    script's process.
    """
    numpy = sys.modules["numpy"]
    if int(numpy.__version__.partition(".")[0]) >= 2:
        numpy.set_printoptions(legacy="1.25")


def _give_flags_away() -> None:
    """Let the script define flags of its own under the names that absl has taken.

    absl's logging has a `log_dir`, as half of all TF1 scripts do; since TF 1.15 they died of a DuplicateFlagError.
    """
    flags = sys.modules["tensorflow"].compat.v1.app.flags.FLAGS
    for module, its_flags in flags.flags_by_module_dict().items():
        if module.partition(".")[0] == "absl":
            for flag in its_flags:
                flag.allow_override = True
