"""Sharing variables: `reuse` of `tf.variable_scope`, `tf.AUTO_REUSE`, and what is said when it doesn't fit."""

from facts.vocabulary import collections_of, entering, error_of, names_of

# True


def reuse_true_returns_the_same_variable(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True):
        return [tf.get_variable("w", [1]) is w, tf.get_variable("w") is w, names_of(tf.global_variables())]


def reusing_what_does_not_exist_raises(tf):
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w", [1])


def reusing_what_does_not_exist_raises_without_a_shape_too(tf):
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w")


def reusing_what_does_not_exist_makes_nothing(tf):
    with tf.variable_scope("a", reuse=True):
        error_of(tf.get_variable, "w", [1])
    return [collections_of(tf), len(tf.global_variables())]


def asking_twice_raises(tf):
    tf.get_variable("w", [1])
    tf.get_variable("w", [1])


def asking_twice_in_a_scope_raises_with_the_full_name(tf):
    for _ in range(2):
        with tf.variable_scope("a"):
            tf.get_variable("w", [1])


def asking_twice_raises_before_anything_is_compared(tf):
    tf.get_variable("w", [1])
    tf.get_variable("w", [2], dtype=tf.int32)


def a_constant_with_a_shape_is_refused_before_the_name_is_looked_up(tf):
    tf.get_variable("w", [1])
    tf.get_variable("w", [1], initializer=3.0)


def asking_twice_for_a_trainable_and_a_local_one_raises(tf):
    tf.get_variable("w", [1])
    tf.get_local_variable("w", [1])


