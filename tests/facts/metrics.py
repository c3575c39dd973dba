"""`tf.metrics`: local variables, values and updates.

Evaluating `update_op` takes a batch into account; evaluating `value` doesn't, so it is asked for after `update_op`:
outside graphs both are the result after this batch. `_next` gives another batch at each step.
"""

from facts.vocabulary import error_of, kind_of_error, name_of, names_of, steps


def _next(tf, *columns):
    """Of each column the next row, each time that it is evaluated; from the first again after the last."""
    with tf.variable_scope(None, "batch"):
        step = tf.get_variable("step", [], tf.int32, initializer=tf.zeros_initializer(), trainable=False)
    row = tf.mod(tf.assign_add(step, 1) - 1, len(columns[0]))
    return [tf.gather(tf.constant(column), row) for column in columns]


def _local(tf):
    return [[v.name, v.shape, v.dtype.base_dtype, v] for v in tf.local_variables()]


_LABELS = [[0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]
_YES = [[False, True, True], [True, False, False], [True, True, False]]
_GUESSES = [[0.125, 0.75, 0.25], [0.5, 0.25, 0.625], [1.0, 0.0, 0.375]]
_WEIGHTS = [[1.0, 2.0, 0.5], [0.0, 1.0, 3.0], [0.25, 1.0, 0.0]]
_CLASSES = [[0, 1, 2, 1], [2, 2, 0, 1], [0, 0, 0, 1]]
_CHOSEN = [[0, 1, 1, 1], [2, 0, 0, 1], [0, 2, 0, 2]]


# Names, variables, collections


def the_mean_has_two_local_variables(tf):
    value, update = tf.metrics.mean(tf.constant([1.0, 3.0]))
    return [
        name_of(value),
        name_of(update),
        names_of(tf.local_variables()),
        names_of(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)),
        names_of(tf.global_variables()),
    ]


def the_update_takes_the_batch_into_account_and_the_value_shows_it(tf):
    value, update = tf.metrics.mean(tf.constant([1.0, 3.0]))
    return [update, value, _local(tf)]


@steps(4)
def the_mean_is_that_of_all_batches(tf):
    (batch,) = _next(tf, [[1.0, 3.0], [5.0, 5.0], [0.0, -2.0]])
    value, update = tf.metrics.mean(batch)
    return [update, value]


@steps(3)
def the_mean_weighs(tf):
    batch, weights = _next(tf, [[1.0, 3.0], [5.0, 5.0]], [[1.0, 0.0], [0.5, 2.0]])
    value, update = tf.metrics.mean(batch, weights)
    return [update, value, _local(tf)]


def metrics_are_counted_and_take_a_name(tf):
    x = tf.constant([1.0])
    with tf.variable_scope("a"):
        inside = tf.metrics.mean(x)
    results = [
        tf.metrics.mean(x),
        tf.metrics.mean(x),
        inside,
        tf.metrics.mean(x, name="b"),
        tf.metrics.mean(x, name="b"),
    ]
    return [[names_of(result) for result in results], names_of(tf.local_variables())]


def metrics_take_no_part_in_reuse(tf):
    x = tf.constant([1.0])
    with tf.variable_scope("a"):
        tf.metrics.mean(x)
    with tf.variable_scope("a", reuse=True):
        tf.metrics.mean(x)
    return names_of(tf.local_variables())


def values_and_updates_are_collected_on_demand(tf):
    x = tf.constant([1.0, 3.0])
    tf.metrics.mean(x, metrics_collections=["m"], updates_collections=["u", "v"])
    tf.metrics.accuracy(x, x, None, "m", "u")
    tf.metrics.precision(x, x, None, "m", "u")
    tf.metrics.true_positives(x, x, None, "m", "u")
    tf.metrics.root_mean_squared_error(x, x, None, "m", "u")
    tf.metrics.mean_cosine_distance(x, x, 0, None, "m", "u")
    tf.metrics.auc(x > 1, x / 3, None, 5, "m", "u")
    tf.metrics.mean_iou(tf.constant([1]), tf.constant([1]), 2, None, "m", "u")
    tf.metrics.recall_at_k(tf.constant([1], tf.int64), tf.constant([[1.0, 2.0]]), 1, None, None, "m", "u")
    return [len(tf.get_collection(key)) for key in "muv"] + [names_of(tf.get_collection("m"))]


