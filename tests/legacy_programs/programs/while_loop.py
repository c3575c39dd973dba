"""Loops, conditions, TensorArrays and scans in a graph."""
import numpy as np
import tensorflow as tf
from tensorflow.python.ops import control_flow_ops, tensor_array_ops, array_ops, math_ops
from tensorflow.python.framework import ops, dtypes, constant_op

x = tf.placeholder(tf.float32, [None, 3], name="x")
n = tf.shape(x)[0]
w = tf.get_variable("w", initializer=np.arange(9, dtype=np.float32).reshape(3, 3) / 10)


def body(i, state, outputs):
    state = tf.tanh(tf.matmul(tf.expand_dims(x[i], 0), w) + state)
    return i + 1, state, outputs.write(i, state[0])


outputs = tensor_array_ops.TensorArray(dtype=tf.float32, size=n, dynamic_size=False, clear_after_read=False)
_, last, outputs = tf.while_loop(lambda i, *_: tf.less(i, n), body, [tf.constant(0), tf.zeros([1, 3]), outputs],
                                 parallel_iterations=4, swap_memory=True)
sequence = outputs.stack()
loss = tf.reduce_sum(sequence ** 2)
gradient = tf.gradients(loss, [w, x])

collatz = control_flow_ops.while_loop(
    lambda k, steps: math_ops.greater(k, 1),
    lambda k, steps: (control_flow_ops.cond(math_ops.equal(math_ops.mod(k, 2), 0), lambda: k // 2, lambda: 3 * k + 1),
                      steps + 1),
    [constant_op.constant(27), constant_op.constant(0)])

grown = tf.while_loop(lambda i, r: i < 4, lambda i, r: (i + 1, tf.concat([r, tf.fill([1, 2], tf.cast(i, tf.float32))], 0)),
                      [tf.constant(0), tf.zeros([1, 2])], shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 2])])[1]
print(grown.get_shape().as_list(), sequence.get_shape().as_list(), type(collatz).__name__)

scanned = tf.scan(lambda a, b: a * 0.5 + b, x, initializer=tf.zeros([3]))
mapped = tf.map_fn(lambda row: tf.reduce_max(row), x)
folded = tf.foldl(lambda a, row: a + row, x)
chosen = tf.case({tf.reduce_sum(x) > 0: lambda: tf.constant("positive"),
                  tf.reduce_sum(x) < 0: lambda: tf.constant("negative")}, default=lambda: tf.constant("zero"), exclusive=True)
counter = tf.Variable(0, name="counter")


def step():
    with tf.control_dependencies([tf.assign_add(counter, 2)]):
        return tf.identity(counter)


counted = tf.cond(tf.reduce_sum(x) > 0, step, lambda: tf.constant(-1))
checked = tf.Assert(tf.reduce_all(x < 100), [x], name="check")
with tf.control_dependencies([checked, tf.assert_rank(x, 2)]):
    safe = tf.identity(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {x: np.linspace(-1, 1, 12).reshape(4, 3) + 0.1}
    s, l, (gw, gx) = sess.run([sequence, safe, gradient], feed)
    print("%.6f" % l, s.round(5).tolist())
    print(gw.round(5).tolist(), gx.round(5).tolist())
    print(sess.run(collatz), sess.run(grown).tolist())
    print(sess.run(scanned, feed).round(5).tolist(), sess.run(mapped, feed).round(5).tolist(), sess.run(folded, feed).round(5).tolist())
    print(sess.run([chosen, counted], feed), sess.run(counter))
    try:
        sess.run(safe, {x: [[1000, 0, 0]]})
    except tf.errors.InvalidArgumentError as error:
        print("refused:", type(error).__name__)
