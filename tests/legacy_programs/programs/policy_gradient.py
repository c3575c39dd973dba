"""REINFORCE with a baseline and clipped gradients; actions come from a table, so that runs repeat."""
import argparse

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument('--hidden', type=int, default=12)
parser.add_argument('--updates', type=int, default=6)
parser.add_argument('--entropy', type=float, default=0.01)
args = parser.parse_args()


def normc_initializer(std=1.0, seed=0):
    def _initializer(shape, dtype=None, partition_info=None):
        out = np.random.RandomState(seed).randn(*shape).astype(np.float32)
        out *= std / np.sqrt(np.square(out).sum(axis=0, keepdims=True))
        return tf.constant(out)
    return _initializer


def linear(x, size, name, initializer=None, bias_init=0):
    w = tf.get_variable(name + "/w", [x.get_shape()[1], size], initializer=initializer)
    b = tf.get_variable(name + "/b", [size], initializer=tf.constant_initializer(bias_init))
    return tf.matmul(x, w) + b


class Policy:
    def __init__(self, ob_space, ac_space, scope):
        with tf.variable_scope(scope):
            self.x = x = tf.placeholder(tf.float32, [None, ob_space])
            x = tf.nn.elu(linear(x, args.hidden, "l1", normc_initializer(1.0, 1)))
            self.logits = linear(x, ac_space, "action", normc_initializer(0.01, 2))
            self.vf = tf.reshape(linear(x, 1, "value", normc_initializer(1.0, 3)), [-1])
            self.sample = tf.one_hot(tf.squeeze(tf.argmax(self.logits, 1)), ac_space)
            self.var_list = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, tf.get_variable_scope().name)


with tf.device(tf.train.replica_device_setter(0)):
    global_network = Policy(4, 3, "global")
    global_step = tf.get_variable("global_step", [], tf.int32, initializer=tf.constant_initializer(0, dtype=tf.int32),
                                  trainable=False)
with tf.device("/cpu:0"):
    pi = Policy(4, 3, "local")
    pi.global_step = global_step
    ac = tf.placeholder(tf.float32, [None, 3], name="ac")
    adv = tf.placeholder(tf.float32, [None], name="adv")
    r = tf.placeholder(tf.float32, [None], name="r")
    log_prob_tf = tf.nn.log_softmax(pi.logits)
    prob_tf = tf.nn.softmax(pi.logits)
    pi_loss = - tf.reduce_sum(tf.reduce_sum(log_prob_tf * ac, [1]) * adv)
    vf_loss = 0.5 * tf.reduce_sum(tf.square(pi.vf - r))
    entropy = - tf.reduce_sum(prob_tf * log_prob_tf)
    bs = tf.to_float(tf.shape(pi.x)[0])
    loss = pi_loss + 0.5 * vf_loss - entropy * args.entropy
    grads = tf.gradients(loss, pi.var_list)
    grads, norm = tf.clip_by_global_norm(grads, 4.0)
    sync = tf.group(*[v1.assign(v2) for v1, v2 in zip(pi.var_list, global_network.var_list)])
    grads_and_vars = list(zip(grads, global_network.var_list))
    inc_step = global_step.assign_add(tf.shape(pi.x)[0])
    opt = tf.train.AdamOptimizer(1e-2)
    train_op = tf.group(opt.apply_gradients(grads_and_vars), inc_step)

    tf.summary.scalar("model/policy_loss", pi_loss / bs)
    tf.summary.scalar("model/grad_global_norm", norm)
    summary_op = tf.summary.merge_all()

rng = np.random.RandomState(0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for update in range(args.updates):
        sess.run(sync)
        x = rng.randn(10, 4)
        a = np.eye(3)[rng.randint(3, size=10)]
        reward = rng.rand(10)
        value = sess.run(pi.vf, {pi.x: x})
        fetched = sess.run([summary_op, train_op, loss, entropy, norm],
                           {pi.x: x, ac: a, adv: reward - value, r: reward})
        summary = tf.Summary()
        summary.ParseFromString(fetched[0])
        tags = {v.tag: v.simple_value for v in summary.value}
        print("loss %.5f entropy %.5f norm %.5f" % tuple(fetched[2:]), "summary %.5f" % tags["model/policy_loss"])
    print("global step", sess.run(global_step))
    print(sess.run(pi.sample, {pi.x: x[:3]}).tolist())
