"""A place on a device where tensors wait for the next step."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow

from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any
_raw = tensorflow.raw_ops

# Outside graphs areas are told apart by this alone: there is no session that would hold them.
_numbers = itertools.count()


class StagingArea:
    """A queue on the device that it was made for, for copying input ahead of time
    (``tf.contrib.staging.StagingArea``).

    Each element is a tuple of tensors. `get` waits until there is one; with a `capacity`, `put` waits until there is
    room.

    Args:
        dtypes: of the tensors of an element.
        shapes: of them; None where they differ or are not known.
        names: names for them, to put and get dictionaries.
        shared_name: name for other sessions to find the area by.
        capacity: how many elements there may be; 0 for any number.
        memory_limit: how many bytes; 0 for any number.

    Raises:
        ValueError: there are more or fewer shapes or names than dtypes, or a limit below zero.

    Differs from TF 1.15: outside graph mode, too, where an area belongs to the object and not to a session.

    Source: facts of the topic contrib_staging.

    >>> area = tf.contrib.staging.StagingArea([tf.float32])
    >>> done = area.put([tf.constant(1.0)])
    >>> int(area.size()), float(area.get()[0]), int(area.size())
    (1, 1.0, 0)
    """

    def __init__(
        self,
        dtypes: Sequence[Any],
        shapes: Sequence[Any] | None = None,
        names: Sequence[str] | None = None,
        shared_name: str | None = None,
        capacity: int = 0,
        memory_limit: int = 0,
    ) -> None:
        if not isinstance(dtypes, (list, tuple)):
            raise TypeError(f"StagingArea dtypes must be a list or tuple, got {dtypes!r}")
        self._dtypes = [tensorflow.as_dtype(each) for each in dtypes]
        if shapes is None:
            self._shapes = [tensorflow.TensorShape(None)] * len(self._dtypes)
        elif len(shapes) != len(self._dtypes):
            raise ValueError("StagingArea shapes must be the same length as dtypes")
        else:
            self._shapes = [tensorflow.TensorShape(each) for each in shapes]
        if names and len(names) != len(self._dtypes):
            raise ValueError("StagingArea names must be the same length as dtypes")
        self._names = list(names) if names else None
        if capacity < 0 or memory_limit < 0:
            raise ValueError("StagingArea capacity and memory_limit must not be negative")
        self._capacity, self._memory_limit = capacity, memory_limit
        self._root: Any = None
        self._last: Any = None
        if modes.current_mode() == "graph":
            graph = tensorflow.compat.v1.get_default_graph()
            self._name = shared_name or graph.unique_name("StagingArea")
            with name_scope(f"{self._name}_root"):
                self._root = tensorflow.no_op()
        else:
            self._name = shared_name or "StagingArea"
        self._key = self._name if shared_name or self._root is not None else f"{self._name}_{next(_numbers)}"

    @property
    def name(self) -> str:
        """The name, which operations begin with."""
        return self._name

    @property
    def dtypes(self) -> list[Any]:
        """Of the tensors of an element."""
        return self._dtypes

    @property
    def shapes(self) -> list[Any]:
        """Of the tensors of an element."""
        return self._shapes

    @property
    def names(self) -> list[str] | None:
        """Of the tensors of an element, if they have some."""
        return self._names

    @property
    def capacity(self) -> int:
        """How many elements there may be; 0 for any number."""
        return self._capacity

    @property
    def memory_limit(self) -> int:
        """How many bytes the elements may take; 0 for any number."""
        return self._memory_limit

    def put(self, values: Any, name: str | None = None) -> Any:
        """Put an element in.

        Args:
            values: tensor, list of tensors or, with names, dictionary: one element.
            name: of the operation.

        Returns:
            The operation; outside graphs it has run.

        Raises:
            ValueError: another number of tensors, other names, dtypes or shapes; or no dictionary with names.
        """
        tensors = self._element(values)
        return self._call(_raw.Stage, "put", name, values=tensors)

    def get(self, name: str | None = None) -> Any:
        """Take the oldest element out, waiting for it.

        Returns:
            List of tensors or, with names, dictionary.
        """
        return self._shown(self._call(_raw.Unstage, "get", name, dtypes=self._dtypes))

    def peek(self, index: Any, name: str | None = None) -> Any:
        """The element at `index`, which stays where it is; waits until there is one."""
        return self._shown(self._call(_raw.StagePeek, "peek", name, index=index, dtypes=self._dtypes))

    def size(self, name: str | None = None) -> Tensor:
        """How many elements there are, a scalar int32 tensor."""
        return self._call(_raw.StageSize, "size", name, dtypes=self._dtypes)

    def clear(self, name: str | None = None) -> Any:
        """Drop all elements."""
        return self._call(_raw.StageClear, "clear", name, dtypes=self._dtypes)

    def _call(self, operation: Any, what: str, name: str | None, **arguments: Any) -> Any:
        options = {
            "capacity": self._capacity,
            "memory_limit": self._memory_limit,
            "shared_name": self._key,
            "name": name or f"{self._name}_{what}",
        }
        mode = modes.current_mode()
        if mode == "function":
            return self._in_turn(lambda: operation(**arguments, **options))
        if self._root is None or mode == "eager":
            return operation(**arguments, **options)
        with self._root.graph.colocate_with(self._root):
            return operation(**arguments, **options)

    def _in_turn(self, run: Any) -> Any:
        """In a trace nothing else orders what is put and what is taken, and taking first would wait for ever."""
        graph = tensorflow.compat.v1.get_default_graph()
        before = [] if self._last is None or self._last.graph is not graph else [self._last]
        with tensorflow.control_dependencies(before):
            made = run()
        first = made[0] if isinstance(made, (list, tuple)) else made
        self._last = first if isinstance(first, tensorflow.Operation) else first.op
        return made

    def _element(self, values: Any) -> list[Tensor]:
        if isinstance(values, Mapping):
            if self._names is None:
                raise ValueError("Staging areas must have names to enqueue a dictionary")
            if set(values) != set(self._names):
                raise ValueError(
                    "Keys in dictionary to put do not match names of staging area. "
                    f"Dictionary: ({sorted(values)}), Queue: ({sorted(self._names)})"
                )
            values = [values[each] for each in self._names]
        elif self._names is not None:
            raise ValueError("You must enqueue a dictionary in a staging area with names")
        elif not isinstance(values, (list, tuple)):
            values = [values]
        if len(values) != len(self._dtypes):
            raise ValueError(f"Unexpected number of inputs '{len(values)}' vs '{len(self._dtypes)}'")
        tensors = []
        for value, dtype, shape in zip(values, self._dtypes, self._shapes, strict=True):
            tensor = tensorflow.convert_to_tensor(value, dtype if not tensorflow.is_tensor(value) else None)
            if tensor.dtype.base_dtype != dtype.base_dtype:
                raise ValueError(f"Datatypes do not match. '{tensor.dtype}' != '{dtype}'")
            tensor.shape.assert_is_compatible_with(shape)
            tensors.append(tensor)
        return tensors

    def _shown(self, tensors: list[Tensor]) -> Any:
        for tensor, shape in zip(tensors, self._shapes, strict=True):
            if not hooks.executing_eagerly():
                tensor.set_shape(shape)
        if self._names is not None:
            return dict(zip(self._names, tensors, strict=True))
        return list(tensors)


hooks.keep_from_autograph(__name__)
