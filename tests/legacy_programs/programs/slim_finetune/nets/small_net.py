"""A small network in the style of slim's model zoo."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import tensorflow as tf

slim = tf.contrib.slim


def small_net(images, num_classes=10, is_training=False, dropout_keep_prob=1.0, prediction_fn=slim.softmax, scope='SmallNet',
              reuse=None):
    with tf.variable_scope(scope, 'SmallNet', [images, num_classes], reuse=reuse) as sc:
        end_points_collection = sc.name + '_end_points'
        with slim.arg_scope([slim.conv2d, slim.fully_connected, slim.max_pool2d],
                            outputs_collections=end_points_collection):
            with slim.arg_scope([slim.batch_norm, slim.dropout], is_training=is_training):
                net = slim.repeat(images, 2, slim.conv2d, 6, [3, 3], scope='conv1')
                net = slim.max_pool2d(net, [2, 2], scope='pool1')
                with tf.variable_scope('Mixed'):
                    with tf.variable_scope('Branch_0'):
                        branch_0 = slim.conv2d(net, 4, [1, 1], scope='Conv2d_0a_1x1')
                    with tf.variable_scope('Branch_1'):
                        branch_1 = slim.separable_conv2d(net, 4, [3, 3], depth_multiplier=1, scope='Conv2d_0a_3x3')
                    net = tf.concat(axis=3, values=[branch_0, branch_1])
                end_points = slim.utils.convert_collection_to_dict(end_points_collection)
                if is_training:
                    with tf.variable_scope('Aux'):
                        aux = tf.reduce_mean(net, [1, 2])
                        end_points['AuxLogits'] = slim.fully_connected(
                            aux, num_classes, activation_fn=None, normalizer_fn=None, scope='Logits')
                net = slim.avg_pool2d(net, net.get_shape()[1:3], padding='VALID', scope='AvgPool')
                net = slim.dropout(net, dropout_keep_prob, scope='Dropout')
                logits = slim.conv2d(net, num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope='Logits')
                logits = tf.squeeze(logits, [1, 2], name='SpatialSqueeze')
        end_points['Logits'] = logits
        end_points['Predictions'] = prediction_fn(logits, scope='Predictions')
    return logits, end_points


small_net.default_image_size = 8


def small_net_arg_scope(weight_decay=0.0, batch_norm_decay=0.9):
    batch_norm_params = {'decay': batch_norm_decay, 'epsilon': 0.001}
    with slim.arg_scope([slim.conv2d, slim.separable_conv2d, slim.fully_connected],
                        weights_regularizer=slim.l2_regularizer(weight_decay),
                        weights_initializer=tf.truncated_normal_initializer(stddev=0.1)):
        with slim.arg_scope([slim.conv2d, slim.separable_conv2d], activation_fn=tf.nn.relu6,
                            normalizer_fn=slim.batch_norm, normalizer_params=batch_norm_params) as sc:
            return sc
