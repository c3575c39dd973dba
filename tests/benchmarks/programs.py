"""One model and its training step, written twice: as legacy code on us, and by hand in TF2.

Both sides have the same operations, the same weight decay and the same update (gradient descent by ``assign_sub``). The
handwritten side holds its variables in a list and opens no scope of any kind, which is as cheap as TF2 gets; the legacy side is
what TF1 programs look like: a variable scope per layer, a regularizer that opens a name scope, a collection.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf2

import tf1compat_wd as tf

WEIGHT_DECAY = 1e-4
RATE = 1e-3

Tensor = Any
Step = Callable[[Tensor, Tensor], Tensor]


class Model(NamedTuple):
    """A row of dense layers. Letters: B the batch, D the first and U the last of `sizes`."""

    title: str
    sizes: tuple[int, ...]
    batch: int
    has_bias: bool
    activation: str

    @property
    def layers(self) -> list[tuple[int, int]]:
        return list(zip(self.sizes[:-1], self.sizes[1:], strict=True))


SMALL_MLP = Model("MLP 64-32-10, batch 32", (64, 32, 10), 32, has_bias=True, activation="relu")
MLP = Model("MLP 784-256-256-10, batch 128", (784, 256, 256, 10), 128, has_bias=True, activation="relu")
CHAIN = Model("chain of 300 variables [16, 16]", (16,) * 301, 8, has_bias=False, activation="tanh")
MODELS = (MLP, SMALL_MLP, CHAIN)


class Pair(NamedTuple):
    """The step on both sides, with equal weights, and a batch for it."""

    ours: Step
    handwritten: Step
    handwritten_with_names: Step
    batch: tuple[Tensor, Tensor]


def make_pair(model: Model) -> Pair:
    random = np.random.RandomState(0)
    x = tf2.constant(random.randn(model.batch, model.sizes[0]), tf2.float32)
    y = tf2.constant(random.randn(model.batch, model.sizes[-1]), tf2.float32)
    scope = tf.tracking.VariableTrackingScope("net")
    with scope:
        legacy_model(tf, model, x, tf.zeros_initializer())
    for variable in scope.variables:
        if len(variable.shape) == 2:
            variable.assign(random.randn(*variable.shape) / np.sqrt(variable.shape[0]))
    # One with the name of the variable, as somebody who writes it by hand would give it.
    copies = [tf2.Variable(variable, name=variable.name[: -len(":0")]) for variable in scope.variables]
    return Pair(
        _legacy_step(model, scope),
        handwritten_step(model, copies),
        _handwritten_step_with_names(model, copies),
        (x, y),
    )


# ---------------------------------------------------------------------------------------------- legacy


def legacy_model(tf: Any, model: Model, x: Tensor, initializer: Any) -> Tensor:
    """The layers on `tf`, which is ours or TensorFlow's own `compat.v1`."""

    def regularizer(tensor: Tensor) -> Tensor:
        with tf.name_scope(None, "l2_regularizer", [tensor]):
            l2_weight = tf.convert_to_tensor(WEIGHT_DECAY, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")

    activation = getattr(tf.nn, model.activation)
    zeros = tf.zeros_initializer()
    for number, (rows, columns) in enumerate(model.layers):
        with tf.variable_scope(f"layer{number}"):
            w = tf.get_variable("w", [rows, columns], initializer=initializer, regularizer=regularizer)
            x = tf.matmul(x, w)
            if model.has_bias:
                x += tf.get_variable("b", [columns], initializer=zeros)
            x = activation(x)
    return x


def _legacy_step(model: Model, scope: Any) -> Step:
    zeros = tf.zeros_initializer()

    def step(x: Tensor, y: Tensor) -> Tensor:
        with tf2.GradientTape() as tape, scope:
            loss = tf.reduce_mean(tf.square(legacy_model(tf, model, x, zeros) - y))
            loss += tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
        _descend(tape, loss, scope.trainable_variables)
        return loss

    return step


# ----------------------------------------------------------------------------------------- handwritten


def _handwritten_regularizer(tensor: Tensor) -> Tensor:
    l2_weight = tf2.convert_to_tensor(WEIGHT_DECAY, dtype=tensor.dtype.base_dtype, name="weight_decay")
    return tf2.multiply(l2_weight, tf2.nn.l2_loss(tensor), name="value")


def handwritten_step(model: Model, variables: list[tf2.Variable]) -> Step:
    activation = getattr(tf2.nn, model.activation)
    per_layer = 2 if model.has_bias else 1
    layers = [variables[i : i + per_layer] for i in range(0, len(variables), per_layer)]

    def step(x: Tensor, y: Tensor) -> Tensor:
        with tf2.GradientTape() as tape:
            losses = []
            for w, *b in layers:
                losses.append(_handwritten_regularizer(w))  # first, as in the legacy model
                x = tf2.matmul(x, w)
                if b:
                    x += b[0]
                x = activation(x)
            loss = tf2.reduce_mean(tf2.square(x - y))
            loss += tf2.add_n(losses)
        _descend(tape, loss, variables)
        return loss

    return step


def _handwritten_step_with_names(model: Model, variables: list[tf2.Variable]) -> Step:
    """The same with a name scope wherever the legacy model opens a scope."""
    activation = getattr(tf2.nn, model.activation)
    per_layer = 2 if model.has_bias else 1
    layers = [variables[i : i + per_layer] for i in range(0, len(variables), per_layer)]

    def step(x: Tensor, y: Tensor) -> Tensor:
        with tf2.GradientTape() as tape:
            losses = []
            for number, (w, *b) in enumerate(layers):
                with tf2.name_scope(f"layer{number}"):
                    with tf2.name_scope("l2_regularizer"):
                        losses.append(_handwritten_regularizer(w))
                    x = tf2.matmul(x, w)
                    if b:
                        x += b[0]
                    x = activation(x)
            loss = tf2.reduce_mean(tf2.square(x - y))
            loss += tf2.add_n(losses)
        _descend(tape, loss, variables)
        return loss

    return step


def _descend(tape: tf2.GradientTape, loss: Tensor, variables: Any) -> None:
    for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
        variable.assign_sub(RATE * gradient)
