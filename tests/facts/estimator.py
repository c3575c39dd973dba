"""``tf.estimator``: the records that model functions read and return."""

from facts.vocabulary import error_of, kind_of_error


def mode_keys(tf):
    keys = tf.estimator.ModeKeys
    return [keys.TRAIN, keys.EVAL, keys.PREDICT]


def a_spec_for_training(tf):
    loss = tf.constant(2.0)
    spec = tf.estimator.EstimatorSpec(tf.estimator.ModeKeys.TRAIN, loss=loss, train_op=tf.identity(loss))
    return [
        spec.mode, spec.predictions, spec.loss, spec.eval_metric_ops, spec.export_outputs, len(spec.training_hooks),
        len(spec.training_chief_hooks), len(spec.evaluation_hooks), len(spec.prediction_hooks), list(spec._fields),
        isinstance(spec, tuple), isinstance(spec.scaffold, tf.train.Scaffold),
    ]


def a_spec_for_evaluation(tf):
    metrics = {"m": (tf.constant(1.0), tf.constant(2.0))}
    spec = tf.estimator.EstimatorSpec("eval", loss=tf.constant([3.0]), eval_metric_ops=metrics)
    return [spec.loss, spec.loss.shape.as_list(), sorted(spec.eval_metric_ops), spec.train_op, spec.export_outputs]


def a_spec_for_predictions(tf):
    spec = tf.estimator.EstimatorSpec("infer", predictions={"a": tf.constant(1.0)})
    return [spec.predictions, spec.loss, sorted(spec.export_outputs), spec.export_outputs["serving_default"].outputs]


def predictions_may_be_one_tensor(tf):
    spec = tf.estimator.EstimatorSpec(mode="infer", predictions=tf.constant([1.0, 2.0]))
    return [spec.predictions, spec.export_outputs["serving_default"].outputs]


def outputs_of_its_own(tf):
    outputs = {"mine": tf.estimator.export.PredictOutput({"a": tf.constant(1.0)})}
    spec = tf.estimator.EstimatorSpec("infer", predictions=tf.constant([1.0]), export_outputs=outputs)
    return sorted(spec.export_outputs)


def several_outputs_need_a_default(tf):
    output = tf.estimator.export.PredictOutput({"a": tf.constant(1.0)})
    return error_of(tf.estimator.EstimatorSpec, "infer", predictions=tf.constant([1.0]), export_outputs={"a": output, "b": output})


def what_is_missing(tf):
    spec = tf.estimator.EstimatorSpec
    loss = tf.constant(1.0)
    return [
        error_of(spec, "train", train_op=loss),
        error_of(spec, "eval"),
        error_of(spec, "infer"),
    ]


def what_is_of_another_kind(tf):
    spec = tf.estimator.EstimatorSpec
    loss = tf.constant(1.0)
    return [
        error_of(spec, "eval", loss=3.0),
        kind_of_error(spec, "eval", loss=tf.constant([1.0, 2.0])),
        error_of(spec, "infer", predictions={"a": 3}),
        error_of(spec, "eval", loss=loss, eval_metric_ops={"m": 3}),
        error_of(spec, "eval", loss=loss, eval_metric_ops=[3]),
        error_of(spec, "train", loss=loss, train_op=3),
        error_of(spec, "train", loss=loss, train_op=loss, training_hooks=[3]),
        error_of(spec, "train", loss=loss, train_op=loss, scaffold=3),
        error_of(spec, "infer", predictions=loss, export_outputs=3),
        error_of(spec, "infer", predictions=loss, export_outputs={"a": 3}),
    ]


def any_other_mode_is_taken(tf):
    return tf.estimator.EstimatorSpec("foo", predictions={"a": tf.constant(1.0)}).mode


def replacing_a_field(tf):
    loss = tf.constant(1.0)
    spec = tf.estimator.EstimatorSpec("eval", loss=loss)
    return [spec._replace(loss=loss * 3.0).loss, error_of(spec._replace, mode="train")]


def outputs_for_serving(tf):
    export = tf.estimator.export
    one = tf.constant([1.0])
    return [
        export.ClassificationOutput(scores=one).scores,
        export.ClassificationOutput(classes=tf.constant(["a"])).scores,
        export.RegressionOutput(one).value,
        export.PredictOutput(one).outputs,
        error_of(export.ClassificationOutput),
        kind_of_error(export.RegressionOutput, tf.constant([1])),
        isinstance(export.PredictOutput(one), export.ExportOutput),
    ]


# ------------------------------------------------------------------------------ the Estimator


