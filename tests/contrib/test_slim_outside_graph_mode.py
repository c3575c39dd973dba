"""What of `slim` needs a session says so outside graph mode; the training step works there, too."""

import pytest
import tensorflow

import tf1compat_wd as tf

slim = tf.contrib.slim


def quadratic():
    """A training step that halves `w`, so that the loss is a quarter of the one before."""
    w = slim.variable("w", initializer=tf.constant([1.0, 2.0]))
    tf.losses.add_loss(tf.reduce_sum(tf.square(w)))
    return slim.learning.create_train_op(tf.losses.get_total_loss(), tf.train.GradientDescentOptimizer(0.25))


@pytest.mark.parametrize(
    "call",
    [
        lambda: slim.learning.train(None, None),
        lambda: slim.evaluation.evaluate_once("", "c", None),
        lambda: slim.evaluation.evaluation_loop("", "c", None),
        lambda: slim.prefetch_queue.prefetch_queue([tf.zeros([])]),
        lambda: tf.contrib.training.bucket([tf.zeros([])], 0, 2, 2),
        lambda: slim.parallel_reader.parallel_read("f", tf.TFRecordReader),
        lambda: slim.parallel_reader.single_pass_read("f", tf.TFRecordReader),
    ],
)
def test_what_needs_a_session_says_so(call):
    with pytest.raises(RuntimeError, match="tf1compat-wd run"):
        call()


@pytest.mark.parametrize("is_function", [False, True])
def test_a_training_step_trains_in_passes(is_function):
    net = tf.tracking.VariableTrackingScope("net", tape=True)

    def step():
        with net:
            return quadratic()

    run = tensorflow.function(step) if is_function else step
    assert [float(run()) for _ in range(3)] == [5.0, 1.25, 0.3125]
    assert [v.name for v in net.global_variables] == ["w:0", "global_step:0"]
    assert int(net.variables_by_name["global_step"]) == 3


def test_an_eager_training_step_without_a_tape_says_what_to_do():
    with tf.tracking.VariableTrackingScope("net"), pytest.raises(RuntimeError, match="tape=True"):
        quadratic()
