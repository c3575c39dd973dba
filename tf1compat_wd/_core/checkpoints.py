"""Saving the variables of a tracking scope by their TF1 names, and restoring them: also those that don't exist yet.

A scope may restore a checkpoint before its first pass, when it has no variables. The checkpoint then stays with the
scope (`Restoration`), and a variable that a later pass makes gets its value from there instead of from its initializer.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoint_files, errors, modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.checkpoint_files import CheckpointFile, Entry
from tf1compat_wd._core.variable_store import Variable, VariableStore

_GLOBAL = tf.compat.v1.GraphKeys.GLOBAL_VARIABLES

Variables = Iterable[Any] | Mapping[str, Any]


class RestoreReport:
    """What restoring a checkpoint came to, so far: later passes may make more variables of it.

    Attributes:
        path: the checkpoint.
        restored: names in the checkpoint whose values variables have got.
        missing: names of variables that it has nothing for, and which keep their value (with `allow_missing`).
        unexpected: names in the checkpoint that no variable has asked for. A variable of such a name that a later pass
            makes starts with this value.
    """

    def __init__(self, path: str, restored: Sequence[str], missing: Sequence[str], unexpected: Sequence[str]) -> None:
        self.path = path
        self.restored = list(dict.fromkeys(restored))
        self.missing = list(missing)
        self.unexpected = list(unexpected)

    def __repr__(self) -> str:
        lines = [
            f"Restored from {self.path}: {len(self.restored)} of {len(self.restored) + len(self.unexpected)} values"
        ]
        for names, what in ((self.missing, "missing in the checkpoint"), (self.unexpected, "not asked for")):
            if names:
                more = "" if len(names) <= 10 else f", and {len(names) - 10} more"
                lines.append(f"  {what}: {', '.join(names[:10])}{more}")
        return "\n".join(lines)


# ------------------------------------------------------------------------------------------ saving


def save(store: VariableStore, path: str, variables: Variables | None = None) -> str:
    """Write a checkpoint of the global variables of `store`, or of `variables`; see `VariableTrackingScope.save`."""
    require_eager("VariableTrackingScope.save")
    path = os.fspath(path)
    if not os.path.basename(path):
        raise ValueError(f"{path} names a folder. A checkpoint is several files: give a name for them, {path}model.")
    entries = checkpoint_files.entries_of(store.variables(_GLOBAL) if variables is None else variables)
    if not entries:
        raise errors.no_variables_to_save(f"{store.name} has no global variables yet: run a pass before saving.")
    if "://" not in path:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    checkpoint_files.write(path, entries)
    return path


def require_eager(what: str) -> None:
    """Raise RuntimeError unless in eager mode, where variables have values that Python can see."""
    mode = modes.current_mode()
    if mode != modes.EAGER:
        raise errors.checkpoints_need_eager(
            what,
            "in a plain graph, where sessions hold them" if mode == modes.GRAPH else "while a tf.function is traced",
        )


# --------------------------------------------------------------------------------------- restoring


def restore(
    store: VariableStore,
    path: str,
    variables: Variables | None = None,
    skip: str | Sequence[str] = (),
    allow_missing: bool = False,
) -> RestoreReport:
    """Give the variables of `store` the values in a checkpoint; see `VariableTrackingScope.restore`."""
    require_eager("VariableTrackingScope.restore")
    file = CheckpointFile(checkpoint_files.latest_in(path))
    skipped = re.compile(
        "|".join(f"(?:{pattern})" for pattern in ([skip] if isinstance(skip, str) else skip)) or r"(?!)"
    )
    with store.lock:
        wanted = checkpoint_files.entries_of(store.variables(_GLOBAL) if variables is None else variables)
        wanted = [entry for entry in wanted if not skipped.match(entry.name)]
        found = [entry for entry in wanted if entry.name in file.shapes]
        missing = list(dict.fromkeys(entry.name for entry in wanted if entry.name not in file.shapes))
        taken = {entry.name for entry in found}
        unexpected = [name for name in sorted(file.shapes) if name not in taken]
        later = [name for name in unexpected if not skipped.match(name)] if variables is None else []
        if not allow_missing:
            check(file, found, missing, unexpected, _WAY_OUT)
        else:
            check(file, found, [], unexpected, _WAY_OUT)
        values = file.read(found)
        damaged = file.unreadable(later)
        if damaged:
            raise errors.checkpoint_damaged(file.path, list(damaged), next(iter(damaged.values())))
        assign(found, values)
        report = RestoreReport(file.path, [entry.name for entry in found], missing, unexpected)
        if variables is None:
            store.restoration = Restoration(store, file, report, skipped, allow_missing)
    return report


_WAY_OUT = (
    "restore(path, skip=[...]) leaves variables alone whose names begin with these regular expressions, "
    "restore(path, allow_missing=True) all that the checkpoint has nothing for; restore(path, variables=...) takes a "
    "list, or a dict from other names, as tf.train.Saver does."
)


def check(
    file: CheckpointFile, found: Sequence[Entry], missing: Sequence[str], unexpected: Sequence[str], way_out: str = ""
) -> None:
    """Raise TF1's error, with all names, if something is missing or has another shape or dtype than its variable."""
    mismatched = dict.fromkeys(wrong for entry in found if (wrong := file.mismatch(entry)) is not None)
    if missing or mismatched:
        raise errors.cannot_restore(file.path, list(missing), list(mismatched), list(unexpected), way_out)


