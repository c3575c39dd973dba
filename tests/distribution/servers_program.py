"""A worker or parameter server of `ParameterServerStrategy`, or its coordinator, as `Processes` starts it."""

import os
import sys

sys.path.pop(0)  # this folder, whose modules are `distribution.*`
from distribution.processes import Task

task = Task()

import tensorflow as tf2  # noqa: E402

cluster = tf2.train.ClusterSpec(task.cluster)
if task.role != "chief":
    server = tf2.distribute.Server(cluster, job_name=task.role, task_index=task.index, protocol="grpc")
    task.say(ready=True)
    sys.stdin.buffer.read()  # until the test ends
    os._exit(0)

import tf1compat_wd as tf  # noqa: E402
from distribution import models  # noqa: E402

options = {}
if task.shards:
    options["variable_partitioner"] = tf2.distribute.experimental.partitioners.FixedShardsPartitioner(task.shards)
resolver = tf2.distribute.cluster_resolver.SimpleClusterResolver(
    cluster, rpc_layer="grpc", task_type="chief", task_id=0
)
strategy = tf2.distribute.ParameterServerStrategy(resolver, **options)
coordinator = tf2.distribute.coordinator.ClusterCoordinator(strategy)
halves = [[tf2.constant(part) for part in half] for half in models.HALVES]
devices = set()


def fetch(remote):
    """The values of what a worker has computed; and note which worker (TensorFlow shows it in no public way)."""
    devices.add(remote._values[0].backing_device.partition("/device")[0])
    return remote.fetch()


# -------------------------------------------------------------- workers train by turns, each by itself

net = tf.tracking.VariableTrackingScope("net")
optimizer = tf.train.MomentumOptimizer(models.RATE, models.MOMENTUM)
if task.restore:
    net.restore(task.restore)


def replica_step(x, y):
    with tf2.GradientTape() as tape, net:
        step = tf.train.get_or_create_global_step()
        loss = models.error(x, y) + models.weight_decay()
        variables = net.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True), global_step=step)
    return loss


@tf2.function
def train_step(x, y):
    return (strategy.run(replica_step, args=(x, y)),)


done = int(task.restore.split("step")[-1].split("/")[0]) if task.restore else 0  # the checkpoint is of this step
while done < models.STEPS:
    loss = coordinator.schedule(train_step, args=halves[done % 2])
    coordinator.join()
    loss = fetch(loss)[0]
    done = int(net.variables_by_name["global_step"].numpy())
    net.save(f"{task.folder}/step{done}/model")
    task.say(step=done, loss=float(loss))
    if done == task.pause_after:
        sys.stdin.buffer.readline()
    if done == task.stop_after:
        os.kill(os.getpid(), 9)
task.say(variables={v.name: v.numpy().tolist() for v in net.variables})

# ------------------------------------------ workers derive, each for its half; then one updates

joint = tf.tracking.VariableTrackingScope("joint")


@tf2.function
def derive(x, y):
    with tf2.GradientTape() as tape, joint:
        loss = models.error(x, y, normalized=False) + models.weight_decay()
    return loss, tape.gradient(loss, joint.trainable_variables)


def apply(gradients):
    with joint:
        optimizer = tf.train.AdamOptimizer(models.RATE)
        optimizer.apply_gradients(zip(gradients, joint.trainable_variables, strict=True))


@tf2.function
def update(gradients):
    strategy.run(apply, args=(gradients,))


for _ in range(models.STEPS):
    remotes = [coordinator.schedule(derive, args=half) for half in halves]
    coordinator.join()
    losses, gradients = zip(*(fetch(remote) for remote in remotes), strict=True)
    coordinator.schedule(update, args=([sum(parts) / len(parts) for parts in zip(*gradients, strict=True)],))
    coordinator.join()
    task.say(joint=float(sum(losses) / len(losses)))
task.say(joint_variables={v.name: v.numpy().tolist() for v in joint.variables}, devices=sorted(devices))
os._exit(0)
