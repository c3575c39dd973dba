"""Optimizers of one's own: subclasses of TF1's base class and of its optimizers, and what is put around them."""

from facts.vocabulary import error_of, names_of, steps


def _vector(tf, name="w", values=(1.0, 2.0), **kwargs):
    return tf.get_variable(name, initializer=tf.constant(list(values)), **kwargs)


def _table(tf, **kwargs):
    return tf.get_variable("table", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), **kwargs)


def _lookup_loss(tf, table):
    return tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, tf.constant([2, 0, 2]))) * [[1.0], [2.0], [3.0]])


# From the base class


def _weight_decay_adam(tf, rate=0.1, decay=0.01):
    """BERT's kind: applies gradients by itself with plain get_variable."""

    class AdamWeightDecay(tf.train.Optimizer):
        def __init__(self):
            super(AdamWeightDecay, self).__init__(False, "AdamWeightDecay")

        def apply_gradients(self, grads_and_vars, global_step=None, name=None):
            assignments = []
            for grad, param in grads_and_vars:
                if grad is None or param is None:
                    continue
                name = param.name[:-2]
                m = tf.get_variable(
                    name + "/adam_m", param.shape.as_list(), tf.float32, tf.zeros_initializer(), trainable=False
                )
                v = tf.get_variable(
                    name + "/adam_v", param.shape.as_list(), tf.float32, tf.zeros_initializer(), trainable=False
                )
                next_m = 0.9 * m + 0.1 * grad
                next_v = 0.999 * v + 0.001 * tf.square(grad)
                update = next_m / (tf.sqrt(next_v) + 1e-6) + decay * param
                assignments += [param.assign(param - rate * update), m.assign(next_m), v.assign(next_v)]
            return tf.group(*assignments, name=name)

    return AdamWeightDecay()


@steps(3)
def one_that_applies_gradients_by_itself(tf):
    with tf.variable_scope("bert"):
        w = _vector(tf)
    step = tf.train.get_or_create_global_step()
    optimizer = _weight_decay_adam(tf)
    variables = tf.trainable_variables()
    gradients, _ = tf.clip_by_global_norm(tf.gradients(tf.reduce_sum(w * w), variables), 1.0)
    train = optimizer.apply_gradients(zip(gradients, variables), global_step=step)
    train = tf.group(train, [step.assign(step + 1)])
    return [train, w, step, names_of(tf.global_variables())]


@steps(3)
def one_that_applies_gradients_by_itself_minimizes(tf):
    w = _vector(tf)
    return [_weight_decay_adam(tf).minimize(tf.reduce_sum(w * w)), w, names_of(tf.global_variables())]


def _own(tf, rate=0.1):
    class Own(tf.train.Optimizer):
        def __init__(self, learning_rate, use_locking=False, name="Own"):
            super(Own, self).__init__(use_locking, name)
            self._lr = learning_rate

        def _create_slots(self, var_list):
            first = min(var_list, key=lambda v: v.name)
            self._create_non_slot_variable(initial_value=1.0, name="factor", colocate_with=first)
            for v in var_list:
                self._zeros_slot(v, "m", self._name)
                self._get_or_make_slot(v, tf.ones_like(v) * 2.0, "k", self._name)
                self._get_or_make_slot_with_initializer(
                    v, tf.constant_initializer(0.5), v.shape, v.dtype.base_dtype, "i", self._name
                )

        def _prepare(self):
            self._lr_t = tf.convert_to_tensor(self._call_if_callable(self._lr), name="learning_rate")

        def _factor(self):
            return self._get_non_slot_variable("factor", graph=tf.get_default_graph())

        def _update(self, grad, var):
            m = self.get_slot(var, "m")
            m_t = tf.assign(m, 0.9 * m + grad)
            step = tf.cast(self._lr_t, var.dtype.base_dtype) * m_t * self.get_slot(var, "k")
            return tf.group(tf.assign_sub(var, step * self._factor()), m_t)

        def _apply_dense(self, grad, var):
            return self._update(grad, var)

        def _resource_apply_dense(self, grad, var):
            return self._update(grad, var)

        def _scatter(self, values, indices, var):
            return tf.scatter_sub(var, indices, values * self._lr_t)

        def _apply_sparse(self, grad, var):
            return self._scatter(grad.values, grad.indices, var)

        def _resource_apply_sparse(self, grad, var, indices):
            return self._scatter(grad, indices, var)

        def _finish(self, update_ops, name_scope):
            with tf.control_dependencies(update_ops):
                change = tf.assign(self._factor(), self._factor() * 0.5)
            return tf.group(*(update_ops + [change]), name=name_scope)

    return Own(rate)


@steps(3)
def one_with_every_part(tf):
    with tf.variable_scope("net"):
        w = _vector(tf)
        u = _vector(tf, "u", [0.5])
    optimizer = _own(tf)
    step = tf.train.get_or_create_global_step()
    train = optimizer.minimize(tf.reduce_sum(w * w) + tf.reduce_sum(u * 3.0), global_step=step)
    return [train, w, u, step, names_of(tf.global_variables()), names_of(optimizer.variables())]