def _estimator(tf, **arguments):
    """One weight, multiplied; in a folder of its own."""
    import tempfile

    def model_fn(features, labels, mode, params):
        w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
        y = features["x"] * w * params["factor"]
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions={"y": y, "x": features["x"]})
        loss = tf.reduce_mean((y - labels) ** 2)
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        metrics = {"mae": tf.metrics.mean_absolute_error(labels, y)}
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    return tf.estimator.Estimator(model_fn, tempfile.mkdtemp(), params={"factor": 1.0}, **arguments)


def _data(tf):
    def input_fn():
        return tf.data.Dataset.from_tensor_slices(({"x": [1.0, 2.0, 3.0]}, [2.0, 4.0, 6.0])).batch(1)

    return input_fn


def _numbers(results):
    return [(name, float(value)) for name, value in results.items()]


def estimator_trains_some_steps_and_evaluates_to_the_end_of_the_data(tf):
    estimator = _estimator(tf)
    estimator.train(_data(tf), steps=2)
    return float(estimator.get_variable_value("w")), _numbers(estimator.evaluate(_data(tf)))


def estimator_evaluates_some_batches(tf):
    estimator = _estimator(tf).train(_data(tf), steps=1)
    return _numbers(estimator.evaluate(_data(tf), steps=2, name="two"))


def estimator_trains_on_from_its_checkpoint(tf):
    estimator = _estimator(tf)
    steps = []
    for arguments in ({"max_steps": 2}, {"max_steps": 2}, {"max_steps": 4}, {"steps": 1}, {}):
        estimator.train(_data(tf), **arguments)
        steps.append(int(estimator.get_variable_value("global_step")))
    return steps, sorted(estimator.get_variable_names()), float(estimator.get_variable_value("w"))


def estimator_predicts_example_by_example_or_in_batches(tf):
    estimator = _estimator(tf).train(_data(tf), steps=2)
    one_by_one = [sorted((key, float(value)) for key, value in each.items()) for each in estimator.predict(_data(tf))]
    batches = [each["y"].tolist() for each in estimator.predict(_data(tf), ["y"], yield_single_examples=False)]
    return one_by_one, batches


def estimator_without_checkpoint_is_evaluated_as_it_is_initialized(tf):
    return _numbers(_estimator(tf).evaluate(_data(tf)))


def estimator_wants_one_kind_of_number_of_steps(tf):
    _estimator(tf).train(_data(tf), steps=1, max_steps=2)


def estimator_wants_steps(tf):
    _estimator(tf).train(_data(tf), steps=0)


def estimator_predicts_known_keys_only(tf):
    return list(_estimator(tf).train(_data(tf), steps=1).predict(_data(tf), ["z"]))


def estimator_refuses_a_model_function_without_features(tf):
    tf.estimator.Estimator(lambda x, mode: None, "/tmp/never")


def estimator_refuses_labels_that_the_model_function_does_not_take(tf):
    import tempfile

    tf.estimator.Estimator(lambda features, mode: None, tempfile.mkdtemp()).train(_data(tf), steps=1)


def run_config_by_default_saves_every_ten_minutes(tf):
    config = tf.estimator.RunConfig()
    return config.save_checkpoints_secs, config.save_checkpoints_steps, config.keep_checkpoint_max, config.is_chief


def run_config_replaces_seconds_by_steps(tf):
    config = tf.estimator.RunConfig().replace(save_checkpoints_steps=3)
    return config.save_checkpoints_secs, config.save_checkpoints_steps


def run_config_refuses_both_kinds_of_saving(tf):
    tf.estimator.RunConfig(save_checkpoints_steps=1, save_checkpoints_secs=2)


def train_and_evaluate_gives_the_last_evaluation(tf):
    train = tf.estimator.TrainSpec(lambda: _data(tf)().repeat(), max_steps=5)
    evaluate = tf.estimator.EvalSpec(_data(tf), steps=None)
    result, exports = tf.estimator.train_and_evaluate(_estimator(tf), train, evaluate)
    return _numbers(result), exports


def add_metrics_adds_to_those_of_the_model(tf):
    def biggest(labels, predictions):
        return {"mean_label": tf.metrics.mean(labels)}

    estimator = _estimator(tf).train(_data(tf), steps=1)
    return _numbers(tf.estimator.add_metrics(estimator, biggest).evaluate(_data(tf)))


def numpy_input_fn_goes_on_over_the_end_of_an_epoch(tf):
    import numpy as np

    arrays = {"x": np.array([1.0, 2.0, 3.0], np.float32)}
    data = tf.estimator.inputs.numpy_input_fn(arrays, batch_size=2, num_epochs=2, shuffle=False)
    estimator = _estimator(tf)
    return [each["x"].tolist() for each in estimator.predict(data, yield_single_examples=False)]


def numpy_input_fn_gives_labels(tf):
    import numpy as np

    arrays = {"x": np.array([1.0, 2.0, 3.0], np.float32)}
    labels = np.array([2.0, 4.0, 6.0], np.float32)
    data = tf.estimator.inputs.numpy_input_fn(arrays, labels, batch_size=3, shuffle=False)
    return _numbers(_estimator(tf).evaluate(data))


