"""RNN cells of one's own, with the helpers that lay in TensorFlow's own files."""
import collections

import numpy as np
import tensorflow as tf
try:
    from tensorflow.python.ops.rnn_cell_impl import _linear
except ImportError:
    from tensorflow.contrib.rnn.python.ops.core_rnn_cell import _linear
from tensorflow.python.framework import ops, dtypes
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops, rnn_cell_impl
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.ops.rnn_cell_impl import RNNCell
from tensorflow.python.util import nest

AttentionState = collections.namedtuple("AttentionState", ["cell", "time"])


class MyGRUCell(RNNCell):
    def __init__(self, num_units, reuse=None, activation=math_ops.tanh):
        super(MyGRUCell, self).__init__(_reuse=reuse)
        self._num_units = num_units
        self._activation = activation

    @property
    def state_size(self):
        return self._num_units

    @property
    def output_size(self):
        return self._num_units

    def call(self, inputs, state, scope=None):
        with vs.variable_scope("gates"):
            bias_ones = init_ops.constant_initializer(1.0, dtype=inputs.dtype)
            value = math_ops.sigmoid(_linear([inputs, state], 2 * self._num_units, True, bias_ones))
            r, u = array_ops.split(value=value, num_or_size_splits=2, axis=1)
        with vs.variable_scope("candidate"):
            c = self._activation(_linear([inputs, r * state], self._num_units, True))
        new_h = u * state + (1 - u) * c
        return new_h, new_h


class CountingWrapper(tf.nn.rnn_cell.RNNCell):
    def __init__(self, cell):
        super(CountingWrapper, self).__init__()
        self._cell = cell

    @property
    def state_size(self):
        return AttentionState(self._cell.state_size, tf.TensorShape([]))

    @property
    def output_size(self):
        return self._cell.output_size

    def zero_state(self, batch_size, dtype):
        with ops.name_scope(type(self).__name__ + "ZeroState", values=[batch_size]):
            return AttentionState(self._cell.zero_state(batch_size, dtype), array_ops.zeros([], dtype=dtypes.float32))

    def __call__(self, inputs, state, scope=None):
        with tf.variable_scope(scope or "counting"):
            scale = tf.get_variable("scale", [], initializer=tf.constant_initializer(0.5))
            output, new = self._cell(inputs, state.cell)
            assert nest.is_sequence(state)
            return output * scale, AttentionState(new, state.time + 1)


x = tf.placeholder(dtypes.float32, [3, None, 2])
cell = CountingWrapper(MyGRUCell(4))
outputs, state = tf.nn.dynamic_rnn(cell, x, initial_state=cell.zero_state(3, tf.float32))
with tf.variable_scope("steps") as scope:
    s = tf.zeros([3, 5])
    mine = MyGRUCell(5)
    for t in range(2):
        if t > 0:
            scope.reuse_variables()
        o, s = mine(x[:, t], s)
loss = tf.reduce_sum(outputs ** 2) + tf.reduce_sum(s)
gradients = tf.gradients(loss, tf.trainable_variables())
for v, g in zip(tf.trainable_variables(), gradients):
    print(v.name, v.shape.as_list(), g is not None)
rng = np.random.RandomState(0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for v in tf.trainable_variables():
        if "kernel" in v.name:
            sess.run(v.assign(rng.uniform(-0.5, 0.5, v.shape.as_list())))
    feed = {x: rng.rand(3, 4, 2)}
    o, final, l, norms = sess.run([outputs, state, loss, [tf.norm(g) for g in gradients]], feed)
    print(o[0].round(5).tolist(), final.time, "%.6f" % l)
    print(" ".join("%.5f" % n for n in norms))
