"""`init_from_checkpoint` and `warm_start` beyond the facts: once in a variable's life, and after restoring."""

import os

import pytest
import tensorflow

import tf1compat_wd as tf

WAYS = {"eager": lambda step: step, "function": lambda step: tensorflow.function(step)}


@pytest.fixture(params=["eager", "function"])
def way(request):
    return WAYS[request.param]


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


@pytest.fixture
def pretrained(tmp_path):
    """A checkpoint with `w` [2] of sevens and `v` [2] of eights."""
    scope = tf.tracking.VariableTrackingScope("pretrained")
    with scope:
        tf.get_variable("w", initializer=[7.0, 7.0])
        tf.get_variable("v", initializer=[8.0, 8.0])
    return scope.save(tmp_path / "pretrained")


def zeros(name):
    return tf.get_variable(name, [2], initializer=tf.zeros_initializer())


def test_a_model_function_may_say_it_in_every_pass(net, pretrained, way):
    def step():
        with net:
            w = zeros("w")
            tf.train.init_from_checkpoint(pretrained, {"/": "/"})
            new = zeros("new")  # made later, so it isn't asked for
            tf.assign_add(w, [1.0, 1.0])
            return tf.reduce_sum(w + new)

    assert [float(run()) for run in (way(step), way(step)) for _ in range(2)] == [16.0, 18.0, 20.0, 22.0]


def test_what_an_earlier_pass_made_without_it_is_set_once(net, pretrained):
    with net:
        w = zeros("w")
    values = []
    for _ in range(2):
        with net:
            tf.train.init_from_checkpoint(pretrained, {"w": "w"})
        values.append(w.numpy().tolist())
        w.assign([1.0, 1.0])
    assert values == [[7.0, 7.0], [1.0, 1.0]]


def test_in_one_pass_the_last_counts(net, pretrained):
    with net:
        w = zeros("w")
        tf.train.init_from_checkpoint(pretrained, {"w": "w"})
        tf.train.init_from_checkpoint(pretrained, {"v": "w"})
    assert w.numpy().tolist() == [8.0, 8.0]


@pytest.mark.parametrize("is_early", [False, True])
def test_what_was_restored_stays(net, pretrained, tmp_path, way, is_early):
    trained = tf.tracking.VariableTrackingScope("trained")
    with trained:
        zeros("w").assign([3.0, 3.0])
    path = trained.save(tmp_path / "trained")
    if is_early:
        net.restore(path)
    else:
        with net:
            zeros("w")
        net.restore(path)

    def step():
        with net:
            w = zeros("w")
            tf.train.init_from_checkpoint(pretrained, {"w": w})
            return w + 0.0

    assert way(step)().numpy().tolist() == [3.0, 3.0]


def test_what_a_saver_restored_stays(net, pretrained, tmp_path):
    with net:
        w = zeros("w")
        saver = tf.train.Saver()
        saver.restore(None, saver.save(None, str(tmp_path / "m")))
        tf.train.init_from_checkpoint(pretrained, {"w": w})
    assert w.numpy().tolist() == [0.0, 0.0]


def test_nothing_changes_if_it_raises(net, pretrained):
    with net:
        w, u = zeros("w"), tf.get_variable("u", [2], tf.int32, initializer=tf.zeros_initializer())
        for wrong, error in (({"w": w, "no": u}, ValueError), ({"w": w, "v": u}, tf.errors.InvalidArgumentError)):
            with pytest.raises(error):
                tf.train.init_from_checkpoint(pretrained, wrong)
    assert w.numpy().tolist() == [0.0, 0.0]


def test_a_folder_means_its_latest_checkpoint(net, tmp_path):
    with net:
        w = tf.get_variable("w", initializer=[5.0, 5.0])
        tf.train.Saver().save(None, str(tmp_path / "m"), global_step=1)
    with tf.tracking.VariableTrackingScope("other"):
        w = zeros("w")
        tf.train.init_from_checkpoint(str(tmp_path), {"w": w})
        tf.train.warm_start(str(tmp_path))
    assert w.numpy().tolist() == [5.0, 5.0]
    assert tf.train.load_variable(str(tmp_path), "w").tolist() == [5.0, 5.0]


def test_a_function_without_a_scope_initializes_the_ambient_variables(pretrained):
    tf.reset_default_graph()
    try:

        @tensorflow.function
        def step():
            w = zeros("w")
            tf.train.init_from_checkpoint(pretrained, {"w": "w"})
            return w + 0.0

        assert step().numpy().tolist() == [7.0, 7.0]
    finally:
        tf.reset_default_graph()


def test_replicas_get_the_values(pretrained):
    strategy = tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tensorflow.distribute.ReductionToOneDevice())
    scope = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function
    def step():
        def replica():
            with scope:
                w = zeros("w")
                tf.train.init_from_checkpoint(pretrained, {"w": "w"})
                return w + 0.0

        return strategy.run(replica)

    assert [value.numpy().tolist() for value in step().values] == [[7.0, 7.0]] * 2


def _vocabulary(folder, name, words):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write("\n".join(words) + "\n")
    return path


@pytest.mark.parametrize("shards", [None, 2])
def test_a_warm_start_puts_rows_where_a_new_vocabulary_has_them(net, tmp_path, shards):
    old = tf.tracking.VariableTrackingScope("old")
    with old:
        tf.get_variable("table", initializer=[[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    path = old.save(tmp_path / "old")
    info = tf.train.VocabInfo(
        new_vocab=_vocabulary(tmp_path, "new.txt", ["c", "new", "a", "b"]),
        new_vocab_size=4,
        num_oov_buckets=0,
        old_vocab=_vocabulary(tmp_path, "old.txt", ["a", "b", "c"]),
        backup_initializer=tf.ones_initializer(),
    )
    partitioner = shards and tf.fixed_size_partitioner(shards)
    for _ in range(2):
        with net:
            table = tf.get_variable("mine", [4, 2], initializer=tf.zeros_initializer(), partitioner=partitioner)
            tf.train.warm_start(path, ".*", {"mine": info}, {"mine": "table"})
            value = tf.convert_to_tensor(table)
            assert value[:, 0].numpy().tolist() == [3.0, 1.0, 1.0, 2.0]


def test_a_warm_start_wants_patterns_or_variables(net, pretrained):
    with net:
        w, v = zeros("w"), zeros("v")
        tf.train.warm_start(pretrained, [w])
        assert (w.numpy().max(), v.numpy().max()) == (7.0, 0.0)
        for wrong in (3, [w, "v"]):
            with pytest.raises(ValueError, match="vars_to_warm_start"):
                tf.train.warm_start(pretrained, wrong)


def test_a_damaged_checkpoint_is_data_loss_for_all_readers(tmp_path):
    path = tmp_path / "model"
    (tmp_path / "model.index").write_bytes(b"no table")
    for read in (tf.train.NewCheckpointReader, tf.train.load_checkpoint, tf.train.list_variables):
        with pytest.raises(tf.errors.DataLossError):
            read(str(path))
