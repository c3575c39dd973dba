"""The seeds of random operations that come after gradients: how many operations TF1 made for them.

With `tf.set_random_seed` the second seed of a random operation was the number of operations made before it.
"""

import tensorflow as tf
from tensorflow.contrib import slim

layer = tf.layers
cell = tf.nn.rnn_cell


def floats(*shape):
    return tf.placeholder(tf.float32, shape)


def integers(*shape):
    return tf.placeholder(tf.int32, shape)


def labels():
    return integers(None)


def seed_of_the_next():
    tf.random_normal([1])
    kernels = [op for op in tf.get_default_graph().get_operations() if op.type == "RandomStandardNormal"]
    return kernels[-1].get_attr("seed2")


def all_derivatives(y):
    operations = tf.get_default_graph().get_operations()
    fed = [op.outputs[0] for op in operations if op.type == "Placeholder" and op.outputs[0].dtype == tf.float32]
    return tf.gradients(y, fed + tf.trainable_variables())


SHAPES = [([None, 4], [None, 4]), ([None, 4], [4]), ([3, 4], [3, 4]), ([3, 4], [4]), ([3, 1], [1, 4]), ([3, 4], [])]
OF_TWO = {
    "add": tf.add,
    "subtract": tf.subtract,
    "multiply": tf.multiply,
    "divide": tf.truediv,
    "div_no_nan": tf.div_no_nan,
    "pow": tf.pow,
    "squared_difference": tf.squared_difference,
    "maximum": tf.maximum,
    "minimum": tf.minimum,
    "floormod": tf.floormod,
}
OF_ONE = {
    "sum": tf.reduce_sum,
    "sum of rows": lambda x: tf.reduce_sum(x, 1),
    "sums of the same rows": lambda x: tf.reduce_sum(x, 1) + tf.reduce_sum(x, 1),
    "mean": tf.reduce_mean,
    "mean of columns": lambda x: tf.reduce_mean(x, 0, keepdims=True),
    "max": lambda x: tf.reduce_max(x, 1),
    "prod": lambda x: tf.reduce_prod(x, 1),
    "slice": lambda x: x[:, 1:3],
    "column": lambda x: x[:, 1],
    "gather": lambda x: tf.gather(x, [0, 1]),
    "gather columns": lambda x: tf.gather(x, [0, 1], axis=1),
    "embedding": lambda x: tf.nn.embedding_lookup(x, labels()),
    "clip": lambda x: tf.clip_by_value(x, 0.0, 1.0),
    "abs": lambda x: tf.abs(tf.sign(x)) + x,
    "moments": lambda x: sum(tf.nn.moments(x, [0])),
    "normalized": lambda x: tf.nn.l2_normalize(x, 1),
    "cross entropy": lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels(), logits=x),
    "entropy": lambda x: tf.nn.sigmoid_cross_entropy_with_logits(labels=floats(None, 4), logits=x),
    "segments": lambda x: tf.unsorted_segment_sum(x, [0, 0, 1], 2),
    "products": lambda x: tf.matmul(tf.stack([x, x]), tf.stack([x, x]), transpose_b=True),
    "branches": lambda x: tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * 2.0, lambda: x),
    "loop": lambda x: tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x - 1.0), [0, x])[1],
    "error": lambda x: tf.losses.mean_squared_error(x, tf.zeros([3, 4])),
    "weighted error": lambda x: tf.losses.mean_squared_error(x, x * x, weights=tf.to_float(integers(*x.shape.as_list()))),
}
RNNS = {
    "gru": lambda: cell.GRUCell(4),
    "lstm": lambda: cell.LSTMCell(4),
    "two": lambda: cell.MultiRNNCell([cell.DropoutWrapper(cell.BasicLSTMCell(4), 0.5) for _ in range(2)]),
}

for name, function in sorted(OF_TWO.items()):
    for a, b in SHAPES:
        tf.reset_default_graph()
        tf.set_random_seed(1)
        all_derivatives(function(floats(*a), floats(*b)))
        print(name, a, b, "then", seed_of_the_next())
for name, function in sorted(OF_ONE.items()):
    for shape in ([None, 4], [3, 4]):
        tf.reset_default_graph()
        tf.set_random_seed(1)
        all_derivatives(function(floats(*shape)))
        print(name, shape, "then", seed_of_the_next())
for name, make in sorted(RNNS.items()):
    for lengths in (False, True):
        tf.reset_default_graph()
        tf.set_random_seed(1)
        outputs, _ = tf.nn.dynamic_rnn(make(), floats(None, 5, 4), labels() if lengths else None, dtype=tf.float32)
        all_derivatives(outputs)
        print("rnn", name, lengths, "then", seed_of_the_next())

