"""Every layer: compiled, traced with unknown sizes, in each data format; and what a user reads when it goes wrong."""

import functools

import numpy as np
import pytest
import tensorflow
from facts.layer_cases import CASES, counted

import tf1compat_wd as tf

WAYS = {
    "eager": lambda function: function,
    "function": tensorflow.function,
    "jit": functools.partial(tensorflow.function, jit_compile=True),
}


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


def outputs_and_gradients(case, net, wrap, **options):
    """What a layer computes eagerly or in a function, and the derivatives of the sum of squares."""
    x = tensorflow.Variable(counted(case.shape, 0.1))

    def run():
        with tensorflow.GradientTape() as tape, net:
            y = case.call(tf, x, **options)
            loss = tf.reduce_sum(tf.square(y))
        return [y, *tape.gradient(loss, [x, *net.trainable_variables])]

    with net:
        case.call(tf, x, **options)
    restored = [(v, v.numpy()) for v in net.variables]
    found = [value.numpy() for value in wrap(run)()]
    for variable, value in restored:  # moving averages
        variable.assign(value)
    return found


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_compiled_layer_computes_the_same(case, net):
    expected = outputs_and_gradients(CASES[case], net, WAYS["eager"])
    for found, other in zip(outputs_and_gradients(CASES[case], net, WAYS["jit"]), expected, strict=True):
        np.testing.assert_allclose(found, other, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("case", [c for c in sorted(CASES) if "conv" in c and "transpose" not in c])
@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_layer_with_holes_has_gradients(case, way, net):
    options = {"dilation_rate": 2, "padding": "same"}
    expected = outputs_and_gradients(CASES[case], net, WAYS["eager"], **options)
    for found, other in zip(outputs_and_gradients(CASES[case], net, WAYS[way], **options), expected, strict=True):
        np.testing.assert_allclose(found, other, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_function_takes_any_batch_size(case, net):
    case = CASES[case]

    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, *case.shape[1:]])])
    def model(inputs):
        with net:
            y = case.call(tf, inputs)
            assert y.shape[0] is None
            assert None not in y.shape[1:]
            return y

    for batch in [1, 3]:
        inputs = counted([batch, *case.shape[1:]], 0.1)
        found = model(tensorflow.constant(inputs))
        fresh = tf.tracking.VariableTrackingScope("fresh")
        with fresh:
            expected = case.call(tf, tensorflow.constant(inputs))
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_second_pass_makes_nothing_new(case, net):
    case = CASES[case]
    x = tensorflow.constant(counted(case.shape, 0.1))
    layer = case.make(tf)
    for _ in range(2):
        with net:
            case.call(tf, x)
            layer(x, **case.call_options)
            collected = tf.global_variables()
    assert len(net.variables) == len(collected) == 2 * len(layer.variables)


# -------------------------------------------------------------------------------------- channels first

# Function, shape with the channels last, arguments.
FORMATS = {
    "conv1d": ([2, 6, 3], [2, 3], {}),
    "conv2d": ([2, 5, 6, 3], [2, 3], {}),
    "conv3d": ([1, 4, 5, 4, 2], [2, 3], {}),
    "separable_conv1d": ([2, 6, 3], [2, 3], {}),
    "separable_conv2d": ([2, 5, 6, 3], [2, 3], {}),
    "conv2d_transpose": ([2, 3, 4, 3], [2, 3], {"strides": 2}),
    "conv3d_transpose": ([1, 3, 2, 3, 2], [2, 3], {"strides": 2}),
    "max_pooling1d": ([2, 7, 3], [2, 2], {}),
    "max_pooling2d": ([2, 5, 6, 3], [2, 2], {}),
    "max_pooling3d": ([1, 4, 5, 4, 2], [2, 2], {}),
    "average_pooling1d": ([2, 7, 3], [2, 2], {}),
    "average_pooling2d": ([2, 5, 6, 3], [2, 2], {}),
    "average_pooling3d": ([1, 4, 5, 4, 2], [2, 2], {}),
}


