"""`tf.summary` outside graph mode: TF1's tags, written by a FileWriter or by TF2's active writer."""

import numpy as np
import pytest
import tensorflow as tf2

import tf1compat_wd as tf

# What TF 1.15.5 wrote for `summaries`.
TAGS = [
    ("m/loss", "simple_value"),
    ("m/loss_1", "simple_value"),
    ("fam/m/fam/loss", "simple_value"),
    ("m/h_h", "histo"),
    ("m/img/image/0", "image"),
    ("m/img/image/1", "image"),
    ("m/t", "tensor"),
    ("m/au/audio/0", "audio"),
]


def summaries(x):
    with tf.name_scope("m"):
        tf.summary.scalar("loss", x)
        tf.summary.scalar("loss", x * 2.0)
        tf.summary.scalar("loss", x * 3.0, family="fam")
        tf.summary.histogram("h h", tf.ones([4]) * x)
        tf.summary.image("img", tf.ones([2, 4, 4, 1]))
        tf.summary.text("t", tf.constant(["a", "b"]))
        tf.summary.audio("au", tf.ones([1, 8]), 100.0)
    return tf.summary.merge_all()


def tags(serialized):
    return [(value.tag, value.WhichOneof("value")) for value in tf.Summary.FromString(serialized).value]


def written(folder):
    """Step and number of each scalar that TensorBoard finds in `folder`."""
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    events = accumulator.EventAccumulator(str(folder)).Reload()
    return {tag: [(e.step, e.value) for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}


def test_tags_are_tf1s_in_graph_mode():
    with tf2.Graph().as_default(), tf.Session() as session:
        assert tags(session.run(summaries(tf.constant(1.5)))) == TAGS


def test_tags_are_tf1s_eagerly_and_in_the_second_pass():
    net = tf.tracking.VariableTrackingScope("net")
    for _ in range(2):
        with net:
            assert tags(summaries(tf.constant(1.5)).numpy()) == TAGS


def test_tags_are_tf1s_in_a_function_and_its_retrace():
    net = tf.tracking.VariableTrackingScope("net")

    @tf2.function
    def step(x):
        with net:
            return summaries(tf.cast(x, tf.float32))

    assert tags(step(tf.constant(1.5)).numpy()) == TAGS
    assert tags(step(tf.constant(2)).numpy()) == TAGS


def test_a_file_writer_takes_eager_summaries(tmp_path):
    writer = tf.summary.FileWriter(str(tmp_path))
    net = tf.tracking.VariableTrackingScope("net")
    for step in range(3):
        with net:
            writer.add_summary(tf.summary.scalar("loss", float(step)), tf.constant(step))
    writer.close()
    assert written(tmp_path) == {"loss": [(0, 0.0), (1, 1.0), (2, 2.0)]}


def test_the_active_writer_gets_summaries_of_a_function_at_the_global_step(tmp_path):
    net = tf.tracking.VariableTrackingScope("net")

    @tf2.function
    def step(x):
        with net:
            count = tf.train.get_or_create_global_step()
            tf.summary.scalar("loss", x)
            return count.assign_add(1)

    with tf2.summary.create_file_writer(str(tmp_path)).as_default():
        for value in (0.5, 0.25):
            step(tf.constant(value))
    assert written(tmp_path) == {"loss": [(0, 0.5), (1, 0.25)]}


def _write_in_graph_mode(folder):
    with tf2.Graph().as_default(), tf.Session() as session:
        writer = tf.summary.FileWriter(folder, session.graph)
        writer.add_summary(session.run(summaries(tf.constant(1.5))), 7)
        writer.close()


def _write_eagerly(folder):
    writer = tf.summary.FileWriter(folder)
    with tf.tracking.VariableTrackingScope("net"):
        writer.add_summary(summaries(tf.constant(1.5)), 7)
    writer.close()


def _write_to_the_active_writer(folder, is_traced):
    def step():
        with tf.tracking.VariableTrackingScope("net"):
            summaries(tf.constant(1.5))

    tf2.summary.experimental.set_step(7)
    try:
        with tf2.summary.create_file_writer(folder).as_default():
            (tf2.function(step) if is_traced else step)()
    finally:
        tf2.summary.experimental.set_step(None)


@pytest.mark.parametrize(
    "write",
    [
        _write_in_graph_mode,
        _write_eagerly,
        lambda folder: _write_to_the_active_writer(folder, is_traced=False),
        lambda folder: _write_to_the_active_writer(folder, is_traced=True),
    ],
    ids=["graph", "eager", "eager_to_the_active_writer", "function_to_the_active_writer"],
)
def test_tensorboard_finds_every_kind_under_tf1s_tags(write, tmp_path):
    write(str(tmp_path))
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    events = accumulator.EventAccumulator(str(tmp_path)).Reload()
    found = events.Tags()
    assert {kind: sorted(found[kind]) for kind in ("scalars", "histograms", "images", "audio", "tensors")} == {
        "scalars": ["fam/m/fam/loss", "m/loss", "m/loss_1"],
        "histograms": ["m/h_h"],
        "images": ["m/img/image/0", "m/img/image/1"],
        "audio": ["m/au/audio/0"],
        "tensors": ["m/t"],
    }
    assert [(event.step, event.value) for event in events.Scalars("m/loss_1")] == [(7, 3.0)]
    assert events.Histograms("m/h_h")[0].histogram_value.sum == 6.0
    assert (events.Images("m/img/image/1")[0].width, events.Images("m/img/image/1")[0].step) == (4, 7)
    assert events.SummaryMetadata("m/t").plugin_data.plugin_name == "text"
    assert list(events.Tensors("m/t")[0].tensor_proto.string_val) == [b"a", b"b"]


def test_a_file_writer_in_a_trace_says_what_to_write_instead(tmp_path):
    writer = tf.summary.FileWriter(str(tmp_path))

    @tf2.function
    def step(x):
        with tf.tracking.VariableTrackingScope("net"):
            writer.add_summary(tf.summary.scalar("loss", x), 0)

    with pytest.raises(RuntimeError, match="create_file_writer"):
        step(tf.constant(1.0))
    writer.close()


def test_summaries_are_found_by_scope_eagerly():
    with tf.tracking.VariableTrackingScope("net"):
        for tower in ("tower_0", "tower_1"):
            with tf.name_scope(tower):
                tf.summary.scalar("loss", 1.0)
        merged = tf.summary.merge_all(scope="tower_1")
        nothing = tf.summary.merge_all(scope="tower_2")
    assert [tag for tag, _ in tags(merged.numpy())] == ["tower_1/loss"]
    assert nothing is None


def test_the_histogram_holds_the_values():
    with tf.tracking.VariableTrackingScope("net"):
        serialized = tf.summary.histogram("h", np.array([1.0, 2.0, 3.0])).numpy()
    assert tf.Summary.FromString(serialized).value[0].histo.sum == 6.0
