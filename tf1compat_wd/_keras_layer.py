"""A Keras 3 layer made of a legacy function. This module is the only one that imports Keras, and loads on demand."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import keras
import tensorflow as tf

from tf1compat_wd._core import passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import get_collection
from tf1compat_wd._core.tracking_scope import VariableTrackingScope
from tf1compat_wd._core.variable_scope import get_variable_scope, variable_scope

_Keys = tf.compat.v1.GraphKeys
_TRAINING = ("is_training", "training")
_NOT_INPUTS = ("training", "mask")


class _Weight(keras.Variable):
    """A Keras variable whose value is a variable of the tracking scope: the same memory under both names."""

    def __init__(self, variable: Any, name: str, trainable: bool) -> None:
        self._legacy = variable
        # As a function: a variable that is made in a symbolic call gets its value when that is over.
        super().__init__(
            lambda *_, **__: variable,
            shape=tuple(variable.shape.as_list()),
            dtype=variable.dtype.name,
            trainable=trainable,
            name=name,
        )
        if trainable and variable.constraint is not None:
            self.constraint = lambda _: variable.constraint(variable)

    def _initialize_with_initializer(self, initializer: Callable[..., Any]) -> None:
        self._initialize(initializer)

    def _initialize(self, value: Any) -> None:
        del value
        self._value = self._legacy


class _Owned:
    """What a layer has that neither Keras nor TensorFlow shall track: they find the variables as its weights."""

    __slots__ = ("count", "inputs", "scope", "weight_losses")

    def __init__(self, scope: VariableTrackingScope) -> None:
        self.scope = scope
        self.count = 0  # of the variables that are weights
        self.inputs: tuple[tuple[Any, ...], dict[str, Any]] | None = None
        self.weight_losses: dict[str, list[Any]] = {}  # of the last call, by the names of the variables


@keras.saving.register_keras_serializable(package="tf1compat_wd")
class LegacyLayer(keras.layers.Layer):
    """The layer that `keras_layer` makes."""

    def __init__(
        self, function: Callable[..., Any], arguments: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        if keras.backend.backend() != "tensorflow":
            raise RuntimeError(f"keras_layer needs Keras on TensorFlow, but its backend is {keras.backend.backend()}")
        if isinstance(function, Mapping):  # the layer comes back from a file
            function = keras.saving.deserialize_keras_object(function)
        if not callable(function):
            raise TypeError(f"keras_layer makes a layer of a function, but got {function!r}")
        if options.get("name") is None:
            options["name"] = _new_name(function)
        super().__init__(**options)
        self.function = function
        self._arguments = dict(arguments or {})
        self._training_argument = _training_argument(function)
        self._owned = _Owned(VariableTrackingScope(self._scope_name()))

    def _scope_name(self) -> str:
        valid = "".join(c if c.isalnum() or c == "_" else "_" for c in self.name)
        return valid if valid[:1].isalpha() else f"m{valid}"

    @property
    def scope(self) -> VariableTrackingScope:
        """The tracking scope that has the variables by their TF1 names, and restores TF1's checkpoints."""
        return self._owned.scope

    # ---------------------------------------------------------------------------------- building

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self.built:
            inputs = {key: value for key, value in kwargs.items() if key not in _NOT_INPUTS}
            self._owned.inputs = tf.nest.map_structure(self._described, (args, inputs))
        return super().__call__(*args, **kwargs)

    def _described(self, value: Any) -> Any:
        """The tensor spec of what `call` will be given for `value`; anything but tensors stays as it is."""
        if not hasattr(value, "shape") or not hasattr(value, "dtype"):
            return value
        dtype = tf.as_dtype(keras.backend.standardize_dtype(value.dtype))
        if dtype.is_floating and self.autocast:
            dtype = tf.as_dtype(self.compute_dtype)
        return tf.TensorSpec(value.shape, dtype)

    def build(self, input_shape: Any) -> None:
        """Make the variables: run the function in a trace that is thrown away, for training and for inference."""
        if self._owned.inputs is None:
            self._owned.inputs = ((self._specs_of(input_shape),), {})

        layers: list[keras.layers.Layer] = []
        for training in (True, False) if self._training_argument else (False,):

            @tf.function(autograph=False)
            def scratch(args: Any, kwargs: Any, training: bool = training) -> None:
                with self.scope:
                    self._run(args, kwargs, training)

            called: list[keras.layers.Layer] = []
            with _recording(called):
                try:
                    scratch.get_concrete_function(*self._owned.inputs)
                except ValueError as error:
                    if "singleton tf.Variable" not in str(error):
                        raise
                    raise ValueError(
                        f"The function of the layer {self.name!r} makes a Keras layer, or a variable of TensorFlow 2, "
                        "anew whenever it runs, so that nothing keeps its weights. Make it once, outside of the "
                        "function, or use tf.layers or tf.get_variable. See migration_guide/inside_keras.md."
                    ) from error
            layers = [*layers, *(layer for layer in called if layer not in layers)]
        self.keras_layers = layers  # an attribute, for Keras to find their weights and losses
        trainable = {id(variable) for variable in self.scope.trainable_variables}
        for variable in self.scope.variables:
            *scopes, name = variable.name[: -len(":0")].split("/")
            with _KerasNameScopes(scopes):
                weight = _Weight(variable, name, id(variable) in trainable)
            # An attribute, for Keras and tf.train.Checkpoint to find; ":0" is in no other attribute's name.
            setattr(self, variable.name, weight)
            self._owned.count += 1

    def _specs_of(self, shape: Any) -> Any:
        if isinstance(shape, Mapping):
            return {key: self._specs_of(each) for key, each in shape.items()}
        if all(size is None or isinstance(size, int) for size in shape):
            return tf.TensorSpec(shape, self.input_dtype)
        return type(shape)(self._specs_of(each) for each in shape)

    def get_build_config(self) -> dict[str, Any] | None:
        """What the layer was called with: shapes and, other than Keras by itself, dtypes."""
        return None if self._owned.inputs is None else {"inputs": _encoded(self._owned.inputs)}

    def build_from_config(self, config: Mapping[str, Any]) -> None:
        """Make the variables of a layer that comes from a file."""
        if config:
            self._owned.inputs = _decoded(config["inputs"])
            self.build(None)

    # ----------------------------------------------------------------------------------- calling

    def call(self, inputs: Any, *args: Any, training: Any = None, **kwargs: Any) -> Any:
        """One pass of the layer's scope."""
        with self.scope:
            outputs = self._run((inputs, *args), kwargs, bool(training))
            here = passes.current()
            assert here is not None
            by_name: dict[str, list[Any]] = {}
            for name, loss in here.weight_losses:
                by_name.setdefault(name, []).append(loss)
            weight_losses = {id(loss) for _, loss in here.weight_losses}
            collected = get_collection(_Keys.REGULARIZATION_LOSSES) + get_collection(_Keys.LOSSES)
        unknown = [v.name for v in self.scope.variables[self._owned.count :]]
        if unknown:
            raise ValueError(
                f"The function of the layer {self.name!r} has made variables in a call that it did not make when the "
                f"layer was built: {', '.join(unknown)}. The weights of a Keras layer are known once it is built."
            )
        # A layer that is called twice in a model has its weight decay once.
        standing = {id(loss) for loss in self.losses}
        before = self._owned.weight_losses
        had = {name for name, losses in before.items() if any(id(loss) in standing for loss in losses)}
        again = {id(loss) for name in had for loss in by_name.get(name, ())}
        for loss in collected:
            if id(loss) in again:
                continue
            self.add_loss(loss if id(loss) in weight_losses else tf.convert_to_tensor(loss))
        self._owned.weight_losses = {name: before[name] if name in had else by_name[name] for name in by_name}
        return outputs

    def _run(self, args: Any, kwargs: Mapping[str, Any], training: bool) -> Any:
        named = {**self._arguments, **kwargs}
        if self._training_argument and self._training_argument not in self._arguments:
            named[self._training_argument] = training
        if self.compute_dtype == self.variable_dtype == "float32":
            return self.function(*args, **named)
        with variable_scope(get_variable_scope(), dtype=tf.as_dtype(self.compute_dtype), custom_getter=self._master):
            return self.function(*args, **named)

    def _master(self, getter: Callable[..., Any], name: str, *args: Any, **kwargs: Any) -> Any:
        """Custom getter for mixed precision: trainable variables are kept in the policy's variable dtype."""
        wanted = kwargs.get("dtype")
        computed = tf.as_dtype(self.compute_dtype)
        if wanted != computed or kwargs.get("trainable") is False or self.compute_dtype == self.variable_dtype:
            return getter(name, *args, **kwargs)
        kwargs["dtype"] = tf.as_dtype(self.variable_dtype)
        return tf.cast(getter(name, *args, **kwargs), computed)

    def get_config(self) -> dict[str, Any]:
        """The function by its registered name, its arguments, and what every layer has."""
        function = keras.saving.serialize_keras_object(self.function)
        return {**super().get_config(), "function": function, "arguments": self._arguments}


