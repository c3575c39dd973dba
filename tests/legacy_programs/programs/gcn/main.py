from __future__ import division
from __future__ import print_function

import os
import time
import numpy as np
import tensorflow as tf
from models import GCN

seed = 123
np.random.seed(seed)
tf.set_random_seed(seed)

flags = tf.app.flags
FLAGS = flags.FLAGS
flags.DEFINE_string('dataset', 'ring', 'Dataset string.')
flags.DEFINE_float('learning_rate', 0.05, 'Initial learning rate.')
flags.DEFINE_integer('epochs', 6, 'Number of epochs to train.')
flags.DEFINE_integer('hidden1', 8, 'Number of units in hidden layer 1.')
flags.DEFINE_float('dropout', 0., 'Dropout rate (1 - keep probability).')
flags.DEFINE_float('weight_decay', 5e-4, 'Weight for L2 loss on embedding matrix.')

n, d, k = 20, 12, 3
adj = np.eye(n) + np.roll(np.eye(n), 1, 0) + np.roll(np.eye(n), -1, 0)
adj = adj / adj.sum(1, keepdims=True)
features = (np.random.rand(n, d) > 0.6) * 1.0
features /= np.maximum(features.sum(1, keepdims=True), 1)
labels = np.eye(k)[np.arange(n) * k // n]
train_mask = np.array(np.arange(n) % 3 == 0, dtype=np.bool)


def to_tuple(dense):
    coords = np.argwhere(dense)
    return coords, dense[tuple(coords.T)], dense.shape


support = [to_tuple(adj)]
features = to_tuple(features)
placeholders = {
    'support': [tf.sparse_placeholder(tf.float32) for _ in range(1)],
    'features': tf.sparse_placeholder(tf.float32, shape=tf.constant(features[2], dtype=tf.int64)),
    'labels': tf.placeholder(tf.float32, shape=(None, labels.shape[1])),
    'labels_mask': tf.placeholder(tf.int32),
    'dropout': tf.placeholder_with_default(0., shape=()),
    'num_features_nonzero': tf.placeholder(tf.int32)
}
model = GCN(placeholders, input_dim=features[2][1])
sess = tf.Session()


def construct_feed_dict(mask):
    feed_dict = dict()
    feed_dict.update({placeholders['labels']: labels})
    feed_dict.update({placeholders['labels_mask']: mask})
    feed_dict.update({placeholders['features']: features})
    feed_dict.update({placeholders['support'][i]: support[i] for i in range(len(support))})
    feed_dict.update({placeholders['num_features_nonzero']: features[1].shape})
    return feed_dict


sess.run(tf.global_variables_initializer())
for epoch in range(FLAGS.epochs):
    t = time.time()
    feed_dict = construct_feed_dict(train_mask)
    feed_dict.update({placeholders['dropout']: FLAGS.dropout})
    outs = sess.run([model.opt_op, model.loss, model.accuracy], feed_dict=feed_dict)
    cost, acc = sess.run([model.loss, model.accuracy], construct_feed_dict(~train_mask))
    print("Epoch:", '%04d' % (epoch + 1), "train_loss=", "{:.5f}".format(outs[1]),
          "train_acc=", "{:.5f}".format(outs[2]), "val_loss=", "{:.5f}".format(cost),
          "val_acc=", "{:.5f}".format(acc))
os.makedirs("tmp")
print("saved in", model.save(sess), sorted(model.vars))
