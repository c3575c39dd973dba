"""Gradients and what is done with them: clipping, aggregating, sparse ones, checking numbers."""

from facts.vocabulary import error_of, graph_only, kind_of_error, names_of, steps


def _scalar(tf, name="w", value=1.0, **kwargs):
    return tf.get_variable(name, [], initializer=tf.constant_initializer(value), **kwargs)


def _vector(tf, name, values):
    return tf.get_variable(name, initializer=tf.constant(values))


def _table(tf):
    return tf.get_variable("table", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]))


def _sparse(tf, table, rows=(1, 3, 1)):
    return tf.gradients(tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, tf.constant(list(rows))))), table)[0]


# Clipping


def clipping_by_the_global_norm(tf):
    w, u = _vector(tf, "w", [3.0, 4.0]), _scalar(tf, "u", 12.0)
    gradients, norm = tf.clip_by_global_norm(tf.gradients(tf.reduce_sum(w * w) + u * u, [w, u]), 1.0)
    return [gradients, norm]


def clipping_by_a_global_norm_that_is_large_enough(tf):
    w = _vector(tf, "w", [0.25, -0.5])
    gradients, norm = tf.clip_by_global_norm(tf.gradients(tf.reduce_sum(w * w), [w]), 10.0)
    return [gradients, norm]


def clipping_leaves_out_what_is_none(tf):
    w, u = _scalar(tf, "w", 3.0), _scalar(tf, "u")
    gradients, norm = tf.clip_by_global_norm(tf.gradients(w * w, [w, u]), 1.0)
    return [gradients, norm]


def clipping_by_a_given_norm(tf):
    gradients, norm = tf.clip_by_global_norm([tf.constant([3.0, 4.0])], 1.0, use_norm=tf.constant(50.0))
    return [gradients, norm]


def clipping_sparse_gradients_keeps_them_sparse(tf):
    table, w = _table(tf), _scalar(tf)
    lookup = tf.nn.embedding_lookup(table, tf.constant([1, 3, 1]))
    gradients, norm = tf.clip_by_global_norm(tf.gradients(tf.reduce_sum(lookup * lookup) + w, [table, w]), 2.0)
    return [type(gradients[0]).__name__, gradients[0].values, gradients[0].indices, gradients[1], norm]


def the_global_norm_of_sparse_and_dense(tf):
    table = _table(tf)
    return [tf.global_norm([_sparse(tf, table), None, tf.constant([2.0])]), tf.global_norm([tf.constant(3.0)])]


def what_is_clipped_must_be_a_list(tf):
    w = _scalar(tf, value=3.0)
    return [error_of(tf.clip_by_global_norm, w * 1.0, 1.0), error_of(tf.global_norm, "abc"), tf.global_norm((w, None))]


def clipping_what_is_not_a_number_gives_nan_everywhere(tf):
    gradients, norm = tf.clip_by_global_norm([tf.constant([float("inf"), 1.0]), tf.constant(2.0)], 1.0)
    return [gradients, norm]


def clipping_by_norm_and_by_value(tf):
    value = tf.constant([[3.0, 4.0], [0.3, 0.4]])
    return [
        tf.clip_by_norm(value, 1.0),
        tf.clip_by_norm(value, 1.0, axes=[1]),
        tf.clip_by_value(value, 0.35, 3.5),
        tf.clip_by_average_norm(value, 1.0),
    ]


def clipping_sparse_values(tf):
    clipped = tf.clip_by_value(_sparse(tf, _table(tf)), -7.0, 7.0)
    by_norm = tf.clip_by_norm(tf.IndexedSlices(tf.constant([[3.0, 4.0]]), tf.constant([2])), 1.0)
    return [clipped.values, clipped.indices, by_norm.values, by_norm.indices]


@graph_only("names of operations")
def names_of_clipping(tf):
    gradients, norm = tf.clip_by_global_norm([tf.constant([3.0, 4.0]), tf.constant(1.0)], 1.0, name="clip")
    return names_of([*gradients, norm])


