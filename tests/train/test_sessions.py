"""Programs of sessions, queues and hooks, through our namespace: each of TF1's ways to run a training loop."""

import contextlib
import os
import threading
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf2
from google.protobuf import text_format

import tf1compat_wd as tf

tf.logging.set_verbosity(tf.logging.ERROR)


@pytest.fixture
def graph():
    """A graph of its own to build in, as a script has it."""
    with tf2.Graph().as_default() as graph:
        yield graph


def train_op(rate=0.1):
    """w goes to 3: an operation for a step, the loss and the weight."""
    step = tf.train.get_or_create_global_step()
    w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    loss = tf.square(w - 3.0, name="loss")
    return tf.train.GradientDescentOptimizer(rate).minimize(loss, global_step=step), loss, w


def checkpoints_in(folder):
    return sorted(int(name[len("model.ckpt-") : -len(".index")]) for name in os.listdir(folder) if "index" in name)


def scalars_in(folder):
    """Tag to steps of the scalars in the event files of `folder`."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if "tfevents" in name:
            for event in tf.train.summary_iterator(os.path.join(folder, name)):
                for value in event.summary.value:
                    found.setdefault(value.tag, []).append(event.step)
    return found


# ------------------------------------------------------------------------------------- sessions


def test_a_session_runs_what_it_is_given(graph):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    w = tf.get_variable("w", [2, 1], initializer=tf.ones_initializer())
    y = tf.matmul(x, w)
    with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as session:
        session.run(tf.global_variables_initializer())
        feed = {x: [[1.0, 2.0]]}
        assert session.run(y, feed).tolist() == [[3.0]]
        assert session.run({"y": [y, y], "w": w}, feed)["y"][1].tolist() == [[3.0]]
        assert session.run("x:0", feed).tolist() == [[1.0, 2.0]]
        assert y.eval(feed).tolist() == [[3.0]]
        w.load(np.zeros([2, 1]), session)
        assert session.run(y, feed).tolist() == [[0.0]]
        assert session.graph is graph
        call = session.make_callable(y, [x])
        assert call(np.ones([3, 2])).shape == (3, 1)


def test_an_interactive_session_is_the_default_one(graph):
    session = tf.InteractiveSession()
    try:
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        w.initializer.run()
        assert (w * 2.0).eval().tolist() == [2.0, 2.0]
        tf.assign(w, [3.0, 4.0]).eval()
        assert w.eval().tolist() == [3.0, 4.0]
        assert tf.get_default_session() is session
    finally:
        session.close()


def test_partial_runs_and_metadata(graph):
    x = tf.placeholder(tf.float32, [])
    y = x * 2.0
    with tf.Session() as session:
        handle = session.partial_run_setup([y], [x])
        assert session.partial_run(handle, y, {x: 2.0}) == 4.0
        metadata = tf.RunMetadata()
        options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
        session.run(y, {x: 1.0}, options=options, run_metadata=metadata)
        assert metadata.step_stats.dev_stats


def test_errors_of_a_session_keep_their_class(graph):
    w = tf.get_variable("w", [2])
    x = tf.placeholder(tf.float32, [], name="x")
    with tf.Session() as session:
        with pytest.raises(tf.errors.FailedPreconditionError, match="w"):
            session.run(w)
        with pytest.raises(tf.errors.InvalidArgumentError, match="You must feed a value for placeholder tensor 'x'"):
            session.run(x + 1.0)
        with pytest.raises(ValueError, match="Cannot feed value of shape"):
            session.run(x, {x: [1.0]})
        assert session.run(tf.report_uninitialized_variables()).tolist() == [b"w"]
    with pytest.raises(RuntimeError, match="Attempted to use a closed Session"):
        session.run(x, {x: 1.0})


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: tf.Session(), "The Session graph is empty"),
        (lambda: tf.InteractiveSession(), "The Session graph is empty"),
        (lambda: tf.placeholder(tf.float32), "tf.placeholder() is not compatible with eager execution."),
        (lambda: tf.train.MonitoredTrainingSession(), "tf.train.MonitoredTrainingSession"),
        (lambda: tf.train.MonitoredSession(), "tf.train.MonitoredSession"),
        (lambda: tf.train.SingularMonitoredSession(), "tf.train.SingularMonitoredSession"),
        (lambda: tf.train.Supervisor(), "Supervisors are incompatible with eager execution."),
        (lambda: tf.train.string_input_producer(["a"]), "Input pipelines based on Queues are not supported"),
        (lambda: tf.train.input_producer([1]), "Input pipelines based on Queues are not supported"),
        (lambda: tf.train.range_input_producer(3), "Input pipelines based on Queues are not supported"),
        (lambda: tf.train.slice_input_producer([[1]]), "Input pipelines based on Queues are not supported"),
        (lambda: tf.train.batch([tf.constant(1)], 1), "Input pipelines based on Queues are not supported"),
        (lambda: tf.train.shuffle_batch([tf.constant(1)], 1, 3, 1), "Input pipelines based on Queues are not support"),
        (lambda: tf.train.batch_join([[tf.constant(1)]], 1), "Input pipelines based on Queues are not supported"),
        (lambda: tf.train.QueueRunner(), "QueueRunners are not supported when eager execution is enabled"),
        (lambda: tf.train.start_queue_runners(), "Queues are not compatible with eager execution."),
        (lambda: tf.WholeFileReader(), "Readers are not supported when eager execution is enabled"),
        (lambda: tf.TextLineReader(), "Readers are not supported when eager execution is enabled"),
        (lambda: tf.TFRecordReader(), "Readers are not supported when eager execution is enabled"),
        (
            lambda: tf.data.Dataset.range(3).make_initializable_iterator(),
            "`make_initializable_iterator()` is not supported",
        ),
    ],
)
def test_outside_graph_mode_each_says_what_to_do(make, says):
    with pytest.raises(RuntimeError) as caught:
        make()
    message = str(caught.value)
    assert says in message
    assert "tf1compat-wd run" in message or "tf.data" in message or "iteration" in message


def test_in_a_trace_a_queue_that_nobody_would_fill_is_refused():
    @tf2.function
    def trace():
        return tf.train.batch([tf.constant(1)], 1)

    with pytest.raises(RuntimeError, match="a tf.function that is being traced"):
        trace()


# ----------------------------------------------------------------------------- monitored sessions


def test_a_monitored_training_session_with_all_its_hooks(graph, tmp_path):
    train, loss, w = train_op()
    tf.summary.scalar("my_loss", loss)
    seen = []

    class Watch(tf.train.SessionRunHook):
        def begin(self):
            seen.append("begin")

        def after_create_session(self, session, coord):
            seen.append("created")

        def before_run(self, run_context):
            return tf.train.SessionRunArgs({"loss": loss}, feed_dict=None)

        def after_run(self, run_context, run_values):
            seen.append(float(run_values.results["loss"]))

        def end(self, session):
            seen.append(float(session.run(w)))

    logged = []
    hooks = [
        tf.train.StopAtStepHook(last_step=6),
        tf.train.LoggingTensorHook({"loss": loss}, every_n_iter=2, formatter=lambda v: logged.append(v) or "x"),
        tf.train.NanTensorHook(loss),
        tf.train.StepCounterHook(every_n_steps=2, output_dir=str(tmp_path)),
        tf.train.FinalOpsHook(w),
        tf.train.GlobalStepWaiterHook(0),
        tf.train.ProfilerHook(save_steps=3, output_dir=str(tmp_path)),
        tf.train.FeedFnHook(dict),
        Watch(),
    ]
    with tf.train.MonitoredTrainingSession(
        checkpoint_dir=str(tmp_path),
        hooks=hooks,
        save_checkpoint_steps=2,
        save_summaries_steps=1,
        log_step_count_steps=3,
    ) as session:
        while not session.should_stop():
            session.run(train)
    assert seen[:2] == ["begin", "created"]
    assert len(seen) == 9
    assert seen[2] == 9.0
    assert seen[-1] == pytest.approx(3.0 * (1 - 0.8**6))
    assert hooks[4].final_ops_values == pytest.approx(seen[-1])
    assert checkpoints_in(tmp_path)[-1] == 6
    assert scalars_in(tmp_path)["my_loss"][:2] == [1, 2]
    assert any(name.startswith("timeline") for name in os.listdir(tmp_path))
    assert len(logged) == 3


def test_a_monitored_training_session_goes_on_where_the_last_one_stopped(tmp_path):
    for end in (3, 5):
        with tf2.Graph().as_default():
            train, _, _ = train_op()
            hooks = [tf.train.StopAtStepHook(last_step=end)]
            with tf.train.MonitoredTrainingSession(
                checkpoint_dir=str(tmp_path), hooks=hooks, save_summaries_steps=None, save_summaries_secs=None
            ) as session:
                while not session.should_stop():
                    session.run(train)
    assert tf.train.latest_checkpoint(str(tmp_path)).endswith("model.ckpt-5")
    assert float(tf.train.load_variable(str(tmp_path), "w")) == pytest.approx(3.0 * (1 - 0.8**5))


def _in_a_monitored_training_session(folder):
    return tf.train.MonitoredTrainingSession(
        checkpoint_dir=folder, save_checkpoint_secs=None, save_summaries_steps=None
    )


def _in_a_supervisors_session(folder):
    return tf.train.Supervisor(logdir=folder, save_model_secs=0, save_summaries_secs=0).managed_session()


@pytest.mark.parametrize(
    "open_session",
    [
        _in_a_monitored_training_session,
        _in_a_supervisors_session,
        lambda folder: tf.train.SingularMonitoredSession(checkpoint_dir=folder),
        lambda folder: tf.train.MonitoredSession(tf.train.ChiefSessionCreator(checkpoint_dir=folder)),
    ],
    ids=["monitored_training", "supervisor", "singular", "chief"],
)
@pytest.mark.parametrize(
    ("shape", "more", "error", "says"),
    [([3], [], tf.errors.InvalidArgumentError, "w"), ([2], [2], tf.errors.NotFoundError, "more")],
)
def test_a_loop_refuses_a_checkpoint_that_does_not_fit(tmp_path, open_session, shape, more, error, says):
    with tf2.Graph().as_default(), tf.Session() as session:
        tf.get_variable("w", [2], initializer=tf.ones_initializer())
        session.run([tf.train.create_global_step().initializer, tf.global_variables_initializer()])
        tf.train.Saver().save(session, str(tmp_path / "model.ckpt"))
    with tf2.Graph().as_default():
        tf.get_variable("w", shape, initializer=tf.zeros_initializer(), use_resource=True)
        if more:
            tf.get_variable("more", more, initializer=tf.zeros_initializer(), use_resource=True)
        tf.train.create_global_step()
        with pytest.raises(error, match=rf"(?s)\b{says}\b"), open_session(str(tmp_path)):
            pass
        saver = tf.get_collection(tf.GraphKeys.SAVERS)
        assert len(saver) == 1
        assert isinstance(saver[0], tf.train.Saver)


def test_a_supervisor_may_be_without_a_saver(graph):
    tf.train.create_global_step()
    assert tf.train.Supervisor(saver=None).saver is None
    assert not tf.get_collection(tf.GraphKeys.SAVERS)


def test_a_loss_that_is_not_a_number_stops_the_training(graph):
    train, loss, _ = train_op()
    nan = loss * float("nan")
    for fails in (True, False):
        with contextlib.ExitStack() as stack:
            if fails:
                stack.enter_context(pytest.raises(tf.train.NanLossDuringTrainingError))
            hooks = [tf.train.NanTensorHook(nan, fail_on_nan_loss=fails)]
            with tf.train.MonitoredTrainingSession(hooks=hooks) as session:
                session.run([train, nan])
                assert session.should_stop()


def test_hooks_by_number_and_time(graph):
    train, _, _ = train_op()
    with tf.train.MonitoredTrainingSession(hooks=[tf.train.StopAtStepHook(num_steps=2)]) as session:
        runs = 0
        while not session.should_stop():
            session.run(train)
            runs += 1
    assert runs == 2
    with pytest.raises(ValueError, match="One of num_steps or last_step must be specified."):
        tf.train.StopAtStepHook()
    timer = tf.train.SecondOrStepTimer(every_steps=2)
    assert [timer.should_trigger_for_step(step) for step in (1,)] == [True]
    timer.update_last_triggered_step(1)
    assert [timer.should_trigger_for_step(step) for step in (2, 3)] == [False, True]


def test_a_scaffold_says_how_to_begin(graph, tmp_path):
    train, _, w = train_op()
    local = tf.get_local_variable("count", [], initializer=tf.ones_initializer())
    began = []
    scaffold = tf.train.Scaffold(
        init_op=tf.global_variables_initializer(),
        init_fn=lambda scaffold, session: began.append(session.run(tf_assign)),
        local_init_op=tf.local_variables_initializer(),
        saver=tf.train.Saver([w]),
    )
    tf_assign = tf.assign(w, 2.0)
    with tf.train.MonitoredTrainingSession(scaffold=scaffold, checkpoint_dir=str(tmp_path)) as session:
        assert session.run([w, local]) == [2.0, 1.0]
        session.run(train)
    assert began == [2.0]
    assert [name for name, _ in tf.train.list_variables(str(tmp_path))] == ["w"]


def test_a_singular_monitored_session_and_one_made_by_a_creator(graph):
    train, _, w = train_op()
    with tf.train.SingularMonitoredSession(hooks=[tf.train.StopAtStepHook(num_steps=1)]) as session:
        session.run(train)
        assert session.should_stop()
        assert session.raw_session().run(w) == pytest.approx(0.6)
    with tf.train.MonitoredSession(tf.train.ChiefSessionCreator()) as session:
        step_fn = lambda step_context: step_context.session.run(train)  # noqa: E731
        session.run_step_fn(step_fn)
        assert session.run(w) == pytest.approx(0.6)


def test_a_basic_train_loop_with_a_supervisor(graph, tmp_path):
    train, loss, _ = train_op()
    tf.summary.scalar("loss", loss)
    supervisor = tf.train.Supervisor(logdir=str(tmp_path), save_model_secs=0, save_summaries_secs=0)
    losses = []

    def step(session):
        losses.append(session.run([train, loss])[1])
        if len(losses) == 3:
            supervisor.request_stop()

    tf.train.basic_train_loop(supervisor, step)
    assert losses == sorted(losses, reverse=True)
    assert len(losses) == 3


def test_a_supervisor_saves_and_goes_on(tmp_path):
    for end in (2, 4):
        with tf2.Graph().as_default():
            train, _, _ = train_op()
            step = tf.train.get_global_step()
            supervisor = tf.train.Supervisor(logdir=str(tmp_path), global_step=step, save_model_secs=0)
            with supervisor.managed_session() as session:
                while not supervisor.should_stop() and session.run(step) < end:
                    session.run(train)
                supervisor.saver.save(session, supervisor.save_path, global_step=step)
    assert tf.train.latest_checkpoint(str(tmp_path)).endswith("model.ckpt-4")
    assert tf.train.load_variable(str(tmp_path), "global_step") == 4


def test_a_session_manager_prepares_a_session(graph, tmp_path):
    train, _, w = train_op()
    manager = tf.train.SessionManager()
    saver = tf.train.Saver()
    session = manager.prepare_session("", init_op=tf.global_variables_initializer(), saver=saver)
    session.run(train)
    saver.save(session, str(tmp_path / "model"))
    session.close()
    session, initialized = manager.recover_session("", saver=saver, checkpoint_dir=str(tmp_path))
    assert (initialized, session.run(w)) == (False, pytest.approx(0.6)) or session.run(w) == pytest.approx(0.6)
    session.close()


# ------------------------------------------------------------------------------------------ queues


@contextlib.contextmanager
def running_queues():
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        try:
            yield session, coordinator
        finally:
            coordinator.request_stop()
            coordinator.join(threads)


def drain(session, *what):
    rows = []
    with pytest.raises(tf.errors.OutOfRangeError):
        while True:
            rows.append(session.run(list(what)))
    return rows


def test_files_by_name_line_by_line_in_batches(graph, tmp_path):
    for name, lines in (("a.csv", "1,2\n3,4\n"), ("b.csv", "5,6\n")):
        (tmp_path / name).write_text(lines)
    names = tf.train.string_input_producer([str(tmp_path / n) for n in ("a.csv", "b.csv")], num_epochs=2, shuffle=False)
    _, line = tf.TextLineReader().read(names)
    first, second = tf.decode_csv(line, [[0.0], [0.0]])
    batch = tf.train.batch([first, second], batch_size=4, allow_smaller_final_batch=True)
    with running_queues() as (session, _):
        rows = drain(session, *batch)
    assert [list(map(float, row[0])) for row in rows] == [[1, 3, 5, 1], [3, 5]]
    assert [list(map(float, row[1])) for row in rows] == [[2, 4, 6, 2], [4, 6]]


def test_files_that_match_and_records(graph, tmp_path):
    with tf.python_io.TFRecordWriter(str(tmp_path / "data.tfrecord")) as writer:
        for i in range(3):
            feature = {"x": tf.train.Feature(int64_list=tf.train.Int64List(value=[i]))}
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    names = tf.train.match_filenames_once(str(tmp_path / "*.tfrecord"))
    _, record = tf.TFRecordReader().read(tf.train.string_input_producer(names, num_epochs=1))
    x = tf.parse_single_example(record, {"x": tf.FixedLenFeature([], tf.int64)})["x"]
    with running_queues() as (session, _):
        assert [int(row[0]) for row in drain(session, x)] == [0, 1, 2]


def test_shuffled_batches_have_every_element(graph):
    x = tf.train.range_input_producer(12, num_epochs=1, shuffle=True, seed=1).dequeue()
    batch = tf.train.shuffle_batch([x], batch_size=4, capacity=12, min_after_dequeue=4, num_threads=2, seed=1)
    with running_queues() as (session, _):
        rows = drain(session, batch)
    assert sorted(int(i) for row in rows for i in row[0]) == list(range(12))


def test_slices_joined_and_filtered_and_padded(graph):
    image, label = tf.train.slice_input_producer([tf.reshape(tf.range(12.0), [6, 2]), tf.range(6)], 1, shuffle=False)
    _, labels = tf.train.maybe_batch([image, label], tf.equal(label % 2, 0), 3)
    with running_queues() as (session, _):
        assert session.run(labels).tolist() == [0, 2, 4]


def test_variable_lengths_are_padded(graph):
    i = tf.train.range_input_producer(3, num_epochs=1, shuffle=False).dequeue()
    batch = tf.train.batch([tf.range(i)], 3, dynamic_pad=True)
    with running_queues() as (session, _):
        assert session.run(batch).tolist() == [[0, 0], [0, 0], [0, 1]]


def test_batches_of_several_sources(graph):
    sources = [[tf.train.limit_epochs(tf.constant(i), 2)] for i in range(2)]
    for joined in (
        tf.train.batch_join(sources, 2),
        tf.train.shuffle_batch_join([[tf.constant(3)], [tf.constant(4)]], 2, 10, 1),
    ):
        assert joined.shape.as_list() == [2]
    with running_queues() as (session, _):
        assert session.run(joined).shape == (2,)


def test_a_queue_of_ones_own_with_its_runner(graph):
    queue = tf.FIFOQueue(10, [tf.float32], shapes=[[]])
    count = tf.get_variable("count", [], initializer=tf.zeros_initializer())
    runner = tf.train.QueueRunner(queue, [queue.enqueue([tf.assign_add(count, 1.0)])])
    tf.train.add_queue_runner(runner)
    with running_queues() as (session, _):
        assert sorted(session.run(queue.dequeue_many(3)).tolist()) == [1.0, 2.0, 3.0]
        assert session.run(queue.size()) >= 0
    other = tf.RandomShuffleQueue(10, 0, [tf.int32], seed=1)
    assert other.queue_ref is not None


def test_a_coordinator_stops_its_threads_and_tells_their_errors():
    coordinator = tf.train.Coordinator()
    counted = []

    def work():
        while not coordinator.should_stop():
            counted.append(1)
            if len(counted) == 3:
                coordinator.request_stop()

    threads = [threading.Thread(target=work)]
    threads[0].start()
    coordinator.join(threads)
    assert len(counted) == 3
    coordinator.clear_stop()

    def fail():
        with coordinator.stop_on_exception():
            raise KeyError("mine")

    thread = threading.Thread(target=fail)
    thread.start()
    with pytest.raises(KeyError, match="mine"):
        coordinator.join([thread])
    looper = tf.train.LooperThread.loop(tf.train.Coordinator(), 0.01, lambda: None)
    looper.coord.request_stop() if hasattr(looper, "coord") else looper._coord.request_stop()
    looper.join()


# ---------------------------------------------------------------------------------------- tf.data


def test_iterators_of_every_kind(graph):
    dataset = tf.data.Dataset.from_tensor_slices(tf.range(4)).map(lambda x: x * 2).batch(2)
    one_shot = dataset.make_one_shot_iterator()
    limit = tf.placeholder(tf.int64, [])
    initializable = tf.data.Dataset.range(limit).make_initializable_iterator()
    reinitializable = tf.data.Iterator.from_structure(dataset.output_types, dataset.output_shapes)
    start = reinitializable.make_initializer(dataset)
    handle = tf.placeholder(tf.string, [])
    by_handle = tf.data.Iterator.from_string_handle(handle, dataset.output_types, dataset.output_shapes)
    nexts = [i.get_next() for i in (one_shot, initializable, reinitializable, by_handle)]
    with tf.Session() as session:
        assert [session.run(nexts[0]).tolist() for _ in range(2)] == [[0, 2], [4, 6]]
        with pytest.raises(tf.errors.OutOfRangeError):
            session.run(nexts[0])
        for size in (1, 2):
            session.run(initializable.initializer, {limit: size})
            assert len(drain(session, nexts[1])) == size
        for _ in range(2):
            session.run(start)
            assert session.run(nexts[2]).tolist() == [0, 2]
        text = session.run(reinitializable.string_handle())
        assert session.run(nexts[3], {handle: text}).tolist() == [4, 6]


def test_an_iterator_is_a_loop_eagerly():
    dataset = tf.data.Dataset.range(3)
    assert [int(x) for x in dataset] == [0, 1, 2]
    assert int(dataset.make_one_shot_iterator().get_next()) == 0


def test_python_functions_run_in_a_session(graph):
    calls = []

    def double(x):
        calls.append(1)
        return x * 2.0

    y = tf.py_func(double, [tf.constant([1.0, 2.0])], tf.float32)
    y.set_shape([2])
    z = tf.py_function(lambda x: x + 1.0, [y], tf.float32)
    with tf.Session() as session:
        assert session.run(z).tolist() == [3.0, 5.0]
        session.run(z)
    assert len(calls) == 2


# --------------------------------------------------------------------------------------- the rest


def test_workers_of_a_cluster_train_together():
    server = tf.train.Server.create_local_server()
    with tf2.Graph().as_default():
        train, _, w = train_op()
        with tf.train.MonitoredTrainingSession(master=server.target, is_chief=True) as session:
            session.run(train)
            assert session.run(w) == pytest.approx(0.6)
    cluster = tf.train.ClusterSpec({"ps": ["a:1"], "worker": ["b:1", "c:1"]})
    assert cluster.num_tasks("worker") == 2
    with tf2.Graph().as_default(), tf.device(tf.train.replica_device_setter(cluster=cluster)):
        w = tf.get_variable("w", [2])
        y = w * 2.0
    assert "ps" in w.device
    assert "worker" in y.device


# Its queue runner is told to stop in the middle of waiting, as in TF 1.15.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_synchronous_replicas_in_a_graph(graph):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    step = tf.train.get_or_create_global_step()
    optimizer = tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1), replicas_to_aggregate=1)
    train = optimizer.minimize(w * w, global_step=step)
    hooks = [optimizer.make_session_run_hook(is_chief=True)]
    with tf.train.MonitoredTrainingSession(hooks=hooks, stop_grace_period_secs=1) as session:
        for _ in range(4):
            session.run(train)
        steps, value = session.run([step, w])
    for thread in threading.enumerate():
        if thread.name.startswith("QueueRunnerThread"):
            thread.join(10)
    assert 1 <= steps <= 4
    assert value in [pytest.approx(0.8**n) for n in range(1, 5)]


def test_a_graph_is_written_and_read(graph, tmp_path):
    tf.constant(1.0, name="one")
    path = tf.train.write_graph(graph, str(tmp_path), "graph.pbtxt")
    with tf2.Graph().as_default() as other:
        definition = tf.GraphDef()
        text_format.Parse(Path(path).read_text(), definition)
        tf.import_graph_def(definition, name="in")
        assert other.get_tensor_by_name("in/one:0") is not None
