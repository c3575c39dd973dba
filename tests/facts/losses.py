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
