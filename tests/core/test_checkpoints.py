"""Checkpoints of a tracking scope: TF1's files both ways, what can go wrong, and variables that don't exist yet."""

import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

GOLDEN = Path(__file__).parent.parent / "golden" / "checkpoints"
VALUES = json.loads((GOLDEN / "values.json").read_text())


with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(GOLDEN)
    programs = importlib.import_module("checkpoint_programs")


def fresh_scope():
    return tf.tracking.VariableTrackingScope("net", tape=True)


def as_data(value):
    """Bit by bit, as `on_tf1.py` writes it."""
    value = np.asarray(value)
    if value.dtype == object:
        return ["string", list(value.shape), [item.decode("utf-8") for item in value.ravel()]]
    return [str(value.dtype), list(value.shape), value.tobytes().hex()]


def values_of(scope):
    return {variable.name: as_data(variable.numpy()) for variable in scope.global_variables}


def run_in(scope, program, way, steps=1):
    """`steps` passes of a program of `golden/checkpoints/checkpoint_programs.py`; the losses."""

    def step():
        with scope:
            _, loss = programs.PROGRAMS[program](tf)
        return 0.0 if loss is None else loss

    run = way(step)
    return [float(run()) for _ in range(steps)]


def model():
    """Three variables: [2] and [2] in a scope, and a tf.Variable []."""
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        u = tf.get_variable("u", [2], initializer=tf.zeros_initializer())
    return tf.reduce_sum(w * u) + tf.Variable(3.0, name="v")


def scope_with(function=model):
    scope = fresh_scope()
    with scope:
        function()
    return scope


def set_all(scope, value):
    for variable in scope.variables:
        variable.assign(tensorflow.fill(variable.shape, tensorflow.cast(value, variable.dtype)))


@pytest.fixture
def saved(tmp_path):
    """A checkpoint of `model` with sevens everywhere."""
    scope = scope_with()
    set_all(scope, 7.0)
    return scope.save(tmp_path / "model")


# ---------------------------------------------------------------------------- TF 1.15's files


@pytest.mark.parametrize("name", VALUES)
def test_a_checkpoint_of_tf1_restores_bit_by_bit(name, way):
    scope = fresh_scope()
    run_in(scope, VALUES[name]["program"], way)
    report = scope.restore(GOLDEN / name)
    assert values_of(scope) == VALUES[name]["values"]
    assert report.missing == report.unexpected == []
    assert sorted(report.restored) == [entry for entry, _ in VALUES[name]["names"]]


@pytest.mark.parametrize("name", VALUES)
def test_a_checkpoint_of_tf1_restores_before_the_first_pass(name, way):
    scope = fresh_scope()
    report = scope.restore(str(GOLDEN / name))
    assert len(report.unexpected) == len(VALUES[name]["names"])
    steps = programs.STEPS_AFTER if "after" in VALUES[name] else 1
    losses = run_in(scope, VALUES[name]["program"], way, steps)
    assert report.missing == report.unexpected == []
    if "after" not in VALUES[name]:
        assert values_of(scope) == VALUES[name]["values"]
        return
    after = VALUES[name]["after"]
    np.testing.assert_allclose(losses, after["losses"], rtol=1e-5)
    for variable in scope.global_variables:
        _, shape, data = after["values"][variable.name]
        expected = np.frombuffer(bytes.fromhex(data), variable.dtype.as_numpy_dtype).reshape(shape)
        np.testing.assert_allclose(variable.numpy(), expected, rtol=1e-4, atol=1e-6, err_msg=variable.name)


@pytest.mark.parametrize("name", VALUES)
def test_what_a_scope_saves_has_the_same_names_and_values_as_tf1s(name, tmp_path):
    scope = fresh_scope()
    scope.restore(GOLDEN / name)
    with scope:
        programs.PROGRAMS[VALUES[name]["program"]](tf)
    scope.restore(GOLDEN / name)  # undo the step
    path = scope.save(tmp_path / "model")
    assert [[entry, shape] for entry, shape in tf.train.list_variables(path)] == VALUES[name]["names"]
    again = fresh_scope()
    again.restore(path)
    with again:
        programs.PROGRAMS[VALUES[name]["program"]](tf)
    again.restore(path)
    assert values_of(again) == VALUES[name]["values"]


