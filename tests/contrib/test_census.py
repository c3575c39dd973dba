"""Every name below tf.contrib that several counted programs use is there, or says why it isn't and what to use.

The names were counted in 41 well-known programs for TensorFlow 1; here are those that two or more use.
"""

import importlib
import sys
from pathlib import Path

import pytest

import tf1compat_wd as tf
from tf1compat_wd import _namespace
from tf1compat_wd.names.not_offered import reason_for

NAMES = (Path(__file__).parent / "census_of_contrib.txt").read_text().split()

# Written by others at this moment; take a name out when it is there.
PENDING: tuple[str, ...] = ()


def resolve(full_name):
    """What a name stands for, TF1's own folders (tf.contrib.layers.python.layers.utils) included."""
    found = _namespace.look_up(full_name)
    if found is not None:
        return found.value
    parts = full_name.split(".")[1:]
    for end in range(len(parts), 0, -1):
        module_name = ".".join(["tf1compat_wd", *parts[:end]])
        if module_name in sys.modules:
            thing = importlib.import_module(module_name)
            for part in parts[end:]:
                thing = getattr(thing, part, None)
            return thing
    return None


@pytest.mark.parametrize("full_name", NAMES)
def test_what_several_programs_use_is_there_or_says_why_not(full_name):
    if full_name in PENDING:
        pytest.skip("being written")
    if resolve(full_name) is not None:
        return
    row = reason_for(full_name)
    assert row is not None, f"{full_name} is neither offered nor explained"
    assert row[1].status == "gone", f"{full_name} isn't written yet"
    assert row[1].reason
    assert row[1].instead


def test_nothing_is_pending_that_is_there():
    assert [name for name in PENDING if resolve(name) is not None] == []


def test_the_records_of_model_functions():
    assert tf.estimator.ModeKeys.TRAIN == "train"
    assert tf.estimator.EstimatorSpec._fields[0] == "mode"
