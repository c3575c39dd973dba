"""`tf.losses`: the collected losses and their sums, and the functions that collect them."""

from facts.vocabulary import error_of, name_of, names_of


def _regularized(tf, name="w"):
    return tf.get_variable(name, [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)


# Collections of losses


def add_loss_collects_it(tf):
    with tf.name_scope("n"):
        loss = tf.constant(1.0, name="q")
    tf.losses.add_loss(loss)
    return [names_of(tf.losses.get_losses()), tf.losses.get_losses()]


def add_loss_takes_another_collection(tf):
    tf.losses.add_loss(tf.constant(1.0), "mine")
    return [len(tf.losses.get_losses()), tf.losses.get_losses(loss_collection="mine")]


def add_loss_to_no_collection_does_nothing(tf):
    tf.losses.add_loss(tf.constant(1.0), None)
    return tf.losses.get_losses()


def get_losses_takes_a_scope(tf):
    for name in ["a", "b"]:
        with tf.name_scope(name):
            tf.losses.add_loss(tf.constant(1.0, name="loss"))
    return [names_of(tf.losses.get_losses("a")), len(tf.losses.get_losses("b")), len(tf.losses.get_losses("z"))]


def get_regularization_losses_takes_a_scope(tf):
    for name in ["a", "b"]:
        with tf.variable_scope(name):
            _regularized(tf)
    return [names_of(tf.losses.get_regularization_losses()), names_of(tf.losses.get_regularization_losses("b"))]


def get_regularization_losses_is_the_collection(tf):
    _regularized(tf)
    tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, tf.constant(5.0))
    return tf.losses.get_regularization_losses()


def get_regularization_losses_without_any_is_an_empty_list(tf):
    return tf.losses.get_regularization_losses()


# Sums


def get_regularization_loss_is_their_sum(tf):
    for name in ["a", "b"]:
        _regularized(tf, name)
    loss = tf.losses.get_regularization_loss()
    return [name_of(loss), loss]


def get_regularization_loss_without_any_is_a_zero(tf):
    loss = tf.losses.get_regularization_loss()
    return [loss, loss.dtype]


def get_regularization_loss_takes_a_scope_and_a_name(tf):
    for name in ["a", "b"]:
        with tf.variable_scope(name):
            _regularized(tf)
    loss = tf.losses.get_regularization_loss("a", name="mine")
    return [name_of(loss), loss]


def get_regularization_loss_is_made_anew_each_time(tf):
    _regularized(tf)
    return [name_of(tf.losses.get_regularization_loss()) for _ in range(2)]


def get_regularization_loss_of_two_dtypes_is_refused(tf):
    _regularized(tf)
    tf.get_variable("v", [2], dtype=tf.float64, initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    return error_of(tf.losses.get_regularization_loss) != "no error"


def get_total_loss_adds_both_kinds(tf):
    _regularized(tf)
    tf.losses.add_loss(tf.constant(10.0))
    loss = tf.losses.get_total_loss()
    return [name_of(loss), loss]


def get_total_loss_may_leave_out_the_regularization(tf):
    _regularized(tf)
    tf.losses.add_loss(tf.constant(10.0))
    return tf.losses.get_total_loss(add_regularization_losses=False)


def get_total_loss_takes_a_name_and_a_scope(tf):
    with tf.variable_scope("a"):
        _regularized(tf)
        tf.losses.add_loss(tf.constant(10.0, name="loss"))
    tf.losses.add_loss(tf.constant(100.0))
    loss = tf.losses.get_total_loss(name="mine", scope="a")
    return [name_of(loss), loss]


def get_total_loss_without_losses_is_refused(tf):
    tf.losses.get_total_loss()


def get_total_loss_of_regularization_only_is_fine(tf):
    _regularized(tf)
    return tf.losses.get_total_loss()


# The functions


def mean_squared_error_is_named_value_and_collected(tf):
    loss = tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]))
    return [name_of(loss), names_of(tf.get_collection("losses")), loss]


