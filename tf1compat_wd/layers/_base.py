"""``tf.layers.Layer``: an object that owns weights and is called.

A layer takes its variable scope at its first call, and makes its weights there with ``get_variable``. TF1
did that once, for one graph. Here a layer object may live through many passes, and the first call in a pass (or in
another graph) is what the first call in the graph was to TF1: the layer is built once more, and finds in the pass's
tracking scope the variables that it made before. Losses and updates belong to the pass as well.
"""

from __future__ import annotations

import inspect
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import collection_items, graph_collections, modes, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd.layers._calls import calls, inputs_of_call, taken_by, training_of_call, with_tensors
from tf1compat_wd.layers._input_spec import InputSpec, check_inputs
from tf1compat_wd.layers._layer_scope import Inside
from tf1compat_wd.layers._rebuilding import BeforeBuild
from tf1compat_wd.layers._unconnected import UnconnectedLayer
from tf1compat_wd.layers._weight_losses import collect_loss
from tf1compat_wd.layers._weights import WeightOwner

Tensor = Any


class Layer(UnconnectedLayer, WeightOwner):
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

    dynamic = False
    stateful = False
    supports_masking = False

    def __init__(self, trainable: bool = True, name: Any = None, dtype: Any = None, **kwargs: Any) -> None:
        scope, reuse = kwargs.pop("_scope", None), kwargs.pop("_reuse", None)
        self._activity_regularizer = kwargs.pop("activity_regularizer", None)
        self._initial_weights = kwargs.pop("weights", None)
        if kwargs:
            self._take_keywords(**kwargs)
        super().__init__(trainable, name, dtype, scope, reuse)

    def _start_late(self) -> None:
        Layer.__init__(self)

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
                self._memory.losses.append((tensor, None if inputs is None else inputs_of_call(self, inputs)))
            collect_loss(tensor, f"{_current_name_scope()}loss:0")

    def add_update(self, updates: Any, inputs: Any = None) -> None:
        """Add updates to the layer's; a call adds them to the UPDATE_OPS of this pass.

        Args:
            updates: operations or tensors, or functions of nothing that give them. In eager mode they have run.
            inputs: the tensors that they depend on; used in eager mode only, elsewhere the graph tells.
        """
        self._enter_unit()
        depends = None if inputs is None and modes.current_mode() == modes.EAGER else inputs_of_call(self, inputs)
        for update in updates if isinstance(updates, list | tuple) else [updates]:
            done = update() if callable(update) and not isinstance(update, tf.Variable) else update
            self._memory.updates.append((_as_operation(done), depends))

    @property
    def losses(self) -> list[Tensor]:
        """The losses that the layer has added in this pass, and those of its weights, computed now."""
        return self._memory.all_losses()

    @property
    def updates(self) -> list[Any]:
        """The updates that the layer has added in this pass; [] if it isn't trainable."""
        if not self.trainable and not self.stateful:
            return []
        return self._memory.all_updates()

    def get_losses_for(self, inputs: Any) -> list[Tensor]:
        """The losses that depend on `inputs`; those that depend on no inputs if it is None."""
        return self._memory.losses_for(inputs)

    def get_updates_for(self, inputs: Any) -> list[Any]:
        """The updates that depend on `inputs`; those that depend on no inputs if it is None."""
        if not self.trainable and not self.stateful:
            return []
        return self._memory.updates_for(inputs)

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
        takes = taken_by(type(self).call)
        training = training_of_call(takes, args, kwargs)
        if not tf.is_tensor(inputs):
            inputs = with_tensors(inputs)
        reuse = True if self.built else self._reuse_to_build
        with Inside(scope, reuse) as opened:
            if takes.scope:
                kwargs["scope"] = opened
            if self._input_spec:
                check_inputs(self._input_spec, inputs, self.name)
            outer, self._opened = self._opened, opened
            calls.stack.append((self, inputs, training))
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
                calls.stack.pop()
                self._opened = outer
        if self._memory.updates:
            self._collect_updates()
        return outputs

    def apply(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """Call the layer."""
        return self(inputs, *args, **kwargs)

    def _build(self, inputs: Any) -> None:
        before = None
        if self._before_build is None:
            before = self._before_build = BeforeBuild(self)
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


_BASE_ARGUMENTS = frozenset(("self", "trainable", "name", "dtype", "kwargs", "args", "_scope", "_reuse"))


def _current_name_scope() -> str:
    return hooks.eager_name_scope() if hooks.executing_eagerly() else ""


def _as_operation(update: Any) -> Any:
    """What TF1 keeps of an update: the operation. Eagerly it has run, and a tensor stands for it."""
    if isinstance(update, tf.Operation):
        return update
    if modes.current_mode() == modes.EAGER:
        return update if tf.is_tensor(update) else tf.constant(True)
    return update.op if hasattr(update, "op") else tf.convert_to_tensor(update)


def _has_shape(thing: Any) -> bool:
    return hasattr(thing, "shape")


hooks.keep_from_autograph(__name__)
