"""``tf.get_variable`` and ``tf.variable_scope``."""

from __future__ import annotations

import contextlib
import copy
import functools
import weakref
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import errors, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope, open_eagerly
from tf1compat_wd._core.scope_state import AUTO_REUSE, ScopeStore, VariableScope, find_in_scope, open_inside
from tf1compat_wd._core.variable_store import Finder, GraphFinder

_AUTO = tf.VariableSynchronization.AUTO
_NONE = tf.compat.v1.VariableAggregation.NONE
_NAME_OR_SCOPE = (str, tf.compat.v1.VariableScope)


def no_regularizer(_: Any) -> None:
    """No loss: stops a regularizer that the variable scope would give (``tf.no_regularizer``)."""
    return


# ------------------------------------------------------------------------------------- where we are


def current_scopes() -> ScopeStore:
    """Where the current variable scope is kept: in the pass, or in the graph."""
    here = passes.current()
    if here is not None:
        return here.scopes
    kept = hooks.collections_of(hooks.default_graph()).setdefault(hooks.SCOPE_STORE_KEY, [])
    if not kept:
        kept.append(ScopeStore())
    return kept[0]


def _finder_and_scope() -> tuple[Finder, Any]:
    here = passes.current()
    if here is not None:
        return here, here.scopes.current_scope
    graph = hooks.outermost_graph(hooks.default_graph())
    return GraphFinder(hooks.graph_variable_store(), graph), current_scopes().current_scope


def get_variable_scope() -> VariableScope:
    """The current variable scope (``tf.get_variable_scope``); at the root its name is ""."""
    return current_scopes().current_scope


# ------------------------------------------------------------------------------------- get_variable


def get_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
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
) -> Any:
    """Find or make the variable `name` of the current variable scope (``tf.get_variable``).

    What an argument leaves open the variable scope decides: initializer, regularizer, dtype, partitioner,
    custom getter, constraint, caching device, use_resource.

    Creates ``<variable scope>/<name>``, `shape`, in GLOBAL_VARIABLES and, if trainable, TRAINABLE_VARIABLES.
    Outside graph mode the variable belongs to the tracking scope and later passes find it again; asking
    twice in one pass follows TF1's rules of reuse.

    Args:
        name: the name within the variable scope.
        shape: of the variable; to be left out if `initializer` is a constant.
        dtype: default: that of the variable scope, float32.
        initializer: function of shape and dtype (and `partition_info`), function of nothing, or a constant.
            Default: that of the variable scope, else Glorot uniform for floats, zeros for integers and bools.
        regularizer: function of the variable giving a tensor, or None. It runs once in each pass, when the
            variable is first asked for; what it gives joins the REGULARIZATION_LOSSES of the pass.
        trainable: default True, but False with ``synchronization=ON_READ``.
        collections: list of keys in place of GLOBAL_VARIABLES.
        caching_device: graph mode only; elsewhere it warns once.
        partitioner: function of shape and dtype giving the number of shards along each axis.
        validate_shape: graph mode only; elsewhere it warns once if False.
        use_resource: graph mode only; elsewhere variables are resource variables, and False warns once.
        custom_getter: function that is called with ``getter`` and these arguments instead; replaces the
            scope's getters.
        constraint: function applied to the variable by optimizers after each update.
        synchronization, aggregation: for ``tf.distribute``.

    Returns:
        The variable; or, with a partitioner, a PartitionedVariable; or what the custom getter returns.

    Raises:
        ValueError: the variable exists (reuse=False) or does not (reuse=True); it has another shape or dtype;
            no initializer fits; or its initial value depends on an argument of the function being traced.

    Source: facts of the topics get_variable, reuse, regularizer, partitioner, custom_getter.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     with tf.variable_scope("a"):
    ...         w = tf.get_variable("w", [4, 3])
    >>> w.name, w.shape.as_list()
    ('a/w:0', [4, 3])
    """
    here = passes.eager_here()
    if here is None:
        finder, scope = _finder_and_scope()
    else:
        finder, scope = here, here.scopes.current_scope
        if (
            scope.__class__ is VariableScope and scope._custom_getter is None and custom_getter is None
            and scope._partitioner is None and partitioner is None and scope._constraint is None and constraint is None
            and collections is None and (trainable is False or (synchronization is _AUTO and aggregation is _NONE))
        ):  # fmt: skip
            variable = here.find_again(
                f"{scope._name}/{name}" if scope._name else name,
                shape,
                scope._dtype if dtype is None else dtype,
                scope._initializer if initializer is None else initializer,
                scope._regularizer if regularizer is None else regularizer,
                scope._reuse,
                trainable,
            )
            if variable is not None:
                return variable
    return find_in_scope(
        scope, finder, name, shape, dtype, initializer, regularizer, None, trainable, collections,
        caching_device, partitioner, validate_shape, use_resource, custom_getter, constraint,
        synchronization, aggregation,
    )  # fmt: skip


