"""`tf.contrib.eager`; the numbers and sentences are those that TF 1.15.5 gave."""

import importlib

import pytest
import tensorflow as tf2

import tf1compat_wd as tf

tfe = tf.contrib.eager


def test_its_file_can_be_imported():
    assert importlib.import_module("tf1compat_wd.contrib.eager.python.tfe").Variable is tfe.Variable


@pytest.fixture
def w():
    with tf.tracking.VariableTrackingScope("net"):
        yield tfe.Variable(3.0, name="w")


def test_a_variable_is_a_variable(w):
    assert isinstance(w, tfe.Variable)
    assert isinstance(w, tf.Variable)
    assert w.name == "w:0"
    assert not tfe.Variable(1.0, trainable=False, name="fixed").trainable
    assert tfe.Variable(1, name="typed", dtype=tf.float64).dtype == tf.float64


def test_implicit_gradients(w):
    [(gradient, variable)] = tfe.implicit_gradients(lambda x: w * w * x)(2.0)
    assert gradient.numpy() == 12.0
    assert variable is w
    value, pairs = tfe.implicit_value_and_gradients(lambda x: w * w * x)(2.0)
    assert (value.numpy(), [each.numpy() for each, _ in pairs]) == (18.0, [12.0])


def test_implicit_gradients_of_a_sum(w):
    [(gradient, _)] = tfe.implicit_gradients(lambda: (w * 2, w * 3))()
    assert gradient.numpy() == 5.0


def test_implicit_gradients_in_a_function(w):
    pairs = tf2.function(lambda: [gradient for gradient, _ in tfe.implicit_gradients(lambda: w * w)()])()
    assert [each.numpy() for each in pairs] == [6.0]


def test_an_optimizer_takes_what_implicit_gradients_gives(w):
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    optimizer.apply_gradients(tfe.implicit_gradients(lambda: w * w)())
    assert w.numpy() == pytest.approx(2.4)


def test_what_implicit_gradients_refuses():
    def nothing():
        return None

    with pytest.raises(ValueError, match=r"^Cannot differentiate a function that returns None; did you .* nothing\?"):
        tfe.implicit_gradients(nothing)()
    with pytest.raises(ValueError, match=r"^No trainable variables were accessed while the function was being comp"):
        tfe.implicit_gradients(lambda: tf.constant(1.0))()


def test_gradients_by_arguments():
    def f(x, y):
        return x * x * y

    assert [each.numpy() for each in tfe.gradients_function(f)(2.0, 3.0)] == [12.0, 4.0]
    assert [each.numpy() for each in tfe.gradients_function(f, params=[1])(2.0, 3.0)] == [4.0]
    assert [each.numpy() for each in tfe.gradients_function(f, params=["x"])(2.0, 3.0)] == [12.0]
    assert [each.numpy() for each in tfe.gradients_function(f)(2.0, 3.0, dy=2.0)] == [24.0, 8.0]
    value, gradients = tfe.value_and_gradients_function(f)(2.0, 3.0)
    assert (value.numpy(), [each.numpy() for each in gradients]) == (12.0, [12.0, 4.0])


def test_gradients_of_constants_and_unknown_arguments():
    assert tfe.gradients_function(lambda x: 3.0)(1.0) == [None]
    assert tfe.gradients_function(lambda x: tf.constant(3.0))(1.0) == [None]
    with pytest.raises(ValueError, match="'y' is not in list"):
        tfe.gradients_function(lambda x: x, params=["y"])(1.0)


def test_an_iterator():
    iterator = tfe.Iterator(tf.data.Dataset.range(3))
    assert (iterator.next().numpy(), iterator.get_next().numpy()) == (0, 1)
    assert (iterator.output_types, iterator.output_shapes, iterator.output_classes) == (tf.int64, [], tf.Tensor)
    assert [int(each) for each in iterator] == [2]
    with pytest.raises(tf.errors.OutOfRangeError):
        iterator.get_next()
    with pytest.raises(StopIteration):
        iterator.next()


def test_an_iterator_in_a_graph_says_what_to_use():
    with tf.Graph().as_default(), pytest.raises(RuntimeError, match="make_one_shot_iterator"):
        tfe.Iterator(tf.data.Dataset.range(3))


def test_a_saver(w, tmp_path):
    saver = tfe.Saver([w])
    path = saver.save(str(tmp_path / "model"))
    assert path == str(tmp_path / "model")
    w.assign(9.0)
    saver.restore(path)
    assert w.numpy() == 3.0