def each_metric_has_variables_of_its_own(tf):
    m, labels, yes, guesses = tf.metrics, tf.constant(_LABELS[0]), tf.constant(_YES[0]), tf.constant(_GUESSES[0])
    classes, chosen = tf.constant(_CLASSES[0]), tf.constant(_CHOSEN[0])
    every = [
        m.accuracy(labels, guesses),
        m.mean_tensor(guesses),
        m.mean_absolute_error(labels, guesses),
        m.mean_squared_error(labels, guesses),
        m.root_mean_squared_error(labels, guesses),
        m.mean_relative_error(labels, guesses, labels),
        m.mean_cosine_distance(labels, guesses, 0),
        m.percentage_below(guesses, 0.5),
        m.mean_per_class_accuracy(classes, chosen, 3),
        m.mean_iou(classes, chosen, 3),
        m.precision(yes, guesses),
        m.recall(yes, guesses),
        m.true_positives(yes, guesses),
        m.true_negatives(yes, guesses),
        m.false_positives(yes, guesses),
        m.false_negatives(yes, guesses),
        m.precision_at_thresholds(yes, guesses, [0.5]),
        m.recall_at_thresholds(yes, guesses, [0.5]),
        m.true_positives_at_thresholds(yes, guesses, [0.5]),
        m.true_negatives_at_thresholds(yes, guesses, [0.5]),
        m.false_positives_at_thresholds(yes, guesses, [0.5]),
        m.false_negatives_at_thresholds(yes, guesses, [0.5]),
        m.auc(yes, guesses, num_thresholds=3),
        m.sensitivity_at_specificity(yes, guesses, 0.5, num_thresholds=3),
        m.specificity_at_sensitivity(yes, guesses, 0.5, num_thresholds=3),
    ]
    variables = [[v.name, v.shape, v.dtype.base_dtype] for v in tf.local_variables()]
    shapes = [[t.dtype.base_dtype, t.shape] for pair in every for t in pair]
    return [variables, shapes, len(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES))]


def each_metric_names_its_value_and_its_update(tf):
    m, labels, yes, guesses = tf.metrics, tf.constant(_LABELS[0]), tf.constant(_YES[0]), tf.constant(_GUESSES[0])
    classes, chosen = tf.constant(_CLASSES[0]), tf.constant(_CHOSEN[0])
    every = [
        m.mean_tensor(guesses),
        m.root_mean_squared_error(labels, guesses),
        m.mean_cosine_distance(labels, guesses, 0),
        m.mean_per_class_accuracy(classes, chosen, 3),
        m.mean_iou(classes, chosen, 3),
        m.recall(yes, guesses),
        m.true_positives(yes, guesses),
        m.precision_at_thresholds(yes, guesses, [0.5]),
        m.recall_at_thresholds(yes, guesses, [0.5]),
        m.false_negatives_at_thresholds(yes, guesses, [0.5]),
        m.auc(yes, guesses),
        m.auc(yes, guesses, curve="PR", summation_method="careful_interpolation"),
        m.specificity_at_sensitivity(yes, guesses, 0.5),
    ]
    return [names_of(pair) for pair in every]


def metrics_of_the_highest_name_k_and_the_class(tf):
    m = tf.metrics
    labels, guesses, chosen = tf.constant([[0, 1]], tf.int64), tf.constant([[0.5, 0.25, 0.75]]), tf.constant([[0, 2]])
    every = [
        m.recall_at_k(labels, guesses, 2),
        m.recall_at_k(labels, guesses, 2),
        m.recall_at_k(labels, guesses, 1, class_id=1),
        m.recall_at_top_k(labels, chosen),
        m.recall_at_top_k(labels, chosen, 2, class_id=0),
        m.precision_at_k(labels, guesses, 2),
        m.precision_at_k(labels, guesses, 2, name="mine"),
        m.precision_at_top_k(labels, chosen, class_id=0),
        m.sparse_precision_at_k(labels, guesses, 3),
        m.average_precision_at_k(labels, guesses, 2),
        m.average_precision_at_k(labels, guesses, 2),
        m.sparse_average_precision_at_k(labels, guesses, 1, name="other"),
    ]
    variables = [[v.name, v.shape, v.dtype.base_dtype] for v in tf.local_variables()]
    return [[[names_of(pair), pair[0].dtype, pair[0].shape] for pair in every], variables]


# Means


