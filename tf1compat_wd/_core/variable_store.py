"""Finding or making a variable by its full name: the rules of reuse, the same in all modes.

`VariableStore` is what a tracking scope owns for good. `Finder` is the algorithm of TF 1.15's
``get_variable``; a subclass says where variables are found, made and collected: `GraphFinder` here for
a plain graph, `passes.Pass` for eager and function mode.
"""

from __future__ import annotations

import difflib
import re
import threading
import weakref
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import errors, graph_variables, initial_values, partitions, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks

Variable = Any
Tensor = Any

_Keys = tf.compat.v1.GraphKeys
_AUTO = tf.VariableSynchronization.AUTO
_NONE = tf.compat.v1.VariableAggregation.NONE
_NOT_ASKED = object()
_FRACTIONS = (float, np.floating)


class Regularizer(Protocol):
    def __call__(self, variable: Variable, /) -> Tensor | None: ...


class Request(NamedTuple):
    """The arguments of one ``get_variable``, after the variable scope has added its defaults."""

    shape: Any
    dtype: tf.DType
    initializer: Any
    regularizer: Regularizer | None
    reuse: Any  # True, False or AUTO_REUSE
    trainable: bool
    collections: Sequence[Any] | None
    caching_device: Any
    validate_shape: bool
    use_resource: bool | None
    constraint: Any
    synchronization: Any
    aggregation: Any
    partition_info: Any = None


class Record:
    """A variable that a tracking scope owns, and what later passes need to know about it.

    `start`, of local variables only, is what they begin with: a value, or a function of nothing that gives one.
    `asked_shape` is the shape it was asked for with, where its initializer gave it another one. `initializer_class` is
    the class of the last initializer that it was asked for with and that was found to fit. `first_part`, `loss_scope`
    and `loss_name` are what a first shard of the variable would be called, and its regularizer's operations are.
    """

    __slots__ = (
        "asked_shape", "collections", "dtype", "first_part", "initializer_class", "key", "loss_name", "loss_scope",
        "made_at", "regularizer", "shape", "start", "variable",
    )  # fmt: skip

    def __init__(self, key: str, variable: Variable, collections: tuple[Any, ...], made_at: str | None) -> None:
        self.key = key
        self.first_part = f"{key}/part_0"
        self.loss_scope = f"{key}/Regularizer/"
        self.loss_name = f"{key}/Regularizer/value:0"
        self.variable = variable
        self.shape: list[int | None] | None = None if variable.shape.rank is None else variable.shape.as_list()
        self.dtype: tf.DType = variable.dtype
        self.collections = collections
        self.made_at = made_at
        self.regularizer: Regularizer | None = None
        self.start: Any = None
        self.asked_shape: tf.TensorShape | None = None
        self.initializer_class: Any = _NOT_ASKED


class Restoration(Protocol):
    """A checkpoint that waits for variables to be made (`checkpoints.Restoration`)."""

    def offer(self, variable: Variable, collections: Sequence[Any], /) -> None: ...

    def offer_slice(self, shard: Variable, /) -> None: ...


