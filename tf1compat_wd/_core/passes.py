"""A pass: one run of the user's forward code, and everything that starts afresh with it.

A `Pass` is the record of one eager entry of a tracking scope, or of one trace. It holds the pass's
collections, name counters and current variable scope, and it is the store that TensorFlow's own
``get_variable`` finds in the graph, so that code which does not know us lands in the same pass.

Which pass is the current one? In this order: the innermost pass this thread has entered, if it belongs to the
current graph; the pass that stands in the graph (a replica thread works in the graph of the thread that
started it); the ambient pass. In a plain graph there is none, and ``get_variable`` uses the graph.
"""

from __future__ import annotations

import functools
import itertools
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import (
    collection_items,
    eager_variables,
    errors,
    initial_values,
    modes,
    partitioners,
    partitions,
    user_frames,
)
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.collection_items import LiveLoss
from tf1compat_wd._core.eager_variables import Options
from tf1compat_wd._core.first_values import FirstValues
from tf1compat_wd._core.initial_values import InitialValue
from tf1compat_wd._core.name_counter import NameCounter
from tf1compat_wd._core.pass_stack import INTERNAL, drop_left_open, thread
from tf1compat_wd._core.replica_names import ReplicaNames, without_replica
from tf1compat_wd._core.scope_state import ScopeStore
from tf1compat_wd._core.variable_store import (
    Finder,
    Record,
    Regularizer,
    Request,
    Variable,
    VariableStore,
    check_new,
    check_node_name,
    checked_options,
    wanted_collections,
)

_Keys = tf.compat.v1.GraphKeys
_LOSSES = _Keys.REGULARIZATION_LOSSES
_GLOBAL, _TRAINABLE = _Keys.GLOBAL_VARIABLES, _Keys.TRAINABLE_VARIABLES
_AUTO = tf.VariableSynchronization.AUTO
_NONE = tf.compat.v1.VariableAggregation.NONE
_STORE_KEY, _SCOPE_KEY = hooks.VARIABLE_STORE_KEY, hooks.SCOPE_STORE_KEY
_EagerTensor = hooks.EagerTensor
_NAMELESS = (int, float, complex, str, bytes, list, tuple, dict, set, np.generic, np.ndarray)


# Arguments of TF1's tf.Variable that a pass has no use for; creators are shown them all the same.
_NEVER_GIVEN = {"variable_def": None, "expected_shape": None, "import_scope": None, "shape": None}


_graphs_with_passes: weakref.WeakSet[hooks.Graph] = weakref.WeakSet()

#: The tapes of the eager passes that are open now, in any thread.
open_tapes: list[tf.GradientTape] = []


class Snapshot(NamedTuple):
    """Where a pass stood (see `Pass.snapshot`)."""

    variables: dict[str, Variable]
    partitioned: dict[str, Any]
    plain: set[str]
    names: NameCounter
    counts: Any
    collections: dict[Any, list[Any]]


