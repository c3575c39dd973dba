<<<<<<< HEAD
"""`tf.saved_model`: a scope in TensorFlow 2's, and TF1's builder, loader and `simple_save` in graphs."""

=======
"""SavedModels: TF1's in graph mode, and those of a module that holds a tracking scope."""

import pytest
>>>>>>> d491295 (Tests: moving averages in place of weights, SavedModels of graphs and of scopes, savers' files restored by TF 1.15)
import tensorflow

import tf1compat_wd as tf


def model(x):
<<<<<<< HEAD
    with tf.variable_scope("layer"):
        w = tf.get_variable("w", [2, 1], initializer=tf.ones_initializer())
        table = tf.get_variable(
            "t", [4, 1], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2)
        )
    return tf.matmul(x, w) + tf.reduce_sum(tf.convert_to_tensor(table))


class Served(tensorflow.Module):
    def __init__(self):
        super().__init__()
        self.net = tf.tracking.VariableTrackingScope("net")
=======
    with tf.variable_scope("net"):
        w = tf.get_variable("w", [2, 1], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
        return tf.layers.dense(tf.matmul(x, w), 1, kernel_initializer=tf.ones_initializer(), name="out")


X = [[1.0, 2.0], [3.0, 4.0]]
Y = [[3.0], [7.0]]


def save_simply(folder):
    with tensorflow.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        y = tf.identity(model(x), name="y")
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, folder, inputs={"x": x}, outputs={"y": y})


def save_by_builder(folder):
    with tensorflow.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        y = tf.identity(model(x), name="y")
        table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a"], [1]), 0)
        tf.identity(table.lookup(tf.constant("a")), name="found")
        session.run([tf.global_variables_initializer(), tf.tables_initializer()])
        signature = tf.saved_model.signature_def_utils.build_signature_def(
            inputs={"x": tf.saved_model.utils.build_tensor_info(x)},
            outputs={"y": tf.saved_model.utils.build_tensor_info(y)},
            method_name=tf.saved_model.signature_constants.PREDICT_METHOD_NAME,
        )
        builder = tf.saved_model.builder.SavedModelBuilder(folder)
        builder.add_meta_graph_and_variables(
            session,
            [tf.saved_model.tag_constants.SERVING],
            signature_def_map={tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature},
            main_op=tf.tables_initializer(),
            strip_default_attrs=True,
        )
        builder.save()


@pytest.mark.parametrize("save", [save_simply, save_by_builder])
def test_a_graphs_model_is_saved_and_loaded_in_sessions(save, tmp_path):
    folder = str(tmp_path / "model")
    save(folder)
    assert tf.saved_model.loader.maybe_saved_model_directory(folder)
    with tensorflow.Graph().as_default(), tf.Session() as session:
        graph = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], folder)
        signature = graph.signature_def["serving_default"]
        feed = {signature.inputs["x"].name: X}
        assert session.run(signature.outputs["y"].name, feed).tolist() == Y
        if save is save_by_builder:
            assert session.run("found:0") == 1


@pytest.mark.parametrize("save", [save_simply, save_by_builder])
def test_tensorflow_2_loads_it_too(save, tmp_path):
    folder = str(tmp_path / "model")
    save(folder)
    loaded = tensorflow.saved_model.load(folder)
    result = loaded.signatures["serving_default"](x=tensorflow.constant(X))
    assert result["y"].numpy().tolist() == Y
    assert sorted(v.name for v in loaded.variables) == ["net/out/bias:0", "net/out/kernel:0", "net/w:0"]


def test_a_scope_restores_the_variables_of_a_saved_model(tmp_path):
    folder = str(tmp_path / "model")
    save_simply(folder)
    net = tf.tracking.VariableTrackingScope("net")
    with net:
        model(tensorflow.constant(X))
    for variable in net.variables:
        variable.assign(tensorflow.zeros_like(variable))
    net.restore(f"{folder}/variables/variables")
    with net:
        assert model(tensorflow.constant(X)).numpy().tolist() == Y


class Served(tensorflow.Module):
    """Holds a scope, and has a signature."""

    def __init__(self):
        super().__init__()
        self.net = tf.tracking.VariableTrackingScope("net", tape=True)
>>>>>>> d491295 (Tests: moving averages in place of weights, SavedModels of graphs and of scopes, savers' files restored by TF 1.15)

    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 2], tensorflow.float32)])
    def serve(self, x):
        with self.net:
            return {"y": model(x)}

<<<<<<< HEAD

def test_a_module_with_a_scope_is_saved_with_signatures_and_loaded(tmp_path):
    served = Served()
    served.serve(tensorflow.ones([1, 2]))
    served.net.variables_by_name["layer/w"].assign([[2.0], [3.0]])
    tensorflow.saved_model.save(served, str(tmp_path), signatures=served.serve)
    loaded = tensorflow.saved_model.load(str(tmp_path))
    assert loaded.serve(tensorflow.ones([3, 2]))["y"].numpy().tolist() == [[9.0]] * 3
    assert loaded.signatures["serving_default"](tensorflow.ones([1, 2]))["y"].numpy().tolist() == [[9.0]]