def a_loss_of_no_collection_is_not_collected(tf):
    tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]), loss_collection=None)
    return tf.get_collection("losses")


def a_loss_of_another_collection_is_collected_there(tf):
    tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]), loss_collection="mine")
    return [tf.get_collection("losses"), tf.get_collection("mine")]


def the_scope_argument_is_in_the_name(tf):
    with tf.variable_scope("a"):
        named = tf.losses.absolute_difference(tf.ones([2]), tf.zeros([2]), scope="mine")
        unnamed = tf.losses.log_loss(tf.ones([2]), tf.zeros([2]))
    return [name_of(named), name_of(unnamed)]


def losses_are_named_after_their_function_and_counted(tf):
    return [name_of(tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]))) for _ in range(2)]


def the_values_of_the_common_losses(tf):
    labels = tf.constant([[0.0, 1.0], [1.0, 0.0]])
    predictions = tf.constant([[0.1, 0.8], [0.7, 0.2]])
    return [
        tf.losses.mean_squared_error(labels, predictions),
        tf.losses.absolute_difference(labels, predictions),
        tf.losses.log_loss(labels, predictions),
        tf.losses.huber_loss(labels, predictions, delta=0.25),
        tf.losses.hinge_loss(labels, predictions),
        tf.losses.mean_pairwise_squared_error(labels, predictions),
        tf.losses.cosine_distance(labels, predictions, axis=1),
        tf.losses.sigmoid_cross_entropy(labels, predictions),
        tf.losses.softmax_cross_entropy(labels, predictions),
        tf.losses.sparse_softmax_cross_entropy(tf.constant([1, 0]), predictions),
    ]


def weights_scale_a_loss(tf):
    labels = tf.constant([[0.0, 1.0], [1.0, 0.0]])
    predictions = tf.constant([[0.1, 0.8], [0.7, 0.2]])
    return [
        tf.losses.mean_squared_error(labels, predictions, weights=2.0),
        tf.losses.mean_squared_error(labels, predictions, weights=[[1.0], [0.0]]),
        tf.losses.mean_squared_error(labels, predictions, weights=0.0),
    ]


def reductions_sum_average_or_keep(tf):
    labels, predictions = tf.ones([2, 2]), tf.zeros([2, 2])
    reductions = [
        tf.losses.Reduction.SUM,
        tf.losses.Reduction.MEAN,
        tf.losses.Reduction.NONE,
        tf.losses.Reduction.SUM_OVER_BATCH_SIZE,
        tf.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
    ]
    weights = [[1.0], [0.0]]
    return [tf.losses.mean_squared_error(labels, predictions, weights, reduction=r) for r in reductions]


def an_unknown_reduction_is_refused(tf):
    tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]), reduction="product")


def label_smoothing_moves_the_labels(tf):
    labels = tf.constant([[0.0, 1.0], [1.0, 0.0]])
    logits = tf.constant([[0.1, 0.8], [0.7, 0.2]])
    return [
        tf.losses.softmax_cross_entropy(labels, logits, label_smoothing=0.2),
        tf.losses.sigmoid_cross_entropy(labels, logits, label_smoothing=0.2),
    ]


def no_labels_or_predictions_are_refused(tf):
    return [
        error_of(tf.losses.mean_squared_error, None, tf.zeros([2])),
        error_of(tf.losses.mean_squared_error, tf.zeros([2]), None),
    ]


def compute_weighted_loss_collects_what_it_is_given(tf):
    loss = tf.losses.compute_weighted_loss(tf.constant([1.0, 2.0, 3.0]), weights=[1.0, 0.0, 1.0])
    return [name_of(loss), loss, len(tf.losses.get_losses())]


def the_collected_losses_make_the_total(tf):
    _regularized(tf)
    tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]))
    tf.losses.absolute_difference(tf.ones([2]), tf.constant([3.0, 3.0]))
    return [len(tf.losses.get_losses()), tf.losses.get_total_loss()]


