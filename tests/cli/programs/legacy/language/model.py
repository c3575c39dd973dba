from common import *
import cells


class Model(object):
    optimizer = tf.train.GradientDescentOptimizer

    def __init__(self, units=5, vocabulary=7):
        self.units = units
        self.vocabulary = vocabulary
        self.nn = tf.nn
        self.initializer = tf.random_uniform_initializer(-0.1, 0.1, seed=1)

    def __call__(self, tokens, lengths):
        with tf.variable_scope('language', initializer=self.initializer):
            with tf.device('/cpu:0'):
                embedding = tf.get_variable('embedding', [self.vocabulary, self.units])
                inputs = self.nn.embedding_lookup(embedding, tokens)
            outputs, state = self.nn.dynamic_rnn(cells.make_cell(self.units, 2), inputs, lengths, dtype=tf.float32)
            logits = layers.dense(outputs, self.vocabulary, name='out')
        mask = tf.sequence_mask(lengths, tf.shape(tokens)[1], dtype=tf.float32)
        return logits, mask, state[-1].h

    def loss(self, logits, targets, mask):
        from tensorflow.losses import sparse_softmax_cross_entropy as cross_entropy
        from tensorflow.contrib import losses as old_losses
        cross_entropy(targets, logits, weights=mask)
        return old_losses.get_total_loss()

    def train(self, loss):
        variables = tf.trainable_variables()
        clipped, norm = tf.clip_by_global_norm(tf.gradients(loss, variables), 1.0)
        return self.optimizer(0.5).apply_gradients(zip(clipped, variables)), norm