def get_local_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = False,
    collections: Sequence[Any] | None = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    custom_getter: Any = None,
    constraint: Any = None,
    synchronization: Any = _AUTO,
    aggregation: Any = _NONE,
) -> Any:
    """As `get_variable`, but not trainable and in LOCAL_VARIABLES (``tf.get_local_variable``)."""
    del trainable  # TF1 ignores it
    local = tf.compat.v1.GraphKeys.LOCAL_VARIABLES
    wanted = [local] if not collections else [*collections, local]
    return get_variable(
        name, shape, dtype, initializer, regularizer, False, wanted, caching_device, partitioner,
        validate_shape, use_resource, custom_getter, constraint, synchronization, aggregation,
    )  # fmt: skip


def create_partitioned_variables(
    shape: Sequence[int],
    slicing: Sequence[int],
    initializer: Any,
    dtype: Any = tf.float32,
    trainable: bool = True,
    collections: Sequence[Any] | None = None,
    name: str | None = None,
    reuse: Any = None,
) -> list[Any]:
    """Cut a variable into shards by hand (``tf.create_partitioned_variables``), older than partitioners.

    Creates ``<name>/part_0``, ``<name>/part_1``, ...; without `name`, under ``PartitionedVariable``.

    Args:
        shape: of the whole.
        slicing: the number of shards along each axis, at most one of them above 1.
        initializer: as for `get_variable`.
        dtype, trainable, collections, name, reuse: as for `get_variable` and `variable_scope`.

    Returns:
        The shards.

    Raises:
        ValueError: `shape` and `slicing` differ in length, or are empty.
    """
    if len(shape) != len(slicing):
        raise ValueError(
            "The 'shape' and 'slicing' of a partitioned Variable must have the length: "
            f"shape: {shape}, slicing: {slicing}"
        )
    if len(shape) < 1:
        raise ValueError(f"A partitioned Variable must have rank at least 1: shape: {shape}")
    with variable_scope(name, "PartitionedVariable", reuse=reuse):
        finder, scope = _finder_and_scope()
        if scope.custom_getter is not None:
            raise errors.parts_with_custom_getter(scope.custom_getter)
        whole = finder.ask(
            scope.name,
            shape,
            tf.as_dtype(dtype),
            initializer,
            reuse=scope.reuse,
            trainable=trainable,
            collections=collections,
            partitioner=lambda **_: list(slicing),
        )
    return list(whole)


# ------------------------------------------------------------------------------------ variable_scope


class _First:
    """What the first entry of a `variable_scope` object decides for the others in its graph or pass, as in TF1."""

    __slots__ = ("jump", "name", "opened", "original_name_scope", "reuse", "scopes")

    def __init__(
        self, scopes: ScopeStore, name: str, original_name_scope: str, opened: str | None, reuse: Any = None
    ) -> None:
        self.scopes = weakref.ref(scopes)
        self.name = name  # made of `default_name` if there was no other
        self.original_name_scope = original_name_scope
        self.opened = opened  # where operations stand if it opens no name scope of its own
        self.reuse = reuse  # once there is reuse, it stays
        self.jump: VariableScope | None = None  # for a scope object, the scope with the settings of that time


def check_reuse(reuse: Any) -> None:
    """Raise TF1's error unless `reuse` is True, False, None or AUTO_REUSE."""
    if not any(reuse is allowed for allowed in (None, True, False, AUTO_REUSE)):
        raise errors.reuse_of_wrong_type()


