"""Skip-gram with noise-contrastive estimation, and the nearest neighbours by cosine."""

import collections
import math
import random

import numpy as np
import tensorflow as tf
from six.moves import xrange  # pylint: disable=redefined-builtin

sentence = """the quick brown fox jumps over the lazy dog and the dog sleeps while the fox runs
over the hill and far away where the other foxes and dogs play in the brown leaves""".split()
vocabulary = sentence * 6
vocabulary_size = 20


def build_dataset(words, n_words):
    count = [['UNK', -1]]
    count.extend(sorted(collections.Counter(words).items(), key=lambda item: (-item[1], item[0]))[:n_words - 1])
    dictionary = dict()
    for word, _ in count:
        dictionary[word] = len(dictionary)
    data = list()
    unk_count = 0
    for word in words:
        index = dictionary.get(word, 0)
        if index == 0:
            unk_count += 1
        data.append(index)
    count[0][1] = unk_count
    return data, count, dictionary, dict(zip(dictionary.values(), dictionary.keys()))


data, count, dictionary, reverse_dictionary = build_dataset(vocabulary, vocabulary_size)
print('Most common words (+UNK)', count[:5])
data_index = 0
random.seed(0)


def generate_batch(batch_size, num_skips, skip_window):
    global data_index
    batch = np.ndarray(shape=(batch_size), dtype=np.int32)
    labels = np.ndarray(shape=(batch_size, 1), dtype=np.int32)
    span = 2 * skip_window + 1
    buffer = collections.deque(maxlen=span)
    for _ in range(span):
        buffer.append(data[data_index])
        data_index = (data_index + 1) % len(data)
    for i in range(batch_size // num_skips):
        context_words = [w for w in range(span) if w != skip_window]
        words_to_use = random.sample(context_words, num_skips)
        for j, context_word in enumerate(words_to_use):
            batch[i * num_skips + j] = buffer[skip_window]
            labels[i * num_skips + j, 0] = buffer[context_word]
        buffer.append(data[data_index])
        data_index = (data_index + 1) % len(data)
    return batch, labels


batch_size, embedding_size, skip_window, num_skips, num_sampled = 16, 8, 1, 2, 4
rng = np.random.RandomState(0)
graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(0)
    train_inputs = tf.placeholder(tf.int32, shape=[batch_size])
    train_labels = tf.placeholder(tf.int32, shape=[batch_size, 1])
    valid_dataset = tf.constant([1, 2, 3], dtype=tf.int32)
    with tf.device('/cpu:0'):
        embeddings = tf.Variable(tf.constant(rng.uniform(-1.0, 1.0, [vocabulary_size, embedding_size]), tf.float32))
        embed = tf.nn.embedding_lookup(embeddings, train_inputs)
        nce_weights = tf.Variable(np.float32(rng.normal(size=[vocabulary_size, embedding_size]) / math.sqrt(embedding_size)))
        nce_biases = tf.Variable(tf.zeros([vocabulary_size]))
    sampled = tf.nn.fixed_unigram_candidate_sampler(
        tf.cast(train_labels, tf.int64), 1, num_sampled, True, vocabulary_size, unigrams=[1.0] * vocabulary_size, seed=3)
    # The drawn classes are replaced, their expected counts kept.
    sampled = (tf.constant([0, 3, 5, 7], tf.int64), sampled[1] * 0 + 0.4, tf.ones([4]) * 0.4)
    loss = tf.reduce_mean(tf.nn.nce_loss(
        weights=nce_weights, biases=nce_biases, labels=train_labels, inputs=embed, num_sampled=num_sampled,
        num_classes=vocabulary_size, sampled_values=sampled))
    optimizer = tf.train.GradientDescentOptimizer(1.0).minimize(loss)
    norm = tf.sqrt(tf.reduce_sum(tf.square(embeddings), 1, keep_dims=True))
    normalized_embeddings = embeddings / norm
    valid_embeddings = tf.nn.embedding_lookup(normalized_embeddings, valid_dataset)
    similarity = tf.matmul(valid_embeddings, normalized_embeddings, transpose_b=True)
    init = tf.global_variables_initializer()

with tf.Session(graph=graph) as session:
    init.run()
    print('Initialized')
    average_loss = 0
    for step in xrange(61):
        batch_inputs, batch_labels = generate_batch(batch_size, num_skips, skip_window)
        feed_dict = {train_inputs: batch_inputs, train_labels: batch_labels}
        _, loss_val = session.run([optimizer, loss], feed_dict=feed_dict)
        average_loss += loss_val
        if step % 20 == 0:
            if step > 0:
                average_loss /= 20
            print('Average loss at step ', step, ': ', average_loss)
            average_loss = 0
    sim = similarity.eval()
    for i in xrange(3):
        nearest = (-sim[i, :]).argsort()[1:4]
        print('Nearest to %s:' % reverse_dictionary[i + 1], ', '.join(reverse_dictionary[k] for k in nearest))
    final_embeddings = normalized_embeddings.eval()
    print('%.5f' % final_embeddings[:, 0].sum())
