# coding=utf-8
"""A transformer encoder and its optimizer with weight decay, as in language models of 2018."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import collections
import copy
import json
import math
import re

import numpy as np
import six
import tensorflow as tf


class ModelConfig(object):
  def __init__(self, vocab_size, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
               hidden_act="gelu", hidden_dropout_prob=0.0, max_position_embeddings=16, initializer_range=0.02):
    self.vocab_size = vocab_size
    self.hidden_size = hidden_size
    self.num_hidden_layers = num_hidden_layers
    self.num_attention_heads = num_attention_heads
    self.hidden_act = hidden_act
    self.intermediate_size = intermediate_size
    self.hidden_dropout_prob = hidden_dropout_prob
    self.max_position_embeddings = max_position_embeddings
    self.initializer_range = initializer_range

  @classmethod
  def from_json_file(cls, json_file):
    with tf.gfile.GFile(json_file, "r") as reader:
      text = reader.read()
    config = cls(vocab_size=None)
    for (key, value) in six.iteritems(json.loads(text)):
      config.__dict__[key] = value
    return config


def gelu(input_tensor):
  cdf = 0.5 * (1.0 + tf.erf(input_tensor / tf.sqrt(2.0)))
  return input_tensor * cdf


def get_activation(activation_string):
  if not isinstance(activation_string, six.string_types):
    return activation_string
  return {"linear": None, "relu": tf.nn.relu, "gelu": gelu, "tanh": tf.tanh}[activation_string.lower()]


def dropout(input_tensor, dropout_prob):
  if dropout_prob is None or dropout_prob == 0.0:
    return input_tensor
  return tf.nn.dropout(input_tensor, 1.0 - dropout_prob)


def layer_norm(input_tensor, name=None):
  return tf.contrib.layers.layer_norm(inputs=input_tensor, begin_norm_axis=-1, begin_params_axis=-1, scope=name)


def create_initializer(initializer_range=0.02):
  return tf.truncated_normal_initializer(stddev=initializer_range)


def assert_rank(tensor, expected_rank, name=None):
  if name is None:
    name = tensor.name
  expected_rank_dict = {}
  if isinstance(expected_rank, six.integer_types):
    expected_rank_dict[expected_rank] = True
  else:
    for x in expected_rank:
      expected_rank_dict[x] = True
  actual_rank = tensor.shape.ndims
  if actual_rank not in expected_rank_dict:
    scope_name = tf.get_variable_scope().name
    raise ValueError("For the tensor `%s` in scope `%s`, the actual rank `%d` (shape = %s) is not equal to `%s`" %
                     (name, scope_name, actual_rank, str(tensor.shape), str(expected_rank)))


def get_shape_list(tensor, expected_rank=None, name=None):
  if expected_rank is not None:
    assert_rank(tensor, expected_rank, name)
  shape = tensor.shape.as_list()
  non_static_indexes = [index for (index, dim) in enumerate(shape) if dim is None]
  if not non_static_indexes:
    return shape
  dyn_shape = tf.shape(tensor)
  for index in non_static_indexes:
    shape[index] = dyn_shape[index]
  return shape


def attention_layer(from_tensor, mask, heads, size_per_head, initializer_range):
  batch_size, length, width = get_shape_list(from_tensor, expected_rank=3)
  flat = tf.reshape(from_tensor, [-1, width])

  def projected(name):
    t = tf.layers.dense(flat, heads * size_per_head, name=name, kernel_initializer=create_initializer(initializer_range))
    return tf.transpose(tf.reshape(t, [batch_size, length, heads, size_per_head]), [0, 2, 1, 3])

  scores = tf.matmul(projected("query"), projected("key"), transpose_b=True)
  scores = tf.multiply(scores, 1.0 / math.sqrt(float(size_per_head)))
  scores += (1.0 - tf.cast(tf.expand_dims(mask, axis=[1]), tf.float32)) * -10000.0
  context = tf.transpose(tf.matmul(tf.nn.softmax(scores), projected("value")), [0, 2, 1, 3])
  return tf.reshape(context, [batch_size * length, heads * size_per_head])


class Encoder(object):
  def __init__(self, config, is_training, input_ids, input_mask=None, scope=None):
    config = copy.deepcopy(config)
    if not is_training:
      config.hidden_dropout_prob = 0.0
    batch_size, seq_length = get_shape_list(input_ids, expected_rank=2)
    with tf.variable_scope(scope, default_name="bert"):
      with tf.variable_scope("embeddings"):
        self.table = tf.get_variable("word_embeddings", [config.vocab_size, config.hidden_size],
                                     initializer=create_initializer(config.initializer_range))
        output = tf.reshape(tf.gather(self.table, tf.reshape(input_ids, [-1])), [batch_size, seq_length, config.hidden_size])
        with tf.control_dependencies([tf.assert_less_equal(seq_length, config.max_position_embeddings)]):
          full = tf.get_variable("position_embeddings", [config.max_position_embeddings, config.hidden_size],
                                 initializer=create_initializer(config.initializer_range))
          output += tf.reshape(tf.slice(full, [0, 0], [seq_length, -1]), [1, seq_length, config.hidden_size])
        output = dropout(layer_norm(output), config.hidden_dropout_prob)
      mask = tf.ones([batch_size, seq_length, 1]) * tf.cast(tf.reshape(input_mask, [batch_size, 1, seq_length]), tf.float32)
      with tf.variable_scope("encoder"):
        width = config.hidden_size
        layer_input = tf.reshape(output, [-1, width])
        for layer_idx in range(config.num_hidden_layers):
          with tf.variable_scope("layer_%d" % layer_idx):
            with tf.variable_scope("attention"):
              with tf.variable_scope("self"):
                attention = attention_layer(tf.reshape(layer_input, [batch_size, seq_length, width]), mask,
                                            config.num_attention_heads, int(width / config.num_attention_heads),
                                            config.initializer_range)
              with tf.variable_scope("output"):
                attention = tf.layers.dense(attention, width, kernel_initializer=create_initializer())
                attention = layer_norm(attention + layer_input)
            with tf.variable_scope("intermediate"):
              hidden = tf.layers.dense(attention, config.intermediate_size, activation=get_activation(config.hidden_act),
                                       kernel_initializer=create_initializer(config.initializer_range))
            with tf.variable_scope("output"):
              layer_input = layer_norm(tf.layers.dense(hidden, width, kernel_initializer=create_initializer()) + attention)
        self.sequence_output = tf.reshape(layer_input, [batch_size, seq_length, width])
      with tf.variable_scope("pooler"):
        first = tf.squeeze(self.sequence_output[:, 0:1, :], axis=1)
        self.pooled_output = tf.layers.dense(first, width, activation=tf.tanh, kernel_initializer=create_initializer())


class AdamWeightDecayOptimizer(tf.train.Optimizer):
  """A basic Adam optimizer that includes "correct" L2 weight decay."""

  def __init__(self, learning_rate, weight_decay_rate=0.0, beta_1=0.9, beta_2=0.999, epsilon=1e-6,
               exclude_from_weight_decay=None, name="AdamWeightDecayOptimizer"):
    super(AdamWeightDecayOptimizer, self).__init__(False, name)
    self.learning_rate = learning_rate
    self.weight_decay_rate = weight_decay_rate
    self.beta_1 = beta_1
    self.beta_2 = beta_2
    self.epsilon = epsilon
    self.exclude_from_weight_decay = exclude_from_weight_decay

  def apply_gradients(self, grads_and_vars, global_step=None, name=None):
    assignments = []
    for (grad, param) in grads_and_vars:
      if grad is None or param is None:
        continue
      param_name = self._get_variable_name(param.name)
      m = tf.get_variable(name=param_name + "/adam_m", shape=param.shape.as_list(), dtype=tf.float32, trainable=False,
                          initializer=tf.zeros_initializer())
      v = tf.get_variable(name=param_name + "/adam_v", shape=param.shape.as_list(), dtype=tf.float32, trainable=False,
                          initializer=tf.zeros_initializer())
      next_m = tf.multiply(self.beta_1, m) + tf.multiply(1.0 - self.beta_1, grad)
      next_v = tf.multiply(self.beta_2, v) + tf.multiply(1.0 - self.beta_2, tf.square(grad))
      update = next_m / (tf.sqrt(next_v) + self.epsilon)
      if self._do_use_weight_decay(param_name):
        update += self.weight_decay_rate * param
      next_param = param - self.learning_rate * update
      assignments.extend([param.assign(next_param), m.assign(next_m), v.assign(next_v)])
    return tf.group(*assignments, name=name)

  def _do_use_weight_decay(self, param_name):
    if not self.weight_decay_rate:
      return False
    for r in self.exclude_from_weight_decay or ():
      if re.search(r, param_name) is not None:
        return False
    return True

  def _get_variable_name(self, param_name):
    m = re.match("^(.*):\\d+$", param_name)
    return m.group(1) if m is not None else param_name


def create_optimizer(loss, init_lr, num_train_steps, num_warmup_steps):
  global_step = tf.train.get_or_create_global_step()
  learning_rate = tf.constant(value=init_lr, shape=[], dtype=tf.float32)
  learning_rate = tf.train.polynomial_decay(learning_rate, global_step, num_train_steps, end_learning_rate=0.0,
                                            power=1.0, cycle=False)
  global_steps_int = tf.cast(global_step, tf.int32)
  warmup_steps_int = tf.constant(num_warmup_steps, dtype=tf.int32)
  warmup_learning_rate = init_lr * tf.cast(global_steps_int, tf.float32) / tf.cast(warmup_steps_int, tf.float32)
  is_warmup = tf.cast(global_steps_int < warmup_steps_int, tf.float32)
  learning_rate = ((1.0 - is_warmup) * learning_rate + is_warmup * warmup_learning_rate)
  optimizer = AdamWeightDecayOptimizer(learning_rate, weight_decay_rate=0.01,
                                       exclude_from_weight_decay=["LayerNorm", "layer_norm", "bias"])
  tvars = tf.trainable_variables()
  grads = tf.gradients(loss, tvars)
  (grads, _) = tf.clip_by_global_norm(grads, clip_norm=1.0)
  train_op = optimizer.apply_gradients(zip(grads, tvars), global_step=global_step)
  return tf.group(train_op, [global_step.assign(global_step + 1)])


def get_assignment_map_from_checkpoint(tvars, init_checkpoint):
  name_to_variable = collections.OrderedDict()
  for var in tvars:
    name_to_variable[re.match("^(.*):\\d+$", var.name).group(1)] = var
  assignment_map = collections.OrderedDict()
  for (name, _) in tf.train.list_variables(init_checkpoint):
    if name in name_to_variable:
      assignment_map[name] = name
  return assignment_map


def build(config, ids, mask, labels):
  model = Encoder(config, True, ids, mask)
  weights = tf.get_variable("output_weights", [2, config.hidden_size], initializer=tf.truncated_normal_initializer(stddev=0.02))
  bias = tf.get_variable("output_bias", [2], initializer=tf.zeros_initializer())
  with tf.variable_scope("loss"):
    log_probs = tf.nn.log_softmax(tf.nn.bias_add(tf.matmul(model.pooled_output, weights, transpose_b=True), bias), axis=-1)
    return -tf.reduce_mean(tf.reduce_sum(tf.one_hot(labels, depth=2) * log_probs, axis=-1))


def main(_):
  tf.logging.set_verbosity(tf.logging.ERROR)
  with tf.gfile.GFile("config.json", "w") as f:
    f.write(json.dumps({"vocab_size": 20}))
  config = ModelConfig.from_json_file("config.json")
  rng = np.random.RandomState(0)
  ids, mask, labels = rng.randint(20, size=(6, 5)), (rng.rand(6, 5) > 0.2).astype(int), rng.randint(2, size=6)
  placeholders = [tf.placeholder(tf.int32, [None, 5]), tf.placeholder(tf.int32, [None, 5]), tf.placeholder(tf.int32, [None])]
  loss = build(config, *placeholders)
  train_op = create_optimizer(loss, 0.02, 10, 2)
  tvars = tf.trainable_variables()
  print(len(tvars), len(tf.global_variables()), tvars[0].name, tvars[-1].name)
  feed = dict(zip(placeholders, (ids, mask, labels)))
  with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for v in tvars:
      if v.name.endswith(("kernel:0", "embeddings:0", "weights:0")):
        v.load(rng.normal(scale=0.2, size=v.shape.as_list()), sess)
    for _ in range(6):
      print("%.6f" % sess.run([loss, train_op], feed)[0])
    tf.train.Saver(tvars).save(sess, "./model.ckpt")
  with tf.Graph().as_default(), tf.Session() as sess:
    constants = [tf.constant(value) for value in (ids, mask, labels)]
    loss = build(config, *constants)
    assignment_map = get_assignment_map_from_checkpoint(tf.trainable_variables(), "./model.ckpt")
    tf.train.init_from_checkpoint("./model.ckpt", assignment_map)
    sess.run(tf.global_variables_initializer())
    print(len(assignment_map), "restored %.6f" % sess.run(loss))


if __name__ == "__main__":
  tf.app.run()
