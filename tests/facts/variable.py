"""`tf.Variable`: names, arguments, and what a variable can do."""

import numpy as np

from facts.vocabulary import collections_of, graph_only, kind_of_error, name_of, names_of, steps

# Names


def without_a_name_it_is_variable_and_counted(tf):
    return names_of([tf.Variable(1.0), tf.Variable(1.0), tf.Variable(1.0)])


def a_name_is_made_unique(tf):
    return names_of([tf.Variable(1.0, name="w"), tf.Variable(1.0, name="w"), tf.Variable(1.0, name="w")])


def a_name_is_unique_regardless_of_case(tf):
    return names_of([tf.Variable(1.0, name="W"), tf.Variable(1.0, name="w"), tf.Variable(1.0, name="w")])


def a_name_that_looks_counted_is_made_unique_too(tf):
    return names_of([tf.Variable(1.0, name=name) for name in ["w", "w_1", "w", "w_1"]])


def names_are_shared_with_get_variable(tf):
    return names_of(
        [
            tf.get_variable("w", [1]),
            tf.Variable(1.0, name="w"),
            tf.Variable(1.0, name="u"),
            tf.get_variable("u", [1]),
        ]
    )


def names_are_shared_with_operations(tf):
    tf.constant(1.0, name="w")
    first = tf.Variable(1.0, name="w")
    return [first.name, name_of(tf.constant(1.0, name="w"))]


def name_scopes_and_variable_scopes_are_in_its_name(tf):
    with tf.name_scope("n"):
        with tf.variable_scope("a"):
            with tf.name_scope("m"):
                return tf.Variable(1.0, name="w").name


