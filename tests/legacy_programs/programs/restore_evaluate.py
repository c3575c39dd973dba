"""Train, save, and evaluate in a fresh graph that comes from the .meta file."""
import os
import sys

import numpy as np
import tensorflow as tf

os.environ['CUDA_VISIBLE_DEVICES'] = ''
tf.logging.set_verbosity(tf.logging.ERROR)
MODEL_DIR = sys.argv[1] if len(sys.argv) > 1 else 'saved'
rng = np.random.RandomState(42)
X = rng.randn(40, 5).astype(np.float32)
W = rng.randn(5, 1).astype(np.float32)
Y = X.dot(W) + 0.3


def train():
    x = tf.placeholder(tf.float32, [None, 5], name='x')
    y = tf.placeholder(tf.float32, [None, 1], name='y')
    keep_prob = tf.placeholder_with_default(1.0, shape=(), name='keep_prob')
    with tf.variable_scope('hidden', initializer=tf.constant_initializer(0.2)):
        w = tf.get_variable('w', shape=(5, 4))
        b = tf.get_variable('b', shape=(4,))
    h = tf.nn.dropout(tf.tanh(tf.matmul(x, w) + b), keep_prob)
    w_out = tf.Variable(np.linspace(-1, 1, 4).reshape(4, 1).astype('f'), name='w_out')
    prediction = tf.matmul(h, w_out, name='prediction')
    loss = tf.reduce_mean(tf.square(prediction - y), name='loss')
    global_step = tf.Variable(0, name='global_step', trainable=False)
    train_op = tf.train.MomentumOptimizer(0.05, 0.9, use_nesterov=True).minimize(loss, global_step, name='train_op')
    tf.add_to_collection('outputs', prediction)
    saver = tf.train.Saver(max_to_keep=2)
    if not os.path.exists(MODEL_DIR):
        os.makedirs(MODEL_DIR)
    with tf.Session() as sess:
        tf.global_variables_initializer().run()
        for epoch in range(6):
            _, l = sess.run([train_op, loss], {x: X, y: Y})
            saver.save(sess, os.path.join(MODEL_DIR, 'model'), global_step=global_step, write_meta_graph=True)
            print('epoch %d: %.6f' % (epoch, l))
        tf.train.write_graph(sess.graph_def, MODEL_DIR, 'graph.pbtxt')


def evaluate():
    tf.reset_default_graph()
    checkpoint = tf.train.get_checkpoint_state(MODEL_DIR)
    print(os.path.basename(checkpoint.model_checkpoint_path), len(checkpoint.all_model_checkpoint_paths))
    with tf.Session() as sess:
        saver = tf.train.import_meta_graph(checkpoint.model_checkpoint_path + '.meta', clear_devices=True)
        saver.restore(sess, tf.train.latest_checkpoint(MODEL_DIR))
        graph = tf.get_default_graph()
        x, y = graph.get_tensor_by_name('x:0'), graph.get_tensor_by_name('y:0')
        prediction = tf.get_collection('outputs')[0]
        loss = graph.get_operation_by_name('loss').outputs[0]
        print('restored loss %.6f' % sess.run(loss, {x: X, y: Y}))
        print('predictions', np.squeeze(sess.run(prediction, {x: X[:3]})).round(5).tolist())
        sess.run('train_op', {x: X, y: Y})
        print('after one more step %.6f' % loss.eval({x: X, y: Y}))
        print([v.name for v in tf.global_variables()])


def inspect():
    reader = tf.train.NewCheckpointReader(tf.train.latest_checkpoint(MODEL_DIR))
    for name, shape in sorted(reader.get_variable_to_shape_map().items()):
        print(name, shape, '%.5f' % np.sum(reader.get_tensor(name)))
    from tensorflow.python import pywrap_tensorflow
    other = pywrap_tensorflow.NewCheckpointReader(tf.train.latest_checkpoint(MODEL_DIR))
    print(other.has_tensor('w_out'), other.has_tensor('nothing'))
    from tensorflow.contrib.framework.python.framework import checkpoint_utils
    print([name for name, _ in checkpoint_utils.list_variables(MODEL_DIR)])


if __name__ == '__main__':
    train()
    evaluate()
    inspect()
