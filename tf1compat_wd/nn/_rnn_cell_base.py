"""What all cells have in common: ``tf.nn.rnn_cell.RNNCell`` and ``LSTMStateTuple``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope
from tf1compat_wd._core.variable_scope import get_variable_scope, variable_scope
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._identifiers import activation_of
from tf1compat_wd.nn._rnn_states import known_size, zeros_of

Tensor = Any
Variable = Any


class _CAndH(NamedTuple):
    c: Any
    h: Any


class LSTMStateTuple(_CAndH):
    """The state of an LSTM, in this order: its memory `c`, and its last output `h`.

    It is also what `state_size` and `zero_state` of an LSTM give.

    >>> tf.nn.rnn_cell.LSTMCell(3, num_proj=2).state_size
    LSTMStateTuple(c=3, h=2)
    """

    __slots__ = ()

    @property
    def dtype(self) -> tf.DType:
        """The dtype of both parts.

        Raises:
            TypeError: they differ.
        """
        if self.c.dtype != self.h.dtype:
            raise TypeError(f"Inconsistent internal state: {self.c.dtype} vs {self.h.dtype}")
        return self.c.dtype


class RNNCell(Layer):
    """Base class of cells, and of yours (``tf.nn.rnn_cell.RNNCell``).

    A cell computes one step: of an input and a state, an output and the next state. A subclass says `state_size`
    and `output_size`, and either computes in `call`, perhaps with weights from `build` as any layer; or overrides
    ``__call__(inputs, state, scope=None)``, as cells did before TF 1.2, and then decides all about scopes itself.
    ``tf.get_variable`` in `call` makes variables of the cell, which are shared when the cell is called again.

    Creates nothing by itself. Variables are called ``<variable scope>/<name>/<variable>``, where the variable scope
    is that of the first call, for instance ``rnn`` in ``tf.nn.dynamic_rnn``.

    Args:
        trainable, name, dtype, _reuse: as for ``tf.layers.Layer``.

    Source: facts of the topics rnn_cells and rnn_custom.

    >>> class Sum(tf.nn.rnn_cell.RNNCell):
    ...     state_size = output_size = 2
    ...     def call(self, inputs, state):
    ...         return inputs + state, inputs + state
    >>> outputs, state = tf.nn.dynamic_rnn(Sum(), tf.ones([1, 3, 2]), dtype=tf.float32)
    >>> state.numpy().tolist()
    [[3.0, 3.0]]
    """

    def __init__(self, trainable: bool = True, name: Any = None, dtype: Any = None, **kwargs: Any) -> None:
        super().__init__(trainable=trainable, name=name, dtype=dtype, **kwargs)

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:
        """One step.

        Args:
            inputs: tensor [batch, depth], or what `call` takes.
            state: of the structure of `state_size`, each part [batch, size].
            scope: variable scope, or its name, for the first call; default: the cell's name.

        Returns:
            The output, [batch, output_size], and the next state.
        """
        if scope is None:
            # TF1 jumps into the current scope, which undoes the counting of names (fact:
            # two_multi_cells_are_not_counted).
            with variable_scope(get_variable_scope(), custom_getter=self._take_weights):
                return super().__call__(inputs, state)
        with variable_scope(scope, custom_getter=self._take_weights) as opened:
            return super().__call__(inputs, state, scope=opened)

    def _take_weights(self, getter: Callable[..., Variable], *args: Any, **kwargs: Any) -> Variable:
        """Custom getter which makes variables that are asked for in `call` weights of the cell."""
        variable = getter(*args, **kwargs)
        if not isinstance(variable, tf.Variable | hooks.PartitionedVariable):
            return variable
        shards = list(variable) if isinstance(variable, hooks.PartitionedVariable) else [variable]
        weights = self._trainable_weights if all(v.trainable for v in shards) else self._non_trainable_weights
        if not any(variable is known for known in weights):
            weights.append(variable)
        return variable

    @property
    def state_size(self) -> Any:
        """Size of the state: int, TensorShape, or a structure of them."""
        raise NotImplementedError("Abstract method")

    @property
    def output_size(self) -> Any:
        """Size of the output: int, TensorShape, or a structure of them."""
        raise NotImplementedError("Abstract method")

    def build(self, _: Any) -> None:
        """Nothing: a subclass that makes its variables in `call` need not override it."""
        self.built = True

    def get_initial_state(self, inputs: Any = None, batch_size: Any = None, dtype: Any = None) -> Any:
        """The zero state for these inputs, or for a batch of `batch_size`.

        Args:
            inputs: tensor [batch, ...], which says batch size and dtype.
            batch_size: int or scalar tensor.
            dtype: of the state.

        Raises:
            ValueError: `inputs` contradict the other arguments, or one of these is missing without them.
        """
        if inputs is not None:
            inputs = tf.convert_to_tensor(inputs, name="inputs")
            if batch_size is not None:
                known = tf.get_static_value(batch_size) if tf.is_tensor(batch_size) else batch_size
                if known_size(inputs, 0) != known:
                    raise ValueError(
                        "batch size from input tensor is different from the input param. Input tensor batch: "
                        f"{known_size(inputs, 0)}, batch_size: {batch_size}"
                    )
            if dtype is not None and inputs.dtype != dtype:
                raise ValueError(
                    "dtype from input tensor is different from the input param. Input tensor dtype: "
                    f"{inputs.dtype}, dtype: {dtype}"
                )
            batch_size = known_size(inputs, 0)
            if batch_size is None:
                batch_size = tf.shape(inputs)[0]
            dtype = inputs.dtype
        if batch_size is None or dtype is None:
            raise ValueError(
                "batch_size and dtype cannot be None while constructing initial state: "
                f"batch_size={batch_size}, dtype={dtype}"
            )
        return self.zero_state(batch_size, dtype)

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """Zeros with the structure of `state_size`, each part [batch_size, size].

        Args:
            batch_size: int or scalar tensor.
            dtype: of the state.
        """
        with name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            return zeros_of(self.state_size, batch_size, dtype)

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same cell again."""
        return {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}

    # Where a loop runs eagerly, its second step need not open the scopes of the first again. A cell that knows to
    # do without has this method; what it does must be what `__call__` does, scopes and checks aside.

    def _again(self) -> Callable[[Any, Any], tuple[Any, Any]] | None:
        """What to call for the following steps of a loop in place of the cell; None if it is the cell itself."""
        return None


