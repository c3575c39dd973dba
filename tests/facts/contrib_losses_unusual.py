"""`tf.contrib.losses` with weights of many shapes, scopes, and what is collected."""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of


def _data(tf):
    predictions = tf.constant([[0.1, 0.9, 0.4], [0.8, 0.3, 0.6]])
    return predictions, tf.constant([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]])


def weights_of_many_shapes(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    return [
        [
            loss(predictions, labels, weights=weights)
            for weights in (2.0, tf.constant(0.5), [1.0, 2.0], [[1.0], [0.0]], [[1.0, 0.0, 2.0], [0.0, 0.0, 1.0]])
        ]
        for loss in (losses.absolute_difference, losses.mean_squared_error, losses.log_loss)
    ]


def weights_that_are_all_zero(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    found = [
        losses.mean_squared_error(predictions, labels, weights=0.0),
        losses.log_loss(predictions, labels, weights=[0.0, 0.0]),
        losses.absolute_difference(predictions, labels, weights=tf.zeros([2, 3])),
    ]
    return [found, len(losses.get_losses()), losses.get_total_loss()]


def names_and_scopes(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    made = [
        losses.absolute_difference(predictions, labels),
        losses.absolute_difference(predictions, labels, scope="mine"),
        losses.mean_squared_error(predictions, labels),
        losses.log_loss(predictions, labels),
        losses.hinge_loss(predictions, labels),
        losses.mean_pairwise_squared_error(predictions, labels),
        losses.cosine_distance(predictions, labels, axis=1),
        losses.sigmoid_cross_entropy(predictions, labels),
        losses.softmax_cross_entropy(predictions, labels),
        losses.sparse_softmax_cross_entropy(predictions, tf.constant([1, 0])),
    ]
    return [names_of(made), collections_of(tf)]


def losses_of_one_scope(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    with tf.name_scope("a"):
        losses.mean_squared_error(predictions, labels)
    losses.absolute_difference(predictions, labels)
    return [len(losses.get_losses("a")), len(losses.get_losses("b")), len(losses.get_losses())]


def smoothed_labels(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    classes = tf.constant([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    return [
        losses.sigmoid_cross_entropy(predictions, labels, weights=[[1.0], [0.5]], label_smoothing=0.2),
        losses.softmax_cross_entropy(predictions, classes, weights=[1.0, 0.5], label_smoothing=0.3),
        losses.softmax_cross_entropy(predictions, classes, weights=[[1.0], [0.5]]),
        losses.sparse_softmax_cross_entropy(predictions, [2, 0], weights=[1.0, 3.0]),
        losses.sparse_softmax_cross_entropy(predictions, [[2], [0]], weights=[[1.0], [3.0]]),
    ]


def pairs_within_examples(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    return [
        losses.mean_pairwise_squared_error(predictions, labels, weights=weights)
        for weights in (1.0, 0.0, [1.0, 0.5], [[2.0], [0.0]])
    ]


def cosine_distances(tf):
    losses = tf.contrib.losses
    a = tf.nn.l2_normalize(tf.constant([[1.0, 2.0], [3.0, -1.0]]), 1)
    b = tf.nn.l2_normalize(tf.constant([[2.0, 1.0], [1.0, 1.0]]), 1)
    return [
        losses.cosine_distance(a, b, axis=1),
        losses.cosine_distance(a, b, axis=1, weights=[[1.0], [0.0]]),
        losses.cosine_distance(a, b, dim=1, weights=2.0),
        kind_of_error(losses.cosine_distance, a, b),
    ]


def hinge_losses(tf):
    losses = tf.contrib.losses
    logits = tf.constant([[-1.0, 2.1], [0.3, -0.4]])
    loss = losses.hinge_loss(logits, tf.constant([[0.0, 1.0], [1.0, 0.0]]))
    return [loss, len(losses.get_losses()), losses.compute_weighted_loss(loss, weights=[[1.0], [0.5]])]


def the_epsilon_of_log_loss(tf):
    loss = tf.contrib.losses.log_loss
    a, b = tf.constant([[0.0, 1.0]]), tf.constant([[1.0, 0.0]])
    return [loss(a, a, epsilon=1e-3), loss(a, b)]


def a_total_with_and_without_regularization(tf):
    losses = tf.contrib.losses
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.contrib.layers.l2_regularizer(0.1))
    predictions, labels = _data(tf)
    losses.mean_squared_error(predictions, labels)
    losses.add_loss(tf.constant(3.0))
    total, without = losses.get_total_loss(), losses.get_total_loss(add_regularization_losses=False, name="mine")
    return [total, without, names_of([total, without]), losses.get_regularization_losses(), len(losses.get_losses())]


def losses_in_another_collection(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    loss = losses.compute_weighted_loss(predictions - labels, weights=1.0)
    losses.add_loss(loss, loss_collection="mine")
    losses.add_loss(loss, loss_collection=None)
    return [loss, len(losses.get_losses()), len(losses.get_losses(loss_collection="mine")), name_of(loss)]


def what_else_losses_refuse(tf):
    losses = tf.contrib.losses
    predictions, labels = _data(tf)
    return [
        error_of(losses.mean_squared_error, predictions, labels, weights=None),
        error_of(losses.log_loss, predictions, tf.constant([1.0])),
        kind_of_error(losses.absolute_difference, predictions, labels, weights=[1.0, 2.0, 3.0]),
        error_of(losses.sparse_softmax_cross_entropy, predictions, [1, 2], weights=None),
        error_of(losses.softmax_cross_entropy, predictions, tf.constant([[1.0]])),
        error_of(losses.compute_weighted_loss, predictions, weights=tf.ones([2, 3, 1])),
        error_of(losses.cosine_distance, predictions, labels, axis=1, weights=None),
    ]


def the_gradients_of_weighted_losses(tf):
    losses = tf.contrib.losses
    _, labels = _data(tf)
    w = tf.get_variable("w", [2, 3], initializer=tf.constant_initializer(0.3))
    made = [
        losses.mean_squared_error(w, labels, weights=[1.0, 2.0]),
        losses.log_loss(w, labels, weights=[[1.0], [0.0]]),
        losses.mean_pairwise_squared_error(w * tf.constant([1.0, 2.0, 3.0]), labels),
        losses.softmax_cross_entropy(w, labels, label_smoothing=0.1),
        losses.absolute_difference(w, labels),
    ]
    return [tf.gradients(loss, [w])[0] for loss in made]
