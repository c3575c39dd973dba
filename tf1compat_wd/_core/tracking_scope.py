"""`VariableTrackingScope`: TF1's variables, regularizers and collections in eager TF2 and in ``tf.function``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType, TracebackType
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoints, collection_items, errors, modes, pass_stack, passes, user_frames, watching
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.passes import Pass
from tf1compat_wd._core.variable_store import Variable, VariableStore

_Keys = tf.compat.v1.GraphKeys


class _Entry:
    """One ``with scope:`` that a thread has open."""

    entered: Pass | None = None  # None in graph mode, where a scope lets everything through
    joined = False
    creators: Any = None
    names: Any = None  # of eager mode, and there:
    name_scope = ""
    tape: tf.GradientTape | None = None
    variable_scope: Any = None


class _Entries(threading.local):
    """What this thread has open of one scope."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[_Entry] = []


class _Last:
    """What the last eager pass collected. (Not a dict of the module: tf.Module would track its contents.)"""

    collections: dict[Any, list[Any]]

    def __init__(self) -> None:
        self.collections = {}


class _Variables(tf.Module):
    """Where TensorFlow finds the variables, for checkpoints and SavedModel: as attributes, by their TF1 names.

    A dict would do, but TensorFlow compares and copies the whole of it each time a variable comes in.
    """

    def __init__(self) -> None:
        # Not tf.Module's, which opens a name scope to name the module: a scope made in a trace would leave it there.
        pass