class Pass(Finder):
    """One pass of a tracking scope.

    Attributes:
        store: the variables of the tracking scope, which outlive the pass.
        graph: the graph of the trace, or the thread's eager graph.
        eager: is this an eager pass?
        ambient: is this the one long eager pass of the ambient scope?
        collections: what ``get_collection`` reads.
        scopes: the current variable scope, for each thread.
        names: the names of scopes and variables handed out so far.
        tape: the gradient tape of the whole pass, in a scope with ``tape=True``, else None.
        entered_at: the user's line.
    """

    def __init__(
        self, store: VariableStore, graph: hooks.Graph, eager: bool, spot: user_frames.Spot, ambient: bool = False
    ) -> None:
        self.variables = self._vars = {}
        self.partitioned = self._partitioned_vars = {}
        self.store = store
        self.graph = graph
        self.eager = eager
        self.ambient = ambient
        self._entered_at = spot
        self.tape: tf.GradientTape | None = None
        self.scopes = ScopeStore()
        self.names: NameCounter = ReplicaNames()
        self.plain: set[str] = set()  # the tf.Variables of this pass, by their name in it
        self.collections: dict[Any, list[Any]] = {
            _STORE_KEY: [self],
            _SCOPE_KEY: [self.scopes],
        }
        self.around: Pass | None = None  # the pass of the trace in which this trace began
        self.lost_losses: list[str] = []  # of variables that traces begun in this one have regularized
        self.weight_losses: list[tuple[str, Any]] = []  # what regularizers gave, by the names of their variables
        self._live_losses: dict[int, int] = {}  # where the ambient pass has them, by the ids of their variables
        self._collected: set[str] = set()  # names in the ambient pass's collections already
        # Names of operations count too, where they are known; but those that an earlier or outer pass of the same
        # trace has left there have nothing to do with this one.
        self._counts_operations = not eager and graph not in _graphs_with_passes
        if not eager:
            _graphs_with_passes.add(graph)

    _first_values: FirstValues | None = None

    @property
    def first_values(self) -> FirstValues:
        """What its new variables began with."""
        if self._first_values is None:
            self._first_values = FirstValues(self.ambient)
        return self._first_values

    @property
    def entered_at(self) -> str:
        return user_frames.line_at(user_frames.place_of(self._entered_at))

    def end(self) -> None:
        """Nothing is asked of this pass any more.

        Its collections lead back to it. Without this cycle its tensors are freed with it, not when Python's collector
        comes by: new ones would lie in cold memory, and that costs a training step more than all else here.
        """
        self.collections.pop(_STORE_KEY, None)
        self.collections.pop(_SCOPE_KEY, None)
        if self._first_values is not None:
            self._first_values.clear()

    # -------------------------------------------------------------------------- get_variable

    #: TensorFlow's ``make_template`` asks for it.
    _store_eager_variables = True

    def get_variable(self, name: str, reuse: Any = None, **arguments: Any) -> Variable:
        """What TensorFlow's own ``get_variable`` calls on the store it finds in the graph.

        A new trace begins with the store of the eager pass around it: the current pass may be another one. And
        in eager mode TensorFlow says ``reuse=False`` whatever the scope says.
        """
        here = current() or self
        if here.eager:
            reuse = here.scopes.current_scope.reuse
        return here.ask(name, reuse=reuse, **arguments)

    def _slice_known(self, shard: Variable) -> None:
        if self.store.restoration is not None:
            self.store.restoration.offer_slice(shard)

    def _place(self) -> str:
        return (
            "since the last tf.reset_default_graph()"
            if self.ambient
            else (f"in this pass of {self.store.name} (entered at {self.entered_at})")
        )

    def _made_at(self, name: str) -> str | None:
        record = self.store.shared.get(name)
        return record.made_at if record else None

    def _known_names(self) -> Sequence[str]:
        return list(self.store.shared)

    def _is_whole(self, name: str) -> bool:
        return name in self.variables or name in self.store.shared

    def _earlier_partitioning(self, name: str) -> partitions.Partitioning | None:
        return self.store.partitionings.get(name)

    def _make_partitioned(self, name: str, request: Request, wanted: tf.TensorShape, counts: list[int] | None) -> Any:
        variable = super()._make_partitioned(name, request, wanted, counts)
        self.store.partitionings[name] = partitions.Partitioning(variable.get_shape(), hooks.partitions_of(variable))
        return variable

    def find(
        self, name: str, shape: Any = None, dtype: Any = tf.float32, initializer: Any = None,
        regularizer: Regularizer | None = None, reuse: Any = None, trainable: bool | None = None,
        collections: Sequence[Any] | None = None, caching_device: Any = None, partitioner: Any = None,
        validate_shape: bool = True, use_resource: bool | None = None, constraint: Any = None,
        synchronization: Any = _AUTO, aggregation: Any = _NONE,
    ) -> Variable:  # fmt: skip
        """As `Finder.find`."""
        if (
            collections is None and partitioner is None and constraint is None
            and (trainable is False or (synchronization is _AUTO and aggregation is _NONE))
            and self.eager and self.graph is hooks.default_graph()
        ):  # fmt: skip
            variable = self.find_again(name, shape, dtype, initializer, regularizer, reuse, trainable)
            if variable is not None:
                return variable
        if partitioner is None and name not in self.store.shared and tf.distribute.has_strategy():
            partitioner = partitioners.of_strategy(shape, dtype, trainable)
        return super().find(
            name, shape, dtype, initializer, regularizer, reuse, trainable, collections, caching_device, partitioner,
            validate_shape, use_resource, constraint, synchronization, aggregation,
        )  # fmt: skip

    def find_again(
        self, name: str, shape: Any, dtype: Any, initializer: Any, regularizer: Regularizer | None, reuse: Any,
        trainable: bool | None,
    ) -> Variable | None:  # fmt: skip
        """What `find` gives where the rest of its arguments have their defaults, in an eager pass and its own graph.

        Nearly all requests of later passes repeat an earlier one: they are answered here, others by None. What makes
        them plain is compared by identity, so that anything unusual takes the long way. Programs make their
        initializers anew for each pass: that it is one of the same class is enough, as it will not be called.
        """
        record = self.store.shared.get(name)
        if (
            record is None or record.initializer_class is not initializer.__class__ or record.dtype is not dtype
            or reuse is True or self.ambient or name in self.variables
            or (shape if shape.__class__ is list else list(shape) if shape.__class__ is tuple else None) != record.shape
            or not (trainable is None or trainable is True or trainable is False)
            or record.first_part in self.variables or hooks.has_variable_creators(self.graph)
            or not name or name[-1] == "/"
        ):  # fmt: skip
            return None
        self.names.unique(name)
        self.variables[name] = variable = record.variable
        collections = self.collections
        collections.setdefault(_GLOBAL, []).append(variable)
        if trainable is not False:
            collections.setdefault(_TRAINABLE, []).append(variable)
        if self.tape is not None and not variable.trainable:
            self._watch(variable)
        if regularizer:
            record.regularizer = regularizer
            self._add_loss(name, record.loss_name, self._eager_loss(record.loss_scope, variable, regularizer))
        return variable

    def _first_touch(self, name: str, request: Request) -> Variable:
        record = self.store.shared.get(name)
        reuse = request.reuse is True
        if record is None and reuse:
            raise self._missing(name, request)
        # What nearly every request of a later pass asks for is compared here, to save the calls.
        if record is not None and (
            request.shape.__class__ is not list or request.shape != record.shape or request.dtype is not record.dtype
        ):
            if not reuse and _initializer_decides(request, record):
                request = request._replace(shape=None, dtype=record.dtype)
            self._check_same(name, record.variable, request, persisted=not reuse)
        if record is not None and (reuse or not hooks.has_variable_creators(hooks.default_graph())):
            self._take_name(name)
            variable = record.variable
            if reuse:
                self._collect(record, record.collections)
            else:
                if request.constraint is not None:
                    eager_variables.set_constraint(variable, request.constraint)
                self._collect(record, wanted_collections(request.collections, request.trainable))
        else:
            if name in self.store.partitionings:
                raise errors.partitioned_found(name)
            arguments = self._arguments(name, request, record)
            check_new(name, request)
            made, variable = self._make(self.store.shared, arguments, lambda given: name)
            if record is None and made is not None and request.shape is not None:
                asked = tf.TensorShape(request.shape)
                made.asked_shape = None if asked == made.variable.shape else asked
            record = made or record
        self.variables[name] = variable
        if record is not None and record.variable is variable and request.shape.__class__ in (list, tuple):
            record.initializer_class = request.initializer.__class__
        # Reuse finds the loss that the first request added. Where this pass has had none, it was an earlier
        # pass that made the variable, and its regularizer still holds.
        regularizer = request.regularizer
        if regularizer is None and reuse and record is not None:
            regularizer = record.regularizer
        if regularizer:  # False stops the scope's as well
            if record is not None:
                record.regularizer = regularizer
            self._regularize(name, variable, regularizer)
        return variable

    def _arguments(self, name: str, request: Request, record: Record | None) -> dict[str, Any]:
        """What TF1 passes to the variable creators for a get_variable."""
        if record is None:
            eager_variables.warn_of_unused(request.caching_device, request.use_resource, request.validate_shape)
            shape = tf.TensorShape(request.shape)
            initial = initial_values.resolve(name, shape, request.dtype, request.initializer, request.partition_info)
        else:
            initial = InitialValue(record.variable.read_value, request.dtype)
        return {
            "initial_value": initial.value,
            "name": "Variable" if name is None else name,
            "trainable": request.trainable,
            "collections": request.collections,
            "caching_device": request.caching_device,
            "dtype": initial.dtype,
            "validate_shape": request.validate_shape,
            "constraint": request.constraint,
            "use_resource": request.use_resource,
            "synchronization": request.synchronization,
            "aggregation": request.aggregation,
            **_NEVER_GIVEN,
        }

    def _make(
        self, registry: dict[str, Record], arguments: dict[str, Any], identify: Callable[[str], str]
    ) -> tuple[Record | None, Variable]:
        """Make the variable, or find that of an earlier pass, letting the user's variable creators have their say.

        Args:
            registry: where the store keeps it.
            arguments: those of TF1's ``tf.Variable``.
            identify: the key in `registry` of a variable that is to be called so.

        Returns:
            Its record, unless a creator gave back another variable; and what the creators gave back.
        """
        touched: list[Record] = []

        def find_or_make(**given: Any) -> Variable:
            collections = wanted_collections(given["collections"], given["trainable"] is not False)
            name = given["name"]
            with self.store.lock:  # another thread may be about to make it
                key = identify(name)
                record = registry.get(key)
                shared = registry is self.store.shared
                display = self._take_name(name) if shared else self._graph_name(name, key)
                if record is None:
                    options = Options(*(given[field] for field in Options._fields))
                    value, start = InitialValue(given["initial_value"], given["dtype"]), None
                    if _Keys.LOCAL_VARIABLES in collections:  # local_variables_initializer() will ask for it
                        start = eager_variables.outside_the_trace(name, value.value)
                        value = value._replace(value=start)
                    variable = eager_variables.make(self._free_name(display), value, options)
                    record = Record(key, variable, collections, user_frames.user_line())
                    record.start = start
                    self.store.add(registry, record)
                    self._tell_ambient(record)
                    if self.eager:
                        self.first_values.made(variable)
                else:
                    eager_variables.set_constraint(record.variable, given["constraint"])
            self._collect(record, collections)
            touched.append(record)
            return record.variable

        getter: Callable[..., Variable] = find_or_make
        if not tf.distribute.has_strategy():
            for priority, creator in hooks.variable_creators(hooks.default_graph()):
                if priority >= hooks.PUBLIC_CREATOR_PRIORITY:
                    getter = functools.partial(creator, getter)
        variable = getter(**arguments)
        return (touched[0] if touched else None), variable

    # --------------------------------------------------------------------------- tf.Variable

    def plain_variable(self, arguments: dict[str, Any]) -> Variable:
        """``tf.Variable``: the variable that had this name in an earlier pass, or a new one."""

        def identify(name: str) -> str:
            if name.endswith("/"):  # TF1: the name of an open scope, for the variable itself
                key = name[:-1]
                if key in self.plain:
                    key = self.names.unique(key)
            else:
                full = self.logical_name_scope() + name
                check_node_name(full)
                key = self.names.unique(full)
            record = self.store.plain.get(key)
            if record is not None:
                _check_plain(record.variable, arguments["initial_value"])
            self.plain.add(key)
            return key

        return self._make(self.store.plain, {**arguments, **_NEVER_GIVEN}, identify)[1]

    # -------------------------------------------------------------------------------- names

    def logical_name_scope(self) -> str:
        """The name scope as it would be in TF1, "" or ending with a slash; the same in every mode.

        In function mode the graph also counts the names of operations, which eager mode cannot know; what
        identifies a ``tf.Variable`` from pass to pass must not depend on them.
        """
        if self.eager:
            return hooks.eager_name_scope()
        actual = hooks.default_graph().get_name_scope()
        actual = without_replica(f"{actual}/") if actual else ""
        opened, logical = self.scopes.innermost_name_scope
        return logical + actual[len(opened) :] if actual.startswith(opened) else actual

    def _take_name(self, name: str) -> str:
        """Mark the full name of a get_variable as used, as making it would; returns the name it would get."""
        name = name or "Variable"
        if name.endswith("/"):  # TF1: the name of an open scope, for the scope itself (slots: "w/Adam/")
            return name[:-1]
        counted = self.names.unique(name)
        if not self._counts_operations or self.graph is not hooks.default_graph():
            return counted
        return counted if hooks.is_input_placeholder(self.graph, name) else hooks.unique_root_name(self.graph, name)

    def _new_name(self, name: str) -> str:
        return self._free_name(self._take_name(name))

    def _graph_name(self, name: str, key: str) -> str:
        """The name that a ``tf.Variable`` gets: with operations counted, where they can be."""
        if name.endswith("/"):
            return name[:-1]
        if not self._counts_operations or self.graph is not hooks.default_graph():
            return key
        scope = self.graph.get_name_scope()
        full = f"{scope}/{name}" if scope else name
        return key if hooks.is_input_placeholder(self.graph, full) else self.graph.unique_name(name)

    def _free_name(self, name: str) -> str:
        """`name`, or with a suffix if another variable of the tracking scope has it already."""
        if name not in self.store.names:
            return name
        suffix = 1
        while f"{name}_{suffix}" in self.store.names:
            suffix += 1
        return f"{name}_{suffix}"

    # --------------------------------------------------------------------- collections, losses

    def _collect(self, record: Record, collections: Iterable[Any]) -> None:
        if self.ambient:
            name = record.variable.name
            if name in self._collected:
                return
            self._collected.add(name)
        if self.tape is not None and not record.variable.trainable:
            self._watch(record.variable)
        mine = self.collections
        for key in collections:
            items = mine.get(key)
            if items is None:
                mine[key] = [record.variable]
            else:
                items.append(record.variable)

    def _watch(self, variable: Variable) -> None:
        """Let the tape know of a variable that is not trainable: in TF1 one derives by these as well."""
        assert self.tape is not None
        if isinstance(variable, hooks.ResourceVariable) and variable.dtype.is_floating:
            self.tape.watch(variable)

    def _tell_ambient(self, record: Record) -> None:
        """A variable that a trace has made for the ambient scope shows in eager mode as well."""
        if self.store is AMBIENT_STORE and not self.ambient:
            _ambient_pass()._collect(record, record.collections)

    def _regularize(self, name: str, variable: Variable, regularizer: Regularizer) -> None:
        if self.store is AMBIENT_STORE:
            _ambient_pass()._add_live_loss(name, variable, regularizer)
            if self.ambient:
                return
        graph = hooks.default_graph()
        if graph is not self.graph and (self.eager or modes.unit_graph(graph) is not self.graph):
            raise errors.loss_lost_in_inner_function(name, self.store.name)
        scope = f"{name}/Regularizer/"
        if self.eager:
            loss = self._eager_loss(scope, variable, regularizer)
        else:
            with hooks.in_graph(self.graph, eager=False), tf.compat.v1.name_scope(scope):
                loss = regularizer(variable)
        self._add_loss(name, f"{scope}value:0", loss)

    def _eager_loss(self, scope: str, variable: Variable, regularizer: Regularizer) -> Any:
        kept = hooks.eager_names()
        outer, kept.scope_name = kept.scope_name, scope
        try:
            return regularizer(variable)
        finally:
            kept.scope_name = outer

    def _add_loss(self, name: str, loss_name: str, loss: Any) -> None:
        """Collect what the regularizer of the variable `name` has given."""
        if loss is None:
            return
        if self.around is not None:
            self.around.lost_losses.append(name)
        if loss.__class__ is not _EagerTensor and isinstance(loss, _NAMELESS):
            raise errors.loss_has_no_name(loss, name)
        # Those of layers have a name, of where they are called.
        collection_items.give_name(loss, loss_name, unless_noted=True)
        self.weight_losses.append((name, loss))
        self.collections.setdefault(_LOSSES, []).append(loss)

    def add_regularizer(self, name: str, variable: Variable, regularizer: Regularizer, also: Any = None) -> None:
        """Let `regularizer` give a loss of `variable`, which this pass has just asked for as `name`.

        ``get_variable`` does this by itself. TF1's layers do it outside of it: their regularizer comes on top of the
        variable scope's (`also`), which has given its own loss already.
        """
        kept = regularizer
        if also:

            def kept(weight: Variable) -> Any:
                losses = [loss for loss in (also(weight), regularizer(weight)) if loss is not None]
                return tf.add_n(losses) if losses else None

        record = self._record_of(name, variable)
        if record is not None:
            record.regularizer = kept
        self._regularize(name, variable, kept if self.ambient else regularizer)
        if also and self.store is AMBIENT_STORE:
            _ambient_pass()._add_live_loss(name, variable, kept)

    def _record_of(self, name: str, variable: Variable) -> Record | None:
        """What is known of `variable`, also if a custom getter asked for another name than `name`, as slim's do."""
        for key in (name, variable.name.partition(":")[0]):
            record = self.store.shared.get(key)
            if record is not None and record.variable is variable:
                return record
        return next((each for each in list(self.store.in_order) if each.variable is variable), None)

    def _add_live_loss(self, name: str, variable: Variable, regularizer: Regularizer) -> None:
        losses = self.collections.setdefault(_LOSSES, [])
        live = LiveLoss(variable, regularizer, f"{name}/Regularizer/value:0")
        if id(variable) in self._live_losses:
            # First where it was, then anywhere: the program may have changed the list itself.
            for position in itertools.chain((self._live_losses[id(variable)],), range(len(losses))):
                loss = losses[position] if position < len(losses) else None
                if type(loss) is LiveLoss and loss.variable is variable:
                    losses[position] = live
                    self._live_losses[id(variable)] = position
                    return
        self._live_losses[id(variable)] = len(losses)
        losses.append(live)

    # --------------------------------------------------------------------------- going back

    def snapshot(self) -> Snapshot:
        """Where the pass stands: what has been handed out, counted and collected."""
        return Snapshot(
            dict(self.variables),
            dict(self.partitioned),
            set(self.plain),
            self.names.copy(),
            self.scopes.copy_counts(),
            {key: list(items) for key, items in self.collections.items() if key not in INTERNAL},
        )

    def go_back(self, to: Snapshot) -> None:
        """Let the pass stand where it stood at `to`; its dictionaries and lists remain the same objects."""
        for mine, then in ((self.variables, to.variables), (self.partitioned, to.partitioned)):
            mine.clear()
            mine.update(then)
        self.plain = set(to.plain)
        self.names = to.names.copy()
        self.scopes.set_counts(to.counts)
        for key in [key for key in self.collections if key not in INTERNAL]:
            if key in to.collections:
                self.collections[key][:] = to.collections[key]
            else:
                del self.collections[key]
        for key, items in to.collections.items():
            self.collections.setdefault(key, list(items))

    def public_collections(self) -> dict[Any, list[Any]]:
        """The collections without the entries that only make TensorFlow find us."""
        return {key: items for key, items in self.collections.items() if key not in INTERNAL}


