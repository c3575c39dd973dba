from layers import *
from metrics import *

flags = tf.app.flags
FLAGS = flags.FLAGS


class GCN(object):
    def __init__(self, placeholders, input_dim):
        self.name = self.__class__.__name__.lower()
        self.placeholders = placeholders
        self.inputs = placeholders['features']
        self.input_dim = input_dim
        self.output_dim = placeholders['labels'].get_shape().as_list()[1]
        self.optimizer = tf.train.AdamOptimizer(learning_rate=FLAGS.learning_rate)
        self.layers = []
        self.activations = []
        self.loss = 0
        self.build()

    def build(self):
        with tf.variable_scope(self.name):
            self.layers.append(GraphConvolution(input_dim=self.input_dim, output_dim=FLAGS.hidden1,
                                                placeholders=self.placeholders, act=tf.nn.relu, sparse_inputs=True,
                                                logging=True))
            self.layers.append(GraphConvolution(input_dim=FLAGS.hidden1, output_dim=self.output_dim,
                                                placeholders=self.placeholders, act=lambda x: x, bias=True))
        self.activations.append(self.inputs)
        for layer in self.layers:
            self.activations.append(layer(self.activations[-1]))
        self.outputs = self.activations[-1]
        variables = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope=self.name)
        self.vars = {var.name: var for var in variables}
        for var in self.layers[0].vars.values():
            self.loss += FLAGS.weight_decay * tf.nn.l2_loss(var)
        self.loss += masked_softmax_cross_entropy(self.outputs, self.placeholders['labels'],
                                                  self.placeholders['labels_mask'])
        self.accuracy = masked_accuracy(self.outputs, self.placeholders['labels'], self.placeholders['labels_mask'])
        self.opt_op = self.optimizer.minimize(self.loss)

    def save(self, sess=None):
        saver = tf.train.Saver(self.vars)
        return saver.save(sess, "tmp/%s.ckpt" % self.name)
