"""Graph collections: lists that belong to the graph, looked up by key."""

from facts.vocabulary import collections_of, error_of, kind_of_error, names_of

# Adding and reading


def a_collection_that_nobody_made_is_empty(tf):
    return tf.get_collection("nope")


def what_is_added_is_kept_in_order(tf):
    for item in [3, 1, 2]:
        tf.add_to_collection("k", item)
    return tf.get_collection("k")


def the_same_item_may_be_added_twice(tf):
    for _ in range(2):
        tf.add_to_collection("k", "x")
    return tf.get_collection("k")


def anything_may_be_added(tf):
    for item in [None, "text", 3, [1, 2], {"a": 1}]:
        tf.add_to_collection("k", item)
    return tf.get_collection("k")


def items_are_kept_not_copied(tf):
    item = [1]
    tf.add_to_collection("k", item)
    item.append(2)
    return [tf.get_collection("k"), tf.get_collection("k")[0] is item]


def get_collection_gives_a_copy(tf):
    tf.add_to_collection("k", 1)
    tf.get_collection("k").append(2)
    return tf.get_collection("k")


def get_collection_ref_gives_the_list_itself(tf):
    tf.add_to_collection("k", 1)
    tf.get_collection_ref("k").append(2)
    return tf.get_collection("k")


def get_collection_ref_is_the_same_list_each_time(tf):
    reference = tf.get_collection_ref("k")
    tf.add_to_collection("k", 1)
    return [reference, tf.get_collection_ref("k") is reference]


def get_collection_ref_makes_the_key_and_get_collection_does_not(tf):
    graph = tf.get_default_graph()
    seen = ["k" in graph.get_all_collection_keys()]
    tf.get_collection("k")
    seen.append("k" in graph.get_all_collection_keys())
    tf.get_collection_ref("k")
    return seen + ["k" in graph.get_all_collection_keys()]


def a_key_may_be_anything_hashable(tf):
    for key in [3, ("a", 1), None]:
        tf.add_to_collection(key, "x")
    return [tf.get_collection(key) for key in (3, ("a", 1), None)]


def an_unhashable_key_is_refused(tf):
    tf.add_to_collection(["a"], 5)


def an_unhashable_key_is_refused_when_reading_too(tf):
    return kind_of_error(tf.get_collection, ["a"])


def keys_that_are_no_text_are_not_listed(tf):
    for key in ["b", 3, ("a", 1), "a"]:
        tf.add_to_collection(key, "x")
    return sorted(tf.get_default_graph().get_all_collection_keys())


def the_graphs_collections_lists_all_keys(tf):
    tf.add_to_collection("k", 1)
    tf.add_to_collection(3, 1)
    keys = tf.get_default_graph().collections
    return [type(keys).__name__, "k" in keys, 3 in keys]


def adding_something_returns_nothing(tf):
    return tf.add_to_collection("k", 1)


# add_to_collections


def add_to_collections_adds_to_each_key(tf):
    tf.add_to_collections(["a", "b"], 1)
    return [tf.get_collection("a"), tf.get_collection("b")]


def add_to_collections_takes_a_single_text_as_one_key(tf):
    tf.add_to_collections("abc", 1)
    return [tf.get_collection("abc"), tf.get_collection("a")]


def add_to_collections_adds_once_to_a_key_named_twice(tf):
    tf.add_to_collections(["a", "b", "a"], 1)
    return [tf.get_collection("a"), tf.get_collection("b")]


def add_to_collections_takes_tuples_sets_and_generators(tf):
    tf.add_to_collections(("a",), 1)
    tf.add_to_collections({"a"}, 2)
    tf.add_to_collections((key for key in "a"), 3)
    return tf.get_collection("a")


def add_to_collections_with_no_keys_adds_nothing(tf):
    tf.add_to_collections([], 1)
    return collections_of(tf)


def add_to_collections_with_none_is_refused(tf):
    tf.add_to_collections(None, 1)


# Clearing


def clear_collection_drops_the_key_but_not_the_list_somebody_holds(tf):
    tf.add_to_collection("k", 1)
    reference = tf.get_collection_ref("k")
    tf.get_default_graph().clear_collection("k")
    return [tf.get_collection("k"), reference]


