"""The old translation tutorial: legacy_seq2seq's attention, buckets, sampled softmax over projected outputs."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import random

import numpy as np
import tensorflow as tf
from six.moves import xrange

PAD_ID, GO_ID, EOS_ID = 0, 1, 2
_buckets = [(2, 3), (3, 4)]
SIZE, BATCH, SOURCE_VOCAB, TARGET_VOCAB = 8, 3, 11, 13


class Seq2SeqModel(object):
    def __init__(self, forward_only, num_layers=1, learning_rate=0.5, max_gradient_norm=5.0):
        self.learning_rate = tf.Variable(float(learning_rate), trainable=False)
        self.learning_rate_decay_op = self.learning_rate.assign(self.learning_rate * 0.9)
        self.global_step = tf.Variable(0, trainable=False)
        w_t = tf.get_variable("proj_w", [TARGET_VOCAB, SIZE])
        w = tf.transpose(w_t)
        b = tf.get_variable("proj_b", [TARGET_VOCAB])

        def loss_of_all_words(labels, logits):
            return tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=labels, logits=tf.nn.xw_plus_b(logits, w, b))

        def seq2seq_f(encoder_inputs, decoder_inputs, do_decode):
            # A cell of its own for each bucket: since TF 1.2 one that has been called can't be copied any more.
            cell = tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.GRUCell(SIZE) for _ in xrange(num_layers)])
            return tf.contrib.legacy_seq2seq.embedding_attention_seq2seq(
                encoder_inputs, decoder_inputs, cell, num_encoder_symbols=SOURCE_VOCAB, num_decoder_symbols=TARGET_VOCAB,
                embedding_size=SIZE, output_projection=(w, b), feed_previous=do_decode)

        self.encoder_inputs = [tf.placeholder(tf.int32, shape=[None], name="encoder{0}".format(i))
                               for i in xrange(_buckets[-1][0])]
        self.decoder_inputs = [tf.placeholder(tf.int32, shape=[None], name="decoder{0}".format(i))
                               for i in xrange(_buckets[-1][1] + 1)]
        self.target_weights = [tf.placeholder(tf.float32, shape=[None], name="weight{0}".format(i))
                               for i in xrange(_buckets[-1][1] + 1)]
        targets = [self.decoder_inputs[i + 1] for i in xrange(len(self.decoder_inputs) - 1)]
        self.outputs, self.losses = tf.contrib.legacy_seq2seq.model_with_buckets(
            self.encoder_inputs, self.decoder_inputs, targets, self.target_weights, _buckets,
            lambda x, y: seq2seq_f(x, y, forward_only), softmax_loss_function=loss_of_all_words)
        if forward_only:
            for b_ in xrange(len(_buckets)):
                self.outputs[b_] = [tf.matmul(output, w) + b for output in self.outputs[b_]]
        else:
            params = tf.trainable_variables()
            self.gradient_norms, self.updates = [], []
            opt = tf.train.GradientDescentOptimizer(self.learning_rate)
            for b_ in xrange(len(_buckets)):
                clipped, norm = tf.clip_by_global_norm(tf.gradients(self.losses[b_], params), max_gradient_norm)
                self.gradient_norms.append(norm)
                self.updates.append(opt.apply_gradients(zip(clipped, params), global_step=self.global_step))
        self.saver = tf.train.Saver(tf.global_variables())

    def step(self, session, batch, bucket_id, forward_only):
        encoder_size, decoder_size = _buckets[bucket_id]
        encoder_inputs, decoder_inputs, target_weights = batch
        input_feed = {}
        for l in xrange(encoder_size):
            input_feed[self.encoder_inputs[l].name] = encoder_inputs[l]
        for l in xrange(decoder_size):
            input_feed[self.decoder_inputs[l].name] = decoder_inputs[l]
            input_feed[self.target_weights[l].name] = target_weights[l]
        input_feed[self.decoder_inputs[decoder_size].name] = np.zeros([BATCH], dtype=np.int32)
        if forward_only:
            fetches = [self.losses[bucket_id]] + self.outputs[bucket_id]
            results = session.run(fetches, input_feed)
            return None, results[0], results[1:]
        fetches = [self.updates[bucket_id], self.gradient_norms[bucket_id], self.losses[bucket_id]]
        return session.run(fetches, input_feed)[1:] + [None]


def get_batch(rng, bucket_id):
    encoder_size, decoder_size = _buckets[bucket_id]
    encoders, decoders = [], []
    for _ in xrange(BATCH):
        words = [rng.randint(3, SOURCE_VOCAB - 1) for _ in xrange(rng.randint(1, encoder_size))]
        encoders.append(list(reversed(words + [PAD_ID] * (encoder_size - len(words)))))
        answer = [word + 2 for word in words][:decoder_size - 2] + [EOS_ID]
        decoders.append([GO_ID] + answer + [PAD_ID] * (decoder_size - len(answer) - 1))
    weights = []
    for i in xrange(decoder_size):
        weights.append(np.array([0.0 if i == decoder_size - 1 or row[i + 1] == PAD_ID else 1.0 for row in decoders],
                                dtype=np.float32))
    return np.array(encoders, np.int32).T, np.array(decoders, np.int32).T, weights


def train():
    rng = random.Random(4)
    with tf.Session() as sess:
        with tf.variable_scope("model"):
            model = Seq2SeqModel(False)
        sess.run(tf.global_variables_initializer())
        weights = np.random.RandomState(6)
        for v in sorted(tf.trainable_variables(), key=lambda v: v.name):
            sess.run(v.assign(weights.uniform(-0.5, 0.5, v.get_shape().as_list())))
            print(v.name, v.get_shape().as_list())
        losses = []
        for current in xrange(24):
            bucket_id = current % len(_buckets)
            norm, loss, _ = model.step(sess, get_batch(rng, bucket_id), bucket_id, False)
            losses.append(loss)
            if current % 6 in (4, 5):
                print("global step %d learning rate %.4f bucket %d norm %.4f loss %.4f" % (
                    model.global_step.eval(), model.learning_rate.eval(), bucket_id, norm, np.mean(losses[-3:])))
                sess.run(model.learning_rate_decay_op)
        return model.saver.save(sess, "./translate.ckpt", global_step=model.global_step)


def decode(path):
    rng = random.Random(8)
    with tf.Session() as sess:
        with tf.variable_scope("model"):
            model = Seq2SeqModel(True)
        model.saver.restore(sess, path)
        for bucket_id in xrange(len(_buckets)):
            batch = get_batch(rng, bucket_id)
            _, loss, logits = model.step(sess, batch, bucket_id, True)
            words = np.array([np.argmax(logit, axis=1) for logit in logits]).T
            print("bucket", bucket_id, "loss %.4f" % loss, "largest %.4f" % np.max(logits))
            print("words", words.tolist())
            print("first logits", " ".join("%.4f" % value for value in logits[0][0]))


def main(_):
    path = train()
    tf.reset_default_graph()
    decode(path)


if __name__ == "__main__":
    tf.app.run()
