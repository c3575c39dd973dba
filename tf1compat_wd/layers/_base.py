"""``tf.layers.Layer``: an object that owns weights and is called.

A layer takes its variable scope at its first call, and makes its weights there with ``get_variable``. TF1
did that once, for one graph. Here a layer object may live through many passes, and the first call in a pass (or in
another graph) is what the first call in the graph was to TF1: the layer is built once more, and finds in the pass's
tracking scope the variables that it made before. Losses and updates belong to the pass as well.
"""

from __future__ import annotations

import copy
import functools
import inspect
import re
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import collection_items, graph_collections, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.scope_state import VariableScope
from tf1compat_wd._core.variable_scope import (
    current_scopes,
    get_variable,
    get_variable_scope,
    unique_scope_name,
    variable_scope,
)
from tf1compat_wd.layers._identifiers import constraint_of, initializer_of, regularizer_of
from tf1compat_wd.layers._input_spec import InputSpec, check_inputs

Tensor = Any
Variable = Any

_AUTO = tf.VariableSynchronization.AUTO
_ON_READ = tf.VariableSynchronization.ON_READ
_NONE = tf.compat.v1.VariableAggregation.NONE


# ------------------------------------------------------------------------------- passes and graphs


class _Memory:
    """What a layer knows about one pass or graph.

    Attributes:
        scope: the variable scope of the layer there.
        losses: loss tensors, each with the inputs it depends on; None if it depends on none.
        weight_losses: functions that compute the losses of weights, and losses that were given as functions.
        updates: updates, each with inputs in the same way.
    """

    __slots__ = ("losses", "owner", "scope", "updates", "weight_losses")

    def __init__(self, owner: Layer) -> None:
        self.owner = weakref.ref(owner)
        self.scope: Any = None
        self.losses: list[tuple[Tensor, list[Any] | None]] = []
        self.weight_losses: list[Callable[[], Tensor | None]] = []
        self.updates: list[tuple[Any, list[Any] | None]] = []


class _Inside:
    """Be in the variable scope and in the name scope of a layer.

    As ``variable_scope(scope, reuse=reuse, auxiliary_name_scope=False)`` and a name scope would be, but for a scope
    that is not open there is nothing to count, which makes it cheaper.
    """

    __slots__ = ("_names", "_opening", "_outer", "_reuse", "_scope", "_scopes")

    def __init__(self, scope: VariableScope, reuse: Any) -> None:
        self._scope = scope
        self._reuse = reuse
        self._opening: Any = None

    def __enter__(self) -> VariableScope:
        scope = self._scope
        self._scopes = current_scopes()
        self._outer = self._scopes.current_scope
        if not scope.name or f"{self._outer.name}/".startswith(f"{scope.name}/"):
            self._opening = variable_scope(scope, reuse=self._reuse, auxiliary_name_scope=False)
            opened = self._opening.__enter__()
        else:
            opened = self._scopes.current_scope = _scope_like(
                scope, self._reuse or scope.reuse, scope.original_name_scope
            )
        self._names = name_scope(scope.original_name_scope)
        self._names.__enter__()
        return opened

    def __exit__(self, *error: Any) -> None:
        self._names.__exit__(*error)
        if self._opening is not None:
            self._opening.__exit__(*error)
        else:
            self._scopes.close_variable_subscopes(self._scope.name)
            self._scopes.current_scope = self._outer


def _scope_like(scope: VariableScope, reuse: Any, opened: str) -> VariableScope:
    """A scope of the same name and settings, with the name scope `opened`."""
    return VariableScope(
        reuse,
        scope.name,
        scope.initializer,
        scope.regularizer,
        scope.caching_device,
        scope.partitioner,
        scope.custom_getter,
        opened,
        scope.dtype,
        scope.use_resource,
        scope.constraint,
    )


class _EarlyWeight(NamedTuple):
    """A weight that was made before the first call, and the arguments of its `add_weight`."""

    arguments: tuple[Any, ...]
    weight: Variable


class _BeforeBuild:
    """What a layer was before it was built, to build it once more in another pass.

    ``build`` may also have put things into lists of its own (``self.blocks.append(...)``); they would be there twice.
    """

    __slots__ = ("containers", "dtype", "input_spec", "weights")

    def __init__(self, layer: Layer) -> None:
        self.input_spec = layer._input_spec
        self.dtype = layer._dtype
        self.weights = (len(layer._trainable_weights), len(layer._non_trainable_weights))
        self.containers: list[tuple[Any, Any]] = []
        if not hasattr(type(layer).build, "autograph_info__"):  # it isn't one of ours, which do no such thing
            values = [value for name, value in vars(layer).items() if name not in _OWN_CONTAINERS]
            self.containers = [(value, value.copy()) for value in values if type(value) in (list, dict, set)]

    def keep_changes(self) -> None:
        """Forget what the first build has left as it was: later changes are not the build's."""
        self.containers = [(now, before) for now, before in self.containers if not _is_same(now, before)]

    def go_back(self, layer: Layer) -> None:
        layer.built = False
        layer._input_spec = self.input_spec
        layer._dtype = self.dtype
        del layer._trainable_weights[self.weights[0] :], layer._non_trainable_weights[self.weights[1] :]
        for container, before in self.containers:
            container.clear()
            (container.extend if type(container) is list else container.update)(before)