def clear_collection_of_a_missing_key_is_fine(tf):
    return tf.get_default_graph().clear_collection("nope")


def after_clear_collection_the_key_starts_afresh(tf):
    tf.add_to_collection("k", 1)
    tf.get_default_graph().clear_collection("k")
    tf.add_to_collection("k", 2)
    return tf.get_collection("k")


def deleting_from_the_reference_empties_the_collection(tf):
    tf.add_to_collection("k", 1)
    del tf.get_collection_ref("k")[:]
    return [tf.get_collection("k"), "k" in tf.get_default_graph().get_all_collection_keys()]


def clearing_the_variables_makes_them_forgotten_but_not_their_names(tf):
    tf.get_variable("w", [1])
    tf.get_default_graph().clear_collection(tf.GraphKeys.GLOBAL_VARIABLES)
    return [tf.global_variables(), error_of(tf.get_variable, "w", [1])]


# Scope filters


def a_scope_is_a_pattern_at_the_beginning_of_the_name(tf):
    for scope in ["a", "ab", "b/a", "a/b"]:
        with tf.variable_scope(scope):
            tf.get_variable("w", [1])
    patterns = ["a", "a/", ".*w", "b", "w", "a.", "", "^ab", "(a|b)/", "a$", ".*:0$"]
    return {p: names_of(tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope=p)) for p in patterns}


def a_scope_of_none_filters_nothing(tf):
    tf.add_to_collection("k", 3)
    return tf.get_collection("k", scope=None)


def items_without_a_name_pass_no_filter(tf):
    for item in [3, "str", tf.get_variable("w", [1])]:
        tf.add_to_collection("k", item)
    filtered = [tf.get_collection("k", scope=scope) for scope in ("", "w", "x")]
    return [len(tf.get_collection("k")), [names_of(items) for items in filtered]]


def an_item_whose_name_is_none_breaks_the_filter(tf):
    class Nameless(object):
        name = None

    tf.add_to_collection("k", Nameless())
    return kind_of_error(tf.get_collection, "k", scope="w")


def any_object_with_a_name_is_filtered(tf):
    class Named(object):
        def __init__(self, name):
            self.name = name

    for name in ["a/x", "b/x"]:
        tf.add_to_collection("k", Named(name))
    return names_of(tf.get_collection("k", "a"))


def a_bad_pattern_is_refused_where_there_is_something_to_filter(tf):
    empty = kind_of_error(tf.get_collection, "k", scope="(")
    tf.add_to_collection("k", 1)
    return [empty, error_of(tf.get_collection, "k", scope="(")]


def tensors_are_filtered_by_their_names(tf):
    with tf.name_scope("a"):
        tf.add_to_collection("k", tf.constant(1.0))
    with tf.name_scope("b"):
        tf.add_to_collection("k", tf.constant(2.0))
    return [tf.get_collection("k", "a/"), tf.get_collection("k", "b/"), len(tf.get_collection("k", "c/"))]


def operations_are_filtered_by_their_names(tf):
    with tf.name_scope("a"):
        tf.add_to_collection("k", tf.no_op())
    return [len(tf.get_collection("k", "a/")), len(tf.get_collection("k", "b/"))]


# The graph's own methods


def the_graph_has_the_same_methods(tf):
    graph = tf.get_default_graph()
    graph.add_to_collection("k", 1)
    graph.add_to_collections(["k", "l"], 2)
    graph.get_collection_ref("k").append(3)
    return [graph.get_collection("k"), graph.get_collection("l"), tf.get_collection("k")]


def the_keys_name_the_argument_name_or_key(tf):
    tf.add_to_collection(name="k", value=1)
    return [tf.get_collection(key="k"), tf.get_collection(key="k", scope=None), tf.get_collection_ref(key="k")]


def another_graph_has_its_own(tf):
    tf.get_variable("w", [1])
    tf.add_to_collection("k", 1)
    with tf.Graph().as_default():
        inner = [names_of(tf.global_variables()), tf.get_collection("k")]
        tf.add_to_collection("k", 2)
    return [inner, tf.get_collection("k")]


