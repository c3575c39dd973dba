"""What TF 1.15 does, one small function per claim; see `golden/README.md` for how to add one.

A fact is a public function of one argument, `tf`, in one of this package's modules. Its name is the claim, and what
it returns (plain values, names, tensors) or raises is recorded on TF 1.15.5 and replayed on ours. TF 1.15 runs these
files: keep them to Python 3.7 syntax. The words that facts use are in `vocabulary.py`.
"""

import hashlib
import importlib
import inspect
import os
import pkgutil
import sys
import textwrap

# Topics whose implementation belongs to a later issue. Their facts are written and recorded, and their goldens are kept
# fresh, but they aren't replayed yet. Delete a line here when its topic is ready.
WAITING_TOPICS = {
}

NOT_TOPICS = ("vocabulary", "outcomes", "layer_cases", "networks")
GOLDEN_DIRECTORY = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden")


class Fact(object):
    """One claim about TF 1.15: the function that shows it, and how it wants to be run.

    Attributes:
        topic: the module's name, such as `reuse`.
        name: the claim, in words joined by underscores.
        function: function of `tf`.
        steps: how often the result is evaluated in a row (`@steps`), usually once.
        graph_only: why it can only be asked of a graph with a session (`@graph_only`), or None.
    """

    def __init__(self, topic, function):
        self.topic = topic
        self.name = function.__name__
        self.function = function
        self.steps = getattr(function, "steps", 1)
        self.graph_only = getattr(function, "graph_only", None)

    @property
    def id(self):
        return self.topic + "." + self.name

    def __repr__(self):
        return "Fact(%s)" % self.id

    def digest(self):
        """Twelve letters that change with the fact's source, or with that of a `_helper` of its file which it names."""
        return hashlib.sha256(self.source().encode()).hexdigest()[:12]

    def source(self):
        """The source of the fact and of each `_helper` of its file which it names, or which one of these names."""
        module = sys.modules[self.function.__module__]
        pieces, waiting, done = [], [self.function], set()
        while waiting:
            function = waiting.pop(0)
            pieces.append(textwrap.dedent(inspect.getsource(function)).strip())
            for name in _names_in(function.__code__):
                helper = getattr(module, name, None)
                if name.startswith("_") and name not in done and inspect.isfunction(helper):
                    done.add(name)
                    waiting.append(helper)
        return "\n".join(pieces)


def _names_in(code):
    names = list(code.co_names)
    for constant in code.co_consts:
        if inspect.iscode(constant):
            names += _names_in(constant)
    return sorted(set(names))


def topics():
    """Names of all topics, those that wait included."""
    return sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if name not in NOT_TOPICS)


def facts_of(topic):
    """The facts of one topic, in the order in which its file states them."""
    module = importlib.import_module(__name__ + "." + topic)
    functions = [
        value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    ]
    return [Fact(topic, function) for function in sorted(functions, key=lambda f: f.__code__.co_firstlineno)]


def all_facts():
    return [fact for topic in topics() for fact in facts_of(topic)]