_OWN_CONTAINERS = frozenset(("_trainable_weights", "_non_trainable_weights", "_early_weights", "_weights_by_name"))


def _is_same(now: Any, before: Any) -> bool:
    """Do two lists, dictionaries or sets hold the same objects?"""
    if type(now) is dict:
        return len(now) == len(before) and all(key in before and now[key] is before[key] for key in now)
    if type(now) is set:
        return {id(item) for item in now} == {id(item) for item in before}
    return len(now) == len(before) and all(a is b for a, b in zip(now, before, strict=True))


# Attributes of a pass or a graph: the memories of layers that have gone on to another one, and counters of names.
_MEMORIES = "_tf1compat_wd_layers"
_NAMES = "_tf1compat_wd_layer_names"


def _current_unit() -> Any:
    """What a layer is built once for: the current pass or, in graph mode, the graph."""
    here = passes.current()
    return hooks.outermost_graph(hooks.default_graph()) if here is None else here


def _kept_by(unit: Any, attribute: str) -> dict[Any, Any]:
    """A dictionary of ours that lives as long as the pass or graph."""
    try:
        return getattr(unit, attribute)
    except AttributeError:
        kept: dict[Any, Any] = {}
        setattr(unit, attribute, kept)
        return kept


def _unique_object_name(base: str) -> str:
    """dense_1, dense_2, ...: TF1 counts the unnamed layer objects of a graph; we, those of a pass."""
    counts = _kept_by(_current_unit(), _NAMES)
    counts[base] = counts.get(base, 0) + 1
    return f"{base}_{counts[base]}"


@functools.cache
def _snake_case(class_name: str) -> str:
    """MyLayer: my_layer. Conv2DTranspose: conv2d_transpose."""
    words = re.sub("(.)([A-Z][a-z0-9]+)", r"\1_\2", class_name)
    words = re.sub("([a-z])([A-Z])", r"\1_\2", words).lower()
    return f"private{words}" if words.startswith("_") else words


class _Calls(threading.local):
    """The layers that this thread is calling, outermost first, with the inputs and `training` of each."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[Layer, Any, Any]] = []


_calls = _Calls()


class _CallArguments(NamedTuple):
    """Which of the arguments that we fill in a layer's `call` has."""

    scope: bool
    training: int | None  # its position after `inputs`


@functools.lru_cache(maxsize=1024)
def _arguments_of(call: Callable[..., Any]) -> _CallArguments:
    try:
        names = [p.name for p in inspect.signature(call).parameters.values() if p.kind is not p.VAR_KEYWORD]
    except (TypeError, ValueError):  # not a function of Python
        names = []
    return _CallArguments("scope" in names, names.index("training") - 2 if "training" in names else None)


# ---------------------------------------------------------------------------------------- the layer


