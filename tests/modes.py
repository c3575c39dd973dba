"""The five ways in which a fact is replayed on ours, each a function from a fact to an outcome.

    graph            a `tf.Graph` of its own and a session: how TF 1.15 itself was asked
    eager            one pass of a fresh tracking scope
    function         one trace of a `tf.function` with a fresh tracking scope inside
    second_eager     the second pass of the same scope: values persist, everything else starts afresh
    second_function  a second `tf.function`, traced with the same scope

A pass is to its scope what running a session once is to a graph. So a second pass must show what the same graph shows
when its result is evaluated once more, and the recorder writes that down too: a fact may change values, as training
steps do.

Nothing can be evaluated inside a trace, so facts return tensors instead of asking for numbers half-way. The trace
returns every tensor of the result, in order, and the numbers take the tensors' places afterwards. A variable in the
result is read at the end of the trace; operations run in the order in which the fact made them.
"""

from collections.abc import Callable
from typing import Any

import tensorflow
from facts import Fact
from facts.outcomes import GraphRun, describe_error, normalize
from facts.vocabulary import Raised

import tf1compat_wd

Outcome = Any
Run = Callable[[Fact], Outcome]

# Eager tensors have no names, so a name that isn't there stands for any.
MODES_WITHOUT_TENSOR_NAMES = ("eager", "second_eager")


def run_in_graph(fact: Fact) -> Outcome:
    first, _ = GraphRun(fact, tf1compat_wd, tensorflow.compat.v1).outcomes()
    return first


def run_eagerly(fact: Fact) -> Outcome:
    return _eager_pass_with(_fresh_scope())(fact)


def run_in_function(fact: Fact) -> Outcome:
    return _trace_with(_fresh_scope())(fact)


def run_eagerly_again(fact: Fact) -> Outcome:
    run = _eager_pass_with(_fresh_scope())
    run(fact)
    return run(fact)


def run_in_function_again(fact: Fact) -> Outcome:
    run = _trace_with(_fresh_scope())
    run(fact)
    return run(fact)


MODES: dict[str, Run] = {
    "graph": run_in_graph,
    "eager": run_eagerly,
    "function": run_in_function,
    "second_eager": run_eagerly_again,
    "second_function": run_in_function_again,
}


def _fresh_scope() -> Any:
    return tf1compat_wd.tracking.VariableTrackingScope("net", tape=True)


def _eager_pass_with(scope: Any) -> Run:
    def one_pass(fact: Fact) -> Outcome:
        with scope:
            result = fact.function(tf1compat_wd)
            return normalize(result, _read)

    def run(fact: Fact) -> Outcome:
        try:
            outcomes = [one_pass(fact) for _ in range(fact.steps)]
        except Exception as error:
            return describe_error(Raised(error))
        return outcomes[0] if fact.steps == 1 else outcomes

    return run


def _trace_with(scope: Any) -> Run:
    def run(fact: Fact) -> Outcome:
        traced: list[Any] = []  # the result of the last trace, with a _Slot for each tensor

        @tensorflow.function(autograph=False)
        def step() -> list[Any]:
            outputs: list[Any] = []
            with scope:
                result = fact.function(tf1compat_wd)
                traced[:] = [_with_slots(result, outputs)]
            return outputs

        try:
            outcomes = [_filled(traced, step()) for _ in range(fact.steps)]
        except Exception as error:
            return describe_error(Raised(error))
        return outcomes[0] if fact.steps == 1 else outcomes

    return run


class _Slot:
    """Stands in a traced result for the tensor that the function returns at this position; no dtype, no shape."""

    def __init__(self, position: int) -> None:
        self.position = position


def _with_slots(value: Any, outputs: list[Any]) -> Any:
    """The structure with its tensors moved to `outputs`; operations run by themselves, and show as None."""
    if isinstance(value, dict):
        return {key: _with_slots(value[key], outputs) for key in value}
    if isinstance(value, (list, tuple)) and type(value).__name__ != "TensorShape":
        return [_with_slots(item, outputs) for item in value]
    if isinstance(value, tensorflow.Operation):
        return None
    if _is_evaluated(value):
        outputs.append(tensorflow.convert_to_tensor(value))
        return _Slot(len(outputs) - 1)
    return value


def _filled(traced: list[Any], outputs: list[Any]) -> Outcome:
    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: fill(value[key]) for key in value}
        if isinstance(value, list):
            return [fill(item) for item in value]
        return outputs[value.position].numpy() if isinstance(value, _Slot) else value

    return normalize(fill(traced[0]), _read)


def _read(value: Any) -> Any:
    return None if isinstance(value, tensorflow.Operation) else tensorflow.convert_to_tensor(value).numpy()


def _is_evaluated(value: Any) -> bool:
    """Whether the result's leaf is a tensor, or something that is read as one."""
    return tensorflow.is_tensor(value) or isinstance(value, tensorflow.Variable) or hasattr(value, "as_tensor")
