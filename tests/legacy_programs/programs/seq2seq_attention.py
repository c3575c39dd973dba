"""Sequence to sequence with Luong attention: reverses sequences. Greedy and beam search decoding share the weights."""
from __future__ import division
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.python.layers.core import Dense
from tensorflow.contrib.seq2seq import AttentionWrapper, BasicDecoder, BeamSearchDecoder, LuongAttention
from tensorflow.contrib.seq2seq import GreedyEmbeddingHelper, TrainingHelper, dynamic_decode, sequence_loss, tile_batch

PAD, GO, EOS = 0, 1, 2
VOCABULARY, EMBEDDING, UNITS, BATCH, BEAM = 12, 8, 10, 4, 3


def make_batches(number):
    random = np.random.RandomState(3)
    for _ in range(number):
        lengths = random.randint(2, 5, size=BATCH)
        source = np.full([BATCH, lengths.max()], PAD, np.int32)
        inputs = np.full([BATCH, lengths.max() + 1], PAD, np.int32)
        targets = np.full([BATCH, lengths.max() + 1], PAD, np.int32)
        for row, n in enumerate(lengths):
            words = random.randint(3, VOCABULARY, size=n)
            source[row, :n] = words
            inputs[row, :n + 1] = [GO] + list(words[::-1])
            targets[row, :n + 1] = list(words[::-1]) + [EOS]
        yield source, lengths, inputs, targets


class Seq2Seq(object):
    def __init__(self, mode):
        self.mode = mode
        self.source = tf.placeholder(tf.int32, [None, None], name='source')
        self.source_lengths = tf.placeholder(tf.int32, [None], name='source_lengths')
        self.batch_size = tf.shape(self.source)[0]
        with tf.variable_scope('embedding'):
            self.embedding = tf.get_variable('embedding', [VOCABULARY, EMBEDDING], dtype=tf.float32)
        self.build_encoder()
        self.build_decoder()

    def build_encoder(self):
        with tf.variable_scope('encoder'):
            embedded = tf.nn.embedding_lookup(self.embedding, self.source)
            cell_fw = tf.nn.rnn_cell.LSTMCell(UNITS // 2)
            cell_bw = tf.nn.rnn_cell.LSTMCell(UNITS // 2)
            outputs, states = tf.nn.bidirectional_dynamic_rnn(
                cell_fw, cell_bw, embedded, sequence_length=self.source_lengths, dtype=tf.float32)
            self.encoder_outputs = tf.concat(outputs, 2)
            self.encoder_state = tf.nn.rnn_cell.LSTMStateTuple(
                c=tf.concat([states[0].c, states[1].c], 1), h=tf.concat([states[0].h, states[1].h], 1))

    def build_decoder(self):
        memory, lengths, state, batch_size = self.encoder_outputs, self.source_lengths, self.encoder_state, self.batch_size
        if self.mode == 'beam':
            memory, lengths, state = tile_batch(memory, BEAM), tile_batch(lengths, BEAM), tile_batch(state, BEAM)
            batch_size *= BEAM
        with tf.variable_scope('decoder') as scope:
            attention = LuongAttention(UNITS, memory, memory_sequence_length=lengths, scale=True)
            cell = AttentionWrapper(tf.contrib.rnn.BasicLSTMCell(UNITS), attention, attention_layer_size=UNITS,
                                    alignment_history=self.mode == 'greedy', name='attention')
            initial_state = cell.zero_state(batch_size, tf.float32).clone(cell_state=state)
            projection = Dense(VOCABULARY, use_bias=False, name='projection')
            if self.mode == 'train':
                self.inputs = tf.placeholder(tf.int32, [None, None], name='inputs')
                self.targets = tf.placeholder(tf.int32, [None, None], name='targets')
                target_lengths = self.source_lengths + 1
                helper = TrainingHelper(tf.nn.embedding_lookup(self.embedding, self.inputs), target_lengths)
                decoder = BasicDecoder(cell, helper, initial_state, projection)
                outputs, _, _ = dynamic_decode(decoder, impute_finished=True, scope=scope)
                weights = tf.sequence_mask(target_lengths, dtype=tf.float32)
                self.loss = sequence_loss(outputs.rnn_output, self.targets, weights)
                self.build_train_op()
                return
            start, most = tf.fill([self.batch_size], GO), 6
            if self.mode == 'greedy':
                helper = GreedyEmbeddingHelper(self.embedding, start, EOS)
                outputs, final_state, self.lengths = dynamic_decode(
                    BasicDecoder(cell, helper, initial_state, projection), maximum_iterations=most, scope=scope)
                self.words = outputs.sample_id
                self.alignments = final_state.alignment_history.stack()
            else:
                decoder = BeamSearchDecoder(cell, self.embedding, start, EOS, initial_state, BEAM, projection)
                outputs, final_state, self.lengths = dynamic_decode(decoder, maximum_iterations=most, scope=scope)
                self.words = outputs.predicted_ids
                self.scores = final_state.log_probs

    def build_train_op(self):
        self.global_step = tf.train.get_or_create_global_step()
        rate = tf.train.exponential_decay(0.03, self.global_step, 20, 0.7)
        variables = tf.trainable_variables()
        gradients, self.norm = tf.clip_by_global_norm(tf.gradients(self.loss, variables), 1.0)
        optimizer = tf.train.AdamOptimizer(rate)
        self.train_op = optimizer.apply_gradients(zip(gradients, variables), global_step=self.global_step)


def set_weights(sess):
    random = np.random.RandomState(5)
    for variable in sorted(tf.trainable_variables(), key=lambda v: v.name):
        shape = variable.get_shape().as_list()
        if shape:  # not the attention's scale
            variable.load(random.uniform(-0.4, 0.4, shape).astype(np.float32), sess)


def main(_):
    with tf.Graph().as_default(), tf.Session() as sess:
        model = Seq2Seq('train')
        saver = tf.train.Saver(tf.trainable_variables())
        sess.run(tf.global_variables_initializer())
        set_weights(sess)
        for variable in tf.trainable_variables():
            print(variable.op.name, variable.get_shape().as_list())
        for step, (source, lengths, inputs, targets) in enumerate(make_batches(30)):
            feed = {model.source: source, model.source_lengths: lengths, model.inputs: inputs, model.targets: targets}
            loss, norm, _ = sess.run([model.loss, model.norm, model.train_op], feed)
            if step % 5 == 0:
                print('step %d loss %.4f perplexity %.3f gradient %.4f' % (step, loss, np.exp(loss), norm))
        path = saver.save(sess, 'seq2seq.ckpt', model.global_step)
    source, lengths, _, targets = next(make_batches(1))
    for mode in ('greedy', 'beam'):
        with tf.Graph().as_default(), tf.Session() as sess:
            model = Seq2Seq(mode)
            tf.train.Saver().restore(sess, path)
            feed = {model.source: source, model.source_lengths: lengths}
            words, its_lengths = sess.run([model.words, model.lengths], feed)
            print(mode, words.shape, its_lengths.tolist())
            if mode == 'greedy':
                print(words.tolist())
                alignments = sess.run(model.alignments, feed)
                print('attention of the first word', ' '.join('%.4f' % a for a in alignments[0, 0]))
            else:
                print(words[:, :, 0].tolist())
                scores = sess.run(model.scores, feed)
                print('scores', ' '.join('%.3f' % score for score in scores[:, 0]))


if __name__ == '__main__':
    tf.app.run()