def test_the_variables_of_an_optimizer(w):
    optimizer = tf.train.AdamOptimizer(0.1)
    optimizer.apply_gradients(tfe.implicit_gradients(lambda: w * w)())
    names = {variable.name for variable in tfe.get_optimizer_variables(optimizer)}
    assert names == {"w/Adam:0", "w/Adam_1:0", "beta1_power:0", "beta2_power:0"}


def test_a_template_shares_its_variables():
    with tf.tracking.VariableTrackingScope("net") as net:
        layer = tfe.make_template("t", lambda: tf.get_variable("w", [2]), create_graph_function_=True)
        assert layer() is layer()
    assert list(net.variables_by_name) == ["t/w"]


def test_eager_execution_is_on_already():
    assert tfe.enable_eager_execution() is None
    assert tf.executing_eagerly()


class Net(tfe.Network):
    def __init__(self, name=None):
        super().__init__(name=name)
        self.hidden = self.track_layer(tf.layers.Dense(2, tf.nn.relu, kernel_initializer=tf.ones_initializer()))
        self.normal = self.track_layer(tf.layers.BatchNormalization())

    def call(self, x, training=False):
        return self.normal(self.hidden(x), training=training)


class Outer(tfe.Network):
    def __init__(self):
        super().__init__()
        self.inner = self.track_layer(Net("given"))
        self.last = self.track_layer(tf.layers.Dense(1))

    def call(self, x):
        return self.last(self.inner(x))


def test_the_layers_of_a_network():
    with tf.tracking.VariableTrackingScope("scope") as scope:
        first, second, outer = Net(), Net(), Outer()
        assert first(tf.ones([1, 3])).numpy() == pytest.approx(2.9985, rel=1e-4)
        second(tf.ones([1, 3])), outer(tf.ones([1, 3]))
        weights = ["dense/kernel", "dense/bias", *(f"batch_normalization/{each}" for each in ("gamma", "beta"))]
        averages = [f"batch_normalization/moving_{each}" for each in ("mean", "variance")]
        assert [v.name for v in first.variables] == [f"net/{each}:0" for each in weights + averages]
        assert [v.name for v in second.trainable_variables] == [f"net_1/{each}:0" for each in weights]
        inside = [f"outer/given/{each}:0" for each in weights + averages]
        assert [v.name for v in outer.variables] == [*inside, "outer/dense/kernel:0", "outer/dense/bias:0"]
        assert (first.name, second.name, outer.name) == ("net", "net_1", "outer")
        assert len(first.non_trainable_variables) == 2
        assert first.layers == [first.hidden, first.normal] == [first.get_layer(index=each) for each in (0, 1)]
        assert first.get_layer(first.hidden.name) is first.hidden
    with scope:
        first(tf.ones([1, 3]))
    assert len(scope.variables) == 20


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        (lambda: Net("a/b"), ValueError, r"Forward slashes \('/'\) are not allowed in Network names."),
        (
            lambda: Net().track_layer(3),
            TypeError,
            r"Network.track_layer\(\) passed type <class 'int'>, not a tf.layers",
        ),
        (lambda: Net().get_layer("zz"), ValueError, "No such layer: zz"),
        (lambda: Net().get_layer(index=5), ValueError, "Was asked to retrieve layer at index 5 but model only has 2"),
        (lambda: Net().get_layer(), ValueError, "Provide either a layer name or layer index."),
        (lambda: Net().get_layer("a", 1), ValueError, "Exactly one of 'index' or 'name' must be provided"),
        (lambda: Net().add_variable("a", []), RuntimeError, "add_variable not supported in Network class yet."),
    ],
)
def test_a_network_says_what_is_wrong(what, error, said):
    with pytest.raises(error, match=said):
        what()


def test_metrics_are_added_to_another():
    """The numbers are those of TF 1.15.5."""
    total, *others = (tfe.metrics.Mean("m") for _ in range(3))
    for metric, values in zip([total, *others], ([9.0], [1.0, 2.0], [6.0]), strict=True):
        metric(tf.constant(values))
    total.aggregate(others)
    assert (total.numer.numpy(), total.denom.numpy(), total.result().numpy()) == (18.0, 4.0, 4.5)
    other = tfe.metrics.Mean("other")
    other(tf.constant([1.0]))
    with pytest.raises(ValueError, match="All metrics must have variables in the same order."):
        total.aggregate([other])
    with pytest.raises(TypeError, match="All metrics must be the same type"):
        total.aggregate([tfe.metrics.Accuracy("m")])
