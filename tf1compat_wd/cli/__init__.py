"""The command ``tf1compat-wd``.

Read in this order: `commands` and `run` (the command), `script_files` (which files are the user's own),
`redirection` (what an import statement of theirs means), `script_imports` (the hook that applies it),
`script_modes` (graph or eager?), `script_numpy` and `script_importlib` (two modules that the user's files see
in place of the real ones), `script_dimensions` (`Dimension.value` in eager mode), `script_processes` (children
made by `multiprocessing`), `launcher` (how the command starts), `tensorflow_modes` and `soft_placement` (what happens
once TensorFlow is loaded), `vanished` (libraries that are gone), `notebook` (notebooks that became scripts).

Nothing here imports TensorFlow; the user's script does.
"""

from tf1compat_wd.cli.commands import main

__all__ = ["main"]
