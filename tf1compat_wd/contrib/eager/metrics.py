"""``tf.contrib.eager.metrics``: metrics as objects, which keep their sums and are called with each batch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import tensorflow

from tf1compat_wd import _namespace
from tf1compat_wd._core import eager_variables, initial_values, modes, passes
from tf1compat_wd._core.graph_collections import GraphKeys
from tf1compat_wd._core.variable_scope import get_variable, variable_scope
from tf1compat_wd.contrib import summary

__all__ = ["Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "Mean", "Metric", "SparseAccuracy"]

Tensor = Any
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]")


class Metric(tensorflow.Module):  # type: ignore[misc]
    """What keeps a number up to date from batch to batch (``tf.contrib.eager.metrics.Metric``).

    A subclass has three functions: ``build``, which makes the variables with `add_variable` at the first call,
    ``call``, which takes a batch into account, and ``result``. In a graph a call gives tensors; evaluating them takes
    the batch into account. Elsewhere the call itself does.

    Args:
        name: of the metric, and of the scope of its variables; None for the name of the class.
        use_global_variables: put the variables into GLOBAL_VARIABLES, and not into LOCAL_VARIABLES; either way they
            are in METRIC_VARIABLES.

    Raises:
        NotImplementedError: a function is missing.

    Differs from TF 1.15: in a pass of a tracking scope two metrics of one name keep variables of their own
    (``Mean_1/numer``), where a graph refuses the second. Outside a scope the metric alone owns its variables.

    Source: facts of the topic contrib_eager_metrics.
    """

    def __init__(self, name: str | None = None, use_global_variables: bool = False) -> None:
        self._metric_name = name or type(self).__name__
        scope_name = _NOT_IN_NAMES.sub("_", self._metric_name)
        super().__init__(name=re.sub(r"\W", "_", scope_name))
        self._scope_name = scope_name
        self._use_global_variables = use_global_variables
        self._built = self._is_building = False
        self._vars: list[Any] = []
        self._initials: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._metric_name

    @property
    def variables(self) -> list[Any]:
        """Its variables, in the order in which they were made."""
        return list(self._vars)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Take a batch into account; returns what ``call`` does."""
        if not self._built:
            self._is_building = True
            try:
                self._build_in_scope(args, kwargs)
            finally:
                self._is_building = False
            self._built = True
        if modes.current_mode() == "graph":
            return tensorflow.function(self.call)(*args, **kwargs)
        return self.call(*args, **kwargs)

    def _build_in_scope(self, args: Any, kwargs: Any) -> None:
        if self._owns_its_variables():
            self.build(*args, **kwargs)
            return
        is_graph = modes.current_mode() == "graph"
        with variable_scope(*([self._scope_name] if is_graph else [None, self._scope_name])):
            self.build(*args, **kwargs)

    def _owns_its_variables(self) -> bool:
        current = passes.current()
        return current is not None and current.store is passes.AMBIENT_STORE

    def build(self, *args: Any, **kwargs: Any) -> None:
        """Make the variables; given what the first call is given."""
        raise NotImplementedError("Metrics must define a build() member function")

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Take a batch into account."""
        raise NotImplementedError("Metrics must define a call() member function")

    def result(self) -> Tensor:
        """The number up to now."""
        raise NotImplementedError("Metrics must define a result() member function")

    def value(self) -> Tensor:
        """The same as `result`."""
        return self.result()

    def init_variables(self) -> Any:
        """Begin anew: all variables get their first values; in a graph, when what this returns is run."""
        if modes.current_mode() == "graph":
            return tensorflow.compat.v1.variables_initializer(self._vars)
        for variable, initial in zip(self._vars, self._initials, strict=True):
            variable.assign(initial.value())
        return None

    def add_variable(self, name: str, shape: Any = None, dtype: Any = None, initializer: Any = None) -> Any:
        """Make a variable ``<name of the metric>/<name>``, which isn't trained.

        Args:
            name, shape, dtype, initializer: as for `tf.get_variable`.

        Raises:
            RuntimeError: called outside of ``build``.
        """
        if self._built or not self._is_building:
            raise RuntimeError("Can't call add_variable() except in build().")
        full_name = f"{self._scope_name}/{name}"
        dtype = tensorflow.as_dtype(dtype or tensorflow.float32)
        initial = initial_values.resolve(full_name, tensorflow.TensorShape(shape), dtype, initializer)
        if self._owns_its_variables():
            variable = eager_variables.make(full_name, initial, eager_variables.Options(trainable=False))
        else:
            place = GraphKeys.GLOBAL_VARIABLES if self._use_global_variables else GraphKeys.LOCAL_VARIABLES
            variable = get_variable(
                name,
                shape,
                dtype,
                initializer,
                trainable=False,
                collections=[place, GraphKeys.METRIC_VARIABLES],
                use_resource=True,
            )
        self._vars.append(variable)
        self._initials = (*self._initials, initial)
        return variable

    def aggregate(self, metrics: Sequence[Metric]) -> None:
        """Add the variables of other metrics to this one's.

        Raises:
            TypeError: they are metrics of another class.
            ValueError: their variables have other names.
        """
        for each in metrics:
            if type(each) is not type(self):
                raise TypeError(f"All metrics must be the same type, '{type(self)}' != '{type(each)}'.")
            if [variable.name for variable in each.variables] != [variable.name for variable in self.variables]:
                raise ValueError("All metrics must have variables in the same order.")
        for number, variable in enumerate(self._vars):
            variable.assign_add(tensorflow.add_n([each.variables[number].read_value() for each in metrics]))


class Mean(Metric):
    """The mean of all values, weighted (``tf.contrib.eager.metrics.Mean``).

    Creates, at the first call:
        <name>/numer  []  the sum of the values
        <name>/denom  []  how many there were, or the sum of their weights

    Args:
        name: default Mean.
        dtype: of the variables and the result.
        use_global_variables: put the variables into GLOBAL_VARIABLES.

    Source: facts of the topic contrib_eager_metrics.

    >>> mean = tf.contrib.eager.metrics.Mean("loss")
    >>> for loss in ([1.0, 2.0], [6.0]):
    ...     batch = mean(tf.constant(loss))
    >>> mean.result().numpy().tolist()
    3.0
    """

    def __init__(
        self, name: str | None = None, dtype: Any = tensorflow.float64, use_global_variables: bool = False
    ) -> None:
        super().__init__(name=name, use_global_variables=use_global_variables)
        self.dtype = dtype

    def build(self, *args: Any, **kwargs: Any) -> None:
        zeros = tensorflow.compat.v1.zeros_initializer()
        self.numer = self.add_variable("numer", shape=(), dtype=self.dtype, initializer=zeros)
        self.denom = self.add_variable("denom", shape=(), dtype=self.dtype, initializer=zeros)

    def call(self, values: Tensor, weights: Tensor = None) -> Any:
        """Take values into account.

        Args:
            values: tensor. weights: tensor of a shape that broadcasts to it; None for ones.

        Returns:
            The sum of the values; with `weights`, the weighted values and the weights.
        """
        if weights is None:
            total = tensorflow.reduce_sum(values)
            self.denom.assign_add(tensorflow.cast(tensorflow.size(values), self.dtype))
            self.numer.assign_add(tensorflow.cast(total, self.dtype))
            return total
        weight = tensorflow.cast(weights, self.dtype)
        # TF1, too: the weights are summed as they are, however many values each is for
        weighted = tensorflow.cast(values, self.dtype) * weight
        self.denom.assign_add(tensorflow.reduce_sum(weight))
        self.numer.assign_add(tensorflow.reduce_sum(weighted))
        return weighted, weight

    def result(self, write_summary: bool = True) -> Tensor:
        """The mean up to now; nan before the first call.

        Args:
            write_summary: also write it to the default writer of `tf.contrib.summary`.
        """
        mean = self.numer / self.denom
        if write_summary:
            summary.scalar(self.name, mean)
        return mean


class Accuracy(Mean):
    """How many predictions are right (``tf.contrib.eager.metrics.Accuracy``). Has the variables of `Mean`.

    Source: facts of the topic contrib_eager_metrics.
    """

    def __init__(self, name: str | None = None, dtype: Any = tensorflow.float64) -> None:
        super().__init__(name=name, dtype=dtype)

    def call(self, labels: Tensor, predictions: Tensor, weights: Tensor = None) -> Any:
        """Compare labels and predictions of one shape; returns what it was given."""
        return self._count(labels, predictions, weights)

    def _count(self, right: Tensor, seen: Tensor, weights: Tensor) -> Any:
        _assert_equal(tensorflow.shape(right), tensorflow.shape(seen), "Shapes of labels and predictions are unequal")
        matches = tensorflow.cast(tensorflow.equal(right, seen), self.dtype)
        super().call(matches, weights=weights)
        return (right, seen) if weights is None else (right, seen, weights)


class CategoricalAccuracy(Accuracy):
    """How often the likeliest class is right, for labels as one-hot vectors (``tf.contrib.eager.metrics``).

    Source: facts of the topic contrib_eager_metrics.
    """

    def call(self, labels: Tensor, predictions: Tensor, weights: Tensor = None) -> Any:
        """Compare one-hot labels [N, K] with probabilities or logits [N, K]; returns the classes of both."""
        _assert_equal(
            tensorflow.shape(labels), tensorflow.shape(predictions), "Shapes of labels and predictions are unequal"
        )
        right, seen = tensorflow.argmax(labels, -1), tensorflow.argmax(predictions, -1)
        return self._count(right, seen, weights)


class BinaryAccuracy(Accuracy):
    """How often predictions above a threshold are right (``tf.contrib.eager.metrics.BinaryAccuracy``).

    Args:
        threshold: predictions above it say yes.

    Source: facts of the topic contrib_eager_metrics.
    """

    def __init__(self, threshold: float, name: str | None = None, dtype: Any = tensorflow.float64) -> None:
        super().__init__(name=name, dtype=dtype)
        self.threshold = threshold

    def call(self, labels: Tensor, predictions: Tensor, weights: Tensor = None) -> Any:
        """Compare labels, 0 and 1, with probabilities; returns both as booleans, and the weights."""
        _assert_equal(
            tensorflow.shape(labels), tensorflow.shape(predictions), "Shapes of labels and predictions are unequal"
        )
        labels = tensorflow.cast(labels, tensorflow.bool)
        predictions = tensorflow.convert_to_tensor(predictions) > self.threshold
        return self._count(labels, predictions, weights)


class SparseAccuracy(Accuracy):
    """How often the likeliest class is right, for labels as numbers (``tf.contrib.eager.metrics.SparseAccuracy``).

    Source: facts of the topic contrib_eager_metrics.
    """

    def call(self, labels: Tensor, predictions: Tensor, weights: Tensor = None) -> Any:
        """Compare labels [N] with probabilities or logits [N, K]; returns the classes of both."""
        _assert_equal(
            tensorflow.shape(labels)[0],
            tensorflow.shape(predictions)[0],
            "First axis of labels and predictions is unequal",
        )
        right = tensorflow.reshape(tensorflow.cast(labels, tensorflow.int64), [-1])
        return self._count(right, tensorflow.argmax(predictions, -1), weights)


def _assert_equal(a: Tensor, b: Tensor, message: str) -> None:
    tensorflow.debugging.assert_equal(a, b, message=message)


__getattr__, __dir__ = _namespace.names_of(__name__)
