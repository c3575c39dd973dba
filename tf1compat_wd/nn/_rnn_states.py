"""What the loops and the cells know about states: their sizes, zeros, dtypes, and who is a cell."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


def check_is_cell(argument: str, cell: Any) -> None:
    """Raise TF1's error unless `cell` has what the loops ask of a cell.

    Raises:
        TypeError: it lacks sizes, a way to make a first state, or can't be called.
    """
    missing = [
        text
        for is_there, text in (
            (hasattr(cell, "output_size"), "'output_size' property is missing"),
            (hasattr(cell, "state_size"), "'state_size' property is missing"),
            (
                hasattr(cell, "zero_state") or hasattr(cell, "get_initial_state"),
                "either 'zero_state' or 'get_initial_state' method is required",
            ),
            (callable(cell), "is not callable"),
        )
        if not is_there
    ]
    if missing:
        raise TypeError(f"The argument {argument!r} ({cell}) is not an RNNCell: {', '.join(missing)}.")


def with_batch(batch_size: Any, size: Any) -> tuple[Any, tf.TensorShape]:
    """The shape [batch_size, *size]: as what ``tf.zeros`` takes, and as far as it is known now.

    Args:
        batch_size: int, or scalar tensor.
        size: int or TensorShape.

    Raises:
        ValueError: `batch_size` is None.
    """
    if batch_size is None:
        raise ValueError(f"Provided a prefix or suffix of None: None and {size}\n\nA state needs a batch size.")
    rest = tf.TensorShape([size] if isinstance(size, int) else size).as_list()
    known = tf.get_static_value(batch_size) if tf.is_tensor(batch_size) else batch_size
    static = tf.TensorShape([None if known is None else int(known), *rest])
    if static.is_fully_defined():
        return static, static
    return tf.stack([tf.cast(batch_size, tf.int32), *rest]), static


def known_size(tensor: Tensor, axis: int) -> int | None:
    """The size of `tensor` along `axis`, if it is known now. (Under TF1 behaviour, shape[axis] is a Dimension.)"""
    return None if tensor.shape.rank is None else tensor.shape.as_list()[axis]  # type: ignore[no-any-return]


def zeros_of(size: Any, batch_size: Any, dtype: Any) -> Any:
    """A zero for each of the sizes in the structure `size`."""

    def zeros(each: Any) -> Tensor:
        is_unknown = tf.is_tensor(batch_size) and tf.get_static_value(batch_size) is None
        with op_counts.exactly(10 if is_unknown else 8):
            shape, static = with_batch(batch_size, each)
            made = tf.zeros(shape, dtype)
        if not tf.executing_eagerly():
            made.set_shape(static)
        return made

    return tf.nest.map_structure(zeros, size)


def dtype_of_state(explicit: Any, state: Any) -> tf.DType:
    """The dtype of what a network puts out: `explicit`, or the one dtype of all parts of `state`.

    Raises:
        ValueError: the parts have several dtypes, or there are none.
    """
    if explicit is not None:
        return tf.as_dtype(explicit)
    dtypes = [part.dtype.base_dtype for part in tf.nest.flatten(state)]
    if not dtypes:
        raise ValueError("Unable to infer dtype from empty state.")
    if any(dtype != dtypes[0] for dtype in dtypes):
        raise ValueError(
            "State has tensors of different inferred_dtypes. Unable to infer a single representative dtype.\n\n"
            f"They are {', '.join(d.name for d in dtypes)}. Cast the initial state, or say dtype=."
        )
    return dtypes[0]


def first_state(cell: Any, batch_size: Any, dtype: Any) -> Any:
    """The state that a network begins with if none is given."""
    if getattr(cell, "get_initial_state", None) is not None:
        return cell.get_initial_state(inputs=None, batch_size=batch_size, dtype=dtype)
    return cell.zero_state(batch_size, dtype)


hooks.keep_from_autograph(__name__)