@pytest.mark.skipif("TF1_PYTHON" not in os.environ, reason="TF1_PYTHON names no Python with TensorFlow 1.15")
@pytest.mark.parametrize("name", VALUES)
def test_tf1_restores_what_a_scope_saves(name, tmp_path):
    program = VALUES[name]["program"]
    scope = fresh_scope()
    run_in(scope, program, lambda step: step)
    scope.restore(GOLDEN / name)
    for _ in range(2):  # the second has its values in a file with another name
        path = scope.save(tmp_path / "model")
    command = [os.environ["TF1_PYTHON"], str(GOLDEN / "on_tf1.py"), "show", program, path]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(shown) == VALUES[name]["values"]


def test_a_whole_variable_restores_from_slices_and_slices_from_a_whole_variable(tmp_path):
    def whole():
        return tf.get_variable("w", [5, 2], initializer=tf.zeros_initializer())

    def sliced(shards):
        def make():
            partitioner = tf.fixed_size_partitioner(shards)
            return tf.get_variable("w", [5, 2], initializer=tf.zeros_initializer(), partitioner=partitioner)

        return make

    numbers = np.arange(10.0, dtype=np.float32).reshape(5, 2)
    scope = scope_with(whole)
    scope.variables[0].assign(numbers)
    path = scope.save(tmp_path / "whole")
    for shards in (2, 3):
        for is_late in (False, True):
            other = fresh_scope() if is_late else scope_with(sliced(shards))
            report = other.restore(path)
            with other:
                value = tf.convert_to_tensor(sliced(shards)())
            assert (value.numpy().tolist(), report.unexpected) == (numbers.tolist(), [])
            path = other.save(tmp_path / f"{shards}{is_late}")
            assert tf.train.list_variables(path) == [("w", [5, 2])]
    scope.restore(path)
    assert scope.variables[0].numpy().tolist() == numbers.tolist()


def test_variables_made_under_a_strategy_are_saved_and_restored(tmp_path):
    strategy = tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tensorflow.distribute.ReductionToOneDevice())
    scope = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function
    def step():
        def replica():
            with scope:
                return model()

        return strategy.run(replica)

    step()
    set_all(scope, 7.0)
    path = scope.save(tmp_path / "model")
    set_all(scope, 1.0)
    scope.restore(path)
    assert {v.name: float(np.max(v.numpy())) for v in scope.variables} == {"a/w:0": 7.0, "a/u:0": 7.0, "v:0": 7.0}
    fresh, scope = scope, tf.tracking.VariableTrackingScope("net")
    report = scope.restore(path)
    tensorflow.function(lambda: strategy.run(lambda: _in(scope)))()
    assert [v.values[1].numpy().max() for v in scope.variables] == [7.0, 7.0, 7.0]
    assert (report.unexpected, len(fresh.variables)) == ([], 3)


def _in(scope):
    with scope:
        return model()


# ------------------------------------------------------------------------------------- restoring


def test_local_variables_are_neither_saved_nor_asked_for(tmp_path):
    def with_local():
        model()
        return tf.get_local_variable("count", [], initializer=tf.zeros_initializer())

    scope = scope_with(with_local)
    path = scope.save(tmp_path / "model")
    assert [name for name, _ in tf.train.list_variables(path)] == ["a/u", "a/w", "v"]
    assert scope.restore(path).missing == []


def test_what_is_not_asked_for_is_reported(saved):
    scope = scope_with(lambda: tf.get_variable("a/w", [2]))
    report = scope.restore(saved)
    assert (report.restored, report.unexpected) == (["a/w"], ["a/u", "v"])
    assert repr(report) == f"Restored from {saved}: 1 of 3 values\n  not asked for: a/u, v"


def test_a_later_pass_gets_what_an_earlier_one_did_not_ask_for(saved, way):
    scope = scope_with(lambda: tf.get_variable("a/w", [2]))
    report = scope.restore(saved)

    def step():
        with scope:
            return model()

    assert float(way(step)()) == 2 * 7.0 * 7.0 + 7.0
    assert (report.restored, report.unexpected) == (["a/w", "a/u", "v"], [])


def test_what_was_restored_early_survives_the_files(saved):
    scope = fresh_scope()
    scope.restore(saved)
    shutil.rmtree(Path(saved).parent)
    with scope:
        model()
    assert scope.variables_by_name["a/w"].numpy().tolist() == [7.0, 7.0]


def test_training_may_begin_with_weights_alone(tmp_path, way):
    path = scope_with(lambda: tf.get_variable("w", [2])).save(tmp_path / "weights")
    scope = fresh_scope()
    report = scope.restore(path)

    def train():
        with scope:
            w = tf.get_variable("w", [2])
            step = tf.Variable(0, name="global_step", trainable=False)
            train = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(w), global_step=step)
            with tf.control_dependencies([train]):
                tf.train.ExponentialMovingAverage(0.9).apply([w])
        return 0.0

    way(train)()
    state = ["global_step", "beta1_power", "beta2_power", "w/Adam", "w/Adam_1", "w/ExponentialMovingAverage"]
    assert (report.restored, report.missing) == (["w"], state)


