"""Cells that people wrote themselves: on `RNNCell` with `__call__`, with `call`, with `build`; and in the loops."""

import numpy as np

from facts.vocabulary import error_of, kind_of_error, names_of


def _wave(shape, dtype=None, partition_info=None):
    return 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3).reshape(shape).astype("float32")


def _sequence(tf):
    return tf.constant(np.cos(np.arange(24)).reshape(2, 3, 4).astype("float32"))


def _with_call_operator(tf):
    """As cells were written before TF 1.2: no `super().__init__`, a scope named like the class."""

    class OldCell(tf.nn.rnn_cell.RNNCell):
        def __init__(self, size):
            self._size = size

        @property
        def state_size(self):
            return self._size

        @property
        def output_size(self):
            return self._size

        def __call__(self, inputs, state, scope=None):
            with tf.variable_scope(scope or type(self).__name__):
                w = tf.get_variable("w", [inputs.get_shape()[1], self._size])
                u = tf.get_variable("u", [self._size, self._size])
                b = tf.get_variable("b", [self._size], initializer=tf.zeros_initializer())
                output = tf.tanh(tf.matmul(inputs, w) + tf.matmul(state, u) + b)
            return output, output

    return OldCell


def _with_call(tf):
    class Cell(tf.nn.rnn_cell.RNNCell):
        def __init__(self, size, reuse=None):
            super(Cell, self).__init__(_reuse=reuse)
            self._size = size

        @property
        def state_size(self):
            return self._size

        @property
        def output_size(self):
            return self._size

        def call(self, inputs, state):
            w = tf.get_variable("w", [int(inputs.shape[1]), self._size])
            with tf.variable_scope("inner"):
                u = tf.get_variable("u", [self._size, self._size])
            output = tf.tanh(tf.matmul(inputs, w) + tf.matmul(state, u))
            return output, output

    return Cell


def _with_build(tf):
    class BuiltCell(tf.nn.rnn_cell.RNNCell):
        def __init__(self, size, **kwargs):
            super(BuiltCell, self).__init__(**kwargs)
            self._size = size

        @property
        def state_size(self):
            return (self._size, self._size)

        @property
        def output_size(self):
            return 2 * self._size

        def build(self, input_shape):
            self.w = self.add_variable("w", [int(input_shape[-1]), self._size], initializer=_wave)
            self.u = self.add_weight("u", [self._size, self._size], initializer=_wave, trainable=False)
            self.built = True

        def call(self, inputs, state):
            first, second = state
            first = tf.tanh(tf.matmul(inputs, self.w) + tf.matmul(second, self.u))
            return tf.concat([first, second], 1), (second, first)

    return BuiltCell


def _with_layers(tf):
    class LayersCell(tf.nn.rnn_cell.RNNCell):
        def __init__(self, size):
            super(LayersCell, self).__init__()
            self._size = size

        @property
        def state_size(self):
            return self._size

        @property
        def output_size(self):
            return self._size

        def call(self, inputs, state):
            hidden = tf.layers.dense(tf.concat([inputs, state], 1), self._size, activation=tf.tanh)
            output = tf.layers.dense(hidden, self._size)
            return output, hidden

    return LayersCell


def _variables_and_losses(tf):
    return [
        names_of(tf.global_variables()),
        names_of(tf.trainable_variables()),
        names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)),
    ]


def _network(tf, cell, **kwargs):
    with tf.variable_scope("s", initializer=_wave, regularizer=tf.nn.l2_loss):
        outputs, state = tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32, **kwargs)
    loss = tf.reduce_sum(outputs * outputs)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [outputs, state, tf.gradients(loss, tf.trainable_variables()), losses, _variables_and_losses(tf)]


def an_old_cell_in_a_loop(tf):
    return _network(tf, _with_call_operator(tf)(3))


def an_old_cell_in_a_loop_with_lengths(tf):
    return _network(tf, _with_call_operator(tf)(3), sequence_length=[1, 3])


