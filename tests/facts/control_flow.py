"""Variables, regularizers and collections inside `tf.cond` and `tf.while_loop`."""

from facts.vocabulary import error_of, graph_only, kind_of_error, names_of


def _ones(tf, name="w", **kwargs):
    return tf.get_variable(name, [], initializer=tf.ones_initializer(), **kwargs)


def a_variable_made_in_a_branch_works_in_the_branch(tf):
    return tf.cond(tf.constant(True), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0))


def a_variable_made_in_a_branch_is_in_the_collections(tf):
    tf.cond(tf.constant(True), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0))
    return [names_of(tf.global_variables()), names_of(tf.trainable_variables()), names_of(tf.local_variables())]


def a_variable_made_in_the_branch_not_taken_exists_too(tf):
    result = tf.cond(tf.constant(False), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0))
    return [result, names_of(tf.global_variables())]


def a_branch_not_taken_adds_nothing_to_the_result(tf):
    w = _ones(tf)
    return tf.cond(tf.reduce_sum(w) > 0.5, lambda: w + 1.0, lambda: w / 0.0)


def a_variable_made_in_a_branch_is_not_named_after_it(tf):
    tf.cond(tf.constant(True), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0), name="choice")
    return names_of(tf.global_variables())


def a_variable_made_in_a_branch_can_be_shared_afterwards(tf):
    tf.cond(tf.constant(True), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0))
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return _ones(tf) + 3.0


def a_variable_made_outside_can_be_read_in_both_branches(tf):
    w = _ones(tf)
    return [tf.cond(tf.constant(choice), lambda: w * 2.0, lambda: w * 3.0) for choice in (True, False)]


def both_branches_may_share_by_auto_reuse(tf):
    def branch(factor):
        with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
            return _ones(tf) * factor

    result = tf.cond(tf.constant(False), lambda: branch(2.0), lambda: branch(3.0))
    return [result, names_of(tf.global_variables())]


def both_branches_making_the_same_variable_is_refused(tf):
    tf.cond(tf.constant(False), lambda: _ones(tf) * 2.0, lambda: _ones(tf) * 3.0)


def a_tensor_of_the_branch_cannot_initialize_a_variable(tf):
    def branch():
        return tf.get_variable("w", initializer=tf.ones([])) * 2.0

    tf.cond(tf.constant(True), branch, lambda: tf.constant(0.0))


def a_tensor_from_outside_can_initialize_a_variable_in_a_branch(tf):
    value = tf.constant(3.0)
    return tf.cond(tf.constant(True), lambda: tf.get_variable("w", initializer=value) * 2.0, lambda: tf.constant(0.0))


def a_function_can_initialize_a_variable_in_a_branch(tf):
    def branch():
        return tf.get_variable("w", initializer=lambda: tf.ones([])) * 2.0

    return tf.cond(tf.constant(True), branch, lambda: tf.constant(0.0))


def a_number_can_initialize_a_variable_in_a_branch(tf):
    return tf.cond(tf.constant(True), lambda: tf.get_variable("w", initializer=3.0) * 2.0, lambda: tf.constant(0.0))


def a_regularizer_in_a_branch_gives_a_loss_outside(tf):
    tf.cond(tf.constant(True), lambda: _ones(tf, regularizer=tf.nn.l2_loss) * 2.0, lambda: tf.constant(0.0))
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), tf.add_n(losses)]


def a_regularizer_in_the_branch_not_taken_gives_a_loss_too(tf):
    tf.cond(tf.constant(False), lambda: _ones(tf, regularizer=tf.nn.l2_loss) * 2.0, lambda: tf.constant(0.0))
    return tf.losses.get_regularization_loss()


def a_scopes_regularizer_counts_in_a_branch(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        tf.cond(tf.constant(True), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0))
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), losses]


def a_regularizer_in_a_loop_gives_one_loss_outside(tf):
    def body(i):
        return i + _ones(tf, regularizer=tf.nn.l2_loss)

    result = tf.while_loop(lambda i: i < 3.0, body, [tf.constant(0.0)])
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [result, names_of(losses), losses]


def a_regularizer_of_nested_branches_gives_a_loss_outside(tf):
    def inner():
        return tf.cond(tf.constant(True), lambda: _ones(tf, regularizer=tf.nn.l2_loss) * 2.0, lambda: tf.constant(0.0))

    result = tf.cond(tf.constant(True), inner, lambda: tf.constant(0.0))
    return [result, tf.losses.get_regularization_loss()]


def a_regularizer_in_a_branch_may_use_a_tensor_from_outside(tf):
    rate = tf.constant(3.0)

    def branch():
        return _ones(tf, regularizer=lambda v: rate * tf.nn.l2_loss(v)) * 2.0

    tf.cond(tf.constant(True), branch, lambda: tf.constant(0.0))
    return tf.losses.get_regularization_loss()