def test_slots_of_ones_own_making_are_training_state_too(saved):
    scope = fresh_scope()
    report = scope.restore(saved)
    with scope:
        model()
        slot = tf.get_variable("a/w/adam_m", [2], initializer=tf.zeros_initializer(), trainable=False)
    assert (report.missing, slot.numpy().max()) == (["a/w/adam_m"], 0.0)


def test_a_weight_that_is_missing_raises_where_it_is_made_in_every_pass(saved):
    scope = fresh_scope()
    scope.restore(saved)
    for _ in range(2):
        with scope, pytest.raises(tf.errors.NotFoundError, match="Key head/w not found in checkpoint"):
            tf.get_variable("head/w", [3])
    assert scope.variables == ()


def test_a_weight_of_another_shape_raises_where_it_is_made_in_every_pass(saved):
    scope = fresh_scope()
    scope.restore(saved)
    for _ in range(2):
        with scope, pytest.raises(tf.errors.InvalidArgumentError, match=r"a/w: shape \[2\] in the checkpoint, \[3\]"):
            tf.get_variable("a/w", [3])
    assert scope.variables == ()


def test_a_shard_that_is_missing_raises_in_every_pass(saved):
    scope = fresh_scope()
    scope.restore(saved)
    for _ in range(2):
        with scope, pytest.raises(tf.errors.NotFoundError, match="Key table not found in checkpoint"):
            tf.get_variable("table", [4], partitioner=tf.fixed_size_partitioner(2))


def test_what_is_skipped_is_left_alone_early_and_late(saved):
    for scope in (scope_with(), fresh_scope()):
        report = scope.restore(saved, skip=["a/u", "head"])
        with scope:
            model()
            tf.get_variable("head/w", [3])
        values = {name: variable.numpy().max() for name, variable in scope.variables_by_name.items()}
        assert (values["a/w"], values["a/u"], values["v"]) == (7.0, 0.0, 7.0)
        assert (report.missing, report.unexpected) == ([], ["a/u"])


def test_what_is_missing_may_be_left_alone_early_and_late(saved):
    def more():
        return [model(), tf.get_variable("head/w", [3])]

    for scope in (scope_with(more), fresh_scope()):
        report = scope.restore(saved, allow_missing=True)
        with scope:
            more()
        assert (report.missing, report.unexpected) == (["head/w"], [])
        assert scope.variables_by_name["v"].numpy() == 7.0


def test_only_given_variables_under_given_names(saved):
    scope = scope_with()
    w, u, v = scope.variables
    report = scope.restore(saved, {"a/w": u})
    assert (w.numpy().max(), u.numpy().max(), v.numpy()) == (1.0, 7.0, 3.0)
    assert (report.restored, report.unexpected) == (["a/w"], ["a/u", "v"])
    scope.restore(saved, [w])
    assert (w.numpy().max(), v.numpy()) == (7.0, 3.0)


def test_a_folder_means_its_latest_checkpoint(tmp_path):
    scope = scope_with()
    with scope:
        model()
        saver = tf.train.Saver()
    for step in (1, 2):
        set_all(scope, float(step))
        saver.save(None, str(tmp_path / "m"), global_step=step)
    set_all(scope, 0.0)
    assert scope.restore(tmp_path).path == str(tmp_path / "m-2")
    assert scope.variables_by_name["v"].numpy() == 2.0


def test_a_checkpoint_by_objects_restores_by_name(tmp_path):
    scope = scope_with()
    set_all(scope, 7.0)
    path = tensorflow.train.Checkpoint(model=scope).save(str(tmp_path / "objects"))
    other = scope_with()
    report = other.restore(path)
    assert (values_of(other), report.unexpected) == (values_of(scope), ["save_counter"])


def test_checkpoints_by_objects_go_on_as_ever(tmp_path):
    scope = scope_with()
    set_all(scope, 7.0)
    path = tensorflow.train.Checkpoint(model=scope).save(str(tmp_path / "objects"))
    other = fresh_scope()
    status = tensorflow.train.Checkpoint(model=other).restore(path)
    with other:
        model()
    status.assert_consumed()
    assert values_of(other) == values_of(scope)


def test_a_tracked_function_saves_and_restores(tmp_path):
    first, second = tf.tracking.track(model), tf.tracking.track(model)
    first()
    set_all(first, 7.0)
    second.restore(first.save(tmp_path / "model"))
    assert float(second()) == 2 * 7.0 * 7.0 + 7.0