def _initializer_decides(request: Request, record: Record) -> bool:
    """Has the initializer, and not the request, decided the shape and dtype of the variable that is found?"""
    if initial_values.is_constant(request.initializer):
        return False
    if request.shape is None:
        return True
    return record.asked_shape is not None and record.asked_shape.as_list() == tf.TensorShape(request.shape).as_list()


def _check_plain(variable: Variable, value: Any) -> None:
    if callable(value) or not hasattr(value, "shape"):
        return
    shape = tf.TensorShape(value.shape)
    if not shape.is_compatible_with(variable.shape):
        raise errors.wrong_shape(variable.name[: -len(":0")], shape, variable.shape, persisted=True)


# ------------------------------------------------------------------------------------- the current pass

AMBIENT_STORE = VariableStore("the ambient scope")


class _Ambient:
    """The long eager pass that begins with the process and again with ``tf.reset_default_graph()``."""

    current: Pass | None = None


def _ambient_pass() -> Pass:
    with AMBIENT_STORE.lock:
        if _Ambient.current is None:
            _Ambient.current = Pass(AMBIENT_STORE, None, eager=True, spot=None, ambient=True)
        return _Ambient.current


def reset_ambient() -> None:
    """Forget the variables and everything else of the ambient scope."""
    graph = hooks.default_graph()
    with AMBIENT_STORE.lock:
        ambient, _Ambient.current = _Ambient.current, None
        AMBIENT_STORE.clear()
    if ambient is not None and hooks.collections_of(graph) is ambient.collections:
        hooks.install_collections(graph, {})


