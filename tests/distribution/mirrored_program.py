"""One worker of a `MultiWorkerMirroredStrategy`, as `Processes` starts it."""

import json
import os
import sys
from pathlib import Path

sys.path.pop(0)  # this folder, whose modules are `distribution.*`
from distribution.processes import Task

task = Task()
task.watch_parent()
this = {"type": "worker", "index": task.index}
os.environ["TF_CONFIG"] = json.dumps({"cluster": {"worker": task.workers}, "task": this})

import tensorflow as tf2  # noqa: E402

import tf1compat_wd as tf  # noqa: E402
from distribution import models  # noqa: E402

strategy = tf2.distribute.MultiWorkerMirroredStrategy()
net = tf.tracking.VariableTrackingScope("net")
optimizer = tf.train.MomentumOptimizer(models.RATE, models.MOMENTUM)


def replica_step(x, y):
    with tf2.GradientTape() as tape, net:
        step = tf.train.get_or_create_global_step()
        loss = models.error(x, y) / strategy.num_replicas_in_sync
        loss += tf2.nn.scale_regularization_loss(models.weight_decay())
        variables = net.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True), global_step=step)
        tf.get_variable("drawn", [3], initializer=tf.random_normal_initializer())
    return loss


@tf2.function
def train_step(x, y):
    return strategy.reduce("sum", strategy.run(replica_step, args=(x, y)), axis=None)


# Every worker restores what the first has written; each writes somewhere, for reading a variable may take all of them.
if task.restore:
    net.restore(task.restore)
batch = [tf2.constant(half) for half in models.HALVES[task.index]]
folder = Path(task.folder) / f"worker{task.index}"
done = 0
while done < models.STEPS:
    loss = float(train_step(*batch))
    done = int(net.variables_by_name["global_step"].numpy())
    net.save(str(folder / f"step{done}" / "model"))
    task.say(step=done, loss=loss)
    if done == task.stop_after:
        os.kill(os.getpid(), 9)
task.say(variables={v.name: v.numpy().tolist() for v in net.variables})
os._exit(0)  # without the strategy's goodbye, which waits for the others
