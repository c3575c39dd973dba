"""How names are found: imports, dir(), errors, and questions that Python itself asks of a module."""

import copy
import doctest
import importlib
import inspect
import pickle
import subprocess
import sys
import types

import pytest
import tensorflow as tf2

import tf1compat_wd as tf
from tf1compat_wd import _namespace

V1 = tf2.compat.v1


def message_of(full_name):
    """What somebody reads who asks for a name in vain."""
    path, _, name = full_name.removeprefix("tf.").rpartition(".")
    module = importlib.import_module(f"tf1compat_wd.{path}".removesuffix("."))
    with pytest.raises(AttributeError) as caught:
        getattr(module, name)
    return str(caught.value)


# ------------------------------------------------------------------------------ names that work


def test_ours_come_before_tensorflows():
    assert tf.get_variable.__module__.startswith("tf1compat_wd.")
    assert tf.nn.top_k is not V1.nn.top_k


def test_other_names_are_tensorflows():
    assert tf.matmul is V1.matmul
    assert tf.image.resize_images is V1.image.resize_images
    assert tf.gfile.Exists is V1.gfile.Exists
    assert tf.train.Coordinator is V1.train.Coordinator
    assert tf.data.experimental.map_and_batch is V1.data.experimental.map_and_batch
    assert tf.app.flags is tf.flags


def test_a_name_is_looked_up_once():
    vars(tf).pop("reduce_logsumexp", None)
    assert tf.reduce_logsumexp is vars(tf)["reduce_logsumexp"]


def test_a_name_newer_than_tf1_is_found_but_not_shown():
    assert tf.executing_eagerly_outside_functions is V1.executing_eagerly_outside_functions
    assert "executing_eagerly_outside_functions" not in dir(tf)


def test_keras_is_tensorflows():
    assert tf.keras.layers.Dense is tf2.keras.layers.Dense


def test_compat_v1_is_this_api():
    """A program that went through tf_upgrade_v2 says tf.compat.v1.get_variable."""
    assert tf.compat.v1 is tf
    assert tf.compat.as_bytes("a") == b"a"
    assert tf.compat.v2.__name__ == V1.compat.v2.__name__


def test_a_name_of_contrib_leads_to_the_same_thing_elsewhere():
    assert tf.contrib.rnn.static_rnn is tf.nn.static_rnn
    assert tf.contrib.distributions.Normal is tf.distributions.Normal
    assert tf.contrib.data.map_and_batch is tf.data.experimental.map_and_batch
    assert tf.estimator.SessionRunHook is tf.train.SessionRunHook
    assert tf.initializers.global_variables is tf.global_variables_initializer


def test_the_version_is_tensorflows():
    assert tf.__version__ == tf.VERSION == tf2.__version__
    assert tf.__git_version__ == tf.GIT_VERSION


def test_calling_something_from_each_kind_of_module():
    assert tf.reduce_sum(tf.constant([1, 2])).numpy() == 3
    assert tf.contrib.util.constant_value(tf.constant(3)) == 3
    assert tf.bitwise.bitwise_and(6, 3).numpy() == 2
    batches = tf.data.Dataset.range(5).apply(tf.contrib.data.batch_and_drop_remainder(2))
    assert [batch.tolist() for batch in batches.as_numpy_iterator()] == [[0, 1], [2, 3]]


# -------------------------------------------------------------------------- restored functions


def test_restored_functions_compute_what_tensorflows_do():
    logits, labels = tf.constant([[1.0, 2.0]]), tf.constant([[0.0, 1.0]])
    for name in ("softmax_cross_entropy_with_logits", "sigmoid_cross_entropy_with_logits"):
        ours, theirs = getattr(tf.nn, name), getattr(V1.nn, name)
        assert (ours(labels=labels, logits=logits) == theirs(labels=labels, logits=logits)).numpy().all()
    assert tf.nn.top_k([1, 3, 2], 2, True, "two")[1].numpy().tolist() == [1, 2]
    assert tf.scatter_nd([[1]], [5], [3], "spread").numpy().tolist() == [0, 5, 0]
    assert tf.tensor_scatter_add([1, 1], [[0]], [5]).numpy().tolist() == [6, 1]
    assert tf.tensor_scatter_nd_sub([1, 1], [[0]], [5]).numpy().tolist() == [-4, 1]
    assert tf.numpy_function(lambda x: x + 1, [tf.constant(1)], tf.int32, "more").numpy() == 2


@pytest.mark.parametrize("kind", ["softmax", "sigmoid", "sparse_softmax"])
def test_cross_entropies_refuse_positional_arguments_as_tf1_did(kind):
    """TensorFlow 2 takes (labels, logits): the order of TensorFlow 0.x would give wrong numbers in silence."""
    name = f"{kind}_cross_entropy_with_logits"
    cross_entropy = getattr(tf.nn, name)
    with pytest.raises(ValueError, match=rf"^Only call `{name}` with named arguments \(labels=..., logits=..., ...\)$"):
        cross_entropy(tf.constant([[1.0, 2.0]]), tf.constant([[0.0, 1.0]]))
    with pytest.raises(ValueError, match=r"^Both labels and logits must be provided\.$"):
        cross_entropy(logits=tf.constant([[1.0, 2.0]]))


