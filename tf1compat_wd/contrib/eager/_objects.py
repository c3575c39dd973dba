"""What eager programs of TF1 made: variables, iterators, savers; and how they were started."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.template import make_template as _make_template
from tf1compat_wd._core.variables import Variable as _Variable
from tf1compat_wd.train import Saver as _Saver


class _VariableType(type):
    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return _make_variable(*args, **kwargs)

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, tf.Variable)


class Variable(metaclass=_VariableType):
    """``tf.Variable`` with its arguments in another order (``tf.contrib.eager.Variable``).

    Every variable is an instance of it.

    >>> tf.contrib.eager.Variable(3.0, name="w").numpy().tolist()
    3.0

    See also: `tf1compat_wd.Variable`, for what the arguments mean.
    """

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        collections: Any = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        dtype: Any = None,
        variable_def: Any = None,
        import_scope: str | None = None,
        constraint: Any = None,
        distribute_strategy: Any = None,
        synchronization: Any = None,
        aggregation: Any = None,
        shape: Any = None,
    ) -> None:
        """Not called: the class makes a ``tf.Variable``."""


def _make_variable(
    initial_value: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    validate_shape: bool = True,
    caching_device: Any = None,
    name: str | None = None,
    dtype: Any = None,
    variable_def: Any = None,
    import_scope: str | None = None,
    constraint: Any = None,
    distribute_strategy: Any = None,
    synchronization: Any = None,
    aggregation: Any = None,
    shape: Any = None,
) -> Any:
    given = {"synchronization": synchronization, "aggregation": aggregation, "shape": shape}
    return _Variable(
        initial_value,
        trainable=trainable,
        collections=collections,
        validate_shape=validate_shape,
        caching_device=caching_device,
        name=name,
        variable_def=variable_def,
        dtype=dtype,
        import_scope=import_scope,
        constraint=constraint,
        use_resource=True,
        **{argument: value for argument, value in given.items() if value is not None},
    )


class Iterator:
    """Goes through a dataset in eager mode (``tf.contrib.eager.Iterator``).

    Args:
        dataset: ``tf.data.Dataset``.

    Raises:
        RuntimeError: in graph mode; there it is ``tf.data.make_one_shot_iterator``.

    >>> [int(element) for element in tf.contrib.eager.Iterator(tf.data.Dataset.range(3))]
    [0, 1, 2]
    """

    def __init__(self, dataset: Any) -> None:
        if not hooks.executing_eagerly():
            raise RuntimeError(
                "tf.contrib.eager.Iterator goes through a dataset in eager mode. In graph mode use "
                "tf.data.make_one_shot_iterator, inside a tf.function a for loop over the dataset."
            )
        self._dataset = dataset
        self._elements = iter(dataset)

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        return next(self._elements)

    def next(self) -> Any:
        """The next element; raises StopIteration at the end."""
        return next(self._elements)

    def get_next(self, name: str | None = None) -> Any:
        """The next element; raises ``tf.errors.OutOfRangeError`` at the end."""
        try:
            return next(self._elements)
        except StopIteration:
            raise tf.errors.OutOfRangeError(None, None, "End of sequence") from None

    @property
    def output_types(self) -> Any:
        """The dtypes of an element."""
        return tf.compat.v1.data.get_output_types(self._dataset)

    @property
    def output_shapes(self) -> Any:
        """The shapes of an element."""
        return tf.compat.v1.data.get_output_shapes(self._dataset)

    @property
    def output_classes(self) -> Any:
        """The Python types of an element."""
        return tf.compat.v1.data.get_output_classes(self._dataset)


class Saver:
    """``tf.train.Saver`` without a session (``tf.contrib.eager.Saver``).

    Args:
        var_list: list of variables, or dictionary from names in the checkpoint to variables.

    >>> import os, tempfile
    >>> w = tf.contrib.eager.Variable(3.0, name="w")
    >>> saver = tf.contrib.eager.Saver([w])
    >>> path = saver.save(os.path.join(tempfile.mkdtemp(), "model"), global_step=5)
    >>> _ = w.assign(0.0)
    >>> saver.restore(path)
    >>> float(w), os.path.basename(path)
    (3.0, 'model-5')
    """

    def __init__(self, var_list: Any) -> None:
        self._saver = _Saver(var_list)

    def save(self, file_prefix: str, global_step: Any = None) -> str:
        """Write the values, and give the checkpoint's path."""
        return str(self._saver.save(None, file_prefix, global_step=global_step))

    def restore(self, file_prefix: str) -> None:
        """Give the variables the values of a checkpoint."""
        self._saver.restore(None, file_prefix)


def get_optimizer_variables(optimizer: Any) -> list[Any]:
    """All variables of an optimizer: slots, and others such as beta1_power."""
    return list(optimizer.variables())


def make_template(
    name_: str,
    func_: Callable[..., Any],
    create_scope_now_: bool = False,
    unique_name_: str | None = None,
    custom_getter_: Any = None,
    create_graph_function_: bool = False,
    **kwargs: Any,
) -> Any:
    """``tf.make_template``; `create_graph_function_` ran it as a graph and has no effect on results."""
    return _make_template(name_, func_, create_scope_now_, unique_name_, custom_getter_, **kwargs)


def run(main: Callable[..., Any] | None = None, argv: Sequence[str] | None = None) -> None:
    """Start a program in eager mode: ``tf.enable_eager_execution()`` and ``tf.app.run(main, argv)``."""
    tf.compat.v1.enable_eager_execution()
    tf.compat.v1.app.run(main, argv)


def num_gpus() -> int:
    """How many GPUs TensorFlow may use."""
    return len(tf.config.list_logical_devices("GPU"))


hooks.keep_from_autograph(__name__)
