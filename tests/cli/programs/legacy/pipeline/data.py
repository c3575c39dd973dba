import tensorflow as tf
from tensorflow import data as D
from tensorflow.contrib.framework import nest, arg_scope, add_arg_scope

Dataset = D.Dataset


def parse(record):
    features = {"x": tf.FixedLenFeature([2], tf.float32), "y": tf.FixedLenFeature([], tf.int64)}
    return tf.parse_single_example(record, features)


def write(path, count=6):
    with tf.python_io.TFRecordWriter(path) as writer:
        for i in range(count):
            example = tf.train.Example(features=tf.train.Features(feature={
                "x": tf.train.Feature(float_list=tf.train.FloatList(value=[i, i / 2.0])),
                "y": tf.train.Feature(int64_list=tf.train.Int64List(value=[i % 2])),
            }))
            writer.write(example.SerializeToString())


@add_arg_scope
def batches(path, size=2, repeat=None):
    dataset = Dataset.from_tensor_slices([path]).flat_map(tf.data.TFRecordDataset)
    dataset = dataset.map(parse).repeat(repeat).batch(size)
    return dataset.make_one_shot_iterator().get_next()


def names(structure):
    return nest.flatten(nest.map_structure(lambda t: t.dtype.name, structure))
