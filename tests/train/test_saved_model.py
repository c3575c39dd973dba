"""`tf.saved_model`: a scope in TensorFlow 2's, and TF1's builder, loader and `simple_save` in graphs."""

import tensorflow

import tf1compat_wd as tf


def model(x):
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

    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 2], tensorflow.float32)])
    def serve(self, x):
        with self.net:
            return {"y": model(x)}


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