class Layer(hooks.TrackedWhenAsked):
    """Base class of layers, and of yours (``tf.layers.Layer``).

    A subclass makes its weights in `build`, with `add_weight`, and computes in `call`. Calling the layer does both:
    the first call in a pass (in graph mode: in the graph) builds, and the very first decides the variable scope.

    Creates nothing by itself. Weights are called ``<variable scope>/<name>/<weight>``. Without `name` it is
    the class's name in snake case, counted in the variable scope where the layer is called first: my_layer,
    my_layer_1. In later passes the layer finds the same variables.

    Args:
        trainable: whether weights are put into TRAINABLE_VARIABLES.
        name: string, or a scope object to be named after.
        dtype: of the weights; default: that of the first input.
        activity_regularizer (keyword): function of an output giving a scalar; see `activity_regularizer`.
        _scope (keyword): variable scope to use, opened when the layer is made.
        _reuse (keyword): True or AUTO_REUSE: share the weights, as ``variable_scope(reuse=)`` does.

    Attributes: name, dtype, trainable, built, input_spec, scope_name; variables (weights), trainable_*,
        non_trainable_*, in the order of creation; losses and updates of this pass.

    Raises:
        TypeError: an unknown keyword.

    Source: facts of the topic layers.

    >>> class Scale(tf.layers.Layer):
    ...     def build(self, input_shape):
    ...         self.factor = self.add_weight("factor", [], initializer=tf.ones_initializer())
    ...     def call(self, inputs):
    ...         return inputs * self.factor
    >>> scale, net = Scale(), tf.tracking.VariableTrackingScope("net")
    >>> for _ in range(2):
    ...     with net:
    ...         y = scale(tf.constant([2.0]))
    >>> y.numpy().tolist(), scale.scope_name, [v.name for v in net.variables]
    ([2.0], 'scale', ['scale/factor:0'])
    """

    # For subclasses that don't call super().__init__().
    _memory: Any = None
    _reuse: Any = None
    _unit: Any = None
    _opened: Any = None  # the variable scope of the call that is going on
    _input_spec: Any = None
    _trainable = True
    built = False
    dynamic = False
    stateful = False
    supports_masking = False
    _use_resource_variables = False

    def __init__(self, trainable: bool = True, name: Any = None, dtype: Any = None, **kwargs: Any) -> None:
        scope = kwargs.pop("_scope", None)
        self._reuse = kwargs.pop("_reuse", None)
        self._activity_regularizer = kwargs.pop("activity_regularizer", None)
        self._initial_weights = kwargs.pop("weights", None)
        if kwargs:
            self._take_keywords(**kwargs)
        self._trainable = trainable
        self._dtype = None if dtype is None else tf.as_dtype(dtype)
        self._input_spec = None
        self._trainable_weights: list[Variable] = []
        self._non_trainable_weights: list[Variable] = []
        self._weights_by_name: dict[str, Variable] = {}
        self._memory = _Memory(self)
        self._unit = None  # a weak reference to the pass or graph of the memory
        self._given_scope = scope
        self._known_scope: Any = None  # what the first use has decided
        self._reuse_to_build = self._reuse
        self._early_weights: list[_EarlyWeight] = []
        self._before_build: _BeforeBuild | None = None  # None until a call builds
        base = _snake_case(type(self).__name__)
        if not name or isinstance(name, tf.compat.v1.VariableScope):
            self._name = _unique_object_name(base)
            self._base_name: str = name.name if name else base
        else:
            self._base_name = self._name = name
        if scope:
            self._unit = weakref.ref(_current_unit())
            with variable_scope(scope) as captured:
                self._memory.scope = self._known_scope = captured

    def _take_keywords(self, **kwargs: Any) -> None:
        dynamic = kwargs.pop("dynamic", False)
        if dynamic:
            self.dynamic = dynamic
        for key in kwargs:
            if key not in ("input_shape", "batch_input_shape", "batch_size", "autocast", "input_dim"):
                raise TypeError("Keyword argument not understood:", key)
        shape = kwargs.get("batch_input_shape")
        if shape is None and "input_shape" in kwargs:
            shape = (kwargs.get("batch_size"), *kwargs["input_shape"])
        if shape is not None:
            self._batch_input_shape = tuple(shape)

    # ------------------------------------------------------------------------------------- to override

    def build(self, input_shape: Any) -> None:
        """Make the weights for inputs of this shape; to be overridden."""
        self.built = True

    def call(self, inputs: Any, **kwargs: Any) -> Any:
        """Compute the outputs; to be overridden."""
        return inputs

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the outputs for inputs of this shape; to be overridden."""
        raise NotImplementedError

    def compute_output_signature(self, input_signature: Any) -> Any:
        """What `compute_output_shape` says, as ``tf.TensorSpec``s for inputs that are ``tf.TensorSpec``s."""
        shape = self.compute_output_shape(tf.nest.map_structure(lambda s: s.shape, input_signature))
        dtype = self.dtype or tf.nest.flatten(input_signature)[0].dtype
        return tf.nest.map_structure(lambda s: tf.TensorSpec(shape=s, dtype=dtype), shape)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        """The mask itself, if the layer supports masking."""
        if not self.supports_masking and any(m is not None for m in tf.nest.flatten(mask)):
            raise TypeError(f"Layer {self.name} does not support masking, but was passed an input_mask: {mask}")
        return mask if self.supports_masking else None

    def get_config(self) -> dict[str, Any]:
        """The arguments that make such a layer again (`from_config`); to be overridden if there are more.

        Raises:
            NotImplementedError: a subclass has arguments of its own and does not override it.
        """
        own = [p for p in inspect.signature(type(self).__init__).parameters if p not in _BASE_ARGUMENTS]
        config: dict[str, Any] = {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}
        shape = getattr(self, "_batch_input_shape", None)
        if shape is not None:
            config["batch_input_shape"] = shape
        if own and type(self).get_config is Layer.get_config:
            raise NotImplementedError("Layers with arguments in `__init__` must override `get_config`.")
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """A new layer with these arguments."""
        return cls(**config)

    # -------------------------------------------------------------------------------------- properties

    @property
    def name(self) -> str:
        """The object's name; its variable scope may have another (`scope_name`)."""
        return self._name

    @property
    def scope_name(self) -> str:
        """The full name of the layer's variable scope.

        Raises:
            ValueError: the layer has not been used yet.
        """
        if self._known_scope is None:
            raise ValueError(
                f'No name available for layer scope because the layer "{self.name}" has not been used yet. The scope '
                "name  is determined the first time the layer instance is called. You must therefore call the layer "
                "before querying `scope_name`."
            )
        return self._known_scope.name

    @property
    def dtype(self) -> str | None:
        """The name of the weights' dtype; None before the first call if none was given."""
        return None if self._dtype is None else self._dtype.name

    @property
    def graph(self) -> None:
        """None, as in TF 1.15.

        Raises:
            RuntimeError: in eager mode.
        """
        if modes.current_mode() == modes.EAGER:
            raise RuntimeError("Layer.graph not supported when executing eagerly.")

    @property
    def input_spec(self) -> Any:
        """An `InputSpec`, a list of them, or None; inputs are checked against it at each call."""
        return self._input_spec

    @input_spec.setter
    def input_spec(self, value: Any) -> None:
        for each in value if isinstance(value, list | tuple) else [value]:
            if each is not None and not isinstance(each, InputSpec):
                raise TypeError(f"Layer input_spec must be an instance of InputSpec. Got: {each}")
        self._input_spec = value

    @property
    def activity_regularizer(self) -> Any:
        """Function of an output giving a scalar, which joins the losses, divided by the batch size."""
        return self._activity_regularizer

    @activity_regularizer.setter
    def activity_regularizer(self, regularizer: Any) -> None:
        self._activity_regularizer = regularizer

    @property
    def trainable(self) -> bool:
        """Are weights trainable? Weights that exist already stay in the collections they are in."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = value

    @property
    def trainable_weights(self) -> list[Variable]:
        """The trainable weights; [] if the layer is not trainable."""
        return list(self._trainable_weights) if self.trainable else []

    @property
    def non_trainable_weights(self) -> list[Variable]:
        """The others."""
        if self.trainable:
            return list(self._non_trainable_weights)
        return [*self._trainable_weights, *self._non_trainable_weights]

    @property
    def weights(self) -> list[Variable]:
        """All weights: the trainable ones, then the others."""
        return self.trainable_weights + self.non_trainable_weights

    @property
    def trainable_variables(self) -> list[Variable]:
        return self.trainable_weights

    @property
    def non_trainable_variables(self) -> list[Variable]:
        return self.non_trainable_weights

    @property
    def variables(self) -> list[Variable]:
        return self.weights

    # ------------------------------------------------------------------------------ passes and graphs

    def _enter_unit(self) -> Any:
        """Notice that another pass (or graph) has begun since the layer was last used; gives the one we are in.

        What the layer was built from there has to be found here: it counts as not built, but keeps its scope.
        """
        unit = _current_unit()
        before = None if self._unit is None else self._unit()
        if before is unit:
            return unit
        if self._memory is None:
            Layer.__init__(self)
        is_first = self._unit is None
        self._unit = weakref.ref(unit)
        if is_first:
            return unit
        if before is not None and self.built:
            _kept_by(before, _MEMORIES)[id(self)] = self._memory
        known = _kept_by(unit, _MEMORIES).get(id(self))
        if known is not None and known.owner() is self:
            self._memory = known
            self._reuse_to_build = True
        else:
            self._memory = _Memory(self)
            self._reuse_to_build = self._reuse
            self._find_early_weights()
        if self._before_build is not None:
            self._before_build.go_back(self)
        return unit

    def _find_early_weights(self) -> None:
        """Ask in this pass, too, for the weights that were made before the first call, in ``__init__``."""
        was_built, self.built = self.built, False
        for position, (arguments, weight) in enumerate(self._early_weights):
            found = self._find_weight(*arguments)
            if found is weight:
                continue
            self._early_weights[position] = _EarlyWeight(arguments, found)
            for weights in (self._trainable_weights, self._non_trainable_weights):
                weights[:] = [found if w is weight else w for w in weights]
            for attribute, value in list(vars(self).items()):
                if value is weight:
                    setattr(self, attribute, found)
        self.built = was_built

    def _set_scope(self, scope: Any = None) -> VariableScope:
        """The variable scope of the layer in this pass, decided now if this is the first use."""
        memory = self._memory
        if memory.scope is None:
            if self._known_scope is None:
                memory.scope = self._known_scope = self._open(scope)
            else:
                memory.scope = self._open_known(self._known_scope, scope or self._given_scope)
        return memory.scope

    def _open(self, scope: Any) -> VariableScope:
        if scope is not None or self._reuse:
            opening = variable_scope(self._base_name if scope is None else scope)
        else:
            opening = variable_scope(None, default_name=self._base_name)
        with opening as captured:
            return captured

    def _open_known(self, known: VariableScope, scope: Any) -> VariableScope:
        """Open in this pass the variable scope that an earlier one decided on, wherever we are now."""
        outer = get_variable_scope().name
        if isinstance(scope, tf.compat.v1.VariableScope):
            found = scope.name
        else:
            last = scope or (self._base_name if self._reuse else unique_scope_name(self._base_name))
            found = f"{outer}/{last}" if outer else last
        if found == known.name:
            return self._open(scope)
        scopes = current_scopes()
        scopes.open_variable_scope(known.name)
        scopes.close_variable_subscopes(known.name)
        with name_scope(known.name.split("/")[-1] or None) as opened:
            return _scope_like(known, known.reuse, opened)

    # ----------------------------------------------------------------------------------------- weights

    def add_variable(self, *args: Any, **kwargs: Any) -> Variable:
        """The name of `add_weight` in early TF1."""
        return self.add_weight(*args, **kwargs)

    def add_weight(
        self,
        name: str,
        shape: Any,
        dtype: Any = None,
        initializer: Any = None,
        regularizer: Any = None,
        trainable: bool | None = None,
        constraint: Any = None,
        use_resource: bool | None = None,
        synchronization: Any = _AUTO,
        aggregation: Any = _NONE,
        partitioner: Any = None,
        **kwargs: Any,
    ) -> Variable:
        """Find or make a weight, ``<the layer's scope>/<name>``, with ``get_variable``.

        Args:
            name, shape, initializer, constraint, use_resource, synchronization, aggregation, partitioner: as for
                ``tf.get_variable``.
            dtype: default: the layer's, else float32.
            regularizer: function of the weight; the loss joins the layer's `losses` and, the first time that
                anybody asks for the weight in this pass, the REGULARIZATION_LOSSES.
            trainable: default True, but False with ``synchronization=ON_READ``.

        Returns:
            The variable, or what the scope's custom getter makes of it.

        Raises:
            ValueError: of ``tf.get_variable``; trainable although ON_READ.
            TypeError: an unknown keyword.
        """
        for key in kwargs:
            if key != "experimental_autocast":
                raise TypeError("Unknown keyword argument:", key)
        if trainable is None:
            trainable = synchronization is not _ON_READ
        elif trainable and synchronization is _ON_READ:
            raise ValueError(
                "Synchronization value can be set to VariableSynchronization.ON_READ only for non-trainable variables. "
                "You have specified trainable=True and synchronization=VariableSynchronization.ON_READ."
            )
        if self._opened is None:
            self._enter_unit()
        arguments = (
            name,
            () if shape is None else shape,
            dtype,
            initializer_of(initializer),
            regularizer_of(regularizer),
            trainable,
            constraint_of(constraint),
            use_resource,
            synchronization,
            aggregation,
            partitioner,
        )
        weight = self._find_weight(*arguments)
        if trainable and self.trainable and isinstance(weight, tf.Variable) and weight.trainable:
            self._trainable_weights.append(weight)
        else:
            self._non_trainable_weights.append(weight)
        if self._opened is None:
            self._early_weights.append(_EarlyWeight(arguments, weight))
        self._weights_by_name[name] = weight
        self.restore_if_waiting(name, weight)
        return weight

    def tracked(self) -> dict[str, Any]:
        """What a ``tf.train.Checkpoint`` holds of the layer: its weights by name, and layers among its attributes."""
        attributes = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        attributes.update(self._weights_by_name)
        found = {name: self.as_trackable(name, value) for name, value in attributes.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _find_weight(
        self,
        name: str,
        shape: Any,
        dtype: Any,
        initializer: Any,
        regularizer: Any,
        trainable: bool,
        constraint: Any,
        use_resource: bool | None,
        synchronization: Any,
        aggregation: Any,
        partitioner: Any,
    ) -> Variable:
        with self._inside() as scope:
            before = len(_global_variables()) if regularizer else 0
            weight = get_variable(
                name,
                shape,
                dtype or self._dtype or tf.float32,
                initializer,
                trainable=trainable and self.trainable,
                partitioner=partitioner,
                use_resource=use_resource or self._use_resource_variables or scope.use_resource,
                constraint=constraint,
                synchronization=synchronization,
                aggregation=aggregation,
            )
            if regularizer and _is_new(weight, before, scope.reuse):
                self._regularize(scope, name, weight, regularizer)
        return weight

    def _inside(self) -> Any:
        """Be in the layer's variable scope and name scope; during a call that is so already."""
        reuse = True if self.built else self._reuse_to_build
        opened = self._opened
        if opened is not None and opened is get_variable_scope() and (not reuse or opened.reuse is reuse):
            return nullcontext(opened)
        return _Inside(self._set_scope(), reuse)

    def _regularize(self, scope: VariableScope, name: str, weight: Variable, regularizer: Any) -> None:
        """Add the losses of a new weight to the layer's, and to the pass's."""
        for number, shard in enumerate(_shards(weight)):
            self._memory.weight_losses.append(functools.partial(_WeightLoss(f"{name}/Regularizer", regularizer), shard))
            part = f"_{number}" if number else ""
            loss_of = _WeightLoss(f"{scope.original_name_scope or ''}{name}/Regularizer{part}/", regularizer)
            _collect_weight_loss(loss_of, shard, f"{scope.name}/{name}", scope.regularizer)

    # --------------------------------------------------------------------------------- losses, updates

    def add_loss(self, losses: Any, inputs: Any = None) -> None:
        """Add losses to the layer's, and to the REGULARIZATION_LOSSES of this pass.

        Args:
            losses: a tensor, a function of nothing that gives one, or a list of them; Nones are left out.
            inputs: the tensors that they depend on, for `get_losses_for`.
        """
        self._enter_unit()
        for loss in tf.nest.flatten(losses):
            if callable(loss):
                self._memory.weight_losses.append(loss)
                tensor = loss()
                if tensor is None:
                    continue
            elif loss is None:
                continue
            else:
                tensor = loss if tf.is_tensor(loss) else tf.convert_to_tensor(loss, tf.float32)
                self._memory.losses.append((tensor, None if inputs is None else self._depending_on(inputs)))
            _collect_loss(tensor, f"{_current_name_scope()}loss:0")

    def add_update(self, updates: Any, inputs: Any = None) -> None:
        """Add updates to the layer's; a call adds them to the UPDATE_OPS of this pass.

        Args:
            updates: operations or tensors, or functions of nothing that give them. In eager mode they have run.
            inputs: the tensors that they depend on; used in eager mode only, elsewhere the graph tells.
        """
        self._enter_unit()
        depends = None if inputs is None and modes.current_mode() == modes.EAGER else self._depending_on(inputs)
        for update in updates if isinstance(updates, list | tuple) else [updates]:
            done = update() if callable(update) and not isinstance(update, tf.Variable) else update
            self._memory.updates.append((_as_operation(done), depends))

    def _depending_on(self, inputs: Any) -> list[Any]:
        """Weak references to the inputs, those of the current call included."""
        tensors = tf.nest.flatten(inputs)
        for layer, called_with, _ in reversed(_calls.stack):
            if layer is self:
                tensors += tf.nest.flatten(called_with)
                break
        return [weakref.ref(t) for t in tensors if tf.is_tensor(t)]

    @property
    def losses(self) -> list[Tensor]:
        """The losses that the layer has added in this pass, and those of its weights, computed now."""
        given = [loss for loss, _ in self._memory.losses if _can_be_used(loss)]
        computed = [loss_of() for loss_of in self._memory.weight_losses]
        return given + [loss for loss in computed if loss is not None]

    @property
    def updates(self) -> list[Any]:
        """The updates that the layer has added in this pass; [] if it isn't trainable."""
        if not self.trainable and not self.stateful:
            return []
        return [update for update, _ in self._memory.updates if _can_be_used(update)]

    def get_losses_for(self, inputs: Any) -> list[Tensor]:
        """The losses that depend on `inputs`; those that depend on no inputs if it is None."""
        if inputs is None:
            given = [loss for loss, depends in self._memory.losses if depends is None and _can_be_used(loss)]
            computed = [loss_of() for loss_of in self._memory.weight_losses]
            return given + [loss for loss in computed if loss is not None]
        conditional = [each for each in self._memory.losses if each[1] is not None and _can_be_used(each[0])]
        return _reachable(inputs, conditional)

    def get_updates_for(self, inputs: Any) -> list[Any]:
        """The updates that depend on `inputs`; those that depend on no inputs if it is None."""
        if not self.trainable and not self.stateful:
            return []
        mine = [each for each in self._memory.updates if _can_be_used(each[0])]
        if inputs is not None:
            return _reachable(inputs, mine)
        return [update for update, depends in mine if not _is_conditional(update, depends)]

    # ----------------------------------------------------------------------------------------- calling

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """Build the layer if need be, and compute.

        Args:
            inputs: a tensor, or a structure of them; NumPy arrays are converted.
            *args, **kwargs: of `call`. ``scope=`` is the variable scope to use, if this is the first call.

        Returns:
            What `call` returns.

        Raises:
            ValueError: the inputs are not what `input_spec` says, or `call` returns None.
        """
        unit = self._enter_unit()
        scope = self._set_scope(kwargs.pop("scope", None))
        if unit.__class__ is passes.Pass and unit.ambient:  # it has no end: keep what the last call added
            self._memory.losses.clear()
            self._memory.updates.clear()
        takes = _arguments_of(type(self).call)
        training = self._training(takes, args, kwargs)
        if not tf.is_tensor(inputs):
            inputs = _with_tensors(inputs)
        reuse = True if self.built else self._reuse_to_build
        with _Inside(scope, reuse) as opened:
            if takes.scope:
                kwargs["scope"] = opened
            if self._input_spec:
                check_inputs(self._input_spec, inputs, self.name)
            outer, self._opened = self._opened, opened
            _calls.stack.append((self, inputs, training))
            try:
                if not self.built:
                    self._build(inputs)
                outputs = hooks.convert_for_graph(self.call)(inputs, *args, **kwargs)
                if outputs is None:
                    raise ValueError(
                        "A layer's `call` method should return a Tensor or a list of Tensors, not None "
                        f"(layer: {self.name})."
                    )
                if self._activity_regularizer is not None:
                    self._regularize_activity(inputs, outputs)
            finally:
                _calls.stack.pop()
                self._opened = outer
        if self._memory.updates:
            self._collect_updates()
        return outputs

    def apply(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """Call the layer."""
        return self(inputs, *args, **kwargs)

    def _training(self, takes: _CallArguments, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What `training` is for this call: as passed, else as in the call of the layer around it."""
        if "training" in kwargs:
            training = kwargs["training"]
            if takes.training is None:
                del kwargs["training"]
        elif takes.training is not None and len(args) > takes.training:
            training = args[takes.training]
        else:
            training = _calls.stack[-1][2] if _calls.stack else None
            if takes.training is not None and training is not None:
                kwargs["training"] = training
        return training

    def _build(self, inputs: Any) -> None:
        before = None
        if self._before_build is None:
            before = self._before_build = _BeforeBuild(self)
        if tf.is_tensor(inputs):
            first, shapes = inputs, inputs.shape
        else:
            tensors = tf.nest.flatten(inputs)
            first = tensors[0] if tensors else None
            shapes = tf.nest.map_structure(lambda t: t.shape, inputs) if all(map(_has_shape, tensors)) else None
        if self._dtype is None and hasattr(first, "dtype"):
            self._dtype = tf.as_dtype(first.dtype).base_dtype
        self.build(shapes)
        self.built = True
        if before is not None:
            before.keep_changes()
        if self._initial_weights is not None:
            self.set_weights(self._initial_weights)
            self._initial_weights = None

    def _regularize_activity(self, inputs: Any, outputs: Any) -> None:
        with name_scope("ActivityRegularizer"):
            for output in tf.nest.flatten(outputs):
                loss = self._activity_regularizer(output)
                self.add_loss(loss / tf.cast(tf.shape(output)[0], loss.dtype), inputs=inputs)

    @contextmanager
    def _unpartitioned(self) -> Iterator[None]:
        """Make weights whole, whatever the variable scope says."""
        scopes = [self._set_scope()] if self._opened is None else [self._set_scope(), self._opened]
        partitioners = [scope.partitioner for scope in scopes]
        for scope in scopes:
            scope.set_partitioner(None)
        try:
            yield
        finally:
            for scope, partitioner in zip(scopes, partitioners, strict=True):
                scope.set_partitioner(partitioner)

    def _collect_updates(self) -> None:
        if hooks.is_control_flow_graph(hooks.default_graph()):
            return  # runs with its branch or loop, and nothing outside can wait for it
        here = passes.current()
        collected = graph_collections.get_collection_ref(GraphKeys.UPDATE_OPS)
        if here is not None and here.ambient:
            # This pass has no end, so what stands for updates that have run must not pile up.
            names = {collection_items.name_of(update) for update in self.updates} - {None}
            collected[:] = [each for each in collected if collection_items.name_of(each) not in names]
        known = {id(each) for each in collected}
        collected += [update for update in self.updates if id(update) not in known]

    # ------------------------------------------------------------------------------------- the rest

    def count_params(self) -> int:
        """How many numbers the weights hold.

        Raises:
            ValueError: the layer is not built.
        """
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on {self.name}, but the layer isn't built. You can build it "
                f"manually via: `{self.name}.build(batch_input_shape)`."
            )
        return int(sum(np.prod(w.shape.as_list(), dtype=np.int64) for w in self.weights))

    def get_weights(self) -> list[Any]:
        """The values of the weights, as NumPy arrays; in graph mode by the default session.

        Raises:
            RuntimeError: in graph mode without a default session, or while a function is traced.
        """
        return [w.numpy() for w in self.weights] if _is_eager() else _session("get_weights").run(self.weights)

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Give the weights these values, in the order of `weights`.

        Raises:
            ValueError: their number or a shape differs.
            RuntimeError: as for `get_weights`.
        """
        mine = self.weights
        if len(mine) != len(weights):
            raise ValueError(
                f'You called `set_weights(weights)` on layer "{self.name}" with a  weight list of length '
                f"{len(weights)}, but the layer was expecting {len(mine)} weights. "
                f"Provided weights: {str(weights)[:50]}..."
            )
        values = [np.asarray(value) for value in weights]
        for variable, value in zip(mine, values, strict=True):
            if variable.shape != value.shape:
                raise ValueError(
                    f"Layer weight shape {variable.shape} not compatible with provided weight shape {value.shape}"
                )
        session = None if _is_eager() else _session("set_weights")
        for variable, value in zip(mine, values, strict=True):
            if session is None:
                variable.assign(value)
            else:
                variable.load(value, session)

    @property
    def metrics(self) -> list[Any]:
        """[]: see `add_metric`."""
        return []

    def add_metric(self, value: Any, aggregation: str | None = None, name: str | None = None) -> None:
        """Not offered: it makes an object of Keras.

        Raises:
            NotImplementedError: always; ``tf.metrics.mean`` is the way of TF1.
        """
        raise NotImplementedError(
            "Layer.add_metric makes a Keras metric, which tf.layers doesn't have here.\n\n"
            "Use tf.metrics.mean(value), which works in all modes."
        )

    # Who asks for these has a Keras model in mind; on a layer that isn't part of one, TF 1.15 raises.

    @property
    def input(self) -> Any:
        raise AttributeError(f"Layer {self.name} is not connected, no input to return.")

    @property
    def output(self) -> Any:
        raise AttributeError(f"Layer {self.name} has no inbound nodes.")

    @property
    def input_mask(self) -> Any:
        raise AttributeError(f"Layer {self.name} is not connected, no input to return.")

    @property
    def output_mask(self) -> Any:
        raise AttributeError(f"Layer {self.name} has no inbound nodes.")

    @property
    def input_shape(self) -> Any:
        raise AttributeError("The layer has never been called and thus has no defined input shape.")

    @property
    def output_shape(self) -> Any:
        raise AttributeError("The layer has never been called and thus has no defined output shape.")

    @property
    def inbound_nodes(self) -> list[Any]:
        return []

    @property
    def outbound_nodes(self) -> list[Any]:
        return []

    def get_input_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined input.")

    def get_output_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined output.")

    def get_input_shape_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined input shape.")

    def get_output_shape_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined output shape.")

    def get_input_mask_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined input.")

    def get_output_mask_at(self, node_index: int) -> Any:
        """Raises, as TF1 does where there is no Keras model."""
        raise RuntimeError("The layer has never been called and thus has no defined output.")

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """A layer with the same arguments, not used yet.

        Raises:
            TypeError: this one has weights already; a copy of a variable is nobody's.
        """
        if self._trainable_weights or self._non_trainable_weights:
            raise TypeError(
                f"can't pickle _thread.RLock objects\n\nLayer {self.name} has weights, which can't be copied (nor "
                "could TF 1.15's). Copy layers before their first call, or share one layer by calling it again."
            )
        new = type(self).__new__(type(self))
        memo[id(self)] = new
        for attribute, value in vars(self).items():
            if attribute == "_memory":
                value = _Memory(new)
            elif attribute not in ("_unit", "_known_scope", "_given_scope"):
                value = copy.deepcopy(value, memo)
            setattr(new, attribute, value)
        if self._known_scope is not None:
            new._memory.scope = self._known_scope
        return new


_BASE_ARGUMENTS = frozenset(("self", "trainable", "name", "dtype", "kwargs", "args", "_scope", "_reuse"))


# ------------------------------------------------------------------------------------------ weights


def _global_variables() -> list[Variable]:
    """The live list of GLOBAL_VARIABLES; [] if there is none."""
    return hooks.collections_of(hooks.default_graph()).get(GraphKeys.GLOBAL_VARIABLES, [])


def _shards(weight: Variable) -> list[Variable]:
    return list(weight) if isinstance(weight, hooks.PartitionedVariable) else [weight]


def _is_new(weight: Variable, before: int, reuse: Any) -> bool:
    """Is `weight` not among the first `before` of the GLOBAL_VARIABLES, those that there were already?

    TF1 asks just this, so that a tensor which a custom getter has made of a variable is new each time. In a later
    pass ``reuse=True`` finds a variable that nobody has asked for in this one; its loss then comes from the
    regularizer which the earlier pass has left with it.
    """
    shards = _shards(weight)
    if not isinstance(shards[0], tf.Variable):
        return True
    if reuse is True:
        return False
    collected = _global_variables()
    if any(each is shards[0] for each in collected[before:]):
        return True
    return not any(each is shard for each in collected[:before] for shard in shards)


class _WeightLoss:
    """A regularizer that opens its name scope itself."""

    __slots__ = ("regularizer", "scope")

    def __init__(self, scope: str, regularizer: Callable[..., Any]) -> None:
        self.scope = scope
        self.regularizer = regularizer

    def __call__(self, weight: Variable) -> Tensor | None:
        with name_scope(self.scope):
            loss = self.regularizer(weight)
        return loss if loss is None or tf.is_tensor(loss) else tf.convert_to_tensor(loss, tf.float32)


def _collect_weight_loss(loss_of: _WeightLoss, weight: Variable, name: str, also: Any) -> None:
    """Put the loss of a weight into the REGULARIZATION_LOSSES, outside of any branch or loop."""
    here = passes.current()
    if not isinstance(weight, tf.Variable):
        loss = loss_of(weight)
    elif here is not None:
        here.add_regularizer(name, weight, loss_of, also)
        return
    else:
        with hooks.in_graph(hooks.outermost_graph(hooks.default_graph()), eager=False):
            loss = loss_of(weight)
    if loss is not None:
        _collect_loss(loss, f"{loss_of.scope}value:0")


# ----------------------------------------------------------------------------------- losses, updates


def _collect_loss(loss: Tensor, name: str) -> None:
    """Add a loss, called `name` where tensors have no names, to the REGULARIZATION_LOSSES."""
    graph_collections.add_to_collection(GraphKeys.REGULARIZATION_LOSSES, collection_items.give_name(loss, name))


def _current_name_scope() -> str:
    return hooks.eager_name_scope() if hooks.executing_eagerly() else ""


def _as_operation(update: Any) -> Any:
    """What TF1 keeps of an update: the operation. Eagerly it has run, and a tensor stands for it."""
    if isinstance(update, tf.Operation):
        return update
    if _is_eager():
        return update if tf.is_tensor(update) else tf.constant(True)
    return update.op if hasattr(update, "op") else tf.convert_to_tensor(update)


def _is_eager() -> bool:
    return modes.current_mode() == modes.EAGER


def _can_be_used(thing: Any) -> bool:
    """Is `thing` an eager tensor, or of a graph that the calling code is in?"""
    if hasattr(thing, "numpy") or not hasattr(thing, "graph"):
        return True
    wanted, graph = thing.graph, hooks.default_graph()
    if not hooks.is_function_graph(wanted):
        return True
    while graph is not wanted and hooks.is_function_graph(graph):
        graph = hooks.outer_graph(graph)
    return graph is wanted


def _is_conditional(thing: Any, depends: list[Any] | None) -> bool:
    """Does `thing`, added in a call with these inputs, depend on them?"""
    if depends is None:
        return False
    known = [tensor for tensor in (reference() for reference in depends) if tensor is not None]
    return True if _is_eager() else bool(_reachable(known, [(thing, depends)]))


def _reachable(inputs: Any, pairs: Iterable[tuple[Any, list[Any] | None]]) -> list[Any]:
    """The first of each pair whose tensor or operation can be reached from `inputs`; eagerly: was added with them."""
    wanted = [t for t in tf.nest.flatten(inputs) if tf.is_tensor(t)]
    if any(hasattr(t, "numpy") for t in wanted):
        given = {id(t) for t in wanted}
        return [thing for thing, depends in pairs if any(id(each()) in given for each in depends or [])]
    reached, waiting = {id(t) for t in wanted}, list(wanted)
    while waiting:
        for operation in waiting.pop().consumers():
            if id(operation) not in reached:
                reached.add(id(operation))
                reached.update(id(output) for output in operation.outputs)
                waiting += operation.outputs
    return [thing for thing, _ in pairs if id(thing) in reached]


def _has_shape(thing: Any) -> bool:
    return hasattr(thing, "shape")


def _with_tensors(inputs: Any) -> Any:
    """`inputs` with tensors in place of arrays and numbers."""

    def convert(thing: Any) -> Any:
        return tf.convert_to_tensor(thing) if isinstance(thing, np.ndarray | float | int) else thing

    return tf.nest.map_structure(convert, inputs)


def _session(what: str) -> Any:
    session = tf.compat.v1.get_default_session()
    if session is None or modes.current_mode() != modes.GRAPH:
        raise RuntimeError(
            f"{what} needs values, which a graph only has in a session.\n\nIn graph mode call it inside "
            "`with tf.Session() as session:`; under tf.function call it outside of the function."
        )
    return session


hooks.keep_from_autograph(__name__)
