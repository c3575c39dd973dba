"""What owns weights: a variable scope, decided at the first use, and the weights made in it with ``get_variable``.

In each pass (or graph) the owner is built once more, and finds there what it made before.
"""

from __future__ import annotations

import copy
import functools
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.scope_state import VariableScope
from tf1compat_wd._core.variable_scope import get_variable, get_variable_scope, variable_scope
from tf1compat_wd.layers._identifiers import constraint_of, initializer_of, regularizer_of
from tf1compat_wd.layers._layer_scope import Inside, open_known_scope, open_scope
from tf1compat_wd.layers._memory import Memory
from tf1compat_wd.layers._rebuilding import BeforeBuild, EarlyWeight
from tf1compat_wd.layers._units import MEMORIES, current_unit, kept_by, snake_case, unique_object_name
from tf1compat_wd.layers._weight_losses import WeightLoss, collect_weight_loss, global_variables, is_new, shards_of

Variable = Any

_AUTO = tf.VariableSynchronization.AUTO
_ON_READ = tf.VariableSynchronization.ON_READ
_NONE = tf.compat.v1.VariableAggregation.NONE

# get_variable would take it of itself, but TF1 shows it to custom getters (fact: a_custom_getter_sees_an_initializer).
_DEFAULT_INITIALIZER = tf.compat.v1.glorot_uniform_initializer()