def current() -> Pass | None:
    """The pass that the calling code belongs to; None in graph mode."""
    graph = hooks.default_graph()
    top = thread.top
    if top is not None and top.graph is graph:
        if hooks.collections_of(graph) is not top.collections:  # another replica thread's: see _Installed
            hooks.install_collections(graph, top.collections)
        return top
    return _look_up(graph)


def eager_here() -> Pass | None:
    """The current pass if it is an eager one and we are in its own graph."""
    graph = hooks.default_graph()
    here = thread.top
    if here is None or here.graph is not graph or hooks.collections_of(graph) is not here.collections:
        here = current()
    return here if here is not None and here.eager and here.graph is graph else None


def _look_up(graph: hooks.Graph) -> Pass | None:
    unit = modes.unit_graph(graph)
    for entered in reversed(thread.stack):
        if entered.graph is unit:
            return entered
    standing = hooks.collections_of(unit).get(hooks.VARIABLE_STORE_KEY)
    if standing and isinstance(standing[0], Pass) and standing[0].graph is unit and not standing[0].ambient:
        return standing[0]
    if thread.stack:
        error = drop_left_open()
        if error is not None:
            raise error
    if not hooks.is_function_graph(unit):
        return _ambient_in_thread(unit) if hooks.executing_eagerly() else None
    if not hooks.outside_is_eager():
        return None
    # A tf.function that was called inside a pass shares its variables.
    return thread.top if thread.top is not None else _ambient_in_trace(unit)


