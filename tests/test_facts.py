"""Ours does what TF 1.15 did: every fact in every mode, but for the knowing differences in `differences.toml`."""

import json
from functools import cache
from pathlib import Path

import facts
import pytest
from facts.outcomes import difference
from facts.vocabulary import steps
from modes import MODES, MODES_WITHOUT_TENSOR_NAMES

try:
    import tomllib
except ImportError:  # Python 3.10, where pytest itself brings this one
    import tomli as tomllib

HERE = Path(__file__).parent
ALL_FACTS = facts.all_facts()
HOW_TO_RECORD = "record it on TF 1.15 with `python3.7 tests/record_facts.py %s`, see tests/golden/README.md"


@cache
def goldens_of(topic):
    return json.loads((HERE / "golden" / f"{topic}.json").read_text())


@cache
def known_differences():
    """The rows of differences.toml: fact and mode to the row."""
    rows = tomllib.loads((HERE / "differences.toml").read_text()).get("difference", [])
    return {(row["fact"], mode): row for row in rows for mode in row["modes"]}


def accepted(fact, mode):
    """What TF 1.15 gave in this mode's place: with its default variables, and with resource variables."""
    golden = goldens_of(fact.topic).get(fact.name)
    assert golden, f"{fact.id} has no golden: {HOW_TO_RECORD % fact.topic}"
    value = golden["value"]
    second = golden.get("second", value)
    resource = golden.get("resource", value)
    if mode.startswith("second_"):
        return [second, golden.get("resource_second", resource if "resource" in golden else second)]
    return [value, resource]


def cases():
    for fact in ALL_FACTS:
        if fact.topic in facts.WAITING_TOPICS:
            continue
        for mode in ["graph"] if fact.graph_only else MODES:
            row = known_differences().get((fact.id, mode))
            marks = pytest.mark.xfail(strict=True, raises=AssertionError, reason=row["reason"]) if row else ()
            yield pytest.param(fact, mode, id=f"{fact.id}-{mode}", marks=marks)


# Arguments that only graph mode honours warn once in a process, in whichever fact uses one first.
@pytest.mark.filterwarnings("ignore:.* has no effect in:UserWarning")
@pytest.mark.parametrize(("fact", "mode"), list(cases()))
def test_fact(fact, mode):
    outcome = MODES[mode](fact)
    differences = [
        difference(golden, outcome, unnamed_matches=mode in MODES_WITHOUT_TENSOR_NAMES)
        for golden in accepted(fact, mode)
    ]
    assert None in differences, f"TF 1.15 does it differently: {fact.id} in mode {mode}\n{differences[-1]}"


@pytest.mark.parametrize("topic", facts.topics())
def test_goldens_belong_to_the_facts_as_they_are(topic):
    written = {fact.name: fact.digest() for fact in facts.facts_of(topic)}
    recorded = {name: golden["digest"] for name, golden in goldens_of(topic).items()}
    changed = sorted(name for name in written | recorded if written.get(name) != recorded.get(name))
    assert not changed, f"new, changed or removed: {', '.join(changed)}; {HOW_TO_RECORD % topic}"


def test_waiting_topics_exist():
    assert set(facts.WAITING_TOPICS) <= set(facts.topics())


def test_every_difference_names_a_fact_and_says_why():
    facts_by_id = {fact.id: fact for fact in ALL_FACTS}
    for (name, mode), row in known_differences().items():
        assert name in facts_by_id, f"differences.toml: there is no fact {name}"
        assert mode in MODES, f"differences.toml: {name} names no mode {mode}, there are {', '.join(MODES)}"
        assert not facts_by_id[name].graph_only or mode == "graph", f"differences.toml: {name} is for graphs only"
        assert row["reason"], f"differences.toml: {name} needs a reason"
        assert row["way_out"], f"differences.toml: {name} needs a way out"


def test_no_difference_stands_twice():
    rows = tomllib.loads((HERE / "differences.toml").read_text()).get("difference", [])
    pairs = [(row["fact"], mode) for row in rows for mode in row["modes"]]
    assert len(pairs) == len(set(pairs))


# The harness itself: what counts as a difference, and that every mode runs a fact the same way.


@pytest.mark.parametrize(
    ("golden", "outcome"),
    [
        (1.0, 1.000001),
        (2, 2.0),
        (["a:0", None, True], ["a:0", None, True]),
        ({"raises": "ValueError", "says": "No."}, {"raises": ["OurError", "ValueError"], "says": "No. Say yes."}),
    ],
)
def test_these_are_the_same(golden, outcome):
    assert difference(golden, outcome) is None


@pytest.mark.parametrize(
    ("golden", "outcome", "says"),
    [
        (1.0, 1.001, "result: expected 1.0"),
        (1, True, "result: expected 1"),
        ("a:0", "?", "result: expected 'a:0'"),
        (["a", ["b"]], ["a", ["c"]], "result[1][0]: expected 'b'"),
        ({"k": 1}, {"k": 2}, "result['k']: expected 1"),
        ([1], [1, 1], "result: expected [1]"),
        ({"raises": "ValueError", "says": "No."}, None, "result: expected ValueError: No."),
        ({"raises": "ValueError", "says": "No."}, {"raises": ["KeyError"], "says": "No."}, "but got KeyError: No."),
        ({"raises": "ValueError", "says": "No."}, {"raises": ["ValueError"], "says": "Na."}, "but got ValueError: Na."),
    ],
)
def test_these_are_different(golden, outcome, says):
    assert says in difference(golden, outcome)


def test_an_unnamed_tensor_agrees_with_any_name_but_with_nothing_else():
    assert difference(["a:0"], ["?"], unnamed_matches=True) is None
    assert difference([3], ["?"], unnamed_matches=True)


@pytest.mark.parametrize("mode", MODES)
def test_what_is_returned_is_evaluated_in_order(mode):
    def before_and_after(tf):
        w = tf.get_variable("w", [2], initializer=tf.zeros_initializer())
        return {"first": [tf.identity(tf.assign(w, [1.0, 2.0])), "text"], "then": (tf.assign(w, [3.0, 4.0]), w)}

    expected = {"first": [[1.0, 2.0], "text"], "then": [[3.0, 4.0], [3.0, 4.0]]}
    assert MODES[mode](facts.Fact("harness", before_and_after)) == expected


@pytest.mark.parametrize("mode", MODES)
def test_an_error_is_an_outcome_and_leaves_nothing_behind(mode):
    def breaks(tf):
        with tf.variable_scope("a"):
            tf.get_variable("w", [2])
            raise KeyError("mine")

    expected = {"raises": ["KeyError", "LookupError", "Exception"], "says": "'mine'"}
    assert MODES[mode](facts.Fact("harness", breaks)) == expected


@pytest.mark.parametrize(("mode", "expected"), list(zip(MODES, [[1, 2], [1, 2], [1, 2], [3, 4], [3, 4]], strict=True)))
def test_steps_follow_one_another_and_a_second_pass_goes_on(mode, expected):
    def counts(tf):
        return tf.assign_add(tf.get_variable("w", [], tf.int32, initializer=tf.zeros_initializer()), 1)

    assert MODES[mode](facts.Fact("harness", steps(2)(counts))) == expected