class VariableTrackingScope(tf.Module):
    """Owns the variables of legacy code, by their TF1 names, and runs it in passes.

    ``with scope:`` is a pass: one run of the forward code, eagerly or in the trace of a ``tf.function``. The
    first pass makes variables, later passes find them. Collections, name counters and TF1's rules of reuse start
    afresh with each. Entering the scope again inside its own pass joins that pass. Threads have passes of their
    own. In a plain ``tf.Graph`` the scope lets everything through: there the graph owns the variables.

    Args:
        name: for messages, and the name of the ``tf.Module``.
        tape: keep a gradient tape over each eager pass, so that ``optimizer.minimize(loss)`` and
            ``tf.gradients`` work there, the latter by inputs too (see `watching`). It keeps every intermediate result
            alive until the pass ends.

    >>> net = tf.tracking.VariableTrackingScope("net")
    >>> for _ in range(2):
    ...     with net:
    ...         w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    ...         losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    >>> len(losses), float(losses[0]), [v.name for v in net.variables]
    (1, 1.0, ['w:0'])
    """

    def __init__(self, name: str | None = None, *, tape: bool = False) -> None:
        super().__init__(name=name)
        self._start(VariableStore(f"VariableTrackingScope {self.name!r}"), tape)

    def _start(self, store: VariableStore, tape: bool) -> None:
        self._tracked = _Variables()
        self._store = store
        self._has_tape = tape
        self._entries = _Entries()
        self._last = _Last()
        store.on_new = self._track_variable
        store.on_clear = self._track_none

    def _track_none(self) -> None:
        self._tracked = _Variables()

    def _track_variable(self, name: str, variable: Variable) -> None:
        # "variables" or "name" is taken in every tf.Module, but ":0" is in no variable's own name.
        setattr(self._tracked, f"{name}:0" if hasattr(_Variables, name) else name, variable)

    def _call_for_new_variables(self, function: Callable[[str, Variable], None]) -> None:
        """Have `function` called with each variable that is made from now on, and before it its name without ":0"."""

        def on_new(name: str, variable: Variable) -> None:
            self._track_variable(name, variable)
            function(name, variable)

        self._store.on_new = on_new

    # ----------------------------------------------------------------------------------- passes

    def __enter__(self) -> VariableTrackingScope:
        stack = pass_stack.thread.stack
        if stack:
            error = pass_stack.drop_left_open()
            if error is not None:
                raise error
        graph, kept = hooks.default_graph(), hooks.eager_names()
        function = graph.building_function
        eager = not function and kept.is_eager
        if not eager and not (function and hooks.outside_is_eager()):
            self._entries.open.append(_Entry())
            return self
        found = pass_stack.find_open(self._store) if stack else None
        entry = _Entry()
        if found is not None:
            entered, entry.joined = found, True
        else:
            unit = graph if eager else modes.unit_graph(graph)
            entered = Pass(self._store, unit, eager, user_frames.user_spot())
        entry.entered = entered
        entry.variable_scope = entered.scopes.current_scope
        pass_stack.push(entered, graph)
        self._entries.open.append(entry)
        if not entry.joined:
            entry.creators = hooks.enter_creator(graph, passes.find_v1_variable)
            if eager:
                hooks.keep_scope_settings()
                entry.names, entry.name_scope = kept, kept.scope_name
                kept.scope_name = ""
                if self._has_tape:
                    entry.tape = entered.tape = tf.GradientTape(persistent=True)
                    entry.tape.__enter__()
                    passes.open_tapes.append(entry.tape)
            else:
                scope = entered.graph.get_name_scope()
                entered.scopes.innermost_name_scope = (f"{scope}/" if scope else "", "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._entries.open:
            raise errors.left_by_another_thread(self._store.name)
        entry = self._entries.open[-1]
        entered = entry.entered
        if entered is None:
            self._entries.open.pop()
            return
        stack = pass_stack.thread.stack
        if entered not in stack:  # the error for that was raised where it was noticed
            self._entries.open.pop()
            return
        if stack[-1] is not entered:
            raise errors.left_out_of_order(self._store.name, stack[-1].store.name, stack[-1].entered_at)
        self._entries.open.pop()
        graph = hooks.default_graph()
        left_open = entered.scopes.current_scope
        entered.scopes.current_scope = entry.variable_scope
        if not entry.joined:
            if entry.tape is not None:
                passes.open_tapes.remove(entry.tape)
                entry.tape.__exit__(kind, error, trace)
                entered.tape = None
            hooks.leave_creator(graph, entry.creators)
            if entered.eager:
                hooks.drop_scope_settings()
                entry.names.scope_name = entry.name_scope
        pass_stack.pop(entered, graph)
        if not entry.joined:
            entered.end()
        if kind is not None:
            return
        if left_open is not entry.variable_scope:
            raise errors.variable_scope_left_open(self._store.name, left_open.name)
        if entered.eager and not entry.joined:
            self._last.collections = entered.collections

    # -------------------------------------------------------------------------------- variables

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables, in the order of creation, with TF1 names (``a/w:0``)."""
        return self._store.variables()

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        """Those that were put into TRAINABLE_VARIABLES when they were made."""
        return self._store.variables(_Keys.TRAINABLE_VARIABLES)

    @property
    def non_trainable_variables(self) -> tuple[Variable, ...]:
        """The others."""
        trainable = {id(v) for v in self.trainable_variables}
        return tuple(v for v in self._store.variables() if id(v) not in trainable)

    @property
    def global_variables(self) -> tuple[Variable, ...]:
        """Those that were put into GLOBAL_VARIABLES."""
        return self._store.variables(_Keys.GLOBAL_VARIABLES)

    @property
    def local_variables(self) -> tuple[Variable, ...]:
        """Those that were put into LOCAL_VARIABLES."""
        return self._store.variables(_Keys.LOCAL_VARIABLES)

    @property
    def model_variables(self) -> tuple[Variable, ...]:
        """Those that were put into MODEL_VARIABLES."""
        return self._store.variables(_Keys.MODEL_VARIABLES)

    @property
    def variables_by_name(self) -> Mapping[str, Variable]:
        """Read-only mapping of TF1 name, without ":0", to variable."""
        return MappingProxyType({v.name[: -len(":0")]: v for v in self._store.variables()})

    # ------------------------------------------------------------------------ losses, collections

    def regularization_losses(self) -> list[Any]:
        """The regularization losses of all variables, computed now; [] if there are none.

        Works anywhere: after the pass, under a tape, in another function. Each variable has the regularizer
        that it was last asked for with.

        Returns:
            Scalar tensors (or what the regularizers give), in the order of creation.
        """
        losses = []
        for record in list(self._store.in_order):
            if record.regularizer is None:
                continue
            with tf.name_scope(f"{record.key}/Regularizer/"):
                loss = record.regularizer(record.variable)
            if loss is not None:
                losses.append(collection_items.give_name(loss, f"{record.key}/Regularizer/value:0"))
        return losses

    def get_collection(self, key: Any, scope: str | None = None) -> list[Any]:
        """What the last eager pass that ended without an exception collected under `key`.

        Args:
            key: as for ``tf.get_collection``.
            scope: only items whose name begins with this regular expression.
        """
        return collection_items.read(self._last.collections, key, scope)

    # -------------------------------------------------------------------------------- checkpoints

    def save(self, path: str, variables: checkpoints.Variables | None = None) -> str:
        """Write a checkpoint as TF1's ``tf.train.Saver`` does, by name; TF 1.15 and TensorFlow 2 restore it.

        A partitioned variable is written as slices of one value, and optimizers' slots of it are too. Until the new
        checkpoint is complete, one that is there under the same path stays: killed at any moment, one of the two is
        whole. (Not so on remote file systems, whose paths have "://".)

        Args:
            path: without ".index"; its folder is made if need be. Unlike ``Saver.save`` this keeps no list of the
                latest checkpoints and deletes none.
            variables: default: those in GLOBAL_VARIABLES, as TF1 has it. A list, or a dict from names to variables.

        Returns:
            `path`.

        Raises:
            ValueError: there are no variables, or two of one name.
            RuntimeError: not in eager mode.

        >>> import os, tempfile
        >>> net = tf.tracking.VariableTrackingScope("net")
        >>> with net:
        ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        >>> path = net.save(os.path.join(tempfile.mkdtemp(), "model"))
        >>> tf.train.list_variables(path)
        [('w', [2])]
        """
        return checkpoints.save(self._store, path, variables)

    def restore(
        self,
        path: str,
        variables: checkpoints.Variables | None = None,
        *,
        skip: str | Sequence[str] = (),
        allow_missing: bool = False,
    ) -> checkpoints.RestoreReport:
        """Give the variables the values in a checkpoint, of TF1 or of `save`.

        All global variables must be in it, with their shapes and dtypes, as with ``tf.train.Saver().restore``. If this
        raises, no variable has changed.

        Variables that don't exist yet get their values when they are made: restoring before the first pass is the
        usual order. A weight that the checkpoint has nothing for then raises where it is made. What belongs to the
        training only (optimizers' variables, moving averages, the global step) starts afresh if it isn't there, so
        that training can begin with weights alone; the report names it.

        Args:
            path: of the checkpoint (TF1's formats V1 and V2, or TF2's ``tf.train.Checkpoint``, whose variables are
                found by their names); or a folder, for the latest checkpoint in it.
            variables: only these, a list or a dict from names in the checkpoint; then nothing is kept for later.
            skip: regular expressions; variables whose names (without ":0") begin so are left alone.
            allow_missing: leave variables alone that the checkpoint has nothing for.

        Returns:
            The names that were restored, are missing in the checkpoint, and are in it without a variable asking.
            The report changes as later passes make variables.

        Raises:
            tf.errors.NotFoundError: variables are missing in the checkpoint; the message has all names.
            tf.errors.InvalidArgumentError: shapes or dtypes differ; likewise.
            tf.errors.DataLossError, OutOfRangeError: files are damaged.
            ValueError: there is no checkpoint.
            RuntimeError: not in eager mode.

        >>> import os, tempfile
        >>> net = tf.tracking.VariableTrackingScope("net")
        >>> with net:
        ...     w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        >>> path = net.save(os.path.join(tempfile.mkdtemp(), "model"))
        >>> other = tf.tracking.VariableTrackingScope("other")
        >>> report = other.restore(path)
        >>> with other:
        ...     w = tf.get_variable("w", [2], initializer=tf.zeros_initializer())
        >>> w.numpy().tolist(), report.restored, report.missing, report.unexpected
        ([1.0, 1.0], ['w'], [], [])
        """
        return checkpoints.restore(self._store, path, variables, skip, allow_missing)

    def __repr__(self) -> str:
        return f"<{self._store.name} with {len(self._store.in_order)} variables>"


class _AmbientScope(VariableTrackingScope):
    """The scope of code that runs without one."""

    def __init__(self) -> None:
        tf.Module.__init__(self, name="ambient")
        self._start(passes.AMBIENT_STORE, tape=False)


_ambient_lock = threading.Lock()
_ambient: list[VariableTrackingScope] = []


def default_scope() -> VariableTrackingScope:
    """The ambient scope, which owns the variables of code that runs in no other (``tf.tracking.default_scope``).

    Eagerly it is one long pass, like TF1's default graph, until ``tf.reset_default_graph()``. In a
    ``tf.function`` each trace is a pass of it.
    """
    with _ambient_lock:
        if not _ambient:
            _ambient.append(_AmbientScope())
        return _ambient[0]


class _Tracked(tf.Module):
    """A legacy function with the tracking scope that holds its variables."""

    def __init__(self, function: Callable[..., Any], scope: VariableTrackingScope) -> None:
        super().__init__(name=scope.name)
        self.scope = scope
        self._function = function
        self.__doc__ = function.__doc__
        self.__wrapped__ = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with self.scope:
            if passes.open_tapes:
                for argument in tf.nest.flatten((args, kwargs)):
                    watching.watch(argument)
            return hooks.convert_like_caller(self._function)(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in _SHOWN:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self.scope, name)

    @property
    def variables(self) -> tuple[Variable, ...]:
        return self.scope.variables

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        return self.scope.trainable_variables

    @property
    def non_trainable_variables(self) -> tuple[Variable, ...]:
        return self.scope.non_trainable_variables


_SHOWN = (
    "global_variables", "local_variables", "model_variables", "variables_by_name", "regularization_losses",
    "get_collection", "save", "restore",
)  # fmt: skip


def track(function: Callable[..., Any] | None = None, *, name: str | None = None, tape: bool = False) -> Any:
    """Make of a legacy function a callable ``tf.Module`` that owns its variables (``tf.tracking.track``).

    Each call is a pass of the module's own tracking scope. The module shows the members of
    `VariableTrackingScope`. Works as a decorator too.

    Args:
        function: builds the model with ``get_variable``, layers, ...
        name: default: the function's.
        tape: as for `VariableTrackingScope`.

    >>> @tf.tracking.track
    ... def model(x):
    ...     return x * tf.get_variable("w", [], initializer=tf.ones_initializer())
    >>> float(model(2.0)), float(model(3.0)), len(model.variables)
    (2.0, 3.0, 1)
    """
    if function is None:
        return lambda f: track(f, name=name, tape=tape)
    if not callable(function):
        raise TypeError(f"track makes a module of a function, but got {function!r}")
    given = name or str(getattr(function, "__name__", "model"))
    valid = "".join(c if c.isalnum() or c == "_" else "_" for c in given)
    return _Tracked(function, VariableTrackingScope(valid if valid[:1].isalpha() else f"m{valid}", tape=tape))


hooks.keep_from_autograph(__name__)
