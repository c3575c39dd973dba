"""What an optimizer object tells: names, slots, settings; and what it does in unusual places."""

from facts.vocabulary import error_of, graph_only, name_of, names_of, steps


def _vector(tf, name="w", values=(1.0, 2.0), **kwargs):
    return tf.get_variable(name, initializer=tf.constant(list(values)), **kwargs)


def _all(tf):
    return [
        tf.train.GradientDescentOptimizer(0.1),
        tf.train.MomentumOptimizer(0.1, 0.9),
        tf.train.AdamOptimizer(),
        tf.train.AdagradOptimizer(0.1),
        tf.train.AdadeltaOptimizer(),
        tf.train.RMSPropOptimizer(0.1),
        tf.train.RMSPropOptimizer(0.1, centered=True),
        tf.train.FtrlOptimizer(0.1),
        tf.train.ProximalAdagradOptimizer(0.1),
        tf.train.ProximalGradientDescentOptimizer(0.1),
    ]


def their_names(tf):
    return [optimizer.get_name() for optimizer in _all(tf)]


def their_slots_before_and_after(tf):
    w = _vector(tf)
    optimizers = _all(tf)
    before = [optimizer.get_slot_names() for optimizer in optimizers]
    pairs = [(tf.constant([1.0, 1.0]), w)]
    with tf.control_dependencies([optimizer.apply_gradients(pairs) for optimizer in optimizers]):
        return [before, [optimizer.get_slot_names() for optimizer in optimizers]]


def their_variables_before_and_after(tf):
    w = _vector(tf)
    optimizers = _all(tf)
    before = [len(optimizer.variables()) for optimizer in optimizers]
    pairs = [(tf.constant([1.0, 1.0]), w)]
    with tf.control_dependencies([optimizer.apply_gradients(pairs) for optimizer in optimizers]):
        return [before, [names_of(optimizer.variables()) for optimizer in optimizers]]


def two_optimizers_of_one_kind_for_one_variable(tf):
    w = _vector(tf)
    optimizers = [tf.train.AdamOptimizer(0.1) for _ in range(3)]
    pairs = [(tf.constant([1.0, 1.0]), w)]
    with tf.control_dependencies([optimizer.apply_gradients(pairs) for optimizer in optimizers]):
        return [names_of(optimizer.variables()) for optimizer in optimizers]


@steps(2)
def one_optimizer_applied_twice_makes_its_slots_once(tf):
    w, u = _vector(tf), _vector(tf, "u")
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    first = optimizer.minimize(tf.reduce_sum(w * w), var_list=[w])
    with tf.control_dependencies([first]):
        second = optimizer.minimize(tf.reduce_sum(u * u), var_list=[u])
    with tf.control_dependencies([second]):
        third = optimizer.apply_gradients([(tf.constant([1.0, 1.0]), w)])
    return [third, w, u, names_of(tf.global_variables())]


@steps(3)
def adam_applied_twice_in_a_step_has_one_pair_of_powers(tf):
    w = _vector(tf)
    optimizer = tf.train.AdamOptimizer(0.1)
    with tf.control_dependencies([optimizer.apply_gradients([(tf.constant([1.0, 2.0]), w)])]):
        train = optimizer.apply_gradients([(tf.constant([1.0, 2.0]), w)])
    return [train, w, optimizer.variables()]


def gates_and_aggregations_are_numbers(tf):
    optimizer = tf.train.Optimizer
    return [optimizer.GATE_NONE, optimizer.GATE_OP, optimizer.GATE_GRAPH, tf.AggregationMethod.ADD_N]


@steps(2)
def with_every_argument_of_minimize(tf):
    w, u = _vector(tf), _vector(tf, "u")
    step = tf.train.get_or_create_global_step()
    optimizer = tf.train.AdamOptimizer(0.1)
    train = optimizer.minimize(
        w * u,
        global_step=step,
        var_list=[u],
        gate_gradients=optimizer.GATE_GRAPH,
        aggregation_method=tf.AggregationMethod.EXPERIMENTAL_TREE,
        colocate_gradients_with_ops=True,
        name="my_train",
        grad_loss=tf.constant([2.0, 0.5]),
    )
    return [train, w, u, step, name_of(train)]


@graph_only("names of operations")
def what_the_train_operation_is_called(tf):
    w = _vector(tf)
    step = tf.train.get_or_create_global_step()
    loss = tf.reduce_sum(w * w)
    adam = tf.train.AdamOptimizer(0.1)
    return [
        adam.minimize(loss).name,
        adam.minimize(loss, global_step=step).name,
        tf.train.GradientDescentOptimizer(0.1, name="SGD").minimize(loss, name="step").name,
        names_of(tf.get_collection(tf.GraphKeys.TRAIN_OP)),
    ]