# How weights fit: facts of one function, which all the others hand their losses to


def _weighted(tf, weights, **options):
    return tf.losses.compute_weighted_loss([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], weights, **options)


def weights_are_a_scalar_or_have_the_rank_of_the_losses(tf):
    every = [1, True, 2.0, 0.0, [[2.0]], [[1.0], [2.0]], [[1.0, 2.0, 0.0]], [[0.0, 1.0, 2.0], [3.0, 0.0, 0.5]]]
    return [_weighted(tf, weights) for weights in every]


def weights_of_another_rank_are_refused(tf):
    every = [[1.0, 2.0], [1.0, 2.0, 3.0], [1.0], [], [[[1.0]]]]
    return [error_of(_weighted, tf, weights) for weights in every]


def weights_of_another_length_are_refused(tf):
    return [error_of(_weighted, tf, weights) for weights in [[[1.0, 2.0], [1.0, 2.0]], [[1.0], [2.0], [3.0]]]]


def weights_of_none_are_refused(tf):
    return [error_of(_weighted, tf, None), error_of(tf.losses.compute_weighted_loss, None)]


def weights_of_a_shape_that_is_not_known_are_looked_at_when_it_is(tf):
    return [
        _weighted(tf, tf.placeholder_with_default(2.0, None)),
        _weighted(tf, tf.placeholder_with_default([[1.0], [2.0]], None)),
        _weighted(tf, tf.placeholder_with_default([[1.0], [0.0]], [None, 1])),
        tf.losses.compute_weighted_loss(tf.placeholder_with_default([[1.0], [2.0]], None), [[1.0], [0.5]]),
    ]


def weights_may_be_integers(tf):
    return [_weighted(tf, tf.constant([[1], [2]])), _weighted(tf, tf.constant([[2], [0]], tf.int64))]


def weights_that_are_not_a_number_count(tf):
    nan = float("nan")
    return tf.losses.compute_weighted_loss([1.0, 2.0], [nan, 0.0])


def every_reduction_with_and_without_weights(tf):
    weights = [1.0, 2.0, [[1.0], [0.0]], [[1.0, 2.0, 0.0]], 0.0]
    return {r: [_weighted(tf, w, reduction=r) for w in weights] for r in tf.losses.Reduction.all()}


def every_reduction_of_no_losses(tf):
    return [tf.losses.compute_weighted_loss(tf.zeros([0, 3]), reduction=r) for r in tf.losses.Reduction.all()]


def reductions_are_text(tf):
    return [tf.losses.Reduction.all(), error_of(tf.losses.Reduction.validate, "product")]


def reductions_name_the_loss(tf):
    names = [name_of(_weighted(tf, 1.0, reduction=r)) for r in tf.losses.Reduction.all()]
    return names + [name_of(_weighted(tf, 1.0, scope="mine"))]


def each_loss_is_named_after_its_last_operation(tf):
    labels, predictions = tf.constant([[0.0, 1.0], [1.0, 0.0]]), tf.constant([[0.1, 0.8], [0.7, 0.2]])
    losses = tf.losses
    none, total = losses.Reduction.NONE, losses.Reduction.SUM
    functions = [
        losses.absolute_difference,
        losses.hinge_loss,
        losses.huber_loss,
        losses.log_loss,
        losses.mean_squared_error,
        losses.sigmoid_cross_entropy,
        losses.softmax_cross_entropy,
    ]
    named = [[name_of(f(labels, predictions, reduction=r)) for r in (none, total)] for f in functions]
    cosine = [name_of(losses.cosine_distance(labels, predictions, 1, reduction=r)) for r in (none, total)]
    return named + [cosine, name_of(losses.mean_pairwise_squared_error(labels, predictions))]