def an_old_cell_in_an_unrolled_loop(tf):
    with tf.variable_scope("s", initializer=_wave, regularizer=tf.nn.l2_loss):
        outputs, state = tf.nn.static_rnn(
            _with_call_operator(tf)(3), tf.unstack(_sequence(tf), axis=1), dtype=tf.float32
        )
    return [outputs, state, _variables_and_losses(tf)]


def an_old_cell_called_twice_raises(tf):
    cell = _with_call_operator(tf)(3)
    cell(tf.ones([2, 4]), tf.ones([2, 3]))
    cell(tf.ones([2, 4]), tf.ones([2, 3]))


def old_cells_in_a_multi_cell(tf):
    cell = _with_call_operator(tf)
    return _network(tf, tf.nn.rnn_cell.MultiRNNCell([cell(3), cell(2)]))


def an_old_cell_in_wrappers(tf):
    cells = tf.nn.rnn_cell
    return _network(tf, cells.DropoutWrapper(cells.ResidualWrapper(_with_call_operator(tf)(4)), output_keep_prob=1.0))


def a_cell_with_call_in_a_loop(tf):
    cell = _with_call(tf)(3)
    return [_network(tf, cell), names_of(cell.variables), names_of(cell.trainable_weights), cell.scope_name]


def a_cell_with_call_called_twice_shares(tf):
    cell = _with_call(tf)(3)
    with tf.variable_scope("s", initializer=_wave):
        _, state = cell(tf.ones([2, 4]), tf.ones([2, 3]))
        output, _ = cell(tf.ones([2, 4]), state)
    return [output, _variables_and_losses(tf), names_of(cell.variables)]


def two_cells_with_call_in_one_scope_collide(tf):
    cell = _with_call(tf)
    with tf.variable_scope("s", initializer=_wave):
        first, _ = cell(3)(tf.ones([2, 4]), tf.ones([2, 3]))
        error = kind_of_error(cell(3), tf.ones([2, 4]), tf.ones([2, 3]))
        shared, _ = cell(3, reuse=True)(tf.ones([2, 4]), tf.ones([2, 3]))
    return [error, first, shared, _variables_and_losses(tf)]


def a_cell_with_build_in_a_loop(tf):
    cell = _with_build(tf)(3)
    return [_network(tf, cell), names_of(cell.variables), names_of(cell.trainable_weights), names_of(cell.weights)]


def a_named_cell_with_build(tf):
    cell = _with_build(tf)(3, name="mine")
    cell(tf.ones([2, 4]), (tf.ones([2, 3]), tf.ones([2, 3])))
    return [names_of(cell.variables), cell.name, cell.scope_name]


def a_cell_of_layers_in_a_loop(tf):
    cell = _with_layers(tf)(3)
    return [_network(tf, cell), names_of(cell.variables)]


def a_cell_of_layers_used_twice_in_loops(tf):
    cell = _with_layers(tf)(4)
    with tf.variable_scope("s", initializer=_wave, reuse=tf.AUTO_REUSE):
        outputs, _ = tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32)
        outputs, _ = tf.nn.dynamic_rnn(cell, outputs, dtype=tf.float32)
    return [outputs, _variables_and_losses(tf)]


def a_subclass_of_a_cell_can_change_its_call(tf):
    class Scaled(tf.nn.rnn_cell.BasicLSTMCell):
        def call(self, inputs, state):
            output, state = super(Scaled, self).call(2.0 * inputs, state)
            return output + tf.get_variable("shift", [], initializer=tf.ones_initializer()), state

    return _network(tf, Scaled(3))


def a_subclass_of_a_cell_can_change_its_operator(tf):
    class Scaled(tf.nn.rnn_cell.GRUCell):
        def __call__(self, inputs, state, scope=None):
            output, state = super(Scaled, self).__call__(2.0 * inputs, state, scope)
            return 0.5 * output, state

    return _network(tf, Scaled(3))