def after_the_error_the_first_variable_is_still_there(tf):
    w = tf.get_variable("w", [1])
    error_of(tf.get_variable, "w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return [tf.get_variable("w", [1]) is w, names_of(tf.global_variables())]


def reuse_is_inherited_by_inner_scopes(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope("b"):
            w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True):
        with tf.variable_scope("b") as scope:
            return [scope.reuse, tf.get_variable("w", [1]) is w]


def reuse_false_inside_reuse_true_still_reuses(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope("b"):
            w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True):
        with tf.variable_scope("b", reuse=False) as scope:
            return [scope.reuse, tf.get_variable("w", [1]) is w, error_of(tf.get_variable, "new", [1])]


def reuse_none_is_the_same_as_false(tf):
    with tf.variable_scope("a", reuse=None) as scope:
        return [scope.reuse, tf.get_variable("w", [1]).name]


def reuse_of_a_scope_without_the_argument_is_false(tf):
    with tf.variable_scope("a") as scope:
        return [scope.reuse, tf.get_variable_scope().reuse]


def reuse_is_seen_on_the_scope(tf):
    seen = []
    for reuse in [False, True, tf.AUTO_REUSE]:
        with tf.variable_scope("a", reuse=reuse) as scope:
            seen.append(scope.reuse)
    return seen + [tf.get_variable_scope().reuse]


def reuse_ends_with_the_scope(tf):
    tf.get_variable("w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        tf.get_variable("w", [1])
    tf.get_variable("w", [1])


def any_other_value_of_reuse_is_refused(tf):
    entering(tf.variable_scope("a", reuse=3))


def reuse_as_text_is_refused(tf):
    entering(tf.variable_scope("a", reuse="yes"))


def a_numpy_boolean_as_reuse_is_refused(tf):
    import numpy as np

    entering(tf.variable_scope("a", reuse=np.bool_(True)))


def one_and_zero_as_reuse(tf):
    return [error_of(tf.variable_scope, "a", reuse=value) for value in (1, 0)]


def reuse_is_checked_when_the_context_is_made(tf):
    tf.variable_scope("a", reuse=3)


def reuse_true_needs_a_name(tf):
    entering(tf.variable_scope(None, "d", reuse=True))


def auto_reuse_without_a_name_is_refused_too(tf):
    entering(tf.variable_scope(None, "d", reuse=tf.AUTO_REUSE))


def reuse_false_without_a_name_is_fine(tf):
    with tf.variable_scope(None, "d", reuse=False) as scope:
        return scope.name


def a_default_name_inside_reuse_finds_variables_in_order(tf):
    for reuse in [None, True]:
        with tf.variable_scope("a", reuse=reuse):
            for _ in range(2):
                with tf.variable_scope(None, "l"):
                    tf.get_variable("w", [1])
    return names_of(tf.global_variables())


def a_default_name_at_the_root_does_not_find_its_variables(tf):
    with tf.variable_scope(None, "l"):
        tf.get_variable("w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        with tf.variable_scope(None, "l"):
            tf.get_variable("w", [1])


# Objects


def a_scope_object_may_be_entered_with_reuse(tf):
    with tf.variable_scope("a") as scope:
        w = tf.get_variable("w", [1])
    with tf.variable_scope(scope, reuse=True) as again:
        return [again.reuse, tf.get_variable("w", [1]) is w, scope.reuse]


def a_scope_object_keeps_its_reuse(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True) as scope:
        pass
    with tf.variable_scope(scope) as again:
        return [again.reuse, tf.get_variable("w", [1]) is w]


def a_scope_object_entered_with_reuse_false_keeps_its_reuse(tf):
    with tf.variable_scope("a", reuse=True) as scope:
        pass
    with tf.variable_scope(scope, reuse=False) as again:
        return again.reuse


def a_scope_object_entered_with_auto_reuse_creates(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope(scope, reuse=tf.AUTO_REUSE) as again:
        return [again.reuse, tf.get_variable("w", [1]) is tf.get_variable("w", [1])]


def a_scope_object_inside_reuse_does_not_inherit_it(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope("b", reuse=True):
        with tf.variable_scope(scope) as again:
            return [again.reuse, tf.get_variable("w", [1]).name]


def the_root_idiom_reuses_at_the_root(tf):
    w = tf.get_variable("w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        same = tf.get_variable("w", [1]) is w
    return [same, error_of(tf.get_variable, "w", [1])]


def the_loop_idiom_shares_from_the_second_round_on(tf):
    seen = []
    with tf.variable_scope(tf.get_variable_scope()) as scope:
        for _ in range(3):
            seen.append(tf.get_variable("w", [1]))
            scope.reuse_variables()
    return [[w is seen[0] for w in seen], names_of(tf.global_variables())]


def the_towers_idiom_shares_and_counts_operations_up(tf):
    for tower in range(2):
        with tf.variable_scope(tf.get_variable_scope(), reuse=tower > 0):
            with tf.name_scope("tower_%d" % tower):
                w = tf.get_variable("w", [1], initializer=tf.ones_initializer())
                tf.add_to_collection("losses", tf.reduce_sum(w, name="loss"))
    return [names_of(tf.global_variables()), names_of(tf.get_collection("losses", "tower_1")) != []]


# AUTO_REUSE


def auto_reuse_creates_and_then_returns_the_same(tf):
    found = []
    for _ in range(2):
        with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
            found.append(tf.get_variable("w", [1]))
    return [found[0] is found[1], names_of(tf.global_variables())]


def auto_reuse_finds_what_was_created_without_it(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        return tf.get_variable("w", [1]) is w


def auto_reuse_does_not_help_a_later_scope_without_it(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [1])
    with tf.variable_scope("a"):
        tf.get_variable("w", [1])


def auto_reuse_inside_reuse_true_becomes_auto_reuse_and_creates(tf):
    with tf.variable_scope("a", reuse=True):
        with tf.variable_scope("b", reuse=tf.AUTO_REUSE) as scope:
            return [scope.reuse, tf.get_variable("new", [1]).name]


def reuse_true_inside_auto_reuse_becomes_true(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        with tf.variable_scope("b", reuse=True) as scope:
            return [scope.reuse, error_of(tf.get_variable, "new", [1])]


def reuse_false_inside_auto_reuse_stays_auto_reuse(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        with tf.variable_scope("b", reuse=False) as scope:
            return scope.reuse


def auto_reuse_is_inherited(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        with tf.variable_scope("b") as scope:
            return [scope.reuse, tf.get_variable("w", [1]) is tf.get_variable("w", [1])]


def reuse_variables_inside_auto_reuse_makes_it_strict(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE) as scope:
        scope.reuse_variables()
        return [scope.reuse, error_of(tf.get_variable, "w", [1])]


def auto_reuse_at_the_root_through_the_scope_object(tf):
    with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):
        return [tf.get_variable("w", [1]) is tf.get_variable("w", [1]), names_of(tf.global_variables())]


def auto_reuse_has_this_name(tf):
    return [str(tf.AUTO_REUSE), tf.AUTO_REUSE.value, bool(tf.AUTO_REUSE)]


# What doesn't fit


def another_shape_is_refused(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [1])
        tf.get_variable("w", [2])


def another_rank_is_refused(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [1])
        tf.get_variable("w", [])


def a_shape_that_is_partly_known_is_compared_as_far_as_it_goes(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [2, 3])
        same = tf.get_variable("w", [None, 3]) is w
        return [same, error_of(tf.get_variable, "w", [None, 4])]


def a_shape_may_be_left_out(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        return tf.get_variable("w", [2, 3]) is tf.get_variable("w")


def another_dtype_is_refused(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w", [1], dtype=tf.int32)


def the_default_dtype_does_not_find_a_float64_variable(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w", [1], dtype=tf.float64)
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w", [1])


def the_scopes_dtype_finds_a_float64_variable(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1], dtype=tf.float64)
    with tf.variable_scope("a", reuse=True, dtype=tf.float64):
        return tf.get_variable("w", [1]) is w


def the_dtype_of_a_constant_is_not_compared_but_the_scopes_is(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", initializer=3)
        return error_of(tf.get_variable, "w", initializer=3)


def the_shape_of_a_constant_is_not_compared(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", initializer=[1.0, 2.0])
        return [tf.get_variable("w", initializer=[1.0, 2.0, 3.0]) is w, w.shape]


def the_initializer_is_ignored_on_reuse(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", initializer=1.0)
        return [tf.get_variable("w", initializer=5.0) is w, w]


def an_initializer_that_raises_is_not_run_on_reuse(tf):
    def broken(shape, dtype=None, partition_info=None):
        raise KeyError("never")

    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [1])
        return tf.get_variable("w", [1], initializer=broken) is w


def trainable_and_collections_are_ignored_on_reuse(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True):
        same = tf.get_variable("w", [1], trainable=False, collections=["foo"]) is w
    return [same, w.trainable, collections_of(tf)]


def collections_as_text_are_not_refused_on_reuse(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [1])
        return tf.get_variable("w", [1], collections="foo") is w


def a_constraint_is_ignored_on_reuse(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [1])
        tf.get_variable("w", [1], constraint=abs)
        return w.constraint


def tf_variable_is_not_found_by_reuse(tf):
    with tf.variable_scope("a"):
        tf.Variable(1.0, name="w")
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w", [])


def reusing_does_not_list_the_variable_again(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        for _ in range(3):
            tf.get_variable("w", [1])
    return collections_of(tf)


def the_name_scope_does_not_count_when_sharing(tf):
    with tf.name_scope("x"):
        with tf.variable_scope("a"):
            w = tf.get_variable("w", [1])
    with tf.name_scope("y"):
        with tf.variable_scope("a", reuse=True):
            return tf.get_variable("w", [1]) is w


def graphs_do_not_share(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w", [1])
    with tf.Graph().as_default():
        with tf.variable_scope("a", reuse=True):
            return error_of(tf.get_variable, "w", [1])


def get_variable_scope_in_a_function_sees_the_callers_reuse(tf):
    def layer():
        return [tf.get_variable_scope().reuse, tf.get_variable("w", [1])]

    with tf.variable_scope("a"):
        first = layer()
    with tf.variable_scope("a", reuse=True):
        second = layer()
    return [first[0], second[0], first[1] is second[1]]
