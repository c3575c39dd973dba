"""What belongs to optimizers besides their steps: gradients, slots, names, settings, errors."""

from facts.vocabulary import Raised, error_of, graph_only, kind_of_error, name_of, names_of, steps


def _scalar(tf, name="w", value=1.0, **kwargs):
    return tf.get_variable(name, [], initializer=tf.constant_initializer(value), **kwargs)


# Gradients


def no_list_means_all_trainable_variables(tf):
    _scalar(tf, "w")
    _scalar(tf, "u", trainable=False)
    v = tf.Variable(2.0, name="v")
    pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(v * v)
    return [[gradient is None, variable.name] for gradient, variable in pairs]


def the_gradients_are_those_of_the_loss(tf):
    w, u = _scalar(tf, "w", 2.0), _scalar(tf, "u", 3.0)
    pairs = tf.train.AdamOptimizer().compute_gradients(w * w * u, [w, u])
    return [gradient for gradient, _ in pairs]


def a_single_variable_is_not_a_list(tf):
    w = _scalar(tf, "w", 2.0)
    _scalar(tf, "u")
    return [variable.name for _, variable in tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * w, [w])]


def a_derivative_to_begin_with(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * w, grad_loss=tf.constant([1.0, 10.0]))
    return [gradient for gradient, _ in pairs]


def gradients_of_a_vector_are_those_of_its_sum(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    return [gradient for gradient, _ in tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * [1.0, 10.0])]


def all_gates_give_the_same_gradients(tf):
    w = _scalar(tf, "w", 2.0)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    gates = (optimizer.GATE_NONE, optimizer.GATE_OP, optimizer.GATE_GRAPH)
    return [optimizer.compute_gradients(w * w, gate_gradients=gate)[0][0] for gate in gates]


def gradients_are_computed_next_to_their_operations(tf):
    w = _scalar(tf, "w", 2.0)
    pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * w, colocate_gradients_with_ops=True)
    return pairs[0][0]


@steps(2)
def clipped_gradients(tf):
    w, u = _scalar(tf, "w", 2.0), _scalar(tf, "u", 3.0)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    pairs = [(tf.clip_by_value(g, -1.0, 1.0), v) for g, v in optimizer.compute_gradients(w * w * u)]
    return [optimizer.apply_gradients(pairs), w, u]


@steps(2)
def gradients_clipped_by_their_global_norm(tf):
    w, u = _scalar(tf, "w", 2.0), _scalar(tf, "u", 3.0)
    variables = tf.trainable_variables()
    gradients, norm = tf.clip_by_global_norm(tf.gradients(w * w * u, variables), 0.5)
    train = tf.train.AdamOptimizer(0.1).apply_gradients(zip(gradients, variables))
    return [norm, train, w, u]


@steps(2)
def clipping_with_a_variable_that_plays_no_part(tf):
    w = _scalar(tf, "w", 2.0)
    _scalar(tf, "u")
    variables = tf.trainable_variables()
    gradients, norm = tf.clip_by_global_norm(tf.gradients(w * w, variables), 0.5)
    train = tf.train.MomentumOptimizer(0.1, 0.5).apply_gradients(zip(gradients, variables))
    return [norm, gradients[1] is None, train, w, names_of(tf.global_variables())]


@steps(2)
def accumulated_gradients(tf):
    w = _scalar(tf, "w", 2.0)
    total = tf.Variable(0.0, trainable=False, name="total")
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    gradient = optimizer.compute_gradients(w * w, [w])[0][0]
    with tf.control_dependencies([tf.assign_add(total, gradient)]):
        train = optimizer.apply_gradients([(total.read_value(), w)])
    return [train, w, total]


@steps(2)
def a_regularized_loss(tf):
    w = _scalar(tf, "w", 2.0, regularizer=lambda x: 0.5 * x * x)
    loss = w + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
    return [tf.train.GradientDescentOptimizer(0.1).minimize(loss), w]


# The rate


@steps(2)
def a_rate_may_be_a_variable(tf):
    w = _scalar(tf, "w", 2.0)
    rate = tf.Variable(0.5, trainable=False, name="rate")
    train = tf.train.GradientDescentOptimizer(rate).minimize(w * 1.0)
    with tf.control_dependencies([train]):
        slower = tf.assign(rate, rate * 0.5)
    return [slower, w]


@steps(2)
def a_rate_may_be_a_function(tf):
    w = _scalar(tf, "w", 2.0)
    return [tf.train.MomentumOptimizer(lambda: 0.5, lambda: 0.1).minimize(w * 1.0), w]


