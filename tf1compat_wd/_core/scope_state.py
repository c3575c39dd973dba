"""What a variable scope is (`VariableScope`), and where the current one is kept (`ScopeStore`)."""

from __future__ import annotations

import operator
import threading
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items, errors
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.initial_values import is_constant
from tf1compat_wd._core.variable_store import Finder, GraphFinder

AUTO_REUSE = tf.compat.v1.AUTO_REUSE

_Keys = tf.compat.v1.GraphKeys
_AUTO = tf.VariableSynchronization.AUTO
_NONE = tf.compat.v1.VariableAggregation.NONE
_DType = tf.DType


class VariableScope(tf.compat.v1.VariableScope):
    """The defaults that ``get_variable`` uses in a variable scope (``tf.VariableScope``).

    It is what ``with tf.variable_scope(...) as scope`` gives. Properties, setters and methods are those of
    TF 1.15; a setter acts on this scope object, and on scopes that are opened inside it afterwards. Unlike
    TensorFlow 2's class it keeps `reuse`, `caching_device` and `use_resource` in eager mode too.

    Attributes: name, original_name_scope, reuse, initializer, regularizer, caching_device, partitioner,
        custom_getter, dtype, use_resource, constraint.
    """

    # TensorFlow's own class has these under the same names, and its variable_scope reads some of them.
    def __init__(
        self,
        reuse: Any,
        name: str = "",
        initializer: Any = None,
        regularizer: Any = None,
        caching_device: Any = None,
        partitioner: Any = None,
        custom_getter: Any = None,
        name_scope: str = "",
        dtype: Any = tf.float32,
        use_resource: bool | None = None,
        constraint: Any = None,
    ) -> None:
        self._name = name
        self._initializer = initializer
        self._regularizer = regularizer
        self._reuse = reuse
        self._caching_device = caching_device
        self._partitioner = partitioner
        self._custom_getter = custom_getter
        self._name_scope = name_scope
        self._dtype = dtype
        self._use_resource = use_resource
        self._constraint = constraint

    def get_variable(
        self,
        var_store: Any,
        name: str,
        shape: Any = None,
        dtype: Any = None,
        initializer: Any = None,
        regularizer: Any = None,
        reuse: Any = None,
        trainable: bool | None = None,
        collections: Any = None,
        caching_device: Any = None,
        partitioner: Any = None,
        validate_shape: bool = True,
        use_resource: bool | None = None,
        custom_getter: Any = None,
        constraint: Any = None,
        synchronization: Any = _AUTO,
        aggregation: Any = _NONE,
    ) -> Any:
        """Find or make variable `name` of this scope in `var_store`.

        ``tf.get_variable`` is what programs call. TensorFlow's own calls this with the store of the graph.
        """
        finder = var_store if isinstance(var_store, Finder) else GraphFinder(var_store, hooks.default_graph())
        return find_in_scope(
            self, finder, name, shape, dtype, initializer, regularizer, reuse, trainable, collections,
            caching_device, partitioner, validate_shape, use_resource, custom_getter, constraint,
            synchronization, aggregation,
        )  # fmt: skip

    # Read by every get_variable and every scope inside: so they are written to be read in C.
    name = property(operator.attrgetter("_name"))
    original_name_scope = property(operator.attrgetter("_name_scope"))
    reuse = property(operator.attrgetter("_reuse"))
    initializer = property(operator.attrgetter("_initializer"))
    dtype = property(operator.attrgetter("_dtype"))
    use_resource = property(operator.attrgetter("_use_resource"))
    regularizer = property(operator.attrgetter("_regularizer"))
    caching_device = property(operator.attrgetter("_caching_device"))
    partitioner = property(operator.attrgetter("_partitioner"))
    custom_getter = property(operator.attrgetter("_custom_getter"))
    constraint = property(operator.attrgetter("_constraint"))

    def reuse_variables(self) -> None:
        """From here to the end of the scope, only find variables; scopes opened inside inherit it."""
        self._reuse = True

    def set_initializer(self, initializer: Any) -> None:
        """Set the initializer of variables that give none."""
        self._initializer = initializer

    def set_dtype(self, dtype: Any) -> None:
        """Set the dtype of variables that give none."""
        self._dtype = dtype

    def set_use_resource(self, use_resource: bool) -> None:
        """Choose resource or ref variables, in graph mode; elsewhere all are resource variables."""
        self._use_resource = use_resource

    def set_regularizer(self, regularizer: Any) -> None:
        """Set the regularizer of variables that give none."""
        self._regularizer = regularizer

    def set_caching_device(self, caching_device: Any) -> None:
        """Set the device that caches variables, in graph mode."""
        self._caching_device = caching_device

    def set_partitioner(self, partitioner: Any) -> None:
        """Set the partitioner of variables that give none."""
        self._partitioner = partitioner

    def set_custom_getter(self, custom_getter: Any) -> None:
        """Set the getter that variables are asked for through."""
        self._custom_getter = custom_getter

    def set_original_name_scope(self, name_scope: str) -> None:
        """Say where operations of this scope stand (ours: TF1 has no setter for it)."""
        self._name_scope = name_scope

    def get_collection(self, name: Any) -> list[Any]:
        """The items of collection `name` that belong to this scope, by their name's beginning."""
        scope = f"{self._name}/" if self._name else ""
        return collection_items.read(hooks.collections_of(hooks.default_graph()), name, scope)

    def trainable_variables(self) -> list[Any]:
        """The trainable variables of this scope."""
        return self.get_collection(_Keys.TRAINABLE_VARIABLES)

    def global_variables(self) -> list[Any]:
        """The global variables of this scope."""
        return self.get_collection(_Keys.GLOBAL_VARIABLES)

    def local_variables(self) -> list[Any]:
        """The local variables of this scope."""
        return self.get_collection(_Keys.LOCAL_VARIABLES)


