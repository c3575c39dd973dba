"""Dilated causal convolutions on audio, with a queue-based generator for one sample at a time."""
import numpy as np
import tensorflow as tf


def time_to_batch(value, dilation, name=None):
    with tf.name_scope('time_to_batch'):
        shape = tf.shape(value)
        pad_elements = dilation - 1 - (shape[1] + dilation - 1) % dilation
        padded = tf.pad(value, [[0, 0], [0, pad_elements], [0, 0]])
        reshaped = tf.reshape(padded, [-1, dilation, shape[2]])
        transposed = tf.transpose(reshaped, perm=[1, 0, 2])
        return tf.reshape(transposed, [shape[0] * dilation, -1, shape[2]])


def batch_to_time(value, dilation, name=None):
    with tf.name_scope('batch_to_time'):
        shape = tf.shape(value)
        prepared = tf.reshape(value, [dilation, -1, shape[2]])
        transposed = tf.transpose(prepared, perm=[1, 0, 2])
        return tf.reshape(transposed, [tf.div(shape[0], dilation), -1, shape[2]])


def causal_conv(value, filter_, dilation, name='causal_conv'):
    with tf.name_scope(name):
        filter_width = tf.shape(filter_)[0]
        if dilation > 1:
            transformed = time_to_batch(value, dilation)
            conv = tf.nn.conv1d(transformed, filter_, stride=1, padding='VALID')
            restored = batch_to_time(conv, dilation)
        else:
            restored = tf.nn.conv1d(value, filter_, stride=1, padding='VALID')
        out_width = tf.shape(value)[1] - (filter_width - 1) * dilation
        return tf.slice(restored, [0, 0, 0], [-1, out_width, -1])


def mu_law_encode(audio, quantization_channels):
    with tf.name_scope('encode'):
        mu = tf.to_float(quantization_channels - 1)
        safe_audio_abs = tf.minimum(tf.abs(audio), 1.0)
        magnitude = tf.log1p(mu * safe_audio_abs) / tf.log1p(mu)
        signal = tf.sign(audio) * magnitude
        return tf.to_int32((signal + 1) / 2 * mu + 0.5)


class WaveNetModel(object):
    def __init__(self, dilations, filter_width, residual_channels, dilation_channels, skip_channels, quantization_channels):
        self.dilations, self.filter_width = dilations, filter_width
        self.residual_channels, self.dilation_channels = residual_channels, dilation_channels
        self.skip_channels, self.quantization_channels = skip_channels, quantization_channels
        self.rng = np.random.RandomState(0)
        self.variables = self._create_variables()

    def create_variable(self, name, shape):
        value = np.float32(self.rng.normal(scale=0.3, size=shape))
        return tf.Variable(initial_value=value, name=name)

    def _create_variables(self):
        var = dict()
        with tf.variable_scope('wavenet'):
            with tf.variable_scope('causal_layer'):
                var['causal_layer'] = {'filter': self.create_variable('filter', [self.filter_width, self.quantization_channels, self.residual_channels])}
            var['dilated_stack'] = list()
            with tf.variable_scope('dilated_stack'):
                for i, dilation in enumerate(self.dilations):
                    with tf.variable_scope('layer{}'.format(i)):
                        current = dict()
                        for name in ('filter', 'gate'):
                            current[name] = self.create_variable(name, [self.filter_width, self.residual_channels, self.dilation_channels])
                        current['dense'] = self.create_variable('dense', [1, self.dilation_channels, self.residual_channels])
                        current['skip'] = self.create_variable('skip', [1, self.dilation_channels, self.skip_channels])
                        var['dilated_stack'].append(current)
            with tf.variable_scope('postprocessing'):
                var['postprocessing'] = {'postprocess1': self.create_variable('postprocess1', [1, self.skip_channels, self.quantization_channels])}
        return var

    def _network(self, input_batch):
        outputs = []
        current = causal_conv(input_batch, self.variables['causal_layer']['filter'], 1)
        receptive = (self.filter_width - 1) * (sum(self.dilations) + 1)
        output_width = tf.shape(input_batch)[1] - receptive
        with tf.name_scope('dilated_stack'):
            for i, dilation in enumerate(self.dilations):
                with tf.name_scope('layer{}'.format(i)):
                    v = self.variables['dilated_stack'][i]
                    out = tf.tanh(causal_conv(current, v['filter'], dilation)) * tf.sigmoid(causal_conv(current, v['gate'], dilation))
                    transformed = tf.nn.conv1d(out, v['dense'], stride=1, padding="SAME", name="dense")
                    skip_cut = tf.shape(out)[1] - output_width
                    out_skip = tf.slice(out, [0, skip_cut, 0], [-1, -1, -1])
                    outputs.append(tf.nn.conv1d(out_skip, v['skip'], stride=1, padding="SAME", name="skip"))
                    input_cut = tf.shape(current)[1] - tf.shape(transformed)[1]
                    current = tf.slice(current, [0, input_cut, 0], [-1, -1, -1]) + transformed
        total = tf.nn.relu(sum(outputs))
        return tf.nn.conv1d(total, self.variables['postprocessing']['postprocess1'], stride=1, padding="SAME"), receptive

    def loss(self, audio, l2_regularization_strength=None, name='wavenet'):
        with tf.name_scope(name):
            encoded_input = mu_law_encode(audio, self.quantization_channels)
            encoded = tf.one_hot(encoded_input, depth=self.quantization_channels, dtype=tf.float32)
            encoded = tf.reshape(encoded, [1, -1, self.quantization_channels])
            raw_output, receptive = self._network(encoded)
            target_output = tf.slice(encoded, [0, receptive, 0], [-1, -1, -1])
            prediction = tf.reshape(raw_output, [-1, self.quantization_channels])[:-1]
            loss = tf.nn.softmax_cross_entropy_with_logits(
                logits=prediction, labels=tf.reshape(target_output, [-1, self.quantization_channels])[1:])
            reduced_loss = tf.reduce_mean(loss)
            l2_loss = tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables() if not ('bias' in v.name)])
            return reduced_loss + l2_regularization_strength * l2_loss


coord = tf.train.Coordinator()
audio_placeholder = tf.placeholder(dtype=tf.float32, shape=None)
queue = tf.PaddingFIFOQueue(4, ['float32'], shapes=[(None, 1)])
enqueue = queue.enqueue([audio_placeholder])
net = WaveNetModel([1, 2, 4], 2, 4, 4, 6, 16)
loss = net.loss(queue.dequeue(), 0.001)
trainable = tf.trainable_variables()
optim = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss, var_list=trainable)
state = tf.FIFOQueue(3, dtypes=tf.float32, shapes=(1,))
fill = state.enqueue_many(tf.zeros((3, 1)))
pushed = state.enqueue([tf.placeholder_with_default([1.5], [1])])
popped = state.dequeue()
sess = tf.Session(config=tf.ConfigProto(log_device_placement=False))
sess.run(tf.global_variables_initializer())
t = np.arange(60) / 10.0
for step in range(5):
    sess.run(enqueue, {audio_placeholder: (np.sin(t * (step + 1)) * 0.8).reshape(-1, 1)})
    print('step {:d} - loss = {:.5f}'.format(step, sess.run([loss, optim])[0]))
sess.run([fill])
out = [float(sess.run(popped)[0])]
sess.run(pushed)
print(out, sess.run([popped, state.size()])[0].tolist(), sess.run(state.size()))
print([v.name for v in trainable][:3], sess.run(mu_law_encode(tf.constant([-1., 0., 0.5]), 16)))
