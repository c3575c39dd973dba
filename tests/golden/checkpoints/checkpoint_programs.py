"""What the checkpoints in this folder hold. Run by TF 1.15 (Python 3.7) to write them, and by ours to restore them."""

import os

# ------------------------------------------------------------------------------------- programs
#
# Each takes `tf`, and returns an operation to run for a step and a loss, or None twice.


def plain(tf):
    """Variables of many dtypes and shapes, in scopes and out of them."""
    tf.get_variable("f", initializer=tf.constant([[1.5, -2.5, 3.25], [0.0, 1e-30, -1e30]]))
    with tf.variable_scope("nested"):
        tf.get_variable("i", initializer=tf.constant([7, -8], tf.int32))
        with tf.variable_scope("deep"):
            tf.get_variable("l", initializer=tf.constant(2**40, tf.int64), trainable=False)
    tf.get_variable("h", initializer=tf.constant([0.5, -65504.0], tf.float16))
    tf.get_variable("d", initializer=tf.constant(0.1, tf.float64))
    tf.get_variable("b", initializer=tf.constant([True, False]), trainable=False)
    tf.get_variable("s", initializer=tf.constant(["some", "text \u00e9"]), trainable=False)
    tf.get_variable("empty", [0, 3])
    tf.get_local_variable("not_saved", [2], initializer=tf.zeros_initializer())
    tf.Variable([3.0, 4.0])
    with tf.name_scope("named"):
        tf.Variable(5.0)
    return None, None


def partitioned(tf):
    """Partitioned variables, with the slots of an optimizer and moving averages."""
    values = tf.random_uniform_initializer(-1.0, 1.0, seed=1)
    w = tf.get_variable("w", [5, 2], initializer=values, partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(4)):
        u = tf.get_variable("u", [4], initializer=tf.ones_initializer())
    whole = tf.get_variable("whole", [2], initializer=tf.constant_initializer([1.0, 2.0]))
    loss = (
        tf.reduce_sum(tf.square(tf.convert_to_tensor(w)))
        + tf.reduce_sum(tf.convert_to_tensor(u) * [1.0, 2.0, 3.0, 4.0])
        + tf.reduce_sum(tf.square(whole))
    )
    train = tf.train.AdamOptimizer(0.1).minimize(loss)
    with tf.variable_scope("scoped"):
        train = tf.group(train, tf.train.MomentumOptimizer(0.01, 0.9).minimize(loss))
    with tf.control_dependencies([train]):
        return tf.train.ExponentialMovingAverage(0.9).apply(), loss


def trained(tf):
    """A small network that Adam trains, with moving averages and a global step."""
    x = tf.constant([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-1.0, 1.0, 1.0], [0.0, 0.5, -2.0]])
    labels = tf.constant([0, 1, 1, 0])
    with tf.variable_scope("net", regularizer=lambda w: 0.01 * tf.nn.l2_loss(w)):
        with tf.variable_scope("hidden"):
            kernel = tf.get_variable("kernel", [3, 4], initializer=tf.constant_initializer(_numbers(12)))
            bias = tf.get_variable("bias", [4], initializer=tf.zeros_initializer(), regularizer=tf.no_regularizer)
            hidden = tf.tanh(tf.matmul(x, kernel) + bias)
        with tf.variable_scope("logits"):
            kernel = tf.get_variable("kernel", [4, 2], initializer=tf.constant_initializer(_numbers(8)))
            logits = tf.matmul(hidden, kernel)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    loss = tf.reduce_mean(losses) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
    step = tf.train.get_or_create_global_step()
    with tf.variable_scope("train"):
        train = tf.train.AdamOptimizer(0.05).minimize(loss, global_step=step)
        with tf.control_dependencies([train]):
            return tf.train.ExponentialMovingAverage(0.9, step).apply(tf.trainable_variables()), loss


def _numbers(count):
    return [((7 * i) % 11 - 5) / 10.0 for i in range(count)]


PROGRAMS = {"plain": plain, "partitioned": partitioned, "trained": trained}

# What is written: name of the checkpoint, program, steps before it, options of the saver.
CHECKPOINTS = [
    ("plain", "plain", 0, {}),
    ("partitioned", "partitioned", 2, {}),
    ("partitioned_v1", "partitioned", 2, {"write_version": 1}),
    ("partitioned_sharded", "partitioned", 2, {"sharded": True}),
    ("trained", "trained", 3, {}),
    ("trained_v1", "trained", 3, {"write_version": 1}),
]

STEPS_AFTER = 3


# ---------------------------------------------------------------------------------- what a saver does


def saver_story(tf, session, variable, folder):
    """What a saver keeps, deletes and notes, action by action: [action, what it gave, kept, files, state files]."""
    story = []
    path = os.path.join(folder, "m")

    def note(action, saver, result=None):
        files = sorted(os.listdir(folder))
        states = {name: _text(folder, name) for name in files if name in ("checkpoint", "other")}
        kept = [os.path.relpath(p, folder) for p in saver.last_checkpoints]
        result = None if result is None else os.path.relpath(result, folder)
        # How many files the values are in doesn't matter (ours may count on, see _core/checkpoint_files.py).
        files = sorted({name.split(".data-")[0] + ".data" if ".data-" in name else name for name in files})
        story.append([action, result, kept, files, states])

    def save(saver, *args, **kwargs):
        return saver.save(session, *args, write_meta_graph=False, **kwargs)

    saver = tf.train.Saver([variable], max_to_keep=2)
    for step in (1, 2, 3):
        note(f"step {step}", saver, save(saver, path, global_step=step))
    note("step 2 once more", saver, save(saver, path, global_step=2))
    note("without a step", saver, save(saver, path))
    note("without noting it", saver, save(saver, path, global_step=9, write_state=False))
    note("in another file", saver, save(saver, path, global_step=10, latest_filename="other"))

    recovered = tf.train.Saver([variable], max_to_keep=3)
    recovered.recover_last_checkpoints(
        tf.train.get_checkpoint_state(folder).all_model_checkpoint_paths[:] + [os.path.join(folder, "gone")]
    )
    note("recovered", recovered)
    for step in (11, 12, 13):
        note(f"recovered, step {step}", recovered, save(recovered, path, global_step=step))

    told = tf.train.Saver([variable], max_to_keep=2)
    told.set_last_checkpoints([path + "-11", path + "-12"])
    note("told", told)
    note("told, step 14", told, save(told, path, global_step=14))

    everything = tf.train.Saver([variable], max_to_keep=0)
    for step in (20, 21):
        note(f"keeping all, step {step}", everything, save(everything, path, global_step=step))

    now_and_then = tf.train.Saver([variable], max_to_keep=1, keep_checkpoint_every_n_hours=0.0)
    for step in (30, 31, 32):
        note(f"keeping one in no time, step {step}", now_and_then, save(now_and_then, path, global_step=step))

    padded = tf.train.Saver([variable], pad_step_number=True, save_relative_paths=True)
    note("padded", padded, save(padded, path, global_step=40))

    old_format = tf.train.Saver([variable], write_version=1, max_to_keep=1)
    for step in (50, 51):
        note(f"old format, step {step}", old_format, save(old_format, path, global_step=step))
    return story


def _text(folder, name):
    with open(os.path.join(folder, name)) as file:
        return file.read().replace(folder, "FOLDER")