class VariableStore:
    """The variables of one tracking scope. Safe to use from several threads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lock = threading.RLock()
        self.shared: dict[str, Record] = {}  # by the name given to get_variable
        self.plain: dict[str, Record] = {}  # tf.Variable, by its name in the pass
        self.in_order: list[Record] = []
        self._listed: dict[Any, tuple[Variable, ...]] = {}  # by collection, since the last new variable
        self.names: set[str] = set()  # of variables, without ":0"
        self.partitionings: dict[str, partitions.Partitioning] = {}
        self.on_new: Callable[[str, Variable], None] | None = None
        self.on_clear: Callable[[], None] | None = None
        self.restoration: Restoration | None = None
        self._others_made_at: dict[tuple[str, int], weakref.ref[Any]] = {}  # lines, with the pass

    def warn_of_variables_made_anew(self, here: Any) -> None:
        """The eager pass `here` makes a variable of TensorFlow 2, a Keras layer's for one, which nothing finds again.

        Once that is what the program wants: it keeps it. If the same line does it in another pass, it trains nothing.
        """
        line = user_frames.user_line_key()
        before = self._others_made_at.setdefault(line, weakref.ref(here))
        if before() is not here:
            user_frames.warn_once(f"made anew at {line}", errors.made_anew(self.name))

    def add(self, registry: dict[str, Record], record: Record) -> None:
        """Own `record` for good (call with the lock held)."""
        if self.restoration is not None:
            self.restoration.offer(record.variable, record.collections)
        registry[record.key] = record
        self.in_order.append(record)
        self._listed.clear()
        name = record.variable.name[: -len(":0")]
        self.names.add(name)
        if self.on_new is not None:
            self.on_new(name, record.variable)

    def variables(self, collection: Any = None) -> tuple[Variable, ...]:
        """All variables in creation order, or those that were put into `collection`."""
        listed = self._listed.get(collection)
        if listed is None:
            with self.lock:
                listed = tuple(r.variable for r in self.in_order if collection is None or collection in r.collections)
                self._listed[collection] = listed
        return listed

    def clear(self) -> None:
        with self.lock:
            for container in (self.shared, self.plain, self.in_order, self._listed, self.names, self.partitionings):
                container.clear()
            self.restoration = None
            if self.on_clear is not None:
                self.on_clear()


class Finder:
    """``get_variable`` by full name: find, or make, under the rules of reuse."""

    def __init__(self, variables: dict[str, Variable], partitioned: dict[str, Any]) -> None:
        #: The names handed out so far, in this graph or in this pass. TensorFlow's templates read
        #: ``_vars`` of the store they find in a graph.
        self.variables = self._vars = variables
        self.partitioned = self._partitioned_vars = partitioned

    # What a subclass says.

    def _first_touch(self, name: str, request: Request) -> Variable:
        """Make or find the variable `name`, which nobody has asked for in this graph or pass yet."""
        raise NotImplementedError

    def _slice_known(self, shard: Variable) -> None:
        """`shard` has just been told which part of a partitioned variable it is."""

    def _made_at(self, name: str) -> str | None:
        """Where `name` was first asked for, if known: ``train.py:41, in model``."""
        raise NotImplementedError

    def _place(self) -> str:
        """ "in this graph", "in this pass of ...": for errors."""
        raise NotImplementedError

    # The rules.

    def ask(
        self,
        name: str,
        shape: Any = None,
        dtype: Any = tf.float32,
        initializer: Any = None,
        regularizer: Regularizer | None = None,
        reuse: Any = None,
        trainable: bool | None = None,
        collections: Sequence[Any] | None = None,
        caching_device: Any = None,
        partitioner: Any = None,
        validate_shape: bool = True,
        use_resource: bool | None = None,
        custom_getter: Any = None,
        constraint: Any = None,
        synchronization: Any = _AUTO,
        aggregation: Any = _NONE,
    ) -> Variable:
        """Find or make the variable of the full name `name`, through `custom_getter` if there is one."""
        if custom_getter is None:
            return self.find(
                name, shape, dtype, initializer, regularizer, reuse, trainable, collections, caching_device,
                partitioner, validate_shape, use_resource, constraint, synchronization, aggregation,
            )  # fmt: skip
        if not callable(custom_getter):
            raise errors.getter_not_callable(custom_getter)
        synchronization, aggregation, trainable = checked_options(name, synchronization, aggregation, trainable)
        arguments = {
            "getter": self.find,
            "name": name,
            "shape": shape,
            "dtype": dtype,
            "initializer": initializer,
            "regularizer": regularizer,
            "reuse": reuse,
            "trainable": trainable,
            "collections": collections,
            "caching_device": caching_device,
            "partitioner": partitioner,
            "validate_shape": validate_shape,
            "use_resource": use_resource,
            "synchronization": synchronization,
            "aggregation": aggregation,
        }
        if initial_values.accepts(custom_getter, "constraint"):
            arguments["constraint"] = constraint
        with tf.compat.v1.name_scope(None):  # TF1: what getters and initializers compute stands at the root
            return custom_getter(**arguments)

    def find(
        self,
        name: str,
        shape: Any = None,
        dtype: Any = tf.float32,
        initializer: Any = None,
        regularizer: Regularizer | None = None,
        reuse: Any = None,
        trainable: bool | None = None,
        collections: Sequence[Any] | None = None,
        caching_device: Any = None,
        partitioner: Any = None,
        validate_shape: bool = True,
        use_resource: bool | None = None,
        constraint: Any = None,
        synchronization: Any = _AUTO,
        aggregation: Any = _NONE,
    ) -> Variable:
        """What a custom getter is given as `getter`: find or make without asking any getter."""
        if synchronization is _AUTO and aggregation is _NONE:
            trainable = True if trainable is None else trainable
        else:
            synchronization, aggregation, trainable = checked_options(name, synchronization, aggregation, trainable)
        shape = _in_whole_numbers(shape)
        request = Request(
            shape, dtype, initializer, regularizer, reuse, trainable, collections, caching_device,
            validate_shape, use_resource, constraint, synchronization, aggregation,
        )  # fmt: skip
        if partitioner is not None:
            if not _is_scalar(shape):
                return self._find_partitioned(name, request, partitioner)
        elif reuse is True and (name in self.partitioned or self._earlier_partitioning(name) is not None):
            return self._find_partitioned(name, request, None)
        if f"{name}/part_0" in self.variables:
            raise errors.partitioned_found(name)
        return self._find_single(name, request)

    def _find_single(self, name: str, request: Request) -> Variable:
        if request.shape is not None and initial_values.is_constant(request.initializer):
            raise errors.constant_with_shape()
        found = self.variables.get(name)
        if found is None:
            return self._first_touch(name, request)
        if request.reuse is False:
            tf.TensorShape(request.shape)  # TF1 complains of a bad shape first
            raise errors.already_exists(name, self._made_at(name), self._place())
        self._check_same(name, found, request, persisted=False)
        return found

    def _check_same(self, name: str, found: Variable, request: Request, persisted: bool) -> None:
        """Raise TF1's error if `request` asks for another shape or dtype than `found` has.

        A persisted variable was made by an earlier pass: this request would have made it, so that
        the dtype and shape of a constant initializer count, and a dtype that goes unused does not.
        """
        shape, dtype = request.shape, request.dtype
        if persisted and initial_values.is_constant(request.initializer):
            shape, dtype = _of_constant(request.initializer)
        if shape is not None and not (isinstance(shape, list) and shape == found.shape.as_list()):
            wanted = tf.TensorShape(shape)
            if not wanted.is_compatible_with(found.shape):
                raise errors.wrong_shape(name, wanted, found.shape, persisted)
        if dtype is not found.dtype:
            wanted_dtype = tf.as_dtype(dtype)
            if not wanted_dtype.is_compatible_with(found.dtype):
                raise errors.wrong_dtype(name, wanted_dtype.name, found.dtype.name, persisted)

    def _missing(self, name: str, request: Request) -> ValueError:
        tf.TensorShape(request.shape)  # TF1 complains of a bad shape first
        return errors.does_not_exist(
            name, difflib.get_close_matches(name, list(self._known_names())[:2000], 3), self._place()
        )

    def _known_names(self) -> Sequence[str]:
        return list(self.variables)

    # Partitioned variables.

    def _find_partitioned(self, name: str, request: Request, partitioner: Any) -> Any:
        if partitioner is not None:
            if not callable(partitioner):
                raise errors.partitioner_not_callable(partitioner)
            if self._is_whole(name):
                raise errors.unpartitioned_found(name)
        wanted, counts = tf.TensorShape(request.shape), None
        if isinstance(request.initializer, tf.Tensor):
            wanted = wanted.merge_with(request.initializer.shape)
        if partitioner is not None:
            counts = partitions.decide(name, wanted, request.dtype, partitioner)
        found = self.partitioned.get(name)
        if found is None:
            return self._make_partitioned(name, request, wanted, counts)
        if request.reuse is False:
            raise errors.partitioned_exists(name)
        _check_same_shape(name, wanted, found.get_shape(), persisted=False)
        if not request.dtype.is_compatible_with(found.dtype):
            raise errors.partitioned_mismatch(name, "dtype", request.dtype.name, found.dtype.name, persisted=False)
        _check_same_partitions(name, counts, hooks.partitions_of(found), persisted=False)
        return found

    def _make_partitioned(self, name: str, request: Request, wanted: tf.TensorShape, counts: list[int] | None) -> Any:
        earlier = self._earlier_partitioning(name)
        if earlier is not None:
            _check_same_shape(name, wanted, earlier.shape, persisted=True)
            _check_same_partitions(name, counts, earlier.partitions, persisted=True)
            wanted, counts = earlier
        elif request.reuse is True or counts is None:
            raise errors.partitioned_does_not_exist(name)
        slices = partitions.cut(wanted.as_list(), counts)
        self._check_partitioning(name, len(slices))
        shards = [self._find_shard(name, request, wanted, each) for each in slices]
        variable = hooks.PartitionedVariable(
            name=name, shape=wanted, dtype=shards[0].dtype.base_dtype, variable_list=shards, partitions=counts
        )
        self.partitioned[name] = variable
        return variable

    def _is_whole(self, name: str) -> bool:
        """Does `name` exist without being partitioned, in this graph or pass or in an earlier pass?"""
        return name in self.variables

    def _earlier_partitioning(self, name: str) -> partitions.Partitioning | None:
        """How an earlier pass has cut up the partitioned variable `name`."""
        return None

    def _check_partitioning(self, name: str, count: int) -> None:
        first = f"{name}/part_0"
        if first not in self.variables:
            return
        last, extra = f"{name}/part_{count - 1}", f"{name}/part_{count}"
        if last not in self.variables:
            raise errors.other_partitioning(name, count, first, f"{last} was not")
        if extra in self.variables:
            raise errors.other_partitioning(name, count, first, f"so was the extra shard {extra}")

    def _find_shard(self, name: str, request: Request, full: tf.TensorShape, part: partitions.Slice) -> Variable:
        full_name = f"{name}/{part.name}"
        check_node_name(f"{full_name}/PartitionedInitializer")
        info = hooks.partition_info(full.as_list(), list(part.offset))  # refuses an axis without elements
        initializer: Any = request.initializer
        if initializer is None:  # TF1: without one that fits the dtype, the error names the whole variable
            initializer = initial_values.default_initializer(name, request.dtype)
        shape: Any = part.shape
        if initial_values.is_constant(initializer):
            initializer, shape = _slice(full_name, initializer, request.dtype, part), None
        shard = self._find_single(
            full_name, request._replace(initializer=initializer, shape=shape, partition_info=info)
        )
        hooks.set_save_slice_info(shard, name, full.as_list(), list(part.offset), list(part.shape))
        self._slice_known(shard)
        return shard


# What a TF1 graph accepts as the name of an operation, or of a scope, at its root.
_NODE_NAME = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_./-]*\Z")


def check_new(name: str, request: Request) -> None:
    """Raise TF1's ValueError, in TF1's order, for what a new variable can't be."""
    check_collections_and_constraint(request.collections, request.constraint)
    check_node_name(name)


