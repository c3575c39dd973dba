"""What came out of a fact, as plain data: evaluated, normalised and comparable. Runs on TF 1.15 and on today's.

An outcome is what JSON can hold: None, bool, number, text, list, dict; an error is {"raises": class, "says": text}.
"""

import enum
import math
import re

import numpy as np

from facts.vocabulary import UNNAMED, Raised

RELATIVE_TOLERANCE = 1e-5
ABSOLUTE_TOLERANCE = 1e-6


class GraphRun(object):
    """One fact in a graph of its own: built once, evaluated as often as asked, with one session.

    Args:
        tf: what the fact is told is TensorFlow.
        tf1: TF1's own names for sessions and initializers (on 1.15 the same as `tf`, today `compat.v1`).
    """

    def __init__(self, fact, tf, tf1):
        self._fact, self._tf, self._tf1 = fact, tf, tf1
        self._session = None

    def outcomes(self):
        """The outcome of the first evaluations, and of as many again: what a second pass shows."""
        try:
            with self._tf1.Graph().as_default():
                result = self._fact.function(self._tf)
                return [self._evaluate_steps(result) for _ in range(2)]
        except Exception as error:
            return [describe_error(Raised(error))] * 2
        finally:
            if self._session:
                self._session.close()

    def _evaluate_steps(self, result):
        outcomes = [normalize(result, self._evaluate) for _ in range(self._fact.steps)]
        return outcomes[0] if self._fact.steps == 1 else outcomes

    def _evaluate(self, leaf):
        if self._session is None:
            config = self._tf1.ConfigProto(device_count={"CPU": 2})
            self._session = self._tf1.Session(graph=self._tf1.get_default_graph(), config=config)
            self._initialize()
        if isinstance(leaf, self._tf1.Operation):
            self._session.run(leaf)
            return None
        return self._session.run(leaf if self._tf1.is_tensor(leaf) else self._tf1.convert_to_tensor(leaf))

    def _initialize(self):
        """Run the initializers of all variables that a collection knows, all at once as TF1 does."""
        graph, initializers = self._session.graph, []
        for key in graph.get_all_collection_keys():
            for item in graph.get_collection(key):
                initializer = getattr(item, "initializer", None)  # which only variables have
                if initializer is not None and initializer not in initializers:
                    initializers.append(initializer)
        if initializers:
            self._session.run(initializers)


def describe_error(raised):
    """An error as data: its class and the classes it derives from, and what it says (see `first_line`)."""
    classes = [cls.__name__ for cls in type(raised.error).__mro__[:-2]]
    return {"raises": classes, "says": first_line(raised.says)}


def first_line(message):
    """A message's first line, less what varies: addresses, how tensors look, and where Python says a function is."""
    line = message.strip().split("\n")[0].split(" Originally defined at:")[0].strip()
    line = re.sub(r"0x[0-9a-f]+", "0x...", line)
    line = re.sub(r"<tf\.Tensor[^>]*>", "<tf.Tensor>", line)
    line = re.sub(r'Tensor\("[^"]*", (shape=\([^)]*\), )?[^)]*\)', "<tf.Tensor>", line)
    line = re.sub(r"(<tf\.Variable '[^']*')[^>]*>", r"\1>", line)
    return re.sub(r"[\w.<>]+\.(?=[\w<>]+\(\) (got|missing|takes))", "", line)


def as_golden(outcome):
    """The outcome as it is recorded: of an error's classes, only its own."""
    if isinstance(outcome, dict) and "raises" in outcome:
        return {"raises": outcome["raises"][0], "says": outcome["says"]}
    if isinstance(outcome, dict):
        return {key: as_golden(value) for key, value in outcome.items()}
    return [as_golden(item) for item in outcome] if isinstance(outcome, list) else outcome


def normalize(value, evaluate):
    """`value` as plain data; `evaluate` turns a tensor, variable or operation into numpy."""
    if isinstance(value, Raised):
        return describe_error(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, dict):
        return {str(key): normalize(value[key], evaluate) for key in value}
    if isinstance(value, (list, tuple)):
        return [normalize(item, evaluate) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(normalize(item, evaluate) for item in value)
    if isinstance(value, (np.ndarray, np.generic)):
        return normalize(value.tolist(), evaluate)
    if type(value).__name__ == "TensorShape":
        return None if value.ndims is None else value.as_list()
    if type(value).__name__ == "DType":
        return value.name
    if hasattr(value, "dtype") or type(value).__name__ == "Operation":
        return normalize(evaluate(value), evaluate)
    raise TypeError("a fact should return plain values and tensors, not %r" % (value,))


def difference(golden, outcome, unnamed_matches=False, path="result"):
    """Where `outcome` first differs from `golden`, in words; None where it doesn't.

    Args:
        unnamed_matches: whether UNNAMED in the outcome stands for any text (eager tensors have no names).
    """
    if isinstance(golden, dict) and "raises" in golden:
        raised = isinstance(outcome, dict) and "raises" in outcome
        # A golden names one class, an outcome that and all it derives from.
        classes = ([outcome["raises"]] if isinstance(outcome["raises"], str) else outcome["raises"]) if raised else []
        if golden["raises"] in classes and outcome["says"].startswith(golden["says"]):
            return None
        seen = "%s: %s" % (classes[0], outcome["says"]) if raised else repr(outcome)
        return "%s: expected %s: %s\n  but got %s" % (path, golden["raises"], golden["says"], seen)
    if isinstance(golden, dict) and isinstance(outcome, dict) and set(golden) == set(outcome):
        pairs = [("%s[%r]" % (path, key), golden[key], outcome[key]) for key in golden]
    elif isinstance(golden, list) and isinstance(outcome, list) and len(golden) == len(outcome):
        pairs = [("%s[%d]" % (path, i), a, b) for i, (a, b) in enumerate(zip(golden, outcome))]
    elif _equal(golden, outcome) or (unnamed_matches and outcome == UNNAMED and isinstance(golden, str)):
        return None
    else:
        return "%s: expected %r\n  but got %r" % (path, golden, outcome)
    found = (difference(a, b, unnamed_matches, where) for where, a, b in pairs)
    return next((text for text in found if text), None)


def _equal(golden, outcome):
    both = (golden, outcome)
    if any(isinstance(x, bool) for x in both) or not all(isinstance(x, (int, float)) for x in both):
        return type(golden) is type(outcome) and golden == outcome
    if all(math.isnan(x) for x in both):
        return True
    return math.isclose(golden, outcome, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE)
