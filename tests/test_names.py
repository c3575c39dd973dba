"""TF1's names and what became of them: none missing without a reason, none added, signatures TF1's, no row stale."""

import inspect
import re

import pytest
import tensorflow as tf2

from tf1compat_wd import _namespace
from tf1compat_wd import names as tf1
from tf1compat_wd.names import status
from tf1compat_wd.names.moved import MOVED, RESTORED
from tf1compat_wd.names.not_offered import BEFORE_1_0, NOT_OFFERED
from tf1compat_wd.names.record import show_signature, show_value

V1 = tf2.compat.v1
ALL = tf1.tf1_names()

# Modules that are passed on as TensorFlow has them, so that they have no namespace of ours.
PASSED_ON = ("compat.v1", "compat.v2", "flags.tf_decorator", "keras", "raw_ops", "test.mock")

# TensorFlow's own functions and classes that can't be called in every way in which TF1's could, and why we pass them
# on all the same. Optional arguments added at the end need no row: every call that TF1 allowed means the same.
DRIFTED = {
    "tf.Operation": "made by TensorFlow, not by programs",
    "tf.OptionalSpec": "only the name of its one argument changed, and it is given by position",
    "tf.RaggedTensor": "made by its class methods; the constructor refuses callers in TF1 too",
    "tf.Tensor": "made by TensorFlow, not by programs",
    "tf.autograph.experimental.set_loop_options": "an experiment of 1.15; back_prop= has no successor",
    "tf.contrib.data.make_batched_features_dataset": "as the one in tf.data.experimental",
    "tf.contrib.eager.defun": "as tf.function",
    "tf.custom_gradient": "the argument became optional, for use as a decorator with parentheses",
    "tf.data.experimental.make_batched_features_dataset": "reader=None means TFRecordDataset, which was the default",
    "tf.distribute.cluster_resolver.SlurmClusterResolver": "None asks Slurm, where TF1 assumed one GPU",
    "tf.distribute.experimental.MultiWorkerMirroredStrategy": "an enumeration was renamed; TF1's values are accepted",
    "tf.errors.UnknownError": "made by TensorFlow; its class still says which code it has",
    "tf.flags.ArgumentParser": "absl's; recorded with the metaclass's signature",
    "tf.flags.ArgumentSerializer": "absl's; recorded with the metaclass's signature",
    "tf.flags.BooleanParser": "absl's; recorded with the metaclass's signature",
    "tf.flags.UnrecognizedFlagError": "absl's; the default of an error that absl itself makes",
    "tf.function": "arguments were put in after the third; nobody gives those by position",
    "tf.linalg.matmul": "as tf.matmul",
    "tf.matmul": "arguments were put in before the ninth, name; a wrapper would slow down the commonest of all calls",
    "tf.py_function": "the arguments became optional, for use as a decorator",
    "tf.random.experimental.create_rng_state": "only the name of an argument changed, and it is given by position",
    "tf.random_uniform_initializer": "a class that others inherit from; 0 became 0.0 as default",
    "tf.shape": "out_type=None means int32, which was the default",
    "tf.size": "out_type=None means int32, which was the default",
}

# Ours that extend a class of TensorFlow's whose constructor, which they inherit, has an optional argument more.
EXTENDED = ("tf.train.Optimizer",)

# Rows for what the list of TF1's names leaves out.
UNLISTED = ("tf.pywrap_tensorflow",)

# What describes the TensorFlow that is installed.
VERSIONS = re.compile(r"(VERSION|CXX11_ABI_FLAG|MONOLITHIC_BUILD|GRAPH_DEF_VERSION\w*)$")


def found(full_name):
    return _namespace.look_up(full_name)


def is_shown(full_name):
    parent, _, short_name = full_name.rpartition(".")
    return short_name in _namespace.public_names(parent.removeprefix("tf").removeprefix("."))


def is_module_member(name):
    return name.parent == "tf" or ALL[name.parent].kind == "module"


def offered_in(module):
    """The names in a module of TF1 (or in `tf.GraphKeys`) that work here and aren't modules themselves."""
    names = [ALL[f"{module}.{short_name}"] for short_name in tf1.members()[module]]
    return [name for name in names if name.kind != "module" and found(name.full_name) is not None]


each_module = pytest.mark.parametrize("module", sorted(tf1.members()))


# -------------------------------------------------------------------------------- the list itself


