"""``tf.contrib.summary``: written where they are made, in every mode, at the global step."""

import tensorflow as tf2

import tf1compat_wd as tf


def written(folder):
    [file] = folder.iterdir()
    events = tf.train.summary_iterator(str(file))
    return [
        (event.step, value.tag, value.simple_value)
        for event in events
        for value in event.summary.value
        if value.tag.startswith("loss")
    ]


def one_step(writer):
    step = tf.train.get_or_create_global_step()
    with writer.as_default(), tf.contrib.summary.always_record_summaries():
        tf.contrib.summary.scalar("loss", 3.0)
        tf.contrib.summary.scalar("loss_of_both", 2.0, step=7)
    with writer.as_default(), tf.contrib.summary.never_record_summaries():
        tf.contrib.summary.scalar("loss_unseen", 1.0)
    return tf.assign_add(step, 1)


EXPECTED = [(0, "loss", 3.0), (7, "loss_of_both", 2.0), (1, "loss", 3.0), (7, "loss_of_both", 2.0)]


def test_eagerly(tmp_path):
    writer = tf.contrib.summary.create_file_writer(str(tmp_path))
    net = tf.tracking.VariableTrackingScope("net")
    for _ in range(2):
        with net:
            one_step(writer)
    tf.contrib.summary.flush(writer)
    assert written(tmp_path) == EXPECTED


def test_in_a_function(tmp_path):
    writer = tf.contrib.summary.create_file_writer(str(tmp_path))
    net = tf.tracking.VariableTrackingScope("net")

    @tf2.function
    def step():
        with net:
            return tf.identity(one_step(writer))

    for _ in range(2):
        step()
    tf.contrib.summary.flush(writer)
    assert written(tmp_path) == EXPECTED


def test_in_a_graph(tmp_path):
    with tf2.Graph().as_default():
        writer = tf.contrib.summary.create_file_writer(str(tmp_path))
        count = one_step(writer)
        summaries = tf.contrib.summary.all_summary_ops()
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            with writer.as_default():
                tf.contrib.summary.initialize(session=session)
            for _ in range(2):
                for summary in summaries:
                    session.run(summary)
                session.run(count)
            session.run(tf.contrib.summary.flush(writer))
    assert written(tmp_path) == EXPECTED


def test_nothing_is_recorded_unless_it_is_asked_for(tmp_path):
    writer = tf.contrib.summary.create_file_writer(str(tmp_path))
    with tf.tracking.VariableTrackingScope("net"), writer.as_default():
        tf.train.get_or_create_global_step()
        assert not bool(tf.contrib.summary.should_record_summaries())
        with tf.contrib.summary.record_summaries_every_n_global_steps(2):
            assert bool(tf.contrib.summary.should_record_summaries())