def the_loss_has_the_dtype_of_the_losses_but_is_computed_in_float32(tf):
    found = []
    for dtype in [tf.float64, tf.float16, tf.int32]:
        loss = tf.losses.compute_weighted_loss(tf.cast([1.0, 2.0, 4.0], dtype), 0.5)
        found.append([loss.dtype, name_of(loss), loss])
    return found


def losses_of_predictions_are_float32(tf):
    found = []
    for dtype in [tf.float64, tf.float16, tf.int32]:
        labels, predictions = tf.cast([0.0, 1.0], dtype), tf.cast([1.0, 1.0], dtype)
        found.append(
            [tf.losses.mean_squared_error(labels, predictions).dtype, tf.losses.log_loss(labels, labels).dtype]
        )
    return found


def losses_of_logits_have_their_dtype(tf):
    labels, found = [[0, 1], [1, 0]], []
    for dtype in [tf.float64, tf.float16]:
        logits = tf.cast([[0.1, 0.8], [0.7, 0.2]], dtype)
        every = [
            tf.losses.sigmoid_cross_entropy(labels, logits),
            tf.losses.softmax_cross_entropy(labels, logits),
            tf.losses.sparse_softmax_cross_entropy([1, 0], logits),
        ]
        found.append([[loss.dtype, loss] for loss in every])
    return found


def logits_may_not_be_integers(tf):
    logits, labels = tf.constant([[1, 2]]), tf.constant([[1, 0]])
    return [
        error_of(tf.losses.sigmoid_cross_entropy, labels, logits),
        error_of(tf.losses.softmax_cross_entropy, labels, logits),
        error_of(tf.losses.sparse_softmax_cross_entropy, tf.constant([1]), logits),
    ]


def the_weights_reach_the_gradient(tf):
    w = tf.get_variable("w", [2, 2], initializer=tf.constant_initializer(0.25))
    labels, weights = tf.constant([[0.0, 1.0], [1.0, 0.0]]), [[2.0], [0.0]]
    losses = [
        tf.losses.mean_squared_error(labels, w, weights),
        tf.losses.absolute_difference(labels, w, weights),
        tf.losses.log_loss(labels, w, weights),
        tf.losses.huber_loss(labels, w, weights, delta=0.5),
        tf.losses.hinge_loss(labels, w, weights),
        tf.losses.mean_pairwise_squared_error(labels, w, weights),
        tf.losses.cosine_distance(labels, w, 1, weights),
        tf.losses.sigmoid_cross_entropy(labels, w, weights),
        tf.losses.softmax_cross_entropy(labels, w, [2.0, 0.0]),
        tf.losses.sparse_softmax_cross_entropy([1, 0], w, [2.0, 0.0]),
    ]
    return [tf.gradients(loss, w)[0] for loss in losses]


def a_gradient_reaches_the_labels_but_not_those_of_softmax(tf):
    w = tf.get_variable("w", [2, 2], initializer=tf.constant_initializer(0.25))
    logits = tf.constant([[0.1, 0.8], [0.7, 0.2]])
    losses = [tf.losses.mean_squared_error(w, logits), tf.losses.sigmoid_cross_entropy(w, logits)]
    return [tf.gradients(loss, w)[0] for loss in losses] + tf.gradients(tf.losses.softmax_cross_entropy(w, logits), w)


def labels_and_predictions_of_other_shapes_are_refused(tf):
    one, two, flat = tf.zeros([1, 3]), tf.zeros([2, 3]), tf.zeros([3])
    functions = [
        tf.losses.mean_squared_error,
        tf.losses.absolute_difference,
        tf.losses.log_loss,
        tf.losses.huber_loss,
        tf.losses.hinge_loss,
        tf.losses.mean_pairwise_squared_error,
        tf.losses.sigmoid_cross_entropy,
        tf.losses.softmax_cross_entropy,
    ]
    return [[error_of(f, one, two), error_of(f, flat, two)] for f in functions]