@steps(4)
def accuracy_of_several_batches(tf):
    classes, chosen = _next(tf, _CLASSES, _CHOSEN)
    value, update = tf.metrics.accuracy(classes, chosen)
    return [update, value]


@steps(4)
def accuracy_weighs(tf):
    classes, chosen, weights = _next(tf, _CLASSES, _CHOSEN, [[1.0, 0.0, 2.0, 0.5]] * 3)
    value, update = tf.metrics.accuracy(classes, chosen, weights)
    return [update, value]


@steps(4)
def mean_tensor_of_several_batches(tf):
    guesses, weights = _next(tf, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.mean_tensor(guesses, weights)
    return [update, value, _local(tf)]


@steps(4)
def mean_absolute_error_of_several_batches(tf):
    labels, guesses, weights = _next(tf, _LABELS, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.mean_absolute_error(labels, guesses, weights)
    return [update, value]


@steps(4)
def mean_squared_error_of_several_batches(tf):
    labels, guesses, weights = _next(tf, _LABELS, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.mean_squared_error(labels, guesses, weights)
    return [update, value]


@steps(4)
def root_mean_squared_error_of_several_batches(tf):
    labels, guesses, weights = _next(tf, _LABELS, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.root_mean_squared_error(labels, guesses, weights)
    return [update, value]


@steps(4)
def mean_relative_error_of_several_batches(tf):
    labels, guesses, normalizer = _next(tf, _LABELS, _GUESSES, [[2.0, 0.0, 0.5]] * 3)
    value, update = tf.metrics.mean_relative_error(labels, guesses, normalizer)
    return [update, value]


@steps(4)
def mean_cosine_distance_of_several_batches(tf):
    labels, guesses, weights = _next(tf, [_LABELS, _GUESSES], [_GUESSES, _LABELS], [[1.0, 0.5, 0.0], [1.0, 1.0, 2.0]])
    value, update = tf.metrics.mean_cosine_distance(labels, guesses, 1, weights)
    return [update, value]


@steps(4)
def percentage_below_of_several_batches(tf):
    guesses, weights = _next(tf, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.percentage_below(guesses, 0.5, weights)
    return [update, value]


@steps(4)
def mean_per_class_accuracy_of_several_batches(tf):
    classes, chosen = _next(tf, _CLASSES, _CHOSEN)
    value, update = tf.metrics.mean_per_class_accuracy(classes, chosen, 4)
    return [update, value, _local(tf)]


@steps(4)
def mean_per_class_accuracy_weighs(tf):
    classes, chosen, weights = _next(tf, _CLASSES, _CHOSEN, [[1.0, 0.0, 2.0, 0.5]] * 3)
    value, update = tf.metrics.mean_per_class_accuracy(classes, chosen, 3, weights)
    return [update, value, _local(tf)]


@steps(4)
def mean_iou_of_several_batches(tf):
    classes, chosen = _next(tf, _CLASSES, _CHOSEN)
    value, update = tf.metrics.mean_iou(classes, chosen, 4)
    return [update, value, _local(tf)]


@steps(4)
def mean_iou_weighs(tf):
    classes, chosen, weights = _next(tf, _CLASSES, _CHOSEN, [[1.0, 0.0, 2.0, 0.5]] * 3)
    value, update = tf.metrics.mean_iou(classes, chosen, 3, weights)
    return [update, value]


def mean_iou_takes_more_axes(tf):
    classes, chosen = tf.constant([[0, 1], [2, 1]]), tf.constant([[0, 1], [1, 1]])
    weights = tf.constant([[1.0, 2.0], [3.0, 0.0]])
    pairs = [tf.metrics.mean_iou(classes, chosen, 3), tf.metrics.mean_iou(classes, chosen, 3, weights)]
    return [[update, value] for value, update in pairs]


# Weights and shapes


def _mean(tf, values, weights):
    value, update = tf.metrics.mean(values, weights)
    return [update, value]


def weights_of_a_mean_fit_with_an_axis_more_or_less(tf):
    matrix, column, vector = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[1.0], [2.0]]), tf.constant([1.0, 2.0])
    return [
        _mean(tf, matrix, 2.0),
        _mean(tf, matrix, 0.0),
        _mean(tf, matrix, vector),
        _mean(tf, matrix, column),
        _mean(tf, matrix, [[1.0, 0.0]]),
        _mean(tf, column, vector),
        _mean(tf, vector, column),
        _mean(tf, vector, [1, 3]),
    ]


def weights_of_a_mean_that_do_not_fit_are_refused(tf):
    matrix, vector = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([1.0, 2.0])
    return [
        error_of(tf.metrics.mean, matrix, [1.0, 2.0, 3.0]),
        error_of(tf.metrics.mean, matrix, [[1.0, 2.0, 3.0]]),
        error_of(tf.metrics.mean, matrix, [[[[1.0]]]]),
        error_of(tf.metrics.mean, vector, [[1.0, 3.0]], name="m"),
        error_of(tf.metrics.mean, None),
    ]


def a_mean_of_negative_weights_is_0(tf):
    return _mean(tf, [1.0, 2.0], -1.0)


def a_mean_of_nothing_is_0(tf):
    return _mean(tf, tf.zeros([0]), None)


def a_mean_is_float32(tf):
    every = [tf.constant([1, 2]), tf.constant([True, False]), tf.constant([1.0, 2.0], tf.float64)]
    return [_mean(tf, values, None) + [tf.metrics.mean(values)[0].dtype] for values in every]


def a_mean_of_shapes_that_are_not_known(tf):
    matrix = tf.placeholder_with_default([[1.0, 2.0], [3.0, 4.0]], None)
    vector = tf.placeholder_with_default([1.0, 2.0], None)
    column = tf.placeholder_with_default([[1.0], [2.0]], None)
    return [_mean(tf, matrix, vector), _mean(tf, matrix, column), _mean(tf, matrix, 2.0), _mean(tf, matrix, None)]


def labels_and_predictions_may_differ_in_a_last_axis_of_1(tf):
    column, vector = tf.constant([[1], [2], [3]]), tf.constant([1, 2, 0])
    function = tf.metrics.accuracy
    pairs = [
        function(column, vector),
        function(vector, column),
        function(column, vector, weights=[[1.0], [1.0], [0.0]]),
        function(column, vector, weights=[1.0, 1.0, 0.0]),
        function(vector, column, weights=tf.constant([[0.0], [1.0], [0.5]])),
        function(tf.placeholder_with_default([[1], [2], [3]], None), tf.placeholder_with_default([1, 2, 0], None)),
    ]
    return [[update, value] for value, update in pairs]


def labels_and_predictions_of_other_shapes_are_refused(tf):
    three, two = tf.constant([1.0, 0.0, 1.0]), tf.constant([1.0, 0.0])
    metrics = tf.metrics
    functions = [
        metrics.accuracy,
        metrics.mean_squared_error,
        metrics.mean_absolute_error,
        metrics.true_positives,
        metrics.precision,
        metrics.auc,
    ]
    return [error_of(f, three, two) for f in functions]


def predictions_with_a_last_axis_that_is_not_1_are_refused(tf):
    return error_of(tf.metrics.accuracy, tf.constant([1.0, 0.0, 1.0]), tf.constant([[1.0, 0.0, 1.0]]))


def predictions_of_another_dtype_are_converted_for_accuracy(tf):
    value, update = tf.metrics.accuracy(tf.constant([1, 2, 3]), tf.constant([1.0, 2.75, 3.25]))
    other, update2 = tf.metrics.accuracy(tf.constant(["a", "b"]), tf.constant(["a", "c"]))
    return [update, value, update2, other]


def classes_may_be_floats(tf):
    labels, predictions = tf.constant([0.0, 1.0, 2.0]), tf.constant([0.0, 1.5, 1.0])
    pairs = [tf.metrics.mean_iou(labels, predictions, 3), tf.metrics.mean_per_class_accuracy(labels, predictions, 3)]
    return [[update, value] for value, update in pairs]


# Predictions of yes or no


@steps(4)
def precision_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, [[0, 1, 1], [0, 0, 1], [1, 1, 1]], _WEIGHTS)
    value, update = tf.metrics.precision(yes, guesses, weights)
    return [update, value, _local(tf)]


@steps(4)
def recall_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, [[0, 1, 0], [0, 0, 1], [1, 1, 1]], _WEIGHTS)
    value, update = tf.metrics.recall(yes, guesses, weights)
    return [update, value, _local(tf)]


def _counts(tf, *suffix):
    conditions = ["true_positives", "true_negatives", "false_positives", "false_negatives"]
    return [getattr(tf.metrics, condition + "".join(suffix)) for condition in conditions]


@steps(4)
def true_positives_of_several_batches(tf):
    yes, guesses = _next(tf, _YES, [[0, 1, 0], [0, 0, 1], [1, 1, 1]])
    value, update = tf.metrics.true_positives(yes, guesses)
    return [update + 0.0, value]


@steps(4)
def false_negatives_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, [[0, 1, 0], [0, 0, 1], [1, 1, 1]], _WEIGHTS)
    value, update = tf.metrics.false_negatives(yes, guesses, weights)
    return [update + 0.0, value]


