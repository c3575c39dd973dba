"""`slim.learning.train` and `slim.evaluation`: whole runs in a session, as the same program had them on TF 1.15.5."""

import logging
import os

import pytest
import tensorflow

import tf1compat_wd as tf

slim = tf.contrib.slim
v1 = tensorflow.compat.v1


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph
    v1.summary.FileWriterCache.clear()


@pytest.fixture
def logdir(tmp_path):
    return str(tmp_path / "train")


def quadratic(start=(1.0, 2.0)):
    """A training step that halves `w`, so that the loss is a quarter of the one before."""
    w = slim.variable("w", initializer=tf.constant(start))
    tf.losses.add_loss(tf.reduce_sum(tf.square(w)))
    loss = tf.losses.get_total_loss()
    tf.summary.scalar("loss", loss)
    return slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.25))


def value_in(checkpoint, name="w"):
    return tf.train.load_variable(checkpoint, name).tolist()


def summaries_in(folder):
    """Step and tags of each summary, and the kinds of the other events."""
    files = [f"{folder}/{file}" for file in sorted(os.listdir(folder)) if file.startswith("events")]
    events = [event for file in files for event in v1.train.summary_iterator(file)]
    kinds = {event.WhichOneof("what") for event in events}
    tags = [(event.step, value.tag) for event in events for value in event.summary.value]
    return kinds, tags


def train(logdir, **options):
    return slim.learning.train(quadratic(), logdir, **{"log_every_n_steps": 0, "save_interval_secs": 1000, **options})


def test_training_ends_at_the_step_with_a_checkpoint(logdir):
    assert train(logdir, number_of_steps=3) == pytest.approx(5 / 16)
    checkpoint = tf.train.latest_checkpoint(logdir)
    assert os.path.basename(checkpoint) == "model.ckpt-3"
    assert value_in(checkpoint) == [0.125, 0.25]
    assert tf.train.load_variable(checkpoint, "global_step") == 3
    assert {"checkpoint", "graph.pbtxt"} <= set(os.listdir(logdir))
    kinds, tags = summaries_in(logdir)
    assert {"graph_def", "meta_graph_def", "session_log"} <= kinds
    assert "loss" in {tag for _, tag in tags}


def test_training_goes_on_where_it_ended(logdir):
    train(logdir, number_of_steps=3)
    called = []
    with tf.Graph().as_default():
        train(logdir, number_of_steps=5, init_fn=called.append)
    assert called == []  # nothing is initialized but from the checkpoint
    assert os.path.basename(tf.train.latest_checkpoint(logdir)) == "model.ckpt-5"
    assert value_in(tf.train.latest_checkpoint(logdir)) == [1 / 32, 1 / 16]


def test_a_run_that_is_already_at_its_step_makes_one_more(logdir):
    train(logdir, number_of_steps=2)
    with tf.Graph().as_default():
        train(logdir, number_of_steps=2)
    assert os.path.basename(tf.train.latest_checkpoint(logdir)) == "model.ckpt-3"


def test_init_fn_is_given_the_session(logdir):
    train_op = quadratic()
    w = slim.get_variables("w")[0]
    change = tf.assign(w, [4.0, 0.0])
    loss = slim.learning.train(train_op, logdir, number_of_steps=1, init_fn=lambda session: session.run(change))
    assert loss == 16.0


def test_without_a_logdir_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert train(None, number_of_steps=2) == pytest.approx(5 / 4)
    assert os.listdir(tmp_path) == []


def test_steps_are_logged(logdir, caplog):
    with caplog.at_level(logging.INFO, logger="tensorflow"):
        v1.logging.set_verbosity(v1.logging.INFO)
        logging.getLogger("tensorflow").addHandler(caplog.handler)
        try:
            train(logdir, number_of_steps=4, log_every_n_steps=2)
        finally:
            logging.getLogger("tensorflow").removeHandler(caplog.handler)
    lines = [line.partition(" (")[0] for line in caplog.messages]
    assert "global step 2: loss = 1.2500" in lines
    assert "global step 4: loss = 0.0781" in lines
    assert not any(line.startswith(("global step 1:", "global step 3:")) for line in lines)
    for line in ("Starting Session.", "Starting Queues.", "Stopping Training."):
        assert line in lines
    assert "Finished training! Saving model to disk." in lines


