"""Whole networks: a training step of ours against the same one handwritten in TF2."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf2

import tf1compat_wd as tf

from .measuring import compare
from .report import Report

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest has it, for the networks of the tests
from layers import resnet

Tensor = Any
Step = Callable[[Tensor, Tensor], Tensor]

FUNCTION_BAR = 1.03
UNITS, WORDS, SEQUENCES, STEPS = 128, 1000, 20, 20
DECAY, RATE = 1e-4, 0.1

_MODES: dict[str, Callable[[Step], Step]] = {
    "function": tf2.function,
    "jit_compile": lambda step: tf2.function(step, jit_compile=True),
    "eager": lambda step: step,
}


def run(report: Report) -> None:
    report.section(
        "Training step of networks",
        "CPU time of the process, ours to handwritten; both gave the same losses. ResNet-20: tf.layers with batch "
        "normalization, width 8, images of 32 x 32, batch 8. LSTM: two layers of 128 units by dynamic_rnn, 1,000 words, 20 "
        "sequences of 20 words; by hand a tf.while_loop over a TensorArray.",
        ("network", "mode", "handwritten, ms", "ours, ms", "ratio", "quartiles", "of minima", "bar"),
        _rows(report),
    )


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    for title, make in (("ResNet-20", _resnets), ("LSTM, two layers", _language_models)):
        for mode, prepare in _MODES.items():
            ours, theirs, batch = make()
            mine, others = prepare(ours), prepare(theirs)
            for _ in range(3):
                a, b = float(mine(*batch)), float(others(*batch))
                if not np.isclose(a, b, rtol=1e-3):
                    raise AssertionError(f"not the same network: loss {a} with us, {b} by hand")
            ratio = compare(lambda: mine(*batch), lambda: others(*batch), pairs=61, calls=1)  # noqa: B023
            verdict = report.verdict(f"{mode} step, {title}", ratio.median, FUNCTION_BAR) if mode != "eager" else ""
            times = (f"{ratio.theirs * 1e3:.2f}", f"{ratio.ours * 1e3:.2f}")
            yield (title, mode, *times, f"**{ratio}**", ratio.spread, f"{ratio.of_minima:.3f}", verdict)


def _resnets() -> tuple[Step, Step, tuple[Tensor, Tensor]]:
    random = np.random.RandomState(0)
    images = tf2.constant(random.randn(8, 32, 32, 3), tf2.float32)
    batch = images, tf2.constant(random.randint(0, 10, [8]), tf2.int32)
    net = tf.tracking.VariableTrackingScope("resnet")
    ours = resnet.legacy_step(net, 8)
    ours(*batch)
    return ours, resnet.handwritten_step(resnet.copies_of(net.variables)), batch


# ---------------------------------------------------------------------------------------------- LSTM


def _language_models() -> tuple[Step, Step, tuple[Tensor, Tensor]]:
    text = np.random.RandomState(0).randint(0, WORDS, [SEQUENCES, STEPS + 1])
    batch = tf2.constant(text[:, :-1], tf2.int32), tf2.constant(text[:, 1:], tf2.int32)
    net = tf.tracking.VariableTrackingScope("language_model")

    def ours(words: Tensor, next_words: Tensor) -> Tensor:
        with tf2.GradientTape() as tape, net:
            loss = legacy_error(tf, words, next_words, tf.random_uniform_initializer(-0.1, 0.1))
            loss += tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
        _descend(tape, loss, net.trainable_variables)
        return loss

    ours(*batch)
    copies = [tf2.Variable(v, name=v.name[: -len(":0")]) for v in net.trainable_variables]

    return ours, handwritten_step(copies), batch


def handwritten_step(variables: list[tf2.Variable]) -> Step:
    """The step given the variables in the order of their creation."""

    def step(words: Tensor, next_words: Tensor) -> Tensor:
        with tf2.GradientTape() as tape:
            loss = _handwritten_loss(variables, words, next_words)
        _descend(tape, loss, variables)
        return loss

    return step


def _decay(weight: Tensor) -> Tensor:
    return DECAY * tf2.nn.l2_loss(weight)


def legacy_error(tf: Any, words: Tensor, next_words: Tensor, initializer: Any) -> Tensor:
    """The error on `tf`, which is ours or TensorFlow's own `compat.v1`; weight decay is collected."""
    with tf.variable_scope("model", regularizer=_decay, initializer=initializer):
        embedding = tf.get_variable("embedding", [WORDS, UNITS])
        cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(UNITS) for _ in range(2)])
        outputs, _ = tf.nn.dynamic_rnn(cell, tf.nn.embedding_lookup(embedding, words), dtype=tf.float32)
        logits = tf.layers.dense(outputs, WORDS, name="softmax")
    error = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=next_words, logits=logits)
    return tf.reduce_mean(error)


def _handwritten_loss(variables: list[tf2.Variable], words: Tensor, next_words: Tensor) -> Tensor:
    embedding, *cells, kernel, bias = variables
    layers = [(cells[0], cells[1]), (cells[2], cells[3])]
    inputs = tf2.transpose(tf2.nn.embedding_lookup(embedding, words), [1, 0, 2])
    steps = tf2.shape(inputs)[0]
    given = tf2.TensorArray(tf2.float32, steps).unstack(inputs)
    zeros = tf2.zeros([tf2.shape(inputs)[1], UNITS])

    def body(time: Tensor, outputs: tf2.TensorArray, states: Any) -> Any:
        x, after = given.read(time), []
        for (weights, offsets), (c, h) in zip(layers, states, strict=True):
            gates = tf2.nn.bias_add(tf2.matmul(tf2.concat([x, h], 1), weights), offsets)
            i, j, f, o = tf2.split(gates, 4, 1)
            c = c * tf2.sigmoid(f + 1.0) + tf2.sigmoid(i) * tf2.tanh(j)
            x = tf2.tanh(c) * tf2.sigmoid(o)
            after.append((c, x))
        return time + 1, outputs.write(time, x), after

    written = tf2.TensorArray(tf2.float32, steps)
    begin = (0, written, [(zeros, zeros), (zeros, zeros)])
    _, outputs, _ = tf2.while_loop(lambda time, *_: time < steps, body, begin, maximum_iterations=steps)
    logits = tf2.tensordot(tf2.transpose(outputs.stack(), [1, 0, 2]), kernel, [[2], [0]]) + bias
    error = tf2.nn.sparse_softmax_cross_entropy_with_logits(labels=next_words, logits=logits)
    return tf2.reduce_mean(error) + tf2.add_n([_decay(v) for v in variables])


def _descend(tape: tf2.GradientTape, loss: Tensor, variables: Any) -> None:
    for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
        variable.assign_sub(RATE * tf2.convert_to_tensor(gradient))