def test_the_list_has_tf1s_root_and_what_census_counts():
    assert len(tf1.members()["tf"]) == 631
    for name in ("tf.get_variable", "tf.contrib.slim.arg_scope", "tf.contrib.layers.l2_regularizer", "tf.layers.dense"):
        assert ALL[name].kind == "function"
    assert ALL["tf.GraphKeys.REGULARIZATION_LOSSES"].value == "'regularization_losses'"
    assert tf1.signature_of("tf.nn.l2_loss") == "t, name=None"


def test_an_alias_leads_to_the_signature():
    assert ALL["tf.contrib.rnn.static_rnn"].alias_of == "tf.nn.static_rnn"
    assert tf1.signature_of("tf.contrib.rnn.static_rnn") == tf1.signature_of("tf.nn.static_rnn") is not None
    assert tf1.signature_of("tf.no_such_name") is None


def test_every_alias_leads_somewhere():
    assert [name.full_name for name in ALL.values() if name.alias_of and name.alias_of not in ALL] == []


def test_our_modules_are_tf1s_modules():
    modules = {
        name.full_name.removeprefix("tf.") for name in ALL.values() if name.kind == "module" and not name.alias_of
    }
    assert modules >= _namespace.MODULES
    left_out = modules - _namespace.MODULES - set(PASSED_ON)
    assert [path for path in left_out if status.status_of(f"tf.{path}").is_offered] == []


# ---------------------------------------------------------------------- none missing, none added


@each_module
def test_no_name_is_missing_without_a_reason(module):
    for short_name in tf1.members()[module]:
        name = ALL[f"{module}.{short_name}"]
        said = status.status_of(name.full_name)
        if is_module_member(name):
            assert is_shown(name.full_name) == said.is_offered, name.full_name
        if not said.is_offered:
            assert said.reason, name.full_name


@each_module
def test_the_static_status_is_the_one_seen(module):
    said = {name.full_name: status.status_of(name.full_name).status for name in offered_in(module)}
    assert said == {name.full_name: found(name.full_name).origin for name in offered_in(module)}


def test_what_is_not_in_tf1_has_no_status():
    assert status.status_of("tf.no_such_name") is None


def test_tracking_is_the_only_name_that_is_added():
    assert set(_namespace.public_names("")) - set(tf1.members()["tf"]) == {"tracking"}
    for path in _namespace.MODULES:
        assert set(_namespace.public_names(path)) <= set(tf1.members().get(f"tf.{path}", ())), path


def test_what_our_files_say_is_ours_is_tf1s():
    assert status.own_names("") - set(tf1.members()["tf"]) == {"tracking"}
    for path in _namespace.MODULES:
        ours = status.own_names(path) or frozenset()
        assert ours <= set(tf1.members().get(f"tf.{path}", ())), path


@each_module
def test_what_tf1_called_one_thing_stays_one(module):
    for name in offered_in(module):
        other = found(name.alias_of) if name.alias_of else None
        if other is not None and other.origin == "ours":
            assert found(name.full_name).value is other.value, name.full_name


# ------------------------------------------------------------------------------------ signatures


def parameters(signature):
    """The comma-separated parameters of a recorded signature; commas inside brackets and strings don't count."""
    return re.findall(r"(?:[^,\[('\"]|\[[^\]]*\]|\([^)]*\)|'[^']*'|\"[^\"]*\")+", signature.replace(", ", ","))


def takes_all_calls_of(ours, of_tf1):
    """TF1's parameters first, as they were, and after them only optional ones."""
    ours, of_tf1 = parameters(ours), parameters(of_tf1)
    added = ours[len(of_tf1) :]
    return ours[: len(of_tf1)] == of_tf1 and all("=" in parameter or parameter.startswith("*") for parameter in added)


def test_parameters_are_told_apart():
    assert parameters("a, b=[1, 2], c=', ', **kwargs") == ["a", "b=[1,2]", "c=','", "**kwargs"]
    assert takes_all_calls_of("a, b=1, c=2", "a, b=1")
    assert not takes_all_calls_of("a, c=2, b=1", "a, b=1")
    assert not takes_all_calls_of("a, b=1, c", "a, b=1")


