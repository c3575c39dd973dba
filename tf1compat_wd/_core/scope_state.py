"""What a variable scope is (`VariableScope`), and where the current one is kept (`ScopeStore`)."""

from __future__ import annotations

import copy
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

    @property
    def name(self) -> str:
        return self._name

    @property
    def original_name_scope(self) -> str:
        return self._name_scope

    @property
    def reuse(self) -> Any:
        return self._reuse

    @property
    def initializer(self) -> Any:
        return self._initializer

    @property
    def dtype(self) -> Any:
        return self._dtype

    @property
    def use_resource(self) -> Any:
        return self._use_resource

    @property
    def regularizer(self) -> Any:
        return self._regularizer

    @property
    def caching_device(self) -> Any:
        return self._caching_device

    @property
    def partitioner(self) -> Any:
        return self._partitioner

    @property
    def custom_getter(self) -> Any:
        return self._custom_getter

    @property
    def constraint(self) -> Any:
        return self._constraint

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
        dtype = tf.as_dtype(scope.dtype)
    scope_name = scope.name
    return finder.ask(
        scope_name + "/" + name if scope_name else name,
        shape,
        dtype,
        scope.initializer if initializer is None else initializer,
        scope.regularizer if regularizer is None else regularizer,
        scope.reuse if reuse is None else reuse,
        trainable,
        collections,
        scope.caching_device if caching_device is None else caching_device,
        scope.partitioner if partitioner is None else partitioner,
        validate_shape,
        scope.use_resource if use_resource is None else use_resource,
        scope.custom_getter if custom_getter is None else custom_getter,
        scope.constraint if constraint is None else constraint,
        synchronization,
        aggregation,
    )


class _Node:
    __slots__ = ("children", "count")

    def __init__(self) -> None:
        self.count = 0
        self.children: dict[str, _Node] = {}


class ScopeCounts:
    """How often each variable scope has been opened, so that default names can be made unique.

    Closing a scope forgets the counts of everything below it. Jumping into a scope object undoes all
    changes when it is left; changes are logged meanwhile, so that a jump costs what happens in it and not
    what the program has opened before.
    """

    def __init__(self) -> None:
        self._root = _Node()
        self._log: list[Callable[[], None]] = []
        self._jumps = 0

    def _node(self, name: str) -> _Node:
        node = self._root
        for part in name.split("/"):
            child = node.children.get(part)
            if child is None:
                child = node.children[part] = _Node()
            node = child
        return node

    def open(self, name: str) -> None:
        node = self._node(name)
        if self._jumps:
            self._log.append(lambda count=node.count: setattr(node, "count", count))  # type: ignore[misc]
        node.count += 1

    def close(self, name: str) -> None:
        node = self._node(name)
        if self._jumps:
            self._log.append(lambda children=node.children: setattr(node, "children", children))  # type: ignore[misc]
        if node.children:
            node.children = {}

    def count(self, name: str) -> int:
        node = self._root
        for part in name.split("/"):
            child = node.children.get(part)
            if child is None:
                return 0
            node = child
        return node.count

    def independent_copy(self) -> ScopeCounts:
        """Counts that go on from here by themselves."""
        other = ScopeCounts()
        other._root = copy.deepcopy(self._root)
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
        super().__init__()
        self.current_scope: Any = VariableScope(False)
        self._counts = ScopeCounts()
        #: The innermost name scope of ours in a trace: its name in the graph, and its logical name.
        self.innermost_name_scope = ("", "")
        self.logical_names: dict[str, str] = {}

    def open_variable_scope(self, scope_name: str) -> None:
        self._counts.open(scope_name)

    def close_variable_subscopes(self, scope_name: str | None) -> None:
        if scope_name is None:
            self._counts = ScopeCounts()
        else:
            self._counts.close(scope_name)

    def variable_scope_count(self, scope_name: str) -> int:
        return self._counts.count(scope_name)

    def copy_counts(self) -> ScopeCounts:
        return self._counts.independent_copy()

    def set_counts(self, counts: ScopeCounts) -> None:
        self._counts = counts.independent_copy()

    @property
    def variable_scopes_count(self) -> Any:
        return self._counts

    @variable_scopes_count.setter
    def variable_scopes_count(self, saved: Callable[[], ScopeCounts]) -> None:
        self._counts = saved()


hooks.keep_from_autograph(__name__)
