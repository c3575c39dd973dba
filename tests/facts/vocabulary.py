"""The words that facts are written in. Nothing here knows TensorFlow: a fact gets its `tf` as an argument.

What a fact returns is evaluated after it has finished, each leaf on its own, in the order in which they stand; tensors,
variables and operations may stand anywhere among plain values, and an operation shows as None. There is no way to
evaluate something in the middle, because a `tf.function` cannot. To show what changes, say in which order things run:

    return [tf.identity(w), tf.assign(w, 3.0), w.read_value()]      # before, the change, after

    @steps(3)
    def each_step_trains_once(tf):                                  # evaluated three times in a row
        ...
        return [optimizer.minimize(loss), w, global_step]

Two leaves must not depend on the same operation with side effects: each would run it. What `assign` returns may be the
variable, which is read at the end; `tf.assign(w, 3.0) + 0.0` is the value there and then.
"""

UNNAMED = "?"


def name_of(thing):
    """`thing.name`; UNNAMED, which matches any name, for an eager tensor or an update that has already run."""
    if thing is None:
        return UNNAMED
    try:
        return thing.name
    except AttributeError:
        if hasattr(thing, "numpy"):
            return UNNAMED
        raise


def names_of(things):
    return [name_of(thing) for thing in things]


def collections_of(tf):
    """What is in the graph's collections: key to names, for the keys that are text and not empty."""
    found = {key: tf.get_collection(key) for key in tf.get_default_graph().get_all_collection_keys()}
    return {key: names_of(items) for key, items in found.items() if items}


class Raised(object):
    """What an exception says. Plays a part in a result where a fact wants to go on after an error."""

    def __init__(self, error, says=None):
        self.error = error
        self.says = str(error) if says is None else says


def error_of(function, *args, **kwargs):
    """What `function` raises, as part of a result; "no error" if it raises nothing."""
    try:
        function(*args, **kwargs)
    except Exception as error:
        return Raised(error)
    return "no error"


def kind_of_error(function, *args, **kwargs):
    """The same for errors whose words are Python's, or depend on how a tensor looks: only the class counts."""
    raised = error_of(function, *args, **kwargs)
    return Raised(raised.error, says="") if isinstance(raised, Raised) else raised


def entering(context):
    """Enter and leave a context manager, for `error_of`."""
    with context:
        pass


def steps(count):
    """Evaluate the fact's result `count` times in a row; the golden is the list of the results.

    A graph is built once and run `count` times, a function traced once and called `count` times; eagerly there are
    `count` passes.
    """

    def mark(fact):
        fact.steps = count
        return fact

    return mark


def graph_only(reason):
    """The fact makes sense only for a graph with a session; `reason` says why."""

    def mark(fact):
        fact.graph_only = reason
        return fact

    return mark