@each_module
def test_signatures_are_tf1s(module):
    for name in offered_in(module):
        expected = tf1.signature_of(name.full_name)
        if name.kind == "value" or expected is None:
            continue
        value, origin = found(name.full_name)
        assert inspect.isclass(value) == (name.kind == "class"), name.full_name
        if origin == "ours" and name.full_name not in EXTENDED:
            assert show_signature(value) == expected, name.full_name
        elif not {name.full_name, name.alias_of} & set(DRIFTED):
            assert takes_all_calls_of(show_signature(value), expected), name.full_name


@pytest.mark.parametrize("name", sorted(DRIFTED))
def test_no_drift_is_excused_that_is_not_there(name):
    here = found(name)
    assert here.origin == "same"
    assert not takes_all_calls_of(show_signature(here.value), tf1.signature_of(name))


@each_module
def test_values_are_tf1s(module):
    for name in offered_in(module):
        if name.kind != "value":
            continue
        value = found(name.full_name).value
        if VERSIONS.search(name.full_name):
            assert isinstance(value, str | int), name.full_name
        else:
            assert show_value(value) == name.value, name.full_name


# ----------------------------------------------------------------------------- hand-written tables


def below(row):
    return [name for name in ALL if name == row or name.startswith(f"{row}.")]


@pytest.mark.parametrize("row", sorted(NOT_OFFERED))
def test_no_row_is_kept_for_names_that_work(row):
    """A row speaks for a name that is missing, or for a package that ended before TF 1.15."""
    if row in UNLISTED:
        assert found(f"{row}.anything") is None
    elif below(row):
        assert not all(status.status_of(name).is_offered for name in below(row))
    else:
        assert found(row) is None


@pytest.mark.parametrize("row", sorted(NOT_OFFERED))
def test_what_a_row_advises_exists(row):
    for root, path in re.findall(r"\b(tf2?)\.([A-Za-z_][\w.]*\w)", NOT_OFFERED[row].instead):
        if root == "tf":
            assert found(f"tf.{path}") is not None, path
            continue
        thing = tf2
        for part in path.split("."):
            thing = getattr(thing, part)


def test_rows_are_sentences():
    for name, row in NOT_OFFERED.items():
        assert row.reason, name
        assert not row.reason.endswith("."), name
        assert row.instead == "" or row.instead.endswith("."), name


def test_renamed_names_were_names_before_and_are_names_since():
    for old, new in BEFORE_1_0.items():
        assert old not in ALL, old
        assert new in ALL, new


# TensorFlow's take all the arguments of TF1's, and give something else (topics nn_ops and script_ops).
OTHER_RESULTS = {
    "angle": "pi for negative real numbers",
    "bincount": "refuses other integers than int32 and int64",
    "constant": "eagerly refuses to repeat the last value",
    "image.per_image_standardization": "float32, whatever the image was",
    "math.angle": "pi for negative real numbers",
    "math.bincount": "refuses other integers than int32 and int64",
    "parallel_stack": "not in eager mode",
    "random.uniform": "floats from 0 to 1 take fewer operations, after which seeds differ (legacy program: seeded)",
    "random_uniform": "floats from 0 to 1 take fewer operations, after which seeds differ (legacy program: seeded)",
    "py_func": "eagerly takes the tensor out of a list of one, and doesn't look at the dtype",
}


@pytest.mark.parametrize("path", sorted(RESTORED))
def test_nothing_is_restored_that_tensorflow_has(path):
    signature = tf1.signature_of(f"tf.{path}")
    assert show_signature(found(f"tf.{path}").value) == signature
    if path in OTHER_RESULTS:
        return
    try:
        theirs = V1
        for part in path.split("."):
            theirs = getattr(theirs, part)
    except AttributeError:
        return
    # TensorFlow 2.16 still had TF1's scatter functions.
    is_old = tuple(map(int, tf2.__version__.split(".")[:2])) < (2, 17) and "scatter" in path
    assert is_old or not takes_all_calls_of(show_signature(theirs), signature)


@pytest.mark.parametrize("path", sorted(set(MOVED) - {"compat.v1"}))
def test_nothing_is_moved_that_is_found_without(path):
    assert f"tf.{path}" in ALL
    here, target = found(f"tf.{path}"), found(f"tf.{MOVED[path]}")
    assert here.value is target.value
    theirs = V1
    for part in path.split("."):
        theirs = getattr(theirs, part, None)
    assert theirs is not here.value
    alias = ALL[f"tf.{path}"].alias_of
    assert theirs is not None or alias is None or found(alias) is None
