"""tf.data with the iterators of TF1: one-shot, initializable, reinitializable and feedable."""
import numpy as np
import tensorflow as tf

features = np.arange(24, dtype=np.float32).reshape(12, 2)
labels = np.arange(12) % 3


def parse(x, y):
    return {"x": x / 10., "twice": x * 2}, tf.one_hot(y, 3)


x_ph = tf.placeholder(features.dtype, features.shape)
y_ph = tf.placeholder(tf.int64, labels.shape)
dataset = tf.data.Dataset.from_tensor_slices((x_ph, y_ph)).map(parse, num_parallel_calls=2)
dataset = dataset.apply(tf.contrib.data.batch_and_drop_remainder(5)) if hasattr(tf.contrib, "data") else \
    dataset.batch(5, drop_remainder=True)
dataset = dataset.repeat(2).prefetch(1)
iterator = dataset.make_initializable_iterator()
batch, target = iterator.get_next()
print(dataset.output_shapes[0]["x"].as_list(), dataset.output_types[1])
print(batch["x"].shape.as_list(), target.get_shape().as_list())

w = tf.get_variable("w", shape=(2, 3), initializer=tf.ones_initializer)
logits = tf.matmul(batch["x"], w)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=target, logits=logits))
train = tf.train.FtrlOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(2):
        sess.run(iterator.initializer, {x_ph: features, y_ph: labels})
        losses = []
        while True:
            try:
                losses.append(sess.run([loss, train])[0])
            except tf.errors.OutOfRangeError:
                break
        print(epoch, " ".join("%.6f" % l for l in losses))
    print(sess.run(w).round(5).tolist())

# two datasets, one iterator
tf.reset_default_graph()
train_set = tf.data.Dataset.range(5).map(lambda x: x * 10)
valid_set = tf.data.Dataset.range(3)
either = tf.data.Iterator.from_structure(train_set.output_types, train_set.output_shapes)
element = either.get_next()
to_train, to_valid = either.make_initializer(train_set), either.make_initializer(valid_set)
one_shot = train_set.filter(lambda x: tf.less(x, 30)).make_one_shot_iterator().get_next()
handle = tf.placeholder(tf.string, shape=[])
fed = tf.data.Iterator.from_string_handle(handle, train_set.output_types, train_set.output_shapes).get_next()
valid_handle = valid_set.make_one_shot_iterator().string_handle()


def lengths():
    for n in (3, 1, 2):
        yield np.ones(n, np.int32) * n


padded = tf.data.Dataset.from_generator(lengths, tf.int32, tf.TensorShape([None])).padded_batch(2, [None])
padded = padded.make_one_shot_iterator().get_next()
with tf.Session() as sess:
    for init in (to_train, to_valid):
        sess.run(init)
        values = []
        try:
            while True:
                values.append(sess.run(element))
        except tf.errors.OutOfRangeError:
            pass
        print(values)
    print([sess.run(one_shot) for _ in range(3)])
    h = sess.run(valid_handle)
    print([sess.run(fed, feed_dict={handle: h}) for _ in range(3)])
    print(sess.run(padded).tolist(), sess.run(padded).tolist())
