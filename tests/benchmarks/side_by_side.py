"""Four ways to run the same training step, in turn in one process: by hand in TF2, with us, with the official shim, in a session.

The shim is `tf.compat.v1.keras.utils.track_tf1_style_variables` of tf_keras, the old Keras (``pip install tf1compat-wd[benchmark]``);
where it isn't installed its column stays empty. The session is TensorFlow's own, on a graph that its own functions have made.
"""

from __future__ import annotations

import functools
import gc
import importlib.util
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf2

import tf1compat_wd as tf

from . import networks, picture, programs
from .report import Report

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest has it, for the networks of the tests
from facts.networks import resnet20
from layers import resnet

v1 = tf2.compat.v1
Tensor = Any
Step = Callable[[Tensor, Tensor], Tensor]

HAS_SHIM = importlib.util.find_spec("tf_keras") is not None
BARS = {"function step": 1.02, "eager step": 1.10, "trace": 1.15}
SIDES = ("by hand", "ours", "shim", "session")


class Network(NamedTuple):
    """One network in all its forms: `loss` is legacy code on whichever TF1 it is given, without the weight decay."""

    title: str
    loss: Callable[[Any, Tensor, Tensor], Tensor]
    by_hand: Callable[[list[Any]], Step]  # makes the step from the variables
    batch: tuple[np.ndarray, np.ndarray]
    rate: float


def _dense_network(model: programs.Model, title: str) -> Network:
    random = np.random.RandomState(0)
    batch = tuple(random.randn(model.batch, size).astype("float32") for size in (model.sizes[0], model.sizes[-1]))

    def loss(tf1: Any, x: Tensor, y: Tensor) -> Tensor:
        return tf1.reduce_mean(tf1.square(programs.legacy_model(tf1, model, x, _waves(tf1)) - y))

    return Network(title, loss, functools.partial(programs.handwritten_step, model), batch, programs.RATE)


def _waves(tf1: Any) -> Any:
    """An initializer without chance."""

    def initializer(shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        numbers = np.sin(1.3 * np.arange(int(np.prod(shape))) + 0.1).reshape(shape)
        return tf1.constant(numbers / np.sqrt(shape[0]), dtype)

    return initializer


def _resnet() -> Network:
    random = np.random.RandomState(0)
    batch = random.randn(8, 32, 32, 3).astype("float32"), random.randint(0, 10, [8]).astype("int32")

    def loss(tf1: Any, images: Tensor, labels: Tensor) -> Tensor:
        logits = resnet20(tf1, images, True, 8, decay=resnet.DECAY)
        return tf1.reduce_mean(tf1.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))

    def by_hand(variables: list[Any]) -> Step:
        return resnet.handwritten_step({v.name[: -len(":0")]: v for v in variables})

    return Network("ResNet-20", loss, by_hand, batch, resnet.RATE)


def _lstm() -> Network:
    text = np.random.RandomState(0).randint(0, networks.WORDS, [networks.SEQUENCES, networks.STEPS + 1])

    def loss(tf1: Any, words: Tensor, next_words: Tensor) -> Tensor:
        return networks.legacy_error(tf1, words, next_words, _waves(tf1))

    return Network(
        "LSTM",
        loss,
        networks.handwritten_step,
        (text[:, :-1].astype("int32"), text[:, 1:].astype("int32")),
        networks.RATE,
    )


def _networks() -> Iterator[Network]:
    yield _dense_network(programs.MLP, "MLP")
    yield _resnet()
    yield _lstm()
    yield _dense_network(programs.CHAIN, "300 variables")


# ------------------------------------------------------------------------------------- the four ways


def _descend(variables: Any, gradients: Any, rate: float) -> None:
    for variable, gradient in zip(variables, gradients, strict=True):
        variable.assign_sub(rate * tf2.convert_to_tensor(gradient))


def _ours(network: Network) -> tuple[Step, Any]:
    net = tf.tracking.VariableTrackingScope("net")

    def step(x: Tensor, y: Tensor) -> Tensor:
        with tf2.GradientTape() as tape, net:
            loss = network.loss(tf, x, y) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
        variables = net.trainable_variables
        _descend(variables, tape.gradient(loss, variables), network.rate)
        return loss

    return step, net


def _shim(network: Network) -> Step:
    import tf_keras  # deferred: an optional extra

    class Layer(tf_keras.layers.Layer):
        @v1.keras.utils.track_tf1_style_variables
        def call(self, x: Tensor, y: Tensor) -> Tensor:
            return network.loss(v1, x, y)

    layer = Layer()

    def step(x: Tensor, y: Tensor) -> Tensor:
        with tf2.GradientTape() as tape:
            loss = layer(x, y)
            loss += tf2.add_n(layer.losses)
        variables = layer.trainable_variables
        _descend(variables, tape.gradient(loss, variables), network.rate)
        return loss

    return step


def _build_graph(network: Network) -> tuple[Any, list[Any], list[Any]]:
    """A graph, its placeholders, and what a step runs: the loss first."""
    with tf2.Graph().as_default() as graph:
        x, y = (v1.placeholder(each.dtype, each.shape) for each in network.batch)
        loss = network.loss(_SESSION, x, y) + _SESSION.add_n(v1.get_collection(v1.GraphKeys.REGULARIZATION_LOSSES))
        with v1.control_dependencies(v1.get_collection(v1.GraphKeys.UPDATE_OPS)):
            train = v1.train.GradientDescentOptimizer(network.rate).minimize(loss)
    return graph, [x, y], [loss, train]


