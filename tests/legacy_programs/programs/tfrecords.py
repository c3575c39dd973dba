"""Write examples, read them back with a reader and with tf.data, in batches of sequences too."""
import os
import numpy as np
import tensorflow as tf


def _int64_feature(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))


def _bytes_feature(value):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def convert_to(name, count):
    rng = np.random.RandomState(1)
    filename = os.path.join('.', name + '.tfrecords')
    writer = tf.python_io.TFRecordWriter(filename)
    for index in range(count):
        image_raw = rng.randint(0, 255, size=(4, 3, 2)).astype(np.uint8).tostring() if hasattr(np.ndarray, "tostring") \
            else rng.randint(0, 255, size=(4, 3, 2)).astype(np.uint8).tobytes()
        example = tf.train.Example(features=tf.train.Features(feature={
            'height': _int64_feature(4), 'label': _int64_feature(index % 3), 'image_raw': _bytes_feature(image_raw),
            'tags': tf.train.Feature(int64_list=tf.train.Int64List(value=range(index % 4))),
            'weight': tf.train.Feature(float_list=tf.train.FloatList(value=[index / 2.]))}))
        writer.write(example.SerializeToString())
    writer.close()
    return filename


def read_and_decode(filename_queue):
    reader = tf.TFRecordReader()
    _, serialized_example = reader.read(filename_queue)
    features = tf.parse_single_example(serialized_example, features={
        'image_raw': tf.FixedLenFeature([], tf.string),
        'label': tf.FixedLenFeature([], tf.int64),
        'weight': tf.FixedLenFeature([1], tf.float32),
        'tags': tf.VarLenFeature(tf.int64)})
    image = tf.decode_raw(features['image_raw'], tf.uint8)
    image.set_shape([24])
    image = tf.cast(image, tf.float32) * (1. / 255) - 0.5
    return image, tf.cast(features['label'], tf.int32), features['weight'], features['tags']


filename = convert_to('train', 10)
print(sum(1 for _ in tf.python_io.tf_record_iterator(filename)))
for record in tf.python_io.tf_record_iterator(filename):
    example = tf.train.Example()
    example.ParseFromString(record)
    print(example.features.feature['label'].int64_list.value[0], example.features.feature['weight'].float_list.value[0])
    break

queue = tf.train.string_input_producer([filename], num_epochs=2, shuffle=False)
image, label, weight, tags = read_and_decode(queue)
images, labels, weights = tf.train.batch([image, label, weight], batch_size=4, num_threads=1,
                                         capacity=50, allow_smaller_final_batch=True)
total = tf.reduce_sum(images * weights)
with tf.Session() as sess:
    sess.run(tf.group(tf.global_variables_initializer(), tf.local_variables_initializer()))
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=sess, coord=coord)
    try:
        while not coord.should_stop():
            value, l = sess.run([total, labels])
            print('%.5f' % value, l)
    except tf.errors.OutOfRangeError:
        print('Done training')
    finally:
        coord.request_stop()
    coord.join(threads)

tf.reset_default_graph()
dataset = tf.data.TFRecordDataset([filename]).map(lambda record: tf.parse_single_example(record, {
    'label': tf.FixedLenFeature((), tf.int64, default_value=-1), 'tags': tf.VarLenFeature(tf.int64)}))
dataset = dataset.map(lambda f: (f['label'], tf.sparse_tensor_to_dense(f['tags'])))
label, tags = dataset.padded_batch(5, padded_shapes=([], [None])).make_one_shot_iterator().get_next()
with tf.Session() as sess:
    for _ in range(2):
        print([v.tolist() for v in sess.run([label, tags])])
options = tf.python_io.TFRecordOptions(tf.python_io.TFRecordCompressionType.GZIP)
with tf.python_io.TFRecordWriter('small.gz', options=options) as writer:
    writer.write(b'one')
print(list(tf.python_io.tf_record_iterator('small.gz', options)))
