import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import numpy as np
import tensorflow as tf
from lib import *
from lib import ops as O


def generator(z, reuse=False):
    with tf.variable_scope("generator") as scope:
        if reuse:
            scope.reuse_variables()
        h = tf.nn.relu(norm(linear(z, 6, "g1"), "bn1"))
        return tf.tanh(O.linear(pixelwise(h), 2, "g2"))


def discriminator(x, reuse=None):
    with tf.variable_scope("discriminator", reuse=reuse):
        h = lrelu(linear(x, 6, "d1"))
        return linear(h, 1, "d2")


def cross_entropy(logits, target):
    f = getattr(tf.nn, "sigmoid_cross_entropy_with_logits")
    return tf.reduce_mean(f(logits=logits, labels=target(logits)))


def main():
    z = tf.placeholder(tf.float32, [None, 3])
    real = tf.placeholder("float", [None, 2])
    fake = generator(z)
    d_real, d_fake = discriminator(real), discriminator(fake, reuse=True)
    d_loss = cross_entropy(d_real, tf.ones_like) + cross_entropy(d_fake, tf.zeros_like)
    g_loss = cross_entropy(d_fake, tf.ones_like)
    t_vars = tf.trainable_variables()
    d_vars = [v for v in t_vars if v.name.startswith("discriminator")]
    g_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="generator")
    d_step = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(d_loss, var_list=d_vars)
    g_step = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(g_loss, var_list=g_vars)
    clip = tf.group(*[tf.assign(v, tf.clip_by_value(v, -0.5, 0.5)) for v in d_vars])

    random = np.random.RandomState(0)
    sess = tf.InteractiveSession()
    tf.global_variables_initializer().run()
    for i in range(3):
        feed = {z: random.randn(8, 3), real: random.rand(8, 2).astype(np.float)}
        sess.run([d_step], feed)
        sess.run(clip)
        sess.run(g_step, feed)
        print("%d d %.5f g %.5f" % (i, d_loss.eval(feed), sess.run(g_loss, feed)))
    print([v.op.name for v in tf.global_variables()][:6], len(g_vars))
    saver = tf.train.Saver(max_to_keep=1)
    path = saver.save(sess, os.path.join(sys.argv[1], "model.ckpt"), global_step=3)
    print(tf.train.latest_checkpoint(sys.argv[1]) == path, tf.gfile.Exists(path + ".index"))


if __name__ == "__main__":
    main()
