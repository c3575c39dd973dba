"""`tf.name_scope`: names of operations, and where they meet the names of variables."""

from facts.vocabulary import entering, error_of, graph_only, kind_of_error, name_of


def a_scope_is_a_prefix_and_counted_when_opened_again(tf):
    seen = []
    for _ in range(2):
        with tf.name_scope("n") as scope:
            seen.append([scope, name_of(tf.constant(1.0, name="c"))])
    return seen


def scopes_nest(tf):
    with tf.name_scope("a") as outer:
        with tf.name_scope("b") as inner:
            return [outer, inner, name_of(tf.constant(1.0, name="c"))]


def inner_scopes_are_counted_within_the_outer_one(tf):
    seen = []
    for _ in range(2):
        with tf.name_scope("a"):
            for _ in range(2):
                with tf.name_scope("b") as scope:
                    seen.append(scope)
    return seen


def a_trailing_slash_goes_on_in_the_same_scope(tf):
    with tf.name_scope("n") as scope:
        tf.constant(1.0, name="c")
    with tf.name_scope("n/") as again:
        return [scope, again, name_of(tf.constant(1.0, name="c"))]


def a_trailing_slash_is_an_absolute_name(tf):
    with tf.name_scope("a"):
        with tf.name_scope("b/") as scope:
            return [scope, name_of(tf.constant(1.0, name="c"))]


def the_scope_given_by_as_can_be_opened_again(tf):
    with tf.name_scope("a") as a:
        pass
    with tf.name_scope("b"):
        with tf.name_scope(a) as again:
            return again


def none_goes_back_to_the_root(tf):
    with tf.name_scope("q"):
        with tf.name_scope(None) as scope:
            return [scope, name_of(tf.constant(1.0, name="c"))]


def an_empty_name_goes_back_to_the_root(tf):
    with tf.name_scope("q"):
        with tf.name_scope("") as scope:
            return [scope, name_of(tf.constant(1.0, name="c"))]


def a_slash_in_the_name_opens_several_at_once(tf):
    with tf.name_scope("a/b") as scope:
        return scope


def a_slash_in_the_name_takes_only_the_whole_name(tf):
    with tf.name_scope("a/b"):
        pass
    seen = []
    for name in ["a", "a/b", "b"]:
        with tf.name_scope(name) as scope:
            seen.append(scope)
    return seen


def a_default_name_stands_in_for_none(tf):
    with tf.name_scope(None, "d", [tf.constant(1.0)]) as scope:
        return scope


def a_default_name_is_counted(tf):
    seen = []
    for _ in range(2):
        with tf.name_scope(None, default_name="d") as scope:
            seen.append(scope)
    return seen


def a_name_goes_before_the_default_name(tf):
    with tf.name_scope("n", "d") as scope:
        return scope


def values_without_a_name_or_a_default_are_refused(tf):
    entering(tf.name_scope(None, None, [tf.constant(1.0)]))


def a_name_and_values_are_fine(tf):
    with tf.name_scope("n", values=[tf.constant(1.0)]) as scope:
        return scope


def a_name_that_is_no_text_is_refused(tf):
    return kind_of_error(lambda: entering(tf.name_scope(3)))


def a_name_with_a_space_is_refused(tf):
    entering(tf.name_scope("a b"))


def a_name_that_begins_with_an_underscore_is_refused_at_the_root(tf):
    entering(tf.name_scope("_a"))


def a_name_that_begins_with_an_underscore_is_fine_inside(tf):
    with tf.name_scope("a"):
        with tf.name_scope("_b") as scope:
            return scope


def a_default_name_with_a_space_is_refused(tf):
    entering(tf.name_scope(None, "a b"))


def names_are_unique_regardless_of_case(tf):
    seen = []
    for name in ["Net", "net", "NET"]:
        with tf.name_scope(name) as scope:
            seen.append(scope)
    return seen


def a_name_that_looks_counted_is_made_unique_too(tf):
    seen = []
    for name in ["n", "n_1", "n", "n_1"]:
        with tf.name_scope(name) as scope:
            seen.append(scope)
    return seen


def an_operation_of_the_same_name_counts(tf):
    tf.constant(1.0, name="n")
    with tf.name_scope("n") as scope:
        return scope


def a_variable_of_the_same_name_counts(tf):
    tf.get_variable("n", [1])
    with tf.name_scope("n") as scope:
        return scope


def a_variable_scope_of_the_same_name_counts(tf):
    with tf.variable_scope("n"):
        pass
    with tf.name_scope("n") as scope:
        return scope


def a_variable_under_the_name_does_not_count(tf):
    tf.get_variable("n/w", [1])
    with tf.name_scope("n") as scope:
        return scope


def a_variable_of_get_variable_ignores_it(tf):
    with tf.name_scope("n"):
        return tf.get_variable("w", [1]).name


def a_tf_variable_has_it_in_its_name(tf):
    with tf.name_scope("n"):
        return tf.Variable(1.0, name="w").name


def a_variable_scope_inside_has_it_in_its_operations_name(tf):
    with tf.name_scope("n"):
        with tf.variable_scope("a") as scope:
            return [scope.name, scope.original_name_scope]


def after_an_error_the_outer_scope_is_back(tf):
    def broken():
        with tf.name_scope("n"):
            raise KeyError("mine")

    error = error_of(broken)
    with tf.name_scope("m") as scope:
        return [error, scope]


def operations_without_a_name_are_called_after_their_kind(tf):
    return [name_of(tf.constant(1.0)), name_of(tf.add(1.0, 2.0)), name_of(tf.add(1.0, 2.0))]


@graph_only("names of operations of a graph")
def the_graph_has_name_scopes_too(tf):
    with tf.get_default_graph().name_scope("n") as scope:
        return scope


@graph_only("names of operations of a graph")
def the_graph_knows_the_current_scope(tf):
    with tf.name_scope("a"):
        with tf.name_scope("b"):
            return tf.get_default_graph().get_name_scope()


@graph_only("names of operations of a graph")
def the_graph_gives_unique_names(tf):
    graph = tf.get_default_graph()
    return [graph.unique_name("x"), graph.unique_name("x"), graph.unique_name("x", mark_as_used=False)]


def op_scope_has_the_values_first(tf):
    with tf.op_scope([tf.constant(1.0)], None, "d") as scope:
        return scope


def a_name_scope_of_keras_backend_is_the_same(tf):
    with tf.keras.backend.name_scope("n") as scope:
        return scope


def a_slash_alone_is_refused_at_the_root(tf):
    return [error_of(entering, tf.name_scope(name)) for name in ["/", "_a/", "-a/", "a b/"]]


def a_default_name_that_is_no_text_is_refused(tf):
    return [error_of(tf.name_scope, None, [tf.constant(1.0)]), error_of(tf.name_scope, "a", 3)]


def letters_that_no_name_can_have(tf):
    errors = []
    for name in ["a>b", "a\\b", "a+b", "a@b"]:
        contexts = [tf.variable_scope(name), tf.variable_scope(None, name), tf.name_scope(name)]
        errors += [error_of(entering, context) for context in contexts]
        errors += [error_of(tf.get_variable, name, [1]), error_of(tf.Variable, 1.0, name=name)]
        with tf.variable_scope("outer"):
            errors += [error_of(tf.get_variable, name, [1]), error_of(entering, tf.name_scope(name))]
    return errors