# Derivatives


def all_ways_to_aggregate_give_the_same(tf):
    w = _vector(tf, "w", [1.0, 2.0])
    ways = (
        tf.AggregationMethod.DEFAULT,
        tf.AggregationMethod.ADD_N,
        tf.AggregationMethod.EXPERIMENTAL_TREE,
        tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N,
    )
    y = w * w + w * 3.0 + tf.sin(w)
    return [tf.gradients(y, w, aggregation_method=way)[0] for way in ways]


def gates_and_places_change_no_gradient(tf):
    w = _vector(tf, "w", [1.0, 2.0])
    return tf.gradients(tf.exp(w) * w, [w], gate_gradients=True, colocate_gradients_with_ops=True, name="g")


def several_ys_with_what_they_begin_with(tf):
    w = _vector(tf, "w", [1.0, 2.0])
    return tf.gradients([w * w, w * 3.0], [w], grad_ys=[tf.constant([1.0, 10.0]), tf.constant([100.0, 0.0])])


def some_begin_with_ones(tf):
    w = _vector(tf, "w", [1.0, 2.0])
    return tf.gradients([w * w, w * 3.0], [w], grad_ys=[None, tf.constant([100.0, 0.0])])


def what_to_begin_with_must_be_as_many(tf):
    w = _scalar(tf)
    tf.gradients([w * w, w * 3.0], [w], grad_ys=[tf.constant(1.0)])


def an_integer_has_no_gradient(tf):
    w = _scalar(tf)
    return kind_of_error(tf.gradients, tf.cast(w, tf.int32), [w])


def the_gradient_of_a_complex_result(tf):
    w = _scalar(tf, value=2.0)
    return tf.gradients(tf.math.real(tf.complex(w, w) * tf.complex(1.0, 2.0)), [w])


def what_is_stopped_has_no_gradient(tf):
    w = _scalar(tf, value=3.0)
    return tf.gradients(w * tf.stop_gradient(w), [w])


def partial_derivatives(tf):
    a = _scalar(tf, "a", 2.0)
    b = a * 3.0
    return [tf.gradients(a * b, [a, b], stop_gradients=[a, b]), tf.gradients(a * b, [a, b])]


def stopping_at_something_in_between(tf):
    w = _scalar(tf, "w", 2.0)
    h = w * w
    g = h * w
    return tf.gradients(g * h, [w], stop_gradients=[h]) + tf.gradients(g * h, [w], stop_gradients=[g])


def no_path_left_is_none(tf):
    w, u = _scalar(tf, "w", 2.0), _scalar(tf, "u", 2.0)
    gradients = tf.gradients(w * 2.0, [w, u], unconnected_gradients=tf.UnconnectedGradients.NONE)
    return [gradient is None for gradient in gradients]


def zeros_for_what_plays_no_part(tf):
    w, u = _scalar(tf, "w"), _vector(tf, "u", [1.0, 2.0])
    return tf.gradients(w * 2.0, [w, u], unconnected_gradients="zero")


def what_is_stopped_may_leave_nothing(tf):
    a, b = _scalar(tf, "a", 2.0), _scalar(tf, "b", 3.0)
    h, k = a * b, b * 1.0
    left = tf.gradients(h * a + k, [a, b, h, k], stop_gradients=[h])
    nothing = [tf.gradients(y, [x], stop_gradients=[h])[0] is None for y, x in ((h * 3.0, a), (h + k, a), (h, b))]
    return [left, tf.gradients(h, [h], stop_gradients=[h]), nothing]


def partial_derivatives_of_constants(tf):
    a = tf.constant(0.0)
    b = 2 * a
    return [tf.gradients(a + b, [a, b], stop_gradients=[a, b]), tf.gradients(a + b, [a, b])]