def _ambient_in_thread(graph: hooks.Graph) -> Pass:
    ambient = _ambient_pass()
    if hooks.collections_of(graph) is not ambient.collections:
        for key, items in hooks.collections_of(graph).items():
            if isinstance(key, str):
                ambient.collections.setdefault(key, items)
        hooks.install_collections(graph, ambient.collections)
    if ambient.graph is not graph:
        ambient.graph = graph
    return ambient


def _ambient_in_trace(graph: hooks.Graph) -> Pass:
    trace = Pass(AMBIENT_STORE, graph, eager=False, spot=user_frames.user_spot())
    around = hooks.collections_of(graph).get(hooks.VARIABLE_STORE_KEY)  # a trace begins with what is around it
    if around and isinstance(around[0], Pass):
        trace.scopes.current_scope = around[0].scopes.current_scope
        trace.around = None if around[0].ambient else around[0]
    for key, items in hooks.collections_of(graph).items():
        # What stands here was copied from the eager graph, but for what this trace has added itself.
        of_trace = [item for item in items if isinstance(item, tf.Tensor) and getattr(item, "graph", None) is graph]
        if of_trace:
            trace.collections[key] = of_trace
    hooks.install_collections(graph, trace.collections)
    hooks.enter_creator(graph, find_v1_variable)
    return trace