def no_labels_or_logits_are_refused(tf):
    losses = tf.losses
    functions = [
        losses.absolute_difference,
        losses.huber_loss,
        losses.log_loss,
        losses.mean_pairwise_squared_error,
        losses.hinge_loss,
        losses.sigmoid_cross_entropy,
        losses.softmax_cross_entropy,
        losses.sparse_softmax_cross_entropy,
    ]
    x = tf.zeros([2])
    pairs = [[error_of(f, None, x), error_of(f, x, None)] for f in functions]
    return pairs + [error_of(losses.cosine_distance, None, x, 0), error_of(losses.cosine_distance, x, None, 0)]


def labels_may_be_lists_or_arrays_of_any_dtype(tf):
    np = tf.constant(0).dtype.as_numpy_dtype  # int32's, to make arrays without importing NumPy
    return [
        tf.losses.mean_squared_error([[0, 1]], [[2.0, 3.0]]),
        tf.losses.hinge_loss([[True, False]], [[0.5, 0.25]]),
        tf.losses.mean_squared_error(np(3), np(5)),
    ]


def cosine_distance_needs_an_axis(tf):
    x = tf.ones([2, 3])
    return [
        error_of(tf.losses.cosine_distance, x, x),
        error_of(tf.losses.cosine_distance, x, x, 1, dim=1),
        tf.losses.cosine_distance(x, x, dim=1),
        tf.losses.cosine_distance(x, x, 0, weights=[[1.0, 2.0, 0.0]]),
        error_of(tf.losses.cosine_distance, x, x, 1, [1.0, 2.0]),
    ]


