"""Loops over time: what is ours alone, such as built-once in eager mode, reads outside loops, XLA, threads."""

import threading
import warnings

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

REGULARIZATION_LOSSES = tf.GraphKeys.REGULARIZATION_LOSSES


def wave(shape, dtype=None, partition_info=None):
    return 0.5 * np.sin(0.7 * np.arange(int(np.prod(shape))) + 0.3).reshape(shape).astype("float32")


def sequence(steps=5, depth=3, batch=2):
    return tensorflow.constant(np.cos(np.arange(batch * steps * depth)).reshape(batch, steps, depth), tf.float32)


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


class CountingCell(tf.nn.rnn_cell.RNNCell):
    """A cell of the old kind, which counts how often its weights are regularized and its step is run."""

    state_size = output_size = 3

    def __init__(self):
        self.steps = 0
        self.regularized = 0

    def regularizer(self, weight):
        self.regularized += 1
        return tf.nn.l2_loss(weight)

    def __call__(self, inputs, state, scope=None):
        self.steps += 1
        with tf.variable_scope(scope or "counting", regularizer=self.regularizer, initializer=wave):
            w = tf.get_variable("w", [int(inputs.shape[1]), 3])
            hidden = tf.layers.dense(inputs, 3, name="d")
        offset = tf.Variable(0.5, name="offset")
        output = tf.tanh(tf.matmul(inputs, w) + hidden + state + offset)
        tf.add_to_collection("outputs", output)
        return output, output


# -------------------------------------------------------------------------------- built once, eagerly


def test_an_eager_loop_is_built_once(net):
    cell = CountingCell()
    for passed in range(1, 4):
        with net:
            tf.nn.dynamic_rnn(cell, sequence(5), dtype=tf.float32)
            assert len(tf.get_collection(REGULARIZATION_LOSSES)) == 3
            assert len(tf.get_collection("outputs")) == 1
            names = [v.name for v in tf.global_variables()]
        assert cell.steps == 5 * passed
        assert names == ["rnn/counting/w:0", "rnn/counting/d/kernel:0", "rnn/counting/d/bias:0", "rnn/while/offset:0"]
    assert [v.name for v in net.variables] == names


def test_names_after_an_eager_loop_are_those_after_one_step(net):
    with net:
        tf.nn.dynamic_rnn(CountingCell(), sequence(4), dtype=tf.float32)
        tf.layers.dense(tf.ones([1, 2]), 1)
        with tf.variable_scope("rnn"):
            tf.layers.dense(tf.ones([1, 2]), 1)
        after = [v.name for v in tf.global_variables()][4:]
    assert after == ["dense/kernel:0", "dense/bias:0", "rnn/dense/kernel:0", "rnn/dense/bias:0"]


def test_weight_decay_of_a_loop_has_a_gradient(net):
    def step():
        with tensorflow.GradientTape() as tape, net, tf.variable_scope("", regularizer=tf.nn.l2_loss):
            tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), sequence(), dtype=tf.float32)
            loss = tf.add_n(tf.get_collection(REGULARIZATION_LOSSES))
        return tape.gradient(loss, net.trainable_variables)

    for way in [lambda f: f, tensorflow.function, lambda f: tensorflow.function(f, jit_compile=True)]:
        gradients = way(step)()
        for gradient, variable in zip(gradients, net.trainable_variables, strict=True):
            np.testing.assert_allclose(gradient, variable, rtol=1e-6)


def test_an_exception_in_a_step_leaves_the_pass_usable(net):
    class Failing(CountingCell):
        def __call__(self, inputs, state, scope=None):
            result = super().__call__(inputs, state, scope)
            if self.steps == 3:
                raise KeyError("third step")
            return result

    with net:
        with pytest.raises(KeyError, match="third step"):
            tf.nn.dynamic_rnn(Failing(), sequence(), dtype=tf.float32)
        assert tf.get_variable_scope().name == ""
    with net:
        tf.nn.dynamic_rnn(CountingCell(), sequence(), dtype=tf.float32)
        assert len(tf.get_collection(REGULARIZATION_LOSSES)) == 3


def test_a_loop_without_a_tracking_scope():
    tf.reset_default_graph()
    try:
        cell = tf.nn.rnn_cell.BasicLSTMCell(2)
        outputs = [tf.nn.dynamic_rnn(cell, sequence(), dtype=tf.float32)[0] for _ in range(2)]
        np.testing.assert_allclose(outputs[0], outputs[1])
        with pytest.raises(ValueError, match="^Variable rnn/basic_lstm_cell/kernel already exists, disallowed"):
            tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), sequence(), dtype=tf.float32)
        traced = tensorflow.function(lambda: tf.nn.dynamic_rnn(cell, sequence(), dtype=tf.float32)[0])
        np.testing.assert_allclose(outputs[0], traced(), rtol=1e-6)
    finally:
        tf.reset_default_graph()