class WeightOwner(hooks.TrackedWhenAsked):
    """The half of `Layer` that knows of names, scopes and weights, and nothing of calls."""

    # For subclasses that don't call super().__init__().
    _memory: Any = None
    _reuse: Any = None
    _unit: Any = None
    _opened: Any = None  # the variable scope of the call that is going on
    _input_spec: Any = None
    _trainable = True
    built = False
    _use_resource_variables = False

    def __init__(self, trainable: bool, name: Any, dtype: Any, scope: Any, reuse: Any) -> None:
        self._trainable = trainable
        self._dtype = None if dtype is None else tf.as_dtype(dtype)
        self._input_spec = None
        self._trainable_weights: list[Variable] = []
        self._non_trainable_weights: list[Variable] = []
        self._weights_by_name: dict[str, Variable] = {}
        self._memory = Memory(self)
        self._unit = None  # a weak reference to the pass or graph of the memory
        self._given_scope = scope
        self._known_scope: Any = None  # what the first use has decided
        self._reuse = self._reuse_to_build = reuse
        self._early_weights: list[EarlyWeight] = []
        self._before_build: BeforeBuild | None = None  # None until a call builds
        base = snake_case(type(self).__name__)
        if not name or isinstance(name, tf.compat.v1.VariableScope):
            self._name = unique_object_name(base)
            self._base_name: str = name.name if name else base
        else:
            self._base_name = self._name = name
        if scope:
            self._unit = weakref.ref(current_unit())
            with variable_scope(scope) as captured:
                self._memory.scope = self._known_scope = captured

    def _start_late(self) -> None:
        """Do what a subclass that doesn't call ``super().__init__()`` has left out."""
        raise NotImplementedError

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

    # ------------------------------------------------------------------------------- passes and graphs

    def _enter_unit(self) -> Any:
        """Notice that another pass (or graph) has begun since the layer was last used; gives the one we are in.

        What the layer was built from there has to be found here: it counts as not built, but keeps its scope.
        """
        unit = current_unit()
        before = None if self._unit is None else self._unit()
        if before is unit:
            return unit
        if self._memory is None:
            self._start_late()
        is_first = self._unit is None
        self._unit = weakref.ref(unit)
        if is_first:
            return unit
        if before is not None and self.built:
            kept_by(before, MEMORIES)[id(self)] = self._memory
        known = kept_by(unit, MEMORIES).get(id(self))
        if known is not None and known.owner() is self:
            self._memory = known
            self._reuse_to_build = True
        else:
            self._memory = Memory(self)
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
            self._early_weights[position] = EarlyWeight(arguments, found)
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
                memory.scope = self._known_scope = open_scope(scope, self._base_name, self._reuse)
            else:
                memory.scope = open_known_scope(
                    self._known_scope, scope or self._given_scope, self._base_name, self._reuse
                )
        return memory.scope

    def _inside(self) -> Any:
        """Be in the layer's variable scope and name scope; during a call that is so already."""
        reuse = True if self.built else self._reuse_to_build
        opened = self._opened
        if opened is not None and opened is get_variable_scope() and (not reuse or opened.reuse is reuse):
            return nullcontext(opened)
        return Inside(self._set_scope(), reuse)

    def _scopes_of_weights(self) -> list[VariableScope]:
        return [self._set_scope()] if self._opened is None else [self._set_scope(), self._opened]

    def _is_partitioned(self) -> bool:
        """Does the variable scope cut weights into parts?"""
        return any(scope.partitioner is not None for scope in self._scopes_of_weights())

    @contextmanager
    def _unpartitioned(self) -> Iterator[None]:
        """Make weights whole, whatever the variable scope says."""
        scopes = self._scopes_of_weights()
        partitioners = [scope.partitioner for scope in scopes]
        for scope in scopes:
            scope.set_partitioner(None)
        try:
            yield
        finally:
            for scope, partitioner in zip(scopes, partitioners, strict=True):
                scope.set_partitioner(partitioner)

    # ---------------------------------------------------------------------------------- making weights

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
            ValueError: of ``tf.get_variable``; trainable although ON_READ; text or complex numbers without an
                initializer.
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
            self._early_weights.append(EarlyWeight(arguments, weight))
        self._weights_by_name[name] = weight
        self.restore_if_waiting(name, weight)
        return weight

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
        dtype = dtype or self._dtype or tf.float32
        with self._inside() as scope:
            if initializer is None and scope.initializer is None:
                initializer = self._default_initializer(name, tf.as_dtype(dtype))
            before = len(global_variables()) if regularizer else 0
            weight = get_variable(
                name,
                shape,
                dtype,
                initializer,
                trainable=trainable and self.trainable,
                partitioner=partitioner,
                use_resource=use_resource or self._use_resource_variables or scope.use_resource,
                constraint=constraint,
                synchronization=synchronization,
                aggregation=aggregation,
            )
            if regularizer and is_new(weight, before, scope.reuse):
                self._regularize(scope, name, weight, regularizer)
        return weight

    def _default_initializer(self, name: str, dtype: tf.DType) -> Any:
        if dtype.is_floating:
            return _DEFAULT_INITIALIZER
        if not dtype.is_integer and not dtype.is_bool:
            raise ValueError(f"An initializer for variable {name} of type {dtype} is required for layer {self.name}")
        return None  # get_variable's zeros

    def _regularize(self, scope: VariableScope, name: str, weight: Variable, regularizer: Any) -> None:
        """Add the losses of a new weight to the layer's, and to the pass's."""
        for number, shard in enumerate(shards_of(weight)):
            self._memory.weight_losses.append(functools.partial(WeightLoss(f"{name}/Regularizer", regularizer), shard))
            part = f"_{number}" if number else ""
            loss_of = WeightLoss(f"{scope.original_name_scope or ''}{name}/Regularizer{part}/", regularizer)
            collect_weight_loss(loss_of, shard, f"{scope.name}/{name}", scope.regularizer)

    # ------------------------------------------------------------------------------- weights there are

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

    def tracked(self) -> dict[str, Any]:
        """What a ``tf.train.Checkpoint`` holds of the layer: its weights by name, and layers among its attributes."""
        attributes = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        attributes.update(self._weights_by_name)
        found = {name: self.as_trackable(name, value) for name, value in attributes.items()}
        return {name: value for name, value in found.items() if value is not None}

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
                value = Memory(new)
            elif attribute not in ("_unit", "_known_scope", "_given_scope"):
                value = copy.deepcopy(value, memo)
            setattr(new, attribute, value)
        if self._known_scope is not None:
            new._memory.scope = self._known_scope
        return new


def _is_eager() -> bool:
    return modes.current_mode() == modes.EAGER


def _session(what: str) -> Any:
    session = tf.compat.v1.get_default_session()
    if session is None or modes.current_mode() != modes.GRAPH:
        raise RuntimeError(
            f"{what} needs values, which a graph only has in a session.\n\nIn graph mode call it inside "
            "`with tf.Session() as session:`; under tf.function call it outside of the function."
        )
    return session


hooks.keep_from_autograph(__name__)
