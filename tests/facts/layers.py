"""`tf.layers`: names, sharing, regularization and updates."""

from facts.vocabulary import error_of, name_of, names_of


def _losses(tf):
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


# Functions


def unnamed_layers_are_counted(tf):
    x = tf.ones([1, 2])
    tf.layers.dense(x, 3)
    tf.layers.dense(x, 3)
    return names_of(tf.global_variables())


def a_layer_named_like_the_unnamed_ones_is_counted(tf):
    x = tf.ones([1, 2])
    tf.layers.dense(x, 3, name="dense")
    tf.layers.dense(x, 3)
    return names_of(tf.global_variables())


def the_same_name_twice_raises(tf):
    x = tf.ones([1, 2])
    tf.layers.dense(x, 3, name="d")
    tf.layers.dense(x, 3, name="d")


def the_same_name_with_reuse_shares(tf):
    x = tf.ones([1, 2])
    outputs = [tf.layers.dense(x, 3, name="d"), tf.layers.dense(x, 3, name="d", reuse=True)]
    return [names_of(outputs), names_of(tf.global_variables())]


def unnamed_layers_in_a_reused_scope_are_matched_in_order(tf):
    x = tf.ones([1, 2])
    for reuse in [None, True]:
        with tf.variable_scope("s", reuse=reuse):
            tf.layers.dense(x, 3)
            tf.layers.dense(x, 3)
    return names_of(tf.global_variables())


def an_unnamed_layer_shares_by_auto_reuse(tf):
    for _ in range(2):
        with tf.variable_scope("s", reuse=tf.AUTO_REUSE):
            tf.layers.dense(tf.ones([1, 2]), 3)
    return names_of(tf.global_variables())


def reopened_scope_counts_layers_afresh(tf):
    x = tf.ones([1, 2])
    tf.layers.dense(x, 3)
    with tf.variable_scope("s"):
        tf.layers.dense(x, 3)
    tf.layers.dense(x, 3)
    with tf.variable_scope("s"):
        error = error_of(tf.layers.dense, x, 3)
    return [names_of(tf.global_variables()), error]


def an_unnamed_layer_at_the_root_is_not_shared_by_the_root_idiom(tf):
    x = tf.ones([1, 2])
    tf.layers.dense(x, 3)
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        tf.layers.dense(x, 3)


def several_kinds_of_layers_in_a_row(tf):
    y = tf.layers.conv2d(tf.ones([1, 4, 4, 1]), 2, 3)
    y = tf.layers.max_pooling2d(y, 2, 2)
    y = tf.layers.flatten(y)
    y = tf.layers.dropout(y, training=True)
    y = tf.layers.dense(y, 2, activation=tf.nn.relu)
    return [name_of(y), names_of(tf.global_variables())]


# Regularization


def regularizers_count_once_however_often_the_layer_is_shared(tf):
    for reuse in [None, True]:
        tf.layers.dense(
            tf.ones([1, 2]),
            3,
            kernel_regularizer=tf.nn.l2_loss,
            bias_regularizer=tf.nn.l2_loss,
            name="d",
            reuse=reuse,
        )
    return _losses(tf)


def the_scopes_regularizer_applies_to_kernel_and_bias(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss):
        tf.layers.dense(tf.ones([1, 2]), 3)
    return _losses(tf)


def an_activity_regularizer_is_collected_with_the_others(tf):
    tf.layers.dense(tf.ones([1, 2]), 3, activity_regularizer=tf.nn.l2_loss, name="d")
    return _losses(tf)


# Batch normalization


def batch_normalization_has_two_updates(tf):
    y = tf.layers.batch_normalization(tf.ones([4, 2]), training=True)
    return [
        names_of(tf.global_variables()),
        names_of(tf.trainable_variables()),
        names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        names_of(tf.model_variables()),
        name_of(y),
    ]


def batch_normalization_has_two_more_updates_when_shared(tf):
    for reuse in [None, True]:
        tf.layers.batch_normalization(tf.ones([4, 2]), training=True, name="bn", reuse=reuse)
    return [names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)), names_of(tf.global_variables())]


# Objects


def an_object_is_named_when_made_and_its_scope_when_called(tf):
    layer = tf.layers.Dense(3)
    first_name = layer.name
    outputs = [layer(tf.ones([1, 2])) for _ in range(2)]
    return [first_name, names_of(outputs), names_of(layer.variables), layer.name, layer.scope_name]


def an_objects_scope_is_inside_the_one_where_it_is_called(tf):
    with tf.variable_scope("s"):
        layer = tf.layers.Dense(3)
    with tf.variable_scope("t"):
        layer(tf.ones([1, 2]))
    return names_of(layer.variables)


def two_objects_are_counted_in_the_order_of_their_calls(tf):
    first, second = tf.layers.Dense(3), tf.layers.Dense(3)
    second(tf.ones([1, 2]))
    first(tf.ones([1, 2]))
    return [names_of(first.variables), names_of(second.variables)]


# Scopes around layers


def a_custom_getter_sees_the_variables_of_a_layer(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append(name)
        return getter(name, *args, **kwargs)

    with tf.variable_scope("s", custom_getter=watch):
        tf.layers.dense(tf.ones([1, 2]), 3)
    return seen


def a_partitioner_cuts_the_variables_of_a_layer(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        tf.layers.dense(tf.ones([1, 4]), 2)
    return names_of(tf.global_variables())


def a_template_shares_a_layer(tf):
    template = tf.make_template("t", lambda x: tf.layers.dense(x, 3))
    template(tf.ones([1, 2]))
    template(tf.ones([1, 2]))
    return names_of(tf.global_variables())


def updates_and_losses_of_a_tower_are_found_by_its_name_scope(tf):
    found = []
    for i in range(2):
        with tf.name_scope("tower_%d" % i) as scope, tf.variable_scope("net", reuse=i > 0):
            tf.layers.dense(tf.ones([2, 3]), 2, name="d", kernel_regularizer=tf.nn.l2_loss)
            tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
            tf.layers.batch_normalization(tf.ones([2, 3]), training=True)
            losses = [tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES, of) for of in (scope, "net", "tower_0/net/d")]
            updates = [tf.get_collection(tf.GraphKeys.UPDATE_OPS, of) for of in (scope, "tower_0", ".*batch_norm", "net")]
            found.append([[names_of(each) for each in losses], [len(each) for each in updates]])
    return found


def reuse_is_true_false_none_or_auto_reuse(tf):
    x, images = tf.ones([1, 2]), tf.ones([1, 2, 2, 1])
    return [
        error_of(tf.layers.dense, x, 1, name="d", reuse=1),
        error_of(tf.layers.conv2d, images, 1, 1, name="c", reuse="yes"),
        error_of(tf.layers.Dense(1, name="e", _reuse="yes"), x),
        error_of(tf.nn.rnn_cell.GRUCell(1, reuse="yes"), x, tf.zeros([1, 1])),
        names_of(tf.global_variables()),
    ]


def a_custom_getter_sees_an_initializer(tf):
    seen = []

    def getter(getter, name, *args, **kwargs):
        seen.append([name, type(kwargs["initializer"]).__name__])
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=getter):
        tf.layers.dense(tf.ones([1, 2]), 2)
        tf.nn.rnn_cell.BasicRNNCell(1)(tf.ones([1, 1]), tf.zeros([1, 1]))
    with tf.variable_scope("b", custom_getter=getter, initializer=tf.ones_initializer()):
        tf.layers.conv2d(tf.ones([1, 2, 2, 1]), 1, 1)
    return seen