@steps(2)
def its_slots_and_their_names(tf):
    w = _vector(tf)
    optimizer = _own(tf)
    train = optimizer.minimize(tf.reduce_sum(w * w))
    return [
        train,
        optimizer.get_slot_names(),
        [optimizer.get_slot(w, name).name for name in optimizer.get_slot_names()],
        optimizer.get_slot(w, "m"),
        optimizer.get_slot(w, "nothing"),
        optimizer.get_name(),
    ]


@steps(2)
def its_sparse_part(tf):
    table = _table(tf)
    return [_own(tf).minimize(_lookup_loss(tf, table)), table]


@steps(2)
def its_rate_may_be_a_function(tf):
    w = _vector(tf)
    return [_own(tf, rate=lambda: 0.25).minimize(tf.reduce_sum(w * w)), w]


@steps(2)
def in_a_variable_scope(tf):
    w = _vector(tf)
    with tf.variable_scope("train"):
        train = _own(tf).minimize(tf.reduce_sum(w * w))
    return [train, w, names_of(tf.global_variables())]


def one_without_a_dense_part(tf):
    class Nothing(tf.train.Optimizer):
        def __init__(self):
            super(Nothing, self).__init__(False, "Nothing")

    w = _vector(tf)
    return type(error_of(Nothing().minimize, tf.reduce_sum(w * w)).error).__name__


@steps(2)
def one_with_duplicates_added_up(tf):
    class Rows(tf.train.Optimizer):
        def __init__(self):
            super(Rows, self).__init__(False, "Rows")

        def _apply_sparse(self, grad, var):
            return tf.scatter_sub(var, grad.indices, 0.01 * tf.square(grad.values))

        def _resource_apply_sparse(self, grad, var, indices):
            return tf.scatter_sub(var, indices, 0.01 * tf.square(grad))

    table = _table(tf)
    return [Rows().minimize(_lookup_loss(tf, table)), table]


@steps(2)
def one_that_keeps_duplicates(tf):
    class Rows(tf.train.Optimizer):
        def __init__(self):
            super(Rows, self).__init__(False, "Rows")

        def _apply_sparse_duplicate_indices(self, grad, var):
            return tf.scatter_sub(var, grad.indices, 0.01 * tf.square(grad.values))

        def _resource_apply_sparse_duplicate_indices(self, grad, var, indices):
            return tf.scatter_sub(var, indices, 0.01 * tf.square(grad))

    table = _table(tf)
    return [Rows().minimize(_lookup_loss(tf, table)), table]


# From TF1's optimizers


@steps(3)
def adam_with_another_compute_gradients(tf):
    class Clipped(tf.train.AdamOptimizer):
        def compute_gradients(self, *args, **kwargs):
            pairs = super(Clipped, self).compute_gradients(*args, **kwargs)
            return [(None if g is None else tf.clip_by_value(g, -0.5, 0.5), v) for g, v in pairs]

    w = _vector(tf)
    return [Clipped(0.1).minimize(tf.reduce_sum(w * w)), w, names_of(tf.global_variables())]


@steps(3)
def adam_with_another_apply_gradients(tf):
    class Decayed(tf.train.AdamOptimizer):
        def apply_gradients(self, grads_and_vars, global_step=None, name=None):
            pairs = list(grads_and_vars)
            train = super(Decayed, self).apply_gradients(pairs, global_step, name)
            with tf.control_dependencies([train]):
                return tf.group(*[tf.assign_sub(v, 0.1 * v) for _, v in pairs])

    w = _vector(tf)
    step = tf.train.get_or_create_global_step()
    return [Decayed(0.1).minimize(tf.reduce_sum(w * w), global_step=step), w, step]


@steps(3)
def adam_with_another_update(tf):
    class Slow(tf.train.AdamOptimizer):
        def _apply_dense(self, grad, var):
            return super(Slow, self)._apply_dense(grad * 0.0 + 1.0, var)

        def _resource_apply_dense(self, grad, var):
            return super(Slow, self)._resource_apply_dense(grad * 0.0 + 1.0, var)

    w = _vector(tf)
    return [Slow(0.1).minimize(tf.reduce_sum(w * w)), w]


@steps(3)
def momentum_with_another_slot(tf):
    class More(tf.train.MomentumOptimizer):
        def _create_slots(self, var_list):
            super(More, self)._create_slots(var_list)
            for v in var_list:
                self._zeros_slot(v, "extra", self._name)

    w = _vector(tf)
    train = More(0.1, 0.9).minimize(tf.reduce_sum(w * w))
    return [train, w, names_of(tf.global_variables())]


@steps(3)
def adam_finishing_in_another_way(tf):
    class Counting(tf.train.AdamOptimizer):
        def _finish(self, update_ops, name_scope):
            count = tf.get_variable("count", [], initializer=tf.zeros_initializer(), trainable=False)
            with tf.control_dependencies(update_ops):
                counted = tf.assign_add(count, 1.0)
            return super(Counting, self)._finish(update_ops + [counted], name_scope)

    w = _vector(tf)
    train = Counting(0.1).minimize(tf.reduce_sum(w * w))
    return [train, w, names_of(tf.global_variables()), [v for v in tf.global_variables() if v.name == "count:0"]]


