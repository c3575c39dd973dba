"""Small TF1 programs as data, and what comes of running them: runs on TF 1.15 and on today's TensorFlow.

A program is a list of statements, a statement a dict: what to ``do``, and its arguments. Only what JSON can hold stands
in it, so that a program which went wrong here can be run on the real TF 1.15, under its Python 3.7:

    python3.7 tests/core/programs.py <<< '[[{"do": "get_variable", "name": "w", "shape": [2]}]]'

reads a list of programs, or one program a line, and prints the outcome of each in a line. Arguments that aren't plain
values are lists of a kind and its parameters: ``["constant", 2.0]``; see the tables `INITIALIZERS` and the like.

An outcome says what each statement showed, in order, then what stands in the collections, and the values of the
variables and losses. A statement that raises says so and the program goes on with the next; one that is "loud" raises
through the scopes around it, up to the next "attempt".
"""

import json
import os
import sys

if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import numpy as np
from facts import Fact
from facts.outcomes import GraphRun, as_golden
from facts.vocabulary import Raised, name_of


class ProgramError(Exception):
    """What a program raises itself."""


# ------------------------------------------------------------------------ arguments: a kind and its parameters


def _fail(*_, **__):
    raise ProgramError("on purpose")


INITIALIZERS = {
    "constant": lambda tf, value: tf.constant_initializer(value),
    "zeros": lambda tf: tf.zeros_initializer(),
    "ones": lambda tf: tf.ones_initializer(),
    "class": lambda tf: tf.ones_initializer,
    "value": lambda tf, value: value,
    "array": lambda tf, value: np.array(value, np.float32),
    "tensor": lambda tf, value: tf.constant(value, tf.float32, name="constant_of_program"),
    "function": lambda tf, value: lambda shape, dtype, partition_info=None: tf.fill(shape, tf.cast(value, dtype)),
    "shape_only": lambda tf, value: lambda shape: tf.fill(shape, value),
    "no_argument": lambda tf, value: lambda: tf.constant(value),
    "fails": lambda tf: _fail,
}