def wanted_collections(collections: Any, trainable: bool) -> tuple[Any, ...]:
    if collections is None:
        return (_Keys.GLOBAL_VARIABLES, _Keys.TRAINABLE_VARIABLES) if trainable else (_Keys.GLOBAL_VARIABLES,)
    if not isinstance(collections, list | tuple | set):
        raise errors.collections_not_a_list(collections)
    keys = dict.fromkeys(collections)
    if trainable:
        keys.setdefault(_Keys.TRAINABLE_VARIABLES)
    return tuple(keys)


def check_collections_and_constraint(collections: Any, constraint: Any) -> None:
    if collections is not None and not isinstance(collections, list | tuple | set):
        raise errors.collections_not_a_list(collections)
    if constraint is not None and not callable(constraint):
        raise errors.not_callable_constraint(constraint)


def check_node_name(name: str) -> None:
    """Raise TF1's ValueError if no variable can be called `name`."""
    if name is None:  # TF1: the default name of tf.Variable
        return
    if not name:
        raise errors.not_a_node_name(name)
    if not _NODE_NAME.match(name):
        raise errors.not_a_scope_name(name)


def _check_same_shape(name: str, shape: tf.TensorShape, found: tf.TensorShape, persisted: bool) -> None:
    if not shape.is_compatible_with(found):
        raise errors.partitioned_mismatch(name, "shape", errors.shape_text(shape), found, persisted)