class LayerRNNCell(RNNCell):
    """Base class of cells that are called as any layer: all variables are made in `build`."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None, *args: Any, **kwargs: Any) -> tuple[Any, Any]:
        """One step; arguments as for `RNNCell`."""
        return Layer.__call__(self, inputs, state, *args, scope=scope, **kwargs)


# ------------------------------------------------------------------- what many cells of ours have besides


class UnitSizes:
    """Mixed into cells whose state and output are tensors [B, `num_units`]."""

    _num_units: int

    @property
    def state_size(self) -> int:
        return self._num_units

    @property
    def output_size(self) -> int:
        return self._num_units


class LSTMSizes:
    """Mixed into LSTMs with a memory [B, `num_units`] and an output, which may be projected to another size."""

    _num_units: int
    _num_proj: int | None = None
    _state_is_tuple = True

    @property
    def state_size(self) -> Any:
        sizes = LSTMStateTuple(self._num_units, self.output_size)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> int:
        return self._num_proj or self._num_units


def activation_or_tanh(given: Any) -> Callable[[Tensor], Tensor]:
    """The activation that a cell was given: a function, or its name; tanh if it was given none."""
    return activation_of(given) if given else tf.tanh


def warn_of_joined_state(cell: Any) -> None:
    """Log TF1's warning of ``state_is_tuple=False``."""
    tf.compat.v1.logging.warn(
        "%s: Using a concatenated state is slower and will soon be deprecated.  Use state_is_tuple=True.", cell
    )


hooks.keep_from_autograph(__name__)