def open_inside(
    base: Any, name: str, name_scope: str, reuse: Any, custom_getter: Any, constraint: Any, overrides: Any
) -> VariableScope:
    """The scope `name` with the settings of the scope `base`, but for those that `overrides` has."""
    if overrides is None and base.__class__ is VariableScope:
        scope = VariableScope.__new__(VariableScope)
        scope._name = name
        scope._initializer = base._initializer
        scope._regularizer = base._regularizer
        scope._reuse = reuse
        scope._caching_device = base._caching_device
        scope._partitioner = base._partitioner
        scope._custom_getter = custom_getter
        scope._name_scope = name_scope
        scope._dtype = base._dtype
        scope._use_resource = base._use_resource
        scope._constraint = constraint
        return scope
    initializer, regularizer, caching_device, partitioner, dtype, use_resource = overrides or (None,) * 6
    return VariableScope(
        reuse,
        name,
        base.initializer if initializer is None else initializer,
        base.regularizer if regularizer is None else regularizer,
        base.caching_device if caching_device is None else caching_device,
        base.partitioner if partitioner is None else partitioner,
        custom_getter,
        name_scope,
        base.dtype if dtype is None else dtype,
        base.use_resource if use_resource is None else use_resource,
        constraint,
    )


def find_in_scope(
    scope: Any,
    finder: Finder,
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    reuse: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    custom_getter: Any = None,
    constraint: Any = None,
    synchronization: Any = _AUTO,
    aggregation: Any = _NONE,
) -> Any:
    """Fill in what `scope` says where the caller says nothing, then let `finder` find the variable."""
    if dtype is not None:
        given, dtype = dtype, tf.as_dtype(dtype).base_dtype
        if is_constant(initializer):
            found = tf.convert_to_tensor(initializer).dtype.base_dtype
            if found != dtype:
                raise errors.initializer_dtype(found, given)
    else:
        dtype = scope.dtype
        if type(dtype) is not _DType:
            dtype = tf.as_dtype(dtype)
    scope_name = scope.name
    if scope_name:
        name = scope_name + "/" + name
    if initializer is None:
        initializer = scope.initializer
    if regularizer is None:
        regularizer = scope.regularizer
    if reuse is None:
        reuse = scope.reuse
    if caching_device is None:
        caching_device = scope.caching_device
    if partitioner is None:
        partitioner = scope.partitioner
    if use_resource is None:
        use_resource = scope.use_resource
    if custom_getter is None:
        custom_getter = scope.custom_getter
    if constraint is None:
        constraint = scope.constraint
    if custom_getter is None:
        return finder.find(
            name, shape, dtype, initializer, regularizer, reuse, trainable, collections, caching_device,
            partitioner, validate_shape, use_resource, constraint, synchronization, aggregation,
        )  # fmt: skip
    return finder.ask(
        name, shape, dtype, initializer, regularizer, reuse, trainable, collections, caching_device, partitioner,
        validate_shape, use_resource, custom_getter, constraint, synchronization, aggregation,
    )  # fmt: skip