RESTORED = "restored"


def assign(entries: Sequence[Entry], values: Sequence[Any], given_by: Any = RESTORED) -> None:
    """Give the variables of `entries` their `values`, and note with them who has done it: `value_from_checkpoint`."""

    def work() -> None:
        for entry, value in zip(entries, values, strict=True):
            entry.variable.assign(value)
            entry.variable.tf1_value_from = given_by

    _outside(work)


def value_from_checkpoint(variable: Variable) -> Any:
    """Who gave `variable` its value: RESTORED, what ``init_from_checkpoint`` has noted; or None.

    ``init_from_checkpoint`` stands in the model function, and so in every pass, but sets first values only: not that of
    a variable that was restored, and not again in the next pass.
    """
    return getattr(variable, "tf1_value_from", None)


def _outside(work: Callable[[], None]) -> None:
    """Run `work` outside of the trace and of the replica that is running."""
    if not tf.distribute.has_strategy():
        with tf.init_scope():
            work()
        return
    strategy = tf.distribute.get_strategy()
    failure: list[BaseException] = []

    def in_strategy() -> None:
        try:
            with strategy.scope():
                work()
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=in_strategy, name="tf1compat_wd-restore")
    thread.start()
    thread.join()
    if failure:
        raise failure[0]


class Restoration:
    """A checkpoint that a scope has restored, for the variables which it doesn't have yet.

    `VariableStore` offers it each new variable.
    """

    def __init__(
        self,
        store: VariableStore,
        file: CheckpointFile,
        report: RestoreReport,
        skipped: re.Pattern[str],
        allow_missing: bool,
    ) -> None:
        self._store = store
        self._file = file
        self._report = report
        self._skipped = skipped
        self._allow_missing = allow_missing
        self._undecided: set[str] = set()  # names of shards, as they look, of which no slice is known yet

    def offer(self, variable: Variable, collections: Iterable[Any]) -> None:
        """Give the new `variable` its value, if the checkpoint has one.

        Raises:
            tf.errors.NotFoundError: it has none.
            tf.errors.InvalidArgumentError: it has one of another shape or dtype.
        """
        if _GLOBAL not in collections:
            return
        name = variable.name[: -len(":0")]
        entry = checkpoint_files.entry_of(variable)
        if name not in self._file.shapes:
            if _LOOKS_LIKE_A_SHARD.search(name):  # `offer_slice` will come
                self._undecided.add(name)
                return
            entry = self._slot_of_shard(name, variable) or entry
        self._give(entry)

    def offer_slice(self, shard: Variable) -> None:
        """Do the same for a variable that is now known to be a shard of a partitioned one."""
        name = shard.name[: -len(":0")]
        if name in self._undecided:
            self._give(checkpoint_files.entry_of(shard))
            self._undecided.remove(name)

    def _slot_of_shard(self, name: str, slot: Variable) -> Entry | None:
        """A slot ``w/part_0/Adam`` is saved as a slice of ``w/Adam``, but the optimizer says so after making it."""
        parts = name.split("/")
        for end in range(len(parts) - 1, 0, -1):
            if not _LOOKS_LIKE_A_SHARD.search("/" + parts[end - 1]):
                continue
            for begin in range(end):
                record = self._store.shared.get("/".join(parts[begin:end]))
                primary = None if record is None else checkpoint_files.entry_of(record.variable)
                if record and primary and primary.slice is not None and primary.slice.shape == tuple(slot.shape):
                    # TF1 cuts as many letters off the slot's name as the shard's has. Where the optimizer stands in a
                    # variable scope these are the wrong ones: train/w/part_0/Adam is saved as w/art_0/Adam.
                    return Entry(f"{primary.name}/{name[len(record.key) + 1 :]}", slot, primary.slice)
        return None

    def _give(self, entry: Entry) -> None:
        report = self._report
        if self._skipped.match(entry.name):
            return
        if entry.name not in self._file.shapes:
            if not (self._allow_missing or self._is_training_state(entry)):
                raise errors.cannot_restore(self._file.path, [entry.name], [], report.unexpected, _WAY_OUT)
            if entry.name not in report.missing:
                report.missing.append(entry.name)
            return
        check(self._file, [entry], [], report.unexpected, _WAY_OUT)
        assign([entry], [self._file.read_one(entry)])
        if entry.name in report.unexpected:
            report.unexpected.remove(entry.name)
            report.restored.append(entry.name)

    def _is_training_state(self, entry: Entry) -> bool:
        """What optimizers make; the global step; and what is named below another variable, as slots are."""
        if _training.depth or (entry.name.rpartition("/")[2] == "global_step" and entry.variable.dtype.is_integer):
            return True
        parts = entry.variable.name[: -len(":0")].split("/")
        above = {"/".join(parts[:end]) for end in range(1, len(parts))}
        return not entry.variable.trainable and not above.isdisjoint(self._store.names)


class _Training(threading.local):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0


_training = _Training()


@contextmanager
def making_training_state() -> Iterator[None]:
    """Variables made in this block may be missing in a checkpoint that was restored before: they start afresh."""
    _training.depth += 1
    try:
        yield
    finally:
        _training.depth -= 1


_LOOKS_LIKE_A_SHARD = re.compile(r"/part_\d+\Z")


hooks.keep_from_autograph(__name__)
