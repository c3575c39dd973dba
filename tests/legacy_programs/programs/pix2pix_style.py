from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import argparse
import collections
import json
import os

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--ngf", type=int, default=4, help="number of generator filters in first conv layer")
parser.add_argument("--ndf", type=int, default=4, help="number of discriminator filters in first conv layer")
parser.add_argument("--lr", type=float, default=0.002, help="initial learning rate for adam")
parser.add_argument("--beta1", type=float, default=0.5, help="momentum term of adam")
parser.add_argument("--l1_weight", type=float, default=10.0, help="weight on L1 term for generator gradient")
parser.add_argument("--gan_weight", type=float, default=1.0, help="weight on GAN term for generator gradient")
a = parser.parse_args()
EPS = 1e-12
Model = collections.namedtuple("Model", "outputs, predict_real, predict_fake, discrim_loss, gen_loss_GAN, gen_loss_L1, train")
weights = np.random.RandomState(1)


def initializer(shape, dtype=None, partition_info=None):
    return tf.constant(weights.normal(0, 0.1, size=[int(d) for d in shape]), dtype=dtype or tf.float32)


def preprocess(image):
    with tf.name_scope("preprocess"):
        return image * 2 - 1


def discrim_conv(batch_input, out_channels, stride):
    padded_input = tf.pad(batch_input, [[0, 0], [1, 1], [1, 1], [0, 0]], mode="CONSTANT")
    return tf.layers.conv2d(padded_input, out_channels, kernel_size=4, strides=(stride, stride), padding="valid",
                            kernel_initializer=initializer)


def gen_conv(batch_input, out_channels):
    return tf.layers.conv2d(batch_input, out_channels, kernel_size=4, strides=(2, 2), padding="same",
                            kernel_initializer=initializer)


def gen_deconv(batch_input, out_channels):
    return tf.layers.conv2d_transpose(batch_input, out_channels, kernel_size=4, strides=(2, 2), padding="same",
                                      kernel_initializer=initializer)


def lrelu(x, a):
    with tf.name_scope("lrelu"):
        x = tf.identity(x)
        return (0.5 * (1 + a)) * x + (0.5 * (1 - a)) * tf.abs(x)


def batchnorm(inputs):
    return tf.layers.batch_normalization(inputs, axis=3, epsilon=1e-5, momentum=0.1, training=True,
                                         gamma_initializer=tf.constant_initializer(1.0))


def create_generator(generator_inputs, generator_outputs_channels):
    layers = []
    with tf.variable_scope("encoder_1"):
        layers.append(gen_conv(generator_inputs, a.ngf))
    for out_channels in [a.ngf * 2, a.ngf * 4]:
        with tf.variable_scope("encoder_%d" % (len(layers) + 1)):
            layers.append(batchnorm(gen_conv(lrelu(layers[-1], 0.2), out_channels)))
    num_encoder_layers = len(layers)
    for decoder_layer, (out_channels, dropout) in enumerate([(a.ngf * 2, 0.0), (a.ngf, 0.0)]):
        skip_layer = num_encoder_layers - decoder_layer - 1
        with tf.variable_scope("decoder_%d" % (skip_layer + 1)):
            input = layers[-1] if decoder_layer == 0 else tf.concat([layers[-1], layers[skip_layer]], axis=3)
            output = batchnorm(gen_deconv(tf.nn.relu(input), out_channels))
            if dropout > 0.0:
                output = tf.nn.dropout(output, keep_prob=1 - dropout)
            layers.append(output)
    with tf.variable_scope("decoder_1"):
        layers.append(tf.tanh(gen_deconv(tf.nn.relu(tf.concat([layers[-1], layers[0]], axis=3)), generator_outputs_channels)))
    return layers[-1]


def create_discriminator(discrim_inputs, discrim_targets):
    input = tf.concat([discrim_inputs, discrim_targets], axis=3)
    with tf.variable_scope("layer_1"):
        rectified = lrelu(discrim_conv(input, a.ndf, stride=2), 0.2)
    with tf.variable_scope("layer_2"):
        rectified = lrelu(batchnorm(discrim_conv(rectified, a.ndf * 2, stride=1)), 0.2)
    with tf.variable_scope("layer_3"):
        return tf.sigmoid(discrim_conv(rectified, out_channels=1, stride=1))