def test_resetting_the_default_graph_forgets_a_restored_checkpoint(saved, ambient):
    ambient.restore(saved)
    tf.reset_default_graph()
    assert float(model()) == 3.0


# ------------------------------------------------------------------------------ what goes wrong


def unchanged(scope, error, match, restore):
    before = values_of(scope)
    with pytest.raises(error, match=match) as caught:
        restore()
    assert values_of(scope) == before
    return str(caught.value)


def test_all_names_that_are_missing_are_told_and_nothing_changes(saved):
    scope = scope_with(lambda: [model(), tf.get_variable("x", [2]), tf.get_variable("y", [2])])
    first = "Restoring from checkpoint failed. This is most likely due to a Variable name or other graph key"
    text = unchanged(scope, tf.errors.NotFoundError, first, lambda: scope.restore(saved))
    assert "Key x not found in checkpoint" in text
    assert "It has nothing for:\n  x\n  y\n" in text
    assert "skip=" in text


def test_all_shapes_and_dtypes_that_differ_are_told_and_nothing_changes(tmp_path):
    path = scope_with(lambda: [tf.get_variable(n, [2]) for n in "abc"]).save(tmp_path / "model")
    scope = scope_with(
        lambda: [tf.get_variable("a", [3]), tf.get_variable("b", [2], tf.int32), tf.get_variable("c", [2])]
    )
    text = unchanged(scope, tf.errors.InvalidArgumentError, "Restoring from", lambda: scope.restore(path))
    assert "lhs shape= [3] rhs shape= [2]" in text
    assert "  a: shape [2] in the checkpoint, [3] here\n  b: float32 in the checkpoint, int32 here\n" in text


def test_missing_and_different_are_told_together(saved):
    scope = scope_with(lambda: [tf.get_variable("a/w", [4]), tf.get_variable("x", [2])])
    text = unchanged(scope, tf.errors.NotFoundError, "Key x", lambda: scope.restore(saved))
    assert "a/w: shape [2] in the checkpoint, [4] here" in text
    assert "which were not asked for:\n  a/u\n  v\n" in text


def test_a_path_without_a_checkpoint(saved):
    scope = scope_with()
    folder = os.path.dirname(saved)
    first = "The passed save_path is not a valid checkpoint: "
    text = unchanged(scope, ValueError, first, lambda: scope.restore(folder + "/mode"))
    assert "there are the checkpoints model" in text
    unchanged(scope, ValueError, first, lambda: scope.restore(folder + "/no/such/folder"))
    unchanged(scope, ValueError, first, lambda: scope.restore(folder))


@pytest.mark.parametrize("kept", [0, 3, 15])
@pytest.mark.parametrize("is_late", [False, True])
def test_values_that_are_cut_off(saved, kept, is_late):
    data = Path(f"{saved}.data-00000-of-00001")
    data.write_bytes(data.read_bytes()[:kept])
    scope = fresh_scope() if is_late else scope_with()
    errors = (tf.errors.OutOfRangeError, tf.errors.DataLossError)
    text = unchanged(scope, errors, "is damaged", lambda: scope.restore(saved))
    assert "v. No variable was changed" in text
    with scope:  # nothing is kept for later
        model()
    assert scope.variables_by_name["v"].numpy() == 3.0


def test_values_that_are_gone(saved):
    os.remove(f"{saved}.data-00000-of-00001")
    scope = scope_with()
    unchanged(scope, tf.errors.NotFoundError, "a/u, a/w, v", lambda: scope.restore(saved))


@pytest.mark.parametrize("kept", [0, 10, 60])
def test_a_table_that_is_cut_off(saved, kept):
    index = Path(f"{saved}.index")
    index.write_bytes(index.read_bytes()[:kept])
    scope = scope_with()
    unchanged(scope, tf.errors.DataLossError, "is damaged", lambda: scope.restore(saved))


def test_values_that_were_overwritten(saved):
    data = Path(f"{saved}.data-00000-of-00001")
    content = bytearray(data.read_bytes())
    content[0] ^= 1
    data.write_bytes(content)
    scope = scope_with()
    unchanged(scope, tf.errors.DataLossError, r"can.t be read: a/w\. No variable", lambda: scope.restore(saved))


def test_saving_nothing_raises(tmp_path):
    with pytest.raises(ValueError, match=r"No variables to save\n\n.*run a pass"):
        fresh_scope().save(tmp_path / "model")
    assert os.listdir(tmp_path) == []