# TensorFlow's own layers need the old Keras; without it ours build the graph, which has the same operations.
_SESSION = v1 if HAS_SHIM else tf


def _session_step(network: Network) -> Step:
    graph, placeholders, fetches = _build_graph(network)
    with graph.as_default():
        options = v1.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
        session = v1.Session(config=options)
        session.run(v1.global_variables_initializer())
        run = session.make_callable(fetches, placeholders)
    return lambda x, y: run(x, y)[0]


class Ways(NamedTuple):
    """The step, each way; `tensors` and `arrays` are its batch."""

    steps: dict[str, Step]
    tensors: tuple[Tensor, Tensor]


def _ways(network: Network) -> Ways:
    tensors = tuple(tf2.constant(each) for each in network.batch)
    ours, net = _ours(network)
    tf2.function(ours).get_concrete_function(*tensors)  # makes the variables
    variables = [v for v in net.variables if "Momentum" not in v.name]
    copies = [tf2.Variable(v, name=v.name[: -len(":0")], trainable=v.trainable) for v in variables]
    steps = {"by hand": network.by_hand(copies), "ours": ours}
    if HAS_SHIM:
        steps["shim"] = _shim(network)
    return Ways(steps, tensors)


# --------------------------------------------------------------------------------------- measuring


def run(report: Report) -> None:
    table: dict[tuple[str, str], dict[str, float]] = {}
    shim = "with tf_keras" if HAS_SHIM else "not installed"
    warnings.simplefilter("ignore")  # tf_keras says of each of its layers that it is of yesterday
    report.section(
        "Side by side",
        "CPU time of the process, all in turn in one process after they gave the same losses; in brackets the ratio to "
        "the step written by hand in TF2. Networks as in the other tables, 300 variables: the chain of dense layers. The shim is "
        f"track_tf1_style_variables ({shim}). The session runs TensorFlow's own graph and is fed NumPy arrays; its "
        '"trace" is building the graph.',
        ("what", "network", "by hand, ms", "ours", "shim", "session", "bar", "ahead of the shim, ours to it"),
        _rows(report, table),
    )
    if not report.dry:
        picture.write(table)


def _rows(report: Report, table: dict[tuple[str, str], dict[str, float]]) -> Iterator[tuple[Any, ...]]:
    for network in _networks():
        for what, measured in _measure(network):
            middle = {side: statistics.median(times) for side, times in measured.items()}
            ratios = {
                side: statistics.median(a / b for a, b in zip(times, measured["by hand"], strict=True))
                for side, times in measured.items()
            }
            table[what, network.title] = ratios
            cells = [f"{middle[side] * 1e3:.2f} ({ratios[side]:.3f})" if side in ratios else "" for side in SIDES[1:]]
            bar = report.verdict(f"{what}, {network.title}", ratios["ours"], BARS[what])
            ahead = _ahead(measured) if "shim" in measured else ""
            if ahead.startswith("**"):
                report.missed.append(f"{what}, {network.title}: behind the shim")
            yield (what, network.title, f"{middle['by hand'] * 1e3:.2f}", *cells, bar, ahead)


def _ahead(measured: dict[str, list[float]]) -> str:
    """Of ours to the shim: turn by turn, where the quartiles lie on both sides of 1 the two are level."""
    ratios = [mine / other for mine, other in zip(measured["ours"], measured["shim"], strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    word = "yes" if high < 1 else "**no**" if low > 1 else "level"
    return f"{word}, {middle:.3f}"


def _measure(network: Network) -> Iterator[tuple[str, dict[str, list[float]]]]:
    ways = _ways(network)
    session = _session_step(network)
    compiled: dict[str, Callable[[], Any]] = {
        side: functools.partial(tf2.function(step), *ways.tensors) for side, step in ways.steps.items()
    }
    compiled["session"] = functools.partial(session, *network.batch)
    _check_same(network, compiled)
    yield "function step", _in_turn(compiled)
    eager = _ways(network)
    works = {side: functools.partial(step, *eager.tensors) for side, step in eager.steps.items()}
    _check_same(network, works)
    yield "eager step", _in_turn(works, turns=21)
    traces: dict[str, Callable[[], Any]] = {
        side: functools.partial(_trace, step, ways.tensors) for side, step in ways.steps.items()
    }
    traces["session"] = functools.partial(_build_graph, network)
    yield "trace", _in_turn(traces, turns=7)


def _trace(step: Step, tensors: tuple[Tensor, Tensor]) -> Any:
    return tf2.function(step).get_concrete_function(*tensors)


def _in_turn(works: dict[str, Callable[[], Any]], turns: int = 41) -> dict[str, list[float]]:
    """Seconds of one call, by the side: blocks of about a fiftieth of a second in turn, who begins changing every time."""
    begun = time.process_time()
    for work in works.values():
        work()
    calls = max(1, round(0.02 * len(works) / max(time.process_time() - begun, 1e-5)))
    times: dict[str, list[float]] = {side: [] for side in works}
    for turn in range(turns):
        if turn % 10 == 0:
            gc.collect()
        for side in list(works) if turn % 2 else reversed(works):
            begun = time.process_time()
            for _ in range(calls):
                works[side]()
            times[side].append((time.process_time() - begun) / calls)
    return times


def _check_same(network: Network, works: dict[str, Callable[[], Any]]) -> None:
    losses = {side: [float(work()) for _ in range(3)] for side, work in works.items()}
    for side, found in losses.items():
        if not np.allclose(found, losses["by hand"], rtol=2e-3):
            raise AssertionError(f"{network.title}: not the same program: {side} {found}, by hand {losses['by hand']}")