UNIFORM = {
    "image": lambda: tf.image.random_flip_left_right(tf.zeros([4, 4, 3])),
    "initializer": lambda: tf.get_variable("w", [2], initializer=tf.random_uniform_initializer(0, 1)),
    "up to 5": lambda: tf.random_uniform([2], 0, 5.0),
    "distribution": lambda: tf.distributions.Bernoulli(probs=[0.5]).sample(),
}
for name, function in sorted(UNIFORM.items()):
    tf.reset_default_graph()
    tf.set_random_seed(1)
    function()
    print("uniform", name, "then", seed_of_the_next())


def residual():
    x, is_training = layer.conv2d(floats(None, 8, 8, 3), 4, 3, padding="same"), tf.placeholder(tf.bool)
    for _ in range(2):
        x += layer.conv2d(tf.nn.relu(layer.batch_normalization(x, training=is_training)), 4, 3, padding="same")
    loss = tf.losses.sparse_softmax_cross_entropy(labels(), layer.dense(tf.reduce_mean(x, [1, 2]), 3))
    step = tf.train.get_or_create_global_step()
    rate = tf.train.piecewise_constant(step, [10, 20], [0.1, 0.01, 0.001])
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        tf.train.MomentumOptimizer(rate, 0.9).minimize(loss, step)


def transformer():
    x = tf.nn.embedding_lookup(tf.get_variable("words", [9, 8]), integers(None, 5)) * 8**0.5
    query, key, value = [tf.concat(tf.split(layer.dense(x, 8), 2, axis=2), axis=0) for _ in range(3)]
    weights = tf.nn.dropout(tf.nn.softmax(tf.matmul(query, tf.transpose(key, [0, 2, 1])) / 2.0), 0.9)
    x += tf.concat(tf.split(tf.matmul(weights, value), 2, axis=0), axis=2)
    mean, variance = tf.nn.moments(x, [-1], keep_dims=True)
    x = tf.get_variable("scale", [8]) * (x - mean) / ((variance + 1e-8) ** 0.5)
    optimizer = tf.train.AdamOptimizer()
    gradients, variables = zip(*optimizer.compute_gradients(tf.reduce_mean(x)))
    optimizer.apply_gradients(zip(tf.clip_by_global_norm(gradients, 5.0)[0], variables))


def variational():
    x = floats(None, 4)
    hidden = layer.dense(x, 8, tf.nn.softplus)
    mean, log_variance = layer.dense(hidden, 2), layer.dense(hidden, 2)
    y = layer.dense(mean + tf.sqrt(tf.exp(log_variance)) * tf.random_normal(tf.shape(mean)), 4, tf.nn.sigmoid)
    entropy = tf.reduce_sum(x * tf.log(1e-8 + y) + (1 - x) * tf.log(1e-8 + 1 - y), 1)
    divergence = tf.reduce_sum(1 + log_variance - tf.square(mean) - tf.exp(log_variance), 1)
    tf.train.AdamOptimizer().minimize(tf.reduce_mean(-entropy - 0.5 * divergence))


def convolutional():
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, weights_regularizer=slim.l2_regularizer(0.1)):
        x = slim.flatten(slim.max_pool2d(slim.conv2d(floats(None, 8, 8, 3), 4, 3), 2))
    loss = tf.losses.sparse_softmax_cross_entropy(labels(), slim.fully_connected(x, 3, activation_fn=None))
    slim.learning.create_train_op(loss, tf.train.AdamOptimizer())


for name, build in (
    ("residual", residual),
    ("transformer", transformer),
    ("variational", variational),
    ("convolutional", convolutional),
):
    tf.reset_default_graph()
    tf.set_random_seed(1)
    build()
    print(name, "then", seed_of_the_next())

# A whole program: the critic and its dropout come after the gradients of the actor.
tf.reset_default_graph()
tf.set_random_seed(3)
states = tf.random_normal([16, 3], seed=5)
with tf.variable_scope("actor"):
    actions = layer.dense(layer.dense(states, 8, tf.nn.relu), 2, tf.nn.tanh)
    imitate = tf.train.AdamOptimizer(0.01).minimize(tf.reduce_mean(tf.square(actions - states[:, :2])))
with tf.variable_scope("critic"):
    hidden = layer.dropout(layer.dense(tf.concat([states, actions], 1), 8, tf.nn.relu), 0.25, training=True)
    loss = tf.losses.mean_squared_error(tf.reduce_sum(states, 1, keepdims=True), layer.dense(hidden, 1))
    learn = tf.train.RMSPropOptimizer(0.01).minimize(loss, var_list=tf.trainable_variables("critic"))
noise = tf.random_uniform([2])
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for step in range(6):
        session.run(imitate)
        print("step %d: loss %.5f" % (step, session.run([loss, learn])[0]), session.run(noise))
