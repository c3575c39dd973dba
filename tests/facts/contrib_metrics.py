"""``tf.contrib.metrics``: streaming metrics by their old names, correlation, and what has no state."""

from facts.vocabulary import error_of, kind_of_error, names_of, steps


def _data(tf):
    labels = tf.constant([1.0, 0.0, 1.0, 1.0])
    predictions = tf.constant([0.9, 0.4, 0.2, 1.0])
    return predictions, labels


def _both(tf, pair):
    value, update = pair
    return [update, names_of(tf.local_variables())]


@steps(2)
def covariance(tf):
    predictions, labels = _data(tf)
    return _both(tf, tf.contrib.metrics.streaming_covariance(predictions, labels))


@steps(2)
def covariance_with_weights(tf):
    predictions, labels = _data(tf)
    return _both(tf, tf.contrib.metrics.streaming_covariance(predictions, labels, tf.constant([1.0, 2.0, 0.0, 3.0]), name="c"))


@steps(2)
def pearson_correlation(tf):
    predictions, labels = _data(tf)
    return _both(tf, tf.contrib.metrics.streaming_pearson_correlation(predictions, labels))


@steps(3)
def pearson_correlation_of_batches_that_differ(tf):
    predictions, labels = _data(tf)
    step = tf.get_variable("step", [], initializer=tf.zeros_initializer(), trainable=False)
    with tf.control_dependencies([tf.assign_add(step, 1.0)]):
        now = step.read_value()
    value, update = tf.contrib.metrics.streaming_pearson_correlation(
        predictions * now + now * now, labels - now, tf.constant([1.0, 2.0, 0.5, 1.0])
    )
    return [update]


def names_of_the_correlation(tf):
    predictions, labels = _data(tf)
    value, update = tf.contrib.metrics.streaming_pearson_correlation(
        predictions, labels, metrics_collections=["m"], updates_collections=["u"]
    )
    return [names_of([value, update]), names_of(tf.get_collection("m")), names_of(tf.get_collection("u"))]


@steps(2)
def error_rates(tf):
    predictions, labels = tf.constant([1, 0, 1, 0]), tf.constant([1, 1, 0, 0])
    m = tf.contrib.metrics
    return [
        m.streaming_false_negative_rate(predictions, labels)[1],
        m.streaming_false_positive_rate(predictions, labels, tf.constant([1.0, 2.0, 3.0, 4.0]))[1],
        names_of(tf.local_variables()),
    ]


@steps(2)
def f1(tf):
    predictions, labels = _data(tf)
    return _both(tf, tf.contrib.metrics.f1_score(labels, predictions, num_thresholds=11))


@steps(2)
def counting(tf):
    predictions, labels = _data(tf)
    m = tf.contrib.metrics
    return [m.count(predictions)[1], m.count(predictions, tf.constant([1.0, 0.0, 2.0, 0.5]))[1], names_of(tf.local_variables())]


@steps(2)
def means_and_errors(tf):
    predictions, labels = _data(tf)
    m = tf.contrib.metrics
    return [
        m.streaming_mean(predictions)[1],
        m.streaming_mean_tensor(predictions)[1],
        m.streaming_accuracy(predictions, labels)[1],
        m.streaming_mean_absolute_error(predictions, labels)[1],
        m.streaming_mean_squared_error(predictions, labels)[1],
        m.streaming_root_mean_squared_error(predictions, labels)[1],
        m.streaming_mean_relative_error(predictions, labels, tf.constant([1.0, 2.0, 1.0, 1.0]))[1],
        m.streaming_mean_cosine_distance(predictions, labels, 0)[1],
        m.streaming_percentage_less(predictions, 0.5)[1],
        m.streaming_mean_iou(tf.constant([0, 1, 1]), tf.constant([0, 1, 0]), 2)[1] + 0.0,
        names_of(tf.local_variables()),
    ]


@steps(2)
def conditions(tf):
    predictions, labels = tf.constant([1, 0, 1, 0]), tf.constant([1, 1, 0, 1])
    m = tf.contrib.metrics
    return [
        m.streaming_true_positives(predictions, labels)[1] + 0.0,
        m.streaming_true_negatives(predictions, labels)[1] + 0.0,
        m.streaming_false_positives(predictions, labels)[1] + 0.0,
        m.streaming_false_negatives(predictions, labels)[1] + 0.0,
        m.streaming_precision(predictions, labels)[1],
        m.streaming_recall(predictions, labels)[1],
        names_of(tf.local_variables()),
    ]


@steps(2)
def at_thresholds(tf):
    predictions, labels = _data(tf)
    m = tf.contrib.metrics
    return [
        m.streaming_auc(predictions, labels, num_thresholds=10)[1],
        m.streaming_auc(predictions, labels, num_thresholds=10, curve="PR")[1],
        m.streaming_precision_at_thresholds(predictions, labels, [0.3, 0.7])[1],
        m.streaming_recall_at_thresholds(predictions, labels, [0.3, 0.7])[1],
        m.streaming_sensitivity_at_specificity(predictions, labels, 0.5, num_thresholds=10)[1],
        m.streaming_specificity_at_sensitivity(predictions, labels, 0.5, num_thresholds=10)[1],
        m.streaming_true_positives_at_thresholds(predictions, labels, [0.3, 0.7])[1] + 0.0,
        m.streaming_false_negatives_at_thresholds(predictions, labels, [0.3, 0.7])[1] + 0.0,
        names_of(tf.local_variables()),
    ]


@steps(2)
def at_k(tf):
    scores = tf.constant([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])
    labels = tf.constant([[2], [0]], tf.int64)
    m = tf.contrib.metrics
    return [
        m.streaming_recall_at_k(scores, tf.constant([2, 0]), 1)[1],
        m.streaming_sparse_recall_at_k(scores, labels, 2)[1],
        m.streaming_sparse_precision_at_k(scores, labels, 2)[1],
        m.streaming_sparse_average_precision_at_k(scores, labels, 2)[1],
        m.streaming_sparse_precision_at_top_k(tf.constant([[1, 2], [0, 1]], tf.int64), labels)[1],
        m.sparse_recall_at_top_k(labels, tf.constant([[1, 2], [0, 1]], tf.int64))[1],
        names_of(tf.local_variables()),
    ]


def accuracy_of_a_batch(tf):
    m = tf.contrib.metrics
    a, b = tf.constant([1, 2, 3]), tf.constant([1, 3, 3])
    return [
        m.accuracy(a, b), m.accuracy(a, b, tf.constant([1.0, 2.0, 3.0])), m.accuracy(a, b, 2.0), m.confusion_matrix([0, 1, 1], [0, 0, 1]),
        kind_of_error(m.accuracy, tf.constant([1.0]), tf.constant([1.0])), kind_of_error(m.accuracy, a, tf.constant(["a", "b", "c"])),
    ]


def aggregated(tf):
    m = tf.contrib.metrics
    values, updates = m.aggregate_metrics(("a", "b"), ("c", "d"))
    named = m.aggregate_metric_map({"x": ("a", "b"), "y": ("c", "d")})
    return [values, updates, named[0], named[1], error_of(m.aggregate_metrics)]
