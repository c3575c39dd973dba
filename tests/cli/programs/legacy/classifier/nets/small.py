from tensorflow.contrib import slim
from tensorflow.contrib.layers import flatten as flat
import tensorflow as tf


def network(images, is_training, scope='small', act=tf.nn.elu):
    with tf.variable_scope(scope, 'small', [images]) as sc:
        collection = sc.original_name_scope + '_end_points'
        with slim.arg_scope([slim.conv2d, slim.fully_connected], outputs_collections=collection):
            net = slim.conv2d(images, 4, [3, 3], scope='conv1')
            net = slim.max_pool2d(net, [2, 2], scope='pool1')
            net = slim.batch_norm(net, is_training=is_training, scope='bn')
            height = net.get_shape()[1].value
            assert height == 4, height
            net = flat(net)
            net = slim.dropout(net, 1.0, is_training=is_training)
            net = act(net)
            logits = slim.fully_connected(net, 3, activation_fn=None, scope='logits')
        return logits, slim.utils.convert_collection_to_dict(collection)