def a_new_graph_has_no_keys(tf):
    return tf.Graph().get_all_collection_keys()


# The lists of variables


def each_kind_of_variable_has_its_list(tf):
    tf.get_variable("w", [1])
    tf.get_variable("n", [1], trainable=False)
    tf.get_local_variable("l", [1])
    tf.get_variable("m", [1], collections=[tf.GraphKeys.MODEL_VARIABLES, tf.GraphKeys.GLOBAL_VARIABLES])
    return [
        names_of(variables())
        for variables in (tf.global_variables, tf.trainable_variables, tf.local_variables, tf.model_variables)
    ]


def the_lists_take_a_scope(tf):
    for scope in ["a", "b"]:
        with tf.variable_scope(scope):
            tf.get_variable("w", [1])
            tf.get_local_variable("l", [1])
            tf.add_to_collection(tf.GraphKeys.MODEL_VARIABLES, tf.get_variable("m", [1], trainable=False))
    return [
        names_of(tf.global_variables("a")),
        names_of(tf.global_variables(scope="b/m")),
        names_of(tf.trainable_variables("a")),
        names_of(tf.local_variables("b")),
        names_of(tf.model_variables("a")),
    ]


def all_variables_is_the_old_name_of_global_variables(tf):
    tf.get_variable("w", [1])
    return names_of(tf.all_variables())


def moving_average_variables_is_a_list_of_its_own(tf):
    tf.add_to_collection(tf.GraphKeys.MOVING_AVERAGE_VARIABLES, tf.get_variable("w", [1]))
    return [names_of(tf.moving_average_variables()), names_of(tf.moving_average_variables("x"))]


def the_lists_are_copies(tf):
    tf.get_variable("w", [1])
    tf.global_variables().append(3)
    del tf.trainable_variables()[:]
    return [names_of(tf.global_variables()), names_of(tf.trainable_variables())]


def a_variable_may_be_taken_out_of_the_trainable_ones(tf):
    tf.get_variable("w", [1])
    v = tf.get_variable("v", [1])
    tf.get_collection_ref(tf.GraphKeys.TRAINABLE_VARIABLES).remove(v)
    return [names_of(tf.trainable_variables()), names_of(tf.global_variables()), v.trainable]


def a_variable_may_be_added_to_the_trainable_ones(tf):
    w = tf.get_variable("w", [1], trainable=False)
    tf.add_to_collection(tf.GraphKeys.TRAINABLE_VARIABLES, w)
    return [names_of(tf.trainable_variables()), w.trainable]


def variables_can_be_looked_for_in_a_list(tf):
    w = tf.get_variable("w", [1])
    v = tf.get_variable("v", [1])
    return [w in tf.global_variables(), tf.global_variables().index(v), w == v, w != v, w in [v]]


def variables_are_hashable(tf):
    w = tf.get_variable("w", [1])
    v = tf.get_variable("v", [1])
    return [len({w, v, w}), {w: "found"}[w], len(set(tf.global_variables()) - {v})]


# Functions and branches


def what_a_function_adds_is_seen_afterwards(tf):
    def net(x):
        tf.add_to_collection("k", x * 2.0)
        return x

    net(tf.constant(1.0))
    return tf.get_collection("k")


def what_a_branch_adds_is_seen_afterwards(tf):
    def branch():
        tf.add_to_collection("k", 1)
        return tf.constant(1.0)

    tf.cond(tf.constant(True), branch, lambda: tf.constant(2.0))
    return tf.get_collection("k")


def what_is_added_before_an_error_stays(tf):
    def broken():
        tf.add_to_collection("k", 1)
        raise KeyError("mine")

    return [error_of(broken), tf.get_collection("k")]


def update_ops_are_a_collection_like_any_other(tf):
    w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign(w, 3.0))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        return w.read_value()


def collections_of_outputs_may_be_returned_as_a_dictionary(tf):
    with tf.variable_scope("net"):
        for name in ["one", "two"]:
            tf.add_to_collection("end_points", tf.constant(1.0, name=name))
    return [len(tf.get_collection("end_points")), tf.get_collection("end_points")]