def test_a_step_function_of_ones_own(logdir):
    seen = []

    def step(session, train_op, global_step, arguments):
        seen.append(sorted(arguments))
        loss, _ = slim.learning.train_step(session, train_op, global_step, arguments)
        return loss, len(seen) == 4

    wrapped = []
    train(logdir, number_of_steps=10, log_every_n_steps=1, train_step_fn=step, summary_writer=None,
          session_wrapper=lambda session: wrapped.append(session) or session)  # fmt: skip
    assert seen == [["should_log", "should_stop"]] * 4
    assert len(wrapped) == 1
    assert os.path.basename(tf.train.latest_checkpoint(logdir)) == "model.ckpt-4"


def test_arguments_for_the_step_function(logdir):
    seen = []

    def step(session, train_op, global_step, arguments):
        seen.append(arguments)
        return session.run(train_op), True

    train(logdir, train_step_fn=step, train_step_kwargs={"mine": 7})
    assert [sorted(arguments) for arguments in seen] == [["mine", "summary_writer"]]


def test_traces_for_chrome(logdir):
    train(logdir, number_of_steps=3, trace_every_n_steps=2)
    traces = sorted(file for file in os.listdir(logdir) if file.startswith("tf_trace"))
    assert traces == ["tf_trace-1.json", "tf_trace-3.json"]


def test_the_end_of_the_input_ends_training(logdir):
    epochs = tf.train.limit_epochs(tf.constant([1.0]), num_epochs=2)
    train_op = quadratic()
    with tf.control_dependencies([epochs]):
        train_op = tf.identity(train_op)
    slim.learning.train(train_op, logdir)
    assert tf.train.latest_checkpoint(logdir) is not None


def test_an_error_in_a_step_is_raised(logdir):
    def step(*_):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        train(logdir, train_step_fn=step)


def test_a_loss_that_is_no_number_ends_training(logdir):
    train_op = quadratic(start=(float("nan"), 1.0))
    with pytest.raises(tf.errors.InvalidArgumentError, match="LossTensor is inf or nan"):
        slim.learning.train(train_op, logdir, number_of_steps=1)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"train_op": None}, "train_op cannot be None."),
        ({"logdir": None, "summary_op": "s"}, "Cannot provide summary_op because logdir=None"),
        ({"logdir": None, "saver": "s"}, "Cannot provide saver because logdir=None"),
        ({"logdir": None, "trace_every_n_steps": 3}, "Cannot provide trace_every_n_steps because logdir=None"),
        ({"number_of_steps": 0}, "`number_of_steps` must be either None or a positive number."),
        ({"sync_optimizer": 3, "startup_delay_steps": 3}, "startup_delay_steps must be zero when sync_optimizer"),
        ({"sync_optimizer": ["s"]}, "`sync_optimizer` must be a tf.train.SyncReplicasOptimizer."),
    ],
)
def test_arguments_that_do_not_go_together(options, says, logdir):
    with pytest.raises(ValueError, match=says):
        slim.learning.train(**{"train_op": quadratic(), "logdir": logdir, **options})


def test_a_trace_needs_a_place():
    train_op = quadratic()
    with pytest.raises(ValueError, match="logdir must be present in train_step_kwargs when should_trace is present"):
        slim.learning.train_step(None, train_op, None, {"should_trace": tf.constant(True)})


# ------------------------------------------------------------------------------------- evaluation


@pytest.fixture
def checkpoint(tmp_path):
    """w = [1, 2], v = 4, after 17 steps."""
    with tf.Graph().as_default():
        tf.get_variable("w", initializer=tf.constant([1.0, 2.0]))
        tf.get_variable("v", initializer=tf.constant(4.0))
        step = tf.train.get_or_create_global_step()
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            session.run(tf.assign(step, 17))
            return tf.train.Saver().save(session, str(tmp_path / "saved" / "model.ckpt"), global_step=17)


def variables():
    return tf.get_variable("w", [2]), tf.get_variable("v", [])