@steps(2)
def in_name_and_variable_scopes(tf):
    with tf.variable_scope("net"):
        w = _vector(tf)
    with tf.name_scope("optimize"), tf.variable_scope("opt"):
        with tf.variable_scope("inner"):
            train = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(w * w))
    return [train, names_of(tf.global_variables())]


@steps(2)
def under_reuse(tf):
    with tf.variable_scope("net", reuse=tf.AUTO_REUSE):
        w = _vector(tf)
        train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.reduce_sum(w * w))
    return [train, w, names_of(tf.global_variables())]


def slots_are_not_found_under_reuse(tf):
    w = _vector(tf)
    tf.get_variable_scope().reuse_variables()
    return error_of(tf.train.AdamOptimizer(0.1).minimize, tf.reduce_sum(w * w))


@steps(2)
def variables_of_a_scope_by_name(tf):
    with tf.variable_scope("a"):
        w = _vector(tf)
    with tf.variable_scope("ab"):
        u = _vector(tf, "u")
    variables = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, "a/")
    return [tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(w * u), var_list=variables), w, u]


@steps(3)
def shards_of_a_partitioned_variable(tf):
    w = tf.get_variable("w", [4], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    whole = tf.convert_to_tensor(w)
    train = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(whole * whole * [1.0, 2.0, 3.0, 4.0]), var_list=list(w))
    return [train, w.as_tensor(), names_of(tf.global_variables())]


@steps(2)
def a_loss_that_is_a_vector(tf):
    w = _vector(tf)
    return [tf.train.GradientDescentOptimizer(0.1).minimize(w * w), w]


@steps(2)
def a_loss_that_is_a_function_of_nothing(tf):
    w = _vector(tf)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    pairs = optimizer.compute_gradients(tf.reduce_sum(w * w), [w])
    return [optimizer.apply_gradients(pairs), w]


@steps(2)
def gradients_of_a_variable_that_is_not_trainable(tf):
    w = _vector(tf, trainable=False)
    return [tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(w * w), var_list=[w]), w]


@steps(2)
def a_dictionary_of_gradients_by_hand(tf):
    w, u = _vector(tf), _vector(tf, "u")
    gradients = {w: tf.constant([1.0, 1.0]), u: tf.constant([2.0, 2.0])}
    return [tf.train.GradientDescentOptimizer(0.5).apply_gradients((gradients[v], v) for v in (w, u)), w, u]


@steps(3)
def a_rate_that_is_fed_by_an_assignment(tf):
    w = _vector(tf)
    rate = tf.get_variable("rate", [], initializer=tf.constant_initializer(0.4), trainable=False)
    train = tf.train.GradientDescentOptimizer(rate).minimize(tf.reduce_sum(w * w))
    with tf.control_dependencies([train]):
        return [tf.assign(rate, rate * 0.5), w]


@steps(3)
def betas_that_are_tensors(tf):
    w = _vector(tf)
    adam = tf.train.AdamOptimizer(tf.constant(0.1), beta1=tf.constant(0.5), beta2=tf.constant(0.9), epsilon=1e-4)
    return [adam.minimize(tf.reduce_sum(w * w)), w]


@steps(2)
def sparse_and_dense_in_one_step(tf):
    table = tf.get_variable("table", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    w = _vector(tf)
    rows = tf.nn.embedding_lookup(table, [2, 0, 2])
    optimizer = tf.train.AdamOptimizer(0.1)
    pairs = optimizer.compute_gradients(tf.reduce_sum(tf.square(rows * w)), gate_gradients=optimizer.GATE_GRAPH)
    kinds = [isinstance(gradient, tf.IndexedSlices) for gradient, _ in pairs]
    return [optimizer.apply_gradients(pairs), table, w, kinds]


@steps(2)
def sparse_gradients_clipped(tf):
    table = tf.get_variable("table", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [2, 0, 2])))
    gradients, norm = tf.clip_by_global_norm(tf.gradients(loss, [table]), 1.0)
    train = tf.train.AdagradOptimizer(0.5).apply_gradients(zip(gradients, [table]))
    return [norm, train, table]


@steps(2)
def lookups_in_weighted_sums(tf):
    table = tf.get_variable("table", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], tf.constant([2, 0, 2], tf.int64), [2, 2])
    rows = tf.nn.embedding_lookup_sparse(table, ids, None, combiner="mean")
    return [tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(tf.square(rows))), table]
