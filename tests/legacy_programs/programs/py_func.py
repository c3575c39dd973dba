"""NumPy functions in the graph, with gradients of their own."""
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import ops


def np_spiky(x):
    r = x % 1
    if r <= 0.5:
        return r
    else:
        return 0


def np_d_spiky(x):
    return 1.0 if x % 1 <= 0.5 else 0.0


np_spiky_32 = lambda x: np.vectorize(np_spiky)(x).astype(np.float32)
np_d_spiky_32 = lambda x: np.vectorize(np_d_spiky)(x).astype(np.float32)


def py_func(func, inp, Tout, stateful=True, name=None, grad=None):
    # Need to generate a unique name to avoid duplicates:
    rnd_name = 'PyFuncGrad' + str(np.random.randint(0, 1E+8))
    tf.RegisterGradient(rnd_name)(grad)
    g = tf.get_default_graph()
    with g.gradient_override_map({"PyFunc": rnd_name}):
        return tf.py_func(func, inp, Tout, stateful=stateful, name=name)


def tf_d_spiky(x, name=None):
    with ops.name_scope(name, "d_spiky", [x]) as name:
        y = tf.py_func(np_d_spiky_32, [x], [tf.float32], name=name, stateful=False)
        return y[0]


def spikygrad(op, grad):
    x = op.inputs[0]
    n_gr = tf_d_spiky(x)
    return grad * n_gr


def tf_spiky(x, name=None):
    with ops.name_scope(name, "spiky", [x]) as name:
        y = py_func(np_spiky_32, [x], [tf.float32], name=name, grad=spikygrad)
        return y[0]


@tf.RegisterGradient("GuidedRelu")
def _guided_relu_grad(op, grad):
    return tf.where(0. < grad, tf.nn.relu(grad) * tf.cast(op.outputs[0] > 0, tf.float32), tf.zeros(tf.shape(grad)))


@tf.custom_gradient
def clip_gradient(x):
    def grad(dy):
        return tf.clip_by_value(dy, -0.1, 0.1)
    return tf.identity(x), grad


@ops.RegisterGradient("FlipGradient")
def _flip_gradients(op, grad):
    return [tf.negative(grad) * 0.5]


with tf.Session() as sess:
    x = tf.constant([0.2, 0.7, 1.2, 1.7])
    y = tf_spiky(x)
    tf.initialize_all_variables().run()
    print(x.eval(), y.eval(), tf.gradients(y, [x])[0].eval())
    g = tf.get_default_graph()
    with g.gradient_override_map({'Relu': 'GuidedRelu', 'Identity': 'FlipGradient'}):
        z = tf.identity(tf.nn.relu(x - 1))
    print(z.eval(), tf.gradients(tf.reduce_sum(z * [1., 1., -1., 2.]), x)[0].eval())
    print(tf.gradients(tf.reduce_sum(clip_gradient(x) * 3), x)[0].eval())

    def stateful(a, b):
        stateful.calls += 1
        return np.float64(a.sum() + b), np.int64(stateful.calls)
    stateful.calls = 0
    total, calls = tf.py_func(stateful, [x, 2.0], [tf.double, tf.int64])
    total.set_shape([])
    print([sess.run([total, calls]) for _ in range(2)])
    text, = tf.py_func(lambda s: [s.upper() + b"!"], [tf.constant("shout")], [tf.string])
    print(text.eval(), text.get_shape())