def _value_of_l2_loss(tf):
    """The regularizer of every TF1 project that has one."""

    def regularizer(tensor):
        if not tensor.dtype.is_floating:
            return None
        with tf.name_scope(None, default_name="l2_regularizer", values=[tensor]):
            weight = tf.convert_to_tensor(0.5, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(weight, tf.nn.l2_loss(tensor), name="value")

    return regularizer


def _numeric(regularizer):
    """Text has no loss."""
    return lambda v: None if v.dtype.base_dtype.name == "string" else regularizer(v)


REGULARIZERS = {
    "l2": lambda tf: _numeric(lambda v: tf.nn.l2_loss(tf.cast(v, tf.float32))),
    "value": _value_of_l2_loss,
    "sum": lambda tf, scale: _numeric(
        lambda v: tf.multiply(scale, tf.reduce_sum(tf.cast(v, tf.float32)), name="scaled")
    ),
    "each": lambda tf: _numeric(lambda v: tf.cast(v, tf.float32, name="each")),
    "nothing": lambda tf: lambda v: None,
    "no_regularizer": lambda tf: tf.no_regularizer,
    "number": lambda tf: lambda v: 3.0,
    "false": lambda tf: False,
    "fails": lambda tf: _fail,
}

PARTITIONERS = {
    "fixed": lambda tf, shards, axis: tf.fixed_size_partitioner(shards, axis),
    "axis_size": lambda tf, size: tf.variable_axis_size_partitioner(size),
    "min_max": lambda tf, shards: tf.min_max_variable_partitioner(shards, min_slice_size=4),
    "answer": lambda tf, value: lambda shape, dtype: value,
    "fails": lambda tf: _fail,
    "value": lambda tf, value: value,
}

CONSTRAINTS = {
    "positive": lambda tf: tf.nn.relu,
    "value": lambda tf, value: value,
}

REUSE = {"AUTO_REUSE": lambda tf: tf.AUTO_REUSE}
DTYPES = {"dtype": lambda tf, name: getattr(tf, name)}
SYNCHRONIZATION = {
    "synchronization": lambda tf, name: getattr(tf.VariableSynchronization, name),
    "value": lambda tf, value: value,
}
AGGREGATION = {
    "aggregation": lambda tf, name: getattr(tf.VariableAggregation, name),
    "value": lambda tf, value: value,
}
VALUES = {"tensors": lambda tf, count: [tf.constant(1.0, name="value_of_program")] * count}

TABLES = {
    "initializer": INITIALIZERS,
    "regularizer": REGULARIZERS,
    "partitioner": PARTITIONERS,
    "constraint": CONSTRAINTS,
    "reuse": REUSE,
    "dtype": DTYPES,
    "synchronization": SYNCHRONIZATION,
    "aggregation": AGGREGATION,
    "values": VALUES,
    "initial_value": INITIALIZERS,
}


def _plain_getter(run, getter, name, *args, **kwargs):
    return getter(name, *args, **kwargs)


def _renaming_getter(run, getter, name, *args, **kwargs):
    run.note_request(name + "_renamed")
    return getter(name + "_renamed", *args, **kwargs)


def _identity_getter(run, getter, name, *args, **kwargs):
    return run.tf.identity(getter(name, *args, **kwargs), name="identity_of_program")


def _casting_getter(run, getter, name, *args, **kwargs):
    kwargs["dtype"] = run.tf.float64
    return run.tf.cast(getter(name, *args, **kwargs), run.tf.float32, name="cast_of_program")


def _freezing_getter(run, getter, name, *args, **kwargs):
    kwargs["trainable"] = False
    return getter(name, *args, **kwargs)


def _sharing_getter(run, getter, name, *args, **kwargs):
    kwargs["reuse"] = run.tf.AUTO_REUSE
    return getter(name, *args, **kwargs)


def _asking_twice(run, getter, name, *args, **kwargs):
    getter(name, *args, **kwargs)
    return getter(name, *args, **kwargs)


def _regularizing_getter(run, getter, name, *args, **kwargs):
    kwargs["regularizer"] = REGULARIZERS["l2"](run.tf)
    return getter(name, *args, **kwargs)


GETTERS = {
    "plain": _plain_getter,
    "renaming": _renaming_getter,
    "identity": _identity_getter,
    "casting": _casting_getter,
    "freezing": _freezing_getter,
    "sharing": _sharing_getter,
    "asking_twice": _asking_twice,
    "regularizing": _regularizing_getter,
    "fails": _fail,
    "number": None,
}

GET_VARIABLE_ARGUMENTS = (
    "shape", "dtype", "initializer", "regularizer", "trainable", "collections", "partitioner", "validate_shape",
    "use_resource", "custom_getter", "constraint", "synchronization", "aggregation",
)  # fmt: skip
VARIABLE_ARGUMENTS = ("initial_value", "trainable", "collections", "name", "dtype", "constraint")
SCOPE_ARGUMENTS = (
    "default_name", "values", "initializer", "regularizer", "partitioner", "custom_getter", "reuse", "dtype",
    "use_resource", "constraint", "auxiliary_name_scope",
)  # fmt: skip


class Run:
    """One run of a program with the TensorFlow `tf`; `outcome` is for `facts.outcomes` to evaluate.

    Attributes:
        found_late: full names for which a request failed before another one made the variable. In a second pass the
            first of them finds it, so that the passes may well differ.
    """

    def __init__(self, tf):
        self.tf = tf
        self.log = []
        self.objects = []  # variables, and what getters made of them, in the order of appearance
        self.scopes, self.contexts, self.templates = {}, {}, {}
        self.attempts = 0
        self.calling, self.entered = [], []  # templates, contexts
        self.asked = []
        self.failed, self.found_late = set(), set()

    def outcome(self, program):
        self.do_attempt({"body": program})
        collections = self.collections()
        for thing in self.objects:  # for their initializers to be run
            self.tf.add_to_collection("seen by the program", thing)
        losses = self.tf.get_collection(self.tf.GraphKeys.REGULARIZATION_LOSSES)
        losses = [loss for loss in losses if not isinstance(loss, str)]  # which programs add themselves
        return {
            "log": self.log,
            "collections": collections,
            "values": [self.value(thing) for thing in self.objects],
            "losses": [[name_of(loss), self.value(loss)] for loss in losses],
        }

    def block(self, statements):
        for statement in statements:
            getattr(self, "do_" + statement["do"])(statement)

    def do_block(self, statement):
        self.block(statement["body"])

    def say(self, *words):
        self.log.append(list(words))

    def failed_with(self, statement, error):
        if statement.get("loud") and self.attempts > 1:
            raise error
        self.say(statement["do"], Raised(error))

    # ---------------------------------------------------------------- statements

    def do_attempt(self, statement):
        self.attempts += 1
        try:
            self.block(statement["body"])
        except Exception as error:
            self.say("attempt", Raised(error))
        finally:
            self.attempts -= 1

    def do_fail(self, statement):
        if self.attempts > 1:
            raise ProgramError("on purpose")

    def do_get_variable(self, statement):
        function = self.tf.get_local_variable if statement.get("local") else self.tf.get_variable

        def get():
            return function(statement["name"], **self.arguments(statement, GET_VARIABLE_ARGUMENTS))

        self.request(statement["name"], get, statement)

    def request(self, name, get, statement):
        """Show what `get` gets, which is to be called `name`; notes what is found late."""
        scope = self.tf.get_variable_scope().name
        outer, self.asked = self.asked, []
        self.note_request(scope + "/" + name if scope else name)
        try:
            self.show(get(), statement)
        except Exception as error:
            # A regularizer that fails leaves the variable.
            self.found_late.update(self.failed.intersection(self.asked, self.stored()))
            self.failed.update(self.asked)
            self.failed_with(statement, error)
        else:
            self.found_late.update(self.failed.intersection(self.asked))
        finally:
            self.asked = outer

    def stored(self):
        """The full names of the variables that there are in a graph."""
        return [name for store in self.tf.get_collection(("__variable_store",)) for name in getattr(store, "_vars", ())]

    def note_request(self, full_name):
        self.asked.append(full_name)

    def do_variable(self, statement):
        try:
            self.show(self.tf.Variable(**self.arguments(statement, VARIABLE_ARGUMENTS)), statement)
        except Exception as error:
            self.failed_with(statement, error)

    def do_scope(self, statement):
        self.enter(statement, lambda: self.scope(statement))

    def do_make_context(self, statement):
        try:
            self.contexts[statement["as"]] = self.scope(statement)
        except Exception as error:
            self.failed_with(statement, error)

    def do_enter_context(self, statement):
        context = statement["context"]
        if context in self.contexts and self.contexts[context] not in self.entered:
            self.entered.append(self.contexts[context])
            try:
                self.enter(statement, lambda: self.entered[-1])
            finally:
                self.entered.pop()

    def scope(self, statement):
        name = statement.get("name")
        if isinstance(name, list):
            name = self.object(name)
        return self.tf.variable_scope(name, **self.arguments(statement, SCOPE_ARGUMENTS))

    def enter(self, statement, make):
        entered = False
        try:
            with make() as scope:
                entered = True
                if "as" in statement and statement["do"] == "scope":
                    self.scopes[statement["as"]] = scope
                self.show_scope(scope)
                self.block(statement["body"])
        except Exception as error:
            if entered:
                raise
            self.failed_with(statement, error)
        self.say("back in", self.tf.get_variable_scope().name)

    def do_name_scope(self, statement):
        entered = False
        try:
            with self.tf.name_scope(statement["name"], **self.arguments(statement, ("default_name", "values"))) as name:
                entered = True
                self.say("name scope", name)
                self.block(statement["body"])
        except Exception as error:
            if entered:
                raise
            self.failed_with(statement, error)

    def do_reuse_variables(self, statement):
        self.object(statement["object"]).reuse_variables()

    def do_set(self, statement):
        what = statement["what"]
        getattr(self.object(statement["object"]), "set_" + what)(self.argument(what, statement["value"]))

    def do_add(self, statement):
        value = statement.get("value", "a plain value")
        if isinstance(value, int):
            value = self.objects[value % len(self.objects)] if self.objects else "nothing yet"
        try:
            if isinstance(statement["key"], list):
                self.tf.add_to_collections(statement["key"], value)
            else:
                self.tf.add_to_collection(statement["key"], value)
        except Exception as error:
            self.failed_with(statement, error)

    def do_add_to_ref(self, statement):
        self.tf.get_collection_ref(statement["key"]).append("through a reference")

    def do_look(self, statement):
        if "scope" in statement:
            found = self.tf.get_collection(statement["key"], statement["scope"])
        elif "object" in statement:
            found = self.object(statement["object"]).get_collection(statement["key"])
        else:
            found = self.tf.get_collection(statement["key"])
        self.say("look", [self.show_item(item) for item in found])

    def do_look_at_scope(self, statement):
        self.show_scope(self.object(statement["object"]))

    def do_template(self, statement):
        def function():
            self.block(statement["body"])
            return "called"

        try:
            self.templates[statement["as"]] = self.tf.make_template(
                statement["name"],
                function,
                **self.arguments(statement, ("create_scope_now_", "unique_name_", "custom_getter_")),
            )
        except Exception as error:
            self.failed_with(statement, error)

    def do_call(self, statement):
        template = self.templates.get(statement["template"])
        if template is None or statement["template"] in self.calling:
            return
        self.calling.append(statement["template"])
        try:
            self.say("call", template())
        except Exception as error:
            self.failed_with(statement, error)
        finally:
            self.calling.pop()
        scope = template.variable_scope
        self.say("template", scope and scope.name)
        self.say("its variables", [[v.name for v in vs] for vs in (template.variables, template.trainable_variables)])

    def do_global_step(self, statement):
        self.request("global_step", self.tf.train.get_or_create_global_step, statement)

    # ---------------------------------------------------------------- arguments

    def arguments(self, statement, names):
        return {name: self.argument(name, statement[name]) for name in names if name in statement}

    def argument(self, name, value):
        if name in ("custom_getter", "custom_getter_"):
            return self.getter(value)
        table = TABLES.get(name)
        if table is None or not isinstance(value, list):
            return value
        return table[value[0]](self.tf, *value[1:])

    def getter(self, kind):
        function = GETTERS.get(kind)
        if function in (None, _fail):
            return function or 3

        def getter(getter, name, *args, **kwargs):
            self.note_request(name)
            self.say("getter", kind, name, len(args), sorted(kwargs), self.label(kwargs.get("reuse")))
            return function(self, getter, name, *args, **kwargs)

        return getter

    def object(self, name):
        """``["current"]`` is the current scope, ``["kept", "s"]`` the one that was kept as `s`, if it was."""
        if name[0] == "kept" and name[1] in self.scopes:
            return self.scopes[name[1]]
        return self.tf.get_variable_scope()

    # ---------------------------------------------------------------- what is shown

    def show(self, thing, statement):
        if hasattr(thing, "_get_variable_list") or type(thing).__name__ == "PartitionedVariable":
            self.say("partitioned", thing.name, self.shape(thing.get_shape()), thing.dtype.name)
            for position, part in enumerate(thing):
                self.note_request(thing.name + "/part_" + str(position))
                self.show(part, statement)
            return
        for position, seen in enumerate(self.objects):
            if seen is thing:
                self.say("again", position)
                return
        self.objects.append(thing)
        words = ["variable", name_of(thing), self.shape(thing.shape), thing.dtype.base_dtype.name]
        if hasattr(thing, "trainable"):
            words += [thing.trainable, thing.synchronization.name, thing.aggregation.name, self.label(thing.constraint)]
        else:
            words[0] = "tensor"
        self.say(*words)

    def show_scope(self, scope):
        self.say(
            "scope", scope.name, scope.original_name_scope, self.label(scope.reuse), scope.dtype.name,
            [self.label(x) for x in (scope.initializer, scope.regularizer, scope.partitioner, scope.custom_getter)],
            self.label(scope.constraint), self.label(scope.use_resource),
        )  # fmt: skip

    def label(self, value):
        if value is None or isinstance(value, bool):
            return value
        return value.name if value is self.tf.AUTO_REUSE else "something"

    def shape(self, shape):
        return None if shape.ndims is None else shape.as_list()

    def show_item(self, item):
        return item if isinstance(item, (str, int)) else name_of(item)

    def collections(self):
        keys = [key for key in self.tf.get_default_graph().get_all_collection_keys() if isinstance(key, str)]
        found = {key: [self.show_item(item) for item in self.tf.get_collection(key)] for key in keys}
        return {key: items for key, items in found.items() if items}

    def value(self, thing):
        return self.tf.identity(thing)


def as_fact(program, runs=None):
    """The program as a fact, which `facts.outcomes` and `modes` know how to run; each run is added to `runs`."""

    def outcome_of_program(tf):
        run = Run(tf)
        if runs is not None:
            runs.append(run)
        return run.outcome(program)

    return Fact("random_programs", outcome_of_program)


def outcome_in_graph(program, tf, tf1):
    """The outcome in a graph of its own with a session, and the names that were found late."""
    runs = []
    outcome = without_random_numbers(as_golden(GraphRun(as_fact(program, runs), tf, tf1).outcomes()[0]))
    return outcome, sorted(str(name) for name in runs[0].found_late)


def without_random_numbers(value):
    """Values that are no small multiples of 1/256 come from a random initializer: programs use no others."""
    if isinstance(value, float) and value * 256.0 != round(value * 256.0):
        return "random"
    if isinstance(value, list):
        return [without_random_numbers(item) for item in value]
    return {key: without_random_numbers(item) for key, item in value.items()} if isinstance(value, dict) else value


def main():
    import tensorflow

    tf1 = tensorflow.compat.v1
    tf1.logging.set_verbosity(tf1.logging.FATAL)
    tf1.enable_resource_variables()
    tf = tensorflow if tensorflow.__version__.startswith("1.") else tf1
    for line in iter(sys.stdin.readline, ""):
        print(json.dumps(outcome_in_graph(json.loads(line), tf, tf1)))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