# The global step


@steps(2)
def the_global_step_may_be_any_integer_variable(tf):
    w = _scalar(tf, "w", 2.0)
    count = tf.Variable(10, trainable=False, name="count")
    return [tf.train.AdamOptimizer(0.1).minimize(w * 1.0, global_step=count), count]


@steps(2)
def the_global_step_counts_after_the_update(tf):
    w = _scalar(tf, "w", 2.0)
    step = tf.train.create_global_step()
    with tf.control_dependencies([tf.train.GradientDescentOptimizer(0.1).minimize(w * 1.0, step)]):
        return [tf.cast(step.read_value(), tf.float32) + 0.0, w]


# Slots


def names_of_slots(tf):
    return [
        optimizer.get_slot_names()
        for optimizer in (
            tf.train.AdamOptimizer(0.1),
            tf.train.MomentumOptimizer(0.1, 0.9),
            tf.train.GradientDescentOptimizer(0.1),
        )
    ]


def names_of_slots_after_a_step(tf):
    w = _scalar(tf)
    names = []
    for optimizer in (
        tf.train.AdamOptimizer(0.1),
        tf.train.MomentumOptimizer(0.1, 0.9),
        tf.train.GradientDescentOptimizer(0.1),
        tf.train.RMSPropOptimizer(0.1),
        tf.train.RMSPropOptimizer(0.1, centered=True),
        tf.train.AdadeltaOptimizer(0.1),
        tf.train.FtrlOptimizer(0.1),
    ):
        optimizer.minimize(w * w)
        names.append([optimizer.get_slot_names(), names_of(optimizer.variables())])
    return names


@steps(2)
def a_slot_is_a_variable(tf):
    w = _scalar(tf, "w", 2.0)
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    train = optimizer.minimize(w * w)
    slot = optimizer.get_slot(w, "momentum")
    return [train, slot, slot.name, slot.shape, slot.dtype.base_dtype, slot.name in names_of(tf.trainable_variables())]


def a_slot_that_is_not_there_is_none(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u")
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    before = optimizer.get_slot(w, "momentum")
    optimizer.minimize(w * w, var_list=[w])
    return [before, optimizer.get_slot(u, "momentum"), optimizer.get_slot(w, "other")]


def variables_of_an_optimizer(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u")
    optimizer = tf.train.AdamOptimizer(0.1)
    before = names_of(optimizer.variables())
    optimizer.minimize(w * u)
    return [before, names_of(optimizer.variables())]


def its_variables_take_the_variable_scope(tf):
    with tf.variable_scope("net"):
        w = _scalar(tf)
    with tf.variable_scope("train"), tf.name_scope("ops"):
        tf.train.AdamOptimizer(0.1).minimize(w * w)
    return names_of(tf.global_variables())


def a_name_scope_does_not_count(tf):
    with tf.name_scope("n"), tf.variable_scope("net"):
        w = _scalar(tf)
    with tf.name_scope("train"):
        tf.train.AdamOptimizer(0.1).minimize(w * w)
    return names_of(tf.global_variables())


def its_variables_are_global_and_not_trainable(tf):
    w = _scalar(tf)
    tf.train.AdamOptimizer(0.1).minimize(w * w)
    keys = tf.get_default_graph().get_all_collection_keys()
    return [
        names_of(tf.trainable_variables()),
        len(tf.global_variables()),
        len(tf.local_variables()),
        sorted(key for key in keys if isinstance(key, str) and tf.get_collection(key)),
    ]


def slots_of_a_variable_made_by_tf_variable(tf):
    w = tf.Variable([1.0, 2.0], name="w")
    u = tf.Variable([1.0, 2.0], name="w")
    tf.train.RMSPropOptimizer(0.1).minimize(w * u)
    return names_of(tf.global_variables())


def slots_take_the_regularizer_of_the_scope_and_no_partitioner(tf):
    with tf.variable_scope("net", regularizer=tf.nn.l2_loss, partitioner=tf.fixed_size_partitioner(2)):
        w = tf.get_variable("w", [4], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(1))
        tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(tf.convert_to_tensor(w) ** 2))
    return [names_of(tf.global_variables()), len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))]


def half_and_double_variables_have_slots_of_their_dtype(tf):
    d = tf.get_variable("d", [], tf.float64, initializer=tf.ones_initializer())
    optimizer = tf.train.AdamOptimizer(0.1)
    train = optimizer.minimize(d * d)
    return [train, d, optimizer.get_slot(d, "m").dtype.base_dtype, [v.dtype.base_dtype for v in optimizer.variables()]]


