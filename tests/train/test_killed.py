"""A program that is killed while `tf.train.Saver` saves: the latest checkpoint is whole.

Scopes that save are killed in core/test_checkpoints.py. `KILLS=50 pytest tests/train/test_killed.py` tries often.
"""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

# Forks at each line that it reads, once TensorFlow is imported: the child saves until somebody kills it.
NURSERY = """
import os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
import tensorflow, tf1compat_wd as tf

folder, options, is_numbered = sys.argv[1], eval(sys.argv[2]), sys.argv[3] == "numbered"
for _ in sys.stdin:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        print("gone", flush=True)
        continue
    print(os.getpid(), flush=True)
    with tf.tracking.VariableTrackingScope("net"):
        variables = [tf.get_variable(name, [5000], initializer=tf.zeros_initializer()) for name in "abc"]
        saver = tf.train.Saver(**options)
    state = tf.train.get_checkpoint_state(folder)
    if state is not None:
        saver.recover_last_checkpoints(state.all_model_checkpoint_paths)
    number = 0
    while True:
        number += 1
        for variable in variables:
            variable.assign(tensorflow.fill(variable.shape, float(number)))
        saver.save(None, os.path.join(folder, "model"), global_step=number if is_numbered else None)
        os.write(1, f"{number}\\n".encode())  # at once, whatever buffers there are
"""

V1 = "dict(max_to_keep=2, write_version=1)"
V2 = "dict(max_to_keep=2)"


@pytest.mark.parametrize(("options", "path"), [(V2, "numbered"), (V2, "same"), (V1, "numbered"), (V1, "same")])
def test_killed_at_any_moment_the_latest_checkpoint_is_whole(tmp_path, options, path):
    random = np.random.default_rng()
    command = [sys.executable, "-c", NURSERY, str(tmp_path), options, path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as nursery:
        for _ in range(int(os.environ.get("KILLS", "2"))):
            nursery.stdin.write("go\n")
            child = int(nursery.stdout.readline())
            saved = [int(nursery.stdout.readline()) for _ in range(random.integers(1, 6))]
            time.sleep(random.uniform(0.0, 0.02))
            os.kill(child, signal.SIGKILL)
            saved += [int(line) for line in iter(nursery.stdout.readline, "gone\n")]
            latest = tf.train.latest_checkpoint(str(tmp_path))
            with tf.tracking.VariableTrackingScope("net"):
                variables = [tf.get_variable(name, [5000], initializer=tf.zeros_initializer()) for name in "abc"]
                saver = tf.train.Saver()
            saver.restore(None, latest)
            values = np.stack([variable.numpy() for variable in variables])
            assert values.min() == values.max()
            assert values.max() in (saved[-1], saved[-1] + 1)  # it may have been killed before it could say so
            kept = tf.train.get_checkpoint_state(str(tmp_path)).all_model_checkpoint_paths
            for other in kept:  # the oldest may have gone before the list was written
                if tf.train.checkpoint_exists(other):
                    assert len(tf.train.list_variables(other)) == 3
            with tensorflow.Graph().as_default(), tf.Session() as session:
                graphs = [tf.get_variable(name, [5000]) for name in "abc"]
                tf.train.Saver(graphs).restore(session, latest)
        nursery.stdin.close()