# ------------------------------------------------------------------------------- gradients, functions


def cells_of_all_kinds():
    cells = tf.nn.rnn_cell
    return {
        "basic": cells.BasicRNNCell(3),
        "gru": cells.GRUCell(3),
        "basic_lstm": cells.BasicLSTMCell(3),
        "lstm": cells.LSTMCell(3, use_peepholes=True, num_proj=2, cell_clip=0.5, proj_clip=0.4),
        "joined": cells.MultiRNNCell(
            [cells.BasicLSTMCell(3, state_is_tuple=False), cells.GRUCell(2)], state_is_tuple=False
        ),
        "wrapped": cells.MultiRNNCell(
            [cells.ResidualWrapper(cells.GRUCell(3)), cells.DropoutWrapper(cells.GRUCell(2))]
        ),
        "own": CountingCell(),
    }


@pytest.mark.parametrize("lengths", [None, [2, 5]], ids=["whole", "lengths"])
@pytest.mark.parametrize("kind", sorted(cells_of_all_kinds()))
def test_gradients_are_the_same_eagerly_in_functions_and_with_xla(net, kind, lengths):
    x = sequence()

    def step(cell):
        with tensorflow.GradientTape() as tape, net, tf.variable_scope("s", initializer=wave):
            tape.watch(x)
            outputs, state = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)
            loss = tf.add_n([tf.reduce_sum(part * part) for part in tensorflow.nest.flatten([outputs, state])])
        return [outputs, *tape.gradient(loss, [x, *net.trainable_variables])]

    expected = step(cells_of_all_kinds()[kind])
    assert all(each is not None for each in expected)
    for jit in [None, True]:
        cell = cells_of_all_kinds()[kind]
        found = tensorflow.function(lambda cell=cell: step(cell), jit_compile=jit)()
        for mine, theirs in zip(found, expected, strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("loop", ["static", "bidirectional", "static_bidirectional"])
def test_other_loops_compile_with_xla(net, loop):
    cells, x = tf.nn.rnn_cell, sequence()

    def step():
        with tensorflow.GradientTape() as tape, net, tf.variable_scope("s", initializer=wave):
            if loop == "static":
                outputs, _ = tf.nn.static_rnn(cells.GRUCell(3), tf.unstack(x, axis=1), dtype=tf.float32)
            elif loop == "bidirectional":
                outputs, _ = tf.nn.bidirectional_dynamic_rnn(cells.GRUCell(3), cells.GRUCell(2), x, dtype=tf.float32)
            else:
                outputs, _, _ = tf.nn.static_bidirectional_rnn(
                    cells.GRUCell(3), cells.GRUCell(2), tf.unstack(x, axis=1), dtype=tf.float32
                )
            loss = tf.add_n([tf.reduce_sum(each * each) for each in outputs])
        return [loss, *tape.gradient(loss, net.trainable_variables)]

    for mine, theirs in zip(tensorflow.function(step, jit_compile=True)(), step(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-6)


def test_a_function_reads_each_weight_once_for_the_whole_loop(net):
    """Read in the loop's body, it would be kept once for each step by the gradient."""

    @tensorflow.function
    def step(x):
        with net:
            return tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(2), x, dtype=tf.float32)[0]

    graph = step.get_concrete_function(sequence()).graph
    loops = [operation for operation in graph.get_operations() if operation.type in ("While", "StatelessWhile")]
    assert len(loops) == 1
    body = loops[0].get_attr("body").name
    definition = next(each for each in graph.as_graph_def().library.function if each.signature.name == body)
    assert not [node.name for node in definition.node_def if node.op == "ReadVariableOp"]


def test_a_loop_sees_the_value_that_was_assigned_before_it(net):
    def step():
        with net:
            cell = tf.nn.rnn_cell.BasicRNNCell(3)
            with tf.variable_scope("s", initializer=wave):
                first, _ = tf.nn.dynamic_rnn(cell, sequence(), dtype=tf.float32)
                cell.variables[0].assign(tf.zeros([6, 3]))
                second, _ = tf.nn.dynamic_rnn(cell, sequence(), dtype=tf.float32)
                cell.variables[0].assign(wave([6, 3]))
        return first, second

    for way in [lambda f: f, tensorflow.function]:
        for _ in range(2):
            first, second = way(step)()
            assert float(tf.reduce_max(abs(first))) > 0.1
            assert float(tf.reduce_max(abs(second))) == 0.0


def test_a_loop_in_a_branch_of_a_function(net):
    @tensorflow.function
    def step(x):
        with tensorflow.GradientTape() as tape, net:
            y = tf.cond(
                tf.reduce_sum(x) > 0.0,
                lambda: tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), x, dtype=tf.float32)[0],
                lambda: x * 0.0,
            )
            loss = tf.reduce_sum(y)
        return loss, tape.gradient(loss, net.trainable_variables)[-1]

    loss, gradient = step(tensorflow.ones([2, 4, 3]))
    assert float(loss) != 0.0
    assert float(tf.reduce_sum(abs(gradient))) > 0.0
    assert float(step(-tensorflow.ones([2, 4, 3]))[0]) == 0.0


