"""Writing files so that, whatever happens, each is either the old one or the new one, whole."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile

from tf1compat_wd.cli.messages import UsageError, shown

BACKUP = ".orig"
_TEMPORARY = ".tf1compat-wd.tmp"


def check_writable(paths: list[str], backup: bool) -> bool:
    """Check before the first file is written that all can be, and that the old ones won't be lost.

    Returns:
        Whether backups are to be kept: `backup`, or there is no git that has the files.

    Raises:
        UsageError: a file or its folder is read-only, a backup is in the way, or git has uncommitted changes.
    """
    for path in paths:
        real = os.path.realpath(path)
        if not os.access(os.path.dirname(real), os.W_OK | os.X_OK) or not os.access(real, os.W_OK):
            raise UsageError(f"can't write {shown(path)}; nothing was changed")
    if not backup:
        kept = [_git_has(os.path.realpath(path)) for path in paths]
        changed = [path for path, has in zip(paths, kept, strict=True) if has is False]
        if changed:
            raise UsageError(
                f"{shown(changed[0])} has changes that git doesn't have; commit them, or use --backup. "
                "Nothing was changed"
            )
        backup = any(has is None for has in kept)
    if backup:
        for path in paths:
            if os.path.lexists(os.path.realpath(path) + BACKUP):
                raise UsageError(f"{shown(path)}{BACKUP} is in the way of a backup; nothing was changed")
    return backup


def _git_has(path: str) -> bool | None:
    """Whether the file at `path` is in git just as it is; None if it is in no git repository."""
    folder, name = os.path.split(path)

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=False)

    try:
        if git("rev-parse", "--is-inside-work-tree").returncode or not git("check-ignore", "-q", name).returncode:
            return None
    except OSError:
        return None
    status = git("status", "--porcelain", "--untracked-files=all", "--", name)
    return status.returncode == 0 and not status.stdout


def replace(path: str, old: bytes, new: bytes, backup: bool) -> None:
    """Put `new` in the place of the file `path`, whose content is `old`, at one stroke.

    Raises:
        UsageError: somebody has changed the file meanwhile, or it can't be written. Then it is as it was.
    """
    real = os.path.realpath(path)  # a link stays one
    folder, name = os.path.split(real)
    temporary = ""
    try:
        with open(real, "rb") as file:
            if file.read() != old:
                raise UsageError(f"{shown(path)} has been changed meanwhile; run it again")
        if backup:
            try:
                os.link(real, real + BACKUP)
            except FileExistsError:
                raise
            except OSError:  # no hard links here
                shutil.copy2(real, real + BACKUP)
        handle, temporary = tempfile.mkstemp(_TEMPORARY, f".{name}.", folder)
        with open(handle, "wb") as file:
            file.write(new)
            file.flush()
            status = os.stat(real)
            os.fchmod(file.fileno(), stat.S_IMODE(status.st_mode))
            os.fsync(file.fileno())
        os.replace(temporary, real)
        temporary = ""
        _sync_folder(folder)
    except OSError as error:
        raise UsageError(f"can't write {shown(path)}: {error.strerror or error}") from None
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _sync_folder(folder: str) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
