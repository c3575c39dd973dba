from __future__ import print_function
import argparse
import os
from six.moves import cPickle
import numpy as np
import tensorflow as tf

from utils import TextLoader
from model import Model

parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
parser.add_argument('--data_dir', type=str, default='data', help='data directory containing input.txt')
parser.add_argument('--save_dir', type=str, default='save', help='directory to store checkpointed models')
parser.add_argument('--model', type=str, default='lstm', help='lstm, rnn, gru, or nas')
parser.add_argument('--rnn_size', type=int, default=12, help='size of RNN hidden state')
parser.add_argument('--num_layers', type=int, default=2, help='number of layers in the RNN')
parser.add_argument('--seq_length', type=int, default=10, help='RNN sequence length')
parser.add_argument('--batch_size', type=int, default=5, help='minibatch size')
parser.add_argument('--num_epochs', type=int, default=3, help='number of epochs')
parser.add_argument('--grad_clip', type=float, default=5., help='clip gradients at this value')
parser.add_argument('--learning_rate', type=float, default=0.02, help='learning rate')
parser.add_argument('--decay_rate', type=float, default=0.97, help='decay rate for rmsprop')
parser.add_argument('--output_keep_prob', type=float, default=1.0)
parser.add_argument('--input_keep_prob', type=float, default=1.0)
args = parser.parse_args()


def train(args):
    os.mkdir(args.data_dir)
    with open(os.path.join(args.data_dir, "input.txt"), "w") as f:
        f.write("the cat sat on the mat and the dog sat on the cat; " * 8)
    data_loader = TextLoader(args.data_dir, args.batch_size, args.seq_length)
    args.vocab_size = data_loader.vocab_size
    if not os.path.isdir(args.save_dir):
        os.makedirs(args.save_dir)
    with open(os.path.join(args.save_dir, 'config.pkl'), 'wb') as f:
        cPickle.dump(args, f)
    model = Model(args)
    rng = np.random.RandomState(4)
    with tf.Session() as sess:
        summaries = tf.summary.merge_all()
        sess.run(tf.global_variables_initializer())
        for v in tf.trainable_variables():
            sess.run(tf.assign(v, rng.uniform(-0.3, 0.3, v.get_shape().as_list())))
            print(v.name, v.shape)
        saver = tf.train.Saver(tf.global_variables())
        for e in range(args.num_epochs):
            sess.run(tf.assign(model.lr, args.learning_rate * (args.decay_rate ** e)))
            data_loader.reset_batch_pointer()
            state = sess.run(model.initial_state)
            for b in range(data_loader.num_batches):
                x, y = data_loader.next_batch()
                feed = {model.input_data: x, model.targets: y}
                for i, (c, h) in enumerate(model.initial_state):
                    feed[c] = state[i].c
                    feed[h] = state[i].h
                train_loss, state, _ = sess.run([model.cost, model.final_state, model.train_op], feed)
                if b % 2 == 0:
                    print("{}/{} (epoch {}), train_loss = {:.4f}".format(
                        e * data_loader.num_batches + b, args.num_epochs * data_loader.num_batches, e, train_loss))
        saver.save(sess, os.path.join(args.save_dir, 'model.ckpt'), global_step=e)


def sample(args):
    tf.reset_default_graph()
    with open(os.path.join(args.save_dir, 'config.pkl'), 'rb') as f:
        saved_args = cPickle.load(f)
    with open(os.path.join(args.data_dir, 'vocab.pkl'), 'rb') as f:
        chars = cPickle.load(f)
    model = Model(saved_args, training=False)
    with tf.Session() as sess:
        tf.global_variables_initializer().run()
        saver = tf.train.Saver(tf.global_variables())
        ckpt = tf.train.get_checkpoint_state(args.save_dir)
        if ckpt and ckpt.model_checkpoint_path:
            saver.restore(sess, ckpt.model_checkpoint_path)
            print(model.sample(sess, chars, {c: i for i, c in enumerate(chars)}).encode('utf-8'))


if __name__ == '__main__':
    train(args)
    sample(args)
