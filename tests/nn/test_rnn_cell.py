"""Cells: their errors as a user sees them, masks of dropout, copies, configurations."""

import copy
import gc
import weakref

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

cells = tf.nn.rnn_cell


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


# -------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("depth", "state", "error", "says"),
    [
        (5, "right", ValueError, "Dimensions must be equal, but are 7 and 6"),
        (4, "wide", ValueError, "Dimensions must be equal, but are 7 and 6"),
        (4, "short", ValueError, "Dimension 0 in both shapes must be equal, but are 3 and 2. Shapes are [3] and [2]."),
        (4, "double", TypeError, "Tensors in list passed to 'values' of 'ConcatV2' Op have types [float32, float64]"),
    ],
)
def test_an_eager_cell_says_what_a_graph_would(net, depth, state, error, says):
    states = {
        "right": tf.zeros([3, 2]),
        "wide": tf.zeros([3, 3]),
        "short": tf.zeros([2, 2]),
        "double": tf.zeros([3, 2], tf.float64),
    }
    cell = cells.GRUCell(2)
    with net:
        cell(tf.ones([3, 4]), tf.zeros([3, 2]))
        with pytest.raises(error) as caught:
            cell(tf.ones([3, depth]), states[state])
    assert str(caught.value).startswith(says)


def test_a_wrong_depth_says_what_to_do(net):
    cell = cells.BasicLSTMCell(2)
    with net:
        cell(tf.ones([3, 4]), cell.zero_state(3, tf.float32))
        with pytest.raises(ValueError, match="A cell keeps the depth of its first inputs: make another cell"):
            cell(tf.ones([3, 5]), cell.zero_state(3, tf.float32))


def test_a_tensor_as_lstm_state_says_what_to_give(net):
    for cell in [cells.BasicLSTMCell(2), cells.LSTMCell(2)]:
        with net, pytest.raises(TypeError, match=r"Use cell.zero_state\(...\)"):
            cell(tf.ones([3, 4]), tf.zeros([3, 4]))


def test_a_cell_of_another_size_in_the_same_scope_raises_in_the_next_pass(net):
    with net:
        cells.GRUCell(2)(tf.ones([1, 4]), tf.zeros([1, 2]))
    with net, pytest.raises(ValueError, match=r"^Trying to share variable gru_cell/gates/kernel, but specified shape"):
        cells.GRUCell(3)(tf.ones([1, 4]), tf.zeros([1, 3]))


def test_unknown_activations_are_named(net):
    with pytest.raises(ValueError, match="^Unknown activation function:thanh"):
        cells.GRUCell(2, activation="thanh")


# ------------------------------------------------------------------------------- objects over passes


def test_a_kept_cell_finds_its_variables_in_every_pass_and_trace(net):
    cell = cells.MultiRNNCell([cells.BasicLSTMCell(2), cells.GRUCell(2)])

    def step():
        with net, tf.variable_scope("s", regularizer=tf.nn.l2_loss):
            output, _ = cell(tf.ones([1, 3]), cell.zero_state(1, tf.float32))
            return output, len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))

    runs = [step, step, tensorflow.function(step), tensorflow.function(step), step]
    outputs = [run() for run in runs]
    assert [int(count) for _, count in outputs] == [6] * 5
    for output, _ in outputs:
        np.testing.assert_allclose(output, outputs[0][0], rtol=1e-6)
    assert len(net.variables) == 6
    assert [id(v) for v in cell.variables] == [id(v) for v in net.variables]


def test_a_kept_cell_has_variables_of_its_own_in_each_tracking_scope():
    cell, nets = cells.GRUCell(2), [tf.tracking.VariableTrackingScope(name) for name in "ab"]
    for _ in range(2):
        for net in nets:
            with net:
                cell(tf.ones([1, 3]), tf.zeros([1, 2]))
                assert [id(v) for v in cell.variables] == [id(v) for v in net.variables]
    assert len({id(v) for net in nets for v in net.variables}) == 8


