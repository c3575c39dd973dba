"""Becomes the script, in a child that `multiprocessing` has spawned (see `script_processes`)."""

from tf1compat_wd.cli import script_processes

_program = script_processes.program_of_this_child
if _program is not None:
    globals().update(_program.attributes())
    exec(_program.code(), globals())