def test_saving_under_the_name_of_a_folder_raises(tmp_path):
    with pytest.raises(ValueError, match="names a folder"):
        scope_with().save(f"{tmp_path}/")


def test_saving_and_restoring_in_a_trace_or_a_graph_raises(saved):
    scope = scope_with()

    @tensorflow.function
    def trace():
        scope.save(saved)

    with pytest.raises(RuntimeError, match="There are none while a tf.function is traced"):
        trace()
    with tf.Graph().as_default(), pytest.raises(RuntimeError, match="There are none in a plain graph"):
        scope.restore(saved)


# ---------------------------------------------------------------------------------------- saving


def test_saving_again_and_again_leaves_one_checkpoint(tmp_path):
    scope = scope_with()
    for number in range(5):
        set_all(scope, float(number))
        path = scope.save(tmp_path / "model")
        names = sorted(os.listdir(tmp_path))
        assert len(names) == 2
        assert names[1] == "model.index"
        assert tf.train.load_variable(path, "v") == number


def test_the_number_of_files_is_changed_in_a_long_table_too(tmp_path):
    variables = {f"a/rather/long/name/of/a/variable/{i:05d}": tensorflow.Variable(float(i)) for i in range(8000)}
    scope = fresh_scope()
    for _ in range(2):
        path = scope.save(tmp_path / "model", variables)
    assert os.path.exists(f"{path}.data-00000-of-00002")
    assert tf.train.load_variable(path, "a/rather/long/name/of/a/variable/07999") == 7999.0


def test_folders_are_made_and_a_path_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scope = scope_with()
    assert scope.save("some/where/model") == "some/where/model"
    assert scope.save("model") == "model"
    assert len(tf.train.list_variables("some/where/model")) == len(tf.train.list_variables("model")) == 3


def test_a_name_with_special_characters(tmp_path):
    scope = scope_with()
    for name in ("a b", "a+(b)^$", "a.data-00000-of-00001", "ü"):
        for _ in range(2):
            scope.restore(scope.save(tmp_path / name))


def test_what_a_killed_process_left_is_removed(tmp_path):
    finished = subprocess.Popen([sys.executable, "-c", "pass"])
    finished.wait()
    host = re.sub("[^A-Za-z0-9.]", "_", socket.gethostname())
    left = tmp_path / f"model.writing-{host}-{finished.pid}-1"
    ours = tmp_path / f"model.writing-{host}-{os.getpid()}-1"
    others = tmp_path / f"model.writing-another-host-{finished.pid}-1"
    for folder in (left, ours, others):
        folder.mkdir()
    scope_with().save(tmp_path / "model")
    assert (left.exists(), ours.exists(), others.exists()) == (False, True, True)


# Forks at each line that it reads, once TensorFlow is imported: the child saves until somebody kills it.
NURSERY = """
import os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
import tensorflow, tf1compat_wd as tf

names, size, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
for _ in sys.stdin:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        print("gone", flush=True)
        continue
    print(os.getpid(), flush=True)
    scope = tf.tracking.VariableTrackingScope("net")
    with scope:
        for name in names:
            tf.get_variable(name, [size], initializer=tf.zeros_initializer())
    number = 0.0
    while True:
        number += 1.0
        for variable in scope.variables:
            variable.assign(tensorflow.fill(variable.shape, number))
        scope.save(path)
        os.write(1, f"{number}\\n".encode())  # at once, whatever buffers there are
"""


@pytest.mark.parametrize(("names", "size"), [("abc", 20000), ("a", 1)])
def test_killed_at_any_moment_the_last_checkpoint_is_whole(tmp_path, names, size):
    """`KILLS=50 pytest -k killed` tries more moments."""
    random = np.random.default_rng()
    path = tmp_path / "model"
    command = [sys.executable, "-c", NURSERY, names, str(size), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as nursery:
        for _ in range(int(os.environ.get("KILLS", "5"))):
            nursery.stdin.write("go\n")
            child = int(nursery.stdout.readline())
            saved = [float(nursery.stdout.readline()) for _ in range(random.integers(1, 6))]
            time.sleep(random.uniform(0.0, 0.02))
            os.kill(child, signal.SIGKILL)
            saved += [float(line) for line in iter(nursery.stdout.readline, "gone\n")]
            scope = fresh_scope()
            scope.restore(path)
            with scope:
                values = np.stack([tf.get_variable(name, [size]).numpy() for name in names])
            assert values.min() == values.max()
            assert values.max() in (saved[-1], saved[-1] + 1.0)  # it may have been killed before it could say so
        nursery.stdin.close()