def _check_same_partitions(name: str, counts: list[int] | None, found: list[int], persisted: bool) -> None:
    if counts is not None and counts != found:
        raise errors.partitioned_mismatch(name, "partitions", counts, found, persisted)


def _slice(shard: str, value: Any, dtype: tf.DType, part: partitions.Slice) -> Tensor:
    """What of the constant initializer `value` a shard begins with; in `dtype`, unless it is a tensor already."""
    value = tf.convert_to_tensor(value, None if isinstance(value, tf.Tensor | tf.Variable) else dtype)
    if value.shape.rank is not None and value.shape.rank != len(part.shape):
        raise errors.constant_of_other_rank(shard, value.shape.as_list(), len(part.shape))
    return tf.slice(value, part.offset, part.shape)


def _in_whole_numbers(shape: Any) -> Any:
    """`shape` with integers for numbers such as 4 / 2, which TF1 takes as dimensions."""
    if isinstance(shape, _FRACTIONS):
        return whole_dimension(shape)
    if isinstance(shape, list | tuple | np.ndarray):
        for each in shape:
            if isinstance(each, _FRACTIONS):
                return [whole_dimension(n) for n in shape]
    return shape


def whole_dimension(size: Any) -> Any:
    """`size` as an integer if it is a whole number; anything but a number as it is.

    Raises:
        ValueError: it is a fraction.
    """
    if not isinstance(size, _FRACTIONS):
        return size
    if not float(size).is_integer():
        raise errors.fraction_as_dimension(size)
    return int(size)


