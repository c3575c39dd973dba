"""Optimize an image against the features and Gram matrices of a small fixed network."""
import functools
import numpy as np
import tensorflow as tf

STYLE_LAYERS = ('conv1', 'conv2')
CONTENT_LAYER = 'conv2'


def net(weights, input_image):
    net = {}
    current = input_image
    for name in ('conv1', 'pool1', 'conv2'):
        kind = name[:4]
        if kind == 'conv':
            kernels, bias = weights[name]
            kernels = np.transpose(kernels, (1, 0, 2, 3))
            current = tf.nn.relu(tf.nn.bias_add(
                tf.nn.conv2d(current, tf.constant(kernels), strides=(1, 1, 1, 1), padding='SAME'), bias))
        elif kind == 'pool':
            current = tf.nn.avg_pool(current, ksize=(1, 2, 2, 1), strides=(1, 2, 2, 1), padding='SAME')
        net[name] = current
    return net


def _tensor_size(tensor):
    from operator import mul
    return functools.reduce(mul, (d.value for d in tensor.get_shape()[1:]), 1)


rng = np.random.RandomState(0)
np.save('weights.npy', {'conv1': (np.float32(rng.normal(size=(3, 3, 3, 4)) / 4), np.zeros(4, 'f')),
                        'conv2': (np.float32(rng.normal(size=(3, 3, 4, 5)) / 4), np.zeros(5, 'f'))})
weights = np.load('weights.npy', encoding='latin1').item() if np.__version__ < '1.16.3' else \
    np.load('weights.npy', encoding='latin1', allow_pickle=True).item()
content, style = rng.rand(1, 8, 8, 3) * 255, rng.rand(1, 8, 8, 3) * 255
style_features = {}
with tf.Graph().as_default(), tf.device('/cpu:0'), tf.Session() as sess:
    image = tf.placeholder(tf.float32, shape=style.shape, name='style_image')
    layers = net(weights, image)
    for layer in STYLE_LAYERS:
        features = layers[layer].eval(feed_dict={image: style})
        features = np.reshape(features, (-1, features.shape[3]))
        style_features[layer] = np.matmul(features.T, features) / features.size
    content_features = layers[CONTENT_LAYER].eval({image: content})

with tf.Graph().as_default():
    image = tf.Variable(np.float32(content * 0.5 + 60))
    layers = net(weights, image)
    content_loss = 7.5 * (2 * tf.nn.l2_loss(layers[CONTENT_LAYER] - content_features) / content_features.size)
    style_losses = []
    for style_layer in STYLE_LAYERS:
        layer = layers[style_layer]
        _, height, width, number = map(lambda i: i.value, layer.get_shape())
        size = height * width * number
        feats = tf.reshape(layer, (-1, number))
        gram = tf.matmul(tf.transpose(feats), feats) / size
        style_gram = style_features[style_layer]
        style_losses.append(2 * tf.nn.l2_loss(gram - style_gram) / style_gram.size)
    style_loss = 1e-3 * functools.reduce(tf.add, style_losses)
    tv_y_size = _tensor_size(image[:, 1:, :, :])
    tv_x_size = _tensor_size(image[:, :, 1:, :])
    tv_loss = 100 * 2 * ((tf.nn.l2_loss(image[:, 1:, :, :] - image[:, :7, :, :]) / tv_y_size) +
                         (tf.nn.l2_loss(image[:, :, 1:, :] - image[:, :, :7, :]) / tv_x_size))
    loss = content_loss + style_loss + tv_loss + tf.reduce_sum(tf.image.total_variation(image)) * 0.01
    train_step = tf.train.AdamOptimizer(2.0, 0.9, 0.999, 1e-08).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.initialize_all_variables())
        print('sizes', tv_x_size, tv_y_size, type(tv_x_size).__name__)
        for i in range(6):
            train_step.run()
            print('%d content %g style %g tv %g total %g' % (
                i, content_loss.eval(), style_loss.eval(), tv_loss.eval(), loss.eval()))
        print(np.clip(image.eval(), 0, 255).astype(np.uint8)[0, 0, :3].tolist())
