"""Whole networks, as people wrote them for TF 1.15, with weights that are the same everywhere."""

import numpy as np


def wave(shape, dtype=None, partition_info=None):
    """An initializer without chance: a sine, scaled as He's initializer would scale."""
    shape = [int(size) for size in shape]
    scale = (2.0 / max(np.prod(shape[:-1]), 1)) ** 0.5 * 2**0.5
    return (scale * np.sin(1.7 * np.arange(np.prod(shape)) + 0.3)).reshape(shape).astype(np.float32)


def resnet20(tf, images, training, width=16, classes=10, decay=1e-4):
    """ResNet-20 for small images (He et al., arXiv 1512.03385, section 4.2): 19 convolutions and a dense layer.

    The convolutions have weight decay and no bias; each is followed by batch normalization. Three stages of three
    blocks, each stage with half the size and twice the channels of the one before.
    """

    def regularizer(weight):
        return decay * tf.nn.l2_loss(weight)

    def convolve(x, filters, kernel, strides):
        x = tf.layers.conv2d(
            x,
            filters,
            kernel,
            strides,
            padding="same",
            use_bias=False,
            kernel_initializer=wave,
            kernel_regularizer=regularizer,
        )
        return tf.layers.batch_normalization(x, training=training, momentum=0.9)

    with tf.variable_scope("resnet20"):
        x = tf.nn.relu(convolve(images, width, 3, 1))
        for stage in range(3):
            for block in range(3):
                with tf.variable_scope("stage%d_block%d" % (stage, block)):
                    filters, strides = width * 2**stage, 2 if stage and not block else 1
                    y = tf.nn.relu(convolve(x, filters, 3, strides))
                    y = convolve(y, filters, 3, 1)
                    if strides > 1:
                        x = convolve(x, filters, 1, strides)
                    x = tf.nn.relu(x + y)
        x = tf.reduce_mean(x, axis=[1, 2])
        return tf.layers.dense(x, classes, kernel_initializer=wave, kernel_regularizer=regularizer, name="logits")


def images_and_labels(batch=4, size=8, classes=10):
    """Pictures [batch, size, size, 3] and their classes [batch]."""
    images = np.cos(0.37 * np.arange(batch * size * size * 3)).reshape([batch, size, size, 3]).astype(np.float32)
    return images, (np.arange(batch) * 3 % classes).astype(np.int32)