def gradients_of_what_is_made_of_nothing(tf):
    given = [
        tf.constant([1.0, 2.0]),
        tf.convert_to_tensor([2.0, 3.0]),
        tf.zeros([2]),
        tf.ones([2], name="one"),
        tf.fill([2], 3.0),
        tf.range(2.0),
        tf.linspace(0.0, 1.0, 2),
        tf.cast(tf.constant([1, 2]), tf.float32),
        tf.to_float(tf.constant([3, 4])),
        tf.one_hot(1, 2),
        tf.placeholder_with_default([1.0, 5.0], [2]),
        tf.stop_gradient(_vector(tf, "w", [1.0, 2.0])),
    ]
    return tf.gradients([tf.square(x) * (i + 1.0) for i, x in enumerate(given)], given)


def gradients_of_noise(tf):
    noise = [tf.random_normal([2]), tf.random_uniform([2], -1, 1), tf.truncated_normal([2]), tf.random.normal([2])]
    return tf.gradients([x * (i + 1.0) for i, x in enumerate(noise)], noise)


def an_adversarial_example(tf):
    x, w = tf.reshape(tf.constant([1.0, -2.0]), [1, 2]), tf.get_variable("w", [2, 1], initializer=tf.ones_initializer())
    loss = tf.reduce_sum(tf.square(tf.matmul(x, w)))
    return tf.stop_gradient(x + 0.1 * tf.sign(tf.gradients(loss, x)[0]))


@steps(2)
def a_penalty_on_gradients_between_real_and_fake(tf):
    w, real, fake = _scalar(tf, value=2.0), tf.constant([[1.0, 2.0]]), tf.constant([[3.0, 4.0]])
    between = real + 0.5 * (fake - real)
    slope = tf.sqrt(tf.reduce_sum(tf.square(tf.gradients(w * between * between, [between])[0]), axis=1))
    penalty = tf.reduce_mean((slope - 1.0) ** 2)
    return [tf.identity(penalty), tf.train.GradientDescentOptimizer(0.001).minimize(penalty), w]


def an_unknown_value_for_what_is_not_connected_raises(tf):
    w = _scalar(tf)
    return error_of(tf.gradients, w * w, w, unconnected_gradients="nothing")


def the_same_x_twice(tf):
    w = _scalar(tf, value=3.0)
    return tf.gradients(w * w, [w, w])


def a_gradient_through_a_condition(tf):
    w = _scalar(tf, value=3.0)
    y = tf.cond(w > 2.0, lambda: w * w, lambda: w)
    return tf.gradients(y, w)


def a_gradient_through_a_loop(tf):
    w = _scalar(tf, value=2.0)
    _, y = tf.while_loop(lambda i, _: i < 3, lambda i, y: (i + 1, y * w), [0, 1.0])
    return tf.gradients(y, [w])


def a_gradient_of_ones_own(tf):
    @tf.custom_gradient
    def doubled(x):
        return x * 1.0, lambda dy: dy * 2.0

    w = _scalar(tf, value=3.0)
    return tf.gradients(doubled(w) * 5.0, [w])


def jacobian_row_by_row(tf):
    w = _vector(tf, "w", [1.0, 2.0])
    y = tf.stack([w[0] * w[1], w[0] + w[1]])
    return tf.stack([tf.gradients(y[i], w)[0] for i in range(2)])


def gradients_of_variables_that_are_not_trainable(tf):
    w = _scalar(tf, "w", 3.0, trainable=False)
    u = tf.Variable(2.0, trainable=False, name="u")
    with tf.variable_scope("", reuse=True):
        again = tf.get_variable("w")
    local = tf.get_local_variable("local", [], initializer=tf.constant_initializer(5.0))
    return tf.gradients(w * again * u + local * local, [w, u, local])


