"""Fine-tuning as in slim's train_image_classifier.py: restore all but the logits, train the logits alone, evaluate."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os

import numpy as np
import tensorflow as tf

from nets import nets_factory

slim = tf.contrib.slim

tf.app.flags.DEFINE_string('train_dir', './train', 'Where checkpoints and event logs are written to.')
tf.app.flags.DEFINE_string('checkpoint_path', './pretrained', 'The path to a checkpoint from which to fine-tune.')
tf.app.flags.DEFINE_string('checkpoint_exclude_scopes', 'SmallNet/Logits,SmallNet/Aux', 'Scopes of variables to exclude.')
tf.app.flags.DEFINE_string('trainable_scopes', 'SmallNet/Logits', 'Scopes to train; by default, all.')
tf.app.flags.DEFINE_boolean('ignore_missing_vars', True, 'When restoring a checkpoint would ignore missing variables.')
tf.app.flags.DEFINE_float('weight_decay', 0.01, 'The weight decay on the model weights.')
tf.app.flags.DEFINE_string('model_name', 'small_net', 'The name of the architecture to train.')
FLAGS = tf.app.flags.FLAGS


def _get_init_fn():
    exclusions = [scope.strip() for scope in FLAGS.checkpoint_exclude_scopes.split(',')]
    variables_to_restore = []
    for var in slim.get_model_variables():
        for exclusion in exclusions:
            if var.op.name.startswith(exclusion):
                break
        else:
            variables_to_restore.append(var)
    if tf.gfile.IsDirectory(FLAGS.checkpoint_path):
        checkpoint_path = tf.train.latest_checkpoint(FLAGS.checkpoint_path)
    else:
        checkpoint_path = FLAGS.checkpoint_path
    print('Fine-tuning from %s' % os.path.basename(checkpoint_path))
    print('restored', [var.op.name for var in variables_to_restore])
    return slim.assign_from_checkpoint_fn(checkpoint_path, variables_to_restore,
                                          ignore_missing_vars=FLAGS.ignore_missing_vars)


def _get_variables_to_train():
    if FLAGS.trainable_scopes is None:
        return tf.trainable_variables()
    variables_to_train = []
    for scope in [scope.strip() for scope in FLAGS.trainable_scopes.split(',')]:
        variables_to_train.extend(tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope))
    return variables_to_train


def data(num_classes):
    random = np.random.RandomState(1)
    images = random.rand(12, 8, 8, 3).astype(np.float32)
    return images, (images.mean(axis=(1, 2)).argmax(axis=1) + np.arange(12)) % num_classes


def set_weights(scope, seed):
    random = np.random.RandomState(seed)
    values = {}
    for var in sorted(slim.get_model_variables(scope), key=lambda v: v.op.name):
        if 'weights' in var.op.name or 'beta' in var.op.name:
            values[var.op.name] = random.uniform(-0.3, 0.3, var.get_shape().as_list()).astype(np.float32)
    return slim.assign_from_values_fn(values)


def model(num_classes, is_training):
    images, labels = data(num_classes)
    network_fn = nets_factory.get_network_fn(FLAGS.model_name, num_classes, FLAGS.weight_decay, is_training)
    logits, end_points = network_fn(tf.constant(images))
    return logits, end_points, slim.one_hot_encoding(labels, num_classes), labels


def pretrain():
    with tf.Graph().as_default():
        logits, end_points, labels, _ = model(5, True)
        slim.losses.softmax_cross_entropy(end_points['AuxLogits'], labels, weights=0.4)
        slim.losses.softmax_cross_entropy(logits, labels)
        train_op = slim.learning.create_train_op(
            slim.losses.get_total_loss(), tf.train.MomentumOptimizer(0.05, 0.9))
        loss = slim.learning.train(train_op, FLAGS.checkpoint_path, number_of_steps=6, init_fn=set_weights(None, 2),
                                   log_every_n_steps=100, save_summaries_secs=0)
        print('pretrained loss %.4f' % loss)


def finetune():
    with tf.Graph().as_default():
        logits, end_points, labels, _ = model(3, True)
        if 'AuxLogits' in end_points:
            tf.losses.softmax_cross_entropy(labels, end_points['AuxLogits'], weights=0.4, scope='aux_loss')
        tf.losses.softmax_cross_entropy(labels, logits, label_smoothing=0.1, weights=1.0)
        global_step = slim.create_global_step()
        learning_rate = tf.train.exponential_decay(0.1, global_step, 4, 0.5, staircase=True, name='learning_rate')
        optimizer = tf.train.RMSPropOptimizer(learning_rate, decay=0.9, momentum=0.9, epsilon=1.0)
        variables_to_train = _get_variables_to_train()
        print('trained', [var.op.name for var in variables_to_train])
        total_loss = tf.losses.get_total_loss()
        gradients = optimizer.compute_gradients(total_loss, var_list=variables_to_train)
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        update_ops.append(optimizer.apply_gradients(gradients, global_step=global_step))
        with tf.control_dependencies([tf.group(*update_ops)]):
            train_tensor = tf.identity(total_loss, name='train_op')
        print(len(tf.losses.get_losses()), 'losses', len(tf.losses.get_regularization_losses()), 'regularization losses')
        restore, new_logits, new_aux = _get_init_fn(), set_weights('SmallNet/Logits', 3), set_weights('SmallNet/Aux', 4)

        def init_fn(sess):
            restore(sess)
            new_logits(sess)
            new_aux(sess)

        loss = slim.learning.train(train_tensor, logdir=FLAGS.train_dir, init_fn=init_fn, number_of_steps=9,
                                   log_every_n_steps=100, save_summaries_secs=0, save_interval_secs=600)
        print('fine-tuned loss %.4f' % loss)


def evaluate():
    with tf.Graph().as_default():
        tf.train.get_or_create_global_step()
        logits, end_points, _, labels = model(3, False)
        predictions = tf.argmax(logits, 1)
        names_to_values, names_to_updates = slim.metrics.aggregate_metric_map({
            'Accuracy': slim.metrics.streaming_accuracy(predictions, tf.constant(labels)),
            'Recall_2': slim.metrics.streaming_sparse_recall_at_k(logits, tf.constant(labels[:, None]), 2),
        })
        probabilities = end_points['Predictions']
        values = slim.evaluation.evaluate_once(
            master='', checkpoint_path=tf.train.latest_checkpoint(FLAGS.train_dir), logdir='./eval', num_evals=2,
            eval_op=list(names_to_updates.values()),
            final_op=[names_to_values['Accuracy'], names_to_values['Recall_2'], probabilities],
            variables_to_restore=slim.get_variables_to_restore())
        print('Accuracy %.4f Recall %.4f' % tuple(values[:2]))
        for row in values[2][:4]:
            print(' '.join('%.4f' % value for value in row))


def compare():
    before = tf.train.NewCheckpointReader(tf.train.latest_checkpoint(FLAGS.checkpoint_path))
    after = tf.train.NewCheckpointReader(tf.train.latest_checkpoint(FLAGS.train_dir))
    for name in sorted(after.get_variable_to_shape_map()):
        if 'weights' in name and 'RMSProp' not in name or 'moving_mean' in name:
            shape = after.get_variable_to_shape_map()[name]
            same = before.has_tensor(name) and before.get_tensor(name).shape == tuple(shape) and bool(
                np.allclose(before.get_tensor(name), after.get_tensor(name), atol=1e-7))
            print(name, shape, 'as before' if same else 'new')


def main(_):
    tf.logging.set_verbosity(tf.logging.ERROR)
    pretrain()
    finetune()
    evaluate()
    compare()


if __name__ == '__main__':
    tf.app.run()
