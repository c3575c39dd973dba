"""Every name below tf.contrib that counted programs use works, as a fact or test shows, or says why it is missing.

The names were counted in 41 well-known programs for TensorFlow 1. `census_of_contrib.txt` has a line for each: how many
programs use it, the name, and

    gone            it stands in `names/not_offered.py`, with the reason and what to use
    module          it is a package or a file, whose names are counted by themselves
    tensorflow      a file of TensorFlow's own, which has it to this day, for TPUs
    topic.fact      the fact, recorded on TF 1.15.5 and replayed in every mode, that uses it
    test_file.py    the tests here that use it with TF 1.15.5's numbers, where a fact can't: sessions and files
"""

import importlib
import inspect
import re
from functools import cache
from pathlib import Path

import facts
import pytest

import tf1compat_wd as tf
from tf1compat_wd import _namespace
from tf1compat_wd import names as tf1
from tf1compat_wd.names.not_offered import reason_for

HERE = Path(__file__).parent
ROWS = [line.split() for line in (HERE / "census_of_contrib.txt").read_text().splitlines()]


def resolve(full_name):
    """What a name stands for, TF1's own folders (tf.contrib.layers.python.layers.utils) included."""
    found = _namespace.look_up(full_name)
    if found is not None:
        return found.value
    parts = full_name.split(".")[1:]
    for end in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(["tf1compat_wd", *parts[:end]]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            thing = getattr(thing, part, None)
        return None if repr(thing).startswith("<not offered") else thing  # it can be imported, and raises when used
    return None


@cache
def all_facts():
    return {fact.id: fact for fact in facts.all_facts()}


def source_of(shown_by):
    """The source of a fact, with the helpers of its file, or of a file of tests."""
    if shown_by.endswith(".py"):
        return (HERE / shown_by).read_text()
    return all_facts()[shown_by].source()


def short_names_of(full_name):
    """What TF1 calls the same thing, without modules: conv2d, convolution2d."""
    name = tf1.tf1_names().get(full_name)
    root = full_name if name is None or name.alias_of is None else name.alias_of
    same = {each.short_name for each in tf1.tf1_names().values() if root in (each.full_name, each.alias_of)}
    return same | {full_name.rpartition(".")[2]}


@pytest.mark.parametrize(("programs", "full_name", "shown_by"), ROWS, ids=[row[1] for row in ROWS])
def test_what_programs_use_is_shown_or_says_why_not(programs, full_name, shown_by):
    thing = resolve(full_name)
    if shown_by == "gone":
        assert thing is None, f"{full_name} is there: name what shows it"
        row = reason_for(full_name)
        assert row is not None, f"{full_name} is neither offered nor explained"
        assert row[1].status == "gone", f"{full_name} isn't written yet"
        assert row[1].reason
        assert row[1].instead
    elif shown_by == "module":
        assert inspect.ismodule(thing)
    elif shown_by == "tensorflow":
        assert thing.__module__.startswith("tensorflow.")
    else:
        assert thing is not None
        assert not inspect.ismodule(thing)
        words = set(re.findall(r"\w+", source_of(shown_by)))
        assert words & short_names_of(full_name), f"{shown_by} doesn't use it"


def test_what_several_programs_use_is_counted():
    assert sum(int(programs) > 1 for programs, _, _ in ROWS) == 125
    assert len(ROWS) == len({row[1] for row in ROWS}) == 316


def test_the_records_of_model_functions():
    assert tf.estimator.ModeKeys.TRAIN == "train"
    assert tf.estimator.EstimatorSpec._fields[0] == "mode"
