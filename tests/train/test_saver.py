"""`tf.train.Saver` in every mode: which variables it takes, what it keeps and deletes, and what goes wrong."""

import importlib
import json
import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

GOLDEN = Path(__file__).parent.parent / "golden" / "checkpoints"

with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(GOLDEN)
    programs = importlib.import_module("checkpoint_programs")


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


@pytest.fixture
def ambient():
    tf.reset_default_graph()
    yield tf.tracking.default_scope()
    tf.reset_default_graph()


def ones(name, shape=(2,), **kwargs):
    return tf.get_variable(name, list(shape), initializer=tf.ones_initializer(), **kwargs)


def names_in(path):
    return [name for name, _ in tf.train.list_variables(path)]


# ------------------------------------------------------------------------------- keeping, deleting


def test_it_keeps_and_deletes_and_notes_as_tf1_does(net, tmp_path):
    with net:
        variable = ones("v")
        story = programs.saver_story(tf, None, variable, str(tmp_path))
    assert story == json.loads((GOLDEN / "saver.json").read_text())


def test_in_a_graph_it_does_as_tf1_does_too(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        variable = ones("v")
        session.run(tf.global_variables_initializer())
        story = programs.saver_story(tf, session, variable, str(tmp_path))
    assert story == json.loads((GOLDEN / "saver.json").read_text())


def test_one_checkpoint_in_so_many_hours_is_kept(net, tmp_path, monkeypatch):
    with net:
        ones("v")
        saver = tf.train.Saver(max_to_keep=1, keep_checkpoint_every_n_hours=2)
    started = time.time()
    for hour in range(8):
        monkeypatch.setattr(time, "time", lambda hour=hour: started + hour * 3600 + 1)
        saver.save(None, str(tmp_path / "m"), global_step=hour)
    kept = [hour for hour in range(8) if tf.train.checkpoint_exists(str(tmp_path / f"m-{hour}"))]
    assert kept == [2, 4, 6, 7]


def test_the_step_may_be_a_variable_a_tensor_or_a_numpy_number(net, tmp_path):
    with net:
        step = tf.train.get_or_create_global_step()
        saver = tf.train.Saver()
    step.assign(41)
    for given in (step, tensorflow.constant(42), np.int64(43), 44):
        saver.save(None, str(tmp_path / "m"), global_step=given)
    assert [os.path.basename(path) for path in saver.last_checkpoints] == ["m-41", "m-42", "m-43", "m-44"]
    assert tf.train.latest_checkpoint(str(tmp_path)) == str(tmp_path / "m-44")


def test_relative_paths(net, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with net:
        ones("v")
        saver = tf.train.Saver()
    assert saver.save(None, "m") == "m"
    assert saver.save(None, "logs/m", global_step=1) == "logs/m-1"
    assert tf.train.latest_checkpoint("logs") == "logs/m-1"
    assert 'all_model_checkpoint_paths: "../m"' in Path("logs/checkpoint").read_text()


@pytest.mark.parametrize(
    "options", [{}, {"write_version": 1}, {"sharded": True}, {"write_version": 1, "sharded": True}]
)
def test_each_format_restores_here_and_in_a_graph(net, tmp_path, options):
    def build():
        return ones("v"), ones("w", [4], partitioner=tf.fixed_size_partitioner(2))

    with net:
        v, _ = build()
        saver = tf.train.Saver(**options)
    v.assign([5.0, 6.0])
    path = saver.save(None, str(tmp_path / "m"), global_step=1)
    v.assign([0.0, 0.0])
    saver.restore(None, path)
    assert v.numpy().tolist() == [5.0, 6.0]
    with tf.Graph().as_default(), tf.Session() as session:
        v, w = build()
        tf.train.Saver(**options).restore(session, path)
        assert session.run(v).tolist() == [5.0, 6.0]
        assert session.run(tf.convert_to_tensor(w)).tolist() == [1.0] * 4


@pytest.mark.skipif("TF1_PYTHON" not in os.environ, reason="TF1_PYTHON names no Python with TensorFlow 1.15")
@pytest.mark.parametrize("name", ["partitioned", "trained"])
@pytest.mark.parametrize(
    "options", [{}, {"write_version": 1}, {"sharded": True}, {"write_version": 1, "sharded": True}]
)
def test_tf1_restores_what_a_saver_saves(tmp_path, name, options):
    golden = json.loads((GOLDEN / "values.json").read_text())[name]
    scope = tf.tracking.VariableTrackingScope("net", tape=True)
    with scope:
        programs.PROGRAMS[golden["program"]](tf)
        saver = tf.train.Saver(**options)
    saver.restore(None, str(GOLDEN / name))
    path = saver.save(None, str(tmp_path / "m"), global_step=3)
    command = [os.environ["TF1_PYTHON"], str(GOLDEN / "on_tf1.py"), "show", golden["program"], path]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(shown) == golden["values"]


# ----------------------------------------------------------------------------------- which variables


def test_without_arguments_it_takes_what_the_pass_has_asked_for(net, tmp_path):
    for _ in range(2):
        with net:
            ones("backbone")
            saver = tf.train.Saver()
            ones("head")
        assert names_in(saver.save(None, str(tmp_path / "m"))) == ["backbone"]


def test_in_a_pass_that_has_asked_for_nothing_it_takes_the_scopes(net, tmp_path):
    with net:
        ones("v")
        tf.get_local_variable("local", [1])
    with net:
        saver = tf.train.Saver()
    assert names_in(saver.save(None, str(tmp_path / "m"))) == ["v"]


def test_a_saver_that_is_made_in_a_trace_works_afterwards(net, tmp_path):
    savers = []

    @tensorflow.function
    def step():
        with net:
            v = ones("v")
            savers.append(tf.train.Saver())
        return v + 1.0

    step()
    path = savers[0].save(None, str(tmp_path / "m"))
    net.variables[0].assign([7.0, 7.0])
    savers[0].restore(None, path)
    assert net.variables[0].numpy().tolist() == [1.0, 1.0]


def test_without_a_scope_it_takes_the_ambient_variables(ambient, tmp_path):
    @tensorflow.function
    def step():
        return ones("traced") + 1.0

    step()
    ones("eager")
    saver = tf.train.Saver()
    path = saver.save(None, str(tmp_path / "m"))
    assert names_in(path) == ["eager", "traced"]
    tf.reset_default_graph()
    v = tf.get_variable("eager", [2], initializer=tf.zeros_initializer())
    tf.train.Saver().restore(None, path)
    assert v.numpy().tolist() == [1.0, 1.0]


def test_a_list_a_dict_and_shards(net, tmp_path):
    with net:
        v, u = ones("v"), ones("u")
        w = ones("w", [4], partitioner=tf.fixed_size_partitioner(2))
        savers = [tf.train.Saver([v, w]), tf.train.Saver({"other": u, "whole": w})]
    assert names_in(savers[0].save(None, str(tmp_path / "a"))) == ["v", "w"]
    path = savers[1].save(None, str(tmp_path / "b"))
    assert tf.train.list_variables(path) == [("other", [2]), ("whole", [4])]


def test_deciding_may_be_deferred(net, tmp_path):
    with net:
        saver = tf.train.Saver(defer_build=True)
        ones("v")
        for use in (lambda: saver.save(None, str(tmp_path / "m")), lambda: saver.restore(None, str(tmp_path / "m"))):
            with pytest.raises(RuntimeError, match=r"`build\(\)` should be called before"):
                use()
        saver.build()
    assert names_in(saver.save(None, str(tmp_path / "m"))) == ["v"]


def test_averages_restore_in_place_of_weights(net, tmp_path):
    with net:
        v = ones("v")
        averages = tf.train.ExponentialMovingAverage(0.5)
        with tf.control_dependencies([tf.assign(v, [3.0, 5.0])]):
            averages.apply([v])
        saver, test_saver = tf.train.Saver(), tf.train.Saver(averages.variables_to_restore())
    path = saver.save(None, str(tmp_path / "m"))
    test_saver.restore(None, path)
    assert v.numpy().tolist() == [2.0, 3.0]


def test_tensorflow_2s_variables_too(tmp_path):
    v = tensorflow.Variable([1.0, 2.0], name="mine")
    saver = tf.train.Saver([v])
    path = saver.save(None, str(tmp_path / "m"))
    v.assign([0.0, 0.0])
    saver.restore(None, path)
    assert (names_in(path), v.numpy().tolist()) == (["mine"], [1.0, 2.0])


# ------------------------------------------------------------------------------------- what goes wrong


def raises(error, start, function, *args, **kwargs):
    with pytest.raises(error) as caught:
        function(*args, **kwargs)
    assert str(caught.value).startswith(start)
    return str(caught.value)


def test_there_are_no_variables(net, ambient):
    with net:
        assert "scope.save(path)" in raises(ValueError, "No variables to save", tf.train.Saver)
        raises(ValueError, "No variables to save", tf.train.Saver, [])
    raises(ValueError, "No variables to save", tf.train.Saver)


def test_having_none_may_be_allowed(net, tmp_path):
    with net:
        saver = tf.train.Saver(allow_empty=True)
    assert saver.save(None, str(tmp_path / "m")) is None
    saver.restore(None, "nothing")
    assert os.listdir(tmp_path) == []


def test_what_is_given_is_no_list_of_variables(net):
    with net:
        v = ones("v")
    for graph in (False, True):
        with tf.Graph().as_default() if graph else net:
            v = ones("v")
            raises(TypeError, "Variables to save should be passed in a dict or a list: <tf.Variable", tf.train.Saver, v)
            raises(TypeError, "Variable to save is not a Variable: ", tf.train.Saver, [v, tf.identity(v)])
            raises(TypeError, "names_to_saveables must be a dict mapping string names to", tf.train.Saver, {1: v})
            raises(TypeError, "names_to_saveables must be a dict mapping string names to", tf.train.Saver, {"a": 3})
            raises(ValueError, "At least two variables have the same name: v", tf.train.Saver, [v, v])
            raises(ValueError, "The same saveable will be restored with two names: b", tf.train.Saver, {"a": v, "b": v})
            raises(ValueError, "saver_def must be a saver_pb2.SaverDef: 1", tf.train.Saver, saver_def=1)


def test_a_path_that_does_not_do(net, tmp_path):
    with net:
        ones("v")
        saver = tf.train.Saver()
    path = str(tmp_path / "m")
    raises(ValueError, "'latest_filename' must not contain path components", saver.save, None, path, None, "a/b")
    raises(ValueError, "'latest_filename' collides with 'save_path': 'checkpoint'", saver.save, None, "checkpoint")
    raises(ValueError, f"Parent directory of {tmp_path}/no/such/m doesn't", saver.save, None, f"{tmp_path}/no/such/m")
    assert os.listdir(tmp_path) == []
    assert saver.save(None, f"{tmp_path}/one/m") == f"{tmp_path}/one/m"
    raises(ValueError, "Can't load save_path when it is None.", saver.restore, None, None)
    raises(ValueError, f"The passed save_path is not a valid checkpoint: {path}", saver.restore, None, path)
    assert "tf.train.latest_checkpoint" in raises(ValueError, "The passed", saver.restore, None, str(tmp_path))


def test_what_does_not_fit_is_told_with_all_names_and_changes_nothing(net, tmp_path):
    with net:
        v, u, w = ones("v"), ones("u"), ones("w", [3])
        path = tf.train.Saver([v]).save(None, str(tmp_path / "m"))
        text = raises(
            tf.errors.NotFoundError, "Restoring from checkpoint failed.", tf.train.Saver().restore, None, path
        )
        assert "nothing for:\n  u\n  w\n" in text
        v.assign([9.0, 9.0])
        text = raises(tf.errors.InvalidArgumentError, "Restoring from", tf.train.Saver({"v": w}).restore, None, path)
        assert "v: shape [2] in the checkpoint, [3] here" in text
        with pytest.raises(tf.errors.NotFoundError):
            tf.train.Saver([v, u]).restore(None, path)
    assert v.numpy().tolist() == [9.0, 9.0]


@pytest.mark.parametrize("use_resource", [True, False])
@pytest.mark.parametrize("variables", [None, list, lambda found: {"v": found[0], "w": found[1]}])
def test_in_a_graph_another_shape_is_refused_too_and_changes_nothing(tmp_path, use_resource, variables):
    def build(size):
        with tf.variable_scope("", use_resource=use_resource):
            found = [ones("v"), ones("w", [size]), ones("u", [4], partitioner=tf.fixed_size_partitioner(2))]
        given = found if variables is None else variables(found)
        return found, tf.train.Saver(None if variables is None else given)

    with tf.Graph().as_default(), tf.Session() as session:
        found, saver = build(3)
        session.run(tf.global_variables_initializer())
        path = saver.save(session, str(tmp_path / "m"))
    with tf.Graph().as_default(), tf.Session() as session:
        found, saver = build(4)
        session.run([tf.assign(variable, tf.zeros_like(variable)) for variable in found[:2]])
        text = raises(tf.errors.InvalidArgumentError, "Restoring from checkpoint", saver.restore, session, path)
        assert "Assign requires shapes of both tensors to match. lhs shape= [4] rhs shape= [3]" in text
        assert "w: shape [3] in the checkpoint, [4] here" in text
        assert [session.run(variable).sum() for variable in found[:2]] == [0.0, 0.0]


def test_in_a_graph_what_is_missing_or_cut_off_changes_nothing(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        ones("v")
        session.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(session, str(tmp_path / "m"))
    with tf.Graph().as_default(), tf.Session() as session:
        v, _ = ones("v"), ones("w")
        session.run(tf.global_variables_initializer())
        session.run(tf.assign(v, [0.0, 0.0]))
        raises(tf.errors.NotFoundError, "Restoring from checkpoint failed.", tf.train.Saver().restore, session, path)
        raises(ValueError, "The passed save_path is not a valid checkpoint", tf.train.Saver().restore, session, "no")
        values = next(tmp_path.glob("m.data*"))
        values.write_bytes(values.read_bytes()[:3])
        with pytest.raises(tf.errors.OpError):
            tf.train.Saver([v]).restore(session, path)
        assert session.run(v).tolist() == [0.0, 0.0]


def test_in_a_graph_a_variable_without_a_known_shape_takes_any(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        v = tf.Variable([1.0, 2.0], validate_shape=False, name="v")
        session.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(session, str(tmp_path / "m"))
    with tf.Graph().as_default(), tf.Session() as session:
        v = tf.Variable(tf.placeholder_with_default([0.0], None), validate_shape=False, name="v")
        tf.train.Saver().restore(session, path)
        assert session.run(v).tolist() == [1.0, 2.0]


def test_another_shape_may_be_restored(net, tmp_path):
    with net:
        v, u, w = ones("v", [2, 3]), ones("u", [3, 2]), ones("w", [5])
        v.assign([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        path = tf.train.Saver([v]).save(None, str(tmp_path / "m"))
        tf.train.Saver({"v": u}, reshape=True).restore(None, path)
        assert u.numpy().tolist() == [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
        raises(tf.errors.InvalidArgumentError, "Restoring", tf.train.Saver({"v": w}, reshape=True).restore, None, path)


def test_while_a_function_is_traced_it_neither_saves_nor_restores(net, tmp_path):
    with net:
        ones("v")
        saver = tf.train.Saver()
    for use in (saver.save, saver.restore):
        trace = tensorflow.function(lambda use=use: use(None, str(tmp_path / "m")))
        with pytest.raises(RuntimeError, match="while a tf.function is traced"):
            trace()


def test_without_a_graph_there_is_no_meta_graph(net):
    with net:
        ones("v")
        saver = tf.train.Saver()
    uses = (
        saver.as_saver_def, saver.to_proto, saver.export_meta_graph,
        tf.train.export_meta_graph, lambda: tf.train.import_meta_graph("m.meta"),
    )  # fmt: skip
    for use in uses:
        assert "tf1compat-wd run" in raises(RuntimeError, "Exporting/importing meta graphs is not supported when", use)
    with tf.Graph().as_default():
        raises(ValueError, "Saver.to_proto needs a saver that was made in graph mode", saver.to_proto)


# -------------------------------------------------------------------------------------------- graphs


def test_a_graph_is_written_and_built_again(tmp_path):
    path = str(tmp_path / "m")
    with tf.Graph().as_default(), tf.Session() as session:
        v = ones("v")
        tf.multiply(v, 2.0, name="doubled")
        session.run(tf.global_variables_initializer())
        session.run(tf.assign(v, [3.0, 4.0]))
        tf.train.Saver().save(session, path)
        tf.train.export_meta_graph(f"{path}.text", as_text=True)
    with tf.Graph().as_default() as graph, tf.Session() as session:
        tf.train.import_meta_graph(f"{path}.meta").restore(session, path)
        assert session.run("doubled:0").tolist() == [6.0, 8.0]
        assert [variable.name for variable in tf.global_variables()] == ["v:0"]
        assert graph is tf.get_default_graph()


def test_the_saver_of_a_graph_that_was_read_refuses_another_shape_too(tmp_path):
    path = str(tmp_path / "m")
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("v", [2], initializer=tf.ones_initializer())
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, path)
    with tf.Graph().as_default():
        tf.get_variable("v", [3], initializer=tf.zeros_initializer(), use_resource=True)
        wider = tf.train.export_meta_graph(saver_def=tf.train.Saver().as_saver_def())
    with tf.Graph().as_default() as graph, tf.Session() as session:
        saver = tf.train.import_meta_graph(wider, import_scope="inner")
        session.run(tf.global_variables_initializer())
    with tf.Session(graph=graph) as session:
        session.run(graph.get_operation_by_name("inner/v/Assign"))
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)v.*\[2\].*\[3\]|v.*\[3\].*\[2\]"):
            saver.restore(session, path)
        assert session.run("inner/v/Read/ReadVariableOp:0").tolist() == [0.0, 0.0, 0.0]
    with tf.Graph().as_default():
        assert tf.train.import_meta_graph(tf.MetaGraphDef()) is None


@pytest.mark.parametrize("use_resource", [True, False])
@pytest.mark.parametrize("fails_by", ["a missing name", "a file that is cut off", "another shape"])
def test_shards_of_a_graph_restore_all_or_nothing(tmp_path, use_resource, fails_by):
    path = str(tmp_path / "m")
    two_devices = tf.ConfigProto(device_count={"CPU": 2})

    def variables(more, first):
        for device in range(2):
            with tf.device(f"/cpu:{device}"), tf.variable_scope(f"on_{device}", use_resource=use_resource):
                for name in "abc":
                    shape = [51] if more == "another shape" and (device, name) == (1, "c") else [50]
                    tf.get_variable(name, shape, initializer=tf.constant_initializer(first))
                if more == "a missing name" and device:
                    tf.get_variable("more", [2], initializer=tf.constant_initializer(first))

    with tf.Graph().as_default(), tf.Session(config=two_devices) as session:
        variables("", 1.0)
        session.run(tf.global_variables_initializer())
        tf.train.Saver(sharded=True).save(session, path)
    with tf.Graph().as_default(), tf.Session(config=two_devices) as session:
        variables(fails_by, 0.0)
        session.run(tf.global_variables_initializer())
        saver = tf.train.Saver(sharded=True)
        if fails_by == "a file that is cut off":
            with open(f"{path}.data-00001-of-00002", "r+b") as file:
                file.truncate(100)
        says = {"a missing name": "on_1/more", "another shape": "on_1/c", "a file that is cut off": ""}[fails_by]
        with pytest.raises((tf.errors.OpError, ValueError), match=rf"(?s){says}"):
            saver.restore(session, path)
        assert [value.max() for value in session.run(tf.global_variables())] == [0.0] * len(tf.global_variables())


def test_a_saver_of_a_graph_is_tensorflows():
    with tf.Graph().as_default():
        ones("v")
        saver = tf.train.Saver()
        assert isinstance(saver, tensorflow.compat.v1.train.Saver)
        assert saver.as_saver_def().max_to_keep == 5
        assert tf.train.Saver.from_proto(saver.to_proto()).as_saver_def() == saver.as_saver_def()
