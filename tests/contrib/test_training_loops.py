"""``tf.contrib.training``: train in a session, evaluate what it wrote; and records that can be copied."""

import copy
import pickle

import pytest
import tensorflow as tf2

import tf1compat_wd as tf


def trained(folder, steps):
    """A folder with the checkpoint of a model that has taken some steps."""
    with tf2.Graph().as_default():
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        train_op = tf.contrib.training.create_train_op(w * w, tf.train.GradientDescentOptimizer(0.25))
        return tf.contrib.training.train(train_op, str(folder), hooks=[tf.train.StopAtStepHook(num_steps=steps)])


def test_a_model_is_trained_and_evaluated(tmp_path):
    assert trained(tmp_path / "train", 3) == pytest.approx(0.0625)
    with tf2.Graph().as_default():
        w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
        mean, update = tf.metrics.mean(w * 8.0)
        tf.train.get_or_create_global_step()
        tf.summary.scalar("weight", w)
        final = tf.contrib.training.evaluate_once(
            tf.train.latest_checkpoint(str(tmp_path / "train")),
            eval_ops=[update],
            final_ops={"mean": mean, "steps": tf.contrib.training.get_or_create_eval_step()},
            hooks=[
                tf.contrib.training.StopAfterNEvalsHook(4),
                tf.contrib.training.SummaryAtEndHook(str(tmp_path / "eval")),
            ],
        )
    assert final == {"mean": pytest.approx(1.0), "steps": 4}
    [events] = (tmp_path / "eval").iterdir()
    values = [value for event in tf.train.summary_iterator(str(events)) for value in event.summary.value]
    assert [(value.tag, value.simple_value) for value in values] == [("weight", 0.125)]


def test_each_new_checkpoint_is_evaluated(tmp_path):
    trained(tmp_path, 1)
    with tf2.Graph().as_default():
        w = tf.get_variable("w", [])
        tf.train.get_or_create_global_step()
        final = tf.contrib.training.evaluate_repeatedly(
            str(tmp_path), final_ops=w, eval_interval_secs=0, max_number_of_evaluations=1
        )
    assert final == pytest.approx(0.5)


def test_the_loops_say_that_they_need_a_graph():
    with pytest.raises(RuntimeError, match="The Session graph is empty"):
        tf.contrib.training.train(None, None)


def test_training_without_a_folder_needs_to_say_so():
    with tf2.Graph().as_default(), pytest.raises(ValueError, match="logdir cannot be None"):
        tf.contrib.training.train(tf.no_op(), None)


def test_hyperparameters_can_be_copied_and_pickled():
    hparams = tf.contrib.training.HParams(a=1, b=[0.5])
    assert copy.deepcopy(hparams).parse("a=2").values() == {"a": 2, "b": [0.5]}
    assert pickle.loads(pickle.dumps(hparams)).values() == hparams.values() == {"a": 1, "b": [0.5]}


def test_hyperparameters_from_a_message_of_tf1():
    class Value:
        def __init__(self, kind, value):
            self.kind = kind
            setattr(self, kind, value)

        def WhichOneof(self, _):
            return self.kind

    class Several:
        value = [b"x", b"y"]

    class Message:
        hparam = {"a": Value("int64_value", 3), "s": Value("bytes_value", b"t"), "l": Value("bytes_list", Several)}

    assert tf.contrib.training.HParams(Message).values() == {"a": 3, "s": "t", "l": ["x", "y"]}
    with pytest.raises(NotImplementedError, match="to_json"):
        tf.contrib.training.HParams(a=1).to_proto()


def test_where_tf1_kept_its_file():
    from tf1compat_wd.contrib.training.python.training import hparam

    assert hparam.HParams is tf.contrib.training.HParams


def test_bytes_of_a_variable():
    with tf2.Graph().as_default():
        zeros = tf.zeros([3, 4])
        assert tf.contrib.training.byte_size_load_fn(zeros.op) == 48
        with pytest.raises(ValueError, match="single output"):
            tf.contrib.training.byte_size_load_fn(tf.no_op())