def the_gradient_goes_through_a_loss_made_in_a_branch(tf):
    tf.cond(tf.constant(True), lambda: _ones(tf, regularizer=tf.nn.l2_loss) * 2.0, lambda: tf.constant(0.0))
    return tf.gradients(tf.losses.get_regularization_loss(), tf.trainable_variables())


def the_gradient_goes_through_the_branch_taken(tf):
    w = _ones(tf)
    return [
        tf.gradients(tf.cond(tf.constant(choice), lambda: w * 2.0, lambda: w * w * 5.0), w) for choice in (True, False)
    ]


def a_variable_made_in_a_loop_is_made_once(tf):
    result = tf.while_loop(lambda i: i < 3.0, lambda i: i + _ones(tf), [tf.constant(0.0)])
    return [result, names_of(tf.global_variables())]


def a_variable_made_in_the_condition_of_a_loop_works(tf):
    def condition(i):
        return i < tf.get_variable("limit", [], initializer=tf.constant_initializer(3.0))

    return [tf.while_loop(condition, lambda i: i + 1.0, [tf.constant(0.0)]), names_of(tf.global_variables())]


def a_variable_made_outside_can_be_read_in_a_loop(tf):
    w = _ones(tf)
    return tf.while_loop(lambda i: i < 3.0, lambda i: i + w, [tf.constant(0.0)])


def several_loop_variables_come_back_in_order(tf):
    w = _ones(tf)
    return tf.while_loop(lambda i, x: i < 3, lambda i, x: [i + 1, x * 2.0], [tf.constant(0), w + 0.0])


def a_scope_opened_in_a_branch_ends_with_it(tf):
    def branch():
        with tf.variable_scope("a"):
            return _ones(tf) * 2.0

    tf.cond(tf.constant(True), branch, lambda: tf.constant(0.0))
    return [tf.get_variable_scope().name, names_of(tf.global_variables())]


def a_branch_sees_the_scope_around_it(tf):
    with tf.variable_scope("a"):
        tf.cond(tf.constant(True), lambda: _ones(tf) * 2.0, lambda: tf.constant(0.0))
    return names_of(tf.global_variables())


def default_names_count_on_in_branches(tf):
    def branch():
        with tf.variable_scope(None, "layer"):
            return _ones(tf) * 2.0

    tf.cond(tf.constant(True), branch, branch)
    with tf.variable_scope(None, "layer") as scope:
        return [scope.name, names_of(tf.global_variables())]


def an_assignment_in_a_branch_happens_only_if_it_is_taken(tf):
    w = _ones(tf)
    first = tf.cond(tf.constant(False), lambda: tf.assign(w, 5.0) + 0.0, lambda: tf.constant(0.0))
    with tf.control_dependencies([first]):
        return [first, w.read_value()]


def what_a_branch_adds_to_a_collection_is_seen_afterwards(tf):
    def branch():
        tf.add_to_collection("mine", "x")
        return tf.constant(1.0)

    tf.cond(tf.constant(True), branch, branch)
    return tf.get_collection("mine")


def an_error_in_a_branch_comes_out(tf):
    def broken():
        raise KeyError("mine")

    return [error_of(tf.cond, tf.constant(True), broken, lambda: tf.constant(0.0)), names_of(tf.global_variables())]


def tf_case_takes_the_first_true_one(tf):
    w = _ones(tf)
    return tf.case(
        [(tf.constant(False), lambda: w * 2.0), (tf.constant(True), lambda: w * 3.0)], default=lambda: w * 4.0
    )


def a_python_condition_is_refused_as_an_argument_of_cond(tf):
    return kind_of_error(tf.cond, True, lambda: tf.constant(1.0), lambda: tf.constant(2.0))


def cond_takes_true_fn_and_false_fn_by_name(tf):
    return tf.cond(pred=tf.constant(True), true_fn=lambda: tf.constant(1.0), false_fn=lambda: tf.constant(2.0))


def control_dependencies_run_first(tf):
    w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    with tf.control_dependencies([tf.assign(w, 7.0)]):
        return w.read_value()


def a_group_is_one_operation(tf):
    w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    v = tf.get_variable("v", [], initializer=tf.zeros_initializer())
    with tf.control_dependencies([tf.group(tf.assign(w, 1.0), tf.assign(v, 2.0))]):
        return [w.read_value(), v.read_value()]


@graph_only("names of operations in a branch of a graph")
def operations_in_a_branch_are_named_after_the_cond(tf):
    seen = []

    def branch():
        seen.append(tf.constant(1.0, name="c").name)
        return tf.constant(1.0)

    tf.cond(tf.constant(True), branch, lambda: tf.constant(0.0), name="choice")
    return seen