def in_both_formats(name, padding, wrap, **more):
    """Outputs and gradients with the channels last, and with the channels first brought back."""
    shape, arguments, options = FORMATS[name]
    layer = getattr(tf.layers, name)
    values = np.sin(np.arange(np.prod(shape))).reshape(shape).astype(np.float32)
    x = tensorflow.Variable(values)
    net = tf.tracking.VariableTrackingScope("net")
    first = [0, len(shape) - 1, *range(1, len(shape) - 1)]
    last = [0, *range(2, len(shape)), 1]
    options = {**options, **more, "padding": padding, "name": "layer"}

    def run(data_format):
        with tensorflow.GradientTape() as tape, net:
            inputs = x if data_format == "channels_last" else tf.transpose(x, first)
            y = layer(inputs, *arguments, data_format=data_format, **options)
            if data_format == "channels_first":
                y = tf.transpose(y, last)
            loss = tf.reduce_sum(tf.square(y))
        return [y, *tape.gradient(loss, [x, *net.trainable_variables])]

    run = wrap(run)
    return run("channels_last"), run("channels_first")


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("way", ["eager", "function"])
def test_channels_first_computes_the_same(name, padding, way):
    for found, expected in zip(*in_both_formats(name, padding, WAYS[way]), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", ["conv1d", "conv2d", "conv3d", "separable_conv2d"])
def test_channels_first_with_holes_computes_the_same(name):
    for found, expected in zip(*in_both_formats(name, "same", WAYS["function"], dilation_rate=2), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_causal_padding_pads_the_time_axis_of_channels_first():
    for name in ["conv1d", "separable_conv1d"]:
        for found, expected in zip(*in_both_formats(name, "causal", WAYS["eager"]), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("way", sorted(WAYS))
def test_fused_batch_normalization_takes_channels_first(training, way):
    x = tensorflow.constant(counted([2, 3, 4, 3], 0.1))
    net = tf.tracking.VariableTrackingScope("net")

    @WAYS[way]
    def run():
        with net:
            last = tf.layers.batch_normalization(x, training=training)
            first = tf.layers.batch_normalization(tf.transpose(x, [0, 3, 1, 2]), axis=1, training=training)
            return last, tf.transpose(first, [0, 2, 3, 1])

    np.testing.assert_allclose(*run(), rtol=1e-5, atol=1e-6)
    values = [v.numpy() for v in net.variables]
    for last, first in zip(values[:4], values[4:], strict=True):
        np.testing.assert_allclose(last, first, rtol=1e-5)


# ------------------------------------------------------------------------------- explicit arguments


def test_paddings_can_be_listed(net):
    x = tensorflow.constant(counted([1, 4, 4, 2], 0.1))
    with net:
        padded = tf.layers.conv2d(tf.pad(x, [[0, 0], [1, 0], [0, 2], [0, 0]]), 2, 3, name="c")
        for options in [{}, {"dilation_rate": 1}]:
            listed = tf.layers.conv2d(
                x, 2, 3, padding=[[0, 0], [1, 0], [0, 2], [0, 0]], name="c", reuse=True, **options
            )
            np.testing.assert_allclose(listed, padded, rtol=1e-5, atol=1e-6)
        first = tf.layers.conv2d(
            tf.transpose(x, [0, 3, 1, 2]),
            2,
            3,
            padding=[[0, 0], [0, 0], [1, 0], [0, 2]],
            data_format="channels_first",
            name="c",
            reuse=True,
        )
    np.testing.assert_allclose(tf.transpose(first, [0, 2, 3, 1]), padded, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("way", ["eager", "function"])
def test_keras_initializers_regularizers_and_constraints_are_taken(way, net):
    keras = tensorflow.keras

    @WAYS[way]
    def run():
        with net:
            y = tf.layers.dense(
                tf.ones([1, 3]),
                2,
                kernel_initializer=keras.initializers.GlorotUniform(seed=1),
                bias_initializer=keras.initializers.RandomNormal(stddev=0.1),
                kernel_regularizer=keras.regularizers.L2(0.5),
                kernel_constraint=keras.constraints.NonNeg(),
            )
            return y, tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)

    _, (loss,) = run()
    kernel, bias = net.variables
    assert np.std(kernel.numpy()) > 0
    assert np.std(bias.numpy()) > 0
    assert float(loss) == pytest.approx(0.5 * np.sum(kernel.numpy() ** 2), rel=1e-5)
    assert kernel.constraint(kernel).numpy().min() >= 0


def test_keras_initializers_are_taken_by_a_graph():
    keras = tensorflow.keras
    with tensorflow.Graph().as_default(), tf.Session() as session:
        tf.layers.dense(tf.ones([1, 3]), 2, kernel_initializer=keras.initializers.GlorotUniform())
        session.run(tf.global_variables_initializer())
        assert np.std(session.run(tf.global_variables()[0])) > 0


# ---------------------------------------------------------------------------- batch normalization


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("shape", [[6, 3], [4, 3, 2, 3]])
def test_averages_move_once_per_call_whether_or_not_updates_are_run(way, shape):
    def train(runs_updates):
        net = tf.tracking.VariableTrackingScope("net")

        @WAYS[way]
        def step(inputs):
            with net:
                y = tf.layers.batch_normalization(inputs, training=True, momentum=0.5, name="bn")
                updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
                assert len(updates) == 2
                with tf.control_dependencies(updates if runs_updates else []):
                    if runs_updates:
                        tf.group(*updates)
                    return tf.identity(y)

        for number in range(10):
            step(tensorflow.constant(counted(shape, 0.1)) * number)
        return [v.numpy() for v in net.variables]

    for run, not_run in zip(train(True), train(False), strict=True):
        np.testing.assert_array_equal(run, not_run)


def test_updates_are_found_by_scope_in_every_mode(net):
    def model():
        tf.layers.batch_normalization(tf.ones([2, 3]), training=True, name="a")
        with tf.variable_scope("s"):
            tf.layers.batch_normalization(tf.ones([2, 3]), training=True, name="b")
        return [len(tf.get_collection(tf.GraphKeys.UPDATE_OPS, scope)) for scope in ["a/", "s/", "s/b/", ""]]

    with net:
        assert model() == [2, 2, 2, 4]
    with tensorflow.Graph().as_default():
        assert model() == [2, 2, 2, 4]


def test_updates_in_a_branch_run_with_it(net):
    @tensorflow.function
    def step(inputs, training):
        with net:
            y = tf.cond(
                training,
                lambda: tf.layers.batch_normalization(inputs, training=True, momentum=0.5, name="bn"),
                lambda: inputs,
            )
            with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
                return tf.identity(y)

    inputs = tensorflow.constant(counted([6, 3], 1.0)) + 1.0
    moved = []
    for training in [False, True]:
        step(inputs, tensorflow.constant(training))
        moved.append(bool(net.variables_by_name["bn/moving_mean"].numpy().any()))
    assert moved == [False, True]


def test_four_axes_of_double_precision_are_not_fused(net):
    x = tensorflow.constant(counted([4, 3, 2, 3], 0.1), tensorflow.float64)
    with net:
        y = tf.layers.batch_normalization(x, training=True)
    assert y.dtype == tensorflow.float64
    assert {v.dtype for v in net.variables} == {tensorflow.float64}
    np.testing.assert_allclose(y.numpy().mean(axis=(0, 1, 2)), 0.0, atol=1e-9)


def test_replicas_keep_averages_of_their_own():
    strategy = tensorflow.distribute.MirroredStrategy(["CPU:0", "CPU:1"], tensorflow.distribute.ReductionToOneDevice())
    net = tf.tracking.VariableTrackingScope("net")

    @tensorflow.function
    def step():
        def replica():
            context = tensorflow.distribute.get_replica_context()
            value = tf.cast(context.replica_id_in_sync_group, tf.float32)
            with net:
                return tf.layers.batch_normalization(tf.fill([4, 2], value), training=True, momentum=0.5, name="bn")

        return strategy.run(replica)

    with strategy.scope():
        step()
        step()
    average = net.variables_by_name["bn/moving_mean"]
    np.testing.assert_allclose(strategy.experimental_local_results(average)[1].numpy(), [0.75, 0.75])


# ------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: tf.layers.dense(tf.ones([3]), 2), ValueError, "expected min_ndim=2, found ndim=1"),
        (lambda: tf.layers.Dense(2, "swoosh"), ValueError, "The names are elu, exponential"),
        (lambda: tf.layers.Dense(2, kernel_initializer=0.5), ValueError, r"write tf.constant_initializer\(...\)"),
        (
            lambda: tf.layers.conv2d(tf.ones([1, 5, 5, 1]), 1, 2, 2, dilation_rate=2, name="c"),
            ValueError,
            r"Layer c has strides \(2, 2\) and dilation_rate \(2, 2\)",
        ),
        (
            lambda: tf.layers.conv2d(tf.ones([1, 5, 5, 1], tf.int32), 1, 2),
            TypeError,
            "convolves floating tensors only; see tf.cast",
        ),
        (
            lambda: tf.layers.max_pooling2d(tf.ones([1, 5, 5, 1]), 2, 2, padding="causal"),
            ValueError,
            "can have 'valid' or 'same'",
        ),
        (
            lambda: tf.layers.batch_normalization(tf.ones([2, 3]), axis=5, name="bn"),
            ValueError,
            r"Invalid axis: 5\n\nLayer bn has axis=5 for inputs of \(2, 3\)",
        ),
        (
            lambda: tf.layers.batch_normalization(tf.ones([2, 3]), virtual_batch_size=-1),
            ValueError,
            r"\n\nIt is -1",
        ),
        (lambda: tf.layers.Layer(nonsense=1), TypeError, "nonsense"),
    ],
)
def test_errors_say_what_happened(call, error, says, net):
    with pytest.raises(error, match=says), net:
        call()