def _is_scalar(shape: Any) -> bool:
    return isinstance(shape, Sequence) and not shape


def _of_constant(value: Any) -> tuple[tf.TensorShape, tf.DType]:
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return tf.TensorShape(value.shape), tf.as_dtype(value.dtype)
    tensor = tf.convert_to_tensor(value)
    return tensor.shape, tensor.dtype


def checked_options(name: str | None, synchronization: Any, aggregation: Any, trainable: Any) -> tuple[Any, Any, bool]:
    """The three options with their defaults; TF1's ValueError if one is not of its kind."""
    if aggregation is None:
        aggregation = _NONE
    elif aggregation is not _NONE:
        try:
            aggregation = tf.VariableAggregation(getattr(aggregation, "value", aggregation))
        except ValueError:
            raise ValueError(f"Invalid variable aggregation mode: {aggregation} for variable: {name}") from None
    if synchronization is None:
        synchronization = _AUTO
    elif synchronization is not _AUTO:
        try:
            synchronization = tf.VariableSynchronization(synchronization)
        except ValueError:
            raise ValueError(f"Invalid variable synchronization mode: {synchronization} for variable: {name}") from None
    if trainable is None:
        trainable = synchronization is not tf.VariableSynchronization.ON_READ
    return synchronization, aggregation, trainable


class GraphFinder(Finder):
    """Variables of a plain graph, in the very dictionaries that TensorFlow's own code uses there."""

    def __init__(self, store: Any, graph: hooks.Graph) -> None:
        super().__init__(*hooks.stored_variables(store))
        self._graph = graph

    def _place(self) -> str:
        return "in this graph"

    def _made_at(self, name: str) -> str | None:
        try:
            entries = self.variables[name].op.traceback
        except AttributeError:
            return None
        ours = [e for e in entries if "/tensorflow/python/" not in e.filename and "/tf1compat_wd/" not in e.filename]
        return f"{ours[-1].filename}:{ours[-1].lineno}, in {ours[-1].name}" if ours else None

    def _first_touch(self, name: str, request: Request) -> Variable:
        if request.reuse is True:
            raise self._missing(name, request)
        variable = self._make(name, request)
        self.variables[name] = variable
        if request.regularizer:  # False stops the scope's as well
            self._regularize(name, variable, request.regularizer)
        return variable

    def _make(self, name: str, request: Request) -> Variable:
        initial = initial_values.resolve(
            name, tf.TensorShape(request.shape), tf.as_dtype(request.dtype), request.initializer,
            request.partition_info,
        )  # fmt: skip
        check_new(name, request)
        with tf.compat.v1.name_scope(None):
            return graph_variables.make(
                request.use_resource,
                initial_value=initial.value,
                name=name,
                trainable=request.trainable,
                collections=request.collections,
                caching_device=request.caching_device,
                dtype=initial.dtype,
                validate_shape=request.validate_shape,
                constraint=request.constraint,
                synchronization=request.synchronization,
                aggregation=request.aggregation,
            )

    def _regularize(self, name: str, variable: Variable, regularizer: Regularizer) -> None:
        with (
            hooks.in_graph(self._graph, eager=False),
            self._graph.colocate_with(variable.op),
            tf.compat.v1.name_scope(f"{name}/Regularizer/"),
        ):
            loss = regularizer(variable)
            if loss is None:
                return
            if not hasattr(loss, "name"):
                raise errors.loss_has_no_name(loss, name)
        self._graph.add_to_collection(tf.compat.v1.GraphKeys.REGULARIZATION_LOSSES, loss)


hooks.keep_from_autograph(__name__)