@steps(2)
def a_rate_that_a_subclass_sets_in_prepare(tf):
    class Fixed(tf.train.GradientDescentOptimizer):
        def _prepare(self):
            self._learning_rate_tensor = tf.convert_to_tensor(0.25)

    w = _vector(tf)
    return [Fixed(1.0).minimize(tf.reduce_sum(w * w)), w]


def is_a_subclass_of_the_base(tf):
    adam = tf.train.AdamOptimizer(0.1)
    return [isinstance(adam, tf.train.Optimizer), isinstance(adam, tf.train.AdamOptimizer), type(adam).__name__]


# Around another


@steps(3)
def accumulating_gradients_over_steps(tf):
    w = _vector(tf)
    optimizer = tf.train.AdamOptimizer(0.1)
    pairs = optimizer.compute_gradients(tf.reduce_sum(w * w))
    sums = [tf.Variable(tf.zeros_like(v), trainable=False, name="accumulated") for _, v in pairs]
    with tf.control_dependencies([s.assign_add(g) for s, (g, _) in zip(sums, pairs)]):
        train = optimizer.apply_gradients([(s.read_value() / 2.0, v) for s, (_, v) in zip(sums, pairs)])
    return [train, w, sums, names_of(tf.global_variables())]


@steps(3)
def two_rates_in_one_step(tf):
    with tf.variable_scope("slow"):
        w = _vector(tf)
    with tf.variable_scope("fast"):
        u = _vector(tf, "u")
    loss = tf.reduce_sum(w * u)
    slow = tf.trainable_variables("slow")
    fast = tf.trainable_variables("fast")
    gradients = tf.tuple(tf.gradients(loss, slow + fast))
    first = tf.train.GradientDescentOptimizer(0.01).apply_gradients(zip(gradients[: len(slow)], slow))
    second = tf.train.GradientDescentOptimizer(0.1).apply_gradients(zip(gradients[len(slow) :], fast))
    return [tf.group(first, second), w, u]


@steps(2)
def gradients_times_a_factor_of_their_own(tf):
    w, u = _vector(tf), _vector(tf, "u")
    factors = {"w:0": 1.0, "u:0": 10.0}
    optimizer = tf.train.MomentumOptimizer(0.01, 0.9)
    pairs = optimizer.compute_gradients(tf.reduce_sum(w * u), gate_gradients=optimizer.GATE_GRAPH)
    return [optimizer.apply_gradients([(g * factors[v.name], v) for g, v in pairs]), w, u]


@steps(3)
def gradients_averaged_over_towers(tf):
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    towers = []
    for tower in range(2):
        with tf.variable_scope(tf.get_variable_scope(), reuse=tower > 0), tf.name_scope("tower_%d" % tower):
            w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
            towers.append(optimizer.compute_gradients(tf.reduce_sum(w * w * (tower + 1.0))))
    pairs = []
    for of_one in zip(*towers):
        mean = tf.reduce_mean(tf.concat([tf.expand_dims(g, 0) for g, _ in of_one], 0), 0)
        pairs.append((mean, of_one[0][1]))
    step = tf.train.get_or_create_global_step()
    return [optimizer.apply_gradients(pairs, global_step=step), w, step, names_of(tf.global_variables())]


@steps(3)
def two_networks_against_each_other(tf):
    with tf.variable_scope("generator"):
        g = _vector(tf)
    with tf.variable_scope("discriminator"):
        d = _vector(tf, "d", [0.5, -0.5])
    value = tf.reduce_sum(tf.tanh(g) * d) - tf.reduce_sum(d * d)
    of_d = tf.train.AdamOptimizer(0.1, beta1=0.5, name="AdamD").minimize(-value, var_list=tf.trainable_variables("disc"))
    with tf.control_dependencies([of_d]):
        of_g = tf.train.AdamOptimizer(0.1, name="AdamG").minimize(value, var_list=tf.trainable_variables("gen"))
    return [of_g, names_of(tf.global_variables())]


@steps(3)
def weights_clipped_after_the_step(tf):
    w = _vector(tf)
    with tf.control_dependencies([tf.train.RMSPropOptimizer(0.5).minimize(-tf.reduce_sum(w * w))]):
        clip = [v.assign(tf.clip_by_value(v, -2.0, 2.0)) for v in tf.trainable_variables()]
    return [tf.group(*clip), w]


@steps(3)
def minimizing_in_a_condition(tf):
    w = _vector(tf)
    count = tf.get_variable("count", [], tf.int32, tf.zeros_initializer(), trainable=False)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    gradients = tf.gradients(tf.reduce_sum(w * w), [w])

    def train():
        with tf.control_dependencies([optimizer.apply_gradients(list(zip(gradients, [w])))]):
            return tf.constant(True)

    with tf.control_dependencies(gradients):
        trained = tf.cond(tf.equal(count % 2, 0), train, lambda: tf.constant(False))
    with tf.control_dependencies([trained]):
        return [tf.identity(tf.assign_add(count, 1)), w]