def all_four_counts(tf):
    yes, guesses = tf.constant([True, True, False, False, True]), tf.constant([1, 0, 1, 0, 1])
    every = [None, 3.0, [1.0, 2.0, 4.0, 8.0, 16.0]]
    results = [[f(yes, guesses, weights) for f in _counts(tf)] for weights in every]
    return [[[update + 0.0, value] for value, update in result] for result in results]


def counts_convert_to_bool(tf):
    value, update = tf.metrics.true_positives(tf.constant([0.0, 1.0, 2.0]), tf.constant([0.0, 0.25, 1.0]))
    return [update + 0.0, value]


def counts_weigh_as_far_as_weights_broadcast(tf):
    yes, guesses, function = tf.constant([[0.0, 1.0, 2.0]]), tf.constant([[0.0, 0.25, 1.0]]), tf.metrics.true_positives
    pairs = [function(yes, guesses, weights) for weights in [[[2.0]], [2.0], [[1.0, 2.0, 4.0]]]]
    return [[update + 0.0, value] for value, update in pairs]


def weights_of_counts_that_do_not_fit_are_refused(tf):
    vector, function = tf.constant([0.0, 1.0, 2.0]), tf.metrics.true_positives
    every = [[[1.0, 2.0, 3.0]], [1.0, 2.0]]
    return [error_of(function, vector, vector, weights, name="m") for weights in every]


