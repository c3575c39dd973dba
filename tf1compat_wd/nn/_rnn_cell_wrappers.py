"""Cells around cells: dropout, residual connections, devices (``tf.nn.rnn_cell.DropoutWrapper``, ...)."""

from __future__ import annotations

import hashlib
import numbers
import threading
import weakref
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import modes, op_counts, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._dropout import drop
from tf1compat_wd.nn._rnn_cell_base import LSTMStateTuple, RNNCell
from tf1compat_wd.nn._rnn_states import check_is_cell

Tensor = Any
CallCell = Callable[..., tuple[Any, Any]]


class _Wrapper(RNNCell):
    """A cell that does something before and after another one. It has no variable scope of its own."""

    def __init__(self, cell: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        check_is_cell("cell", cell)
        self.cell = cell

    @property
    def state_size(self) -> Any:
        return self.cell.state_size

    @property
    def output_size(self) -> Any:
        return self.cell.output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """The wrapped cell's."""
        with name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            return self.cell.zero_state(batch_size, dtype)

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:
        """One step; `scope` is the wrapped cell's."""
        return self._call_wrapped_cell(inputs, state, self.cell.__call__, scope=scope)

    def _call_wrapped_cell(self, inputs: Any, state: Any, cell_call_fn: CallCell, **kwargs: Any) -> tuple[Any, Any]:
        raise NotImplementedError

    def _again(self) -> CallCell | None:
        again = self.cell._again() if type(self) in _PLAIN and isinstance(self.cell, RNNCell) else None
        if again is None:
            return None
        return lambda inputs, state: self._call_wrapped_cell(inputs, state, again)

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same wrapper again, with the wrapped cell's class and arguments."""
        wrapped = {"class_name": type(self.cell).__name__, "config": self.cell.get_config()}
        return {**super().get_config(), "cell": wrapped}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """Not offered.

        Raises:
            NotImplementedError: always; a class can't be found by its name alone.
        """
        raise NotImplementedError("Make the wrapped cell from its own config, and wrap it.")


def _shown_as_in_tf1(wrapper: type[_Wrapper]) -> type[_Wrapper]:
    """TF 1.15's wrappers have the signature ``(*args, **kwargs)``; who inspects them finds it here as well."""
    make = wrapper.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)

    wrapper.__init__ = __init__  # type: ignore[method-assign]
    return wrapper


# ---------------------------------------------------------------------------------------------- dropout


def _memory_stays(substate: Any) -> Any:
    """Which parts of a state dropout may touch if nobody says: not the memory of an LSTM, nor a TensorArray."""
    if isinstance(substate, LSTMStateTuple):
        return LSTMStateTuple(c=False, h=True)
    return not isinstance(substate, tf.TensorArray)


