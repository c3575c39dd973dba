"""`tf.contrib.losses`, which is `slim.losses` too."""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of


def _data(tf):
    return tf.constant([[1.0, 2.0], [3.0, 5.0]]), tf.constant([[0.0, 2.0], [4.0, 1.0]])


def _weights(tf):
    return [
        1.0,
        2.0,
        0.0,
        tf.constant([1.0, 0.0]),
        tf.constant([[1.0, 0.0], [3.0, 1.0]]),
        tf.constant([[1.0], [3.0]]),
        tf.constant([0.0, 0.0]),
    ]


def _shown(tf, losses):
    return [losses, names_of(losses), names_of(tf.get_collection(tf.GraphKeys.LOSSES))]


def absolute_difference_with_weights(tf):
    p, t = _data(tf)
    return _shown(tf, [tf.contrib.losses.absolute_difference(p, t, weights=w) for w in _weights(tf)])


def mean_squared_error_with_weights(tf):
    p, t = _data(tf)
    return _shown(tf, [tf.contrib.losses.mean_squared_error(p, t, weights=w) for w in _weights(tf)])


def log_loss_with_weights(tf):
    p, t = _data(tf)
    return _shown(tf, [tf.contrib.losses.log_loss(tf.sigmoid(p), tf.sigmoid(t), weights=w) for w in _weights(tf)])


def mean_pairwise_squared_error_with_weights(tf):
    p, t = _data(tf)
    return _shown(tf, [tf.contrib.losses.mean_pairwise_squared_error(p, t, weights=w) for w in _weights(tf)])


def cosine_distance_with_weights(tf):
    p, t = (tf.nn.l2_normalize(x, 1) for x in _data(tf))
    losses = tf.contrib.losses
    made = [losses.cosine_distance(p, t, 1, weights=w) for w in [1.0, 2.0, tf.constant([1.0, 0.0])]]
    return [_shown(tf, made + [losses.cosine_distance(p, t, dim=0, scope="c")]), error_of(losses.cosine_distance, p, t)]


def hinge_loss_is_not_collected(tf):
    loss = tf.contrib.losses.hinge_loss(tf.constant([[0.5, -2.0]]), tf.constant([[1.0, 0.0]]))
    return [loss, name_of(loss), tf.get_collection(tf.GraphKeys.LOSSES)]


def cross_entropies(tf):
    losses = tf.contrib.losses
    logits = tf.constant([[1.0, -2.0, 0.5], [3.0, 0.0, 1.0]])
    labels = tf.constant([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    w = tf.constant([1.0, 0.5])
    return _shown(
        tf,
        [
            losses.softmax_cross_entropy(logits, labels),
            losses.softmax_cross_entropy(logits, labels, weights=w, label_smoothing=0.1),
            losses.sigmoid_cross_entropy(logits, labels),
            losses.sigmoid_cross_entropy(logits, labels, weights=w, label_smoothing=0.1, scope="s"),
            losses.sparse_softmax_cross_entropy(logits, tf.constant([0, 2])),
            losses.sparse_softmax_cross_entropy(logits, tf.constant([[0], [2]]), weights=tf.constant([[1.0], [0.5]])),
            losses.softmax_cross_entropy(logits, tf.cast(labels, tf.int32)),
        ],
    )


def the_gradient_of_a_cross_entropy(tf):
    logits = tf.get_variable("w", initializer=tf.constant([[1.0, -2.0, 0.5], [3.0, 0.0, 1.0]]))
    loss = tf.contrib.losses.softmax_cross_entropy(
        logits, tf.constant([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), weights=tf.constant([1.0, 0.5])
    )
    return tf.gradients(loss, [logits])


def a_weighted_loss_of_ones_own(tf):
    losses = tf.contrib.losses
    made = [
        losses.compute_weighted_loss(tf.constant([[1.0, 3.0], [5.0, 7.0]]), tf.constant([1.0, 0.0])),
        losses.compute_weighted_loss(tf.constant([1.0, 3.0]), scope="mine"),
        losses.compute_weighted_loss(tf.ones([2, 2, 3]), tf.constant([[1.0, 0.0], [2.0, 2.0]])),
    ]
    return _shown(tf, made)


def the_total_loss_adds_regularization(tf):
    losses = tf.contrib.losses
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    p, t = _data(tf)
    losses.mean_squared_error(p, t)
    losses.add_loss(tf.constant(3.0))
    losses.add_loss(tf.constant(5.0), "mine")
    totals = [losses.get_total_loss(), losses.get_total_loss(False, name="t")]
    return [
        totals,
        names_of(totals),
        len(losses.get_losses()),
        names_of(losses.get_losses("mean")),
        len(losses.get_losses(loss_collection="mine")),
        names_of(losses.get_regularization_losses()),
        names_of(losses.get_regularization_losses("w/")),
    ]


def slim_has_the_same(tf):
    slim = tf.contrib.slim
    return [slim.losses.log_loss is tf.contrib.losses.log_loss, slim.has_arg_scope(slim.losses.add_loss)]


def what_losses_refuse(tf):
    losses = tf.contrib.losses
    p, t = _data(tf)
    return [
        kind_of_error(losses.absolute_difference, p, t, weights=None),
        kind_of_error(losses.absolute_difference, p, t, weights=tf.constant([1.0, 2.0, 3.0])),
        kind_of_error(losses.mean_squared_error, p, t[0]),
        kind_of_error(losses.mean_pairwise_squared_error, p, t, weights=None),
        kind_of_error(losses.softmax_cross_entropy, p, t[0]),
        kind_of_error(losses.cosine_distance, p, t, 1, dim=1),
    ]