def precision_and_recall_of_nothing_are_0(tf):
    no = tf.constant([0, 0])
    pairs = [tf.metrics.precision(no, no), tf.metrics.recall(no, no)]
    return [[update, value] for value, update in pairs]


# Thresholds


@steps(4)
def true_positives_at_thresholds_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.true_positives_at_thresholds(yes, guesses, [0.125, 0.5, 0.75], weights)
    return [update + 0.0, value]


def all_four_counts_at_thresholds(tf):
    yes, guesses = tf.constant(_YES), tf.constant(_GUESSES)
    every = [None, 3.0, [1.0, 2.0, 4.0], [[1.0], [0.5], [0.0]], _WEIGHTS]
    results = [[f(yes, guesses, (0.25, 0.5), weights) for f in _counts(tf, "_at_thresholds")] for weights in every]
    return [[[update + 0.0, value] for value, update in result] for result in results]


@steps(4)
def precision_at_thresholds_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.precision_at_thresholds(yes, guesses, [0.125, 0.5, 0.75], weights)
    return [update, value, _local(tf)]


@steps(4)
def recall_at_thresholds_of_several_batches(tf):
    yes, guesses = _next(tf, _YES, _GUESSES)
    value, update = tf.metrics.recall_at_thresholds(yes, guesses, [0.125, 0.5, 0.75])
    return [update, value, _local(tf)]


@steps(4)
def auc_of_several_batches(tf):
    yes, guesses = _next(tf, _YES, _GUESSES)
    value, update = tf.metrics.auc(yes, guesses)
    return [update, value]


