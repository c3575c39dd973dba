from __future__ import division
import os
import time
import numpy as np
import tensorflow as tf
from six.moves import xrange

from ops import *
from utils import *


class DCGAN(object):
  def __init__(self, sess, image_size=8, batch_size=4, z_dim=6, gf_dim=4, df_dim=4, checkpoint_dir=None):
    self.sess = sess
    self.image_size, self.batch_size, self.z_dim = image_size, batch_size, z_dim
    self.gf_dim, self.df_dim = gf_dim, df_dim
    self.d_bn1 = batch_norm(name='d_bn1')
    self.g_bn0 = batch_norm(name='g_bn0')
    self.g_bn1 = batch_norm(name='g_bn1')
    self.checkpoint_dir = checkpoint_dir
    self.build_model()

  def build_model(self):
    self.inputs = tf.placeholder(tf.float32, [self.batch_size, self.image_size, self.image_size, 1], name='real_images')
    self.z = tf.placeholder(tf.float32, [None, self.z_dim], name='z')
    self.z_sum = histogram_summary("z", self.z)
    self.G = self.generator(self.z)
    self.D, self.D_logits = self.discriminator(self.inputs, reuse=False)
    self.sampler_ = self.sampler(self.z)
    self.D_, self.D_logits_ = self.discriminator(self.G, reuse=True)

    def sigmoid_cross_entropy_with_logits(x, y):
      try:
        return tf.nn.sigmoid_cross_entropy_with_logits(logits=x, labels=y)
      except:
        return tf.nn.sigmoid_cross_entropy_with_logits(logits=x, targets=y)

    self.d_loss_real = tf.reduce_mean(sigmoid_cross_entropy_with_logits(self.D_logits, tf.ones_like(self.D)))
    self.d_loss_fake = tf.reduce_mean(sigmoid_cross_entropy_with_logits(self.D_logits_, tf.zeros_like(self.D_)))
    self.g_loss = tf.reduce_mean(sigmoid_cross_entropy_with_logits(self.D_logits_, tf.ones_like(self.D_)))
    self.d_loss = self.d_loss_real + self.d_loss_fake
    self.g_loss_sum = scalar_summary("g_loss", self.g_loss)
    self.d_loss_sum = scalar_summary("d_loss", self.d_loss)
    t_vars = tf.trainable_variables()
    self.d_vars = [var for var in t_vars if 'd_' in var.name]
    self.g_vars = [var for var in t_vars if 'g_' in var.name]
    self.saver = tf.train.Saver()

  def train(self, steps):
    d_optim = tf.train.AdamOptimizer(0.002, beta1=0.5).minimize(self.d_loss, var_list=self.d_vars)
    g_optim = tf.train.AdamOptimizer(0.002, beta1=0.5).minimize(self.g_loss, var_list=self.g_vars)
    try:
      tf.global_variables_initializer().run()
    except:
      tf.initialize_all_variables().run()
    self.g_sum = merge_summary([self.z_sum, self.g_loss_sum])
    self.writer = SummaryWriter("./logs", self.sess.graph)
    rng = np.random.RandomState(0)
    for idx in xrange(steps):
      batch_images = np.array(rng.rand(4, 8, 8, 1)).astype(np.float32)
      batch_z = rng.uniform(-1, 1, [self.batch_size, self.z_dim]).astype(np.float32)
      self.sess.run([d_optim], feed_dict={self.inputs: batch_images, self.z: batch_z})
      _, summary_str = self.sess.run([g_optim, self.g_sum], feed_dict={self.z: batch_z})
      self.writer.add_summary(summary_str, idx)
      errD_fake = self.d_loss_fake.eval({self.z: batch_z})
      errD_real = self.d_loss_real.eval({self.inputs: batch_images})
      errG = self.g_loss.eval({self.z: batch_z})
      print("[%2d] d_loss: %.6f, g_loss: %.6f" % (idx, errD_fake+errD_real, errG))
    images, samples = self.sess.run([self.G, self.sampler_], feed_dict={self.z: batch_z})
    print("images", images.shape, "%.5f %.5f" % (images.mean(), images.std()))
    for v in tf.global_variables():
      # Not the discriminator's, which has two batches to move towards: they race in TF 1.15 and differ from run to run.
      if v.op.name in ("generator/g_bn0/moving_mean", "generator/g_bn0/moving_variance",
                       "generator/g_bn1/moving_variance"):
        print(v.op.name, " ".join("%.5f" % value for value in self.sess.run(v)))
    # The biases in front of a batch norm have no gradient but rounding errors (1e-7; 1e-16 in float64). Adam makes
    # steps of the learning rate of them, the batch norm hides them, and its moving mean, which the sampler uses, lags
    # behind: 0.018678 in TF 1.15, 0.018717 today. Hence two decimals.
    print("samples", samples.shape, "%.2f" % samples.std())

  def discriminator(self, image, reuse=False):
    with tf.variable_scope("discriminator") as scope:
      if reuse:
        scope.reuse_variables()
      h0 = lrelu(conv2d(image, self.df_dim, name='d_h0_conv'))
      h1 = lrelu(self.d_bn1(conv2d(h0, self.df_dim*2, name='d_h1_conv')))
      h2 = linear(tf.reshape(h1, [self.batch_size, -1]), 1, 'd_h2_lin')
      return tf.nn.sigmoid(h2), h2

  def generator(self, z):
    with tf.variable_scope("generator") as scope:
      h = linear(z, 2*2*self.gf_dim*2, 'g_h0_lin')
      h0 = tf.nn.relu(self.g_bn0(tf.reshape(h, [-1, 2, 2, self.gf_dim * 2])))
      h1 = deconv2d(h0, [self.batch_size, 4, 4, self.gf_dim], name='g_h1')
      h1 = tf.nn.relu(self.g_bn1(h1))
      h2 = deconv2d(h1, [self.batch_size, 8, 8, 1], name='g_h2')
      return tf.nn.tanh(h2)

  def sampler(self, z):
    with tf.variable_scope("generator") as scope:
      scope.reuse_variables()
      h = tf.reshape(linear(z, 2*2*self.gf_dim*2, 'g_h0_lin'), [-1, 2, 2, self.gf_dim * 2])
      h0 = tf.nn.relu(self.g_bn0(h, train=False))
      h1 = tf.nn.relu(self.g_bn1(deconv2d(h0, [self.batch_size, 4, 4, self.gf_dim], name='g_h1'), train=False))
      return tf.nn.tanh(deconv2d(h1, [self.batch_size, 8, 8, 1], name='g_h2'))
