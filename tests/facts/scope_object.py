"""`tf.VariableScope` objects: getting, entering again, their methods and setters."""

from facts.vocabulary import error_of, kind_of_error, name_of, names_of

# Entering again


def entering_a_scope_object_keeps_variable_names_but_not_operation_names(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope("z"):
        with tf.variable_scope(scope) as again:
            w = tf.get_variable("w", [1])
            t = tf.identity(w, name="t")
    return [again.name, again.original_name_scope, w.name, name_of(t)]


def entering_a_scope_object_makes_a_new_object(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope(scope) as again:
        return again is scope


def entering_a_scope_object_inside_itself_repeats_the_operations_name(tf):
    with tf.variable_scope("a") as scope:
        with tf.variable_scope(scope) as again:
            w = tf.get_variable("w", [1])
            return [again.name, again.original_name_scope, w.name, name_of(tf.identity(w, name="t"))]


def entering_an_inner_scope_object_takes_its_last_name_for_operations(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope("b") as scope:
            pass
    with tf.variable_scope(scope):
        w = tf.get_variable("w", [1])
        return [w.name, name_of(tf.identity(w, name="t"))]


def entering_the_current_scope_opens_an_operations_scope_of_its_name(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):
            w = tf.get_variable("w", [1])
            return [w.name, name_of(tf.identity(w, name="t"))]


def entering_the_root_scope_opens_no_operations_scope(tf):
    with tf.variable_scope(tf.get_variable_scope()) as scope:
        return [scope.name, scope.original_name_scope, name_of(tf.constant(1.0, name="t"))]


def entering_the_root_scope_from_inside_leaves_the_operations_where_they_are(tf):
    root = tf.get_variable_scope()
    with tf.variable_scope("a"):
        with tf.variable_scope(root):
            w = tf.get_variable("w", [1])
            return [w.name, name_of(tf.identity(w, name="t"))]


def entering_a_scope_object_again_and_again_counts_the_operations_names(tf):
    with tf.variable_scope("a") as scope:
        pass
    seen = []
    for _ in range(2):
        with tf.variable_scope(scope):
            seen.append(name_of(tf.constant(1.0, name="t")))
    return seen


def a_scope_object_opened_by_its_name_is_another_one(tf):
    with tf.variable_scope("a", initializer=tf.ones_initializer()) as first:
        pass
    with tf.variable_scope("a") as second:
        return [second is first, second.initializer]


def a_scope_object_keeps_its_regularizer_when_it_is_entered_again(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss) as scope:
        pass
    with tf.variable_scope(scope):
        tf.get_variable("w", [1])
    with tf.variable_scope("a"):
        tf.get_variable("x", [1])
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_subscope_inside_a_scope_object_continues_its_name(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope("z"):
        with tf.variable_scope(scope):
            with tf.variable_scope("b") as inner:
                w = tf.get_variable("w", [1])
                return [inner.name, inner.original_name_scope, w.name, name_of(tf.identity(w, name="t"))]


def after_leaving_a_scope_object_the_outer_scope_is_back(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope("z"):
        with tf.variable_scope(scope):
            pass
        return [tf.get_variable_scope().name, tf.get_variable("w", [1]).name]


def a_scope_object_does_not_take_over_from_the_outer_scope(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope("z", initializer=tf.ones_initializer(), reuse=True, dtype=tf.float64):
        with tf.variable_scope(scope) as again:
            return [again.initializer, again.reuse, again.dtype, tf.get_variable("w", [1]).dtype.base_dtype]


def a_scope_object_made_without_auxiliary_name_scope_opens_one_when_entered(tf):
    with tf.variable_scope("a", auxiliary_name_scope=False) as scope:
        pass
    with tf.variable_scope(scope) as again:
        return [again.original_name_scope, name_of(tf.constant(1.0, name="t"))]


# Making one by hand


def a_scope_may_be_made_by_hand_and_entered(tf):
    scope = tf.VariableScope(False, name="a", initializer=tf.ones_initializer())
    with tf.variable_scope(scope):
        w = tf.get_variable("w", [1])
    return [scope.name, scope.original_name_scope, scope.reuse, w.name, w]


def a_scope_made_by_hand_needs_reuse(tf):
    tf.VariableScope()


def a_scope_made_by_hand_has_these_defaults(tf):
    scope = tf.VariableScope(None)
    return [scope.name, scope.original_name_scope, scope.reuse, scope.dtype, scope.initializer, scope.regularizer]


# Methods


def its_lists_hold_the_variables_under_its_name(tf):
    with tf.variable_scope("a") as scope:
        tf.get_variable("w", [1])
        tf.get_variable("n", [1], trainable=False)
    with tf.variable_scope("ab"):
        tf.get_variable("w", [1])
    return [
        names_of(scope.global_variables()),
        names_of(scope.trainable_variables()),
        names_of(scope.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)),
        names_of(tf.get_variable_scope().global_variables()),
    ]


def its_lists_hold_the_variables_of_its_subscopes(tf):
    with tf.variable_scope("a") as scope:
        with tf.variable_scope("b"):
            tf.get_variable("w", [1])
    return names_of(scope.global_variables())


def its_lists_go_by_name_not_by_where_the_variable_was_made(tf):
    with tf.variable_scope("a") as scope:
        pass
    tf.get_variable("a/w", [1])
    with tf.name_scope("a/"):
        tf.Variable(1.0, name="v")
    return names_of(scope.global_variables())


def its_lists_treat_its_name_as_a_pattern(tf):
    with tf.variable_scope("a.b") as scope:
        tf.get_variable("w", [1])
    with tf.variable_scope("axb"):
        tf.get_variable("w", [1])
    return names_of(scope.global_variables())


def get_collection_takes_any_key_and_filters_by_name(tf):
    with tf.variable_scope("a") as scope:
        tf.add_to_collection("mine", tf.get_variable("w", [1]))
        tf.add_to_collection("mine", 3)
    tf.add_to_collection("mine", tf.get_variable("v", [1]))
    return [names_of(scope.get_collection("mine")), len(tf.get_collection("mine"))]


def the_root_scopes_get_collection_filters_nothing_with_a_name(tf):
    tf.add_to_collection("mine", tf.get_variable("w", [1]))
    tf.add_to_collection("mine", 3)
    return len(tf.get_variable_scope().get_collection("mine"))


def reuse_variables_lasts_until_the_scope_is_left(tf):
    with tf.variable_scope("a") as scope:
        w = tf.get_variable("w", [1])
        scope.reuse_variables()
        same = tf.get_variable("w", [1]) is w
        inside = scope.reuse
    with tf.variable_scope("a") as again:
        return [same, inside, again.reuse]


def reuse_variables_is_inherited_by_scopes_opened_afterwards(tf):
    with tf.variable_scope("a") as scope:
        scope.reuse_variables()
        with tf.variable_scope("b") as inner:
            return [inner.reuse, error_of(tf.get_variable, "w", [1])]


def reuse_variables_does_not_reach_scopes_already_open(tf):
    with tf.variable_scope("a") as scope:
        with tf.variable_scope("b") as inner:
            scope.reuse_variables()
            return [inner.reuse, tf.get_variable("w", [1]).name]


def reuse_variables_works_on_the_root_scope(tf):
    w = tf.get_variable("w", [1])
    tf.get_variable_scope().reuse_variables()
    return [tf.get_variable("w", [1]) is w, error_of(tf.get_variable, "x", [1])]


def reuse_variables_stays_on_the_object_that_is_entered_again(tf):
    with tf.variable_scope("a") as scope:
        tf.get_variable("w", [1])
        scope.reuse_variables()
    with tf.variable_scope(scope) as again:
        return [again.reuse, error_of(tf.get_variable, "v", [1])]


def reuse_variables_returns_nothing(tf):
    return tf.get_variable_scope().reuse_variables()


# Setters


def set_initializer_counts_from_then_on(tf):
    with tf.variable_scope("a", initializer=tf.zeros_initializer()) as scope:
        before = tf.get_variable("v", [1])
        scope.set_initializer(tf.ones_initializer())
        return [before, tf.get_variable("w", [1])]


def set_regularizer_counts_from_then_on(tf):
    with tf.variable_scope("a") as scope:
        tf.get_variable("v", [1])
        scope.set_regularizer(tf.nn.l2_loss)
        tf.get_variable("w", [1])
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def set_dtype_counts_from_then_on(tf):
    with tf.variable_scope("a") as scope:
        before = tf.get_variable("v", [1])
        scope.set_dtype(tf.float64)
        return [before.dtype.base_dtype, tf.get_variable("w", [1]).dtype.base_dtype]


def set_partitioner_counts_from_then_on(tf):
    with tf.variable_scope("a") as scope:
        tf.get_variable("v", [4])
        scope.set_partitioner(tf.fixed_size_partitioner(2))
        tf.get_variable("w", [4])
    return names_of(tf.global_variables())


def set_custom_getter_replaces_the_getter(tf):
    seen = []

    def one(getter, name, *args, **kwargs):
        seen.append("one " + name)
        return getter(name, *args, **kwargs)

    def two(getter, name, *args, **kwargs):
        seen.append("two " + name)
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=one) as scope:
        scope.set_custom_getter(two)
        tf.get_variable("w", [1])
    return seen


def set_use_resource_is_kept(tf):
    with tf.variable_scope("a") as scope:
        scope.set_use_resource(True)
        return [scope.use_resource, type(tf.get_variable("w", [1])).__name__]


def set_use_resource_false_is_kept(tf):
    with tf.variable_scope("a") as scope:
        scope.set_use_resource(False)
        return [scope.use_resource, tf.get_variable("w", [1]).name]


def set_caching_device_is_kept(tf):
    with tf.variable_scope("a") as scope:
        scope.set_caching_device("/cpu:0")
        return [scope.caching_device, tf.get_variable("w", [1]).name]


def setters_do_not_outlive_the_scope(tf):
    with tf.variable_scope("a") as scope:
        scope.set_regularizer(tf.nn.l2_loss)
        scope.set_initializer(tf.ones_initializer())
        scope.set_dtype(tf.float64)
    with tf.variable_scope("a") as again:
        return [again.regularizer, again.initializer, again.dtype]


def setters_are_kept_by_the_object_that_is_entered_again(tf):
    with tf.variable_scope("a") as scope:
        scope.set_dtype(tf.float64)
    with tf.variable_scope(scope):
        return tf.get_variable("w", [1]).dtype.base_dtype


def setters_of_the_object_entered_again_do_not_change_the_first_one(tf):
    with tf.variable_scope("a") as scope:
        pass
    with tf.variable_scope(scope) as again:
        again.set_dtype(tf.float64)
    return scope.dtype


def setters_are_inherited_by_scopes_opened_afterwards(tf):
    with tf.variable_scope("a") as scope:
        scope.set_dtype(tf.float64)
        scope.set_regularizer(tf.nn.l2_loss)
        with tf.variable_scope("b"):
            w = tf.get_variable("w", [1])
    return [w.dtype.base_dtype, names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))]


def setters_work_on_the_root_scope(tf):
    tf.get_variable_scope().set_regularizer(tf.nn.l2_loss)
    tf.get_variable_scope().set_initializer(tf.ones_initializer())
    w = tf.get_variable("w", [1])
    with tf.variable_scope("a"):
        v = tf.get_variable("w", [1])
    return [w, v, names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))]


def the_name_cannot_be_set(tf):
    return kind_of_error(setattr, tf.get_variable_scope(), "name", "b")


def a_scope_has_no_constraint_setter(tf):
    return hasattr(tf.get_variable_scope(), "set_constraint")