class _Node:
    # Made for each scope of each pass; so they have nothing of their own before it is needed.
    count = 0
    suffix = 1  # the first that may be free: <name>_1 to <name>_<suffix - 1> have been opened
    children: dict[str, _Node] | None = None

    def copy(self) -> _Node:
        node = _Node()
        node.count, node.suffix = self.count, self.suffix
        if self.children:
            node.children = {name: child.copy() for name, child in self.children.items()}
        return node


class ScopeCounts:
    """How often each variable scope has been opened, so that default names can be made unique.

    Closing a scope forgets the counts of everything below it. Jumping into a scope object undoes all
    changes when it is left; changes are logged meanwhile, so that a jump costs what happens in it and not
    what the program has opened before.
    """

    def __init__(self) -> None:
        self._root = _Node()
        self._last = "", self._root  # the one that was opened last, which will be closed first
        self._log: list[Callable[[], None]] = []
        self._jumps = 0

    def _node(self, name: str) -> _Node:
        node = self._root
        for part in name.split("/"):
            children = node.children
            if children is None:
                node.children = {part: (child := _Node())}
            elif (child := children.get(part)) is None:  # type: ignore[assignment]
                child = children[part] = _Node()
            node = child
        return node

    def open(self, name: str) -> None:
        node = self._node(name)
        if self._jumps:
            self._log.append(lambda count=node.count: setattr(node, "count", count))  # type: ignore[misc]
        node.count += 1
        self._last = name, node

    def close(self, name: str) -> None:
        last, node = self._last
        if last != name:
            node = self._node(name)
        if self._jumps:
            self._log.append(lambda children=node.children: setattr(node, "children", children))  # type: ignore[misc]
        if node.children:
            node.children = None

    def count(self, name: str) -> int:
        node = self._root
        for part in name.split("/"):
            child = node.children.get(part) if node.children else None
            if child is None:
                return 0
            node = child
        return node.count

    def unique(self, outer: str, default: str) -> str:
        """`default`, or with the first suffix such that no scope of that name has been opened inside `outer`."""
        prefix = f"{outer}/{default}" if outer else default
        node = self._node(prefix)
        if node.count == 0:
            return default
        suffix = before = node.suffix
        while self.count(f"{prefix}_{suffix}"):
            suffix += 1
        if suffix != before:
            if self._jumps:
                self._log.append(lambda: setattr(node, "suffix", before))
            node.suffix = suffix
        return f"{default}_{suffix}"

    def independent_copy(self) -> ScopeCounts:
        """Counts that go on from here by themselves."""
        other = ScopeCounts()
        other._root = self._root.copy()
        return other

    # TensorFlow's variable_scope copies the counts when it jumps, and puts the copy back afterwards.
    def __copy__(self) -> Callable[[], ScopeCounts]:
        self._jumps += 1
        mark = len(self._log)

        def undo() -> ScopeCounts:
            while len(self._log) > mark:
                self._log.pop()()
            self._jumps -= 1
            return self

        return undo


class ScopeStore(threading.local):
    """The current variable scope of one graph or pass, for each thread.

    It stands in the graph's collections in place of TensorFlow's own, and has its members, so that
    TensorFlow's ``variable_scope`` and ours nest in each other.
    """

    def __init__(self) -> None:
        self.current_scope: Any = VariableScope(False)
        self.counts = ScopeCounts()
        #: The innermost name scope of ours in a trace: its name in the graph, and its logical name.
        self.innermost_name_scope = ("", "")
        self.logical_names: dict[str, str] = {}

    def open_variable_scope(self, scope_name: str) -> None:
        self.counts.open(scope_name)

    def close_variable_subscopes(self, scope_name: str | None) -> None:
        if scope_name is None:
            self.counts = ScopeCounts()
        else:
            self.counts.close(scope_name)

    def variable_scope_count(self, scope_name: str) -> int:
        return self.counts.count(scope_name)

    def copy_counts(self) -> ScopeCounts:
        return self.counts.independent_copy()

    def set_counts(self, counts: ScopeCounts) -> None:
        self.counts = counts.independent_copy()

    @property
    def variable_scopes_count(self) -> Any:
        return self.counts

    @variable_scopes_count.setter
    def variable_scopes_count(self, saved: Callable[[], ScopeCounts]) -> None:
        self.counts = saved()


hooks.keep_from_autograph(__name__)
