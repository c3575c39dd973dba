"""SavedModels: TF1's in graph mode, and those of a module that holds a tracking scope."""

import pytest
import tensorflow

import tf1compat_wd as tf


def model(x):
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

    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 2], tensorflow.float32)])
    def serve(self, x):
        with self.net:
            return {"y": model(x)}

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
