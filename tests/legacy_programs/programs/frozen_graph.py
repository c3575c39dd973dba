"""Freeze a trained graph, load the file, run it; and the same as a SavedModel."""
import os
import shutil
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util
from tensorflow.python.platform import gfile
from tensorflow.python.saved_model import signature_constants, tag_constants, signature_def_utils, utils, builder as saved_model_builder


def build():
    x = tf.placeholder(tf.float32, [None, 4], name='input')
    w = tf.Variable(np.arange(12, dtype='f').reshape(4, 3) / 12, name='w')
    b = tf.Variable(tf.constant(0.1, shape=[3]), name='b')
    logits = tf.nn.xw_plus_b(x, w, b, name='logits')
    return x, tf.nn.softmax(logits, name='softmax'), tf.train.GradientDescentOptimizer(0.5).minimize(
        tf.losses.softmax_cross_entropy(tf.one_hot(tf.argmax(x[:, :3], 1), 3), logits))


data = np.random.RandomState(0).rand(6, 4)
with tf.Session() as sess:
    x, out, train = build()
    sess.run(tf.global_variables_initializer())
    for _ in range(10):
        sess.run(train, {x: data})
    expected = sess.run(out, {x: data})
    output_graph_def = graph_util.convert_variables_to_constants(sess, sess.graph.as_graph_def(), ['softmax'])
    with tf.gfile.GFile('frozen.pb', 'wb') as f:
        f.write(output_graph_def.SerializeToString())
    print('%d ops in the final graph.' % len([n for n in output_graph_def.node if n.op == 'Const']))
    if os.path.exists('exported'):
        shutil.rmtree('exported')
    builder = saved_model_builder.SavedModelBuilder('exported')
    signature = signature_def_utils.build_signature_def(
        inputs={'x': utils.build_tensor_info(x)}, outputs={'y': utils.build_tensor_info(out)},
        method_name=signature_constants.PREDICT_METHOD_NAME)
    builder.add_meta_graph_and_variables(sess, [tag_constants.SERVING], signature_def_map={'predict': signature})
    builder.save()
    print(expected.round(5).tolist()[:2])

with tf.Graph().as_default() as graph:
    graph_def = tf.GraphDef()
    with gfile.FastGFile('frozen.pb', 'rb') as f:
        graph_def.ParseFromString(f.read())
    y, = tf.import_graph_def(graph_def, return_elements=['softmax:0'], name='frozen')
    doubled = tf.import_graph_def(graph_def, input_map={'input:0': tf.constant(data, tf.float32)}, return_elements=['logits:0'], name='')
    with tf.Session(graph=graph) as sess:
        print(np.abs(sess.run(y, {'frozen/input:0': data}) - expected).max() < 1e-6, sess.run(doubled[0]).sum().round(4))
        print([op.name for op in graph.get_operations() if op.type == 'Softmax'])

tf.reset_default_graph()
with tf.Session(graph=tf.Graph()) as sess:
    meta_graph = tf.saved_model.loader.load(sess, [tag_constants.SERVING], 'exported')
    signature = meta_graph.signature_def['predict']
    y = sess.run(signature.outputs['y'].name, {signature.inputs['x'].name: data})
    print('%.6f' % np.abs(y - expected).max())
tf.saved_model.simple_save(tf.Session(), 'simple', {'a': tf.constant(1.)}, {'b': tf.constant(2.)})
print(sorted(os.listdir('simple')))