@contextmanager
def _recording(called: list[keras.layers.Layer]) -> Iterator[None]:
    """Add the Keras layers that are called in this thread, but not those that these call themselves."""
    original, thread, depth = keras.layers.Layer.__call__, threading.get_ident(), 0

    @functools.wraps(original)
    def recorded(layer: keras.layers.Layer, *args: Any, **kwargs: Any) -> Any:
        nonlocal depth
        if threading.get_ident() != thread:
            return original(layer, *args, **kwargs)
        if not depth and layer not in called:
            called.append(layer)
        depth += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth -= 1

    keras.layers.Layer.__call__ = recorded
    try:
        yield
    finally:
        keras.layers.Layer.__call__ = original


def _training_argument(function: Callable[..., Any]) -> str | None:
    parameters = inspect.signature(function).parameters
    return next((name for name in _TRAINING if name in parameters), None)


def _new_name(function: Callable[..., Any]) -> str:
    """The function's name, counted up as Keras counts the layers of a class."""
    given = str(getattr(function, "__name__", "legacy_layer")).strip("<>")
    number = keras.backend.get_uid(given)
    return given if number == 1 else f"{given}_{number - 1}"


class _KerasNameScopes:
    """Keras's name scopes, one in another."""

    def __init__(self, names: list[str]) -> None:
        self._scopes = [keras.name_scope(name) for name in names]

    def __enter__(self) -> None:
        for scope in self._scopes:
            scope.__enter__()

    def __exit__(self, *error: Any) -> None:
        for scope in reversed(self._scopes):
            scope.__exit__(*error)


def _encoded(value: Any) -> Any:
    """A nest of tensor specs as what JSON knows."""
    if isinstance(value, tf.TensorSpec):
        return {"shape": None if value.shape.rank is None else value.shape.as_list(), "dtype": value.dtype.name}
    if isinstance(value, Mapping):
        return {"mapping": {key: _encoded(each) for key, each in value.items()}}
    if isinstance(value, list | tuple):
        return {type(value).__name__: [_encoded(each) for each in value]}
    return {"value": value}


def _decoded(value: Mapping[str, Any]) -> Any:
    if "dtype" in value:
        return tf.TensorSpec(value["shape"], value["dtype"])
    ((kind, content),) = value.items()
    if kind == "mapping":
        return {key: _decoded(each) for key, each in content.items()}
    if kind == "value":
        return content
    decoded = [_decoded(each) for each in content]
    return decoded if kind == "list" else tuple(decoded)


hooks.keep_from_autograph(__name__)
