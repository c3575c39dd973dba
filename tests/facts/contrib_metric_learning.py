"""`tf.contrib.losses.metric_learning`: losses of embeddings."""

import numpy as np

from facts.vocabulary import collections_of, name_of


def _embeddings(tf, phase=0.0):
    values = np.sin(1.7 * np.arange(18) + phase).reshape(6, 3).astype("float32")
    start = tf.constant_initializer(values)
    return tf.get_variable("e%d" % int(phase), [6, 3], initializer=start)


def _shown(tf, loss):
    gradients = tf.gradients(loss, tf.trainable_variables())
    return [loss, name_of(loss), [tf.convert_to_tensor(gradient) for gradient in gradients], sorted(collections_of(tf))]


def _labels(tf):
    return tf.constant([0, 1, 0, 2, 1, 0])


def contrastive_loss(tf):
    labels = tf.constant([1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
    losses = tf.contrib.losses.metric_learning
    return _shown(tf, losses.contrastive_loss(labels, _embeddings(tf), _embeddings(tf, 1.0), margin=1.5))


def triplet_semihard_loss(tf):
    return _shown(tf, tf.contrib.losses.metric_learning.triplet_semihard_loss(_labels(tf), _embeddings(tf)))


def triplet_semihard_loss_with_another_margin(tf):
    loss = tf.contrib.losses.metric_learning.triplet_semihard_loss(_labels(tf), _embeddings(tf, 2.0), margin=3.0)
    return _shown(tf, loss)


def triplet_semihard_loss_of_equal_embeddings(tf):
    labels = tf.constant([0, 0, 1, 1])
    embeddings = tf.get_variable("e", [4, 2], initializer=tf.ones_initializer())
    return _shown(tf, tf.contrib.losses.metric_learning.triplet_semihard_loss(labels, embeddings))


def lifted_struct_loss(tf):
    loss = tf.contrib.losses.metric_learning.lifted_struct_loss(_labels(tf), _embeddings(tf, 2.0), margin=1.2)
    return _shown(tf, loss)


def npairs_loss(tf):
    losses = tf.contrib.losses.metric_learning
    return _shown(tf, losses.npairs_loss(_labels(tf), _embeddings(tf), _embeddings(tf, 1.0), reg_lambda=0.01))


def npairs_loss_with_several_labels(tf):
    losses = tf.contrib.losses.metric_learning
    indices = [[[0], [2]], [[1]], [[0]], [[2]], [[1], [3]], [[0], [1]]]
    labels = [
        tf.SparseTensor(np.array(each, "int64"), np.ones(len(each), "int64"), np.array([4], "int64"))
        for each in indices
    ]
    loss, _, gradients, keys = _shown(tf, losses.npairs_loss_multilabel(labels, _embeddings(tf), _embeddings(tf, 1.0)))
    return [loss, gradients, keys]