# Constraints


@steps(2)
def a_constraint_of_get_variable(tf):
    w = _scalar(tf, "w", 2.0, constraint=lambda x: tf.maximum(x, 1.5))
    return [tf.train.AdamOptimizer(0.4).minimize(w * w), w]


@steps(2)
def a_constraint_with_momentum(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), constraint=lambda x: x / tf.reduce_sum(x))
    return [tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * [1.0, 2.0]), w]


@steps(2)
def a_constraint_of_tf_variable(tf):
    w = tf.Variable(2.0, constraint=lambda x: tf.minimum(x, 1.0))
    return [tf.train.GradientDescentOptimizer(0.1).minimize(w * w), w]


def a_constraint_forbids_sparse_gradients(tf):
    table = tf.get_variable("table", [4], initializer=tf.ones_initializer(), constraint=lambda x: x)
    rows = tf.gather(table, [1, 2])
    tf.train.GradientDescentOptimizer(0.1).minimize(rows)


# Operations


@graph_only("names of operations")
def names_of_operations(tf):
    w = _scalar(tf)
    optimizer = tf.train.AdamOptimizer(0.1)
    return [
        optimizer.minimize(w * w).name,
        tf.train.GradientDescentOptimizer(0.1, name="mine").minimize(w * w, name="step").name,
        optimizer.get_name(),
    ]


def what_minimize_gives_is_collected_once_a_call(tf):
    w = _scalar(tf)
    for _ in range(2):
        tf.train.GradientDescentOptimizer(0.1).minimize(w * w)
    return [len(tf.get_collection(tf.GraphKeys.TRAIN_OP)), len(tf.get_collection_ref("train_op"))]


@steps(2)
def grouped_with_other_operations(tf):
    w = _scalar(tf, "w", 2.0)
    count = tf.Variable(0, trainable=False, name="count")
    train = tf.train.GradientDescentOptimizer(0.1).minimize(w * 1.0)
    return [tf.group(train, tf.assign_add(count, 1)), w, count]


@steps(2)
def a_loss_after_the_step(tf):
    w = _scalar(tf, "w", 2.0)
    with tf.control_dependencies([tf.train.GradientDescentOptimizer(0.1).minimize(w * 1.0)]):
        return [tf.identity(w.read_value() * 10.0), w]


# Subclasses


def _own_optimizer(tf):
    class Half(tf.train.Optimizer):
        def __init__(self):
            super(Half, self).__init__(False, "Half")
            self.prepared = 0

        def _create_slots(self, var_list):
            for variable in var_list:
                self._zeros_slot(variable, "count", self._name)

        def _prepare(self):
            self.prepared += 1

        def _apply_dense(self, grad, var):
            count = self.get_slot(var, "count")
            return tf.group(tf.assign_sub(var, 0.5 * grad), tf.assign_add(count, tf.ones_like(grad)))

        def _resource_apply_dense(self, grad, handle):
            return self._apply_dense(grad, handle)

    return Half()