# ------------------------------------------------------------------------------------- imports


@pytest.mark.parametrize("path", sorted(_namespace.MODULES))
def test_each_module_of_tf1_can_be_imported(path):
    module = importlib.import_module(f"tf1compat_wd.{path}")
    assert module.__name__ == f"tf1compat_wd.{path}"
    parent = importlib.import_module(module.__name__.rpartition(".")[0])
    assert getattr(parent, path.rpartition(".")[2]) is module
    assert module.__doc__


def test_the_forms_of_import():
    namespace = {}
    exec(
        "import tf1compat_wd.gfile\n"
        "import tf1compat_wd.contrib.layers as layers\n"
        "import tf1compat_wd.train as train\n"
        "from tf1compat_wd.contrib import slim\n"
        "from tf1compat_wd.image import resize_images\n"
        "from tf1compat_wd import keras, nn\n",
        namespace,
    )
    assert namespace["tf1compat_wd"] is tf
    assert namespace["layers"] is tf.contrib.layers
    assert namespace["train"] is tf.train
    assert namespace["slim"] is tf.contrib.slim
    assert namespace["resize_images"] is tf.image.resize_images
    assert namespace["nn"] is tf.nn


def test_importing_a_name_that_is_missing_raises_import_error():
    with pytest.raises(ImportError, match="cannot import name 'get_varable'"):
        exec("from tf1compat_wd import get_varable")


def test_star_import_gives_tf1s_public_names():
    namespace = {}
    exec("from tf1compat_wd import *", namespace)
    given = set(namespace) - {"__builtins__"}
    assert given == set(dir(tf))
    assert namespace["get_variable"] is tf.get_variable
    assert namespace["abs"] is V1.abs  # TF1's star import hid Python's own, too


def test_star_import_of_a_module_without_a_file():
    namespace = {}
    exec("from tf1compat_wd.gfile import *", namespace)
    assert set(namespace) - {"__builtins__"} == set(dir(tf.gfile))