@_shown_as_in_tf1
class DropoutWrapper(_Wrapper):
    """Dropout before and after a cell (``tf.nn.rnn_cell.DropoutWrapper``).

    Creates nothing: the wrapped cell's variables are called as without the wrapper.

    Args:
        cell: the cell.
        input_keep_prob, output_keep_prob, state_keep_prob: probability to keep an element of the inputs, the
            outputs, the state that goes to the next step; float or scalar tensor. 1.0: no dropout.
        variational_recurrent: use the same mask at each step, and for all sequences of the batch. A new mask
            is drawn in each ``session.run``, call of a function, or eager pass.
        input_size: size of the inputs, int, TensorShape or a structure; for variational dropout of inputs.
        dtype: of inputs, state and outputs; for variational dropout.
        seed: int.
        dropout_state_filter_visitor: function of each part of the state, giving True if dropout may touch it; or a
            structure of booleans, for the parts of a structure. Default: all but `c` of an `LSTMStateTuple`.
        name (keyword): of the wrapper.

    Raises:
        TypeError: `cell` is no cell, or the visitor can't be called.
        ValueError: a probability is not between 0 and 1; or `dtype` or `input_size` is missing.

    Differs from TF 1.15: random numbers are TensorFlow 2's; with a seed they repeat, but are not TF1's.

    Source: facts of the topic rnn_wrappers.

    >>> cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.GRUCell(3), output_keep_prob=0.5)
    >>> outputs, _ = tf.nn.dynamic_rnn(cell, tf.ones([2, 4, 5]), dtype=tf.float32, scope="dropped")
    >>> outputs.shape.as_list()
    [2, 4, 3]
    """

    def __init__(
        self,
        cell: Any,
        input_keep_prob: Any = 1.0,
        output_keep_prob: Any = 1.0,
        state_keep_prob: Any = 1.0,
        variational_recurrent: bool = False,
        input_size: Any = None,
        dtype: Any = None,
        seed: int | None = None,
        dropout_state_filter_visitor: Callable[[Any], Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(cell, dtype=dtype, **kwargs)
        if dropout_state_filter_visitor is not None and not callable(dropout_state_filter_visitor):
            raise TypeError("dropout_state_filter_visitor must be callable")
        self._visitor = dropout_state_filter_visitor or _memory_stays
        with name_scope("DropoutWrapperInit"):
            self._input_keep_prob = _probability("input_keep_prob", input_keep_prob)
            self._output_keep_prob = _probability("output_keep_prob", output_keep_prob)
            self._state_keep_prob = _probability("state_keep_prob", state_keep_prob)
        self._variational_recurrent = variational_recurrent
        self._input_size = input_size
        self._seed = seed
        self._noises = _Noises()
        if not variational_recurrent:
            return
        if dtype is None:
            raise ValueError("When variational_recurrent=True, dtype must be provided")
        if input_size is None and _is_dropping(self._input_keep_prob):
            raise ValueError(
                "When variational_recurrent=True and input_keep_prob < 1.0 or is unknown, input_size must be provided"
            )

    @property
    def wrapped_cell(self) -> Any:
        """The wrapped cell."""
        return self.cell

    def _call_wrapped_cell(self, inputs: Any, state: Any, cell_call_fn: CallCell, **kwargs: Any) -> tuple[Any, Any]:
        if _is_dropping(self._input_keep_prob):
            inputs = self._drop(inputs, "input", self._input_keep_prob, self._input_size)
        output, state = cell_call_fn(inputs, state, **kwargs)
        if _is_dropping(self._state_keep_prob):
            state = self._drop(state, "state", self._state_keep_prob, self.cell.state_size, self._visitor)
        if _is_dropping(self._output_keep_prob):
            output = self._drop(output, "output", self._output_keep_prob, self.cell.output_size)
        return output, state

    def _drop(
        self, values: Any, kind: str, keep_prob: Any, sizes: Any, visitor: Callable[[Any], Any] = lambda _: True
    ) -> Any:
        """Dropout of the leaves of `values` that `visitor` lets through."""
        leaves = tf.nest.flatten(values)
        chosen = _chosen_leaves(visitor, values)
        noises = self._noises_of(kind, sizes, len(leaves)) if self._variational_recurrent else [None] * len(leaves)
        dropped = [
            leaf if not is_chosen else self._drop_leaf(leaf, keep_prob, noise, f"{kind}_{index}")
            for index, (leaf, is_chosen, noise) in enumerate(zip(leaves, chosen, noises, strict=True))
        ]
        return tf.nest.pack_sequence_as(values, dropped)

    def _drop_leaf(self, value: Tensor, keep_prob: Any, noise: Tensor | None, salt: str) -> Tensor:
        if noise is None:
            rate = 1.0 - keep_prob if isinstance(keep_prob, float) else 1 - tf.cast(keep_prob, value.dtype)
            return drop(value, rate, seed=self._seed_for(salt))
        keep_prob = tf.cast(keep_prob, value.dtype)
        kept = tf.divide(value, keep_prob) * tf.floor(keep_prob + noise)
        kept.set_shape(value.shape)
        return kept

    def _noises_of(self, kind: str, sizes: Any, count: int) -> list[Tensor]:
        """Uniform noise [1, ...size] for each leaf, the same for all steps of a run."""
        leaves = tf.nest.flatten(sizes)
        if len(leaves) != count:
            raise ValueError(f"Variational dropout knows {len(leaves)} sizes of {kind}s, but there are {count}.")
        return self._noises.get(
            kind,
            lambda: [
                tf.random.uniform(
                    [1, *tf.TensorShape([size] if isinstance(size, int) else size).as_list()],
                    dtype=self._dtype,
                    seed=self._seed_for(f"recurrent_{kind}_{index}"),
                )
                for index, size in enumerate(leaves)
            ],
        )

    def _seed_for(self, salt: str) -> int | None:
        if self._seed is None:
            return None
        return int(hashlib.md5(f"{self._seed}_{salt}".encode()).hexdigest()[:8], 16) & 0x7FFFFFFF

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same wrapper again.

        Raises:
            ValueError: there is a visitor of your own, which no configuration can hold.
        """
        if self._visitor is not _memory_stays:
            raise ValueError("dropout_state_filter_visitor is not supported by get_config().")
        return {
            **super().get_config(),
            "input_keep_prob": self._input_keep_prob,
            "output_keep_prob": self._output_keep_prob,
            "state_keep_prob": self._state_keep_prob,
            "variational_recurrent": self._variational_recurrent,
            "input_size": self._input_size,
            "seed": self._seed,
        }


class _Noises:
    """The masks of variational dropout in the current run: a graph or trace, an eager pass, an eager loop.

    They are kept by the graph or pass, and go with it.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> _Noises:
        return _Noises()

    def get(self, kind: str, draw: Callable[[], list[Tensor]]) -> list[Tensor]:
        """What `draw` has drawn in this run."""
        here = passes.current()
        is_eager = here is not None and here.eager
        owner = here if is_eager else modes.unit_graph(hooks.default_graph())
        # The ambient pass never ends, so that there each loop draws a new mask.
        run = _loops.current if here is not None and here.ambient else None
        all_noises = getattr(owner, _NOISES, None)
        if all_noises is None:
            all_noises = weakref.WeakKeyDictionary()
            setattr(owner, _NOISES, all_noises)
        known_run, noises = all_noises.get(self, (None, {}))
        if known_run != run:
            noises = {}
        all_noises[self] = (run, noises)
        if kind not in noises:
            if is_eager:
                noises[kind] = draw()
            else:
                with hooks.in_graph(owner, eager=False):
                    noises[kind] = draw()
        return noises[kind]  # type: ignore[no-any-return]


_NOISES = "_tf1compat_wd_dropout_noises"  # attribute of a pass or a graph


class _Loops(threading.local):
    """The number of the last loop over time that this thread has begun eagerly."""

    current = 0

    def begin(self) -> None:
        self.current += 1


_loops = _Loops()
begin_loop = _loops.begin


def _probability(argument: str, given: Any) -> Any:
    """`given` as a float in [0, 1]; or as it is, if it is a tensor that only a run knows."""
    if isinstance(given, numbers.Real):
        op_counts.more(1)
        value: float | None = float(given)
    else:
        tensor = tf.convert_to_tensor(given)
        value = tf.get_static_value(tensor)
        if value is None:
            return tensor
    if not 0 <= value <= 1:
        raise ValueError(f"Parameter {argument} must be between 0 and 1: {int(value)}")
    return float(value)


def _is_dropping(keep_prob: Any) -> bool:
    return not isinstance(keep_prob, float) or keep_prob < 1


def _chosen_leaves(visitor: Callable[[Any], Any], value: Any) -> list[bool]:
    """For each leaf of `value`: does `visitor` choose it, and all structures around it?"""
    decision = visitor(value)
    if decision is False or not tf.nest.is_nested(value):
        if not isinstance(decision, bool):
            raise _not_a_decision(decision)
        return [decision] * len(tf.nest.flatten(value))
    if decision is True:
        return [chosen for part in _parts(value) for chosen in _chosen_leaves(visitor, part)]
    if not tf.nest.is_nested(decision):
        raise _not_a_decision(decision)
    chosen = []
    for each, part in zip(_parts(decision), _parts(value), strict=True):
        if not isinstance(each, bool):
            raise _not_a_decision(decision)
        chosen += _chosen_leaves(visitor, part) if each else [False] * len(tf.nest.flatten(part))
    return chosen


def _not_a_decision(decision: Any) -> TypeError:
    return TypeError(
        "dropout_state_filter_visitor must give True or False for a part of the state, or a structure of them for a "
        f"structure, but it gave {decision!r}."
    )


def _parts(value: Any) -> list[Any]:
    return [value[key] for key in sorted(value)] if isinstance(value, dict) else list(value)


# ---------------------------------------------------------------------------------- residual, device


@_shown_as_in_tf1
class ResidualWrapper(_Wrapper):
    """Add a cell's inputs to its outputs (``tf.nn.rnn_cell.ResidualWrapper``).

    Creates nothing: the wrapped cell's variables are called as without the wrapper.

    Args:
        cell: the cell; inputs and outputs must have the same shapes, unless `residual_fn` sees to it.
        residual_fn: function of inputs and outputs that gives the outputs; default: the sum.

    Raises:
        TypeError: `cell` is no cell, or inputs and outputs have different structures.
        ValueError: inputs and outputs have different shapes.

    Source: facts of the topic rnn_wrappers.
    """

    def __init__(self, cell: Any, residual_fn: Callable[[Any, Any], Any] | None = None, **kwargs: Any) -> None:
        super().__init__(cell, **kwargs)
        self._residual_fn = residual_fn

    def _call_wrapped_cell(self, inputs: Any, state: Any, cell_call_fn: CallCell, **kwargs: Any) -> tuple[Any, Any]:
        outputs, state = cell_call_fn(inputs, state, **kwargs)
        if self._residual_fn is None:
            tf.nest.assert_same_structure(inputs, outputs)
            return tf.nest.map_structure(_sum, inputs, outputs), state
        outputs_and_inputs = self._residual_fn(inputs, outputs)
        tf.nest.assert_same_structure(outputs, outputs_and_inputs)
        tf.nest.map_structure(_check_same_shape, outputs, outputs_and_inputs)
        return outputs_and_inputs, state

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same wrapper again.

        Raises:
            NotImplementedError: there is a function of your own, which no configuration can hold.
        """
        if self._residual_fn is not None:
            raise NotImplementedError("residual_fn is not supported by get_config().")
        return super().get_config()


def _sum(inputs: Tensor, outputs: Tensor) -> Tensor:
    _check_same_shape(inputs, outputs)
    return inputs + outputs


def _check_same_shape(first: Tensor, second: Tensor) -> None:
    first.shape.assert_is_compatible_with(second.shape)


@_shown_as_in_tf1
class DeviceWrapper(_Wrapper):
    """Run a cell on a device (``tf.nn.rnn_cell.DeviceWrapper``).

    Args:
        cell: the cell.
        device: name of the device, or function of an operation giving one (graph mode only).

    Raises:
        TypeError: `cell` is no cell.

    Source: facts of the topic rnn_wrappers.
    """

    def __init__(self, cell: Any, device: Any, **kwargs: Any) -> None:
        super().__init__(cell, **kwargs)
        self._device = device

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """The wrapped cell's, on the device."""
        with tf.compat.v1.device(self._device):
            return super().zero_state(batch_size, dtype)

    def _call_wrapped_cell(self, inputs: Any, state: Any, cell_call_fn: CallCell, **kwargs: Any) -> tuple[Any, Any]:
        with tf.compat.v1.device(self._device):
            return cell_call_fn(inputs, state, **kwargs)

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same wrapper again."""
        return {**super().get_config(), "device": self._device}


_PLAIN = (DropoutWrapper, ResidualWrapper, DeviceWrapper)

hooks.keep_from_autograph(__name__)