def mean_pairwise_squared_error_adds_the_examples_up(tf):
    labels = tf.constant([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    predictions = tf.constant([[1.0, 2.0, 5.0], [3.0, 8.0, 1.0]])
    every = [1.0, 2.0, 0.0, [[1.0], [2.0]], [[1.0], [0.0]], [[1.0, 2.0, 3.0]], [[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]]
    return [tf.losses.mean_pairwise_squared_error(labels, predictions, weights) for weights in every]


def mean_pairwise_squared_error_takes_axes_after_the_first_together(tf):
    labels = tf.constant([[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]])
    predictions = tf.constant([[[1.0, 2.0, 5.0], [3.0, 8.0, 1.0]]])
    return [
        tf.losses.mean_pairwise_squared_error(labels, predictions),
        tf.losses.mean_pairwise_squared_error(labels[0, 0], predictions[0, 0]),
        tf.losses.mean_pairwise_squared_error(labels[0, :, :1], predictions[0, :, :1]),
    ]


def huber_loss_is_a_parabola_up_to_delta(tf):
    none = tf.losses.Reduction.NONE
    labels, predictions = [0.0, 0.0, 0.0, 0.0], [0.5, 1.0, -3.0, 0.0]
    return [tf.losses.huber_loss(labels, predictions, delta=d, reduction=none) for d in (0.25, 1.0, 2.5)]


def log_loss_adds_epsilon(tf):
    labels, predictions = [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]
    return [tf.losses.log_loss(labels, predictions), tf.losses.log_loss(labels, predictions, epsilon=0.1)]


def label_smoothing_keeps_the_sum_where_classes_exclude_each_other(tf):
    labels, logits = [[0, 0, 1], [1, 0, 0]], tf.constant([[0.1, 0.8, 2.0], [0.7, 0.2, 0.0]])
    none = tf.losses.Reduction.NONE
    unknown = tf.placeholder_with_default(labels, [None, None])
    return [
        tf.losses.softmax_cross_entropy(labels, logits, label_smoothing=0.3, reduction=none),
        tf.losses.sigmoid_cross_entropy(labels, logits, label_smoothing=0.3, reduction=none),
        tf.losses.softmax_cross_entropy(unknown, logits, label_smoothing=0.3),
    ]


def softmax_cross_entropy_weighs_examples(tf):
    labels, logits = [[0, 1], [1, 0]], [[0.1, 0.8], [0.7, 0.2]]
    return [
        tf.losses.softmax_cross_entropy(labels, logits, [1.0, 3.0]),
        error_of(tf.losses.softmax_cross_entropy, labels, logits, [[1.0], [3.0]]),
    ]


def class_numbers_may_have_a_last_axis_of_one(tf):
    logits = tf.constant([[0.1, 0.8, 0.0], [0.7, 0.2, 0.5]])
    function = tf.losses.sparse_softmax_cross_entropy
    return [
        function([[0], [1]], logits),
        function([0, 1], logits, weights=[1.0, 2.0]),
        function([0, 1], logits, weights=[[1.0], [2.0]]),
        function([[0], [1]], logits, weights=[[1.0], [2.0]]),
        function([[0], [1]], logits, weights=2.0),
        function(tf.constant([0, 1], tf.int64), logits),
        function([[0, 1]], tf.expand_dims(logits, 0)),
    ]


def class_numbers_of_a_shape_that_is_not_known_are_looked_at_when_it_is(tf):
    logits, function = [[0.1, 0.8, 0.0], [0.7, 0.2, 0.5]], tf.losses.sparse_softmax_cross_entropy
    return [
        function(tf.placeholder_with_default([[0], [1]], None), tf.constant(logits)),
        function(tf.placeholder_with_default([0, 1], None), tf.placeholder_with_default(logits, None)),
        function(tf.placeholder_with_default([0, 1], [None]), tf.placeholder_with_default(logits, [None, 3])),
    ]


def class_numbers_of_another_shape_are_refused(tf):
    logits, function = tf.zeros([2, 3]), tf.losses.sparse_softmax_cross_entropy
    return [error_of(function, tf.constant([[0, 1], [1, 1]]), logits, scope="s/")]


def class_numbers_are_as_many_as_logits(tf):
    return error_of(tf.losses.sparse_softmax_cross_entropy, tf.constant([0, 1, 2]), tf.zeros([2, 3]))


def class_numbers_are_integers(tf):
    return error_of(tf.losses.sparse_softmax_cross_entropy, tf.constant([0.0, 1.0]), tf.zeros([2, 3]))


# Scopes and collections


def get_losses_of_a_scope_finds_those_of_the_functions(tf):
    x, y = tf.ones([2]), tf.zeros([2])
    tf.losses.mean_squared_error(x, y)
    with tf.name_scope("a"):
        tf.losses.mean_squared_error(x, y)
        tf.losses.absolute_difference(x, y, scope="mine")
    with tf.variable_scope("b"):
        tf.losses.log_loss(x, y)
    losses = tf.losses.get_losses
    return [len(losses(scope)) for scope in ["a", "a/mine", "b/log_loss", "mean_squared_error", "mean", "z", ".*", ""]]


def get_total_loss_takes_the_scope_of_the_functions(tf):
    x, y = tf.ones([2]), tf.zeros([2])
    with tf.variable_scope("a"):
        _regularized(tf)
        tf.losses.mean_squared_error(x, y)
    tf.losses.mean_squared_error(x, 3 * x)
    return [tf.losses.get_total_loss(scope="a"), tf.losses.get_total_loss()]


def a_scope_of_an_empty_text_is_the_root(tf):
    with tf.name_scope("a"):
        return name_of(tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]), scope=""))


def losses_in_a_loop_over_towers_are_counted(tf):
    for tower in range(2):
        with tf.variable_scope("net", reuse=tower > 0), tf.name_scope("tower_%d" % tower):
            _regularized(tf)
            tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]))
    every = [len(tf.losses.get_losses("net.*/tower_%d" % tower)) for tower in range(2)]
    return every + [len(tf.losses.get_losses()), len(tf.losses.get_regularization_losses()), tf.losses.get_total_loss()]


def an_unreduced_loss_is_collected_as_it_is(tf):
    tf.losses.mean_squared_error(tf.ones([2]), tf.zeros([2]), reduction=tf.losses.Reduction.NONE)
    return [names_of(tf.losses.get_losses()), tf.losses.get_losses()]