def a_cell_need_not_be_a_layer(tf):
    class Duck(object):
        state_size = 3
        output_size = 3

        def zero_state(self, batch_size, dtype):
            return tf.zeros([batch_size, 3], dtype)

        def __call__(self, inputs, state, scope=None):
            with tf.variable_scope(scope or "duck"):
                output = tf.tanh(tf.layers.dense(inputs, 3, name="d") + state)
            return output, output

    return _network(tf, Duck())


def a_cell_that_is_a_closure_over_tensors(tf):
    context = tf.constant(np.arange(6.0).reshape(2, 3).astype("float32") / 10)

    class Attending(tf.nn.rnn_cell.RNNCell):
        @property
        def state_size(self):
            return 3

        @property
        def output_size(self):
            return 3

        def call(self, inputs, state):
            w = tf.get_variable("w", [4, 3])
            output = tf.tanh(tf.matmul(inputs, w) + context * state)
            return output, output

    return _network(tf, Attending())


def states_may_be_nested_and_of_other_ranks(tf):
    class Nested(tf.nn.rnn_cell.RNNCell):
        @property
        def state_size(self):
            return {"a": tf.TensorShape([2, 2]), "b": (3, tf.TensorShape([]))}

        @property
        def output_size(self):
            return (tf.TensorShape([2, 2]), 3)

        def call(self, inputs, state):
            a, (b, count) = state["a"], state["b"]
            a = a + tf.reshape(inputs, [-1, 2, 2])
            b = b + tf.layers.dense(inputs, 3, use_bias=False)
            return (a, b), {"a": a, "b": (b, count + 1.0)}

    cell = Nested()
    with tf.variable_scope("s", initializer=_wave):
        outputs, state = tf.nn.dynamic_rnn(cell, _sequence(tf), dtype=tf.float32, sequence_length=[2, 3])
    zero = cell.zero_state(2, tf.float32)
    return [outputs, state, zero, names_of(tf.global_variables())]


def a_cell_that_changes_its_states_structure_raises(tf):
    class Wrong(tf.nn.rnn_cell.RNNCell):
        state_size = 3
        output_size = 3

        def call(self, inputs, state):
            return state, (state, state)

    return kind_of_error(tf.nn.dynamic_rnn, Wrong(), _sequence(tf), dtype=tf.float32)


def a_cell_without_zero_state_or_sizes_is_none(tf):
    class Nothing(object):
        def __call__(self, inputs, state):
            return inputs, state

        def __repr__(self):
            return "nothing"

    class Half(Nothing):
        state_size = 3

        def zero_state(self, batch_size, dtype):
            return None

    return [
        error_of(tf.nn.dynamic_rnn, Nothing(), _sequence(tf), dtype=tf.float32),
        error_of(tf.nn.dynamic_rnn, Half(), _sequence(tf), dtype=tf.float32),
        error_of(tf.nn.rnn_cell.DropoutWrapper, Half()),
    ]


def plain_variables_in_a_loop_are_named_after_it(tf):
    class Plain(tf.nn.rnn_cell.RNNCell):
        state_size = 3
        output_size = 3

        def __call__(self, inputs, state, scope=None):
            with tf.variable_scope(scope or "plain"):
                output = inputs[:, :3] + state + tf.Variable(0.5, name="v")
            return output, output

    class PlainLayer(tf.nn.rnn_cell.RNNCell):
        state_size = 3
        output_size = 3

        def call(self, inputs, state):
            output = inputs[:, :3] + state + tf.Variable(0.5, name="v")
            return output, output

    with tf.variable_scope("s"):
        for scope in ["rnn", "rnn", "other"]:
            tf.nn.dynamic_rnn(Plain(), _sequence(tf), dtype=tf.float32, scope=scope)
        tf.nn.dynamic_rnn(PlainLayer(), _sequence(tf), dtype=tf.float32, scope="layer")
        tf.nn.dynamic_rnn(
            tf.nn.rnn_cell.MultiRNNCell([PlainLayer(), Plain()]), _sequence(tf), dtype=tf.float32, scope="multi"
        )
        tf.nn.static_rnn(Plain(), tf.unstack(_sequence(tf), axis=1), dtype=tf.float32, scope="unrolled")
    return names_of(tf.global_variables())
