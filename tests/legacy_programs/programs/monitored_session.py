"""MonitoredTrainingSession with hooks, stopped and continued."""
import numpy as np
import tensorflow as tf


class LossHistory(tf.train.SessionRunHook):
    def __init__(self, loss):
        self._loss = loss
        self.values = []

    def begin(self):
        self._step = tf.train.get_global_step()

    def before_run(self, run_context):
        return tf.train.SessionRunArgs([self._loss, self._step])

    def after_run(self, run_context, run_values):
        self.values.append(run_values.results[0])
        if run_values.results[0] < 1e-6:
            run_context.request_stop()

    def end(self, session):
        print("at the end, step", session.run(self._step))


def build():
    rng = np.random.RandomState(0)
    x = tf.constant(rng.randn(20, 3), dtype=tf.float32)
    y = tf.constant(rng.randn(20, 1), dtype=tf.float32)
    w = tf.get_variable("w", [3, 1], initializer=tf.zeros_initializer(),
                        regularizer=tf.contrib.layers.l2_regularizer(0.1))
    loss = tf.losses.mean_squared_error(y, tf.matmul(x, w)) + tf.losses.get_regularization_loss()
    step = tf.train.get_or_create_global_step()
    rate = tf.train.piecewise_constant(step, [4, 8], [0.1, 0.05, 0.01])
    opt = tf.train.AdagradOptimizer(rate)
    return loss, opt.minimize(loss, global_step=step), w, rate


def run(last_step):
    with tf.Graph().as_default():
        loss, train_op, w, rate = build()
        history = LossHistory(loss)
        hooks = [history, tf.train.StopAtStepHook(last_step=last_step), tf.train.NanTensorHook(loss),
                 tf.train.LoggingTensorHook({"loss": loss}, every_n_iter=100)]
        scaffold = tf.train.Scaffold(saver=tf.train.Saver(max_to_keep=1))
        with tf.train.MonitoredTrainingSession(checkpoint_dir="logs", hooks=hooks, scaffold=scaffold,
                                               save_checkpoint_steps=5, save_summaries_steps=None,
                                               config=tf.ConfigProto(allow_soft_placement=True)) as sess:
            while not sess.should_stop():
                _, value, r = sess.run([train_op, w, rate])
        print("losses", " ".join("%.6f" % v for v in history.values), "rate %.3f" % r)
        print("w", value.ravel().round(5).tolist())


run(6)
run(10)
print(tf.train.latest_checkpoint("logs").split("/")[-1])
sv = tf.Graph()
with sv.as_default():
    loss, train_op, w, rate = build()
    supervisor = tf.train.Supervisor(logdir="logs", save_model_secs=0, summary_op=None)
    with supervisor.managed_session() as sess:
        print("supervised %.6f" % sess.run(loss), sess.run(supervisor.global_step))
with tf.Graph().as_default():
    loss, train_op, w, rate = build()
    creator = tf.train.ChiefSessionCreator(checkpoint_dir="logs")
    with tf.train.MonitoredSession(session_creator=creator) as sess:
        print("monitored %.6f" % sess.run(loss))