class variable_scope:
    """Open a variable scope (``tf.variable_scope``): a prefix and defaults for ``get_variable``.

    Args:
        name_or_scope: a name, or a scope object to open again wherever it came from.
        default_name: used if `name_or_scope` is None, made unique in the pass: l, l_1, ...
        values: tensors that the operations use; in graph mode the scope opens in their graph.
        initializer, regularizer, caching_device, partitioner, custom_getter, dtype, use_resource: defaults for the
            variables inside, inherited by inner scopes.
        reuse: True: only find variables. AUTO_REUSE: find, or make. None or False: as the outer scope.
        constraint: default for the variables inside; not inherited.
        auxiliary_name_scope: False opens no name scope.

    Returns:
        As a context manager, the `VariableScope`.

    Raises:
        TypeError: `name_or_scope` is neither string nor scope, or it and `default_name` are both None.
        ValueError: bad `reuse`, or reuse without a name.
        RuntimeError: scopes are not left in the reverse order of entering.

    Source: facts of the topics variable_scope and reuse.

    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     with tf.variable_scope("a"), tf.variable_scope("b") as scope:
    ...         pass
    >>> scope.name
    'a/b'
    """

    def __init__(
        self,
        name_or_scope: str | VariableScope | None,
        default_name: str | None = None,
        values: Any = None,
        initializer: Any = None,
        regularizer: Any = None,
        caching_device: Any = None,
        partitioner: Any = None,
        custom_getter: Any = None,
        reuse: Any = None,
        dtype: Any = None,
        use_resource: bool | None = None,
        constraint: Any = None,
        auxiliary_name_scope: bool = True,
    ) -> None:
        if default_name is None and name_or_scope is None:
            raise errors.scope_name_required()
        if reuse is not None:
            check_reuse(reuse)
        if not isinstance(auxiliary_name_scope, bool):
            raise TypeError(f"The auxiliary_name_scope must be `True` or `False`, while get {auxiliary_name_scope}")
        self._name_or_scope = name_or_scope
        self._default_name = default_name
        self._values = [] if values is None else values
        self._reuse = reuse or None  # TF1: False can't end the reuse of an outer scope
        self._own_name_scope = auxiliary_name_scope
        self._custom_getter = custom_getter
        self._constraint = constraint
        self._overrides: tuple[Any, ...] | None = None
        if not (
            initializer is None and regularizer is None and caching_device is None and partitioner is None
            and dtype is None and use_resource is None
        ):  # fmt: skip
            self._overrides = (initializer, regularizer, caching_device, partitioner, dtype, use_resource)
        # Innermost last: the same object may be entered again inside itself.
        self._entered: list[tuple[Any, ...]] = []
        self._first: _First | None = None
        self._first_plain: tuple[Any, ...] | None = None  # what `_first` is to be made of, if it is asked for

    def __enter__(self) -> VariableScope:
        name, here = self._name_or_scope, passes.eager_here()
        if self._first_plain is not None:
            self._first, self._first_plain = _First(*self._first_plain), None
        wanted = self._default_name if name is None and not self._reuse else name
        if (
            here is None
            or not isinstance(wanted, str)
            or not wanted
            or not self._own_name_scope
            or self._first is not None
        ):
            return self._enter_otherwise(name)
        # The usual case without detours: small layers in eager mode would spend most of our time here.
        kept, scopes = hooks.eager_names(), here.scopes
        outer, outer_names = scopes.current_scope, kept.scope_name
        opened = open_eagerly(here, kept, wanted)
        if name is None:
            name = scopes.counts.unique(outer.name, wanted)
        full_name = f"{outer.name}/{name}" if outer.name else name
        reuse = self._reuse or outer.reuse
        self._first_plain = scopes, name, opened, opened, reuse
        getter = outer.custom_getter
        if self._custom_getter is not None:
            getter = _inner_first(self._custom_getter, getter)
        scope = open_inside(outer, full_name, opened, reuse, getter, self._constraint, self._overrides)
        scopes.counts.open(full_name)
        scopes.current_scope = scope
        self._entered.append((scopes, outer, scope, None, kept, outer_names))
        return scope

    def _enter_otherwise(self, name: Any) -> VariableScope:
        """In graphs; with a scope object; without a name scope of its own; for the second time."""
        if name is None and self._reuse:
            raise errors.reuse_without_name()
        if name is not None and not isinstance(name, _NAME_OR_SCOPE):
            raise errors.scope_of_wrong_type()
        with contextlib.ExitStack() as leaving:
            if self._values:
                self._enter_graph_of_values(leaving)
            scopes = current_scopes()
            if self._first is not None and self._first.scopes() is not scopes:
                self._first = None
            names = self._name_scope()
            opened = None if names is None else leaving.enter_context(names)
            outer = scopes.current_scope
            scope = self._make_scope(scopes, outer, opened)
            scopes.open_variable_scope(scope.name)
            # A jump into a scope object goes back to these counts afterwards.
            counts = copy.copy(scopes.variable_scopes_count) if isinstance(name, tf.compat.v1.VariableScope) else None
            scopes.current_scope = scope
            self._entered.append((scopes, outer, scope, counts, None, leaving.pop_all()))
        return scope

    def _enter_graph_of_values(self, leaving: contextlib.ExitStack) -> None:
        if modes.current_mode() == modes.GRAPH and not hooks.is_function_graph(hooks.default_graph()):
            leaving.enter_context(hooks.graph_of_inputs(self._values).as_default())

    def _name_scope(self) -> name_scope | None:
        """The name scope to open; None for the root's scope object, which opens none."""
        name = self._name_or_scope
        if not self._own_name_scope:
            return name_scope(_current_name_scope() if self._first is None else self._first.opened)
        if name is None:
            return name_scope(self._default_name)
        last = name if isinstance(name, str) else name.name.split("/")[-1]
        return name_scope(last) if last else None

    def _make_scope(self, scopes: ScopeStore, outer: Any, opened: str | None) -> VariableScope:
        """The scope to enter."""
        name, first = self._name_or_scope, self._first
        if name is not None and not isinstance(name, str):
            if first is None:
                first = self._first = _First(scopes, name.name, name.original_name_scope, opened)
                first.jump = self._new_scope(name, name.name, first)
            assert first.jump is not None
            return first.jump
        if first is None:
            chosen = _unique(scopes, outer, self._default_name) if name is None else name
            first = self._first = _First(scopes, chosen, chosen if opened is None else opened, opened)
        return self._new_scope(outer, f"{outer.name}/{first.name}" if outer.name else first.name, first)

    def _new_scope(self, base: Any, full_name: str, first: _First) -> VariableScope:
        first.reuse = self._reuse or first.reuse or base.reuse
        getter = _inner_first(self._custom_getter, base.custom_getter)
        return open_inside(
            base, full_name, first.original_name_scope, first.reuse, getter, self._constraint, self._overrides
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        scopes, outer, scope, counts, kept, names = self._entered.pop()
        try:
            current = scopes.current_scope
            if current is not scope:
                raise errors.improper_nesting(current.name, scope.name)
            if kept is not None:
                scopes.counts.close(scope._name)
            else:
                scopes.close_variable_subscopes(scope.name)
            if counts is not None:
                scopes.variable_scopes_count = counts
            scopes.current_scope = outer
        finally:
            if kept is not None:
                kept.scope_name = names
            else:
                names.__exit__(kind, error, trace)


def _current_name_scope() -> str | None:
    if hooks.executing_eagerly():
        return hooks.eager_name_scope() or None
    scope = hooks.default_graph().get_name_scope()
    return f"{scope}/" if scope else None


def _unique(scopes: ScopeStore, outer: Any, default: str | None) -> str:
    if isinstance(scopes, ScopeStore):
        return scopes.counts.unique(outer.name, f"{default}")
    prefix = f"{outer.name}/{default}" if outer.name else f"{default}"  # TensorFlow's own, in a plain graph
    if scopes.variable_scope_count(prefix) == 0:
        return f"{default}"
    suffix = 1
    while scopes.variable_scope_count(f"{prefix}_{suffix}"):
        suffix += 1
    return f"{default}_{suffix}"


def unique_scope_name(default_name: str) -> str:
    """The name that ``variable_scope(None, default_name)`` would choose here."""
    scopes = current_scopes()
    return _unique(scopes, scopes.current_scope, default_name)


def _inner_first(inner: Callable[..., Any] | None, outer: Callable[..., Any] | None) -> Callable[..., Any] | None:
    """The getter of an inner scope, given the outer scope's getter as the one to call."""
    if inner is None or outer is None:
        return inner or outer

    def getter(getter: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return inner(functools.partial(outer, getter), *args, **kwargs)

    return getter


def variable_op_scope(
    values: Any,
    name_or_scope: str | VariableScope | None,
    default_name: str | None = None,
    initializer: Any = None,
    regularizer: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    reuse: Any = None,
    dtype: Any = None,
    use_resource: bool | None = None,
    constraint: Any = None,
) -> variable_scope:
    """The order of arguments that `variable_scope` had before TF 1.0 (``tf.variable_op_scope``)."""
    return variable_scope(
        name_or_scope, default_name, values, initializer, regularizer, caching_device, partitioner,
        custom_getter, reuse, dtype, use_resource, constraint,
    )  # fmt: skip


hooks.keep_from_autograph(__name__)
