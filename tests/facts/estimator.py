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