def the_gradient_of_a_shard(tf):
    w = tf.get_variable("w", [4], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    return tf.gradients(tf.reduce_sum(tf.convert_to_tensor(w) * [1.0, 2.0, 3.0, 4.0]), list(w))


def the_gradient_of_what_a_variable_was_before_it_changed(tf):
    w = _scalar(tf, value=3.0)
    before = w * w
    with tf.control_dependencies([before]):
        change = tf.assign(w, 10.0)
    return [tf.gradients(before, [w])[0] is None, change]


# Sparse


def the_gradient_of_a_lookup(tf):
    gradient = _sparse(tf, _table(tf))
    return [type(gradient).__name__, gradient.values, gradient.indices, gradient.dense_shape]


def a_sparse_gradient_as_a_tensor(tf):
    return tf.convert_to_tensor(_sparse(tf, _table(tf)))


def lookup_and_whole_together(tf):
    table = _table(tf)
    y = tf.reduce_sum(tf.gather(table, [0, 0])) + tf.reduce_sum(table * table)
    return [tf.convert_to_tensor(gradient) for gradient in tf.gradients(y, [table])]


def two_lookups_of_one_table(tf):
    table = _table(tf)
    y = tf.reduce_sum(tf.gather(table, [0, 2])) + tf.reduce_sum(tf.gather(table, [2]) * 10.0)
    gradient = tf.gradients(y, table)[0]
    return [type(gradient).__name__, gradient.values, gradient.indices]


def scaling_a_sparse_gradient(tf):
    gradient = _sparse(tf, _table(tf))
    scaled = tf.IndexedSlices(gradient.values * 0.5, gradient.indices, gradient.dense_shape)
    return [scaled.values, tf.convert_to_tensor(scaled)]


def the_gradient_of_a_sampled_softmax_is_sparse(tf):
    table, bias = _table(tf), tf.get_variable("b", [4], initializer=tf.zeros_initializer())
    sampled = (tf.constant([0, 2], tf.int64), tf.constant([[0.5]]), tf.constant([0.5, 0.25]))
    loss = tf.nn.sampled_softmax_loss(
        table, bias, tf.constant([[1]], tf.int64), tf.constant([[0.5, -0.5]]), 2, 4, sampled_values=sampled
    )
    gradient = tf.gradients(loss, table)[0]
    return [loss, type(gradient).__name__, tf.convert_to_tensor(gradient)]


# Second derivatives


def hessians_of_a_vector(tf):
    w = _vector(tf, "w", [1.0, 2.0, 3.0])
    return tf.hessians(tf.reduce_prod(w), w)


def a_hessian_of_what_plays_no_part_raises(tf):
    w, u = _vector(tf, "w", [1.0]), _vector(tf, "u", [1.0])
    return error_of(tf.hessians, tf.reduce_sum(w * w), u)


def a_hessian_of_a_constant(tf):
    x = tf.constant([1.0, 2.0])
    return tf.hessians(tf.reduce_sum(x * x * x), x)


def a_hessian_of_something_linear_raises(tf):
    return kind_of_error(tf.hessians, tf.reduce_sum(_vector(tf, "w", [1.0, 2.0]) * 3.0), tf.trainable_variables())


def hessian_times_vector(tf):
    w = _vector(tf, "w", [1.0, 2.0])
    gradient = tf.gradients(tf.reduce_prod(w * w), w)[0]
    return tf.gradients(gradient, w, grad_ys=tf.constant([1.0, -1.0]))


# Numbers


@steps(2)
def checked_numbers_pass_through(tf):
    w = _scalar(tf, value=3.0)
    checked = tf.check_numerics(w * 2.0, "bad")
    return [checked, tf.verify_tensor_all_finite(w, "bad"), tf.gradients(checked, w)]


def checks_of_all_operations_run_as_one(tf):
    w = _scalar(tf, value=3.0)
    y = tf.sqrt(w * w)
    with tf.control_dependencies([tf.add_check_numerics_ops()]):
        return tf.identity(y)