def test_a_raw_loop_has_a_gradient_in_every_mode(net):
    cell = tf.nn.rnn_cell.GRUCell(3)

    def loop_fn(time, output, state, loop_state):
        if output is None:
            return tf.fill([2], False), tf.ones([2, 3]), cell.zero_state(2, tf.float32), None, None
        return time >= tf.constant([2, 4]), output, state, output, None

    def step():
        with tensorflow.GradientTape() as tape, net, tf.variable_scope("s", initializer=wave):
            emitted, _, _ = tf.nn.raw_rnn(cell, loop_fn)
            loss = tf.reduce_sum(emitted.stack() ** 2)
        return [loss, *tape.gradient(loss, net.trainable_variables)]

    for mine, theirs in zip(tensorflow.function(step)(), step(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-7)


def test_lengths_that_only_a_run_can_count_are_checked(net):
    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 4, 3]), tensorflow.TensorSpec([None], "int32")])
    def step(x, lengths):
        with net:
            return tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), x, lengths, dtype=tf.float32)[0]

    assert step(tensorflow.ones([2, 4, 3]), [1, 2]).shape == (2, 4, 2)
    with pytest.raises(tf.errors.InvalidArgumentError, match="Expected shape for Tensor"):
        step(tensorflow.ones([2, 4, 3]), [1, 2, 3])


# ---------------------------------------------------------------------------------------- the rest


def test_threads_have_loops_of_their_own(net):
    with net:
        expected, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(3), sequence(), dtype=tf.float32)
    found = []

    def run():
        for _ in range(5):
            with net:
                found.append(tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(3), sequence(), dtype=tf.float32)[0])

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    for each in found:
        np.testing.assert_array_equal(each, expected)
    assert len(net.variables) == 2


def test_a_loop_under_a_mirrored_strategy(net):
    strategy = tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tensorflow.distribute.ReductionToOneDevice())
    cell = tf.nn.rnn_cell.BasicLSTMCell(3)

    def replica():
        with net:
            return tf.reduce_sum(tf.nn.dynamic_rnn(cell, sequence(), dtype=tf.float32)[0])

    for way in [lambda f: f, tensorflow.function]:
        with strategy.scope():
            values = way(lambda: strategy.run(replica))().values
        assert float(values[0]) == pytest.approx(float(values[1]), rel=1e-6)
    assert [v.name.split(":")[0] for v in net.variables] == ["rnn/basic_lstm_cell/kernel", "rnn/basic_lstm_cell/bias"]


def test_a_network_can_be_saved_and_loaded(net, tmp_path):
    class Model(tensorflow.Module):
        def __init__(self):
            super().__init__()
            self.net = net

        @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, None, 3])])
        def __call__(self, x):
            with self.net:
                return tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(2), x, dtype=tf.float32)[0]

    model = Model()
    expected = model(sequence())
    tensorflow.saved_model.save(model, str(tmp_path))
    np.testing.assert_allclose(tensorflow.saved_model.load(str(tmp_path))(sequence()), expected, rtol=1e-6)


def test_no_warnings(net):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for way in [lambda f: f, tensorflow.function]:

            @way
            def step():
                with net:
                    return tf.nn.dynamic_rnn(tf.nn.rnn_cell.LSTMCell(2), sequence(), [2, 3], dtype=tf.float32)[0]

            step()


def test_a_keras_free_cell_class_is_enough():
    """Whatever has sizes, a zero state and can be called is a cell; what has not says what is missing."""
    with pytest.raises(TypeError, match="^The argument 'cell' \\(3\\) is not an RNNCell: 'output_size' property is"):
        tf.nn.dynamic_rnn(3, sequence(), dtype=tf.float32)
