"""`tf.variable_scope`: what its arguments do to names and to the variables inside."""

import threading

from facts.vocabulary import collections_of, entering, error_of, graph_only, name_of, names_of

# Names of variables, of operations and of scopes


def variables_and_operations_get_the_names_of_the_open_scopes(tf):
    with tf.variable_scope("a") as outer:
        w = tf.get_variable("w", [1])
        t = tf.identity(w, name="t")
        with tf.variable_scope("b") as inner:
            v = tf.get_variable("w", [1])
            u = tf.identity(v, name="t")
    return [
        [outer.name, outer.original_name_scope, w.name, name_of(t)],
        [inner.name, inner.original_name_scope, v.name, name_of(u)],
    ]


def opening_a_name_again_gives_operations_another_scope_but_not_variables(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope("a", reuse=tf.AUTO_REUSE) as scope:
            w = tf.get_variable("w", [1])
            seen.append([scope.name, scope.original_name_scope, w.name, name_of(tf.identity(w, name="t"))])
    return seen


def opening_an_inner_name_again_counts_within_the_outer_operations(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope("a"):
            for _ in range(2):
                with tf.variable_scope("b") as scope:
                    seen.append([scope.name, scope.original_name_scope])
    return seen


def a_slash_in_the_name_opens_several_scopes_at_once(tf):
    with tf.variable_scope("a/b") as scope:
        return [scope.name, scope.original_name_scope, tf.get_variable("w", [1]).name]


def a_trailing_slash_stays_in_the_name(tf):
    with tf.variable_scope("a/") as scope:
        return [scope.name, scope.original_name_scope, tf.get_variable("w", [1]).name]


def a_trailing_slash_opens_the_same_operations_scope_again(tf):
    with tf.variable_scope("a"):
        pass
    with tf.variable_scope("a/") as scope:
        return [scope.original_name_scope, name_of(tf.constant(1.0, name="t"))]


def an_empty_name_at_the_root_stays_at_the_root(tf):
    with tf.variable_scope("") as scope:
        return [scope.name, scope.original_name_scope, tf.get_variable("w", [1]).name]


def an_empty_name_in_a_scope_doubles_the_slash(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope("") as scope:
            return [scope.name, tf.get_variable("w", [1]).name]


def an_empty_name_in_a_scope_leaves_the_operations_scope(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope("") as scope:
            return [scope.original_name_scope, name_of(tf.constant(1.0, name="t"))]


def a_name_with_a_space_is_refused(tf):
    entering(tf.variable_scope("a b"))


def a_name_that_begins_with_an_underscore_is_refused_at_the_root(tf):
    entering(tf.variable_scope("_a"))


def a_name_that_begins_with_an_underscore_is_fine_inside(tf):
    with tf.variable_scope("a"):
        with tf.variable_scope("_b") as scope:
            return [scope.name, scope.original_name_scope]


def a_name_with_a_colon_is_refused(tf):
    entering(tf.variable_scope("a:b"))


def a_refused_name_leaves_the_scope_as_it_was(tf):
    with tf.variable_scope("a"):
        error = error_of(lambda: entering(tf.variable_scope("b c")))
        return [error, tf.get_variable_scope().name, tf.get_variable("w", [1]).name]


def a_number_as_name_is_refused(tf):
    entering(tf.variable_scope(3))


def a_variable_as_name_is_refused(tf):
    entering(tf.variable_scope(tf.get_variable("w", [1])))


def neither_name_nor_default_name_is_refused(tf):
    entering(tf.variable_scope(None))


def a_missing_name_is_refused_already_when_the_context_is_made(tf):
    return error_of(tf.variable_scope, None)


def a_bad_name_is_refused_only_when_it_is_entered(tf):
    tf.variable_scope("a b")
    return error_of(tf.variable_scope, 3)


def it_is_not_a_decorator(tf):
    tf.variable_scope("a")(lambda: 1)


def the_same_context_may_be_entered_twice(tf):
    context = tf.variable_scope("a", reuse=tf.AUTO_REUSE)
    seen = []
    for _ in range(2):
        with context:
            w = tf.get_variable("w", [1])
            seen += [w.name, name_of(tf.identity(w, name="t"))]
    return seen


def a_context_belongs_to_where_it_is_entered_not_where_it_is_made(tf):
    context = tf.variable_scope("b")
    with tf.variable_scope("a"):
        with context as scope:
            return [scope.name, scope.original_name_scope]


def after_an_error_the_outer_scope_is_back(tf):
    try:
        with tf.variable_scope("a", reuse=True):
            raise KeyError("x")
    except KeyError:
        pass
    scope = tf.get_variable_scope()
    return [scope.name, scope.reuse, tf.get_variable("w", [1]).name]


def the_root_scope_has_no_name(tf):
    scope = tf.get_variable_scope()
    return [scope.name, scope.original_name_scope, scope.reuse]


def the_scope_object_is_the_current_one_inside(tf):
    before = tf.get_variable_scope()
    with tf.variable_scope("a") as scope:
        inside = tf.get_variable_scope() is scope
    return [inside, tf.get_variable_scope() is before]


# auxiliary_name_scope


def without_auxiliary_name_scope_operations_stay_outside(tf):
    with tf.variable_scope("a", auxiliary_name_scope=False) as scope:
        w = tf.get_variable("w", [1])
        return [scope.name, scope.original_name_scope, w.name, name_of(tf.identity(w, name="t"))]


def without_auxiliary_name_scope_the_original_name_scope_is_the_current_one(tf):
    with tf.name_scope("n"):
        with tf.variable_scope("a", auxiliary_name_scope=False) as scope:
            return [scope.name, scope.original_name_scope, name_of(tf.constant(1.0, name="t"))]


def without_auxiliary_name_scope_and_with_the_original_one_operations_go_on(tf):
    with tf.variable_scope("a") as scope:
        tf.constant(1.0, name="t")
    with tf.variable_scope(scope, auxiliary_name_scope=False) as again:
        with tf.name_scope(again.original_name_scope):
            return [again.original_name_scope, name_of(tf.constant(1.0, name="t"))]


def without_auxiliary_name_scope_a_default_name_works(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope(None, "d", auxiliary_name_scope=False) as scope:
            seen.append([scope.name, scope.original_name_scope, name_of(tf.constant(1.0, name="t"))])
    return seen


def auxiliary_name_scope_must_be_a_boolean(tf):
    tf.variable_scope("a", auxiliary_name_scope="no")


# default_name and values


def a_default_name_is_made_unique(tf):
    seen = []
    for _ in range(3):
        with tf.variable_scope(None, default_name="l") as scope:
            seen.append([scope.name, scope.original_name_scope, tf.get_variable("w", [1]).name])
    return seen


def a_default_name_counts_the_names_given_too(tf):
    seen = []
    for name, default_name in [("l", None), (None, "l"), ("l", None), (None, "l"), ("l_2", None), (None, "l")]:
        with tf.variable_scope(name, default_name) as scope:
            seen.append(scope.name)
    return seen


def a_name_given_is_not_made_unique(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope("l", default_name="d") as scope:
            seen.append(scope.name)
    return seen


def a_default_name_is_unique_within_its_outer_scope(tf):
    seen = []
    for outer in ["a", "b"]:
        with tf.variable_scope(outer):
            for _ in range(2):
                with tf.variable_scope(None, "l") as scope:
                    seen.append(scope.name)
    return seen


def leaving_the_outer_scope_lets_the_inner_names_count_afresh(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope("a"):
            with tf.variable_scope(None, "l") as scope:
                seen.append([scope.name, scope.original_name_scope])
    return seen


def leaving_a_scope_lets_only_the_names_under_it_count_afresh(tf):
    seen = []
    with tf.variable_scope(None, "l") as scope:
        seen.append(scope.name)
    with tf.variable_scope("a"):
        with tf.variable_scope(None, "l"):
            pass
    with tf.variable_scope(None, "l") as scope:
        seen.append(scope.name)
    with tf.variable_scope("ab"):
        pass
    with tf.variable_scope(None, "ab") as scope:
        seen.append(scope.name)
    return seen


def a_scope_object_inside_itself_goes_on_counting_and_puts_the_counts_back(tf):
    seen = []
    with tf.variable_scope("a") as a:
        with tf.variable_scope(None, "l"):
            pass
        with tf.variable_scope(a):
            with tf.variable_scope(None, "l") as scope:
                seen.append(scope.name)
        with tf.variable_scope(None, "l") as scope:
            seen.append(scope.name)
    return seen


def jumping_into_a_scope_object_from_outside_counts_from_the_start(tf):
    seen = []
    with tf.variable_scope("a") as a:
        for _ in range(2):
            with tf.variable_scope(None, "l") as scope:
                seen.append(scope.name)
    for _ in range(2):
        with tf.variable_scope(a):
            with tf.variable_scope(None, "l") as scope:
                seen.append(scope.name)
    return seen


def entering_a_scope_object_does_not_count_for_default_names(tf):
    with tf.variable_scope("a") as a:
        pass
    with tf.variable_scope(a):
        pass
    with tf.variable_scope(None, "a") as scope:
        return scope.name


def a_name_scope_of_the_default_name_changes_only_the_operations(tf):
    with tf.name_scope("l"):
        pass
    with tf.variable_scope(None, "l") as scope:
        return [scope.name, scope.original_name_scope]


def a_variable_of_the_default_name_changes_only_the_operations(tf):
    tf.get_variable("l", [1])
    with tf.variable_scope(None, "l") as scope:
        return [scope.name, scope.original_name_scope]


def a_default_name_may_have_a_slash(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope(None, "a/b") as scope:
            seen.append([scope.name, scope.original_name_scope])
    return seen


def a_default_name_that_is_invalid_is_refused(tf):
    entering(tf.variable_scope(None, "a b"))


def an_empty_default_name_is_made_unique_too(tf):
    seen = []
    for _ in range(3):
        with tf.variable_scope(None, "") as scope:
            seen.append([scope.name, scope.original_name_scope])
    return seen


def a_default_name_that_is_no_text_is_refused(tf):
    entering(tf.variable_scope(None, 3))


def values_are_the_third_argument(tf):
    with tf.variable_scope(None, "d", [tf.constant(1.0)]) as scope:
        return scope.name


def values_may_be_one_tensor_in_a_tuple_or_none(tf):
    seen = []
    for values in [(tf.constant(1.0),), [], None, [None, 3.0]]:
        with tf.variable_scope(None, "d", values) as scope:
            seen.append(scope.name)
    return seen


def values_may_hold_a_variable(tf):
    with tf.variable_scope("a", values=[tf.get_variable("w", [1])]) as scope:
        return scope.name


@graph_only("tensors of several graphs")
def values_of_another_graph_open_that_graph(tf):
    other = tf.Graph()
    with other.as_default():
        tensor = tf.constant(1.0, name="c")
    with tf.variable_scope("a", values=[tensor]):
        tf.get_variable("w", [1])
    with other.as_default():
        there = names_of(tf.global_variables())
    return [there, names_of(tf.global_variables())]


# Arguments and what is inherited


def the_arguments_are_seen_on_the_scope_object(tf):
    def passing_on(getter, *args, **kwargs):
        return getter(*args, **kwargs)

    def partitioner(shape, dtype):
        return [1]

    initializer = tf.ones_initializer()
    with tf.variable_scope(
        "a",
        initializer=initializer,
        regularizer=tf.nn.l2_loss,
        partitioner=partitioner,
        custom_getter=passing_on,
        dtype=tf.float64,
        constraint=abs,
    ) as scope:
        return [
            scope.initializer is initializer,
            scope.regularizer is tf.nn.l2_loss,
            scope.partitioner is partitioner,
            scope.custom_getter is passing_on,
            scope.dtype,
            scope.constraint is abs,
        ]


def without_arguments_the_scope_object_holds_nothing(tf):
    with tf.variable_scope("a") as scope:
        return [
            scope.initializer,
            scope.regularizer,
            scope.partitioner,
            scope.custom_getter,
            scope.caching_device,
            scope.constraint,
            scope.dtype,
        ]


def all_but_the_constraint_is_inherited(tf):
    def passing_on(getter, *args, **kwargs):
        return getter(*args, **kwargs)

    def partitioner(shape, dtype):
        return [1]

    with tf.variable_scope(
        "a",
        initializer=tf.ones_initializer(),
        regularizer=tf.nn.l2_loss,
        partitioner=partitioner,
        custom_getter=passing_on,
        dtype=tf.float64,
        constraint=abs,
    ) as a:
        with tf.variable_scope("b") as b:
            return [
                b.initializer is a.initializer,
                b.regularizer is a.regularizer,
                b.partitioner is partitioner,
                b.custom_getter is passing_on,
                b.dtype,
                b.constraint,
            ]


def a_scope_object_keeps_all_but_the_constraint(tf):
    with tf.variable_scope("a", initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss, constraint=abs) as a:
        pass
    with tf.variable_scope(a) as b:
        return [b is a, b.initializer is a.initializer, b.regularizer is a.regularizer, b.constraint]


def the_dtype_given_as_text_stays_text(tf):
    with tf.variable_scope("a", dtype="float64") as scope:
        return [scope.dtype, tf.get_variable("w", [1]).dtype.base_dtype]


def the_scope_of_the_scope_object_is_entered_with_changes(tf):
    with tf.variable_scope("a") as a:
        pass
    with tf.variable_scope(a, dtype=tf.float64, initializer=tf.ones_initializer()) as b:
        w = tf.get_variable("w", [1])
    return [w.name, w.dtype.base_dtype, w, a.dtype, b.dtype]


def use_resource_is_kept_and_inherited(tf):
    with tf.variable_scope("a", use_resource=True) as a:
        with tf.variable_scope("b") as b:
            return [a.use_resource, b.use_resource, type(tf.get_variable("w", [1])).__name__]


def use_resource_false_is_kept_and_the_variable_works(tf):
    with tf.variable_scope("a", use_resource=False) as scope:
        return [scope.use_resource, tf.get_variable("w", [1]).name]


def use_resource_of_the_scope_counts_for_tf_variable_too(tf):
    with tf.variable_scope("a", use_resource=True):
        return type(tf.Variable(1.0)).__name__


def the_caching_device_is_kept_and_inherited(tf):
    with tf.variable_scope("a", caching_device="/cpu:0") as a:
        with tf.variable_scope("b") as b:
            return [a.caching_device, b.caching_device, tf.get_variable("w", [1]).name]


def a_device_around_the_scope_counts_for_its_variables(tf):
    with tf.device("/cpu:0"):
        with tf.variable_scope("a"):
            w = tf.get_variable("w", [1])
    return w.device[-5:].lower()


def an_unknown_argument_is_refused(tf):
    tf.variable_scope("a", trainable=False)


def the_arguments_have_this_order(tf):
    def passing_on(getter, *args, **kwargs):
        return getter(*args, **kwargs)

    context = tf.variable_scope(
        "a", None, None, tf.ones_initializer(), tf.nn.l2_loss, None, None, passing_on, True, tf.int32
    )
    with context as scope:
        return [scope.regularizer is tf.nn.l2_loss, scope.custom_getter is passing_on, scope.reuse, scope.dtype]


def variable_op_scope_has_the_values_first(tf):
    with tf.variable_op_scope([], None, "d") as scope:
        return [scope.name, tf.get_variable("w", [1]).name]


# Scopes, name scopes and tf.Variable together


def a_name_scope_around_it_is_in_the_operations_name_only(tf):
    with tf.name_scope("n"):
        with tf.variable_scope("a") as scope:
            w = tf.get_variable("w", [1])
            return [scope.name, scope.original_name_scope, w.name, name_of(tf.identity(w, name="t"))]


def tf_variable_takes_the_operations_scope(tf):
    seen = []
    for _ in range(2):
        with tf.variable_scope("a"):
            seen.append(tf.Variable(1.0, name="w").name)
    return seen


def a_scope_with_only_name_scopes_inside_makes_no_variables(tf):
    with tf.variable_scope("a"):
        with tf.name_scope("n"):
            name = name_of(tf.constant(1.0, name="t"))
    return [name, collections_of(tf)]


def the_scopes_state_is_per_graph(tf):
    with tf.variable_scope("a"):
        with tf.Graph().as_default():
            return [tf.get_variable_scope().name, tf.get_variable("w", [1]).name]


@graph_only("a graph that is handed to a thread")
def a_thread_starts_at_the_root_of_the_graph(tf):
    graph, seen = tf.get_default_graph(), []

    def work():
        with graph.as_default():
            seen.append([tf.get_variable_scope().name, tf.get_variable("w", [1]).name])

    with tf.variable_scope("a"):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return [seen, tf.get_variable("w", [1]).name]


@graph_only("a graph that is handed to a thread")
def a_thread_shares_the_variables_of_the_graph(tf):
    graph, seen = tf.get_default_graph(), []
    w = tf.get_variable("w", [1])

    def work():
        with graph.as_default():
            with tf.variable_scope(tf.get_variable_scope(), reuse=True):
                seen.append(tf.get_variable("w", [1]) is w)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return seen


def improper_nesting_is_refused(tf):
    outer, inner = tf.variable_scope("a"), tf.variable_scope("b")
    outer.__enter__()
    inner.__enter__()
    try:
        return error_of(outer.__exit__, None, None, None)
    finally:
        inner.__exit__(None, None, None)