def test_a_package_of_ours_needs_only_its_all(tmp_path):
    """`tf.gfile` as it could be: a file with `__all__`, and nothing else changed."""
    program = """
import sys, types
import tf1compat_wd
from tf1compat_wd import _namespace

tf1compat_wd.__path__.append(sys.argv[1])
del sys.modules["tf1compat_wd.gfile"], _namespace._own_names["gfile"]
tf = tf1compat_wd
assert tf.gfile.Exists() == "ours"
assert "Exists" in dir(tf.gfile) and not {"helper", "os"} & set(dir(tf.gfile)), dir(tf.gfile)
assert "gfile" in dir(tf)
try:
    tf.gfile.Exist
except AttributeError as error:
    assert "Did you mean 'Exists'" in str(error)
else:
    raise AssertionError
"""
    (tmp_path / "gfile").mkdir()
    (tmp_path / "gfile" / "__init__.py").write_text(
        "import os\n__all__ = ['Exists']\ndef Exists(): return 'ours'\ndef helper(): pass\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)


# --------------------------------------------------------------------------------------- dir()


def test_dir_shows_tf1s_names():
    assert {"get_variable", "nn", "train", "float32", "matmul", "tracking", "contrib"} <= set(dir(tf))
    assert "resize_images" in dir(tf.image)
    assert {"AdamOptimizer", "get_global_step"} <= set(dir(tf.train))


def test_what_dir_shows_is_sorted_public_and_there():
    for path in ["", *sorted(_namespace.MODULES)]:
        module = importlib.import_module(f"tf1compat_wd.{path}".removesuffix("."))
        assert dir(module) == sorted(set(dir(module))), path
        for name in dir(module):
            assert not name.startswith("_"), path
            assert hasattr(module, name), path


def test_dir_leaves_out_modules_with_nothing_in_them():
    assert "tensor_forest" not in dir(tf.contrib)
    assert dir(tf.contrib.tensor_forest) == []


# -------------------------------------------------------------------------------------- errors


def test_a_misspelt_name():
    assert message_of("tf.get_varable").startswith(
        "module 'tf1compat_wd' has no attribute 'get_varable'\n\nDid you mean 'get_variable',"
    )
    assert message_of("tf.train.AdamOptimiser") == (
        "module 'tf1compat_wd.train' has no attribute 'AdamOptimiser'\n\n"
        "Did you mean 'AdamOptimizer' or 'AdagradOptimizer'?"
    )
    assert message_of("tf.Get_Variable").endswith("Did you mean 'get_variable'?")


def test_a_name_from_another_module():
    assert message_of("tf.l2_loss").endswith("Did you mean tf.nn.l2_loss?")


def test_a_name_that_nothing_resembles():
    assert message_of("tf.contrib.zzz") == "module 'tf1compat_wd.contrib' has no attribute 'zzz'"


def test_a_name_that_is_gone():
    assert message_of("tf.contrib.tpu.InfeedQueue") == (
        "module 'tf1compat_wd.contrib.tpu' has no attribute 'InfeedQueue'\n\n"
        "tf.contrib.tpu drove TPUs through tf.estimator's sessions, and TensorFlow 2 drives them in another way. "
        "Without a TPU, write the training loop on the CPU or GPU. With one, use tf2.distribute.TPUStrategy."
    )
    assert message_of("tf.contrib.lookup.IdTableWithHashBuckets").endswith(
        "tf.contrib.lookup.IdTableWithHashBuckets was renamed. Use tf.lookup.StaticVocabularyTable."
    )


def test_a_name_below_a_package_that_is_gone():
    assert "Use tensorflow_decision_forests." in message_of("tf.contrib.tensor_forest.client")


def test_a_misspelt_name_that_is_gone():
    assert message_of("tf.contrib.lookup.IdTableWithHashBucket").endswith(
        "Did you mean 'IdTableWithHashBuckets'? tf.contrib.lookup.IdTableWithHashBuckets was renamed. "
        "Use tf.lookup.StaticVocabularyTable."
    )


def test_a_name_that_is_not_written_yet():
    from tf1compat_wd.names.messages import Missing, no_such_name

    message = no_such_name(Missing("tf1compat_wd.estimator", "tf.estimator.DNNClassifier", (), False))
    assert message.startswith(
        "module 'tf1compat_wd.estimator' has no attribute 'DNNClassifier'\n\n"
        "tf.estimator.DNNClassifier isn't written yet in this version of tf1compat_wd. Give a model function"
    )


def test_a_name_of_tensorflow_before_1_0():
    assert message_of("tf.mul").endswith("TensorFlow 1.0 renamed tf.mul: it is tf.multiply since then.")
    assert message_of("tf.train.SummaryWriter").endswith("it is tf.summary.FileWriter since then.")


def test_a_name_of_tensorflow_2():
    assert message_of("tf.optimizers").endswith(
        "tf.optimizers is TensorFlow 2's; TensorFlow 1 had no such name. To use both, "
        "`import tensorflow as tf2` beside this one and write tf2.optimizers."
    )


def test_python_adds_no_suggestion_of_its_own():
    program = "import tf1compat_wd as tf; tf.get_varable"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.lower().count("did you mean") == 1


def test_hasattr_and_getattr_with_a_default_work():
    assert not hasattr(tf, "get_varable")
    assert getattr(tf.contrib.tpu, "InfeedQueue", None) is None


# ---------------------------------------------------------------- what Python asks of a module


@pytest.mark.parametrize("module", [tf, tf.gfile, tf.train, tf.contrib.slim], ids=lambda module: module.__name__)
def test_no_private_name_is_made_up(module):
    for name in ("__wrapped__", "__deepcopy__", "_repr_html_", "__no_such_name__", "__test__"):
        assert not hasattr(module, name)
    assert isinstance(module, types.ModuleType)


def test_only_packages_have_a_path():
    assert hasattr(tf, "__path__")
    assert not hasattr(tf.gfile, "__path__")


def test_copy_pickle_and_inspect_survive():
    assert copy.copy(tf.image.resize_images) is tf.image.resize_images
    assert pickle.loads(pickle.dumps(tf.nn.top_k)) is tf.nn.top_k
    assert pickle.loads(pickle.dumps(tf.get_variable)) is tf.get_variable
    with pytest.raises(TypeError, match="cannot pickle 'module' object"):
        copy.deepcopy(tf.gfile)
    assert inspect.getdoc(tf.gfile) == "TF1's tf.gfile, of which nothing is ours."
    assert inspect.unwrap(tf) is tf
    assert dict(inspect.getmembers(tf.gfile))["Exists"] is V1.gfile.Exists
    assert inspect.getmodule(tf.nn.top_k) is sys.modules["tf1compat_wd._restored_names"]
    assert repr(tf.gfile) == "<module 'tf1compat_wd.gfile'>"


def test_doctest_finds_nothing_in_a_module_without_a_file():
    assert [test.name for test in doctest.DocTestFinder(recurse=False).find(tf.gfile) if test.examples] == []


def test_every_file_that_is_a_module_of_tf1_gives_tf1s_names():
    """Without names_of(), `import tf1compat_wd.train` would find ours only."""
    for path in _namespace._modules_with_a_file(tf.__path__):
        module = importlib.import_module(f"tf1compat_wd.{path}")
        assert module.__getattr__.__module__ == _namespace.__name__, path
        assert isinstance(module.__all__, list), path