# ------------------------------------------------------------------------------- tf.Variable in a pass


def plain_variable(here: Pass, arguments: dict[str, Any]) -> Variable:
    """``tf.Variable(...)`` in the pass `here`, from its arguments by name."""
    name = arguments.get("name")
    name = "Variable" if name is None else name
    given = arguments.get("trainable")
    synchronization, aggregation, trainable = checked_options(
        name, arguments.get("synchronization"), arguments.get("aggregation"), given
    )
    dtype = arguments.get("dtype")
    return here.plain_variable(
        {
            "initial_value": arguments.get("initial_value"),
            "name": name,
            # The user's variable creators are shown None where the program says nothing.
            "trainable": given if trainable else False,
            "collections": arguments.get("collections"),
            "caching_device": arguments.get("caching_device"),
            "dtype": None if dtype is None else tf.as_dtype(dtype).base_dtype,
            "validate_shape": arguments.get("validate_shape", True),
            "constraint": arguments.get("constraint"),
            "use_resource": arguments.get("use_resource"),
            "synchronization": synchronization,
            "aggregation": aggregation,
        }
    )


def find_v1_variable(next_creator: Any, **arguments: Any) -> Any:
    """Variable creator of a pass: sends ``tf.compat.v1.Variable`` of code that does not know us to the pass.

    TensorFlow 2's own ``tf.Variable``, and what Keras makes with it, is left alone: such an object belongs to
    whoever made it, and a name is not enough to recognise it in the next pass.
    """
    here = current()
    if "collections" not in arguments or here is None or tf.distribute.has_strategy():
        if here is not None and here.eager and not here.ambient:
            here.store.warn_of_variables_made_anew(here)
        return next_creator(**arguments)
    return plain_variable(here, arguments)


@contextmanager
def keeping_v1_variables() -> Iterator[None]:
    """Let ``tf.compat.v1.Variable`` find its variable in the current pass also where no scope is entered."""
    graph = hooks.default_graph()
    if current() is None or any(creator is find_v1_variable for _, creator in hooks.variable_creators(graph)):
        yield
        return
    entered = hooks.enter_creator(graph, find_v1_variable)
    try:
        yield
    finally:
        hooks.leave_creator(graph, entered)


hooks.keep_from_autograph(__name__)
