"""Layer objects that live longer than a pass: in passes, traces, scopes, graphs, modules, checkpoints."""

import copy
import gc
import weakref

import numpy as np
import pytest
import tensorflow

import tf1compat_wd as tf

KEYS = tf.GraphKeys


@pytest.fixture
def net():
    return tf.tracking.VariableTrackingScope("net")


@pytest.fixture(autouse=True)
def _no_ambient_variables():
    yield
    tf.reset_default_graph()


def x(rows=2):
    return tensorflow.reshape(tensorflow.range(rows * 3, dtype=tensorflow.float32), [rows, 3])


def names(variables):
    return [v.name for v in variables]


def losses():
    return tf.get_collection(KEYS.REGULARIZATION_LOSSES)


class Block(tf.layers.Layer):
    """Has layers that `build` makes, and a list and a dictionary that it fills."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.parts, self.table = [], {}

    def build(self, input_shape):
        self.parts += [tf.layers.Dense(3, name=f"part{i}", kernel_regularizer=tf.nn.l2_loss) for i in range(2)]
        self.table["w"] = self.add_weight("w", [3], initializer="ones")
        self.built = True

    def call(self, inputs):
        for part in self.parts:
            inputs = part(inputs)
        return inputs * self.table["w"]


BLOCK = ["block/w:0", "block/part0/kernel:0", "block/part0/bias:0", "block/part1/kernel:0", "block/part1/bias:0"]


# ------------------------------------------------------------------------------------------ passes


def test_an_object_keeps_its_variables_and_collects_anew_in_each_pass(net):
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss, activity_regularizer=tf.reduce_sum)
    kernels = []
    for _ in range(3):
        with net:
            layer(x())
            assert names(tf.trainable_variables()) == ["dense/kernel:0", "dense/bias:0"]
            assert len(losses()) == len(layer.losses) == 2
            kernels.append(layer.kernel)
    assert kernels[0] is kernels[1] is kernels[2]
    assert len(net.variables) == len(layer.variables) == 2


def test_an_object_made_in_each_pass_finds_the_same_variables(net):
    outputs = []
    for _ in range(2):
        with net:
            outputs.append(tf.layers.Dense(2)(x()))
    np.testing.assert_array_equal(*outputs)
    assert names(net.variables) == ["dense/kernel:0", "dense/bias:0"]


def test_an_object_keeps_its_variables_in_every_trace(net):
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss)
    counts = []

    @tensorflow.function
    def model(inputs):
        with net:
            outputs = layer(inputs) + layer(inputs)
            counts.append((len(losses()), len(layer.losses), len(tf.global_variables())))
            return outputs, tf.add_n(losses())

    with net:
        twice = 2 * layer(x())
    np.testing.assert_allclose(model(x())[0], twice, rtol=1e-6)
    assert model(x(4))[0].shape == [4, 2]
    assert counts == [(1, 1, 2)] * 2
    assert names(net.variables) == ["dense/kernel:0", "dense/bias:0"]


def test_losses_of_a_trace_are_not_shown_outside(net):
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss, activity_regularizer=tf.reduce_sum)

    @tensorflow.function
    def model(inputs):
        with net:
            outputs = layer(inputs, training=True)
            layer.add_update(layer.bias.assign_add([1.0, 1.0]))
            assert len(layer.losses) == 2
            assert len(layer.updates) == 1
            return outputs

    model(x())
    (weight_loss,) = layer.losses
    assert float(weight_loss) == pytest.approx(float(tf.nn.l2_loss(layer.kernel)))
    assert layer.updates == []


def test_an_object_does_not_keep_old_traces_alive(net):
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss, activity_regularizer=tf.reduce_sum)
    graphs = []
    for rows in range(1, 5):

        def model(inputs):
            with net:
                return layer(inputs)

        graphs.append(weakref.ref(tensorflow.function(model).get_concrete_function(x(rows)).graph))
    del model
    gc.collect()
    assert [graph() is None for graph in graphs[:-1]] == [True] * 3


def test_many_passes_leave_nothing_behind(net):
    layer = tf.layers.BatchNormalization(gamma_regularizer=tf.nn.l2_loss)
    block = Block()

    def passes(count):
        for _ in range(count):
            with net:
                block(layer(x(), training=True))
        gc.collect()
        return len(gc.get_objects())

    passes(20)
    before = passes(20)
    assert passes(200) <= before + 50


def test_a_frozen_layer_unfreezes_with_the_next_pass(net):
    layer = tf.layers.Dense(2)
    layer.trainable = False
    found = []
    for trainable in [False, True]:
        layer.trainable = trainable
        with net:
            layer(x())
            found.append(names(tf.trainable_variables()))
    assert found == [[], ["dense/kernel:0", "dense/bias:0"]]


def test_a_pass_that_fails_while_building_can_be_repeated(net):
    class Fails(tf.layers.Layer):
        fail = True

        def build(self, input_shape):
            self.w = self.add_weight("w", [], initializer="ones")
            if self.fail:
                raise RuntimeError("not yet")
            self.v = self.add_weight("v", [], initializer="ones")

        def call(self, inputs):
            return inputs * self.w * self.v

    layer = Fails()
    with pytest.raises(RuntimeError, match="not yet"), net:
        layer(x())
    layer.fail = False
    with net:
        layer(x())
    assert names(layer.weights) == names(net.variables) == ["fails/w:0", "fails/v:0"]


# ------------------------------------------------------------------------------------------- names


def test_names_stay_with_objects_whatever_order_they_are_called_in(net):
    first, second = tf.layers.Dense(2), tf.layers.Dense(2)
    with net:
        first(x()), second(x()), tf.layers.dense(x(), 2)
    with net:
        second(x()), first(x()), tf.layers.dense(x(), 2)
    assert [first.scope_name, second.scope_name] == ["dense", "dense_1"]
    assert names(net.variables)[::2] == ["dense/kernel:0", "dense_1/kernel:0", "dense_2/kernel:0"]


def test_an_object_first_called_in_a_scope_stays_there(net):
    layer = tf.layers.Dense(2)
    with net, tf.variable_scope("train"):
        layer(x())
    with net:
        layer(x())
        with tf.variable_scope("other"):
            layer(x())
    assert layer.scope_name == "train/dense"
    assert names(net.variables) == ["train/dense/kernel:0", "train/dense/bias:0"]


def test_operations_are_named_afresh_in_each_trace(net):
    layer = tf.layers.Dense(2, name="d")
    found = []

    @tensorflow.function
    def model(inputs):
        with net:
            found.append(
                [layer(inputs).name, layer(inputs).name, tf.layers.dense(inputs, 2, name="d", reuse=True).name]
            )

    model(x()), model(x(3))
    assert found == [["d/BiasAdd:0", "d/BiasAdd_1:0", "d_1/BiasAdd:0"]] * 2


def test_two_objects_of_one_name_clash_in_every_pass(net):
    for _ in range(2):
        with net:
            tf.layers.dense(x(), 2, name="d")
            with pytest.raises(ValueError, match="Variable d/kernel already exists, disallowed"):
                tf.layers.dense(x(), 2, name="d")


# ------------------------------------------------------------------------- building again, attributes


def test_what_build_puts_into_lists_is_there_once(net):
    block = Block()
    for _ in range(3):
        with net:
            block(x())
            assert len(losses()) == 2

    @tensorflow.function
    def model(inputs):
        with net:
            return block(inputs)

    model(x()), model(x(3))
    assert len(block.parts) == 2
    assert names(net.variables) == BLOCK


def test_what_others_put_into_lists_stays(net):
    layer = Block()
    layer.notes = ["before"]
    with net:
        layer(x())
    layer.notes.append("after")
    with net:
        layer(x())
    assert layer.notes == ["before", "after"]


def test_tensors_that_build_makes_belong_to_their_trace(net):
    class Masked(tf.layers.Layer):
        def build(self, input_shape):
            self.mask = tf.cast(tf.range(input_shape[-1]) > 0, tf.float32)

        def call(self, inputs):
            return inputs * self.mask

    layer = Masked()

    @tensorflow.function
    def model(inputs):
        with net:
            return layer(inputs)

    for rows in [1, 2]:
        np.testing.assert_array_equal(model(x(rows))[:, 0], [0.0] * rows)
    with net:
        assert float(layer(x())[1, 2]) == 5.0


def test_a_custom_getters_tensor_belongs_to_its_pass(net):
    def doubled(getter, *args, **kwargs):
        return 2.0 * getter(*args, **kwargs)

    layer = tf.layers.Dense(2, kernel_initializer="ones", kernel_regularizer=tf.nn.l2_loss)

    @tensorflow.function
    def model(inputs):
        with net, tf.variable_scope("s", custom_getter=doubled):
            return layer(inputs), tf.add_n(losses())

    for rows in [1, 2]:
        assert float(model(x(rows))[1]) == 12.0
    with net, tf.variable_scope("s", custom_getter=doubled):
        layer(x())
        assert [float(loss) for loss in losses()] == [12.0]


def test_weights_of_the_constructor_are_found_in_each_pass(net):
    class Early(tf.layers.Layer):
        def __init__(self):
            super().__init__()
            self.w = self.add_weight("w", [3], initializer="ones", regularizer=tf.nn.l2_loss)

        def call(self, inputs):
            return inputs * self.w

    with net:
        layer = Early()
    for _ in range(2):
        with net:
            layer(x())
            assert len(losses()) == 1
            assert names(tf.trainable_variables()) == ["early/w:0"]
    outside = Early()  # in the ambient scope
    with net:
        outside(x())
    assert outside.w is net.variables_by_name[outside.w.name[:-2]]


# ------------------------------------------------------------------------------------ several owners


def test_each_tracking_scope_has_its_own_variables(net):
    other = tf.tracking.VariableTrackingScope("other")
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss)
    with net:
        before = layer(x())
        kernel = layer.kernel
    with other:
        layer(tensorflow.ones([1, 5]))
        assert layer.kernel is not kernel
    with net:
        np.testing.assert_array_equal(layer(x()), before)
        assert layer.kernel is kernel
        assert len(losses()) == 1
    assert names(net.variables) == names(other.variables) == ["dense/kernel:0", "dense/bias:0"]


def test_a_pass_inside_a_pass_does_not_disturb_it(net):
    other = tf.tracking.VariableTrackingScope("other")
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss)
    with net:
        before = layer(x())
        with other:
            layer(x())
        np.testing.assert_array_equal(layer(x()), before)
        assert len(losses()) == 1


def test_without_a_scope_eager_calls_and_traces_share_the_object():
    layer, norm = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss), tf.layers.BatchNormalization()

    def model(inputs):
        return norm(layer(inputs), training=True)

    traced = tensorflow.function(model)
    model(x())
    kernel = layer.kernel
    for rows in [2, 3]:
        np.testing.assert_allclose(traced(x(rows)), model(x(rows)), rtol=1e-5, atol=1e-6)
    assert layer.kernel is kernel
    assert len(tf.global_variables()) == 6
    assert len(losses()) == 1


def test_without_a_scope_updates_do_not_pile_up():
    norm = tf.layers.BatchNormalization()
    for _ in range(5):
        norm(x(), training=True)
        tf.layers.batch_normalization(x(), training=True, name="bn", reuse=tf.AUTO_REUSE)
    assert len(tf.get_collection(KEYS.UPDATE_OPS)) == 4
    assert len(norm.updates) == 2


def test_an_object_can_go_from_graph_to_graph():
    layer = tf.layers.Dense(2, kernel_initializer="ones", kernel_regularizer=tf.nn.l2_loss)
    for depth in [3, 4]:
        with tensorflow.Graph().as_default(), tf.Session() as session:
            outputs = [layer(tf.ones([1, depth])), layer(tf.ones([1, depth]))]
            assert [y.name for y in outputs] == ["dense/BiasAdd:0", "dense/BiasAdd_1:0"]
            assert names(tf.global_variables()) == ["dense/kernel:0", "dense/bias:0"]
            assert len(losses()) == 1
            session.run(tf.global_variables_initializer())
            assert session.run(outputs[1]).tolist() == [[depth, depth]]


def test_an_object_goes_from_a_graph_to_eager_mode_and_back(net):
    layer = tf.layers.Dense(2, kernel_initializer="ones")
    graph = tensorflow.Graph()
    with graph.as_default():
        layer(tf.ones([1, 3]))
    with net:
        assert float(layer(x(1))[0, 0]) == 3.0
    with graph.as_default():
        layer(tf.ones([1, 3]))
        assert names(tf.global_variables()) == ["dense/kernel:0", "dense/bias:0"]


# ------------------------------------------------------------------------------ modules, checkpoints


class Model(tensorflow.Module):
    """A module of TF2 that holds layers of TF1 and lets the ambient scope own their variables."""

    def __init__(self):
        super().__init__()
        self.dense, self.block = tf.layers.Dense(3, name="first"), Block(name="block")

    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 3])])
    def __call__(self, inputs):
        return self.block(self.dense(inputs))


def test_a_module_finds_the_variables_of_its_layers():
    model = Model()
    model(x())
    assert sorted(names(model.variables)) == sorted(["first/kernel:0", "first/bias:0", *BLOCK])
    assert model.dense in model.submodules


def test_a_checkpoint_of_a_module_holds_its_layers(tmp_path):
    model = Model()
    expected = model(x())
    path = tensorflow.train.Checkpoint(model=model).save(tmp_path / "model")
    saved = [name for name, _ in tensorflow.train.list_variables(path)]
    assert "model/dense/kernel/.ATTRIBUTES/VARIABLE_VALUE" in saved
    tf.reset_default_graph()

    restored = Model()
    status = tensorflow.train.Checkpoint(model=restored).restore(path)  # nothing is built yet
    restored.dense(x())
    np.testing.assert_array_equal(restored.dense.kernel, model.dense.kernel)
    restored(x())
    status = tensorflow.train.Checkpoint(model=restored).restore(path)
    status.assert_existing_objects_matched()
    np.testing.assert_allclose(restored(x()), expected, rtol=1e-6)


def test_a_module_with_layers_is_saved(tmp_path):
    model = Model()
    expected = model(x())
    tensorflow.saved_model.save(model, str(tmp_path))
    np.testing.assert_allclose(tensorflow.saved_model.load(str(tmp_path))(x()), expected, rtol=1e-6)


def test_values_are_read_and_written(net):
    layer = tf.layers.Dense(1, kernel_initializer="ones")
    with net:
        layer(x())
    kernel, bias = layer.get_weights()
    assert (kernel.tolist(), bias.tolist()) == ([[1.0]] * 3, [0.0])
    layer.set_weights([2 * kernel, bias + 1])
    assert layer.bias.numpy().tolist() == [1.0]
    with pytest.raises(ValueError, match="was expecting 2 weights"):
        layer.set_weights([kernel])
    with pytest.raises(ValueError, match="not compatible with provided weight shape"):
        layer.set_weights([bias, bias])


def test_values_are_read_and_written_by_the_default_session():
    with tensorflow.Graph().as_default():
        layer = tf.layers.Dense(1, kernel_initializer="ones")
        layer(tf.ones([1, 2]))
        with pytest.raises(RuntimeError, match="get_weights needs values"):
            layer.get_weights()
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            kernel, bias = layer.get_weights()
            layer.set_weights([3 * kernel, bias])
            assert session.run(layer.kernel).tolist() == [[3.0], [3.0]]


def test_initial_weights_can_be_given(net):
    layer = tf.layers.Dense(1, weights=[np.full([3, 1], 2.0), np.ones([1])])
    with net:
        assert float(layer(tensorflow.ones([1, 3]))[0, 0]) == 7.0


def test_copies_are_layers_of_their_own(net):
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss)
    layers = [layer, copy.deepcopy(layer), copy.deepcopy(layer)]
    with net:
        for each in layers:
            each(x())
        assert len(losses()) == 3
    assert [each.scope_name for each in layers] == ["dense", "dense_1", "dense_2"]
    with pytest.raises(TypeError, match="has weights, which can't be copied"):
        copy.deepcopy(layer)


# -------------------------------------------------------------------------------- unusual subclasses


def test_a_subclass_need_not_call_the_base_constructor(net):
    class Careless(tf.layers.Layer):
        def __init__(self, factor):
            self.factor = factor

        def call(self, inputs):
            return tf.layers.dense(inputs, 2, kernel_initializer=tf.ones_initializer()) * self.factor

    layer = Careless(3.0)
    for _ in range(2):
        with net:
            assert float(layer(tensorflow.ones([1, 3]))[0, 0]) == 9.0
    assert names(net.variables) == ["careless/dense/kernel:0", "careless/dense/bias:0"]


def test_python_branches_on_tensors_are_converted_where_the_function_is(net):
    class Branches(tf.layers.Layer):
        def call(self, inputs):
            if tf.reduce_sum(inputs) > 0:
                return inputs * 3.0
            return inputs

    layer = Branches()

    @tensorflow.function
    def model(inputs):
        with net:
            return layer(inputs)

    assert model(tensorflow.ones([])).numpy() == 3.0
    assert model(-tensorflow.ones([])).numpy() == -1.0


def test_losses_are_found_by_inputs_in_eager_mode(net):
    class Busy(tf.layers.Layer):
        def call(self, inputs):
            self.add_loss(tf.reduce_sum(inputs), inputs=inputs)
            self.add_loss(tf.constant(7.0))
            return inputs

    layer = Busy()
    with net:
        first, second = x(), x(3)
        layer(first), layer(second)
        assert [float(loss) for loss in layer.get_losses_for(first)] == [15.0]
        assert [float(loss) for loss in layer.get_losses_for(second)] == [36.0]
        assert [float(loss) for loss in layer.get_losses_for(None)] == [7.0, 7.0]
        assert len(losses()) == 4


def test_metrics_of_keras_are_refused_with_a_way_out():
    with pytest.raises(NotImplementedError, match=r"Use tf.metrics.mean\(value\)"):
        tf.layers.Layer(name="l").add_metric(1.0)


def test_the_regularizer_of_a_kept_layer_is_known_to_the_scope(net):
    layer = tf.layers.Dense(2, kernel_initializer="ones", kernel_regularizer=tf.nn.l2_loss)
    with net:
        layer(x())
    assert [float(loss) for loss in net.regularization_losses()] == [3.0]


def test_an_evaluation_pass_with_reuse_has_the_loss_once(net):
    def model(inputs, reuse=None):
        return tf.layers.dense(
            inputs, 2, kernel_initializer=tf.ones_initializer(), kernel_regularizer=tf.nn.l2_loss, name="d", reuse=reuse
        )

    with net:
        model(x())
    with net:
        model(x(), reuse=True)
        assert [float(loss) for loss in losses()] == [3.0]
    with net:
        model(x(), reuse=tf.AUTO_REUSE), model(x(), reuse=tf.AUTO_REUSE)
        assert [float(loss) for loss in losses()] == [3.0]


@pytest.mark.parametrize("partitioner", [None, tf.fixed_size_partitioner(2)], ids=["whole", "cut"])
def test_a_regularizer_is_kept_where_a_getter_renames_the_weight(net, partitioner):
    def model(inputs, reuse=None):
        with tf.variable_scope("m", reuse=reuse, partitioner=partitioner):
            return tf.contrib.layers.fully_connected(
                inputs, 2, weights_initializer=tf.ones_initializer(), weights_regularizer=tf.nn.l2_loss, scope="f"
            )

    for reuse in (None, None, True):
        with net:
            model(x(), reuse)
            assert sum(float(loss) for loss in losses()) == 3.0
        assert sum(float(loss) for loss in net.regularization_losses()) == 3.0


def test_without_a_scope_a_renamed_weight_has_its_loss_once():
    def model(inputs, reuse=None):
        return tf.contrib.layers.fully_connected(
            inputs,
            2,
            weights_initializer=tf.ones_initializer(),
            weights_regularizer=tf.nn.l2_loss,
            scope="f",
            reuse=reuse,
        )

    model(x()), model(x(), True)
    assert [float(loss) for loss in losses()] == [3.0]
    outputs = tensorflow.function(lambda: (model(x(), True), tf.add_n(losses())))()
    assert float(outputs[1]) == 3.0
    assert [float(loss) for loss in losses()] == [3.0]


def test_losses_in_a_branch_are_usable_outside(net):
    @tensorflow.function
    def model(inputs):
        with net:
            outputs = tf.cond(
                tf.reduce_sum(inputs) > 0,
                lambda: tf.layers.dense(inputs, 2, kernel_initializer="ones", kernel_regularizer=tf.nn.l2_loss),
                lambda: tf.zeros([2, 2]),
            )
            return outputs, tf.add_n(losses())

    assert float(model(x())[1]) == 3.0
    with tensorflow.Graph().as_default(), tf.Session() as session:
        tf.cond(
            tf.less(tf.constant(0), tf.constant(1)),
            lambda: tf.layers.dense(tf.ones([1, 3]), 2, kernel_initializer="ones", kernel_regularizer=tf.nn.l2_loss),
            lambda: tf.zeros([1, 2]),
        )
        session.run(tf.global_variables_initializer())
        assert session.run(losses()) == [3.0]
