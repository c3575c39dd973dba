#!/usr/bin/env python
from common import *
from model import Model

if __name__ == '__main__':
    tokens = np.array([[1, 2, 3, 4], [5, 6, 1, 0]], np.int32)
    lengths = np.array([4, 3])
    with tf.Graph().as_default(), tf.Session() as sess:
        model = Model()
        logits, mask, last = model(tf.constant(tokens), tf.constant(lengths, tf.int32))
        loss = model.loss(logits, tf.constant(np.roll(tokens, -1, 1)), mask)
        train, norm = model.train(loss)
        tf.summary.scalar('loss', loss)
        merged = tf.summary.merge_all()
        sess.run(tf.global_variables_initializer())
        for step in range(3):
            value, size, _, summary = sess.run([loss, norm, train, merged])
            log('%d %.5f %.5f %d', step, value, size, len(summary) > 0)
        log('%s', ' '.join(v.op.name for v in tf.global_variables()))
        log('%.5f %s', sess.run(tf.reduce_sum(last, keep_dims=False)), np.float(2) == 2.0)