def a_scope_opened_again_is_counted_in_its_name(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope("a"):
            for _ in range(2):
                seen.append(tf.Variable(1.0, name="w").name)
    return seen


def a_name_scope_opened_again_is_counted_in_its_name(tf):
    seen = []
    for _ in range(2):
        with tf.name_scope("n"):
            seen.append(tf.Variable(1.0).name)
    return seen


def a_scope_with_a_trailing_slash_is_the_same_scope_again(tf):
    seen = []
    with tf.name_scope("n") as scope:
        seen.append(tf.Variable(1.0).name)
    with tf.name_scope(scope):
        seen.append(tf.Variable(1.0).name)
    return seen


def it_does_not_see_reuse(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        first = tf.Variable(1.0, name="w")
        second = tf.Variable(1.0, name="w")
    return [first.name, second.name, first is second]


def a_name_with_a_slash_is_fine(tf):
    return tf.Variable(1.0, name="a/w").name


def a_bad_name_is_refused(tf):
    tf.Variable(1.0, name="a b")


def its_op_has_its_name(tf):
    with tf.variable_scope("a"):
        return tf.Variable(1.0, name="w").op.name


# Collections and trainable


def it_is_global_and_trainable(tf):
    w = tf.Variable(1.0, name="w")
    return [w.trainable, collections_of(tf)]


def trainable_false_keeps_it_out_of_the_trainable_ones(tf):
    w = tf.Variable(1.0, name="w", trainable=False)
    return [w.trainable, collections_of(tf)]


def collections_replace_the_global_ones(tf):
    tf.Variable(1.0, name="w", collections=["mine"])
    tf.Variable(1.0, name="v", collections=["mine"], trainable=False)
    return collections_of(tf)


def an_empty_list_of_collections_leaves_the_trainable_ones(tf):
    tf.Variable(1.0, name="w", collections=[])
    return collections_of(tf)


def collections_as_text_are_refused(tf):
    tf.Variable(1.0, collections="mine")


def a_local_variable_is_made_by_its_collection(tf):
    tf.Variable(1.0, name="w", trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    return collections_of(tf)


def integers_are_trainable_too(tf):
    return [tf.Variable(1).trainable, names_of(tf.trainable_variables())]


def trainable_is_the_second_argument_and_collections_the_third(tf):
    tf.Variable(1.0, False, ["mine"])
    return collections_of(tf)


# Values and dtypes


def the_dtype_is_that_of_the_value(tf):
    values = [1.0, 1, True, "text", [1.0, 2.0], np.float64(1.0), np.zeros([2]), np.int64(3)]
    return [tf.Variable(value).dtype.base_dtype for value in values]


def the_dtype_may_be_given(tf):
    return [tf.Variable(1, dtype=tf.float32).dtype.base_dtype, tf.Variable([1, 2], dtype="float64")]


def a_dtype_that_does_not_fit_a_tensor_is_refused(tf):
    return kind_of_error(tf.Variable, tf.constant(1.0), dtype=tf.int32)


def the_value_may_be_a_tensor(tf):
    w = tf.Variable(tf.ones([2, 3]))
    return [w.shape, w]


def the_value_may_be_a_function(tf):
    w = tf.Variable(lambda: tf.ones([2]), dtype=tf.float32)
    return [w.shape, w]


def the_value_may_be_a_function_without_a_dtype(tf):
    return tf.Variable(lambda: tf.constant(3))


def the_value_may_be_another_variable(tf):
    w = tf.Variable(3.0)
    return tf.Variable(w.initialized_value() + 1.0)


def the_value_may_be_an_initializer_called(tf):
    return tf.Variable(tf.ones_initializer()([2, 2]))


def no_value_is_refused(tf):
    tf.Variable()


def a_value_of_none_is_refused(tf):
    tf.Variable(None)


@graph_only("a placeholder")
def a_value_of_unknown_shape_is_refused(tf):
    return kind_of_error(tf.Variable, tf.placeholder_with_default([1.0], [None]))


def validate_shape_false_leaves_the_shape_open(tf):
    return tf.Variable(tf.ones([2]), validate_shape=False).shape


def expected_shape_is_accepted(tf):
    return tf.Variable([1.0, 2.0], expected_shape=[2]).shape


def the_constraint_is_kept(tf):
    return [tf.Variable(1.0, constraint=abs).constraint is abs, tf.Variable(1.0).constraint]


def a_constraint_that_is_not_callable_is_refused(tf):
    tf.Variable(1.0, constraint=3)


def an_unknown_argument_is_refused(tf):
    return kind_of_error(tf.Variable, 1.0, nam="w")


def use_resource_true_is_a_resource_variable(tf):
    return type(tf.Variable(1.0, use_resource=True)).__name__


def the_type_is_that_of_the_kind_of_variable(tf):
    return [type(tf.Variable(1.0)).__name__, isinstance(tf.Variable(1.0), tf.Variable)]


def a_get_variable_is_a_tf_variable(tf):
    return isinstance(tf.get_variable("w", [1]), tf.Variable)


def it_does_not_take_the_scopes_initializer_dtype_or_regularizer(tf):
    with tf.variable_scope("a", initializer=tf.ones_initializer(), dtype=tf.float64, regularizer=tf.nn.l2_loss):
        w = tf.Variable(3.0)
    return [w, w.dtype.base_dtype, tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)]


@graph_only("the initial value and its initializer are operations of a graph")
def its_initial_value_and_initializer_have_names(tf):
    w = tf.Variable(tf.zeros([2]), name="w")
    return [w.initial_value.name, w.initializer.name]


@graph_only("the initial value and its initializer are operations of a graph")
def the_initial_value_of_a_constant_has_a_name_under_the_variable(tf):
    w = tf.Variable(3.0, name="w")
    return [w.initial_value.name, w.initializer.name]


@graph_only("the initializer is an operation of a graph")
def the_initializer_of_get_variable_has_a_name_under_the_variable(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1], initializer=tf.ones_initializer())
    return [w.initializer.name, w.initial_value.name]


# Reading


def it_is_read_in_many_ways(tf):
    w = tf.Variable(3.0)
    return [w, w.value(), w.read_value(), tf.identity(w), tf.convert_to_tensor(w), w.initialized_value()]


def it_takes_part_in_arithmetic_on_both_sides(tf):
    w = tf.Variable(3.0)
    return [w + 1.0, 1.0 + w, w - 1.0, 1.0 - w, w * 2.0, w / 2.0, w**2, -w, abs(-w), w // 2.0, w % 2.0]


def it_can_be_compared_in_order(tf):
    w = tf.Variable(3.0)
    return [w > 2.0, w < 2.0, w >= 3.0, w <= 3.0]


def it_can_be_indexed(tf):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return [w[0], w[:, 1], w[1, 0], w[..., 0]]


def it_can_be_multiplied_as_a_matrix(tf):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return [w @ w, tf.matmul(w, w)]


def it_cannot_be_looped_over(tf):
    return kind_of_error(list, tf.Variable([1.0, 2.0]))


def it_has_a_shape_a_dtype_a_name_and_a_device(tf):
    w = tf.Variable([1.0, 2.0], name="w")
    return [w.shape, w.get_shape(), w.dtype.base_dtype, w.name, isinstance(w.device, str)]


@graph_only("eager variables belong to no graph")
def it_knows_its_graph(tf):
    return tf.Variable(1.0).graph is tf.get_default_graph()


# Changing


def assign_gives_the_new_value(tf):
    w = tf.Variable(1.0)
    return [tf.identity(w.assign(3.0)), w.read_value()]


def assign_add_and_assign_sub_give_the_new_value(tf):
    w = tf.Variable(1.0)
    return [w.assign_add(2.0) + 0.0, w.assign_sub(1.5) + 0.0]


@steps(3)
def each_run_of_assign_add_adds_once(tf):
    return tf.Variable(1.0).assign_add(1.0)


@steps(3)
def each_run_of_the_function_assign_add_adds_once(tf):
    return tf.assign_add(tf.get_variable("w", [], initializer=tf.zeros_initializer()), 1.0)


def the_functions_assign_do_the_same(tf):
    w = tf.Variable(1.0)
    return [tf.assign(w, 3.0) + 0.0, tf.assign_add(w, 1.0) + 0.0, tf.assign_sub(w, 2.0) + 0.0]


def assign_takes_lists_and_arrays(tf):
    w = tf.Variable([1.0, 2.0])
    return [w.assign([3.0, 4.0]) + 0.0, w.assign(np.array([5.0, 6.0], np.float32)) + 0.0]


def assign_of_another_shape_is_refused(tf):
    return kind_of_error(tf.Variable([1.0, 2.0]).assign, [1.0, 2.0, 3.0])


def assign_of_another_dtype_is_refused(tf):
    return kind_of_error(tf.Variable(1.0).assign, tf.constant(1))


def assign_may_be_told_not_to_read(tf):
    w = tf.Variable(1.0)
    with tf.control_dependencies([w.assign(3.0, read_value=False)]):
        return w.read_value()


def assign_with_control_dependencies_runs_first(tf):
    w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    with tf.control_dependencies([tf.assign_add(w, 1.0)]):
        return w.read_value() * 10.0


def count_up_to_adds_one_and_gives_the_old_value(tf):
    w = tf.Variable(0)
    return [w.count_up_to(5), w.read_value()]


def scatter_update_sets_rows(tf):
    w = tf.Variable([[1.0], [2.0], [3.0]])
    return tf.scatter_update(w, [0, 2], [[10.0], [30.0]])


def scatter_add_adds_to_rows(tf):
    w = tf.Variable([[1.0], [2.0], [3.0]])
    return tf.scatter_add(w, [0, 0, 2], [[10.0], [20.0], [30.0]])


def scatter_sub_takes_from_rows(tf):
    w = tf.Variable([[1.0], [2.0], [3.0]])
    return tf.scatter_sub(w, [1], [[10.0]])


def scatter_mul_div_min_and_max_change_rows(tf):
    w = tf.Variable([2.0, 4.0, 6.0])
    return [
        tf.scatter_mul(w, [0], [3.0]) + 0.0,
        tf.scatter_div(w, [1], [2.0]) + 0.0,
        tf.scatter_min(w, [2], [1.0]) + 0.0,
        tf.scatter_max(w, [0, 1], [5.0, 9.0]) + 0.0,
    ]


def scatter_nd_update_sets_single_numbers(tf):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return [tf.scatter_nd_update(w, [[0, 1]], [9.0]) + 0.0, tf.scatter_nd_add(w, [[1, 0]], [1.0]) + 0.0]


def scatter_methods_take_indexed_slices(tf):
    w = tf.Variable([1.0, 2.0, 3.0])
    slices = tf.IndexedSlices(indices=tf.constant([0, 2]), values=tf.constant([10.0, 30.0]))
    return [w.scatter_add(slices) + 0.0, w.scatter_sub(slices) + 0.0, w.scatter_update(slices) + 0.0]


def assign_to_a_slice_changes_it(tf):
    w = tf.Variable([1.0, 2.0, 3.0])
    return w[:2].assign([8.0, 9.0])


def is_initialized_asks_a_variable(tf):
    return tf.is_variable_initialized(tf.Variable(1.0))


def a_get_variable_can_be_changed_like_any_other(tf):
    w = tf.get_variable("w", [3], initializer=tf.zeros_initializer())
    return [w.assign([1.0, 2.0, 3.0]) + 0.0, tf.scatter_add(w, [0], [5.0]) + 0.0]


# Sessions


@graph_only("a session")
def load_and_eval_work_in_a_session(tf):
    w = tf.Variable(1.0)
    with tf.Session() as session:
        session.run(w.initializer)
        w.load(3.0, session)
        return [w.eval(session), w.eval(), session.run(w)]


@graph_only("a session")
def an_uninitialized_variable_cannot_be_read(tf):
    w = tf.Variable(1.0)
    with tf.Session() as session:
        return kind_of_error(session.run, w)


@graph_only("a session")
def a_variable_can_be_fed(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        read = w + 1.0
        return [session.run(read), session.run(w)]


@graph_only("operations of a graph")
def a_variable_to_and_from_a_proto_keeps_its_name(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    proto = w.to_proto()
    return [proto.variable_name, proto.trainable, proto.initializer_name]
