""" Multilayer perceptron on MNIST: the tutorial of 2016.

The four files are written first (random digits), since there is no network here.
"""


import gzip
import os
import struct

import numpy as np

# Made-up MNIST data
rng = np.random.RandomState(0)
if not os.path.isdir("MNIST_data"):
    os.makedirs("MNIST_data")
for part, count in (("train", 5600), ("t10k", 300)):
    labels = rng.randint(0, 10, size=count).astype(np.uint8)
    images = rng.randint(0, 256, size=(count, 28, 28)).astype(np.uint8)
    images[np.arange(count), labels, :] = 255
    with gzip.open("MNIST_data/%s-images-idx3-ubyte.gz" % part, "wb") as f:
        f.write(struct.pack(">4i", 2051, count, 28, 28) + images.tobytes())
    with gzip.open("MNIST_data/%s-labels-idx1-ubyte.gz" % part, "wb") as f:
        f.write(struct.pack(">2i", 2049, count) + labels.tobytes())

# Import MNIST data
from tensorflow.examples.tutorials.mnist import input_data

mnist = input_data.read_data_sets("MNIST_data/", one_hot=True, seed=1)

import tensorflow as tf

# Parameters
learning_rate = 0.01
training_epochs = 3
batch_size = 100
display_step = 1

# Network Parameters
n_hidden_1 = 32 # 1st layer number of features
n_hidden_2 = 16 # 2nd layer number of features
n_input = 784 # MNIST data input (img shape: 28*28)
n_classes = 10 # MNIST total classes (0-9 digits)

# tf Graph input
x = tf.placeholder("float", [None, n_input])
y = tf.placeholder("float", [None, n_classes])


# Create model
def multilayer_perceptron(x, weights, biases):
    layer_1 = tf.add(tf.matmul(x, weights['h1']), biases['b1'])
    layer_1 = tf.nn.relu(layer_1)
    layer_2 = tf.add(tf.matmul(layer_1, weights['h2']), biases['b2'])
    layer_2 = tf.nn.relu(layer_2)
    out_layer = tf.matmul(layer_2, weights['out']) + biases['out']
    return out_layer


def initial(*shape):
    return np.float32(rng.normal(scale=0.1, size=shape))


# Store layers weight & bias
weights = {
    'h1': tf.Variable(initial(n_input, n_hidden_1)),
    'h2': tf.Variable(initial(n_hidden_1, n_hidden_2)),
    'out': tf.Variable(initial(n_hidden_2, n_classes))
}
biases = {
    'b1': tf.Variable(tf.zeros([n_hidden_1])),
    'b2': tf.Variable(tf.zeros([n_hidden_2])),
    'out': tf.Variable(tf.zeros([n_classes]))
}

# Construct model
pred = multilayer_perceptron(x, weights, biases)

# Define loss and optimizer
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=pred, labels=y))
optimizer = tf.train.GradientDescentOptimizer(learning_rate=learning_rate).minimize(cost)

# Initializing the variables
init = tf.global_variables_initializer()

print("examples", mnist.train.num_examples, mnist.validation.num_examples, mnist.test.num_examples)

# Launch the graph
with tf.Session() as sess:
    sess.run(init)

    # Training cycle
    for epoch in range(training_epochs):
        avg_cost = 0.
        total_batch = int(mnist.train.num_examples/batch_size)
        for i in range(total_batch):
            batch_x, batch_y = mnist.train.next_batch(batch_size)
            _, c = sess.run([optimizer, cost], feed_dict={x: batch_x, y: batch_y})
            avg_cost += c / total_batch
        if epoch % display_step == 0:
            print("Epoch:", '%04d' % (epoch+1), "cost=", f"{avg_cost:.6f}")
    print("Optimization Finished!")

    # Test model
    correct_prediction = tf.equal(tf.argmax(pred, 1), tf.argmax(y, 1))
    accuracy = tf.reduce_mean(tf.cast(correct_prediction, "float"))
    print("Accuracy:", accuracy.eval({x: mnist.test.images, y: mnist.test.labels}))