def numpy_input_fn_wants_to_know_about_shuffling(tf):
    import numpy as np

    tf.estimator.inputs.numpy_input_fn(np.zeros([2]))


def numpy_input_fn_refuses_arrays_of_different_lengths(tf):
    import numpy as np

    tf.estimator.inputs.numpy_input_fn({"a": np.zeros([2]), "b": np.zeros([3])}, shuffle=False)()


def exported_models_give_the_predictions(tf):
    estimator = _estimator(tf).train(_data(tf), steps=2)

    def receiver():
        x = tf.placeholder(tf.float32, [None], name="x_in")
        return tf.estimator.export.ServingInputReceiver({"x": x}, {"x": x})

    import tempfile

    folder = estimator.export_savedmodel(tempfile.mkdtemp(), receiver)
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, ["serve"], folder.decode())
        signature = loaded.signature_def["serving_default"]
        values = session.run(signature.outputs["y"].name, {signature.inputs["x"].name: [1.0, 2.0]})
    return values.tolist(), sorted(loaded.signature_def), sorted(signature.outputs), signature.method_name


def serving_input_receiver_names_single_tensors(tf):
    with tf.Graph().as_default():
        receiver = tf.estimator.export.ServingInputReceiver(tf.zeros([1]), tf.zeros([2]))
    return sorted(receiver.features), sorted(receiver.receiver_tensors)


# ------------------------------------------------------------------------- the TPUEstimator


def _tpu_estimator(tf, **arguments):
    import tempfile

    def model_fn(features, labels, mode, params):
        w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
        y = features["x"] * w + params["batch_size"] * (2.0 if params["use_tpu"] else 0.0)
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.contrib.tpu.TPUEstimatorSpec(mode, predictions={"y": y})
        loss = tf.reduce_mean((y - labels) ** 2)
        optimizer = tf.train.GradientDescentOptimizer(0.1)

        def metrics(labels, y):
            return {"mae": tf.metrics.mean_absolute_error(labels, y)}

        return tf.contrib.tpu.TPUEstimatorSpec(
            mode,
            loss=loss,
            train_op=optimizer.minimize(loss, tf.train.get_global_step()),
            eval_metrics=(metrics, [labels, y]),
            scaffold_fn=lambda: tf.train.Scaffold(),
        )

    config = tf.contrib.tpu.RunConfig(
        model_dir=tempfile.mkdtemp(), tpu_config=tf.contrib.tpu.TPUConfig(iterations_per_loop=5, num_shards=8)
    )
    return tf.contrib.tpu.TPUEstimator(model_fn, config=config, **arguments)


def _tpu_data(tf, epochs=None):
    def input_fn(params):
        data = tf.data.Dataset.from_tensor_slices(({"x": [1.0, 2.0, 3.0, 4.0]}, [2.0, 4.0, 6.0, 8.0]))
        return data.repeat(epochs).batch(params["batch_size"], drop_remainder=True)

    return input_fn


def tpu_estimator_without_tpu_tells_functions_the_batch_size(tf):
    estimator = _tpu_estimator(
        tf, use_tpu=False, train_batch_size=2, eval_batch_size=3, predict_batch_size=1, params={"rate": 1}
    )
    estimator.train(_tpu_data(tf), max_steps=4)
    predictions = [float(each["y"]) for each in estimator.predict(_tpu_data(tf, 1))]
    return _numbers(estimator.evaluate(_tpu_data(tf), steps=2)), predictions, estimator.params


def tpu_estimator_wants_a_config_of_its_own(tf):
    tf.contrib.tpu.TPUEstimator(lambda features: None, use_tpu=False, config=tf.estimator.RunConfig())


def tpu_estimator_wants_a_batch_size_for_tpus(tf):
    tf.contrib.tpu.TPUEstimator(lambda features: None, use_tpu=True, config=tf.contrib.tpu.RunConfig())


def tpu_config_keeps_what_it_is_given(tf):
    config = tf.contrib.tpu.TPUConfig(7, per_host_input_for_training=False)
    return tuple(config), tf.contrib.tpu.InputPipelineConfig.PER_HOST_V2


def tpu_config_wants_positive_numbers(tf):
    tf.contrib.tpu.TPUConfig(num_shards=0)


def tpu_estimator_spec_wants_a_pair_as_metrics(tf):
    tf.contrib.tpu.TPUEstimatorSpec("train", loss=1, eval_metrics=3)


def tpu_estimator_spec_wants_as_many_tensors_as_arguments(tf):
    tf.contrib.tpu.TPUEstimatorSpec("train", loss=1, eval_metrics=(lambda a: a, [1, 2]))