@steps(4)
def auc_weighs(tf):
    yes, guesses, weights = _next(tf, _YES, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.auc(yes, guesses, weights, num_thresholds=6)
    return [update, value, _local(tf)]


@steps(4)
def auc_of_precision_and_recall(tf):
    yes, guesses = _next(tf, _YES, _GUESSES)
    value, update = tf.metrics.auc(yes, guesses, curve="PR")
    return [update, value]


@steps(4)
def auc_interpolates_carefully(tf):
    yes, guesses, weights = _next(tf, _YES, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.auc(yes, guesses, weights, curve="PR", summation_method="careful_interpolation")
    return [update, value]


def auc_sums_in_several_ways(tf):
    yes, guesses, found = tf.constant(_YES), tf.constant(_GUESSES), []
    for curve in ["ROC", "PR"]:
        for method in ["trapezoidal", "minoring", "majoring", "careful_interpolation"]:
            value, update = tf.metrics.auc(yes, guesses, num_thresholds=5, curve=curve, summation_method=method)
            found.append([update, value])
    return found


def auc_takes_thresholds_and_adds_the_ends(tf):
    yes, guesses = tf.constant(_YES), tf.constant(_GUESSES)
    value, update = tf.metrics.auc(yes, guesses, thresholds=[0.5, 0.25])
    return [update, value, _local(tf)]


def auc_with_two_thresholds(tf):
    value, update = tf.metrics.auc(tf.constant(_YES), tf.constant(_GUESSES), num_thresholds=2)
    return [update, value]


def auc_of_an_unknown_curve_or_method_is_refused(tf):
    yes, guesses = tf.constant(_YES), tf.constant(_GUESSES)
    return [
        error_of(tf.metrics.auc, yes, guesses, curve="X"),
        error_of(tf.metrics.auc, yes, guesses, summation_method="X"),
    ]


def predictions_for_thresholds_are_from_0_to_1(tf):
    return kind_of_error(tf.metrics.auc, tf.constant([True, False]), tf.constant([0.5, 1.5]))


@steps(4)
def sensitivity_at_specificity_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.sensitivity_at_specificity(yes, guesses, 0.75, weights)
    return [update, value]


@steps(4)
def specificity_at_sensitivity_of_several_batches(tf):
    yes, guesses, weights = _next(tf, _YES, _GUESSES, _WEIGHTS)
    value, update = tf.metrics.specificity_at_sensitivity(yes, guesses, 0.5, weights, num_thresholds=11)
    return [update, value]


def sensitivity_and_specificity_are_from_0_to_1(tf):
    yes, guesses = tf.constant(_YES), tf.constant(_GUESSES)
    return [
        error_of(tf.metrics.sensitivity_at_specificity, yes, guesses, 1.5),
        error_of(tf.metrics.specificity_at_sensitivity, yes, guesses, -0.5),
    ]


# The k highest predictions

_SCORES = [[0.125, 0.5, 0.25, 0.0], [0.625, 0.25, 0.125, 0.0625]]


def _at_k(tf):
    return [tf.metrics.recall_at_k, tf.metrics.precision_at_k]


@steps(3)
def recall_at_k_of_several_batches(tf):
    labels, scores = _next(tf, [[[1, 3], [0, 2]], [[0, 1], [3, 2]]], [_SCORES, _SCORES[::-1]])
    value, update = tf.metrics.recall_at_k(tf.cast(labels, tf.int64), scores, 2, weights=[1.0, 0.5])
    return [update, value, _local(tf)]


@steps(3)
def precision_at_k_of_several_batches(tf):
    labels, scores = _next(tf, [[[1, 3], [0, 2]], [[0, 1], [3, 2]]], [_SCORES, _SCORES[::-1]])
    value, update = tf.metrics.precision_at_k(tf.cast(labels, tf.int64), scores, 3, weights=[1.0, 0.5])
    return [update, value, _local(tf)]


@steps(3)
def average_precision_at_k_of_several_batches(tf):
    labels, scores = _next(tf, [[[1, 3], [0, 2]], [[0, 1], [3, 2]]], [_SCORES, _SCORES[::-1]])
    value, update = tf.metrics.average_precision_at_k(tf.cast(labels, tf.int64), scores, 3, weights=[1.0, 0.5])
    return [update, value, _local(tf)]


def labels_at_k_may_be_one_for_each_example(tf):
    labels, scores = tf.constant([1, 2], tf.int64), tf.constant(_SCORES)
    pairs = [f(labels, scores, 2) for f in _at_k(tf) + [tf.metrics.average_precision_at_k]]
    return [[update, value] for value, update in pairs]


def labels_at_k_may_be_sparse(tf):
    numbers = tf.constant([1, 3, 2], tf.int64)
    labels = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], numbers, [2, 2])
    functions = _at_k(tf) + [tf.metrics.average_precision_at_k]
    pairs = [f(labels, _SCORES, 2) for f in functions] + [f(labels, _SCORES, 2, weights=[1.0, 3.0]) for f in functions]
    return [[update, value] for value, update in pairs]


def labels_at_k_that_are_no_classes_are_not_found(tf):
    labels = tf.constant([[1, 9], [-1, 0]], tf.int64)
    pairs = [f(labels, _SCORES, 2) for f in _at_k(tf) + [tf.metrics.average_precision_at_k]]
    return [[update, value] for value, update in pairs]