@steps(2)
def an_optimizer_of_ones_own(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    optimizer = _own_optimizer(tf)
    train = optimizer.minimize(w * [1.0, 2.0])
    return [train, w, optimizer.get_slot(w, "count"), names_of(tf.global_variables()), optimizer.prepared]


@steps(2)
def an_optimizer_around_another(tf):
    class Clipped(tf.train.Optimizer):
        def __init__(self, optimizer):
            super(Clipped, self).__init__(False, "Clipped")
            self.optimizer = optimizer

        def compute_gradients(self, *args, **kwargs):
            pairs = self.optimizer.compute_gradients(*args, **kwargs)
            return [(tf.clip_by_value(gradient, -1.0, 1.0), variable) for gradient, variable in pairs]

        def apply_gradients(self, *args, **kwargs):
            return self.optimizer.apply_gradients(*args, **kwargs)

    w = _scalar(tf, "w", 2.0)
    train = Clipped(tf.train.MomentumOptimizer(0.1, 0.5)).minimize(w * w * 3.0, tf.train.get_or_create_global_step())
    return [train, w, names_of(tf.global_variables())]


# Errors


def applying_nothing_raises(tf):
    tf.train.GradientDescentOptimizer(0.1).apply_gradients([])


def applying_only_none_raises(tf):
    w = _scalar(tf)
    error = error_of(tf.train.GradientDescentOptimizer(0.1).apply_gradients, [(None, w)])
    return Raised(error.error, says=error.says.split("[")[0])


def applying_to_a_tensor_raises(tf):
    return kind_of_error(
        tf.train.GradientDescentOptimizer(0.1).apply_gradients, [(tf.constant(1.0), tf.constant(1.0) * 2.0)]
    )


def a_gate_that_does_not_exist_raises(tf):
    w = _scalar(tf)
    tf.train.GradientDescentOptimizer(0.1).compute_gradients(w * w, gate_gradients=7)


def an_integer_variable_cannot_be_trained(tf):
    w = tf.get_variable("w", [], tf.int32, initializer=tf.zeros_initializer())
    return kind_of_error(tf.train.GradientDescentOptimizer(0.1).minimize, tf.cast(w, tf.float32) * 1.0)


def an_integer_loss_raises(tf):
    w = _scalar(tf)
    return kind_of_error(tf.train.GradientDescentOptimizer(0.1).minimize, tf.cast(w, tf.int32))


def a_loss_that_is_no_tensor_raises(tf):
    tf.get_variable("w", [], initializer=tf.ones_initializer())
    optimizer = tf.train.AdamOptimizer()
    return [error_of(optimizer.minimize, loss) for loss in (1.0, None, [1.0])]


def a_gradient_that_is_no_tensor_raises(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    return error_of(tf.train.AdamOptimizer().apply_gradients, [(object(), w)])


def a_negative_ftrl_setting_raises(tf):
    return [
        error_of(tf.train.FtrlOptimizer, 0.1, initial_accumulator_value=-1.0),
        error_of(tf.train.FtrlOptimizer, 0.1, learning_rate_power=1.0),
        error_of(tf.train.AdagradOptimizer, 0.1, initial_accumulator_value=0.0),
    ]


def an_optimizer_without_a_name_raises(tf):
    tf.train.Optimizer(False, "")


# Derivatives


def second_derivatives(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([1.0, 2.0]))
    return tf.hessians(w[0] * w[0] * w[1] + w[1] ** 3, w)


def second_derivatives_of_several(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([1.0, 2.0]))
    u = _scalar(tf, "u", 3.0)
    return tf.hessians(tf.reduce_sum(w * w) * u * u, [w, u])


def second_derivatives_of_a_matrix(tf):
    w = tf.get_variable("w", [1, 2], initializer=tf.constant_initializer([1.0, 2.0]))
    hessian = tf.hessians(tf.reduce_sum(w * w * w), w)[0]
    return [hessian, hessian.shape]


def a_gradient_penalty(tf):
    w = _scalar(tf, "w", 2.0)
    u = _scalar(tf, "u", 3.0)
    slope = tf.gradients(w * w * u, [w])[0]
    penalty = tf.square(slope - 1.0)
    return [penalty, tf.gradients(penalty, [w, u])]


@steps(2)
def training_on_a_gradient_penalty(tf):
    w = _scalar(tf, "w", 0.5)
    u = _scalar(tf, "u", 0.25)
    slope = tf.gradients(w * w * u, [w])[0]
    return [tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(slope - 1.0)), w, u]


def gradients_taken_as_constants(tf):
    w = _scalar(tf, "w", 2.0)
    return tf.gradients(tf.stop_gradient(w * w) * w, [w])


def gradients_that_begin_with_something(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    return tf.gradients(w * w, w, grad_ys=tf.constant([1.0, 10.0]))


def gradients_of_several(tf):
    w = _scalar(tf, "w", 2.0)
    return tf.gradients([w * w, 3.0 * w], [w])


def no_path_may_give_zeros(tf):
    w, u = _scalar(tf, "w"), _scalar(tf, "u")
    return tf.gradients(w * w, [w, u], unconnected_gradients=tf.UnconnectedGradients.ZERO)


def the_gradient_of_a_lookup_is_sparse(tf):
    table = tf.get_variable("table", [4, 2], initializer=tf.ones_initializer())
    gradient = tf.gradients(tf.nn.embedding_lookup(table, [1, 3, 1]), table)[0]
    return [type(gradient).__name__, gradient.values, gradient.indices, tf.convert_to_tensor(gradient)]


# Checking numbers


@graph_only("names of operations")
def checking_all_numbers(tf):
    x = tf.constant([1.0, 2.0], name="x")
    tf.sqrt(x, name="root")
    check = tf.add_check_numerics_ops()
    return [check.name, sorted(op.name for op in tf.get_default_graph().get_operations() if op.type == "CheckNumerics")]
