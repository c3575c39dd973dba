"""Arrays as the input of an Estimator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks

_v1 = tf.compat.v1


def numpy_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool | None = None,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Callable[[], Any]:
    """A function giving batches of arrays (``tf.estimator.inputs.numpy_input_fn``).

    Args:
        x: features: an array, or a dict of arrays. The first axis is that of the examples.
        y: labels: the same; None for no labels.
        batch_size: examples in a batch. Batches go on over the end of an epoch; the last one may be smaller.
        num_epochs: how often the arrays are gone through; None: for ever.
        shuffle: whether in another order; must be given.
        queue_capacity: how many examples are shuffled at a time.
        num_threads: ignored: one is enough.

    Returns:
        A function of nothing that gives the tensors of features, or of (features, labels).

    Raises:
        ValueError: `shuffle` isn't given, or the arrays differ in length, or there are none.
        TypeError: `x` is no array and no dict.

    Differs from TF 1.15: a dataset inside instead of a queue; the order with `shuffle` is another random one.
    Source: facts of the topic estimator.
    """
    if not isinstance(shuffle, bool):
        raise ValueError(
            "shuffle must be provided and explicitly set as boolean (it is recommended to set it as True for "
            f"training); got {shuffle}"
        )
    if isinstance(x, Mapping):
        if not x:
            raise ValueError("x cannot be an empty dict")
        features: Any = {key: np.asarray(x[key]) for key in sorted(x)}
    elif isinstance(x, np.ndarray):
        features = x
    else:
        raise TypeError(f"x must be a dict or array; got {type(x).__name__}")
    if y is not None and len(y) == 0:
        raise ValueError("y cannot be empty dict, use None instead.")
    labels = {key: np.asarray(y[key]) for key in sorted(y)} if isinstance(y, Mapping) else y
    parts = features if labels is None else (features, labels)
    lengths = {len(array) for array in tf.nest.flatten(parts)}
    if len(lengths) > 1:
        raise ValueError(
            "Length of tensors in x and y is mismatched. All elements in x and y must have the same length.\n\n"
            f"They have {sorted(lengths)}."
        )

    def input_fn() -> Any:
        with op_counts.exactly(19):  # those of TF 1.15's queue
            dataset = _v1.data.Dataset.from_tensor_slices(parts)
            if shuffle:
                dataset = dataset.shuffle(min(max(queue_capacity, 1), max(lengths)))
            dataset = dataset.repeat(num_epochs).batch(batch_size)
            iterator = _v1.data.make_initializable_iterator(dataset)
            # Sessions that initialize tables do so with this, too; the function gives tensors and no dataset.
            _v1.add_to_collection(_v1.GraphKeys.TABLE_INITIALIZERS, iterator.initializer)
            return iterator.get_next()

    return input_fn


def pandas_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool | None = None,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    target_column: str = "target",
) -> Callable[[], Any]:
    """A function giving batches of a data frame (``tf.estimator.inputs.pandas_input_fn``).

    Args:
        x: ``pandas.DataFrame``; its columns are the features.
        y: ``pandas.Series`` or ``pandas.DataFrame`` of labels with the same index; None for no labels.
        batch_size, num_epochs, shuffle, queue_capacity, num_threads: see `numpy_input_fn`.
        target_column: name of the labels; must not be a column of `x`.

    Raises:
        ValueError: `shuffle` isn't given, or the indices differ, or `target_column` is taken.
    """
    columns = {name: _array(x[name]) for name in x.columns}
    if y is None:
        return numpy_input_fn(columns, None, batch_size, num_epochs, shuffle, queue_capacity, num_threads)
    if target_column in columns:
        raise ValueError(
            f"Cannot use name {target_column} for target column: DataFrame already has a column with that name"
        )
    if not np.array_equal(x.index, y.index):
        raise ValueError(f"Index for x and y are mismatched.\nIndex for x: {x.index}\nIndex for y: {y.index}\n")
    labels = {name: _array(y[name]) for name in y.columns} if hasattr(y, "columns") else _array(y)
    return numpy_input_fn(columns, labels, batch_size, num_epochs, shuffle, queue_capacity, num_threads)


def _array(column: Any) -> np.ndarray:
    values = np.asarray(column)
    return values if values.dtype.kind in "biuf" else values.astype(object)


hooks.keep_from_autograph(__name__)