def labels_at_k_that_stand_twice_count_once(tf):
    labels = tf.constant([[1, 1, 2], [0, 3, 3]], tf.int64)
    pairs = [f(labels, _SCORES, 2) for f in _at_k(tf) + [tf.metrics.average_precision_at_k]]
    return [[update, value] for value, update in pairs]


def labels_at_k_are_int64(tf):
    labels = tf.constant([[1], [2]])
    functions = _at_k(tf)
    wrong = [error_of(f, labels, _SCORES, 2) for f in functions]
    return wrong + [kind_of_error(tf.metrics.average_precision_at_k, labels, _SCORES, 2)]


def one_class_at_k(tf):
    labels = tf.constant([[1, 9], [0, 1]], tf.int64)
    numbers = tf.constant([1, 3, 2], tf.int64)
    sparse = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], numbers, [2, 2])
    pairs = [f(given, _SCORES, 2, class_id=c) for f in _at_k(tf) for given in [labels, sparse] for c in [0, 1, 3]]
    return [[update, value] for value, update in pairs]


def metrics_at_k_take_more_axes(tf):
    labels, scores = tf.constant([[[1, 2], [0, 3]]], tf.int64), tf.constant([_SCORES])
    functions = _at_k(tf) + [tf.metrics.average_precision_at_k]
    every = [None, 2.0, [[1.0, 2.0]], [[1.0]]]
    pairs = [f(labels, scores, 2, weights=weights) for f in functions for weights in every]
    return [[update, value] for value, update in pairs]


def metrics_at_k_of_shapes_that_are_not_known(tf):
    scores = tf.placeholder_with_default(tf.constant(_SCORES), None)
    one = tf.placeholder_with_default(tf.constant([1, 0], tf.int64), None)
    more = tf.placeholder_with_default(tf.constant([[1], [0]], tf.int64), None)
    pairs = [f(labels, scores, 2) for f in _at_k(tf) for labels in [one, more]]
    return [[update, value] for value, update in pairs]


def chosen_classes_may_stand_twice(tf):
    labels, chosen = tf.constant([1, 2], tf.int64), tf.constant([[1, 1], [0, 2]])
    pairs = [tf.metrics.recall_at_top_k(labels, chosen), tf.metrics.precision_at_top_k(labels, chosen)]
    return [[update, value] for value, update in pairs]


def metrics_at_k_of_nothing_are_not_a_number(tf):
    nothing = tf.SparseTensor(tf.zeros([0, 2], tf.int64), tf.zeros([0], tf.int64), [2, 2])
    pairs = [f(nothing, _SCORES, 2) for f in _at_k(tf) + [tf.metrics.average_precision_at_k]]
    return [[str(t.dtype), tf.is_nan(t)] for pair in pairs for t in pair[::-1]]


def average_precision_needs_a_k(tf):
    return error_of(tf.metrics.average_precision_at_k, tf.constant([[1], [2]], tf.int64), _SCORES, 0)


# Beginning anew


@steps(3)
def local_variables_initializer_sets_metrics_back(tf):
    update = tf.metrics.mean(tf.constant([2.0, 4.0]), [1.0, 3.0])[1]
    total, count = tf.local_variables()
    return [update, total + 0.0, tf.local_variables_initializer(), total.read_value(), count.read_value()]


def local_variables_initializer_gives_the_initial_value_back(tf):
    own = tf.get_local_variable("own", [2], initializer=tf.constant_initializer(3.0))
    plain = tf.Variable([1, 2], collections=["local_variables"], trainable=False)
    other = tf.get_variable("other", [], initializer=tf.ones_initializer())
    changes = [tf.assign(own, [5.0, 6.0]) + 0.0, tf.assign(plain, [7, 8]) + 0, tf.assign(other, 9.0) + 0.0]
    return [changes, tf.local_variables_initializer(), own.read_value(), plain.read_value(), other.read_value()]


def variables_initializer_sets_back_the_metric_that_it_is_given(tf):
    first, second = tf.metrics.mean(tf.constant([2.0]), name="a"), tf.metrics.mean(tf.constant([3.0]), name="b")
    of_a = tf.get_collection(tf.GraphKeys.LOCAL_VARIABLES, scope="a")
    before = [first[1], second[1]]
    return [before, tf.variables_initializer(of_a), [v.read_value() for v in tf.local_variables()]]