def create_model(inputs, targets):
    with tf.variable_scope("generator"):
        out_channels = int(targets.get_shape()[-1])
        outputs = create_generator(inputs, out_channels)
    with tf.name_scope("real_discriminator"):
        with tf.variable_scope("discriminator"):
            predict_real = create_discriminator(inputs, targets)
    with tf.name_scope("fake_discriminator"):
        with tf.variable_scope("discriminator", reuse=True):
            predict_fake = create_discriminator(inputs, outputs)
    with tf.name_scope("discriminator_loss"):
        discrim_loss = tf.reduce_mean(-(tf.log(predict_real + EPS) + tf.log(1 - predict_fake + EPS)))
    with tf.name_scope("generator_loss"):
        gen_loss_GAN = tf.reduce_mean(-tf.log(predict_fake + EPS))
        gen_loss_L1 = tf.reduce_mean(tf.abs(targets - outputs))
        gen_loss = gen_loss_GAN * a.gan_weight + gen_loss_L1 * a.l1_weight
    with tf.name_scope("discriminator_train"):
        discrim_tvars = [var for var in tf.trainable_variables() if var.name.startswith("discriminator")]
        discrim_optim = tf.train.AdamOptimizer(a.lr, a.beta1)
        discrim_train = discrim_optim.apply_gradients(discrim_optim.compute_gradients(discrim_loss, var_list=discrim_tvars))
    with tf.name_scope("generator_train"):
        with tf.control_dependencies([discrim_train]):
            gen_tvars = [var for var in tf.trainable_variables() if var.name.startswith("generator")]
            gen_optim = tf.train.AdamOptimizer(a.lr, a.beta1)
            gen_train = gen_optim.apply_gradients(gen_optim.compute_gradients(gen_loss, var_list=gen_tvars))
    ema = tf.train.ExponentialMovingAverage(decay=0.9)
    update_losses = ema.apply([discrim_loss, gen_loss_GAN, gen_loss_L1])
    global_step = tf.train.get_or_create_global_step()
    incr_global_step = tf.assign(global_step, global_step + 1)
    return Model(outputs, predict_real, predict_fake, ema.average(discrim_loss), ema.average(gen_loss_GAN),
                 ema.average(gen_loss_L1), tf.group(update_losses, incr_global_step, gen_train))


def main():
    tf.set_random_seed(1)
    print(json.dumps(vars(a), sort_keys=True))
    rng = np.random.RandomState(0)
    inputs = tf.constant(rng.rand(2, 16, 16, 3), tf.float32)
    targets = tf.constant(rng.rand(2, 16, 16, 3), tf.float32)
    model = create_model(preprocess(inputs), preprocess(targets))
    with tf.name_scope("encode_images"):
        png = tf.map_fn(tf.image.encode_png, tf.image.convert_image_dtype((model.outputs + 1) / 2, tf.uint8, saturate=True),
                        dtype=tf.string, name="output_pngs")
    with tf.name_scope("parameter_count"):
        parameter_count = tf.reduce_sum([tf.reduce_prod(tf.shape(v)) for v in tf.trainable_variables()])
    mean_output = tf.reduce_mean(tf.abs(model.outputs))
    saver = tf.train.Saver(max_to_keep=1)
    sv = tf.train.Supervisor(logdir="out", save_summaries_secs=0, saver=None)
    with sv.managed_session() as sess:
        print("parameter_count =", sess.run(parameter_count))
        for step in range(4):
            results = sess.run({"train": model.train, "global_step": sv.global_step, "d": model.discrim_loss,
                                "g": model.gen_loss_GAN, "l1": model.gen_loss_L1})
            if sv.should_stop():
                break
        values = sess.run([model.discrim_loss, model.gen_loss_GAN, model.gen_loss_L1, mean_output])
        print("discrim_loss %.5f gen_loss_GAN %.5f gen_loss_L1 %.5f outputs %.5f" % tuple(values))
        print("pngs", sess.run(png)[0][1:4])
        saver.save(sess, os.path.join("out", "model"), global_step=sv.global_step)
        print(sorted(os.listdir("out"))[-1])


main()
