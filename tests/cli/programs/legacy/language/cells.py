from common import *


def make_cell(units, depth, keep=1.0):
    def one():
        cell = Cell(units, forget_bias=0.5)
        return tf.nn.rnn_cell.DropoutWrapper(cell, output_keep_prob=keep)

    if depth == 1:
        return one()
    return rnn_lib.MultiRNNCell([one() for _ in range(depth)])