def test_a_checkpoint_is_evaluated(checkpoint, tmp_path):
    w, v = variables()
    count = slim.local_variable(tf.constant(0.0), name="count")
    tf.summary.scalar("size", v)
    result = slim.evaluation.evaluate_once(
        "", checkpoint, str(tmp_path / "eval"), num_evals=3, eval_op=tf.assign_add(count, 1.0), final_op=[w, count]
    )
    assert result[0].tolist() == [1.0, 2.0]
    assert result[1] == 3.0
    kinds, tags = summaries_in(tmp_path / "eval")
    assert kinds == {"file_version", "graph_def", "meta_graph_def", "summary"}
    assert tags == [(17, "size")]


def test_streaming_metrics_are_evaluated(checkpoint):
    _, v = variables()
    mean, update = tf.metrics.mean(tf.stack([v, 0.0]))
    assert slim.evaluation.evaluate_once("", checkpoint, None, num_evals=2, eval_op=update, final_op=mean) == 2.0


def test_what_a_checkpoint_restores_is_not_initialized(checkpoint):
    _, v = variables()
    assert slim.evaluation.evaluate_once("", checkpoint, None, initial_op=tf.assign(v, 9.0), final_op=v) == 4.0


def test_feeds_go_to_their_operations(checkpoint, tmp_path):
    _, v = variables()
    factor = tf.placeholder(tf.float32, [])
    tf.summary.scalar("product", v * factor)
    result = slim.evaluation.evaluate_once(
        "", checkpoint, str(tmp_path / "eval"), eval_op=factor, eval_op_feed_dict={factor: 1.0}, final_op=v * factor,
        final_op_feed_dict={factor: 3.0}, summary_op_feed_dict={factor: 5.0},
    )  # fmt: skip
    assert result == 12.0
    assert summaries_in(tmp_path / "eval")[1] == [(17, "product")]


def test_without_a_summary_nothing_is_written(checkpoint, tmp_path):
    _, v = variables()
    tf.summary.scalar("size", v)
    slim.evaluation.evaluate_once("", checkpoint, str(tmp_path / "eval"), summary_op=None)
    assert not (tmp_path / "eval").exists()


def test_variables_that_are_neither_restored_nor_initialized(checkpoint):
    w, _ = variables()
    with pytest.raises(RuntimeError, match="Variables not initialized: v"):
        slim.evaluation.evaluate_once("", checkpoint, None, variables_to_restore=[w], final_op=w)


def test_there_must_be_a_checkpoint():
    variables()
    with pytest.raises(ValueError, match="not a valid checkpoint"):
        slim.evaluation.evaluate_once("", "/no/such/checkpoint", None)


def test_hooks_see_each_evaluation(checkpoint):
    _, v = variables()
    seen = []

    class Hook(tf.train.SessionRunHook):
        def after_run(self, context, values):
            seen.append("run")

        def end(self, session):
            seen.append("end")

    slim.evaluation.evaluate_once("", checkpoint, None, num_evals=2, eval_op=v, final_op=v, hooks=[Hook()])
    assert seen == ["run", "run", "end"]


def test_a_loop_evaluates_new_checkpoints(checkpoint, tmp_path):
    _, v = variables()
    tf.summary.scalar("size", v)
    result = slim.evaluation.evaluation_loop(
        "", os.path.dirname(checkpoint), str(tmp_path / "eval"), final_op=v, eval_interval_secs=0,
        max_number_of_evaluations=1,
    )  # fmt: skip
    assert result == 4.0
    assert summaries_in(tmp_path / "eval")[1] == [(17, "size")]


def test_a_loop_ends_when_its_time_is_up(checkpoint):
    _, v = variables()
    asked = []
    result = slim.evaluation.evaluation_loop(
        "", os.path.dirname(checkpoint), None, final_op=v, eval_interval_secs=0, timeout=0,
        timeout_fn=lambda: asked.append(1) or len(asked) == 2,
    )  # fmt: skip
    assert result == 4.0
    assert len(asked) == 2


def test_checkpoints_are_waited_for(checkpoint, tmp_path):
    folder = os.path.dirname(checkpoint)
    assert slim.evaluation.wait_for_new_checkpoint(str(tmp_path / "none"), timeout=0, seconds_to_sleep=0) is None
    assert slim.evaluation.wait_for_new_checkpoint(folder) == checkpoint
    assert slim.evaluation.wait_for_new_checkpoint(folder, checkpoint, timeout=0) is None
    assert list(slim.evaluation.checkpoints_iterator(folder, timeout=0)) == [checkpoint]