def test_a_copied_cell_is_another_cell(net):
    cell = cells.DropoutWrapper(cells.GRUCell(2), output_keep_prob=0.5, variational_recurrent=True, dtype=tf.float32)
    other = copy.deepcopy(cell)
    with net:
        other(tf.ones([1, 3]), tf.zeros([1, 2]))
    assert not cell.wrapped_cell.variables
    assert len(other.wrapped_cell.variables) == 4


@pytest.mark.parametrize(
    "cell",
    [
        cells.BasicRNNCell(2, activation="relu"),
        cells.GRUCell(3, bias_initializer=tf.constant_initializer(0.5)),
        cells.BasicLSTMCell(3, forget_bias=0.25),
        cells.LSTMCell(3, use_peepholes=True, num_proj=2, proj_clip=0.5),
    ],
    ids=lambda cell: type(cell).__name__,
)
def test_a_configuration_makes_the_same_cell(net, cell):
    again = type(cell).from_config({**cell.get_config(), "name": "again"})
    with net, tf.variable_scope("s", initializer=tf.constant_initializer(0.25)):
        outputs = [each(tf.ones([1, 3]), each.zero_state(1, tf.float32))[0] for each in (cell, again)]
    np.testing.assert_array_equal(*outputs)


# ---------------------------------------------------------------------------------- variational dropout


class Echo(cells.RNNCell):
    state_size = output_size = 400

    def call(self, inputs, state):
        return inputs, state


def variational(**arguments):
    return cells.DropoutWrapper(Echo(), output_keep_prob=0.5, variational_recurrent=True, dtype=tf.float32, **arguments)


def outputs_of(cell, **arguments):
    return tf.nn.dynamic_rnn(cell, tf.ones([1, 3, 400]), dtype=tf.float32, **arguments)[0]


def assert_one_mask(outputs):
    assert set(np.unique(outputs)) == {0.0, 2.0}
    np.testing.assert_array_equal(outputs[0, 0], outputs[0, 2])


def test_each_call_of_a_function_draws_a_mask(net):
    cell = variational()

    @tensorflow.function
    def step():
        with net:
            return outputs_of(cell), outputs_of(cell)

    (first, same), (second, _) = step(), step()
    for each in (first, second):
        assert_one_mask(each)
    np.testing.assert_array_equal(first, same)
    assert np.any(first != second)


def test_each_eager_pass_draws_a_mask(net):
    cell, found = variational(), []
    for _ in range(2):
        with net:
            found.append(outputs_of(cell))
            np.testing.assert_array_equal(found[-1], outputs_of(cell))
    assert_one_mask(found[0])
    assert np.any(found[0] != found[1])


def test_each_loop_draws_a_mask_where_there_is_no_scope():
    tf.reset_default_graph()
    cell = variational()
    first, second = outputs_of(cell), outputs_of(cell)
    assert_one_mask(first)
    assert np.any(first != second)
    tf.reset_default_graph()


def test_each_run_of_a_session_draws_a_mask():
    with tensorflow.Graph().as_default(), tf.Session() as session:
        outputs = outputs_of(variational())
        first, second = session.run(outputs), session.run(outputs)
    assert_one_mask(first)
    assert np.any(first != second)


def test_masks_keep_no_trace_alive(net):
    cell = variational()

    def trace():
        @tensorflow.function
        def step():
            with net:
                return outputs_of(cell)

        return weakref.ref(step.get_concrete_function().graph)

    graph = trace()
    gc.collect()
    assert graph() is None


def test_a_seed_repeats_the_mask():
    def run():
        net = tf.tracking.VariableTrackingScope("net")

        @tensorflow.function
        def step():
            tf.set_random_seed(7)
            with net:
                return outputs_of(variational(seed=3))

        return step()

    np.testing.assert_array_equal(run(), run())


def test_dropout_with_a_placeholder_like_probability(net):
    @tensorflow.function
    def step(keep_prob):
        with net:
            return outputs_of(cells.DropoutWrapper(Echo(), output_keep_prob=keep_prob))

    assert np.all(step(tensorflow.constant(1.0)) == 1.0)
    assert 0.3 < np.mean(step(tensorflow.constant(0.5)) == 0.0) < 0.7
