"""TF 1.15's eager style: a model of layers, GradientTape, shapes made of dimensions, object-based checkpoints."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import collections
import enum

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()

Padding = enum.Enum("Padding", "SAME VALID")
Size = collections.namedtuple("Size", ["value"])
weights = np.random.RandomState(2)


def flatten(x):
    shape = x.get_shape()
    units = 1
    for dimension in shape[1:]:
        units *= dimension.value
    return tf.reshape(x, [shape[0].value, units])


class Model(object):
    def __init__(self, filters=Size(4), classes=3):
        self.filters, self.classes, self.variables = filters.value, classes, []

    def variable(self, shape):
        value = weights.normal(scale=0.3, size=[getattr(n, "value", n) for n in shape]).astype(np.float32)
        self.variables.append(tf.Variable(value))
        return self.variables[-1]

    def build(self, x):
        batch, height, width, channels = x.shape
        self.kernel = self.variable([3, 3, channels.value, self.filters])
        self.w = self.variable([height.value // 2 * (width.value // 2) * self.filters, self.classes])
        self.b = self.variable([x.shape[-1].value * self.classes])
        print("batch", batch.value, "kernel", [n.value for n in self.kernel.shape], self.w.shape[0].value,
              x.shape.dims[1].value, np.prod([n.value for n in x.shape[1:]]))

    def __call__(self, x):
        if not self.variables:
            self.build(x)
        x = tf.nn.relu(tf.nn.conv2d(x, self.kernel, [1, 1, 1, 1], Padding.SAME.name))
        x = tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], Padding(2).name)
        return tf.matmul(flatten(x), self.w) + self.b


def loss_of(model, images, labels):
    logits = model(images)
    depth = logits.get_shape()[-1].value
    hot = tf.one_hot(labels, depth)
    loss = tf.losses.softmax_cross_entropy(hot, logits)
    return loss + 0.01 * tf.add_n([tf.nn.l2_loss(v) for v in model.variables if len(v.shape) > 1]), logits


def main():
    data = np.random.RandomState(3)
    images = data.rand(24, 6, 6, 1).astype(np.float32)
    labels = (images[:, :3].mean((1, 2, 3)) * 40).astype(np.int64) % 3
    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).repeat(2).batch(8)
    model = Model()
    optimizer = tf.train.AdamOptimizer(0.02)
    step = tf.train.get_or_create_global_step()
    for batch_images, batch_labels in dataset:
        with tf.GradientTape() as tape:
            loss, logits = loss_of(model, batch_images, batch_labels)
        gradients = tape.gradient(loss, model.variables)
        optimizer.apply_gradients(zip(gradients, model.variables), global_step=step)
        correct = tf.reduce_sum(tf.cast(tf.equal(tf.argmax(logits, 1), batch_labels), tf.int32))
        print("step %d loss %.5f norm %.5f correct %d of %d" % (
            step.numpy(), loss, tf.global_norm(gradients), correct, batch_images.shape[0].value))
    try:
        print(Padding.SAME.value + Size(None).value)
    except TypeError as error:
        print("TypeError", Size("a").value)
    print(Padding.VALID.value, tf.executing_eagerly(), model.b.numpy().round(4).tolist())


if __name__ == "__main__":
    main()
