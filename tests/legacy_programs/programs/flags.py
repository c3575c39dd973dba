"""Every way of defining and reading flags."""
from __future__ import print_function

import sys

import tensorflow as tf
from tensorflow.python.platform import flags as platform_flags

flags = tf.app.flags
FLAGS = flags.FLAGS

tf.app.flags.DEFINE_string('data_dir', '/tmp/data', 'Directory with the data.')
tf.app.flags.DEFINE_integer('batch_size', 32, """Batch size.""")
flags.DEFINE_float('learning_rate', 0.01, 'Initial learning rate.')
flags.DEFINE_boolean('use_fp16', False, 'Train the model using fp16.')
flags.DEFINE_bool('verbose', True, 'Say more.')
flags.DEFINE_enum('mode', 'train', ['train', 'eval'], 'What to do.')
tf.flags.DEFINE_list('layers', '64,32', 'Sizes.')
tf.flags.DEFINE_multi_integer('gpu', [], 'May be repeated.')
tf.flags.DEFINE_alias('lr', 'learning_rate')
platform_flags.DEFINE_string('logs_dir', 'logs', 'By TensorFlow\'s private name.')
OWN = ['batch_size', 'data_dir', 'gpu', 'layers', 'learning_rate', 'logs_dir', 'lr', 'mode', 'use_fp16', 'verbose']


def attempt(what, function):
    try:
        print(what, function())
    except Exception as error:
        print(what, type(error).__name__, str(error).splitlines()[0][:36])


def main(argv):
    print('argv', argv[1:], len(sys.argv))
    print([(name, getattr(FLAGS, name)) for name in OWN])
    print(sorted(name for name in FLAGS.__flags if name in OWN))
    for key, flag in sorted(FLAGS.__flags.items()):
        if key in OWN[:5]:
            print(key, flag.value, flag.default, flag.present, flag.name)
    values = tf.app.flags.FLAGS.flag_values_dict()
    print(sorted((key, value) for key, value in values.items() if key in OWN))
    print(FLAGS['mode'].value, FLAGS['mode'].help, 'mode' in FLAGS, 'nonsense' in FLAGS, len(list(iter(FLAGS))) > 10)
    print('_parse_flags' in dir(FLAGS), hasattr(FLAGS, 'nonsense'))
    FLAGS.batch_size = 7
    FLAGS.__setattr__('data_dir', 'elsewhere')
    setattr(FLAGS, 'verbose', None)
    print(FLAGS.batch_size, FLAGS.data_dir, FLAGS.verbose, FLAGS.lr)
    attempt('unknown', lambda: FLAGS.nonsense)
    attempt('wrong', lambda: setattr(FLAGS, 'mode', 'predict'))
    attempt('again', lambda: flags.DEFINE_float('batch_size', 1.5, 'Another.'))
    delattr(FLAGS, 'batch_size')
    attempt('deleted', lambda: FLAGS.batch_size)
    flags.DEFINE_integer('batch_size', 64, 'Defined again.')
    print('again', FLAGS.batch_size)
    for name in list(FLAGS):
        if name in OWN:
            FLAGS.__delattr__(name)
    flags.DEFINE_string('data_dir', None, 'Defined again.')
    print(FLAGS.data_dir, [name for name in OWN if name in FLAGS])
    return 0


if __name__ == '__main__':
    FLAGS(['before'] + ['--batch_size=5'])
    print('before', FLAGS.batch_size)
    tf.app.run(main=main)