def test_a_tracked_function_is_saved_in_a_module(tmp_path):
    module = tensorflow.Module()
    module.model = tf.tracking.track(model)
    module.serve = tensorflow.function(module.model, input_signature=[tensorflow.TensorSpec([None, 2])])
    module.serve(tensorflow.ones([1, 2]))
    tensorflow.saved_model.save(module, str(tmp_path))
    assert tensorflow.saved_model.load(str(tmp_path)).serve(tensorflow.ones([1, 2])).numpy().tolist() == [[6.0]]


def test_what_a_scope_saves_a_session_loads(tmp_path):
    served = Served()
    tensorflow.saved_model.save(served, str(tmp_path), signatures=served.serve)
    with tf.Graph().as_default(), tf.Session() as session:
        meta_graph = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], str(tmp_path))
        signature = meta_graph.signature_def["serving_default"]
        y = session.run(signature.outputs["y"].name, {signature.inputs["x"].name: [[1.0, 1.0]]})
    assert y.tolist() == [[6.0]]


def test_a_graph_is_saved_simply_and_loaded(tmp_path):
    folder = str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        y = model(x)
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, folder, {"x": x}, {"y": y})
    with tf.Graph().as_default(), tf.Session() as session:
        tf.saved_model.load(session, ["serve"], folder)
        assert session.run(y.name, {"x:0": [[1.0, 1.0]]}).tolist() == [[6.0]]
    assert tensorflow.saved_model.load(folder).signatures["serving_default"](tensorflow.ones([1, 2]))["y"] == 6.0


def test_a_graph_is_saved_by_a_builder(tmp_path):
    folder = str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        y = model(x)
        session.run(tf.global_variables_initializer())
        builder = tf.saved_model.builder.SavedModelBuilder(folder)
        signature = tf.saved_model.signature_def_utils.predict_signature_def({"x": x}, {"y": y})
        builder.add_meta_graph_and_variables(session, [tf.saved_model.tag_constants.SERVING], {"predict": signature})
        builder.save()
    assert tf.saved_model.loader.maybe_saved_model_directory(folder)
    net = tf.tracking.VariableTrackingScope("net")
    net.restore(f"{folder}/variables/variables")
    with net:
        assert model(tensorflow.ones([1, 2])).numpy().tolist() == [[6.0]]
=======
    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 2], tensorflow.float32)])
    def train(self, x):
        with self.net:
            loss = tf.reduce_mean(tf.square(model(x) - 1.0)) + tf.losses.get_regularization_loss()
            tf.train.AdamOptimizer(0.1).minimize(loss, global_step=tf.train.get_or_create_global_step())
            return loss


def test_a_module_that_holds_a_scope_is_saved_with_its_signatures(tmp_path):
    served = Served()
    served.train(tensorflow.constant(X))
    before = served.serve(tensorflow.constant(X))["y"].numpy()
    folder = str(tmp_path / "model")
    tensorflow.saved_model.save(served, folder, signatures={"serving_default": served.serve, "train": served.train})
    loaded = tensorflow.saved_model.load(folder)
    result = loaded.signatures["serving_default"](x=tensorflow.constant(X))["y"].numpy()
    assert (result == before).all()
    losses = [float(loaded.signatures["train"](x=tensorflow.constant(X))["output_0"]) for _ in range(3)]
    assert losses == sorted(losses, reverse=True)
    assert (loaded.serve(tensorflow.constant(X))["y"].numpy() != before).all()


def test_a_scopes_model_is_served_in_a_session_of_tf1s_kind(tmp_path):
    served = Served()
    folder = str(tmp_path / "model")
    tensorflow.saved_model.save(served, folder, signatures=served.serve)
    with tensorflow.Graph().as_default(), tf.Session() as session:
        graph = tf.saved_model.loader.load(session, ["serve"], folder)
        signature = graph.signature_def["serving_default"]
        assert session.run(signature.outputs["y"].name, {signature.inputs["x"].name: X}).tolist() == Y


def test_a_tracked_function_is_saved(tmp_path):
    tracked = tf.tracking.track(model)
    tracked(tensorflow.constant(X))
    serve = tensorflow.function(lambda x: tracked(x))
    tracked.serve = serve
    signature = serve.get_concrete_function(tensorflow.TensorSpec([None, 2], tensorflow.float32))
    folder = str(tmp_path / "model")
    tensorflow.saved_model.save(tracked, folder, signatures=signature)
    loaded = tensorflow.saved_model.load(folder)
    assert next(iter(loaded.signatures["serving_default"](tensorflow.constant(X)).values())).numpy().tolist() == Y


def test_outside_graph_mode_there_is_nothing_to_save_simply(tmp_path):
    with pytest.raises(RuntimeError, match="not supported in eager execution"):
        tf.saved_model.simple_save(None, str(tmp_path / "m"), {"x": tf.constant(1.0)}, {"y": tf.constant(1.0)})
>>>>>>> d491295 (Tests: moving averages in place of weights, SavedModels of graphs and of scopes, savers' files restored by TF 1.15)
